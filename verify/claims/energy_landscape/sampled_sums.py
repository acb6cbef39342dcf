"""Sums over Bernoulli samples: their moments, their deviations, and what they do to vertices."""

from __future__ import annotations

from fractions import Fraction

from constructions.groups.permutation import cyclic
from verify.claims.energy_landscape.common import at, pair
from verify.claims.energy_landscape.samples import SAMPLES, sample_claim, wrong_part
from verify.claims.writing import breaks, exact, formal, proof, refutation, symbols
from verify.core.claim import Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, total, var
from verify.methods.energy import ENERGY, NORM, ORDER

# -- moments of Bernoulli rows -----------------------------------------------------------------

_P, _A, _B, _M = symbols("p a b M")
_BERNOULLI = Domain.of(rows=Whole("orders M ≥ 2, 0 < p ≤ 1 and activations S"))
_ROWS_LEMMA = ("Bernoulli rows",)


def _moments(noise: int) -> Formula:
    """p²·(𝔼ẑ − z) and p²·(𝔼ẑ² − z² − noise·((1−p)/p)Σs²) are 0: a = Σs, b = Σs²."""
    mean = equal(_P * (_P * _A), _P**2 * _A)
    square = equal(_P * _B + _P**2 * (_A**2 - _B),
                   _P**2 * _A**2 + noise * _P * (1 - _P) * _B)
    return mean & square


def _weights(factor: int) -> Formula:
    """(pM)²·𝔼w² = (pM)² + factor·(1−p)pM: m rows of M are kept."""
    return equal(_P * _M + _P**2 * _M * (_M - 1), (_P * _M) ** 2 + factor * (1 - _P) * _P * _M)


def _enumerated(order: int, noise: int) -> Formula:
    """The same moments by the 2^M kept sets of M rows, formally in p and s_1, .., s_M."""
    values = [var(f"s{j}") for j in range(order)]

    def mean(power: int) -> Term:
        terms = []
        for mask in range(2**order):
            chosen = [values[j] for j in range(order) if mask >> j & 1]
            chance = _P ** len(chosen) * (1 - _P) ** (order - len(chosen))
            terms.append(chance * total(chosen or [0]) ** power)
        return total(terms)

    whole, squares = total(values), total([x * x for x in values])
    return equal(mean(1), _P * whole) & equal(
        mean(2), _P**2 * whole**2 + noise * _P * (1 - _P) * squares)


_MOMENTS = formal("mean and second moment", _moments(1), "p a b", scope=_BERNOULLI,
                  lemmas=_ROWS_LEMMA)
_WEIGHTS = formal("variance of the weights", _weights(1), "p M", scope=_BERNOULLI,
                  lemmas=_ROWS_LEMMA)
_COUNTED = formal(
    "all kept sets of 2, 3 and 4 rows",
    _enumerated(2, 1) & _enumerated(3, 1) & _enumerated(4, 1), "p s0 s1 s2 s3",
    scope=Domain.at(*({"rows": m} for m in (2, 3, 4))),
)
_ESTIMATOR = proof("moments", _MOMENTS, _WEIGHTS, _COUNTED, scope=_BERNOULLI, lemmas=_ROWS_LEMMA)
_ESTIMATOR_MUTANTS = (
    wrong_part(_ESTIMATOR, _MOMENTS, "twice the noise", _moments(2)),
    wrong_part(_ESTIMATOR, _WEIGHTS, "twice the variance", _weights(2)),
    wrong_part(_ESTIMATOR, _COUNTED, "no noise", _enumerated(2, 0)),
)

# -- deviations --------------------------------------------------------------------------------

_REGIME = Domain.of(rows=Whole("orders M, p, δ with log(M/δ) ≤ Mp, |w| = 1"))
_DEVIATIONS = ("deviations of samples", "sums in a Hilbert space", "Bernoulli rows")


def _fourth(factor: int) -> Formula:
    """factor·(a⁴ + b⁴) − (a + b)⁴ = (a − b)²(5(a + b)² + 2a² + 2b²) for factor 8."""
    return equal(factor * (_A**4 + _B**4) - (_A + _B) ** 4,
                 (_A - _B) ** 2 * (5 * (_A + _B) ** 2 + 2 * _A**2 + 2 * _B**2))


def _exponents(weights: int, noise: int) -> Formula:
    """|w_h − 1| ≤ weights·√ℓ, |ε| ≤ noise·M√ℓ: exponents 3 and 2 in (δ/M), each ≤ δ/2 then.

    The products give the other bounds: (1 + 4)·4 = 20, 8² = 64, (1 + 4)·8 = 40.
    """
    return (
        (rational(3) <= rational(weights**2) / (2 + rational(2 * weights, 3)))
        & (rational(2) <= rational(noise**2) / (16 + rational(4 * noise, 3)))
        & equal((1 + weights) * weights, rational(20))
        & equal(noise**2, rational(64))
        & equal((1 + weights) * noise, rational(40))
    )


