"""Exact cyclotomic numbers."""

import cmath
import copy
import math
import pickle
from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import Cyclotomic, Turn

rationals = st.fractions(min_value=-9, max_value=9, max_denominator=12)
turns = st.builds(Turn.of, st.integers(0, 60), st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14]))


@st.composite
def numbers(draw: st.DrawFn) -> Cyclotomic:
    """Sums of up to three rational multiples of roots of unity."""
    pairs = draw(st.lists(st.tuples(rationals, turns), max_size=3))
    return sum((q * Cyclotomic.root(t) for q, t in pairs), Cyclotomic(0))


@st.composite
def real_numbers(draw: st.DrawFn) -> Cyclotomic:
    """Sums of up to three rational multiples of cosines."""
    pairs = draw(st.lists(st.tuples(rationals, turns), max_size=3))
    return sum((q * Cyclotomic.cos(t) for q, t in pairs), Cyclotomic(0))


@given(numbers(), numbers(), numbers())
def test_ring_axioms(a: Cyclotomic, b: Cyclotomic, c: Cyclotomic) -> None:
    """Addition and multiplication form a commutative ring, across conductors."""
    assert a + b == b + a and a * b == b * a
    assert (a + b) + c == a + (b + c) and (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a + 0 == a and a * 1 == a and (a - a).is_zero() and -1 * -a == a


@given(numbers(), numbers())
def test_the_embedding_is_a_homomorphism_that_agrees_with_floats(
    a: Cyclotomic, b: Cyclotomic
) -> None:
    """Products, sums and conjugates have the expected complex values."""
    x, y = complex(a), complex(b)
    assert cmath.isclose(complex(a * b), x * y, rel_tol=1e-9, abs_tol=1e-9)
    assert cmath.isclose(complex(a + b), x + y, rel_tol=1e-9, abs_tol=1e-9)
    assert cmath.isclose(complex(a.conjugate()), x.conjugate(), rel_tol=1e-9, abs_tol=1e-9)


@given(numbers())
def test_nonzero_numbers_are_invertible(a: Cyclotomic) -> None:
    """The cyclotomic numbers form a field."""
    if a.is_zero():
        with pytest.raises(ZeroDivisionError):
            1 / a
    else:
        assert a * a.inverse() == 1 and a / a == 1 and a**-2 * a * a == 1


@given(turns, turns)
def test_angles_turn_into_roots_cosines_and_sines(s: Turn, t: Turn) -> None:
    """Roots multiply as angles add; cosine and sine have their float values."""
    root = Cyclotomic.root
    assert root(s) * root(t) == root(s + t)
    assert math.isclose(float(Cyclotomic.cos(t)), math.cos(math.tau * t.fraction), abs_tol=1e-12)
    assert math.isclose(float(Cyclotomic.sin(t)), math.sin(math.tau * t.fraction), abs_tol=1e-12)
    assert Cyclotomic.cos(t) + Cyclotomic.sin(t) * root(Turn.of(1, 4)) == root(t)
    assert Cyclotomic.cos(t) ** 2 + Cyclotomic.sin(t) ** 2 == 1


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7, 8, 12, 15, 30, 60, 97, 105])
def test_all_roots_of_unity_sum_to_zero(n: int) -> None:
    """The exact zero test sees Σ ζ_n^a = 0, and that no shorter sum vanishes for prime n."""
    partial = sum((Cyclotomic.root(Turn.of(a, n)) for a in range(n - 1)), Cyclotomic(0))
    assert not partial.is_zero()
    assert (partial + Cyclotomic.root(Turn.of(-1, n))).is_zero()


@pytest.mark.parametrize("q", [*range(0, 61), 97, 101, 103, 210, 997])
def test_square_roots_are_exact_and_positive(q: int) -> None:
    """Gauss sums give the root that squares to q and is not negative."""
    root = Cyclotomic.sqrt(q)
    assert root**2 == q
    assert root.is_real() and root.sign() == (q > 0)
    assert math.isclose(float(root), math.sqrt(q))


