"""Proof steps: the cosine of a sum of angles as a signed sum of products, and its terms.

Settled for every k through the lemma *angle sum* and, independently, as identities of Laurent
polynomials for small k.
"""

from __future__ import annotations

from itertools import product
from math import prod

from verify.claims.fourier_circuits.common import K, candidate, paper
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import (
    Formula,
    Term,
    binom,
    cos,
    equal,
    iverson,
    mod,
    rational,
    sin,
    total,
    var,
)
from verify.methods.every_k import every_k
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import first_failure

_ANGLES = Whole("real angles")
_QUARTER_SIGNS = ("1", "0", "-1", "0")  # Re i^m


def _angle_sum(angles: Term, terms: Term, scope: Domain, start: int = 1) -> Check:
    return Check(
        name="every k",
        procedure=every_k,
        arguments={
            "rule": "angle-sum",
            "constants": {"angles": angles, "signs": list(_QUARTER_SIGNS), "terms": terms},
            "scope": scope,
            "start": start,
        },
    )


def _angle_mutants(check: Check, angles: Term, terms: Term) -> tuple[Mutant, ...]:
    constants = check.arguments["constants"]
    return (
        Mutant.of(check, "all signs +", constants={**constants, "signs": ["1", "0", "1", "0"]}),
        Mutant.of(
            check, "one angle less", constants={**constants, "angles": angles - 1, "terms": terms}
        ),
    )


def _expansion(angles: int, flip: int) -> Formula:
    """cos Σx_i as the signed sum over b with Σb even; the sign at Σb ≡ flip mod 4 is −."""
    x = [var(f"x{i}") for i in range(1, angles + 1)]
    terms = [
        (-1 if sum(b) % 4 == flip else 1)
        * prod(sin(t) if bit else cos(t) for t, bit in zip(x, b, strict=True))
        for b in product((0, 1), repeat=angles)
        if sum(b) % 2 == 0
    ]
    return equal(cos(total(x)), total(terms))


def _expansions(numbers: range, flip: int = 2) -> Formula:
    first, *rest = (_expansion(n, flip) for n in numbers)
    for formula in rest:
        first = first & formula
    return first


def _expanded(least: int, most: int, scope: Domain) -> Check:
    return Check(
        name=f"formal angles, {least} to {most} of them",
        procedure=formal_identity,
        arguments={
            "formula": _expansions(range(least, most + 1)),
            "formal": {f"x{i}": "angle" for i in range(1, most + 1)},
            "scope": scope,
        },
    )


def _nonzero(angles: Term) -> Term:
    """How many b ∈ {0,1}^angles have an even sum s and a coefficient Re i^s ≠ 0."""
    return total(
        "s",
        0,
        angles,
        lambda s: binom(angles, s) * iverson(equal(mod(s, 2), 0) & ~equal(cos(s / 4), 0)),
    )


_POINTS = tuple({"k": k} for k in range(2, 13))
_ANY_ANGLES = Domain.of(k=at_least(1), angles=_ANGLES)
_SKETCH = Domain.of(k=at_least(2), angles=_ANGLES)
_SKETCH_COUNT = Domain.of(k=at_least(2))

_GENERAL = _angle_sum(K + 1, rational(2) ** K, _ANY_ANGLES)
_GENERAL_FORMAL = _expanded(2, 6, Domain.of(k=Finite(range(1, 6)), angles=_ANGLES))
_COUNTED = Check(
    name="counted, k = 2..12",
    procedure=exact_statement,
    arguments={"formula": equal(_nonzero(K + 1), rational(2) ** K), "points": _POINTS},
)
_FEWER = _angle_sum(K, rational(2) ** (K - 1), _SKETCH, start=2)
_FEWER_FORMAL = _expanded(2, 6, Domain.of(k=Finite(range(2, 7)), angles=_ANGLES))
_FEWER_COUNTED = Check(
    name="counted, k = 2..12",
    procedure=exact_statement,
    arguments={"formula": equal(_nonzero(K), rational(2) ** (K - 1)), "points": _POINTS},
)
_TOO_MANY = Check(
    name="smallest k",
    procedure=first_failure,
    arguments={
        "formula": equal(_nonzero(K), rational(2) ** K),
        "points": _POINTS,
        "description": "k=2: cos(x_1+x_2) = cos x_1 cos x_2 − sin x_1 sin x_2 has 2 terms, not 4",
        "rests_on": ("angle sum",),
    },
)


def _eight_terms(signs: tuple[int, int, int] = (1, -1, 1)) -> Formula:
    """cos(x_1 + x_2 + x_3 − y); signs of the terms with no, two and four sines."""
    x = [var(f"x{i}") for i in range(1, 4)] + [-var("y")]
    none, two, four = signs
    terms = [none * prod(cos(t) for t in x), four * prod(sin(t) for t in x)]
    for i in range(4):
        for j in range(i):
            terms.append(two * prod(sin(t) if n in (i, j) else cos(t) for n, t in enumerate(x)))
    return equal(cos(total(x)), total(terms))


_FOUR = Check(
    name="formal angles",
    procedure=formal_identity,
    arguments={
        "formula": _eight_terms(),
        "formal": dict.fromkeys(("x1", "x2", "x3", "y"), "angle"),
        "scope": Domain.of(k=Finite([3]), angles=_ANGLES),
    },
)
_EVEN_SUM = "\\sum_{b\\in\\{0,1\\}^{%s},\\ \\sum b\\ \\mathrm{even}}"
_SIGNED_PRODUCT = (
    "(-1)^{1[\\sum b\\equiv2\\ \\mathrm{mod}\\ 4]}\\prod_i\\cos^{1-b_i}x_i\\,\\sin^{b_i}x_i"
)
_COUNT_READING = (
    "A term is a summand of the expansion; it is non-zero when it is not the zero function of the "
    "angles. A product of cosines and sines never is, so the b with coefficient Re i^{Σb} ≠ 0 are "
    "counted."
)
_COUNT_FALSE = "k with another number of terms"

