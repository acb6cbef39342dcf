"""The alternation of diagonal networks in floats against exact paths and the gradient flow."""

import numpy as np
import pytest

from constructions.dynamics.alternating import norm_after, threshold
from constructions.dynamics.diagonal import (
    barrier,
    diagonal_alternation,
    gradient_flow,
    loss,
    reseeded,
)
from constructions.dynamics.jump_process import pesme_flammarion

GRAM = [[3, 1, 0], [1, 2, -1], [0, -1, 4]]
MOMENT = [4, -1, 7]


def _arrays():
    return np.array(GRAM, dtype=float), np.array(MOMENT, dtype=float)


def test_jumps_approach_the_exact_path_as_the_initialisation_shrinks():
    """Indices agree, and time/ln(1/α) differs by O(α⁴)."""
    gram, moment = _arrays()
    exact = pesme_flammarion(GRAM, MOMENT)
    for log10 in (-2, -8, -100):
        scale = log10 * np.log(10.0)
        found = diagonal_alternation(gram, moment, scale)
        assert [s.index for s in found] == [j.index for j in exact]
        times = [s.time / -scale for s in found]
        assert np.allclose(times, [float(j.time) for j in exact], atol=10 ** (4 * log10) + 1e-12)
        assert np.allclose(found[-1].coefficients, np.linalg.solve(gram, moment))


def test_the_gradient_flow_ends_at_the_minimum_and_its_loss_never_increases():
    """ξ' = −∇L decreases the loss to 0, also where α² underflows."""
    gram, moment = _arrays()
    scale = -200 * np.log(10.0)
    end = diagonal_alternation(gram, moment, scale)[-1].time
    losses = loss(gram, moment, gradient_flow(gram, moment, scale, np.linspace(0, 2 * end, 50)))
    assert losses[-1] < 1e-9 * losses[0]
    assert np.all(np.diff(losses) < 1e-7 * losses[0])


def test_norms_reach_one_at_their_threshold():
    """n(c) = 1 for the norm laws of degrees 2 and 3."""
    for degree in (2, 3, 4):
        limit = threshold(0.1, degree)
        assert norm_after(np.array([0.1]), np.array([limit]), degree)[0] == pytest.approx(1.0)


def test_modes_below_the_rounding_of_an_active_entry_are_reported():
    """Entries that double precision re-seeds are told from those that it represents."""
    assert reseeded(np.array([1e-20, 1e-10]), 1.0).tolist() == [True, False]


def test_starts_that_are_not_small_are_refused_by_name():
    """A norm of 1 or more has no threshold, and α ≥ 0.7 no barrier."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        threshold(1.5, 3)
    with pytest.raises(ValueError, match="above 1"):
        barrier(0.0)
