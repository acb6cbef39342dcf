"""A theorem-checking verification suite for the theory of feature learning.

A claim is a statement with a domain, checks and mutants; running it gives a verdict with
evidence that ``verify/checker`` re-verifies on its own.
"""

from verify.core.claim import Check, Claim, Context, Mutant, Source
from verify.core.domain import (
    Domain,
    Finite,
    Primes,
    Progression,
    Whole,
    at_least,
    even,
    odd,
)
from verify.core.evidence import Finding, Kind, Outcome, Witness
from verify.core.registry import Registry, UnknownClaim
from verify.core.verdict import Verdict

__version__ = "0.1.0"

__all__ = [
    "Check",
    "Claim",
    "Context",
    "Domain",
    "Finding",
    "Finite",
    "Kind",
    "Mutant",
    "Outcome",
    "Primes",
    "Progression",
    "Registry",
    "Source",
    "UnknownClaim",
    "Verdict",
    "Whole",
    "Witness",
    "at_least",
    "even",
    "odd",
]
