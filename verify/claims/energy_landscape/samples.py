"""Samples of the task: which maxima of the energy they keep, and how sums over them deviate.

Ê is (7) on the kept rows, centred over them; "all but one" are n = M² − 1 distinct rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from constructions.groups.permutation import cyclic
from verify.claims.energy_landscape.common import GROUPS, SETTING, SIGN, VALUE, Z2, lemma, source_of
from verify.claims.writing import altered, breaks, exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, cos, equal, rational, sin, var
from verify.methods.sampled_energy import kept, slope

_READING = SETTING + "Ê is (7) on the kept rows, centred over them. "
SAMPLES = Domain.of(sample=Whole("samples of the task of a finite group"))


def sample_claim(
    claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
    checks: Sequence[Check], mutants: Sequence[Mutant], *, reading: str, kind: str = "pr",
    domain: Domain = SAMPLES, corrects: str | None = None, corrected_by: str | None = None,
) -> Claim:
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), statement=statement,
        printed_kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=_READING + reading, falsified_by=falsified_by, checks=tuple(checks),
        mutants=tuple(mutants), corrects=corrects, corrected_by=corrected_by,
    )


def wrong_part(check: Check, part: Check, description: str, formula: Formula) -> Mutant:
    """The same evidence with a wrong formula in one of its parts."""
    parts = [Mutant.of(p, "", formula=formula).check if p is part else p
             for p in check.arguments["parts"]]
    return Mutant.of(check, description, parts=tuple(parts))


# -- critical points ---------------------------------------------------------------------------


def _stationary(*missing: tuple[int, int]) -> Formula:
    """On Z2 the derivative of Ê at u = v = (1, −1) along (1, 1, 1, 1), a tangent, is 0."""
    return equal(slope(Z2, kept(Z2, *missing), (SIGN, SIGN), ((1, 1), (1, 1))), 0)


_ONE_ROW = breaks(
    "one row missing on Z2", _stationary((0, 1)),
    "Z2 without one row of label 0: at u = v = (1, −1) Ê has the slope 256/9 along the tangent "
    "(1, 1, 1, 1)",
    point={"sample": "Z2, all but one row", "group": "Z2", "rows": 3},
)

# -- one missing row of Z_M --------------------------------------------------------------------

_M, _S, _Z, _Z0, _Q = symbols("M s Z z0 Q")
_ALL_BUT_ONE = Domain.of(sample=Whole("Z_M, all but one row"))


def _quadratic(last: int) -> Formula:
    """(M²−1)²·2Ê = 2A' − 2B's + last·C's², Q = Σz_h² over the labels h ≠ 0.

    Ê = ½Σ(ẑ_h − q_hẐ)² with ẑ_0 = z_0 − s, Ẑ = Z − s, q_0 = (M−1)/(M²−1), q_h = M/(M²−1).
    """
    n = _M**2 - 1

    def twice(s: Term | int) -> Term:
        first = (n * (_Z0 - s) - (_M - 1) * (_Z - s)) ** 2
        others = n**2 * _Q - 2 * n * _M * (_Z - s) * (_Z - _Z0)
        return first + others + (_M - 1) * _M**2 * (_Z - s) ** 2

    # n²·2B = 2M²(M²−1)(z_0 − Z/(M+1)), n²·C = M³(M−1)
    linear = 2 * _M**2 * (_M - 1) * ((_M + 1) * _Z0 - _Z)
    return equal(twice(_S), twice(0) - linear * _S + last * _M**3 * (_M - 1) * _S**2)


_QUADRATIC = formal("Ê as a polynomial in the missing row", _quadratic(1), "M s Z z0 Q",
                    scope=_ALL_BUT_ONE, lemmas=("one missing row",))


def _turning(order: int, scale: int) -> Formula:
    """The slope of Ê along the turn of phases at u = v = cos(2πx/M + π/4), row (0, 0) missing.

    The lemma's 4M²/((M−1)(M+1)²), times M² as w is not divided by √M.
    """
    group = cyclic(order)
    angles = [rational(Fraction(x, order) + Fraction(1, 8)) for x in range(order)]
    wave, turn = [cos(t) for t in angles], [-sin(t) for t in angles]
    found = slope(group, kept(group, (0, 0)), (wave, wave), (turn, turn))
    return equal(found, rational(scale * 4 * order**4, (order - 1) * (order + 1) ** 2))


_TURN = exact("the slope on Z3 and Z4", _turning(3, 1) & _turning(4, 1),
              scope=_ALL_BUT_ONE, lemmas=("one missing row",))


def _numbers(distance: int) -> Formula:
    """The numbers of the lemma for M = 200 and ρ = 1/distance; they grow with M.

    (1/√2 − ρ)⁴ ≥ 186/1000, written without the root for 1/√2 ≥ 707/1000, and what bounds |w_⊥|.
    """
    rho = rational(1, distance)
    return (
        (rational(186, 1000) <= (rational(707, 1000) - rho) ** 4)
        & (rational(1, 2) * 200 <= rational(739, 1000) * 200 - 44)
        & (rational(85, 100) <= 1 - 2 * rho - 4 * rho**2)
        & (rational(53, 10) / 200 < rational(85, 100))
    )


_NEAR = exact("M = 200, ρ = 1/20", _numbers(20), scope=_ALL_BUT_ONE, lemmas=("one missing row",))
_FAMILY = {"sample": "Z_M, all but one row, M ≥ 200", "group": "Z_M", "rows": "M² − 1"}
_NOT_SAME = refutation(
    "all rows but one", _QUADRATIC, _TURN, point={**_FAMILY, "sample": "Z_M, all but one row"},
    description="Z_M, M ≥ 3, all rows but one: the maximiser u = v = cos(2πx/M + π/4)/√M (for the "
    "row (0, 0), translated for others) is not critical for Ê. So no sample of n = M² − 1 rows "
    "keeps all maxima, and for every C and δ n ≥ CM log(M/δ) once M is large",
    lemmas=("one missing row",),
)
_NOT_NEAR = refutation(
    "all rows but one", _QUADRATIC, _NEAR, point=_FAMILY,
    description="Z_M, M ≥ 200, all rows but one: Ê has no local maximum within 1/20 of the "
    "maximiser u = v = cos(2πx/M)/√M (for the row (0, 0), translated for others), while "
    "C√(2M log M/(M² − 1)) → 0 for every C",
    lemmas=("one missing row",),
)


_NOT_SAME_MUTANTS = (
    wrong_part(_NOT_SAME, _TURN, "another slope", _turning(3, 2)),
    wrong_part(_NOT_SAME, _QUADRATIC, "twice the square", _quadratic(2)),
)
_NOT_NEAR_MUTANTS = (wrong_part(_NOT_NEAR, _NEAR, "ρ = 1/4", _numbers(4)),)

_N = var("n")


def _variance(scale: int) -> Formula:
    """n draws of a row of probability r: 𝔼N² − n²r² = n(r − r²), 𝔼N² = nr + n(n−1)r²."""
    r = var("r")
    return equal(_N * r + _N * (_N - 1) * r**2 - _N**2 * r**2, _N * (r - scale * r**2))


_SHARES = formal("variance of a share", _variance(1), "n r", scope=GROUPS,
                 lemmas=("samples of a fixed group",))
_SETS = lemma("maxima of the blocks", "energy-maxima", GROUPS, value=VALUE,
              conclusions=["each-block", "disjoint"])
_FIXED_GROUP = proof("many rows of one group", _SHARES, _SETS, scope=GROUPS,
                     lemmas=("samples of a fixed group",))

_EVERY_C = "∃C for all M, δ, n: every constant is refuted, by M² − 1 distinct rows. "

CLAIMS = [
    sample_claim(
        "li2.cand.sampled-critical", "Maximisers are critical for samples", "Samples, memorisation",
        "Full-data maximisers are critical for $\\hat E$, for every sample.",
        "a sample and a maximiser of E that is no critical point of Ê on the sphere",
        [_ONE_ROW], [Mutant.of(_ONE_ROW, "no row missing", formula=_stationary())],
        reading="Z2 is the smallest group, and one missing row the smallest change. ",
    ),
    sample_claim(
        "li2.cand.sampled-nearby", "A maximum of the sample is near", "Samples, memorisation",
        "A local maximum of $\\hat E$ lies within $O(\\sqrt{DM\\log M/n})$.",
        "for every C a group, a sample and a maximiser of E further from all local maxima of Ê",
        [_NOT_NEAR], _NOT_NEAR_MUTANTS,
        reading="Near each full-data maximiser, with one constant for all groups and n. Only a "
        "reading by points is refuted: Ê chooses among the phases, so it may well have a maximum "
        "near some points of each connected set of maximisers, as it has for many rows of a "
        "fixed group. ",
    ),
    sample_claim(
        "li2.sample-size.same", "Samples that keep the maxima: the same points", "Theorem 4",
        "$n\\gtrsim d_k^2M\\log(M/\\delta)$ uniform samples: with probability $\\ge1-\\delta$, "
        "$\\hat E$ keeps the local maxima for $d_k$-dimensional irreps.",
        "for every constant a group, n and δ with a smaller probability",
        [_NOT_SAME], _NOT_SAME_MUTANTS, corrected_by="li2.sample-size.corrected",
        reading="Keeps: each local maximum of E at these irreps is one of Ê. " + _EVERY_C +
        "With repeated draws Z2 is a counterexample: a maximum stays critical with probability "
        "at most 1/2 + 2^{−n}, for every n. ",
    ),
    sample_claim(
        "li2.sample-size.nearby", "Samples that keep the maxima: points nearby", "Theorem 4",
        "$n\\gtrsim d_k^2M\\log(M/\\delta)$ uniform samples: with probability $\\ge1-\\delta$, "
        "$\\hat E$ has local maxima near those for $d_k$-dimensional irreps.",
        "for every constant a group, n, δ with a smaller probability",
        [_NOT_NEAR], _NOT_NEAR_MUTANTS, corrected_by="li2.sample-size.corrected",
        reading="Keeps: near each local maximum of E at these irreps, within a distance that is "
        "below 1/20 for many rows, there is one of Ê. " + _EVERY_C + "What a sample loses are "
        "the flat directions: phases that were free. ",
    ),
    sample_claim(
        "li2.sample-size.corrected", "Samples that keep a maximum of each block", "Theorem 4",
        "For each group, $r$ and $\\delta$ there is $n_0$ such that for $n\\ge n_0$ uniform "
        "samples, with probability $\\ge1-\\delta$, $\\hat E$ has for every block a local maximum "
        "within $r$ of the set of maxima of $E$ there.",
        "a group, r and δ for which all n fail",
        [_FIXED_GROUP],
        [wrong_part(_FIXED_GROUP, _SHARES, "without the square", _variance(0)),
         Mutant.of(_FIXED_GROUP, "left forms", parts=(
             _SHARES, altered(_SETS, "", contain=["left"]).check))],
        domain=GROUPS, corrects="li2.sample-size.same",
        reading="Draws with repetition; n_0 depends on the group: no rate in M is proved. ",
    ),
]
