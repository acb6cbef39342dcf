"""Candidates on the value of the maximum margin, for odd and for even moduli."""

from __future__ import annotations

from constructions.designs import Design, hexagon, nine
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    RHO,
    K,
    P,
    candidate,
    cyclic_network,
    uniform_weights,
)
from verify.claims.fourier_circuits.main_results_optimum import TWO_GAMMA, TWO_VALUE, two_family
from verify.claims.fourier_circuits.optimal import (
    EVEN_GAMMA,
    EVEN_VALUE,
    HALVES,
    ODD_MODULI,
    PREFACTOR,
    even_family,
    even_network,
    even_weights,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, ParameterSet, at_least, even, odd
from verify.formula import Term, fact, half, rational, sqrt
from verify.methods.margins import MARGIN, NORM
from verify.methods.optima import optimum_counterexample, value_counterexample

_SOURCE = candidate("value and dual")
_OTHER_VALUE = "a network above the stated value, or a certified bound below it"

# -- odd moduli ---------------------------------------------------------------------------------


def _agrees(design: Design, *, p: int, description: str) -> Check:
    """Γ(k, p) is the maximum margin at a point where the statement says it is not."""
    k = design.inputs
    return Check(
        name=f"Γ at k={k}, p={p}",
        procedure=optimum_counterexample,
        arguments={
            "network": lambda: cyclic_network(lambda _: design)(k=k, p=p),
            "violation": MARGIN >= GAMMA * NORM,
            "value": GAMMA,
            "weights": uniform_weights,
            "point": {"k": k, "p": p},
            "description": description,
        },
    )


def _agrees_mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "a value 1 % smaller", value=GAMMA * rational(99, 100)),
        Mutant.of(check, "a value 1 % larger", value=GAMMA * rational(101, 100)),
    )


_EVERY = odd_family("every k and odd modulus")
_COMPOSITE = _agrees(
    hexagon(), p=9, description="k=2, p=9: γ* = Γ(2, 9), and 9 = 3·3 is not a prime"
)
_SMALL = _agrees(nine(), p=3, description="k=3, p=3: p ≤ k, and γ* = Γ(3, 3) all the same")
_ONE_INPUT = odd_family(
    "one input",
    inputs=1,
    factor=None,
    design=(("0",), ("1/4",)),
    value={"numerator": rational(1), "denominator": [2 * (P - 1)]},
    scope=Domain.of(k=Finite([1]), p=odd(3)),
)

