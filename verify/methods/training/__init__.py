"""Training networks: fast on one machine, deterministic for a seed, resumable, many at once.

A `Configuration` says everything about a run but its seed.  `train` gives an `Ensemble` of runs
with their metrics and final weights; `verify.methods.training.sweep` spreads configurations,
moduli and seeds over processes.  What training gives is a sample of networks, so every number
read off an ensemble is a `verify.core.statistic.Statistic`.

Nothing here knows a paper: named configurations live beside the claims that use them.
"""

from verify.methods.training.configuration import (
    Configuration,
    Data,
    Initialisation,
    Optimiser,
    Penalty,
    Plateau,
)
from verify.methods.training.ensemble import Ensemble, Run, is_trained, train
from verify.methods.training.networks import (
    Attention,
    ConfigurationError,
    Power,
    Shared,
    Transformer,
)

__all__ = [
    "Attention",
    "Configuration",
    "ConfigurationError",
    "Data",
    "Ensemble",
    "Initialisation",
    "Optimiser",
    "Penalty",
    "Plateau",
    "Power",
    "Run",
    "Shared",
    "Transformer",
    "is_trained",
    "train",
]
