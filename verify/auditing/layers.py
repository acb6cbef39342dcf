"""Which tensors of a checkpoint are the layers: by known names first, then by shape.

What was taken for what is recorded in words, so that a reader can object and name the tensors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from constructions.tasks import SumTask
from verify.auditing.activations import Activation, activation
from verify.auditing.checkpoints import Checkpoint, CheckpointError
from verify.auditing.network import Factor, Layer, TrainedNetwork

INPUT_NAMES = ("W_in", "fc1.weight", "linear1.weight", "hidden.weight", "input.weight", "U")
OUTPUT_NAMES = ("W_out", "fc2.weight", "linear2.weight", "unembed.W_U", "output.weight", "V", "W")
EMBEDDING_NAMES = ("W_E", "embed.weight", "embedding.weight", "E")
# Parts of a checkpoint that hold tensors of the same shapes and are not the network.
_ASIDE = re.compile(r"(^|\.)(optimizer|optim|opt_state|scheduler|ema|grads?)(\.|$)")
_HINTS = {"relu": "relu", "quad": "u^2", "square": "u^2", "abs": "abs", "gelu": "gelu"}


@final
@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the user said of a checkpoint; None leaves it to the names and shapes.

    inputs_weights: one tensor that all inputs share, or one for each input.
    """

    input_weights: tuple[str, ...] = ()
    output_weight: str | None = None
    embedding: str | None = None
    activation: str | None = None
    modulus: int | None = None
    inputs: int | None = None


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
    tensors = {n: t for n, t in checkpoint.tensors.items() if t.ndim in (2, 3) and not _ASIDE.search(n)}
    notes: list[str] = []
    try:
        _refuse_biases(checkpoint)
        output_name = _named(tensors, wanted.output_weight, OUTPUT_NAMES, "output weight", "--output-weight")
        embedding = _embedding(tensors, wanted, output_name)
        first_names = _first_names(tensors, wanted, (output_name, embedding))
        sigma, why = _activation(checkpoint, wanted)
        network = _assemble(tensors, first_names, output_name, embedding, sigma, wanted, notes)
    except CheckpointError as error:
        shapes = ", ".join(f"{n} {t.shape}" for n, t in list(checkpoint.tensors.items())[:20])
        raise CheckpointError(f"{checkpoint.path}: {error} (tensors: {shapes or 'none'})") from None
    except ValueError as error:
        raise CheckpointError(f"{checkpoint.path}: {error}") from None
    return Identified(network=network, taken=(*notes, f"activation {sigma.name} ({why})"))


def _refuse_biases(checkpoint: Checkpoint) -> None:
    for name, tensor in checkpoint.tensors.items():
        if name.endswith("bias") and not _ASIDE.search(name) and np.any(tensor):
            raise CheckpointError(
                f"the network has a bias, {name}; only networks without bias are audited"
            )


