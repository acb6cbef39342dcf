"""The variables of a relation on a network: the suite and the checker derive the same ones."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from constructions.margins import margin
from constructions.networks import DenseNetwork, Size
from constructions.numbers import EXACT, Truth
from constructions.tasks import SumTask
from verify.checker import check_document
from verify.formula import equal, holds, rational, var
from verify.methods.margins import derived, network_certificate
from verify.methods.search import cosine_networks, dense_networks, tasks

NORM, SMALL, LARGE = var("norm"), var("size_min"), var("size_max")
NETWORKS = tasks(max_inputs=2).flatmap(
    lambda task: cosine_networks(task) | dense_networks(task, max_width=2)
    if task.group.order <= 4
    else cosine_networks(task, max_blocks=2)
)


def _accepts(network, relation):
    document = network_certificate(network, [relation])
    return check_document({"format": "verify-certificate/1", "claim": "-", **document}).accepted


def _decides(network, relation):
    found = margin(network)
    return holds(relation, found.arithmetic, derived(network, found)) is Truth.TRUE


@settings(max_examples=15, deadline=None)
@given(NETWORKS, st.fractions(0, 4, max_denominator=4))
def test_sizes_decide_the_same_relations_in_suite_and_checker(network, factor):
    """factor · size_min > size_max is decided alike; balls may leave a tie open."""
    # the checker turns down a design neuron that is identically zero
    assume(all(size.square for size in network.sizes()))
    relation = rational(factor) * SMALL > LARGE
    exact = margin(network).arithmetic is EXACT
    for statement in (relation, ~relation):
        decided, accepted = _decides(network, statement), _accepts(network, statement)
        assert decided == accepted if exact else decided <= accepted


@settings(max_examples=15, deadline=None)
@given(NETWORKS)
def test_the_norm_lies_between_width_times_the_sizes(network):
    """width · size_min ≤ norm ≤ width · size_max, exactly."""
    found = margin(network)
    assume(found.arithmetic is EXACT)
    width = var("width")
    bounds = (width * SMALL <= NORM) & (width * LARGE >= NORM)
    assert holds(bounds, EXACT, derived(network, found)) is Truth.TRUE


@pytest.mark.parametrize("k", [1, 2, 3])
def test_sizes_of_two_listed_neurons(k):
    """g·‖ω‖^{k+1} for neurons with g = 2, ‖ω‖² = (k+1)·1 and g = 1, ‖ω‖² = (k+1)·4."""
    task = SumTask.modular(2, k)
    one, two = ["1", "0"], ["0", "2"]
    network = DenseNetwork.exact(task, [[one] * k, [two] * k], [one, two], [2, 1])
    square = Fraction(k + 1)
    unit = EXACT.sqrt(square ** (k + 1))
    known = derived(network, margin(network))
    assert known["size_min"] == unit * 2
    assert known["size_max"] == unit * 2 ** (k + 1)
    assert holds(equal(SMALL + LARGE, NORM), EXACT, known) is Truth.TRUE


@given(st.integers(1, 4), st.fractions(Fraction(1, 4), 4), st.integers(0, 6))
def test_ranks_are_squared_sizes(k, gain, square):
    """The rational that orders neurons is the square of g·‖ω‖^{k+1}."""
    size = Size(1, gain, Fraction(square))
    assert size.of_one(k, EXACT) ** 2 == EXACT.rational(size.rank(k))
