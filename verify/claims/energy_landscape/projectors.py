"""What is said of isotypic projectors, written out on Z3 and S3.

The lemma gives it for every group; here each conclusion stands by itself, so that a wrong one is
seen to fail.  Z3 has complex characters, S3 one of degree 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations

from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.irreps import element_values
from constructions.groups.permutation import PermutationGroup
from verify.claims.energy_landscape.common import S3, Z3
from verify.core.claim import Check
from verify.core.domain import Domain
from verify.formula import Formula, Term, all_of, equal, rational, total, var
from verify.methods.characters import number
from verify.methods.identities import exact_statement, formal_identity

Matrix = list[list[Term]]
# Sets of learned characters, closed under conjugation; index 0 is the trivial one.
_LEARNED = {"Z3": ((), (1, 2)), "S3": tuple(c for n in range(3) for c in combinations((1, 2), n))}


@cache
def _characters(group: PermutationGroup) -> tuple[list[int], list[list[Term]], list[list[Term]]]:
    """Degrees, the values χ_k(x), and their conjugates χ_k(x⁻¹), by element."""
    table, inverse = character_table(group), inverses(group)
    rows = [[number(x) for x in element_values(table, n)] for n in range(len(table.degrees))]
    conjugates = [[row[inverse[x]] for x in range(group.order)] for row in rows]
    return list(table.degrees), rows, conjugates


def _projector(group: PermutationGroup, k: int, power: int = 1) -> Matrix:
    """(d^power/M) χ̄_k(ab⁻¹): power is 1."""
    degrees, _, conjugates = _characters(group)
    products, inverse, m = multiplication_table(group), inverses(group), group.order
    weight = rational(degrees[k] ** power, m)
    return [[weight * conjugates[k][products[a][inverse[b]]] for b in range(m)] for a in range(m)]


def _sum(matrices: Sequence[Matrix], m: int) -> Matrix:
    return [[total([x[a][b] for x in matrices]) for b in range(m)] for a in range(m)]


def _product(x: Matrix, y: Matrix) -> Matrix:
    m = range(len(x))
    return [[total([x[a][c] * y[c][b] for c in m]) for b in m] for a in m]


def _same(x: Matrix, y: Matrix) -> list[Formula]:
    return [equal(p, q) for a, b in zip(x, y, strict=True) for p, q in zip(a, b, strict=True)]


def _centring(m: int) -> Matrix:
    return [[rational(int(a == b)) - rational(1, m) for b in range(m)] for a in range(m)]


def _missing(group: PermutationGroup, learned: Sequence[int], *, trivial: bool) -> list[int]:
    first = 0 if trivial else 1
    return [k for k in range(first, len(_characters(group)[0])) if k not in learned]


def idempotent(group: PermutationGroup, power: int = 1) -> list[Formula]:
    """Π_kΠ_l = [k = l]Π_k."""
    ks = range(len(_characters(group)[0]))
    found = {k: _projector(group, k, power) for k in ks}
    zero = [[rational(0)] * group.order for _ in range(group.order)]
    return [f for k in ks for n in ks
            for f in _same(_product(found[k], found[n]), found[k] if k == n else zero)]


def _diagonal(group: PermutationGroup, k: int, h: int, other: int) -> list[Term]:
    """The diagonal of R_hᵀΠ_kR_h'Π_k."""
    products, m, p = multiplication_table(group), group.order, _projector(group, k)
    return [total([p[products[h][x]][products[other][c]] * p[c][x] for c in range(m)])
            for x in range(m)]


def predictor(group: PermutationGroup, first: int = 1) -> list[Formula]:
    """Σ_{k ≥ first} diag(R_hᵀΠ_kR_h'Π_k) = [h = h'] − 1/M: true for first = 1."""
    m, ks = group.order, range(first, len(_characters(group)[0]))
    goal = _centring(m)
    return [
        equal(total([_diagonal(group, k, h, other)[x] for k in ks]), goal[h][other])
        for h in range(m) for other in range(m) for x in range(m)
    ]


def block_character(group: PermutationGroup, *, conjugate: bool = True) -> list[Formula]:
    """diag(R_hᵀΠ_kR_h'Π_k) = (d_k/M)χ̄_k(hh'⁻¹)."""
    degrees, values, conjugates = _characters(group)
    products, inverse, m = multiplication_table(group), inverses(group), group.order
    rows = conjugates if conjugate else values
    return [
        equal(entry, rational(degrees[k], m) * rows[k][products[h][inverse[other]]])
        for k in range(len(degrees)) for h in range(m) for other in range(m)
        for entry in _diagonal(group, k, h, other)
    ]


