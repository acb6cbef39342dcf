"""Leakage between frequencies in a quadratic run from a single-frequency start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify.claims.modular_addition.common import he
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.demands import Demand
from verify.methods.observations import observe, runs

if TYPE_CHECKING:
    from verify.auditing.run import Run

STEP = 5000
# A start in float32 has other frequencies at its rounding only.
_PURE = 1 - 1e-6


def _applies(run: Run) -> bool:
    """u², every neuron of one frequency at step 0, and a checkpoint at step 5000."""
    first = dict(run.audits).get(0)
    return (
        first is not None
        and STEP in run.steps
        and first.network.activation.name == "u^2"
        and float(first.spectrum.share.min()) >= _PURE
    )


def _elsewhere(run: Run) -> float:
    """Largest part of a neuron's energy at other frequencies, at step 5000."""
    return 1 - float(dict(run.audits)[STEP].spectrum.share.min())


_LEAK = Demand(
    name="largest energy share of a neuron at other frequencies at step 5000",
    of=_elsewhere,
    at_most=1e-6,
)
_CHECK = Check(
    name="energy at other frequencies",
    procedure=observe,
    arguments={
        "subjects": runs,
        "applies": _applies,
        "demands": (_LEAK,),
        "needs": "a folder with a quadratic run from a single-frequency start, steps 0 and 5000 "
        "among its checkpoints",
    },
)

CLAIMS = [
    Claim(
        id="he.no-leakage-run",
        title="No leakage in the quadratic run from a single-frequency start",
        source=he("blog Figure 12"),
        printed_kind="em",
        statement=(
            "`quad_single_freq`, steps 1000 and 5000: all other entries are zero, the support is "
            "preserved exactly."
        ),
        domain=Domain.of(run=Whole("quadratic runs from a single-frequency start")),
        reading=(
            "“Zero” is read as at most 10⁻⁶ of a neuron's energy, both layers together, at other "
            "frequencies (an amplitude of 10⁻³), for every neuron at step 5000. Rounded weights "
            "have no exact zeros."
        ),
        falsified_by="a neuron with more energy at other frequencies at step 5000",
        checks=(_CHECK,),
        mutants=(
            Mutant.of(_CHECK, "exactly zero", demands=(replace(_LEAK, at_most=0.0),)),
        ),
    ),
]
