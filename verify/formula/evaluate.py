"""Evaluating terms and formulas in float, exact, ball or formal arithmetic.

One evaluator serves all: integers and rationals stay `Fraction` until a cosine, a sine or a
root enters, and from there on the chosen arithmetic's own numbers are used.  This is the fast
route of the suite; the checker has its own, independent evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import comb, factorial
from typing import Any

from constructions.numbers import FORMAL, LaurentPolynomial, Truth, Turn
from verify.formula.build import Formula, Term

_ORDER = ("=", "!=", "<", "<=", ">", ">=")


class FormulaError(ValueError):
    """A formula that has no meaning under the given bindings; the message names the node."""


def evaluate(
    term: Term,
    arithmetic: Any,
    bindings: Mapping[str, Any] | None = None,
    formal: Mapping[str, str] | None = None,
) -> Any:
    """The value of a term in an arithmetic.

    bindings: names to integers, Fractions, or values of the arithmetic.
    formal: formal symbols to ``"angle"`` or ``"indeterminate"`` (formal arithmetic only).
    """
    return _Evaluator(arithmetic, formal or {}).term(term.node, dict(bindings or {}))


def holds(
    formula: Formula,
    arithmetic: Any,
    bindings: Mapping[str, Any] | None = None,
    formal: Mapping[str, str] | None = None,
) -> Truth:
    """Three-valued truth of a formula in an arithmetic."""
    return _Evaluator(arithmetic, formal or {}).formula(formula.node, dict(bindings or {}))


class _Evaluator:
    def __init__(self, arithmetic: Any, formal: Mapping[str, str]) -> None:
        if formal and arithmetic is not FORMAL:
            raise FormulaError("formal symbols need formal arithmetic")
        self.arithmetic = arithmetic
        self.formal = formal

    # -- terms -------------------------------------------------------------------------

    def term(self, node: Any, env: dict[str, Any]) -> Any:
        if isinstance(node, bool | float):
            raise FormulaError(f"not an exact number: {node!r}")
        if isinstance(node, int):
            return Fraction(node)
        if isinstance(node, str):
            return Fraction(node)
        if not isinstance(node, dict) or len(node) != 1:
            raise FormulaError(f"a node is an object with exactly one key, got {node!r}")
        (key, value), = node.items()
        method = _TERMS.get(key)
        if method is None:
            raise FormulaError(f"unknown term {key!r}; known: {', '.join(sorted(_TERMS))}")
        return method(self, value, env)

    def integer(self, node: Any, env: dict[str, Any]) -> int:
        value = self.term(node, env)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise FormulaError(f"expected an integer, got {value!r} from {node!r}")
        return int(value)

    def fraction(self, node: Any, env: dict[str, Any]) -> Fraction:
        value = self.term(node, env)
        if not isinstance(value, Fraction):
            raise FormulaError(f"expected a rational, got {value!r} from {node!r}")
        return value

    def lift(self, value: Any) -> Any:
        return self.arithmetic.rational(value) if isinstance(value, Fraction) else value

    def _var(self, name: str, env: dict[str, Any]) -> Any:
        if name in env:
            value = env[name]
            return Fraction(value) if isinstance(value, int) else value
        if self.formal.get(name) == "indeterminate":
            return LaurentPolynomial.symbol(name)
        raise FormulaError(f"unbound variable {name!r}; bound: {', '.join(env) or 'none'}")

    def _fold(self, operation: Any, values: list[Any]) -> Any:
        exact = [v for v in values if isinstance(v, Fraction)]
        other = [v for v in values if not isinstance(v, Fraction)]
        result = None
        for value in exact:
            result = value if result is None else operation(result, value)
        if other and result is not None:
            result = self.lift(result)
        for value in other:
            result = value if result is None else operation(result, value)
        return result

    def add(self, value: Any, env: dict[str, Any]) -> Any:
        terms = [self.term(v, env) for v in value]
        return self._fold(lambda a, b: a + b, terms) if terms else Fraction(0)

    def multiply(self, value: Any, env: dict[str, Any]) -> Any:
        terms = [self.term(v, env) for v in value]
        return self._fold(lambda a, b: a * b, terms) if terms else Fraction(1)

    def subtract(self, value: Any, env: dict[str, Any]) -> Any:
        left, right = (self.term(v, env) for v in value)
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return left - right
        return self.lift(left) - self.lift(right)

    def negate(self, value: Any, env: dict[str, Any]) -> Any:
        return -self.term(value, env)

    def divide(self, value: Any, env: dict[str, Any]) -> Any:
        left, right = (self.term(v, env) for v in value)
        if isinstance(right, Fraction):
            if right == 0:
                raise FormulaError(f"division by zero in {value!r}")
            return left / right if isinstance(left, Fraction) else left * self.lift(1 / right)
        return self.lift(left) / right

    def power(self, value: Any, env: dict[str, Any]) -> Any:
        base, exponent = self.term(value[0], env), self.fraction(value[1], env)
        if exponent.denominator == 1 and (exponent >= 0 or isinstance(base, Fraction)):
            if exponent < 0 and base == 0:  # only rationals have negative powers here
                raise FormulaError(f"zero to a negative power in {value!r}")
            return base ** int(exponent)
        if exponent.denominator == 2 and isinstance(base, Fraction) and base > 0:
            whole = (exponent - Fraction(1, 2)).numerator
            return self.arithmetic.sqrt(base) * self.lift(base**whole)
        raise FormulaError(
            f"power {exponent} of {base!r}: half-integer and negative powers need a positive "
            "rational base"
        )

    def root(self, value: Any, env: dict[str, Any]) -> Any:
        argument = self.fraction(value, env)
        if argument < 0:
            raise FormulaError(f"square root of the negative number {argument}")
        return self.arithmetic.sqrt(argument)

    def factorial(self, value: Any, env: dict[str, Any]) -> Fraction:
        n = self.integer(value, env)
        if n < 0:
            raise FormulaError(f"factorial of the negative number {n}")
        return Fraction(factorial(n))

    def binomial(self, value: Any, env: dict[str, Any]) -> Fraction:
        n, j = (self.integer(v, env) for v in value)
        return Fraction(comb(n, j)) if 0 <= j <= n else Fraction(0)

    def residue(self, value: Any, env: dict[str, Any]) -> Fraction:
        a, m = (self.integer(v, env) for v in value)
        if m <= 0:
            raise FormulaError(f"modulus {m} is not positive")
        return Fraction(a % m)

    def absolute(self, value: Any, env: dict[str, Any]) -> Any:
        argument = self.term(value, env)
        if isinstance(argument, Fraction):
            return abs(argument)
        return argument if self._decide(argument, ">=", Fraction(0)) else -argument

    def extreme(self, value: Any, env: dict[str, Any], op: str) -> Any:
        best, *rest = [self.term(v, env) for v in value]
        for candidate in rest:
            if self._decide(candidate, op, best):
                best = candidate
        return best

    def iverson(self, value: Any, env: dict[str, Any]) -> Fraction:
        return Fraction(1 if bool(self.formula(value, env)) else 0)

    def _range(self, binder: Any, env: dict[str, Any]) -> Any:
        low, high = self.integer(binder["from"], env), self.integer(binder["to"], env)
        for value in range(low, high + 1):
            yield {**env, binder["var"]: Fraction(value)}

    def big_sum(self, value: Any, env: dict[str, Any]) -> Any:
        terms = [self.term(value["of"], inner) for inner in self._range(value, env)]
        return self._fold(lambda a, b: a + b, terms) if terms else Fraction(0)

    def big_product(self, value: Any, env: dict[str, Any]) -> Any:
        terms = [self.term(value["of"], inner) for inner in self._range(value, env)]
        return self._fold(lambda a, b: a * b, terms) if terms else Fraction(1)

    # -- angles ------------------------------------------------------------------------

    def circular(self, value: Any, env: dict[str, Any], name: str) -> Any:
        constant, angles = self.angle(value, env)
        if not angles:
            return getattr(self.arithmetic, name)(Turn(constant))
        plus = self.arithmetic.unit(angles, Turn(constant))
        minus = self.arithmetic.unit({a: -e for a, e in angles.items()}, -Turn(constant))
        if name == "cis":
            return plus
        if name == "cos":
            return (plus + minus) * Fraction(1, 2)
        # sin t = (e^{it} - e^{-it}) / 2i, and 1/i = e^{2πi·(-1/4)}
        return (plus - minus) * self.arithmetic.cis(Turn(Fraction(-1, 4))) * Fraction(1, 2)

    def angle(self, node: Any, env: dict[str, Any]) -> tuple[Fraction, dict[str, int]]:
        """A term in turns as rational constant + integer combination of formal angles."""
        if isinstance(node, dict) and len(node) == 1:
            (key, value), = node.items()
            if key == "var" and value not in env and self.formal.get(value) == "angle":
                return Fraction(0), {value: 1}
            if key == "+":
                return self._combine([(1, self.angle(v, env)) for v in value])
            if key == "-":
                left, right = value
                return self._combine([(1, self.angle(left, env)), (-1, self.angle(right, env))])
            if key == "neg":
                return self._combine([(-1, self.angle(value, env))])
            if key == "*" and len(value) == 2 and self.formal:
                for scalar, other in (value, value[::-1]):
                    constant, angles = self.angle(scalar, env)
                    if not angles:
                        return self._combine([(constant, self.angle(other, env))])
        return self.fraction(node, env), {}

    @staticmethod
    def _combine(parts: list[Any]) -> tuple[Fraction, dict[str, int]]:
        constant, angles = Fraction(0), {}
        for scale, (rest, multiples) in parts:
            constant += scale * rest
            for name, multiple in multiples.items():
                exponent = Fraction(scale * multiple) + angles.get(name, 0)
                if exponent.denominator != 1:
                    raise FormulaError(
                        f"the multiple {exponent} of angle {name!r} is not an integer"
                    )
                angles[name] = int(exponent)
        return constant, {a: e for a, e in angles.items() if e}

    # -- formulas ----------------------------------------------------------------------

    def _compare(self, left: Any, op: str, right: Any) -> Truth:
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            table = {"=": left == right, "!=": left != right, "<": left < right}
            table |= {"<=": left <= right, ">": left > right, ">=": left >= right}
            return Truth.TRUE if table[op] else Truth.FALSE
        return self.arithmetic.compare(self.lift(left), op, self.lift(right))

    def _decide(self, left: Any, op: str, right: Any) -> bool:
        return bool(self._compare(left, op, right))

    def formula(self, node: Any, env: dict[str, Any]) -> Truth:
        if not isinstance(node, dict) or len(node) != 1:
            raise FormulaError(f"a formula is an object with exactly one key, got {node!r}")
        (key, value), = node.items()
        if key in _ORDER:
            return self._compare(self.term(value[0], env), key, self.term(value[1], env))
        if key in ("and", "or"):
            return self._all(key == "and", (self.formula(v, env) for v in value))
        if key == "not":
            return ~self.formula(value, env)
        if key == "implies":
            return ~self.formula(value[0], env) | self.formula(value[1], env)
        if key in ("forall", "exists"):
            parts = (self.formula(value["of"], inner) for inner in self._range(value, env))
            return self._all(key == "forall", parts)
        raise FormulaError(f"unknown formula {key!r}")

    @staticmethod
    def _all(conjunction: bool, parts: Any) -> Truth:  # noqa: FBT001 - private
        neutral, absorbing = (Truth.TRUE, Truth.FALSE) if conjunction else (Truth.FALSE, Truth.TRUE)
        result = neutral
        for part in parts:
            if part is absorbing:
                return absorbing
            result = (result & part) if conjunction else (result | part)
        return result


_TERMS = {
    "var": _Evaluator._var,
    "+": _Evaluator.add,
    "*": _Evaluator.multiply,
    "-": _Evaluator.subtract,
    "neg": _Evaluator.negate,
    "/": _Evaluator.divide,
    "^": _Evaluator.power,
    "sqrt": _Evaluator.root,
    "fact": _Evaluator.factorial,
    "binom": _Evaluator.binomial,
    "mod": _Evaluator.residue,
    "abs": _Evaluator.absolute,
    "max": lambda self, value, env: self.extreme(value, env, ">"),
    "min": lambda self, value, env: self.extreme(value, env, "<"),
    "iverson": _Evaluator.iverson,
    "sum": _Evaluator.big_sum,
    "prod": _Evaluator.big_product,
    "cos": lambda self, value, env: self.circular(value, env, "cos"),
    "sin": lambda self, value, env: self.circular(value, env, "sin"),
    "cis": lambda self, value, env: self.circular(value, env, "cis"),
}
