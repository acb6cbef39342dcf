"""The last column of a polar factor: exact, to first order, and what it damps."""

from __future__ import annotations

from verify.claims.energy_landscape.common import stated
from verify.claims.writing import exact, formal, mutants, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, all_of, equal, rational, total, var

_COLUMNS = Domain.of(columns=Whole("matrices [Q, v] with QᵀQ = I and v_⊥ ≠ 0"))
_BLOCKS = Domain.of(blocks=Whole("matrices [Q, B] with QᵀQ = I and a fixed T, and real c ≥ 1"))
_EARLIER = Domain.of(earlier=Whole("earlier gradients μ_sζ_s, 0 < μ_s ≤ 1, and g with g_⊥ ≠ 0"))
_LEARNED = Domain.of(learned=Whole("orthonormal earlier gradients and g = A(w)w, |w| ≤ 1"))
_POLAR = (
    "The polar factor of A = [Q, v] is A(AᵀA)^{−1/2}; v_∥ = QQᵀv, v_⊥ = v − v_∥ ≠ 0; sizes are "
    "arbitrary. "
)
_A, _B, _MU = var("a"), var("b"), var("mu")


def _block(mu: object, cofactor: int) -> Formula:
    """A = [[μ, a], [0, b]], N = A + the matrix of its cofactors (times `cofactor`).

    NᵀN = ϱ²I, NᵀA is symmetric with trace μ(μ + b) + a² + b(μ + b) and determinant μbϱ², where
    ϱ² = (μ + b)² + a².
    """
    corner = mu + cofactor * _B
    n = ((corner, _A), (-cofactor * _A, _B + cofactor * mu))
    a = ((mu, _A), (0, _B))
    radius = (mu + _B) ** 2 + _A**2

    def gram(i: int, j: int, right: tuple) -> object:
        return total([n[k][i] * right[k][j] for k in range(2)])

    trace = mu * (mu + _B) + _A**2 + _B * (mu + _B)
    determinant = gram(0, 0, a) * gram(1, 1, a) - gram(0, 1, a) * gram(1, 0, a)
    return all_of((
        equal(gram(0, 0, n), radius), equal(gram(1, 1, n), radius), equal(gram(0, 1, n), 0),
        equal(gram(0, 1, a), gram(1, 0, a)), equal(gram(0, 0, a) + gram(1, 1, a), trace),
        equal(determinant, mu * _B * radius)))


_ONE = rational(1)
_EXACT = formal("the block of q and n", _block(_ONE, 1), "a b", scope=_COLUMNS,
                lemmas=("polar column",))
(_EXACT_MUTANT,) = mutants(_EXACT, minus_the_cofactors=_block(_ONE, -1))

# -- the remainder ---------------------------------------------------------------------------------

_LENGTH = var("s")


def _distance(divisor: int) -> Formula:
    """s² = 1 + τ²: s times the remainder is (1 − s)(τ, 1); s − 1 = τ²/2 − (s − 1)²/2."""
    tau2 = _LENGTH**2 - 1
    squared = (1 - _LENGTH) ** 2 * (tau2 + 1)
    return equal(squared, (_LENGTH - 1) ** 2 * _LENGTH**2) & equal(
        _LENGTH - 1, tau2 / divisor - (_LENGTH - 1) ** 2 / 2)


_DISTANCE = formal("the remainder", _distance(2), "s", scope=_COLUMNS, lemmas=("polar column",))
_REMAINDER = proof("column and remainder", _EXACT, _DISTANCE, scope=_COLUMNS,
                   lemmas=("polar column",))
_REMAINDER_MUTANTS = (
    Mutant.of(_REMAINDER, "minus the cofactors", parts=(_EXACT_MUTANT.check, _DISTANCE)),
    Mutant.of(_REMAINDER, "a quarter of τ²", parts=(_EXACT, *(m.check for m in mutants(
        _DISTANCE, quarter=_distance(4))))),
)
_M = var("m")


def _triple(factor: int) -> Formula:
    """τ = 2m/(m² − 1): (m² − 1)² + factor·m² = (m² + 1)², so s − 1 = 2/(m² − 1)."""
    return equal((_M**2 - 1) ** 2 + factor * _M**2, (_M**2 + 1) ** 2)


def _outgrown(power: int) -> Formula:
    """b = m^{−power}: the remainder r has r² = 4/(m² − 1)² > (m²b²)², and |v|² < 16/m²."""
    tau, b = 2 * _M / (_M**2 - 1), 1 / _M**power
    s = (_M**2 + 1) / (_M**2 - 1)
    remainder = (tau - tau / s) ** 2 + (1 - 1 / s) ** 2
    return equal(s**2, 1 + tau**2) & equal(remainder, (2 / (_M**2 - 1)) ** 2) & (
        remainder > (_M**2 * b**2) ** 2) & ((tau * (1 + b)) ** 2 + b**2 < 16 / _M**2)


