"""Fully connected linear networks and linear attention: utilities, levels, times, saddles."""

from __future__ import annotations

from verify.claims.alternating_flows.common import Topic
from verify.claims.alternating_flows.modular_proofs import thirds
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, Term, equal, rational, sqrt

_PAIRS = Whole("pairs (Σ_xx, Σ_yx) with Σ_xx invertible")
FC = Domain.of(d=at_least(1), data=_PAIRS)
TF = Domain.of(D=at_least(1), data=Whole("positive definite covariances, N ≥ 1"))


_FALSE = "data and parameters that violate it"
_dense = Topic(family="Fully connected", falsified_by=_FALSE).claim
_heads = Topic(family="Linear transformer", falsified_by=_FALSE).claim


# -- fully connected ---------------------------------------------------------------------------

_A, _W, _S1, _S2, _G = symbols("a w s1 s2 g")


def bilinear(scale: int = 1, sign: int = 1) -> Check:
    """σ₁(a² + w²)/2 − σ₁aw = σ₁(a − w)²/2 for a = |a|, w = |w|; aᵀMw ≤ σ₁|a||w|."""
    half = rational(scale, 2)
    return formal("bilinear form", equal(half * _S1 * (_A**2 + _W**2) - _S1 * _A * _W,
                                         rational(sign, 2) * _S1 * (_A - _W) ** 2), "s1 a w",
                  scope=FC, lemmas=("bilinear utility",))


_BILINEAR = bilinear()
_BILINEAR_MUTANT = Mutant.of(_BILINEAR, "bound σ₁", **bilinear(2).arguments)
# σ₁/2 below the utility: aligned vectors of equal norms would be minimisers
_BELOW_MUTANT = Mutant.of(_BILINEAR, "a bound from below", **bilinear(sign=-1).arguments)
_TWICE = refutation(
    "half the singular value", _BILINEAR, exact("σ₁/2 < σ₁", rational(1, 2) < 1),
    point={"d": 1, "data": "M = 1"}, lemmas=("bilinear utility",),
    description="c = d = 1, M = 1: U = aw ≤ 1/2 on a² + w² = 1",
)

_AI, _AJ, _WI, _WJ = symbols("ai aj wi wj")


def balanced(sign: int = 1) -> Check:
    """One term (c, d) of (AᵀA)'_ij and (WWᵀ)'_ij with A' = GWᵀ, W' = AᵀG."""
    left = (_G * _WI) * _AJ + _AI * (_G * _WJ)
    right = (_AI * _G) * _WJ + sign * _WI * (_AJ * _G)
    return formal("one term of both rates", equal(left, right), "g ai aj wi wj",
                  scope=FC, lemmas=("balanced layers",))


_N1, _SUM, _LESS, _D = symbols("n1 S Sl D")


def _numerator(sign: int = 1) -> Check:
    """1 − S − σ₂Δ against (S' − S) + (σ₁ − σ₂)Δ, where σ₁Δ = 1 − S'."""
    left = 1 - _SUM - _S2 * _D - sign * ((_LESS - _SUM) + (_S1 - _S2) * _D)
    return formal("difference of numerators", equal(left, 1 - _LESS - _S1 * _D),
                  "S Sl D s1 s2", scope=FC, lemmas=("numerators",))


# Σ_xx = diag(4, 1/4), Σ_yx = diag(2, 1): σ = (2, 1), μ = σ²/λ = (1, 4).
_LAMBDA, _SIGMA = (rational(4), rational(1, 4)), (rational(2), rational(1))
_MU = tuple(s * s / x for s, x in zip(_SIGMA, _LAMBDA, strict=True))
_W1, _W2, _A1, _A2 = symbols("w1 w2 a1 a2")
_L1, _L2 = symbols("l1 l2")


def growth(sign: int = 2) -> Check:
    """(a₂² + w₂²)' = 4σ₂β₂₂ − 2Σ_jλ_jβ_2j² − 2λ₂Σ_iβ_i2², β_ij = a_iw_j (one hidden neuron)."""
    rate_a = _S2 * _W2 - _L1 * _A2 * _W1 * _W1 - _L2 * _A2 * _W2 * _W2
    rate_w = _S2 * _A2 - _L2 * (_A1 * _W2 * _A1 + _A2 * _W2 * _A2)
    right = (
        4 * _S2 * _A2 * _W2 - sign * (_L1 * (_A2 * _W1) ** 2 + _L2 * (_A2 * _W2) ** 2)
        - sign * _L2 * ((_A1 * _W2) ** 2 + (_A2 * _W2) ** 2)
    )
    return formal("growth of the second mode", equal(2 * _A2 * rate_a + 2 * _W2 * rate_w, right),
                  "a1 a2 w1 w2 s2 l1 l2", scope=FC, lemmas=("commuting modes",))


