"""Markdown, LaTeX and JUnit: valid in their own language, whatever a claim says."""

import re
from xml.etree import ElementTree

import pytest

from verify.report import (
    LedgerError,
    render_errata,
    render_junit,
    render_latex,
    render_markdown,
)
from verify.report.latex import latex_text
from verify.report.markdown import markdown_text


def rows(markdown):
    return [line for line in markdown.splitlines() if line.startswith("|")]


def cells(row):
    return len(re.findall(r"(?<!\\)\|", row)) - 1


@pytest.mark.parametrize("renderer", [render_markdown, render_errata, render_latex, render_junit])
def test_every_renderer_validates(ledger, renderer):
    """Each rendering refuses an unknown verdict."""
    ledger["claims"][0]["verdict"] = "MAYBE"
    with pytest.raises(LedgerError, match="MAYBE"):
        renderer(ledger)


def test_summary_lists_every_claim_and_verdict(ledger):
    """The summary has a row per claim and counts all eight verdicts."""
    text = render_markdown(ledger)
    for claim in ledger["claims"]:
        assert sum(row.startswith(f"| `{claim['id']}`") for row in rows(text)) == 1
    assert re.search(r"^\| ○ UNCHECKED \| 2 \|", text, re.MULTILINE)
    assert "Mutants killed: 13 of 14." in text


def test_tables_keep_their_shape(ledger):
    """No text, not even one with pipes and newlines, changes the number of cells in a row."""
    for claim in ledger["claims"]:
        claim["statement"] += " a | b\n| c | $|x| \\| y$ `p|q`"
        claim["verdict_reason"] = "x\n\n| y |"
    for block in re.split(r"\n\n", render_markdown(ledger)):
        assert len({cells(row) for row in rows(block)}) <= 1


def test_tables_are_separated_from_headings(ledger):
    """A blank line stands around headings, so that every renderer sees the tables."""
    lines = render_markdown(ledger).splitlines()
    for index, line in enumerate(lines):
        if line.startswith("#") and index:
            assert lines[index - 1] == ""
            assert lines[index + 1] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b *c*", r"a\_b \*c\*"),
        ("<script>", "&lt;script&gt;"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("a|b", r"a\|b"),
        ("$|x|<1$", r"$\vert x\vert \lt 1$"),
        (r"$\|x\|$", r"$\Vert x\Vert$"),
        ("$$x$$", "$x$"),
        ("`a``b`", "`a``b`"),
        ("# no heading", r"\# no heading"),
        ("costs 5$", r"costs 5\$"),
        (None, ""),
    ],
)
def test_markdown_text_is_escaped(text, expected):
    """Prose cannot format, formulas survive, and neither can become HTML."""
    assert markdown_text(text) == expected


def test_errata_hold_printed_refutations_only(ledger):
    """The errata list refuted statements of papers, with witness and correction."""
    text = render_errata(ledger)
    assert re.findall(r"^### `(\S+)`", text, re.MULTILINE) == [
        "fc.cos-sum",
        "fc.angle-sum-sketch",
    ]
    assert "$p$ = 3, $\\delta$ = 1" in text
    assert "**Corrected**, `fc.cand.cos-sum` (PROVED):" in text
    assert "certificates/fc.cos-sum/counterexample.json" in text


def test_refuted_candidate_is_no_erratum(ledger, claim):
    """A candidate that is refuted is nobody's misprint."""
    claim("fc.cos-sum")["printed_kind"] = "candidate"
    claim("fc.angle-sum-sketch")["source"]["arxiv"] = None
    assert "No printed statement is refuted." in render_errata(ledger)


def test_erratum_without_correction_says_so(ledger, claim):
    """A refuted statement that nothing replaces yet is listed as such."""
    claim("fc.cos-sum")["corrected_by"] = None
    assert "no corrected statement is registered yet" in render_errata(ledger)


def tex_depths(text):
    """Nesting of braces after each line, escaped braces ignored."""
    depth = 0
    for line in text.splitlines():
        if not line.startswith("%"):
            marks = re.findall(r"(?<!\\)(?:\\\\)*([{}])", line)
            depth += marks.count("{") - marks.count("}")
        yield depth


