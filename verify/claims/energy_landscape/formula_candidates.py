"""Candidates for the energy: sums of squares over labels, blocks, and other activations."""

from __future__ import annotations

from fractions import Fraction

from constructions.groups.characters import character_table
from constructions.groups.permutation import PermutationGroup
from constructions.numbers import Cyclotomic, Turn
from verify.claims.energy_landscape.common import (
    E1,
    E2,
    S3,
    SIGN,
    Z2,
    Z3,
    against,
    against_lemma,
    at,
    lemma,
    on_sphere,
    pair,
    s3_vector,
    with_relations,
)
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, total, var
from verify.methods.characters import ORDER, degree, nontrivial
from verify.methods.energy import ENERGY, Neuron
from verify.methods.identities import formal_identity

_CROSS = lemma("sides", "energy-sides", activation=[0, 0, 1], value=2)
_AFFINE_VALUE = {"*": [2, {"^": [{"var": "b"}, 2]}]}
_AFFINE = [0, {"var": "a"}, {"var": "b"}]
CLAIMS: list[Claim] = []

_Q_WITNESS = pair(Z2, SIGN)


def _fraction(q: str) -> Term:
    return rational(Fraction(q))


def _cross(q: str) -> Formula:
    """E = qΣ_h(uᵀR̃_hv)² at u = v = (1, −1) on Z2, where the sum is 4 + 4."""
    return equal(ENERGY, 8 * _fraction(q))


for _name, _q in (("quarter", "1/4"), ("half", "1/2"), ("1", "1"), ("4", "4")):
    _check = against(
        pair(Z2, SIGN, relations=(~_cross(_q),)),
        f"Z2, u = v = (1, −1): E = 16 and Σ(uᵀR̃_hv)² = 8, so q = 2, not {_q}",
    )
    CLAIMS.append(on_sphere(
        f"li2.cand.cross.q{_name}", f"The energy as {_q} of a sum of squares", "Energy",
        f"$E=q\\sum_h(u^\\top\\tilde R_hv)^2$ with $q={_q}$.",
        "a group and w with another energy", _check,
        with_relations(_check, "q = 2", ~_cross("2")),
    ))
_CROSS_AT = at("u = v = (1, −1) on Z2", pair(Z2, SIGN, relations=(_cross("2"),)))
CLAIMS += [
    on_sphere(
        "li2.cand.cross.q2", "The energy as twice a sum of squares", "Energy",
        "$E=2\\sum_h(u^\\top\\tilde R_hv)^2$.",
        "a group and w with another energy",
        (_CROSS, _CROSS_AT),
        altered(_CROSS, "q = 1", value=1),
        Mutant.of(_CROSS_AT, "q = 1", neurons=(pair(Z2, SIGN, relations=(_cross("1"),)),)),
    ),
]
_LINEAR = lemma("sides", "energy-sides", activation=[0, {"var": "a"}, 0], value=0)
_AFFINE_CHECK = lemma("sides", "energy-sides", activation=_AFFINE, value=_AFFINE_VALUE)


def _against_lemma(activation: list, value: int, group: str, description: str) -> Check:
    return against_lemma("sides", "energy-sides", {"group": group}, description,
                         activation=activation, value=value)


