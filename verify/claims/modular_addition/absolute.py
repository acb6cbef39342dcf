"""The activation |u|: what uniform phases vote for on a prime modulus."""

from __future__ import annotations

from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.terms import P, formally, indeterminates, proved
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole
from verify.formula import (
    Formula,
    absolute,
    cos,
    equal,
    forall_range,
    rational,
    sin,
    total,
    var,
)
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

_SUMS = Domain.of(p=Primes(3), pair=Whole("x ≠ y and labels"))
_HEIGHTS = Domain.of(s=Whole("integers s"))
_RATIOS = Domain.of(limit=Whole("limits of the ratio of heights as p → ∞"))


def _product_step(factor: int = 2) -> Check:
    """factor·cos a·cos b = cos(a+b) + cos(a−b): true for 2."""
    a, b = var("a"), var("b")
    formula = equal(factor * cos(a) * cos(b), cos(a + b) + cos(a - b))
    return formally(
        "product of two cosines", formula, _SUMS, symbols=dict.fromkeys(("a", "b"), "angle")
    )


def _telescope_step() -> Check:
    """2 cos a·sin b = sin(a+b) − sin(a−b), which sums the Dirichlet kernel."""
    a, b = var("a"), var("b")
    formula = equal(2 * cos(a) * sin(b), sin(a + b) - sin(a - b))
    return formally("telescoping sum", formula, _SUMS, symbols=dict.fromkeys(("a", "b"), "angle"))


def _sums(sign: int) -> Formula:
    """The formula at every d = x − y ≠ 0 and s, multiplied by 2 sin(π(2s+1)/2p) sin(π(2s−1)/2p)."""
    d, s, k = var("d"), var("s"), var("k")
    above, below = sin((2 * s + 1) / (4 * P)), sin((2 * s - 1) / (4 * P))
    left = total("k", 0, P - 1, lambda _: absolute(cos(k * d / (2 * P))) * cos(k * s * d / P))
    right = sign * cos(s / 2) * (below - above)
    here = equal(2 * above * below * left, right)
    inner = forall_range("s", -(P - 1) / 2, (P - 1) / 2, lambda _: here)
    return forall_range("d", 1, P - 1, lambda _: inner)


def _small(sign: int, *moduli: int) -> Check:
    return Check(
        name="every pair and label at small p",
        procedure=exact_statement,
        arguments={"formula": _sums(sign), "points": tuple({"p": p} for p in moduli)},
    )


_FORMULA = proved(
    "every prime modulus",
    (_product_step(), _telescope_step()),
    _SUMS,
    "sum of absolute cosines",
)
_FORMULA_SMALL = _small(1, 3, 5, 7)


def _limit_step(numerator: int) -> Check:
    """(2s−1) − (2s+1) = numerator and (2s+1)(2s−1) = 4s² − 1: true for −2."""
    s = var("s")
    first = equal((2 * s - 1) - (2 * s + 1), rational(numerator))
    second = equal((2 * s - 1) * (2 * s + 1), 4 * s**2 - 1)
    return formally("limit of the height", first & second, _HEIGHTS, symbols=indeterminates("s"))


_LIMIT = proved(
    "every s",
    (_product_step(), _telescope_step(), _limit_step(-2)),
    _HEIGHTS,
    "sum of absolute cosines",
)


def _triple_step(constant: int = 3) -> Check:
    """sin 3t = sin t·(constant − 4 sin² t): true for 3."""
    t = var("t")
    formula = equal(sin(3 * t), sin(t) * (constant - 4 * sin(t) ** 2))
    return formally("triple angle", formula, _RATIOS, symbols={"t": "angle"})


def _third_step(ratio: int) -> Check:
    """½(1 − 1/ratio) = 1/3 < 1/2, the limit of ½(1 − sin t/sin 3t): true for 3."""
    value = rational(1, 2) * (1 - 1 / rational(ratio))
    return Check(
        name="limit of the ratio",
        procedure=exact_statement,
        arguments={
            "formula": equal(value, rational(1, 3)) & (value < rational(1, 2)),
            "points": ({},),
        },
    )


def _ratio(ratio: int = 3) -> tuple[Check, ...]:
    return (_product_step(), _telescope_step(), _triple_step(), _third_step(ratio))


_HALF = Check(
    name="the limit is 1/3",
    procedure=refuted_by,
    arguments={
        "parts": _ratio(),
        "point": {"limit": "1/3"},
        "description": (
            "the ratio of the heights at s = ±1 and s = 0 is ½(1 − 1/(3 − 4 sin²(π/2p))), which "
            "tends to 1/3 (and is at most 1/3 for every p)"
        ),
        "rests_on": ("sum of absolute cosines",),
    },
)

CLAIMS = [
    Claim(
        id="he.cand.abs-indicator.formula",
        title="The sum of absolute cosines in closed form",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Prime $p$, $x\\ne y$, $s=(j-x-y)/(x-y)$ mod $p$ in $(-p/2,p/2)$: "
            "$\\sum_{k=0}^{p-1}|\\cos(\\pi k(x-y)/p)|C_k(j-x-y)=\\frac{(-1)^s}2"
            "[1/\\sin(\\pi(2s+1)/2p)-1/\\sin(\\pi(2s-1)/2p)]$."
        ),
        domain=_SUMS,
        reading="Every odd prime p, all x ≠ y and all j. (p = 2 is excluded: there s = ±1/2·p.)",
        falsified_by="p, x ≠ y and j with another sum",
        checks=(_FORMULA, _FORMULA_SMALL),
        mutants=(
            Mutant.of(
                _FORMULA, "cos a cos b without ½", parts=(_product_step(1), _telescope_step())
            ),
            Mutant.of(_FORMULA_SMALL, "the other sign", formula=_sums(-1)),
        ),
    ),
    Claim(
        id="he.cand.abs-indicator.limit",
        title="Relative heights of the peaks of |u|",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="The relative heights tend to $(-1)^{s+1}/(4s^2-1)$.",
        domain=_HEIGHTS,
        reading=(
            "For fixed s, the sum at s over the sum at 0, as p → ∞ through the primes. It is 1 at "
            "s = 0 and 1/3 at the ghosts s = ±1."
        ),
        falsified_by="s with another limit",
        checks=(_LIMIT,),
        mutants=(
            Mutant.of(
                _LIMIT,
                "twice the height",
                parts=(_product_step(), _telescope_step(), _limit_step(-4)),
            ),
        ),
    ),
    Claim(
        id="he.cand.abs-half",
        title="Ghosts of |u| are half as high as the label",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="$|u|$: the ghost/label height (background removed) tends to 1/2.",
        domain=_RATIOS,
        reading=(
            "Uniform phases, prime p → ∞, x ≠ y; heights above any background of size o(p), such "
            "as the constant −½ of the missing frequency 0 or the mean of the other logits (the "
            "label's own height is of order p)."
        ),
        falsified_by="another limit",
        checks=(_HALF,),
        mutants=(Mutant.of(_HALF, "the ratio sin t/sin 2t", parts=_ratio(2)),),
    ),
]
