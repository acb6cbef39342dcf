"""Archives of arrays: torch's zip format, numpy's ``.npz``, and ``.safetensors``."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib import format as npy

from verify.auditing.checkpoints import pickles
from verify.auditing.checkpoints.document import MAX_BYTES, MAX_PARTS, CheckpointError

_KINDS = "fiub"  # real floats, integers, booleans


def _open(data: bytes) -> dict[str, bytes]:
    """The parts of a zip archive, unpacked, with their checksums verified."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir()]
            if len(infos) > MAX_PARTS:
                raise CheckpointError(f"the archive has {len(infos)} parts, more than {MAX_PARTS}")
            if sum(i.file_size for i in infos) > MAX_BYTES:
                raise CheckpointError(f"the archive unpacks to more than {MAX_BYTES} bytes")
            if len({i.filename for i in infos}) != len(infos):
                raise CheckpointError("two parts of the archive have one name")
            parts = {}
            for info in infos:
                with archive.open(info) as part:
                    content = part.read(info.file_size + 1)
                if len(content) != info.file_size:
                    raise CheckpointError(f"the part {info.filename!r} has another size than stated")
                parts[info.filename] = content
            return parts
    except CheckpointError:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise CheckpointError(f"the archive is damaged: {error}") from None
    except (EOFError, OSError, OverflowError, ValueError, UnicodeError, LookupError) as error:
        raise CheckpointError(f"the archive is damaged: {error}") from None


def read_torch(data: bytes) -> Any:
    """The document in a ``.pt`` or ``.pth`` file in torch's zip format."""
    if not data.startswith(b"PK"):
        raise CheckpointError(
            "not in torch's zip format (torch 1.6 and newer write it); save the file again with "
            "torch.save(obj, path)"
        )
    parts = _open(data)
    pickled = [name for name in parts if name.rpartition("/")[2] == "data.pkl"]
    if len(pickled) != 1:
        raise CheckpointError(f"expected one data.pkl in the archive, found {len(pickled)}")
    root = pickled[0].removesuffix("data.pkl")
    order = parts.get(f"{root}byteorder", b"little")
    if order != b"little":
        raise CheckpointError(f"the tensors have byte order {order[:20]!r}; expected b'little'")

    def fetch(storage: pickles.Storage) -> np.ndarray:
        memory = parts.get(f"{root}data/{storage.key}")
        if memory is None:
            raise CheckpointError(f"the storage {storage.key!r} is not in the archive")
        wide = storage.dtype == "bfloat16"
        size = 2 if wide else np.dtype(storage.dtype).itemsize
        if len(memory) != size * storage.count:
            raise CheckpointError(
                f"the storage {storage.key!r} has {len(memory)} bytes, not {size * storage.count}"
            )
        if wide:  # a bfloat16 is the upper half of a float32
            return (np.frombuffer(memory, "<u2").astype("<u4") << 16).view("<f4")
        return np.frombuffer(memory, storage.dtype)

    return pickles.load(parts[pickled[0]], fetch)


def read_npz(data: bytes) -> Mapping[str, Any]:
    """The arrays of a ``.npz`` file; arrays of objects, which are pickles, are refused."""
    found = {}
    for name, part in _open(data).items():
        found[name.removesuffix(".npy")] = _array(part, name)
    return found


def _array(part: bytes, name: str) -> np.ndarray:
    stream = io.BytesIO(part)
    try:
        version = npy.read_magic(stream)
        readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
        if version not in readers:
            raise CheckpointError(f"{name}: unknown .npy version {version}")
        shape, fortran, dtype = readers[version](stream)
    except CheckpointError:
        raise
    except (EOFError, OSError, RecursionError, SyntaxError, TypeError, ValueError) as error:
        raise CheckpointError(f"{name}: the array's header is damaged: {error}") from None
    if dtype.hasobject or dtype.kind not in _KINDS:
        raise CheckpointError(f"{name}: expected numbers, got an array of {dtype}")
    content = part[stream.tell() :]
    count = 1
    for size in shape:
        if type(size) is not int or size < 0:
            raise CheckpointError(f"{name}: the array's shape is {shape}")
        count *= size
    if len(content) != count * dtype.itemsize:
        raise CheckpointError(f"{name}: {len(content)} bytes for shape {shape} of {dtype}")
    flat = np.frombuffer(content, dtype)
    return flat.reshape(shape, order="F" if fortran else "C").copy()


def read_safetensors(data: bytes) -> Mapping[str, Any]:
    """The arrays of a ``.safetensors`` file."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(data)
    except (SafetensorError, AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise CheckpointError(f"not a .safetensors file of numbers: {error}") from None
