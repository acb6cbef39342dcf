"""From a path to a checkpoint, and from a folder to a run of checkpoints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from verify.auditing.checkpoints.archives import read_npz, read_safetensors, read_torch
from verify.auditing.checkpoints.document import (
    MAX_BYTES,
    MAX_VALUES,
    Checkpoint,
    CheckpointError,
    flatten,
)

READERS: dict[str, tuple[str, Callable[[bytes], Any]]] = {
    ".npz": ("npz", read_npz),
    ".safetensors": ("safetensors", read_safetensors),
    ".pt": ("torch", read_torch),
    ".pth": ("torch", read_torch),
}


def _load(path: Path) -> tuple[str, str, Any]:
    if path.suffix not in READERS:
        known = ", ".join(READERS)
        raise CheckpointError(f"{path}: expected a file called *{known.replace(', ', ', *')}")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe need never end
            raise CheckpointError(f"{path}: expected a regular file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise CheckpointError(f"{path}: more than the {MAX_BYTES} bytes that are read")
    name, reader = READERS[path.suffix]
    try:
        return name, hashlib.sha256(data).hexdigest(), reader(data)
    except CheckpointError as error:
        raise CheckpointError(f"{path}: {error}") from None
    except MemoryError:
        raise CheckpointError(f"{path}: not enough memory for what it describes") from None


def read(path: Path) -> Checkpoint:
    """The checkpoint in a ``.npz``, ``.safetensors``, ``.pt`` or ``.pth`` file.

    Raises:
        CheckpointError: when the file cannot be read, is damaged, or holds anything but plain
            tensors, numbers, strings, lists and mappings.
    """
    path = Path(path)
    name, digest, document = _load(path)
    try:
        tensors, values = flatten(document)
    except CheckpointError as error:
        raise CheckpointError(f"{path}: {error}") from None
    return Checkpoint(path=path, format=name, sha256=digest, tensors=tensors, values=values)


def read_pairs(path: Path) -> np.ndarray:
    """A stored list of inputs, (count, inputs) of integers: the data split beside a run.

    The file holds tuples of integers, or a tensor of them, alone or before the tensor of labels.

    Raises:
        CheckpointError: when the file holds something else.
    """
    path = Path(path)
    _, _, document = _load(path)
    if isinstance(document, dict) and len(document) == 1:
        document = next(iter(document.values()))
    if isinstance(document, list | tuple) and document and isinstance(document[0], np.ndarray):
        document = document[0]
    if isinstance(document, list | tuple) and _rows(document):
        document = np.array(document, dtype=np.int64)
    if (
        not isinstance(document, np.ndarray)
        or document.ndim != 2
        or document.dtype.kind not in "iu"
    ):
        raise CheckpointError(f"{path}: expected a list of input tuples of integers")
    return document


def _rows(items: list[Any] | tuple[Any, ...]) -> bool:
    """Whether these are tuples of integers of one length, and not many."""
    first = items[0] if items else None
    if not isinstance(first, list | tuple) or len(first) * len(items) > MAX_VALUES:
        return False
    return all(
        isinstance(row, list | tuple)
        and len(row) == len(first)
        and all(type(n) is int and abs(n) < 2**62 for n in row)
        for row in items
    )


def sequence(folder: Path) -> list[tuple[int, Path]]:
    """(step, file) of a folder's checkpoints called by their step (``2000.pth``), in order.

    Raises:
        CheckpointError: when there is none, or two of one step.
    """
    found = []
    if not Path(folder).is_dir():
        raise CheckpointError(f"{folder}: expected a folder of checkpoints")
    for path in Path(folder).iterdir():
        match = re.fullmatch(r"(?:\D*[_-])?(\d+)", path.stem)
        if match and path.suffix in READERS:
            found.append((int(match[1]), path))
    steps = [step for step, _ in found]
    twice = sorted(str(path) for step, path in found if steps.count(step) > 1)
    if twice:
        raise CheckpointError(f"{folder}: {' and '.join(twice[:3])} are of one step")
    if not found:
        raise CheckpointError(f"{folder}: no checkpoint named after its step, such as 2000.pth")
    return sorted(found)
