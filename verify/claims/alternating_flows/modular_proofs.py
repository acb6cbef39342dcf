"""Certificates on the utility of quadratic networks that several claims share."""

from __future__ import annotations

from verify.claims.alternating_flows.modular_terms import (
    MODULI,
    fourier_formula,
    utility,
    value,
    wave,
)
from verify.claims.writing import exact, formal, proof, symbols
from verify.core.claim import Check
from verify.core.domain import Domain, Finite
from verify.formula import Formula, Term, cis, equal, half, rational, var
from verify.methods.every_k import every_k

# -- the sum of squares ------------------------------------------------------------------------

_SIGMA, _N1, _N2, _A1, _A2, _B1, _B2 = symbols("sigma N1 N2 A1 A2 B1 B2")


def _squares(cross: Term | int) -> Formula:
    """A_i = |u_i|², B_i = |v_i|² at two frequencies i: every pair (i, j) occurs among them."""
    left = _SIGMA**2 * (_A1 + _A2) * (_B1 + _B2) - (_N1**2 * _A1 * _B1 + _N2**2 * _A2 * _B2)
    diagonal = (_SIGMA**2 - _N1**2) * _A1 * _B1 + (_SIGMA**2 - _N2**2) * _A2 * _B2
    return equal(left, diagonal + cross * (_A1 * _B2 + _A2 * _B1))


def sum_of_squares(*, correct: bool = True) -> Check:
    """σ²|u|²|v|² − ΣN_k²|u_k|²|v_k|² as a sum of products of squares."""
    return formal(
        "sum of squares",
        _squares(_SIGMA**2 if correct else 1),
        "sigma N1 N2 A1 A2 B1 B2",
        scope=MODULI,
    )


def thirds(extra: int = 1) -> Check:
    """The product of three norms with a given sum of squares is largest at equal norms."""
    k = var("k")
    return Check(
        name="am-gm",
        procedure=every_k,
        arguments={
            "rule": "am-gm",
            "constants": {"factors": k + 1, "divisor": k + extra, "exponent": half(k + 1)},
            "inputs": 2,
            "scope": Domain.of(k=Finite([2])),
        },
    )


def attained(scale: int = 1, sign: int = 1) -> Check:
    """Aligned neurons at p = 3, 5, 2 have the value of the lemma (p = 2: √2 times as much).

    sign: of s_x in the phase rule s_u + s_v ≡ s_w + s_x; only 1 is right.
    """
    wavy = (1, -1, 0)  # |x̂[1]|² = 3, arg x̂[1] = 1/12 of a turn
    cosine = (4, -1, -1, -1, -1)  # |x̂[k]| = 5 at every k ≠ 0
    flat = [c * rational(1) for c in (1, -1)]
    return exact(
        "aligned neurons",
        equal(utility(wavy, wave(3, 1, rational(sign, 12)), wave(3, 1), wave(3, 1)),
              scale * value(3, 3))
        & equal(utility(cosine, wave(5, 2), wave(5, 2), wave(5, 2)), value(5, 25))
        & equal(utility((1, -1), flat, flat, flat), 16),
    )


def largest_utility(**parts: Check) -> Check:
    """The maximum of the utility on the sphere and all maximisers, for every modulus."""
    chosen = {
        "fourier": fourier_formula(),
        "squares": sum_of_squares(),
        "thirds": thirds(),
        "attained": attained(),
        **parts,
    }
    return proof(
        "maximum of the utility",
        *chosen.values(),
        scope=MODULI,
        lemmas=("modular utility", "utility maximum"),
    )


WRONG = {
    "half the Fourier factor": {"fourier": fourier_formula(1)},
    "no weight on mixed frequencies": {"squares": sum_of_squares(correct=False)},
    "norms of one half": {"thirds": thirds(0)},
    "twice the value": {"attained": attained(2)},
    "phase rule with −s_x": {"attained": attained(sign=-1)},
}

# -- the Hessian -------------------------------------------------------------------------------

_AMP, _X1, _X2, _X3, _Y1, _Y2, _Y3 = symbols("a x1 x2 x3 y1 y2 y3")
_I = cis(rational(1, 4))


def _product(sign: int) -> Term:
    factors = [(_X1, _Y1), (_X2, _Y2), (_X3, _Y3)]
    result: Term | int = 1
    for x, y in factors:
        result = result * (_AMP + x + sign * (_I * y))
    return result


def hessian(radial: int = 2) -> Check:
    """Taylor expansion inside a frequency, and the quadratic form after the sphere's −3U."""
    pairs_x = _X1 * _X2 + _X1 * _X3 + _X2 * _X3
    pairs_y = _Y1 * _Y2 + _Y1 * _Y3 + _Y2 * _Y3
    squares_x = _X1**2 + _X2**2 + _X3**2
    cubic = _X1 * _X2 * _X3 - (_X1 * _Y2 * _Y3 + _X2 * _Y1 * _Y3 + _X3 * _Y1 * _Y2)
    taylor = (
        _AMP**3 + _AMP**2 * (_X1 + _X2 + _X3) + _AMP * (pairs_x - pairs_y) + cubic
    )
    form = 2 * (pairs_x - pairs_y) - squares_x - (_Y1**2 + _Y2**2 + _Y3**2)
    return formal(
        "expansion inside a frequency",
        equal((_product(1) + _product(-1)) / 2, taylor)
        & equal(form, (_X1 + _X2 + _X3) ** 2 - radial * squares_x - (_Y1 + _Y2 + _Y3) ** 2),
        "a x1 x2 x3 y1 y2 y3",
        scope=MODULI,
    )
