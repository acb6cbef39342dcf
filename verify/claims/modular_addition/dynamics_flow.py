"""The leading-order flow of a quadratic network: its objective, its modes, its decoupling."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.modular_addition.dynamics_common import (
    ALPHA,
    BETA,
    FLOW,
    FLOW_LEMMAS,
    NETWORK,
    PHI,
    PSI,
    STATES,
    SUM_LOSS,
    P,
    entry,
    follows,
    network_objective,
    rates,
)
from verify.claims.writing import mutants
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import Formula, Term, cis, cos, equal, rational, total, var
from verify.methods.combine import conjunction
from verify.methods.identities import formal_identity

_ODE = "a state at which the derivative in the leading-order flow is another one"

# -- objective and complex form ------------------------------------------------------------------

_NETWORKS = Domain.of(p=odd(3), network=Whole("quadratic networks"))


def _all_modes(p: int, factor: Fraction = Fraction(1, 2)) -> Formula:
    """J of one neuron with every Fourier mode and both constants, against p²·factor·Σα²β cos D."""
    frequencies = range(1, (p + 1) // 2)

    def row(constant: str, size: str, angle: str) -> object:
        def at(j: Term) -> Term:
            modes = [
                var(f"{size}{k}") * cos(rational(k * j, p) + var(f"{angle}{k}"))
                for k in frequencies
            ]
            return total([var(constant), *modes])

        return at

    right = total([
        rational(p**2 * factor) * var(f"r{k}") ** 2 * var(f"s{k}")
        * cos(2 * var(f"x{k}") - var(f"y{k}"))
        for k in frequencies
    ])
    return equal(network_objective(row("r0", "r", "x"), row("s0", "s", "y"), p), right)


def _at(p: int, formula: Formula) -> Check:
    count = range(1, (p + 1) // 2)
    sizes = ["r0", "s0", *(f"{n}{k}" for n in "rs" for k in count)]
    angles = [f"{n}{k}" for n in "xy" for k in count]
    return Check(
        name=f"p = {p}",
        procedure=formal_identity,
        arguments={
            "formula": formula,
            "formal": dict.fromkeys(sizes, "indeterminate") | dict.fromkeys(angles, "angle"),
            "scope": Domain.at({"p": p}),
        },
    )


def _objective(*parts: Check) -> Check:
    return Check(
        name="objective of all modes",
        procedure=conjunction,
        arguments={
            "parts": (*FLOW[:2], *parts),
            "scope": _NETWORKS,
            "rests_on": FLOW_LEMMAS,
        },
    )


_OBJECTIVE = _objective(_at(3, _all_modes(3)), _at(5, _all_modes(5)))
_OBJECTIVE_MUTANT = Mutant.of(
    _OBJECTIVE, "p² instead of p²/2", parts=(*FLOW[:2], _at(3, _all_modes(3, Fraction(1))))
)

_Z, _W = ALPHA * cis(PHI), BETA * cis(PSI)
_I = cis(rational(1, 4))


def _complex(theta: int = 2, xi: int = 1, *, conjugate: bool = True) -> Formula:
    r = rates()
    z = ALPHA * cis(-PHI) if conjugate else _Z
    return equal(r["a"] + _I * r["b"], theta * P * z * _W) & equal(
        r["c"] + _I * r["d"], xi * P * _Z**2
    )


_COMPLEX = follows("complex form", _complex())
_COMPLEX_NETWORK = Check(
    name="complex form and the network itself",
    procedure=conjunction,
    arguments={
        "parts": (NETWORK, _COMPLEX),
        "scope": STATES,
        "rests_on": FLOW_LEMMAS,
    },
)
_COMPLEX_MUTANTS = mutants(
    _COMPLEX,
    no_conjugate=_complex(conjugate=False),
    equal_factors=_complex(1, 1),
    mean_loss=equal(P**2 * rates()["a"], P * ALPHA * BETA * cos(PSI - PHI)),
)

# -- decoupling ----------------------------------------------------------------------------------

_WIDTHS = Domain.of(p=odd(3), width=at_least(1), shape=Whole("weights before scaling by κ"))
_K, _X, _Y, _XI = (var(n) for n in ("kappa", "tx", "ty", "xi"))


def _degree_three(power: int) -> Check:
    """f has degree 3 in the weights: at κ·weights it is κ³f."""
    return Check(
        name="degree of the logits",
        procedure=formal_identity,
        arguments={
            "formula": equal(
                _K * _XI * (_K * _X + _K * _Y) ** 2, _K**power * _XI * (_X + _Y) ** 2
            ),
            "formal": dict.fromkeys(("kappa", "tx", "ty", "xi"), "indeterminate"),
            "scope": _WIDTHS,
            "rests_on": FLOW_LEMMAS,
        },
    )


_DECOUPLED = _degree_three(3)
_STAYS = Check(
    name="small starts",
    procedure=conjunction,
    arguments={
        "parts": (_DECOUPLED, _COMPLEX),
        "scope": _WIDTHS,
        "rests_on": FLOW_LEMMAS,
    },
)
_STAYS_MUTANT = Mutant.of(_STAYS, "no conjugate", parts=(
    _DECOUPLED, follows("complex form", _complex(conjugate=False))))

CLAIMS = [
    entry(
        "he.cand.leading-objective",
        "The leading objective is a sum over neurons and frequencies",
        "$\\sum_{x,y}(f[\\mathrm{label}]-\\mathrm{mean}_jf[j])=J=(p^2/2)\\sum_{m,k}\\alpha^2\\beta"
        "\\cos D$ exactly; DC drops out.",
        domain=_NETWORKS,
        reading="σ = u², odd p ≥ 3, any width, all Fourier modes of all rows at once. It is an "
        "identity, with nothing small.",
        falsified_by="a network at which the two sides differ",
        checks=(_OBJECTIVE,),
        mutants=(_OBJECTIVE_MUTANT,),
    ),
    entry(
        "he.cand.complex-flow",
        "The flow of one frequency in complex form",
        "$z=\\alpha e^{i\\varphi}$, $w=\\beta e^{i\\psi}$: $z'=2p\\bar zw$, $w'=pz^2$ (sum loss).",
        reading=SUM_LOSS,
        falsified_by=_ODE,
        checks=(_COMPLEX_NETWORK,),
        mutants=(
            Mutant.of(_COMPLEX_NETWORK, "no conjugate", parts=(
                NETWORK, follows("complex form", _complex(conjugate=False)))),
            *_COMPLEX_MUTANTS,
        ),
    ),
    entry(
        "he.neuron-decoupling",
        "Small networks decouple into neurons",
        "For $\\kappa\\ll1$ the softmax is $\\approx 1/p$ and all inter-neuron terms vanish.",
        source="blog §4.2",
        kind="as",
        domain=_WIDTHS,
        reading="σ = u², full table, sum loss, fixed p, width and weights before scaling by κ → 0. "
        "The softmax is (1 + O(κ³))/p and κ^{−2} times the gradient of a neuron tends to that of "
        "its own objective, with an error O(κ³) whose constant grows with the width.",
        falsified_by="another limit",
        checks=(_DECOUPLED,),
        mutants=(Mutant.of(
            _DECOUPLED, "degree two", formula=_degree_three(2).arguments["formula"]),),
    ),
    entry(
        "he.frequency-decoupling",
        "Frequencies decouple",
        "Orthogonality removes cross-frequency terms: independent copies of one four-variable ODE "
        "for each neuron and frequency.",
        source="blog §4.2, app tab 7",
        kind="as",
        domain=_NETWORKS,
        reading="σ = u², odd p, full table: the leading objective has no term with two frequencies "
        "or with a constant, so its gradient flow is a product of flows, all with the same field.",
        falsified_by="a coupling in the leading order",
        checks=(_OBJECTIVE,),
        mutants=(_OBJECTIVE_MUTANT,),
    ),
    entry(
        "he.single-frequency-preservation",
        "Single-frequency neurons stay so",
        "Decoupled flow: a single-frequency neuron stays so for all time.",
        source="Theorem 5.2, blog §4.5",
        kind="ode",
        reading=SUM_LOSS + "The leading-order flow, up to its blow-up; the constants of the rows "
        "count as another frequency. Exact flow: he.single-frequency-preservation.exact.",
        falsified_by="motion off the frequency in the decoupled flow",
        checks=(_COMPLEX,),
        mutants=_COMPLEX_MUTANTS,
    ),
    entry(
        "he.single-frequency-preservation.exact",
        "Other frequencies stay negligible at first",
        "From small single-frequency random-phase starts gradient flow keeps other frequencies "
        "asymptotically negligible through the initial stage.",
        source="summary of Theorem 5.2",
        kind="as",
        domain=_WIDTHS,
        reading="Exact cross-entropy flow, σ = u², odd p, full table, sum loss; fixed p, width and "
        "start up to the scale κ → 0. Initial stage: t ≤ τ/κ for any fixed τ before the blow-up of "
        "the decoupled flow. Negligible: κ^{−1} times every other Fourier coefficient is O(κ³).",
        falsified_by="another frequency of the order of κ within the initial stage",
        checks=(_STAYS,),
        mutants=(_STAYS_MUTANT,),
    ),
]
