"""The ledger as JUnit XML: one test case per claim, one suite per source.

A refuted or vacuous claim is a failure, an inconclusive one an error, and a claim that nobody
checked or could check is skipped: none of them passes silently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from verify.report.schema import validate_ledger
from verify.report.view import ClaimView, SourceView, arrange

_ELEMENT_BY_VERDICT: dict[str, str] = {
    "REFUTED": "failure",
    "VACUOUS": "failure",
    "INCONCLUSIVE": "error",
    "NOT CHECKABLE": "skipped",
    "UNCHECKED": "skipped",
}

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(ledger: Mapping[str, Any]) -> str:
    """Render the ledger as JUnit XML.

    Raises:
        LedgerError: if the ledger does not follow the schema.
    """
    validate_ledger(ledger)
    report = arrange(ledger)
    root = ElementTree.Element("testsuites", {"name": "verify", **_counts(report.claims)})
    for source in report.sources:
        _add_suite(root, source, started=ledger["provenance"]["started"])
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _add_suite(root: ElementTree.Element, source: SourceView, *, started: str) -> None:
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        {
            "name": _xml(source.label),
            **_counts(source.claims),
            # The schema of JUnit files wants a timestamp without a zone; ours is UTC.
            "timestamp": re.sub(r"(Z|\+00:00)$", "", started),
        },
    )
    for view in source.claims:
        _add_case(suite, view, classname=source.label)


def _add_case(suite: ElementTree.Element, view: ClaimView, *, classname: str) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        {"name": view.id, "classname": _xml(classname), "time": f"{view.seconds:.3f}"},
    )
    properties = ElementTree.SubElement(case, "properties")
    facts = {
        "verdict": view.verdict.name,
        "kinds": " ".join(view.kinds),
        "mutants": f"{view.killed}/{len(view.claim['mutants'])}",
        "corrected_by": view.claim["corrected_by"] or "",
    }
    for name, value in facts.items():
        if value:
            ElementTree.SubElement(properties, "property", {"name": name, "value": value})
    element = _ELEMENT_BY_VERDICT.get(view.verdict.name)
    if element is None:
        return
    reason = view.claim["verdict_reason"] or view.claim["unchecked_reason"] or ""
    message = f"{view.verdict.name}: {reason}" if reason else view.verdict.name
    attributes = {"message": _xml(message)}
    if element != "skipped":
        attributes["type"] = view.verdict.name
    child = ElementTree.SubElement(case, element, attributes)
    child.text = _xml("\n".join(_details(view)))


def _details(view: ClaimView) -> list[str]:
    lines = [view.claim["statement"]]
    witness = view.claim["witness"]
    if witness:
        values = ", ".join(f"{name} = {value}" for name, value in witness["values"].items())
        lines.append(f"witness: {witness['description']} {values}".rstrip())
    lines.extend(f"replay: {part['replay']}" for part in view.claim["evidence"] if part["replay"])
    return list(dict.fromkeys(lines))


def _counts(claims: tuple[ClaimView, ...]) -> dict[str, str]:
    elements = [_ELEMENT_BY_VERDICT.get(view.verdict.name) for view in claims]
    return {
        "tests": str(len(claims)),
        "failures": str(elements.count("failure")),
        "errors": str(elements.count("error")),
        "skipped": str(elements.count("skipped")),
        "time": f"{sum(view.seconds for view in claims):.3f}",
    }


def _xml(text: str) -> str:
    """Replace the control characters that XML 1.0 cannot carry."""
    return _NOT_XML.sub("\ufffd", text)
