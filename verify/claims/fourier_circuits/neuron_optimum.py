"""What the claims about the best single neuron share: its value, its amplitude, builders.

J = η(0) − E_{δ≠0} η(δ) is one neuron's weighted margin under hypothesis U, B the set of
neurons with Σ‖u_j‖² + ‖w‖² ≤ 1, Ω'* the maximisers of J over B.  A neuron has FORM when
u_j(a) = β cos(θ_j + 2πζa/p), w(c) = β cos(θ_w + 2πζc/p) and Σθ_j = θ_w modulo 2π.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial
from typing import Any

from verify.claims.fourier_circuits.common import GAMMA, RHO, K, P, uniform_weights
from verify.core.claim import Check
from verify.core.domain import Domain, Finite, at_least, even, odd
from verify.formula import Term, equal, fact, half, rational, sqrt
from verify.methods.combine import conjunction
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity
from verify.methods.margins import BOUND, bound_relation
from verify.methods.neurons import form_neuron, squared_norm, weighted_margin

ODD = Domain.of(k=at_least(2), p=odd(3))
EVEN = Domain.of(k=at_least(2), p=even(2))

# β² and |û(±ζ)|² of an optimal neuron: for odd p, and at ζ = p/2 for even p.
SHAPE = {
    "amplitude_squared": 2 / ((K + 1) * P),
    "transform_squared": P / (2 * (K + 1)),
    "signs": "+",
}
REAL_SHAPE = {
    "amplitude_squared": 1 / ((K + 1) * P),
    "transform_squared": P / (K + 1),
    "signs": "+",
}
EVEN_OPTIMUM = {"groups": "even-cyclic", "value": GAMMA * RHO, "maximisers": REAL_SHAPE}


def maximum(
    name: str, *, scope: Domain = ODD, inputs: int | str = "all", start: int = 2, **constants: Any
) -> Check:
    """Value and maximisers of J on B, for odd p and k ≥ 2 unless said otherwise."""
    values = {"groups": "odd-cyclic", "value": GAMMA, "maximisers": SHAPE, **constants}
    return Check(
        name=name,
        procedure=every_k,
        arguments={
            "rule": "neuron-maximum",
            "constants": values,
            "scope": scope,
            "inputs": inputs,
            "start": start,
        },
    )


def changed(check: Check, **constants: Any) -> dict[str, Any]:
    """The argument of a mutant of `maximum` with other constants."""
    return {"constants": {**check.arguments["constants"], **constants}}


def best_amplitude(k: int, p: int) -> Term:
    """√(2/((k+1)p)) as a number."""
    return sqrt(rational(2, (k + 1) * p))


_POINTS = ((1, 3), (2, 3), (2, 5), (3, 3))


def attained(value: Callable[[int, int], Term]) -> Sequence[Check]:
    """At small (k, p): every FORM neuron of unit amplitude, any phases, has this J and norm.

    value: J at amplitude 1 for k inputs and modulus p.
    """
    parts = []
    for k, p in _POINTS:
        identities = []
        for zeta in range(1, (p + 1) // 2):
            u, w = form_neuron(k=k, p=p, zeta=zeta)
            identities += [
                equal(weighted_margin(u, w), value(k, p)),
                equal(squared_norm(*u, w), rational((k + 1) * p, 2)),
            ]
        formula = identities[0]
        for identity in identities[1:]:
            formula = formula & identity
        parts.append(
            Check(
                name=f"every phase, k={k}, p={p}",
                procedure=formal_identity,
                arguments={
                    "formula": formula,
                    "formal": {f"phi{i + 1}": "angle" for i in range(k)},
                    "scope": Domain.at({"k": k, "p": p}),
                },
            )
        )
    return parts


def unit_value(k: int, p: int) -> Term:
    """J of a FORM neuron of amplitude 1: k! 2^{−k} p/(p−1)."""
    return rational(factorial(k) * p, 2**k * (p - 1))


# Γ = k! 2^{−k} p/(p−1) · (2/((k+1)p))^{(k+1)/2}: J is homogeneous of degree k+1.
_SCALED = fact(K) * P / (2**K * (P - 1)) * (2 / ((K + 1) * P)) ** half(K + 1)


def both_sides(
    value: Term = GAMMA, unit: Callable[[int, int], Term] = unit_value
) -> Sequence[Check]:
    """FORM neurons attain the value, and the uniform weighting bounds every neuron by it."""
    points = tuple({"k": k, "p": p} for k, p in _POINTS)
    bound = Check(
        name="upper bound",
        procedure=bound_relation,
        arguments={
            "weights": uniform_weights,
            "points": points,
            "relation": equal(BOUND, value) & equal(BOUND, _SCALED),
        },
    )
    return [*attained(unit), bound]


INSTANCES = Check(
    name="every phase and the bound at small moduli",
    procedure=conjunction,
    arguments={
        "parts": both_sides(),
        "scope": Domain.at(*({"k": k, "p": p} for k, p in _POINTS)),
    },
)
ONE_INPUT = Domain.of(k=Finite([1]), p=odd(3))
