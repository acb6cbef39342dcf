"""Stage II on finite groups: how the common scale grows and the loss falls."""

from __future__ import annotations

from verify.claims.modular_addition.common import hwz, row
from verify.claims.modular_addition.group_energy import GROUPS
from verify.claims.writing import entry, formal, proof
from verify.core.claim import Check, Mutant
from verify.formula import equal, var

_N, _S = var("n"), var("S")


def _parts(labels: int = 1, power: int = 1) -> tuple[Check, ...]:
    """S/(1 + S) − S/n = S(n − 1 − S)/(n(1 + S)), and the constant at γ = Δ = n, cleared."""
    softmax = equal(_S * _N - _S * (1 + _S), _S * (_N - labels - _S))
    constant = equal(_N * _N * (_N - 1), _N * (_N**power * (_N - 1)))
    return (
        formal("softmax of the wrong labels", softmax, "S n", scope=GROUPS),
        formal("an indicator of height n", constant, "n", scope=GROUPS),
    )


_SCALES = proof("growth of the scale", *_parts(), scope=GROUPS, lemmas=("scales of one predictor",))
_STATEMENT = (
    "With a strict population margin, tied scales and a wide network, with high probability "
    "$a(t)\\gtrsim\\log(1+|G|(|G|-1)t)$, and the loss is $\\le\\varepsilon$ once "
    "$T\\gtrsim(|G|/\\varepsilon)(1+(|G|-1)^{-2})$."
)

CLAIMS = [
    row(
        "hwz.stage-two",
        "Growth of the scales and decay of the loss in Stage II",
        hwz("blog §3.6, theorem"),
        _STATEMENT,
        kind="as",
        about="trajectories of the scales",
        falsified_by="another rate",
        missing="the constants of the bound, and the normalisation of the predictor that they go "
        "with, are not printed in any source at hand; for explicit ones see "
        "hwz.stage-two.explicit",
    ),
    entry(
        "hwz.stage-two.explicit",
        "Logarithmic growth of one scale, and a loss of order 1/t",
        "With leads in $[\\gamma,\\Delta]$, $\\gamma>0$, and tied scales "
        "$a(t)\\ge\\Delta^{-1}\\ln(1+\\gamma\\Delta(|G|-1)t/|G|)$, "
        "$a(t)\\le\\gamma^{-1}\\ln(e^{\\gamma a(0)}+\\gamma\\Delta(|G|-1)t)$, and the loss is "
        "$\\le\\varepsilon$ once $t\\ge|G|^2/(\\gamma^2\\varepsilon)$.",
        source=hwz("blog §3.6, theorem, with constants"),
        kind="as",
        domain=GROUPS,
        reading="Full table of a finite group of order n, mean cross-entropy, f = aF with a fixed "
        "predictor F whose label leads every other one by at least γ and at most Δ at every pair; "
        "a' = −dL/da, a(0) ≥ 0. That a wide random network has such an F is a hypothesis. For "
        "F = n·1[j = g1g2] + const the first bound is ln(1 + n(n − 1)t)/n.",
        falsified_by="a predictor with such leads whose scale or loss is outside",
        checks=(_SCALES,),
        mutants=(
            Mutant.of(_SCALES, "n − 2 wrong labels", parts=_parts(labels=2)),
            Mutant.of(_SCALES, "another height", parts=_parts(power=2)),
        ),
    ),
]
