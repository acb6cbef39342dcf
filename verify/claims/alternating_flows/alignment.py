"""Directions and times of dormant neurons as α → 0: when they align, and when they jump.

κ = 2 with a quadratic utility is linear algebra; κ = 3 with the uniform rate is one flow seen at
the scale α, θ(t) = αΘ(αt), so that shares of time and α·τ keep the randomness of the start.
"""

from __future__ import annotations

from typing import Any

from verify.claims.alternating_flows.common import Topic
from verify.claims.alternating_flows.restart import top_mode
from verify.claims.writing import exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.formula import equal, rational, sqrt

_SQUARES = Domain.of(kappa=Finite([3]), network=Whole("networks, data and starts"))
_LINEAR = Domain.of(kappa=Finite([2]), network=Whole("linear networks, data and starts"))
_ANY = Domain.of(kappa=Finite([2, 3]), network=Whole("networks, data and starts"))
_NEURONS = Domain.of(kappa=Finite([3]), network=Whole("neurons a(wᵀx)², data and starts"))
_A, _W1, _W2, _W = symbols("a w1 w2 w")
_THIRD = sqrt(rational(1, 3))


_claim = Topic(
    family="Framework",
    falsified_by="a network, data and a set of starts of positive probability that violate it",
).claim


# -- κ = 2 -------------------------------------------------------------------------------------

_E, _MU, _NU = symbols("e mu nu")


def _form(factor: int = 2) -> Check:
    """θᵀBθ in two eigenvectors: half the gradient's norm growth is 2B, and U ≤ μ with a gap."""
    form = _MU * _W1**2 + _NU * _W2**2
    rate = factor * (_MU * _W1 * _W1 + _NU * _W2 * _W2)
    gap = _MU * (_W1**2 + _W2**2) - form
    return formal("quadratic form", equal(gap, (_MU - _NU) * _W2**2) & equal(rate, 2 * form),
                  "mu nu w1 w2", scope=_LINEAR, lemmas=("alignment under a quadratic utility",))


def _aligned(scope: Domain, *lemmas: str) -> tuple[Check, tuple[Mutant, ...]]:
    check = proof("growth along eigenvectors", _form(), top_mode(), scope=scope,
                  lemmas=("polar flow", "threshold", "bilinear utility",
                          "alignment under a quadratic utility", *lemmas))
    return check, (
        Mutant.of(check, "another rate", parts=(_form(1), top_mode())),
        Mutant.of(check, "a double singular value", parts=(_form(), top_mode(2))),
    )


_TWO, _TWO_MUTANTS = _aligned(_LINEAR)
_BEST, _BEST_MUTANTS = _aligned(_LINEAR, "diagonal flow")

# -- κ = 3 -------------------------------------------------------------------------------------


def _cubic_bound(sign: int = 1) -> Check:
    """2/(3√3) − a(1 − a²) = (a − 1/√3)²(a + 2/√3)."""
    return formal("largest product", equal(2 * _THIRD / 3 - _A * (1 - _A**2),
                                           (_A - _THIRD) ** 2 * (_A + sign * 2 * _THIRD)), "a",
                  scope=_NEURONS, lemmas=("neurons with a square",))


def _cone(first: int = 4) -> Check:
    """R = diag(2, −1): rates of a and of w_2² − 2w_1²."""
    rate1, rate2 = first * _A * _W1, -2 * _A * _W2
    return formal(
        "an invariant cone",
        equal(2 * _W2 * rate2 - 4 * _W1 * rate1, -4 * _A * (_W2**2 + 4 * _W1**2))
        & equal(2 * _W1**2 - _W2**2, -(_W2**2 - 2 * _W1**2)),
        "a w1 w2", scope=_SQUARES, lemmas=("neurons with a square",),
    )


