"""Local maxima of the energy: the printed theorem, its corollaries, and what holds instead."""

from __future__ import annotations

from collections.abc import Sequence

from constructions.groups.characters import CharacterTable
from constructions.groups.families import abelian, affine, dicyclic
from constructions.groups.irreps import Block
from constructions.groups.permutation import PermutationGroup, alternating, cyclic, symmetric
from verify.claims.energy_landscape.common import (
    COS4,
    E1,
    E2,
    EIGHTH,
    GROUPS,
    NO_ENERGY,
    S3,
    SHIFTED,
    SIGN,
    SIGN4,
    WAVE,
    Z2,
    Z3,
    Z4,
    against,
    against_lemma,
    at,
    lemma,
    maxima,
    of_type,
    on_sphere,
    pair,
    s3_vector,
    with_relations,
)
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, at_least, even, odd
from verify.formula import Formula, Term, equal, rational, var
from verify.methods.characters import (
    ORDER,
    Content,
    degree,
    group_counterexample,
    group_statement,
    kind,
    nontrivial,
)
from verify.methods.combine import conjunction
from verify.methods.convolutions import Sum, convolution_identity
from verify.methods.convolutions import at as value_at
from verify.methods.energy import CURVATURE, ENERGY, NORM, Neuron, Peak, peaks, stated_peak
from verify.methods.identities import formal_identity

F, M_SIZE, ORDER_M = {"var": "f"}, {"var": "m"}, {"var": "M"}
D = {"*": [F, M_SIZE]}
NULLITY = {"-": [{"-": [{"*": [3, D]}, 2]}, F]}
STEEP = {"+": [{"-": [D, F]}, 1]}
REST = {"+": [{"-": [{"*": [2, ORDER_M]}, {"*": [4, D]}]}, {"*": [2, F]}]}
HESSIAN = lemma("Hessian", "energy-hessian", spectrum=[[0, NULLITY], [-8, STEEP], [-4, REST]])

GENERIC = s3_vector((E1, E1), (E2, E2))  # singular values 2 and 6
EQUAL_LENGTHS = ((1, -1, 0), (0, 1, -1))
S3_RIGHT = [s3_vector((b, E1)) for b in EQUAL_LENGTHS]  # U = bc*, V = ac*
S3_LEFT = [s3_vector((E1, b)) for b in EQUAL_LENGTHS]  # U = cb*, V = ca*


def peak_of(group: PermutationGroup, divisor: int) -> Formula:
    """E(w/|w|) = M/divisor."""
    return equal(divisor * ENERGY, ORDER * NORM**2)


def z3_peak(*relations: Formula, shifted: bool = True) -> Neuron:
    """A maximum on Z3: two waves with different phases."""
    return pair(Z3, WAVE, SHIFTED if shifted else WAVE, relations=relations)


_INSTANCES = Check(
    name="a maximum of each block of small groups",
    procedure=peaks,
    arguments={
        "groups": (Z2, Z3, Z4, S3, dicyclic(2), alternating(4), dicyclic(3), affine(7, 2, "F21"),
                   symmetric(4)),
        "stated": stated_peak,
        "rests_on": ("energy maxima", "energy Hessian"),
    },
)


def _eight(block: Block, order: int) -> Peak:
    """The printed value: a mutant of `stated_peak`."""
    return stated_peak(block, order, divisor=8)


INSTANCE_MUTANT = Mutant.of(_INSTANCES, "M/(8D)", stated=_eight)
# On Z4: the sign s (norm 4) and twice the wave 2t (norm 8) have squared masses 1 : 2 = D : D.
MIXED = (3, -1, -1, -1)
MIXED_AT = at("sign and wave on Z4", pair(
    Z4, MIXED, critical=True, direction=((0, -2, 4, -2), (0, -2, 4, -2)),
    relations=(rational(0) < CURVATURE,)))
MIXED_WRONG = Mutant.of(MIXED_AT, "negative curvature", neurons=(pair(
    Z4, MIXED, critical=True, direction=((0, -2, 4, -2), (0, -2, 4, -2)),
    relations=(rational(0) > CURVATURE,)),))
# On Z5 both frequencies with equal masses, towards one of them.
_TOWARDS = (0, 1, -1, -1, 1)


def _two_waves(*relations: Formula) -> Neuron:
    return pair(cyclic(5), (4, -1, -1, -1, -1), critical=True, direction=(_TOWARDS, _TOWARDS),
                relations=relations)


