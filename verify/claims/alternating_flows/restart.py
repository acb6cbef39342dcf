"""Does the alternation survive a full alignment of all dormant neurons in every phase?"""

from __future__ import annotations

from verify.claims.alternating_flows.common import candidate
from verify.claims.writing import entry, exact, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.formula import Term, all_of, equal, rational, total

_DOMAIN = Domain.of(kappa=Finite([2]), network=Whole("linear networks, data and starts"))


def _times(matrix: list[list[int]], vector: list[int]) -> list[Term]:
    return [
        total([rational(a * b) for a, b in zip(row, vector, strict=True)]) for row in matrix
    ]


def _blocks(first: int, second: int) -> list[list[int]]:
    """The symmetric matrix of (a, w) ↦ ∇(aᵀMw) for M = diag(first, second)."""
    return [[0, 0, first, 0], [0, 0, 0, second], [first, 0, 0, 0], [0, second, 0, 0]]


def top_mode(second: int = 1) -> Check:
    """(e_1, e_1) is the simple top eigenvector at M = diag(2, second)."""
    matrix = _blocks(2, second)
    rows = zip(*matrix, strict=True)
    parts = [
        equal(entry_, {0: 4, 1: 1}[i % 2] if i == j else 0)
        for j, column in enumerate(rows)
        for i, entry_ in enumerate(_times(matrix, list(column)))
    ]
    for sign in (1, -1):
        found, vector = _times(matrix, [1, 0, sign, 0]), [1, 0, sign, 0]
        parts += [equal(x, 2 * sign * y) for x, y in zip(found, vector, strict=True)]
    return exact("top eigenvector", all_of(parts))


def _stuck(first: int = 0) -> Check:
    """At the residual diag(first, 1) the gradient of an aligned neuron is 0, the loss is not."""
    gradient = _times(_blocks(first, 1), [1, 0, 1, 0])
    return exact("gradient after the first mode",
                 all_of([equal(x, 0) for x in gradient]) & (rational(1, 2) * 1**2 > 0))


_RESTART = refutation(
    "two modes", top_mode(), _stuck(),
    point={"kappa": 2, "network": "c = d = 2, Σ_xx = I, Σ_yx = diag(2, 1), any width"},
    lemmas=("alignment of linear neurons",),
    description="Σ_xx = I, Σ_yx = diag(2, 1): almost every start aligns all neurons with the first "
    "mode; once it is learned they are critical points of the next utility, and the alternation "
    "stops with the loss 1/2 of the second mode",
)

CLAIMS = [
    entry(
        "agf.cand.restart-from-limit.kappa-2",
        "Full alignment of all dormant neurons in every phase, κ = 2",
        "Running every utility phase to full alignment of all dormant neurons still completes all "
        "features.",
        source=candidate("Framework"),
        kind="candidate",
        domain=_DOMAIN,
        reading="The directions of dormant neurons are replaced by their limits before the next "
        "activation, without noise; completes means that the loss reaches its minimum.",
        falsified_by="data at which the alternation stops early from almost every start",
        checks=(_RESTART,),
        mutants=(
            Mutant.of(_RESTART, "equal modes", parts=(top_mode(2), _stuck())),
            Mutant.of(_RESTART, "a residual of the first mode", parts=(top_mode(), _stuck(1))),
        ),
    ),
]
