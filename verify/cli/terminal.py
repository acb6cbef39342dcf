"""Consoles and words that the commands share."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from verify.report.vocabulary import VERDICT_BY_NAME, VERDICTS

_STYLES = {
    "PROVED": "bold green",
    "VERIFIED": "green",
    "SUPPORTED": "cyan",
    "REFUTED": "red",
    "INCONCLUSIVE": "yellow",
    "VACUOUS": "yellow",
    "NOT CHECKABLE": "dim",
    "UNCHECKED": "dim",
}
# A pipe or a file has no width: rows are never cut there, so that they can be searched.
_UNLIMITED = 4000


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; without a terminal, rows are never cut."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=False, emoji=False, markup=False)
    if not made.is_terminal:
        made.width = _UNLIMITED
    return made


def table(*columns: str, wide: str | None = None) -> Table:
    """A table without lines; only the column `wide` is folded where the terminal is narrow."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(name, no_wrap=name != wide, overflow="fold")
    return made


def verdict_text(verdict: str | None) -> Text:
    """A verdict with its symbol, coloured on a terminal."""
    if not verdict:
        return Text("–", style="dim")
    return Text(f"{VERDICT_BY_NAME[verdict].symbol} {verdict}", style=_STYLES[verdict])


def counts(entries: list[Mapping[str, Any]]) -> str:
    """How many claims got which verdict: ``3 claims: 2 PROVED, 1 REFUTED``."""
    found = Counter(e["verdict"] for e in entries)
    words = ", ".join(f"{found[v.name]} {v.name}" for v in VERDICTS if found[v.name])
    return f"{len(entries)} claim{'' if len(entries) == 1 else 's'}: {words}"


def warn(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr)
