"""Features that the top layer sees frozen, and layers with more columns than samples."""

from __future__ import annotations

from verify.claims.energy_landscape.alignment import THREE
from verify.claims.energy_landscape.ridge import (
    DERIVATIVE,
    FEATURES,
    READING,
    SYMMETRIC,
    orthogonal,
)
from verify.claims.energy_landscape.wide import DEPENDENT, dependent, independent, wide_claim
from verify.claims.writing import breaks, mutants, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, equal, implies, rational, total
from verify.methods.refutations import no_instance

_F, _Q = THREE


def _parallel(root: Term, power: int = 2) -> Formula:
    """S^power = ηA and A(Θ + η) = I imply that AΓAf and SΓSf are parallel; η = 2/3, Γ ∝ qqᵀ.

    A = (3/2)(I − (3/8)ffᵀ), S = I − root·ffᵀ; power is 1 or 2.
    """
    eta, index = rational(2, 3), range(3)
    one = [[int(i == j) for j in index] for i in index]
    ff = [[_F[i] * _F[j] for j in index] for i in index]
    a = [[rational(3, 2) * (one[i][j] - rational(3, 8) * ff[i][j]) for j in index] for i in index]
    s = [[one[i][j] - root * ff[i][j] for j in index] for i in index]
    inverse = [equal(total([a[i][k] * (ff[k][j] + eta * one[k][j]) for k in index]), one[i][j])
               for i in index for j in index]
    other = s if power == 2 else one
    square = [equal(total([s[i][k] * other[k][j] for k in index]), eta * a[i][j])
              for i in index for j in index]

    def column(m: list[list[Term]]) -> list[Term]:
        scale = total([_Q[i] * m[i][j] * _F[j] for i in index for j in index])
        return [scale * total([m[i][j] * _Q[j] for j in index]) for i in index]

    g, r = column(a), column(s)
    crossed = [equal(g[i] * r[j], g[j] * r[i]) for i in index for j in range(i)]
    return implies(all_of(inverse + square),
                   all_of(crossed))


_ROOT = breaks(
    "three samples", _parallel(rational(1, 4)),
    "labels 0, 0, 1, Fc = f = (1, 0, −1), η = 2/3: the column of G_F is a multiple of q − (9/8)f, "
    "the gradient of ½|YcᵀA^{1/2}f|² one of q − (3/4)f, q = (1, 1, −2)",
    point={"features": "(1, 0, −1)", "samples": 3, "columns": 1})
_FINITE = refutation(
    "one column", DERIVATIVE, SYMMETRIC,
    point={"features": "every Fc with one column", "columns": 1},
    description="K = 1: ηAΓAf is η times the gradient of ½|YcᵀAf|², as for every K",
    lemmas=())
_WIDE_RANK = Domain.of(features=Whole("centred features with K ≥ n"))
_NO_RANK = Check(
    name="n = K", procedure=no_instance,
    arguments={"parts": (dependent(_WIDE_RANK),), "scope": _WIDE_RANK, "rests_on": (DEPENDENT,),
               "description": "centred columns have rank at most n − 1, so none with K ≥ n have "
               "full column rank"})
_EQUAL_COLUMNS = breaks(
    "three equal columns", ~orthogonal((0, 0, 1)),
    "labels 0, 0, 1, Fc = [f, f, f], f = (1, −1, 0): YcᵀFc = 0, so Sig = 0, and Γ ≠ 0; s = 0, and "
    "the least non-zero singular value is √6",
    point={"features": "[f, f, f], f = (1, −1, 0)", "samples": 3, "columns": 3})

CLAIMS: list[Claim] = [
    wide_claim(
        "li2.cand.signal-span.wide", "The signal bound for K ≥ n", "Stage I",
        "`li2.signal-bound` for $K\\ge n$.", "such features and labels with a smaller signal",
        _NO_RANK, Mutant.of(_NO_RANK, "columns not centred", parts=(
            independent(dependent(_WIDE_RANK)),)), domain=_WIDE_RANK,
        reading=READING + "With its hypothesis, full column rank. ",
    ),
    wide_claim(
        "li2.cand.signal-span.wide-any-rank", "The signal bound for K ≥ n, of any rank", "Stage I",
        "`li2.signal-bound` for $K\\ge n$ instead of full column rank.",
        "such features and labels with a smaller signal", _EQUAL_COLUMNS,
        *mutants(_EQUAL_COLUMNS, labels_0_1_1=~orthogonal((0, 1, 1))), domain=_WIDE_RANK,
        reading=READING + "s > 0 is the least singular value that is not 0; the least of all is 0 "
        "for K ≥ n, where |Sig| ≥ s|Γ| > 0 fails at once. With two samples it holds, and whenever "
        "Fc has the largest rank, n − 1: its columns then span the labels. ",
    ),
    wide_claim(
        "li2.cand.frozen-energy.root", "With A frozen, the root of A", "Stage I",
        "$A$ frozen: column $j$ ascends $\\frac12|Y_c^\\top A^{1/2}\\sigma(Xw)|^2$.",
        "features with another gradient", _ROOT,
        *mutants(_ROOT, A_for_its_root=_parallel(rational(3, 8), power=1)), domain=FEATURES,
        reading=READING + "Ascends: column j of G_F is a positive multiple of its gradient in f_j. "
        "With two samples it is. ",
    ),
    wide_claim(
        "li2.cand.frozen-energy.only-wide", "With A frozen, only as K → ∞", "Stage I",
        "$A$ frozen: column $j$ ascends $\\frac12|Y_c^\\top A\\sigma(Xw)|^2$ only as "
        "$K\\to\\infty$.", "features of finite width for which it does", _FINITE,
        Mutant.of(_FINITE, "twice", parts=(Mutant.of(DERIVATIVE, "", goal=[
            ("1/2", "et A G A s"), ("1/2", "st A G A e"), (-2, "et A G A s")]).check, SYMMETRIC)),
        domain=FEATURES, reading=READING,
    ),
]
