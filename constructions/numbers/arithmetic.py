"""One interface to float, exact, ball and formal arithmetic.

Mathematics that is written once against an `Arithmetic` runs in all of them; the kind of
evidence then follows from the types of the values (`kind_of`).
"""

from __future__ import annotations

import cmath
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from numbers import Complex, Rational
from typing import Any

from constructions.numbers._inexact import refuse_inexact
from constructions.numbers.ball import Ball
from constructions.numbers.complex_ball import ComplexBall
from constructions.numbers.cyclotomic import Cyclotomic
from constructions.numbers.laurent import LaurentPolynomial
from constructions.numbers.truth import Truth
from constructions.numbers.turn import Turn

_OPERATORS = ("=", "!=", "<", "<=", ">", ">=")
_FLOAT_TOLERANCE = 1e-9
_NO_TURN = Turn(Fraction(0))


class Arithmetic(ABC):
    """Makes numbers of one type and compares them; the numbers themselves do the rest."""

    name: str

    @abstractmethod
    def rational(self, value: int | Fraction) -> Any:
        """An integer or a rational."""

    @abstractmethod
    def cos(self, turn: Turn) -> Any:
        """cos(2π·turn)."""

    @abstractmethod
    def sin(self, turn: Turn) -> Any:
        """sin(2π·turn)."""

    @abstractmethod
    def cis(self, turn: Turn) -> Any:
        """e^{2πi·turn}."""

    @abstractmethod
    def sqrt(self, value: int | Fraction) -> Any:
        """The non-negative root of a non-negative rational; ValueError for a negative one."""

    @abstractmethod
    def _decide(self, left: Any, op: str, right: Any) -> Truth:
        """The comparison for a known operator."""

    def compare(self, left: Any, op: str, right: Any) -> Truth:
        """The truth of ``left op right``, op one of ``= != < <= > >=``."""
        if op not in _OPERATORS:
            raise ValueError(f"unknown comparison {op!r}; known: {' '.join(_OPERATORS)}")
        return self._decide(left, op, right)

    def __repr__(self) -> str:
        return f"<{self.name} arithmetic>"


class _Float(Arithmetic):
    """Python floats: fast leads, never evidence of a rigorous kind.

    "=" means closeness within 1e-9·max(1, |a|, |b|); the order treats close numbers as
    equal, so ``<`` is the negation of ``>=``.  A NaN leaves every comparison UNDECIDED.
    """

    name = "float"

    def rational(self, value: int | Fraction) -> float:
        return float(_checked_rational(value))

    def cos(self, turn: Turn) -> float:
        return math.cos(math.tau * turn.fraction)

    def sin(self, turn: Turn) -> float:
        return math.sin(math.tau * turn.fraction)

    def cis(self, turn: Turn) -> complex:
        return complex(self.cos(turn), self.sin(turn))

    def sqrt(self, value: int | Fraction) -> float:
        return math.sqrt(_checked_radicand(value))

    def _decide(self, left: Any, op: str, right: Any) -> Truth:
        a, b = complex(left), complex(right)
        if cmath.isnan(a) or cmath.isnan(b):
            return Truth.UNDECIDED
        scale = _FLOAT_TOLERANCE * max(1.0, abs(a), abs(b))
        close = a == b or abs(a - b) <= scale < math.inf
        if op in ("=", "!="):
            return Truth.of(close == (op == "="))
        if max(abs(a.imag), abs(b.imag)) > scale:
            raise TypeError(f"only real numbers have an order, got {left!r} {op} {right!r}")
        if close:
            return Truth.of(op in ("<=", ">="))
        return Truth.of(a.real < b.real if op in ("<", "<=") else a.real > b.real)


class _Exact(Arithmetic):
    """Cyclotomic numbers: every comparison of real numbers is decided."""

    name = "exact"

    def rational(self, value: int | Fraction) -> Cyclotomic:
        return Cyclotomic(_checked_rational(value))

    def cos(self, turn: Turn) -> Cyclotomic:
        return Cyclotomic.cos(turn)

    def sin(self, turn: Turn) -> Cyclotomic:
        return Cyclotomic.sin(turn)

    def cis(self, turn: Turn) -> Cyclotomic:
        return Cyclotomic.root(turn)

    def sqrt(self, value: int | Fraction) -> Cyclotomic:
        return Cyclotomic.sqrt(_checked_radicand(value))

    def _decide(self, left: Any, op: str, right: Any) -> Truth:
        a, b = Cyclotomic(left), Cyclotomic(right)
        if op in ("=", "!="):
            return Truth.of((a == b) == (op == "="))
        sign = (a - b).sign()
        table = {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}
        return Truth.of(table[op])


