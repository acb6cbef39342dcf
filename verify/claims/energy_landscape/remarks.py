"""Remarks on hyper-parameters that the theory of the first stage decides: η, β, V(0), the rate.

Each is read in the model that the paper derives it from, features moved by the gradient that the
top layer passes back.  What these remarks say of trained networks are other claims.
"""

from __future__ import annotations

from verify.claims.energy_landscape.alignment import THREE, small_decay
from verify.claims.energy_landscape.common import paper
from verify.claims.energy_landscape.early import FIRST_SIGNAL, FLOWS, first_signal
from verify.claims.energy_landscape.ridge import (
    FEATURES,
    READING,
    SCALED,
    SHAPES,
    SYMMETRIC,
    identity,
)
from verify.claims.writing import breaks, entry, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, total, var

SLOW, STARTS, RATES = "slow features", "random output weights", "rates of the top layer"
_ETA = var("eta")
SLOW_READING = READING + (
    "The top layer stays at its ridge solution, the features are moved by G_F: "
    "dw_j/dt = XᵀD_jG_Fe_j − ηw_j, or without the last term. Grokking time T: when a smooth "
    "quantity of W first crosses a level, transversally in the limit. About 1/η: ηT has a limit in "
    "(0, ∞) as η → 0. "
)


def _entry(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Check, *wrong: Mutant, reading: str, domain: Domain = FEATURES,
           **rest: str) -> Claim:
    return entry(
        claim_id, title, statement, source=paper(locator), kind="em", domain=domain,
        reading=reading, falsified_by=falsified_by, checks=(check,), mutants=wrong, **rest,
    )


# -- the clock of η --------------------------------------------------------------------------------

MEMORISED = Domain.of(features=Whole("features of rank n − 1 along the slow path"))


def _race(cross: int = 2) -> Formula:
    """x·(x³ + 2ηx) + η² = (x² + η)²: the derivative of x⁴/4 + ηx² + η² log x, times x."""
    x, eta = symbols("x eta")
    return equal(x * (x**3 + cross * eta * x) + eta * eta, (x * x + eta) ** 2)


def _clock(cross: int = 2) -> tuple[Check, Check]:
    return SYMMETRIC, formal("two samples", _race(cross), "x eta", scope=MEMORISED)


_CLOCK = proof("slow time", *_clock(), scope=MEMORISED, lemmas=(SLOW,))


def _stopped(shift: int) -> Formula:
    """The direction (η + 2)q − shift·f of G_F vanishes at η = 0."""
    f, q = THREE
    return equal(total([rational(2 * b - shift * a) ** 2 for a, b in zip(f, q, strict=True)]), 0)


def moving(shift: int | None = None) -> tuple[Check, ...]:
    """The limit (1/6)(2q − shift·f) of G_F as η → 0, for three samples, is not 0."""
    return (SYMMETRIC, formal("Aq and Af", small_decay(shift), "eta", scope=FEATURES),
            exact("at η = 0", ~_stopped(3 if shift is None else shift)))


_NO_CLOCK = refutation(
    "three samples", *moving(), point={"features": "(1, 0, −1)", "samples": 3, "columns": 1},
    description="labels 0, 0, 1, inputs e_i, σ(t) = t, Fc = f = (1, 0, −1): G_F tends to "
    "(1/6)(2q − 3f) as η → 0, q = (1, 1, −2), so f leaves its place at once: T stays bounded",
    lemmas=(SLOW,))

# -- β ---------------------------------------------------------------------------------------------


def _slower(second: int = 4) -> Formula:
    """(h + 2)² − 9h = (h − 1)(h − 4), so h/(h + 2)² < 1/9 for h < 1."""
    h = var("h")
    return equal((h + 2) ** 2 - 9 * h, (h - 1) * (h - second))


def _peak(sign: int = -1) -> Formula:
    """h(s + k)² − k(s + h)² = (h − k)(s² − hk): h/(s + h)² grows up to h = s, then falls."""
    h, k, s = symbols("h k s")
    return equal(h * (s + k) ** 2 - k * (s + h) ** 2, (h - k) * (s * s + sign * h * k))


