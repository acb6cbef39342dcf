"""One block of seeds from its state on disk to its end: segments, checkpoints, metrics, stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, final

import jax
import numpy as np

from verify.methods.training.configuration import Configuration, Plateau
from verify.methods.training.engine import Engine, Fixed, State, engine_of
from verify.methods.training.storage import Store, save_tensors

Progress = Callable[[int, int], None]


class Interrupted(Exception):
    """Training was asked to stop; what was reached is on disk."""


@final
@dataclass(frozen=True, kw_only=True)
class Block:
    """Seeds block·lanes … of a configuration, which share a program.

    progress(seed, step) is called after each segment; it may raise to interrupt the run.
    """

    store: Store
    number: int
    progress: Progress = lambda seed, step: None

    @property
    def configuration(self) -> Configuration:
        """The runs' configuration."""
        return self.store.configuration

    def run(self) -> None:
        """Trains to the end; seeds that are finished already are left as they are."""
        engine = engine_of(self.configuration)
        seeds = [self.number * engine.lanes + lane for lane in range(engine.lanes)]
        self.store.prepare()
        with self.store.locked(self.number):
            if all(self.store.outcome(seed) for seed in seeds):
                return
            fixed = engine.data(seeds)
            state = self._resume(engine, seeds) or self._begin(engine, fixed, seeds)
            while running := self._running(seeds, int(state["step"])):
                step = int(state["step"])
                for seed in running:
                    self.progress(seed, step)
                records, stride = self._next(step)
                state, metrics = engine.advance(state, fixed, records=records, stride=stride)
                self._write(engine, state, metrics, seeds, stride=stride)
            self.store.state_path(self.number).unlink(missing_ok=True)

    def _begin(self, engine: Engine, fixed: Fixed, seeds: list[int]) -> State:
        for seed in seeds:
            if not self.store.outcome(seed):
                self.store.rewind(seed, -1)
        state, metrics = engine.advance(engine.begin(seeds), fixed, records=1, stride=0)
        self._write(engine, state, metrics, seeds, stride=0)
        return state

    def _running(self, seeds: list[int], step: int) -> list[int]:
        """The seeds that go on; ends those that have come to their end."""
        c = self.configuration
        running = [seed for seed in seeds if not self.store.outcome(seed)]
        for seed in list(running):
            if step >= c.steps:
                reason = f"all {c.steps} steps"
            elif c.stop is not None and _still(c.stop, self.store.metrics(seed), step):
                reason = f"nothing moved any more at step {step}"
            else:
                continue
            running.remove(seed)
            self.store.end(seed, status="finished", reason=reason, step=step)
        return running

    def _next(self, step: int) -> tuple[int, int]:
        """Records and stride of the next segment: to the next checkpoint, or to the end."""
        c = self.configuration
        end = min(step - step % c.checkpoint_every + c.checkpoint_every, c.steps)
        whole = (end - step) // c.record_every
        return (whole, c.record_every) if whole else (1, end - step)

    def _write(
        self, engine: Engine, state: State, metrics: np.ndarray, seeds: list[int], *, stride: int
    ) -> None:
        c, step = self.configuration, int(state["step"])
        records = metrics.shape[1]
        steps = [step - stride * (records - 1 - i) for i in range(records)]
        for lane, seed in enumerate(seeds):
            if self.store.outcome(seed):
                continue
            rows = [
                {"step": s, **dict(zip(engine.names, map(float, row), strict=True))}
                for s, row in zip(steps, metrics[lane], strict=True)
            ]
            bad = next((r for r in rows if _broken(r)), None)
            self.store.record(seed, rows if bad is None else rows[: rows.index(bad)])
            if bad is not None:
                name = _broken(bad)
                reason = f"{name} is {bad[name]} at step {bad['step']}"
                self.store.end(seed, status="diverged", reason=reason, step=bad["step"])
            elif step % c.checkpoint_every == 0 or step == c.steps:
                self.store.checkpoint(seed, step, engine.tensors(state, lane))
        self._save(engine, state)

    def _save(self, engine: Engine, state: State) -> None:
        leaves = jax.tree.leaves(state)
        arrays = {f"leaf.{i}": np.asarray(leaf) for i, leaf in enumerate(leaves)}
        save_tensors(self.store.state_path(self.number), arrays, {})

    def _resume(self, engine: Engine, seeds: list[int]) -> State | None:
        """The state on disk, with everything beyond its step removed; None to begin anew."""
        from safetensors.numpy import load_file

        path = self.store.state_path(self.number)
        if not path.exists():
            return None
        arrays = load_file(path)
        fresh = engine.begin(seeds)
        leaves, shape = jax.tree.flatten(fresh)
        with jax.enable_x64(True):
            restored = [jax.numpy.asarray(arrays[f"leaf.{i}"]) for i in range(len(leaves))]
        state = jax.tree.unflatten(shape, restored)
        step = int(state["step"])
        for seed in seeds:
            if not self.store.outcome(seed):
                self.store.rewind(seed, step)
                records = self.store.metrics(seed)
                if not records or records[-1]["step"] != step:
                    return None
        return state


def _broken(record: dict[str, Any]) -> str | None:
    """The first metric of a record that is not a finite number."""
    return next((name for name, value in record.items() if not isfinite(value)), None)


def _still(stop: Plateau, records: list[dict[str, Any]], step: int) -> bool:
    if step < stop.start or step % stop.every:
        return False
    by_step = {r["step"]: r for r in records}
    now, before = by_step[step], by_step.get(step - stop.every)
    if before is None:
        return False
    moved = {name: abs(now[name] - before[name]) for name in now}
    return all(
        moved[name] < (stop.loss if name.endswith("loss") else stop.accuracy)
        for name in moved
        if name.endswith(("_loss", "_accuracy"))
    )
