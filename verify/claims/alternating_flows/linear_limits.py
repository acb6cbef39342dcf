"""Fully connected linear networks as α → 0: plateaus, neurons, modes and their order."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from verify.claims.alternating_flows.common import Topic
from verify.claims.alternating_flows.diagonal_limit import LIMIT, LIMIT_MUTANTS
from verify.claims.alternating_flows.diagonal_terms import FLOWS
from verify.claims.alternating_flows.linear_models import FC, bilinear, first_mode
from verify.claims.writing import exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, Term, all_of, equal, rational, sqrt
from verify.methods.matrices import matrix_identity
from verify.methods.monte_carlo import probability_measured

if TYPE_CHECKING:
    import numpy as np

_COMMUTING = Whole("pairs with Σ_xx commuting with Σ_yxᵀΣ_yx and simple positive σ_k(Σ_yx)")
_MODES = Domain.of(k=at_least(1), data=_COMMUTING)
_NETWORKS = Domain.of(network=Whole("networks, data and starts of the settings"))
_READING = "L = ½E‖y − AWx‖², rescaled time t/ln(1/α), α → 0, Gaussian start. "


_claim = Topic(
    family="Fully connected",
    falsified_by="data and a set of starts of positive probability that violate it",
    domain=FC,
).claim


# -- plateaus ----------------------------------------------------------------------------------


def _commutes(sign: int = -1) -> Check:
    """SP = PSP for S = BCBᵀ from GWᵀ = 0 and AW = PB; T, V, Z stand for Bᵀ, Wᵀ, Aᵀ."""
    return Check(name="projection and S", procedure=matrix_identity, arguments={
        "matrices": {"A": "c H", "W": "H d", "V": "d H", "Z": "H c", "B": "c d", "T": "d c",
                     "C": "d d", "P": "c c"},
        "relations": (
            ((1, "B C V"), (-1, "A W C V")),
            ((1, "A W"), (-1, "P B")),
            ((1, "V Z"), (-1, "T P")),
        ),
        "goal": ((1, "B C T P"), (sign, "P B C T P")),
        "combination": (
            (((1, "I c"),), 0, ((1, "Z"),)),
            (((1, "I c"),), 1, ((1, "C V Z"),)),
            (((-1, "B C"), (1, "P B C")), 2, ((1, "I c"),)),
        ),
        "scope": FC,
        "rests_on": ("critical points of linear networks",),
    })


_PLATEAUS = proof("critical points", _commutes(), scope=FC,
                  lemmas=("plateaus are critical points", "critical points of linear networks"))

# -- one mode, several neurons -----------------------------------------------------------------

_AI, _WI, _GAP = symbols("ai wi g")


def _sum_and_difference(sign: int = 1) -> Check:
    """a' = gw, w' = ga: (a + w)' = g(a + w), (a − w)' = −g(a − w)."""
    rate_a, rate_w = _GAP * _WI, _GAP * _AI
    return formal("sum and difference", equal(rate_a + rate_w, _GAP * (_AI + _WI))
                  & equal(rate_a - rate_w, -sign * _GAP * (_AI - _WI)), "ai wi g",
                  scope=FC, lemmas=("one linear mode",))


def _both_large(ratio: int = 2) -> Check:
    """At P = (1, 1) and σ/λ = ratio both neurons end with the squared norm ratio > 1."""
    return exact("final norms", 2 * rational(ratio) * rational(1, 2) > 1)


_ONE_MODE = {"d": 1, "data": "c = 1, H = 2, Σ_xx = 1, Σ_yx = 2"}


def _two_neurons(point: dict[str, Any], text: str) -> tuple[Check, tuple[Mutant, ...]]:
    check = refutation("two neurons of one mode", _sum_and_difference(), _both_large(),
                       point=point, lemmas=("one linear mode",), description=text)
    return check, (
        Mutant.of(check, "another sign", parts=(_sum_and_difference(-1), _both_large())),
        Mutant.of(check, "a small mode", parts=(_sum_and_difference(), exact(
            "final norms", 2 * rational(1, 4) * rational(1, 2) > 1))),
    )


_CROSS, _CROSS_MUTANTS = _two_neurons(
    _ONE_MODE, "c = d = 1, H = 2, Σ_xx = 1, Σ_yx = 2: both neurons end with squared norms "
    "4P_i²/|P|², P = (a + w)(0)/α; both exceed 1 for starts near P = (1, 1)")
_DROP, _DROP_MUTANTS = _two_neurons(
    {"network": "fully connected, c = d = 1, H = 2, Σ_xx = 1, Σ_yx = 2"},
    "c = d = 1, H = 2, Σ_xx = 1, Σ_yx = 2: almost surely both neurons leave o(1) in the only drop, "
    "with squared norms 4P_i²/|P|²")

# -- neurons side by side, small rotations -----------------------------------------------------

_A1, _A2, _W1, _W2 = symbols("a1 a2 w1 w2")
_S, _E, _T = symbols("s e t")


def _faces(sign: int = 1) -> Check:
    """The field of one neuron on the faces of {a_1, w_1 ≥ 0, a_2, w_2 ≤ 0}, and S."""
    def field(a: tuple[Any, Any], w: tuple[Any, Any]) -> list[Term]:
        sw = (_S * w[0] + _E * w[1], _E * w[0] + _T * w[1])
        quadratic, square = w[0] * sw[0] + w[1] * sw[1], a[0] * a[0] + a[1] * a[1]
        return [2 * w[0] - a[0] * quadratic, 1 * w[1] - a[1] * quadratic,
                2 * a[0] - square * sw[0], 1 * a[1] - square * sw[1]]

    zero = rational(0)
    on_faces = (
        equal(field((zero, _A2), (_W1, _W2))[0], 2 * _W1)
        & equal(field((_A1, zero), (_W1, _W2))[1], _W2)
        & equal(field((_A1, _A2), (zero, _W2))[2],
                2 * _A1 - sign * (_A1**2 + _A2**2) * _E * _W2)
        & equal(field((_A1, _A2), (_W1, zero))[3], _A2 - (_A1**2 + _A2**2) * _E * _W1)
    )
    # adj(Σ_xx)Σ_xx = det, and Σ_yx·adj(Σ_xx)·Σ_yx with Σ_yx = diag(2, 1)
    inverse = (
        equal(_T * _S + (-_E) * _E, _S * _T - _E**2) & equal(_T * _E + (-_E) * _T, 0)
        & equal(2 * _T * 2, 4 * _T) & equal(2 * (-_E) * 1, -2 * _E) & equal(1 * _S * 1, _S)
    )
    return formal("faces of the cone", on_faces & inverse, "a1 a2 w1 w2 s e t",
                  scope=FC, lemmas=("one-neuron cones",))


def _pair(off: int = 1) -> Check:
    """Σ_xx = ((2, 1), (1, 1)): determinant, first cost, u_1², and m > ¼."""
    first = -rational(2) * rational(1, 2) + rational(1, 2) * rational(1, 4) * 2
    share = rational(1, 2) * (1 + 1 / sqrt(5))
    top = 3 + sqrt(5)
    ratio = (4 - top) / 2  # u_2/u_1 from the first row of S u = μ u
    return exact(
        "data with e = 1",
        equal(2 * rational(1) - rational(off) ** 2, 1) & equal(first, rational(-3, 4))
        & equal(-2 + 2 * ratio, top * ratio) & equal(share * (1 + ratio**2), 1)
        & (1 - share > rational(1, 4)) & ~equal(rational(off), 0),
    )


_SIDE_POINT = "c = d = H = 2, Σ_xx = ((2, 1), (1, 1)), Σ_yx = diag(2, 1)"
_SIDE_LEMMAS = ("alignment under a quadratic utility", "critical points of linear networks",
                "one-neuron cones", "neurons side by side")


def _side_by_side(point: dict[str, Any], text: str) -> tuple[Check, tuple[Mutant, ...]]:
    check = refutation("neurons side by side", _faces(), _pair(), _commutes(), bilinear(),
                       point=point, lemmas=_SIDE_LEMMAS, description=text)
    return check, (
        Mutant.of(check, "another face", parts=(_faces(-1), _pair(), _commutes(),
                                                bilinear())),
        Mutant.of(check, "commuting data", parts=(_faces(), _pair(0), _commutes(),
                                                  bilinear())),
    )


_LITERAL, _LITERAL_MUTANTS = _side_by_side(
    {"d": 2, "data": _SIDE_POINT}, _SIDE_POINT + ": after the first jump the second neuron, "
    "aligned with the same mode and nearly of norm 1, still has a positive utility and jumps at "
    "the same rescaled time 1/2; (3) has Δτ_2 > 0")
_TIMING, _TIMING_MUTANTS = _side_by_side(
    {"network": "fully connected, " + _SIDE_POINT}, _SIDE_POINT + ": from starts of positive "
    "probability the alternation has the loss 0 from rescaled time 1/2 on, while the gradient "
    "flow stays at the level of one mode up to a later rescaled time")


def _two_orders(second: int = 4) -> Check:
    """μ = (1, 4) and σ = (2, 1) for Σ_xx = diag(4, 1/4); ½·1 < ½·4."""
    mu = (rational(2) ** 2 / 4, rational(1) ** 2 * second)
    return exact("opposite orders", equal(mu[0], 1) & equal(mu[1], 4) & (mu[0] < mu[1])
                 & equal(4 * rational(1, 4), 1))


_ROTATED = refutation(
    "a small rotation", first_mode(), _faces(), _two_orders(), _commutes(),
    point={"d": 2, "data": "Σ_xx = R_ε diag(4, 1/4) R_εᵀ, Σ_yx = diag(2, 1)"},
    lemmas=("first mode", "critical points of linear networks", "one-neuron cones"),
    description="Σ_yx = diag(2, 1), Σ_xx = diag(4, 1/4): the first plateau has the mode of σ_1 and "
    "the loss 2; for every small rotation of Σ_xx it has the mode of the larger μ and the loss "
    "near 1/2",
)

# -- modes side by side ------------------------------------------------------------------------


def _printed_times(sigma: Sequence[Fraction], residuals: Sequence[Sequence[Fraction]]) -> list[Any]:
    """τ_k by (3) from the decreasing singular values of M_0, M_1, ..; as terms."""
    steps: list[Term] = []
    times: list[Term] = []
    for k in range(1, len(sigma) + 1):
        head = rational(1)
        for i in range(k - 1):
            head = head - rational(residuals[i][k - i - 1]) * steps[i]
        steps.append(head / rational(residuals[k - 1][0]))
        times.append(steps[-1] + (times[-1] if times else rational(0)))
    return times


def _flow_on_mode(factor: int = 1) -> Check:
    """On the ray of mode 1, x' = (σ_1 − λ_1x²)x vanishes at x² = σ_1/λ_1 = 1/2."""
    return exact("end on the ray", equal(rational(2) - 4 * factor * rational(1, 2), 0))