def _levels(second: Term) -> Check:
    """μ_1 < μ_2, so none of ½(μ_1 + μ_2), ½min μ, 0 lies in [½μ_2, ½(μ_1 + μ_2)); σ_1 > σ_2."""
    return exact("σ and μ in opposite order", equal(_MU[0], 1) & (_MU[0] < second)
                 & (_SIGMA[0] > _SIGMA[1]) & equal(_MU[1], second))


_TIMES = exact(
    "predicted times before 1/σ_2",
    # τ_1 = 1/σ_1(M_0); M_1 = diag(2, 0): Δτ_2 = (1 − σ_2(M_0)τ_1)/σ_1(M_1)
    (1 / _SIGMA[0] + (1 - _SIGMA[1] / _SIGMA[0]) / _SIGMA[0] < 1 / _SIGMA[1]),
)
_COMMUTING_POINT = {"d": 2, "data": "Σ_xx = diag(4, 1/4), Σ_yx = diag(2, 1)"}
_COMMUTING = refutation(
    "commuting data with σ and μ in opposite order",
    growth(), _levels(rational(4)), _TIMES,
    point=_COMMUTING_POINT, lemmas=("commuting modes",),
    description="c = d = 2, Σ_xx = diag(4, 1/4), Σ_yx = diag(2, 1): μ = (1, 4). For rescaled times "
    "in (1/2, 1) the loss is at least μ_2/2 = 2 and below 5/2, while the levels are 5/2, 1/2, 0 "
    "and both predicted jumps come before 3/4",
)
_COMMUTING_MUTANT = Mutant.of(_COMMUTING, "other rates", parts=(
    growth(1), _levels(rational(4)), _TIMES))

# -- commuting data up to the second mode ------------------------------------------------------

_ORDERED = Domain.of(
    d=at_least(1),
    data=Whole("pairs with Σ_xx commuting with Σ_yxᵀΣ_yx and σ_1(Σ_yx) > σ_2(Σ_yx)"),
)


def first_mode(factor: int = 2, sign: int = 1) -> Check:
    """Rates of both modes and balanced layers: the first drop of commuting data."""
    return proof("first mode of commuting data", growth(factor),
                 balanced(sign), scope=_ORDERED,
                 lemmas=("balanced layers", "commuting modes", "first mode"))


_FIRST = first_mode()
_FIRST_MUTANTS = (
    Mutant.of(_FIRST, "other rates", parts=(growth(1), balanced())),
    Mutant.of(_FIRST, "layers that are not balanced",
              parts=(growth(), balanced(-1))),
)

_LR, _LOG, _TAU, _STEPS = symbols("lr log tau steps")


def _unit(factor: int = 2) -> Check:
    """Growth at 2σ_1 per unit of lr·steps: 2·σ·lr·steps = log·(σ·τ) with steps = log·τ/(2lr)."""
    sigma = _S1
    return formal("unit of time", equal(2 * sigma * (_LOG * _TAU) / factor * _LR,
                                        sigma * _LOG * _TAU * _LR), "s1 log tau lr",
                  scope=FC, lemmas=("bilinear utility", "units of time"))


_UNIT = _unit()
_FC_READING = "L = ½E‖y − AWx‖², κ = 2, any width H ≥ 1. "
_CONJECTURE = (
    _FC_READING + "Rescaled time t/ln(1/α), α → 0, Gaussian start; no further hypothesis than the "
    "printed one, so that data with Σ_xx and Σ_yx diagonal are included. "
)
_CONJECTURED = {
    "saddles": ("GF passes through $\\beta_k=P_{U_k}\\beta_{OLS}$.",
                "At all rescaled times but finitely many β(t) tends to one of the β_k. "),
    "levels": ("Levels $\\frac12\\sum_{i>k}\\mu_i$.",
               "At all rescaled times but finitely many the loss tends to one of the levels. "),
    "times": ("At times $\\tau_k=\\sum\\Delta\\tau$, $\\Delta\\tau_k=[1-\\sum_{i=0}^{k-2}"
              "\\sigma_{k-i}(M_i)\\Delta\\tau_{i+1}]/\\sigma_1(M_{k-1})$.",
              "The loss drops from level k − 1 to level k at the rescaled time τ_k. "),
}

