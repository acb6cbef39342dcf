"""Validated integration: enclosures against closed forms and far more precise references."""

from fractions import Fraction as F

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import Ball
from verify.formula import cos, sqrt, var
from verify.methods.enclosure import (
    Outcome,
    OutsideClass,
    Settings,
    System,
    cosine,
    exp,
    integrate,
    sine,
)

ROTATION = System.of(lambda x, y: (y, -x), "x y")
COARSE = Settings(bits=64)
small = st.fractions(min_value=F(-2), max_value=F(2), max_denominator=50)
positive = st.fractions(min_value=F(1, 10), max_value=F(3), max_denominator=50)
times = st.fractions(min_value=F(1, 20), max_value=F(2), max_denominator=40)


def exact(value: F, bits: int = 400) -> arb:
    """A rational as a very precise ball."""
    return Ball(value, bits=bits).arb


def holds(ball: Ball, reference: arb, *, within: F) -> None:
    """The ball contains the reference and is narrow."""
    assert ball.arb.contains(reference)
    assert ball.width() <= within


@settings(max_examples=25, deadline=None)
@given(rate=small, start=small, time=times)
def test_exponential(rate, start, time):
    """x' = kx from any start: the enclosure contains x0 e^{kt} to 400 bits."""
    run = integrate(System.of(lambda x: (rate * x,), "x"), {"x": start}, until=time,
                    settings=COARSE)
    with ctx.workprec(400):
        reference = exact(start) * (exact(rate) * exact(time)).exp()
    assert run.outcome is Outcome.REACHED
    assert run.time == time
    holds(run.end["x"], reference, within=F(1, 2**32))


@settings(max_examples=20, deadline=None)
@given(start=st.fractions(min_value=F(1, 20), max_value=F(19, 20), max_denominator=40), time=times)
def test_logistic(start, time):
    """x' = x(1 − x): the closed form is enclosed."""
    run = integrate(System.of(lambda x: (x * (1 - x),), "x"), {"x": start}, until=time,
                    settings=COARSE)
    with ctx.workprec(400):
        growth = exact(start) * exact(time).exp()
        reference = growth / (1 - exact(start) + growth)
    holds(run.end["x"], reference, within=F(1, 2**36))


@settings(max_examples=15, deadline=None)
@given(a=positive, b=positive, c=positive, time=st.fractions(F(1, 10), F(1), max_denominator=10))
def test_lotka_volterra_against_a_power_series_solver(a, b, c, time):
    """x' = x(a − y), y' = y(x − c) agrees with mpmath's Taylor solver at 40 digits."""
    system = System.of(lambda x, y: (x * (a - y), y * (x - c)), "x y")
    run = integrate(system, {"x": b, "y": 1}, until=time, settings=COARSE)
    with mpmath.workdps(40):
        def number(q):
            return mpmath.mpf(q.numerator) / q.denominator

        solve = mpmath.odefun(
            lambda t, z: [z[0] * (number(a) - z[1]), z[1] * (z[0] - number(c))],
            0, [number(b), mpmath.mpf(1)])
        reference = [mpmath.nstr(value, 36) for value in solve(number(time))]
    for name, value in zip("xy", reference, strict=True):
        with ctx.workprec(200):
            near = arb(value) + arb(0, arb(10) ** -30)
        assert run.end[name].arb.overlaps(near)
        assert run.end[name].width() < F(1, 2**30)


@settings(max_examples=15, deadline=None)
@given(x=positive, y=positive)
def test_invariant_is_enclosed(x, y):
    """α² − 2β² is constant for α' = 2αβ, β' = α²: its enclosure at the end contains the start."""
    system = System.of(lambda a, b: (2 * a * b, a**2), "a b")
    run = integrate(system, {"a": x, "b": y}, until=F(1, 20), settings=COARSE)
    a, b = var("a"), var("b")
    assert run.value(a**2 - 2 * b**2).contains(x**2 - 2 * y**2)


