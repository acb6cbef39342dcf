"""The official simulations of the decoupled flow: Euler steps of one frequency of one neuron.

In complex form a step of length h adds h·(2/p)·conj(z)w to z = αe^{iφ} and h·z²/p to w = βe^{iψ},
both from the old values; the contour multiplies the increments by p².
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np

from verify.claims.modular_addition.common import he
from verify.core.claim import Check, Claim, Context, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.core.evidence import Finding, Witness, established, inconclusive, refuted
from verify.core.statistic import observed
from verify.formula import Formula, all_of, rational
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement

_P, _STEPS, _LENGTH, _GRID = 23, 100, Fraction(1, 100), 30

# -- the printed end points, exactly -------------------------------------------------------------


def _rounded(value: Fraction, *, up: bool) -> Fraction:
    """To a multiple of 2^−96, outwards."""
    scaled = value * 2**96
    floor = scaled.numerator // scaled.denominator
    return Fraction(floor + up, 2**96)


def _bounds(kappa: Fraction, *, up: bool) -> list[tuple[Fraction, Fraction]]:
    """Bounds of (α, β) after each step of an aligned mode with α = β = κ."""
    found = [(kappa, kappa)]
    for _ in range(_STEPS):
        alpha, beta = found[-1]
        new = alpha * (1 + 2 * _LENGTH * _P * beta), beta + _LENGTH * _P * alpha**2
        found.append((_rounded(new[0], up=up), _rounded(new[1], up=up)))
    return found


def _chain(kappa: Fraction, printed: Fraction) -> Formula:
    """Every bound follows from the one before, and the last ones round to the printed number.

    The step increases in α and β, so lower bounds of the old values give lower bounds of the new
    ones, and upper bounds upper ones.
    """
    step = rational(_LENGTH * _P)
    unit = Fraction(1, 2_000_000)
    low, high = _bounds(kappa, up=False), _bounds(kappa, up=True)
    parts = [
        rational(low[-1][1]) >= rational(printed - unit),
        rational(high[-1][1]) <= rational(printed + unit),
    ]
    for bounds, up in ((low, False), (high, True)):
        for (a, b), (c, d) in pairwise(bounds):
            alpha, beta = rational(a), rational(b)
            new = alpha * (1 + 2 * step * beta), beta + step * alpha**2
            for x, y in zip(new, (rational(c), rational(d)), strict=True):
                parts.append((x <= y) if up else (x >= y))
    return all_of(parts)


_ENDS = {Fraction(1, 100): Fraction(13967, 10**6), Fraction(1, 50): Fraction(60207, 10**6)}


_POINTS = Domain.of(kappa=Finite(_ENDS))


def _end(kappa: Fraction, printed: Fraction) -> Check:
    return Check(
        name=f"100 steps from {kappa}",
        procedure=exact_statement,
        arguments={"formula": _chain(kappa, printed), "points": ({"kappa": kappa},)},
    )


def _ends(shift: Fraction = Fraction(0)) -> tuple[Check, ...]:
    return tuple(_end(kappa, printed + shift) for kappa, printed in _ENDS.items())


_PRINTED = Check(
    name="100 steps from both starts",
    procedure=conjunction,
    arguments={"parts": _ends(), "scope": _POINTS},
)


# -- the whole contour ---------------------------------------------------------------------------


def euler(
    z: np.ndarray, w: np.ndarray, *, modulus: int, factor: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """(z, w) after the given number of steps, whose increments are multiplied by `factor`."""
    for _ in range(steps):
        z, w = z + factor * 2 / modulus * z.conj() * w, w + factor * z**2 / modulus
    return z, w


def contour() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Initial β, misalignment 2φ, and (30, 30) final β."""
    sizes, angles = np.linspace(0.01, 0.02, _GRID), np.linspace(0, 2 * np.pi, _GRID)
    z = sizes[:, None] * np.exp(0.5j * angles)
    w = np.broadcast_to(sizes[:, None] + 0j, z.shape)
    _, w = euler(z, w, modulus=_P, factor=_P**2 * float(_LENGTH), steps=_STEPS)
    return sizes, angles, abs(w)


def _largest() -> float:
    """How far the largest final β is above that at the largest size and D = 0."""
    _, _, final = contour()
    return float(final.max() - max(final[-1, 0], final[-1, -1]))


def _asymmetry() -> float:
    _, _, final = contour()
    return float(abs(final - final[:, ::-1]).max())


