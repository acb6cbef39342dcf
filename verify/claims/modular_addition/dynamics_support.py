"""The exact cross-entropy gradient of a diversified network: which frequencies it moves."""

from __future__ import annotations

from typing import Any

from verify.claims.modular_addition.dynamics_common import entry
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import Formula, Term, cis, cos, equal, rational, total, var
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

_LEMMA = ("exact gradient of a diversified network", "flawed indicator")
_NETWORKS = Domain.of(p=odd(3), network=Whole("networks of single-frequency neurons"))
_DIVERSIFIED = Domain.of(p=odd(3), network=Whole("diversified networks"))
_R, _O, _O1, _PHI, _F = (var(n) for n in ("r", "o", "o1", "phi", "F"))


def _error(x: int, y: int, j: int, p: int) -> Term:
    """1[j = x+y] − softmax of the flawed indicator, by the class of (x, y, j); sums to 0 over j."""
    label, ghosts = (x + y) % p, {2 * x % p, 2 * y % p}
    if x == y:
        return (p - 1) * _O1 if j == label else -_O1
    if j == label:
        return 2 * _R + (p - 3) * _O
    return -_R if j in ghosts else -_O


def _theta(x: int, p: int, phase: Any) -> Term:
    return cos(rational(x, p) + phase)


def output_rate(j: int, p: int) -> Term:
    return total([
        _error(x, y, j, p) * (_theta(x, p, _PHI) + _theta(y, p, _PHI)) ** 2
        for x in range(p) for y in range(p)
    ])


def _output(p: int, doubling: int = 2) -> Check:
    """ξ'[j]·cos(2φ) = ξ'[0]·cos(ωj + 2φ) for every j, formally in the probabilities and φ."""
    formula = equal(0, 0)
    for j in range(p):
        formula = formula & equal(
            output_rate(j, p) * cos(doubling * _PHI),
            output_rate(0, p) * cos(rational(j, p) + doubling * _PHI),
        )
    return Check(name=f"p = {p}", procedure=formal_identity, arguments={
        "formula": formula,
        "formal": {**dict.fromkeys(("r", "o", "o1"), "indeterminate"), "phi": "angle"},
        "scope": Domain.at({"p": p, "network": "every diversified network"}),
    })


_OUTPUT = Check(
    name="gradient of the output",
    procedure=conjunction,
    arguments={"parts": (_output(3), _output(5)), "scope": _DIVERSIFIED, "rests_on": _LEMMA},
)

# -- a leak of the input at p = 3 ----------------------------------------------------------------

_POINT = {"p": 3, "network": "N = 3, φ = 0, 1/3, 2/3, ψ = 2φ, α = β"}


def _constant_part(factor: int) -> Formula:
    """Σ_t θ'[t] at φ = 0, α = β = 1: 12((q − r) − (q_1 − o_1)); q = 1 − 2r, q_1 = 1 − 2o_1."""
    rate = total([
        4 * (_theta(x, 3, 0) + _theta(y, 3, 0)) * _error(x, y, j, 3) * cos(rational(j, 3))
        for x in range(3) for y in range(3) for j in range(3)
    ])
    return equal(rate, factor * ((1 - 3 * _R) - (1 - 3 * _O1)))


def _never_zero(power: int = 4) -> Formula:
    """q − r = (F − 1)/(F + 2) < q_1 − o_1 = (F⁴ − 1)/(F⁴ + 2) for F > 1, cleared."""
    gap = (_F**power - 1) * (_F + 2) - (_F - 1) * (_F**power + 2)
    return equal(gap, 3 * _F * (_F**3 - 1))


def _leak(factor: int = 12, power: int = 4) -> tuple[Check, ...]:
    scope = Domain.at(_POINT)
    phases = _diversified()
    return (
        Check(name="diversified", procedure=exact_statement, arguments={
            "formula": phases, "points": ({},), "scope": scope}),
        Check(name="constant part", procedure=formal_identity, arguments={
            "formula": _constant_part(factor),
            "formal": dict.fromkeys(("r", "o1", "o"), "indeterminate"), "scope": scope}),
        Check(name="not zero", procedure=formal_identity, arguments={
            "formula": _never_zero(power), "formal": {"F": "indeterminate"}, "scope": scope}),
    )


def _diversified() -> Formula:
    """Σ e(ιφ) = 0 for ι = 2, 4 over the three phases."""
    return equal(total([cis(rational(2 * i, 3)) for i in range(3)]), 0) & equal(
        total([cis(rational(4 * i, 3)) for i in range(3)]), 0
    )


_INPUT = Check(
    name="three neurons",
    procedure=refuted_by,
    arguments={
        "parts": _leak(),
        "point": _POINT,
        "description": "p = 3, φ = 0, 1/3, 2/3, ψ = 2φ: θ' of the neuron at φ = 0 has a constant "
        "part, 4((q − r) − (q_1 − o_1)) < 0",
        "rests_on": _LEMMA,
    },
)
_LEAK_MUTANTS = (
    Mutant.of(_INPUT, "another factor", parts=_leak(11)),
    Mutant.of(_INPUT, "other probabilities", parts=_leak(12, 3)),
)
_READ = (
    "σ = u², odd p, full table, loss summed over the data, softmax of the network itself. "
    "“Preserves”: at such a state the velocity has no part at another frequency or constant. "
)

CLAIMS = [
    entry(
        "he.cand.support-exact.always",
        "Exact flow and single frequencies",
        "Exact cross-entropy flow preserves single-frequency supports: always.",
        domain=_NETWORKS,
        reading=_READ,
        falsified_by="a network of single-frequency neurons whose velocity leaves the support",
        checks=(_INPUT,),
        mutants=_LEAK_MUTANTS,
    ),
    entry(
        "he.cand.support-exact.output",
        "Exact flow and single frequencies of the output",
        "Exact cross-entropy flow preserves single-frequency supports: for ξ on exact FD networks.",
        domain=_DIVERSIFIED,
        reading=_READ + "Full diversification with D = 0; the velocity of ξ at "
        "such a network, which the flow leaves at once through θ.",
        falsified_by="a diversified network whose ξ' has another frequency",
        checks=(_OUTPUT,),
        mutants=(Mutant.of(_OUTPUT, "another phase", parts=(_output(3, 1),)),),
    ),
    entry(
        "he.cand.support-exact.input",
        "Exact flow and single frequencies of the input",
        "Exact cross-entropy flow preserves single-frequency supports: for θ on exact FD networks.",
        domain=_DIVERSIFIED,
        reading=_READ + "Full diversification with D = 0. For p ∤ 3k each such network leaks "
        "to 3k (lemma).",
        falsified_by="a diversified network whose θ' has another frequency",
        checks=(_INPUT,),
        mutants=_LEAK_MUTANTS,
    ),
]
