"""The margin game on a character table, solved exactly.

    max_y min_{C≠e} Σ_R y_R κ_R (1 − Re χ_R(C)/d_R),   y ≥ 0, Σ y = 1,   κ_R = 1/√(t_R d_R)

times 2/(3√3 |G|^{3/2}) is the maximum L_{2,3} margin of the group's composition task (lemma
*group optimum* in ``docs/lemmas``).  A floating-point linear program proposes which masses
and which class weights are positive; the two are then exact solutions of linear equations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from constructions.groups.characters import CharacterTable
from constructions.numbers import Cyclotomic

_TOLERANCE = 1e-9
Row = list[Cyclotomic]


@dataclass(frozen=True)
class Solution:
    """Optimal play.  masses: (K,) per character; weights: (K−1,) per non-trivial class, with
    Σ|C| τ_C = 1; value: of the game without the factor 2/(3√3 |G|^{3/2})."""

    masses: tuple[Cyclotomic, ...]
    weights: tuple[Cyclotomic, ...]
    value: Cyclotomic


def payoffs(table: CharacterTable) -> list[Row]:
    """(K−1, K−1): κ_R (1 − Re χ_R(C)/d_R) for non-trivial characters R (rows) and classes C."""
    result = []
    rows = list(zip(table.values, table.degrees, table.indicators, strict=True))
    for row, d, indicator in rows[1:]:
        scale = Cyclotomic.sqrt((1 if indicator == 1 else 2) * d).inverse()
        real = [(x + x.conjugate()) / (2 * d) for x in row[1:]]
        result.append([scale * (1 - x) for x in real])
    return result


def solve(table: CharacterTable) -> Solution:
    """The exact solution.  Raises ArithmeticError when the proposal does not solve the game.

    Conjugate characters, and inverse classes, have equal payoffs, so an optimum may weigh them
    alike; the linear program is symmetrised first.
    """
    exact = payoffs(table)
    rows, columns = _orbits(exact), _orbits([list(c) for c in zip(*exact, strict=True)])
    small = [[exact[r[0]][c[0]] for c in columns] for r in rows]
    y, tau = _play(small)
    masses = [Cyclotomic.rational(0)] * len(table.values)
    weights = [Cyclotomic.rational(0)] * (len(table.values) - 1)
    for members, mass in zip(rows, y[:-1], strict=True):
        for r in members:
            masses[r + 1] = mass / len(members)
    for members, weight in zip(columns, tau[:-1], strict=True):
        size = sum(table.group.sizes[c + 1] for c in members)
        for c in members:
            weights[c] = weight / size
    if y[-1] != tau[-1] or min(*y[:-1], *tau[:-1]) < 0:
        raise ArithmeticError(f"the proposed basis does not solve the game of {table.group.name}")
    return Solution(tuple(masses), tuple(weights), y[-1])


def _orbits(rows: list[Row]) -> list[list[int]]:
    """Indices of equal rows."""
    groups: dict[tuple[Cyclotomic, ...], list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(tuple(row), []).append(i)
    return list(groups.values())


def _play(matrix: list[Row]) -> tuple[Row, Row]:
    """Optimal (y, value) and (τ, value) of a matrix game in which the rows maximise."""
    from scipy.optimize import linprog  # loads slowly, and only this search needs it

    a = np.array([[float(x) for x in row] for row in matrix])
    m, n = a.shape
    result = linprog(
        [0.0] * m + [-1.0],
        A_ub=np.hstack([-a.T, np.ones((n, 1))]),
        b_ub=np.zeros(n),
        A_eq=[[1.0] * m + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * m + [(None, None)],
        method="highs",
    )
    support = [i for i in range(m) if result.x[i] > _TOLERANCE]
    tight = [j for j in range(n) if result.ineqlin.marginals[j] < -_TOLERANCE]
    columns = [list(c) for c in zip(*matrix, strict=True)]
    return _equalise(columns, tight, support), _equalise(matrix, support, tight)


def _equalise(rows: list[Row], tight: list[int], support: list[int]) -> Row:
    """Weights on `support` with sum 1 that make the tight rows equal, and their common value."""
    size = len(rows[0])
    zero, one = Cyclotomic.rational(0), Cyclotomic.rational(1)
    system = [[rows[t][s] for s in support] + [-one, zero] for t in tight]
    system.append([one] * len(support) + [zero, one])
    solved = _gauss(system)
    result = [zero] * (size + 1)
    for position, s in enumerate([*support, size]):
        result[s] = solved[position]
    return result


def _gauss(system: list[Row]) -> Row:
    """The solution of a linear system (last column: right side); it must be unique."""
    unknowns = len(system[0]) - 1
    rows = [list(r) for r in system]
    for column in range(unknowns):
        pivot = next((r for r in range(column, len(rows)) if not rows[r][column].is_zero()), None)
        if pivot is None:
            raise ArithmeticError("the linear program proposed a degenerate basis")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = rows[column][column].inverse()
        rows[column] = [x * scale for x in rows[column]]
        for r in range(len(rows)):
            if r != column and not rows[r][column].is_zero():
                factor = rows[r][column]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[column], strict=True)]
    if any(not r[-1].is_zero() for r in rows[unknowns:]):
        raise ArithmeticError("the proposed basis is inconsistent")
    return [rows[i][-1] for i in range(unknowns)]
