"""Steps of the parent's proof for groups: the class weighting and the network of traces."""

from __future__ import annotations

from fractions import Fraction

from constructions.groups.characters import CharacterTable
from constructions.groups.permutation import cyclic, dihedral, symmetric
from verify.claims.fourier_circuits.common import QUOTED, parent
from verify.claims.fourier_circuits.group_terms import (
    FIVE_HALVES,
    GROUPS,
    REAL_READING,
    THREE_HALVES,
    attained,
    instances,
    power_sum,
)
from verify.claims.fourier_circuits.groups import REGULAR, optimum_constants
from verify.claims.writing import altered, lemma
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.formula import Term, equal, rational, sqrt, total
from verify.methods.characters import Content, degree, group_counterexample, nontrivial, value
from verify.methods.combine import counterexample
from verify.methods.every_group import monomial

_CUBE = 1 / (3 * sqrt(3))  # (1/3)^{3/2}
_UNIT = 1 / sqrt(6)  # a value of the unit neuron u = v = w on Z_2

# -- the class weighting ------------------------------------------------------------------------


def _weight_sum(table: CharacterTable) -> Term:
    """Σ_{n≥2} d_n^{3/2} χ_n(C) at the class at hand: the printed τ_C times Σ d^{5/2}."""
    return total(
        [degree(n) ** rational(THREE_HALVES) * value(n) for n in nontrivial(table)]
    )


def _negative(table: CharacterTable, *, sign: int = 1) -> Content:
    return Content(class_relations=(sign * _weight_sum(table) < rational(0),))


def _positive_sign(table: CharacterTable) -> Content:
    return _negative(table, sign=-1)


def _sign_coefficient(table: CharacterTable, *, exponent: Fraction = FIVE_HALVES) -> Content:
    """±1/Σd^{5/2}, the coefficient of an irrep of degree 1, is not Σd^{5/2}."""
    whole = power_sum(table, exponent)
    return Content(relations=(~equal(whole * whole, 1),))


_TAU_FAILS = Check(
    name="the group of two elements",
    procedure=group_counterexample,
    arguments={
        "group": cyclic(2),
        "violation": _negative,
        "description": "G = Z_2 satisfies RC, and τ = z·χ_sign = −1 there",
        "rests_on": ("irreducible rows",),
    },
)
_TAU = lemma("every group", "optimum", REGULAR, **optimum_constants("weighting"))
_TAU_SMALL = instances(
    "the bounds of all irreps meet in small groups",
    (cyclic(2), symmetric(3), dihedral(4), symmetric(4)),
)
_Z_FAILS = Check(
    name="S3",
    procedure=group_counterexample,
    arguments={
        "group": symmetric(3),
        "violation": _sign_coefficient,
        "point": {"k": 3},
        "description": "G = S_3: Σ_(m≥2) d_m^2.5 = 1 + 4√2, while |z_sign| = 1/(1 + 4√2)",
        "rests_on": ("irreducible rows", "group optimum"),
    },
)


def _single_degree(table: CharacterTable) -> Content:
    return attained(table, exponent=Fraction(2))


