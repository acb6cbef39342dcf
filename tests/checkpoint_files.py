"""Checkpoints written by hand, byte by byte: torch's zip format is never written by torch here."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

STORAGE_OF = {
    "float32": "FloatStorage", "float64": "DoubleStorage", "float16": "HalfStorage",
    "int64": "LongStorage", "int32": "IntStorage", "int16": "ShortStorage", "int8": "CharStorage",
    "uint8": "ByteStorage", "bool": "BoolStorage",
}  # fmt: skip
_SAFETENSORS = {
    "float32": "F32",
    "float64": "F64",
    "float16": "F16",
    "int64": "I64",
    "bool": "BOOL",
}


@dataclass(frozen=True)
class Tensor:
    """A view of a storage, as torch describes it."""

    memory: bytes
    storage: str
    count: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int = 0
    parameter: bool = False

    @staticmethod
    def of(array: np.ndarray, **changes: Any) -> Tensor:
        """A contiguous tensor of an array's values."""
        array = np.ascontiguousarray(array)
        strides = tuple(s // array.itemsize for s in array.strides)
        fields = {
            "memory": array.tobytes(), "storage": STORAGE_OF[array.dtype.name],
            "count": array.size, "shape": array.shape, "strides": strides,
        }  # fmt: skip
        return Tensor(**{**fields, **changes})


@dataclass(frozen=True)
class Raw:
    """Opcodes that push one value, whatever they are."""

    opcodes: bytes


@dataclass
class Pickle:
    """A pickle of protocol 2, and the storages it refers to."""

    storages: list[bytes] = field(default_factory=list)

    def dump(self, value: Any) -> bytes:
        """The whole stream."""
        return b"\x80\x02" + self.push(value) + b"."

    def push(self, value: Any) -> bytes:
        """Opcodes that push a value."""
        if isinstance(value, Raw):
            return value.opcodes
        if isinstance(value, Tensor):
            return self._tensor(value)
        if value is None or isinstance(value, bool):
            return {None: b"N", True: b"\x88", False: b"\x89"}[value]
        if isinstance(value, int):
            return _integer(value)
        if isinstance(value, float):
            return b"G" + struct.pack(">d", value)
        if isinstance(value, str):
            data = value.encode()
            return b"X" + struct.pack("<I", len(data)) + data
        if isinstance(value, Mapping):
            items = b"".join(self.push(x) for pair in value.items() for x in pair)
            return b"}(" + items + b"u"
        if isinstance(value, list):
            return b"](" + b"".join(map(self.push, value)) + b"e"
        if isinstance(value, tuple):
            return b"(" + b"".join(map(self.push, value)) + b"t"
        raise TypeError(f"cannot write {value!r}")

    def _tensor(self, tensor: Tensor) -> bytes:
        key = str(len(self.storages))
        self.storages.append(tensor.memory)
        storage = (
            b"(" + self.push("storage") + name("torch", tensor.storage) + self.push(key)
            + self.push("cpu") + self.push(tensor.count) + b"tQ"
        )  # fmt: skip
        built = (
            name("torch._utils", "_rebuild_tensor_v2") + b"(" + storage + self.push(tensor.offset)
            + self.push(tuple(tensor.shape)) + self.push(tuple(tensor.strides)) + b"\x89"
            + ORDERED + b"tR"
        )  # fmt: skip
        if not tensor.parameter:
            return built
        return name("torch._utils", "_rebuild_parameter") + b"(" + built + b"\x89" + ORDERED + b"tR"


def name(module: str, function: str) -> bytes:
    """The opcode that pushes a global."""
    return f"c{module}\n{function}\n".encode()


ORDERED = name("collections", "OrderedDict") + b")R"


def _integer(value: int) -> bytes:
    if -(2**31) <= value < 2**31:
        return b"J" + struct.pack("<i", value)
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    if len(data) < 256:
        return b"\x8a" + bytes([len(data)]) + data
    return b"\x8b" + struct.pack("<i", len(data)) + data


def archive(parts: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for part, content in parts.items():
            made.writestr(zipfile.ZipInfo(part), content, method)
    return stream.getvalue()


def torch_parts(pickled: bytes, storages: list[bytes]) -> dict[str, bytes]:
    """The parts of a torch file."""
    parts = {"archive/data.pkl": pickled, "archive/byteorder": b"little"}
    parts |= {f"archive/data/{i}": memory for i, memory in enumerate(storages)}
    return {**parts, "archive/version": b"3\n"}


def torch_file(value: Any) -> bytes:
    """What ``torch.save`` writes; arrays in the value become tensors."""
    pickle = Pickle()
    return archive(torch_parts(pickle.dump(_tensors(value)), pickle.storages))


def torch_stream(stream: bytes) -> bytes:
    """A torch file with a pickle that is given opcode by opcode."""
    return archive(torch_parts(stream, []))


def _tensors(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return Tensor.of(value)
    if isinstance(value, Mapping):
        return {k: _tensors(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_tensors(v) for v in value]
    return value


def npz_file(arrays: Mapping[str, np.ndarray], *, compressed: bool = False) -> bytes:
    """What ``numpy.savez`` writes."""
    stream = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(stream, **arrays)
    return stream.getvalue()


def safetensors_file(arrays: Mapping[str, np.ndarray]) -> bytes:
    """A .safetensors file."""
    header, data = {}, b""
    for key, array in arrays.items():
        memory = np.ascontiguousarray(array).tobytes()
        ends = [len(data), len(data) + len(memory)]
        dtype = _SAFETENSORS[array.dtype.name]
        header[key] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": ends}
        data += memory
    return safetensors_bytes(json.dumps(header, separators=(",", ":")).encode(), data)


def safetensors_bytes(header: bytes, data: bytes, *, length: int | None = None) -> bytes:
    """Header and data with the length in front, true unless told otherwise."""
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def safetensors_said(header: object, data: bytes) -> bytes:
    """A .safetensors file with a header that need not be true."""
    return safetensors_bytes(json.dumps(header, separators=(",", ":")).encode(), data)


def npy_file(fields: str, data: bytes = b"\0" * 8) -> bytes:
    """An .npz file of one array whose header has the given fields, true or not."""
    header = ("{" + fields + "}").encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return archive({"W.npy": b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data})
