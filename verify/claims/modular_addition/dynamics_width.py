"""How the error of the decoupled flow grows with the width of a network at a Gaussian start."""

from __future__ import annotations

from verify.claims.modular_addition.dynamics_common import entry
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import Formula, Term, equal, rational, total, var
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

_LEMMA = ("small networks", "decoupling error")
_DOMAIN = Domain.of(p=odd(3), width=at_least(1), start=Whole("Gaussian starts"))
_POINT = {"p": 3, "width": 2, "start": "Gaussian entries"}
_SYMBOLS = [f"{row}{j}" for row in ("t", "s", "x") for j in range(3)]


def _cross(theta: list[Term], other: list[Term], output: list[Term], label: int, p: int) -> Term:
    """p·(the component of g(v, v') at ξ[label]) for the rows θ of v, and θ', ξ' of v'."""
    mean = total(output) * rational(1, p)
    return total([
        (other[x] + other[y]) ** 2 * (output[label] - mean) * (theta[x] + theta[y]) ** 2
        for x in range(p) for y in range(p)
    ])


def _odd(sign: int) -> Check:
    """g(v, v') changes its sign with ξ', formally in all entries at p = 3."""
    theta, other, output = ([var(f"{row}{j}") for j in range(3)] for row in ("t", "s", "x"))
    flipped = [-entry for entry in output]
    formula = equal(0, 0)
    for label in range(3):
        formula = formula & equal(
            _cross(theta, other, flipped, label, 3),
            sign * _cross(theta, other, output, label, 3),
        )
    return Check(name="odd in the other output", procedure=formal_identity, arguments={
        "formula": formula, "formal": dict.fromkeys(_SYMBOLS, "indeterminate"),
        "scope": Domain.at(_POINT)})


def _unit(p: int, size: int = 1) -> list[Term]:
    return [rational(size if j == 0 else 0) for j in range(p)]


def _not_zero(p: int, size: int = 1) -> Check:
    """At the unit rows of the lemma it is (p − 1)(2p + 14)/p, and not zero."""
    value = _cross(_unit(p), _unit(p, size), _unit(p), 0, p)
    formula: Formula = equal(value, rational((p - 1) * (2 * p + 14), p)) & (value > 0)
    return Check(name=f"not zero, p = {p}", procedure=exact_statement, arguments={
        "formula": formula, "points": ({},), "scope": Domain.at(_POINT)})


_GROWS = Check(
    name="mean square of the error",
    procedure=refuted_by,
    arguments={
        "parts": (_odd(-1), _not_zero(3)),
        "point": _POINT,
        "description": "the mean square error is κ⁶(a + (M − 1)b)/c with b > 0: of order Mκ⁶, so "
        "the error is neither bounded in M nor of order M",
        "rests_on": _LEMMA,
    },
)
_ROOT = Check(
    name="mean square of the error",
    procedure=conjunction,
    arguments={
        "parts": (_odd(-1), _not_zero(3), _not_zero(5)),
        "scope": _DOMAIN,
        "rests_on": _LEMMA,
    },
)


def _mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "even in the other output", parts=(_odd(1), _not_zero(3))),
        Mutant.of(check, "a silent neuron", parts=(_odd(-1), _not_zero(3, 0))),
    )


_READ = (
    "σ = u², full table, independent Gaussian entries of scale κ in all rows. Relative error: root "
    "mean square over starts of the difference of the gradients of a neuron, over that of its "
    "leading order; κ → 0 at fixed p and M. "
)

CLAIMS = [
    entry(
        "he.cand.error-uniform",
        "Decoupling error, uniform in the width",
        "Gaussian amplitudes of scale $\\kappa$: the exact gradient differs from the flow by "
        "relative $O(\\kappa^3)$ uniformly in $M$.",
        domain=_DOMAIN,
        reading=_READ,
        falsified_by="an error whose coefficient of κ³ grows with M without bound",
        checks=(_GROWS,),
        mutants=_mutants(_GROWS),
        corrected_by="he.cand.error-root-width",
    ),
    entry(
        "he.cand.error-width",
        "Decoupling error, growing with the width",
        "Gaussian amplitudes of scale $\\kappa$: the exact gradient differs from the flow by "
        "relative $\\Theta(M\\kappa^3)$.",
        domain=_DOMAIN,
        reading=_READ,
        falsified_by="an error of another order in M",
        checks=(_GROWS,),
        mutants=_mutants(_GROWS),
        corrected_by="he.cand.error-root-width",
    ),
    entry(
        "he.cand.error-root-width",
        "Decoupling error, growing with the root of the width",
        "Gaussian amplitudes of scale $\\kappa$: the exact gradient differs from the flow by "
        "relative $\\Theta(\\sqrt M\\kappa^3)$.",
        domain=_DOMAIN,
        reading=_READ,
        falsified_by="an error of another order in M",
        checks=(_ROOT,),
        mutants=_mutants(_ROOT),
        corrects="he.cand.error-width",
    ),
]
