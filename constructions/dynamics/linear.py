"""Fully connected two-layer linear networks in floats: predicted staircase and gradient flow.

f = AWx with A (c, H), W (H, d), L = ½E‖y − AWx‖² counted from its minimum, Σ_xx = E xxᵀ and
Σ_yx = E yxᵀ (arXiv:2506.06489, Conjecture 4.1 of the notebook).  Times are those of the rescaled
clock t/ln(1/α).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp

Array = np.ndarray


@dataclass(frozen=True, kw_only=True)
class Staircase:
    """Rescaled times τ_1.. (K,) and levels of the loss before, between and after them (K + 1,)."""

    times: Array
    levels: Array


def conjectured(inputs: Array, cross: Array) -> Staircase:
    """The staircase of the conjecture from Σ_xx (d, d) and Σ_yx (c, d), for width ≥ min(c, d).

    Raises:
        ValueError: when some σ_1(M_{k−1}) vanishes, so that the k-th time is not defined.
    """
    count = min(cross.shape)
    values, vectors = np.linalg.eigh(cross @ np.linalg.solve(inputs, cross.T))
    values, vectors = values[::-1], vectors[:, ::-1]
    singular, steps = [], []
    for k in range(count):
        learned = vectors[:, :k]
        singular.append(np.linalg.svd(cross - learned @ (learned.T @ cross), compute_uv=False))
        if singular[k][0] < 1e-12 * singular[0][0]:
            raise ValueError(f"expected a residual after {k} modes, got 0: Σ_yx has rank {k}")
        known = sum(singular[i][k - i] * steps[i] for i in range(k))
        steps.append((1 - known) / singular[k][0])
    tails = np.append(np.cumsum(values[:count][::-1])[::-1], 0.0)
    return Staircase(times=np.cumsum(steps), levels=0.5 * tails)


def half_drops(
    inputs: Array, cross: Array, start: Array, *, scale: float, levels: Array, horizon: float
) -> Array:
    """Rescaled times at which the flow from scale·start first passes the midpoints of the levels.

    start: (c + d, H), the rows of A above those of Wᵀ; horizon: in rescaled time; inf: not passed.
    """
    c, (rows, width) = cross.shape[0], start.shape

    def field(_: float, state: Array) -> Array:
        a, wt = np.split(state.reshape(rows, width), [c])
        pull = cross - a @ wt.T @ inputs
        return np.concatenate([pull @ wt, pull.T @ a]).ravel()

    clock = np.log(1 / scale)
    found = solve_ivp(field, (0.0, horizon * clock), scale * start.ravel(), method="LSODA",
                      rtol=1e-8, atol=1e-8 * scale)
    path = found.y.T.reshape(-1, rows, width)
    beta = np.einsum("tch,tdh->tcd", path[:, :c], path[:, c:])
    gap = beta - np.linalg.solve(inputs, cross.T).T
    losses = 0.5 * np.einsum("tci,ij,tcj->t", gap, inputs, gap)
    middles = 0.5 * (levels[:-1] + levels[1:])
    return np.array([_first_below(found.t, losses, m) for m in middles]) / clock


def _first_below(times: Array, losses: Array, value: float) -> float:
    """The first time with a loss ≤ value, between the steps of the integrator; inf: never."""
    after = int(np.argmax(losses <= value))
    if losses[after] > value:
        return float("inf")
    before = max(after - 1, 0)
    drop = losses[before] - losses[after]
    share = (losses[before] - value) / drop if drop > 0 else 1.0
    return float(times[before] + share * (times[after] - times[before]))
