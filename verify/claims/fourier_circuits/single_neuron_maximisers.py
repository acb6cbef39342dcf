"""Candidates on the neurons that maximise: either sign of β, and one input."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import GAMMA, N, candidate
from verify.claims.fourier_circuits.neuron_optimum import (
    INSTANCES,
    ODD,
    ONE_INPUT,
    REAL_SHAPE,
    SHAPE,
    best_amplitude,
    both_sides,
    changed,
    maximum,
)
from verify.claims.fourier_circuits.single_neuron import at_least_as_good
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, at_least
from verify.formula import Formula, Term, equal, implies, rational
from verify.methods.combine import conjunction, counterexample
from verify.methods.convolutions import Sum, at, convolution_identity
from verify.methods.neurons import form_neuron, squared_norm, transform, weighted_margin

_SOURCE = candidate("single neuron")
_READING = "J, B, FORM and Ω'* as in Appendix F. "
_POSITIVE = maximum("equality analysis for every k")
_EITHER_SIGN = Check(
    name="a negative amplitude",
    procedure=counterexample,
    arguments={
        "formula": at_least_as_good(2, 3, -best_amplitude(2, 3)),
        "point": {"k": 2, "p": 3},
        "values": {},
        "description": (
            "k=2, p=3: with β = −√2/3 and phases 0 the neuron has norm 1 and J = −Γ = −√2/18"
        ),
    },
)


def _has_form(u: list[Term], w: list[Term]) -> Formula:
    """k=1, p=5: if (u, w) in B has at least the J of a neuron of FORM, it has one frequency."""
    form_u, form_w = form_neuron(k=1, p=5, zeta=1, amplitude=best_amplitude(1, 5), phases=[0])
    as_good = weighted_margin([u], w) >= weighted_margin(form_u, form_w)
    in_ball = (squared_norm(u, w) <= 1) & (squared_norm(*form_u, form_w) <= 1)
    one_frequency = equal(transform(u, 1), 0) | equal(transform(u, 2), 0)
    return implies(in_ball & as_good, one_frequency)


def _difference(scale: Term) -> list[Term]:
    return [scale, -scale, rational(0), rational(0), rational(0)]


_TWO_FREQUENCIES = Check(
    name="a neuron of two frequencies",
    procedure=counterexample,
    arguments={
        "formula": _has_form(_difference(rational(1, 2)), _difference(rational(1, 2))),
        "point": {"k": 1, "p": 5},
        "values": {},
        "description": (
            "k=1, p=5: u = w = (e_0 − e_1)/2 has norm 1, both frequencies and J = 1/8, the J of "
            "the neurons of FORM; at p = 3 there is one frequency"
        ),
    },
)
_ROOT_FIFTH = best_amplitude(1, 5)
_COSINE = form_neuron(k=1, p=5, zeta=1, amplitude=_ROOT_FIFTH, phases=[0])[1]

_F_A = at("u", a=1) - at("w", a=1)
_F_B = at("u", b=1) - at("w", b=1)


def _squares(cross: int) -> list[Sum]:
    """n‖ω‖² − cross·n(n−1)J, with n(n−1)J = nΣ_a u(a)w(a) − Σ_{a,d} u(a)w(a−d)."""
    product = at("u", a=1) * at("w", a=1)
    return [
        Sum(coefficient=N, over=("a",), body=at("u", a=1) ** 2 + at("w", a=1) ** 2),
        Sum(coefficient=-cross * N, over=("a",), body=product),
        Sum(coefficient=cross, over=("a", "d"), body=at("u", a=1) * at("w", a=1, d=-1)),
    ]


_ONE = Domain.of(k=Finite([1]), p=at_least(2))
_SUM_OF_SQUARES = Check(
    name="a sum of squares on every group",
    procedure=convolution_identity,
    arguments={
        "functions": ("u", "w"),
        "left": _squares(2),
        "right": [
            Sum(coefficient=rational(1, 2), over=("a", "b"), body=(_F_A - _F_B) ** 2),
            Sum(coefficient=1, over=("a", "b"), body=at("u", a=1) * at("u", b=1)),
            Sum(coefficient=1, over=("a", "b"), body=at("w", a=1) * at("w", b=1)),
        ],
        "scope": _ONE,
    },
)
_ONE_INPUT_OPTIMA = Check(
    name="one input",
    procedure=conjunction,
    arguments={"parts": (_SUM_OF_SQUARES,), "scope": _ONE, "rests_on": ("one input",)},
)
_WRONG_SQUARES = Check(
    name=_SUM_OF_SQUARES.name,
    procedure=convolution_identity,
    arguments={**_SUM_OF_SQUARES.arguments, "left": _squares(1)},
)

_ARGMAX = [
    Claim(
        id="fc.cand.argmax-positive",
        title="The optimal neurons are those of FORM with a positive β",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "$\\Omega'^*$ is the set of neurons of FORM with $\\beta=+\\sqrt{2/((k+1)p)}$, phases "
            "modulo $2\\pi$."
        ),
        reading=_READING + "k ≥ 2, odd p ≥ 3; all ζ ∈ {1..(p−1)/2}, all real phases.",
        domain=ODD,
        falsified_by="a neuron in one of the two sets and not in the other",
        corrects="fc.cand.argmax-both",
        checks=(_POSITIVE, INSTANCES),
        mutants=(
            Mutant.of(
                _POSITIVE,
                "β of either sign",
                **changed(_POSITIVE, maximisers={**SHAPE, "signs": "both"}),
            ),
            Mutant.of(
                _POSITIVE,
                "the amplitude of real frequencies",
                **changed(_POSITIVE, maximisers=REAL_SHAPE),
            ),
            Mutant.of(_POSITIVE, "one input", start=1),
            Mutant.of(INSTANCES, "1 % more", parts=both_sides(GAMMA * rational(101, 100))),
        ),
    ),
    Claim(
        id="fc.cand.argmax-both",
        title="The optimal neurons are those of FORM with β of either sign",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "$\\Omega'^*$ is the set of neurons of FORM with $\\beta=\\pm\\sqrt{2/((k+1)p)}$, "
            "phases modulo $2\\pi$."
        ),
        reading=(
            _READING + "k ≥ 2, odd p ≥ 3, either sign for every k. It fails for every even k; for "
            "odd k both signs give one set, as −β is β with every phase shifted by π."
        ),
        domain=ODD,
        falsified_by="a neuron in one of the two sets and not in the other",
        corrected_by="fc.cand.argmax-positive",
        checks=(_EITHER_SIGN,),
        mutants=(
            Mutant.of(
                _EITHER_SIGN,
                "three inputs",
                formula=at_least_as_good(3, 3, -best_amplitude(3, 3)),
            ),
        ),
    ),
    Claim(
        id="fc.cand.argmax-k1",
        title="The optimal neurons for one input are those of FORM",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For $k=1$ $\\Omega'^*$ is the set of neurons of FORM with $\\beta=\\pm\\sqrt{1/p}$, "
            "phases modulo $2\\pi$."
        ),
        reading=_READING + "Odd p ≥ 3; at k = 1 both signs of β give one set.",
        domain=ONE_INPUT,
        falsified_by="a neuron in one of the two sets and not in the other",
        corrected_by="fc.cand.argmax-k1.corrected",
        checks=(_TWO_FREQUENCIES,),
        mutants=(
            Mutant.of(_TWO_FREQUENCIES, "a neuron of FORM", formula=_has_form(_COSINE, _COSINE)),
            Mutant.of(
                _TWO_FREQUENCIES,
                "a neuron below the maximum",
                formula=_has_form(_difference(rational(1, 3)), _difference(rational(1, 3))),
            ),
        ),
    ),
    Claim(
        id="fc.cand.argmax-k1.corrected",
        title="The optimal neurons for one input",
        source=candidate("single neuron, corrected"),
        printed_kind="candidate",
        statement=(
            "For $k=1$ and every $p\\ge2$, $\\max_B J=\\frac1{2(p-1)}$ and "
            "$\\Omega'^*=\\{(u,u): \\sum u=0, \\|u\\|^2=\\frac12\\}$."
        ),
        reading=(
            _READING + "‖ω‖² − 2(p−1)J is 1/p times the sum of squares ½Σ_{a,b}(f(a) − f(b))² + "
            "(Σu)² + (Σw)², f = u − w."
        ),
        domain=_ONE,
        falsified_by="a neuron in one of the two sets and not in the other",
        corrects="fc.cand.argmax-k1",
        checks=(_ONE_INPUT_OPTIMA,),
        mutants=(
            Mutant.of(_ONE_INPUT_OPTIMA, "the value 1/(p−1)", parts=(_WRONG_SQUARES,)),
        ),
    ),
]

CLAIMS = _ARGMAX
