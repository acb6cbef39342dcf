"""The Fourier decomposition of neurons, on networks whose decomposition is known."""

import numpy as np
import pytest

from tests.trained import cosine_weights, network
from verify.auditing.spectrum import spectrum, variation

RNG = np.random.default_rng(2)


def turns(values):
    """Distances of turns from 0, on the circle."""
    return np.abs((np.asarray(values) + 0.5) % 1 - 0.5)


@pytest.mark.parametrize("p", [3, 5, 7, 12, 23])
def test_cosines_are_recovered(p):
    """Frequencies, magnitudes, phases and misalignment of single-cosine neurons come back."""
    count = 40
    k = RNG.integers(1, (p - 1) // 2 + 1, count)
    phi, psi = RNG.random(count), RNG.random(count)
    alpha, beta = RNG.uniform(0.5, 2, count), RNG.uniform(0.5, 2, count)
    found = spectrum(network(*cosine_weights(p, k, phi, psi, alpha, beta), "u^2"))
    assert found.dominant.tolist() == k.tolist()
    assert np.allclose(found.magnitudes[0], alpha)
    assert np.allclose(found.magnitudes[1], beta)
    assert turns(found.phases[0][0] - phi).max() < 1e-9
    assert turns(found.phases[1] - psi).max() < 1e-9
    assert turns(found.phase_sum - 2 * phi).max() < 1e-9
    assert np.allclose(found.misalignment, turns(2 * phi - psi))
    assert np.allclose(found.share, 1)
    assert np.allclose(found.participation, 1)
    assert np.allclose(found.strengths, alpha**2 * beta)
    assert found.counts.tolist() == np.bincount(k, minlength=p // 2 + 1)[1:].tolist()


def test_frequency_half_the_modulus():
    """cos(πj) has magnitude 1, not 2."""
    u = np.cos(np.pi * np.arange(6))[None]
    found = spectrum(network(u, u.T, "u^2"))
    assert found.dominant.tolist() == [3]
    assert np.allclose(found.magnitudes[0], 1)


def test_decomposition_is_complete():
    """Constant plus cosines give every weight back."""
    p = 7
    u, v = RNG.normal(size=(4, p)), RNG.normal(size=(p, 4))
    found = spectrum(network(u, v, "relu"))
    angles = 2 * np.pi * np.multiply.outer(np.arange(1, 4), np.arange(p)) / p
    waves = np.cos(angles[None] + 2 * np.pi * found.first_phases[0][..., None])
    again = u.mean(axis=1, keepdims=True) + np.sum(found.first[0][..., None] * waves, axis=1)
    assert np.allclose(again, u)


def test_share_and_participation_of_two_cosines():
    """Energies 9 and 1 give share 0.9 and participation (81 + 1)/100; the mean plays no part."""
    p, j = 11, np.arange(11)
    row = 5 + 3 * np.cos(2 * np.pi * 2 * j / p) + np.cos(2 * np.pi * 4 * j / p + 1)
    found = spectrum(network(row[None], row[:, None], "relu"))
    assert np.allclose(found.share, 0.9)
    assert np.allclose(found.participation, 0.82)


def test_one_layer_for_each_input():
    """Phases add over the inputs, and the dominant frequency is that of their common energy."""
    p, count = 7, 30
    k = RNG.integers(1, 4, count)
    phases = RNG.random((3, count))
    layers = [cosine_weights(p, k, phases[j], phases[j])[0] for j in range(3)]
    _, v = cosine_weights(p, k, phases[0], phases.sum(axis=0) + 0.1)
    found = spectrum(network(layers, v, "u^3"))
    assert found.dominant.tolist() == k.tolist()
    assert turns(found.phase_sum - phases.sum(axis=0)).max() < 1e-9
    assert np.allclose(found.misalignment, 0.1)
    assert np.allclose(found.strengths, 1)


def test_resultants_of_equally_spaced_phases():
    """N equally spaced phases cancel in every order but the multiples of N."""
    phi = np.arange(3) / 3
    found = spectrum(network(*cosine_weights(5, np.ones(3), phi, 2 * phi), "u^2"))
    assert [round(float(found.resultants(o)[0]), 9) for o in (1, 2, 3, 4)] == [0, 0, 1, 0]
    assert np.isnan(found.resultants(1)[1])
    assert np.isnan(found.expected_resultants()[1])
    assert found.resultant_tests(3)[0] == pytest.approx(np.exp(-3))


def test_expected_resultant_is_that_of_independent_phases():
    """√π/(2√N) is the mean length of a random walk, within two percent at N = 50."""
    draws = np.abs(np.exp(2j * np.pi * RNG.random((20_000, 50))).mean(axis=1))
    found = spectrum(
        network(*cosine_weights(3, np.ones(50), RNG.random(50), RNG.random(50)), "u^2")
    )
    assert found.expected_resultants()[0] == pytest.approx(draws.mean(), rel=0.02)


def test_count_test_is_pearsons():
    """The p-value is that of the χ² test against uniform choice."""
    from scipy.stats import chisquare

    k = np.repeat([1, 2, 3, 4, 5], [3, 9, 4, 4, 10])
    phi = RNG.random(30)
    found = spectrum(network(*cosine_weights(11, k, phi, phi), "u^2"))
    assert found.count_test == pytest.approx(float(chisquare([3, 9, 4, 4, 10]).pvalue))


def test_neurons_without_a_frequency():
    """A neuron whose input layer vanishes has no frequency and is counted in none."""
    u, v = cosine_weights(5, np.array([1, 2]), np.array([0.1, 0.2]), np.array([0.2, 0.4]))
    found = spectrum(network(np.vstack([u, np.zeros((2, 5))]), np.hstack([v, v]), "u^2"))
    assert found.dominant.tolist() == [1, 2, 0, 0]
    assert found.counts.tolist() == [1, 1]
    assert found.alive.tolist() == [True, True, False, False]
    dead = spectrum(network(np.zeros((2, 5)), np.ones((5, 2)), "u^2"))
    assert np.isnan(dead.count_test)


def test_variation():
    """Standard deviation over mean; undefined at mean 0."""
    assert variation(np.array([1.0, 3.0])) == 0.5
    assert np.isnan(variation(np.array([-1.0, 1.0])))
