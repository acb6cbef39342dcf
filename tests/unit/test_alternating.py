"""The alternating simulator on small quadratic networks."""

import numpy as np
import pytest

from constructions.dynamics.alternating import alternate
from constructions.dynamics.modular import QuadraticNetwork

X = np.array([2.0, -1.0, -1.0])  # p = 3: one frequency, |x̂| = 3


def _start(scale: float, seed: int = 1) -> np.ndarray:
    return scale * np.random.default_rng(seed).normal(size=(3, 9)) / 3


def test_gradients_of_the_utility_are_those_of_a_homogeneous_function():
    """Euler: ⟨θ, ∇U⟩ = 3U, and finite differences agree."""
    network, theta = QuadraticNetwork(X), _start(1.0)
    values, gradients = network.utilities(theta, theta[:0])
    assert np.allclose(np.sum(theta * gradients, axis=1), 3 * values)
    moved = theta.copy()
    moved[0, 4] += 1e-6
    change = network.utilities(moved, theta[:0])[0][0] - values[0]
    assert change / 1e-6 == pytest.approx(gradients[0, 4], rel=1e-4)


def test_an_aligned_neuron_jumps_at_the_bound():
    """u = v = w = cos of equal norms: the time is (1/n − 1)/(3U*)."""
    network = QuadraticNetwork(X)
    wave = np.cos(2 * np.pi * np.arange(3) / 3)
    theta = np.tile(wave, 3)[None, :]
    theta *= 0.05 / np.linalg.norm(theta)
    best = np.sqrt(2 / (27 * 27)) * 27
    first = alternate(network, theta, horizon=10.0)[0]
    assert first.time == pytest.approx((1 / 0.05 - 1) / (3 * best), rel=1e-3)
    assert first.after < first.before


def test_no_neuron_jumps_before_the_bound():
    """Its norm and the largest utility bound the jump of a neuron from below."""
    network, theta = QuadraticNetwork(X), _start(0.5)
    best = np.sqrt(2 / (27 * 27)) * 27
    bound = (1 / np.linalg.norm(theta[0]) - 1) / (3 * best)
    assert alternate(network, theta[:1], horizon=10.0)[0].time >= bound * (1 - 1e-3)


def test_an_encoding_with_a_mean_is_refused_by_name():
    """The formulas need a mean-centred encoding."""
    with pytest.raises(ValueError, match="mean"):
        QuadraticNetwork(np.array([1.0, 0.0, 0.0]))
