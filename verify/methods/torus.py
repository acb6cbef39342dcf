"""Lower bounds for sums of squared moduli of exponential sums, as sums of squares.

Σ weight·|Σ_j e^{i n_j·x}|² − bound is written as a form Σ G_ab e^{i(n_a − n_b)·x} with positive
definite G over given exponent vectors, averaged with its image under a mirror.  Permutations of the
angles that leave the sum and the bases alone make G constant on orbits of pairs, so a semidefinite
program has few unknowns, and its rounded solution is a short list of numbers.  A coefficient of the
sum belongs to orbits of its own: one number for each coefficient follows from the others exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, final

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive

Exponents = tuple[int, ...]


@final
@dataclass(frozen=True, kw_only=True)
class TorusProblem:
    """A sum of squares on the torus, and the exponents of the form that bounds it.

    squares: pairs of a weight and exponent vectors (n,); blocks: bases of exponent vectors;
    generators: permutations π of the angles, x_j ↦ x_π(j), that map each basis to itself and
    leave the sum alone; mirror: pairs (i, sign) for x_j ↦ sign·x_i, which leaves the sum alone and
    commutes with the permutations.
    """

    squares: tuple[tuple[Fraction, tuple[Exponents, ...]], ...]
    blocks: tuple[tuple[Exponents, ...], ...]
    generators: tuple[tuple[int, ...], ...]
    mirror: tuple[tuple[int, int], ...]

    @property
    def angles(self) -> int:
        """The number of angles."""
        return len(self.mirror)

    @cached_property
    def target(self) -> dict[Exponents, Fraction]:
        """Coefficients of the sum."""
        series: dict[Exponents, Fraction] = {}
        for weight, terms in self.squares:
            for a in terms:
                for b in terms:
                    key = _difference(a, b)
                    series[key] = series.get(key, Fraction(0)) + weight
        return series

    @cached_property
    def orbits(self) -> tuple[list[list[list[int]]], int]:
        """For each block the matrix of orbit numbers of pairs, and the number of orbits."""
        matrices, count = [], 0
        for basis in self.blocks:
            place = {n: i for i, n in enumerate(basis)}
            moves = [[place[_permuted(n, g)] for n in basis] for g in self.generators]
            ids = [[-1] * len(basis) for _ in basis]
            for i in range(len(basis)):
                for j in range(i + 1):
                    if ids[i][j] < 0:
                        _mark(ids, moves, (i, j), count)
                        count += 1
            matrices.append(ids)
        return matrices, count

    @cached_property
    def equations(self) -> list[tuple[dict[int, Fraction], Fraction, bool]]:
        """Orbit counts, the coefficient that they make, and whether it is the constant one."""
        rows: dict[Exponents, dict[int, Fraction]] = {}
        matrices, _ = self.orbits
        for basis, ids in zip(self.blocks, matrices, strict=True):
            for a, line in zip(basis, ids, strict=True):
                for b, orbit in zip(basis, line, strict=True):
                    key = _difference(a, b)
                    for image in (key, self._mirrored(key)):
                        row = rows.setdefault(image, {})
                        row[orbit] = row.get(orbit, Fraction(0)) + Fraction(1, 2)
        missing = self.target.keys() - rows.keys()
        if missing:
            raise ValueError(f"no pair of exponents makes the coefficient at {min(missing)}")
        seen = {}
        for key, row in rows.items():
            seen.setdefault(min(row), (row, self.target.get(key, Fraction(0)), not any(key)))
        return list(seen.values())

    def _mirrored(self, exponents: Exponents) -> Exponents:
        found = [0] * self.angles
        for n, (i, sign) in zip(exponents, self.mirror, strict=True):
            found[i] += sign * n
        return tuple(found)

    def completed(self, values: Sequence[Fraction], bound: Fraction) -> list[Fraction]:
        """The values with the first orbit of each equation recomputed from the others."""
        found = list(values)
        for row, coefficient, constant in self.equations:
            first, *others = sorted(row)
            rest = sum((row[o] * found[o] for o in others), Fraction(0))
            found[first] = (coefficient - (bound if constant else 0) - rest) / row[first]
        return found

    def document(self, values: Sequence[Fraction], bound: Fraction) -> dict[str, Any]:
        """The certificate of the bound with these values of the orbits, once completed."""
        matrices, count = self.orbits
        if len(values) != count:
            raise ValueError(f"expected {count} values, one for each orbit, got {len(values)}")
        return {
            "kind": "torus-bound",
            "angles": self.angles,
            "squares": [[str(w), [list(n) for n in terms]] for w, terms in self.squares],
            "bound": str(bound),
            "values": [str(x) for x in self.completed(values, bound)],
            "blocks": [
                {"basis": [list(n) for n in basis],
                 "gram": [line[: i + 1] for i, line in enumerate(ids)]}
                for basis, ids in zip(self.blocks, matrices, strict=True)
            ],
            "mirror": [list(pair) for pair in self.mirror],
        }


def _difference(a: Exponents, b: Exponents) -> Exponents:
    return tuple(x - y for x, y in zip(a, b, strict=True))


def _permuted(exponents: Exponents, permutation: Sequence[int]) -> Exponents:
    found = [0] * len(exponents)
    for n, i in zip(exponents, permutation, strict=True):
        found[i] = n
    return tuple(found)


def _mark(
    ids: list[list[int]], moves: list[list[int]], start: tuple[int, int], number: int
) -> None:
    """Writes the number on the orbit of a pair, and on its transpose."""
    todo = [start]
    ids[start[0]][start[1]] = ids[start[1]][start[0]] = number
    while todo:
        i, j = todo.pop()
        for move in moves:
            a, b = move[i], move[j]
            if ids[a][b] < 0:
                ids[a][b] = ids[b][a] = number
                todo.append((a, b))


def propose(problem: TorusProblem, bound: Fraction, *, denominator: int) -> list[Fraction]:
    """Rounded values of the orbits from a semidefinite program with the largest least eigenvalue.

    It takes minutes for blocks of a hundred exponents.  Raises ValueError when the program finds
    no positive definite form, so that the bound is too large for these blocks.
    """
    import cvxpy as cp
    import numpy as np
    from scipy.sparse import csr_matrix

    matrices, count = problem.orbits
    values, least = cp.Variable(count), cp.Variable()
    constraints = []
    for ids in matrices:
        n = len(ids)
        spread = csr_matrix((np.ones(n * n), (np.arange(n * n), np.ravel(ids))), (n * n, count))
        gram = cp.reshape(spread @ values, (n, n), order="C")
        constraints.append(gram - least * np.eye(n) >> 0)
    for row, coefficient, constant in problem.equations:
        made = sum(float(c) * values[o] for o, c in row.items())
        constraints.append(made == float(coefficient - (bound if constant else 0)))
    program = cp.Problem(cp.Maximize(least), constraints)
    program.solve(solver="CLARABEL")
    if values.value is None or not least.value > 0:
        raise ValueError(f"no positive definite form for the bound {bound} ({program.status})")
    return [Fraction(round(x * denominator), denominator) for x in values.value]


def bounded_below(
    context: Context,
    *,
    problem: TorusProblem,
    values: Sequence[Fraction],
    bound: Fraction,
    scope: Domain,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when the values make a certificate that the sum exceeds the bound everywhere."""
    document: Mapping[str, Any] = problem.document(values, bound)
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="convex", reason=result.reason)
    return established(
        scope=scope,
        method="convex",
        certificates={"bound": document},
        quantities={"unknowns": len(values), "blocks": len(problem.blocks)},
        rests_on=rests_on,
    )