_FOURTH = formal("Σ(u_a + v_b)⁴ ≤ 8M", _fourth(8), "a b", scope=_REGIME, lemmas=_DEVIATIONS)
_EXPONENTS = exact("exponents and constants", _exponents(4, 8), scope=_REGIME, lemmas=_DEVIATIONS)
_BOUNDS = proof("bounds", _FOURTH, _EXPONENTS, _MOMENTS, scope=_REGIME, lemmas=_DEVIATIONS)

# -- the sampled energy ------------------------------------------------------------------------

Z12 = cyclic(12)
_THREE = (1, 0, -1, 0) * 3  # frequency 3
_BOTH = tuple(2 * x + y for x, y in zip(_THREE, (2, -1, -1) * 4, strict=True))  # equal masses
_SINGLE = pair(Z12, _THREE, relations=(equal(4 * ENERGY, ORDER * NORM**2),))
_MIXED = pair(Z12, _BOTH, relations=(equal(8 * ENERGY, ORDER * NORM**2),))


def _gap(coefficient: Fraction) -> Formula:
    """The two energies, M/4 and M/8, differ by more than coefficient·Σc² and |Δ| < 1 allow.

    Over the complex irreps Σc² is 1/2 and 1/4; by the lemma |Δ| ≥ 1 is needed for 1/8.
    """
    full = rational(1, 4) - rational(1, 8)
    main = rational(coefficient) * (rational(1, 2) - rational(1, 4))
    slack = rational(coefficient) * (rational(1, 2) + rational(1, 4))
    return slack <= full - main


_GAP = exact("the gap", _gap(Fraction(1, 8)), scope=SAMPLES, lemmas=("Bernoulli rows",))
_NOT_ENERGY = refutation(
    "full data on Z_M", at("two points of Z12", _SINGLE, _MIXED), _GAP,
    point={"sample": "p = 1 on Z_M, M large", "group": "Z_M"},
    description="p = 1, Z_M: one frequency has E = M/4, two of equal mass M/8 (Z12: 3 and 3/2); "
    "(M/8)cᵀ(diag(1/d) + Δ)c gives M/16 and M/32, so |Δ| ≥ 1, but √ℓ + 1/(Mp) → 0 for M → ∞",
    lemmas=("Bernoulli rows", "energy mixtures"),
)


def _same_masses(second: int) -> Formula:
    """Z2, (1, −1)/2 in both halves and (1, −1)/√2 in one: the same masses, Σs² = 2 and second."""
    return equal(total([1, 1, 0, 0]), 2) & equal(total([rational(1, 4)] * 4), second)


_ON_Z2 = exact("Σs² on Z2", _same_masses(1), scope=Domain.at({"rows": "Z2"}))
_MEAN = proof("the mean", _MOMENTS, _COUNTED, _ON_Z2, scope=_BERNOULLI, lemmas=_ROWS_LEMMA)

# -- vertices ----------------------------------------------------------------------------------

_FORMS = Domain.of(form=Whole("energies cᵀ(diag(1/d) + Δ)c on the simplex"))


def _survives(numerator: int) -> Formula:
    """d = (1, 1), Δ = τ[[−1, 1], [1, 1]], τ = numerator/10: |Δ|² = 2τ² < 1 → slope < 0."""
    tau = rational(numerator, 10)
    within = 2 * tau**2 < 1
    return ~within | (2 * (tau - (-tau) - 1) < 0)


_TURNED = breaks(
    "two blocks of d = 1", _survives(6),
    "d = (1, 1), Δ = 0.6·[[−1, 1], [1, 1]]: |Δ| = 0.6√2 < 1 = 1/d, but from the first vertex "
    "towards the second the slope is 2·(1.2 − 1) > 0",
    point={"form": "d = (1, 1), Δ = 0.6[[−1, 1], [1, 1]]", "group": "Z3"},
)
_Y, _X = symbols("y x")


def _parallelogram(factor: int) -> Formula:
    """factor·(y² + x²) − (y − x)² = (y + x)² for factor 2."""
    return equal(factor * (_Y**2 + _X**2) - (_Y - _X) ** 2, (_Y + _X) ** 2)


_SLOPES = formal("(Δ_ba − Δ_aa)² ≤ 2|Δ|²", _parallelogram(2), "y x", scope=_FORMS,
                 lemmas=("vertices of a quadratic form",))
