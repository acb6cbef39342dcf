"""Training configurations after arXiv:2509.21519, by name.

The published code's loss and decay: squares with outputs centred over the labels, L2 decay in the
gradient of Adam for both layers, PyTorch's default start and precision.  Figure 3 prints neither
the rate nor the epochs: rate .005 and width 256 are those of Figure 10 for small moduli, 3,000
epochs the default of the code.
"""

from __future__ import annotations

from verify.methods.training import (
    Configuration,
    ConfigurationError,
    Data,
    Initialisation,
    Optimiser,
    Power,
)

MODULI = {"li2.square": 23}


def square(modulus: int) -> Configuration:
    """Figure 3 on a smaller cyclic group: σ = x², 40 % of the pairs, decay 2e-4."""
    if modulus < 3:
        raise ConfigurationError(f"li2.square is for moduli from 3 on, got modulus={modulus}")
    return Configuration(
        name="li2.square",
        network=Power(inputs=2, modulus=modulus, width=256),
        optimiser=Optimiser(kind="adam", rate=5e-3, betas=(0.9, 0.999), decay=2e-4),
        steps=3000,
        initialisation=Initialisation(kind="linear-layers", scale=1.0),
        data=Data(share=0.4),
        loss="squares",
        dtype="float32",
        record_every=100,
        checkpoint_every=1000,
    )


CONFIGURATIONS = {"li2.square": square}
