"""Reconstruction of the labels from pairs of nodes: what real and complex nodes can do."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from constructions.groups.characters import CharacterTable
from constructions.groups.families import affine
from constructions.groups.permutation import PermutationGroup, alternating, symmetric
from verify.claims.energy_landscape.common import GROUPS, S3, lemma, of_type, on_sphere
from verify.claims.writing import altered, formal
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, odd
from verify.formula import Formula, Term, all_of, cis, cos, equal, rational, sin, total, var
from verify.methods.characters import (
    ORDER,
    Content,
    degree,
    group_counterexample,
    group_statement,
    nontrivial,
)
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement

NODES = (
    "Nodes [u; ±Pu] have the feature (u_{hx} ± u_x)² at (hx, x⁻¹); complex weights are squared "
    "without conjugation, as in the published code; output weights by least squares, η = 0. "
)
_X, _Y = var("x"), var("y")


def _formal(name: str, formula: Formula, lemma_name: str, scope: Domain, *names: str) -> Check:
    return formal(name, formula, " ".join(names), scope=scope, lemmas=(lemma_name,))


# -- symmetric features ----------------------------------------------------------------------------


def swap(sign: int) -> Formula:
    """(x + s·y)² = (y + s·x)² for s = ±1, which exchanges hx and x; `sign` spoils the second."""
    return equal((_X + _Y) ** 2, (_Y + _X) ** 2) & equal((_X - _Y) ** 2, (_Y - sign * _X) ** 2)


_LARGE_ORDER = of_type("with an element of order above 2")
_ODD = Domain.of(p=odd(3))


def _symmetric(scope: Domain) -> Check:
    return _formal("exchange of hx and x", swap(1), "symmetric features", scope, "x", "y")


def _swap_mutant(scope: Domain) -> Mutant:
    return Mutant.of(_symmetric(scope), "another sign", formula=swap(-1))


def _z3_sums(sign: int) -> Formula:
    """Σ_x of the feature of u = χ_k on Z3 is 0 for every h, k = 1, 2; for Yc it is 2 at h = h'."""
    formulas = []
    for k in (1, 2):
        for h in range(3):
            entries = [(cis(rational(k * (h + x), 3)) + s * cis(rational(sign * k * x, 3))) ** 2
                       for s in (1, -1) for x in range(3)]
            formulas += [equal(total(entries[:3]), 0), equal(total(entries[3:]), 0)]
    return all_of(formulas)


_Z3_COMPLEX = Check(
    name="characters of Z3", procedure=counterexample,
    arguments={
        "formula": ~_z3_sums(1), "point": {"group": "Z3"}, "values": {},
        "description": "Z3: over x each feature of [χ_k; ±Pχ_k] sums to 0 for every h, as χ_{2k} "
        "does; the column of Yc sums to 2 at h = h'",
    },
)
_Z3_MUTANT = Mutant.of(_Z3_COMPLEX, "[u; ±Pū]", formula=~_z3_sums(-1))


def _product(factor: int) -> Formula:
    return equal((_X + _Y) ** 2 - (_X - _Y) ** 2, factor * _X * _Y)


def _pairs(scope: Domain = GROUPS) -> Check:
    return _formal("a pair of nodes", _product(4), "pairs of nodes", scope, "x", "y")


_PAIRS = _pairs()
_PAIRS_MUTANT = Mutant.of(_PAIRS, "factor 2", formula=_product(2))


def _complex_fit(sign: int, scale: int = 12) -> Formula:
    """Σ_k χ̄_k(h')·((u_{hx} + v_x)² − (u_{hx} − v_x)²)/scale = [h = h'] − 1/3 on Z3, u = χ_k, k = 1,
    2, and v = χ_{sign·k}: true for v = ū, sign −1.
    """
    formulas = []
    for h, x, column in product(range(3), repeat=3):
        parts = []
        for k in (1, 2):
            u, v = cis(rational(k * (h + x), 3)), cis(rational(sign * k * x, 3))
            parts.append(cis(rational(-k * column, 3)) * ((u + v) ** 2 - (u - v) ** 2))
        goal = rational(int(h == column)) - rational(1, 3)
        formulas.append(equal(total(parts), scale * goal))
    return all_of(formulas)


