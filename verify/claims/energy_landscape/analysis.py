"""Analysis around the theorems: real reconstructions, sampled weights, slopes."""

from __future__ import annotations

from typing import Any

from verify.claims.energy_landscape.common import SETTING, Z4, against, pair, stated
from verify.claims.energy_landscape.reconstruction import NEVER, TILTED, swap
from verify.claims.writing import breaks, exact, formal
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, all_of, equal, rational, var
from verify.methods.energy import ENERGY, NORM, Neuron


def _exact(name: str, formula: Formula, scope: Domain) -> Check:
    return exact(name, formula, points=({"M": 2},), scope=scope)


def _formal(name: str, formula: Formula, scope: Domain, *names: str,
            lemma: tuple[str, ...] = ()) -> Check:
    return formal(name, formula, " ".join(names), scope=scope, lemmas=lemma)


def _against(name: str, formula: Formula, text: str, **point: Any) -> Check:
    return breaks(name, formula, text, point=point)


# -- samples, slopes -------------------------------------------------------------------------------

_KEPT = Domain.of(samples=Whole("kept rows and p"))


def _deviation(bound: int) -> Formula:
    """M = 2, p = 1/3, both rows kept: w = 2/(2/3) = 3."""
    return rational(2) / (rational(2) * rational(1, 3)) - 1 <= bound


_KEPT_ALL = _against(
    "both rows kept", _deviation(1), "M = 2, p = 1/3, both rows of h kept: w_h = 3, |w_h − 1| = 2",
    samples="M = 2, p = 1/3, 2 kept", group="Z2")


def _range(top: int) -> Formula:
    """m/(pM) ≤ top/p for M ≤ 4, m ≤ M, p = 1/2, 1/3, 1/5."""
    return all_of([
        rational(m) / (rational(1, p) * order) <= top * rational(p)
        for order in range(2, 5) for m in range(order + 1) for p in (2, 3, 5)])


_RANGE = _exact("M ≤ 4", _range(1), Domain.at({"samples": "M ≤ 4, p = 1/2, 1/3, 1/5"}))
_RANGE_MUTANT = Mutant.of(_RANGE, "at most 0", formula=_range(0))
_Q, _MISSING = var("q"), var("j")


def _all_rows(sign: int) -> Formula:
    """With q = 1/p and j/M of the rows of a label missing, w = q(1 − j/M): q − w = q·j/M."""
    return equal(_Q - _Q * (1 + sign * _MISSING), _Q * _MISSING)


_AT_MOST = _formal("at most all rows", _all_rows(-1), _KEPT, "q", "j", lemma=("Bernoulli rows",))
_AT_MOST_MUTANT = Mutant.of(_AT_MOST, "more rows", formula=_all_rows(1))

# On Z4 ten times the sign and once a wave, u = v: the masses are 400 : 2, and ε = 1/201.
_LEAKING = (11, -10, 9, -10)


def _leak(scale: int) -> Neuron:
    """E = (2(1 − ε)² + ε²)/scale."""
    value = 2 * 200**2 + 1
    return pair(Z4, _LEAKING, relations=(equal(scale * 201**2 * ENERGY, value * NORM**2),))


_LEAK = against(
    _leak(1),
    "Z4, leaking ε from the sign into the pair: E = 2(1 − ε)² + ε² (here ε = 1/201), slope −4 = "
    "−M/D, not −M/4 = −1",
    rests_on=("energy in blocks",),
)
_EPS = var("eps")


def _slope(factor: int) -> Formula:
    """(M/2D)((1 − ε)² − 1) = −factor·(M/D)ε + (M/2D)ε²; g stands for M/D."""
    g = var("g")
    return equal(g / 2 * ((1 - _EPS) ** 2 - 1), -factor * g * _EPS + g / 2 * _EPS**2)


