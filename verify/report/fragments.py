"""Allow-listed SVG and MathML: foreign markup in, harmless markup out.

Figures and formulas are the only markup that a ledger brings into the page.  Both are parsed as
XML and written out again from an allow-list, so whatever is not known to be harmless (scripts,
event handlers, links, style sheets, external images) never reaches the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from xml.etree import ElementTree

from markupsafe import Markup


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MATHML_ELEMENTS: frozenset[str] = _words(
    "math mrow mi mn mo mtext mspace msub msup msubsup mfrac msqrt mroot munder mover "
    "munderover mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose "
    "ms"
)

MATHML_ATTRIBUTES: frozenset[str] = _words(
    "display alttext accent accentunder stretchy fence form separator movablelimits largeop "
    "symmetric lspace rspace minsize maxsize width height depth voffset linethickness "
    "columnalign rowalign columnspacing rowspacing columnlines rowlines displaystyle "
    "scriptlevel mathvariant notation"
)

_SVG_ELEMENTS: frozenset[str] = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs clipPath "
    "use symbol marker pattern mask linearGradient radialGradient stop image"
)

_SVG_ATTRIBUTES: frozenset[str] = _words(
    "id x y x1 y1 x2 y2 cx cy r rx ry dx dy d points width height viewBox "
    "preserveAspectRatio transform fill fill-opacity fill-rule stroke stroke-width "
    "stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray "
    "stroke-dashoffset opacity clip-path clip-rule mask marker-start marker-mid marker-end "
    "offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod fx fy "
    "patternUnits patternContentUnits patternTransform clipPathUnits maskUnits markerWidth "
    "markerHeight markerUnits refX refY orient font-family font-size font-style font-weight "
    "text-anchor dominant-baseline letter-spacing textLength lengthAdjust rotate role "
    "aria-label"
)

_SVG_STYLE_PROPERTIES: frozenset[str] = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity font "
    "font-family font-size font-style font-weight font-variant font-stretch text-anchor "
    "stop-color stop-opacity clip-path clip-rule mask visibility"
)

_LOCAL_URL = re.compile(r"""url\(\s*['"]?#([A-Za-z_][\w.:-]*)['"]?\s*\)""")
_PNG_URL = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\s]+\Z")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt)?\s*\Z")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]*>", re.IGNORECASE)


class UnsafeMarkup(ValueError):
    """Markup that cannot be shown: not well-formed, or not what it claims to be."""


def local_name(element: ElementTree.Element) -> str:
    """The element's name without its namespace; comments and instructions give ''."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def serialise_mathml(element: ElementTree.Element) -> str:
    """Write a MathML tree, dropping whatever is not on the allow-list.

    A dropped element takes its content with it.
    """
    name = local_name(element)
    if name not in MATHML_ELEMENTS:
        return ""
    attributes = [(key, value) for key, value in element.attrib.items() if key in MATHML_ATTRIBUTES]
    return _write(name, attributes, element, [serialise_mathml(child) for child in element])


def sanitise_svg(source: str, *, prefix: str) -> Markup:
    """Return an SVG drawing that is safe to inline.

    Args:
        source: the drawing as XML text.
        prefix: put before every id (and reference), so that two drawings on one page cannot
            capture each other's gradients and clip paths.

    Raises:
        UnsafeMarkup: if the text is not well-formed XML with an `svg` root, or declares
            entities.
    """
    text = _DOCTYPE.sub("", source, count=1)
    # Entities are refused outright: their expansion can be exponential in the size of the text.
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise UnsafeMarkup("expected an SVG drawing without entity declarations; got one with")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise UnsafeMarkup(f"expected an SVG drawing as well-formed XML; {error}") from error
    if local_name(root) != "svg":
        raise UnsafeMarkup(f"expected an <svg> element; got <{local_name(root)}>")
    if "viewBox" not in root.attrib:
        size = [_LENGTH.match(root.get(side, "")) for side in ("width", "height")]
        if all(size):
            root.set("viewBox", "0 0 " + " ".join(match.group(1) for match in size if match))
    # The page scales the drawing; matplotlib's global style rule is dropped, so restate it here.
    for side in ("width", "height"):
        root.attrib.pop(side, None)
    root.set("stroke-linejoin", root.get("stroke-linejoin", "round"))
    return Markup(_write_svg(root, prefix))


def _write_svg(element: ElementTree.Element, prefix: str) -> str:
    name = local_name(element)
    if name not in _SVG_ELEMENTS:
        return ""
    attributes = list(_svg_attributes(element, prefix))
    if name == "image" and not any(key == "href" for key, _ in attributes):
        return ""
    return _write(name, attributes, element, [_write_svg(child, prefix) for child in element])


def _svg_attributes(element: ElementTree.Element, prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2]
        if key == "href":
            if value.startswith("#"):
                yield key, "#" + prefix + value[1:]
            elif local_name(element) == "image" and _PNG_URL.match(value):
                yield key, value
        elif key == "style":
            kept = "; ".join(_style_declarations(value, prefix))
            if kept:
                yield key, kept
        elif key == "id":
            yield key, prefix + value
        elif key in _SVG_ATTRIBUTES and (safe := _local_references(value, prefix)) is not None:
            yield key, safe


def _style_declarations(style: str, prefix: str) -> Iterable[str]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if not colon or name not in _SVG_STYLE_PROPERTIES:
            continue
        safe = _local_references(value.strip(), prefix)
        if safe is not None:
            yield f"{name}: {safe}"


def _local_references(value: str, prefix: str) -> str | None:
    """Rewrite `url(#id)`; None if the value refers to anything outside the drawing."""
    rewritten = _LOCAL_URL.sub(lambda match: f"url(#{prefix}{match.group(1)})", value)
    remaining = _LOCAL_URL.sub("", value).lower()
    # A backslash could spell a forbidden word in CSS escapes.
    if any(word in remaining for word in ("url(", "javascript:", "expression(", "\\", "@")):
        return None
    return rewritten


def _write(
    name: str,
    attributes: list[tuple[str, str]],
    element: ElementTree.Element,
    children: list[str],
) -> str:
    opening = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
    text = escape(element.text or "", quote=False)
    inner = text + "".join(
        written + escape(child.tail or "", quote=False)
        for written, child in zip(children, element, strict=True)
    )
    return f"<{name}{opening}>{inner}</{name}>"
