"""Runs: accuracies on parts of the data, neurons through the steps, and ends of stages."""

import json
from fractions import Fraction

import numpy as np
import pytest

from tests.checkpoint_files import Pickle, npz_file, torch_file, torch_stream
from tests.trained import cosine_weights, network
from verify.auditing import CheckpointError, trajectory
from verify.auditing.behaviour import evaluate
from verify.auditing.run import (
    Run,
    Split,
    accuracy_on,
    homogeneity,
    recorded,
    recorded_beside,
    split_beside,
    stage_ends,
)

P = 5


def write_run(folder, *, sigma="Quad", steps=(0, 10, 20)):
    """Checkpoints of single-cosine neurons that grow with α² − 2β² constant."""
    run = folder / sigma
    run.mkdir()
    k, phi = np.array([1, 2, 1, 2, 1, 2]), np.array([0.1, 0.3, 0.6, 0.8, 0.7, 0.2])
    for step in steps:
        beta = 0.2 + 0.05 * step
        alpha = np.sqrt(0.5 + 2 * beta**2)
        u, v = cosine_weights(P, k, phi, 2 * phi + 0.3 / (1 + step), alpha, beta)
        content = torch_file({"model": {"W_in": u, "W_out": v}, "train_loss": 1.0 / (1 + step)})
        (run / f"{step}.pth").write_bytes(content)
    return run


def test_neurons_are_followed_through_the_steps(tmp_path):
    """Magnitudes, misalignment and the invariant are those that the weights were made with."""
    run = Run.of(list(trajectory(write_run(tmp_path))))
    assert run.steps == [0, 10, 20]
    found = run.followed()
    beta = np.array([[0.2], [0.7], [1.2]]) * np.ones(6)
    assert np.allclose(found["beta"], beta)
    assert np.allclose(found["alpha"], np.sqrt(0.5 + 2 * beta**2))
    assert np.allclose(found["misalignment"], -0.3 / np.array([[1], [11], [21]]) * np.ones(6))
    degree, kept = run.invariants()
    assert degree == 2
    assert np.allclose(kept, 0.5)
    assert run.stored("train_loss") == [1, 1 / 11, 1 / 21]
    assert run.stored("missing") is None
    summary = run.summary()
    assert [row["step"] for row in summary["steps"]] == [0, 10, 20]
    assert summary["stage_ends"] == [None, None]
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_a_run_needs_networks_of_one_size(tmp_path):
    """Without audits, or with other sizes in between, there is no run."""
    with pytest.raises(ValueError, match="at least one step"):
        Run.of([])
    folder = write_run(tmp_path)
    u, v = cosine_weights(P, np.array([1]), np.array([0.0]), np.array([0.0]))
    other = npz_file({"W_in": np.vstack([u] * 8), "W_out": np.hstack([v] * 8)})
    (folder / "30.npz").write_bytes(other)
    with pytest.raises(ValueError, match="networks of one size"):
        Run.of(list(trajectory(folder)))


def test_accuracy_on_parts():
    """Accuracies on lists of inputs count repetitions and orders as they are listed."""
    u, v = np.eye(3), np.eye(3)
    found = evaluate(network(u, v, "relu"))  # right on (0, 0) only where a + a = a
    right = {a for a, gap in found.gaps.items() if gap > 0}
    assert accuracy_on(found, []) is None
    assert accuracy_on(found, [(0, 0), (0, 0), (1, 1)]) == Fraction(2 * ((0, 0) in right), 3)
    assert accuracy_on(found, [(1, 0), (0, 1)]) in (0, 1)


def test_partners_of_held_out_pairs():
    """A held-out pair has a partner when its swap is in training."""
    split = Split(train=((0, 1), (2, 2)), test=((1, 0), (3, 4), (4, 3), (1, 1)))
    assert split.partners() == {
        "trained": [(0, 1), (2, 2)], "partner": [(1, 0)], "neither": [(3, 4), (4, 3), (1, 1)],
    }  # fmt: skip


