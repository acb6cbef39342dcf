"""How many rows a maximum needs to survive ascents of the sampled energy: statistics.

At n = pM² rows in the mean, ascents of Ê start from random full-data maxima of a block; n* is where
half of them keep more than half of |w|² there.  The rate is taken to grow with n, as it does
wherever it was measured: a rate below 1/2 says n* > n, one of 1/2 or more n* ≤ n.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import log

import numpy as np

from constructions.groups.permutation import PermutationGroup, cyclic, symmetric
from constructions.sampled_energy import Target, survivals
from verify.claims.energy_landscape.common import SETTING, source_of
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.methods.rates import Rate, rates

_LEVEL = 0.99
_DRAWS = {"quick": 40, "full": 400}
_READING = (
    SETTING + "Bernoulli(p) rows, n = pM²; survival and n* as in the sheet's convention: ascent of "
    "Ê on |w| = 1 from a random full-data maximiser of the block keeps over half of |w|² there "
    "in at least half of the draws; the rate is taken to grow with n. "
)


def _frequency(modulus: int, p: float, generator: np.random.Generator, count: int) -> int:
    return survivals(generator, count, target=Target.frequency(modulus, 1), share=p)


def _block(group: PermutationGroup, number: int, p: float, generator: np.random.Generator,
           count: int) -> int:
    return survivals(generator, count, target=Target.block(group, number), share=p)


def _on_cycle(modulus: int, ratio: float, *, low: float = 0.0, high: float = 1.0) -> Rate:
    """Frequency 1 of Z_M at n = ratio·M ln M."""
    p = ratio * log(modulus) / modulus
    return Rate(name=f"Z{modulus}, n = {ratio:g}·M ln M", trials=partial(_frequency, modulus, p),
                at_least=low, at_most=high)


def _on_block(group: PermutationGroup, number: int, dimension: int, p: float, *,
              low: float = 0.0, high: float = 1.0) -> Rate:
    return Rate(name=f"{group.name}, D = {dimension}, p = {p:g}",
                trials=partial(_block, group, number, p), at_least=low, at_most=high)


def _rates(name: str, *expected: Rate, scope: Domain, against: str = "") -> Check:
    return Check(name=name, procedure=rates, arguments={
        "expected": expected, "samples": _DRAWS, "level": _LEVEL, "scope": scope,
        "against": against})


def _claim(name: str, title: str, statement: str, check: Check, *mutants: Mutant,
           domain: Domain, reading: str, empirical: bool = True) -> Claim:
    claim_id = f"li2.cand.{name}"
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, "Samples, memorisation"),
        statement=statement, printed_kind="candidate", domain=domain, reading=_READING + reading,
        falsified_by="thresholds outside the reading, by exact intervals", checks=(check,),
        mutants=mutants, empirical=empirical,
    )


# -- growth with M -----------------------------------------------------------------------------

_CYCLES = Domain.of(modulus=Whole("moduli from 23 to 163"))
_RANGE = (
    "Z_M, frequency 1; measured for M from 23 to 163. M ln M itself has the exponent 1.25 on this "
    "range. The noise that unsettles a maximum has parts of order √(M ln M/p) and of order 1/p, "
    "which a range of M this short does not separate. "
)
# n*(23) ≤ 4.7·23 ln 23 = 339 and n*(163) > 8.6·163 ln 163 = 7140
_SMALL = _on_cycle(23, 4.7, low=0.5)
_LARGE = _on_cycle(163, 8.6, high=0.5)
_GROWS = _rates(
    "Z23 and Z163", _SMALL, _LARGE, scope=Domain.at({"modulus": 163}),
    against="n*/(M ln M) is at most 4.7 on Z23 and above 8.6 on Z163, more than 1.5 times as large",
)
_NOT_VALUE = _rates(
    "Z41", _on_cycle(41, 3.2482, high=0.5), scope=Domain.at({"modulus": 41}),
    against="n*/(M ln M) is above 3.2482 on Z41",
)
_POWER = _rates("Z23 and Z163", _SMALL, _LARGE, scope=Domain.at({"modulus": 23}, {"modulus": 163}))

# -- blocks of one group -----------------------------------------------------------------------

Z24, S4 = cyclic(24), symmetric(4)
_GROUP = Domain.of(group=Whole("finite groups with blocks of different dimensions"))
_EITHER = (
    "Proportional at fixed M, over the blocks of one group, with n* or with n*/(1 − p*): both are "
    "rejected. "
)
# p*(D = 1) ≤ 1/2 < p*(D = 2), d = 1 for both
_SAME_DEGREE = (_on_block(Z24, 0, 1, 0.5, low=0.5), _on_block(Z24, 1, 2, 0.5, high=0.5))
# p*(D = 1) > 0.41 and p*(D = 3) ≤ 0.67: p* ratio < 1.64, p*/(1 − p*) ratio < 2.93
_THREE_TO_ONE = (_on_block(S4, 0, 1, 0.41, high=0.5), _on_block(S4, 3, 3, 0.67, low=0.5))


def _swapped(check: Check, expected: Sequence[Rate]) -> Mutant:
    """The same rates wanted on the other side."""
    other = tuple(
        Rate(name=r.name, trials=r.trials, at_least=0.5 * (r.at_least == 0),
             at_most=1 - 0.5 * (r.at_most == 1))
        for r in expected)
    return Mutant.of(check, "the opposite order", expected=other)


def _dimension(name: str, value: str, expected: Sequence[Rate], group: str, why: str) -> Claim:
    check = _rates(group, *expected, scope=Domain.at({"group": group}), against=why)
    return _claim(
        f"threshold-dim.{name}", f"Survival thresholds ∝ {value}",
        f"Fixed $M$: $n^*$ (or $n^*/(1-p^*)$) $\\propto {value}$.", check,
        _swapped(check, expected), domain=_GROUP, reading=_EITHER)


_EQUAL = (
    "Z24: at p = 1/2 the sign (D = 1) survives, a frequency with D = 2 does not; both have d = 1"
)
_RATIO = (
    "S4: p* > 0.41 for the sign (D = 1) and p* ≤ 0.67 for a block with d = D = 3, so n* grows by "
    "less than 1.64 and n*/(1 − p*) by less than 2.93"
)
_ALL_THREE = (
    "$n^*/(M\\ln M)$ tends to a constant; to $2.7482\\pm.5$; $n^*\\sim M^\\gamma$, $\\gamma>1.1$."
)


def _open(name: str, title: str, energy: str, **why: str) -> Claim:
    claim_id = f"li2.cand.threshold.{name}"
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, "Samples, memorisation"),
        statement=energy + _ALL_THREE, printed_kind="candidate", domain=_CYCLES,
        reading="As printed; no reading is fixed before a check exists. ",
        falsified_by="thresholds outside a reading", **why,
    )


CLAIMS = [
    _open("kernel", "Survival thresholds of the frozen energy",
          "$E_1=\\frac12|Y_c^\\top A\\sigma|^2$ with the wide kernel: ",
          missing="A = (Θ + ηI)⁻¹ with the wide kernel depends on η/K, which is not given: for "
          "large η/K it is a multiple of the sampled energy, for small η/K another function"),
    _open("trained", "Survival thresholds of trained networks", "Trained nets: ",
          unchecked="needs trained networks"),
    _claim(
        "threshold.sampled.constant", "Survival thresholds of the sampled energy, a constant",
        "$E_1=\\hat E$: $n^*/(M\\ln M)$ tends to a constant.", _GROWS,
        _swapped(_GROWS, (_SMALL, _LARGE)), domain=_CYCLES,
        empirical=False,
        reading=_RANGE + "A limit: that n*/(M ln M) still grows by more than a factor 1.5 on the "
        "range speaks against a constant, and rejects none. ",
    ),
    _claim(
        "threshold.sampled.value", "Survival thresholds of the sampled energy, 2.7482",
        "$E_1=\\hat E$: $n^*/(M\\ln M)$ tends to $2.7482\\pm.5$.", _NOT_VALUE,
        Mutant.of(_NOT_VALUE, "more than twice as many", expected=(_on_cycle(41, 8.0, high=0.5),)),
        domain=_CYCLES, reading=_RANGE + "Read as: within .5 from M = 41 on. ",
    ),
    _claim(
        "threshold.sampled.power", "Survival thresholds of the sampled energy, a power",
        "$E_1=\\hat E$: $n^*\\sim M^\\gamma$, $\\gamma>1.1$.", _POWER,
        _swapped(_POWER, (_SMALL, _LARGE)), domain=_CYCLES,
        reading=_RANGE + "Read as: on this range the exponent exceeds 1.1; between its "
        "ends it is above ln(7140/339)/ln(163/23) = 1.55. ",
    ),
    _dimension("one", "1", _SAME_DEGREE, "Z24", _EQUAL),
    _dimension("degree", "d", _SAME_DEGREE, "Z24", _EQUAL),
    _dimension("dimension", "D", _THREE_TO_ONE, "S4", _RATIO + ", not by 3"),
    _dimension("degree-squared", "d^2", _SAME_DEGREE, "Z24", _EQUAL),
    _dimension("dimension-squared", "D^2", _THREE_TO_ONE, "S4", _RATIO + ", not by 9"),
]
