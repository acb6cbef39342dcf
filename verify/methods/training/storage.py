"""Runs on disk: one folder for each configuration, readable by anybody.

    <folder>/configuration.json
    <folder>/seed-3/metrics.jsonl      one line for each record
    <folder>/seed-3/2000.safetensors   the tensors after 2000 steps
    <folder>/seed-3/run.json           how the run ended; absent while it runs
    <folder>/block-0.state.safetensors what an interrupted block goes on from

A state is written after the checkpoints and metrics of its step, and replaced atomically.  What is
found beyond the state's step was written by a run that was cut off, and is removed on resuming;
a state whose metrics are missing is not gone on from.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, final

import numpy as np

from verify.methods.training.configuration import Configuration


def cache_root() -> Path:
    """``FLVERIFY_CACHE``, or the user's cache directory."""
    chosen = os.environ.get("FLVERIFY_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "flverify"


def folder_of(configuration: Configuration, root: Path | None = None) -> Path:
    """Where the runs of a configuration are kept."""
    name = f"{configuration.name}-p{configuration.network.modulus}-{configuration.digest}"
    return (root or cache_root() / "training") / name


@final
@dataclass(frozen=True)
class Store:
    """The runs of one configuration in a folder."""

    configuration: Configuration
    folder: Path

    def prepare(self) -> None:
        """Makes the folder and writes the configuration.

        Raises:
            OSError: when it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "configuration.json"
        if not path.exists():
            write_json(path, self.configuration.json())

    def seed(self, seed: int) -> Path:
        """The folder of one run."""
        return self.folder / f"seed-{seed}"

    def outcome(self, seed: int) -> dict[str, Any] | None:
        """How a run ended, or None."""
        path = self.seed(seed) / "run.json"
        return json.loads(path.read_text()) if path.exists() else None

    def end(self, seed: int, *, status: str, reason: str, step: int) -> None:
        """Records how a run ended."""
        write_json(
            self.seed(seed) / "run.json",
            {
                "seed": seed,
                "status": status,
                "reason": reason,
                "step": step,
                "configuration": self.configuration.digest,
                "platform": platform.platform(),
                "versions": {name: version(name) for name in ("jax", "jaxlib", "optax", "numpy")},
            },
        )

    def checkpoint(self, seed: int, step: int, tensors: dict[str, np.ndarray]) -> None:
        """Writes the network of a step, in a form that ``verify audit`` reads."""
        network = self.configuration.network
        metadata = {
            "modulus": str(network.modulus),
            "inputs": str(network.inputs),
            "step": str(step),
            "seed": str(seed),
            "configuration": json.dumps(self.configuration.json(), sort_keys=True),
        }
        if network.has_neurons:
            metadata["activation"] = network.activation
        save_tensors(self.seed(seed) / f"{step}.safetensors", tensors, metadata)

    def record(self, seed: int, records: list[dict[str, Any]]) -> None:
        """Appends records to a run's metrics."""
        path = self.seed(seed) / "metrics.jsonl"
        with path.open("a", encoding="utf-8") as stream:
            stream.writelines(json.dumps(record) + "\n" for record in records)

    def metrics(self, seed: int) -> list[dict[str, Any]]:
        """The records of a run, by step."""
        path = self.seed(seed) / "metrics.jsonl"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def rewind(self, seed: int, step: int) -> None:
        """Removes what a cut-off run left beyond a step; step −1 removes everything."""
        folder = self.seed(seed)
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.safetensors*"):
            number = path.name.split(".")[0]
            if not path.name.endswith(".safetensors") or int(number) > step:
                path.unlink()
        path = folder / "metrics.jsonl"
        if path.exists():
            # a line that was cut off is beyond the state by construction
            lines = path.read_text(encoding="utf-8").splitlines()
            whole = [line for line in lines if line.endswith("}")]
            kept = [line for line in whole if json.loads(line)["step"] <= step]
            replace_text(path, "".join(line + "\n" for line in kept))

    def steps(self, seed: int) -> list[int]:
        """The steps that have a checkpoint."""
        return sorted(int(path.stem) for path in self.seed(seed).glob("*.safetensors"))

    def tensors(self, seed: int, step: int) -> dict[str, np.ndarray]:
        """The network of a step."""
        from safetensors.numpy import load_file

        return load_file(self.seed(seed) / f"{step}.safetensors")

    def state_path(self, block: int) -> Path:
        """What an interrupted block goes on from."""
        return self.folder / f"block-{block}.state.safetensors"

    @contextmanager
    def locked(self, block: int) -> Iterator[None]:
        """Alone with a block: another process that trains it waits, and then finds it done."""
        with (self.folder / f"block-{block}.lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def save_tensors(path: Path, tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> None:
    """Writes a ``.safetensors`` file, whole or not at all."""
    from safetensors.numpy import save

    partial = _partial(path)
    partial.write_bytes(save(tensors, metadata=metadata))
    os.replace(partial, path)


def write_json(path: Path, document: Any) -> None:
    """Writes JSON, whole or not at all."""
    replace_text(path, json.dumps(document, indent=1) + "\n")


def replace_text(path: Path, text: str) -> None:
    """Writes a text file, whole or not at all."""
    partial = _partial(path)
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def _partial(path: Path) -> Path:
    """A name of one's own beside a file: several processes may write the same one."""
    return path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.partial")
