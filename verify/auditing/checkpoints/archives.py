"""Archives of arrays: torch's zip format, numpy's ``.npz``, and ``.safetensors``."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib import format as npy

from verify.auditing.checkpoints import pickles
from verify.auditing.checkpoints.document import (
    MAX_AXES,
    MAX_BYTES,
    MAX_HEADER,
    MAX_PARTS,
    MAX_PICKLE,
    CheckpointError,
)

_KINDS = "fiub"  # real floats, integers, booleans
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # unpacked in steps of bounded size
# Element types of .safetensors, little-endian as everything in that format.
_TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "bfloat16", "I64": "<i8", "I32": "<i4",
    "I16": "<i2", "I8": "|i1", "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "|u1", "BOOL": "|b1",
}  # fmt: skip


def _open(data: bytes) -> dict[str, bytes]:
    """The parts of a zip archive, unpacked, with their checksums verified."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _consistent(data, archive.infolist())
            infos = [i for i in archive.infolist() if not i.is_dir()]
            if len(infos) > MAX_PARTS:
                raise CheckpointError(f"the archive has {len(infos)} parts, more than {MAX_PARTS}")
            if sum(i.file_size for i in infos) > MAX_BYTES:
                raise CheckpointError(f"the archive unpacks to more than {MAX_BYTES} bytes")
            if len({i.filename for i in infos}) != len(infos):
                raise CheckpointError("two parts of the archive have one name")
            if any(i.compress_type not in _METHODS for i in infos):
                raise CheckpointError(
                    "the archive is packed in another way than stored or deflated"
                )
            parts = {}
            for info in infos:
                with archive.open(info) as part:
                    content = part.read(info.file_size + 1)
                if len(content) != info.file_size:
                    raise CheckpointError(
                        f"the part {info.filename!r} has another size than stated"
                    )
                parts[info.filename] = content
            return parts
    except CheckpointError:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise CheckpointError(f"the archive is damaged: {error}") from None
    except (EOFError, OSError, OverflowError, ValueError, UnicodeError, LookupError) as error:
        raise CheckpointError(f"the archive is damaged: {error}") from None


def _consistent(data: bytes, infos: list[zipfile.ZipInfo]) -> None:
    """Refuses a directory that contradicts itself where the library does not look."""
    end = data.rfind(b"PK\x05\x06") + 10  # the number of entries, 65535 standing for more
    stated = int.from_bytes(data[end : end + 2], "little")
    if stated not in (len(infos), 0xFFFF):
        raise CheckpointError(f"the archive is said to have {stated} parts and has {len(infos)}")
    for info in infos:
        if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
            raise CheckpointError(f"the part {info.filename!r} has two different sizes")


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
    if len(parts[pickled[0]]) > MAX_PICKLE:
        raise CheckpointError(f"its pickle has more than {MAX_PICKLE} bytes")
    order = parts.get(f"{root}byteorder", b"little")
    if order != b"little":
        raise CheckpointError(f"the tensors have byte order {order[:20]!r}; expected b'little'")

    widened: dict[str, np.ndarray] = {}

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
        if not wide:
            return np.frombuffer(memory, storage.dtype)
        if storage.key not in widened:
            widened[storage.key] = _widened(memory)
        return widened[storage.key]

    return pickles.load(parts[pickled[0]], fetch)


def _widened(memory: bytes) -> np.ndarray:
    """bfloat16 as float32: a bfloat16 is the upper half of a float32."""
    wide = np.frombuffer(memory, "<u2").astype("<u4")
    wide <<= 16
    return wide.view("<f4")


def read_npz(data: bytes) -> Mapping[str, Any]:
    """The arrays of a ``.npz`` file; arrays of objects, which are pickles, are refused."""
    found = {}
    for name, part in _open(data).items():
        key = name.removesuffix(".npy")
        if key in found:
            raise CheckpointError(f"two arrays are called {key!r}")
        found[key] = _array(part, name)
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
    except MemoryError:  # what the parser of literals says of too much nesting
        raise CheckpointError(f"{name}: the array's header is damaged: it nests too deep") from None
    except Exception as error:  # numpy names no closed set of errors for a malformed header
        raise CheckpointError(f"{name}: the array's header is damaged: {error}") from None
    if dtype.hasobject or dtype.kind not in _KINDS or dtype.itemsize > 8 or dtype.shape:
        raise CheckpointError(f"{name}: expected real numbers of at most 64 bits, got {dtype}")
    content = memoryview(part)[stream.tell() :]
    count = 1
    for size in shape:
        if type(size) is not int or size < 0:
            raise CheckpointError(f"{name}: the array's shape is {shape}")
        count *= size
    if len(content) != count * dtype.itemsize:
        raise CheckpointError(f"{name}: {len(content)} bytes for shape {shape} of {dtype}")
    if len(shape) > MAX_AXES:
        raise CheckpointError(f"{name}: the array has {len(shape)} axes, more than {MAX_AXES}")
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran else "C")


def read_safetensors(data: bytes) -> Mapping[str, Any]:
    """The arrays of a ``.safetensors`` file, and its own strings under ``metadata``."""
    from safetensors import SafetensorError, deserialize

    length = int.from_bytes(data[:8], "little")
    if length > MAX_HEADER:
        raise CheckpointError(f"the header is said to have more than {MAX_HEADER} bytes")
    try:
        entries = deserialize(data)
    except (SafetensorError, OverflowError, ValueError) as error:
        raise CheckpointError(f"not a .safetensors file: {error}") from None
    found: dict[str, Any] = {}
    metadata = json.loads(data[8 : 8 + length]).get("__metadata__")
    if metadata:
        found["metadata"] = metadata
    for name, entry in entries:
        if name in found:
            raise CheckpointError(f"two entries of the file are called {name!r}")
        dtype, shape = _TYPES.get(entry["dtype"]), entry["shape"]
        if dtype is None:
            raise CheckpointError(f"{name}: expected real numbers, got type {entry['dtype']}")
        if len(shape) > MAX_AXES:
            raise CheckpointError(f"{name}: the array has {len(shape)} axes, more than {MAX_AXES}")
        content = entry["data"]
        wide = dtype == "bfloat16"
        found[name] = (_widened(content) if wide else np.frombuffer(content, dtype)).reshape(shape)
    return found
