"""The flow of one dormant neuron in polar form, its norm law and its threshold.

A formal symbol stands for each factor: r = ‖θ‖, R = r^{κ−2}, κ, the rate η, U = U(θ̄), T the length
of P^⊥∇U(θ̄), and a, b for the orthonormal directions θ̄ and P^⊥∇U(θ̄)/T.  So an identity holds
for every degree κ, every dimension and every homogeneous utility (lemma *polar flow*).
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import candidate, paper
from verify.claims.writing import breaks, entry, formal, mutants, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, cis, equal

_NEURONS = Whole("dormant neurons with a κ-homogeneous utility")
_ALL = Domain.of(kappa=at_least(2), neuron=_NEURONS)
_SMOOTH = (
    "κ ≥ 2 an integer, U continuously differentiable and κ-homogeneous, the residual frozen, "
    "η > 0, θ ≠ 0. "
)
_ETA, _KAPPA, _R, _POWER, _U, _T, _A, _B = symbols("eta kappa r R U T a b")

# θ' = η∇U(θ) = η r^{κ−1}(κU θ̄ + T e), by Euler's relation <θ̄, ∇U(θ̄)> = κU(θ̄).
_FLOW = _ETA * _R * _POWER * (_KAPPA * _U * _A + _T * _B)
_RADIAL, _ANGULAR = _ETA * _KAPPA * _R * _POWER * _U, _ETA * _POWER * _T


def _decomposed(radial: Term, angular: Term) -> Formula:
    """θ' = ‖θ‖'·θ̄ + ‖θ‖·θ̄', which determines both rates."""
    return equal(_FLOW, radial * _A + _R * angular * _B)


_POLAR = formal(
    "polar form",
    _decomposed(_RADIAL, _ANGULAR),
    "eta kappa r R U T a b",
    scope=_ALL,
    lemmas=("polar flow",),
)
_DIRECTION_MUTANTS = mutants(
    _POLAR,
    one_more_power_of_the_norm=_decomposed(_RADIAL, _ETA * _R * _POWER * _T),
    no_power_of_the_norm=_decomposed(_RADIAL, _ETA * _T),
)
_NORM_MUTANTS = mutants(
    _POLAR,
    without_the_degree=_decomposed(_ETA * _R * _POWER * _U, _ANGULAR),
    one_power_of_the_norm_less=_decomposed(_ETA * _KAPPA * _POWER * _U, _ANGULAR),
)

# U(u, v) = uv: ∇U = (v, u).  θ = (1/2, 0) turns at the rate |P^⊥∇U|/‖θ‖ = 1, η = 1.
_X = symbols("x")[0]
_SIDE = {"kappa": 2, "neuron": "U(u, v) = uv at θ = (1/2, 0)"}
_DIAGONAL = {"kappa": 2, "neuron": "U(u, v) = uv at θ = (1/2, 1/2)"}
_SAME_POINT = breaks(
    "bilinear utility",
    equal(_X, _X / _X),  # printed: ‖θ‖^0·|P^⊥∇U(θ)| = x at θ = (x, 0); true: x/‖θ‖
    "at κ = 2, U = uv, θ = (1/2, 0), η = 1 the direction turns at rate 1, not at 1/2",
    point=_SIDE,
    values={"x": Fraction(1, 2)},
)
_UNNORMALISED = breaks(
    "bilinear utility",
    equal(1, _X),  # printed for θ itself: P^⊥∇U(θ̄) = (0, 1); true: ∇U(θ) = (0, x)
    "at κ = 2, U = uv, θ = (1/2, 0), η = 1: θ' = (0, 1/2), while the right side is (0, 1)",
    point=_SIDE,
    values={"x": Fraction(1, 2)},
)
_SAME_POINT_NORM = breaks(
    "bilinear utility",
    # θ = (x, x): ‖θ‖² = 2x², (‖θ‖')² = 2x²; printed: (2·‖θ‖·U(θ))² = 8x⁶
    equal(8 * _X**6, 2 * _X**2),
    "at κ = 2, U = uv, θ = (1/2, 1/2), η = 1: ‖θ‖' = √(1/2), while 2‖θ‖U(θ) = √(1/8)",
    point=_DIAGONAL,
    values={"x": Fraction(1, 2)},
)

