"""The compiled run: from one checkpoint to the next in one call.

Both loops — over records, and over steps between two records — have bounds that are arguments.
So one program advances a run by any number of steps, and how a run was cut into pieces cannot
change what it computes: an interrupted run resumes to the same bits.

A program advances `lanes` seeds together.  Small networks are bound by the cost of starting
operations and share a program; large ones are bound by arithmetic, and each seed has its own,
several at once in threads.  The number of lanes follows from the configuration alone, so the
result of a seed does not depend on which other seeds are trained.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, final

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax

from verify.methods.training.beginnings import evaluated, initial_tensors, split
from verify.methods.training.configuration import Configuration, Optimiser
from verify.methods.training.losses import loss_of
from verify.methods.training.metrics import names_of, on_logits, on_weights
from verify.methods.training.models import Model, Parameters, Table, digits, model_of

State = dict[str, Any]
Fixed = dict[str, Any]

# Below this number of multiplications in a step, starting operations costs more than they do.
_SMALL = 300_000
_LANES = 8
# Inputs of each part that metrics are taken on when batches are drawn, and how many at a time.
_EVALUATED, _CHUNK = 8192, 1024


def lanes_of(configuration: Configuration) -> int:
    """How many seeds one program advances."""
    rows = configuration.data.batch or configuration.size
    return _LANES if rows * configuration.network.multiplications <= _SMALL else 1


def optimiser_of(optimiser: Optimiser, dtype: Any) -> optax.GradientTransformation:
    """The transformation of optax, its rate in the run's precision."""
    rate = optimiser.rate
    warm = optax.linear_schedule(0.0, 1.0, optimiser.warm_up) if optimiser.warm_up else None
    doubled = optax.piecewise_constant_schedule(1.0, dict.fromkeys(optimiser.doublings, 2.0))
    cooled = _cooled(*optimiser.cooling) if optimiser.cooling else None

    def schedule(count: jax.Array) -> jax.Array:
        factor = doubled(count) * (warm(count) if warm else 1.0)
        return jnp.asarray(rate * (factor * cooled(count) if cooled else factor), dtype)

    step = schedule if warm or cooled or optimiser.doublings else rate
    if optimiser.kind == "sgd":
        return optax.sgd(step)
    b1, b2 = optimiser.betas
    if optimiser.kind == "adam":
        adam = optax.adam(step, b1=b1, b2=b2, eps=optimiser.epsilon)
        if not optimiser.decay:
            return adam
        return optax.chain(optax.add_decayed_weights(optimiser.decay), adam)
    return optax.adamw(
        step, b1=b1, b2=b2, eps=optimiser.epsilon, weight_decay=optimiser.decay
    )


def _cooled(begin: int, end: int) -> optax.Schedule:
    falling = optax.linear_schedule(1.0, 0.0, end - begin, transition_begin=begin)
    # XLA turns the division by a constant into a product, which misses 0 by a rounding error
    return lambda count: jnp.where(count < end, falling(count), 0.0)


