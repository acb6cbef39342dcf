"""What the modules of this package share: sources, and rows of statements not checked yet."""

from __future__ import annotations

from verify.core.claim import Claim, Source
from verify.core.domain import Domain, Whole

TITLE = "On the mechanism and dynamics of modular addition"
GROUP_TITLE = "group composition, the follow-up of arXiv:2602.16849"

TRAINED = "needs trained networks"
UNWRITTEN = "no check written yet"


def he(locator: str) -> Source:
    """A place in arXiv:2602.16849, its blog (B), app (A), code (C) or a summary of it (S)."""
    return Source(title=TITLE, arxiv="2602.16849", locator=locator)


def hwz(locator: str) -> Source:
    """A place in arXiv:2606.02993, its blog (H) or a summary of it (S2)."""
    return Source(title=GROUP_TITLE, arxiv="2606.02993", locator=locator)


def candidate(family: str) -> Source:
    """A statement that nobody printed: derived, sharpened or merely natural."""
    return Source(title="candidate statements on modular addition", locator=family)


# What falsifies a statement of a kind, unless its row says something else.
_FALSIFIED = {
    "id": "parameters that meet the hypotheses and an input and label where the sides differ",
    "in": "parameters that meet the hypotheses and violate the inequality",
    "ode": "the printed field differs from the leading-order flow",
    "as": "another limit or another rate",
    "em": "the named statistic lies outside its reading on a run",
    "candidate": "parameters that meet the hypotheses and violate the statement",
}
_ABOUT = {
    "em": "trained networks",
    "ode": "states of single-frequency neurons",
    "as": "trajectories of the flow",
    "candidate": "parameters of the statement",
}


def row(
    claim_id: str,
    title: str,
    source: Source,
    kind: str,
    statement: str,
    *,
    unchecked: str | None = None,
    missing: str | None = None,
    falsified_by: str = "",
    reading: str = "",
    domain: Domain | None = None,
) -> Claim:
    """A registered statement without a check: why there is none, or what it lacks.

    reading: stays empty until a check fixes it.
    """
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind=kind,
        statement=statement,
        domain=domain or Domain.of(subject=Whole(_ABOUT.get(kind, "networks"))),
        falsified_by=falsified_by or _FALSIFIED[kind],
        reading=reading,
        unchecked=unchecked,
        missing=missing,
    )