def _values(low: int = 1) -> Check:
    """The start (−1, 0, 1) is in the cone; the two maxima are 4/(3√3) and half of it."""
    a, square = _THIRD, rational(2, 3)
    return exact("maxima of both signs", equal(a * 2 * square, 4 * _THIRD / 3)
                 & equal(a * low * square, 2 * _THIRD / 3) & (rational(-1) < 0)
                 & (rational(1) ** 2 > 2 * rational(0) ** 2))


_POINT = {"kappa": 3, "network": "one neuron a(wᵀx)², samples e_1, e_2 with targets 4, −2"}


def _two_maxima(text: str, *lemmas: str, point: dict[str, Any] = _POINT) -> Check:
    return refutation("two maxima", _cone(), _cubic_bound(), _values(), point=point,
                      lemmas=("neurons with a square", *lemmas), description=text)


def _two_maxima_mutants(check: Check) -> tuple[Mutant, ...]:
    return (Mutant.of(check, "another rate", parts=(_cone(2), _cubic_bound(), _values())),
            Mutant.of(check, "equal maxima", parts=(_cone(), _cubic_bound(), _values(2))))


_START = ("d = 2, U = a(2w_1² − w_2²): from starts with a < 0, w_2² > 2w_1², a set of positive "
          "probability, ")
_MISALIGNED = _two_maxima(_START + "a < 0 at the jump, while every maximiser has a = 1/√3")
_SLOW = _two_maxima(_START + "τ/ln(1/α) has no limit below 2/(κU*)", "jump time bound")
_LOCAL = proof("both ends of the clock", _cubic_bound(), _cone(), scope=_NEURONS,
               lemmas=("scaling of a cubic utility", "neurons with a square"))
_LOCAL_MUTANTS = (Mutant.of(_LOCAL, "another rate", parts=(_cubic_bound(), _cone(2))),
                  Mutant.of(_LOCAL, "another bound", parts=(_cubic_bound(-1), _cone())))

_S = symbols("s")[0]


def _scaling(power: int = 2) -> Check:
    """∇(a w²) = (w², 2aw) at sθ is s² times that at θ; 2a² − w² is constant; a² − 1 = …"""
    gradient = equal((_S * _W) ** 2, _S**power * _W**2) & equal(
        2 * (_S * _A) * (_S * _W), _S**power * (2 * _A * _W))
    constant = equal(4 * _A * _W**2 - 2 * _W * (2 * _A * _W), 0)
    return formal("one sample", gradient & constant
                  & equal(2 * _A**2 - 1 - _A**2, (_A - 1) * (_A + 1)), "s a w", scope=_SQUARES,
                  lemmas=("scaling of a cubic utility", "neurons with a square"))


def _not_aligned(w: int = 1) -> Check:
    """(1, w) is no multiple of the maximiser (1, √2); both have U > 0."""
    return exact("a start at an angle", ~equal(rational(w) ** 2, 2 * rational(1))
                 & (rational(1) * rational(w) ** 2 > 0))


def _two_norms(factor: int = 2) -> Check:
    """On a ray n' = 3U*n²: the blow-up times 1/(3U*n) from n = 1 and n = 2."""
    top = 2 * _THIRD / 3
    return exact("two times on a ray", equal(1 / (3 * top), factor * (1 / (6 * top)))
                 & ~equal(1 / (3 * top), 1 / (6 * top)))


_ONE = {"kappa": 3, "network": "one neuron a·w², sample x = 1, y = 1"}
_SHARE = refutation(
    "a share that stays", _scaling(), _not_aligned(), point=_ONE,
    lemmas=("scaling of a cubic utility", "neurons with a square"),
    description="d = 1, U = a w²: from α(1, 1) and starts near it the neuron jumps before 1/α, and "
    "the direction needs a fixed multiple of 1/α to come near to the maximiser (1, √2)/√3",
)
_CONSTANT = refutation(
    "two times", _scaling(), _two_norms(), point=_ONE, lemmas=("scaling of a cubic utility",),
    description="d = 1, U = a w²: starts near α(1, √2)/√3 and near 2α(1, √2)/√3, both of positive "
    "probability, have ατ near √3/2 and near √3/4",
)
_RANDOM = proof("scale of the start", _scaling(), _two_norms(), _not_aligned(), scope=_SQUARES,
                lemmas=("polar flow", "scaling of a cubic utility"))