_BETA_SLOWER = refutation(
    "two samples", SCALED, formal("all β > 1", _slower(), "h", scope=FEATURES),
    point={"features": "(1, −1)", "samples": 2, "columns": 1},
    description="Fc = (1, −1), η = 1: the features move with h/(h + 2)²·Fc, h = 1/β², which is "
    "less than Fc/9 for every β > 1 (4/81 at β = 2)",
    lemmas=("ridge gradient", SLOW))
_BETA_PEAK = proof("the largest speed", SCALED, formal("two samples", _peak(), "h k s",
                                                       scope=FEATURES),
                   scope=FEATURES, lemmas=("ridge gradient", SLOW))

# -- V(0) ------------------------------------------------------------------------------------------


def _growth(v: Term) -> Formula:
    """⟨G(0), Fc⟩ ≤ 0 for two samples, Fc = (1, −1), V(0) = (v, −v)."""
    half = rational(1, 2)
    first = total([(half - v) * v, (v - half) * -v])
    return 2 * first <= 0


_ALIGNED = breaks(
    "an aligned start", _growth(rational(1, 4)),
    "two samples of two classes, Fc = (1, −1), V(0) = (1/4, −1/4): ⟨G(0), Fc⟩ = 1/4, and 0 from "
    "V(0) = 0", point={"features": "(1, −1)", "samples": 2, "columns": 1})


def _average(factor: int = 1) -> Check:
    """E(Y − FV)Vᵀ = (Y − FU)Uᵀ − mFE² for V = U + EV0, E V0 = 0, E V0V0ᵀ = mI.

    U: the weights from V(0) = 0; E: e^{−tH}; Z, Zt, S: the means of V0, V0ᵀ, V0V0ᵀ.
    """
    m = var("m")
    return identity(
        "the mean of G(t)",
        [(1, "Y Zt E"), (-1, "F U Zt E"), (-1, "F E Z Ut"), (-1, "F E S E"),
         (factor * m, "F E E")],
        [([(1, "Y"), (-1, "F U")], 1, [(1, "E")]), ([(-1, "F E")], 0, [(1, "Ut")]),
         ([(-1, "F E")], 2, [(1, "E")])],
        relations=[[(1, "Z")], [(1, "Zt")], [(1, "S"), (-m, "I K")]],
        matrices={**SHAPES, "E": "K K", "S": "K K", "U": "K M", "Ut": "M K", "Z": "K M",
                  "Zt": "M K"},
        scalars=("m",), lemma=STARTS,
    )


_AVERAGE = _average()

# -- rates -----------------------------------------------------------------------------------------


def _step(factor: int = 1) -> Check:
    """V' − U = (I − rH)(V − U) for V' = V − r(HV − C), HU = C."""
    r = var("r")
    return identity(
        "one step", [(1, "W"), (-1, "V"), (factor * r, "H V"), (-r, "H U")],
        [([(1, "I K")], 0, [(1, "I M")]), ([(-r, "I K")], 1, [(1, "I M")])],
        relations=[[(1, "W"), (-1, "V"), (r, "H V"), (-r, "C")], [(1, "H U"), (-1, "C")]],
        matrices={"H": "K K", "V": "K M", "W": "K M", "U": "K M", "C": "K M"}, scalars=("r",),
        lemma=RATES,
    )


_STEP = _step()

