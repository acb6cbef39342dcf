"""What evidence rests on is a lemma that can be read in docs/lemmas."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from verify.claims import registry
from verify.core.claim import Check
from verify.methods.every_k import LEMMAS

ROOT = Path(__file__).resolve().parents[2]
LEMMAS_FOLDER = ROOT / "docs/lemmas"


def _headings() -> list[str]:
    """Every heading below the titles, once for each place where it stands."""
    texts = [path.read_text("utf-8") for path in sorted(LEMMAS_FOLDER.glob("*.md"))]
    return [found for text in texts for found in re.findall(r"^#{2,3} (.+)$", text, re.M)]


HEADINGS = set(_headings())


def _named_in(node: ast.AST) -> Iterator[str]:
    """String constants of a value of `rests_on`: in a tuple, starred, or behind an if."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _rested_on(tree: ast.AST) -> Iterator[ast.AST]:
    """Values written as rests_on=…, "rests_on": … or as a parameter's default."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "rests_on":
            yield node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "rests_on":
                    yield value
        elif isinstance(node, ast.FunctionDef):
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            yield from (d for a, d in pairs if a.arg == "rests_on" and d is not None)


def lemmas_in_code() -> dict[str, set[str]]:
    """Lemma names written anywhere in the suite, with the files that write them."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "verify").rglob("*.py")):
        for value in _rested_on(ast.parse(path.read_text("utf-8"))):
            for name in _named_in(value):
                found.setdefault(name, set()).add(path.name)
    for names in LEMMAS.values():
        for name in names:
            found.setdefault(name, set()).add("every_k.py")
    return found


def test_every_lemma_that_evidence_rests_on_is_written_down():
    """Each name is a heading of docs/lemmas, word for word."""
    found = lemmas_in_code()
    assert len(found) > 10
    missing = {name: sorted(files) for name, files in found.items() if name not in HEADINGS}
    assert not missing, "write these lemmas in docs/lemmas, or correct their names"


def test_a_heading_stands_once():
    """A lemma's name has one meaning."""
    headings = _headings()
    assert len(headings) == len(set(headings))


def test_every_lemma_of_a_registered_check_is_written_down():
    """The same for names that a claim's module hands on, wherever a check keeps them."""
    found: dict[str, set[str]] = {}

    def collect(check: Check, claim_id: str) -> None:
        for name in check.arguments.get("rests_on", ()):
            found.setdefault(name, set()).add(claim_id)
        for part in check.arguments.get("parts", ()):
            collect(part, claim_id)

    for claim in registry():
        for check in claim.checks:
            collect(check, claim.id)
    assert len(found) > 10
    assert not {name: sorted(ids) for name, ids in found.items() if name not in HEADINGS}
