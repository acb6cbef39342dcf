"""Strict JSON: no floats, no NaN, no duplicate keys; and the fields a kind knows."""

import json
from pathlib import Path

from .limits import MAX_FILE_BYTES, Rejected, TooLarge, require

FORMAT = "verify-certificate/1"


def _refuse(text: str) -> None:
    raise Rejected(f"not an exact number: {text} (JSON floats are not accepted)")


def _object(pairs: list) -> dict:
    keys = [key for key, _ in pairs]
    require(len(set(keys)) == len(keys), f"duplicate key among {keys[:8]}")
    return dict(pairs)


def load(path: Path) -> dict:
    """The document in a file; Rejected when it is not strict JSON."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise TooLarge(f"too large: more than {MAX_FILE_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
        return json.loads(text, parse_float=_refuse, parse_constant=_refuse,
                          object_pairs_hook=_object)
    except OSError as error:
        raise Rejected(f"cannot read the file: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, Rejected):
            raise
        raise Rejected(f"not a JSON document: {error}") from None


def fields(document: dict, required: set[str], optional: frozenset[str] = frozenset()) -> None:
    """Rejects missing and unknown keys beyond the common ones."""
    common = {"format", "kind", "claim"}
    missing = (required | common) - set(document)
    require(not missing, f"missing field {sorted(missing)}")
    unknown = set(document) - required - optional - common - {"note"}
    require(not unknown, f"unknown field {sorted(unknown)}")
