"""``verify run``: verdicts, exit statuses, what a folder keeps, and records."""

import json
import shutil
from pathlib import Path

import pytest

from verify import release
from verify.report import validate_ledger


def ledger(out):
    """The ledger of a folder, checked against the schema."""
    found = json.loads((Path(out) / "ledger.json").read_text(encoding="utf-8"))
    validate_ledger(found)
    return found


def test_claims_that_hold_give_a_report_and_status_0(files, verify, verdicts):
    """Without options the report is in verify-report: a valid ledger and every rendering."""
    files("claims_true.py")
    result = verify("run", "claims_true.py")
    assert result.exit_code == 0, result.output
    assert verdicts() == {"squares": "PROVED", "cubes": "PROVED"}
    ledger("verify-report")
    written = {path.name for path in Path("verify-report").iterdir()}
    assert {"index.html", "summary.md", "errata.md", "summary.tex", "junit.xml"} <= written
    assert "2 claims: 2 PROVED" in result.output
    assert "report: verify-report/index.html" in result.output


def test_a_false_claim_is_explained_with_status_1(files, verify):
    """The smallest witness and the command that replays it are shown; the report is written."""
    files("claims_false.py")
    result = verify("run", "claims_false.py", "--out", "out")
    assert result.exit_code == 1
    assert "fails at (n=1)" in result.output
    assert "verify run claims_false.py::forgetful --profile quick --seed 0" in result.output
    assert ledger("out")["claims"][0]["witness"]["values"] == {"n": "1"}


def test_a_surviving_mutant_gives_status_1(files, verify):
    """A check that cannot tell the claim from a wrong one is a failure even if the claim holds."""
    files("claims_blunt.py")
    result = verify("run", "claims_blunt.py")
    assert result.exit_code == 1
    assert "1 of 2 mutants survived" in result.output
    assert "the very same statement" in result.output


def test_an_open_claim_is_counted_and_no_failure(files, verify):
    """What says that it is unchecked was not expected to hold."""
    files("claims_open.py")
    result = verify("run", "claims_open.py")
    assert result.exit_code == 0
    assert "1 claim: 1 UNCHECKED" in result.output


@pytest.mark.parametrize(
    ("targets", "ids"),
    [
        (["fc.delta-average.display"], ["fc.delta-average.display.corrected"]),
        (["fc.tau-objective*"], ["fc.tau-objective", "fc.tau-objective.corrected"]),
        (["claims_true.py::cubes"], ["cubes"]),
        (["claims_true.py::*b*"], ["cubes"]),
        (["claims_true.py", "fc.tau-objective"], ["squares", "fc.tau-objective"]),
    ],
)
def test_targets_are_ids_globs_files_and_claims_of_files(targets, ids, files, verify, verdicts):
    """Targets add up; an id brings its variants."""
    files("claims_true.py")
    result = verify("run", *targets)
    assert result.exit_code == 0, result.output
    assert set(ids) <= set(verdicts())
    assert ("squares" in verdicts()) == ("squares" in ids)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fc.mian"], ["no claim matches 'fc.mian'", "did you mean", "verify list"]),
        (["claims_true.py::cube"], ["no claim matches 'cube'", "cubes"]),
        (["claims_true.py::"], ["after '::'"]),
        (["absent.py"], ["no claim file at", "absent.py"]),
        (["claims_bad.py"], ["claims_bad.py:3: ZeroDivisionError"]),
        (["claims_none.py"], ["defines no claim", "@conjecture"]),
        (["claims_true.py", "claims_twin.py"], ["two claims have the id 'squares'", "rename"]),
        (["claims_true.py", "--profile", "fast"], ["'fast'", "quick", "full"]),
        (["claims_true.py", "--jobs", "0"], ["jobs", "0", "x>=1"]),
        (["claims_true.py", "--seed", "x"], ["seed", "'x'", "integer"]),
        (["claims_true.py", "--seed", "-1"], ["seed", "-1", "x>=0"]),
        (["claims_true.py", "--out", "claims_none.py"], ["can be written to", "claims_none.py"]),
        (["claims_true.py", "--out", "claims_none.py/x"], ["can be written to"]),
        (["claims_true.py", "--colour"], ["--colour"]),
    ],
)
def test_wrong_usage_says_what_came_with_status_2(arguments, words, files, verify):
    """Nothing runs; the message names what was expected and what came."""
    files(
        "claims_true.py",
        claims_bad="\nfrom verify import conjecture\n1 / 0\n",
        claims_none="import verify\n",
    )
    shutil.copy("claims_true.py", "claims_twin.py")
    result = verify("run", *arguments)
    assert result.exit_code == 2, result.output
    assert not Path("verify-report/ledger.json").exists()
    for word in words:
        assert word in result.output


