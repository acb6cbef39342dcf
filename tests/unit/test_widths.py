"""Lower bounds on the width: mode polynomials against designs, and decisions from both sides."""

from fractions import Fraction
from itertools import permutations
from math import comb

import numpy as np
import pytest

from constructions import designs
from constructions.max_margin import fourier_network
from constructions.mode_polynomials import CLIQUES, RECIPES, mode_polynomial
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA, GAMMA_VALUE, K, uniform_weights
from verify.core.claim import Context
from verify.core.domain import Domain, Finite, Primes, odd
from verify.core.evidence import Outcome
from verify.formula import rational
from verify.methods.widths import (
    least_width_is,
    network_reaches,
    proven_size,
    width_needed,
    width_needed_at,
    width_suffices,
)

CONTEXT = Context()
LADDER = (K + 1) * rational(2) ** (K - 1)
FAMILY = {
    "groups": "odd-cyclic",
    "inputs": "all",
    "design": "ladder",
    "value": GAMMA_VALUE,
    "conclusions": ("value", "width"),
}


def expanded(k):
    """All points and values of the polynomial for k inputs: (points, k), (points,)."""
    symmetric, terms = mode_polynomial(k)
    points = {
        (*x[: k - symmetric], *tail): v
        for x, v in terms
        for tail in permutations(x[k - symmetric :])
    }
    return np.array(list(points)), np.array(list(points.values()))


def phases(design):
    """The phase vectors as floats: (N, k)."""
    return np.array([[float(t.fraction) for t in v] for v in design.phases])


@pytest.mark.parametrize("k", RECIPES)
def test_proven_sizes_are_those_of_the_ladder(k):
    """For k = 3, 4, 5 the polynomials prove (k+1)·2^{k−1} neurons per frequency."""
    assert proven_size(k) == designs.ladder(k).size
    points, values = expanded(k)
    assert proven_size(k) - 1 < values.sum() ** 2 / (values**2).sum() <= proven_size(k)
    assert (points.sum(1) % 2 == 0).all()


@pytest.mark.parametrize("k", CLIQUES)
def test_cliques_have_the_size_of_the_ladder(k):
    """For k = 1, 2 a clique of modes has (k+1)·2^{k−1} points."""
    assert proven_size(k) == designs.ladder(k).size == len(CLIQUES[k])


@pytest.mark.parametrize(
    "design",
    [
        designs.ladder(3),
        designs.quarter(3),
        designs.thirds(3),
        designs.cyclic_18(),
        designs.ladder(4),
    ],
    ids=lambda d: f"{d.name}-{d.inputs}",
)
def test_the_inequality_behind_the_bound_holds_for_designs(design):
    """Mean over i, j and σ of |q(σ(φ_i − φ_j))|² is at most Σ v² for designs that attain γ*."""
    k = design.inputs
    points, values = expanded(k)
    angles = phases(design)
    assert not designs.violated_modes(design)
    means = []
    for sigma in permutations(range(k)):
        waves = np.exp(2j * np.pi * angles[:, list(sigma)] @ points.T)
        moments = waves.conj().T @ waves / design.size
        means.append((np.outer(values, values) * abs(moments) ** 2).sum())
    assert np.mean(means) <= (values**2).sum() * (1 + 1e-9)
    assert values.sum() ** 2 / design.size <= np.mean(means) * (1 + 1e-9)


def test_other_numbers_of_inputs_have_no_polynomial():
    """k = 6 is refused with what is available."""
    with pytest.raises(ValueError, match="k = 3, 4, 5 inputs, got k=6"):
        mode_polynomial(6)


def test_eighths_attain_the_maximum_modulo_four_only():
    """Four phases per complex frequency are enough modulo 4, with modes that cancel in pairs."""
    bad = set(designs.violated_modes(designs.eighths()))
    assert bad == {(2, 0), (-2, 0), (0, 2), (0, -2)}
    assert fourier_network(SumTask.modular(4, 2), designs.eighths()).width == 6


