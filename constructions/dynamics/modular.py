"""Quadratic networks on modular addition with a general encoding, in floats.

f = Σ_i (⟨u_i, x_a⟩ + ⟨v_i, x_b⟩)² w_i on all p² pairs, target x_{a+b}; a neuron is a row (u, v, w).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

Array = np.ndarray


class QuadraticNetwork:
    """Utility, cost and gradient flow for an encoding x: (p,)."""

    degree = 3

    def __init__(self, x: Array, *, cost_time: float = 100.0) -> None:
        x = np.asarray(x, dtype=float)
        if x.ndim != 1 or abs(x.sum()) > 1e-9 * np.abs(x).max():
            raise ValueError("expected a mean-centred encoding of shape (p,); subtract its mean")
        self.p = len(x)
        self.cost_time = cost_time
        self.shifts = np.stack([np.roll(x, a) for a in range(self.p)])  # x_a, (p, p)
        index = np.add.outer(np.arange(self.p), np.arange(self.p)) % self.p
        self.labels = self.shifts[index]  # (p, p, p)

    def _parts(self, theta: Array) -> tuple[Array, Array]:
        u, v, w = np.split(theta, 3, axis=1)
        return (u @ self.shifts.T)[:, :, None] + (v @ self.shifts.T)[:, None, :], w

    def output(self, theta: Array) -> Array:
        """f on all pairs, (p, p, p)."""
        if not len(theta):
            return np.zeros_like(self.labels)
        pre, w = self._parts(theta)
        return np.tensordot(pre**2, w, axes=(0, 0))

    def loss(self, theta: Array) -> float:
        """½E‖y − f‖²."""
        return 0.5 * float(np.sum((self.labels - self.output(theta)) ** 2)) / self.p**2

    def utilities(self, active: Array) -> Callable[[Array], tuple[Array, Array]]:
        """E⟨f_i, r⟩ and its gradient for the residual that the active neurons leave."""
        residual = self.labels - self.output(active)
        return lambda directions: self._against(directions, residual)

    def _against(self, theta: Array, residual: Array) -> tuple[Array, Array]:
        pre, w = self._parts(theta)
        along = np.tensordot(w, residual, axes=(1, 2)) / self.p**2
        weighted = 2 * pre * along
        grad_u = weighted.sum(axis=2) @ self.shifts
        grad_v = weighted.sum(axis=1) @ self.shifts
        grad_w = np.tensordot(pre**2, residual, axes=((1, 2), (0, 1))) / self.p**2
        return np.sum(pre**2 * along, axis=(1, 2)), np.hstack([grad_u, grad_v, grad_w])

    def descent(self, theta: Array) -> Array:
        """The negative gradient of the loss, of the shape of theta."""
        return self._against(theta, self.labels - self.output(theta))[1]

    def minimise(self, active: Array) -> Array:
        """The cost flow for cost_time."""
        return self.flow(active, np.array([self.cost_time]), rtol=1e-4)[-1]

    def flow(self, start: Array, times: Array, *, rtol: float = 1e-6) -> Array:
        """Parameters of the gradient flow at the times, (len(times), H, 3p)."""
        shape = start.shape

        def field(_: float, state: Array) -> Array:
            return self.descent(state.reshape(shape)).ravel()

        with np.errstate(over="ignore", invalid="ignore"):  # of trial steps that are rejected
            found = solve_ivp(field, (0.0, float(times[-1])), start.ravel(), method="RK45",
                              t_eval=times, rtol=rtol, atol=1e-9)
        if not found.success:
            raise RuntimeError(f"the integrator gave up: {found.message}")
        return found.y.T.reshape(len(times), *shape)
