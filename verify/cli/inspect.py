"""``verify list`` and ``verify show``: what is claimed, without running anything."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
from rich.table import Table

from verify.cli.selection import Selected, select
from verify.cli.terminal import console, table, verdict_text
from verify.core.claim import Claim, Source
from verify.explain import source_text


def _source(source: Source) -> str:
    return source_text(vars(source))


@click.command("list")
@click.argument("patterns", nargs=-1, metavar="[PATTERN|FILE]...")
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of a table.")
def list_claims(patterns: tuple[str, ...], *, as_json: bool) -> None:
    """List claims: id, title, source, and the verdict recorded at release.

    Without a PATTERN, all claims of the suite.  A pattern is an id (with its variants), a glob
    such as 'fc.main.*', a FILE of claims, or FILE::ID.
    """
    selection = select(patterns)
    released = selection.released()
    rows = [
        {
            "id": claim.id,
            "title": claim.title,
            "source": _source(claim.source),
            "verdict": released.get(claim.id),
        }
        for claim in selection.claims
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    made = table("id", "verdict", "source", "title", wide="title")
    for row in rows:
        made.add_row(row["id"], verdict_text(row["verdict"]), row["source"], row["title"])
    console().print(made)


@click.command("show")
@click.argument("claim_id", metavar="ID|FILE::ID")
def show_claim(claim_id: str) -> None:
    """Show a claim: statement, reading, domain, checks, mutants, verdict at release."""
    selection = select([claim_id])
    exact = [s for s in selection.chosen if s.claim.id == claim_id.rpartition("::")[2]]
    chosen = exact or list(selection.chosen)
    if len(chosen) > 1:
        ids = ", ".join(s.claim.id for s in chosen[:8])
        raise click.UsageError(f"{claim_id!r} is {len(chosen)} claims ({ids}, …); name one")
    released = selection.released().get(chosen[0].claim.id)
    made = Table(box=None, pad_edge=False, show_header=False)
    made.add_column(style="bold", no_wrap=True)
    made.add_column(overflow="fold")
    for label, text in _facts(chosen[0], released):
        made.add_row(label, text)
    console().print(made)


def _facts(selected: Selected, released: str | None) -> Iterator[tuple[str, object]]:
    claim: Claim = selected.claim
    yield "id", claim.id
    yield "title", claim.title
    yield "source", _source(claim.source)
    if selected.home:
        yield "file", str(selected.home)
    yield "statement", claim.statement
    if claim.reading:
        yield "reading", claim.reading
    yield "domain", str(claim.domain)
    for hypothesis in claim.hypotheses:
        yield "hypothesis", hypothesis
    yield "falsified by", claim.falsified_by
    for check in claim.checks:
        yield "check", f"{check.name} ({check.procedure.__name__})"
    for mutant in claim.mutants:
        yield "mutant", f"{mutant.check.name}: {mutant.description}"
    if claim.unchecked:
        yield "unchecked", claim.unchecked
    if claim.missing:
        yield "missing", claim.missing
    if claim.corrects:
        yield "corrects", claim.corrects
    if claim.corrected_by:
        yield "corrected by", claim.corrected_by
    yield "at release", verdict_text(released) if released else "no verdict recorded"
