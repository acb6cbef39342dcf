"""Rigorous enclosures of pi, cos(2πt) and sqrt(r) as pairs of integers scaled by 2^bits.

Every function returns (lo, hi) with lo ≤ value·2^bits ≤ hi; divisions round outwards.
"""

from fractions import Fraction
from functools import lru_cache
from math import isqrt


def ceil_div(a: int, b: int) -> int:
    """The least integer ≥ a/b, for b > 0."""
    return -(-a // b)


def _arctan_inverse(x: int, bits: int) -> tuple[int, int]:
    """arctan(1/x) by its alternating series; each floored term is off by less than one unit."""
    power, total, index = (1 << bits) // x, 0, 0
    while power:
        total += (-1) ** index * (power // (2 * index + 1))
        power //= x * x  # nested floors: power = floor(2^bits / x^(2·index+1)) throughout
        index += 1
    return total - index - 1, total + index + 1  # index terms, and a tail below one unit


@lru_cache(maxsize=64)
def pi(bits: int) -> tuple[int, int]:
    """π = 16·arctan(1/5) − 4·arctan(1/239) (Machin)."""
    (a_lo, a_hi), (b_lo, b_hi) = _arctan_inverse(5, bits), _arctan_inverse(239, bits)
    return 16 * a_lo - 4 * b_hi, 16 * a_hi - 4 * b_lo


def _series(first: tuple[int, int], x: tuple[int, int], step: int, bits: int) -> tuple[int, int]:
    """first − first·x²/(step(step+1)) + …, which is cos x for first = 1 and step = 1, and sin x
    for first = x and step = 2.

    For 0 ≤ x < 1 the terms decrease, so the tail is at most the first omitted term.
    """
    scale = 1 << bits
    lo, hi, positive = 0, 0, True
    t_lo, t_hi = first
    square_lo, square_hi = x[0] * x[0] // scale, ceil_div(x[1] * x[1], scale)
    while t_hi > 1:
        lo, hi = (lo + t_lo, hi + t_hi) if positive else (lo - t_hi, hi - t_lo)
        divisor = scale * step * (step + 1)
        t_lo, t_hi = t_lo * square_lo // divisor, ceil_div(t_hi * square_hi, divisor)
        step, positive = step + 2, not positive
    return lo - t_hi, hi + t_hi


@lru_cache(maxsize=50_000)
def cosine(turn: Fraction, bits: int) -> tuple[int, int]:
    """cos(2π·turn) for a turn in [0, 1), reduced to an argument in [0, π/4]."""
    t = min(turn, 1 - turn)
    if t > Fraction(1, 4):
        lo, hi = cosine(Fraction(1, 2) - t, bits)
        return -hi, -lo
    angle = t if t <= Fraction(1, 8) else Fraction(1, 4) - t
    pi_lo, pi_hi = pi(bits)
    x = (2 * pi_lo * angle.numerator // angle.denominator,
         ceil_div(2 * pi_hi * angle.numerator, angle.denominator))
    if t <= Fraction(1, 8):
        return _series((1 << bits, 1 << bits), x, 1, bits)
    return _series(x, x, 2, bits)


def root(radicand: int, bits: int) -> tuple[int, int]:
    """sqrt(radicand)."""
    lo = isqrt(radicand << (2 * bits))
    return lo, lo + 1


def times(a: tuple[int, int], b: tuple[int, int], bits: int) -> tuple[int, int]:
    """Product of two enclosures."""
    corners = [x * y for x in a for y in b]
    return min(corners) >> bits, ceil_div(max(corners), 1 << bits)
