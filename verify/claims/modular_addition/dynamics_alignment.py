"""Alignment of one frequency: where phases go, against growth, and when it blows up."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.modular_addition.dynamics_common import (
    ALPHA,
    BETA,
    ENERGIES,
    FLOW_LEMMAS,
    STARTS,
    SUM_LOSS,
    D,
    P,
    breaks,
    energy_rates,
    entry,
    follows,
    polar_rates,
)
from verify.claims.modular_addition.dynamics_times import refutation
from verify.claims.writing import mutants
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import Formula, Term, cos, equal, rational, sin
from verify.methods.combine import conjunction
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

# From D0 = π/2: when β has first doubled, α² − 2β² gives a = α² + 6β², and sin D = C2/(a·2β).


def _doubled(alpha: int, beta: int, sine: Term) -> tuple[Check, ...]:
    """From this start with D = π/2, sin D is still above `sine` when β, and not yet α, doubles."""
    square = rational(alpha) ** 2 + 6 * rational(beta) ** 2
    above = rational(alpha) ** 2 > 2 * square * sine  # both sides times β
    return _GROWTH, Check(
        name="first doubling",
        procedure=exact_statement,
        arguments={
            "formula": (square <= 4 * rational(alpha) ** 2) & above,
            "points": ({},),
            "scope": Domain.at({"p": 3, "start": f"α = {alpha}, β = {beta}, D = π/2"}),
        },
    )


def _late(alpha: int, beta: int, sine: Term, description: str) -> Check:
    return refutation(
        "a right angle",
        _doubled(alpha, beta, sine),
        description=description,
        point={"p": 3, "start": f"α = {alpha}, β = {beta}, D = π/2"},
    )


def _degrees(number: int) -> Term:
    return sin(rational(number, 360))


_LATE = _late(
    2, 1, _degrees(10),
    "from α = 2, β = 1, D = π/2 on, β doubles first, and then sin D = 1/5 > sin 10°",
)
_ABOVE_QUARTER = _late(
    3, 1, rational(1, 4),
    "from α = 3, β = 1, D = π/2 on, β doubles first, and then sin D = 3/10 > 1/4",
)


def _other_moment(check: Check) -> Mutant:
    moment = follows("moment", _moment(2), scope=STARTS)
    return Mutant.of(check, "another moment", parts=(
        check.arguments["parts"][0], moment, *check.arguments["parts"][2:]))


_EQUAL = Domain.of(p=odd(3), start=Whole("starts with α = β"))


def _early(angle: int) -> tuple[Check, ...]:
    """sin² D = sin² D0/40 at the first doubling from α = β, below sin² of the angle in degrees."""
    return _ENERGIES, _GROWTH, Check(
        name="first doubling",
        procedure=exact_statement,
        arguments={"formula": rational(1, 40) < _degrees(angle) ** 2, "points": ({},),
                   "scope": _EQUAL},
    )


_ALIGNED = Check(
    name="equal magnitudes",
    procedure=conjunction,
    arguments={"parts": _early(10), "scope": _EQUAL, "rests_on": (
        *FLOW_LEMMAS, "energies of a mode")},
)
_HALVED = follows(
    "conserved moment and balance", _moment(1) & energy_rates(), scope=STARTS,
    lemmas=("energies of a mode",),
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

_ALIGN_STATEMENT = (
    "Phases align first while magnitudes are small, then magnitudes explode ($\\kappa=.02$: flat "
    "until step $\\approx 4000$)."
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
        _ALIGN_STATEMENT,
        source="blog §4.3, Figure 9",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "“Align first”: from every start with D ≠ π, |D| ≤ 10° when a "
        "magnitude has first doubled. That magnitudes explode later is he.phase-alignment. "
        "Relative to the initial angle: he.align-then-grow.quarter.",
        falsified_by="a trajectory with |D| > 10° when a magnitude has doubled",
        checks=(_LATE,),
        mutants=(
            Mutant.of(_LATE, "12°", parts=(ENERGIES, *_doubled(2, 1, _degrees(12)))),
            Mutant.of(_LATE, "equal magnitudes obey", parts=(
                ENERGIES, *_doubled(1, 1, _degrees(10)))),
            _other_moment(_LATE),
        ),
        corrected_by="he.align-then-grow.corrected",
    ),
    entry(
        "he.align-then-grow.corrected",
        "From equal magnitudes alignment comes before growth",
        "From $\\alpha=\\beta$, $D\\ne\\pi$: $|D|\\le10°$ when a magnitude has first doubled; then "
        "the magnitudes become infinite.",
        source="blog §4.3, Figure 9, corrected",
        kind="as",
        domain=_EQUAL,
        reading=SUM_LOSS + _FLOW + "α doubles first, and sin|D| is then sin|D_0|/√40, |D| ≤ 9.1°. "
        "The single-frequency start has α = β = κ.",
        falsified_by="such a start with |D| > 10° when a magnitude has doubled",
        checks=(_ALIGNED,),
        mutants=(
            Mutant.of(_ALIGNED, "9°", parts=_early(9)),
            Mutant.of(_ALIGNED, "another moment", parts=(
                _ENERGIES, follows("moment", _moment(2), scope=STARTS), *_early(10)[2:])),
        ),
        corrects="he.align-then-grow",
    ),
    entry(
        "he.align-then-grow.quarter",
        "The misalignment falls to a quarter before growth",
        _ALIGN_STATEMENT,
        source="blog §4.3, Figure 9",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "“Align first”: from every start with D ≠ π, sin|D| ≤ "
        "sin|D_0|/4 when a magnitude has first doubled. (An eighth is reached from no start with "
        "sin D_0 ≠ 0: he.cand.growth-first.)",
        falsified_by="a trajectory with a larger sine when a magnitude has doubled",
        checks=(_ABOVE_QUARTER,),
        mutants=(
            Mutant.of(_ABOVE_QUARTER, "a third", parts=(
                ENERGIES, *_doubled(3, 1, rational(1, 3)))),
            Mutant.of(_ABOVE_QUARTER, "α = 2 obeys", parts=(
                ENERGIES, *_doubled(2, 1, rational(1, 4)))),
            _other_moment(_ABOVE_QUARTER),
        ),
        corrected_by="he.align-then-grow.half",
    ),
    entry(
        "he.align-then-grow.half",
        "The misalignment halves before a magnitude doubles",
        "$D\\ne\\pi$: when a magnitude has first doubled, $\\sin|D|\\le\\frac12\\sin|D_0|$, and "
        "$\\sin|D|<\\frac14\\sin|D_0|$ if that is $\\alpha$ and $D_0\\ne0$. No constant below "
        "$\\frac12$ serves for all starts.",
        source="blog §4.3, Figure 9, corrected",
        kind="as",
        domain=STARTS,
        reading=SUM_LOSS + _FLOW + "α doubles first if α_0² ≤ 2β_0², else β. |D| < π/2 then.",
        falsified_by="a start with a larger sine when a magnitude has doubled",
        checks=(_HALVED,),
        mutants=mutants(_HALVED, another_moment=_moment(2) & energy_rates(),
                        half_the_growth=_moment(1) & energy_rates(2)),
        corrects="he.align-then-grow.quarter",
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
