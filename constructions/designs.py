"""Phase designs: which phases the neurons of one frequency carry.

A design is a list of phase vectors (φ_1, …, φ_k) in full turns.  Its neuron at frequency ζ
has u_j(a) = cos(φ_j + χ_ζ(a)) and w(c) = cos(Σφ_j + χ_ζ(c)).  Summed over the design,
all products of cosines but the wanted one cancel exactly when the *moments*

    M(n) = Σ_φ e^{2πi ⟨n − 1, φ⟩}

vanish for every n ∈ Z^k, n ≠ (1, …, 1), |n|_1 ≤ k, |n|_1 ≡ k mod 2 (the monomials that
occur in (Σ_j cos x_j)^k).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import factorial, lcm

import numpy as np

from constructions.numbers import Cyclotomic, Turn

Phases = tuple[Turn, ...]
Mode = tuple[int, ...]


@dataclass(frozen=True)
class Design:
    """A named list of phase vectors for k inputs."""

    name: str
    phases: tuple[Phases, ...]

    def __post_init__(self) -> None:
        if not self.phases:
            raise ValueError(f"design {self.name!r} has no phase vector")
        if len({len(v) for v in self.phases}) != 1:
            raise ValueError(f"design {self.name!r} mixes phase vectors of different lengths")
        for turn in self.phases[0]:
            if not isinstance(turn, Turn):
                raise TypeError(
                    f"phases are exact turns, got {turn!r} (type {type(turn).__name__}); "
                    "write Turn.of(1, 3)"
                )

    @property
    def inputs(self) -> int:
        """Number of inputs k."""
        return len(self.phases[0])

    @property
    def size(self) -> int:
        """Number of neurons per frequency N."""
        return len(self.phases)

    def json(self) -> list[list[str]]:
        """The phase vectors as strings, as certificates carry them."""
        return [[str(turn) for turn in vector] for vector in self.phases]


def modes(inputs: int) -> Iterator[Mode]:
    """All n ∈ Z^k with |n|_1 ≤ k and |n|_1 ≡ k mod 2, in lexicographic order."""

    def extend(prefix: tuple[int, ...], budget: int) -> Iterator[Mode]:
        if len(prefix) == inputs:
            if budget % 2 == 0:
                yield prefix
            return
        for n in range(-budget, budget + 1):
            yield from extend((*prefix, n), budget - abs(n))

    return extend((), inputs)


def mode_weight(mode: Mode) -> Fraction:
    """Coefficient of Π e^{i n_j x_j} in (Σ_j cos x_j)^k, with k = len(mode).

    Σ over exponents m ≥ |n| of the multinomial k!/Π m_j! times Π 2^{-m_j} C(m_j, (m_j+n_j)/2).
    """
    k = len(mode)

    def extend(j: int, budget: int) -> Fraction:
        if j == k:
            return Fraction(1 if budget == 0 else 0)
        part = Fraction(0)
        for m in range(abs(mode[j]), budget + 1, 2):
            ways = factorial((m + mode[j]) // 2) * factorial((m - mode[j]) // 2)
            part += Fraction(1, ways) * extend(j + 1, budget - m)
        return part

    return factorial(k) * extend(0, k) / 2**k


def moment(design: Design, mode: Mode) -> Cyclotomic:
    """M(n) of the design, exactly."""
    return next(value for _, value in moments(design, [mode]))


def moments(design: Design, wanted: Iterable[Mode]) -> Iterator[tuple[Mode, Cyclotomic]]:
    """(n, M(n)) for the wanted modes.

    Phases are integers over their common denominator D, so the angles ⟨n−1, φ⟩ of all
    phase vectors are one integer product modulo D; only their counts meet exact numbers.
    """
    denominator = lcm(*(t.fraction.denominator for v in design.phases for t in v))
    steps = np.array(
        [[int(t.fraction * denominator) for t in v] for v in design.phases], dtype=np.int64
    )
    for mode in wanted:
        angles = steps @ (np.array(mode, dtype=np.int64) - 1) % denominator
        value = Cyclotomic.rational(0)
        for step, count in enumerate(np.bincount(angles, minlength=denominator)):
            if count:
                value = value + Cyclotomic.root(Turn.of(step, denominator)) * int(count)
        yield mode, value


def violated_modes(design: Design) -> list[Mode]:
    """The modes n ≠ (1, …, 1) whose moment does not vanish; empty for an exact design."""
    one = (1,) * design.inputs
    found = moments(design, modes(design.inputs))
    return [n for n, value in found if n != one and not value.is_zero()]


def _design(name: str, vectors: Iterator[tuple[Fraction, ...]]) -> Design:
    return Design(name, tuple(tuple(Turn(x % 1) for x in v) for v in vectors))


def _inputs(k: int, least: int = 1) -> int:
    if not isinstance(k, int) or isinstance(k, bool) or k < least:
        raise ValueError(f"expected a number of inputs k ≥ {least}, got k={k!r}")
    return k


def quarter(k: int) -> Design:
    """Quarter turns modulo the common shift by half a turn; N = 2^{2k−1}.

    The size is that of Lemma 4.3 of arXiv:2402.09469: 2^k terms of 2^{k−1} neurons each.
    """
    quarters = [Fraction(t, 4) for t in range(4)]
    vectors = product(quarters[:2], *[quarters] * (_inputs(k) - 1))
    return _design("quarter", vectors)


def ladder(k: int) -> Design:
    """φ_j = r/(2(k+1)) + b_j/2, r = 0..k, b ∈ {0,1}^k with b_k = 0; N = (k+1) 2^{k−1}."""
    return _design("ladder", _rungs(_inputs(k), k + 1))


def short_ladder(k: int) -> Design:
    """The ladder with k rungs, φ_j = r/(2k) + b_j/2; N = k 2^{k−1}."""
    return _design("short-ladder", _rungs(_inputs(k), k))


def _rungs(k: int, rungs: int) -> Iterator[tuple[Fraction, ...]]:
    for r in range(rungs):
        for b in product((0, 1), repeat=k - 1):
            yield tuple(Fraction(r, 2 * rungs) + Fraction(bit, 2) for bit in (*b, 0))


def factor(name: str, k: int, turns: tuple[Fraction, ...]) -> Design:
    """The product design {turns}^k."""
    return _design(name, product(turns, repeat=_inputs(k)))


def thirds(k: int) -> Design:
    """{0, 1/3, 2/3}^k; N = 3^k."""
    return factor("thirds", k, tuple(Fraction(t, 3) for t in range(3)))


def thirds_fixed(k: int) -> Design:
    """Thirds with φ_k = 0; N = 3^{k−1}."""
    free = product([Fraction(t, 3) for t in range(3)], repeat=_inputs(k) - 1)
    return _design("thirds-fixed", ((*v, Fraction(0)) for v in free))


def signs(k: int) -> Design:
    """Phases 0 and 1/2 modulo the common shift; N = 2^{k−1}.  Exact on real characters only."""
    return _design(
        "signs",
        ((Fraction(0), *v) for v in product((Fraction(0), Fraction(1, 2)), repeat=_inputs(k) - 1)),
    )


def cyclic(name: str, order: int, steps: tuple[int, ...]) -> Design:
    """φ = r·steps/order, r = 0..order−1; N = order."""
    vectors = (tuple(Fraction(r * s, order) for s in steps) for r in range(order))
    return _design(name, vectors)


def pentagon() -> Design:
    """k = 2, r(1, 2)/5."""
    return cyclic("pentagon", 5, (1, 2))


def hexagon() -> Design:
    """k = 2, r(1, 4)/6."""
    return cyclic("hexagon", 6, (1, 4))


def eighths() -> Design:
    """k = 2, for characters of order 4 alone: eighths (1,7), (1,5), (7,5), (7,3).

    The moments of the modes (2,0) and (−2,0), which are one mode modulo 4, only cancel
    together; the same with (0,±2).
    """
    vectors = ((1, 7), (1, 5), (7, 5), (7, 3))
    return _design("eighths", (tuple(Fraction(x, 8) for x in v) for v in vectors))


def heptagon() -> Design:
    """k = 2, r(1, 3)/7."""
    return cyclic("heptagon", 7, (1, 3))


def cyclic_18() -> Design:
    """k = 3, r(3, 1, 12)/18."""
    return cyclic("cyclic-18", 18, (3, 1, 12))


def _twelfths(offsets: tuple[tuple[int, int], ...]) -> Iterator[tuple[Fraction, ...]]:
    for t in range(3):
        for d, e in offsets:
            odd = (2 * t + 1, 2 * (t + 4 + d) + 1, 2 * (t + 4 + e) + 1)
            yield tuple(Fraction(x, 12) for x in odd)


def nine() -> Design:
    """k = p = 3: twelfths (2t+1, 2(t+4+d)+1, 2(t+4+e)+1), (d,e) ∈ {(0,0), (0,4), (4,4)}."""
    return _design("nine", _twelfths(((0, 0), (0, 4), (4, 4))))


def six() -> Design:
    """`nine` without (d, e) = (4, 4)."""
    return _design("six", _twelfths(((0, 0), (0, 4))))


BY_INPUTS: dict[str, Callable[[int], Design]] = {
    "quarter": quarter,
    "ladder": ladder,
    "short-ladder": short_ladder,
    "thirds": thirds,
    "thirds-fixed": thirds_fixed,
}
