"""Comparison of starts: which of two frequencies grows faster, and is aligned earlier."""

from __future__ import annotations

from fractions import Fraction

from constructions.dynamics import Mode
from verify.claims.modular_addition.dynamics_common import SUM_LOSS, energy_rates, entry, follows
from verify.claims.modular_addition.dynamics_times import overtaken, refutation, state_at
from verify.claims.writing import mutants
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import cos, equal, rational, sin, sqrt, var
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity

_F = Fraction
_PAIRS = Domain.of(p=odd(3), start=Whole("pairs of starts"))
_ORDER = follows("order", energy_rates(), scope=_PAIRS, lemmas=(
    "energies of a mode", "order of modes"))
_ORDER_MUTANTS = mutants(_ORDER, half_the_growth=energy_rates(2))
_ACUTE = Domain.of(p=odd(3), start=Whole("pairs of starts with D at most a right angle"))
_RIGHT = follows("order below a right angle", energy_rates(), scope=_ACUTE, lemmas=(
    "energies of a mode", "order of modes"))


def at_slope(alpha: Fraction, beta: Fraction, slope: Fraction) -> Mode:
    """A start with tan(D/2) = slope."""
    square = 1 + slope**2
    return Mode(alpha=alpha, beta=beta, cosine=(1 - slope**2) / square, sine=2 * slope / square)


_SMALL_OUTPUT = at_slope(_F(1), _F(1, 10), _F(2))
_LARGE_OUTPUT = at_slope(_F(1), _F(1, 4), _F(2))
_OUTPUT_POINT = {"p": 3, "start": "α = 1, cos D = −3/5, β = 1/10 and 1/4"}
_OUTPUT = overtaken(
    "a larger output",
    winner=_SMALL_OUTPUT,
    loser=_LARGE_OUTPUT,
    description="α = 1, cos D = −3/5: pT* = 1.167… for β = 1/10 and 1.223… for β = 1/4",
    point=_OUTPUT_POINT,
)
_INPUT_POINT = {"p": 3, "start": "β = 1, tan(D/2) = 50, α = 1 and 4/3"}
_INPUT = overtaken(
    "a larger input",
    winner=at_slope(_F(1), _F(1), _F(50)),
    loser=at_slope(_F(4, 3), _F(1), _F(50)),
    description="β = 1, tan(D/2) = 50: pT* = 2.883… for α = 1 and 3.084… for α = 4/3",
    point=_INPUT_POINT,
)


def _swapped(check: Check, first: Mode, second: Mode, point: dict) -> Mutant:
    """The same start pair the other way round: the enclosures refute it."""
    other = overtaken(check.name, winner=first, loser=second, description="swapped", point=point)
    return Mutant.of(check, "the other way round", parts=other.arguments["parts"])


# -- phases that change their order ---------------------------------------------------------------

# D0 = π/2 and cos D̂0 = −4/5 with α0 = 1, β0 = 1/10: at pt = 2/5 the second is better aligned
_FIRST = Mode(alpha=_F(1), beta=_F(1, 10), cosine=_F(0), sine=_F(1))
_SECOND = Mode(alpha=_F(1), beta=_F(1, 10), cosine=_F(-4, 5), sine=_F(3, 5))
_TIME = _F(2, 5)
_PHASE_POINT = {"p": 3, "start": "α = 1, β = 1/10, D = π/2 and cos D = −4/5"}


def _crossed(low: Fraction, high: Fraction) -> tuple[Check, ...]:
    """s ≤ high for the first, s ≥ low for the second at the time; tan D = C2/s."""
    scope, s = Domain.at(_PHASE_POINT), var("s")

    def state(name: str, mode: Mode, formula: object) -> Check:
        return Check(name=name, procedure=state_at, arguments={
            "mode": mode, "time": _TIME, "formula": formula, "scope": scope})

    order = rational(_FIRST.moment) * rational(low) > rational(_SECOND.moment) * rational(high)
    return (
        state("first", _FIRST, (s > 0) & (s <= rational(high))),
        state("second", _SECOND, s >= rational(low)),
        Check(name="tangents", procedure=exact_statement, arguments={
            "formula": order, "points": ({},), "scope": scope}),
    )


