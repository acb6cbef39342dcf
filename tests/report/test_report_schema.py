"""The ledger schema accepts what a report can show and names what it refuses."""

import jsonschema
import pytest

from verify.report import LedgerError, ledger_schema, summarise, validate_ledger
from verify.report.vocabulary import EVIDENCE_KINDS, RIGOROUS_KINDS, VERDICTS


def problems(ledger):
    with pytest.raises(LedgerError) as caught:
        validate_ledger(ledger)
    return "\n".join(caught.value.problems)


def test_schema_is_itself_valid():
    """The published schema is a valid draft 2020-12 schema."""
    schema = ledger_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")


def test_schema_and_vocabulary_agree():
    """Verdicts and kinds are the same words, in the same order, in schema and vocabulary."""
    definitions = ledger_schema()["$defs"]
    assert definitions["verdict"]["enum"] == [verdict.name for verdict in VERDICTS]
    assert definitions["kind"]["enum"] == list(EVIDENCE_KINDS)
    assert set(definitions["rigorous_kind"]["enum"]) == RIGOROUS_KINDS


def test_fixture_is_valid_and_covers_every_verdict(ledger):
    """The synthetic ledger is valid and holds each of the eight verdicts."""
    validate_ledger(ledger)
    assert {claim["verdict"] for claim in ledger["claims"]} == {v.name for v in VERDICTS}


def test_unknown_verdict_is_refused_by_name(ledger):
    """A verdict outside the vocabulary is refused with the claim, the choices and what came."""
    ledger["claims"][0]["verdict"] = "LIKELY"
    text = problems(ledger)
    assert "claim 'fc.cos-sum' / verdict" in text
    assert "PROVED" in text
    assert "'LIKELY' (type=str)" in text


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("surprise",), 1, "surprise"),
        (("source", "arxiv"), "not an id", "claim 'fc.cos-sum' / source / arxiv"),
        (("hypotheses",), "p odd", "expected array; got 'p odd' (type=str)"),
        (("evidence", 0, "kind"), "certain", "claim 'fc.cos-sum' / evidence[0] / kind"),
        (("evidence", 0, "outcome"), "true", "expected one of established, refuted"),
        (("evidence", 0, "seconds"), -1, "evidence[0] / seconds"),
        (("evidence", 0, "quantities"), {"gap": 0}, "expected string; got 0 (type=int)"),
        (("mutants", 0, "killed"), "yes", "expected boolean"),
        (("evidence", 0, "certificates", 0, "file"), "../secret.json", "expected text matching"),
        (("evidence", 0, "certificates", 0, "file"), "/etc/x.json", "expected text matching"),
        (("evidence", 0, "certificates", 0, "file"), "http://x/y.json", "expected text matching"),
        (("witness", "certificate"), "javascript:x.json", "expected text matching"),
        (("id",), 'x" onclick="y', "expected text matching"),
    ],
)
def test_malformed_claim_is_refused_at_its_place(ledger, path, value, expected):
    """Each malformed field is refused with the place and the expectation in the message."""
    target = ledger["claims"][0]
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    assert expected in problems(ledger)


@pytest.mark.parametrize("field", ["statement", "verdict", "evidence", "mutants"])
def test_missing_field_is_named(ledger, field):
    """A missing field is named."""
    del ledger["claims"][0][field]
    assert f"'{field}' is a required property" in problems(ledger)


def test_refuted_needs_rigorous_refutation(ledger, claim):
    """REFUTED on sampled evidence alone is refused: a float counterexample is only a lead."""
    claim("fc.cos-sum")["evidence"][0]["kind"] = "sampled"
    assert "a REFUTED claim needs evidence with outcome 'refuted'" in problems(ledger)


@pytest.mark.parametrize(("empirical", "refused"), [(True, False), (False, True)])
def test_a_statistic_refutes_what_is_read_about_trained_networks(
    ledger, claim, empirical, refused
):
    """Trained evidence refutes an empirical reading, whatever kind of statement is printed."""
    claim("fc.cos-sum")["empirical"] = empirical
    claim("fc.cos-sum")["evidence"][0]["kind"] = "trained"
    found = problems(ledger) if refused else validate_ledger(ledger)
    assert (found is None) is not refused


def test_proved_needs_the_whole_domain(ledger, claim):
    """PROVED without evidence on the whole domain is refused."""
    claim("fc.am-gm")["evidence"][0]["scope"]["covers_domain"] = False
    assert "covers the whole domain" in problems(ledger)


def test_unchecked_has_no_evidence(ledger, claim):
    """UNCHECKED with evidence is refused."""
    claim("mor.addition")["evidence"] = claim("fc.am-gm")["evidence"]
    assert "an UNCHECKED claim has no evidence" in problems(ledger)


def test_duplicate_id_is_refused(ledger):
    """Two claims of one id are refused."""
    ledger["claims"].append(ledger["claims"][0])
    assert "claim 'fc.cos-sum': expected one claim of this id; got 2" in problems(ledger)


@pytest.mark.parametrize("other", ["no.such-claim", "fc.cos-sum"])
def test_correction_must_be_another_claim(ledger, claim, other):
    """A correction that does not exist, or is the claim itself, is refused."""
    claim("fc.cos-sum")["corrected_by"] = other
    assert "claim 'fc.cos-sum' / corrected_by" in problems(ledger)


def test_established_mutant_is_not_killed(ledger, claim):
    """A mutant that its check established cannot count as killed."""
    claim("fc.am-gm")["mutants"][0]["outcome"] = "established"
    assert "mutant 'smaller-power'" in problems(ledger)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_seconds_are_finite(ledger, claim, value):
    """Seconds that JSON cannot carry are refused."""
    claim("fc.am-gm")["mutants"][0]["seconds"] = value
    assert "seconds" in problems(ledger)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("by_verdict", {"PROVED": 14}),
        ("mutants", {"killed": 0, "total": 0}),
        ("certificates", {"accepted": 99, "rejected": 0}),
    ],
)
def test_summary_must_agree_with_the_claims(ledger, part, value):
    """A summary that differs from the count over the claims is refused."""
    ledger["summary"][part] = value
    text = problems(ledger)
    assert f"summary / {part}" in text
    assert "as counted from the claims" in text


def test_summarise_counts_every_claim_once(ledger):
    """The verdict counts add up to the number of claims."""
    assert sum(summarise(ledger["claims"])["by_verdict"].values()) == len(ledger["claims"])


def test_zero_counts_are_optional(ledger):
    """A summary may list verdicts that nobody got."""
    ledger["claims"] = []
    ledger["summary"] = summarise([])
    ledger["summary"]["by_verdict"] = {"PROVED": 0}
    validate_ledger(ledger)
    assert ledger["summary"]["by_verdict"] == {"PROVED": 0}


def test_many_problems_are_abbreviated(ledger):
    """The message lists ten problems and counts the rest; the exception holds them all."""
    for claim in ledger["claims"]:
        claim["title"] = 3
    with pytest.raises(LedgerError, match="and 4 more") as caught:
        validate_ledger(ledger)
    assert len(caught.value.problems) == 14


@pytest.mark.parametrize("value", [None, [], "ledger", 3])
def test_anything_but_an_object_is_refused(value):
    """A value that is no object at all is refused with its type."""
    assert "ledger: expected object" in problems(value)
