"""Audits of trained networks, as whole processes and against evaluation in fractions.

Baseline: every logit of every input by `fractions.Fraction`, neuron by neuron, without symmetry
and without a common denominator.  Both give the same gaps; the run asserts it.  The networks are
cosine neurons with noise, in float32.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from verify.auditing import Audit, audit
from verify.auditing.behaviour import evaluate
from verify.auditing.distance import swaps
from verify.checker import check_document

WHOLE = (("quadratic", "u^2", 23, 512), ("ReLU", "relu", 23, 512), ("ReLU", "relu", 97, 1024))
GROWTH = tuple(
    sorted({*((p, 512) for p in (11, 23, 47, 97)), *((23, w) for w in (128, 256, 512, 1024, 2048))})
)
BASELINE = (
    (5, 16), (7, 32), (11, 64), (13, 128), (17, 256), (23, 512), (29, 814), (31, 931),
)  # fmt: skip
_AUDIT = "import sys; from verify import audit; found = audit(sys.argv[1], activation=sys.argv[2])"
_SUMMARY, _PAGE = "; found.summary()", "; from pathlib import Path; found.write(Path(sys.argv[3]))"
_WATCH = "; import resource as r; print(r.getrusage(r.RUSAGE_SELF).ru_maxrss)"


def _write(folder: Path, p: int, width: int) -> Path:
    rng = np.random.default_rng(p * width)
    frequencies, phases = rng.integers(1, (p - 1) // 2 + 1, width), rng.random(width)
    angles = np.outer(frequencies, np.arange(p)) / p
    u = np.cos(2 * np.pi * (angles + phases[:, None])) + 0.05 * rng.normal(size=(width, p))
    v = np.cos(2 * np.pi * (angles + 2 * phases[:, None])) + 0.05 * rng.normal(size=(width, p))
    path = folder / f"{p}-{width}.npz"
    np.savez(path, W_in=u.astype(np.float32), W_out=v.T.astype(np.float32))
    return path


def _process(script: str, *arguments: str) -> tuple[float, float, float]:
    """Wall and CPU seconds of a fresh interpreter, and its peak memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script + _WATCH, *arguments],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, cpu, int(done.stdout.split()[-1]) / 1024


def _seconds(function, *arguments):
    begin = time.process_time()
    value = function(*arguments)
    return time.process_time() - begin, value


def rational_gaps(found: Audit) -> dict[tuple[int, int], Fraction]:
    """Gaps of a ReLU network on all p² inputs, in fractions."""
    (u,), v = found.network.float_weights[0][:1], found.network.float_weights[1]
    first = [[Fraction(float(x)) for x in row] for row in u]
    output = [[Fraction(float(x)) for x in row] for row in v]
    p, gaps = len(output), {}
    for a in range(p):
        for b in range(p):
            hidden = [max(row[a] + row[b], Fraction(0)) for row in first]
            logits = [sum(w * h for w, h in zip(row, hidden, strict=True)) for row in output]
            label = logits.pop((a + b) % p)
            gaps[a, b] = label - max(logits)
    return gaps


def report(budget: float = 60.0) -> Iterator[str]:
    """Lines of a Markdown report.  budget: seconds that the baseline may take at one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield "### Audit of a trained network, whole processes\n"
        yield "From the start of the interpreter to the end; seconds by the clock and of CPU.\n"
        yield (
            "| network | p | width | audit and certificate check (s) | CPU (s) "
            "| with the page (s) | CPU (s) | peak memory (MiB) |"
        )
        yield "|---|--:|--:|--:|--:|--:|--:|--:|"
        for label, sigma, p, width in WHOLE:
            path = _write(folder, p, width)
            wall, cpu, _ = _process(_AUDIT + _SUMMARY, str(path), sigma)
            page, page_cpu, peak = _process(_AUDIT + _PAGE, str(path), sigma, str(folder / "out"))
            yield (
                f"| {label} | {p} | {width} | {wall:.2f} | {cpu:.2f} | {page:.2f} | {page_cpu:.2f} "
                f"| {peak:.0f} |"
            )
        yield "\n### Growth of a ReLU audit, seconds of CPU\n"
        yield "| p | width | exact gaps (s) | activation table (s) | certificate check (s) |"
        yield "|--:|--:|--:|--:|--:|"
        for p, width in GROWTH:
            found = audit(_write(folder, p, width), activation="relu")
            exact, _ = _seconds(lambda found=found: found.behaviour)
            table, _ = _seconds(swaps, found.network)
            document = found.certificate()
            checking, result = _seconds(check_document, document)
            assert result.accepted, result.reason
            yield f"| {p} | {width} | {exact:.3f} | {table:.2f} | {checking:.2f} |"
        yield "\n### Exact gaps against evaluation in fractions, ReLU, seconds of CPU\n"
        yield "| p | width | audit (s) | fractions (s) | ratio |"
        yield "|--:|--:|--:|--:|--:|"
        slow = work = 0.0
        for p, width in BASELINE:
            if slow * p**3 * width > budget * max(work, 1):
                yield f"| {p} | {width} | | over {budget:.0f} s expected | |"
                break
            found = audit(_write(folder, p, width), activation="relu")
            fast, behaviour = _seconds(evaluate, found.network)
            slow, gaps = _seconds(rational_gaps, found)
            work = p**3 * width
            assert all(behaviour.gaps[tuple(sorted(a))] == gap for a, gap in gaps.items())
            yield f"| {p} | {width} | {fast:.4f} | {slow:.2f} | {slow / fast:.0f} |"


if __name__ == "__main__":
    print("\n".join(report()))