# -- full alignment of all neurons in every phase ----------------------------------------------


def _integral(second: int = 2) -> Check:
    """R = diag(2, 1): w_1' = 4aw_1, w_2' = 2aw_2 keep w_2²/w_1."""
    rate1, rate2 = 4 * _A * _W1, second * _A * _W2
    return formal("an integral", equal(2 * _W2 * rate2 * _W1, _W2**2 * rate1), "a w1 w2",
                  scope=_SQUARES, lemmas=("neurons with a square",))


def _halted(first: int = 0) -> Check:
    """At the residual (first, 2) the gradient at (a, w_1, 0) vanishes for every a, w_1."""
    gradient = equal(rational(first) * _W1**2 + 2 * rational(0) ** 2, 0) & equal(
        2 * _A * first * _W1, 0)
    return formal("gradient on the first plateau", gradient, "a w1", scope=_SQUARES,
                  lemmas=("neurons with a square",))


_RESTART = refutation(
    "two samples", _integral(), _halted(), exact("loss left", rational(1, 4) * 2**2 > 0),
    point={"kappa": 3, "network": "neurons a(wᵀx)², samples e_1, e_2 with targets 4, 2"},
    lemmas=("neurons with a square",),
    description="d = 2, any width: almost every neuron aligns with (1, √2e_1)/√3 or with (−1, 0); "
    "once the first sample is learned all of them are critical points, and the loss of the second "
    "one stays",
)

_KAPPA_2 = ("Linear networks, κ = 2, utility aᵀMw with M ≠ 0 (any quadratic form with a positive "
            "maximum); one utility phase, frozen residual, η = 1, start α times a Gaussian "
            "vector. ")
_KAPPA_3 = ("κ = 3, one utility phase, frozen residual, uniform rate, start α times a Gaussian "
            "vector, fixed width. ")
_GLOBAL = "A utility maximiser is a point of the unit sphere where U_i takes its maximum U*. "