_ORDER = (
    _FC_READING + "Σ_xx commutes with Σ_yxᵀΣ_yx, σ_1 > σ_2 ≥ … ≥ 0 the singular values of Σ_yx, "
    "u_i, v_i its singular vectors (v_i common with Σ_xx), λ_i = v_iᵀΣ_xxv_i, μ_i = σ_i²/λ_i in "
    "the order of σ; the loss is counted from that of β_OLS; almost every start; rescaled time "
    "t/ln(1/α), α → 0. What follows after 1/σ_2 is not stated. "
)
_CORRECTED = {
    "saddles": "GF passes through $\\beta=0$, then $P_{u_1}\\beta_{OLS}$, $u_1$ the top left "
               "singular vector of $\\Sigma_{yx}$: β tends to the former at every rescaled time "
               "before $1/\\sigma_1$, to the latter at every one in $(1/\\sigma_1,1/\\sigma_2)$.",
    "levels": "Levels $\\frac12\\sum_i\\mu_i$ up to $1/\\sigma_1$, then "
              "$\\frac12\\sum_{i\\ge2}\\mu_i$ up to $1/\\sigma_2$, $\\mu_i$ in the order of "
              "$\\sigma_i(\\Sigma_{yx})$.",
    "times": "The first drop is at the rescaled time $\\tau_1=1/\\sigma_1(\\Sigma_{yx})$, the "
             "second not before $1/\\sigma_2(\\Sigma_{yx})$.",
}

_CONNECTED = [
    _dense("fc-utility.half", "Largest utility σ₁/2",
           "$U=a^TMw$: unit-sphere maximum $\\sigma_1(M)/2$.", _FC_READING, (_BILINEAR,),
           (_BILINEAR_MUTANT,), domain=FC, corrects="agf.cand.fc-utility.one"),
    _dense("fc-utility.one", "Largest utility σ₁", "$U=a^TMw$: unit-sphere maximum $\\sigma_1(M)$.",
           _FC_READING, (_TWICE,), (Mutant.of(_TWICE, "bound σ₁", parts=(bilinear(2),)),),
           domain=FC, corrected_by="agf.cand.fc-utility.half"),
    _dense("fc-utility.unique", "The maximiser",
           "The maximiser $(u_1,v_1)/\\sqrt2$ is unique up to joint sign iff $\\sigma_1$ is "
           "simple.",
           _FC_READING + "M ≠ 0.", (_BILINEAR,), (_BELOW_MUTANT,), domain=FC),
    _dense("fc-utility.maxima", "No other local maxima", "$U=a^TMw$ has no other local maxima.",
           _FC_READING + "Local maxima on the unit sphere that are no global maxima.", (_BILINEAR,),
           (_BELOW_MUTANT,), domain=FC),
    _dense("fc-conserved", "Balanced layers", "$A^TA-WW^T$ is constant.", _FC_READING,
           (balanced(),), (Mutant.of(balanced(), "a sign", **balanced(-1).arguments),),
           domain=FC),
    _dense("fc-numerators", "Waiting times are not negative", "Every $\\Delta\\tau_k\\ge0$.",
           "σ_1(M_{k−1}) > 0 for the listed k; M_k any matrices, singular values in decreasing "
           "order.", (_numerator(),),
           (Mutant.of(_numerator(), "negative", **_numerator(-1).arguments),),
           domain=FC),
    *(
        _dense(f"fc-conjecture.{name}", f"The conjecture: {name}", statement,
               _CONJECTURE + reading, (_COMMUTING,), (_COMMUTING_MUTANT,), domain=FC,
               printed="notebook, Conjecture 4.1", kind="as",
               corrected_by=f"agf.fc-conjecture.{name}.corrected")
        for name, (statement, reading) in _CONJECTURED.items()
    ),
    *(
        _dense(f"fc-conjecture.{name}.corrected", f"Commuting data up to the second mode: {name}",
               statement, _ORDER, (_FIRST,), _FIRST_MUTANTS, domain=_ORDERED,
               printed="corrected from the notebook, Conjecture 4.1", kind="as",
               corrects=f"agf.fc-conjecture.{name}")
        for name, statement in _CORRECTED.items()
    ),
    _dense("fc-all-data", "The conjecture for all data",
           "Conj. 4.1 for every pair with simple μ and simple σ(M_k).", _CONJECTURE +
           "Simple: no multiple positive values.", (_COMMUTING,), (_COMMUTING_MUTANT,), domain=FC),
    _dense("fc-commuting", "The conjecture for commuting data",
           "Conj. 4.1 for Σ_xx commuting with $\\Sigma_{yx}^T\\Sigma_{yx}$.", _CONJECTURE,
           (_COMMUTING,), (_COMMUTING_MUTANT,), domain=FC),
    _dense("fc-commuting-mu", "Commuting data: order of μ",
           "Commuting data: modes appear by decreasing μ.", _CONJECTURE, (_COMMUTING,),
           (_COMMUTING_MUTANT,), domain=FC),
    _dense("fc-time-unit", "Steps and rescaled time",
           "Gradient of $E\\|\\cdot\\|^2$: iterations $=-\\ln(\\sqrt2\\alpha)/(2\\,lr)\\,\\tau$.",
           "Norms grow from √2α to 1 along an aligned mode; small lr (gradient flow), τ in units "
           "in which L = ½E‖·‖² has τ = 1/σ.", (_UNIT,),
           (Mutant.of(_UNIT, "gradient of half the square", **_unit(1).arguments),), domain=FC,
           printed="notebook", kind="id"),
]