_Z3_FITS = Check(
    name="Z3, written out", procedure=exact_statement,
    arguments={"formula": _complex_fit(-1), "points": ({},), "scope": Domain.at({"group": "Z3"})},
)
_Z3_FITS_MUTANT = Mutant.of(_Z3_FITS, "[u; ±Pu]", formula=_complex_fit(1))
_TILT = Fraction(1, 10)
# (a, b) of u = a·cos + b·sin, and the side to which u' turns: with one side for all, uu'ᵀ would
# be uuᵀ times one matrix, and span three dimensions only.
_WAVES = ((1, 0, 1), (0, 1, 1), (1, 1, 1), (1, -1, -1))


def _tilted(tilt: Fraction) -> list[tuple[list[Term], list[Term]]]:
    """u and u' = u ± tilt·(u turned by a quarter) for four waves on Z3."""
    c, s = ([f(rational(x, 3)) for x in range(3)] for f in (cos, sin))
    pairs = []
    for a, b, side in _WAVES:
        u = [a * p + b * q for p, q in zip(c, s, strict=True)]
        turned = [-b * p + a * q for p, q in zip(c, s, strict=True)]
        pairs.append((u, [p + rational(side * tilt) * q for p, q in zip(u, turned, strict=True)]))
    return pairs


def _tilted_weights() -> list[list[Fraction]]:
    """Weights of u u'ᵀ, four for the identity in the basis c, s, and four for the quarter turn.

    Coordinates of uu'ᵀ, (a, b) ⊗ (a − t·b, b + t·a), t = ±tilt: cc, cs, sc, ss.
    """
    rows = []
    for a, b, side in _WAVES:
        t = side * _TILT
        rows.append([a * (a - t * b), a * (b + t * a), b * (a - t * b), b * (b + t * a)])
    return [_solved(rows, goal) for goal in ((1, 0, 0, 1), (0, -1, 1, 0))]


def _solved(rows: list[list[Fraction]], goal: tuple[int, ...]) -> list[Fraction]:
    """x with Σ x_i rows_i = goal, by elimination; the rows are independent."""
    matrix = [[Fraction(row[i]) for row in rows] + [Fraction(goal[i])] for i in range(len(goal))]
    for i in range(len(matrix)):
        pivot = next(j for j in range(i, len(matrix)) if matrix[j][i])
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        matrix[i] = [x / matrix[i][i] for x in matrix[i]]
        for j in range(len(matrix)):
            if j != i:
                row = matrix[j]
                matrix[j] = [x - row[i] * y for x, y in zip(row, matrix[i], strict=True)]
    return [row[-1] for row in matrix]


def _real_fit(tilt: Fraction) -> Formula:
    """Four tilted pairs on Z3 give (2/3)·(cos θ·I + sin θ·J), θ = h'/3 turn, hence Yc."""
    identity, quarter = _tilted_weights()
    pairs, formulas = _tilted(tilt), []
    for h, x, column in product(range(3), repeat=3):
        parts = []
        for (u, v), one, other in zip(pairs, identity, quarter, strict=True):
            weight = rational(one) * cos(rational(column, 3)) + rational(other) * sin(
                rational(column, 3))
            y, z = u[(h + x) % 3], v[x]
            parts.append(weight * ((y + z) ** 2 - (y - z) ** 2))
        goal = rational(int(h == column)) - rational(1, 3)
        formulas.append(equal(rational(1, 6) * total(parts), goal))
    return all_of(formulas)


_Z3_TILTED = Check(
    name="Z3, u' a tenth away from u", procedure=exact_statement,
    arguments={"formula": _real_fit(_TILT), "points": ({},), "scope": Domain.at({"group": "Z3"})},
)
_Z3_TILTED_MUTANT = Mutant.of(_Z3_TILTED, "u' = u", formula=_real_fit(Fraction(0)))
TILTED = (_Z3_TILTED, _Z3_TILTED_MUTANT)

# -- small real examples ---------------------------------------------------------------------------


def _z2_fit(scale: int) -> Formula:
    """¼((u_{hx} + u_x)² − (u_{hx} − u_x)²) = scale·([h = 0] − ½)·2 for u = (1, −1) on Z2."""
    u = (1, -1)
    formulas = [
        equal((rational(u[(h + x) % 2]) + u[x]) ** 2 - (rational(u[(h + x) % 2]) - u[x]) ** 2,
              4 * scale * (1 if h == 0 else -1))
        for h in range(2) for x in range(2)
    ]
    return all_of(formulas)


