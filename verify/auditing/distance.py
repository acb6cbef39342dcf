"""How far a trained network is from each construction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import factorial
from typing import final

import numpy as np

from constructions.numbers import Ball
from verify.auditing.activations import Enclosed, Polynomial, activation
from verify.auditing.behaviour import Behaviour, evaluate
from verify.auditing.network import TrainedNetwork

SWAPS = ("relu", "abs", "u^2", "u^4", "u^8", "softplus2", "exp", "identity", "u^3")
_BITS = 192


@final
@dataclass(frozen=True, kw_only=True)
class NormalisedMargin:
    """margin/‖θ‖_{2,k+1}^{k+1} of a network with activation u^k, and the theorem's maximum Γ(k, p).

    Γ = 2·k!/((2k+2)^{(k+1)/2}(p−1)p^{(k−1)/2}), odd p (Theorem 4.1 of arXiv:2402.09469v3).
    Balls; a shared embedding counts once for each input.
    """

    value: Ball
    maximum: Ball

    @property
    def ratio(self) -> Ball:
        """value / maximum."""
        return self.value / self.maximum


def normalised_margin(network: TrainedNetwork, behaviour: Behaviour) -> NormalisedMargin | None:
    """None unless the activation is u^k with k inputs and the modulus is odd and cyclic."""
    k, p = network.task.inputs, network.task.group.order
    sigma = network.activation
    power = isinstance(sigma, Polynomial) and sigma.coefficients == (*[0] * k, 1)
    if not power or p % 2 == 0 or len(network.task.group.orders) != 1:
        return None
    margin = behaviour.margin
    if not isinstance(margin, Fraction):
        return None
    norm = Ball(0, bits=_BITS)
    for square in neuron_squares(network):
        whole = Ball(square, bits=_BITS) ** ((k + 1) // 2)
        norm = norm + (whole * Ball(square, bits=_BITS).sqrt() if k % 2 == 0 else whole)
    top = Ball(2 * factorial(k), bits=_BITS)
    root = Ball(Fraction(2 * k + 2) ** (k + 1) * Fraction(p) ** (k - 1), bits=_BITS).sqrt()
    return NormalisedMargin(value=Ball(margin, bits=_BITS) / norm, maximum=top / (root * (p - 1)))


def neuron_squares(network: TrainedNetwork) -> Iterator[Fraction]:
    """Σ_j‖u_j‖² + ‖w‖² of every neuron, exactly."""
    layers = network.first * (network.task.inputs if network.shared else 1)
    totals = [Fraction(0)] * network.width
    for matrix in (*(layer.exact for layer in layers), network.output.exact.T):
        unit = Fraction(4) ** matrix.exponent
        for i, row in enumerate(matrix.numbers):
            totals[i] += unit * sum(int(x) ** 2 for x in row)
    yield from totals


@final
@dataclass(frozen=True, kw_only=True)
class IndicatorFit:
    """Least squares f(x, y)[j] ≈ background + label·1(x+y≡j) + ghost·(1(2x≡j) + 1(2y≡j)).

    unexplained: share of the variance of f, over all (x, y, j), that the fit leaves (float64).
    The flawed indicator of arXiv:2602.16849 has ghost/label = 1/2.
    """

    background: float
    label: float
    ghost: float
    unexplained: float

    @property
    def ghost_share(self) -> float:
        """ghost / label."""
        return self.ghost / self.label if self.label else float("nan")


def float_logits(network: TrainedNetwork, inputs: np.ndarray) -> np.ndarray:
    """(count, n) float64 logits of the given inputs, (count, k) element positions."""
    u, v = network.float_weights
    summed = sum(u[j][:, inputs[:, j]] for j in range(network.task.inputs))
    with np.errstate(over="ignore", invalid="ignore"):  # e^u may leave the floats
        return (v @ network.activation.floats(summed)).T


def indicator_fit(network: TrainedNetwork) -> IndicatorFit | None:
    """The fit for two inputs on a cyclic group.

    None for other tasks, for constant logits, and for logits beyond the floats.
    """
    if network.task.inputs != 2 or len(network.task.group.orders) != 1:
        return None
    p = network.task.group.order
    gram, moments = np.zeros((3, 3)), np.zeros(3)
    total = squares = 0.0
    y, j = np.arange(p)[:, None], np.arange(p)[None, :]
    for x in range(p):  # one x at a time: p² numbers in memory, not p³
        f = float_logits(network, np.stack([np.full(p, x), np.arange(p)], axis=1))
        if not np.isfinite(f).all():
            return None
        label = (x + y - j) % p == 0
        ghost = ((2 * x - j) % p == 0).astype(float) + ((2 * y - j) % p == 0)
        design = np.stack([np.ones((p, p)), label, ghost]).reshape(3, -1)
        gram += design @ design.T
        moments += design @ f.ravel()
        total, squares = total + float(f.sum()), squares + float(np.sum(f * f))
    coefficients = np.linalg.lstsq(gram, moments, rcond=None)[0]
    # ‖f − design·c‖² = ‖f‖² − c·moments at the minimum
    spread = squares - total**2 / p**3
    if spread <= 0:
        return None
    left = max(squares - float(coefficients @ moments), 0.0) / spread
    background, right, height = map(float, coefficients)
    return IndicatorFit(background=background, label=right, ghost=height, unexplained=left)


@final
@dataclass(frozen=True, kw_only=True)
class Swap:
    """The same weights under another activation."""

    activation: str
    behaviour: Behaviour

    @property
    def rigorous(self) -> str:
        """``exact`` or ``enclosure``."""
        return "enclosure" if isinstance(activation(self.activation), Enclosed) else "exact"


def swaps(
    network: TrainedNetwork, names: Iterable[str] = SWAPS, *, known: Behaviour | None = None
) -> list[Swap]:
    """The activation table: behaviour of the trained weights with each activation put in.

    known: the behaviour under the network's own activation, where it has been evaluated before.
    """
    table = []
    for name in names:
        sigma = activation(name)
        own = known if sigma == network.activation else None
        found = own or evaluate(replace(network, activation=sigma))
        table.append(Swap(activation=name, behaviour=found))
    return table
