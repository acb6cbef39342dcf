"""Building terms and formulas with Python operators.

``Term`` and ``Formula`` wrap the JSON nodes of the formula language and do nothing else:
the meaning lives in `verify.formula.evaluate` and, independently, in the checker.
Floats are refused at the door, because a float in a statement is a rounding that the
statement does not mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Node = Any
TermLike = "Term | int | Fraction"


def _node(value: Any) -> Node:
    if isinstance(value, Term):
        return value.node
    if isinstance(value, bool):
        raise TypeError(f"expected a number in a formula, got {value!r} (type bool)")
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    raise TypeError(
        f"expected a term, an int or a Fraction, got {value!r} (type {type(value).__name__}); "
        "write rational(1, 3) for an exact fraction"
    )


def _formula_node(value: Any) -> Node:
    if not isinstance(value, Formula):
        raise TypeError(f"expected a formula, got {value!r} (type {type(value).__name__})")
    return value.node


@dataclass(frozen=True, eq=False)
class Term:
    """A number-valued expression; operators build larger terms, comparisons build formulas.

    ``a == b`` keeps Python's identity meaning; write ``equal(a, b)`` for the formula.
    """

    node: Node

    def __add__(self, other: TermLike) -> Term:
        return Term({"+": [self.node, _node(other)]})

    def __radd__(self, other: TermLike) -> Term:
        return Term({"+": [_node(other), self.node]})

    def __sub__(self, other: TermLike) -> Term:
        return Term({"-": [self.node, _node(other)]})

    def __rsub__(self, other: TermLike) -> Term:
        return Term({"-": [_node(other), self.node]})

    def __mul__(self, other: TermLike) -> Term:
        return Term({"*": [self.node, _node(other)]})

    def __rmul__(self, other: TermLike) -> Term:
        return Term({"*": [_node(other), self.node]})

    def __truediv__(self, other: TermLike) -> Term:
        return Term({"/": [self.node, _node(other)]})

    def __rtruediv__(self, other: TermLike) -> Term:
        return Term({"/": [_node(other), self.node]})

    def __pow__(self, exponent: TermLike) -> Term:
        return Term({"^": [self.node, _node(exponent)]})

    def __rpow__(self, base: TermLike) -> Term:
        return Term({"^": [_node(base), self.node]})

    def __neg__(self) -> Term:
        return Term({"neg": self.node})

    def __lt__(self, other: TermLike) -> Formula:
        return Formula({"<": [self.node, _node(other)]})

    def __le__(self, other: TermLike) -> Formula:
        return Formula({"<=": [self.node, _node(other)]})

    def __gt__(self, other: TermLike) -> Formula:
        return Formula({">": [self.node, _node(other)]})

    def __ge__(self, other: TermLike) -> Formula:
        return Formula({">=": [self.node, _node(other)]})


@dataclass(frozen=True, eq=False)
class Formula:
    """A truth-valued expression.  It is never a bool: evaluate it with `holds`."""

    node: Node

    def __and__(self, other: Formula) -> Formula:
        return Formula({"and": [self.node, _formula_node(other)]})

    def __or__(self, other: Formula) -> Formula:
        return Formula({"or": [self.node, _formula_node(other)]})

    def __invert__(self) -> Formula:
        return Formula({"not": self.node})

    def __bool__(self) -> bool:
        raise TypeError(
            "a formula has no truth value of its own: evaluate it with holds(formula, arithmetic), "
            "and combine formulas with & | ~"
        )


def var(name: str) -> Term:
    """A bound integer parameter, quantified variable, derived quantity or formal symbol."""
    return Term({"var": name})


def rational(numerator: TermLike, denominator: TermLike = 1) -> Term:
    """The exact rational numerator/denominator."""
    if isinstance(numerator, Term) or isinstance(denominator, Term):
        return Term({"/": [_node(numerator), _node(denominator)]})
    return Term(_node(Fraction(numerator, denominator)))


def half(value: TermLike) -> Term:
    """value / 2, as an exact term (for exponents such as (k+1)/2)."""
    return Term({"/": [_node(value), 2]})


def cos(turns: TermLike) -> Term:
    """cos of an angle counted in full turns: cos(2π·turns)."""
    return Term({"cos": _node(turns)})


def sin(turns: TermLike) -> Term:
    """sin of an angle counted in full turns: sin(2π·turns)."""
    return Term({"sin": _node(turns)})


def cis(turns: TermLike) -> Term:
    """e^{2πi·turns}."""
    return Term({"cis": _node(turns)})


def sqrt(value: TermLike) -> Term:
    """Non-negative square root of a non-negative rational term."""
    return Term({"sqrt": _node(value)})


def fact(value: TermLike) -> Term:
    """Factorial of a non-negative integer term."""
    return Term({"fact": _node(value)})


def binom(n: TermLike, j: TermLike) -> Term:
    """Binomial coefficient of integer terms."""
    return Term({"binom": [_node(n), _node(j)]})


def mod(value: TermLike, modulus: TermLike) -> Term:
    """The residue of an integer term in 0..modulus-1."""
    return Term({"mod": [_node(value), _node(modulus)]})


def absolute(value: TermLike) -> Term:
    """Absolute value of a real term."""
    return Term({"abs": _node(value)})


def maximum(*values: TermLike) -> Term:
    """Largest of real terms."""
    return Term({"max": [_node(v) for v in values]})


def minimum(*values: TermLike) -> Term:
    """Smallest of real terms."""
    return Term({"min": [_node(v) for v in values]})


def iverson(formula: Formula) -> Term:
    """1 where the formula holds, else 0."""
    return Term({"iverson": _formula_node(formula)})


def equal(left: TermLike, right: TermLike) -> Formula:
    """The formula left = right."""
    return Formula({"=": [_node(left), _node(right)]})


def implies(premise: Formula, conclusion: Formula) -> Formula:
    """premise → conclusion."""
    return Formula({"implies": [_formula_node(premise), _formula_node(conclusion)]})


def all_of(formulas: Iterable[Formula]) -> Formula:
    """The conjunction of formulas, as one node."""
    return Formula({"and": [_formula_node(formula) for formula in formulas]})


def total(
    values: Iterable[TermLike] | str,
    start: TermLike | None = None,
    stop: TermLike | None = None,
    body: Callable[[Term], TermLike] | None = None,
) -> Term:
    """A sum: ``total([a, b, c])`` of listed terms, or ``total("z", 1, p - 1, lambda z: ...)``."""
    return _big("+", "sum", values, start, stop, body)


def product(
    values: Iterable[TermLike] | str,
    start: TermLike | None = None,
    stop: TermLike | None = None,
    body: Callable[[Term], TermLike] | None = None,
) -> Term:
    """A product, written like `total`."""
    return _big("*", "prod", values, start, stop, body)


def _big(listed: str, bound: str, values: Any, start: Any, stop: Any, body: Any) -> Term:
    if isinstance(values, str):
        if body is None:
            raise TypeError(f"a bound {bound} needs a body: {bound}('z', 1, n, lambda z: ...)")
        return Term({bound: _binder(values, start, stop, body(var(values)))})
    return Term({listed: [_node(v) for v in values]})


def _binder(name: str, start: Any, stop: Any, body: Any) -> Node:
    inner = body.node if isinstance(body, Formula) else _node(body)
    return {"var": name, "from": _node(start), "to": _node(stop), "of": inner}


def forall_range(
    name: str, start: TermLike, stop: TermLike, body: Callable[[Term], Formula]
) -> Formula:
    """For every integer start ≤ name ≤ stop."""
    return Formula({"forall": _binder(name, start, stop, body(var(name)))})


def exists(
    name: str, start: TermLike, stop: TermLike, body: Callable[[Term], Formula]
) -> Formula:
    """For some integer start ≤ name ≤ stop."""
    return Formula({"exists": _binder(name, start, stop, body(var(name)))})
