"""Every registered claim gets, in the quick profile, the verdict that was recorded at release."""

import pytest

from verify.claims import registry
from verify.explain import explain
from verify.release import Standing, released


@pytest.fixture(scope="module")
def recorded():
    """The verdicts recorded at release, by id."""
    return released(None)


@pytest.mark.parametrize("claim", list(registry()), ids=lambda claim: claim.id)
def test_the_verdict_is_the_recorded_one_and_no_mutant_survives(claim, recorded, registered):
    """The evidence of today still gives the verdict at release, and every check is sharp.

    A claim without a record fails: `verify run --record` records all verdicts.
    """
    entry, _ = registered(claim.id)
    standing = Standing(entry=entry, home=None, released=recorded.get(claim.id))
    assert standing.ok, explain(standing)
    # A check that refutes whatever it is given shows nothing: it must leave its mutants alone.
    refuting = {e["check"] for e in entry["evidence"] if e["outcome"] == "refuted"}
    assert not [
        m["name"] for m in entry["mutants"] if m["check"] in refuting and m["outcome"] == "refuted"
    ]


def test_every_check_has_a_mutant():
    """Each check of a claim is put to a statement that is wrong on purpose."""
    without = [
        f"{claim.id}: {check.name}"
        for claim in registry()
        for check in claim.checks
        if check.name not in {mutant.check.name for mutant in claim.mutants}
    ]
    assert not without, "add a mutant of each of these checks"


def test_checks_and_mutants_have_different_names():
    """Evidence and surviving mutants are told apart by their names within a claim."""
    twice = []
    for claim in registry():
        for names in ([c.name for c in claim.checks], [m.name for m in claim.mutants]):
            twice += [f"{claim.id}: {name}" for name in set(names) if names.count(name) > 1]
    assert not twice


def test_every_claim_says_what_it_means():
    """Statement, source, falsifier and, where nothing is checked, the reason are there."""
    for claim in registry():
        assert claim.title, claim.id
        assert claim.statement, claim.id
        assert claim.falsified_by, claim.id
        assert claim.source.title or claim.source.arxiv, claim.id
        assert bool(claim.checks) != bool(claim.unchecked or claim.missing), claim.id


def test_corrections_are_linked_both_ways():
    """Whatever names a correction is named back, so that a reader finds one from the other."""
    registry().check_links()


def test_a_corrected_claim_is_refuted_and_its_correction_holds(recorded):
    """A correction stands for a statement that is false as printed, and is established itself."""
    wrong = []
    for claim in registry():
        if claim.corrected_by is None or claim.id not in recorded:
            continue
        correction = recorded.get(claim.corrected_by)
        if recorded[claim.id] != "REFUTED" or correction not in ("PROVED", "VERIFIED", None):
            wrong.append(f"{claim.id}: {recorded[claim.id]}, {claim.corrected_by}: {correction}")
    assert not wrong


def test_a_refuted_printed_statement_has_a_correction(recorded):
    """A statement of a paper that is refuted is replaced by one that holds."""
    without = [
        claim.id
        for claim in registry()
        if claim.source.arxiv and recorded.get(claim.id) == "REFUTED" and not claim.corrected_by
    ]
    assert not without


def test_the_record_names_no_claim_that_is_gone(recorded):
    """A record of a removed or renamed claim is stale: `verify run --record` drops it."""
    assert [i for i in recorded if i not in registry()] == []
