"""Column generation: grow a finite pool of neurons until its linear program is the whole one.

Solve the program on the pool, read the distribution Q on rows, ask the oracle for the neuron
worth most against Q, add it, and stop when V(Q) meets the value t.  Every t is attained by the
pool and every V(Q) of an exact oracle bounds all networks; both are floats here, hence leads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, final

import numpy as np

from verify.methods.convex.dictionary_lp import (
    DictionarySolution,
    InaccurateSolution,
    solve_dictionary,
)
from verify.methods.convex.problem import MarginProblem, Neuron, freeze


class Status(Enum):
    """Why column generation stopped; the value is the message."""

    CLOSED = "the oracle's best payoff meets the value of the pool"
    REACHED = "the value of the pool exceeds the target"
    STALLED = "the oracle found no neuron that improves the pool"
    CAPPED = "the iteration cap was reached before the gap closed"
    INACCURATE = "the solver's answer failed its residual checks"


@final
@dataclass(frozen=True, kw_only=True)
class Step:
    """One iteration.  value: t on the pool; bound: V(Q) of the oracle; size: of the pool."""

    iteration: int
    value: float
    bound: float
    size: int


@final
@dataclass(frozen=True, kw_only=True)
class State:
    """Everything that a run needs to continue: the pool, the history, the best Q so far.

    weights: Q of the iteration with the smallest V(Q).
    """

    pool: tuple[Neuron, ...]
    history: tuple[Step, ...] = ()
    weights: tuple[float, ...] = ()

    @property
    def bound(self) -> float:
        """The smallest V(Q) so far."""
        return min((step.bound for step in self.history), default=float("inf"))

    def json(self) -> dict[str, Any]:
        """The state for a file; floats survive JSON unchanged."""
        return {
            "pool": list(self.pool),
            "history": [[s.iteration, s.value, s.bound, s.size] for s in self.history],
            "weights": list(self.weights),
        }

    @staticmethod
    def parse(node: dict[str, Any]) -> State:
        """The state that `json` described; TypeError for neurons that are not integers."""
        steps = [Step(iteration=i, value=t, bound=v, size=m) for i, t, v, m in node["history"]]
        return State(
            pool=tuple(freeze(neuron) for neuron in node["pool"]),
            history=tuple(steps),
            weights=tuple(node["weights"]),
        )


@final
@dataclass(frozen=True, kw_only=True)
class Generation:
    """What column generation found.

    masses: of the pool's unit-norm neurons, (pool,), and the value they attain; weights: the Q
    with the smallest V(Q) seen, and that bound; state: to resume from.  For INACCURATE the
    fields are those of the last accepted solution, and `masses` is empty if there was none.
    """

    status: Status
    value: float
    bound: float
    masses: np.ndarray
    weights: np.ndarray
    state: State
    reason: str = ""

    @property
    def history(self) -> tuple[Step, ...]:
        """The iterations, oldest first."""
        return self.state.history

    @property
    def gap(self) -> float:
        """(V − t)/t as proposed by floats; infinite while t ≤ 0."""
        if not self.value > 0:
            return float("inf")
        return max(0.0, (self.bound - self.value) / self.value)


def generate_columns(
    problem: MarginProblem,
    *,
    tolerance: float = 1e-9,
    iterations: int = 200,
    seed: int = 0,
    target: float | None = None,
    pool: tuple[Neuron, ...] | None = None,
    state: State | None = None,
    progress: Callable[[State], None] | None = None,
    solve: Callable[[np.ndarray], DictionarySolution] = solve_dictionary,
) -> Generation:
    """Runs column generation until the gap is at most `tolerance`, relative to t.

    iterations: how often neurons may be added; 0 solves the given pool and only measures V(Q).
    seed: every iteration draws from (seed, iteration), so a resumed run repeats an
    uninterrupted one.  target: stop as soon as t exceeds it.  pool: first neurons instead of
    the problem's own.  state: where to resume; its pool wins over `pool`.
    progress: called in every iteration with a state that a run can resume from.
    """
    if state is None:
        first = pool if pool is not None else problem.start(np.random.default_rng([seed, 0]))
        state = State(pool=tuple(dict.fromkeys(first)))
    if not state.pool:
        raise ValueError("expected at least one neuron to start from, got an empty pool")
    table = problem.dictionary(state.pool)
    # A stored state ends with an iteration that has added nothing yet: it is done again.
    iteration = state.history[-1].iteration if state.history else 0
    value, masses = float("-inf"), np.zeros(0)
    while True:
        try:
            solution = solve(table)
        except InaccurateSolution as error:
            return _result(Status.INACCURATE, state, value, masses, str(error))
        value, masses = solution.value, solution.masses
        generator = np.random.default_rng([seed, iteration + 1])
        used = [w for w, s in zip(state.pool, masses, strict=True) if s > 0]
        proposals = problem.oracle(solution.weights, generator, used)
        state = _recorded(state, iteration, solution, proposals[0].value)
        if progress is not None:
            progress(state)
        slack = tolerance * abs(value)
        if target is not None and value > target:
            return _result(Status.REACHED, state, value, masses)
        if proposals[0].value - value <= slack:
            return _result(Status.CLOSED, state, value, masses)
        if iteration >= iterations:
            return _result(Status.CAPPED, state, value, masses)
        known = set(state.pool)
        fresh = [p.neuron for p in proposals if p.value > value and p.neuron not in known]
        if not fresh:
            return _result(Status.STALLED, state, value, masses)
        state = replace(state, pool=state.pool + tuple(fresh))
        table = np.concatenate([table, problem.dictionary(fresh)], axis=1)
        iteration += 1


def _recorded(state: State, iteration: int, solution: DictionarySolution, bound: float) -> State:
    step = Step(iteration=iteration, value=solution.value, bound=bound, size=len(state.pool))
    earlier = tuple(s for s in state.history if s.iteration < iteration)
    best = replace(state, history=earlier)
    weights = tuple(map(float, solution.weights)) if bound < best.bound else state.weights
    return replace(state, history=(*earlier, step), weights=weights)


def _result(
    status: Status, state: State, value: float, masses: np.ndarray, reason: str = ""
) -> Generation:
    return Generation(
        status=status,
        value=value,
        bound=state.bound,
        masses=masses,
        weights=np.array(state.weights),
        state=state,
        reason=reason or status.value,
    )
