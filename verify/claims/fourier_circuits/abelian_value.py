"""Candidates on k-input addition in any finite Abelian group."""

from __future__ import annotations

from typing import Any

from constructions.designs import quarter
from constructions.groups import AbelianGroup
from constructions.max_margin import fourier_network
from constructions.networks import CosineNetwork
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import RHO, K, N, candidate
from verify.claims.fourier_circuits.optimal import HALVES, even_weights, odd_family
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, ParameterSet, Whole, at_least
from verify.formula import Term, fact, half, rational, var
from verify.methods.optima import value_counterexample

_GROUPS = Whole("non-trivial finite Abelian groups")
_COMPLEX = Whole("finite Abelian groups with a character that is not real")
_COMMON = (2 * K + 2) ** half(K + 1) * N ** half(K - 1)
_PREFACTOR: Term = 2 * fact(K) / _COMMON
_R = var("r")


def _group(*, k: int, group: tuple[int, ...]) -> AbelianGroup:
    return AbelianGroup(group)


def _network(*, k: int, group: tuple[int, ...]) -> CosineNetwork:
    return fourier_network(SumTask(AbelianGroup(group), k), quarter)


def _weights(*, k: int, group: tuple[int, ...]) -> dict[str, Any]:
    (order,) = group
    return even_weights(k=k, p=order)


def _wrong(value: Term, group: tuple[int, ...]) -> Check:
    return Check(
        name="the stated value in a small group",
        procedure=value_counterexample,
        arguments={
            "value": value,
            "build": _network,
            "weights": _weights,
            "point": {"k": 2, "group": group},
            "group": _group,
        },
    )


_EVERY = odd_family(
    "every k and every group",
    groups="abelian",
    value={
        "numerator": 2 * fact(K),
        "denominator": [_COMMON * (N - 1 - _R), _COMMON * _R / RHO],
    },
    scope=Domain.of(k=at_least(2), group=_GROUPS),
)
# r is 1 in Z_2 and in Z_4, the groups of the witnesses.
_ORDER_TWO = _wrong(_PREFACTOR / (N - 1), (2,))
_ORDER_FOUR = _wrong(_PREFACTOR / (N - 2), (4,))
# In Z_4, 1/(2 + 1/ρ) = (2 − 1/ρ)/(4 − 1/ρ²).
_HOLDS_IN_FOUR = _PREFACTOR * (2 - 1 / RHO) / (4 - rational(2) ** (1 - K))


def _claim(
    variant: str, quotient: str, groups: ParameterSet, reading: str, check: Check,
    mutants: tuple[Mutant, ...],
) -> Claim:
    holds = variant == "2"
    return Claim(
        id=f"fc.cand.abelian-{variant}",
        title=f"k-input addition in a finite Abelian group, reading {variant}",
        source=candidate("groups"),
        printed_kind="candidate",
        statement=(
            "For a finite Abelian group of order $n$ with $r$ non-trivial real characters and $k$ "
            "inputs $\\gamma^* = 2k!/((2k+2)^{(k+1)/2} n^{(k-1)/2} Q)$ with "
            f"$Q = {quotient}$."
        ),
        reading="k ≥ 2; network, norm and data as for Z_p. " + reading,
        domain=Domain.of(k=at_least(2), group=groups),
        falsified_by="a network above the stated value, or a certified bound below it",
        corrects="fc.cand.abelian-1" if holds else None,
        corrected_by=None if holds else "fc.cand.abelian-2",
        checks=(check,),
        mutants=mutants,
    )


CLAIMS = [
    _claim(
        "1",
        "n-1",
        _GROUPS,
        "Groups have at least two elements.",
        _ORDER_TWO,
        (Mutant.of(_ORDER_TWO, "the value that holds", value=_PREFACTOR * RHO),),
    ),
    _claim(
        "2",
        "n-1-r+r/\\rho_k",
        _GROUPS,
        "Groups have at least two elements.",
        _EVERY,
        (
            Mutant.of(
                _EVERY,
                "ρ in place of 1/ρ",
                value={
                    "numerator": 2 * fact(K),
                    "denominator": [_COMMON * (N - 1 - _R), _COMMON * _R * RHO],
                },
            ),
            Mutant.of(_EVERY, "half turns alone", factor=HALVES),
        ),
    ),
    _claim(
        "3",
        "n-1-r",
        _COMPLEX,
        "Only groups with Q > 0, that is with a character that is not real.",
        _ORDER_FOUR,
        (Mutant.of(_ORDER_FOUR, "the value that holds", value=_HOLDS_IN_FOUR),),
    ),
]
