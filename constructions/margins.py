"""Exact margins: by symmetry in mode space, and exhaustively as the baseline.

A cosine network's logits are a sum over modes n of (design moment) × e^{i(…)}.  When every
moment but the wanted one vanishes, the logits depend on δ = c − Σa alone, and n values of
one cosine sum decide the margin on all n^k·(n−1) pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any

from constructions.designs import Design, Mode, mode_weight, modes, moments
from constructions.groups.abelian import Element
from constructions.networks import CosineNetwork, Network
from constructions.numbers import EXACT, Ball, Cyclotomic, Turn, ball
from constructions.tasks import SumTask


@dataclass(frozen=True)
class Margin:
    """An exact margin of a network, not normalised.

    value: min over data of f[Σa] − max over wrong labels; at: shifts δ = c − Σa where it is
    attained (by-symmetry route) or one (input, wrong label) pair; norm: ‖θ‖^{k+1}, exact, or
    a ball when it contains roots of rationals too large for a cyclotomic field;
    arithmetic: the one in which value and norm are to be compared.
    """

    value: Cyclotomic
    norm: Cyclotomic | Ball
    at: tuple[Any, ...]
    evaluations: int

    @property
    def arithmetic(self) -> Any:
        """EXACT when the norm is exact, else ball arithmetic of the norm's precision."""
        return ball(_NORM_BITS) if isinstance(self.norm, Ball) else EXACT

    def __float__(self) -> float:
        norm = self.norm.lower() if isinstance(self.norm, Ball) else self.norm
        return float(self.value) / float(norm)


# Norms of dense networks with arbitrary weights are enclosed to this many bits.
_NORM_BITS = 256
_LARGEST_EXACT_RADICAND = 10_000


def _norm(network: Network) -> Cyclotomic | Ball:
    # The roots √(a/b) that occur lie in Q(ζ_{4ab}); several of them in the lcm of these.
    roots = {s.square for s in network.sizes()}
    conductor = 1
    for q in roots if network.task.inputs % 2 == 0 else ():
        conductor = lcm(conductor, q.numerator * q.denominator)
        if conductor > _LARGEST_EXACT_RADICAND:
            return network.norm(ball(_NORM_BITS))
    return network.norm(EXACT)


@cache
def design_coefficients(design: Design) -> dict[Mode, Cyclotomic]:
    """Mode n → coefficient of Π e^{i n_j x_j} · e^{−iy} in the design's summed neuron.

    Here x_j = χ(a_j), y = χ(c), unit gain; the e^{+iy} half is the complex conjugate.
    Coefficient = (k!-multinomial weight of n) · M(n) / 2, because w contributes e^{−iΣφ}/2.
    Modes with coefficient zero are dropped.  Independent of the modulus and the frequency.
    """
    found = {}
    for mode, value in moments(design, modes(design.inputs)):
        if not value.is_zero():
            found[mode] = value * (mode_weight(mode) / 2)
    return found


Spectrum = dict[tuple[tuple[Element, ...], Element], Cyclotomic]


def spectrum(network: CosineNetwork) -> Spectrum:
    """Non-zero Fourier coefficients of f on G^{k+1}: (characters of a_1..a_k, of c) → value.

    Formal modes that coincide as characters of the group (aliasing, for small n) are added.
    """
    group = network.task.group
    found: Spectrum = {}
    for block in network.blocks:
        for mode, coefficient in design_coefficients(block.design).items():
            value = coefficient * Fraction(block.gain)
            for zeta in block.frequencies:
                for sign, part in ((1, value), (-1, value.conjugate())):
                    key = (
                        tuple(group.scale(sign * n, zeta) for n in mode),
                        group.scale(-sign, zeta),
                    )
                    found[key] = found[key] + part if key in found else part
    return {key: value for key, value in found.items() if not value.is_zero()}


def shift_profile(network: CosineNetwork) -> dict[Element, Cyclotomic] | None:
    """The logit as a function of δ = c − Σa, or None when it depends on more than δ."""
    group, k = network.task.group, network.task.inputs
    coefficients: dict[Element, Cyclotomic] = {}
    for (inputs, label), value in spectrum(network).items():
        if inputs != (group.negate(label),) * k:
            return None
        coefficients[label] = value
    if set(coefficients) == {z for z in group.elements() if any(z)}:
        values = list(coefficients.values())
        if all(v == values[0] for v in values):
            # Equal coefficients: character orthogonality gives A(n·1[δ=0] − 1).
            n = group.order
            return {d: values[0] * (n - 1 if not any(d) else -1) for d in group.elements()}
    zero = Cyclotomic.rational(0)
    profile = {}
    for delta in group.elements():
        value = zero
        for zeta, coefficient in coefficients.items():
            value = value + coefficient * Cyclotomic.root(Turn(group.turns(zeta, delta)))
        profile[delta] = value
    return profile


def margin(network: Network) -> Margin:
    """The exact margin, by symmetry where the network has it and exhaustively otherwise."""
    profile = shift_profile(network) if isinstance(network, CosineNetwork) else None
    if profile is None:
        return exhaustive_margin(network)
    zero = network.task.group.scale(0, next(iter(profile)))
    top = profile[zero]
    gaps = {d: top - v for d, v in profile.items() if d != zero}
    least = _minimum(list(gaps.values()))
    at = tuple(d for d, gap in gaps.items() if gap == least)
    return Margin(least, _norm(network), at, len(profile))


def exhaustive_margin(network: Network) -> Margin:
    """The exact margin by evaluating every neuron on every input: the baseline."""
    task: SumTask = network.task
    neurons = list(network.neurons(EXACT))
    group, k = task.group, task.inputs
    best, at = None, ()
    for a in task.data():
        values = [EXACT.rational(0)] * group.order
        for gain, u, w in neurons:
            inner = u[0][group.index(a[0])]
            for j in range(1, k):
                inner = inner + u[j][group.index(a[j])]
            scale = gain * inner**k
            values = [v + scale * x for v, x in zip(values, w, strict=True)]
        label = group.index(task.label(a))
        for c, value in enumerate(values):
            if c == label:
                continue
            gap = values[label] - value
            if best is None or gap < best:
                best, at = gap, ((a, c),)
    return Margin(best, _norm(network), at, task.size * group.order)


def _minimum(values: list[Cyclotomic]) -> Cyclotomic:
    least = values[0]
    for value in values[1:]:
        if value < least:
            least = value
    return least