@settings(max_examples=15, deadline=None)
@given(angle=st.fractions(F(-3), F(3), max_denominator=20), time=times)
def test_functions_of_the_state(angle, time):
    """exp, sine, cosine, roots and quotients: x' = … with closed forms."""
    system = System.of(
        lambda t, s, c, e, r, q: (
            1 + 0 * t, cosine(t), -sine(t), exp(t / 2) / 2, 1 / (2 * sqrt(r)), -q / (t + 9)
        ),
        "t s c e r q",
    )
    start = {"t": angle, "s": 0, "c": 0, "e": 0, "r": 4, "q": 1}
    run = integrate(system, start, until=time, settings=COARSE)
    with ctx.workprec(300):
        before, after = exact(angle), exact(angle + time)
        reference = {
            "t": after,
            "s": after.sin() - before.sin(),
            "c": after.cos() - before.cos(),
            "e": (after / 2).exp() - (before / 2).exp(),
            "r": (8 + exact(time) * 3 / 4) ** (arb(2) / 3),  # r^{3/2} = 8 + 3t/4
            "q": (before + 9) / (after + 9),
        }
    for name, value in reference.items():
        holds(run.end[name], value, within=F(1, 2**30))


def test_no_wrapping_over_many_turns():
    """A box that turns 100 times keeps its size: no factor per turn."""
    box = {"x": (F(9, 10), F(11, 10)), "y": (F(-1, 10), F(1, 10))}
    run = integrate(ROTATION, box, until=628, settings=COARSE)
    assert run.outcome is Outcome.REACHED
    x, y = var("x"), var("y")
    radius = run.value(x**2 + y**2)
    assert radius.contains(1)
    for name in "xy":
        assert run.end[name].width() < F(3, 10)  # the box itself turned is 0.283 wide at most


def test_corners_stay_inside():
    """The image of every corner of an initial box lies in the enclosure of the box."""
    system = System.of(lambda x, y: (y, x - x**3), "x y")
    box = {"x": (F(1, 2), F(52, 100)), "y": (F(-1, 100), F(1, 100))}
    whole = integrate(system, box, until=3, settings=COARSE)
    assert whole.outcome is Outcome.REACHED
    for x in box["x"]:
        for y in box["y"]:
            corner = integrate(system, {"x": x, "y": y}, until=3)
            for name in "xy":
                assert whole.end[name].arb.contains(corner.end[name].arb)


@pytest.mark.parametrize("system", [
    System.of(lambda x, y: (y, -sine(x)), "x y"),
    System.of(lambda x, y: (x * y, 1 - x**2), "x y"),
    System.of(lambda x, y: (1 / (1 + y**2), x - y), "x y"),
])
def test_more_bits_narrow_the_enclosure(system):
    """Doubling the precision squares the width, roughly, and the enclosures are nested."""
    runs = [integrate(system, {"x": F(1, 3), "y": F(1, 7)}, until=2, settings=Settings(bits=bits))
            for bits in (53, 106, 212)]
    widths = [run.end["x"].width() for run in runs]
    assert widths[0] < F(1, 2**20)
    assert widths[1] < widths[0] / 2**25
    assert widths[2] < widths[1] / 2**50
    assert runs[0].end["x"].arb.overlaps(runs[2].end["x"].arb)


def test_inexact_parameters_are_followed():
    """x' = −kx, k in an interval: every value of k is covered, and exact ones are substituted."""
    system = System.of(lambda x, k: (-k * x,), "x", parameters={"k": (F(1), F(11, 10))})
    assert system.variables == ("x", "k")
    run = integrate(system, {"x": 1}, until=1, settings=COARSE)
    with ctx.workprec(200):
        for k in (F(1), F(21, 20), F(11, 10)):
            assert run.end["x"].arb.contains((-exact(k)).exp())
    assert System.of(lambda x, k: (-k * x,), "x", parameters={"k": 1}).variables == ("x",)


