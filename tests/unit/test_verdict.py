"""Verdicts are computed from evidence; the rules of evidence are enforced here."""

import pytest

from constructions.numbers import FORMAL, Ball, Cyclotomic
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Primes, odd
from verify.core.evidence import (
    Finding,
    Kind,
    Outcome,
    Witness,
    inconclusive,
    not_run,
    refuted,
)
from verify.core.statistic import Statistic, mean, observed, proportion
from verify.core.verdict import Judged, Verdict, judge

STATEMENT = {"kind": "statement", "points": [{}], "formula": {"=": [1, 1]}, "holds": True}
FORMAL_STATEMENT = {**STATEMENT, "formal": {"x": "angle"}}


def _claim(**changes):
    check = Check(name="c", procedure=lambda context, n: None, arguments={"n": 1})
    fields = {
        "id": "t",
        "title": "t",
        "source": Source(title="test"),
        "statement": "s",
        "domain": Domain.of(p=Primes(3)),
        "falsified_by": "f",
        "printed_kind": "id",
        "checks": (check,),
        "mutants": (Mutant.of(check, "m", n=2),),
    }
    return Claim(**{**fields, **changes})


def _judged(outcome, scope, *, certificates=None, accepted=True, values=(), **fields):
    finding = Finding(
        outcome=outcome,
        scope=scope,
        method="test",
        certificates=certificates or {},
        values=values,
        **fields,
    )
    return Judged(check="c", finding=finding, accepted=accepted)


def _verdict(*evidence, **changes):
    return judge(_claim(**changes), evidence).verdict


EVERYWHERE = Domain.of(p=odd(3))
WITNESS = Witness(description="w", values={"p": 3})


def test_rigorous_evidence_on_the_whole_domain_proves():
    """Symbolic evidence with an accepted certificate on a covering scope is a proof."""
    evidence = _judged(Outcome.ESTABLISHED, EVERYWHERE, certificates={"a": FORMAL_STATEMENT})
    assert evidence.finding.kind is Kind.SYMBOLIC
    assert _verdict(evidence) is Verdict.PROVED


def test_rigorous_evidence_on_a_part_verifies():
    """The same evidence at listed moduli only verifies."""
    scope = Domain.at({"p": 3}, {"p": 5})
    evidence = _judged(Outcome.ESTABLISHED, scope, certificates={"a": STATEMENT})
    assert _verdict(evidence) is Verdict.VERIFIED


def test_without_an_accepted_certificate_nothing_is_proved():
    """A proposal that the checker did not accept decides nothing."""
    for accepted, certificates in ((False, {"a": STATEMENT}), (False, {})):
        evidence = _judged(
            Outcome.ESTABLISHED,
            EVERYWHERE,
            certificates=certificates,
            accepted=accepted,
            values=(Cyclotomic.rational(1),),
        )
        assert _verdict(evidence) is Verdict.INCONCLUSIVE


def test_a_float_counterexample_is_only_a_lead():
    """A refutation that rests on floats leaves the claim inconclusive, and says so."""
    evidence = _judged(
        Outcome.REFUTED, Domain.at({"p": 3}), values=(0.5,), witness=WITNESS, accepted=False
    )
    judgement = judge(_claim(), [evidence])
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert "lead" in judgement.reason


def test_a_certified_witness_refutes():
    """An exact counterexample inside the domain refutes."""
    evidence = _judged(
        Outcome.REFUTED, Domain.at({"p": 3}), certificates={"a": STATEMENT}, witness=WITNESS
    )
    assert _verdict(evidence) is Verdict.REFUTED


@pytest.mark.parametrize("point", [{"p": 9}, {"p": 2}, {"k": 2}])
def test_a_witness_outside_the_domain_refutes_nothing(point):
    """A composite, even or missing modulus does not refute a claim about odd primes."""
    evidence = _judged(
        Outcome.REFUTED, Domain.at(point), certificates={"a": STATEMENT}, witness=WITNESS
    )
    judgement = judge(_claim(), [evidence])
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert "outside" in judgement.reason


def test_contradictory_evidence_is_shouted():
    """A proof and a refutation of one claim make it inconclusive, never one of the two."""
    proof = _judged(Outcome.ESTABLISHED, EVERYWHERE, certificates={"a": FORMAL_STATEMENT})
    against = _judged(
        Outcome.REFUTED, Domain.at({"p": 3}), certificates={"a": STATEMENT}, witness=WITNESS
    )
    judgement = judge(_claim(), [proof, against])
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert "CONTRADICTION" in judgement.reason


def test_sampled_evidence_supports_and_never_verifies():
    """Floats on the whole domain support; they cannot do more."""
    evidence = _judged(Outcome.ESTABLISHED, EVERYWHERE, values=(0.5,), accepted=False)
    assert evidence.finding.kind is Kind.SAMPLED
    assert _verdict(evidence) is Verdict.SUPPORTED