_WEIGHTING = [
    Claim(
        id="mor.tau",
        title="The class weighting that makes all irreps equal",
        source=parent("Lemma 19"),
        printed_kind="id",
        statement="Under RC $\\tau_C=\\sum_R z_R\\chi_R(C)$, $z_{\\mathrm{triv}}=0$, "
        "$z_R=d_R^{1.5}/\\sum_{m\\ge2}d_m^{2.5}$, equalises all irreps.",
        hypotheses=("RC",),
        domain=REGULAR,
        reading=REAL_READING + QUOTED + "τ must be a class weighting: τ_C ≥ 0 and Σ|C|τ_C = 1 over "
        "the non-trivial classes; it equalises the irreps when all d_m^{-1/2} b_m agree.",
        falsified_by="a group under RC for which τ is no class weighting or does not equalise",
        corrected_by="mor.tau.corrected",
        checks=(_TAU_FAILS,),
        mutants=(Mutant.of(_TAU_FAILS, "the opposite sign", violation=_positive_sign),),
    ),
    Claim(
        id="mor.tau.corrected",
        title="The class weighting that makes all irreps equal, with its sign",
        source=parent("Lemma 19"),
        printed_kind="id",
        statement="Under RC $\\tau_C=-\\sum_{R\\ne1}d_R^{1.5}\\chi_R(C)/\\sum_{m\\ge2}d_m^{2.5}$ "
        "is a class weighting that equalises all irreps, the only one.",
        hypotheses=("RC",),
        domain=REGULAR,
        reading=REAL_READING,
        falsified_by="a group under RC for which τ is no class weighting or does not equalise",
        corrects="mor.tau",
        checks=(_TAU, _TAU_SMALL),
        mutants=(
            altered(_TAU, "the printed sign", sign=1),
            altered(_TAU, "exponent 1", weight=monomial(degree=1)),
            Mutant.of(_TAU_SMALL, "exponent 2", content=_single_degree),
        ),
    ),
    Claim(
        id="mor.z-sign",
        title="The coefficient of the sign in the class weighting",
        source=parent("proof of Lemma 19"),
        printed_kind="id",
        statement="$z_{\\mathrm{sign}}=\\sum_{m\\ge2}d_m^{2.5}$.",
        domain=Domain.of(k=Finite(range(2, 6))),
        reading=QUOTED + "G = S_k, 2 ≤ k ≤ 5, where RC holds; z_sign is the coefficient of the "
        "sign in Lemma 19, ±1/Σd^{2.5}; which of the two is left to that lemma: S_2, with Σ = 1, "
        "agrees.",
        falsified_by="k for which Σd^{2.5} is neither 1/Σd^{2.5} nor its negative",
        corrected_by="mor.z-sign.corrected",
        checks=(_Z_FAILS,),
        mutants=(Mutant.of(_Z_FAILS, "S2", group=symmetric(2), point={"k": 2}),),
    ),
    Claim(
        id="mor.z-sign.corrected",
        title="The coefficient of the sign in the class weighting is −1/Σd^{5/2}",
        source=parent("proof of Lemma 19"),
        printed_kind="id",
        statement="$z_{\\mathrm{sign}}=-1/\\sum_{m\\ge2}d_m^{2.5}$.",
        hypotheses=("RC",),
        domain=REGULAR,
        reading=REAL_READING + "The coefficient of any non-trivial irrep of degree 1 in the only "
        "class weighting that equalises all irreps.",
        falsified_by="a group under RC with an irrep of degree 1 and another coefficient",
        corrects="mor.z-sign",
        checks=(_TAU,),
        mutants=(
            altered(_TAU, "the opposite sign", sign=1),
            altered(_TAU, "normalised by Σd²", mass=monomial(degree=2)),
        ),
    ),
]

# -- the network --------------------------------------------------------------------------------

_IRREPS = Domain.of(irrep=Whole("non-trivial real irreps of finite groups"))
_STRENGTH = monomial(_CUBE, degree=THREE_HALVES, order=-THREE_HALVES)
_TRACE = lemma(
    "every irrep", "trace-neurons", _IRREPS,
    count=monomial(2, degree=3), strength=_STRENGTH,
    scale=monomial(4 * _CUBE, degree=THREE_HALVES, order=-THREE_HALVES),
)
_TWO_NEURONS = (_UNIT + _UNIT) ** 2 * _UNIT - (_UNIT - _UNIT) ** 2 * _UNIT
_EXACT_FAILS = Check(
    name="the group of two elements",
    procedure=counterexample,
    arguments={
        "formula": equal(_TWO_NEURONS, 1),
        "point": {"irrep": "sign of Z2"},
        "values": {},
        "description": "G = Z_2: two unit neurons sum to 4·6^{-3/2} at a = b = c = 1, not to 1",
    },
)
_TRACE_TEXT = (
    "$2d_R^3$ neurons give $\\mathrm{tr}(R(a)R(b)R(c)^{-1})$, each with "
    "$\\mathrm{tr}(\\alpha\\beta\\gamma^\\top)=(d_R/(3|G|))^{3/2}$."
)


def _regular(table: CharacterTable, *, target: int = -1) -> Content:
    sums = total([degree(n) * value(n) for n in nontrivial(table)])
    return Content(class_relations=(equal(sums, target),))


def _regular_one(table: CharacterTable) -> Content:
    return _regular(table, target=1)


def _chain_breaks(table: CharacterTable, *, opposite: int = -1) -> Content:
    """At Δ = 1 the middle term is −Σ over n ≥ 2, or −Σ over all n; neither is the left side."""
    left = total([degree(n) * value(n) for n in nontrivial(table)])
    whole = left + degree(1) * value(1)
    return Content(
        class_relations=(~equal(left, opposite * left), ~equal(left, opposite * whole))
    )


def _chain_unbroken(table: CharacterTable) -> Content:
    return _chain_breaks(table, opposite=1)


