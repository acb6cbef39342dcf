"""Fourier Circuits in Neural Networks and Transformers (arXiv:2402.09469) and its parent
(arXiv:2311.07568): k-input modular addition and the maximum L_{2,k+1} margin.

Conventions.  The papers' DFT f̂(j) = Σ_a f(a) e^{−2πija/p} is the one of `constructions`;
their real phases θ (radians) are our turns times 2π; a neuron's amplitude s enters as the
gain s^{k+1}.  Every module's list `CLAIMS` is part of the registry.
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
