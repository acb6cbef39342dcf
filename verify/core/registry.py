"""The registry: every claim under its id, and the patterns that select them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from verify.core.claim import Claim


class UnknownClaim(LookupError):
    """A pattern matched nothing; the message suggests the nearest ids."""


class Registry:
    """Claims by id, in the order in which they were registered."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims: dict[str, Claim] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Registers a claim; ids are unique."""
        if claim.id in self._claims:
            raise ValueError(f"two claims have the id {claim.id!r}; ids must be unique")
        self._claims[claim.id] = claim

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._claims.values())

    def __len__(self) -> int:
        return len(self._claims)

    def __contains__(self, claim_id: str) -> bool:
        return claim_id in self._claims

    def __getitem__(self, claim_id: str) -> Claim:
        try:
            return self._claims[claim_id]
        except KeyError:
            raise UnknownClaim(self._suggest(claim_id)) from None

    def select(self, patterns: Sequence[str]) -> list[Claim]:
        """Claims that match any pattern: an id, a glob, or a prefix that ends at a dot.

        ``fc.main`` selects ``fc.main`` and all its variants ``fc.main.*``.
        """
        if not patterns:
            return list(self)
        chosen: dict[str, Claim] = {}
        for pattern in patterns:
            found = [c for c in self if self._matches(c.id, pattern)]
            if not found:
                raise UnknownClaim(self._suggest(pattern))
            chosen.update((c.id, c) for c in found)
        return list(chosen.values())

    @staticmethod
    def _matches(claim_id: str, pattern: str) -> bool:
        return (
            claim_id == pattern
            or claim_id.startswith(pattern + ".")
            or fnmatchcase(claim_id, pattern)
        )

    def _suggest(self, pattern: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(pattern, list(self._claims), n=4, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        return f"no claim matches {pattern!r}{hint} (`verify list` shows all ids)"

    def check_links(self) -> None:
        """Every correction names an existing claim that names it back."""
        for claim in self:
            if claim.corrected_by is not None and claim.corrected_by not in self:
                raise ValueError(f"{claim.id} names an unknown correction {claim.corrected_by!r}")
            if claim.corrects is not None and claim.corrects not in self:
                raise ValueError(f"{claim.id} says it corrects the unknown {claim.corrects!r}")


def load_file(path: Path) -> list[Claim]:
    """The claims of a user's own Python file, in order of definition.

    Collects module-level `Claim` objects, and lists or tuples of them.
    """
    path = path.resolve()
    if not path.is_file():
        raise FileNotFoundError(f"no claim file at {path}")
    name = f"_claims_{path.stem}_{abs(hash(str(path))):x}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file; expected *.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    found: dict[str, Claim] = {}
    for value in vars(module).values():
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, Claim):
                found.setdefault(item.id, item)
    return list(found.values())
