"""Bounds at one time of a differential equation."""

from fractions import Fraction

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Kind, Outcome
from verify.formula import var
from verify.methods.enclosure import System
from verify.methods.trajectories import below_at_time

DECAY = System.of(lambda x: (-x,), "x")
X = var("x")


def _bound(bound, start=1, system=DECAY, until=1):
    return below_at_time(
        Context(), system=system, start={"x": start}, until=Fraction(until), term=X,
        bound=Fraction(bound), scope=Domain.at({"x": 1}),
    )


def test_a_bound_that_holds_has_a_certificate_that_the_checker_accepts():
    """e^{−1} = 0.3678… is below 2/5, for the start 1 and for a box around it."""
    for start in (1, (Fraction(99, 100), Fraction(101, 100))):
        finding = _bound("2/5", start)
        assert finding.outcome is Outcome.ESTABLISHED
        assert finding.kind is Kind.ENCLOSURE
        document = finding.certificates["enclosure"]
        assert check_document(
            {"format": "verify-certificate/1", "claim": "-", **document}
        ).accepted


def test_a_bound_that_fails_or_is_too_close_decides_nothing():
    """e^{−1} is above 1/3, and a wide start leaves 2/5 open."""
    assert _bound("1/3").outcome is Outcome.INCONCLUSIVE
    wide = _bound("2/5", (1, Fraction(6, 5)))
    assert wide.outcome is Outcome.INCONCLUSIVE
    assert "not below 2/5" in wide.reason


def test_a_solution_that_ends_early_decides_nothing():
    """x' = x² from 1 is infinite at time 1."""
    square = System.of(lambda x: (x**2,), "x")
    assert _bound(10**6, system=square, until=2).outcome is Outcome.INCONCLUSIVE
