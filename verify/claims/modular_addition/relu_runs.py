"""Single frequency, alignment and lottery in ReLU networks, against quadratic ones."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from verify.claims.modular_addition import configurations as official
from verify.claims.modular_addition.common import he
from verify.claims.modular_addition.lottery_networks import blow_up, rate
from verify.claims.modular_addition.observations import SHARE
from verify.claims.modular_addition.trained_features import STANDARD
from verify.claims.writing import entry
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, ensemble_statistic, every_run_check, with_demand
from verify.methods.training import Run

_P, _SEEDS = 23, Seeds(quick=0, full=5, minutes=2)
_RELU, _QUADRATIC = official.relu_single_freq(_P), official.quad_single_freq(_P)
# Half of 2/π, the mean of |sin D| for a uniform D.
_HALF = 0.3183


def _halved(run: Run) -> float:
    """The first recorded step with half the misalignment of uniform phases; NaN for none."""
    step = run.first(lambda record: record["misalignment"] <= _HALF)
    return float("nan") if step is None else float(step)


_SINGLE = Demand(
    name="mean energy share at the dominant frequency",
    of=lambda run: run.final["largest_share"],
    at_least=SHARE,
)
_ALIGNED = Demand(name="mean |sin D⋆|", of=lambda run: run.final["misalignment"], at_most=0.1)
_LATE = Demand(
    name="steps to half the misalignment", of=_halved, at_least=6000, at_most=10_000
)
_EARLY = replace(_LATE, at_least=3750, at_most=6250)

_END = every_run_check("relu_single_freq, p = 23", _RELU, _SEEDS, _SINGLE, _ALIGNED)
_SLOW = every_run_check("relu_single_freq, p = 23", _RELU, _SEEDS, _LATE)
_FAST = every_run_check("quad_single_freq, p = 23", _QUADRATIC, _SEEDS, _EARLY)
_LOTTERY = Check(
    name="standard, p = 15",
    procedure=ensemble_statistic,
    arguments={
        "configuration": STANDARD[15],
        "seeds": Seeds(quick=5, full=5, minutes=1),
        "name": "share of neurons whose winner has the first blow-up",
        "of": partial(rate, rule=blow_up),
        "at_least": 0.5,
        "at_most": None,
    },
)
_STATEMENT = (
    "Single frequency, alignment and lottery all carry over to ReLU; alignment takes about 8000 "
    "steps against about 5000."
)
_DOMAIN = Domain.of(run=Whole("runs of the official ReLU configurations"))
_UNKNOWN = Mutant.of(
    _FAST, "no such step", demands=(replace(_EARLY, of=lambda run: float("nan")),)
)

CLAIMS = [
    entry(
        "he.relu-qualitative",
        "Single frequency and alignment carry over to ReLU",
        _STATEMENT,
        source=he("blog §4.6"),
        kind="em",
        domain=_DOMAIN,
        reading="The first two of three: relu_single_freq at p = 23, every seed 0 to 4, at its "
        "last step. Single frequency: mean share of the energy at the dominant frequency ≥ .95, as "
        "in he.obs1-single-frequency; alignment: mean |sin D⋆| ≤ .1. The others: "
        "he.relu-qualitative.lottery and .duration.",
        falsified_by="a run outside",
        checks=(_END,),
        mutants=(with_demand(_END, replace(_SINGLE, at_least=0.9999)),),
    ),
    entry(
        "he.relu-qualitative.lottery",
        "The lottery carries over to ReLU",
        _STATEMENT,
        source=he("blog §4.6"),
        kind="em",
        domain=_DOMAIN,
        reading="Official standard (random start) at p = 15, seeds 0 to 4: the start names the "
        "winner of a neuron, the frequency of the first blow-up of the quadratic flow, more often "
        "than not, against the exact binomial interval at level .99 of independent neurons; chance "
        "is 1/7. Not that it does so nearly always: he.cand.winner-blow-up.",
        falsified_by="an interval below one half",
        checks=(_LOTTERY,),
        mutants=(Mutant.of(_LOTTERY, "nearly always", at_least=0.95),),
    ),
    entry(
        "he.relu-qualitative.duration",
        "Alignment takes about 8000 steps with ReLU against about 5000",
        _STATEMENT,
        source=he("blog §4.6"),
        kind="em",
        domain=_DOMAIN,
        reading="relu_single_freq and quad_single_freq at p = 23, seeds 0 to 4, records every 100 "
        "steps: the first with a mean |sin D⋆| of at most 1/π, half of what uniform phases have, "
        "within 25 % of 8000 and of 5000. The level was chosen after one run of each. Neurons that "
        "start near D = π keep the mean of quad_single_freq above .17 to its end, so that no level "
        "below serves both.",
        falsified_by="a run with another time",
        checks=(_SLOW, _FAST),
        mutants=(
            Mutant.of(
                _SLOW, "no such step", demands=(replace(_LATE, of=lambda run: float("nan")),)
            ),
            _UNKNOWN,
        ),
    ),
]