# -- linear attention --------------------------------------------------------------------------

_LAM, _REST, _N, _M, _T = symbols("lam rest N m T")
_TRACE = _LAM + _REST


def _second(extra: int = 1) -> Formula:
    """E[S²]_ii/N: (N − 1)λ² + 3λ² + λ·rest = (N + 1)λ² + Tλ."""
    left = (_N - 1) * _LAM**2 + 3 * _LAM**2 + _LAM * _REST
    return equal(left, (_N + extra) * _LAM**2 + _TRACE * _LAM)


def moments(extra: int = 1) -> Check:
    return formal("Gaussian moments", _second(extra), "lam rest N", scope=TF,
                  lemmas=("population loss",))


def saddle(shift: int = 1) -> Check:
    """½[−2Nλ²m + m²λE] with E = N((N+1)λ² + Tλ): completing the square at Nλ² = mλ…·m*."""
    q = _N * _LAM**2 * (_T + (_N + shift) * _LAM)  # λE, with q·m* = Nλ²
    left = q * (q * _M**2 - 2 * _N * _LAM**2 * _M)
    return formal("completed square", equal(left, (q * _M - _N * _LAM**2) ** 2
                                            - (_N * _LAM**2) ** 2)
                  & equal(q, _LAM * _N * ((_N + 1) * _LAM**2 + _T * _LAM)), "lam N m T",
                  scope=TF, lemmas=("population loss",))


def _drop(shift: int = 1) -> Check:
    """λ/(1 + (1 + T/λ)/N) = λ²N/(λN + λ + T), times λN/λN, is (Nλ²)²/(λE): denominators cleared."""
    q = _N * _LAM**2 * (_T + (_N + 1) * _LAM)  # λE
    return formal("two forms of the drop",
                  equal(_LAM**2 * _N * q,
                        (_N * _LAM**2) ** 2 * (_LAM * _N + shift * _LAM + _T)),
                  "lam N T", scope=TF, lemmas=("population loss",))


_POPULATION = proof("population loss", moments(), scope=TF, lemmas=("population loss",))
_SADDLE = proof("best coefficients", moments(), saddle(), scope=TF, lemmas=("population loss",))
_LEVELS = proof("levels", moments(), saddle(), _drop(), scope=TF, lemmas=("population loss",))
_ONE = {"D": 1, "data": "λ = 1, N = 1"}
_FOURTH = breaks("one token", equal(3 * _LAM**2, _N**2 * _LAM**2 + _N * _LAM**2),
                 "D = N = λ = 1: E[S²] = E x⁴ = 3, the formula gives 2", point=_ONE,
                 values={"lam": 1, "N": 1})
_WORSE = breaks(
    "one token", (3 * rational(1, 2) ** 2 - 2 * rational(1, 2)
                  <= 3 * rational(1, 3) ** 2 - 2 * rational(1, 3)),
    "D = N = λ = 1: the loss ½(1 − 2m + 3m²) is 1/3 at m = 1/3 and 3/8 at m = 1/2", point=_ONE,
)
_HEAD = proof("best head", moments(), saddle(), thirds(), scope=TF,
              lemmas=("population loss", "attention utility"))
_HEAD_MUTANTS = (
    Mutant.of(_HEAD, "moments of N²", parts=(moments(0),)),
    Mutant.of(_HEAD, "norms of one half", parts=(moments(), saddle(), thirds(0))),
)


