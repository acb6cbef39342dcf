"""Proof steps: 2^{k−1} neurons build each term of cos_ζ(a_1 + … + a_k − c), for every k.

Signs modulo a common sign make k-th powers into one product (lemma *polarisation*), and
θ_w = Σθ_{u_j} gives the product the sign of its term (lemma *neurons of one term*).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import factorial

from verify.claims.fourier_circuits.common import K, paper
from verify.claims.fourier_circuits.formal_neurons import (
    X,
    Y,
    formal_angles,
    neuron,
    signed_term,
    term_neurons,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, all_of, cos, equal, fact, forall_range, rational, sin, total
from verify.methods.combine import conjunction
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity

_TERMS = Whole("terms of cos(x_1 + … + x_k − y)")


def _built(
    inputs: range,
    multiple: Callable[[int], int] = lambda k: 2 ** (k - 1) * factorial(k),
    shift: Fraction = Fraction(0),
) -> Formula:
    """Each term, times 2^{k−1} k!, is the sum of its 2^{k−1} neurons; θ_w = Σθ_{u_j} + shift.

    And the terms add up to cos(x_1 + … + x_k − y).
    """
    parts = [
        equal(
            total([neuron(v, last=sum(v) + shift) for v in term_neurons(b)]),
            multiple(k) * signed_term(b),
        )
        for k in inputs
        for b in product((0, 1), repeat=k)
    ]
    sums = [
        equal(cos(total([*X[:k], -Y])), total([signed_term(b) for b in product((0, 1), repeat=k)]))
        for k in inputs
    ]
    return all_of(parts + sums)


def _folded(**changed: object) -> Check:
    """Σ over c ∈ {±1}^k modulo ± of Πc_j (Σ c_j y_j)^k = 2^{k−1} k! Πy_j."""
    constants = {
        "factor": [["1", "1"], ["-1", "-1"]],
        "folded": True,
        "terms": rational(2) ** (K - 1),
        "value": rational(2) ** (K - 1) * fact(K),
        **changed,
    }
    scope = Domain.of(k=at_least(1))
    return Check(
        name="signs modulo ±",
        procedure=every_k,
        arguments={"rule": "polarisation", "constants": constants, "scope": scope},
    )


def _phases(shift: Fraction = Fraction(0)) -> Check:
    """θ_w = −m/4 + shift for m sines among the inputs makes the signed factor of y."""
    x, turn = X[0], rational(-1, 4)
    formula = (
        equal(cos(x + turn), sin(x))
        & equal(cos(x + rational(1, 2)), -cos(x))
        & equal(sin(x + rational(1, 2)), -sin(x))
        & forall_range(
            "m",
            0,
            3,
            lambda m: equal(
                cos(Y + m * turn + rational(shift)),
                cos(m / 4) * cos(Y) + cos((m + 1) / 4) * sin(-Y),
            ),
        )
    )
    return Check(
        name="phases of one term",
        procedure=formal_identity,
        arguments={
            "formula": formula,
            "formal": formal_angles(1),
            "scope": Domain.of(k=at_least(1)),
        },
    )


_EACH_TERM = Check(
    name="every k",
    procedure=conjunction,
    arguments={
        "parts": (_folded(), _phases()),
        "scope": Domain.of(k=at_least(1), term=_TERMS),
        "rests_on": ("neurons of one term",),
    },
)
_SMALL = range(1, 4)
_EACH_SMALL = Check(
    name="formal angles, k = 1..3",
    procedure=formal_identity,
    arguments={
        "formula": _built(_SMALL),
        "formal": formal_angles(3),
        "scope": Domain.of(k=Finite(_SMALL), term=_TERMS),
    },
)

CLAIMS = [
    Claim(
        id="fc.half-terms",
        title="2^{k−1} neurons build each term",
        source=paper("Lemma G.3"),
        printed_kind="id",
        statement=(
            "By symmetry $2^{k-1}$ neurons build each term of $\\cos_\\zeta(a_1+\\dots+a_k-c)$, "
            "with $\\sum_j\\theta_{u_j}=\\theta_w$."
        ),
        domain=Domain.of(k=at_least(1), term=_TERMS),
        reading=(
            "A term is a signed summand of (28) at x_{k+1} = −c: a product of k cosines or sines "
            "of the inputs, with m sines, times the cosine of c (m even) or its sine (m odd). "
            "Build: unit-amplitude neurons of FORM at one frequency add up to 2^{k−1} k! times "
            "the term, so with amplitude (2^{k−1} k!)^{−1/(k+1)} to the term. Symmetry: of the 2^k "
            "sign patterns, opposite ones give one neuron. Phases are modulo 2π. Every k ≥ 1; "
            "2^{k−1} is a sufficient number."
        ),
        falsified_by="k and a term that such neurons do not build",
        checks=(_EACH_TERM, _EACH_SMALL),
        mutants=(
            Mutant.of(
                _EACH_TERM,
                "2^{k−2} neurons",
                parts=(_folded(terms=rational(2) ** (K - 2)), _phases()),
            ),
            Mutant.of(
                _EACH_TERM,
                "all 2^k k! in half of the neurons",
                parts=(_folded(value=rational(2) ** K * fact(K)), _phases()),
            ),
            Mutant.of(
                _EACH_TERM,
                "π more in θ_w",
                parts=(_folded(), _phases(shift=Fraction(1, 2))),
            ),
            Mutant.of(_EACH_SMALL, "π more in θ_w", formula=_built(_SMALL, shift=Fraction(1, 2))),
            Mutant.of(
                _EACH_SMALL,
                "2^k k! times the term",
                formula=_built(_SMALL, multiple=lambda k: 2**k * factorial(k)),
            ),
        ),
    ),
]
