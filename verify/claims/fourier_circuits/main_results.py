"""The main theorem: value, form and frequencies of max-margin networks; k = 3; the parent."""

from __future__ import annotations

from typing import Any

from constructions.designs import quarter
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    P,
    cyclic_network,
    paper,
    parent,
    uniform_weights,
)
from verify.claims.fourier_circuits.optimal import HALVES, PRINTED_WIDTH, odd_family
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite, Primes, at_least, odd
from verify.formula import half, rational, sqrt
from verify.methods.margins import maximum_margin_is

_READING = (
    "p is an odd prime (“p>2 a given prime”). γ* is the supremum over all widths; a network of "
    "any width m at least the stated one attains it, because an optimal network of exactly that "
    "width exists and further neurons may be zero. Zero neurons have FORM with β = 0; phases are "
    "modulo 2π."
)
_EXISTENCE_READING = _READING + " “One neuron” is read as at least one."
_STRUCTURE_HYPOTHESES = ("full data set", "‖θ‖_{2,k+1} ≤ 1", "uniform class weighting")

# What is special about each of the three statements of the theorem.
_FORM = (
    "Each neuron of a max-margin network has $u_j(a)=\\beta\\cos(\\theta_{u_j}+2\\pi\\zeta a/p)$, "
    "$w(c)=\\beta\\cos(\\theta_w+2\\pi\\zeta c/p)$ with one $\\beta$, one $\\zeta$ and "
    "$\\sum_j\\theta_{u_j}=\\theta_w$."
)
_FREQUENCIES = (
    "For each $\\zeta \\in \\{1,\\dots,\\frac{p-1}{2}\\}$ a max-margin network has a neuron that "
    "uses this frequency only."
)


def _theorem(
    *,
    prefix: str,
    source: Source,
    domain: Domain,
    value: str,
    width: str,
    reading: str,
    checks: dict[str, Check],
    value_mutants: tuple[Mutant, ...],
    more_checks: tuple[Check, ...],
) -> list[Claim]:
    """The three claims that a theorem of this shape makes."""
    hypotheses = (*_STRUCTURE_HYPOTHESES, f"m ≥ {width}")

    def structural(check: Check) -> tuple[Mutant, ...]:
        return (
            Mutant.of(check, "phases that cancel nothing", factor=HALVES),
            Mutant.of(check, "half the printed width", width=PRINTED_WIDTH / 2),
            Mutant.of(check, "one input, where neurons may mix frequencies", **_ONE_INPUT),
        )

    return [
        Claim(
            id=f"{prefix}.value",
            title="The maximum margin of modular addition",
            source=source,
            printed_kind="op",
            statement=(
                f"Under uniform class weighting and for $m \\ge {width}$ the maximum "
                f"$L_{{2,k+1}}$-margin is ${value}$."
            ),
            hypotheses=hypotheses,
            domain=domain,
            reading=reading + _READING,
            falsified_by="a network with a larger normalised margin, or a certified smaller bound",
            checks=(checks["value"], *more_checks),
            mutants=value_mutants,
        ),
        Claim(
            id=f"{prefix}.form",
            title="Every neuron of a max-margin network is a single Fourier frequency",
            source=source,
            printed_kind="op",
            statement=_FORM,
            hypotheses=hypotheses,
            domain=domain,
            reading=reading + _READING,
            falsified_by="a max-margin network with a neuron of another form",
            checks=(checks["form"],),
            mutants=structural(checks["form"]),
        ),
        Claim(
            id=f"{prefix}.frequencies",
            title="Every frequency is used by a max-margin network",
            source=source,
            printed_kind="op",
            statement=_FREQUENCIES,
            hypotheses=hypotheses,
            domain=domain,
            reading=reading + _EXISTENCE_READING,
            falsified_by="a max-margin network that avoids a frequency",
            checks=(checks["frequencies"],),
            mutants=structural(checks["frequencies"]),
        ),
    ]


# The theorem's shape at k = 1, where its value is right and its structure is not.
_ONE_INPUT = {"inputs": 1, "value": GAMMA_VALUE, "scope": Domain.of(k=Finite([1]), p=odd(3))}


