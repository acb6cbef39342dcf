"""Sweeps: many configurations and seeds over processes, on this machine or on a Dask cluster.

A task is one block of seeds of one configuration.  It trains in the worker's own cache (or the
given folder) and carries the finished runs home, so a cluster needs no shared file system; where
there is one, a task that is retried goes on from the last checkpoint of the worker that died.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verify.methods.training.configuration import Configuration
from verify.methods.training.ensemble import Ensemble, _seeds, stored_run, train
from verify.methods.training.networks import ConfigurationError
from verify.methods.training.storage import Store, folder_of

# A task is given up when that many workers died while they had it.
_RETRIES = 5
Files = dict[str, bytes]


def sweep(
    configurations: Sequence[Configuration],
    *,
    seeds: int | Sequence[int],
    folder: Path | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    finished: Callable[[Configuration, list[int]], None] | None = None,
) -> list[Ensemble]:
    """Trains every configuration with every seed; the ensembles in the order of configurations.

    scheduler: the address of a Dask scheduler; without it, `workers` processes on this machine
    (one for each usable core).  folder: where runs are kept, the cache if left out; workers use
    the same path.  finished(configuration, seeds) is called as tasks come home.  A worker that
    dies loses only its current task, which another worker takes up.

    Raises:
        ConfigurationError: for no configuration, or seeds that `train` refuses.
        distributed.KilledWorker: for a task during which workers keep dying.
    """
    wanted = _seeds(seeds)
    if not configurations:
        raise ConfigurationError("expected at least one configuration, got none")
    tasks = list(_tasks(configurations, wanted, folder))
    if tasks:
        with _client(scheduler, workers or len(os.sched_getaffinity(0))) as client:
            _run(client, tasks, folder, finished)
    return [
        Ensemble(
            configuration=c,
            runs=tuple(stored_run(Store(c, folder_of(c, folder)), seed) for seed in wanted),
        )
        for c in configurations
    ]


def _tasks(
    configurations: Sequence[Configuration], seeds: list[int], folder: Path | None
) -> Iterator[tuple[Configuration, list[int]]]:
    from verify.methods.training.engine import lanes_of

    for configuration in configurations:
        store = Store(configuration, folder_of(configuration, folder))
        lanes = lanes_of(configuration)
        missing = [seed for seed in seeds if not store.outcome(seed)]
        for number in sorted({seed // lanes for seed in missing}):
            yield configuration, [seed for seed in missing if seed // lanes == number]


def _run(
    client: Any,
    tasks: list[tuple[Configuration, list[int]]],
    folder: Path | None,
    finished: Callable[[Configuration, list[int]], None] | None,
) -> None:
    from distributed import as_completed

    futures = {}
    for configuration, seeds in tasks:
        future = client.submit(
            _task,
            configuration.json(),
            seeds,
            None if folder is None else str(folder),
            key=f"train-{configuration.digest}-{seeds[0]}",
            pure=False,
        )
        futures[future] = (configuration, seeds)
    for future in as_completed(futures):
        configuration, seeds = futures[future]
        _keep(Store(configuration, folder_of(configuration, folder)), future.result())
        if finished is not None:
            finished(configuration, seeds)


def _task(document: dict[str, Any], seeds: list[int], folder: str | None) -> dict[int, Files]:
    """Runs on a worker: trains the seeds, and returns the files of their runs."""
    root = None if folder is None else Path(folder)
    runs = train(Configuration.of(document), seeds=seeds, folder=root, jobs=1).runs
    return {
        run.seed: {path.name: path.read_bytes() for path in run.folder.iterdir()} for run in runs
    }


def _keep(store: Store, runs: dict[int, Files]) -> None:
    """Writes runs that were trained elsewhere; ``run.json`` last: it says that all is there."""
    store.prepare()
    for seed, files in runs.items():
        if store.outcome(seed):
            continue
        home = store.seed(seed)
        home.mkdir(parents=True, exist_ok=True)
        for name in sorted(files, key=lambda n: n == "run.json"):
            (home / name).write_bytes(files[name])


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Any]:
    import dask
    from distributed import Client, LocalCluster

    settings = {"distributed.scheduler.allowed-failures": _RETRIES}
    with dask.config.set(settings):
        if scheduler is not None:
            with Client(scheduler) as client:
                yield client
            return
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
        )
        with cluster, Client(cluster) as client:
            yield client
