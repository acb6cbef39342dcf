"""Inequalities that hold for all networks at once, as chains of named facts.

A chain proposes instances of the rules that `docs/lemmas` proves; the checker closes them
under transitivity.  A claim says which hypotheses its chain may use, so a chain that needs
one more establishes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive

Fact = Mapping[str, str]
Goal = Mapping[str, Sequence[str]]


def fact(rule: str, **names: str) -> Fact:
    """An instance of a rule: ``fact("min-le-mean", network="theta", distribution="q*")``."""
    return {"rule": rule, **names}


def at_most(left: str, right: str) -> Goal:
    """The goal left ≤ right."""
    return {"<=": [left, right]}


def same(left: str, right: str) -> Goal:
    """The goal left = right."""
    return {"=": [left, right]}


def order_chain(
    context: Context,
    *,
    facts: Sequence[Fact],
    goals: Sequence[Goal],
    scope: Domain,
    hypotheses: Sequence[str] = (),
    rests_on: tuple[str, ...] = ("order chains",),
) -> Finding:
    """Established when every goal follows from the facts with no other hypothesis.

    hypotheses: what the claim assumes, in the checker's words.  scope: what the names in the
    facts stand for, stated by the caller; a name stands for any object of its sort.
    """
    certificates: dict[str, Mapping[str, Any]] = {}
    for number, goal in enumerate(goals, start=1):
        document = {
            "kind": "order-chain",
            "facts": [dict(f) for f in facts],
            "goal": {relation: list(terms) for relation, terms in goal.items()},
            "hypotheses": list(hypotheses),
        }
        result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
        if not result.accepted:
            return inconclusive(scope=scope, method="symbolic", reason=result.reason)
        certificates[f"chain-{number}"] = document
    return established(
        scope=scope,
        method="symbolic",
        certificates=certificates,
        rests_on=rests_on,
        quantities={"hypotheses": "; ".join(hypotheses) or "none", "facts": len(facts)},
    )
