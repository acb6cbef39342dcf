"""Candidates for the sets of maxima, Hessian spectra, saddles, and relaxations."""

from __future__ import annotations

from collections.abc import Sequence

from constructions.groups.cayley import inverses, multiplication_table
from constructions.groups.characters import character_table
from constructions.groups.irreps import element_values, real_blocks
from constructions.groups.permutation import PermutationGroup
from verify.claims.energy_landscape.common import (
    NO_ENERGY,
    Q8,
    S3,
    SHIFTED,
    SIGN,
    SIGN4,
    VALUE,
    WAVE,
    Z2,
    Z3,
    Z4,
    against,
    against_lemma,
    lemma,
    maxima,
    on_sphere,
    pair,
    with_relations,
)
from verify.claims.energy_landscape.maximisers import (
    GENERIC,
    HESSIAN,
    LARGER,
    MIXED,
    MIXED_AT,
    MIXED_WRONG,
    NULLITY,
    REST,
    S3_RIGHT,
    STEEP,
    peak_of,
)
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.formula import Formula, Term, rational, total
from verify.methods.combine import counterexample
from verify.methods.energy import CURVATURE, Neuron

CLAIMS: list[Claim] = []
_PLACE = "Maximisers"

# -- sets ------------------------------------------------------------------------------------------

_SETS = {
    "more": ("$D\\ge2$", "Z3", {1: True, 2: False, 4: False}),
    "1": ("$D=1$", "Z2", {2: False, 4: True}),
}
for _key, (_case, _group, _counts) in _SETS.items():
    for _n, _true in _counts.items():
        _id = f"li2.cand.components.{'several' if _key == 'more' else 'one'}-{_n}"
        _noun = "connected sets" if _key == "more" else "points"
        _title = f"The maxima of a block with {_case}: {_n} {_noun}"
        _text = f"The maxima of one real irrep with {_case} are {_n} {_noun}."
        _right = {"more": 1, "1": 4}[_key]
        if _true:
            _check = maxima("components", components={_key: _n})
            CLAIMS.append(on_sphere(
                _id, _title, _PLACE, _text, "a group and a block with another number", _check,
                altered(_check, "one more", components={_key: _n + 1}),
            ))
        else:
            _check = against_lemma(
                "components", "energy-maxima", {"group": _group},
                f"{_group}: {'one connected set' if _right == 1 else 'four points'}",
                value=VALUE, components={_key: _right})
            CLAIMS.append(on_sphere(
                _id, _title, _PLACE, _text, "a group and a block with another number", _check,
                altered(_check, "the stated number", components={_key: _n}),
            ))

# Maxima with their spectra: nullity 0 on Z2 and the sign of Z4, 2 on Z3, 3 on S3.
_Z2_MAX = pair(Z2, SIGN, spectrum=[(-8, 1), (-4, 2)])
_Z3_MAX = pair(Z3, WAVE, SHIFTED, spectrum=[(0, 2), (-8, 1), (-4, 2)])
_S3_MAX = pair(S3, *S3_RIGHT, spectrum=[(0, 3), (-8, 2), (-4, 6)])
_Z4_MAX = pair(Z4, SIGN4, spectrum=[(-8, 1), (-4, 6)])
_WRONG = {
    "Z2": pair(Z2, SIGN, spectrum=[(0, 1), (-8, 2)]),
    "Z3": pair(Z3, WAVE, SHIFTED, spectrum=[(0, 1), (-8, 2), (-4, 2)]),
    "S3": pair(S3, *S3_RIGHT, spectrum=[(0, 2), (-8, 3), (-4, 6)]),
    "Z4": pair(Z4, SIGN4, spectrum=[(0, 1), (-8, 1), (-4, 5)]),
}


def _spectral(neuron: Neuron, text: str) -> tuple[Check, Mutant]:
    check = against(neuron, f"{neuron.group.name}: {text}",
                    rests_on=("energy maxima", "energy Hessian"))
    return check, Mutant.of(check, "another spectrum", neuron=_WRONG[neuron.group.name])


