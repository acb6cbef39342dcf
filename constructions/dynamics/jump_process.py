"""The α → 0 paths of diagonal linear networks, exactly in rational numbers.

With β = u⊙v, u(0) = √2α·1, v(0) = 0 and L = ½βᵀGβ − bᵀβ + const, the coordinate ξ_i of
u = √2α cosh ξ, v = √2α sinh ξ follows ξ_i' = −∂_iL; s_i = ξ_i/ln(1/α) moves between −1 and 1 and
time is counted in units of ln(1/α).  For a rational Gram matrix G = XᵀX/n and moment b = Xᵀy/n
all jump times, coefficients and signs are rational.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Vector = Sequence[Fraction]
Matrix = Sequence[Vector]


class Degenerate(ValueError):
    """The data are not in general position; the message says where."""


@dataclass(frozen=True, kw_only=True)
class Jump:
    """One jump: the rescaled time, the index that reached ±1, and the state right after it."""

    time: Fraction
    index: int
    coefficients: tuple[Fraction, ...]
    levels: tuple[Fraction, ...]


def gradient(gram: Matrix, moment: Vector, beta: Vector) -> list[Fraction]:
    """∇L = Gβ − b."""
    d = len(moment)
    return [sum((gram[i][j] * beta[j] for j in range(d)), -moment[i]) for i in range(d)]


def solve(matrix: Matrix, right: Vector) -> list[Fraction]:
    """The solution of a regular system; Degenerate for a singular one."""
    n = len(right)
    rows = [[*map(Fraction, row), Fraction(y)] for row, y in zip(matrix, right, strict=True)]
    for c in range(n):
        pivot = next((r for r in range(c, n) if rows[r][c]), None)
        if pivot is None:
            raise Degenerate("the Gram matrix of the active coordinates is singular")
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c and rows[r][c]:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c], strict=True)]
    return [rows[r][n] for r in range(n)]


def least_squares(gram: Matrix, moment: Vector, support: Sequence[int]) -> list[Fraction]:
    """argmin L over the vectors with this support."""
    found = solve([[gram[i][j] for j in support] for i in support], [moment[i] for i in support])
    beta = [Fraction(0)] * len(moment)
    for i, value in zip(support, found, strict=True):
        beta[i] = value
    return beta


def signed_least_squares(gram: Matrix, moment: Vector, signs: dict[int, int]) -> list[Fraction]:
    """argmin L with β_i·signs[i] ≥ 0 on the listed coordinates and 0 elsewhere.

    Raises:
        Degenerate: when no support has a strictly complementary solution.
    """
    indices = list(signs)
    for size in range(len(indices) + 1):
        for support in combinations(indices, size):
            try:
                beta = least_squares(gram, moment, support)
            except Degenerate:
                continue
            if any(beta[i] * signs[i] <= 0 for i in support):
                continue
            slope = gradient(gram, moment, beta)
            if all(slope[i] * signs[i] >= 0 for i in indices):
                return beta
    raise Degenerate("the constrained minimiser is not unique")


def _wait(level: Fraction, slope: Fraction) -> Fraction | None:
    """Time until the level reaches ±1 along −slope; None when it does not move."""
    if slope == 0:
        return None
    return (1 - level) / -slope if slope < 0 else (1 + level) / slope


def pesme_flammarion(gram: Matrix, moment: Vector, *, most: int = 200) -> list[Jump]:
    """The jump process of the gradient flow (Pesme & Flammarion 2023, Algorithm 1).

    gram: (d, d) = XᵀX/n; moment: (d,) = Xᵀy/n.
    Raises:
        Degenerate: when two coordinates reach ±1 together, or a minimiser is not unique.
    """
    d = len(moment)
    beta, levels, time = [Fraction(0)] * d, [Fraction(0)] * d, Fraction(0)
    path: list[Jump] = []
    while any(slope := gradient(gram, moment, beta)):
        if len(path) == most:
            raise Degenerate(f"more than {most} jumps")
        waits = {i: w for i in range(d) if (w := _wait(levels[i], slope[i])) is not None and w > 0}
        step = min(waits.values())
        first = [i for i, w in waits.items() if w == step]
        if len(first) > 1:
            raise Degenerate(f"coordinates {first} reach ±1 together at time {time + step}")
        time += step
        levels = [s - step * g for s, g in zip(levels, slope, strict=True)]
        ends = {i: int(s) for i, s in enumerate(levels) if abs(s) == 1}
        beta = signed_least_squares(gram, moment, ends)
        path.append(Jump(time=time, index=first[0], coefficients=tuple(beta),
                         levels=tuple(levels)))
    return path


def coded_alternation(
    gram: Matrix, moment: Vector, *, most: int = 200, first_of_ties: bool = False
) -> list[Jump]:
    """The loop with unconstrained least squares and one repair (rule `ols1`), at α → 0.

    Only dormant coordinates move; the next index has the smallest waiting time, which may be 0.
    After each activation L is minimised over the active coordinates; those whose sign is opposite
    to their previous one are dropped, keep their level, and L is minimised once more.
    first_of_ties: among coordinates that wait for the time 0 take the least index, and end after
    `most` jumps in any case; several coordinates that one repair drops may all wait for 0.
    Raises:
        Degenerate: as above, and when no dormant coordinate moves although ∇L ≠ 0.
    """
    d = len(moment)
    beta, levels, time = [Fraction(0)] * d, [Fraction(0)] * d, Fraction(0)
    active: list[int] = []
    path: list[Jump] = []
    while any(slope := gradient(gram, moment, beta)):
        if len(path) == most:
            if first_of_ties:
                break
            raise Degenerate(f"more than {most} jumps")
        dormant = [i for i in range(d) if i not in active]
        waits = {i: w for i in dormant if (w := _wait(levels[i], slope[i])) is not None}
        if not waits:
            raise Degenerate("no dormant coordinate moves, and the gradient is not 0")
        step = min(waits.values())
        first = [i for i, w in waits.items() if w == step]
        if len(first) > 1 and not (first_of_ties and step == 0):
            raise Degenerate(f"coordinates {first} reach ±1 together at time {time + step}")
        time += step
        for i in dormant:
            levels[i] -= step * slope[i]
        active.append(first[0])
        previous, beta = beta, least_squares(gram, moment, active)
        flipped = {i for i in active if beta[i] * previous[i] < 0}
        if flipped:
            active = [i for i in active if i not in flipped]
            beta = least_squares(gram, moment, active)
        path.append(Jump(time=time, index=first[0], coefficients=tuple(beta),
                         levels=tuple(levels)))
    return path
