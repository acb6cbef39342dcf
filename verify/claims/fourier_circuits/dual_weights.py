"""Candidates on the optimal weighting of wrong labels, and on the frequency p/2."""

from __future__ import annotations

from collections.abc import Callable

from constructions.designs import quarter
from verify.claims.fourier_circuits.common import RHO, K, P, candidate, cyclic_network
from verify.claims.fourier_circuits.optimal import (
    EVEN_GAMMA,
    EVEN_MODULI,
    EVEN_VALUE,
    HALVES,
    ODD_MODULI,
    even_family,
    even_weights,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.formula import Term, cos, equal, mod, rational, total
from verify.methods.families import family_excludes
from verify.methods.optima import formula_fails, heavier_weighting, restricted_below

_SOURCE = candidate("value and dual")
_DUAL_READING = (
    "k ≥ 2. A weighting draws the input uniformly and the wrong label Σa + δ by the stated masses; "
    "it is an optimal dual if no network's mean margin under it exceeds γ*‖θ‖^{k+1}. "
)
_quarters = cyclic_network(quarter)


def _even_shift(*, k: int, p: int) -> dict[str, str]:
    return {str(p // 2): "1"}


# -- the weightings -----------------------------------------------------------------------------

_UNIFORM = {"weight": {"numerator": rational(1), "denominator": [P - 1]}}
_ODD_UNIFORM = odd_family("the weights behind the value", derived=_UNIFORM)
_ODD_UNIQUE = odd_family(
    "equality in the bound", conclusions=("value", "dual-unique"), derived=_UNIFORM
)

_KAPPA = [P - 2, 1 / RHO]  # κ is 1 over the sum of these
_EVEN_DUAL = {
    "weight-odd": {"numerator": 1 / RHO, "denominator": _KAPPA},
    "weight-even": {"numerator": rational(2), "minus": 1 / RHO, "denominator": _KAPPA},
}
_EVEN_WEIGHTS = even_family("the weights behind the value", derived=_EVEN_DUAL)


def _mean_margin(*, frequency: int, square: Term, weight: Callable[[Term], Term]) -> Term:
    """Mean margin, k = 2, of the unit neuron u_1 = u_2 = w = s·cos(2π·frequency·a/p).

    square: Σ_a cos², so that 3·square·s² = 1.  Inputs are uniform, the wrong label is Σa + δ
    with mass weight(δ).
    """

    def wave(a: Term) -> Term:
        return cos(frequency * a / P)

    def gap(d: Term) -> Term:
        def over_b(a: Term) -> Term:
            return total(
                "b", 0, P - 1, lambda b: (wave(a) + wave(b)) ** 2 * (wave(a + b) - wave(a + b + d))
            )

        return weight(d) * total("a", 0, P - 1, over_b)

    size = 1 / (3 * square) ** rational(3, 2)
    return size * total("d", 1, P - 1, gap) / P**2


def _uniform(d: Term) -> Term:
    return 1 / (P - 1)


def _exchanged(d: Term) -> Term:
    """Masses with odd and even exchanged, scaled to sum 1: 1/(p − 1/ρ) is written out."""
    mass = mod(d, 2) * (2 - 1 / RHO) + (1 - mod(d, 2)) / RHO
    return mass * (P + 1 / RHO) / (P**2 - rational(2) ** (1 - K))


def _heavier(name: str, weight: Callable[[Term], Term], description: str) -> Check:
    return Check(
        name=name,
        procedure=heavier_weighting,
        arguments={
            "mean_margin": _mean_margin(frequency=2, square=P, weight=weight),
            "value": EVEN_GAMMA,
            "weights": even_weights,
            "point": {"k": 2, "p": 4},
            "description": description,
        },
    )


def _heavier_mutants(check: Check, weight: Callable[[Term], Term]) -> tuple[Mutant, ...]:
    slower = _mean_margin(frequency=1, square=P / 2, weight=weight)
    return (
        Mutant.of(check, "a neuron at ζ = 1 instead", mean_margin=slower),
        Mutant.of(check, "γ* doubled", value=2 * EVEN_GAMMA),
    )


_NYQUIST_NEURON = _heavier(
    "a neuron at ζ = p/2",
    _uniform,
    "k=2, p=4: a neuron of norm 1 at ζ = 2 has mean margin 0.0642 under uniform wrong labels, "
    "above γ* = 0.0503",
)


def _mass(odd_mass: Term, even_mass: Term) -> Term:
    """Total mass over κ of δ = 1..p−1."""
    return total("d", 1, P - 1, lambda d: mod(d, 2) * odd_mass + (1 - mod(d, 2)) * even_mass)


_EXCHANGED_MASS = Check(
    name="the masses sum to 1",
    procedure=formula_fails,
    arguments={
        "formula": equal(_mass(2 - 1 / RHO, 1 / RHO), P - 2 + 1 / RHO),
        "point": {"k": 2, "p": 2},
        "description": (
            "k=2, p=2: the only wrong label is δ = 1, with mass κ(2−1/ρ) = 2√2−1 instead of 1"
        ),
    },
)
_EXCHANGED_NEURON = _heavier(
    "scaled to sum 1, a neuron at ζ = p/2",
    _exchanged,
    "k=2, p=4: scaled to sum 1 the exchanged masses give a neuron of norm 1 at ζ = 2 the mean "
    "margin 0.0756, above γ* = 0.0503",
)

_DUAL_CLAIMS = [
    Claim(
        id="fc.cand.dual-uniform.odd",
        title="Uniform weights are an optimal dual for odd p",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For odd $p$ uniform data and a uniform wrong label form an optimal dual.",
        reading=_DUAL_READING + "Odd p ≥ 3.",
        domain=ODD_MODULI,
        falsified_by="a neuron of norm 1 with a mean margin above γ*",
        checks=(_ODD_UNIFORM,),
        mutants=(
            Mutant.of(
                _ODD_UNIFORM,
                "mass 1/p on each wrong label",
                derived={"weight": {"numerator": rational(1), "denominator": [P]}},
            ),
            Mutant.of(
                _ODD_UNIFORM,
                "even moduli",
                groups="even-cyclic",
                value=EVEN_VALUE,
                scope=EVEN_MODULI,
            ),
        ),
    ),
    Claim(
        id="fc.cand.dual-uniform.even",
        title="Uniform weights are an optimal dual for even p",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For even $p$ uniform data and a uniform wrong label form an optimal dual.",
        reading=_DUAL_READING + "At p = 2 there is one wrong label and the statement is true.",
        domain=EVEN_MODULI,
        falsified_by="a neuron of norm 1 with a mean margin above γ*",
        corrected_by="fc.cand.dual-even.stated",
        checks=(_NYQUIST_NEURON,),
        mutants=_heavier_mutants(_NYQUIST_NEURON, _uniform),
    ),
    Claim(
        id="fc.cand.dual-uniform.unique",
        title="Uniform weights are the only translation-invariant optimal dual",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For odd $p$ uniform data and a uniform wrong label are the only optimal dual that is "
            "invariant under translations."
        ),
        reading=_DUAL_READING + "Odd p ≥ 3; translations a_j → a_j + s_j, c → c + Σs_j.",
        domain=ODD_MODULI,
        falsified_by="another translation-invariant weighting whose bound is γ*",
        checks=(_ODD_UNIQUE,),
        mutants=(
            Mutant.of(
                _ODD_UNIQUE,
                "mass 1/p on each wrong label",
                derived={"weight": {"numerator": rational(1), "denominator": [P]}},
            ),
            Mutant.of(_ODD_UNIQUE, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.cand.dual-even.stated",
        title="The optimal dual for even p",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For even $p$, $\\delta = y'-y$ and $\\kappa = 1/(p-2+1/\\rho_k)$ the weight "
            "$\\kappa/\\rho_k$ on odd $\\delta$ and $\\kappa(2-1/\\rho_k)$ on even $\\delta$ is an "
            "optimal dual."
        ),
        reading=_DUAL_READING + "Uniform data; at p = 2 there is no even δ.",
        domain=EVEN_MODULI,
        falsified_by="masses that do not sum to 1, or a neuron with a mean margin above γ*",
        corrects="fc.cand.dual-uniform.even",
        checks=(_EVEN_WEIGHTS,),
        mutants=(
            Mutant.of(
                _EVEN_WEIGHTS,
                "odd and even exchanged",
                derived={
                    "weight-odd": _EVEN_DUAL["weight-even"],
                    "weight-even": _EVEN_DUAL["weight-odd"],
                },
            ),
            Mutant.of(
                _EVEN_WEIGHTS,
                "1 in place of 2",
                derived={
                    **_EVEN_DUAL,
                    "weight-even": {**_EVEN_DUAL["weight-even"], "numerator": rational(1)},
                },
            ),
            Mutant.of(_EVEN_WEIGHTS, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.cand.dual-even.exchanged",
        title="The dual for even p with odd and even exchanged",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For even $p$ the weight $\\kappa(2-1/\\rho_k)$ on odd $\\delta$ and $\\kappa/\\rho_k$ "
            "on even $\\delta$, $\\kappa = 1/(p-2+1/\\rho_k)$, is an optimal dual."
        ),
        reading=_DUAL_READING
        + "Uniform data. The masses are taken as stated; scaled to sum 1 they are not optimal "
        "either, from p = 4 on.",
        domain=EVEN_MODULI,
        falsified_by="masses that do not sum to 1, or a neuron with a mean margin above γ*",
        corrected_by="fc.cand.dual-even.stated",
        checks=(_EXCHANGED_MASS, _EXCHANGED_NEURON),
        mutants=(
            Mutant.of(
                _EXCHANGED_MASS,
                "the masses that do sum to 1",
                formula=equal(_mass(1 / RHO, 2 - 1 / RHO), P - 2 + 1 / RHO),
            ),
            *_heavier_mutants(_EXCHANGED_NEURON, _exchanged),
        ),
    ),
]

# -- the frequency p/2 --------------------------------------------------------------------------

_SHARE = even_family(
    "share of the real frequency",
    derived={
        "real-share": {"numerator": rational(1), "denominator": [rational(1), (P - 2) * RHO]}
    },
)
_EQUAL_SHARE = Check(
    name="the share that it has",
    procedure=family_excludes,
    arguments={
        **_SHARE.arguments,
        "description": "k=2, p=4: the share of ζ = 2 is 1/(1+2√2) in every max-margin network",
        "values": {"k": 2, "p": 4, "share": "1/(1+2√2)", "stated": "1/3"},
        "violated": equal(P - 1, 1 + (P - 2) * RHO),
        "point": {"k": 2, "p": 4},
    },
)
_ALONE = Check(
    name="networks at ζ = p/2",
    procedure=restricted_below,
    arguments={
        "frequencies": ((2,),),
        "weights": _even_shift,
        "network": lambda: _quarters(k=2, p=4),
        "level": rational(0),
        "point": {"k": 2, "p": 4},
        "description": "k=2, p=4: a network at ζ = 2 alone gives y and y+2 equal outputs, so its "
        "margin is at most 0",
    },
)

_NYQUIST_CLAIMS = [
    Claim(
        id="fc.cand.nyquist-share.weighted",
        title="Share of the frequency p/2",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For even $p$ a max-margin network has "
            "$\\sum\\|\\theta_i\\|^{k+1} = 1/(1+(p-2)\\rho_k)$ "
            "over its neurons at $\\zeta = p/2$."
        ),
        reading="k ≥ 2, every max-margin network of norm 1; ρ_k = 2^{(k−1)/2}.",
        domain=EVEN_MODULI,
        falsified_by="a max-margin network with another share",
        corrects="fc.cand.nyquist-share.equal",
        checks=(_SHARE,),
        mutants=(
            Mutant.of(
                _SHARE,
                "ρ in the numerator",
                derived={
                    "real-share": {"numerator": RHO, "denominator": [rational(1), (P - 2) * RHO]}
                },
            ),
            Mutant.of(_SHARE, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.cand.nyquist-share.equal",
        title="The frequency p/2 has an equal share",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For even $p$ a max-margin network has $\\sum\\|\\theta_i\\|^{k+1} = 1/(p-1)$ over its "
            "neurons at $\\zeta = p/2$."
        ),
        reading="k ≥ 2, every max-margin network of norm 1. True at p = 2, where ζ = 1 is all.",
        domain=EVEN_MODULI,
        falsified_by="a max-margin network with another share",
        corrected_by="fc.cand.nyquist-share.weighted",
        checks=(_EQUAL_SHARE,),
        mutants=(
            Mutant.of(_EQUAL_SHARE, "at p = 2, where it holds", point={"k": 2, "p": 2}),
            Mutant.of(_EQUAL_SHARE, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.cand.nyquist-only",
        title="The frequency p/2 alone attains the maximum margin",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For even $p$ a network with $\\zeta = p/2$ in every neuron attains $\\gamma^*$.",
        reading="k ≥ 2. True at p = 2, where no other frequency exists; 4 is the next modulus.",
        domain=EVEN_MODULI,
        falsified_by="an even p for which every such network stays below γ*",
        corrected_by="fc.cand.nyquist-share.weighted",
        checks=(_ALONE,),
        mutants=(
            Mutant.of(_ALONE, "all frequencies allowed", frequencies=((1,), (2,))),
            Mutant.of(_ALONE, "a level that no network reaches", level=EVEN_GAMMA),
        ),
    ),
]

CLAIMS = [*_DUAL_CLAIMS, *_NYQUIST_CLAIMS]
