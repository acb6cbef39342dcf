"""Majority-voting networks for x + y mod p: single-frequency neurons that share one embedding.

f(x, y)[j] = Σ_m ξ_m[j] σ(θ_m[x] + θ_m[y]) with θ_m[j] = α cos(kj/p + φ), ξ_m[j] = β cos(kj/p + ψ),
angles in turns.  A neuron is *aligned* when ψ = 2φ.  One network evaluates in float, exactly and
in balls.  For σ(u) = u² and aligned neurons three profiles of length p hold all p³ logits; when
the phases cancel they are those of the *flawed indicator*

    (aN/2)·(−1 + (p/2)1[x+y=j] + (p/4)(1[2x=j] + 1[2y=j])).

Source: §2–§4 of the exposition of arXiv:2602.16849.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from numbers import Rational
from typing import Any, final

import numpy as np

from constructions.numbers import EXACT, FLOAT, Cyclotomic, Truth, Turn

Activation = Callable[[Any], Any]
ZERO = Turn(Fraction(0))


def power(degree: int) -> Activation:
    """σ(u) = u^degree, in any arithmetic."""
    return lambda u: u**degree


def relu(u: Any) -> Any:
    """(u + |u|)/2, in any arithmetic."""
    return (u + abs(u)) * Fraction(1, 2)


square = power(2)


@final
@dataclass(frozen=True, kw_only=True)
class VotingNeuron:
    """One neuron.  psi: the output phase; aligned (2φ) when it is None.

    Raises TypeError for a magnitude that is no rational, ValueError for one that is not positive.
    """

    frequency: int
    phase: Turn = ZERO
    alpha: Fraction = Fraction(1)
    beta: Fraction = Fraction(1)
    psi: Turn | None = None

    def __post_init__(self) -> None:
        for name in ("alpha", "beta"):
            value = getattr(self, name)
            if not isinstance(value, Rational) or isinstance(value, bool):
                raise TypeError(
                    f"expected a rational {name}, got {value!r} (type={type(value).__name__}); "
                    "write Fraction(1, 2)"
                )
            if value <= 0:
                raise ValueError(f"expected a positive {name}, got {value}")

    @property
    def output_phase(self) -> Turn:
        """ψ."""
        return 2 * self.phase if self.psi is None else self.psi

    @property
    def aligned(self) -> bool:
        """Whether ψ = 2φ modulo a full turn."""
        return self.output_phase == 2 * self.phase

    @property
    def strength(self) -> Fraction:
        """c = α²β, what the neuron contributes to its frequency for σ(u) = u²."""
        return Fraction(self.alpha) ** 2 * self.beta


@final
@dataclass(frozen=True, kw_only=True)
class VotingNetwork:
    """Neurons for addition modulo p ≥ 2; a frequency is any integer in 1..p−1."""

    modulus: int
    neurons: tuple[VotingNeuron, ...]

    def __post_init__(self) -> None:
        p = self.modulus
        if not isinstance(p, int) or isinstance(p, bool) or p < 2:
            raise ValueError(f"expected a modulus p ≥ 2, got p={p!r} (type={type(p).__name__})")
        for neuron in self.neurons:
            if not 1 <= neuron.frequency < p:
                raise ValueError(
                    f"expected frequencies in 1..{p - 1} for p={p}, got {neuron.frequency}"
                )

    @cached_property
    def groups(self) -> dict[int, list[VotingNeuron]]:
        """The neurons of each frequency that occurs, in ascending order of frequency."""
        found: dict[int, list[VotingNeuron]] = {}
        for neuron in sorted(self.neurons, key=lambda n: n.frequency):
            found.setdefault(neuron.frequency, []).append(neuron)
        return found

    def phase_sum(self, frequency: int, order: int) -> Cyclotomic:
        """S_ι = Σ c_m e^{iιφ_m} over the neurons of a frequency, exactly."""
        terms = (
            Cyclotomic.root(order * n.phase) * n.strength for n in self.groups.get(frequency, [])
        )
        return sum(terms, Cyclotomic(0))

    # -- evaluation ------------------------------------------------------------------------

    def logits(
        self, x: int, y: int, arithmetic: Any = EXACT, activation: Activation = square
    ) -> list[Any]:
        """f(x, y): (p,), by direct summation over the neurons."""
        values = [arithmetic.rational(0)] * self.modulus
        for theta, xi in _rows(self, arithmetic):
            inner = activation(theta[x % self.modulus] + theta[y % self.modulus])
            values = [v + inner * w for v, w in zip(values, xi, strict=True)]
        return values

    def float_logits(self, activation: Activation = square) -> np.ndarray:
        """f on all pairs: (p, p, p) in float64, the label axis last."""
        rows = [(np.array(t), np.array(w)) for t, w in _rows(self, FLOAT)]
        theta, xi = (np.array(part) for part in zip(*rows, strict=True))
        inner = theta[:, :, None] + theta[:, None, :]
        return np.einsum("mxy,mj->xyj", np.asarray(activation(inner), dtype=float), xi)

    @cached_property
    def profiles(self) -> tuple[list[Cyclotomic], list[Cyclotomic], list[Cyclotomic]]:
        """Exact g, h, e: (p,) each, that give all logits for σ(u) = u²: with d = x − y and
        m_d g(s) = g(s)/2 + (g(s+d) + g(s−d))/4,

            f(x, y)[j] = m_d g(x+y−j) + m_d h(j) + m_d e(x+y+j),

        where g(s) = Σ_k A_k cos(ks/p), h(s) = Σ_k 2Re(S_2 e(ks/p)), e(s) = Σ_k Re(S_4 e(ks/p)).
        Costs p·K cosines instead of p³·M (lemma *voting neurons*).

        Raises ValueError for a neuron that is not aligned.
        """
        for neuron in self.neurons:
            if not neuron.aligned:
                raise ValueError(
                    "profiles need aligned neurons ψ = 2φ; a neuron of frequency "
                    f"{neuron.frequency} has φ={neuron.phase}, ψ={neuron.output_phase}"
                )
        result: list[list[Cyclotomic]] = []
        for order, factor in ((0, 1), (2, 2), (4, 1)):
            alike: dict[Cyclotomic, list[int]] = {}
            for k in self.groups:
                alike.setdefault(self.phase_sum(k, order) * factor, []).append(k)
            profile = [Cyclotomic(0)] * self.modulus
            for weight, frequencies in alike.items():
                if not weight.is_zero():
                    waves = _root_sums(self.modulus, tuple(frequencies))
                    profile = [v + weight * w for v, w in zip(profile, waves, strict=True)]
            result.append([(v + v.conjugate()) * Fraction(1, 2) for v in profile])
        return tuple(result)

    def exact_logits(self, x: int, y: int) -> list[Cyclotomic]:
        """f(x, y): (p,) for σ(u) = u², from the profiles."""
        p, d = self.modulus, x - y

        def smooth(profile: Sequence[Cyclotomic], s: int) -> Cyclotomic:
            sides = profile[(s + d) % p] + profile[(s - d) % p]
            return profile[s % p] * Fraction(1, 2) + sides * Fraction(1, 4)

        g, h, e = self.profiles
        return [smooth(g, x + y - j) + smooth(h, j) + smooth(e, x + y + j) for j in range(p)]

    def integer_table(self) -> tuple[np.ndarray, int]:
        """(T, n) with f(x, y)[j] = T[x, y, j]/n exactly, T: (p, p, p) of int64, σ(u) = u².

        Raises ValueError when a logit is irrational, as it is unless the phases cancel.
        """
        g, h, e = self.profiles
        if not all(v.is_zero() for v in (*h, *e)) or not all(v.is_rational() for v in g):
            raise ValueError(
                "an integer table needs rational logits: equal strengths at all frequencies and "
                "Σ c e^{iιφ} = 0 for ι = 2, 4; use exact_logits"
            )
        values = [v.as_fraction() for v in g]
        scale = int(np.lcm.reduce([v.denominator for v in values]))
        numbers = np.array([int(v * scale) for v in values], dtype=np.int64)
        x, y, j = np.ogrid[: self.modulus, : self.modulus, : self.modulus]
        sides = numbers[(2 * x - j) % self.modulus] + numbers[(2 * y - j) % self.modulus]
        return 2 * numbers[(x + y - j) % self.modulus] + sides, 4 * scale

    def errors(self, arithmetic: Any = EXACT, activation: Activation = square) -> list[tuple]:
        """The pairs x ≤ y at which the label's logit is not strictly the largest.

        Raises UndecidedComparison when balls overlap: raise the precision.
        """
        p = self.modulus
        return [
            (x, y)
            for x in range(p)
            for y in range(x, p)
            if not _strictly_largest(
                self.logits(x, y, arithmetic, activation), (x + y) % p, arithmetic
            )
        ]


@lru_cache(maxsize=8)
def _rows(network: VotingNetwork, arithmetic: Any) -> list[tuple[list[Any], list[Any]]]:
    """(θ, ξ) of each neuron, both (p,), in the arithmetic."""
    p, rows = network.modulus, []
    for n in network.neurons:
        angles = [Turn(Fraction(n.frequency * j, p)) for j in range(p)]
        theta, xi = (
            [arithmetic.cos(phase + t) * arithmetic.rational(size) for t in angles]
            for phase, size in ((n.phase, n.alpha), (n.output_phase, n.beta))
        )
        rows.append((theta, xi))
    return rows


@lru_cache(maxsize=64)
def _root_sums(p: int, frequencies: tuple[int, ...]) -> list[Cyclotomic]:
    """Σ_k e(ks/p) for s = 0..p−1."""
    roots = [Cyclotomic.root(Turn(Fraction(t, p))) for t in range(p)]
    return [sum((roots[k * s % p] for k in frequencies), Cyclotomic(0)) for s in range(p)]


def _strictly_largest(values: Sequence[Any], label: int, arithmetic: Any) -> bool:
    decided = Truth.TRUE
    for j, value in enumerate(values):
        if j != label:
            decided = decided & arithmetic.compare(values[label], ">", value)
    return bool(decided)


# -- families ------------------------------------------------------------------------------


def equal_phases(count: int, *, spacing: Fraction | None = None) -> list[Turn]:
    """`count` phases 0, s, 2s, … with the spacing s in turns, by default 1/count."""
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError(f"expected a number of phases N ≥ 1, got N={count!r}")
    step = Fraction(1, count) if spacing is None else Fraction(spacing)
    return [Turn(m * step) for m in range(count)]


def voting_network(
    p: int,
    phases: Iterable[Turn],
    *,
    frequencies: Iterable[int] | None = None,
    alpha: Fraction = Fraction(1),
    beta: Fraction = Fraction(1),
) -> VotingNetwork:
    """The same phases and magnitudes at every frequency: by default all of 1..(p−1)/2 (p odd)."""
    if frequencies is None and isinstance(p, int) and p % 2 == 0:
        raise ValueError(
            f"the frequencies of an even modulus are not 1..(p−1)/2, got p={p}; name them"
        )
    chosen = range(1, (p - 1) // 2 + 1) if frequencies is None else list(frequencies)
    listed = list(phases)
    return VotingNetwork(
        modulus=p,
        neurons=tuple(
            VotingNeuron(frequency=k, phase=phase, alpha=alpha, beta=beta)
            for k in chosen
            for phase in listed
        ),
    )


def require_diversified(network: VotingNetwork, *, exponents: tuple[int, int] = (1, 2)) -> Fraction:
    """The common a = α^r β^s of a fully diversified network, (r, s) = `exponents`.

    Raises ValueError naming the first requirement that fails: aligned neurons, (i) as many neurons
    at each frequency 1..(p−1)/2 of an odd p, (ii) a common value a, (iii) Σ e^{iιφ} = 0, ι = 2, 4.
    """
    p, groups = network.modulus, network.groups
    if p % 2 == 0:
        raise ValueError(f"full diversification needs an odd modulus, got p={p}")
    if not all(n.aligned for n in network.neurons):
        raise ValueError("full diversification needs aligned neurons, ψ = 2φ")
    counts = {k: len(groups.get(k, [])) for k in range(1, (p - 1) // 2 + 1)}
    if set(groups) - set(counts) or len(set(counts.values())) != 1:
        raise ValueError(
            f"(i) fails: expected N neurons at each frequency 1..{(p - 1) // 2} and no other, "
            f"got {counts if set(groups) <= set(counts) else sorted(groups)}"
        )
    r, s = exponents
    values = {Fraction(n.alpha) ** r * Fraction(n.beta) ** s for n in network.neurons}
    if len(values) != 1:
        raise ValueError(f"(ii) fails: α^{r} β^{s} takes the values {sorted(map(str, values))}")
    for k, neurons in groups.items():
        for order in (2, 4):
            if not sum(
                (Cyclotomic.root(order * n.phase) for n in neurons), Cyclotomic(0)
            ).is_zero():
                raise ValueError(f"(iii) fails: Σ e^(iιφ) is not 0 for ι={order} at frequency {k}")
    return values.pop()


def flawed_indicator(p: int, x: int, y: int, j: int) -> Fraction:
    """−1 + (p/2)1[x+y=j] + (p/4)(1[2x=j] + 1[2y=j]) modulo p: the logits in units of aN/2."""
    ghosts = ((2 * x - j) % p == 0) + ((2 * y - j) % p == 0)
    return -1 + Fraction(p, 2) * ((x + y - j) % p == 0) + Fraction(p, 4) * ghosts


def indicator_table(p: int) -> np.ndarray:
    """4·`flawed_indicator` at all (x, y, j): (p, p, p) of int64."""
    x, y, j = np.ogrid[:p, :p, :p]
    hit = [((form - j) % p == 0).astype(np.int64) for form in (x + y, 2 * x, 2 * y)]
    return -4 + 2 * p * hit[0] + p * (hit[1] + hit[2])
