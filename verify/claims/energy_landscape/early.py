"""The first moments of the top layer: what the backpropagated gradient carries, at which order.

The features stand still and dV/dt = FcᵀYc − (Λ + ηI)V.  Every statement is one of matrices of all
sizes; what it means for small times is the lemma *short times of the ridge flow*.
"""

from __future__ import annotations

from verify.claims.energy_landscape.common import source_of
from verify.claims.energy_landscape.ridge import SHAPES, SIGNAL, identity
from verify.claims.writing import breaks, entry, formal, mutants, proof, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, total, var

SHORT = "short times of the ridge flow"
FLOWS = Domain.of(features=Whole("centred features, centred one-hot labels and η ≥ 0"))
FLOW = (
    "Fc (n, K) any matrix with centred columns, of any rank, which stands still; Yc centred "
    "one-hot labels; dV/dt = FcᵀYc − (Λ + ηI)V, η ≥ 0; G_F = (Yc − FcV)Vᵀ. V(0) = V0 = αZ with "
    "|Z| ≤ R, 0 ≤ α ≤ 1; the constants of O depend on Fc, Yc, η and R alone. A Gaussian Z obeys "
    "such a bound with a probability as near to 1 as wished. "
)
_ETA, _BETA = var("eta"), var("beta")


def _entry(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Check, *wrong: Mutant, reading: str = "", kind: str = "as", **rest: str) -> Claim:
    return entry(
        claim_id, title, statement, source=source_of(claim_id, locator),
        kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=FLOWS,
        reading=FLOW + reading, falsified_by=falsified_by, checks=(check,), mutants=wrong, **rest,
    )


# -- the remainder of first order ------------------------------------------------------------------

# S = ∫E, T = ∫S for E = e^{−tH}, H = Λ + η: E + HS = I, S + HT = tI, and V = EV0 + S·FcᵀYc
_TIME = var("t")
_FLOW_SHAPES = {**SHAPES, "E": "K K", "S": "K K", "T": "K K", "H": "K K", "V": "K M", "Vt": "M K",
                "Z": "K M", "Zt": "M K"}  # Z: V0
_RELATIONS = [
    [(1, "Vt"), (-1, "Zt E"), (-1, "Yt F S")],
    [(1, "E"), (1, "S H"), (-1, "I K")],
    [(1, "S"), (1, "T H"), (-_TIME, "I K")],
]


def _remainder(signal: int = 1, scope: Domain = FLOWS) -> Check:
    """G − YcV0ᵀ − t·Sig + Yc(V0ᵀS + YcᵀFcT)H + FcVVᵀ = 0."""
    goal = [(1, "Y Vt"), (-1, "F V Vt"), (-1, "Y Zt"), (-signal * _TIME, "Y Yt F"),
            (1, "Y Zt S H"), (1, "Y Yt F T H"), (1, "F V Vt")]
    return identity(
        "remainder", goal,
        [([(1, "Y")], 0, [(1, "I K")]), ([(1, "Y Zt")], 1, [(1, "I K")]),
         ([(1, "Y Yt F")], 2, [(1, "I K")])],
        relations=_RELATIONS, matrices=_FLOW_SHAPES, scalars=("t",), lemma=SHORT, scope=scope,
    )


def _expanded(square: int = 1) -> Formula:
    """yh(αRt + ct²/2) + f(αR + ct)², with y = |Yc|, h = |H|, c = |FcᵀYc|, f = |Fc|, by powers."""
    y, h, c, f, r, a, t = symbols("y h c f r a t")
    return equal(
        y * h * (a * r * t + c * t * t / 2) + f * (a * r + c * t) ** 2,
        square * f * r * r * a * a + (y * h * r + 2 * f * r * c) * a * t
        + (y * h * c / 2 + f * c * c) * t * t)


def _bounded(square: int = 1, scope: Domain = FLOWS) -> Check:
    return formal("its size", _expanded(square), "y h c f r a t", scope=scope, lemmas=(SHORT,))


def expansion(scope: Domain) -> tuple[Check, Mutant, Mutant]:
    """G − YcV0ᵀ − t·Sig with a bound, and two wrong ones."""
    check = proof("first order", _remainder(scope=scope), _bounded(scope=scope), scope=scope,
                  lemmas=(SHORT,))
    return (
        check,
        Mutant.of(check, "2t·Sig", parts=(_remainder(2), _bounded())),
        Mutant.of(check, "no term α²", parts=(_remainder(), _bounded(0))),
    )


