"""Sweeps over processes: the same networks as in this process, also when a worker dies."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from verify.methods.training import Configuration, ConfigurationError, Optimiser, Shared, train
from verify.methods.training.sweep import sweep


def _configuration(modulus, **fields):
    return Configuration(
        name="sweep",
        network=Shared(modulus=modulus, width=6),
        optimiser=Optimiser(kind="adamw", rate=1e-3, warm_up=10),
        **{"steps": 20, "record_every": 10, "checkpoint_every": 10} | fields,
    )


def test_a_sweep_of_finished_runs_starts_no_process(tmp_path):
    """What is on disk is read: no cluster is started, and the order of configurations is kept."""
    configurations = [_configuration(5), _configuration(3)]
    for configuration in configurations:
        train(configuration, seeds=2, folder=tmp_path)
    found = sweep(configurations, seeds=2, folder=tmp_path, scheduler="tcp://127.0.0.1:1")
    assert [e.configuration for e in found] == configurations
    assert [[r.seed for r in e.runs] for e in found] == [[0, 1], [0, 1]]


def test_a_sweep_of_nothing_is_refused(tmp_path):
    """No configuration and no seed raise."""
    with pytest.raises(ConfigurationError, match="at least one configuration"):
        sweep([], seeds=1, folder=tmp_path)
    with pytest.raises(ConfigurationError, match="at least one seed"):
        sweep([_configuration(3)], seeds=0, folder=tmp_path)


def _kill_one_at_work(cluster, folder, killed):
    """Kills a worker process once two runs are under way and none of them has ended."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        begun = {path.parent for path in folder.glob("*/seed-*/500.safetensors")}
        if begun and not any((path / "run.json").exists() for path in begun):
            killed.append(cluster.workers[0].pid)
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            return
        time.sleep(0.005)


@pytest.mark.slow
def test_a_worker_that_dies_loses_only_its_own_run(tmp_path):
    """A cluster one of whose two workers is killed at work gives every network of the sweep, to
    the bits of this process, and its other finished runs are not run again."""
    from distributed import LocalCluster

    long = {"steps": 20_000, "record_every": 500, "checkpoint_every": 500}
    configurations = [_configuration(p, **long) for p in (3, 5)]
    killed = []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        killer = threading.Thread(
            target=_kill_one_at_work, args=(cluster, tmp_path / "a", killed)
        )
        killer.start()
        found = sweep(
            configurations,
            seeds=[0, 8],
            folder=tmp_path / "a",
            scheduler=cluster.scheduler_address,
        )
        killer.join()
    assert len(killed) == 1
    for configuration, ensemble in zip(configurations, found, strict=True):
        alone = train(configuration, seeds=[0, 8], folder=tmp_path / "b")
        assert [r.status for r in ensemble.runs] == ["finished", "finished"]
        assert [r.metrics for r in ensemble.runs] == [r.metrics for r in alone.runs]


@pytest.mark.slow
def test_a_local_cluster_is_the_default(tmp_path):
    """Without a scheduler the processes are this machine's, and runs come home to the folder."""
    told = []
    (found,) = sweep(
        [_configuration(3)],
        seeds=2,
        folder=tmp_path,
        workers=1,
        finished=lambda configuration, seeds: told.append(seeds),
    )
    assert told == [[0, 1]]
    assert all(run.folder.is_relative_to(tmp_path) and run.weights for run in found.runs)