_TWO_WAVES = at("two frequencies on Z5", _two_waves(rational(0) < CURVATURE))
_TWO_WAVES_MUTANT = Mutant.of(
    _TWO_WAVES, "negative curvature", neurons=(_two_waves(rational(0) > CURVATURE),))
ONE_OF_EACH = Check(
    name="a maximum of each block of Z3, Z4, S3", procedure=peaks,
    arguments={"groups": (Z3, Z4, S3), "stated": stated_peak,
               "rests_on": ("energy maxima", "energy Hessian")},
)
ONE_OF_EACH_MUTANT = Mutant.of(ONE_OF_EACH, "M/(8D)", stated=_eight)
FORM = maxima("maxima", contained_in=["right"], contain=["right"], share="1/2",
              conclusions=["one-block", "each-block", "saddles"])
_FORM_MUTANTS = (
    altered(FORM, "V = ±U", contained_in=["signed"]),
    altered(FORM, "any U, V of rank one", contain=["rank"]),
    altered(FORM, "M/(8D)", value=EIGHTH),
)

# -- the printed bound ---------------------------------------------------------------------------


def _in_two(left: Formula) -> Neuron:
    return pair(Z2, SIGN, relations=(left,), characters=True)


_Z2_ENERGY = against(
    _in_two(~equal(2 * ENERGY, ORDER * var("left_2"))),
    "Z2, u = v = (1, −1)/2: E = 1, and (M/2)|u*v|² = 1/4",
)
_Z2_BOUND = against(
    _in_two(ORDER * var("share_2") ** 2 < 8 * ENERGY),
    "Z2, u = v = (1, −1)/2: E = 1 > M/8 = 1/4",
)
_Z3_BOTH = against(
    pair(Z3, WAVE, characters=True, relations=(
        peak_of(Z3, 4), equal(2 * var("share_2"), NORM), equal(2 * var("share_3"), NORM))),
    "Z3: the global maximum M/4 of real weights has c_1 = c_2 = 1/2",
    rests_on=("energy maxima",),
)
_Z3_PHASES = against(
    z3_peak(peak_of(Z3, 4)),
    "Z3: u = (2, −1, −1), v = (−1, 2, −1) attain the global maximum M/4, and v ≠ ±u",
    rests_on=("energy maxima",),
)
_Z3_MUTANT = with_relations(_Z3_PHASES, "M/16", peak_of(Z3, 16))
_BOUND = maxima("maxima", contained_in=["right"], contain=["right"], share="1/2",
                conclusions=["least-dimension"])
_CORRECT = (
    "Over the real blocks: $E=2M\\sum_{k\\ne0}|V_kU_k^*|^2/D_k\\le\\frac M2\\sum_kc_k^2/D_k$; the "
    "global maxima are $c_k=1$ at the blocks of least $D_k$, $E=M/2D_k$, attained iff $U=bc^*$, "
    "$V=ac^*$, $|U|=|V|=1/\\sqrt2$."
)
_REAL_C = "c_k = |û_k|² + |v̂_k|² over the complex irreps, as printed. "

