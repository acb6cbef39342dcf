"""Statements about every number of inputs at once: exclusions, frequency sets, widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructions.groups import AbelianGroup
from constructions.numbers import EXACT, Truth
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
from verify.formula import Formula, Term, holds
from verify.methods.margins import family
from verify.methods.optima import accepted


def family_excludes(
    context: Context,
    *,
    description: str,
    values: Mapping[str, Any],
    scope: Domain,
    violated: Formula | None = None,
    point: Mapping[str, int] | None = None,
    **arguments: Any,
) -> Finding:
    """Refutes a statement that contradicts what a family certificate proves.

    arguments: those of `verify.methods.margins.family`.  violated: the stated formula, which
    must be false at `point` once the family's formulas are inserted.
    """
    proof = family(context, scope=scope, **arguments)
    if proof.outcome is not Outcome.ESTABLISHED:
        return proof
    certificates = dict(proof.certificates)
    if violated is not None:
        at = dict(point or {})
        if holds(violated, EXACT, at) is not Truth.FALSE:
            return inconclusive(
                scope=scope, method="symbolic", reason=f"the statement holds at {at}"
            )
        certificates["point"] = {
            "kind": "statement",
            "points": [at],
            "formula": violated.node,
            "holds": False,
        }
    return refuted(
        scope=scope if point is None else Domain.at(point),
        method="symbolic",
        certificates=certificates,
        witness=Witness(description=description, values=values),
        rests_on=proof.rests_on,
    )


def frequency_family(
    context: Context,
    *,
    group: AbelianGroup,
    frequencies: Sequence[tuple[int, ...]],
    shares: Mapping[str, str],
    weights: Mapping[str, str],
    relations: Sequence[Formula],
    scope: Domain,
) -> Finding:
    """The best margin of networks on some complex frequencies, for every number of inputs.

    Relations may use `attained` and `bound`, in units of the largest Fourier coefficient that
    one neuron of norm 1 has; γ* of a group of odd order n is n/(n−1) units.
    """
    document = {
        "kind": "frequency-family",
        "group": list(group.orders),
        "frequencies": [list(z) for z in frequencies],
        "shares": dict(shares),
        "weights": dict(weights),
        "relations": [r.node for r in relations],
    }
    if reason := accepted(document):
        return inconclusive(scope=scope, method="symbolic", reason=reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={"frequencies": document},
        rests_on=("single-neuron bound", "product moments"),
    )


def width_family(context: Context, *, size: Term, scope: Domain) -> Finding:
    """No max-margin network has fewer than `size` neurons per frequency, for every k.

    size: a monomial in k.  scope: odd moduli whose prime factors exceed k.
    """
    document = {
        "kind": "width-bound",
        "inputs": "all",
        "clique": "even-words",
        "size": size.node,
    }
    if reason := accepted(document):
        return inconclusive(scope=scope, method="symbolic", reason=reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={"clique": document},
        rests_on=("clique bound",),
    )
