"""Statements that order configurations: means apart, means that meet, and what is open."""

from math import inf

import pytest

from constructions.numbers import Truth
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.methods.ensemble_orders import Setting, after, decreasing_means
from verify.methods.ensembles import Seeds
from verify.methods.training import Configuration, Optimiser, Power, is_trained


def _configuration(name, steps, rate=0.05):
    return Configuration(
        name=name,
        network=Power(inputs=1, modulus=3, width=4),
        optimiser=Optimiser(kind="sgd", rate=rate),
        steps=steps,
        record_every=20,
        checkpoint_every=20,
    )


THREE = Seeds(quick=3, full=3, minutes=1)
LONG, SHORT = _configuration("long", 40), _configuration("short", 20)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch):
    """One cache for this module, apart from the user's."""
    monkeypatch.setenv("FLVERIFY_CACHE", str(tmp_path_factory.getbasetemp() / "orders"))


def _order(*configurations, of=lambda run: (float(run.step), float(run.step)), seeds=THREE):
    settings = [Setting(label=c.name, configuration=c, seeds=seeds) for c in configurations]
    return decreasing_means(Context(), settings=settings, name="steps", of=of)


def test_ranges_are_ordered_when_they_are_apart():
    """A range below another is smaller; an open one is smaller than nothing."""
    assert after((3, 3), (2, 2)) is Truth.TRUE
    assert after((2, 2), (2, 2)) is Truth.FALSE
    assert after((2, 2), (3, inf)) is Truth.FALSE
    assert after((3, inf), (2, 2)) is Truth.TRUE
    assert after((2, inf), (3, 3)) is Truth.UNDECIDED
    assert after((2, inf), (1, inf)) is Truth.UNDECIDED


def test_means_that_decrease_support():
    """All runs of all settings are named, and the evidence is of kind `trained`."""
    found = _order(LONG, SHORT)
    assert found.outcome is Outcome.ESTABLISHED
    assert found.kind is Kind.TRAINED
    assert found.quantities["long: mean steps"] == "40"
    assert len(found.scope.points) == 6


def _skewed(run):
    """23, 31, 40 for 20, 30, 40 steps: the second rise is larger."""
    value = {20: 23.0, 30: 31.0}.get(run.step, float(run.step))
    return (value, value)


def test_the_pair_that_rises_the_most_rejects():
    """The witness names two neighbours and their means."""
    found = _order(SHORT, _configuration("middle", 30), LONG, of=_skewed)
    assert found.witness.description == "mean steps: 31 at middle and 40 at long"
    found = _order(SHORT, LONG)
    assert found.outcome is Outcome.REFUTED
    assert found.witness.description == "mean steps: 20 at short and 40 at long"
    assert set(found.witness.values) == {"short", "long"}


def test_open_runs_leave_the_order_open():
    """A number that is known from below only can be too large, but never small enough."""

    def known_from_below(run):
        return (float(run.step), inf)

    assert _order(LONG, SHORT, of=known_from_below).outcome is Outcome.INCONCLUSIVE

    def open_when_long(run):
        return (float(run.step), inf if run.step == 40 else float(run.step))

    assert _order(SHORT, LONG, of=open_when_long).outcome is Outcome.REFUTED
    assert _order(LONG, SHORT, of=open_when_long).outcome is Outcome.ESTABLISHED


def test_runs_that_diverged_leave_the_order_open():
    """A mean over the others would flatter the setting."""
    found = _order(LONG, _configuration("explodes", 20, rate=1e200))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "diverged" in found.reason


def test_runs_that_are_missing_are_not_begun():
    """The reason says what to train, and nothing is."""
    fresh = _configuration("fresh", 60)
    found = _order(LONG, fresh, seeds=Seeds(quick=3, full=3, minutes=9, stored=True))
    assert found.outcome is Outcome.NOT_RUN
    assert "verify train fresh" in found.reason
    assert not is_trained(fresh, seeds=3)
