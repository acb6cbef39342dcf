"""Networks as the engine sees them: logits on a table of inputs, and the loss gradient there.

Arrays have the neurons on the last axis, where they are contiguous: pre-activations of all
inputs are then sums of rows, and no gather or scatter is needed.  Logits have the labels first,
(p, N), the order in which XLA multiplies fastest on processors in both precisions.

A table lists inputs up to a symmetry of the network; `Table.orbits` says which table row stands
for which input, so that a split of the ordered inputs becomes weights on the rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import prod
from typing import final

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from verify.methods.training.losses import Loss
from verify.methods.training.networks import Attention, Network, Power, Shared, Transformer
from verify.methods.training.transformer import transformer_logits

Parameters = dict[str, jax.Array]


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """labels: (N,) of the rows.  orbits: (p^k,) the row that stands for each input, in the order
    of base-p digits, first input first."""

    labels: np.ndarray
    orbits: np.ndarray

    def counts(self, chosen: np.ndarray) -> np.ndarray:
        """(N,) how many of the chosen inputs (indices) each row stands for."""
        return np.bincount(self.orbits[chosen], minlength=len(self.labels))


def digits(index: jax.Array | np.ndarray, modulus: int, inputs: int) -> jax.Array | np.ndarray:
    """(…, inputs) base-p digits of flat input numbers, first input first."""
    xp = np if isinstance(index, np.ndarray) else jnp
    powers = [modulus**j for j in reversed(range(inputs))]
    return xp.stack([index // q % modulus for q in powers], axis=-1)


class Model(ABC):
    """One network and its loss: tensors as files name them, arithmetic on packed parameters."""

    def __init__(self, network: Network, loss: Loss) -> None:
        self.network, self.loss = network, loss
        self.modulus, self.inputs = network.modulus, network.inputs

    @abstractmethod
    def pack(self, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The tensors of a file in the layout of the arithmetic."""

    @abstractmethod
    def unpack(self, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The inverse of `pack`."""

    @abstractmethod
    def table(self) -> Table:
        """All inputs, up to the network's symmetry."""

    @abstractmethod
    def table_logits(self, parameters: Parameters) -> jax.Array:
        """(p, N) on the table."""

    @abstractmethod
    def logits(self, parameters: Parameters, inputs: jax.Array) -> jax.Array:
        """(p, B) on any inputs (B, k)."""

    def table_gradient(
        self, parameters: Parameters, labels: jax.Array, weights: jax.Array
    ) -> Parameters:
        """Gradient of Σ weights·loss over the table, weights: (N,)."""
        logits, pull = jax.vjp(self.table_logits, parameters)
        (gradient,) = pull(self.loss.residual(logits, labels, weights))
        return gradient

    def gradient(
        self, parameters: Parameters, inputs: jax.Array, weights: jax.Array
    ) -> Parameters:
        """Gradient of Σ weights·loss over inputs (B, k), weights: (B,)."""
        logits, pull = jax.vjp(lambda q: self.logits(q, inputs), parameters)
        labels = inputs.sum(axis=-1) % self.modulus
        (gradient,) = pull(self.loss.residual(logits, labels, weights))
        return gradient

    def neuron_squares(self, parameters: Parameters) -> jax.Array:
        """(m,) Σ_j‖u_j‖² + ‖w‖² of every neuron; a shared embedding counts for each input."""
        raise NotImplementedError(f"{self.network.kind} has no neurons with a norm")

    def spectra(self, parameters: Parameters) -> tuple[jax.Array, ...]:
        """Rows in Z_p of each layer, (m, p) each, that metrics decompose; empty for none."""
        return ()


class _OneHidden(Model):
    """What the networks with one hidden layer share: parameters U (…, p, m) and W (p, m)."""

    network: Shared | Power

    @abstractmethod
    def _sums(self, embedding: jax.Array) -> jax.Array:
        """(N, m) pre-activations on the table."""

    @abstractmethod
    def _fold(self, gradient: jax.Array) -> jax.Array:
        """The transpose of `_sums`."""

    def _activate(self, sums: jax.Array) -> jax.Array:
        if self.network.activation == "relu":
            return jnp.maximum(sums, 0)
        return sums**self.inputs

    def _slope(self, sums: jax.Array, hidden: jax.Array, gradient: jax.Array) -> jax.Array:
        if self.network.activation == "relu":
            return jnp.where(hidden > 0, gradient, 0)
        return gradient * (self.inputs * sums ** (self.inputs - 1))

    def table_logits(self, parameters: Parameters) -> jax.Array:
        return parameters["W"] @ self._activate(self._sums(parameters["U"])).T

    def table_gradient(
        self, parameters: Parameters, labels: jax.Array, weights: jax.Array
    ) -> Parameters:
        # Written out, since the hidden layer is then formed once and the small residual is what
        # gets transposed: XLA's product A^⊤B of doubles costs several times AB.
        sums = self._sums(parameters["U"])
        hidden = self._activate(sums)
        at = self.loss.residual(parameters["W"] @ hidden.T, labels, weights)
        back = lax.optimization_barrier(at.T) @ parameters["W"]
        return {"U": self._fold(self._slope(sums, hidden, back)), "W": at @ hidden}


@final
class SharedModel(_OneHidden):
    """U: (p, m), W: (p, m).  f(x, y) = f(y, x), so the table has the pairs (x, x+s), s ≤ p/2.

    Row s·p + x.  The pre-activation is θ plus θ shifted by s: slices of θ written twice.
    """

    network: Shared

    def pack(self, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {"U": tensors["W_in"].T, "W": tensors["W_out"]}

    def unpack(self, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {"W_in": parameters["U"].T, "W_out": parameters["W"]}

    def table(self) -> Table:
        p = self.modulus
        x, y = np.divmod(np.arange(p * p), p)
        # (x, y) is the pair (x, x+s) for s = y−x, or (y, y+s) for s = x−y, whichever is ≤ p/2;
        # for even p and s = p/2 both are, and each ordered input keeps a row of its own.
        s = (y - x) % p
        orbits = np.where(s <= p // 2, s * p + x, (p - s) * p + y)
        first, shift = np.arange(p), np.arange(p // 2 + 1)[:, None]
        return Table(labels=((2 * first + shift) % p).ravel(), orbits=orbits)

    def _sums(self, embedding: jax.Array) -> jax.Array:
        p, half = self.modulus, self.modulus // 2
        # The barrier keeps the doubled rows in memory: slices of it fuse into plain loops,
        # a rotation does not.
        twice = lax.optimization_barrier(jnp.concatenate([embedding, embedding[:half]]))
        return jnp.concatenate([embedding + twice[s : s + p] for s in range(half + 1)])

    def _fold(self, gradient: jax.Array) -> jax.Array:
        p, half = self.modulus, self.modulus // 2
        blocks = gradient.reshape(half + 1, p, -1)
        before = lax.optimization_barrier(jnp.concatenate([blocks[:, p - half :], blocks], axis=1))
        # x occurs first in (x, x+s) and second in (x−s, x).
        return sum(
            before[s, half : half + p] + before[s, half - s : half - s + p]
            for s in range(half + 1)
        )

    def logits(self, parameters: Parameters, inputs: jax.Array) -> jax.Array:
        sums = parameters["U"][inputs].sum(axis=1)
        return parameters["W"] @ self._activate(sums).T

    def neuron_squares(self, parameters: Parameters) -> jax.Array:
        return 2 * (parameters["U"] ** 2).sum(0) + (parameters["W"] ** 2).sum(0)

    def spectra(self, parameters: Parameters) -> tuple[jax.Array, ...]:
        return parameters["U"].T, parameters["W"].T


@final
class PowerModel(_OneHidden):
    """U: (k, p, m), W: (p, m); the table has all p^k inputs in order."""

    network: Power

    def pack(self, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {"U": np.transpose(tensors["U"], (1, 2, 0)), "W": tensors["W"].T}

    def unpack(self, parameters: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {"U": np.transpose(parameters["U"], (2, 0, 1)), "W": parameters["W"].T}

    def table(self) -> Table:
        return _all_inputs(self.modulus, self.inputs)

    def _sums(self, embedding: jax.Array) -> jax.Array:
        total = embedding[0]
        for rows in embedding[1:]:
            total = total[:, None] + rows
            total = total.reshape(prod(total.shape[:2]), -1)
        return total

    def _fold(self, gradient: jax.Array) -> jax.Array:
        p, k = self.modulus, self.inputs
        cube = gradient.reshape(*[p] * k, -1)
        return jnp.stack([cube.sum(tuple(i for i in range(k) if i != j)) for j in range(k)])

    def logits(self, parameters: Parameters, inputs: jax.Array) -> jax.Array:
        sums = sum(parameters["U"][j][inputs[:, j]] for j in range(self.inputs))
        return parameters["W"] @ self._activate(sums).T

    def neuron_squares(self, parameters: Parameters) -> jax.Array:
        return (parameters["U"] ** 2).sum((0, 1)) + (parameters["W"] ** 2).sum(0)

    def spectra(self, parameters: Parameters) -> tuple[jax.Array, ...]:
        return (*(parameters["U"][j].T for j in range(self.inputs)), parameters["W"].T)


class _TokenModel(Model):
    """What the networks on tokens share: parameters as files have them, a table of all inputs."""

    def pack(self, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(tensors)

    unpack = pack

    def table(self) -> Table:
        return _all_inputs(self.modulus, self.inputs)

    def table_logits(self, parameters: Parameters) -> jax.Array:
        every = np.arange(self.modulus**self.inputs)
        return self.logits(parameters, jnp.asarray(digits(every, self.modulus, self.inputs)))


@final
class AttentionModel(_TokenModel):
    """Tokens have no positions, so the layer is two small tables per head.

    scores (h, p, p): E^⊤W^KW^{Q⊤}E, key by query; values (h, p labels, p tokens): W^P W^{V⊤}E.
    """

    network: Attention

    def tables(self, parameters: Parameters) -> tuple[jax.Array, jax.Array]:
        """The scores and the values of all heads."""
        embedding = parameters["W_E"]
        keys, queries, values = (
            jnp.einsum("hde,dp->hpe", parameters[name], embedding) for name in ("W_K", "W_Q", "W_V")
        )
        scores = jnp.einsum("hae,hbe->hab", keys, queries)
        return scores, jnp.einsum("che,hae->hca", parameters["W_P"], values)

    def logits(self, parameters: Parameters, inputs: jax.Array) -> jax.Array:
        scores, values = self.tables(parameters)
        last = inputs[:, -1]
        attention = jax.nn.softmax(
            jnp.stack([scores[:, inputs[:, j], last] for j in range(self.inputs)]), axis=0
        )
        # Attention to equal tokens adds up: (h, B, p) weights of tokens, then one product.
        on_tokens = sum(
            attention[j][..., None] * jax.nn.one_hot(inputs[:, j], self.modulus, dtype=scores.dtype)
            for j in range(self.inputs)
        )
        return jnp.einsum("hca,hba->cb", values, on_tokens)


@final
class TransformerModel(_TokenModel):
    """See `verify.methods.training.transformer`."""

    network: Transformer

    def logits(self, parameters: Parameters, inputs: jax.Array) -> jax.Array:
        return transformer_logits(self.network, parameters, inputs)


def _all_inputs(modulus: int, inputs: int) -> Table:
    every = np.arange(modulus**inputs)
    return Table(labels=digits(every, modulus, inputs).sum(-1) % modulus, orbits=every)


def model_of(network: Network, loss: Loss) -> Model:
    """The arithmetic of a network with its loss."""
    made = {
        "shared": SharedModel,
        "power": PowerModel,
        "attention": AttentionModel,
        "transformer": TransformerModel,
    }
    return made[network.kind](network, loss)
