"""The pytest plugin: claims are items as anybody expects them, and nothing else is touched."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import hypothesis
import pytest

from tests.cli.conftest import FILES

# A nested session forgets what it imports, at the price of importing it again in the next one,
# and compiled modules cannot be loaded twice.  So all that it needs is imported here.
from verify.claims import registry
from verify.pytest_claims import publish
from verify.report import validate_ledger

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
assert registry()
assert publish
assert hypothesis.core


@pytest.fixture
def project(pytester):
    """Writes files of claims by name; others as text."""

    def write(*names, **texts):
        for name in names:
            (pytester.path / name).write_text(FILES[name])
        for name, text in texts.items():
            (pytester.path / f"{name}.py").write_text(text)
        return pytester

    return write


def ledger(folder):
    """The ledger of a folder, checked against the schema."""
    found = json.loads((Path(folder) / "ledger.json").read_text(encoding="utf-8"))
    validate_ledger(found)
    return found


def test_a_file_of_claims_on_the_command_line(project):
    """Every claim is an item of its id, in order of definition."""
    result = project("claims_true.py").runpytest("-v", "claims_true.py")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["claims_true.py::squares PASSED*", "claims_true.py::cubes PASSED*"]
    )


def test_claims_are_found_among_tests(project):
    """``pytest`` alone collects claims_*.py beside the tests of the folder."""
    made = project("claims_true.py", test_other="def test_it():\n    assert True\n")
    made.runpytest().assert_outcomes(passed=3)


def test_a_failure_explains_itself(project):
    """The witness, the domain and the command that replays it stand in place of a traceback."""
    result = project("claims_false.py").runpytest("claims_false.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ claim forgetful _*",
            "forgetful: the square of a sum, forgetful",
            "*problem:*the verdict is REFUTED",
            "*domain:*n: 0…5",
            "*witness:*fails at (n=1)*",
            "*replay:*verify run claims_false.py::forgetful --profile quick --seed 0",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "runtest" not in result.stdout.str()


def test_a_surviving_mutant_fails(project):
    """The mutant that the check did not catch is named."""
    result = project("claims_blunt.py").runpytest("claims_blunt.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*1 of 2 mutants survived*", "*survived:*the very same statement*"]
    )


def test_an_open_claim_is_skipped_with_its_reason(project):
    """A claim that nobody has checked neither passes nor fails."""
    result = project("claims_open.py", "claims_true.py").runpytest("-rs")
    result.assert_outcomes(passed=2, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*UNCHECKED: needs an idea"])


def test_recorded_verdicts_are_what_is_expected(project):
    """With a record, REFUTED passes, and any other verdict than the recorded one fails."""
    made = project("claims_false.py", "claims_true.py")
    (made.path / "claims_false.released.json").write_text('{"forgetful": "REFUTED"}')
    (made.path / "claims_true.released.json").write_text('{"squares": "VERIFIED"}')
    result = made.runpytest()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*the verdict was VERIFIED at release and is PROVED now"])


def test_selection_by_keyword_node_id_and_first_failure(project):
    """-k, file.py::id, --deselect and -x select claims as they select tests."""
    made = project("claims_true.py", "claims_false.py")
    made.runpytest("-k", "cubes").assert_outcomes(passed=1, deselected=2)
    made.runpytest("claims_true.py::cubes").assert_outcomes(passed=1)
    made.runpytest("--deselect", "claims_false.py::forgetful").assert_outcomes(
        passed=2, deselected=1
    )
    made.runpytest("-x").assert_outcomes(failed=1)


def test_claims_of_the_suite_by_module(pytester):
    """A module of the registry is a file of claims."""
    claim = registry()["fc.tau-objective"]
    module = next(
        m for m in sys.modules.values() if any(c is claim for c in getattr(m, "CLAIMS", ()))
    )
    result = pytester.runpytest("-n0", "-v", f"{module.__file__}::{claim.id}")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*::fc.tau-objective PASSED*"])


def test_claims_of_the_suite_by_keyword(pytester):
    """An id, which has dots and hyphens, is a keyword that brings its variants."""
    result = pytester.runpytest("-n0", "-v", "--pyargs", "verify.claims", "-k", "fc.tau-objective")
    assert result.ret == 0
    assert result.parseoutcomes()["passed"] == 2
    result.stdout.fnmatch_lines(
        ["*::fc.tau-objective PASSED*", "*::fc.tau-objective.corrected PASSED*"]
    )


def test_the_suite_is_collected_by_its_package_name(pytester):
    """``--pyargs verify.claims`` holds every claim of the registry, once."""
    result = pytester.runpytest("-n0", "--collect-only", "-q", "--pyargs", "verify.claims")
    ids = [line.partition("::")[2] for line in result.outlines if "::" in line]
    assert sorted(ids) == sorted(claim.id for claim in registry())


def test_the_suite_is_not_collected_unasked(pytester):
    """Collecting a folder above the suite's claims does not bring them along."""
    result = pytester.runpytest("-n0", "--collect-only", "-q", str(ROOT / "verify"))
    assert "fc." not in result.stdout.str()


