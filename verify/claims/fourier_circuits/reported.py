"""The sizes of the data of Figure 4.

`grokking` has what is reported of its runs, `trained_attention` what is reported of W^{KQ}.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import paper
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement

_SIZES = ((2, 97), (3, 31), (4, 11), (5, 5))
_PAIRS = tuple(
    {"k": k, "p": p, "l": l, "q": q} for k, p in _SIZES for l, q in _SIZES if (k, p) != (l, q)
)
_READING = (
    "The data size is p^k: 9409, 29791, 14641, 3125. “Roughly” has no printed tolerance; read as: "
    "any two of them differ by a factor of at most {factor}."
)


def _within(factor: int) -> Formula:
    return var("p") ** var("k") <= factor * var("q") ** var("l")


_FACTOR_2 = Check(
    name="the extreme sizes",
    procedure=counterexample,
    arguments={
        "formula": _within(2),
        "point": {"k": 3, "p": 31, "l": 5, "q": 5},
        "description": "31^3 = 29791 is more than twice 5^5 = 3125",
    },
)
_FACTOR_10 = Check(
    name="all pairs of sizes",
    procedure=exact_statement,
    arguments={"formula": _within(10), "points": _PAIRS},
)
_STATEMENT = "The choices $p=97,31,11,5$ for $k=2,3,4,5$ make the data sizes “roughly equal”."

CLAIMS = [
    Claim(
        id="fc.grok-weaker.sizes",
        title="The data sizes of Figure 4 agree within a factor 2",
        source=paper("§5"),
        printed_kind="em",
        statement=_STATEMENT,
        reading=_READING.format(factor=2),
        falsified_by="two of the sizes with a ratio above 2",
        domain=Domain.at(*_PAIRS),
        checks=(_FACTOR_2,),
        mutants=(
            Mutant.of(_FACTOR_2, "a factor 10", formula=_within(10)),
            Mutant.of(
                _FACTOR_2,
                "11^4 against 97^2, within a factor 2",
                point={"k": 4, "p": 11, "l": 2, "q": 97},
            ),
        ),
        corrected_by="fc.grok-weaker.sizes-decade",
    ),
    Claim(
        id="fc.grok-weaker.sizes-decade",
        title="The data sizes of Figure 4 agree within a factor 10",
        source=paper("§5"),
        printed_kind="em",
        statement="The choices $p=97,31,11,5$ for $k=2,3,4,5$ make the data sizes $p^k$ equal up "
        "to a factor 10.",
        reading=_READING.format(factor=10),
        falsified_by="two of the sizes with a ratio above 10",
        domain=Domain.at(*_PAIRS),
        checks=(_FACTOR_10,),
        mutants=(Mutant.of(_FACTOR_10, "a factor 9", formula=_within(9)),),
        corrects="fc.grok-weaker.sizes",
    ),
]
