"""Majority voting: the flawed indicator for whole families of exact networks.

Baseline: `VotingNetwork.logits` at every pair, the direct sum over neurons in exact cyclotomic
arithmetic.  The fast route takes the logits from three profiles of length p; the run asserts
that both give the same numbers, and that these are the indicator's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

from constructions.voting import (
    VotingNetwork,
    equal_phases,
    indicator_table,
    require_diversified,
    voting_network,
)
from verify.checker import check_document
from verify.claims.modular_addition.indicator import steps
from verify.core.claim import Context

MODULI = range(3, 62, 2)
SIZES = range(1, 13)
BASELINE_SIZES = (3, 5, 7, 9, 11, 13, 15, 17, 19, 21)
_MAGNITUDES = {"alpha": Fraction(3, 2), "beta": Fraction(1, 3)}
_STRENGTH = Fraction(3, 4)


def _is_indicator(network: VotingNetwork, count: int) -> bool:
    """Whether all p³ logits are those of the indicator with aN = count·α²β, in integers."""
    table, scale = network.integer_table()
    total = _STRENGTH * count
    right = total.numerator * scale * indicator_table(network.modulus)
    return bool((8 * total.denominator * table == right).all())


def _symbolic() -> float:
    """Seconds of the checker for all odd moduli and all phases that meet the condition at once."""
    documents = [c for step in steps() for c in step.run(Context()).certificates.values()]
    begin = time.perf_counter()
    for document in documents:
        result = check_document(
            {"format": "verify-certificate/1", "claim": "benchmark", **document}
        )
        assert result.accepted, result.reason
    return time.perf_counter() - begin


def report(budget: float = 60.0) -> Iterator[str]:
    """Lines of a Markdown report.  budget: seconds that the baseline may take at one size."""
    yield "### The flawed indicator, exactly\n"
    yield "Every odd p ≤ 61; N ≤ 12 phases at multiples of 1/N or 1/(2N) turn at every frequency.\n"
    begin = time.perf_counter()
    admitted = refused = logits = 0
    for p in MODULI:
        for count in SIZES:
            for spacing in (Fraction(1, count), Fraction(1, 2 * count)):
                phases = equal_phases(count, spacing=spacing)
                network = voting_network(p, phases, **_MAGNITUDES)
                try:
                    require_diversified(network, exponents=(2, 1))
                except ValueError:
                    refused += 1
                    continue
                assert _is_indicator(network, count), (p, count, spacing)
                admitted, logits = admitted + 1, logits + p**3
    seconds = time.perf_counter() - begin
    yield (
        f"{admitted} networks that meet the condition, {logits} logits, all the indicator's: "
        f"{seconds:.1f} s. {refused} networks that violate it are refused by name.\n"
    )
    yield f"All odd moduli and all such phases at once, by certificate: {_symbolic():.2f} s.\n"
    yield "### Growth against the direct sum over neurons (N = 5)\n"
    yield "| p | neurons | profiles (s) | direct (s) | ratio |"
    yield "|--:|--:|--:|--:|--:|"
    slow = 0.0
    for previous, p in zip((None, *BASELINE_SIZES), BASELINE_SIZES, strict=False):
        if previous is not None and slow * (p / previous) ** 5 > budget:
            yield f"| {p} | | | over {budget:.0f} s expected | |"
            break
        network = voting_network(p, equal_phases(5), **_MAGNITUDES)
        begin = time.perf_counter()
        pairs = [(x, y) for x in range(p) for y in range(p)]
        fast_logits = [network.exact_logits(x, y) for x, y in pairs]
        fast = time.perf_counter() - begin
        begin = time.perf_counter()
        assert [network.logits(x, y) for x, y in pairs] == fast_logits
        slow = time.perf_counter() - begin
        yield f"| {p} | {len(network.neurons)} | {fast:.3f} | {slow:.2f} | {slow / fast:.0f} |"
