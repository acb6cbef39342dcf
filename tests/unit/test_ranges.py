"""Ranges and the domain they span: order, dependence, hypotheses, and what covers what."""

from fractions import Fraction
from itertools import islice, product
from math import gcd

import pytest

from verify.core.bounds import as_text
from verify.core.domain import Domain, Finite
from verify.core.ranges import Listed, Ranges, Sparse, angles, ints, primes


def half(p):
    """A bound that depends on an earlier parameter."""
    return (p - 1) // 2


PAIRS = Ranges(ranges={"p": primes(3, 11), "w": ints(1, half)})


def listed(domain, *, formal=()):
    """Every assignment of a finite domain, as a scope."""
    return Listed(assignments=tuple(domain.assignments()), formal=formal)


def test_ranges_are_inclusive_and_ascending():
    """Both ends belong to a range; primes and steps leave numbers out."""
    assert list(ints(2, 5).values({})) == [2, 3, 4, 5]
    assert list(ints(1, 9, step=3).values({})) == [1, 4, 7]
    assert list(primes(3, 13).values({})) == [3, 5, 7, 11, 13]
    assert list(islice(primes().values({}), 4)) == [2, 3, 5, 7]
    assert list(ints(5, 4).values({})) == []


@pytest.mark.parametrize("values", [ints(-3, 20), ints(2, 20, step=4), primes(3, 20), ints(5, 4)])
def test_a_range_contains_what_it_lists(values):
    """Membership and enumeration agree; what is no integer is in no range."""
    inside = set(values.values({}))
    assert {n for n in range(-10, 40) if values.contains(n, {})} == inside
    for value in (True, 3.0, Fraction(3), "3", None):
        assert not values.contains(value, {})


