"""The energy on kept rows, written as formulas."""

from fractions import Fraction

import pytest

from constructions.groups.cayley import multiplication_table
from constructions.groups.permutation import cyclic, symmetric
from constructions.numbers import EXACT
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
