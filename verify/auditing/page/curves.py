"""Drawings over steps: recorded metrics, accuracies, and neurons followed through a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from markupsafe import Markup

from verify.auditing.page.colours import frequency_colours, hexadecimal
from verify.auditing.page.drawing import Frame, span_of
from verify.auditing.run import Run

# Points of one curve, and neurons that are followed with a line of their own.
_POINTS, _LINES = 400, 160
_KINDS = ("c0", "c1", "c2", "c3", "c4")
_Series = Mapping[str, Sequence[float]]


def series(
    steps: _Series | Sequence[float],
    values: _Series,
    *,
    label: str,
    title: str,
    logarithmic: bool = False,
    span: tuple[float, float] | None = None,
    ends: Sequence[int | None] = (),
    width: int = 520,
    height: int = 230,
) -> Markup:
    """Curves over steps with a legend in the frame; `ends` are marked as ends of stages."""
    along = steps if isinstance(steps, Mapping) else dict.fromkeys(values, steps)
    frame = Frame(
        width=width, height=height, x=_along(along.values()), top=22, left=56, label=label,
        y=span or span_of(values.values(), logarithmic=logarithmic), logarithmic=logarithmic,
    )  # fmt: skip
    frame.axes("step", title)
    _mark_ends(frame, ends)
    for kind, (name, v) in zip(_KINDS, values.items(), strict=False):
        keep = _thinned(len(v))
        x, y = np.asarray(along[name], float)[keep], np.asarray(v, float)[keep]
        frame.line(x, y, kind=f"curve {kind}")
        if len(y) <= 30:
            frame.dots(x, y, style="", size=5)
    return Markup('<div class="keyed">{}{}</div>').format(frame.svg(), _legend(list(values)))


def _along(steps: Sequence[Sequence[float]]) -> tuple[float, float]:
    flat = [s for x in steps for s in (x[0], x[-1])]
    low, high = float(min(flat)), float(max(flat))
    return (low, high) if high > low else (low - 1, high + 1)


def _legend(names: list[str]) -> Markup:
    if len(names) < 2:
        return Markup("")
    entries = [
        Markup('<li class="{}"><i></i>{}</li>').format(kind, name)
        for kind, name in zip(_KINDS, names, strict=False)
    ]
    return Markup('<ul class="key">{}</ul>').format(Markup("").join(entries))


def _thinned(count: int) -> np.ndarray:
    """Positions of at most `_POINTS` values, the first and the last included."""
    return np.unique(np.linspace(0, count - 1, min(count, _POINTS)).round().astype(int))


def _mark_ends(frame: Frame, ends: Sequence[int | None]) -> None:
    for number, step in enumerate(ends, start=1):
        if step is not None:
            frame.vertical(step, f"stage {number} ends")


def recorded_curves(curves: Mapping[str, Sequence[float]]) -> list[tuple[str, Markup]]:
    """Losses, accuracies and norms that a run recorded, each kind in one frame.

    A list ``step`` says where the others stand; without it they stand at 0, 1, 2, ….
    """
    drawn = []
    steps = curves.get("step")
    for word, title, logarithmic in (
        ("loss", "losses", True), ("acc", "accuracies", False), ("norm", "norms", True),
    ):  # fmt: skip
        chosen = {n.rpartition(".")[2]: v for n, v in curves.items() if word in n}
        if chosen:
            along = {name: steps or range(len(v)) for name, v in chosen.items()}
            words = {name: name.replace("_", " ") for name in chosen}
            drawn.append(
                (
                    title.capitalize(),
                    series(
                        {words[n]: s for n, s in along.items()},
                        {words[n]: v for n, v in chosen.items()},
                        label=f"Recorded {title} over steps",
                        title=title,
                        logarithmic=logarithmic,
                        span=None if logarithmic else (0.0, 1.05),
                    ),
                )
            )
    return drawn


def neuron_lines(
    run: Run,
    rows: np.ndarray,
    *,
    label: str,
    title: str,
    ends: Sequence[int | None] = (),
    span: tuple[float, float] | None = None,
    y_ticks: Sequence[tuple[float, str]] | None = None,
) -> Markup:
    """(steps, width) values as one thin line for each neuron, in the hue of its last frequency."""
    steps = run.steps
    spec = run.last.spectrum
    low, high = _along([steps])
    frame = Frame(
        width=520,
        height=260,
        x=(low, high),
        y=span or span_of([rows]),
        top=22,
        left=56,
        label=label,
    )
    frame.axes("step", title, y_ticks=y_ticks)
    _mark_ends(frame, ends)
    chosen = np.unique(np.linspace(0, rows.shape[1] - 1, min(rows.shape[1], _LINES)).astype(int))
    colours = frequency_colours(spec.counts.size)
    for m in chosen:
        hue = hexadecimal(colours[max(spec.dominant[m] - 1, 0)])
        frame.line(steps, rows[:, m], kind="thread", style=f"stroke:{hue}")
    if len(steps) == 1:
        frame.dots([steps[0]] * len(chosen), rows[0, chosen], style="", size=3)
    frame.line(steps, np.median(rows, axis=1), kind="curve strong")
    return frame.svg()


def quantile_curves(
    steps: Sequence[int],
    values: Sequence[np.ndarray],
    *,
    label: str,
    title: str,
    ends: Sequence[int | None] = (),
    span: tuple[float, float] | None = None,
) -> Markup:
    """Median with the quartiles as a band, and the extremes as thin lines."""
    cuts = np.stack([np.quantile(v, (0, 0.25, 0.5, 0.75, 1)) for v in values], axis=1)
    frame = Frame(
        width=520, height=230, x=_along([steps]), y=span or span_of([cuts]), top=22, left=56,
        label=label,
    )  # fmt: skip
    frame.axes("step", title)
    _mark_ends(frame, ends)
    frame.band(steps, cuts[1], cuts[3])
    frame.line(steps, cuts[0], kind="thread edge")
    frame.line(steps, cuts[4], kind="thread edge")
    frame.line(steps, cuts[2], kind="curve c0")
    if len(steps) <= 30:
        frame.dots(steps, cuts[2], style="", size=5)
    return frame.svg()
