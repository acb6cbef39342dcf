"""``verify run``: claims become verdicts, evidence and a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from verify.cli.progress import Display
from verify.cli.selection import Selection, select
from verify.cli.terminal import console, counts, table, verdict_text, warn
from verify.core.engine import run
from verify.core.registry import load_file
from verify.core.resume import Entry, finished
from verify.core.settings import Settings
from verify.explain import explain
from verify.publish import Published, publish
from verify.release import ReleaseError, Standing, record

_EXPLAINED = 10


@click.command("run")
@click.argument("targets", nargs=-1, metavar="[ID|GLOB|FILE|FILE::ID]...")
@click.option(
    "--profile",
    type=click.Choice(["quick", "full"]),
    default="quick",
    show_default=True,
    help="How much a check may search.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Claims that are run at the same time, each in a process of its own.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="For every random choice.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("verify-report"),
    show_default=True,
    help="Folder for ledger, certificates and report; results that it already holds stay.",
)
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A trained network for the empirical claims: a file, or a folder of files over steps.",
)
@click.option("--fresh", is_flag=True, help="Run again what is already finished in the folder.")
@click.option(
    "--record",
    "recording",
    is_flag=True,
    help="Record the verdicts as those at release: the suite's in its registry, those of "
    "claims_x.py in claims_x.released.json beside it.",
)
def run_claims(
    targets: tuple[str, ...],
    *,
    profile: str,
    jobs: int,
    seed: int,
    out: Path,
    checkpoints: tuple[Path, ...],
    fresh: bool,
    recording: bool,
) -> None:
    """Run claims, and leave evidence, certificates and a report in a folder.

    Without a target, all claims of the suite.  A target is an id (with its variants), a glob such
    as 'fc.main.*', a FILE of claims, or FILE::ID.  A claim that is finished in the folder is not
    run again, so the same command goes on after an interruption.

    Exit status: 0 when every claim has the verdict recorded at release, 1 when a verdict was lost
    or changed or a mutant survived, 2 for wrong usage, 130 after Ctrl-C.
    """
    if recording and checkpoints:
        raise click.UsageError(
            "--record keeps what every run must find again; a verdict that rests on --checkpoint "
            "files is not such a one: run without --record"
        )
    selection = select(targets)
    settings = Settings(
        out=_usable(out),
        profile=profile,
        seed=seed,
        jobs=jobs,
        files=selection.files,
        checkpoints=tuple(path.resolve() for path in checkpoints),
        resume=not fresh,
    )
    selection.released()  # an unreadable record is reported before anything runs
    started = datetime.now(UTC)
    with _interruptible(selection, settings), Display(len(selection.chosen)) as display:
        entries = run(
            selection.claims, settings, display.finished, started=display.started
        )
    published = publish(entries, settings, started=started)
    recorded = _record(selection, entries) if recording else ()
    standings = _standings(
        selection, entries, supplied=bool(checkpoints), deeper=profile == "full"
    )
    _print(standings, published, recorded)
    if not all(standing.ok for standing in standings):
        raise click.exceptions.Exit(1)


def _usable(out: Path) -> Path:
    """The folder, made and written to, so that no run ends at an unwritable one."""
    probe = out / ".writable"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise click.UsageError(
            f"expected a folder that can be written to, got --out {out} ({error.strerror}); "
            "give another one"
        ) from None
    return out


@contextmanager
def _interruptible(selection: Selection, settings: Settings) -> Iterator[None]:
    kept = (
        f"what is finished is kept in {settings.out}; the same command goes on from there"
        + " (without --fresh)" * (not settings.resume)
    )
    try:
        yield
    except KeyboardInterrupt:
        done = len({c.id for c in selection.claims} & set(finished(settings)))
        warn(f"interrupted: {done} of {len(selection.claims)} claims are finished; {kept}")
        raise click.exceptions.Exit(130) from None
    except BrokenProcessPool:
        raise click.ClickException(
            f"a process with a claim ended unexpectedly, perhaps for want of memory; {kept}, "
            "perhaps with fewer --jobs"
        ) from None


def _record(selection: Selection, entries: Sequence[Entry]) -> tuple[Path, ...]:
    """Writes the records; a file's that was run as a whole forgets claims that are gone."""
    written = []
    by_id = {entry["id"]: entry for entry in entries}
    for home in dict.fromkeys(s.home for s in selection.chosen):
        ids = {s.claim.id for s in selection.chosen if s.home == home}
        everything = (
            selection.whole if home is None else all(c.id in ids for c in load_file(home))
        )
        try:
            written.append(record([by_id[i] for i in ids], home, keep_others=not everything))
        except ReleaseError as error:
            raise click.UsageError(str(error)) from None
    return tuple(written)


def _standings(
    selection: Selection, entries: Sequence[Entry], *, supplied: bool, deeper: bool
) -> list[Standing]:
    released = selection.released()
    return [
        Standing(
            entry=entry,
            home=chosen.home,
            released=released.get(entry["id"]),
            supplied=supplied,
            deeper=deeper,
        )
        for chosen, entry in zip(selection.chosen, entries, strict=True)
    ]


def _print(
    standings: Sequence[Standing], published: Published, recorded: Sequence[Path]
) -> None:
    made = table("", "id", "verdict", "at release", "mutants", "seconds", "title", wide="title")
    for standing in standings:
        entry = standing.entry
        mutants = entry["mutants"]
        parts = (*entry["evidence"], *mutants)
        made.add_row(
            "" if standing.ok else "!",
            entry["id"],
            verdict_text(entry["verdict"]),
            standing.released or "–",
            f"{sum(m['killed'] for m in mutants)}/{len(mutants)}" if mutants else "–",
            f"{sum(part['seconds'] for part in parts):.1f}",
            entry["title"],
        )
    console().print(made)
    lost = [standing for standing in standings if not standing.ok]
    for standing in lost[:_EXPLAINED]:
        click.echo("\n" + explain(standing))
    if len(lost) > _EXPLAINED:
        click.echo(f"\n… and {len(lost) - _EXPLAINED} more, marked with ! in the table")
    click.echo()
    for note in published.notes:
        click.echo(note)
    for path in recorded:
        click.echo(f"recorded in {path}")
    click.echo(f"report: {published.page}")
    click.echo(counts([standing.entry for standing in standings]))
    if lost:
        click.echo(f"{len(lost)} of them with a problem (marked ! in the table)")
