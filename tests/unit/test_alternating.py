"""The alternating simulator on small quadratic networks."""

import numpy as np
import pytest

from constructions.dynamics.alternating import alternate
from constructions.dynamics.modular import QuadraticNetwork
from constructions.dynamics.modular_fourier import FourierNetwork

X = np.array([2.0, -1.0, -1.0])  # p = 3: one frequency, |x̂| = 3


def _start(scale: float, seed: int = 1) -> np.ndarray:
    return scale * np.random.default_rng(seed).normal(size=(3, 9)) / 3


def test_gradients_of_the_utility_are_those_of_a_homogeneous_function():
    """Euler: ⟨θ, ∇U⟩ = 3U, and finite differences agree."""
    network, theta = QuadraticNetwork(X), _start(1.0)
    values, gradients = network.utilities(theta[:0])(theta)
    assert np.allclose(np.sum(theta * gradients, axis=1), 3 * values)
    moved = theta.copy()
    moved[0, 4] += 1e-6
    change = network.utilities(theta[:0])(moved)[0][0] - values[0]
    assert change / 1e-6 == pytest.approx(gradients[0, 4], rel=1e-4)


def test_an_aligned_neuron_jumps_at_the_bound():
    """u = v = w = cos of equal norms: the time is (1/n − 1)/(3U*)."""
    network = QuadraticNetwork(X, cost_time=1.0)
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


def _fourier(p: int) -> tuple[FourierNetwork, QuadraticNetwork, np.ndarray]:
    random = np.random.default_rng(p)
    x = random.normal(size=p)
    x -= x.mean()
    return FourierNetwork(x), QuadraticNetwork(x), random.normal(size=(4, 3 * p)) / np.sqrt(p)


@pytest.mark.parametrize("p", [2, 3, 6, 7])
def test_fourier_coordinates_have_the_loss_and_the_flow_of_the_table(p):
    """Norms, losses, gradients and utilities agree with sums over all pairs, also at p/2."""
    fourier, table, theta = _fourier(p)
    state = fourier.coordinates(theta)
    assert np.allclose(np.linalg.norm(state, axis=1), np.linalg.norm(theta, axis=1))
    loss, descent = fourier.descent(state)
    assert loss == pytest.approx(table.loss(theta)) == fourier.loss(state)
    moved = fourier.coordinates(table.descent(theta))
    assert np.allclose(moved[:, :-1], descent[:, :-1])
    mine, theirs = fourier.utilities(state[:2])(state)[0], table.utilities(theta[:2])(theta)[0]
    assert np.allclose(mine, theirs)


def test_the_hessian_is_the_derivative_of_the_gradient():
    """Along a random direction, by central differences."""
    fourier, _, theta = _fourier(6)
    state = fourier.coordinates(theta)
    way = np.random.default_rng(0).normal(size=state.shape)
    change = fourier.descent(state - 1e-5 * way)[1] - fourier.descent(state + 1e-5 * way)[1]
    assert np.allclose(fourier.hessian(state) @ way.ravel(), change.ravel() / 2e-5, atol=1e-5)


def test_both_networks_alternate_alike():
    """The same start has the same jumps in coordinates and on the table."""
    theta = _start(0.2, seed=4)
    fourier, table = FourierNetwork(X, cost_time=2.0), QuadraticNetwork(X, cost_time=2.0)
    found = [
        alternate(fourier, fourier.coordinates(theta), horizon=20.0),
        alternate(table, theta, horizon=20.0),
    ]
    assert [j.neurons for j in found[0]] == [j.neurons for j in found[1]]
    assert [j.time for j in found[0]] == pytest.approx([j.time for j in found[1]], rel=1e-2)
    assert found[0]


def test_what_remains_of_each_frequency_adds_up():
    """Without neurons the shares are the whole loss."""
    fourier, _, _ = _fourier(7)
    empty = np.zeros((0, 2 * fourier.size + 8))
    assert sum(fourier.remaining(empty).values()) == pytest.approx(fourier.loss(empty))


def test_a_cost_phase_needs_time():
    """The error names the argument."""
    with pytest.raises(ValueError, match="cost_time"):
        FourierNetwork(X, cost_time=0.0)


def test_a_heavy_ball_of_small_steps_follows_the_flow_at_rescaled_times():
    """Its n-th step is near the time n·step/(1 − m), and nearer for smaller steps."""
    network, _, theta = _fourier(5)
    start = network.coordinates(theta)
    times = np.array([0.5])
    end = network.loss(network.flow(start, times, rtol=1e-8)[-1])
    gaps = []
    for steps in (100, 400):
        step = 0.5 * (1 - 0.5) / steps
        losses = network.heavy_ball(start, step=step, momentum=0.5, steps=steps)
        assert losses[0] == network.loss(start)
        gaps.append(abs(losses[-1] - end))
    assert gaps[1] < gaps[0] / 2
    assert gaps[1] < 0.05 * end


def test_a_heavy_ball_with_momentum_1_is_refused():
    """Time would not be rescaled by a finite factor."""
    network, _, theta = _fourier(5)
    with pytest.raises(ValueError, match="momentum < 1"):
        network.heavy_ball(network.coordinates(theta), step=0.1, momentum=1.0, steps=3)