_EXPANSION = expansion(FLOWS)


def _start(alpha: Term) -> Formula:
    """First entry of G(0) − YcV0ᵀ is 0: two samples, Fc = (1, −1), V0 = (α, 0)."""
    half = rational(1, 2)
    first = [half - alpha, -half]
    return equal(first[0] * alpha, half * alpha)


_AT_ZERO = breaks(
    "t = 0", _start(rational(1, 10)),
    "two samples of two classes, Fc = (1, −1), V0 = (α, 0): at t = 0 G − YcV0ᵀ = −FcV0V0ᵀ = −α²Fc, "
    "and tα + t² is 0",
    point={"features": "(1, −1)", "samples": 2, "columns": 1},
)

# -- derivatives at the start ----------------------------------------------------------------------

_RATE_SHAPES = {**SHAPES, "V": "K M", "Vt": "M K", "D": "K M", "Dt": "M K"}  # D = dV/dt at 0


def _derivative(signal: int = 1, second: int = 1) -> Check:
    """d/dt (Yc − βFcV)Vᵀ at 0 is β·Sig + β²R2 + β³R3 for dV/dt = βFcᵀYc − β²ΛV."""
    b, b2, b3 = _BETA, _BETA * _BETA, _BETA * _BETA * _BETA
    return identity(
        "order t",
        [(1, "Y Dt"), (-b, "F D Vt"), (-b, "F V Dt"), (-signal * b, "Y Yt F"),
         (second * b2, "Y Vt Ft F"), (b2, "F V Yt F"), (b2, "F Ft Y Vt"),
         (-b3, "F V Vt Ft F"), (-b3, "F Ft F V Vt")],
        [([(-b, "F")], 0, [(1, "Vt")]), ([(1, "Y"), (-b, "F V")], 1, [(1, "I K")])],
        relations=[[(1, "D"), (-b, "Ft Y"), (b2, "Ft F V")],
                   [(1, "Dt"), (-b, "Yt F"), (b2, "Vt Ft F")]],
        matrices=_RATE_SHAPES, scalars=("beta",), lemma=SHORT, scope=FLOWS,
    )


def _decay_terms(factor: int = 1) -> Check:
    """The same with η, β = 1: −ηYcV0ᵀ + 2ηFcV0V0ᵀ is all that η adds."""
    return identity(
        "order t with η",
        [(1, "Y Dt"), (-1, "F D Vt"), (-1, "F V Dt"), (-1, "Y Yt F"), (1, "Y Vt Ft F"),
         (1, "F V Yt F"), (1, "F Ft Y Vt"), (-1, "F V Vt Ft F"), (-1, "F Ft F V Vt"),
         (factor * _ETA, "Y Vt"), (-2 * _ETA, "F V Vt")],
        [([(-1, "F")], 0, [(1, "Vt")]), ([(1, "Y"), (-1, "F V")], 1, [(1, "I K")])],
        relations=[[(1, "D"), (-1, "Ft Y"), (1, "Ft F V"), (_ETA, "V")],
                   [(1, "Dt"), (-1, "Yt F"), (1, "Vt Ft F"), (_ETA, "Vt")]],
        matrices=_RATE_SHAPES, lemma=SHORT, scope=FLOWS,
    )


def first_signal(power: int = 2) -> Check:
    """V0 = 0: d/dt of −∂J/∂Fc = β(Yc − βFcV)Vᵀ at 0 is β²Sig."""
    b, b2 = _BETA, _BETA * _BETA
    return identity(
        "order t from V0 = 0",
        [(b, "Y Dt"), (-b2, "F D Vt"), (-b2, "F V Dt"), (-(_BETA**power), "Y Yt F")],
        [([(b, "Y")], 0, [(1, "I K")]), ([(-b2 * b, "Y"), ], 1, [(1, "Ft F")]),
         ([(-b2, "F D")], 1, [(1, "I K")]), ([(-b2, "F")], 2, [(1, "Dt")])],
        relations=[[(1, "Dt"), (-b, "Yt F"), (b2, "Vt Ft F")], [(1, "Vt")], [(1, "V")]],
        matrices=_RATE_SHAPES, scalars=("beta",), lemma=SHORT, scope=FLOWS,
    )


