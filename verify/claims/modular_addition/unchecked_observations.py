"""Observations on trained networks (p = 23, M = 512), not checked yet."""

from __future__ import annotations

from verify.claims.modular_addition.common import TRAINED, he, row

CLAIMS = [
    row(
        "he.ghost-height",
        "Ghost peaks are about half as high as the label's",
        he("blog Figure 8, app tab 4"),
        "em",
        "The logits at $2x$ and $2y$ are about half the label logit ($aNp/8$ against $aNp/4$), the "
        "background is $\\approx -aN/2$; the stored run 08142058 read out with $u^2$ at $p=23$, "
        "$x=0$ has a label logit of about $+25$.",
        unchecked=TRAINED,
    ),
    row(
        "he.obs1-single-frequency",
        "Each trained neuron is one cosine in both layers",
        he("Observation 1, blog Figures 3, 4"),
        "em",
        "Each neuron is one cosine in both layers with the same $k$; virtually all energy is "
        "there, residuals are negligible, and all 11 frequencies occur.",
        unchecked=TRAINED,
        falsified_by="the share of energy at the dominant frequency",
    ),
    row(
        "he.obs2-phase-doubling",
        "Output phases are twice the input phases",
        he("Observation 2"),
        "em",
        "$\\psi_m = 2\\varphi_m$; each of the 512 points lies precisely on the diagonal.",
        unchecked=TRAINED,
        falsified_by="quantiles and maximum of |D| at the dominant frequency",
    ),
    row(
        "he.obs3-frequency-balance",
        "Frequencies are used about equally often",
        he("Observation 3"),
        "em",
        "The numbers $|N_k|$ of neurons per frequency are roughly equal.",
        unchecked=TRAINED,
    ),
    row(
        "he.obs3-phase-uniformity",
        "Phases are near uniform within a frequency",
        he("Observation 3, blog Figure 6"),
        "em",
        "Phases are near uniform in each $N_k$, the $\\iota\\varphi_m$ near evenly spaced for "
        "$\\iota=1,\\dots,4$, and $\\sum e^{i\\iota\\varphi_m}\\approx 0$ for $\\iota=2,4$.",
        unchecked=TRAINED,
        falsified_by="|Σ e^{iιφ}|/N",
    ),
    row(
        "he.obs3-magnitude",
        "Magnitudes are nearly identical",
        he("Observation 3, blog Figure 7"),
        "em",
        "$\\alpha_m\\beta_m^2$ is nearly identical for all neurons; $\\alpha$ and $\\beta$ are "
        "each tightly concentrated.",
        unchecked=TRAINED,
        falsified_by="the coefficient of variation",
    ),
    row(
        "he.activation-table",
        "Accuracy with another activation at test time",
        he("Observation 4"),
        "em",
        "ReLU weights with the test-time activation $|u|$, $u^2$, $u^4$, $\\log(1+e^{2u})$, $e^u$ "
        "are 100 % accurate; with $u$ 4.1 %, with $u^3$ 3.6 %.",
        unchecked=TRAINED,
    ),
]
