"""The registry: every claim under its id, and the patterns that select them."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import ModuleType

from verify.core.claim import Claim

# An id names files and folders of evidence, and is part of commands.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


class UnknownClaim(LookupError):
    """A pattern matched nothing; the message suggests the nearest ids."""


class ClaimFileError(Exception):
    """A user's file could not be run; the message says where, and `__cause__` is the error."""


class Registry:
    """Claims by id, in the order in which they were registered."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims: dict[str, Claim] = {}
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        """Registers a claim; ids are unique."""
        if not _ID.fullmatch(claim.id):
            raise ValueError(
                f"the id {claim.id!r} is not usable: expected letters, digits, dots, hyphens and "
                "underscores, beginning with a letter or digit"
            )
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
        """Every correction names a claim that names it back.

        One statement may correct several claims; it then names one of them.

        Raises:
            ValueError: naming a claim whose link leads nowhere or one way only.
        """
        for claim in self:
            if claim.corrects is not None:
                if claim.corrects not in self:
                    raise ValueError(f"{claim.id} says it corrects the unknown {claim.corrects!r}")
                back = self[claim.corrects].corrected_by
                if back != claim.id:
                    raise ValueError(
                        f"{claim.id} says it corrects {claim.corrects}, which is corrected by "
                        f"{back!r}; set its corrected_by to {claim.id!r}"
                    )
            if claim.corrected_by is not None:
                if claim.corrected_by not in self:
                    raise ValueError(
                        f"{claim.id} names an unknown correction {claim.corrected_by!r}"
                    )
                if self[claim.corrected_by].corrects is None:
                    raise ValueError(
                        f"{claim.id} is corrected by {claim.corrected_by}, which names no claim "
                        f"that it corrects; set its corrects to {claim.id!r}"
                    )


def load_file(path: Path) -> list[Claim]:
    """The claims of a user's own Python file, in order of definition.

    Collects module-level `Claim` objects, and lists or tuples of them.  The file is run once
    for each of its contents, and its folder is importable, as for ``python FILE``.

    Raises:
        FileNotFoundError: when there is no such file.
        ClaimFileError: when the file raises; the message names its line.
        ValueError: when two of its claims have one id, or an id is not usable.
    """
    return claims_of(load_module(path))


def load_module(path: Path) -> ModuleType:
    """The module of a user's own Python file; see `load_file`."""
    path = path.resolve()
    if not path.is_file():
        raise FileNotFoundError(f"no claim file at {path}")
    return _load(path, hashlib.sha256(path.read_bytes()).hexdigest())


def claims_of(module: ModuleType) -> list[Claim]:
    """The claims at the top level of a module, once each."""
    found: dict[int, Claim] = {}
    for value in list(vars(module).values()):
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, Claim):
                found[id(item)] = item
    return list(Registry(found.values()))


def sources_of(path: Path) -> list[Path]:
    """A loaded user's file and the modules beside or below it that have been imported."""
    path = path.resolve()
    files = {Path(f) for m in list(sys.modules.values()) if (f := getattr(m, "__file__", None))}
    suite = Path(__file__).resolve().parents[1]
    local = {
        f
        for f in files
        if f.suffix == ".py"
        and f.is_relative_to(path.parent)
        and not f.is_relative_to(suite)
        and "site-packages" not in f.parts
    }
    return sorted(local | {path})


@cache
def _load(path: Path, digest: str) -> ModuleType:
    name = f"_claims_{path.stem}_{digest[:12]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file; expected *.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if str(path.parent) not in sys.path:
        sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise ClaimFileError(f"{path}:{_line(error, path)}: {_short(error)}") from error
    return module


def _line(error: BaseException, path: Path) -> int:
    """The line of the file that an error comes from."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    return (lines or [1])[-1] or 1


def _short(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {text}"
