"""Terms as lists of operations without repetition, and their derivatives.

An operation is (kind, operands…): var, const, add, scale (by a constant), mul, square, div, sqrt,
exp, sin, cos.  Operands are positions of earlier operations; None stands for zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

MAX_EXPONENT = 64
_FUNCTIONS = {"sqrt": "sqrt", "exp": "exp", "sin_radians": "sin", "cos_radians": "cos"}


class OutsideClass(ValueError):
    """An equation that the integrator does not treat; the message names the first reason."""


class Builder:
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
        if a is None:  # 0/b is kept: it is undefined where b vanishes
            a = self.emit("const", Fraction(0))
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


def _exponent(node: Any) -> int:
    if isinstance(node, bool) or not isinstance(node, int) or abs(node) > MAX_EXPONENT:
        raise OutsideClass(
            f"the field has the exponent {node!r}; expected an integer of size ≤ {MAX_EXPONENT}"
        )
    return node