_NOT_ONLY_ABELIAN = _against_lemma([0, {"var": "a"}, 0], 0, "S3", "S3 is not Abelian, and E ≡ 0")
_NOT_ONLY_POSITIVE = _against_lemma([0, {"var": "a"}, -1], 2, "Z2", "b = −1: E = b²E_{x²} = E_{x²}")
CLAIMS += [
    on_sphere(
        "li2.cand.linear-zero.all", "A linear activation has energy 0", "Energy",
        "Linear σ: $E\\equiv0$.", "a group and w with E > 0", _LINEAR,
        altered(_LINEAR, "value 1", value=1),
        reading="σ(t) = at. ",
    ),
    on_sphere(
        "li2.cand.linear-zero.only-abelian", "A linear activation has energy 0 for Abelian "
        "groups only",
        "Energy", "Linear σ: $E\\equiv0$ only for Abelian $H$.",
        "a group that is not Abelian with E ≡ 0", _NOT_ONLY_ABELIAN,
        altered(_NOT_ONLY_ABELIAN, "a square", activation=[0, 0, 1]),
    ),
    on_sphere(
        "li2.cand.affine.all", "Quadratic activations have the energy of the square", "Energy",
        "$\\sigma=ax+bx^2$: $E=b^2E_{x^2}$ for all $b$.", "a, b, a group and w with another energy",
        _AFFINE_CHECK, altered(_AFFINE_CHECK, "b for b²", value={"*": [2, {"var": "b"}]}),
        reading="All real a, b. ",
    ),
    on_sphere(
        "li2.cand.affine.only-positive", "Quadratic activations with positive b only", "Energy",
        "$\\sigma=ax+bx^2$: $E=b^2E_{x^2}$ only for $b>0$.", "b ≤ 0 with this energy",
        _NOT_ONLY_POSITIVE, altered(_NOT_ONLY_POSITIVE, "another value", value=1),
    ),
    on_sphere(
        "li2.affine-sigma", "The theorem extends to quadratic activations", "§4.3",
        "Theorem 2 extends to $\\sigma=ax+bx^2$, $b>0$.",
        "a, b > 0 and a point that is a local maximum for one of σ, x² and not for the other",
        _AFFINE_CHECK, altered(_AFFINE_CHECK, "b for b²", value={"*": [2, {"var": "b"}]}),
        reading="What extends: on the full group data E is b² times that of x², for every a, so "
        "the critical points, local maxima and Hessian signatures on the sphere are the same. So "
        "it is the corrected theorem that extends, li2.local-maxima.corrected, with E* = b²M/2D; "
        "the parts of Theorem 2 that are false for x² are false for σ. Nothing is said of sampled "
        "data, where the linear part does not cancel. ",
    ),
    on_sphere(
        "li2.linear-activation.group", "Class means of the group task are identical", "§4.3",
        "Linear σ on the group task: the class means are identical.",
        "a group, w and two labels with different means of Xw", _LINEAR,
        altered(_LINEAR, "value 1", value=1),
        reading="E = ½Σ(z_h − z̄)² = 0 for every w is equivalent to equal class means of Xw for "
        "every w. ",
    ),
]
_L, _TOP, _S2 = var("l"), var("top"), var("s2")


def _toward_top(slope: Term) -> Formula:
    """With w cos + y sin, y a top eigenvector ⊥ w: the energy gains s²(λ' − λ), s = sin."""
    return equal((1 - _S2) * _L + _S2 * _TOP - _L, slope)


_QUADRATIC = Check(
    name="towards a top eigenvector",
    procedure=formal_identity,
    arguments={
        "formula": _toward_top(_S2 * (_TOP - _L)),
        "formal": dict.fromkeys(("l", "top", "s2"), "indeterminate"),
        "scope": Domain.of(data=Whole("data sets")),
        "rests_on": ("quadratic forms on a sphere",),
    },
)
CLAIMS += [
    on_sphere(
        "li2.linear-activation.maxima", "Linear activations have a global maximum only", "§4.3",
        "Linear σ: there are no local maxima, only a global one, the top eigenvector of "
        "$X^\\top\\Gamma X$.",
        "data with a local maximum of wᵀXᵀΓXw on the sphere off the top eigenspace",
        _QUADRATIC,
        Mutant.of(_QUADRATIC, "twice the gain", formula=_toward_top(2 * _S2 * (_TOP - _L))),
        domain=Domain.of(data=Whole("data sets")),
        reading="Every local maximum is global, and the global ones are the unit vectors of the "
        "top eigenspace, whatever its dimension. ",
    ),
]

# E = qMΣN/δ: which q, which δ, which N.
_FORMS = {
    "trace": ("|\\mathrm{tr}\\,U^*V|^2", "inner"),
    "left": ("|VU^*|^2", "left"),
    "right": ("|U^*V|^2", "right"),
    "norms": ("|U|^2|V|^2", "product"),
}
_S3_SKEW = pair(
    S3,
    s3_vector((E1, E1), (E2, E2)),
    s3_vector((E1, E2), (E2, (1, 0, -1))),
)


