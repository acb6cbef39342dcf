"""Rules for the winning frequency, on starts whose outcome is known."""

import numpy as np
import pytest

from verify.claims.modular_addition.lottery_networks import (
    Start,
    aligned,
    blow_up,
    hits,
    preference,
    product,
)


def _start(winner):
    """Two frequencies: a large one at a right angle, and a small aligned one."""
    return Start(
        alpha=np.array([[2.0, 1.0]]),
        beta=np.array([[2.0, 1.0]]),
        misalignment=np.array([[np.pi / 2, 0.0]]),
        winner=np.array([winner]),
    )


def test_size_can_beat_alignment():
    """α = β = 2 at D = π/2 blows up before α = β = 1 at D = 0; the other rules say otherwise."""
    start = _start(0)
    assert hits(start, blow_up).all()
    assert not hits(start, aligned).any()
    assert not hits(start, product).any()


@pytest.mark.parametrize(("winner", "share"), [(0, 1.0), (1, 0.0)])
def test_preference_counts_neurons_that_one_rule_names(winner, share):
    """Of the neurons where exactly one rule is right, the share of the first one."""
    found = preference([_start(winner)] * 3, rule=blow_up, over=aligned)
    assert found.estimate == share
    assert found.networks == 3
    assert found.lower <= share <= found.upper
