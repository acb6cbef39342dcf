"""A finished column generation as certificates: a network, a distribution, and their gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

import numpy as np

from constructions.networks import Network
from verify.checker import Result, check_document
from verify.methods.convex.column_generation import Generation
from verify.methods.convex.dictionary_lp import InaccurateSolution, solve_with_basis
from verify.methods.convex.problem import MarginProblem, Neuron
from verify.methods.convex.rationalise import (
    ExactSolution,
    NotOptimal,
    above,
    below,
    denominators,
    normalised,
    round_distribution,
    round_heights,
    solve_basis,
)


@final
@dataclass(frozen=True, kw_only=True)
class Bracket:
    """lower·unit ≤ γ* ≤ upper·unit, as far as the checker accepted it.

    lower, upper: None where no certificate was accepted.  network and weights are the exact
    objects behind them.  exact: whether an optimal basis over Q gave both.
    certificates: "network", "bound" and "gap" (upper − lower ≤ tolerance·lower); verdicts: the
    checker's result for each.  reason: what is missing when the bracket is not closed.
    """

    lower: Fraction | None
    upper: Fraction | None
    network: Network | None
    weights: tuple[Fraction, ...]
    exact: bool
    tolerance: Fraction
    certificates: dict[str, dict[str, Any]]
    verdicts: dict[str, Result]
    reason: str = ""

    @property
    def gap(self) -> Fraction | None:
        """(upper − lower)/lower, an exact rational; None unless both sides are certified."""
        if self.lower is None or self.upper is None or self.lower <= 0:
            return None
        return (self.upper - self.lower) / self.lower

    @property
    def closed(self) -> bool:
        """Whether all three certificates are accepted: the gap is at most the tolerance."""
        return set(self.verdicts) == {"network", "bound", "gap"} and all(
            v.accepted for v in self.verdicts.values()
        )


def certify(
    problem: MarginProblem, generation: Generation, *, tolerance: Fraction = Fraction(1, 10**6)
) -> Bracket:
    """Makes a run exact and has the checker decide it; nothing the run claims is believed."""
    if not isinstance(tolerance, Fraction):
        raise TypeError(f"expected a tolerance such as Fraction(1, 10**6), got {tolerance!r}")
    if not len(generation.masses) or not len(generation.weights):
        return _empty(tolerance, f"nothing to certify: {generation.reason}")
    pool = generation.state.pool[: len(generation.masses)]
    try:
        heights, weights, exact = _rational(problem, pool, generation, tolerance)
    except NotOptimal as error:
        return _empty(tolerance, str(error))
    network = problem.network(pool, heights)
    certificates: dict[str, dict[str, Any]] = {}
    verdicts: dict[str, Result] = {}
    attained = below(attained_value(problem, pool, heights))
    lower = _first_accepted(
        "network",
        [(v, problem.lower_certificate(network, v)) for v in attained],
        certificates,
        verdicts,
    )
    offered = [(v, problem.upper_certificate(weights, v)) for v in above(_worth(problem, weights))]
    upper = _first_accepted("bound", offered, certificates, verdicts)
    if lower is not None and upper is not None:
        certificates["gap"] = _gap_certificate(lower, upper, tolerance)
        verdicts["gap"] = check_document(_complete(certificates["gap"]))
    return Bracket(
        lower=lower,
        upper=upper,
        network=network,
        weights=tuple(weights),
        exact=exact,
        tolerance=tolerance,
        certificates=certificates,
        verdicts=verdicts,
        reason=_missing(verdicts, generation, lower, upper),
    )


def _rational(
    problem: MarginProblem, pool: Sequence[Neuron], generation: Generation, tolerance: Fraction
) -> tuple[Sequence[Fraction], Sequence[Fraction], bool]:
    """Heights and weights over Q, and whether an exact basis gave both."""
    allowed = float(tolerance) / 4
    solution = _exact_solution(problem, pool)
    if solution is None:
        heights = _round_masses(problem, pool, generation, allowed)
        return heights, _round_weights(problem, generation, allowed), False
    # The basis is optimal on the pool.  Among several optimal distributions it may be one that
    # a neuron outside the pool beats; then the distribution of the run is the better one.
    if _worth(problem, solution.weights) <= generation.bound * (1 + 1e-9):
        return solution.heights, solution.weights, True
    return solution.heights, _round_weights(problem, generation, allowed), False


def _exact_solution(problem: MarginProblem, pool: Sequence[Neuron]) -> ExactSolution | None:
    columns = [problem.exact_column(neuron) for neuron in pool]
    if None in columns:
        return None
    try:
        _, basis = solve_with_basis(problem.dictionary(pool))
        return solve_basis(columns, basis)
    except (InaccurateSolution, NotOptimal):
        return None  # a degenerate basis costs exactness, not soundness: round instead


def _round_masses(
    problem: MarginProblem, pool: Sequence[Neuron], generation: Generation, allowed: float
) -> list[Fraction]:
    costs = np.array([float(problem.column(neuron).cost) for neuron in pool])
    relative = np.maximum(generation.masses, 0) / costs
    heights: list[Fraction] = []
    for denominator in denominators(relative / max(float(relative.max()), 1e-300)):
        heights = round_heights(generation.masses, costs, denominator)
        if attained_value(problem, pool, heights) >= generation.value * (1 - allowed):
            break
    return heights


def _round_weights(
    problem: MarginProblem, generation: Generation, allowed: float
) -> list[Fraction]:
    weights: list[Fraction] = []
    for denominator in denominators(normalised(generation.weights)):
        try:
            weights = round_distribution(generation.weights, denominator)
        except NotOptimal:
            continue
        if _worth(problem, weights) <= generation.bound * (1 + allowed):
            break
    if not weights:
        raise NotOptimal("the distribution could not be rounded")
    return weights


def attained_value(
    problem: MarginProblem, pool: Sequence[Neuron], heights: Sequence[Fraction]
) -> float:
    """The value min_o Σ h·payoff / Σ h·cost that rational heights attain, to float accuracy."""
    used = [(problem.column(w), float(h)) for w, h in zip(pool, heights, strict=True) if h]
    total = sum(h * np.asarray(c.payoffs, dtype=float) for c, h in used)
    return float(np.min(total)) / sum(h * float(c.cost) for c, h in used)


def _worth(problem: MarginProblem, weights: Sequence[Fraction]) -> float:
    """V(Q) of rational weights as the oracle sees it."""
    floats = np.array([float(q) for q in weights])
    return problem.oracle(floats, np.random.default_rng(0))[0].value


def _first_accepted(
    name: str,
    offers: Sequence[tuple[Fraction, dict[str, Any] | None]],
    certificates: dict[str, dict[str, Any]],
    verdicts: dict[str, Result],
) -> Fraction | None:
    """The sharpest offered value that the checker accepts; certificates keep the last tried."""
    for value, document in offers:
        if document is None:
            return None
        certificates[name] = document
        verdicts[name] = check_document(_complete(document))
        if verdicts[name].accepted:
            return value
    return None


def _gap_certificate(lower: Fraction, upper: Fraction, tolerance: Fraction) -> dict[str, Any]:
    """`statement`: 0 < lower and upper − lower ≤ tolerance·lower."""
    positive = {"<": [0, str(lower)]}
    small = {"<=": [{"-": [str(upper), str(lower)]}, {"*": [str(tolerance), str(lower)]}]}
    return {
        "kind": "statement",
        "points": [{}],
        "formula": {"and": [positive, small]},
        "holds": True,
    }


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    return {"format": "verify-certificate/1", "claim": "-", **document}


def _missing(
    verdicts: dict[str, Result],
    generation: Generation,
    lower: Fraction | None,
    upper: Fraction | None,
) -> str:
    if lower is None:
        return f"no network is certified: {verdicts['network'].reason}"
    if upper is None:
        found = verdicts.get("bound")
        return f"no bound is certified: {found.reason if found else 'no certificate expresses it'}"
    if not verdicts["gap"].accepted:
        gap = float((upper - lower) / lower) if lower > 0 else float("inf")
        return f"a certified relative gap of {gap:.3g} remains ({generation.reason})"
    return ""


def _empty(tolerance: Fraction, reason: str) -> Bracket:
    return Bracket(
        lower=None,
        upper=None,
        network=None,
        weights=(),
        exact=False,
        tolerance=tolerance,
        certificates={},
        verdicts={},
        reason=reason,
    )
