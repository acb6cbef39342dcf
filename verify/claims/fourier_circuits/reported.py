"""What the papers report of attention networks and Transformers, and the sizes of their data.

The rows on trained networks are not checked yet.  Each is read precisely all the same, so that a
run can settle it without choosing its tolerance afterwards.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import candidate, paper
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite
from verify.formula import Formula, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement

_ATTENTION_RUN = "needs trained networks of one attention layer, many hours of training"
_TRANSFORMER = "needs two-layer Transformers, which `verify.methods.training` does not train"
_ATTENTION = Finite(((4, 31), (3, 61), (5, 17)))
_GROKKING = Finite(((2, 97), (3, 31), (4, 11), (5, 5)))
_SPLIT = (
    "A random half of the p^k points is trained on; three seeds; the statistic must meet its "
    "threshold for every seed. "
)


def _row(
    claim_id: str,
    title: str,
    source: Source,
    statement: str,
    reading: str,
    falsified_by: str,
    domain: Domain,
    unchecked: str = _TRANSFORMER,
) -> Claim:
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind="candidate" if claim_id.startswith("fc.cand.") else "em",
        statement=statement,
        reading=reading,
        falsified_by=falsified_by,
        domain=domain,
        unchecked=unchecked,
    )


_HEADS = Domain.of(setting=_ATTENTION)
_GROK = Domain.of(setting=_GROKKING)

_REPORTED = [
    _row(
        "fc.attention-cosine.spectrum",
        "W^{KQ} is a two-dimensional cosine",
        paper("Figures 3, 9, 10"),
        "After training $W^{KQ}$ has a two-dimensional cosine shape with a sparse "
        "two-dimensional spectrum.",
        _SPLIT + "The p×p matrix E^T W^{KQ} E of each head; “sparse” is at least 90 % of the "
        "power (mean removed) in the four entries (±i, ±j) of one pair of frequencies. Which "
        "axes were plotted is not printed.",
        "a converged run with a head of non-negligible norm below 90 %",
        _HEADS,
        _ATTENTION_RUN,
    ),
    _row(
        "fc.attention-cosine.distinct",
        "One frequency per dimension, and different ones",
        paper("p. 5"),
        "The two dimensions of $W^{KQ}$ carry one frequency each, and the two are distinct.",
        _SPLIT + "Frequencies of maximum power along the two axes of E^T W^{KQ} E; “distinct” "
        "for every head of non-negligible norm.",
        "a head whose two frequencies coincide",
        _HEADS,
        _ATTENTION_RUN,
    ),
    _row(
        "fc.k5-attention",
        "One attention layer learns five inputs",
        paper("§6"),
        "One layer of attention learns modular addition even with $k=5$ inputs.",
        "k = 5, p = 17, the recipe of Figure 10, half of the data; “learns” is validation "
        "accuracy of at least 99 % for every one of three seeds.",
        "a seed that stays below 99 % validation accuracy",
        Domain.of(setting=Finite(((5, 17),))),
        _ATTENTION_RUN,
    ),
    _row(
        "fc.grok-weaker.every-k",
        "Grokking occurs for every k",
        paper("Figure 4"),
        "Two-layer Transformers grok for each of $k=2,3,4,5$.",
        _SPLIT + "Grokking: validation accuracy reaches 99 % at more than twice the number of "
        "steps that training accuracy needs for 99 %.",
        "a k for which the ratio of steps is at most 2",
        _GROK,
    ),
    _row(
        "fc.grok-weaker.weaker",
        "Grokking becomes weaker as k grows",
        paper("Figure 4"),
        "The grokking gap becomes weaker as $k$ increases.",
        _SPLIT + "The mean over seeds of the gap (steps from 99 % training to 99 % validation "
        "accuracy) decreases strictly along k = 2, 3, 4, 5.",
        "two consecutive k whose mean gap does not decrease",
        _GROK,
    ),
    _row(
        "fc.grok-weaker.predicted",
        "The weakening is as predicted by the analysis",
        paper("p. 5"),
        "That grokking weakens as $k$ increases is “as predicted by our analysis”.",
        "Theorem 4.1 implies the order of the grokking gaps of fc.grok-weaker.weaker. The theorem "
        "speaks of maximum-margin solutions and not of time, so only the observed order can be "
        "compared.",
        "an observed order of gaps other than the predicted one",
        _GROK,
    ),
    _row(
        "fc.grok-weaker.unexplained",
        "The theorem cannot fully explain grokking",
        paper("Appendix A"),
        "The theorem “cannot fully explain” grokking.",
        "The statement contradicts a full reading of fc.grok-weaker.predicted. Read as: two runs "
        "with equal final margin and equal frequencies differ in their gap by a factor above 2.",
        "final margin and frequencies that determine the gap within a factor 2 over all runs",
        _GROK,
    ),
]

_GROK_SIZE = _row(
    "fc.cand.grok-size",
    "The grokking gap shrinks in k at matched data size",
    candidate("Trained"),
    "With $p^k$ matched within a factor 2 the gap between 99 % training and validation "
    "accuracy shrinks in $k$.",
    "The Transformer of Figure 4 at (k, p) = (2, 127), (3, 23), (4, 11), (5, 7); the mean "
    "gap in steps over three seeds decreases strictly in k.",
    "two consecutive k whose mean gap does not decrease",
    Domain.of(setting=Finite(((2, 127), (3, 23), (4, 11), (5, 7)))),
)

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

_EXACT = [
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
        statement=_STATEMENT,
        reading=_READING.format(factor=10),
        falsified_by="two of the sizes with a ratio above 10",
        domain=Domain.at(*_PAIRS),
        checks=(_FACTOR_10,),
        mutants=(Mutant.of(_FACTOR_10, "a factor 9", formula=_within(9)),),
        corrects="fc.grok-weaker.sizes",
    ),
]

CLAIMS = [*_REPORTED, *_EXACT, _GROK_SIZE]
