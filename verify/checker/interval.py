"""Intervals with outward rounding: integers lo ≤ value·2^bits ≤ hi, and numbers with slopes.

`Interval` and `Dual` (an interval together with its partial derivatives) share the operations
that Taylor recurrences need: + − · / by operators, `times` a rational, `dot` of two lists, and
the functions sqrt, exp, sin and cos.
"""

from fractions import Fraction
from math import isqrt

from .enclosure import ceil_div
from .formula import rational
from .limits import MAX_BITS, TooLarge, require, spend

_LARGEST_ARGUMENT = 1000  # of exp, sin and cos
_SIGNS = {"exp": (1, 1, 1, 1), "cos": (1, 0, -1, 0), "sin": (0, 1, 0, -1)}


class Interval:
    """A real number between lo/2^bits and hi/2^bits."""

    __slots__ = ("bits", "hi", "lo")

    def __init__(self, lo: int, hi: int, bits: int) -> None:
        self.lo, self.hi, self.bits = lo, hi, bits
        if lo.bit_length() > MAX_BITS or hi.bit_length() > MAX_BITS:
            raise TooLarge(f"too large: an interval of more than {MAX_BITS} bits")

    @staticmethod
    def of(low: Fraction, high: Fraction, bits: int) -> "Interval":
        """The interval from low to high, rounded outwards."""
        return Interval((low.numerator << bits) // low.denominator,
                        ceil_div(high.numerator << bits, high.denominator), bits)

    def constant(self, value: Fraction) -> "Interval":
        """A rational, at this precision."""
        return Interval.of(value, value, self.bits)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.lo + other.lo, self.hi + other.hi, self.bits)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.lo - other.hi, self.hi - other.lo, self.bits)

    def __mul__(self, other: "Interval") -> "Interval":
        return self.dot([self], [other])

    def dot(self, left: list["Interval"], right: list["Interval"]) -> "Interval":
        """Σ left·right, rounded once."""
        lo = hi = 0
        for a, b in zip(left, right, strict=True):
            p, q, r, s = a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi
            lo += min(p, q, r, s)
            hi += max(p, q, r, s)
        return Interval(lo >> self.bits, -(-hi >> self.bits), self.bits)

    def square(self) -> "Interval":
        """self², without the negative values that self·self admits."""
        product = self * self
        return product if self.lo > 0 or self.hi < 0 else Interval(0, product.hi, self.bits)

    def times(self, factor: Fraction) -> "Interval":
        """factor · self."""
        ends = sorted((self.lo * factor.numerator, self.hi * factor.numerator))
        return Interval(ends[0] // factor.denominator, ceil_div(ends[1], factor.denominator),
                        self.bits)

    def __truediv__(self, other: "Interval") -> "Interval":
        require(other.lo > 0 or other.hi < 0, "a divisor may be zero on an interval")
        a, b = (self, other) if other.lo > 0 else (self.times(Fraction(-1)),
                                                   other.times(Fraction(-1)))
        return Interval((a.lo << a.bits) // (b.hi if a.lo >= 0 else b.lo),
                        ceil_div(a.hi << a.bits, b.lo if a.hi >= 0 else b.hi), a.bits)

    def sqrt(self) -> "Interval":
        """The square root of a positive interval."""
        require(self.lo > 0, "a radicand may not be positive on an interval")
        return Interval(isqrt(self.lo << self.bits), isqrt(self.hi << self.bits) + 1, self.bits)

    def exp(self) -> "Interval":
        """e^self: exp is increasing."""
        low, high = (_series(end, self.bits, "exp") for end in (self.lo, self.hi))
        return Interval(low[0], high[1], self.bits)

    def sin(self) -> "Interval":
        """The sine (radians)."""
        return self._wave("sin")

    def cos(self) -> "Interval":
        """The cosine (radians)."""
        return self._wave("cos")

    def _wave(self, kind: str) -> "Interval":
        """The value at the midpoint, widened by the radius: sine and cosine have slopes ≤ 1."""
        middle, one = (self.lo + self.hi) // 2, 1 << self.bits
        radius = max(self.hi - middle, middle - self.lo)
        low, high = _series(middle, self.bits, kind)
        return Interval(max(low - radius, -one), min(high + radius, one), self.bits)

    def hull(self, other: "Interval") -> "Interval":
        """The smallest interval that contains both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi), self.bits)

    def inside(self, other: "Interval") -> bool:
        """Whether it lies in the interior of the other."""
        return other.lo < self.lo and self.hi < other.hi

    def magnitude(self) -> int:
        """The largest absolute value, scaled."""
        return max(-self.lo, self.hi)

    def ends(self) -> tuple[Fraction, Fraction]:
        """Its end points."""
        return Fraction(self.lo, 1 << self.bits), Fraction(self.hi, 1 << self.bits)


def _series(x: int, bits: int, kind: str) -> tuple[int, int]:
    """Bounds of exp, sin or cos of x/2^bits, scaled, from the Taylor series at 0.

    Terms t_n = |x|^n/n! are bounded below and above; once n ≥ 2|x| each is at most half of the
    one before, so that the tail is at most the last one.
    """
    size = abs(x) >> bits
    require(size < _LARGEST_ARGUMENT, f"too large: {kind} of more than {_LARGEST_ARGUMENT}")
    extra = 3 * size + 32  # terms are below e^|x| < 2^(1.5·size + 1.5)
    a, work = abs(x) << extra, bits + extra
    low = high = t_low = t_high = 1 << work
    if not _SIGNS[kind][0]:
        low = high = 0
    n = 0
    while t_high > 1 or n << work < 2 * a:
        n += 1
        t_low, t_high = t_low * a // (n << work), ceil_div(t_high * a, n << work)
        sign = _SIGNS[kind][n % 4]
        if sign:
            low, high = (low + t_low, high + t_high) if sign > 0 else (low - t_high, high - t_low)
    spend(n * (1 + work // 64))
    low, high = low - t_high, high + t_high
    if x < 0 and kind == "exp":
        low, high = (1 << 2 * work) // high, ceil_div(1 << 2 * work, low)
    if x < 0 and kind == "sin":
        low, high = -high, -low
    return low >> extra, ceil_div(high, 1 << extra)


class Dual:
    """An interval and those of its partial derivatives that are not identically zero."""

    __slots__ = ("slopes", "value")

    def __init__(self, value: Interval, slopes: dict[int, Interval]) -> None:
        self.value, self.slopes = value, slopes

    def constant(self, value: Fraction) -> "Dual":
        """A rational."""
        return Dual(self.value.constant(value), {})

    def __add__(self, other: "Dual") -> "Dual":
        slopes = dict(self.slopes)
        for j, slope in other.slopes.items():
            slopes[j] = slopes[j] + slope if j in slopes else slope
        return Dual(self.value + other.value, slopes)

    def __sub__(self, other: "Dual") -> "Dual":
        return self + other.times(Fraction(-1))

    def __mul__(self, other: "Dual") -> "Dual":
        return self.dot([self], [other])

    def square(self) -> "Dual":
        """self²."""
        return Dual(self.value.square(), (self * self).slopes)

    def dot(self, left: list["Dual"], right: list["Dual"]) -> "Dual":
        """Σ left·right, with (ab)' = a'b + ab'."""
        a, b, terms = [x.value for x in left], [y.value for y in right], {}
        for x, y in zip(left, right, strict=True):
            for j, slope in x.slopes.items():
                terms.setdefault(j, ([], []))[0].append(slope)
                terms[j][1].append(y.value)
            for j, slope in y.slopes.items():
                terms.setdefault(j, ([], []))[0].append(slope)
                terms[j][1].append(x.value)
        one = self.value
        return Dual(one.dot(a, b), {j: one.dot(*pair) for j, pair in terms.items()})

    def times(self, factor: Fraction) -> "Dual":
        """factor · self."""
        return Dual(self.value.times(factor), {j: s.times(factor) for j, s in self.slopes.items()})

    def _chain(self, value: Interval, slope: Interval) -> "Dual":
        return Dual(value, {j: slope * s for j, s in self.slopes.items()})

    def __truediv__(self, other: "Dual") -> "Dual":
        """a·(1/b), with (1/b)' = −b'/b²."""
        inverse = other.value.constant(Fraction(1)) / other.value
        return self * other._chain(inverse, inverse.square().times(Fraction(-1)))

    def sqrt(self) -> "Dual":
        """(√a)' = a'/(2√a)."""
        root = self.value.sqrt()
        return self._chain(root, root.constant(Fraction(1, 2)) / root)

    def exp(self) -> "Dual":
        """(e^a)' = a'·e^a."""
        value = self.value.exp()
        return self._chain(value, value)

    def sin(self) -> "Dual":
        """(sin a)' = a'·cos a."""
        return self._chain(self.value.sin(), self.value.cos())

    def cos(self) -> "Dual":
        """(cos a)' = −a'·sin a."""
        return self._chain(self.value.cos(), self.value.sin().times(Fraction(-1)))


def duals(box: list[Interval]) -> list[Dual]:
    """A box whose points carry their own partial derivatives."""
    return [Dual(x, {i: x.constant(Fraction(1))}) for i, x in enumerate(box)]


def pair_of(pair: object) -> tuple[Fraction, Fraction]:
    """A pair [low, high] of rationals."""
    require(isinstance(pair, list) and len(pair) == 2, "not a pair [low, high]: {}", pair)
    low, high = map(rational, pair)
    require(low <= high, "an empty interval: {}", pair)
    return low, high
