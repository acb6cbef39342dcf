"""The verdicts recorded at release, and how the verdict of today stands against them.

The suite's own claims are recorded in ``verify/claims/released.json``, those of a user's
``claims_mine.py`` in ``claims_mine.released.json`` beside it.  A record is an expectation, never
evidence: it decides whether a run succeeds and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.core.verdict import Verdict

Entry = Mapping[str, Any]

_REGISTERED = Path(__file__).resolve().parent / "claims" / "released.json"
_HOLDS = (Verdict.PROVED.value, Verdict.VERIFIED.value, Verdict.SUPPORTED.value)
_OPEN = (Verdict.UNCHECKED.value, Verdict.NOT_CHECKABLE.value)


class ReleaseError(ValueError):
    """A record of released verdicts that cannot be read or written."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A claim's ledger entry beside what was recorded of it.

    home: the user's file that defines the claim; None for a claim of the suite.
    released: the verdict recorded at release, if any.
    supplied: whether the run had trained networks of the user's: a claim that is open without
    them is then judged as it comes out, because no release can know it.
    deeper: whether the run's profile goes further than the quick one, whose verdicts are recorded:
    what that leaves unchecked may then come out either way.
    """

    entry: Entry
    home: Path | None
    released: str | None
    supplied: bool = False
    deeper: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing was checked, as was to be expected: neither success nor failure."""
        return self.ok and self.entry["verdict"] in _OPEN

    @property
    def ok(self) -> bool:
        """Whether nothing was lost."""
        return not self.complaints

    @property
    def survivors(self) -> list[Mapping[str, Any]]:
        """The mutants that no check caught."""
        return [m for m in self.entry["mutants"] if not m["killed"]]

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong, one sentence each.

        With a record, the verdict must be the recorded one.  Without one, a claim of the suite
        must be recorded, and a user's claim must hold or be marked as unchecked.  No mutant may
        survive in any case.
        """
        now = self.entry["verdict"]
        found = []
        if self.deeper and self.released == Verdict.UNCHECKED.value:
            pass
        elif self.supplied and self.released in _OPEN:
            if now not in (*_HOLDS, *_OPEN):
                found.append(f"the verdict is {now}")
        elif self.released is not None and now != self.released:
            found.append(f"the verdict was {self.released} at release and is {now} now")
        elif self.released is None and self.home is None:
            found.append(
                f"no verdict was recorded at release; it is {now} now (`verify run --record` "
                "records the verdicts of the suite)"
            )
        elif self.released is None and now not in (*_HOLDS, *_OPEN):
            found.append(f"the verdict is {now}")
        if self.survivors:
            count = len(self.survivors)
            found.append(
                f"{count} of {len(self.entry['mutants'])} mutants survived: the check cannot tell "
                "the statement from a wrong one"
            )
        return tuple(found)


def record_path(home: Path | None) -> Path:
    """Where the verdicts of the suite (None) or of a user's file are recorded."""
    return _REGISTERED if home is None else home.with_suffix(".released.json")


def released(home: Path | None) -> dict[str, str]:
    """The recorded verdicts by id; empty without a record.

    Raises:
        ReleaseError: when the record is no mapping from ids to verdicts.
    """
    path = record_path(home)
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ReleaseError(f"{path} is not JSON: {error}") from None
    words = {v.value for v in Verdict}
    if not isinstance(record, dict) or not all(v in words for v in record.values()):
        raise ReleaseError(f"{path}: expected a mapping from ids to verdicts {sorted(words)}")
    return record


def record(entries: Iterable[Entry], home: Path | None, *, keep_others: bool) -> Path:
    """Records the verdicts of entries; the others in the record stay or go.

    Raises:
        ReleaseError: when the record cannot be written.
    """
    path = record_path(home)
    verdicts = {e["id"]: e["verdict"] for e in entries}
    if keep_others:
        verdicts = {**released(home), **verdicts}
    text = json.dumps(dict(sorted(verdicts.items())), indent=1, ensure_ascii=False) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReleaseError(f"cannot write {path}: {error.strerror}") from None
    return path
