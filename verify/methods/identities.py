"""Symbolic identities in formal variables, and exact statements at listed points.

An identity between Laurent polynomials in formal unit-modulus variables holds for every
angle, hence for every modulus at once.  When it fails formally, a grid of small exact points
is searched for a counterexample, simplest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from constructions.numbers import EXACT, FORMAL, Truth
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, Witness, established, inconclusive, refuted
from verify.formula import Formula, holds

Point = Mapping[str, Any]

_ANGLES = tuple(Fraction(a, b) for a, b in ((0, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 5), (1, 8)))
_INTEGERS = tuple(Fraction(a) for a in (0, 1, -1, 2, 3))
_LARGEST_GRID = 20_000


def formal_identity(
    context: Context,
    *,
    formula: Formula,
    formal: Mapping[str, str],
    scope: Domain,
    points: Sequence[Point] = ({},),
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when the identity holds in the ring of Laurent polynomials at every point.

    formal: symbols to ``"angle"`` (unit-modulus variable) or ``"indeterminate"``.
    points: assignments of the integer parameters that stay numeric (the number of inputs).
    scope: what the formal symbols range over, stated by the caller.
    """
    for point in points:
        if holds(formula, FORMAL, point, formal) is not Truth.TRUE:
            return _break(formula, formal, point)
    certificate = {
        "kind": "statement",
        "formal": dict(formal),
        "points": [_json_point(p) for p in points],
        "formula": formula.node,
        "holds": True,
    }
    return established(
        scope=scope,
        method="symbolic",
        certificates={"identity": certificate},
        rests_on=rests_on,
        quantities={"formal symbols": len(formal), "instances": len(points)},
    )


def _break(formula: Formula, formal: Mapping[str, str], point: Point) -> Finding:
    for values in islice(_grid(formal), _LARGEST_GRID):
        trial = {**point, **values}
        if holds(formula, EXACT, trial) is Truth.FALSE:
            return _counterexample(formula, trial)
    return inconclusive(
        scope=Domain.at(dict(point)),
        method="symbolic",
        reason=f"not an identity at {_show(point)}, and no counterexample among small exact points",
    )


def _grid(formal: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    names = list(formal)
    choices = [_ANGLES if formal[n] == "angle" else _INTEGERS for n in names]
    for width in range(1, max(map(len, choices), default=1) + 1):
        for values in product(*(c[:width] for c in choices)):
            yield dict(zip(names, values, strict=True))


def exact_statement(
    context: Context,
    *,
    formula: Formula,
    points: Iterable[Point],
    scope: Domain | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Decides a formula in exact arithmetic at every point, in the given order.

    The first point at which it fails is the witness, so list points smallest first.
    scope: defaults to exactly the listed points.
    """
    checked: list[Point] = []
    for point in points:
        if holds(formula, EXACT, point) is Truth.FALSE:
            return _counterexample(formula, point)
        checked.append(point)
    if not checked:
        return Finding(
            outcome=Outcome.VACUOUS,
            scope=Domain.at(),
            method="exact",
            reason="no parameters meet the hypotheses",
        )
    certificate = {
        "kind": "statement",
        "points": [_json_point(p) for p in checked],
        "formula": formula.node,
        "holds": True,
    }
    return established(
        scope=scope or Domain.at(*checked),
        method="exact",
        certificates={"points": certificate},
        rests_on=rests_on,
        quantities={"points": len(checked)},
    )


def exact_counterexample(
    context: Context,
    *,
    formula: Formula,
    point: Point,
    description: str,
    scope: Domain | None = None,
) -> Finding:
    """Refutes a universal statement by one named point; established when the point obeys it."""
    if holds(formula, EXACT, point) is Truth.FALSE:
        return _counterexample(formula, point, description, scope)
    return established(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={
            "point": {
                "kind": "statement",
                "points": [_json_point(point)],
                "formula": formula.node,
                "holds": True,
            }
        },
    )


def _counterexample(
    formula: Formula, point: Point, description: str = "", scope: Domain | None = None
) -> Finding:
    return refuted(
        scope=scope or Domain.at(_plain(point)),
        method="exact",
        certificates={
            "counterexample": {
                "kind": "statement",
                "points": [_json_point(point)],
                "formula": formula.node,
                "holds": False,
            }
        },
        witness=Witness(
            description=description or f"fails at {_show(point)}", values=_plain(point)
        ),
    )


def _plain(point: Point) -> dict[str, Any]:
    """Integral Fractions become ints, so that a domain's integer sets recognise them."""
    return {
        n: int(v) if isinstance(v, Fraction) and v.denominator == 1 else v
        for n, v in point.items()
    }


def _json_point(point: Point) -> dict[str, Any]:
    return {n: v if isinstance(v, int) else str(v) for n, v in _plain(point).items()}


def _show(point: Point) -> str:
    return ", ".join(f"{n}={v}" for n, v in _plain(point).items()) or "the closed statement"