_Z2_FIT = Check(
    name="two nodes on Z2", procedure=counterexample,
    arguments={
        "formula": ~_z2_fit(1), "point": {"group": "Z2"}, "values": {},
        "description": "Z2: the nodes [u; ±Pu], u = (1, −1), reproduce 2·Yc up to the scale",
    },
)


def _z3_column(value: Term) -> Formula:
    """Four real nodes on Z3 reproduce the column h' = 0 of Yc, value at h = 0, −1/3 elsewhere."""
    waves = [[cos(rational(x, 3)) for x in range(3)], [sin(rational(x, 3)) for x in range(3)]]
    formulas = []
    for h in range(3):
        for x in range(3):
            parts = [(u[(h + x) % 3] + u[x]) ** 2 - (u[(h + x) % 3] - u[x]) ** 2 for u in waves]
            goal = value if h == 0 else rational(-1, 3)
            formulas.append(equal(rational(1, 6) * total(parts), goal))
    return all_of(formulas)


_Z3_BETTER = Check(
    name="one column on Z3", procedure=counterexample,
    arguments={
        "formula": ~_z3_column(rational(2, 3)), "point": {"group": "Z3", "p": 3}, "values": {},
        "description": "Z3: four real nodes reproduce one of the three columns of Yc exactly, so "
        "the residual is at most √(2/3)·|Yc|",
    },
)

# -- counting nodes --------------------------------------------------------------------------------

_M, _KAPPA = {"var": "M"}, {"var": "a"}
_BOUND = {"*": [2, {"-": [{"+": [{"^": [{"-": [_M, _KAPPA]}, 2]}, _KAPPA]}, 1]}]}
_ABELIAN_COUNT = {"*": [2, {"-": [_M, 1]}]}
_COUNT = lemma("count", "energy-nodes", factor=2, bound=_BOUND, abelian=_ABELIAN_COUNT)
_ABELIAN = of_type("that are Abelian")
_COUNT_ABELIAN = lemma("count", "energy-nodes", _ABELIAN, factor=2, bound=_BOUND,
                       abelian=_ABELIAN_COUNT)


def _nodes(table: CharacterTable) -> Term:
    return total([2 * degree(n) ** 4 for n in nontrivial(table)])


def _below(table: CharacterTable) -> Content:
    return Content(relations=(_nodes(table) < ORDER**2,))


def _not_below(table: CharacterTable) -> Content:
    return Content(relations=(_nodes(table) >= ORDER**2,))


F20, F21 = affine(5, 2, "F20"), affine(7, 2, "F21")
A4, S4, A5 = alternating(4), symmetric(4), alternating(5)


def _exceeds(group: PermutationGroup, count: int) -> Check:
    return Check(
        name=f"degrees of {group.name}", procedure=group_counterexample,
        arguments={"group": group, "violation": _not_below, "rests_on": ("irreducible rows",),
                   "description": f"{group.name}: 2Σd⁴ = {count} ≥ M² = {group.order**2}"},
    )


def _within(group: PermutationGroup) -> Check:
    return Check(
        name=f"degrees of {group.name}", procedure=group_statement,
        arguments={"groups": (group,), "content": _below, "rests_on": ("irreducible rows",)},
    )


_A4_EXCEEDS = _exceeds(A4, 166)

