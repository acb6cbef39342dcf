"""Proof steps: the sum of the cosines of all frequencies, for every odd modulus.

ζ and p − ζ have conjugate characters, and the characters of Z_p add up to p·1[δ = 0] (lemma
*cosine sums*).
"""

from __future__ import annotations

from itertools import chain

from verify.claims.fourier_circuits.common import N, P, candidate, paper
from verify.claims.fourier_circuits.formal_neurons import conjugates, orthogonality
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cis,
    cos,
    equal,
    forall_range,
    half,
    iverson,
    rational,
    total,
    var,
)
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

_D = var("delta")
_HALF = rational(1, 2)
_LABEL = Domain.of(p=Primes(3), delta=at_least(0))
_ODD = Domain.of(p=odd(3), delta=at_least(0))


def _waves(delta: Term = _D) -> Term:
    """Σ_{ζ=1}^{(p−1)/2} cos_ζ(δ)."""
    return total("zeta", 1, (P - 1) / 2, lambda zeta: cos(zeta * delta / P))


def _every_modulus(*parts: Check) -> Check:
    return Check(
        name="every odd modulus",
        procedure=conjunction,
        arguments={"parts": parts, "scope": _ODD, "rests_on": ("cosine sums",)},
    )


def _small(formula: Formula) -> Check:
    """The formula for p ≤ 13 and every δ."""
    return Check(
        name="every δ at small p",
        procedure=exact_statement,
        arguments={
            "formula": forall_range("delta", 0, P - 1, lambda _: formula),
            "points": tuple({"p": p} for p in (3, 5, 7, 11, 13)),
        },
    )


def _value(at_zero: Term, elsewhere: Term) -> Formula:
    zero = iverson(equal(_D, 0))
    return equal(_waves(), zero * at_zero + (1 - zero) * elsewhere)


def _exponentials(factor: Term) -> Formula:
    return equal(_waves(), factor * total("zeta", 1, P - 1, lambda zeta: cis(zeta * _D / P)))


_K = (P - 1) / 2
_PAIRED = _every_modulus(conjugates(_ODD))
_SUMMED = _every_modulus(conjugates(_ODD), orthogonality(_ODD))
_PAIRED_SMALL = _small(_exponentials(_HALF))
_ZERO_SMALL = Check(
    name="small p",
    procedure=exact_statement,
    arguments={
        "formula": equal(_waves(rational(0)), _K),
        "points": tuple({"p": p} for p in (3, 5, 7, 11, 13)),
    },
)
_SUMMED_SMALL = _small(_value(half(P) - _HALF, -_HALF))
_VANISHES = Check(
    name="smallest p and δ",
    procedure=first_failure,
    arguments={
        "formula": equal(_waves(), 0),
        "points": tuple(
            chain.from_iterable([{"p": p, "delta": d} for d in range(1, p)] for p in (3, 5, 7))
        ),
        "description": "p=3, δ=1: cos(2π/3) = −1/2, not 0",
    },
)
_SUMMED_MUTANTS = (
    Mutant.of(_SUMMED, "p − 1 at δ = 0", parts=(conjugates(_ODD), orthogonality(_ODD, N - 1))),
    Mutant.of(_SUMMED, "without the factor ½", parts=(conjugates(_ODD, 1), orthogonality(_ODD))),
)
_READING = "p is an odd prime, δ any representative of a class in Z_p. "

CLAIMS = [
    Claim(
        id="fc.cos-sum.half",
        title="The cosines of half of the frequencies are half of all characters",
        source=paper("Appendices G.2, G.3"),
        printed_kind="id",
        statement=(
            "$\\sum_{\\zeta=1}^{(p-1)/2}\\cos_\\zeta(\\delta)="
            "\\frac12\\sum_{\\zeta=1}^{p-1}e^{2\\pi i\\zeta\\delta/p}$."
        ),
        domain=_LABEL,
        reading=_READING + "Shown for every odd p: ζ and p − ζ are paired.",
        falsified_by="p and δ for which the two sides differ",
        checks=(_PAIRED, _PAIRED_SMALL),
        mutants=(
            Mutant.of(_PAIRED, "without the factor ½", parts=(conjugates(_ODD, 1),)),
            Mutant.of(
                _PAIRED_SMALL,
                "without the factor ½",
                formula=_small(_exponentials(rational(1))).arguments["formula"],
            ),
        ),
    ),
    Claim(
        id="fc.cos-sum.zero",
        title="The sum of the cosines at δ = 0",
        source=paper("Appendices G.2, G.3"),
        printed_kind="id",
        statement="$\\sum_{\\zeta=1}^{(p-1)/2}\\cos_\\zeta(0)=\\frac{p-1}{2}$.",
        domain=Domain.of(p=Primes(3)),
        reading="p is an odd prime; shown for every odd p.",
        falsified_by="a prime with another value",
        checks=(_SUMMED, _ZERO_SMALL),
        mutants=(
            *_SUMMED_MUTANTS,
            Mutant.of(_ZERO_SMALL, "p/2", formula=equal(_waves(rational(0)), half(P))),
        ),
    ),
    Claim(
        id="fc.cos-sum.otherwise",
        title="The sum of the cosines is said to vanish at δ ≠ 0",
        source=paper("Appendices G.2, G.3"),
        printed_kind="id",
        statement="$\\sum_{\\zeta=1}^{(p-1)/2}\\cos_\\zeta(\\delta)=0$ for $\\delta\\ne0$.",
        domain=Domain.of(p=Primes(3), delta=at_least(1)),
        hypotheses=("δ ≢ 0 mod p",),
        reading=_READING + "It fails for every p and every δ ≢ 0: the value is −1/2.",
        falsified_by="p and δ ≢ 0 with another value",
        corrected_by="fc.cand.cos-sum",
        checks=(_VANISHES,),
        mutants=(Mutant.of(_VANISHES, "the value −1/2 obeys", formula=equal(_waves(), -_HALF)),),
    ),
    Claim(
        id="fc.cand.cos-sum",
        title="The sum of the cosines of all frequencies",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement=(
            "$\\sum_{\\zeta=1}^{(p-1)/2}\\cos_\\zeta(\\delta)=\\frac p2 1[\\delta=0]-\\frac12$."
        ),
        domain=_ODD,
        reading="p ≥ 3 is odd, prime or not; δ is any representative of a class in Z_p.",
        falsified_by="p and δ with another value",
        corrects="fc.cos-sum.otherwise",
        checks=(_SUMMED, _SUMMED_SMALL),
        mutants=(
            *_SUMMED_MUTANTS,
            Mutant.of(
                _SUMMED_SMALL,
                "0 at δ ≠ 0, as printed",
                formula=_small(_value(half(P) - _HALF, rational(0))).arguments["formula"],
            ),
        ),
    ),
]
