"""Straight-line programs: a vector field compiled once, differentiated, run on Taylor jets.

A field is a list of terms of the formula language over its variables.  `compile_terms` turns
them into a program without repeated subexpressions; `Program.with_jacobian` appends the partial
derivatives (forward mode, zero entries dropped); `Program.taylor` gives the Taylor coefficients
of the solution of x' = f(x) through a box of balls, by the usual recurrences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import mul
from typing import Any

from flint import arb, ctx, fmpq

from verify.formula import Term

MAX_EXPONENT = 64


class OutsideClass(ValueError):
    """An equation that the integrator does not treat; the message names the first reason."""


class Singular(ArithmeticError):
    """The field cannot be expanded on a box: a divisor or a radicand may vanish there."""


@dataclass(frozen=True)
class Program:
    """ops: (kind, operands…), the first `inputs` of them variables; outputs: positions in ops.

    An output None is identically zero.
    """

    inputs: int
    ops: tuple[tuple, ...]
    outputs: tuple[int | None, ...]

    @property
    def still(self) -> tuple[bool, ...]:
        """For each variable, whether its derivative is identically zero."""
        return tuple(out is None for out in self.outputs[: self.inputs])

    def with_jacobian(self) -> Program:
        """The outputs, followed by their partial derivatives row by row."""
        builder = _Builder(self.inputs, self.ops)
        columns = [builder.derivatives(self.ops, j) for j in range(self.inputs)]
        entries = [
            None if out is None else columns[j][out]
            for out in self.outputs
            for j in range(self.inputs)
        ]
        return Program(self.inputs, tuple(builder.ops), (*self.outputs, *entries))

    def taylor(self, start: Sequence[arb], order: int) -> list[list[arb]]:
        """Coefficients of every op along the solution through `start`: 0..order for the
        variables, 0..order−1 for the rest.  Raises Singular.
        """
        jets: list[list[arb]] = [[] for _ in self.ops]
        constants = _constants(self.ops, ctx.prec)
        for jet, value in zip(jets, start, strict=False):
            jet.append(value)
        for k in range(order):
            _extend(self.ops, constants, jets, k)
            for i in range(self.inputs):
                out = self.outputs[i]
                jets[i].append(jets[out][k] / (k + 1) if out is not None else arb(0))
        return jets

    def values(self, point: Sequence[arb]) -> list[arb]:
        """The outputs on a box.  Raises Singular."""
        jets: list[list[arb]] = [[] for _ in self.ops]
        for jet, value in zip(jets, point, strict=False):
            jet.append(value)
        _extend(self.ops, _constants(self.ops, ctx.prec), jets, 0)
        return [arb(0) if out is None else jets[out][0] for out in self.outputs]


def compile_terms(terms: Iterable[Term], variables: Sequence[str]) -> Program:
    """The program of some terms over the variables.  Raises OutsideClass."""
    builder = _Builder(len(variables), [("var", i) for i in range(len(variables))])
    names = {name: i for i, name in enumerate(variables)}
    outputs = [builder.node(term.node, names) for term in terms]
    return Program(len(variables), tuple(builder.ops), tuple(builder.drop_zero(o) for o in outputs))


class _Builder:
    """Emits ops once each; None stands for zero, and constants fold exactly."""

    def __init__(self, inputs: int, ops: Iterable[tuple]) -> None:
        self.inputs = inputs
        self.ops = list(ops)
        self.known = {op: i for i, op in enumerate(self.ops)}

    def emit(self, *op: Any) -> int:
        if op not in self.known:
            self.known[op] = len(self.ops)
            self.ops.append(op)
        return self.known[op]

    def constant(self, value: Fraction) -> int | None:
        return self.emit("const", value) if value else None

    def value(self, i: int | None) -> Fraction | None:
        """The value of a constant op, else None."""
        if i is None:
            return Fraction(0)
        return self.ops[i][1] if self.ops[i][0] == "const" else None

    def drop_zero(self, i: int | None) -> int | None:
        return None if self.value(i) == 0 else i

    def add(self, a: int | None, b: int | None) -> int | None:
        if a is None or b is None:
            return b if a is None else a
        x, y = self.value(a), self.value(b)
        if x is not None and y is not None:
            return self.constant(x + y)
        return self.emit("add", *sorted((a, b)))

    def scale(self, c: Fraction, a: int | None) -> int | None:
        if a is None or c == 0:
            return None
        if (x := self.value(a)) is not None:
            return self.constant(c * x)
        if c == 1:
            return a
        if self.ops[a][0] == "scale":
            return self.scale(c * self.ops[a][1], self.ops[a][2])
        return self.emit("scale", c, a)

    def mul(self, a: int | None, b: int | None) -> int | None:
        x, y = self.value(a), self.value(b)
        if x is not None or y is not None:
            return self.scale(x, b) if x is not None else self.scale(y, a)
        c = Fraction(1)  # constants move outwards, so that products are shared
        for _ in (0, 1):
            a, b = b, a
            if self.ops[a][0] == "scale":
                c, a = c * self.ops[a][1], self.ops[a][2]
        if a == b:
            return self.scale(c, self.emit("square", a))
        return self.scale(c, self.emit("mul", *sorted((a, b))))

    def div(self, a: int | None, b: int | None) -> int | None:
        if (y := self.value(b)) is not None:
            if y == 0:
                raise OutsideClass("the field divides by zero")
            return self.scale(1 / y, a)
        if a is None:
            return self.scale(Fraction(0), b)
        return self.emit("div", a, b)

    def power(self, a: int | None, exponent: int) -> int | None:
        if exponent < 0:
            return self.div(self.constant(Fraction(1)), self.power(a, -exponent))
        result, base = self.constant(Fraction(1)), a
        while exponent:
            result = self.mul(result, base) if exponent & 1 else result
            base = self.mul(base, base) if exponent > 1 else base
            exponent >>= 1
        return result

    def unary(self, kind: str, a: int | None) -> int | None:
        if a is None:
            a = self.emit("const", Fraction(0))
        if kind == "sqrt" and (x := self.value(a)) is not None and x <= 0:
            raise OutsideClass(f"the field takes the square root of {x}: it must be positive")
        if kind in ("sin", "cos"):  # emitted as a pair: their recurrences need each other
            first = self.emit("sin", a)
            second = self.emit("cos", a, first)
            return first if kind == "sin" else second
        return self.emit(kind, a)

    def node(self, node: Any, names: dict[str, int]) -> int | None:
        """The position of a node of the formula language."""
        if not isinstance(node, dict):
            return self.constant(Fraction(node))
        ((key, body),) = node.items()
        if key == "var":
            if body not in names:
                known = ", ".join(names)
                raise OutsideClass(f"the field uses {body!r}, which is no variable ({known})")
            return names[body]
        if key in ("+", "*"):
            result = self.constant(Fraction(key == "*"))
            for child in body:
                operand = self.node(child, names)
                result = self.add(result, operand) if key == "+" else self.mul(result, operand)
            return result
        if key == "-":
            left, right = (self.node(child, names) for child in body)
            return self.add(left, self.scale(Fraction(-1), right))
        if key == "neg":
            return self.scale(Fraction(-1), self.node(body, names))
        if key == "/":
            return self.div(*(self.node(child, names) for child in body))
        if key == "^":
            return self.power(self.node(body[0], names), _exponent(body[1]))
        if key in _FUNCTIONS:
            return self.unary(_FUNCTIONS[key], self.node(body, names))
        raise OutsideClass(
            f"the field uses {key!r}; it may be built from + - * / ** with integer exponents, "
            "sqrt, exp, sine and cosine (of radians)"
        )

    def derivatives(self, ops: Sequence[tuple], j: int) -> list[int | None]:
        """For each op, the position of its derivative with respect to variable j."""
        d: list[int | None] = []
        for i, (kind, *args) in enumerate(ops):
            if kind == "var":
                d.append(self.constant(Fraction(i == j)))
            elif kind == "const":
                d.append(None)
            elif kind == "add":
                d.append(self.add(d[args[0]], d[args[1]]))
            elif kind == "scale":
                d.append(self.scale(args[0], d[args[1]]))
            elif kind == "mul":
                a, b = args
                d.append(self.add(self.mul(d[a], b), self.mul(a, d[b])))
            elif kind == "square":
                d.append(self.scale(Fraction(2), self.mul(args[0], d[args[0]])))
            elif kind == "div":  # (a/b)' = (a' − (a/b) b')/b
                a, b = args
                top = self.add(d[a], self.scale(Fraction(-1), self.mul(i, d[b])))
                d.append(None if top is None else self.div(top, b))
            elif d[args[0]] is None:
                d.append(None)
            elif kind == "sqrt":
                d.append(self.div(self.scale(Fraction(1, 2), d[args[0]]), i))
            elif kind == "exp":
                d.append(self.mul(i, d[args[0]]))
            elif kind == "sin":
                d.append(self.mul(self.unary("cos", args[0]), d[args[0]]))
            else:  # cos
                d.append(self.scale(Fraction(-1), self.mul(args[1], d[args[0]])))
        return d


_FUNCTIONS = {"sqrt": "sqrt", "exp": "exp", "sin_radians": "sin", "cos_radians": "cos"}


def _exponent(node: Any) -> int:
    if isinstance(node, bool) or not isinstance(node, int) or abs(node) > MAX_EXPONENT:
        raise OutsideClass(
            f"the field has the exponent {node!r}; expected an integer of size ≤ {MAX_EXPONENT}"
        )
    return node


@lru_cache(maxsize=64)
def _constants(ops: tuple[tuple, ...], bits: int) -> dict[int, arb]:
    """Enclosures of the constants at this precision, by position (scale factors included)."""
    return {
        i: arb(fmpq(op[1].numerator, op[1].denominator))
        for i, op in enumerate(ops)
        if op[0] in ("const", "scale")
    }


def _extend(ops: Sequence[tuple], constants: dict[int, arb], jets: list[list[arb]], k: int) -> None:
    """Appends coefficient k to every op; the variables have theirs already."""
    for i, op in enumerate(ops):
        kind = op[0]
        if kind == "var":
            continue
        if kind == "mul":
            value = sum(map(mul, jets[op[1]], jets[op[2]][k::-1]))
        elif kind == "square":
            a, half = jets[op[1]], (k + 1) // 2
            value = 2 * sum(map(mul, a[:half], a[k : k - half : -1]))
            if k % 2 == 0:
                middle = a[k // 2]
                value = value + _square(middle)
        elif kind == "add":
            value = jets[op[1]][k] + jets[op[2]][k]
        elif kind == "scale":
            value = constants[i] * jets[op[2]][k]
        elif kind == "const":
            value = arb(0) if k else constants[i]
        elif kind == "div":
            a, b, c = jets[op[1]], jets[op[2]], jets[i]
            if k == 0 and b[0].contains(0):
                raise Singular(f"a divisor may be zero: it lies in {b[0].str(5)}")
            value = (a[k] - sum(map(mul, c, b[k:0:-1]))) / b[0]
        else:
            value = _function(kind, op, jets, i, k)
        jets[i].append(value)


def _function(kind: str, op: tuple, jets: list[list[arb]], i: int, k: int) -> arb:
    """Coefficient k of sqrt, exp, sin or cos; cos comes right after the sin of its pair."""
    a, own = jets[op[1]], jets[i]
    if k == 0:
        if kind == "sqrt" and not a[0] > 0:
            raise Singular(f"a radicand may be zero or negative: it lies in {a[0].str(5)}")
        return getattr(a[0], kind)()
    if kind == "sqrt":
        return (a[k] - sum(map(mul, own[1:k], own[k - 1 : 0 : -1]))) / (2 * own[0])
    if kind == "exp":
        other, sign = own, 1
    elif kind == "sin":
        other, sign = jets[i + 1], 1
    else:
        other, sign = jets[op[2]], -1
    weighted = [j * a[j] for j in range(1, k + 1)]
    return sign * sum(map(mul, weighted, other[k - 1 :: -1])) / k


def _square(x: arb) -> arb:
    """x² without the negative values that x·x would admit."""
    return x * x if x > 0 or x < 0 else (x * x).nonnegative_part()
