"""From a path to a checkpoint, and from a folder to a run of checkpoints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from verify.auditing.checkpoints.archives import read_npz, read_safetensors, read_torch
from verify.auditing.checkpoints.document import MAX_BYTES, Checkpoint, CheckpointError, flatten

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
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CheckpointError(f"{path}: {size} bytes, more than the {MAX_BYTES} that are read")
        data = path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read: {error.strerror}") from None
    name, reader = READERS[path.suffix]
    try:
        return name, hashlib.sha256(data).hexdigest(), reader(data)
    except CheckpointError as error:
        raise CheckpointError(f"{path}: {error}") from None


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
    for key, tensor in tensors.items():
        if tensor.dtype.kind not in "fiub":
            raise CheckpointError(f"{path}: {key} has type {tensor.dtype}; expected real numbers")
    return Checkpoint(path=path, format=name, sha256=digest, tensors=tensors, values=values)


def read_pairs(path: Path) -> np.ndarray:
    """A stored list of inputs, (count, inputs) of integers: the data split beside a run.

    Raises:
        CheckpointError: when the file holds something else.
    """
    path = Path(path)
    _, _, document = _load(path)
    if isinstance(document, dict) and len(document) == 1:
        document = next(iter(document.values()))
    try:
        pairs = np.asarray(document)
    except (TypeError, ValueError):
        pairs = np.empty(0)
    if pairs.ndim != 2 or pairs.dtype.kind not in "iu":
        raise CheckpointError(f"{path}: expected a list of input tuples of integers")
    return pairs


def sequence(folder: Path) -> list[tuple[int, Path]]:
    """(step, file) of a folder's checkpoints called by their step (``2000.pth``), in order."""
    found = []
    for path in Path(folder).iterdir():
        match = re.fullmatch(r"(?:\D*[_-])?(\d+)", path.stem)
        if match and path.suffix in READERS:
            found.append((int(match[1]), path))
    if not found:
        raise CheckpointError(f"{folder}: no checkpoint named after its step, such as 2000.pth")
    return sorted(found)
