"""The course of the backpropagated gradient: its size at the start, on the way, in the limit."""

from __future__ import annotations

from verify.claims.energy_landscape.common import source_of
from verify.claims.energy_landscape.early import FLOW, FLOWS, expansion
from verify.claims.energy_landscape.remarks import STARTS, moving
from verify.claims.energy_landscape.ridge import (
    ETA,
    FEATURES,
    GRADIENT,
    INVERSES,
    READING,
    SHAPES,
    identity,
    push,
)
from verify.claims.energy_landscape.wide import singular_values
from verify.claims.writing import entry, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, equal

LIMIT = "size of the ridge gradient"
SIGNAL = Domain.of(features=Whole("centred features and labels with Sig ≠ 0, η ≥ 0"))
SPANNED = Domain.of(features=Whole("features whose span contains the labels, η > 0"))
PLACE = "§3.1"


def _entry(claim_id: str, title: str, statement: str, falsified_by: str, check: Check,
           *wrong: Mutant, reading: str, domain: Domain, locator: str = PLACE,
           **rest: str) -> Claim:
    return entry(
        claim_id, title, statement, source=source_of(claim_id, locator), kind="as", domain=domain,
        reading=reading, falsified_by=falsified_by, checks=(check,), mutants=wrong, **rest,
    )


_STAYS = refutation(
    "three samples", *moving(), point={"features": "(1, 0, −1)", "samples": 3, "columns": 1},
    description="labels 0, 0, 1, Fc = f = (1, 0, −1): G_F(∞) → (1/6)(2q − 3f) ≠ 0 as η → 0, "
    "q = (1, 1, −2)",
    lemmas=(LIMIT,))


def _spanned(factor: int = 1) -> Check:
    """G_F(∞) = ηAFcC·YcᵀFcB for Yc = FcC."""
    return identity(
        "labels in the span", [*GRADIENT, (-factor * ETA, "A F C Yt F B")],
        [*push("Y Yt F B"), ([(ETA, "A")], 4, [(1, "Yt F B")])],
        relations=[*INVERSES, [(1, "Y"), (-1, "F C")]], matrices={**SHAPES, "C": "K M"},
        lemma=LIMIT, scope=SPANNED,
    )


def _sized(power: int = 1) -> Formula:
    """y·a·r + f(a·r)² = (y + f·a·r)·a·r^power, a = α, r² = KM, y = |Yc|, f = |Fc|."""
    y, f, a, r = symbols("y f a r")
    return equal(y * a * r + f * (a * r) ** 2, (y + f * a * r) * a * r**power)


_SIZE = formal("the mean at t = 0", _sized(), "y f a r", scope=FLOWS, lemmas=(STARTS,))
_SHRINKS = proof("the limit", _spanned(), singular_values(SPANNED), scope=SPANNED, lemmas=(LIMIT,))

CLAIMS: list[Claim] = [
    _entry(
        "li2.lazy-start.alpha", "Size of the gradient at the start, ε = α",
        "$V(0)\\sim N(0,\\alpha^2)$: $|G_F(0)|=O(\\alpha\\sqrt{KM})$.",
        "features and labels for which no constant does", _SIZE, *mutants(_SIZE, KM=_sized(2)),
        domain=FLOWS, locator="Proposition 1",
        reading=FLOW + "ε, which is undefined there, read as α; in the mean: E|G_F(0)| ≤ (|Yc| + "
        "|Fc|α√(KM))·α√(KM), of this order while α√(KM) is bounded. The rank of Fc is not used. ",
    ),
    _entry(
        "li2.lazy-course.start", "The gradient at the start", "$|G_F|$ starts from $O(\\alpha)$.",
        "features, labels, η and Z for which no constant does", *expansion(FLOWS), domain=FLOWS,
        reading=FLOW + "At t = 0: |G_F| ≤ yRα + fR²α², y = |Yc|, f = |Fc|. ",
    ),
    _entry(
        "li2.lazy-course.rise", "The gradient grows to order 1", "$|G_F|$ goes up to $O(1)$.",
        "features, labels and η with Sig ≠ 0 for which it stays small", *expansion(SIGNAL),
        domain=SIGNAL,
        reading=FLOW + "For each small t > 0 |G_F(t)| ≥ t|Sig|/2 for all small enough α, so it is "
        "bounded below as α → 0 (and above at all t). Sig = 0 means YcᵀFc = 0; then it stays of "
        "order α. ",
    ),
    _entry(
        "li2.lazy-course.end", "The gradient falls to order η", "$|G_F|$ goes to $O(\\eta)$.",
        "features and labels for which G_F(∞)/η is unbounded as η → 0", _STAYS,
        Mutant.of(_STAYS, "(η + 2)q − 2f", parts=moving(2)), domain=FEATURES,
        reading=READING + "G_F(∞) = O(η) as η → 0 for fixed Fc and Yc. With two samples and Fc ≠ 0 "
        "it is. ", corrected_by="li2.lazy-course.end.corrected",
    ),
    _entry(
        "li2.lazy-course.end.corrected", "The gradient falls to order η, labels in the span",
        "$\\mathrm{col}\\,Y_c\\subseteq\\mathrm{col}\\,F_c$: "
        "$|G_F(\\infty)|\\le\\eta|C||Y_c|/s^2$, $Y_c=F_cC$, "
        "$s$ the least singular value of $F_c$ that is not 0.",
        "such features, labels and η with a larger gradient", _SHRINKS,
        Mutant.of(_SHRINKS, "2η", parts=(_spanned(2), singular_values(SPANNED))),
        Mutant.of(_SHRINKS, "4x", parts=(_spanned(), singular_values(SPANNED, slope=4))),
        domain=SPANNED, reading=READING + "Any rank. ", corrects="li2.lazy-course.end",
    ),
]