CLAIMS: list[Claim] = [
    on_sphere(
        "li2.block-bound.energy", "The energy of the square in blocks", "(21)",
        "$E=\\frac M2\\sum d_k^{-1}|\\sum_r\\hat u_{k,r}^*\\hat v_{k,r}|^2$.",
        "a group and w with another energy", _Z2_ENERGY,
        with_relations(_Z2_ENERGY, "the printed value", equal(2 * ENERGY, ORDER * var("left_2"))),
        kind="in", corrected_by="li2.block-bound.corrected",
    ),
    on_sphere(
        "li2.block-bound.bound", "The bound on the energy of the square", "(22)",
        "$E\\le\\frac M8\\sum c_k^2/d_k$, $c_k=\\sum_r|\\hat u_{k,r}|^2+|\\hat v_{k,r}|^2$, "
        "$\\sum_{k\\ne0}c_k=1$.",
        "a group and w with a larger energy", _Z2_BOUND,
        with_relations(_Z2_BOUND, "M/2", ORDER * var("share_2") ** 2 < 2 * ENERGY),
        kind="in", corrected_by="li2.block-bound.corrected",
    ),
    on_sphere(
        "li2.block-bound.global", "The one global maximum of the energy", "(22)",
        "There is one global maximum, $c_k=1$ at $\\mathrm{argmin}\\,d_k$.",
        "a group and a global maximum with c_k < 1 for all k", _Z3_BOTH,
        with_relations(_Z3_BOTH, "c_1 = 1", equal(var("share_2"), NORM)),
        kind="in", corrected_by="li2.block-bound.corrected", reading=_REAL_C,
    ),
    on_sphere(
        "li2.block-bound.equality", "Where the bound on the energy is attained", "(22)",
        "The maximum is attained iff $\\hat u=\\pm\\hat v$ with squared norms 1/2.",
        "a group and a global maximum with û ≠ ±v̂", _Z3_PHASES, _Z3_MUTANT,
        kind="in", corrected_by="li2.block-bound.corrected",
        reading="The bound with the constant that makes it sharp; on Z2 all maxima have u = ±v. ",
    ),
    on_sphere(
        "li2.block-bound.corrected", "Energy, bound and global maxima over the real blocks",
        "(21), (22)", _CORRECT, "a group and w with another energy, or a larger one",
        (_BOUND, _INSTANCES), altered(_BOUND, "V = ±U", contained_in=["signed"]),
        altered(_BOUND, "M/(8D)", value=EIGHTH), INSTANCE_MUTANT,
        kind="in", corrects="li2.block-bound.bound",
    ),
]

# -- vertices, strictness, flatness ------------------------------------------------------------

_EACH = maxima("maxima", conclusions=["each-block"])
_G, _H, _EPS = var("g"), var("h"), var("e")


def _leaking(linear: int) -> Formula:
    """(1 − e)²g + e²h − g = −e(linear·g − e(g + h)): negative for small e > 0; true for 2.

    g = 1/D_a, h = 1/D of the least D; E ≤ (M/2)Σc²/D, with equality at the vertex.
    """
    return equal((1 - _EPS) ** 2 * _G + _EPS**2 * _H - _G,
                 -_EPS * (linear * _G - _EPS * (_G + _H)))


_IN_C = Check(
    name="leaving a vertex", procedure=formal_identity,
    arguments={"formula": _leaking(2), "formal": dict.fromkeys("egh", "indeterminate"),
               "scope": GROUPS, "rests_on": ("energy in blocks", "energy maxima")},
)
_Z3_FLAT = against(
    pair(Z3, WAVE, SHIFTED, spectrum=[(0, 2), (-8, 1), (-4, 2)], relations=(peak_of(Z3, 4),)),
    "Z3: the maxima form a two-dimensional torus, the phases of u and v",
    rests_on=("energy maxima",),
)
_Z3_FLAT_MUTANT = Mutant.of(_Z3_FLAT, "no zero eigenvalue", neuron=pair(
    Z3, WAVE, SHIFTED, spectrum=[(-8, 3), (-4, 2)]))
_Z4_SHARP = against(
    pair(Z4, SIGN4, spectrum=[(-8, 1), (-4, 6)], relations=(peak_of(Z4, 2),)),
    "Z4, u = v = (1, −1, 1, −1)/√8, the global maximum: the Riemannian Hessian has no eigenvalue 0",
    rests_on=("energy maxima",),
)
_Z4_SHARP_MUTANT = Mutant.of(_Z4_SHARP, "the wave of period 4", neuron=pair(
    Z4, COS4, spectrum=[(-8, 1), (-4, 6)]))
LARGER = of_type("of order at least 3")
_AMBIENT = lemma("sides", "energy-sides", LARGER, activation=[0, 0, 1], value=2)
_FLAT_IFF = (
    "The Riemannian Hessian at a local maximum in a block has nullity $3D-2-f$, the dimension of "
    "its manifold of maxima: 0 iff $D=1$."
)
_ABELIAN = of_type("that are Abelian, of order at least 3")


def _all_real(table: CharacterTable) -> Content:
    return Content(relations=(
        equal(ORDER, 4), *(equal(kind(n), 1) & equal(degree(n), 1) for n in nontrivial(table))))


def _has_complex(table: CharacterTable) -> Content:
    first = next(n for n in nontrivial(table) if table.indicators[n - 1] == 0)
    return Content(relations=(equal(kind(first), 2) & equal(degree(first), 1),))


