"""Statements on grokking (p = 23, weight decay 2, 75 % of the pairs) without a check."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, he, row


def _grokking(claim_id: str, title: str, locator: str, statement: str, kind: str = "em"):
    return row(claim_id, title, he(locator), kind, statement, unchecked=TRAINED)


CLAIMS = [
    _grokking(
        "he.grok-three-stages",
        "Three stages of grokking",
        "blog §5.1, notebooks",
        "Stage I ends at about 2200 steps, II at about 10000 (notebook: 2200, 10400); train "
        "accuracy is 1 in I; test accuracy is about 70 %, then 95 %, then tends to 100 %; the "
        "stages do not depend on $p$.",
    ),
    _grokking(
        "he.stage-three-pure-decay",
        "Stage III is pure decay",
        "blog §5.4, app tab 6",
        "In III the gradient is negligible and decay the sole force: "
        "$\\partial_t\\|w\\|=-\\lambda\\|w\\|$ (AdamW: a factor $1-\\eta\\lambda$ per step).",
        "ode",
    ),
    row(
        "he.grok-needs-clean-features",
        "Generalisation requires clean features",
        he("blog §5"),
        "em",
        "Generalisation requires clean single-frequency features.",
        unchecked=TRAINED,
        falsified_by="a generalising network without them",
    ),
]
