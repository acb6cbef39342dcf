"""The ledger as Markdown: a summary table, and the errata of the papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import jinja2

from verify.report.mathtext import segments
from verify.report.page import duration
from verify.report.schema import validate_ledger
from verify.report.view import arrange

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
_PLAIN_PUNCTUATION = frozenset("()-+!.")


def render_markdown(ledger: Mapping[str, Any]) -> str:
    """Render the summary: counts, a table per source, provenance.

    Raises:
        LedgerError: if the ledger does not follow the schema.
    """
    return _render("summary.md.j2", ledger)


def render_errata(ledger: Mapping[str, Any]) -> str:
    """Render the statements of papers that are refuted as printed, each with its correction.

    Raises:
        LedgerError: if the ledger does not follow the schema.
    """
    return _render("errata.md.j2", ledger)


def _render(template: str, ledger: Mapping[str, Any]) -> str:
    validate_ledger(ledger)
    # HTML escaping would garble Markdown; every inserted text goes through a filter below.
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verify.report", "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(md=markdown_text, code=_code, duration=duration)
    text = environment.get_template(template).render(
        report=arrange(ledger), provenance=ledger["provenance"]
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def markdown_text(text: str | None) -> str:
    r"""One line of Markdown: prose escaped, formulas kept, safe inside a table cell.

    In formulas `|`, `<` and `>` become `\vert`, `\lt` and `\gt`: a table would split at the
    first, and a renderer without mathematics would read the others as HTML.
    """
    out = []
    for piece in segments(re.sub(r"\s+", " ", text or "").strip()):
        if piece.kind in ("inline", "display"):
            out.append(f"${_formula(piece.source)}$")
        elif piece.kind == "code":
            out.append(_code(piece.source))
        else:
            out.append(_escape(piece.source))
    return "".join(out)


def _formula(source: str) -> str:
    source = source.replace("\\|", r"\Vert ").replace("|", r"\vert ")
    return source.replace("<", r"\lt ").replace(">", r"\gt ").replace("`", "'").strip()


def _escape(text: str) -> str:
    text = _SPECIAL.sub(
        lambda match: match[1] if match[1] in _PLAIN_PUNCTUATION else "\\" + match[1], text
    )
    return escape(text, quote=False)


def _code(text: str | None) -> str:
    """An inline code span; the fence is longer than any run of backquotes inside."""
    # A newline would end a table row; the pipe is escaped for tables, which unescape it.
    line = re.sub(r"\s+", " ", text or "").strip().replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}"
