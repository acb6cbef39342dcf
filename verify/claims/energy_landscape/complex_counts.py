"""How many complex maximisers reconstruct the labels, over all groups and on the smallest ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product

from constructions.groups.characters import CharacterTable
from verify.claims.energy_landscape.common import GROUPS, on_sphere
from verify.claims.energy_landscape.reconstruction import A4, NODES
from verify.claims.writing import breaks, exact, proof
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import (
    Formula,
    Term,
    all_of,
    cis,
    cos,
    equal,
    forall_range,
    iverson,
    rational,
    sin,
    total,
    var,
)
from verify.methods.characters import Content, degree, group_counterexample, nontrivial
from verify.methods.identities import formal_identity

_PLACE, _LEMMA = "Reconstruction", "nodes at complex maximisers"
_HALF = rational(1, 2)
Matrix = list[list[Term]]
# An element r^a f^s: (a, s).
Element = tuple[Term, Term]

# -- pairs -----------------------------------------------------------------------------------------


def _pair(factor: int) -> Formula:
    x, y = var("x"), var("y")
    return equal((x + y) ** 2 - (x - y) ** 2, factor * x * y)


_PAIRS = Check(name="pairs without squares", procedure=formal_identity, arguments={
    "formula": _pair(4), "formal": dict.fromkeys("xy", "indeterminate"), "scope": GROUPS,
    "rests_on": (_LEMMA,)})

# -- S3 and Q8, written out ------------------------------------------------------------------------


def _everywhere(turns: int, fit: Callable[[Element, Element, Element], Formula]) -> Formula:
    """For all h, x, h', each r^a f^s with a < turns and s < 2."""
    names = [(f"a{i}", f"s{i}") for i in range(3)]
    formula = fit(*((var(a), var(s)) for a, s in names))
    for a, s in names:
        inner = formula

        def body(_: Term, inner: Formula = inner) -> Formula:
            return inner

        formula = forall_range(a, 0, turns - 1, body)
        outer = formula
        formula = forall_range(s, 0, 1, lambda _, outer=outer: outer)
    return formula


def _same(h: Element, label: Element) -> Term:
    return iverson(equal(h[0], label[0]) & equal(h[1], label[1]))


def _turn(element: Element) -> Matrix:
    """The rotation by a third turn, a times, after a reflection: ρ(r^a f^s) of S3."""
    a, s = element
    c, d, side = cos(a / 3), sin(a / 3), 1 - 2 * s
    return [[c, -d * side], [d, c * side]]


def _s3_fit(scale: int) -> Formula:
    """Nine nodes on S3: eight (ρ_ic; ρ_jc) and the sign; true for scale 6, its order.

    The squares Σ_cρ_ic² = 1 are constant; what centring takes off is 2Σρ_ij(h') + s(h').
    """
    def fit(h: Element, x: Element, label: Element) -> Formula:
        hx = (h[0] + (1 - 2 * h[1]) * x[0], h[1] + x[1] - 2 * h[1] * x[1])
        u, v, weight = _turn(hx), _turn(x), _turn(label)
        nodes = [weight[i][j] * ((u[i][c] + v[j][c]) ** 2 - 1)
                 for i, j, c in product(range(2), repeat=3)]
        sign = [1 - 2 * element[1] for element in (hx, x, label)]
        nodes.append(_HALF * sign[2] * ((sign[0] + sign[1]) ** 2 - 2))
        return equal(total(nodes), scale * _same(h, label) - 1)

    return _everywhere(3, fit)


def _quaternion(element: Element, way: int = 1) -> Matrix:
    """ρ(i^a j^s) of Q8, ρ(i) = diag(i, −i), ρ(j) = ((0, 1), (−1, 0)); way −1: its conjugate."""
    a, s = element
    up, down = cis(way * a / 4), cis(-way * a / 4)
    return [[up * (1 - s), up * s], [-down * s, down * (1 - s)]]


def _q8_fit(scale: int) -> Formula:
    """Thirteen nodes on Q8; true for scale 8, its order.

    Eight (ρ_ic; ρ̄_jc) with the squares Σ_cρ_ic² = (−1)^a for every i; the nodes (ρ_1c; −ρ̄_1c) give
    these squares alone; three characters of degree 1.
    """
    def fit(h: Element, x: Element, label: Element) -> Formula:
        both = h[1] * x[1]
        hx = (h[0] + (1 - 2 * h[1]) * x[0] + 2 * both, h[1] + x[1] - 2 * both)
        u, v, weight = _quaternion(hx), _quaternion(x, -1), _quaternion(label, -1)
        squares = _HALF * total([(u[0][c] + side * v[0][c]) ** 2
                                 for side in (1, -1) for c in range(2)])
        parts = [weight[i][j] * (total([(u[i][c] + v[j][c]) ** 2 for c in range(2)]) - squares)
                 for i, j in product(range(2), repeat=2)]
        for p, q in ((0, 1), (1, 0), (1, 1)):
            left, right, at = (cos(_HALF * (p * a + q * s)) for a, s in (hx, x, label))
            parts.append(_HALF * at * ((left + right) ** 2 - 2))
        return equal(total(parts), scale * _same(h, label) - 1)

    return _everywhere(4, fit)


def _exact(name: str, formula: Formula, group: str) -> Check:
    return exact(name, formula, scope=Domain.at({"group": group}))


_S3, _Q8 = _exact("nine nodes on S3", _s3_fit(6), "S3"), _exact(
    "thirteen nodes on Q8", _q8_fit(8), "Q8")
