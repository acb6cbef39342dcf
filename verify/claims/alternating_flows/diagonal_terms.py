"""What the modules on diagonal linear networks share: the flow in ξ, and paths as formulas.

cosh and sinh of 2ξ are Laurent polynomials in e^{2ξ}; an identity in a formal angle holds for every
complex value of its unit variable, so cos and −i·sin of an angle stand for cosh and sinh.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.dynamics.jump_process import Jump
from verify.claims.alternating_flows.common import Topic
from verify.claims.writing import formal, symbols
from verify.core.claim import Check
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, Term, absolute, all_of, cis, cos, equal, rational, sin, total

FLOWS = Domain.of(d=at_least(1), data=Whole("designs X and targets y"))
READING = "β = u⊙v, L = ‖y − Xβ‖²/2n, u(0) = √2α·1, v(0) = 0, θ_i = (u_i, v_i). "
_ALPHA = symbols("alpha")[0]
_I = cis(rational(1, 4))
_X = symbols("x")[0]
_COSH, _SINH = cos(_X), -_I * sin(_X)  # at the angle whose unit variable is e^ξ
_COSH2, _SINH2 = cos(2 * _X), -_I * sin(2 * _X)


diagonal_claim = Topic(
    family="Diagonal", falsified_by="data that violate it", domain=FLOWS, reading=READING
).claim


# -- the flow in ξ -----------------------------------------------------------------------------


def hyperbolic(double: int = 2) -> Check:
    """With U = √2α·cosh ξ, V = √2α·sinh ξ: β, ‖θ‖² and the rates for ξ' = rate."""
    a2 = 2 * _ALPHA**2
    return formal(
        "hyperbolic variables",
        equal(a2 * _COSH * _SINH, _ALPHA**2 * _SINH2)
        & equal(a2 * (_COSH**2 + _SINH**2), double * _ALPHA**2 * _COSH2)
        & equal(a2 * (_COSH**2 - _SINH**2), a2),
        "alpha", angles="x", scope=FLOWS, lemmas=("diagonal flow",),
    )


# With δ = sign ∂_iL and U* = |∂_iL|/2: −δ·2ξ grows at 4U*, from c to arccosh(1/2α²) at norm 1.
_XI, _TAU, _SLOPE = symbols("xi tau slope")


def waiting(factor: int = 4) -> Check:
    """−δ·2ξ grows at 4U* = 2|∂_iL| while ∂_iL is frozen."""
    checks = []
    for delta in (1, -1):
        after = _XI - delta * _SLOPE * _TAU  # ξ' = −∂_iL = −δ|∂_iL|
        checks.append(equal(-delta * 2 * after,
                            -delta * 2 * _XI + factor * (_SLOPE / 2) * _TAU))
    return formal("signed level after waiting", checks[0] & checks[1], "xi tau slope",
                  scope=FLOWS, lemmas=("diagonal flow", "diagonal jump"))


# -- paths as formulas -------------------------------------------------------------------------


def partial_loss(gram: list[list[Any]], moment: list[Any], beta: tuple[Any, ...], i: int) -> Term:
    """∂_iL = (Gβ − b)_i."""
    return total([rational(0) + a * b for a, b in zip(gram[i], beta, strict=True)]) - moment[i]


def is_path(gram: list[list[Any]], moment: list[Any], path: list[Jump]) -> Formula:
    """Every step moves the levels along −∇L until the first reaches ±1, then minimises L."""
    d = len(moment)
    beta: tuple[Any, ...] = (Fraction(0),) * d
    levels, time = beta, Fraction(0)
    parts: list[Formula] = []
    for jump in path:
        step = rational(jump.time - time)
        parts.append(step > 0)
        parts.append(equal(absolute(rational(jump.levels[jump.index])), 1))
        for i in range(d):
            slope = partial_loss(gram, moment, as_terms(beta), i)
            parts.append(equal(rational(jump.levels[i]), rational(levels[i]) - step * slope))
            parts.append(absolute(rational(jump.levels[i])) <= 1)
        for i in range(d):
            slope = partial_loss(gram, moment, as_terms(jump.coefficients), i)
            sign, value = jump.levels[i], rational(jump.coefficients[i])
            if abs(sign) == 1:  # KKT conditions of the signed least squares problem
                parts += [value * rational(sign) >= 0, slope * rational(sign) >= 0,
                          equal(value * slope, 0)]
            else:
                parts.append(equal(value, 0))
        beta, levels, time = jump.coefficients, jump.levels, jump.time
    parts += [equal(partial_loss(gram, moment, as_terms(beta), i), 0) for i in range(d)]
    return all_of(parts)


def as_terms(values: tuple[Any, ...]) -> tuple[Term, ...]:
    """Rational numbers as terms."""
    return tuple(rational(v) for v in values)


def no_tie(gram: list[list[Any]], moment: list[Any], path: list[Jump]) -> Formula:
    """One coordinate arrives at ±1 per jump, and every minimum is strictly complementary."""
    d = len(moment)
    before: tuple[Any, ...] = (Fraction(0),) * d
    parts: list[Formula] = []
    for jump in path:
        for i in range(d):
            level, value = rational(jump.levels[i]), rational(jump.coefficients[i])
            stayed = jump.levels[i] == before[i]  # at ±1 on a zero slope: active before the jump
            if i != jump.index and not stayed:
                parts.append(absolute(level) < 1)
            if abs(jump.levels[i]) == 1:
                slope = partial_loss(gram, moment, as_terms(jump.coefficients), i)
                parts.append((value * level > 0) | (slope * level > 0))
        before = jump.levels
    return all_of(parts)


def is_least(gram: list[list[Any]], moment: list[Any], beta: tuple[Any, ...],
              support: list[int]) -> Formula:
    """Unconstrained least squares on a support."""
    inside = [equal(partial_loss(gram, moment, as_terms(beta), i), 0) for i in support]
    outside = [equal(rational(beta[i]), 0) for i in range(len(beta)) if i not in support]
    return all_of(inside + outside)


def gram_and_moment(rows: list[list[int]], y: list[int]) -> tuple[list[list[Any]], list[Any]]:
    """XᵀX/n and Xᵀy/n, so that times are those of L = ‖y − Xβ‖²/2n."""
    n, d = len(rows), len(rows[0])
    gram = [[Fraction(sum(row[i] * row[j] for row in rows), n) for j in range(d)]
            for i in range(d)]
    return gram, [Fraction(sum(row[i] * t for row, t in zip(rows, y, strict=True)), n)
                  for i in range(d)]
