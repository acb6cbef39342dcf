"""The criterion for the next irrep on groups: it fails at quaternionic characters.

Q_8 ⊂ H consists of ±1, ±i, ±j, ±k; its character of degree 2 is real, but the functions ⟨q, g⟩,
q ∈ H, that it spans have no rank-one matrices among them, so their utility is smaller than the
criterion says.  x[h] = αRe h + βχ(h) with χ(±1) = χ(±i) = 1, χ(±j) = χ(±k) = −1.
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import follow_up
from verify.claims.alternating_flows.modular_proofs import thirds
from verify.claims.writing import entry, exact, formal, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, equal, rational, sqrt, total, var

Quaternion = tuple[int, int, int, int]

_UNITS = [tuple(int(i == j) for j in range(4)) for i in range(4)]
_GROUP: list[Quaternion] = [*_UNITS, *(tuple(-x for x in unit) for unit in _UNITS)]  # type: ignore[list-item]
_Q8 = Domain.of(group=Finite(["Q_8"]))


def _product(p: tuple, q: tuple) -> tuple:
    a, b, c, d = p
    e, f, g, h = q
    return (
        a * e - b * f - c * g - d * h, a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f, a * h + b * g - c * f + d * e,
    )


def _inner(p: tuple, g: tuple) -> Term:
    return total([x * rational(y) for x, y in zip(p, g, strict=True) if y])


_P, _Q, _R = (tuple(var(f"{name}{i}") for i in range(4)) for name in "pqr")
_INDETERMINATES = " ".join(f"{name}{i}" for name in "pqr" for i in range(4))


def _square(p: tuple) -> Term:
    return total([x * x for x in p])


def _trilinear(order: int = 16) -> Check:
    """E_{g,h} ⟨p, g⟩⟨q, h⟩⟨r, gh⟩ = ⟨pq, r⟩/16, and |pq|² = |p|²|q|²."""
    mean = total([
        _inner(_P, g) * _inner(_Q, h) * _inner(_R, _product(g, h))
        for g in _GROUP for h in _GROUP
    ]) / 64
    pq = _product(_P, _Q)
    value = total([x * y for x, y in zip(pq, _R, strict=True)]) / order
    return formal("trilinear form of quaternions",
                  equal(mean, value) & equal(_square(pq), _square(_P) * _square(_Q)),
                  _INDETERMINATES, scope=_Q8)


def _character(g: Quaternion) -> int:
    return 1 if g[0] or g[1] else -1


_ALPHA, _BETA = Fraction(5, 2), Fraction(1, 2)


def _encoding(h: tuple, beta: Fraction) -> Fraction:
    return _ALPHA * h[0] + beta * _character(h)  # type: ignore[arg-type]


def _inverse(g: Quaternion) -> tuple:
    return (g[0], -g[1], -g[2], -g[3])


def _sign_utility(beta: Fraction) -> Term:
    """E ⟨w, x_{gh}⟩(⟨u, x_g⟩ + ⟨v, x_h⟩)² for u = v = w = χ/√24, from the definition."""
    along = {
        g: total([
            rational(_character(h) * _encoding(_product(_inverse(g), h), beta)) for h in _GROUP
        ]) / sqrt(24)
        for g in _GROUP
    }
    return total([
        along[_product(g, h)] * (along[g] + along[h]) ** 2 for g in _GROUP for h in _GROUP
    ]) / 64


def _compare(beta: Fraction = _BETA) -> Check:
    """The unit neuron of χ is above the bound 2·(1/16)(√2α)³/(3√3) at degree 2; the criterion,
    s³/√2 at ‖x̂[ρ]‖ = s = 2α against t³ at |x̂[χ]| = t = 8β, says the opposite."""
    bound = rational(1, 8) * (sqrt(2) * rational(_ALPHA)) ** 3 / (3 * sqrt(3))
    transform = equal(
        total([rational(_character(h) * _encoding(h, beta)) for h in _GROUP]), 8 * rational(beta))
    opposite: Formula = (2 * rational(_ALPHA)) ** 3 > sqrt(2) * (8 * rational(beta)) ** 3
    return exact("utility and criterion disagree",
                 transform & opposite & (_sign_utility(beta) > bound))


_CHECK = refutation(
    "a quaternionic character", _trilinear(), thirds(), _compare(),
    point={"k": 2, "group": "Q_8", "x": "‖x̂[ρ]‖ = 5 at the degree 2, x̂[χ] = 4"},
    lemmas=("quaternionic utility",),
    description="k = 2, Q_8, x[h] = (5/2)Re h + χ(h)/2: the criterion gives 5³/√2 = 88.4 to the "
    "character of degree 2, which is real, and 4³ = 64 to χ; but no neuron at the degree 2 has "
    "more than 5³/2 = 62.5 in these units, which a neuron of χ exceeds",
)

CLAIMS = [
    entry("agf.seq-criterion", "The next feature",
          "The next irrep is the argmax over unlearned ρ of "
          "$\\|\\hat x[\\rho]\\|_{op}^{k+1}/(C_\\rho n_\\rho)^{(k-1)/2}$; C=2 for complex pairs, "
          "1 for real characters.",
          source=follow_up("Theorem 4.1"), kind="op",
          domain=Domain.of(k=at_least(2), group=Whole("finite groups"), x=Whole(
              "encodings with Σ_h x[h] = 0")),
          reading="Every finite group, ρ over complex irreps up to conjugation, n_ρ the degree, "
          "C = 1 whenever the character is real (quaternionic ones included), 2 for a pair of "
          "conjugates; the next irrep is the one at which a unit neuron reaches the largest "
          "utility. On cyclic groups it holds: agf.seq-criterion.cyclic.",
          falsified_by="a group and an encoding whose largest utility is at another irrep",
          checks=(_CHECK,),
          mutants=(
              Mutant.of(_CHECK, "x̂[χ] = 3", parts=(
                  _trilinear(), thirds(), _compare(Fraction(3, 8)))),
              Mutant.of(_CHECK, "half the trilinear form", parts=(
                  _trilinear(32), thirds(), _compare())),
          ),
          corrected_by="agf.seq-criterion.cyclic"),
]
