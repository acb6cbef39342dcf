"""The sentences of the page; numbers in them come from the audit's summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from verify.auditing.behaviour import Input
from verify.auditing.page.drawing import short
from verify.auditing.spectrum import Spectrum

_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def network(summary: Mapping[str, Any], *, shared: bool) -> str:
    """What sort of network it is."""
    k = summary["task"]["inputs"]
    inputs = f"{_NUMBERS.get(k, k)} input{'s' if k > 1 else ''}"
    layers = "share one embedding" if shared else "with an embedding each"
    return (
        f"{summary['width']} neurons with activation {summary['activation']}; {inputs} "
        f"{layers if k > 1 else 'with one embedding'}; addition modulo {summary['task']['modulus']}"
    )


def failures(summary: Mapping[str, Any]) -> str:
    """``, 3 wrong, 1 tied``; empty when every input is correct."""
    return "".join(f", {summary[n]} {n}" for n in ("wrong", "tied", "undecided") if summary[n])


def places(inputs: Sequence[Input], most: int) -> str:
    """``(0, 4) (1, 2) and 5 more``."""
    text = " ".join(f"({', '.join(map(str, a))})" for a in inputs[:most])
    more = len(inputs) - most
    return f"{text} and {more} more" if more > 0 else text


def accuracy(summary: Mapping[str, Any]) -> str:
    """Whether the network computes the sum."""
    if summary["correct"] == summary["inputs"]:
        return "It is right on every input"
    share = 100 * summary["correct"] / summary["inputs"]
    return f"It is right on {short(share, 3)} % of the inputs"


def frequencies(summary: Mapping[str, Any]) -> str:
    """How many frequencies are in use."""
    counts = summary["frequencies"]["counts"]
    used = sum(1 for c in counts if c)
    without = summary["neurons"]["without_frequency"]
    rest = f"; {without} neurons have none" if without else ""
    return f"{used} of {len(counts)} frequencies are in use{rest}"


def degrees(value: float | None) -> str:
    """An angle; what is only rounding is not spelled out."""
    if value is None:
        return "–"
    return "<0.001°" if value < 0.001 else f"{short(value, 3)}°"


def alignment(spec: Spectrum) -> str:
    """How well output phases follow the sum of the input phases."""
    found = 360 * spec.misalignment[spec.alive]
    return (
        f"Half of the neurons are aligned within {degrees(float(np.median(found)))}, "
        f"all of them within {degrees(float(found.max()))}"
    )


def diversity(spec: Spectrum) -> str:
    """How even the phases are, for the orders 2 and 4 on which the quadratic vote depends."""
    with np.errstate(invalid="ignore"):
        over = [spec.resultants(o) / spec.expected_resultants() for o in (2, 4)]
    middle = float(np.nanmedian(np.concatenate(over)))
    return f"The median phase sum of order 2 or 4 is {short(middle, 2)} of what chance gives"
