"""Counterexamples that several certificates establish together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from verify.checker import check_document
from verify.core.claim import Check, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, Witness, established, inconclusive, refuted
from verify.formula import Formula
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement


def refuted_by(
    context: Context,
    *,
    parts: Sequence[Check],
    point: Mapping[str, Any],
    description: str,
    shown: Mapping[str, Any] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Refutes a universal statement when every part of the counterexample is established.

    point: the claim's parameters at the counterexample; shown: further values for the report.
    A part that is not established leaves the statement undecided: the witness was wrong.
    """
    scope = Domain.at(dict(point))
    whole = conjunction(context, parts=parts, scope=scope, rests_on=rests_on)
    if whole.outcome is not Outcome.ESTABLISHED:
        return inconclusive(
            scope=scope,
            method=whole.method,
            reason=f"the proposed counterexample fails: {whole.reason or _why(whole)}",
        )
    return refuted(
        scope=scope,
        method=whole.method,
        certificates=whole.certificates,
        quantities=whole.quantities,
        rests_on=whole.rests_on,
        witness=Witness(description=description, values={**point, **(shown or {})}),
    )


def _why(finding: Finding) -> str:
    return finding.witness.description if finding.witness else finding.outcome.value


def first_failure(
    context: Context,
    *,
    formula: Formula,
    points: Sequence[Mapping[str, Any]],
    description: str,
    fixed: Mapping[str, Any] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Refutes a universal statement at the first listed point where its formula fails.

    List the points smallest first: that the formula holds at all earlier ones is certified as
    well, so the witness is the smallest of the list.  A formula that holds at every point leaves
    the finding inconclusive: this search establishes nothing.
    fixed: the claim's parameters that the formula has built in.
    """
    for number, point in enumerate(points):
        found = exact_statement(context, formula=formula, points=[point])
        if found.outcome is not Outcome.REFUTED:
            continue
        certificates = dict(found.certificates)
        if number:
            smaller = exact_statement(context, formula=formula, points=points[:number])
            certificates["smaller"] = smaller.certificates["points"]
        values = {**(fixed or {}), **found.witness.values}
        return replace(
            found,
            scope=Domain.at(values),
            certificates=certificates,
            witness=Witness(description=description, values=values),
            rests_on=rests_on,
            quantities={"smaller points that obey": number},
        )
    return inconclusive(
        scope=Domain.at(*(dict(point) for point in points)),
        method="exact",
        reason=f"the statement holds at all {len(points)} listed points",
    )


def certified(
    context: Context,
    *,
    documents: Mapping[str, Mapping[str, Any]],
    scope: Domain,
    method: str = "exact",
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when the checker accepts every certificate, proposed in whatever way."""
    for name, document in documents.items():
        result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
        if not result.accepted:
            return inconclusive(scope=scope, method=method, reason=f"{name}: {result.reason}")
    return established(scope=scope, method=method, certificates=dict(documents), rests_on=rests_on)


def no_instance(
    context: Context,
    *,
    parts: Sequence[Check],
    scope: Domain,
    description: str,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Vacuous when every part of the proof that nothing meets the hypotheses is established.

    scope: the parameters among which nothing does; description: which hypotheses contradict.
    """
    whole = conjunction(context, parts=parts, scope=scope, rests_on=rests_on)
    if whole.outcome is not Outcome.ESTABLISHED:
        return inconclusive(
            scope=scope,
            method=whole.method,
            reason=f"the proof that nothing meets them fails: {whole.reason or _why(whole)}",
        )
    return replace(whole, outcome=Outcome.VACUOUS, reason=description)