_CROSSING = refutation(
    "phases cross",
    _crossed(_F(21, 50), _F(33, 50)),
    description="α = 1, β = 1/10: at pt = 2/5 the start at cos D = −4/5 is better aligned than "
    "that at D = π/2",
    point=_PHASE_POINT,
)

# -- equal magnitudes ----------------------------------------------------------------------------

_EQUAL = Domain.of(p=odd(3), start=Whole("starts with equal magnitudes"))
_B = var("b")


def _antiderivative(root: int, constant: int = 1) -> Check:
    """Σ ∓ of the logarithms' derivatives: (√2/(√2b − 1) − √2/(√2b + 1))/(2√2) = 1/(2b² − 1)."""
    r = sqrt(root)
    return Check(
        name="antiderivative",
        procedure=formal_identity,
        arguments={
            "formula": equal((r * _B + 1) - (r * _B - 1), 2)
            & equal((r * _B - 1) * (r * _B + 1), 2 * _B**2 - constant)
            & equal((r + 1) ** 2 * (r - 1), r + 1),
            "formal": {"b": "indeterminate"},
            "scope": _EQUAL,
        },
    )


_FLOW = follows("energies", energy_rates(), scope=_EQUAL, lemmas=("energies of a mode",))


def _constant(constant: int) -> Check:
    """4√2/(1 + √2) = constant − 4√2."""
    r = sqrt(2)
    return Check(name="constant", procedure=exact_statement, arguments={
        "formula": equal(4 * r, (constant - 4 * r) * (1 + r)), "points": ({},), "scope": _EQUAL})


def slack(factor: int) -> Check:
    """6b² − 2√2b − 1 = (√2b − 1)(factor·√2b + 1), and sin D tan(D/2) = 1 − cos D."""
    r, half_angle = sqrt(2), var("h")
    return Check(name="slack", procedure=formal_identity, arguments={
        "formula": equal(6 * _B**2 - 2 * r * _B - 1, (r * _B - 1) * (factor * r * _B + 1))
        & equal(sin(2 * half_angle) * sin(half_angle),
                (1 - cos(2 * half_angle)) * cos(half_angle)),
        "formal": {"b": "indeterminate", "h": "angle"},
        "scope": _EQUAL,
    })


def _together(name: str, last: Check, *lemmas: str) -> Check:
    return Check(name=name, procedure=conjunction, arguments={
        "parts": (_FLOW, last), "scope": _EQUAL, "rests_on": lemmas})


_VALUE = _together("time of aligned starts", _antiderivative(2), "lottery of modes")
_NEAR_PI = _together("times near π", _constant(8), "blow-up of a mode", "times of equal magnitudes")
_BOUND = _together("bound of the times", slack(3), "times of equal magnitudes")

_T = "T* is the blow-up time of the leading-order flow. "

