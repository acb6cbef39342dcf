"""The energy of one neuron on the composition task of a finite group, and its maxima.

Conventions of arXiv:2509.21519: weights w = [u; Pv] with (Pv)_h = v_{h⁻¹}, so that the pair
(hx, x⁻¹), whose label is h, has pre-activation u_{hx} + v_x; E(w) = ½Σ_h (z_h − z̄)² with
z_h = Σ_x σ(u_{hx} + v_x).  Vectors are listed in the order of `group.elements`.

For σ(t) = t² the local maxima on |w| = 1 are known (lemma *energy maxima*): in one non-trivial
block over the reals, u = ⟨b, ρ(x)c⟩ and v = ⟨a, ρ(x)c⟩ with unit-norm halves, and any a, b, c.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import CharacterTable, character_table
from constructions.groups.irreps import Block, coefficient, irrep, real_blocks
from constructions.groups.permutation import PermutationGroup
from constructions.numbers import Cyclotomic

Vector = tuple[Cyclotomic, ...]


def energy(
    group: PermutationGroup,
    u: Sequence[Any],
    v: Sequence[Any],
    activation: Callable[[Any], Any] = lambda t: t * t,
) -> Any:
    """E(w), in the arithmetic of the weights: exact for exact real ones.  u, v: (M,)."""
    m = group.order
    if len(u) != m or len(v) != m:
        raise ValueError(f"expected {m} weights in each half, got {len(u)} and {len(v)}")
    z = [
        sum((activation(u[i] + y) for i, y in zip(row, v, strict=True)), 0 * u[0])
        for row in multiplication_table(group)
    ]
    whole = sum(z, 0 * u[0])
    return sum(((m * x - whole) * (m * x - whole) for x in z), 0 * u[0]) * Fraction(1, 2 * m * m)


def translate(group: PermutationGroup, shift: int, u: Sequence[Any]) -> tuple[Any, ...]:
    """R_g u, (R_g u)_x = u_{g⁻¹x}, for the element number `shift`."""
    row = multiplication_table(group)[inverses(group)[shift]]
    return tuple(u[i] for i in row)


def block_vector(group: PermutationGroup, block: Block) -> Vector:
    """An exact coefficient ⟨c, ρ(x)c⟩ of the block's irrep over the reals, as integers if rational.

    Raises LookupError when no suitable subgroup exists (see `coefficient`).
    """
    phi = coefficient(group, block.characters[0], real=block.indicator == 1)
    real = [((x + x.conjugate()) / 2).reduced() for x in phi]
    if all(x.is_rational() for x in real):
        scale = np.lcm.reduce([x.as_fraction().denominator for x in real])
        real = [x * int(scale) for x in real]
    return tuple(real)


def maximiser(
    group: PermutationGroup, block: Block, *, shift: int = 0
) -> tuple[Vector, Vector]:
    """(u, v), not normalised, with |u| = |v|: a maximum of the block; v = R_g u."""
    u = block_vector(group, block)
    return u, translate(group, shift, u)


def peak(group: PermutationGroup, block: Block) -> Fraction:
    """E* = M/(2D), the value at the maxima of a block."""
    return Fraction(group.order, 2 * block.dimension)


def global_maximum(table: CharacterTable) -> Fraction:
    """The largest E on the unit sphere, M/(2 min D)."""
    return max(peak(table.group, b) for b in real_blocks(table))


@dataclass(frozen=True)
class Kind:
    """A kind of local maximum that an ascent met.

    blocks: indices of the blocks that carry more than 1e-6 of |w|²; rank: of the U component
    over 𝔽 in the first of them; value: E there, rounded to six digits.
    """

    blocks: tuple[int, ...]
    rank: int
    value: float


def local_maxima(
    group: PermutationGroup, *, starts: int = 64, seed: int = 0, steps: int = 4_000
) -> Counter[Kind]:
    """The kinds of local maxima that ascents from uniform starts meet, in floating point.

    Alternating power steps: given v, E is a quadratic form in u, and moving u towards its top
    eigenvector never lowers E.  A proposal, not a proof.
    """
    rng = np.random.default_rng(seed)
    table = np.array(multiplication_table(group))
    blocks = real_blocks(character_table(group))
    projectors = [block_projector(group, b) for b in blocks]
    found: Counter[Kind] = Counter()
    for _ in range(starts):
        u, v = (x / np.linalg.norm(x) for x in rng.normal(size=(2, group.order)))
        for _ in range(steps):
            before = u
            g = u[table] @ v
            g -= g.mean()
            u = np.zeros_like(u)
            np.add.at(u, table, g[:, None] * v[None, :])
            u -= u.mean()
            u /= np.linalg.norm(u)
            g = u[table] @ v
            v = (g - g.mean()) @ u[table]
            v /= np.linalg.norm(v)
            if np.linalg.norm(u - before) < 1e-13:
                break
        found[_kind(group, table, blocks, projectors, u, v)] += 1
    return found


def block_projector(group: PermutationGroup, block: Block) -> np.ndarray:
    """(M, M) Π, with entries (d/M) Σ χ̄(xy⁻¹) over the characters of the block."""
    table, values = character_table(group), np.zeros(group.order)
    for k in block.characters:
        row = table.values[k]
        values += [complex(row[table.group.class_of[g]]).real for g in group.elements]
    products, inverse = np.array(multiplication_table(group)), list(inverses(group))
    return block.degree / group.order * values[products[:, inverse]]


def _kind(
    group: PermutationGroup,
    table: np.ndarray,
    blocks: Sequence[Block],
    projectors: Sequence[np.ndarray],
    u: np.ndarray,
    v: np.ndarray,
) -> Kind:
    shares = [np.sum((p @ u) ** 2) for p in projectors]
    carried = tuple(k for k, s in enumerate(shares) if s > 1e-6)
    g = u[table] @ v
    value = 0.5 * np.sum((g - g.mean()) ** 2)  # 2Σ(uᵀR̃v)² with both halves of norm 1/√2
    block = blocks[carried[0]]
    matrices = irrep(group, block.characters[0]).unitary
    # The component Σ_x u_x ρ(x) has rank f'·rank over 𝔽, f' = 2 for the quaternionic type.
    component = np.einsum("x,xij->ij", u, matrices)
    rank = int(np.linalg.matrix_rank(component, tol=1e-4)) // (2 if block.f == 4 else 1)
    return Kind(carried, rank, round(float(value), 6))
