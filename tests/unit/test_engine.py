"""The engine: evidence is written as it is produced, resumed, and never believed unchecked."""

import json

import pytest

from constructions.numbers import EXACT
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite
from verify.core.engine import Settings, run
from verify.core.evidence import Finding, Outcome, Witness, established, not_run, refuted
from verify.core.ledger import assemble, read, write
from verify.core.registry import Registry, UnknownClaim, load_file
from verify.core.statistic import observed
from verify.formula import equal, var
from verify.methods.identities import exact_statement, formal_identity
from verify.report import validate_ledger

X = var("x")


def make_claim(name="t.square", right=None, checks=None, mutants=None, **changes):
    """A tiny claim: x·x = right for x in {0, 1, 2}."""
    check = Check(
        name="points",
        procedure=exact_statement,
        arguments={
            "formula": equal(X * X, X**2 if right is None else right),
            "points": [{"x": 0}, {"x": 1}, {"x": 2}],
        },
    )
    fields = {
        "id": name,
        "title": "squares",
        "source": Source(title="test"),
        "statement": "$x x = x^2$",
        "domain": Domain.of(x=Finite([0, 1, 2])),
        "falsified_by": "an x",
        "printed_kind": "id",
        "checks": checks or (check,),
        "mutants": mutants or (Mutant.of(check, "x·x = x", formula=equal(X * X, X)),),
    }
    return Claim(**{**fields, **changes})


def entries(claims, folder, **settings):
    """Runs claims and returns entries by id with what was resumed."""
    resumed = []
    found = run(
        claims,
        Settings(out=folder, **settings),
        lambda entry, again: resumed.append(entry["id"]) if again else None,
    )
    return {e["id"]: e for e in found}, resumed


def test_a_finite_claim_is_proved_with_a_certificate_on_disk(tmp_path):
    """Exact evidence on the whole finite domain proves; file, hash and replay are recorded."""
    found, _ = entries([make_claim()], tmp_path)
    entry = found["t.square"]
    assert entry["verdict"] == "PROVED"
    record = entry["evidence"][0]["certificates"][0]
    assert (tmp_path / record["file"]).is_file()
    assert record["accepted"]
    assert entry["evidence"][0]["replay"].startswith("verify run t.square")
    assert entry["mutants"][0]["killed"]


def test_the_smallest_counterexample_is_the_witness(tmp_path):
    """x·x = x fails first at x = 2 when points are listed smallest first."""
    found, _ = entries([make_claim(right=X)], tmp_path)
    assert found["t.square"]["verdict"] == "REFUTED"
    assert found["t.square"]["witness"]["values"] == {"x": "2"}


def test_a_mutant_that_holds_is_reported_as_survived(tmp_path):
    """A mutant whose statement is true survives, and the ledger says so."""
    claim = make_claim()
    same = Mutant.of(claim.checks[0], "x·x = x·x", formula=equal(X * X, X * X))
    found, _ = entries([make_claim(mutants=(same,))], tmp_path)
    assert not found["t.square"]["mutants"][0]["killed"]


def _explode(context, **arguments):
    raise RuntimeError("boom")


def test_a_crash_is_inconclusive_and_a_crashing_mutant_survives(tmp_path):
    """An exception is evidence of nothing, in a check as in a mutant, and can be reported."""
    check = Check(name="bad", procedure=_explode, arguments={"n": 1})
    claim = make_claim(checks=(check,), mutants=(Mutant.of(check, "m", n=2),))
    found, _ = entries([claim], tmp_path)
    validate_ledger(assemble(list(found.values()), Settings(out=tmp_path)))
    assert found["t.square"]["verdict"] == "INCONCLUSIVE"
    assert "boom" in found["t.square"]["verdict_reason"]
    assert not found["t.square"]["mutants"][0]["killed"]


def _liar(context, n):
    """Asserts 0 = n with a certificate that says so."""
    return established(
        scope=Domain.of(x=Finite([0, 1, 2])),
        method="exact",
        values=(EXACT.rational(n),),
        certificates={
            "lie": {"kind": "statement", "points": [{}], "formula": {"=": [0, n]}, "holds": True}
        },
    )


