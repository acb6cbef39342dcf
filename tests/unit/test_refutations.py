"""Counterexamples found in a list of points, smallest first."""

from verify.checker import check_document
from verify.claims.writing import exact
from verify.core.claim import Context
from verify.core.domain import Domain, Whole
from verify.core.evidence import Kind, Outcome
from verify.formula import equal, fact, var
from verify.methods.refutations import first_failure, no_instance

K = var("k")
POINTS = [{"k": k} for k in range(1, 7)]


def _search(formula, points=POINTS):
    return first_failure(Context(), formula=formula, points=points, description="too small")


def _accepted(finding):
    documents = finding.certificates.values()
    header = {"format": "verify-certificate/1", "claim": "-"}
    return [check_document({**header, **document}).accepted for document in documents]


def test_the_witness_is_the_first_listed_point_that_fails():
    """k! = k holds at 1 and 2, so the witness is 3, and the earlier points are certified too."""
    finding = _search(equal(fact(K), K))
    assert finding.outcome is Outcome.REFUTED
    assert finding.kind is Kind.EXACT
    assert finding.witness.values == {"k": 3}
    assert finding.witness.description == "too small"
    assert sorted(finding.certificates) == ["counterexample", "smaller"]
    assert finding.certificates["smaller"]["points"] == POINTS[:2]
    assert _accepted(finding) == [True, True]


def test_a_witness_at_the_first_point_needs_no_smaller_ones():
    """Nothing precedes the first point."""
    finding = _search(equal(fact(K), K + 1))
    assert finding.witness.values == {"k": 1}
    assert _accepted(finding) == [True]


def test_fixed_parameters_belong_to_the_witness():
    """What the formula has built in is part of the refutation's scope."""
    finding = first_failure(
        Context(),
        formula=equal(fact(K), K),
        points=POINTS,
        description="too small",
        fixed={"p": 3},
    )
    assert finding.witness.values == {"k": 3, "p": 3}
    assert finding.scope.admits({"k": 3, "p": 3})
    assert _accepted(finding) == [True, True]


def test_a_statement_that_holds_at_every_point_is_left_open():
    """The search refutes or says nothing."""
    finding = _search(fact(K) >= K)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "all 6 listed points" in finding.reason
    assert not finding.certificates


def _without(formula):
    return no_instance(
        Context(), parts=(exact("k ≤ 6", formula, points=POINTS),), description="none",
        scope=Domain.of(k=Whole("numbers")))


def test_hypotheses_that_nothing_meets_make_a_statement_vacuous():
    """The proof is certified, and its reason is the verdict's."""
    finding = _without(fact(K) >= K)
    assert finding.outcome is Outcome.VACUOUS
    assert finding.reason == "none"
    assert _accepted(finding) == [True]


def test_a_proof_of_vacuity_that_fails_leaves_the_statement_open():
    """Some k has k! > k, so that nothing has is not shown."""
    finding = _without(equal(fact(K), K))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "k=3" in finding.reason
