"""What a checkpoint file holds, as plain data, and the limits a file must keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

# A file, the sum of its unpacked parts, and the tensors made of them, in bytes each.
MAX_BYTES = 256 * 2**20
# Parts of an archive, and values in a document.
MAX_PARTS = 20_000
MAX_VALUES = 2_000_000
MAX_DEPTH = 50


class CheckpointError(ValueError):
    """A file that is refused; the message is one line and says what was expected."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split())[:400])


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """The numbers in a checkpoint.

    tensors: arrays by dotted key, as in the file (``mlp.W_in``); values: numbers, strings and
    lists of numbers by dotted key; sha256: of the whole file, in hexadecimal.
    """

    path: Path
    format: str
    sha256: str
    tensors: Mapping[str, np.ndarray]
    values: Mapping[str, Any] = field(default_factory=dict)


def flatten(document: Any) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Tensors and other values of nested mappings, by dotted key.

    Lists of numbers are values; other lists are entered by position.

    Raises:
        CheckpointError: for keys that collide, or too much nesting.
    """
    tensors: dict[str, np.ndarray] = {}
    values: dict[str, Any] = {}
    for key, value in _leaves(document, (), 0):
        name = ".".join(key)
        if name in tensors or name in values:
            raise CheckpointError(f"two entries of the file are called {name!r}")
        target = tensors if isinstance(value, np.ndarray) else values
        target[name] = value
    return tensors, values


def _leaves(value: Any, key: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    if depth > MAX_DEPTH:
        raise CheckpointError(f"the file nests deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(item, (*key, str(name)), depth + 1)
    elif isinstance(value, list | tuple) and not all(map(_plain, value)):
        for position, item in enumerate(value):
            yield from _leaves(item, (*key, str(position)), depth + 1)
    else:
        yield key, list(value) if isinstance(value, tuple) else value


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str)
