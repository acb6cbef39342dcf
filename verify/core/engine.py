"""Running claims: checks, certificates, the independent checker, verdicts.

Each finished claim is written at once as ``evidence/<id>.json`` beside its certificates, so
an interrupted run loses only the claim that was running, and the next run resumes.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shlex
import signal
import sysconfig
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from typing import Any

from verify.checker import check_document
from verify.core.claim import Check, Claim, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Outcome, inconclusive
from verify.core.registry import load_file
from verify.core.resume import Entry, key_of, stored
from verify.core.settings import Settings
from verify.core.verdict import Judged, Verdict, judge

_ROOT = Path(__file__).resolve().parents[2]
# Code that is seldom at fault when a claim's check raises: the suite's own and the libraries'.
_MACHINERY = (
    *(_ROOT / "verify" / part for part in ("core", "formula", "methods", "checker")),
    _ROOT / "constructions",
    *(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")),
)

Progress = Callable[[Entry, bool], None]
Started = Callable[[str], None]


def run(
    claims: Sequence[Claim],
    settings: Settings,
    progress: Progress,
    *,
    started: Started = lambda claim_id: None,
) -> list[Entry]:
    """Runs the claims and returns their ledger entries in the given order.

    progress(entry, resumed) is called as each claim finishes, started(id) as one begins.
    """
    settings.out.mkdir(parents=True, exist_ok=True)
    entries: dict[str, Entry] = {}
    waiting: list[Claim] = []
    for claim in claims:
        entry = stored(claim, settings) if settings.resume else None
        if entry is None:
            waiting.append(claim)
        else:
            entries[claim.id] = entry
            progress(entry, True)
    for entry in _execute(waiting, settings, started):
        entries[entry["id"]] = entry
        progress(entry, False)
    return [entries[c.id] for c in claims]


def _execute(claims: Sequence[Claim], settings: Settings, started: Started) -> Iterator[Entry]:
    if settings.jobs == 1 or len(claims) < 2:
        for claim in claims:
            started(claim.id)
            yield run_claim(claim, settings)
        return
    # Fresh interpreters: forking a process that holds solver threads can deadlock.
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(settings.jobs, context, initializer=_leave_interrupts) as pool:
        try:
            queue = iter(claims)
            futures = [pool.submit(_run_by_id, c.id, settings) for c in claims]
            for claim in islice(queue, settings.jobs):
                started(claim.id)
            for future in as_completed(futures):
                for claim in islice(queue, 1):
                    started(claim.id)
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()  # evidence is written atomically, so nothing is left half done
            raise


def _leave_interrupts() -> None:
    """Ctrl-C reaches the workers too; only the parent acts on it, and ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run_by_id(claim_id: str, settings: Settings) -> Entry:
    home = settings.home(claim_id)
    if home is None:
        from verify.claims import registry

        return run_claim(registry()[claim_id], settings)
    return run_claim(next(c for c in load_file(home) if c.id == claim_id), settings)


def run_claim(claim: Claim, settings: Settings) -> Entry:
    """Runs one claim's checks and mutants and writes evidence and certificates."""
    context = Context(
        profile=settings.profile, seed=settings.seed, checkpoints=settings.checkpoints
    )
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
        if finding.outcome is not Outcome.NOT_RUN:
            mutants.append(_mutant_entry(claim, mutant, finding, seconds))
    entry = _entry(claim, judged, evidence, mutants)
    _write(
        settings.out / "evidence" / f"{claim.id}.json", {"key": key_of(claim, settings), **entry}
    )
    return entry


def _attempt(check: Check, context: Context) -> tuple[Finding, float]:
    begin = time.perf_counter()
    try:
        finding = check.run(context)
    except Exception as error:  # a broken check is evidence of nothing, and is shown as such
        finding = inconclusive(
            scope=Domain(),
            method="error",
            reason=f"error: {type(error).__name__}: {error} ({_place(error)})",
        )
    return finding, time.perf_counter() - begin


def _place(error: Exception) -> str:
    """File and line of an error: the innermost ones of a claim's own code, else of the suite."""
    frames: list[traceback.FrameSummary] = []
    cause: BaseException | None = error
    while cause is not None:
        frames += traceback.extract_tb(cause.__traceback__)
        cause = cause.__cause__
    own = [f for f in frames if not any(Path(f.filename).is_relative_to(m) for m in _MACHINERY)]
    place = (own or frames)[-1]
    return f"{Path(place.filename).name}:{place.lineno}"


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
        "replay": _replay(claim.id, settings),
    }


def _entry(
    claim: Claim, judged: list[Judged], evidence: list[Entry], mutants: list[Entry]
) -> Entry:
    judgement = judge(claim, judged)
    if judgement.verdict is Verdict.UNCHECKED:
        evidence = []  # nothing ran; the reason says what was lacking
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
        "empirical": claim.empirical,
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
        "unchecked_reason": judgement.reason if judgement.verdict is Verdict.UNCHECKED else None,
    }


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in text).strip("-")


def _write(path: Path, document: Any) -> str:
    # Compact: certificates are many and nested, and programs read them.
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text)
    partial.replace(path)  # atomic: an interrupted run leaves no half-written evidence
    return text


def _replay(claim_id: str, settings: Settings) -> str:
    home = settings.home(claim_id)
    target = claim_id if home is None else f"{os.path.relpath(home)}::{claim_id}"
    options = f"--profile {settings.profile} --seed {settings.seed}"
    for path in settings.checkpoints:
        options += f" --checkpoint {shlex.quote(os.path.relpath(path))}"
    return f"verify run {shlex.quote(target)} {options}"
