"""What a network is trained to make small on one input, with its derivative by the logits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import jax
import jax.numpy as jnp


def rights(logits: jax.Array, labels: jax.Array) -> jax.Array:
    """(p, N) where the label is."""
    return jnp.arange(logits.shape[0])[:, None] == labels


class Loss(ABC):
    """A loss of logits (p, N) with labels (N,)."""

    @abstractmethod
    def values(self, logits: jax.Array, labels: jax.Array) -> jax.Array:
        """(N,) the loss on each input."""

    @abstractmethod
    def residual(self, logits: jax.Array, labels: jax.Array, weights: jax.Array) -> jax.Array:
        """(p, N) gradient of Σ weights·loss with respect to the logits."""


@final
class CrossEntropy(Loss):
    """−log softmax at the label."""

    def values(self, logits: jax.Array, labels: jax.Array) -> jax.Array:
        label = jnp.where(rights(logits, labels), logits, 0).sum(0)
        return jax.nn.logsumexp(logits, axis=0) - label

    def residual(self, logits: jax.Array, labels: jax.Array, weights: jax.Array) -> jax.Array:
        right = rights(logits, labels).astype(logits.dtype)
        return (jax.nn.softmax(logits, axis=0) - right) * weights


@final
class Squares(Loss):
    """Σ over the labels of the squared distance of centred logits from e_y − 1/p."""

    def _gap(self, logits: jax.Array, labels: jax.Array) -> jax.Array:
        # the target is centred, so centring the difference from e_y is the same
        gap = logits - rights(logits, labels).astype(logits.dtype)
        return gap - gap.mean(0)

    def values(self, logits: jax.Array, labels: jax.Array) -> jax.Array:
        return (self._gap(logits, labels) ** 2).sum(0)

    def residual(self, logits: jax.Array, labels: jax.Array, weights: jax.Array) -> jax.Array:
        # the gap is centred already, so centring once more changes nothing
        return 2 * self._gap(logits, labels) * weights


def loss_of(name: str) -> Loss:
    """The loss of a configuration: `squares`, or cross-entropy for `mean` and `sum`."""
    return Squares() if name == "squares" else CrossEntropy()
