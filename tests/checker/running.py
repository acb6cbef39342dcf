"""Running the checker as a reader would: a fresh interpreter without any installed package."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKER = Path(__file__).resolve().parents[2] / "verify" / "checker"


def run_checker(
    *arguments: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`python -I -S verify/checker ARGUMENTS`."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=300, check=False,
    )


def write(path: Path, certificate: Any) -> Path:
    """The certificate as a JSON file."""
    path.write_text(json.dumps(certificate), encoding="utf-8")
    return path
