"""Candidates on the least width m*: k = 5, four small cases value by value, and modulus 2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from constructions.designs import eighths, hexagon, ladder, nine, short_ladder, signs
from constructions.max_margin import fourier_network
from constructions.networks import Network
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import (
    GAMMA,
    K,
    cyclic_network,
    mixed_network,
    uniform_weights,
)
from verify.claims.fourier_circuits.main_results_optimum import two_family
from verify.claims.fourier_circuits.optimal import EVEN_GAMMA, even_weights
from verify.claims.fourier_circuits.width_grid import (
    READING,
    SOURCE,
    exactly,
    listed,
    mutants,
    primes_above,
    sized,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, at_least
from verify.formula import Term, rational
from verify.methods.combine import conjunction
from verify.methods.margins import WIDTH
from verify.methods.optima import optimum_counterexample
from verify.methods.widths import (
    even_words_modulo_two,
    least_width_is,
    width_needed,
    width_suffices,
)

_MEANING = (
    "m* is the least number of non-zero neurons of a network of norm 1 with margin γ*, the "
    "supremum over all widths."
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One (k, p): the values that were proposed for m*, and a narrow max-margin network."""

    values: tuple[int, ...]
    network: Callable[[], Network]
    bracket: tuple[int, int]
    gamma: Term = GAMMA
    weights: Callable[..., Any] = uniform_weights


# At p = 9 the frequencies 1, 2, 4 have order 9 and ζ = 3 has order 3, as for p = 3.
_CASES = {
    (2, 3): Case(
        values=(3, 4, 5, 6, 8),
        network=lambda: cyclic_network(lambda k: hexagon())(k=2, p=3),
        bracket=(6, 6),
    ),
    (2, 4): Case(
        values=(4, 5, 6, 8),
        network=lambda: fourier_network(SumTask.modular(4, 2), eighths()),
        bracket=(6, 6),
        gamma=EVEN_GAMMA,
        weights=even_weights,
    ),
    (3, 3): Case(
        values=(8, 9, 16, 32),
        network=lambda: mixed_network(3, 3, {1: nine()}),
        bracket=(4, 9),
    ),
    (3, 9): Case(
        values=(57, 64, 128),
        network=lambda: mixed_network(9, 3, {1: ladder(3), 2: ladder(3), 3: nine(), 4: ladder(3)}),
        bracket=(52, 57),
    ),
}


def _between(k: int, p: int, least: int, most: int) -> Check:
    case = _CASES[k, p]
    return Check(
        name="a bracket",
        procedure=least_width_is,
        arguments={
            "inputs": k,
            "modulus": p,
            "least": least,
            "most": most,
            "network": case.network,
            "value": case.gamma,
            "weights": case.weights,
        },
    )


def _without_optimum(k: int, p: int, check: Check) -> tuple[Mutant, ...]:
    """Values of γ* that the network misses, and that the weighting does not bound."""
    gamma = _CASES[k, p].gamma
    return (
        Mutant.of(check, "a value above γ*", value=gamma * rational(101, 100)),
        Mutant.of(check, "a value below γ*", value=gamma * rational(99, 100)),
    )


def _outside(k: int, p: int, check: Check) -> tuple[Mutant, ...]:
    """Statements on either side of the bracket, and another value of γ*."""
    low, high = _CASES[k, p].bracket
    return (
        Mutant.of(check, "fewer than every max-margin network has", least=1, most=low - 1),
        Mutant.of(check, "more than the known network has", least=high + 1, most=2 * high),
        *_without_optimum(k, p, check),
    )


def _value_claim(k: int, p: int, value: int) -> Claim:
    low, high = _CASES[k, p].bracket
    check = _between(k, p, value, value)
    name = f"fc.cand.width-small.k{k}-p{p}"
    settled = f"{name}.is-{low}" if low == high else f"{name}.bracket"
    first_wrong = next(v for v in _CASES[k, p].values if not low <= v <= high)
    is_open_or_true = low <= value <= high
    return Claim(
        id=f"{name}.is-{value}",
        title=f"The least width for {k} inputs modulo {p} is {value}",
        source=SOURCE,
        printed_kind="candidate",
        statement=f"$m^*({k},{p})={value}$.",
        domain=Domain.at({"k": k, "p": p}),
        reading=_MEANING,
        falsified_by="a narrower max-margin network, or a proof that every one is wider",
        corrects=f"{name}.is-{first_wrong}" if low == high == value else None,
        corrected_by=None if is_open_or_true else settled,
        checks=(check,),
        mutants=(_outside if is_open_or_true else _without_optimum)(k, p, check),
    )


def _bracket_claim(k: int, p: int) -> Claim:
    low, high = _CASES[k, p].bracket
    name = f"fc.cand.width-small.k{k}-p{p}"
    check = _between(k, p, low, high)
    first_wrong = next(v for v in _CASES[k, p].values if not low <= v <= high)
    return Claim(
        id=f"{name}.bracket",
        title=f"The least width for {k} inputs modulo {p} lies between {low} and {high}",
        source=SOURCE,
        printed_kind="candidate",
        statement=f"${low}\\le m^*({k},{p})\\le{high}$.",
        domain=Domain.at({"k": k, "p": p}),
        reading=_MEANING + " Where modes coincide modulo p only k + 1 neurons per frequency are "
        "known to be necessary.",
        falsified_by="a max-margin network below the bracket, or a proof that all lie above it",
        corrects=f"{name}.is-{first_wrong}",
        checks=(check,),
        mutants=(
            *_outside(k, p, check),
            Mutant.of(check, "one neuron fewer suffices", most=high - 1),
            Mutant.of(check, "one neuron more is needed", least=low + 1),
        ),
    )


