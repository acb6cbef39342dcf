"""What is said of the optimum itself: tight points, spectrum, and the case p = 2."""

from __future__ import annotations

from typing import Any

from verify.claims.fourier_circuits.common import GAMMA, GAMMA_VALUE, RHO, K, P, paper
from verify.claims.fourier_circuits.optimal import (
    HALVES,
    PREFACTOR,
    PRINTED_WIDTH,
    QUARTERS,
    even_network,
    even_weights,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, at_least
from verify.formula import fact, half, rational
from verify.methods.margins import WIDTH, family
from verify.methods.optima import optimum_counterexample, value_counterexample

_DOMAIN = Domain.of(k=at_least(2), p=Primes(3))
_AT_TWO = Domain.of(k=at_least(2), p=Finite([2]))

_UNIFORM = {"weight": {"numerator": rational(1), "denominator": [P - 1]}}
_TIGHT = odd_family(
    "uniform dual, all points tight",
    conclusions=("value", "width", "all-points-tight"),
    width=PRINTED_WIDTH,
    derived=_UNIFORM,
)
# γ*·p^k over the denominator of γ*.
_TRANSFORM = {
    "transform": {
        "numerator": GAMMA_VALUE["numerator"] * P**K,
        "denominator": GAMMA_VALUE["denominator"],
    }
}
_SPECTRUM = odd_family(
    "Fourier coefficients", conclusions=("value", "unique-function"), derived=_TRANSFORM
)

# γ*(k, 2) = 2·k!/((2k+2)^{(k+1)/2} 2^{(k−1)/2}) · ρ.
TWO_VALUE = {
    "numerator": 2 * fact(K),
    "denominator": [(2 * K + 2) ** half(K + 1) * rational(2) ** half(K - 1) / RHO],
}
TWO_GAMMA = PREFACTOR * RHO


def two_family(name: str, **arguments: Any) -> Check:
    """A check of value and width at p = 2 for every k."""
    return Check(
        name=name,
        procedure=family,
        arguments={
            "groups": "order-two",
            "inputs": "all",
            "factor": QUARTERS,
            "value": TWO_VALUE,
            "scope": _AT_TWO,
            **arguments,
        },
    )


_PARITY_VALUE = Check(
    name="the value at p = 2",
    procedure=value_counterexample,
    arguments={
        "value": GAMMA,
        "build": even_network,
        "weights": even_weights,
        "point": {"k": 2, "p": 2},
    },
)
_PARITY_WIDTH = Check(
    name="the width at p = 2",
    procedure=optimum_counterexample,
    arguments={
        "network": lambda: even_network(k=2, p=2),
        "violation": WIDTH < PRINTED_WIDTH,
        "value": TWO_GAMMA,
        "weights": even_weights,
        "point": {"k": 2, "p": 2},
        "description": "k=2, p=2: two neurons with signs attain γ*; 2^{2k−2}(p−1) is 4",
    },
)
_TWO_IS_RHO = two_family("value for every k")
_TWO_WIDTH = two_family(
    "width for every k", conclusions=("value", "width"), width=rational(2) ** (K - 1)
)
_PARITY_READING = (
    "The theorem's formulas are read at p = 2, where hypothesis U is empty, the only non-trivial "
    "character is real, and k ≥ 2. "
)

CLAIMS = [
    Claim(
        id="fc.all-points-on-margin",
        title="Every point is on the margin",
        source=paper("Appendices G.2, G.3"),
        printed_kind="id",
        statement=(
            "Scaled to norm 1 the constructed network has every point on the margin, "
            "$q = \\mathrm{unif}(\\mathbb{Z}_p)$ serves as $q^*$, and $f$ agrees on all wrong "
            "labels (Condition 3.8)."
        ),
        domain=_DOMAIN,
        reading=(
            "unif(Z_p) is the uniform distribution on the p^k inputs; as q* it minimises E_q g at "
            "the network, and the network maximises the mean margin under it. Shown for every "
            "max-margin network, and the constructed one is max-margin."
        ),
        falsified_by="a point off the margin, or two wrong labels with different outputs",
        checks=(_TIGHT,),
        mutants=(
            Mutant.of(
                _TIGHT,
                "weights that do not sum to 1",
                derived={"weight": {"numerator": rational(1), "denominator": [P]}},
            ),
            Mutant.of(_TIGHT, "half turns in place of quarters", factor=HALVES),
            Mutant.of(_TIGHT, "half the printed width", width=PRINTED_WIDTH / 2),
        ),
    ),
    Claim(
        id="fc.all-frequencies",
        title="The transform of a max-margin network is positive at (j, …, j, −j)",
        source=paper("Appendices H.1, H.2"),
        printed_kind="in",
        statement=(
            "Under uniform class weighting, $f$ a max-margin solution implies "
            "$\\hat f(j,\\dots,j,-j) > 0$ for every $j \\ne 0$."
        ),
        domain=_DOMAIN,
        reading=(
            "f is the network's function on Z_p^{k+1}, j ranges over Z_p∖{0}. The value is "
            "γ*·p^k, which is positive."
        ),
        falsified_by="a max-margin network with a coefficient that is not positive",
        checks=(_SPECTRUM,),
        mutants=(
            Mutant.of(
                _SPECTRUM,
                "γ*·p^{k−1}",
                derived={
                    "transform": {
                        "numerator": GAMMA_VALUE["numerator"] * P ** (K - 1),
                        "denominator": GAMMA_VALUE["denominator"],
                    }
                },
            ),
            Mutant.of(_SPECTRUM, "half turns alone", factor=HALVES),
        ),
    ),
    Claim(
        id="fc.parity.value",
        title="The printed maximum margin at p = 2",
        source=paper("§6"),
        printed_kind="id",
        statement=(
            "For $p = 2$ the setting degenerates to parity, network (2) being more general; "
            "Theorem 4.1 read at $p = 2$: $\\gamma^* = \\Gamma(k, 2)$."
        ),
        domain=_AT_TWO,
        reading=(
            _PARITY_READING + "γ* is the maximum L_{2,k+1} margin of network (2) at p = 2. (The "
            "parent's parity value, in its own norm, is another number: 2^{k−1/2}·Γ(k, 2).)"
        ),
        falsified_by="a network at p = 2 with a larger margin, or a smaller certified bound",
        corrected_by="fc.parity.value.corrected",
        checks=(_PARITY_VALUE,),
        mutants=(
            Mutant.of(_PARITY_VALUE, "the value with the factor ρ", value=TWO_GAMMA),
            Mutant.of(_PARITY_VALUE, "an odd modulus", point={"k": 2, "p": 3}),
        ),
    ),
    Claim(
        id="fc.parity.value.corrected",
        title="The maximum margin at p = 2",
        source=paper("§6, corrected"),
        printed_kind="candidate",
        statement="$\\gamma^*(k, 2) = 2^{(k-1)/2}\\,\\Gamma(k, 2)$ for every $k \\ge 2$.",
        domain=_AT_TWO,
        reading="The maximum L_{2,k+1} margin of network (2) on the 2^k inputs.",
        falsified_by="another value for some k",
        corrects="fc.parity.value",
        checks=(_TWO_IS_RHO,),
        mutants=(
            Mutant.of(_TWO_IS_RHO, "the printed value", value=GAMMA_VALUE),
            Mutant.of(_TWO_IS_RHO, "the scope of an odd modulus", groups="odd-cyclic",
                      scope=_DOMAIN),
        ),
    ),
    Claim(
        id="fc.parity.width",
        title="The printed width at p = 2",
        source=paper("§6"),
        printed_kind="id",
        statement=(
            "For $p = 2$ the setting degenerates to parity; the number of neurons of Theorem 4.1 "
            "read at $p = 2$ is $2^{2k-2}$."
        ),
        domain=_AT_TWO,
        reading=(
            _PARITY_READING + "The width is read as the number of neurons that the maximum margin "
            "takes, as the parent's parity theorem gives it (2^{k−1}). As a sufficient number it "
            "is fc.parity.width.sufficient."
        ),
        falsified_by="a narrower max-margin network at p = 2",
        corrected_by="fc.parity.width.corrected",
        checks=(_PARITY_WIDTH,),
        mutants=(
            Mutant.of(
                _PARITY_WIDTH, "a value that it misses", value=TWO_GAMMA * rational(101, 100)
            ),
            Mutant.of(_PARITY_WIDTH, "fewer than 2^{k−1}", violation=WIDTH < 2 ** (K - 1)),
        ),
    ),
    Claim(
        id="fc.parity.width.sufficient",
        title="The printed width suffices at p = 2",
        source=paper("§6"),
        printed_kind="id",
        statement=(
            "For $p = 2$ the setting degenerates to parity; the number of neurons of Theorem 4.1 "
            "read at $p = 2$, $2^{2k-2}$, suffices for $\\gamma^*$."
        ),
        domain=_AT_TWO,
        reading=(
            _PARITY_READING + "m ≥ 2^{2k−2} is read as in the theorem, as enough for γ*, the "
            "maximum over all widths. Shown with 2^{k−1} neurons, which are at most 2^{2k−2} for "
            "k ≥ 1: each may be split into 2^{k−1} equal ones, and further neurons may be zero."
        ),
        falsified_by="a k for which every network of this width stays below γ*",
        checks=(_TWO_WIDTH,),
        mutants=(
            Mutant.of(_TWO_WIDTH, "a network of 2^{k−2} neurons", width=rational(2) ** (K - 2)),
            Mutant.of(_TWO_WIDTH, "the printed value Γ(k, 2)", value=GAMMA_VALUE),
        ),
    ),
    Claim(
        id="fc.parity.width.corrected",
        title="2^{k−1} neurons suffice at p = 2",
        source=paper("§6, corrected"),
        printed_kind="candidate",
        statement=(
            "At $p = 2$ a network of $2^{k-1}$ neurons attains $\\gamma^*$, for every $k \\ge 2$."
        ),
        domain=_AT_TWO,
        reading="The neurons are the sign patterns modulo a common sign.",
        falsified_by="a larger least width",
        corrects="fc.parity.width",
        checks=(_TWO_WIDTH,),
        mutants=(
            Mutant.of(_TWO_WIDTH, "2^{k−2} neurons", width=rational(2) ** (K - 2)),
            Mutant.of(_TWO_WIDTH, "the printed value", value=GAMMA_VALUE),
        ),
    ),
]
