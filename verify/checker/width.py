"""`width-bound`: no max-margin network is narrower than a clique of modes.

Lemma *clique bound*.  For an odd modulus whose prime factors exceed k, the neurons of one
frequency in a max-margin network satisfy Σ_i g_i e^{2πi<n−1,φ_i>} = 0 for every mode n ≠ 1.  So
the vectors (√g_i e^{2πi<x,φ_i>})_i, x in the clique, are non-zero and pairwise orthogonal, and
there are at most as many of them as neurons of this frequency.  For k = 1 neurons mix
frequencies, and size ≤ 2 is the rank bound n − 1 on the whole width.

For every k at once: the words x ∈ {0, −1}^k with an even number of −1 are a clique.  If x has at
least as many as y ≠ x, then n = 1 + x − y ≠ 1 has entries in {0, 1, 2}, so
|n|_1 = k + Σx − Σy ≤ k, and |n|_1 ≡ k (mod 2).  There are 2^{k−1} such words.
"""

from itertools import combinations

from .document import fields
from .exact import Number
from .family import Family
from .formula import check_term
from .group import check_relations, inputs, natural
from .limits import require, spend


def is_mode_difference(difference: tuple[int, ...]) -> bool:
    """Whether difference = n − 1 with |n|_1 ≤ k, |n|_1 ≡ k (mod 2) and n ≠ (1, .., 1)."""
    k = len(difference)
    size = sum(abs(d + 1) for d in difference)
    return any(difference) and size <= k and (size - k) % 2 == 0


def _every_k(document: dict) -> tuple[str, dict]:
    """Accepts when the size, a monomial in k, is that of the even words."""
    fields(document, {"inputs", "clique", "size"})
    require(document["clique"] == "even-words", "for every k the only known clique is even-words")
    check_term(document["size"], frozenset({"k"}))
    family = Family("odd-cyclic", None)
    words = {"^": [2, {"-": [{"var": "k"}, 1]}]}
    require(family.monomial(document["size"]) == family.monomial(words), "even-words has 2^(k-1)")
    return ("width at least 2^(k−1)·(n−1)/2 for odd n with prime factors > k",
            {"inputs": "all", "size": "2^(k-1)"})


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the points form a clique and the relations hold for its size."""
    if document.get("inputs") == "all":
        return _every_k(document)
    fields(document, {"inputs", "clique", "relations"})
    k, points = inputs(document["inputs"]), document["clique"]
    require(isinstance(points, list) and points, "clique must be a non-empty list of points")
    for point in points:
        require(isinstance(point, list) and len(point) == k,
                f"a point has {k} integers, got {{}}", point)
        for value in point:
            natural(value, -(10**6), "a coordinate")
    for x, y in combinations(points, 2):
        spend(k)
        difference = tuple(a - b for a, b in zip(x, y, strict=True))
        require(is_mode_difference(difference) or is_mode_difference(tuple(-d for d in difference)),
                "{} and {} do not differ by a vanishing mode", x, y)
    names = {"size": Number.of(len(points)), "k": Number.of(k)}
    check_relations(document["relations"], names)
    return (f"width at least {len(points)}·(n−1)/2 for odd n with prime factors > {k}",
            {"inputs": k, "size": len(points)})
