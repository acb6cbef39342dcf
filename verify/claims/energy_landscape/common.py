"""What the modules of this package share: sources, domains, witnesses, builders of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from constructions.groups.families import dicyclic
from constructions.groups.permutation import Permutation, PermutationGroup, cyclic, symmetric
from verify.claims import writing
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Whole
from verify.formula import Formula
from verify.methods.energy import Neuron, neuron_counterexample, neuron_statement
from verify.methods.every_group import refuted_by_lemma

TITLE = "Energy landscape and stages of grokking"


def paper(locator: str) -> Source:
    """A place in arXiv:2509.21519v5."""
    return Source(title=TITLE, arxiv="2509.21519", version="v5", locator=locator)


def candidate(family: str) -> Source:
    """A statement that nobody printed: derived, sharpened or merely natural."""
    return Source(title="candidate statements on energy landscapes", locator=family)


def source_of(claim_id: str, locator: str) -> Source:
    """The source that an id tells."""
    return candidate(locator) if claim_id.startswith("li2.cand.") else paper(locator)


SETTING = (
    "H is a finite group with M ≥ 2 elements; data: all M² pairs; weights w = [u; Pv] are real "
    "unless said otherwise; σ(t) = t² where none is named; E = ½|Ycᵀσ(Xw)|². "
)
ON_SPHERE = SETTING + "Critical points and maxima are those of E on the unit sphere |w| = 1. "
GROUPS = Domain.of(group=Whole("finite groups of order at least 2"))


def of_type(name: str) -> Domain:
    """Groups with a block of a type, or of a kind."""
    return Domain.of(group=Whole(f"finite groups {name}"))


# -- witnesses ---------------------------------------------------------------------------------

Z2, Z3, Z4, S3, Q8 = cyclic(2), cyclic(3), cyclic(4), symmetric(3), dicyclic(2)
SIGN = (1, -1)  # the only non-trivial character of Z2
WAVE = (2, -1, -1)  # 2cos(2πx/3) on Z3
SHIFTED = (-1, 2, -1)  # the same wave with another phase
COS4, SIN4, SIGN4 = (1, 0, -1, 0), (0, 1, 0, -1), (1, -1, 1, -1)  # on Z4


def pair(group: PermutationGroup, u: Sequence[Any], v: Sequence[Any] | None = None,
         **fields: Any) -> Neuron:
    """A neuron with halves u and v (= u by default)."""
    return Neuron(group=group, u=tuple(u), v=tuple(u if v is None else v), **fields)


@cache
def s3_vector(*terms: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[int, ...]:
    """Σ ⟨b, ρ(x)c⟩ over the terms (b, c), ρ permuting the coordinates of vectors with sum 0.

    The component of this function in the two-dimensional block of S3 is Σ b c*.
    """
    def value(x: Permutation) -> int:
        return sum(b[x[j]] * c[j] for b, c in terms for j in range(3))

    return tuple(value(x) for x in S3.elements)


# Two orthogonal vectors with sum 0, of squared norms 2 and 6.
E1, E2 = (1, -1, 0), (1, 1, -2)


# -- builders ----------------------------------------------------------------------------------


def lemma(name: str, rule: str, scope: Domain = GROUPS, **constants: Any) -> Check:
    """A rule of `every-group` with its constants, by default for every group."""
    return writing.lemma(name, rule, scope, **constants)


VALUE = {"coefficient": "1/2", "order": 1, "dimension": -1}
# Drops a hypothesis of the lemma *energy maxima*: that some block has a positive energy.
NO_ENERGY = {"coefficient": 0, "order": 1, "dimension": -1}
# Larger blocks with more energy: the least D then has the least.
GROWING = {"coefficient": "1/2", "order": 1, "dimension": 1}
EIGHTH = {"coefficient": "1/8", "order": 1, "dimension": -1}


def maxima(name: str, scope: Domain = GROUPS, **constants: Any) -> Check:
    """The rule `energy-maxima`: E* = M/(2D), and what follows."""
    return lemma(name, "energy-maxima", scope, value=VALUE, **constants)


def against_lemma(name: str, rule: str, point: Mapping[str, Any], description: str,
                  **constants: Any) -> Check:
    """A group at which a lemma contradicts the statement."""
    return Check(
        name=name,
        procedure=refuted_by_lemma,
        arguments={"rule": rule, "constants": constants, "point": point,
                   "description": description},
    )


def against(neuron: Neuron, description: str, *, rests_on: tuple[str, ...] = (),
            **point: Any) -> Check:
    """A neuron that contradicts the statement."""
    return Check(
        name=f"a neuron on {neuron.group.name}",
        procedure=neuron_counterexample,
        arguments={
            "neuron": neuron,
            "description": description,
            "point": {"group": neuron.group.name, **point},
            "rests_on": rests_on,
        },
    )


def at(name: str, *neurons: Neuron, rests_on: tuple[str, ...] = (),
       scope: Domain | None = None) -> Check:
    """Neurons of which everything that they assert holds."""
    return Check(
        name=name,
        procedure=neuron_statement,
        arguments={"neurons": neurons, "rests_on": rests_on, "scope": scope},
    )


def stated(
    claim_id: str,
    title: str,
    locator: str,
    statement: str,
    falsified_by: str,
    checks: Sequence[Check] | Check,
    *mutants: Mutant,
    domain: Domain,
    kind: str = "id",
    reading: str = "",
    **links: Any,
) -> Claim:
    """A claim beside the energy on spheres: its reading is all of its conventions."""
    return writing.entry(
        claim_id, title, statement, source=source_of(claim_id, locator),
        kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=reading, falsified_by=falsified_by,
        checks=(checks,) if isinstance(checks, Check) else checks, mutants=mutants, **links,
    )


def on_sphere(
    *parts: Any, reading: str = "", kind: str = "op", domain: Domain = GROUPS, **links: Any
) -> Claim:
    """A claim about E on the unit sphere for every group, with the parts of `stated`."""
    return stated(*parts, reading=ON_SPHERE + reading, kind=kind, domain=domain, **links)


def with_relations(check: Check, description: str, *relations: Formula, **fields: Any) -> Mutant:
    """A mutant of `against`: the same neuron, asserted to obey or break something else."""
    changed = replace(check.arguments["neuron"], relations=relations, **fields)
    return Mutant.of(check, description, neuron=changed)
