"""Drawings of what the network does: the table of all inputs, the gaps, one input's logits."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from math import isfinite

import numpy as np
from markupsafe import Markup

from verify.auditing.audit import Audit
from verify.auditing.behaviour import Behaviour, Input, classify
from verify.auditing.distance import IndicatorFit, float_logits
from verify.auditing.page.colours import CORRECT, TIED, UNDECIDED, WRONG, picture
from verify.auditing.page.drawing import Frame, histogram, short, ticks
from verify.auditing.summary import as_float

_COLOURS = {"correct": CORRECT, "wrong": WRONG, "tied": TIED, "undecided": UNDECIDED}
_WORST = ("correct", "undecided", "tied", "wrong")
# Logits that a page carries so that an input can be chosen on it.
_MOST_LOGITS = 130_000


def table(found: Behaviour, modulus: int) -> tuple[np.ndarray, np.ndarray]:
    """Gaps and classes over the first two inputs, (p, p) each; of one input, one row.

    Of more than two inputs, the worst over the others is shown.
    """
    height = modulus if found.inputs > 1 else 1
    gaps = np.full((height, modulus), np.inf)
    classes = np.zeros((height, modulus), dtype=int)
    for a, gap in found.gaps.items():
        value, kind = as_float(gap), _WORST.index(classify(gap))
        for y, x in _places(a, symmetric=found.symmetric):
            gaps[y, x] = min(gaps[y, x], value)
            classes[y, x] = max(classes[y, x], kind)
    return gaps, classes


def _places(a: Input, *, symmetric: bool) -> set[tuple[int, int]]:
    """Cells (second input, first input) that an evaluated input belongs to."""
    if len(a) == 1:
        return {(0, a[0])}
    if not symmetric:
        return {(a[1], a[0])}
    return {(a[j], a[i]) for i in range(len(a)) for j in range(len(a)) if i != j}


def _picture(audit: Audit) -> tuple[str, int]:
    """The table as a picture, and its number of rows."""
    gaps, classes = table(audit.behaviour, audit.spectrum.modulus)
    hues = np.array([_COLOURS[name] for name in _WORST])
    correct = classes == 0
    finite = gaps[correct & np.isfinite(gaps)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    shade = np.clip((gaps - low) / (high - low), 0, 1) if high > low else np.ones_like(gaps)
    opacity = np.where(correct, 0.2 + 0.75 * shade, 0.95)
    return picture(hues[classes][::-1], opacity[::-1]), gaps.shape[0]


def small_table(audit: Audit, held_out: Sequence[Input] = ()) -> Markup:
    """The table without axes; dots mark held-out inputs."""
    p = audit.spectrum.modulus
    uri, rows = _picture(audit)
    frame = Frame(
        width=200, height=200 if rows > 1 else 24, x=(-0.5, p - 0.5), y=(-0.5, rows - 0.5),
        label="Which inputs are correct", left=1, right=1, top=1, bottom=1,
    )  # fmt: skip
    frame.image(uri)
    if audit.spectrum.inputs == 2:
        frame.dots([a[0] for a in held_out], [a[1] for a in held_out], style="stroke:var(--ink)",
                   size=2.2)  # fmt: skip
    frame.add(f'<rect class="ring" x="1" y="1" width="198" height="{198 if rows > 1 else 22}"/>')
    return frame.svg()


def table_image(audit: Audit) -> Markup:
    """The table as a picture: blue by the gap where correct; red, amber, violet where not."""
    p = audit.spectrum.modulus
    uri, rows = _picture(audit)
    frame = Frame(
        width=440, height=440 if rows > 1 else 90, x=(-0.5, p - 0.5), y=(-0.5, rows - 0.5), top=18,
        label="Gap between the label's logit and the next one, on every input",
    )  # fmt: skip
    frame.image(uri)
    marks = [(t, str(int(t))) for t in ticks((0, p - 1), 6) if t == int(t)]
    frame.axes("first input", "second input" if rows > 1 else "", x_ticks=marks,
               y_ticks=marks if rows > 1 else [], grid=False)  # fmt: skip
    for a in audit.behaviour.least_at[:200]:
        for y, x in _places(a, symmetric=audit.behaviour.symmetric):
            (u0, v0), (u1, v1) = frame.at(x - 0.5, y + 0.5), frame.at(x + 0.5, y - 0.5)
            frame.add(
                f'<rect class="least" x="{u0:.2f}" y="{v0:.2f}" width="{u1 - u0:.2f}" '
                f'height="{v1 - v0:.2f}"><title>smallest margin</title></rect>'
            )
    frame.add('<rect class="picked" id="picked" visibility="hidden"/>')
    left, top_ = frame.at(-0.5, rows - 0.5)
    side = (frame.at(p - 0.5, 0)[0] - left) / p
    box = json.dumps({"left": left, "top": top_, "side": side, "p": p})
    return frame.svg(attributes=Markup('id="table" data-box="{}"').format(box))


def margin_histogram(audit: Audit) -> Markup:
    """Gaps of all inputs; 0 is where the network stops being right."""
    found = audit.behaviour
    values = np.repeat(
        [as_float(g) for g in found.gaps.values()], [found.orders(a) for a in found.gaps]
    )
    finite = values[np.isfinite(values)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    span = (min(0.0, float(low)), max(0.0, float(high)) * 1.02)
    frame = histogram(
        values, label="Gaps of all inputs", x_title="label logit − largest other logit",
        width=560, height=180, bins=60, span=span if span[1] > span[0] else (0.0, 1.0),
    )  # fmt: skip
    least = as_float(found.margin)
    if isfinite(least):
        frame.vertical(least, f"smallest {short(least)}")
    if low < 0:
        frame.vertical(0.0)
    return frame.svg()


def shown_input(audit: Audit) -> Input:
    """The input whose logits are drawn first: (3, 7), the source's worked example, if there."""
    p, k = audit.spectrum.modulus, audit.spectrum.inputs
    return (3, 7, *[0] * k)[:k] if p > 7 else (0, 1, *[0] * k)[:k]


