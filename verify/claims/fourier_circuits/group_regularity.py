"""Which groups satisfy the regularity condition RC, and the maximum margin of S3 to S6.

RC makes the parent's value hold.  It fails for S6 and A5; on S6 the exact solution of the margin
game on the character table is larger than the printed value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.groups.characters import CharacterTable
from constructions.groups.game import solve
from constructions.groups.permutation import PermutationGroup, alternating, dihedral, symmetric
from verify.claims.fourier_circuits.common import candidate, parent
from verify.claims.fourier_circuits.group_terms import (
    HALF,
    PRINTED,
    REAL_READING,
    attained,
    instances,
    printed_value,
    satisfies,
    violates,
    with_exponent,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, at_least
from verify.formula import Term, equal, rational, sqrt
from verify.methods.characters import (
    BOUND,
    MARGIN,
    NORM,
    TOTAL,
    Content,
    group_counterexample,
    number,
)
from verify.methods.every_group import every_group

_HOLDS = instances(
    "RC on every class", [symmetric(k) for k in range(2, 6)], satisfies,
    scope=Domain.of(k=Finite(range(2, 6))), rests_on=("irreducible rows",),
)
_FAILS = instances(
    "a class that violates RC", [symmetric(6)], violates,
    scope=Domain.of(k=Finite([6])), rests_on=("irreducible rows",),
)


_SYMMETRIC = [
    Claim(
        id="mor.rc-symmetric.holds",
        title="The symmetric groups up to S5 satisfy RC",
        source=parent("p. 13"),
        printed_kind="in",
        statement="RC holds for $S_k$ up until $k=5$.",
        domain=Domain.of(k=Finite(range(2, 6))),
        reading="S_2 to S_5; S_1 has no non-trivial class, so that nothing is asserted of it.",
        falsified_by="k ≤ 5 and a class C with Σ_{n≥2} d_n^{1.5} χ_n(C) ≥ 0",
        checks=(_HOLDS,),
        mutants=(
            Mutant.of(_HOLDS, "S6 too", groups=[symmetric(6)]),
            Mutant.of(_HOLDS, "exponent 2", content=with_exponent(satisfies, Fraction(2))),
        ),
    ),
    Claim(
        id="mor.rc-symmetric.fails",
        title="S6 violates RC",
        source=parent("p. 13"),
        printed_kind="in",
        statement="RC holds for $S_k$ up until $k=5$, that is, not for $S_6$.",
        domain=Domain.of(k=Finite([6])),
        reading="“Up until” is read as: no further, RC fails for the next one, k = 6.",
        falsified_by="RC holds on every class of S_6",
        checks=(_FAILS,),
        mutants=(
            Mutant.of(_FAILS, "S5 in its place", groups=[symmetric(5)]),
            Mutant.of(_FAILS, "exponent 1", content=with_exponent(violates, Fraction(1))),
        ),
    ),
]

_GROUPS_SOURCE = candidate("groups")


def _rc_refuted(variant: str, group: PermutationGroup) -> list[Claim]:
    check = Check(
        name="a class that violates RC",
        procedure=group_counterexample,
        arguments={
            "group": group,
            "violation": violates,
            "description": f"Σ_(n≥2) d_n^1.5 χ_n(C) > 0 on a class C of {group.name}",
            "rests_on": ("irreducible rows",),
        },
    )
    holds = instances("a class that violates RC", [group], violates,
                      rests_on=("irreducible rows",))
    weaker = with_exponent(violates, Fraction(1))
    shared: dict[str, Any] = {
        "source": _GROUPS_SOURCE,
        "printed_kind": "candidate",
        "domain": Domain.of(group=Finite([group.name])),
        "reading": "d_n, χ_n: complex irreps, all of which are real here. ",
    }
    name = f"fc.cand.rc-groups.{variant}"
    return [
        Claim(
            id=name,
            title=f"RC for {group.name}",
            statement=f"RC holds for {group.name}.",
            falsified_by="a non-trivial class C with Σ_{n≥2} d_n^{1.5} χ_n(C) ≥ 0",
            corrected_by=f"{name}.corrected",
            checks=(check,),
            mutants=(Mutant.of(check, "exponent 1", violation=weaker),),
            **shared,
        ),
        Claim(
            id=f"{name}.corrected",
            title=f"RC fails for {group.name}",
            statement=f"RC fails for {group.name}: the sum is positive on some class.",
            falsified_by="Σ_{n≥2} d_n^{1.5} χ_n(C) < 0 on every non-trivial class C",
            corrects=name,
            checks=(holds,),
            mutants=(Mutant.of(holds, "exponent 1", content=weaker),),
            **shared,
        ),
    ]


_DIHEDRAL = Check(
    name="all dihedral groups",
    procedure=every_group,
    arguments={
        "rule": "dihedral",
        "constants": {"exponent": "3/2"},
        "scope": Domain.of(n=at_least(1)),
    },
)
_SMALL_DIHEDRAL = instances(
    "RC on every class of small dihedral groups", [dihedral(n) for n in range(1, 13)], satisfies,
    scope=Domain.of(n=Finite(range(1, 13))), rests_on=("irreducible rows",),
)
_DIHEDRAL_CLAIM = Claim(
    id="fc.cand.rc-groups.dihedral",
    title="RC for every dihedral group",
    source=_GROUPS_SOURCE,
    printed_kind="candidate",
    statement="RC holds for every dihedral group.",
    domain=Domain.of(n=at_least(1)),
    reading="D_n of order 2n for every n ≥ 1, odd or even, D_1 = Z_2 and D_2 = Z_2² included.",
    falsified_by="n and a non-trivial class C of D_n with Σ_{n≥2} d_n^{1.5} χ_n(C) ≥ 0",
    checks=(_DIHEDRAL, _SMALL_DIHEDRAL),
    mutants=(
        Mutant.of(_DIHEDRAL, "exponent 1/2", constants={"exponent": "1/2"}),
        Mutant.of(_DIHEDRAL, "exponent 0", constants={"exponent": 0}),
        Mutant.of(_SMALL_DIHEDRAL, "exponent 1/2", content=with_exponent(satisfies, HALF)),
    ),
)


def _value_statement(name: str) -> dict[str, Any]:
    return {
        "title": f"The maximum margin of {name}",
        "source": _GROUPS_SOURCE,
        "printed_kind": "candidate",
        "statement": f"For {name} the maximum margin is ${PRINTED}$.",
        "domain": Domain.of(group=Finite([name])),
        "reading": REAL_READING + "Width at least 2Σ_{n≥2} d_n³; RC is not assumed.",
        "falsified_by": "a network above the value, or a certified bound below it",
    }


def _cheaper(table: CharacterTable) -> Content:
    return attained(table, scale=Fraction(99, 100))


def _value_holds(k: int) -> Claim:
    check = instances("both sides", [symmetric(k)])
    return Claim(
        id=f"fc.cand.group-s{k}",
        checks=(check,),
        mutants=(
            Mutant.of(check, "exponent 2", content=with_exponent(attained, Fraction(2))),
            Mutant.of(check, "1 % less", content=_cheaper),
        ),
        **_value_statement(f"S{k}"),
    )


def optimal_play(table: CharacterTable, *, stated: Term) -> Content:
    """The exact solution of the margin game on both sides, asserted to have the stated value."""
    found = solve(table)
    return Content(
        masses=[number(y) for y in found.masses],
        weights=[number(w) for w in found.weights],
        relations=(equal(MARGIN, stated * NORM), equal(BOUND, stated * TOTAL)),
        conclusions=("value", "single-irrep"),
    )


def above_printed(
    table: CharacterTable, *, factor: Fraction = Fraction(1)
) -> Content:
    """A network whose margin exceeds `factor` times the printed value."""
    masses = [number(y) for y in solve(table).masses]
    printed = rational(factor) * printed_value(table)
    return Content(masses=masses, relations=(printed * NORM < MARGIN,))


# What the exact solution of the margin game comes to: masses on two irreps of degree 5 and one of
# degree 10, weights on three classes.
_S6_VALUE = (3 - sqrt(2)) / (126_000 * sqrt(3))


def _s6() -> list[Claim]:
    group = symmetric(6)
    check = Check(
        name="a network above the value",
        procedure=group_counterexample,
        arguments={
            "group": group,
            "violation": above_printed,
            "description": "a network on S6 whose margin exceeds the stated value",
            "rests_on": ("irreducible rows", "trace networks"),
        },
    )

    def play(factor: Fraction) -> Any:
        return lambda table: optimal_play(table, stated=rational(factor) * _S6_VALUE)

    optimum = instances("both sides", [group], play(Fraction(1)),
                        rests_on=("irreducible rows", "group structure"))
    common = _value_statement("S6")
    corrected = {
        **common,
        "statement": "For S6 the maximum margin is $\\gamma^*=(3-\\sqrt2)/(126000\\sqrt3)$.",
    }
    return [
        Claim(
            id="fc.cand.group-s6",
            corrected_by="fc.cand.group-s6.corrected",
            checks=(check,),
            mutants=(
                Mutant.of(check, "a fifth above the value",
                          violation=lambda table: above_printed(table, factor=Fraction(6, 5))),
            ),
            **common,
        ),
        Claim(
            id="fc.cand.group-s6.corrected",
            corrects="fc.cand.group-s6",
            checks=(optimum,),
            mutants=(
                Mutant.of(optimum, "1 % more", content=play(Fraction(101, 100))),
                Mutant.of(optimum, "1 % less", content=play(Fraction(99, 100))),
            ),
            **corrected,
        ),
    ]


CLAIMS = [
    *_SYMMETRIC,
    *_rc_refuted("s6", symmetric(6)),
    *_rc_refuted("a5", alternating(5)),
    _DIHEDRAL_CLAIM,
    *(_value_holds(k) for k in (3, 4, 5)),
    *_s6(),
]
