"""Proof steps: magnitudes and amplitude of the optimal neurons.

Read on k ≥ 3 and odd primes p, as in `proof_steps_reduction`; the parent's step is k = 2.
"""

from __future__ import annotations

from collections.abc import Callable

from verify.claims.fourier_circuits.common import K, P, paper, parent
from verify.claims.fourier_circuits.neuron_optimum import (
    REAL_SHAPE,
    SHAPE,
    best_amplitude,
    changed,
    maximum,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, at_least, odd
from verify.formula import Term, all_of, equal, rational
from verify.methods.combine import conjunction
from verify.methods.identities import formal_identity
from verify.methods.neurons import form_neuron, transform

_HYPOTHESES = ("uniform inputs", "uniform class weighting")

_MAGNITUDES = maximum("maximisers for every k")
_ADDITION = maximum(
    "maximisers at k = 2",
    inputs=2,
    scope=Domain.of(k=Finite([2]), p=odd(3)),
    maximisers={**SHAPE, "amplitude_squared": rational(2, 3) / P},
)


def _spectrum(k: int, p: int, square: Callable[[int, int], Term]) -> Check:
    """|û_j(±ζ)|² and |ŵ(±ζ)|² of the FORM neuron of norm 1, other coefficients 0, any phases."""
    identities = []
    for zeta in range(1, (p + 1) // 2):
        u, w = form_neuron(k=k, p=p, zeta=zeta, amplitude=best_amplitude(k, p))
        for f in (*u, w):
            for j in range(p):
                here = square(k, p) if j in (zeta, p - zeta) else 0
                identities.append(equal(transform(f, j) * transform(f, -j), here))
    return Check(
        name=f"k={k}, p={p}",
        procedure=formal_identity,
        arguments={
            "formula": all_of(identities),
            "formal": {f"phi{i + 1}": "angle" for i in range(k)},
            "scope": Domain.at({"k": k, "p": p}),
        },
    )


def _spectra(square: Callable[[int, int], Term]) -> list[Check]:
    return [_spectrum(k, p, square) for k, p in ((2, 3), (2, 5), (3, 3))]


_SPECTRA = Check(
    name="spectra of FORM neurons, any phases",
    procedure=conjunction,
    arguments={
        "parts": _spectra(lambda k, p: rational(p, 2 * (k + 1))),
        "scope": Domain.at({"k": 2, "p": 3}, {"k": 2, "p": 5}, {"k": 3, "p": 3}),
    },
)
_OPTIMA = Domain.of(k=at_least(3), p=Primes(3))
_MAGNITUDE_MUTANTS = (
    Mutant.of(
        _MAGNITUDES,
        "p/(k+1), as at ζ = p/2",
        **changed(_MAGNITUDES, maximisers={**SHAPE, "transform_squared": P / (K + 1)}),
    ),
    Mutant.of(_MAGNITUDES, "β² = 1/((k+1)p)", **changed(_MAGNITUDES, maximisers=REAL_SHAPE)),
    Mutant.of(_MAGNITUDES, "one input", start=1),
)

CLAIMS = [
    Claim(
        id="fc.magnitudes.transform",
        title="All transforms of an optimal neuron have one magnitude",
        source=paper("(14), (24)"),
        printed_kind="op",
        statement=(
            "An optimal neuron has $|\\hat u_i(\\pm\\zeta)|=|\\hat w(\\pm\\zeta)|="
            "\\sqrt{p/(2(k+1))}$ at one $\\zeta$, and 0 elsewhere."
        ),
        reading="Of every maximiser of J over B; (14) is k = 3. 0 elsewhere includes j = 0.",
        hypotheses=_HYPOTHESES,
        domain=_OPTIMA,
        falsified_by="a maximiser with another magnitude or with more frequencies",
        checks=(_MAGNITUDES, _SPECTRA),
        mutants=(
            *_MAGNITUDE_MUTANTS,
            Mutant.of(
                _SPECTRA, "k for k+1", parts=_spectra(lambda k, p: rational(p, 2 * k))
            ),
        ),
    ),
    Claim(
        id="fc.magnitudes.amplitude",
        title="The amplitude of an optimal neuron",
        source=paper("(14), (24)"),
        printed_kind="op",
        statement="The amplitude of an optimal neuron's cosines is $\\sqrt{2/((k+1)p)}$.",
        reading=(
            "Every maximiser of J over B is u_j(a) = β cos(φ_j + 2πζa/p), w(c) = β cos(Σφ_j + "
            "2πζc/p) with this β > 0; (14) is k = 3."
        ),
        hypotheses=_HYPOTHESES,
        domain=_OPTIMA,
        falsified_by="a maximiser with another amplitude",
        checks=(_MAGNITUDES,),
        mutants=_MAGNITUDE_MUTANTS,
    ),
    Claim(
        id="mor.amplitude",
        title="The amplitude of an optimal neuron for two inputs",
        source=parent("p. 27"),
        printed_kind="op",
        statement="The amplitude of an optimal neuron's cosines is $\\sqrt{2/(3p)}$.",
        reading="Of every maximiser of Eψ' over ‖u‖² + ‖v‖² + ‖w‖² ≤ 1; p an odd prime.",
        hypotheses=_HYPOTHESES,
        domain=Domain.of(k=Finite([2]), p=Primes(3)),
        falsified_by="a maximiser with another amplitude",
        checks=(_ADDITION,),
        mutants=(
            Mutant.of(
                _ADDITION,
                "√(1/(3p))",
                **changed(
                    _ADDITION, maximisers={**SHAPE, "amplitude_squared": rational(1, 3) / P}
                ),
            ),
            Mutant.of(
                _ADDITION, "three inputs", inputs=3, scope=Domain.of(k=Finite([3]), p=odd(3))
            ),
        ),
    ),
]
