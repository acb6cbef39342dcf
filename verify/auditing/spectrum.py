"""Every neuron in the Fourier basis of Z_p: magnitudes, phases, shares, misalignment.

θ[j] = α_0 + Σ_k α^k cos(2πkj/p + φ^k), magnitudes ≥ 0, phases in turns in [0, 1).  Statistics in
float64: a description of the weights, not evidence of a rigorous kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from scipy.special import chdtrc  # scipy.stats would take longer to load than an audit takes

from verify.auditing.network import TrainedNetwork

PHASE_ORDERS = (1, 2, 3, 4)


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Spectrum:
    """The Fourier decomposition of a network on Z_p.

    first: (inputs, width, K) magnitudes α of the input layers, K = ⌊p/2⌋; first_phases alike, in
    turns; output, output_phases: (width, K), magnitudes β and phases ψ.  A network with a shared
    embedding has one input layer here, which enters phase sums `inputs` times.
    """

    modulus: int
    inputs: int
    first: np.ndarray
    first_phases: np.ndarray
    output: np.ndarray
    output_phases: np.ndarray

    @cached_property
    def _energy(self) -> np.ndarray:
        """(width, K) squared magnitudes of the input layers, added."""
        return np.sum(self.first**2, axis=0)

    @cached_property
    def dominant(self) -> np.ndarray:
        """(width,) the frequency 1..K with the largest magnitude √Σα² in the input layers.

        0 for a neuron whose input layers are constant: it has none.
        """
        return np.where(self._energy.any(axis=1), 1 + np.argmax(self._energy, axis=1), 0)

    @cached_property
    def alive(self) -> np.ndarray:
        """(width,) whether a neuron has a frequency."""
        return self.dominant > 0

    @cached_property
    def _index(self) -> np.ndarray:
        """(width, 1) where a neuron's dominant frequency stands; 0 for neurons that have none."""
        return np.maximum(self.dominant - 1, 0)[:, None]

    @cached_property
    def share(self) -> np.ndarray:
        """(width,) part of the energy at the dominant frequency, both layers, without mean."""
        energy = self._energy + self.output**2
        at = np.take_along_axis(energy, self._index, axis=1)[:, 0]
        whole = energy.sum(axis=1)
        return np.divide(at, whole, out=np.zeros_like(at), where=whole > 0)

    @cached_property
    def participation(self) -> np.ndarray:
        """(layers, width) inverse participation ratios Σα⁴/(Σα²)²; the output layer comes last."""
        return np.stack([_participation(rows) for rows in (*self.first, self.output)])

    @cached_property
    def magnitudes(self) -> tuple[np.ndarray, np.ndarray]:
        """α: (inputs, width) and β: (width,) at the dominant frequencies."""
        alpha = np.stack(
            [np.take_along_axis(rows, self._index, axis=1)[:, 0] for rows in self.first]
        )
        return alpha, np.take_along_axis(self.output, self._index, axis=1)[:, 0]

    @cached_property
    def phases(self) -> tuple[np.ndarray, np.ndarray]:
        """φ: (inputs, width) and ψ: (width,) at the dominant frequencies, in turns."""
        phi = np.stack(
            [np.take_along_axis(rows, self._index, axis=1)[:, 0] for rows in self.first_phases]
        )
        return phi, np.take_along_axis(self.output_phases, self._index, axis=1)[:, 0]

    @cached_property
    def phase_sum(self) -> np.ndarray:
        """(width,) Σ_j φ_j over all inputs, in turns: 2φ when two inputs share an embedding."""
        phi, _ = self.phases
        return (phi.sum(axis=0) * (self.inputs / len(phi))) % 1

    @cached_property
    def misalignment(self) -> np.ndarray:
        """(width,) D = Σφ_j − ψ folded to [0, 1/2] turns."""
        gap = (self.phase_sum - self.phases[1]) % 1
        return np.minimum(gap, 1 - gap)

    @cached_property
    def counts(self) -> np.ndarray:
        """(K,) neurons by dominant frequency."""
        return np.bincount(self.dominant, minlength=self.first.shape[2] + 1)[1:]

    @cached_property
    def count_test(self) -> float:
        """p-value of Pearson's χ² test of the counts against uniform choice; 1 if K = 1."""
        expected = self.counts.mean()
        if not expected:
            return float("nan")
        statistic = float(np.sum((self.counts - expected) ** 2) / expected)
        return float(chdtrc(self.counts.size - 1, statistic)) if self.counts.size > 1 else 1.0

    def resultants(self, order: int) -> np.ndarray:
        """(K,) |Σ_m e^{2πi·order·φ_m}|/N over a frequency's neurons; NaN where there are none."""
        phi = self.phases[0][0]
        found = np.full(self.counts.size, np.nan)
        for k in np.flatnonzero(self.counts):
            turns = order * phi[self.dominant == k + 1]
            found[k] = abs(np.exp(2j * np.pi * turns).mean())
        return found

    def expected_resultants(self) -> np.ndarray:
        """(K,) E|Σ e^{iφ}|/N of N independent uniform phases, √π/(2√N) for large N."""
        with np.errstate(divide="ignore"):
            return np.where(self.counts > 0, np.sqrt(np.pi) / (2 * np.sqrt(self.counts)), np.nan)

    def resultant_tests(self, order: int) -> np.ndarray:
        """(K,) Rayleigh p-values e^{−N·R²} of the hypothesis that order·φ is uniform."""
        return np.exp(-self.counts * self.resultants(order) ** 2)

    @cached_property
    def strengths(self) -> np.ndarray:
        """(width,) β Π_j α_j, the coefficient with which a neuron of degree `inputs` votes."""
        alpha, beta = self.magnitudes
        factor = alpha[0] ** self.inputs if len(alpha) == 1 else np.prod(alpha, axis=0)
        return beta * factor


def _participation(rows: np.ndarray) -> np.ndarray:
    squares = rows**2
    whole = squares.sum(axis=1)
    return np.divide((squares**2).sum(axis=1), whole**2, out=np.zeros(len(rows)), where=whole > 0)


def variation(values: np.ndarray) -> float:
    """Coefficient of variation: standard deviation over mean."""
    mean = float(np.mean(values))
    return float(np.std(values) / abs(mean)) if mean else float("nan")


def spectrum(network: TrainedNetwork) -> Spectrum:
    """The decomposition of a network on a cyclic group.

    Raises:
        ValueError: for a group that is not cyclic.
    """
    orders = network.task.group.orders
    if len(orders) != 1:
        raise ValueError(f"expected a cyclic group, got {network.task.group}")
    p = orders[0]
    first = np.stack([layer.floats for layer in network.first])
    output = network.output.floats.T
    a, phi = _transform(first, p)
    b, psi = _transform(output, p)
    return Spectrum(
        modulus=p,
        inputs=network.task.inputs,
        first=a,
        first_phases=phi,
        output=b,
        output_phases=psi,
    )


def _transform(rows: np.ndarray, p: int) -> tuple[np.ndarray, np.ndarray]:
    """Magnitudes and phases (turns) of the last axis at frequencies 1..⌊p/2⌋."""
    hat = np.fft.rfft(rows, axis=-1)[..., 1:]
    scale = np.full(hat.shape[-1], 2.0 / p)
    if p % 2 == 0:
        scale[-1] = 1.0 / p  # cos(πj) alone at the frequency p/2
    return np.abs(hat) * scale, (np.angle(hat) / (2 * np.pi)) % 1