CLAIMS = [
    Claim(
        id="fc.angle-sum.identity",
        title="The cosine of a sum of k + 1 angles",
        source=paper("(28)"),
        printed_kind="id",
        statement=f"$\\cos(x_1+\\dots+x_{{k+1}})={_EVEN_SUM % 'k+1'}{_SIGNED_PRODUCT}$.",
        domain=_ANY_ANGLES,
        reading="Every k ≥ 1 and all real angles; sin^0 = cos^0 = 1.",
        falsified_by="k and angles for which the two sides differ",
        checks=(_GENERAL, _GENERAL_FORMAL),
        mutants=(
            *_angle_mutants(_GENERAL, K + 1, rational(2) ** K),
            Mutant.of(
                _GENERAL_FORMAL, "− at Σb ≡ 0 mod 4", formula=_expansions(range(2, 7), flip=0)
            ),
        ),
    ),
    Claim(
        id="fc.angle-sum.terms",
        title="The cosine of a sum of k + 1 angles has 2^k terms",
        source=paper("(28)"),
        printed_kind="id",
        statement="The expansion of $\\cos(x_1+\\dots+x_{k+1})$ has $2^k$ non-zero terms.",
        domain=Domain.of(k=at_least(1)),
        reading="Every k ≥ 1. " + _COUNT_READING,
        falsified_by=_COUNT_FALSE,
        checks=(_GENERAL, _COUNTED),
        mutants=(
            Mutant.of(
                _GENERAL,
                "2^{k+1} terms",
                constants={**_GENERAL.arguments["constants"], "terms": rational(2) ** (K + 1)},
            ),
            Mutant.of(
                _COUNTED, "2^{k+1} terms", formula=equal(_nonzero(K + 1), rational(2) ** (K + 1))
            ),
        ),
    ),
    Claim(
        id="fc.angle-sum.k3",
        title="The eight terms of cos(a_1 + a_2 + a_3 − c)",
        source=paper("(25)"),
        printed_kind="id",
        statement=(
            "The expansion of $\\cos(x_1+\\dots+x_4)$ at $x_i=2\\pi\\zeta a_i/p$ and "
            "$x_4=-2\\pi\\zeta c/p$: the product of cosines, minus the six products with two "
            "sines, plus the product of sines."
        ),
        domain=Domain.of(k=Finite([3]), angles=_ANGLES),
        reading="(25) is read as (28) for k = 3; formal in the angles, so for all p, ζ, a and c.",
        falsified_by="angles for which the two sides differ",
        checks=(_FOUR,),
        mutants=(
            Mutant.of(_FOUR, "plus the products with two sines", formula=_eight_terms((1, 1, 1))),
            Mutant.of(_FOUR, "minus the product of sines", formula=_eight_terms((1, -1, -1))),
        ),
    ),
    Claim(
        id="fc.angle-sum-sketch.identity",
        title="The cosine of a sum of k angles",
        source=paper("sketch of Lemma 4.3"),
        printed_kind="id",
        statement=f"$\\cos(x_1+\\dots+x_k)={_EVEN_SUM % 'k'}{_SIGNED_PRODUCT}$.",
        domain=_SKETCH,
        reading="Every k ≥ 2, as in the theorem, and all real angles.",
        falsified_by="k and angles for which the two sides differ",
        checks=(_FEWER, _FEWER_FORMAL),
        mutants=(
            *_angle_mutants(_FEWER, K, rational(2) ** (K - 1)),
            Mutant.of(_FEWER_FORMAL, "− at Σb ≡ 0 mod 4", formula=_expansions(range(2, 7), flip=0)),
        ),
    ),
    Claim(
        id="fc.angle-sum-sketch.terms",
        title="The cosine of a sum of k angles is said to have 2^k terms",
        source=paper("sketch of Lemma 4.3"),
        printed_kind="id",
        statement="The expansion of $\\cos(x_1+\\dots+x_k)$ has “$2^k$ terms”.",
        domain=_SKETCH_COUNT,
        reading=(
            "Every k ≥ 2, as in the theorem; the sum runs over the b ∈ {0,1}^k of the displayed "
            "formula. " + _COUNT_READING + " It fails for every k, k = 1 included."
        ),
        falsified_by=_COUNT_FALSE,
        corrected_by="fc.cand.sketch-terms",
        checks=(_TOO_MANY,),
        mutants=(
            Mutant.of(
                _TOO_MANY, "2^{k−1} obeys", formula=equal(_nonzero(K), rational(2) ** (K - 1))
            ),
            Mutant.of(
                _TOO_MANY, "k + 1 angles obey", formula=equal(_nonzero(K + 1), rational(2) ** K)
            ),
        ),
    ),
    Claim(
        id="fc.cand.sketch-terms",
        title="The cosine of a sum of k angles has 2^{k−1} terms",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement="The expansion of $\\cos(x_1+\\dots+x_k)$ has $2^{k-1}$ terms.",
        domain=_SKETCH_COUNT,
        reading="Every k ≥ 2. " + _COUNT_READING,
        falsified_by=_COUNT_FALSE,
        corrects="fc.angle-sum-sketch.terms",
        checks=(_FEWER, _FEWER_COUNTED),
        mutants=(
            Mutant.of(
                _FEWER,
                "2^k terms",
                constants={**_FEWER.arguments["constants"], "terms": rational(2) ** K},
            ),
            Mutant.of(_FEWER_COUNTED, "2^k terms", formula=equal(_nonzero(K), rational(2) ** K)),
        ),
    ),
]
