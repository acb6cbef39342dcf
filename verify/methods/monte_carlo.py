"""Claims about the probability of an event, put to independent trials.

Trials settle nothing exactly: a claimed lower bound of a probability is rejected at a stated level
when the exact (Clopper–Pearson) interval lies below it, and otherwise it stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, inconclusive, refuted
from verify.core.statistic import proportion

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
