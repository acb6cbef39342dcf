"use strict";
(() => {
  const source = document.getElementById("all-logits");
  const table = document.getElementById("table");
  const bars = document.getElementById("logits");
  if (!source || !table || !bars) return;
  const data = JSON.parse(source.textContent);
  const raw = Uint8Array.from(atob(data.codes), (c) => c.charCodeAt(0));
  const view = new DataView(raw.buffer);
  const p = data.p;
  const logit = (x, y, j) => data.low + data.step * view.getUint16(2 * ((x * p + y) * p + j), true);
  const box = JSON.parse(table.dataset.box);
  const scale = JSON.parse(bars.dataset.scale);
  const picked = document.getElementById("picked");
  const caption = document.getElementById("shown-input");
  const short = (v) => v.toPrecision(4).replace("-", "−");
  let [x, y] = data.input;

  const show = (a, b) => {
    x = a; y = b;
    const label = (x + y) % p, ghosts = [(2 * x) % p, (2 * y) % p];
    const values = Array.from({ length: p }, (_, j) => logit(x, y, j));
    bars.querySelectorAll("rect[data-label]").forEach((bar) => {
      const j = Number(bar.dataset.label), v = values[j];
      bar.setAttribute("y", scale.zero - Math.max(v, 0) * scale.unit);
      bar.setAttribute("height", Math.max(Math.abs(v) * scale.unit, 0.6));
      bar.setAttribute("class", j === label ? "column right" : ghosts.includes(j) ? "column ghost" : "column");
      bar.firstElementChild.textContent = `f(${j}) = ${short(v)}`;
    });
    bars.querySelectorAll("path[data-label]").forEach((tick) => {
      const j = Number(tick.dataset.label);
      const v = data.fit[0] + (j === label ? data.fit[1] : 0) +
        data.fit[2] * ghosts.filter((g) => g === j).length;
      const [from, to] = tick.getAttribute("d").match(/M([\d.-]+) .*H([\d.-]+)/).slice(1);
      tick.setAttribute("d", `M${from} ${scale.zero - v * scale.unit}H${to}`);
    });
    const others = values.filter((_, j) => j !== label);
    const gap = values[label] - Math.max(...others);
    caption.textContent = `(${x}, ${y}): label ${label}, gap ${short(gap)}`;
    picked.setAttribute("x", box.left + box.side * x);
    picked.setAttribute("y", box.top + box.side * (p - 1 - y));
    picked.setAttribute("width", box.side);
    picked.setAttribute("height", box.side);
    picked.setAttribute("visibility", "visible");
  };

  const choose = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(table.getScreenCTM().inverse());
    const a = Math.floor((place.x - box.left) / box.side);
    const b = p - 1 - Math.floor((place.y - box.top) / box.side);
    if (a >= 0 && a < p && b >= 0 && b < p && (a !== x || b !== y)) show(a, b);
  };
  table.classList.add("live");
  table.setAttribute("tabindex", "0");
  table.addEventListener("pointermove", choose);
  table.addEventListener("pointerdown", choose);
  table.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    show((x + step[0] + p) % p, (y + step[1] + p) % p);
  });
  document.querySelectorAll(".needs-script").forEach((e) => e.removeAttribute("hidden"));
  show(x, y);
})();