_KLEIN = Check(
    name="Z2 × Z2",
    procedure=group_counterexample,
    arguments={"group": abelian(2, 2), "violation": _all_real, "rests_on": ("irreducible rows",),
               "description": "Z2 × Z2 is Abelian of order 4, and its characters are real"},
)
_EXPONENT = Check(
    name="Abelian groups of exponent above 2",
    procedure=group_statement,
    arguments={"groups": (Z3, Z4, cyclic(5), cyclic(6), abelian(2, 4), abelian(3, 3)),
               "content": _has_complex, "rests_on": ("irreducible rows",)},
)
_LONGER = of_type("that are Abelian, with an element of order above 2")


def _sum_of_characters(height: Term) -> Check:
    """Σ_χ χ(z) = height·1[z = 0] on every finite Abelian group of order n: true for n."""
    return Check(name="sum of the characters", procedure=convolution_identity, arguments={
        "functions": ["g"],
        "left": [Sum(coefficient=height, over=(), body=value_at("g"))],
        "right": [Sum(coefficient=1, over=("z",), frequencies=({"z": 1},),
                      body=value_at("g", z=1))],
        "scope": _LONGER,
    })


def _not_all_real(height: Term) -> Check:
    return Check(name="an element of order above 2", procedure=conjunction, arguments={
        "parts": (_sum_of_characters(height),), "scope": _LONGER,
        "rests_on": ("complex characters",)})


_SQUARES = _not_all_real(var("n"))


def _too_real(table: CharacterTable) -> Content:
    return Content(relations=(equal(kind(2), 1), equal(kind(len(table.values)), 1)))


