"""The formula language: structure check, then evaluation in exact arithmetic.

`check_term` and `check_formula` walk the whole tree before anything is evaluated, so a node
that short-circuiting would skip must still be well formed, with every variable bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, factorial

from .exact import Number, total
from .limits import TooLarge, require, spend

_RATIONAL = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']{0,63}")
_TERMS = {
    "var": "name", "+": "terms", "*": "terms", "-": "pair", "neg": "term", "/": "pair",
    "^": "pair", "sqrt": "term", "fact": "term", "mod": "pair", "binom": "pair", "cos": "term",
    "sin": "term", "cis": "term", "abs": "term", "max": "terms", "min": "terms",
    "iverson": "formula", "sum": "binder", "prod": "binder",
}
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_FORMULAS = dict.fromkeys(_COMPARISONS, "pair") | {
    "and": "formulas", "or": "formulas", "not": "formula", "implies": "formulas",
    "forall": "binder", "exists": "binder",
}
_MAX_RANGE = 1_000_000


@dataclass(frozen=True)
class Scope:
    """Values of the names in reach, and the formal symbols with their sort."""

    values: dict[str, Number]
    formal: dict[str, str] = field(default_factory=dict)

    def bind(self, name: str, value: int) -> "Scope":
        """The scope with one more integer."""
        return Scope({**self.values, name: Number.of(value)}, self.formal)


def rational(node: object) -> Fraction:
    """A JSON integer or "a/b" string as a Fraction."""
    if isinstance(node, int) and not isinstance(node, bool):
        return Fraction(node)
    require(isinstance(node, str) and _RATIONAL.fullmatch(node), "not an exact number: {}", node)
    require(not re.search(r"/0+$", node), "zero denominator in {}", node)
    return Fraction(node)


def valid_name(name: object) -> str:
    """A variable name."""
    require(isinstance(name, str) and _NAME.fullmatch(name), "not a variable name: {}", name)
    return name


# -- structure ---------------------------------------------------------------------------------


def check_term(node: object, names: frozenset[str]) -> None:
    """Rejects anything that is not a term over the given names."""
    if isinstance(node, dict):
        _check(node, names, _TERMS, "term")
    else:
        rational(node)


def check_formula(node: object, names: frozenset[str]) -> None:
    """Rejects anything that is not a formula over the given names."""
    _check(node, names, _FORMULAS, "formula")


def _check(node: object, names: frozenset[str], table: dict[str, str], sort: str) -> None:
    spend()
    require(isinstance(node, dict) and len(node) == 1,
            f"a {sort} is an object with exactly one key, got {{}}", node)
    ((key, body),) = node.items()
    shape = table.get(key)
    require(shape, f"unknown {sort} {{}} in {{}}", key, node)
    check = {"term": check_term, "formula": check_formula}
    if shape == "name":
        require(valid_name(body) in names, "unbound variable {}", body)
    elif shape == "binder":
        require(isinstance(body, dict) and set(body) == {"var", "from", "to", "of"},
                f"{key!r} needs exactly var, from, to and of: {{}}", node)
        require(valid_name(body["var"]) not in names, "{} is already bound", body["var"])
        check_term(body["from"], names)
        check_term(body["to"], names)
        check[sort](body["of"], names | {body["var"]})
    elif shape in check:
        check[shape](body, names)
    else:
        count = 2 if shape == "pair" or key == "implies" else None
        require(isinstance(body, list) and len(body) == (count or len(body)),
                f"{key!r} needs a list of {count or 'any number of'} nodes: {{}}", node)
        require(body or key not in ("max", "min"), f"{key!r} of nothing")
        for child in body:
            check["formula" if shape == "formulas" else "term"](child, names)


# -- terms -------------------------------------------------------------------------------------


def evaluate(node: object, scope: Scope) -> Number:
    """The exact value of a checked term."""
    spend()
    if not isinstance(node, dict):
        return Number.of(rational(node))
    ((key, body),) = node.items()
    if key == "var":
        return scope.values[body] if body in scope.values else _symbol(body, scope)
    if key == "+":
        return total(evaluate(child, scope) for child in body)
    if key == "*":
        return _product(evaluate(child, scope) for child in body)
    if key == "-":
        return evaluate(body[0], scope) - evaluate(body[1], scope)
    if key == "neg":
        return evaluate(body, scope).scaled(-1)
    if key == "/":
        return evaluate(body[0], scope) * evaluate(body[1], scope).inverse()
    if key == "^":
        return _power(evaluate(body[0], scope), fraction(body[1], scope), node)
    if key == "sqrt":
        return Number.sqrt(fraction(body, scope))
    if key in ("cos", "sin", "cis"):
        return _circular(key, evaluate(body, scope), scope, node)
    if key in ("abs", "max", "min"):
        return _ordered(key, body, scope)
    if key == "iverson":
        return Number.of(int(truth(body, scope)))
    if key in ("sum", "prod"):
        terms = (evaluate(body["of"], inner) for inner in _range(body, scope))
        return total(terms) if key == "sum" else _product(terms)
    return Number.of(_integer_function(key, body, scope, node))


def fraction(node: object, scope: Scope) -> Fraction:
    """The value of a term that must be rational."""
    value = evaluate(node, scope).as_fraction()
    require(value is not None, "expected a rational value from {}", node)
    return value


def integer(node: object, scope: Scope) -> int:
    """The value of a term that must be an integer."""
    value = fraction(node, scope)
    require(value.denominator == 1, "expected an integer, got {} from {}", value, node)
    return int(value)


def _symbol(name: str, scope: Scope) -> Number:
    # an angle itself (turns) and its unit variable e^{2πix} are kept apart by name
    return Number.symbol(name if scope.formal[name] == "indeterminate" else f"turn {name}")


def _product(values: Iterator[Number]) -> Number:
    result = Number.of(1)
    for value in values:
        result = result * value
    return result


def _power(base: Number, exponent: Fraction, node: object) -> Number:
    if exponent.denominator == 1:
        return base.power(int(exponent))
    value = base.as_fraction()
    require(exponent.denominator == 2 and value is not None and value > 0,
            "only a positive rational has a power with a half-integer exponent: {}", node)
    return Number.of(value).power(exponent.numerator // 2) * Number.sqrt(value)


def _integer_function(key: str, body: object, scope: Scope, node: object) -> int:
    if key == "fact":
        n = integer(body, scope)
        require(n >= 0, f"factorial of the negative number {n}")
        if n > 2000:
            raise TooLarge(f"too large: {n}!")
        return factorial(n)
    a, b = (integer(child, scope) for child in body)
    if key == "mod":
        require(b > 0, "a modulus is not positive: {}", node)
        return a % b
    if a > 10_000:
        raise TooLarge(f"too large: binomial of {a}")
    return comb(a, b) if 0 <= b <= a else 0


def _circular(key: str, argument: Number, scope: Scope, node: object) -> Number:
    """cos, sin or cis of a rational plus an integer combination of formal angles, in turns."""
    turn, powers = Fraction(0), {}
    for (r, t, m), c in argument.normal().items():
        name = m[0][0][5:] if len(m) == 1 and m[0][0].startswith("turn ") else None
        require(r == 1 and t == 0 and (m == () or (name and m[0][1] == 1 and c.denominator == 1)),
                "not a rational plus an integer combination of angles: {}", node)
        if name:
            powers[name] = int(c)
        else:
            turn = c
    plus, minus = Number.root(turn), Number.root(-turn)
    for name, exponent in powers.items():
        plus, minus = plus * Number.symbol(name, exponent), minus * Number.symbol(name, -exponent)
    if key == "cis":
        return plus
    half = Fraction(1, 2)
    if key == "cos":
        return (plus + minus).scaled(half)
    return (minus - plus).scaled(half) * Number.root(Fraction(1, 4))  # 1/(2i) = −i/2


def _ordered(key: str, body: object, scope: Scope) -> Number:
    if key == "abs":
        value = evaluate(body, scope)
        return value.scaled(-1) if value.sign() < 0 else value
    best, *rest = (evaluate(child, scope) for child in body)
    require((best - best.conjugate()).is_zero(), "not real: an operand of {}", key)
    for value in rest:
        sign = (value - best).sign()
        best = value if (sign > 0 and key == "max") or (sign < 0 and key == "min") else best
    return best


def _range(binder: dict, scope: Scope) -> Iterator[Scope]:
    low, high = integer(binder["from"], scope), integer(binder["to"], scope)
    if high - low > _MAX_RANGE:
        raise TooLarge(f"too large: the range {low}..{high}")
    return (scope.bind(binder["var"], value) for value in range(low, high + 1))


# -- formulas ----------------------------------------------------------------------------------


def truth(node: dict, scope: Scope) -> bool:
    """Truth of a checked formula whose compared values carry no formal symbol."""
    spend()
    ((key, body),) = node.items()
    if key in _COMPARISONS:
        difference = evaluate(body[0], scope) - evaluate(body[1], scope)
        require(not difference.symbols(), "{} compares formal expressions", node)
        if key in ("=", "!="):
            return difference.is_zero() == (key == "=")
        sign = difference.sign()
        return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[key]
    if key == "not":
        return not truth(body, scope)
    if key == "implies":
        return not truth(body[0], scope) or truth(body[1], scope)
    if key in ("and", "or"):
        parts = (truth(child, scope) for child in body)
        return all(parts) if key == "and" else any(parts)
    parts = (truth(body["of"], inner) for inner in _range(body, scope))
    return all(parts) if key == "forall" else any(parts)


def identity(node: dict, scope: Scope) -> bool:
    """Whether a formula of =, and, forall holds as an identity of formal expressions."""
    ((key, body),) = node.items()
    if key == "=":
        return (evaluate(body[0], scope) - evaluate(body[1], scope)).is_zero()
    if key == "and":
        return all(identity(child, scope) for child in body)
    require(key == "forall", "a formal statement is built from =, and, forall: {}", node)
    return all(identity(body["of"], inner) for inner in _range(body, scope))
