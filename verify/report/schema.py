"""The published ledger schema and its enforcement.

`ledger.schema.json` fixes the shape; a few relations between parts of a ledger (unique ids,
corrections that exist, a summary that agrees with the claims) are beyond JSON Schema and are
checked here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import jsonschema

from verify.core.ledger import summarise

_SHOWN_PROBLEMS = 10


class LedgerError(ValueError):
    """A ledger that does not follow the schema.

    Attributes:
        problems: one sentence per problem, each beginning with the place in the ledger.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = [f"  - {problem}" for problem in self.problems[:_SHOWN_PROBLEMS]]
        hidden = len(self.problems) - len(shown)
        if hidden > 0:
            shown.append(f"  ... and {hidden} more")
        count = len(self.problems)
        heading = f"the ledger has {count} problem{'' if count == 1 else 's'}:"
        super().__init__("\n".join([heading, *shown]))


@cache
def ledger_schema() -> dict[str, Any]:
    """The JSON schema of a ledger (draft 2020-12)."""
    text = resources.files("verify.report").joinpath("ledger.schema.json").read_text("utf-8")
    return json.loads(text)


def validate_ledger(ledger: Mapping[str, Any]) -> None:
    """Raise unless the ledger follows the schema and agrees with itself.

    Raises:
        LedgerError: naming every place that is wrong, what was expected and what came.
    """
    validator = jsonschema.Draft202012Validator(ledger_schema())
    errors = sorted(
        _leaves(validator.iter_errors(ledger)),
        key=lambda error: [str(part) for part in error.absolute_path],
    )
    problems = list(dict.fromkeys(_sentence(error, ledger) for error in errors))
    if not problems:
        problems = list(_inconsistencies(ledger))
    if problems:
        raise LedgerError(problems)


def _leaves(
    errors: Iterable[jsonschema.ValidationError],
) -> Iterable[jsonschema.ValidationError]:
    """The innermost errors: inside an anyOf with null, the error of the non-null branch."""
    for error in errors:
        inner = [child for child in error.context or () if child.validator != "type"]
        if error.validator == "anyOf" and inner:
            yield from _leaves(inner)
        else:
            yield error


def _sentence(error: jsonschema.ValidationError, ledger: Mapping[str, Any]) -> str:
    place = _place(list(error.absolute_path), ledger)
    got = f"{_abbreviate(error.instance)} (type={type(error.instance).__name__})"
    match error.validator:
        case "required" | "additionalProperties":
            return f"{place}: {error.message}"
        case "enum":
            choices = ", ".join(map(str, error.validator_value))
            return f"{place}: expected one of {choices}; got {got}"
        case "const":
            return f"{place}: expected {error.validator_value!r}; got {got}"
        case "type":
            expected = error.validator_value
            names = expected if isinstance(expected, str) else " or ".join(expected)
            return f"{place}: expected {names}; got {got}"
        case "contains" | "maxItems":
            return f"{place}: {error.schema.get('description', error.message)}"
        case "pattern":
            return f"{place}: expected text matching {error.validator_value}; got {got}"
        case _:
            return f"{place}: {error.message}"


def _place(path: list[str | int], ledger: Mapping[str, Any]) -> str:
    """A readable path; a claim is named by its id where it has one."""
    words = []
    if len(path) >= 2 and path[0] == "claims":
        claim = ledger["claims"][path[1]]
        identifier = claim.get("id") if isinstance(claim, Mapping) else None
        words.append(f"claim {identifier!r}" if identifier else f"claims[{path[1]}]")
        path = path[2:]
    for part in path:
        if isinstance(part, int) and words:
            words[-1] += f"[{part}]"
        else:
            words.append(str(part))
    return " / ".join(words) or "ledger"


def _abbreviate(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _inconsistencies(ledger: Mapping[str, Any]) -> Iterable[str]:
    claims = ledger["claims"]
    by_id = {claim["id"]: claim for claim in claims}
    for identifier, count in Counter(claim["id"] for claim in claims).items():
        if count > 1:
            yield f"claim {identifier!r}: expected one claim of this id; got {count}"
    for claim in claims:
        place = f"claim {claim['id']!r}"
        for field in ("corrected_by", "corrects"):
            other = claim[field]
            if other == claim["id"]:
                yield f"{place} / {field}: expected another claim; got the claim itself"
            elif other is not None and other not in by_id:
                yield f"{place} / {field}: expected the id of a claim in this ledger; got {other!r}"
        for mutant in claim["mutants"]:
            if mutant["killed"] and mutant["outcome"] == "established":
                yield (
                    f"{place} / mutant {mutant['name']!r}: expected killed=false, because the "
                    "check established the mutant; got killed=true"
                )
        for number in _numbers(claim):
            if number != number or number in (float("inf"), float("-inf")):
                yield f"{place}: expected finite seconds; got {number}"
    counted, stated = summarise(claims), ledger["summary"]
    stated_verdicts = {name: n for name, n in stated["by_verdict"].items() if n}
    if stated_verdicts != counted["by_verdict"]:
        yield (
            f"summary / by_verdict: expected {counted['by_verdict']}, as counted from the claims; "
            f"got {stated_verdicts}; use verify.report.summarise"
        )
    for part in ("mutants", "certificates"):
        if stated[part] != counted[part]:
            yield (
                f"summary / {part}: expected {counted[part]}, as counted from the claims; "
                f"got {stated[part]}; use verify.report.summarise"
            )


def _numbers(claim: Mapping[str, Any]) -> Iterable[float]:
    for part in (*claim["evidence"], *claim["mutants"]):
        yield part["seconds"]