@final
@dataclass(frozen=True, eq=False)
class Engine:
    """One configuration, ready to run.  Make it with `engine_of`.

    Arrays have a leading axis for the lanes.  programs: the compiled one, for all numbers of
    steps, once it was needed.
    """

    configuration: Configuration
    model: Model
    table: Table | None
    lanes: int
    names: tuple[str, ...]
    transform: optax.GradientTransformation
    programs: list[Callable[..., Any]] = field(default_factory=list)

    @property
    def records(self) -> int:
        """The largest number of records that one call of `advance` gives."""
        return self.configuration.checkpoint_every // self.configuration.record_every

    def begin(self, seeds: list[int]) -> State:
        """The state before the first step; one seed for each lane."""
        with jax.enable_x64(True):
            dtype = self.configuration.dtype
            packed = [self.model.pack(initial_tensors(self.configuration, s)) for s in seeds]
            stacked = {
                name: jnp.asarray(np.stack([p[name] for p in packed]).astype(dtype))
                for name in packed[0]
            }
            return {
                "parameters": stacked,
                "optimiser": jax.vmap(self.transform.init)(stacked),
                "step": jnp.zeros((), jnp.int64),
            }

    def data(self, seeds: list[int]) -> Fixed:
        """What stays fixed during a run: labels, splits, streams of random batches."""
        with jax.enable_x64(True):
            parts = [self._data(s) for s in seeds]
            fixed = jax.tree.map(lambda *leaves: jnp.asarray(np.stack(leaves)), *parts)
            if self.table is not None:
                fixed["labels"] = jnp.asarray(
                    np.stack([self.table.labels.astype(np.int32)] * len(seeds))
                )
            return fixed

    def _data(self, seed: int) -> Fixed:
        c = self.configuration
        train, test = split(c, seed)
        parts = {"train": train, **({"test": test} if c.split else {})}
        fixed: Fixed = {"key": np.array([seed >> 32, seed & 0xFFFFFFFF], np.uint32)}
        if self.table is not None:
            fixed["counts"] = {
                name: self.table.counts(part).astype(c.dtype) for name, part in parts.items()
            }
            return fixed
        p, k = c.network.modulus, c.network.inputs
        fixed["train"] = train.astype(np.int64)
        fixed["evaluated"] = {}
        for name, part in parts.items():
            some = evaluated(part, seed, _EVALUATED)
            some = some[: len(some) - len(some) % _CHUNK] if len(some) > _CHUNK else some
            fixed["evaluated"][name] = digits(some, p, k).astype(np.int32)
        return fixed

    def advance(
        self, state: State, fixed: Fixed, *, records: int, stride: int
    ) -> tuple[State, np.ndarray]:
        """`records` times `stride` steps and a record; (lanes, records, len(names)) metrics."""
        with jax.enable_x64(True):
            program = _program(self, state, fixed)
            state, metrics = program(state, fixed, np.int64(records), np.int64(stride))
            return state, np.asarray(metrics)[:, :records]

    def tensors(self, state: State, lane: int) -> dict[str, np.ndarray]:
        """The tensors of one lane's network, as files name them."""
        packed = {n: np.asarray(v[lane]) for n, v in state["parameters"].items()}
        return {n: np.ascontiguousarray(v) for n, v in self.model.unpack(packed).items()}

    def gradient(self, parameters: Parameters, fixed: Fixed, step: Any) -> Parameters:
        """The gradient of what is minimised, for one seed: loss on the data, and the penalty."""
        c = self.configuration
        factor = 1.0 if c.loss == "sum" else 1 / c.train_size
        if self.table is not None:
            gradient = self.model.table_gradient(
                parameters, fixed["labels"], factor * fixed["counts"]["train"]
            )
        else:
            batch = c.data.batch or c.train_size
            key = jax.random.fold_in(jax.random.wrap_key_data(fixed["key"]), step)
            drawn = fixed["train"][jax.random.randint(key, (batch,), 0, c.train_size)]
            inputs = digits(drawn, c.network.modulus, c.network.inputs)
            weights = jnp.full(batch, factor * c.train_size / batch, c.dtype)
            gradient = self.model.gradient(parameters, inputs, weights)
        if c.penalty is not None and c.penalty.coefficient:
            gradient = jax.tree.map(jnp.add, gradient, jax.grad(self._penalty)(parameters))
        return gradient

    def _penalty(self, parameters: Parameters) -> jax.Array:
        penalty, degree = self.configuration.penalty, self.model.inputs + 1
        power = (self.model.neuron_squares(parameters) ** (degree / 2)).sum()
        exponent = penalty.power / degree
        return penalty.coefficient * (power if exponent == 1 else power**exponent)

    def measure(self, parameters: Parameters, fixed: Fixed, step: Any) -> jax.Array:
        """(len(names),) metrics of one seed's network."""
        found = on_weights(self.model, parameters)
        gradient = self.gradient(parameters, fixed, step)
        found["gradient_norm"] = optax.tree.norm(gradient)
        if self.table is not None:
            logits = self.model.table_logits(parameters)
            found |= on_logits(logits, fixed["labels"], fixed["counts"], self.model.loss)
        else:
            found |= self._sampled(parameters, fixed["evaluated"])
        return jnp.stack([found[name].astype(jnp.float64) for name in self.names])

    def _sampled(self, parameters: Parameters, parts: dict[str, jax.Array]) -> dict[str, Any]:
        found: dict[str, Any] = {"margin": jnp.inf}
        for part, inputs in parts.items():
            size = min(_CHUNK, len(inputs))
            chunks = inputs.reshape(-1, size, self.model.inputs)

            def one(chunk: jax.Array, size: int = size, part: str = part) -> dict[str, jax.Array]:
                labels = chunk.sum(-1) % self.model.modulus
                once = {part: jnp.ones(size, self.configuration.dtype)}
                logits = self.model.logits(parameters, chunk)
                return on_logits(logits, labels, once, self.model.loss)

            each = lax.map(one, chunks)
            margin = each.pop("margin").min()
            found["margin"] = jnp.minimum(found["margin"], margin)
            found |= {name: values.mean() for name, values in each.items()}
        return found

    def segment(
        self, state: State, fixed: Fixed, records: jax.Array, stride: jax.Array
    ) -> tuple[State, jax.Array]:
        """`advance` for one lane, to be compiled."""

        def step(_: int, at: State) -> State:
            gradient = self.gradient(at["parameters"], fixed, at["step"])
            updates, inner = self.transform.update(gradient, at["optimiser"], at["parameters"])
            return {
                "parameters": optax.apply_updates(at["parameters"], updates),
                "optimiser": inner,
                "step": at["step"] + 1,
            }

        def record(index: int, carry: tuple[State, jax.Array]) -> tuple[State, jax.Array]:
            at, metrics = carry
            at = lax.fori_loop(0, stride, step, at)
            row = self.measure(at["parameters"], fixed, at["step"])
            return at, lax.dynamic_update_index_in_dim(metrics, row, index, 0)

        empty = jnp.full((self.records, len(self.names)), jnp.nan)
        return lax.fori_loop(0, records, record, (state, empty))


