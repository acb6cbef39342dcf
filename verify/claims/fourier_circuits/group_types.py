"""The parent's value for groups with complex or quaternionic irreps: it fails; what holds.

A complex or quaternionic irrep has type t = 2: a real neuron of given energy gains only 1/√2 of
what it would at a real one of the same degree.  So √t d^{5/2} takes the place of d^{5/2}.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from constructions.groups.characters import CharacterTable
from constructions.groups.permutation import (
    PermutationGroup,
    alternating,
    cyclic,
    frobenius_21,
    quaternion,
    symmetric,
)
from verify.claims.fourier_circuits.common import candidate
from verify.claims.fourier_circuits.group_terms import (
    FIVE_HALVES,
    HALF,
    PRINTED,
    SETTING,
    THREE_HALVES,
    instances,
    printed_value,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole
from verify.formula import Term, equal, rational, sqrt, total
from verify.methods.characters import (
    BOUND,
    MARGIN,
    NORM,
    ORDER,
    TOTAL,
    Content,
    degree,
    equalising_weights,
    group_counterexample,
    kind,
    nontrivial,
    regular_masses,
    value,
)
from verify.methods.every_group import every_group, monomial

_READING = SETTING + (
    "d_n: the degrees of the irreducible complex representations, or the dimensions of the "
    "irreducible real ones; the value fails in both readings (above γ* in the first, below it in "
    "the second). Every width is allowed. "
)
_RC = "Σ_{n≥2} √t_n d_n^{1.5} χ_n(C) ≤ 0 for every non-trivial class C"
_CORRECT = "\\gamma^*=\\frac{2}{3\\sqrt{3|G|}\\sum_{n\\ge2}\\sqrt{t_n}\\,d_n^{2.5}}"


def _real_dimensions(table: CharacterTable) -> Term:
    """Σ D^{5/2} over the non-trivial irreps over the reals, D = t·d; a complex one has two χ."""
    return total(
        [
            (kind(n) * degree(n)) ** rational(FIVE_HALVES) / (2 - abs(table.indicators[n - 1]))
            for n in nontrivial(table)
        ]
    )


def _not_printed(table: CharacterTable, *, factor: Fraction = Fraction(1)) -> Content:
    """The printed value exceeds a bound when d are degrees, and is exceeded when d are real
    dimensions; `factor` multiplies it."""
    other = 2 / (3 * sqrt(3 * ORDER) * _real_dimensions(table))
    return Content(
        masses=regular_masses(table),
        weights=equalising_weights(table),
        relations=(
            rational(factor) * printed_value(table) * TOTAL > BOUND,
            rational(factor) * other * NORM < MARGIN,
        ),
    )


def _corrected(table: CharacterTable, *, exponent: Fraction = HALF) -> Content:
    """Both sides meet at 2/(3√(3|G|) Σ t^exponent d^{5/2})."""
    terms = [kind(n) ** rational(exponent) * degree(n) ** rational(FIVE_HALVES)
             for n in nontrivial(table)]
    regularity = [sqrt(kind(n)) * degree(n) ** rational(THREE_HALVES) * value(n)
                  for n in nontrivial(table)]
    stated = 2 / (3 * sqrt(3 * ORDER) * total(terms))
    return Content(
        masses=regular_masses(table),
        weights=equalising_weights(table),
        relations=(equal(MARGIN, stated * NORM), equal(BOUND, stated * TOTAL)),
        class_relations=(total(regularity) < rational(0),),
        conclusions=("value", "single-irrep", "every-irrep"),
    )


def _without_types(table: CharacterTable) -> Content:
    return _corrected(table, exponent=Fraction(0))


def _at_a_twentieth(table: CharacterTable) -> Content:
    return _not_printed(table, factor=Fraction(1, 20))


def _refuted(group: PermutationGroup, point: dict[str, Any]) -> Check:
    return Check(
        name="both readings of the value",
        procedure=group_counterexample,
        arguments={
            "group": group,
            "violation": _not_printed,
            "point": point,
            "description": f"{group.name}: γ* is smaller than the value with complex degrees, and "
            "larger than with real dimensions",
            "rests_on": ("irreducible rows", "trace networks", "group single-neuron bound"),
        },
    )


def _claims(
    name: str,
    title: str,
    about: str,
    group: PermutationGroup,
    *,
    domain: Domain,
    point: dict[str, Any],
    corrected: Claim | None = None,
) -> list[Claim]:
    check = _refuted(group, point)
    shared: dict[str, Any] = {
        "source": candidate("groups"),
        "printed_kind": "candidate",
        "domain": domain,
        "falsified_by": "a network above the value, or a certified bound below it",
    }
    printed = Claim(
        id=name,
        title=f"The printed value for {title}",
        statement=f"For {about} the maximum margin is ${PRINTED}$.",
        reading=_READING,
        corrected_by=f"{name}.corrected",
        checks=(check,),
        mutants=(
            Mutant.of(check, "a twentieth of the value", violation=_at_a_twentieth),
            Mutant.of(check, "a group with real irreps", group=symmetric(3)),
        ),
        **shared,
    )
    if corrected is not None:
        return [printed, corrected]
    both = instances("both sides", [group], _corrected)
    return [
        printed,
        Claim(
            id=f"{name}.corrected",
            title=f"The maximum margin for {title}",
            statement=f"For {about} the maximum margin is ${_CORRECT}$, with $t_n=1$ for a real "
            "and $t_n=2$ for a complex or quaternionic irrep.",
            reading=SETTING + "d_n: degrees of the irreducible complex representations.",
            corrects=name,
            checks=(both,),
            mutants=(Mutant.of(both, "without the types", content=_without_types),),
            **shared,
        ),
    ]


_EVERY = Check(
    name="every group",
    procedure=every_group,
    arguments={
        "rule": "optimum",
        "constants": {
            "types": "all",
            "mass": monomial(degree=FIVE_HALVES, kind=HALF),
            "weight": monomial(degree=THREE_HALVES, kind=HALF),
            "sign": -1,
            "value": monomial(2 / (3 * sqrt(3)), order=-HALF),
            "conclusions": ["value", "weighting", "single-irrep"],
        },
        "scope": Domain.of(group=Whole("finite groups that satisfy RC with √t_n d_n^{1.5}")),
    },
)
_SMALL: Sequence[PermutationGroup] = (
    cyclic(3), cyclic(4), cyclic(5), symmetric(3), quaternion(), alternating(4), frobenius_21(),
)
_INSTANCES = instances("both sides in small groups", _SMALL, _corrected)


def _constants(**overrides: Any) -> dict[str, Any]:
    return {**_EVERY.arguments["constants"], **overrides}


_GENERAL = Claim(
    id="fc.cand.group-complex.zp.corrected",
    title="The maximum margin of group composition for irreps of every type",
    source=candidate("groups"),
    printed_kind="candidate",
    statement=f"${_CORRECT}$ for every finite group in which {_RC}, where $t_n=1$ for a real and "
    "$t_n=2$ for a complex or quaternionic irrep; for $Z_p$, $p$ odd, this is "
    "$\\sqrt{2/27}/(p^{1/2}(p-1))$.",
    hypotheses=(_RC,),
    domain=_EVERY.arguments["scope"],
    reading=SETTING + "d_n: degrees of the irreducible complex representations; the width is large "
    "enough.",
    falsified_by="a group under the condition with a network above the value, or a bound below it",
    corrects="fc.cand.group-complex.zp",
    checks=(_EVERY, _INSTANCES),
    mutants=(
        Mutant.of(_EVERY, "without the types", constants=_constants(
            mass=monomial(degree=FIVE_HALVES), weight=monomial(degree=THREE_HALVES))),
        Mutant.of(_EVERY, "weights of the opposite sign", constants=_constants(sign=1)),
        Mutant.of(_INSTANCES, "without the types", content=_without_types),
    ),
)

CLAIMS = [
    *_claims(
        "fc.cand.group-complex.zp", "Z_p", "$Z_p$, p an odd prime", cyclic(3),
        domain=Domain.of(p=Primes(3)), point={"p": 3}, corrected=_GENERAL,
    ),
    *_claims(
        "fc.cand.group-complex.a4", "A4", "$A_4$", alternating(4),
        domain=Domain.of(group=Finite(["A4"])), point={"group": "A4"},
    ),
    *_claims(
        "fc.cand.group-complex.c7c3", "C7⋊C3", "$C_7\\rtimes C_3$", frobenius_21(),
        domain=Domain.of(group=Finite(["C7⋊C3"])), point={"group": "C7⋊C3"},
    ),
    *_claims(
        "fc.cand.group-quaternion", "Q8", "$Q_8$", quaternion(),
        domain=Domain.of(group=Finite(["Q8"])), point={"group": "Q8"},
    ),
]
