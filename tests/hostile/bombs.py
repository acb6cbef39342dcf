"""Small files that stand for large documents."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from tests.checkpoint_files import (
    Tensor,
    archive,
    safetensors_bytes,
    torch_file,
    torch_stream,
)

Hostile = tuple[str, str, bytes]  # what it is, suffix, content


def bombs() -> Iterator[Hostile]:
    """Archives that unpack to too much, and pickles that mention one value again and again."""
    zeros = bytes(140 * 2**20)
    for part, suffix in (
        ("archive/data.pkl", ".pt"),
        ("archive/data/0", ".pth"),
        ("W.npy", ".npz"),
    ):
        packed = archive({part: zeros}, method=zipfile.ZIP_DEFLATED)
        yield f"{part} of 140 MiB of zeros", suffix, packed
        at = packed.find(b"PK\x01\x02")
        for said in (1, 1000, 2**20):
            lie = bytearray(packed)
            lie[at + 24 : at + 28] = struct.pack("<I", said)
            yield f"{part} of 140 MiB, said to be {said}", suffix, bytes(lie)
        for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            made = archive({part: bytes(2**20)}, method=method)
            yield f"{part} packed by method {method}", suffix, made
    many = archive({f"{i}.npy": zeros[: 2**20] for i in range(130)}, method=zipfile.ZIP_DEFLATED)
    yield "130 MiB in many parts", ".npz", many
    yield "21,000 parts", ".npz", archive({f"{i}": b"" for i in range(21_000)})
    for depth in (20, 30, 40, 49, 60, 100):
        for width in (2, 5):
            for kind, start, end in (("list", b"](", b"e"), ("tuple", b"(", b"t")):
                stream = _memo_bomb(start, end, depth, width)
                yield f"{kind} bomb {depth}x{width}", ".pt", torch_stream(stream)
        yield f"mapping bomb {depth}", ".pt", torch_stream(_mapping_bomb(depth, b"K\x01"))
        yield f"empty bomb {depth}", ".pt", torch_stream(_mapping_bomb(depth, b"}"))
    yield "list in itself", ".pt", torch_stream(b"\x80\x02]q\x00h\x00a.")
    yield "mapping in itself", ".pt", torch_stream(b"\x80\x02}q\x00K\x01h\x00s.")
    wide = b"\x80\x02(](" + b"K\x01" * 10**5 + b"eq\x00](" + b"h\x00" * 10**4 + b"et."
    yield "one long list 10,000 times", ".pt", torch_stream(wide)
    yield (
        "three million instructions",
        ".pt",
        torch_stream(b"\x80\x02](" + b"N" * 3 * 10**6 + b"e."),
    )
    text = b"X" + struct.pack("<I", 33 * 2**20) + b"a" * (33 * 2**20)
    yield "pickle of 33 MiB", ".pt", torch_stream(b"\x80\x02" + text + b".")
    zero = Tensor(b"\0" * 4, "FloatStorage", 1, (2**14, 2**11), (0, 0))
    yield "many tensors of one number", ".pt", torch_file({f"t{i}": zero for i in range(40)})
    nested = b"\x80\x02" + b"]" * 60 + b"a" * 59 + b"."
    yield "60 lists deep", ".pt", torch_stream(nested)
    deep = '{"W":' * 500 + "1" + "}" * 500
    yield "safetensors header 500 deep", ".safetensors", safetensors_bytes(deep.encode(), b"")


def _memo_bomb(start: bytes, end: bytes, depth: int, width: int) -> bytes:
    """A value in which each level holds the one below `width` times: width^depth leaves."""
    stream = b"\x80\x02(" + start + b"K\x01}" + end + b"q\x00"
    for level in range(1, depth):
        below = b"h" + bytes([level - 1])
        stream += start + below * width + end + b"q" + bytes([level])
    return stream + b"t."


def _mapping_bomb(depth: int, leaf: bytes) -> bytes:
    stream = b"\x80\x02(" + leaf + b"q\x00"
    for level in range(1, depth):
        below = b"h" + bytes([level - 1])
        items = b"".join(b"X\x01\x00\x00\x00" + key + below for key in (b"a", b"b", b"c"))
        stream += b"}(" + items + b"uq" + bytes([level])
    return stream + b"t."
