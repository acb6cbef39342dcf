"""Finished evidence, and when it may be taken instead of running a claim again.

An entry on disk carries a key: what it depends on.  It is taken only if nothing of that has
changed and its certificates are still the files that were judged.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from verify.core.claim import Claim
from verify.core.registry import sources_of
from verify.core.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]

Entry = dict[str, Any]


@cache
def _code_fingerprint() -> str:
    digest = hashlib.sha256()
    for folder in ("constructions", "verify"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            if "report" not in path.relative_to(_ROOT).parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(claim: Claim, settings: Settings) -> dict[str, Any]:
    """What a finished claim depends on: the suite's code, profile, seed, and where it is defined.

    A claim that is neither in the registry nor in a user's file was made by code that nobody
    can compare; it is known again only as the very same object.
    """
    home = settings.home(claim.id)
    sources = [] if home is None else sources_of(home)
    return {
        "run": _run_fingerprint(settings),
        "sources": {os.path.relpath(s, settings.out): _digest(s) for s in sources},
        "object": None if home or _registered(claim) else _token(claim),
    }


# Claims by object, kept so that no other object gets their identity.
_TOKENS: dict[int, tuple[str, Claim]] = {}


def _token(claim: Claim) -> str:
    return _TOKENS.setdefault(id(claim), (uuid.uuid4().hex, claim))[0]


def _registered(claim: Claim) -> bool:
    from verify.claims import registry

    return claim.id in registry() and registry()[claim.id] is claim


def _run_fingerprint(settings: Settings) -> str:
    parts = [_code_fingerprint(), settings.profile, str(settings.seed)]
    parts += [_contents(path) for path in settings.checkpoints]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _contents(path: Path) -> str:
    """A checkpoint's digest; for a folder, that of the names and digests of its files."""
    if not path.is_dir():
        return _digest(path) or "unreadable"
    parts = [f"{p.name} {_digest(p)}" for p in sorted(path.iterdir()) if p.is_file()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def finished(settings: Settings) -> dict[str, Entry]:
    """The entries in `out` that this run would not have to make again, by id.

    They were made by the same code with the same profile and seed, their sources have not
    changed, and their certificates are the ones that were judged.
    """
    found: dict[str, Entry] = {}
    for path in sorted((settings.out / "evidence").glob("*.json")):
        entry = _load(path)
        if entry is None:
            continue
        key = entry.pop("key")
        fresh = all(_digest(settings.out / s) == d for s, d in key["sources"].items())
        fresh = fresh and key["object"] in {None, *(token for token, _ in _TOKENS.values())}
        if key["run"] == _run_fingerprint(settings) and fresh and _intact(entry, settings.out):
            found[entry["id"]] = entry
    return found


def stored(claim: Claim, settings: Settings) -> Entry | None:
    """The finished entry of one claim; None when it has to be run."""
    entry = _load(settings.out / "evidence" / f"{claim.id}.json")
    if entry is None or entry.pop("key") != key_of(claim, settings):
        return None
    return entry if _intact(entry, settings.out) else None


def _load(path: Path) -> Entry | None:
    try:
        entry = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    known = isinstance(entry, dict) and isinstance(entry.get("key"), dict)
    return entry if known and {"run", "sources", "object"} == set(entry["key"]) else None


def _intact(entry: Entry, out: Path) -> bool:
    """Whether every certificate of an entry is still the file that was judged."""
    records = [c for evidence in entry["evidence"] for c in evidence["certificates"]]
    return all(_digest(out / record["file"]) == record["sha256"] for record in records)
