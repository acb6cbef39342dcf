"""Ascents of the energy of one neuron on some of the rows of a group's task, in floats.

Rows are pairs (a, b) of element numbers with pre-activation u_a + v'_b, v'_b = v_{b⁻¹}, label ab
and σ(t) = t²; Ê(w) = ½Σ_h(ẑ_h − (m_h/n)Ẑ)² over the kept rows (arXiv:2509.21519, (7)).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from constructions.energy import block_projector
from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.irreps import real_blocks
from constructions.groups.permutation import PermutationGroup

_STEP = 0.25  # in units of 1/(4Ê), the inverse of the curvature that holds w at a maximum
_MOST_STEPS = 3000
_FLAT = 1e-4  # of |∇Ê| against 4Ê
_POWER_STEPS = 200


@dataclass(frozen=True)
class SampledTask:
    """Kept rows of a group's task.

    table: (M, M) labels; first, second: (n,) element numbers of the kept rows.
    """

    table: np.ndarray
    first: np.ndarray
    second: np.ndarray

    @staticmethod
    def of(table: np.ndarray, kept: np.ndarray) -> SampledTask:
        """table: (M, M) products by number; kept: (M, M) booleans over the pairs (a, b)."""
        first, second = np.nonzero(kept)
        return SampledTask(table, first, second)

    def energy_and_gradient(self, w: np.ndarray) -> tuple[float, np.ndarray]:
        """Ê and its gradient at w = (u, v'): (2M,)."""
        order = len(self.table)
        label = self.table[self.first, self.second]
        n = max(len(label), 1)
        share = np.bincount(label, minlength=order) / n
        before = w[self.first] + w[order + self.second]
        sums = np.bincount(label, before * before, minlength=order)
        centred = sums - share * sums.sum()
        weight = 2 * before * (centred[label] - share @ centred)
        gradient = np.concatenate([np.bincount(self.first, weight, minlength=order),
                                   np.bincount(self.second, weight, minlength=order)])
        return 0.5 * float(centred @ centred), gradient

    def ascend(self, w: np.ndarray) -> np.ndarray:
        """Gradient ascent on the unit sphere from w, with steps that never lower Ê."""
        w = w / np.linalg.norm(w)
        energy, gradient = self.energy_and_gradient(w)
        for _ in range(_MOST_STEPS):
            tangent = gradient - (gradient @ w) * w
            if np.linalg.norm(tangent) <= _FLAT * 4 * energy:
                break
            step = _STEP / (4 * energy)
            for _ in range(40):
                moved = w + step * tangent
                moved /= np.linalg.norm(moved)
                higher, slope = self.energy_and_gradient(moved)
                if higher >= energy:
                    break
                step /= 2
            else:
                break
            w, energy, gradient = moved, higher, slope
        return w


@dataclass(frozen=True)
class Target:
    """A block of a group's real functions, whose maxima ascents start from.

    projector: (M, M) on the block; table: (M, M) products; inverse: (M,) element numbers.
    """

    projector: np.ndarray
    table: np.ndarray
    inverse: np.ndarray

    @staticmethod
    @cache
    def block(group: PermutationGroup, number: int) -> Target:
        """The block with this number among `real_blocks` of the group."""
        found = real_blocks(character_table(group))[number]
        table = np.array(multiplication_table(group))
        return Target(block_projector(group, found), table, np.array(inverses(group)))

    @staticmethod
    @cache
    def frequency(modulus: int, frequency: int) -> Target:
        """A frequency 0 < k < M/2 of Z_M."""
        if not 0 < 2 * frequency < modulus:
            raise ValueError(f"expected 0 < frequency < {modulus}/2, got {frequency}")
        x = np.arange(modulus)
        turns = frequency / modulus * (x[:, None] - x[None, :])
        projector = 2 / modulus * np.cos(2 * np.pi * turns)
        return Target(projector, (x[:, None] + x[None, :]) % modulus, -x % modulus)

    def random_maximiser(self, generator: np.random.Generator) -> np.ndarray:
        """(u, v') at a random full-data maximum: alternating power steps within the block."""
        order = len(self.table)
        u, v = (self.projector @ x for x in generator.normal(size=(2, order)))
        for _ in range(_POWER_STEPS):
            before = u
            v /= np.linalg.norm(v)
            g = u[self.table] @ v  # uᵀR_hv over h
            u = np.bincount(self.table.ravel(), np.outer(g, v).ravel(), minlength=order)
            u = self.projector @ u
            u /= np.linalg.norm(u)
            v = self.projector @ ((u[self.table] @ v) @ u[self.table])
            if np.linalg.norm(u - before) < 1e-10:
                break
        return np.concatenate([u, (v / np.linalg.norm(v))[self.inverse]]) / np.sqrt(2)

    def share(self, w: np.ndarray) -> float:
        """The part of |w|² = 1 in the block."""
        order = len(self.table)
        halves = (w[:order], w[order:][self.inverse])
        return sum(float(np.sum((self.projector @ x) ** 2)) for x in halves)


def survivals(
    generator: np.random.Generator, count: int, *, target: Target, share: float
) -> int:
    """In how many of `count` Bernoulli samples an ascent from a random full-data maximum of the
    block ends with more than half of |w|² there.

    share: the probability p of each row.
    """
    order, survived = len(target.table), 0
    for _ in range(count):
        task = SampledTask.of(target.table, generator.random((order, order)) < share)
        survived += target.share(task.ascend(target.random_maximiser(generator))) > 0.5
    return survived
