"""The features in the proof of the reconstruction theorem: inner products, sums, centring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructions.groups.cayley import multiplication_table
from constructions.groups.permutation import PermutationGroup
from verify.claims.energy_landscape.common import GROUPS, Z2, Z3, on_sphere
from verify.core.claim import Check, Claim, Mutant
from verify.formula import Formula, Term, all_of, cis, equal, rational, total, var
from verify.methods.combine import counterexample
from verify.methods.identities import formal_identity


def _entries(group: PermutationGroup, name: str) -> list[list[Term]]:
    """An M × M matrix of indeterminates."""
    return [[var(f"{name}{i}_{j}") for j in range(group.order)] for i in range(group.order)]


def _gram(group: PermutationGroup, factor: int) -> Formula:
    """ΣΣ c_U(h)_x c_V(h)_x = factor·ΣU_ij V_ij, c_U(h)_x = 2U_{hx,x}; V is the conjugate."""
    products, m = multiplication_table(group), group.order
    u, v = _entries(group, "u"), _entries(group, "v")
    left = [
        2 * u[products[h][x]][x] * (2 * v[products[h][x]][x]) for h in range(m) for x in range(m)
    ]
    right = [factor * u[i][j] * v[i][j] for i in range(m) for j in range(m)]
    return equal(total(left), total(right))


_SMALL: Sequence[PermutationGroup] = (Z2, Z3)


def _conjunction(build: Any, *arguments: Any) -> Formula:
    return all_of(build(g, *arguments) for g in _SMALL)


_SYMBOLS = {f"{x}{i}_{j}": "indeterminate" for x in "uv" for i in range(3) for j in range(3)}
_GRAM = Check(
    name="Z2, Z3", procedure=formal_identity,
    arguments={"formula": _conjunction(_gram, 4), "formal": _SYMBOLS, "scope": GROUPS,
               "rests_on": ("features of a label",)},
)


def _label_trace(*, transposed: bool) -> Formula:
    """Σ_x c_U(1)_x = 2tr(ΠRΠU) on Z3 for U = Π = Π_1 and R = R_1, or R = R_1ᵀ (transposed)."""
    places = range(3)
    u = [[cis(rational(j - i, 3)) / 3 for j in places] for i in places]  # (1/3)χ̄(i − j)
    left = total([2 * u[(1 + x) % 3][x] for x in places])
    # R_1 e_x = e_{x+1}: (ΠRΠU)_ii = Σ Π_ia Π_bc U_ci over R_ab = 1, that is a = b + 1
    step = -1 if transposed else 1
    trace = [u[i][(b + step) % 3] * u[b][c] * u[c][i] for i in places for b in places
             for c in places]
    return equal(left, 2 * total(trace))


_LABEL = Check(
    name="U = Π_1 on Z3", procedure=counterexample,
    arguments={"formula": _label_trace(transposed=False), "point": {"group": "Z3"}, "values": {},
               "description": "Z3, h' = 1, U = Π_1, ω = e^{2πi/3}: Σ_x c_U(1)_x = 2ω̄, and "
               "2tr(Π_1R_1Π_1U) = 2ω"},
)


def _label_formal(group: PermutationGroup, transpose: int) -> Formula:
    """Σ_x 2U_{h'x,x} = 2tr(R_h'ᵀU), for every h'."""
    products, m = multiplication_table(group), group.order
    u = _entries(group, "u")
    formulas = []
    for h in range(m):
        left = total([2 * u[products[h][x]][x] for x in range(m)])
        right = total([u[products[h][x]][x] if transpose else u[x][products[h][x]]
                       for x in range(m)])
        formulas.append(equal(left, 2 * right))
    return all_of(formulas)


_LABEL_FORMAL = Check(
    name="Z2, Z3", procedure=formal_identity,
    arguments={"formula": _conjunction(_label_formal, 1), "formal": _SYMBOLS, "scope": GROUPS,
               "rests_on": ("features of a label",)},
)


def _centred(value: Term) -> Formula:
    """u = (2, −1, −1) on Z3: u_0² less the mean of u² over all samples is the value."""
    squares = [rational(4), rational(1), rational(1)]
    return equal(squares[0] - rational(1, 3) * total(squares), value)


_CENTRED = Check(
    name="a wave on Z3", procedure=counterexample,
    arguments={"formula": _centred(rational(0)), "point": {"group": "Z3"}, "values": {},
               "description": "Z3, u = (2, −1, −1): centring over samples leaves u_0² − 2 = 2 of "
               "u^{∘2}"},
)
_CENTRED_MUTANT = Mutant.of(_CENTRED, "its mean is removed", formula=_centred(rational(2)))


def _mean(group: PermutationGroup, taken: int) -> Formula:
    """At (h, x) the mean of the samples (h', y) ↦ u_y², times `taken`, is |u|²/M."""
    m = group.order
    u = [var(f"u{i}_0") for i in range(m)]
    samples = [u[y] * u[y] for _ in range(m) for y in range(m)]
    mean, norm = total(samples) / (m * m), total([x * x for x in u])
    return all_of(equal(x * x - taken * mean, x * x - norm / m) for x in u)


