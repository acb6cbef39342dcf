"""Cyclotomic fields as quotient rings: one cached object per conductor."""

from __future__ import annotations

from functools import cache
from math import lcm

from flint import acb, acb_poly, arb, ctx, fmpq, fmpq_poly, fmpz, fmpz_poly

# A canonical polynomial and its conductor.
Element = tuple[fmpq_poly, int]

# Beyond this, one multiplication takes seconds and a lift can exhaust the memory.
LARGEST_CONDUCTOR = 200_000


class CyclotomicField:
    """Q(ζ_n) = Q[x]/Φ_n(x) with x ↦ ζ_n = e^{2πi/n}.

    Elements are the `fmpq_poly` of length at most φ(n), so equal elements have equal
    polynomials.  Conductors are never 2 mod 4, because Q(ζ_2m) = Q(ζ_m) for odd m.
    """

    __slots__ = ("_fold", "_powers", "_roots", "_sign", "conductor", "degree", "modulus")

    def __init__(self, conductor: int) -> None:
        self.conductor = conductor
        self.modulus = fmpq_poly(fmpz_poly.cyclotomic(conductor))
        self.degree = self.modulus.degree()
        # Φ_n divides x^n - 1, and x^{n/2} + 1 when n is even: folding by either first is
        # sound and leaves little for the division by Φ_n.
        even = conductor % 2 == 0
        self._fold = conductor // 2 if even else conductor
        self._sign = -1 if even else 1
        self._powers: dict[int, fmpq_poly] = {}
        self._roots: dict[int, acb] = {}

    def reduce(self, poly: fmpq_poly) -> fmpq_poly:
        """The canonical representative of a polynomial in ζ_n."""
        length = poly.length()
        if length <= self.degree:
            return poly
        fold = self._fold
        while length > fold:
            low, high = poly.truncate(fold), poly.right_shift(fold)
            poly = low - high if self._sign < 0 else low + high
            length = poly.length()
        return poly % self.modulus if length > self.degree else poly

    def power(self, exponent: int) -> fmpq_poly:
        """ζ_n^exponent in canonical form."""
        exponent %= self.conductor
        found = self._powers.get(exponent)
        if found is None:
            found = self.reduce(fmpq_poly([1]).left_shift(exponent))
            self._powers[exponent] = found
        return found

    def conjugate(self, poly: fmpq_poly) -> fmpq_poly:
        """The image under complex conjugation, ζ_n ↦ ζ_n^-1."""
        n = self.conductor
        image = [fmpz(0)] * n
        for exponent, coefficient in enumerate(poly.numer().coeffs()):
            image[-exponent % n] = coefficient
        return self.reduce(fmpq_poly(image, poly.denom()))

    def enclose(self, poly: fmpq_poly, bits: int) -> acb:
        """A ball around the value, computed with about `bits` correct bits after the point.

        Horner's rule loses about log2(n) bits more than the size of the coefficients.
        """
        numerator = poly.numer()
        height = max(numerator.height_bits() - int(poly.denom()).bit_length(), 0)
        needed = bits + height + 2 * self.conductor.bit_length() + 8
        working = -(-needed // 64) * 64  # few different precisions, so ζ_n is cached
        with ctx.workprec(working):
            root = self._roots.get(working)
            if root is None:
                angle = arb(fmpq(2, self.conductor))
                root = self._roots[working] = acb(angle).exp_pi_i()
            return acb_poly(poly)(root)


@cache
def field(conductor: int) -> CyclotomicField:
    """The field of a conductor that is odd or a multiple of 4."""
    if conductor > LARGEST_CONDUCTOR:
        raise ValueError(
            f"exact arithmetic here would need the cyclotomic field of conductor {conductor}; "
            f"conductors up to {LARGEST_CONDUCTOR} are supported. Compare squares, or use balls"
        )
    return CyclotomicField(conductor)


def lift(poly: fmpq_poly, source: int, target: int) -> fmpq_poly:
    """An element of Q(ζ_source) as one of Q(ζ_target), source dividing target."""
    if source == target or poly.length() <= 1:
        return poly
    # ζ_source = ζ_target^(target/source)
    inflated = poly.numer().inflate(target // source)
    return field(target).reduce(fmpq_poly(inflated, poly.denom()))


def align(a: fmpq_poly, n: int, b: fmpq_poly, m: int) -> tuple[fmpq_poly, fmpq_poly, int]:
    """Both elements over one conductor; a rational fits every conductor as it is."""
    if n == m or m == 1:
        return a, b, n
    if n == 1:
        return a, b, m
    target = lcm(n, m)
    return lift(a, n, target), lift(b, m, target), target


def multiply(a: fmpq_poly, n: int, b: fmpq_poly, m: int) -> Element:
    """The product of an element of Q(ζ_n) and one of Q(ζ_m), over their common conductor."""
    if n != m:
        a, b, n = align(a, n, b, m)
    return field(n).reduce(a * b), n


def descend(poly: fmpq_poly, conductor: int) -> Element:
    """The same number over the smallest conductor whose field contains it.

    Greedy descent is sound because Q(ζ_a) ∩ Q(ζ_b) = Q(ζ_gcd(a,b)): the fields that contain
    the number are exactly those over one smallest conductor.
    """
    if poly.length() <= 1:
        return poly, 1
    for prime, multiplicity in fmpz(conductor).factor():
        for _ in range(multiplicity):
            step = _descend_by(poly, conductor, int(prime))
            if step is None:
                break
            poly, conductor = step
    return poly, conductor


def _descend_by(poly: fmpq_poly, n: int, prime: int) -> Element | None:
    if n % prime:
        return None
    if n % (4 * prime if prime == 2 else prime * prime) == 0:
        # Φ_n(x) = Φ_{n/q}(x^q), so 1, ζ, .., ζ^{q-1} is a basis over Q(ζ_{n/q}).
        coefficients = poly.numer().coeffs()
        if any(c != 0 for i, c in enumerate(coefficients) if i % prime):
            return None
        return fmpq_poly(coefficients[::prime], poly.denom()), n // prime
    # n = q·m with q prime (or q = 4), gcd(q, m) = 1: ζ_n^e = ζ_q^r·ζ_m^s by the Chinese
    # remainder theorem, and x = Σ_r A_r ζ_q^r with A_r in Q(ζ_m).
    q = 4 if prime == 2 else prime
    m = n // q
    parts = [[fmpz(0)] * m for _ in range(q)]
    to_q, to_m = pow(m, -1, q), pow(q, -1, m) if m > 1 else 0
    for exponent, coefficient in enumerate(poly.numer().coeffs()):
        parts[exponent * to_q % q][exponent * to_m % m] = coefficient
    below = field(m)
    images = [below.reduce(fmpq_poly(part, poly.denom())) for part in parts]
    if q == 4:
        # i² = -1: x = (A_0 - A_2) + (A_1 - A_3) i
        return (images[0] - images[2], m) if images[1] == images[3] else None
    # The only relation is 1 + ζ_q + .. + ζ_q^{q-1} = 0.
    if any(image != images[1] for image in images[2:]):
        return None
    return images[0] - images[1], m
