"""The registry: one package per source, the statement beside its checks."""

from __future__ import annotations

from functools import cache

from verify.core.registry import Registry


@cache
def registry() -> Registry:
    """Every registered claim."""
    from verify.claims import fourier_circuits, modular_addition

    return Registry([*fourier_circuits.claims(), *modular_addition.claims()])
