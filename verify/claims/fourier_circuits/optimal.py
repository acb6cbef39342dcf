"""What the claims about optimal networks share: values, widths, and checks for every k at once.

Even moduli have one non-trivial real character, ζ = p/2.  With ρ = 2^{(k−1)/2} and
Z = (p−2)ρ + 1 the maximum margin is Γ·(p−1)·ρ/Z, and the weighting 1/Z on odd and (2ρ−1)/Z
on even shifts δ bounds it.  The formula language divides by products only, so 1/Z is written
((p−2)ρ − 1)/((p−2)²ρ² − 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from constructions.designs import quarter
from verify.claims.fourier_circuits.common import GAMMA_VALUE, RHO, K, N, P, cyclic_network
from verify.core.claim import Check
from verify.core.domain import Domain, at_least, even, odd
from verify.formula import Term, fact, half, rational
from verify.methods.margins import family

# Factors of product designs.  Quarters come in pairs that are one neuron: 4^k/2 = 2^{2k−1}.
THIRDS = tuple(str(Fraction(t, 3)) for t in range(3))
QUARTERS = tuple(str(Fraction(t, 4)) for t in range(4))
# A factor whose second moment does not vanish: the broken premise of many mutants.
HALVES = ("0", "1/2")

PRINTED_WIDTH: Term = rational(2) ** (2 * K - 2) * (P - 1)
LADDER_WIDTH: Term = (K + 1) * rational(2) ** (K - 2) * (P - 1)

ODD_MODULI = Domain.of(k=at_least(2), p=odd(3))
EVEN_MODULI = Domain.of(k=at_least(2), p=even(2))

# 2·k!/((2k+2)^{(k+1)/2} p^{(k−1)/2}): Γ without its factor 1/(p−1).
_COMMON = (2 * K + 2) ** half(K + 1) * P ** half(K - 1)
PREFACTOR: Term = 2 * fact(K) / _COMMON

EVEN_VALUE: Mapping[str, Any] = {
    "numerator": 2 * fact(K),
    "denominator": [_COMMON * (P - 2), _COMMON / RHO],
}


def _inverse_z(n: Term) -> Term:
    return ((n - 2) * RHO - 1) / ((n - 2) ** 2 * rational(2) ** (K - 1) - 1)


EVEN_GAMMA: Term = PREFACTOR * RHO * _inverse_z(P)

even_network = cyclic_network(quarter)


def even_weights(*, k: int, p: int) -> dict[str, Any]:
    """The optimal weighting of wrong labels for an even modulus."""
    odd_mass = _inverse_z(N)
    even_mass = (2 * RHO - 1) * odd_mass
    return {str(d): (odd_mass if d % 2 else even_mass).node for d in range(1, p)}


def odd_family(name: str, **arguments: Any) -> Check:
    """A check of value and structure for every k and odd modulus, with quarter-turn phases."""
    return Check(
        name=name,
        procedure=family,
        arguments={
            "groups": "odd-cyclic",
            "inputs": "all",
            "factor": QUARTERS,
            "value": GAMMA_VALUE,
            "scope": ODD_MODULI,
            **arguments,
        },
    )


def even_family(name: str, **arguments: Any) -> Check:
    """The same for even moduli."""
    return odd_family(
        name,
        **{"groups": "even-cyclic", "value": EVEN_VALUE, "scope": EVEN_MODULI, **arguments},
    )

