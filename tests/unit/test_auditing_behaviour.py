"""What a network does on every input: exact, symmetric, and the same by every route."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from constructions.dyadic import Dyadic
from constructions.numbers import Ball
from tests.trained import diversified, layer, network, rational_gaps, sigma
from verify.auditing.activations import ACTIVATIONS, Enclosed, ExactActivation, Slopes, activation
from verify.auditing.behaviour import (
    Behaviour,
    arrangements,
    ball_logits,
    classify,
    evaluate,
    exact_logits,
)
from verify.auditing.distance import float_logits
from verify.auditing.network import TrainedNetwork

EXACT = [n for n, a in ACTIVATIONS.items() if isinstance(a, ExactActivation)]
ENCLOSED = [n for n, a in ACTIVATIONS.items() if isinstance(a, Enclosed)]
FLOATS = st.one_of(
    st.floats(-4, 4, width=16),
    st.floats(-2, 2, width=32),
    st.sampled_from([0.0, -0.0, 1.0, 2.0**-140, 2.0**-149, -(2.0**-100)]),
)


@st.composite
def networks(draw, names=tuple(EXACT)):
    """Random small networks: shared or not, of two factors or one, of mixed float types."""
    p, k, width = draw(st.integers(2, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    shared = draw(st.booleans())
    dtype = draw(st.sampled_from([np.float16, np.float32, np.float64]))
    matrix = lambda *shape: draw(arrays(np.float32, shape, elements=FLOATS)).astype(dtype)  # noqa: E731
    first = []
    for j in range(1 if shared else k):
        embedded = draw(st.booleans())
        tensors = (matrix(width, 2), matrix(2, p)) if embedded else (matrix(width, p),)
        first.append(layer(f"U{j}_", *tensors))
    base = network(
        np.zeros((width, p)), np.zeros((p, width)), draw(st.sampled_from(names)), inputs=k
    )
    return replace(base, first=tuple(first), output=layer("V", matrix(p, width)))


@settings(max_examples=60, deadline=None)
@given(networks())
def test_exact_behaviour_is_that_of_fractions(found: TrainedNetwork):
    """Every gap is the one of straightforward rational arithmetic, ties and signs included."""
    behaviour, gaps = evaluate(found), rational_gaps(found)
    for a, gap in gaps.items():
        key = tuple(sorted(a)) if found.shared else a
        assert behaviour.gaps[key] == gap
    assert behaviour.total == len(gaps)
    assert behaviour.count("correct") == sum(g > 0 for g in gaps.values())
    assert behaviour.count("wrong") == sum(g < 0 for g in gaps.values())
    assert behaviour.count("tied") == sum(g == 0 for g in gaps.values())
    assert behaviour.where("wrong") == sorted(a for a, g in gaps.items() if g < 0)
    assert behaviour.margin == min(gaps.values())
    least = {
        tuple(sorted(a)) if found.shared else a for a, g in gaps.items() if g == behaviour.margin
    }
    assert behaviour.least_at == sorted(least)


@settings(max_examples=40, deadline=None)
@given(networks(names=tuple(EXACT[:4])))
def test_exact_logits_agree_with_floats(found: TrainedNetwork):
    """Logits in float64 are the exact ones up to rounding."""
    for batch, rows, factor in exact_logits(found):
        floats = float_logits(found, np.array(batch))
        exact = np.array([[float(int(v) * factor) for v in row] for row in rows])
        assert np.allclose(floats, exact, rtol=1e-9, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(networks(names=("relu",)), st.sampled_from(ENCLOSED))
def test_ball_logits_contain_the_values(found: TrainedNetwork, name: str):
    """Balls of every other activation contain what a hundred digits give."""
    import mpmath

    found = replace(found, activation=activation(name))
    p, k = found.task.group.order, found.task.inputs
    with mpmath.workdps(100):
        for batch, rows, _ in ball_logits(found):
            for a, row in zip(batch, rows, strict=True):
                hidden = [_precise(name, u) for u in _summed(found, a, k)]
                weights = found.output.exact
                for i in range(p):
                    exact = (
                        mpmath.fsum(
                            mpmath.mpf(int(weights.numbers[i, m])) * hidden[m]
                            for m in range(found.width)
                        )
                        * mpmath.mpf(2) ** weights.exponent
                    )
                    ball = Ball.from_arb(row[i], bits=1024)
                    low, high = (mpmath.mpf(x.numerator) / x.denominator
                                 for x in (ball.lower(), ball.upper()))  # fmt: skip
                    room = mpmath.mpf(10) ** -90 * (1 + abs(exact))
                    assert low - room <= exact <= high + room


def _summed(found: TrainedNetwork, a, k):
    layers = [x.exact for x in found.first] * (k if found.shared else 1)
    for m in range(found.width):
        yield sum(
            Fraction(int(layers[j].numbers[m, a[j]])) * Fraction(2) ** layers[j].exponent
            for j in range(k)
        )


def _precise(name: str, u: Fraction):
    import mpmath

    x = mpmath.mpf(u.numerator) / u.denominator
    return {
        "exp": lambda: mpmath.exp(x),
        "softplus": lambda: mpmath.log1p(mpmath.exp(x)),
        "softplus2": lambda: mpmath.log1p(mpmath.exp(2 * x)),
        "tanh": lambda: mpmath.tanh(x),
        "sigmoid": lambda: 1 / (1 + mpmath.exp(-x)),
        "silu": lambda: x / (1 + mpmath.exp(-x)),
        "gelu": lambda: x * mpmath.ncdf(x),
    }[name]()


@pytest.mark.parametrize("name", EXACT)
@given(
    numbers=st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=6),
    exponent=st.integers(-60, 0),
)
def test_exact_activations_are_exact(name, numbers, exponent):
    """integers() over the stated denominator is the activation of the dyadic number."""
    found = activation(name)
    values = found.integers(np.array(numbers), exponent)
    factor = Fraction(2) ** (exponent * found.degree) / found.denominator
    for n, value in zip(numbers, values, strict=True):
        assert int(value) * factor == sigma(found, n * Fraction(2) ** exponent)


def test_slopes_with_fractions():
    """A leaky activation with rational slopes is exact."""
    leaky = Slopes("leaky", Fraction(1, 3), Fraction(5, 2))
    found = leaky.integers(np.array([-6, 0, 6]), 0)
    assert [Fraction(int(v), leaky.denominator) for v in found] == [-2, 0, 15]


def test_unknown_activation_lists_the_known_ones():
    """The error names what was asked for and what there is."""
    with pytest.raises(
        ValueError, match=r"unknown activation 'swish'; expected one of identity, u\^2"
    ):
        activation("swish")


def test_every_neuron_dead_ties_everywhere():
    """A network of zeros ties on every input, and every input has the smallest margin."""
    found = evaluate(network(np.zeros((2, 3)), np.zeros((3, 2)), "relu"))
    assert (found.count("tied"), found.total, found.margin) == (9, 9, 0)
    assert found.accuracy == 0
    assert found.where("tied") == sorted(product(range(3), repeat=2))
    assert found.least_at == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]


def test_ties_stay_undecided_in_balls():
    """Balls cannot decide a tie: it is counted as undecided, never as right or wrong."""
    found = evaluate(network(np.zeros((2, 3)), np.ones((3, 2)), "exp"))
    assert found.count("undecided") == found.total == 9
    assert found.accuracy == 0
    assert classify(found.margin) == "undecided"


def test_balls_are_narrowed_until_close_logits_separate():
    """Logits that differ by 2^-300 are told apart: precision grows where it is needed."""
    first = np.array([[0.0, 1.0], [0.0, 1.0]])
    output = np.array([[1.0, 2.0**-300], [1.0, 0.0]])
    found = evaluate(network(first, output, "exp", inputs=1))
    assert (found.count("correct"), found.count("wrong"), found.count("undecided")) == (1, 1, 0)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_orders_count_every_input_once(k):
    """Unordered inputs stand for p^k inputs, and their arrangements are all different."""
    first = np.ones((1, 3))
    found = evaluate(network(first, np.ones((3, 1)), "u^2", inputs=k))
    assert found.total == 3**k
    assert sorted(b for a in found.gaps for b in arrangements(a)) == sorted(
        product(range(3), repeat=k)
    )
    assert set(arrangements((0, 1, 1, 2))) == set(permutations((0, 1, 1, 2)))


def test_inputs_that_do_not_share_a_layer_are_not_merged():
    """With one layer for each input (x, y) and (y, x) are different inputs."""
    found = evaluate(network([np.eye(2), 2 * np.eye(2)], np.array([[1.0, 0], [0, 1]]), "relu"))
    assert isinstance(found, Behaviour)
    assert not found.symmetric
    assert set(found.gaps) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert found.gaps[0, 1] != found.gaps[1, 0]


def test_flawed_indicator_decides_every_input():
    """A fully diversified network is right everywhere, and its smallest gap is aNp/8, a = 1."""
    p, phases = 7, 5
    found = evaluate(diversified(p, phases))
    assert found.accuracy == 1
    assert float(found.margin) == pytest.approx(phases * p / 8, rel=1e-12)


def test_work_beyond_an_audit_is_refused():
    """Sizes that would run for days are refused with the sizes."""
    with pytest.raises(ValueError, match=r"50\^7 inputs, 4 neurons and 50 labels are more"):
        evaluate(network(np.ones((4, 50)), np.ones((50, 4)), "relu", inputs=7))


@given(arrays(np.float64, (2, 3), elements=st.floats(-1e6, 1e6)))
def test_dyadic_numbers_are_the_floats(array):
    """A matrix of floats is exactly its integers times a power of two."""
    found = Dyadic.of(array)
    assert found.exponent <= 0
    for n, x in zip(found.numbers.flat, array.flat, strict=True):
        assert int(n) * Fraction(2) ** found.exponent == Fraction(float(x))
    assert found.bits == max(abs(int(n)) for n in found.numbers.flat).bit_length()


def test_dyadic_products_and_common_exponents():
    """Products are exact, and integers over a smaller exponent are the same numbers."""
    left, right = np.array([[0.1, -3.0]]), np.array([[1e-30], [2.0]])
    found = Dyadic.of(left) @ Dyadic.of(right)
    exact = Fraction(0.1) * Fraction(1e-30) - 6
    assert int(found.numbers[0, 0]) * Fraction(2) ** found.exponent == exact
    finer = found.over(found.exponent - 5)
    assert int(finer[0, 0]) == int(found.numbers[0, 0]) << 5
    with pytest.raises(ValueError, match="expected an exponent of at most"):
        found.over(found.exponent + 1)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_dyadic_refuses_what_is_no_number(value):
    """NaN and infinities are refused, naming the place; so are integers, which may not fit."""
    with pytest.raises(ValueError, match=r"weight \[0, 1\] is"):
        Dyadic.of(np.array([[1.0, value]]))
    with pytest.raises(ValueError, match="expected floats of at most 64 bits, got int64"):
        Dyadic.of(np.array([[2**60 + 1]]))
