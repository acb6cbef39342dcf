"""Gram matrices of random layers with nearly equal correlations, and the residual of the labels."""

from __future__ import annotations

from verify.claims.energy_landscape.hermite import near, series
from verify.claims.energy_landscape.ridge import ETA, identity
from verify.claims.energy_landscape.wide import (
    FIXED,
    FORM,
    GRAM,
    LAYERS,
    centred_kernel,
    wide_claim,
)
from verify.claims.writing import breaks, mutants, proof
from verify.core.claim import Check, Claim, Mutant
from verify.formula import Formula, equal, product, var

_C = var("c")


def _spread(power: int = 2) -> Formula:
    """The variance of σ(w)², σ = t^power, vanishes: E w^{2k} = 1·3⋯(2k − 1)."""
    square, mean = (product("j", 1, k * power, lambda j: 2 * j - 1) for k in (2, 1))
    return equal(square - mean * mean, 0)


_SAMPLED = breaks(
    "two inputs", _spread(),
    "inputs e_1, e_2 (ρ = ε = 0), σ = t²: for every K the entry Σ_k w_k⁴ of FFᵀ at (1, 1) has the "
    "variance K(105 − 9) = 96K, and the stated value is the number Ka = 3K",
    point={"layers": "inputs e_1, e_2, σ = t²", "samples": 2, "columns": "every K"})
_GRAM = proof("the limit", series(LAYERS), near(LAYERS), scope=LAYERS, lemmas=(GRAM,))


def _projected(factor: int = 1) -> Check:
    """ΘYc = cYc gives (c + η)(Yc − FcBFcᵀYc) = ηYc."""
    s = _C + ETA
    return identity(
        "P_ηYc", [(s, "Y"), (-s, "F B Ft Y"), (-factor * ETA, "Y")],
        [([(-1, "F")], 1, [(1, "Ft Y")]), ([(1, "F B Ft"), (-1, "I n")], 0, [(1, "I M")])],
        relations=[[(1, "F Ft Y"), (-_C, "Y")], [(1, "B Ft F"), (ETA, "B"), (-1, "I K")]],
        scalars=("eta", "c"), lemma=GRAM, scope=LAYERS,
    )


_PROJECTION = proof("the residual", centred_kernel(LAYERS), _projected(), scope=LAYERS,
                    lemmas=(GRAM,))

CLAIMS: list[Claim] = [
    wide_claim(
        "li2.kernel-form.gram.every-width", "The Gram matrix of a random layer, every width",
        "Lemma 1", "$FF^\\top=K(a-b)I+Kb11^\\top+O(K\\epsilon)11^\\top$.",
        "a layer with a larger error", _SAMPLED,
        *mutants(_SAMPLED, constant_activation=_spread(0)),
        reading=FORM + "Entry by entry, for every K and every ε ≥ 0: the error is at most "
        "const·Kε, so with ε = 0 (equal correlations) there is none. The error of sampling, of "
        "order √K, is missing; for ε > 0 it is below Kε as soon as K is large compared with 1/ε². ",
        corrected_by="li2.kernel-form.gram",
    ),
    wide_claim(
        "li2.kernel-form.gram", "The Gram matrix of a wide random layer", "Lemma 1",
        "Large $K$: $FF^\\top=K(a-b)I+Kb11^\\top+O(K\\epsilon)11^\\top$.",
        "a layer with another limit", _GRAM,
        Mutant.of(_GRAM, "ρ² for l = 1", parts=(series(LAYERS, extra=1), near(LAYERS))),
        reading=FORM + FIXED + "Entry by entry, s_i ≡ s, |ρ_ij − ρ| ≤ ε, |ρ| < 1, with a constant "
        "that depends on σ, s, ρ alone: FFᵀ/K = (a − b)I + b11ᵀ + O(ε) + o(1). ",
        corrects="li2.kernel-form.gram.every-width",
    ),
    wide_claim(
        "li2.kernel-form.projection", "The residual of the labels", "Lemma 1",
        "$P_\\eta Y_c=\\eta/(K(a-b)+\\eta)\\cdot Y_c$.", "a Gram matrix of this form with another "
        "residual", _PROJECTION, Mutant.of(_PROJECTION, "2η", parts=(
            centred_kernel(LAYERS), _projected(2))),
        reading="For FFᵀ = K(a − b)I + Kb11ᵀ exactly, P_η = I − Fc(Λ + ηI)⁻¹Fcᵀ; c = K(a − b). ",
        kind="id",
    ),
]
