"""The conjectured staircase of linear networks, and the flow beside it."""

import numpy as np
import pytest

from constructions.dynamics.linear import conjectured, half_drops


def test_for_white_inputs_times_are_inverse_singular_values_and_levels_their_tails():
    """Σ_xx = I: τ_k = 1/σ_k and the k-th level is ½Σ_{i>k}σ_i²."""
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    found = conjectured(np.eye(3), turn @ np.diag([3.0, 2.0, 1.0]))
    assert np.allclose(found.times, [1 / 3, 1 / 2, 1])
    assert np.allclose(found.levels, [7, 2.5, 0.5, 0])


def test_half_drops_approach_the_times_of_one_mode():
    """c = d = 1: the half-drop time is 1/σ up to a multiple of 1/ln(1/α)."""
    one, cross = np.eye(1), np.array([[2.0]])
    levels = conjectured(one, cross).levels
    errors = [
        abs(half_drops(one, cross, np.ones((2, 1)), scale=scale, levels=levels, horizon=3)[0] - 0.5)
        for scale in (1e-2, 1e-4)
    ]
    assert errors[1] < 0.6 * errors[0]


def test_a_rank_that_is_too_small_is_named():
    """Σ_yx of rank 1 has no second time."""
    with pytest.raises(ValueError, match="rank 1"):
        conjectured(np.eye(2), np.diag([1.0, 0.0]))
