"""An audit as one self-contained HTML page: drawings and style inside it, nothing loaded.

Names and numbers come out of strangers' files, so every text is escaped, and the page's content
security policy allows its own script by hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from verify.auditing.audit import Audit
from verify.auditing.page import curves, inputs, neurons, words
from verify.auditing.page.colours import TIED, UNDECIDED, WRONG
from verify.auditing.page.drawing import columns, short
from verify.auditing.page.trajectory import trajectory_parts
from verify.auditing.run import Run, recorded
from verify.auditing.spectrum import Spectrum

_SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render(audit: Audit) -> str:
    """The page of one checkpoint."""
    summary, spec = audit.summary(), audit.spectrum
    order = neurons.order(spec)
    logits = inputs.all_logits(audit)
    return _page(
        "audit.html.j2",
        s=summary,
        folder=audit.checkpoint.path.parent.name,
        lede=words.network(summary, shared=audit.network.shared),
        failures=words.failures(summary),
        least=words.places(audit.behaviour.least_at, 2),
        least_all=words.places(audit.behaviour.least_at, 40),
        failed=words.places([tuple(a) for n in ("wrong_at", "tied_at") for a in summary[n]], 60),
        verdict_line=words.accuracy(summary),
        spectrum_line=words.frequencies(summary),
        classes=[
            (name, colour)
            for name, colour in (("wrong", WRONG), ("tied", TIED), ("undecided", UNDECIDED))
            if summary[name]
        ],
        table=inputs.table_image(audit),
        logits=inputs.logit_bars(audit),
        shown=words.places([inputs.shown_input(audit)], 1),
        gaps=inputs.margin_histogram(audit),
        spectra=_spectra(audit, order),
        **(_neurons(spec) if spec.alive.any() else {"alive": False}),
        curves=curves.recorded_curves(recorded(audit.checkpoint.values)),
        stored=[
            (n, short(v, 6) if isinstance(v, int | float) else v)
            for n, v in summary["stored"].items()
            if v is not None and "." not in n
        ],
        all_logits=logits and Markup(logits.translate(_SCRIPT_ESCAPES)),
    )


def _neurons(spec: Spectrum) -> dict[str, Any]:
    """Phases, frequencies and magnitudes; a network of zeros has none of them."""
    return {
        "alive": True,
        "phase_line": words.alignment(spec),
        "ring_line": words.diversity(spec),
        "scatter": neurons.phase_scatter(spec),
        "misalignment": neurons.misalignment(spec),
        "shares": neurons.shares(spec),
        "rings": neurons.rings(spec),
        "ring_columns": columns(int((spec.counts > 0).sum()), 12),
        "counts": neurons.counts(spec),
        "resultants": neurons.resultants(spec),
        "magnitudes": neurons.magnitudes(spec),
    }


def _spectra(audit: Audit, order: Any) -> list[tuple[str, Markup]]:
    spec = audit.spectrum
    layers = [
        ("input layer" if len(spec.first) == 1 else f"input layer {j + 1}", rows)
        for j, rows in enumerate(spec.first)
    ]
    return [
        (name, neurons.heat_map(rows, order, label=f"Spectra of the {name}", title=name))
        for name, rows in (*layers, ("output layer", spec.output))
    ]


def write_trajectory(audits: Sequence[tuple[int, Audit]], out: Path | str) -> list[Path]:
    """Writes ``run.html`` and ``run.json``, and each step's own audit in a folder ``step-<step>``.

    Returns the files, the page of the run first.

    Raises:
        CheckpointError: when the data split beside the checkpoints is no split of the task.
        ValueError: without audits, or of networks of different sizes.
    """
    out, run = Path(out), Run.of(audits)
    links = {step: f"step-{step}/audit.html" for step in run.steps}
    page = _page("run.html.j2", links=links, **trajectory_parts(run))
    out.mkdir(parents=True, exist_ok=True)
    written = [out / "run.html", out / "run.json"]
    written[0].write_text(page, encoding="utf-8")
    text = json.dumps(run.summary(), indent=1, ensure_ascii=False, allow_nan=False)
    written[1].write_text(text + "\n", encoding="utf-8")
    for step, audit in run.audits:
        written += audit.write(out / f"step-{step}")
    return written


def _page(template: str, **parts: Any) -> str:
    style, script = _static()
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            **parts,
        )
    )


@cache
def _static() -> tuple[str, str]:
    """The style sheet, the report's and then our own, and the script."""
    ours = files("verify.auditing.page") / "templates"
    report = files("verify") / "report" / "templates" / "report.css"
    style = report.read_text(encoding="utf-8") + (ours / "audit.css").read_text(encoding="utf-8")
    return style, (ours / "audit.js").read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verify.auditing.page", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(short=_short, degrees=words.degrees)
    return environment


def _short(value: float | None, digits: int = 4) -> str:
    return "–" if value is None else short(value, digits)
