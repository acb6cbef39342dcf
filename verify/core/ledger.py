"""The evidence ledger: one JSON document, the single source of every rendering."""

from __future__ import annotations

import json
import platform
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from verify.core.resume import Entry
from verify.core.settings import Settings
from verify.core.verdict import Verdict

SCHEMA = "verify-ledger/1"
_PACKAGES = (
    "numpy",
    "scipy",
    "sympy",
    "cvxpy",
    "highspy",
    "clarabel",
    "hypothesis",
    "python-flint",
)


def assemble(
    entries: Sequence[Entry], settings: Settings, *, started: datetime | None = None
) -> dict[str, Any]:
    """The ledger of a run.

    Links between a statement and its correction are kept when both are in the ledger.
    started: when the run began (UTC); now, if left out.
    """
    ids = {entry["id"] for entry in entries}
    return {
        "schema": SCHEMA,
        "provenance": _provenance(settings, started or datetime.now(UTC)),
        "claims": [
            {**e, **{k: None for k in ("corrects", "corrected_by") if e[k] not in ids}}
            for e in entries
        ],
        "summary": summarise(entries),
    }


def summarise(claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts over a ledger's claims.

    A certificate counts once for every evidence that lists it; verdicts nobody got are left out.
    """
    verdicts = Counter(claim["verdict"] for claim in claims)
    mutants = [m for claim in claims for m in claim["mutants"]]
    records = [c for claim in claims for e in claim["evidence"] for c in e["certificates"]]
    accepted = sum(record["accepted"] for record in records)
    return {
        "by_verdict": {v.value: verdicts[v.value] for v in Verdict if verdicts[v.value]},
        "mutants": {"killed": sum(m["killed"] for m in mutants), "total": len(mutants)},
        "certificates": {"accepted": accepted, "rejected": len(records) - accepted},
    }


def write(ledger: dict[str, Any], path: Path) -> None:
    """Writes a ledger as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Compact: a registry of a thousand claims takes megabytes, and programs read it.
    path.write_text(json.dumps(ledger, separators=(",", ":"), ensure_ascii=False) + "\n")


def read(path: Path) -> dict[str, Any]:
    """Reads a ledger; the error says what was expected and what came."""
    try:
        ledger = json.loads(path.read_text())
    except FileNotFoundError:
        raise FileNotFoundError(f"no ledger at {path}; `verify run --out DIR` writes one") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not a JSON ledger: {error}") from None
    if not isinstance(ledger, dict) or ledger.get("schema") != SCHEMA:
        came = ledger.get("schema") if isinstance(ledger, dict) else type(ledger).__name__
        raise ValueError(f"{path}: expected schema {SCHEMA!r}, got {came!r}")
    return ledger


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _commit() -> str:
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def _provenance(settings: Settings, started: datetime) -> dict[str, Any]:
    from verify import __version__

    return {
        "suite_version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "commit": _commit(),
        "seed": settings.seed,
        "profile": settings.profile,
        "started": started.isoformat(timespec="seconds"),
        "packages": {name: _version(name) for name in _PACKAGES},
    }
