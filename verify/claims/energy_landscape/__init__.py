"""Energy landscapes and the stages of grokking (arXiv:2509.21519).

Conventions.  The paper's group H is our group; its weights w = [u; Pv] keep their names, vectors
are listed breadth first from the generators; its irreps C_k are counted from k = 0, the
trivial one, our characters from 1.  For real weights everything is said of the blocks over the
real numbers: D is the dimension of a real irrep, f = 1, 2, 4 its type, d the degree of the
complex irrep.  Every module's list `CLAIMS` is part of the registry.
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
