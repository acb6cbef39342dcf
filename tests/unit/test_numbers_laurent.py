"""Formal Laurent polynomials."""

import cmath
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import Ball, Cyclotomic, LaurentPolynomial, Turn

unit, symbol = LaurentPolynomial.unit, LaurentPolynomial.symbol
I = Cyclotomic.root(Turn.of(1, 4))


def cos(name: str) -> LaurentPolynomial:
    """cos 2πx of a formal angle."""
    return (unit(name, 1) + unit(name, -1)) / 2


def sin(name: str) -> LaurentPolynomial:
    """sin 2πx of a formal angle."""
    return (unit(name, 1) - unit(name, -1)) / (2 * I)


@st.composite
def polynomials(draw: st.DrawFn) -> LaurentPolynomial:
    """Up to three terms in x and y with small rational or cyclotomic coefficients."""
    small = st.integers(-3, 3)
    terms = draw(st.lists(st.tuples(small, small, small, st.integers(0, 7)), max_size=3))
    total = LaurentPolynomial.constant(0)
    for c, i, j, k in terms:
        total = total + c * Cyclotomic.root(Turn.of(k, 8)) * unit("x", i) * unit("y", j)
    return total


@given(polynomials(), polynomials(), polynomials())
def test_ring_axioms(
    a: LaurentPolynomial, b: LaurentPolynomial, c: LaurentPolynomial
) -> None:
    """Laurent polynomials form a commutative ring, with hashes that respect equality."""
    assert a + b == b + a and a * b == b * a and (a - a).is_zero()
    assert (a * b) * c == a * (b * c) and a * (b + c) == a * b + a * c
    assert (a + b) ** 2 == a**2 + 2 * a * b + b**2
    assert hash(a + b) == hash(b + a)


@given(polynomials(), polynomials(), st.integers(0, 6), st.integers(0, 6))
def test_evaluation_is_a_homomorphism(
    a: LaurentPolynomial, b: LaurentPolynomial, s: int, t: int
) -> None:
    """Evaluating a product gives the product of the values, exactly and in floats."""
    point = {"x": Cyclotomic.root(Turn.of(s, 7)), "y": Cyclotomic.root(Turn.of(t, 7))}
    assert (a * b).evaluate(point) == a.evaluate(point) * b.evaluate(point)
    floats = {name: complex(value) for name, value in point.items()}
    assert cmath.isclose(a.evaluate(floats), complex(a.evaluate(point)), abs_tol=1e-9)


def test_pythagoras_and_double_angles_hold_formally() -> None:
    """cos² + sin² = 1, cos 2x = 2cos² - 1 and sin(x+y) hold as identities."""
    assert cos("x") ** 2 + sin("x") ** 2 == 1
    assert (unit("x", 2) + unit("x", -2)) / 2 == 2 * cos("x") ** 2 - 1
    added = (unit("x") * unit("y") - unit("x", -1) * unit("y", -1)) / (2 * I)
    assert added == sin("x") * cos("y") + cos("x") * sin("y")
    assert cos("x") ** 2 - sin("x") ** 2 != 1


def test_polarisation_holds_in_indeterminates() -> None:
    """2^k k! Π a_i = Σ_c Πc_i (Σ c_i a_i)^k for k = 3, and a wrong constant does not."""
    names = ["a", "b", "c"]
    total = LaurentPolynomial.constant(0)
    for signs in product((1, -1), repeat=3):
        inner = sum(s * symbol(n) for s, n in zip(signs, names, strict=True))
        total = total + signs[0] * signs[1] * signs[2] * inner**3
    expected = symbol("a") * symbol("b") * symbol("c")
    assert total == 48 * expected and total != 24 * expected


def test_coefficients_are_read_by_exponents() -> None:
    """`coefficient` finds a term whatever the order of its factors, zero elsewhere."""
    found = 3 * unit("y", -2) * unit("x") + Fraction(1, 2)
    assert found.coefficient({"x": 1, "y": -2}) == 3
    assert found.coefficient({"y": -2, "x": 1, "z": 0}) == 3
    assert found.coefficient() == Fraction(1, 2) and found.coefficient({"x": 7}) == 0
    assert found.terms[()] == Fraction(1, 2)


def test_symbols_stay_known_after_they_cancel() -> None:
    """A difference that cancels is zero, and still names what it was decided over."""
    zero = cos("x") ** 2 + sin("x") ** 2 - 1
    assert zero.is_zero() and zero.is_constant() and zero.symbols == {"x"}
    assert LaurentPolynomial.constant(2).symbols == frozenset()
    assert symbol("a").symbols == {"a"}


def test_only_single_terms_have_inverses() -> None:
    """x/2 inverts to 2/x; a sum does not, and zero raises ZeroDivisionError."""
    x = symbol("x")
    assert 1 / (x / 2) == 2 * unit("x", -1) and x**-3 == unit("x", -3)
    with pytest.raises(ValueError, match="single term"):
        1 / (x + 1)
    with pytest.raises(ZeroDivisionError):
        1 / (x - x)


def test_constants_compare_and_hash_as_numbers() -> None:
    """A polynomial without symbols equals its value and hashes alike."""
    constant = LaurentPolynomial.constant(Cyclotomic.sqrt(2))
    assert constant == Cyclotomic.sqrt(2) and hash(constant) == hash(Cyclotomic.sqrt(2))
    assert constant.as_constant() ** 2 == 2
    with pytest.raises(ValueError, match="expected a constant"):
        symbol("x").as_constant()


def test_floats_are_refused() -> None:
    """No float becomes a coefficient or an exponent."""
    for use in (
        lambda: symbol("x") + 0.5,
        lambda: 0.5 * symbol("x"),
        lambda: symbol("x") == 0.5,
        lambda: LaurentPolynomial.constant(0.5),
        lambda: symbol("x") ** 0.5,
        lambda: unit("x", 0.5),
    ):
        with pytest.raises(TypeError):
            use()


def test_evaluation_in_balls_and_missing_values() -> None:
    """Ball values give enclosures, also with non-real coefficients; a gap is named."""
    square = symbol("x") ** 2 + Cyclotomic.sqrt(2)
    assert square.evaluate({"x": Ball("1/3")}).contains(Fraction(1, 9) + Cyclotomic.sqrt(2))
    rotated = (I * symbol("x")).evaluate({"x": Ball(3)})
    assert rotated.imag.contains(3) and rotated.real.contains(0)
    assert (1 / symbol("x")).evaluate({"x": 3}) == Fraction(1, 3)
    with pytest.raises(KeyError, match="no value for the symbols y"):
        (symbol("x") + symbol("y")).evaluate({"x": 1})