@lru_cache(maxsize=16)
def engine_of(configuration: Configuration) -> Engine:
    """The engine of a configuration; the last ones are kept with their programs."""
    model = model_of(configuration.network, loss_of(configuration.loss))
    with jax.enable_x64(True):
        transform = optimiser_of(configuration.optimiser, configuration.dtype)
    return Engine(
        configuration=configuration,
        model=model,
        table=model.table() if configuration.data.batch is None else None,
        lanes=lanes_of(configuration),
        names=names_of(configuration.network, split=configuration.split),
        transform=transform,
    )


_COMPILING = threading.Lock()


def _program(engine: Engine, state: State, fixed: Fixed) -> Callable[..., Any]:
    """The compiled program; threads that need the same one wait for it."""
    with _COMPILING:
        if not engine.programs:
            if engine.lanes == 1:
                function = _single(engine)
            else:
                axes = {"parameters": 0, "optimiser": 0, "step": None}
                function = jax.vmap(
                    engine.segment, in_axes=(axes, 0, None, None), out_axes=(axes, 0)
                )
            arguments = (state, fixed, np.int64(1), np.int64(1))
            engine.programs.append(jax.jit(function).lower(*arguments).compile())
        return engine.programs[0]


def _single(engine: Engine) -> Callable[..., Any]:
    """One lane without a batch axis, which would change how XLA multiplies."""

    def run(state: State, fixed: Fixed, records: jax.Array, stride: jax.Array) -> Any:
        alone = jax.tree.map(lambda leaf: leaf[0], {k: state[k] for k in state if k != "step"})
        at, metrics = engine.segment(
            {**alone, "step": state["step"]},
            jax.tree.map(lambda leaf: leaf[0], fixed),
            records,
            stride,
        )
        step = at.pop("step")
        return {**jax.tree.map(lambda leaf: leaf[None], at), "step": step}, metrics[None]

    return run
