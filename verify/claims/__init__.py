"""The registry: one package per source, the statement beside its checks."""

from __future__ import annotations

from functools import cache

from verify.core.registry import Registry


@cache
def registry() -> Registry:
    """Every registered claim."""
    from verify.claims import (
        alternating_flows,
        energy_landscape,
        fourier_circuits,
        modular_addition,
    )

    packages = (fourier_circuits, modular_addition, energy_landscape, alternating_flows)
    return Registry(claim for package in packages for claim in package.claims())