def _unequal_times(printed: Fraction = Fraction(3, 4)) -> Check:
    times = _printed_times([Fraction(2), Fraction(1)], [[Fraction(2), Fraction(1)],
                                                        [Fraction(2), Fraction(0)]])
    return exact("two times", equal(times[1], rational(printed)) & ~equal(times[1], rational(1)))


_THREE = [Fraction(3), Fraction(2), Fraction(1)]


def _equal_times(sigma: Sequence[Fraction] = _THREE) -> Check:
    """Three modes with Σ_xx = I: (3) is 1/σ_k."""
    residuals = [[*sigma[i:], *[Fraction(0)] * i] for i in range(3)]
    parts: list[Formula] = [
        equal(time, 1 / rational(s))
        for time, s in zip(_printed_times(sigma, residuals), _THREE, strict=True)
    ]
    return exact("three modes", all_of(parts))


_STEP, _BEFORE, _SIGMA = symbols("t r s")


def _telescopes(sign: int = -1) -> Check:
    """σ(t − r) = σt − σr: Δτ_k = (1 − σ_kτ_{k−1})/σ_k with t = τ_k, r = τ_{k−1}, σ_kτ_k = 1."""
    return formal("one waiting time", equal(_SIGMA * (_STEP - _BEFORE),
                                            _SIGMA * _STEP + sign * _SIGMA * _BEFORE), "t r s",
                  scope=FC, lemmas=("modes side by side",))


