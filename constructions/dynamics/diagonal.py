"""Diagonal linear networks in floats: the alternation at a finite α, and the gradient flow.

Both work with ξ_i (u = √2α cosh ξ, v = √2α sinh ξ), so that α = 1e-100 is no smaller than 0.1: a
dormant coordinate is never represented by the tiny numbers u and v, which double precision would
re-seed by rounding once they fall below 2^{-53} of an active entry (`reseeded`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import nnls

Array = np.ndarray


@dataclass(frozen=True, kw_only=True)
class Step:
    """One jump: the time, the index that activates, and the coefficients after it."""

    time: float
    index: int
    coefficients: Array


def barrier(alpha_log: float) -> float:
    """|ξ| at norm 1: ½ arccosh(1/2α²), from ln α, without forming α²."""
    if alpha_log > -0.35:
        raise ValueError(f"expected α < 0.7, got ln α = {alpha_log}; the norm starts above 1")
    tiny = 4 * np.exp(4 * alpha_log)
    return -alpha_log + 0.5 * np.log((1 + np.sqrt(1 - tiny)) / 2)


def diagonal_alternation(
    gram: Array, moment: Array, alpha_log: float, *, most: int = 100, tolerance: float = 1e-9
) -> list[Step]:
    """The alternation with signed least squares and kept memory; gram (d, d), moment (d,)."""
    d, top = len(moment), barrier(alpha_log)
    factor = np.linalg.cholesky(gram + 1e-14 * np.trace(gram) * np.eye(d)).T
    target = np.linalg.solve(factor.T, moment)
    xi, beta, time, path = np.zeros(d), np.zeros(d), 0.0, []
    while len(path) < most:
        slope = gram @ beta - moment
        slope[np.abs(slope) < tolerance * np.abs(moment).max()] = 0.0
        if not slope.any():
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            waits = np.where(slope < 0, (top - xi) / -slope, (top + xi) / slope)
        waits[(slope == 0) | (waits < 1e-12 * top)] = np.inf
        index = int(np.argmin(waits))
        time += waits[index]
        xi = np.clip(xi - waits[index] * slope, -top, top)
        ends = np.flatnonzero(top - np.abs(xi) < 1e-9 * top)
        signs = np.sign(xi[ends])
        found, _ = nnls(factor[:, ends] * signs, target)
        beta = np.zeros(d)
        beta[ends] = found * signs
        path.append(Step(time=time, index=index, coefficients=beta))
    return path


def gradient_flow(
    gram: Array, moment: Array, alpha_log: float, times: Array, *, rtol: float = 1e-8
) -> Array:
    """β at the given times, (len(times), d): ξ' = −∇L(α² sinh 2ξ) by a stiff integrator."""
    d = len(moment)

    def grown(xi: Array) -> tuple[Array, Array]:
        # a trial step of the integrator may overshoot by far; accepted states never get there
        powers = np.minimum(2 * (alpha_log + np.stack([xi, -xi])), 300.0)
        return np.exp(powers[0]), np.exp(powers[1])

    def beta(xi: Array) -> Array:
        up, down = grown(xi)
        return 0.5 * (up - down)

    def field(_: float, xi: Array) -> Array:
        return moment - gram @ beta(xi)

    def jacobian(_: float, xi: Array) -> Array:
        up, down = grown(xi)
        return -gram * (up + down)[None, :]

    span = float(times[-1])
    found = solve_ivp(field, (0.0, span), np.zeros(d), method="Radau", t_eval=times,
                      jac=jacobian, rtol=rtol, atol=1e-10, max_step=span / 200)
    if not found.success:
        raise RuntimeError(f"the integrator gave up: {found.message}")
    return beta(found.y).T


def loss(gram: Array, moment: Array, beta: Array) -> Array:
    """L(β) − min L for β of shape (..., d)."""
    gap = beta - np.linalg.lstsq(gram, moment, rcond=None)[0]
    return 0.5 * np.einsum("...i,ij,...j->...", gap, gram, gap)


def reseeded(dormant: Array, largest_active: float) -> Array:
    """Which dormant entries are below the rounding error of the largest active one.

    Where this is true, double precision has replaced the mode by noise: integrate ξ instead.
    """
    return np.abs(dormant) < np.finfo(float).eps / 2 * abs(largest_active)
