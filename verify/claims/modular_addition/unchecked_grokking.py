"""The statement on grokking (p = 23, weight decay 2, 75 % of the pairs) without a check."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, he, row

CLAIMS = [
    row(
        "he.grok-needs-clean-features",
        "Generalisation requires clean features",
        he("blog §5"),
        "em",
        "Generalisation requires clean single-frequency features.",
        unchecked=TRAINED,
        falsified_by="a generalising network without them",
    ),
]
