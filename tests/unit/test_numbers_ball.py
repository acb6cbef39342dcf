"""Balls: enclosure, three-valued comparison, precision."""

from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import Ball, ComplexBall, Cyclotomic, Truth, Turn, UndecidedComparison

rationals = st.fractions(min_value=-50, max_value=50, max_denominator=97)
turns = st.builds(Turn.of, st.integers(0, 60), st.integers(1, 30))


@given(rationals, rationals)
def test_operations_enclose_the_exact_results(a: Fraction, b: Fraction) -> None:
    """The exact sum, difference, product, quotient and power lie in the computed balls."""
    x, y = Ball(a, bits=40), Ball(b, bits=40)
    assert (x + y).contains(a + b) and (x - b).contains(a - b) and (x * y).contains(a * b)
    assert (a - y).contains(a - b) and (-x).contains(-a) and abs(x).contains(abs(a))
    assert (x**3).contains(a**3) and (x**0).contains(1)
    if b:
        assert (x / y).contains(a / b) and (a / y).contains(a / b) and (y**-2).contains(b**-2)


@given(rationals, rationals)
def test_comparisons_are_right_whenever_they_decide(a: Fraction, b: Fraction) -> None:
    """A decided comparison of balls agrees with the exact one."""
    x, y = Ball(a, bits=10), Ball(b, bits=10)
    cases = [(x < y, a < b), (x <= y, a <= b), (x > y, a > b), (x >= y, a >= b)]
    cases += [(x == y, a == b), (x != y, a != b)]
    for found, exact in cases:
        assert found is Truth.UNDECIDED or bool(found) == exact


def test_overlapping_balls_decide_nothing() -> None:
    """Overlap answers UNDECIDED to every comparison, and using one as a bool raises."""
    third = Ball("1/3", bits=53)
    for found in (third < third, third >= third, third == third * 1, third != third):
        assert found is Truth.UNDECIDED
    with pytest.raises(UndecidedComparison):
        assert third < Ball(Fraction(1, 3), bits=53)
    with pytest.raises(UndecidedComparison):
        bool(third - third)


def test_exact_balls_decide_equality() -> None:
    """Dyadic numbers are points, so even equality is decided."""
    assert (Ball(2) == 2) is Truth.TRUE and (Ball(2) <= 2) is Truth.TRUE
    assert (Ball(2) < 2) is Truth.FALSE and (Ball(2) != Fraction(5, 2)) is Truth.TRUE
    assert bool(Ball(2)) and not bool(Ball(0))


@given(turns)
def test_cosines_and_sines_enclose_the_exact_numbers(t: Turn) -> None:
    """Ball cosine and sine contain the cyclotomic values."""
    assert Ball.cos(t, bits=50).contains(Cyclotomic.cos(t))
    assert Ball.sin(t, bits=50).contains(Cyclotomic.sin(t))


@given(turns, st.integers(1, 40))
def test_width_shrinks_when_precision_doubles(t: Turn, q: int) -> None:
    """Every route to a value gets tighter with precision: no hidden constant."""

    def widths(bits: int) -> list[Fraction]:
        root = Cyclotomic.sqrt(q)
        through_exact = Ball(Cyclotomic.cos(t) + root, bits=bits)
        direct = Ball.cos(t, bits=bits) + Ball(q, bits=bits).sqrt() / 3
        return [through_exact.width(), direct.width()]

    for coarse, fine in zip(widths(64), widths(128), strict=True):
        assert fine <= coarse and fine < Fraction(1, 2**110)


def test_enclosing_an_exact_number_keeps_relative_precision() -> None:
    """A tiny difference of surds is enclosed to the relative precision asked for."""
    tiny = Cyclotomic.sqrt(2) - Fraction(15994428, 11309768) - Cyclotomic(0)
    enclosed = Ball(tiny**4, bits=100)
    assert enclosed.relative_width() < Fraction(1, 2**98)
    assert enclosed.contains(tiny**4) and (enclosed > 0) is Truth.TRUE


def test_bounds_are_exact_dyadic_fractions() -> None:
    """lower and upper are fractions around the value; width is their difference."""
    third = Ball("1/3", bits=30)
    assert third.lower() < Fraction(1, 3) < third.upper()
    assert third.width() == third.upper() - third.lower()
    assert third.lower().denominator.bit_count() == 1
    assert Ball(5).lower() == Ball(5).upper() == 5 and Ball(5).relative_width() == 0
    assert Ball("1/3").midpoint_str.startswith("0.33333333333333333333")
    assert "e-" in Ball("1/3").radius_str
    with pytest.raises(ZeroDivisionError, match="centred at zero"):
        Ball(0).relative_width()


