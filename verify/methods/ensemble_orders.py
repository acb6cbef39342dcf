"""Statements that order configurations by a mean over their networks.

A number of a run may be known from below only: a gap that had not closed when the run ended is at
least what it was then.  So the number is a range [low, high], high = ∞ for an open one, and two
means are ordered when their ranges are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import fmean
from typing import Any, final

from constructions.numbers import Truth
from verify.core.claim import Check, Context, Mutant
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.core.statistic import observed
from verify.methods.ensembles import Seeds
from verify.methods.training import Configuration, Ensemble, Run

Span = tuple[float, float]


@final
@dataclass(frozen=True, kw_only=True)
class Setting:
    """A configuration at its place in the order, what a report calls it, and its seeds."""

    label: str
    configuration: Configuration
    seeds: Seeds


def after(mean: Span, next_mean: Span) -> Truth:
    """Whether the next mean is smaller: undecided when the ranges meet."""
    if next_mean[1] < mean[0]:
        return Truth.TRUE
    return Truth.FALSE if mean[1] <= next_mean[0] else Truth.UNDECIDED


def decreasing_means(
    context: Context, *, settings: Sequence[Setting], name: str, of: Callable[[Run], Span]
) -> Finding:
    """Supported when the mean over the named networks decreases strictly from each setting to the
    next, rejected when it does not between two neighbours; the witness is where it rises the most.

    The means are those of the named networks, not estimates for others.  Runs that diverged leave
    the statement open.
    """
    ensembles: list[Ensemble] = []
    for setting in settings:
        ensemble = setting.seeds.ensemble(context, setting.configuration)
        if ensemble is None:
            return setting.seeds.lacking(setting.configuration)
        ensembles.append(ensemble)
    means: list[Span] = []
    shown: dict[str, str] = {}
    for setting, ensemble in zip(settings, ensembles, strict=True):
        c = setting.configuration
        shown[f"{setting.label}: configuration"] = f"{c.name}, {c.digest}"
        spans = {r.seed: of(r) for r in ensemble.runs if r.status != "diverged"}
        for seed, span in spans.items():
            shown[f"{setting.label}: {name}, seed {seed}"] = _words(span)
        if ensemble.diverged:
            return inconclusive(
                scope=_scope(settings, ensembles),
                method="training",
                quantities=shown,
                reason=f"{setting.label}: {len(ensemble.diverged)} runs diverged",
            )
        low, high = zip(*spans.values(), strict=True)
        means.append((fmean(low), fmean(high)))
        shown[f"{setting.label}: mean {name}"] = _words(means[-1])
    evidence: dict[str, Any] = {
        "method": "training",
        "quantities": shown,
        "values": tuple(
            observed(low, networks=len(e.runs))
            for (low, _), e in zip(means, ensembles, strict=True)
        ),
    }
    steps = [after(a, b) for a, b in pairwise(means)]
    if Truth.FALSE in steps:
        failed = [i for i, step in enumerate(steps) if step is Truth.FALSE]
        at = max(failed, key=lambda i: means[i + 1][0] - means[i][1])
        pair = slice(at, at + 2)
        found = " and ".join(
            f"{_words(m)} at {s.label}" for m, s in zip(means[pair], settings[pair], strict=True)
        )
        return refuted(
            scope=_scope(settings[pair], ensembles[pair]),
            witness=Witness(
                description=f"mean {name}: {found}",
                values={s.label: s.configuration.digest for s in settings[pair]},
            ),
            **evidence,
        )
    scope = _scope(settings, ensembles)
    if Truth.UNDECIDED in steps:
        at = steps.index(Truth.UNDECIDED)
        pair = f"{settings[at].label} and {settings[at + 1].label}"
        return inconclusive(scope=scope, reason=f"open runs leave {pair} undecided", **evidence)
    return established(scope=scope, **evidence)


def decreasing_check(
    name: str, settings: Sequence[Setting], number: str, of: Callable[[Run], Span]
) -> Check:
    """`decreasing_means` as a check."""
    return Check(
        name=name,
        procedure=decreasing_means,
        arguments={"settings": tuple(settings), "name": number, "of": of},
    )


def nothing_known(check: Check) -> Mutant:
    """The same check of numbers of which nothing is known: it must not say anything."""
    return Mutant.of(check, "numbers of which nothing is known", of=_anything)


def _anything(run: Run) -> Span:
    return (0.0, inf)


def _scope(settings: Sequence[Setting], ensembles: Sequence[Ensemble]) -> Domain:
    return Domain.at(
        *(
            {"run": f"{s.configuration.name}-p{s.configuration.network.modulus}/{r.seed}"}
            for s, e in zip(settings, ensembles, strict=True)
            for r in e.runs
        )
    )


def _words(span: Span) -> str:
    low, high = span
    if low == high:
        return f"{low:g}"
    return f"at least {low:g}" if high == inf else f"{low:g} to {high:g}"
