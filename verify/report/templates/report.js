
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const cards = all("article.claim");
  const sections = all("section.source");
  const search = byId("search");
  const facets = Object.fromEntries(
    all("fieldset[data-facet]").map((set) => [set.dataset.facet, all("input", set)]));
  /* Formulas are found by their LaTeX too. */
  const latex = (card) => all("math", card).map((math) => math.getAttribute("alttext")).join(" ");
  const texts = new Map(cards.map((card) =>
    [card, `${card.textContent} ${latex(card)}`.toLowerCase()]));

  /* Filtering: values within a facet are alternatives, facets and search words all apply. */
  const chosen = (facet) => facets[facet].filter((box) => box.checked).map((box) => box.value);

  function applyFilters() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.keys(facets).map((facet) => [facet, chosen(facet)]);
    let shown = 0;
    for (const card of cards) {
      const matches = words.every((word) => texts.get(card).includes(word)) &&
        wanted.every(([facet, values]) => {
          const own = facet === "kind" ? card.dataset.kind.split(" ") : [card.dataset[facet]];
          return values.length === 0 || values.some((value) => own.includes(value));
        });
      card.hidden = !matches;
      shown += matches;
    }
    for (const section of sections) {
      section.hidden = all("article.claim", section).every((card) => card.hidden);
    }
    const filtered = words.length > 0 || wanted.some(([, values]) => values.length > 0);
    byId("status").textContent = filtered
      ? `${shown} of ${cards.length} claims` : `${cards.length} claims`;
    byId("clear").hidden = !filtered;
    byId("empty").hidden = shown > 0;
  }

  function clearFilters() {
    search.value = "";
    for (const box of Object.values(facets).flat()) box.checked = false;
    applyFilters();
  }

  search.addEventListener("input", applyFilters);
  byId("filters").addEventListener("change", applyFilters);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", clearFilters);

  for (const cell of all("[data-pick-source]")) {
    cell.addEventListener("click", () => {
      clearFilters();
      for (const box of facets.source) box.checked = box.value === cell.dataset.pickSource;
      for (const box of facets.verdict) box.checked = box.value === cell.dataset.pickVerdict;
      applyFilters();
      byId("claims").scrollIntoView();
    });
  }

  /* A link to a card that a filter hides brings the card back. */
  function showTarget() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches("article.claim")) return;
    if (target.hidden) clearFilters();
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", showTarget);

  /* Certificates: stored once, compressed; downloaded or shown on demand. */
  async function unpack() {
    const packed = Uint8Array.from(atob(byId("certificate-texts").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }
  let unpacked;
  const certificate = async (digest) => (await (unpacked ??= unpack()))[digest];
  for (const link of all("a[data-certificate]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const text = await certificate(link.dataset.certificate);
      const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      const download = document.createElement("a");
      download.href = url;
      download.download = decodeURIComponent(link.href.split("/").pop());
      download.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    });
  }
  for (const button of all("[data-show]")) {
    const holder = button.closest(".certificate");
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", async () => {
      const open = holder.querySelector(".certificate-text");
      if (open) {
        open.remove();
      } else {
        const shown = document.createElement("span");
        shown.className = "certificate-text";
        shown.tabIndex = 0;
        shown.textContent = await certificate(
          holder.querySelector("a[data-certificate]").dataset.certificate);
        holder.append(shown);
      }
      button.textContent = open ? "view" : "hide";
      button.setAttribute("aria-expanded", String(!open));
    });
  }

  /* Copying works without the clipboard interface too: some browsers deny it to local files. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const command = button.previousElementSibling;
      const done = await copy(command.textContent);
      if (!done) getSelection().selectAllChildren(command);
      button.textContent = done ? "copied" : "selected";
      setTimeout(() => { button.textContent = "copy"; }, 1600);
    });
  }

  /* Theme: follows the system unless the reader chooses. */
  const theme = byId("theme");
  const themes = ["auto", "light", "dark"];
  const remember = (value) => { try { localStorage.setItem("report-theme", value); } catch { /* private mode */ } };
  const recall = () => { try { return localStorage.getItem("report-theme"); } catch { return null; } };
  function setTheme(value) {
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    theme.textContent = `theme: ${value}`;
  }
  theme.hidden = false;
  setTheme(themes.includes(recall()) ? recall() : "auto");
  theme.addEventListener("click", () => {
    const current = document.documentElement.dataset.theme ?? "auto";
    const next = themes[(themes.indexOf(current) + 1) % themes.length];
    setTheme(next);
    remember(next);
  });

  /* Keyboard: / search, j k move between cards, o opens the evidence, Esc clears. */
  function move(step) {
    const visible = cards.filter((card) => !card.hidden);
    if (visible.length === 0) return;
    const current = visible.indexOf(document.activeElement.closest?.("article.claim"));
    const next = current < 0
      ? visible.find((card) => card.getBoundingClientRect().bottom > 0) ?? visible[0]
      : visible[Math.min(Math.max(current + step, 0), visible.length - 1)];
    next.scrollIntoView({ block: "start" });
    next.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.key === "Escape") {
      clearFilters();
      if (typing) search.blur();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "o") {
      const details = document.activeElement.closest?.("article.claim")?.querySelector("details.evidence");
      if (details) details.open = !details.open;
    }
  });

  /* Paper has no disclosure triangles: everything is open while printing. */
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  if (window.matchMedia("(max-width: 900px)").matches) byId("facets").open = false;
  byId("filters").hidden = false;
  applyFilters();
  showTarget();
})();
