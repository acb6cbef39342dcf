"""``verify list | show | report | recheck``: what is claimed, and what is stored."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify.claims import registry
from verify.release import released

ROOT = Path(__file__).resolve().parents[2]


def test_list_shows_every_claim_of_the_suite(verify):
    """Without a pattern, every id is a row of its own."""
    result = verify("list")
    assert result.exit_code == 0
    ids = [line.split()[0] for line in result.output.splitlines()[1:]]
    assert ids == [claim.id for claim in registry()]


def test_list_as_json_has_the_verdicts_at_release(verify):
    """The JSON rows carry id, title, source and the recorded verdict."""
    rows = json.loads(verify("list", "--json", "fc.parity.*").output)
    assert [set(row) for row in rows] == [{"id", "title", "source", "verdict"}] * len(rows)
    recorded = released(None)
    assert {r["id"]: r["verdict"] for r in rows} == {
        claim.id: recorded.get(claim.id) for claim in registry().select(["fc.parity.*"])
    }


def test_list_and_show_read_users_files(files, verify):
    """A user's file is listed and shown like the suite."""
    files("claims_true.py")
    assert "the cube of a sum" in verify("list", "claims_true.py").output
    shown = verify("show", "claims_true.py::cubes").output
    assert "claims_true.py" in shown
    assert "no verdict recorded" in shown


def test_show_tells_what_a_claim_means(verify):
    """Statement, reading, domain, checks, mutants, falsifier and correction are shown."""
    claim = registry()["fc.delta-average.display"]
    result = verify("show", claim.id)
    assert result.exit_code == 0
    for text in (claim.statement, claim.falsified_by, claim.corrected_by, str(claim.domain)):
        assert text in result.output
    for named in (*claim.checks, *(mutant.check for mutant in claim.mutants)):
        assert named.name in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "fc.mian"], ["no claim matches", "did you mean"]),
        (["show", "fc.main.*"], ["claims", "name one"]),
        (["show"], ["ID"]),
        (["list", "nothing.*"], ["no claim matches 'nothing.*'"]),
        (["list", "absent.py"], ["no claim file"]),
        (["report", "absent.json"], ["no ledger at absent.json"]),
        (["report", "cut.json"], ["cut.json is not a JSON ledger"]),
        (["report", "other.json"], ["expected schema", "got 'other/1'"]),
        (["recheck", "empty"], ["empty"]),
        (["recheck", "absent"], ["absent"]),
        (["frobnicate"], ["frobnicate"]),
    ],
)
def test_wrong_usage_has_status_2(arguments, words, folder, verify):
    """The message names what came."""
    Path("cut.json").write_text('{"schema"')
    Path("other.json").write_text('{"schema": "other/1"}')
    Path("empty").mkdir()
    result = verify(*arguments)
    assert result.exit_code == 2, result.output
    for word in words:
        assert word in result.output


def test_report_renders_a_ledger_again(files, verify):
    """Renderings that were deleted come back, byte for byte; --out puts them elsewhere."""
    files("claims_true.py")
    verify("run", "claims_true.py")
    names = ("index.html", "summary.md", "errata.md", "summary.tex", "junit.xml")
    pages = {name: Path("verify-report", name).read_text() for name in names}
    for name in pages:
        Path("verify-report", name).unlink()
    assert verify("report", "verify-report/ledger.json").exit_code == 0
    assert {name: Path("verify-report", name).read_text() for name in pages} == pages
    result = verify("report", "verify-report/ledger.json", "--out", "elsewhere")
    assert result.exit_code == 0
    assert "elsewhere/index.html" in result.output.split()


def test_recheck_accepts_what_a_run_left(files, verify):
    """Every certificate of a report is accepted by the checker in a bare interpreter."""
    files("claims_true.py", "claims_false.py")
    verify("run", "claims_true.py", "claims_false.py")
    count = len(list(Path("verify-report/certificates").rglob("*.json")))
    result = verify("recheck", "verify-report")
    assert result.exit_code == 0
    assert f"{count} accepted, 0 rejected; {count} as in the ledger" in result.output


def test_recheck_rejects_a_forged_certificate(files, verify):
    """A certificate that says the opposite is named with the reason, with status 1."""
    files("claims_false.py")
    verify("run", "claims_false.py")
    (path,) = Path("verify-report/certificates").rglob("*.json")
    path.write_text(path.read_text().replace('"holds":false', '"holds":true'))
    result = verify("recheck", "verify-report")
    assert result.exit_code == 1
    assert "0 accepted, 1 rejected" in result.output
    assert path.name in result.output


def test_the_command_is_a_module_too(tmp_path):
    """``python -m verify.cli`` is the command, where it is not installed."""
    done = subprocess.run(
        [sys.executable, "-m", "verify.cli", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    for command in ("list", "show", "run", "report", "recheck"):
        assert command in done.stdout
