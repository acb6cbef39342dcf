"""Exact numbers: finite sums Σ c·√r·e^{2πi·t}·(formal monomial), c and t rational, r a
positive integer.  Nothing is ever rounded.

Zero test.  Formal monomials are independent.  Within one monomial let M be the least common
denominator of the turns and K = Q(ζ_M).  By Kummer theory square roots of integers from
different classes of K*/K*² are linearly independent over K; √s lies in K exactly when the
conductor of Q(√s) divides M.  So radicands are merged class by class (√s rewritten as a Gauss
sum), and each class is reduced in the basis of K described at `_reduced`.  The number is zero
iff every remaining coefficient is zero.
"""

from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, lcm

from . import enclosure
from .limits import MAX_CONDUCTOR, MAX_PRECISION, Rejected, TooLarge, bounded, spend

_TRIAL = 20_000  # radicands are free of squares of primes up to here; must be ≥ MAX_CONDUCTOR


@lru_cache(maxsize=10_000)
def factor(n: int) -> tuple[dict[int, int], int]:
    """n ≥ 1 as {prime ≤ _TRIAL: exponent}, and the rest, which has no prime factor ≤ _TRIAL."""
    primes: dict[int, int] = {}
    size, q = n.bit_length(), 2
    while q <= _TRIAL and q * q <= n:
        while n % q == 0:
            n, primes[q] = n // q, primes.get(q, 0) + 1
        q += 1 + q % 2
    spend(q // 2 * (1 + size // 2000))
    if 1 < n <= _TRIAL:  # then q² > n, so n is prime
        primes[n], n = 1, 1
    return primes, n


def _square_split(*factors: int) -> tuple[int, int]:
    """(s, f) with product = s·f²: squares of primes ≤ _TRIAL are taken out, and the rough rest
    when it is a square.  Either s is squarefree or it has a prime factor > _TRIAL to an odd
    power; in both cases √s is in Q(ζ_M), M ≤ MAX_CONDUCTOR, iff its conductor divides M.
    """
    primes: dict[int, int] = {}
    rough, s, f = 1, 1, 1
    for n in factors:
        found, rest = factor(n)
        rough *= rest
        for q, e in found.items():
            primes[q] = primes.get(q, 0) + e
    for q, e in primes.items():
        s, f = s * q ** (e % 2), f * q ** (e // 2)
    whole = isqrt(rough)
    return (s, f * whole) if whole * whole == rough else (s * rough, f)


@lru_cache(maxsize=100_000)
def _reduced(turn: Fraction) -> tuple[tuple[int, Fraction], ...]:
    """e^{2πi·turn} as an integer combination of basis roots of unity.

    A turn is a unique sum of turns t_q with prime-power denominators; the roots with
    t_q < (q−1)/q for all q form a basis of every cyclotomic field that contains them
    (tensor product of the power bases of the Q(ζ_{q^e})).  The relation used is
    Σ_b e^{2πi·b/q} = 0.
    """
    d = turn.denominator
    result = [(1, turn)]
    for q, e in factor(d)[0].items():
        part = turn.numerator * pow(d // q**e, -1, q**e) % q**e
        if part * q >= (q - 1) * q**e:
            spend(len(result) * q)
            result = [(-c, (t - Fraction(b, q)) % 1) for c, t in result for b in range(1, q)]
    return tuple(result)


@lru_cache(maxsize=1_000)
def _gauss(s: int) -> "Number":
    """√s inside a cyclotomic field, for a squarefree s ≤ MAX_CONDUCTOR."""
    result = Number.of(1)
    for q in factor(s)[0]:
        if q == 2:
            part = Number.root(Fraction(1, 8)) + Number.root(Fraction(7, 8))
        else:  # Gauss: Σ e^{2πi·a²/q} is √q, or i√q when q ≡ 3 mod 4
            turn = Fraction(3, 4) if q % 4 == 3 else Fraction(0)
            part = total(Number.root(turn + Fraction(a * a, q)) for a in range(q))
        result = result * part
    return result


class Number:
    """An immutable exact number: terms maps (radicand, turn, monomial) to a non-zero Fraction.

    A monomial is a sorted tuple of (symbol, non-zero integer exponent).
    """

    __slots__ = ("_normal", "terms")

    def __init__(self, terms: dict) -> None:
        self.terms = {key: bounded(c) for key, c in terms.items() if c}
        self._normal: dict | None = None
        spend(len(terms) + 1)

    @staticmethod
    def of(value: int | Fraction) -> "Number":
        """A rational number."""
        return Number({(1, Fraction(0), ()): Fraction(value)})

    @staticmethod
    def root(turn: Fraction) -> "Number":
        """e^{2πi·turn}."""
        if turn.denominator > MAX_CONDUCTOR:
            raise TooLarge(f"too large: an angle with denominator {turn.denominator}")
        return Number({(1, turn % 1, ()): Fraction(1)})

    @staticmethod
    def sqrt(value: Fraction) -> "Number":
        """The non-negative root of a non-negative rational."""
        if value < 0:
            raise Rejected(f"square root of the negative number {value}")
        if value == 0:
            return Number({})
        s, f = _square_split(value.numerator, value.denominator)
        return Number({(s, Fraction(0), ()): Fraction(f, value.denominator)})

    @staticmethod
    def symbol(name: str, exponent: int = 1) -> "Number":
        """A formal symbol to a non-zero power."""
        return Number({(1, Fraction(0), ((name, exponent),)): Fraction(1)})

    def __add__(self, other: "Number") -> "Number":
        return total((self, other))

    def __sub__(self, other: "Number") -> "Number":
        return total((self, other.scaled(-1)))

    def scaled(self, factor: int | Fraction) -> "Number":
        """factor · self."""
        return Number({key: c * factor for key, c in self.terms.items()})

    def __mul__(self, other: "Number") -> "Number":
        spend(len(self.terms) * len(other.terms))
        result: dict = {}
        for (r, t, m), c in self.terms.items():
            for (s, u, n), d in other.terms.items():
                g = gcd(r, s)
                key = (r * s // (g * g), (t + u) % 1, _join(m, n))
                result[key] = result.get(key, 0) + c * d * g
        return Number(result)

    def power(self, exponent: int) -> "Number":
        """self^exponent for an integer exponent (negative ones through `inverse`)."""
        base, result = (self, Number.of(1)) if exponent >= 0 else (self.inverse(), Number.of(1))
        if abs(exponent) > MAX_CONDUCTOR:
            raise TooLarge(f"too large: exponent {exponent}")
        exponent = abs(exponent)
        while exponent:
            result = result * base if exponent & 1 else result
            exponent >>= 1
            base = base * base if exponent else base
        return result

    def conjugate(self) -> "Number":
        """Complex conjugate (numbers without formal symbols)."""
        if self.symbols():
            raise Rejected("a formal expression has no conjugate, sign or order")
        return Number({(r, -t % 1, m): c for (r, t, m), c in self.terms.items()})

    def symbols(self) -> set[str]:
        """Names of the formal symbols present."""
        return {name for _, _, m in self.terms for name, _ in m}

    def normal(self) -> dict:
        """Terms over an independent family: the number is zero iff this is empty."""
        if self._normal is None:
            self._normal = _normalise(self.terms)
        return self._normal

    def is_zero(self) -> bool:
        """Exact and complete zero test."""
        return not self.normal()

    def as_fraction(self) -> Fraction | None:
        """The value if it is rational, else None."""
        normal = self.normal()
        if not normal:
            return Fraction(0)
        return normal.get((1, Fraction(0), ())) if len(normal) == 1 else None

    def inverse(self) -> "Number":
        """1/self for a non-zero sum of rational multiples of square roots, or for one term."""
        terms = self.terms if len(self.terms) == 1 else self.normal()
        if not terms:
            raise Rejected("division by zero")
        if len(terms) == 1:
            ((r, t, m), c), = terms.items()
            if not m:
                return Number({(r, -t % 1, ()): 1 / (c * r)})
        elif all(t == 0 and not m for _, t, m in terms):
            # (A + B√q)(A − B√q) = A² − qB² is free of √q, so this ends
            for q in {q for r, _, _ in terms for q in factor(r)[0]}:
                if any(r % q for r, _, _ in terms):
                    flipped = Number({key: c if key[0] % q else -c for key, c in terms.items()})
                    return flipped * (Number(terms) * flipped).inverse()
        raise Rejected(f"the divisor {self} is not a sum of rational multiples of square roots")

    def enclosure(self, bits: int) -> tuple[int, int]:
        """(lo, hi) with lo ≤ Re(self)·2^bits ≤ hi."""
        lo = hi = 0
        for (r, t, _), c in self.terms.items():
            spend(bits * bits // 4096)
            a, b = enclosure.times(enclosure.root(r, bits), enclosure.cosine(t, bits), bits)
            a, b = (a, b) if c > 0 else (b, a)
            lo += a * c.numerator // c.denominator
            hi += enclosure.ceil_div(b * c.numerator, c.denominator)
        return lo, hi

    def sign(self) -> int:
        """−1, 0 or 1 of a real number: exact zero test first, then enclosures."""
        if not (self - self.conjugate()).is_zero():
            raise Rejected(f"an order was asked of {self}, which is not real")
        if self.is_zero():
            return 0
        bits = 64
        while bits <= MAX_PRECISION:
            lo, hi = self.enclosure(bits)
            if lo > 0 or hi < 0:
                return 1 if lo > 0 else -1
            bits *= 2
        raise TooLarge("too large: a sign undecided at the largest precision")

    def __str__(self) -> str:
        shown = [_show(c) + (f"·√{r}" if r > 1 else "") + (f"·e({t})" if t else "")
                 + "".join(f"·{name}^{e}" for name, e in m)
                 for (r, t, m), c in list(self.normal().items())[:4]]
        return (" + ".join(shown) or "0") + (" + …" if len(self.normal()) > 4 else "")


def _show(c: Fraction) -> str:
    """A rational for a message (Python refuses to print very long integers)."""
    bits = c.numerator.bit_length() + c.denominator.bit_length()
    return str(c) if bits < 1000 else f"({bits} bits)"


def _join(m: tuple, n: tuple) -> tuple:
    """Product of two formal monomials."""
    if not m or not n:
        return m or n
    powers = dict(m)
    for name, e in n:
        powers[name] = powers.get(name, 0) + e
    return tuple(sorted((name, e) for name, e in powers.items() if e))


def total(numbers) -> Number:
    """Sum of an iterable of numbers."""
    terms: dict = {}
    for number in numbers:
        spend(len(number.terms))
        for key, c in number.terms.items():
            terms[key] = bounded(terms.get(key, 0) + c)
    return Number(terms)


def least(numbers: list[Number]) -> Number:
    """Smallest of real numbers."""
    best, *rest = {frozenset(x.normal().items()): x for x in numbers}.values()
    for x in rest:
        best = x if (x - best).sign() < 0 else best
    return best


def forget() -> None:
    """Empties the caches, so that what a document costs does not depend on earlier ones."""
    for cached in (factor, _reduced, _gauss, enclosure.pi, enclosure.cosine):
        cached.cache_clear()


def _normalise(terms: dict) -> dict:
    """See the zero test in the module's docstring."""
    groups: dict = {}
    for (r, t, m), c in terms.items():
        groups.setdefault(m, {}).setdefault(r, []).append((t, c))
    normal: dict = {}
    for m, group in groups.items():
        conductor = lcm(*(t.denominator for pairs in group.values() for t, _ in pairs))
        if conductor > MAX_CONDUCTOR:
            raise TooLarge(f"too large: roots of unity of order {conductor}")
        representatives = [1]
        for r, pairs in group.items():
            base, multiplier = _representative(r, representatives, conductor)
            for (_, u, _), d in multiplier.terms.items():
                for t, c in pairs:
                    for e, v in _reduced((t + u) % 1):
                        spend()
                        key = (base, v, m)
                        normal[key] = normal.get(key, 0) + c * d * e
    return {key: c for key, c in normal.items() if c}


def _representative(r: int, representatives: list[int], conductor: int) -> tuple[int, Number]:
    """(b, x) with √r = x·√b, x in Q(ζ_conductor), b a listed representative (or r, now listed)."""
    for b in representatives:
        spend()
        s, f = _square_split(r, b)  # √r = √b · √s · f/b
        if conductor % (s if s % 4 == 1 else 4 * s) == 0:
            return b, _gauss(s).scaled(Fraction(f, b))
    representatives.append(r)
    return r, Number.of(1)
