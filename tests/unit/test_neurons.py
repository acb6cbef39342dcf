"""One neuron on Z_p as terms: the cosine neurons of a frequency, and every real neuron."""

from fractions import Fraction

import pytest

from constructions.numbers import EXACT, FORMAL, Truth
from verify.core.claim import Context
from verify.core.domain import Domain, Finite, at_least, even, odd
from verify.core.evidence import Outcome
from verify.formula import cis, equal, fact, holds, rational, var
from verify.methods.every_k import every_k
from verify.methods.neurons import (
    form_neuron,
    fourier_neuron,
    squared_norm,
    transform,
    weighted_margin,
)


def test_output_phase_is_the_sum_of_the_input_phases():
    """ŵ(ζ) has the phase Σφ_j, and û_j(ζ) the phase φ_j, for formal phases."""
    u, w = form_neuron(k=2, p=5, zeta=2)
    formal = {"phi1": "angle", "phi2": "angle"}
    size = rational(5, 2)
    assert holds(equal(transform(u[1], 2), size * cis(var("phi2"))), FORMAL, {}, formal)
    assert holds(equal(transform(w, 2), size * cis(var("phi1") + var("phi2"))), FORMAL, {}, formal)
    assert holds(equal(transform(w, 1), 0), FORMAL, {}, formal)


def test_listed_phases_replace_formal_ones():
    """With phases given the neuron has no symbols: its squared norm is (k+1)p/2 at amplitude 1."""
    u, w = form_neuron(k=3, p=7, zeta=3, phases=[Fraction(1, 4), Fraction(1, 3), 0])
    assert holds(equal(squared_norm(*u, w), 14), EXACT) is Truth.TRUE


@pytest.mark.parametrize("p", [3, 5])
def test_fourier_neuron_has_the_named_coefficients(p):
    """f̂(0) = p·m and f̂(j) = (p/2) r_j e^{2πi t_j}: by inversion these are all real functions."""
    u, w, formal = fourier_neuron(k=1, p=p)
    for i, f in enumerate((*u, w), start=1):
        assert holds(equal(transform(f, 0), p * var(f"m_{i}")), FORMAL, {}, formal)
        for j in range(1, (p + 1) // 2):
            named = rational(p, 2) * var(f"r_{i}_{j}") * cis(var(f"t_{i}_{j}"))
            assert holds(equal(transform(f, j), named), FORMAL, {}, formal)
    assert len(formal) == 2 * p  # p real parameters for each of the two functions


def test_negative_amplitude_changes_the_sign_for_even_k_only():
    """J(−ω) = (−1)^{k+1} J(ω)."""
    for k in (1, 2, 3):
        plus, minus = (form_neuron(k=k, p=3, zeta=1, amplitude=s, phases=[0] * k) for s in (1, -1))
        sign = (-1) ** (k + 1)
        assert holds(equal(weighted_margin(*minus), sign * weighted_margin(*plus)), EXACT)


K, P = var("k"), var("p")
COEFFICIENT = fact(K) / ((P - 1) * P**K)


OBJECTIVE = {"rule": "neuron-objective", "constants": {"coefficient": COEFFICIENT}}
POLAR = {
    "rule": "neuron-polar",
    "constants": {"groups": "odd-cyclic", "coefficient": 2 * COEFFICIENT},
}
POWERS = {"rule": "power-sum", "constants": {"exponent": K, "equality": True}}


@pytest.mark.parametrize(
    ("arguments", "scope"),
    [
        ({**OBJECTIVE, "start": 2}, Domain.of(k=at_least(1), p=odd(3))),
        ({**OBJECTIVE, "inputs": 2}, Domain.of(k=Finite([2, 3]), p=odd(3))),
        (OBJECTIVE, Domain.of(k=at_least(1), p=at_least(1))),
        (OBJECTIVE, Domain.of(k=at_least(1))),
        (POLAR, Domain.of(k=at_least(1), p=at_least(2))),
        (POLAR, Domain.of(k=at_least(1), p=even(2))),
        ({**POWERS, "start": 2}, Domain.of(k=at_least(1))),
        ({**POWERS, "start": 2}, Domain.of(z=Finite([1]))),
    ],
)
def test_scope_beyond_the_lemma_is_refused(arguments, scope):
    """Smaller or other k, other moduli, or no k at all: an error, never a finding."""
    with pytest.raises(ValueError, match="reaches"):
        every_k(Context(), scope=scope, **arguments)


@pytest.mark.parametrize(
    ("arguments", "scope"),
    [
        (OBJECTIVE, Domain.of(k=at_least(1), p=at_least(2))),
        (POLAR, Domain.of(k=at_least(2), p=odd(5))),
        ({**POWERS, "start": 2}, Domain.of(k=Finite([2, 7]))),
    ],
)
def test_scope_within_the_lemma_is_kept(arguments, scope):
    """A scope that the lemma reaches is the finding's scope, word for word."""
    finding = every_k(Context(), scope=scope, **arguments)
    assert finding.outcome is Outcome.ESTABLISHED
    assert finding.scope == scope


def test_wrong_constant_is_inconclusive():
    """The finding of a constant that is not the lemma's carries the checker's reason."""
    finding = every_k(
        Context(), rule="neuron-objective", constants={"coefficient": 2 * COEFFICIENT},
        scope=Domain.of(k=at_least(1), p=at_least(2)),
    )
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "coefficient" in finding.reason
