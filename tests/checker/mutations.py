"""Every way to change one value of a JSON document."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Path = tuple[Any, ...]

# A key that means something else in the same place.
SWAPPED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "+": "*", "*": "+",
           "-": "/", "/": "-", "cos": "sin", "sin": "cos", "neg": "fact", "fact": "neg",
           "sqrt": "neg", "forall": "exists", "exists": "forall", "and": "or", "or": "and",
           "sum": "prod", "prod": "sum", "max": "min", "min": "max", "not": "and"}
NOT_CONTENT = {("format",), ("claim",), ("note",)}


def positions(node: Any, path: Path = ()) -> Iterator[Path]:
    """Paths of all values inside a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        if (*path, key) not in NOT_CONTENT:
            yield (*path, key)
            if isinstance(value, dict | list):
                yield from positions(value, (*path, key))


def at(document: Any, path: Path) -> Any:
    """The value at a path."""
    for step in path:
        document = document[step]
    return document


def replaced(document: dict, path: Path, value: Any) -> dict:
    """A copy with another value at a path."""
    copy = deepcopy(document)
    at(copy, path[:-1])[path[-1]] = value
    return copy


def without(document: dict, path: Path) -> dict:
    """A copy without what is at a path."""
    copy = deepcopy(document)
    del at(copy, path[:-1])[path[-1]]
    return copy


def _numbers(text: str) -> Iterator[Any]:
    """Near a string "a/b": a ± 1, b + 1, the other sign, zero."""
    top, _, below = text.partition("/")
    if not top.lstrip("-").isdigit() or not (below or "1").isdigit():
        return
    a, b = int(top), int(below or 1)
    yield from (f"{a + 1}/{b}", f"{a - 1}/{b}", f"{a}/{b + 1}", f"{-a}/{b}", 0)


def mutations(document: dict) -> Iterator[tuple[str, dict]]:
    """(what was done, the document with one value changed)."""
    strings = sorted({at(document, p) for p in positions(document)
                      if isinstance(at(document, p), str)})
    for path in positions(document):
        value = at(document, path)
        changes: list[Any] = []
        if isinstance(value, bool):
            changes = [not value]
        elif isinstance(value, int):
            changes = [value + 1, value - 1, -value, 2 * value, 0, f"{value}/2", f"{2 * value}/2"]
        elif isinstance(value, str):
            changes = [*_numbers(value), *strings, value + "x"]
        elif isinstance(value, list):
            changes = [value[:i] + value[i + 1:] for i in range(len(value))]
            changes += [value[::-1], [*value, value[-1]] if value else []]
        elif isinstance(value, dict):
            changes = [{SWAPPED.get(key, key): body} for key, body in value.items()
                       if len(value) == 1]
        for change in changes:
            if change != value or isinstance(change, bool) != isinstance(value, bool):
                yield f"{path}: {value!r} -> {change!r}", replaced(document, path, change)
        if isinstance(path[-1], str):
            yield f"{path} dropped", without(document, path)
