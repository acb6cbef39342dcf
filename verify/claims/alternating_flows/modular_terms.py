"""Modular addition with a general encoding: utilities and Fourier coefficients as terms.

Vectors are lists of p exact numbers or terms; x_a[c] = x[c − a].  Everything is written out as
the definition says it, so that a counterexample does not rest on a formula under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.core.claim import Check
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Term, cis, cos, equal, iverson, mod, rational, sqrt, total, var
from verify.methods.convolutions import Sum, at, convolution_identity

Vector = Sequence[Any]

ENCODING = Whole("mean-centred encodings")
MODULI = Domain.of(p=at_least(2), x=ENCODING)
P = var("n")


def _term(value: Any) -> Term:
    return value if isinstance(value, Term) else rational(value)


def entry_of(vector: Vector, index: Term) -> Term:
    """vector[index mod p] as a term: the listed entry whose position is the index."""
    p = len(vector)
    return total([
        _term(entry) * iverson(equal(mod(index, p), position))
        for position, entry in enumerate(vector)
    ])


def _dot(name: str, u: Vector, x: Vector, shift: Term) -> Term:
    """⟨u, x_shift⟩, the summed position called `name`."""
    return total(
        name, 0, len(x) - 1, lambda c: entry_of(u, c) * entry_of(x, c - shift)
    )


def utility(x: Vector, u: Vector, v: Vector, w: Vector) -> Term:
    """E_{a,b}⟨(⟨u, x_a⟩ + ⟨v, x_b⟩)² w, x_{a+b}⟩, the utility when nothing is learned."""
    last = len(x) - 1

    def at_pair(a: Term, b: Term) -> Term:
        hidden = _dot("at_u", u, x, a) + _dot("at_v", v, x, b)
        return hidden**2 * _dot("at_w", w, x, a + b)

    pairs = total("shift_u", 0, last, lambda a: total("shift_v", 0, last, lambda b: at_pair(a, b)))
    return pairs / len(x) ** 2


def coefficient(x: Vector, k: int, sign: int = -1) -> Term:
    """x̂[k] = Σ_m x[m] e^{−2πikm/p}; with sign = 1 its conjugate (x real)."""
    p = len(x)
    return total([_term(x[m]) * cis(rational(sign * k * m, p)) for m in range(p)])


def fourier_utility(factor: int, x: Vector, u: Vector, v: Vector, w: Vector) -> Term:
    """(C/p³) Σ_{k≠0} |x̂[k]|² conj(x̂[k]) û[k] v̂[k] conj(ŵ[k])."""
    p = len(x)
    terms = [
        coefficient(x, k) * coefficient(x, k, 1) ** 2
        * coefficient(u, k) * coefficient(v, k) * coefficient(w, k, 1)
        for k in range(1, p)
    ]
    return rational(factor, p**3) * total(terms)


def wave(p: int, frequency: int, turns: Term | int = 0) -> list[Term]:
    """√(2/3p) cos(2πkc/p + s): a third of the unit norm when 2k ≢ 0 mod p."""
    scale = sqrt(rational(2, 3 * p))
    return [scale * cos(rational(frequency * c, p) + turns) for c in range(p)]


def value(p: int, power: int) -> Term:
    """√(2/(27p³))·|x̂|³ for |x̂|² = power."""
    return sqrt(rational(2 * power**3, 27 * p**3))


def _centred(number: int, **argument: int) -> Term:
    """The factor x_i(·) = Σ_s(h_i(·) − h_i(s)) of mean 0, with its own summed s.

    The three factors of x may even be three encodings: the identity is linear in each.
    """
    return at(f"h{number}", **argument) - at(f"h{number}", **{f"s{number}": 1})


def _sides(factor: int) -> tuple[list[Sum], list[Sum]]:
    """n³·U on both sides."""
    label = at("w", e=1) * _centred(3, e=1, a=-1, b=-1)
    u_c, u_d = (at("u", **{n: 1}) * _centred(s, **{n: 1, "a": -1}) for n, s in
                (("c", 1), ("d", 2)))
    v_c, v_d = (at("v", **{n: 1}) * _centred(s, **{n: 1, "b": -1}) for n, s in
                (("c", 1), ("d", 2)))
    over = ("a", "b", "c", "d", "e", "s1", "s2", "s3")
    left = [
        Sum(coefficient=P, over=over, body=u_c * u_d * label),
        Sum(coefficient=2 * P, over=over, body=u_c * v_d * label),
        Sum(coefficient=P, over=over, body=v_c * v_d * label),
    ]
    spectrum = _centred(3, f=1) * _centred(1, g=1) * _centred(2, i=1)
    right = [Sum(
        coefficient=factor,
        over=("c", "d", "e", "f", "g", "i", "s1", "s2", "s3"),
        frequencies=({"f": -1, "g": 1, "i": 1, "c": -1, "d": -1, "e": 1},),
        body=spectrum * at("u", c=1) * at("v", d=1) * at("w", e=1),
    )]
    return left, right


def fourier_formula(factor: int = 2) -> Check:
    """The Fourier form of the utility, for every encoding of mean 0 on every cyclic group."""
    left, right = _sides(factor)
    return Check(
        name="Fourier form of the utility",
        procedure=convolution_identity,
        arguments={
            "functions": ("u", "v", "w", "h1", "h2", "h3"),
            "left": left,
            "right": right,
            "scope": MODULI,
        },
    )
