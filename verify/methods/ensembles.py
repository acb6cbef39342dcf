"""Statements about training, put to networks that are trained for them.

A statement about every run is a list of demands: numbers of a run, each with the range it must lie
in.  A statement about the ensemble is a `Statistic` with such a range, and a single printed number
is compared with the prediction interval of one more run.  Runs come from the cache or are trained;
a profile says with how many seeds.  A run that diverged, or did not come to where the statement
begins, is counted: it never leaves a statement supported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, final

from constructions.numbers import Truth
from verify.core.claim import Check, Context, Mutant
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, not_run, refuted
from verify.core.statistic import Statistic, prediction
from verify.methods.demands import Demand, Document, Number, ranged, short, statistic_of
from verify.methods.training import Configuration, Ensemble, Run, is_trained, train

# Seeds of one profile seed; a multiple of what one program advances together.
_STRIDE = 1000


def always(run: Run) -> bool:
    """The hypothesis that every run meets that did not diverge."""
    return True


@final
@dataclass(frozen=True, kw_only=True)
class Seeds:
    """How many runs a profile takes, and how long they last on two idle cores.

    quick: 0 where a quick run would take too long, or say too little.  stored: the runs are too
    long for a check to begin them; it takes them where they have been trained before.
    """

    quick: int
    full: int
    minutes: float
    stored: bool = False

    def ensemble(self, context: Context, configuration: Configuration) -> Ensemble | None:
        """The runs of a profile; None for a profile without any."""
        start, count = _STRIDE * context.seed, context.pick(quick=self.quick, full=self.full)
        wanted = list(range(start, start + count))
        if not wanted or (self.stored and not is_trained(configuration, seeds=wanted)):
            return None
        return train(configuration, seeds=wanted)

    def lacking(self, configuration: Configuration) -> Finding:
        """What a profile without runs finds."""
        if self.stored:
            name, modulus = configuration.name, configuration.network.modulus
            return not_run(
                f"about {self.minutes:g} minutes of training: "
                f"`verify train {name} --modulus {modulus} --seeds {self.full}` first, perhaps on "
                "a cluster, then --profile full"
            )
        return not_run(f"needs --profile full: about {self.minutes:g} minutes of training")


def every_run(
    context: Context,
    *,
    configuration: Configuration,
    seeds: Seeds,
    demands: Sequence[Demand],
    applies: Callable[[Run], bool] = always,
    hypothesis: str = "not diverged",
) -> Finding:
    """Supported when every run meets every demand; rejected by the first run that does not.

    applies: where the statement begins, `hypothesis` in words.  Runs before that reject nothing,
    and leave the statement open.
    """
    ensemble = seeds.ensemble(context, configuration)
    if ensemble is None:
        return seeds.lacking(configuration)
    begun = [run for run in ensemble.runs if run.status != "diverged" and applies(run)]
    shown = _shown(ensemble)
    values: list[Statistic] = []
    certificates: dict[str, Document] = {}
    open_ = [f"seed {run.seed}: {_why(run)}" for run in ensemble.runs if run not in begun]
    shown[f"runs with the hypothesis ({hypothesis})"] = f"{len(begun)} of {len(ensemble.runs)}"
    failed: tuple[Run, Demand, Number] | None = None
    for run in begun:
        for demand in demands:
            value = demand.of(run)
            met = demand.met(value)
            shown[f"seed {run.seed}: {demand.name} ({demand.range})"] = short(value)
            if met is Truth.UNDECIDED:
                open_.append(f"seed {run.seed}: {demand.name} is undecided")
                continue
            values.append(statistic_of(value))
            document = demand.certificate and demand.certificate(run)
            if failed is None and document:
                certificates[f"seed {run.seed} {demand.name}"] = document
            if met is Truth.FALSE and failed is None:
                failed = (run, demand, value)
    evidence: dict[str, Any] = {
        "method": "training",
        "quantities": shown,
        "values": tuple(values),
        "certificates": certificates,
    }
    if failed:
        run, demand, value = failed
        return refuted(
            scope=_scope(configuration, [run.seed]),
            witness=_witness(
                configuration,
                f"seed {run.seed}: {demand.name} is {short(value)}, not {demand.range}",
                seed=run.seed,
            ),
            **evidence,
        )
    scope = _scope(configuration, [run.seed for run in ensemble.runs])
    if open_:
        reason = f"the hypothesis “{hypothesis}” or a number is missing: {'; '.join(open_)}"
        return inconclusive(scope=scope, reason=reason, **evidence)
    return established(scope=scope, **evidence)


def every_run_check(
    name: str,
    configuration: Configuration,
    seeds: Seeds,
    *demands: Demand,
    applies: Callable[[Run], bool] = always,
    hypothesis: str = "not diverged",
) -> Check:
    """`every_run` as a check."""
    return Check(
        name=name,
        procedure=every_run,
        arguments={
            "configuration": configuration,
            "seeds": seeds,
            "demands": demands,
            "applies": applies,
            "hypothesis": hypothesis,
        },
    )


def without_runs(check: Check) -> Mutant:
    """The same check with a hypothesis that no run meets: it must not say anything."""
    return Mutant.of(
        check, "no run meets the hypothesis", applies=_never, hypothesis="loss below 0"
    )


def with_demand(check: Check, demand: Demand) -> Mutant:
    """The same check with a demand that its runs must not meet."""
    return Mutant.of(check, f"{demand.name} {demand.range}", demands=(demand,))


def _never(run: Run) -> bool:
    return run.final["train_loss"] < 0


def ensemble_statistic(
    context: Context,
    *,
    configuration: Configuration,
    seeds: Seeds,
    name: str,
    of: Callable[[Ensemble], Statistic],
    at_least: float | None = None,
    at_most: float | None = None,
) -> Finding:
    """Supported when the whole interval is in the range, rejected when it lies outside."""
    ensemble = seeds.ensemble(context, configuration)
    if ensemble is None:
        return seeds.lacking(configuration)
    shown, scope = _shown(ensemble), _scope(configuration, [run.seed for run in ensemble.runs])
    if ensemble.diverged:
        reason = f"{len(ensemble.diverged)} of {len(ensemble.runs)} runs diverged"
        return inconclusive(scope=scope, method="training", quantities=shown, reason=reason)
    found = of(ensemble)
    met = Truth.TRUE if at_least is None else found.at_least(at_least)
    met = met if at_most is None else met & found.at_most(at_most)
    allowed = ranged(at_least, at_most)
    shown[f"{name} ({allowed})"] = str(found)
    return _decided(met, scope, configuration, shown, found, f"{name} is {found}, not {allowed}")


def one_more_run(
    context: Context,
    *,
    configuration: Configuration,
    seeds: Seeds,
    name: str,
    of: Callable[[Run], float],
    printed: float,
    level: float,
    logarithmic: bool = False,
    sharp: float,
) -> Finding:
    """Supported when a printed number lies in the prediction interval for one more run.

    logarithmic: the interval is Student's for the logarithms.  sharp: the largest ratio of the
    interval's ends with which it says anything; a wider one leaves the statement open.
    """
    ensemble = seeds.ensemble(context, configuration)
    if ensemble is None:
        return seeds.lacking(configuration)
    shown, scope = _shown(ensemble), _scope(configuration, [run.seed for run in ensemble.runs])
    if ensemble.diverged:
        reason = f"{len(ensemble.diverged)} of {len(ensemble.runs)} runs diverged"
        return inconclusive(scope=scope, method="training", quantities=shown, reason=reason)
    numbers = ensemble.values(of)
    shown.update(
        {f"seed {r.seed}: {name}": short(x) for r, x in zip(ensemble.runs, numbers, strict=True)}
    )
    absent = [r.seed for r, x in zip(ensemble.runs, numbers, strict=True) if isnan(x)]
    if absent:
        reason = f"{name} does not occur for seeds {', '.join(map(str, absent))}"
        return inconclusive(scope=scope, method="training", quantities=shown, reason=reason)
    found = prediction(numbers, level=level, logarithmic=logarithmic)
    shown[f"{name} of one more run"] = str(found)
    shown[f"{name}, printed"] = short(printed)
    if found.lower <= 0 or found.upper / found.lower > sharp:
        return inconclusive(
            scope=scope,
            method="training",
            quantities=shown,
            reason=f"the interval of {name}, {found}, is wider than a factor {sharp:g}",
        )
    met = Truth.TRUE if found.lower <= printed <= found.upper else Truth.FALSE
    return _decided(
        met,
        scope,
        configuration,
        shown,
        found,
        f"{name}: printed {printed:g}, one more run {found}",
    )


def _decided(
    met: Truth,
    scope: Domain,
    configuration: Configuration,
    shown: dict[str, str],
    found: Statistic,
    description: str,
) -> Finding:
    evidence: dict[str, Any] = {
        "scope": scope,
        "method": "training",
        "quantities": shown,
        "values": (found,),
    }
    if met is Truth.TRUE:
        return established(**evidence)
    if met is Truth.FALSE:
        return refuted(witness=_witness(configuration, description), **evidence)
    return inconclusive(reason=f"the interval crosses an end: {description}", **evidence)


def _shown(ensemble: Ensemble) -> dict[str, str]:
    c = ensemble.configuration
    seeds = ", ".join(str(run.seed) for run in ensemble.runs)
    found = {
        "configuration": f"{c.name}, modulus {c.network.modulus}, {c.digest}",
        "seeds": seeds,
        "diverged": str(len(ensemble.diverged)),
    }
    return found | {f"seed {r.seed}: diverged": r.reason for r in ensemble.diverged}


def _why(run: Run) -> str:
    return run.reason if run.status == "diverged" else "not there"


def _scope(configuration: Configuration, seeds: Sequence[int]) -> Domain:
    return Domain.at(*({"run": f"{configuration.name}/{seed}"} for seed in seeds))


def _witness(configuration: Configuration, description: str, **values: Any) -> Witness:
    digest = configuration.digest
    return Witness(description=description, values={"configuration": digest, **values})
