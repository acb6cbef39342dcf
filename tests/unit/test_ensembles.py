"""Statements about training: what supports, rejects or leaves them open."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from constructions.numbers import Ball, Truth
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Kind, Outcome
from verify.core.statistic import Statistic, mean, prediction
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, ensemble_statistic, every_run, one_more_run
from verify.methods.training import Configuration, Optimiser, Power, is_trained

TINY = Configuration(
    name="tiny",
    network=Power(inputs=1, modulus=3, width=4),
    optimiser=Optimiser(kind="adam", rate=0.05),
    steps=40,
    record_every=20,
    checkpoint_every=40,
)
EXPLODES = TINY.but(name="explodes", optimiser=Optimiser(kind="sgd", rate=1e200))
THREE = Seeds(quick=3, full=3, minutes=1)
LOSS = Demand(name="loss", of=lambda run: run.final["train_loss"], at_most=1.0)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch):
    """One cache for this module, apart from the user's."""
    monkeypatch.setenv("FLVERIFY_CACHE", str(tmp_path_factory.getbasetemp() / "ensembles"))


def _every(configuration=TINY, seeds=THREE, **arguments):
    found = {"demands": (LOSS,), **arguments}
    return every_run(Context(), configuration=configuration, seeds=seeds, **found)


def test_every_run_in_range_supports():
    """All seeds are named in the scope, and the evidence is of kind `trained`."""
    found = _every()
    assert found.outcome is Outcome.ESTABLISHED
    assert found.kind is Kind.TRAINED
    assert found.scope.covers(Domain.at(*({"run": f"tiny/{s}"} for s in range(3))))
    assert found.quantities["seeds"] == "0, 1, 2"


def test_the_first_run_outside_rejects():
    """The witness names the run; a later run that meets the demand does not save the statement."""
    worst = Demand(name="seed", of=lambda run: float(run.seed), at_most=0.5)
    found = _every(demands=(worst,))
    assert found.outcome is Outcome.REFUTED
    assert found.witness.values["seed"] == 1


def test_a_run_without_the_hypothesis_rejects_nothing_and_leaves_the_statement_open():
    """Neither support nor rejection rests on runs that the statement does not speak of."""
    impossible = replace(LOSS, at_most=-1.0)
    found = _every(demands=(impossible,), applies=lambda run: False, hypothesis="never")
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.quantities["runs with the hypothesis (never)"] == "0 of 3"
    some = _every(applies=lambda run: run.seed != 2, hypothesis="not the last")
    assert some.outcome is Outcome.INCONCLUSIVE
    assert "seed 2" in some.reason


def test_a_run_that_diverged_is_counted():
    """It keeps the statement from being supported, and its reason is shown."""
    found = _every(EXPLODES)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert int(found.quantities["diverged"]) == 3
    statistic = ensemble_statistic(
        Context(),
        configuration=EXPLODES,
        seeds=THREE,
        name="loss",
        of=lambda e: e.mean("train_loss"),
    )
    assert statistic.outcome is Outcome.INCONCLUSIVE


def test_a_profile_without_seeds_trains_nothing():
    """The reason says which profile to take, and no run is begun."""
    fresh = TINY.but(name="fresh", steps=41)
    found = _every(fresh, Seeds(quick=0, full=3, minutes=7))
    assert found.outcome is Outcome.NOT_RUN
    assert "about 7 minutes" in found.reason
    assert not is_trained(fresh, seeds=3)


def test_long_runs_are_taken_from_the_cache_only():
    """Without stored runs the reason is the command that trains them; with them they are used."""
    long = TINY.but(name="long", steps=42)
    stored = Seeds(quick=3, full=3, minutes=600, stored=True)
    found = _every(long, stored)
    assert found.outcome is Outcome.NOT_RUN
    assert "verify train long --modulus 3 --seeds 3" in found.reason
    _every(long, THREE)
    assert _every(long, stored).outcome is Outcome.ESTABLISHED


def test_another_seed_gives_other_runs():
    """The seed of a run of the suite moves the seeds of the networks."""
    found = every_run(Context(seed=2), configuration=TINY, seeds=THREE, demands=(LOSS,))
    assert found.quantities["seeds"] == "2000, 2001, 2002"


def test_demands_on_balls_are_three_valued():
    """A ball across the end of the range, and NaN, decide nothing."""
    demand = Demand(name="x", of=lambda run: 0.0, at_least=Fraction(1, 3))
    assert demand.met(Ball(Fraction(1, 3))) is Truth.UNDECIDED
    assert demand.met(Ball(Fraction(1, 2))) is Truth.TRUE
    assert demand.met(Fraction(1, 3)) is Truth.TRUE
    assert demand.met(0.2) is Truth.FALSE
    assert demand.met(float("nan")) is Truth.UNDECIDED


def _one_more(printed, **arguments):
    found = {"level": 0.99, "sharp": 1e9, **arguments}
    return one_more_run(
        Context(),
        configuration=TINY,
        seeds=THREE,
        name="loss",
        of=lambda run: run.final["train_loss"],
        printed=printed,
        logarithmic=True,
        **found,
    )


def test_a_printed_number_is_compared_with_one_more_run():
    """Inside the interval it is reproduced, outside it is not, and a wide interval says nothing."""
    centre = _one_more(1.0).values[0].estimate
    assert _one_more(centre).outcome is Outcome.ESTABLISHED
    assert _one_more(1e12).outcome is Outcome.REFUTED
    assert _one_more(centre, sharp=1.0).outcome is Outcome.INCONCLUSIVE


def test_a_number_that_some_run_lacks_leaves_the_comparison_open():
    """Leaving the run out would narrow the interval."""
    found = one_more_run(
        Context(),
        configuration=TINY,
        seeds=THREE,
        name="x",
        of=lambda run: float("nan") if run.seed == 1 else 1.0,
        printed=1.0,
        level=0.9,
        sharp=2.0,
    )
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "seeds 1" in found.reason


def test_an_interval_across_the_end_of_the_range_is_open():
    """The statistic's interval decides, not its estimate."""
    wide = Statistic(estimate=0.5, lower=0.0, upper=1.0, level=0.95, networks=3)
    for low, outcome in ((0.4, "inconclusive"), (0.0, "established"), (1.5, "refuted")):
        found = ensemble_statistic(
            Context(), configuration=TINY, seeds=THREE, name="x", of=lambda e: wide, at_least=low
        )
        assert found.outcome.value == outcome


def test_prediction_intervals_cover_one_more_value():
    """In repeated samples the interval contains a further value as often as its level says."""
    draws = np.random.default_rng(0).normal(3.0, 2.0, (4000, 6))
    inside = 0
    for row in draws[:1000]:
        found = prediction(list(row[:5]), level=0.9)
        inside += found.lower <= row[5] <= found.upper
    assert abs(inside / 1000 - 0.9) < 0.035
    assert prediction([1.0, 2.0, 3.0]).upper > mean([1.0, 2.0, 3.0]).upper


def test_logarithmic_predictions_are_positive():
    """The interval of logarithms is carried back, and refuses what has no logarithm."""
    found = prediction([1e-6, 1e-3, 1.0], logarithmic=True)
    assert 0 < found.lower < found.estimate < found.upper
    assert found.estimate == pytest.approx(1e-3)
    with pytest.raises(ValueError, match="positive"):
        prediction([0.0, 1.0], logarithmic=True)
