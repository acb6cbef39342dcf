"""How many neurons the k-ary task needs at most: a polynomial in k for every cyclic group.

The product over inputs 2..k is a symmetric function of them, hence a polynomial in the sums of
k − 1 equal terms; one input with weights of its own supplies the powers that are missing (lemma
*symmetric functions of inputs*).
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from verify.claims.alternating_flows.common import follow_up
from verify.claims.writing import entry, exact, formal, proof, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, all_of, cis, equal, rational, total, var

_LEMMAS = ("polarisation", "symmetric functions of inputs")
_FULL = Whole("encodings with x̂[0] = 0 and x̂[j] ≠ 0 for j ≠ 0")
_ALL = Domain.of(k=at_least(2), p=at_least(2), x=_FULL)
_KS = range(2, 8)


def _solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a regular square system, exactly."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    n = len(rows)
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(n):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]


def _sign_product(count: int) -> list[Fraction]:
    """Coefficients in S of the product of `count` signs with the sum S, lowest power first."""
    sums = [Fraction(count - 2 * minus) for minus in range(count + 1)]
    return _solve([[s**j for j in range(count + 1)] for s in sums],
                  [Fraction((-1) ** minus) for minus in range(count + 1)])


def _weights(k: int) -> list[Fraction]:
    """c_b with Σ_b c_b(S + by)^k = yΠ for signs: y^{k−j}S^j stands for yS^j."""
    wanted = [*_sign_product(k - 1), Fraction(0)]
    matrix = [[Fraction(comb(k, j) * b ** (k - j)) for b in range(k + 1)] for j in range(k + 1)]
    return _solve(matrix, wanted)


def _narrow(extra: int = 0) -> Check:
    """k + 1 neurons (S + by)^k, b = 0..k, compute the product of k signs at every input.

    extra: added to every b, which leaves the weights wrong.
    """
    parts: list[Formula] = []
    for k in _KS:
        weights = _weights(k)
        for minus in range(k):
            s = k - 1 - 2 * minus
            for y in (1, -1):
                output = total([
                    rational(c) * rational(s + (b + extra) * y) ** k
                    for b, c in enumerate(weights) if c
                ])
                parts.append(equal(output, y * (-1) ** minus))
    return exact("k + 1 neurons at p = 2", all_of(parts))


def _degrees(power: int = 2) -> Check:
    """A character as a product of two others, which raises the degree of a form by 1."""
    s, t = var("s"), var("t")
    formula = equal(cis(s), cis(power * s) * cis(-s)) & equal(cis(s), cis(t) * cis(s - t))
    return formal("a character as a product", formula, "", angles="s t", scope=_ALL)


_TWO = refutation(
    "width k + 1 at p = 2", _narrow(), point={"group": "Z_2"}, lemmas=_LEMMAS,
    description="Z_2: k + 1 neurons solve the task for every k, and (k + 1)/2^k tends to 0; for "
    "Z_p, p ≥ 3, C(k + 2p − 3, k) neurons do",
)
_ENOUGH = proof("width of cyclic groups", _narrow(), _degrees(), scope=_ALL, lemmas=_LEMMAS)

CLAIMS = [
    entry("agf.seq-width", "Width 2^k", "Two layers need a width proportional to $2^k$.",
          source=follow_up("summary"), kind="op",
          domain=Domain.of(group=Whole("finite groups of order at least 2")),
          reading="For each group there is c > 0 such that for every k ≥ 2 the least width with "
          "which f = Σ(Σ_j⟨u_j, x_{g_j}⟩)^k w equals the target at all inputs is at least c2^k; x "
          "with x̂[0] = 0 and no other coefficient 0.",
          falsified_by="a group at which the least width over 2^k tends to 0",
          checks=(_TWO,),
          mutants=(Mutant.of(_TWO, "other slopes", parts=(_narrow(1),)),),
          corrected_by="agf.seq-width.corrected"),
    entry("agf.seq-width.corrected", "A polynomial width suffices",
          "On $\\mathbb Z_p$ two layers of width $\\binom{k+2p-3}{k}$ solve the k-ary task, and of "
          "width $k+1$ for $p=2$: a polynomial in k.",
          source=follow_up("corrected from the summary"), kind="op", domain=_ALL,
          reading="f = Σ(Σ_j⟨u_j, x_{a_j}⟩)^k w equals x_{Σa} at every input. An upper bound on "
          "the least width; nothing is said of norms or of what training finds.",
          falsified_by="a modulus, k and an encoding that need more",
          checks=(_ENOUGH,),
          mutants=(
              Mutant.of(_ENOUGH, "other slopes", parts=(_narrow(1), _degrees())),
              Mutant.of(_ENOUGH, "a third power", parts=(_narrow(), _degrees(3))),
          ),
          corrects="agf.seq-width"),
]
