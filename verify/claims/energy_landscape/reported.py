"""Statements that no check covers yet, and statements without the constants that a check needs.

Each row is (id, title, place, statement); the reason says what is missing.
"""

from __future__ import annotations

from verify.claims.energy_landscape.common import source_of
from verify.core.claim import Claim
from verify.core.domain import Domain, Whole

_LIMIT = "no check of this limit yet; it needs enclosures of the remainder at growing width"
_SMALL = "no check of this expansion yet"
_TRAINED = "needs trained networks"
_PROBABLE = "no check yet: a statement over random samples"
_CONSTANT = "the constant of the order statement is not printed"

# kind, falsified by
_AS, _IN, _OP = ("as", "another limit"), ("in", "parameters that violate it"), (
    "op", "a point in one set only, or another value")
_ID, _PR, _EM = ("id", "parameters at which it fails"), ("pr", "another probability"), (
    "em", "a statistic outside the reading")

_ROWS = [
    # Stage I
    ("lazy-start", "Size of the gradient at the start", "Proposition 1", _AS, None, "ε is "
    "undefined there",
     "$F_c$ fixed, full column rank, $V(0)\\sim N(0,\\alpha^2)$: "
     "$|G_F(0)|=O(\\epsilon\\sqrt{KM})$."),
    ("lazy-short-time", "The gradient after a short time", "(3)", _AS, _SMALL, None,
     "$G_F(t)=t\\,\\mathrm{Sig}+O(\\alpha)+O(\\alpha t)+O(t^2)$."),
    ("lazy-course", "The course of the gradient", "§3.1", _AS, None,
     "no times and no constants are printed for the three phases",
     "$|G_F|$ goes from $O(\\alpha)$ up to $O(1)$, then to $O(\\eta)$."),
    ("random-limit", "The gradient of random wide layers", "Lemma 1, (5)", _AS, _LIMIT, None,
     "$\\Lambda$, $\\Theta$ become multiples of the identity; "
     "$G_F(\\infty)=\\eta/((Kc_1+\\eta)(nc_2+\\eta))"
     "\\mathrm{Sig}+O(\\epsilon/K)$."),
    ("infinite-width", "The gradient at infinite width", "§3.1", _AS, _LIMIT, None,
     "$K\\to\\infty$: $G_F(\\infty)\\to0$."),
    ("kernel-series", "The kernel by Hermite series", "(12)", _ID, "no check of this series "
    "yet", None,
     "$E_w\\sigma(w^\\top x_i)\\sigma(w^\\top x_j)=\\sum_la_l(s_i)a_l(s_j)\\rho_{ij}^l$."),
    ("kernel-form", "The kernel of nearly equal correlations", "Lemma 1", _AS, _LIMIT, None,
     "$s_i\\equiv s$, $|\\rho_{ij}-\\rho|\\le\\epsilon$: the kernel is "
     "$(a-b)\\delta_{ij}+b+O(\\epsilon)$."),
    ("zero-init-signal", "The first gradient from zero output weights", "§3.2", _AS, _SMALL, None,
     "$V(0)=0$: at first $G_F$ carries only $\\Gamma F$."),
    ("zero-init-faster", "Zero output weights are faster", "§3.2", _EM, _TRAINED, None,
     "With $V(0)=0$ feature learning is faster, with more layers up to 10 times."),
    ("small-time", "The gradient for small times", "(55), Proposition 2", _AS, _SMALL, None,
     "A1, A2: $G(t)=Y_cV_0^\\top+t\\,\\mathrm{Sig}+O(t\\alpha+t^2)$."),
    ("decay-free", "Decay without penalty", "Proposition 3", _IN, "no check of this bound yet",
     None,
     "A1, A2, $\\eta=0$: $|G(t)|\\le C_0e^{-s^2t}$; in general no faster."),
    ("decay-ridge", "Decay with penalty", "Proposition 4", _IN, "no check of this bound yet", None,
     "A1, A2, $\\eta>0$: $|G-G^*|\\le C_1e^{-\\lambda t}$, "
     "$\\lambda=\\lambda_{min}(\\Lambda+\\eta I)\\ge "
     "s^2+\\eta$; $G^*\\ne0$ in general."),
    ("beta-expansion", "The expansion at scale β", "(66)–(68)", _ID, _SMALL, None,
     "$G(0)=Y_cV_0^\\top-\\beta F_cV_0V_0^\\top$; order $t$: "
     "$\\beta\\mathrm{Sig}+\\beta^2R_2+\\beta^3R_3$."),
    # Samples
    ("sample-order", "Samples that suffice", "§4.5", _AS, None, _CONSTANT,
     "$O(M\\log M)$ samples suffice to generalise."),
    # Stage III
    # Depth, hyper-parameters
    ("deep-iterated", "The gradient of lower layers", "§6", _AS, None, "≈ carries no tolerance",
     "$W_LW_L^\\top\\approx I$, so $G_l\\propto\\tilde D\\Gamma\\tilde DF_l$."),
    ("deep-order", "The order of layers", "§6", _EM, None, "when a layer counts as learned is not "
     "printed, nor depth, activation and rates of the networks meant", "The lowest layer learns "
     "first."),
    ("eta-clock", "Grokking time and decay", "§7", _EM, _TRAINED, None, "Grokking time is about "
    "$1/\\eta$."),
    ("eta-sufficient", "Decay suffices", "§7", _EM, _TRAINED, None,
     "Decay suffices, and is not necessary."),
    ("large-lr", "Large rates without decay", "§7", _EM, _TRAINED, None,
     "Without decay a large initial rate groks."),
    ("init-scale", "Scale of the output weights", "§7", _EM, _TRAINED, None,
     "Small $V(0)$ groks at any $\\eta$, large needs $\\eta$."),
    ("beta-faster", "Scale β", "§7", _EM, _TRAINED, None, "$\\beta>1$ is faster, too large "
    "slower."),
    ("more-data", "More data", "§7", _EM, _TRAINED, None, "More data is faster."),
    ("lr-stages", "Rates by stage", "§7", _EM, _TRAINED, None,
     "Stage I wants a large rate, Stage II on scarce data a small one."),
    ("width-window", "A window of widths", "§8", _EM, _TRAINED, None,
     "$K$ must cover the maxima, very large $K$ slows."),
    ("early-stopping.leaves", "Long training on scarce data", "§8", _EM, _TRAINED, None,
     "Scarce data: long training leaves generalising solutions."),
    ("memorising-sharp", "Memorising solutions are sharp", "§8", _EM, _TRAINED, None,
     "Memorising needs more nodes and is less flat."),
]