_BLOCKS = Domain.of(group=Whole("finite groups of order at least 2"))
_SLOPE = _formal("the block itself", _slope(1), _BLOCKS, "eps", "g", lemma=("energy maxima",))

CLAIMS: list[Claim] = [
    stated("li2.real-remark", "The reconstruction proof for real weights", "A.2",
           "The proof also works for real $w$.", "a group on which real pairs have a residual",
           NEVER, Mutant.of(NEVER, "another sign", formula=~(swap(-1) & ~equal(rational(1), 0))),
           domain=_BLOCKS, kind="op", corrected_by="li2.real-remark.corrected",
           reading=SETTING + "Real pairs [u; ±Pu]. For Z2 they suffice. "),
    stated("li2.real-remark.corrected", "The reconstruction proof for real, distinct halves", "A.2",
           "The proof works for real $[u;\\pm Pu']$ with $u'\\ne u$.",
           "a group on which they have a residual",
           (_HALVES := _formal("a pair of nodes", equal(
               (var("u") + var("v")) ** 2 - (var("u") - var("v")) ** 2, 4 * var("u") * var("v")),
               _BLOCKS, "u", "v", lemma=("pairs of nodes",)), TILTED[0]), TILTED[1],
           Mutant.of(_HALVES, "factor 2", formula=equal(
               (var("u") + var("v")) ** 2 - (var("u") - var("v")) ** 2, 2 * var("u") * var("v"))),
           domain=_BLOCKS, kind="op", corrects="li2.real-remark",
           reading=SETTING + "Some number of generic pairs in each block. "),
    stated("li2.weight-bound", "Deviation of the sampled weights", "A.3", "$|w_h-1|\\le1$.",
           "M, p and kept rows with a larger deviation", _KEPT_ALL,
           Mutant.of(_KEPT_ALL, "at most 2", formula=_deviation(2)), domain=_KEPT, kind="in",
           corrected_by="li2.weight-bound.corrected", reading="w_h = m̂_h/(pM). True for p ≥ "
           "1/2. "),
    stated("li2.weight-bound.corrected", "Range of the sampled weights", "A.3",
           "$0\\le w_h\\le1/p$.", "M, p and kept rows otherwise", (_AT_MOST, _RANGE),
           _AT_MOST_MUTANT, _RANGE_MUTANT, domain=_KEPT, kind="in", corrects="li2.weight-bound",
           reading="At most M rows of a label are kept; written out for M ≤ 4. "),
    stated("li2.cand.weight-range", "Range of the sampled weights", "Samples, memorisation",
           "$w_h\\le1/p$.", "M, p and kept rows otherwise", (_AT_MOST, _RANGE), _AT_MOST_MUTANT,
           _RANGE_MUTANT, domain=_KEPT,
           reading="At most M rows of a label are kept; written out for M ≤ 4. "),
    stated("li2.vertex-slope", "The slope at a vertex", "A.3",
           "Leaking ε from vertex $a$: $\\Delta E=-(M/4d_a)\\epsilon+O(\\epsilon^2)$.",
           "a group and a with another slope", _LEAK,
           Mutant.of(_LEAK, "a quarter of it", neuron=_leak(4)),
           domain=_BLOCKS, kind="as", corrected_by="li2.vertex-slope.corrected",
           reading=SETTING + "E is (7); ε leaks into another block. Groups of order below 4 have "
           "one block only. The printed slope is that of (M/8)Σc²/d. "),
    stated("li2.vertex-slope.corrected", "The slope at a vertex, M/D", "A.3",
           "Leaking ε from the block $a$: $\\Delta E=-(M/D_a)\\epsilon+O(\\epsilon^2)$.",
           "a group and a with another slope", _SLOPE,
           Mutant.of(_SLOPE, "half of it", formula=_slope(2)), domain=_BLOCKS, kind="as",
           corrects="li2.vertex-slope",
           reading=SETTING + "Other blocks have energy O(ε²), by E ≤ (M/2)Σc²/D. "),
]
