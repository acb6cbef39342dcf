"""Designs with arbitrary phases: floats against exact margins, the mode test, the deviation."""

from fractions import Fraction
from itertools import product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions import designs
from constructions.designs import Design, modes, moments, violated_modes
from constructions.margins import design_coefficients, margin
from constructions.max_margin import fourier_network, printed_gamma
from constructions.numbers import EXACT, Turn
from constructions.tasks import SumTask
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.methods.random_designs import random_margins, relative_margin
from verify.methods.search import phase_designs

PAIRS = [(2, 3), (2, 5), (2, 9), (3, 3), (3, 5)]
EXACT_DESIGNS = [
    *(build(k) for k in (1, 2, 3) for build in (designs.quarter, designs.ladder, designs.thirds)),
    designs.hexagon(),
    designs.heptagon(),
    designs.cyclic_18(),
]
RANDOM = st.sampled_from(PAIRS).flatmap(
    lambda pair: st.tuples(st.just(pair), phase_designs(pair[0], max_size=4))
)


def _turns(design):
    """(N, k) phases in turns."""
    return np.array([[float(t.fraction) for t in vector] for vector in design.phases])


def _sum(design, x, y):
    """Σ_φ (Σ_j cos(φ_j + x_j))^k cos(Σφ_j + y), angles in turns."""
    phases = _turns(design)
    inner = np.cos(2 * np.pi * (phases + np.array(x))).sum(axis=1)
    return float(inner ** design.inputs @ np.cos(2 * np.pi * (phases.sum(axis=1) + y)))


def _relative(design, k, p):
    """Exact margin/Γ as a float."""
    found = margin(fourier_network(SumTask.modular(p, k), design))
    return float(found) / float(printed_gamma(k, p, EXACT))


ANGLES = st.lists(st.floats(0, 1), min_size=4, max_size=4)


@pytest.mark.parametrize("design", EXACT_DESIGNS, ids=lambda d: f"{d.name}-{d.inputs}")
@settings(max_examples=10, deadline=None)
@given(angles=ANGLES)
def test_exact_designs_sum_to_one_cosine(design, angles):
    """Their neurons add up to 2^{−k} k! N cos(y − Σx) at all real angles, in floats."""
    k, x, y = design.inputs, angles[: design.inputs], angles[-1]
    expected = factorial(k) / 2**k * design.size * np.cos(2 * np.pi * (y - sum(x)))
    assert _sum(design, x, y) == pytest.approx(expected, abs=1e-9 * design.size * k**k)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3).flatmap(phase_designs), ANGLES)
def test_mode_coefficients_expand_any_design(design, angles):
    """Σ over modes of 2 Re(coefficient · e^{i(⟨n, x⟩ − y)}) is the sum of the neurons."""
    x, y = angles[: design.inputs], angles[-1]
    expanded = 0.0
    for mode, value in design_coefficients(design).items():
        turn = 2 * np.pi * (np.dot(mode, x) - y)
        expanded += 2 * (complex(value) * np.exp(1j * turn)).real
    assert _sum(design, x, y) == pytest.approx(expanded, abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(RANDOM)
def test_float_margins_are_the_exact_ones(case):
    """The float margin of a design is that of the exact network, as a multiple of Γ."""
    (k, p), design = case
    assert relative_margin(_turns(design), p) == pytest.approx(_relative(design, k, p), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(RANDOM)
def test_no_design_deviates_more_than_its_moments_allow(case):
    """(1 − L·max|S(n)|/N)·Γ ≤ margin ≤ Γ with L = 2(2k)^k/k!."""
    (k, p), design = case
    wanted = [n for n in modes(k) if n != (1,) * k]
    largest = max(abs(complex(s)) for _, s in moments(design, wanted))
    ratio = _relative(design, k, p)
    assert ratio <= 1 + 1e-12
    assert ratio >= 1 - 2 * (2 * k) ** k / factorial(k) * largest / design.size - 1e-9


@settings(max_examples=30, deadline=None)
@given(RANDOM.filter(lambda case: case[0][1] > case[0][0]) | st.tuples(
    st.sampled_from([(2, 3), (2, 9)]), st.tuples(st.integers(4, 8), st.integers(1, 7)).map(
        lambda t: designs.cyclic("cyclic", t[0], (1, t[1])))))
def test_a_design_attains_gamma_exactly_when_its_modes_vanish(case):
    """The mode test for odd p > k, prime or not, in exact arithmetic."""
    (k, p), design = case
    found = margin(fourier_network(SumTask.modular(p, k), design))
    attains = found.value == printed_gamma(k, p, EXACT) * found.norm
    assert attains == (violated_modes(design) == [])


@pytest.mark.parametrize("order", [4, 5, 6, 7])
def test_cyclic_designs_are_decided_by_integers(order):
    """Steps x/(2N) with coordinates of one parity: exact iff no ⟨n − 1, x⟩ ≡ 0 mod 2N (k = 2)."""
    differences = [(m - 1, n - 1) for m, n in modes(2) if (m, n) != (1, 1)]
    for x in product(range(2 * order), repeat=2):
        if (x[0] - x[1]) % 2:
            continue
        turns = [tuple(Turn(Fraction(r * c, 2 * order) % 1) for c in x) for r in range(order)]
        survives = any((d * x[0] + e * x[1]) % (2 * order) == 0 for d, e in differences)
        assert (violated_modes(Design("steps", tuple(turns))) != []) == survives


def test_random_margins_are_sampled_evidence_only():
    """Uniform phases support the limit; phases on half of the circle give a float lead."""
    arguments = {"point": {"k": 2, "p": 3}, "sizes": (50, 3200), "loss": 16.0}
    supported = random_margins(Context(), **arguments)
    assert supported.outcome is Outcome.ESTABLISHED
    assert supported.kind is Kind.SAMPLED
    lead = random_margins(Context(), range_of_phases=0.5, **arguments)
    assert lead.outcome is Outcome.REFUTED
    assert lead.kind is Kind.SAMPLED
