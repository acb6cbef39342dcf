"""Alignment of one frequency: where phases go, against growth, and when it blows up."""

from __future__ import annotations

from fractions import Fraction

from constructions.dynamics import Mode
from verify.claims.modular_addition.dynamics_common import (
    ALPHA,
    BETA,
    STARTS,
    SUM_LOSS,
    D,
    P,
    breaks,
    energy_rates,
    entry,
    follows,
    mutants,
    polar_rates,
)
from verify.claims.modular_addition.dynamics_times import blows_up_before, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import Formula, cos, equal, rational, sin
from verify.methods.identities import exact_statement

_R = polar_rates()
_FLOW = "Leading-order flow up to its blow-up time T*, which takes the place of t → ∞. "
_ENERGIES = follows("energies", energy_rates(), scope=STARTS, lemmas=("energies of a mode",))
_ENERGY_MUTANTS = mutants(_ENERGIES, half_the_growth=energy_rates(2))

# -- blow-up -------------------------------------------------------------------------------------

_C1, _S2 = ALPHA**2 - 2 * BETA**2, (ALPHA**2 * BETA * sin(D)) ** 2


def _speed(leading: int) -> Formula:
    """(2ps)² = 4p²P(u) at u = β², with this leading coefficient of P; together with the rates."""
    u = BETA**2
    cubic = leading * u**3 + 4 * _C1 * u**2 + _C1**2 * u - _S2
    s = ALPHA**2 * BETA * cos(D)
    return equal((2 * P * s) ** 2, 4 * P**2 * cubic) & energy_rates()


_BLOW_UP = follows(
    "speed of β²", _speed(4), scope=STARTS, lemmas=("energies of a mode", "blow-up of a mode")
)

# -- growth and phases ---------------------------------------------------------------------------


def _moment(power: int) -> Formula:
    """(α²β^power sin D)' = 0, times αβ."""
    turning = cos(D) * (2 * BETA**2 * _R["phi"] - ALPHA**2 * _R["psi"])
    stretch = 2 * BETA**2 * _R["alpha"] + power * ALPHA**2 * _R["beta"]
    return equal(stretch * sin(D) + turning, 0)


_GROWTH = follows("conserved moment", _moment(1), scope=STARTS, lemmas=("energies of a mode",))
_PHASE = follows(
    "phases at the blow-up",
    energy_rates() & equal(_R["phi"], -2 * P * ALPHA**2 * BETA * sin(D))
    & equal(_R["phi"] + 2 * _R["psi"], 0),
    scope=STARTS,
    lemmas=("energies of a mode", "blow-up of a mode", "phase of a mode"),
)

# D0 = π/2 and α = β = 1: C2 = 1, and sin D = 1/8 needs α²β = 8, so max(α, β) ≥ 2
_EARLY = Mode(alpha=Fraction(1), beta=Fraction(1), cosine=Fraction(0), sine=Fraction(1))
_ALIGN_POINT = {"p": 3, "start": "α = β, D = π/2"}


def _late(divisor: int, factor: int) -> Check:
    """A start aligned to sin D = sin D0/divisor while both magnitudes are < factor times theirs
    would have α²β < factor³ ≤ divisor.
    """
    return Check(
        name="growth",
        procedure=exact_statement,
        arguments={
            "formula": rational(factor) ** 3 <= rational(divisor),
            "points": ({},),
            "scope": Domain.at(_ALIGN_POINT),
        },
    )


_ALIGNS = Check(
    name="alignment happens",
    procedure=blows_up_before,
    arguments={"mode": _EARLY, "bound": Fraction(4, 5), "scope": Domain.at(_ALIGN_POINT)},
)
_LATE = refutation(
    "a right angle",
    (_GROWTH, _ALIGNS, _late(8, 2)),
    description="from α = β, D = π/2 on, sin D falls to 1/8 only after a magnitude has doubled",
    point=_ALIGN_POINT,
)

_OPPOSITE = Domain.of(p=odd(3), start=Whole("starts with D = π"))


