"""Initial weights and data splits: drawn on the host in float64, the same in both precisions."""

from __future__ import annotations

import numpy as np

from verify.methods.training.configuration import Configuration
from verify.methods.training.networks import Attention, Network, Power, Transformer

# One independent stream of a seed for each purpose.
_WEIGHTS, _SPLIT, _EVALUATION = range(3)


def generator(seed: int, purpose: int) -> np.random.Generator:
    """The stream of a seed for one purpose."""
    return np.random.default_rng([seed, purpose])


def initial_tensors(configuration: Configuration, seed: int) -> dict[str, np.ndarray]:
    """The tensors of a fresh network, as files name them, float64."""
    rng = generator(seed, _WEIGHTS)
    network, start = configuration.network, configuration.initialisation
    if start.kind == "random":
        return {
            name: start.scale * rng.standard_normal(shape) / np.sqrt(summed)
            for name, (shape, summed) in _shapes(network).items()
        }
    if start.kind == "linear-layers":
        return _uniform(rng, network, scale=start.scale)
    return _cosines(rng, network, scale=start.scale, single=start.kind == "single-frequency")


def _shapes(network: Network) -> dict[str, tuple[tuple[int, ...], int]]:
    """Shape of each tensor, and the number that its scale is divided by the root of.

    The rows of one-hidden-layer networks are functions on Z_p, and both layers have √p; the
    tensors of attention layers have the number of terms that they are summed over.
    """
    p = network.modulus
    if isinstance(network, Attention):
        h, d, e = network.heads, network.hidden, network.head_size
        weights = dict.fromkeys(("W_K", "W_Q", "W_V"), ((h, d, e), d))
        return {"W_E": ((d, p), d), **weights, "W_P": ((p, h, e), h * e)}
    if isinstance(network, Transformer):
        n, h, d, e = network.layers, network.heads, network.hidden, network.head_size
        weights = dict.fromkeys(("W_K", "W_Q", "W_V"), ((n, h, d, e), d))
        return {
            "W_E": ((d, p), d),
            "W_pos": ((d, network.inputs), d),
            **weights,
            "W_O": ((n, h, e, d), h * e),
            "W_1": ((n, network.mlp, d), d),
            "W_2": ((n, d, network.mlp), network.mlp),
            "W_U": ((p, d), d),
        }
    if isinstance(network, Power):
        return {"U": ((network.width, network.inputs, p), p), "W": ((network.width, p), p)}
    return {"W_in": ((network.width, p), p), "W_out": ((p, network.width), p)}


def _uniform(rng: np.random.Generator, network: Power, *, scale: float) -> dict[str, np.ndarray]:
    p, k, m = network.modulus, network.inputs, network.width
    return {
        "U": scale * rng.uniform(-1, 1, (m, k, p)) / np.sqrt(k * p),
        "W": scale * rng.uniform(-1, 1, (m, p)) / np.sqrt(m),
    }


def _cosines(
    rng: np.random.Generator, network: Network, *, scale: float, single: bool
) -> dict[str, np.ndarray]:
    p, m = network.modulus, network.width
    layers = (network.inputs if isinstance(network, Power) else 1) + 1
    frequencies = np.arange(1, p // 2 + 1)
    phases = rng.uniform(-np.pi, np.pi, (layers, m, len(frequencies)))
    waves = scale * np.cos(
        2 * np.pi / p * frequencies[:, None] * np.arange(p) + phases[..., None]
    )
    if single:
        own = rng.permutation(np.arange(m) % len(frequencies))
        rows = waves[:, np.arange(m), own]
    else:
        rows = waves.sum(2)
    if isinstance(network, Power):
        return {"U": np.moveaxis(rows[:-1], 0, 1), "W": rows[-1]}
    return {"W_in": rows[0], "W_out": rows[1].T}


def split(configuration: Configuration, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The inputs (flat numbers) that are trained on, and those held out (empty without a split)."""
    order = np.arange(configuration.size)
    if configuration.split:
        order = generator(seed, _SPLIT).permutation(order)
    return order[: configuration.train_size], order[configuration.train_size :]


def evaluated(chosen: np.ndarray, seed: int, limit: int) -> np.ndarray:
    """At most `limit` of the chosen inputs, at random."""
    if len(chosen) <= limit:
        return chosen
    return generator(seed, _EVALUATION).choice(chosen, limit, replace=False)
