"""Top-down modulation: what remains of the energy when some irreps have been learned."""

from __future__ import annotations

from typing import Any

from constructions.groups.characters import CharacterTable
from constructions.groups.permutation import PermutationGroup
from verify.claims.energy_landscape import projectors
from verify.claims.energy_landscape.common import (
    EIGHTH,
    GROUPS,
    NO_ENERGY,
    S3,
    Z3,
    lemma,
    maxima,
    of_type,
    on_sphere,
)
from verify.claims.energy_landscape.projectors import instance, written_out
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.formula import Formula, cis, equal, rational, total
from verify.methods.characters import (
    ORDER,
    Content,
    degree,
    group_counterexample,
    nontrivial,
    value,
)
from verify.methods.combine import counterexample

_READING = (
    "𝒮: a set of learned k ≠ 0, closed under conjugation; Ŷ = Σ_{k∈𝒮}Ŷ^{(k)} is exact on them, "
    "and 0 elsewhere: the least-squares fit by nodes whose features span the blocks of 𝒮; κ "
    "counts the non-trivial irreps. "
)
_ABELIAN = of_type("that are Abelian")


_SUMS = lemma("Schur sums", "energy-schur", matrix="I", factor=1)
_SUMS_MUTANT = altered(_SUMS, "sums 2M/d", factor=2)
_ABELIAN_SUMS = lemma("Schur sums", "energy-schur", _ABELIAN, matrix="I", factor=1)


def _on(conclusion: Any, *groups: PermutationGroup, **mutants: dict[str, Any]) -> tuple[Any, ...]:
    """The lemma with an instance of the conclusion, and mutants of both; underscores are spaces.

    mutants: what each changes in the conclusion.
    """
    check = instance(conclusion, *groups)
    sums = _ABELIAN_SUMS if groups == (Z3,) else _SUMS
    return (sums, check), altered(sums, "sums 2M/d", factor=2), *(
        Mutant.of(check, name.replace("_", " "), formula=written_out(conclusion, *groups, **wrong))
        for name, wrong in mutants.items()
    )


_RESIDUAL = _on(projectors.residual, constants_too={"trivial": True}, other_sign={"sign": -1})
_OPERATOR = _on(projectors.operator, constants_too={"trivial": True})
_POSITIVE = maxima("maxima", conclusions=["one-block", "each-block", "least-dimension"])


def _diagonal(table: CharacterTable) -> Content:
    """At a transposition h = h': Σd_kχ_k(h)χ_k(h), against Σd_k² = M·[ΣΠ_k]_hh."""
    factored = total([degree(n) * value(n) ** 2 for n in nontrivial(table)])
    return Content(class_relations=(~equal(factored, ORDER - 1),), at=(1,))


def _diagonal_equal(table: CharacterTable) -> Content:
    factored = total([degree(n) * value(n) ** 2 for n in nontrivial(table)])
    return Content(class_relations=(equal(factored, ORDER - 1),), at=(1,))


_NOT_FACTORED = Check(
    name="a transposition of S3", procedure=group_counterexample,
    arguments={
        "group": S3, "violation": _diagonal, "rests_on": ("irreducible rows", "isotypic "
        "projectors"),
        "description": "S3, 𝒮 empty, h = h' a transposition: M·ΦΦ* = 1, but M·ΣΠ_k = 5",
    },
)
_FACTORED = Mutant.of(_NOT_FACTORED, "equality", violation=_diagonal_equal)


def _conjugates(sign: int) -> Formula:
    """conj χ(hh'⁻¹) = χ(h'⁻¹h) for χ of index 1 on Z3, h = 1, h' = 0."""
    return equal(cis(rational(-1, 3)), cis(rational(sign, 3)))


_NOT_CONJUGATE = Check(
    name="a character of Z3", procedure=counterexample,
    arguments={"formula": _conjugates(1), "point": {"group": "Z3"}, "values": {},
               "description": "Z3, h = 1, h' = 0: conj χ(1) = ω², but χ(1) = ω"},
)


def _residual(sign: int) -> Formula:
    """Ŷ − Yc at h = h' on Z2 with 𝒮 empty is −(1 − 1/2); M⁻¹Σdχχ̄ is 1/2."""
    return equal(rational(1, 2) - 1, rational(sign, 2))


_WRONG_SIGN = Check(
    name="the diagonal on Z2", procedure=counterexample,
    arguments={"formula": _residual(1), "point": {"group": "Z2"}, "values": {},
               "description": "Z2, 𝒮 empty, h = h': Ŷ − Yc = −1/2, and the sum is 1/2"},
)
_SIGN_MUTANT = Mutant.of(_WRONG_SIGN, "the other sign", formula=_residual(-1))


def _columns(claimed: int) -> Formula:
    """Z2, 𝒮 empty: the columns of Φ are the k ≠ 0 outside 𝒮, one of them."""
    return equal(rational(1), claimed)


