"""Refuting statements about the maximum margin and about the networks that attain it.

A stated value falls to a network above it or to a weighting below it; a stated property of
all optimal networks falls to one network without it whose optimality a weighting certifies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from constructions.groups import AbelianGroup
from constructions.margins import margin
from constructions.networks import Network
from constructions.numbers import EXACT, FLOAT, Truth
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, inconclusive, refuted
from verify.formula import Formula, Term, evaluate, holds
from verify.methods.margins import (
    BOUND,
    MARGIN,
    NORM,
    Point,
    bound_certificate,
    derived,
    network_certificate,
)

Weighting = Callable[..., Mapping[str, Any]]


def accepted(document: Mapping[str, Any]) -> str:
    """Empty when the independent checker accepts the certificate, else its reason."""
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    return "" if result.accepted else result.reason


def value_counterexample(
    context: Context,
    *,
    value: Term,
    build: Callable[..., Network],
    weights: Weighting,
    point: Point,
    group: Callable[..., AbelianGroup] = lambda **q: AbelianGroup.cyclic(q["p"]),
) -> Finding:
    """Refutes “γ* = value” at one point, by a network above or a weighting below the value.

    A value that survives both is reported inconclusive: this check establishes nothing.
    """
    network = build(**point)
    found = margin(network)
    known = derived(network, found)
    stated = f"{float(_real(evaluate(value, FLOAT, known))):.12g}"
    shown = ", ".join(f"{n}={v}" for n, v in point.items())
    if holds(value * NORM < MARGIN, EXACT, known) is Truth.TRUE:
        return refuted(
            scope=Domain.at(dict(point)),
            method="exact",
            certificates={"network": network_certificate(network, [value * NORM < MARGIN])},
            witness=Witness(
                description=f"{shown}: a network of width {network.width} has normalised margin "
                f"{float(found):.12g}, above the stated {stated}",
                values={**point, "margin": f"{float(found):.12g}", "stated": stated},
            ),
        )
    below = bound_certificate(group(**point), point["k"], weights(**point), [value > BOUND])
    if accepted(below):
        return inconclusive(
            scope=Domain.at(dict(point)),
            method="search",
            reason=f"the stated value stands at {shown}: no network above, no bound below",
        )
    return refuted(
        scope=Domain.at(dict(point)),
        method="convex",
        certificates={"bound": below},
        witness=Witness(
            description=f"{shown}: no network's normalised margin exceeds {float(found):.12g}, "
            f"which is below the stated {stated}",
            values={**point, "bound": f"{float(found):.12g}", "stated": stated},
        ),
        rests_on=("single-neuron bound",),
    )


def optimum_counterexample(
    context: Context,
    *,
    network: Callable[[], Network],
    violation: Formula,
    value: Term,
    weights: Weighting,
    point: Point,
    description: str,
    extra: Mapping[str, Mapping[str, Any]] | None = None,
) -> Finding:
    """Refutes a statement about all max-margin networks by one that violates it.

    value: γ* at the point; the network must attain it and the weighting must bound it, so
    that the network is optimal.  violation: on the network's derived quantities.  extra:
    further certificates that the violation needs.
    """
    candidate = network()
    found = margin(candidate)
    attains = value * NORM <= MARGIN
    known = derived(candidate, found)
    for formula, failure in (
        (attains, "the proposed network is not optimal"),
        (violation, "the proposed network does not violate the statement"),
    ):
        if holds(formula, EXACT, known) is not Truth.TRUE:
            return inconclusive(scope=Domain.at(dict(point)), method="search", reason=failure)
    upper = bound_certificate(candidate.task.group, point["k"], weights(**point), [value >= BOUND])
    certificates = {
        "network": network_certificate(candidate, [attains, violation]),
        "optimal": upper,
        **(extra or {}),
    }
    for name, document in certificates.items():
        if reason := accepted(document):
            return inconclusive(
                scope=Domain.at(dict(point)), method="search", reason=f"{name}: {reason}"
            )
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates=certificates,
        witness=Witness(
            description=description,
            values={**point, "width": candidate.width, "margin": f"{float(found):.12g}"},
        ),
        rests_on=("single-neuron bound",),
    )


def restricted_below(
    context: Context,
    *,
    frequencies: Sequence[tuple[int, ...]],
    weights: Weighting,
    network: Callable[[], Network],
    level: Term,
    point: Point,
    description: str,
) -> Finding:
    """Refutes “these frequencies alone suffice”: they stay below a level that a network beats.

    level: a bound for networks whose neurons each live on one of the frequencies, exceeded by
    the margin of an unrestricted network.
    """
    candidate = network()
    group = candidate.task.group
    documents = {
        "restricted": bound_certificate(
            group, point["k"], weights(**point), [level >= BOUND], frequencies
        ),
        "network": network_certificate(candidate, [level * NORM < MARGIN]),
    }
    for name, document in documents.items():
        if reason := accepted(document):
            return inconclusive(
                scope=Domain.at(dict(point)), method="convex", reason=f"{name}: {reason}"
            )
    return refuted(
        scope=Domain.at(dict(point)),
        method="convex",
        certificates=documents,
        witness=Witness(description=description, values=dict(point)),
        rests_on=("single-neuron bound",),
    )


def heavier_weighting(
    context: Context,
    *,
    mean_margin: Term,
    value: Term,
    weights: Weighting,
    point: Point,
    description: str,
) -> Finding:
    """Refutes “this weighting is an optimal dual”: one neuron's mean margin exceeds γ*.

    mean_margin: of a neuron of norm 1 under the weighting, written out in full.  value: an
    upper bound for γ*, certified by `weights`.
    """
    documents = {
        "neuron": _statement(mean_margin > value, point, holds=True),
        "optimal": bound_certificate(
            AbelianGroup.cyclic(point["p"]), point["k"], weights(**point), [value >= BOUND]
        ),
    }
    for name, document in documents.items():
        if reason := accepted(document):
            return inconclusive(
                scope=Domain.at(dict(point)), method="exact", reason=f"{name}: {reason}"
            )
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates=documents,
        witness=Witness(description=description, values=dict(point)),
        rests_on=("single-neuron bound",),
    )


def formula_fails(
    context: Context, *, formula: Formula, point: Point, description: str
) -> Finding:
    """Refutes a statement by a point at which its formula is false; establishes nothing."""
    if holds(formula, EXACT, point) is not Truth.FALSE:
        return inconclusive(
            scope=Domain.at(dict(point)), method="exact", reason="the formula holds there"
        )
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={"point": _statement(formula, point, holds=False)},
        witness=Witness(description=description, values=dict(point)),
    )


def _statement(formula: Formula, point: Point, *, holds: bool) -> dict[str, Any]:
    return {"kind": "statement", "points": [dict(point)], "formula": formula.node, "holds": holds}


def _real(value: Any) -> Any:
    return value.real if isinstance(value, complex) else value
