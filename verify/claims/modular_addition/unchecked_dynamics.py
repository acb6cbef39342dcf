"""Statements on the training dynamics with σ(u) = u², not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import UNWRITTEN, candidate, he, row


def _unwritten(
    claim_id: str, title: str, locator: str, kind: str, statement: str, falsified_by: str = ""
):
    return row(
        claim_id,
        title,
        he(locator),
        kind,
        statement,
        unchecked=UNWRITTEN,
        falsified_by=falsified_by,
    )


_CANDIDATES = (
    (
        "winner-blow-up",
        "The first blow-up wins in networks",
        "winner $=\\arg\\min_kT^*$ on stored runs. Rate ≥ .95, p = 15, 23, 31, 97.",
        "in the decoupled flow it is the definition of the winner; runs need trained networks",
    ),
    (
        "dominance-ratio.scale",
        "Scale at which the winner leads",
        "Equal magnitudes: median β ratio winner/runner-up $\\ge10$ when the winner reaches .3 "
        "requires $\\kappa=O(p^{-2})$.",
        UNWRITTEN,
    ),
)

CLAIMS = [
    _unwritten(
        "he.predictor-predetermined",
        "The initialisation determines the predictor",
        "blog §2",
        "as",
        "The final predictor is determined by the initialisation.",
        "one initialisation, two predictors",
    ),
    _unwritten(
        "he.frequency-coverage",
        "Wide networks cover all frequencies",
        "blog §4.5, code",
        "as",
        "With initial $D$ independent and uniform, $M\\gg K$ covers all frequencies in balance.",
    ),
    *(
        row(
            f"he.cand.{name}",
            title,
            candidate("Dynamics"),
            "candidate",
            statement,
            unchecked=why,
        )
        for name, title, statement, why in _CANDIDATES
    ),
]