_CANDIDATES = [
    ("other-powers", "Other activations: one block", "Energy", "no check yet: an open search",
     "$\\sigma\\in\\{x^3,x^4,|x|,\\mathrm{ReLU},\\tanh\\}$: every local maximum lies in one real "
     "block."),
    ("basins", "Basins of the blocks", "Maximisers", "no check yet: sampled ascents",
     "Uniform starts end in block $k$ with probability $\\propto\\{1,E^*,D^2/f,(E^*)^a\\}$."),
    ("growth", "Growth of a small component", "Maximisers", "no check of this flow yet",
     "A small component α on a maximiser obeys "
     "$d\\alpha/dt\\propto\\{\\alpha,\\alpha^2,\\alpha^3\\}$."),
    ("frozen-energy.root", "With A frozen, the root of A", "Stage I", "no check yet",
     "$A$ frozen: column $j$ ascends $\\frac12|Y_c^\\top A^{1/2}\\sigma(Xw)|^2$; only as "
     "$K\\to\\infty$."),
    ("wide-limit", "The wide limit of the gradient", "Stage I", _LIMIT,
     "$G_F(\\infty)\\sim\\{\\eta/(Kc_1+\\eta)^2,\\ldots\\}\\mathrm{Sig}$."),
    ("wide-groups", "The wide limit on groups", "Stage I", _LIMIT,
     "$c_1\\in\\{k(1)-k(0),k(1)-k(1/2),k(1)-2k(1/2)+k(0)\\}$."),
    ("alignment", "Alignment with the signal", "Stage I", _LIMIT,
     "$\\cos(G_F(\\infty),\\mathrm{Sig})\\to1$ as $\\eta\\to0$, $\\eta\\to\\infty$, "
     "$K\\to\\infty$."),
    ("signal-span.wide", "The signal bound for K ≥ n", "Stage I",
     "centred columns are dependent for K ≥ n, so the least singular value is 0; no check yet",
     "`li2.signal-bound` for $K\\ge n$."),
    ("beta-signal", "The first signal at scale β", "Stage I", _SMALL,
     "$V_0=0$: $-\\partial J/\\partial F_c$ starts as $\\{\\beta,\\beta^2\\}t\\,\\mathrm{Sig}$."),
    ("threshold", "Survival thresholds", "Samples, memorisation", _PROBABLE,
     "$n^*/(M\\ln M)$ tends to a constant; to $2.7482\\pm.5$; $n^*\\sim M^\\gamma$, "
     "$\\gamma>1.1$."),
    ("threshold-dim", "Survival thresholds by dimension", "Samples, memorisation", _PROBABLE,
     "Fixed $M$: $n^*\\propto\\{1,d,D,d^2,D^2\\}$."),
    ("purity", "Purity of trained neurons", "Depth, trained", _TRAINED,
     "The median one-frequency share of $u$, $v$ is at least .99."),
    ("phases", "Phases of trained neurons", "Depth, trained", _TRAINED,
     "The relative phase of $u$, $v$ is {uniform on the circle, within .1 of {0, π}}."),
    ("shares", "Shares of trained neurons", "Depth, trained", _TRAINED,
     "The share of $|u|^2$ lies in $[.45,.55]$."),
    ("sign-rate", "Repulsion between trained neurons", "Depth, trained", _TRAINED,
     "`li2.repulsion-sign` holds on all pairs."),
]

_SETTING = Domain.of(setting=Whole("settings of the statement"))


def _row(claim_id: str, title: str, locator: str, kind: tuple[str, str], unchecked: str | None,
         missing: str | None, statement: str) -> Claim:
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), printed_kind=kind[0],
        statement=statement, domain=_SETTING, falsified_by=kind[1], unchecked=unchecked,
        missing=missing, reading="As printed; no reading is fixed before a check exists. ",
    )


CLAIMS = [
    *(_row(f"li2.{name}", *rest) for name, *rest in _ROWS),
    *(_row(f"li2.cand.{name}", title, place, ("candidate", "a case in which it fails"), reason,
           None, text) for name, title, place, reason, text in _CANDIDATES),
]
