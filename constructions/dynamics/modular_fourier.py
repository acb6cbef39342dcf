"""Quadratic networks on modular addition in Fourier coefficients, in floats.

f = Σ_i (⟨u_i, x_a⟩ + ⟨v_i, x_b⟩)² w_i depends on u and v through the frequencies of the encoding
only.  With s real modes of x̂ a neuron is (z, w, rest): z (2s) are the coordinates of u and v in
those modes, w (p) is the output, and rest is the norm of what is left of u and v.  The map is
linear on each part, keeps the norm, and rest never moves: the flow of the coordinates is the flow
of the network.  As functions of (a, b) outputs are combinations of products of two modes, a short
sum in place of a table of p² pairs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

Array = np.ndarray


class FourierNetwork:
    """Utility, cost and gradient flow for an encoding x: (p,), in the coordinates above.

    cost_time: how long the cost flow runs after an activation.  The notebook's 10⁴ steps of size
    0.01 with momentum 0.9 on the mean squared error are 100 units at p = 20.  The limit of the cost
    flow is another algorithm: the flow passes saddles that it leaves only after several hundred
    units, while the gradient flow of the network jumps elsewhere in the meantime.
    """

    degree = 3

    def __init__(self, x: Array, *, cost_time: float = 100.0) -> None:
        x = np.asarray(x, dtype=float)
        if x.ndim != 1 or abs(x.sum()) > 1e-9 * np.abs(x).max():
            raise ValueError("expected a mean-centred encoding of shape (p,); subtract its mean")
        if not cost_time > 0:
            raise ValueError(f"expected a positive cost_time, got {cost_time}")
        self.p = p = len(x)
        self.cost_time = cost_time
        angle = 2 * np.pi * np.arange(p) / p
        basis, sizes, modes, frequencies = [], [], [], []
        for k, value in enumerate(np.fft.fft(x)[: p // 2 + 1]):
            if abs(value) < 1e-9 * np.abs(x).max():
                continue
            for turn in (0.0,) if 2 * k == p else (0.0, np.pi / 2):
                scale = 1.0 if 2 * k == p else np.sqrt(2.0)
                basis.append(scale * np.cos(k * angle + np.angle(value) - turn) / np.sqrt(p))
                modes.append(scale * np.cos(k * angle - turn))
                sizes.append(abs(value) / np.sqrt(p))
                frequencies.append(k)
        self.basis = np.array(basis)  # (s, p), orthonormal rows
        self.size = len(sizes)
        self.frequencies = np.array(frequencies)  # (s,), of the modes
        self._expand(x, np.array(modes) * np.array(sizes)[:, None])

    def _expand(self, x: Array, modes: Array) -> None:
        """Products of two modes, and the target, in an orthonormal basis of functions of (a, b)."""
        p, s = self.p, self.size
        ones = np.ones(p)
        on_pairs = [np.multiply.outer(m, ones).ravel() for m in modes]
        on_pairs += [np.multiply.outer(ones, m).ravel() for m in modes]
        table = np.array(on_pairs)  # (2s, p²)
        products = (table[:, None, :] * table[None, :, :]).reshape(4 * s * s, p * p)
        _, values, rows = np.linalg.svd(products, full_matrices=False)
        rows = rows[values > 1e-9 * values[0]]  # (m, p²)
        index = np.subtract.outer(np.arange(p), np.add.outer(np.arange(p), np.arange(p))) % p
        self.products = products @ rows.T / p  # (4s², m)
        self.target = rows @ x[index].reshape(p, p * p).T / p  # (m, p)

    def coordinates(self, theta: Array) -> Array:
        """(H, 2s + p + 1) from rows (u, v, w) of shape (H, 3p)."""
        u, v, w = np.split(np.asarray(theta, dtype=float), 3, axis=1)
        inside = np.hstack([u @ self.basis.T, v @ self.basis.T])
        left = np.sum(u**2 + v**2, axis=1) - np.sum(inside**2, axis=1)
        return np.hstack([inside, w, np.sqrt(np.maximum(left, 0.0))[:, None]])

    def _features(self, state: Array) -> tuple[Array, Array, Array]:
        z, w = state[:, : 2 * self.size], state[:, 2 * self.size : -1]
        return z, w, (z[:, :, None] * z[:, None, :]).reshape(len(z), -1)

    def residual(self, active: Array) -> Array:
        """Target minus output, (m, p)."""
        if not len(active):
            return self.target
        _, w, squares = self._features(active)
        return self.target - (squares @ self.products).T @ w

    def loss(self, active: Array) -> float:
        """½E‖y − f‖²."""
        return 0.5 * float(np.sum(self.residual(active) ** 2))

    def utilities(self, active: Array) -> Callable[[Array], tuple[Array, Array]]:
        """Utilities and their gradients against the residual that the active neurons leave."""
        against = self.products @ self.residual(active)  # (4s², p)

        def evaluate(state: Array) -> tuple[Array, Array]:
            z, w, squares = self._features(state)
            outputs = squares @ against
            forms = (w @ against.T).reshape(len(z), z.shape[1], z.shape[1])
            gradient = np.empty_like(state)
            gradient[:, : z.shape[1]] = 2 * np.matmul(forms, z[:, :, None])[:, :, 0]
            gradient[:, z.shape[1] : -1] = outputs
            gradient[:, -1] = 0.0
            return np.sum(outputs * w, axis=1), gradient

        return evaluate

    def descent(self, state: Array) -> tuple[float, Array]:
        """The loss and the negative gradient."""
        z, w, squares = self._features(state)
        functions = squares @ self.products
        left = self.target - functions.T @ w
        forms = ((w @ left.T) @ self.products.T).reshape(len(z), z.shape[1], z.shape[1])
        gradient = np.empty_like(state)
        gradient[:, : z.shape[1]] = 2 * np.matmul(forms, z[:, :, None])[:, :, 0]
        gradient[:, z.shape[1] : -1] = functions @ left
        gradient[:, -1] = 0.0
        return 0.5 * float(np.sum(left**2)), gradient

    def hessian(self, state: Array) -> Array:
        """Second derivatives of the loss, (H, n, H, n) as a matrix."""
        z, w, squares = self._features(state)
        count, d = z.shape
        n, m = state.shape[1], self.products.shape[1]
        values = squares @ self.products  # (H, m)
        left = self.target - values.T @ w
        table = self.products.reshape(d, d * m)
        slopes = 2 * (z @ table).reshape(count, d, m)  # of the features along z
        flat = slopes.reshape(count * d, m)
        found = np.zeros((count, n, count, n))
        found[:, :d, :, :d] = (flat @ flat.T).reshape(count, d, count, d) * (w @ w.T)[
            :, None, :, None
        ]
        mixed = (flat @ values.T).reshape(count, d, count)[..., None] * w[:, None, None, :]
        forms = ((w @ left.T) @ self.products.T).reshape(count, d, d)
        bent = (flat @ left).reshape(count, d, self.p)
        own = np.arange(count)
        found[own, :d, own, :d] -= 2 * forms
        mixed[own, :, own, :] -= bent
        found[:, :d, :, d:-1] = mixed
        found[:, d:-1, :, :d] = mixed.transpose(2, 3, 0, 1)
        gram, each = values @ values.T, np.arange(d, n - 1)
        found[:, each, :, each] = gram
        return found.reshape(count * n, count * n)

    def minimise(self, active: Array) -> Array:
        """The cost flow for cost_time."""
        return self.flow(active, np.array([self.cost_time]), rtol=1e-3)[-1]

    def remaining(self, active: Array) -> dict[int, float]:
        """For each frequency of the encoding, the loss ½E‖·‖² of the outputs at that frequency."""
        along = np.sum((self.residual(active) @ self.basis.T) ** 2, axis=0) / 2
        return {int(k): float(along[self.frequencies == k].sum()) for k in set(self.frequencies)}

    def heavy_ball(
        self, start: Array, *, step: float, momentum: float, steps: int
    ) -> Array:
        """Losses before each of the steps and after the last: v ← momentum·v − ∇L, θ ← θ + step·v.

        Its n-th step is compared with the time n·step/(1 − momentum) of the gradient flow.
        """
        if not (step > 0 and 0 <= momentum < 1):
            raise ValueError(f"expected step > 0 and 0 ≤ momentum < 1, got {step} and {momentum}")
        state, velocity = np.array(start, dtype=float), np.zeros_like(start, dtype=float)
        losses = np.empty(steps + 1)
        for n in range(steps):
            losses[n], slope = self.descent(state)
            velocity = momentum * velocity + slope
            state = state + step * velocity
        losses[steps] = self.loss(state)
        return losses

    def flow(self, start: Array, times: Array, *, rtol: float = 1e-5) -> Array:
        """Coordinates of the gradient flow at the times, (len(times), H, n), by a stiff method."""
        shape = start.shape

        def field(_: float, state: Array) -> Array:
            return self.descent(state.reshape(shape))[1].ravel()

        def jacobian(_: float, state: Array) -> Array:
            return -self.hessian(state.reshape(shape))

        found = solve_ivp(field, (0.0, float(times[-1])), start.ravel(), method="BDF",
                          t_eval=times, rtol=rtol, atol=1e-3 * rtol, jac=jacobian)
        if not found.success:
            raise RuntimeError(f"the integrator gave up: {found.message}")
        return found.y.T.reshape(len(times), *shape)