def _centred_signal(factor: int = 1) -> Check:
    """ΓF = ΓFc, as Γ1 = 0: F is the uncentred matrix here, P the projection P1."""
    return identity(
        "ΓF = ΓFc", [(1, "Y Yt F"), (-factor, "Y Yt P F")], [([(-1, "Y")], 0, [(1, "F")])],
        relations=[[(1, "Yt P"), (-1, "Yt")]], matrices={**SHAPES, "P": "n n"}, scalars=(),
        lemma=SHORT, scope=FLOWS,
    )


_SIZE = proof("first order, with a signal", _remainder(), _bounded(), SIGNAL, scope=FLOWS,
              lemmas=(SHORT,))
_FREE, _WITH_ETA, FIRST_SIGNAL = _derivative(), _decay_terms(), first_signal()
_ZERO = proof("V0 = 0", _remainder(), _bounded(), _centred_signal(), scope=FLOWS,
              lemmas=(SHORT,))


def _scaled_signal(power: int) -> Formula:
    """β·Σ_c Yc_1c (βFcᵀYc)_c = β^power·Sig_1 for β = 2, Fc = (1, −1): Sig = Fc."""
    half = rational(1, 2)
    rate = [2 * half * 2, -2 * half * 2]
    return equal(2 * total([half * rate[0], -half * rate[1]]), rational(2) ** power)


