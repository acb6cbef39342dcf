"""The checker's interval arithmetic, against exact numbers and precise references."""

from fractions import Fraction as F

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.checker import limits
from verify.checker.interval import Dual, Interval, duals
from verify.checker.jets import Program
from verify.checker.limits import Rejected, TooLarge

BITS = 40
numbers = st.fractions(F(-8), F(8), max_denominator=60)


def around(a: F, b: F) -> Interval:
    """The interval between two numbers in either order."""
    return Interval.of(min(a, b), max(a, b), BITS)


def contains(x: Interval, value: F) -> bool:
    """Whether an exact number lies in an interval."""
    low, high = x.ends()
    return low <= value <= high


@settings(max_examples=150, deadline=None)
@given(a=numbers, b=numbers, c=numbers, d=numbers, q=numbers)
def test_arithmetic_contains_the_exact_results(a, b, c, d, q):
    """+ − · / times, dot and square contain the results of all corners and of the midpoint."""
    x, y = around(a, b), around(c, d)
    for u in (a, b, (a + b) / 2):
        for v in (c, d, (c + d) / 2):
            assert contains(x + y, u + v)
            assert contains(x - y, u - v)
            assert contains(x * y, u * v)
            assert contains(x.dot([x, y], [y, y]), u * v + v * v)
            if c * d > 0:
                assert contains(x / y, u / v)
        assert contains(x.square(), u * u)
        assert contains(x.times(q), q * u)
    assert x.square().lo >= 0


@settings(max_examples=80, deadline=None)
@given(
    a=st.fractions(F(-40), F(40), max_denominator=99), kind=st.sampled_from(["exp", "sin", "cos"])
)
def test_functions_against_mpmath(a, kind):
    """exp, sin and cos of a point are enclosed to the last units, large arguments included."""
    x = Interval.of(a, a, BITS)
    value = getattr(x, kind)()
    with mpmath.workdps(60):
        reference = getattr(mpmath, kind)(mpmath.mpf(a.numerator) / a.denominator)
        scaled = reference * 2**BITS
        assert value.lo <= scaled <= value.hi
        assert value.hi - value.lo <= 8 + 4 * mpmath.exp(max(a, 0) if kind == "exp" else 0)


@settings(max_examples=60, deadline=None)
@given(a=st.fractions(F(1, 50), F(9), max_denominator=50), b=st.fractions(F(0), F(1)))
def test_root_and_wide_functions(a, b):
    """The values at both ends and in the middle of an interval are enclosed."""
    x = Interval.of(a, a + b, BITS)
    with mpmath.workdps(50):
        for point in (a, a + b / 2, a + b):
            p = mpmath.mpf(point.numerator) / point.denominator
            for kind in ("sqrt", "exp", "sin", "cos"):
                value = getattr(x, kind)()
                assert value.lo <= getattr(mpmath, kind)(p) * 2**BITS <= value.hi


@pytest.mark.parametrize("action", [
    lambda x: x / x,
    lambda x: x.sqrt(),
    lambda x: Interval.of(F(10**6), F(10**6), BITS).exp(),
    lambda x: Interval.of(F(0), F(0), BITS).sqrt(),
])
def test_undefined_results_are_rejected(action):
    """Division by 0, roots of what may be negative, huge arguments."""
    with pytest.raises(Rejected):
        action(around(F(-1), F(1)))


@settings(max_examples=60, deadline=None)
@given(a=numbers, b=numbers)
def test_slopes(a, b):
    """Slopes of products, quotients and functions are the partial derivatives."""
    program = Program(["x", "y"], [
        {"+": [{"*": [{"var": "x"}, {"var": "x"}, {"var": "y"}]}, {"/": [1, {"+": [
            {"^": [{"var": "x"}, 2]}, 1]}]}, {"exp": {"/": [{"var": "y"}, 9]}},
            {"sin_radians": {"var": "x"}}, {"sqrt": {"+": [{"^": [{"var": "y"}, 2]}, 1]}}]}])
    (value,) = program.values(duals([Interval.of(a, a, BITS), Interval.of(b, b, BITS)]))
    with mpmath.workdps(40):
        x, y = (mpmath.mpf(v.numerator) / v.denominator for v in (a, b))
        expected = (
            2 * x * y - 2 * x / (x**2 + 1) ** 2 + mpmath.cos(x),
            x**2 + mpmath.exp(y / 9) / 9 + y / mpmath.sqrt(y**2 + 1),
        )
        for j, slope in enumerate(expected):
            found = value.slopes[j]
            assert found.lo - 1 <= slope * 2**BITS <= found.hi + 1
            assert found.hi - found.lo < 2**12


def test_taylor_coefficients():
    """x' = 1 + x², x' = x, x' = 1/(2x) have the series of tan, exp and √(1+t)."""
    limits.reset()
    cases = [
        ({"+": [1, {"*": [{"var": "x"}, {"var": "x"}]}]}, F(0), [0, 1, 0, F(1, 3), 0, F(2, 15)]),
        ({"var": "x"}, F(1), [1, 1, F(1, 2), F(1, 6), F(1, 24), F(1, 120)]),
        ({"/": ["1/2", {"var": "x"}]}, F(1), [1, F(1, 2), F(-1, 8), F(1, 16), F(-5, 128)]),
        ({"*": ["1/2", {"exp": {"neg": {"var": "x"}}}]}, F(0), [0, F(1, 2), F(-1, 8), F(1, 24)]),
        ({"sqrt": {"var": "x"}}, F(1), [1, 1, F(1, 4), 0, 0]),
    ]
    for node, start, coefficients in cases:
        (jet,) = Program(["x"], [node]).solve([Interval.of(start, start, BITS)], F(1),
                                              len(coefficients) - 1)
        assert all(contains(x, F(c)) for x, c in zip(jet, coefficients, strict=True))
        assert all(x.hi - x.lo < 64 for x in jet)


def test_sine_and_cosine_jets():
    """sin and cos of the time follow each other's recurrences."""
    program = Program(["t", "s", "c"], [1, {"cos_radians": {"var": "t"}},
                                        {"neg": {"sin_radians": {"var": "t"}}}])
    zero, one = Interval.of(F(0), F(0), BITS), Interval.of(F(1), F(1), BITS)
    _, s, c = program.solve([zero, zero, one], F(1, 2), 6)
    for k, (sine, cosine) in enumerate(zip(s, c, strict=True)):
        scale = F(1, 2) ** k / [1, 1, 2, 6, 24, 120, 720][k]
        assert contains(sine, scale * (0, 1, 0, -1)[k % 4])
        assert contains(cosine, scale * (1, 0, -1, 0)[k % 4])


def test_constants_fold_without_end_are_refused():
    """Constant powers of powers do not grow beyond the limit."""
    node = "9" * 100
    for _ in range(6):
        node = {"^": [node, 64]}
    with pytest.raises(TooLarge):
        Program(["x"], [node])


def test_dual_operations_are_linear():
    """Differences of duals with the same slopes lose them."""
    x = Dual(around(F(1), F(2)), {0: around(F(1), F(1))})
    difference = x - x
    assert contains(difference.slopes[0], F(0))
    assert contains(difference.value, F(0))
