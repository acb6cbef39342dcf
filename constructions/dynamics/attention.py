"""Linear attention on in-context regression: the population gradient flow in floats.

Heads θ_i = (V_i, Q_i, K_i) with V_i real and Q_i, K_i ∈ R^D in an eigenbasis of the covariance;
M = ΣV_iQ_iK_iᵀ and −∂L/∂M = F with F_ij = Nλ_i²δ_ij − λ_iE_jM_ij, E_j = N((N+1)λ_j² + Tλ_j)
(arXiv:2506.06489, linear attention; N tokens, T the trace of the covariance).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp

Array = np.ndarray

# A component counts as learned from half of its final coefficient on, up to rounding.
_HALF = 0.4999


@dataclass(frozen=True, kw_only=True)
class Learning:
    """A run: when each component was learned (inf: never), and the heads' norms then.

    times: (D,), in the order of the eigenvalues; norms: (D, H), in the order of learning.
    """

    times: Array
    norms: Array


class LinearAttention:
    """H heads on a covariance with the given eigenvalues (D,), largest first."""

    def __init__(self, eigenvalues: Array, *, tokens: int) -> None:
        values = np.asarray(eigenvalues, dtype=float)
        if values.ndim != 1 or not (values > 0).all() or tokens < 1:
            raise ValueError(
                f"expected positive eigenvalues and at least one token, got {eigenvalues} and "
                f"{tokens}"
            )
        self.values, self.tokens = values, tokens
        self.weights = tokens * ((tokens + 1) * values**2 + values.sum() * values)
        self.final = 1 / (values.sum() + (tokens + 1) * values)

    def residual(self, matrix: Array) -> Array:
        """F = −∂L/∂M at M, (D, D)."""
        pull = np.diag(self.tokens * self.values**2)
        return pull - self.values[:, None] * matrix * self.weights[None, :]

    def matrices(self, heads: Array) -> Array:
        """M for heads (..., H, 1 + 2D)."""
        d = len(self.values)
        v, q, k = heads[..., 0], heads[..., 1 : 1 + d], heads[..., 1 + d :]
        return np.einsum("...h,...hi,...hj->...ij", v, q, k)

    def velocity(self, heads: Array, *, neuron_rates: bool = False) -> Array:
        """The flow's velocity of heads (H, 1 + 2D); neuron_rates: η_i = 1/‖θ_i‖."""
        d = len(self.values)
        force = self.residual(self.matrices(heads))
        v, q, k = heads[:, :1], heads[:, 1 : 1 + d], heads[:, 1 + d :]
        on_k, on_q = k @ force.T, q @ force
        rate = np.concatenate([np.sum(q * on_k, axis=1, keepdims=True), v * on_k, v * on_q], 1)
        return rate / np.linalg.norm(heads, axis=1, keepdims=True) if neuron_rates else rate

    def learn(self, start: Array, *, horizon: float, neuron_rates: bool = False) -> Learning:
        """Runs the flow from heads (H, 1 + 2D) until every component is learned, or the horizon."""
        shape, d = start.shape, len(self.values)

        def field(_: float, state: Array) -> Array:
            return self.velocity(state.reshape(shape), neuron_rates=neuron_rates).ravel()

        def lacking(_: float, state: Array) -> float:
            return float(np.max(0.5 * self.final - np.diag(self.matrices(state.reshape(shape)))))

        lacking.terminal = True
        scale = float(np.linalg.norm(start, axis=1).min())
        found = solve_ivp(field, (0.0, horizon), start.ravel(), method="LSODA", rtol=1e-6,
                          atol=1e-7 * scale, events=lacking)
        path = found.y.T.reshape(-1, *shape)
        reached = np.diagonal(self.matrices(path), axis1=1, axis2=2) >= _HALF * self.final
        when = np.where(reached.any(axis=0), reached.argmax(axis=0), len(path))
        clock = np.append(found.t, np.inf)
        rows = np.minimum(np.sort(when), len(path) - 1)
        return Learning(times=clock[when], norms=np.linalg.norm(path, axis=2)[rows[:d]])
