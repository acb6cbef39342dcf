"""The formula language: one statement, several arithmetics, and the checker agrees."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import EXACT, FLOAT, FORMAL, Truth, ball
from verify.checker import check_document
from verify.formula import (
    FormulaError,
    Term,
    all_of,
    binom,
    cos,
    equal,
    evaluate,
    exists,
    fact,
    forall_range,
    half,
    holds,
    iverson,
    maximum,
    mod,
    product,
    rational,
    sin,
    sqrt,
    total,
    var,
)


def _leaves():
    numbers = st.fractions(-3, 3, max_denominator=5).map(
        lambda q: rational(q.numerator, q.denominator)
    )
    turns = st.fractions(-2, 2, max_denominator=6)
    waves = turns.map(lambda t: cos(rational(t.numerator, t.denominator)))
    roots = st.integers(0, 8).map(lambda n: sqrt(rational(n)))
    return st.one_of(numbers, waves, roots)


TERMS = st.recursive(
    _leaves(),
    lambda inner: st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a - b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a: a**2, inner),
        st.builds(lambda a: -a, inner),
    ),
    max_leaves=6,
)


@given(TERMS)
def test_float_and_ball_agree_with_the_exact_value(term):
    """The float value is close to the exact one, and the ball contains it."""
    exact = EXACT.rational(evaluate(term, EXACT)) if _rational(term) else evaluate(term, EXACT)
    approx = evaluate(term, FLOAT)
    assert abs(float(exact) - float(approx)) <= 1e-6 * max(1.0, abs(float(exact)))
    enclosed = evaluate(term, ball(96))
    assert isinstance(enclosed, Fraction) or enclosed.contains(exact)


def _rational(term: Term) -> bool:
    return isinstance(evaluate(term, EXACT), Fraction)


@given(TERMS, TERMS)
def test_the_checker_decides_as_the_suite_does(left, right):
    """Two independent evaluators give the same truth to every random comparison."""
    for formula in (left < right, equal(left, right), left >= right):
        truth = holds(formula, EXACT) is Truth.TRUE
        document = {
            "format": "verify-certificate/1",
            "kind": "statement",
            "claim": "test",
            "points": [{}],
            "formula": formula.node,
            "holds": truth,
        }
        assert check_document(document).accepted
        assert not check_document({**document, "holds": not truth}).accepted


def test_formal_identities_hold_for_every_angle():
    """cos² + sin² = 1 and the addition theorem are identities of Laurent polynomials."""
    x, y = var("x"), var("y")
    angles = {"x": "angle", "y": "angle"}
    assert holds(equal(cos(x) ** 2 + sin(x) ** 2, rational(1)), FORMAL, {}, angles) is Truth.TRUE
    addition = equal(cos(x + y), cos(x) * cos(y) - sin(x) * sin(y))
    assert holds(addition, FORMAL, {}, angles) is Truth.TRUE
    wrong = equal(cos(x + y), cos(x) * cos(y) + sin(x) * sin(y))
    assert holds(wrong, FORMAL, {}, angles) is not Truth.TRUE


def test_binders_range_over_both_ends():
    """Sums, products and quantifiers include both limits and are empty when reversed."""
    n = var("n")
    assert evaluate(total("j", 1, n, lambda j: j), EXACT, {"n": 5}) == 15
    assert evaluate(total("j", 3, 2, lambda j: j), EXACT) == 0
    assert evaluate(product("j", 1, 4, lambda j: j), EXACT) == evaluate(fact(4), EXACT) == 24
    assert holds(forall_range("j", 2, 1, lambda j: j < 0), EXACT) is Truth.TRUE
    assert holds(exists("j", 0, 6, lambda j: equal(j * j, 25)), EXACT) is Truth.TRUE
    assert holds(exists("j", 0, 4, lambda j: equal(j * j, 25)), EXACT) is Truth.FALSE


def test_all_of_holds_when_every_formula_does():
    """A conjunction of many is one node, true exactly when all are; of none it is true."""
    true, false = rational(1) < 2, rational(2) < 1
    assert holds(all_of([true, true]), EXACT) is Truth.TRUE
    assert holds(all_of(f for f in (true, false)), EXACT) is Truth.FALSE
    assert holds(all_of([]), EXACT) is Truth.TRUE
    assert len(all_of([true, true, false]).node["and"]) == 3
    with pytest.raises(TypeError, match="expected a formula"):
        all_of([true, True])


def test_integer_functions():
    """mod, binomial, iverson, max and half-integer powers mean what the grammar says."""
    assert evaluate(mod(rational(-1), 5), EXACT) == 4
    assert evaluate(binom(5, 2), EXACT) == 10
    assert evaluate(iverson(equal(mod(rational(7), 3), 1)), EXACT) == 1
    assert evaluate(maximum(2, sqrt(5), 1), FLOAT) == pytest.approx(5**0.5)
    assert holds(equal(rational(8) ** half(3), 16 * sqrt(2)), EXACT) is Truth.TRUE


@pytest.mark.parametrize("bad", [0.5, True, "1/2", None])
def test_terms_refuse_what_is_not_exact(bad):
    """A float, a bool, a bare string or nothing is refused at the door."""
    with pytest.raises(TypeError, match="expected"):
        var("x") + bad


def test_a_formula_is_not_a_bool():
    """Using a formula as a truth value is an error that says what to do."""
    with pytest.raises(TypeError, match="holds"):
        bool(equal(1, 1))


@pytest.mark.parametrize(
    ("term", "message"),
    [
        (var("q"), "unbound variable 'q'"),
        (1 / rational(0), "division by zero"),
        (sqrt(-1), "negative"),
        (fact(-1), "negative"),
        (Term({"tan": 1}), "unknown term 'tan'"),
        (Term({"+": [1], "-": [1, 1]}), "exactly one key"),
        (Term(0.5), "not an exact number"),
    ],
)
def test_meaningless_terms_name_the_trouble(term, message):
    """Errors say which node has no meaning and why."""
    with pytest.raises(FormulaError, match=message):
        evaluate(term, EXACT)