_MANIFOLD = maxima("manifold", manifold=NULLITY)
_DIMENSIONS = {
    "d1": ("D-1", _Z3_MAX, "D = 2, and the maxima are a torus of dimension 2"),
    "2d2": ("2D-2", _S3_MAX, "D = 2, f = 1, and the dimension is 3"),
    "2df": ("2D-f", _Z2_MAX, "D = f = 1, and the maxima are points"),
    "3d3": ("3D-3", _Z3_MAX, "D = f = 2, and the dimension is 2"),
    "3d2f": ("3D-2f", _Z2_MAX, "D = f = 1, and the maxima are points"),
    "block": ("D^2/f-1", _Z3_MAX, "D = f = 2, and the dimension is 2"),
}
CLAIMS.append(on_sphere(
    "li2.cand.dimension.3d2", "The dimension of the maxima is 3D − 2 − f", _PLACE,
    "As a manifold the maxima of one real irrep have dimension $3D-2-f$.",
    "a group and a block with another dimension", _MANIFOLD,
    altered(_MANIFOLD, "D − 1", manifold={"-": [{"*": [{"var": "f"}, {"var": "m"}]}, 1]}),
))
for _key, (_tex, _neuron, _text) in _DIMENSIONS.items():
    _check, _mutant = _spectral(_neuron, _text)
    CLAIMS.append(on_sphere(
        f"li2.cand.dimension.{_key}", f"The dimension of the maxima is {_tex}", _PLACE,
        f"As a manifold the maxima of one real irrep have dimension ${_tex}$.",
        "a group and a block with another dimension", _check, _mutant,
        reading="The dimension equals the nullity of the Riemannian Hessian, which is certified. ",
    ))

# -- spectra ---------------------------------------------------------------------------------------

_NULL = lemma("Hessian", "energy-hessian", spectrum=[[0, NULLITY]])
_ONE, _ONE_MUTANT = _spectral(_Z2_MAX, "the Riemannian Hessian is negative definite")
_POSITIVE, _POSITIVE_MUTANT = _spectral(_Z4_MAX, "M = 4, and no eigenvalue is 0 at the sign")
_D_MINUS = {"-": [{"*": [{"var": "f"}, {"var": "m"}]}, 1]}
CLAIMS += [
    on_sphere(
        "li2.cand.nullity.dimension", "The nullity is the dimension of the set of maxima", _PLACE,
        "The nullity of the Riemannian Hessian is the dimension of the manifold of maxima.",
        "a maximum with a larger nullity", (_NULL, _MANIFOLD),
        altered(_NULL, "D − 1", spectrum=[[0, _D_MINUS]]),
        altered(_MANIFOLD, "D − 1", manifold=_D_MINUS),
    ),
    on_sphere(
        "li2.cand.nullity.one", "The nullity is 1", _PLACE,
        "The nullity of the Riemannian Hessian is 1.", "a maximum with another nullity",
        _ONE, _ONE_MUTANT,
    ),
    on_sphere(
        "li2.cand.nullity.positive", "The nullity is at least 1 for M > 2", _PLACE,
        "The nullity of the Riemannian Hessian is at least 1 for all $M>2$.",
        "M > 2 and a maximum with nullity 0", _POSITIVE, _POSITIVE_MUTANT, domain=LARGER,
    ),
    on_sphere(
        "li2.cand.nullity.zero-iff", "The nullity is 0 iff D = 1", _PLACE,
        "The nullity of the Riemannian Hessian is 0 iff $D=1$.",
        "a maximum with nullity 0 and D > 1, or the other way round", _NULL,
        altered(_NULL, "D − 1", spectrum=[[0, _D_MINUS]]),
        reading="3D − 2 − f with f ≤ D is 0 for D = 1 and at least 2D − 2 > 0 otherwise. ",
    ),
]
_TIMES = {"1": "1", "df": "D-f", "df1": "D-f+1", "d": "D"}
_SCALES = {(4, 2): None, (8, 4): None, (8, 2): None}
for _x, _y in _SCALES:
    for _key, _tex in _TIMES.items():
        _id = f"li2.cand.spectrum.x{_x}-y{_y}-{_key}"
        _title = f"The spectrum at maxima: −{_x}E* {_tex} times, −{_y}E*"
        _text = (f"The other eigenvalues of the Riemannian Hessian are $-{_x}E^*$, ${_tex}$ times, "
                 f"and $-{_y}E^*$.")
        if (_x, _y, _key) == (8, 4, "df1"):
            CLAIMS.append(on_sphere(
                _id, _title, _PLACE, _text, "a maximum with another spectrum", HESSIAN,
                altered(HESSIAN, "−8E* once", spectrum=[[0, NULLITY], [-8, 1], [-4, REST]]),
                altered(HESSIAN, "−2E*", spectrum=[[0, NULLITY], [-8, STEEP], [-2, REST]]),
            ))
            continue
        _neuron = _Z2_MAX
        if (_x, _y) == (8, 4):
            _neuron = {"1": _S3_MAX, "df": _Z2_MAX, "d": _Z3_MAX}[_key]
        _shown = ", ".join(f"{f'{a}E*' if a else 0} {b} times" for a, b in _neuron.spectrum)
        _check, _mutant = _spectral(_neuron, f"the spectrum is {_shown}")
        CLAIMS.append(on_sphere(
            _id, _title, _PLACE, _text, "a maximum with another spectrum", _check, _mutant))