# -- norm law and threshold --------------------------------------------------------------------

# m = n^{2−κ} = m₀ − (κ−2)ηS and N = n^{κ−2}: along n' = ηn^{κ−1}S' the derivative of N·m is
# (κ−2)·ηN²S'·m + N·m' = (κ−2)ηS'N(Nm − 1), which keeps Nm = 1.
_N, _M, _RATE = symbols("N m Sp")


def _law(slope: Term) -> Formula:
    left = (_KAPPA - 2) * _ETA * _N**2 * _RATE * _M - _N * slope
    return equal(left, (_KAPPA - 2) * _ETA * _RATE * _N * (_N * _M - 1))


_LAW = formal(
    "derivative of the norm law",
    _law((_KAPPA - 2) * _ETA * _RATE),
    "kappa eta N m Sp",
    scope=_ALL,
    lemmas=("polar flow", "norm law"),
)
_LAW_MUTANTS = mutants(_LAW, kappa_minus_one=_law((_KAPPA - 1) * _ETA * _RATE))

# At ηS = c the law n^{2−κ} = m₀ − (κ−2)ηS gives 1; for κ = 2, e^{−c}·e^{ηS} = 1.
_START, _LOG_START = symbols("m0 c")


def _one(threshold: Term, exponent: Term = _LOG_START) -> Formula:
    power_law = equal(_START - (_KAPPA - 2) * threshold, 1)
    return power_law & equal(cis(-_LOG_START) * cis(exponent), 1)


def _threshold(scope: Domain, degrees: range) -> tuple[Check, tuple[Mutant, ...]]:
    check = formal(
        "norm 1 at the threshold",
        _one((_START - 1) / (_KAPPA - 2)),
        "m0",
        angles="c",
        points=[{"kappa": kappa} for kappa in degrees],
        scope=scope,
        lemmas=("polar flow", "norm law", "threshold"),
    )
    return check, mutants(
        check,
        threshold_without_the_minus_one=_one(_START / (_KAPPA - 2)),
        half_the_logarithm=_one((_START - 1) / (_KAPPA - 2), 2 * _LOG_START),
    )


_CROSS, _CROSS_MUTANTS = _threshold(_ALL, range(3, 13))
_LOG_DOMAIN = Domain.of(kappa=Finite([2]), neuron=_NEURONS)
_INVERSE_DOMAIN = Domain.of(kappa=Finite([3]), neuron=_NEURONS)
_LOG = formal(
    "norm e^{S−c} and its value at the threshold",
    equal(cis(-_LOG_START) * cis(_LOG_START), 1) & _decomposed(2 * _ETA * _R * _POWER * _U
        + (_KAPPA - 2) * _ETA * _R * _POWER * _U, _ANGULAR),
    "eta kappa r R U T a b",
    angles="c",
    scope=_LOG_DOMAIN,
    lemmas=("polar flow", "norm law", "threshold"),
)
_Q, _S = symbols("q S")


def _inverse(threshold: Term) -> Formula:
    """1/n = q − S with q = 1/‖θ(0)‖ equals 1 + c − S, and 1/n = 1 at S = c."""
    return equal(1 + threshold - _S, _Q - _S) & equal(_Q - threshold, 1)


_INVERSE = formal(
    "norm 1/(1 + c − S)",
    _inverse(_Q - 1),
    "q S",
    scope=_INVERSE_DOMAIN,
    lemmas=("polar flow", "norm law", "threshold"),
)
_CROSSING = _SMOOTH + (
    "0 < ‖θ(0)‖ < 1, S(0) = 0, η constant, one utility phase; “leaves dormancy” is that the norm "
    "reaches 1; if S never exceeds c/η, the norm never reaches 1, and conversely. "
)

# -- the bound on the jump time ----------------------------------------------------------------

# U* − U(θ̄) = gap ≥ 0: κU*τ − S = κ∫gap, so τ ≥ S/(κU*), with S = c/η at the jump.
_TOP, _GAP, _STEP = symbols("Ustar gap dt")


def _slack(rate: Term) -> Formula:
    return equal(_KAPPA * _TOP * _STEP - rate * (_TOP - _GAP) * _STEP, _KAPPA * _GAP * _STEP)


