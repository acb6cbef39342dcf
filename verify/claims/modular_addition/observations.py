"""Observations on trained networks, checked on the checkpoints that a run names.

“Virtually all”, “precisely”, “nearly” and “roughly” are the tolerances below, and each claim
repeats its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.modular_addition.common import he
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.demands import Demand
from verify.methods.observations import exact_accuracy, networks, observe

if TYPE_CHECKING:
    from verify.auditing import Audit

SHARE = 0.95
DEGREES = 5.0
RESULTANT = 0.1
VARIATION = 0.1
BALANCE = 2.0
LEVEL = 0.01

NETWORKS = Domain.of(network=Whole("trained networks with a shared embedding on Z_p"))
ONE = Fraction(1)


def accurate(found: Audit) -> bool:
    """Two inputs with one embedding on Z_p, and every input classified correctly."""
    network = found.network
    fits = network.shared and network.task.inputs == 2 and len(network.task.group.orders) == 1
    return fits and found.behaviour.count("correct") == found.behaviour.total


def trained_relu(found: Audit) -> bool:
    """An accurate ReLU network."""
    return found.network.activation.name == "relu" and accurate(found)


RELU = "a trained ReLU network that classifies every input correctly"


def _check(
    name: str,
    *demands: Demand,
    applies: Callable[[Audit], bool] = trained_relu,
    needs: str = RELU,
) -> Check:
    return Check(
        name=name,
        procedure=observe,
        arguments={"subjects": networks, "applies": applies, "demands": demands, "needs": needs},
    )


def observation(
    claim_id: str,
    title: str,
    locator: str,
    statement: str,
    reading: str,
    check: Check,
    *mutants: Mutant,
    falsified_by: str,
) -> Claim:
    """An empirical claim about the networks that a run names."""
    return Claim(
        id=claim_id,
        title=title,
        source=he(locator),
        printed_kind="em",
        statement=statement,
        domain=NETWORKS,
        reading=reading,
        falsified_by=falsified_by,
        checks=(check,),
        mutants=mutants,
    )


# -- one frequency -----------------------------------------------------------------------------

_LEAST_SHARE = Demand(
    name="least energy share of a neuron at its dominant frequency",
    of=lambda found: found.spectrum.share.min(),
    at_least=SHARE,
)


def _agreement(found: Audit) -> float:
    """Share of neurons whose two layers have one dominant frequency."""
    spec = found.spectrum
    return float((spec.output.argmax(axis=1) + 1 == spec.dominant).mean())


_SHARE = _check("energy at the dominant frequency", _LEAST_SHARE)
_SAME = _check(
    "dominant frequencies of both layers",
    Demand(name="share of neurons with one frequency in both layers", of=_agreement, at_least=1),
)
_OCCUR = _check(
    "frequencies that occur",
    Demand(
        name="fewest neurons of a frequency", of=lambda f: int(f.spectrum.counts.min()), at_least=1
    ),
)

# -- phases ------------------------------------------------------------------------------------

_WORST = Demand(
    name="largest misalignment in degrees",
    of=lambda found: 360 * found.spectrum.misalignment.max(),
    at_most=DEGREES,
)
_DIAGONAL = _check("misalignment of every neuron", _WORST)


def _largest_resultant(found: Audit) -> float:
    import numpy as np

    return float(max(np.nanmax(found.spectrum.resultants(order)) for order in (2, 4)))


def _least_holm(found: Audit) -> float:
    """Smallest Rayleigh p-value over frequencies and orders 1..4, times their number (Holm)."""
    import numpy as np

    tests = np.concatenate([found.spectrum.resultant_tests(o) for o in (1, 2, 3, 4)])
    tests = tests[np.isfinite(tests)]
    return min(1.0, float(tests.min() * tests.size))


def _half_circle(found: Audit) -> float:
    """The same test of the phases halved, which lie on half a circle."""
    import numpy as np

    return float(np.nanmin(found.spectrum.resultant_tests(0.5)))


_SUMS = Demand(
    name="largest |Σe^{iιφ}|/N over frequencies, ι = 2, 4", of=_largest_resultant, at_most=RESULTANT
)
_CANCEL = _check("phase sums of order 2 and 4", _SUMS)
_UNIFORM_PHASES = Demand(
    name="Holm-corrected p-value of uniform phases, ι = 1..4", of=_least_holm, at_least=LEVEL
)
_PHASES = _check("Rayleigh tests", _UNIFORM_PHASES)

# -- frequencies and magnitudes ------------------------------------------------------------------


def _ratio(found: Audit) -> float:
    counts = found.spectrum.counts
    return float(counts.max()) / float(counts.min()) if counts.min() else float("inf")


_BALANCED = Demand(name="largest over smallest |N_k|", of=_ratio, at_most=BALANCE)
_COUNTS = _check("counts by frequency", _BALANCED)


def _variation(which: str) -> Callable[[Audit], float]:
    def value(found: Audit) -> float:
        from verify.auditing.spectrum import variation

        alpha, beta = found.spectrum.magnitudes
        return variation({"α": alpha[0], "β": beta, "αβ²": alpha[0] * beta**2}[which])

    return value


_SPREADS = tuple(
    Demand(name=f"coefficient of variation of {w}", of=_variation(w), at_most=VARIATION)
    for w in ("α", "β", "αβ²")
)
_SPREAD = _check("coefficients of variation", *_SPREADS)

# -- other activations ---------------------------------------------------------------------------

_EVEN = ("abs", "u^2", "u^4", "softplus2", "exp")
_SWAPPED = tuple(
    exact_accuracy(f"accuracy with {name}", activation=name, at_least=ONE) for name in _EVEN
)
_TABLE_EVEN = _check("activations of the table at 100 %", *_SWAPPED)


def _near(name: str, percent: Fraction) -> Demand:
    """Accuracy within one unit of the last digit of a printed percentage."""
    unit = Fraction(1, 1000)
    return exact_accuracy(
        f"accuracy with {name}",
        activation=name,
        at_least=percent / 100 - unit,
        at_most=percent / 100 + unit,
    )


_TABLE_ODD = _check(
    "odd activations of the table",
    _near("identity", Fraction(41, 10)),
    _near("u^3", Fraction(36, 10)),
)
_ROBUST = _check(
    "activations with an even part",
    *(
        exact_accuracy(f"accuracy with {name}", activation=name, at_least=ONE)
        for name in ("relu", *_EVEN, "u^8", "gelu", "silu")
    ),
    applies=accurate,
    needs="a trained network that classifies every input correctly",
)


def _chance(name: str) -> Demand:
    return Demand(
        name=f"accuracy with {name}, in multiples of 1/p",
        of=lambda found: _swapped_accuracy(found, name) * found.network.task.group.order,
        at_most=2,
    )


def _swapped_accuracy(found: Audit, name: str) -> Fraction:
    return exact_accuracy(name, activation=name).of(found)


_ODD = _check(
    "odd activations",
    *map(_chance, ("identity", "u^3", "tanh")),
    applies=accurate,
    needs="a trained network that classifies every input correctly",
)

# -- ghosts --------------------------------------------------------------------------------------

_GHOST = Demand(
    name="ghost height over label height, background removed",
    of=lambda found: found.indicator.ghost_share,
    at_least=0.4,
    at_most=0.6,
)
_GHOSTS = _check("least squares against the flawed indicator", _GHOST)


def _quadratic_label(found: Audit) -> float:
    """Mean label logit at x = 0, the weights read out with u²."""
    import numpy as np

    from verify.auditing.activations import activation
    from verify.auditing.distance import float_logits

    network = replace(found.network, activation=activation("u^2"))
    p = network.task.group.order
    pairs = np.array([(0, y) for y in range(p)])
    logits = float_logits(network, pairs)
    return float(logits[np.arange(p), pairs[:, 1]].mean())


_LABEL = Demand(
    name="mean label logit at x = 0, read out with u²",
    of=_quadratic_label,
    at_least=22.5,
    at_most=27.5,
)
_LABEL_25 = _check("label logits of a quadratic read-out", _LABEL)

_TRAINED = "On every named ReLU network that classifies all inputs correctly. "

CLAIMS = [
    observation(
        "he.obs1-single-frequency.share",
        "Virtually all energy of a neuron is at one frequency",
        "Observation 1, blog Figures 3, 4",
        "Each neuron is one cosine in both layers: virtually all energy is at one frequency, "
        "residuals are negligible.",
        _TRAINED + "Read as: every neuron has at least 95 % of its energy, both layers together "
        "and without the mean, at the dominant frequency.",
        _SHARE,
        Mutant.of(
            _SHARE, "all energy but 10⁻⁹", demands=(replace(_LEAST_SHARE, at_least=1 - 1e-9),)
        ),
        falsified_by="a neuron with a smaller share",
    ),
    observation(
        "he.obs1-single-frequency.both-layers",
        "Both layers of a neuron have the same frequency",
        "Observation 1, blog Figures 3, 4",
        "The two layers of each neuron have the same $k$.",
        _TRAINED + "Every neuron; the frequency of a layer is the one of largest magnitude.",
        _SAME,
        Mutant.of(
            _SAME,
            "all frequencies the same",
            demands=(
                Demand(
                    name="share of the commonest frequency",
                    of=lambda f: float(f.spectrum.counts.max() / f.spectrum.counts.sum()),
                    at_least=1,
                ),
            ),
        ),
        falsified_by="a neuron with two frequencies",
    ),
    observation(
        "he.obs1-single-frequency.all-occur",
        "All frequencies occur",
        "Observation 1, blog Figures 3, 4",
        "All $(p-1)/2$ frequencies occur (11 at $p=23$).",
        _TRAINED + "Each frequency is the dominant one of some neuron.",
        _OCCUR,
        Mutant.of(
            _OCCUR,
            "every neuron has every frequency",
            demands=(
                Demand(
                    name="fewest neurons of a frequency, of all",
                    of=lambda f: float(f.spectrum.counts.min() / f.spectrum.counts.sum()),
                    at_least=1,
                ),
            ),
        ),
        falsified_by="a frequency that no neuron has",
    ),
    observation(
        "he.obs2-phase-doubling",
        "Output phases are twice the input phases",
        "Observation 2",
        "$\\psi_m = 2\\varphi_m$; each of the 512 points lies precisely on the diagonal.",
        _TRAINED + "“Precisely” is read as within 5 degrees, for every neuron.",
        _DIAGONAL,
        Mutant.of(
            _DIAGONAL, "within 10⁻⁶ degrees", demands=(replace(_WORST, at_most=1e-6),)
        ),
        falsified_by="a neuron with |D| above 5 degrees",
    ),
    observation(
        "he.obs3-frequency-balance",
        "Frequencies are used about equally often",
        "Observation 3",
        "The numbers $|N_k|$ of neurons per frequency are roughly equal.",
        _TRAINED + "“Roughly” is read as: the largest is at most twice the smallest.",
        _COUNTS,
        Mutant.of(_COUNTS, "exactly equal", demands=(replace(_BALANCED, at_most=1),)),
        falsified_by="two frequencies whose counts differ by more than a factor 2",
    ),
    observation(
        "he.obs3-phase-uniformity.sums",
        "Phase sums of order 2 and 4 vanish",
        "Observation 3, blog Figure 6",
        "$\\sum_{m\\in N_k} e^{i\\iota\\varphi_m}\\approx 0$ for $\\iota=2,4$ and every $k$.",
        _TRAINED + "“≈ 0” is read as |Σ|/N ≤ 0.1 for every frequency; independent uniform phases "
        "give about 0.13 for 46 neurons.",
        _CANCEL,
        Mutant.of(_CANCEL, "exactly zero", demands=(replace(_SUMS, at_most=1e-12),)),
        falsified_by="a frequency with a larger sum",
    ),
    observation(
        "he.obs3-phase-uniformity.uniform",
        "Phases are near uniform within a frequency",
        "Observation 3, blog Figure 6",
        "Phases are near uniform in each $N_k$, the $\\iota\\varphi_m$ for $\\iota=1,\\dots,4$.",
        _TRAINED + "Read as: Rayleigh's test of independent uniform phases is not rejected at 1 %, "
        "corrected for all frequencies and orders. Spacing more even than chance is not tested.",
        _PHASES,
        Mutant.of(
            _PHASES,
            "phases on half a circle",
            demands=(replace(_UNIFORM_PHASES, of=_half_circle),),
        ),
        falsified_by="a rejected test",
    ),
    observation(
        "he.obs3-magnitude",
        "Magnitudes are nearly identical",
        "Observation 3, blog Figure 7",
        "$\\alpha_m\\beta_m^2$ is nearly identical for all neurons; $\\alpha$ and $\\beta$ are "
        "each tightly concentrated.",
        _TRAINED + "“Nearly identical” and “tightly” are read as a coefficient of variation of at "
        "most 0.1.",
        _SPREAD,
        Mutant.of(
            _SPREAD,
            "no spread",
            demands=tuple(replace(m, at_most=1e-9) for m in _SPREADS),
        ),
        falsified_by="a larger coefficient of variation",
    ),
    observation(
        "he.activation-table.even",
        "ReLU weights are fully accurate with other activations",
        "Observation 4",
        "ReLU weights with the test-time activation $|u|$, $u^2$, $u^4$, $\\log(1+e^{2u})$ and "
        "$e^u$ are 100 % accurate.",
        _TRAINED + "Every input, exactly or in balls that decide every comparison.",
        _TABLE_EVEN,
        Mutant.of(
            _TABLE_EVEN,
            "with u too",
            demands=(exact_accuracy("accuracy with u", activation="u", at_least=ONE),),
        ),
        falsified_by="an input that one of the activations gets wrong",
    ),
    observation(
        "he.activation-table.odd",
        "Accuracy of ReLU weights with u and u³",
        "Observation 4",
        "ReLU weights with the test-time activation $u$ are 4.1 % accurate, with $u^3$ 3.6 %.",
        _TRAINED + "Read as: the exact accuracy is within one unit of the last printed digit, "
        "so that a number that was cut off instead of rounded passes.",
        _TABLE_ODD,
        Mutant.of(
            _TABLE_ODD, "100 %", demands=(_near("identity", Fraction(100)),)
        ),
        falsified_by="an accuracy further away",
    ),
    observation(
        "he.activation-robustness.trained-even",
        "Any activation with a non-zero even part is accurate on trained weights",
        "Observation 4",
        "Any test-time activation with a non-zero even part gives 100 %.",
        "On every named network, ReLU or quadratic, that classifies all inputs correctly; the "
        "activations tried are ReLU, |u|, u², u⁴, u⁸, log(1+e^{2u}), e^u, GELU and SiLU.",
        _ROBUST,
        Mutant.of(
            _ROBUST,
            "odd ones too",
            demands=(exact_accuracy("accuracy with u^3", activation="u^3", at_least=ONE),),
        ),
        falsified_by="such an activation and an input that it gets wrong",
    ),
    observation(
        "he.activation-robustness.trained-odd",
        "Odd activations are at chance on trained weights",
        "Observation 4",
        "Odd test-time activations give chance.",
        "On every named network that classifies all inputs correctly; u, u³ and tanh; chance is "
        "read as at most 2/p.",
        _ODD,
        Mutant.of(
            _ODD,
            "even ones too",
            demands=(
                Demand(
                    name="accuracy with abs, in multiples of 1/p",
                    of=lambda f: _swapped_accuracy(f, "abs") * f.network.task.group.order,
                    at_most=2,
                ),
            ),
        ),
        falsified_by="an odd activation with more",
    ),
    observation(
        "he.ghost-height.share",
        "Ghost peaks are about half as high as the label's",
        "blog Figure 8, app tab 4",
        "The logits at $2x$ and $2y$ are about half the label logit.",
        _TRAINED + "Least squares f = c + label·1[x+y≡j] + ghost·(1[2x≡j]+1[2y≡j]) over all inputs "
        "and labels; “about half” is ghost/label in [0.4, 0.6], for the network's own activation.",
        _GHOSTS,
        Mutant.of(
            _GHOSTS,
            "as high as the label",
            demands=(replace(_GHOST, at_least=0.9, at_most=1.1),),
        ),
        falsified_by="another ratio",
    ),
    observation(
        "he.ghost-height.label",
        "The label logit of a quadratic read-out",
        "blog Figure 8",
        "The stored run 08142058 read out with $u^2$ at $p=23$, $x=0$ has a label logit of about "
        "$+25$.",
        _TRAINED + "“About 25” is read as within 10 %, for the mean over y at x = 0. The statement "
        "names one run; on another network it says nothing.",
        _LABEL_25,
        Mutant.of(_LABEL_25, "about 2.5", demands=(replace(_LABEL, at_least=2.25, at_most=2.75),)),
        falsified_by="another logit of that run",
    ),
]
