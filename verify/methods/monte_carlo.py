"""Claims about the probability of an event, put to independent trials.

Trials settle nothing exactly: a claimed lower bound of a probability is rejected at a stated level
when the exact (Clopper–Pearson) interval lies below it, and otherwise it stays open; so does a law
with a parameter that the intervals at several points allow.  Simulations of a flow in floats are
experiments: for them an interval above the bound supports the claim and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.core.statistic import Statistic, proportion

Trials = Callable[..., int]


def probability_rejected(
    context: Context,
    *,
    trials: Trials,
    points: Sequence[Mapping[str, Any]],
    threshold: float,
    samples: int,
    level: float,
    event: str,
) -> Finding:
    """Rejects “the event has probability ≥ threshold at every point” at the first point whose
    interval lies below the threshold.

    trials(generator, count, **point): in how many of `count` independent trials the event occurred.
    level: of the interval at each point; with more than one point divide the risk beforehand.
    event: what occurs, for the report.
    """
    shown: dict[str, Any] = {"seed": context.seed, "trials at each point": samples}
    for point in points:
        generator = np.random.default_rng([context.seed, *map(int, point.values())])
        found = proportion(trials(generator, samples, **point), samples, level=level)
        where = ", ".join(f"{n}={v}" for n, v in point.items())
        shown[where] = str(found)
        if found.upper < threshold:
            return refuted(
                scope=Domain.at(dict(point)),
                method="search",
                values=(found,),
                quantities=shown,
                witness=Witness(
                    description=(
                        f"{where}: {event} in {found.estimate:.2%} of {samples} trials, at most "
                        f"{found.upper:.2%} at level {level:g}, below {threshold:g}"
                    ),
                    values=dict(point),
                ),
            )
    return inconclusive(
        scope=Domain.at(*(dict(p) for p in points)),
        method="search",
        quantities=shown,
        reason=f"no point of {len(points)} has an interval below {threshold:g}",
    )


def probability_measured(
    context: Context,
    *,
    trials: Trials,
    point: Mapping[str, Any],
    threshold: float,
    samples: Mapping[str, int],
    level: float,
    event: str,
) -> Finding:
    """Supports “the event has probability ≥ threshold” when the whole interval lies above it, and
    rejects it when the interval lies below.

    trials: as above, an experiment in floats.  samples: how many trials each profile takes.
    """
    count = context.pick(**samples)
    generator = np.random.default_rng([context.seed, count])
    found = proportion(trials(generator, count, **point), count, level=level)
    evidence: dict[str, Any] = {
        "scope": Domain.at(dict(point)),
        "method": "search",
        "quantities": {"seed": context.seed, "trials": count, event: str(found)},
    }
    if found.lower >= threshold:
        return established(values=(found,), **evidence)
    if found.upper < threshold:
        text = (f"{event} in {found.estimate:.2%} of {count} trials, at most {found.upper:.2%} at "
                f"level {level:g}, below {threshold:g}")
        return refuted(values=(found,), witness=Witness(description=text, values=dict(point)),
                       **evidence)
    reason = f"the interval [{found.lower:.3f}, {found.upper:.3f}] contains {threshold:g}"
    return inconclusive(reason=reason, **evidence)


def parameter_rejected(
    context: Context,
    *,
    trials: Trials,
    points: Sequence[Mapping[str, Any]],
    parameter: Callable[..., float],
    value: float | None,
    samples: int,
    level: float,
    event: str,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Rejects “one parameter, `value` if given, tells the event's probability at every point”.

    parameter(probability, **point): the parameter with which the event has this probability, an
    increasing function of it.  The exact interval of the probability becomes one of the parameter:
    without the value, or disjoint from that of an earlier point, it rejects.
    level: of each interval; divide the risk beforehand.  rests_on: what makes a trial cheap.
    """
    shown: dict[str, Any] = {"seed": context.seed, "trials at each point": samples}
    earlier: list[_Interval] = []
    for place, point in enumerate(points):
        generator = np.random.default_rng([context.seed, place])
        found = proportion(trials(generator, samples, **point), samples, level=level)
        low, high = (parameter(p, **point) for p in (found.lower, found.upper))
        here = _Interval(point=dict(point), share=found, low=low, high=high)
        shown[here.where] = f"{found}; parameter in [{low:.4f}, {high:.4f}]"
        if value is not None and not low <= value <= high:
            return _no_parameter([here], f"not {value:g}", event, shown, rests_on)
        if value is None and (apart := [e for e in earlier if e.high < low or high < e.low]):
            return _no_parameter([apart[0], here], "not the same", event, shown, rests_on)
        earlier.append(here)
    return inconclusive(
        scope=Domain.at(*(dict(p) for p in points)),
        method="search",
        quantities=shown,
        reason=f"the intervals at {len(points)} points allow the parameter",
        rests_on=rests_on,
    )


@dataclass(frozen=True, kw_only=True)
class _Interval:
    """What the trials at a point leave of a parameter."""

    point: dict[str, Any]
    share: Statistic
    low: float
    high: float

    @property
    def where(self) -> str:
        return ", ".join(f"{n} = {v}" for n, v in self.point.items())


def _no_parameter(
    found: Sequence[_Interval],
    verdict: str,
    event: str,
    shown: Mapping[str, Any],
    rests_on: tuple[str, ...],
) -> Finding:
    seen = "; ".join(
        f"{f.where}: {event} in {f.share.estimate:.2%} of the trials, parameter in "
        f"[{f.low:.4f}, {f.high:.4f}]" for f in found
    )
    return refuted(
        scope=Domain.at(*(f.point for f in found)),
        method="search",
        values=tuple(f.share for f in found),
        quantities=shown,
        witness=Witness(
            description=f"{seen} at level {found[0].share.level:g}, {verdict}",
            values={n: ", ".join(str(f.point[n]) for f in found) for n in found[0].point},
        ),
        rests_on=rests_on,
    )
