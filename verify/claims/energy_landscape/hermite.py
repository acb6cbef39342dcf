"""Hermite polynomials, and the kernel of Gaussian neurons as a series in them.

Certificates are identities for polynomials of low degree; the lemma *Hermite series* carries them
to all degrees and to square-integrable activations.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial

from verify.claims.energy_landscape.common import stated
from verify.claims.writing import breaks, exact, formal, mutants, proof, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, Term, all_of, equal, fact, product, rational, sqrt, total, var

SERIES = "Hermite series"
NEAR = "kernel of near correlations"
_RHO, _ZED = var("rho"), var("z")


# -- Hermite polynomials ---------------------------------------------------------------------------


def _coefficients(n: int) -> list[Fraction]:
    """Of He_n, by He_{n+1} = zHe_n − nHe_{n−1}."""
    before, now = [Fraction(0)], [Fraction(1)]
    for k in range(n):
        shifted = [Fraction(0), *now]
        padded = [*before, *([Fraction(0)] * (len(shifted) - len(before)))]
        before, now = now, [x - k * y for x, y in zip(shifted, padded, strict=True)]
    return now


def _pairings(a: int, b: int) -> list[tuple[Fraction, int]]:
    """E Z1^a Z2^b = Σ c ρ^k at correlation ρ: pairings with k cross pairs, as [(c, k)]."""
    found = []
    for k in range(min(a, b) + 1):
        if (a - k) % 2 == 0 and (b - k) % 2 == 0:
            i, j = (a - k) // 2, (b - k) // 2
            count = Fraction(factorial(a) * factorial(b),
                             factorial(k) * factorial(i) * factorial(j) * 2 ** (i + j))
            found.append((count, k))
    return found


def _moment(a: int, b: int) -> Term:
    return total([rational(count) * _RHO**k for count, k in _pairings(a, b)])


def _orthogonal(power: int) -> Formula:
    """E He_n(Z1)He_m(Z2) = n!·ρ^{n + power}·[n = m], n, m ≤ 5."""
    formulas = []
    for n in range(6):
        for m in range(6):
            left = total([rational(x * y) * _moment(i, j)
                          for i, x in enumerate(_coefficients(n)) if x
                          for j, y in enumerate(_coefficients(m)) if y])
            formulas.append(equal(left, factorial(n) * _RHO ** (n + power) if n == m else 0))
    return all_of(formulas)


_DEGREES = Domain.of(n=at_least(0), m=at_least(0))
_HERMITE = formal("n, m ≤ 5", _orthogonal(0), "rho", scope=_DEGREES, lemmas=(SERIES,))


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
    return all_of(formulas)


_ORDERS = Domain.of(k=at_least(0))
_GENERATING = formal("k ≤ 8", _generating(1), "z", scope=_ORDERS, lemmas=(SERIES,))
_SECOND = breaks(
    "k = 2", equal(rational(-1, 2), -1 / sqrt(2)),
    "z = 0: the coefficient of t² in e^{−t²/2} is −1/2, and φ_2(0) = −1/√2", point={"k": 2})
_SECOND_PAIR = breaks(
    "k = 2", equal(rational(1, 2), 1), "the coefficient of ρ²(tu)² in e^{ρtu} is 1/2, not 1",
    point={"k": 2})


def _gauss(base: int) -> Formula:
    """E X^{2k}/(2k)! = 1/(base^k k!), E X^{2k} = 1·3⋯(2k−1)."""
    k = var("k")
    odd = product("j", 1, k, lambda j: 2 * j - 1)
    return equal(odd / fact(2 * k), 1 / (rational(base) ** k * fact(k)))


_GAUSS = exact("coefficients of t^{2k}, k ≤ 40", _gauss(2), points=[{"k": k} for k in range(41)])


def _square(half: int) -> Formula:
    """tx − x²/2 = t²/half − (x − t)²/2."""
    t, x = symbols("t x")
    return equal(t * x - x**2 / 2, t**2 / half - (x - t) ** 2 / 2)


_SQUARE = formal("the square", _square(2), "t x", scope=_ORDERS, lemmas=(SERIES,))

# -- the kernel ------------------------------------------------------------------------------------

_DEGREE = 3


def _transform(scale: Term, level: int, weights: Sequence[Term]) -> Term:
    """√l!·a_l(s) = Σ_i c_i s^i E Z^iHe_l(Z) for σ = Σ c_i t^i."""
    terms = []
    for i, c in enumerate(weights):
        value = sum(x * count for j, x in enumerate(_coefficients(level))
                    for count, k in _pairings(i + j, 0) if k == 0)
        if value:
            terms.append(rational(value) * c * scale**i)
    return total(terms)


def _series(extra: int = 0) -> Formula:
    """E σ(sZ1)σ(tZ2) = Σ_l a_l(s)a_l(t)ρ^{l + extra·[l = 1]} for every σ of degree ≤ 3."""
    s, t = symbols("s t")
    weights = [var(f"c{i}") for i in range(_DEGREE + 1)]
    left = total([a * b * s**i * t**j * _moment(i, j)
                  for i, a in enumerate(weights) for j, b in enumerate(weights)
                  if (i + j) % 2 == 0])
    right = total([
        rational(1, factorial(level)) * _transform(s, level, weights)
        * _transform(t, level, weights) * _RHO ** (level + (extra if level == 1 else 0))
        for level in range(_DEGREE + 1)])
    return equal(left, right)


def _telescopes(excess: int = 0) -> Formula:
    """x^l − y^l = (x − y)Σ_{i<l} x^{l−1−i}y^i, and (1 − r)Σ_{i<l} r^i = 1 − r^{l + excess}."""
    x, y, r = symbols("x y r")
    formulas = []
    for level in range(1, 9):
        ladder = total([x ** (level - 1 - i) * y**i for i in range(level)])
        formulas.append(equal(x**level - y**level, (x - y) * ladder))
        formulas.append(equal((1 - r) * total([r**i for i in range(level)]),
                              1 - r ** (level + excess)))
    return all_of(formulas)


_PAIRS = Domain.of(pairs=Whole("activations and pairs of inputs with E σ(s_iZ)² < ∞"))
_SYMBOLS = " ".join(["s", "t", "rho", *(f"c{i}" for i in range(_DEGREE + 1))])


def series(scope: Domain, *, extra: int = 0) -> Check:
    """The series for polynomials of degree at most 3, with all coefficients and norms free."""
    return formal("degree ≤ 3", _series(extra), _SYMBOLS, scope=scope, lemmas=(SERIES,))


def near(scope: Domain, *, excess: int = 0) -> Check:
    """What bounds κ(ρ') − κ(ρ) by a multiple of ρ' − ρ."""
    return formal("powers", _telescopes(excess), "x y r", scope=scope, lemmas=(NEAR,))


_SERIES = series(_PAIRS)
_FORMS = Domain.of(kernel=Whole(
    "activations with E σ(sZ)² < ∞, correlations |ρ| < 1 and inputs of one norm s"))
_FORM = proof("the kernel", series(_FORMS), near(_FORMS), scope=_FORMS, lemmas=(NEAR,))

CLAIMS: list[Claim] = [
    stated("li2.hermite", "Orthogonality of Hermite polynomials", "Lemma 3",
           "$\\varphi_n=He_n/\\sqrt{n!}$, correlation ρ: "
           "$E\\varphi_n(Z_1)\\varphi_m(Z_2)=\\rho^n\\delta_{nm}$.",
           "n, m, ρ with another value", _HERMITE,
           *mutants(_HERMITE, one_power_more=_orthogonal(1)), domain=_DEGREES),
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
           "k with another coefficient", _GENERATING, *mutants(_GENERATING, twice=_generating(2)),
           domain=_ORDERS, corrects="li2.hermite-generating.one"),
    stated("li2.gauss-moment", "The moment generating function", "Lemma 4",
           "$Ee^{tX}=e^{t^2/2}$.", "a coefficient that differs", (_SQUARE, _GAUSS),
           *mutants(_SQUARE, third=_square(3)), *mutants(_GAUSS, thirds=_gauss(3)), domain=_ORDERS,
           reading="Coefficient by coefficient; X standard normal. "),
    stated("li2.kernel-series", "The kernel by Hermite series", "(12)",
           "$E_w\\sigma(w^\\top x_i)\\sigma(w^\\top x_j)=\\sum_la_l(s_i)a_l(s_j)\\rho_{ij}^l$, "
           "$s_i=|x_i|$, $a_l(s)=E[\\sigma(sZ)He_l(Z)]/\\sqrt{l!}$.",
           "an activation and two inputs with another sum", _SERIES,
           *mutants(_SERIES, ρ_squared_for_l_1=_series(1)), domain=_PAIRS,
           reading="w with independent N(0, 1) entries, E σ(s_iZ)² < ∞ for both inputs; ρ_ij is "
           "the correlation x_iᵀx_j/(s_is_j) (any number when an input is 0). With the inner "
           "product for ρ_ij it holds for unit inputs only. The series converges absolutely. "),
    stated("li2.kernel-form.kernel", "The kernel of nearly equal correlations", "Lemma 1",
           "$s_i\\equiv s$, $|\\rho_{ij}-\\rho|\\le\\epsilon$: the kernel is "
           "$(a-b)\\delta_{ij}+b+O(\\epsilon)$, $a=\\sum a_l^2$, $b=\\sum a_l^2\\rho^l$.",
           "an activation, ρ and inputs for which no constant does", _FORM,
           Mutant.of(_FORM, "ρ² for l = 1", parts=(
               series(_FORMS, extra=1), near(_FORMS))),
           Mutant.of(_FORM, "r^{l+1}", parts=(
               series(_FORMS), near(_FORMS, excess=1))),
           domain=_FORMS, kind="as",
           reading="For i ≠ j; |ρ| < 1; the constant depends on σ, s and ρ alone: 4a/(1 − |ρ|) "
           "does. At ρ = 1 it needs E σ'(sZ)² < ∞: for σ = sign the kernel is (2/π)arcsin ρ, with "
           "an error of order √ε. "),
]