def _in_blocks(group: PermutationGroup, name: str, q: str) -> Formula:
    """E = qM Σ N/δ on a group whose irreps are of real type, where δ = D = d."""
    table = character_table(group)
    terms = [_fraction(q) * ORDER * var(f"{name}_{n}") / degree(n) for n in nontrivial(table)]
    return equal(ENERGY, total(terms))


_BLOCKS = {
    irreps: lemma("blocks", "energy-blocks", irreps=irreps, weights="real", form="V U*", factor=2)
    for irreps in ("real", "complex")
}
_QUOTIENTS = {"eighth": "1/8", "quarter": "1/4", "half": "1/2", "1": "1", "2": "2"}
_DELTA = {"real": "real irreps, $\\delta=D$", "complex": "complex irreps, $\\delta=d$"}
for _irreps, _lemma in _BLOCKS.items():
    for _form, (_tex, _quantity) in _FORMS.items():
        for _qn, _q in _QUOTIENTS.items():
            _id = f"li2.cand.block.{_irreps}-{_form}-q{_qn}"
            _title = f"The energy in {_irreps} blocks, {_form}, q = {_q}"
            _statement = f"$E=qM\\sum_{{k\\ne0}}N_k/\\delta_k$, {_DELTA[_irreps]}, $N={_tex}$, "
            f"$q={_q}$."
            _false = "a group and w with another energy"
            if _q == "2" and _form == "left":
                CLAIMS.append(on_sphere(
                    _id, _title, "Energy", _statement, _false, _lemma,
                    altered(_lemma, "factor 1", factor=1),
                    altered(_lemma, "U*V", form="U* V"),
                ))
                continue
            _group, _neuron = (Z2, _Q_WITNESS) if _q != "2" else (S3, _S3_SKEW)
            _claimed = _in_blocks(_group, _quantity, _q)
            _true = _in_blocks(_group, "left", "2")
            _check = against(
                pair(_group, _neuron.u, _neuron.v, relations=(~_claimed, _true), characters=True),
                f"{_group.name}: all irreps are real, d = D, and E = 2MΣ|VU*|²/D differs from it",
            )
            CLAIMS.append(on_sphere(
                _id, _title, "Energy", _statement, _false, _check,
                with_relations(_check, "q = 2, N = |VU*|²", ~_true),
            ))

# Complex weights: E = ½Σ|z − z̄|², bilinear in u and v.
def _complex_pair(form: str, *, holds_there: bool) -> Neuron:
    chi = [Cyclotomic.root(Turn.of(x, 3)) for x in range(3)]
    relation = equal(ENERGY, total([2 * ORDER * var(f"{form}_{n}") for n in (2, 3)]))
    return pair(Z3, chi, chi, relations=(relation if holds_there else ~relation,), characters=True)


_BAR = lemma(
    "blocks", "energy-blocks", irreps="complex", weights="complex", form="V conj(u)*", factor=2
)
_NOT_BAR = against(
    _complex_pair("left", holds_there=False),
    "Z3, u = v = (1, ω, ω²): uᵀR_hv = 0 for all h, so E = 0, but |VU*|² > 0",
)
CLAIMS += [
    on_sphere(
        "li2.cand.block-complex.conjugate", "The energy of complex weights, with the conjugate "
        "of u",
        "Energy", "Complex $w$, $E=\\frac12\\sum|z_h-\\bar z|^2$: "
        "$E=2M\\sum_{k\\ne0}|V_kU_k^*|^2/d_k$ with the components of $\\bar u$ for $U$.",
        "a group and complex w with another energy", _BAR,
        altered(_BAR, "without the bar", form="V U*"),
    ),
    on_sphere(
        "li2.cand.block-complex.plain", "The energy of complex weights, as for real ones", "Energy",
        "Complex $w$, $E=\\frac12\\sum|z_h-\\bar z|^2$: $E=2M\\sum_{k\\ne0}|V_kU_k^*|^2/d_k$.",
        "a group and complex w with another energy", _NOT_BAR,
        Mutant.of(_NOT_BAR, "with the bar", neuron=_complex_pair("plain", holds_there=False)),
        reading="For Z2 all characters are real, and the two forms agree. ",
    ),
]
