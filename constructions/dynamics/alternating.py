"""Alternating gradient flow in floats: one simulator for any network with a utility and a cost.

Between jumps each dormant neuron follows its direction d and its accumulated utility S,

    d' = η n(S)^{κ−2}(I − ddᵀ)∇U(d),   S' = κU(d),

until some S reaches the threshold c/η; then the cost of the active neurons is minimised with the
time frozen (arXiv:2506.06489).  What is computed here proposes; it never decides a claim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.integrate import solve_ivp

Array = np.ndarray


class Network(Protocol):
    """What the simulator needs to know about a network of κ-homogeneous neurons."""

    degree: int

    def utilities(self, active: Array) -> Callable[[Array], tuple[Array, Array]]:
        """The function of directions (m, n) that returns utilities (m,) and their gradients (m, n)
        for the residual that the active parameters (A, n) leave."""

    def minimise(self, active: Array) -> Array:
        """Where the cost flow from the active parameters ends, (A, n)."""

    def loss(self, active: Array) -> float:
        """The cost of the active parameters."""


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One jump: when, which neurons, the loss before and after the cost phase, and the active
    parameters (A, n) then."""

    time: float
    neurons: tuple[int, ...]
    before: float
    after: float
    active: Array


def threshold(norm: float, degree: int) -> float:
    """The accumulated utility (times η) at which a neuron of this norm has norm 1."""
    if not 0 < norm < 1:
        raise ValueError(f"expected a norm between 0 and 1, got {norm}; rescale the start")
    return -np.log(norm) if degree == 2 else (norm ** (2 - degree) - 1) / (degree - 2)


def norm_after(norms: Array, accumulated: Array, degree: int) -> Array:
    """The norm law n(S), with η absorbed in S."""
    if degree == 2:
        return norms * np.exp(accumulated)
    inverse = norms ** (2.0 - degree) - (degree - 2) * accumulated
    # the threshold is at 1; a trial step beyond it must not meet the blow-up
    return np.maximum(inverse, 0.5) ** (-1.0 / (degree - 2))


def alternate(
    network: Network,
    start: Array,
    *,
    tolerance: float = 1e-3,
    horizon: float = 1e6,
    neuron_rates: bool = False,
) -> list[Activation]:
    """Runs the alternation from start (H, n) until the loss is below tolerance.

    neuron_rates: rates ‖θ_i‖^{2−κ}, with which the law and the threshold of κ = 2 apply.
    horizon: the time at which the run ends in any case (a residual that nearly vanishes makes the
    next jump arbitrarily late).  Collapsed neurons are not reactivated; for diagonal networks use
    `diagonal_alternation`, which keeps the exact memory of a collapsed coordinate.
    """
    law = 2 if neuron_rates else network.degree
    norms = np.linalg.norm(start, axis=1)
    directions = start / norms[:, None]
    accumulated = np.zeros(len(start))
    limits = np.array([threshold(n, law) for n in norms])
    dormant = np.arange(len(start))
    active = np.zeros((0, start.shape[1]))
    time, events = 0.0, []
    while len(dormant) and network.loss(active) > tolerance and time < horizon:
        step = _utility_phase(
            network, directions, accumulated, norms, limits, active, law, horizon - time
        )
        if step is None:
            break
        wait, directions, accumulated = step
        time += wait
        chosen = accumulated >= limits * (1 - 1e-9)
        before = network.loss(active)
        active = network.minimise(np.vstack([active, directions[chosen]]))
        events.append(Activation(
            time=time, neurons=tuple(int(i) for i in dormant[chosen]), before=before,
            after=network.loss(active), active=active,
        ))
        keep = ~chosen
        dormant, directions, accumulated = dormant[keep], directions[keep], accumulated[keep]
        norms, limits = norms[keep], limits[keep]
    return events


def _utility_phase(
    network: Network, directions: Array, accumulated: Array, norms: Array, limits: Array,
    active: Array, law: int, horizon: float,
) -> tuple[float, Array, Array] | None:
    """Waiting time, directions and accumulated utilities at the next threshold; None if never."""
    m, n = directions.shape
    utilities = network.utilities(active)

    def field(_: float, state: Array) -> Array:
        d = state[: m * n].reshape(m, n)
        d = d / np.linalg.norm(d, axis=1, keepdims=True)
        values, gradients = utilities(d)
        tangent = gradients - np.sum(gradients * d, axis=1, keepdims=True) * d
        clock = norm_after(norms, state[m * n :], law) ** (law - 2)
        return np.concatenate([(clock[:, None] * tangent).ravel(), network.degree * values])

    def crossing(_: float, state: Array) -> float:
        return float(np.max(state[m * n :] - limits))

    crossing.terminal, crossing.direction = True, 1.0
    begin = np.concatenate([directions.ravel(), accumulated])
    found = solve_ivp(field, (0.0, horizon), begin, method="RK45", events=crossing, rtol=1e-5,
                      atol=1e-6)
    if not len(found.t_events[0]):
        return None
    state = found.y_events[0][0]
    d = state[: m * n].reshape(m, n)
    return float(found.t_events[0][0]), d / np.linalg.norm(d, axis=1, keepdims=True), state[m * n :]
