"""Networks that do better on part of the data than a given value: half of the inputs, say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np

from constructions.networks import DenseNetwork, all_inputs
from constructions.numbers import FLOAT
from constructions.tasks import SumTask
from verify.checker import check_document
from verify.formula import Term, evaluate
from verify.methods.convex.certify import attained_value
from verify.methods.convex.column_generation import Status, generate_columns
from verify.methods.convex.dense import DenseSumProblem
from verify.methods.convex.rationalise import round_heights
from verify.methods.margins import MARGIN, NORM

_GRIDS = (4, 16, 64, 256, 1024)
_GAIN_DENOMINATORS = (8, 64, 4096, 10**9)


@final
@dataclass(frozen=True, kw_only=True)
class Exceeding:
    """A rational network whose normalised margin on `data` exceeds a value.

    certificate: the accepted `network-margin` document; ratio: margin/(norm·value), in floats.
    """

    network: DenseNetwork
    data: tuple[tuple[int, ...], ...]
    certificate: dict[str, Any]
    ratio: float


def random_half(
    task: SumTask, *, seed: int, size: int | None = None
) -> tuple[tuple[int, ...], ...]:
    """Inputs drawn without replacement, as sorted element positions.

    size: how many; ⌊n^k/2⌋ by default.
    """
    points = all_inputs(task)
    count = len(points) // 2 if size is None else size
    if not 1 <= count <= len(points):
        raise ValueError(f"expected between 1 and {len(points)} inputs, got size={size}")
    chosen = np.random.default_rng(seed).choice(len(points), size=count, replace=False)
    return tuple(points[i] for i in sorted(map(int, chosen)))


def exceeding_network(
    *,
    task: SumTask,
    data: Sequence[tuple[int, ...]],
    value: Term,
    overshoot: float = 0.01,
    iterations: int = 100,
    seed: int = 0,
) -> Exceeding | None:
    """A network with margin > value·norm on the data, or None when none was found.

    value: a term in k, n (and p = n for Z_n).  overshoot: column generation stops once the
    value is beaten by this fraction, and rounding may use it up.  Coarse weights are tried
    first, so that the certificate is small.  None proves nothing.
    """
    names = {"k": task.inputs, "n": task.group.order}
    if task.group.is_cyclic_presentation:
        names["p"] = task.group.order
    aim = float(evaluate(value, FLOAT, names))
    problem = DenseSumProblem(task=task, data=tuple(map(tuple, data)))
    for grid in _GRIDS:
        rounded = replace(problem, grid=grid)
        found = generate_columns(
            rounded, target=aim * (1 + overshoot), iterations=iterations, seed=seed
        )
        if found.status is not Status.REACHED:
            continue
        pool = found.state.pool
        costs = np.array([rounded.column(neuron).cost for neuron in pool])
        for denominator in _GAIN_DENOMINATORS:
            heights = round_heights(found.masses, costs, denominator)
            network = rounded.network(pool, heights)
            document = rounded.certificate(network, value * NORM < MARGIN)
            complete = {"format": "verify-certificate/1", "claim": "-", **document}
            if check_document(complete).accepted:
                ratio = attained_value(rounded, pool, heights) / aim
                return Exceeding(
                    network=network, data=rounded.points, certificate=document, ratio=ratio
                )
    return None
