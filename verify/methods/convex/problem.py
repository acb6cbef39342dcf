"""What column generation needs to know of a margin problem, and nothing else.

Write a network of homogeneous degree ν as a measure s ≥ 0 on neurons of unit norm.  Its margin
is linear in s and its norm ‖θ‖^ν is the total mass, so the maximum normalised margin over all
widths is the value of an infinite linear program

    max t   subject to   Σ_ω s(ω) A(ω, o) ≥ t for every row o,   Σ s = 1,   s ≥ 0,

where A(ω, o) is the *payoff* of neuron ω on row o: the mean of φ(ω, x)[y] − φ(ω, x)[y'] over an
orbit o of triples (input x, label y, wrong label y').  Averaging over orbits loses nothing when
the symmetries act isometrically on neurons, because the average of a max-margin network over
them is one.  The dual is a distribution Q on rows, and V(Q) = max_ω Σ_o Q(o) A(ω, o) bounds
every network's normalised margin.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from constructions.networks import Network
from verify.formula import Term

# A pool neuron is a nested tuple of integers: hashable, written to JSON as it is, and exact, so
# that nothing but the masses is rounded on the way from the linear program to a network.
Neuron: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A pool neuron as the linear program sees it, for one unit of its *height*.

    payoffs: (rows,) in the problem's unit; cost: its norm ‖ω‖^ν.  Floats, or Fractions in an
    exact column.  The payoff of the unit-norm neuron is payoffs / cost.
    """

    payoffs: np.ndarray | tuple[Fraction, ...]
    cost: float | Fraction


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A neuron and its payoff against a distribution Q, at unit norm and in the problem's unit."""

    neuron: Neuron
    value: float


class MarginProblem(ABC):
    """A task with an architecture, its symmetries divided out.

    Implementations are final.  Floats that they return are leads; what they emit as
    certificates is decided by the checker.
    """

    @property
    @abstractmethod
    def rows(self) -> tuple[Hashable, ...]:
        """The orbits of triples (input, label, wrong label)."""

    @property
    @abstractmethod
    def unit(self) -> Term:
        """The unit of payoffs: a positive term in k and n.

        It takes out what would make rational payoffs irrational.
        """

    @abstractmethod
    def column(self, neuron: Neuron) -> Column:
        """Payoffs and cost of a pool neuron, in floats."""

    @abstractmethod
    def exact_column(self, neuron: Neuron) -> Column | None:
        """The same as Fractions, or None when they are not rational."""

    @abstractmethod
    def start(self, generator: np.random.Generator) -> tuple[Neuron, ...]:
        """A first pool with at least one neuron."""

    @abstractmethod
    def oracle(
        self,
        weights: np.ndarray,
        generator: np.random.Generator,
        hints: Sequence[Neuron] = (),
    ) -> tuple[Proposal, ...]:
        """Neurons worth adding against Q = weights: (rows,), best first, at least one.

        The best value is V(Q) for a closed form, and a lower estimate of it for a search,
        which may also begin at the neurons in `hints`.
        """

    @abstractmethod
    def network(self, pool: Sequence[Neuron], heights: Sequence[Fraction]) -> Network:
        """A network with the margin and norm of Σ height·neuron; zero heights are dropped.

        Margin and norm may carry a common positive factor.
        """

    @abstractmethod
    def lower_certificate(self, network: Network, value: Fraction) -> dict[str, Any]:
        """A certificate that the network's normalised margin is at least value·unit."""

    @abstractmethod
    def upper_certificate(
        self, weights: Sequence[Fraction], value: Fraction
    ) -> dict[str, Any] | None:
        """A certificate that Q bounds every network's normalised margin by value·unit.

        None when no kind of certificate expresses such a bound.
        """

    def payoffs(self, neuron: Neuron) -> np.ndarray:
        """Payoffs of the neuron at unit norm: (rows,)."""
        column = self.column(neuron)
        return np.asarray(column.payoffs, dtype=float) / float(column.cost)

    def dictionary(self, pool: Sequence[Neuron]) -> np.ndarray:
        """Payoffs of a pool at unit norm: (rows, len(pool))."""
        return np.stack([self.payoffs(neuron) for neuron in pool], axis=1)


def freeze(node: Any) -> Any:
    """Nested lists of integers (a neuron as JSON gives it back) as nested tuples."""
    if isinstance(node, list | tuple):
        return tuple(freeze(part) for part in node)
    if not isinstance(node, int) or isinstance(node, bool):
        raise TypeError(
            f"expected a neuron as nested lists of integers, found {node!r} "
            f"(type {type(node).__name__})"
        )
    return node
