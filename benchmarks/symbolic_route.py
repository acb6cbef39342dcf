"""The symbolic route: value and structure of all max-margin networks, all admissible moduli.

Times the checker, because it is the checker that decides the family certificates.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from constructions.designs import ladder, quarter
from verify.checker import check_document
from verify.claims.fourier_circuits.common import GAMMA_VALUE

CONCLUSIONS = ["value", "form", "single-frequency", "no-frequency-spared", "unique-function"]


def _document(inputs, **design):
    return {
        "format": "verify-certificate/1",
        "kind": "margin-family",
        "claim": "benchmark",
        "groups": "odd-cyclic",
        "inputs": inputs,
        "value": {
            "numerator": GAMMA_VALUE["numerator"].node,
            "denominator": [t.node for t in GAMMA_VALUE["denominator"]],
        },
        "conclusions": CONCLUSIONS,
        **design,
    }


def report() -> Iterator[str]:
    """Lines of a Markdown report."""
    yield "### Symbolic route, all odd moduli at once\n"
    yield "| k | design | neurons per frequency | seconds |"
    yield "|--:|---|--:|--:|"
    total = 0.0
    cases = [
        (k, build.__name__, build(k)) for k in (2, 3, 4, 5) for build in (quarter, ladder)
    ]
    for k, name, design in cases:
        begin = time.perf_counter()
        result = check_document(_document(k, design=design.json()))
        seconds = time.perf_counter() - begin
        assert result.accepted, result.reason
        total += seconds
        yield f"| {k} | {name} | {design.size} | {seconds:.2f} |"
    begin = time.perf_counter()
    assert check_document(_document("all", factor=["0", "1/3", "2/3"])).accepted
    seconds = time.perf_counter() - begin
    yield f"| every k ≥ 2 | thirds | 3^k | {seconds:.4f} |"
    yield f"\nk = 2…5 together: {total:.2f} s.\n"
