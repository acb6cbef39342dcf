"""Phase designs: sizes, moments, and the mode weights against direct expansion."""

from fractions import Fraction
from itertools import product
from math import cos, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions import designs
from constructions.designs import Design, mode_weight, modes, moment, violated_modes
from constructions.numbers import Cyclotomic, Turn


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_sizes_are_the_stated_ones(k):
    """N = 2^{2k-1}, (k+1)2^{k-1}, k2^{k-1}, 3^k, 3^{k-1}, 2^{k-1} for the named families."""
    assert designs.quarter(k).size == 2 ** (2 * k - 1)
    assert designs.ladder(k).size == (k + 1) * 2 ** (k - 1)
    assert designs.short_ladder(k).size == k * 2 ** (k - 1)
    assert designs.thirds(k).size == 3**k
    assert designs.thirds_fixed(k).size == 3 ** (k - 1)
    assert designs.signs(k).size == 2 ** (k - 1)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_mode_weights_sum_to_the_value_at_zero(k):
    """Σ_n weight(n) = k^k, the value of (Σ cos x_j)^k at x = 0."""
    assert sum(mode_weight(n) for n in modes(k)) == k**k


@given(st.lists(st.floats(0, 6.28), min_size=3, max_size=3))
def test_mode_expansion_is_the_power_of_the_cosine_sum(x):
    """(Σ cos x_j)^3 = Σ_n weight(n) cos⟨n, x⟩ (the sines cancel by symmetry)."""
    direct = sum(map(cos, x)) ** 3
    expanded = sum(
        float(mode_weight(n)) * cos(sum(a * b for a, b in zip(n, x, strict=True)))
        for n in modes(3)
    )
    assert expanded == pytest.approx(direct, abs=1e-9)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_exact_designs_have_no_violated_mode(k):
    """Quarter, ladder and thirds cancel every mode but the wanted one."""
    for design in (designs.quarter(k), designs.ladder(k), designs.thirds(k)):
        assert violated_modes(design) == []
        assert moment(design, (1,) * k) == design.size


def test_inexact_designs_name_their_violated_modes():
    """The known failures, each at its own mode."""
    assert violated_modes(designs.short_ladder(2)) == [(-1, -1)]
    assert (1, -1) in violated_modes(designs.thirds_fixed(2))
    assert violated_modes(designs.pentagon()) == [(-2, 0)]
    assert violated_modes(designs.signs(2)) != []


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=5))
def test_moments_agree_with_their_definition(vectors):
    """M(n) is the sum of e^{2πi⟨n-1, φ⟩} over the design's vectors."""
    design = Design("random", tuple((Turn.of(a, 12), Turn.of(b, 12)) for a, b in vectors))
    for n in product(range(-2, 3), repeat=2):
        expected = Cyclotomic.rational(0)
        for a, b in vectors:
            expected = expected + Cyclotomic.root(
                Turn(Fraction((n[0] - 1) * a + (n[1] - 1) * b, 12))
            )
        assert moment(design, n) == expected


def test_designs_refuse_floats_empties_and_ragged_vectors():
    """Bad designs say what is wrong."""
    with pytest.raises(TypeError, match=r"exact turns, got 0\.5"):
        Design("bad", ((0.5, 0.5),))
    with pytest.raises(ValueError, match="no phase vector"):
        Design("bad", ())
    with pytest.raises(ValueError, match="different lengths"):
        Design("bad", ((Turn.of(0),), (Turn.of(0), Turn.of(0))))
    with pytest.raises(ValueError, match="k ≥ 1, got k=0"):
        designs.quarter(0)


def test_pi_is_half_a_turn():
    """Turns are full turns: the phase 1/2 is cos π."""
    assert Cyclotomic.cos(Turn.of(1, 2)) == -1 == round(cos(pi))
