"""The linear program over a finite pool of neurons: a matrix game.

    max t   subject to   A s ≥ t,  Σ s = 1,  s ≥ 0        (masses s)
    min v   subject to   Aᵀ q ≤ v,  Σ q = 1,  q ≥ 0       (distribution q on the rows)

Solvers propose.  A solution is returned only after primal feasibility, dual feasibility,
complementarity and the gap have been checked here, each on its own.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np

TOLERANCE = 1e-8


@final
@dataclass(frozen=True, kw_only=True)
class DictionarySolution:
    """value: t; masses s: (columns,); weights q: (rows,)."""

    value: float
    masses: np.ndarray
    weights: np.ndarray


@final
@dataclass(frozen=True, kw_only=True)
class Basis:
    """A basis of the game in the variables (s, t) and the rows A s − t ≥ 0, Σ s = 1.

    columns: positions of the basic s; rows: positions of the rows of A that hold with equality.
    t is basic and Σ s = 1 is tight, so len(columns) = len(rows).
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]


@final
@dataclass(frozen=True, kw_only=True)
class Residuals:
    """How far a solution is from optimal, relative to the largest payoff; NaN when it has one.

    primal: of s ≥ 0, Σ s = 1, A s ≥ t.  dual: of q ≥ 0, Σ q = 1, Aᵀ q ≤ t.
    complementarity: of q·(A s − t) = 0 and s·(t − Aᵀ q) = 0, entry by entry.
    gap: max(Aᵀ q) − min(A s) after s and q have been made distributions.
    """

    primal: float
    dual: float
    complementarity: float
    gap: float

    @property
    def worst(self) -> float:
        """The largest of them; NaN when any is NaN."""
        # np.max propagates NaN; the builtin max would drop it.
        return float(np.max([self.primal, self.dual, self.complementarity, self.gap]))


class InaccurateSolution(ArithmeticError):
    """A solver failed, or returned something that is not an optimal solution.

    residuals: what the check found, or None when there was no solution to check.
    """

    def __init__(self, message: str, residuals: Residuals | None = None) -> None:
        super().__init__(message)
        self.residuals = residuals


def residuals(payoffs: np.ndarray, solution: DictionarySolution) -> Residuals:
    """Checks a solution of the game with payoffs A: (rows, columns)."""
    scale = float(np.max(np.abs(payoffs))) or 1.0
    s, q, t = solution.masses, solution.weights, solution.value
    slack, reduced = payoffs @ s - t, t - payoffs.T @ q
    with np.errstate(invalid="ignore", divide="ignore"):
        p, d = np.maximum(s, 0), np.maximum(q, 0)
        gap = np.max(payoffs.T @ (d / d.sum())) - np.min(payoffs @ (p / p.sum()))
    return Residuals(
        primal=_worst(-s, s.sum() - 1, -slack / scale),
        dual=_worst(-q, q.sum() - 1, -reduced / scale),
        complementarity=_worst(np.abs(q * slack) / scale, np.abs(s * reduced) / scale),
        gap=float(gap) / scale,
    )


def _worst(*parts: np.ndarray | float) -> float:
    """Largest violation; scalars are equations (both signs count), arrays inequalities."""
    flat = [np.abs(p) if np.ndim(p) == 0 else np.max(p) for p in parts]
    return float(np.max([0.0, *flat]))


