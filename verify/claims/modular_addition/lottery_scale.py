"""The lottery over many neurons and moduli: coverage, the scale of a clear lead, determinism."""

from __future__ import annotations

from verify.claims.modular_addition.dynamics_common import SUM_LOSS, energy_rates, entry, follows
from verify.claims.writing import exact, proof, refutation
from verify.claims.writing import mutants as formulas
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import Formula, rational, sqrt

_STARTS = Domain.of(p=odd(5), start=Whole("starts of all frequencies"))
_READ = SUM_LOSS + "p ≥ 5. "

# -- scale of a lead -----------------------------------------------------------------------------


def _follows(*lemmas: str, growth: int = 4) -> Check:
    return follows("energies", energy_rates(growth), scope=_STARTS,
                   lemmas=("energies of a mode", *lemmas))


def _bounds(small: int, large: int) -> Formula:
    """3e^{−2} < ½ by e > 5/2; (√2/120)·(4π)²·(19/16)² < small by π < 22/7; 0.3·17² < large."""
    wave = sqrt(2) / 120 * (4 * rational(22, 7)) ** 2 * rational(19, 16) ** 2
    return (
        (rational(5, 2) ** 2 > 6) & (wave < small) & (rational(3, 10) * 17**2 < large)
    )


def _scale_parts(small: int = 3, large: int = 87, growth: int = 4) -> tuple[Check, ...]:
    return (
        _follows("blow-up of a mode", "order of modes", growth=growth),
        exact("constants", _bounds(small, large), scope=_STARTS),
    )


_SCALE = proof("largest scale with a lead", *_scale_parts(), scope=_STARTS,
               lemmas=("lead of the winner",))

# -- coverage ------------------------------------------------------------------------------------

_ROWS = Domain.of(p=odd(5), start=Whole("independent starts, alike in every frequency"))
_WIDTHS = Domain.of(p=odd(5), ratio=at_least(1))


def _missed(frequencies: int, width: int, power: int) -> Formula:
    """K(1 − 1/K)^M < 10^{−power}: an instance."""
    share = rational(frequencies - 1, frequencies)
    return frequencies * share**width < rational(1, 10) ** power


def _coverage_parts(power: int = 20, growth: int = 4) -> tuple[Check, ...]:
    return (
        _follows("lottery of modes", growth=growth),
        exact("p = 23, M = 512", _missed(11, 512, power)),
    )


_COVERED = proof("coverage", *_coverage_parts(), scope=_ROWS, lemmas=("coverage of frequencies",))


def _often_missed(ratio: int) -> Formula:
    """K = 22, M = ratio·K: all frequencies are covered with probability below ½."""
    share = rational(21, 22)
    return (1 - share ** (22 * ratio)) ** 22 < rational(1, 2)


def _miss_parts(ratio: int = 3) -> tuple[Check, ...]:
    return (
        _follows("lottery of modes"),
        *(exact(f"M = {c}K", _often_missed(c)) for c in range(1, ratio + 1)),
    )


_MISSED = refutation(
    "a multiple of the number of frequencies", *_miss_parts(), point={"p": 45, "ratio": 3},
    description="p = 45, K = 22: at M = K, 2K and 3K some frequency is missed with probability "
    "above ½, and for every C at M = CK for large p, with probability tending to 1",
    lemmas=("coverage of frequencies",),
)

# -- one start, one predictor --------------------------------------------------------------------

_DETERMINED = follows(
    "end of each frequency", energy_rates(), scope=_STARTS,
    lemmas=("energies of a mode", "blow-up of a mode", "lottery of modes", "phase of a mode",
            "trajectories of the loss"),
)

CLAIMS = [
    entry(
        "he.predictor-predetermined",
        "The initialisation determines the predictor",
        "The final predictor is determined by the initialisation.",
        source="blog §2",
        kind="as",
        domain=_STARTS,
        reading=_READ + "Gradient flow on the cross-entropy, given the data: there is one "
        "trajectory from each start, for all times, and the predictor at its end, if there is a "
        "limit, is a function of the start; in the decoupled flow the winner and its phases at the "
        "end are the functions in he.cand.blow-up and he.cand.phase-limit. Other data, losses or "
        "optimisers, and random batches, are not this statement.",
        falsified_by="one initialisation, two predictors",
        checks=(_DETERMINED,),
        mutants=formulas(_DETERMINED, half_the_growth=energy_rates(2)),
    ),
    entry(
        "he.frequency-coverage",
        "At a fixed modulus, many decoupled neurons cover all frequencies",
        "With initial $D$ independent and uniform, $M\\gg K$ covers all frequencies in balance.",
        source="blog §4.5, code",
        kind="as",
        domain=_ROWS,
        reading=_READ + "Decoupled flow; the frequencies of a neuron start independently and "
        "alike, with equal magnitudes or Gaussian rows, say, and so do the neurons. M ≫ K: M → ∞ "
        "at fixed p. A frequency is missed with probability at most K(1 − 1/K)^M; in balance: for "
        "every ε ≤ 1 all |N_k|, neurons that k wins, are within a factor 1 ± ε of M/K but with "
        "probability 2Ke^{−ε²M/(3K)}. M ≥ CK alone, or M/K → ∞ "
        "slowly, does not do: he.frequency-coverage.every-modulus.",
        falsified_by="a frequency that is missed with a probability that does not tend to 0",
        checks=(_COVERED,),
        mutants=(
            Mutant.of(_COVERED, "10⁻²²", parts=_coverage_parts(power=22)),
            Mutant.of(_COVERED, "half the growth", parts=_coverage_parts(growth=2)),
        ),
        corrects="he.frequency-coverage.every-modulus",
    ),
    entry(
        "he.frequency-coverage.every-modulus",
        "A multiple of K neurons covers all frequencies",
        "With initial $D$ independent and uniform, $M\\gg K$ covers all frequencies in balance.",
        source="blog §4.5, code",
        kind="as",
        domain=_WIDTHS,
        reading=_READ + "M ≫ K as M ≥ CK for one constant C (the ratio), whatever p: all "
        "frequencies are covered with probability at least ½. Logarithmically more neurons are "
        "needed, and suffice: M ≥ K ln(K/δ) fails with probability at most δ.",
        falsified_by="for every C a modulus at which a frequency is missed more often",
        checks=(_MISSED,),
        mutants=(Mutant.of(_MISSED, "M = 5K as well", parts=_miss_parts(ratio=5)),),
        corrected_by="he.frequency-coverage",
    ),
    entry(
        "he.cand.dominance-ratio.scale",
        "Scale at which the winner leads",
        "Equal magnitudes: median β ratio winner/runner-up $\\ge10$ when the winner reaches .3 "
        "requires $\\kappa=O(p^{-2})$.",
        domain=_STARTS,
        reading=_READ + "Decoupled flow, α = β = κ ≤ .3, independent uniform phases. Required: at "
        "every odd p ≥ 5 a median ≥ 10 implies κ ≤ 87/p², and κ ≤ 3/p² from p = 19 on. That "
        "κ = O(p^{-2}) suffices is not part of it.",
        falsified_by="moduli and scales with such a median and κp² unbounded",
        checks=(_SCALE,),
        mutants=(
            Mutant.of(_SCALE, "κ ≤ 2/p²", parts=_scale_parts(small=2)),
            Mutant.of(_SCALE, "κ ≤ 86/p²", parts=_scale_parts(large=86)),
            Mutant.of(_SCALE, "half the growth", parts=_scale_parts(growth=2)),
        ),
    ),
]
