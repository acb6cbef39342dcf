"""Exact angles and three-valued truth."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import Truth, Turn, UndecidedComparison

fractions = st.fractions(min_value=-5, max_value=5, max_denominator=60)


@given(fractions, fractions, st.integers(-20, 20))
def test_turns_form_the_group_of_rationals_mod_one(a: Fraction, b: Fraction, n: int) -> None:
    """Turns add, subtract, negate and multiply by integers as rationals modulo 1."""
    x, y = Turn(a), Turn(b)
    assert (x + y).fraction == (a + b) % 1
    assert (x - y).fraction == (a - b) % 1
    assert (-x).fraction == -a % 1
    assert (n * x) == (x * n) == Turn(n * a)
    assert sum([x, y, x]) == x + y + x


@given(fractions)
def test_turns_round_trip_through_text_and_hash_by_value(a: Fraction) -> None:
    """`parse` inverts `str`, and turns equal modulo 1 are one dictionary key."""
    turn = Turn(a)
    assert Turn.parse(str(turn)) == turn
    assert len({turn, Turn(a + 3)}) == 1
    assert 0 <= turn.fraction < 1


def test_turn_of_reduces_and_accepts_numpy_integers() -> None:
    """num/den is reduced to [0, 1), for every integer type."""
    assert str(Turn.of(7, 6)) == "1/6"
    assert Turn.of(np.int64(-1), np.int64(4)) == Turn.of(3, 4)
    assert type(Turn(np.int64(2)).fraction) is Fraction


@pytest.mark.parametrize(
    "build",
    [
        lambda: Turn(0.25),
        lambda: Turn.of(0.25),
        lambda: Turn.of(1, 4.0),
        lambda: Turn.of(1, 4) * 0.5,
        lambda: Fraction(1, 2) * Turn.of(1, 4),
        lambda: Turn("1/4"),
        lambda: Turn.of(1, 4) + 1,
    ],
)
def test_turns_refuse_what_is_no_exact_angle(build: object) -> None:
    """Floats, text and rational multiples of an angle raise TypeError."""
    with pytest.raises(TypeError):
        build()  # type: ignore[operator]


def test_a_refused_float_is_named_with_its_type() -> None:
    """The message shows the value, its type and what to write instead."""
    with pytest.raises(TypeError, match=r"0\.25 \(type=float\).*Turn\.of\(1, 3\)"):
        Turn(0.25)


@pytest.mark.parametrize("text", ["0.5", "x", "1/", "1/2/3", "", 3])
def test_parse_refuses_other_notations(text: object) -> None:
    """Only "a" and "a/b" are turns in text."""
    with pytest.raises(ValueError, match="expected a turn such as '1/3'"):
        Turn.parse(text)  # type: ignore[arg-type]


def test_a_zero_denominator_is_refused() -> None:
    """A turn has a non-zero denominator."""
    with pytest.raises(ValueError, match="non-zero denominator"):
        Turn.parse("1/0")


truths = st.sampled_from(list(Truth))


def _possible(value: Truth) -> set[bool]:
    return {True, False} if value is Truth.UNDECIDED else {bool(value)}


@given(truths, truths)
def test_connectives_follow_kleenes_strong_logic(a: Truth, b: Truth) -> None:
    """A connective is decided exactly when all possible values of its operands agree."""
    both = {x and y for x in _possible(a) for y in _possible(b)}
    either = {x or y for x in _possible(a) for y in _possible(b)}
    assert _possible(a & b) == both
    assert _possible(a | b) == either
    assert _possible(~a) == {not x for x in _possible(a)}


def test_an_undecided_truth_is_no_bool() -> None:
    """Branching on UNDECIDED raises an ArithmeticError instead of choosing."""
    with pytest.raises(UndecidedComparison, match="undecided"):
        bool(Truth.UNDECIDED)
    assert issubclass(UndecidedComparison, ArithmeticError)


def test_truth_mixes_with_bools_only() -> None:
    """Connectives take a bool on either side and refuse other types."""
    assert (True & Truth.UNDECIDED) is Truth.UNDECIDED
    assert (Truth.UNDECIDED | True) is Truth.TRUE
    with pytest.raises(TypeError, match="expected a bool or a Truth"):
        Truth.of(1)  # type: ignore[arg-type]