def test_a_lying_check_is_caught_by_the_checker(tmp_path):
    """A check that claims too much gets no verdict: its certificate is rejected."""
    check = Check(name="lie", procedure=_liar, arguments={"n": 1})
    claim = make_claim(checks=(check,), mutants=(Mutant.of(check, "m", n=2),))
    found, _ = entries([claim], tmp_path)
    assert found["t.square"]["verdict"] == "INCONCLUSIVE"
    assert not found["t.square"]["evidence"][0]["certificates"][0]["accepted"]
    assert found["t.square"]["mutants"][0]["killed"]


def test_finished_evidence_is_resumed_and_tampering_is_noticed(tmp_path):
    """A second run takes the stored evidence; a changed certificate forces a new run."""
    claims = [make_claim(), make_claim("t.other")]
    first, resumed = entries(claims, tmp_path)
    assert resumed == []
    again, resumed = entries(claims, tmp_path)
    assert resumed == ["t.square", "t.other"]
    assert again == first
    file = tmp_path / first["t.square"]["evidence"][0]["certificates"][0]["file"]
    file.write_text(file.read_text().replace("true", "false"))
    _, resumed = entries(claims, tmp_path)
    assert resumed == ["t.other"]
    _, resumed = entries(claims, tmp_path, seed=1)
    assert resumed == [], "another seed is another run"


def test_a_claim_of_unknown_origin_is_run_again(tmp_path):
    """Another claim of the same id is never taken for one that was run before."""
    entries([make_claim()], tmp_path)
    found, resumed = entries([make_claim(right=X)], tmp_path)
    assert resumed == []
    assert found["t.square"]["verdict"] == "REFUTED"


def test_an_interrupted_run_keeps_what_was_finished(tmp_path):
    """After an interrupt in the middle, the finished claim is on disk and is resumed."""

    def interrupt(entry, again):
        raise KeyboardInterrupt

    claims = [make_claim(), make_claim("t.other")]
    with pytest.raises(KeyboardInterrupt):
        run(claims, Settings(out=tmp_path), interrupt)
    _, resumed = entries(claims, tmp_path)
    assert resumed == ["t.square"]


def test_the_ledger_is_valid_and_round_trips(tmp_path):
    """The assembled ledger satisfies the published schema and survives writing and reading."""
    found, _ = entries([make_claim(), make_claim("t.false", right=X)], tmp_path)
    ledger = assemble(list(found.values()), Settings(out=tmp_path))
    validate_ledger(ledger)
    write(ledger, tmp_path / "ledger.json")
    assert read(tmp_path / "ledger.json") == ledger
    assert ledger["summary"]["by_verdict"]["PROVED"] == 1
    assert ledger["summary"]["by_verdict"]["REFUTED"] == 1


def test_reading_a_wrong_ledger_says_what_came(tmp_path):
    """Missing, truncated and foreign files give one clear error each."""
    with pytest.raises(FileNotFoundError, match="verify run --out"):
        read(tmp_path / "none.json")
    (tmp_path / "cut.json").write_text('{"schema": ')
    with pytest.raises(ValueError, match="not a JSON ledger"):
        read(tmp_path / "cut.json")
    (tmp_path / "other.json").write_text(json.dumps({"schema": "other/9"}))
    with pytest.raises(ValueError, match="got 'other/9'"):
        read(tmp_path / "other.json")


def test_settings_are_checked():
    """Bad profiles and job counts are refused by name."""
    with pytest.raises(ValueError, match="got 'fast'"):
        Settings(out=None, profile="fast")
    with pytest.raises(ValueError, match="jobs=0"):
        Settings(out=None, jobs=0)


def test_selection_by_id_prefix_and_glob():
    """An id selects its variants; a glob selects by pattern; a typo suggests."""
    registry = Registry([make_claim("a.b"), make_claim("a.b.c"), make_claim("a.bc")])
    assert [c.id for c in registry.select(["a.b"])] == ["a.b", "a.b.c"]
    assert [c.id for c in registry.select(["a.b*"])] == ["a.b", "a.b.c", "a.bc"]
    with pytest.raises(UnknownClaim, match=r"did you mean .*a\.bc"):
        registry.select(["a.bd"])
    with pytest.raises(ValueError, match="two claims have the id"):
        registry.add(make_claim("a.b"))


