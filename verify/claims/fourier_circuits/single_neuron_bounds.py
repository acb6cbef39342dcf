"""Candidates on one neuron's weighted margin: the sum over frequencies and its maximum."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import GAMMA, RHO, candidate
from verify.claims.fourier_circuits.neuron_optimum import (
    EVEN,
    EVEN_OPTIMUM,
    INSTANCES,
    SHAPE,
    both_sides,
    changed,
    maximum,
    unit_value,
)
from verify.claims.fourier_circuits.proof_steps_reduction import (
    ANY,
    COEFFICIENT,
    EVERY_GROUP,
    EVERY_GROUP_MUTANT,
    OBJECTIVE,
    OBJECTIVE_MUTANT,
)
from verify.claims.fourier_circuits.proof_steps_reduction import INSTANCES as OBJECTIVE_INSTANCES
from verify.claims.fourier_circuits.proof_steps_reduction import (
    INSTANCES_MUTANT as OBJECTIVE_INSTANCES_MUTANT,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, at_least, even, odd
from verify.formula import Formula, Term, equal, implies, rational, sqrt, total
from verify.methods.combine import conjunction, counterexample
from verify.methods.neurons import form_neuron, frequency_sum, squared_norm, weighted_margin

_SOURCE = candidate("single neuron")
_ALL = Domain.of(k=at_least(1), p=at_least(2))
_READING = "J and B as in Appendix F. "

# -- the identity ------------------------------------------------------------------------------


def _only_mean_zero(values: tuple[int, ...]) -> Formula:
    """k=1: if J is the sum over frequencies at u = w = values, then their sum is 0."""
    u = w = [rational(v) for v in values]
    p = len(values)
    same = equal(weighted_margin([u], w), rational(1, (p - 1) * p) * frequency_sum([u], w))
    return implies(same, equal(total(u), 0))


_NON_ZERO_MEAN = Check(
    name="a neuron with a mean",
    procedure=counterexample,
    arguments={
        "formula": _only_mean_zero((1, 0)),
        "point": {"k": 1, "p": 2, "neuron": "u = w = e_0"},
        "values": {},
        "description": "k=1, p=2: u = w = e_0 have mean 1/2, and both sides are 1/2",
    },
)

_IDENTITY = [
    Claim(
        id="fc.cand.identity-general",
        title="The sum over frequencies for every neuron and modulus",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "$J=\\frac{k!}{(p-1)p^k}\\sum_{j\\ne0}\\hat w(-j)\\prod_i\\hat u_i(j)$ for all "
            "$k\\ge1$, $p\\ge2$, real $u_i$, $w$."
        ),
        reading=_READING + "p need not be prime; no condition on norms or means.",
        domain=ANY,
        falsified_by="functions for which the two sides differ",
        checks=(OBJECTIVE, EVERY_GROUP, OBJECTIVE_INSTANCES),
        mutants=(
            OBJECTIVE_MUTANT,
            Mutant.of(OBJECTIVE, "twice", constants={"coefficient": 2 * COEFFICIENT}),
            EVERY_GROUP_MUTANT,
            OBJECTIVE_INSTANCES_MUTANT,
        ),
        corrects="fc.cand.identity-mean-zero",
    ),
    Claim(
        id="fc.cand.identity-mean-zero",
        title="The sum over frequencies for neurons of mean zero only",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "$J=\\frac{k!}{(p-1)p^k}\\sum_{j\\ne0}\\hat w(-j)\\prod_i\\hat u_i(j)$ holds only if "
            "all $u_i$, $w$ have mean 0."
        ),
        reading=_READING + "k ≥ 1, p ≥ 2: wherever the two sides agree, all the means are 0.",
        domain=ANY,
        falsified_by="a neuron with a non-zero mean for which the two sides agree",
        corrected_by="fc.cand.identity-general",
        checks=(_NON_ZERO_MEAN,),
        mutants=(
            Mutant.of(_NON_ZERO_MEAN, "a neuron of mean 0", formula=_only_mean_zero((1, -1))),
        ),
    ),
]

# -- the value ---------------------------------------------------------------------------------

_ODD_VALUE = maximum(
    "value for every k", scope=Domain.of(k=at_least(1), p=odd(3)), start=1, maximisers=None
)
_ANY_EVEN = Domain.of(k=at_least(1), p=even(2))
_EVEN_VALUE = maximum(
    "value for every k", scope=_ANY_EVEN, start=1, **{**EVEN_OPTIMUM, "maximisers": None}
)
_EVEN = maximum("value and maximisers for every k", scope=EVEN, **EVEN_OPTIMUM)
_BOTH_PARITIES = Check(
    name="odd and even moduli",
    procedure=conjunction,
    arguments={"parts": (_ODD_VALUE, _EVEN_VALUE), "scope": _ALL},
)
_HALVED = {**EVEN_OPTIMUM, "maximisers": None, "value": GAMMA}


def _real_neuron(k: int, p: int, square: Term) -> tuple[list[list[Term]], list[Term]]:
    """u_j(a) = w(a) = √square · (−1)^a: the frequency p/2."""
    return form_neuron(k=k, p=p, zeta=p // 2, amplitude=sqrt(square), phases=[0] * k)


def _below(value: Term, square: Term, k: int, p: int) -> Formula:
    """The neuron at ζ = p/2 does not exceed the value if it lies in B."""
    u, w = _real_neuron(k, p, square)
    return implies(squared_norm(*u, w) <= 1, weighted_margin(u, w) <= value)


def _value(k: int, p: int) -> Formula:
    """Γ at k, p, with the neuron at ζ = p/2 of norm 1."""
    return _below(GAMMA, rational(1, (k + 1) * p), k, p)


_ABOVE = Check(
    name="a neuron at the real frequency",
    procedure=counterexample,
    arguments={
        "formula": _value(2, 2),
        "point": {"k": 2, "p": 2},
        "description": (
            "k=2, p=2: u_1 = u_2 = w = (1, −1)/√6 has norm 1 and J = √6/9 = √2·Γ; for k = 1 the "
            "maximum is Γ at every p"
        ),
    },
)

_BOUND = [
    Claim(
        id="fc.cand.bound-general",
        title="The maximum over one neuron is Γ for every modulus",
        source=_SOURCE,
        printed_kind="candidate",
        statement="$\\max_B J=\\Gamma(k,p)$ for all $k\\ge1$, $p\\ge2$.",
        reading=_READING + "p need not be prime.",
        domain=_ALL,
        falsified_by="a neuron in B with a J above Γ, or a certified smaller bound",
        corrected_by="fc.cand.bound-general.corrected",
        checks=(_ABOVE,),
        mutants=(
            Mutant.of(_ABOVE, "one input", formula=_value(1, 2), point={"k": 1, "p": 2}),
            Mutant.of(
                _ABOVE,
                "the value ρΓ",
                formula=_below(GAMMA * RHO, rational(1, 6), 2, 2),
            ),
            Mutant.of(_ABOVE, "a neuron outside B", formula=_below(GAMMA, rational(1, 3), 2, 2)),
        ),
    ),
    Claim(
        id="fc.cand.bound-general.corrected",
        title="The maximum over one neuron for every modulus",
        source=candidate("single neuron, corrected"),
        printed_kind="candidate",
        statement=(
            "For all $k\\ge1$: $\\max_B J=\\Gamma(k,p)$ for odd $p\\ge3$ and "
            "$2^{(k-1)/2}\\,\\Gamma(k,p)$ for even $p\\ge2$."
        ),
        reading=_READING + "p need not be prime. The two values agree at k = 1.",
        domain=_ALL,
        falsified_by="a neuron in B with a larger J, or a certified smaller bound",
        corrects="fc.cand.bound-general",
        checks=(_BOTH_PARITIES,),
        mutants=(
            Mutant.of(
                _BOTH_PARITIES,
                "Γ for even moduli",
                parts=(_ODD_VALUE, maximum("even", scope=_ANY_EVEN, start=1, **_HALVED)),
            ),
        ),
    ),
    Claim(
        id="fc.cand.bound-odd",
        title="The maximum over one neuron is Γ for odd moduli",
        source=_SOURCE,
        printed_kind="candidate",
        statement="$\\max_B J=\\Gamma(k,p)$ for all $k\\ge1$ and odd $p$.",
        reading=_READING + "Odd p ≥ 3, not necessarily prime.",
        domain=Domain.of(k=at_least(1), p=odd(3)),
        falsified_by="a neuron in B with a J above Γ, or a certified smaller bound",
        checks=(_ODD_VALUE, INSTANCES),
        mutants=(
            Mutant.of(_ODD_VALUE, "ρΓ", **changed(_ODD_VALUE, value=GAMMA * RHO)),
            Mutant.of(INSTANCES, "1 % less", parts=both_sides(GAMMA * rational(99, 100))),
            Mutant.of(
                INSTANCES, "k instead of k!", parts=both_sides(unit=lambda k, p: unit_value(1, p))
            ),
        ),
    ),
    Claim(
        id="fc.cand.bound-even",
        title="The maximum over one neuron for even moduli",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For even $p$: $\\max_B J=2^{(k-1)/2}\\,\\Gamma(k,p)$, at $\\zeta=p/2$.",
        reading=(
            _READING + "k ≥ 2, even p ≥ 2. “At ζ = p/2”: the maximisers are exactly the neurons "
            "u_j(a) = ±β(−1)^a, w(c) = ±β(−1)^c whose signs multiply to +, β² = 1/((k+1)p). (At "
            "k = 1 the value is the same, and other neurons attain it.)"
        ),
        domain=EVEN,
        falsified_by="a neuron in B with a larger J, or a maximiser with another frequency",
        checks=(_EVEN,),
        mutants=(
            Mutant.of(_EVEN, "Γ", **changed(_EVEN, value=GAMMA)),
            Mutant.of(_EVEN, "the amplitude of odd moduli", **changed(_EVEN, maximisers=SHAPE)),
            Mutant.of(_EVEN, "one input, where others attain it", start=1),
        ),
    ),
]

CLAIMS = [*_IDENTITY, *_BOUND]
