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
        "hwz.energy",
        "Each neuron ascends an energy",
        "blog §3.4",
        "ode",
        "Per neuron the flow is Riemannian ascent on $\\Omega=\\sum_{\\rho\\ne1}d_\\rho\\,"
        "\\mathrm{tr}(\\hat\\xi[\\rho]^*\\hat\\theta^2[\\rho]\\hat\\theta^1[\\rho])$.",
    ),
    _unwritten(
        "hwz.single-irrep",
        "A neuron ends at a single irrep",
        "theorem on Stage I",
        "as",
        "Almost surely there is $\\check\\rho\\ne1$ such that all blocks outside "
        "$\\mathrm{orb}(\\check\\rho)$ tend to 0; $\\nu(g)=d|\\mathrm{orb}|\\,\\mathrm{Re\\,tr}"
        "(\\hat\\nu[\\check\\rho]\\check\\rho(g))$.",
        "another stable limit",
    ),
    _unwritten(
        "hwz.rank-one",
        "Active blocks have rank one and are aligned",
        "theorem on Stage I",
        "as",
        "Active blocks have rank 1; $\\hat\\xi\\propto_+\\hat\\theta^2\\hat\\theta^1$, "
        "$\\hat\\theta^1\\propto_+(\\hat\\theta^2)^*\\hat\\xi$, "
        "$\\hat\\theta^2\\propto_+\\hat\\xi(\\hat\\theta^1)^*$.",
        "another stable limit",
    ),
    _unwritten(
        "hwz.critical-points",
        "The stable equilibria of positive energy",
        "blog §3.4",
        "as",
        "The stable positive-energy equilibria are exactly these; higher-rank positive and "
        "non-degenerate zero-energy ones are strict saddles; the rest attract exceptional sets "
        "only.",
        "a critical point with its Hessian",
    ),
    _unwritten(
        "hwz.abelian-phase",
        "Phases add up on Abelian groups",
        "blog §2",
        "as",
        "$\\arg\\hat\\xi=\\arg\\hat\\theta^1+\\arg\\hat\\theta^2$ (shared embedding: "
        "$\\psi=2\\varphi$).",
    ),
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
        "hwz.rates",
        "Rates of alignment and of the lottery",
        "blog §2.4",
        "Phases align exponentially fast, and then one character wins exponentially fast.",
    ),
    _unwritten(
        "hwz.lottery",
        "First alignment, then the lottery",
        "blog §2.4",
        "as",
        "Phases align, then one character wins, both exponentially fast; constants are not "
        "printed.",
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
        "hwz.cand.sphere-rate",
        "Linearisation at rank-one equilibria",
        "The linearised spectrum at rank-one equilibria is negative off the symmetry orbit.",
    ),
    _candidate(
        "hwz.cand.exact-loss",
        "Single irreps under the exact loss",
        "Single-irrep limits persist under exact cross-entropy.",
    ),
]
