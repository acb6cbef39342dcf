"""Group composition: the parent's Theorem 9, for all finite groups that meet its hypotheses.

The printed condition is read for groups all of whose irreducible representations are real; what
becomes of the formula for other groups is asked in `groups_types`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.groups.characters import CharacterTable
from constructions.groups.permutation import alternating, cyclic, dihedral, symmetric
from verify.claims.fourier_circuits.common import parent
from verify.claims.fourier_circuits.group_terms import (
    FIVE_HALVES,
    HALF,
    PRINTED,
    REAL_READING,
    THREE_HALVES,
    attained,
    instances,
    with_exponent,
)
from verify.claims.writing import altered, lemma
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import sqrt
from verify.methods.characters import Content
from verify.methods.every_group import monomial

REGULAR = Domain.of(group=Whole("finite groups with real irreps that satisfy RC"))
_RC = "RC: Σ_{n≥2} d_n^{1.5} χ_n(C) < 0 for every non-trivial class C"


def optimum_constants(*conclusions: str, **overrides: Any) -> dict[str, Any]:
    """Theorem 9's constants for groups with real irreps."""
    constants = {
        "types": "real",
        "mass": monomial(degree=FIVE_HALVES),
        "weight": monomial(degree=THREE_HALVES),
        "sign": -1,
        "value": monomial(2 / (3 * sqrt(3)), order=-HALF),
        "conclusions": list(conclusions),
        **overrides,
    }
    return {name: v for name, v in constants.items() if v is not None}


def _theorem(*conclusions: str, **overrides: Any) -> Check:
    return lemma("every group", "optimum", REGULAR, **optimum_constants(*conclusions, **overrides))


_SMALL = instances(
    "both sides in small groups",
    (cyclic(2), dihedral(2), symmetric(3), dihedral(4), dihedral(5), symmetric(4), symmetric(5)),
)


def _dearer(table: CharacterTable) -> Content:
    return attained(table, scale=Fraction(101, 100))


def _main(variant: str, title: str, statement: str, falsified_by: str, check: Check, reading: str,
          *mutants: Mutant) -> Claim:
    return Claim(
        id=f"mor.group.{variant}",
        title=title,
        source=parent("Theorem 9"),
        printed_kind="op",
        statement=statement,
        hypotheses=(_RC, "m ≥ 2Σ_{n≥2} d_n³"),
        domain=REGULAR,
        reading=REAL_READING + reading,
        falsified_by=falsified_by,
        checks=(check, _SMALL),
        mutants=(
            *mutants,
            altered(check, "weights d^{5/2} in RC", weight=monomial(degree=FIVE_HALVES)),
            Mutant.of(_SMALL, "a group in which RC fails", groups=(alternating(5),)),
        ),
    )


_VALUE = _theorem("value", "width", width=monomial(2, degree=3))
_SINGLE = _theorem("value", "single-irrep")
_EVERY = _theorem("value", "every-irrep")

CLAIMS = [
    _main(
        "value",
        "The maximum margin of group composition",
        f"For $m\\ge2\\sum_{{n\\ge2}}d_n^3$ and under RC the maximum $L_{{2,3}}$ margin is "
        f"${PRINTED}$.",
        "a group under RC with a network above the value, or a certified bound below it",
        _VALUE,
        "The width suffices: an optimal network of exactly this width exists.",
        altered(_VALUE, "Σd² for Σd^{5/2}", mass=monomial(degree=2)),
        altered(_VALUE, "factor 1 for 2", value=monomial(1 / (3 * sqrt(3)), order=-HALF)),
        altered(_VALUE, "width Σd³", width=monomial(1, degree=3)),
        Mutant.of(_SMALL, "exponent 2", content=with_exponent(attained, Fraction(2))),
        Mutant.of(_SMALL, "1 % more", content=_dearer),
    ),
    _main(
        "one-irrep",
        "Every neuron of a max-margin group network uses one irrep",
        "In a max-margin network each neuron is spanned by the matrix elements of one non-trivial "
        "irrep.",
        "a max-margin network with a neuron that mixes irreps or has a constant part",
        _SINGLE,
        "u, v and w of one neuron lie in the span of the matrix elements of the same irrep; zero "
        "neurons do trivially.",
        altered(_SINGLE, "masses d³", mass=monomial(degree=3)),
    ),
    _main(
        "every-irrep",
        "Every non-trivial irrep is used by a max-margin group network",
        "In a max-margin network each non-trivial irrep is used by some neuron.",
        "a max-margin network that avoids a non-trivial irrep",
        _EVERY,
        "Used: a neuron with u, v, w in its span and w not zero.",
        altered(_EVERY, "masses d³", mass=monomial(degree=3)),
    ),
]