def test_junit_has_claims_verdicts_and_reasons(project):
    """Ids are names; verdicts are properties; failures and skips carry their reasons."""
    made = project("claims_true.py", "claims_false.py", "claims_open.py")
    made.runpytest("--junitxml=junit.xml")
    cases = {
        case.get("name"): case
        for case in ElementTree.parse(made.path / "junit.xml").iter("testcase")
    }
    assert set(cases) == {"squares", "cubes", "forgetful", "open-question"}
    found = {
        name: {p.get("name"): p.get("value") for p in case.iter("property")}
        for name, case in cases.items()
    }
    assert found["squares"] == {"verdict": "PROVED", "mutants": "1/1"}
    assert found["forgetful"]["verdict"] == "REFUTED"
    assert "fails at (n=1)" in cases["forgetful"].find("failure").text
    assert "needs an idea" in cases["open-question"].find("skipped").get("message")
    assert cases["squares"].get("classname") == "claims_true"


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_the_report_holds_what_ran(workers, project):
    """Ledger, page and certificates are complete and in order, whoever ran the claims."""
    made = project("claims_true.py", "claims_false.py", "claims_open.py")
    options = ("--verify-report", "out", "--verify-profile", "full", "--verify-seed", "3")
    result = made.runpytest(*workers, *options)
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["report: *index.html"])
    found = ledger(made.path / "out")
    assert [(claim["id"], claim["verdict"]) for claim in found["claims"]] == [
        ("forgetful", "REFUTED"),
        ("open-question", "UNCHECKED"),
        ("squares", "PROVED"),
        ("cubes", "PROVED"),
    ]
    assert (found["provenance"]["profile"], found["provenance"]["seed"]) == ("full", 3)
    for claim in found["claims"]:
        for evidence in claim["evidence"]:
            for record in evidence["certificates"]:
                assert (made.path / "out" / record["file"]).is_file()
    assert "forgetful" in (made.path / "out" / "index.html").read_text()


def test_the_report_keeps_earlier_results(project):
    """A second run of a part leaves the rest in the ledger; -x reports what ran."""
    made = project("claims_true.py", "claims_false.py")
    made.runpytest("claims_true.py", "--verify-report", "out")
    result = made.runpytest("-x", "claims_false.py", "--verify-report", "out")
    result.stdout.fnmatch_lines(["kept in the ledger from earlier runs: *squares*"])
    ids = {claim["id"] for claim in ledger(made.path / "out")["claims"]}
    assert ids == {"squares", "cubes", "forgetful"}


