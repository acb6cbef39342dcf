"""Exact angles, counted as fractions of a full turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational

_RATIONAL = re.compile(r"\s*[+-]?\d+(\s*/\s*\d+)?\s*\Z")


@dataclass(frozen=True)
class Turn:
    """An angle as a rational fraction of a full turn, reduced to [0, 1).

    ``Turn(Fraction(1, 4))`` is a right angle.  Turns add, subtract, negate and take integer
    multiples.  A rational multiple is refused, since half of an angle known modulo a full turn
    has two values.

    Raises TypeError for a float, which holds no exact angle.
    """

    fraction: Fraction

    def __post_init__(self) -> None:
        # Rational covers int, Fraction and integer types such as numpy's, never a float.
        if not isinstance(self.fraction, Rational):
            raise TypeError(
                "an exact angle needs an int or a Fraction of a full turn, got "
                f"{self.fraction!r} (type={type(self.fraction).__name__}); "
                "write Turn.of(1, 3) or Turn.parse('1/3')"
            )
        numerator, denominator = int(self.fraction.numerator), int(self.fraction.denominator)
        object.__setattr__(self, "fraction", Fraction(numerator % denominator, denominator))

    @staticmethod
    def of(num: int | Fraction, den: int = 1) -> Turn:
        """The angle num/den of a full turn."""
        for value in (num, den):
            if not isinstance(value, Rational):
                raise TypeError(
                    "Turn.of expects integers, got "
                    f"{value!r} (type={type(value).__name__}); write Turn.of(1, 3)"
                )
        if den == 0:
            raise ValueError("Turn.of expects a non-zero denominator, got 0")
        return Turn(_fraction(num) / _fraction(den))

    @staticmethod
    def parse(text: str) -> Turn:
        """The angle written as ``"a/b"`` or ``"a"``, the form that `str` produces."""
        if not isinstance(text, str) or not _RATIONAL.match(text):
            raise ValueError(
                f"expected a turn such as '1/3', got {text!r} (type={type(text).__name__})"
            )
        numerator, _, denominator = text.partition("/")
        return Turn.of(int(numerator), int(denominator or "1"))

    def __add__(self, other: Turn) -> Turn:
        return Turn(self.fraction + other.fraction) if isinstance(other, Turn) else NotImplemented

    def __radd__(self, other: int) -> Turn:
        # `sum` starts from the integer 0.
        return self if isinstance(other, Integral) and other == 0 else NotImplemented

    def __sub__(self, other: Turn) -> Turn:
        return Turn(self.fraction - other.fraction) if isinstance(other, Turn) else NotImplemented

    def __neg__(self) -> Turn:
        return Turn(-self.fraction)

    def __mul__(self, other: int) -> Turn:
        if isinstance(other, Integral):
            return Turn(self.fraction * int(other))
        if isinstance(other, (float, Rational)):
            raise TypeError(
                f"a turn takes integer multiples only, got {other!r} (type={type(other).__name__})"
            )
        return NotImplemented

    __rmul__ = __mul__

    def __str__(self) -> str:
        return str(self.fraction)

    def __repr__(self) -> str:
        return f"Turn({self.fraction})"


def _fraction(value: int | Fraction) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))