def _opposite(balance: int = 2) -> Formula:
    """At D = π (here φ = 0, ψ = 1/2 turn): α' = −2pαβ, β' = −pα², so α² − balance·β² stands."""
    return equal(2 * _R["alpha"] - 2 * balance * _R["beta"], 0) & energy_rates()


_REPELLER = follows("opposite phases", _opposite(), scope=_OPPOSITE, lemmas=(
    "energies of a mode", "opposite phases"))
_REPELLER_MUTANTS = mutants(_REPELLER, equal_weights=_opposite(1))
_REST = breaks(
    "equal magnitudes",
    # 2β² − α² is 1 and constant, so 2β² ≥ 1 at all times: “β → 0” would make it ≤ 0
    (2 * BETA**2 - ALPHA**2 <= 0) & equal(2 * _R["alpha"] - 4 * _R["beta"], 0),
    "α = β = 1, D = π: 2β² − α² = 1 is constant, so β ≥ √(1/2) for ever",
    values={"alpha": 1, "beta": 1, "phi": 0, "psi": Fraction(1, 2)},
    label="start",
    lemmas=("opposite phases",),
)

CLAIMS = [
    entry(
        "he.phase-alignment",
        "Phases align from almost every start",
        "$D(t)\\to 0$ from any initial condition except the measure-zero unstable point $\\pi$; "
        "(summary) for small single-frequency starts, monotonically.",
        source="Theorem 5.3, blog §4.4, app tab 7",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "D is folded to |D| ≤ π, and |D| falls strictly unless D = 0. "
        "What happens at π is not part of the statement: he.cand.repeller.",
        falsified_by="another limit, or non-monotone |D|",
        checks=(_ENERGIES,),
        mutants=_ENERGY_MUTANTS,
    ),
    entry(
        "he.pendulum",
        "The misalignment moves like a damped pendulum",
        "$D=0$ is a stable attractor, $\\pi$ an unstable repeller; $D$ moves to 0 in $(0,\\pi)$ "
        "and to $2\\pi$ in $(\\pi,2\\pi)$.",
        source="blog §4.4",
        kind="ode",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "Repeller: D moves away from π on both sides.",
        falsified_by="a start with D in (0, π) whose D does not fall to 0",
        checks=(_ENERGIES,),
        mutants=_ENERGY_MUTANTS,
    ),
    entry(
        "he.align-then-grow",
        "Alignment comes before growth",
        "Phases align first while magnitudes are small, then magnitudes explode ($\\kappa=.02$: "
        "flat until step $\\approx 4000$).",
        source="blog §4.3, Figure 9",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "“First”: from every start with |D| ≤ π/2, sin D has fallen to "
        "1/8 of its initial value before a magnitude has doubled. With “small” for O(κ) as κ → 0: "
        "he.align-then-grow.scale.",
        falsified_by="a trajectory that aligns only after a magnitude has doubled",
        checks=(_LATE,),
        mutants=(
            Mutant.of(_LATE, "four-fold growth", parts=(_GROWTH, _ALIGNS, _late(8, 4))),
            Mutant.of(_LATE, "another moment", parts=(
                follows("moment", _moment(2), scope=STARTS), _ALIGNS, _late(8, 2))),
        ),
        corrected_by="he.cand.growth-first",
    ),
    entry(
        "he.align-then-grow.scale",
        "Alignment at the initial scale",
        "Phases align first while magnitudes are small, then magnitudes explode.",
        source="blog §4.3, Figure 9",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "Starts κ·(fixed start), D ≠ π, κ → 0. For every ε > 0 the "
        "magnitudes are still O(κ) when |D| ≤ ε for the first time; later they become infinite.",
        falsified_by="a start whose magnitudes at alignment are not O(κ)",
        checks=(_ENERGIES,),
        mutants=_ENERGY_MUTANTS,
    ),
    entry(
        "he.cand.growth-first",
        "Alignment needs growth",
        "$D_0<\\pi/2$: while $\\alpha$, $\\beta$ have grown at most $R$-fold, "
        "$\\sin D\\ge R^{-3}\\sin D_0$.",
        domain=STARTS,
        reading=SUM_LOSS + "R ≥ 1; it holds for D_0 in [0, π].",
        falsified_by="a trajectory with a smaller sine",
        checks=(_GROWTH,),
        mutants=mutants(_GROWTH, another_power=_moment(2)),
        corrects="he.align-then-grow",
    ),
    entry(
        "he.cand.blow-up",
        "Blow-up times are elliptic integrals",
        "$u=\\beta^2$: $u'^2=4p^2P(u)$, $P=4u^3+4C_1u^2+C_1^2u-C_2^2$; $D_0\\in[0,\\pi)$ ⇒ blow-up "
        "at $T^*=(1/2p)R_F(u_0-r_1,u_0-r_2,u_0-r_3)$ if $\\cos D_0\\ge0$, else "
        "$(1/2p)[2R_F(0,r_1-r_2,r_1-r_3)-R_F(u_0-r_1,u_0-r_2,u_0-r_3)]$; $r_i$ roots of $P$, "
        "$r_1$ the largest real one $\\le u_0$.",
        domain=STARTS,
        reading=SUM_LOSS,
        falsified_by="a start with another blow-up time",
        checks=(_BLOW_UP,),
        mutants=mutants(_BLOW_UP, another_cubic=_speed(3)),
    ),
    entry(
        "he.cand.phase-limit",
        "Where the phases end",
        "$\\varphi_\\infty-\\varphi_0=-C_2\\int_{u_0}^\\infty du/((C_1+2u)\\sqrt P)$, plus $-2C_2$ "
        "times the integral over $[r_1,u_0]$ if $\\cos D_0<0$; $\\psi_\\infty=2\\varphi_\\infty$; "
        "$\\alpha_0^2=2\\beta_0^2$ ⇒ $\\varphi_\\infty=\\varphi_0-D_0/3$ ($D_0\\in(-\\pi,\\pi)$).",
        domain=STARTS,
        reading=SUM_LOSS + "D_0 in (−π, π); φ_∞ and ψ_∞ are the limits at the blow-up of "
        "continuous phases with 2φ_0 − ψ_0 = D_0.",
        falsified_by="a start with another limit",
        checks=(_PHASE,),
        mutants=mutants(_PHASE, opposite_velocity=equal(
            _R["phi"], 2 * P * ALPHA**2 * BETA * sin(D))),
    ),
    entry(
        "he.cand.repeller.rest",
        "Opposite phases with strong output come to rest",
        "$D_0=\\pi$: $\\alpha\\to0$, $\\beta\\to\\sqrt{\\beta_0^2-\\alpha_0^2/2}$ if "
        "$\\alpha_0^2\\le2\\beta_0^2$.",
        domain=_OPPOSITE,
        reading=SUM_LOSS,
        falsified_by="a start with another limit",
        checks=(_REPELLER,),
        mutants=_REPELLER_MUTANTS,
        corrects="he.cand.repeller.vanish",
    ),
    entry(
        "he.cand.repeller.passage",
        "Opposite phases with weak output turn round",
        "$D_0=\\pi$: $\\beta$ reaches 0 in finite time, then $D=0$ and blow-up, if "
        "$\\alpha_0^2>2\\beta_0^2$.",
        domain=_OPPOSITE,
        reading=SUM_LOSS + "The flow of z and w goes on through w = 0, where D jumps.",
        falsified_by="a start without blow-up",
        checks=(_REPELLER,),
        mutants=_REPELLER_MUTANTS,
    ),
    entry(
        "he.cand.repeller.vanish",
        "Opposite phases vanish",
        "$D_0=\\pi$: both magnitudes $\\to0$ from every start.",
        domain=_OPPOSITE,
        reading=SUM_LOSS,
        falsified_by="a start from which a magnitude does not tend to 0",
        checks=(_REST,),
        mutants=mutants(_REST, the_constant_is_positive=(2 * BETA**2 - ALPHA**2 > 0)
                        & equal(2 * _R["alpha"] - 4 * _R["beta"], 0)),
        corrected_by="he.cand.repeller.rest",
    ),
]
