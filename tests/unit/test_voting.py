"""Majority-voting networks: every arithmetic, profiles, conditions, the flawed indicator."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import EXACT, FLOAT, Turn, ball
from constructions.voting import (
    VotingNetwork,
    VotingNeuron,
    equal_phases,
    flawed_indicator,
    indicator_table,
    power,
    relu,
    require_diversified,
    voting_network,
)

turns = st.builds(Turn.of, st.integers(0, 11), st.integers(1, 12))
magnitudes = st.fractions(Fraction(1, 4), 3, max_denominator=4)


@st.composite
def networks(draw, *, largest=7):
    """Aligned networks of one to four neurons."""
    p = draw(st.integers(2, largest))
    neuron = st.builds(
        VotingNeuron,
        frequency=st.integers(1, p - 1),
        phase=turns,
        alpha=magnitudes,
        beta=magnitudes,
    )
    return VotingNetwork(modulus=p, neurons=tuple(draw(st.lists(neuron, min_size=1, max_size=4))))


@given(networks(), st.data())
@settings(max_examples=25, deadline=None)
def test_profiles_give_the_logits_of_the_direct_sum(network, data):
    """For even and odd moduli, any phases and magnitudes: three profiles hold all logits."""
    x, y = (data.draw(st.integers(0, network.modulus - 1)) for _ in range(2))
    assert network.exact_logits(x, y) == network.logits(x, y)


@given(networks(), st.sampled_from([power(2), power(3), power(4), abs, relu]), st.data())
@settings(max_examples=25, deadline=None)
def test_float_and_balls_agree_with_exact_arithmetic(network, activation, data):
    """The same weights in three arithmetics: balls contain the exact logits, floats are near."""
    x, y = (data.draw(st.integers(0, network.modulus - 1)) for _ in range(2))
    exact = network.logits(x, y, EXACT, activation)
    enclosed = network.logits(x, y, ball(80), activation)
    near = network.logits(x, y, FLOAT, activation)
    table = network.float_logits(activation)[x, y]
    for value, enclosing, one, other in zip(exact, enclosed, near, table, strict=True):
        assert ball(80).compare(enclosing, "!=", value).name != "TRUE"
        assert one == pytest.approx(float(value), abs=1e-9)
        assert other == pytest.approx(float(value), abs=1e-9)


@pytest.mark.parametrize("p", [3, 5, 9, 15])
@pytest.mark.parametrize("count", [3, 5, 12])
def test_a_diversified_network_computes_the_indicator(p, count):
    """Exactly, at every input and label, with a = α²β."""
    alpha, beta = Fraction(3, 2), Fraction(1, 3)
    network = voting_network(p, equal_phases(count), alpha=alpha, beta=beta)
    assert require_diversified(network, exponents=(2, 1)) == alpha**2 * beta
    table, scale = network.integer_table()
    strength = alpha**2 * beta * count
    left = 8 * table * strength.denominator
    assert np.array_equal(left, strength.numerator * scale * indicator_table(p))
    assert network.errors() == []


def test_the_indicator_table_lists_the_printed_formula():
    """Four times the bracket, at every (x, y, j)."""
    table = indicator_table(5)
    for (x, y, j), value in np.ndenumerate(table):
        assert value == 4 * flawed_indicator(5, x, y, j)


def test_the_worked_example():
    """p = 23, (3, 7): 10.5 at 10, 4.75 at 6 and 14, else −1."""
    values = [flawed_indicator(23, 3, 7, j) for j in range(23)]
    assert values[10] == Fraction(21, 2)
    assert values[6] == values[14] == Fraction(19, 4)
    assert set(values) - {values[10], values[6]} == {Fraction(-1)}


def test_halved_spacing_makes_four_phases_symmetric():
    """Multiples of 1/8 turn meet (iii), multiples of 1/4 do not."""
    assert require_diversified(voting_network(5, equal_phases(4, spacing=Fraction(1, 8)))) == 1
    with pytest.raises(ValueError, match=r"\(iii\) fails.*ι=4 at frequency 1"):
        require_diversified(voting_network(5, equal_phases(4)))


def test_two_neurons_are_right_at_three():
    """The smallest accurate network; errors are listed pair by pair, exactly or in balls."""
    two = voting_network(3, [Turn.of(2, 5), Turn.of(3, 5)])
    assert two.errors() == two.errors(ball(64)) == []
    one = voting_network(3, [Turn.of(0)])
    assert one.errors() == [(0, 1), (0, 2), (1, 1), (2, 2)]


def test_the_first_violated_requirement_is_named():
    """Alignment, then (i), (ii), (iii); an even modulus comes first."""
    three = voting_network(5, equal_phases(3))
    turned = VotingNeuron(frequency=1, psi=Turn.of(1, 3))
    bent = VotingNetwork(modulus=5, neurons=(*three.neurons, turned))
    with pytest.raises(ValueError, match="ψ = 2φ"):
        require_diversified(bent)
    with pytest.raises(ValueError, match=r"\(i\) fails: .*1\.\.2"):
        require_diversified(voting_network(5, equal_phases(3), frequencies=[1]))
    uneven = [*voting_network(5, equal_phases(3), alpha=Fraction(2)).neurons, *three.neurons]
    with pytest.raises(ValueError, match=r"\(ii\) fails: α\^1 β\^2 takes the values"):
        require_diversified(VotingNetwork(modulus=5, neurons=tuple(uneven)))
    with pytest.raises(ValueError, match="odd modulus, got p=4"):
        require_diversified(voting_network(4, equal_phases(3), frequencies=[1, 2]))
    with pytest.raises(ValueError, match="profiles need aligned neurons"):
        assert bent.profiles


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: VotingNeuron(frequency=1, alpha=0.5), TypeError, "rational alpha, got 0.5"),
        (lambda: VotingNeuron(frequency=1, beta=Fraction(-1)), ValueError, "positive beta"),
        (lambda: VotingNetwork(modulus=1, neurons=()), ValueError, "p ≥ 2, got p=1"),
        (lambda: VotingNetwork(modulus="7", neurons=()), ValueError, "p='7' .type=str"),
        (
            lambda: VotingNetwork(modulus=5, neurons=(VotingNeuron(frequency=5),)),
            ValueError,
            r"1\.\.4 for p=5, got 5",
        ),
        (lambda: voting_network(4, equal_phases(3)), ValueError, "name them"),
        (lambda: equal_phases(0), ValueError, "N ≥ 1, got N=0"),
    ],
)
def test_bad_input_is_refused_with_what_was_expected(build, error, words):
    """A float magnitude, a modulus of 1, a frequency beyond p, no phases."""
    with pytest.raises(error, match=words):
        build()


def test_an_integer_table_needs_cancelling_phases():
    """Irrational logits are not rounded."""
    with pytest.raises(ValueError, match="rational logits"):
        voting_network(5, equal_phases(4)).integer_table()
