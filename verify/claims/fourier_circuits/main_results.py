"""The main results: Theorem 4.1 with its k = 3 form, and what is said of the width."""

from __future__ import annotations

from constructions.designs import hexagon, ladder, quarter, thirds

from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    P,
    cyclic_network,
    mixed_network,
    paper,
    uniform_weights,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, at_least, odd
from verify.formula import equal, half, rational
from verify.methods.margins import (
    MARGIN,
    NORM,
    WIDTH,
    family,
    maximum_margin_is,
    network_counterexample,
)

_READING = (
    "p is an odd prime (“p>2 a given prime”), k ≥ 2 (the proofs treat k = 3 and general "
    "k ≥ 3, the parent k = 2; k = 1 is settled among the candidates). A network may have any "
    "width m ≥ 2^{2k-2}(p-1); zero neurons have FORM with β = 0."
)
_POINTS = ({"k": 2, "p": 3}, {"k": 2, "p": 5}, {"k": 2, "p": 7}, {"k": 3, "p": 3}, {"k": 3, "p": 5})
_FACTOR = tuple(str(t.fraction) for t in (v[0] for v in thirds(1).phases))
_ALL = Domain.of(k=at_least(2), p=odd(3))
_DOMAIN = Domain.of(k=at_least(2), p=Primes(3))


def _value_check(name: str, gamma=GAMMA_VALUE) -> Check:
    return Check(
        name=name,
        procedure=family,
        arguments={
            "groups": "odd-cyclic",
            "inputs": "all",
            "factor": _FACTOR,
            "value": gamma,
            "scope": _ALL,
        },
    )


_ALL_MODULI = _value_check("every k and odd modulus")
_INSTANCES = Check(
    name="both sides at small moduli",
    procedure=maximum_margin_is,
    arguments={
        "value": GAMMA,
        "build": cyclic_network(quarter),
        "weights": uniform_weights,
        "points": _POINTS,
    },
)


def _structure(conclusion: str) -> Check:
    return Check(
        name="equality analysis",
        procedure=family,
        arguments={
            "groups": "odd-cyclic",
            "inputs": "all",
            "factor": _FACTOR,
            "value": GAMMA_VALUE,
            "conclusions": ("value", conclusion),
            "scope": _ALL,
        },
    )


# A mutant of every structural check: a design whose second moment does not vanish.
_BROKEN_FACTOR = ("0", "1/2")

CLAIMS = [
    Claim(
        id="fc.main.value",
        title="The maximum margin of k-input modular addition",
        source=paper("Theorem 4.1 (1), Theorem I.2"),
        printed_kind="op",
        statement=(
            "Under uniform class weighting and for $m \\ge 2^{2k-1}\\frac{p-1}{2}$ the maximum "
            "$L_{2,k+1}$-margin is $\\gamma^* = \\frac{2(k!)}{(2k+2)^{(k+1)/2}(p-1)p^{(k-1)/2}}$."
        ),
        hypotheses=("full data set", "m ≥ 2^{2k-2}(p−1)", "‖θ‖_{2,k+1} ≤ 1"),
        domain=_DOMAIN,
        reading=_READING,
        falsified_by="a network with a larger normalised margin, or a certified smaller bound",
        checks=(_ALL_MODULI, _INSTANCES),
        mutants=(
            Mutant.of(
                _ALL_MODULI,
                "p instead of p−1",
                value={
                    **GAMMA_VALUE,
                    "denominator": [(2 * K + 2) ** half(K + 1) * (P * P ** half(K - 1))],
                },
            ),
            Mutant.of(_INSTANCES, "value 1 % larger", value=GAMMA * rational(101, 100)),
            Mutant.of(_INSTANCES, "value 1 % smaller", value=GAMMA * rational(99, 100)),
        ),
    ),
    Claim(
        id="fc.main.form",
        title="Every neuron of a max-margin network is a single Fourier frequency",
        source=paper("Theorem 4.1 (2), Theorem I.2"),
        printed_kind="op",
        statement=(
            "Each neuron of a max-margin network has "
            "$u_j(a)=\\beta\\cos(\\theta_{u_j}+2\\pi\\zeta a/p)$, "
            "$w(c)=\\beta\\cos(\\theta_w+2\\pi\\zeta c/p)$ with one $\\beta$, one $\\zeta$ and "
            "$\\sum_j\\theta_{u_j}=\\theta_w$."
        ),
        hypotheses=("full data set", "m ≥ 2^{2k-2}(p−1)", "‖θ‖_{2,k+1} ≤ 1"),
        domain=_DOMAIN,
        reading=_READING + " Phases are modulo 2π.",
        falsified_by="a max-margin network with a neuron of another form",
        checks=(_structure("form"),),
        mutants=(Mutant.of(_structure("form"), "an inexact design", factor=_BROKEN_FACTOR),),
    ),
    Claim(
        id="fc.main.frequencies",
        title="Every frequency is used by a max-margin network",
        source=paper("Theorem 4.1 (3), Theorem I.2"),
        printed_kind="op",
        statement=(
            "For each $\\zeta \\in \\{1,\\dots,\\frac{p-1}{2}\\}$ a max-margin network has a "
            "neuron that uses this frequency only."
        ),
        hypotheses=("full data set", "m ≥ 2^{2k-2}(p−1)", "‖θ‖_{2,k+1} ≤ 1"),
        domain=_DOMAIN,
        reading=_READING + " “One neuron” is read as at least one.",
        falsified_by="a max-margin network that avoids a frequency",
        checks=(_structure("no-frequency-spared"),),
        mutants=(
            Mutant.of(
                _structure("no-frequency-spared"), "an inexact design", factor=_BROKEN_FACTOR
            ),
        ),
    ),
    Claim(
        id="fc.necessary-count",
        title="The number of neurons is necessary",
        source=paper("p. 4"),
        printed_kind="op",
        statement=(
            "$m = 2^{2k-2}(p-1)$ is “the necessary number of neurons” for the maximum margin."
        ),
        domain=_DOMAIN,
        reading=(
            "No network with fewer neurons attains γ*, for any prime p > 2 and k ≥ 2. Refuted by "
            "one narrower network that attains γ* exactly."
        ),
        falsified_by="a narrower max-margin network",
        corrected_by="fc.cand.width-grid.k2-v6",
        checks=(
            _NARROWER := Check(
                name="a narrower network",
                procedure=network_counterexample,
                arguments={
                    "network": lambda: cyclic_network(ladder)(k=2, p=3),
                    "violation": equal(MARGIN, GAMMA * NORM)
                    & (WIDTH < 2 ** (2 * K - 2) * (P - 1)),
                    "point": {"k": 2, "p": 3},
                    "description": (
                        "k=2, p=3: the ladder design attains γ* with 6 neurons; the statement "
                        "needs 8"
                    ),
                },
            ),
        ),
        mutants=(
            Mutant.of(
                _NARROWER,
                "the paper's own network as counterexample",
                network=lambda: cyclic_network(quarter)(k=2, p=3),
            ),
        ),
    ),
]