def test_a_users_file_is_loaded(tmp_path):
    """Claims, and lists of claims, at module level are found once each."""
    file = tmp_path / "mine.py"
    file.write_text(
        "from tests.unit.test_engine import make_claim\n"
        "one = make_claim('mine.one')\nmany = [one, make_claim('mine.two')]\n"
    )
    assert [c.id for c in load_file(file)] == ["mine.one", "mine.two"]
    with pytest.raises(FileNotFoundError, match="no claim file"):
        load_file(tmp_path / "absent.py")


def test_a_failed_formal_identity_is_broken_by_a_small_point(tmp_path):
    """A wrong identity comes back refuted with a simple exact point."""
    check = Check(
        name="formal",
        procedure=formal_identity,
        arguments={
            "formula": equal((X + 1) ** 2, X**2 + 1),
            "formal": {"x": "indeterminate"},
            "scope": Domain(),
        },
    )
    claim = make_claim(
        checks=(check,),
        mutants=(Mutant.of(check, "true", formula=equal((X + 1) ** 2, X**2 + 2)),),
        domain=Domain(),
    )
    found, _ = entries([claim], tmp_path)
    assert found["t.square"]["verdict"] == "REFUTED"
    assert found["t.square"]["witness"]["values"] == {"x": "1"}


def test_findings_without_anything_are_sampled():
    """A finding that used no typed values and no certificates is of the weakest search kind."""
    finding = Finding(outcome=Outcome.ESTABLISHED, scope=Domain(), method="none")
    assert not finding.kind.rigorous


def _reads_bytes(context, limit):
    """An empirical check: every named file has fewer bytes than the limit."""
    if not context.checkpoints:
        return not_run("name files with --checkpoint")
    sizes = {path.name: path.stat().st_size for path in context.checkpoints}
    fields = {
        "scope": Domain.at(*({"file": name} for name in sizes)),
        "method": "training",
        "values": tuple(observed(float(size)) for size in sizes.values()),
    }
    large = [name for name, size in sizes.items() if size >= limit]
    if large:
        witness = Witness(description=f"{large[0]} is large", values={"file": large[0]})
        return refuted(witness=witness, **fields)
    return established(**fields)


def test_empirical_claims_rest_on_the_files_that_are_named(tmp_path):
    """UNCHECKED without files; with files judged, and run again when a file changes."""
    check = Check(name="small", procedure=_reads_bytes, arguments={"limit": 10})
    claim = make_claim(
        checks=(check,), mutants=(Mutant.of(check, "no bytes", limit=0),), printed_kind="em",
        domain=Domain.of(),
    )  # fmt: skip
    entry = entries([claim], tmp_path / "out")[0]["t.square"]
    assert entry["verdict"] == "UNCHECKED" and "--checkpoint" in entry["unchecked_reason"]
    assert not entry["mutants"] and not entry["evidence"]

    data = tmp_path / "weights.npz"
    data.write_bytes(b"123")
    settings = {"checkpoints": (data,)}
    found, resumed = entries([claim], tmp_path / "out", **settings)
    assert found["t.square"]["verdict"] == "SUPPORTED" and not resumed
    assert found["t.square"]["evidence"][0]["kind"] == "trained"
    assert "--checkpoint" in found["t.square"]["evidence"][0]["replay"]
    assert [m["killed"] for m in found["t.square"]["mutants"]] == [True]
    assert entries([claim], tmp_path / "out", **settings)[1] == ["t.square"]

    data.write_bytes(b"1234567890")
    found, resumed = entries([claim], tmp_path / "out", **settings)
    assert found["t.square"]["verdict"] == "REFUTED" and not resumed
    assert "by a statistic: weights.npz is large" in found["t.square"]["verdict_reason"]
    validate_ledger(assemble(list(found.values()), Settings(out=tmp_path)))