_ODD_CLAIMS = [
    Claim(
        id="fc.cand.gamma-odd",
        title="The value Γ holds for every odd modulus",
        source=_SOURCE,
        printed_kind="candidate",
        statement="$\\gamma^* = \\Gamma(k,p)$ for every odd $p \\ge 3$, prime or not.",
        reading="k ≥ 2; γ* is the supremum over all widths, full data.",
        domain=ODD_MODULI,
        corrects="fc.cand.gamma-prime",
        falsified_by=_OTHER_VALUE,
        checks=(_EVERY,),
        mutants=(
            Mutant.of(
                _EVERY,
                "p in place of p−1",
                value={
                    "numerator": GAMMA_VALUE["numerator"],
                    "denominator": [(2 * K + 2) ** half(K + 1) * P ** half(K + 1)],
                },
            ),
            Mutant.of(_EVERY, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.cand.gamma-prime",
        title="The value Γ holds only for primes",
        source=_SOURCE,
        printed_kind="candidate",
        statement="Among odd $p$, $\\gamma^* = \\Gamma(k,p)$ holds only if $p$ is a prime.",
        reading="k ≥ 2, odd p ≥ 3: if γ* = Γ(k, p), then p is a prime. 9 is the first that is not.",
        domain=ODD_MODULI,
        falsified_by="a composite odd p with γ* = Γ",
        corrected_by="fc.cand.gamma-odd",
        checks=(_COMPOSITE,),
        mutants=_agrees_mutants(_COMPOSITE),
    ),
    Claim(
        id="fc.cand.gamma-small-p",
        title="The value Γ fails for p ≤ k",
        source=_SOURCE,
        printed_kind="candidate",
        statement="$\\gamma^* = \\Gamma(k,p)$ fails for odd $p \\le k$.",
        reading="k ≥ 2, odd p ≥ 3: if p ≤ k, then γ* ≠ Γ(k, p). (3, 3) is the smallest case.",
        domain=ODD_MODULI,
        falsified_by="an odd p ≤ k with γ* = Γ",
        corrected_by="fc.cand.gamma-odd",
        checks=(_SMALL,),
        mutants=_agrees_mutants(_SMALL),
    ),
    Claim(
        id="fc.cand.gamma-k1",
        title="The value at k = 1",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For $k = 1$: $\\gamma^* = \\frac{1}{2(p-1)}$.",
        reading="p odd. One input, label the input itself, norm L_{2,2}.",
        domain=Domain.of(k=Finite([1]), p=odd(3)),
        falsified_by=_OTHER_VALUE,
        checks=(_ONE_INPUT,),
        mutants=(
            Mutant.of(
                _ONE_INPUT,
                "1/(2p)",
                value={"numerator": rational(1), "denominator": [2 * P]},
            ),
            Mutant.of(_ONE_INPUT, "a single phase", design=(("0",),)),
        ),
    ),
]

# -- even moduli --------------------------------------------------------------------------------

_EVEN_EVERY = even_family("every k and even modulus")
_EVEN_MUTANTS = (
    Mutant.of(
        _EVEN_EVERY,
        "ρ in place of 1/ρ",
        value={
            "numerator": EVEN_VALUE["numerator"],
            "denominator": [
                EVEN_VALUE["denominator"][0],
                EVEN_VALUE["denominator"][1] * RHO * RHO,
            ],
        },
    ),
    Mutant.of(_EVEN_EVERY, "half turns alone", factor=HALVES),
    Mutant.of(_EVEN_EVERY, "odd moduli", groups="odd-cyclic", scope=ODD_MODULI),
)

# Q, and 1/Q times the common factor (a quotient by a sum is written with a rational divisor),
# where Q > 0, and the smallest point at which the value is another one.
_WRONG_EVEN: dict[str, tuple[str, Term, ParameterSet, dict[str, int]]] = {
    "1": ("p-1", PREFACTOR / (P - 1), even(2), {"k": 2, "p": 2}),
    "2": ("p-2", PREFACTOR / (P - 2), even(4), {"k": 2, "p": 4}),
    "4": (
        "p-2+\\rho_k",
        PREFACTOR * (P - 2 - RHO) / ((P - 2) ** 2 - rational(2) ** (K - 1)),
        even(2),
        {"k": 2, "p": 2},
    ),
    "5": ("(p-1)/\\rho_k", PREFACTOR * RHO / (P - 1), even(2), {"k": 2, "p": 4}),
}


def _even_claim(
    variant: str, quotient: str, moduli: ParameterSet, check: Check, mutants: tuple[Mutant, ...]
) -> Claim:
    holds = variant == "3"
    return Claim(
        id=f"fc.cand.gamma-even-{variant}",
        title=f"Even p: γ* = Γ·(p−1)/Q, reading {variant}",
        source=_SOURCE,
        printed_kind="candidate",
        statement=f"For even $p$: $\\gamma^* = \\Gamma(k,p)\\cdot(p-1)/Q$ with $Q = {quotient}$.",
        reading="k ≥ 2; p = 2 is included where Q > 0. ρ_k = 2^{(k−1)/2}.",
        domain=Domain.of(k=at_least(2), p=moduli),
        falsified_by=_OTHER_VALUE,
        corrects="fc.cand.gamma-even-1" if holds else None,
        corrected_by=None if holds else "fc.cand.gamma-even-3",
        checks=(check,),
        mutants=mutants,
    )


def _wrong_even(variant: str) -> Claim:
    quotient, value, moduli, point = _WRONG_EVEN[variant]
    check = Check(
        name="the stated value at a small modulus",
        procedure=value_counterexample,
        arguments={
            "value": value,
            "build": even_network,
            "weights": even_weights,
            "point": point,
        },
    )
    mutant = Mutant.of(check, "the value that holds", value=EVEN_GAMMA)
    return _even_claim(variant, quotient, moduli, check, (mutant,))


_EVEN_CLAIMS = [
    _wrong_even("1"),
    _wrong_even("2"),
    _even_claim("3", "p-2+1/\\rho_k", even(2), _EVEN_EVERY, _EVEN_MUTANTS),
    _wrong_even("4"),
    _wrong_even("5"),
]

# -- p = 2 and parity ---------------------------------------------------------------------------

# The parent's value for parity, k!·√2·(k+1)^{−(k+1)/2}.
_PARITY = Check(
    name="the parity value at p = 2",
    procedure=value_counterexample,
    arguments={
        "value": fact(K) * sqrt(2) / (K + 1) ** half(K + 1),
        "build": even_network,
        "weights": even_weights,
        "point": {"k": 2, "p": 2},
    },
)
_PARITY_CORRECTED = two_family(
    "the parity value over 2^{k/2}",
    value={
        "numerator": fact(K) * sqrt(2),
        "denominator": [(K + 1) ** half(K + 1) * rational(2) ** half(K)],
    },
)

_PARITY_CLAIMS = [
    Claim(
        id="fc.cand.gamma-p2",
        title="At p = 2 the value is the parent's parity value",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For $p = 2$: $\\gamma^* = k!\\sqrt{2(k+1)^{-(k+1)}}$.",
        reading=(
            "γ* of network (2) at p = 2, inputs one-hot. In the parent a weight on a ±1 bit counts "
            "once in the norm, here u_j has the two entries ±u and counts twice."
        ),
        domain=Domain.of(k=at_least(2), p=Finite([2])),
        falsified_by=_OTHER_VALUE,
        corrected_by="fc.cand.gamma-p2.corrected",
        checks=(_PARITY,),
        mutants=(Mutant.of(_PARITY, "the value that holds", value=TWO_GAMMA),),
    ),
    Claim(
        id="fc.cand.gamma-p2.corrected",
        title="At p = 2 the value is the parity value over 2^{k/2}",
        source=_SOURCE,
        printed_kind="candidate",
        statement="For $p = 2$: $\\gamma^* = 2^{-k/2}\\,k!\\sqrt{2(k+1)^{-(k+1)}}$.",
        reading="γ* of network (2) at p = 2, k ≥ 2.",
        domain=Domain.of(k=at_least(2), p=Finite([2])),
        falsified_by=_OTHER_VALUE,
        corrects="fc.cand.gamma-p2",
        checks=(_PARITY_CORRECTED,),
        mutants=(
            Mutant.of(
                _PARITY_CORRECTED,
                "without the factor 2^{k/2}",
                value={"numerator": fact(K) * sqrt(2), "denominator": [(K + 1) ** half(K + 1)]},
            ),
            Mutant.of(
                _PARITY_CORRECTED,
                "Γ(k, 2)",
                value={
                    "numerator": TWO_VALUE["numerator"],
                    "denominator": [TWO_VALUE["denominator"][0] * RHO],
                },
            ),
        ),
    ),
]

CLAIMS = [*_ODD_CLAIMS, *_EVEN_CLAIMS, *_PARITY_CLAIMS]
