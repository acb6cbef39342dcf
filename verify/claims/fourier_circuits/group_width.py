"""How wide an optimal network on S3 must be: a narrower one than 2Σd³, and the least width."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from constructions.groups.permutation import symmetric
from verify.claims.fourier_circuits.common import candidate
from verify.claims.fourier_circuits.group_terms import SETTING, instances
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite
from verify.formula import Formula, equal, rational, sqrt
from verify.methods.combine import conjunction
from verify.methods.dihedral import (
    Neuron,
    differences,
    network_formula,
    size,
    vanishing_moment,
)
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

_POINT = {"group": "S3"}
_DOMAIN = Domain.of(group=Finite(["S3"]))
_READING = SETTING + (
    "Least: the smallest number of non-zero neurons of a network on S3 that attains γ*."
)


def _neurons(steps: int = 10) -> list[Neuron]:
    """Two neurons at the sign, ten at the irrep of degree 2.

    S3 is D_3.  Angles (3, 1/2, −1)·j/10 turns run through Z_10, which no frequency of *S3 width*
    annihilates; the gain 16/5 makes the two irreps count like their degrees.
    """
    signs = [Neuron(gain=Fraction(1), signs=s) for s in ((1, 1, 1), (1, -1, -1))]
    return signs + [
        Neuron(
            gain=Fraction(16, 5),
            angles=(Fraction(3 * j, 10), Fraction(j, 20), Fraction(-j, 10)),
        )
        for j in range(steps)
    ]


def _attains(neurons: list[Neuron]) -> Formula:
    """All values, and margin 24 = γ*·size with γ* = 2/(3√18 (1 + 2^{5/2}))."""
    optimum = rational(2) / (3 * sqrt(18) * (1 + rational(2) ** rational(5, 2)))
    whole, norms = size(neurons, 3)
    values = network_formula(neurons, 3, height=Fraction(24))
    return values & norms & equal(rational(24), optimum * whole)


def _network(neurons: list[Neuron]) -> Check:
    return Check(
        name=f"{len(neurons)} neurons attain the value",
        procedure=exact_statement,
        arguments={"formula": _attains(neurons), "points": ({},), "scope": Domain.at(_POINT)},
    )


# Differences of any two lie among the vanishing moments: ten neurons at the irrep of degree 2.
_CLIQUE = (
    *((2 * a, 2 * b, 2 * c) for a in range(2) for b in range(2) for c in range(2)),
    (1, 0, 1),
    (1, 2, 1),
)


def _clique(points: tuple[tuple[int, int, int], ...]) -> Check:
    return Check(
        name="ten orthogonal vectors",
        procedure=exact_statement,
        arguments={
            "formula": vanishing_moment(),
            "points": tuple(differences(points)),
            "scope": Domain.at(_POINT),
            "rests_on": ("S3 width",),
        },
    )


_VALUE = instances("the maximum margin of S3", [symmetric(3)])
_NARROW = _network(_neurons())
# Another gain at the second neuron of the sign spoils the cancellation of the squares.
_UNBALANCED = [replace(n, gain=n.gain + (i == 1)) for i, n in enumerate(_neurons())]


def _check(name: str, procedure: Any, parts: tuple[Check, ...], **more: Any) -> Check:
    return Check(name=name, procedure=procedure, arguments={"parts": parts, **more})


_REFUTED = _check(
    "a narrower network", refuted_by, (_NARROW, _VALUE), point=_POINT,
    description="a network of 12 neurons on S3 that attains γ*; 2Σd³ = 18", shown={"width": 12},
)
_LEAST = _check(
    "12 neurons attain γ*, and fewer do not", conjunction, (_NARROW, _VALUE, _clique(_CLIQUE)),
    scope=_DOMAIN, rests_on=("S3 width", "group structure"),
)

CLAIMS = [
    Claim(
        id="fc.cand.group-width",
        title="2Σd³ neurons are necessary on S3",
        source=candidate("groups"),
        printed_kind="candidate",
        statement="$2\\sum_{n\\ge2}d_n^3=18$ is the least width of a max-margin network on $S_3$.",
        domain=_DOMAIN,
        reading=_READING,
        falsified_by="a network on S3 with fewer than 18 neurons that attains γ*",
        corrected_by="fc.cand.group-width.corrected",
        checks=(_REFUTED,),
        mutants=(
            Mutant.of(_REFUTED, "one neuron fewer", parts=(_network(_neurons(9)), _VALUE)),
            Mutant.of(_REFUTED, "unequal gains", parts=(_network(_UNBALANCED), _VALUE)),
        ),
    ),
    Claim(
        id="fc.cand.group-width.corrected",
        title="The least width of a max-margin network on S3 is 12",
        source=candidate("groups"),
        printed_kind="candidate",
        statement="The least width of a max-margin network on $S_3$ is 12: two neurons at the sign "
        "and ten at the irrep of degree 2.",
        domain=_DOMAIN,
        reading=_READING,
        falsified_by="a network on S3 with fewer than 12 neurons that attains γ*",
        corrects="fc.cand.group-width",
        checks=(_LEAST,),
        mutants=(
            Mutant.of(_LEAST, "one neuron fewer",
                      parts=(_network(_neurons(9)), _VALUE, _clique(_CLIQUE))),
            Mutant.of(_LEAST, "an eleventh point",
                      parts=(_NARROW, _VALUE, _clique((*_CLIQUE, (1, 0, -1))))),
        ),
    ),
]
