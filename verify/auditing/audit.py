"""The audit of one checkpoint, or of a folder of checkpoints over steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, final

from verify.auditing.activations import ExactActivation
from verify.auditing.behaviour import Behaviour, evaluate
from verify.auditing.checkpoints import Checkpoint, CheckpointError, read, sequence
from verify.auditing.distance import (
    IndicatorFit,
    NormalisedMargin,
    Swap,
    indicator_fit,
    normalised_margin,
    swaps,
)
from verify.auditing.layers import Identified, identify
from verify.auditing.names import Wanted
from verify.auditing.network import TrainedNetwork
from verify.auditing.spectrum import Spectrum, spectrum
from verify.auditing.summary import summarise
from verify.checker import Result, check_document
from verify.formula import Formula, equal, rational, var

TASKS = ("modular-addition",)


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Audit:
    """Everything that is said of one checkpoint; each part is computed when it is asked for."""

    checkpoint: Checkpoint
    identified: Identified

    @property
    def kind(self) -> str:
        """The kind of evidence on the network's behaviour: ``exact`` or ``enclosure``."""
        exact = isinstance(self.network.activation, ExactActivation)
        return "exact" if exact else "enclosure"

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
    def normalised_margin(self) -> NormalisedMargin | None:
        """Against the maximum of the theorem, where it speaks of such networks."""
        return normalised_margin(self.network, self.behaviour)

    @cached_property
    def indicator(self) -> IndicatorFit | None:
        """Against the flawed indicator."""
        return indicator_fit(self.network)

    @cached_property
    def swaps(self) -> list[Swap]:
        """The activation table."""
        return swaps(self.network, known=self.behaviour)

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
        if self.kind != "exact":
            return None
        relations = [r.node for r in self.relations()]
        least_at = [list(a) for a in self.behaviour.least_at]
        body = self.network.certificate(relations, least_at)
        note = f"weights of a {self.checkpoint.format} file of sha256 {self.checkpoint.sha256}"
        return {"format": "verify-certificate/1", "claim": "audit", "note": note, **body}

    @cached_property
    def checked(self) -> Result | None:
        """What the checker says of the certificate; None without one."""
        document = self.certificate()
        return None if document is None else check_document(document)

    def summary(self) -> dict[str, Any]:
        """The audit in JSON: exact numbers as strings, statistics as floats."""
        return self._summary

    @cached_property
    def _summary(self) -> dict[str, Any]:
        return summarise(self)

    def write(self, out: Path) -> list[Path]:
        """Writes ``audit.html``, ``audit.json`` and, for exact activations, the certificate."""
        from verify.auditing.page import render

        out.mkdir(parents=True, exist_ok=True)
        written = [out / "audit.html", out / "audit.json"]
        written[0].write_text(render(self), encoding="utf-8")
        text = json.dumps(self.summary(), indent=1, ensure_ascii=False, allow_nan=False)
        written[1].write_text(text + "\n", encoding="utf-8")
        document = self.certificate()
        if document is not None:
            written.append(out / "certificates" / "audit.json")
            written[-1].parent.mkdir(exist_ok=True)
            written[-1].write_text(json.dumps(document) + "\n", encoding="utf-8")
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


__all__ = ["Audit", "CheckpointError", "audit", "trajectory"]
