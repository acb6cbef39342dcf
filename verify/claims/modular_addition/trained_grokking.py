"""Grokking in new runs of the official configuration: stages, partners, diagonal pairs, decay.

A held-out pair is *swapped* when its other order is in training, *diagonal* when it is (x, x), and
*new* when x ≠ y and neither order is in training.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import log, nan

import numpy as np

from verify.claims.modular_addition import configurations as official
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.trained_features import predicted
from verify.claims.modular_addition.trained_reported import GROKKING_SEEDS, LEVEL, at, stage_end
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.demands import Demand
from verify.methods.ensembles import (
    Seeds,
    every_run_check,
    one_more_run,
    with_demand,
    without_runs,
)
from verify.methods.training import Run
from verify.methods.training.beginnings import split

_CONFIGURATION = official.grokking(23)
_THREE = Seeds(quick=0, full=3, minutes=3)
_RUNS = Domain.of(run=Whole("runs of the official grokking configuration"))
_READ = "New runs of `grokking` at p = 23, seeds 0 to 15, in float64. "
END_OF_TWO = 10_000

# -- numbers of a run ----------------------------------------------------------------------------


@lru_cache(maxsize=32)
def parts(run: Run) -> dict[str, np.ndarray]:
    """Flat numbers px + y of the held-out pairs, and of those of each sort."""
    p = run.configuration.network.modulus
    train, held_out = split(run.configuration, run.seed)
    x, y = np.divmod(held_out, p)
    swapped = np.isin(p * y + x, train)
    return {
        "held-out": held_out,
        "swapped": held_out[swapped],
        "diagonal": held_out[x == y],
        "new": held_out[~swapped & (x != y)],
    }


@lru_cache(maxsize=2048)
def _right(run: Run, step: int) -> np.ndarray:
    tensors = run.tensors(step)
    sigma = run.configuration.network.activation
    return predicted(tensors["W_in"], tensors["W_out"], sigma)


def accuracy(run: Run, part: str, step: int) -> float:
    """Accuracy on a sort of held-out pairs at a stored step, in floats; NaN without such pairs."""
    chosen = parts(run)[part]
    return float(_right(run, step)[chosen].mean()) if len(chosen) else nan


def memorised(run: Run) -> float:
    """The first recorded step with training accuracy 1; NaN if there is none."""
    step = run.first(lambda r: r["train_accuracy"] == 1)
    return nan if step is None else float(step)


def _at_memorised(run: Run) -> float:
    step = memorised(run)
    return nan if step != step else at("test_accuracy", int(step))(run)


def _plateau_gap(run: Run) -> float:
    found = parts(run)
    return abs(_at_memorised(run) - len(found["swapped"]) / len(found["held-out"]))


def _half(run: Run, part: str) -> float:
    """The first stored step with accuracy ≥ 1/2 on a sort of pairs; infinite if there is none."""
    steps = (step for step in run.steps if accuracy(run, part, step) >= 0.5)
    return float(next(steps, np.inf))


def _off_diagonal_errors(run: Run) -> float:
    """Held-out pairs x ≠ y that are wrong at the last step."""
    wrong = ~_right(run, run.steps[-1])
    found = parts(run)
    return float(wrong[found["new"]].sum() + wrong[found["swapped"]].sum())


def decay_share(run: Run) -> float:
    """Observed fall of ln‖w‖ from step 10000 on, over that of decay alone, −ηλ for each step."""
    optimiser = run.configuration.optimiser
    early, late = at("parameter_norm", END_OF_TWO)(run), run.final["parameter_norm"]
    expected = -log(1 - optimiser.rate * optimiser.decay) * (run.step - END_OF_TWO)
    return log(early / late) / expected


def _stage_order(run: Run) -> float:
    return stage_end("test")(run) / memorised(run)


# -- checks --------------------------------------------------------------------------------------


def _every(name: str, demand: Demand, *, modulus: int = 23) -> Check:
    seeds = GROKKING_SEEDS if modulus == 23 else _THREE
    return every_run_check(name, official.grokking(modulus), seeds, demand)


def _one_more(name: str, of: Callable[[Run], float], printed: float, sharp: float) -> Check:
    return Check(
        name=name,
        procedure=one_more_run,
        arguments={
            "configuration": _CONFIGURATION,
            "seeds": GROKKING_SEEDS,
            "name": name,
            "of": of,
            "printed": printed,
            "level": LEVEL,
            "logarithmic": True,
            "sharp": sharp,
        },
    )


def _looser(of: Check, **range_: float) -> Mutant:
    """The same number with a range that the runs do not meet."""
    (demand,) = of.arguments["demands"]
    return with_demand(of, Demand(name=demand.name, of=demand.of, **range_))


_PLATEAU_GAP = _every(
    "accuracy against the share of swapped pairs",
    Demand(
        name="|held-out accuracy when training is memorised − share of swapped pairs|",
        of=_plateau_gap,
        at_most=0.05,
    ),
)
_LAST = _every(
    "errors at the last step",
    Demand(name="wrong held-out pairs with x ≠ y", of=_off_diagonal_errors, at_most=0.0),
)
_FIRST = _every(
    "steps to half accuracy",
    Demand(
        name="step of half accuracy on diagonal pairs over that on new pairs",
        of=lambda run: _half(run, "diagonal") / _half(run, "new"),
        at_most=1.0,
    ),
)
_DECAY = _every(
    "norm from step 10000 on",
    Demand(name="fall of the norm over that of decay", of=decay_share, at_least=0.9, at_most=1.1),
)
_END_ONE = _one_more("first step with training accuracy 1", memorised, 2200, 4.0)
_END_TWO = _one_more("first step with held-out accuracy .95", stage_end("test"), 10_000, 4.0)
_SEVENTY = _one_more("held-out accuracy when training is memorised", _at_memorised, 0.70, 1.2)
_ORDER = tuple(
    _every(
        f"order of the stages, p = {p}",
        Demand(name="end of II over end of I", of=_stage_order, at_least=2.0),
        modulus=p,
    )
    for p in (29, 31)
)


def _printed(check: Check, value: float) -> Mutant:
    return Mutant.of(check, f"{value:g} instead", printed=value)


def _claim(
    claim_id: str,
    title: str,
    locator: str,
    statement: str,
    reading: str,
    falsified_by: str,
    checks: tuple[Check, ...],
    mutants: tuple[Mutant, ...],
    kind: str = "em",
) -> Claim:
    return Claim(
        id=claim_id,
        title=title,
        source=candidate("grokking") if kind == "candidate" else he(locator),
        printed_kind=kind,
        empirical=True,
        statement=statement,
        domain=_RUNS,
        reading=_READ + reading,
        falsified_by=falsified_by,
        checks=checks,
        mutants=mutants,
    )


_STAGES = "blog §5.1, notebooks"
_ONE_MORE = (
    "The printed number is one run; it must lie in the 99 % prediction interval of Student for one "
    "more run (of logarithms). "
)

CLAIMS = [
    _claim(
        "he.grok-three-stages.one",
        "Stage I ends at about 2200 steps",
        _STAGES,
        "Stage I ends at about 2200 steps; train accuracy is 1 in I.",
        _ONE_MORE + "I ends at the first record, every 100 steps, with training accuracy 1.",
        "2200 outside the interval",
        (_END_ONE,),
        (_printed(_END_ONE, 4400),),
    ),
    _claim(
        "he.grok-three-stages.two",
        "Stage II ends at about 10000 steps",
        _STAGES,
        "Stage II ends at about 10000 steps (notebook: 10400).",
        _ONE_MORE + "II ends at the first record with held-out accuracy ≥ .95; a run without one "
        "leaves the statement open.",
        "10000 outside the interval",
        (_END_TWO,),
        (_printed(_END_TWO, 100_000),),
    ),
    _claim(
        "he.grok-three-stages.plateau",
        "Test accuracy at the end of stage I is about 70 %",
        _STAGES,
        "Test accuracy is about 70 % (at the end of stage I).",
        _ONE_MORE + "Held-out accuracy at the first record with training accuracy 1.",
        "70 % outside the interval",
        (_SEVENTY,),
        (_printed(_SEVENTY, 0.5),),
    ),
    _claim(
        "he.grok-three-stages.every-modulus",
        "The order of the stages does not depend on p",
        _STAGES,
        "The stages do not depend on $p$.",
        "Read as their order: at p = 29 and 31, seeds 0 to 2, stage II ends (held-out accuracy "
        ".95) at no less than twice the step at which training accuracy 1 is reached. Their "
        "lengths do depend on p: he.reported.grokking.",
        "a run in which stage II ends earlier",
        _ORDER,
        tuple(_looser(c, at_most=1.0) for c in _ORDER),
    ),
    _claim(
        "he.stage-three-pure-decay",
        "Stage III is pure decay",
        "blog §5.4, app tab 6",
        "In III the gradient is negligible and decay the sole force: "
        "$\\partial_t\\|w\\|=-\\lambda\\|w\\|$ (AdamW: a factor $1-\\eta\\lambda$ per step).",
        "From step 10000 to the end ln‖w‖ falls by −ln(1 − ηλ) for each step, within a tenth, for "
        "every seed.",
        "a run whose norm falls at another rate",
        (_DECAY,),
        (without_runs(_DECAY),),
        kind="ode",
    ),
    _claim(
        "he.cand.partner-share.plateau",
        "The plateau is the share of held-out pairs whose other order is in training",
        "",
        "The stage-I plateau is the share of held-out pairs with the swap in training.",
        "Held-out accuracy at the first record with training accuracy 1, within 5 points of the "
        "share in the run's own split; every seed.",
        "a run with another plateau",
        (_PLATEAU_GAP,),
        (_looser(_PLATEAU_GAP, at_least=0.1),),
        kind="candidate",
    ),
    _claim(
        "he.cand.diagonal-first",
        "Diagonal pairs generalise first",
        "",
        "Pairs $(x,x)$ generalise first.",
        "The first checkpoint, every 200 steps, with accuracy ≥ 1/2 on held-out diagonal pairs is "
        "not after the one on held-out pairs x ≠ y with neither order in training; every seed.",
        "a run in which the others come earlier",
        (_FIRST,),
        (without_runs(_FIRST),),
        kind="candidate",
    ),
    _claim(
        "he.cand.diagonal-last",
        "Late errors are diagonal pairs",
        "",
        "Late errors are all pairs $(x,x)$.",
        "No held-out pair x ≠ y is wrong at the last step; every seed.",
        "a run with another late error",
        (_LAST,),
        (_looser(_LAST, at_least=1.0),),
        kind="candidate",
    ),
]