_COLUMNS = Check(
    name="columns on Z2", procedure=counterexample,
    arguments={"formula": _columns(0), "point": {"group": "Z2"}, "values": {},
               "description": "Z2, 𝒮 empty: κ = 1 and Φ has one column, not κ − |𝒮| − 1 = 0"},
)
_COLUMNS_MUTANT = Mutant.of(_COLUMNS, "κ − |𝒮|", formula=_columns(1))


def _claim(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Any, *mutants: Mutant, reading: str = "", **fields: Any) -> Claim:
    return on_sphere(claim_id, title, locator, statement, falsified_by, check, *mutants,
                 reading=_READING + reading, **fields)


_CORRECT = (
    "$Y_c-\\hat Y=\\sum_{k\\notin\\mathcal S,k\\ne0}\\Pi_k\\otimes1$; for Abelian $H$ this is "
    "$\\Phi\\Phi^*\\otimes1$, $\\Phi$ of $\\kappa-|\\mathcal S|$ columns."
)
CLAIMS: list[Claim] = [
    _claim(
        "li2.idempotent", "Isotypic projectors by characters", "(35)",
        "$\\Pi_k=(d_k/M)\\sum_g\\bar\\chi_k(g)R_g$.", "a group and k with another projector",
        *_on(projectors.idempotent, without_d={"power": 0}), kind="id",
    ),
    _claim(
        "li2.predictor", "The predictor of a block", "A.2",
        "$\\hat Y^{(k)}_{(\\cdot,h),h'}=\\mathrm{diag}(R_h^\\top\\Pi_kR_{h'}\\Pi_k)$; summed over "
        "$k\\ne0$: "
        "$Y_c$.", "a group with another sum",
        *_on(projectors.predictor, constants_too={"first": 0}), kind="id",
        reading="The first part is the definition of Ŷ^{(k)}. ",
    ),
    _claim(
        "li2.block-character.first", "The predictor of a block by its character", "B.2",
        "$\\hat Y^{(k)}=(d_k/M)\\bar\\chi_k(hh'^{-1})$.", "a group, k, h, h' with another value",
        *_on(projectors.block_character, no_conjugate={"conjugate": False}), kind="id",
    ),
    _claim(
        "li2.block-character.second", "The predictor of a block, other argument", "B.2",
        "$(d_k/M)\\bar\\chi_k(hh'^{-1})=(d_k/M)\\chi_k(h'^{-1}h)$.",
        "a group, k, h, h' with another value", _NOT_CONJUGATE,
        Mutant.of(_NOT_CONJUGATE, "the conjugate", formula=_conjugates(-1)),
        kind="id", corrected_by="li2.block-character.second.corrected",
        reading="It holds for real characters, and for the sum over 𝒮. ",
    ),
    _claim(
        "li2.block-character.second.corrected", "The predictor of a block, h'h⁻¹", "B.2",
        "$(d_k/M)\\bar\\chi_k(hh'^{-1})=(d_k/M)\\chi_k(h'h^{-1})$.",
        "a group, k, h, h' with another value",
        *_on(projectors.turned, the_printed_argument={"swapped": False}),
        kind="id", corrects="li2.block-character.second",
        reading="χ_k(g⁻¹) is the conjugate of χ_k(g), as C_k is unitary. ",
    ),
    _claim(
        "li2.residual.sign", "The residual of the learned irreps", "B.2",
        "$\\hat Y-Y_c=M^{-1}\\sum_{k\\notin\\mathcal "
        "S}d_k\\chi_k(h)\\bar\\chi_k(h')=\\Phi\\Phi^*\\otimes1$.",
        "a group, 𝒮, h, h' with another residual", _WRONG_SIGN, _SIGN_MUTANT,
        kind="id", corrected_by="li2.residual.corrected", reading="The sum is over k ≠ 0. ",
    ),
    _claim(
        "li2.residual.columns", "The number of columns of Φ", "B.2",
        "$\\Phi=[\\sqrt{d_k/M}\\,\\chi_k]_{k\\ne0,k\\notin\\mathcal S}$ is "
        "$M\\times(\\kappa-|\\mathcal S|-1)$.",
        "a group and 𝒮 with another number of columns", _COLUMNS, _COLUMNS_MUTANT,
        kind="id", corrected_by="li2.residual.corrected",
        reading="If κ counted the trivial irrep the number would be right; the bound on K uses κ "
        "as here. ",
    ),
    _claim(
        "li2.residual.corrected", "The residual of the learned irreps, as projectors", "B.2",
        _CORRECT, "a group, 𝒮 with another residual", *_RESIDUAL,
        kind="id", corrects="li2.residual.sign",
    ),
    _claim(
        "li2.modulated-energy", "The energy in the missing characters", "B.2",
        "$\\frac12|\\Phi^*z|^2=\\frac M2\\sum_{k\\notin\\mathcal "
        "S}d_k^{-1}|\\sum_r\\mathrm{tr}\\,\\hat S_{k,r}|^2$.",
        "a group, 𝒮 and real w at which they differ",
        *_on(projectors.modulated, without_1_over_d={"exponent": 0}), kind="id",
        reading="k ≠ 0, real w. It is an identity for every group; for groups that are not "
        "Abelian it is not the energy ½zᵀ(ΣΠ_k)z. ",
    ),
    _claim(
        "li2.top-down.operator", "The gradient after some irreps are learned", "Theorem 7",
        "$\\sigma=x^2$, only $\\mathcal S$ learned: "
        "$G_F\\propto(\\Phi\\otimes1)(\\Phi\\otimes1)^*F$.",
        "a group and 𝒮 with another operator", _NOT_FACTORED, _FACTORED,
        corrected_by="li2.top-down.operator.corrected",
        reading="(Yc − Ŷ)YcᵀF, V being ∝ YcᵀF on what is not learned. It holds for Abelian "
        "groups. ",
    ),
    _claim(
        "li2.top-down.operator.corrected", "The gradient after some irreps are learned",
        "Theorem 7",
        "$(Y_c-\\hat Y)Y_c^\\top F=(\\sum_{k\\notin\\mathcal S,k\\ne0}\\Pi_k\\otimes11^\\top)F$.",
        "a group and 𝒮 with another operator", *_OPERATOR,
        corrects="li2.top-down.operator",
        reading="V ∝ YcᵀF is used on the parts of F that are not learned only: for a neuron with "
        "learned parts V is another one, and this is not its G_F. ",
    ),
    _claim(
        "li2.top-down.maxima", "Maxima of the modified energy", "Theorem 7",
        "The modified energy has local maxima only on $k\\notin\\mathcal S$.",
        "a group, 𝒮 and a local maximum on learned irreps", _POSITIVE,
        altered(_POSITIVE, "no energy in any block", value=NO_ENERGY),
        reading="Modified energy: ½zᵀ(Σ_{k∉𝒮,k≠0}Π_k)z = 2MΣ_{k∉𝒮}|VU*|²/D; 𝒮 is not everything. ",
    ),
    _claim(
        "li2.cand.missing-peak", "The peaks of the missing irreps are unchanged", "Stage "
        "III",
        "$E^*$ of the others is unchanged.", "a group, 𝒮 and k ∉ 𝒮 with another peak", _POSITIVE,
        altered(_POSITIVE, "M/(8D)", value=EIGHTH),
        reading="M/(2D_k) for k ∉ 𝒮, with the modified energy of `li2.top-down.maxima`. ",
    ),
]
_OPERATORS = {
    "projectors": "\\sum_{k\\notin\\mathcal S,k\\ne0}\\Pi_k", "characters": "\\Phi\\Phi^*",
}
for _key, _tex in _OPERATORS.items():
    for _scope, _domain in (("abelian", _ABELIAN), ("all", GROUPS)):
        _args = (
            f"li2.cand.operator.{_key}-{_scope}", f"The gradient by {_key}, {_scope}", "Stage III",
            f"$G_F\\propto({_tex}\\otimes11^\\top)F$ for {_scope} $H$.",
            "a group and 𝒮 with another operator",
        )
        if (_key, _scope) == ("characters", "all"):
            CLAIMS.append(_claim(*_args, _NOT_FACTORED, _FACTORED))
        else:
            _checked = (
                _on(projectors.factored, Z3, one_of_a_pair={"first": 2})
                if _key == "characters" else
                _on(projectors.operator, *([Z3] if _scope == "abelian" else []),
                    constants_too={"trivial": True})
            )
            CLAIMS.append(_claim(
                *_args, *_checked, domain=_domain, reading="(Yc − Ŷ)YcᵀF. "))
