"""What a checkpoint file holds, as plain data, and the limits a file must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

# A file, the sum of its unpacked parts, and the tensors made of them, in bytes each.
MAX_BYTES = 128 * 2**20
# Parts of an archive; instructions of a pickle, and numbers in a document; its entries, counted
# wherever they are referred to; a pickle, whose strings may take four bytes of memory for each of
# its own; the header of .safetensors, whose entries take more still.
MAX_PARTS = 20_000
MAX_VALUES = 2_000_000
MAX_ENTRIES = 100_000
MAX_PICKLE = 32 * 2**20
MAX_HEADER = 4 * 2**20
MAX_DEPTH = 50
MAX_NAME = 500
MAX_AXES = 8


class CheckpointError(ValueError):
    """A file that is refused; the message is one line and says what was expected."""

    def __init__(self, message: str) -> None:
        # names come out of the file: nothing of them may steer a terminal
        line = " ".join(message.split())[:400]
        super().__init__("".join(c if c.isprintable() else "�" for c in line))


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
        CheckpointError: for keys that collide or cannot be shown, for anything that is no plain
            value, and for too much of it.
    """
    found = _Flat()
    found.enter(document, "", 0)
    return found.tensors, found.values


class _Flat:
    """What has been met so far.

    A pickle may mention one list a thousand times, and a list of such lists again: what is counted
    is what a reader would see, so that a small file cannot stand for a large document.
    """

    def __init__(self) -> None:
        self.tensors: dict[str, np.ndarray] = {}
        self.values: dict[str, Any] = {}
        self._entries = self._values = 0

    def enter(self, value: Any, name: str, depth: int) -> None:
        """Files a value, and everything in it, under dotted names that begin with `name`."""
        self._entries += 1
        self._values += len(value) if isinstance(value, list | tuple) else 1
        if self._entries > MAX_ENTRIES or self._values > MAX_VALUES:
            raise CheckpointError(
                f"the file holds more than {MAX_ENTRIES} entries or {MAX_VALUES} values"
            )
        if depth > MAX_DEPTH:
            raise CheckpointError(f"the file nests deeper than {MAX_DEPTH} levels")
        if isinstance(value, Mapping):
            for key, item in value.items():
                self.enter(item, _joined(name, str(key)), depth + 1)
        elif isinstance(value, list | tuple) and not all(map(_plain, value)):
            for position, item in enumerate(value):
                self.enter(item, _joined(name, str(position)), depth + 1)
        else:
            self._file(value, name)

    def _file(self, value: Any, name: str) -> None:
        if name in self.tensors or name in self.values:
            raise CheckpointError(f"two entries of the file are called {name!r}")
        if isinstance(value, np.ndarray):
            self.tensors[name] = value
        elif isinstance(value, list | tuple):
            self.values[name] = list(value)
        elif _plain(value):
            self.values[name] = value
        else:
            raise CheckpointError(f"{name or 'the document'} is {value}; expected plain numbers")


def _joined(name: str, key: str) -> str:
    joined = f"{name}.{key}" if name else key
    if len(joined) > MAX_NAME or not joined.isprintable():
        raise CheckpointError(
            f"an entry is called {joined[:40]!r}; expected at most {MAX_NAME} printable characters"
        )
    return joined


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str)