CLAIMS += [
    on_sphere(
        "li2.vertex-maxima.local", "Each vertex is a local maximum", "(23)",
        "Each $c_k=1$ is a local maximum.",
        "a group and a block without a local maximum", (_EACH, ONE_OF_EACH),
        altered(_EACH, "no energy in any block", value=NO_ENERGY), ONE_OF_EACH_MUTANT,
        reading="k runs over the real blocks, and c_k = 1 stands for the best points of the "
        "block. ",
    ),
    on_sphere(
        "li2.vertex-maxima.flat", "All vertices are flat", "(23)",
        "All local maxima $c_k=1$ are flat.",
        "a group of order above 2 and a local maximum at which the Riemannian Hessian is "
        "negative definite",
        _Z4_SHARP, _Z4_SHARP_MUTANT, domain=LARGER,
        corrected_by="li2.vertex-maxima.flat.corrected",
        reading="M > 2, as in Corollary 1 (Z2 is no example of interest); flat: the Riemannian "
        "Hessian has an eigenvalue 0. On Z3 it holds. As a function of c on the "
        "simplex no vertex is flat: the slope there is not 0. ",
    ),
    on_sphere(
        "li2.vertex-maxima.flat.corrected", "Which vertices are flat", "(23)", _FLAT_IFF,
        "a maximum with another nullity", HESSIAN,
        altered(HESSIAN, "nullity D − 1", spectrum=[[0, {"-": [D, 1]}]]),
        corrects="li2.vertex-maxima.flat",
    ),
    on_sphere(
        "li2.strict-maxima.in-w", "The local maxima are strict in the weights", "Fig. 4, A.3",
        "The local maxima are strict.",
        "a group and a local maximum with points of equal energy nearby", _Z3_FLAT, _Z3_FLAT_MUTANT,
        corrected_by="li2.strict-maxima.in-w.corrected",
        reading="Strict: E is smaller at all other points w near the maximum. On Z2 they are. As "
        "a function of the masses: li2.strict-maxima.in-c. ",
    ),
    on_sphere(
        "li2.strict-maxima.in-c", "The local maxima are strict in the masses", "Fig. 4, A.3",
        "The local maxima are strict.",
        "a group, a block and points with less than all of the mass there, near to it, and no less "
        "energy", _IN_C, Mutant.of(_IN_C, "slope 4/D", formula=_leaking(4)),
        reading="The largest E over all w with masses c_k = |U_k|² + |V_k|² in the real blocks, as "
        "a function of c, as in Figure 4: near c_a = 1 it is smaller than there. ",
    ),
    on_sphere(
        "li2.strict-maxima.in-w.corrected", "The local maxima are strict across their manifold",
        "Fig. 4, A.3",
        "The maxima of a block are a manifold, connected of dimension $3D-2-f$ (four points for "
        "$D=1$), on whose normal spaces the Riemannian Hessian is negative definite.",
        "a maximum with a larger nullity", (HESSIAN, _MANIFOLD := maxima(
            "manifold", manifold=NULLITY, components={"1": 4, "more": 1})),
        altered(HESSIAN, "nullity 0", spectrum=[[0, 0]]),
        altered(_MANIFOLD, "dimension D − 1", manifold={"-": [D, 1]}),
        corrects="li2.strict-maxima.in-w",
    ),
    on_sphere(
        "li2.flat-maxima.ambient", "Local maxima have a zero ambient Hessian eigenvalue",
        "Corollary 1",
        "$M>2$: at local maxima some Hessian eigenvalue is 0.",
        "a group and a local maximum with an invertible ∇²E", _AMBIENT,
        altered(_AMBIENT, "value 1", value=1), domain=LARGER,
        reading="Ambient: ∇²E on R^{2M}. By E = 2Σ(uᵀR̃_hv)², E does not depend on the constant "
        "part of u, so 1 is in the kernel, for M = 2 as well. ",
    ),
    on_sphere(
        "li2.flat-maxima.riemannian", "Local maxima have a zero Riemannian Hessian eigenvalue",
        "Corollary 1",
        "$M>2$: at local maxima some eigenvalue of the Riemannian Hessian is 0.",
        "a group and a local maximum with a negative definite Riemannian Hessian",
        _Z4_SHARP, _Z4_SHARP_MUTANT, domain=LARGER,
        corrected_by="li2.flat-maxima.riemannian.corrected",
        reading="On the tangent space of the sphere, 2M − 1 eigenvalues. On Z3 it holds. ",
    ),
    on_sphere(
        "li2.flat-maxima.riemannian.corrected", "The nullity at local maxima", "Corollary 1",
        _FLAT_IFF, "a maximum with another nullity", (HESSIAN, _INSTANCES),
        altered(HESSIAN, "nullity 1", spectrum=[[0, 1]]), INSTANCE_MUTANT,
        corrects="li2.flat-maxima.riemannian",
    ),
    on_sphere(
        "li2.flat-reason", "Abelian groups have a complex irrep", "proof of Corollary 1",
        "Abelian, $M>2$: some irrep is complex.",
        "an Abelian group of order above 2 all of whose characters are real", _KLEIN,
        Mutant.of(_KLEIN, "Z4", group=Z4), kind="id", domain=_ABELIAN,
        corrected_by="li2.flat-reason.corrected",
    ),
    on_sphere(
        "li2.flat-reason.corrected", "Abelian groups with an element of order above 2",
        "proof of Corollary 1",
        "Abelian with an element of order above 2: some irrep is complex.",
        "such a group all of whose characters are real", (_SQUARES, _EXPONENT),
        Mutant.of(_SQUARES, "twice the order",
                  parts=_not_all_real(2 * var("n")).arguments["parts"]),
        Mutant.of(_EXPONENT, "all characters real", content=_too_real),
        kind="id", domain=_LONGER, corrects="li2.flat-reason",
        reading="Irreps of Abelian groups are characters; real: with real values. The tables of "
        "Z3, Z4, Z5, Z6, Z2 × Z4, Z3 × Z3 are checked as well. ",
    ),
]

# -- Theorem 2 -----------------------------------------------------------------------------------

_REAL_TYPE = of_type("with a non-trivial irrep of real type")
_COMPLEX_TYPE = of_type("with a complex irrep")
_Z2_VALUE = against(_in_two(peak_of(Z2, 2)), "Z2: the only maxima have E = 1 = M/2, not M/8 = 1/4",
                    rests_on=("energy maxima",))
_Z3_VALUE = against(z3_peak(peak_of(Z3, 4), shifted=False), "Z3: E = 3/4 = M/4, not M/16 = 3/16",
                    rests_on=("energy maxima",))
_S3_GENERIC = against(
    pair(S3, GENERIC, critical=False),
    "S3: u = v in the block of degree 2 with singular values 1 : 3 is not even critical",
)
_S3_GENERIC_MUTANT = Mutant.of(
    _S3_GENERIC, "rank one", neuron=pair(S3, S3_RIGHT[0], critical=False))
