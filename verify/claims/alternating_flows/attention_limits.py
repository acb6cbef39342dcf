"""Linear attention as α → 0: plateaus, the order of the components, and heads per jump."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from verify.claims.alternating_flows.common import Topic
from verify.claims.alternating_flows.linear_models import TF, moments, saddle
from verify.claims.writing import formal, proof, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import equal, rational
from verify.methods.monte_carlo import probability_measured

if TYPE_CHECKING:
    import numpy as np

_SIMPLE = Whole("simple positive spectra, N ≥ 1, H ≥ D heads, almost every start")
_ORDER = Domain.of(D=at_least(1), data=_SIMPLE)
_LEVELS = Domain.of(k=Finite([0, 1, 2, 3, 4]), data=_SIMPLE)
_RUNS = Domain.of(eigenvalues=Whole("spectra of four eigenvalues"), alpha=Whole("scales"))
_LAM, _MU, _N, _T = symbols("lam mu N T")


_claim = Topic(
    family="Linear transformer",
    falsified_by="data and a set of starts of positive probability that violate it",
).claim


# -- critical points and invariant spans -------------------------------------------------------


def _increasing(sign: int = 1) -> Check:
    """λ²(ρμ + T) − μ²(ρλ + T) = (λ − μ)(ρλμ + T(λ + μ)), ρ = N + 1: λ²/(ρλ + T) increases."""
    left = _LAM**2 * ((_N + 1) * _MU + _T) - _MU**2 * ((_N + 1) * _LAM + _T)
    right = (_LAM - _MU) * ((_N + 1) * _LAM * _MU + sign * _T * (_LAM + _MU))
    return formal("order of the eigenvalues", equal(left, right), "lam mu N T", scope=TF,
                  lemmas=("critical points of attention",))


_V, _W, _Q1, _K1, _R1, _P1 = symbols("v w q1 k1 r1 p1")


def _inside(second: int = 0) -> Check:
    """Two heads on e_1 (K of the first has the entry `second` on e_2): M_12 and M_21."""
    m12 = _V * _Q1 * rational(second) + _W * _R1 * rational(0)
    m21 = _V * rational(0) * _K1 + _W * rational(0) * _P1
    return formal("entries between the spans", equal(m12, 0) & equal(m21, 0),
                  "v w q1 k1 r1 p1", scope=TF, lemmas=("span of the components",))


_CRITICAL = proof("critical points", moments(), saddle(), _increasing(), scope=TF,
                  lemmas=("population loss", "plateaus are critical points",
                          "critical points of attention"))
_SPAN = proof("heads on some components", moments(), _inside(), scope=TF,
              lemmas=("population loss", "span of the components"))

# -- one component after another ---------------------------------------------------------------

_X, _Z = symbols("x z")


def _clock(quarter: int = 4) -> Check:
    """QK = (x² − z²)/4 for x = Q + K, z = Q − K; Q' = gK, K' = gQ give x' = gx, z' = −gz."""
    q, k = (_X + _Z) / 2, (_X - _Z) / 2
    return formal("sum and difference", equal(q * k, (_X**2 - _Z**2) / quarter)
                  & equal(q + k, _X) & equal(k - q, -_Z), "x z", scope=TF,
                  lemmas=("components of attention",))


def _components(scope: Domain) -> tuple[Check, tuple[Mutant, ...]]:
    """Residuals, the clock of a head and the order of the levels; the lemma does the rest."""
    check = proof("components in order", moments(), saddle(), _clock(), _increasing(), scope=scope,
                  lemmas=("population loss", "attention utility", "conserved head norms",
                          "scaling of a cubic utility", "components of attention"))
    return check, (
        Mutant.of(check, "another clock", parts=(moments(), saddle(), _clock(2), _increasing())),
        Mutant.of(check, "moments of N²", parts=(moments(0), saddle(), _clock(), _increasing())),
    )


_IN_ORDER, _IN_ORDER_MUTANTS = _components(_ORDER)
_LEVEL, _LEVEL_MUTANTS = _components(_LEVELS)

# -- measured ----------------------------------------------------------------------------------

_HEADS, _TOKENS = 5, 32


def _spectrum(eigenvalues: str) -> list[float]:
    """Four eigenvalues with the sum 2: λ_k ∝ 1/k, or geometric with a ratio in hundredths."""
    ratio = None if eigenvalues == "1/k" else int(eigenvalues.removeprefix("ratio 0.")) / 100
    raw = [1 / (k + 1) if ratio is None else ratio**k for k in range(4)]
    return [2 * value / sum(raw) for value in raw]


def _count(
    generator: np.random.Generator, count: int, *, eigenvalues: str, alpha: str, one_head: bool,
    rates: bool,
) -> int:
    """In how many runs the components come in order, or every jump has one head more."""
    import numpy as np

    from constructions.dynamics.attention import LinearAttention

    network, scale = LinearAttention(np.array(_spectrum(eigenvalues)), tokens=_TOKENS), float(alpha)
    horizon = 300 * np.log(1 / scale) if rates else 100 / scale
    hits = 0
    for _ in range(count):
        start = scale * generator.normal(size=(_HEADS, 9))
        run = network.learn(start, horizon=horizon, neuron_rates=rates)
        active = (2 * run.norms >= run.norms.max(axis=1, keepdims=True)).sum(axis=1)
        one_each = np.isfinite(run.times).all() and (active == np.arange(1, 5)).all()
        hits += bool(one_each if one_head else (np.diff(run.times) > 0).all())
    return hits


def in_order(generator: np.random.Generator, count: int, **point: str) -> int:
    """Runs at the uniform rate whose components come by decreasing eigenvalue."""
    return _count(generator, count, one_head=False, rates=False, **point)


def in_order_by_rates(generator: np.random.Generator, count: int, **point: str) -> int:
    """The same with the rates 1/‖θ_i‖."""
    return _count(generator, count, one_head=False, rates=True, **point)


def one_head_each(generator: np.random.Generator, count: int, **point: str) -> int:
    """Runs at the uniform rate in which the k-th component leaves k heads active."""
    return _count(generator, count, one_head=True, rates=False, **point)


def one_head_each_by_rates(generator: np.random.Generator, count: int, **point: str) -> int:
    """The same with the rates 1/‖θ_i‖, where heads share components."""
    return _count(generator, count, one_head=True, rates=True, **point)


def _measured(
    name: str, trials: Any, point: Mapping[str, str], threshold: float, quick: int, event: str
) -> Check:
    return Check(name=name, procedure=probability_measured, arguments={
        "trials": trials, "point": point, "threshold": threshold,
        "samples": {"quick": quick, "full": 20}, "level": 0.95, "event": event,
    })


_NOTEBOOK = {"eigenvalues": "1/k", "alpha": "1e-3"}
_HEAD = _measured("one head per jump", one_head_each, _NOTEBOOK, 0.5, 6,
                  "the k-th component leaves k active heads")
_BY_RATES = _measured("order under neuron-wise rates", in_order_by_rates, _NOTEBOOK, 0.7, 12,
                      "components in order")
_CLOSE = {"eigenvalues": "ratio 0.98", "alpha": "1e-3"}
_RATIO = _measured("order of close eigenvalues", in_order, _CLOSE, 0.95, 6, "components in order")

CLAIMS = [
    _claim("tf-features", "Features are principal components",
           "The learned features of linear attention are principal components of the inputs.",
           "Every plateau (an interval of rescaled time on which all heads converge) has "
           "M = Σ e_je_jᵀ/(T + (N+1)λ_j) over some eigenvectors of Σ; every width and start, "
           "every time scale that tends to ∞.",
           _CRITICAL, (Mutant.of(_CRITICAL, "another order", parts=(moments(), saddle(),
                                                                    _increasing(-1))),),
           domain=TF, printed="abstract", kind="as"),
    _claim("tf-exact-subspace", "The cost flow stays in the span",
           "The true cost flow keeps M in the span of the learned components.",
           "From active heads whose Q_i, K_i lie in the span of e_1..e_k; population loss.",
           _SPAN, (Mutant.of(_SPAN, "a head outside", parts=(moments(), _inside(1))),),
           domain=TF),
    _claim("tf-order.uniform", "Components in order, uniform rate",
           "Order $\\lambda_1>\\dots>\\lambda_D$ with probability 1.",
           "α→0, uniform rate, fixed H ≥ D, Gaussian start; a component is learned when M_jj "
           "passes half of 1/(T + (N+1)λ_j).", _IN_ORDER, _IN_ORDER_MUTANTS, domain=_ORDER),
    _claim("tf-order.rates", "Components in order, neuron-wise rates",
           "Order $\\lambda_1>\\dots>\\lambda_D$ with $\\|\\theta\\|^{2-\\kappa}$ rates.",
           "Probability at least 0.7 at D = 4, λ_k ∝ 1/k, N = 32, 5 heads, α = 1e-3, Gaussian "
           "start; half-drop times of M_jj.", _BY_RATES,
           (Mutant.of(_BY_RATES, "close eigenvalues, uniform rate", trials=in_order,
                      point=_CLOSE, samples={"quick": 4, "full": 4}),),
           domain=_RUNS, empirical=True),
    _claim("tf-order.ratio", "Components in order at a spectral ratio of 0.9",
           "At spectral ratio ≥.9 in ≥95 % of seeds.",
           "D = 4, λ_{k+1}/λ_k = r for any r ≥ 0.9, N = 32, 5 heads, uniform rate, α = 1e-3; "
           "half-drop times of M_jj.", _RATIO,
           (Mutant.of(_RATIO, "in at least 10 % of seeds", threshold=0.1,
                      samples={"quick": 2, "full": 2}),),
           domain=_RUNS, empirical=True),
    _claim("tf-levels.limit", "The flow passes the levels",
           "Gradient flow has plateaus at "
           "$\\frac12[T-\\sum_{j\\le k}\\lambda_j/(1+(1+T/\\lambda_j)/N)]$.",
           "The k-th plateau as α → 0 with 5 heads and D = 4, in this order; uniform rate, "
           "almost every start.", _LEVEL, _LEVEL_MUTANTS, domain=_LEVELS, printed="notebook",
           kind="as"),
    _claim("tf-singular.limit", "The learned singular values",
           "On the k-th plateau the singular values of M are $1/(T+(N+1)\\lambda_j)$, $j\\le k$.",
           "As α → 0 with 5 heads and D = 4; uniform rate, almost every start.", _LEVEL,
           _LEVEL_MUTANTS, domain=_LEVELS, printed="notebook", kind="as"),
    _claim("tf-one-head", "Each jump activates one head",
           "With D components and D + 1 heads each jump activates one head; one stays dormant.",
           "D = 4, λ_k ∝ 1/k, N = 32, α = 1e-3, uniform rate, population loss: in more than half "
           "of the Gaussian starts exactly k heads have more than half of the largest norm when "
           "M_jj passes half of its final value for the k-th time.", _HEAD,
           (Mutant.of(_HEAD, "neuron-wise rates", trials=one_head_each_by_rates),),
           domain=_RUNS, printed="notebook", kind="em"),
]