def _head_value(name: str, formula: Formula, true: Formula, shown: str, lam: int) -> Claim:
    check = refutation(
        "best head", _HEAD, exact("another value", formula),
        point={"D": 1, "data": f"λ = {lam}, N = 1"},
        lemmas=("attention utility",),
        description=f"D = N = 1, λ = {lam}: the maximum is Nλ²/(3√3)",
    )
    return _heads(
        f"tf-utility.{name}", f"Largest utility {shown}",
        f"$U=N\\,V\\,Q^T(\\Sigma_\\perp)^2K$ has the maximum ${shown}$.", _TF_READING, (check,),
        (Mutant.of(check, "the true value", parts=(_HEAD, exact("another value", true))),),
        domain=TF, corrected_by="agf.cand.tf-utility.third",
    )


_TF_READING = (
    "Population loss; U after k components is the utility for the residual at M_k; unit sphere of "
    "(V, Q, K). "
)
_BOUND = proof("bound on the jump time", _HEAD, scope=TF,
               lemmas=("attention utility", "norm law", "jump time bound"))
_PLAIN = refutation(
    "an aligned head", _HEAD,
    exact("1/n − 1 < 1/n", rational(2) - 1 < rational(2)),
    point={"D": 1, "data": "λ = 1, N = 1, a head of norm 1/2 aligned with e_1"},
    lemmas=("attention utility", "norm law"),
    description="D = N = λ = 1: an aligned head of norm 1/2 reaches norm 1 after √3, not after 2√3",
)
_PLAIN_MUTANT = Mutant.of(_PLAIN, "norms that vanish", parts=(
    _HEAD, exact("1/n − 1 < 1/n", rational(2) < rational(2))))

# V² − |K|², |K|² − |Q|²: at one sample the rates are 2·(…); D = 2 for KKᵀ − QQᵀ.
_V, _QK = symbols("v f")


def _rates(factor: int = 2) -> Check:
    return formal("homogeneous of degree one in each", equal(factor * _QK - 2 * _QK, 0), "f",
                  scope=TF, lemmas=("conserved head norms",))


_D1, _D2 = symbols("d1 d2")
_MATRIX = breaks(
    "Q = e_1, K = e_2", equal(_D1, _D2),
    "D = 2, V = Q_1 = K_2 = s → 0, λ = (2, 1): (KKᵀ)'_12 = 4Ns³ and (QQᵀ)'_12 = Ns³ to leading "
    "order",
    point={"D": 2, "data": "λ = (2, 1), one head, f small"}, values={"d1": 4, "d2": 1},
)

