"""The exact α → 0 paths of diagonal networks."""

from fractions import Fraction

import pytest

from constructions.dynamics.jump_process import (
    Degenerate,
    coded_alternation,
    gradient,
    pesme_flammarion,
    signed_least_squares,
)

F = Fraction


def test_orthogonal_designs_learn_coordinates_by_the_size_of_their_gradient():
    """G = I: coordinate i jumps to b_i at time 1/|b_i|."""
    path = pesme_flammarion([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, -3, 2])
    assert [(j.time, j.index) for j in path] == [(F(1, 3), 1), (F(1, 2), 2), (F(1), 0)]
    assert path[-1].coefficients == (1, -3, 2)


def test_a_path_ends_where_the_gradient_vanishes_and_levels_stay_in_the_box():
    """The last coefficients are a minimiser of L, and every level lies in [−1, 1]."""
    gram, moment = [[2, 1, 0], [1, 3, -1], [0, -1, 5]], [1, 5, -3]
    path = pesme_flammarion(gram, moment)
    assert not any(gradient(gram, moment, path[-1].coefficients))
    assert all(abs(s) <= 1 for jump in path for s in jump.levels)


def test_signed_least_squares_meets_its_optimality_conditions():
    """Coefficients have their signs, and slopes point outwards at zeros."""
    gram, moment, signs = [[2, 1], [1, 2]], [3, -1], {0: 1, 1: 1}
    beta = signed_least_squares(gram, moment, signs)
    slope = gradient(gram, moment, beta)
    assert beta == [F(3, 2), 0]
    assert slope[0] == 0
    assert slope[1] > 0


def test_ties_are_reported_and_not_broken_by_index():
    """Two coordinates that reach ±1 together are no general position."""
    with pytest.raises(Degenerate, match="together"):
        pesme_flammarion([[1, 0], [0, 1]], [1, 1])


def test_the_coded_loop_agrees_with_the_jump_process_while_no_sign_flips():
    """Without deactivation both algorithms give the same jumps."""
    gram, moment = [[3, 1], [1, 2]], [4, 1]
    exact, coded = pesme_flammarion(gram, moment), coded_alternation(gram, moment)
    assert [(j.time, j.index, j.coefficients) for j in exact] == [
        (j.time, j.index, j.coefficients) for j in coded
    ]