_ENDS = lemma("every group", "regular-character", GROUPS, sum=-1)
_ENDS_SMALL = instances(
    "small groups", (cyclic(2), symmetric(3), dihedral(4), symmetric(4)), _regular,
    rests_on=("irreducible rows",),
)
_CHAIN = Check(
    name="the group of two elements",
    procedure=group_counterexample,
    arguments={
        "group": cyclic(2),
        "violation": _chain_breaks,
        "description": "G = Z_2, Δ = 1: the ends are −1, the middle is 1 (0 if n = 1 is included)",
        "rests_on": ("irreducible rows",),
    },
)
_SCALING_READING = REAL_READING + "C ≠ {e}, Δ > 0 any scale; χ_R in the sum is read as χ_n. "

_NETWORK = [
    Claim(
        id="mor.trace-neurons.proportional",
        title="2d³ neurons build the trace of an irrep",
        source=parent("Lemma 20"),
        printed_kind="id",
        statement=_TRACE_TEXT,
        domain=_IRREPS,
        reading=REAL_READING + "Neurons of norm 1, orthogonal matrices; “give” up to a positive "
        "factor common to all a, b, c, which is 4(d_R/(3|G|))^{3/2}.",
        falsified_by="an irrep whose 2d³ neurons sum to something else",
        checks=(_TRACE,),
        mutants=(
            altered(_TRACE, "d³ neurons", count=monomial(1, degree=3)),
            altered(_TRACE, "factor 2", scale=monomial(
                2 * _CUBE, degree=THREE_HALVES, order=-THREE_HALVES)),
            altered(_TRACE, "strength without the thirds", strength=monomial(
                1, degree=THREE_HALVES, order=-THREE_HALVES)),
        ),
    ),
    Claim(
        id="mor.trace-neurons.literal",
        title="2d³ unit neurons sum to the trace itself",
        source=parent("Lemma 20"),
        printed_kind="id",
        statement=_TRACE_TEXT,
        domain=_IRREPS,
        reading=REAL_READING + QUOTED + "“Give” as an equality, without a factor.",
        falsified_by="an irrep for which these neurons do not sum to the trace",
        corrected_by="mor.trace-neurons.literal.corrected",
        checks=(_EXACT_FAILS,),
        mutants=(
            Mutant.of(_EXACT_FAILS, "with the factor",
                      formula=equal(_TWO_NEURONS, 4 * rational(6) ** rational(-3, 2))),
        ),
    ),
    Claim(
        id="mor.trace-neurons.literal.corrected",
        title="2d³ unit neurons sum to 4(d/(3|G|))^{3/2} times the trace",
        source=parent("Lemma 20"),
        printed_kind="id",
        statement="$2d_R^3$ neurons of norm 1, each with "
        "$\\mathrm{tr}(\\alpha\\beta\\gamma^\\top)=(d_R/(3|G|))^{3/2}$, sum to "
        "$4(d_R/(3|G|))^{3/2}\\,\\mathrm{tr}(R(a)R(b)R(c)^{-1})$.",
        domain=_IRREPS,
        reading=REAL_READING,
        falsified_by="an irrep whose 2d³ neurons sum to something else",
        corrects="mor.trace-neurons.literal",
        checks=(_TRACE,),
        mutants=(altered(_TRACE, "no factor", scale=_STRENGTH),),
    ),
    Claim(
        id="mor.scaling.ends",
        title="The weighted irreps sum to −1 off the identity: both ends of (19)",
        source=parent("(19)"),
        printed_kind="id",
        statement="For $C\\ne e$: $\\sum_{n\\ge2}d_n\\chi_n(C)/\\Delta^3=-1/\\Delta^3$.",
        domain=GROUPS,
        reading=_SCALING_READING + "The first and the last member of the printed chain.",
        falsified_by="a group and a class C ≠ e with another sum",
        corrects="mor.scaling.chain",
        checks=(_ENDS, _ENDS_SMALL),
        mutants=(
            altered(_ENDS, "sum 0, as with n = 1", sum=0),
            Mutant.of(_ENDS_SMALL, "sum 1", content=_regular_one),
        ),
    ),
    Claim(
        id="mor.scaling.chain",
        title="The chain of equalities (19)",
        source=parent("(19)"),
        printed_kind="id",
        statement="For $C\\ne e$: $\\sum_{n\\ge2}d_n\\chi_R(C)/\\Delta^3"
        "=-\\frac1{\\Delta^3}\\sum d_n\\chi_R(C)/\\Delta^3=-1/\\Delta^3$.",
        domain=GROUPS,
        reading=_SCALING_READING + QUOTED + "The middle sum over n ≥ 2, or over all n: it fails "
        "either way.",
        falsified_by="a group, a class C ≠ e and Δ > 0 where two members differ",
        corrected_by="mor.scaling.ends",
        checks=(_CHAIN,),
        mutants=(Mutant.of(_CHAIN, "the middle without its minus", violation=_chain_unbroken),),
    ),
]

CLAIMS = [*_WEIGHTING, *_NETWORK]