def logit_bars(audit: Audit) -> Markup:
    """One input's logits, the label's in green, and the fitted flawed indicator as ticks."""
    p, a = audit.spectrum.modulus, shown_input(audit)
    logits = float_logits(audit.network, np.array([a]))[0]
    fit = audit.indicator
    fitted = indicator(fit, a, p) if fit else np.full(p, np.nan)
    both = np.concatenate([logits, fitted[np.isfinite(fitted)], [0.0]])
    both = both[np.isfinite(both)]
    room = 0.06 * float(np.ptp(both)) or 1.0
    frame = Frame(
        width=560, height=230, x=(-0.5, p - 0.5), top=18, left=46, label=f"Logits of the input {a}",
        y=(float(both.min()) - room, float(both.max()) + room),
    )  # fmt: skip
    marks = [(t, str(int(t))) for t in ticks((0, p - 1), 8) if t == int(t)]
    frame.axes("label j", "logit", x_ticks=marks)
    label = sum(a) % p
    ghosts = {2 * x % p for x in a} if len(a) == 2 else set()
    for j, value in enumerate(logits):
        if not isfinite(value):
            continue
        kind = "column right" if j == label else "column ghost" if j in ghosts else "column"
        (u0, v0), (u1, v1) = frame.at(j - 0.4, max(value, 0.0)), frame.at(j + 0.4, min(value, 0.0))
        frame.add(
            f'<rect class="{kind}" data-label="{j}" x="{u0:.2f}" y="{v0:.2f}" '
            f'width="{u1 - u0:.2f}" height="{max(v1 - v0, 0.6):.2f}"><title>f({j}) = '
            f"{short(float(value))}</title></rect>"
        )
        if fit:
            _, v = frame.at(j, float(fitted[j]))
            frame.add(
                f'<path class="fitted" data-label="{j}" d="M{u0 - 1:.2f} {v:.2f}H{u1 + 1:.2f}"/>'
            )
    zero, unit = frame.at(0, 0.0)[1], frame.at(0, 0.0)[1] - frame.at(0, 1.0)[1]
    scale = json.dumps({"zero": zero, "unit": unit})
    return frame.svg(attributes=Markup('id="logits" data-scale="{}"').format(scale))


def indicator(fit: IndicatorFit, a: Input, p: int) -> np.ndarray:
    """(p,) the fitted flawed indicator on one input of two elements."""
    values = np.full(p, fit.background)
    values[sum(a) % p] += fit.label
    for x in a:
        values[2 * x % p] += fit.ghost
    return values


def all_logits(audit: Audit) -> str | None:
    """Every logit in 16 bits, base64 in JSON, for choosing inputs; None where they are too many."""
    p, fit = audit.spectrum.modulus, audit.indicator
    if fit is None or p**3 > _MOST_LOGITS:
        return None
    pairs = np.indices((p, p)).reshape(2, -1).T
    logits = float_logits(audit.network, pairs)
    if not np.isfinite(logits).all():
        return None
    low, high = float(logits.min()), float(logits.max())
    step = (high - low) / 65535 or 1.0
    codes = np.rint((logits - low) / step).astype("<u2")
    document = {
        "p": p,
        "low": low,
        "step": step,
        "fit": [fit.background, fit.label, fit.ghost],
        "input": list(shown_input(audit)),
        "codes": base64.b64encode(codes.tobytes()).decode(),
    }
    return json.dumps(document)
