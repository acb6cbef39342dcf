"""Named families of finite groups beyond the permutation groups of `permutation`."""

from __future__ import annotations

from functools import reduce

from constructions.groups.cayley import group_from_products
from constructions.groups.permutation import (
    Permutation,
    PermutationGroup,
    alternating,
    cyclic,
    dihedral,
    symmetric,
)


def direct_product(*factors: PermutationGroup) -> PermutationGroup:
    """The direct product, acting on the disjoint union of the factors' points."""
    if not factors:
        raise ValueError("expected at least one factor, got none")

    def join(a: PermutationGroup, b: PermutationGroup) -> PermutationGroup:
        m, n = len(a.identity), len(b.identity)
        left = [(*g, *range(m, m + n)) for g in a.generators]
        right = [(*range(m), *(m + i for i in g)) for g in b.generators]
        return PermutationGroup(f"{a.name}×{b.name}", (*left, *right))

    return reduce(join, factors)


def abelian(*orders: int) -> PermutationGroup:
    """Z_{n_1} × … × Z_{n_r}."""
    return direct_product(*map(cyclic, orders))


def affine(modulus: int, multiplier: int, name: str) -> PermutationGroup:
    """x ↦ ax + b modulo `modulus`, a in the group that `multiplier` spans."""
    shift: Permutation = tuple((x + 1) % modulus for x in range(modulus))
    scale: Permutation = tuple(multiplier * x % modulus for x in range(modulus))
    if sorted(scale) != list(range(modulus)):
        raise ValueError(f"expected a multiplier prime to {modulus}, got {multiplier}")
    return PermutationGroup(name, (shift, scale))


def dicyclic(n: int) -> PermutationGroup:
    """Dic_n of order 4n, n ≥ 1: words a^i b^j with a^{2n} = 1, b² = a^n, bab⁻¹ = a⁻¹."""
    if n < 1:
        raise ValueError(f"expected n ≥ 1, got {n}")

    def multiply(g: tuple[int, int], h: tuple[int, int]) -> tuple[int, int]:
        # a^i b^j a^k b^l = a^{i ± k} b^{j + l}, and b² = a^n
        (i, j), (k, l) = g, h
        return (i + (-k if j else k) + (n if j and l else 0)) % (2 * n), (j + l) % 2

    name = {2: "Q8", 4: "Q16", 8: "Q32"}.get(n, f"Dic{n}")
    return group_from_products(name, ((1 % (2 * n), 0), (0, 1)), multiply)


def special_linear(p: int) -> PermutationGroup:
    """SL(2, p) for a prime p, acting on the p² − 1 non-zero vectors of F_p²."""
    vectors = [(x, y) for x in range(p) for y in range(p) if x or y]

    def act(a: int, b: int, c: int, d: int) -> Permutation:
        return tuple(vectors.index(((a * x + b * y) % p, (c * x + d * y) % p)) for x, y in vectors)

    return PermutationGroup(f"SL(2,{p})", (act(1, 1, 0, 1), act(1, 0, 1, 1)))


def q8_d4() -> PermutationGroup:
    """Q8 × D4 with the central involutions identified, of order 32.

    An element is (sign, a word in i, j of Q8, a word in r, s of D4 modulo the centre).
    """
    def multiply(g: tuple[int, ...], h: tuple[int, ...]) -> tuple[int, ...]:
        (e, a, b, c, d), (f, k, l, p, q) = g, h
        # i² = j² = −1 and ji = −ij in Q8; r² = −1, s² = 1 and sr = −rs in D4.
        sign = e + f + b * k + a * k + b * l + d * p + c * p
        return sign % 2, (a + k) % 2, (b + l) % 2, (c + p) % 2, (d + q) % 2

    spans = [tuple(int(i == j) for j in range(5)) for i in range(1, 5)]
    return group_from_products("Q8∘D4", spans, multiply)


def sheet_groups() -> tuple[PermutationGroup, ...]:
    """The small groups on which energy landscapes are examined, by kind and order."""
    cycles = [cyclic(m) for m in (3, 5, 7, 11, 13, 23, 9, 15, 4, 6, 8)]
    products = [abelian(2, 2), abelian(2, 2, 2), abelian(2, 4), abelian(3, 3)]
    others = [
        symmetric(3), dihedral(4), dicyclic(2), dihedral(5), alternating(4), dicyclic(3),
        dicyclic(4), affine(5, 2, "F20"), affine(7, 2, "F21"), special_linear(3),
        symmetric(4), alternating(5),
    ]
    return (*cycles, *products, *others)
