"""Statements for every finite group, through the lemmas of ``every-group``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import (
    Finding,
    Outcome,
    Witness,
    established,
    inconclusive,
    refuted,
)
from verify.formula import Term, rational

# Rule → the lemmas of docs/lemmas that it applies.
LEMMAS = {
    "neuron-identity": ("group neuron identity",),
    "neuron-maximum": ("group neuron identity", "group single-neuron bound"),
    "trace-neurons": ("trace networks",),
    "regular-character": ("regular character",),
    "dihedral": ("dihedral regularity",),
    "optimum": ("group optimum", "group structure"),
    "energy-labels": ("energy of a neuron",),
    "energy-schur": ("energy of a neuron", "Schur sums", "isotypic projectors"),
    "energy-sides": ("energy of a quadratic activation",),
    "energy-blocks": ("energy in blocks",),
    "energy-maxima": ("energy in blocks", "energy maxima"),
    "energy-hessian": ("energy maxima", "energy Hessian"),
    "energy-mixture": ("energy maxima", "energy mixtures"),
    "energy-nodes": ("node count",),
    "single-target": ("one target",),
}


def monomial(
    coefficient: Term | int = 1, *, degree: Any = 0, kind: Any = 0, order: Any = 0
) -> dict[str, Any]:
    """coefficient · d^degree · t^kind · |G|^order, exponents as integers or Fractions."""
    exponents = {"degree": degree, "type": kind, "order": order}
    return {
        "coefficient": rational(coefficient).node if isinstance(coefficient, int)
        else coefficient.node,
        **{name: str(Fraction(e)) for name, e in exponents.items() if e},
    }


def every_group(
    context: Context, *, rule: str, constants: Mapping[str, Any], scope: Domain
) -> Finding:
    """What a lemma says for every finite group, with the stated constants.

    The checker derives the constants again; when they differ the finding is inconclusive and its
    reason is the checker's.  scope: the groups that the lemma speaks of, stated by the caller.
    """
    document = {"kind": "every-group", "rule": rule, **constants}
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={rule: document},
        rests_on=LEMMAS[rule],
    )


def refuted_by_lemma(
    context: Context,
    *,
    rule: str,
    constants: Mapping[str, Any],
    point: Mapping[str, Any],
    description: str,
) -> Finding:
    """Refutes a statement at a group that a lemma, with these constants, contradicts there."""
    found = every_group(context, rule=rule, constants=constants, scope=Domain.at(dict(point)))
    if found.outcome is not Outcome.ESTABLISHED:
        return found
    return refuted(
        scope=found.scope,
        method=found.method,
        certificates=found.certificates,
        rests_on=found.rests_on,
        witness=Witness(description=description, values=dict(point)),
    )
