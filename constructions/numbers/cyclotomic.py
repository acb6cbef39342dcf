"""Exact numbers: elements of the cyclotomic fields, all inside one field."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from numbers import Integral, Rational
from typing import Any

from flint import acb, fmpq, fmpq_poly, fmpz

from constructions.numbers._field import align, descend, field, multiply
from constructions.numbers._inexact import refuse_inexact
from constructions.numbers._roots import cosine, root_of_unity, square_root
from constructions.numbers.turn import Turn


class Cyclotomic:
    """An element of Q(ζ_n), the field of rational numbers, roots of unity and their sums.

    Cosines and sines of rational turns and square roots of rationals are elements too, so
    all of them mix exactly.  Values are immutable and hash by value, equal to `Fraction`
    where rational.  Arithmetic mixes with int and Fraction and lifts to the least common
    conductor; float and complex are refused with TypeError.

    Build one with `rational`, `root`, `cos`, `sin` or `sqrt`.
    """

    __slots__ = ("_hash", "_n", "_poly", "_real")

    def __init__(self, value: int | Fraction | str | Cyclotomic = 0) -> None:
        if isinstance(value, Cyclotomic):
            self._poly, self._n, self._real = value._poly, value._n, value._real
        else:
            self._poly, self._n, self._real = fmpq_poly([_fmpq(value)]), 1, True
        self._hash: int | None = None

    # -- construction ------------------------------------------------------------------

    @classmethod
    def rational(cls, x: int | Fraction | str) -> Cyclotomic:
        """A rational number: an int, a Fraction or a string such as ``"-2/3"``."""
        return cls(x)

    @staticmethod
    def root(turn: Turn) -> Cyclotomic:
        """The root of unity e^{2πi·turn}."""
        return _make(*root_of_unity(*_parts(turn)), None)

    @staticmethod
    def cos(turn: Turn) -> Cyclotomic:
        """cos(2π·turn), exactly."""
        return _make(*cosine(*_parts(turn)), True)

    @staticmethod
    def sin(turn: Turn) -> Cyclotomic:
        """sin(2π·turn), exactly."""
        return Cyclotomic.cos(turn - Turn.of(1, 4))

    @staticmethod
    def sqrt(q: int | Fraction) -> Cyclotomic:
        """The non-negative square root of a non-negative rational, through Gauss sums.

        Raises ValueError for a negative number, or for one whose square-free part has a
        prime factor above 100 000.
        """
        value = _fmpq(q)
        if value < 0:
            raise ValueError(f"the square root of a negative number is not real, got {q!r}")
        # √(a/b) = √(ab)/b
        poly, n = square_root(int(value.p * value.q))
        return _make(poly / value.q, n, True)

    # -- arithmetic --------------------------------------------------------------------

    def __add__(self, other: Any) -> Cyclotomic:
        return _combine(self, other, fmpq_poly.__add__)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Cyclotomic:
        return _combine(self, other, fmpq_poly.__sub__)

    def __rsub__(self, other: Any) -> Cyclotomic:
        return -self + other

    def __neg__(self) -> Cyclotomic:
        return _make(-self._poly, self._n, self._real)

    def __pos__(self) -> Cyclotomic:
        return self

    def __mul__(self, other: Any) -> Cyclotomic:
        if not isinstance(other, Cyclotomic):
            other = _coerce(other)
            if other is NotImplemented:
                return NotImplemented
        real = True if self._real and other._real else None
        return _make(*multiply(self._poly, self._n, other._poly, other._n), real)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Cyclotomic:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else self * other.inverse()

    def __rtruediv__(self, other: Any) -> Cyclotomic:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else other * self.inverse()

    def inverse(self) -> Cyclotomic:
        """1/self; raises ZeroDivisionError at zero."""
        if self.is_zero():
            raise ZeroDivisionError("division by the exact number 0")
        if self._n == 1:
            return _make(fmpq_poly([1 / self._poly[0]]), 1, True)
        # Φ_n is irreducible, so the gcd is constant and s·poly ≡ gcd (mod Φ_n).
        gcd, s, _ = self._poly.xgcd(field(self._n).modulus)
        return _make(s * (1 / gcd[0]), self._n, self._real)

    def __pow__(self, exponent: int) -> Cyclotomic:
        if not isinstance(exponent, Integral):
            refuse_inexact(exponent)
            return NotImplemented
        exponent = int(exponent)
        base = self if exponent >= 0 else self.inverse()
        result, exponent = _ONE, abs(exponent)
        while exponent:
            if exponent & 1:
                result = result * base
            exponent >>= 1
            if exponent:
                base = base * base
        return result

    def conjugate(self) -> Cyclotomic:
        """The complex conjugate."""
        if self._real or self._n == 1:
            return self
        return _make(field(self._n).conjugate(self._poly), self._n, self._real)

    def __abs__(self) -> Cyclotomic:
        """|self| of a real number; raises TypeError for one that is not real."""
        return -self if self.sign() < 0 else self

    # -- predicates and order ----------------------------------------------------------

    def is_zero(self) -> bool:
        """Whether the number is exactly zero."""
        return self._poly.length() == 0

    def is_rational(self) -> bool:
        """Whether the number is rational."""
        return self._poly.length() <= 1

    def is_real(self) -> bool:
        """Whether the number equals its conjugate."""
        if self._real is None:
            self._real = field(self._n).conjugate(self._poly) == self._poly
        return self._real

    def as_fraction(self) -> Fraction:
        """The rational value; raises ValueError when the number is irrational."""
        if self._poly.length() > 1:
            raise ValueError(f"expected a rational number, got {self!r}")
        value = self._poly[0]
        return Fraction(int(value.p), int(value.q))

    def sign(self) -> int:
        """-1, 0 or 1 of a real number; raises TypeError for one that is not real.

        The zero test is exact, so the refinement ends: a non-zero number leaves zero outside
        its enclosure at some precision.
        """
        if self.is_zero():
            return 0
        if self._n == 1:
            return 1 if self._poly[0] > 0 else -1
        if not self.is_real():
            raise TypeError(f"only real numbers have a sign or an order, got {self!r}")
        bits = 64
        while True:
            value = self.enclosure(bits).real
            if value > 0:
                return 1
            if value < 0:
                return -1
            bits *= 2

    def __eq__(self, other: object) -> bool:
        other = _coerce(other)
        if other is NotImplemented:
            return NotImplemented
        if self._n == other._n or self._n == 1 or other._n == 1:
            # A number of conductor above 1 is irrational: `_make` moves rationals to 1.
            return self._n == other._n and self._poly == other._poly
        left, right, _ = align(self._poly, self._n, other._poly, other._n)
        return left == right

    def __hash__(self) -> int:
        if self._hash is None:
            if self.is_rational():
                self._hash = hash(self.as_fraction())
            else:
                poly, conductor = descend(self._poly, self._n)
                numerator = tuple(int(c) for c in poly.numer().coeffs())
                self._hash = hash((conductor, numerator, int(poly.denom())))
        return self._hash

    def __bool__(self) -> bool:
        return not self.is_zero()

    def __lt__(self, other: Any) -> bool:
        return _compare(self, other, lambda sign: sign < 0)

    def __le__(self, other: Any) -> bool:
        return _compare(self, other, lambda sign: sign <= 0)

    def __gt__(self, other: Any) -> bool:
        return _compare(self, other, lambda sign: sign > 0)

    def __ge__(self, other: Any) -> bool:
        return _compare(self, other, lambda sign: sign >= 0)

    # -- views -------------------------------------------------------------------------

    @property
    def conductor(self) -> int:
        """The n of the field Q(ζ_n) that this value is stored in; see `reduced`."""
        return self._n

    def coefficients(self) -> tuple[Fraction, ...]:
        """The rationals c_e with value Σ_e c_e ζ_n^e, e < φ(n), trailing zeros left out."""
        return tuple(Fraction(int(c.p), int(c.q)) for c in self._poly.coeffs())

    def reduced(self) -> Cyclotomic:
        """The same number, stored with the smallest possible conductor."""
        poly, conductor = descend(self._poly, self._n)
        return _make(poly, conductor, self._real)

    def enclosure(self, bits: int = 64) -> acb:
        """A complex ball that contains the number, its radius near 2^-bits or less."""
        return field(self._n).enclose(self._poly, bits)

    def __complex__(self) -> complex:
        """For display: the nearest complex float, as far as 64 bits after the point tell."""
        return complex(self.enclosure(64))

    def __float__(self) -> float:
        """For display, to about 16 digits; raises TypeError for a number that is not real."""
        if self._n == 1:
            return float(self.as_fraction())
        if not self.is_real():
            raise TypeError(f"only real numbers convert to float, got {self!r}; use complex(..)")
        bits = 64
        # The number is irrational, hence not zero: the relative error gets small.
        while (value := self.enclosure(bits).real).rel_accuracy_bits() < 54:
            bits *= 2
        return float(value)

    def __repr__(self) -> str:
        if self._n == 1:
            return f"Cyclotomic({self.as_fraction()})"
        shown = f"{float(self):.6g}" if self.is_real() else f"{complex(self):.6g}"
        return f"Cyclotomic(≈{shown}, conductor {self._n})"

    def __reduce__(self) -> tuple[Any, ...]:
        numerator = [int(c) for c in self._poly.numer().coeffs()]
        return _restore, (numerator, int(self._poly.denom()), self._n)


# -- internals -------------------------------------------------------------------------


def _make(poly: fmpq_poly, n: int, real: bool | None) -> Cyclotomic:  # noqa: FBT001 - private
    """Wrap a canonical polynomial; rationals move to conductor 1."""
    self = Cyclotomic.__new__(Cyclotomic)
    self._poly = poly
    if poly.length() <= 1:
        self._n, self._real = 1, True
    else:
        self._n, self._real = n, real
    self._hash = None
    return self


def _restore(numerator: list[int], denominator: int, n: int) -> Cyclotomic:
    return _make(fmpq_poly(numerator, denominator), n, None)


def _combine(
    left: Cyclotomic, right: Any, operation: Callable[[fmpq_poly, fmpq_poly], fmpq_poly]
) -> Cyclotomic:
    """Sum or difference: linear, so canonical polynomials stay canonical."""
    if not isinstance(right, Cyclotomic):
        right = _coerce(right)
        if right is NotImplemented:
            return NotImplemented
    real = True if left._real and right._real else None
    n = left._n
    if n == right._n:
        return _make(operation(left._poly, right._poly), n, real)
    a, b, n = align(left._poly, n, right._poly, right._n)
    return _make(operation(a, b), n, real)


def _compare(left: Cyclotomic, right: Any, test: Callable[[int], bool]) -> bool:
    right = _coerce(right)
    if right is NotImplemented:
        return NotImplemented
    return test((left - right).sign())


def _coerce(value: Any) -> Any:
    if isinstance(value, Cyclotomic):
        return value
    # The two common types first: the abstract class is slow to ask.
    if isinstance(value, (int, Fraction)) or isinstance(value, Rational):  # noqa: SIM101
        return _make(fmpq_poly([_fmpq(value)]), 1, True)
    refuse_inexact(value)
    return NotImplemented


def _fmpq(value: Any) -> fmpq:
    if isinstance(value, (int, Fraction)):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, str):
        try:
            value = Fraction(value)
        except ValueError:
            raise ValueError(f"expected a rational such as '-2/3', got {value!r}") from None
    if isinstance(value, (fmpz, fmpq)):
        return fmpq(value)
    if not isinstance(value, Rational):
        raise TypeError(
            "an exact number needs an int, a Fraction or a string such as '1/10', got "
            f"{value!r} (type={type(value).__name__})"
        )
    return fmpq(int(value.numerator), int(value.denominator))


def _parts(turn: Turn) -> tuple[int, int]:
    if not isinstance(turn, Turn):
        raise TypeError(
            f"expected a Turn, got {turn!r} (type={type(turn).__name__}); write Turn.of(1, 3)"
        )
    return turn.fraction.numerator, turn.fraction.denominator


_ONE = Cyclotomic(1)
