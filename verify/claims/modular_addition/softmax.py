"""Softmax probabilities under the flawed indicator, and their limit as the scale grows."""

from __future__ import annotations

from fractions import Fraction

from constructions.voting import VotingNetwork
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.indicator import READING, steps
from verify.claims.modular_addition.margins import (
    EQUAL_MAGNITUDES,
    LEMMAS,
    X_INPUT,
    Y_INPUT,
    lead,
    leads_step,
    margin_steps,
)
from verify.claims.modular_addition.terms import (
    DIVERSIFIED,
    SHOUTED,
    SHOUTED_NAME,
    TOTAL,
    P,
    formally,
    indeterminates,
    logit,
    printed_diversification,
    proved,
    symmetric,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import (
    Term,
    all_of,
    equal,
    rational,
    var,
)
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

# -- softmax -------------------------------------------------------------------------------------

_T, _E = var("t"), var("E")  # t = e^{−Ap/8} in (0, 1]


def _closed_step(ghosts: int = 2) -> Check:
    """1 + 2t + (p−3)t² and 1 + (p−1)t⁴: how many labels lag by Ap/8, Ap/4 and Ap/2."""
    others = P - 1
    apart = ghosts + (others - 2)
    return formally(
        "numbers of labels", equal(apart, others), DIVERSIFIED, symbols=indeterminates("p")
    )


def _bound_step(count: Term) -> Check:
    """1 − (1−B)(1+u) = (p−3)t(1−t) + Bu for u = 2t + (p−3)t², B = count·t: true for p − 1.

    All terms on the right are ≥ 0 for 0 < t ≤ 1 and p ≥ 3, so 1/(1+u) ≥ 1 − B; at x = y
    u = (p−1)t⁴ ≤ B.
    """
    bound, u = count * _T, 2 * _T + (P - 3) * _T**2
    right = (P - 3) * _T * (1 - _T) + bound * u
    return formally(
        "softmax bound",
        equal(1 - (1 - bound) * (1 + u), right),
        DIVERSIFIED,
        symbols=indeterminates("p", "t"),
    )


_CLOSED = proved("every odd modulus", margin_steps(_closed_step()), DIVERSIFIED, *LEMMAS)
_BOUND = proved(
    "every odd modulus",
    margin_steps(_closed_step(), _bound_step(P - 1)),
    DIVERSIFIED,
    *LEMMAS,
    "softmax bound",
)

# p = 3, N = 3, α = 1, β = 2: P = E/(E+2) with E = e^{9/4}, and the stated bound is 1 − 2/E².
_LEADS_AT_THREE = Check(
    name="both leads at (0, 1) are 9/4",
    procedure=exact_statement,
    arguments={
        "formula": symmetric()
        & all_of(
            equal(lead(X_INPUT + Y_INPUT, 2 * ghost), rational(9, 4))
            for ghost in (X_INPUT, Y_INPUT)
        ),
        "points": ({"p": 3, "alpha": 1, "beta": 2, "N": 3, "x": 0, "y": 1},),
    },
)


def _beyond(exponent: Fraction) -> tuple[Check, ...]:
    """(E² − 2)(E + 2) − E³ = 2(E − 2)(E + 1) and E = e^exponent ≥ 1 + exponent > 2."""
    left = (_E**2 - 2) * (_E + 2) - _E**3
    identity = formally(
        "difference of the two sides",
        equal(left, 2 * (_E - 2) * (_E + 1)),
        DIVERSIFIED,
        symbols=indeterminates("E"),
    )
    series = Check(
        name="first terms of the exponential",
        procedure=exact_statement,
        arguments={"formula": 1 + rational(exponent) > 2, "points": ({},)},
    )
    return _LEADS_AT_THREE, identity, series


_SOFTMAX = Check(
    name="p = 3",
    procedure=refuted_by,
    arguments={
        "parts": _beyond(Fraction(9, 4)),
        "point": {
            "p": 3,
            "network": "k=1, φ = 0, 1/3, 2/3 turns, α = 1, β = 2",
        },
        "shown": {"x": 0, "y": 1},
        "description": (
            "p=3, phases 0, 1/3, 2/3 turns at k=1, α = 1, β = 2: at (0, 1) the label leads both "
            "other labels by 9/4, so its probability is 1/(1 + 2e^{−9/4}) = 0.826, below 1 − "
            "2e^{−9/2} = 0.978"
        ),
        "rests_on": ("exponential series",),
    },
)

def _drowned(network: VotingNetwork, lag: Fraction | int) -> tuple[Check, ...]:
    """(ii), (iii) as printed, and the label 1 lags behind 0 by `lag` at (0, 1), so its probability
    is below 1/(1 + e^lag) < 1/(1 + q(lag)); the stated bound 1 − 2e^{−9/8} is above 1 − 2/q(9/8).
    q(t) = 1 + t + t²/2 < e^t.
    """

    def partial(t: Term) -> Term:
        return 1 + t + t**2 / 2

    behind = logit(network, 0, 1, 0) >= logit(network, 0, 1, 1) + rational(lag)
    below = 1 / (1 + partial(rational(lag))) < 1 - 2 / partial(rational(9, 8))
    return tuple(
        Check(
            name=name,
            procedure=exact_statement,
            arguments={"formula": formula, "points": ({"p": 3},)},
        )
        for name, formula in (
            ("lag of the label", printed_diversification(network) & behind),
            ("the stated bound is above", below),
        )
    )


_DROWNED = Check(
    name="unequal magnitudes at p = 3",
    procedure=refuted_by,
    arguments={
        "parts": _drowned(SHOUTED, 2),
        "point": {"p": 3, "network": SHOUTED_NAME},
        "shown": {"x": 0, "y": 1},
        "description": (
            f"p=3, {SHOUTED_NAME}, so a = αβ² = 1 for all: at (0, 1) the label lags by 22.5, its "
            "probability is below 10^{−9}, and the stated bound is 1 − 2e^{−9/8} = 0.35"
        ),
        "rests_on": ("exponential series",),
    },
)

# -- the limit -----------------------------------------------------------------------------------

_GROWING = Domain.of(
    p=odd(3), network=Whole("sequences of diversified networks with a → ∞ and constant α² − 2β²")
)



def _limit_steps(weight: int = 2) -> tuple[Check, ...]:
    """θ·∂f/∂θ = weight·ξ·∂f/∂ξ for a neuron: d/dε of θ → (1+ε)θ and of ξ → (1+ε)ξ; true for 2.

    With e = 1 + ε: f(eθ, ξ) = e²f and f(θ, eξ) = e·f.
    """
    e, inner, outer = var("e"), var("inner"), var("outer")
    value = inner**2 * outer
    formula = equal((e * inner) ** 2 * outer, e**weight * value) & equal(
        inner**2 * (e * outer), e * value
    )
    degrees = formally(
        "degrees of a neuron", formula, _GROWING, symbols=indeterminates("e", "inner", "outer")
    )
    return (*steps(), leads_step(), _closed_step(), _bound_step(P - 1), degrees)


_LIMIT = proved("along every such sequence", _limit_steps(), _GROWING, *LEMMAS, "one-hot limit")

CLAIMS = [
    Claim(
        id="he.softmax-bound",
        title="A lower bound of the label's probability",
        source=he("blog §3.2, app tab 4"),
        printed_kind="in",
        statement=(
            "Full diversification implies $\\mathrm{softmax}(f)[\\mathrm{label}]\\ge "
            "1-(p-1)e^{-aNp/8}$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "a is the printed α_mβ_m².",
        falsified_by="a diversified network and (x, y) with a smaller probability",
        corrected_by="he.softmax-bound.corrected",
        checks=(_SOFTMAX, _DROWNED),
        mutants=(
            Mutant.of(_SOFTMAX, "an exponent too small", parts=_beyond(Fraction(1, 2))),
            Mutant.of(_DROWNED, "equal magnitudes", parts=_drowned(EQUAL_MAGNITUDES, 2)),
            Mutant.of(_DROWNED, "a lag of 1/4", parts=_drowned(SHOUTED, Fraction(1, 4))),
        ),
    ),
    Claim(
        id="he.softmax-bound.corrected",
        title="A lower bound of the label's probability, with a = α²β",
        source=he("blog §3.2, app tab 4, corrected"),
        printed_kind="in",
        statement=(
            "(i), (iii) and a common $a=\\alpha_m^2\\beta_m$ imply $\\mathrm{softmax}(f)"
            "[\\mathrm{label}]\\ge 1-(p-1)e^{-aNp/8}$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "Equality never occurs.",
        falsified_by="such a network and (x, y) with a smaller probability",
        corrects="he.softmax-bound",
        checks=(_BOUND,),
        mutants=(
            Mutant.of(
                _BOUND,
                "one label fewer",
                parts=margin_steps(_closed_step(), _bound_step(P - 2)),
            ),
            Mutant.of(
                _BOUND, "three ghosts", parts=margin_steps(_closed_step(3), _bound_step(P - 1))
            ),
        ),
    ),
    Claim(
        id="he.cand.softmax-closed",
        title="The label's probability in closed form",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Under the indicator formula $P(\\mathrm{label})=1/(1+2e^{-aNp/8}+(p-3)e^{-aNp/4})$ "
            "for $x\\ne y$ and $1/(1+(p-1)e^{-aNp/2})$ for $x=y$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "aN := A = Σ α_m²β_m.",
        falsified_by="p and (x, y) with another probability",
        checks=(_CLOSED,),
        mutants=(
            Mutant.of(_CLOSED, "three ghosts", parts=margin_steps(_closed_step(3))),
            Mutant.of(
                _CLOSED,
                "ghosts lag by Ap/4",
                parts=margin_steps(_closed_step(), ghost=TOTAL * P / 4),
            ),
        ),
    ),
    Claim(
        id="he.one-hot-limit.sequence",
        title="The softmax tends to a one-hot vector as the scale grows",
        source=he("blog §3.2"),
        printed_kind="as",
        statement="As $a$ grows, the softmax tends to a one-hot vector.",
        domain=_GROWING,
        reading=(
            "That a grows in training is he.one-hot-limit.growth, here a hypothesis. Fixed p, "
            "N and phases; fully diversified networks with "
            "a = α_mβ_m² → ∞ along which each α_m² − 2β_m² stays constant, as it does under "
            "gradient flow on any loss while a neuron keeps its frequency (‖θ‖² − 2‖ξ‖² is "
            "constant: a neuron has degree 2 in θ and 1 in ξ). Then "
            "softmax(f)[label] → 1 at every (x, y). Without the constancy it fails: α = 1/n, β = "
            "n has α²β → 0."
        ),
        falsified_by="such a sequence with another limit at some (x, y)",
        checks=(_LIMIT,),
        mutants=(Mutant.of(_LIMIT, "degree 3 in θ", parts=_limit_steps(3)),),
    ),
]
