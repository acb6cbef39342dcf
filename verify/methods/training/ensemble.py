"""`train`: from a configuration and seeds to an ensemble of networks and its statistics."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import numpy as np

from verify.core.statistic import LEVEL, Statistic, bootstrap, mean, observed, proportion
from verify.methods.training.configuration import Configuration
from verify.methods.training.networks import ConfigurationError
from verify.methods.training.storage import Store, folder_of

if TYPE_CHECKING:
    from verify.auditing import Audit

Record = dict[str, Any]
Progress = Callable[[int, int], None]


@final
@dataclass(frozen=True, kw_only=True)
class Run:
    """One trained network.

    status: ``finished`` or ``diverged``; reason: why it ended there.  step: the last one.
    """

    configuration: Configuration
    seed: int
    status: str
    reason: str
    step: int
    folder: Path

    @cached_property
    def metrics(self) -> list[Record]:
        """The records, from step 0 on; `verify.methods.training.metrics` says what they mean."""
        return self._store.metrics(self.seed)

    @property
    def final(self) -> Record:
        """The last record."""
        return self.metrics[-1]

    @cached_property
    def weights(self) -> dict[str, np.ndarray]:
        """The tensors of the last checkpoint, as files name them."""
        return self.tensors(self.steps[-1])

    def tensors(self, step: int) -> dict[str, np.ndarray]:
        """The tensors of a step's checkpoint."""
        return self._store.tensors(self.seed, step)

    @cached_property
    def steps(self) -> list[int]:
        """The steps that have a checkpoint."""
        return self._store.steps(self.seed)

    def checkpoint(self, step: int | None = None) -> Path:
        """The file of a step, of the last one if left out."""
        return self.folder / f"{self.steps[-1] if step is None else step}.safetensors"

    def audit(self, step: int | None = None) -> Audit:
        """The network of a step with exact weights, and everything that is said of it."""
        from verify.auditing import audit

        network = self.configuration.network
        if not network.has_neurons:
            raise ConfigurationError(
                f"networks of kind {network.kind} are not audited; expected one hidden layer"
            )
        return audit(
            self.checkpoint(step), activation=network.activation, modulus=network.modulus
        )

    def first(self, condition: Callable[[Record], bool]) -> int | None:
        """The first recorded step at which a condition holds, or None."""
        return next((r["step"] for r in self.metrics if condition(r)), None)

    @property
    def _store(self) -> Store:
        return Store(self.configuration, self.folder.parent)


@final
@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """Independent runs of one configuration.  Its statistics are over all of them, or refuse."""

    configuration: Configuration
    runs: tuple[Run, ...]

    @property
    def diverged(self) -> tuple[Run, ...]:
        """The runs that have no final network."""
        return tuple(run for run in self.runs if run.status == "diverged")

    def values(self, what: str | Callable[[Run], float]) -> list[float]:
        """A number for each run: a metric's last value, or a function's.

        Raises:
            ValueError: when a run diverged, since leaving it out would flatter the rest; count
                such runs with `share`.
        """
        if self.diverged:
            seeds = ", ".join(f"{run.seed} ({run.reason})" for run in self.diverged)
            raise ValueError(f"no value for the runs that diverged: seeds {seeds}")
        if isinstance(what, str):
            return [float(run.final[what]) for run in self.runs]
        return [float(what(run)) for run in self.runs]

    def mean(self, what: str | Callable[[Run], float], *, level: float = LEVEL) -> Statistic:
        """The mean over networks with Student's interval; of a single run its value alone."""
        values = self.values(what)
        return mean(values, level=level) if len(values) > 1 else observed(values[0])

    def median(self, what: str | Callable[[Run], float], *, level: float = LEVEL) -> Statistic:
        """The median over networks with a bootstrap interval."""
        return bootstrap(self.values(what), level=level)

    def share(self, condition: Callable[[Run], bool], *, level: float = LEVEL) -> Statistic:
        """The share of networks with a property; a run that diverged counts as without it."""
        met = sum(run.status != "diverged" and bool(condition(run)) for run in self.runs)
        return proportion(met, len(self.runs), level=level)


def train(
    configuration: Configuration,
    *,
    seeds: int | Sequence[int],
    folder: Path | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Trains a network for each seed, and keeps what is finished.

    seeds: how many (0, 1, …), or which.  folder: where runs are kept; the cache if left out.
    jobs: blocks of seeds at the same time, the usable cores if left out.  progress(seed, step)
    is called from the training threads.  A run that is on disk is not run again, and one that was
    interrupted goes on; the result is the same to the bit on the same machine.

    Raises:
        ConfigurationError: for no seeds, negative or repeated ones.
    """
    wanted = _seeds(seeds)
    store = Store(configuration, folder_of(configuration, folder))
    if not all(store.outcome(seed) for seed in wanted):
        _train(store, wanted, jobs or len(os.sched_getaffinity(0)), progress)
    return Ensemble(
        configuration=configuration, runs=tuple(stored_run(store, seed) for seed in wanted)
    )


def is_trained(
    configuration: Configuration, *, seeds: int | Sequence[int], folder: Path | None = None
) -> bool:
    """Whether runs have ended with all of these seeds."""
    store = Store(configuration, folder_of(configuration, folder))
    return all(store.outcome(seed) for seed in _seeds(seeds))


def stored_run(store: Store, seed: int) -> Run:
    """A run that has ended, from disk."""
    outcome = store.outcome(seed)
    if outcome is None:
        raise ConfigurationError(f"no finished run of seed {seed} in {store.folder}")
    return Run(
        configuration=store.configuration,
        seed=seed,
        status=outcome["status"],
        reason=outcome["reason"],
        step=outcome["step"],
        folder=store.seed(seed),
    )


def _seeds(seeds: int | Sequence[int]) -> list[int]:
    wanted = list(range(seeds)) if isinstance(seeds, int) else list(seeds)
    if not wanted or min(wanted) < 0 or len(set(wanted)) < len(wanted):
        raise ConfigurationError(
            f"expected at least one seed, each from 0 on and once, got seeds={seeds!r}"
        )
    return wanted


def _train(store: Store, seeds: list[int], jobs: int, progress: Progress | None) -> None:
    # Loaded here: JAX is slow to load, and runs from the cache need none.
    from verify.methods.training.block import Block, Interrupted
    from verify.methods.training.engine import lanes_of

    stop = threading.Event()

    def watch(seed: int, step: int) -> None:
        if stop.is_set():
            raise Interrupted
        if progress is not None and seed in seeds:
            progress(seed, step)

    lanes = lanes_of(store.configuration)
    numbers = sorted({seed // lanes for seed in seeds if not store.outcome(seed)})
    blocks = [Block(store=store, number=number, progress=watch) for number in numbers]
    with ThreadPoolExecutor(min(jobs, len(blocks))) as pool:
        futures = [pool.submit(block.run) for block in blocks]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
        except BaseException:
            stop.set()
            raise
        for future in done:
            if future.exception() is not None:
                stop.set()
                future.result()
