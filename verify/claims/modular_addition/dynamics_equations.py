"""The printed equations of magnitudes and phases against the derived flow, term by term."""

from __future__ import annotations

from fractions import Fraction

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
    misalignment_rate,
    polar_rates,
)
from verify.claims.writing import mutants
from verify.formula import Formula, cos, equal, sin

_R = polar_rates()
_ODE = "a state at which the derivative in the leading-order flow is another one"



def _magnitudes(theta: int, xi: int) -> Formula:
    return equal(_R["alpha"], ALPHA * theta * P * ALPHA * BETA * cos(D)) & equal(
        _R["beta"], BETA * xi * P * ALPHA**2 * cos(D)
    )


_MAGNITUDES = follows("magnitudes", _magnitudes(2, 1))

# every equation is multiplied by its magnitudes, so that none divides
_SAME = {"alpha": 1, "beta": 1, "phi": 0, "psi": Fraction(3, 4)}


def _misalignment(square: int, sign: int) -> Formula:
    """−p(4β^square + sign·α²/β) sin D for D'."""
    printed = -P * (4 * BETA ** (square + 1) + sign * ALPHA**2) * sin(D)
    return equal(misalignment_rate(), ALPHA**2 * BETA * printed)


_BLOG = breaks(
    "equal magnitudes",
    _misalignment(2, -1),
    "α = β = 1, D = 1/4 turn: D' = −5p in the flow, −3p as printed",
    values=_SAME,
)
_MISALIGNMENT = follows("misalignment", _misalignment(1, 1))


def _phases(theta: int, xi: int) -> Formula:
    """φ' = theta·pβ sin D, ψ' = xi·p(α²/β) sin D."""
    return equal(_R["phi"], ALPHA**2 * theta * P * BETA * sin(D)) & equal(
        _R["psi"], BETA * xi * P * ALPHA**2 * sin(D)
    )


_APP = breaks(
    "equal magnitudes",
    _phases(2, -1),
    "α = β = 1, D = 1/4 turn: φ' = −2p and ψ' = p in the flow, 2p and −p as printed",
    values=_SAME,
)
_PHASES = follows("phases", _phases(-2, 1))
# with D = ψ − 2φ in the printed equations: sin changes its sign
_OTHER_SIGN = follows(
    "phases with the other sign of D",
    equal(_R["phi"], ALPHA**2 * 2 * P * BETA * sin(PSI - 2 * PHI))
    & equal(_R["psi"], -BETA * P * ALPHA**2 * sin(PSI - 2 * PHI)),
)

_SIGN = breaks(
    "aligned",
    # the printed “cos D < 0 and the magnitudes decrease”, at cos D = 1
    _R["alpha"] < 0,
    "α = β = 1, D = 0 < π/2: cos D = 1, and α' = 2p > 0",
    values={"alpha": 1, "beta": 1, "phi": 0, "psi": 0},
)

