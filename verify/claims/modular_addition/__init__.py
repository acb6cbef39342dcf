"""Modular addition by majority voting and the lottery of frequencies (arXiv:2602.16849), and group
composition (arXiv:2606.02993).

Ids: `he.*` and `hwz.*` are statements of the two papers (the initials of their authors),
`he.cand.*` and `hwz.cand.*` are candidates: derived, sharpened or merely natural statements.

Conventions.  A network is f(x, y) = Σ_m ξ_m σ(θ_m[x] + θ_m[y]) with one embedding θ_m for both
inputs and no bias; σ(u) = u² unless another activation is named.  The paper's angles φ, ψ in
radians are our turns times 2π, ω_k j is k·j/p turns, and its magnitudes α, β are the amplitudes of
θ_m and ξ_m.  A neuron of frequency k is θ[j] = α cos(ω_k j + φ), ξ[j] = β cos(ω_k j + ψ); it is
aligned when ψ = 2φ.  Full diversification is (i) N neurons at each k = 1, …, (p−1)/2, (ii) one
common value a of α_m β_m², (iii) Σ e^{iιφ_m} = 0 over every frequency for ι = 2, 4.  The papers'
loss is a sum or a mean over the data; the claims say which.  On a finite Abelian group G the
characters take the place of the frequencies, with χ(g) counted in turns.

Every module's list `CLAIMS` is part of the registry.
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
