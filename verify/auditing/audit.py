"""The audit of one checkpoint, or of a folder of checkpoints over steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, final

import numpy as np

from constructions.numbers import Ball
from verify.auditing.activations import ExactActivation
from verify.auditing.behaviour import Behaviour, evaluate
from verify.auditing.checkpoints import Checkpoint, CheckpointError, read, sequence
from verify.auditing.distance import (
    IndicatorFit,
    NormalisedMargin,
    Swap,
    float_logits,
    indicator_fit,
    normalised_margin,
    swaps,
)
from verify.auditing.layers import Identified, Wanted, identify
from verify.auditing.network import TrainedNetwork
from verify.auditing.spectrum import PHASE_ORDERS, Spectrum, spectrum, variation
from verify.formula import Formula, equal, rational, var

TASKS = ("modular-addition",)


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Audit:
    """Everything that is said of one checkpoint; each part is computed when it is asked for."""

    checkpoint: Checkpoint
    identified: Identified

    @property
    def network(self) -> TrainedNetwork:
        """The network, with exact weights."""
        return self.identified.network

    @cached_property
    def behaviour(self) -> Behaviour:
        """Gaps on every input: exact, or in balls."""
        return evaluate(self.network)

    @cached_property
    def spectrum(self) -> Spectrum:
        """Every neuron in the Fourier basis."""
        return spectrum(self.network)

    @cached_property
    def logits(self) -> np.ndarray:
        """(n, …, n, n) float64 logits, the label axis last."""
        return float_logits(self.network)

    @cached_property
    def normalised_margin(self) -> NormalisedMargin | None:
        """Against the maximum of the theorem, where it speaks of such networks."""
        return normalised_margin(self.network, self.behaviour)

    @cached_property
    def indicator(self) -> IndicatorFit | None:
        """Against the flawed indicator."""
        return indicator_fit(self.network, self.logits)

    @cached_property
    def swaps(self) -> list[Swap]:
        """The activation table."""
        return swaps(self.network)

    def relations(self) -> list[Formula]:
        """What the certificate asserts: the counts and the exact smallest margin."""
        found = self.behaviour
        return [
            equal(var("correct"), found.count("correct")),
            equal(var("wrong"), found.count("wrong")),
            equal(var("ties"), found.count("tied")),
            equal(var("margin"), rational(found.margin)),
        ]

    def certificate(self) -> dict[str, Any] | None:
        """The document that the checker evaluates again; None where only balls can evaluate σ."""
        if not isinstance(self.network.activation, ExactActivation):
            return None
        relations = [r.node for r in self.relations()]
        least_at = [list(a) for a in self.behaviour.least_at]
        body = self.network.certificate(relations, least_at)
        return {"format": "verify-certificate/1", "claim": "audit", **body}

    def summary(self) -> dict[str, Any]:
        """The audit in JSON: exact numbers as strings, statistics as floats."""
        found, spec = self.behaviour, self.spectrum
        alpha, beta = spec.magnitudes
        margin = self.normalised_margin
        fit = self.indicator
        return {
            "file": self.checkpoint.path.name,
            "format": self.checkpoint.format,
            "sha256": self.checkpoint.sha256,
            "taken": list(self.identified.taken),
            "task": {"modulus": spec.modulus, "inputs": spec.inputs},
            "width": self.network.width,
            "activation": self.network.activation.name,
            "kind": "exact" if isinstance(self.network.activation, ExactActivation) else "enclosure",
            "inputs": found.total,
            **{name: found.count(name) for name in ("correct", "wrong", "tied", "undecided")},
            "accuracy": str(found.accuracy),
            "margin": _number(found.margin),
            "least_at": [list(a) for a in found.least_at[:20]],
            "wrong_at": [list(a) for a in found.where("wrong")[:200]],
            "tied_at": [list(a) for a in found.where("tied")[:200]],
            "neurons": {
                "share": quantiles(spec.share),
                "participation": float(spec.participation.mean()),
                "misalignment_degrees": quantiles(360 * spec.misalignment),
                "magnitude_variation": {
                    "input": [variation(row) for row in alpha],
                    "output": variation(beta),
                    "strength": variation(spec.strengths),
                },
            },
            "frequencies": {
                "counts": spec.counts.tolist(),
                "uniform_p_value": spec.count_test,
                "resultants": {str(o): _floats(spec.resultants(o)) for o in PHASE_ORDERS},
                "expected_resultant": _floats(spec.expected_resultants()),
            },
            "normalised_margin": margin
            and {
                "value": _number(margin.value),
                "maximum": _number(margin.maximum),
                "ratio": _number(margin.ratio),
            },
            "flawed_indicator": fit
            and {
                "background": fit.background,
                "label": fit.label,
                "ghost": fit.ghost,
                "ghost_share": fit.ghost_share,
                "unexplained": fit.unexplained,
            },
            "activation_table": [
                {
                    "activation": s.activation,
                    "kind": s.rigorous,
                    "correct": s.behaviour.count("correct"),
                    "undecided": s.behaviour.count("undecided"),
                    "accuracy": float(s.behaviour.accuracy),
                    "margin": _number(s.behaviour.margin),
                }
                for s in self.swaps
            ],
            "stored": {n: v for n, v in self.checkpoint.values.items() if _scalar(v)},
        }

    def write(self, out: Path) -> list[Path]:
        """Writes ``audit.json``, the page and, for exact activations, the certificate."""
        from verify.auditing.page import render

        out.mkdir(parents=True, exist_ok=True)
        written = [out / "audit.json", out / "audit.html"]
        written[0].write_text(json.dumps(self.summary(), indent=1, ensure_ascii=False) + "\n")
        written[1].write_text(render([self]), encoding="utf-8")
        document = self.certificate()
        if document is not None:
            written.append(out / "certificates" / "audit.json")
            written[-1].parent.mkdir(exist_ok=True)
            written[-1].write_text(json.dumps(document) + "\n")
        return written


def audit(
    checkpoint: Path | str,
    *,
    task: str = "modular-addition",
    out: Path | str | None = None,
    input_weights: tuple[str, ...] = (),
    output_weight: str | None = None,
    embedding: str | None = None,
    activation: str | None = None,
    modulus: int | None = None,
    inputs: int | None = None,
) -> Audit:
    """Audits a trained network in a ``.npz``, ``.safetensors``, ``.pt`` or ``.pth`` file.

    out: folder for the page, the JSON summary and the certificate; nothing is written without it.
    The other arguments override what names and shapes suggest; tensors go by name or its end.

    Raises:
        CheckpointError: for a file that is refused or whose layers cannot be told apart.
        ValueError: for an unknown task.
    """
    if task not in TASKS:
        raise ValueError(f"unknown task {task!r}; expected one of {', '.join(TASKS)}")
    wanted = Wanted(
        input_weights=input_weights,
        output_weight=output_weight,
        embedding=embedding,
        activation=activation,
        modulus=modulus,
        inputs=inputs,
    )
    stored = read(Path(checkpoint))
    result = Audit(checkpoint=stored, identified=identify(stored, wanted))
    if out is not None:
        result.write(Path(out))
    return result


def trajectory(folder: Path | str, **options: Any) -> Iterator[tuple[int, Audit]]:
    """(step, audit) of a folder's checkpoints that are called by their step, in order.

    Raises:
        CheckpointError: when there is none.
    """
    if "out" in options:
        raise TypeError("a trajectory writes nothing; render its audits with verify.auditing.page")
    for step, path in sequence(Path(folder)):
        yield step, audit(path, **options)


def quantiles(values: np.ndarray) -> dict[str, float]:
    """Minimum, quartiles and maximum."""
    names = ("min", "q25", "median", "q75", "max")
    return dict(zip(names, map(float, np.quantile(values, (0, 0.25, 0.5, 0.75, 1))), strict=True))


def _floats(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in values]


def _number(value: Any) -> dict[str, Any]:
    """A number for readers, and exactly: a fraction, or the ends of a ball."""
    if isinstance(value, Ball):
        return {"float": float(value), "lower": str(value.lower()), "upper": str(value.upper())}
    return {"float": float(value), "exact": str(value)}


def _scalar(value: Any) -> bool:
    return isinstance(value, int | float | str)


__all__ = ["Audit", "CheckpointError", "audit", "trajectory"]