CLAIMS: list[Claim] = [
    _entry(
        "li2.eta-clock.any-width", "Grokking time and decay, any width", "§7",
        "Grokking time is about $1/\\eta$.", "features and a quantity with another order of time",
        _NO_CLOCK, Mutant.of(_NO_CLOCK, "(η + 2)q − 2f", parts=moving(2)),
        reading=SLOW_READING + "Any features with G_F ≠ 0. ",
        corrected_by="li2.eta-clock.memorised",
    ),
    _entry(
        "li2.eta-clock.memorised", "Grokking time and decay, when the top layer can memorise", "§7",
        "Grokking time is about $1/\\eta$, if the top layer can fit all training labels.",
        "such features and a quantity with another order of time", _CLOCK,
        Mutant.of(_CLOCK, "x⁴ + 3ηx²", parts=_clock(3)), domain=MEMORISED,
        reading=SLOW_READING + "Fc has rank n − 1 along the path of the limit up to the crossing, "
        "σ is twice continuously differentiable. For two samples and one free feature "
        "Fc = x(1, −1)/√2: ηT = (y⁴ − x⁴)/4 + η(y² − x²) + η² log(y/x) from x to y. ",
        corrects="li2.eta-clock.any-width",
    ),
    _entry(
        "li2.beta-faster.first", "Scale β at first", "§7", "$\\beta>1$ is faster.",
        "features and labels with Sig ≠ 0 and β > 1 that is not faster", FIRST_SIGNAL,
        Mutant.of(FIRST_SIGNAL, "β", goal=first_signal(1).arguments["goal"]), domain=FLOWS,
        reading="From V(0) = 0, η ≥ 0 left out, at small t: the features are moved by "
        "−∂J/∂Fc = β²t·Sig + O(t²). To this order no β is too large. ",
    ),
    _entry(
        "li2.beta-faster.ridge", "Scale β at the ridge solution", "§7",
        "$\\beta>1$ is faster, too large slower.",
        "features, labels and η for which no β > 1 is faster", _BETA_SLOWER,
        Mutant.of(_BETA_SLOWER, "(h − 1)(h − 3)", parts=(
            SCALED, formal("all β > 1", _slower(3), "h", scope=FEATURES))),
        reading=READING + "J = ½|Yc − βFcV|² + ½η|V|², V at its minimum; faster: |∂J/∂Fc| is "
        "larger than for β = 1, for some β > 1. ",
        corrected_by="li2.beta-faster.ridge.corrected",
    ),
    _entry(
        "li2.beta-faster.ridge.corrected", "The fastest β at the ridge solution", "§7",
        "$-\\partial J/\\partial F_c=G^*(\\eta/\\beta^2)$; for two samples it grows with $\\beta$ "
        "while $\\beta^2<\\eta/|F_c|^2$ and falls beyond.",
        "features, labels and η with another gradient", _BETA_PEAK,
        Mutant.of(_BETA_PEAK, "s² + hk", parts=(
            SCALED, formal("two samples", _peak(1), "h k s", scope=FEATURES))),
        reading=READING + "J = ½|Yc − βFcV|² + ½η|V|², V at its minimum, β > 0. For small η every "
        "larger β is slower, by η/β². ", corrects="li2.beta-faster.ridge",
    ),
    _entry(
        "li2.zero-init-faster.every-start", "Zero output weights are faster than all others",
        "§3.2", "With $V(0)=0$ feature learning is faster.",
        "features, labels and V(0) from which the features grow faster at first", _ALIGNED,
        *mutants(_ALIGNED, V0_is_0=_growth(rational(0))),
        reading=READING + "At t = 0, for every V(0): faster is a larger rate ⟨G_F, Fc⟩ of ½|Fc|². ",
        corrected_by="li2.zero-init-faster.on-average",
    ),
    _entry(
        "li2.zero-init-faster.on-average", "Zero output weights are faster on average", "§3.2",
        "With $V(0)=0$ feature learning is faster than from random $V(0)$ on average.",
        "features and labels with another mean", _AVERAGE,
        Mutant.of(_AVERAGE, "2mFE²", goal=_average(2).arguments["goal"]),
        reading=READING + "While Fc ≠ 0 stands still and V follows its flow, at every t ≥ 0: "
        "entries of V(0) independent with mean 0 and variance α² > 0; faster is a larger rate "
        "⟨G_F, Fc⟩ of ½|Fc|². E G_F(t) is that from V(0) = 0 less Mα²Fce^{−2tH}, H = Λ + ηI, so "
        "the mean rate is less by Mα²tr(Λe^{−2tH}) > 0. At t = 0 the rate from V(0) = 0 is 0. ",
        corrects="li2.zero-init-faster.every-start",
    ),
    _entry(
        "li2.lr-stages.top-layer", "Stage I wants a large rate", "§7",
        "Stage I wants a large rate.", "features, η and a larger rate that is slower", _STEP,
        Mutant.of(_STEP, "2rHV", goal=_step(2).arguments["goal"]),
        reading=READING + "Fc stands still, V is trained by gradient descent with the rate "
        "r ≤ 1/(λ_max(Λ) + η): the distance to V_ridge after k steps decreases in r, for every "
        "start and k. Beyond 1/(λ_max(Λ) + η) it need not: with one column r = 1/(Λ + η) arrives "
        "in one step and r = 2/(Λ + η) never. ",
    ),
]
