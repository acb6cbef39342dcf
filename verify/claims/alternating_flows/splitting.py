"""The loss split into active and dormant neurons, and neurons aligned with a learned feature."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import candidate
from verify.claims.writing import breaks, entry, formal, mutants, symbols
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, equal, rational

_NETWORKS = Domain.of(network=Whole("networks, data sets and splits into active and dormant"))
_HALF = rational(1, 2)
_Y, _F, _G, _EPS, _H = symbols("y f g eps h")
_LEMMA = ("split of the loss",)

# One coordinate of one sample: y the target, f the active part, g the dormant part.
_RESIDUAL = _Y - _F


def _split(quadratic: Term) -> Formula:
    left = _HALF * (_Y - _F - _G) ** 2
    return equal(left, _HALF * _RESIDUAL**2 - _G * _RESIDUAL + quadratic)


_SPLIT = formal(
    "pointwise split", _split(_HALF * _G**2), "y f g", scope=_NETWORKS, lemmas=_LEMMA
)
_ONE = {"network": "one sample y = 1, no active neuron, dormant neurons with Σf_i = 1"}
_LINEAR = breaks(
    "one sample",
    equal(_HALF * (_Y - _G) ** 2, _HALF * _Y**2 - _G * _Y),
    "y = 1, Σ_D f_i = 1: L(Θ) = 0, while L(Θ_A) − ΣU_i = −1/2",
    point=_ONE,
    values={"y": 1, "g": 1},
)


def _gradient(residual: Term) -> Formula:
    """L along f_i + εh: the coefficient of ε is −<h, residual>, the rest is of order ε²."""
    change = _HALF * (_Y - _F - _G - _EPS * _H) ** 2 - _HALF * (_Y - _F - _G) ** 2
    return equal(change, -(_EPS * _H * residual) + _HALF * _EPS**2 * _H**2)


_GRADIENT = formal(
    "first order of the loss",
    _gradient(_Y - _F - _G),
    "y f g eps h",
    scope=_NETWORKS,
    lemmas=_LEMMA,
)

# -- aligned neurons ---------------------------------------------------------------------------

_DEGREES = Domain.of(
    kappa=at_least(2), network=Whole("κ-homogeneous neurons and plateaus of the cost flow")
)
_SCALE, _OUT, _PRE, _KAPPA = symbols("s a z kappa")


def _derivatives(power: Term) -> Formula:
    """∂_a and the factor of g(x) in ∂_w of a·z^{κ−1} at sθ, against s^{power} times those at θ."""
    outer = equal((_SCALE * _PRE) ** (_KAPPA - 1), _SCALE**power * _PRE ** (_KAPPA - 1))
    inner = equal(
        (_KAPPA - 1) * (_SCALE * _OUT) * (_SCALE * _PRE) ** (_KAPPA - 2),
        _SCALE**power * ((_KAPPA - 1) * _OUT * _PRE ** (_KAPPA - 2)),
    )
    return outer & inner


_STALL = formal(
    "gradient of a scaled neuron",
    _derivatives(_KAPPA - 1),
    "s a z",
    points=[{"kappa": kappa} for kappa in range(2, 9)],
    scope=_DEGREES,
    lemmas=("polar flow", "aligned copies"),
)

# -- the bound with the utility of the first residual ------------------------------------------

# Diagonal network, XᵀX/n = [[1, 1/2], [1/2, 1]], Xᵀy/n = (1, 0): ∂_2L vanishes at 0, so U_2* = 0.
_FIRST = breaks(
    "correlated columns",
    equal(_F * _G - _H, 0),
    "diagonal network, XᵀX/n = [[1, 1/2], [1/2, 1]], Xᵀy/n = (1, 0): the utility of neuron 2 is 0 "
    "at first; after neuron 1 has β_1 = 1, ∂_2L = 1/2 and neuron 2 jumps at rescaled time 3",
    point={
        "kappa": 2,
        "neuron": "the second neuron of a diagonal network with correlated inputs",
    },
    values={"f": Fraction(1, 2), "g": 1, "h": 0},
)

CLAIMS = [
    entry(
        "agf.cand.split",
        "The loss split into active and dormant neurons",
        "$L(\\Theta)=L(\\Theta_A)-\\sum_DU_i(\\theta_i;r_A)+\\frac12E\\|\\sum_Df_i\\|^2$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_NETWORKS,
        reading="r_A = y − Σ_A f_j; every split of the neurons into two sets.",
        falsified_by="data and a split that violate it",
        checks=(_SPLIT,),
        mutants=mutants(_SPLIT, no_factor_one_half=_split(_G**2)),
        corrects="agf.cand.split-linear",
    ),
    entry(
        "agf.cand.split-linear",
        "The split without the quadratic term",
        "$L(\\Theta)=L(\\Theta_A)-\\sum_DU_i(\\theta_i;r_A)$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_NETWORKS,
        reading="An equation, not one up to order α^{2κ}.",
        falsified_by="data and a split that violate it",
        checks=(_LINEAR,),
        mutants=mutants(_LINEAR, with_the_quadratic_term=equal(
            _HALF * (_Y - _G) ** 2, _HALF * _Y**2 - _G * _Y + _HALF * _G**2)),
        corrected_by="agf.cand.split",
    ),
    entry(
        "agf.cand.gradient-full",
        "The gradient of the loss is that of a utility",
        "$-\\nabla_{\\theta_i}L=\\nabla U_i(\\theta_i;y-f(\\Theta))$ exactly.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_NETWORKS,
        reading="∇U_i differentiates the first argument; the residual of the whole network, "
        "neuron i included, is kept fixed. f_i differentiable.",
        falsified_by="a differentiable network with another gradient",
        checks=(_GRADIENT,),
        mutants=mutants(_GRADIENT, residual_of_the_others=_gradient(_Y - _F)),
    ),
    entry(
        "agf.cand.exact-aligned-stall",
        "Neurons aligned with a learned feature are stuck",
        "A dormant neuron exactly aligned with a learned feature is a critical point of the next "
        "utility.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_DEGREES,
        reading="A learned feature is the parameter of an active neuron at a critical point of the "
        "cost L(Θ_A); aligned means a positive multiple of it with the same input map; "
        "f_i = a σ(wᵀg(x)) with σ positively homogeneous of degree κ − 1 and differentiable there.",
        falsified_by="a plateau and an aligned neuron with a utility gradient that is not zero",
        checks=(_STALL,),
        mutants=mutants(_STALL, one_power_too_many=_derivatives(_KAPPA)),
    ),
    entry(
        "agf.cand.tau-lower.first-residual",
        "No neuron jumps before c/(κU*η), U* for the first residual",
        "$\\tau_i\\ge c_i/(\\kappa U^*\\eta)$ always, with $U^*$ the maximum of $U_i(\\cdot;y)$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=Domain.of(kappa=Finite([2]), neuron=Whole("neurons over all utility phases")),
        reading="U* belongs to the residual r = y of the first phase, τ_i to any phase; U* = 0 "
        "means that the neuron never jumps.",
        falsified_by="a neuron that jumps earlier in a later phase",
        checks=(_FIRST,),
        mutants=mutants(_FIRST, first_neuron_before_its_jump=equal(_F * 0 - _H, 0)),
        corrected_by="agf.cand.tau-lower",
    ),
]
