r"""The ledger as a LaTeX fragment: one `longtable` to `\input` into a paper.

A ledger's text is data: prose is escaped character by character, and a formula is passed on only
if every command in it is one that the formula converter knows, so nothing in a claim can run a
command of its own or end the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2

from verify.report.mathtext import formula_tree, segments
from verify.report.schema import validate_ledger
from verify.report.view import arrange

_ESCAPES: dict[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    "`": r"\textasciigrave{}",
    "–": "--",
    "—": "---",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "…": r"\ldots{}",
    "\u00a0": "~",
}

_MATH_CHARACTERS: dict[str, str] = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "≲": r"\lesssim",
    "≳": r"\gtrsim", "∈": r"\in", "∉": r"\notin", "⊆": r"\subseteq", "⊂": r"\subset",
    "∝": r"\propto", "∞": r"\infty", "→": r"\to", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "↦": r"\mapsto", "×": r"\times", "·": r"\cdot", "±": r"\pm", "−": "-", "∑": r"\sum",
    "Σ": r"\Sigma", "∏": r"\prod", "√": r"\surd", "‖": r"\|", "∅": r"\emptyset",
    "∀": r"\forall", "∃": r"\exists", "∎": r"\blacksquare", "✓": r"\checkmark", "✗": r"\times",
    "⟨": r"\langle", "⟩": r"\rangle", "²": "^2", "³": "^3", "½": r"\tfrac12", "¼": r"\tfrac14",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa",
    "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega",
    "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Π": r"\Pi",
    "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip


def render_latex(ledger: Mapping[str, Any]) -> str:
    r"""Render the table; needs the packages amsmath, amssymb, array, booktabs and longtable.

    Raises:
        LedgerError: if the ledger does not follow the schema.
    """
    validate_ledger(ledger)
    # HTML escaping would garble LaTeX; every inserted text goes through the filter below.
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verify.report", "templates"),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(tex=latex_text, texid=_identifier)
    text = environment.get_template("summary.tex.j2").render(
        report=arrange(ledger), provenance=ledger["provenance"]
    )
    return text.rstrip() + "\n"


def latex_text(text: str | None) -> str:
    """Text with formulas as LaTeX; a formula that is not understood is set as typewriter text."""
    out = []
    for piece in segments(re.sub(r"\s+", " ", text or "").strip()):
        if piece.kind in ("inline", "display") and _is_passable(piece.source):
            out.append(f"${piece.source}$")
        elif piece.kind == "text":
            out.append(_escape(piece.source))
        else:
            out.append(rf"\texttt{{{_escape(piece.source)}}}")
    return "".join(out)


def _is_passable(source: str) -> bool:
    """Whether a formula may be handed to LaTeX as it stands: known commands, balanced groups."""
    if not source.isascii() or any(mark in source for mark in ("%", "#", "^^")):
        return False
    depth = 0
    for mark in re.findall(r"(?<!\\)(?:\\\\)*([{}])", source):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    opened = re.findall(r"\\begin\{(\w+\*?)\}", source)
    closed = re.findall(r"\\end\{(\w+\*?)\}", source)
    if depth or sorted(opened) != sorted(closed):
        return False
    # Alignment marks belong inside an environment; bare ones would end the table's cell.
    if not opened and ("&" in source.replace("\\&", "") or "\\\\" in source):
        return False
    return formula_tree(source, display=False) is not None


def _identifier(text: str) -> str:
    """A claim's id, breakable after its dots and hyphens."""
    return re.sub(r"([.-])", r"\1\\allowbreak{}", _escape(text))


def _escape(text: str) -> str:
    return "".join(_escape_character(character) for character in text)


def _escape_character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character in _MATH_CHARACTERS:
        return rf"\ensuremath{{{_MATH_CHARACTERS[character]}}}"
    if (character.isascii() and character.isprintable()) or character.isalpha():
        return character
    return f"\\texttt{{U+{ord(character):04X}}}"
