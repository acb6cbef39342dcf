"""Checks for claims: the maximum margin bracketed by column generation; subsets that do better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from constructions.groups import AbelianGroup
from constructions.numbers import EXACT, Truth
from constructions.tasks import SumTask
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.formula import Formula, Term, holds
from verify.methods.convex.abelian import AbelianSumProblem
from verify.methods.convex.certify import Bracket, certify
from verify.methods.convex.column_generation import generate_columns
from verify.methods.convex.problem import MarginProblem, Neuron
from verify.methods.convex.subsets import exceeding_network
from verify.methods.margins import BOUND, MARGIN, NORM, bound_certificate, network_certificate

Point = Mapping[str, Any]
DEFAULT_TOLERANCE = Fraction(1, 10**6)


def group_of(point: Point) -> AbelianGroup:
    """The group of a point: `group` (cyclic orders, or a group), or Z_p from `p`."""
    if "group" in point:
        given = point["group"]
        return given if isinstance(given, AbelianGroup) else AbelianGroup(tuple(given))
    if "p" in point:
        return AbelianGroup.cyclic(point["p"])
    raise ValueError(f"expected a point with 'group' or 'p', got {dict(point)}")


def abelian_problem(**point: Any) -> AbelianSumProblem:
    """The problem at a point {"p" or "group", "k"}."""
    return AbelianSumProblem(group=group_of(point), inputs=point["k"])


def column_generation_closes(
    context: Context,
    *,
    points: Sequence[Point],
    problem: Callable[..., MarginProblem] = abelian_problem,
    tolerance: Fraction = DEFAULT_TOLERANCE,
    near: Term | None = None,
    pool: Callable[..., Sequence[Neuron]] | None = None,
    iterations: int = 200,
    scope: Domain | None = None,
) -> Finding:
    """At each point a network and a distribution meet up to `tolerance`, both certified.

    Established when the checker accepts, at every point, the network's margin, the
    distribution's bound and a relative gap of at most `tolerance` between them.
    near: a stated maximum margin, a term in k and n (and p for Z_p).  It must then lie in every
    bracket; one outside is refuted.  This shows it up to `tolerance` and not exactly, so a
    claim that uses it must state the tolerance.
    pool, iterations: a first pool, and how often the oracle may add to it.
    """
    certificates: dict[str, Mapping[str, Any]] = {}
    quantities: dict[str, str] = {}
    for point in points:
        name = _slug(point)
        instance = problem(**point)
        first = None if pool is None else tuple(pool(**point))
        generation = generate_columns(
            instance, pool=first, iterations=iterations, seed=context.seed
        )
        bracket = certify(instance, generation, tolerance=tolerance)
        if near is not None:
            objection = _objection(point, instance, bracket, near)
            if objection is not None:
                return objection
        if not bracket.closed:
            return inconclusive(
                scope=Domain.at(dict(point)),
                method="convex",
                reason=f"at {_show(point)}: {bracket.reason}",
                quantities=quantities,
            )
        quantities[name] = (
            f"linear programs: {len(generation.history)}; pool: {len(generation.state.pool)}; "
            f"certified relative gap: {float(bracket.gap):.2g}"
        )
        certificates |= {f"{key}-{name}": doc for key, doc in bracket.certificates.items()}
        if near is not None:
            certificates[f"value-{name}"] = _value_certificate(point, instance, bracket, near)
    return established(
        scope=scope or Domain.at(*(dict(p) for p in points)),
        method="convex",
        certificates=certificates,
        quantities=quantities,
        rests_on=("single-neuron bound",),
    )


def _value_certificate(
    point: Point, problem: MarginProblem, bracket: Bracket, value: Term
) -> dict[str, Any]:
    """`statement`: the value lies in the bracket."""
    inside = (value >= bracket.lower * problem.unit) & (value <= bracket.upper * problem.unit)
    return {
        "kind": "statement",
        "points": [_names(point)],
        "formula": inside.node,
        "holds": True,
    }


def _names(point: Point) -> dict[str, int]:
    group = group_of(point)
    names = {"k": point["k"], "n": group.order}
    return {**names, "p": group.order} if group.is_cyclic_presentation else names


def _objection(
    point: Point, problem: MarginProblem, bracket: Bracket, value: Term
) -> Finding | None:
    """A refutation of the stated value by whichever side of the bracket excludes it."""
    names = _names(point)
    group, k = group_of(point), point["k"]
    if bracket.lower is not None and _true(value < bracket.lower * problem.unit, names):
        document = network_certificate(bracket.network, [value * NORM < MARGIN])
        described = f"a network of width {bracket.network.width} exceeds the stated value"
    elif bracket.upper is not None and _true(value > bracket.upper * problem.unit, names):
        shifts = bracket.certificates["bound"]["weights"]
        document = bound_certificate(group, k, shifts, [value > BOUND])
        described = "a distribution bounds every network below the stated value"
    else:
        return None
    return refuted(
        scope=Domain.at(dict(point)),
        method="convex",
        certificates={f"excluded-{_slug(point)}": document},
        witness=Witness(description=f"at {_show(point)} {described}", values=dict(point)),
        rests_on=("single-neuron bound",),
    )


def _true(formula: Formula, names: Mapping[str, int]) -> bool:
    return holds(formula, EXACT, names) is Truth.TRUE


def subset_exceeds(
    context: Context,
    *,
    point: Point,
    data: Sequence[tuple[int, ...]],
    value: Term,
    overshoot: float = 0.01,
    iterations: int = 100,
    description: str = "",
) -> Finding:
    """Refutes "the maximum margin on `data` is at most value" by a rational network.

    point: {"p" or "group", "k"} and whatever else names the data; data: inputs as element
    positions; value: a term in k, n (and p for Z_p).  Inconclusive when no network is found.
    """
    task = SumTask(group_of(point), point["k"])
    found = exceeding_network(
        task=task,
        data=data,
        value=value,
        overshoot=overshoot,
        iterations=iterations,
        seed=context.seed,
    )
    if found is None:
        return inconclusive(
            scope=Domain.at(dict(point)),
            method="convex",
            reason=f"no network beats the value on these {len(data)} inputs within "
            f"{iterations} iterations",
        )
    text = description or (
        f"at {_show(point)} a network of width {found.network.width} has {found.ratio:.4g} times "
        f"the stated value on {len(data)} of {task.size} inputs"
    )
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={"network": found.certificate},
        witness=Witness(
            description=text,
            values={
                **point,
                "data": " ".join(str(x) for x in found.data),
                "width": found.network.width,
            },
        ),
        quantities={"margin over value": f"{found.ratio:.6g}"},
    )


def _slug(point: Point) -> str:
    return "-".join(f"{name}{_text(value)}" for name, value in point.items())


def _show(point: Point) -> str:
    return ", ".join(f"{name}={_text(value)}" for name, value in point.items())


def _text(value: Any) -> str:
    return "x".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