CLAIMS = [
    _claim("align-before-jump.kappa-2", "Aligned at activation, κ = 2",
           "P(angle to a utility maximiser at activation < ε) → 1 as α → 0.",
           _KAPPA_2 + _GLOBAL, _TWO, _TWO_MUTANTS, domain=_LINEAR),
    _claim("align-before-jump.kappa-3", "Aligned at activation, κ = 3",
           "P(angle to a utility maximiser at activation < ε) → 1 as α → 0.",
           _KAPPA_3 + _GLOBAL + "For local maxima see the correction.", _MISALIGNED,
           _two_maxima_mutants(_MISALIGNED), domain=_SQUARES,
           corrected_by="agf.cand.align-before-jump.kappa-3.corrected"),
    _claim("align-before-jump.kappa-3.corrected", "Aligned with a local maximum at activation",
           "P(the neuron jumps with an angle ≥ ε to all local maxima of its utility) → 0 as "
           "α → 0, for neurons $a(w^Tx)^2$.", _KAPPA_3 + "Local maxima on the unit sphere.",
           _LOCAL, _LOCAL_MUTANTS, domain=_NEURONS, corrects="agf.cand.align-before-jump.kappa-3"),
    _claim("align-fraction.kappa-2", "Share of the time without alignment, κ = 2",
           "The share of physical time with that angle ≥ ε tends to 0.",
           _KAPPA_2 + _GLOBAL + "Share of the time up to the jump; almost surely.", _TWO,
           _TWO_MUTANTS, domain=_LINEAR),
    _claim("align-fraction.kappa-3", "Share of the time without alignment, κ = 3",
           "The share of physical time with that angle ≥ ε tends to 0.",
           _KAPPA_3 + _GLOBAL + "Share of the time up to the jump, in probability; ε small.",
           _SHARE, (Mutant.of(_SHARE, "an aligned start", parts=(_scaling(), exact(
               "a start at an angle", ~equal(rational(2), 2)))),
                    Mutant.of(_SHARE, "another degree", parts=(_scaling(1), _not_aligned()))),
           domain=_SQUARES),
    _claim("tau-limit.constant", "First jump time, κ = 3: a constant",
           "Uniform rate, κ=3: $\\alpha^{\\kappa-2}\\tau_1$ tends to a constant.",
           _KAPPA_3 + "In distribution.", _CONSTANT,
           (Mutant.of(_CONSTANT, "equal norms", parts=(_scaling(), _two_norms(1))),),
           domain=_SQUARES, corrected_by="agf.cand.tau-limit.random"),
    _claim("tau-limit.random", "First jump time, κ = 3: random",
           "Uniform rate, κ=3: $\\alpha^{\\kappa-2}\\tau_1$ tends to a non-degenerate random "
           "variable that depends on the initial directions.",
           _KAPPA_3 + "∇U locally Lipschitz, U* > 0; for every start, with the value ∞ where no "
           "neuron ever jumps; non-degenerate: finite with positive probability, not a constant.",
           _RANDOM, (Mutant.of(_RANDOM, "another degree", parts=(_scaling(1), _two_norms(),
                                                                 _not_aligned())),),
           domain=_SQUARES, corrects="agf.cand.tau-limit.constant"),
    _claim("tau-sharp", "First jump time under neuron-wise rates",
           "$\\eta_i=\\|\\theta_i\\|^{2-\\kappa}$: $\\tau_1/\\ln(1/\\alpha)\\to1/(\\kappa U^*)$.",
           "κ = 2 or 3, frozen residual, fixed width, almost surely on the event that a neuron "
           "jumps; U* is the maximum over the unit sphere. The lower bound is agf.cand.tau-lower.",
           _SLOW, _two_maxima_mutants(_SLOW), domain=_ANY,
           corrected_by="agf.cand.tau-sharp.corrected"),
    _claim("tau-sharp.corrected", "First jump time of linear networks",
           "κ = 2: $\\tau_1/\\ln(1/\\alpha)\\to1/(\\kappa U^*)$.",
           _KAPPA_2 + "Fixed width; almost surely.", _TWO, _TWO_MUTANTS, domain=_LINEAR,
           corrects="agf.cand.tau-sharp"),
    _claim("restart-from-limit.kappa-3",
           "Full alignment of all dormant neurons in every phase, κ = 3",
           "Running every utility phase to full alignment of all dormant neurons still completes "
           "all features.",
           "Networks with κ = 3, any width; the directions of dormant neurons are replaced by "
           "their limits before the next activation; completes means that the loss reaches its "
           "minimum, from almost every start.", _RESTART,
           (Mutant.of(_RESTART, "another flow", parts=(_integral(4), _halted())),
            Mutant.of(_RESTART, "a residual of the first sample", parts=(_integral(),
                                                                         _halted(1)))),
           domain=_SQUARES),
    _claim("greedy", "The best direction for the current residual",
           "An activating neuron has the direction that reduces the current residual most.",
           "Reduces most: a global maximiser of its utility for the residual, within any fixed "
           "angle as α → 0; κ = 2 or 3, almost every start.", _MISALIGNED,
           _two_maxima_mutants(_MISALIGNED), domain=_ANY, printed="summary", kind="op",
           corrected_by="agf.greedy.corrected"),
    _claim("greedy.corrected", "The best direction, linear networks",
           "In linear networks with κ = 2 a neuron that activates in the first phase, and in "
           "diagonal networks one that activates in any phase, has the direction that reduces the "
           "current residual most.",
           "A global maximiser of its utility, in the limit α → 0, almost every start.", _BEST,
           _BEST_MUTANTS, domain=_LINEAR, printed="corrected from the summary", kind="op",
           corrects="agf.greedy"),
]
