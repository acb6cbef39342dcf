"""From floats to rationals: the basis solved over Q, or rounding that stays feasible.

Where payoffs and costs are rational, the optimal basis of the linear program is solved again in
exact arithmetic and everything that makes it optimal is verified.  Where they are not, masses
and distribution are rounded.  Any non-negative heights are a network and any distribution is a
bound, so rounding costs a little of the gap and never soundness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isfinite
from typing import final

import numpy as np
from flint import fmpq, fmpq_mat

from verify.methods.convex.dictionary_lp import Basis
from verify.methods.convex.problem import Column


class NotOptimal(ArithmeticError):
    """A basis is singular, or its exact solution is not optimal; the message says which."""


@final
@dataclass(frozen=True, kw_only=True)
class ExactSolution:
    """An optimal pair of the game over Q.

    heights: of the columns, with Σ cost·height = 1; weights: the distribution on rows;
    value: attained by the heights and not exceeded by any column against the weights.
    """

    value: Fraction
    heights: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]


def solve_basis(columns: Sequence[Column], basis: Basis) -> ExactSolution:
    """Solves a basis over Q and proves it optimal.

    columns: exact ones.  Raises NotOptimal when the basis is singular or when one of s ≥ 0,
    A s ≥ t, q ≥ 0, Aᵀ q ≤ v·cost fails.
    """
    rows = len(columns[0].payoffs)
    size = len(basis.columns) + 1
    chosen = [columns[i] for i in basis.columns]
    # Unknowns (h, t): A h − t = 0 on the tight rows, Σ cost·h = 1.
    entries = [x for r in basis.rows for x in (*(c.payoffs[r] for c in chosen), Fraction(-1))]
    entries += [*(c.cost for c in chosen), Fraction(0)]
    matrix = fmpq_mat(size, size, [fmpq(x.numerator, x.denominator) for x in entries])
    unit = fmpq_mat(size, 1, [fmpq(0)] * (size - 1) + [fmpq(1)])
    try:
        primal, dual = matrix.solve(unit), matrix.transpose().solve(unit)
    except ZeroDivisionError:
        raise NotOptimal("the basis is singular over Q") from None
    value = _fraction(primal[size - 1, 0])
    heights = [Fraction(0)] * len(columns)
    for position, i in enumerate(basis.columns):
        heights[i] = _fraction(primal[position, 0])
    # Mᵀ y = e_t reads: Σ_r y_r A_rh + y_0·cost_h = 0 for basic h, and −Σ y_r = 1.
    weights = [Fraction(0)] * rows
    for position, r in enumerate(basis.rows):
        weights[r] = -_fraction(dual[position, 0])
    _verify(columns, heights, weights, value)
    return ExactSolution(value=value, heights=tuple(heights), weights=tuple(weights))


def _verify(
    columns: Sequence[Column],
    heights: Sequence[Fraction],
    weights: Sequence[Fraction],
    value: Fraction,
) -> None:
    if min(heights) < 0 or min(weights) < 0:
        raise NotOptimal("the basis gives a negative mass or a negative weight")
    if sum(c.cost * h for c, h in zip(columns, heights, strict=True)) != 1 or sum(weights) != 1:
        raise NotOptimal("the basis does not give distributions")
    for r in range(len(weights)):
        if sum(c.payoffs[r] * h for c, h in zip(columns, heights, strict=True)) < value:
            raise NotOptimal(f"row {r} falls below the value of the basis")
    for i, column in enumerate(columns):
        worth = sum(x * q for x, q in zip(column.payoffs, weights, strict=True))
        if worth > value * column.cost:
            raise NotOptimal(f"column {i} beats the value of the basis")


def round_heights(masses: np.ndarray, costs: np.ndarray, denominator: int) -> list[Fraction]:
    """Non-negative heights mass/cost relative to the largest, with a common denominator.

    A common factor changes neither side of a normalised margin.  Masses that round to nothing
    become zero.
    """
    heights = np.maximum(masses, 0) / costs
    top = float(np.max(heights))
    if not (isfinite(top) and top > 0):
        raise NotOptimal(f"expected some positive mass, got {masses}")
    return [Fraction(int(x), denominator) for x in np.rint(heights / top * denominator)]


def round_distribution(weights: np.ndarray, denominator: int) -> list[Fraction]:
    """A distribution with a common denominator: what rounding leaves over goes to the largest."""
    masses = normalised(weights)
    counts = [int(x) for x in np.rint(masses * denominator)]
    counts[int(np.argmax(masses))] += denominator - sum(counts)
    if min(counts) < 0:
        raise NotOptimal(f"{denominator} is too small a denominator for {len(counts)} weights")
    return [Fraction(c, denominator) for c in counts]


def normalised(weights: np.ndarray) -> np.ndarray:
    """The weights without negative parts, scaled to total 1."""
    clipped = np.maximum(weights, 0)
    if not (np.isfinite(clipped).all() and clipped.sum() > 0):
        raise NotOptimal(f"expected a distribution, got {weights}")
    return clipped / clipped.sum()


def denominators(values: np.ndarray) -> tuple[int, ...]:
    """Denominators to try: the least one that makes the values nearly integers, then 10^9."""
    for candidate in range(1, 1000):
        scaled = values * candidate
        if np.max(np.abs(scaled - np.rint(scaled))) < 1e-6:
            return candidate, 10**9
    return (10**9,)


def below(value: float) -> tuple[Fraction, ...]:
    """Rationals to try as a lower bound for what `value` approximates, the largest first.

    The first, when there is one, is the simple fraction that the float looks like.
    """
    simple = Fraction(value).limit_denominator(10_000)
    looks_equal = abs(float(simple) - value) <= 1e-13 * abs(value)
    step = Fraction(value) / 10**10
    digits = max(0, -_exponent(step))
    rounded = Fraction(floor((Fraction(value) - abs(step)) * 10**digits), 10**digits)
    return (simple, rounded) if looks_equal else (rounded,)


def above(value: float) -> tuple[Fraction, ...]:
    """The same for an upper bound, the smallest first."""
    return tuple(-x for x in below(-value))


def _exponent(value: Fraction) -> int:
    """e with 10^e ≤ |value|, close to it."""
    return 0 if value == 0 else floor(np.log10(abs(float(value))))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
