"""One interface to four arithmetics, and the kinds of evidence they give."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import (
    EXACT,
    FLOAT,
    FORMAL,
    Arithmetic,
    Ball,
    Cyclotomic,
    LaurentPolynomial,
    Truth,
    Turn,
    ball,
    kind_of,
)

ARITHMETICS = [FLOAT, EXACT, FORMAL, ball(80)]
OPERATORS = ["=", "!=", "<", "<=", ">", ">="]
turns = st.builds(Turn.of, st.integers(0, 60), st.integers(1, 24))
rationals = st.fractions(min_value=-9, max_value=9, max_denominator=12)


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
@given(s=turns, t=turns)
def test_every_arithmetic_satisfies_the_angle_sum(arithmetic: Arithmetic, s: Turn, t: Turn) -> None:
    """cos(s+t) = cos s cos t - sin s sin t and cis = cos + i sin are never FALSE."""
    a = arithmetic
    right = a.cos(s) * a.cos(t) - a.sin(s) * a.sin(t)
    expected = {Truth.UNDECIDED, Truth.TRUE} if a.name == "ball" else {Truth.TRUE}
    assert a.compare(a.cos(s + t), "=", right) in expected
    assert a.compare(a.cis(t), "=", a.cos(t) + a.sin(t) * a.cis(Turn.of(1, 4))) in expected


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
@pytest.mark.parametrize("op", OPERATORS)
@given(x=rationals, y=rationals)
def test_comparisons_of_rationals_are_right(
    arithmetic: Arithmetic, op: str, x: Fraction, y: Fraction
) -> None:
    """A decided comparison agrees with the exact order of rationals."""
    table = {"=": x == y, "!=": x != y, "<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y}
    found = arithmetic.compare(arithmetic.rational(x), op, arithmetic.rational(y))
    if arithmetic.name == "ball" and x == y:
        assert found in (Truth.UNDECIDED, Truth.of(table[op]))
    else:
        assert found is Truth.of(table[op])


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
def test_roots_square_and_refuse_negative_numbers(arithmetic: Arithmetic) -> None:
    """sqrt(q)² = q is not FALSE, sqrt is ordered rightly, and negative numbers raise."""
    root = arithmetic.sqrt(Fraction(2, 3))
    square = arithmetic.compare(root * root, "=", arithmetic.rational(Fraction(2, 3)))
    assert square is not Truth.FALSE
    assert arithmetic.compare(root, ">", arithmetic.rational(Fraction(4, 5))) is Truth.TRUE
    assert arithmetic.compare(root, ">=", arithmetic.rational(Fraction(5, 6))) is Truth.FALSE
    with pytest.raises(ValueError, match="negative"):
        arithmetic.sqrt(-1)


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
def test_rational_refuses_floats_and_compare_unknown_operators(arithmetic: Arithmetic) -> None:
    """Constants enter as exact rationals; operators come from a fixed list."""
    with pytest.raises(TypeError, match=r"0\.5"):
        arithmetic.rational(0.5)
    with pytest.raises(ValueError, match="unknown comparison '=='"):
        arithmetic.compare(arithmetic.rational(1), "==", arithmetic.rational(1))


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
def test_non_real_numbers_have_no_order(arithmetic: Arithmetic) -> None:
    """An order relation on e^{2πi/3} raises TypeError in every arithmetic."""
    with pytest.raises(TypeError):
        arithmetic.compare(arithmetic.cis(Turn.of(1, 3)), "<", arithmetic.rational(1))


def test_ball_decides_less_than_exact_and_more_with_precision() -> None:
    """√2 against a close convergent is UNDECIDED in few bits, decided in more and exactly."""
    close = Fraction(665857, 470832)
    for arithmetic, expected in ((ball(30), Truth.UNDECIDED), (ball(60), Truth.TRUE)):
        found = arithmetic.compare(arithmetic.sqrt(2), "<", arithmetic.rational(close))
        assert found is expected
    assert EXACT.compare(EXACT.sqrt(2), "<", EXACT.rational(close)) is Truth.TRUE
    assert ball(60) is ball(60)


def test_float_comparison_is_a_lead_with_a_tolerance() -> None:
    """Close floats count as equal, and NaN decides nothing."""
    assert FLOAT.compare(0.1 + 0.2, "=", 0.3) is Truth.TRUE
    assert FLOAT.compare(0.1 + 0.2, ">", 0.3) is Truth.FALSE
    assert FLOAT.compare(1.0, "=", 1.0 + 1e-6) is Truth.FALSE
    assert FLOAT.compare(math.inf, "=", 1.0) is Truth.FALSE
    assert FLOAT.compare(math.inf, ">", 1.0) is Truth.TRUE
    for op in OPERATORS:
        assert FLOAT.compare(math.nan, op, 1.0) is Truth.UNDECIDED


def test_formal_comparison_affirms_identities_only() -> None:
    """An identity is TRUE; a failed one is UNDECIDED, since special values may satisfy it."""
    x = FORMAL.angle("x")
    assert FORMAL.compare(x * x, "=", FORMAL.unit({"x": 2})) is Truth.TRUE
    assert FORMAL.compare(x * x, "!=", FORMAL.unit({"x": 2})) is Truth.FALSE
    assert FORMAL.compare(x**7, "=", 1) is Truth.UNDECIDED
    assert FORMAL.compare(x, "!=", 1) is Truth.UNDECIDED
    assert FORMAL.compare(x + 1, ">", x) is Truth.TRUE
    with pytest.raises(TypeError, match="no order"):
        FORMAL.compare(x, "<", 1)


def test_formal_units_combine_angles_and_turns() -> None:
    """unit(exponents, turn) is e^{2πi(turn + Σ e·x)}."""
    quarter = Turn.of(1, 4)
    found = FORMAL.unit({"x": 1, "y": -2}, quarter)
    assert found == FORMAL.cis(quarter) * FORMAL.angle("x") * FORMAL.angle("y") ** -2
    assert FORMAL.unit({}) == 1


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((1,), "exact"),
        ((Fraction(1, 2), Cyclotomic.sqrt(2), np.int64(3), Turn.of(1, 3)), "exact"),
        ((LaurentPolynomial.symbol("x"),), "symbolic"),
        ((LaurentPolynomial.symbol("x") - LaurentPolynomial.symbol("x"),), "symbolic"),
        ((LaurentPolynomial.constant(1),), "exact"),
        ((LaurentPolynomial.symbol("x"), 1), "exact"),
        ((LaurentPolynomial.symbol("x"), Ball(1)), "enclosure"),
        ((Ball(1), 1), "enclosure"),
        ((ball(64).cis(Turn.of(1, 3)),), "enclosure"),
        ((Ball(1), 1.0), "sampled"),
        ((1, 1j), "sampled"),
        ((np.float32(1),), "sampled"),
    ],
)
def test_the_weakest_type_decides_the_kind(values: tuple[object, ...], kind: str) -> None:
    """Evidence is as strong as the weakest number it rests on."""
    assert kind_of(*values) == kind


@pytest.mark.parametrize("values", [(), ("1/2",), (None,), ([1],)])
def test_no_kind_without_numbers(values: tuple[object, ...]) -> None:
    """Nothing, text and containers have no kind of evidence."""
    with pytest.raises(TypeError, match="kind"):
        kind_of(*values)
