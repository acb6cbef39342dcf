"""Candidate: sums of powers of non-negative numbers, and when they equal the power of the sum."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import K, candidate
from verify.claims.fourier_circuits.inequalities import powers
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, equal, half, implies, rational, total, var
from verify.methods.combine import conjunction, counterexample

_VECTORS = Whole("non-negative vectors z")
_X, _Y = var("x"), var("y")


def _clause(k: int) -> Formula:
    """Two entries: equality in Σz^{(k+1)/2} ≤ (Σz)^{(k+1)/2} only if one of them is 0."""
    s = rational(k + 1, 2)
    return implies(
        equal(total([_X**s, _Y**s]), total([_X, _Y]) ** s), equal(_X, 0) | equal(_Y, 0)
    )


_LINEAR = Check(
    name="exponent 1",
    procedure=counterexample,
    arguments={
        "formula": _clause(1),
        "point": {"k": 1, "z": "(1, 1)"},
        "values": {"x": 1, "y": 1},
        "description": "k=1, z=(1, 1): the exponent is 1 and both sides are 2",
    },
)
_CORRECTED = Domain.of(k=at_least(1), z=_VECTORS)
_ALL_K = powers("inequality, k ≥ 1", half(K + 1), start=1, scope=_CORRECTED, equality=False)
_STRICT = powers(
    "equality, k ≥ 2",
    half(K + 1),
    start=2,
    scope=Domain.of(k=at_least(2), z=_VECTORS),
    equality=True,
)
_POWER_MEAN = Check(
    name="inequality and equality",
    procedure=conjunction,
    arguments={"parts": (_ALL_K, _STRICT), "scope": _CORRECTED},
)

CLAIMS = [
    Claim(
        id="fc.cand.power-mean",
        title="Sums of powers, with equality for one entry",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement=(
            "$z\\ge0$: $\\sum z^{(k+1)/2}\\le(\\sum z)^{(k+1)/2}$, equality iff at most one "
            "non-zero entry, $k\\ge1$."
        ),
        reading=(
            "Vectors of any length. The inequality is right; the equality clause fails at k = 1."
        ),
        domain=_CORRECTED,
        falsified_by="a vector that violates the inequality or the equality clause",
        corrected_by="fc.cand.power-mean.corrected",
        checks=(_LINEAR,),
        mutants=(
            Mutant.of(_LINEAR, "three inputs", formula=_clause(3)),
            Mutant.of(_LINEAR, "one non-zero entry", values={"x": 1, "y": 0}),
        ),
    ),
    Claim(
        id="fc.cand.power-mean.corrected",
        title="Sums of powers, with equality for one entry from k = 2 on",
        source=candidate("single neuron, corrected"),
        printed_kind="candidate",
        statement=(
            "$z\\ge0$, $k\\ge1$: $\\sum z^{(k+1)/2}\\le(\\sum z)^{(k+1)/2}$; equality always for "
            "$k=1$, and iff at most one non-zero entry for $k\\ge2$."
        ),
        reading="Vectors of any length.",
        domain=_CORRECTED,
        falsified_by="a vector that violates the inequality or the equality clause",
        corrects="fc.cand.power-mean",
        checks=(_POWER_MEAN,),
        mutants=(
            Mutant.of(
                _POWER_MEAN,
                "the clause from k = 1 on",
                parts=(
                    _ALL_K,
                    powers(
                        "equality, k ≥ 1",
                        half(K + 1),
                        start=1,
                        scope=_CORRECTED,
                        equality=True,
                    ),
                ),
            ),
        ),
    ),
]
