"""Training configurations after arXiv:2402.09469 and arXiv:2311.07568, by name.

The paper prints neither steps, initialisation nor head size, and says both SGD and AdamW.
Readings: AdamW of its appendix, the "regularization strength" as decoupled weight decay, batches
drawn with replacement, a random half of the inputs, normal initial weights of scale 1/2, head
size hidden/4, the query at the last token, 20,000 steps.  Every name accepts another modulus; the
width of the circuits follows it, 2^{2k−2}(p−1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from verify.methods.training import (
    Attention,
    Configuration,
    ConfigurationError,
    Data,
    Initialisation,
    Optimiser,
    Penalty,
    Power,
    Transformer,
)

_Made = Callable[[int], Configuration]
_BATCH = 1024
_START = Initialisation(scale=0.5)


def _data(inputs: int, modulus: int) -> Data:
    """Half of the inputs; batches of 1024 where that is fewer than there are."""
    half = modulus**inputs // 2
    return Data(share=0.5, batch=_BATCH if half > _BATCH else None)


def _checked(name: str, modulus: int) -> None:
    if modulus < 3:
        raise ConfigurationError(f"{name} is for moduli from 3 on, got modulus={modulus}")


def circuit(inputs: int) -> _Made:
    """Figures 1, 2, 5 to 8: the power network with weight decay on half of the inputs."""

    def make(modulus: int) -> Configuration:
        name = f"fc.circuit-k{inputs}"
        _checked(name, modulus)
        return Configuration(
            name=name,
            network=Power(
                inputs=inputs, modulus=modulus, width=2 ** (2 * inputs - 2) * (modulus - 1)
            ),
            optimiser=Optimiser(kind="adamw", rate=5e-3, decay=0.005, warm_up=10),
            steps=20_000,
            initialisation=_START,
            data=_data(inputs, modulus),
        )

    return make


def attention(inputs: int) -> _Made:
    """Figures 3, 9, 10: one attention layer with 160 heads and hidden size 128."""

    def make(modulus: int) -> Configuration:
        name = f"fc.attention-k{inputs}"
        _checked(name, modulus)
        return Configuration(
            name=name,
            network=Attention(inputs=inputs, modulus=modulus, heads=160, hidden=128, head_size=32),
            optimiser=Optimiser(kind="adamw", rate=1e-3, decay=0.001, warm_up=10),
            steps=20_000,
            initialisation=Initialisation(scale=1.0),
            data=_data(inputs, modulus),
            checkpoint_every=5000,
        )

    return make


def small_attention(inputs: int, decay: float, name: str) -> _Made:
    """The same layer with 16 heads, hidden size 64 and head size 16, at any weight decay."""

    def make(modulus: int) -> Configuration:
        found = attention(inputs)(modulus)
        return found.but(
            name=f"{name}-k{inputs}",
            network=Attention(inputs=inputs, modulus=modulus, heads=16, hidden=64, head_size=16),
            optimiser=replace(found.optimiser, decay=decay),
            checkpoint_every=1000,
        )

    return make


def grok_power(
    inputs: int, *, name: str = "fc.grok-power", rate: float = 5e-3, steps: int = 10_000
) -> _Made:
    """The circuits' recipe with weight decay 1, recorded every 10 steps: the power network's gap.

    With the recipe's own decay .005 nothing generalises in 20,000 steps (`fc.cand.adamw-run`).
    """

    def make(modulus: int) -> Configuration:
        found = circuit(inputs)(modulus)
        return found.but(
            name=f"{name}-k{inputs}",
            optimiser=replace(found.optimiser, decay=1.0, rate=rate),
            steps=steps,
            record_every=10,
            checkpoint_every=1000,
        )

    return make


def _two_layers(
    inputs: int, modulus: int, *, heads: int, hidden: int, head_size: int
) -> Transformer:
    return Transformer(
        inputs=inputs,
        modulus=modulus,
        layers=2,
        heads=heads,
        hidden=hidden,
        head_size=head_size,
        mlp=4 * hidden,
    )


def grok_transformer(inputs: int) -> _Made:
    """Figure 4: two layers with 160 heads and hidden size 128.

    Reading: the block of the code that the paper names (pre-norm, causal, GELU, four times the
    hidden size, head size 32), without its biases, gains and dropout; the data, warm-up and betas
    of the attention runs; 20,000 steps, recorded every 50.
    """

    def make(modulus: int) -> Configuration:
        return attention(inputs)(modulus).but(
            name=f"fc.grok-transformer-k{inputs}",
            network=_two_layers(inputs, modulus, heads=160, hidden=128, head_size=32),
            record_every=50,
        )

    return make


def small_transformer(inputs: int) -> _Made:
    """The same with 4 heads, hidden size 32 and head size 8, weight decay 1, for 4,000 steps."""

    def make(modulus: int) -> Configuration:
        found = attention(inputs)(modulus)
        return found.but(
            name=f"fc.transformer-small-k{inputs}",
            network=_two_layers(inputs, modulus, heads=4, hidden=32, head_size=8),
            optimiser=replace(found.optimiser, decay=1.0),
            steps=4000,
            record_every=10,
            checkpoint_every=1000,
        )

    return make


def penalty_run(inputs: int, width: int) -> _Made:
    """Full-batch Adam with the penalty 1e-4·‖θ‖_{2,k+1}^{k+1} (section 3, `penalty-run`).

    Reading: rate 1e-2 with betas (.9, .98), falling to 0 over the second half of 100,000 steps.
    """

    def make(modulus: int) -> Configuration:
        name = f"fc.penalty-k{inputs}"
        _checked(name, modulus)
        return Configuration(
            name=name,
            network=Power(inputs=inputs, modulus=modulus, width=width),
            optimiser=Optimiser(kind="adam", rate=1e-2, cooling=(50_000, 100_000)),
            steps=100_000,
            initialisation=_START,
            penalty=Penalty(coefficient=1e-4, power=inputs + 1),
            record_every=1000,
            checkpoint_every=10_000,
        )

    return make


def adamw_run(modulus: int) -> Configuration:
    """The paper's recipe at (3, 11) with 160 neurons (section 3, `adamw-run`)."""
    _checked("fc.adamw-k3", modulus)
    return circuit(3)(modulus).but(
        name="fc.adamw-k3", network=Power(inputs=3, modulus=modulus, width=160)
    )


