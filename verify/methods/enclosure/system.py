"""Autonomous systems x' = f(x), written once as a Python function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from numbers import Rational
from typing import Any

from flint import arb, fmpq

from constructions.numbers import Ball
from verify.formula import Term, rational, var
from verify.methods.enclosure.operations import OutsideClass
from verify.methods.enclosure.program import Program, compile_terms

MAX_VARIABLES = 12


def exp(value: Term) -> Term:
    """e^value."""
    return Term({"exp": value.node})


def sine(radians: Term) -> Term:
    """The sine of an angle in radians (`verify.formula.sin` counts turns)."""
    return Term({"sin_radians": radians.node})


def cosine(radians: Term) -> Term:
    """The cosine of an angle in radians."""
    return Term({"cos_radians": radians.node})


@dataclass(frozen=True, eq=False)
class System:
    """x' = f(x).  variables: names; field: one term per variable; constants: the variables that
    stand still because they are inexact parameters, with the ends of their values.

    Build it with `System.of`.
    """

    variables: tuple[str, ...]
    field: tuple[Term, ...]
    constants: Mapping[str, tuple[Fraction, Fraction]]

    @staticmethod
    def of(
        function: Callable[..., Sequence[Any]],
        variables: str | Sequence[str],
        *,
        parameters: Mapping[str, Any] | None = None,
    ) -> System:
        """The system of a function that maps terms to terms.

        function: called with one term per variable, and parameters as keywords; returns the
        derivatives in the same order.  It may use + - * / ** and `sqrt`, `exp`, `sine`, `cosine`.
        parameters: an exact number enters the field as it is; a `Ball` or a pair (low, high)
        becomes a variable that stands still, so that the enclosure keeps track of it.

        Raises OutsideClass, naming the first violated requirement; TypeError for a float.
        """
        names = tuple(variables.split() if isinstance(variables, str) else variables)
        fixed, balls = {}, {}
        for name, value in (parameters or {}).items():
            if isinstance(value, str):
                value = Fraction(value)
            if isinstance(value, Rational):
                fixed[name] = rational(Fraction(value))
            else:
                balls[name], fixed[name] = pair_of(name, value), var(name)
        field = function(*(var(name) for name in names), **fixed)
        if not isinstance(field, (tuple, list)) or len(field) != len(names):
            raise OutsideClass(
                f"expected {len(names)} derivatives, one for each of {', '.join(names)}; got "
                f"{field!r:.80}"
            )
        every = (*names, *balls)
        if len(set(every)) != len(every):
            raise OutsideClass(f"a name occurs twice among {', '.join(every)}")
        if not 1 <= len(every) <= MAX_VARIABLES:
            raise OutsideClass(
                f"expected 1 to {MAX_VARIABLES} variables and inexact parameters, got {len(every)}"
            )
        terms = tuple(_term(name, f) for name, f in zip(names, field, strict=True))
        system = System(every, terms + (Term(0),) * len(balls), balls)
        _ = system.program  # an equation outside the class is refused here
        return system

    @cached_property
    def program(self) -> Program:
        """The field, compiled."""
        return compile_terms(self.field, self.variables)

    @cached_property
    def variational(self) -> Program:
        """The field and its Jacobian, compiled."""
        return self.program.with_jacobian()

    def ends(
        self, values: Mapping[str, Any], *, bits: int
    ) -> tuple[tuple[Fraction, Fraction], ...]:
        """The exact ends of the initial box, in the order of the variables."""
        wanted = set(self.variables) - set(self.constants)
        if set(values) != wanted:
            raise ValueError(
                f"expected initial values of {', '.join(sorted(wanted))}; "
                f"got {', '.join(sorted(values)) or 'none'}"
            )
        every = {**values, **self.constants}
        return tuple(pair_of(name, every[name], bits=bits) for name in self.variables)


def pair_of(name: str, value: Any, *, bits: int = 128) -> tuple[Fraction, Fraction]:
    """The ends of a number, a ball or a pair (low, high).  Raises TypeError for a float."""
    try:
        if isinstance(value, tuple):
            low, high = (pair_of(name, end, bits=bits) for end in value)
            if low[0] > high[1]:
                raise ValueError(f"{name}: expected low ≤ high, got {value!r}")
            return low[0], high[1]
        if isinstance(value, str):
            value = Fraction(value)
        if isinstance(value, Rational) and not isinstance(value, bool):
            return Fraction(value), Fraction(value)
        ball = value if isinstance(value, Ball) else Ball(value, bits=bits)
        return ball.lower(), ball.upper()
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from None


def enclosing(low: Fraction, high: Fraction) -> arb:
    """The ball around an interval, at the working precision."""
    ends = [arb(fmpq(end.numerator, end.denominator)) for end in (low, high)]
    return ends[0].union(ends[1]) if low < high else ends[0]


def _term(name: str, value: Any) -> Term:
    try:
        return value if isinstance(value, Term) else rational(value)
    except TypeError as error:
        raise OutsideClass(f"the derivative of {name} is no term: {error}") from None