def _checks(**arguments: Any) -> dict[str, Check]:
    """Value and structure, each with an optimal network of exactly the printed width."""
    shared = {"width": PRINTED_WIDTH, **arguments}
    return {
        "value": odd_family("value and width", conclusions=("value", "width"), **shared),
        "form": odd_family(
            "equality analysis",
            conclusions=("value", "width", "form", "single-frequency"),
            **shared,
        ),
        "frequencies": odd_family(
            "equality analysis",
            conclusions=("value", "width", "no-frequency-spared", "single-frequency"),
            **shared,
        ),
    }


def _fixed(inputs: int) -> dict[str, Any]:
    return {"inputs": inputs, "scope": Domain.of(k=Finite([inputs]), p=odd(3))}


_ALL = _checks()
_THREE = _checks(
    **_fixed(3),
    value={"numerator": rational(3, 16), "denominator": [P * (P - 1)]},
)
_TWO = _checks(
    **_fixed(2),
    value={"numerator": sqrt(rational(2, 27)), "denominator": [P ** rational(1, 2) * (P - 1)]},
)

_INSTANCES = Check(
    name="both sides at small moduli",
    procedure=maximum_margin_is,
    arguments={
        "value": GAMMA,
        "build": cyclic_network(quarter),
        "weights": uniform_weights,
        "points": (
            {"k": 2, "p": 3},
            {"k": 2, "p": 5},
            {"k": 2, "p": 7},
            {"k": 3, "p": 3},
            {"k": 3, "p": 5},
        ),
    },
)

_MAIN = _theorem(
    prefix="fc.main",
    source=paper("Theorem 4.1, Theorem I.2"),
    domain=Domain.of(k=at_least(2), p=Primes(3)),
    value="\\gamma^* = \\frac{2(k!)}{(2k+2)^{(k+1)/2}(p-1)p^{(k-1)/2}}",
    width="2^{2k-1}\\frac{p-1}{2}",
    reading=(
        "k ≥ 2 (the proofs treat k = 3 and general k ≥ 3, the parent k = 2; k = 1 is settled "
        "among the candidates). "
    ),
    checks=_ALL,
    more_checks=(_INSTANCES,),
    value_mutants=(
        Mutant.of(
            _ALL["value"],
            "p instead of p−1",
            value={
                **GAMMA_VALUE,
                "denominator": [(2 * K + 2) ** half(K + 1) * (P * P ** half(K - 1))],
            },
        ),
        Mutant.of(_ALL["value"], "half the printed width", width=PRINTED_WIDTH / 2),
        Mutant.of(_INSTANCES, "value 1 % larger", value=GAMMA * rational(101, 100)),
        Mutant.of(_INSTANCES, "value 1 % smaller", value=GAMMA * rational(99, 100)),
    ),
)

_MAIN_K3 = _theorem(
    prefix="fc.main-k3",
    source=paper("Theorem I.1"),
    domain=Domain.of(k=Finite([3]), p=Primes(3)),
    value="\\gamma^* = \\frac{3}{16}\\cdot\\frac{1}{p(p-1)}",
    width="16(p-1)",
    reading="k = 3. ",
    checks=_THREE,
    more_checks=(),
    value_mutants=(
        Mutant.of(
            _THREE["value"],
            "3/8 instead of 3/16",
            value={"numerator": rational(3, 8), "denominator": [P * (P - 1)]},
        ),
        Mutant.of(_THREE["value"], "half the printed width", width=PRINTED_WIDTH / 2),
    ),
)

_ADDITION = _theorem(
    prefix="mor.addition",
    source=parent("Theorem 7"),
    domain=Domain.of(k=Finite([2]), p=Primes(3)),
    value="\\gamma^* = \\sqrt{2/27}\\cdot\\frac{1}{p^{1/2}(p-1)}",
    width="4(p-1)",
    reading="k = 2. ",
    checks=_TWO,
    more_checks=(),
    value_mutants=(
        Mutant.of(
            _TWO["value"],
            "√(2/3) instead of √(2/27)",
            value={
                "numerator": sqrt(rational(2, 3)),
                "denominator": [P ** rational(1, 2) * (P - 1)],
            },
        ),
        Mutant.of(_TWO["value"], "half the printed width", width=PRINTED_WIDTH / 2),
    ),
)

CLAIMS = [*_MAIN, *_MAIN_K3, *_ADDITION]
