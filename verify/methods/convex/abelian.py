"""k-input addition in a finite Abelian group, its translations divided out.

Translations a_j → a_j + s_j with c → c + Σ s_j act isometrically on neurons, so rows are shifts
δ = c − Σa of the wrong label; f is real, so δ and −δ are one row.  The translation average of a
cosine neuron at frequency ζ with phases that add up (the best ones) is proportional to
1 − cos χ_ζ(δ).  At unit norm it is

    (k!/n^{k+1}) (n/(k+1))^{(k+1)/2} m_ζ^{−(k−1)/2} (1 − cos χ_ζ(δ)),   m_ζ = 1 for real χ, else 2,

and no neuron is worth more against a symmetric Q than the best of these (lemma *single-neuron
bound* in ``docs/lemmas``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import cos, tau
from typing import Any, final

import numpy as np

from constructions.designs import Design, signs, thirds
from constructions.groups import AbelianGroup
from constructions.groups.abelian import Element
from constructions.networks import Block, CosineNetwork, Network
from constructions.numbers import FLOAT
from constructions.tasks import SumTask
from verify.formula import Term, evaluate, fact, half, rational, var
from verify.methods.convex.oracle import PayoffPolynomial, Search
from verify.methods.convex.problem import Column, MarginProblem, Proposal
from verify.methods.margins import BOUND, MARGIN, NORM, bound_certificate, network_certificate

_K, _N = var("k"), var("n")
_SCALE = fact(_K) / _N ** (_K + 1) * (_N / (_K + 1)) ** half(_K + 1)

# cos of the turns at which it is rational (Niven): multiples of 1/4 and of 1/6.
_RATIONAL_COSINES = {
    Fraction(0): Fraction(1),
    Fraction(1, 6): Fraction(1, 2),
    Fraction(1, 4): Fraction(0),
    Fraction(1, 3): Fraction(-1, 2),
    Fraction(1, 2): Fraction(-1),
}


@final
@dataclass(frozen=True, kw_only=True)
class AbelianSumProblem(MarginProblem):
    """The max-margin problem of k-input addition in a group, on all inputs.

    A pool neuron is a frequency ζ, one of each pair {ζ, −ζ}.  Its height h adds
    h·cos χ_ζ(c − Σa) to the logits, whatever the frequency, so that optimal heights are
    rational where optimal masses are not.

    design: the phases that realise a complex frequency exactly (real ones take sign patterns).
    search: None for the closed-form oracle; otherwise dense neurons are searched for and their
    dominant frequency is proposed.
    """

    group: AbelianGroup
    inputs: int
    design: Callable[[int], Design] = thirds
    search: Search | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.group, AbelianGroup):
            raise TypeError(
                f"expected a finite Abelian group, got {self.group!r} "
                f"(type {type(self.group).__name__}); write AbelianGroup((2, 4)) for Z2×Z4"
            )
        SumTask(self.group, self.inputs)  # refuses a bad number of inputs

    @property
    def task(self) -> SumTask:
        """The task that networks of this problem are for."""
        return SumTask(self.group, self.inputs)

    @cached_property
    def rows(self) -> tuple[Element, ...]:
        """Shifts δ ≠ 0, one of each pair {δ, −δ}."""
        # Elements and characters are the same tuples, so the same representatives serve.
        return self.group.frequencies

    @property
    def unit(self) -> Term:
        """The payoff scale of complex frequencies; of real ones when there are no others."""
        if self.group.complex_frequencies:
            return _SCALE * rational(1, 2) ** half(_K - 1)
        return _SCALE

    def column(self, neuron: Element) -> Column:
        """1 − cos χ_ζ(δ), at cost 1 (complex ζ) or 2^{−(k−1)/2} (real ζ beside complex ones)."""
        turns = [self.group.turns(neuron, delta) for delta in self.rows]
        payoffs = np.array([1.0 - cos(tau * turn) for turn in turns])
        return Column(payoffs=payoffs, cost=0.5 ** (self._halvings(neuron) / 2))

    def exact_column(self, neuron: Element) -> Column | None:
        """The same exactly; None unless cosines and cost are rational."""
        turns = [self.group.turns(neuron, delta) for delta in self.rows]
        cosines = [_RATIONAL_COSINES.get(min(turn, 1 - turn)) for turn in turns]
        halvings = self._halvings(neuron)
        if None in cosines or halvings % 2:
            return None
        return Column(payoffs=tuple(1 - c for c in cosines), cost=Fraction(1, 2 ** (halvings // 2)))

    def _halvings(self, neuron: Element) -> int:
        """e with cost 2^{−e/2}: the exponent k − 1 by which a real frequency is cheaper."""
        cheaper = self.group.is_real(neuron) and bool(self.group.complex_frequencies)
        return self.inputs - 1 if cheaper else 0

    def start(self, generator: np.random.Generator) -> tuple[Element, ...]:
        """One frequency, drawn at random."""
        choices = self.group.frequencies
        return (choices[int(generator.integers(len(choices)))],)

    def oracle(
        self,
        weights: np.ndarray,
        generator: np.random.Generator,
        hints: Sequence[Element] = (),
    ) -> tuple[Proposal, ...]:
        """The best neuron against Q, by the closed form or by search."""
        if self.search is None:
            values = weights @ self._all_payoffs
            best = int(np.argmax(values))
            return (Proposal(neuron=self.group.frequencies[best], value=float(values[best])),)
        values, neurons = self.search.maximise(self.polynomial(weights), generator)
        scale = float(evaluate(self.unit, FLOAT, {"k": self.inputs, "n": self.group.order}))
        found = self._dominant_frequency(neurons[0][-1])
        return (Proposal(neuron=found, value=float(values[0]) / scale),)

    @cached_property
    def _all_payoffs(self) -> np.ndarray:
        return self.dictionary(self.group.frequencies)

    def polynomial(self, weights: np.ndarray) -> PayoffPolynomial:
        """The payoff of an arbitrary neuron (u, w) against Q, inputs uniform; not in units."""
        group, n, k = self.group, self.group.order, self.inputs
        elements = list(group.elements())
        spread = np.zeros(n)
        for delta, weight in zip(self.rows, weights, strict=True):
            # Q's row stands for {δ, −δ}, one point or two.
            for shift in (delta, group.negate(delta)):
                spread[group.index(shift)] += weight / 2
        sums = np.array([[group.index(group.add(a, b)) for b in elements] for a in elements])
        positions = np.indices((n,) * k).reshape(k, -1).T
        labels = positions[:, 0]
        for j in range(1, k):
            labels = sums[labels, positions[:, j]]
        table = np.zeros((len(labels), n))
        everywhere = np.arange(len(labels))
        table[everywhere, labels] += 1.0
        for delta in range(n):
            table[everywhere, sums[labels, delta]] -= spread[delta]
        return PayoffPolynomial(positions, table / len(labels))

    def _dominant_frequency(self, values: np.ndarray) -> Element:
        """The frequency with the largest Fourier coefficient of w: (n,)."""
        group = self.group
        spectrum = np.abs(np.fft.fftn(values.reshape(group.orders)))
        return max(group.frequencies, key=lambda zeta: spectrum[zeta])

    def network(self, pool: Sequence[Element], heights: Sequence[Fraction]) -> Network:
        """Blocks of equal gain.  k! is left out: a common factor of margin and norm."""
        complex_design, real_design = self.design(self.inputs), signs(self.inputs)
        groups: dict[tuple[Design, Fraction], list[Element]] = {}
        for zeta, height in zip(pool, heights, strict=True):
            if height == 0:
                continue
            if self.group.is_real(zeta):
                # N sign patterns sum to N·k!·cos.
                design, gain = real_design, Fraction(height) / real_design.size
            else:
                # An exact design of N phase vectors sums to N·k!/2^k·cos.
                design = complex_design
                gain = Fraction(height) * 2**self.inputs / complex_design.size
            groups.setdefault((design, gain), []).append(zeta)
        blocks = tuple(Block(tuple(zetas), d, gain) for (d, gain), zetas in groups.items())
        return CosineNetwork(self.task, blocks)

    def lower_certificate(self, network: Network, value: Fraction) -> dict[str, Any]:
        """`network-margin`: margin ≥ value·unit·norm."""
        return network_certificate(network, [value * self.unit * NORM <= MARGIN])

    def upper_certificate(self, weights: Sequence[Fraction], value: Fraction) -> dict[str, Any]:
        """`margin-bound`: bound ≤ value·unit, with Q spread evenly over {δ, −δ}."""
        shifts: dict[str, str] = {}
        for delta, weight in zip(self.rows, weights, strict=True):
            orbit = {delta, self.group.negate(delta)}
            for shift in sorted(orbit) if weight else ():
                shifts[",".join(map(str, shift))] = str(Fraction(weight) / len(orbit))
        return bound_certificate(self.group, self.inputs, shifts, [value * self.unit >= BOUND])
