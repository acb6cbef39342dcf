"""Exact margins by symmetry against straightforward exhaustive exact evaluation.

Baseline: `constructions.margins.exhaustive_margin`, which evaluates every neuron on every
input in exact cyclotomic arithmetic.  Both compute the same number; the run asserts it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from constructions.margins import design_coefficients, exhaustive_margin, margin
from constructions.max_margin import fourier_network, printed_gamma
from constructions.numbers import EXACT
from constructions.tasks import SumTask

TARGETS = ((2, 97), (3, 31), (4, 13), (5, 7))
BASELINE_SIZES = {2: (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37), 3: (3, 5, 7, 11, 13, 17)}


def _seconds(function, *arguments):
    design_coefficients.cache_clear()
    begin = time.perf_counter()
    value = function(*arguments)
    return time.perf_counter() - begin, value


def report(budget: float = 60.0) -> Iterator[str]:
    """Lines of a Markdown report.  budget: seconds that the baseline may take at one size."""
    yield "### Exact margin of the max-margin network, by symmetry\n"
    yield "| k | p | width | inputs | seconds |"
    yield "|--:|--:|--:|--:|--:|"
    for k, p in TARGETS:
        network = fourier_network(SumTask.modular(p, k))
        seconds, found = _seconds(margin, network)
        assert found.value == printed_gamma(k, p, EXACT) * found.norm
        yield f"| {k} | {p} | {network.width} | {network.task.size} | {seconds:.2f} |"
    yield "\n### Growth against exhaustive exact evaluation\n"
    yield "| k | p | by symmetry (s) | exhaustive (s) | ratio |"
    yield "|--:|--:|--:|--:|--:|"
    for k, sizes in BASELINE_SIZES.items():
        expected = slow = 0.0
        for previous, p in zip((None, *sizes), sizes, strict=False):
            if previous is not None:
                # Work grows at least like width × inputs × labels.
                expected = slow * (p / previous) ** (k + 2)
            if expected > budget:
                yield f"| {k} | {p} | | over {budget:.0f} s expected | |"
                break
            network = fourier_network(SumTask.modular(p, k))
            fast, left = _seconds(margin, network)
            slow, right = _seconds(exhaustive_margin, network)
            assert left.value == right.value
            yield f"| {k} | {p} | {fast:.4f} | {slow:.2f} | {slow / fast:.0f} |"