CLAIMS = [
    sample_claim(
        "li2.estimator", "The sampled sums", "A.3",
        "Bernoulli($p$) rows $\\xi$, $\\hat z_h=p^{-1}\\sum_j\\xi_{hj}(R_h^\\top S)_{jj}$ "
        "unbiased; $w_h=\\hat m_h/(pM)$: mean 1, variance $(1-p)/(pM)$; $\\hat "
        "z_h=w_hz_h+\\epsilon_h$; $\\hat A=M^{-1}\\sum w_h\\bar C_{k'}\\otimes C_k$, $\\hat A_2$ "
        "with $w_h^2$: $E\\hat A_2=(1+(1-p)/(pM))E\\hat A$.",
        "M, p and S with another mean or variance",
        [_ESTIMATOR], _ESTIMATOR_MUTANTS, kind="id", domain=_BERNOULLI,
        reading="(26) defines ε_h, and ε_h has mean 0. The moments of sums follow from those of "
        "ξ; they are counted over all kept sets for M ≤ 4. ",
    ),
    sample_claim(
        "li2.deviations", "Deviations of the sampled operators", "(29)–(31)",
        "$|\\hat A-E\\hat A|\\lesssim\\sqrt\\ell$; $|\\hat A_2-\\hat "
        "A|\\lesssim\\sqrt\\ell+1/(Mp)$; $|\\sum w_hz_h\\epsilon_h|\\lesssim M|z|\\sqrt\\ell$; "
        "$\\sum\\epsilon_h^2\\lesssim M^2\\ell$.",
        "M, p, δ at which one of them fails with probability above δ",
        [_BOUNDS],
        [wrong_part(_BOUNDS, _FOURTH, "factor 4", _fourth(4)),
         wrong_part(_BOUNDS, _EXPONENTS, "smaller constants", _exponents(2, 4)),
         wrong_part(_BOUNDS, _MOMENTS, "twice the noise", _moments(2))],
        domain=_REGIME,
        reading="Bernoulli(p) rows, σ = x², |w| = 1; ℓ = log(M/δ)/(Mp) ≤ 1, which is n ≥ "
        "M log(M/δ), the range of Theorem 4; all k, k', h at once, with probability ≥ 1 − δ. The "
        "constants are 4, 20, 40 and 64, and 1/(Mp) is not needed. Without ℓ ≤ 1 no constant "
        "serves (M = 2, p → 0). ",
    ),
    sample_claim(
        "li2.sampled-energy", "The sampled energy", "(32)",
        "$\\hat E=(M/8)c^\\top(\\mathrm{diag}(1/d_k)+\\Delta)c+$ terms free of $c$, "
        "$|\\Delta|\\lesssim\\sqrt\\ell+1/(Mp)$.",
        "for every constant a group, p and two w of which the energies differ by more",
        [_NOT_ENERGY],
        [wrong_part(_NOT_ENERGY, _GAP, "M/2", _gap(Fraction(1, 2))),
         Mutant.of(_NOT_ENERGY, "E = M/8 for one frequency", parts=(
             at("two points of Z12", pair(
                 Z12, _THREE, relations=(equal(8 * ENERGY, ORDER * NORM**2),)), _MIXED), _GAP))],
        corrected_by="li2.sampled-energy.corrected",
        reading="One c_k for each complex irrep, û = ±v̂, p = 1 among the p; terms free of c are "
        "the same for all w. What fails is the factor M/8 of (22). ",
    ),
    sample_claim(
        "li2.sampled-energy.corrected", "The mean of the sampled energy", "(32)",
        "$E\\,\\frac12\\sum\\hat z_h^2=\\frac12\\sum z_h^2+\\frac{1-p}{2p}\\sum_{ij}S_{ij}^2$.",
        "M, p, S with another mean",
        [_MEAN],
        [wrong_part(_MEAN, _MOMENTS, "twice the noise", _moments(2)),
         wrong_part(_MEAN, _COUNTED, "no noise", _enumerated(2, 0)),
         wrong_part(_MEAN, _ON_Z2, "a function of the masses", _same_masses(2))],
        domain=_BERNOULLI, corrects="li2.sampled-energy",
        reading="ẑ_h = p⁻¹Σξs without centring; with it, at p = 1, E = (M/2)Σc_k²/D_k for rank-one "
        "parts in the real blocks. The second term is not free of c: on Z2 two w with the same "
        "masses have ΣS² = 2 and 1. ",
    ),
    sample_claim(
        "li2.vertex-survival", "Vertices survive small deviations", "A.3",
        "$|\\Delta|<1/d_a$: vertex $a$ stays a strict local maximum of $\\hat E$.",
        "d, Δ with |Δ| < 1/d_a and a vertex that is no strict local maximum",
        [_TURNED], [Mutant.of(_TURNED, "τ = 0.4", formula=_survives(4))],
        domain=_FORMS, corrected_by="li2.vertex-survival.corrected",
        reading="Ê as cᵀ(diag(1/d) + Δ)c on the simplex of the masses c, Δ symmetric, operator "
        "norm. Z3 is the smallest group with two non-trivial irreps. As a function of w a maximum "
        "is never strict where D ≥ 2, even for Δ = 0. ",
    ),
    sample_claim(
        "li2.vertex-survival.corrected", "Vertices survive deviations below 1/(√2d)", "A.3",
        "$|\\Delta|<1/(\\sqrt2d_a)$: vertex $a$ stays a strict local maximum on the simplex.",
        "d, Δ below the bound and a vertex that is no strict local maximum",
        [_SLOPES], [Mutant.of(_SLOPES, "without the 2", formula=_parallelogram(1))],
        domain=_FORMS, corrects="li2.vertex-survival",
        reading="The slope towards b is 2(Δ_ba − Δ_aa − 1/d_a). 1/√2 is the best constant. ",
    ),
]
