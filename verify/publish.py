"""A run's entries become the ledger of a folder, and everything that is rendered from it.

A run of a few claims must not cost the others their place: what the folder holds of them and
is still valid stays in the ledger, and a ledger with results that are not valid any more is set
aside instead of being overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from verify.core import ledger as ledgers
from verify.core.resume import Entry, finished
from verify.core.settings import Settings
from verify.report import render, validate_ledger

LEDGER = "ledger.json"


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was written.

    page: the HTML report.  kept: ids of earlier results that are in the ledger too.
    dropped: ids that were in the folder's ledger and are not any more, because other code,
    another profile or another seed made them; aside: where that ledger is now.
    """

    page: Path
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    aside: Path | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know about the other results of the folder, one sentence each."""
        found = []
        if self.kept:
            found.append(f"kept in the ledger from earlier runs: {_results(self.kept)}")
        if self.aside:
            what = _results(self.dropped) if self.dropped else "an unreadable ledger"
            found.append(
                f"not kept: {what}, made by other code or with another profile or seed; the "
                f"ledger that was there is now {self.aside}"
            )
        return tuple(found)


def publish(entries: Sequence[Entry], settings: Settings, *, started: datetime) -> Published:
    """Writes the ledger and its renderings into ``settings.out``.

    Raises:
        LedgerError: when the ledger does not follow the schema; nothing is written then.
    """
    made = {entry["id"] for entry in entries}
    others = [entry for i, entry in finished(settings).items() if i not in made]
    together = _in_order([*entries, *others]) if others else list(entries)
    ledger = ledgers.assemble(together, settings, started=started)
    validate_ledger(ledger)
    path = settings.out / LEDGER
    before = _ids(path)
    dropped = tuple(i for i in before or () if i not in {e["id"] for e in together})
    aside = _set_aside(path) if dropped or before is None else None
    ledgers.write(ledger, path)
    written = render(ledger, settings.out, certificates_root=settings.out)
    return Published(
        page=written[0], kept=tuple(e["id"] for e in others), dropped=dropped, aside=aside
    )


def _in_order(entries: list[Entry]) -> list[Entry]:
    """The suite's claims in the order of the registry, then the users'."""
    from verify.claims import registry

    rank = {claim.id: n for n, claim in enumerate(registry())}
    return sorted(entries, key=lambda entry: rank.get(entry["id"], len(rank)))


def _ids(path: Path) -> list[str] | None:
    """The ids in a ledger; none without a file, None if it cannot be read."""
    try:
        claims: list[Any] = ledgers.read(path)["claims"]
        return [claim["id"] for claim in claims]
    except FileNotFoundError:
        return []
    except (KeyError, TypeError, ValueError):
        return None


def _set_aside(path: Path) -> Path:
    names = (path.with_name(f"ledger.previous-{n}.json") for n in count(1))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    return aside


def _results(ids: Sequence[str]) -> str:
    return ", ".join(ids) if len(ids) <= 3 else f"{len(ids)} results ({ids[0]}, …)"