def test_without_a_claim_there_is_no_report(project):
    """A session that ran no claim says so and writes nothing."""
    made = project(test_other="def test_it():\n    assert True\n")
    result = made.runpytest("--verify-report", "out")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["no claim was run, so no report was written"])
    assert not (made.path / "out" / "ledger.json").exists()


def test_nothing_is_left_behind_without_a_report(project):
    """Evidence that nobody asked for is not kept."""
    made = project("claims_true.py")
    made.runpytest("-p", "no:cacheprovider")
    left = {path.name for path in made.path.iterdir()} - {"__pycache__"}
    assert left == {"claims_true.py"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--verify-profile", "fast"), "invalid choice: 'fast'"),
        (("--verify-seed", "-1"), "expected an integer from 0 on, got '-1'"),
        (("--verify-report", "claims_true.py"), "expected a folder that can be written to"),
    ],
)
def test_wrong_options_are_refused(options, words, project):
    """Nothing runs, with pytest's status for wrong usage."""
    made = project("claims_true.py")
    result = made.runpytest(*[f"{options[0]}={options[1]}"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert words in result.stderr.str()


def test_two_claims_of_one_id_cannot_share_a_report(project):
    """The files are named; without a report both run."""
    made = project("claims_true.py")
    (made.path / "claims_twin.py").write_text(FILES["claims_true.py"])
    made.runpytest().assert_outcomes(passed=4)
    result = made.runpytest("--verify-report", "out")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "cannot hold two claims with the id 'squares'" in result.stderr.str()


def test_a_broken_file_is_an_error_with_its_line(project):
    """What the file raises is shown with the line, without the suite's own frames."""
    made = project(claims_bad="from verify import conjecture\n1 / 0\n")
    result = made.runpytest("claims_bad.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*claims_bad.py:2: ZeroDivisionError*"])


def test_tests_in_a_file_of_claims_run_too(project):
    """A file may hold claims and tests, with fixtures; it is run only once."""
    text = "print('the file runs')\n" + FILES["claims_true.py"] + (
        "\nimport pytest\n\n@pytest.fixture\ndef one():\n    return 1\n"
        "\ndef test_it(one):\n    assert one == 1\n"
    )
    result = project(mine=text).runpytest("-s", "mine.py")
    result.assert_outcomes(passed=3)
    assert result.stdout.str().count("the file runs") == 1


@pytest.mark.parametrize(
    "name",
    ["test_claims.py", "mine.py", "claims_insurance.py"],
    ids=["a test file", "a file that nobody named", "a file without the suite"],
)
def test_other_files_are_no_files_of_claims(name, project):
    """Claims in test files, and files that are only called like claims, are left alone."""
    made = project(test_other="def test_it():\n    assert True\n")
    text = "raise SystemExit" if name == "claims_insurance.py" else FILES["claims_true.py"]
    (made.path / name).write_text(text)
    made.runpytest().assert_outcomes(passed=1)


def test_names_of_files_are_a_setting(project):
    """``verify_files`` says what files of claims are called."""
    made = project("claims_true.py")
    (made.path / "claims_true.py").rename(made.path / "conjectures.py")
    made.makeini("[pytest]\nverify_files = conj*.py\n")
    made.runpytest().assert_outcomes(passed=2)


def test_ordinary_runs_import_nothing_of_the_suite(tmp_path):
    """The plugin is loaded, once, but neither the core nor its dependencies are."""
    (tmp_path / "test_modules.py").write_text(
        "import sys\n\n"
        "def test_it(pytestconfig):\n"
        "    loaded = [n for n in sys.modules if n.partition('.')[0] in "
        "('verify', 'constructions', 'numpy', 'flint', 'rich', 'click')]\n"
        "    assert sorted(loaded) == ['verify', 'verify.pytest_plugin']\n"
        "    names = [p for n, p in pytestconfig.pluginmanager.list_name_plugin()\n"
        "             if getattr(p, '__name__', '') == 'verify.pytest_plugin']\n"
        "    assert len(names) == 1\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:hypothesispytest", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