def test_one_undecided_check_keeps_a_partial_verdict_open():
    """VERIFIED needs every check to have established its part."""
    good = _judged(Outcome.ESTABLISHED, Domain.at({"p": 3}), certificates={"a": STATEMENT})
    open_ = Judged(
        check="d",
        finding=inconclusive(scope=Domain.at({"p": 5}), method="test", reason="budget"),
        accepted=False,
    )
    judgement = judge(_claim(), [good, open_])
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert "budget" in judgement.reason


def test_rows_without_checks_say_so():
    """No check is UNCHECKED with its reason; no constants is NOT CHECKABLE."""
    unchecked = _claim(checks=(), mutants=(), unchecked="needs training")
    missing = _claim(checks=(), mutants=(), missing="no constant is printed")
    assert judge(unchecked, []).verdict is Verdict.UNCHECKED
    assert judge(missing, []).verdict is Verdict.NOT_CHECKABLE


def test_vacuous_hypotheses_are_reported():
    """Hypotheses that nothing meets give VACUOUS."""
    evidence = _judged(Outcome.VACUOUS, Domain.at(), accepted=False, reason="empty")
    assert _verdict(evidence) is Verdict.VACUOUS


def test_the_kind_is_the_weakest_type_that_was_used():
    """One float among exact values makes the evidence sampled; one ball makes it enclosure."""
    formal = FORMAL.angle("x")
    exact = Cyclotomic.rational(2)
    for values, kind in (
        ((formal,), Kind.SYMBOLIC),
        ((formal, exact), Kind.EXACT),
        ((exact, Ball(1)), Kind.ENCLOSURE),
        ((exact, Ball(1), 0.5), Kind.SAMPLED),
    ):
        finding = Finding(
            outcome=Outcome.ESTABLISHED, scope=EVERYWHERE, method="test", values=values
        )
        assert finding.kind is kind


def test_claims_must_be_able_to_fail():
    """A claim with checks and no mutant, or with neither check nor reason, is refused."""
    with pytest.raises(ValueError, match="no mutant"):
        _claim(mutants=())
    with pytest.raises(ValueError, match="neither a check nor a reason"):
        _claim(checks=(), mutants=())
    with pytest.raises(ValueError, match="unknown arguments"):
        Mutant.of(Check(name="c", procedure=lambda c: None), "typo", wrong=1)
    with pytest.raises(ValueError, match="needs a witness"):
        refuted(scope=EVERYWHERE, method="test")
    with pytest.raises(ValueError, match="needs a reason"):
        inconclusive(scope=EVERYWHERE, method="test")


def test_a_statistic_makes_evidence_trained():
    """Whatever else a finding rests on, a statistic over networks is its weakest part."""
    evidence = _judged(
        Outcome.ESTABLISHED, EVERYWHERE, certificates={"a": STATEMENT}, values=(observed(1.0), 3)
    )
    assert evidence.finding.kind is Kind.TRAINED
    assert _verdict(evidence) is Verdict.SUPPORTED


def test_a_statistic_refutes_empirical_statements_only():
    """A statistic rejects a statement about trained networks, and is a lead against any other."""
    at = Domain.at({"p": 3})
    evidence = _judged(Outcome.REFUTED, at, values=(observed(0.2),), witness=WITNESS)
    assert _verdict(evidence, printed_kind="em") is Verdict.REFUTED
    assert _verdict(evidence, printed_kind="candidate", empirical=True) is Verdict.REFUTED
    assert _verdict(evidence, printed_kind="candidate") is Verdict.INCONCLUSIVE
    assert _verdict(evidence, printed_kind="id") is Verdict.INCONCLUSIVE
    rejected = _judged(
        Outcome.REFUTED,
        Domain.at({"p": 3}),
        values=(observed(0.2),),
        certificates={"a": STATEMENT},
        accepted=False,
        witness=WITNESS,
    )
    assert _verdict(rejected, printed_kind="em") is Verdict.INCONCLUSIVE


def test_a_check_that_lacked_its_data_says_nothing():
    """A claim whose checks could not begin is UNCHECKED; beside other evidence they are ignored."""
    lacking = Judged(check="c", finding=not_run("name a checkpoint"), accepted=False)
    judgement = judge(_claim(), [lacking])
    assert judgement.verdict is Verdict.UNCHECKED and judgement.reason == "name a checkpoint"
    proof = _judged(Outcome.ESTABLISHED, EVERYWHERE, certificates={"a": FORMAL_STATEMENT})
    assert _verdict(lacking, proof) is Verdict.PROVED


def test_intervals_of_statistics():
    """Shares have exact binomial intervals, means Student's; both contain the estimate."""
    share = proportion(9, 10)
    assert share.lower == pytest.approx(0.5549839) and share.upper == pytest.approx(0.9974714)
    centre = mean([1.0, 2.0, 3.0])
    assert centre.estimate == 2 and centre.upper - 2 == pytest.approx(4.30265273 / 3**0.5)
    with pytest.raises(ValueError, match="at least two networks"):
        mean([1.0])
    with pytest.raises(ValueError, match="lower ≤ estimate"):
        Statistic(estimate=2.0, lower=0.0, upper=1.0, level=0.9, networks=3)
