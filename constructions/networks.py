"""Homogeneous one-hidden-layer networks f(a) = Σ_i g_i (Σ_j u_{i,j}(a_j))^k w_i.

One network object evaluates in float, exactly and in balls.  Because the network is
homogeneous of degree k+1, a neuron's amplitude s enters f only through its *gain*
g = s^{k+1} > 0, which stays rational where s does not; the norm follows from

    ‖θ‖_{2,k+1}^{k+1} = Σ_i g_i (Σ_j ‖u_{i,j}‖² + ‖w_i‖²)^{(k+1)/2}.

Source: network (2) and Definitions D.1, D.2 of arXiv:2402.09469v3.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import isfinite
from typing import Any, final

import numpy as np

from constructions.designs import Design
from constructions.groups.abelian import Element
from constructions.numbers import Cyclotomic, Turn
from constructions.tasks import SumTask


@dataclass(frozen=True)
class Size:
    """One class of equal neurons: `count` neurons of gain `gain` and squared norm `square`."""

    count: int
    gain: Fraction
    square: Fraction

    def of_one(self, inputs: int, arithmetic: Any) -> Any:
        """g·‖ω‖^{k+1} of one of these neurons for k inputs, in the arithmetic."""
        power = arithmetic.rational(self.square ** ((inputs + 1) // 2))
        if inputs % 2 == 0:
            power = power * arithmetic.sqrt(self.square)
        return power * arithmetic.rational(self.gain)

    def rank(self, inputs: int) -> Fraction:
        """The square of `of_one`: rational for every k, so sizes are ordered exactly by it."""
        return self.gain**2 * self.square ** (inputs + 1)


class Network(ABC):
    """A network for a `SumTask`."""

    task: SumTask

    @property
    @abstractmethod
    def width(self) -> int:
        """Number of neurons m."""

    @abstractmethod
    def sizes(self) -> Iterator[Size]:
        """Neurons grouped by gain and squared norm."""

    @abstractmethod
    def neurons(self, arithmetic: Any) -> Iterator[tuple[Any, list[list[Any]], list[Any]]]:
        """(gain, u, w) per neuron with u: (k, n), w: (n,), entries in the arithmetic."""

    def norm(self, arithmetic: Any) -> Any:
        """‖θ‖_{2,k+1}^{k+1} in the arithmetic."""
        k = self.task.inputs
        value = arithmetic.rational(0)
        for size in self.sizes():
            value = value + size.of_one(k, arithmetic) * arithmetic.rational(size.count)
        return value

    def logits(self, a: tuple[Element, ...], arithmetic: Any) -> list[Any]:
        """f(a): (n,) by direct summation over neurons."""
        group, k = self.task.group, self.task.inputs
        positions = [group.index(x) for x in a]
        values = [arithmetic.rational(0)] * group.order
        for gain, u, w in self.neurons(arithmetic):
            inner = u[0][positions[0]]
            for j in range(1, k):
                inner = inner + u[j][positions[j]]
            scale = gain * inner**k
            values = [v + scale * x for v, x in zip(values, w, strict=True)]
        return values

    @cached_property
    def float_weights(self) -> tuple[np.ndarray, np.ndarray]:
        """U: (m, k, n), W: (m, n) in float64 with the amplitude folded in."""
        from constructions.numbers import FLOAT

        power = 1.0 / (self.task.inputs + 1)
        u_rows, w_rows = [], []
        for gain, u, w in self.neurons(FLOAT):
            amplitude = float(gain) ** power
            u_rows.append(amplitude * np.array(u, dtype=float))
            w_rows.append(amplitude * np.array(w, dtype=float))
        return np.array(u_rows), np.array(w_rows)

    def float_logits(self) -> np.ndarray:
        """f on all inputs, float64: (n, …, n, n) with k input axes and the label axis last."""
        u, w = self.float_weights
        k, n = self.task.inputs, self.task.group.order
        inner = 0.0
        for j in range(k):
            shape = [u.shape[0]] + [1] * k
            shape[1 + j] = n
            inner = inner + u[:, j].reshape(shape)
        return np.tensordot(inner**k, w, axes=(0, 0))


@final
@dataclass(frozen=True)
class Block:
    """A design used at every listed frequency with one gain."""

    frequencies: tuple[Element, ...]
    design: Design
    gain: Fraction = Fraction(1)


@final
@dataclass(frozen=True)
class CosineNetwork(Network):
    """Single-frequency neurons with phases in exact turns, given as blocks.

    Raises ValueError when a block does not fit the task: wrong number of inputs, the
    trivial character, a non-positive gain.
    """

    task: SumTask
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        group = self.task.group
        for block in self.blocks:
            if block.design.inputs != self.task.inputs:
                raise ValueError(
                    f"design {block.design.name!r} is for k={block.design.inputs} inputs, the "
                    f"task has k={self.task.inputs}"
                )
            if not isinstance(block.gain, Fraction | int) or block.gain <= 0:
                raise ValueError(f"expected a positive rational gain, got {block.gain!r}")
            for zeta in block.frequencies:
                if group.add(zeta) != zeta or not any(zeta):
                    raise ValueError(f"{zeta} is not a non-trivial character of {group}")

    @property
    def width(self) -> int:
        return sum(len(b.frequencies) * b.design.size for b in self.blocks)

    def _square(self, zeta: Element, phases: Sequence[Turn]) -> Fraction:
        """Σ_j‖u_j‖² + ‖w‖².  Σ_a cos²(φ + χ(a)) = n/2 for complex χ, n cos²φ for real χ."""
        group = self.task.group
        if not group.is_real(zeta):
            return Fraction(group.order * (len(phases) + 1), 2)
        total = Turn(sum((t.fraction for t in phases), Fraction(0)) % 1)
        squares = [Cyclotomic.cos(t) ** 2 for t in (*phases, total)]
        return group.order * sum(s.as_fraction() for s in squares)

    def sizes(self) -> Iterator[Size]:
        for block in self.blocks:
            counts: dict[Fraction, int] = {}
            for zeta in block.frequencies:
                if not self.task.group.is_real(zeta):
                    square = self._square(zeta, block.design.phases[0])
                    counts[square] = counts.get(square, 0) + block.design.size
                    continue
                for vector in block.design.phases:
                    square = self._square(zeta, vector)
                    counts[square] = counts.get(square, 0) + 1
            for square, count in counts.items():
                yield Size(count, Fraction(block.gain), square)

    def neurons(self, arithmetic: Any) -> Iterator[tuple[Any, list[list[Any]], list[Any]]]:
        group = self.task.group
        elements = list(group.elements())
        for block in self.blocks:
            gain = arithmetic.rational(Fraction(block.gain))
            for zeta in block.frequencies:
                angles = [group.turns(zeta, a) for a in elements]
                for vector in block.design.phases:
                    total = sum((t.fraction for t in vector), Fraction(0))
                    rows = [
                        [arithmetic.cos(Turn((phase + x) % 1)) for x in angles]
                        for phase in (*(t.fraction for t in vector), total)
                    ]
                    yield gain, rows[:-1], rows[-1]

    def json(self) -> dict[str, Any]:
        """The network as certificates carry it."""
        return {
            "designs": [
                {
                    "frequencies": [list(z) for z in b.frequencies],
                    "phases": b.design.json(),
                    "weight": str(Fraction(b.gain)),
                }
                for b in self.blocks
            ]
        }


@final
@dataclass(frozen=True)
class DenseNetwork(Network):
    """A network with listed rational weights.  u: (m, k, n), w: (m, n), gains: (m,).

    Build it from floats with `from_floats`, which makes exact dyadic numbers and refuses
    NaN and infinities.
    """

    task: SumTask
    u: tuple[tuple[tuple[Fraction, ...], ...], ...]
    w: tuple[tuple[Fraction, ...], ...]
    gains: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        k, n = self.task.inputs, self.task.group.order
        if not len(self.u) == len(self.w) == len(self.gains):
            raise ValueError(
                f"u, w and gains disagree about the width: {len(self.u)}, {len(self.w)}, "
                f"{len(self.gains)}"
            )
        for i, (rows, row) in enumerate(zip(self.u, self.w, strict=True)):
            if len(rows) != k or any(len(r) != n for r in rows) or len(row) != n:
                raise ValueError(
                    f"neuron {i}: expected u of shape ({k}, {n}) and w of shape ({n},)"
                )
            for value in (*(x for r in rows for x in r), *row, self.gains[i]):
                if isinstance(value, float):
                    raise TypeError(f"neuron {i}: weights are exact, got the float {value!r}")
            if self.gains[i] <= 0:
                raise ValueError(f"neuron {i}: expected a positive gain, got {self.gains[i]}")

    @staticmethod
    def exact(task: SumTask, u: Any, w: Any, gains: Any = None) -> DenseNetwork:
        """From nested sequences of ints, Fractions or strings "a/b"."""
        rows_u = tuple(tuple(tuple(Fraction(x) for x in r) for r in neuron) for neuron in u)
        rows_w = tuple(tuple(Fraction(x) for x in r) for r in w)
        return DenseNetwork(
            task, rows_u, rows_w, tuple(Fraction(g) for g in gains or [1] * len(rows_u))
        )

    @staticmethod
    def from_floats(task: SumTask, u: np.ndarray, w: np.ndarray) -> DenseNetwork:
        """The exact dyadic numbers that float64 arrays u: (m, k, n), w: (m, n) are."""
        for name, array in (("u", u), ("w", w)):
            for index, value in np.ndenumerate(array):
                if not isfinite(value):
                    raise ValueError(
                        f"weight {name}{list(index)} is {value}; expected finite numbers"
                    )
        return DenseNetwork.exact(task, np.asarray(u).tolist(), np.asarray(w).tolist())

    @property
    def width(self) -> int:
        return len(self.u)

    def sizes(self) -> Iterator[Size]:
        for rows, row, gain in zip(self.u, self.w, self.gains, strict=True):
            square = sum(x * x for r in rows for x in r) + sum(x * x for x in row)
            yield Size(1, gain, Fraction(square))

    def neurons(self, arithmetic: Any) -> Iterator[tuple[Any, list[list[Any]], list[Any]]]:
        for rows, row, gain in zip(self.u, self.w, self.gains, strict=True):
            u = [[arithmetic.rational(x) for x in r] for r in rows]
            yield arithmetic.rational(gain), u, [arithmetic.rational(x) for x in row]

    def json(self) -> dict[str, Any]:
        """The network as certificates carry it."""
        return {
            "neurons": [
                {
                    "u": [[str(x) for x in r] for r in rows],
                    "w": [str(x) for x in row],
                    "weight": str(gain),
                }
                for rows, row, gain in zip(self.u, self.w, self.gains, strict=True)
            ]
        }


def all_inputs(task: SumTask) -> list[tuple[int, ...]]:
    """All inputs as element positions, in the order of `SumTask.data`."""
    return list(product(range(task.group.order), repeat=task.inputs))
