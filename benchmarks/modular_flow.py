"""The notebook's problem on modular addition: alternation, gradient flow and gradient descent.

p = 20, x̂ = 10, 5, 2.5 at k = ±1, ±3, ±5, 18 neurons.  Also measures its staircases for
``docs/staircases.md``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from constructions.dynamics.alternating import Activation, alternate
from constructions.dynamics.modular import QuadraticNetwork
from constructions.dynamics.modular_fourier import FourierNetwork

Array = np.ndarray
_P, _NEURONS = 20, 18
_AMPLITUDES = {1: 10.0, 3: 5.0, 5: 2.5}
_TO_MSE = 2 / _P
_END = 1e-3  # mean squared error
_RATE, _MOMENTUM = 0.01, 0.9
_SCALES = (3e-2, 1e-2, 3e-3)
_SEEDS = range(8)


def encoding() -> Array:
    """x: (p,)."""
    spectrum = np.zeros(_P)
    for k, value in _AMPLITUDES.items():
        spectrum[k] = spectrum[-k] = value
    return np.fft.ifft(spectrum).real


def start(seed: int, scale: float) -> Array:
    """Rows (u, v, w), (18, 60), with the notebook's variances."""
    random = np.random.default_rng(seed)
    uv = random.normal(size=(_NEURONS, 2 * _P)) / np.sqrt(2 * _P)
    return scale * np.hstack([uv, random.normal(size=(_NEURONS, _P)) / np.sqrt(_P)])


def descent_steps(network: FourierNetwork, state: Array, limit: int) -> int:
    """Steps of the notebook's descent until the mean squared error is below _END."""
    velocity = np.zeros_like(state)
    for step in range(limit):
        value, direction = network.descent(state)
        if value * _TO_MSE < _END:
            return step
        velocity = _MOMENTUM * velocity + _TO_MSE * direction
        state = state + _RATE * velocity
    return limit


def _alternation(network: FourierNetwork, state: Array) -> list[Activation]:
    return alternate(network, state, tolerance=_END / _TO_MSE)


def report() -> Iterator[str]:
    """Lines of a Markdown report, from a process with one thread: the matrices are small, and
    threads of several routines that wait for each other would be measured instead."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "benchmarks.modular_flow"]
    done = subprocess.run(
        command, env=os.environ | one, capture_output=True, text=True, check=True
    )
    yield from done.stdout.splitlines()


def timings() -> Iterator[str]:
    """Seconds for the same weights down to the same error."""
    yield "### Alternation against gradient flow, modular addition, p = 20, 18 neurons\n"
    yield "Float64, one start at α = 1e-2, until the mean squared error is below 1e-3.\n"
    yield "| method | seconds | over the alternation's |"
    yield "|:--|--:|--:|"
    theta = start(0, 1e-2)
    network, table = FourierNetwork(encoding()), QuadraticNetwork(encoding())
    state = network.coordinates(theta)
    begin = time.perf_counter()
    jumps = _alternation(network, state)
    fast = time.perf_counter() - begin
    yield f"| alternation, {len(jumps)} jumps, Fourier coefficients | {fast:.2f} | 1 |"
    begin = time.perf_counter()
    network.flow(state, np.array([1.05 * jumps[-1].time]))
    stiff = time.perf_counter() - begin
    yield f"| gradient flow, BDF with exact Jacobian, Fourier | {stiff:.2f} | {stiff / fast:.1f} |"
    begin = time.perf_counter()
    steps = descent_steps(network, state, 1_000_000)
    descent = time.perf_counter() - begin
    yield (f"| the notebook's descent, {steps} steps, Fourier | {descent:.1f} | "
           f"{descent / fast:.0f} |")
    begin = time.perf_counter()
    for _ in range(300):
        table.descent(theta)
    each = (time.perf_counter() - begin) / 300
    yield (f"| the same steps on the table of p² pairs, from 300 steps | {each * steps:.0f} | "
           f"{each * steps / fast:.0f} |")


# -- staircases --------------------------------------------------------------------------------


def half_times(network: FourierNetwork, times: Array, states: list[Array]) -> dict[int, float]:
    """For each frequency the first time at which half of its loss is gone; infinite if never."""
    whole = network.remaining(states[0][:0])
    found = {}
    for k, all_of_it in whole.items():
        gone = [network.remaining(s)[k] < all_of_it / 2 for s in states]
        found[k] = float(times[int(np.argmax(gone))]) if any(gone) else float("inf")
    return found


def measure(seed: int, scale: float) -> tuple[list[Activation], Array, Array]:
    """Jumps, and times with mean squared errors and half times of the flow."""
    network = FourierNetwork(encoding())
    state = network.coordinates(start(seed, scale))
    jumps = _alternation(network, state)
    times = np.linspace(0, 1.5 * jumps[-1].time, 3001)
    return jumps, times, network.flow(state, times)


def section(figure: Path) -> list[str]:
    """The page's part on modular addition; draws the figure."""
    network = FourierNetwork(encoding())
    lines, curves = [], []
    for scale in _SCALES:
        ratios: dict[int, list[float]] = {k: [] for k in _AMPLITUDES}
        orders, same, levels = 0, 0, []
        for seed in _SEEDS:
            jumps, times, states = measure(seed, scale)
            flow = half_times(network, times, list(states))
            moments = np.array([0.0, *[j.time for j in jumps]])
            predicted = half_times(
                network, moments, [states[0][:0], *[j.active for j in jumps]]
            )
            for k in _AMPLITUDES:
                ratios[k].append(flow[k] / predicted[k])
            in_order = [sorted(t, key=t.__getitem__) for t in (flow, predicted)]
            same += in_order[0] == in_order[1]
            orders += in_order[0] == sorted(_AMPLITUDES)
            losses = _TO_MSE * np.array([network.loss(s) for s in states])
            levels.append(_at_plateaus(flow, times, losses) + _at_plateaus(
                predicted, moments, _TO_MSE * np.array([jumps[0].before, *[j.after for j in jumps]])
            ))
            if seed == 0:
                curves.append((scale, jumps, times, losses))
        lines += _rows(scale, ratios, orders, same, np.array(levels))
    _draw(figure, curves)
    return [
        "## Modular addition",
        "",
        "The notebook's problem: p = 20, x̂ = 10, 5, 2.5 at k = 1, 3, 5 (and −k), 18 neurons, "
        "uniform",
        "rate. The alternation runs with the same start at the same α. Its cost phase is the cost",
        "flow for 100 units of time, which are the notebook's 10⁴ steps, and not its limit. The",
        "measurement is the gradient flow of the whole network, by a stiff method in Fourier",
        "coefficients. A frequency is learned when half of its loss is gone.",
        "",
        "![Error over rescaled time](figures/staircases-modular.svg)",
        "",
        f"{len(_SEEDS)} starts. Times: the flow's over the alternation's, median and range over "
        "the starts.",
        "Levels: the mean squared error midway (in time) to the next frequency, medians of flow",
        "and alternation; the notebook's formula gives 0.15625 after k = 1, 0.03125 after k = 3.",
        "“Late”: the flow has not learned the frequency after 1.5 times the alternation's run.",
        "",
        "| α | k | time, flow / alternation | level, flow | level, alternation |",
        "|--:|--:|--:|--:|--:|",
        *[line for line in lines if line.startswith("|")],
        "",
        *[line for line in lines if not line.startswith("|")],
        "",
        "The order agrees, and so does the time of the first frequency. The times of the later",
        "frequencies scatter around the prediction by about a factor of two at every α, with no",
        "sign of convergence at these scales. A level below the formula's means that part of the",
        "next frequency is already learned midway.",
        "",
    ]


