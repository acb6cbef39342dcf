"""The scale of votes grows: at every fully diversified network, and in trained ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from verify.claims.modular_addition.common import he
from verify.claims.modular_addition.dynamics_support import output_rate
from verify.claims.modular_addition.trained_features import QUADRATIC
from verify.claims.writing import entry, formal, proof
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import Formula, Term, cos, equal, rational, var
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, every_run_check, with_demand

if TYPE_CHECKING:
    from verify.methods.training import Run

_NETWORKS = Domain.of(p=odd(3), network=Whole("diversified networks"))
_P, _R, _O, _O1, _PHI = (var(n) for n in ("p", "r", "o", "o1", "phi"))


def _speed(p: Term | int, diagonal: int) -> Term:
    """C/p = r + (p − 3)o + diagonal·o1, diagonal = 2 in the lemma."""
    return _R + (p - 3) * _O + diagonal * _O1


def _rates(p: int, diagonal: int) -> Check:
    """ξ'[j] = C cos(ωj + 2φ) for every j, α = 1: from the definition, formally."""
    formula: Formula = equal(0, 0)
    for j in range(p):
        right = p * _speed(p, diagonal) * cos(rational(j, p) + 2 * _PHI)
        formula = formula & equal(output_rate(j, p), right)
    return formal(
        f"p = {p}", formula, "r o o1", angles="phi",
        scope=Domain.at({"p": p, "network": "every diversified network"}),
    )


def _coefficient(diagonal: int) -> Check:
    """(p − 2)A + (p − 4)B + 2A_1 = C for every p."""
    error, ghost, same = 2 * _R + (_P - 2) * _O, _O - _R, _P * _O1
    left = (_P - 2) * error + (_P - 4) * ghost + 2 * same
    return formal("every modulus", equal(left, _P * _speed(_P, diagonal)), "p r o o1",
                  scope=_NETWORKS)


def _parts(diagonal: int = 2) -> tuple[Check, ...]:
    return _rates(3, diagonal), _rates(5, diagonal), _coefficient(diagonal)


_GROWS = proof(
    "velocity of the output", *_parts(), scope=_NETWORKS,
    lemmas=("exact gradient of a diversified network", "flawed indicator", "balance of norms",
            "growth of a diversified network"),
)

# -- trained networks ------------------------------------------------------------------------------


def _scales(run: Run) -> list[float]:
    """The mean over neurons of αβ² at each checkpoint, at the last one's dominant frequencies."""
    last = np.fft.rfft(run.weights["W_in"], axis=1)[:, 1:]
    neurons, at = np.arange(len(last)), np.abs(last).argmax(axis=1) + 1
    found = []
    for step in run.steps:
        tensors = run.tensors(step)
        theta, xi = (np.fft.rfft(w, axis=1) for w in (tensors["W_in"], tensors["W_out"].T))
        found.append(float((np.abs(theta[neurons, at]) * np.abs(xi[neurons, at]) ** 2).mean()))
    return found


def _least_growth(run: Run) -> float:
    scales = _scales(run)
    return min(later / earlier for earlier, later in pairwise(scales))


_FACTOR = Demand(name="least factor of mean αβ² in 200 steps", of=_least_growth, at_least=1.0)
_TRAINED = every_run_check(
    "quad_random, p = 15", QUADRATIC[15], Seeds(quick=5, full=5, minutes=1), _FACTOR
)

CLAIMS = [
    entry(
        "he.one-hot-limit.growth",
        "The scale grows in training",
        "$a$ grows in training.",
        source=he("blog §3.2"),
        kind="as",
        domain=Domain.of(run=Whole("trained quadratic networks")),
        reading="Official quad_random at p = 15, seeds 0 to 4, all 5000 steps: a, the mean over "
        "neurons of α_mβ_m² at the frequency where each ends, does not fall between two "
        "checkpoints, 200 steps apart. That it grows without bound is not tested. At diversified "
        "networks: he.one-hot-limit.growth.diversified.",
        falsified_by="a run and 200 steps in which a falls",
        checks=(_TRAINED,),
        mutants=(with_demand(_TRAINED, replace(_FACTOR, at_least=2.0)),),
    ),
    entry(
        "he.one-hot-limit.growth.diversified",
        "The scale grows at every diversified network",
        "$a$ grows in training.",
        source=he("blog §3.2"),
        kind="as",
        domain=_NETWORKS,
        reading="σ = u², odd p, the full table, exact cross-entropy, gradient flow. At every fully "
        "diversified network with D = 0 that computes the flawed indicator with a factor A > 0, "
        "the velocities of all α_m and β_m are positive, so those of a = α_mβ_m² and of A = "
        "Σα_m²β_m are. It is a statement on such states, not on trajectories: θ leaves the "
        "frequency at once (he.cand.support-exact.input), and what the network does later is not "
        "part of it. From small starts: he.phase-alignment.",
        falsified_by="a diversified network at which a does not grow",
        checks=(_GROWS,),
        mutants=(Mutant.of(_GROWS, "another weight of the diagonal", parts=_parts(1)),),
    ),
]
