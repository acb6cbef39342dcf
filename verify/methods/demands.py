"""What a statement demands of a number that is read off a network or a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isnan
from typing import Any, final

from constructions.numbers import Ball, Truth
from verify.core.statistic import Statistic, observed

Number = float | Fraction | Ball | Statistic
Document = Mapping[str, Any]
# A denominator from which on a fraction is shown as a decimal only.
_LONG = 10_000


@final
@dataclass(frozen=True, kw_only=True)
class Demand:
    """A number of a network or a run, and the closed range in which a statement wants it.

    of: the number; a Fraction or a ball where it is exact, a Statistic for an estimate, whose whole
    interval is then wanted in the range.  certificate: the document with which
    the checker finds again what the number was computed from, None for a subject without one.
    """

    name: str
    of: Callable[[Any], Number]
    at_least: float | Fraction | None = None
    at_most: float | Fraction | None = None
    certificate: Callable[[Any], Document | None] | None = None

    def met(self, value: Number) -> Truth:
        """Whether the value is in the range; undecided for a ball or estimate across its end, and
        for NaN.
        """
        if isinstance(value, float | Fraction) and isnan(value):
            return Truth.UNDECIDED
        low, high = _ends(value)
        found = Truth.TRUE
        if self.at_least is not None:
            found = found & _side(inside=low >= self.at_least, outside=high < self.at_least)
        if self.at_most is not None:
            found = found & _side(inside=high <= self.at_most, outside=low > self.at_most)
        return found

    @property
    def range(self) -> str:
        """The range in words."""
        return ranged(self.at_least, self.at_most)


def ranged(low: float | Fraction | None, high: float | Fraction | None) -> str:
    """A closed range in words; None for an open end."""
    parts = [] if low is None else [f"at least {short(low)}"]
    return " and ".join(parts if high is None else [*parts, f"at most {short(high)}"])


def statistic_of(value: Number) -> Statistic:
    """The number as a statistic: an estimate as it is, anything else as a fact of one network."""
    return value if isinstance(value, Statistic) else observed(float(middle(value)))


def short(value: Number) -> str:
    """A number to six digits, a small fraction also exactly, an estimate with its interval."""
    if isinstance(value, Statistic):
        return str(value)
    if isinstance(value, Fraction) and value.denominator < _LONG:
        return str(value) if value.denominator == 1 else f"{value} = {float(value):.6g}"
    return f"{float(middle(value)):.6g}"


def middle(value: float | Fraction | Ball) -> Any:
    """The number itself, or the middle of a ball."""
    low, high = _ends(value)
    return value if low is high else (low + high) / 2


def _side(*, inside: bool, outside: bool) -> Truth:
    if inside:
        return Truth.TRUE
    return Truth.FALSE if outside else Truth.UNDECIDED


def _ends(value: Number) -> tuple[Any, Any]:
    if isinstance(value, Statistic):
        return value.lower, value.upper
    return (value.lower(), value.upper()) if isinstance(value, Ball) else (value, value)
