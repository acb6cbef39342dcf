"""What the modules on group composition share: the parent's formulas on a character table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from constructions.groups.characters import CharacterTable
from constructions.groups.permutation import PermutationGroup
from verify.core.claim import Check
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, sqrt, total
from verify.methods.characters import (
    BOUND,
    MARGIN,
    NORM,
    ORDER,
    TOTAL,
    WIDTH,
    Content,
    degree,
    equalising_weights,
    group_statement,
    nontrivial,
    regular_masses,
    value,
)

HALF, THREE_HALVES, FIVE_HALVES = Fraction(1, 2), Fraction(3, 2), Fraction(5, 2)
SETTING = (
    "G is a finite group with at least two elements; data: all pairs (a, b) with label ab; "
    "f = Σ(u(a)+v(b))²w(c) with real u, v, w; L_{2,3} norm at most 1; γ* the largest margin over "
    "all networks of the stated or any larger width. "
)
REAL_READING = SETTING + (
    "“G with real irreps R_1..R_K” says that every irreducible complex representation of G is "
    "equivalent to a real one, d_n its degree; K is the number of conjugacy classes. "
)
GROUPS = Domain.of(group=Whole("finite groups with real irreps"))
ORDER_TWO = {"group": "Z2"}
PRINTED = "\\gamma^*=\\frac{2}{3\\sqrt{3|G|}\\sum_{n\\ge2}d_n^{2.5}}"


def power_sum(table: CharacterTable, exponent: Fraction) -> Term:
    """Σ_{n≥2} d_n^exponent."""
    return total([degree(n) ** rational(exponent) for n in nontrivial(table)])


def printed_value(table: CharacterTable, exponent: Fraction = FIVE_HALVES) -> Term:
    """2/(3√(3|G|) Σ_{n≥2} d_n^{5/2})."""
    return 2 / (3 * sqrt(3 * ORDER) * power_sum(table, exponent))


def regularity(table: CharacterTable, exponent: Fraction = THREE_HALVES) -> Formula:
    """Σ_{n≥2} d_n^{3/2} χ_n(C) < 0, at the class at hand."""
    terms = [degree(n) ** rational(exponent) * value(n) for n in nontrivial(table)]
    return total(terms) < rational(0)


def attained(
    table: CharacterTable, *, exponent: Fraction = FIVE_HALVES, scale: Fraction = Fraction(1)
) -> Content:
    """Masses and weights that meet at `scale` times the printed value, and the printed width."""
    stated = rational(scale) * printed_value(table, exponent)
    return Content(
        masses=regular_masses(table),
        weights=equalising_weights(table),
        relations=(
            equal(MARGIN, stated * NORM),
            equal(BOUND, stated * TOTAL),
            equal(WIDTH, total([2 * degree(n) ** 3 for n in nontrivial(table)])),
        ),
        class_relations=(regularity(table),),
        conclusions=("value", "single-irrep", "every-irrep"),
    )


def satisfies(table: CharacterTable, *, exponent: Fraction = THREE_HALVES) -> Content:
    return Content(class_relations=(regularity(table, exponent),))


def violates(table: CharacterTable, *, exponent: Fraction = THREE_HALVES) -> Content:
    """RC fails at the first class where it does."""
    at = next(
        (c for c in range(1, len(table.values)) if _excess(table, c, exponent) >= 0), 1
    )
    return Content(class_relations=(~regularity(table, exponent),), at=(at,))


def _excess(table: CharacterTable, c: int, exponent: Fraction) -> float:
    """Σ d^exponent χ(C) in floating point: it only proposes the class, the checker decides."""
    rows = list(zip(table.values, table.degrees, strict=True))[1:]
    return sum(d ** float(exponent) * float(row[c]) for row, d in rows)


def with_exponent(build: Callable[..., Content], exponent: Fraction) -> Callable[..., Content]:
    """A builder of content with another exponent of the degrees."""

    def content(table: CharacterTable) -> Content:
        return build(table, exponent=exponent)

    return content


def instances(
    name: str,
    groups: Sequence[PermutationGroup],
    content: Callable[..., Content] = attained,
    **fields: Any,
) -> Check:
    """The content for a few groups, decided on their character tables."""
    return Check(
        name=name,
        procedure=group_statement,
        arguments={
            "groups": tuple(groups),
            "content": content,
            "rests_on": ("irreducible rows", "group optimum", "group structure"),
            **fields,
        },
    )
