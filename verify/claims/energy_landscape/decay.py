"""How the backpropagated gradient decays towards its limit, with a penalty and without one.

The features stand still.  With E = e^{−tH}, H = Λ + ηI, the output weights are V = U + ED, U their
limit and D = V(0) − U; the rest is algebra for matrices of all sizes.
"""

from __future__ import annotations

from verify.claims.energy_landscape.common import source_of
from verify.claims.energy_landscape.ridge import RIDGE_LIMIT, SHAPES, SIGNAL, identity
from verify.claims.writing import entry, formal, mutants, proof, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, equal, rational, total

DECAY = "decay of the ridge flow"
FREE = Domain.of(features=Whole("features and labels with A1 and A2, η = 0"))
PENALISED = Domain.of(features=Whole("features and labels with A1 and A2, η > 0"))
SETTING = (
    "Fc (n, K) with centred columns of full column rank (A1), which stands still; col Yc ⊆ col Fc "
    "(A2); every V(0); s is the least singular value of Fc; the constant depends on Fc, Yc, η and "
    "V(0). "
)
# U: the limit of V; D: V(0) − U; C: Yc = FcC
_SHAPES = {**SHAPES, "C": "K M", "E": "K K", "U": "K M", "Ut": "M K", "D": "K M", "Dt": "M K",
           "V": "K M", "Vt": "M K"}
_MOTION = [[(1, "V"), (-1, "U"), (-1, "E D")], [(1, "Vt"), (-1, "Ut"), (-1, "Dt E")]]
_ONE = [(1, "I K")]


def _free(square: int = 1) -> Check:
    """η = 0: G + FcEDUᵀ + FcEDDᵀE = 0."""
    return identity(
        "the gradient",
        [(1, "Y Vt"), (-1, "F V Vt"), (1, "F E D Ut"), (square, "F E D Dt E")],
        # Y − FV = (Y − FBFᵀY) − F(U − BFᵀY) − F(V − U − ED) − FED, then Vᵀ = Uᵀ + DᵀE
        [([(1, "I n")], 3, [(1, "Vt")]), ([(-1, "F B Ft")], 3, [(1, "Vt")]),
         ([(-1, "F")], 2, [(1, "C Vt")]), ([(-1, "F")], 4, [(1, "Vt")]),
         ([(-1, "F")], 0, [(1, "Vt")]), ([(-1, "F E D")], 1, _ONE)],
        relations=[*_MOTION, [(1, "B Ft F"), (-1, "I K")], [(1, "Y"), (-1, "F C")],
                   [(1, "U"), (-1, "B Ft Y")]],
        matrices=_SHAPES, scalars=(), lemma=DECAY, scope=FREE,
    )


def _penalised(cross: int = 1) -> Check:
    """G − G* = (Yc − FcU)DᵀE − FcEDUᵀ − FcEDDᵀE, G* = (Yc − FcU)Uᵀ."""
    return identity(
        "the distance to the limit",
        [(1, "Y Vt"), (-1, "F V Vt"), (-1, "Y Ut"), (1, "F U Ut"), (-1, "Y Dt E"),
         (1, "F U Dt E"), (cross, "F E D Ut"), (1, "F E D Dt E")],
        [([(1, "Y"), (-1, "F U"), (-1, "F E D")], 1, _ONE), ([(-1, "F")], 0, [(1, "Vt")])],
        relations=_MOTION, matrices=_SHAPES, scalars=(), lemma=DECAY, scope=PENALISED,
    )


def _residual(factor: int = 1) -> Check:
    """(Yc − FcU)Uᵀ = P_ηYcUᵀ for U = V_ridge, P_η = I − FcBFcᵀ."""
    return identity(
        "G* by P_η",
        [(1, "Y Ut"), (-1, "F U Ut"), (-1, "Y Ut"), (factor, "F B Ft Y Ut")],
        [([(-1, "F")], 0, [(1, "Ut")])], relations=[[(1, "U"), (-1, "B Ft Y")]],
        matrices=_SHAPES, scalars=(), lemma=DECAY, scope=PENALISED,
    )


