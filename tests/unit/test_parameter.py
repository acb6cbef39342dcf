"""Integers that remember where they came from: the recorded term has the integer's value."""

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constructions.numbers import EXACT
from verify.core.parameter import Parameter
from verify.formula import Term, evaluate, var

SMALL = st.integers(-6, 12)
BINARY = [operator.add, operator.sub, operator.mul, operator.mod, operator.floordiv]


def recorded(value, **env):
    """What the recorded term of a parameter is worth."""
    return evaluate(Term(value.node), EXACT, env)


@given(p=SMALL, w=SMALL, c=SMALL, function=st.sampled_from(BINARY), swap=st.booleans())
def test_recorded_terms_have_the_value_of_the_int(p, w, c, function, swap):
    """For every operation on parameters and ints, term and int agree at the assignment."""
    left = Parameter(p, {"var": "p"})
    right = Parameter(w, {"var": "w"}) if c > 0 else w
    if swap:
        left, right = right, left
    if int(right) == 0 and function in (operator.mod, operator.floordiv):
        with pytest.raises(ZeroDivisionError):
            function(left, right)
        return
    result = function(left, right)
    assert result == function(int(left), int(right))
    if isinstance(result, Parameter):
        assert recorded(result, p=p, w=w) == int(result)


@given(p=SMALL, e=st.integers(0, 5))
def test_powers_and_negation_are_recorded(p, e):
    """Powers with non-negative exponents and the negative are ints with their terms."""
    base = Parameter(p, {"var": "p"})
    exponent = Parameter(e, {"var": "e"})
    for result, value in ((base**exponent, p**e), (base**e, p**e), (-base, -p)):
        assert result == value
        assert recorded(result, p=p, e=e) == value


@given(p=SMALL.filter(bool), q=SMALL.filter(bool))
def test_quotients_are_exact_terms_and_never_floats(p, q):
    """p / q is a fraction in the language, whichever side is a parameter."""
    left, right = Parameter(p, {"var": "p"}), Parameter(q, {"var": "q"})
    for quotient in (left / right, left / q, p / right):
        assert isinstance(quotient, Term)
        assert not isinstance(quotient, int)
        assert evaluate(quotient, EXACT, {"p": p, "q": q}) == EXACT.rational(Fraction(p, q))


def test_a_parameter_is_an_int_for_python():
    """It counts, indexes, compares and hashes as its value."""
    p = Parameter(3, {"var": "p"})
    assert list(range(p)) == [0, 1, 2]
    assert "abcd"[p] == "d"
    assert p == 3
    assert hash(p) == hash(3)
    assert pow(p, 2, 5) == 4


def test_relations_name_the_parameter():
    """With a term on one side the relation reads p, so that it reads the same everywhere."""
    p = Parameter(3, {"var": "p"})
    assert (var("x") * p).node == {"*": [{"var": "x"}, {"var": "p"}]}
    assert ((p - 1) // 2 + var("x")).node == (
        Term(((p - 1) // 2).node) + var("x")
    ).node


def test_floats_are_refused():
    """A float that meets a parameter in a relation is no number of the language."""
    p = Parameter(3, {"var": "p"})
    with pytest.raises(TypeError, match="float"):
        _ = var("x") + (p * 1.5)
