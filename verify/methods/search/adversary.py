"""An adversarial optimiser: does any network beat a stated maximum margin?

Multi-start quasi-Newton ascent on a smoothed normalised margin over dense networks.  A
float network above the stated value is shrunk (fewest neurons, coarsest weights) and
re-evaluated exactly; only then is it a counterexample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from constructions.margins import margin
from constructions.networks import DenseNetwork
from constructions.numbers import FLOAT, Truth
from constructions.tasks import SumTask
from verify.core.claim import Context
from verify.core.domain import Domain, Sample
from verify.core.evidence import Finding, Witness, established, refuted
from verify.formula import Term, evaluate, holds
from verify.methods.margins import MARGIN, NORM, derived, network_certificate

# Sharpness of the smoothed minimum, relative to the margin's own scale, one ascent each.
_SHARPNESS = (30.0, 300.0, 3000.0)
_BITS = (2, 3, 4, 6, 8, 12, 16, 24)


@dataclass(frozen=True)
class Attack:
    """The best float network of a multi-start search.  u: (m, k, n), w: (m, n)."""

    u: np.ndarray
    w: np.ndarray
    value: float
    starts: int


def strongest_network(task: SumTask, width: int, *, starts: int, seed: int) -> Attack:
    """The largest normalised margin found from `starts` random initialisations (float64)."""
    k, n = task.inputs, task.group.order
    rng = np.random.default_rng(seed)
    labels = np.array([task.group.index(task.label(a)) for a in task.data()])
    best: Attack | None = None
    for _ in range(starts):
        flat = rng.normal(size=width * (k + 1) * n)
        for sharpness in _SHARPNESS:
            scale = sharpness / max(abs(_value(flat, task, labels, width)), 1e-6)
            flat = minimize(
                _smooth, flat, args=(task, labels, width, scale), jac=True, method="L-BFGS-B"
            ).x
            flat = flat / max(np.abs(flat).max(), 1e-12)
        value = _value(flat, task, labels, width)
        if best is None or value > best.value:
            u, w = _split(flat, width, k, n)
            best = Attack(u, w, value, starts)
    if best is None:
        raise ValueError(f"expected at least one start, got starts={starts}")
    return best


def _split(flat: np.ndarray, width: int, k: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    weights = flat.reshape(width, k + 1, n)
    return weights[:, :k], weights[:, k]


def _inner(u: np.ndarray) -> np.ndarray:
    """Σ_j u_j(a_j): (m, n, …, n)."""
    width, k, n = u.shape
    total = np.zeros((width,) + (n,) * k)
    for j in range(k):
        shape = [width] + [1] * k
        shape[1 + j] = n
        total = total + u[:, j].reshape(shape)
    return total


def _gaps(flat: np.ndarray, task: SumTask, labels: np.ndarray, width: int) -> np.ndarray:
    k, n = task.inputs, task.group.order
    u, w = _split(flat, width, k, n)
    power = (_inner(u) ** k).reshape(width, -1)
    logits = power.T @ w
    right = logits[np.arange(len(labels)), labels]
    gaps = right[:, None] - logits
    gaps[np.arange(len(labels)), labels] = np.inf
    return gaps


def _norm(flat: np.ndarray, width: int, k: int) -> float:
    return float(((flat.reshape(width, -1) ** 2).sum(axis=1) ** ((k + 1) / 2)).sum())


def _value(flat: np.ndarray, task: SumTask, labels: np.ndarray, width: int) -> float:
    return float(_gaps(flat, task, labels, width).min()) / _norm(flat, width, task.inputs)


def _smooth(
    flat: np.ndarray, task: SumTask, labels: np.ndarray, width: int, scale: float
) -> tuple[float, np.ndarray]:
    """Minus the soft-min of the normalised gaps, and its gradient."""
    k, n = task.inputs, task.group.order
    u, w = _split(flat, width, k, n)
    inner = _inner(u)
    power = (inner**k).reshape(width, -1)
    gaps = _gaps(flat, task, labels, width)
    norm = _norm(flat, width, k)
    least = gaps.min()
    weights = np.exp(-scale * (gaps - least) / norm)
    total = weights.sum()
    soft = least / norm - np.log(total) / scale
    weights = weights / total
    # d soft = Σ weights · d(gap)/norm − (Σ weights·gap)/norm² · d norm
    finite = np.where(np.isfinite(gaps), gaps, 0.0)
    logits_grad = -weights
    logits_grad[np.arange(len(labels)), labels] += weights.sum(axis=1)
    w_grad = power @ logits_grad / norm
    power_grad = (w @ logits_grad.T / norm).reshape(inner.shape)
    inner_grad = power_grad * k * inner ** (k - 1)
    u_grad = np.stack(
        [inner_grad.sum(axis=tuple(i for i in range(1, k + 1) if i != 1 + j)) for j in range(k)],
        axis=1,
    )
    squares = (flat.reshape(width, -1) ** 2).sum(axis=1) ** ((k - 1) / 2)
    norm_grad = (k + 1) * squares[:, None] * flat.reshape(width, -1)
    grad = np.concatenate([u_grad, w_grad[:, None]], axis=1).reshape(width, -1)
    grad = grad - (weights * finite).sum() / norm**2 * norm_grad
    return -soft, -grad.ravel()


def no_network_beats(
    context: Context,
    *,
    value: Term,
    task: Callable[..., SumTask],
    points: Sequence[Mapping[str, Any]],
    width: Callable[..., int],
    starts: int = 6,
) -> Finding:
    """Attacks “every network's normalised margin is at most `value`” at each point.

    Refuted with an exact dense network when the attack succeeds; otherwise sampled evidence
    (a search that finds nothing proves nothing).
    """
    quantities: dict[str, Any] = {"seed": context.seed, "starts": starts}
    best_ratio = 0.0
    for point in points:
        problem = task(**point)
        attack = strongest_network(problem, width(**point), starts=starts, seed=context.seed)
        stated = float(evaluate(value, FLOAT, {**point, "n": problem.group.order}))
        ratio = attack.value / stated
        best_ratio = max(best_ratio, ratio)
        name = ", ".join(f"{n}={v}" for n, v in point.items())
        quantities[name] = f"best margin found / stated value = {ratio:.9f}"
        if ratio > 1:
            network = shrink(problem, attack, value)
            if network is not None:
                found = float(margin(network))
                return refuted(
                    scope=Domain.at(dict(point)),
                    method="search",
                    certificates={"network": network_certificate(network, [value * NORM < MARGIN])},
                    witness=Witness(
                        description=f"a network of width {network.width} at {name} has "
                        f"normalised margin {found:.9g}, above the stated value {stated:.9g}",
                        values={**point, "width": network.width, "margin": f"{found:.9g}"},
                    ),
                    quantities=quantities,
                )
    return established(
        scope=Domain({"networks": Sample("networks", starts * len(points))}),
        method="search",
        values=(best_ratio,),
        quantities=quantities,
    )


def shrink(problem: SumTask, attack: Attack, value: Term) -> DenseNetwork | None:
    """The simplest exact network that still beats `value`: fewest neurons, fewest bits.

    None when rounding destroys the violation: then the float value was only a lead.
    """
    violation = value * NORM < MARGIN

    def beats(u: np.ndarray, w: np.ndarray, bits: int) -> DenseNetwork | None:
        scale = 2.0**bits
        network = DenseNetwork.from_floats(
            problem, np.round(u * scale) / scale, np.round(w * scale) / scale
        )
        if all(size.square == 0 for size in network.sizes()):
            return None
        found = margin(network)
        truth = holds(violation, found.arithmetic, derived(network, found))
        return network if truth is Truth.TRUE else None

    u, w = attack.u, attack.w
    if beats(u, w, _BITS[-1]) is None:
        return None
    for i in reversed(range(len(u))):
        fewer = np.delete(u, i, axis=0), np.delete(w, i, axis=0)
        if len(fewer[0]) and beats(*fewer, _BITS[-1]) is not None:
            u, w = fewer
    return next(found for bits in _BITS if (found := beats(u, w, bits)) is not None)