def test_profile_and_seed_are_recorded(files, verify):
    """The ledger's provenance and the replay command carry what was asked for."""
    files("claims_true.py")
    verify("run", "claims_true.py", "--profile", "full", "--seed", "7")
    found = ledger("verify-report")
    assert found["provenance"]["profile"] == "full"
    assert found["provenance"]["seed"] == 7
    replay = found["claims"][0]["evidence"][0]["replay"]
    assert replay == "verify run claims_true.py::squares --profile full --seed 7"


def test_a_second_run_resumes_and_fresh_runs_again(files, verify):
    """Finished evidence is taken as it is, unless --fresh or another seed asks for new one."""
    files("claims_true.py")
    again = "cubes PROVED (finished before)"
    assert again not in verify("run", "claims_true.py").output
    assert again in verify("run", "claims_true.py").output
    assert again not in verify("run", "claims_true.py", "--fresh").output
    assert again not in verify("run", "claims_true.py", "--seed", "1").output


def test_a_changed_file_is_run_again(files, verify, verdicts):
    """Evidence belongs to the text that it was made from."""
    files("claims_true.py")
    verify("run", "claims_true.py")
    text = Path("claims_true.py").read_text().replace("2 * n + 1)", "2 * n + 2)")
    Path("claims_true.py").write_text(text)
    result = verify("run", "claims_true.py")
    assert "finished before" not in result.output
    assert verdicts()["squares"] == "REFUTED"


def test_a_run_of_a_part_keeps_the_rest_of_the_folder(files, verify, verdicts):
    """The other results of the folder stay in the ledger as long as they are valid."""
    files("claims_true.py", "claims_false.py")
    verify("run", "claims_true.py", "fc.tau-objective")
    result = verify("run", "claims_false.py")
    assert set(verdicts()) == {
        "fc.tau-objective",
        "fc.tau-objective.corrected",
        "squares",
        "cubes",
        "forgetful",
    }
    assert "kept in the ledger from earlier runs: 4 results" in result.output
    assert "1 claim: 1 REFUTED" in result.output
    assert result.exit_code == 1
    assert verify("run", "claims_true.py::cubes").exit_code == 0, "others do not count"


def test_results_that_are_not_valid_any_more_are_set_aside(files, verify, verdicts):
    """A ledger has one seed: a run with another one keeps the old ledger under another name."""
    files("claims_true.py")
    verify("run", "claims_true.py")
    result = verify("run", "claims_true.py::cubes", "--seed", "1")
    assert verdicts() == {"cubes": "PROVED"}
    assert "not kept: squares" in result.output
    aside = Path("verify-report/ledger.previous-1.json")
    assert str(aside) in result.output
    assert {c["id"] for c in json.loads(aside.read_text())["claims"]} == {"squares", "cubes"}
    verify("run", "claims_true.py", "--seed", "1")
    assert set(verdicts()) == {"squares", "cubes"}
    assert not Path("verify-report/ledger.previous-2.json").exists()


def test_an_unreadable_ledger_is_set_aside(files, verify, verdicts):
    """Whatever is called ledger.json and is none is not overwritten."""
    files("claims_true.py")
    Path("verify-report").mkdir()
    Path("verify-report/ledger.json").write_text("my notes")
    result = verify("run", "claims_true.py")
    assert result.exit_code == 0
    assert set(verdicts()) == {"squares", "cubes"}
    assert Path("verify-report/ledger.previous-1.json").read_text() == "my notes"