CLAIMS: list[Claim] = [
    on_sphere(
        "li2.reconstruction", "Pairs of nodes reconstruct the labels", "Theorem 3",
        "(1) $E$ optimised over $\\mathbb C$, (2) for each irrep $m_k^2d_k^2$ pairs $[u;\\pm Pu]$ "
        "whose $\\{uu^*\\}$ form a complete basis of $\\mathrm{End}\\,\\mathcal H_k$, (3) $V$ "
        "learned with $\\eta=0$ $\\Rightarrow\\hat Y=Y_c$.",
        "a group and such nodes with a residual", _Z3_COMPLEX, _Z3_MUTANT,
        reading=NODES + "For Z2 it holds. ", corrected_by="li2.reconstruction.corrected",
    ),
    on_sphere(
        "li2.reconstruction.corrected", "Pairs with the conjugate reconstruct the labels",
        "Theorem 3",
        "For each $k\\ne0$ let $d_k^4$ pairs $[u;\\pm P\\bar u]$, $u\\in\\mathcal H_k$, have "
        "$\\{uu^*\\}$ a basis of $\\mathrm{End}\\,\\mathcal H_k$ (there are such); with $V$ "
        "learned and $\\eta=0$, $\\hat Y=Y_c$.",
        "a group and such nodes with a residual", (_PAIRS, _Z3_FITS), _PAIRS_MUTANT,
        _Z3_FITS_MUTANT, reading=NODES, corrects="li2.reconstruction",
    ),
    on_sphere(
        "li2.real-impossible", "No reconstruction from real pairs", "§4.4",
        "There is no such theorem over $\\mathbb R$: $\\mathrm{span}\\{uu^\\top\\}$ misses "
        "orthogonal matrices.",
        "a group with an element of order above 2, and real nodes [u; ±Pu] with residual 0",
        _symmetric(_LARGE_ORDER), _swap_mutant(_LARGE_ORDER), domain=_LARGE_ORDER,
        reading=NODES + "For every group with an element of order above 2 and any number of "
        "real u, in a block or not. If h² = e for all h, real pairs do reconstruct. ",
    ),
    on_sphere(
        "li2.real-perturbed", "Reconstruction from perturbed real pairs", "§4.4",
        "With $[u;\\pm Pu']$, $u'$ a small perturbation of $u$, it holds over $\\mathbb R$.",
        "a group for which perturbed pairs in the blocks never have residual 0",
        (_PAIRS, _Z3_TILTED), _PAIRS_MUTANT, _Z3_TILTED_MUTANT,
        reading="u, u' in one real block; for every ε > 0 generic pairs with |u − u'| < ε, D⁴/f² "
        "of them in each block, reproduce Yc. They are maxima only when U, U' are of the form "
        "bc*, ac*. ",
    ),
    on_sphere(
        "li2.node-count", "Nodes that suffice", "§4.4",
        "$K=2\\sum_{k\\ne0}m_k^2d_k^2\\le2[(M-\\kappa)^2+\\kappa-1]$; Abelian: $2M-2$.",
        "a group with more nodes", _COUNT,
        altered(_COUNT, "κ for κ − 1", bound={"*": [2, {"+": [
            {"^": [{"-": [_M, _KAPPA]}, 2]}, _KAPPA]}]}),
        kind="in", reading="κ: the number of non-trivial irreps, m_k = d_k. ",
    ),
    on_sphere(
        "li2.beats-memorising", "Fewer nodes than memorising", "§4.4",
        "This is much more efficient than $M^2$ nodes.",
        "a group with K ≥ M²", _A4_EXCEEDS, Mutant.of(_A4_EXCEEDS, "S3", group=S3),
        kind="in", corrected_by="li2.beats-memorising.corrected",
        reading="K = 2Σ_{k≠0}d_k⁴ < M² for every group. Groups of order below 12 obey it. ",
    ),
    on_sphere(
        "li2.beats-memorising.corrected", "Fewer nodes than memorising for Abelian groups", "§4.4",
        "For Abelian groups $K=2M-2<M^2$.", "an Abelian group with K ≥ M²", _COUNT_ABELIAN,
        altered(_COUNT_ABELIAN, "M nodes", abelian=_M), kind="in", domain=_ABELIAN,
        corrects="li2.beats-memorising", reading="M² − 2M + 2 = (M − 1)² + 1 > 0. ",
    ),
    on_sphere(
        "li2.cand.complex-pairs.plain", "Complex pairs [u; ±Pu] reconstruct", "Reconstruction",
        "$2\\sum d_k^4$ nodes $[u;\\pm Pu]$, $\\{uu^*\\}$ a basis, reconstruct.",
        "a group with a residual", _Z3_COMPLEX, _Z3_MUTANT, reading=NODES,
    ),
    on_sphere(
        "li2.cand.complex-pairs.conjugate", "Complex pairs [u; ±Pū] reconstruct", "Reconstruction",
        "$2\\sum d_k^4$ nodes $[u;\\pm P\\bar u]$, $\\{uu^*\\}$ a basis, reconstruct.",
        "a group with a residual", (_PAIRS, _Z3_FITS), _PAIRS_MUTANT, _Z3_FITS_MUTANT,
        reading=NODES,
    ),
    on_sphere(
        "li2.cand.below-square.all", "2Σd⁴ < M² for all groups", "Reconstruction",
        "$2\\sum_{k\\ne0}d_k^4<M^2$ for all groups.", "a group with 2Σd⁴ ≥ M²", _A4_EXCEEDS,
        Mutant.of(_A4_EXCEEDS, "S3", group=S3),
    ),
    on_sphere(
        "li2.cand.below-square.abelian", "2Σd⁴ < M² for Abelian groups", "Reconstruction",
        "$2\\sum_{k\\ne0}d_k^4<M^2$ for Abelian groups.", "an Abelian group with 2Σd⁴ ≥ M²",
        _COUNT_ABELIAN, altered(_COUNT_ABELIAN, "M nodes", abelian=_M), domain=_ABELIAN,
        reading="2M − 2 < M². ",
    ),
]
for _group, _count in ((A4, 166), (S4, 358), (F20, 518), (F21, 328), (A5, 2086)):
    _id = f"li2.cand.below-square.{_group.name.lower()}"
    _title = f"2Σd⁴ < M² for {_group.name}"
    _text = f"$2\\sum_{{k\\ne0}}d_k^4<M^2$ for {_group.name}."
    _false = "degrees with 2Σd⁴ ≥ M²"
    _domain = Domain.at({"group": _group.name})
    if _count < _group.order**2:
        _check = _within(_group)
        CLAIMS.append(on_sphere(_id, _title, "Reconstruction", _text, _false, _check,
                            Mutant.of(_check, "the opposite", content=_not_below), domain=_domain))
    else:
        _check = _exceeds(_group, _count)
        CLAIMS.append(on_sphere(_id, _title, "Reconstruction", _text, _false, _check,
                              Mutant.of(_check, "the opposite", violation=_below), domain=_domain))