def _growth_near_pi() -> float:
    sizes, _, final = contour()
    return float((final[:, [_GRID // 2 - 1, _GRID // 2]] / sizes[:, None]).max())


def _upsets() -> float:
    """Of 200 equal-magnitude starts, those in which not the smallest |D| reaches β = .3 first."""
    starts, kappa = 200, 0.02
    phases = np.random.default_rng(0).uniform(-np.pi, np.pi, (2, starts, (_P - 1) // 2))
    z, w = kappa * np.exp(1j * phases)
    best = abs(np.angle(z**2 / w)).argmin(axis=1)
    winner = np.full(starts, -1)
    while (winner < 0).any():
        z, w = euler(z, w, modulus=_P, factor=_P**2 * float(_LENGTH), steps=1)
        z, w = np.where(abs(z) < 1, z, 1), np.where(abs(w) < 1, w, 1)  # past the end of the race
        through = (winner < 0) & (abs(w).max(axis=1) >= 0.3)
        winner[through] = abs(w).argmax(axis=1)[through]
    return float((winner != best).sum())


def simulated(context: Context, *, measure: str, at_most: float) -> Finding:
    """A number of the simulation, in floats, against its largest admissible value."""
    value = _MEASURES[measure]()
    evidence = {
        "scope": Domain.at({"simulation": measure}),
        "method": "search",
        "values": (observed(value),),
        "quantities": {f"{measure} (at most {at_most:g})": f"{value:.6g}"},
    }
    if value != value:
        return inconclusive(reason=f"{measure} is no number", **evidence)
    if value <= at_most:
        return established(**evidence)
    witness = Witness(description=f"{measure} is {value:.6g}, above {at_most:g}")
    return refuted(witness=witness, **evidence)


_MEASURES = {
    "largest final β above the corner": _largest,
    "difference to the reflected contour": _asymmetry,
    "final over initial β near π": _growth_near_pi,
    "starts won by another frequency": _upsets,
}


def _simulated(measure: str, at_most: float) -> Check:
    return Check(
        name=measure, procedure=simulated, arguments={"measure": measure, "at_most": at_most}
    )


_READ = (
    "The official recipe: p = 23, k = 1, ψ = 0, α = β in [.01, .02] and 2φ in [0, 2π] on a grid of "
    "30 × 30, 100 Euler steps of .01 with simultaneous updates, in floats. "
)
_CORNER = _simulated("largest final β above the corner", 1e-12)
_MIRROR = _simulated("difference to the reflected contour", 1e-9)
_SHRINKS = _simulated("final over initial β near π", 1.0)
_WINS = _simulated("starts won by another frequency", 0.0)
_CONTOUR = (
    "The final $\\beta$ is largest at large $\\beta(0)$ and small $D(0)$, symmetric about $\\pi$, "
    "and near $\\pi$ negligible whatever the initial size."
)

CLAIMS = [
    Claim(
        id="he.contour",
        title="Final magnitude over initial magnitude and misalignment",
        source=he("blog Figure 11"),
        printed_kind="em",
        statement=_CONTOUR,
        domain=Domain.of(simulation=Whole("runs of the official contour")),
        reading=_READ + "Largest at the corner (.02, 0); symmetric to 1e-9; “negligible” near π: "
        "in the two columns nearest π β ends no larger than it began. (It is up to .26 of the "
        "largest final β there, so not negligible beside that.)",
        falsified_by="a number outside its reading",
        checks=(_CORNER, _MIRROR, _SHRINKS),
        mutants=(
            Mutant.of(_CORNER, "a hundredth below the corner", at_most=-0.01),
            Mutant.of(_MIRROR, "less than nothing", at_most=-1e-9),
            Mutant.of(_SHRINKS, "a tenth of the initial size", at_most=0.1),
        ),
    ),
    Claim(
        id="he.reported.contour",
        title="Printed end points of the contour",
        source=he("official code"),
        printed_kind="id",
        statement="Final $\\beta$ .013967 at $(.01,0)$, .060207 at $(.02,2\\pi)$.",
        domain=_POINTS,
        reading=(
            "p = 23, α = β = κ, D = 0, 100 Euler steps of .01 with simultaneous updates and the "
            "increments 2pαβ and pα². D = 2π is φ = π, where α stands for −z and the recursion is "
            "the same. The printed numbers are read as rounded to six decimals."
        ),
        falsified_by="a final β that rounds to another number",
        checks=(_PRINTED,),
        mutants=(Mutant.of(_PRINTED, "the next digit", parts=_ends(Fraction(1, 10**6))),),
    ),
    Claim(
        id="he.sim-best-aligned-wins",
        title="The best-aligned frequency always wins the simulation",
        source=he("app tab 8"),
        printed_kind="em",
        statement=(
            "In the ODE from random starts the best-aligned frequency always wins; $D_k\\to 0$ for "
            "most $k$, or lingers near $\\pi$."
        ),
        domain=Domain.of(simulation=Whole("simulations from random starts")),
        reading=(
            "200 starts at p = 23: α = β = .02 at all 11 frequencies, independent uniform phases, "
            "Euler steps as in he.contour until a frequency has β ≥ .3; it must be the one with "
            "the smallest |D| at the start, in every start. With random magnitudes: "
            "he.lottery-smallest-misalignment.random. Where the other D_k are is not tested: when "
            "the winner is decided they have hardly moved."
        ),
        falsified_by="a start with another winner",
        checks=(_WINS,),
        mutants=(Mutant.of(_WINS, "no start is won by the best aligned", at_most=-1.0),),
    ),
]
