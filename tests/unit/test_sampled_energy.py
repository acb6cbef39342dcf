"""The energy on kept rows: written as formulas, and ascended in floats."""

from fractions import Fraction

import numpy as np
import pytest

from constructions.groups.cayley import multiplication_table
from constructions.groups.permutation import cyclic, symmetric
from constructions.numbers import EXACT
from constructions.sampled_energy import SampledTask, Target, survivals
from verify.formula import evaluate
from verify.methods.sampled_energy import kept, slope


def _energy(group, rows, u, v):
    """½|Ycᵀσ|² with the one-hot labels centred over the rows, entry by entry."""
    table, n = multiplication_table(group), len(rows)
    squares = [(u[table[h][x]] + v[x]) ** 2 for h, x in rows]
    found = Fraction(0)
    for label in range(group.order):
        share = Fraction(sum(h == label for h, _ in rows), n)
        pairs = zip(rows, squares, strict=True)
        found += sum(((h == label) - share) * s for (h, _), s in pairs) ** 2
    return found / 2


@pytest.mark.parametrize("group", [cyclic(2), cyclic(3), symmetric(3)], ids=lambda g: g.name)
@pytest.mark.parametrize("missing", [(), ((0, 1),), ((0, 0), (1, 1), (1, 0))], ids=len)
def test_the_slope_is_the_derivative_of_the_energy_on_the_kept_rows(group, missing):
    """A quartic has the derivative (8(f(1) − f(−1)) − (f(2) − f(−2)))/12 at 0, exactly."""
    m, rows = group.order, kept(group, *missing)
    u, v = [Fraction(j * j - 2) for j in range(m)], [Fraction(1, j + 1) for j in range(m)]
    du, dv = [j - 1 for j in range(m)], [(-1) ** j for j in range(m)]

    def along(t):
        return _energy(group, rows, [x + t * y for x, y in zip(u, du, strict=True)],
                       [x + t * y for x, y in zip(v, dv, strict=True)])

    expected = (8 * (along(1) - along(-1)) - (along(2) - along(-2))) / 12
    assert evaluate(slope(group, rows, (u, v), (du, dv)), EXACT, {}) == expected


def test_kept_rows_are_all_but_the_missing_ones():
    """M² rows less the missing ones; a row that is named twice is missing once."""
    assert len(kept(cyclic(3))) == 9
    assert len(kept(cyclic(3), (0, 0), (0, 0), (2, 1))) == 7


# -- ascents in floats -------------------------------------------------------------------------


def _target_and_task(share):
    target = Target.block(symmetric(3), 1)
    order = len(target.table)
    generator = np.random.default_rng(3)
    return target, SampledTask.of(target.table, generator.random((order, order)) < share)


def test_the_gradient_is_that_of_the_sampled_energy():
    """Central differences of a quartic in 12 variables agree with the gradient to rounding."""
    _, task = _target_and_task(0.6)
    w = np.random.default_rng(4).normal(size=12)
    _, gradient = task.energy_and_gradient(w)
    for j, unit in enumerate(np.eye(12)):
        up, down = (task.energy_and_gradient(w + t * unit)[0] for t in (1e-5, -1e-5))
        assert abs((up - down) / 2e-5 - gradient[j]) < 1e-6 * (1 + abs(gradient[j]))


def test_the_full_energy_of_a_random_maximiser_is_the_peak_of_its_block():
    """With all rows E = M/(2D), and the ascent stays there: it is a maximum."""
    target, task = _target_and_task(2.0)
    w = target.random_maximiser(np.random.default_rng(0))
    energy, gradient = task.energy_and_gradient(w)
    assert abs(energy - 6 / (2 * 2)) < 1e-9
    assert np.linalg.norm(gradient - 4 * energy * w) < 1e-6
    assert abs(target.share(task.ascend(w)) - 1) < 1e-9


def test_an_ascent_never_lowers_the_energy():
    """The sampled energy at the end is at least that at the start."""
    target, task = _target_and_task(0.5)
    w = target.random_maximiser(np.random.default_rng(1))
    before = task.energy_and_gradient(w)[0]
    assert task.energy_and_gradient(task.ascend(w))[0] >= before


def test_a_frequency_and_the_block_of_characters_are_the_same_target():
    """cos(2πk(x − y)/M)·2/M projects on the block of the characters ±k."""
    by_block = [Target.block(cyclic(5), number).projector for number in range(2)]
    for frequency in (1, 2):
        found = Target.frequency(5, frequency).projector
        assert min(np.abs(found - other).max() for other in by_block) < 1e-12


def test_a_frequency_without_a_plane_is_refused():
    """At M/2 the block is a line; the message names the range."""
    with pytest.raises(ValueError, match="0 < frequency < 4/2"):
        Target.frequency(4, 2)


def test_all_survive_full_data_and_none_without_rows():
    """Every ascent stays with all rows; an empty sample leaves w where it is."""
    target = Target.frequency(7, 1)
    assert survivals(np.random.default_rng(0), 5, target=target, share=1.1) == 5
    assert survivals(np.random.default_rng(0), 5, target=target, share=0.0) == 5
