"""Groups: table, irreps, energies and the certified global maximum, against dense evaluation.

Baseline: `dense_energy`, the quadratic form ½σᵀΓσ over all pairs of samples, M⁴ terms, in exact
arithmetic and without representation theory.  The other route gets the energy of a maximum as
M|w|⁴/(2D) from the character table.  Both compute the same numbers; the run asserts it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction

from constructions.energy import maximiser, peak
from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.families import abelian, affine, dicyclic, q8_d4, sheet_groups
from constructions.groups.irreps import irrep, real_blocks, self_test
from constructions.groups.permutation import (
    PermutationGroup,
    alternating,
    dihedral,
    symmetric,
)
from verify.checker import check_document
from verify.methods.energy import Neuron, stated_peak

# The spectra of all maxima are certified up to this order; above it, the value only.
_SPECTRA = 24


def _stages(group: PermutationGroup) -> tuple[list[float], list[tuple]]:
    """Seconds for table, irreps, energies with certificates; and the maxima."""
    begin = time.perf_counter()
    table = character_table(group)
    self_test(table)
    tabled = time.perf_counter()
    for index in range(len(table.values)):
        irrep(group, index)
    split = time.perf_counter()
    maxima = [(b, *maximiser(group, b)) for b in real_blocks(table)]
    for block, u, v in maxima:
        stated = stated_peak(block, group.order)
        rational = all(x.is_rational() for x in u)
        neuron = Neuron(
            group=group, u=u, v=v, relations=stated.relations,
            spectrum=stated.spectrum if group.order <= _SPECTRA and rational else (),
        )
        document = neuron.certificate()
        result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
        assert result.accepted, result.reason
    largest = max(peak(group, b) for b in real_blocks(table))
    bound = min(b.dimension for b in real_blocks(table))
    assert check_document({
        "format": "verify-certificate/1", "claim": "-", "kind": "every-group",
        "rule": "energy-maxima", "value": {"coefficient": "1/2", "order": 1, "dimension": -1},
        "global": {"dimension": bound, "divisor": 2 * bound},
    }).accepted
    assert largest == group.order / (2 * bound)
    done = time.perf_counter()
    return [tabled - begin, split - tabled, done - split], maxima


def dense_energy(group: PermutationGroup, u: Sequence[int], v: Sequence[int]) -> Fraction:
    """½σᵀΓσ, Γ = YcYcᵀ: the pair of samples with labels h, h' has Γ = [h = h'] − 1/M."""
    m, table, inverse = group.order, multiplication_table(group), inverses(group)
    samples = [((u[a] + v[inverse[b]]) ** 2, table[a][b]) for a in range(m) for b in range(m)]
    whole = sum(((m if g == h else 0) - 1) * x * y for x, g in samples for y, h in samples)
    return Fraction(whole, 2 * m)


def report(budget: float = 30.0) -> Iterator[str]:
    """Lines of a Markdown report.  budget: seconds that the baseline may take on one group."""
    groups = [g for g in sheet_groups() if g.order >= 12]
    groups += [q8_d4(), dihedral(30), abelian(5, 12), symmetric(5)]
    yield "### Groups: table, irreps, energies with certificates\n"
    yield "| group | order | blocks | table (s) | irreps (s) | energies (s) |"
    yield "|---|--:|--:|--:|--:|--:|"
    for group in sorted(groups, key=lambda g: g.order):
        (tabled, split, certified), maxima = _stages(group)
        yield (f"| {group.name} | {group.order} | {len(maxima)} | {tabled:.2f} | {split:.2f} | "
               f"{certified:.2f} |")
    yield "\n### Energies of rational maxima, against all pairs of samples\n"
    yield "| group | order | from the table (s) | dense (s) | ratio |"
    yield "|---|--:|--:|--:|--:|"
    slow, before = 0.0, 1
    for group in (symmetric(3), dicyclic(2), alternating(4), affine(5, 2, "F20"), symmetric(4),
                  q8_d4(), alternating(5)):
        if slow * (group.order / before) ** 4 > budget:
            yield f"| {group.name} | {group.order} | | over {budget:.0f} s expected | |"
            continue
        character_table.cache_clear()
        begin = time.perf_counter()
        blocks = real_blocks(character_table(group))
        maxima = [(b, *maximiser(group, b)) for b in blocks]
        maxima = [(b, u, v) for b, u, v in maxima if all(x.is_rational() for x in u)]
        listed = [([int(x.as_fraction()) for x in u], [int(x.as_fraction()) for x in v])
                  for _, u, v in maxima]
        values = [peak(group, b) * sum(x * x for x in u + v) ** 2
                  for (b, _, _), (u, v) in zip(maxima, listed, strict=True)]
        fast = time.perf_counter() - begin
        begin = time.perf_counter()
        dense = [dense_energy(group, u, v) for u, v in listed]
        slow, before = time.perf_counter() - begin, group.order
        assert dense == values
        yield f"| {group.name} | {group.order} | {fast:.4f} | {slow:.2f} | {slow / fast:.0f} |"
