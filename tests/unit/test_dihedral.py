"""Functions on dihedral groups as terms, and what is known of optimal networks on S3."""

from fractions import Fraction
from itertools import product

import pytest

from constructions.numbers import EXACT, Truth
from verify.formula import equal, holds, rational, total
from verify.methods.dihedral import (
    Neuron,
    compose,
    differences,
    matrix,
    network_formula,
    sign,
    size,
    vanishing_moment,
)

ELEMENTS = [(rational(k), rational(s)) for s in range(2) for k in range(3)]


def true(formula, **values):
    """Whether a formula holds in exact arithmetic."""
    return holds(formula, EXACT, values) is Truth.TRUE


def test_matrices_and_sign_are_representations():
    """R(ab) = R(a)R(b) and sign(ab) = sign(a)·sign(b) for all pairs in D_3."""
    for a, b in product(ELEMENTS, repeat=2):
        whole, left, right = matrix(compose(a, b), 3), matrix(a, 3), matrix(b, 3)
        assert true(equal(sign(compose(a, b)), sign(a) * sign(b)))
        for i, j in product(range(2), repeat=2):
            entry = total([left[i][m] * right[m][j] for m in range(2)])
            assert true(equal(whole[i][j], entry))


def test_neuron_functions_are_matrix_elements_between_unit_vectors():
    """cos(k/n ± Q − P) is pᵀR(a)q for p, q at the angles P, Q."""
    p, q = Fraction(1, 8), Fraction(1, 12)
    u, _, _ = Neuron(gain=Fraction(1), angles=(p, q, Fraction(0))).functions(3)
    from verify.formula import cos, sin

    for a in ELEMENTS:
        entries = matrix(a, 3)
        left, right = (cos(p), sin(p)), (cos(q), sin(q))
        between = total(
            [left[i] * entries[i][j] * right[j] for i in range(2) for j in range(2)]
        )
        assert true(equal(u(a), between))


def test_two_neurons_at_the_sign_give_its_trace_only():
    """They sum to 4·sign(abc), which is no multiple of the optimal function."""
    neurons = [Neuron(gain=Fraction(1), signs=s) for s in ((1, 1, 1), (1, -1, -1))]
    assert not true(network_formula(neurons, 3, height=Fraction(8)))
    whole, norms = size(neurons, 3)
    assert true(norms)
    assert true(equal(whole, 2 * rational(18) ** rational(3, 2)))


@pytest.mark.parametrize(("n", "expected"), [
    ((2, 0, 0), True), ((0, -2, 2), True), ((1, 0, -1), True), ((-3, 2, 1), True),
    ((1, 2, -3), True), ((0, 0, 0), False), ((3, 0, 1), False), ((3, 2, 3), False),
    ((1, 1, 1), False), ((1, 0, 0), False),
])
def test_vanishing_moments(n, expected):
    """The frequencies are those of the lemma, up to signs."""
    assert true(vanishing_moment(), **dict(zip("xyz", n, strict=True))) is expected


def test_differences_are_of_all_pairs():
    """n points have n(n−1)/2 differences."""
    points = [(0, 0, 0), (2, 0, 0), (2, 2, 0)]
    assert differences(points) == [
        {"x": 2, "y": 0, "z": 0}, {"x": 2, "y": 2, "z": 0}, {"x": 0, "y": 2, "z": 0},
    ]
