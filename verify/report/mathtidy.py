"""Typographic repairs on the MathML that latex2mathml writes.

TeX's rules for spacing, limits, signs and alphabets are only partly expressed in that output, and
browsers implement MathML Core, which dropped some attributes that it relies on.  The repairs
keep the meaning of the tree.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from verify.report.fragments import local_name

_THIN, _MEDIUM, _THICK = "0.167em", "0.222em", "0.278em"
_LIMIT_NAMES = frozenset(
    ["max", "min", "sup", "inf", "lim", "limsup", "liminf", "argmax", "argmin"]
)
_LIMIT_OPERATORS = frozenset("∑∏∐⋃⋂⨁⨂⋀⋁")
_TIGHT = frozenset("/!|‖∥…⋯′″*")
_SYMBOLS = frozenset("∞∂∇∅∀∃¬√∆℘")
_WITH_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LIMIT_ELEMENTS = frozenset(_WITH_LIMITS.values())
_SIGNS = frozenset("+-−±∓")
_RELATIONS = frozenset("=≠<>≤≥≡≈∼≲≳∝∈∉⊆⊂→⇒⟹⟸⇔⟺↦:")
# Unicode's mathematical alphabets have gaps where an older letter exists; the older comes second.
_ALPHABETS: Mapping[str, tuple[str, ...]] = {
    "bold": ("MATHEMATICAL BOLD",),
    "double-struck": ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "script": ("MATHEMATICAL SCRIPT", "SCRIPT"),
    "fraktur": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
}


def tidy(root: Element) -> None:
    """Repair the tree in place."""
    for element in list(root.iter()):
        _merge_roman_letters(element)
        _set_alphabet(element)
        _classify(element)
        _narrow_accent(element)
    for element in list(root.iter()):
        name = local_name(element)
        if name in _WITH_LIMITS and _takes_limits(element[0]):
            _rename(element, _WITH_LIMITS[name])
        if name in ("math", "mrow", "mtd", "mstyle"):
            _group_large_brackets(element)
            _mark_signs(element)
            _space_function_names(element)
    for element in root.iter():
        if local_name(element) in _WITH_LIMITS or local_name(element) in _LIMIT_ELEMENTS:
            _tighten(script for child in element[1:] for script in child.iter())


def breakable_segments(root: Element, *, unbroken_tokens: int) -> list[Element]:
    """Split a long inline formula after top-level relations and sums.

    Browsers do not break lines inside `<math>`; TeX does.  Each part is a `<math>` of its own,
    so the page may break between them.  A formula of at most `unbroken_tokens` tokens, and
    whatever stands inside brackets, stays whole.
    """
    row = root[0] if len(root) == 1 and local_name(root[0]) == "mrow" else root
    if sum(1 for element in root.iter() if len(element) == 0) <= unbroken_tokens:
        return [root]
    groups: list[list[Element]] = [[]]
    depth = 0
    for child in row:
        groups[-1].append(child)
        depth += _bracket(child)
        infix = _text(child) in _RELATIONS | _SIGNS and child.get("form") != "prefix"
        if local_name(child) == "mo" and depth == 0 and infix and len(groups[-1]) > 1:
            # At the end of a row the operator would take its postfix form and lose spacing.
            child.set("form", "infix")
            groups.append([])
    parts = []
    for group in filter(None, groups):
        part = Element(root.tag, {"display": "inline"})
        part.extend(group)
        parts.append(part)
    if "alttext" in root.attrib:
        parts[0].set("alttext", root.attrib["alttext"])
    return parts


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _rename(element: Element, name: str) -> None:
    """Change the local name and keep the namespace."""
    element.tag = element.tag.replace(local_name(element), name)


def _core(element: Element) -> Element:
    """The base under any scripts."""
    while local_name(element) in _WITH_LIMITS or local_name(element) in _LIMIT_ELEMENTS:
        element = element[0]
    return element


def _bracket(element: Element) -> int:
    """+1 for an opening bracket, -1 for a closing one (scripts allowed), else 0."""
    core = _core(element)
    text = _text(core)
    if local_name(core) != "mo" or len(text) != 1:
        return 0
    category = unicodedata.category(text)
    return (category == "Ps") - (category == "Pe")


def _merge_roman_letters(element: Element) -> None:
    r"""One name per `\mathrm{name}`, which arrives as a row of upright letters."""
    letters = list(element)
    upright = (child.get("mathvariant") == "normal" and _text(child) for child in letters)
    if local_name(element) == "mrow" and len(letters) > 1 and all(upright):
        _rename(element, "mi")
        element.text = "".join(map(_text, letters))
        for child in letters:
            element.remove(child)


def _set_alphabet(element: Element) -> None:
    """Spell alphabets as characters: MathML Core ignores every `mathvariant` but `normal`."""
    alphabet = _ALPHABETS.get(element.get("mathvariant", ""))
    text = _text(element)
    if alphabet and text:
        element.text = "".join(_letter(character, alphabet) for character in text)
        del element.attrib["mathvariant"]
    elif local_name(element) == "mi" and len(text) == 1 and "Α" <= text <= "Ω":
        # TeX sets Greek capitals upright; MathML slants every single letter.
        element.set("mathvariant", "normal")


def _letter(character: str, alphabet: tuple[str, ...]) -> str:
    name = unicodedata.name(character, "")
    suffix = name.removeprefix("LATIN ").removeprefix("GREEK ").replace("LETTER ", "")
    for prefix in alphabet:
        try:
            return unicodedata.lookup(f"{prefix} {suffix}")
        except KeyError:
            continue
    return character


def _classify(element: Element) -> None:
    """Give operators and names the element and the spacing that their meaning asks for."""
    name, text = local_name(element), _text(element)
    if name not in ("mi", "mo") or not text:
        return
    category = unicodedata.category(text) if len(text) == 1 else ""
    if text in _LIMIT_NAMES:
        _rename(element, "mo")
        element.attrib.update(movablelimits="true", lspace="0", rspace="0", form="prefix")
    elif text == "mod" and name == "mo":
        element.attrib.update(lspace=_MEDIUM, rspace=_MEDIUM, form="infix")
    elif len(text) > 1 and text.isalpha():
        _rename(element, "mi")
    elif text == "―":
        element.text = "‾"
        element.set("stretchy", "true")
    elif text in _TIGHT:
        _rename(element, "mo")
        # The ASCII asterisk is raised already; TeX's sits on the axis.
        element.text = text.replace("*", "∗")
        element.attrib.update(lspace="0", rspace="0")
        element.attrib.setdefault("stretchy", "false")
    elif name == "mi" and category in ("Ps", "Pe"):
        _rename(element, "mo")
        element.set("stretchy", "false")
    elif name == "mi" and ((category == "Sm" and text not in _SYMBOLS) or text == ":"):
        _rename(element, "mo")
        element.attrib.update(lspace=_THICK, rspace=_THICK, form="infix")


def _narrow_accent(element: Element) -> None:
    r"""A hat or tilde over one letter keeps its width; over several letters it stretches."""
    if local_name(element) == "mover" and len(element) == 2:
        letters = "".join(element[0].itertext()).strip()
        narrow = {"^": "ˆ", "~": "˜"}.get(_text(element[1]))
        if narrow and len(letters) == 1:
            element[1].text = narrow
            element[1].set("stretchy", "false")
            element.set("accent", "true")


def _takes_limits(base: Element) -> bool:
    text = _text(base)
    return local_name(base) == "mo" and (text in _LIMIT_OPERATORS or text in _LIMIT_NAMES)


def _group_large_brackets(row: Element) -> None:
    r"""Give a sized bracket under a script, `\Bigr)^k`, a row of its own.

    A bracket takes its size only as part of a row; as the bare base of a script it stays small.
    """
    for child in row:
        core = _core(child)
        if core is not child and _bracket(core) == -1 and "minsize" in core.attrib:
            group = Element(core.tag.replace("mo", "mrow"))
            group.append(core)
            child.remove(core)
            child.insert(0, group)


def _mark_signs(row: Element) -> None:
    """A sign after an opening bracket, a relation, a comma or an operator belongs to its term."""
    before: Element | None = None
    for child in row:
        if local_name(child) == "mo" and _text(child) in _SIGNS:
            after_operator = before is not None and local_name(before) == "mo"
            text = _text(before) if before is not None else ""
            if before is None or (
                after_operator
                and (_bracket(before) == 1 or text in _RELATIONS or text in _SIGNS or text in ",;(")
            ):
                child.attrib.update(form="prefix", lspace="0", rspace="0")
        if local_name(child) != "mspace":
            before = child


def _is_name(element: Element) -> bool:
    """Whether the element is a multi-letter name such as cos, possibly with scripts."""
    core = _core(element)
    text = _text(core)
    return text in _LIMIT_NAMES or (
        local_name(core) == "mi" and len(text) > 1 and text.isascii() and text.isalpha()
    )


def _starts_open(element: Element) -> bool:
    """Whether the element is an operator or space, or a group that begins with a bracket."""
    core = _core(element)
    if local_name(core) == "mrow" and len(core) and _bracket(core[0]) == 1:
        return True
    return local_name(core) == "mspace" or (local_name(core) == "mo" and not _is_name(core))


def _space_function_names(row: Element) -> None:
    """Insert TeX's thin space between the name of a function and an adjacent symbol."""
    children = list(row)
    position = 0
    for child, following in itertools.pairwise(children):
        position += 1
        operator = local_name(child) in ("mo", "mspace") and not _is_name(child)
        after_name = _is_name(child) and not _starts_open(following)
        before_name = _is_name(following) and (not operator or _bracket(child) == -1)
        if after_name or before_name:
            space = Element(child.tag.replace(local_name(child), "mspace"), {"width": _THIN})
            row.insert(position, space)
            position += 1


def _tighten(scripts: Iterable[Element]) -> None:
    """Drop the spaces around operators in scripts, as TeX does."""
    for element in scripts:
        text = _text(element)
        if local_name(element) == "mo" and len(text) == 1 and text not in ",;^~ˆ˜‾˙":
            element.attrib.update(lspace="0.04em", rspace="0.04em")