@given(st.fractions(min_value=0, max_value=30, max_denominator=40))  # conductor < 200 000
def test_square_roots_of_fractions(q: Fraction) -> None:
    """The root of a rational squares to it and is not negative."""
    root = Cyclotomic.sqrt(q)
    assert root * root == q and root >= 0


def test_square_roots_multiply() -> None:
    """√2·√3 = √6 and √12 = 2√3: all roots live in one field."""
    root = Cyclotomic.sqrt
    assert root(2) * root(3) == root(6) and root(12) == 2 * root(3)
    assert root(5) == 1 + 4 * Cyclotomic.cos(Turn.of(1, 5))


def test_square_root_refusals() -> None:
    """Negative numbers and primes beyond the supported fields raise ValueError."""
    with pytest.raises(ValueError, match="negative"):
        Cyclotomic.sqrt(-1)
    with pytest.raises(ValueError, match="Compare squares"):
        Cyclotomic.sqrt(1_000_003)


@given(real_numbers(), real_numbers())
def test_order_agrees_with_floats_and_is_total(a: Cyclotomic, b: Cyclotomic) -> None:
    """Exactly one of <, ==, > holds, the one that well-separated floats show."""
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a <= b) == (not a > b) and (a >= b) == (not a < b)
    if abs(float(a) - float(b)) > 1e-9:
        assert (a < b) == (float(a) < float(b))
    assert (a - b).sign() == -(b - a).sign()
    assert abs(a) >= 0


def test_sign_sees_differences_far_below_float_resolution() -> None:
    """A continued-fraction convergent of √2 with 60 digits differs from it with known sign."""
    p, q = 1, 1
    for _ in range(200):
        p, q = p + 2 * q, p + q
    close = Cyclotomic.sqrt(2) - Fraction(p, q)
    assert not close.is_zero()
    assert close.sign() == (1 if p * p < 2 * q * q else -1)
    assert 0 < abs(float(close)) < 1e-100


def test_zero_in_disguise_has_sign_zero() -> None:
    """Heron-like radicals that cancel are recognised exactly, without any tolerance."""
    root = Cyclotomic.sqrt
    hidden = (root(2) + root(3)) ** 2 - 5 - 2 * root(6)
    assert hidden.sign() == 0 and hidden == 0 and hidden.is_rational()


@given(numbers(), st.sampled_from([5, 8, 9, 11]))
def test_hash_and_equality_ignore_the_conductor(a: Cyclotomic, n: int) -> None:
    """A detour through a larger field gives an equal number with an equal hash."""
    detour = (a + Cyclotomic.root(Turn.of(1, n))) - Cyclotomic.root(Turn.of(1, n))
    assert detour == a and hash(detour) == hash(a)
    assert detour.reduced() == a and a.conductor % detour.reduced().conductor == 0


def test_rational_values_equal_and_hash_as_fractions() -> None:
    """Rational cyclotomic numbers are interchangeable with Fraction as keys."""
    half = Cyclotomic.cos(Turn.of(1, 6))
    assert half == Fraction(1, 2) and Fraction(1, 2) == half
    assert {half: "x"}[Fraction(1, 2)] == "x"
    assert half.conductor == 1 and half.as_fraction() == Fraction(1, 2)
    assert Cyclotomic.rational("-2/3") == Fraction(-2, 3)


@pytest.mark.parametrize(
    ("number", "conductor"),
    [
        (Cyclotomic.root(Turn.of(1, 6)), 3),
        (Cyclotomic.sqrt(2) * Cyclotomic.sqrt(5) * Cyclotomic.sqrt(2), 5),
        (Cyclotomic.sqrt(3), 12),
        (Cyclotomic.root(Turn.of(1, 9)) ** 3, 3),
        (Cyclotomic.root(Turn.of(1, 60)) ** 15, 4),
        (Cyclotomic.root(Turn.of(1, 16)) ** 2, 8),
    ],
)
def test_reduced_finds_the_smallest_conductor(number: Cyclotomic, conductor: int) -> None:
    """`reduced` descends along every kind of prime in the conductor."""
    assert number.reduced().conductor == conductor
    assert number.reduced() == number


