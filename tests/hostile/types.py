"""Well-formed files of what is no plain number, and streams that no honest writer makes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from tests.checkpoint_files import (
    ORDERED,
    Pickle,
    Raw,
    Tensor,
    archive,
    name,
    npy_file,
    npz_file,
    safetensors_said,
    torch_file,
    torch_parts,
    torch_stream,
)

Hostile = tuple[str, str, bytes]  # what it is, suffix, content


ARRAYS = (
    np.array([None, 1]), np.array([{"a": 1}]), np.ones(2) + 1j, np.ones(2, "c8"),
    np.array(["a", "b"]), np.array([b"a", b"b"]), np.array(["2020-01-01"], "M8[D]"),
    np.array([3], "m8[s]"), np.ones(2, np.longdouble), np.zeros(2, [("a", "f4")]),
    np.zeros(2, "V4"),
)  # fmt: skip
DESCRIPTIONS = ("O", "|O8", "<c16", "<U5", "<f3", "x", "", "<f4,<f4", "(2,)<f4", "<f99", "<M8[ns]")
SAFETENSORS = (
    "F8_E4M3", "F8_E5M2", "C64", "f32", "F128", "F16", "F64", "I8", "U64", "BOOL", "", "O", "F4",
    "E8M0", "STRING", 5, None,
)  # fmt: skip
STORAGES = (
    "ComplexFloatStorage", "ComplexDoubleStorage", "QInt8Storage", "QUInt8Storage", "Tensor",
    "UntypedStorage", "Float8_e4m3fnStorage", "TypedStorage",
    # known ones, for which the eight bytes are too many or too few
    "DoubleStorage", "HalfStorage", "LongStorage", "ByteStorage", "BFloat16Storage",
)  # fmt: skip
CHANGES = (
    {"count": 3}, {"count": -1}, {"count": 2**62}, {"count": True}, {"count": 2.0},
    {"shape": (3,)}, {"shape": (2**40,)}, {"shape": (-2,)}, {"shape": (1.5,)}, {"shape": ("2",)},
    {"shape": (True,)}, {"strides": (2,)}, {"strides": (-1,)}, {"strides": (2**62,)},
    {"strides": (1, 1)}, {"offset": 1}, {"offset": -1}, {"offset": 2**62}, {"offset": None},
    {"shape": (2,) * 9, "strides": (0,) * 9}, {"shape": (2**31, 2**31), "strides": (0, 0)},
)  # fmt: skip
OPCODES = (
    b"C\x03abc", b"\x96" + struct.pack("<Q", 2) + b"ab", b"\x8f", b"\x91", b"S'text'\n",
    b"U\x02ab", b"T" + struct.pack("<i", 2) + b"ab", b"\x97", b"(1", b"K\x01(l", b"0", b"2",
    b"h\x00", b"R", b"t", b"u", b"a", b"Q", name("torch", "FloatStorage"), ORDERED[:-1],
    name("collections", "OrderedDict"), b"X" + struct.pack("<I", 2**31) + b"ab",
    b"X\x03\x00\x00\x00\xed\xa0\x80", b"\x8b" + struct.pack("<i", -5), b"I12x\n", b"F1.5.5\n",
    b"L9" + b"9" * 5000 + b"L\n", b"V\\ud800\n",
    b"\x8b" + struct.pack("<i", 10**6) + b"\x01" * 10**6,
    b"}(X\x01\x00\x00\x00au", b"}K\x01K\x02sb", b"]K\x01b",
)  # fmt: skip
MAPPINGS = (
    {1.5: 2}, {(1, 2): 3}, {None: 1}, {"a\x1b[2Jb": 1}, {"x" * 2000: 1},
    {"a": 1, Raw(b"K\x01"): 2, "1": 3},
)  # fmt: skip
TEXTS = (b"", b"PK", b"hello", b"\x80\x02}.", b"GIF89a", b"\x1f\x8b\x08", bytes(64), b"[]" * 9)


def wrong_types() -> Iterator[Hostile]:
    """Arrays and tensors of other things than real numbers, or of other sizes than stated."""
    for array in ARRAYS:
        yield f"npz of {array.dtype}", ".npz", npz_file({"W": np.ones(2), "X": array})
    for descr in DESCRIPTIONS:
        fields = f"'descr': {descr!r}, 'fortran_order': False, 'shape': (2,)"
        yield f"npy of {descr!r}", ".npz", npy_file(fields)
    for dtype in SAFETENSORS:
        node = {"W": {"dtype": dtype, "shape": [2], "data_offsets": [0, 8]}}
        yield f"safetensors of {dtype}", ".safetensors", safetensors_said(node, b"\0" * 8)
    floats = Tensor.of(np.ones(2, np.float32))
    for storage in STORAGES:
        tensor = Tensor(floats.memory, storage, 2, (2,), (1,))
        yield f"torch {storage}", ".pt", torch_file({"W": tensor})
    for changes in CHANGES:
        tensor = Tensor.of(np.ones(2), **changes)
        yield f"torch tensor {changes}", ".pt", torch_file({"W": tensor})


def wrong_streams() -> Iterator[Hostile]:
    """Pickles with opcodes, keys or an ending that no plain document has, and archives without."""
    for value in (*({"W": Raw(opcodes)} for opcodes in OPCODES), *MAPPINGS):
        stream = Pickle().dump(value)
        yield f"torch stream {stream[:60]!r}", ".pt", torch_stream(stream)
    empty = b"\x80\x02}."
    big = {**torch_parts(empty, []), "archive/byteorder": b"big"}
    yield "big-endian", ".pt", archive(big)
    yield "no pickle", ".pt", archive({"archive/data/0": b""})
    yield "two pickles", ".pt", archive({"a/data.pkl": empty, "b/data.pkl": empty})
    lone = Pickle().dump({"W": Tensor.of(np.ones(2))})
    yield "no storage", ".pt", archive({"archive/data.pkl": lone})
    yield "one array twice", ".npz", archive({"W": b"", "W.npy": b""})
    for text in TEXTS:
        for suffix in (".pt", ".npz", ".safetensors"):
            yield f"{suffix} of {text[:8]!r}", suffix, text