_CONNECTED = against_lemma(
    "components", "energy-maxima", {"group": "Z3"},
    "Z3: [u; Pu] and [u; −Pu] are joined by turning the phase of v",
    value={"coefficient": "1/2", "order": 1, "dimension": -1}, components={"more": 1},
)
_DISJOINT = maxima("maxima", conclusions=["disjoint"])
_MULTIPLE = maxima("maxima", conclusions=["each-block"])
_T2 = "li2.local-maxima.corrected"
CLAIMS += [
    on_sphere(
        "li2.local-maxima.multiple", "The energy has local maxima in every block", "Theorem 2",
        "$\\sigma=x^2$: $E$ has multiple local maxima.",
        "a group with fewer than two local maxima", (_MULTIPLE, ONE_OF_EACH),
        altered(_MULTIPLE, "no energy in any block", value=NO_ENERGY), ONE_OF_EACH_MUTANT,
        reading="Every non-trivial real block has one, and w → −w gives a second. ",
    ),
    on_sphere(
        "li2.local-maxima.value-real", "The energy at maxima of a real irrep", "Theorem 2",
        "In a real irrep of dimension $d_k$ the local maxima have $E^*=M/8d_k$.",
        "a group and a local maximum in a real irrep with another energy", _Z2_VALUE,
        with_relations(_Z2_VALUE, "M/8", peak_of(Z2, 8)), domain=_REAL_TYPE, corrected_by=_T2,
    ),
    on_sphere(
        "li2.local-maxima.value-pair", "The energy at maxima of a complex pair", "Theorem 2",
        "In a pair of complex irreps the local maxima have $E^*=M/16d_k$.",
        "a group and a local maximum in a pair of complex irreps with another energy", _Z3_VALUE,
        with_relations(_Z3_VALUE, "M/16", peak_of(Z3, 16)), domain=_COMPLEX_TYPE, corrected_by=_T2,
    ),
    on_sphere(
        "li2.local-maxima.any-u", "Every vector of a block gives a local maximum", "Theorem 2",
        "$w^*=[u;\\pm Pu]$ is a local maximum for all $u\\in\\mathcal H_k$ (of a real irrep).",
        "a group and u for which it is not", _S3_GENERIC, _S3_GENERIC_MUTANT, corrected_by=_T2,
        reading="With |u|² = 1/2. It holds where the block is one-dimensional over 𝔽. ",
    ),
    on_sphere(
        "li2.local-maxima.no-others", "No other local maxima", "Theorem 2",
        "There are no local maxima but $[u;\\pm Pu]$.",
        "a group and a local maximum with v ≠ ±u", _Z3_PHASES, _Z3_MUTANT, corrected_by=_T2,
    ),
    on_sphere(
        "li2.local-maxima.disconnected-signs", "The two signs are not connected", "Theorem 2",
        "The local maxima $[u;Pu]$ and $[u;-Pu]$ are not connected.",
        "a group and a path of maxima between them", _CONNECTED,
        altered(_CONNECTED, "two components", components={"more": 2}), corrected_by=_T2,
        reading="For D = 1 they are isolated points; for every D ≥ 2 they are connected. ",
    ),
    on_sphere(
        "li2.local-maxima.disconnected-blocks", "Maxima of different blocks are not connected",
        "Theorem 2", "Local maxima of different irreps are not connected.",
        "a path of local maxima between two blocks", (_DISJOINT, MIXED_AT),
        altered(_DISJOINT, "no energy in any block", value=NO_ENERGY), MIXED_WRONG,
        reading="The maxima of each block are a closed set, and these sets are disjoint. ",
    ),
    on_sphere(
        _T2, "The local maxima of the energy", "Theorem 2",
        "The local maxima on $|w|=1$ are exactly the points of one non-trivial real block with "
        "$U=bc^*$, $V=ac^*$, $|U|=|V|=1/\\sqrt2$; there $E^*=M/2D$. Those of a block are "
        "connected for $D\\ge2$.",
        "another local maximum, or one of these that is none",
        (FORM, _INSTANCES, _JOINED := maxima("components", components={"1": 4, "more": 1})),
        *_FORM_MUTANTS, INSTANCE_MUTANT,
        altered(_JOINED, "two components", components={"more": 2}),
        corrects="li2.local-maxima.value-real",
        reading="Real type: D = d; complex and quaternionic type: D = 2d. ",
    ),
]

# -- modular addition ----------------------------------------------------------------------------

