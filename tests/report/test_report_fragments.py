"""Drawings are shown without anything that could run, load or leak."""

import pytest

from verify.report.fragments import UnsafeMarkup, sanitise_svg

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def clean(body, attributes='viewBox="0 0 1 1"'):
    return sanitise_svg(f"<svg {XMLNS} {attributes}>{body}</svg>", prefix="f-")


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<foreignObject><p onclick="alert(1)">alert(1)</p></foreignObject>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<image href="http://example.org/alert(1).png"/>',
        '<image href="data:image/svg+xml;base64,alert(1)"/>',
        '<use href="http://example.org/x.svg#alert(1)"/>',
        '<rect style="fill:url(http://example.org/alert(1))"/>',
        '<rect fill="url(http://example.org/alert(1))"/>',
        r'<rect style="fill:\75rl(http://example.org/alert(1))"/>',
        "<style>@import url(http://example.org/alert(1))</style>",
        '<animate attributeName="href" to="alert(1)"/>',
        "<set attributeName='onclick' to='alert(1)'/>",
    ],
)
def test_active_and_external_content_is_dropped(body):
    """Scripts, handlers, links and external references leave no trace."""
    html = clean(body)
    assert "alert" not in html
    assert "http" not in html


def test_text_is_escaped_again():
    """Text that was escaped in the drawing is escaped in the page."""
    assert "&lt;script&gt;" in clean("<text>&lt;script&gt;</text>")


def test_ids_get_the_prefix_wherever_they_are_used():
    """Definitions and references are renamed together."""
    html = clean(
        '<defs><clipPath id="c"><path d="M0 0"/></clipPath></defs>'
        '<g clip-path="url(#c)"/><use xlink:href="#c"/><g style="fill: url(#c)"/>'
    )
    assert html.count("f-c") == 4
    assert 'href="#f-c"' in html


def test_embedded_bitmap_survives():
    """A PNG inside the drawing is kept: it loads nothing."""
    assert "data:image/png;base64,iVBO" in clean('<image href="data:image/png;base64,iVBO"/>')


def test_size_becomes_a_view_box():
    """A drawing without a view box gets one from its size, so that the page can scale it."""
    html = clean("<g/>", attributes='width="40pt" height="30pt"')
    assert 'viewBox="0 0 40 30"' in html
    assert "width=" not in html


def test_document_type_of_plotting_libraries_is_accepted():
    """The usual SVG document type is skipped, not refused."""
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    html = sanitise_svg(f"{doctype}<svg {XMLNS} viewBox='0 0 1 1'/>", prefix="f-")
    assert html.startswith("<svg")


@pytest.mark.parametrize(
    "source",
    ["", "not markup", "<svg", "<p/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'],
)
def test_what_is_no_drawing_is_refused(source):
    """Malformed text, another root and entity declarations are refused with a reason."""
    with pytest.raises(UnsafeMarkup, match="expected an"):
        sanitise_svg(source, prefix="f-")
