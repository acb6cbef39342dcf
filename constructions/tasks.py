"""k-input group addition as a task with its symmetries.

Inputs are k-tuples of elements of a finite Abelian group, the label is their sum, and every
input occurs once.  Source: §3 of arXiv:2402.09469v3 (there Z_p, p prime).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from constructions.groups import AbelianGroup
from constructions.groups.abelian import Element


@dataclass(frozen=True)
class SumTask:
    """Predict a_1 + … + a_k in an Abelian group from all n^k inputs.

    Symmetries used by the suite: a_j → a_j + s_j with c → c + Σ s_j, and permutations of
    the inputs.  They act on the data and, by permuting coordinates, isometrically on
    networks; so a translation-averaged function of (a, c) depends on δ = c − Σa only.
    """

    group: AbelianGroup
    inputs: int

    def __post_init__(self) -> None:
        k = self.inputs
        if not isinstance(k, int) or isinstance(k, bool) or k < 1:
            raise ValueError(
                f"expected a number of inputs k ≥ 1, got k={k!r} (type {type(k).__name__})"
            )

    @staticmethod
    def modular(p: int, inputs: int) -> SumTask:
        """k-input addition modulo p."""
        return SumTask(AbelianGroup.cyclic(p), inputs)

    @property
    def size(self) -> int:
        """Number of data points n^k."""
        return self.group.order**self.inputs

    def data(self) -> Iterator[tuple[Element, ...]]:
        """All inputs, in lexicographic order."""
        return product(list(self.group.elements()), repeat=self.inputs)

    def label(self, a: tuple[Element, ...]) -> Element:
        """The sum of the inputs."""
        return self.group.add(*a)
