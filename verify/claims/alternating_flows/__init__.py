"""Alternating Gradient Flows (arXiv:2506.06489) and its follow-up on group composition
(arXiv:2602.03655): utilities, jump times and plateaus of networks with a small initialisation.

Conventions.  L = ½E‖y − f‖², neuron i follows θ_i' = −η∇L, U_i(θ; r) = E⟨f_i(x; θ), r⟩, κ is the
degree of homogeneity.  x̂[k] = Σ_m x[m]e^{−2πikm/p}; angles are turns in formulas, radians in
statements.  Every module's list `CLAIMS` is part of the registry.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from verify.core.claim import Claim


def claims() -> list[Claim]:
    """The claims of every module of this package, in the order of the module names."""
    found: list[Claim] = []
    for info in sorted(iter_modules(__path__), key=lambda i: i.name):
        module = import_module(f"{__name__}.{info.name}")
        found += getattr(module, "CLAIMS", [])
    return found