_WRONG_SCALE = breaks(
    "β = 2", _scaled_signal(1), "Fc = (1, −1), β = 2: it starts as 4t·Sig, not 2t·Sig",
    point={"features": "(1, −1)", "samples": 2, "columns": 1},
)
_SMALL_TIME = "(55), Proposition 2"
CLAIMS: list[Claim] = [
    _entry(
        "li2.lazy-short-time", "The gradient after a short time", "(3)",
        "$G_F(t)=t\\,\\mathrm{Sig}+O(\\alpha)+O(\\alpha t)+O(t^2)$.",
        "features, labels, η and Z for which no constants do", *_EXPANSION,
        reading="Uniform in t ≥ 0 and 0 ≤ α ≤ 1: |G_F − t·Sig| ≤ yRα + fR²α² + (yhR + 2fcR)αt + "
        "(yhc/2 + fc²)t², y = |Yc|, h = |Λ + ηI|, f = |Fc|, c = |FcᵀYc|. ",
    ),
    _entry(
        "li2.zero-init-signal", "The first gradient from zero output weights", "§3.2",
        "$V(0)=0$: at first $G_F$ carries only $\\Gamma F$.",
        "features, labels and η for which G_F(t)/t has another limit", _ZERO,
        Mutant.of(_ZERO, "2ΓFc", parts=(_remainder(), _bounded(), _centred_signal(2))),
        Mutant.of(_ZERO, "2t·Sig", parts=(_remainder(2), _bounded(), _centred_signal())),
        reading="At first: G_F(t) = t·ΓF + O(t²); F need not be centred, as Γ1 = 0. ",
    ),
    _entry(
        "li2.small-time.expansion", "The gradient for small times", _SMALL_TIME,
        "A1, A2, $\\alpha\\ll1$: $G(t)=Y_cV_0^\\top+t\\,\\mathrm{Sig}+O(t\\alpha+t^2)$.",
        "features, labels, η, V0 and t for which no constant does", _AT_ZERO,
        *mutants(_AT_ZERO, V0_is_0=_start(rational(0))),
        reading="O(tα + t²) uniformly in 0 ≤ t ≤ 1, 0 < α ≤ 1. The term −FcV0V0ᵀ of size α² is "
        "missing; it is of this order only where t ≥ const·α. By continuity the bound "
        "fails at small t > 0 too, say t = α³. ",
        corrected_by="li2.small-time.expansion.corrected",
    ),
    _entry(
        "li2.small-time.expansion.corrected", "The gradient for small times, with α²", _SMALL_TIME,
        "$G(t)=Y_cV_0^\\top+t\\,\\mathrm{Sig}+O(\\alpha^2+t\\alpha+t^2)$.",
        "features, labels, η and V0 for which no constant does", *_EXPANSION,
        reading="Uniform in t ≥ 0 and 0 ≤ α ≤ 1; neither A1 nor A2 is used. ",
        corrects="li2.small-time.expansion",
    ),
    _entry(
        "li2.small-time.limit", "The gradient for small times, α → 0", _SMALL_TIME,
        "$\\alpha\\to0$: $(G-Y_cV_0^\\top)/t\\to\\mathrm{Sig}$.",
        "features, labels, η and Z with another limit", *_EXPANSION,
        reading="First α → 0, then t → 0. Together they may go to 0 only with α² = o(t): the "
        "difference to Sig is −FcV0V0ᵀ/t + O(α + t). For a fixed t the limit α → 0 is "
        "Sig + O(t). ",
    ),
    _entry(
        "li2.small-time.size", "The size of the gradient for small times", _SMALL_TIME,
        "A1, A2, $\\alpha\\to0$: $|G|\\sim t|\\mathrm{Sig}|$ for every $\\eta$.",
        "features, labels and η with another ratio", _SIZE,
        Mutant.of(_SIZE, "2t·Sig", parts=(_remainder(2), _bounded(), SIGNAL)),
        reading="First α → 0, then t → 0, Yc ≠ 0: |G|/(t|Sig|) → 1. By A1, A2 Sig ≠ 0: "
        "|Sig| ≥ s|Γ|. ",
    ),
    _entry(
        "li2.small-time.decay", "Where η enters the first order", _SMALL_TIME,
        "$\\eta$ enters order $t$ only with $V_0$.",
        "features, labels and η with a term in η and without V0", _WITH_ETA,
        Mutant.of(_WITH_ETA, "2ηYcV0ᵀ", goal=_decay_terms(2).arguments["goal"]),
        reading="The derivative of G at t = 0 is Sig + R2 + R3 − ηYcV0ᵀ + 2ηFcV0V0ᵀ, with R2, R3 "
        "of (68): each term in η contains V0. ",
    ),
    _entry(
        "li2.beta-expansion", "The expansion at scale β", "(66)–(68)",
        "$J=\\frac12|Y_c-\\beta F_cV|^2$, $G=(Y_c-\\beta F_cV)V^\\top$: "
        "$G(0)=Y_cV_0^\\top-\\beta F_cV_0V_0^\\top$; order $t$: "
        "$\\beta\\mathrm{Sig}+\\beta^2R_2+\\beta^3R_3$, "
        "$R_2=-(Y_cV_0^\\top\\Lambda+F_cV_0Y_c^\\top F_c+\\Theta Y_cV_0^\\top)$, "
        "$R_3=F_cV_0V_0^\\top\\Lambda+F_c\\Lambda V_0V_0^\\top$.",
        "features, labels, β and V0 with another coefficient", _FREE,
        Mutant.of(_FREE, "2β·Sig", goal=_derivative(2).arguments["goal"]),
        Mutant.of(_FREE, "2YcV0ᵀΛ", goal=_derivative(1, 2).arguments["goal"]), kind="id",
        reading="η = 0; dV/dt = βFcᵀYc − β²ΛV. G(0) is the definition at V0; order t is the "
        "derivative of G at 0, by the product rule. ",
    ),
    _entry(
        "li2.cand.beta-signal.b1", "The first signal at scale β: β", "Stage I",
        "$V_0=0$: $-\\partial J/\\partial F_c$ starts as $\\beta t\\,\\mathrm{Sig}$.",
        "features, labels and β with another start", _WRONG_SCALE,
        *mutants(_WRONG_SCALE, the_square=_scaled_signal(2)),
        reading="J = ½|Yc − βFcV|², so −∂J/∂Fc = β(Yc − βFcV)Vᵀ. For β = 1 the two agree. ",
    ),
    _entry(
        "li2.cand.beta-signal.b2", "The first signal at scale β: β²", "Stage I",
        "$V_0=0$: $-\\partial J/\\partial F_c$ starts as $\\beta^2t\\,\\mathrm{Sig}$.",
        "features, labels and β with another start", FIRST_SIGNAL,
        Mutant.of(FIRST_SIGNAL, "β", goal=first_signal(1).arguments["goal"]),
        reading="J = ½|Yc − βFcV|², so −∂J/∂Fc = β(Yc − βFcV)Vᵀ; starts as: its derivative at "
        "t = 0. ",
    ),
]
