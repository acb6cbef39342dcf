"""Does the notebook's loop for diagonal networks end?  A data set on which it never does."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.dynamics.jump_process import Jump, coded_alternation
from verify.claims.alternating_flows.diagonal import repaired
from verify.claims.alternating_flows.diagonal_terms import (
    as_terms,
    diagonal_claim,
    gram_and_moment,
    partial_loss,
)
from verify.claims.writing import exact, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, absolute, all_of, equal, rational

_ROWS, _TARGET = [[-1, -3, -2, -2], [-3, -2, -4, -1], [1, 2, 3, 1]], [1, -1, 2]
_GRAM, _MOMENT = gram_and_moment(_ROWS, _TARGET)
_WIDE = Domain.of(d=at_least(2), data=Whole("designs X of n < d rows and targets y"))


def _waits(path: list[Jump]) -> Formula:
    """Dormant levels move along −∇L until the first is at ±1; at a wait of 0 the least index of
    those that are at ±1 and would leave the interval is taken."""
    levels, beta = (Fraction(0),) * 4, (Fraction(0),) * 4
    time, parts = Fraction(0), []
    for jump in path:
        step = rational(jump.time - time)
        parts += [step >= 0, equal(absolute(rational(jump.levels[jump.index])), 1)]
        for i in range(4):
            slope = partial_loss(_GRAM, _MOMENT, as_terms(beta), i)
            moved = rational(levels[i]) - (rational(0) if beta[i] else step * slope)
            parts += [equal(rational(jump.levels[i]), moved), absolute(moved) <= 1]
            leaves = slope * rational(levels[i]) < 0
            if jump.time == time and i == jump.index:
                parts += [equal(absolute(rational(levels[i])), 1), leaves]
            if jump.time == time and i < jump.index and not beta[i] and abs(levels[i]) == 1:
                parts.append(~leaves)
            if jump.time != time and i != jump.index and not beta[i]:
                parts.append(absolute(moved) < 1)
        levels, beta, time = jump.levels, jump.coefficients, jump.time
    return all_of(parts)


def _same_state(one: Jump, other: Jump) -> Formula:
    """Equal times, levels and coefficients, which fix all later jumps; ∇L is not 0."""
    pairs: list[tuple[Any, Any]] = [*zip(one.levels, other.levels, strict=True),
                                    *zip(one.coefficients, other.coefficients, strict=True),
                                    (one.time, other.time)]
    slope = partial_loss(_GRAM, _MOMENT, as_terms(one.coefficients), 0)
    return all_of([equal(rational(a), rational(b)) for a, b in pairs]) & ~equal(slope, 0)


def _cycle(period: int = 3) -> tuple[Check, ...]:
    path = coded_alternation(_GRAM, _MOMENT, most=6, first_of_ties=True)
    return (
        exact("waiting times of the loop", _waits(path)),
        exact("least squares of the loop", repaired(_GRAM, _MOMENT, path)),
        exact("the state returns", _same_state(path[2], path[2 + period])),
    )


_ENDLESS = refutation(
    "a cycle of three repairs", *_cycle(), point={"d": 4, "data": f"X = {_ROWS}, y = {_TARGET}"},
    lemmas=("jump process",),
    description="d = 4, n = 3: from rescaled time 30/13 on the loop activates 2, 1, 3 in turn with "
    "waiting time 0 and returns to the same state, with ∇L ≠ 0",
)

CLAIMS = [
    diagonal_claim(
        "diag-code-terminates", "The notebook's loop terminates",
        "Cd's loop terminates when n<d.",
        "Rule `ols1`, exact arithmetic, α → 0. Among coordinates that wait for the time 0 (a "
        "repair may drop several) the loop takes the least index, as argmin does; data of general "
        "position otherwise.", (_ENDLESS,),
        (Mutant.of(_ENDLESS, "period 2", parts=_cycle(2)),), domain=_WIDE),
]
