"""Straight-line programs: a vector field compiled once, differentiated, run on Taylor jets.

A field is a list of terms of the formula language over its variables.  `compile_terms` turns
them into a program without repeated subexpressions; `Program.with_jacobian` appends the partial
derivatives (forward mode, zero entries dropped); `Program.taylor` gives the Taylor coefficients
of the solution of x' = f(x) through a box of balls, by the usual recurrences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from flint import arb, ctx, fmpq

from verify.formula import Term
from verify.methods.enclosure.operations import Builder


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
        builder = Builder(self.inputs, self.ops)
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
    builder = Builder(len(variables), [("var", i) for i in range(len(variables))])
    names = {name: i for i, name in enumerate(variables)}
    outputs = [builder.node(term.node, names) for term in terms]
    return Program(len(variables), tuple(builder.ops), tuple(builder.drop_zero(o) for o in outputs))


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