CLAIMS += [
    _claim(
        "li2.cand.operator.plus", "The sign of the residual, plus", "Stage III",
        "$Y_c-\\hat Y=+\\sum_{k\\notin\\mathcal S,k\\ne0}\\Pi_k\\otimes1$.", "a group and 𝒮 "
        "otherwise",
        *_RESIDUAL,
    ),
    _claim(
        "li2.cand.operator.minus", "The sign of the residual, minus", "Stage III",
        "$Y_c-\\hat Y=-\\sum_{k\\notin\\mathcal S,k\\ne0}\\Pi_k\\otimes1$.", "a group and 𝒮 "
        "otherwise",
        _WRONG_SIGN, _SIGN_MUTANT,
    ),
    _claim(
        "li2.cand.operator.columns", "Columns of Φ, κ − |𝒮|", "Stage III",
        "$\\Phi$ has $\\kappa-|\\mathcal S|$ columns.", "a group and 𝒮 with another number",
        *_on(projectors.columns, one_less={"less": 1}),
        reading="One column for each k ≠ 0 outside 𝒮. ",
    ),
    _claim(
        "li2.cand.operator.columns-less", "Columns of Φ, κ − |𝒮| − 1", "Stage III",
        "$\\Phi$ has $\\kappa-|\\mathcal S|-1$ columns.", "a group and 𝒮 with another number",
        _COLUMNS, _COLUMNS_MUTANT,
    ),
]
