"""The energy of a neuron on groups, its exact maximisers, and what ascents find."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from constructions.energy import (
    energy,
    global_maximum,
    local_maxima,
    maximiser,
    peak,
    translate,
)
from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.families import abelian, affine, dicyclic, special_linear
from constructions.groups.irreps import irrep, real_blocks
from constructions.groups.permutation import alternating, cyclic, symmetric
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.evidence import Outcome
from verify.formula import equal, rational
from verify.methods.energy import (
    ENERGY,
    NORM,
    Neuron,
    neuron_counterexample,
    neuron_statement,
    peaks,
    stated_peak,
)

GROUPS = [cyclic(2), cyclic(5), symmetric(3), dicyclic(2), abelian(2, 4), alternating(4),
          affine(7, 2, "F21"), special_linear(3)]


def _over_pairs(group, u, v):
    """½|Ycᵀσ(Xw)|² with one-hot inputs, every pair listed: X is (M², 2M), Y is (M², M)."""
    m, table = group.order, multiplication_table(group)
    w = np.concatenate([u, [v[i] for i in inverses(group)]])
    x, y = np.zeros((m * m, 2 * m)), np.zeros((m * m, m))
    for a in range(m):
        for b in range(m):
            x[a * m + b, a] = x[a * m + b, m + b] = y[a * m + b, table[a][b]] = 1
    centred = y - y.mean(axis=0)
    return 0.5 * np.sum((centred.T @ (x @ w) ** 2) ** 2)


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_energy_is_its_definition_over_all_pairs(group):
    """The sum over labels equals ½|Ycᵀσ(Xw)|² of the dense network."""
    source = Random(group.order)
    u, v = ([source.randint(-3, 3) for _ in range(group.order)] for _ in range(2))
    assert float(energy(group, u, v)) == pytest.approx(_over_pairs(group, u, v))


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_energy_is_the_sum_over_complex_blocks(group):
    """E = 2MΣ|V U*|²/d over the non-trivial irreps, with float unitary matrices."""
    source = np.random.default_rng(group.order)
    u, v = source.normal(size=(2, group.order))
    table = character_table(group)
    value = 0.0
    for index, degree in enumerate(table.degrees):
        if index:
            # Σ_x u_x ρ(x) is, up to the factor √(M/d), the conjugate component of u
            left, right = (np.einsum("x,xij->ij", f, irrep(group, index).unitary) for f in (u, v))
            inner = right @ left.conj().T * degree / group.order
            value += 2 * group.order * np.sum(abs(inner) ** 2) / degree
    exact = energy(group, [Fraction(x) for x in u], [Fraction(x) for x in v])
    assert float(exact) == pytest.approx(value)


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_maximisers_attain_the_peak(group):
    """E = M|w|⁴/(2D) exactly, whatever the left vectors of the two halves."""
    for block in real_blocks(character_table(group)):
        for shift in (0, 1, group.order - 1):
            u, v = maximiser(group, block, shift=shift)
            norm = sum(x * x for x in u) + sum(x * x for x in v)
            assert energy(group, u, v) == peak(group, block) * norm * norm


@pytest.mark.parametrize("group", [cyclic(6), symmetric(3), dicyclic(2), alternating(4)],
                         ids=lambda g: g.name)
def test_ascents_find_the_peaks_and_nothing_else(group):
    """Every ascent ends in one block, at rank one, with the energy of its peak."""
    table = character_table(group)
    blocks = real_blocks(table)
    found = local_maxima(group, starts=40, seed=3)
    assert found.total() == 40
    for kind in found:
        assert len(kind.blocks) == 1
        assert kind.rank == 1
        assert kind.value == pytest.approx(float(peak(group, blocks[kind.blocks[0]])), rel=1e-4)
    assert max(float(peak(group, b)) for b in blocks) == float(global_maximum(table))


def test_translation_is_the_regular_representation():
    """R_gR_h = R_gh."""
    group = symmetric(3)
    table = multiplication_table(group)
    u = tuple(range(6))
    for g in range(6):
        for h in range(6):
            assert translate(group, g, translate(group, h, u)) == translate(group, table[g][h], u)


def test_wrong_lengths_are_refused():
    """The error says how many weights were expected."""
    with pytest.raises(ValueError, match="expected 3 weights"):
        energy(cyclic(3), [1, 2], [1, 2, 3])


def test_neurons_are_established_refuted_or_left_open():
    """A true assertion is established, a violated claim refuted, a false witness inconclusive."""
    context, sign = Context(), (1, -1)
    true = Neuron(group=cyclic(2), u=sign, v=sign, relations=(equal(ENERGY, NORM**2),))
    false = Neuron(group=cyclic(2), u=sign, v=sign, relations=(equal(ENERGY, rational(3)),))
    found = neuron_statement(context, neurons=(true,))
    assert found.outcome is Outcome.ESTABLISHED
    assert all(check_document({"format": "verify-certificate/1", "claim": "x", **c}).accepted
               for c in found.certificates.values())
    assert neuron_statement(context, neurons=(true, false)).outcome is Outcome.INCONCLUSIVE
    refuted = neuron_counterexample(context, neuron=true, description="a witness")
    assert refuted.outcome is Outcome.REFUTED
    left = neuron_counterexample(context, neuron=false, description="no witness")
    assert left.outcome is Outcome.INCONCLUSIVE


def test_peaks_of_all_types_have_the_stated_spectrum():
    """Real, complex and quaternionic blocks, m = 1 and more; a wrong divisor is not accepted."""
    groups = (symmetric(3), dicyclic(2), affine(7, 2, "F21"))
    found = peaks(Context(), groups=groups, stated=stated_peak)
    assert found.outcome is Outcome.ESTABLISHED
    assert len(found.certificates) == sum(len(real_blocks(character_table(g))) for g in groups)

    def wrong(block, order):
        return stated_peak(block, order, divisor=8)

    assert peaks(Context(), groups=groups, stated=wrong).outcome is Outcome.INCONCLUSIVE
