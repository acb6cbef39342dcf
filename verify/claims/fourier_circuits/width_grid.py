"""Candidates on the least width: five sizes, each as enough, as needed, and as exact.

m* is the least width of a network that attains γ*.  For prime p > k ≥ 2 and k ≤ 5 it is
(k+1)·2^{k−1} per frequency: the ladder has so many neurons, and no network has fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from constructions.designs import Design, ladder, short_ladder
from constructions.numbers import FLOAT
from verify.claims.fourier_circuits.common import GAMMA_VALUE, K, candidate
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least, is_prime
from verify.formula import Term, evaluate, rational
from verify.methods.widths import least_size_is, width_needed, width_suffices

SOURCE = candidate("least width")

# Neurons per frequency: (term in k, LaTeX).
SIZES: dict[str, tuple[Term, str]] = {
    "words": (rational(2) ** (K - 1), "2^{k-1}"),
    "short-ladder": (K * rational(2) ** (K - 1), "k2^{k-1}"),
    "ladder": ((K + 1) * rational(2) ** (K - 1), "(k+1)2^{k-1}"),
    "thirds": (rational(3) ** K, "3^k"),
    "quarters": (rational(2) ** (2 * K - 1), "2^{2k-1}"),
}
LADDER = SIZES["ladder"][0]
_FAMILY: dict[str, Any] = {
    "groups": "odd-cyclic",
    "inputs": "all",
    "design": "ladder",
    "value": GAMMA_VALUE,
    "conclusions": ("value", "width"),
}
_ONE_INPUT = (
    " For k = 1, where one neuron may mix frequencies, the whole width is compared with v·(p−1)/2."
)
# What is asked of v, side by side.
_SIDES = {
    "enough": (
        width_suffices,
        "$v={v}$ neurons per frequency suffice for $\\gamma^*$",
        "Some network of width at most v·(p−1)/2 attains γ*.",
        "a proof that every max-margin network is wider",
    ),
    "needed": (
        width_needed,
        "no network of width $<v={v}$ per frequency attains $\\gamma^*$",
        "Every network that attains γ* has at least v·(p−1)/2 neurons.",
        "a narrower network that attains γ*",
    ),
}
READING = (
    "The width of a network is its number of non-zero neurons, and m* the least width of a network "
    "that attains γ*; v per frequency means v·(p−1)/2 neurons in all. Every odd prime p > k"
)


def least_prime(k: int) -> int:
    """The smallest odd prime above k."""
    return next(n for n in range(max(k + 1, 3), 2 * k + 4) if is_prime(n))


def primes_above(k: int) -> Domain:
    """One number of inputs and every odd prime above it."""
    return Domain.of(k=Finite([k]), p=Primes(least_prime(k)))


def sized(procedure: Callable[..., Any], name: str, k: int, size: Term) -> Check:
    """A check that `size` neurons per frequency are enough, or needed, for k inputs."""
    return Check(
        name=name,
        procedure=procedure,
        arguments={
            "inputs": k,
            "size": size,
            "known": _FAMILY,
            "known_size": LADDER,
            "point": {"k": k, "p": least_prime(k)},
            "scope": primes_above(k),
        },
    )


def listed(design: Design) -> dict[str, Any]:
    """Arguments that name a design of one k, vector by vector, as the known family of networks."""
    family = {**_FAMILY, "inputs": design.inputs, "design": design.json()}
    return {"known": family, "known_size": rational(design.size)}


def mutants(check: Check, *, true: bool) -> tuple[Mutant, ...]:
    """Wrong variants of a statement on widths.

    true: the statement itself is.  A refuting check must leave its mutants open: they lack
    what the refutation needs, a sharper bound or a family of networks that exists.
    """
    k = check.arguments["inputs"]
    is_needed = check.procedure is width_needed
    if true and is_needed:
        return (
            Mutant.of(check, "one neuron per frequency more than the ladder", size=LADDER + 1),
            Mutant.of(check, "twice the ladder", size=2 * LADDER),
        )
    short = listed(short_ladder(k))
    rungs = Mutant.of(check, "a ladder with k rungs", **short)
    if true:
        fewer = "one neuron per frequency fewer than the ladder"
        return (Mutant.of(check, fewer, size=LADDER - 1), rungs)
    if is_needed:
        other = {**_FAMILY, "value": {**GAMMA_VALUE, "numerator": rational(1)}}
        return (rungs, Mutant.of(check, "another value of γ*", known=other))
    return too_few(check, k)


def too_few(check: Check, k: int) -> tuple[Mutant, ...]:
    """Two sizes below the ladder's as enough, by designs that are not: their modes survive."""
    short = listed(short_ladder(k))
    fewer = listed(Design("one vector fewer", ladder(k).phases[:-1]))
    return (
        Mutant.of(check, "a ladder with k rungs is enough", size=short["known_size"], **short),
        Mutant.of(
            check, "a ladder without its last vector is enough", size=fewer["known_size"], **fewer
        ),
    )