_ODD, _EVEN = Domain.of(p=odd(3)), Domain.of(p=even(2))


def _odd_value(group: PermutationGroup, neuron: Sequence[int], divisor: int) -> Check:
    return against(pair(group, neuron, relations=(peak_of(group, divisor),)),
                   f"{group.name}: the value is M/{divisor}", rests_on=("energy maxima",),
                   p=group.order)


_ODD_VALUE = _odd_value(Z3, WAVE, 4)
_EVEN_VALUE = _odd_value(Z2, SIGN, 2)
_WAVES = lemma("maxima", "energy-maxima", _ODD,
               value={"coefficient": "1/2", "order": 1, "dimension": -1}, contained_in=["right"],
               contain=["right"], conclusions=["one-block", "each-block", "disjoint"])
_SIGNS = lemma("maxima", "energy-maxima", _EVEN,
               value={"coefficient": "1/2", "order": 1, "dimension": -1},
               conclusions=["each-block"])
CLAIMS += [
    on_sphere(
        "li2.modular-maxima.form", "Local maxima of modular addition have one frequency",
        "Corollary 2",
        "Odd $M$: all local maxima are single-frequency, $u=a\\cos(k\\omega x)+b\\sin(k\\omega "
        "x)$, $\\omega=2\\pi/M$.",
        "odd M and a local maximum with two frequencies", (_WAVES, _TWO_WAVES),
        altered(_WAVES, "no energy in any block", value=NO_ENERGY), _TWO_WAVES_MUTANT, domain=_ODD,
        reading="u and v have the same frequency; their phases are independent. ",
    ),
    on_sphere(
        "li2.modular-maxima.value-odd", "The energy of modular addition, odd M", "Corollary 2",
        "Odd $M$: at the local maxima $E^*=M/16$.",
        "odd M and a local maximum with another energy", _ODD_VALUE,
        with_relations(_ODD_VALUE, "M/16", peak_of(Z3, 16)), domain=_ODD,
        corrected_by="li2.modular-maxima.corrected",
    ),
    on_sphere(
        "li2.modular-maxima.alternating", "The alternating maximum", "Corollary 2",
        "Even $M$: $u\\propto(-1)^x$ is a local maximum.",
        "even M for which it is none", (_SIGNS, _ALTERNATING := at(
            "(1, −1, 1, −1) on Z4", pair(Z4, SIGN4, spectrum=[(-8, 1), (-4, 6)]))),
        altered(_SIGNS, "no energy in any block", value=NO_ENERGY),
        Mutant.of(_ALTERNATING, "the wave of period 4", neurons=(pair(
            Z4, COS4, spectrum=[(-8, 1), (-4, 6)]),)), domain=_EVEN,
        reading="With v = ±u. ",
    ),
    on_sphere(
        "li2.modular-maxima.value-even", "The energy of the alternating maximum", "Corollary 2",
        "Even $M$: $u\\propto(-1)^x$ has $E^*=M/8$.",
        "even M with another energy", _EVEN_VALUE,
        with_relations(_EVEN_VALUE, "M/8", peak_of(Z2, 8)), domain=_EVEN,
        corrected_by="li2.modular-maxima.corrected",
    ),
    on_sphere(
        "li2.modular-maxima.disconnected", "Different frequencies are disconnected", "Corollary 2",
        "Different ones are disconnected.",
        "a path of local maxima between two frequencies", (_WAVES, _TWO_WAVES),
        altered(_WAVES, "no energy in any block", value=NO_ENERGY), _TWO_WAVES_MUTANT, domain=_ODD,
        reading="Different: of different frequencies. Those of one frequency form a torus. ",
    ),
    on_sphere(
        "li2.modular-maxima.corrected", "The energies of modular addition", "Corollary 2",
        "The local maxima have $E^*=M/4$ at frequencies with $2k\\ne M$ and $E^*=M/2$ at $2k=M$.",
        "M and a local maximum with another energy",
        _CYCLIC_VALUES := lemma(
            "maxima", "energy-maxima", Domain.of(p=at_least(2)),
            value={"coefficient": "1/2", "order": 1, "dimension": -1}, share="1/2"),
        altered(_CYCLIC_VALUES, "M/(8D)", value=EIGHTH),
        domain=Domain.of(p=at_least(2)), corrects="li2.modular-maxima.value-odd",
        reading="D = 2 and D = 1. ",
    ),
]
