"""`width-bound`: no max-margin network is narrower than its modes allow.

In a max-margin network the neurons of one frequency, of order q, meet S(n) = 0 for every mode
n ≠ 1, S(n) = Σ_i g_i e^{2πi<n−1,φ_i>}, if q > 2k, or if q > k is odd (lemma *clique bound*).

A clique of modes: the vectors (√g_i e^{2πi<x,φ_i>})_i, x in the clique, are non-zero and pairwise
orthogonal, and there are at most as many of them as neurons.

A polynomial with values v_x: if the sum of v_x v_y over the pairs with x − y in one class (up to
sign and permutation) is ≤ 0 for every class but 0 and the modes, there are at least
(Σv_x)²/Σv_x² neurons (lemma *polynomial bound*).

For every k at once: the words x ∈ {0, −1}^k with an even number of −1 are a clique.  If x has at
least as many as y ≠ x, then n = 1 + x − y ≠ 1 has entries in {0, 1, 2}, so
|n|_1 = k + Σx − Σy ≤ k, and |n|_1 ≡ k (mod 2).  There are 2^{k−1} such words.  The same words are
orthogonal at a real character, where phases are half turns (lemma *frequencies of small order*).
"""

from itertools import combinations, permutations
from math import gcd

from .document import fields
from .exact import Number
from .formula import check_term
from .group import check_relations, inputs, natural
from .limits import TooLarge, require, spend
from .monomials import Family

Point = tuple[int, ...]


def is_mode_difference(difference: Point) -> bool:
    """Whether difference = n − 1 with |n|_1 ≤ k, |n|_1 ≡ k (mod 2) and n ≠ (1, .., 1)."""
    k = len(difference)
    size = sum(abs(d + 1) for d in difference)
    return any(difference) and size <= k and (size - k) % 2 == 0


def _every_k(document: dict) -> tuple[str, dict]:
    """Accepts when the size, a monomial in k, is that of the even words."""
    fields(document, {"inputs", "clique", "size"}, frozenset({"modulus"}))
    require(document["clique"] == "even-words", "for every k the only known clique is even-words")
    require(document.get("modulus", 2) == 2, "for every k the only modulus of small order is 2")
    check_term(document["size"], frozenset({"k"}))
    family = Family("odd-cyclic", None)
    words = {"^": [2, {"-": [{"var": "k"}, 1]}]}
    require(family.monomial(document["size"]) == family.monomial(words), "even-words has 2^(k-1)")
    where = "2^(k-1), n = 2" if "modulus" in document else (
        "2^(k-1)·(n-1)/2, odd n with prime factors > k")
    return (f"width at least {where}",
            {"inputs": "all", "size": "2^(k-1)"})


def _point(node: object, k: int) -> Point:
    require(isinstance(node, list) and len(node) == k, f"a point has {k} integers, got {{}}", node)
    return tuple(natural(value, -(10**6), "a coordinate") for value in node)


def _clique(node: object, k: int) -> int:
    """The number of points, whose differences are all modes."""
    require(isinstance(node, list) and node, "clique must be a non-empty list of points")
    points = [_point(point, k) for point in node]
    for x, y in combinations(points, 2):
        spend(k)
        difference = tuple(a - b for a, b in zip(x, y, strict=True))
        require(is_mode_difference(difference) or is_mode_difference(tuple(-d for d in difference)),
                "{} and {} do not differ by a vanishing mode", x, y)
    return len(points)


def _polynomial(node: object, k: int) -> int:
    """⌈(Σv)²/Σv²⌉ when no class of differences but the modes has a positive sum."""
    require(isinstance(node, dict) and set(node) == {"symmetric", "terms"},
            "a polynomial has exactly symmetric and terms")
    fixed = k - natural(node["symmetric"], 1, "symmetric")
    require(fixed >= 0, "symmetric exceeds the number of inputs")
    if node["symmetric"] > 6:
        raise TooLarge("too large: more than 6 symmetric coordinates")
    require(isinstance(node["terms"], list), "terms must be a list")
    values: dict[Point, int] = {}
    orbits: list[tuple[Point, int]] = []  # a point, and v times the number of its images
    for term in node["terms"]:
        require(isinstance(term, list) and len(term) == 2, "a term has a point and a value")
        x, v = _point(term[0], k), natural(term[1], -(10**9), "a value")
        images = {x[:fixed] + tail for tail in permutations(x[fixed:])}
        require(not images & set(values), "a point occurs twice: {}", x)
        values |= dict.fromkeys(images, v)
        orbits.append((x, v * len(images)))
    sums: dict[Point, int] = {}
    for x, v in orbits:
        spend(k * len(values))
        for y, u in values.items():
            difference = sorted(a - b for a, b in zip(x, y, strict=True))
            name = min(tuple(difference), tuple(-d for d in reversed(difference)))
            sums[name] = sums.get(name, 0) + u * v
    for name, value in sums.items():
        require(value <= 0 or not any(name) or is_mode_difference(name)
                or is_mode_difference(tuple(-d for d in name)),
                "the differences {} sum to a positive number and are no modes", name)
    square = sums.get((0,) * k, 0)
    require(square > 0, "the polynomial vanishes")
    return -(-sum(values.values()) ** 2 // square)


def _least(k: int, order: int, size: int) -> int:
    """Neurons that a frequency of this order needs (lemma *frequencies of small order*)."""
    if order == 2:
        return 2 ** (k - 1)
    if order > 2 * k or (order > k and order % 2):
        return size
    return 4 if (k, order) == (2, 4) else k + 1


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the clique or polynomial is sound and the relations hold for its size."""
    if document.get("inputs") == "all":
        return _every_k(document)
    shape = "polynomial" if "polynomial" in document else "clique"
    fields(document, {"inputs", shape, "relations"}, frozenset({"modulus"}))
    k = inputs(document["inputs"])
    size = (_polynomial if shape == "polynomial" else _clique)(document[shape], k)
    names = {"size": Number.of(size), "k": Number.of(k)}
    facts = {"inputs": k, "size": size}
    shown = f"width at least {size}·(n-1)/2, odd n with prime factors > {k}"
    if "modulus" in document:
        n = natural(document["modulus"], 2, "modulus")
        require(k > 1, "a width for a modulus needs at least two inputs")
        spend(n)
        width = sum(_least(k, n // gcd(zeta, n), size) for zeta in range(1, n // 2 + 1))
        names |= {"n": Number.of(n), "p": Number.of(n), "width": Number.of(width)}
        facts |= {"modulus": n, "width": width}
        shown = f"at least {width} neurons for {k} inputs modulo {n}"
    check_relations(document["relations"], names)
    return shown, facts
