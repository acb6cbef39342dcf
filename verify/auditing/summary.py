"""An audit as one JSON value: exact numbers as strings, statistics as floats."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from constructions.numbers import Ball
from verify.auditing.distance import Swap
from verify.auditing.spectrum import PHASE_ORDERS, variation

if TYPE_CHECKING:
    from verify.auditing.audit import Audit

_LEAST, _FAILURES = 20, 200  # inputs listed


def summarise(audit: Audit) -> dict[str, Any]:
    """Everything that an audit says; what is undefined, such as a mean of nothing, is None."""
    found, spec = audit.behaviour, audit.spectrum
    alpha, beta = spec.magnitudes
    margin, fit, checked = audit.normalised_margin, audit.indicator, audit.checked
    summary = {
        "file": audit.checkpoint.path.name,
        "format": audit.checkpoint.format,
        "sha256": audit.checkpoint.sha256,
        "taken": list(audit.identified.taken),
        "task": {"modulus": spec.modulus, "inputs": spec.inputs},
        "width": audit.network.width,
        "activation": audit.network.activation.name,
        "kind": audit.kind,
        "inputs": found.total,
        **{name: found.count(name) for name in ("correct", "wrong", "tied", "undecided")},
        "accuracy": str(found.accuracy),
        "margin": number(found.margin),
        "least_at": [list(a) for a in found.least_at[:_LEAST]],
        "wrong_at": [list(a) for a in found.where("wrong")[:_FAILURES]],
        "tied_at": [list(a) for a in found.where("tied")[:_FAILURES]],
        "certificate": checked and {"accepted": checked.accepted, "reason": checked.reason},
        "neurons": {
            "without_frequency": int((~spec.alive).sum()),
            "share": quantiles(spec.share[spec.alive]),
            "participation": float(spec.participation.mean()),
            "misalignment_degrees": quantiles(360 * spec.misalignment[spec.alive]),
            "magnitude_variation": {
                "input": [variation(row) for row in alpha],
                "output": variation(beta),
                "strength": variation(spec.strengths),
            },
        },
        "frequencies": {
            "counts": spec.counts.tolist(),
            "uniform_p_value": spec.count_test,
            "resultants": {str(o): spec.resultants(o).tolist() for o in PHASE_ORDERS},
            "expected_resultant": spec.expected_resultants().tolist(),
        },
        "normalised_margin": margin
        and {
            "value": number(margin.value),
            "maximum": number(margin.maximum),
            "ratio": number(margin.ratio),
        },
        "flawed_indicator": fit
        and {
            "background": fit.background,
            "label": fit.label,
            "ghost": fit.ghost,
            "ghost_share": fit.ghost_share,
            "unexplained": fit.unexplained,
        },
        "activation_table": [_swap(s) for s in audit.swaps],
        "stored": {n: v for n, v in audit.checkpoint.values.items() if _scalar(v)},
    }
    return _finite(summary)


def _swap(swap: Swap) -> dict[str, Any]:
    found = swap.behaviour
    return {
        "activation": swap.activation,
        "kind": swap.rigorous,
        **{name: found.count(name) for name in ("correct", "wrong", "tied", "undecided")},
        "accuracy": float(found.accuracy),
        "margin": number(found.margin),
    }


def quantiles(values: np.ndarray) -> dict[str, float]:
    """Minimum, quartiles and maximum; NaN of nothing."""
    names = ("min", "q25", "median", "q75", "max")
    if not values.size:
        return dict.fromkeys(names, math.nan)
    return dict(zip(names, map(float, np.quantile(values, (0, 0.25, 0.5, 0.75, 1))), strict=True))


def number(value: Any) -> dict[str, Any]:
    """A number for readers, and exactly: a fraction, or the ends of a ball."""
    if isinstance(value, Ball):
        low, high = value.lower(), value.upper()
        ends = {"lower": str(low), "upper": str(high)}
        return {"float": as_float((low + high) / 2), "width": as_float(high - low), **ends}
    return {"float": as_float(value), "exact": str(value)}


def as_float(value: Fraction | Ball) -> float:
    """The nearest float, infinite beyond the floats; of a ball that of its centre."""
    if isinstance(value, Ball):
        value = (value.lower() + value.upper()) / 2
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _scalar(value: Any) -> bool:
    return isinstance(value, int | float | str)


def _finite(value: Any) -> Any:
    """The value with None for NaN and infinities, which JSON does not have."""
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