def _at_plateaus(found: dict[int, float], times: Array, losses: Array) -> list[float]:
    """Errors midway between the half times of consecutive frequencies."""
    moments = sorted(found.values())
    middle = [(a + b) / 2 for a, b in pairwise(moments)]
    return [float(losses[np.searchsorted(times, t, side="right") - 1]) for t in middle]


def _rows(
    scale: float, ratios: dict[int, list[float]], orders: int, same: int, levels: Array
) -> list[str]:
    middle = np.median(levels, axis=0)
    rows = []
    for position, (k, values) in enumerate(ratios.items()):
        level = ("", "")
        if position < len(_AMPLITUDES) - 1:
            level = (f"{middle[position]:.5f}", f"{middle[position + 2]:.5f}")
        last = f"{max(values):.3f}" if np.isfinite(max(values)) else "late"
        rows.append(f"| {scale:g} | {k} | {np.median(values):.3f} ({min(values):.3f} to {last}) | "
                    f"{level[0]} | {level[1]} |")
    count = len(_SEEDS)
    rows.append(f"- α = {scale:g}: the flow learns 1, 3, 5 in this order in {orders} of {count} "
                f"starts,\n  and in the alternation's order in {same} of {count}.")
    return rows


def _draw(path: Path, curves: list[tuple]) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams["svg.hashsalt"] = "staircases"
    fig, axes = plt.subplots(figsize=(7, 3.6))
    for (scale, jumps, times, losses), color in zip(curves, ("C0", "C1", "C2"), strict=True):
        every = slice(None, None, 4)
        axes.plot(scale * times[every], losses[every], color=color, linewidth=1,
                  label=f"gradient flow, α = {scale:g}")
        moments = [0.0, *[j.time for j in jumps], times[-1]]
        levels = _TO_MSE * np.array([jumps[0].before, *[j.after for j in jumps], jumps[-1].after])
        axes.step(scale * np.array(moments), levels, where="post", color=color, linewidth=1,
                  linestyle="--", label="alternation")
    axes.set(xlabel="α · t", ylabel="mean squared error", yscale="log", ylim=(5e-4, 1))
    axes.legend(fontsize=7)
    fig.tight_layout()
    fig.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    for row in timings():
        print(row)
