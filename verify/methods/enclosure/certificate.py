"""Certificates of enclosures, for the checker's kind `ode-enclosure`.

A run proposes step lengths, orders, a-priori boxes, centres and frames.  The certificate is then
built with the checker's own integer arithmetic, which computes the radii: balls decide nothing
in it.  Choose coarse settings for a run that is to be certified (`CERTIFIED`): the checker's cost
grows with the square of the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, ctx

from constructions.numbers import Ball
from verify.checker import flow
from verify.checker.interval import Interval
from verify.checker.jets import Program
from verify.checker.limits import Rejected
from verify.checker.limits import reset as reset_account
from verify.checker.tail import remaining_time
from verify.formula import Formula
from verify.methods.enclosure.integrate import Run, Settings
from verify.methods.enclosure.step import Step

CERTIFIED = Settings(bits=96, tolerance=Fraction(1, 2**40))
_WIDENINGS = 6


class NotCertified(ArithmeticError):
    """The checker's arithmetic cannot follow the run; the message says where and why."""


def at(index: int, formula: Formula) -> dict[str, Any]:
    """The assertion that a formula of comparisons holds on the set with this index (−1: last)."""
    return {"at": index, "holds": formula.node}


def during(first: int, last: int, formula: Formula) -> dict[str, Any]:
    """The assertion that a formula holds at all times between two sets (−1: the last one)."""
    return {"during": [first, last], "holds": formula.node}


def ode_certificate(
    run: Run, assertions: Sequence[Mapping[str, Any]], *, bits: int | None = None
) -> dict[str, Any]:
    """The certificate of a run with assertions from `at`, `during` and events.

    bits: of the checker's arithmetic, 32 more than the run's by default.  Raises NotCertified.
    """
    bits = bits or run.settings.bits + 32
    names = list(run.system.variables)
    document: dict[str, Any] = {
        "kind": "ode-enclosure",
        "variables": names,
        "field": [term.node for term in run.system.field],
        "bits": bits,
        "initial": [[str(low), str(high)] for low, high in run.initial],
        "steps": [],
    }
    reset_account()
    field = Program(names, document["field"])
    here = flow.initial_set(document["initial"], bits)
    time = Fraction(0)
    with ctx.workprec(bits):
        for number, step in enumerate(run.steps):
            entry, here = _step(field, here, step, number)
            document["steps"].append(entry)
            time += step.length
    document["assertions"] = [
        _completed(dict(assertion), len(run.steps), field, names, here, time)
        for assertion in assertions
    ]
    return document


def _step(
    field: Program, before: flow.FlowSet, step: Step, number: int
) -> tuple[dict[str, Any], flow.FlowSet]:
    """The next entry, with the radii that the checker asks for."""
    bits = before.bits
    after = step.after
    point = max(before.initial) <= 1  # its spread is not worth following
    n = len(after.centre)
    new = flow.FlowSet(
        bits,
        [_scaled(x, bits) for x in after.centre],
        [[0] * n for _ in range(n)] if point else _matrix(after.spread, bits),
        before.initial,
        _matrix(after.frame, bits),
        [0] * n,
    )
    why = ""
    for widening in range(_WIDENINGS):
        box = [_widened(x, bits, widening) for x in step.box]
        try:
            moved = flow.move(field, before, step.length, step.order, box)
            radii = flow.radii_needed(before, *moved, new)
        except Rejected as error:
            why = str(error)
            continue
        entry = {
            "length": str(step.length),
            "order": step.order,
            "box": [[x.lo, x.hi] for x in box],
            "centre": new.centre,
            "spread": new.spread,
            "frame": new.frame,
            "radii": radii,
        }
        return entry, flow.FlowSet(
            bits, new.centre, new.spread, new.initial, new.frame, radii
        )
    raise NotCertified(f"step {number} at time {float(step.before.time):.6g}: {why}")


def _completed(
    assertion: dict[str, Any],
    count: int,
    field: Program,
    names: list[str],
    here: flow.FlowSet,
    time: Fraction,
) -> dict[str, Any]:
    """Indices counted from the start; the bounds of a blow-up time from the checker's own set."""
    if assertion.get("at", 0) < 0:
        assertion["at"] += count + 1
    if "during" in assertion:
        assertion["during"] = [i + count + 1 if i < 0 else i for i in assertion["during"]]
    if "blow-up" in assertion:
        tail = assertion["blow-up"]
        hull = here.hull()
        tail = {**tail, "box": _room(tail, hull, names)}
        try:
            low, high = remaining_time(field, names, hull, tail)
        except Rejected as error:
            raise NotCertified(f"the tail: {error}") from None
        grain = Fraction(2) ** (_log2(high - low) - 8)
        ends = (time + low) // grain * grain, (time + high) // grain * grain + grain
        assertion = {"blow-up": tail, "between": list(map(str, ends))}
    return assertion


def _log2(x: Fraction) -> int:
    return x.numerator.bit_length() - x.denominator.bit_length() if x else -256


def _room(tail: Mapping[str, Any], hull: list[Interval], names: list[str]) -> list[list[str]]:
    """The trapping box, with variables that stand still as wide as the checker's hull."""
    box = [list(pair) for pair in tail["box"]]
    for i, x in enumerate(hull):
        if tail["weights"][i] == 0 and names[i] != tail["leader"]:
            low, high = x.ends()
            box[i] = [str(min(low, Fraction(box[i][0]))), str(max(high, Fraction(box[i][1])))]
    return box


def _widened(x: arb, bits: int, widening: int) -> Interval:
    ball = Ball.from_arb(x, bits=bits)
    low, high = ball.lower(), ball.upper()
    room = (high - low) * Fraction(4**widening, 64) + Fraction(64 * 8**widening, 2**bits)
    return Interval.of(low - room, high + room, bits)


def _scaled(x: arb, bits: int) -> int:
    ball = Ball.from_arb(x.mid(), bits=bits)
    return round(ball.lower() * 2**bits)


def _matrix(matrix: arb_mat, bits: int) -> list[list[int]]:
    return [[_scaled(x, bits) for x in row] for row in matrix.tolist()]