_SAME = "Real $[u;\\pm Pu]$: "
CLAIMS += [
    on_sphere(
        "li2.cand.real-same.suffice", "Real pairs suffice in some number", "Reconstruction",
        _SAME + "they suffice in some number.", "a group for which no number does",
        NEVER := Check(
            name="a pair of entries on Z3", procedure=counterexample,
            arguments={
                "formula": ~(swap(1) & ~equal(rational(1) - rational(1, 3), -rational(1, 3))),
                "point": {"group": "Z3"}, "values": {"x": 2, "y": 5},
                "description": "Z3: predictions at (hx, x) = (1, 0) and (0, 1) agree, as (x ± "
                "y)² does; the column h' = 1 of Yc is 2/3 and −1/3 there",
            }),
        Mutant.of(NEVER, "another sign", formula=~(swap(-1) & ~equal(rational(1), 0))),
        reading=NODES + "The formula shows one pair of values; (x ± y)² = (y ± x)² for all. ",
    ),
    on_sphere(
        "li2.cand.real-same.never", "Real pairs never suffice", "Reconstruction",
        _SAME + "they never suffice.", "a group and real pairs with residual 0", _Z2_FIT,
        Mutant.of(_Z2_FIT, "another scale", formula=~_z2_fit(2)), reading=NODES,
    ),
]
_FLOORS = (("half", "1/2", True), ("root-half", "1/\\sqrt2", True), ("one", "1", False))
for _name, _tex, _true in _FLOORS:
    _id, _title = f"li2.cand.real-same.{_name}", f"The residual of real pairs, at least ${_tex}$"
    _text = f"The residual of real $[u;\\pm Pu]$ over $|Y_c|$ on odd cycles is at least ${_tex}$."
    _false = "an odd cycle and real pairs with a smaller residual"
    if _true:
        CLAIMS.append(on_sphere(_id, _title, "Reconstruction", _text, _false, _symmetric(_ODD),
                            _swap_mutant(_ODD), domain=_ODD, reading=NODES))
    else:
        CLAIMS.append(on_sphere(
            _id, _title, "Reconstruction", _text, _false, _Z3_BETTER,
            Mutant.of(_Z3_BETTER, "another value", formula=~_z3_column(rational(1, 3))),
            domain=_ODD, reading=NODES))
