"""What the modules of this package share: sources, and statements that lack constants."""

from __future__ import annotations

from verify.core.claim import Claim, Source
from verify.core.domain import Domain, Whole

TITLE = "On the mechanism and dynamics of modular addition"
GROUP_TITLE = "group composition, the follow-up of arXiv:2602.16849"


def he(locator: str) -> Source:
    """A place in arXiv:2602.16849, its blog (B), app (A), code (C) or a summary of it (S)."""
    return Source(title=TITLE, arxiv="2602.16849", locator=locator)


def hwz(locator: str) -> Source:
    """A place in arXiv:2606.02993, its blog (H) or a summary of it (S2)."""
    return Source(title=GROUP_TITLE, arxiv="2606.02993", locator=locator)


def candidate(family: str) -> Source:
    """A statement that nobody printed: derived, sharpened or merely natural."""
    return Source(title="candidate statements on modular addition", locator=family)


def row(
    claim_id: str, title: str, source: Source, statement: str, *,
    kind: str, about: str, falsified_by: str, missing: str,
) -> Claim:
    """A registered statement that cannot be checked as printed, and what it lacks."""
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind=kind,
        statement=statement,
        domain=Domain.of(subject=Whole(about)),
        falsified_by=falsified_by,
        missing=missing,
    )