def turned(group: PermutationGroup, *, swapped: bool = True) -> list[Formula]:
    """χ̄_k(hh'⁻¹) = χ_k(h'h⁻¹); without `swapped` χ_k(h'⁻¹h) is on the right."""
    _, values, conjugates = _characters(group)
    products, inverse, places = multiplication_table(group), inverses(group), range(group.order)
    return [
        equal(conjugates[k][products[h][inverse[o]]],
              values[k][products[o][inverse[h]] if swapped else products[inverse[o]][h]])
        for k in range(len(values)) for h in places for o in places
    ]


def residual(group: PermutationGroup, sign: int = 1, *, trivial: bool = False) -> list[Formula]:
    """Yc − Ŷ = sign·Σ_{k∉𝒮}Π_k on labels, for every 𝒮; k = 0 is in the sum when `trivial`."""
    m, formulas = group.order, []
    for learned in _LEARNED[group.name]:
        fitted = _sum([_projector(group, k) for k in learned], m)
        rest = _sum([_projector(group, k) for k in _missing(group, learned, trivial=trivial)], m)
        goal = _centring(m)
        formulas += [equal(goal[a][b] - fitted[a][b], sign * rest[a][b])
                     for a in range(m) for b in range(m)]
    return formulas


def operator(group: PermutationGroup, *, trivial: bool = False) -> list[Formula]:
    """(Yc − Ŷ)Ycᵀ = Σ_{k∉𝒮}Π_k on labels; k = 0 is in the sum when `trivial`."""
    m, formulas = group.order, []
    for learned in _LEARNED[group.name]:
        left = _sum([_projector(group, k) for k in _missing(group, learned, trivial=False)], m)
        rest = _sum([_projector(group, k) for k in _missing(group, learned, trivial=trivial)], m)
        formulas += _same(_product(left, _centring(m)), rest)
    return formulas


def factored(group: PermutationGroup, first: int = 1) -> list[Formula]:
    """Abelian H, 𝒮 empty: Σ_{k ≥ first} χ_k(a)χ̄_k(b)/M = Σ_{k≠0}Π_k: true for first = 1."""
    _, values, conjugates = _characters(group)
    m = group.order
    left = [[total([values[k][a] * conjugates[k][b] / m for k in range(first, len(values))])
             for b in range(m)] for a in range(m)]
    return _same(left, _sum([_projector(group, k) for k in range(1, len(values))], m))


def columns(group: PermutationGroup, less: int = 0) -> list[Formula]:
    """Φ*Φ = diag(d_k), so Φ has independent columns; there are κ − |𝒮| − less of them."""
    degrees, values, conjugates = _characters(group)
    formulas = []
    for learned in _LEARNED[group.name]:
        ks = _missing(group, learned, trivial=False)
        norms = [total([values[k][x] * conjugates[k][x] for x in range(group.order)]) / group.order
                 for k in ks]
        formulas.append(equal(total([rational(0), *norms]),
                              len(degrees) - 1 - len(learned) - less))
    return formulas


def modulated(group: PermutationGroup, exponent: int = -1) -> list[Formula]:
    """½|Φ*z|² = (M/2)Σd_k^exponent |t_k|², t_k = (d_k/M)Σχ_k(h)z_h the sum of the traces."""
    degrees, values, conjugates = _characters(group)
    m = group.order
    z = [var(f"z{x}") for x in range(m)]
    left, right = [], []
    for k in range(1, len(degrees)):
        one, other = (total([a * b for a, b in zip(row[k], z, strict=True)])
                      for row in (values, conjugates))
        d = rational(degrees[k])
        left.append(d / (2 * m) * one * other)
        right.append(d**exponent * d**2 / (2 * m) * one * other)
    return [equal(total(left), total(right))]


def written_out(conclusion: Callable[..., list[Formula]], *groups: PermutationGroup,
                **wrong: object) -> Formula:
    """The conclusion on the groups (Z3 and S3) as one formula; `wrong`: what a mutant changes."""
    chosen = groups or (Z3, S3)
    return all_of(f for g in chosen for f in conclusion(g, **wrong))


def instance(conclusion: Callable[..., list[Formula]], *groups: PermutationGroup) -> Check:
    """The conclusion on the groups, exactly."""
    chosen = groups or (Z3, S3)
    arguments = {
        "formula": written_out(conclusion, *chosen),
        "scope": Domain.at(*({"group": g.name} for g in chosen)),
    }
    name = "written out on " + " and ".join(g.name for g in chosen)
    if conclusion is modulated:
        symbols = {f"z{x}": "indeterminate" for x in range(max(g.order for g in chosen))}
        return Check(name=name, procedure=formal_identity,
                     arguments={**arguments, "formal": symbols})
    return Check(name=name, procedure=exact_statement, arguments={**arguments, "points": ({},)})
