"""Groups from multiplication tables, and the multiplication table of a group.

A table lists products by position: table[i][j] is the number of the product of elements i and j.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any

from constructions.groups.permutation import PermutationGroup, compose

Table = tuple[tuple[int, ...], ...]


class NotAGroupError(ValueError):
    """A multiplication table violates a group axiom.

    axiom: "shape", "closure", "identity", "inverses" or "associativity", the first that fails;
    witness: the elements that show it (empty when no single elements do).
    """

    def __init__(self, axiom: str, witness: tuple[Any, ...], message: str) -> None:
        super().__init__(f"not a group, {axiom}: {message}")
        self.axiom, self.witness = axiom, witness


def require_group(table: Sequence[Sequence[int]]) -> int:
    """The identity's number; raises NotAGroupError for the first axiom that fails.

    Associativity is decided for a generating set in the middle: if (xs)y = x(sy) for all x, y
    and every s of a set that generates by right multiplication, then by induction on words it
    holds for all (Light's test).
    """
    n = len(table)
    if n == 0:
        raise NotAGroupError("shape", (), "expected a square table with at least one row, got []")
    for i, row in enumerate(table):
        if len(row) != n:
            raise NotAGroupError(
                "shape", (i,), f"expected {n} entries in each row, got {len(row)} in row {i}"
            )
        for j, x in enumerate(row):
            if isinstance(x, bool) or not isinstance(x, int) or not 0 <= x < n:
                raise NotAGroupError(
                    "closure", (i, j), f"the product of {i} and {j} is {x!r} (type "
                    f"{type(x).__name__}); expected the number of an element, 0..{n - 1}"
                )
    identity = next(
        (e for e in range(n) if all(table[e][x] == x == table[x][e] for x in range(n))), None
    )
    if identity is None:
        raise NotAGroupError("identity", (), "no element e has ex = xe = x for every x")
    for x in range(n):
        if not any(table[x][y] == identity == table[y][x] for y in range(n)):
            raise NotAGroupError(
                "inverses", (x,), f"no y has {x}·y = y·{x} = {identity}, the identity"
            )
    for s in _generators(table, identity):
        for x in range(n):
            for y in range(n):
                left, right = table[table[x][s]][y], table[x][table[s][y]]
                if left != right:
                    raise NotAGroupError(
                        "associativity", (x, s, y),
                        f"({x}·{s})·{y} = {left}, but {x}·({s}·{y}) = {right}",
                    )
    return identity


def _generators(table: Sequence[Sequence[int]], identity: int) -> list[int]:
    """Elements from which right multiplication reaches everything, taken greedily."""
    chosen: list[int] = []
    reached = {identity}
    for s in range(len(table)):
        if s in reached:
            continue
        chosen.append(s)
        queue = list(reached)
        for x in queue:
            for t in chosen:
                y = table[x][t]
                if y not in reached:
                    reached.add(y)
                    queue.append(y)
    return chosen


def group_from_table(name: str, table: Sequence[Sequence[int]]) -> PermutationGroup:
    """The group with this multiplication table; element i acts as x ↦ ix on the numbers.

    Raises NotAGroupError, a ValueError, naming the first violated axiom and its witness.
    """
    identity = require_group(table)
    chosen = _generators(table, identity) or [identity]
    return PermutationGroup(name, tuple(tuple(table[s]) for s in chosen))


def group_from_products(
    name: str, generators: Sequence[Hashable], multiply: Callable[[Any, Any], Hashable]
) -> PermutationGroup:
    """The group that some elements span under `multiply`, as left translations of itself."""
    members = list(dict.fromkeys(generators))
    known = dict.fromkeys(members)
    for g in members:
        for s in generators:
            h = multiply(s, g)
            if h not in known:
                known[h] = None
                members.append(h)
    place = {g: i for i, g in enumerate(members)}
    return PermutationGroup(
        name, tuple(tuple(place[multiply(s, g)] for g in members) for s in generators)
    )


@cache
def multiplication_table(group: PermutationGroup) -> Table:
    """(M, M) products in the order of `group.elements`; the identity is element 0."""
    place = {g: i for i, g in enumerate(group.elements)}
    return tuple(tuple(place[compose(g, h)] for h in group.elements) for g in group.elements)


@cache
def inverses(group: PermutationGroup) -> tuple[int, ...]:
    """(M,) the number of every element's inverse."""
    return tuple(row.index(0) for row in multiplication_table(group))
