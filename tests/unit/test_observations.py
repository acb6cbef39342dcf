"""Empirical statements on named networks: ranges, hypotheses, witnesses, certificates."""

from fractions import Fraction

import numpy as np
import pytest

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.core.statistic import proportion
from verify.methods.demands import Demand
from verify.methods.observations import (
    Subject,
    exact_accuracy,
    networks,
    observe,
    runs,
)

P = 5


@pytest.fixture
def voting(tmp_path):
    """A quadratic network of six phases at the frequency 1, accurate on Z_5, as a checkpoint."""
    j, phases = np.arange(P), np.arange(6) / 6
    first = np.cos(2 * np.pi * (j[None, :] / P + phases[:, None]))
    output = np.cos(2 * np.pi * (j[None, :] / P + 2 * phases[:, None])).T
    path = tmp_path / "quad" / "100.npz"
    path.parent.mkdir()
    np.savez(path, W_in=first, W_out=output)
    return path


def _observe(subjects, *demands, applies=lambda value: True):
    found = iter([Subject(name=n, digest="0", value=v) for n, v in subjects])
    return observe(
        Context(),
        subjects=lambda context: found,
        applies=applies,
        demands=demands,
        needs="a number",
    )


def test_all_numbers_inside_support():
    """Every subject that meets the hypothesis is measured; the others are left out."""
    demand = Demand(name="value", of=lambda v: v, at_least=0, at_most=2)
    finding = _observe([("a", 1.0), ("b", 7.0), ("c", 2.0)], demand, applies=lambda v: v < 5)
    assert finding.outcome is Outcome.ESTABLISHED
    assert finding.kind is Kind.TRAINED
    assert set(finding.quantities.values()) == {"1", "2"}


@pytest.mark.parametrize("value", [-1.0, 2.5])
def test_the_first_number_outside_rejects(value):
    """A number outside the range is the witness, with its network."""
    demand = Demand(name="value", of=lambda v: v, at_least=0, at_most=2)
    finding = _observe([("a", 1.0), ("b", value), ("c", -9.0)], demand)
    assert finding.outcome is Outcome.REFUTED
    assert finding.witness.values["network"] == "b"
    assert "not at least 0 and at most 2" in finding.witness.description


def test_no_number_decides_nothing():
    """A number that does not exist for a network is neither inside nor outside."""
    finding = _observe([("a", float("nan"))], Demand(name="value", of=lambda v: v, at_most=2))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "a: undecided by value, which is nan" in finding.reason


def test_nothing_to_measure_is_said():
    """No subject that meets the hypothesis: the check says what to name."""
    finding = _observe([("a", 1.0)], applies=lambda v: False)
    assert finding.outcome is Outcome.NOT_RUN
    assert "needs a number" in finding.reason


def test_exact_accuracy_is_certified(voting):
    """An accuracy over all inputs is exact, with a certificate that the checker accepts."""
    (subject,) = networks(Context(checkpoints=(voting,)))
    demand = exact_accuracy("accuracy", at_least=Fraction(1))
    assert demand.of(subject.value) == 1
    document = {
        "format": "verify-certificate/1", "claim": "t", **demand.certificate(subject.value)
    }  # fmt: skip
    assert check_document(document).accepted
    assert exact_accuracy("u", activation="identity").of(subject.value) < 1
    assert exact_accuracy("e", activation="exp").certificate(subject.value) is None


def test_a_folder_is_its_last_step_or_a_run(voting):
    """Statements on networks take the last step of a folder, statements on runs all of them."""
    first = voting.with_name("0.npz")
    weights = np.load(voting)
    np.savez(first, W_in=weights["W_in"] * 0, W_out=weights["W_out"])
    context = Context(checkpoints=(voting.parent,))
    assert [s.name for s in networks(context)] == ["quad/100.npz"]
    (run,) = runs(context)
    assert run.value.steps == [0, 100]
    assert list(runs(Context(checkpoints=(voting,)))) == []


def test_claims_on_networks_run_on_a_checkpoint(voting, tmp_path):
    """The registered observations judge a named network, and no mutant of theirs survives."""
    from verify.claims import registry
    from verify.core.engine import Settings, run_claim

    settings = Settings(out=tmp_path / "out", checkpoints=(voting,))
    entry = run_claim(registry()["he.activation-robustness.trained-odd"], settings)
    assert entry["verdict"] in ("SUPPORTED", "REFUTED")
    assert entry["mutants"]
    assert all(mutant["killed"] for mutant in entry["mutants"])
    unmet = run_claim(registry()["he.obs2-phase-doubling"], settings)
    assert unmet["verdict"] == "UNCHECKED"
    assert "needs a trained ReLU network" in unmet["unchecked_reason"]


@pytest.mark.parametrize(
    ("successes", "outcome"),
    [(99, Outcome.ESTABLISHED), (60, Outcome.INCONCLUSIVE), (5, Outcome.REFUTED)],
)
def test_an_estimate_is_wanted_in_the_range_with_its_whole_interval(successes, outcome):
    """An interval inside supports, one outside rejects, and one across the end decides nothing."""
    demand = Demand(name="share", of=lambda v: proportion(v, 100), at_least=0.6)
    finding = _observe([("a", successes)], demand)
    assert finding.outcome is outcome
    if outcome is not Outcome.INCONCLUSIVE:
        assert finding.values == (proportion(successes, 100),)
