"""Margins and bounds of random certificates against a direct evaluation in floats."""

from fractions import Fraction
from itertools import product
from math import factorial, lcm

import numpy as np
import pytest

from tests.checker.examples import BOUND, MARGIN, NORM, design_network, document
from verify.checker import check_document

GROUPS = [[2], [3], [4], [5], [6], [2, 2], [2, 4], [3, 3]]


def character(orders, zeta, element):
    """χ(a) in turns."""
    whole = lcm(*orders)
    return sum(z * a * (whole // n) for z, a, n in zip(zeta, element, orders, strict=True)) / whole


def dense_margin(orders, k, neurons):
    """(margin, norm) by brute force; neurons: (u of shape (k, n), w of shape (n,), weight)."""
    elements = list(product(*map(range, orders)))
    index = {e: i for i, e in enumerate(elements)}
    gaps = []
    for point in product(elements, repeat=k):
        logits = sum(g * sum(u[j][index[a]] for j, a in enumerate(point)) ** k * w
                     for u, w, g in neurons)
        columns = zip(zip(*point, strict=True), orders, strict=True)
        right = index[tuple(sum(column) % n for column, n in columns)]
        gaps.append(logits[right] - max(np.delete(logits, right)))
    norm = sum(g * (np.sum(u**2) + np.sum(w**2)) ** ((k + 1) / 2) for u, w, g in neurons)
    return min(gaps), norm


def between(term, value):
    """term lies within 10^-8 of a float."""
    low, high = Fraction(value) - Fraction(1, 10**8), Fraction(value) + Fraction(1, 10**8)
    return {"and": [{"<": [str(low), term]}, {"<": [term, str(high)]}]}


def settle(make, margin, norm):
    """The certificate with true relations is accepted; with shifted ones it is rejected."""
    result = check_document(make([between(MARGIN, margin), between(NORM, norm)]))
    assert result.accepted, result.reason
    assert not check_document(make([between(MARGIN, margin + 1e-6)])).accepted
    assert not check_document(make([between(NORM, norm - 1e-6)])).accepted


@pytest.mark.parametrize("orders", GROUPS)
@pytest.mark.parametrize("k", [1, 2, 3])
def test_random_designs(orders, k):
    """Modes, aliasing, real characters and norms: the margin is that of the explicit network."""
    rng = np.random.default_rng([len(orders), *orders, k])
    elements = list(product(*map(range, orders)))
    if len(elements) ** (k + 1) > 3000:
        elements_allowed = 1
    else:
        elements_allowed = 2
    denominator = 4 if any(n % 2 == 0 for n in orders) and k % 2 == 0 else 12
    blocks, neurons = [], []
    for _ in range(elements_allowed):
        zeta = elements[rng.integers(1, len(elements))]
        real = all(2 * z % n == 0 for z, n in zip(zeta, orders, strict=True))
        # a real character and even k need a rational squared norm: phases with cos² rational
        phases = [[Fraction(int(rng.integers(0, denominator)), denominator) for _ in range(k)]
                  for _ in range(3)]
        if real:
            phases = [[Fraction(int(rng.integers(0, 2)), 2) for _ in range(k)] for _ in range(3)]
        weight = Fraction(int(rng.integers(1, 9)), 4)
        blocks.append(([list(zeta)], [[str(t) for t in row] for row in phases], str(weight)))
        for row in phases:
            waves = [[np.cos(2 * np.pi * (float(t) + character(orders, zeta, e))) for e in elements]
                     for t in [*row, sum(row)]]
            neurons.append((np.array(waves[:-1]), np.array(waves[-1]), float(weight)))
    margin, norm = dense_margin(orders, k, neurons)
    settle(lambda relations: design_network(orders, k, blocks, relations), margin, norm)


@pytest.mark.parametrize(("orders", "k"), [([3], 1), ([4], 1), ([3], 2), ([2, 2], 2), ([3], 3)])
def test_random_dense_networks_with_designs(orders, k):
    """Listed neurons, alone and beside a design, are evaluated at every input."""
    rng = np.random.default_rng([*orders, k])
    elements = list(product(*map(range, orders)))
    n = len(elements)
    values = rng.integers(-8, 9, size=(3, k + 1, n))
    neurons = [(v[:-1] / 4, v[-1] / 4, 1.5) for v in values]
    listed = [{"u": [[f"{x}/4" for x in row] for row in v[:-1]],
               "w": [f"{x}/4" for x in v[-1]], "weight": "3/2"} for v in values]
    zeta = elements[1]
    waves = np.array([np.cos(2 * np.pi * character(orders, zeta, e)) for e in elements])
    for designs in ([], [{"frequencies": [list(zeta)], "phases": [["0"] * k], "weight": 2}]):
        extra = [(np.array([waves] * k), waves, 2.0)] if designs else []
        margin, norm = dense_margin(orders, k, neurons + extra)

        def make(relations, designs=designs):
            return document("network-margin", group=orders, inputs=k, data="all",
                            network={"designs": designs, "neurons": listed}, relations=relations)
        settle(make, margin, norm)


@pytest.mark.parametrize("orders", GROUPS)
@pytest.mark.parametrize("k", [1, 2, 3])
def test_bound_is_the_maximum_over_single_neurons(orders, k):
    """No random neuron exceeds the bound, and a neuron at the best character attains it."""
    rng = np.random.default_rng([*orders, k, 7])
    elements = list(product(*map(range, orders)))
    n = len(elements)
    index = {e: i for i, e in enumerate(elements)}
    masses = {}
    for e in elements[1:]:
        mirror = tuple(-x % m for x, m in zip(e, orders, strict=True))
        masses[e] = masses.get(mirror, int(rng.integers(0, 5)) + 1)
    whole = sum(masses.values())
    weights = {",".join(map(str, e)): f"{m}/{whole}" for e, m in masses.items()}

    def objective(u, w):
        """Mean of φ at the right label minus φ at the wrong one, by brute force."""
        value = 0.0
        for point in product(elements, repeat=k):
            power = sum(u[j][index[a]] for j, a in enumerate(point)) ** k
            label = tuple(sum(c) % m for c, m in zip(zip(*point, strict=True), orders, strict=True))
            wrong = sum(m / whole * w[index[tuple((x + y) % o for x, y, o in
                                                  zip(label, e, orders, strict=True))]]
                        for e, m in masses.items())
            value += power * (w[index[label]] - wrong) / n**k
        return value / (np.sum(u**2) + np.sum(w**2)) ** ((k + 1) / 2)

    best = 0.0
    for zeta in elements[1:]:
        waves = np.array([np.cos(2 * np.pi * character(orders, zeta, e)) for e in elements])
        best = max(best, objective(np.array([waves] * k), waves))
    for _ in range(20 if n**k < 200 else 3):
        assert objective(rng.normal(size=(k, n)), rng.normal(size=n)) <= best + 1e-12

    def make(relations):
        return document("margin-bound", group=orders, inputs=k, weights=weights, frequencies="all",
                        relations=relations)
    result = check_document(make([between(BOUND, best)]))
    assert result.accepted, result.reason
    assert not check_document(make([between(BOUND, best * 0.999 - 1e-7)])).accepted


@pytest.mark.parametrize(("orders", "k"), [([5], 2), ([6], 2), ([8], 3), ([2, 2], 2), ([2, 4], 2)])
def test_abelian_optimum_weights_are_optimal(orders, k):
    """The weights (ρ + (ρ−1)R)/Z of the lemma give the value of the lemma, on every group."""
    elements = list(product(*map(range, orders)))
    n = len(elements)
    reals = [z for z in elements[1:] if all(2 * x % m == 0 for x, m in zip(z, orders, strict=True))]
    r = len(reals)
    rho = {"^": [2, {"/": [{"-": [{"var": "k"}, 1]}, 2]}]}
    z_node = {"+": [{"*": [n - 1 - r, rho]}, r]}
    weights = {}
    for e in elements[1:]:
        total = round(sum(np.cos(2 * np.pi * character(orders, z, e)) for z in reals))
        node = {"/": [{"+": [rho, {"*": [{"-": [rho, 1]}, total]}]}, z_node]}
        weights[",".join(map(str, e))] = node
    ratio = {"/": [n, k + 1]}
    scale = {"*": [f"{factorial(k)}/{n ** (k + 1)}", {"^": [ratio, f"{k + 1}/2"]}]}
    relation = {"=": [{"*": [BOUND, z_node]}, {"*": [scale, n]}]}
    result = check_document(document("margin-bound", group=orders, inputs=k, weights=weights,
                                     frequencies="all", relations=[relation]))
    assert result.accepted, result.reason