_LOWER = formal(
    "accumulated utility below its largest rate",
    _slack(_KAPPA),
    "kappa Ustar gap dt",
    scope=_ALL,
    lemmas=("polar flow", "norm law", "threshold", "jump time bound"),
)

CLAIMS = [
    entry(
        "agf.directional-ode",
        "The direction of a dormant neuron",
        "$d\\theta_i/dt=\\eta\\|\\theta_i\\|^{\\kappa-2}P^\\perp\\nabla U_i$.",
        source=paper("summary, §1"),
        kind="ode",
        domain=_ALL,
        reading=_SMOOTH + "The left side is the direction θ̄_i, and ∇U_i is taken at θ̄_i. The "
        "reading with θ_i itself is agf.directional-ode.unnormalised.",
        falsified_by="a homogeneous utility and a neuron whose direction has another derivative",
        checks=(_POLAR,),
        mutants=_DIRECTION_MUTANTS,
    ),
    entry(
        "agf.directional-ode.unnormalised",
        "The same equation for the neuron itself",
        "$d\\theta_i/dt=\\eta\\|\\theta_i\\|^{\\kappa-2}P^\\perp\\nabla U_i$.",
        source=paper("summary, §1"),
        kind="ode",
        domain=_ALL,
        reading=_SMOOTH + "The left side is θ_i, not its direction; ∇U_i is taken at θ̄_i.",
        falsified_by="a homogeneous utility and a neuron with another derivative",
        checks=(_UNNORMALISED,),
        mutants=mutants(_UNNORMALISED, a_neuron_of_norm_one=equal(2 * _X, 1)),
        corrected_by="agf.cand.polar-unit",
    ),
    entry(
        "agf.radial-ode",
        "The norm of a dormant neuron",
        "$d\\|\\theta_i\\|/dt=\\eta\\kappa\\|\\theta_i\\|^{\\kappa-1}U_i$; the norm grows iff "
        "$U_i>0$ and shrinks iff $U_i<0$.",
        source=paper("summary, §1"),
        kind="ode",
        domain=_ALL,
        reading=_SMOOTH + "U_i is taken at θ̄_i; “grows” and “shrinks” are the sign of the "
        "derivative. With U_i at θ_i only the signs are right: agf.radial-ode.same-point.",
        falsified_by="a homogeneous utility and a neuron whose norm has another derivative",
        checks=(_POLAR,),
        mutants=_NORM_MUTANTS,
    ),
    entry(
        "agf.radial-ode.same-point",
        "The same equation with the utility at the neuron itself",
        "$d\\|\\theta_i\\|/dt=\\eta\\kappa\\|\\theta_i\\|^{\\kappa-1}U_i(\\theta_i)$.",
        source=paper("summary, §1"),
        kind="ode",
        domain=_ALL,
        reading=_SMOOTH + "U_i is taken at θ_i.",
        falsified_by="a homogeneous utility and a neuron whose norm has another derivative",
        checks=(_SAME_POINT_NORM,),
        mutants=mutants(_SAME_POINT_NORM, utility_of_the_direction=equal(2 * _X**2, 2 * _X**2)),
        corrected_by="agf.cand.polar-norm",
    ),
    entry(
        "agf.cand.polar-unit",
        "The direction turns with the gradient at the direction",
        "$\\bar\\theta_i'=\\eta\\|\\theta_i\\|^{\\kappa-2}P^\\perp\\nabla U_i(\\bar\\theta_i)$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_SMOOTH,
        falsified_by="a homogeneous utility and a neuron whose direction has another derivative",
        checks=(_POLAR,),
        mutants=_DIRECTION_MUTANTS,
        corrects="agf.directional-ode.unnormalised",
    ),
    entry(
        "agf.cand.polar-same-point",
        "The direction turns with the gradient at the neuron",
        "$\\bar\\theta_i'=\\eta\\|\\theta_i\\|^{\\kappa-2}P^\\perp\\nabla U_i(\\theta_i)$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_SMOOTH,
        falsified_by="a homogeneous utility and a neuron whose direction has another derivative",
        checks=(_SAME_POINT,),
        mutants=mutants(_SAME_POINT, gradient_at_the_direction=equal(1, _X / _X)),
        corrected_by="agf.cand.polar-unit",
    ),
    entry(
        "agf.cand.polar-norm",
        "The norm grows with the utility of the direction",
        "$\\|\\theta_i\\|'=\\eta\\kappa\\|\\theta_i\\|^{\\kappa-1}U_i(\\bar\\theta_i)$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_SMOOTH,
        falsified_by="a homogeneous utility and a neuron whose norm has another derivative",
        checks=(_POLAR,),
        mutants=_NORM_MUTANTS,
        corrects="agf.radial-ode.same-point",
    ),
    entry(
        "agf.cand.norm-law",
        "The norm as a function of the accumulated utility",
        "$n(S)=n(0)e^{\\eta S}$ for $\\kappa=2$ and "
        "$(n(0)^{2-\\kappa}-(\\kappa-2)\\eta S)^{-1/(\\kappa-2)}$ for $\\kappa>2$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_SMOOTH + "η constant, S_i = ∫κU_i(θ̄_i), up to the time at which the norm becomes "
        "infinite.",
        falsified_by="a degree, a start and an S with another norm",
        checks=(_LAW,),
        mutants=_LAW_MUTANTS,
    ),
    entry(
        "agf.jump-time",
        "When a neuron leaves dormancy",
        "The neuron leaves dormancy at $\\inf\\{t>0: S_i>c_i/\\eta\\}$.",
        source=paper("summary, §1"),
        kind="id",
        domain=_ALL,
        reading=_CROSSING,
        falsified_by="a neuron whose norm is not 1 at that time, or was 1 before",
        checks=(_CROSS,),
        mutants=_CROSS_MUTANTS,
    ),
    entry(
        "agf.cand.threshold-equivalence",
        "The jump time is the time at which the norm is 1",
        "$\\tau_i$ is the time at which $\\|\\theta_i\\|=1$.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_CROSSING + "S is convex within a phase, so it crosses c/η once and does not touch "
        "it. The same holds over several phases, from S below the threshold in each.",
        falsified_by="a neuron whose norm is 1 at another time",
        checks=(_CROSS,),
        mutants=_CROSS_MUTANTS,
    ),
    entry(
        "agf.threshold-log",
        "Rate and threshold of the notebook for κ = 2",
        "$\\kappa=2$: $S'=2U$ and $c=\\ln(1/\\|\\theta(0)\\|)$.",
        source=paper("notebook on ReLU networks"),
        kind="id",
        domain=_LOG_DOMAIN,
        reading=_CROSSING + "η = 1, the unit of time of the notebook.",
        falsified_by="a norm other than 1 at S = c",
        checks=(_LOG,),
        mutants=(
            *mutants(_LOG, twice_the_threshold=equal(cis(-_LOG_START) * cis(2 * _LOG_START), 1)),
            *mutants(_LOG, rate_U=_decomposed(_ETA * _R * _POWER * _U, _ANGULAR)),
        ),
    ),
    entry(
        "agf.threshold-inverse",
        "Rate, threshold and norm of the notebook for κ = 3",
        "$\\kappa=3$: $S'=3U$, $c=1/\\|\\theta(0)\\|-1$, norm $1/(1+c-S)$.",
        source=paper("notebook on modular addition"),
        kind="id",
        domain=_INVERSE_DOMAIN,
        reading=_CROSSING + "η = 1, the unit of time of the notebook.",
        falsified_by="a norm other than 1 at S = c",
        checks=(_INVERSE,),
        mutants=mutants(_INVERSE, threshold_without_the_minus_one=_inverse(_Q)),
    ),
    entry(
        "agf.cand.tau-lower",
        "No neuron jumps before c/(κU*η)",
        "$\\tau_i\\ge c_i/(\\kappa U^*\\eta)$ always.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_ALL,
        reading=_CROSSING + "U* > 0 is the maximum of U_i on the unit sphere for the frozen "
        "residual, or the largest of these maxima when the residual changed before τ_i; for "
        "U* ≤ 0 the neuron never jumps. U* for the first residual only: "
        "agf.cand.tau-lower.first-residual.",
        falsified_by="a neuron that jumps earlier",
        checks=(_LOWER,),
        mutants=mutants(_LOWER, rate_without_the_degree=_slack(_KAPPA - 1)),
        corrects="agf.cand.tau-lower.first-residual",
    ),
]
