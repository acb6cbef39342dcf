"""Statements on networks with ReLU, not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, he, row

CLAIMS = [
    row(
        "he.relu-qualitative",
        "Single frequency, alignment and lottery carry over to ReLU",
        he("blog §4.6"),
        "em",
        "Single frequency, alignment and lottery all carry over to ReLU; alignment takes about "
        "8000 steps against about 5000.",
        unchecked=TRAINED,
    ),
]
