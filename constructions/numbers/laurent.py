"""Laurent polynomials in formal symbols: identities that hold for every value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from numbers import Complex, Integral, Rational
from typing import Any

from constructions.numbers._inexact import refuse_inexact
from constructions.numbers.ball import Ball
from constructions.numbers.complex_ball import ComplexBall
from constructions.numbers.cyclotomic import Cyclotomic

Monomial = tuple[tuple[str, int], ...]


class LaurentPolynomial:
    """A formal polynomial Σ c·Π symbol^exponent with exact `Cyclotomic` coefficients.

    A *symbol* is a commuting indeterminate; a *unit* is the unit-modulus variable e^{2πix} of
    a formal angle x, whose negative powers are its conjugates.  Equality is identity of
    polynomials, hence it holds for every value of the symbols.  Exact constants mix in;
    floats are refused with TypeError.

    `symbols` remembers every name that entered the computation, also after it cancelled: an
    identity whose two sides cancel to zero was still decided formally.
    """

    __slots__ = ("_symbols", "_terms")

    def __init__(self, terms: Mapping[Monomial, int | Fraction | Cyclotomic] | None = None) -> None:
        collected: dict[Monomial, Cyclotomic] = {}
        for monomial, coefficient in (terms or {}).items():
            key = _monomial(dict(monomial))
            collected[key] = collected.get(key, _ZERO) + Cyclotomic(coefficient)
        self._terms = {m: c for m, c in collected.items() if not c.is_zero()}
        self._symbols = frozenset(name for m in collected for name, _ in m)

    @staticmethod
    def constant(value: int | Fraction | Cyclotomic) -> LaurentPolynomial:
        """An exact number as a polynomial without symbols."""
        return LaurentPolynomial({(): value})

    @staticmethod
    def symbol(name: str) -> LaurentPolynomial:
        """The indeterminate of this name."""
        return LaurentPolynomial.unit(name, 1)

    @staticmethod
    def unit(name: str, exponent: int = 1) -> LaurentPolynomial:
        """The power e^{2πi·exponent·x} of the unit that belongs to the formal angle x = name."""
        if not isinstance(name, str) or not isinstance(exponent, Integral):
            raise TypeError(
                f"expected a name and an integer exponent, got {name!r} and {exponent!r} "
                f"(type={type(exponent).__name__})"
            )
        found = LaurentPolynomial({((name, int(exponent)),): 1})
        return _make(found._terms, frozenset([name]))

    # -- arithmetic --------------------------------------------------------------------

    def __add__(self, other: Any) -> LaurentPolynomial:
        other = _coerce(other)
        if other is NotImplemented:
            return NotImplemented
        terms = dict(self._terms)
        for monomial, coefficient in other._terms.items():
            _accumulate(terms, monomial, coefficient)
        return _make(terms, self._symbols | other._symbols)

    __radd__ = __add__

    def __neg__(self) -> LaurentPolynomial:
        return _make({m: -c for m, c in self._terms.items()}, self._symbols)

    def __sub__(self, other: Any) -> LaurentPolynomial:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else self + -other

    def __rsub__(self, other: Any) -> LaurentPolynomial:
        return -self + other

    def __mul__(self, other: Any) -> LaurentPolynomial:
        other = _coerce(other)
        if other is NotImplemented:
            return NotImplemented
        terms: dict[Monomial, Cyclotomic] = {}
        for left, a in self._terms.items():
            for right, b in other._terms.items():
                _accumulate(terms, _times(left, right), a * b)
        return _make(terms, self._symbols | other._symbols)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> LaurentPolynomial:
        if not isinstance(exponent, Integral):
            refuse_inexact(exponent)
            return NotImplemented
        base = self if exponent >= 0 else self.inverse()
        result, exponent = _make({(): Cyclotomic(1)}, self._symbols), abs(int(exponent))
        while exponent:
            if exponent & 1:
                result = result * base
            exponent >>= 1
            if exponent:
                base = base * base
        return result

    def inverse(self) -> LaurentPolynomial:
        """1/self of a single term; raises ValueError for sums, ZeroDivisionError at zero."""
        if not self._terms:
            raise ZeroDivisionError("division by the zero polynomial")
        if len(self._terms) > 1:
            raise ValueError(f"only a single term has a Laurent inverse, got {self!r}")
        ((monomial, coefficient),) = self._terms.items()
        inverse = tuple((name, -exponent) for name, exponent in monomial)
        return _make({inverse: coefficient.inverse()}, self._symbols)

    def __truediv__(self, other: Any) -> LaurentPolynomial:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else self * other.inverse()

    def __rtruediv__(self, other: Any) -> LaurentPolynomial:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else other * self.inverse()

    # -- predicates and views ----------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        other = _coerce(other)
        return NotImplemented if other is NotImplemented else self._terms == other._terms

    def __hash__(self) -> int:
        if self.is_constant():
            return hash(self.as_constant())
        return hash(frozenset(self._terms.items()))

    def is_zero(self) -> bool:
        """Whether every coefficient is zero."""
        return not self._terms

    def is_constant(self) -> bool:
        """Whether no symbol is left."""
        return not any(self._terms)

    def as_constant(self) -> Cyclotomic:
        """The value of a constant; raises ValueError when a symbol is left."""
        if not self.is_constant():
            raise ValueError(f"expected a constant, got {self!r}")
        return self._terms.get((), _ZERO)

    @property
    def symbols(self) -> frozenset[str]:
        """Every formal name that entered the computation, also those that cancelled."""
        return self._symbols

    @property
    def terms(self) -> dict[Monomial, Cyclotomic]:
        """The non-zero coefficients by monomial, as a new dictionary."""
        return dict(self._terms)

    def coefficient(self, exponents: Mapping[str, int] | None = None) -> Cyclotomic:
        """The coefficient of Π name^exponent; the constant term without argument."""
        return self._terms.get(_monomial(exponents or {}), _ZERO)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The value at int, Fraction, Cyclotomic, Ball, complex or polynomial values.

        A unit's value is e^{2πix}, not x.  Raises KeyError for a symbol without a value.
        """
        needed = {name for monomial in self._terms for name, _ in monomial}
        missing = sorted(needed - set(values))
        if missing:
            raise KeyError(f"no value for the symbols {', '.join(missing)}")
        embed = _embedding([values[name] for name in needed])
        total = embed(_ZERO)
        for monomial, coefficient in self._terms.items():
            term = embed(coefficient)
            for name, exponent in monomial:
                base = values[name]
                exact = Cyclotomic(base) if isinstance(base, Rational) else base
                term = term * exact**exponent
            total = total + term
        return total

    def __repr__(self) -> str:
        shown = []
        for monomial, coefficient in list(self._terms.items())[:4]:
            factors = [n if e == 1 else f"{n}^{e}" for n, e in monomial]
            scalar = str(coefficient.as_fraction()) if coefficient.is_rational() else "c"
            shown.append("·".join([scalar, *factors]))
        more = f" + .. ({len(self._terms)} terms)" if len(self._terms) > 4 else ""
        return f"LaurentPolynomial({' + '.join(shown) or '0'}{more})"


