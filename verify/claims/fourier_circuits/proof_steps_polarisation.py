"""Proof steps: a product of numbers as a signed sum of powers, for every k.

Settled through the lemma *polarisation* and, independently, as an identity of polynomials for
small k.
"""

from __future__ import annotations

from itertools import product
from math import prod

from verify.claims.fourier_circuits.common import K, paper
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, equal, fact, rational, total, var
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity

_NUMBERS = Whole("real numbers a_1, …, a_k")
_EVERY = Domain.of(k=at_least(1), numbers=_NUMBERS)

_SIGNS = (("1", "1"), ("-1", "-1"))
_POLARISATION = Check(
    name="every k",
    procedure=every_k,
    arguments={
        "rule": "polarisation",
        "constants": {
            "factor": [list(pair) for pair in _SIGNS],
            "folded": False,
            "terms": rational(2) ** K,
            "value": rational(2) ** K * fact(K),
        },
        "scope": _EVERY,
    },
)


def _constants(**changed: object) -> dict[str, object]:
    return {**_POLARISATION.arguments["constants"], **changed}


def _polarised(k: int, factor: Term, sign: int) -> Formula:
    """factor · Πa_i = Σ_c sign^{(k−Σc)/2} (Σ_j c_j a_j)^k."""
    a = [var(f"a{j}") for j in range(1, k + 1)]
    powers = [
        sign ** ((k - sum(c)) // 2) * total([s * x for s, x in zip(c, a, strict=True)]) ** k
        for c in product((1, -1), repeat=k)
    ]
    return equal(factor * prod(a), total(powers))


def _all_polarised(sign: int) -> Formula:
    first, *rest = (
        _polarised(k, rational(2) ** k * fact(k), sign) for k in range(1, _MOST_INPUTS + 1)
    )
    for formula in rest:
        first = first & formula
    return first


_MOST_INPUTS = 5
_POLARISED = Check(
    name="formal numbers, k = 1..5",
    procedure=formal_identity,
    arguments={
        "formula": _all_polarised(-1),
        "formal": {f"a{j}": "indeterminate" for j in range(1, _MOST_INPUTS + 1)},
        "scope": Domain.of(k=Finite(range(1, _MOST_INPUTS + 1)), numbers=_NUMBERS),
    },
)


def _display(k: int, left: Term, right: Term) -> Check:
    return Check(
        name="formal numbers",
        procedure=formal_identity,
        arguments={
            "formula": equal(left, right),
            "formal": {f"a{j}": "indeterminate" for j in range(1, k + 1)},
            "scope": Domain.of(k=Finite([k]), numbers=_NUMBERS),
        },
    )


_A, _B, _C = var("a1"), var("a2"), var("a3")


def _two(factor: int = 8, last: int = 1) -> Check:
    right = (_A + _B) ** 2 - (_A - _B) ** 2 - (-_A + _B) ** 2 + last * (-_A - _B) ** 2
    return _display(2, factor * _A * _B, right)


def _three(factor: int = 48, last: int = -1) -> Check:
    plus = (_A + _B + _C) ** 3 + (_A - _B - _C) ** 3 + (-_A + _B - _C) ** 3 + (-_A - _B + _C) ** 3
    minus = (_A + _B - _C) ** 3 + (_A - _B + _C) ** 3 + (-_A + _B + _C) ** 3
    return _display(3, factor * _A * _B * _C, plus - minus + last * (-_A - _B - _C) ** 3)


def _swap(check: Check, description: str, other: Check) -> Mutant:
    return Mutant.of(check, description, formula=other.arguments["formula"])


def _written_out(k: int, statement: str, check: Check, mutants: tuple[Mutant, ...]) -> Claim:
    return Claim(
        id=f"fc.polarisation.k{k}",
        title=f"A product of {('two', 'three')[k - 2]} numbers as a signed sum of powers",
        source=paper("Lemma G.1"),
        printed_kind="id",
        statement=statement,
        domain=Domain.of(k=Finite([k]), numbers=_NUMBERS),
        reading="The general formula written out; the identity is formal in the numbers.",
        falsified_by="numbers for which the two sides differ",
        checks=(check,),
        mutants=mutants,
    )


CLAIMS = [
    _written_out(
        2,
        "$2^2\\,2!\\,a_1a_2=(a_1+a_2)^2-(a_1-a_2)^2-(-a_1+a_2)^2+(-a_1-a_2)^2$.",
        _TWO := _two(),
        (
            _swap(_TWO, "4 instead of 8", _two(factor=4)),
            _swap(_TWO, "the last sign flipped", _two(last=-1)),
        ),
    ),
    _written_out(
        3,
        "$2^3\\,3!\\,a_1a_2a_3=(a_1+a_2+a_3)^3-(a_1+a_2-a_3)^3-(a_1-a_2+a_3)^3-(-a_1+a_2+a_3)^3"
        "+(a_1-a_2-a_3)^3+(-a_1+a_2-a_3)^3+(-a_1-a_2+a_3)^3-(-a_1-a_2-a_3)^3$.",
        _THREE := _three(),
        (
            _swap(_THREE, "24 instead of 48", _three(factor=24)),
            _swap(_THREE, "the last sign flipped", _three(last=1)),
        ),
    ),
    Claim(
        id="fc.polarisation.general",
        title="A product of k numbers as a signed sum of k-th powers",
        source=paper("Lemma G.1"),
        printed_kind="id",
        statement=(
            "$2^k\\,k!\\,\\prod_ia_i=\\sum_{c\\in\\{\\pm1\\}^k}(-1)^{(k-\\sum c)/2}"
            "\\left(\\sum_jc_ja_j\\right)^k$."
        ),
        domain=_EVERY,
        reading=(
            "Every k ≥ 1 and all real numbers. (k − Σc)/2 is the number of entries −1, so the sign "
            "is Πc_j."
        ),
        falsified_by="k and numbers for which the two sides differ",
        checks=(_POLARISATION, _POLARISED),
        mutants=(
            Mutant.of(
                _POLARISATION,
                "without signs",
                constants=_constants(factor=[["1", "1"], ["1", "-1"]]),
            ),
            Mutant.of(
                _POLARISATION, "2^k k^k", constants=_constants(value=rational(2) ** K * K**K)
            ),
            Mutant.of(
                _POLARISATION,
                "2^{k−1} k!",
                constants=_constants(value=rational(2) ** (K - 1) * fact(K)),
            ),
            Mutant.of(_POLARISED, "without signs", formula=_all_polarised(1)),
        ),
    ),
]