def parent(modulus: int) -> Configuration:
    """arXiv:2311.07568: gradient descent on all pairs, the rate doubled ten times.

    Reading: penalty 1e-4·‖θ‖_{2,3}^3.
    """
    _checked("mor.addition", modulus)
    return Configuration(
        name="mor.addition",
        network=Power(inputs=2, modulus=modulus, width=500),
        optimiser=Optimiser(kind="sgd", rate=0.05, doublings=tuple(range(1000, 10_001, 1000))),
        steps=40_000,
        initialisation=_START,
        penalty=Penalty(coefficient=1e-4, power=3),
        record_every=200,
        checkpoint_every=2000,
    )


CONFIGURATIONS: dict[str, _Made] = {
    "fc.circuit-k3": circuit(3),
    "fc.circuit-k4": circuit(4),
    "fc.circuit-k5": circuit(5),
    "fc.attention-k3": attention(3),
    "fc.attention-k4": attention(4),
    "fc.attention-k5": attention(5),
    "fc.attention-small-k2": small_attention(2, 1e-3, "fc.attention-small"),
    "fc.attention-small-k3": small_attention(3, 1e-3, "fc.attention-small"),
    "fc.attention-small-k5": small_attention(5, 1e-3, "fc.attention-small"),
    "fc.attention-decay-k2": small_attention(2, 1.0, "fc.attention-decay"),
    "fc.attention-decay-k3": small_attention(3, 1.0, "fc.attention-decay"),
    "fc.attention-decay-k5": small_attention(5, 1.0, "fc.attention-decay"),
    "fc.grok-power-k2": grok_power(2),
    "fc.grok-power-k3": grok_power(3),
    "fc.grok-power-k4": grok_power(4),
    "fc.grok-power-k5": grok_power(5),
    "fc.grok-slow-k3": grok_power(3, name="fc.grok-slow", rate=1e-3, steps=40_000),
    "fc.grok-transformer-k2": grok_transformer(2),
    "fc.grok-transformer-k3": grok_transformer(3),
    "fc.grok-transformer-k4": grok_transformer(4),
    "fc.grok-transformer-k5": grok_transformer(5),
    "fc.transformer-small-k2": small_transformer(2),
    "fc.transformer-small-k3": small_transformer(3),
    "fc.transformer-small-k4": small_transformer(4),
    "fc.penalty-k2": penalty_run(2, 24),
    "fc.penalty-k3": penalty_run(3, 64),
    "fc.adamw-k3": adamw_run,
    "mor.addition": parent,
}
# The modulus of the source's figure or statement.
MODULI = {
    "fc.circuit-k3": 97,
    "fc.circuit-k4": 47,
    "fc.circuit-k5": 23,
    "fc.attention-k3": 61,
    "fc.attention-k4": 31,
    "fc.attention-k5": 17,
    "fc.attention-small-k2": 31,
    "fc.attention-small-k3": 11,
    "fc.attention-small-k5": 7,
    "fc.attention-decay-k2": 31,
    "fc.attention-decay-k3": 11,
    "fc.attention-decay-k5": 7,
    "fc.grok-power-k2": 97,
    "fc.grok-power-k3": 31,
    "fc.grok-power-k4": 11,
    "fc.grok-power-k5": 5,
    "fc.grok-slow-k3": 13,
    "fc.grok-transformer-k2": 97,
    "fc.grok-transformer-k3": 31,
    "fc.grok-transformer-k4": 11,
    "fc.grok-transformer-k5": 5,
    "fc.transformer-small-k2": 47,
    "fc.transformer-small-k3": 13,
    "fc.transformer-small-k4": 7,
    "fc.penalty-k2": 7,
    "fc.penalty-k3": 5,
    "fc.adamw-k3": 11,
    "mor.addition": 71,
}
