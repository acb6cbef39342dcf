"""The networks that can be trained: sizes, checked before anything is compiled.

`has_neurons`: whether there is one hidden layer, whose neurons have a norm and a spectrum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, final


class ConfigurationError(ValueError):
    """A configuration that cannot be trained; the message says what was expected and what came."""


def expect(condition: bool, expected: str, came: Any) -> None:  # noqa: FBT001 - a condition
    if not condition:
        raise ConfigurationError(f"expected {expected}, got {came!r}")


@final
@dataclass(frozen=True, kw_only=True)
class Shared:
    """f(x, y) = Σ_m ξ_m σ(θ_m[x] + θ_m[y]) on Z_p, one embedding for both inputs, no bias.

    Tensors: W_in (width, modulus) with rows θ_m, W_out (modulus, width) with columns ξ_m.
    activation: ``relu`` or ``u^2``.
    """

    modulus: int
    width: int
    activation: str = "relu"
    kind: str = field(default="shared", init=False)
    has_neurons: ClassVar[bool] = True
    inputs: int = field(default=2, init=False)

    def __post_init__(self) -> None:
        expect(self.modulus >= 2, "a modulus of at least 2", self.modulus)
        expect(self.width >= 1, "a width of at least 1 neuron", self.width)
        expect(self.activation in ("relu", "u^2"), "activation relu or u^2", self.activation)

    @property
    def multiplications(self) -> int:
        """For one input, roughly."""
        return self.modulus * self.width


@final
@dataclass(frozen=True, kw_only=True)
class Power:
    """f(a) = Σ_i w_i (Σ_j u_{i,j}(a_j))^k on Z_p^k, one embedding for each input, no bias.

    Tensors: U (width, inputs, modulus), W (width, modulus).
    """

    inputs: int
    modulus: int
    width: int
    kind: str = field(default="power", init=False)
    has_neurons: ClassVar[bool] = True

    def __post_init__(self) -> None:
        expect(self.inputs >= 1, "at least 1 input", self.inputs)
        expect(self.modulus >= 2, "a modulus of at least 2", self.modulus)
        expect(self.width >= 1, "a width of at least 1 neuron", self.width)

    @property
    def activation(self) -> str:
        """σ(u) = u^inputs."""
        return "identity" if self.inputs == 1 else f"u^{self.inputs}"

    @property
    def multiplications(self) -> int:
        """For one input, roughly."""
        return self.modulus * self.width


@final
@dataclass(frozen=True, kw_only=True)
class Attention:
    """One attention layer on the k input tokens, without positions, biases or normalisation.

    W^P · stack_h(W_h^{V⊤} E softmax(E^⊤ W_h^K W_h^{Q⊤} E)), read out where the query is the last
    token.  Tensors: W_E (hidden, modulus); W_K, W_Q, W_V (heads, hidden, head_size);
    W_P (modulus, heads, head_size).  Without positions the inputs but the last are exchangeable.
    """

    inputs: int
    modulus: int
    heads: int
    hidden: int
    head_size: int
    kind: str = field(default="attention", init=False)
    has_neurons: ClassVar[bool] = False

    def __post_init__(self) -> None:
        expect(self.inputs >= 1, "at least 1 input", self.inputs)
        expect(self.modulus >= 2, "a modulus of at least 2", self.modulus)
        for name in ("heads", "hidden", "head_size"):
            expect(getattr(self, name) >= 1, f"{name} of at least 1", getattr(self, name))

    @property
    def multiplications(self) -> int:
        """For one input, roughly: the products with the tables of scores and values."""
        return self.modulus * self.heads * self.modulus


@final
@dataclass(frozen=True, kw_only=True)
class Transformer:
    """A causal pre-norm Transformer on the k input tokens, read out at the last one.

    x_t = E a_t + P_t; each layer adds attention Σ_h W_h^O Σ_{s≤t} softmax(k_s·q_t/√head_size) v_s
    and then W_2 gelu(W_1 ·), each of the normalised x; logits are W_U of the normalised x_k.
    Normalising subtracts the mean and divides by √(variance + 1e-5).  No biases, no gains, no
    dropout.  Tensors: W_E (hidden, modulus); W_pos (hidden, inputs); W_K, W_Q, W_V (layers, heads,
    hidden, head_size); W_O (layers, heads, head_size, hidden); W_1 (layers, mlp, hidden);
    W_2 (layers, hidden, mlp); W_U (modulus, hidden).
    """

    inputs: int
    modulus: int
    layers: int
    heads: int
    hidden: int
    head_size: int
    mlp: int
    kind: str = field(default="transformer", init=False)
    has_neurons: ClassVar[bool] = False

    def __post_init__(self) -> None:
        expect(self.inputs >= 1, "at least 1 input", self.inputs)
        expect(self.modulus >= 2, "a modulus of at least 2", self.modulus)
        for name in ("layers", "heads", "hidden", "head_size", "mlp"):
            expect(getattr(self, name) >= 1, f"{name} of at least 1", getattr(self, name))

    @property
    def multiplications(self) -> int:
        """For one input, roughly: the products with the weights of every layer and token."""
        each = 4 * self.heads * self.head_size + 2 * self.mlp
        return self.layers * self.inputs * self.hidden * each


Network = Shared | Power | Attention | Transformer
KINDS = {"shared": Shared, "power": Power, "attention": Attention, "transformer": Transformer}
