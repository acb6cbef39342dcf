"""More than two thousand damaged and hostile checkpoints, every one of which must be refused.

What no reader can see is left out: .safetensors files have no checksum, so a bit flip in a weight
or in a key's name gives another well-formed file.  Zip archives carry a checksum of each part; the
flips that are left out there change nothing that is read: times, comments, padding.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.hostile import bombs, code, damaged, types
from tests.hostile.damaged import base_files

SEED = 20260216


def corpus(marker: str) -> Iterator[tuple[str, str, bytes]]:
    """(what it is, suffix, content) of all files; code in them would create the file `marker`."""
    rng = random.Random(SEED)
    files = base_files(SEED)
    yield from damaged.truncated(rng, files)
    yield from damaged.flipped(rng, files)
    yield from damaged.oversized(rng)
    yield from damaged.directories(rng, files)
    yield from types.wrong_types()
    yield from types.wrong_streams()
    yield from bombs.bombs()
    yield from code.code(marker)
