"""``verify report`` and ``verify recheck``: from what is stored, without running a claim."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import click
from rich.progress import Progress

from verify.cli.terminal import console, table
from verify.core import ledger as ledgers
from verify.recheck import Digest, NothingToCheck, Rechecked, recheck
from verify.report import LedgerError, render


@click.command("report")
@click.argument("ledger", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the renderings; the ledger's own if left out.",
)
def render_report(ledger: Path, out: Path | None) -> None:
    """Render a LEDGER again: HTML, Markdown, errata, LaTeX and JUnit."""
    try:
        written = render(
            ledgers.read(ledger), out or ledger.parent, certificates_root=ledger.parent
        )
    except (FileNotFoundError, LedgerError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    for path in written:
        click.echo(os.path.relpath(path))


@click.command("recheck")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--verbose", "-v", is_flag=True, help="Show the accepted certificates too.")
def recheck_certificates(folder: Path, *, verbose: bool) -> None:
    """Put every certificate below FOLDER to the independent checker.

    The checker runs in an interpreter of its own that sees the standard library and nothing
    else.  Where a ledger is beside the certificates, their sha256 is compared with it.
    """
    screen = console(stderr=True)
    try:
        with Progress(console=screen, disable=not screen.is_terminal, transient=True) as bar:
            task = bar.add_task("checking", total=None)
            results = recheck(
                folder, progress=lambda done, total: bar.update(task, completed=done, total=total)
            )
    except (NothingToCheck, ValueError) as error:
        raise click.UsageError(str(error)) from None
    made = table("", "file", "ledger", "reason", wide="reason")
    for result in results:
        if verbose or not result.ok:
            word = "accept" if result.accepted else "reject"
            made.add_row(word, os.path.relpath(result.file), result.digest.value, result.reason)
    if made.row_count:
        console().print(made)
    click.echo(_summary(results))
    if not all(result.ok for result in results):
        raise click.exceptions.Exit(1)


def _summary(results: list[Rechecked]) -> str:
    accepted = sum(r.accepted for r in results)
    found = Counter(r.digest for r in results)
    digests = ", ".join(f"{found[d]} {d.value}" for d in Digest if found[d])
    return f"{accepted} accepted, {len(results) - accepted} rejected; {digests}"
