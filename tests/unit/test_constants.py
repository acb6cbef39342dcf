"""Solving an identity for its unknown constant."""

from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Outcome
from verify.formula import cos, rational, var
from verify.methods.constants import proportional

A, B, X = var("a"), var("b"), var("x")
SYMBOLS = {"a": "indeterminate", "b": "indeterminate", "x": "angle"}


def solve(left, shape, **other):
    """The finding for one angle and two magnitudes."""
    return proportional(
        Context(),
        left=left,
        shape=shape,
        formal=SYMBOLS,
        constant_in=("a", "b"),
        scope=Domain.of(),
        **other,
    )


def test_the_constant_is_found_and_certified():
    """Coefficient and exponents are solved for, not tested."""
    found = solve((A * cos(X)) ** 2 * B * rational(3, 2), 1 + cos(2 * X))
    assert found.outcome is Outcome.ESTABLISHED
    assert found.quantities["constant"] == "3/4·a^2·b"
    assert found.certificates["identity"]["formal"] == SYMBOLS


def test_no_constant_is_invented():
    """Another shape, a factor that moves with the angle, and another stated constant."""
    assert "no constant" in solve(A * cos(X), cos(2 * X)).reason
    assert (
        "depends on a"
        in proportional(
            Context(),
            left=A * cos(X),
            shape=cos(X),
            formal=SYMBOLS,
            constant_in=("b",),
            scope=Domain.of(),
        ).reason
    )
    assert "the constant is a" in solve(A * cos(X), cos(X), expected={"b": 1}).reason
    assert solve(A - A, cos(X)).outcome is Outcome.INCONCLUSIVE
