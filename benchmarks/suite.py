"""The whole registry in the quick profile, as a whole process: time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator


def report() -> Iterator[str]:
    """Lines of a Markdown report."""
    yield "### The registry in the quick profile, fresh, two jobs\n"
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        command = [sys.executable, "-m", "verify.cli", "run", "--jobs", "2", "--out", folder]
        done = subprocess.run(command, capture_output=True, text=True)
        seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield f"Exit code {done.returncode}, {seconds:.0f} s, largest process {peak:.0f} MiB.\n"
