"""Distances to the constructions: each construction is at distance zero from itself."""

from fractions import Fraction

import numpy as np
import pytest

from constructions.max_margin import fourier_network
from constructions.numbers import FLOAT
from constructions.tasks import SumTask
from tests.trained import diversified, network
from verify.auditing.behaviour import evaluate
from verify.auditing.distance import (
    SWAPS,
    float_logits,
    indicator_fit,
    neuron_squares,
    normalised_margin,
    swaps,
)

RNG = np.random.default_rng(3)


def max_margin(p, k):
    """The analytic max-margin network, rounded to floats, one layer for each input."""
    neurons = list(fourier_network(SumTask.modular(p, k)).neurons(FLOAT))
    scale = [float(gain) ** (1 / (k + 1)) for gain, _, _ in neurons]
    u = np.array([[[float(x) for x in row] for row in rows] for _, rows, _ in neurons])
    w = np.array([[float(x) for x in row] for _, _, row in neurons])
    u, w = u * np.reshape(scale, (-1, 1, 1)), w * np.reshape(scale, (-1, 1))
    return network([u[:, j] for j in range(k)], w.T, "identity" if k == 1 else f"u^{k}")


@pytest.mark.parametrize(("p", "k"), [(3, 2), (5, 2), (7, 2), (11, 2), (3, 3), (5, 3), (5, 1)])
def test_max_margin_network_is_at_the_maximum(p, k):
    """The theorem's network reaches Γ up to rounding, and the enclosure is narrow."""
    found = max_margin(p, k)
    margin = normalised_margin(found, evaluate(found))
    ratio = margin.ratio
    assert abs(float(ratio) - 1) < 1e-12
    assert float(ratio.upper() - ratio.lower()) < 1e-40
    assert evaluate(found).accuracy == 1


def test_scaling_does_not_change_the_normalised_margin():
    """The margin is normalised by the right power of the norm: powers of two change nothing."""
    u, v = RNG.normal(size=(6, 5)), RNG.normal(size=(5, 6))
    ratios = [
        normalised_margin(found, evaluate(found)).ratio
        for found in (network(u, v, "u^2"), network(4 * u, 4 * v, "u^2"))
    ]
    assert float(ratios[0]) == pytest.approx(float(ratios[1]), rel=1e-30)


def test_random_networks_stay_below_the_maximum():
    """No network that is right everywhere beats Γ."""
    found = diversified(7)
    ratio = normalised_margin(found, evaluate(found)).ratio
    assert 0 < float(ratio) < 1
    assert bool(ratio < 1)


def test_neuron_squares_count_a_shared_layer_for_each_input():
    """Σ_j‖u_j‖² + ‖w‖², exactly, with a shared embedding once for each input."""
    u, v = np.array([[0.5, 1.0], [0.0, 2.0]]), np.array([[1.0, 0.25], [0.0, 3.0]])
    shared = list(neuron_squares(network(u, v, "u^2")))
    assert shared == [2 * Fraction(5, 4) + 1, 2 * 4 + Fraction(1, 16) + 9]
    assert list(neuron_squares(network([u, u], v, "u^2"))) == shared


@pytest.mark.parametrize(
    "found",
    [
        network(np.ones((2, 5)), np.ones((5, 2)), "relu"),  # no power of degree k
        network(np.ones((2, 5)), np.ones((5, 2)), "u^3"),
        network(np.ones((2, 4)), np.ones((4, 2)), "u^2"),  # even modulus
    ],
)
def test_normalised_margin_only_where_the_theorem_speaks(found):
    """Other activations, degrees and even moduli have no Γ to compare with."""
    assert normalised_margin(found, evaluate(found)) is None


@pytest.mark.parametrize("p", [5, 7, 11])
def test_flawed_indicator_has_ghosts_of_half_the_height(p):
    """Full diversification gives −1 + (p/2)·1(label) + (p/4)·1(ghosts) in units of aN/2."""
    phases = 5
    fit = indicator_fit(diversified(p, phases))
    unit = phases / 2
    assert fit.ghost_share == pytest.approx(0.5, rel=1e-9)
    assert fit.unexplained < 1e-20 or fit.unexplained == pytest.approx(0, abs=1e-12)
    assert (fit.background, fit.label, fit.ghost) == pytest.approx(
        (-unit, unit * p / 2, unit * p / 4)
    )


def test_indicator_fit_is_least_squares():
    """The coefficients are those of the full design matrix, and the residual its residual."""
    p = 6
    found = network(RNG.normal(size=(9, p)), RNG.normal(size=(p, 9)), "relu")
    x, y, j = np.indices((p, p, p)).reshape(3, -1)
    f = float_logits(found, np.stack([x, y], axis=1))[np.arange(p**3), j]
    label = (x + y - j) % p == 0
    ghost = ((2 * x - j) % p == 0).astype(float) + ((2 * y - j) % p == 0)
    design = np.stack([np.ones(p**3), label, ghost], axis=1)
    expected, residual, *_ = np.linalg.lstsq(design, f, rcond=None)
    fit = indicator_fit(found)
    assert (fit.background, fit.label, fit.ghost) == pytest.approx(tuple(expected))
    assert fit.unexplained == pytest.approx(float(residual[0]) / (p**3 * np.var(f)))


def test_no_fit_without_a_table():
    """Three inputs, constant logits and logits beyond the floats have no fit."""
    u, v = RNG.normal(size=(2, 5)), RNG.normal(size=(5, 2))
    assert indicator_fit(network(u, v, "u^3", inputs=3)) is None
    assert indicator_fit(network(0 * u, v, "relu")) is None
    assert indicator_fit(network(1000 * np.abs(u) + 1000, v, "exp")) is None


def test_activation_table():
    """Every activation of the table is evaluated on the same weights, exactly where it can be."""
    table = {s.activation: s for s in swaps(diversified(7))}
    assert set(table) == set(SWAPS)
    assert table["u^2"].behaviour.accuracy == 1
    assert table["identity"].behaviour.accuracy < Fraction(1, 3)
    assert {n for n, s in table.items() if s.rigorous == "enclosure"} == {"exp", "softplus2"}
    assert table["u^2"].behaviour.gaps == evaluate(diversified(7)).gaps