_WITNESS = {"columns": "Q = e_1, v = (2(m² + 1)/(m(m² − 1)), m⁻²), m = 2, 3, .."}
_FAMILY = exact("m = 2..12", _outgrown(2), points=tuple({"m": m} for m in range(2, 13)))
_UNBOUNDED = refutation(
    "a family in the plane", _EXACT,
    formal("every m", _triple(4), "m", scope=Domain.at(_WITNESS)), _FAMILY,
    point=_WITNESS, lemmas=("polar column",),
    description="Q = e_1, v = (a, b), b = m⁻², a = 2m(1 + b)/(m² − 1) → 0: the remainder has the "
    "length 2/(m² − 1) > 2m²·b²",
)
_UNBOUNDED_MUTANT = Mutant.of(_UNBOUNDED, "b = 1/m", parts=(
    _EXACT, *(m.check for m in mutants(_FAMILY, wide=_outgrown(1)))))

# -- powers of the Gram matrix ---------------------------------------------------------------------

_LAMBDA, _Y = var("l"), var("y")
_POWERS = Domain.of(c=at_least(2))


def _root_two(sign: int) -> Formula:
    """c = 2, λ = 4: λ^{−1/2} − λ⁻¹/2 against (1 − λ^{1/2})/(1 − λ) = 1/3."""
    return equal(rational(1, 2) - rational(1, 8) if sign < 0
                 else rational(1, 2) + (1 - rational(1, 2)) / rational(-3), rational(1, 3))


_POWER_FAILS = refutation(
    "c = 2, λ = 4", exact("both sides", ~_root_two(-1)), point={"c": 2}, lemmas=(),
    description="c = 2, λ = 4: 3/8 and 1/3")
_POWER_MUTANT = Mutant.of(_POWER_FAILS, "the corrected sum", parts=(
    exact("both sides", ~_root_two(1)),))


def _divided(sign: int) -> Formula:
    """With y = λ^{−1/c}: y(1 − λ) + (1 − y) = 1 − λy."""
    return equal(_Y * (1 - _LAMBDA) + sign * (1 - _Y), 1 - _LAMBDA * _Y)


_DIVIDED = formal("times 1 − λ", _divided(1), "l y", scope=_POWERS)
_FIRST_ORDER = formal("times I − T", _divided(1), "l y", scope=_BLOCKS,
                      lemmas=("powers of a Gram matrix",))


def _root(shift: int) -> Formula:
    """One column, c = 1..8, y = t^{−1/c}, to first order: X = [[1, x], [x, y]] has X^c·Gram = I.

    That is y^cC = −xΣ_{i<c}y^i, for the entry C of Gram, whose corner is t = y^{−c}.  The part of
    the last column along Q is then yC + x = C(1 − ty)/(1 − t), here times y^{2c}(1 − t).
    """
    x, formulas = var("x"), []
    for c in range(1, 9):
        entry = -x * total([_Y**i for i in range(c)])
        formulas.append(equal(
            (_Y * entry + x * _Y**c) * (_Y**c - 1), entry * (_Y**c - shift * _Y)).node)
    return Formula({"and": formulas})


_ROOT = formal("one column, c = 1..8", _root(1), "x y",
               scope=Domain.at(*({"blocks": f"one column, c = {c}"} for c in range(1, 9))))

# -- damping ---------------------------------------------------------------------------------------


def _first_order(sign: int) -> Formula:
    """(1/b + μ²f[μ², b²])·b(b² − μ²) = b(b − μ), f[μ², b²] = (1/b − 1/μ)/(b² − μ²)."""
    return equal((_B**2 - _MU**2) + _MU * (_MU - _B), _B * (_B + sign * _MU))


_STRENGTH = formal("one strength", _block(_MU, 1), "a b mu", scope=_EARLIER,
                   lemmas=("polar column",))
_STRENGTHS = formal("several strengths", _first_order(-1), "b mu", scope=_EARLIER,
                    lemmas=("powers of a Gram matrix",))
_BY_STRENGTH = proof("strengths", _STRENGTH, _STRENGTHS, scope=_EARLIER,
                     lemmas=("damping of learned directions",))


def _column(mu: object, a: object, b: object, damping: object, *, above: bool) -> Formula:
    """The column of [[μ, a], [0, b]] is ∝ (a, μ + b): (a/(μ + b))/(a/b) against a damping."""
    factor = (a / (mu + b)) / (a / b)
    return factor > damping if above else ~equal(factor, damping)