_BY_MODE = refutation(
    "opposite orders", _flow_on_mode(), _unequal_times(), _two_orders(),
    point={"d": 2, "data": "Σ_xx = diag(4, 1/4), Σ_yx = diag(2, 1)"},
    lemmas=("modes side by side",),
    description="Σ_xx = diag(4, 1/4), Σ_yx = diag(2, 1): the alternation on modes jumps at 1/2 and "
    "1, (3) gives 1/2 and 3/4",
)
_ORDERED = Domain.of(d=at_least(1), data=Whole(
    "commuting pairs with simple σ_k(Σ_yx) > 0 and μ_k in the same order"))
_SAME_ORDER = proof("sums of waiting times", _telescopes(), _equal_times(), scope=_ORDERED,
                    lemmas=("modes side by side",))

# -- modes of commuting data -------------------------------------------------------------------

_P, _Q, _LI, _LJ, _BIJ, _BJI = symbols("p q li lj bij bji")


def _coupling(sign: int = 1) -> Check:
    """The part of p_i' from mode j: −λ_jβ_ijw_j − λ_iβ_jia_j with a_j, w_j = (p_j ± q_j)/2."""
    a, w = (_P + _Q) / 2, (_P - _Q) / 2
    left = -(_LJ * _BIJ * w) - _LI * _BJI * a
    right = (-(_LJ * _BIJ + _LI * _BJI) * _P + sign * (_LJ * _BIJ - _LI * _BJI) * _Q) / 2
    return formal("coupling of two modes", equal(left, right), "p q li lj bij bji",
                  scope=FC, lemmas=("every mode",))


