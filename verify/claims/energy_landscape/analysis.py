"""Analysis around the theorems: Hermite series, real reconstructions, sampled weights, slopes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from typing import Any

from verify.claims.energy_landscape.common import SETTING, Z4, against, pair, stated
from verify.claims.energy_landscape.reconstruction import NEVER, TILTED, swap
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, equal, fact, product, rational, sqrt, total, var
from verify.methods.combine import counterexample
from verify.methods.energy import ENERGY, NORM, Neuron
from verify.methods.identities import exact_statement, formal_identity


def _all(formulas: Sequence[Formula]) -> Formula:
    return Formula({"and": [f.node for f in formulas]})


def _exact(name: str, formula: Formula, scope: Domain) -> Check:
    return Check(name=name, procedure=exact_statement, arguments={
        "formula": formula, "points": ({"M": 2},), "scope": scope})


def _formal(name: str, formula: Formula, scope: Domain, *names: str,
            lemma: tuple[str, ...] = ()) -> Check:
    return Check(name=name, procedure=formal_identity, arguments={
        "formula": formula, "formal": dict.fromkeys(names, "indeterminate"), "scope": scope,
        "rests_on": lemma})


def _against(name: str, formula: Formula, text: str, **point: Any) -> Check:
    return Check(name=name, procedure=counterexample, arguments={
        "formula": formula, "point": point, "values": {}, "description": text})


# -- Hermite series --------------------------------------------------------------------------------

_RHO, _ZED = var("rho"), var("z")


def _coefficients(n: int) -> list[Fraction]:
    """Of He_n, by He_{n+1} = zHe_n − nHe_{n−1}."""
    before, now = [Fraction(0)], [Fraction(1)]
    for k in range(n):
        shifted = [Fraction(0), *now]
        padded = [*before, *([Fraction(0)] * (len(shifted) - len(before)))]
        before, now = now, [x - k * y for x, y in zip(shifted, padded, strict=True)]
    return now


def _moment(a: int, b: int) -> Term:
    """E Z1^a Z2^b at correlation ρ: pairings with k cross pairs."""
    terms = []
    for k in range(min(a, b) + 1):
        if (a - k) % 2 == 0 and (b - k) % 2 == 0:
            i, j = (a - k) // 2, (b - k) // 2
            count = Fraction(factorial(a) * factorial(b),
                             factorial(k) * factorial(i) * factorial(j) * 2 ** (i + j))
            terms.append(rational(count) * _RHO**k)
    return total(terms)


def _orthogonal(power: int) -> Formula:
    """E He_n(Z1)He_m(Z2) = n!·ρ^{n + power}·[n = m], n, m ≤ 5."""
    formulas = []
    for n in range(6):
        for m in range(6):
            left = total([rational(x * y) * _moment(i, j)
                          for i, x in enumerate(_coefficients(n)) if x
                          for j, y in enumerate(_coefficients(m)) if y])
            formulas.append(equal(left, factorial(n) * _RHO ** (n + power) if n == m else 0))
    return _all(formulas)


_DEGREES = Domain.of(n=Finite(range(6)), m=Finite(range(6)))
_HERMITE = _formal("n, m ≤ 5", _orthogonal(0), _DEGREES, "rho")


def _generating(scale: int) -> Formula:
    """The coefficient of t^k in e^{tz − t²/2} is scale·He_k(z)/k!, k ≤ 8."""
    formulas = []
    for k in range(9):
        left = total([
            rational(Fraction((-1) ** j, 2**j * factorial(j) * factorial(k - 2 * j)))
            * _ZED ** (k - 2 * j) for j in range(k // 2 + 1)])
        right = total([rational(x * scale / factorial(k)) * _ZED**i
                       for i, x in enumerate(_coefficients(k)) if x])
        formulas.append(equal(left, right))
    return _all(formulas)


_ORDERS = Domain.of(k=at_least(0))
_GENERATING = _formal("k ≤ 8", _generating(1), Domain.of(k=Finite(range(9))), "z")
_SECOND = _against(
    "k = 2", equal(rational(-1, 2), -1 / sqrt(2)),
    "z = 0: the coefficient of t² in e^{−t²/2} is −1/2, and φ_2(0) = −1/√2", k=2)
_SECOND_PAIR = _against(
    "k = 2", equal(rational(1, 2), 1), "the coefficient of ρ²(tu)² in e^{ρtu} is 1/2, not 1", k=2)


def _gauss(base: int) -> Formula:
    """E X^{2k}/(2k)! = 1/(base^k k!), E X^{2k} = 1·3⋯(2k−1)."""
    k = var("k")
    odd = product("j", 1, k, lambda j: 2 * j - 1)
    return equal(odd / fact(2 * k), 1 / (rational(base) ** k * fact(k)))


_GAUSS = Check(name="coefficients of t^{2k}, k ≤ 40", procedure=exact_statement, arguments={
    "formula": _gauss(2), "points": tuple({"k": k} for k in range(41))})

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
    return _all([
        rational(m) / (rational(1, p) * order) <= top * rational(p)
        for order in range(2, 5) for m in range(order + 1) for p in (2, 3, 5)])


_RANGE = _exact("M ≤ 4", _range(1), Domain.at({"samples": "M ≤ 4, p = 1/2, 1/3, 1/5"}))
_RANGE_MUTANT = Mutant.of(_RANGE, "at most 0", formula=_range(0))

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
    stated("li2.hermite", "Orthogonality of Hermite polynomials", "Lemma 3",
           "$\\varphi_n=He_n/\\sqrt{n!}$, correlation ρ: "
           "$E\\varphi_n(Z_1)\\varphi_m(Z_2)=\\rho^n\\delta_{nm}$.",
           "n, m, ρ with another value", _HERMITE,
           Mutant.of(_HERMITE, "ρ^{n+1}", formula=_orthogonal(1)),
           domain=Domain.of(n=at_least(0), m=at_least(0))),
    stated("li2.hermite-generating.one", "The generating function of φ", "proof of Lemma 3",
           "$e^{tz-t^2/2}=\\sum\\varphi_k(z)t^k$.", "k with another coefficient", _SECOND,
           Mutant.of(_SECOND, "divided by √2!", formula=equal(rational(-1, 2), rational(-1, 2))),
           domain=_ORDERS, corrected_by="li2.hermite-generating.corrected"),
    stated("li2.hermite-generating.two", "The expectation of two generating functions",
           "proof of Lemma 3", "The expectation of two is $e^{\\rho tu}=\\sum\\rho^k(tu)^k$.",
           "k with another coefficient", _SECOND_PAIR,
           Mutant.of(_SECOND_PAIR, "divided by k!", formula=equal(rational(1, 2), rational(1, 2))),
           domain=_ORDERS, corrected_by="li2.hermite-generating.corrected"),
    stated("li2.hermite-generating.corrected", "The generating function of φ, with √k!",
           "proof of Lemma 3",
           "$e^{tz-t^2/2}=\\sum\\varphi_k(z)t^k/\\sqrt{k!}$, and $e^{\\rho "
           "tu}=\\sum\\rho^k(tu)^k/k!$.",
           "k with another coefficient", _GENERATING,
           Mutant.of(_GENERATING, "twice", formula=_generating(2)),
           domain=_ORDERS, corrects="li2.hermite-generating.one"),
    stated("li2.gauss-moment", "The moment generating function", "Lemma 4",
           "$Ee^{tX}=e^{t^2/2}$.", "a coefficient that differs", _GAUSS,
           Mutant.of(_GAUSS, "e^{t²/3}", formula=_gauss(3)), domain=_ORDERS,
           reading="Coefficient by coefficient; X standard normal. "),
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
           "$0\\le w_h\\le1/p$.", "M, p and kept rows otherwise", _RANGE, _RANGE_MUTANT,
           domain=_KEPT, kind="in", corrects="li2.weight-bound",
           reading="At most M rows of a label are kept; certified for M ≤ 4. "),
    stated("li2.cand.weight-range", "Range of the sampled weights", "Samples, memorisation",
           "$w_h\\le1/p$.", "M, p and kept rows otherwise", _RANGE, _RANGE_MUTANT, domain=_KEPT,
           reading="At most M rows of a label are kept; certified for M ≤ 4. "),
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
