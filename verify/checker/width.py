"""`width-bound`: no max-margin network is narrower than a clique of modes.

Lemma *clique bound*.  For an odd modulus whose prime factors exceed k, the neurons of one
frequency in a max-margin network satisfy Σ_i g_i e^{2πi<n−1,φ_i>} = 0 for every mode n ≠ 1.  So
the vectors (√g_i e^{2πi<x,φ_i>})_i, x in the clique, are non-zero and pairwise orthogonal, and
there are at most as many of them as neurons.
"""

from itertools import combinations

from .document import fields
from .exact import Number
from .group import check_relations, natural
from .limits import TooLarge, require, spend


def is_mode_difference(difference: tuple[int, ...]) -> bool:
    """Whether difference = n − 1 with |n|_1 ≤ k, |n|_1 ≡ k (mod 2) and n ≠ (1, .., 1)."""
    k = len(difference)
    size = sum(abs(d + 1) for d in difference)
    return any(difference) and size <= k and (size - k) % 2 == 0


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the points form a clique and the relations hold for its size."""
    fields(document, {"inputs", "clique", "relations"})
    k, points = natural(document["inputs"], 1, "inputs"), document["clique"]
    if k > 200:
        raise TooLarge(f"too large: {k} inputs")
    require(isinstance(points, list) and points, "clique must be a non-empty list of points")
    for point in points:
        require(isinstance(point, list) and len(point) == k, f"a point has {k} integers: {point}")
        for value in point:
            natural(value, -(10**6), "a coordinate")
    for x, y in combinations(points, 2):
        spend(k)
        difference = tuple(a - b for a, b in zip(x, y))
        require(is_mode_difference(difference) or is_mode_difference(tuple(-d for d in difference)),
                f"{x} and {y} do not differ by a vanishing mode")
    names = {"size": Number.of(len(points)), "k": Number.of(k)}
    check_relations(document["relations"], names)
    return (f"at least {len(points)} neurons per frequency, odd moduli with prime factors > {k}",
            {"inputs": k, "size": len(points)})
