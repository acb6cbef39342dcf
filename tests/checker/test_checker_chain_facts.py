"""Rules of order chains on sums over neurons and on the training objective.

Each fact is compared with random networks in floats; what a chain needs of b is reported.
"""

import math
from itertools import product

import numpy as np
import pytest

from tests.checker.examples import document
from verify.checker import check_document
from verify.checker.facts import RULES

K, P = 2, 3
NU = K + 1
INPUTS = list(product(range(P), repeat=K))
# The maximum of one unit neuron's mean for uniform data and labels, and for one point and label.
UNIFORM_VALUE = 2 * math.factorial(K) / ((2 * K + 2) ** 1.5 * (P - 1) * P**0.5)
POINT_VALUE = 4 * math.sqrt(6) / 9


def networks(seed, width=4):
    """Random neurons, (width, k+1, p), of different sizes."""
    generator = np.random.default_rng(seed)
    scale = generator.uniform(0, 2, size=(width, 1, 1))
    return scale * generator.standard_normal((width, K + 1, P))


def logits(neurons):
    """f at every input: (9, p)."""
    return sum(
        np.array([[(n[0][a] + n[1][b]) ** K * n[2][c] for c in range(P)] for a, b in INPUTS])
        for n in neurons
    )


def gaps(f):
    """f[y] − f[y'] at every input, by shift y' − y = 1, 2: (9, 2)."""
    right = [sum(a) % P for a in INPUTS]
    return np.array([[f[i][y] - f[i][(y + d) % P] for d in (1, 2)] for i, y in enumerate(right)])


def mass(neurons, exponent):
    """Σ|N_i|^exponent."""
    return float((np.sqrt((neurons**2).sum(axis=(1, 2))) ** exponent).sum())


def loss(t):
    """ln(1 + (p−1)e^{−t})."""
    return math.log1p((P - 1) * math.exp(-t))


def cross_entropy(f):
    """Mean cross-entropy over all inputs."""
    return float(np.log1p(np.exp(-gaps(f)).sum(axis=1)).mean())


@pytest.mark.parametrize("seed", range(25))
def test_facts_without_hypotheses_hold_for_random_networks(seed):
    """weighted-min, neuron-sum, neuron-value, loss-floor and loss-ceiling at a random network."""
    neurons = networks(seed)
    f = logits(neurons)
    wrong = gaps(f)
    tau = np.random.default_rng(seed + 1000).dirichlet((1, 1), size=len(INPUTS))
    least, weighted = wrong.min(), (tau * wrong).sum(axis=1)
    assert least <= weighted.min() + 1e-9
    parts = sum(float((tau * gaps(logits([n]))).sum(axis=1).mean()) for n in neurons)
    assert parts == pytest.approx(float(weighted.mean()))
    alone = sum(float(gaps(logits([n]))[0][0]) for n in neurons)
    assert alone <= POINT_VALUE * mass(neurons, NU) + 1e-9
    assert math.log1p(math.exp(-least)) / len(INPUTS) <= cross_entropy(f) + 1e-9
    assert cross_entropy(f) <= loss(least) + 1e-9


@pytest.mark.parametrize("seed", range(25))
def test_uniform_weights_bound_the_cross_entropy(seed):
    """loss-jensen and loss-dual for uniform data and labels, with b = ν and with b = 1 < ν."""
    neurons = networks(seed)
    f = logits(neurons)
    mean = float(gaps(f).mean())
    assert loss(mean) <= cross_entropy(f) + 1e-9
    for b in (1, NU):
        assert loss(UNIFORM_VALUE * mass(neurons, b) ** (NU / b)) <= loss(mean) + 1e-9


@pytest.mark.parametrize("seed", range(25))
def test_the_exponent_decides_which_way_masses_compare(seed):
    """Σ|N_i|^ν ≤ |N|^ν for b ≤ ν and ≥ for b ≥ ν: the hypotheses of unit-mass, combination-mass."""
    neurons = networks(seed)
    for b in (1, 2, 3, 4, 6):
        total, power = mass(neurons, NU), mass(neurons, b) ** (NU / b)
        assert (total <= power + 1e-9) if b <= NU else (total >= power - 1e-9)


def chain(facts, goal, hypotheses=None):
    """The checker's answer to a chain."""
    more = {} if hypotheses is None else {"hypotheses": hypotheses}
    return check_document(document("order-chain", facts=facts, goal=goal, **more))


def fact(rule):
    """The rule at theta (and best, q)."""
    parts = RULES[rule]
    names = {"network": "{N}", "optimum": "{M}", "distribution": "{Q}"}
    values = {"network": "theta", "optimum": "best", "distribution": "q"}
    used = {n: values[n] for n, slot in names.items() if any(slot in p for p in parts)}
    return {"rule": rule, **used}


COMBINATION = [
    fact(r)
    for r in ("neuron-sum", "neuron-value", "unit-mass", "combination", "combination-mass")
]


def test_a_combination_needs_b_at_most_and_at_least_the_degree():
    """Optimality of a combination rests on b ≤ ν, its membership in Θ on b ≥ ν."""
    best = chain(COMBINATION, {"<=": ["E_q g'(theta)", "E_q g'(best)"]})
    inside = chain(COMBINATION, {"<=": ["|best|", "1"]})
    assert best.accepted
    assert inside.accepted
    assert "theta lies in Theta, and b <= nu" in best.facts["hypotheses"]
    assert not any("b >= nu" in h for h in best.facts["hypotheses"])
    assert all(h.endswith("b >= nu") for h in inside.facts["hypotheses"])


@pytest.mark.parametrize("goal", [
    {"<=": ["E_q g'(best)", "E_q g'(theta)"]},
    {"<=": ["V_q", "V_q sum |theta_i|^nu"]},
    {"=": ["E_q g'(theta)", "V_q sum |theta_i|^nu"]},
    {"=": ["|best|", "1"]},
])
def test_converses_do_not_follow(goal):
    """Every inequality of the chain has one direction only."""
    assert "does not follow" in chain(COMBINATION, goal).reason


@pytest.mark.parametrize("missing", range(4))
def test_the_objective_at_a_minimiser_needs_all_its_hypotheses(missing):
    """CE = loss(γ*|θ|^ν) is not derived without one of the four hypotheses."""
    facts = [
        {"rule": "loss-jensen", "network": "theta", "distribution": "u"},
        {"rule": "loss-dual", "network": "theta", "distribution": "u"},
        {"rule": "loss-minimiser", "optimum": "theta", "network": "scaled"},
        {"rule": "loss-ceiling", "network": "scaled"},
        {"rule": "loss-rescaled", "optimum": "theta", "network": "scaled"},
    ]
    goal = {"=": ["loss(gamma* |theta|^nu)", "CE(theta)"]}
    whole = chain(facts, goal)
    assert whole.accepted
    used = whole.facts["hypotheses"]
    assert len(used) == 4
    rest = used[:missing] + used[missing + 1 :]
    assert "needs a hypothesis" in chain(facts, goal, rest).reason
