"""Complex enclosures, as pairs of real balls: what e^{2πi·turn} needs in ball arithmetic."""

from __future__ import annotations

from fractions import Fraction
from numbers import Integral, Rational
from typing import Any

from constructions.numbers._inexact import refuse_inexact
from constructions.numbers.ball import Ball
from constructions.numbers.cyclotomic import Cyclotomic
from constructions.numbers.truth import Truth
from constructions.numbers.turn import Turn


class ComplexBall:
    """A complex number enclosed by a real and an imaginary `Ball`.

    Equality is three-valued; there is no order.  Floats and complex floats are refused.
    """

    __slots__ = ("imag", "real")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *, real: Ball, imag: Ball) -> None:
        self.real = real
        self.imag = imag

    @staticmethod
    def of(value: int | Fraction | Cyclotomic | Ball | ComplexBall, *, bits: int) -> ComplexBall:
        """Enclose an exact number, or embed a real ball."""
        found = _coerce(value, bits)
        if found is NotImplemented:
            raise TypeError(f"cannot enclose {value!r} (type={type(value).__name__})")
        return found

    @staticmethod
    def cis(turn: Turn, *, bits: int) -> ComplexBall:
        """e^{2πi·turn}."""
        return ComplexBall(real=Ball.cos(turn, bits=bits), imag=Ball.sin(turn, bits=bits))

    @property
    def bits(self) -> int:
        """The working precision in bits."""
        return max(self.real.bits, self.imag.bits)

    def conjugate(self) -> ComplexBall:
        """The complex conjugate."""
        return ComplexBall(real=self.real, imag=-self.imag)

    def __add__(self, other: Any) -> ComplexBall:
        other = _coerce(other, self.bits)
        if other is NotImplemented:
            return NotImplemented
        return ComplexBall(real=self.real + other.real, imag=self.imag + other.imag)

    __radd__ = __add__

    def __neg__(self) -> ComplexBall:
        return ComplexBall(real=-self.real, imag=-self.imag)

    def __sub__(self, other: Any) -> ComplexBall:
        other = _coerce(other, self.bits)
        return NotImplemented if other is NotImplemented else self + -other

    def __rsub__(self, other: Any) -> ComplexBall:
        return -self + other

    def __mul__(self, other: Any) -> ComplexBall:
        other = _coerce(other, self.bits)
        if other is NotImplemented:
            return NotImplemented
        return ComplexBall(
            real=self.real * other.real - self.imag * other.imag,
            imag=self.real * other.imag + self.imag * other.real,
        )

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> ComplexBall:
        other = _coerce(other, self.bits)
        if other is NotImplemented:
            return NotImplemented
        scale = 1 / (other.real**2 + other.imag**2)
        return self * other.conjugate() * scale

    def __rtruediv__(self, other: Any) -> ComplexBall:
        other = _coerce(other, self.bits)
        return NotImplemented if other is NotImplemented else other / self

    def __pow__(self, exponent: int) -> ComplexBall:
        if not isinstance(exponent, Integral):
            return NotImplemented
        base = self if exponent >= 0 else 1 / self
        result = ComplexBall.of(1, bits=self.bits)
        for _ in range(abs(int(exponent))):
            result = result * base
        return result

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        other = _coerce(other, self.bits)
        if other is NotImplemented:
            return NotImplemented
        return (self.real == other.real) & (self.imag == other.imag)

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        equal = self.__eq__(other)
        return NotImplemented if equal is NotImplemented else ~equal

    def __repr__(self) -> str:
        return f"ComplexBall({self.real!r}, {self.imag!r})"


def _coerce(value: Any, bits: int) -> Any:
    if isinstance(value, ComplexBall):
        return value
    if isinstance(value, Ball):
        return ComplexBall(real=value, imag=Ball(0, bits=bits))
    if isinstance(value, (Rational, Cyclotomic)):
        exact = Cyclotomic(value)
        conjugate = exact.conjugate()
        # (x - x̄)/2i is the imaginary part, and 1/i = e^{-2πi/4}.
        imaginary = (exact - conjugate) * Cyclotomic.root(Turn.of(-1, 4))
        return ComplexBall(
            real=Ball((exact + conjugate) / 2, bits=bits), imag=Ball(imaginary / 2, bits=bits)
        )
    refuse_inexact(value)
    return NotImplemented
