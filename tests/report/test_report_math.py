"""Formulas become readable MathML or their own source, and nothing else."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.report.mathtext import formula_html, inline_html, segments


def kinds(text):
    return [(piece.kind, piece.source) for piece in segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("text", "plain")]),
        ("", []),
        ("a $x$ b", [("text", "a "), ("inline", "x"), ("text", " b")]),
        ("$$x+y$$", [("display", "x+y")]),
        ("$ab$$$c$$", [("inline", "ab"), ("display", "c")]),
        (r"costs \$5 and \$6", [("text", "costs $5 and $6")]),
        ("a lone $ sign", [("text", "a lone $ sign")]),
        ("5 $ or 6 $ more", [("text", "5 $ or 6 $ more")]),
        ("run `verify` now", [("text", "run "), ("code", "verify"), ("text", " now")]),
        (r"$a\$b$", [("inline", r"a\$b")]),
    ],
)
def test_text_splits_at_formulas(text, expected):
    """Dollar signs delimit formulas only in pairs, and escaped ones are literal."""
    assert kinds(text) == expected


@given(st.text(alphabet="a$\\` {}<&\n", max_size=30))
def test_any_text_renders_to_well_formed_markup(text):
    """No text makes the rendering fail, and the result is always well-formed."""
    html = inline_html(text).replace("<wbr>", "").replace("<br>", "")
    assert ElementTree.fromstring(f"<p>{html}</p>").tag == "p"


@pytest.mark.parametrize(
    "source",
    [r"\frac{", r"\unknowncommand{x}", r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}",
     r"\begin{cases} a", r"\def\a{x}\a", r"\newcommand{\a}{x}\a", "{" * 3000, r"\left( x"],
)  # fmt: skip
def test_unconvertible_formula_shows_its_source(source):
    """A formula that is not fully understood appears as its LaTeX source in code."""
    html = formula_html(source)
    assert html.startswith('<code class="tex">')
    assert "<math" not in html


@pytest.mark.parametrize(
    ("source", "fragment"),
    [
        (r"\mathbb{E}_q", "<mi>𝔼</mi>"),
        (r"\mathbf 1", "<mn>𝟏</mn>"),
        (r"\Gamma", '<mi mathvariant="normal">Γ</mi>'),
        (r"\cos x", '<mi>cos</mi><mspace width="0.167em"></mspace><mi>x</mi>'),
        (r"\cos(x)", '<mi>cos</mi><mo stretchy="false">('),
        (r"\mathrm{spt}(q)", "<mi>spt</mi>"),
        (r"\mathcal P", "<mi>𝒫</mi>"),
        (r"\wp", "<mi>℘</mi>"),
        (r"\theta^*", "∗</mo>"),
        (r"\hat u", ">ˆ</mo>"),
        (r"\widehat{uv}", "<mo>^</mo>"),
        (r"k!", '<mo lspace="0" rspace="0" stretchy="false">!</mo>'),
    ],
)
def test_typography_follows_tex(source, fragment):
    """Alphabets, upright capitals and the space after function names are as TeX sets them."""
    assert fragment in formula_html(source)


@pytest.mark.parametrize(
    ("source", "element"),
    [
        (r"\sum_{i=1}^k a_i", "munderover"),
        (r"\max_{x} f", "munder"),
        (r"\operatorname*{argmin}_q f", "munder"),
        (r"a_1^2", "msubsup"),
        (r"\cos_\zeta(x)", "msub"),
    ],
)
def test_only_big_operators_carry_limits(source, element):
    """Scripts become limits on big operators and limit names, and stay scripts elsewhere."""
    assert f"<{element}>" in formula_html(source)


def test_sign_after_a_bracket_is_a_prefix():
    """The minus in (-1) belongs to the one; the minus in p-1 stands between."""
    assert '<mo form="prefix"' in formula_html("(-1)^k")
    assert 'form="prefix"' not in formula_html("p-1")


def test_long_formula_may_break_after_relations():
    """A long inline formula is split at top-level relations, a short one and a display are not."""
    long = r"a_1+a_2+a_3+a_4=b_1+b_2+b_3+b_4"
    assert formula_html(long).count("<math") > 1
    assert formula_html(long).count("alttext") == 1
    assert formula_html("a=b").count("<math") == 1
    assert formula_html(long, display=True).count("<math") == 1


def test_formula_never_breaks_inside_brackets():
    """What stands inside brackets stays in one piece."""
    assert formula_html(r"f(a_1+a_2+a_3+a_4+a_5+a_6+a_7+a_8)").count("<math") == 1


def test_source_is_kept_as_alternative_text():
    """The LaTeX source stays available to copying and to screen readers."""
    assert 'alttext="a&lt;b"' in formula_html("a<b")