def test_coefficients_rebuild_the_number() -> None:
    """The value is Σ c_e ζ_n^e over the reported coefficients."""
    number = Cyclotomic.sqrt(7) / 3 + Cyclotomic.root(Turn.of(2, 7))
    zeta = Cyclotomic.root(Turn.of(1, number.conductor))
    assert sum(c * zeta**e for e, c in enumerate(number.coefficients())) == number


@given(numbers())
@settings(max_examples=30)
def test_enclosures_contain_the_value_and_shrink_with_precision(a: Cyclotomic) -> None:
    """Doubling the bits shrinks the radius accordingly, so no constant hides in it."""
    coarse, fine = a.enclosure(64), a.enclosure(128)
    assert coarse.overlaps(fine)
    assert coarse.rad() <= flint.arb(2) ** -60
    assert fine.rad() <= flint.arb(2) ** -124


def test_global_precision_is_left_alone() -> None:
    """Enclosures, signs and roots restore the library's precision."""
    before = flint.ctx.prec
    (Cyclotomic.sqrt(11) - 3).sign()
    Cyclotomic.sqrt(13).enclosure(500)
    assert flint.ctx.prec == before


@pytest.mark.parametrize(
    "use",
    [
        lambda x: x + 0.5,
        lambda x: 0.5 - x,
        lambda x: x * 1j,
        lambda x: x / 2.0,
        lambda x: x == 0.5,
        lambda x: x < 0.5,
        lambda x: x**0.5,
        lambda x: x * np.float32(1),
        lambda x: np.float64(2) * x,
        lambda _: Cyclotomic(0.5),
        lambda _: Cyclotomic.rational(0.1),
        lambda _: Cyclotomic.sqrt(2.0),
        lambda _: Cyclotomic.cos(0.25),
    ],
)
def test_floats_are_refused(use: object) -> None:
    """No float enters exact arithmetic, in any position."""
    with pytest.raises(TypeError):
        use(Cyclotomic.sqrt(2))  # type: ignore[operator]


def test_a_refused_float_is_named() -> None:
    """The message names the value, its type and a way out."""
    with pytest.raises(TypeError, match=r"0\.5 \(type=float\).*Fraction"):
        Cyclotomic.sqrt(2) + 0.5


def test_complex_numbers_have_no_order_and_no_float() -> None:
    """Order, sign and float of a non-real number raise TypeError."""
    number = Cyclotomic.root(Turn.of(1, 3))
    assert not number.is_real() and (number + number.conjugate()).is_real()
    for use in (lambda: number < 1, number.sign, lambda: float(number), lambda: abs(number)):
        with pytest.raises(TypeError, match="only real numbers"):
            use()
    with pytest.raises(ValueError, match="expected a rational"):
        number.as_fraction()


def test_numbers_survive_copies_pickles_and_object_arrays() -> None:
    """Values keep their identity through pickling and numpy object arrays."""
    number = Cyclotomic.sqrt(3) + Fraction(1, 7)
    assert pickle.loads(pickle.dumps(number)) == number == copy.deepcopy(number)
    vector = np.array([number, 1 / number], dtype=object)
    assert vector.prod() == 1
    assert (number * vector)[1] == 1 and (vector * np.int64(2))[0] == 2 * number


def test_a_conductor_that_is_too_large_is_refused_before_it_eats_the_memory():
    """Mixing many incompatible roots raises an error that says what to do."""
    with pytest.raises(ValueError, match="Compare squares"):
        Cyclotomic.sqrt(1009) + Cyclotomic.sqrt(1013)
