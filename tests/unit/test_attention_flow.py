"""The population flow of linear attention against its loss, and where it ends."""

import numpy as np
import pytest

from constructions.dynamics.attention import LinearAttention

VALUES = np.array([3.0, 2.0, 1.0])


def _loss(network, heads):
    """½[T − 2Σ Nλ²M_ii + Σ λ_iE_jM_ij²] at heads (H, 1 + 2D)."""
    matrix = network.matrices(heads)
    linear = network.tokens * network.values**2 @ np.diag(matrix)
    square = (network.values[:, None] * network.weights[None, :] * matrix**2).sum()
    return 0.5 * (network.values.sum() - 2 * linear + square)


def test_the_velocity_is_minus_the_gradient_of_the_population_loss():
    """Central differences of the loss agree in every coordinate."""
    network = LinearAttention(VALUES, tokens=4)
    heads = 0.3 * np.random.default_rng(0).normal(size=(2, 7))
    step, found = 1e-6, network.velocity(heads)
    for place in np.ndindex(heads.shape):
        moved = np.zeros_like(heads)
        moved[place] = step
        slope = (_loss(network, heads + moved) - _loss(network, heads - moved)) / (2 * step)
        assert found[place] == pytest.approx(-slope, rel=1e-5, abs=1e-6)


def test_neuron_wise_rates_divide_each_head_by_its_norm():
    """The velocity of head i is divided by ‖θ_i‖."""
    network = LinearAttention(VALUES, tokens=4)
    heads = np.random.default_rng(1).normal(size=(2, 7))
    norms = np.linalg.norm(heads, axis=1, keepdims=True)
    scaled = network.velocity(heads, neuron_rates=True)
    assert np.allclose(scaled * norms, network.velocity(heads))


def test_heads_on_the_components_learn_them_by_decreasing_eigenvalue():
    """From aligned heads of equal size component j is learned later for smaller eigenvalues."""
    network = LinearAttention(VALUES, tokens=4)
    start = np.zeros((3, 7))
    for j in range(3):
        start[j, [0, 1 + j, 4 + j]] = 1e-2
    run = network.learn(start, horizon=1e4)
    assert (np.diff(run.times) > 0).all()
    assert np.isfinite(run.times).all()
    assert run.norms.shape == (3, 3)


def test_eigenvalues_must_be_positive():
    """A covariance with an eigenvalue 0 is refused by name."""
    with pytest.raises(ValueError, match="positive eigenvalues"):
        LinearAttention(np.array([1.0, 0.0]), tokens=4)