CLAIMS = [
    entry(
        "he.magnitude-odes",
        "Growth of the magnitudes",
        "$\\alpha'\\approx 2p\\alpha\\beta\\cos D$, $\\beta'\\approx p\\alpha^2\\cos D$.",
        source="§5.3 as quoted in the code, blog §4.3, app tab 7",
        kind="ode",
        reading=SUM_LOSS + "≈ is equality with the leading order (he.neuron-decoupling bounds the "
        "rest). With the mean loss of the code both sides are divided by p².",
        falsified_by=_ODE,
        checks=(_MAGNITUDES,),
        mutants=mutants(_MAGNITUDES, equal_factors=_magnitudes(1, 1),
                        factors_swapped=_magnitudes(1, 2)),
    ),
    entry(
        "he.misalignment-ode-blog",
        "Decay of the misalignment",
        "$D'\\approx -p(4\\beta^2-\\alpha^2/\\beta)\\sin D$.",
        source="blog §4.3",
        kind="ode",
        reading=SUM_LOSS + "≈ is equality with the leading order.",
        falsified_by=_ODE,
        checks=(_BLOG,),
        mutants=mutants(_BLOG, the_derived_equation=_misalignment(1, 1)),
        corrected_by="he.misalignment-ode-blog.corrected",
    ),
    entry(
        "he.misalignment-ode-blog.corrected",
        "Decay of the misalignment, derived",
        "$D'=-p(4\\beta+\\alpha^2/\\beta)\\sin D$.",
        source="blog §4.3",
        kind="ode",
        reading=SUM_LOSS,
        falsified_by=_ODE,
        checks=(_MISALIGNMENT,),
        mutants=mutants(_MISALIGNMENT, beta_squared=_misalignment(2, 1),
                        minus_sign=_misalignment(1, -1)),
        corrects="he.misalignment-ode-blog",
    ),
    entry(
        "he.phase-odes-app",
        "Motion of the phases",
        "$\\varphi'\\approx 2p\\beta\\sin D$, $\\psi'\\approx -p(\\alpha^2/\\beta)\\sin D$.",
        source="§5.3 as quoted in the code, app tabs 7, 8",
        kind="ode",
        reading=SUM_LOSS + "≈ is equality with the leading order. Both signs are right when D "
        "stands for ψ − 2φ: he.phase-odes-app.other-sign.",
        falsified_by=_ODE,
        checks=(_APP,),
        mutants=mutants(_APP, the_derived_equations=_phases(-2, 1)),
        corrected_by="he.phase-odes-app.corrected",
    ),
    entry(
        "he.phase-odes-app.corrected",
        "Motion of the phases, derived",
        "$\\varphi'=-2p\\beta\\sin D$, $\\psi'=p(\\alpha^2/\\beta)\\sin D$.",
        source="§5.3 as quoted in the code, app tabs 7, 8",
        kind="ode",
        reading=SUM_LOSS,
        falsified_by=_ODE,
        checks=(_PHASES,),
        mutants=mutants(_PHASES, printed_signs=_phases(2, -1), equal_factors=_phases(-1, 1)),
        corrects="he.phase-odes-app",
    ),
    entry(
        "he.phase-odes-app.other-sign",
        "The printed motion of the phases with the opposite misalignment",
        "$\\varphi'\\approx 2p\\beta\\sin D$, $\\psi'\\approx -p(\\alpha^2/\\beta)\\sin D$ with "
        "$D=\\psi-2\\varphi$.",
        source="§5.3 as quoted in the code, app tabs 7, 8",
        kind="ode",
        reading=SUM_LOSS + "But here D = ψ − 2φ, against the printed definition.",
        falsified_by=_ODE,
        checks=(_OTHER_SIGN,),
        mutants=mutants(_OTHER_SIGN, the_printed_misalignment=_phases(2, -1)),
    ),
    entry(
        "he.phase-velocity-signs",
        "Both phases move towards each other",
        "The phase velocities are $\\propto\\sin D$ with opposite signs for $\\varphi$ and "
        "$\\psi$; $2\\varphi$ and $\\psi$ approach each other.",
        source="blog §4.3",
        kind="ode",
        reading=SUM_LOSS + "Opposite signs: of the factors of sin D. Approach: D' has the sign of "
        "−sin D, so the folded distance |D| of 2φ and ψ falls unless D is 0 or π.",
        falsified_by="a state with velocities of the same sign, or with growing |D|",
        checks=(_PHASES,),
        mutants=mutants(_PHASES, equal_signs=_phases(-2, -1), printed_signs=_phases(2, -1)),
    ),
    entry(
        "he.magnitude-sign",
        "Alignment decides whether magnitudes grow",
        "$D\\approx 0$: rapid growth; “when $D<\\pi/2$ (poor alignment)” $\\cos D<0$ and the "
        "magnitudes decrease.",
        source="blog §4.3",
        kind="in",
        reading=SUM_LOSS + "As printed, with “<”; D in [0, π].",
        falsified_by="a state with D < π/2 and growing magnitudes",
        checks=(_SIGN,),
        mutants=mutants(_SIGN, growth_below_a_right_angle=_R["alpha"] > 0),
        corrected_by="he.magnitude-sign.corrected",
    ),
    entry(
        "he.magnitude-sign.corrected",
        "Magnitudes decrease beyond a right angle",
        "$|D|<\\pi/2$: $\\alpha$, $\\beta$ increase; $|D|>\\pi/2$: they decrease.",
        source="blog §4.3",
        kind="in",
        reading=SUM_LOSS + "|D| ≤ π is folded; α' and β' are positive multiples of cos D.",
        falsified_by="a state with |D| < π/2 and a falling magnitude, or the reverse",
        checks=(_MAGNITUDES,),
        mutants=mutants(_MAGNITUDES, falling_weights_of_the_output=_magnitudes(2, -1)),
        corrects="he.magnitude-sign",
    ),
]
