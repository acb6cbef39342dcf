"""``verify train``: named configurations become ensembles of trained networks."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from verify.cli.terminal import console, table, warn

if TYPE_CHECKING:
    from verify.methods.training import Configuration, Ensemble

_SHOWN = (
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "margin",
    "parameter_norm",
    "participation",
    "misalignment",
)


@click.command("train")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--modulus", "moduli", type=int, multiple=True, metavar="P", help="Also more than once."
)
@click.option("--seeds", type=int, default=1, show_default=True, help="How many: 0, 1, ….")
@click.option("--steps", type=int, metavar="N", help="Instead of the configuration's.")
@click.option("--width", type=int, metavar="M", help="Instead of the configuration's.")
@click.option(
    "--dtype", type=click.Choice(["float64", "float32"]), default="float64", show_default=True
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the runs; the cache (FLVERIFY_CACHE) if left out.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster: tcp://host:8786.")
@click.option("--jobs", type=click.IntRange(min=1), help="At once; one a core if left out.")
def train_networks(
    names: tuple[str, ...],
    *,
    moduli: tuple[int, ...],
    seeds: int,
    steps: int | None,
    width: int | None,
    dtype: str,
    out: Path | None,
    scheduler: str | None,
    jobs: int | None,
) -> None:
    """Train the networks of the configurations NAME; without a name, list them.

    Without --modulus, at the modulus of the source.  A finished run is not run again, and an
    interrupted one goes on, to the same bits on the same machine.  `verify audit` reads the
    checkpoints.  More than one configuration or modulus is a sweep over processes.

    Exit status: 0 when every run finished, 1 when one diverged, 2 for wrong usage, 130 after
    Ctrl-C.
    """
    from verify.claims import configurations
    from verify.methods.training import ConfigurationError

    if not names:
        for known, source in configurations.names().items():
            click.echo(f"{known:<24}modulus {source}")
        return
    try:
        chosen = [
            _changed(configurations.named(name, modulus), steps=steps, width=width, dtype=dtype)
            for name in names
            for modulus in moduli or (None,)
        ]
        if scheduler is None and len(chosen) == 1:
            ensembles = [_train(chosen[0], seeds, out, jobs)]
        else:
            ensembles = _sweep(chosen, seeds, out, scheduler, jobs)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot use the folder or the scheduler: {error}") from None
    except KeyboardInterrupt:
        warn("interrupted: what was reached is kept; the same command goes on from there")
        raise click.exceptions.Exit(130) from None
    for ensemble in ensembles:
        _print(ensemble)
    if any(ensemble.diverged for ensemble in ensembles):
        raise click.exceptions.Exit(1)


def _changed(
    configuration: Configuration, *, steps: int | None, width: int | None, dtype: str
) -> Configuration:
    from verify.methods.training import ConfigurationError

    changed = configuration.but(dtype=dtype)
    if steps is not None:
        changed = changed.but(steps=steps)
    if width is not None:
        if not changed.network.has_neurons:
            raise ConfigurationError("--width is for networks with one hidden layer")
        changed = changed.but(network=replace(changed.network, width=width))
    return changed


def _bar(label: str) -> Progress:
    screen = console(stderr=True)
    return Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        disable=not screen.is_terminal,
        transient=True,
    )


def _train(
    configuration: Configuration, seeds: int, out: Path | None, jobs: int | None
) -> Ensemble:
    from verify.methods.training import train

    reached: dict[int, int] = {}
    lock = threading.Lock()
    with _bar(f"{configuration.name}, steps") as bar:
        task = bar.add_task("", total=configuration.steps * max(seeds, 1))

        def progress(seed: int, step: int) -> None:
            with lock:
                reached[seed] = step
                bar.update(task, completed=sum(reached.values()))

        return train(configuration, seeds=seeds, folder=out, jobs=jobs, progress=progress)


def _sweep(
    chosen: list[Configuration],
    seeds: int,
    out: Path | None,
    scheduler: str | None,
    jobs: int | None,
) -> list[Ensemble]:
    from verify.methods.training.sweep import sweep

    with _bar("networks") as bar:
        task = bar.add_task("", total=len(chosen) * max(seeds, 1))

        def finished(_: Configuration, done: list[int]) -> None:
            bar.advance(task, len(done))

        return sweep(
            chosen, seeds=seeds, folder=out, scheduler=scheduler, workers=jobs, finished=finished
        )


def _print(ensemble: Ensemble) -> None:
    runs, configuration = ensemble.runs, ensemble.configuration
    click.echo(f"\n{configuration.name}, modulus {configuration.network.modulus}")
    present = [n for n in _SHOWN if any(n in r.metrics[-1] for r in runs if r.metrics)]
    made = table("seed", "step", *(n.replace("_", " ") for n in present), "end", wide="end")
    for run in runs:
        final = run.metrics[-1] if run.metrics else {}
        numbers = [f"{final[n]:.6g}" if n in final else "–" for n in present]
        made.add_row(str(run.seed), str(run.step), *numbers, f"{run.status}: {run.reason}")
    console().print(made)
    if not ensemble.diverged and len(runs) > 1:
        for metric in present:
            click.echo(f"mean {metric.replace('_', ' '):<16}{ensemble.mean(metric)}")
    click.echo(f"runs: {runs[0].folder.parent}")