def sized(procedure, size, **changes):
    """The procedure's finding for k = 2 and primes p ≥ 3."""
    arguments = {
        "inputs": 2,
        "size": rational(size),
        "known": FAMILY,
        "known_size": LADDER,
        "point": {"k": 2, "p": 3},
        "scope": Domain.of(k=Finite([2]), p=Primes(3)),
    }
    return procedure(CONTEXT, **{**arguments, **changes})


def test_both_sides_meet_at_six_for_two_inputs():
    """Six neurons per frequency suffice and are needed, five are too few, seven too many."""
    assert sized(width_suffices, 6).outcome is Outcome.ESTABLISHED
    assert sized(width_suffices, 5).outcome is Outcome.REFUTED
    assert sized(width_needed, 6).outcome is Outcome.ESTABLISHED
    assert sized(width_needed, 7).outcome is Outcome.REFUTED


def test_a_size_between_the_two_bounds_stays_open():
    """With a wider known family, sizes between 6 and its own are undecided, and so it says."""
    wide = {"known": {**FAMILY, "inputs": 2}, "known_size": rational(9)}
    for procedure in (width_suffices, width_needed):
        finding = sized(procedure, 8, **wide)
        assert finding.outcome is Outcome.INCONCLUSIVE
        assert "between 6 and 9 per frequency" in finding.reason


def test_moduli_with_small_prime_factors_are_out_of_reach():
    """The bounds per frequency are refused for a scope that contains p ≤ k or composite p."""
    for moduli in (Primes(2), odd(3)):
        with pytest.raises(ValueError, match="primes p > k = 2"):
            sized(width_needed, 6, scope=Domain.of(k=Finite([2]), p=moduli))


def test_what_is_proved_to_be_needed_stops_growing_fast_at_the_modulus():
    """At p = 3 the bound is 6 for k = 2, k + 1 from k = 3 on, and a larger size stays open."""

    def needed(size, *inputs):
        points = [{"k": k, "p": 3} for k in inputs]
        return width_needed_at(CONTEXT, size=size, points=points)

    assert needed(K + 1, 2, 3, 4, 5).outcome is Outcome.ESTABLISHED
    assert needed(LADDER, 2).outcome is Outcome.ESTABLISHED
    finding = needed(rational(2) ** (K - 1), 2, 3, 4)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "k=4, p=3: 5 neurons per frequency are proved to be needed, not 8" in finding.reason


def test_brackets_decide_what_they_exclude():
    """With 4 ≤ m* ≤ 16 known for k = p = 3, 17 is refuted, 3 is refuted and 10 stays open."""

    def bracket(least, most):
        return least_width_is(
            CONTEXT,
            inputs=3,
            modulus=3,
            least=least,
            most=most,
            network=lambda: fourier_network(SumTask.modular(3, 3), designs.ladder),
            value=GAMMA,
            weights=uniform_weights,
        ).outcome

    assert bracket(4, 16) is Outcome.ESTABLISHED
    assert bracket(17, 17) is bracket(3, 3) is Outcome.REFUTED
    assert bracket(10, 10) is Outcome.INCONCLUSIVE


def test_a_network_below_the_level_refutes_nothing():
    """Existence is established by a network that reaches the level, and open otherwise."""

    def network():
        return fourier_network(SumTask.modular(3, 2), designs.hexagon())

    for share, outcome in ((1, Outcome.ESTABLISHED), (2, Outcome.INCONCLUSIVE)):
        finding = network_reaches(
            CONTEXT, network=network, level=share * GAMMA, scope=Domain.at({"k": 2, "p": 3})
        )
        assert finding.outcome is outcome


def test_even_words_are_orthogonal_sign_patterns():
    """Modulo 2 the words of even weight give 2^{k−1} orthogonal functions of the signs."""
    k = 4
    words = [w for w in np.ndindex(*(2,) * k) if sum(w) % 2 == 0]
    signs = np.array([s for s in np.ndindex(*(2,) * k) if s[0] == 0])
    values = (-1) ** (signs @ np.array(words).T)
    assert len(words) == 2 ** (k - 1) == sum(comb(k, 2 * j) for j in range(k))
    assert (values.T @ values == len(signs) * np.eye(len(words))).all()
    assert Fraction(len(signs)) == 2 ** (k - 1)
