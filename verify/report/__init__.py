"""One evidence ledger, rendered for people and for machines.

    from verify.report import render
    render(ledger, Path("reports"), certificates_root=Path("reports"))

writes a self-contained HTML page, a Markdown summary, the errata of the papers, a LaTeX table
and a JUnit file.  Every function takes a ledger that follows ``ledger.schema.json``; the counts
shown are computed from its claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verify.report.junit import render_junit
from verify.report.latex import render_latex
from verify.report.markdown import render_errata, render_markdown
from verify.report.page import render_html
from verify.report.schema import LedgerError, ledger_schema, summarise, validate_ledger

__all__ = [
    "LedgerError",
    "ledger_schema",
    "render",
    "render_errata",
    "render_html",
    "render_junit",
    "render_latex",
    "render_markdown",
    "summarise",
    "validate_ledger",
]


def render(
    ledger: Mapping[str, Any], out: Path, *, certificates_root: Path | None = None
) -> list[Path]:
    """Write every rendering of a ledger.

    Args:
        ledger: a ledger that follows the schema.
        out: the folder to write to; created if needed, files of the same name are replaced.
        certificates_root: the folder that the ledger's certificate paths are relative to.

    Returns:
        The files written: ``index.html``, ``summary.md``, ``errata.md``, ``summary.tex``,
        ``junit.xml``.

    Raises:
        LedgerError: if the ledger does not follow the schema; nothing is written then.
    """
    texts = {
        "index.html": render_html(ledger, out=out, certificates_root=certificates_root),
        "summary.md": render_markdown(ledger),
        "errata.md": render_errata(ledger),
        "summary.tex": render_latex(ledger),
        "junit.xml": render_junit(ledger),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    return [out / name for name in texts]
