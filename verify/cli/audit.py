"""``verify audit``: what a trained network does, exactly, and how far it is from the theory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import track

from verify.cli.terminal import console, table

if TYPE_CHECKING:
    from verify.auditing import Audit


@click.command("audit")
@click.argument("checkpoint", type=click.Path(path_type=Path))
@click.option("--task", default="modular-addition", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the page."
)
@click.option("--input-weight", "input_weights", multiple=True, metavar="NAME",
              help="The input layer; once for all inputs, or once for each.")  # fmt: skip
@click.option("--output-weight", metavar="NAME", help="The output layer.")
@click.option(
    "--embedding", metavar="NAME", help="An embedding that the input layer is applied to."
)
@click.option("--activation", metavar="NAME", help="relu, abs, u^2, u^3, exp, gelu, …")
@click.option("--modulus", type=click.IntRange(2), metavar="P")
@click.option(
    "--inputs", type=click.IntRange(1), metavar="K", help="Inputs of a shared input layer."
)
def audit_checkpoint(
    checkpoint: Path,
    *,
    task: str,
    out: Path | None,
    input_weights: tuple[str, ...],
    output_weight: str | None,
    embedding: str | None,
    activation: str | None,
    modulus: int | None,
    inputs: int | None,
) -> None:
    """Audit a CHECKPOINT (.npz, .safetensors, .pt, .pth), or a folder of them over steps.

    Nothing in the file is executed.  The network is evaluated on its whole input set in exact
    arithmetic, in balls where the activation is neither a polynomial nor piecewise linear.  With
    --out the page, a JSON summary and the certificate for `verify/checker` are written.
    """
    options = {
        "task": task,
        "input_weights": input_weights,
        "output_weight": output_weight,
        "embedding": embedding,
        "activation": activation,
        "modulus": modulus,
        "inputs": inputs,
    }
    # Loaded here: the statistics library is slow to load, and the other commands need none.
    from verify.auditing import CheckpointError, audit

    screen = console()
    try:
        if checkpoint.is_dir():
            written = _folder(checkpoint, out, options)
        else:
            found = audit(checkpoint, **options)
            for label, text in facts(found):
                screen.print(f"{label:<16}{text}")
            written = found.write(out) if out else []
    except (CheckpointError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot write to {out}: {error.strerror}") from None
    for path in written:
        click.echo(os.path.relpath(path))


def _folder(folder: Path, out: Path | None, options: dict[str, object]) -> list[Path]:
    from verify.auditing import trajectory
    from verify.auditing.checkpoints import sequence
    from verify.auditing.page import write_trajectory
    from verify.auditing.summary import as_float, quantiles

    audits: list[tuple[int, Audit]] = []
    made = table("step", "correct", "tied", "margin", "share", "misalignment (°)", "IPR")
    screen = console(stderr=True)
    steps = trajectory(folder, **options)
    for step, found in track(
        steps, "auditing", total=len(sequence(folder)), console=screen, transient=True,
        disable=not screen.is_terminal,
    ):  # fmt: skip
        audits.append((step, found))
        behaviour, spec = found.behaviour, found.spectrum
        made.add_row(
            str(step),
            f"{behaviour.count('correct')}/{behaviour.total}",
            str(behaviour.count("tied")),
            _float(as_float(behaviour.margin), 6),
            _float(quantiles(spec.share[spec.alive])["median"], 4),
            _float(quantiles(360 * spec.misalignment[spec.alive])["median"], 4),
            _float(float(spec.participation.mean()), 4),
        )
    console().print(made)
    return write_trajectory(audits, out) if out else []


def _float(value: float | None, digits: int = 9) -> str:
    return "–" if value is None or value != value else f"{value:.{digits}g}"


def facts(found: Audit) -> Iterator[tuple[str, str]]:
    """What the terminal shows of an audit, label and text."""
    summary = found.summary()
    for number, sentence in enumerate(summary["taken"]):
        yield "taken" if number == 0 else "", sentence
    words = ", ".join(f"{summary[n]} {n}" for n in ("wrong", "tied", "undecided") if summary[n])
    yield (
        "inputs",
        f"{summary['correct']} of {summary['inputs']} correct" + (words and f"; {words}"),
    )
    at = " ".join(f"({', '.join(map(str, a))})" for a in summary["least_at"][:3])
    more = len(found.behaviour.least_at) - 3
    at += f" and {more} more" if more > 0 else ""
    yield "smallest margin", f"{_float(summary['margin']['float'])} at {at} ({summary['kind']})"
    if summary["normalised_margin"]:
        yield "of the maximum", f"{100 * summary['normalised_margin']['ratio']['float']:.4g} %"
    neurons = summary["neurons"]
    if neurons["without_frequency"] < summary["width"]:
        share, degrees = neurons["share"], neurons["misalignment_degrees"]
        yield (
            "one frequency",
            f"energy share median {share['median']:.4f}, least {share['min']:.4f}",
        )
        yield "misalignment", f"median {degrees['median']:.3f}°, largest {degrees['max']:.3f}°"
        frequencies = summary["frequencies"]
        yield (
            "frequencies",
            (
                f"{min(frequencies['counts'])} to {max(frequencies['counts'])} neurons each; "
                f"uniform choice has p = {frequencies['uniform_p_value']:.3g}"
            ),
        )
    fit = summary["flawed_indicator"]
    if fit and fit["ghost_share"] is not None:
        yield (
            "indicator",
            (
                f"ghost/label {fit['ghost_share']:.4f}, "
                f"variance left {100 * fit['unexplained']:.3g} %"
            ),
        )
    swaps = ", ".join(
        f"{s['activation']} {100 * s['accuracy']:.4g} %" for s in summary["activation_table"]
    )
    yield "activations", swaps
    checked = summary["certificate"]
    if checked:
        yield (
            "certificate",
            (
                f"{'accepted' if checked['accepted'] else 'rejected'} by the checker: "
                f"{checked['reason']}"
            ),
        )
