"""Margins from both sides: networks that attain them, distributions that bound them.

Every procedure proposes in the suite's fast arithmetic and leaves certificates that the
checker decides again from the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from constructions.groups import AbelianGroup
from constructions.margins import Margin, margin
from constructions.networks import Block, CosineNetwork, Network
from constructions.numbers import EXACT, Ball, Truth
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.formula import Formula, Term, holds, var
from verify.methods.scopes import is_structural, require_scope

Point = Mapping[str, Any]
NORM, MARGIN, BOUND, WIDTH = var("norm"), var("margin"), var("bound"), var("width")


def network_certificate(network: Network, relations: Sequence[Formula]) -> dict[str, Any]:
    """A certificate that the network satisfies relations between its derived quantities."""
    return {
        "kind": "network-margin",
        "group": list(network.task.group.orders),
        "inputs": network.task.inputs,
        "network": network.json(),
        "data": "all",
        "relations": [r.node for r in relations],
    }


def bound_certificate(
    group: AbelianGroup,
    inputs: int,
    weights: Mapping[str, Any],
    relations: Sequence[Formula],
    frequencies: Sequence[tuple[int, ...]] | None = None,
) -> dict[str, Any]:
    """A certificate that a weighting of wrong labels bounds every network's margin.

    weights: shift "δ_1,…,δ_r" → rational string or formula node in k, n.
    frequencies: bounds only networks whose neurons live on these frequencies.
    """
    return {
        "kind": "margin-bound",
        "group": list(group.orders),
        "inputs": inputs,
        "weights": dict(weights),
        "frequencies": "all" if frequencies is None else [list(z) for z in frequencies],
        "relations": [r.node for r in relations],
    }


def derived(network: Network, found: Margin) -> dict[str, Any]:
    """The variables that a relation on a network may use, as the checker derives them too."""
    group, k = network.task.group, network.task.inputs
    sizes = sorted(network.sizes(), key=lambda size: size.rank(k))
    value = found.value if found.arithmetic is EXACT else Ball(found.value, bits=found.norm.bits)
    values: dict[str, Any] = {
        "k": k,
        "n": group.order,
        "width": network.width,
        "margin": value,
        "norm": found.norm,
        "size_min": sizes[0].of_one(k, found.arithmetic),
        "size_max": sizes[-1].of_one(k, found.arithmetic),
    }
    if group.is_cyclic_presentation:
        values["p"] = group.order
    if isinstance(network, CosineNetwork):
        counts = _counts(network.blocks, group)
        values |= {
            "count_min": min(counts.values()),
            "count_max": max(counts.values()),
            "frequencies": len(counts),
        }
    return values


def _counts(blocks: Sequence[Block], group: AbelianGroup) -> dict[tuple[int, ...], int]:
    counts: dict[tuple[int, ...], int] = {}
    for block in blocks:
        for zeta in block.frequencies:
            key = min(zeta, group.negate(zeta))
            counts[key] = counts.get(key, 0) + block.design.size
    return counts


def network_relation(
    context: Context,
    *,
    build: Callable[..., Network],
    points: Sequence[Point],
    relation: Formula,
    scope: Domain | None = None,
    describe: str = "",
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Decides a relation between margin, norm, width, … of the network built at each point.

    The first point at which it fails is the witness of a refutation.
    """
    certificates, quantities = {}, {}
    for point in points:
        network = build(**point)
        found = margin(network)
        truth = holds(relation, found.arithmetic, derived(network, found))
        name = "-".join(f"{n}{v}" for n, v in point.items()) or "network"
        quantities[name] = f"normalised margin {float(found):.12g}, width {network.width}"
        if truth is Truth.FALSE:
            return refuted(
                scope=Domain.at(dict(point)),
                method="exact",
                certificates={f"network-{name}": network_certificate(network, [~relation])},
                witness=Witness(
                    description=describe or f"the network at {_show(point)} violates it",
                    values={**point, "width": network.width, "margin": f"{float(found):.12g}"},
                ),
                quantities=quantities,
            )
        certificates[f"network-{name}"] = network_certificate(network, [relation])
    return established(
        scope=scope or Domain.at(*(dict(p) for p in points)),
        method="exact",
        certificates=certificates,
        quantities=quantities,
        rests_on=rests_on,
    )


