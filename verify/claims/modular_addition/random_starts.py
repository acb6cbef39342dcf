"""Exact expectations over random initial weights and random data splits."""

from __future__ import annotations

from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.terms import HALF, P, formally
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import Formula, Term, equal, rational, var

# -- participation of Gaussian rows --------------------------------------------------------------

_ROWS = Domain.of(p=odd(3), row=Whole("rows of independent N(0, s²) entries, s > 0"))
_LEMMA = "participation of Gaussian rows"


def _moments(numerator: int = 2, fourth: int = 3) -> Formula:
    """K·E[A⁴] = numerator/(K + 1)·(K·E[A⁴] + K(K − 1)·E[A²]²), times K + 1.

    A² = c² + s² with independent standard normal c and s, E[c²] = 1 and E[c⁴] = fourth.
    """
    frequencies = HALF * (P - 1)
    square, quartic = rational(1 + 1), rational(fourth + 2 + fourth)
    length = frequencies * quartic + frequencies * (frequencies - 1) * square**2
    return equal(frequencies * quartic * (frequencies + 1), numerator * length)


def _participation(formula: Formula) -> Check:
    return formally(
        "moments", formula, _ROWS, symbols={"p": "indeterminate"}, rests_on=(_LEMMA,)
    )


_IPR = _participation(_moments())

# -- held-out pairs whose other order is trained on ----------------------------------------------

_SPLITS = Domain.of(p=at_least(2), split=Whole("numbers n of training pairs, 1 ≤ n < p²"))
_N, _T = var("n"), var("t")


def _share(pairs: Term | None = None, others: Term | None = None) -> Formula:
    """(1/t)·pairs·t·n/(p²(p² − 1)) = ((p − 1)/p)·n/others, t = p² − n, without denominators."""
    pairs = P * (P - 1) if pairs is None else pairs
    others = P**2 - 1 if others is None else others
    return equal(pairs * _T * _N * P * others, _T * (P - 1) * _N * P**2 * (P**2 - 1))


_PARTNERS = formally(
    "two places of a random order",
    _share(),
    _SPLITS,
    symbols=dict.fromkeys(("p", "n", "t"), "indeterminate"),
    rests_on=("partners in a random split",),
)

CLAIMS = [
    Claim(
        id="he.cand.ipr-gaussian",
        title="Participation ratio of Gaussian rows",
        source=candidate("dynamics"),
        printed_kind="candidate",
        statement="Gaussian rows: $E[\\mathrm{IPR}]=2/(K+1)$.",
        domain=_ROWS,
        reading=(
            "IPR = Σ_k A_k⁴/(Σ_k A_k²)² over k = 1..K = (p−1)/2 without the constant part, of a "
            "row with independent normal entries of mean 0 and one variance; odd p. For even p the "
            "frequency p/2 has one coefficient only, and the statement is another one."
        ),
        falsified_by="an odd p with another expectation",
        checks=(_IPR,),
        mutants=(
            Mutant.of(_IPR, "1/(K + 1)", formula=_moments(1)),
            Mutant.of(_IPR, "entries with another fourth moment", formula=_moments(fourth=2)),
        ),
    ),
    Claim(
        id="he.cand.partner-share.expectation",
        title="Expected share of held-out pairs with the other order in training",
        source=candidate("grokking"),
        printed_kind="candidate",
        statement=(
            "The share of held-out pairs whose swap is in training has the expectation "
            "$((p-1)/p)\\cdot n_{\\mathrm{train}}/(p^2-1)$."
        ),
        domain=_SPLITS,
        reading=(
            "The n training pairs are a uniformly random subset of the p² ordered pairs, "
            "1 ≤ n < p²; the share is of all held-out pairs, and a pair (x, x) is not its own swap."
        ),
        falsified_by="p and n with another expectation",
        checks=(_PARTNERS,),
        mutants=(
            Mutant.of(_PARTNERS, "the diagonal counts as well", formula=_share(P**2)),
            Mutant.of(_PARTNERS, "pairs drawn with replacement", formula=_share(None, P**2)),
        ),
    ),
]
