"""Files cut short, with flipped bits, and with headers and directories that lie."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator

import numpy as np

from tests.checkpoint_files import (
    archive,
    npy_file,
    npz_file,
    safetensors_bytes,
    safetensors_file,
    safetensors_said,
    torch_file,
)

Files = dict[str, tuple[str, bytes]]  # name → (suffix, content)
Hostile = tuple[str, str, bytes]  # what it is, suffix, content
WORDS = (b'"dtype"', b'"shape"', b'"data_offsets"', b'"F32"', b"[", b"]", b"{", b"}", b":")
SHAPES = (
    "(10**9,)", "(1000000000,)", "(4611686018427387904,)", "(-1,)", "(3,)", "(2,)*40", "((2,),)",
    "'2'", "(2.5,)", "(" * 300 + ")" * 300, "(2,), 'fortran_order': 3", "__import__('os').getcwd()",
    "(" + "1, " * 40 + ")",
)  # fmt: skip


def base_files(seed: int) -> Files:
    """Honest files of every format: name → (suffix, content)."""
    rng = np.random.default_rng(seed)
    arrays = {
        "W_in": rng.normal(size=(12, 5)).astype(np.float32),
        "W_out": rng.normal(size=(5, 12)).astype(np.float32),
    }
    state = {"model": arrays, "train_losses": [1.0, 0.5, 0.25], "epoch": 7, "note": "honest"}
    return {
        "torch": (".pth", torch_file(state)),
        "npz": (".npz", npz_file(arrays)),
        "npz-deflated": (".npz", npz_file(arrays, compressed=True)),
        "safetensors": (".safetensors", safetensors_file(arrays)),
    }


def truncated(rng: random.Random, files: Files) -> Iterator[Hostile]:
    """Honest files that end too early."""
    for kind, (suffix, data) in files.items():
        for at in {0, 1, 7, 8, len(data) - 1, *rng.sample(range(len(data)), 195)}:
            yield f"{kind} cut at {at}", suffix, data[:at]


def flipped(rng: random.Random, files: Files) -> Iterator[Hostile]:
    """Honest files with one bit changed where the format reveals it."""
    for kind, (suffix, data) in files.items():
        seen = protected_bits(kind, data)
        for bit in rng.sample(seen, min(200, len(seen))):
            yield f"{kind} bit {bit} flipped", suffix, flip(data, bit)


def flip(data: bytes, bit: int) -> bytes:
    """The bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def protected_bits(kind: str, data: bytes) -> list[int]:
    """Bits whose flip the format reveals: contents of zip parts, length and grammar of headers."""
    places: list[int] = []
    if kind != "safetensors":
        with zipfile.ZipFile(io.BytesIO(data)) as made:
            for info in made.infolist():
                lengths = struct.unpack_from("<HH", data, info.header_offset + 26)
                start = info.header_offset + 30 + sum(lengths)
                # the last bits of a deflated part are padding
                padding = 1 if info.compress_type == zipfile.ZIP_DEFLATED else 0
                places += range(start, start + info.compress_size - padding)
    else:
        header = data[8 : 8 + int.from_bytes(data[:8], "little")]
        places += range(8)
        for word in WORDS:
            at = header.find(word)
            while at >= 0:
                places += range(8 + at, 8 + at + len(word))
                at = header.find(word, at + 1)
    return sorted({8 * place + bit for place in places for bit in range(8)})


def oversized(rng: random.Random) -> Iterator[Hostile]:
    """Headers that state sizes, shapes and offsets which are not there."""
    header = b'{"W":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    lengths = {2**63, 2**64 - 1, 2**40, 2**32, 2**31, 2**27, 4 * 2**20 + 1, 65, 0, 1}
    for length in sorted(lengths | {rng.randrange(65, 2**63) for _ in range(60)}):
        data = safetensors_bytes(header, b"\0" * 8, length=length)
        yield f"safetensors header of {length}", ".safetensors", data
    for shape in ([2**40], [2**63], [2**32, 2**32], [-1], [2, 2**62], [3], [1.5], ["2"], None):
        node = {"W": {"dtype": "F32", "shape": shape, "data_offsets": [0, 8]}}
        yield f"safetensors shape {shape}", ".safetensors", safetensors_said(node, b"\0" * 8)
    for ends in ([0, 2**40], [8, 0], [0, 4], [4, 12], [-8, 0], [0], [0, 8, 16], None):
        node = {"W": {"dtype": "F32", "shape": [2], "data_offsets": ends}}
        yield f"safetensors offsets {ends}", ".safetensors", safetensors_said(node, b"\0" * 8)
    many = {f"t{i}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for i in range(90_000)}
    yield "safetensors of 90,000 tensors", ".safetensors", safetensors_said(many, b"")
    for shape in SHAPES:
        fields = f"'descr': '<f4', 'fortran_order': False, 'shape': {shape}"
        yield f"npy shape {shape[:30]}", ".npz", npy_file(fields)
    for size in (0, 1, 60_000, 65_535):
        data = b"\x93NUMPY\x01\x00" + struct.pack("<H", size) + b"{'descr': '<f4'}"
        yield f"npy header of {size}", ".npz", archive({"W.npy": data})
    for size in (2**31, 2**32 - 1):
        data = b"\x93NUMPY\x02\x00" + struct.pack("<I", size) + b"{}"
        yield f"npy header of {size}", ".npz", archive({"W.npy": data})
    for version in range(3, 13):
        data = b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H", 2) + b"{}"
        yield f"npy version {version}", ".npz", archive({"W.npy": data})


def directories(rng: random.Random, files: Files) -> Iterator[Hostile]:
    """Zip archives whose directory states wrong numbers, sizes, offsets or checksums."""
    for kind in ("torch", "npz"):
        suffix, data = files[kind]
        end = data.rfind(b"PK\x05\x06")
        for field, width in ((10, 2), (12, 4), (16, 4)):  # entries, size, offset
            for _ in range(12):
                value = rng.randrange(2**16, 2**32) % 2 ** (8 * width) | 0x80
                changed = bytearray(data)
                changed[end + field : end + field + width] = value.to_bytes(width, "little")
                yield f"{kind} directory field {field} = {value}", suffix, bytes(changed)
        directory = data.find(b"PK\x01\x02")
        for field in (16, 20, 24, 42):  # checksum, packed size, size, offset of the first part
            for _ in range(12):
                changed = bytearray(data)
                value = rng.randrange(2**31)
                changed[directory + field : directory + field + 4] = struct.pack("<I", value)
                yield f"{kind} part field {field} = {value}", suffix, bytes(changed)
