"""Analysis around the theorems: Hermite series, races, coupons, powers, sampled weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Any

from verify.claims.energy_landscape.common import SETTING, Z4, against, pair, source_of
from verify.claims.energy_landscape.reconstruction import NEVER, TILTED, swap
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, equal, fact, product, rational, sqrt, total, var
from verify.methods.combine import counterexample
from verify.methods.energy import ENERGY, NORM, Neuron
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by


def _claim(claim_id: str, title: str, locator: str, statement: str, falsified_by: str, check: Any,
           *mutants: Mutant, domain: Domain, kind: str = "id", reading: str = "",
           **links: Any) -> Claim:
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), statement=statement,
        printed_kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=reading, falsified_by=falsified_by,
        checks=check if isinstance(check, tuple) else (check,), mutants=mutants, **links,
    )


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

# -- coupons ---------------------------------------------------------------------------------------

_DRAWS = ((1, 1), (2, 1), (5, 1), (1, 1, 1), (3, 2, 1), (4, 1, 1), (1, 1, 1, 1), (4, 3, 2, 1))


def _collection(weights: Sequence[int]) -> Term:
    """T0 by inclusion and exclusion: Σ_S (−1)^{|S|+1}/p(S)."""
    whole = sum(weights)
    return total([
        (-1) ** (size + 1) * rational(whole, sum(chosen))
        for size in range(1, len(weights) + 1) for chosen in combinations(weights, size)])


def _bounds(kinds: str, *, factor: int = 1) -> Formula:
    formulas = []
    for weights in _DRAWS:
        length, whole = len(weights), sum(weights)
        t0, harmonic = _collection(weights), total([rational(1, j) for j in range(1, length + 1)])
        equal_weights = len(set(weights)) == 1
        if "rare" in kinds:
            formulas.append(factor * rational(whole, min(weights)) <= t0)
        if "common" in kinds:
            formulas.append(factor * rational(whole, max(weights)) <= t0)
        if "harmonic" in kinds:
            formulas.append(factor * harmonic <= t0)
        if "uniform" in kinds:
            bound = factor * length * harmonic
            formulas.append(equal(t0, bound) if equal_weights else bound < t0)
    return _all(formulas)


_PROBABILITIES = Domain.of(p=Whole("probability vectors"))
_LISTED = Domain.at(*({"p": weights} for weights in _DRAWS))


def _coupons(kinds: str) -> tuple[Check, Mutant]:
    check = _exact("eight probability vectors", _bounds(kinds), _LISTED)
    return check, Mutant.of(check, "three times the bound", formula=_bounds(kinds, factor=3))


# y = 2^{−a}; L = 2, μ = (2, 1): p = (1, y)/(1 + y), T0 = (1 + y) + (1 + 1/y) − 1
_WHY = var("y")


def _sequential(constant: int) -> Formula:
    """T_a = yT0 + 2(1 − y) = constant − y + y²; yT0 = y(1 + y) + (y + 1) − y."""
    return equal(_WHY * (1 + _WHY) + (_WHY + 1) - _WHY + 2 * (1 - _WHY),
                 constant - _WHY + _WHY**2)


_RATIO_TWO = Domain.of(mu=Finite(((2, 1),)))
_MU = Domain.of(mu=Whole("strengths μ"))
_THREE = _formal("L = 2, μ = (2, 1)", _sequential(3), _RATIO_TWO, "y")
_THREE_MUTANT = Mutant.of(_THREE, "2", formula=_sequential(2))


def _not_limit(text: str) -> tuple[Check, Mutant]:
    check = Check(name="L = 2, μ = (2, 1)", procedure=refuted_by, arguments={
        "parts": (_THREE,), "point": {"mu": (2, 1)},
        "description": f"L = 2, μ = (2, 1): T_a = 3 − 2^{{−a}} + 4^{{−a}} → 3{text}"})
    return check, Mutant.of(check, "the limit 2", parts=(_THREE_MUTANT.check,))


_Q, _S = var("q"), var("s")


def _ratio(shift: int) -> Formula:
    """L = 2, ratio r: q = 2^{−a}, y = r^{−a}, s = q/y = (r/2)^a: T_a = 2 + s − q + qy."""
    return equal(_Q * (1 + _WHY) + _S + 2 * (1 - _Q), 2 + _S - _Q + _Q * _WHY + shift)


_PAIRS_OF = Domain.of(mu=Finite(((3, 2), (2, 1), (3, 1))))
_RATIO = _formal("L = 2, any ratio", _ratio(0), _PAIRS_OF, "q", "y", "s")
_EQUAL_ONLY = Check(name="L = 2, μ = (3, 2)", procedure=refuted_by, arguments={
    "parts": (_RATIO,), "point": {"mu": (3, 2)},
    "description": "L = 2, μ = (3, 2): T_a = 2 + (3/4)^a − 2^{−a} + 3^{−a} → 2 = L"})
_EQUAL_MUTANT = Mutant.of(_EQUAL_ONLY, "one more", parts=(
    Mutant.of(_RATIO, "", formula=_ratio(1)).check,))

# -- powers, samples, slopes -----------------------------------------------------------------------

_LAMBDA = var("l")
_POWERS = Domain.of(c=at_least(2))


def _root_two(sign: int) -> Formula:
    """c = 2, λ = 4: λ^{−1/2} − λ⁻¹/2 against (1 − λ^{1/2})/(1 − λ) = 1/3."""
    return equal(rational(1, 2) - rational(1, 8) if sign < 0
                 else rational(1, 2) + (1 - rational(1, 2)) / rational(-3), rational(1, 3))


_POWER_FAILS = _against("c = 2, λ = 4", _root_two(-1), "c = 2, λ = 4: 3/8 and 1/3", c=2)


def _divided(sign: int) -> Formula:
    """With y = λ^{−1/c}: y(1 − λ) + (1 − y) = 1 − λy."""
    return equal(_WHY * (1 - _LAMBDA) + sign * (1 - _WHY), 1 - _LAMBDA * _WHY)


_DIVIDED = _formal("times 1 − λ", _divided(1), _POWERS, "l", "y")
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
_RACE = _formal("the integrand", equal(var("w") * (_S * var("x")), _S * (var("w") * var("x"))),
                Domain.of(weights=Whole("positive weights and exponents α > 0")), "w", "s", "x",
                lemma=("Fréchet race",))

_C_BOUND, _C_MUTANT = _coupons("common uniform")
_C_MIN, _C_MIN_MUTANT = _coupons("rare uniform")
_NODES, _NODES_MUTANT = _coupons("rare harmonic")
_LARGE, _LARGE_MUTANT = _not_limit(", not L = 2")
CLAIMS: list[Claim] = [
    _claim("li2.hermite", "Orthogonality of Hermite polynomials", "Lemma 3",
           "$\\varphi_n=He_n/\\sqrt{n!}$, correlation ρ: "
           "$E\\varphi_n(Z_1)\\varphi_m(Z_2)=\\rho^n\\delta_{nm}$.",
           "n, m, ρ with another value", _HERMITE,
           Mutant.of(_HERMITE, "ρ^{n+1}", formula=_orthogonal(1)),
           domain=Domain.of(n=at_least(0), m=at_least(0))),
    _claim("li2.hermite-generating.one", "The generating function of φ", "proof of Lemma 3",
           "$e^{tz-t^2/2}=\\sum\\varphi_k(z)t^k$.", "k with another coefficient", _SECOND,
           Mutant.of(_SECOND, "divided by √2!", formula=equal(rational(-1, 2), rational(-1, 2))),
           domain=_ORDERS, corrected_by="li2.hermite-generating.corrected"),
    _claim("li2.hermite-generating.two", "The expectation of two generating functions",
           "proof of Lemma 3", "The expectation of two is $e^{\\rho tu}=\\sum\\rho^k(tu)^k$.",
           "k with another coefficient", _SECOND_PAIR,
           Mutant.of(_SECOND_PAIR, "divided by k!", formula=equal(rational(1, 2), rational(1, 2))),
           domain=_ORDERS, corrected_by="li2.hermite-generating.corrected"),
    _claim("li2.hermite-generating.corrected", "The generating function of φ, with √k!",
           "proof of Lemma 3",
           "$e^{tz-t^2/2}=\\sum\\varphi_k(z)t^k/\\sqrt{k!}$, and $e^{\\rho "
           "tu}=\\sum\\rho^k(tu)^k/k!$.",
           "k with another coefficient", _GENERATING,
           Mutant.of(_GENERATING, "twice", formula=_generating(2)),
           domain=_ORDERS, corrects="li2.hermite-generating.one"),
    _claim("li2.gauss-moment", "The moment generating function", "Lemma 4",
           "$Ee^{tX}=e^{t^2/2}$.", "a coefficient that differs", _GAUSS,
           Mutant.of(_GAUSS, "e^{t²/3}", formula=_gauss(3)), domain=_ORDERS,
           reading="Coefficient by coefficient; X standard normal. "),
    _claim("li2.real-remark", "The reconstruction proof for real weights", "A.2",
           "The proof also works for real $w$.", "a group on which real pairs have a residual",
           NEVER, Mutant.of(NEVER, "another sign", formula=~(swap(-1) & ~equal(rational(1), 0))),
           domain=_BLOCKS, kind="op", corrected_by="li2.real-remark.corrected",
           reading=SETTING + "Real pairs [u; ±Pu]. For Z2 they suffice. "),
    _claim("li2.real-remark.corrected", "The reconstruction proof for real, distinct halves", "A.2",
           "The proof works for real $[u;\\pm Pu']$ with $u'\\ne u$.",
           "a group on which they have a residual",
           (_HALVES := _formal("a pair of nodes", equal(
               (var("u") + var("v")) ** 2 - (var("u") - var("v")) ** 2, 4 * var("u") * var("v")),
               _BLOCKS, "u", "v", lemma=("pairs of nodes",)), TILTED[0]), TILTED[1],
           Mutant.of(_HALVES, "factor 2", formula=equal(
               (var("u") + var("v")) ** 2 - (var("u") - var("v")) ** 2, 2 * var("u") * var("v"))),
           domain=_BLOCKS, kind="op", corrects="li2.real-remark",
           reading=SETTING + "Some number of generic pairs in each block. "),
    _claim("li2.weight-bound", "Deviation of the sampled weights", "A.3", "$|w_h-1|\\le1$.",
           "M, p and kept rows with a larger deviation", _KEPT_ALL,
           Mutant.of(_KEPT_ALL, "at most 2", formula=_deviation(2)), domain=_KEPT, kind="in",
           corrected_by="li2.weight-bound.corrected", reading="w_h = m̂_h/(pM). True for p ≥ "
           "1/2. "),
    _claim("li2.weight-bound.corrected", "Range of the sampled weights", "A.3",
           "$0\\le w_h\\le1/p$.", "M, p and kept rows otherwise", _RANGE, _RANGE_MUTANT,
           domain=_KEPT, kind="in", corrects="li2.weight-bound",
           reading="At most M rows of a label are kept; certified for M ≤ 4. "),
    _claim("li2.cand.weight-range", "Range of the sampled weights", "Samples, memorisation",
           "$w_h\\le1/p$.", "M, p and kept rows otherwise", _RANGE, _RANGE_MUTANT, domain=_KEPT,
           reading="At most M rows of a label are kept; certified for M ≤ 4. "),
    _claim("li2.vertex-slope", "The slope at a vertex", "A.3",
           "Leaking ε from vertex $a$: $\\Delta E=-(M/4d_a)\\epsilon+O(\\epsilon^2)$.",
           "a group and a with another slope", _LEAK,
           Mutant.of(_LEAK, "a quarter of it", neuron=_leak(4)),
           domain=_BLOCKS, kind="as", corrected_by="li2.vertex-slope.corrected",
           reading=SETTING + "E is (7); ε leaks into another block. Groups of order below 4 have "
           "one block only. The printed slope is that of (M/8)Σc²/d. "),
    _claim("li2.vertex-slope.corrected", "The slope at a vertex, M/D", "A.3",
           "Leaking ε from the block $a$: $\\Delta E=-(M/D_a)\\epsilon+O(\\epsilon^2)$.",
           "a group and a with another slope", _SLOPE,
           Mutant.of(_SLOPE, "half of it", formula=_slope(2)), domain=_BLOCKS, kind="as",
           corrects="li2.vertex-slope",
           reading=SETTING + "Other blocks have energy O(ε²), by E ≤ (M/2)Σc²/D. "),
    _claim("li2.frechet", "The winner of a Fréchet race", "Lemma 7",
           "$\\arg\\max w_jx_j$, $x_j$ iid Fréchet(α), $\\alpha>0$: $\\Pr[i]=w_i^\\alpha/\\sum "
           "w_j^\\alpha$.",
           "weights with another probability", _RACE,
           Mutant.of(_RACE, "twice", formula=equal(
               2 * var("w") * (_S * var("x")), _S * (var("w") * var("x")))),
           domain=Domain.of(weights=Whole("positive weights and exponents α > 0")), kind="pr"),
    _claim("li2.power-scalar", "A divided difference of powers", "proof of (38)",
           "$\\lambda^{-1/c}-\\lambda^{-1}/c=(1-\\lambda^{1-1/c})/(1-\\lambda)$.",
           "c and λ at which they differ", _POWER_FAILS,
           Mutant.of(_POWER_FAILS, "the corrected sum", formula=_root_two(1)),
           domain=_POWERS, corrected_by="li2.power-scalar.corrected"),
    _claim("li2.power-scalar.corrected", "A divided difference of powers, corrected",
           "proof of (38)",
           "$\\lambda^{-1/c}+(1-\\lambda^{-1/c})/(1-\\lambda)=(1-\\lambda^{1-1/c})/(1-\\lambda)$.",
           "c and λ at which they differ", _DIVIDED,
           Mutant.of(_DIVIDED, "minus", formula=_divided(-1)), domain=_POWERS,
           corrects="li2.power-scalar", reading="λ > 0, λ ≠ 1. "),
    _claim("li2.coupon-bound", "Bounds on collecting coupons", "Lemma 10",
           "$T_0\\ge\\max(\\min_l1/p_l,L\\sum1/l)$, equality in the second iff $p$ uniform.",
           "p with a smaller T0", _C_BOUND, _C_MUTANT, domain=_PROBABILITIES, kind="in",
           reading="Certified at eight vectors. "),
    _claim("li2.cand.coupon-min", "Bounds on collecting coupons, the rarest", "Stage III",
           "$T_0\\ge\\max(1/\\min p_l,L\\sum1/l)$.", "p with a smaller T0", _C_MIN, _C_MIN_MUTANT,
           domain=_PROBABILITIES, reading="Certified at eight vectors. "),
    _claim("li2.muon-nodes", "Nodes for all maxima", "Theorem 8",
           "Expected nodes for all $L$ maxima: $T_0\\ge\\max(1/\\min p_l,\\sum_{l\\le L}1/l)$.",
           "p with a smaller T0", _NODES, _NODES_MUTANT, domain=_PROBABILITIES, kind="in",
           reading="Independent draws with probabilities p; certified at eight vectors. "),
    _claim("li2.muon-large-a", "Sequential Muon for large a", "Theorem 8",
           "$T_a\\sim L$ for large $a$.", "μ with another limit", _LARGE, _LARGE_MUTANT,
           domain=_MU, kind="as", corrected_by="li2.muon-large-a.corrected",
           reading="T_a = 2^{−a}T0 + (1 − 2^{−a})L, p_l ∝ μ_l^a, all μ > 0. "),
    _claim("li2.muon-large-a.corrected", "Sequential Muon for large a, ratio below 2", "Theorem 8",
           "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<2$.", "μ otherwise", _RATIO,
           Mutant.of(_RATIO, "one more", formula=_ratio(1)), domain=_MU, kind="as",
           corrects="li2.muon-large-a", reading="Certified for two directions: T_a − 2 → 0 iff "
           "(r/2)^a → 0. "),
    _claim("li2.cand.large-a.below", "T_a → L iff the ratio is below 2", "Stage III",
           "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<2$.", "μ otherwise", _RATIO,
           Mutant.of(_RATIO, "one more", formula=_ratio(1)), domain=_MU,
           reading="Certified for two directions. "),
    _claim("li2.cand.large-a.at-most", "T_a → L iff the ratio is at most 2", "Stage III",
           "$T_a\\to L$ iff $\\max\\mu/\\min\\mu\\le2$.", "μ otherwise", *_not_limit(" ≠ L"),
           domain=_MU),
    _claim("li2.cand.large-a.equal", "T_a → L iff all μ are equal", "Stage III",
           "$T_a\\to L$ iff $\\max\\mu/\\min\\mu=1$.", "μ otherwise", _EQUAL_ONLY, _EQUAL_MUTANT,
           domain=_MU),
    _claim("li2.cand.large-a.always", "T_a → L always", "Stage III",
           "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<\\infty$.", "μ otherwise", *_not_limit(" ≠ L"),
           domain=_MU),
    _claim("li2.cand.large-a.two-2", "Ratio 2: T_a → 2", "Stage III",
           "$L=2$, ratio 2: $T_a\\to2$.", "another limit", *_not_limit(""), domain=_RATIO_TWO),
    _claim("li2.cand.large-a.two-3", "Ratio 2: T_a → 3", "Stage III",
           "$L=2$, ratio 2: $T_a\\to3$.", "another limit", _THREE, _THREE_MUTANT,
           domain=_RATIO_TWO),
    _claim("li2.cand.large-a.two-infinite", "Ratio 2: T_a → ∞", "Stage III",
           "$L=2$, ratio 2: $T_a\\to\\infty$.", "another limit", *_not_limit(""),
           domain=_RATIO_TWO),
]
