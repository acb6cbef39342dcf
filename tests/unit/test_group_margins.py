"""The bounds that the checker gives for group composition, against a numerical search."""

from fractions import Fraction

import numpy as np
import pytest

from constructions.groups.characters import character_table
from constructions.groups.permutation import (
    alternating,
    compose,
    cyclic,
    frobenius_21,
    quaternion,
    symmetric,
)
from verify.core.claim import Context
from verify.core.evidence import Outcome
from verify.formula import rational
from verify.methods.characters import (
    BOUND,
    MARGIN,
    NORM,
    TOTAL,
    Content,
    group_statement,
    regular_masses,
)

# real irreps; complex ones only; a quaternionic one; mixtures with complex ones
GROUPS = [symmetric(3), cyclic(5), quaternion(), alternating(4), frobenius_21()]


def best_neuron(group, weights, rng, starts=80, rounds=150):
    """The largest E[φ(ab) − Σ τ φ(abg)] that alternating maximisation finds at norm 1.

    The objective is 2E u(a)v(b)w'(ab) + (terms that cancel), trilinear in u, v, w.
    """
    elements, n = group.elements, group.order
    place = {g: i for i, g in enumerate(elements)}
    product = np.array([[place[compose(a, b)] for b in elements] for a in elements])
    tau = np.array([0.0 if c == 0 else weights[c - 1] for c in map(group.class_of.get, elements)])
    tau /= tau.sum()
    # w' = w − Σ_g τ(g) w(·g): a symmetric matrix, as τ(g) = τ(g⁻¹)
    weigh = np.eye(n)
    for g in range(n):
        weigh[np.arange(n), product[:, g]] -= tau[g]
    best = 0.0
    for _ in range(starts):
        v, w = rng.normal(size=(2, n))
        for _ in range(rounds):
            shifted = (weigh @ w)[product]
            u = shifted @ v
            u /= np.linalg.norm(u)
            v = shifted.T @ u
            v /= np.linalg.norm(v)
            total = np.zeros(n)
            np.add.at(total, product, np.outer(u, v))
            w = weigh.T @ total
            value = np.linalg.norm(w)
            w /= value
        best = max(best, 2 * value / n**2 / (3 * np.sqrt(3)))
    return best


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
@pytest.mark.parametrize("uniform", [True, False])
def test_bound_is_the_best_single_neuron(group, uniform):
    """No neuron that a search finds beats the bound, and the best one attains it: the factors of
    real, complex and quaternionic irreps are right."""
    table = character_table(group)
    inverse = [list(group.powers(c))[-1] for c in range(len(group.classes))]
    weights = [1 if uniform else 1 + min(c, inverse[c]) for c in range(1, len(group.classes))]
    found = best_neuron(group, weights, np.random.default_rng(7))
    low, high = (Fraction(found * factor).limit_denominator(10**9) for factor in (0.9999, 1.000001))

    def content(_):
        return Content(
            weights=[rational(w) for w in weights],
            relations=(rational(low) * TOTAL < BOUND, rational(high) * TOTAL > BOUND),
        )

    finding = group_statement(Context(), groups=[group], content=content)
    assert finding.outcome is Outcome.ESTABLISHED, finding.reason
    assert len(table.values) == len(group.classes)


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_masses_never_beat_weights(group):
    """A network's margin is at most the bound of any weighting, here the uniform one."""

    def content(table):
        return Content(
            masses=regular_masses(table),
            weights=[rational(1)] * (len(table.values) - 1),
            relations=(MARGIN * TOTAL <= BOUND * NORM,),
        )

    finding = group_statement(Context(), groups=[group], content=content)
    assert finding.outcome is Outcome.ESTABLISHED, finding.reason
