"""Empirical statements on the trained networks that a user names.

A statement is a list of demands: numbers with the range that each must lie in.  It is supported by
every named network that meets its hypothesis, and rejected by the first one with a number outside;
what was measured is a fact about the named files and says nothing about others, so the evidence is
of kind ``trained`` even where a number is exact and certified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from constructions.numbers import Truth
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, not_run, refuted
from verify.methods.demands import Demand, Number, short, statistic_of

if TYPE_CHECKING:
    from verify.auditing import Audit
    from verify.auditing.run import Run


@final
@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something that is measured, and what it is called in a report."""

    name: str
    digest: str
    value: Any


Subjects = Callable[[Context], Iterator[Subject]]


def networks(context: Context) -> Iterator[Subject]:
    """Every named file; of a folder the checkpoint of the last step."""
    from verify.auditing import audit
    from verify.auditing.checkpoints import sequence

    for path in context.checkpoints:
        file = sequence(path)[-1][1] if path.is_dir() else path
        found = audit(file)
        yield Subject(name=_name(file), digest=found.checkpoint.sha256, value=found)


def runs(context: Context) -> Iterator[Subject]:
    """Every named folder, as a run over its steps."""
    from verify.auditing import trajectory
    from verify.auditing.run import Run

    for path in context.checkpoints:
        if path.is_dir():
            run = Run.of(list(trajectory(path)))
            yield Subject(name=path.name, digest=run.last.checkpoint.sha256, value=run)


def observe(
    context: Context,
    *,
    subjects: Subjects,
    applies: Callable[[Any], bool],
    demands: Sequence[Demand],
    needs: str,
) -> Finding:
    """Supported when all numbers of all named subjects that meet the hypothesis are in range.

    applies: the hypothesis.  needs: what to name when no subject meets it.
    """
    measured: list[tuple[Subject, Demand, Number]] = []
    certificates: dict[str, Mapping[str, Any]] = {}
    for subject in subjects(context):
        if not applies(subject.value):
            continue
        for demand in demands:
            value = demand.of(subject.value)
            met = demand.met(value)
            if met is Truth.UNDECIDED:
                return inconclusive(
                    scope=Domain.at({"network": subject.name}),
                    method="training",
                    reason=f"{subject.name}: undecided by {demand.name}, which is {short(value)}",
                )
            measured.append((subject, demand, value))
            document = demand.certificate and demand.certificate(subject.value)
            if document:
                certificates[f"{subject.name} {demand.name}"] = document
            if met is Truth.FALSE:
                return refuted(
                    witness=Witness(
                        description=(
                            f"{subject.name}: {demand.name} is {short(value)}, not "
                            f"{demand.range}"
                        ),
                        values={"network": subject.name, "sha256": subject.digest},
                    ),
                    **_evidence(measured, certificates),
                )
    if not measured:
        return not_run(f"needs {needs}: verify run ID --checkpoint FILE")
    return established(**_evidence(measured, certificates))


def _evidence(
    measured: Sequence[tuple[Subject, Demand, Number]],
    certificates: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    files = {subject.name: subject.digest for subject, _, _ in measured}
    return {
        "scope": Domain.at(*({"network": name} for name in files)),
        "method": "training",
        "values": tuple(statistic_of(value) for _, _, value in measured),
        "certificates": dict(certificates),
        "quantities": {
            f"{subject.name}: {demand.name} ({demand.range})": short(value)
            for subject, demand, value in measured
        },
    }


def exact_accuracy(
    name: str,
    *,
    activation: str | None = None,
    at_least: Fraction | None = None,
    at_most: Fraction | None = None,
) -> Demand:
    """Accuracy on the whole input set, with another activation put in if one is named."""

    def swapped(found: Audit) -> Any:
        from dataclasses import replace

        from verify.auditing.activations import activation as named

        network = found.network
        return network if activation is None else replace(network, activation=named(activation))

    def value(found: Audit) -> Fraction:
        from verify.auditing.behaviour import evaluate

        return evaluate(swapped(found)).accuracy

    def certificate(found: Audit) -> Mapping[str, Any] | None:
        from verify.auditing.activations import ExactActivation
        from verify.auditing.behaviour import evaluate
        from verify.formula import equal, var

        network = swapped(found)
        if not isinstance(network.activation, ExactActivation):
            return None
        correct = evaluate(network).count("correct")
        return network.certificate([equal(var("correct"), correct).node])

    return Demand(
        name=name, of=value, at_least=at_least, at_most=at_most, certificate=certificate
    )


def run_accuracy(run: Run, part: str, step: int) -> float | Fraction:
    """Exact accuracy of a run on a part of its split at a stored step; NaN where there is none."""
    series = run.accuracies().get(part)
    return float("nan") if series is None else series[run.steps.index(step)]


def _name(file: Path) -> str:
    """A file with its folder, which is what runs are called by."""
    return "/".join(file.parts[-2:])
