"""A run: one network's checkpoints over steps, its data split and its recorded metrics."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, final

import numpy as np

from verify.auditing.activations import Polynomial, Slopes
from verify.auditing.audit import Audit
from verify.auditing.behaviour import Behaviour, Input, classify
from verify.auditing.checkpoints import CheckpointError, read, read_pairs
from verify.auditing.checkpoints.document import MAX_BYTES
from verify.auditing.names import ASIDE
from verify.auditing.network import TrainedNetwork
from verify.auditing.summary import quantiles

STAGE_ACCURACY, STAGE_LOSS = 0.95, 0.1


@final
@dataclass(frozen=True, kw_only=True)
class Split:
    """Training and held-out inputs, as stored beside a run."""

    train: tuple[Input, ...]
    test: tuple[Input, ...]

    def partners(self) -> dict[str, list[Input]]:
        """The inputs by how many of their orders (x, y), (y, x) are in training.

        ``trained``: the input itself; ``partner``: held out, its swap is in training; ``neither``.
        """
        train = set(self.train)
        parts: dict[str, list[Input]] = {"trained": list(self.train), "partner": [], "neither": []}
        for a in self.test:
            parts["partner" if a[::-1] in train else "neither"].append(a)
        return parts


def accuracy_on(found: Behaviour, inputs: Sequence[Input]) -> Fraction | None:
    """Share of the given inputs that are certainly correct; None of no inputs."""
    if not inputs:
        return None
    keys = (tuple(sorted(a)) if found.symmetric else a for a in inputs)
    right = Counter(classify(found.gaps[a]) for a in keys)["correct"]
    return Fraction(right, len(inputs))


def split_beside(folder: Path, found: Behaviour, modulus: int) -> Split | None:
    """The data split in a folder's ``train_data`` and ``test_data`` files, if both are there.

    Raises:
        CheckpointError: when they hold anything but inputs of the task.
    """
    parts = []
    for name in ("train_data", "test_data"):
        files = sorted(p for s in (".pth", ".pt", ".npz") for p in folder.glob(name + s))
        if not files:
            return None
        pairs = read_pairs(files[0])
        if (
            pairs.shape[1] != found.inputs
            or pairs.min(initial=0) < 0
            or pairs.max(initial=0) >= modulus
        ):
            raise CheckpointError(
                f"{files[0]}: expected {found.inputs} numbers below {modulus} for each input"
            )
        parts.append(tuple(tuple(map(int, row)) for row in pairs))
    return Split(train=parts[0], test=parts[1])


def recorded(values: Mapping[str, Any]) -> dict[str, list[float]]:
    """Metric lists of a checkpoint, such as ``train_losses``: lists of at least two numbers."""
    return {
        name: list(map(float, v))
        for name, v in values.items()
        if isinstance(v, list)
        and len(v) > 1
        and not ASIDE.search(name)
        and all(isinstance(x, int | float) and not isinstance(x, bool) for x in v)
        and re.search(r"loss|acc|norm", name)
        and all(abs(x) < 1e300 for x in v if isinstance(x, int))
    }


def recorded_beside(folder: Path) -> dict[str, list[float]]:
    """Metric lists of the folder's ``metrics.jsonl`` or ``final`` checkpoint, if there are any.

    Lists of ``metrics.jsonl`` stand with their ``step``.  What cannot be read is left out: a curve
    is an extra, and the audit stands without it.
    """
    lines = folder / "metrics.jsonl"
    if lines.is_file() and lines.stat().st_size <= MAX_BYTES:
        found = _from_lines(lines)
        if found:
            return found
    for path in sorted(folder.glob("final.*")):
        try:
            return recorded(read(path).values)
        except CheckpointError:
            continue
    return {}


def _from_lines(path: Path) -> dict[str, list[float]]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (ValueError, OSError, RecursionError):
        return {}
    if not rows or not all(isinstance(row, dict) and "step" in row for row in rows):
        return {}
    shared = [name for name in rows[0] if all(name in row for row in rows)]
    columns = recorded({name: [row[name] for row in rows] for name in shared if name != "step"})
    steps = recorded({"norm": [row["step"] for row in rows]})
    return {"step": steps["norm"], **columns} if steps else {}


def homogeneity(network: TrainedNetwork) -> int | None:
    """d with σ(cu) = c^d σ(u) for c > 0; None where there is none."""
    sigma = network.activation
    if isinstance(sigma, Slopes):
        return 1
    if isinstance(sigma, Polynomial) and sum(map(bool, sigma.coefficients)) == 1:
        return sigma.degree
    return None


def first_step(steps: Sequence[int], values: Sequence[float], holds: Any) -> int | None:
    """The first step whose value meets a condition."""
    return next((s for s, v in zip(steps, values, strict=True) if holds(v)), None)


def stage_ends(
    steps: Sequence[int],
    *,
    train: Sequence[float] | None,
    test: Sequence[float] | None,
    losses: tuple[Sequence[float], Sequence[float]] | None = None,
) -> tuple[int | None, int | None]:
    """Ends of the first and the second stage among the given steps.

    The official detector of arXiv:2602.16849: the first step with training accuracy ≥ 0.95, and
    with test accuracy ≥ 0.95; without accuracies, training and test loss < 0.1.  When the first
    stage would end after the second, it is taken to end at a third of the second.
    """
    if train is not None and test is not None:
        ends = [first_step(steps, v, lambda x: x >= STAGE_ACCURACY) for v in (train, test)]
    elif losses is not None:
        ends = [first_step(steps, v, lambda x: x < STAGE_LOSS) for v in losses]
    else:
        return None, None
    first, second = ends
    if second is not None and (first is None or first > second):
        first = second // 3
    return first, second


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """Audits over steps.  Neurons are followed at their dominant frequencies of the last step."""

    audits: tuple[tuple[int, Audit], ...]
    split: Split | None
    curves: Mapping[str, list[float]]

    @staticmethod
    def of(audits: Sequence[tuple[int, Audit]]) -> Run:
        """A run with what lies beside its checkpoints.

        Raises:
            ValueError: without audits, or of networks of different sizes.
        """
        if not audits:
            raise ValueError("expected the audit of at least one step")
        shapes = {a.spectrum.first.shape for _, a in audits}
        if len(shapes) > 1:
            raise ValueError(f"expected networks of one size, got {sorted(shapes)}")
        last = audits[-1][1]
        folder = last.checkpoint.path.parent
        return Run(
            audits=tuple(audits),
            split=split_beside(folder, last.behaviour, last.spectrum.modulus),
            curves=recorded(last.checkpoint.values) or recorded_beside(folder),
        )

    @property
    def steps(self) -> list[int]:
        """The steps, in order."""
        return [step for step, _ in self.audits]

    @property
    def last(self) -> Audit:
        """The audit of the last step."""
        return self.audits[-1][1]

    def followed(self) -> dict[str, np.ndarray]:
        """(steps, width) magnitudes alpha, beta and misalignment D in turns, (−1/2, 1/2]."""
        index = np.maximum(self.last.spectrum.dominant - 1, 0)
        neurons = np.arange(index.size)
        rows: dict[str, list[np.ndarray]] = {"alpha": [], "beta": [], "misalignment": []}
        for _, found in self.audits:
            spec = found.spectrum
            phi = spec.first_phases[:, neurons, index].sum(axis=0) * (
                spec.inputs / len(spec.first_phases)
            )
            gap = (phi - spec.output_phases[neurons, index] + 0.5) % 1 - 0.5
            rows["alpha"].append(np.sqrt((spec.first[:, neurons, index] ** 2).sum(axis=0)))
            rows["beta"].append(spec.output[neurons, index])
            rows["misalignment"].append(gap)
        return {name: np.stack(values) for name, values in rows.items()}

    def invariants(self) -> tuple[int, np.ndarray] | None:
        """(d, (steps, width) of α² − d·β²), which gradient flow keeps; None without a degree d."""
        degree = homogeneity(self.last.network)
        if degree is None:
            return None
        found = self.followed()
        return degree, found["alpha"] ** 2 - degree * found["beta"] ** 2

    def accuracies(self) -> dict[str, list[Fraction]]:
        """Exact accuracies over steps: on all inputs, and on the parts of the split."""
        series = {"all": [a.behaviour.accuracy for _, a in self.audits]}
        if self.split is not None:
            parts = {"train": self.split.train, "test": self.split.test, **self.split.partners()}
            for name in ("train", "test", "partner", "neither"):
                values = [accuracy_on(a.behaviour, parts[name]) for _, a in self.audits]
                if None not in values:
                    series[name] = values
        return series

    def stored(self, name: str) -> list[float] | None:
        """A number that every checkpoint stores under a name, over steps."""
        values = [a.checkpoint.values.get(name) for _, a in self.audits]
        fine = all(isinstance(v, int | float) and math.isfinite(v) for v in values)
        return list(map(float, values)) if fine else None

    def stages(self) -> tuple[int | None, int | None]:
        """Ends of the stages among the stored steps; (None, None) without held-out inputs."""
        if self.split is None or not self.split.test:
            return None, None
        exact = self.accuracies()
        return stage_ends(self.steps, train=exact["train"], test=exact["test"])

    def summary(self) -> dict[str, Any]:
        """The run in JSON, one entry for each step."""
        exact, found = self.accuracies(), self.followed()
        kept = self.invariants()
        steps = []
        for i, (step, audit) in enumerate(self.audits):
            entry = audit.summary()
            steps.append(
                {
                    "step": step,
                    **{k: entry[k] for k in ("file", "sha256", "correct", "inputs", "margin")},
                    "accuracy": {name: str(values[i]) for name, values in exact.items()},
                    "share": entry["neurons"]["share"],
                    "participation": entry["neurons"]["participation"],
                    "misalignment_degrees": entry["neurons"]["misalignment_degrees"],
                    "mean_sine": float(np.abs(np.sin(2 * np.pi * found["misalignment"][i])).mean()),
                    "alpha": quantiles(found["alpha"][i]),
                    "beta": quantiles(found["beta"][i]),
                    "invariant": None if kept is None else quantiles(kept[1][i]),
                    "stored": entry["stored"],
                }
            )
        first, second = self.stages()
        return {"stage_ends": [first, second], "degree": kept and kept[0], "steps": steps}
