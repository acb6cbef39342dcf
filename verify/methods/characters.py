"""Statements about finite groups, decided on exact character tables.

A certificate carries the generators, class representatives and the table; the checker lists
the group, verifies the table, and evaluates formulas in these variables: `order`, `classes`;
for the n-th character (the trivial one is the first) its degree d_n and t_n, which is 1 for a
real and 2 for a complex or quaternionic character; on a class its `size` and the value x_n.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from constructions.groups.characters import CharacterTable, character_table
from constructions.groups.permutation import PermutationGroup
from constructions.numbers import Cyclotomic
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.formula import Formula, Term, cis, rational, sqrt, total, var

ORDER = var("order")
MARGIN, NORM, BOUND, TOTAL, WIDTH = map(var, ("margin", "norm", "bound", "total", "width"))


def degree(n: int) -> Term:
    """d_n, counted from 1."""
    return var(f"d_{n}")


def kind(n: int) -> Term:
    """t_n: 1 for a real character, else 2."""
    return var(f"t_{n}")


def value(n: int) -> Term:
    """x_n: the n-th character's value on the class at hand."""
    return var(f"x_{n}")


def nontrivial(table: CharacterTable) -> range:
    """Indices n ≥ 2 of the characters."""
    return range(2, len(table.values) + 1)


def number(x: Cyclotomic) -> Term:
    """An exact number as a term."""
    if x.is_rational():
        return rational(x.as_fraction())
    x = x.reduced()
    terms = [
        c * cis(rational(e, x.conductor)) for e, c in enumerate(x.coefficients()) if c
    ]
    return total(terms)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a certificate asserts about one group.

    masses: one term per character; weights: one term per non-trivial class; relations: about
    the group, `margin`/`norm` of the masses, `bound`/`total` of the weights, `width`;
    class_relations: at every class of `at` (all non-trivial ones by default).
    """

    masses: Sequence[Term] | None = None
    weights: Sequence[Term] | None = None
    relations: Sequence[Formula] = ()
    class_relations: Sequence[Formula] = ()
    at: Sequence[int] | None = None
    conclusions: Sequence[str] = ()

    def certificate(self, table: CharacterTable) -> dict[str, Any]:
        """The certificate for a group."""
        group = table.group
        document: dict[str, Any] = {
            "kind": "group-margin",
            "generators": [list(g) for g in group.generators],
            "representatives": [list(g) for g in group.representatives],
            "characters": [[number(x).node for x in row] for row in table.values],
        }
        for key in ("masses", "weights"):
            terms = getattr(self, key)
            if terms is not None:
                document[key] = [t.node for t in terms]
        if self.relations:
            document["relations"] = [f.node for f in self.relations]
        if self.class_relations:
            document["class_relations"] = {
                "at": "all" if self.at is None else list(self.at),
                "formulas": [f.node for f in self.class_relations],
            }
        if self.conclusions:
            document["conclusions"] = list(self.conclusions)
        return document


Build = Callable[[CharacterTable], Content]


def _accepted(document: Mapping[str, Any]) -> tuple[bool, str]:
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    return result.accepted, result.reason


def group_statement(
    context: Context,
    *,
    groups: Sequence[PermutationGroup],
    content: Build,
    scope: Domain | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when the checker accepts the content for every listed group."""
    certificates = {}
    for group in groups:
        table = character_table(group)
        document = content(table).certificate(table)
        accepted, reason = _accepted(document)
        if not accepted:
            return inconclusive(
                scope=Domain.at({"group": group.name}),
                method="exact",
                reason=f"{group.name}: {reason}",
            )
        certificates[f"group-{group.name}"] = document
    return established(
        scope=scope or Domain.at(*({"group": g.name} for g in groups)),
        method="exact",
        certificates=certificates,
        rests_on=rests_on,
        quantities={"groups": ", ".join(f"{g.name} ({g.order})" for g in groups)},
    )


def group_counterexample(
    context: Context,
    *,
    group: PermutationGroup,
    violation: Build,
    description: str,
    point: Mapping[str, Any] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Refutes a statement by a group for which the checker accepts its violation."""
    table = character_table(group)
    document = violation(table).certificate(table)
    at = dict(point or {"group": group.name})
    accepted, reason = _accepted(document)
    if not accepted:
        return inconclusive(
            scope=Domain.at(at), method="exact", reason=f"{group.name} obeys it: {reason}"
        )
    return refuted(
        scope=Domain.at(at),
        method="exact",
        certificates={f"group-{group.name}": document},
        witness=Witness(description=description, values={**at, "order": group.order}),
        rests_on=rests_on,
    )


def regular_masses(table: CharacterTable) -> list[Term]:
    """y_n = √t_n d_n^{5/2}: every wrong label then lags equally (y_n κ_n/d_n ∝ d_n)."""
    return [
        rational(0), *(sqrt(kind(n)) * degree(n) ** rational(5, 2) for n in nontrivial(table))
    ]


def equalising_weights(table: CharacterTable) -> list[Term]:
    """τ(C) = −Σ √t_n d_n^{3/2} x_n, not normalised: every irrep then has the same bound."""
    term = -total(
        [sqrt(kind(n)) * degree(n) ** rational(3, 2) * value(n) for n in nontrivial(table)]
    )
    return [term] * (len(table.values) - 1)
