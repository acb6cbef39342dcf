"""A claim's result as plain text: what a terminal or a failing test shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from verify.release import Standing

_WIDTH = 96
_LABEL = 11


def explain(standing: Standing) -> str:
    """Statement, verdict now and at release, reason, witness, surviving mutants, replay."""
    entry = standing.entry
    lines = [f"{entry['id']}: {entry['title']}"]
    for label, text in _parts(standing):
        lines += textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=f"  {label + ':':<{_LABEL}}",
            subsequent_indent=" " * (_LABEL + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def _parts(standing: Standing) -> Iterator[tuple[str, str]]:
    entry = standing.entry
    for complaint in standing.complaints:
        yield "problem", complaint
    yield "source", source_text(entry["source"])
    yield "statement", entry["statement"]
    yield "domain", entry["domain"] or "no parameters"
    at_release = f" ({standing.released} at release)" if standing.released else ""
    yield "verdict", entry["verdict"] + at_release
    if entry["verdict_reason"]:
        yield "reason", entry["verdict_reason"]
    witness = entry["witness"]
    if witness:
        values = ", ".join(f"{n}={v}" for n, v in witness["values"].items())
        yield "witness", witness["description"] + (f" [{values}]" if values else "")
    for mutant in standing.survivors:
        why = f" ({mutant['reason']})" if mutant["reason"] else ""
        yield "survived", f"{mutant['name']}: {mutant['outcome']}{why}"
    for evidence in entry["evidence"]:
        for certificate in evidence["certificates"]:
            if not certificate["accepted"]:
                yield "rejected", f"{certificate['file']}: {certificate['reason']}"
    if entry["corrected_by"]:
        yield "corrected", f"by {entry['corrected_by']}"
    for command in dict.fromkeys(e["replay"] for e in entry["evidence"] if e["replay"]):
        yield "replay", command


def source_text(source: Mapping[str, Any]) -> str:
    """A source in a few words: ``arXiv:2402.09469v3, Theorem 4.1``."""
    paper = f"arXiv:{source['arxiv']}{source['version'] or ''}"
    name = paper if source["arxiv"] else source["title"]
    return ", ".join(part for part in (name, source["locator"]) if part)
