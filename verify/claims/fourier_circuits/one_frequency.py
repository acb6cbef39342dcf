"""Candidates on networks that are confined to one frequency of Z_5."""

from __future__ import annotations

from constructions.designs import hexagon
from constructions.groups import AbelianGroup
from verify.claims.fourier_circuits.common import GAMMA, P, candidate, cyclic_network, mixed_network
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, at_least
from verify.formula import equal, rational, sqrt, var
from verify.methods.families import frequency_family
from verify.methods.margins import MARGIN, NORM, network_counterexample

_DOMAIN = Domain.of(k=at_least(2), p=Finite([5]))
_READING = (
    "k ≥ 2. Every non-zero neuron lives on the frequency ζ, the same for all; the four values of "
    "ζ are equivalent under multiplication by units. Best margin: the supremum at norm 1."
)
_ATTAINED, _BOUND = var("attained"), var("bound")

# In units of γ*, which is p/(p−1) of the certificate's own units.
_SHARE_OF_BEST = _BOUND * (P - 1) / P

_BEST = Check(
    name="both sides for every k",
    procedure=frequency_family,
    arguments={
        "group": AbelianGroup.cyclic(5),
        "frequencies": ((1,),),
        "shares": {"1": "1"},
        "weights": {"1": "1/2", "4": "1/2"},
        "relations": (
            equal(_ATTAINED, _BOUND),
            equal(_SHARE_OF_BEST, 1 - 1 / sqrt(5)),
        ),
        "scope": _DOMAIN,
    },
)
_MORE_THAN_HALF = Check(
    name="a network at one frequency",
    procedure=network_counterexample,
    arguments={
        "network": lambda: mixed_network(5, 2, {1: hexagon()}),
        "violation": (MARGIN > GAMMA * NORM / 2) & equal(var("frequencies"), 1),
        "point": {"k": 2, "p": 5},
        "description": "k=2, p=5: six neurons at ζ = 1 have margin (1−1/√5)γ* = 0.553γ*",
    },
)

CLAIMS = [
    Claim(
        id="fc.cand.p5-one-frequency.half",
        title="One frequency of Z_5 reaches half of the maximum margin",
        source=candidate("structure"),
        printed_kind="candidate",
        statement="For $p = 5$ the best margin of networks at one $\\zeta$ is $\\frac12\\gamma^*$.",
        reading=_READING,
        domain=_DOMAIN,
        falsified_by="a network at one frequency above the value, or a certified bound below it",
        corrected_by="fc.cand.p5-one-frequency.root",
        checks=(_MORE_THAN_HALF,),
        mutants=(
            Mutant.of(
                _MORE_THAN_HALF,
                "three fifths of γ*",
                violation=(rational(3, 5) * GAMMA * NORM < MARGIN)
                & equal(var("frequencies"), 1),
            ),
            Mutant.of(
                _MORE_THAN_HALF,
                "a network at both frequencies",
                network=lambda: cyclic_network(lambda k: hexagon())(k=2, p=5),
            ),
        ),
    ),
    Claim(
        id="fc.cand.p5-one-frequency.root",
        title="One frequency of Z_5 reaches 1 − 1/√5 of the maximum margin",
        source=candidate("structure"),
        printed_kind="candidate",
        statement=(
            "For $p = 5$ the best margin of networks at one $\\zeta$ is $(1-1/\\sqrt5)\\gamma^*$."
        ),
        reading=_READING,
        domain=_DOMAIN,
        falsified_by="a network at one frequency above the value, or a certified bound below it",
        corrects="fc.cand.p5-one-frequency.half",
        checks=(_BEST,),
        mutants=(
            Mutant.of(
                _BEST,
                "half",
                relations=(equal(_ATTAINED, _BOUND), equal(_SHARE_OF_BEST, rational(1, 2))),
            ),
            Mutant.of(_BEST, "uniform weights", weights={str(d): "1/4" for d in range(1, 5)}),
            Mutant.of(
                _BEST,
                "both frequencies",
                frequencies=((1,), (2,)),
            ),
        ),
    ),
]
