"""Designs: finite lists of phase vectors, and their moments.

A(n), n ∈ Z^k, counts the words of k letters ±1..±k with net exponents n.  Expanding
(Σ_j (z_j + 1/z_j))^k gives Σ_n A(n) z^n, and a phase vector φ multiplies the mode n by
e^{2πi<n−1,φ>} (the −1 comes from the output).  So what a design does to the mode n is its moment.
"""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import lcm

from .exact import Number
from .formula import rational
from .limits import MAX_CONDUCTOR, TooLarge, require, spend


def parse_phases(node: object, k: int) -> list[list[Fraction]]:
    """A non-empty list of phase vectors with k rational turns each."""
    require(isinstance(node, list) and node, "phases must be a non-empty list of phase vectors")
    for vector in node:
        require(isinstance(vector, list) and len(vector) == k,
                f"a phase vector has {k} entries, got {{}}", vector)
    phases = [[rational(t) for t in vector] for vector in node]
    if any(t.denominator > MAX_CONDUCTOR for vector in phases for t in vector):
        raise TooLarge(f"too large: a phase with a denominator above {MAX_CONDUCTOR}")
    return phases


def word_counts(k: int) -> Counter:
    """A(n): the number of words of length k in ±1..±k with net exponents n ∈ Z^k."""
    counts = Counter({(0,) * k: 1})
    for _ in range(k):
        longer: Counter = Counter()
        for n, count in counts.items():
            spend(2 * k)
            for j, step in product(range(k), (1, -1)):
                longer[(*n[:j], n[j] + step, *n[j + 1:])] += count
        counts = longer
    return counts


def phase_sum(n: tuple[int, ...], phases: list[tuple[int, ...]], whole: int) -> Number:
    """Σ_φ e^{2πi<n−1,φ>} over phase vectors in units of 1/whole turn, in normal form."""
    spend(len(phases))
    shift = [value - 1 for value in n]
    turns = Counter(sum(map(int.__mul__, shift, vector)) % whole for vector in phases)
    value = Number({(1, Fraction(t, whole), ()): Fraction(c) for t, c in turns.items()})
    return Number(value.normal())


def integer_phases(phases: list[list[Fraction]]) -> tuple[list[tuple[int, ...]], int]:
    """Phase vectors as integers in units of 1/whole turn."""
    whole = lcm(*(t.denominator for vector in phases for t in vector))
    return [tuple(int(t * whole) for t in vector) for vector in phases], whole