def test_split_beside_a_run(tmp_path):
    """The split is read from the folder; what is no split of the task is refused."""
    folder = write_run(tmp_path)
    found = Run.of(list(trajectory(folder)))
    assert found.split is None
    pairs = [(a, b) for a in range(P) for b in range(P)]
    for name, part in (("train_data", pairs[:15]), ("test_data", pairs[15:])):
        (folder / f"{name}.pth").write_bytes(torch_stream(Pickle().dump(part)))
    run = Run.of(list(trajectory(folder)))
    assert run.split == Split(train=tuple(pairs[:15]), test=tuple(pairs[15:]))
    exact = run.accuracies()
    for i in range(3):
        assert 15 * exact["train"][i] + 10 * exact["test"][i] == 25 * exact["all"][i]
    behaviour = run.last.behaviour
    for bad in ([(0, 5)], [(0, 1, 2)], [(-1, 0)]):
        (folder / "test_data.pth").write_bytes(torch_stream(Pickle().dump(bad)))
        with pytest.raises(CheckpointError, match="expected 2 numbers below 5"):
            split_beside(folder, behaviour, P)


@pytest.mark.parametrize(
    ("train", "test", "expected"),
    [
        ([0.1, 0.96, 1, 1], [0, 0.5, 0.9, 0.97], (10, 30)),
        ([0.1, 0.95, 1, 1], [0, 0.5, 0.9, 0.9], (10, None)),
        ([0.1, 0.2, 0.3, 1], [0, 0.5, 0.95, 1], (6, 20)),  # out of order: a third of the second
        ([0.1, 0.2, 0.3, 0.4], [0, 0, 0, 0.99], (10, 30)),
        ([0, 0, 0, 0], [0, 0, 0, 0], (None, None)),
        ([0, 1, 1, 1], [0, 1, 1, 1], (10, 10)),
    ],
)
def test_stage_detector(train, test, expected):
    """The official detector on accuracies, by its definition."""
    assert stage_ends([0, 10, 20, 30], train=train, test=test) == expected


def test_stage_detector_on_losses():
    """Without accuracies losses below 0.1 decide; without either nothing does."""
    losses = ([3, 0.09, 0.01], [3, 2, 0.05])
    assert stage_ends([0, 1, 2], train=None, test=None, losses=losses) == (1, 2)
    assert stage_ends([0, 1, 2], train=None, test=None) == (None, None)


def test_recorded_metrics():
    """Lists of numbers that are called losses, accuracies or norms; nothing of the optimiser."""
    values = {
        "train_losses": [1.0, 0.5], "grad_norms": [1, 2], "optimizer.param_groups.0.norms": [1, 2],
        "epoch": 5, "note": "loss", "mixed_loss": [1.0, None], "short_loss": [1.0],
        "params": [0, 1],
    }  # fmt: skip
    assert recorded(values) == {"train_losses": [1.0, 0.5], "grad_norms": [1.0, 2.0]}


def test_metrics_beside_a_run(tmp_path):
    """Lines of JSON with steps, else the final checkpoint; what cannot be read is left out."""
    assert recorded_beside(tmp_path) == {}
    (tmp_path / "final.pth").write_bytes(torch_file({"test_losses": [2.0, 1.0]}))
    assert recorded_beside(tmp_path) == {"test_losses": [2.0, 1.0]}
    lines = [{"step": 0, "train_loss": 2.0, "share": 1}, {"step": 5, "train_loss": 1.0, "share": 1}]
    (tmp_path / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert recorded_beside(tmp_path) == {"step": [0, 5], "train_loss": [2, 1]}
    for text in ("{", "[1]\n[2]", '{"train_loss": 1}\n{"train_loss": 2}'):
        (tmp_path / "metrics.jsonl").write_text(text)
        assert recorded_beside(tmp_path) == {"test_losses": [2.0, 1.0]}
    (tmp_path / "metrics.jsonl").unlink()
    (tmp_path / "final.pth").write_bytes(b"damaged")
    assert recorded_beside(tmp_path) == {}


@pytest.mark.parametrize(
    ("sigma", "degree"), [("relu", 1), ("abs", 1), ("u^2", 2), ("u^5", 5), ("exp", None)]
)
def test_degree_of_homogeneity(sigma, degree):
    """σ(cu) = c^d σ(u) for powers and for two slopes."""
    assert homogeneity(network(np.ones((1, 3)), np.ones((3, 1)), sigma)) == degree
