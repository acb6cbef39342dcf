"""The verdict of a claim, computed from all of its evidence and never written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from verify.core.claim import Claim
from verify.core.evidence import Finding, Kind, Outcome


class Verdict(Enum):
    """The words of a report; the value is what is printed."""

    PROVED = "PROVED"
    VERIFIED = "VERIFIED"
    SUPPORTED = "SUPPORTED"
    REFUTED = "REFUTED"
    INCONCLUSIVE = "INCONCLUSIVE"
    VACUOUS = "VACUOUS"
    NOT_CHECKABLE = "NOT CHECKABLE"
    UNCHECKED = "UNCHECKED"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One finding with what the independent checker said of its certificates.

    accepted: every certificate was accepted, and there is at least one.
    """

    check: str
    finding: Finding
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A verdict, why, and the finding that decided it (None when nothing did)."""

    verdict: Verdict
    reason: str
    decided_by: Judged | None = None


def judge(claim: Claim, evidence: Sequence[Judged]) -> Judgement:
    """The verdict of a claim from its evidence.

    Only a rigorous kind with accepted certificates proves, verifies or refutes.  An empirical
    statement is about trained networks: a statistic over them refutes it at the level that the
    evidence states.  A witness outside the claim's domain refutes nothing.  Evidence that
    contradicts itself is reported as INCONCLUSIVE, loudly: one of the checks, or the checker, is
    wrong.  A check that lacked what it needs says nothing.
    """
    if claim.missing:
        return Judgement(verdict=Verdict.NOT_CHECKABLE, reason=claim.missing)
    if not claim.checks:
        return Judgement(verdict=Verdict.UNCHECKED, reason=claim.unchecked or "no check yet")
    lacking = [j for j in evidence if j.finding.outcome is Outcome.NOT_RUN]
    evidence = [j for j in evidence if j.finding.outcome is not Outcome.NOT_RUN]
    if lacking and not evidence:
        return Judgement(verdict=Verdict.UNCHECKED, reason=lacking[0].finding.reason)

    refutations = [j for j in evidence if _refutes(claim, j)]
    proofs = [j for j in evidence if _rigorous(j, Outcome.ESTABLISHED)]
    covering = [j for j in proofs if j.finding.scope.covers(claim.domain)]
    if refutations and covering:
        return Judgement(
            verdict=Verdict.INCONCLUSIVE,
            reason=(
                f"CONTRADICTION: {refutations[0].check!r} refutes what {covering[0].check!r} "
                "establishes on the whole domain; one of them is wrong"
            ),
        )
    if refutations:
        first = refutations[0]
        reason = first.finding.witness.description if first.finding.witness else ""
        return Judgement(verdict=Verdict.REFUTED, reason=reason, decided_by=first)
    rejected = [j for j in evidence if _rejects(claim, j)]
    if rejected:
        first = rejected[0]
        reason = first.finding.witness.description if first.finding.witness else ""
        return Judgement(
            verdict=Verdict.REFUTED, reason=f"by a statistic: {reason}", decided_by=first
        )
    if covering:
        best = covering[0]
        return Judgement(
            verdict=Verdict.PROVED,
            reason=f"{best.finding.kind.value} evidence covers the whole domain",
            decided_by=best,
        )
    undecided = [j for j in evidence if j.finding.outcome is not Outcome.ESTABLISHED]
    if proofs and not undecided:
        return Judgement(
            verdict=Verdict.VERIFIED,
            reason=f"{proofs[0].finding.kind.value} evidence on a part of the domain",
            decided_by=proofs[0],
        )
    vacuous = [j for j in evidence if j.finding.outcome is Outcome.VACUOUS]
    if vacuous:
        return Judgement(
            verdict=Verdict.VACUOUS, reason=vacuous[0].finding.reason, decided_by=vacuous[0]
        )
    supporting = [j for j in evidence if _supports(j)]
    if supporting and not undecided:
        return Judgement(
            verdict=Verdict.SUPPORTED,
            reason=f"{supporting[0].finding.kind.value} evidence only",
            decided_by=supporting[0],
        )
    return Judgement(verdict=Verdict.INCONCLUSIVE, reason=_why_not(claim, evidence))


def _rigorous(judged: Judged, outcome: Outcome) -> bool:
    finding = judged.finding
    return finding.outcome is outcome and finding.kind.rigorous and judged.accepted


def _refutes(claim: Claim, judged: Judged) -> bool:
    return _rigorous(judged, Outcome.REFUTED) and claim.domain.covers(judged.finding.scope)


def _rejects(claim: Claim, judged: Judged) -> bool:
    """A statistic over trained networks against an empirical statement."""
    finding = judged.finding
    certified = judged.accepted or not finding.certificates
    return (
        claim.empirical
        and finding.outcome is Outcome.REFUTED
        and finding.kind is Kind.TRAINED
        and certified
    )


def _supports(judged: Judged) -> bool:
    finding = judged.finding
    return finding.outcome is Outcome.ESTABLISHED and not finding.kind.rigorous


def _why_not(claim: Claim, evidence: Sequence[Judged]) -> str:
    for judged in evidence:
        finding = judged.finding
        if finding.reason:
            return f"{judged.check}: {finding.reason}"
        if finding.kind.rigorous and not judged.accepted:
            return f"{judged.check}: no accepted certificate"
        if finding.outcome is Outcome.REFUTED and not claim.domain.covers(finding.scope):
            return f"{judged.check}: the witness lies outside the claim's domain"
        if finding.outcome is Outcome.REFUTED:
            return f"{judged.check}: a {finding.kind.value} counterexample is only a lead"
    return "no check returned evidence"