CLAIMS = [
    entry(
        "he.cand.order-magnitudes",
        "Better aligned frequencies stay larger",
        "Same $\\alpha_0,\\beta_0$ and $D_0<D_0'<\\pi$: $\\alpha\\ge\\alpha'$, $\\beta\\ge\\beta'$ "
        "until blow-up.",
        domain=_PAIRS,
        reading=SUM_LOSS + "D_0 ≥ 0; until the first of the two blows up.",
        falsified_by="two starts and a time with the other order",
        checks=(_ORDER,),
        mutants=_ORDER_MUTANTS,
    ),
    entry(
        "he.cand.order-phase",
        "Better aligned frequencies stay better aligned",
        "Same $\\alpha_0,\\beta_0$ and $D_0<D_0'<\\pi$: also $D\\le D'$, always.",
        domain=_PAIRS,
        reading=SUM_LOSS + "Until the first of the two blows up.",
        falsified_by="two starts and a time with the other order",
        checks=(_CROSSING,),
        mutants=(
            Mutant.of(_CROSSING, "bounds that prove nothing", parts=_crossed(_F(1, 4), _F(33, 50))),
        ),
        corrected_by="he.cand.order-phase-cone",
    ),
    entry(
        "he.cand.order-phase-cone",
        "Order of misalignments for strong outputs",
        "$D\\le D'$ if $\\alpha_0^2\\le2\\beta_0^2$.",
        domain=_PAIRS,
        reading=SUM_LOSS + "Same α_0, β_0 and 0 ≤ D_0 < D_0' < π, until the first blow-up.",
        falsified_by="two such starts and a time with the other order",
        checks=(_ORDER,),
        mutants=_ORDER_MUTANTS,
        corrects="he.cand.order-phase",
    ),
    entry(
        "he.cand.larger-is-faster",
        "Larger starts blow up earlier",
        "$T^*$ decreases in $\\alpha_0$ and in $\\beta_0$ at every $D_0\\in[0,\\pi)$.",
        domain=_PAIRS,
        reading=SUM_LOSS + _T,
        falsified_by="two starts that differ in one magnitude, the larger one later",
        checks=(_OUTPUT,),
        mutants=(_swapped(_OUTPUT, _LARGE_OUTPUT, _SMALL_OUTPUT, _OUTPUT_POINT),),
        corrected_by="he.cand.larger-is-faster.corrected",
    ),
    entry(
        "he.cand.larger-is-faster.alpha",
        "Larger inputs blow up earlier",
        "$T^*$ decreases in $\\alpha_0$ at every $D_0\\in[0,\\pi)$.",
        domain=_PAIRS,
        reading=SUM_LOSS + _T,
        falsified_by="two starts that differ in α_0, the larger one later",
        checks=(_INPUT,),
        mutants=(_swapped(_INPUT, at_slope(_F(4, 3), _F(1), _F(50)), at_slope(_F(1), _F(1), _F(50)),
                          _INPUT_POINT),),
        corrected_by="he.cand.larger-is-faster.corrected",
    ),
    entry(
        "he.cand.larger-is-faster.corrected",
        "Larger starts blow up earlier below a right angle",
        "$T^*$ decreases strictly in $\\alpha_0$ and in $\\beta_0$ at every $D_0\\in[0,\\pi/2]$.",
        domain=_ACUTE,
        reading=SUM_LOSS + _T,
        falsified_by="two such starts, the larger one not earlier",
        checks=(_RIGHT,),
        mutants=mutants(_RIGHT, half_the_growth=energy_rates(2)),
        corrects="he.cand.larger-is-faster",
    ),
    entry(
        "he.cand.equal-time",
        "Blow-up time of aligned equal magnitudes",
        "$\\alpha=\\beta=\\kappa$: $p\\kappa T^*(0)=\\ln(1+\\sqrt2)/\\sqrt2$.",
        domain=_EQUAL,
        reading=SUM_LOSS + _T,
        falsified_by="another value",
        checks=(_VALUE,),
        mutants=(Mutant.of(_VALUE, "another root", parts=(_antiderivative(3),)),),
    ),
    entry(
        "he.cand.equal-time.increasing",
        "Blow-up time grows with the misalignment",
        "$\\alpha=\\beta=\\kappa$: $T^*$ strictly increasing in $D_0$.",
        domain=_PAIRS,
        reading=SUM_LOSS + _T + "D_0 in [0, π).",
        falsified_by="two misalignments with the other order",
        checks=(_ORDER,),
        mutants=_ORDER_MUTANTS,
    ),
    entry(
        "he.cand.equal-time.limit",
        "Blow-up time near opposite phases",
        "$\\alpha=\\beta=\\kappa$: $p\\kappa T^*(\\pi-\\varepsilon)=(1/\\sqrt2)"
        "[\\ln(1/\\varepsilon)+\\ln(8-4\\sqrt2)]+o(1)$.",
        domain=_EQUAL,
        reading=SUM_LOSS + _T + "ε → 0 from above.",
        falsified_by="another limit",
        checks=(_NEAR_PI,),
        mutants=(Mutant.of(_NEAR_PI, "another constant", parts=(_FLOW, _constant(6))),),
    ),
    entry(
        "he.cand.equal-time.bound",
        "Bound on the blow-up time of equal magnitudes",
        "$\\alpha=\\beta=\\kappa$: $p\\kappa T^*\\le(1/\\sqrt2)\\ln((1+\\sqrt2)\\sec(D_0/2))$.",
        domain=_EQUAL,
        reading=SUM_LOSS + _T + "|D_0| < π.",
        falsified_by="a misalignment with a larger time",
        checks=(_BOUND,),
        mutants=(Mutant.of(_BOUND, "another factor", parts=(_FLOW, slack(2))),),
    ),
]
