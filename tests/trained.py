"""Small trained networks, and the straightforward evaluation that audits are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from constructions.tasks import SumTask
from verify.auditing.activations import ExactActivation, Polynomial, activation
from verify.auditing.behaviour import Input
from verify.auditing.checkpoints import Checkpoint
from verify.auditing.network import Factor, Layer, TrainedNetwork


def layer(name: str, *tensors: np.ndarray) -> Layer:
    """A layer that is the product of the tensors."""
    return Layer(factors=tuple(Factor(name=f"{name}{i}", tensor=t) for i, t in enumerate(tensors)))


def network(
    first: np.ndarray | list[np.ndarray], output: np.ndarray, sigma: str, *, inputs: int = 2
) -> TrainedNetwork:
    """A network: `first` is one layer (width, p) that all inputs share, or a list of one each."""
    layers = first if isinstance(first, list) else [first]
    return TrainedNetwork(
        task=SumTask.modular(output.shape[0], len(first) if isinstance(first, list) else inputs),
        first=tuple(layer(f"U{j}_", u) for j, u in enumerate(layers)),
        output=layer("V", output),
        activation=activation(sigma),
    )


def checkpoint(
    tensors: Mapping[str, np.ndarray], *, path: str = "relu.npz", **values: Any
) -> Checkpoint:
    """A checkpoint as if it had been read."""
    return Checkpoint(
        path=Path(path), format="npz", sha256="0" * 64, tensors=dict(tensors), values=values
    )


def cosine_weights(
    p: int, k: np.ndarray, phi: np.ndarray, psi: np.ndarray, alpha: Any = 1.0, beta: Any = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """U: (width, p), V: (p, width) of neurons α·cos(2πkj/p + 2πφ), β·cos(2πkj/p + 2πψ)."""
    angles = 2 * np.pi * np.outer(k, np.arange(p)) / p
    u = np.reshape(alpha, (-1, 1)) * np.cos(angles + 2 * np.pi * phi[:, None])
    v = np.reshape(beta, (-1, 1)) * np.cos(angles + 2 * np.pi * psi[:, None])
    return u, v.T


def diversified(p: int, phases: int = 5, sigma: str = "u^2") -> TrainedNetwork:
    """Full diversification: every frequency with `phases` equally spaced aligned phases."""
    frequencies = np.repeat(np.arange(1, (p - 1) // 2 + 1), phases)
    phi = np.tile(np.arange(phases) / phases, (p - 1) // 2)
    return network(*cosine_weights(p, frequencies, phi, 2 * phi), sigma)


def rational_gaps(found: TrainedNetwork) -> dict[Input, Fraction]:
    """Label logit minus the largest other one on every input, neuron by neuron in Fractions.

    Without symmetry, without common denominators, in another order than the audit's.
    """
    p, k = found.task.group.order, found.task.inputs
    layers = [_product(x) for x in found.first] * (k if found.shared else 1)
    output = _product(found.output)
    gaps = {}
    for a in product(range(p), repeat=k):
        hidden = [
            sigma(found.activation, sum(layers[j][m][a[j]] for j in range(k)))
            for m in range(found.width)
        ]
        logits = [sum(w * h for w, h in zip(row, hidden, strict=True)) for row in output]
        label = logits.pop(sum(a) % p)
        gaps[a] = label - max(logits)
    return gaps


def _product(found: Layer) -> list[list[Fraction]]:
    result = None
    for factor in found.factors:
        matrix = [[Fraction(float(x)) for x in row] for row in factor.array]
        if result is None:
            result = matrix
        else:
            columns = list(zip(*matrix, strict=True))
            result = [
                [sum(x * y for x, y in zip(row, column, strict=True)) for column in columns]
                for row in result
            ]
    return result


def sigma(name: ExactActivation, u: Fraction) -> Fraction:
    """An exact activation of a rational number."""
    if isinstance(name, Polynomial):
        return sum((c * u**d for d, c in enumerate(name.coefficients)), Fraction(0))
    return (name.left if u < 0 else name.right) * u