_EVERY = proof("modes one after another", first_mode(), _coupling(), scope=_MODES,
               lemmas=("balanced layers", "commuting modes", "first mode", "every mode"))
_EVERY_MUTANTS = (
    Mutant.of(_EVERY, "other rates", parts=(first_mode(1), _coupling())),
    Mutant.of(_EVERY, "layers that are not balanced", parts=(first_mode(sign=-1), _coupling())),
    Mutant.of(_EVERY, "another coupling", parts=(first_mode(), _coupling(-1))),
)

# -- generic data, measured --------------------------------------------------------------------


def times_approached(
    generator: np.random.Generator, count: int, *, d: int, rule: str = "conjecture"
) -> int:
    """For how many Gaussian pairs half-drop times extrapolate to within 10 % of the predicted ones.

    From α = 1e-4 and 1e-8, where a multiple of 1/ln(1/α) halves: 2t(1e-8) − t(1e-4).
    rule: "conjecture", or (for d = 2) "no memory", where the second mode starts anew at τ_1.
    """
    import numpy as np

    from constructions.dynamics.linear import conjectured, half_drops

    hits = 0
    for _ in range(count):
        draws = generator.normal(size=(d, 2 * d))
        inputs, cross = draws @ draws.T / (2 * d), generator.normal(size=(d, d))
        staircase, start = conjectured(inputs, cross), generator.normal(size=(2 * d, d))
        times = staircase.times
        if rule == "no memory":
            kept = 1 - np.linalg.svd(cross, compute_uv=False)[1] * times[0]
            times = np.array([times[0], times[0] + (times[1] - times[0]) / kept])
        horizon = 2 * float(max(times[-1], staircase.times[-1]))
        coarse, fine = (
            half_drops(inputs, cross, start, scale=scale, levels=staircase.levels, horizon=horizon)
            for scale in (1e-4, 1e-8)
        )
        if np.isfinite(coarse).all() and np.isfinite(fine).all():
            hits += bool((np.abs((2 * fine - coarse) / times - 1) <= 0.1).all())
    return hits


