"""A theorem-checking verification suite for the theory of feature learning.

A claim is a statement with a domain, checks and mutants; running it gives a verdict with
evidence that ``verify/checker`` re-verifies on its own.

The names below are imported when they are first used: the pytest plugin is loaded into every
test run of an environment that has the suite, and must cost those that hold no claims nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "verify.auditing.audit": ("Audit", "audit"),
    "verify.auditing.checkpoints": ("CheckpointError",),
    "verify.core.claim": ("Check", "Claim", "Context", "Mutant", "Source"),
    "verify.core.conjecture": ("conjecture",),
    "verify.core.domain": (
        "Domain",
        "Finite",
        "Primes",
        "Progression",
        "Whole",
        "at_least",
        "even",
        "odd",
    ),
    "verify.core.evidence": ("Finding", "Kind", "Outcome", "Witness"),
    "verify.core.ranges": ("angles", "ints", "primes"),
    "verify.core.registry": ("Registry", "UnknownClaim"),
    "verify.core.statistic": ("Statistic",),
    "verify.core.universal": ("ConjectureError", "forall"),
    "verify.core.verdict": ("Verdict",),
    "verify.methods.training": ("Configuration", "Ensemble", "train"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