# -- other critical points -------------------------------------------------------------------------

_MIX = lemma("mixture", "energy-mixture", exponent=1, kind_of_point="saddle")
_EQUAL = against(pair(Z4, (2, 0, 0, -2), critical=False),
                 "Z4: the sign and a wave with equal masses; D = 1, 2")
_INVERSE = against(pair(Z4, (2, -1, 0, -1), critical=False),
                   "Z4: the sign and a wave with squared masses 2 : 1; D = 1, 2")
_MIX_TEXT = "Rank-one maximisers of several irreps with squared masses $\\propto {}$ are critical."
_S3_CHARACTER = element_values(character_table(S3), 2)
_S3_TURN = (0, 2, 0, -1, -1, 0)
_NOT_MAX = against(
    pair(S3, _S3_CHARACTER, critical=True, direction=(_S3_TURN, _S3_TURN),
         relations=(rational(0) < CURVATURE,)),
    "S3, the character of degree 2: a direction of positive curvature",
)
_Q8_BLOCK = real_blocks(character_table(Q8))[-1]
_Q8_CHARACTER = element_values(character_table(Q8), 4)
_Q8_MAX = against(
    pair(Q8, _Q8_CHARACTER, relations=(peak_of(Q8, 8),)),
    "Q8, the character of degree 2, quaternionic: E = M/(2D) = 1, a maximum (𝔽 = ℍ, m = 1)",
    rests_on=("energy maxima",),
)
_NOT_CRITICAL = against(pair(S3, GENERIC, critical=False),
                        "S3: u = v in the block of degree 2 with singular values 1 : 3")
_SADDLES = maxima("saddles", conclusions=["saddles"])
CLAIMS += [
    on_sphere(
        "li2.cand.mixtures.equal", "Mixtures with equal masses are critical", _PLACE,
        _MIX_TEXT.format(1), "a group and such a mixture that is not critical", _EQUAL,
        Mutant.of(_EQUAL, "masses D", neuron=pair(Z4, MIXED, critical=False)),
    ),
    on_sphere(
        "li2.cand.mixtures.dimension", "Mixtures with masses D are critical", _PLACE,
        _MIX_TEXT.format("D"), "a group and such a mixture that is not critical", (_MIX, MIXED_AT),
        altered(_MIX, "equal masses", exponent=0), MIXED_WRONG,
    ),
    on_sphere(
        "li2.cand.mixtures.inverse", "Mixtures with masses 1/D are critical", _PLACE,
        _MIX_TEXT.format("1/D"), "a group and such a mixture that is not critical", _INVERSE,
        Mutant.of(_INVERSE, "masses D", neuron=pair(Z4, MIXED, critical=False)),
    ),
    on_sphere(
        "li2.cand.mixtures.saddles", "Critical mixtures are strict saddles", _PLACE,
        "The critical mixtures are strict saddles.",
        "a group and a critical mixture without a positive Riemannian eigenvalue", (_MIX, MIXED_AT),
        altered(_MIX, "a maximum", kind_of_point="maximum"), MIXED_WRONG,
        reading="Those with squared masses ∝ D, of at least two irreps. ",
    ),
    on_sphere(
        "li2.cand.central.maximum", "Central vectors are maxima", _PLACE,
        "$u=v\\propto\\mathrm{Re}\\,\\chi_k$ is a maximum.",
        "a group and k for which it is none", _NOT_MAX,
        with_relations(_NOT_MAX, "negative curvature", rational(0) > CURVATURE),
        reading="It is for Abelian groups. ",
    ),
    on_sphere(
        "li2.cand.central.saddle", "Central vectors are saddles for d > 1", _PLACE,
        "$u=v\\propto\\mathrm{Re}\\,\\chi_k$ is a saddle if $d>1$.",
        "a group and k with d > 1 for which it is a maximum", _Q8_MAX,
        with_relations(_Q8_MAX, "M/(2d)", peak_of(Q8, 4)),
        reading="It is a saddle iff m > 1: U = V is a multiple of the identity of 𝔽^{m×m}. ",
    ),
    on_sphere(
        "li2.cand.generic", "Every vector of a block gives a critical point", _PLACE,
        "Each $[u;\\pm Pu]$, $u$ in a block, is critical.",
        "a group and u for which it is not", _NOT_CRITICAL,
        Mutant.of(_NOT_CRITICAL, "rank one", neuron=pair(S3, S3_RIGHT[0], critical=False)),
        reading="It is where m = 1. ",
    ),
    on_sphere(
        "li2.cand.saddles", "Critical points that are no maxima have a way up", _PLACE,
        "Each critical point with $E>0$ that is no maximum has a positive Riemannian eigenvalue.",
        "a critical point with E > 0, no maximum, without one", _SADDLES,
        altered(_SADDLES, "no energy in any block", value=NO_ENERGY),
        reading="No maximum: no local maximum. ",
    ),
]

