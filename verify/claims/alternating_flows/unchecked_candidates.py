"""Candidates about limits and training that no check covers yet, with the reason."""

from __future__ import annotations

from verify.claims.alternating_flows.common import candidate
from verify.claims.writing import entry
from verify.core.claim import Claim
from verify.core.domain import Domain, Whole

_NETWORKS = Domain.of(network=Whole("networks, data and initialisations of the setting"))

# family, id, title, statement, reading, reason.
_ROWS = [
    ("Modular: cost minimisation", "mod-free-4.five-sixths", "Four neurons of free norms: 5/6",
     "All norms free: sup 5/6 for N=4.", "As agf.cand.mod-free-4.one.",
     "needs an upper bound below 5/6; ascents find 0.7224"),
]

CLAIMS: list[Claim] = [
    entry(
        f"agf.cand.{name}", title, statement, source=candidate(family), kind="candidate",
        domain=_NETWORKS, reading=reading,
        falsified_by="data and an initialisation that violate it", unchecked=reason,
    )
    for family, name, title, statement, reading, reason in _ROWS
]
