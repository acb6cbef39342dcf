"""Audits of published checkpoints: the exact numbers against those that their authors stored."""

import pytest

from tests.stored_runs import (
    FOLDER,
    GROKKING,
    QUADRATIC,
    QUADRATIC_SINGLE,
    RELU,
    RELU_SINGLE,
    needs_runs,
)
from verify.auditing import audit, trajectory
from verify.auditing.checkpoints import read
from verify.auditing.run import Run, recorded

pytestmark = needs_runs


@pytest.mark.parametrize(
    ("run", "last", "activation"),
    [
        (QUADRATIC, 9800, "u^2"), (QUADRATIC_SINGLE, 9800, "u^2"), (RELU, 9800, "relu"),
        (RELU_SINGLE, 9800, "relu"), (GROKKING, 49800, "relu"),
    ],
)  # fmt: skip
def test_last_checkpoints_are_read_and_certified(run, last, activation):
    """The layers are found, and the checker accepts what is said of them."""
    found = audit(FOLDER / run / f"{last}.pth")
    assert (found.network.width, found.spectrum.modulus) == (512, 23)
    assert found.network.activation.name == activation
    assert found.checked.accepted, found.checked.reason
    stored = found.checkpoint.values["test_accuracy"]
    if run != GROKKING:
        assert found.behaviour.accuracy == stored == 1


def test_stored_accuracies_are_the_exact_ones():
    """On its stored split, every step of the grokking run has the accuracies that it stored."""
    run = Run.of(list(trajectory(FOLDER / GROKKING)))
    assert (len(run.split.train), len(run.split.test)) == (396, 133)
    exact = run.accuracies()
    for part in ("train", "test"):
        stored = run.stored(f"{part}_accuracy")
        assert [float(x) for x in exact[part]] == pytest.approx(stored, abs=1e-12)
    # the end of stage I as published: all of training, held-out pairs only with a partner
    assert exact["train"][2] == exact["partner"][2] == 1
    assert exact["neither"][2] == 0
    assert run.stages() == (2200, 49800)


def test_stored_norms_are_those_of_the_weights():
    """The Frobenius norm of both layers is the stored parameter norm, up to one training step."""
    for run in (QUADRATIC, RELU):
        found = audit(FOLDER / run / "9800.pth")
        u, v = found.network.float_weights
        norm = ((u[0] ** 2).sum() + (v**2).sum()) ** 0.5
        assert norm == pytest.approx(found.checkpoint.values["param_norm"], rel=1e-3)


def test_metric_lists_and_activation_table():
    """The final checkpoint has its curves, and odd activations fail on its weights."""
    stored = read(FOLDER / RELU / "final.pth")
    curves = recorded(stored.values)
    assert set(curves) == {"train_losses", "test_losses", "grad_norms", "param_norms"}
    assert {len(v) for v in curves.values()} == {10_000}
    table = {s.activation: s.behaviour for s in audit(FOLDER / RELU / "final.pth").swaps}
    assert {n for n, b in table.items() if b.accuracy == 1} == {
        "relu", "abs", "u^2", "u^4", "u^8", "softplus2", "exp",
    }  # fmt: skip
    # published: .0416 and .0359 of 529
    assert (table["identity"].count("correct"), table["u^3"].count("correct")) == (22, 19)


def test_single_frequency_start():
    """At step 0 of a single-frequency run every neuron is one cosine, all magnitudes are κ."""
    spec = audit(FOLDER / QUADRATIC_SINGLE / "0.pth").spectrum
    assert spec.share.min() > 1 - 1e-9
    alpha, beta = spec.magnitudes
    assert alpha.std() / alpha.mean() < 1e-5
    assert beta.std() / beta.mean() < 1e-5
