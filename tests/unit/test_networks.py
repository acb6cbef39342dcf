"""Networks and margins: every route to the same number, and errors that speak."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions import designs
from constructions.designs import Design
from constructions.groups import AbelianGroup
from constructions.margins import exhaustive_margin, margin, shift_profile
from constructions.max_margin import fourier_network, maximum_margin, printed_gamma
from constructions.networks import Block, CosineNetwork, DenseNetwork
from constructions.numbers import EXACT, FLOAT, Turn, ball
from constructions.tasks import SumTask

GROUPS = [(2,), (3,), (4,), (5,), (6,), (2, 2), (2, 3), (2, 4)]


def _random_network(draw, group, k):
    task = SumTask(group, k)
    blocks = []
    for _ in range(draw(st.integers(1, 2))):
        zeta = draw(st.sampled_from(group.frequencies))
        turns = st.integers(0, 11).map(lambda t: Turn.of(t, 12))
        vectors = draw(st.lists(st.tuples(*[turns] * k), min_size=1, max_size=3))
        gain = draw(st.fractions(Fraction(1, 4), 3, max_denominator=4))
        blocks.append(Block((zeta,), Design("random", tuple(vectors)), gain))
    return CosineNetwork(task, tuple(blocks))


NETWORKS = st.composite(
    lambda draw: _random_network(
        draw, AbelianGroup(draw(st.sampled_from(GROUPS[:6]))), draw(st.integers(1, 2))
    )
)()


@settings(max_examples=40, deadline=None)
@given(NETWORKS)
def test_symmetry_route_agrees_with_exhaustive_evaluation(network):
    """The exact margin by modes is the exact margin by summing every neuron everywhere."""
    assert margin(network).value == exhaustive_margin(network).value


@settings(max_examples=40, deadline=None)
@given(NETWORKS)
def test_no_network_beats_the_maximum_margin(network):
    """Normalised margins stay at or below γ*, decided exactly."""
    found = margin(network)
    gamma = maximum_margin(network.task.group, network.task.inputs, EXACT)
    assert found.value <= gamma * found.norm


@settings(max_examples=25, deadline=None)
@given(NETWORKS)
def test_float_exact_and_ball_logits_agree(network):
    """One network object gives the same logits in all three arithmetics."""
    table = network.float_logits()
    task = network.task
    for index, a in enumerate(task.data()):
        if index % 3:
            continue
        position = tuple(task.group.index(x) for x in a)
        exact = network.logits(a, EXACT)
        enclosed = network.logits(a, ball(128))
        assert np.allclose([float(v) for v in exact], table[position], atol=1e-9)
        assert all(b.contains(e) for b, e in zip(enclosed, exact, strict=True))
    assert float(network.norm(EXACT)) == pytest.approx(float(network.norm(FLOAT)))


@pytest.mark.parametrize("orders", GROUPS)
@pytest.mark.parametrize("k", [1, 2, 3])
def test_fourier_network_attains_the_closed_form(orders, k):
    """The analytic network's margin is exactly γ* on cyclic and non-cyclic groups alike."""
    group = AbelianGroup(orders)
    network = fourier_network(SumTask(group, k), designs.ladder)
    found = margin(network)
    assert found.value == maximum_margin(group, k, EXACT) * found.norm
    assert len(found.at) == group.order - 1, "every wrong label is at the margin"
    assert shift_profile(network) is not None


@pytest.mark.parametrize(("k", "p"), [(2, 97), (3, 31), (4, 11)])
def test_the_default_network_has_the_stated_width_and_margin(k, p):
    """m = 2^{2k-2}(p-1) neurons, margin Γ(k, p)."""
    network = fourier_network(SumTask.modular(p, k))
    found = margin(network)
    assert network.width == 2 ** (2 * k - 2) * (p - 1)
    assert found.value == printed_gamma(k, p, EXACT) * found.norm


def test_norm_of_float_weights_matches():
    """‖θ‖^{k+1} from exact classes equals the sum over float neurons."""
    network = fourier_network(SumTask.modular(6, 2))
    u, w = network.float_weights
    squares = (u**2).sum(axis=(1, 2)) + (w**2).sum(axis=1)
    assert float(network.norm(EXACT)) == pytest.approx(float((squares**1.5).sum()))


def test_dense_networks_are_exact_dyadics():
    """Float weights become the dyadic numbers they are; the margin is exact in them."""
    task = SumTask.modular(3, 2)
    rng = np.random.default_rng(0)
    u, w = rng.normal(size=(4, 2, 3)), rng.normal(size=(4, 3))
    network = DenseNetwork.from_floats(task, u, w)
    assert network.u[0][0][0] == Fraction(float(u[0, 0, 0]))
    assert float(margin(network).value) == pytest.approx(_float_margin(network), abs=1e-9)


def _float_margin(network):
    table, task = network.float_logits(), network.task
    gaps = []
    for a in task.data():
        row = table[tuple(task.group.index(x) for x in a)]
        label = task.group.index(task.label(a))
        gaps.append(row[label] - max(v for c, v in enumerate(row) if c != label))
    return min(gaps)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_nan_and_infinite_weights_are_refused_by_position(value):
    """A NaN weight is named with its index."""
    u, w = np.ones((1, 2, 3)), np.ones((1, 3))
    u[0, 1, 2] = value
    with pytest.raises(ValueError, match=r"weight u\[0, 1, 2\] is (nan|inf)"):
        DenseNetwork.from_floats(SumTask.modular(3, 2), u, w)


def test_bad_tasks_and_networks_say_what_was_expected():
    """p = 1, k = 0, a wrong design, the trivial character, a zero gain, ragged weights."""
    with pytest.raises(ValueError, match="integers ≥ 2, got 1"):
        AbelianGroup.cyclic(1)
    with pytest.raises(ValueError, match=r"got '7' .type str"):
        AbelianGroup(("7",))
    with pytest.raises(ValueError, match="k ≥ 1, got k=0"):
        SumTask.modular(5, 0)
    task = SumTask.modular(5, 2)
    with pytest.raises(ValueError, match="for k=3 inputs, the task has k=2"):
        CosineNetwork(task, (Block(((1,),), designs.quarter(3)),))
    with pytest.raises(ValueError, match="not a non-trivial character"):
        CosineNetwork(task, (Block(((0,),), designs.quarter(2)),))
    with pytest.raises(ValueError, match="positive rational gain"):
        CosineNetwork(task, (Block(((1,),), designs.quarter(2), Fraction(0)),))
    with pytest.raises(ValueError, match="expected u of shape"):
        DenseNetwork.exact(task, [[[1, 2], [3, 4]]], [[1, 2, 3, 4, 5]])


def test_group_arithmetic():
    """Indices, characters and frequencies of a product group."""
    group = AbelianGroup((2, 4))
    assert [group.index(a) for a in group.elements()] == list(range(8))
    assert group.turns((1, 1), (1, 3)) == Fraction(1, 4)
    assert len(group.real_frequencies) == 3
    assert len(group.complex_frequencies) * 2 + 3 == 7
    assert str(group) == "Z2×Z4"
