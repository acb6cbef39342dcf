"""Statements about the energy of one neuron on explicit finite groups.

The checker rebuilds the group, the energy and its derivatives from generators and weights (kind
``group-energy``); formulas may use `order`, `energy`, `norm`, `norm_u`, `norm_v`, along a direction
`slope` and `curvature`, and with the character table d_n, t_n and the block quantities of the n-th
character that ``docs/certificates.md`` lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from constructions.energy import maximiser
from constructions.groups.characters import character_table
from constructions.groups.irreps import Block, real_blocks
from constructions.groups.permutation import PermutationGroup
from constructions.numbers import Cyclotomic
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.formula import Formula, equal, var
from verify.methods.characters import number

ORDER, ENERGY, NORM = var("order"), var("energy"), var("norm")
CURVATURE, SLOPE = var("curvature"), var("slope")
Weights = Sequence[Cyclotomic | int | Fraction]


@dataclass(frozen=True, kw_only=True)
class Neuron:
    """A neuron with what is asserted of it.  u, v: (M,) in the order of `group.elements`.

    characters: also give the character table; direction: a tangent pair; spectrum: pairs
    (multiple of E*, multiplicity) of the Riemannian Hessian at w/|w|.
    """

    group: PermutationGroup
    u: Weights
    v: Weights
    relations: Sequence[Formula] = ()
    critical: bool | None = None
    spectrum: Sequence[tuple[int, int]] = ()
    direction: tuple[Weights, Weights] | None = None
    characters: bool = False

    def certificate(self) -> dict[str, Any]:
        """The certificate that asserts it."""
        document: dict[str, Any] = {
            "kind": "group-energy",
            "generators": [list(g) for g in self.group.generators],
            "u": _nodes(self.u),
            "v": _nodes(self.v),
        }
        if self.characters:
            document["representatives"] = [list(g) for g in self.group.representatives]
            document["characters"] = [
                _nodes(row) for row in character_table(self.group).values
            ]
        if self.relations:
            document["relations"] = [f.node for f in self.relations]
        if self.critical is not None:
            document["critical"] = self.critical
        if self.spectrum:
            document["spectrum"] = [list(pair) for pair in self.spectrum]
        if self.direction:
            document["direction"] = dict(zip("uv", map(_nodes, self.direction), strict=True))
        return document


def _nodes(values: Weights) -> list[Any]:
    return [number(x if isinstance(x, Cyclotomic) else Cyclotomic(x)).node for x in values]


def _accepted(document: Mapping[str, Any]) -> tuple[bool, str]:
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    return result.accepted, result.reason


def neuron_statement(
    context: Context,
    *,
    neurons: Sequence[Neuron],
    scope: Domain | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when the checker accepts every listed neuron with its assertions."""
    certificates = {}
    scope = scope or Domain.at(*({"group": n.group.name} for n in neurons))
    for place, neuron in enumerate(neurons):
        document = neuron.certificate()
        accepted, reason = _accepted(document)
        if not accepted:
            return inconclusive(
                scope=scope, method="exact", reason=f"{neuron.group.name}: {reason}"
            )
        certificates[f"{neuron.group.name}-{place}"] = document
    return established(scope=scope, method="exact", certificates=certificates, rests_on=rests_on)


def neuron_counterexample(
    context: Context,
    *,
    neuron: Neuron,
    description: str,
    point: Mapping[str, Any] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Refutes a statement by a neuron for which the checker accepts its violation."""
    at = dict(point or {"group": neuron.group.name})
    document = neuron.certificate()
    accepted, reason = _accepted(document)
    if not accepted:
        return inconclusive(
            scope=Domain.at(at), method="exact", reason=f"the neuron obeys it: {reason}"
        )
    return refuted(
        scope=Domain.at(at),
        method="exact",
        certificates={f"neuron-{neuron.group.name}": document},
        witness=Witness(description=description, values=at),
        rests_on=rests_on,
    )


@dataclass(frozen=True, kw_only=True)
class Peak:
    """What is asserted at a maximum of a block of a group of order M."""

    relations: Sequence[Formula] = ()
    spectrum: Sequence[tuple[int, int]] = ()


def stated_peak(block: Block, order: int, *, divisor: int = 2) -> Peak:
    """E* = M/(divisor·D), and the spectrum of lemma *energy Hessian*."""
    d, f = block.dimension, block.f
    spectrum = [(0, 3 * d - 2 - f), (-8, d - f + 1), (-4, 2 * order - 4 * d + 2 * f)]
    return Peak(
        relations=(
            equal(divisor * d * ENERGY, ORDER * NORM**2),
            equal(2 * var("norm_u"), NORM),
        ),
        spectrum=[(x, n) for x, n in spectrum if n],
    )


def peaks(
    context: Context,
    *,
    groups: Sequence[PermutationGroup],
    stated: Callable[[Block, int], Peak],
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when what is stated holds at an exact maximum of every block of every group.

    Each maximum has different halves, v = R_g u with g the last element, so U = bc*, V = ac*.
    """
    neurons = []
    for group in groups:
        for block in real_blocks(character_table(group)):
            u, v = maximiser(group, block, shift=group.order - 1)
            here = stated(block, group.order)
            neurons.append(
                Neuron(group=group, u=u, v=v, relations=here.relations, spectrum=here.spectrum)
            )
    scope = Domain.at(*({"group": g.name} for g in groups))
    return neuron_statement(context, neurons=neurons, scope=scope, rests_on=rests_on)
