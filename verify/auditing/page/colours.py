"""Colours that stand on light and on dark paper, and pictures made of them."""

from __future__ import annotations

import base64
import struct
import zlib
from math import cos, pi, sin

import numpy as np

# Of the table of all inputs, red, green, blue.
CORRECT, WRONG, TIED, UNDECIDED = (47, 111, 208), (208, 58, 46), (222, 160, 38), (140, 90, 190)


def frequency_colours(count: int) -> list[tuple[int, int, int]]:
    """One hue for each frequency, equally light and equally strong (OKLCH 0.66, 0.15)."""
    # two thirds of the way round for few of them: the first and the last stay apart
    return [_oklch(0.66, 0.15, 0.07 + 0.86 * k / max(count - 1, 1)) for k in range(count)]


def hexadecimal(colour: tuple[int, int, int]) -> str:
    """#rrggbb."""
    return "#" + "".join(f"{c:02x}" for c in colour)


def _oklch(lightness: float, chroma: float, turns: float) -> tuple[int, int, int]:
    a, b = chroma * cos(2 * pi * turns), chroma * sin(2 * pi * turns)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(round(255 * _gamma(min(max(c, 0.0), 1.0))) for c in linear)


def _gamma(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def picture(colours: np.ndarray, opacity: np.ndarray) -> str:
    """A PNG as a data URI.

    colours: (rows, columns, 3) of 0..255; opacity: (rows, columns) of 0..1.  What is not opaque
    lets the paper through, so the picture fits both themes.
    """
    alpha = np.rint(255 * np.clip(opacity, 0, 1)).astype(np.uint8)
    pixels = np.concatenate([colours.astype(np.uint8), alpha[..., None]], axis=2)
    height, width = alpha.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
