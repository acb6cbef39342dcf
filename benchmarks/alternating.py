"""The alternation against the full gradient flow, and how fast they approach each other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from constructions.dynamics.diagonal import (
    diagonal_alternation,
    gradient_flow,
    loss,
)

# The notebook's five-dimensional design, with its seed and initialisation scales.
_SCALES = (-2, -4, -8, -16, -100)


def design() -> tuple[np.ndarray, np.ndarray]:
    """Gram matrix (5, 5) and moment (5,) of the notebook's second example."""
    random = np.random.RandomState(10)
    covariance = np.diag(1 / np.arange(1, 6))
    x = random.multivariate_normal(np.zeros(5), covariance, size=20)
    y = x @ (10 * random.randn(5))
    return x.T @ x / 20, x.T @ y / 20


def half_drops(gram: np.ndarray, moment: np.ndarray, scale: float) -> tuple[list, list]:
    """Predicted jump times, and the times at which the flow has lost half of each drop."""
    jumps = diagonal_alternation(gram, moment, scale)
    times = np.linspace(0, 1.3 * jumps[-1].time, 4001)
    measured = loss(gram, moment, gradient_flow(gram, moment, scale, times))
    plateaus = [np.zeros(len(moment)), *[j.coefficients for j in jumps]]
    levels = loss(gram, moment, np.array(plateaus))
    found = []
    for above, below in pairwise(levels):
        found.append(float(times[np.argmax(measured < (above + below) / 2)]))
    return [float(j.time) for j in jumps], found


def report() -> Iterator[str]:
    """Lines of a Markdown report."""
    gram, moment = design()
    yield "### Alternation against gradient flow, diagonal network, d = 5\n"
    yield "| α | alternation, s | gradient flow in ξ, s | ratio | largest error of a time |"
    yield "|--:|--:|--:|--:|--:|"
    for power in _SCALES:
        scale = power * np.log(10.0)
        repeats = 20
        begin = time.perf_counter()
        for _ in range(repeats):
            jumps = diagonal_alternation(gram, moment, scale)
        fast = (time.perf_counter() - begin) / repeats
        begin = time.perf_counter()
        gradient_flow(gram, moment, scale, np.linspace(0, 1.3 * jumps[-1].time, 2001))
        slow = time.perf_counter() - begin
        predicted, measured = half_drops(gram, moment, scale)
        error = max(abs(m / p - 1) for p, m in zip(predicted, measured, strict=True))
        yield f"| 1e{power} | {fast:.5f} | {slow:.3f} | {slow / fast:.0f} | {error:.4f} |"
    yield "\nThe error is that of the flow's half-drop times, relative to the jumps.\n"
