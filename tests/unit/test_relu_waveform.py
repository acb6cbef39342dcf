"""The margins of ReLU waveforms and the third harmonics of rows, against direct computation."""

import numpy as np
import pytest

from verify.claims.modular_addition.relu_waveform import best_third, margins, thirds


@pytest.mark.parametrize("third", [-0.3, 0.0, 0.4])
def test_margins_are_those_of_the_network_of_many_phases(third):
    """A network of 1000 phases at each frequency of Z_7, neuron by neuron, agrees to 10⁻⁴."""
    p, phases = 7, 2 * np.pi * (np.arange(1000) + 0.5) / 1000
    x = np.arange(p)
    logits = np.zeros((p, p, p))
    for k in range(1, 4):
        for phase in phases:
            angle = 2 * np.pi * k * x / p + phase
            theta = np.cos(angle) + third * np.cos(3 * angle)
            xi = np.cos(2 * np.pi * k * x / p + 2 * phase)
            # 3k ≠ 0 mod 7, so the norms are those of the formula
            theta, xi = theta / np.linalg.norm(theta), xi / np.linalg.norm(xi)
            hidden = np.maximum(theta[:, None] + theta[None, :], 0)
            logits += hidden[..., None] * xi / len(phases)
    label = (x[:, None] + x[None, :]) % p
    right = np.take_along_axis(logits, label[..., None], axis=2)[..., 0].copy()
    np.put_along_axis(logits, label[..., None], -np.inf, axis=2)
    leads = right - logits.max(axis=2)
    same = np.eye(p, dtype=bool)
    found = margins(third, modulus=p, points=1000)
    assert found == pytest.approx((leads[same].min(), leads[~same].min()), abs=1e-4)


def test_thirds_reads_the_harmonic_off_a_row():
    """Rows with a known third harmonic give it back, whatever amplitude and phase they have."""
    angle = 2 * np.pi * 5 * np.arange(23) / 23 + 0.7
    rows = np.array([3.0 * (np.cos(angle) + e * np.cos(3 * angle)) for e in (-0.2, 0.1)])
    assert thirds(rows) == pytest.approx([-0.2, 0.1])


def test_the_best_third_harmonic_is_no_worse_than_its_neighbours():
    """The smallest margin at the best ε is at least that one step to either side."""
    best = best_third()
    values = [min(margins(best + shift)) for shift in (-0.01, 0.0, 0.01)]
    assert values[1] == max(values)
