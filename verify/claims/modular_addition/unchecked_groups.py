"""Statements on group composition (arXiv:2606.02993) without a check: runs, and no constants."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, hwz, row


def _no_constants(claim_id: str, title: str, locator: str, statement: str):
    lacking = "the constants of the bound are not printed in any source at hand"
    return row(claim_id, title, hwz(locator), "as", statement, missing=lacking)


CLAIMS = [
    _no_constants(
        "hwz.stage-two",
        "Growth of the scales and decay of the loss in Stage II",
        "blog §3.6, theorem",
        "With a strict population margin, tied scales and a wide network, with high probability "
        "$a(t)\\gtrsim\\log(1+|G|(|G|-1)t)$, and the loss is $\\le\\varepsilon$ once "
        "$T\\gtrsim(|G|/\\varepsilon)(1+(|G|-1)^{-2})$.",
    ),
    row(
        "hwz.f21-run",
        "The run on C7⋊C3",
        hwz("blog §3.5, §3.6"),
        "em",
        "$C_7\\rtimes C_3$, $M=512$, $a=.01$, $10^4+5\\cdot10^4$ steps: accuracy 441/441, "
        "alignment cosines $\\to1$, $\\sigma_2/\\sigma_1\\to0$, Stage-I loss $\\approx\\log21$, "
        "per-neuron scales grow logarithmically, slower at larger margin.",
        unchecked=TRAINED,
    ),
]
