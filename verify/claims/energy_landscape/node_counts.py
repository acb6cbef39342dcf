"""How many real nodes reconstruct the labels: pairs, nodes of one sign, the least width."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, product

from verify.claims.energy_landscape.common import on_sphere
from verify.claims.energy_landscape.complex_counts import FEWER, FEWER_MUTANTS
from verify.claims.energy_landscape.reconstruction import NODES
from verify.claims.writing import breaks, proof
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, at_least, odd
from verify.formula import Formula, Term, all_of, cos, equal, rational, sin, total, var
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

_PLACE = "Reconstruction"
_WAVES = "nodes of one frequency"
_ODD, _CYCLIC = Domain.of(p=odd(3)), Domain.of(p=at_least(2))
_A, _B = var("a"), var("b")


def _at(name: str, formula: Formula, description: str, **point: object) -> Check:
    return breaks(name, ~formula, description, point=point)


CLAIMS: list[Claim] = []

# -- real nodes of one frequency -------------------------------------------------------------------

_ANGLES = {"a": "angle", "b": "angle"}


def _waves(name: str, formula: Formula, scope: Domain, **more: str) -> Check:
    return Check(name=name, procedure=formal_identity, arguments={
        "formula": formula, "formal": {**_ANGLES, **more}, "scope": scope, "rests_on": (_WAVES,)})


def _node(r: Term | int, s: Term | int) -> Term:
    """The feature (r·cos a + s·cos b)²."""
    return (r * cos(_A) + s * cos(_B)) ** 2


def _expanded(r: Term, s: Term, half: Term) -> Term:
    """The feature by angles: r² and s² at 2a, 2b, rs at a ± b."""
    return half * (r**2 + s**2 + r**2 * cos(2 * _A) + s**2 * cos(2 * _B)) + r * s * (
        cos(_A - _B) + cos(_A + _B))


_R, _S = var("r"), var("s")
_HALF = rational(1, 2)


def _feature(scope: Domain, half: Term = _HALF) -> Check:
    return _waves("feature of a node", equal(_node(_R, _S), _expanded(_R, _S, half)), scope,
                  r="indeterminate", s="indeterminate")


def _pair_of_waves(scope: Domain, factor: int = 2) -> Check:
    left = (cos(_A) + cos(_B)) ** 2 - (cos(_A) - cos(_B)) ** 2
    return _waves("feature of a pair", equal(
        left, factor * (cos(_A - _B) + cos(_A + _B))), scope)


# Angles of the phases (φ, ψ) at which the weights of a node stand, as (i, j): iφ + jψ.
_DIFFERENCE, _SUM, _SQUARES = (1, -1), (1, 1), ((2, 0), (0, 2))


def _orthogonal(characters: Sequence[tuple[int, int]], norm: Fraction = Fraction(25, 2)) -> Formula:
    """cos and sin of iφ + jψ are orthogonal on the grid of fifths, each of squared norm 25/2."""
    waves = [(f, c) for c in characters for f in (cos, sin)]
    formulas = []
    for (f, (i, j)), (g, (k, l)) in combinations_with_replacement(waves, 2):
        sums = [f(rational(i * x + j * y, 5)) * g(rational(k * x + l * y, 5))
                for x, y in product(range(5), repeat=2)]
        same = (f, (i, j)) == (g, (k, l))
        formulas.append(equal(total(sums), rational(norm) if same else 0))
    return all_of(formulas)


def _independent(*characters: tuple[int, int], norm: Fraction = Fraction(25, 2)) -> Check:
    return Check(name="independent functions of the phases", procedure=exact_statement, arguments={
        "formula": _orthogonal(characters, norm), "points": ({},), "scope": _CYCLIC,
        "rests_on": (_WAVES,)})


def _suffices(scope: Domain, feature: Check, wrong: Check, *characters: tuple[int, int]
              ) -> tuple[Check, Mutant, Mutant]:
    """Generic phases: the feature, and the functions at the numbers that it depends on."""
    grid = _independent(*characters)
    check = proof("generic phases", feature, grid, scope=scope)
    other = _independent(*characters, norm=Fraction(25))
    return check, Mutant.of(check, "another feature", parts=(wrong, grid)), Mutant.of(
        check, "another norm", parts=(feature, other))


def _fails(count: int, feature: Check, wrong: Check, *characters: tuple[int, int], noun: str
           ) -> tuple[Check, Mutant]:
    grid = _independent(*characters)
    check = Check(name="generic phases on Z3", procedure=refuted_by, arguments={
        "parts": (feature, grid), "point": {"p": 3}, "rests_on": (_WAVES,),
        "description": f"Z3, {count} {noun} at the one frequency: for all phases outside a set of "
        "measure 0 too few weights are left to reproduce both cos(ωh) and sin(ωh)"})
    return check, Mutant.of(check, "another feature", parts=(wrong, grid))


_GENERIC = (
    NODES + "Real nodes u = cos(kωx + φ), v = cos(kωx + ψ) at every frequency 1 ≤ k ≤ M/2. "
    "Generic: for all phases outside a set of measure 0. ")
_EIGHT = (*_SQUARES, _SUM, _DIFFERENCE)
for _q in (2, 3, 4):
    _id, _title = f"li2.cand.real-cyclic.generic-{_q}", f"{_q} pairs per frequency, generic phases"
    _text = (f"Odd $M$, {_q} pairs per frequency, $u=\\cos(k\\omega x+\\varphi)$, "
             "$v=\\pm\\cos(k\\omega x+\\psi)$, generic phases: they suffice.")
    if _q == 4:
        CLAIMS.append(on_sphere(
            _id, _title, _PLACE, _text, "odd M and a set of phases of positive measure with a "
            "residual", *_suffices(_ODD, _pair_of_waves(_ODD), _pair_of_waves(_ODD, 3),
                                   _SUM, _DIFFERENCE), domain=_ODD, reading=_GENERIC))
    else:
        CLAIMS.append(on_sphere(
            _id, _title, _PLACE, _text, "odd M and a set of phases of positive measure with a "
            "residual", *_fails(_q, _pair_of_waves(_ODD), _pair_of_waves(_ODD, 3), _SUM,
                                noun="pairs"), domain=_ODD, reading=_GENERIC))
for _n in (4, 6, 8):
    _id, _title = f"li2.cand.single-sign.n{_n}", f"{_n} nodes of one sign per frequency"
    _text = f"{_n} one-signed nodes per frequency, generic phases, suffice."
    _false = "M and a set of phases of positive measure with a residual"
    if _n == 8:
        CLAIMS.append(on_sphere(
            _id, _title, _PLACE, _text, _false,
            *_suffices(_CYCLIC, _feature(_CYCLIC), _feature(_CYCLIC, rational(1, 3)), *_EIGHT),
            domain=_CYCLIC, reading=_GENERIC + "One-signed: [u; Pv] without [u; −Pv]. "))
    else:
        CLAIMS.append(on_sphere(
            _id, _title, _PLACE, _text, _false,
            *_fails(_n, _feature(_CYCLIC), _feature(_CYCLIC, rational(1, 3)), *_SQUARES, _SUM,
                    noun="nodes"),
            domain=_CYCLIC, reading=_GENERIC + "One-signed: [u; Pv] without [u; −Pv]. On Z2 they "
            "suffice. "))

# -- phases in q steps -----------------------------------------------------------------------------


def _thirds(scale: int) -> Formula:
    """Σ_j cos(t + j/3)·(pair with φ = −ψ = j/6 turn) = scale·cos(a − b − t), j = 0, 1, 2."""
    t, parts = var("t"), []
    for j in range(3):
        u, v = cos(_A + rational(j, 6)), cos(_B - rational(j, 6))
        parts.append(cos(t + rational(j, 3)) * ((u + v) ** 2 - (u - v) ** 2))
    return equal(total(parts), scale * cos(_A - _B - t))


def _same(turn: int) -> Formula:
    """φ = 0, 1/4 turn and ψ = −turn·φ on Z3: features at (1, 0) and at (0, 1) agree, Yc does not.

    Its column h' = 1 is 2/3 and −1/3 there.  True for turn = 1.
    """
    formulas = []
    for j, s in product(range(2), (1, -1)):
        ends = []
        for x, y in ((1, 0), (0, 1)):
            u = cos(rational(x, 3) + rational(j, 4))
            v = cos(rational(y, 3) - turn * rational(j, 4))
            ends.append((u + s * v) ** 2)
        formulas.append(equal(*ends))
    return all_of([*formulas, ~equal(rational(2, 3), rational(-1, 3))])


_THIRDS = _waves("three pairs", _thirds(3), _ODD, t="angle")
_HALVES = _at("two pairs on Z3", _same(1),
              "Z3: the features at (hx, x) = (1, 0) and (0, 1) agree; the column h' = 1 of Yc is "
              "2/3 and −1/3 there", p=3)
_STEPS = "Odd $M$, {} pairs per frequency, $\\varphi=-\\psi=\\pi j/{}$, $j<{}$: they suffice."
CLAIMS += [
    on_sphere(
        "li2.cand.real-cyclic.steps-2", "Two pairs per frequency, phases 0 and π/2", _PLACE,
        _STEPS.format("two", 2, 2), "odd M with a residual", _HALVES,
        Mutant.of(_HALVES, "ψ = 0", formula=~_same(0)), domain=_ODD, reading=NODES),
    on_sphere(
        "li2.cand.real-cyclic.steps-3", "Three pairs per frequency, phases 0, π/3, 2π/3", _PLACE,
        _STEPS.format("three", 3, 3), "odd M with a residual", _THIRDS,
        Mutant.of(_THIRDS, "another scale", formula=_thirds(2)), domain=_ODD,
        reading=NODES + "With t = kωh', the sum over the frequencies is a multiple of Yc. "),
]

# -- the least number ------------------------------------------------------------------------------


def _two_nodes(constant: int) -> Formula:
    """(cos a + cos b)² + (sin a + sin b)² = constant + 2cos(a − b); true for 2."""
    return equal(_node(1, 1) + (sin(_A) + sin(_B)) ** 2, constant + 2 * cos(_A - _B))


def _four_nodes(scale: Fraction) -> Formula:
    """Four real maximisers on Z3, two couples, give [h = h'] − 1/3; true for scale 1/3."""
    formulas = []
    for a, b, label in product(range(3), repeat=3):
        x, y, t = rational(a, 3), rational(b, 3), rational(label, 3)
        even = (cos(x) + cos(y)) ** 2 + (sin(x) + sin(y)) ** 2 - 2
        turned = (cos(x) + sin(y)) ** 2 + (cos(y) - sin(x)) ** 2 - 2
        formulas.append(equal(rational(scale) * (cos(t) * even - sin(t) * turned),
                              rational(int((a - b - label) % 3 == 0)) - rational(1, 3)))
    return all_of(formulas)


def _three_nodes(top: int) -> Formula:
    """Three real nodes with a constant part on Z3 reproduce Yc; true for top = 7.

    u = (7, −5, −5) moved by −j, v by j, halved: f_j = (6[a = −j] + 6[b = j] − 5)², and
    Yc = f_{h'}/24 − Σf_j/72.
    """
    values, formulas = (Fraction(top, 2), Fraction(-5, 2), Fraction(-5, 2)), []
    for a, b, label in product(range(3), repeat=3):
        f = [(rational(values[(a + j) % 3]) + values[(b - j) % 3]) ** 2 for j in range(3)]
        formulas.append(equal(f[label] / 24 - total(f) / 72,
                              rational(int((a - b - label) % 3 == 0)) - rational(1, 3)))
    return all_of(formulas)


_COUPLE = _waves("a couple of nodes", _two_nodes(2), _ODD)
_FOUR = proof("four nodes per frequency", _feature(_ODD), _COUPLE, scope=_ODD)
_Z3_FOUR = _at("four nodes on Z3", _four_nodes(Fraction(1, 3)),
               "Z3: four maximisers, phases (0, 0), (¼, ¼), (0, −¼), (¼, 0) turns, reproduce Yc",
               p=3)
_Z3_FOUR_MUTANT = Mutant.of(_Z3_FOUR, "another scale", formula=~_four_nodes(Fraction(1, 2)))
_Z3_THREE = _at("three nodes on Z3", _three_nodes(7),
                "Z3: three nodes u = (7, −5, −5)/2, v = u and their shifts by ∓j reproduce Yc",
                p=3, group="Z3")
_LEAST = NODES + "Real nodes. "
_SINGLE = _LEAST + (
    "Odd M, where the numbers are those of 2, 3, 4 pairs at (M − 1)/2 frequencies; each node has "
    "one frequency, as the maxima have; halves of any norms. ")
_TEXT = "$K={}(M-1)$ is least."
CLAIMS += [
    on_sphere(
        "li2.cand.real-count.k2", "The least real width is 2(M − 1)", _PLACE, _TEXT.format(2),
        "odd M and fewer nodes of one frequency each with residual 0, or none such as many", _FOUR,
        Mutant.of(_FOUR, "another feature", parts=(_feature(_ODD, rational(1, 3)), _COUPLE)),
        Mutant.of(_FOUR, "another constant", parts=(
            _feature(_ODD), Mutant.of(_COUPLE, "1", formula=_two_nodes(1)).check)),
        domain=_ODD, reading=_SINGLE),
    on_sphere(
        "li2.cand.real-count.k2.every-group", "The least real width is 2(M − 1), every group",
        _PLACE, _TEXT.format(2), "a group and fewer maximisers with residual 0", FEWER,
        *FEWER_MUTANTS, reading=_LEAST + "Nodes are real maximisers of E; every group. "),
    on_sphere(
        "li2.cand.real-count.k2.any-nodes", "The least real width is 2(M − 1), any nodes", _PLACE,
        _TEXT.format(2), "odd M and fewer real nodes with residual 0", _Z3_THREE,
        Mutant.of(_Z3_THREE, "(8, −5, −5)", formula=~_three_nodes(8)), domain=_ODD,
        reading=_LEAST + "Odd M, nodes of any form, with constants too. "),
    *(on_sphere(
        f"li2.cand.real-count.k{n}", f"The least real width is {n}(M − 1)", _PLACE,
        _TEXT.format(n), "odd M and fewer nodes of one frequency each with residual 0", _Z3_FOUR,
        _Z3_FOUR_MUTANT, domain=_ODD, reading=_SINGLE) for n in (3, 4)),
]
