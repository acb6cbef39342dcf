"""The layers of a checkpoint put together, by name first, then by shape.

What was taken for what is recorded in words, so that a reader can object and name the tensors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from constructions.tasks import SumTask
from verify.auditing.checkpoints import Checkpoint, CheckpointError
from verify.auditing.names import (
    ASIDE,
    Roles,
    Wanted,
    chosen_activation,
    refuse_biases,
    roles,
    stored_size,
)
from verify.auditing.network import Factor, Layer, TrainedNetwork

_LISTED = 12
_LARGEST = 2.0**50  # eighth powers of weights, squared, stay within the floats
_WHOLE = 2**53  # integers up to here are floats of 64 bits


@final
@dataclass(frozen=True, kw_only=True)
class Identified:
    """A network and what was taken for what, one sentence each."""

    network: TrainedNetwork
    taken: tuple[str, ...]


def identify(checkpoint: Checkpoint, wanted: Wanted | None = None) -> Identified:
    """The network in a checkpoint.

    Raises:
        CheckpointError: when names and shapes do not settle it; the message lists the tensors and
            what to pass.
    """
    wanted = wanted or Wanted()
    aside = [n for n in checkpoint.tensors if ASIDE.search(n)]
    tensors = {n: t for n, t in checkpoint.tensors.items() if t.ndim in (2, 3) and n not in aside}
    try:
        found = roles(tensors, wanted)
        used = {*found.first, found.output, found.embedding}
        refuse_biases({n: t for n, t in checkpoint.tensors.items() if n not in used})
        sigma, why = chosen_activation(checkpoint.path, checkpoint.values, wanted.activation)
        sizes = {n: stored_size(checkpoint.values, n) for n in ("modulus", "inputs")}
        assembly = _Assembly(tensors, found, wanted, sizes)
        network = TrainedNetwork(
            task=SumTask.modular(assembly.modulus, assembly.inputs),
            first=assembly.first,
            output=assembly.output,
            activation=sigma,
        )
    except CheckpointError as error:
        shapes = ", ".join(f"{n} {t.shape}" for n, t in list(checkpoint.tensors.items())[:_LISTED])
        raise CheckpointError(f"{checkpoint.path}: {error} (tensors: {shapes or 'none'})") from None
    except ValueError as error:
        raise CheckpointError(f"{checkpoint.path}: {error}") from None
    unused = [n for n in checkpoint.tensors if n not in used and n not in aside]
    notes = [*assembly.notes, f"activation {sigma.name} ({why})"]
    if unused:
        more = f" and {len(unused) - _LISTED} more" if len(unused) > _LISTED else ""
        notes.append(f"not used: {', '.join(unused[:_LISTED])}{more}")
    return Identified(network=network, taken=tuple(notes))


class _Assembly:
    """The layers, from tensors whose roles are known."""

    def __init__(
        self,
        tensors: Mapping[str, np.ndarray],
        found: Roles,
        wanted: Wanted,
        sizes: Mapping[str, int | None],
    ) -> None:
        self._tensors = tensors
        inputs = wanted.inputs or sizes["inputs"]
        self._safe: dict[str, str] = {}
        self.notes: list[str] = []
        cube = len(found.first) == 1 and tensors[found.first[0]].ndim == 3
        flat = [n for n in (*found.first, found.output, found.embedding) if n and not cube]
        for name in [found.output] if cube else flat:
            if tensors[name].ndim != 2:
                raise CheckpointError(f"{name} has shape {tensors[name].shape}; expected a matrix")
        self.modulus = wanted.modulus or sizes["modulus"]
        if self.modulus is None:
            self.modulus = tensors[found.first[0]].shape[2] if cube else self._modulus(found)
        self.output = Layer(factors=(self._oriented(found.output, rows=self.modulus),))
        self._width = self.output.shape[1]
        self.notes.append(
            f"{found.output} is the output layer, {self.modulus} labels by {self._width} neurons"
        )
        self.first = self._cube(found.first[0]) if cube else self._matrices(found)
        if len(self.first) == 1 and not cube:
            self.inputs = inputs or 2
            told = _origin(wanted.inputs, inputs) or "not stored; --inputs K says otherwise"
            self.notes.append(f"{self.inputs} inputs share it ({told})")
        else:
            self.inputs = len(self.first)
            if inputs not in (None, self.inputs):
                raise CheckpointError(
                    f"expected {inputs} inputs, found the layers of {self.inputs}"
                )
        told = _origin(wanted.modulus, sizes["modulus"])
        self.notes.append(f"addition modulo {self.modulus}" + (told and f" ({told})"))

    def _matrices(self, found: Roles) -> tuple[Layer, ...]:
        embedding = None
        if found.embedding is not None:
            embedding = self._oriented(found.embedding, columns=self.modulus)
            self.notes.append(
                f"{found.embedding} embeds {self.modulus} elements in "
                f"{embedding.array.shape[0]} dimensions"
            )
        size = self.modulus if embedding is None else embedding.array.shape[0]
        layers = []
        for name in found.first:
            factor = self._oriented(name, rows=self._width)
            columns = factor.array.shape[1]
            if columns % size or not columns:
                raise CheckpointError(
                    f"{name} has {columns} columns for {self._width} neurons; expected {size}, or "
                    f"a multiple of it for several inputs side by side"
                )
            cuts = [(i, i + size) for i in range(0, columns, size)]
            for cut in cuts if len(cuts) > 1 else [None]:
                part = replace(factor, columns=cut)
                layers.append(Layer(factors=(part,) if embedding is None else (part, embedding)))
            several = f" of {len(cuts)} inputs" if len(cuts) > 1 else ""
            self.notes.append(f"{name} is the input layer{several}")
        return tuple(layers)

    def _cube(self, name: str) -> tuple[Layer, ...]:
        """U of shape (width, inputs, modulus) or (inputs, width, modulus)."""
        cube = self._floats(name)
        axis = 1 if cube.shape[0] == self._width else 0
        if cube.shape[1 - axis] != self._width:
            raise CheckpointError(
                f"{name} has shape {cube.shape}; expected inputs × {self._width} × {self.modulus}"
            )
        self.notes.append(f"{name} has the input layers of {cube.shape[axis]} inputs")
        return tuple(
            Layer(
                factors=(
                    Factor(name=self._safe_name(f"{name}.{j}"), tensor=np.take(cube, j, axis=axis)),
                )
            )
            for j in range(cube.shape[axis])
        )

    def _modulus(self, found: Roles) -> int:
        """The size that the output layer shares with the inputs and that is not the width."""
        a, b = self._tensors[found.output].shape
        if found.embedding is not None:
            shared = {a, b} & set(self._tensors[found.embedding].shape)
        else:
            sides = set(self._tensors[found.first[0]].shape)
            shared = {a, b} & sides
            if len(shared) == 1 and a != b:
                # one side is the width, the other one is several inputs side by side
                (width,) = shared
                whole = [s for s in sides if s % (a + b - width) == 0]
                shared = {a + b - width} if whole else set()
        if not shared:
            raise CheckpointError("the modulus does not follow from the shapes; pass --modulus P")
        if len(shared) == 1:
            return min(shared)
        # both layers have both sizes; stored as (out, in), the output has a row for each label
        modulus, width = (b, a) if _by_neurons(found.output) else (a, b)
        if modulus > width:
            raise CheckpointError(
                f"{found.output} {self._tensors[found.output].shape} may be the output of {width} "
                f"neurons modulo {modulus}, or, transposed, of {modulus} neurons modulo {width}; "
                "pass --modulus P"
            )
        return modulus

    def _oriented(
        self, name: str, *, rows: int | None = None, columns: int | None = None
    ) -> Factor:
        tensor = self._floats(name)
        axis, size = (0, rows) if rows is not None else (1, columns)
        factor = Factor(name=self._safe_name(name), tensor=tensor)
        # torch keeps an embedding as (elements, dimensions), whatever the numbers are
        looked_up = columns is not None and name.endswith("weight")
        turned = (looked_up or _by_neurons(name)) and tensor.shape[1 - axis] == size
        if tensor.shape[axis] == size and not turned:
            if tensor.shape[0] == tensor.shape[1]:
                self.notes.append(f"{name} is square and was not transposed")
            return factor
        if tensor.shape[1 - axis] == size:
            return replace(factor, transposed=True)
        raise CheckpointError(f"{name} has shape {tensor.shape}; expected one side to be {size}")

    def _floats(self, name: str) -> np.ndarray:
        """The tensor as finite floats of the same values."""
        tensor = self._tensors[name]
        if tensor.dtype.kind != "f":
            if tensor.size and max(abs(int(tensor.max())), abs(int(tensor.min()))) > _WHOLE:
                raise CheckpointError(f"{name} has integers beyond 2^53; expected floats")
            tensor = tensor.astype(np.float64)
        if not tensor.size:
            raise CheckpointError(f"{name} is empty, of shape {tensor.shape}")
        if not np.isfinite(tensor).all():
            at = tuple(int(i) for i in np.argwhere(~np.isfinite(tensor))[0])
            raise CheckpointError(f"{name}{list(at)} is {tensor[at]}; expected finite numbers")
        largest = float(np.abs(tensor).max())
        if largest > _LARGEST:
            raise CheckpointError(f"{name} has a weight of {largest:.3g}; expected at most 2^50")
        return tensor

    def _safe_name(self, name: str) -> str:
        """A tensor's name as certificates allow it, and no other tensor's."""
        if name not in self._safe:
            text = re.sub(r"[^A-Za-z0-9_]", "_", name)[-48:]
            text = text if text[:1].isalpha() else f"t_{text}"
            taken = text in self._safe.values()
            self._safe[name] = f"{text}__{len(self._safe)}" if taken else text
        return self._safe[name]


def _by_neurons(name: str) -> bool:
    """Whether an output layer has a row for each neuron: W in arXiv:2402.09469."""
    return name.rpartition(".")[2] == "W"


def _origin(told: int | None, stored: int | None) -> str:
    return "as told" if told else "stored in the file" if stored else ""
