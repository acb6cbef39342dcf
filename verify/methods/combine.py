"""Findings made of other findings, and counterexamples that were named in advance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructions.numbers import EXACT, Truth
from verify.core.claim import Check, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, Witness, established, inconclusive, refuted
from verify.formula import Formula, holds


def conjunction(
    context: Context,
    *,
    parts: Sequence[Check],
    scope: Domain,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established on `scope` when every part is; otherwise the first part that is not.

    scope: what the parts give together, stated by the caller; `rests_on` names the lemma that
    puts them together.
    """
    certificates: dict[str, Mapping[str, Any]] = {}
    quantities: dict[str, Any] = {}
    lemmas: dict[str, None] = dict.fromkeys(rests_on)
    method = "exact"
    for part in parts:
        finding = part.run(context)
        if finding.outcome is not Outcome.ESTABLISHED:
            return finding
        certificates |= {f"{part.name} {n}": c for n, c in finding.certificates.items()}
        quantities |= {f"{part.name}: {n}": q for n, q in finding.quantities.items()}
        lemmas |= dict.fromkeys(finding.rests_on)
        method = finding.method
    return established(
        scope=scope,
        method=method,
        certificates=certificates,
        quantities=quantities,
        rests_on=tuple(lemmas),
    )


def counterexample(
    context: Context,
    *,
    formula: Formula,
    point: Mapping[str, Any],
    description: str,
    values: Mapping[str, Any] | None = None,
    shown: Mapping[str, Any] | None = None,
) -> Finding:
    """Refutes a universal statement by one point at which its formula fails.

    point: the claim's own parameters there; values: what the formula's variables take, when
    that is something else; shown: quantities that the report prints.  A point that obeys the
    statement leaves the finding inconclusive: it settles nothing either way.
    """
    assignment = dict(point if values is None else values)
    truth = holds(formula, EXACT, assignment)
    if truth is not Truth.FALSE:
        return inconclusive(
            scope=Domain.at(dict(point)),
            method="exact",
            reason="the proposed counterexample obeys the statement",
        )
    numbers = {n: v if isinstance(v, int) else str(v) for n, v in assignment.items()}
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={
            "counterexample": {
                "kind": "statement",
                "points": [numbers],
                "formula": formula.node,
                "holds": False,
            }
        },
        witness=Witness(description=description, values={**point, **(shown or {})}),
    )
