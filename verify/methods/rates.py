"""Rates of events in independent trials, each wanted in a range.

Trials settle nothing exactly: a statement is supported, or rejected at a stated level, by exact
(Clopper–Pearson) intervals that lie inside the ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np

from constructions.numbers import Truth
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.core.statistic import proportion

Trials = Callable[[np.random.Generator, int], int]


@final
@dataclass(frozen=True, kw_only=True)
class Rate:
    """An event's rate in independent trials, and the closed range in which a statement wants it.

    trials(generator, count): in how many of `count` independent trials the event occurred.
    """

    name: str
    trials: Trials
    at_least: float = 0.0
    at_most: float = 1.0


def rates(
    context: Context,
    *,
    expected: Sequence[Rate],
    samples: Mapping[str, int],
    level: float,
    scope: Domain,
    against: str = "",
) -> Finding:
    """Supported when the whole exact interval of every rate is in its range.

    samples: trials of each rate by profile.  level: of all intervals together (the risk is
    divided).  against: a statement's point is refuted by these rates, in these words; then rates
    outside their ranges leave it open.
    """
    count = samples[context.profile]
    single = 1 - (1 - level) / len(expected)
    shown: dict[str, Any] = {"seed": context.seed, "trials of each": count, "level": level}
    found, met = [], Truth.TRUE
    for number, rate in enumerate(expected):
        generator = np.random.default_rng([context.seed, number])
        value = proportion(rate.trials(generator, count), count, level=single)
        shown[f"{rate.name} (in [{rate.at_least:g}, {rate.at_most:g}])"] = str(value)
        found.append(value)
        met = met & value.within(rate.at_least, rate.at_most)
    evidence: dict[str, Any] = {
        "scope": scope, "method": "search", "values": tuple(found), "quantities": shown
    }
    if met is Truth.TRUE and against:
        point = dict(scope.points[0]) if scope.points else {}
        return refuted(witness=Witness(description=against, values=point), **evidence)
    if met is Truth.TRUE:
        return established(**evidence)
    if met is Truth.FALSE and not against:
        return refuted(witness=Witness(description="a rate lies outside its range"), **evidence)
    return inconclusive(reason="a rate is not, or not surely, in its range", **evidence)
