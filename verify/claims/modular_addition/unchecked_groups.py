"""The statement on group composition (arXiv:2606.02993) whose constants are not printed."""

from __future__ import annotations

from verify.claims.modular_addition.common import hwz, row


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
]