def test_latex_is_balanced(ledger):
    """Braces balance on every line, environments nest, and each claim has one row."""
    text = render_latex(ledger)
    assert set(tex_depths(text)) == {0}
    assert re.findall(r"\\begin\{(\w+)\}", text)[0] == "longtable"
    assert sorted(re.findall(r"\\begin\{(\w+)\}", text)) == sorted(
        re.findall(r"\\end\{(\w+)\}", text)
    )
    for claim in ledger["claims"]:
        breakable = re.sub(r"([.-])", r"\1\\allowbreak{}", claim["id"])
        assert sum(line.startswith(rf"\texttt{{{breakable}}}") for line in text.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & more_less #1", r"50\% \& more\_less \#1"),
        (r"\input{secret}", r"\textbackslash{}input\{secret\}"),
        (r"$\frac12$ of $x$", r"$\frac12$ of $x$"),
        ("α ≤ β", r"\ensuremath{\alpha} \ensuremath{\le} \ensuremath{\beta}"),
        ("“quoted” – so", "``quoted'' -- so"),
        (r"$\begin{cases}a&b\\c&d\end{cases}$", r"$\begin{cases}a&b\\c&d\end{cases}$"),
    ],
)
def test_latex_text_is_escaped(text, expected):
    """Prose is escaped and convertible formulas are kept."""
    assert latex_text(text) == expected


@pytest.mark.parametrize(
    "formula",
    [r"\input{secret}", r"\write18{ls}", r"\def\a{b}", r"a & b", r"a \\ b", "} \\end{longtable} {",
     r"\catcode`\%=12", r"\begin{cases} a \end{array}", "a % b", "^^5cinput", r"\href{x}{y}",
     r"\csname input\endcsname x"],
)  # fmt: skip
def test_formula_with_foreign_commands_is_not_passed_on(formula):
    """A formula that could run a command or end the cell is shown as text."""
    written = latex_text(f"${formula}$")
    assert written.startswith(r"\texttt{")
    assert "$" not in written.replace(r"\$", "")
    assert not re.search(r"\\(input|write|def|catcode|begin|end|href|csname)\b", written)


def test_junit_has_a_case_per_claim(ledger):
    """One test case per claim; the counts are those of the verdicts."""
    root = ElementTree.fromstring(render_junit(ledger).encode())
    assert root.tag == "testsuites"
    cases = root.findall("testsuite/testcase")
    assert {case.get("name") for case in cases} == {claim["id"] for claim in ledger["claims"]}
    assert len(cases) == int(root.get("tests")) == 14
    for element, attribute in (
        ("failure", "failures"), ("error", "errors"), ("skipped", "skipped")
    ):  # fmt: skip
        found = len(root.findall(f".//{element}"))
        assert found == int(root.get(attribute))
        assert found == sum(int(s.get(attribute)) for s in root.findall("testsuite"))


@pytest.mark.parametrize(
    ("verdict", "element"),
    [("PROVED", None), ("VERIFIED", None), ("SUPPORTED", None), ("REFUTED", "failure"),
     ("VACUOUS", "failure"), ("INCONCLUSIVE", "error"), ("NOT CHECKABLE", "skipped"),
     ("UNCHECKED", "skipped")],
)  # fmt: skip
def test_junit_never_passes_an_open_claim(ledger, verdict, element):
    """Only established and supported claims pass; each other verdict is marked as its own."""
    root = ElementTree.fromstring(render_junit(ledger).encode())
    identifiers = {c["id"] for c in ledger["claims"] if c["verdict"] == verdict}
    cases = [case for case in root.iter("testcase") if case.get("name") in identifiers]
    assert cases
    for case in cases:
        outcomes = [child.tag for child in case if child.tag != "properties"]
        assert outcomes == ([element] if element else [])


def test_junit_carries_any_text(ledger):
    """Control characters and markup in a claim leave the file well-formed."""
    ledger["claims"][0]["statement"] = "a\x00b\x1b ]]> <x> & \ud800"
    root = ElementTree.fromstring(render_junit(ledger).encode())
    failure = root.find(".//failure")
    assert "]]> <x> &" in failure.text
    assert "\x1b" not in failure.text
