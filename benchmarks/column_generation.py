"""The maximum margin by column generation, certified on both sides.

Baseline: the same column generation on the dense problem, which knows no symmetry: one row per
(input, wrong label), arbitrary neurons, a search as oracle.  It reaches the same value with
floats only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

from constructions.groups import AbelianGroup
from constructions.numbers import FLOAT
from constructions.tasks import SumTask
from verify.formula import evaluate
from verify.methods.convex import (
    AbelianSumProblem,
    DenseSumProblem,
    Search,
    certify,
    generate_columns,
)

TOLERANCE = Fraction(1, 10**6)
CASES = (
    *(((p,), 2) for p in range(2, 17)),
    *(((p,), 3) for p in range(2, 10)),
    *(((2, 2), k) for k in (2, 3)),
    *(((2, 4), k) for k in (2, 3)),
    *(((3, 3), k) for k in (2, 3)),
)
BASELINE_CASES = (((2,), 2), ((3,), 2), ((2,), 3), ((3,), 3))


def _run(problem, **options):
    begin = time.perf_counter()
    found = generate_columns(problem, **options)
    return time.perf_counter() - begin, found


def report() -> Iterator[str]:
    """Lines of a Markdown report."""
    _run(AbelianSumProblem(group=AbelianGroup((2,)), inputs=1))  # loads the solvers
    yield "### Maximum margin by column generation\n"
    yield (
        "| group | k | programs | neurons | propose (s) | certify (s) | certified gap | network "
        "| bound | searched V ÷ closed form |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|---|---|--:|"
    begin = time.perf_counter()
    for orders, k in CASES:
        problem = AbelianSumProblem(group=AbelianGroup(orders), inputs=k)
        proposing, found = _run(problem)
        start = time.perf_counter()
        bracket = certify(problem, found, tolerance=TOLERANCE)
        certifying = time.perf_counter() - start
        assert bracket.closed, bracket.reason
        searching = AbelianSumProblem(group=problem.group, inputs=k, search=Search())
        _, searched = _run(searching, pool=found.state.pool, iterations=0)
        verdicts = " | ".join(
            "accepted" if bracket.verdicts[name].accepted else "rejected"
            for name in ("network", "bound")
        )
        yield (
            f"| {problem.group} | {k} | {len(found.history)} | {len(found.state.pool)} "
            f"| {proposing:.3f} | {certifying:.3f} | {float(bracket.gap):.1e} | {verdicts} "
            f"| {searched.bound / found.bound:.9f} |"
        )
    yield f"\nAll {len(CASES)} cases, searches included: {time.perf_counter() - begin:.1f} s.\n"
    yield "### Against the problem without symmetry\n"
    yield "| group | k | rows | dense rows | reduced (s) | dense (s) | ratio | dense ÷ reduced t |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for orders, k in BASELINE_CASES:
        problem = AbelianSumProblem(group=AbelianGroup(orders), inputs=k)
        dense = DenseSumProblem(task=SumTask(problem.group, k))
        fast, left = _run(problem)
        slow, right = _run(dense, tolerance=1e-4)
        unit = evaluate(problem.unit, FLOAT, {"k": k, "n": problem.group.order})
        yield (
            f"| {problem.group} | {k} | {len(problem.rows)} | {len(dense.rows)} | {fast:.4f} "
            f"| {slow:.2f} | {slow / fast:.0f} | {right.value / (left.value * unit):.6f} |"
        )


if __name__ == "__main__":
    print("\n".join(report()))
