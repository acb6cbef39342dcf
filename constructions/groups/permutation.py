"""Finite groups as permutation groups: elements, conjugacy classes, class constants.

Permutations are tuples of images, g(i) = g[i]; the product gh applies h first.  Groups are
listed in full, so they are meant for orders up to about a thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import lcm

Permutation = tuple[int, ...]
_LARGEST = 5_000


def compose(g: Permutation, h: Permutation) -> Permutation:
    """gh: h first, then g."""
    return tuple(g[i] for i in h)


def invert(g: Permutation) -> Permutation:
    """g^{-1}."""
    result = [0] * len(g)
    for i, image in enumerate(g):
        result[image] = i
    return tuple(result)


@dataclass(frozen=True)
class PermutationGroup:
    """The group that the generators span.  name: for reports; generators: of equal degree.

    Raises ValueError for generators that are not permutations of 0..N−1.
    """

    name: str
    generators: tuple[Permutation, ...]

    def __post_init__(self) -> None:
        if not self.generators:
            raise ValueError("expected at least one generator; the trivial group has ((0,),)")
        degree = len(self.generators[0])
        for g in self.generators:
            if sorted(g) != list(range(degree)):
                raise ValueError(
                    f"expected permutations of 0..{degree - 1}, got the images {g!r}"
                )

    @cached_property
    def identity(self) -> Permutation:
        """The neutral element."""
        return tuple(range(len(self.generators[0])))

    @cached_property
    def elements(self) -> tuple[Permutation, ...]:
        """All elements, breadth first from the identity."""
        known = {self.identity: None}
        queue = [self.identity]
        for g in queue:
            for s in self.generators:
                h = compose(s, g)
                if h not in known:
                    if len(known) >= _LARGEST:
                        raise ValueError(f"{self.name} has more than {_LARGEST} elements")
                    known[h] = None
                    queue.append(h)
        return tuple(known)

    @property
    def order(self) -> int:
        """Number of elements."""
        return len(self.elements)

    @cached_property
    def classes(self) -> tuple[tuple[Permutation, ...], ...]:
        """Conjugacy classes; the identity's first, then by element order, size, least element."""
        pending, found = set(self.elements), []
        while pending:
            first = pending.pop()
            orbit, queue = {first}, [first]
            for g in queue:
                for s in self.generators:
                    h = compose(compose(s, g), invert(s))
                    if h not in orbit:
                        orbit.add(h)
                        queue.append(h)
            pending -= orbit
            found.append(tuple(sorted(orbit)))
        return tuple(sorted(found, key=lambda c: (element_order(c[0]), len(c), c[0])))

    @cached_property
    def class_of(self) -> dict[Permutation, int]:
        """Index of an element's class."""
        return {g: i for i, members in enumerate(self.classes) for g in members}

    @cached_property
    def representatives(self) -> tuple[Permutation, ...]:
        """The least element of every class."""
        return tuple(c[0] for c in self.classes)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Class sizes."""
        return tuple(map(len, self.classes))

    @cached_property
    def exponent(self) -> int:
        """Least common multiple of the element orders."""
        return lcm(*map(element_order, self.representatives))

    def powers(self, index: int) -> Iterator[int]:
        """Classes of g^0, g^1, …, g^{exponent−1} for a member g of the class."""
        g, power = self.representatives[index], self.identity
        for _ in range(self.exponent):
            yield self.class_of[power]
            power = compose(g, power)

    @cached_property
    def class_constants(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """a[i][j][k]: pairs (x, y) in C_i × C_j with xy a given element of C_k."""
        count = len(self.classes)
        table = []
        for members in self.classes:
            inverses = [invert(x) for x in members]
            columns = [
                Counter(self.class_of[compose(x, z)] for x in inverses)
                for z in self.representatives
            ]
            table.append(tuple(tuple(c[j] for c in columns) for j in range(count)))
        return tuple(table)


def element_order(g: Permutation) -> int:
    """Least n ≥ 1 with g^n = 1."""
    seen, lengths = set(), [1]
    for start in range(len(g)):
        length, i = 0, start
        while i not in seen:
            seen.add(i)
            i, length = g[i], length + 1
        if length:
            lengths.append(length)
    return lcm(*lengths)


def symmetric(n: int) -> PermutationGroup:
    """S_n on 0..n−1."""
    if n < 2:
        return PermutationGroup(f"S{n}", ((0,),))
    cycle = (*range(1, n), 0)
    swap = (1, 0, *range(2, n))
    return PermutationGroup(f"S{n}", (swap, cycle) if n > 2 else (swap,))


def alternating(n: int) -> PermutationGroup:
    """A_n, n ≥ 3, from the 3-cycles (0 1 i)."""
    if n < 3:
        raise ValueError(f"expected n ≥ 3 letters, got {n}")
    cycles = []
    for i in range(2, n):
        images = list(range(n))
        images[0], images[1], images[i] = 1, i, 0
        cycles.append(tuple(images))
    return PermutationGroup(f"A{n}", tuple(cycles))


def cyclic(n: int) -> PermutationGroup:
    """Z_n as rotations."""
    return PermutationGroup(f"Z{n}", ((*range(1, n), 0),))


def dihedral(n: int) -> PermutationGroup:
    """The dihedral group of order 2n, n ≥ 1 (Z_2 for n = 1, Z_2 × Z_2 for n = 2)."""
    if n < 3:
        flips = ((1, 0, 2, 3), (0, 1, 3, 2))
        return PermutationGroup(f"D{n}", flips[:n])
    return PermutationGroup(
        f"D{n}", ((*range(1, n), 0), tuple(-i % n for i in range(n)))
    )


def quaternion() -> PermutationGroup:
    """Q_8, acting on itself: 0..3 are 1, i, −1, −i and 4..7 are j, k, −j, −k."""
    i = (1, 2, 3, 0, 5, 6, 7, 4)
    j = (4, 7, 6, 5, 2, 1, 0, 3)
    return PermutationGroup("Q8", (i, j))


def frobenius_21() -> PermutationGroup:
    """C_7 ⋊ C_3: x ↦ x + 1 and x ↦ 2x on Z_7."""
    return PermutationGroup(
        "C7⋊C3", (tuple((x + 1) % 7 for x in range(7)), tuple(2 * x % 7 for x in range(7)))
    )