_S3_WRONG = _exact("nine nodes on S3", _s3_fit(5), "S3")
_Q8_WRONG = _exact("thirteen nodes on Q8", _q8_fit(4), "Q8")


_ENOUGH = proof("pairs, and fewer on S3", _PAIRS, _S3, scope=GROUPS)
_ENOUGH_MUTANTS = (
    Mutant.of(_ENOUGH, "factor 2", parts=(
        Mutant.of(_PAIRS, "factor 2", formula=_pair(2)).check, _S3)),
    Mutant.of(_ENOUGH, "another scale", parts=(_PAIRS, _S3_WRONG)),
)
_SMALL = proof("S3 and Q8", _S3, _Q8, scope=Domain.at({"group": "S3"}, {"group": "Q8"}))

# -- counts ----------------------------------------------------------------------------------------


def _too_few(power: int) -> Callable[[CharacterTable], Content]:
    """Σd³ over the non-trivial irreps exceeds 2Σd^power."""
    def content(table: CharacterTable) -> Content:
        needed = total([degree(n) ** 3 for n in nontrivial(table)])
        return Content(relations=(
            total([2 * degree(n) ** power for n in nontrivial(table)]) < needed,))

    return content


_A4_NEEDS = Check(name="degrees of A4", procedure=group_counterexample, arguments={
    "group": A4, "violation": _too_few(2), "rests_on": ("irreducible rows", _LEMMA),
    "description": "A4, degrees 1, 1, 3: 2Σd² = 22 nodes, and at least Σd³ = 29 are needed"})


def _one_node(weight: Fraction) -> Formula:
    """weight·s_{h'}((s_{hx} + s_x)² − 2) = [h = h'] − ½ on Z2, s the sign; true for ¼."""
    s = (1, -1)
    formulas = [
        equal(rational(weight * s[label]) * ((rational(s[(h + x) % 2]) + s[x]) ** 2 - 2),
              rational(int(h == label)) - rational(1, 2))
        for h, x, label in product(range(2), repeat=3)]
    return all_of(formulas)


_Z2_ONE = breaks(
    "one node on Z2", ~_one_node(Fraction(1, 4)),
    "Z2: one node u = v = (1, −1)/2 reproduces Yc", point={"group": "Z2"})
# Real maximisers, so that they count over either field; fewer than 2Σd² = 2(M − 1) = 10.
_S3_NINE = breaks(
    "nine nodes on S3", ~_s3_fit(6), "S3: nine real maximisers reproduce Yc",
    point={"group": "S3"})
FEWER = (_Z2_ONE, _S3_NINE)
_Z2_MUTANT = Mutant.of(_Z2_ONE, "another weight", formula=~_one_node(Fraction(1, 2)))
FEWER_MUTANTS = (_Z2_MUTANT, Mutant.of(_S3_NINE, "another scale", formula=~_s3_fit(5)))

_READING = (
    NODES + "Maximisers: local maxima of E over complex w, |w| = 1; with ū = b⊗c, v = a⊗c in one "
    "irrep. One set of nodes for all labels, and FV = Yc as complex matrices. ")
_LEAST = (
    "At least Σd³ are needed on every group, and where all irreps are real as many suffice; "
    "2(M − 1) are least on Z_M, M odd, where the three sums agree. ")
_MISSING = "a group on which no such set has residual 0"


def _suffice(power: int) -> Claim:
    superscript = "²³⁴"[power - 2]
    return on_sphere(
        f"li2.cand.complex-count.d{power}.suffice", f"2Σd{superscript} complex maximisers suffice",
        _PLACE, f"$2\\sum_{{k\\ne0}}d_k^{power}$ complex maximisers suffice.", _MISSING, _ENOUGH,
        *_ENOUGH_MUTANTS,
        reading=_READING + "Some set of as many suffices, Σd³ pairs [u; ±Pv]. ")


def _least(power: int) -> Claim:
    superscript = "²³⁴"[power - 2]
    return on_sphere(
        f"li2.cand.complex-count.d{power}.least",
        f"No fewer than 2Σd{superscript} complex maximisers", _PLACE,
        f"No fewer than $2\\sum_{{k\\ne0}}d_k^{power}$ complex maximisers suffice.",
        "a group and a smaller set", FEWER, *FEWER_MUTANTS, reading=_READING + _LEAST)


def _squares() -> Claim:
    """Refuted on A4; of the smaller groups only S3, D4, D5, Q8 are not Abelian, and they obey."""
    claim = on_sphere(
        "li2.cand.complex-count.d2.suffice", "2Σd² complex maximisers suffice", _PLACE,
        "$2\\sum_{k\\ne0}d_k^2$ complex maximisers suffice.", _MISSING, _A4_NEEDS,
        Mutant.of(_A4_NEEDS, "2Σd³", violation=_too_few(3)),
        Mutant.of(_SMALL, "another scale on S3", parts=(_S3_WRONG, _Q8)),
        Mutant.of(_SMALL, "another scale on Q8", parts=(_S3, _Q8_WRONG)),
        reading=_READING + "Every group of order below 12 obeys: Abelian ones with pairs, S3, D4, "
        "D5 with Σd³ = 9, 11, 17 ≤ 10, 14, 18, Q8 with 13 ≤ 14 nodes. ")
    return replace(claim, checks=(*claim.checks, _SMALL))


CLAIMS = [_squares(), _least(2), _suffice(3), _least(3), _suffice(4), _least(4)]
