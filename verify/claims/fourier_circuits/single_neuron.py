"""The best single neuron: which neurons maximise one neuron's weighted margin, and its value.

Lemma 4.2 and its proof in Appendix F say that, under U, the neurons of FORM are the maximisers
Ω'* of J over B, and that the maximum is Γ.  Words as in `neuron_optimum`.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import GAMMA, GAMMA_VALUE, K, P, paper
from verify.claims.fourier_circuits.neuron_optimum import (
    EVEN,
    EVEN_OPTIMUM,
    INSTANCES,
    ODD,
    REAL_SHAPE,
    SHAPE,
    best_amplitude,
    both_sides,
    changed,
    maximum,
    unit_value,
)
from verify.claims.fourier_circuits.optimal import odd_family
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least, odd
from verify.formula import Formula, Term, fact, half, implies, rational
from verify.methods.combine import conjunction, counterexample
from verify.methods.neurons import form_neuron, squared_norm, weighted_margin

_SOURCE = paper("Lemma 4.2, Lemma F.8")
_HYPOTHESES = ("uniform inputs", "uniform class weighting")
_DOMAIN = Domain.of(k=at_least(2), p=Primes(3))
_IN_FORM = Whole("neurons of FORM in B")
_READING = (
    "k ≥ 2, p an odd prime (shown for every odd p ≥ 3). J and Ω'* as in Appendix F, phases and "
    "Σθ_{u_j} = θ_w modulo 2π; Ω'* = {(u_1, …, u_k, w)} is read as: Ω'* is the set of all neurons "
    "of FORM, over all ζ ∈ {1..(p−1)/2}, phases and β that the hypothesis admits. "
)
_STATEMENT = (
    "Under U: if for any $\\zeta\\in\\{1,\\dots,\\frac{p-1}2\\}$ there is "
    "$\\beta\\in\\mathbb R$ with $u_j(a)=\\beta\\cos(\\theta_{u_j}+2\\pi\\zeta a/p)$, "
    "$w(c)=\\beta\\cos(\\theta_w+2\\pi\\zeta c/p)$, $\\sum_j\\theta_{u_j}=\\theta_w$, then "
    "$\\Omega'^*=\\{(u_1,\\dots,u_k,w)\\}$"
)

# -- does every neuron of FORM maximise? -------------------------------------------------------


def at_least_as_good(k: int, p: int, amplitude: Term | int) -> Formula:
    """If a neuron of FORM is in B, its J is at least that of β = +√(2/((k+1)p)), also in B."""
    u, w = form_neuron(k=k, p=p, zeta=1, amplitude=amplitude, phases=[0] * k)
    best_u, best_w = form_neuron(k=k, p=p, zeta=1, amplitude=best_amplitude(k, p), phases=[0] * k)
    in_ball = (squared_norm(*u, w) <= 1) & (squared_norm(*best_u, best_w) <= 1)
    return implies(in_ball, weighted_margin(u, w) >= weighted_margin(best_u, best_w))


_NEGATIVE = Check(
    name="a negative amplitude of norm 1",
    procedure=counterexample,
    arguments={
        "formula": at_least_as_good(2, 3, -best_amplitude(2, 3)),
        "point": {"k": 2, "p": 3, "neuron": "u_1 = u_2 = w = −(√2/3)·cos(2πa/3)"},
        "values": {},
        "description": (
            "k=2, p=3: u_1 = u_2 = w = −(√2/3)·cos(2πa/3) has FORM and norm 1, and J = −√2/18 "
            "= −Γ; with β = +√2/3 it is Γ"
        ),
    },
)
_ZERO = Check(
    name="the amplitude 0",
    procedure=counterexample,
    arguments={
        "formula": at_least_as_good(2, 3, 0),
        "point": {"k": 2, "p": 3, "neuron": "u_1 = u_2 = w = 0, β = 0"},
        "values": {},
        "description": "k=2, p=3: the zero neuron has FORM with β = 0, and J = 0 < Γ = √2/18",
    },
)

_MAXIMISERS = maximum("value and maximisers for every k")
_MAXIMISERS_MUTANTS = (
    Mutant.of(
        _MAXIMISERS,
        "√(2/(kp)) for β",
        **changed(_MAXIMISERS, maximisers={**SHAPE, "amplitude_squared": 2 / (K * P)}),
    ),
    Mutant.of(
        _MAXIMISERS,
        "β of either sign",
        **changed(_MAXIMISERS, maximisers={**SHAPE, "signs": "both"}),
    ),
    Mutant.of(_MAXIMISERS, "one input, where neurons may mix frequencies", start=1),
    Mutant.of(
        _MAXIMISERS,
        "p instead of p−1",
        **changed(
            _MAXIMISERS,
            value=2 * fact(K) / ((2 * K + 2) ** half(K + 1) * (P * P ** half(K - 1))),
        ),
    ),
)
_SCOPED = maximum(
    "maximisers for every k", scope=Domain.of(k=at_least(2), p=odd(3), neuron=_IN_FORM)
)
_SCOPED_MUTANTS = (
    Mutant.of(
        _SCOPED,
        "β of either sign",
        **changed(_SCOPED, maximisers={**SHAPE, "signs": "both"}),
    ),
    Mutant.of(_SCOPED, "the amplitude of ζ = p/2", **changed(_SCOPED, maximisers=REAL_SHAPE)),
)
_INSTANCES_MUTANT = Mutant.of(
    INSTANCES, "2^{k+1} in place of 2^k", parts=both_sides(unit=lambda k, p: unit_value(k, p) / 2)
)

_FORM = [
    Claim(
        id="fc.single-neuron.form-optimal",
        title="Every neuron of FORM is an optimal neuron",
        source=_SOURCE,
        printed_kind="op",
        statement=_STATEMENT + "; here: FORM implies optimal.",
        hypotheses=_HYPOTHESES,
        domain=Domain.of(k=at_least(2), p=Primes(3), neuron=_IN_FORM),
        reading=(
            _READING + "The hypothesis puts no condition on β but β ∈ R; only neurons in B are "
            "asked to be optimal. The statement fails already among those of norm 1, for every "
            "even k. (Read as “some β makes it optimal” it holds: see the variant some-scale.)"
        ),
        falsified_by="a neuron of FORM in B with a J below that of another neuron in B",
        corrected_by="fc.single-neuron.form-optimal.corrected",
        checks=(_NEGATIVE, _ZERO),
        mutants=(
            Mutant.of(
                _NEGATIVE,
                "three inputs, where the sign does not matter",
                formula=at_least_as_good(3, 3, -best_amplitude(3, 3)),
            ),
            Mutant.of(
                _NEGATIVE, "norm above 1", formula=at_least_as_good(2, 3, -2 * best_amplitude(2, 3))
            ),
            Mutant.of(
                _ZERO, "the right amplitude", formula=at_least_as_good(2, 3, best_amplitude(2, 3))
            ),
        ),
    ),
    Claim(
        id="fc.single-neuron.form-optimal.some-scale",
        title="At every frequency and all phases some scale is optimal",
        source=_SOURCE,
        printed_kind="op",
        statement=_STATEMENT + "; here: for every ζ and all phases some β is optimal.",
        hypotheses=_HYPOTHESES,
        domain=_DOMAIN,
        reading=_READING + "“There is β” is read as a conclusion: some β ∈ R is optimal.",
        falsified_by="a frequency and phases for which no β gives a maximiser of J over B",
        checks=(_MAXIMISERS, INSTANCES),
        mutants=(*_MAXIMISERS_MUTANTS, _INSTANCES_MUTANT),
    ),
    Claim(
        id="fc.single-neuron.form-optimal.corrected",
        title="A neuron of FORM with β = √(2/((k+1)p)) is optimal",
        source=paper("Lemma 4.2, Lemma F.8, corrected"),
        printed_kind="op",
        statement=(
            "Under U every neuron of FORM with $\\beta=+\\sqrt{2/((k+1)p)}$ lies in $\\Omega'^*$; "
            "one with $\\beta\\ge0$ of another size, or for even $k$ with $\\beta<0$, does not."
        ),
        hypotheses=_HYPOTHESES,
        domain=Domain.of(k=at_least(2), p=Primes(3), neuron=_IN_FORM),
        reading=(
            _READING + "For odd k the neurons with −β are those with β and all phases shifted by "
            "π, so they are optimal as well."
        ),
        falsified_by="such a neuron below the maximum, or another one of FORM at it",
        corrects="fc.single-neuron.form-optimal",
        checks=(_SCOPED,),
        mutants=_SCOPED_MUTANTS,
    ),
    Claim(
        id="fc.single-neuron.optimal-form",
        title="Every optimal neuron has FORM",
        source=_SOURCE,
        printed_kind="op",
        statement=_STATEMENT + "; here: optimal implies FORM.",
        hypotheses=_HYPOTHESES,
        domain=_DOMAIN,
        reading=_READING + "Shown with a positive β. At k = 1 it fails (fc.cand.argmax-k1).",
        falsified_by="a maximiser of J over B that has two frequencies, a mean, or other phases",
        checks=(_MAXIMISERS,),
        mutants=_MAXIMISERS_MUTANTS,
    ),
]

# -- the value ---------------------------------------------------------------------------------

_WITH_MARGIN = Check(
    name="one neuron's maximum and the maximum margin",
    procedure=conjunction,
    arguments={
        "parts": (_MAXIMISERS, odd_family("maximum margin")),
        "scope": ODD,
    },
)
_TWICE = {**GAMMA_VALUE, "numerator": GAMMA_VALUE["numerator"] * 2}
_THREE_SCOPE = Domain.of(k=Finite([3]), p=odd(3))
_THREE_VALUE = rational(3, 16) / (P * (P - 1))
_THREE = maximum(
    "value and maximisers at k = 3",
    inputs=3,
    scope=_THREE_SCOPE,
    value=_THREE_VALUE,
    maximisers={**SHAPE, "signs": "both"},
)

_VALUE = [
    Claim(
        id="fc.single-neuron.value",
        title="The maximum of one neuron's weighted margin",
        source=_SOURCE,
        printed_kind="op",
        statement=(
            "Under U $\\max_B J=\\frac{2(k!)}{(2k+2)^{(k+1)/2}(p-1)p^{(k-1)/2}}$; Lemma 4.2 writes "
            "$\\gamma^*$ for it."
        ),
        hypotheses=_HYPOTHESES,
        domain=_DOMAIN,
        reading=(
            "k ≥ 2, p an odd prime (shown for every odd p ≥ 3). γ* is the maximum L_{2,k+1} margin "
            "of networks of any width; both numbers are shown to be the printed one."
        ),
        falsified_by="a neuron in B with a larger J, a certified smaller bound, or another γ*",
        checks=(_WITH_MARGIN, INSTANCES),
        mutants=(
            Mutant.of(
                _WITH_MARGIN,
                "twice the maximum margin",
                parts=(_MAXIMISERS, odd_family("maximum margin", value=_TWICE)),
            ),
            Mutant.of(
                _WITH_MARGIN,
                "an even modulus",
                parts=(maximum("value", scope=EVEN, **{**EVEN_OPTIMUM, "value": GAMMA}),),
            ),
            Mutant.of(INSTANCES, "1 % more", parts=both_sides(GAMMA * rational(101, 100))),
            _INSTANCES_MUTANT,
        ),
    ),
    Claim(
        id="fc.single-neuron-k3",
        title="The maximum of one neuron's weighted margin for three inputs",
        source=paper("Lemma F.4"),
        printed_kind="op",
        statement=(
            "For $k=3$, under U, $\\max_B J=\\frac3{16}\\cdot\\frac1{p(p-1)}$, attained by the "
            "neurons of FORM."
        ),
        hypotheses=_HYPOTHESES,
        domain=Domain.of(k=Finite([3]), p=Primes(3)),
        reading=(
            "p an odd prime. Attained exactly by the neurons of FORM of norm 1; as k is odd, β may "
            "have either sign."
        ),
        falsified_by="a neuron in B with a larger J, or a certified smaller bound",
        checks=(_THREE,),
        mutants=(
            Mutant.of(
                _THREE,
                "3/8 instead of 3/16",
                **changed(_THREE, value=rational(3, 8) / (P * (P - 1))),
            ),
            Mutant.of(
                _THREE,
                "two inputs",
                inputs=2,
                scope=Domain.of(k=Finite([2]), p=odd(3)),
            ),
        ),
    ),
]

CLAIMS = [*_FORM, *_VALUE]
