"""The decoupled flow as formulas, and the certificates that tie it to the network's loss.

p is the modulus, a formal symbol; z = a + ib = α e(φ) and w = c + id = β e(ψ) are one frequency of
one neuron, angles in turns, D = 2φ − ψ.  The rates of a, b, c, d come from
`constructions.dynamics.mode_flow`; `FLOW` certifies them for every odd p.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from constructions.dynamics import mode_flow
from constructions.numbers import LaurentPolynomial
from verify.claims import writing
from verify.claims.modular_addition.common import candidate, he
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite, Whole, odd
from verify.formula import Formula, Term, cos, equal, rational, sin, total, var
from verify.methods.combine import conjunction
from verify.methods.every_k import every_k
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

P, E = var("p"), var("e")
ALPHA, BETA, PHI, PSI = (var(n) for n in ("alpha", "beta", "phi", "psi"))
D = 2 * PHI - PSI
POLAR = {"a": ALPHA * cos(PHI), "b": ALPHA * sin(PHI), "c": BETA * cos(PSI), "d": BETA * sin(PSI)}

POLAR_SORTS = {"alpha": "indeterminate", "beta": "indeterminate", "phi": "angle", "psi": "angle",
                "p": "indeterminate"}

STATES = Domain.of(p=odd(3), state=Whole("states with positive magnitudes"))
STARTS = Domain.of(p=odd(3), start=Whole("starts with positive magnitudes"))
SUM_LOSS = (
    "σ = u², odd p ≥ 3, every frequency k = 1, …, (p−1)/2, the full table, loss summed over the "
    "data, gradient flow in the entries of θ and ξ, leading order for small weights; D = 2φ − ψ. "
)
FLOW_LEMMAS = ("small networks", "flow of modes")


def term_of(polynomial: LaurentPolynomial, names: Mapping[str, Term]) -> Term:
    """A polynomial with rational coefficients as a term; names: what its symbols stand for."""
    terms = []
    for monomial, coefficient in polynomial.terms.items():
        term = rational(coefficient.as_fraction())
        for name, exponent in monomial:
            term = term * names[name] ** exponent
        terms.append(term)
    return total(terms)


@cache
def rates(polar: bool = True) -> dict[str, Term]:  # noqa: FBT001, FBT002 - one switch of a private table
    """The derivatives of a, b, c, d, in polar or in the coordinates themselves."""
    names = POLAR if polar else {n: var(n) for n in "abcd"}
    return {n: term_of(r, {**names, "p": P}) for n, r in mode_flow().rates.items()}


def polar_rates() -> dict[str, Term]:
    """αα', α²φ', ββ' and β²ψ' of the derived flow (φ, ψ in radians)."""
    r, x = rates(), POLAR
    return {
        "alpha": x["a"] * r["a"] + x["b"] * r["b"],
        "phi": x["a"] * r["b"] - x["b"] * r["a"],
        "beta": x["c"] * r["c"] + x["d"] * r["d"],
        "psi": x["c"] * r["d"] - x["d"] * r["c"],
    }


def misalignment_rate() -> Term:
    """α²β²D' of the derived flow."""
    r = polar_rates()
    return 2 * BETA**2 * r["phi"] - ALPHA**2 * r["psi"]


# -- from the network ----------------------------------------------------------------------------


def network_objective(theta: Callable[[Term], Term], xi: Callable[[Term], Term], p: Any) -> Term:
    """Σ_{x,y} (f(x, y)[x + y] − mean_j f(x, y)[j]) of one neuron, by its definition."""

    def at(x: Term, y: Term) -> Term:
        mean = total("j", 0, p - 1, xi) * rational(1, p)
        return (theta(x) + theta(y)) ** 2 * (xi(x + y) - mean)

    return total("x", 0, p - 1, lambda x: total("y", 0, p - 1, lambda y: at(x, y)))


def wave(real: Any, imaginary: Any, p: Any, k: int = 1) -> Callable[[Term], Term]:
    """j ↦ Re((real + i·imaginary) e(kj/p))."""
    return lambda j: real * cos(rational(k * j, p)) - imaginary * sin(rational(k * j, p))


def _difference(objective: Callable[..., Term], name: str, metric: Term) -> Formula:
    """J(v + e) − J(v − e) = 2e·metric·v': J has degree ≤ 2 in each coordinate, so this is its
    derivative, not an approximation.
    """
    at = {n: var(n) for n in "abcd"}
    up, down = {**at, name: at[name] + E}, {**at, name: at[name] - E}
    return equal(objective(**up) - objective(**down), 2 * E * metric * rates(False)[name])


def _gradient(objective: Callable[..., Term], metric: Term) -> Formula:
    formula = _difference(objective, "a", metric)
    for name in "bcd":
        formula = formula & _difference(objective, name, metric)
    return formula


def _network(a: Term, b: Term, c: Term, d: Term) -> Term:
    return network_objective(wave(a, b, P), wave(c, d, P), P)


def _mode(a: Term, b: Term, c: Term, d: Term) -> Term:
    return term_of(mode_flow().objective, {"a": a, "b": b, "c": c, "d": d, "p": P})


