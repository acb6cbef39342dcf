"""The single-neuron oracle as a search: maximise a degree-(k+1) polynomial on a sphere.

For a distribution Q on (input x, label y, wrong label y') put
R[x, c] = Q(x, c as label) − Q(x, c as wrong label).  A neuron (u, w) is then worth

    J(u, w) = Σ_x (Σ_j u_j(x_j))^k Σ_c R[x, c] w(c).

Everything here proposes: the best of many local maxima is a lower estimate of V(Q).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np


@final
@dataclass(frozen=True)
class PayoffPolynomial:
    """J for given inputs.  positions: (X, k) integers in [0, n); coefficients R: (X, n)."""

    positions: np.ndarray
    coefficients: np.ndarray

    def __post_init__(self) -> None:
        if self.positions.ndim != 2 or len(self.positions) != len(self.coefficients):
            raise ValueError(
                "expected positions of shape (X, k) and coefficients of shape (X, n), got "
                f"{self.positions.shape} and {self.coefficients.shape}"
            )

    @property
    def inputs(self) -> int:
        """k."""
        return self.positions.shape[1]

    @property
    def labels(self) -> int:
        """n."""
        return self.coefficients.shape[1]

    def one_hot(self) -> np.ndarray:
        """E: (X, k·n) with Σ_j u_j(x_j) = E u for the concatenated u."""
        count, k = self.positions.shape
        hot = np.zeros((count, k, self.labels))
        for j in range(k):
            hot[np.arange(count), j, self.positions[:, j]] = 1.0
        return hot.reshape(count, k * self.labels)

    def value(self, neuron: np.ndarray) -> float:
        """J at (u_1, …, u_k, w) given as rows of an array (k+1, n)."""
        inner = self.one_hot() @ neuron[:-1].ravel()
        return float(inner**self.inputs @ self.coefficients @ neuron[-1])


@final
@dataclass(frozen=True, kw_only=True)
class Search:
    """Multi-start alternating ascent on the unit sphere.

    For fixed u the best w is the direction of ∂J/∂w, and the best split of the norm is
    ‖u‖² = k/(k+1), ‖w‖² = 1/(k+1) because J has degree k in u and 1 in w.  What remains,
    maximising ‖∂J/∂w‖ over unit u, is a shifted power iteration u ← ∂J/∂u + α u: a large
    enough shift α makes the step an ascent, so α grows after a failed step and shrinks
    after a good one.

    starts: random starts; steps: iterations per start at most.
    """

    starts: int = 48
    steps: int = 2000

    def maximise(
        self,
        polynomial: PayoffPolynomial,
        generator: np.random.Generator,
        hints: np.ndarray | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Values, best first, and unit-norm neurons (starts + hints, k+1, n).

        hints: more places to start from, (any number, k+1, n).
        """
        k, n = polynomial.inputs, polynomial.labels
        hot, table = polynomial.one_hot(), polynomial.coefficients
        u = generator.standard_normal((self.starts, k * n))
        if hints is not None and len(hints):
            u = np.concatenate([hints[:, :-1].reshape(len(hints), k * n), u])
        u = _unit(u)
        inner = u @ hot.T
        slope = inner**k @ table
        height = np.linalg.norm(slope, axis=1)
        shift, idle = np.zeros(len(u)), np.zeros(len(u), dtype=int)
        for _ in range(self.steps):
            w = _unit(slope)
            gradient = k * (inner ** (k - 1) * (w @ table.T)) @ hot
            trial = _unit(gradient + shift[:, None] * u)
            trial_inner = trial @ hot.T
            trial_slope = trial_inner**k @ table
            trial_height = np.linalg.norm(trial_slope, axis=1)
            better = trial_height > height
            small = trial_height <= height * (1 + 1e-14)
            idle = np.where(small, idle + 1, 0)
            shift = np.where(better, shift / 4, 2 * shift + height)
            u = np.where(better[:, None], trial, u)
            inner = np.where(better[:, None], trial_inner, inner)
            slope = np.where(better[:, None], trial_slope, slope)
            height = np.maximum(height, trial_height)
            if (idle > 12).all():
                break
        length_u, length_w = (k / (k + 1)) ** 0.5, (1 / (k + 1)) ** 0.5
        neurons = np.concatenate(
            [length_u * u.reshape(-1, k, n), length_w * _unit(slope)[:, None]], axis=1
        )
        values = length_u**k * length_w * height
        order = np.argsort(-values, kind="stable")
        return values[order], neurons[order]


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows scaled to length 1; a zero row (a stationary point of J) stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