def network_counterexample(
    context: Context,
    *,
    network: Callable[[], Network],
    violation: Formula,
    point: Point,
    description: str,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Refutes a statement by a network whose derived quantities satisfy `violation`.

    point: the parameters of the claim at which the network lives.
    """
    candidate = network()
    found = margin(candidate)
    quantities = {
        "normalised margin": f"{float(found):.12g}",
        "width": candidate.width,
    }
    if holds(violation, found.arithmetic, derived(candidate, found)) is not Truth.TRUE:
        return inconclusive(
            scope=Domain.at(dict(point)),
            method="search",
            reason="the proposed network does not violate the statement",
            quantities=quantities,
        )
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={"network": network_certificate(candidate, [violation])},
        witness=Witness(description=description, values={**point, "width": candidate.width}),
        quantities=quantities,
        rests_on=rests_on,
    )


def bound_relation(
    context: Context,
    *,
    weights: Callable[..., Mapping[str, Any]],
    points: Sequence[Point],
    relation: Formula,
    group: Callable[..., AbelianGroup] = lambda **q: AbelianGroup.cyclic(q["p"]),
    frequencies: Callable[..., Sequence[tuple[int, ...]]] | None = None,
    scope: Domain | None = None,
    refutes: str = "",
    rests_on: tuple[str, ...] = ("single-neuron bound",),
) -> Finding:
    """A dual weighting at each point, with a relation on its `bound`.

    refutes: when given, the relation contradicts a claim, and its first point is the witness.
    """
    certificates = {}
    for point in points:
        name = "-".join(f"{n}{v}" for n, v in point.items())
        chosen = None if frequencies is None else frequencies(**point)
        document = bound_certificate(
            group(**point), point["k"], weights(**point), [relation], chosen
        )
        result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
        if not result.accepted:
            return inconclusive(
                scope=Domain.at(dict(point)),
                method="convex",
                reason=f"the weighting at {_show(point)} does not show it: {result.reason}",
            )
        certificates[f"bound-{name}"] = document
        if refutes:
            return refuted(
                scope=Domain.at(dict(point)),
                method="convex",
                certificates=certificates,
                witness=Witness(description=refutes, values=dict(point)),
                rests_on=rests_on,
            )
    return established(
        scope=scope or Domain.at(*(dict(p) for p in points)),
        method="convex",
        certificates=certificates,
        rests_on=rests_on,
    )


def maximum_margin_is(
    context: Context,
    *,
    value: Term,
    build: Callable[..., Network],
    weights: Callable[..., Mapping[str, Any]],
    points: Sequence[Point],
    group: Callable[..., AbelianGroup] = lambda **q: AbelianGroup.cyclic(q["p"]),
    scope: Domain | None = None,
) -> Finding:
    """γ* = value at each point: a network attains it and a weighting bounds it.

    A wrong value is refuted: a network beats it, or a certified bound lies below it.
    """
    certificates, quantities = {}, {}
    for point in points:
        name = "-".join(f"{n}{v}" for n, v in point.items())
        network = build(**point)
        found = margin(network)
        quantities[name] = f"{float(found):.12g}"
        known = derived(network, found)
        if holds(value * NORM < MARGIN, found.arithmetic, known) is Truth.TRUE:
            return refuted(
                scope=Domain.at(dict(point)),
                method="exact",
                certificates={
                    f"network-{name}": network_certificate(network, [value * NORM < MARGIN])
                },
                witness=Witness(
                    description=f"a network of width {network.width} at {_show(point)} has "
                    f"normalised margin {float(found):.12g}, above the stated value",
                    values={**point, "margin": f"{float(found):.12g}"},
                ),
            )
        weighting = weights(**point)
        upper = bound_certificate(group(**point), point["k"], weighting, [value >= BOUND])
        verdict = check_document({"format": "verify-certificate/1", "claim": "-", **upper})
        if not verdict.accepted:
            return inconclusive(
                scope=Domain.at(dict(point)),
                method="convex",
                reason=f"no bound at {_show(point)}: {verdict.reason}",
                quantities=quantities,
            )
        if holds(value * NORM > MARGIN, found.arithmetic, known) is Truth.TRUE:
            below = bound_certificate(group(**point), point["k"], weighting, [value > BOUND])
            return refuted(
                scope=Domain.at(dict(point)),
                method="convex",
                certificates={f"bound-{name}": below},
                witness=Witness(
                    description=f"at {_show(point)} every network's normalised margin is at most "
                    f"{float(found):.12g}, below the stated value",
                    values={**point, "bound": f"{float(found):.12g}"},
                ),
                rests_on=("single-neuron bound",),
            )
        certificates[f"network-{name}"] = network_certificate(network, [value * NORM <= MARGIN])
        certificates[f"bound-{name}"] = upper
    return established(
        scope=scope or Domain.at(*(dict(p) for p in points)),
        method="convex",
        certificates=certificates,
        quantities=quantities,
        rests_on=("single-neuron bound",),
    )


def family(
    context: Context,
    *,
    groups: str,
    inputs: int | str,
    scope: Domain,
    value: Mapping[str, Any],
    conclusions: Sequence[str] = ("value",),
    design: Sequence[Sequence[str]] | str | None = None,
    factor: Sequence[str] | None = None,
    width: Term | None = None,
    rate: Term | None = None,
    derived: Mapping[str, Mapping[str, Any]] | None = None,
    rests_on: tuple[str, ...] = ("single-neuron bound", "abelian optimum"),
) -> Finding:
    """Value and structure of all max-margin networks for infinitely many moduli at once.

    value: ``{"numerator": Term, "denominator": [Term, …]}``; derived: named consequences in
    the same shape, with an optional ``"minus"`` in the numerator.  rate: a function of k to
    which the width is small as k grows.  design: phase vectors, or
    ``"ladder"`` for every k.  The checker decides; a rejected certificate makes the finding
    inconclusive and its reason is the checker's.  scope: must lie in what such a certificate
    can say; ValueError otherwise.
    """
    structural = derived is not None or is_structural(conclusions)
    require_scope(scope, groups, inputs, structural=structural)
    document: dict[str, Any] = {
        "kind": "margin-family",
        "groups": groups,
        "inputs": inputs,
        "value": _fraction(value),
        "conclusions": list(conclusions),
    }
    if design is not None:
        document["design"] = design if isinstance(design, str) else [list(v) for v in design]
    if factor is not None:
        document["factor"] = list(factor)
    if width is not None:
        document["width"] = width.node
    if rate is not None:
        document["rate"] = rate.node
    if derived is not None:
        document["derived"] = {name: _fraction(parts) for name, parts in derived.items()}
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    lemma = "product moments" if factor else "moment condition"
    lemma = "ladder moments" if design == "ladder" else lemma
    return established(
        scope=scope,
        method="symbolic",
        certificates={"family": document},
        rests_on=(*rests_on, lemma),
    )


def _fraction(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {n: [_node(t) for t in v] if n == "denominator" else _node(v) for n, v in parts.items()}


def _node(term: Any) -> Any:
    return term.node if isinstance(term, Term) else term


def _show(point: Point) -> str:
    return ", ".join(f"{n}={v}" for n, v in point.items())