def solve_dictionary(payoffs: np.ndarray, *, tolerance: float = TOLERANCE) -> DictionarySolution:
    """Solves the game through cvxpy with HiGHS.

    Raises InaccurateSolution unless all residuals are at most `tolerance`.
    """
    import cvxpy as cp  # slow to import, and only needed once a program is solved

    _silence_banner()

    table, scale = _scaled(payoffs)
    rows, columns = table.shape
    masses, t = cp.Variable(columns, nonneg=True), cp.Variable()
    lags = table @ masses >= t
    problem = cp.Problem(cp.Maximize(t), [lags, cp.sum(masses) == 1])
    try:
        problem.solve(solver=cp.HIGHS, **_OPTIONS)
    except cp.SolverError as error:
        raise InaccurateSolution(f"HiGHS through cvxpy failed: {error}") from error
    if problem.status != cp.OPTIMAL:
        raise InaccurateSolution(f"HiGHS through cvxpy reports {problem.status!r}")
    found = DictionarySolution(
        value=float(t.value) * scale,
        masses=np.array(masses.value, dtype=float).reshape(columns),
        weights=np.array(lags.dual_value, dtype=float).reshape(rows),
    )
    return _accepted(payoffs, found, tolerance)


def solve_with_basis(
    payoffs: np.ndarray, *, tolerance: float = TOLERANCE
) -> tuple[DictionarySolution, Basis]:
    """Solves the game with HiGHS directly, for the basis that cvxpy and scipy do not expose.

    Raises InaccurateSolution as `solve_dictionary` does, and when the basis is not one of the
    game's own (t basic, Σ s = 1 tight).
    """
    import highspy

    _silence_banner()
    table, scale = _scaled(payoffs)
    rows, columns = table.shape
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    infinity = highspy.kHighsInf
    for _ in range(columns):
        solver.addVar(0.0, infinity)
    solver.addVar(-infinity, infinity)
    solver.changeColCost(columns, -1.0)
    index = np.arange(columns + 1, dtype=np.int32)
    for row in table:
        solver.addRow(0.0, infinity, columns + 1, index, np.append(row, -1.0))
    solver.addRow(1.0, 1.0, columns, index[:-1], np.ones(columns))
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise InaccurateSolution(f"HiGHS reports {solver.modelStatusToString(status)!r}")
    raw, basis = solver.getSolution(), solver.getBasis()
    found = DictionarySolution(
        value=float(raw.col_value[columns]) * scale,
        masses=np.array(raw.col_value[:columns], dtype=float),
        weights=np.array(raw.row_dual[:rows], dtype=float),
    )
    basic = highspy.HighsBasisStatus.kBasic
    chosen = Basis(
        columns=tuple(i for i in range(columns) if basis.col_status[i] == basic),
        rows=tuple(i for i in range(rows) if basis.row_status[i] != basic),
    )
    if (
        not basis.valid
        or basis.col_status[columns] != basic
        or basis.row_status[rows] == basic
        or len(chosen.columns) != len(chosen.rows)
    ):
        raise InaccurateSolution("HiGHS returned no usable basis of the game")
    return _accepted(payoffs, found, tolerance), chosen


_OPTIONS = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


@cache
def _silence_banner() -> None:
    """Makes the process's first HiGHS object with standard output closed.

    HiGHS 1.16 writes a banner there at that moment, before any option can be set, and would
    spoil output that is meant for a machine.
    """
    import highspy

    sys.stdout.flush()
    saved, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 1)
        highspy.Highs()
    finally:
        os.dup2(saved, 1)
        os.close(saved)
        os.close(null)


def _scaled(payoffs: np.ndarray) -> tuple[np.ndarray, float]:
    """The payoffs with largest entry 1: solver tolerances are absolute."""
    table = np.asarray(payoffs, dtype=float)
    if table.ndim != 2 or 0 in table.shape or not np.isfinite(table).all():
        raise ValueError(f"expected finite payoffs (rows, columns), got shape {table.shape}")
    scale = float(np.max(np.abs(table))) or 1.0
    return table / scale, scale


def _accepted(
    payoffs: np.ndarray, solution: DictionarySolution, tolerance: float
) -> DictionarySolution:
    """The solution, if its residuals are small (a NaN is not)."""
    found = residuals(payoffs, solution)
    if not found.worst <= tolerance:
        raise InaccurateSolution(
            f"the solver's answer is not optimal to {tolerance:g}: {found}", found
        )
    return solution