_ZERO = Cyclotomic(0)


def _make(terms: dict[Monomial, Cyclotomic], symbols: frozenset[str]) -> LaurentPolynomial:
    self = LaurentPolynomial.__new__(LaurentPolynomial)
    self._terms, self._symbols = terms, symbols
    return self


def _monomial(exponents: Mapping[str, int]) -> Monomial:
    return tuple(sorted((name, int(e)) for name, e in exponents.items() if e))


def _times(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    exponents = dict(left)
    for name, exponent in right:
        exponents[name] = exponents.get(name, 0) + exponent
    return _monomial(exponents)


def _accumulate(terms: dict[Monomial, Cyclotomic], key: Monomial, value: Cyclotomic) -> None:
    old = terms.get(key)
    total = value if old is None else old + value
    if total.is_zero():
        terms.pop(key, None)
    else:
        terms[key] = total


def _coerce(value: Any) -> Any:
    if isinstance(value, LaurentPolynomial):
        return value
    if isinstance(value, (Rational, Cyclotomic)):
        return LaurentPolynomial.constant(value)
    refuse_inexact(value)
    return NotImplemented


def _embedding(values: list[Any]) -> Any:
    """How a coefficient enters arithmetic with these values: the weakest type decides."""
    balls = [v for v in values if isinstance(v, (Ball, ComplexBall))]
    if any(isinstance(v, Complex) and not isinstance(v, Rational) for v in values):
        return complex
    if balls:
        bits = max(v.bits for v in balls)
        return lambda c: Ball(c, bits=bits) if c.is_real() else ComplexBall.of(c, bits=bits)
    return lambda c: c
