"""Statements on group composition (arXiv:2606.02993), not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, UNWRITTEN, candidate, hwz, row


def _unwritten(
    claim_id: str, title: str, locator: str, kind: str, statement: str, falsified_by: str = ""
):
    return row(
        claim_id,
        title,
        hwz(locator),
        kind,
        statement,
        unchecked=UNWRITTEN,
        falsified_by=falsified_by,
    )


def _no_constants(claim_id: str, title: str, locator: str, statement: str):
    lacking = "the constants of the bound are not printed in any source at hand"
    return row(claim_id, title, hwz(locator), "as", statement, missing=lacking)


def _candidate(claim_id: str, title: str, statement: str):
    return row(claim_id, title, candidate("groups"), "candidate", statement, unchecked=UNWRITTEN)


CLAIMS = [
    _unwritten(
        "hwz.landing-law",
        "Which character a neuron lands on",
        "blog §1.1, and a summary",
        "as",
        "Abelian $G$ ((summary) without self-conjugate non-trivial character): uniform over the "
        "non-trivial characters, Haar phases.",
        "counts that differ",
    ),
    _no_constants(
        "hwz.stage-two",
        "Growth of the scales and decay of the loss in Stage II",
        "blog §3.6, theorem",
        "With a strict population margin, tied scales and a wide network, with high probability "
        "$a(t)\\gtrsim\\log(1+|G|(|G|-1)t)$, and the loss is $\\le\\varepsilon$ once "
        "$T\\gtrsim(|G|/\\varepsilon)(1+(|G|-1)^{-2})$.",
    ),
    _unwritten(
        "hwz.finite-horizon",
        "Exact and surrogate flows stay close on finite intervals",
        "summary",
        "as",
        "Exact and surrogate trajectories stay close on fixed finite time intervals, with an error "
        "bound growing in time.",
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
    row(
        "hwz.z3z5-run",
        "The run on Z3⊕Z5",
        hwz("blog §2.3"),
        "em",
        "$Z_3\\oplus Z_5$, $M=512$: single characters, phases on the diagonal, near-uniform "
        "histogram over 7 conjugate pairs.",
        unchecked=TRAINED,
    ),
    _candidate(
        "hwz.cand.d2-law",
        "Landing probability ∝ |orb| d²",
        "The non-Abelian landing probability of an orbit is $\\propto|\\mathrm{orb}|d^2$ "
        "(S3, D5, A4, C7⋊C3).",
    ),
    _candidate(
        "hwz.cand.d3-law",
        "Landing probability ∝ |orb| d³",
        "The non-Abelian landing probability of an orbit is $\\propto|\\mathrm{orb}|d^3$ "
        "(S3, D5, A4, C7⋊C3).",
    ),
    _candidate(
        "hwz.cand.orbit-uniform",
        "Landing probability the same for every orbit",
        "The non-Abelian landing probability is the same for every orbit (S3, D5, A4, C7⋊C3).",
    ),
    _candidate(
        "hwz.cand.faithful",
        "Accuracy and faithfulness",
        "Haar-random aligned rank-one unshared neurons: accuracy 1 $\\iff$ the chosen irreps are "
        "jointly faithful.",
    ),
    _candidate(
        "hwz.cand.exact-loss",
        "Single irreps under the exact loss",
        "Single-irrep limits persist under exact cross-entropy.",
    ),
]
