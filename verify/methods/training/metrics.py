"""What is recorded of a network while it trains, computed inside the compiled program.

Spectral statistics have no constant part: A_k is the magnitude at frequency k = 1..⌊p/2⌋.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from verify.methods.training.losses import Loss, rights
from verify.methods.training.models import Model, Parameters
from verify.methods.training.networks import Network

# Order of the recorded numbers.  Those that a network does not have are left out of files.
NAMES = (
    "train_loss",
    "test_loss",
    "train_accuracy",
    "test_accuracy",
    "margin",
    "gradient_norm",
    "parameter_norm",
    "neuron_norm",
    "participation",
    "largest_share",
    "misalignment",
)
MEANINGS = {
    "train_loss": "mean over the training inputs of the cross-entropy or of the squares",
    "test_loss": "the same over the held-out inputs",
    "train_accuracy": "share of training inputs whose label has the strictly largest logit",
    "test_accuracy": "the same over the held-out inputs",
    "margin": "smallest lead of the label over every evaluated input",
    "gradient_norm": "Euclidean norm of the gradient of what is minimised, weight decay apart",
    "parameter_norm": "Euclidean norm of all parameters",
    "neuron_norm": "Σ_i ‖θ_i‖^{k+1}, a shared embedding counted for each input",
    "participation": "Σ A_k⁴/(Σ A_k²)², mean over neurons, then over layers",
    "largest_share": "max A_k²/Σ A_k², mean over neurons, then over layers",
    "misalignment": "mean over neurons of |sin D|, D = Σφ_j − ψ at the dominant frequency",
}


def names_of(network: Network, *, split: bool) -> tuple[str, ...]:
    """The metrics that a network has."""
    absent = set() if split else {"test_loss", "test_accuracy"}
    if not network.has_neurons:
        absent |= {"neuron_norm", "participation", "largest_share", "misalignment"}
    return tuple(name for name in NAMES if name not in absent)


def on_logits(
    logits: jax.Array, labels: jax.Array, counts: dict[str, jax.Array], loss: Loss
) -> dict[str, jax.Array]:
    """Losses, accuracies and margin from logits (p, N); counts: (N,) inputs of each part."""
    right = rights(logits, labels)
    label = jnp.where(right, logits, 0).sum(0)
    lead = label - jnp.where(right, -jnp.inf, logits).max(0)
    values = loss.values(logits, labels)
    found = {"margin": lead.min()}
    for part, count in counts.items():
        found[f"{part}_loss"] = (values * count).sum() / count.sum()
        # sums of whole numbers, so that all correct is exactly 1
        found[f"{part}_accuracy"] = jnp.where(lead > 0, count, 0).sum() / count.sum()
    return found


def on_weights(model: Model, parameters: Parameters) -> dict[str, jax.Array]:
    """Norms and spectral statistics of the parameters."""
    squares = sum((leaf**2).sum() for leaf in jax.tree.leaves(parameters))
    found = {"parameter_norm": jnp.sqrt(squares)}
    layers = model.spectra(parameters)
    if not layers:
        return found
    found["neuron_norm"] = (model.neuron_squares(parameters) ** ((model.inputs + 1) / 2)).sum()
    # In float64, since neurons that decay to nothing have squares below the least float32.
    wide = [rows.astype(jnp.float64) for rows in layers]
    cosine, sine = zip(*(_coefficients(rows, model.modulus) for rows in wide), strict=True)
    shares = [_shares(c**2 + s**2) for c, s in zip(cosine, sine, strict=True)]
    found["participation"] = jnp.stack([(e**2).sum(1).mean() for e in shares]).mean()
    found["largest_share"] = jnp.stack([e.max(1).mean() for e in shares]).mean()
    # the dominant frequency has the largest absolute coefficient of the input layers
    largest = sum(jnp.maximum(abs(c), abs(s)) for c, s in zip(cosine[:-1], sine[:-1], strict=True))
    at = largest.argmax(1)[:, None]
    angles = [
        jnp.arctan2(-jnp.take_along_axis(s, at, 1), jnp.take_along_axis(c, at, 1))
        for c, s in zip(cosine, sine, strict=True)
    ]
    copies = model.inputs // (len(layers) - 1)
    found["misalignment"] = abs(jnp.sin(copies * sum(angles[:-1]) - angles[-1])).mean()
    return found


def _shares(energies: jax.Array) -> jax.Array:
    """(m, K) parts of each neuron's energy; zeros for a neuron without any."""
    whole = energies.sum(1, keepdims=True)
    return energies / jnp.where(whole > 0, whole, 1)


def _coefficients(rows: jax.Array, modulus: int) -> tuple[jax.Array, jax.Array]:
    """(m, K) coefficients c, s of the orthonormal cosines and sines, magnitude √(c²+s²)."""
    k = np.arange(1, modulus // 2 + 1)
    angle = 2 * np.pi / modulus * np.outer(np.arange(modulus), k)
    scale = np.full(len(k), np.sqrt(2 / modulus))
    if modulus % 2 == 0:
        scale[-1] = np.sqrt(1 / modulus)
    dtype = rows.dtype
    return rows @ jnp.asarray(scale * np.cos(angle), dtype), rows @ jnp.asarray(
        scale * np.sin(angle), dtype
    )
