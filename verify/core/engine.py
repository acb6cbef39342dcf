"""Running claims: checks, certificates, the independent checker, verdicts, resumption.

Each finished claim is written at once as ``evidence/<id>.json`` beside its certificates, so
an interrupted run loses only the claim that was running, and the next run resumes.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from verify.checker import check_document
from verify.core.claim import Check, Claim, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, inconclusive
from verify.core.registry import Registry, load_file
from verify.core.verdict import Judged, Verdict, judge

Entry = dict[str, Any]
Progress = Callable[[Entry, bool], None]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a run is done.

    out: folder that receives evidence and certificates; files: users' claim files.
    resume: take finished evidence of the same code, profile and seed from `out`.
    """

    out: Path
    profile: str = "quick"
    seed: int = 0
    jobs: int = 1
    files: tuple[Path, ...] = ()
    resume: bool = True

    def __post_init__(self) -> None:
        if self.profile not in ("quick", "full"):
            raise ValueError(f"expected profile 'quick' or 'full', got {self.profile!r}")
        if self.jobs < 1:
            raise ValueError(f"expected at least one job, got jobs={self.jobs}")


def run(claims: Sequence[Claim], settings: Settings, progress: Progress) -> list[Entry]:
    """Runs the claims and returns their ledger entries in the given order.

    progress(entry, resumed) is called as each claim finishes.
    """
    settings.out.mkdir(parents=True, exist_ok=True)
    entries: dict[str, Entry] = {}
    waiting: list[Claim] = []
    for claim in claims:
        stored = _stored(claim, settings) if settings.resume else None
        if stored is None:
            waiting.append(claim)
        else:
            entries[claim.id] = stored
            progress(stored, True)
    for entry in _execute(waiting, settings):
        entries[entry["id"]] = entry
        progress(entry, False)
    return [entries[c.id] for c in claims]


def _execute(claims: Sequence[Claim], settings: Settings) -> Iterator[Entry]:
    if settings.jobs == 1 or len(claims) < 2:
        for claim in claims:
            yield run_claim(claim, settings)
        return
    # Fresh interpreters: forking a process that holds solver threads can deadlock.
    with ProcessPoolExecutor(settings.jobs, multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(_run_by_id, c.id, settings) for c in claims]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@cache
def _everything(files: tuple[Path, ...]) -> Registry:
    from verify.claims import registry

    return Registry([*registry(), *(c for f in files for c in load_file(f))])


def _run_by_id(claim_id: str, settings: Settings) -> Entry:
    return run_claim(_everything(settings.files)[claim_id], settings)


def run_claim(claim: Claim, settings: Settings) -> Entry:
    """Runs one claim's checks and mutants and writes evidence and certificates."""
    context = Context(profile=settings.profile, seed=settings.seed)
    folder = settings.out / "certificates" / claim.id
    judged, evidence, mutants = [], [], []
    for stale in folder.glob("*.json"):
        stale.unlink()
    for check in claim.checks:
        finding, seconds = _attempt(check, context)
        records = list(_certify(claim, check, finding, folder, settings.out))
        accepted = bool(records) and all(r["accepted"] for r in records)
        judged.append(Judged(check=check.name, finding=finding, accepted=accepted))
        evidence.append(_evidence_entry(claim, check, finding, records, seconds, settings))
    for mutant in claim.mutants:
        finding, seconds = _attempt(mutant.check, context)
        mutants.append(_mutant_entry(claim, mutant, finding, seconds))
    entry = _entry(claim, judged, evidence, mutants)
    _write(settings.out / "evidence" / f"{claim.id}.json", {"key": _key(claim, settings), **entry})
    return entry


def _attempt(check: Check, context: Context) -> tuple[Finding, float]:
    begin = time.perf_counter()
    try:
        finding = check.run(context)
    except Exception as error:  # a broken check is evidence of nothing, and is shown as such
        trace = traceback.extract_tb(error.__traceback__)[-1]
        finding = inconclusive(
            scope=Domain(),
            method="error",
            reason=f"error: {type(error).__name__}: {error} ({Path(trace.filename).name}:"
            f"{trace.lineno})",
        )
    return finding, time.perf_counter() - begin


def _document(claim: Claim, certificate: Mapping[str, Any]) -> dict[str, Any]:
    return {"format": "verify-certificate/1", "claim": claim.id, **certificate}


