"""The words of a report: verdicts, kinds of evidence and kinds of statement, with their meaning.

Order matters everywhere below: verdicts run from established over refuted to open, and kinds of
evidence run strongest first.  Every rendering takes order, symbol and wording from here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """One possible verdict.

    Attributes:
        name: the word used in the ledger.
        slug: a CSS-safe form of the name.
        symbol: one character that identifies the verdict without colour.
        meaning: one sentence for the legend.
    """

    name: str
    slug: str
    symbol: str
    meaning: str


VERDICTS: tuple[Verdict, ...] = (
    Verdict("PROVED", "proved", "∎", "Established by rigorous evidence on the whole domain."),
    Verdict("VERIFIED", "verified", "✓", "Established by rigorous evidence on a finite scope."),
    Verdict("SUPPORTED", "supported", "≈", "Only sampled or trained evidence speaks for it."),
    Verdict(
        "REFUTED",
        "refuted",
        "✗",
        "False as printed: exact or enclosing arithmetic confirms a counterexample, or, of a "
        "statement about trained networks, a statistic rejects it at its stated level.",
    ),
    Verdict(
        "INCONCLUSIVE",
        "inconclusive",
        "?",
        "The checks ran and could not decide; the reason is given.",
    ),
    Verdict("VACUOUS", "vacuous", "∅", "No witness shows that the hypotheses can be met."),
    Verdict(
        "NOT CHECKABLE",
        "not-checkable",
        "–",
        "The source states no explicit constants that could be checked.",
    ),
    Verdict(
        "UNCHECKED",
        "unchecked",
        "○",
        "No check is written, or none was run; the reason is given.",
    ),
)

VERDICT_BY_NAME: dict[str, Verdict] = {verdict.name: verdict for verdict in VERDICTS}

EVIDENCE_KINDS: dict[str, str] = {
    "symbolic": "an identity in formal variables",
    "exact": "integer, rational or cyclotomic arithmetic at listed parameters",
    "enclosure": "ball arithmetic that provably contains the value",
    "sampled": "a search that found no counterexample",
    "trained": "a statistic over trained networks",
}

RIGOROUS_KINDS: frozenset[str] = frozenset({"symbolic", "exact", "enclosure"})

_STATEMENT_KINDS: dict[str, str] = {
    "id": "identity",
    "in": "inequality",
    "op": "optimum or solution set",
    "as": "limit or order",
    "ode": "differential equation",
    "pr": "probability",
    "em": "empirical",
    "candidate": "candidate",
}


def statement_kind(code: str) -> str:
    """Spell out a `printed_kind` code; an unknown code is returned as it is."""
    return _STATEMENT_KINDS.get(code, code)
