"""Sums of squares on the torus, from problem to certificate."""

from fractions import Fraction

import pytest

from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Kind, Outcome
from verify.methods.torus import TorusProblem, bounded_below, propose

# |e^{ix} + e^{iy}|² + |e^{2ix} + e^{2iy}|² = 4 + 2 cos t + 2 cos 2t, t = x − y: at least 7/4
WAVES = TorusProblem(
    squares=((Fraction(1), ((1, 0), (0, 1))), (Fraction(1), ((2, 0), (0, 2)))),
    blocks=(((2, 0), (1, 1), (0, 2)),),
    generators=((1, 0),),
    mirror=((0, -1), (1, -1)),
)


def _bound(values, bound):
    return bounded_below(
        Context(), problem=WAVES, values=values, bound=bound, scope=Domain.at({"x": 0})
    )


def test_pairs_of_one_orbit_share_a_value():
    """Exchanging the angles and transposing leave four orbits of the six pairs."""
    (ids,), count = WAVES.orbits
    assert count == 4
    assert ids[0][0] == ids[2][2]
    assert ids[0][1] == ids[1][2] == ids[1][0]


def test_a_proposed_form_is_certified_for_every_bound_below_the_minimum():
    """The minimum over t of 4 + 2 cos t + 2 cos 2t is 4 − 1/4 − 2 = 7/4."""
    for bound in (Fraction(1), Fraction(3, 2)):
        found = _bound(propose(WAVES, bound, denominator=1000), bound)
        assert found.outcome is Outcome.ESTABLISHED
        assert found.kind is Kind.SYMBOLIC


def test_a_bound_above_the_minimum_has_no_form():
    """Neither the program nor the values for another bound make a certificate."""
    with pytest.raises(ValueError, match="no positive definite form"):
        propose(WAVES, Fraction(2), denominator=1000)
    values = propose(WAVES, Fraction(1), denominator=1000)
    assert _bound(values, Fraction(2)).outcome is Outcome.INCONCLUSIVE


def test_a_coefficient_that_no_pair_makes_is_an_error():
    """The products must reach every coefficient of the sum."""
    short = TorusProblem(
        squares=WAVES.squares, blocks=(((1, 0), (0, 1)),), generators=((1, 0),),
        mirror=WAVES.mirror,
    )
    with pytest.raises(ValueError, match="no pair of exponents"):
        propose(short, Fraction(1), denominator=10)


def test_the_number_of_values_must_fit():
    """One for each orbit."""
    with pytest.raises(ValueError, match="expected 4 values"):
        WAVES.document([Fraction(1)], Fraction(0))
