"""Drawings as SVG text: frames with axes, and marks in the coordinates of the data.

Colours of lines and letters come from the page's style sheet, so a drawing follows its theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np
from markupsafe import Markup, escape

Range = tuple[float, float]


def short(value: float, digits: int = 4) -> str:
    """A number for people: 4 significant digits, a true minus sign."""
    if not isfinite(value):
        return "–"
    whole = float(value).is_integer() and abs(value) < 10**6
    text = f"{value:.0f}" if whole else f"{value:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        power = f"10{_raised(int(exponent))}"
        text = power if mantissa == "1" else f"{mantissa}·{power}"
    return text.replace("-", "−")


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def columns(count: int, most: int) -> int:
    """Columns of the fewest, evenly filled rows of at most `most`."""
    rows = -(-count // most)
    return -(-count // max(rows, 1))


def ticks(span: Range, count: int = 5) -> list[float]:
    """Round numbers in a range, about `count` of them."""
    low, high = span
    if not high > low:
        return [low]
    raw = (high - low) / count
    power = 10.0 ** floor(log10(raw))
    step = min((m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw), default=raw)
    first = ceil(low / step - 1e-9)
    return [step * i for i in range(first, floor(high / step + 1e-9) + 1)]


def decades(span: Range, count: int = 5) -> list[float]:
    """Powers of ten in a range, at most about `count` of them."""
    low, high = ceil(log10(span[0]) - 1e-9), floor(log10(span[1]) + 1e-9)
    step = max(1, ceil((high - low) / count))
    return [10.0**e for e in range(low, high + 1, step)]


def span_of(values: Iterable[Any], *, logarithmic: bool = False, margin: float = 0.05) -> Range:
    """A range around finite values, of positive ones only on a logarithmic axis."""
    flat = np.concatenate([np.ravel(np.asarray(v, dtype=float)) for v in values] or [np.zeros(0)])
    flat = flat[np.isfinite(flat)]
    if logarithmic:
        flat = np.log10(flat[flat > 0])
    if not flat.size:
        return (0.1, 1.0) if logarithmic else (0.0, 1.0)
    low, high = float(flat.min()), float(flat.max())
    room = margin * (high - low) or 0.5 * abs(high) or 0.5
    if logarithmic:
        return 10 ** (low - room), 10 ** (high + room)
    return low - room, high + room


class Frame:
    """A rectangle with two axes; marks are added in data coordinates, then `svg` is read."""

    def __init__(
        self,
        *,
        width: int,
        height: int,
        x: Range,
        y: Range,
        label: str,
        left: int = 46,
        bottom: int = 34,
        top: int = 10,
        right: int = 10,
        logarithmic: bool = False,
    ) -> None:
        self.width, self.height = width, height
        self._x, self._y, self._log = x, y, logarithmic
        self._label = label
        self._box = (left, top, width - right, height - bottom)
        self._marks: list[str] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point, in the drawing's units."""
        left, top, right, bottom = self._box
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        if self._log:
            # below the range, zero included, is drawn outside of the frame
            low, high = log10(self._y[0]), log10(self._y[1])
            up = (log10(y) - low) / (high - low) if y > 0 else -1.0
        else:
            up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return left + across * (right - left), bottom - up * (bottom - top)

    def add(self, mark: str) -> None:
        """Markup in the drawing's units; whoever builds it escapes what is in it."""
        self._marks.append(mark)

    def _text(self, kind: str, x: float, y: float, anchor: str, text: str) -> None:
        self.add(f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
                 f"{escape(text)}</text>")  # fmt: skip

    def axes(
        self,
        x_title: str = "",
        y_title: str = "",
        *,
        x_ticks: Sequence[tuple[float, str]] | None = None,
        y_ticks: Sequence[tuple[float, str]] | None = None,
        grid: bool = True,
    ) -> Frame:
        """Ticks, their labels and titles; round numbers unless told otherwise."""
        left, top, right, bottom = self._box
        if x_ticks is None:
            x_ticks = [(t, short(t)) for t in ticks(self._x)]
        if y_ticks is None:
            places = decades(self._y) if self._log else ticks(self._y, 4)
            y_ticks = [(t, short(t)) for t in places]
        for value, text in y_ticks:
            _, v = self.at(self._x[0], value)
            if grid:
                self.add(f'<path class="grid" d="M{left} {v:.1f}H{right}"/>')
            self._text("tick", left - 6, v + 3.5, "end", text)
        for value, text in x_ticks:
            u, _ = self.at(value, self._y[0] if not self._log else self._y[1])
            self.add(f'<path class="rule" d="M{u:.1f} {bottom}v4"/>')
            self._text("tick", u, bottom + 16, "middle", text)
        self.add(f'<path class="rule" d="M{left} {bottom}H{right}"/>')
        if x_title:
            self._text("title", right, bottom + 31, "end", x_title)
        if y_title:
            self._text("title", left, top - 4, "start", y_title)
        return self

    def line(
        self, x: Sequence[float], y: Sequence[float], *, style: str = "", kind: str = "curve"
    ) -> None:
        """A polyline; it is interrupted where a value is not finite."""
        parts, pen = [], "M"
        for a, b in zip(x, y, strict=True):
            if not (isfinite(a) and isfinite(b)):
                pen = "M"
                continue
            u, v = self.at(a, b)
            parts.append(f"{pen}{u:.1f} {v:.1f}")
            pen = "L"
        if parts:
            self.add(f'<path class="{kind}" style="{style}" d="{"".join(parts)}"/>')

    def band(self, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """The area between two curves."""
        there = [self.at(a, b) for a, b in zip(x, high, strict=True)]
        back = [self.at(a, b) for a, b in zip(x, low, strict=True)][::-1]
        points = " ".join(f"{u:.1f},{v:.1f}" for u, v in (*there, *back))
        self.add(f'<polygon class="band" points="{points}"/>')

    def dots(self, x: Sequence[float], y: Sequence[float], *, style: str, size: float = 4) -> None:
        """Round dots of one style, one path for all of them."""
        places = (self.at(a, b) for a, b in zip(x, y, strict=True) if isfinite(a) and isfinite(b))
        path = "".join(f"M{u:.1f} {v:.1f}h0" for u, v in places)
        if path:
            self.add(f'<path class="dots" style="{style};stroke-width:{size}" d="{path}"/>')

    def bar(self, x0: float, x1: float, y: float, *, title: str = "", kind: str = "column") -> None:
        """A bar from the lower edge, or from 0 where the range has it, with a gap of one unit."""
        base = max(self._y[0], 0.0) if not self._log else self._y[0]
        (u0, v0), (u1, v1) = self.at(x0, base), self.at(x1, y)
        gap = 0.5 if u1 - u0 > 3 else 0.0
        self.add(
            f'<rect class="{kind}" x="{u0 + gap:.2f}" y="{min(v0, v1):.2f}" '
            f'width="{max(u1 - u0 - 2 * gap, 0.5):.2f}" height="{abs(v1 - v0):.2f}">'
            f"<title>{escape(title)}</title></rect>"
        )

    def image(self, uri: str, *, title: str = "") -> None:
        """A picture that fills the frame."""
        left, top, right, bottom = self._box
        self.add(f'<image href="{uri}" x="{left}" y="{top}" width="{right - left}" '
                 f'height="{bottom - top}" preserveAspectRatio="none"><title>{escape(title)}'
                 "</title></image>")  # fmt: skip

    def vertical(self, x: float, text: str = "") -> None:
        """A line across the frame with a word at its top."""
        _, top, right, bottom = self._box
        u, _ = self.at(x, self._y[1])
        flip = u > right - 60
        anchor, shift = ("end", -4) if flip else ("start", 4)
        self.add(f'<path class="mark" d="M{u:.1f} {top}V{bottom}"/>')
        self._text("note", u + shift, top + 9, anchor, text)

    def horizontal(self, y: float, text: str = "") -> None:
        """A line across the frame with a word at its right."""
        left, _, right, _ = self._box
        _, v = self.at(self._x[1], y)
        self.add(f'<path class="mark" d="M{left} {v:.1f}H{right}"/>')
        self._text("note", right, v - 4, "end", text)

    def svg(self, *, attributes: str = "") -> Markup:
        """The drawing."""
        return wrap("".join(self._marks), self.width, self.height, self._label, attributes)


def wrap(marks: str, width: int, height: int, label: str, attributes: str = "") -> Markup:
    """An SVG element that scales with the page; `label` is read to those who cannot see it."""
    return Markup(
        f'<svg class="plot" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}" style="max-width:{width}px" {attributes}>{marks}</svg>'
    )


def histogram(
    values: np.ndarray,
    *,
    label: str,
    x_title: str,
    width: int = 340,
    height: int = 170,
    bins: int = 40,
    span: Range | None = None,
    left: int = 34,
) -> Frame:
    """A histogram with its axes."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    span = span or span_of([values], margin=0.02)
    counts, edges = np.histogram(values, bins=bins, range=span)
    top = (0.0, 1.08 * max(int(counts.max(initial=0)), 1))
    frame = Frame(width=width, height=height, x=span, y=top, label=label, left=left)
    whole = [(t, short(t)) for t in ticks(top, 3) if t == int(t)]
    frame.axes(x_title, y_ticks=whole)
    for count, a, b in zip(counts, edges[:-1], edges[1:], strict=True):
        if count:
            frame.bar(a, b, int(count), title=f"{count} from {short(a)} to {short(b)}")
    return frame
