"""Rigorous enclosures: real balls whose comparisons are three-valued."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from numbers import Integral, Rational
from typing import Any

from flint import arb, ctx, fmpq

from constructions.numbers._inexact import refuse_inexact
from constructions.numbers.cyclotomic import Cyclotomic
from constructions.numbers.truth import Truth, UndecidedComparison
from constructions.numbers.turn import Turn


class Ball:
    """A real number known up to a radius: an Arb ball with its own precision in bits.

    value: int, Fraction, a string such as ``"1/3"``, a real `Cyclotomic`, or a `Ball`.
    bits: working precision; an operation on two balls works with the larger precision.

    Every operation's result contains the exact result for all points of its operands.
    Comparisons return `Truth`.  A float is refused with TypeError: `flint.arb` itself would
    take it silently.  Precision is set per operation and restored afterwards.
    """

    __slots__ = ("_arb", "_bits")
    # Equality is three-valued, so no hash can agree with it.
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: int | Fraction | str | Cyclotomic | Ball, *, bits: int = 128) -> None:
        self._bits = _checked_bits(bits)
        self._arb = _enclose(value, bits)

    @staticmethod
    def from_arb(value: arb, *, bits: int = 128) -> Ball:
        """Wrap a `flint.arb` that is already known to be an enclosure."""
        if not isinstance(value, arb):
            raise TypeError(f"expected a flint.arb, got {value!r} (type={type(value).__name__})")
        return _ball(value, _checked_bits(bits))

    @staticmethod
    def cos(turn: Turn, *, bits: int = 128) -> Ball:
        """cos(2π·turn)."""
        with ctx.workprec(_checked_bits(bits)):
            return _ball(arb.cos_pi_fmpq(_half_turns(turn)), bits)

    @staticmethod
    def sin(turn: Turn, *, bits: int = 128) -> Ball:
        """sin(2π·turn)."""
        with ctx.workprec(_checked_bits(bits)):
            return _ball(arb.sin_pi_fmpq(_half_turns(turn)), bits)

    # -- arithmetic --------------------------------------------------------------------

    def __add__(self, other: Any) -> Ball:
        return _apply(self, other, arb.__add__)

    def __sub__(self, other: Any) -> Ball:
        return _apply(self, other, arb.__sub__)

    def __mul__(self, other: Any) -> Ball:
        return _apply(self, other, arb.__mul__)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Any) -> Ball:
        return -self + other

    def __truediv__(self, other: Any) -> Ball:
        other = _coerce(other, self._bits)
        if other is NotImplemented:
            return NotImplemented
        if other._arb.contains(0):
            raise ZeroDivisionError(f"the divisor {other!r} may be zero; raise the precision")
        return _apply(self, other, arb.__truediv__)

    def __rtruediv__(self, other: Any) -> Ball:
        other = _coerce(other, self._bits)
        return NotImplemented if other is NotImplemented else other / self

    def __neg__(self) -> Ball:
        with ctx.workprec(self._bits):
            return _ball(-self._arb, self._bits)

    def __abs__(self) -> Ball:
        with ctx.workprec(self._bits):
            return _ball(abs(self._arb), self._bits)

    def __pow__(self, exponent: int) -> Ball:
        if not isinstance(exponent, Integral):
            return NotImplemented
        if exponent < 0:
            return 1 / self ** -int(exponent)
        # Repeated squaring: flint's arb ** int goes through exp and log and loses every ball
        # that contains zero.
        result, base, rest = arb(1), self._arb, int(exponent)
        with ctx.workprec(self._bits):
            while rest:
                if rest & 1:
                    result = result * base
                base = base * base
                rest >>= 1
            return _ball(result, self._bits)

    def sqrt(self) -> Ball:
        """The non-negative square root.

        Raises ValueError for a negative ball, UndecidedComparison for one that contains
        negative points as well as others.
        """
        if self._arb < 0:
            raise ValueError(f"the square root of the negative {self!r} is not real")
        if not self._arb >= 0:
            raise UndecidedComparison(
                f"{self!r} may be negative, so its root is undecided; raise the precision"
            )
        with ctx.workprec(self._bits):
            return _ball(self._arb.sqrt(), self._bits)

    # -- comparisons -------------------------------------------------------------------

    def __lt__(self, other: Any) -> Truth:
        return _compare(self, other, "<")

    def __le__(self, other: Any) -> Truth:
        return _compare(self, other, "<=")

    def __gt__(self, other: Any) -> Truth:
        return _compare(self, other, ">")

    def __ge__(self, other: Any) -> Truth:
        return _compare(self, other, ">=")

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return _compare(self, other, "=")

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return _compare(self, other, "!=")

    def __bool__(self) -> bool:
        return bool(self != 0)

    def contains(self, value: int | Fraction | Cyclotomic) -> bool:
        """Whether an exact real number lies in the ball; decided exactly."""
        exact = Cyclotomic(value)
        return exact >= self.lower() and exact <= self.upper()

    # -- views -------------------------------------------------------------------------

    @property
    def bits(self) -> int:
        """The working precision in bits."""
        return self._bits

    @property
    def arb(self) -> arb:
        """The underlying `flint.arb`."""
        return self._arb

    @property
    def midpoint_str(self) -> str:
        """The midpoint in decimal, for display."""
        with ctx.workprec(self._bits):
            return self._arb.mid().str(_digits(self._bits), radius=False)

    @property
    def radius_str(self) -> str:
        """The radius in decimal to three digits, for display."""
        return self._arb.rad().str(3, radius=False)

    def lower(self) -> Fraction:
        """The lower end of the ball, an exact dyadic rational."""
        midpoint, radius = self._dyadics()
        return midpoint - radius

    def upper(self) -> Fraction:
        """The upper end of the ball, an exact dyadic rational."""
        midpoint, radius = self._dyadics()
        return midpoint + radius

    def _dyadics(self) -> tuple[Fraction, Fraction]:
        if not self._arb.is_finite():
            raise ValueError(f"{self!r} has no finite bounds; raise the precision")
        return _dyadic(self._arb.mid()), _dyadic(self._arb.rad())

    def width(self) -> Fraction:
        """upper - lower, in the units of the number itself."""
        return 2 * self._dyadics()[1]

    def relative_width(self) -> Fraction:
        """width / |midpoint|; raises ZeroDivisionError when the midpoint is zero."""
        midpoint, _ = self._dyadics()
        if midpoint == 0:
            raise ZeroDivisionError(f"{self!r} is centred at zero; use width()")
        return self.width() / abs(midpoint)

    def __float__(self) -> float:
        """The midpoint as a float: for display only."""
        return float(self._arb)

    def __repr__(self) -> str:
        return f"Ball({self._arb.str(15)}, bits={self._bits})"


# -- internals -------------------------------------------------------------------------


def _ball(value: arb, bits: int) -> Ball:
    self = Ball.__new__(Ball)
    self._arb, self._bits = value, bits
    return self


def _apply(left: Ball, right: Any, operation: Callable[[arb, arb], arb]) -> Ball:
    right = _coerce(right, left._bits)
    if right is NotImplemented:
        return NotImplemented
    bits = max(left._bits, right._bits)
    with ctx.workprec(bits):
        return _ball(operation(left._arb, right._arb), bits)


def _compare(left: Ball, right: Any, op: str) -> Truth:
    right = _coerce(right, left._bits)
    if right is NotImplemented:
        return NotImplemented
    a, b = left._arb, right._arb
    if not (a.is_finite() and b.is_finite()):
        return Truth.UNDECIDED
    # Each arb comparison is True only when it holds for all pairs of points, so a relation
    # is FALSE only when its negation is certain; overlap leaves neither.
    if op in ("=", "!="):
        equal = Truth.TRUE if a == b else Truth.UNDECIDED if a.overlaps(b) else Truth.FALSE
        return equal if op == "=" else ~equal
    if op in (">", ">="):
        a, b, op = b, a, {">": "<", ">=": "<="}[op]
    certain, excluded = (a < b, b <= a) if op == "<" else (a <= b, b < a)
    return Truth.TRUE if certain else Truth.FALSE if excluded else Truth.UNDECIDED


def _coerce(value: Any, bits: int) -> Any:
    if isinstance(value, Ball):
        return value
    if isinstance(value, (Rational, Cyclotomic)):
        return _ball(_enclose(value, bits), bits)
    refuse_inexact(value)
    return NotImplemented


def _enclose(value: Any, bits: int) -> arb:
    if isinstance(value, Ball):
        return value._arb
    exact = value if isinstance(value, Cyclotomic) else Cyclotomic(value)
    if exact.is_rational():
        fraction = exact.as_fraction()
        with ctx.workprec(bits):
            return arb(fmpq(fraction.numerator, fraction.denominator))
    if not exact.is_real():
        raise TypeError(f"a ball encloses real numbers, got {exact!r}; use ComplexBall.of")
    # An irrational number is not zero: more absolute bits give the relative ones asked for.
    absolute = bits
    while (found := exact.enclosure(absolute).real).rel_accuracy_bits() < bits:
        absolute += bits - found.rel_accuracy_bits() if found.rel_accuracy_bits() > 0 else absolute
    return found


def _checked_bits(bits: int) -> int:
    if not isinstance(bits, Integral) or bits < 2:
        raise TypeError(
            f"expected bits to be an int of at least 2, got {bits!r} (type={type(bits).__name__})"
        )
    return int(bits)


def _half_turns(turn: Turn) -> fmpq:
    if not isinstance(turn, Turn):
        raise TypeError(
            f"expected a Turn, got {turn!r} (type={type(turn).__name__}); write Turn.of(1, 3)"
        )
    return fmpq(2 * turn.fraction.numerator, turn.fraction.denominator)


def _dyadic(value: arb) -> Fraction:
    """The exact value of an arb of radius zero."""
    mantissa, exponent = (int(part) for part in value.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _digits(bits: int) -> int:
    return max(int(bits * 0.30103), 3)