def test_processes_give_the_same_ledger(files, verify):
    """Two jobs find what one finds; only the times differ."""
    files("claims_true.py", "claims_false.py")

    def claims(out):
        found = ledger(out)["claims"]
        for claim in found:
            for part in (*claim["evidence"], *claim["mutants"]):
                del part["seconds"]
        return found

    targets = ("claims_true.py", "claims_false.py", "fc.tau-objective")
    one = verify("run", *targets, "--out", "one")
    two = verify("run", *targets, "--out", "two", "--jobs", "2")
    assert one.exit_code == two.exit_code == 1
    assert claims("one") == claims("two")


def test_recorded_verdicts_decide_the_status(files, verify):
    """Once recorded, REFUTED is as expected, and a change of the verdict is a failure."""
    files("claims_true.py", "claims_false.py")
    record = Path("claims_false.released.json")
    result = verify("run", "claims_true.py", "claims_false.py", "--record")
    assert result.exit_code == 0, result.output
    assert json.loads(record.read_text()) == {"forgetful": "REFUTED"}
    assert verify("run", "claims_false.py").exit_code == 0
    record.write_text('{"forgetful": "PROVED"}')
    result = verify("run", "claims_false.py")
    assert result.exit_code == 1
    assert "the verdict was PROVED at release and is REFUTED now" in result.output


def test_a_part_of_a_file_is_recorded_beside_the_rest(files, verify):
    """Recording one claim keeps the record of the others; recording all forgets those gone."""
    files("claims_true.py")
    record = Path("claims_true.released.json")
    record.write_text('{"gone": "PROVED", "squares": "VERIFIED"}')
    verify("run", "claims_true.py::cubes", "--record")
    expected = {"cubes": "PROVED", "gone": "PROVED", "squares": "VERIFIED"}
    assert json.loads(record.read_text()) == expected
    verify("run", "claims_true.py", "--record")
    assert json.loads(record.read_text()) == {"cubes": "PROVED", "squares": "PROVED"}


def test_an_unreadable_record_is_reported_before_anything_runs(files, verify):
    """A record that is none is wrong usage."""
    files("claims_true.py")
    Path("claims_true.released.json").write_text('{"squares": "TRUE"}')
    result = verify("run", "claims_true.py")
    assert result.exit_code == 2
    assert "expected a mapping from ids to verdicts" in result.output
    assert not Path("verify-report/ledger.json").exists()


def test_the_suite_is_recorded_in_its_registry(verify, folder, monkeypatch):
    """Without files, --record writes the suite's record; a part leaves the others in it."""
    path = folder / "released.json"
    monkeypatch.setattr(release, "_REGISTERED", path)
    path.write_text('{"fc.main.value": "PROVED"}')
    result = verify("run", "fc.tau-objective")
    assert result.exit_code == 1
    assert "no verdict was recorded at release" in result.output
    assert "verify run --record" in result.output
    result = verify("run", "fc.tau-objective", "--record")
    assert result.exit_code == 0
    assert json.loads(path.read_text()) == {
        "fc.main.value": "PROVED",
        "fc.tau-objective": "REFUTED",
        "fc.tau-objective.corrected": "PROVED",
    }


def test_many_failures_are_shown_briefly(files, verify):
    """Ten failures are explained, the rest is counted."""
    files(
        claims_many="""
        from verify import conjecture, forall, ints
        from verify.formula import rational

        ALL = [
            conjecture(f"bound {i}", source="A. Person", id=f"bound-{i}")(
                forall(n=ints(0, 3))(lambda n: rational(n) < 1)
            )
            for i in range(12)
        ]
        """
    )
    result = verify("run", "claims_many.py")
    assert result.exit_code == 1
    assert result.output.count("fails at (n=1)") == 2 * 10, "reason and witness of ten"
    assert "and 2 more" in result.output


def test_record_refuses_verdicts_that_rest_on_a_users_networks(files, verify):
    """A record is what every run must find again."""
    files("claims_true.py")
    result = verify("run", "claims_true.py", "--record", "--checkpoint", "claims_true.py")
    assert result.exit_code == 2 and "run without --record" in result.output


def test_a_checkpoint_that_is_not_there_is_wrong_usage(files, verify):
    """The missing file is named."""
    files("claims_true.py")
    result = verify("run", "claims_true.py", "--checkpoint", "missing.npz")
    assert result.exit_code == 2 and "missing.npz" in result.output