def _named(
    tensors: Mapping[str, np.ndarray],
    wanted: str | None,
    known: Sequence[str],
    what: str,
    option: str,
) -> str:
    if wanted is not None:
        return _exactly(tensors, wanted)
    for name in known:
        found = [n for n in tensors if n == name or n.endswith("." + name)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise CheckpointError(f"{', '.join(found)} may all be the {what}; pass {option} NAME")
    raise CheckpointError(f"no tensor is known to be the {what}; pass {option} NAME")


def _exactly(tensors: Mapping[str, np.ndarray], name: str) -> str:
    found = [n for n in tensors if n == name or n.endswith("." + name)]
    if len(found) != 1:
        raise CheckpointError(
            f"{'no' if not found else 'more than one'} matrix is called {name!r}"
        )
    return found[0]


def _embedding(tensors: Mapping[str, np.ndarray], wanted: Wanted, output: str) -> str | None:
    if wanted.embedding is not None:
        return _exactly(tensors, wanted.embedding)
    if wanted.input_weights:
        return None
    for name in EMBEDDING_NAMES:
        found = [n for n in tensors if n != output and (n == name or n.endswith("." + name))]
        if len(found) == 1:
            return found[0]
    return None


def _first_names(
    tensors: Mapping[str, np.ndarray], wanted: Wanted, others: tuple[str | None, ...]
) -> tuple[str, ...]:
    if wanted.input_weights:
        return tuple(_exactly(tensors, name) for name in wanted.input_weights)
    rest = {n: t for n, t in tensors.items() if n not in others}
    try:
        return (_named(rest, None, INPUT_NAMES, "input weight", "--input-weight"),)
    except CheckpointError:
        numbered = sorted(n for n in rest if re.search(r"(^|\.)(u|U|W_in)_?\d$", n))
        if len(numbered) > 1:
            return tuple(numbered)
        raise


def _activation(checkpoint: Checkpoint, wanted: Wanted) -> tuple[Activation, str]:
    if wanted.activation is not None:
        return activation(wanted.activation), "as told"
    stored = [v for n, v in checkpoint.values.items() if re.search(r"(^|\.)act(ivation)?(_type)?$", n)]
    if len(stored) == 1 and isinstance(stored[0], str):
        return activation(stored[0]), "stored in the file"
    for part in reversed(checkpoint.path.parts[-2:]):
        words = re.split(r"[^a-z]+", part.lower())
        found = {_HINTS[w] for w in words if w in _HINTS}
        if len(found) == 1:
            return activation(found.pop()), f"guessed from the name {part!r}"
    raise CheckpointError("the activation is not stored; pass --activation NAME, such as relu or u^2")


def _assemble(
    tensors: Mapping[str, np.ndarray],
    first_names: tuple[str, ...],
    output_name: str,
    embedding: str | None,
    sigma: Activation,
    wanted: Wanted,
    notes: list[str],
) -> TrainedNetwork:
    stacked = len(first_names) == 1 and tensors[first_names[0]].ndim == 3
    if stacked:
        return _stacked(tensors, first_names[0], output_name, sigma, wanted, notes)
    modulus = wanted.modulus or _modulus(tensors, first_names[0], output_name, embedding)
    output = _oriented(tensors, output_name, rows=modulus)
    width = output.array.shape[1]
    notes.append(f"{output_name} is the output layer, {modulus} labels by {width} neurons")
    emb = None
    if embedding is not None:
        emb = _oriented(tensors, embedding, columns=modulus)
        notes.append(f"{embedding} embeds {modulus} elements in {emb.array.shape[0]} dimensions")
    layers = []
    for name in first_names:
        factor = _oriented(tensors, name, rows=width)
        pieces = factor.array.shape[1]
        size = emb.array.shape[0] if emb is not None else modulus
        if pieces % size or not pieces:
            raise CheckpointError(f"{name} has {pieces} columns, which is no multiple of {size}")
        cuts = [(i, i + size) for i in range(0, pieces, size)] if pieces > size else [None]
        for cut in cuts:
            part = replace(factor, columns=cut)
            layers.append(Layer(factors=(part,) if emb is None else (part, emb)))
        notes.append(f"{name} is the input layer" + f" of {len(cuts)} inputs" * (len(cuts) > 1))
    inputs = wanted.inputs or (len(layers) if len(layers) > 1 else 2)
    if len(layers) == 1:
        notes.append(f"{inputs} inputs share it")
    notes.append(f"addition modulo {modulus}")
    return TrainedNetwork(
        task=SumTask.modular(modulus, inputs),
        first=tuple(layers),
        output=Layer(factors=(output,)),
        activation=sigma,
    )


def _stacked(
    tensors: Mapping[str, np.ndarray],
    first: str,
    output_name: str,
    sigma: Activation,
    wanted: Wanted,
    notes: list[str],
) -> TrainedNetwork:
    """U of shape (width, inputs, modulus) or (inputs, width, modulus)."""
    cube = tensors[first]
    modulus = wanted.modulus or cube.shape[2]
    output = _oriented(tensors, output_name, rows=modulus)
    width = output.array.shape[1]
    axis = 1 if cube.shape[0] == width else 0
    inputs = cube.shape[axis]
    notes.append(f"{output_name} is the output layer, {modulus} labels by {width} neurons")
    notes.append(f"{first} has the input layers of {inputs} inputs")
    notes.append(f"addition modulo {modulus}")
    layers = [
        Layer(factors=(Factor(name=f"{_safe(first)}_{j}", tensor=np.take(cube, j, axis=axis)),))
        for j in range(inputs)
    ]
    return TrainedNetwork(
        task=SumTask.modular(modulus, inputs),
        first=tuple(layers),
        output=Layer(factors=(output,)),
        activation=sigma,
    )


def _modulus(
    tensors: Mapping[str, np.ndarray], first: str, output: str, embedding: str | None
) -> int:
    """The size that the output layer shares with the inputs and that is not the width."""
    sides = set(tensors[embedding].shape if embedding else tensors[first].shape)
    a, b = tensors[output].shape
    if embedding is None:
        shared = sides & {a, b}
        if len(shared) == 2:
            # both sizes occur in both layers: the width is the larger one
            return min(shared)
        whole = [m for m in (a, b) for s in sides if s % m == 0 and ({a, b} - {m}) & sides]
        if whole:
            return min(whole)
    else:
        for m in sorted(sides):
            if m in (a, b):
                return m
    raise CheckpointError("the modulus does not follow from the shapes; pass --modulus P")


def _oriented(
    tensors: Mapping[str, np.ndarray], name: str, *, rows: int | None = None, columns: int | None = None
) -> Factor:
    tensor = tensors[name]
    axis, size = (0, rows) if rows is not None else (1, columns)
    if tensor.shape[axis] == size:
        return Factor(name=_safe(name), tensor=tensor)
    if tensor.shape[1 - axis] == size:
        return Factor(name=_safe(name), tensor=tensor, transposed=True)
    raise CheckpointError(f"{name} has shape {tensor.shape}; expected one side to be {size}")


def _safe(name: str) -> str:
    """A tensor's name as certificates allow it."""
    text = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return text if text[:1].isalpha() else f"t_{text}"
