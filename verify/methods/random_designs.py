"""Networks with independent, uniformly distributed phases: their margins in floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial, sqrt
from typing import Any

import numpy as np

from verify.core.claim import Context
from verify.core.domain import Domain, Sample
from verify.core.evidence import Finding, Witness, established, refuted


def relative_margin(phases: np.ndarray, p: int) -> float:
    """Margin/Γ of a design at every frequency 1..(p−1)/2 of an odd modulus p.

    phases: (N, k) in turns.  Γ is the margin of the design's mode (1, .., 1) alone, which has
    the norm of the design: k!·2^{−k}·N·p/2 with unit amplitudes.
    """
    size, k = phases.shape
    logits = np.zeros((p,) * (k + 1))
    for zeta in range(1, (p - 1) // 2 + 1):
        waves = np.cos(2 * np.pi * (phases[:, :, None] + zeta * np.arange(p) / p))
        shift = phases.sum(axis=1)[:, None]
        label = np.cos(2 * np.pi * (shift + zeta * np.arange(p) / p))
        inner = 0.0
        for j in range(k):
            inner = inner + waves[:, j].reshape(size, *(p if i == j else 1 for i in range(k)))
        logits += np.tensordot(inner**k, label, axes=(0, 0))
    sums = np.indices((p,) * k).sum(axis=0) % p
    right = np.take_along_axis(logits, sums[..., None], axis=-1)
    gaps = right - logits
    np.put_along_axis(gaps, sums[..., None], np.inf, axis=-1)
    return float(gaps.min()) / (factorial(k) / 2**k * size * p / 2)


def random_margins(
    context: Context,
    *,
    point: Mapping[str, int],
    sizes: Sequence[int],
    loss: float,
    range_of_phases: float = 1.0,
) -> Finding:
    """Whether 1 − margin/Γ ≤ loss/√N for random designs of growing size N, in floats.

    range_of_phases: the phases are uniform on [0, range) in turns; 1 is the whole circle.
    A float violation is only a lead.
    """
    k, p = point["k"], point["p"]
    rng = np.random.default_rng([context.seed, k, p])
    found: dict[str, Any] = {}
    ratios = []
    for size in sizes:
        ratio = relative_margin(rng.random((size, k)) * range_of_phases, p)
        ratios.append(ratio)
        found[f"margin/Γ at N = {size}"] = f"{ratio:.6f}"
        if 1 - ratio > loss / sqrt(size):
            return refuted(
                scope=Domain.at(dict(point)),
                method="search",
                values=tuple(ratios),
                quantities=found,
                witness=Witness(
                    description=f"N = {size} random phase vectors give margin/Γ = {ratio:.6f}",
                    values={**point, "N": size, "margin/Γ": f"{ratio:.6f}"},
                ),
            )
    return established(
        scope=Domain.of(design=Sample("random designs", len(sizes))),
        method="search",
        values=tuple(ratios),
        quantities=found,
    )
