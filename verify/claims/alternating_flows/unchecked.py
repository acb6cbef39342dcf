"""Statements of the papers and notebooks that no check covers yet, with the reason.

A statement about the limit α → 0 of the gradient flow of a whole network is settled neither by an
identity nor by runs at a few α; where the suite decides the formula inside such a statement, that
is a claim of its own and the reason names it.
"""

from __future__ import annotations

from verify.claims.alternating_flows.common import entry, paper
from verify.core.claim import Claim
from verify.core.domain import Domain, Whole

_NETWORKS = Domain.of(network=Whole("networks, data and initialisations of the setting"))
_LIMIT = "needs the limit α → 0 of the full gradient flow, for which no certificate exists here"
_TRAINED = "needs trained networks"
_FALSIFIED = {
    "as": "data and an initialisation with another limit",
    "em": "a statistic outside its reading",
    "op": "a better feasible point, or one outside the stated set",
    "in": "admissible parameters that violate it",
    "id": "admissible parameters that violate it",
}

# id, title, source, kind, statement, reading, reason.
_ROWS = [
    ("staircase", "Plateaus and sharp drops", paper("abstract"), "em",
     "With small initialisation the loss has plateaus where neurons slowly align and sharp drops "
     "where they grow.",
     "In each setting at α ≤ 1e-4 at least 80 % of the loss is lost within 10 % of the time to "
     "the last drop; three seeds.", _TRAINED),
    ("width-smooths", "Wide networks have no steps", paper("summary; notebook on ReLU networks"),
     "em", "On natural images the discrete steps smooth out as width grows.",
     "The share of the loss that is lost within 10 % of the time decreases from width 10 to 1000.",
     _TRAINED + " and image data"),
    ("tf-features", "Features are principal components", paper("abstract"), "as",
     "The learned features of linear attention are principal components of the inputs.",
     "Each plateau of the limit has M = Σ m_j e_je_jᵀ over some eigenvectors of Σ.", _LIMIT),
    ("tf-one-head", "Each jump activates one head", paper("notebook"), "em",
     "With D components and D + 1 heads each jump activates one head; one head stays dormant.",
     "D = 4, α = 1e-3, ten seeds; a head is active when its norm exceeds half the largest.",
     _TRAINED),
    ("tf-levels.limit", "The flow passes the levels", paper("notebook"), "as",
     "Gradient flow has plateaus at "
     "$\\frac12[T-\\sum_{j\\le k}\\lambda_j/(1+(1+T/\\lambda_j)/N)]$.",
     "As α → 0 with 5 heads and D = 4, in this order.", _LIMIT),
    ("tf-singular.limit", "The learned singular values", paper("notebook"), "as",
     "On the k-th plateau the singular values of M are $1/(T+(N+1)\\lambda_j)$, $j\\le k$.",
     "As α → 0 with 5 heads and D = 4.", _LIMIT),
]

CLAIMS: list[Claim] = [
    entry(
        f"agf.{name}", title, statement, source=source, kind=kind, domain=_NETWORKS,
        reading=reading, falsified_by=_FALSIFIED[kind], unchecked=reason,
    )
    for name, title, source, kind, statement, reading, reason in _ROWS
]