_HALF, _QUARTER, _EIGHTH = rational(1, 2), rational(1, 4), rational(1, 8)


def _damped(mu: object, a: object, stated_value: object, *, above: bool, text: str,
            point: str) -> tuple[Check, Mutant]:
    """w with α_s² = α_l² = 1/2, μ_l = 1: b = 1/2, and a = μ_s/2."""
    check = refutation(
        "one earlier gradient", _STRENGTH,
        exact("its damping", _column(mu, a, _HALF, stated_value, above=above)),
        point={"earlier": point}, lemmas=("damping of learned directions",), description=text)
    other = exact("its damping", _column(_ONE, _HALF, _HALF, stated_value, above=above))
    return check, Mutant.of(check, "μ_s = 1", parts=(_STRENGTH, other))


_PRINTED, _PRINTED_MUTANT = _damped(
    _HALF, _QUARTER, rational(1, 3), above=False, point="μ_s = 1/2, g = ζ_s/4 + ζ_l/2",
    text="μ_s = 1/2, g = ζ_s/4 + ζ_l/2 (w = (ζ_s + ζ_l)/√2, μ_l = 1): the part along ζ_s is "
    "damped by 1/2, and b/(1 + b) = 1/3")
_LARGER, _LARGER_MUTANT = _damped(
    _QUARTER, _EIGHTH, _HALF, above=True, point="μ_s = 1/4, g = ζ_s/8 + ζ_l/2",
    text="μ_s = 1/4, g = ζ_s/8 + ζ_l/2 (w = (ζ_s + ζ_l)/√2, μ_l = 1): the part along ζ_s is "
    "damped by 2/3 only")


def _at_most_half(sign: int) -> Formula:
    """(1 + b) − 2b = 1 − b: b/(1 + b) = ½ − (1 − b)/(2(1 + b))."""
    return equal((1 + _B) - 2 * _B, 1 + sign * _B)


_AT_MOST = formal("at most one half", _at_most_half(-1), "b", scope=_LEARNED)
_HALVED = proof("column and damping", _EXACT, _AT_MOST, scope=_LEARNED,
                lemmas=("damping of learned directions",))
_HALVED_MUTANTS = (
    Mutant.of(_HALVED, "minus the cofactors", parts=(_EXACT_MUTANT.check, _AT_MOST)),
    Mutant.of(_HALVED, "1 + b", parts=(_EXACT, *(m.check for m in mutants(
        _AT_MOST, plus=_at_most_half(1))))),
)

