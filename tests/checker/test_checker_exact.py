"""The checker's numbers against two independent arithmetics: flint's fields, and floats."""

import cmath
from fractions import Fraction
from math import cos, pi, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import Cyclotomic, Turn
from verify.checker import enclosure, limits
from verify.checker.exact import Number, factor, least, total

turns = st.builds(Fraction, st.integers(0, 40), st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9, 12]))
radicands = st.sampled_from([1, 2, 3, 5, 6, 7, 8, 10, 12, 15, 18, 21])
coefficients = st.fractions(-3, 3, max_denominator=4)
terms = st.lists(st.tuples(coefficients, radicands, turns), max_size=4)


@pytest.fixture(autouse=True)
def fresh_account():
    """Each test starts with the budget of one document."""
    limits.reset()


def ours(parts):
    """The checker's number Σ c·√r·e(t)."""
    return total(Number.sqrt(Fraction(r)) * Number.root(t).scaled(c) for c, r, t in parts)


def flint(parts):
    """The same sum as an element of a cyclotomic field."""
    result = Cyclotomic.rational(0)
    for c, r, t in parts:
        result = result + Cyclotomic.sqrt(r) * Cyclotomic.root(Turn(t)) * c
    return result


def as_complex(number):
    """Float value, for comparison only."""
    return sum((complex(c) * sqrt(r) * cmath.exp(2j * pi * float(t))
                for (r, t, _), c in number.terms.items()), 0j)


@settings(max_examples=150, deadline=None)
@given(terms, terms, terms)
def test_ring_operations_agree_with_flint(a, b, c):
    """Sums and products of random numbers vanish exactly when flint says so."""
    mine, theirs = ours(a) * ours(b) - ours(c), flint(a) * flint(b) - flint(c)
    assert mine.is_zero() == theirs.is_zero()
    assert abs(as_complex(mine) - as_complex(Number(mine.normal()))) < 1e-9


@settings(max_examples=150, deadline=None)
@given(terms)
def test_sign_and_rationality_agree_with_flint(parts):
    """The sign of a random real number, and its value if it is rational, are those of flint."""
    mine, theirs = ours(parts), flint(parts)
    mine, theirs = mine + mine.conjugate(), theirs + theirs.conjugate()
    assert mine.sign() == theirs.sign()
    rational = theirs.as_fraction() if theirs.is_rational() else None
    assert mine.as_fraction() == rational


@settings(max_examples=100, deadline=None)
@given(terms)
def test_a_number_equals_itself_in_another_guise(parts):
    """x·√r·√r = r·x and x·Σ e(j/q) = 0 are seen, whatever x is."""
    x = ours(parts)
    assert (x * Number.sqrt(Fraction(5)) * Number.sqrt(Fraction(5)) - x.scaled(5)).is_zero()
    assert (x * total(Number.root(Fraction(j, 11)) for j in range(11))).is_zero()


@pytest.mark.parametrize("s", [s for s in range(2, 80) if all(s % (q * q) for q in (2, 3, 5, 7))])
def test_square_roots_are_recognised_among_roots_of_unity(s):
    """√s is a Gauss sum in Q(ζ_4s): the zero test is complete where radicals meet angles."""
    gauss = total(Number.root(Fraction(a * a, 4 * s)) for a in range(4 * s))  # (1 + i)·2√s
    factor_ = Number.of(2) + Number.root(Fraction(1, 4)).scaled(2)
    assert (gauss - factor_ * Number.sqrt(Fraction(s))).is_zero()
    assert not (gauss + factor_ * Number.sqrt(Fraction(s))).is_zero()


def test_nearly_equal_numbers_are_told_apart():
    """A difference of 10^-60 has a sign; a difference of 0 is 0, not a small number."""
    tiny = Number.of(Fraction(1, 10**60))
    root = Number.sqrt(Fraction(2)) + Number.sqrt(Fraction(3))
    square = Number.of(5) + Number.sqrt(Fraction(24))
    assert (root * root - square).sign() == 0
    assert (root * root - square + tiny).sign() == 1
    assert (root * root - square - tiny).sign() == -1


def test_large_radicands_without_factoring():
    """Radicands with unknown large factors still cancel and separate exactly."""
    p, q = 1_000_003, 1_000_033
    x = Number.sqrt(Fraction(p * p * q)) - Number.sqrt(Fraction(q)).scaled(p)
    assert x.is_zero()
    roots = Number.sqrt(Fraction(p)) * Number.sqrt(Fraction(q))
    assert (roots - Number.sqrt(Fraction(p * q))).is_zero()
    assert Number.sqrt(Fraction(p * p)).as_fraction() == p
    assert (Number.sqrt(Fraction(p * q)) - Number.sqrt(Fraction(p))).sign() == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(coefficients, radicands), min_size=1, max_size=4))
def test_inverse_of_sums_of_square_roots(parts):
    """1/x·x = 1 for every non-zero sum of rational multiples of square roots."""
    x = total(Number.sqrt(Fraction(r)).scaled(c) for c, r in parts)
    if x.is_zero():
        with pytest.raises(limits.Rejected, match="division by zero"):
            x.inverse()
    else:
        assert (x * x.inverse() - Number.of(1)).is_zero()


@pytest.mark.parametrize("bits", [16, 64, 300])
def test_enclosures_contain_the_value_and_shrink(bits):
    """cos, √ and π lie in their enclosures, whose width is a few units in the last place."""
    scale = 2**bits
    lo, hi = enclosure.pi(bits)
    assert Fraction(314159265358979323846, 10**20) < Fraction(hi, scale)
    assert Fraction(lo, scale) < Fraction(314159265358979323847, 10**20)
    assert hi - lo < 20 * bits
    for numerator in range(48):
        turn = Fraction(numerator, 48)
        lo, hi = enclosure.cosine(turn, bits)
        assert hi - lo < 20 * bits
        assert lo / scale - 1e-12 <= cos(2 * pi * numerator / 48) <= hi / scale + 1e-12
        exact = Number.root(turn) + Number.root(-turn)  # 2cos, compared exactly
        assert (exact.scaled(scale) - Number.of(2 * lo)).sign() >= 0
        assert (Number.of(2 * hi) - exact.scaled(scale)).sign() >= 0
    for radicand in (1, 2, 3, 99, 100):
        lo, hi = enclosure.root(radicand, bits)
        assert lo * lo <= radicand * scale**2 <= hi * hi


@pytest.mark.parametrize("n", [1, 2, 12, 97, 360, 9973, 20_011, 99_999, 10**12 + 39, 2**40 * 3])
def test_factors_multiply_to_the_number(n):
    """Small primes are taken out completely; the rest has none left."""
    primes, rest = factor(n)
    product = rest
    for q, e in primes.items():
        assert all(q % d for d in range(2, int(sqrt(q)) + 1))
        product *= q**e
    assert product == n


def test_least_of_numbers():
    """The minimum of real numbers, equal ones in different guises included."""
    values = [Number.sqrt(Fraction(2)), Number.of(Fraction(7, 5)),
              Number.root(Fraction(1, 8)) + Number.root(Fraction(7, 8))]
    assert (least(values) - Number.of(Fraction(7, 5))).is_zero()
    assert (least(values[::2]) - values[0]).is_zero()


def test_order_needs_real_numbers_without_symbols():
    """Complex numbers and formal expressions have no sign."""
    with pytest.raises(limits.Rejected, match="not real"):
        Number.root(Fraction(1, 3)).sign()
    with pytest.raises(limits.Rejected, match="formal"):
        Number.symbol("x").sign()
