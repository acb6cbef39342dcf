"""What every rendering needs from a ledger, arranged once: sources, claims, corrections, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.report.schema import summarise
from verify.report.vocabulary import (
    EVIDENCE_KINDS,
    VERDICT_BY_NAME,
    VERDICTS,
    Verdict,
    statement_kind,
)


@dataclass(frozen=True)
class ClaimView:
    """A claim of the ledger with the facts that are derived from the whole ledger.

    Attributes:
        claim: the ledger's entry.
        verdict: the verdict with symbol and meaning.
        source_key: the key of the `SourceView` it belongs to.
        kinds: kinds of its evidence, strongest first.
        correction: the claim that replaces it, if any.
        corrected: the claim that it replaces, if any.
    """

    claim: Mapping[str, Any]
    verdict: Verdict
    source_key: str
    kinds: tuple[str, ...]
    correction: Mapping[str, Any] | None
    corrected: Mapping[str, Any] | None

    @property
    def id(self) -> str:
        """The claim's id in the registry."""
        return self.claim["id"]

    @property
    def anchor(self) -> str:
        """The id of its card in the page."""
        return "claim-" + self.claim["id"]

    @property
    def seconds(self) -> float:
        """Time spent on its evidence and mutants."""
        parts = (*self.claim["evidence"], *self.claim["mutants"])
        return sum(part["seconds"] for part in parts)

    @property
    def killed(self) -> int:
        """Number of its mutants that were killed."""
        return sum(mutant["killed"] for mutant in self.claim["mutants"])

    @property
    def certificates(self) -> list[Mapping[str, Any]]:
        """The certificates of all its evidence, in order."""
        return [entry for part in self.claim["evidence"] for entry in part["certificates"]]

    @property
    def statement_kind(self) -> str:
        """What kind of statement it is, in words."""
        return statement_kind(self.claim["printed_kind"])

    @property
    def is_printed(self) -> bool:
        """Whether a paper prints it, as opposed to a candidate or a conjecture."""
        return bool(self.claim["source"]["arxiv"]) and self.claim["printed_kind"] != "candidate"


@dataclass(frozen=True)
class SourceView:
    """The claims of one source, in ledger order.

    Attributes:
        key: CSS-safe key, unique in the report.
        label: short name ("arXiv:2402.09469v3"), or the title where there is no arXiv id.
        title: the source's title; equals `label` where nothing else is known.
        claims: its claims.
    """

    key: str
    label: str
    title: str
    claims: tuple[ClaimView, ...]

    def count(self, verdict: Verdict) -> int:
        """Number of its claims with this verdict."""
        return sum(view.verdict is verdict for view in self.claims)


@dataclass(frozen=True)
class ReportView:
    """A ledger arranged for rendering."""

    ledger: Mapping[str, Any]
    sources: tuple[SourceView, ...]
    summary: Mapping[str, Any]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims, grouped by source."""
        return tuple(view for source in self.sources for view in source.claims)

    @property
    def verdict_counts(self) -> list[tuple[Verdict, int]]:
        """Every verdict with its count, zero included, in the vocabulary's order."""
        counts = self.summary["by_verdict"]
        return [(verdict, counts.get(verdict.name, 0)) for verdict in VERDICTS]

    @property
    def kind_counts(self) -> list[tuple[str, int]]:
        """Every kind of evidence with the number of claims that have it, strongest first."""
        return [(kind, sum(kind in view.kinds for view in self.claims)) for kind in EVIDENCE_KINDS]

    @property
    def errata(self) -> list[ClaimView]:
        """Statements printed in a paper that are refuted as printed."""
        return [v for v in self.claims if v.is_printed and v.verdict.name == "REFUTED"]


def arrange(ledger: Mapping[str, Any]) -> ReportView:
    """Arrange a valid ledger: papers first, each source in the order of its first claim."""
    claims = ledger["claims"]
    by_id = {claim["id"]: claim for claim in claims}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        grouped.setdefault(_source_name(claim["source"]), []).append(claim)
    sources = []
    papers_first = sorted(grouped.values(), key=lambda members: not members[0]["source"]["arxiv"])
    for index, members in enumerate(papers_first):
        key = f"s{index + 1}"
        sources.append(
            SourceView(
                key=key,
                label=_source_label([claim["source"] for claim in members]),
                title=_source_title([claim["source"] for claim in members]),
                claims=tuple(_claim_view(claim, key=key, by_id=by_id) for claim in members),
            )
        )
    return ReportView(ledger=ledger, sources=tuple(sources), summary=summarise(claims))


def _claim_view(
    claim: Mapping[str, Any], *, key: str, by_id: Mapping[str, Mapping[str, Any]]
) -> ClaimView:
    present = {part["kind"] for part in claim["evidence"]}
    return ClaimView(
        claim=claim,
        verdict=VERDICT_BY_NAME[claim["verdict"]],
        source_key=key,
        kinds=tuple(kind for kind in EVIDENCE_KINDS if kind in present),
        correction=by_id.get(claim["corrected_by"]),
        corrected=by_id.get(claim["corrects"]),
    )


def _source_name(source: Mapping[str, Any]) -> str:
    return source["arxiv"] or source["title"] or "Unattributed"


def _source_label(sources: Sequence[Mapping[str, Any]]) -> str:
    """The source's short name; the version appears if all its claims agree on one."""
    if not sources[0]["arxiv"]:
        return _source_name(sources[0])
    versions = {source["version"] for source in sources if source["version"]}
    version = "v" + versions.pop().removeprefix("v") if len(versions) == 1 else ""
    return f"arXiv:{sources[0]['arxiv']}{version}"


def _source_title(sources: Sequence[Mapping[str, Any]]) -> str:
    titles = [source["title"] for source in sources if source["title"]]
    return titles[0] if titles else _source_label(sources)
