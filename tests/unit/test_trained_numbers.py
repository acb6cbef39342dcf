"""The numbers that statements about training are judged by, on networks where they are known."""

from fractions import Fraction
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest

from verify.claims.energy_landscape.trained_neurons import live, purity, relative_phases
from verify.claims.fourier_circuits.trained import form_residuals, frequency_counts, shares
from verify.claims.modular_addition.clean_features import ramp_network
from verify.claims.modular_addition.simulation import euler
from verify.claims.modular_addition.trained_features import predicted, pruned


def _circuit(p, frequencies, *, defect=0.0, seed=0):
    """A run whose neurons have FORM, k = 3, but for a defect of the output phases."""
    rng = np.random.default_rng(seed)
    waves = 2 * np.pi / p * np.outer(frequencies, np.arange(p))
    phases = rng.uniform(0, 2 * np.pi, (len(frequencies), 3))
    rows = np.cos(waves[:, None] + phases[..., None])
    output = np.cos(waves + phases.sum(axis=1)[:, None] + defect)
    return SimpleNamespace(weights={"U": rows, "W": output})


def test_neurons_of_the_form_have_no_residual():
    """Amplitudes, frequencies and phases of FORM are recognised, a wrong output phase is not."""
    assert form_residuals(_circuit(11, [1, 2, 5])).max() < 1e-12
    assert form_residuals(_circuit(11, [1, 2, 5], defect=1.0)).min() > 0.2


def test_single_frequencies_have_power_one_and_are_counted():
    """Powers are 1 on cosines, and counts say which frequencies occur how often."""
    run = _circuit(11, [1, 2, 2, 5])
    assert shares(run) == pytest.approx(np.ones((4, 4)))
    assert frequency_counts(run).tolist() == [1, 2, 0, 0, 1]
    run.weights["U"][0] += np.cos(2 * np.pi / 11 * 4 * np.arange(11))
    assert shares(run).min() == pytest.approx(0.5, abs=0.35)
    assert shares(run).min() < 0.95


def test_neurons_that_vanished_are_left_out():
    """Below one per cent of the largest norm a neuron has no say."""
    run = _circuit(7, [1, 2, 3])
    run.weights["U"][1] *= 1e-4
    run.weights["W"][1] *= 1e-4
    assert frequency_counts(run).tolist() == [1, 0, 1]


def test_pruning_keeps_one_frequency():
    """Nothing but the named frequency is left, and it is left as it was."""
    p, j = 11, np.arange(11)
    wave = np.cos(2 * np.pi * 3 * j / p + 1)
    rows = np.stack([wave + 0.4 * np.cos(2 * np.pi * j / p) + 2, wave])
    assert pruned(rows, np.array([3, 3])) == pytest.approx(np.stack([wave, wave]))


def test_a_voting_network_predicts_every_pair():
    """Four phases at each frequency are right everywhere; one phase is not."""
    p, j = 7, np.arange(7)
    neurons = [(k, t) for k in (1, 2, 3) for t in range(4)]
    embedding = np.stack([np.cos(2 * np.pi * (k * j / p + t / 8)) for k, t in neurons])
    output = np.stack([np.cos(2 * np.pi * (k * j / p + t / 4)) for k, t in neurons], axis=1)
    assert predicted(embedding, output, "u^2").all()
    assert not predicted(embedding[::4], output[:, ::4], "u^2").all()


@pytest.mark.parametrize(("p", "n"), [(2, 1), (2, 3), (3, 4), (3, 7)])
def test_the_expected_share_of_partners(p, n):
    """Over all splits the mean share is ((p − 1)/p)·n/(p² − 1), exactly."""
    pairs = [(x, y) for x in range(p) for y in range(p)]
    total, splits = Fraction(0), 0
    for train in combinations(pairs, n):
        held_out = [a for a in pairs if a not in train]
        total += Fraction(sum(a[0] != a[1] and a[::-1] in train for a in held_out), len(held_out))
        splits += 1
    assert total / splits == Fraction(p - 1, p) * Fraction(n, p**2 - 1)


def test_gaussian_rows_have_the_expected_participation():
    """The mean over many rows is 2/(K + 1) within five standard errors."""
    p, count = 11, 20_000
    rows = np.random.default_rng(1).standard_normal((count, p))
    squares = abs(np.fft.rfft(rows, axis=1)[:, 1:]) ** 2
    found = (squares**2).sum(axis=1) / squares.sum(axis=1) ** 2
    assert abs(found.mean() - 2 / 6) < 5 * found.std() / np.sqrt(count)


def test_euler_steps_are_gradient_steps_of_a_neuron():
    """On the rows a step is θ += (2αβ/p) cos(ω_k j + ψ − φ), ξ += (α²/p) cos(ω_k j + 2φ)."""
    p, k, j = 23, 2, np.arange(23)
    z, w = 0.02 * np.exp(1.5j), 0.03 * np.exp(0.18j)
    wave = np.exp(2j * np.pi * k * j / p)
    theta, xi = (z * wave).real, (w * wave).real
    theta = theta + 2 * 0.02 * 0.03 / p * np.cos(2 * np.pi * k * j / p + 0.18 - 1.5)
    xi = xi + 0.02**2 / p * np.cos(2 * np.pi * k * j / p + 3.0)
    z, w = euler(z, w, modulus=p, factor=1.0, steps=1)
    assert (z * wave).real == pytest.approx(theta)
    assert (w * wave).real == pytest.approx(xi)


def test_ramps_add_without_a_clean_feature():
    """The network of ramps is right everywhere, and its columns are rotations of three hats."""
    hats = {(1, -2, 1), (-2, 1, 0), (1, 0, 0)}
    for p in (5, 7, 13):
        embedding, output = ramp_network(p)
        assert output.shape == (p, 2 * p - 1)
        assert predicted(embedding.astype(float), output, "relu").all()
        for column in output.T.tolist():
            turned = {tuple(column[i:] + column[:i]) for i in range(p)}
            assert turned & {(*hat, *[0] * (p - 3)) for hat in hats}
        assert (np.diff(embedding, axis=1) == 2).all()


def test_phases_and_purity_of_neurons_on_two_inputs():
    """u ~ cos(kωx+φ), v ~ cos(kωx+ψ), stored as [u; Pv], have the relative phase φ − ψ; a neuron
    below 1 % of the largest is not live, and a constant part is no frequency."""
    x, k, phi, psi = np.arange(11), np.array([2, 5]), np.array([0.3, -1.0]), np.array([1.5, 0.4])
    u = np.cos(2 * np.pi / 11 * np.outer(k, x) + phi[:, None])
    v = np.cos(2 * np.pi / 11 * np.outer(k, -x) + psi[:, None])
    rows = np.stack([u, v], axis=1)
    run = SimpleNamespace(weights={"U": np.concatenate([rows, 0.05 * rows[:1]])})
    assert live(run).tolist() == [True, True, False]
    assert relative_phases(run) == pytest.approx(phi - psi)
    assert purity(u) == pytest.approx([1, 1])
    assert purity(u + 1 / np.sqrt(2)) == pytest.approx([0.5, 0.5])
