"""Bounds on a function of the state at one time of a differential equation, by validated enclosure.

It knows no network: a system, a start, a time, a term and a bound come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import Term, rational
from verify.methods.enclosure import Outcome, Settings, System, at, integrate, ode_certificate

# Short numbers and low orders: the checker is quick, and a bound with some room needs no more.
COARSE = Settings(bits=53, tolerance=Fraction(1, 2**14))


def below_at_time(
    context: Context,
    *,
    system: System,
    start: Mapping[str, Any],
    until: Fraction,
    term: Term,
    bound: Fraction,
    scope: Domain,
    settings: Settings = COARSE,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when every solution from the start has term < bound at the time `until`.

    start: exact numbers or pairs (low, high) by variable.  An enclosure that does not decide, or
    a run that ends early, leaves the finding inconclusive.
    """
    run = integrate(system, start, until=until, settings=settings)
    if run.outcome is not Outcome.REACHED:
        return inconclusive(scope=scope, method="enclosure", reason=run.reason)
    value = run.value(term)
    if not value.upper() < bound:
        return inconclusive(
            scope=scope,
            method="enclosure",
            reason=f"the value at time {until} is only known to lie in {value}, not below {bound}",
        )
    document = ode_certificate(run, [at(-1, term < rational(bound))], bits=settings.bits + 8)
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="enclosure", reason=result.reason)
    return established(
        scope=scope,
        method="enclosure",
        certificates={"enclosure": document},
        values=(value,),
        quantities={"steps": len(run.steps)},
        rests_on=("enclosure step", *rests_on),
    )
