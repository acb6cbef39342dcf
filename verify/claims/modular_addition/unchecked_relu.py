"""Statements on networks with ReLU, not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, UNWRITTEN, he, row

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
    row(
        "he.relu-leakage-support",
        "Harmonics that a single-frequency ReLU neuron leaks to",
        he("Proposition 6.3, blog §4.6, app tab 7"),
        "as",
        "From a single-frequency state $\\theta$ leaks to the odd harmonics $3k^\\star, 5k^\\star, "
        "\\dots$, $\\xi$ to $2k^\\star, 3k^\\star, \\dots$ (mod $p$), of order $r^{-2}$.",
        unchecked=UNWRITTEN,
        falsified_by="another harmonic or another exponent",
    ),
    row(
        "he.relu-leakage-constants",
        "Strength of the third and the fifth harmonic",
        he("blog §4.6, app tab 7"),
        "as",
        "The third harmonic has 1/9 of the dominant strength, the fifth 1/25.",
        unchecked=UNWRITTEN,
        falsified_by="the ratios in the leading-order gradient and in trained weights",
    ),
]