_ATTENTION = [
    _heads("tf-population.one", "The population loss",
           "$L=\\frac12[T-2N\\,tr(\\Sigma M\\Sigma)+tr(\\Sigma M E[S^2]M^T)]$, "
           "$E[S^2]=N(N+1)\\Sigma^2+NT\\Sigma$.", "S = Σ_n x_nx_nᵀ.", (_POPULATION,),
           (Mutant.of(_POPULATION, "N² instead of N(N + 1)", parts=(moments(0),)),), domain=TF,
           corrects="agf.cand.tf-population.square"),
    _heads("tf-population.square", "The population loss with N²",
           "$L=\\frac12[T-2N\\,tr(\\Sigma M\\Sigma)+tr(\\Sigma M E[S^2]M^T)]$, "
           "$E[S^2]=N^2\\Sigma^2+NT\\Sigma$.", "S = Σ_n x_nx_nᵀ.", (_FOURTH,),
           mutants(_FOURTH, N_squared_plus_N=equal(3 * _LAM**2, (_N**2 + _N + _N) * _LAM**2)),
           domain=TF, corrected_by="agf.cand.tf-population.one"),
    _heads("tf-saddle.one", "Best M on the first components",
           "$M_k=\\sum_{j\\le k}e_je_j^T/(T+(N+1)\\lambda_j)$ minimises L over the span of "
           "$e_1..e_k$.", "Over all M with rows and columns in the span.", (_SADDLE,),
           (Mutant.of(_SADDLE, "N instead of N + 1", parts=(moments(), saddle(0))),), domain=TF,
           corrects="agf.cand.tf-saddle.plain"),
    _heads("tf-saddle.plain", "Best M with N instead of N + 1",
           "$M_k=\\sum_{j\\le k}e_je_j^T/(T+N\\lambda_j)$ minimises L over the span of $e_1..e_k$.",
           "Over all M with rows and columns in the span.", (_WORSE,),
           mutants(_WORSE, against_one_half=(rational(3, 4) - 1 <= rational(3, 4) - 1)), domain=TF,
           corrected_by="agf.cand.tf-saddle.one"),
    _heads("tf-levels.value", "Levels of linear attention",
           "Levels $\\frac12[T-\\sum_{j\\le k}\\lambda_j/(1+(1+T/\\lambda_j)/N)]$.",
           "The least loss over M with rows and columns in the span of e_1..e_k. Whether the flow "
           "passes these states is agf.tf-levels.limit.", (_LEVELS,),
           (Mutant.of(_LEVELS, "2 + T/λ", parts=(moments(), saddle(), _drop(2))),), domain=TF,
           printed="notebook", kind="as"),
    _heads("tf-singular.value", "Singular values of the learned matrix",
           "Learned singular values $1/(T+(N+1)\\lambda_j)$.",
           "Those of the minimiser over the span of e_1..e_k. Whether the flow reaches it is "
           "agf.tf-singular.limit.", (_SADDLE,),
           (Mutant.of(_SADDLE, "N instead of N + 1", parts=(moments(), saddle(0))),), domain=TF,
           printed="notebook", kind="as"),
    _heads("tf-utility.third", "Largest utility of a head",
           "After k components $U=N\\,V\\,Q^T(\\Sigma_\\perp)^2K$; maximum "
           "$N\\lambda_{k+1}^2/(3\\sqrt3)$ at $|V|=\\|Q\\|=\\|K\\|=1/\\sqrt3$, "
           "$Q=\\pm K\\parallel e_{k+1}$; no spurious local maxima.", _TF_READING, (_HEAD,),
           _HEAD_MUTANTS, domain=TF, corrects="agf.cand.tf-utility.root"),
    _head_value("root", ~equal(1 / (3 * sqrt(3)), 1 / sqrt(3)),
                ~equal(1 / (3 * sqrt(3)), 1 / (3 * sqrt(3))), "N\\lambda^2/\\sqrt3", 1),
    _head_value("linear", ~equal(rational(4), 2), ~equal(rational(4), 4),
                "N\\lambda/(3\\sqrt3)", 2),
    _heads("tf-bound", "The notebook's bound on the jump times",
           "Jump k+1 occurs no earlier than $t_k+\\sqrt3/(N\\lambda_{k+1}^2\\max_{dormant}"
           "\\|\\theta_i(t_k)\\|\\,lr)$.", _TF_READING + "Every start; time to norm 1.", (_PLAIN,),
           (_PLAIN_MUTANT,), domain=TF, printed="notebook", kind="in",
           corrected_by="agf.cand.tf-bound-minus"),
    _heads("tf-bound-plain", "The bound without −1",
           "The time from $t_k$ to norm 1 is at least $(\\sqrt3/(N\\lambda_{k+1}^2))"
           "(1/\\max\\|\\theta_i\\|)/\\eta$.", _TF_READING + "For k = 0 already.", (_PLAIN,),
           (_PLAIN_MUTANT,), domain=TF, corrected_by="agf.cand.tf-bound-minus"),
    _heads("tf-bound-minus", "The bound with −1",
           "The time from $t_k$ to norm 1 is at least $(\\sqrt3/(N\\lambda_{k+1}^2))"
           "(1/\\max\\|\\theta_i\\|-1)/\\eta$.", _TF_READING + "All k, the residual frozen at M_k.",
           (_BOUND,), (Mutant.of(_BOUND, "moments of N²", parts=(moments(0),)),), domain=TF,
           corrects="agf.tf-bound"),
    _heads("tf-conserved.norms", "Conserved norms of a head",
           "Per head $V^2-\\|K\\|^2$, $\\|K\\|^2-\\|Q\\|^2$ constant.", "Exact flow.", (_rates(),),
           (Mutant.of(_rates(), "degree two in V", **_rates(4).arguments),), domain=TF,
           corrects="agf.cand.tf-conserved.matrices"),
    _heads("tf-conserved.matrices", "Conserved matrices of a head",
           "$KK^T-QQ^T$ constant.", "Exact flow, one head.", (_MATRIX,),
           (Mutant.of(_MATRIX, "equal eigenvalues", values={"d1": 4, "d2": 4}),), domain=TF,
           corrected_by="agf.cand.tf-conserved.norms"),
]

CLAIMS = [*_CONNECTED, *_ATTENTION]