CLAIMS: list[Claim] = [
    stated(
        "li2.polar-column", "The last column of a polar factor", "Lemma 9",
        "$[Q,v]$, $Q^\\top Q=I$, $v$ small: the last column of the polar factor is "
        "$v_\\perp/|v_\\perp|+v_\\parallel/(1+|v_\\perp|)+O(|v_\\perp|^2)$.",
        "Q and v → 0 with a remainder that no multiple of |v_⊥|² bounds", _UNBOUNDED,
        _UNBOUNDED_MUTANT, domain=_COLUMNS, kind="as", corrected_by="li2.polar-column.corrected",
        reading=_POLAR + "There are C and δ > 0 such that the remainder is at most C|v_⊥|² for all "
        "Q and all v with |v| ≤ δ; nothing relates |v_∥| and |v_⊥|. Where |v_∥| ≤ c|v_⊥|, so along "
        "one direction of v, it is O(|v_⊥|²). ",
    ),
    stated(
        "li2.polar-column.corrected", "The last column of a polar factor, with its remainder",
        "Lemma 9",
        "The last column is $v_\\perp/|v_\\perp|+v_\\parallel/(1+|v_\\perp|)+R$, "
        "$|R|=\\sqrt{1+|v_\\parallel|^2/(1+|v_\\perp|)^2}-1\\le|v_\\parallel|^2/2$.",
        "Q and v with a larger remainder", _REMAINDER, *_REMAINDER_MUTANTS, domain=_COLUMNS,
        kind="as", corrects="li2.polar-column", reading=_POLAR + "Every v, small or not. ",
    ),
    stated(
        "li2.cand.polar", "The last column of a polar factor, exactly", "Stage III",
        "Last column $(v_\\parallel+(1+b)v_\\perp/b)/\\sqrt{(1+b)^2+|v_\\parallel|^2}$, "
        "$b=|v_\\perp|$.",
        "Q and v with another column", _EXACT, _EXACT_MUTANT, domain=_COLUMNS, reading=_POLAR,
    ),
    stated(
        "li2.cand.polar-error", "The remainder of the last column", "Stage III",
        "The remainder printed in Lemma 9 is $O(|v_\\parallel|^2)$.",
        "Q and v → 0 with a remainder that no multiple of |v_∥|² bounds", _REMAINDER,
        *_REMAINDER_MUTANTS, domain=_COLUMNS, reading=_POLAR + "It is at most |v_∥|²/2. ",
    ),
    stated(
        "li2.power-column", "The last block of a power of the Gram matrix", "(38)",
        "Last block of $[Q,B](\\mathrm{Gram})^{-1/c}$: $B_\\perp T^{-1/c}+"
        "B_\\parallel(I-T^{1-1/c})(I-T)^{-1}+O(|C|^2)$, $T=B_\\perp^\\top B_\\perp$, "
        "$C=Q^\\top B$.",
        "Q, B, c with another first order", (_FIRST_ORDER, _ROOT),
        *mutants(_FIRST_ORDER, minus=_divided(-1)), *mutants(_ROOT, twice=_root(2)),
        domain=_BLOCKS, kind="as",
        reading="Gram is [Q, B]ᵀ[Q, B]; C → 0 with T fixed, positive definite and without the "
        "eigenvalue 1, and the constant of O may depend on T and c; c ≥ 1 is real. ",
    ),
    stated(
        "li2.power-scalar", "A divided difference of powers", "proof of (38)",
        "$\\lambda^{-1/c}-\\lambda^{-1}/c=(1-\\lambda^{1-1/c})/(1-\\lambda)$.",
        "c and λ at which they differ", _POWER_FAILS, _POWER_MUTANT,
        domain=_POWERS, corrected_by="li2.power-scalar.corrected",
    ),
    stated(
        "li2.power-scalar.corrected", "A divided difference of powers, corrected",
        "proof of (38)",
        "$\\lambda^{-1/c}+(1-\\lambda^{-1/c})/(1-\\lambda)=(1-\\lambda^{1-1/c})/(1-\\lambda)$.",
        "c and λ at which they differ", _DIVIDED, *mutants(_DIVIDED, minus=_divided(-1)),
        domain=_POWERS, corrects="li2.power-scalar", reading="λ > 0, λ ≠ 1. ",
    ),
    stated(
        "li2.suppression.halving", "Learned directions are damped", "(43)",
        "Learned directions are damped by $b/(1+b)\\le1/2$, $b=|g_\\perp|$: their $\\mu_l$ is at "
        "least halved.",
        "w and earlier gradients with less damping", _HALVED, *_HALVED_MUTANTS, domain=_LEARNED,
        kind="in",
        reading="Lemma 9 with v = g: the gradients of the earlier nodes are orthonormal, as its "
        "hypothesis QᵀQ = I has it; damping compares the part along them with g_⊥. For earlier "
        "gradients μ_sζ_s, μ_s < 1, see `li2.cand.damping.half`: it fails. ",
    ),
]
_CASES = (
    ("printed", "b/(1+b)", "b/(1 + b)", _PRINTED, (_PRINTED_MUTANT,), ""),
    ("strength", "b/(\\mu_s+b)", "b/(μ_s + b)", _BY_STRENGTH, (
        Mutant.of(_BY_STRENGTH, "minus the cofactors", parts=(*(m.check for m in mutants(
            _STRENGTH, minus=_block(_MU, -1))), _STRENGTHS)),
        Mutant.of(_BY_STRENGTH, "plus μ", parts=(_STRENGTH, *(m.check for m in mutants(
            _STRENGTHS, plus=_first_order(1)))))),
     "Exactly for strengths that are equal, or one part along them that is not 0; else to first "
     "order in g_∥, as in (38), and in second order the factors of different strengths mix. "),
)
CLAIMS += [
    stated(
        f"li2.cand.damping.{key}", f"Damping by earlier gradients μ_sζ_s: {name}", "Stage III",
        f"Earlier gradients $\\mu_s\\zeta_s$: the part along $\\zeta_s$ is damped by ${tex}$.",
        "μ_s and g with another damping", check, *wrong, domain=_EARLIER,
        reading=_POLAR + "Damping compares the parts of the last column of the polar factor along "
        f"ζ_s and g_⊥ with those of g. {more}",
    )
    for key, tex, name, check, wrong, more in _CASES
]
CLAIMS.append(stated(
    "li2.cand.damping.half", "Damping by earlier gradients is at least by one half", "Stage III",
    "Earlier gradients $\\mu_s\\zeta_s$: the damping is at most 1/2 always.",
    "μ_s and g with a factor above 1/2", _LARGER, _LARGER_MUTANT, domain=_EARLIER,
    reading=_POLAR + "The factor of `li2.cand.damping.strength`, g = A(w)w, |w| ≤ 1. It is at most "
    "1/2 iff |g_⊥| ≤ μ_s. ",
))
