"""Statistics over trained networks: intervals, comparisons, and the kind of evidence they give."""

from fractions import Fraction

import numpy as np
import pytest

from constructions.numbers import Truth
from verify.core.domain import Domain
from verify.core.evidence import Kind, established
from verify.core.statistic import Statistic, bootstrap, mean, proportion


def test_all_successes_leave_the_exact_lower_end():
    """With n successes of n the lower end a solves a^n = (1 − level)/2."""
    found = proportion(10, 10, level=0.95)
    assert found.upper == 1
    assert found.lower == pytest.approx(0.025 ** (1 / 10), rel=1e-9)


def test_clopper_pearson_covers_at_its_level():
    """For every true share on a grid the interval contains it with probability ≥ level."""
    from scipy.stats import binom

    networks = 7
    found = [proportion(s, networks, level=0.9) for s in range(networks + 1)]
    for share in np.linspace(0.01, 0.99, 33):
        inside = [s for s, f in enumerate(found) if f.lower <= share <= f.upper]
        assert sum(binom.pmf(s, networks, share) for s in inside) >= 0.9 - 1e-12


def test_students_interval_of_two_values():
    """For two values the half width is t·|a − b|/2 with one degree of freedom."""
    found = mean([0.0, 2.0], level=0.5)
    assert found.estimate == 1
    assert found.upper - 1 == pytest.approx(1.0)  # t_{0.75, 1} = 1


def test_bootstrap_is_deterministic_and_contains_its_estimate():
    """The same seed gives the same interval, and the interval contains the estimate."""
    values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]
    assert bootstrap(values, seed=3) == bootstrap(values, seed=3)
    found = bootstrap(values)
    assert found.lower <= found.estimate == 12 <= found.upper


def test_comparisons_are_three_valued():
    """An interval that contains the threshold decides nothing."""
    found = Statistic(estimate=0.5, lower=0.4, upper=0.6, level=0.95, networks=5)
    assert found.at_least(0.4) is Truth.TRUE
    assert found.at_least(0.5) is Truth.UNDECIDED
    assert found.at_least(0.7) is Truth.FALSE
    assert found.at_most(0.6) is Truth.TRUE
    assert found.at_most(0.3) is Truth.FALSE
    assert found.within(0.3, 0.7) is Truth.TRUE
    assert found.within(0.7, 0.8) is Truth.FALSE


def test_evidence_with_a_statistic_is_trained():
    """One statistic among exact values makes the evidence of kind `trained`."""
    share = proportion(5, 5)
    assert established(scope=Domain(), method="m", values=(Fraction(1), share)).kind is Kind.TRAINED
    assert established(scope=Domain(), method="m", values=(share,)).kind is Kind.TRAINED
    assert established(scope=Domain(), method="m", values=(Fraction(1),)).kind is Kind.EXACT


@pytest.mark.parametrize(
    "make",
    [
        lambda: mean([1.0]),
        lambda: mean([1.0, float("nan")]),
        lambda: proportion(3, 2),
        lambda: proportion(0, 0),
        lambda: proportion(1, 2, level=1.5),
        lambda: bootstrap([1.0] * 7),
    ],
)
def test_what_has_no_honest_interval_is_refused(make):
    """No values, values that are not finite, impossible counts and undeclared levels raise."""
    with pytest.raises(ValueError, match=r"expected|must"):
        make()
