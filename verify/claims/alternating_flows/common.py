"""Where the statements of this package come from, beside the builders that its modules use."""

from __future__ import annotations

from verify.claims.writing import (
    breaks,
    entry,
    exact,
    formal,
    mutants,
    proof,
    refutation,
    symbols,
)
from verify.core.claim import Source

__all__ = [
    "breaks",
    "candidate",
    "entry",
    "exact",
    "follow_up",
    "formal",
    "mutants",
    "paper",
    "proof",
    "refutation",
    "symbols",
]

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
