"""The maximum margin on a part of the data: on fewer points it is never smaller.

At k = 2, p = 3 four neurons beat Γ on all points but one.  Every other set of points that is not
D_p lies in a translate of this one, so no half of the data has the margin of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructions.networks import DenseNetwork, all_inputs
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA
from verify.claims.fourier_circuits.optimal import HALVES, PRINTED_WIDTH, odd_family
from verify.claims.fourier_circuits.training_objective import SOURCE, domain
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, rational
from verify.methods.combine import conjunction
from verify.methods.margins import MARGIN, NORM
from verify.methods.refutations import certified, refuted_by

_TASK = SumTask.modular(3, 2)
_ALL = tuple(all_inputs(_TASK))
_ALL_BUT_ONE = _ALL[1:]

# (u_1, u_2, w, gain): a network with 1.0245·Γ on all inputs but (0, 0).
_NEURONS = (
    ((-2, -1, 2), (-2, -1, 2), (-1, 2, -1), 18),
    ((-2, 1, 1), (2, -1, -1), (-2, 1, 1), 5),
    ((-2, 2, -1), (-2, 2, -1), (-1, -1, 2), 18),
    ((0, -1, 1), (0, 1, -1), (2, -1, -1), 45),
)


def _network() -> DenseNetwork:
    u1, u2, w, gains = zip(*_NEURONS, strict=True)
    return DenseNetwork.exact(_TASK, list(zip(u1, u2, strict=True)), w, gains)


def _beats(value: Term, data: Sequence[tuple[int, ...]] = _ALL_BUT_ONE) -> Check:
    """The network's normalised margin on the data exceeds the value."""
    relation: Formula = value * NORM < MARGIN
    document: dict[str, Any] = {
        "kind": "network-margin",
        "group": [3],
        "inputs": 2,
        "network": _network().json(),
        "data": [list(x) for x in data],
        "relations": [relation.node],
    }
    return Check(
        name="four neurons",
        procedure=certified,
        arguments={"documents": {"network": document}, "scope": Domain.at({"k": 2, "p": 3})},
    )


def _whole(**arguments: Any) -> Check:
    return odd_family("maximum margin of all points", conclusions=("value", "width"), **arguments)


_WHOLE = _whole(width=PRINTED_WIDTH)
_LARGER = Check(
    name="every proper subset has a larger margin",
    procedure=refuted_by,
    arguments={
        "parts": (_WHOLE, _beats(GAMMA)),
        "point": {"k": 2, "p": 3},
        "description": (
            "k=2, p=3: on the 8 inputs other than (0, 0) four neurons have 1.0245 times γ*; by "
            "translation every half of D_p, and every proper subset, has a larger maximum margin"
        ),
        "rests_on": ("fewer points",),
    },
)
_SUBSETS = domain(data=Whole("non-empty subsets of D_p"))
_NEVER_SMALLER = Check(
    name="an optimal network on fewer points",
    procedure=conjunction,
    arguments={"parts": (_WHOLE,), "scope": _SUBSETS, "rests_on": ("fewer points",)},
)

CLAIMS = [
    Claim(
        id="fc.cand.half-data",
        title="A random half of the data has the same maximum margin",
        source=SOURCE,
        printed_kind="candidate",
        statement="A random half of $D_p$ has the same $\\gamma^*$ as $D_p$.",
        domain=domain(),
        reading=(
            "k ≥ 2, odd p ≥ 3, width m ≥ 2^{2k−2}(p−1). A half is a set of ⌊p^k/2⌋ or ⌈p^k/2⌉ "
            "inputs, all equally likely; “has” is read weakly, as: with positive probability, for "
            "every k and p. At the witness the probability is 0. Of p → ∞ nothing is said."
        ),
        falsified_by="k and p at which no half has the margin of D_p",
        corrected_by="fc.cand.half-data.corrected",
        checks=(_LARGER,),
        mutants=(
            Mutant.of(_LARGER, "1.03 times γ*", parts=(_WHOLE, _beats(GAMMA * rational(103, 100)))),
            Mutant.of(_LARGER, "all nine inputs", parts=(_WHOLE, _beats(GAMMA, _ALL))),
            Mutant.of(
                _LARGER,
                "phases that cancel nothing",
                parts=(_whole(width=PRINTED_WIDTH, factor=HALVES), _beats(GAMMA)),
            ),
        ),
    ),
    Claim(
        id="fc.cand.half-data.corrected",
        title="A part of the data has at least the maximum margin of the whole",
        source=SOURCE,
        printed_kind="candidate",
        statement=(
            "Every non-empty $D'\\subseteq D_p$ has $\\gamma^*(D')\\ge\\gamma^*(D_p)=\\Gamma$."
        ),
        domain=_SUBSETS,
        reading=(
            "k ≥ 2, odd p ≥ 3, width m ≥ 2^{2k−2}(p−1). Nothing is said of equality: at k=2, p=3 "
            "it holds for D' = D_p alone."
        ),
        falsified_by="a set of points on which no network attains Γ",
        corrects="fc.cand.half-data",
        checks=(_NEVER_SMALLER,),
        mutants=(
            Mutant.of(
                _NEVER_SMALLER,
                "phases that cancel nothing",
                parts=(_whole(width=PRINTED_WIDTH, factor=HALVES),),
            ),
            Mutant.of(_NEVER_SMALLER, "half the width", parts=(_whole(width=PRINTED_WIDTH / 2),)),
        ),
    ),
]
