"""The energy of one neuron: labels, blocks, Schur sums, and the printed formulas that fail."""

from __future__ import annotations

from constructions.energy import maximiser
from constructions.groups.characters import CharacterTable, character_table
from constructions.groups.families import sheet_groups
from constructions.groups.irreps import real_blocks
from constructions.groups.permutation import PermutationGroup
from verify.claims.energy_landscape.common import (
    GROUPS,
    S3,
    WAVE,
    Z3,
    against,
    lemma,
    on_sphere,
    pair,
    with_relations,
)
from verify.claims.writing import altered
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, cis, cos, equal, rational, total, var
from verify.methods.characters import ORDER, Content, degree, group_statement, nontrivial
from verify.methods.combine import counterexample
from verify.methods.energy import ENERGY
from verify.methods.identities import formal_identity
from verify.methods.matrices import matrix_identity

_ANY_SIGMA = "σ is any function from R to R. "

# -- gradient ascent ---------------------------------------------------------------------------

_DATA = Domain.of(data=Whole("data sets"), activation=Whole("differentiable activations"))


def _ascent(factor: str) -> Check:
    """½(eᵀΓs + sᵀΓe) = factor·δᵀXᵀDΓs, from e = DXδ and sᵀΓe = eᵀΓs."""
    return Check(
        name="the derivative along δ",
        procedure=matrix_identity,
        arguments={
            "matrices": {"s": "n one", "st": "one n", "e": "n one", "et": "one n", "G": "n n",
                         "deltat": "one d", "Xt": "d n", "D": "n n"},
            "relations": [
                [(1, "et"), (-1, "deltat Xt D")],
                [(1, "st G e"), (-1, "et G s")],
            ],
            "goal": [("1/2", "et G s"), ("1/2", "st G e"), ("-" + factor, "deltat Xt D G s")],
            "combination": [
                ([(1, "I one")], 0, [(1, "G s")]),
                ([("1/2", "I one")], 1, [(1, "I one")]),
            ],
            "scope": _DATA,
            "rests_on": ("energy of a neuron",),
        },
    )


_ASCENT = _ascent("1")

# -- labels and transforms ---------------------------------------------------------------------

_LABELS = {"rows": ["R_h^T", "P"], "sum": "<R_h, S>", "factor": "1/2"}
_BY_LABEL = lemma("labels", "energy-labels", **_LABELS)
_TRANSFORM = lemma("labels", "energy-labels", **_LABELS, transform="Q* S Q")
_SCHUR = lemma("Schur", "energy-schur", matrix="I", factor=1)
_FROBENIUS = lemma("Schur", "energy-schur", matrix="I", factor=1, norm="frobenius",
                   pairs=["1/2", 1])


def _wave_traces(conjugate: int, shift: int = 1) -> Formula:
    """2uᵀR̃_hv at h = 0 on Z3, u = v = 2cos 2π(x − shift)/3, against ΣŜ with QᵀSQ or Q*SQ."""
    u = [2 * cos(rational(x - shift, 3)) for x in range(3)]
    left = total([2 * x * x for x in u])
    right = total([
        rational(2, 3) * u[x] * u[y] * cis(rational(k * (conjugate * x + y), 3))
        for k in (1, 2) for x in range(3) for y in range(3)
    ])
    return equal(left, right)


_TRACES = Check(
    name="a wave on Z3",
    procedure=counterexample,
    arguments={
        "formula": _wave_traces(1), "point": {"group": "Z3"}, "values": {},
        "description": "Z3, u = v = 2cos(2π(x−1)/3), h = 0: ⟨R̃_0, S⟩ = 12, with QᵀSQ one gets −6",
    },
)


def _s3_rotation_sum(right: Term, *, shift: int = 0) -> Formula:
    """Σ_h C_11(h)·C_22(h) over S3 (rotations and reflections by thirds of a turn)."""
    turns = [rational(j + shift, 3) for j in range(3)]
    return equal(total([cos(t) * cos(t) for t in turns] + [-cos(t) * cos(t) for t in turns]), right)


