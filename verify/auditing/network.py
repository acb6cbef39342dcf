"""A trained network, its float weights taken as the exact dyadic numbers that they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, final

import numpy as np

from constructions.dyadic import Dyadic
from constructions.tasks import SumTask
from verify.auditing.activations import Activation, ExactActivation


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Factor:
    """One tensor in a layer's product: as stored, then transposed, then cut to columns."""

    name: str
    tensor: np.ndarray
    transposed: bool = False
    columns: tuple[int, int] | None = None

    @property
    def array(self) -> np.ndarray:
        """The matrix that enters the product."""
        matrix = self.tensor.T if self.transposed else self.tensor
        return matrix if self.columns is None else matrix[:, slice(*self.columns)]

    def json(self) -> dict[str, Any]:
        """The factor as certificates carry it."""
        node: dict[str, Any] = {"tensor": self.name}
        if self.transposed:
            node["transposed"] = True
        if self.columns is not None:
            node["columns"] = list(self.columns)
        return node


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """A product of factors, left to right."""

    factors: tuple[Factor, ...]

    @cached_property
    def exact(self) -> Dyadic:
        """The product, exactly."""
        matrices = [Dyadic.of(f.array) for f in self.factors]
        result = matrices[0]
        for matrix in matrices[1:]:
            result = result @ matrix
        return result

    @cached_property
    def floats(self) -> np.ndarray:
        """The product in float64."""
        result = self.factors[0].array.astype(np.float64)
        for factor in self.factors[1:]:
            result = result @ factor.array.astype(np.float64)
        return result

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.factors[0].array.shape[0], self.factors[-1].array.shape[1]

    def json(self) -> list[dict[str, Any]]:
        """The layer as certificates carry it."""
        return [f.json() for f in self.factors]


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class TrainedNetwork:
    """f(a) = V σ(Σ_j U_j[:, a_j]) without bias.

    first: one layer (width, n) that all inputs share, or one for each input; output: the layer
    (n, width); n is the order of the task's group.

    Raises ValueError when the shapes do not fit the task.
    """

    task: SumTask
    first: tuple[Layer, ...]
    output: Layer
    activation: Activation

    def __post_init__(self) -> None:
        n, k = self.task.group.order, self.task.inputs
        if len(self.first) not in (1, k):
            raise ValueError(f"expected one first layer or {k}, got {len(self.first)}")
        for layer in self.first:
            if layer.shape != (self.width, n):
                raise ValueError(
                    f"expected a first layer of shape ({self.width}, {n}) for width {self.width} "
                    f"and {n} elements, got {layer.shape}"
                )
        if self.output.shape[0] != n:
            raise ValueError(f"expected an output layer with {n} rows, got {self.output.shape}")

    @property
    def shared(self) -> bool:
        """Whether all inputs have one embedding, so that f is symmetric."""
        return len(self.first) == 1

    @property
    def width(self) -> int:
        """The number of neurons."""
        return self.output.shape[1]

    @property
    def float_weights(self) -> tuple[np.ndarray, np.ndarray]:
        """U: (inputs, width, n), V: (n, width) in float64."""
        layers = self.first * (self.task.inputs if self.shared else 1)
        return np.stack([layer.floats for layer in layers]), self.output.floats

    def certificate(
        self, relations: list[Any], least_at: list[list[int]] | None = None
    ) -> dict[str, Any]:
        """The document with which the checker evaluates these weights again.

        Raises:
            TypeError: when the activation has no exact values.
        """
        if not isinstance(self.activation, ExactActivation):
            raise TypeError(f"the activation {self.activation.name} has no exact values to certify")
        layers = (*self.first, self.output)
        tensors = {f.name: f.tensor for layer in layers for f in layer.factors}
        document: dict[str, Any] = {
            "kind": "trained-network",
            "group": list(self.task.group.orders),
            "inputs": self.task.inputs,
            "activation": self.activation.json(),
            "tensors": {name: _export(tensor) for name, tensor in tensors.items()},
            "first": [layer.json() for layer in self.first],
            "output": self.output.json(),
            "relations": relations,
        }
        if least_at is not None:
            document["least_at"] = least_at
        return document


def tensor_bytes(tensor: np.ndarray) -> bytes:
    """The IEEE bytes of a tensor, little-endian, row by row: what its sha256 is taken of."""
    return np.ascontiguousarray(tensor).astype(tensor.dtype.newbyteorder("<")).tobytes()


def _export(tensor: np.ndarray) -> dict[str, Any]:
    data = tensor_bytes(tensor)
    return {
        "dtype": tensor.dtype.name,
        "shape": list(tensor.shape),
        "sha256": hashlib.sha256(data).hexdigest(),
        "hex": data.hex(),
    }
