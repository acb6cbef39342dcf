"""Training the official `standard` configuration (p = 23, width 512, ReLU, full batch, AdamW).

Baseline: a plain PyTorch loop of the same network on the same cores, the faster of two ways to
write it and of one and all threads.  PyTorch is no dependency; the baseline needs

    python -m venv benchmarks/.venv-torch
    benchmarks/.venv-torch/bin/pip install torch==2.13.0 numpy

and is left out, with the reason, where that is absent.  The two are measured in turn in one run,
and the least time of each counts, since other work on the machine only ever adds to a time.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from verify.claims.configurations import named
from verify.methods.training.beginnings import initial_tensors
from verify.methods.training.engine import Engine, engine_of

TORCH = Path(__file__).with_name(".venv-torch") / "bin" / "python"
STEPS, SEEDS = 40, 8
VARIANTS = ("one-hot", "index")
DTYPES = ("float64", "float32")


class _Baseline:
    """The PyTorch process; it answers one command at a time and rests in between."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("training_torch.py")
        self._process = subprocess.Popen(
            [str(TORCH), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *command: Any) -> Any:
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        time.sleep(0.02)  # PyTorch's idle threads spin for a while, and would take a core from us
        return answer

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


def _advancing(engine: Engine, seeds: int) -> Callable[[], None]:
    """Advances that many networks by STEPS, at the same time as far as there are cores."""
    states = [engine.begin([seed]) for seed in range(seeds)]
    fixed = [engine.data([seed]) for seed in range(seeds)]
    pool = ThreadPoolExecutor(len(os.sched_getaffinity(0)))

    def one(i: int) -> None:
        states[i], _ = engine.advance(states[i], fixed[i], records=1, stride=STEPS)

    def run() -> None:
        list(pool.map(one, range(seeds)))

    run()
    return run


def _seconds(function: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def report(rounds: int = 25) -> Iterator[str]:
    """Lines of a Markdown report."""
    yield "### Training p = 23, width 512, ReLU, full batch\n"
    cores = len(os.sched_getaffinity(0))
    least: dict[Any, float] = {}

    def note(key: Any, seconds: float) -> None:
        least[key] = min(least.get(key, np.inf), seconds / STEPS)

    baseline = _Baseline() if TORCH.exists() else None
    if baseline is None:
        yield "No PyTorch baseline: there is no benchmarks/.venv-torch.\n"
    else:
        yield f"Same losses as PyTorch, float64, 100 steps: {_agreement(baseline):.1e} apart.\n"
    engines = {d: engine_of(named("he.standard", 23).but(dtype=d)) for d in DTYPES}
    jobs = {(d, n): _advancing(engines[d], n) for d in DTYPES for n in (1, SEEDS)}
    for _ in range(rounds):
        for key, job in jobs.items():
            note(key, _seconds(job))
        if baseline is None:
            continue
        for dtype in DTYPES:
            for variant in VARIANTS:
                for threads in {1, cores}:
                    seconds = baseline.ask("steps", variant, dtype, threads, STEPS)
                    note(("torch", dtype, variant, threads), seconds)
    if baseline is not None:
        baseline.close()
    yield "| precision | steps/s | PyTorch steps/s | ratio | 8 seeds ÷ 1 seed (time) |"
    yield "|---|--:|--:|--:|--:|"
    for dtype in DTYPES:
        single, eight = least[dtype, 1], least[dtype, SEEDS]
        plain = min((t for k, t in least.items() if k[:2] == ("torch", dtype)), default=np.nan)
        yield (
            f"| {dtype} | {1 / single:.0f} | {1 / plain:.0f} | {plain / single:.2f} "
            f"| {eight / single:.2f} |"
        )
    if baseline is not None:
        plain = min(t for k, t in least.items() if k[:2] == ("torch", "float32"))
        yield (
            f"\nThe engine's default, float64, against PyTorch's default, float32: "
            f"{plain / least['float64', 1]:.2f}."
        )
        yield "\nPyTorch, ms a step: " + "; ".join(
            f"{k[1]} {k[2]} {k[3]} thread{'s' * (k[3] > 1)} {1e3 * t:.2f}"
            for k, t in sorted(least.items(), key=str)
            if k[0] == "torch"
        )


def _agreement(baseline: _Baseline) -> float:
    """The largest difference of losses from the same weights."""
    configuration = named("he.standard", 23).but(record_every=1, checkpoint_every=100, steps=100)
    engine = engine_of(configuration)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        np.savez(path, **initial_tensors(configuration, 0))
        theirs = np.array(baseline.ask("loss", str(path), 100))
    _, metrics = engine.advance(engine.begin([0]), engine.data([0]), records=100, stride=1)
    ours = metrics[0, :, engine.names.index("train_loss")]
    return float(abs(ours[:-1] - theirs[1:]).max())
