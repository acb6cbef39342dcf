"""Explicit networks for k = 2, p = 3, as terms of their logits: the smallest counterexamples.

A logit is a function (a_1, a_2, c) → term.  The point x° = ((0, 0), 0) has the right label 0.
Among all networks with ‖θ‖_{2,3} ≤ 1 one wrong label can lead by at most 4√6/9 at one point,
and `furthest_wrong` attains it (lemma *one point*).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from verify.claims.fourier_circuits.common import GAMMA
from verify.core.claim import Check
from verify.core.domain import Domain
from verify.formula import (
    Formula,
    Term,
    cos,
    equal,
    exists,
    forall_range,
    iverson,
    maximum,
    mod,
    rational,
    sqrt,
    total,
)
from verify.methods.identities import exact_statement

Logit = Callable[[Term, Term, Term], Term]

POINT = {"k": 2, "p": 3}
ZERO = rational(0)

# √2·k^k/(k+1)^{(k+1)/2} at k = 2.
LARGEST_LEAD: Term = 4 * sqrt(rational(2, 27))


def _is(value: Term, label: int) -> Term:
    return iverson(equal(value, label))


def furthest_wrong(a1: Term, a2: Term, c: Term) -> Term:
    """One neuron u_j = √(1/3)·e_0, w = √(1/6)·(e_1 − e_0), of norm 1."""
    response = sqrt(rational(1, 3)) * (_is(a1, 0) + _is(a2, 0))
    return response**2 * (sqrt(rational(1, 6)) * (_is(c, 1) - _is(c, 0)))


FURTHEST_WRONG_NORM: Term = 2 * sqrt(rational(1, 3)) ** 2 + 2 * sqrt(rational(1, 6)) ** 2


def furthest_right(a1: Term, a2: Term, c: Term) -> Term:
    """The same neuron with w reversed: at x° the right label leads by as much."""
    return -furthest_wrong(a1, a2, c)


def one_hot(a1: Term, a2: Term, c: Term) -> Term:
    """One neuron u_j = e_0, w = e_0, of squared norm 3."""
    return (_is(a1, 0) + _is(a2, 0)) ** 2 * _is(c, 0)


def half_neuron(a1: Term, a2: Term, c: Term) -> Term:
    """One neuron u_1 = 0, u_2 = w = e_0/2, of squared norm 1/2; it is 0 unless a_2 = 0."""
    return (rational(1, 2) * _is(a2, 0)) ** 2 * (rational(1, 2) * _is(c, 0))


def cosine_neuron(a1: Term, a2: Term, c: Term) -> Term:
    """One neuron cos(2πa/3), cos(2πa/3), cos(2πc/3), of squared norm 9/2."""
    return (cos(a1 / 3) + cos(a2 / 3)) ** 2 * cos(c / 3)


# Phases in sixths of a turn with their weights, of total 24.
_LOPSIDED = ((0, 1, 6), (0, 3, 4), (1, 0, 6), (1, 4, 4), (2, 2, 3), (2, 5, 1))


def cosine_design(vectors: Sequence[tuple[int, int, int]], denominator: int) -> Logit:
    """Neurons with phases (φ_1, φ_2)/denominator, weighted, as in the design of a certificate."""

    def logit(a1: Term, a2: Term, c: Term) -> Term:
        def neuron(first: int, second: int, gain: int) -> Term:
            phases = (rational(first, denominator), rational(second, denominator))
            response = cos(phases[0] + a1 / 3) + cos(phases[1] + a2 / 3)
            return gain * (response**2 * cos(phases[0] + phases[1] + c / 3))

        return total([neuron(*vector) for vector in vectors])

    return logit


lopsided = cosine_design(_LOPSIDED, 6)
# The ladder: phases (r/6 + b/2, r/6) with equal weights, an optimal network.
balanced = cosine_design(tuple((r + 3 * b, r, 4) for r in range(3) for b in (0, 1)), 6)
# ‖θ‖_{2,3}^3 of both: weight 24 and squared norm 9/2 for each neuron.
DESIGN_SIZE: Term = 24 * rational(9, 2) ** rational(3, 2)


def gap(logit: Logit, a1: Term, a2: Term) -> Term:
    """g = f[y] − max_{y'≠y} f[y']."""
    y = mod(a1 + a2, 3)
    return logit(a1, a2, y) - maximum(*(logit(a1, a2, c) for c in _wrong(a1, a2)))


def uniform_gap(logit: Logit, a1: Term, a2: Term) -> Term:
    """g' with both wrong labels weighted 1/2."""
    wrong = total([logit(a1, a2, c) for c in _wrong(a1, a2)])
    return logit(a1, a2, mod(a1 + a2, 3)) - wrong / 2


def lead(logit: Logit, a1: Term, a2: Term, label: int) -> Term:
    """f[y] − f[label]: g' with all weight on one wrong label."""
    return logit(a1, a2, mod(a1 + a2, 3)) - logit(a1, a2, rational(label))


def _wrong(a1: Term, a2: Term) -> tuple[Term, Term]:
    return mod(a1 + a2 + 1, 3), mod(a1 + a2 + 2, 3)


def everywhere(relation: Callable[[Term, Term], Formula]) -> Formula:
    """For all nine inputs."""
    return forall_range(
        "a1", 0, 2, lambda a1: forall_range("a2", 0, 2, lambda a2: relation(a1, a2))
    )


def somewhere(relation: Callable[[Term, Term], Formula]) -> Formula:
    """For some of the nine inputs."""
    return exists("a1", 0, 2, lambda a1: exists("a2", 0, 2, lambda a2: relation(a1, a2)))


def closed(name: str, *formulas: Formula) -> Check:
    """A check that closed formulas hold at k = 2, p = 3."""
    whole = formulas[0]
    for formula in formulas[1:]:
        whole = whole & formula
    arguments: dict[str, Any] = {
        "formula": whole,
        "points": (POINT,),
        "scope": Domain.at(POINT),
    }
    return Check(name=name, procedure=exact_statement, arguments=arguments)


def stationary_pair(logit: Logit = furthest_wrong) -> Check:
    """(q*, θ*) meets the argmin display: q* the mass at x°, θ* of norm 1 with the lowest g there.

    That no network has a lower g at x° is lemma *one point*; here θ* attains it, and x° is a
    point where g(θ*) is lowest.  The margin of θ* is negative, so the zero network is better.
    """
    at_point = gap(logit, ZERO, ZERO)
    return closed(
        "the pair",
        equal(FURTHEST_WRONG_NORM, 1),
        equal(at_point, -LARGEST_LEAD),
        everywhere(lambda a1, a2: gap(logit, a1, a2) >= at_point),
        at_point < 0,
    )


def class_weighted_optimum(logit: Logit) -> Check:
    """min g' under uniform weighting is Γ at norm 1, yet g is smaller somewhere."""
    return closed(
        "the network",
        everywhere(lambda a1, a2: equal(uniform_gap(logit, a1, a2), GAMMA * DESIGN_SIZE)),
        somewhere(lambda a1, a2: gap(logit, a1, a2) < GAMMA * DESIGN_SIZE),
    )
