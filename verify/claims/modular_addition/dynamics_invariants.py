"""What the flow of one frequency, and the exact flow, conserve."""

from __future__ import annotations

from verify.claims.modular_addition.dynamics_common import (
    ALPHA,
    BETA,
    PHI,
    PSI,
    SUM_LOSS,
    D,
    P,
    breaks,
    entry,
    follows,
    polar_rates,
    rates,
)
from verify.claims.writing import mutants
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, cis, cos, equal, rational, var
from verify.methods.identities import formal_identity

_R = polar_rates()
_Z, _I = ALPHA * cis(PHI), cis(rational(1, 4))

_R2, _ALIGNED = ALPHA**2, ALPHA**2 * BETA * cos(D)


def _product_rate(r: dict[str, Term]) -> Term:
    """(Re z²w̄)' and (Im z²w̄)' as one complex number: 2z z' w̄ + z² w̄'."""
    return 2 * _Z * (r["a"] + _I * r["b"]) * BETA * cis(-PSI) + _Z**2 * (r["c"] - _I * r["d"])


def _invariants(weight: int = 2, growth: int = 4) -> Formula:
    """(α² − weight·β²)' = 0; (z²w̄)' is real and pα²(growth·β² + α²); α²φ' + 2β²ψ' = 0."""
    return (
        equal(2 * _R["alpha"] - weight * 2 * _R["beta"], 0)
        & equal(_product_rate(rates()), P * _R2 * (growth * BETA**2 + _R2))
        & equal(_R["phi"] + 2 * _R["psi"], 0)
    )


_INVARIANTS = follows("conserved quantities", _invariants(), lemmas=("energies of a mode",))
_BALANCE = breaks(
    "aligned",
    equal(2 * _R["alpha"] - 2 * _R["beta"], 0),
    "α = β = 1, D = 0: (α² − β²)' = 2p",
    values={"alpha": 1, "beta": 1, "phi": 0, "psi": 0},
)

_NORM_SCOPE = Domain.of(network=Whole("networks, data and times"))
_E, _X, _Y, _XI, _S = (var(n) for n in ("e", "tx", "ty", "xi", "slope"))


def _euler(output: object, degree: int) -> Formula:
    """f at (1 ± e)θ and at (1 ± e)ξ: ⟨θ, ∂f/∂θ⟩ = degree·f and ⟨ξ, ∂f/∂ξ⟩ = f, up to e³."""
    theta = output(1 + _E, 1) - output(1 - _E, 1)
    xi = output(1, 1 + _E) - output(1, 1 - _E)
    return equal(theta, 2 * _E * degree * output(1, 1)) & equal(xi, 2 * _E * output(1, 1))


def _square(s: Term | int, t: Term | int) -> Term:
    return t * _XI * (s * _X + s * _Y) ** 2


def _linear(s: Term | int, t: Term | int) -> Term:
    return t * _XI * _S * (s * _X + s * _Y)


def _norm(output: object, degree: int) -> Check:
    return Check(
        name="Euler's relation",
        procedure=formal_identity,
        arguments={
            "formula": _euler(output, degree),
            "formal": dict.fromkeys(("e", "tx", "ty", "xi", "slope"), "indeterminate"),
            "scope": _NORM_SCOPE,
            "rests_on": ("balance of norms",),
        },
    )


_FULL, _FULL_RELU = _norm(_square, 2), _norm(_linear, 1)

CLAIMS = [
    entry(
        "he.cand.invariants",
        "Conserved quantities of one frequency",
        "$C_1=\\alpha^2-2\\beta^2$, $C_2=\\alpha^2\\beta\\sin D$ constant; "
        "$(\\alpha^2\\beta\\cos D)'=p\\alpha^2(4\\beta^2+\\alpha^2)$; "
        "$\\alpha^2\\varphi'+2\\beta^2\\psi'=0$.",
        reading=SUM_LOSS,
        falsified_by="a state at which a derivative differs",
        checks=(_INVARIANTS,),
        mutants=mutants(_INVARIANTS, equal_weights=_invariants(1), other_growth=_invariants(2, 2)),
        corrects="he.cand.balance",
    ),
    entry(
        "he.cand.balance",
        "Conservation of the difference of squares",
        "$\\alpha^2-\\beta^2$ constant.",
        reading=SUM_LOSS,
        falsified_by="a state at which its derivative is not zero",
        checks=(_BALANCE,),
        mutants=mutants(_BALANCE, twice_the_output=equal(2 * _R["alpha"] - 4 * _R["beta"], 0)),
        corrected_by="he.cand.invariants",
    ),
    entry(
        "he.cand.full-norm",
        "Balance of norms in the exact flow",
        "Exact cross-entropy flow, any data: $\\|\\theta_m\\|^2-2\\|\\xi_m\\|^2$ constant per "
        "neuron.",
        domain=_NORM_SCOPE,
        reading="σ = u², gradient flow without decay, at all times of existence.",
        falsified_by="a network at which the derivative is not zero",
        checks=(_FULL,),
        mutants=(Mutant.of(_FULL, "equal weights", formula=_euler(_square, 1)),),
    ),
    entry(
        "he.cand.full-norm.relu",
        "Balance of norms for ReLU",
        "Exact cross-entropy flow, any data, ReLU: $\\|\\theta_m\\|^2-\\|\\xi_m\\|^2$ constant per "
        "neuron.",
        domain=_NORM_SCOPE,
        reading="σ = max(u, 0), σ'(0) any fixed number; along any absolutely continuous solution.",
        falsified_by="a network at which the derivative is not zero",
        checks=(_FULL_RELU,),
        mutants=(Mutant.of(_FULL_RELU, "weight two", formula=_euler(_linear, 2)),),
    ),
]