def test_assignments_come_in_the_order_written():
    """The first parameter is the slowest; bounds follow it."""
    expected = [(p, w) for p in (3, 5, 7, 11) for w in range(1, (p - 1) // 2 + 1)]
    assert [tuple(a.values()) for a in PAIRS.assignments()] == expected


def test_hypotheses_leave_assignments_out():
    """Only assignments at which every hypothesis holds are listed and admitted."""
    domain = Ranges(
        ranges={"n": ints(1, 12), "m": ints(1, 12)},
        where={"coprime": lambda n, m: gcd(n, m) == 1, "n < m": lambda n, m: n < m},
    )
    expected = [(n, m) for n, m in product(range(1, 13), repeat=2) if gcd(n, m) == 1 and n < m]
    assert [tuple(a.values()) for a in domain.assignments()] == expected
    assert all(
        domain.admits({"n": n, "m": m}) == ((n, m) in expected)
        for n, m in product(range(14), repeat=2)
    )


def test_a_search_for_hypotheses_ends():
    """Hypotheses that nothing meets are given up after many candidates, not searched for ever."""
    domain = Ranges(ranges={"n": ints(0)}, where={"n < 0": lambda n: n < 0})
    with pytest.raises(Sparse, match="meet no hypothesis"):
        next(domain.assignments())
    empty = Ranges(ranges={"n": ints(0), "m": ints(1, 0)})
    with pytest.raises(Sparse):
        next(empty.assignments())


def test_samples_are_from_the_domain_and_repeatable():
    """Every sampled assignment is admitted, none twice, and the seed decides which."""
    domain = Ranges(
        ranges={"p": primes(3), "w": ints(1, half)}, where={"w odd": lambda w: w % 2 == 1}
    )
    sample = domain.sample(seed=5, size=40)
    assert len({tuple(a.values()) for a in sample}) == len(sample) == 40
    assert all(domain.admits(a) for a in sample)
    assert sample == domain.sample(seed=5, size=40)
    assert sample != domain.sample(seed=6, size=40)
    assert sample == sorted(sample, key=lambda a: tuple(a.values()))


def test_a_sample_of_a_small_domain_ends():
    """Asking for more than there is gives what was found."""
    assert len(PAIRS.sample(seed=0, size=1000)) <= len(list(PAIRS.assignments()))


def test_all_assignments_cover_and_fewer_do_not():
    """Covering is decided assignment by assignment."""
    every = listed(PAIRS)
    assert every.covers(PAIRS)
    assert not Listed(assignments=every.assignments[:-1]).covers(PAIRS)
    assert not Listed().covers(PAIRS)


def test_nothing_listed_covers_a_domain_without_end():
    """However many assignments were decided, infinitely many are left."""
    endless = Ranges(ranges={"n": ints(0)})
    assert not Listed(assignments=tuple({"n": n} for n in range(1000))).covers(endless)
    hopeless = Ranges(ranges={"n": ints(0)}, where={"n < 3": lambda n: n < 3})
    assert not Listed(assignments=tuple({"n": n} for n in range(3))).covers(hopeless)


def test_angles_are_covered_only_formally():
    """Integers alone do not cover a parameter that stands for every angle."""
    domain = Ranges(ranges={"n": ints(1, 3), "x": angles()})
    assert listed(domain, formal=("x",)).covers(domain)
    assert not listed(domain).covers(domain)


def test_other_scopes_do_not_cover_ranges():
    """No product of sets is taken for a domain whose parameters depend on each other."""
    assert not Domain.of(p=Finite([3, 5, 7, 11]), w=Finite(range(1, 6))).covers(PAIRS)
    assert not Domain().covers(PAIRS)
    assert not listed(PAIRS).covers(Domain.of(p=Finite([3]), w=Finite([1])))


def test_points_are_admitted_or_not():
    """A refutation counts only at a point of the domain, angles included."""
    domain = Ranges(ranges={"p": primes(3), "w": ints(1, half), "x": angles()})
    good = {"p": 5, "w": 2, "x": Fraction(1, 3)}
    assert domain.covers(Domain.at(good))
    for bad in ({"p": 9}, {"w": 3}, {"w": 0}, {"x": 0.5}, {"p": True}):
        assert not domain.covers(Domain.at({**good, **bad}))
    assert not domain.covers(Domain.at({"p": 5, "w": 2}))


def test_domains_read_as_they_were_written():
    """Dependent bounds are shown as formulas, hypotheses as the text they were given."""
    domain = Ranges(
        ranges={"p": primes(3, 61), "w": ints(1, lambda p: (p - 1) // 2), "x": angles()},
        where={"gcd(w, p) = 1": lambda w, p: gcd(w, p) == 1},
    )
    assert str(domain) == "p: primes 3…61; w: 1…(p - 1) // 2; x: all angles; gcd(w, p) = 1"
    assert str(Ranges(ranges={"n": ints(0, step=2)})) == "n: ≥ 0 step 2"


def test_a_bound_that_cannot_be_shown_is_described():
    """A bound that branches or calls other functions is named by what it depends on."""
    assert as_text(lambda p: p if p > 3 else 3) == "a function of p"
    assert as_text(lambda p, q: gcd(p, q)) == "a function of p, q"
    assert as_text(lambda p: 2**p - 1) == "(2 ** p) - 1"
    assert as_text(7) == "7"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ints(1.5, 3), r"expected an int .* as start of ints, got 1.5 \(type=float\)"),
        (lambda: ints(1, "(p-1)//2"), r"as stop of ints, got '\(p-1\)//2' \(type=str\)"),
        (lambda: ints(True, 3), "type=bool"),
        (lambda: ints(None, 3), "as start of ints, got None"),
        (lambda: ints(1, 3, step=0), "expected a positive int as step"),
        (lambda: primes(2, 7.0), "as stop of primes"),
        (
            lambda: Ranges(ranges={"w": ints(1, half), "p": primes(3, 7)}),
            "range of 'w' depends on 'p', which is not an earlier",
        ),
        (
            lambda: Ranges(ranges={"x": angles(), "n": ints(0, lambda x: x)}),
            "depends on 'x', which is not an earlier integer parameter",
        ),
        (lambda: Ranges(ranges={"n": ints(0, 3), "m": ints(0)}), "'m' has no upper end"),
    ],
)
def test_wrong_ranges_are_refused(make, words):
    """The message says what was expected and what came."""
    with pytest.raises(TypeError, match=words):
        make()


def test_a_bound_that_gives_no_integer_is_refused_where_it_is_used():
    """A bound that divides with / is told to divide with //."""
    domain = Ranges(ranges={"p": primes(3, 7), "w": ints(1, lambda p: (p - 1) / 2)})
    with pytest.raises(TypeError, match=r"at \(p=3\), got 1.0 .* divide with // instead of /"):
        list(domain.assignments())
