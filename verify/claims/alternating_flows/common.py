"""Where the statements of this package come from, and what the claims of a module share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, final

from verify.claims.writing import entry
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain

_TITLES = {
    "2506.06489": "Alternating Gradient Flows",
    "2602.03655": "the follow-up of Alternating Gradient Flows on group composition",
}


def paper(locator: str) -> Source:
    """A place in arXiv:2506.06489, its notebooks, or a summary of it."""
    return Source(title=_TITLES["2506.06489"], arxiv="2506.06489", version="v4", locator=locator)


def follow_up(locator: str) -> Source:
    """A place in arXiv:2602.03655 or its code."""
    return Source(title=_TITLES["2602.03655"], arxiv="2602.03655", locator=locator)


def candidate(family: str) -> Source:
    """A statement that nobody printed: derived, sharpened or merely natural."""
    return Source(title="candidate statements on alternating flows", locator=family)


@final
@dataclass(frozen=True, kw_only=True)
class Topic:
    """What the claims of one module share.

    family: of candidates.  falsified_by, domain, reading: of every claim that names no other; the
    reading stands before the claim's own.  source: where its printed statements are found.
    """

    family: str
    falsified_by: str
    domain: Domain | None = None
    reading: str = ""
    source: Callable[[str], Source] = paper

    def claim(
        self,
        name: str,
        title: str,
        statement: str,
        reading: str,
        checks: Check | Sequence[Check],
        mutants: Sequence[Mutant],
        *,
        printed: str | None = None,
        kind: str = "candidate",
        domain: Domain | None = None,
        **links: Any,
    ) -> Claim:
        """agf.NAME, printed at a place of the source and of a kind; else agf.cand.NAME."""
        return entry(
            f"agf.{name}" if printed else f"agf.cand.{name}",
            title,
            statement,
            source=self.source(printed) if printed else candidate(self.family),
            kind=kind,
            domain=domain or self.domain,
            reading=self.reading + reading,
            falsified_by=self.falsified_by,
            checks=(checks,) if isinstance(checks, Check) else checks,
            mutants=mutants,
            **links,
        )
