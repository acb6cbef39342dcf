"""The same problem without symmetry: arbitrary real neurons, one row per triple.

It knows neither characters nor designs, so it cross-checks the reduced problem at tiny orders,
and it serves data sets that no symmetry preserves, such as half of all inputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, final

import numpy as np

from constructions.networks import DenseNetwork, Network, all_inputs
from constructions.tasks import SumTask
from verify.formula import Term, rational
from verify.methods.convex.oracle import PayoffPolynomial, Search
from verify.methods.convex.problem import Column, MarginProblem, Neuron, Proposal
from verify.methods.margins import MARGIN, NORM, network_certificate

_MOST_ROWS = 20_000


@final
@dataclass(frozen=True, kw_only=True)
class DenseSumProblem(MarginProblem):
    """k-input addition on listed inputs, with dense neurons.

    A pool neuron is an integer array (u_1, …, u_k, w): (k+1, n) as nested tuples, in units of
    1/grid, and close to unit norm.

    task: the group and k.  data: inputs as element positions, or None for all n^k.
    grid: rounding of proposals; 2^10 costs about 10^-6 of a payoff.
    columns: how many proposals of one search may enter the pool.
    """

    task: SumTask
    data: tuple[tuple[int, ...], ...] | None = None
    grid: int = 2**10
    columns: int = 12
    search: Search = field(default_factory=lambda: Search(starts=24, steps=400))

    def __post_init__(self) -> None:
        n, k = self.task.group.order, self.task.inputs
        if self.data is not None:
            if not self.data or len(set(self.data)) != len(self.data):
                raise ValueError("expected a non-empty list of different inputs")
            for x in self.data:
                if len(x) != k or not all(isinstance(i, int) and 0 <= i < n for i in x):
                    raise ValueError(f"expected an input of {k} positions below {n}, got {x!r}")
        if len(self.points) * (n - 1) > _MOST_ROWS:
            raise ValueError(
                f"{len(self.points) * (n - 1)} rows are too many for the dense problem (at most "
                f"{_MOST_ROWS}); use AbelianSumProblem, which divides the translations out"
            )

    @cached_property
    def points(self) -> tuple[tuple[int, ...], ...]:
        """The inputs x as element positions."""
        return tuple(all_inputs(self.task)) if self.data is None else self.data

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The position of Σx for every input."""
        group = self.task.group
        elements = list(group.elements())
        return tuple(group.index(group.add(*(elements[i] for i in x))) for x in self.points)

    @cached_property
    def rows(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """(input, wrong label) pairs, the wrong labels of an input in order."""
        wrong = range(self.task.group.order)
        pairs = zip(self.points, self.labels, strict=True)
        return tuple((x, c) for x, y in pairs for c in wrong if c != y)

    @property
    def unit(self) -> Term:
        """Payoffs are plain numbers here."""
        return rational(1)

    def column(self, neuron: Neuron) -> Column:
        """Payoffs (Σu)^k (w[y] − w[y']) on all rows, and the norm ‖ω‖^{k+1}."""
        values = np.array(neuron, dtype=float) / self.grid
        payoffs = self._payoffs(values)
        return Column(payoffs=payoffs, cost=float(np.sum(values**2)) ** self._half_degree)

    @property
    def _half_degree(self) -> float:
        return (self.task.inputs + 1) / 2

    def _payoffs(self, values: np.ndarray) -> np.ndarray:
        """values: (k+1, n) → (rows,); works for integers and Fractions as objects too."""
        k, n = self.task.inputs, self.task.group.order
        positions = np.array(self.points)
        inner = sum(values[j][positions[:, j]] for j in range(k))
        labels = np.array(self.labels)
        lead = values[k][labels][:, None] - values[k][None, :]
        wrong = np.arange(n)[None, :] != labels[:, None]
        return ((inner**k)[:, None] * lead)[wrong]

    def exact_column(self, neuron: Neuron) -> Column | None:
        """Exact when k is odd, so that ‖ω‖^{k+1} is a power of the rational ‖ω‖²."""
        k = self.task.inputs
        if k % 2 == 0:
            return None
        whole = np.array(neuron, dtype=object)
        payoffs = tuple(Fraction(int(x), self.grid ** (k + 1)) for x in self._payoffs(whole))
        square = Fraction(int(np.sum(whole**2)), self.grid**2)
        return Column(payoffs=payoffs, cost=square ** ((k + 1) // 2))

    def start(self, generator: np.random.Generator) -> tuple[Neuron, ...]:
        """Local maximisers against the uniform distribution."""
        uniform = np.full(len(self.rows), 1.0 / len(self.rows))
        return tuple(p.neuron for p in self.oracle(uniform, generator))

    def oracle(
        self,
        weights: np.ndarray,
        generator: np.random.Generator,
        hints: Sequence[Neuron] = (),
    ) -> tuple[Proposal, ...]:
        """The best different local maxima of a multi-start search, rounded to the grid."""
        near = np.array(hints, dtype=float) if hints else None
        values, neurons = self.search.maximise(self.polynomial(weights), generator, near)
        chosen: dict[Neuron, Proposal] = {}
        for value, neuron in zip(values, neurons, strict=True):
            rounded = np.rint(neuron * self.grid).astype(int)
            if rounded.any():
                key = tuple(tuple(map(int, row)) for row in rounded)
                chosen.setdefault(key, Proposal(neuron=key, value=float(value)))
        return tuple(chosen.values())[: self.columns]

    def polynomial(self, weights: np.ndarray) -> PayoffPolynomial:
        """The payoff of an arbitrary neuron against Q = weights: (rows,)."""
        count, n = len(self.points), self.task.group.order
        labels, everywhere = np.array(self.labels), np.arange(count)
        table = np.zeros((count, n))
        table[np.arange(n)[None, :] != labels[:, None]] = -np.asarray(weights, dtype=float)
        table[everywhere, labels] = -table.sum(axis=1)
        return PayoffPolynomial(np.array(self.points), table)

    def network(self, pool: Sequence[Neuron], heights: Sequence[Fraction]) -> Network:
        """Integer weights; the gains are the heights, with their common factor taken out.

        A neuron's grid^{k+1} is a common factor of all heights, so it is left out as well.
        """
        used = [(w, Fraction(h)) for w, h in zip(pool, heights, strict=True) if h]
        whole = lcm(*(h.denominator for _, h in used))
        return DenseNetwork.exact(
            self.task,
            u=[neuron[:-1] for neuron, _ in used],
            w=[neuron[-1] for neuron, _ in used],
            gains=[h * whole for _, h in used],
        )

    def lower_certificate(self, network: Network, value: Fraction) -> dict[str, Any]:
        """`network-margin` on this problem's data: margin ≥ value·norm."""
        return self.certificate(network, value * NORM <= MARGIN)

    def certificate(self, network: Network, relation: Any) -> dict[str, Any]:
        """`network-margin` on this problem's data with one relation."""
        document = network_certificate(network, [relation])
        if self.data is not None:
            document["data"] = [list(x) for x in self.data]
        return document

    def upper_certificate(self, weights: Sequence[Fraction], value: Fraction) -> None:
        """None: a distribution without symmetry needs a global bound on its polynomial."""
        return None
