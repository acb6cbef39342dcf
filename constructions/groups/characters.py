"""Exact character tables by the Dixon–Schneider method.

The class matrices are diagonalised over a prime field with p ≡ 1 modulo the exponent e and
p > 2√|G|; each character value is then the sum of eigenvalue multiplicities times e-th roots
of unity, and the multiplicities are lifted from their residues because they are at most the
degree.  `verify_table` decides the result again in exact arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import isqrt

from constructions.groups.permutation import PermutationGroup, compose
from constructions.numbers import Cyclotomic, Turn

Residues = list[int]


@dataclass(frozen=True)
class CharacterTable:
    """Irreducible characters of a group.

    values: (K, K), values[n][C] of character n on class C in the group's order of classes;
    the trivial character comes first, then by degree.
    """

    group: PermutationGroup
    values: tuple[tuple[Cyclotomic, ...], ...]

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """d_n = χ_n(1)."""
        return tuple(int(row[0].as_fraction()) for row in self.values)

    @cached_property
    def indicators(self) -> tuple[int, ...]:
        """Frobenius–Schur indicators: 1 real, 0 complex, −1 quaternionic."""
        group = self.group
        squares = [group.class_of[compose(g, g)] for g in group.representatives]
        result = []
        for row in self.values:
            total = sum((row[s] * size for s, size in zip(squares, group.sizes, strict=True)),
                        Cyclotomic.rational(0))
            result.append(int(total.as_fraction() / group.order))
        return tuple(result)


@cache
def character_table(group: PermutationGroup) -> CharacterTable:
    """The exact character table, verified."""
    p = _prime(group)
    rows = [_lift(group, row, p) for row in _modular_rows(group, p)]
    one = Cyclotomic.rational(1)

    def place(row: tuple[Cyclotomic, ...]) -> tuple[object, ...]:
        shown = tuple((-complex(x).real, -complex(x).imag) for x in row)
        return any(x != one for x in row), row[0].as_fraction(), shown

    table = CharacterTable(group, tuple(sorted(rows, key=place)))
    verify_table(table)
    return table


def verify_table(table: CharacterTable) -> None:
    """Raises ArithmeticError unless the rows are the irreducible characters.

    Orthonormal rows whose central characters |C| χ(C)/d multiply with the class constants are
    exactly the irreducible characters: the algebra homomorphisms of the centre of C[G] are the
    central characters, and the norm fixes the degree.
    """
    group, values = table.group, table.values
    count = len(group.classes)
    if len(values) != count:
        raise ArithmeticError(f"expected {count} characters of {group.name}, got {len(values)}")
    mirrored = [
        [y.conjugate() * s for y, s in zip(row, group.sizes, strict=True)] for row in values
    ]
    for m, x in enumerate(values):
        for n in range(m + 1):
            inner = sum(
                (a * b for a, b in zip(x, mirrored[n], strict=True)), Cyclotomic.rational(0)
            )
            if inner != group.order * (m == n):
                raise ArithmeticError(f"characters {m} and {n} of {group.name} are not orthonormal")
    constants = group.class_constants
    for n, row in enumerate(values):
        omega = [x * size / row[0] for x, size in zip(row, group.sizes, strict=True)]
        for i in range(count):
            for j in range(i, count):
                total = Cyclotomic.rational(0)
                for a, w in zip(constants[i][j], omega, strict=True):
                    if a:
                        total = total + w * a
                if omega[i] * omega[j] != total:
                    raise ArithmeticError(f"character {n} of {group.name} is not irreducible")


def _prime(group: PermutationGroup) -> int:
    e, p = group.exponent, 1
    while True:
        p += e
        if p > 2 * isqrt(group.order) + 2 and all(p % q for q in range(2, isqrt(p) + 1)):
            return p


def _modular_rows(group: PermutationGroup, p: int) -> list[Residues]:
    """Characters modulo p, from the common eigenvectors (|C| χ(C)/d)_C of the class matrices."""
    count = len(group.classes)
    spaces = [[[int(i == j) for j in range(count)] for i in range(count)]]
    for i in range(1, count):
        # M[j][k] = a_ijk maps the vector ω to ω_i · ω.
        matrix = group.class_constants[i]
        spaces = [part for space in spaces for part in _split(space, matrix, p)]
    inverse_class = [
        list(group.powers(c))[-1] for c in range(count)
    ]
    rows = []
    for (omega,) in spaces:
        scale = pow(omega[0], -1, p)
        omega = [x * scale % p for x in omega]
        norm = sum(
            omega[c] * omega[inverse_class[c]] * pow(size, -1, p)
            for c, size in enumerate(group.sizes)
        )
        square = group.order * pow(norm, -1, p) % p
        degree = next(d for d in range(1, isqrt(group.order) + 1) if d * d % p == square)
        rows.append(
            [x * degree * pow(size, -1, p) % p for x, size in zip(omega, group.sizes, strict=True)]
        )
    return rows


def _split(
    space: list[Residues], matrix: tuple[tuple[int, ...], ...], p: int
) -> list[list[Residues]]:
    """Eigenspaces of the matrix within an invariant space given by a basis."""
    if len(space) == 1:
        return [space]
    size = len(space)
    basis, pivots = _echelon(space, p)
    images = [
        [sum(m * x for m, x in zip(row, v, strict=True)) % p for row in matrix] for v in basis
    ]
    # In echelon form the coordinates of a vector of the space are its entries at the pivots.
    action = [[image[c] for c in pivots] for image in images]
    parts, found = [], 0
    for eigenvalue in range(p):
        shifted = [
            [(action[r][c] - eigenvalue * (r == c)) % p for r in range(size)] for c in range(size)
        ]
        kernel = _kernel(shifted, p)
        if kernel:
            parts.append(
                [[sum(a * v[c] for a, v in zip(k, basis, strict=True)) % p
                  for c in range(len(basis[0]))] for k in kernel]
            )
            found += len(kernel)
        if found == size:
            return parts
    raise ArithmeticError("a class matrix is not diagonalisable; the prime is too small")


def _echelon(rows: list[Residues], p: int) -> tuple[list[Residues], list[int]]:
    """Reduced row echelon form and its pivot columns."""
    rows, pivots = [list(r) for r in rows], []
    for column in range(len(rows[0])):
        top = len(pivots)
        pivot = next((r for r in range(top, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        scale = pow(rows[top][column], -1, p)
        rows[top] = [x * scale % p for x in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column]:
                factor = row[column]
                rows[r] = [(x - factor * y) % p for x, y in zip(row, rows[top], strict=True)]
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return rows[: len(pivots)], pivots


def _kernel(matrix: list[Residues], p: int) -> list[Residues]:
    rows, pivots = _echelon(matrix, p)
    width = len(matrix[0])
    result = []
    for free in (c for c in range(width) if c not in pivots):
        vector = [0] * width
        vector[free] = 1
        for row, pivot in zip(rows, pivots, strict=True):
            vector[pivot] = -row[free] % p
        result.append(vector)
    return result


def _lift(group: PermutationGroup, row: Residues, p: int) -> tuple[Cyclotomic, ...]:
    """The multiplicity of the eigenvalue e^{2πik/e} of g is (1/e) Σ_j χ(g^j) θ^{−jk} mod p."""
    e = group.exponent
    theta = next(
        t for t in (pow(g, (p - 1) // e, p) for g in range(2, p)) if _has_order(t, e, p)
    ) if e > 1 else 1
    inverse = pow(e, -1, p)
    roots = [pow(theta, -j, p) for j in range(e)]
    values = []
    for c in range(len(group.classes)):
        powers = [row[k] for k in group.powers(c)]
        value, left = Cyclotomic.rational(0), row[0]
        for k in range(e):
            total = sum(x * roots[j * k % e] for j, x in enumerate(powers))
            multiplicity = total * inverse % p
            if multiplicity:
                value = value + Cyclotomic.root(Turn.of(k, e)) * multiplicity
                left -= multiplicity
            if left == 0:  # the multiplicities sum to the degree
                break
        values.append(value.reduced())
    return tuple(values)


def _has_order(t: int, e: int, p: int) -> bool:
    return pow(t, e, p) == 1 and all(pow(t, e // q, p) != 1 for q in range(2, e + 1) if e % q == 0)
