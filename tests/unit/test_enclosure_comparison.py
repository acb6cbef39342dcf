"""Sub- and super-solutions, and wrong ones."""

from fractions import Fraction as F

import pytest

from verify.checker import check_document
from verify.formula import var
from verify.methods.enclosure import Compared, System, compare, exp, integrate

T = var("t")
ABOVE = F(99, 100) / (F(9, 10) - T)
LOGISTIC = System.of(lambda x: (x * (1 - x),), "x")
SQUARE = System.of(lambda x: (x**2,), "x")
SPECIES = System.of(lambda x, y: (x * (2 - x + y / 4), y * (3 - y + x / 5)), "x y")
RIVALS = System.of(lambda x, y: (x * (2 - x - y / 4), y * (3 - y - x / 5)), "x y")


def accepted(result) -> bool:
    """The certificate passes the independent checker."""
    document = {"format": "verify-certificate/1", "claim": "test", **result.certificate}
    return check_document(document).accepted


def test_scalar_super_solution():
    """w = c/(9/10 − t) has w' = w²/c, so c = 99/100 gives a super-solution of x' = x²."""
    above = compare(SQUARE, {"x": 1}, upper={"x": ABOVE}, until=F(4, 5))
    assert above.outcome is Compared.HOLDS
    assert accepted(above)


@pytest.mark.parametrize(("upper", "until"), [
    (F(101, 100) / (F(9, 10) - T), F(4, 5)),  # w' = w²/1.01 < w²
    (F(10, 9) + T, F(1, 2)),  # grows too slowly
    (2 - T, F(1, 2)),
])
def test_wrong_super_solutions_are_violated(upper, until):
    """A super-solution with a wrong constant is found to violate its inequality."""
    result = compare(SQUARE, {"x": 1}, upper={"x": upper}, until=until)
    assert result.outcome is Compared.VIOLATED
    assert "upper barrier" in result.reason
    assert result.certificate is None


def test_flipped_barriers():
    """A super-solution offered as a sub-solution is not certified, and the other way round."""
    below = F(101, 100) / (F(9, 10) - T)
    assert compare(SQUARE, {"x": 2}, lower={"x": ABOVE}, until=F(1, 2)).outcome is Compared.VIOLATED
    assert compare(SQUARE, {"x": 2}, lower={"x": below}, until=F(1, 2)).outcome is Compared.HOLDS
    assert compare(SQUARE, {"x": 1}, upper={"x": below}, until=F(1, 2)).outcome is Compared.VIOLATED


def test_start_beyond_a_barrier():
    """The initial box must lie between the barriers."""
    result = compare(SQUARE, {"x": (1, 2)}, upper={"x": F(3, 2) + 9 * T}, until=F(1, 10))
    assert result.outcome is Compared.BAD_START


def test_barriers_without_slack_are_undecided():
    """The exact solution is no certified barrier: equality cannot be enclosed."""
    exact = compare(System.of(lambda x: (x,), "x"), {"x": F(1, 2)}, upper={"x": exp(T)}, until=1,
                    pieces=64)
    assert exact.outcome is Compared.UNDECIDED
    slack = compare(System.of(lambda x: (x,), "x"), {"x": F(1, 2)},
                    upper={"x": exp(F(101, 100) * T)}, until=1)
    assert slack.outcome is Compared.HOLDS
    assert accepted(slack)


def test_singular_barrier():
    """A barrier with a pole on the way is given up there, and the reason names the time."""
    result = compare(SQUARE, {"x": 1}, upper={"x": ABOVE}, until=2)
    assert result.outcome in (Compared.NOT_SMOOTH, Compared.UNDECIDED)
    assert "t in [0.9" in result.reason


@pytest.mark.parametrize("system", [SPECIES, RIVALS])
def test_systems_in_a_box_for_ever(system):
    """Quasi-monotone and competitive systems stay in a box for all times."""
    result = compare(system, {"x": 1, "y": 1}, lower={"x": F(1, 2), "y": F(1, 2)},
                     upper={"x": 5, "y": 6}, until=None)
    assert result.outcome is Compared.HOLDS
    assert result.certificate["times"] == "always"
    assert accepted(result)
    run = integrate(system, {"x": 1, "y": 1}, until=3)
    assert F(1, 2) < run.end["x"].lower() <= run.end["x"].upper() < 5


@pytest.mark.parametrize(("lower", "upper"), [
    ({"x": F(1, 2), "y": F(1, 2)}, {"x": 2, "y": 6}),  # y pushes x over 2
    ({"x": F(1, 2), "y": F(1, 2)}, {"x": 5, "y": 3}),
    ({"x": 3, "y": F(1, 2)}, {"x": 5, "y": 6}),  # x starts below, and falls
])
def test_wrong_boxes_are_not_certified(lower, upper):
    """A box that solutions leave is not certified."""
    result = compare(SPECIES, {"x": 1, "y": 1}, lower=lower, upper=upper, until=None)
    assert result.outcome in (Compared.VIOLATED, Compared.BAD_START)


def test_moving_barriers_of_a_system():
    """Barriers that depend on t, checked piece by piece, bound the enclosed solution."""
    lower = {"x": F(9, 10) + 0 * T, "y": F(9, 10) + 0 * T}
    upper = {"x": F(21, 10) * exp(T / 4), "y": F(31, 10) * exp(T / 4)}
    result = compare(RIVALS, {"x": 1, "y": 1}, lower=lower, upper=upper, until=1)
    assert result.outcome is Compared.HOLDS
    assert accepted(result)


def test_parameters_are_covered():
    """x' = −kx for k in an interval: the barrier must hold for every k."""
    system = System.of(lambda x, k: (-k * x,), "x", parameters={"k": (F(1), F(2))})
    slow = compare(system, {"x": 1}, upper={"x": F(11, 10) * exp(-F(9, 10) * T)}, until=2)
    assert slow.outcome is Compared.HOLDS
    fast = compare(system, {"x": 1}, upper={"x": F(11, 10) * exp(-F(3, 2) * T)}, until=2)
    assert fast.outcome is not Compared.HOLDS


def test_one_barrier_of_a_system_is_refused():
    """A system needs both barriers."""
    result = compare(SPECIES, {"x": 1, "y": 1}, upper={"x": 5, "y": 6}, until=None)
    assert result.outcome is not Compared.HOLDS
    assert "both" in result.reason