def _certify(
    claim: Claim, check: Check, finding: Finding, folder: Path, out: Path
) -> Iterator[dict[str, Any]]:
    for name, certificate in finding.certificates.items():
        path = folder / f"{_slug(check.name)}.{_slug(name)}.json"
        text = _write(path, _document(claim, certificate))
        # The checker reads what was written, not what is in memory.
        result = check_document(json.loads(text))
        yield {
            "file": path.relative_to(out).as_posix(),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "accepted": result.accepted,
            "reason": result.reason,
        }


def _mutant_entry(claim: Claim, mutant: Any, finding: Finding, seconds: float) -> Entry:
    documents = [_document(claim, c) for c in finding.certificates.values()]
    certified = bool(documents) and all(check_document(d).accepted for d in documents)
    outcome, reason = finding.outcome, finding.reason
    if outcome is Outcome.ESTABLISHED and finding.kind.rigorous and not certified:
        outcome, reason = Outcome.INCONCLUSIVE, "no accepted certificate"
    # A mutant that crashes was not caught by the check: it counts as survived.
    crashed = finding.method == "error"
    return {
        "name": mutant.name,
        "description": mutant.description,
        "check": mutant.check.name,
        "outcome": outcome.value,
        "killed": outcome is not Outcome.ESTABLISHED and not crashed,
        "reason": reason,
        "seconds": round(seconds, 3),
    }


def _evidence_entry(
    claim: Claim,
    check: Check,
    finding: Finding,
    records: list[dict[str, Any]],
    seconds: float,
    settings: Settings,
) -> Entry:
    return {
        "check": check.name,
        "method": finding.method,
        "kind": finding.kind.value,
        "outcome": finding.outcome.value,
        "scope": {
            "text": str(finding.scope),
            "covers_domain": finding.scope.covers(claim.domain),
        },
        "quantities": {n: str(v) for n, v in finding.quantities.items()},
        "certificates": records,
        "rests_on": list(finding.rests_on),
        "reason": finding.reason,
        "seconds": round(seconds, 3),
        "replay": f"verify run {claim.id} --profile {settings.profile} --seed {settings.seed}",
    }


def _entry(claim: Claim, judged: list[Judged], evidence: list[Entry], mutants: list[Entry]) -> Entry:
    judgement = judge(claim, judged)
    decided = judgement.decided_by
    record = next((e for e in evidence if decided and e["check"] == decided.check), None)
    witness = None
    if decided and decided.finding.witness and record:
        files = [c["file"] for c in record["certificates"]]
        witness = {
            "description": decided.finding.witness.description,
            "values": {n: str(v) for n, v in decided.finding.witness.values.items()},
            "certificate": files[0] if files else None,
        }
    source = claim.source
    return {
        "id": claim.id,
        "title": claim.title,
        "source": {
            "arxiv": source.arxiv or None,
            "version": source.version or None,
            "locator": source.locator or None,
            "title": source.title or None,
        },
        "statement": claim.statement,
        "printed_kind": claim.printed_kind,
        "reading": claim.reading,
        "hypotheses": list(claim.hypotheses),
        "domain": str(claim.domain),
        "falsified_by": claim.falsified_by,
        "verdict": judgement.verdict.value,
        "verdict_reason": judgement.reason,
        "scope": record["scope"]["text"] if record else "",
        "corrected_by": claim.corrected_by,
        "corrects": claim.corrects,
        "witness": witness,
        "evidence": evidence,
        "mutants": mutants,
        "unchecked_reason": claim.unchecked if judgement.verdict is Verdict.UNCHECKED else None,
    }


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in text).strip("-")


def _write(path: Path, document: Any) -> str:
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text)
    partial.replace(path)  # atomic: an interrupted run leaves no half-written evidence
    return text


@cache
def _code_fingerprint() -> str:
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for folder in ("constructions", "verify"):
        for path in sorted((root / folder).rglob("*.py")):
            if "report" not in path.relative_to(root).parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(claim: Claim, settings: Settings) -> str:
    parts = [_code_fingerprint(), claim.id, settings.profile, str(settings.seed)]
    parts += [hashlib.sha256(f.read_bytes()).hexdigest() for f in settings.files]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _stored(claim: Claim, settings: Settings) -> Entry | None:
    path = settings.out / "evidence" / f"{claim.id}.json"
    try:
        entry = json.loads(path.read_text())
    except (OSError, json.JSONDecodeError):
        return None
    if entry.pop("key", None) != _key(claim, settings):
        return None
    for evidence in entry["evidence"]:
        for record in evidence["certificates"]:
            file = settings.out / record["file"]
            try:
                digest = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError:
                return None
            if digest != record["sha256"]:
                return None
    return entry
