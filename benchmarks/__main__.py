"""Runs the benchmarks and writes ``benchmarks/RESULTS.md``.

``python -m benchmarks [NAME …]``: names are module names of this package; all by default.
Figures are seconds of one run on the machine named in the header; quote the ratios.
"""

from __future__ import annotations

import platform
import resource
import sys
from importlib import import_module
from pathlib import Path

MODULES = (
    "exact_margin",
    "symbolic_route",
    "column_generation",
    "voting",
    "groups",
    "enclosure",
    "training",
    "alternating",
    "modular_flow",
    "audit",
    "suite",
)
RESULTS = Path(__file__).with_name("RESULTS.md")


def main(names: list[str]) -> int:
    """Runs the named benchmarks; writes the results file when all of them ran."""
    unknown = [n for n in names if n not in MODULES]
    if unknown:
        print(f"unknown benchmark {unknown[0]!r}; expected one of {', '.join(MODULES)}")
        return 2
    lines = [
        "# Benchmark results",
        "",
        "`make bench` writes this file. Absolute times belong to the machine below; the ratios",
        "compare two routes to the same number in one run.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}.",
        "",
    ]
    for name in names or MODULES:
        for line in import_module(f"benchmarks.{name}").report():
            print(line, flush=True)
            lines.append(line)
        lines.append("")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"Peak memory of the benchmark process: {peak:.0f} MiB.")
    if not names:
        RESULTS.write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