# -- the relaxation --------------------------------------------------------------------------------


def _traces(
    group: PermutationGroup, t: Sequence[Sequence[Term]], theta: Term, gamma: int
) -> Formula:
    """tᵀ((1−θ)T + θT')t ≤ γ|t|²: 2Σ_h⟨R̃_h, t⟩² and 2Σ_h tr(R̃_hᵀtR̃_hᵀt), entry by entry."""
    m, products = group.order, multiplication_table(group)
    places = range(m)
    plain, transposed = [], []
    for h in places:
        r = [[rational(int(products[h][j] == i)) - rational(1, m) for j in places] for i in places]
        pairing = total([r[i][j] * t[i][j] for i in places for j in places])
        plain.append(2 * pairing * pairing)
        image = [[total([r[l][i] * t[l][j] for l in places]) for j in places] for i in places]
        transposed += [2 * image[i][k] * image[k][i] for i in places for k in places]
    size = total([t[i][j] * t[i][j] for i in places for j in places])
    value = (1 - theta) * total(plain) + theta * total(transposed)
    return value <= gamma * size


def _projector(group: PermutationGroup, index: int) -> list[list[Term]]:
    """The projector on the block of a real character, (d/M) Σ χ(xy⁻¹)."""
    table, products, inverse = character_table(group), multiplication_table(group), inverses(group)
    values = [x.as_fraction() for x in element_values(table, index)]
    d, m = table.degrees[index], group.order
    return [[rational(values[products[x][y]] * d / m) for y in inverse] for x in range(m)]


_WAVES = [[rational(int(i == j)) - rational(1, 3) for j in range(3)] for i in range(3)]
_FLIP = [[rational(int((i + j) % 3 == 0)) - rational(1, 3) for j in range(3)] for i in range(3)]
_RELAXED = {
    "zero": (rational(0), Z3, _WAVES, 3, "t = Π, the projector: 12 > γ|t|² = 6"),
    "half": (rational(1, 2), S3, _projector(S3, 2), 6, "t = Π_3: 36 > γ|t|² = 24"),
    "one": (rational(1), Z3, _FLIP, 3, "t = ΠF, F the flip x → −x: 12 > γ|t|² = 6"),
}
_THETA = {"zero": "0", "half": "1/2", "one": "1"}
for _key, (_theta, _group, _t, _gamma, _text) in _RELAXED.items():
    _check = Check(
        name=f"a tensor on {_group.name}",
        procedure=counterexample,
        arguments={
            "formula": _traces(_group, _t, _theta, _gamma), "point": {"group": _group.name},
            "values": {}, "description": f"{_group.name}, γ = {_gamma}, {_text}",
        },
    )
    CLAIMS.append(on_sphere(
        f"li2.cand.certificate.{_key}", f"The relaxation with θ = {_key}", _PLACE,
        "$\\gamma I-(1-\\theta)T-\\theta T'\\succeq0$ on each block, "
        f"$\\theta={_THETA[_key]}$, "
        "$T=2\\sum_h\\mathrm{vec}\\tilde R_h\\mathrm{vec}^\\top\\tilde R_h$.",
        "a group, a block and t in it with tᵀ((1−θ)T + θT')t > γ|t|²", _check,
        Mutant.of(_check, "γ tripled", formula=_traces(_group, _t, _theta, 3 * _gamma)),
        reading="γ = 2M/D, T' the transpose in the second factor. With θ = 1 it holds on blocks "
        "of real type, with θ = 1/2 where m = 1, and with no θ where 𝔽 = C and m ≥ 2. ",
    ))