_MEAN = Check(
    name="Z2, Z3", procedure=formal_identity,
    arguments={"formula": _conjunction(_mean, 1), "scope": GROUPS,
               "formal": {k: v for k, v in _SYMBOLS.items() if k[0] == "u" and k[-1] == "0"},
               "rests_on": ("features of a label",)},
)
_MEAN_MUTANT = Mutant.of(_MEAN, "twice the mean", formula=_conjunction(_mean, 2))


def _sizes(sign: int) -> Formula:
    """q = u_{hx}² − |u|²/M is orthogonal to Yc and to 2u'_{hx}u'_x; Z3, u'_2 = −u'_0 − u'_1."""
    m = 3
    u = [var(f"u{i}_0") for i in range(m)]
    v = [var("v0_0"), var("v1_0"), -(var("v0_0")) - sign * var("v1_0")]
    norm = total([x * x for x in u])
    q = [[u[(h + x) % m] ** 2 - norm / m for x in range(m)] for h in range(m)]
    cross = total([q[h][x] * 2 * v[(h + x) % m] * v[x] for h in range(m) for x in range(m)])
    labels = [equal(total(q[h]), 0) for h in range(m)]
    return all_of((*labels, equal(cross, 0)))


_SQUARES = Check(
    name="Z3", procedure=formal_identity,
    arguments={"formula": _sizes(1), "formal": {k: v for k, v in _SYMBOLS.items() if k[-1] == "0"},
               "scope": GROUPS, "rests_on": ("features of a label",)},
)
CLAIMS: list[Claim] = [
    on_sphere(
        "li2.gram-trace", "Inner products of the features", "A.2",
        "$c_U(h)=2\\,\\mathrm{diag}(R_h^\\top U)$: $\\sum_h\\langle "
        "c_U,c_V\\rangle=4\\,\\mathrm{tr}(UV^*)$; 0 across irreps.",
        "a group, U, V with another sum", _GRAM,
        Mutant.of(_GRAM, "factor 2", formula=_conjunction(_gram, 2)), kind="id",
        reading="Formal in all entries of U and of the conjugate of V; (h, x) → (hx, x) is a "
        "bijection. Across irreps tr(UV*) = 0. ",
    ),
    on_sphere(
        "li2.label-trace", "Sums of features over a label", "A.2",
        "$\\sum_xc_U(h')_x=2\\,\\mathrm{tr}(\\Pi_kR_{h'}\\Pi_kU)$.",
        "a group, h', U with another sum", _LABEL,
        Mutant.of(_LABEL, "the transpose", formula=_label_trace(transposed=True)), kind="id",
        reading="U = Π_k in the block itself. On Z2 every R_h is symmetric. ",
        corrected_by="li2.label-trace.corrected",
    ),
    on_sphere(
        "li2.label-trace.corrected", "Sums of features over a label, transposed", "A.2",
        "$\\sum_xc_U(h')_x=2\\,\\mathrm{tr}(R_{h'}^\\top U)$.", "a group, h', U with another sum",
        _LABEL_FORMAL,
        Mutant.of(_LABEL_FORMAL, "no transpose", formula=_conjunction(_label_formal, 0)),
        kind="id", corrects="li2.label-trace",
    ),
    on_sphere(
        "li2.feature-split", "Centring removes the square of u", "A.2",
        "The centred feature is $\\pm2(R_h^\\top u)\\circ u+(R_h^\\top "
        "u)^{\\circ2}-M^{-1}\\sum_h(R_h^\\top u)^{\\circ2}$: $u^{\\circ2}$, constant over $h$, is "
        "removed.",
        "a group and u with a part of u^{∘2} left", _CENTRED, _CENTRED_MUTANT, kind="id",
        corrected_by="li2.feature-split.corrected",
        reading="Centring over all samples (h, x), P1 = I − 11ᵀ/n. u in a block; on Z2 u^{∘2} is "
        "constant. ",
    ),
    on_sphere(
        "li2.feature-split.corrected", "Centring removes the mean of the square of u", "A.2",
        "Centring over the samples takes off $u^{\\circ2}$ its mean $|u|^2/M$ only.",
        "a group and u with another centred square",
        _MEAN, _MEAN_MUTANT, kind="id",
        corrects="li2.feature-split", reading="Formal on Z2 and Z3. ",
    ),
    on_sphere(
        "li2.cand.centred-square.removed", "Centring removes the v∘v part", "Reconstruction",
        "Centring removes the $v\\circ v$ part.", "a group and v with a part left", _CENTRED,
        _CENTRED_MUTANT, reading="Over samples. ",
    ),
    on_sphere(
        "li2.cand.centred-square.mean", "Centring removes the mean of v∘v only", "Reconstruction",
        "Centring removes only the mean of the $v\\circ v$ part.",
        "a group and v with another centred square",
        _MEAN, _MEAN_MUTANT,
        reading="Over samples: P1 takes off the mean over all (h, x). Formal on Z2, Z3. ",
    ),
    on_sphere(
        "li2.square-terms", "Square terms are orthogonal to the labels", "A.2",
        "The columns $R_h^\\top u^{\\circ2}-|u|^21/M$ are orthogonal to $Y_c$ and the cross "
        "parts, and get zero coefficient.",
        "a group and u with an inner product that is not 0", _SQUARES,
        Mutant.of(_SQUARES, "u' with a mean", formula=_sizes(-1)), kind="id",
        reading="The cross part of any u' of mean 0, and the coefficient of least norm; formal on "
        "Z3. ",
    ),
]
