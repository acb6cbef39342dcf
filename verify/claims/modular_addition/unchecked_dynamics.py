"""Statements on the training dynamics with σ(u) = u², not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, UNWRITTEN, he, row


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


CLAIMS = [
    _unwritten(
        "he.align-then-grow",
        "Alignment comes before growth",
        "blog §4.3, Figure 9",
        "as",
        "Phases align first while magnitudes are small, then magnitudes explode ($\\kappa=.02$: "
        "flat until step $\\approx 4000$).",
        "a trajectory that aligns only after growth by a stated factor",
    ),
    _unwritten(
        "he.phase-alignment",
        "Phases align from almost every start",
        "Theorem 5.3, blog §4.4, app tab 7",
        "as",
        "$D(t)\\to 0$ from any initial condition except the measure-zero unstable point $\\pi$; "
        "(summary) for small single-frequency starts, monotonically.",
        "another limit, or non-monotone |D|",
    ),
    _unwritten(
        "he.pendulum",
        "The misalignment moves like a damped pendulum",
        "blog §4.4",
        "ode",
        "$D=0$ is a stable attractor, $\\pi$ an unstable repeller; $D$ moves to 0 in $(0,\\pi)$ "
        "and to $2\\pi$ in $(\\pi,2\\pi)$.",
    ),
    row(
        "he.no-leakage-run",
        "No leakage to other frequencies in the stored run",
        he("blog Figure 12"),
        "em",
        "`quad_single_freq` at steps 1000 and 5000: other entries are zero, the support is "
        "preserved exactly.",
        unchecked=TRAINED,
    ),
    _unwritten(
        "he.lottery-smallest-misalignment",
        "The smallest misalignment wins",
        "Corollary 6.1, blog §4.5, app tab 5",
        "as",
        "$k^\\star=\\arg\\min_k \\tilde D^k(0)$. The blog says it of random initialisation with "
        "the “same small magnitude $\\kappa$” at each $k$; the summary of an equal-magnitude "
        "start and the decoupled ODE.",
        "a start with another winner (first blow-up, or largest final β)",
    ),
    _unwritten(
        "he.lottery-phase-only",
        "Alignment alone determines the winner",
        "app tab 5, blog §6",
        "as",
        "Initial alignment, not initial magnitude, determines the winner.",
        "two frequencies decided by their magnitudes",
    ),
    _unwritten(
        "he.lottery-magnitude-and-phase",
        "Magnitude and alignment determine the winner",
        "abstract, and a summary",
        "as",
        "The winner is set by initial magnitude and alignment; (summary) the largest magnitudes "
        "with the smallest misalignment outgrow the rest exponentially.",
        "a start where such a frequency loses",
    ),
    _unwritten(
        "he.dominance-time",
        "Time until one frequency dominates",
        "Corollary 6.1, blog §4.5",
        "as",
        "One frequency dominates after $\\tilde O(\\log p/(p\\kappa))$.",
        "another scaling in p and κ at a stated dominance ratio",
    ),
    row(
        "he.losers-frozen",
        "Losing magnitudes stay small",
        he("blog §4.5, app tab 5"),
        "em",
        "Losing magnitudes stay near $\\kappa$.",
        unchecked=UNWRITTEN,
        falsified_by="their growth when the winner saturates",
    ),
    _unwritten(
        "he.super-linear-feedback",
        "The winner takes all",
        "blog §4.5",
        "as",
        "The winner grows super-linearly, the gap compounds exponentially, the winner takes all.",
    ),
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
    row(
        "he.contour",
        "Final magnitude over initial magnitude and misalignment",
        he("blog Figure 11"),
        "em",
        "The final $\\beta$ is largest at large $\\beta(0)$ and small $D(0)$, symmetric about "
        "$\\pi$, and near $\\pi$ negligible whatever the initial size.",
        unchecked=UNWRITTEN,
    ),
    row(
        "he.sim-best-aligned-wins",
        "The best-aligned frequency always wins the simulation",
        he("app tab 8"),
        "em",
        "In the ODE from random starts the best-aligned frequency always wins; $D_k\\to 0$ for "
        "most $k$, or lingers near $\\pi$.",
        unchecked=UNWRITTEN,
    ),
]
