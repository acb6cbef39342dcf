"""How a claim is written: the checks and mutants that the papers' modules build again and again.

Each builder names the fields of one procedure; what is particular to a paper (its sources, its
domains, its derived objects) stays in that paper's own modules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain
from verify.formula import Formula, Term, var
from verify.methods.combine import conjunction, counterexample
from verify.methods.every_group import every_group
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by


def symbols(names: str) -> tuple[Term, ...]:
    """Formal symbols, or parameters, by name."""
    return tuple(var(name) for name in names.split())


def formal(
    name: str,
    formula: Formula,
    indeterminates: str,
    *,
    scope: Domain,
    lemmas: tuple[str, ...] = (),
    angles: str = "",
    points: Sequence[Mapping[str, Any]] = ({},),
) -> Check:
    """An identity of Laurent polynomials; `lemmas` say what it gives on the scope."""
    sorts = dict.fromkeys(indeterminates.split(), "indeterminate")
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={
            "formula": formula,
            "formal": sorts | dict.fromkeys(angles.split(), "angle"),
            "scope": scope,
            "points": tuple(points),
            "rests_on": lemmas,
        },
    )


def exact(
    name: str,
    formula: Formula,
    *,
    points: Sequence[Mapping[str, Any]] = ({},),
    scope: Domain | None = None,
    lemmas: tuple[str, ...] = (),
) -> Check:
    """A closed formula, or one that holds at every listed point."""
    return Check(
        name=name,
        procedure=exact_statement,
        arguments={
            "formula": formula, "points": tuple(points), "scope": scope, "rests_on": lemmas
        },
    )


def breaks(
    name: str,
    formula: Formula,
    description: str,
    *,
    point: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    shown: Mapping[str, Any] | None = None,
) -> Check:
    """One point at which the statement is false."""
    return Check(
        name=name,
        procedure=counterexample,
        arguments={
            "formula": formula,
            "description": description,
            "point": point,
            "values": values if values is not None else {},
            "shown": shown,
        },
    )


def mutants(check: Check, **formulas: Formula) -> tuple[Mutant, ...]:
    """The same check with other formulas; underscores of a name become spaces."""
    return tuple(
        Mutant.of(check, name.replace("_", " "), formula=formula)
        for name, formula in formulas.items()
    )


def entry(
    claim_id: str,
    title: str,
    statement: str,
    *,
    source: Source,
    kind: str,
    domain: Domain,
    reading: str,
    falsified_by: str,
    checks: Sequence[Check] = (),
    mutants: Sequence[Mutant] = (),
    **rest: Any,
) -> Claim:
    """A claim, with its text first."""
    return Claim(
        id=claim_id,
        title=title,
        statement=statement,
        source=source,
        printed_kind=kind,
        domain=domain,
        reading=reading,
        falsified_by=falsified_by,
        checks=tuple(checks),
        mutants=tuple(mutants),
        **rest,
    )


def proof(name: str, *parts: Check, scope: Domain, lemmas: tuple[str, ...] = ()) -> Check:
    """Several certificates that a lemma puts together."""
    return Check(
        name=name,
        procedure=conjunction,
        arguments={"parts": parts, "scope": scope, "rests_on": lemmas},
    )


def refutation(
    name: str, *parts: Check, point: Mapping[str, Any], description: str, lemmas: tuple[str, ...]
) -> Check:
    """A counterexample that several certificates establish together."""
    return Check(
        name=name,
        procedure=refuted_by,
        arguments={
            "parts": parts, "point": point, "description": description, "rests_on": lemmas
        },
    )


def lemma(name: str, rule: str, scope: Domain, **constants: Any) -> Check:
    """A rule of `every-group` with its constants."""
    return Check(
        name=name,
        procedure=every_group,
        arguments={"rule": rule, "constants": constants, "scope": scope},
    )


def altered(check: Check, description: str, **overrides: Any) -> Mutant:
    """A mutant with other constants of the rule."""
    return Mutant.of(
        check, description, constants={**check.arguments["constants"], **overrides}
    )