_ONE_MODE = dict.fromkeys("abcde", "indeterminate")
NETWORK = Check(
    name="gradient of the network",
    procedure=formal_identity,
    arguments={
        "formula": _gradient(_network, P / 2),
        "formal": _ONE_MODE,
        "points": ({"p": 3},),
        "scope": Domain.at({"p": 3}),
    },
)
GRADIENT = Check(
    name="gradient of a mode",
    procedure=formal_identity,
    arguments={
        "formula": _gradient(_mode, P / 2),
        "formal": {**_ONE_MODE, "p": "indeterminate"},
        "scope": STATES,
    },
)
# the objective of all neurons and frequencies: (4/n)Σ_C |ŵ||û|² cos, from the mean (n−1)n·J
POLAR_OBJECTIVE = Check(
    name="objective",
    procedure=every_k,
    arguments={
        "rule": "neuron-polar",
        "constants": {
            "groups": "odd-cyclic",
            "coefficient": 4 / ((var("n") - 1) * var("n") ** 2),
        },
        "inputs": 2,
        "scope": Domain.of(k=Finite([2]), p=odd(3)),
    },
)
# … and with |û| = pα/2, |ŵ| = pβ/2 (both sides times p − 1) it is (p²/2)Σα²β cos D, D = 2φ − ψ
COEFFICIENT = Check(
    name="coefficient",
    procedure=formal_identity,
    arguments={
        "formula": equal(
            P * (P - 1) * 4 * (P * ALPHA / 2) ** 2 * (P * BETA / 2) * cos(D),
            (P - 1) * P**2 * _mode(**POLAR),
        ),
        "formal": POLAR_SORTS,
        "scope": Domain.of(p=odd(3)),
    },
)
FLOW = (POLAR_OBJECTIVE, COEFFICIENT, GRADIENT)

# a = α², u = β², s = α²β cos D: a' = 4ps, u' = 2ps, s' = pa(4u + a)
def energy_rates(growth: int = 4) -> Formula:
    """The polynomial system of the energies, with `growth` in place of 4 in s'."""
    r, s = polar_rates(), ALPHA**2 * BETA * cos(D)
    product = P * ALPHA**2 * (growth * BETA**2 + ALPHA**2)
    # s' = 2αα'·β cos D + α²β'·cos D − α²β sin D·D', times β; D' from its product with α²β²
    slope = (
        2 * r["alpha"] * BETA**2 * cos(D)
        + ALPHA**2 * r["beta"] * cos(D)
        - sin(D) * misalignment_rate()
    )
    return (
        equal(2 * r["alpha"], 4 * P * s)
        & equal(2 * r["beta"], 2 * P * s)
        & equal(slope, BETA * product)
        & equal(misalignment_rate(), -ALPHA**2 * BETA * P * (4 * BETA**2 + ALPHA**2) * sin(D))
    )


# -- checks ----------------------------------------------------------------------------------------

def from_flow(
    context: Any,
    *,
    formula: Formula,
    formal: Mapping[str, str],
    scope: Domain,
    rests_on: tuple[str, ...],
    parts: Sequence[Check],
) -> Any:
    """A formal consequence of the derived flow, with the certificates of the flow itself."""
    last = Check(
        name="consequence",
        procedure=formal_identity,
        arguments={"formula": formula, "formal": formal, "scope": scope},
    )
    return conjunction(context, parts=(*parts, last), scope=scope, rests_on=rests_on)


def follows(
    name: str,
    formula: Formula,
    *,
    scope: Domain = STATES,
    lemmas: tuple[str, ...] = (),
    formal: Mapping[str, str] | None = None,
) -> Check:
    """The formula holds identically for the derived flow."""
    return Check(
        name=name,
        procedure=from_flow,
        arguments={
            "formula": formula,
            "formal": formal or POLAR_SORTS,
            "scope": scope,
            "rests_on": (*FLOW_LEMMAS, *lemmas),
            "parts": FLOW,
        },
    )


ENERGIES = follows("energies", energy_rates(), lemmas=("energies of a mode",))


def fails_at(
    context: Any,
    *,
    formula: Formula,
    values: Mapping[str, Any],
    point: Mapping[str, Any],
    description: str,
    rests_on: tuple[str, ...],
) -> Any:
    """The formula about the derived flow is false at one state; the flow is certified there."""
    fails = Check(
        name="state",
        procedure=exact_statement,
        arguments={"formula": ~formula, "points": (values,)},
    )
    return refuted_by(
        context,
        parts=(*FLOW, fails),
        point=point,
        description=description,
        shown={n: v for n, v in values.items() if n not in point},
        rests_on=rests_on,
    )


def breaks(
    name: str,
    formula: Formula,
    description: str,
    *,
    values: Mapping[str, Any],
    label: str = "state",
    lemmas: tuple[str, ...] = (),
) -> Check:
    """A state at p = 3 at which the formula is false for the derived flow."""
    return Check(
        name=name,
        procedure=fails_at,
        arguments={
            "formula": formula,
            "values": {"p": 3, **values},
            "point": {"p": 3, label: description},
            "description": description,
            "rests_on": (*FLOW_LEMMAS, *lemmas),
        },
    )


def entry(
    claim_id: str,
    title: str,
    statement: str,
    *,
    reading: str,
    falsified_by: str,
    kind: str = "candidate",
    source: Source | str = "Dynamics",
    domain: Domain = STATES,
    checks: Sequence[Check] = (),
    mutants: Sequence[Mutant] = (),
    **rest: Any,
) -> Claim:
    """A claim.  source: a place in the paper for a printed one, else the family of candidates."""
    if isinstance(source, str):
        source = candidate(source) if kind == "candidate" else he(source)
    return writing.entry(
        claim_id,
        title,
        statement,
        source=source,
        kind=kind,
        domain=domain,
        reading=reading,
        falsified_by=falsified_by,
        checks=checks,
        mutants=mutants,
        **rest,
    )