def _two_samples(slope: int = 1) -> Formula:
    """Fc = (1, −1), two classes, V(0) = (p, q), e = e^{−2t}: G_1 = −e(p − q − 1)/2 − e²|D|²."""
    p, q, e = symbols("p q e")
    half = rational(1, 2)
    d = [p - half, q + half]
    v = [half + e * d[0], -half + e * d[1]]
    first = [half - v[0], -half - v[1]]
    return equal(total([x * y for x, y in zip(first, v, strict=True)]),
                 -slope * e * (p - q - 1) / 2 - e * e * (d[0] * d[0] + d[1] * d[1]))


_BOUND, _RIDGE = _free(), _penalised()
_SLOWEST = proof(
    "the leading term", _free(),
    formal("two samples", _two_samples(), "p q e", scope=FREE, lemmas=(DECAY,)),
    scope=FREE, lemmas=(DECAY,))
_LIMIT = proof("the limit", _residual(), RIDGE_LIMIT, SIGNAL, scope=PENALISED, lemmas=(DECAY,))


def _entry(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Check, *wrong: Mutant, domain: Domain, reading: str) -> Claim:
    return entry(
        claim_id, title, statement, source=source_of(claim_id, locator), kind="in", domain=domain,
        reading=SETTING + reading, falsified_by=falsified_by, checks=(check,), mutants=wrong,
    )


CLAIMS: list[Claim] = [
    _entry(
        "li2.decay-free.bound", "Decay without penalty", "Proposition 3",
        "A1, A2, $\\eta=0$: $|G(t)|\\le C_0e^{-s^2t}$.",
        "features, labels and V(0) for which no C0 does", _BOUND,
        Mutant.of(_BOUND, "2FcEDDᵀE", goal=_free(2).arguments["goal"]),
        Mutant.of(_BOUND, "labels outside the span", matrices={**_SHAPES, "N": "n M"}, relations=[
            *_MOTION, [(1, "B Ft F"), (-1, "I K")], [(1, "Y"), (-1, "F C"), (-1, "N")],
            [(1, "U"), (-1, "B Ft Y")]]),
        domain=FREE, reading="C0 = |Fc||D|(|U| + |D|) does, U = Λ⁻¹FcᵀYc, D = V(0) − U. ",
    ),
    _entry(
        "li2.decay-free.no-faster", "Decay without penalty, no faster", "Proposition 3",
        "A1, A2, $\\eta=0$: in general $|G(t)|$ decays no faster than $e^{-s^2t}$.",
        "features and labels, Yc ≠ 0, for which e^{s²t}G → 0 from V(0) of positive measure",
        _SLOWEST,
        Mutant.of(_SLOWEST, "twice the slope", parts=(
            _free(), mutants(_SLOWEST.arguments["parts"][1], twice=_two_samples(2))[0].check)),
        domain=FREE, reading="In general: for all features and all labels Yc ≠ 0, from all V(0) "
        "outside a proper affine subspace, e^{s²t}G has a limit that is not 0. On such a subspace "
        "(for Fc = (1, −1): p − q = 1, V(0) = (p, q)) it is faster. ",
    ),
    _entry(
        "li2.decay-ridge.bound", "Decay with penalty", "Proposition 4",
        "A1, A2, $\\eta>0$: $|G-G^*|\\le C_1e^{-\\lambda t}$, "
        "$\\lambda=\\lambda_{min}(\\Lambda+\\eta I)\\ge s^2+\\eta$.",
        "features, labels, η and V(0) for which no C1 does", _RIDGE,
        Mutant.of(_RIDGE, "2FcEDUᵀ", goal=_penalised(2).arguments["goal"]),
        domain=PENALISED, reading="C1 = |D|(|Yc − FcU| + |Fc||U| + |Fc||D|) does, U = V_ridge, "
        "D = V(0) − U; λ is equal to s² + η. A1, A2 are not used: "
        "without A1 λ is the least eigenvalue all the same. ",
    ),
    _entry(
        "li2.decay-ridge.limit", "The limit with penalty", "Proposition 4",
        "A1, A2, $\\eta>0$: $G^*=P_\\eta Y_cV_{ridge}^\\top$, $\\ne0$ in general.",
        "features, labels and η with another limit, or with G* = 0 ≠ Yc", _LIMIT,
        Mutant.of(_LIMIT, "2FcBFcᵀ", parts=(_residual(2), RIDGE_LIMIT, SIGNAL)),
        domain=PENALISED, reading="In general: whenever Yc ≠ 0, as G* = ηA·Sig·B with A, B "
        "invertible and |Sig| ≥ s|Γ| > 0. ",
    ),
]
