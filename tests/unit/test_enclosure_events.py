"""Level crossings, blow-up times and subdivision."""

from fractions import Fraction as F
from itertools import pairwise

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.numbers import Ball
from verify.formula import sqrt, var
from verify.methods.enclosure import (
    Outcome,
    Settings,
    System,
    blow_up,
    crossing,
    integrate,
    subdivide,
)

ROTATION = System.of(lambda x, y: (y, -x), "x y")
COARSE = Settings(bits=64)
X, Y = var("x"), var("y")


@settings(max_examples=20, deadline=None)
@given(level=st.fractions(F(-9, 10), F(9, 10), max_denominator=30))
def test_crossing_time_of_a_cosine(level):
    """x = cos t first meets the level at arccos(level)."""
    event = crossing(ROTATION, {"x": 1, "y": 0}, X - level, until=4, settings=COARSE)
    assert event.outcome is Outcome.CROSSED
    with ctx.workprec(300):
        reference = Ball(level, bits=300).arb.acos()
    assert event.time.arb.contains(reference)
    assert event.time.width() < F(1, 2**30)


def test_crossings_of_a_box():
    """All solutions of a box: the time interval covers the crossings of its corners."""
    box = {"x": (F(0), F(1, 50)), "y": (F(1), F(51, 50))}
    whole = crossing(ROTATION, box, X - F(1, 2), until=2)
    assert whole.outcome is Outcome.CROSSED
    for x in box["x"]:
        for y in box["y"]:
            corner = crossing(ROTATION, {"x": x, "y": y}, X - F(1, 2), until=2)
            assert whole.time.arb.contains(corner.time.arb)


def test_falling_and_curved_levels():
    """Directions are found, and a level may be any smooth term."""
    event = crossing(ROTATION, {"x": 1, "y": 0}, sqrt(1 + X) + Y - F(1, 2), until=2)
    assert event.outcome is Outcome.CROSSED
    assert event.assertion["direction"] == "down"


def test_levels_that_are_not_crossed():
    """A level out of reach is proved to be one; a tangential one is undecided; so is a start on
    the level.
    """
    start = {"x": 0, "y": 1}
    assert crossing(ROTATION, start, X - 2, until=9).outcome is Outcome.NO_CROSSING
    assert crossing(ROTATION, start, X - 1, until=9).outcome is Outcome.CROSSING_UNDECIDED
    at_start = crossing(ROTATION, start, X, until=9)
    assert at_start.outcome is Outcome.CROSSING_UNDECIDED
    assert "at the start" in at_start.reason
    assert at_start.time is None


def test_the_first_crossing_is_found():
    """x³ − x/… with several crossings: the first one is reported."""
    event = crossing(ROTATION, {"x": 0, "y": 1}, X * (X - F(1, 2)) - F(1, 100), until=7)
    # x = sin t; x² − x/2 − 1/100 < 0 at t = 0, and vanishes first at x = (1/2 + √(1/4 + 1/25))/2
    with ctx.workprec(200):
        reference = ((arb(1) / 2 + (arb(29) / 100).sqrt()) / 2).asin()
    assert event.time.arb.contains(reference)


# -- blow-up -------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(start=st.fractions(F(-1), F(2), max_denominator=20))
def test_tangent_blows_up(start):
    """x' = 1 + x² blows up at π/2 − arctan x0."""
    system = System.of(lambda x: (1 + x**2,), "x")
    event = blow_up(system, {"x": start}, leader="x", weights={"x": 1}, degree=1, until=9,
                    width=F(1, 10**7), settings=COARSE)
    assert event.outcome is Outcome.BLEW_UP
    with ctx.workprec(300):
        reference = arb.pi() / 2 - Ball(start, bits=300).arb.atan()
    assert event.time.arb.contains(reference)
    assert event.time.relative_width() < F(1, 10**6)


@pytest.mark.parametrize("q", [2, 3, 4])
def test_pure_powers_blow_up(q):
    """x' = c x^q from x0: T = x0^{1−q}/((q−1)c), here exactly, because the tail is exact."""
    system = System.of(lambda x: (F(3, 2) * x**q,), "x")
    event = blow_up(system, {"x": F(5, 4)}, leader="x", weights={"x": 1}, degree=q - 1, until=9)
    assert event.time.contains(F(5, 4) ** (1 - q) / ((q - 1) * F(3, 2)))


def test_weighted_blow_up():
    """a' = 4s, u' = 2s, s' = a(4u + a) from a = u = s = 1 blows up at ln(1 + √2)/√2."""
    system = System.of(lambda a, u, s: (4 * s, 2 * s, a * (4 * u + a)), "a u s")
    weights = {"a": 2, "u": 2, "s": 3}
    event = blow_up(system, {"a": 1, "u": 1, "s": 1}, leader="u", weights=weights, degree=1,
                    until=9)
    with ctx.workprec(200):
        reference = (1 + arb(2).sqrt()).log() / arb(2).sqrt()
    assert event.outcome is Outcome.BLEW_UP
    assert event.time.arb.contains(reference)
    assert event.time.relative_width() < F(1, 10**9)


@pytest.mark.parametrize(("field", "degree", "outcome", "words"), [
    (lambda x: (1 / x + x**2,), 1, Outcome.OUTSIDE_CLASS, "polynomial"),
    (lambda x: (x**3,), 1, Outcome.OUTSIDE_CLASS, "weight 3 > 2"),
    (lambda x: (x,), 1, Outcome.NO_TAIL, "may not grow"),
    (lambda x: (-(x**2),), 1, Outcome.NO_TAIL, "grow"),
])
def test_no_blow_up(field, degree, outcome, words):
    """Fields that do not blow up, or not with these weights, end with a reason."""
    event = blow_up(System.of(field, "x"), {"x": 1}, leader="x", weights={"x": 1}, degree=degree,
                    until=3)
    assert event.outcome is outcome
    assert words in event.reason
    assert event.time is None


def test_neutral_directions_are_refused():
    """In coordinates where the direction of blow-up is not isolated there is no trapping box."""
    system = System.of(lambda x, y: (x**2, x * y), "x y")
    event = blow_up(system, {"x": 1, "y": 1}, leader="x", weights={"x": 1, "y": 1}, degree=1,
                    until=2, settings=COARSE)
    assert not event.outcome.success
    assert "attract" in event.reason or "trapping" in event.reason


# -- subdivision ---------------------------------------------------------------------------------


def test_subdivision_covers_the_box():
    """A box too wide for one enclosure is cut; the pieces cover it and each one succeeds."""
    system = System.of(lambda x: (x**2,), "x")
    box = {"x": (F(1, 2), F(9, 10))}

    def solve(piece):
        return integrate(system, piece, until=1, settings=Settings(bits=53, max_width=F(1, 3)))

    assert not solve(box).outcome.success
    cover = subdivide(solve, box)
    assert cover.complete
    ends = sorted(piece["x"] for piece, _ in cover.solved)
    assert ends[0][0] == F(1, 2)
    assert ends[-1][1] == F(9, 10)
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    for piece, run in cover.solved:
        for x in piece["x"]:
            assert run.end["x"].contains(x / (1 - x))


def test_subdivision_reports_what_is_left():
    """Where no piece can succeed, the pieces that are left are returned with their reasons."""
    system = System.of(lambda x: (x**2,), "x")
    cover = subdivide(lambda piece: integrate(system, piece, until=2, settings=COARSE),
                      {"x": (F(1, 4), F(1))}, pieces=12)
    assert not cover.complete
    assert cover.solved
    assert all(not run.outcome.success and run.reason for _, run in cover.left)
