"""Candidates on the margins of networks that are too narrow for γ*."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add

from constructions.networks import DenseNetwork
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA, N
from verify.claims.fourier_circuits.width_grid import SOURCE
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, odd
from verify.formula import Term, rational
from verify.methods.combine import conjunction
from verify.methods.convolutions import Sum, at, convolution_identity
from verify.methods.refutations import refuted_by
from verify.methods.widths import network_reaches


def _sum(terms: Sequence[Term]) -> Term:
    return reduce(add, terms)


def _label_mean(power: int = 1) -> Check:
    """The sum of (u(a_1) + v(a_2) + w(a_3))^power over a_1 + a_2 + a_3 = y, for every label y.

    For power 1 it is n·Σ_b (u + v + w)(b), whatever y; for other powers this form is wrong.
    """
    values = [at("u", a=1), at("v", b=1), at("w", y=1, a=-1, b=-1)]
    totals = [at(name, b=1) ** power for name in ("u", "v", "w")]
    return Check(
        name="the mean at a label",
        procedure=convolution_identity,
        arguments={
            "functions": ("u", "v", "w"),
            "left": (Sum(coefficient=1, over=("a", "b"), body=_sum(values) ** power),),
            "right": (Sum(coefficient=N, over=("b",), body=_sum(totals)),),
            "free": ("y",),
            "scope": Domain.of(p=at_least(2)),
        },
    )


def _one_input() -> Check:
    """The same for one input: u(y), which does depend on y."""
    return Check(
        name="the mean at a label",
        procedure=convolution_identity,
        arguments={
            "functions": ("u",),
            "left": (Sum(coefficient=N, over=(), body=at("u", y=1)),),
            "right": (Sum(coefficient=1, over=("b",), body=at("u", b=1)),),
            "free": ("y",),
            "scope": Domain.of(p=at_least(2)),
        },
    )


_THREE = _label_mean()
_FLAT = Check(
    name="widths 1 and 2",
    procedure=refuted_by,
    arguments={
        "parts": (_THREE,),
        "point": {"k": 3, "p": 3, "m": 1},
        "description": "k=3, p=3: the best margin is 0 at width 1 and at width 2",
        "rests_on": ("two neurons",),
    },
)
_CUBES = Domain.of(k=Finite([3]), p=at_least(2))
_ZERO = Check(
    name="widths 1 and 2",
    procedure=conjunction,
    arguments={"parts": (_THREE,), "scope": _CUBES, "rests_on": ("two neurons",)},
)


def _premise_mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "squares, as for two inputs", parts=(_label_mean(2),)),
        Mutant.of(check, "one input", parts=(_one_input(),)),
    )


def _three_neurons(*, k: int, p: int) -> DenseNetwork:
    """Each neuron answers for one label: u_1 and u_2 shifted so that their sum peaks there."""
    return DenseNetwork.exact(
        SumTask.modular(p, k),
        u=[
            [[5, 5, -7], [-7, 5, 5]],
            [[-5, 7, -5], [-5, -5, 7]],
            [[7, -5, -5], [-5, 7, -5]],
        ],
        w=[[-4, -4, 8], [8, -4, -4], [-4, 8, -4]],
    )


def _two_neurons(*, k: int, p: int) -> DenseNetwork:
    """The best that many local searches found, rounded; it has 0.29γ*."""
    first, second = [-64, 5, 65], [-5, 64, -65]
    return DenseNetwork.exact(
        SumTask.modular(p, k),
        u=[[first, first], [second, second]],
        w=[[54, 17, -72], [-72, 17, 54]],
    )


_SMALL = Domain.at({"k": 2, "p": 3})


def _reaches(share: Term, build: Callable[..., DenseNetwork]) -> Check:
    return Check(
        name="a narrow network",
        procedure=network_reaches,
        arguments={
            "network": lambda: build(k=2, p=3),
            "level": share * GAMMA,
            "scope": _SMALL,
        },
    )


_NARROW_READING = (
    "Some network of this width and norm 1 has at least this margin, modulo 3 with two inputs; "
    "“reaches” is existence, and a larger margin is allowed."
)
_WIDTH_3 = _reaches(rational(95, 100), _three_neurons)
_WIDTH_2 = _reaches(rational(1, 2), _two_neurons)

CLAIMS = [
    Claim(
        id="fc.cand.width-monotone",
        title="Every further neuron raises the best margin",
        source=SOURCE,
        printed_kind="candidate",
        statement="The best margin rises strictly in $m<m^*$.",
        domain=Domain.of(k=at_least(2), p=odd(3), m=Whole("widths 1 ≤ m < m*")),
        reading=(
            "k ≥ 2, odd p. The best margin at width m is the largest normalised margin of networks "
            "with at most m neurons, the zero network included; for 1 ≤ m < m* it is smaller at m "
            "than at m + 1."
        ),
        falsified_by="two widths below or at m* with one best margin",
        corrected_by="fc.cand.width-monotone.corrected",
        checks=(_FLAT,),
        mutants=_premise_mutants(_FLAT),
    ),
    Claim(
        id="fc.cand.width-monotone.corrected",
        title="Two neurons are no better than none for three inputs",
        source=SOURCE,
        printed_kind="candidate",
        statement="For $k=3$ and every $p\\ge2$ the best margin is 0 at width 1 and at width 2.",
        domain=_CUBES,
        reading="Networks with at most one, or at most two neurons, the zero network included.",
        falsified_by="a network of width 2 with a positive margin",
        corrects="fc.cand.width-monotone",
        checks=(_ZERO,),
        mutants=_premise_mutants(_ZERO),
    ),
    Claim(
        id="fc.cand.narrow.width-3",
        title="Three neurons reach 95 % of the maximum margin for k = 2, p = 3",
        source=SOURCE,
        printed_kind="candidate",
        statement="$(k,p)=(2,3)$: width 3 reaches $.95\\gamma^*$.",
        domain=_SMALL,
        reading=_NARROW_READING,
        falsified_by="a bound below .95γ* for every network of width 3",
        checks=(_WIDTH_3,),
        mutants=(
            Mutant.of(_WIDTH_3, "97 %", level=rational(97, 100) * GAMMA),
            Mutant.of(_WIDTH_3, "two neurons", network=lambda: _two_neurons(k=2, p=3)),
        ),
    ),
    Claim(
        id="fc.cand.narrow.width-2",
        title="Two neurons reach half of the maximum margin for k = 2, p = 3",
        source=SOURCE,
        printed_kind="candidate",
        statement="$(k,p)=(2,3)$: width 2 reaches $.5\\gamma^*$.",
        domain=_SMALL,
        reading=_NARROW_READING
        + " Local searches stop at 0.2902γ*; a refutation needs a bound for every network of width "
        "2, and none below 0.5γ* is known here.",
        falsified_by="a bound below .5γ* for every network of width 2",
        checks=(_WIDTH_2,),
        mutants=(Mutant.of(_WIDTH_2, "three quarters", level=rational(3, 4) * GAMMA),),
    ),
]