@pytest.mark.parametrize(
    "use",
    [
        lambda: Ball(0.1),
        lambda: Ball(1) + 0.1,
        lambda: 0.1 * Ball(1),
        lambda: Ball(1) < 0.1,
        lambda: Ball(1) == 0.1,
        lambda: Ball(np.float32(1)),
        lambda: np.float64(1) + Ball(1),
        lambda: Ball(1j),
        lambda: Ball.cos(0.25),
        lambda: Ball(1, bits=53.0),
        lambda: Ball.from_arb(0.1),
        lambda: ComplexBall.of(0.1, bits=64),
    ],
)
def test_floats_are_refused(use: object) -> None:
    """The silent float conversion of the underlying library is closed off."""
    with pytest.raises(TypeError):
        use()  # type: ignore[operator]


def test_the_underlying_library_accepts_floats_silently() -> None:
    """The trap that Ball closes still exists; if this fails, the guard may be redundant."""
    assert not flint.arb(0.1).contains(flint.fmpq(1, 10))


def test_non_real_numbers_need_a_complex_ball() -> None:
    """A real ball refuses a non-real number, a complex ball contains it."""
    root = Cyclotomic.root(Turn.of(1, 3))
    with pytest.raises(TypeError, match="ComplexBall"):
        Ball(root)
    enclosed = ComplexBall.of(root, bits=80)
    assert enclosed.real.contains(Fraction(-1, 2))
    assert enclosed.imag.contains(Cyclotomic.sin(Turn.of(1, 3)))


def test_undecidable_operations_say_so() -> None:
    """Dividing by a ball around zero and rooting one across zero raise."""
    around_zero = Ball("1/3") - Ball("1/3")
    with pytest.raises(ZeroDivisionError, match="may be zero"):
        1 / around_zero
    with pytest.raises(UndecidedComparison, match="may be negative"):
        around_zero.sqrt()
    with pytest.raises(ValueError, match="not real"):
        Ball(-1).sqrt()


def test_precision_is_explicit_and_restored() -> None:
    """Mixing takes the larger precision, and the global precision stays as it was."""
    before = flint.ctx.prec
    mixed = Ball("1/3", bits=64) + Ball("1/7", bits=256)
    assert mixed.bits == 256
    assert (Ball("1/3", bits=300) * 3).relative_width() < Fraction(1, 2**290)
    assert flint.ctx.prec == before


def test_balls_do_not_hash() -> None:
    """Three-valued equality admits no hash."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ball(1))


def test_balls_without_finite_bounds_decide_nothing() -> None:
    """An enclosure that lost the number compares UNDECIDED and has no bounds."""
    lost = Ball.from_arb(flint.arb("nan"))
    assert (lost < 1) is Truth.UNDECIDED and (lost == lost) is Truth.UNDECIDED
    with pytest.raises(ValueError, match="no finite bounds"):
        lost.lower()


@given(turns, turns)
def test_complex_balls_enclose_products_and_quotients_of_roots(s: Turn, t: Turn) -> None:
    """cis(s)·cis(t), their quotient and powers contain the exact roots of unity."""
    x, y = ComplexBall.cis(s, bits=60), ComplexBall.cis(t, bits=60)
    exact = Cyclotomic.root
    for found, turn in ((x * y, s + t), (x / y, s - t), (x**-3, -3 * s), (x.conjugate(), -s)):
        assert found.real.contains(Cyclotomic.cos(turn))
        assert found.imag.contains(Cyclotomic.sin(turn))
        assert (found == exact(turn)) is not Truth.FALSE
    assert (x == x + 1) is Truth.FALSE and (1 - x != 3 - x) is Truth.TRUE


def test_powers_of_a_ball_around_zero_stay_finite():
    """(a - a)^n is an enclosure of zero, not a ball without bounds."""
    zero = Ball.cos(Turn.of(1, 5)) - Ball.cos(Turn.of(1, 5))
    for n in (1, 2, 3, 7):
        assert (zero**n).contains(0)
        assert (zero**n).width() < Fraction(1, 10**20)
