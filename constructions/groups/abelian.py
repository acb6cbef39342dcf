"""Finite Abelian groups as products of cyclic groups, and their characters.

Elements and characters are both integer tuples; the character ζ sends a to the angle
Σ_i ζ_i a_i / n_i, counted in full turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

Element = tuple[int, ...]


@dataclass(frozen=True)
class AbelianGroup:
    """Z_{n_1} × … × Z_{n_r}.  orders: the n_i, each at least 2."""

    orders: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.orders:
            raise ValueError("expected at least one cyclic order, got none; Z_p is (p,)")
        for n in self.orders:
            if not isinstance(n, int) or isinstance(n, bool) or n < 2:
                raise ValueError(
                    f"expected cyclic orders that are integers ≥ 2, got {n!r} "
                    f"(type {type(n).__name__}); Z_1 has a single label and no margin"
                )

    @staticmethod
    def cyclic(p: int) -> AbelianGroup:
        """Z_p."""
        return AbelianGroup((p,))

    @cached_property
    def order(self) -> int:
        """Number of elements n."""
        return prod(self.orders)

    @property
    def is_cyclic_presentation(self) -> bool:
        """Whether the group is given as a single Z_n."""
        return len(self.orders) == 1

    def elements(self) -> Iterator[Element]:
        """All elements, in lexicographic order."""
        return product(*(range(n) for n in self.orders))

    def index(self, a: Element) -> int:
        """Position of an element in lexicographic order."""
        position = 0
        for coordinate, n in zip(a, self.orders, strict=True):
            position = position * n + coordinate % n
        return position

    def add(self, *terms: Element) -> Element:
        """Sum of elements (or product of characters)."""
        columns = zip(*terms, strict=True)
        return tuple(sum(column) % n for column, n in zip(columns, self.orders, strict=True))

    def scale(self, multiple: int, a: Element) -> Element:
        """multiple · a."""
        return tuple(multiple * x % n for x, n in zip(a, self.orders, strict=True))

    def negate(self, a: Element) -> Element:
        """−a."""
        return self.scale(-1, a)

    def turns(self, zeta: Element, a: Element) -> Fraction:
        """Angle of χ_ζ(a) in full turns, in [0, 1)."""
        parts = (Fraction(z * x, n) for z, x, n in zip(zeta, a, self.orders, strict=True))
        return sum(parts, Fraction(0)) % 1

    def is_real(self, zeta: Element) -> bool:
        """Whether χ_ζ takes real values only, i.e. 2ζ = 0."""
        return all(2 * z % n == 0 for z, n in zip(zeta, self.orders, strict=True))

    @cached_property
    def frequencies(self) -> tuple[Element, ...]:
        """Non-trivial characters up to sign: one of each pair {ζ, −ζ}, in lexicographic order."""
        chosen = []
        for zeta in self.elements():
            if any(zeta) and zeta <= self.negate(zeta):
                chosen.append(zeta)
        return tuple(chosen)

    @cached_property
    def complex_frequencies(self) -> tuple[Element, ...]:
        """One of each pair of conjugate non-real characters."""
        return tuple(z for z in self.frequencies if not self.is_real(z))

    @cached_property
    def real_frequencies(self) -> tuple[Element, ...]:
        """The non-trivial real characters; r is their number."""
        return tuple(z for z in self.frequencies if self.is_real(z))

    def __str__(self) -> str:
        return "×".join(f"Z{n}" for n in self.orders)