def test_standing_still():
    """An equilibrium at 0 stays there however long, and a polynomial solution is followed."""
    still = integrate(System.of(lambda x: (-x,), "x"), {"x": 0}, until=9)
    assert still.outcome is Outcome.REACHED
    assert still.end["x"].contains(0)
    assert still.end["x"].width() < F(1, 10**30)
    run = integrate(System.of(lambda x, y: (1 + 0 * x, x), "x y"), {"x": 0, "y": 0}, until=4)
    assert run.end["y"].contains(8)


# -- giving up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "start", "words"), [
    (lambda x: (1 / x,), 0, "divisor"),
    (lambda x: (sqrt(x),), 0, "radicand"),
    (lambda x: (1 / x,), (F(-1), F(1)), "divisor"),
    (lambda x: (sqrt(x - 1),), F(1, 2), "radicand"),
])
def test_start_on_a_singularity(field, start, words):
    """No step is tried, and the reason names what may vanish."""
    run = integrate(System.of(field, "x"), {"x": start}, until=1)
    assert run.outcome is Outcome.SINGULAR_START
    assert words in run.reason
    assert run.steps == ()


def test_blow_up_is_not_passed():
    """x' = 1 + x² is never enclosed beyond π/2; all proved steps end before it."""
    run = integrate(System.of(lambda x: (1 + x**2,), "x"), {"x": 0}, until=2, settings=COARSE)
    assert not run.outcome.success
    assert run.outcome in (Outcome.TOO_WIDE, Outcome.NO_STEP)
    assert F(3, 2) < run.time < F(15708, 10000)
    assert "time 1.57" in run.reason


def test_wide_box_ends_with_a_reason():
    """A box on both sides of a separatrix is given up, not widened without end."""
    run = integrate(System.of(lambda x: (x - x**3,), "x"), {"x": (F(-1), F(1))}, until=50)
    assert run.outcome in (Outcome.TOO_WIDE, Outcome.NO_STEP)


def test_step_budget():
    """The number of steps is limited, with its own outcome."""
    run = integrate(ROTATION, {"x": 1, "y": 0}, until=1000, settings=Settings(max_steps=3))
    assert run.outcome is Outcome.TOO_MANY_STEPS
    assert len(run.steps) == 3


@pytest.mark.parametrize(("field", "words"), [
    (lambda x: (cos(x),), "'cos'"),
    (lambda x: (x**100,), "exponent 100"),
    (lambda x: (x ** F(1, 2),), "exponent"),
    (lambda x: (x, x), "expected 1 derivatives"),
    (lambda x: (var("z"),), "'z'"),
    (lambda x: (x / 0,), "divides by zero"),
    (lambda x: ("x",), "no term"),
])
def test_outside_the_class(field, words):
    """An equation that is not treated is refused when it is built, naming the first reason."""
    with pytest.raises(OutsideClass, match=words):
        System.of(field, "x")


def test_floats_are_refused():
    """No float enters as a start, a parameter, a coefficient or an end."""
    with pytest.raises(TypeError, match=r"0\.1"):
        integrate(ROTATION, {"x": 0.1, "y": 0}, until=1)
    with pytest.raises(TypeError, match=r"0\.5"):
        integrate(ROTATION, {"x": 1, "y": 0}, until=0.5)
    with pytest.raises(TypeError, match="k"):
        System.of(lambda x, k: (k * x,), "x", parameters={"k": 0.5})
    with pytest.raises(TypeError):
        System.of(lambda x: (0.5 * x,), "x")


@pytest.mark.parametrize("start", [{"x": 1}, {"x": 1, "y": 0, "z": 0}, {"x": (2, 1), "y": 0}])
def test_malformed_starts(start):
    """Missing, unknown and empty initial values are errors that say what was expected."""
    with pytest.raises(ValueError, match="expected"):
        integrate(ROTATION, start, until=1)
