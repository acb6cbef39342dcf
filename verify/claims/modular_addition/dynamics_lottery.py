"""The lottery of frequencies in the decoupled flow: who wins, when, and what the rest do."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import numpy as np

from constructions.dynamics import Mode, blow_up_times
from verify.claims.modular_addition.dynamics_common import (
    ENERGIES,
    FLOW_LEMMAS,
    SUM_LOSS,
    energy_rates,
    entry,
    follows,
)
from verify.claims.modular_addition.dynamics_order import slack
from verify.claims.modular_addition.dynamics_times import overtaken, refutation, state_at
from verify.claims.writing import mutants
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, odd
from verify.formula import rational, sqrt, var
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement
from verify.methods.monte_carlo import probability_rejected

_F = Fraction
_STARTS = Domain.of(p=odd(5), start=Whole("starts of all frequencies"))
_LOTTERY = follows(
    "order of blow-ups",
    energy_rates(),
    scope=_STARTS,
    lemmas=("energies of a mode", "order of modes", "lottery of modes"),
)
_MUTANTS = mutants(_LOTTERY, half_the_growth=energy_rates(2))
_READ = SUM_LOSS + (
    "p ≥ 5, so that there are two frequencies. Leading-order flow, |D| < π; the winner blows up "
    "first. "
)


def _start(size: Fraction | int, cosine: Fraction | int, sine: Fraction | int) -> Mode:
    return Mode(alpha=_F(size), beta=_F(size), cosine=_F(cosine), sine=_F(sine))


def _lost(name: str, winner: Mode, loser: Mode, start: str, description: str) -> Check:
    return overtaken(
        name, winner=winner, loser=loser, description=description, point={"p": 5, "start": start}
    )


def _swap(check: Check, winner: Mode, loser: Mode, start: str) -> Mutant:
    other = _lost(check.name, winner, loser, start, "swapped")
    return Mutant.of(check, "the other way round", parts=other.arguments["parts"])


_ALIGNED, _RIGHT, _RIGHT_TWICE = _start(1, 1, 0), _start(1, 0, 1), _start(2, 0, 1)
_BELOW = _start(1, _F(4, 5), _F(-3, 5))  # D = −37°, that is 323° in [0°, 360°)
_SIZES = "α = β = 1, D = 0 against α = β = 2, D = π/2"
_BY_SIZE = _lost(
    "a larger start", _RIGHT_TWICE, _ALIGNED, _SIZES,
    "α = β = 1, D = 0 blows up at pT* = 0.623…, α = β = 2, D = π/2 at 0.376…",
)
_SIZE_MUTANT = _swap(_BY_SIZE, _ALIGNED, _RIGHT_TWICE, _SIZES)
_UNFOLDED_START = "α = β = 1, D = π/2 against cos D = 4/5, sin D = −3/5"
_UNFOLDED = _lost(
    "a misalignment beyond π", _BELOW, _RIGHT, _UNFOLDED_START,
    "α = β = 1: D = 323° in [0°, 360°) wins against D = 90°",
)
_LARGE_ALIGNED = Mode(alpha=_F(101, 100), beta=_F(1, 4), cosine=_F(-3, 5), sine=_F(4, 5))
_SMALL_TURNED = Mode(alpha=_F(1), beta=_F(1, 10), cosine=_F(-20, 29), sine=_F(21, 29))
_BOTH_START = "(α, β, cos D) = (1.01, 1/4, −3/5) against (1, 1/10, −20/29)"
_BOTH = _lost(
    "larger and better aligned", _SMALL_TURNED, _LARGE_ALIGNED, _BOTH_START,
    "(α, β, cos D) = (1.01, 1/4, −3/5) has pT* = 1.210…, (1, 1/10, −20/29) 1.178…",
)

_DETERMINED = follows(
    "blow-up of each frequency",
    energy_rates(),
    scope=_STARTS,
    lemmas=("energies of a mode", "blow-up of a mode", "lottery of modes"),
)

# -- times and losers ----------------------------------------------------------------------------


_EQUAL_STARTS = Domain.of(
    p=odd(5), start=Whole("equal-magnitude starts with a unique smallest misalignment below π")
)


def _logarithm(factor: Fraction) -> Check:
    """ln(1 + √2) + ln p ≤ √2·factor·ln p for p ≥ 5, of (1 + √2)^20 ≤ p^(20(√2·factor − 1)).

    Shown with 7/5 < √2: 20(7/5·factor − 1) is the exponent, and 5 is the smallest modulus.
    """
    exponent = 20 * (Fraction(7, 5) * factor - 1)
    power = int(exponent)  # rounded down: a smaller power of 5 is a stronger statement
    return Check(name="logarithm", procedure=exact_statement, arguments={
        "formula": (rational(7, 5) ** 2 < 2) & ((1 + sqrt(2)) ** 20 < rational(5) ** power),
        "points": ({},), "scope": _EQUAL_STARTS})


def _dominated(factor: Fraction) -> tuple[Check, ...]:
    return ENERGIES, slack(3), _logarithm(factor)


_DOMINATES = Check(name="latest blow-up of a winner", procedure=conjunction, arguments={
    "parts": _dominated(_F(6, 5)),
    "scope": _EQUAL_STARTS,
    "rests_on": (*FLOW_LEMMAS, "energies of a mode", "lottery of modes",
                 "times of equal magnitudes"),
})
_FROZEN_POINT = {"p": 5, "start": "α = β = κ, D = 0 and D = π/2"}


def _loser(factor: int) -> Check:
    return Check(name="loser", procedure=state_at, arguments={
        "mode": _RIGHT, "time": _F(3, 5), "formula": var("u") > factor**2,
        "scope": Domain.at(_FROZEN_POINT)})


def _winner_later(mode: Mode) -> Check:
    """The winner has not blown up at pκt = 3/5: its state there is enclosed."""
    return Check(name="winner", procedure=state_at, arguments={
        "mode": mode, "time": _F(3, 5), "formula": var("u") > 15**2,
        "scope": Domain.at(_FROZEN_POINT)})


_GROWN = refutation(
    "a loser at a right angle",
    (_loser(2), _winner_later(_ALIGNED)),
    description="α = β = κ: at pκt = 3/5 the winner at D = 0 has β > 15κ, and the loser at D = π/2 "
    "has β > 2κ",
    point=_FROZEN_POINT,
)

# -- rules on random starts ----------------------------------------------------------------------


def _gaussian(generator: np.random.Generator, count: int, p: int):
    """Magnitudes and misalignments of Gaussian rows, up to scale: each (count, (p−1)/2)."""
    shape = count, (p - 1) // 2
    alpha, beta = generator.rayleigh(size=shape), generator.rayleigh(size=shape)
    return alpha, beta, generator.uniform(-np.pi, np.pi, size=shape)


def smallest_misalignment(generator: np.random.Generator, count: int, *, p: int) -> int:
    """In how many starts the best aligned frequency blows up first."""
    alpha, beta, angle = _gaussian(generator, count, p)
    winner = blow_up_times(alpha, beta, angle).argmin(axis=1)
    return int((np.abs(angle).argmin(axis=1) == winner).sum())


def largest_product(generator: np.random.Generator, count: int, *, p: int) -> int:
    """In how many starts the frequency of the largest α²β cos D blows up first."""
    alpha, beta, angle = _gaussian(generator, count, p)
    winner = blow_up_times(alpha, beta, angle).argmin(axis=1)
    return int(((alpha**2 * beta * np.cos(angle)).argmax(axis=1) == winner).sum())


def leads(generator: np.random.Generator, count: int, *, p: int, kappa: str, ratio: int) -> int:
    """In how many starts with α = β = κ the winner leads `ratio`-fold when it reaches β = 0.3.

    In units of κ: every other frequency reaches β = (0.3/κ)/ratio later than the winner 0.3/κ.  A
    frequency is at β1 > 1 for T* less the blow-up time of the start (√(2β1² − 1), β1, D1) with the
    same α²β sin D.
    """
    angle = generator.uniform(0, np.pi, size=(count, (p - 1) // 2))
    times = blow_up_times(np.ones_like(angle), np.ones_like(angle), angle)

    def reached(beta: float) -> np.ndarray:
        square = 2 * beta**2 - 1
        later = np.arcsin(np.sin(angle) / (square * beta))
        full = np.full_like(angle, beta)
        return times - blow_up_times(np.sqrt(square) * np.ones_like(angle), full, later)

    top = 0.3 / float(Fraction(kappa))
    winner = times.argmin(axis=1)
    rows = np.arange(count)
    others = reached(top / ratio)
    others[rows, winner] = np.inf
    return int((others.min(axis=1) >= reached(top)[rows, winner]).sum())


_MODULI = (15, 23, 31, 97)
_ENSEMBLE = Domain.of(p=Finite(_MODULI))


def _rule(trials: object, event: str, threshold: float = 0.95) -> Check:
    return Check(
        name="Gaussian starts",
        procedure=probability_rejected,
        arguments={
            "trials": trials,
            "points": tuple({"p": p} for p in _MODULI),
            "threshold": threshold,
            "samples": 2000,
            "level": 0.9975,  # four points at 0.99 together
            "event": event,
        },
    )


_BEST = _rule(smallest_misalignment, "the smallest |D| wins")
_PRODUCT = _rule(largest_product, "the largest α²β cos D wins")
_RANDOM = (
    "Decoupled flow from Gaussian rows of one scale for θ and ξ: independent Rayleigh magnitudes "
    "and uniform phases for each frequency. Winner: the first blow-up, in double precision by "
    "Carlson's R_F. Rate ≥ .95 at each p, against an exact binomial interval at level .9975. "
)
_EVENT = "a modulus at which the whole interval of the rate lies below .95"

def _lead(ratio: int) -> Check:
    return Check(
        name="equal magnitudes",
        procedure=probability_rejected,
        arguments={
            "trials": partial(leads, kappa="1/50", ratio=ratio),
            "points": ({"p": 23},),
            "threshold": 0.5,  # of a median
            "samples": 2000,
            "level": 0.99,
            "event": f"the winner leads {ratio}-fold",
        },
    )


_LEAD = _lead(10)

CLAIMS = [
    entry(
        "he.lottery-smallest-misalignment",
        "The smallest misalignment wins",
        "$k^\\star=\\arg\\min_k \\tilde D^k(0)$. The blog says it of random initialisation with "
        "the “same small magnitude $\\kappa$” at each $k$; the summary of an equal-magnitude "
        "start and the decoupled ODE.",
        source="Corollary 6.1, blog §4.5, app tab 5",
        kind="as",
        domain=_STARTS,
        reading=_READ + "α = β = κ at each frequency, D̃ folded to |D|, a unique minimum. With D in "
        "[0, 2π): he.lottery-smallest-misalignment.unfolded; with random magnitudes: "
        "he.lottery-smallest-misalignment.random.",
        falsified_by="a start with another winner",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
        corrects="he.lottery-smallest-misalignment.unfolded",
    ),
    entry(
        "he.lottery-smallest-misalignment.unfolded",
        "The smallest misalignment in [0, 2π) wins",
        "$k^\\star=\\arg\\min_k \\tilde D^k(0)$.",
        source="Corollary 6.1, blog §4.5, app tab 5",
        kind="as",
        domain=_STARTS,
        reading=_READ + "α = β = κ at each frequency, D̃ = (2φ − ψ) mod 2π in [0, 2π).",
        falsified_by="a start with another winner",
        checks=(_UNFOLDED,),
        mutants=(_swap(_UNFOLDED, _RIGHT, _BELOW, _UNFOLDED_START),),
        corrected_by="he.lottery-smallest-misalignment",
    ),
    entry(
        "he.lottery-smallest-misalignment.random",
        "The smallest misalignment wins from random starts",
        "$k^\\star=\\arg\\min_k \\tilde D^k(0)$ for random initialisation.",
        source="blog §4.5",
        kind="as",
        domain=_STARTS,
        reading=_READ + "Any magnitudes, as a Gaussian start may have them; D̃ folded. How often it "
        "holds for Gaussian starts: he.cand.winner-gaussian.",
        falsified_by="a start with another winner",
        checks=(_BY_SIZE,),
        mutants=(_SIZE_MUTANT,),
        corrected_by="he.lottery-magnitude-and-phase.exponential.corrected",
    ),
    entry(
        "he.lottery-phase-only",
        "Alignment alone determines the winner",
        "Initial alignment, not initial magnitude, determines the winner.",
        source="app tab 5, blog §6",
        kind="as",
        domain=_STARTS,
        reading=_READ + "The better aligned of two frequencies wins, whatever their magnitudes.",
        falsified_by="two frequencies decided by their magnitudes",
        checks=(_BY_SIZE,),
        mutants=(_SIZE_MUTANT,),
        corrected_by="he.lottery-magnitude-and-phase.exponential.corrected",
    ),
    entry(
        "he.lottery-magnitude-and-phase.determined",
        "Magnitude and alignment determine the winner",
        "The winner is set by initial magnitude and alignment.",
        source="abstract",
        kind="as",
        domain=_STARTS,
        reading=_READ + "The blow-up time of a frequency depends on its own α, β and |D| at the "
        "start and on p, and on nothing else of the start; the winner is the frequency of the "
        "smallest one, if that is unique. The time itself: he.cand.blow-up.",
        falsified_by="two starts with the same α, β, |D| and different blow-up times",
        checks=(_DETERMINED,),
        mutants=mutants(_DETERMINED, half_the_growth=energy_rates(2)),
    ),
    entry(
        "he.lottery-magnitude-and-phase.exponential",
        "The largest magnitudes win with the smallest misalignment",
        "The largest magnitudes with the smallest misalignment outgrow the rest exponentially.",
        source="a summary",
        kind="as",
        domain=_STARTS,
        reading=_READ + "A frequency whose α, β are largest and whose |D| < π is smallest wins.",
        falsified_by="a start where such a frequency loses",
        checks=(_BOTH,),
        mutants=(_swap(_BOTH, _LARGE_ALIGNED, _SMALL_TURNED, _BOTH_START),),
        corrected_by="he.lottery-magnitude-and-phase.exponential.corrected",
    ),
    entry(
        "he.lottery-magnitude-and-phase.exponential.corrected",
        "The largest magnitudes win with the smallest misalignment, below a right angle",
        "If $\\alpha_k$, $\\beta_k$ are largest and $|D_k|\\le\\pi/2$ is smallest, and $k$ has no "
        "tie with another frequency in all three, $k$ wins, and $\\beta_k/\\beta_l\\to\\infty$ "
        "within a finite time.",
        source="abstract, and a summary",
        kind="as",
        domain=_STARTS,
        reading=_READ,
        falsified_by="a start where such a frequency loses",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
        corrects="he.lottery-magnitude-and-phase.exponential",
    ),
    entry(
        "he.dominance-time",
        "Time until one frequency dominates",
        "One frequency dominates after $\\tilde O(\\log p/(p\\kappa))$.",
        source="Corollary 6.1, blog §4.5",
        kind="as",
        domain=_EQUAL_STARTS,
        reading=_READ + "α = β = κ and independent uniform phases; dominance at ratio ρ: the "
        "winner's β is ρ times every other. An upper bound: for every ρ it happens before "
        "ln((1 + √2) sec(D/2))/(√2pκ), |D| the smallest misalignment. That is at most "
        "1.2·ln p/(pκ) unless |D| > π − π/p, an event of probability p^{−(p−1)/2}. The logarithm "
        "is not needed for most starts: he.cand.winner-time. A real network saturates before "
        "large ρ; that is not part of this reading.",
        falsified_by="a start with a later blow-up of its winner",
        checks=(_DOMINATES,),
        mutants=(
            Mutant.of(_DOMINATES, "0.9 ln p", parts=_dominated(_F(9, 10))),
            Mutant.of(_DOMINATES, "another bound of the times", parts=(
                ENERGIES, slack(2), _logarithm(_F(6, 5)))),
        ),
    ),
    entry(
        "he.cand.winner-time",
        "Blow-up time of the winner for large moduli",
        "Equal magnitudes, $p\\to\\infty$: $p\\kappa T^*(\\mathrm{winner})\\to"
        "\\ln(1+\\sqrt2)/\\sqrt2$ in probability.",
        domain=_STARTS,
        reading=_READ + "Independent uniform phases.",
        falsified_by="another limit",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
    ),
    entry(
        "he.losers-frozen",
        "Losing magnitudes stay small",
        "Losing magnitudes stay near $\\kappa$.",
        source="blog §4.5, app tab 5",
        kind="em",
        domain=_STARTS,
        reading=_READ + "α = β = κ; near: within a factor 2, until the winner's β has reached 15κ "
        "(0.3 from κ = 0.02), for every loser. Statement on the flow, not on runs.",
        falsified_by="a loser whose magnitude has more than doubled by then",
        checks=(_GROWN,),
        mutants=(Mutant.of(_GROWN, "five-fold growth", parts=(
            _loser(5), _winner_later(_ALIGNED))),),
        corrected_by="he.losers-frozen.corrected",
    ),
    entry(
        "he.losers-frozen.corrected",
        "Losing magnitudes stay within a multiple of κ",
        "Until the winner blows up, losing magnitudes are at most $C\\kappa$, with $C$ "
        "depending on the initial phases only.",
        source="blog §4.5, app tab 5, corrected",
        kind="as",
        domain=_STARTS,
        reading=_READ + "α = β = κ, a unique smallest |D|. The flow from κ is κ times the flow "
        "from 1 at the time κt, and every loser of the latter blows up later than the winner, so "
        "that its magnitudes are bounded until then.",
        falsified_by="a start with a loser that is not bounded by a multiple of κ",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
        corrects="he.losers-frozen",
    ),
    entry(
        "he.super-linear-feedback",
        "The winner takes all",
        "The winner grows super-linearly, the gap compounds exponentially, the winner takes all.",
        source="blog §4.5",
        kind="as",
        domain=_STARTS,
        reading=_READ + "A unique first blow-up. Super-linearly: β'/β → ∞. The gap β_w/β_k tends "
        "to ∞ within a finite time, faster than every exponential, and β_w²/Σβ_k² → 1.",
        falsified_by="a start with a unique winner and a bounded gap",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
    ),
    entry(
        "he.cand.winner-gaussian",
        "The smallest misalignment wins from Gaussian starts",
        "winner $=\\arg\\min_k|D|$ for Gaussian starts too. Rate ≥ .95, p = 15, 23, 31, 97.",
        empirical=True,
        domain=_ENSEMBLE,
        reading=_RANDOM,
        falsified_by=_EVENT,
        checks=(_BEST,),
        mutants=(Mutant.of(_BEST, "rate of one twenty-fifth", threshold=0.04),),
    ),
    entry(
        "he.cand.winner-product",
        "The largest product wins from Gaussian starts",
        "winner $=\\arg\\max_k\\alpha^2\\beta\\cos D$. Rate ≥ .95, p = 15, 23, 31, 97.",
        empirical=True,
        domain=_ENSEMBLE,
        reading=_RANDOM,
        falsified_by=_EVENT,
        checks=(_PRODUCT,),
        mutants=(Mutant.of(_PRODUCT, "rate of one half", threshold=0.5),),
    ),
    entry(
        "he.cand.dominance-ratio.limit",
        "Lead of the winner for small starts",
        "Equal magnitudes, $\\rho$ = median β ratio winner/runner-up when the winner reaches .3: "
        "$\\rho\\to\\infty$ as $\\kappa\\to0$.",
        domain=_STARTS,
        reading=_READ + "Independent uniform phases, p fixed. As κ → 0 the winner reaches 0.3/κ "
        "times its start shortly before T*, when every other frequency is bounded; so the ratio "
        "tends to ∞ for almost every start, and its median with it.",
        falsified_by="another limit",
        checks=(_LOTTERY,),
        mutants=_MUTANTS,
    ),
    entry(
        "he.cand.dominance-ratio.two-percent",
        "Lead of the winner at κ = .02",
        "Equal magnitudes: median β ratio winner/runner-up $\\ge10$ when the winner reaches .3, at "
        "$\\kappa=.02$, p = 23.",
        empirical=True,
        domain=Domain.of(p=Finite([23])),
        reading="Decoupled flow, α = β = .02, independent uniform phases, in double precision "
        "by Carlson's R_F. A median ≥ 10 means that the ratio is ≥ 10 in at least half of the "
        "starts; exact binomial interval at level .99.",
        falsified_by="an interval of that share below one half",
        checks=(_LEAD,),
        mutants=(Mutant.of(_LEAD, "any lead", trials=partial(leads, kappa="1/50", ratio=1)),),
    ),
]
