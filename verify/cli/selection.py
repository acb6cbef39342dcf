"""Which claims a command is about: ids and globs of the suite, and users' files.

    fc.main                 this id and its variants fc.main.*
    "fc.*"                  a glob
    claims_mine.py          every claim of a file
    claims_mine.py::one     an id or glob in a file
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from verify.core.claim import Claim
from verify.core.registry import ClaimFileError, Registry, UnknownClaim, load_file
from verify.release import ReleaseError, released


@dataclass(frozen=True, kw_only=True)
class Selected:
    """One claim, and the user's file that defines it (None: the suite)."""

    claim: Claim
    home: Path | None


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The claims a command is about.  whole: it named none, so these are all of the suite's."""

    chosen: tuple[Selected, ...]
    whole: bool

    @property
    def claims(self) -> list[Claim]:
        """The claims, in order."""
        return [s.claim for s in self.chosen]

    @property
    def files(self) -> tuple[Path, ...]:
        """The users' files among their homes."""
        return tuple(dict.fromkeys(s.home for s in self.chosen if s.home))

    def released(self) -> dict[str, str]:
        """The recorded verdicts of these claims."""
        try:
            records = {home: released(home) for home in {s.home for s in self.chosen}}
        except ReleaseError as error:
            raise click.UsageError(str(error)) from None
        return {
            s.claim.id: records[s.home][s.claim.id]
            for s in self.chosen
            if s.claim.id in records[s.home]
        }


def select(targets: Sequence[str]) -> Selection:
    """The claims that the targets name; all of the suite's for none.

    Raises:
        click.UsageError: saying what was expected, what came, and what to do.
    """
    chosen: dict[str, Selected] = {}
    if not targets:
        chosen = {c.id: Selected(claim=c, home=None) for c in _registered([])}
    for target in targets:
        for selected in _resolve(target):
            known = chosen.setdefault(selected.claim.id, selected)
            if known.home != selected.home:
                raise click.UsageError(
                    f"two claims have the id {selected.claim.id!r}: one of {_name(known.home)}, "
                    f"one of {_name(selected.home)}; rename one, or run them separately"
                )
    return Selection(chosen=tuple(chosen.values()), whole=not targets)


def _resolve(target: str) -> list[Selected]:
    name, mark, pattern = target.partition("::")
    if not (mark or name.endswith(".py") or os.sep in name):
        return [Selected(claim=c, home=None) for c in _registered([target])]
    if mark and not pattern:
        raise click.UsageError(f"expected an id or a glob after '::' in {target!r}, got nothing")
    path = Path(name)
    if path.is_dir():
        raise click.UsageError(f"expected a file of claims, got the folder {name}; name its files")
    try:
        registry = Registry(load_file(path))
        claims = registry.select([pattern] if mark else [])
    except (FileNotFoundError, ImportError, UnknownClaim, ValueError) as error:
        raise click.UsageError(str(error)) from None
    except ClaimFileError as error:
        raise click.UsageError(f"the file could not be run\n{error}") from None
    if not claims:
        raise click.UsageError(
            f"{name} defines no claim: expected a Claim, or a function under @conjecture(...), at "
            "its top level"
        )
    return [Selected(claim=c, home=path.resolve()) for c in claims]


def _registered(patterns: Sequence[str]) -> list[Claim]:
    from verify.claims import registry

    try:
        return registry().select(patterns)
    except UnknownClaim as error:
        raise click.UsageError(str(error)) from None


def _name(home: Path | None) -> str:
    return "the suite" if home is None else os.path.relpath(home)
