"""Logits of a causal pre-norm Transformer, as `verify.methods.training.networks` defines it.

Only the last token is read out, so the last layer computes the queries, and its second half, for
that token alone.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from verify.methods.training.networks import Transformer

_EPSILON = 1e-5


def normalised(x: jax.Array) -> jax.Array:
    """(x − mean)/√(variance + 1e-5) over the last axis."""
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)


def transformer_logits(
    network: Transformer, parameters: dict[str, jax.Array], inputs: jax.Array
) -> jax.Array:
    """(p, B) on inputs (B, k)."""
    # (B, k, d)
    state = parameters["W_E"].T[inputs] + parameters["W_pos"].T
    for layer in range(network.layers):
        weights = {
            name: parameters[name][layer] for name in ("W_K", "W_Q", "W_V", "W_O", "W_1", "W_2")
        }
        # the positions whose state anything later reads
        first = network.inputs - 1 if layer == network.layers - 1 else 0
        state = state[:, first:] + _attention(weights, normalised(state), first)
        hidden = jax.nn.gelu(normalised(state) @ weights["W_1"].T, approximate=False)
        state = state + hidden @ weights["W_2"].T
    return parameters["W_U"] @ normalised(state[:, -1]).T


def _attention(weights: dict[str, jax.Array], state: jax.Array, first: int) -> jax.Array:
    """(B, k − first, d) what the heads add at the positions from `first` on, state: (B, k, d)."""
    keys, values = (jnp.einsum("btd,hde->bthe", state, weights[n]) for n in ("W_K", "W_V"))
    queries = jnp.einsum("btd,hde->bthe", state[:, first:], weights["W_Q"])
    scores = jnp.einsum("bshe,bthe->bhst", keys, queries) / np.sqrt(keys.shape[-1])
    length = state.shape[1]
    allowed = np.arange(length)[:, None] <= np.arange(first, length)
    attention = jax.nn.softmax(jnp.where(allowed, scores, -jnp.inf), axis=2)
    mixed = jnp.einsum("bhst,bshe->bthe", attention, values)
    return jnp.einsum("bthe,hed->btd", mixed, weights["W_O"])