class _Formal(Arithmetic):
    """Laurent polynomials: "=" is TRUE for an identity.

    Two different polynomials may agree at the values that matter (roots of unity, say), so a
    failed identity is UNDECIDED.  Constants compare exactly; an order needs constants.
    """

    name = "formal"

    def rational(self, value: int | Fraction) -> LaurentPolynomial:
        return LaurentPolynomial.constant(_checked_rational(value))

    def cos(self, turn: Turn) -> LaurentPolynomial:
        return LaurentPolynomial.constant(Cyclotomic.cos(turn))

    def sin(self, turn: Turn) -> LaurentPolynomial:
        return LaurentPolynomial.constant(Cyclotomic.sin(turn))

    def cis(self, turn: Turn) -> LaurentPolynomial:
        return LaurentPolynomial.constant(Cyclotomic.root(turn))

    def sqrt(self, value: int | Fraction) -> LaurentPolynomial:
        return LaurentPolynomial.constant(Cyclotomic.sqrt(_checked_radicand(value)))

    def angle(self, name: str) -> LaurentPolynomial:
        """The unit variable e^{2πix} of the formal angle x = name."""
        return LaurentPolynomial.unit(name, 1)

    def unit(self, exponents: Mapping[str, int], turn: Turn = _NO_TURN) -> Any:
        """e^{2πi(turn + Σ exponent·angle)}."""
        result = self.cis(turn)
        for name, exponent in exponents.items():
            result = result * LaurentPolynomial.unit(name, exponent)
        return result

    def _decide(self, left: Any, op: str, right: Any) -> Truth:
        difference = LaurentPolynomial.constant(0) + left - right
        if difference.is_constant():
            return EXACT.compare(difference.as_constant(), op, 0)
        if op in ("=", "!="):
            return Truth.UNDECIDED
        raise TypeError(f"formal polynomials have no order: {left!r} {op} {right!r}")


class _BallArithmetic(Arithmetic):
    """Arb balls of a fixed precision; comparisons may stay UNDECIDED."""

    name = "ball"

    def __init__(self, bits: int) -> None:
        self.bits = Ball(0, bits=bits).bits

    def rational(self, value: int | Fraction) -> Ball:
        return Ball(_checked_rational(value), bits=self.bits)

    def cos(self, turn: Turn) -> Ball:
        return Ball.cos(turn, bits=self.bits)

    def sin(self, turn: Turn) -> Ball:
        return Ball.sin(turn, bits=self.bits)

    def cis(self, turn: Turn) -> ComplexBall:
        return ComplexBall.cis(turn, bits=self.bits)

    def sqrt(self, value: int | Fraction) -> Ball:
        return self.rational(_checked_radicand(value)).sqrt()

    def _decide(self, left: Any, op: str, right: Any) -> Truth:
        pair = [v if isinstance(v, ComplexBall) else Ball(v, bits=self.bits) for v in (left, right)]
        if op in ("=", "!="):
            return pair[0] == pair[1] if op == "=" else pair[0] != pair[1]
        if any(isinstance(v, ComplexBall) for v in pair):
            raise TypeError(f"only real numbers have an order, got {left!r} {op} {right!r}")
        a, b = pair
        return {"<": a.__lt__, "<=": a.__le__, ">": a.__gt__, ">=": a.__ge__}[op](b)

    def __repr__(self) -> str:
        return f"<ball arithmetic, {self.bits} bits>"


FLOAT = _Float()
EXACT = _Exact()
FORMAL = _Formal()


@lru_cache(maxsize=64)
def ball(bits: int) -> Arithmetic:
    """Ball arithmetic with this many bits; the same object for the same precision."""
    return _BallArithmetic(bits)


_KINDS = ("symbolic", "exact", "enclosure", "sampled")


def kind_of(*values: Any) -> str:
    """The kind of evidence that these values can give: the weakest among them.

    Strongest first: ``symbolic`` (a `LaurentPolynomial` that symbols entered, even if they
    cancelled), ``exact`` (int, Fraction, Turn, Cyclotomic, a constant polynomial),
    ``enclosure`` (balls), ``sampled`` (floats).

    Raises TypeError for no values, or for a value that is not a number.
    """
    if not values:
        raise TypeError("kind_of needs at least one value: evidence without values has no kind")
    return max((_kind(value) for value in values), key=_KINDS.index)


def _kind(value: Any) -> str:
    if isinstance(value, LaurentPolynomial):
        return "symbolic" if value.symbols else "exact"
    if isinstance(value, (Rational, Cyclotomic, Turn)):
        return "exact"
    if isinstance(value, (Ball, ComplexBall)):
        return "enclosure"
    if isinstance(value, Complex):
        return "sampled"
    raise TypeError(f"no kind of evidence for {value!r} (type={type(value).__name__})")


def _checked_rational(value: int | Fraction) -> int | Fraction:
    if isinstance(value, Rational):
        return value
    refuse_inexact(value)
    raise TypeError(f"expected an int or a Fraction, got {value!r} (type={type(value).__name__})")


def _checked_radicand(value: int | Fraction) -> int | Fraction:
    if _checked_rational(value) < 0:
        raise ValueError(f"the square root of a negative number is not real, got {value!r}")
    return value