_GENERIC = Check(name="Gaussian pairs", procedure=probability_measured, arguments={
    "trials": times_approached, "point": {"d": 2}, "threshold": 0.5,
    "samples": {"quick": 12, "full": 60}, "level": 0.95,
    "event": "extrapolated times within 10 %",
})
_GENERIC_MUTANT = Mutant.of(_GENERIC, "modes that start anew",
                            trials=partial(times_approached, rule="no memory"))

CLAIMS = [
    _claim("fc-features", "Features are singular modes",
           "The learned features of fully connected linear networks are singular modes.",
           "Every plateau (an interval of rescaled time on which A and W converge) has AW equal "
           "to the projection of β_OLS on some left singular vectors of Σ_yxΣ_xx^{-1/2}; Σ_xx "
           "invertible, every width and start, every time scale that tends to ∞.",
           _PLATEAUS, (Mutant.of(_PLATEAUS, "a sum", parts=(_commutes(1),)),),
           printed="abstract", kind="as"),
    _claim("fc-one-neuron", "One neuron per mode", "One neuron crosses norm 1 per mode.",
           _READING + "H fixed, almost surely; the neurons of one drop are counted at its end.",
           _CROSS, _CROSS_MUTANTS),
    _claim("one-feature", "One neuron, one feature, one drop",
           "At each iteration a dormant neuron activates, triggering the acquisition of one "
           "feature and one drop.",
           "As α → 0, in every setting: in each drop exactly one neuron leaves o(1), and exactly "
           "one feature is learned; almost every start.",
           _DROP, _DROP_MUTANTS, domain=_NETWORKS, printed="abstract", kind="as",
           corrected_by="agf.one-feature.corrected"),
    _claim("one-feature.corrected", "One neuron per drop in diagonal networks",
           "In diagonal networks each drop has exactly one dormant neuron that activates, and the "
           "loss is constant between drops.",
           "As α → 0, rescaled time, general position as in agf.cand.diag-nnls; neurons that were "
           "active before may collapse in the same drop.", LIMIT, LIMIT_MUTANTS, domain=FLOWS,
           printed="corrected from the abstract", kind="as", corrects="agf.one-feature"),
    _claim("order-timing-magnitude", "Order, timing and magnitude",
           "AGF quantifies the order, timing and magnitude of the drops.",
           "“Quantifies” is read as limit: order, rescaled times and levels of the alternation, "
           "applied to the neurons as in section 1, and of the gradient flow have the same limits "
           "as α → 0, in every setting, almost every start.", _TIMING, _TIMING_MUTANTS,
           domain=_NETWORKS, printed="abstract", kind="as",
           corrected_by="agf.order-timing-magnitude.corrected"),
    _claim("order-timing-magnitude.corrected", "Order, timing and magnitude, diagonal networks",
           "In diagonal networks order, rescaled times and levels of the drops of AGF and of the "
           "gradient flow have the same limits.",
           "α → 0, cost rule `nnls`, memory `keep`, general position as in agf.cand.diag-nnls.",
           LIMIT, LIMIT_MUTANTS, domain=FLOWS, printed="corrected from the abstract", kind="as",
           corrects="agf.order-timing-magnitude"),
    _claim("fc-literal", "AGF on neurons has the printed times",
           "AGF applied to individual neurons has the jump times of (3).",
           _READING + "Jump times of the alternation: its activations.", _LITERAL,
           _LITERAL_MUTANTS),
    _claim("fc-modes", "AGF on modes has the printed times",
           "AGF on modes (after a hidden rotation) has the jump times of (3).",
           "α → 0. A mode is a singular triple of the residual Σ_yx − βΣ_xx; its neuron is exactly "
           "aligned with it and accumulates utility at the rate of its singular value.", _BY_MODE,
           (Mutant.of(_BY_MODE, "the alternation's time", parts=(
               _flow_on_mode(), _unequal_times(Fraction(1)), _two_orders())),
            Mutant.of(_BY_MODE, "another end", parts=(_flow_on_mode(2), _unequal_times(),
                                                      _two_orders()))),
           corrected_by="agf.cand.fc-modes.corrected"),
    _claim("fc-modes.corrected", "AGF on modes for commuting data of one order",
           "For commuting data with σ_k(Σ_yx) and μ_k in the same order AGF on modes has the jump "
           "times of (3), which are $1/\\sigma_k$.", "As agf.cand.fc-modes.", _SAME_ORDER,
           (Mutant.of(_SAME_ORDER, "a sum", parts=(_telescopes(1), _equal_times())),
            Mutant.of(_SAME_ORDER, "other values", parts=(_telescopes(), _equal_times(
                [Fraction(4), Fraction(2), Fraction(1)])))),
           domain=_ORDERED, corrects="agf.cand.fc-modes"),
    _claim("fc-order-continuity", "The order under small rotations",
           "The α→0 order is unchanged by an ε-rotation of Σ_xx, ε→0.",
           _READING + "Order: the sequence of modes on the plateaus, α → 0 first; any width H ≥ "
           "1; ε ≠ 0 small and fixed.", _ROTATED,
           (Mutant.of(_ROTATED, "equal μ", parts=(first_mode(), _faces(), _two_orders(1),
                                                  _commutes())),
            Mutant.of(_ROTATED, "another face", parts=(first_mode(), _faces(-1), _two_orders(),
                                                       _commutes())))),
    _claim("fc-commuting-sigma", "Commuting data: order by σ",
           "Commuting data: modes appear by decreasing σ(Σ_yx), "
           "$\\tau_k=1/\\sigma_k(\\Sigma_{yx})$, levels accordingly.",
           _READING + "Width H at least the number r of modes with σ > 0, k ≤ r; the k-th drop is "
           "at 1/σ_k, between the levels ½Σ_{i≥k}μ_i and ½Σ_{i>k}μ_i, μ in the order of σ.", _EVERY,
           _EVERY_MUTANTS, domain=_MODES),
    _claim("fc-rate", "Rate of the half-drop times",
           "GF half-drop time/τ_k=1+O(1/ln(1/α)).",
           _READING + "Commuting data, width at least the number of modes, τ_k = 1/σ_k(Σ_yx) as in "
           "agf.cand.fc-commuting-sigma, not (3), which fails for some of these data "
           "(agf.fc-conjecture.times); the half-drop time of the k-th drop over ln(1/α).", _EVERY,
           _EVERY_MUTANTS, domain=_MODES),
    _claim("fc-generic", "Conjecture 4.1 for generic data",
           "Conj. 4.1 for a dense open set of pairs.",
           _READING + "Generic: Gaussian pairs with width c = d. Half-drop times between the "
           "conjectured levels, extrapolated in 1/ln(1/α) from α = 1e-4 and 1e-8, are within 10 % "
           "of τ_k, with probability at least 0.5. On commuting data the conjecture fails "
           "(agf.cand.fc-commuting), so the set is not everything.",
           _GENERIC, (_GENERIC_MUTANT,), empirical=True),
]
