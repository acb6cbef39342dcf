"""The report as one self-contained HTML page.

The page loads nothing: style, script, drawings and small certificates are inside it, and its
content security policy forbids everything else.  The script is allowed by its hash, so markup
smuggled in through a ledger could not run even if it survived escaping.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from verify.report import mathtext
from verify.report.certificates import CertificateFile, CertificateStore
from verify.report.fragments import UnsafeMarkup, sanitise_svg
from verify.report.schema import validate_ledger
from verify.report.view import ClaimView, ReportView, arrange
from verify.report.vocabulary import EVIDENCE_KINDS, VERDICTS

_BAR_WIDTH = 1000


def render_html(
    ledger: Mapping[str, Any], *, out: Path, certificates_root: Path | None = None
) -> str:
    """Render the page.

    Args:
        ledger: a ledger that follows the schema.
        out: the folder where the page will lie; links to certificates are relative to it.
        certificates_root: the folder that the ledger's certificate paths are relative to.
            Without it nothing is embedded and links use the ledger's paths as they are.

    Raises:
        LedgerError: if the ledger does not follow the schema.
    """
    validate_ledger(ledger)
    report = arrange(ledger)
    store = CertificateStore(root=certificates_root, out=out)
    cards = {view.id: _card_files(view, store) for view in report.claims}
    environment = _environment()
    source = jinja2.PackageLoader("verify.report", "templates").get_source
    script = source(environment, "report.js")[0]
    return environment.get_template("report.html.j2").render(
        report=report,
        provenance=ledger["provenance"],
        cards=cards,
        figures=[_drawing(figure, f"f{i}-") for i, figure in enumerate(ledger.get("figures", ()))],
        verdicts=VERDICTS,
        kind_meanings=EVIDENCE_KINDS,
        bar=_bar(report),
        style=Markup(source(environment, "report.css")[0]),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        certificate_texts=_packed(store.texts),
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verify.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        math=mathtext.inline_html,
        duration=duration,
        filesize=_filesize,
        plural=_plural,
        unindented=_unindented,
    )
    return environment


def duration(seconds: float) -> str:
    """Seconds for people: "<1 ms", "40 ms", "2.5 s", "3 min 20 s"."""
    if seconds < 0.001:
        return "<1 ms"
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def _filesize(size: int) -> str:
    return f"{size} B" if size < 1000 else f"{size / 1000:.1f} kB"


def _unindented(markup: Markup) -> Markup:
    """Without the templates' indentation; a card has no preformatted text."""
    return Markup("\n".join(filter(None, map(str.strip, markup.splitlines()))))


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _card_files(view: ClaimView, store: CertificateStore) -> dict[str, Any]:
    """Certificates and drawings of one claim: per evidence, and for the witness."""
    listed: dict[str, CertificateFile] = {}
    per_evidence = []
    for part in view.claim["evidence"]:
        files = [store.look_up(entry) for entry in part["certificates"]]
        listed.update(zip((e["file"] for e in part["certificates"]), files, strict=True))
        per_evidence.append(files)
    witness = view.claim["witness"]
    path = witness["certificate"] if witness else None
    return {
        "evidence": per_evidence,
        "witness": store.look_up_path(path, listed=listed) if path else None,
        "figures": [
            [
                _drawing(figure, f"{view.anchor}-{i}-{j}-".replace(".", "_"))
                for j, figure in enumerate(part.get("figures", ()))
            ]
            for i, part in enumerate(view.claim["evidence"])
        ],
    }


def _drawing(figure: Mapping[str, str], prefix: str) -> dict[str, Any]:
    try:
        return {"title": figure["title"], "svg": sanitise_svg(figure["svg"], prefix=prefix)}
    except UnsafeMarkup as error:
        return {"title": figure["title"], "svg": Markup("<p>not shown: {}</p>").format(str(error))}


def _bar(report: ReportView) -> Markup:
    """Counts per verdict as one horizontal bar, drawn as SVG."""
    total = len(report.claims)
    counts = [(verdict, count) for verdict, count in report.verdict_counts if count]
    label = ", ".join(f"{count} {verdict.name}" for verdict, count in counts) or "no claims"
    rectangles, x = [], 0.0
    for verdict, count in counts:
        width = _BAR_WIDTH * count / total
        rectangles.append(
            f'<rect class="v-{verdict.slug}" x="{x:.2f}" y="0" '
            f'width="{max(width - 3, 2):.2f}" height="26">'
            f"<title>{count} {escape(verdict.name)}</title></rect>"
        )
        x += width
    return Markup(
        f'<svg class="bar" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {_BAR_WIDTH - 3} 26" preserveAspectRatio="none">'
        f"{''.join(rectangles)}</svg>"
    )


def _packed(texts: Mapping[str, str]) -> str:
    """A JSON object, compressed and in base64: no character of a text can end its element."""
    # No time stamp: the same ledger gives the same page.
    packed = gzip.compress(json.dumps(texts, ensure_ascii=False).encode(), mtime=0)
    return base64.b64encode(packed).decode()
