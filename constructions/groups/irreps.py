"""Exact irreducible representations, and the isotypic blocks over the real numbers.

Let A be an Abelian subgroup and λ a linear character of A that occurs exactly once in the
restriction of χ.  Then P = |A|^{-1} Σ_a λ̄(a)ρ(a) projects on a line, spanned by a unit vector c
say, and

    φ(x) = ⟨c, ρ(x)c⟩ = tr ρ(x)P = |A|^{-1} Σ_a λ̄(a) χ(xa)

is a coefficient of ρ that needs nothing but χ.  In the basis ρ(g_1)c, …, ρ(g_d)c with Gram matrix
G_ij = φ(g_i⁻¹g_j), ρ(x) has the matrix G⁻¹[φ(g_i⁻¹xg_j)], and G is its invariant form.  All of
this is exact; `verify` decides the homomorphism property and irreducibility afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import product

import numpy as np

from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import CharacterTable, character_table
from constructions.groups.permutation import PermutationGroup, element_order
from constructions.numbers import Cyclotomic, Turn

Matrix = tuple[tuple[Cyclotomic, ...], ...]
_ZERO = Cyclotomic.rational(0)
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class LinearCharacter:
    """A linear character of an Abelian subgroup: element number → turns."""

    turns: tuple[tuple[int, Fraction], ...]

    @property
    def is_real(self) -> bool:
        """Whether all values are ±1."""
        return all(t in (0, Fraction(1, 2)) for _, t in self.turns)


@dataclass(frozen=True)
class Irrep:
    """An irreducible representation of a group.

    index: of its character in the table; degree: d; form: (d, d) the invariant Hermitian form;
    matrices: (M, d, d) in the order of `group.elements`.
    """

    group: PermutationGroup
    index: int
    form: Matrix
    matrices: tuple[Matrix, ...]

    @property
    def degree(self) -> int:
        """d."""
        return len(self.form)

    @cached_property
    def unitary(self) -> np.ndarray:
        """(M, d, d) unitary matrices in floating point, for searches only."""
        lower = np.linalg.cholesky(_array(self.form))
        change = lower.conj().T  # G = L L*, so L* A (L*)^{-1} is unitary
        back = np.linalg.inv(change)
        return np.array([change @ _array(a) @ back for a in self.matrices])

    def verify(self) -> None:
        """Raises ArithmeticError unless this is an irreducible representation with its form.

        A(s)A(x) = A(sx) for generators s and all x makes A a homomorphism; it is irreducible
        when its trace is the irreducible character; A(s)* G A(s) = G for generators s.
        """
        table = multiplication_table(self.group)
        places = [self.group.elements.index(s) for s in self.group.generators]
        character = element_values(character_table(self.group), self.index)
        for s in places:
            a = self.matrices[s]
            if _times(_times(_star(a), self.form), a) != self.form:
                raise ArithmeticError(f"the form is not invariant under element {s}")
            for x, b in enumerate(self.matrices):
                if _times(a, b) != self.matrices[table[s][x]]:
                    raise ArithmeticError(f"not a homomorphism at elements {s} and {x}")
        for x, a in enumerate(self.matrices):
            if sum((a[i][i] for i in range(self.degree)), _ZERO) != character[x]:
                raise ArithmeticError(f"the trace at element {x} is not the character")


@dataclass(frozen=True)
class Block:
    """A non-trivial isotypic block over the reals: 𝔽^{m×m}, f = dim 𝔽, D = fm.

    characters: indices of χ, or of χ and its conjugate, in the character table.
    """

    characters: tuple[int, ...]
    degree: int
    indicator: int

    @property
    def f(self) -> int:
        """1, 2 or 4 for real, complex, quaternionic type."""
        return {1: 1, 0: 2, -1: 4}[self.indicator]

    @property
    def dimension(self) -> int:
        """D, the dimension of the irreducible representation over the reals."""
        return self.degree if self.indicator == 1 else 2 * self.degree

    @property
    def m(self) -> int:
        """The number of rows and columns over 𝔽."""
        return self.dimension // self.f

    @property
    def size(self) -> int:
        """D²/f, the dimension of the block."""
        return self.f * self.m**2


def element_values(table: CharacterTable, index: int) -> tuple[Cyclotomic, ...]:
    """(M,) values of a character in the order of `group.elements`."""
    row, where = table.values[index], table.group.class_of
    return tuple(row[where[g]] for g in table.group.elements)


def real_blocks(table: CharacterTable) -> tuple[Block, ...]:
    """The non-trivial blocks over the reals, in the order of the character table."""
    found = []
    for index, row in enumerate(table.values):
        mirror = table.values.index(tuple(x.conjugate() for x in row))
        if index and index <= mirror:
            pair = (index,) if index == mirror else (index, mirror)
            found.append(Block(pair, table.degrees[index], table.indicators[index]))
    return tuple(found)


def self_test(table: CharacterTable) -> None:
    """Raises ArithmeticError unless the table passes the classical identities.

    Σd² = M, Σ D²/f = M, Σ νd = #{h : h² = e}, orthogonality of rows, ΣΠ_k = I.
    """
    group, degrees = table.group, table.degrees
    products = multiplication_table(group)
    blocks = real_blocks(table)
    squares = sum(products[i][i] == 0 for i in range(group.order))
    regular = [
        sum((d * x for d, x in zip(degrees, column, strict=True)), _ZERO)
        for column in zip(*table.values, strict=True)
    ]
    facts = {
        "Σd² = M": sum(d * d for d in degrees) == group.order,
        "ΣD²/f = M": 1 + sum(b.size for b in blocks) == group.order,
        "Σνd = #{h² = e}": sum(
            n * d for n, d in zip(table.indicators, degrees, strict=True)) == squares,
        # (ΣΠ_k)_xy = M^{-1} Σ d_k χ̄_k(xy⁻¹), so ΣΠ_k = I is the regular character.
        "ΣΠ_k = I": regular == [group.order] + [0] * (len(regular) - 1),
    }
    for name, holds in facts.items():
        if not holds:
            raise ArithmeticError(f"{group.name}: {name} fails")


@cache
def irrep(group: PermutationGroup, index: int) -> Irrep:
    """The exact irreducible representation with this character, verified.

    Raises LookupError when no Abelian subgroup with at most three generators has a linear
    character of multiplicity one.
    """
    d = character_table(group).degrees[index]
    phi = coefficient(group, index)
    table, inverse = multiplication_table(group), inverses(group)
    chosen = _spanning(phi, table, inverse, d)

    def gram(x: int) -> Matrix:
        return tuple(
            tuple(phi[table[inverse[g]][table[x][h]]] for h in chosen) for g in chosen
        )

    form = gram(0)
    back = _inverse(form)
    found = Irrep(group, index, form, tuple(_times(back, gram(x)) for x in range(group.order)))
    found.verify()
    return found


@cache
def coefficient(
    group: PermutationGroup, index: int, *, real: bool = False
) -> tuple[Cyclotomic, ...]:
    """(M,) φ(x) = ⟨c, ρ(x)c⟩ for an eigenvector c of an Abelian subgroup.

    real: insist on a linear character with values ±1; for an irrep of real type φ is then real,
    a coefficient of the representation over the reals.
    """
    values = element_values(character_table(group), index)
    table = multiplication_table(group)
    for linear in _linear_characters(group):
        if real and not linear.is_real:
            continue
        if _multiplicity(values, linear) == 1:
            roots = [(a, Cyclotomic.root(Turn(-t))) for a, t in linear.turns]
            scale = Fraction(1, len(roots))
            return tuple(
                (sum((values[table[x][a]] * r for a, r in roots), _ZERO) * scale).reduced()
                for x in range(group.order)
            )
    raise LookupError(
        f"no Abelian subgroup of {group.name} with up to three generators has a "
        f"{'real ' if real else ''}linear character of multiplicity one in character {index}"
    )


def _multiplicity(values: tuple[Cyclotomic, ...], linear: LinearCharacter) -> int:
    guess = sum(_complex(values[a]) * np.exp(-2j * np.pi * float(t)) for a, t in linear.turns)
    if abs(guess / len(linear.turns) - 1) > _TOLERANCE:
        return 0
    total = sum((values[a] * Cyclotomic.root(Turn(-t)) for a, t in linear.turns), _ZERO)
    return int((total / len(linear.turns)).as_fraction())


@cache
def _complex(x: Cyclotomic) -> complex:
    return complex(x)


@cache
def _linear_characters(group: PermutationGroup) -> tuple[LinearCharacter, ...]:
    """Of subgroups with one to three commuting generators, as far as one is needed."""
    return tuple(_search(group))


def _search(group: PermutationGroup) -> Iterator[LinearCharacter]:
    table = multiplication_table(group)
    orders = [element_order(g) for g in group.elements]
    firsts = [group.elements.index(g) for g in group.representatives]
    seen: set[frozenset[int]] = set()
    lists: list[tuple[int, ...]] = [(a,) for a in firsts]
    for length in range(1, 4):
        longer = []
        for generators in lists:
            members = _span(table, generators)
            if frozenset(members) in seen:
                continue
            seen.add(frozenset(members))
            yield from _characters_of(table, generators, orders)
            longer += [
                (*generators, b) for b in range(len(table))
                if b not in members and all(table[a][b] == table[b][a] for a in generators)
            ]
        lists = longer if length == 1 or group.order <= 64 else []


def _span(table: tuple[tuple[int, ...], ...], generators: tuple[int, ...]) -> set[int]:
    queue, known = [0], {0}
    for x in queue:
        for s in generators:
            y = table[x][s]
            if y not in known:
                known.add(y)
                queue.append(y)
    return known


def _characters_of(
    table: tuple[tuple[int, ...], ...], generators: tuple[int, ...], orders: list[int]
) -> Iterator[LinearCharacter]:
    """All assignments of roots of unity to the generators that extend to the subgroup."""
    for turns in product(*([Fraction(j, orders[a]) for j in range(orders[a])] for a in generators)):
        value, queue, consistent = {0: Fraction(0)}, [0], True
        for x in queue:
            for s, t in zip(generators, turns, strict=True):
                y, turn = table[x][s], (value[x] + t) % 1
                if y not in value:
                    value[y] = turn
                    queue.append(y)
                consistent = consistent and value[y] == turn
        if consistent:
            yield LinearCharacter(tuple(sorted(value.items())))


def _spanning(
    phi: tuple[Cyclotomic, ...],
    table: tuple[tuple[int, ...], ...],
    inverse: tuple[int, ...],
    d: int,
) -> list[int]:
    """Elements g_1..g_d whose translates of c are independent (decided in floating point here;
    the exact inverse of the Gram matrix decides it again)."""
    floats = np.array([complex(x) for x in phi])
    chosen: list[int] = []
    for g in range(len(table)):
        trial = [*chosen, g]
        gram = np.array([[floats[table[inverse[a]][b]] for b in trial] for a in trial])
        if np.linalg.eigvalsh(gram)[0] > 1e-6:
            chosen = trial
        if len(chosen) == d:
            return chosen
    raise ArithmeticError(f"the translates span fewer than {d} dimensions")


def _array(a: Matrix) -> np.ndarray:
    return np.array([[complex(x) for x in row] for row in a])


def _star(a: Matrix) -> Matrix:
    return tuple(tuple(x.conjugate() for x in column) for column in zip(*a, strict=True))


def _times(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(sum((x * y for x, y in zip(row, c, strict=True) if x and y), _ZERO) for c in columns)
        for row in a
    )


def _inverse(a: Matrix) -> Matrix:
    """Gauss–Jordan over the cyclotomic numbers; ZeroDivisionError when singular."""
    n = len(a)
    rows = [
        [*row, *(Cyclotomic.rational(int(i == j)) for j in range(n))] for i, row in enumerate(a)
    ]
    for column in range(n):
        pivot = next((r for r in range(column, n) if rows[r][column]), None)
        if pivot is None:
            raise ZeroDivisionError("a singular Gram matrix")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        scale = rows[column][column].inverse()
        rows[column] = [x * scale for x in rows[column]]
        for r in range(n):
            if r != column and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[column], strict=True)]
    return tuple(tuple(row[n:]) for row in rows)
