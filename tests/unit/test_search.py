"""Adversarial search: finds what is there, certifies what it finds, claims nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import check_grad

from constructions.margins import margin
from constructions.max_margin import maximum_margin
from constructions.numbers import EXACT
from constructions.tasks import SumTask
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.formula import rational, var
from verify.methods.search import (
    cosine_networks,
    dense_networks,
    moduli,
    no_network_beats,
    strongest_network,
    tasks,
)
from verify.methods.search.adversary import _smooth

TASK = SumTask.modular(3, 2)


def test_the_gradient_is_the_derivative():
    """The analytic gradient of the smoothed margin agrees with finite differences."""
    rng = np.random.default_rng(1)
    for k, p in ((1, 3), (2, 3), (3, 3)):
        task = SumTask.modular(p, k)
        labels = np.array([task.group.index(task.label(a)) for a in task.data()])
        flat = rng.normal(size=4 * (k + 1) * p)
        error = check_grad(
            lambda x, t=task, lab=labels: _smooth(x, t, lab, 4, 5.0)[0],
            lambda x, t=task, lab=labels: _smooth(x, t, lab, 4, 5.0)[1],
            flat,
        )
        assert error < 1e-5


def test_the_attack_reaches_the_maximum_and_does_not_exceed_it():
    """With enough neurons the search comes close to γ*, from below."""
    attack = strongest_network(TASK, 8, starts=3, seed=0)
    gamma = float(maximum_margin(TASK.group, 2, EXACT))
    assert 0.99 * gamma < attack.value <= gamma * (1 + 1e-9)


def _attack(value, **changes):
    arguments = {
        "value": value,
        "task": lambda k, p: SumTask.modular(p, k),
        "points": ({"k": 2, "p": 3},),
        "width": lambda k, p: 8,
        "starts": 2,
    }
    return no_network_beats(Context(), **{**arguments, **changes})


def test_a_value_below_the_maximum_is_refuted_exactly():
    """A stated maximum that is too small meets a small exact network, certified."""
    finding = _attack(rational(7, 100))
    assert finding.outcome is Outcome.REFUTED
    assert finding.witness.values["p"] == 3
    document = {"format": "verify-certificate/1", "claim": "t", **finding.certificates["network"]}
    assert check_document(document).accepted
    too_much = [{">": [{"var": "margin"}, 10**6]}]
    assert not check_document({**document, "relations": too_much}).accepted


def test_finding_nothing_is_sampled_evidence():
    """A search that does not succeed never claims more than a sample."""
    finding = _attack(rational(8, 100) + 0 * var("k"))
    assert finding.outcome is Outcome.ESTABLISHED
    assert finding.kind is Kind.SAMPLED
    assert not finding.certificates


@settings(max_examples=25, deadline=None)
@given(tasks(max_inputs=2).filter(lambda t: t.group.order <= 6).flatmap(dense_networks))
def test_random_dense_networks_obey_the_maximum(network):
    """No random rational network exceeds γ*."""
    found = margin(network)
    gamma = maximum_margin(network.task.group, network.task.inputs, found.arithmetic)
    assert found.value - gamma * found.norm <= 0


@settings(max_examples=15, deadline=None)
@given(cosine_networks(SumTask.modular(5, 2)))
def test_random_cosine_networks_fit_their_task(network):
    """The strategy builds networks of its task, within the stated number of blocks."""
    assert network.task.group.order == 5
    assert 1 <= len(network.blocks) <= 3


def test_moduli_strategy_says_when_it_is_empty():
    """An empty range of moduli is an error, not an unsatisfiable strategy."""
    with pytest.raises(ValueError, match="no modulus in"):
        moduli(4, 4, parity="odd")
    with pytest.raises(ValueError, match="expected parity"):
        moduli(parity="prime")
