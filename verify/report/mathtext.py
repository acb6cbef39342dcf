"""Text with `$...$` formulas, rendered as HTML with MathML.

A formula that the converter does not understand is shown as its LaTeX source in `<code>`: a
report never fails, and never shows a half-understood formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from xml.etree import ElementTree

import latex2mathml.converter
from markupsafe import Markup

from verify.report.fragments import MATHML_ELEMENTS, local_name, serialise_mathml
from verify.report.mathtidy import breakable_segments, tidy

_SEGMENT = re.compile(
    r"(?P<escaped>\\\$)"
    r"|\$\$(?P<display>.+?)(?<!\\)\$\$"
    r"|\$(?!\s)(?P<inline>(?:\\.|[^$\\])+)(?<!\s)\$"
    r"|`(?P<code>[^`\n]+)`",
    re.DOTALL,
)

# The converter expands definitions, which can take exponential time, and accepts some primitives
# whose meaning in LaTeX goes beyond mathematics.  No printed statement needs any of them.
_REFUSED_COMMANDS = re.compile(
    r"\\(?:def|let|newcommand|renewcommand|providecommand|math(?:code|char|chardef|accent)"
    r"|verb|rule|raise|lower|moveleft|moveright|[mh]?skip|m?kern|hbox|tag|label|color)(?![A-Za-z])"
)

# A formula longer than this many tokens may be broken across lines.
_UNBROKEN_TOKENS = 14


@dataclass(frozen=True)
class Segment:
    """A piece of text: `kind` is "text", "inline", "display" or "code"; `source` its content."""

    kind: str
    source: str


def segments(text: str) -> list[Segment]:
    r"""Split text into prose, formulas and code.

    `\$` is a dollar sign, `$...$` an inline formula, `$$...$$` a displayed one, and a pair of
    backquotes encloses code.  A lone `$` stands for itself.
    """
    pieces: list[Segment] = []
    prose = ""
    position = 0
    for match in _SEGMENT.finditer(text):
        prose += text[position : match.start()]
        position = match.end()
        if match.lastgroup == "escaped":
            prose += "$"
            continue
        if prose:
            pieces.append(Segment("text", prose))
            prose = ""
        kind = match.lastgroup or "text"
        pieces.append(Segment(kind, match.group(kind).strip()))
    prose += text[position:]
    if prose:
        pieces.append(Segment("text", prose))
    return pieces


def formula_tree(source: str, *, display: bool) -> ElementTree.Element | None:
    """Convert LaTeX to a MathML tree, or None if any part of it is not understood."""
    if _REFUSED_COMMANDS.search(source):
        return None
    try:
        written = latex2mathml.converter.convert(source, display="block" if display else "inline")
        root = ElementTree.fromstring(written)
    # The converter signals malformed input through many exception types, IndexError and
    # RecursionError among them; each means the same here: show the source instead.
    except Exception:
        return None
    for element in root.iter():
        # An unknown command survives as text, an href or style as an attribute of a known tag.
        if local_name(element) not in MATHML_ELEMENTS or "\\" in (element.text or ""):
            return None
        if any(key in ("href", "style", "class", "id") for key in element.attrib):
            return None
    return root


@lru_cache(maxsize=4096)
def formula_html(source: str, *, display: bool = False) -> Markup:
    """Render one formula (without its dollar signs) as MathML, or its source as code."""
    root = formula_tree(source, display=display)
    if root is None:
        return Markup(f'<code class="tex">{escape(source)}</code>')
    tidy(root)
    root.set("alttext", source)
    if display:
        return Markup(f'<span class="display">{serialise_mathml(root)}</span>')
    parts = breakable_segments(root, unbroken_tokens=_UNBROKEN_TOKENS)
    return Markup("<wbr>".join(serialise_mathml(part) for part in parts))


def inline_html(text: str | None) -> Markup:
    """Render text with formulas as phrasing content; None gives nothing."""
    out = []
    for piece in segments(text or ""):
        if piece.kind in ("inline", "display"):
            out.append(formula_html(piece.source, display=piece.kind == "display"))
        elif piece.kind == "code":
            out.append(f"<code>{escape(piece.source)}</code>")
        else:
            out.append(re.sub(r"\n\s*\n", "<br><br>", escape(piece.source)))
    return Markup("".join(out))