_SCHUR_FAILS = Check(
    name="two diagonal entries on S3",
    procedure=counterexample,
    arguments={
        "formula": _s3_rotation_sum(rational(3)), "point": {"group": "S3"}, "values": {},
        "description": "S3, d = 2: Σ_h C_11(h)·C_22(h) = 0, but (M/d)·vec(I)vec*(I) has M/d = 3",
    },
)


def _irreps_formula(group: PermutationGroup) -> Formula:
    """2M·E = Σ_{n≥2} d_n|Σ_h χ_n(h)z_h|², which is (20) with |Σ tr Ŝ|²."""
    table = character_table(group)
    terms = [degree(n) * var(f"power_{n}") for n in nontrivial(table)]
    return equal(2 * ORDER * ENERGY, total(terms))


_S3_BLOCK = real_blocks(character_table(S3))[1]
_S3_PEAK = pair(S3, *maximiser(S3, _S3_BLOCK, shift=1))
_NOT_TRACES = against(
    pair(S3, _S3_PEAK.u, _S3_PEAK.v, relations=(~_irreps_formula(S3),), characters=True),
    "S3: at a maximiser of the two-dimensional irrep the sum of |Σ tr Ŝ|² is not 2E·d/M",
)
_TRACE_MUTANTS = (
    with_relations(_NOT_TRACES, "the formula itself", _irreps_formula(S3)),
    Mutant.of(_NOT_TRACES, "an Abelian group", neuron=pair(
        Z3, WAVE, relations=(~_irreps_formula(Z3),), characters=True)),
)

# -- σ = x² ------------------------------------------------------------------------------------

_A, _B = var("a"), var("b")


def _square(cross: int) -> Formula:
    return equal((_A + _B) ** 2, _A**2 + _B**2 + cross * _A * _B)


_NO_FACTOR = Check(
    name="an entry of S",
    procedure=counterexample,
    arguments={
        "formula": _square(1), "point": {"group": "Z2"}, "values": {"a": 1, "b": 1},
        "description": "u_i = v_j = 1: (1 + 1)² = 4, but 1 + 1 + 1·1 = 3",
    },
)
_FACTOR_TWO = Check(
    name="an entry of S",
    procedure=formal_identity,
    arguments={
        "formula": _square(2), "formal": {"a": "indeterminate", "b": "indeterminate"},
        "scope": GROUPS, "rests_on": ("energy of a neuron",),
    },
)


def _regular_degrees(table: CharacterTable) -> Content:
    squares = total([degree(n) ** 2 for n in range(1, len(table.values) + 1)])
    return Content(relations=(equal(squares, ORDER),))


def _regular_cubes(table: CharacterTable) -> Content:
    cubes = total([degree(n) ** 3 for n in range(1, len(table.values) + 1)])
    return Content(relations=(equal(cubes, ORDER),))


_REGULAR = lemma("regular character", "regular-character", sum=-1)
_DEGREES = Check(
    name="Σd² = M on small groups",
    procedure=group_statement,
    arguments={"groups": tuple(g for g in sheet_groups() if g.order <= 12),
               "content": _regular_degrees, "rests_on": ("irreducible rows",)},
)


