"""Every stored certificate, put to the independent checker in a bare interpreter.

The checker runs as ``python -I -S verify/checker``: without installed packages, without the
rest of the suite, without environment variables.  Its answer is what counts; the ledger is only
asked whether the files are the ones that were judged when it was written.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_CHECKER = Path(__file__).resolve().parent / "checker"
_BATCH = 50


class Digest(Enum):
    """How a file compares with its sha256 in the ledger; the value is the word shown."""

    SAME = "as in the ledger"
    DIFFERENT = "not the file in the ledger"
    UNLISTED = "not in the ledger"
    NO_LEDGER = "no ledger"


class NothingToCheck(LookupError):
    """The folder holds no certificate."""


@dataclass(frozen=True, kw_only=True)
class Rechecked:
    """One certificate: what the checker said, and whether the ledger knows this file."""

    file: Path
    accepted: bool
    reason: str
    digest: Digest

    @property
    def ok(self) -> bool:
        """Accepted, and not another file than the ledger's."""
        return self.accepted and self.digest is not Digest.DIFFERENT


def recheck(
    folder: Path, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[Rechecked]:
    """Checks every certificate below a folder, in the order of their paths.

    folder: a report's folder (its ``certificates`` are checked), or a folder of certificates.
    A certificate that the ledger lists and that is not there is rejected.

    Raises:
        NothingToCheck: when there is none.
        ValueError: when there is a ledger that cannot be read.
    """
    if not folder.is_dir():
        raise NothingToCheck(f"expected a folder, got {folder}, which is none")
    ledger = (folder.parent if folder.name == "certificates" else folder) / "ledger.json"
    # Beside a ledger there is other JSON, which is no certificate.
    inside = folder / "certificates"
    below = inside if inside.is_dir() or (ledger.parent == folder and ledger.is_file()) else folder
    files = sorted(below.rglob("*.json"))
    listed = _listed(ledger) if ledger.is_file() else None
    missing = sorted(set(listed or {}) - {f.resolve() for f in files})
    if not files and not missing:
        raise NothingToCheck(
            f"no certificate (*.json) below {folder}; `verify run --out DIR` writes them to "
            "DIR/certificates"
        )
    results = [
        Rechecked(file=f, accepted=False, reason="the file is missing", digest=Digest.DIFFERENT)
        for f in missing
    ]
    for start in range(0, len(files), _BATCH):
        batch = files[start : start + _BATCH]
        for file, (accepted, reason) in zip(batch, _ask(batch), strict=True):
            digest = _compare(file, listed)
            results.append(Rechecked(file=file, accepted=accepted, reason=reason, digest=digest))
        progress(len(results), len(files) + len(missing))
    return results


def _listed(ledger: Path) -> dict[Path, str]:
    """The sha256 of every certificate that a ledger lists."""
    try:
        claims = json.loads(ledger.read_text(encoding="utf-8"))["claims"]
        records = [c for claim in claims for e in claim["evidence"] for c in e["certificates"]]
        return {(ledger.parent / r["file"]).resolve(): r["sha256"] for r in records}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{ledger} is not a ledger: {type(error).__name__}: {error}") from None


def _compare(file: Path, listed: dict[Path, str] | None) -> Digest:
    if listed is None:
        return Digest.NO_LEDGER
    expected = listed.get(file.resolve())
    if expected is None:
        return Digest.UNLISTED
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    return Digest.SAME if found == expected else Digest.DIFFERENT


def _ask(files: Sequence[Path]) -> Iterator[tuple[bool, str]]:
    """The checker's answer for each file.

    An answer is believed when the whole output has one line per file, in order, and agrees with
    the exit status.  Otherwise the files are asked for one at a time, and the status alone says.
    """
    status, lines = _run(files)
    answers = [_parse(line, file) for line, file in zip(lines, files, strict=False)]
    complete = len(lines) == len(files) and None not in answers
    if complete and status == (0 if all(a[0] for a in answers) else 1):
        yield from answers
    elif len(files) == 1:
        yield status == 0, " ".join(lines) or f"the checker ended with status {status}"
    else:
        for file in files:
            yield from _ask([file])


def _run(files: Sequence[Path]) -> tuple[int, list[str]]:
    command = [sys.executable, "-I", "-S", str(_CHECKER), *(str(f.resolve()) for f in files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8",
                          errors="replace", check=False)
    return done.returncode, (done.stdout or done.stderr).splitlines()


def _parse(line: str, file: Path) -> tuple[bool, str] | None:
    for word, accepted in (("accept", True), ("reject", False)):
        prefix = f"{word} {file.resolve()}: "
        if line.startswith(prefix):
            return accepted, line.removeprefix(prefix)
    return None
