"""Roots of unity, cosines and square roots as polynomials over their cyclotomic fields.

Functions return a canonical polynomial and its conductor.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt

from flint import arb, fmpq, fmpq_poly, fmpz

from constructions.numbers._field import Element, field, multiply

# Gauss sums of larger primes would need polynomials of this length.
LARGEST_ROOT_PRIME = 50_000


@lru_cache(maxsize=1 << 16)
def root_of_unity(num: int, den: int) -> Element:
    """e^{2πi·num/den}."""
    if den % 4 == 2:
        # ζ_2m = -ζ_m^{(m+1)/2} for odd m, so no conductor is 2 mod 4.
        odd = den // 2
        power = field(odd).power(num * (odd + 1) // 2)
        return (-power if num % 2 else power), odd
    return field(den).power(num), den


@lru_cache(maxsize=1 << 16)
def cosine(num: int, den: int) -> Element:
    """cos(2π·num/den) = (ζ + ζ^-1)/2."""
    plus, n = root_of_unity(num, den)
    minus, _ = root_of_unity(-num % den, den)
    return (plus + minus) * fmpq(1, 2), n


@lru_cache(maxsize=4096)
def square_root(n: int) -> Element:
    """The non-negative square root of an integer n ≥ 0."""
    root = isqrt(n)
    if root * root == n:
        return fmpq_poly([root]), 1
    square, result = 1, (fmpq_poly([1]), 1)
    for prime, multiplicity in fmpz(n).factor():
        square *= int(prime) ** (multiplicity // 2)
        if multiplicity % 2:
            result = multiply(*result, *_prime_root(int(prime)))
    return result[0] * square, result[1]


@lru_cache(maxsize=1024)
def _prime_root(q: int) -> Element:
    if q == 2:
        # √2 = ζ_8 + ζ_8^-1
        poly, n = cosine(1, 8)
        return poly * 2, n
    if q > LARGEST_ROOT_PRIME:
        raise ValueError(
            f"the square root of the prime {q} needs a cyclotomic field of degree {q - 1}; "
            f"primes up to {LARGEST_ROOT_PRIME} are supported. Compare squares instead"
        )
    # Gauss: Σ_a (a/q) ζ_q^a = √q for q ≡ 1, i√q for q ≡ 3 (mod 4).
    squares = {a * a % q for a in range(1, q)}
    symbols = [0] + [1 if a in squares else -1 for a in range(1, q)]
    poly, n = field(q).reduce(fmpq_poly(symbols)), q
    if q % 4 == 3:
        poly, n = multiply(poly, n, *root_of_unity(3, 4))
    # That the square is ±q is elementary; the sign (and the choice of i) needs the enclosure.
    value = field(n).enclose(poly, 64)
    if not (value.real > 0 and value.real.overlaps(arb(q).sqrt()) and value.imag.contains(0)):
        raise ArithmeticError(f"the Gauss sum of {q} does not enclose its square root")
    return poly, n
