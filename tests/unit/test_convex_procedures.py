"""Checks for claims: what is established, what is refuted, what stays open."""

import pytest

from constructions.tasks import SumTask
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.formula import fact, half, rational, var
from verify.methods.convex import (
    column_generation_closes,
    exceeding_network,
    random_half,
    subset_exceeds,
)

K, P, N = var("k"), var("p"), var("n")
# The printed maximum margin for odd p.
GAMMA = 2 * fact(K) / ((2 * K + 2) ** half(K + 1) * ((P - 1) * P ** half(K - 1)))
POINTS = ({"k": 2, "p": 3}, {"k": 2, "p": 5}, {"k": 3, "p": 3})


def _accepted(finding):
    return [
        check_document({"format": "verify-certificate/1", "claim": "t", **document}).accepted
        for document in finding.certificates.values()
    ]


def test_established_with_exact_certificates():
    """Closed at every point: established, exact, three certificates per point."""
    points = (*POINTS, {"group": (2, 4), "k": 2})
    finding = column_generation_closes(Context(), points=points)
    assert finding.outcome is Outcome.ESTABLISHED
    assert finding.kind is Kind.EXACT
    assert finding.scope.admits({"group": (2, 4), "k": 2})
    assert _accepted(finding) == [True] * 12


def test_stated_value_is_part_of_the_statement():
    """The printed value lies in every bracket, and a certificate says so."""
    finding = column_generation_closes(Context(), points=POINTS, near=GAMMA)
    assert finding.outcome is Outcome.ESTABLISHED
    assert sum(name.startswith("value") for name in finding.certificates) == len(POINTS)
    assert all(_accepted(finding))


@pytest.mark.parametrize(
    ("factor", "kind"),
    [(rational(99, 100), "network-margin"), (rational(101, 100), "margin-bound")],
)
def test_wrong_values_are_refuted(factor, kind):
    """A value 1 % off is refuted at the first point by the side that excludes it."""
    finding = column_generation_closes(Context(), points=POINTS, near=GAMMA * factor)
    assert finding.outcome is Outcome.REFUTED
    assert finding.witness.values == {"k": 2, "p": 3}
    assert [c["kind"] for c in finding.certificates.values()] == [kind]
    assert _accepted(finding) == [True]


def test_printed_value_fails_at_even_moduli():
    """The value for odd p is exceeded at p = 4: the smallest even modulus above 2."""
    points = tuple({"k": 2, "p": p} for p in (3, 4, 5))
    finding = column_generation_closes(Context(), points=points, near=GAMMA)
    assert finding.outcome is Outcome.REFUTED
    assert finding.witness.values == {"k": 2, "p": 4}
    assert _accepted(finding) == [True]


def test_a_dropped_frequency_stays_open():
    """With the oracle off and a frequency missing, the outcome is inconclusive, not an error."""
    finding = column_generation_closes(
        Context(), points=POINTS[1:2], pool=lambda k, p: ((1,),), iterations=0
    )
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "gap" in finding.reason


def test_points_must_name_a_group():
    """A point without p or group is an error that says what was expected."""
    with pytest.raises(ValueError, match="'group' or 'p'"):
        column_generation_closes(Context(), points=({"k": 2},))


def test_half_of_the_data_has_a_larger_margin():
    """On 4 of the 9 inputs at k = 2, p = 3 a rational network beats the full-data value."""
    data = random_half(SumTask.modular(3, 2), seed=0)
    finding = subset_exceeds(Context(), point={"k": 2, "p": 3}, data=data, value=GAMMA)
    assert finding.outcome is Outcome.REFUTED
    assert finding.kind is Kind.EXACT
    assert _accepted(finding) == [True]


def test_the_certificate_is_about_the_subset():
    """The same network on all inputs does not exceed the value: the data matter."""
    data = random_half(SumTask.modular(3, 2), seed=0)
    found = exceeding_network(task=SumTask.modular(3, 2), data=data, value=GAMMA)
    whole = {"format": "verify-certificate/1", "claim": "t", **found.certificate}
    assert check_document(whole).accepted
    assert not check_document({**whole, "data": "all"}).accepted


def test_full_data_are_not_exceeded():
    """On all inputs no network beats the maximum margin, and the outcome is inconclusive."""
    task = SumTask.modular(3, 2)
    finding = subset_exceeds(
        Context(),
        point={"k": 2, "p": 3},
        data=random_half(task, seed=0, size=task.size),
        value=GAMMA,
        iterations=12,
    )
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "9 inputs" in finding.reason


def test_random_halves_are_reproducible_subsets():
    """The seed decides the inputs; sizes outside 1..n^k are refused."""
    task = SumTask.modular(5, 2)
    half_data = random_half(task, seed=3)
    assert half_data == random_half(task, seed=3) != random_half(task, seed=4)
    assert len(half_data) == len(set(half_data)) == 12
    with pytest.raises(ValueError, match="between 1 and 25"):
        random_half(task, seed=0, size=26)
