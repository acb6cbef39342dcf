"""Property-based and adversarial search.  Search only proposes: what it finds is shrunk,
made exact and certified before anybody says “refuted”, and what it does not find is sampled
evidence, never more."""

from verify.methods.search.adversary import Attack, no_network_beats, strongest_network
from verify.methods.search.strategies import (
    abelian_groups,
    cosine_networks,
    dense_networks,
    moduli,
    phase_designs,
    tasks,
    turns,
)

__all__ = [
    "Attack",
    "abelian_groups",
    "cosine_networks",
    "dense_networks",
    "moduli",
    "no_network_beats",
    "phase_designs",
    "strongest_network",
    "tasks",
    "turns",
]