def _factor(*, quotient: int, cofactor: int, div: bool = False) -> Formula:
    """χ(h) of index `cofactor` on Z15 is the first character of Z_quotient at h mod it (or div)."""
    parts = [
        equal(cis(rational(cofactor * h, 15)),
              cis(rational(h // cofactor if div else h % quotient, quotient)))
        for h in range(15)
    ]
    return all_of(parts)


_FIFTEEN = Domain.at({"group": "Z15"})


def _factors(name: str, **fields: int) -> Check:
    return Check(
        name=name, procedure=formal_identity,
        arguments={"formula": _factor(**fields), "formal": {}, "scope": _FIFTEEN},
    )


_BY_THREE = _factors("index 5", quotient=3, cofactor=5)
_BY_FIVE = _factors("index 3", quotient=5, cofactor=3)
_DIV = Check(
    name="index 3 and h div 3",
    procedure=counterexample,
    arguments={
        "formula": _factor(quotient=5, cofactor=3, div=True), "point": {"group": "Z15"},
        "values": {},
        "description": "h = 0, 1: χ_3(1) = e^{2πi/5} ≠ χ_3(0) = 1, but div(1, 3) = div(0, 3) = 0",
    },
)

CLAIMS = [
    on_sphere(
        "li2.energy-flow", "Feature learning is gradient ascent of the energy", "Theorem 1",
        "The dynamics $\\dot w_j=X^\\top D_jg_j$, $g_j\\propto\\Gamma\\sigma(Xw_j)$, is exactly "
        "gradient ascent of $E(w)=\\frac12|Y_c^\\top\\sigma(Xw)|^2$.",
        "data, σ, w at which XᵀDΓσ(Xw) is not the gradient of E",
        _ASCENT,
        Mutant.of(_ASCENT, "half of it", **{"goal": _ascent("1/2").arguments["goal"]}),
        kind="ode", domain=_DATA,
        reading="Every X, one-hot Y and differentiable σ; ∝ is one positive constant, a unit of "
        "time; no constraint on |w|. ",
    ),
    on_sphere(
        "li2.regular-split", "The regular representation and its irreps", "(8)",
        "$R_h=Q(\\oplus_k\\oplus_{r\\le m_k}C_k(h))Q^*$ with $m_k=d_k$, $M=\\sum_kd_k^2$, "
        "$\\dim\\mathcal H_k=m_kd_k$.",
        "a group with another multiplicity",
        (_REGULAR, _DEGREES),
        altered(_REGULAR, "Σ_{k≠0} d_kχ_k = 1 off the identity", sum=1),
        Mutant.of(_DEGREES, "Σd³", content=_regular_cubes),
        kind="id",
        reading="M at the identity and 0 elsewhere is the character of R and of ⊕ d_k C_k, so the "
        "two are unitarily equivalent. ",
    ),
    on_sphere(
        "li2.label-blocks", "Rows of one label", "(13)",
        "$X_h=[R_h^\\top,P]$; $z_h=\\langle R_h,S\\rangle$.",
        "h, x with another row",
        _BY_LABEL,
        altered(_BY_LABEL, "R_h for its transpose", rows=["R_h", "P"]),
        kind="id", reading=_ANY_SIGMA + "The row x of label h is the pair (hx, x⁻¹). ",
    ),
    on_sphere(
        "li2.energy-labels", "The energy as a sum over labels", "(14), (15)",
        "$E=\\frac12\\sum_h(z_h-\\bar z)^2=\\frac12\\sum_h\\langle\\tilde R_h,S\\rangle^2$.",
        "a group, σ, w with another energy",
        _BY_LABEL,
        altered(_BY_LABEL, "without the half", factor=1),
        kind="id", reading=_ANY_SIGMA,
    ),
    on_sphere(
        "li2.block-traces", "Pairings with S as traces", "(17)",
        "$\\hat S=Q^\\top SQ$, $\\langle\\tilde "
        "R_h,S\\rangle=\\sum_{k\\ne0,r}\\mathrm{tr}(C_k^*(h)\\hat S_{k,r})$.",
        "a group, S, h at which the two sides differ",
        _TRACES,
        Mutant.of(_TRACES, "Q* S Q", formula=_wave_traces(-1)),
        Mutant.of(_TRACES, "a wave that is even", formula=_wave_traces(1, shift=0)),
        kind="id", corrected_by="li2.block-traces.corrected",
        reading="Qᵀ is the transpose of the unitary Q without conjugation, * is the adjoint, as "
        "in (8). ",
    ),
    on_sphere(
        "li2.block-traces.corrected", "Pairings with S as traces, with the adjoint of Q", "(17)",
        "$\\hat S=Q^*SQ$, $\\langle\\tilde "
        "R_h,S\\rangle=\\sum_{k\\ne0,r}\\mathrm{tr}(C_k^*(h)\\hat S_{k,r})$.",
        "a group, S, h at which the two sides differ",
        _TRANSFORM,
        altered(_TRANSFORM, "the transpose of Q", transform="Q^T S Q"),
        kind="id", reading=_ANY_SIGMA, corrects="li2.block-traces",
    ),
    on_sphere(
        "li2.schur", "Schur sums of irreps", "(18)",
        "$\\sum_h\\mathrm{vec}\\,C_k\\,\\mathrm{vec}\\,C_{k'}^*=0$ for $k\\ne k'$ and "
        "$(M/d_k)\\,\\mathrm{vec}(I)\\mathrm{vec}^*(I)$ for $k=k'$.",
        "a group, k, and an entry of the sum with another value",
        _SCHUR_FAILS,
        Mutant.of(_SCHUR_FAILS, "the value 0", formula=_s3_rotation_sum(rational(0))),
        kind="id", corrected_by="li2.schur.corrected",
        reading="The case k = k' holds for d = 1 only; groups of order below 6 are Abelian. ",
    ),
    on_sphere(
        "li2.schur.corrected", "Schur sums of irreps are multiples of the identity", "(18)",
        "$\\sum_h\\mathrm{vec}\\,C_k\\,\\mathrm{vec}\\,C_{k'}^*=0$ for $k\\ne k'$ and "
        "$(M/d_k)\\,I_{d_k^2}$ for $k=k'$.",
        "a group, k, and an entry of the sum with another value",
        _SCHUR,
        altered(_SCHUR, "vec(I)vec*(I)", matrix="vec(I) vec*(I)"),
        altered(_SCHUR, "twice", factor=2),
        kind="id", corrects="li2.schur",
    ),
    on_sphere(
        "li2.energy-irreps", "The energy by irreps", "(20)",
        "Any σ: $E=\\frac M2\\sum_{k\\ne0}d_k^{-1}|\\sum_r\\mathrm{tr}\\,\\hat S_{k,r}|^2$.",
        "a group and w with another energy",
        _NOT_TRACES, *_TRACE_MUTANTS,
        kind="id", corrected_by="li2.energy-irreps.corrected",
        reading="Σ_r tr Ŝ_{k,r} = (d_k/M)Σ_hχ_k(h)z_h, so the right side is Σ d_k|Σχ_k z|²/(2M). "
        "It holds for Abelian groups. ",
    ),
    on_sphere(
        "li2.energy-irreps.corrected", "The energy by irreps, in the Frobenius norm", "(20)",
        "Any σ: $E=\\frac M2\\sum_{k\\ne0}d_k^{-1}|\\sum_r\\hat S_{k,r}|_F^2$.",
        "a group and w with another energy",
        _FROBENIUS,
        altered(_FROBENIUS, "traces", norm="trace"),
        kind="id", corrects="li2.energy-irreps", reading=_ANY_SIGMA,
    ),
    on_sphere(
        "li2.energy-real", "The energy of real weights by irreps", "(25)",
        "For real $w$ the factor in $E=\\ldots d_k^{-1}|\\sum_r\\mathrm{tr}\\,\\hat S_{k,r}|^2$ "
        "is $M/2$ for real $k$ and $M$ for one $k$ of each complex pair.",
        "a group and w with another energy",
        _NOT_TRACES, *_TRACE_MUTANTS,
        kind="id", corrected_by="li2.energy-real.corrected",
        reading="Real k: a real-valued character. On S3 all characters are real and the formula "
        "is (20). ",
    ),
    on_sphere(
        "li2.energy-real.corrected", "The energy of real weights, in the Frobenius norm", "(25)",
        "For real $w$: $E=\\sum_k c_kd_k^{-1}|\\sum_r\\hat S_{k,r}|_F^2$, $c_k=M/2$ for "
        "real-valued $\\chi_k$, $c_k=M$ for one $k$ of each complex pair, $k\\ne0$.",
        "a group and w with another energy",
        _FROBENIUS,
        altered(_FROBENIUS, "M/2 for each pair", pairs=["1/2", "1/2"]),
        kind="id", corrects="li2.energy-real", reading=_ANY_SIGMA,
    ),
    on_sphere(
        "li2.quadratic-s", "S for the square", "A.1",
        "$\\sigma=x^2$: $S=(u\\circ u)1^\\top+1(v\\circ v)^\\top+uv^\\top$, $\\hat S_{k,r}=\\hat "
        "u_{k,r}\\hat v_{k,r}^*$.",
        "an entry of S with another value",
        _NO_FACTOR,
        Mutant.of(_NO_FACTOR, "2uvᵀ", formula=_square(2)),
        kind="id", corrected_by="li2.quadratic-s.corrected",
        reading="The printed 1(v∘v) is read as 1(v∘v)ᵀ. ",
    ),
    on_sphere(
        "li2.quadratic-s.corrected", "S for the square, with the factor 2", "A.1",
        "$\\sigma=x^2$: $S=(u\\circ u)1^\\top+1(v\\circ v)^\\top+2uv^\\top$, hence $\\hat "
        "S_{k,r}=2\\hat u_{k,r}\\hat v_{k,r}^*$ for $k\\ne0$.",
        "an entry of S with another value",
        _FACTOR_TWO,
        Mutant.of(_FACTOR_TWO, "factor 1", formula=_square(1)),
        kind="id", corrects="li2.quadratic-s",
        reading="The first two terms have blocks in k = 0 only. ",
    ),
    on_sphere(
        "li2.factor-features.act-like", "Irreps of Z15 that factor through Z3 and Z5", "§4.3",
        "Some irreps of $\\mathbb Z_{15}$ act like $\\mathbb Z_3$, $\\mathbb Z_5$.",
        "no character of Z15 with kernel of order 5, or 3",
        (_BY_THREE, _BY_FIVE),
        Mutant.of(_BY_THREE, "modulo 5", formula=_factor(quotient=5, cofactor=5)),
        Mutant.of(_BY_FIVE, "modulo 3", formula=_factor(quotient=3, cofactor=3)),
        kind="id", domain=_FIFTEEN,
        reading="χ_5(h) is a function of h mod 3, χ_3(h) one of h mod 5, the first characters "
        "there. ",
    ),
    on_sphere(
        "li2.factor-features.div", "Irreps of Z15 and integer quotients", "§4.3",
        "These irreps map $h$ to $\\mathrm{div}(h,3)$, $\\mathrm{div}(h,5)$.",
        "h, h' with equal quotients and different values of the irrep",
        _DIV,
        Mutant.of(_DIV, "h mod 5", formula=_factor(quotient=5, cofactor=3)),
        kind="id", domain=_FIFTEEN, corrected_by="li2.factor-features.div.corrected",
        reading="div is the integer quotient, as in the usual notation. ",
    ),
    on_sphere(
        "li2.factor-features.div.corrected", "Irreps of Z15 and residues", "§4.3",
        "These irreps map $h$ to $h\\bmod 3$, $h\\bmod5$.",
        "h, h' with equal residues and different values of the irrep",
        (_BY_THREE, _BY_FIVE),
        Mutant.of(_BY_THREE, "div by 3", formula=_factor(quotient=3, cofactor=5, div=True)),
        Mutant.of(_BY_FIVE, "div by 3", formula=_factor(quotient=5, cofactor=3, div=True)),
        kind="id", domain=_FIFTEEN, corrects="li2.factor-features.div",
    ),
]