def _value(term: Term, k: int) -> int:
    return int(evaluate(term, FLOAT, {"k": k}))


def _grid_claim(k: int, name: str, side: str) -> Claim:
    procedure, statement, meaning, falsified_by = _SIDES[side]
    size, shown = SIZES[name]
    check = sized(procedure, f"{side} for k={k}", k, size)
    sharp = f"fc.cand.width-grid.k{k}.ladder.{side}"
    gap = _value(size, k) - _value(LADDER, k)
    is_true = gap >= 0 if side == "enough" else gap <= 0
    wrong = {"enough": "words", "needed": "thirds"}[side]  # false for every k
    return Claim(
        id=f"fc.cand.width-grid.k{k}.{name}.{side}",
        title=f"{_value(size, k)} neurons per frequency are {side} for k = {k}",
        source=SOURCE,
        printed_kind="candidate",
        statement=f"For $k={k}$ and prime $p>k$, {statement.format(v=shown)}.",
        domain=primes_above(k),
        reading=f"{READING}. {meaning}{_ONE_INPUT if k == 1 else ''}",
        falsified_by=falsified_by,
        corrects=f"fc.cand.width-grid.k{k}.{wrong}.{side}" if name == "ladder" else None,
        corrected_by=None if is_true else sharp,
        checks=(check,),
        mutants=mutants(check, true=is_true),
    )


_EXACT_INPUTS = range(2, 6)


def exactly(size: Term, inputs: Iterable[int], scope: Domain) -> Check:
    """A check that the least width is `size` per frequency for these numbers of inputs."""
    return Check(
        name="enough and needed",
        procedure=least_size_is,
        arguments={
            "cases": [(k, {"k": k, "p": least_prime(k)}, primes_above(k)) for k in inputs],
            "size": size,
            "known": _FAMILY,
            "known_size": LADDER,
            "scope": scope,
        },
    )


def _exact_claim(name: str) -> Claim:
    size, shown = SIZES[name]
    moduli = Whole("odd primes p > k")
    check = exactly(size, _EXACT_INPUTS, Domain.of(k=Finite(_EXACT_INPUTS), p=moduli))
    return Claim(
        id=f"fc.cand.width-exact.{name}",
        title=f"The least width is the {name} number of neurons per frequency, for every k",
        source=SOURCE,
        printed_kind="candidate",
        statement=f"$m^*=v\\frac{{p-1}}{{2}}$ with $v={shown}$ for all $k$.",
        domain=Domain.of(k=at_least(2), p=moduli),
        reading=f"{READING}; every k ≥ 2.",
        falsified_by="a narrower max-margin network, or a proof that every one is wider",
        corrects="fc.cand.width-exact.quarters" if name == "ladder" else None,
        corrected_by=None if name == "ladder" else "fc.cand.width-exact.ladder",
        checks=(check,),
        mutants=_exact_mutants(check, name),
    )


def _exact_mutants(check: Check, name: str) -> tuple[Mutant, ...]:
    if name == "ladder":
        return (
            Mutant.of(check, "one neuron per frequency fewer", size=LADDER - 1),
            Mutant.of(check, "one neuron per frequency more", size=LADDER + 1),
        )
    if _value(SIZES[name][0], 2) > _value(LADDER, 2):  # refuted by the ladder
        return (Mutant.of(check, "a ladder with k rungs", **listed(short_ladder(2))),)
    return too_few(check, 2)


CLAIMS = [
    *(_grid_claim(k, name, side) for k in range(1, 6) for name in SIZES for side in _SIDES),
    *map(_exact_claim, SIZES),
]
