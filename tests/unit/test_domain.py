"""Parameter domains: inclusion decides PROVED, so every rule of it is tested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.core.domain import (
    Domain,
    Finite,
    Primes,
    Progression,
    Sample,
    Whole,
    at_least,
    even,
    is_prime,
    odd,
)

SETS = st.one_of(
    st.lists(st.integers(-3, 30), max_size=5).map(Finite),
    st.builds(Progression, st.integers(0, 12), st.integers(1, 4)),
    st.builds(
        Progression, st.integers(0, 12), st.integers(1, 4), st.integers(12, 40)
    ),
    st.builds(Primes, st.integers(2, 12)),
    st.builds(Primes, st.integers(2, 12), st.integers(12, 40)),
)


@given(SETS, SETS)
def test_covers_is_sound(big, small):
    """If a set says that it covers another, every small element of the other is in it."""
    if big.covers(small):
        assert all(big.contains(n) for n in range(-5, 200) if small.contains(n))


@pytest.mark.parametrize(
    ("big", "small", "expected"),
    [
        (odd(3), Primes(3), True),
        (odd(5), Primes(3), False),
        (odd(3), Primes(2), False),
        (at_least(2), Primes(2), True),
        (even(2), Primes(3), False),
        (at_least(2), odd(3), True),
        (odd(3), at_least(3), False),
        (Primes(3), odd(3), False),
        (Primes(2), Primes(5), True),
        (Finite([2, 3, 4, 5]), Progression(2, 1, 5), True),
        (Finite([2, 3, 4, 5]), at_least(2), False),
        (Whole("networks"), Whole("networks"), True),
        (Whole("networks"), Whole("phases"), False),
        (Sample("networks", 100), Whole("networks"), False),
        (Whole("networks"), Sample("networks", 100), True),
    ],
)
def test_covers_decides_the_inclusions_that_verdicts_rest_on(big, small, expected):
    """Inclusions between the kinds of sets that claims and scopes use."""
    assert big.covers(small) is expected


def test_a_forgotten_parameter_is_not_covered():
    """A scope that does not mention a quantified parameter covers no claim that has it."""
    claim = Domain.of(k=at_least(2), p=odd(3))
    assert not Domain.of(p=odd(3)).covers(claim)
    assert Domain.of(k=at_least(1), p=odd(3)).covers(claim)


def test_points_cover_a_finite_product_and_nothing_infinite():
    """A list of points covers exactly the finite domains whose grid it contains."""
    points = Domain.at({"k": 2, "p": 3}, {"k": 2, "p": 5})
    assert points.covers(Domain.of(k=Finite([2]), p=Finite([3, 5])))
    assert not points.covers(Domain.of(k=Finite([2]), p=Finite([3, 7])))
    assert not points.covers(Domain.of(k=Finite([2]), p=odd(3)))


def test_a_point_needs_every_parameter_of_the_domain():
    """A witness that leaves a parameter open is not inside the domain."""
    domain = Domain.of(k=at_least(2), p=Primes(3))
    assert domain.admits({"k": 2, "p": 3, "extra": 1})
    assert not domain.admits({"p": 3})
    assert not domain.admits({"k": 2, "p": 9})


@given(st.integers(-3, 500))
def test_is_prime_agrees_with_the_definition(n):
    """Trial division agrees with counting divisors."""
    assert is_prime(n) is (n > 1 and sum(n % d == 0 for d in range(1, n + 1)) == 2)


def test_odd_and_even_refuse_the_wrong_parity():
    """The helpers say what they expected."""
    with pytest.raises(ValueError, match="odd minimum, got 4"):
        odd(4)
    with pytest.raises(ValueError, match="even minimum, got 3"):
        even(3)