def _k5_claim(name: str, check: Check, statement: str, meaning: str, **more: Any) -> Claim:
    return Claim(
        id=f"fc.cand.width-k5.{name}",
        title=f"The least width for five inputs: {name.replace('-', ' ')}",
        source=SOURCE,
        printed_kind="candidate",
        statement=f"For $k=5$ and prime $p>5$ the least width per frequency is {statement}.",
        domain=primes_above(5),
        reading=f"{READING}. {meaning}",
        falsified_by="a max-margin network, or a lower bound for all of them, on the other side",
        checks=(check,),
        **more,
    )


def _k5_claims() -> list[Claim]:
    claims = []
    for most in (90, 95):
        check = sized(width_suffices, "enough for k=5", 5, rational(most))
        meaning = f"Some network of width at most {most}(p−1)/2 attains γ*."
        claims.append(
            _k5_claim(
                f"at-most-{most}",
                check,
                f"at most ${most}$",
                meaning,
                corrected_by="fc.cand.width-k5.is-96",
                mutants=mutants(check, true=False),
            )
        )
    exact = exactly(rational(96), [5], primes_above(5))
    claims.append(
        _k5_claim(
            "is-96",
            exact,
            "$96$",
            "m* = 96(p−1)/2 for every such p.",
            corrects="fc.cand.width-k5.at-most-95",
            mutants=(
                Mutant.of(exact, "95", size=rational(95)),
                Mutant.of(exact, "97", size=rational(97)),
                Mutant.of(exact, "a ladder with k rungs", **listed(short_ladder(5))),
            ),
        )
    )
    check = sized(width_needed, "needed for k=5", 5, rational(100))
    claims.append(
        _k5_claim(
            "at-least-100",
            check,
            "at least $100$",
            "Every network that attains γ* has at least 100(p−1)/2 neurons.",
            corrected_by="fc.cand.width-k5.is-96",
            mutants=mutants(check, true=False),
        )
    )
    return claims


_WORDS: Term = rational(2) ** (K - 1)
_MODULO_TWO = Domain.of(k=at_least(2), p=Finite([2]))
_TWO_NEEDED = Check(
    name="needed",
    procedure=even_words_modulo_two,
    arguments={"size": _WORDS, "scope": _MODULO_TWO},
)
_TWO_MISSED = Check(
    name="needed",
    procedure=even_words_modulo_two,
    arguments={"size": 2 * _WORDS, "scope": _MODULO_TWO},
)


def _two_enough(width: Term) -> Check:
    return two_family("enough", conclusions=("value", "width"), width=width)


_TWO_EXACT = Check(
    name="both sides for every k",
    procedure=conjunction,
    arguments={"parts": (_two_enough(_WORDS), _TWO_NEEDED), "scope": _MODULO_TWO},
)
_TWO_NARROWER = Check(
    name="a narrower network",
    procedure=optimum_counterexample,
    arguments={
        "network": lambda: cyclic_network(signs)(k=2, p=2),
        "violation": rational(2) ** (2 * K - 2) > WIDTH,
        "value": EVEN_GAMMA,
        "weights": even_weights,
        "point": {"k": 2, "p": 2},
        "description": "k=2, p=2: a network of 2 neurons attains γ*",
    },
)

_P2 = [
    Claim(
        id="fc.cand.width-p2.words",
        title="2^{k−1} is the least width modulo 2",
        source=SOURCE,
        printed_kind="candidate",
        statement="$m^*(k,2)=2^{k-1}$.",
        domain=_MODULO_TWO,
        reading=_MEANING + " Every k ≥ 2.",
        falsified_by="a narrower max-margin network modulo 2",
        corrects="fc.cand.width-p2.quarters",
        checks=(_TWO_EXACT,),
        mutants=(
            Mutant.of(_TWO_EXACT, "2^k neurons needed", parts=(_two_enough(_WORDS), _TWO_MISSED)),
            Mutant.of(_TWO_EXACT, "2^{k−2} enough", parts=(_two_enough(_WORDS / 2), _TWO_NEEDED)),
        ),
    ),
    Claim(
        id="fc.cand.width-p2.quarters",
        title="2^{2k−2} is the least width modulo 2",
        source=SOURCE,
        printed_kind="candidate",
        statement="$m^*(k,2)=2^{2k-2}$.",
        domain=_MODULO_TWO,
        reading=_MEANING + " Every k ≥ 2.",
        falsified_by="a narrower max-margin network modulo 2",
        corrected_by="fc.cand.width-p2.words",
        checks=(_TWO_NARROWER,),
        mutants=(
            Mutant.of(_TWO_NARROWER, "fewer than 2^{k−1}", violation=WIDTH < _WORDS),
            Mutant.of(_TWO_NARROWER, "γ* of odd moduli", value=GAMMA),
        ),
    ),
]

CLAIMS = [
    *(_value_claim(k, p, v) for (k, p), case in _CASES.items() for v in case.values),
    *(_bracket_claim(k, p) for k, p in ((3, 3), (3, 9))),
    *_k5_claims(),
    *_P2,
]
