"""Rates of events, each wanted in a range."""

from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Outcome
from verify.methods.rates import Rate, rates


def _coin(chance, **ends):
    def trials(generator, count):
        return int(generator.binomial(count, chance))

    return Rate(name=f"a coin of {chance}", trials=trials, **ends)


def _rates(*expected, against=""):
    return rates(
        Context(), expected=expected, samples={"quick": 200, "full": 200}, level=0.99,
        scope=Domain.at({"coin": 1}), against=against)


def test_rates_inside_their_ranges_support():
    """Both whole intervals lie inside; the evidence is a statistic, so it proves nothing."""
    found = _rates(_coin(0.9, at_least=0.5), _coin(0.1, at_most=0.5))
    assert found.outcome is Outcome.ESTABLISHED
    assert not found.kind.rigorous


def test_a_rate_outside_its_range_refutes_what_it_should_support():
    """One interval wholly outside is enough."""
    found = _rates(_coin(0.9, at_least=0.5), _coin(0.9, at_most=0.5))
    assert found.outcome is Outcome.REFUTED


def test_an_interval_across_an_end_leaves_it_open():
    """A fair coin neither has at least nor at most one half for sure."""
    assert _rates(_coin(0.5, at_least=0.5)).outcome is Outcome.INCONCLUSIVE


def test_rates_against_a_statement_refute_it_only_when_all_are_inside():
    """The words name the point; a rate on the other side leaves the statement open."""
    inside = _rates(_coin(0.9, at_least=0.5), against="the coin is biased")
    assert inside.outcome is Outcome.REFUTED
    assert inside.witness.description == "the coin is biased"
    outside = _rates(_coin(0.1, at_least=0.5), against="the coin is biased")
    assert outside.outcome is Outcome.INCONCLUSIVE


def test_the_risk_is_divided_among_the_rates():
    """Two rates at 99 % together have 99.5 % intervals each, wider than one alone."""
    one, two = _rates(_coin(0.5)), _rates(_coin(0.5), _coin(0.5))
    assert [v.level for v in one.values] == [0.99]
    assert [round(v.level, 6) for v in two.values] == [0.995, 0.995]
