"""Carlson's R_F in balls, and times to infinity for u'² = cubic(u)."""

from fractions import Fraction as F

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import Ball, RationalCubic, carlson_rf

positive = st.fractions(F(1, 50), F(9), max_denominator=50)


@settings(max_examples=40, deadline=None)
@given(x=positive, y=positive, z=positive)
def test_against_mpmath(x, y, z):
    """R_F agrees with mpmath's to 40 digits, is symmetric, and equals 1/√x at equal arguments."""
    value = carlson_rf(x, y, z, bits=200).real
    with mpmath.workdps(50):
        numbers = [mpmath.mpf(q.numerator) / q.denominator for q in (x, y, z)]
        reference = mpmath.nstr(mpmath.elliprf(*numbers), 45)
    with ctx.workprec(200):
        assert value.arb.overlaps(arb(reference) + arb(0, arb(10) ** -40))
        assert value.arb.overlaps(carlson_rf(z, x, y, bits=200).real.arb)
        assert carlson_rf(x, x, x, bits=200).real.arb.overlaps(1 / Ball(x, bits=200).arb.sqrt())
    assert value.relative_width() < F(1, 2**180)


def test_complete_integral_and_refusals():
    """R_F(0, 1, 1) = π/2; two zeros and negative arguments are refused, and so are floats."""
    with ctx.workprec(128):
        assert carlson_rf(0, 1, 1).real.arb.overlaps(arb.pi() / 2)
    for arguments in ((0, 0, 1), (-1, 1, 2)):
        with pytest.raises(ArithmeticError, match="at most one"):
            carlson_rf(*arguments)
    with pytest.raises(TypeError):
        carlson_rf(0.5, 1, 1)


@settings(max_examples=25, deadline=None)
@given(a=positive, b=positive, c=st.fractions(F(0), F(3), max_denominator=20), gap=positive)
def test_time_to_infinity_against_quadrature(a, b, c, gap):
    """∫ du/√cubic from above the largest root, real or complex others, against quadrature."""
    # (u − a)(u² + 2bu + b² + c): the real root a is the largest
    coefficients = [-a * (b * b + c), b * b + c - 2 * a * b, 2 * b - a, 1]
    start = a + gap
    time = RationalCubic(coefficients, bits=100).time_to_infinity(start)
    with mpmath.workdps(25):
        def integrand(u):
            return 1 / mpmath.sqrt(sum(mpmath.mpf(q.numerator) / q.denominator * u**i
                                       for i, q in enumerate(map(F, coefficients))))

        first = mpmath.mpf(start.numerator) / start.denominator
        reference = mpmath.quad(integrand, [first, first + 1, first + 10, mpmath.inf])
    assert abs(mpmath.mpf(float(time)) - reference) < 1e-6 * reference
    assert time.relative_width() < F(1, 2**80)


def test_turning_back():
    """A falling u goes down to the root and back: the times add up."""
    cubic = RationalCubic([-4, 0, 0, 4])  # u'² = 4(u³ − 1)
    start = F(2)
    up, down = cubic.time_to_infinity(start), cubic.time_to_infinity(start, rising=False)
    from_root = cubic.time_to_infinity(F(1))
    assert (down + up).arb.overlaps((2 * from_root).arb)
    assert down.lower() > from_root.upper() > up.upper()


def test_double_roots():
    """u'² = 4u(u − 1)²: finite times above the double root, infinite at it or falling to it."""
    cubic = RationalCubic([0, 4, -8, 4])
    with ctx.workprec(128):
        # ∫_4^∞ du/(2√u (u − 1)) = ½ ln((√u + 1)/(√u − 1)) at u = 4
        assert cubic.time_to_infinity(F(4)).arb.overlaps(arb(3).log() / 2)
    with pytest.raises(ArithmeticError, match="infinite"):
        cubic.time_to_infinity(F(1))
    with pytest.raises(ArithmeticError, match="infinite"):
        cubic.time_to_infinity(F(4), rising=False)
    with pytest.raises(ArithmeticError, match="not certainly above"):
        cubic.time_to_infinity(F(1, 2))


@pytest.mark.parametrize("coefficients", [[1, 2, 3], [0, 0, 1, 0], [0, 0, 0, -4]])
def test_malformed_cubics(coefficients):
    """Four coefficients are needed, the last one positive."""
    with pytest.raises(ValueError, match="four coefficients"):
        RationalCubic(coefficients)
