"""The parts of a run's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from verify.auditing.audit import Audit
from verify.auditing.page import curves, inputs, neurons, words
from verify.auditing.page.drawing import columns, short
from verify.auditing.run import STAGE_ACCURACY, Run
from verify.auditing.summary import as_float

# Steps that are drawn as pictures.
_FILM = 8
_PARTS = ("train", "test", "partner", "neither")


def trajectory_parts(run: Run) -> dict[str, Any]:
    """What the template of a run needs, its links apart."""
    exact, last = run.accuracies(), run.last
    summary = last.summary()
    parts = [name for name in _PARTS if name in exact]
    rows = run.summary()["steps"]
    for i, row in enumerate(rows):
        row["percent"] = {name: short(100 * float(exact[name][i]), 4) for name in parts}
    kept = run.invariants()
    return {
        "name": last.checkpoint.path.parent.name,
        "lede": f"{words.network(summary, shared=last.network.shared)}; {_steps(run)}",
        "headline": _headline(run, summary),
        "split": run.split is not None,
        "tables": [(s, _table(run, a), _right(a)) for s, a in _film(run)],
        "film_columns": columns(len(_film(run)), 5),
        "spectra": _spectra(run),
        "metrics": _metrics(run),
        "stage_note": _stage_note(run),
        "degree": kept and kept[0],
        "threads": _threads(run),
        "curves": curves.recorded_curves(run.curves),
        "parts": parts,
        "rows": rows,
        "kind": last.kind,
    }


def _steps(run: Run) -> str:
    steps = run.steps
    if len(steps) == 1:
        return f"step {steps[0]}"
    return f"{len(steps)} steps from {steps[0]} to {steps[-1]}"


def _right(audit: Audit) -> str:
    return f"{audit.behaviour.count('correct')} of {audit.behaviour.total}"


def _headline(run: Run, summary: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    exact = run.accuracies()
    right = summary["correct"] == summary["inputs"]
    facts = [
        (str(summary["correct"]), f" of {summary['inputs']}", "inputs correct at the last step",
         "good" if right else "bad"),
        (short(summary["margin"]["float"]), "", "smallest margin at the last step", ""),
    ]  # fmt: skip
    if "test" in exact:
        facts.append((short(100 * float(exact["test"][-1]), 4), " %", "of the held-out inputs", ""))
    first = next((s for s, v in zip(run.steps, exact["all"], strict=True) if v == 1), None)
    if first is not None:
        facts.append((str(first), "", "first stored step that is right on every input", ""))
    for number, step in enumerate(run.stages(), start=1):
        if step is not None:
            facts.append((str(step), "", f"end of stage {number}, among the stored steps", ""))
    facts.append(
        (short(summary["neurons"]["share"]["median"], 3), "", "of a neuron's energy at one "
         "frequency at the end, median", "")
    )  # fmt: skip
    return facts


def _film(run: Run) -> Sequence[tuple[int, Audit]]:
    """At most `_FILM` steps, the first and the last included."""
    places = np.unique(np.linspace(0, len(run.audits) - 1, _FILM).round().astype(int))
    return [run.audits[i] for i in places]


def _table(run: Run, audit: Audit) -> Markup:
    held_out = run.split.test if run.split else ()
    return inputs.small_table(audit, held_out)


def _spectra(run: Run) -> list[tuple[int, Markup]]:
    order = neurons.order(run.last.spectrum)
    return [
        (step, neurons.strip(audit.spectrum.first[0], order, label=f"Spectra at step {step}"))
        for step, audit in _film(run)
    ]


def _metrics(run: Run) -> list[tuple[str, Markup]]:
    steps, ends = run.steps, run.stages()
    exact = {n: [float(v) for v in values] for n, values in run.accuracies().items()}
    drawn = [
        (
            "Accuracy, exactly",
            curves.series(
                steps, exact, label="Accuracies over steps", title="share correct",
                span=(0.0, 1.05), ends=ends,
            ),
        )
    ]  # fmt: skip
    for title, names in (
        ("Loss, as stored", ("train_loss", "test_loss")),
        ("Norms, as stored", ("param_norm", "grad_norm")),
    ):
        found = {n.replace("_", " "): run.stored(n) for n in names}
        found = {n: v for n, v in found.items() if v is not None}
        if found:
            drawn.append(
                (
                    title,
                    curves.series(
                        steps, found, label=f"{title} over steps", title="", logarithmic=True,
                        ends=ends,
                    ),
                )
            )  # fmt: skip
    margins = {"smallest margin": [as_float(a.behaviour.margin) for _, a in run.audits]}
    drawn.append(
        ("Smallest margin, exactly" if run.last.kind == "exact" else "Smallest margin",
         curves.series(steps, margins, label="Smallest margin over steps", title="", ends=ends))
    )  # fmt: skip
    return drawn


def _threads(run: Run) -> list[tuple[str, Markup]]:
    ends, found, kept = run.stages(), run.followed(), run.invariants()
    specs = [a.spectrum for _, a in run.audits]
    quarter = [(-0.5, "−½"), (-0.25, "−¼"), (0, "0"), (0.25, "¼"), (0.5, "½")]
    drawn = [
        ("α, input layer", curves.neuron_lines(
            run, found["alpha"], label="Input magnitudes over steps", title="α", ends=ends)),
        ("β, output layer", curves.neuron_lines(
            run, found["beta"], label="Output magnitudes over steps", title="β", ends=ends)),
        ("Misalignment D = Σφ − ψ", curves.neuron_lines(
            run, found["misalignment"], label="Misalignment over steps", title="turns", ends=ends,
            span=(-0.52, 0.52), y_ticks=quarter)),
    ]  # fmt: skip
    if kept is not None:
        degree, rows = kept
        name = f"α² − {degree if degree > 1 else ''}β²"
        drawn.append(
            (name, curves.neuron_lines(run, rows, label=f"{name} over steps", title="", ends=ends))
        )
    drawn.append(
        ("Energy at the dominant frequency", curves.quantile_curves(
            run.steps, [s.share for s in specs], label="Energy share over steps",
            title="share: median, quartiles, extremes", ends=ends, span=(0.0, 1.05)))
    )  # fmt: skip
    ratio = {"IPR": [float(s.participation.mean()) for s in specs]}
    sines = np.abs(np.sin(2 * np.pi * found["misalignment"])).mean(axis=1)
    drawn.append(
        ("Inverse participation ratio and mean |sin D|", curves.series(
            run.steps, {**ratio, "mean |sin D|": list(sines)}, title="", ends=ends,
            label="Participation and misalignment over steps", span=(0.0, 1.05)))
    )  # fmt: skip
    return drawn


def _stage_note(run: Run) -> str:
    if run.split is None:
        return ""
    words_ = [
        f"{name} accuracy {STAGE_ACCURACY} is reached at step {step}" if step is not None
        else f"{name} accuracy {STAGE_ACCURACY} is not reached"
        for name, step in zip(("training", "held-out"), run.stages(), strict=True)
    ]  # fmt: skip
    return f"Stages end at stored steps only: {words_[0]}, {words_[1]}."
