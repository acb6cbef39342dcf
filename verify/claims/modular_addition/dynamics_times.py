"""Blow-up times of starts of the decoupled flow, certified by enclosures of their energies.

A time counts in units of 1/p: the system for p = 1 is integrated, and times scale like 1/p.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from constructions.dynamics import Mode
from verify.checker import check_document
from verify.claims.modular_addition.dynamics_common import ENERGIES, FLOW_LEMMAS
from verify.core.claim import Check, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, established, inconclusive
from verify.formula import Formula, Term, rational
from verify.methods.enclosure import (
    CERTIFIED,
    System,
    at,
    blow_up,
    integrate,
    ode_certificate,
)
from verify.methods.enclosure import (
    Outcome as Run,
)
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

SYSTEM = System.of(lambda a, u, s: (4 * s, 2 * s, a * (4 * u + a)), "a u s")
LEMMAS = (*FLOW_LEMMAS, "energies of a mode", "enclosure step", "tail")
_LONGEST = 20


@lru_cache(maxsize=64)
def _blow_up(mode: Mode) -> tuple[dict[str, Any], Fraction, Fraction] | str:
    """A certificate of the blow-up time with its two bounds, or why there is none."""
    found = blow_up(
        SYSTEM, mode.energies, leader="u", weights={"a": 2, "u": 2, "s": 3}, degree=1,
        until=_LONGEST, width=Fraction(1, 200), settings=CERTIFIED,
    )
    if found.outcome is not Run.BLEW_UP:
        return found.reason
    document = ode_certificate(found.run, [found.assertion])
    low, high = map(Fraction, document["assertions"][0]["between"])
    return document, low, high


def times_ordered(
    context: Context, *, first: Mode, second: Mode, scope: Domain
) -> Finding:
    """Established when the first start certainly blows up before the second."""
    found = {"first": _blow_up(first), "second": _blow_up(second)}
    for name, result in found.items():
        if isinstance(result, str):
            return inconclusive(scope=scope, method="enclosure", reason=f"{name}: {result}")
    (one, _, high), (two, low, _) = found["first"], found["second"]
    return _with_order(context, {"first": one, "second": two}, rational(high), rational(low), scope)


def blows_up_before(context: Context, *, mode: Mode, bound: Fraction, scope: Domain) -> Finding:
    """Established when p·T* < bound."""
    result = _blow_up(mode)
    if isinstance(result, str):
        return inconclusive(scope=scope, method="enclosure", reason=result)
    document, _, high = result
    return _with_order(context, {"time": document}, rational(high), rational(bound), scope)


def state_at(
    context: Context, *, mode: Mode, time: Fraction, formula: Formula, scope: Domain
) -> Finding:
    """Established when a formula in a, u, s certainly holds at the time."""
    run = integrate(SYSTEM, mode.energies, until=time, settings=CERTIFIED)
    if run.outcome is not Run.REACHED:
        return inconclusive(scope=scope, method="enclosure", reason=run.reason)
    document = ode_certificate(run, [at(-1, formula)])
    return certified_state(document, scope)


def certified_state(document: Mapping[str, Any], scope: Domain) -> Finding:
    """The finding of one enclosure, when the checker accepts it."""
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="enclosure", reason=result.reason)
    return established(scope=scope, method="enclosure", certificates={"state": dict(document)})


def _with_order(
    context: Context, documents: Mapping[str, Any], low: Term, high: Term, scope: Domain
) -> Finding:
    order = exact_statement(context, formula=low < high, points=({},), scope=scope)
    if order.outcome is not Outcome.ESTABLISHED:
        return inconclusive(
            scope=scope, method="enclosure", reason="the enclosures of the times do not show it"
        )
    return established(
        scope=scope,
        method="enclosure",
        certificates={**documents, "order": order.certificates["points"]},
    )


def overtaken(
    name: str, *, winner: Mode, loser: Mode, description: str, point: Mapping[str, Any]
) -> Check:
    """Refutes a statement by which `loser` should blow up first (or as early)."""
    scope = Domain.at(dict(point))
    times = Check(
        name="times",
        procedure=times_ordered,
        arguments={"first": winner, "second": loser, "scope": scope},
    )
    return refutation(name, (times,), description=description, point=point)


def refutation(
    name: str, parts: tuple[Check, ...], *, description: str, point: Mapping[str, Any]
) -> Check:
    """A counterexample made of enclosures of the certified flow."""
    return Check(
        name=name,
        procedure=refuted_by,
        arguments={
            "parts": (ENERGIES, *parts),
            "point": dict(point),
            "description": description,
            "rests_on": LEMMAS,
        },
    )


