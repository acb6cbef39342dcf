"""Which tensors of a checkpoint are the layers, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import numpy as np

from verify.auditing.activations import Activation, activation
from verify.auditing.checkpoints import CheckpointError

INPUT_NAMES = ("W_in", "fc1.weight", "linear1.weight", "hidden.weight", "input.weight", "U")
OUTPUT_NAMES = (
    "W_out", "fc2.weight", "linear2.weight", "unembed.W_U", "output.weight", "V", "W",
)  # fmt: skip
EMBEDDING_NAMES = ("W_E", "embed.weight", "embedding.weight", "E")
# Parts of a checkpoint that hold tensors of the same shapes and are not the network.
ASIDE = re.compile(r"(^|\.)(optimizer|optim|opt_state|scheduler|ema|grads?)(\.|$)")
_BIAS = re.compile(r"(^|[._])(bias(es)?|b(_[A-Za-z]\w*)?|b\d+)$")
_NUMBERED = re.compile(r"(^|\.)(u|U|W_in)_?\d+$")
_ACTIVATION = re.compile(r"(^|\.)act(ivation)?(_type)?$")
_SIZES = {"modulus": re.compile(r"(^|\.)(modulus|p)$"), "inputs": re.compile(r"(^|\.)inputs$")}
_HINTS = {"relu": "relu", "quad": "u^2", "square": "u^2", "abs": "abs", "gelu": "gelu"}


@final
@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the user said of a checkpoint; None leaves it to the names and shapes.

    input_weights: one tensor that all inputs share, or one for each input.
    """

    input_weights: tuple[str, ...] = ()
    output_weight: str | None = None
    embedding: str | None = None
    activation: str | None = None
    modulus: int | None = None
    inputs: int | None = None


@final
@dataclass(frozen=True, kw_only=True)
class Roles:
    """The names of the layers' tensors."""

    first: tuple[str, ...]
    output: str
    embedding: str | None


def roles(tensors: Mapping[str, np.ndarray], wanted: Wanted) -> Roles:
    """What a user names, or what is known by its name.

    Raises:
        CheckpointError: when a name fits no tensor, or more than one.
    """
    output = _named(tensors, wanted.output_weight, OUTPUT_NAMES, "output weight", "--output-weight")
    embedding = _embedding(tensors, wanted, output)
    return Roles(
        first=_first(tensors, wanted, (output, embedding)), output=output, embedding=embedding
    )


def refuse_biases(tensors: Mapping[str, np.ndarray]) -> None:
    """Raises CheckpointError for a bias that is not zero: it would be another network."""
    for name, tensor in tensors.items():
        if _BIAS.search(name) and not ASIDE.search(name) and np.any(tensor):
            raise CheckpointError(
                f"the network has a bias, {name}; only networks without bias are audited"
            )


def chosen_activation(
    path: Path, values: Mapping[str, Any], told: str | None
) -> tuple[Activation, str]:
    """The activation and how it is known: told, stored in the file, or in the names of the path.

    Raises:
        CheckpointError: when it is none of these.
        ValueError: for an unknown name.
    """
    if told is not None:
        return activation(told), "as told"
    stored = [v for n, v in values.items() if _ACTIVATION.search(n)]
    if len(stored) == 1 and isinstance(stored[0], str):
        return activation(stored[0]), "stored in the file"
    for part in reversed(path.parts[-2:]):
        words = re.split(r"[^a-z]+", part.lower())
        found = {_HINTS[w] for w in words if w in _HINTS}
        if len(found) == 1:
            return activation(found.pop()), f"guessed from the name {part!r}"
    raise CheckpointError(
        "the activation is not stored; pass --activation NAME, such as relu or u^2"
    )


def stored_size(values: Mapping[str, Any], what: str) -> int | None:
    """The ``modulus`` or the number of ``inputs`` that a file states, as a number or in digits."""
    found = {int(v) for n, v in values.items() if _SIZES[what].search(n) and _whole(v)}
    return found.pop() if len(found) == 1 else None


def _whole(value: Any) -> bool:
    if isinstance(value, str):
        return bool(re.fullmatch(r"[1-9]\d{0,5}", value))
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**6


def _matches(tensors: Mapping[str, np.ndarray], name: str) -> list[str]:
    if name in tensors:
        return [name]
    return [n for n in tensors if n.endswith("." + name)]


def _exactly(tensors: Mapping[str, np.ndarray], name: str) -> str:
    found = _matches(tensors, name)
    if len(found) != 1:
        which = ", ".join(found) or "no matrix"
        raise CheckpointError(f"expected one matrix called {name!r}; found {which}")
    return found[0]


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
        found = _matches(tensors, name)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise CheckpointError(f"{', '.join(found)} may all be the {what}; pass {option} NAME")
    raise CheckpointError(f"no tensor is known to be the {what}; pass {option} NAME")


def _embedding(tensors: Mapping[str, np.ndarray], wanted: Wanted, output: str) -> str | None:
    if wanted.embedding is not None:
        return _exactly(tensors, wanted.embedding)
    if wanted.input_weights:
        return None
    for name in EMBEDDING_NAMES:
        found = [n for n in _matches(tensors, name) if n != output]
        if len(found) == 1:
            return found[0]
    return None


def _first(
    tensors: Mapping[str, np.ndarray], wanted: Wanted, others: tuple[str | None, ...]
) -> tuple[str, ...]:
    if wanted.input_weights:
        return tuple(_exactly(tensors, name) for name in wanted.input_weights)
    rest = {n: t for n, t in tensors.items() if n not in others}
    numbered = [n for n in rest if _NUMBERED.search(n)]
    if len(numbered) > 1:
        return tuple(sorted(numbered, key=lambda n: int(re.findall(r"\d+$", n)[0])))
    return (_named(rest, None, INPUT_NAMES, "input weight", "--input-weight"),)
