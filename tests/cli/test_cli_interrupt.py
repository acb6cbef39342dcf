"""Ctrl-C and lost processes: what is finished stays, and the same command goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Two claims; while `wait` exists, the second one ends the run once the first one is finished.
CLAIMS = """
import os
import signal
import time
from pathlib import Path

from verify import Check, Claim, Domain, Mutant, Source, conjecture, forall, ints
from verify.core.evidence import inconclusive
from verify.formula import equal

OUT = Path("verify-report/evidence")


@conjecture("the square of a sum", source="A. Person")
@forall(n=ints(0, 5))
def first(n):
    return equal((n + 1) ** 2, n**2 + 2 * n + 1)


def ends_the_run(context, how):
    while Path("wait").exists() and how:
        if (OUT / "first.json").exists():
            {action}
    return inconclusive(scope=Domain(), method="search", reason="nothing was tried")


_CHECK = Check(name="wait", procedure=ends_the_run, arguments={"how": "loudly"})
second = Claim(
    id="second", title="waits", source=Source(title="A. Person"), statement="Wait.",
    domain=Domain(), falsified_by="nothing", printed_kind="candidate",
    checks=(_CHECK,), mutants=(Mutant.of(_CHECK, "silently", how=""),),
)
"""


@pytest.fixture
def start(tmp_path):
    """Writes the file and runs it in a process of its own, in an empty folder."""

    def run(action, *arguments):
        (tmp_path / "claims_slow.py").write_text(CLAIMS.replace("{action}", action))
        return subprocess.run(
            [sys.executable, "-m", "verify.cli", "run", "claims_slow.py", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.mark.parametrize(
    ("jobs", "action"),
    [
        ("1", "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"),
        ("2", "os.kill(os.getppid(), signal.SIGINT); time.sleep(60)"),
    ],
)
def test_an_interrupted_run_says_how_to_go_on_and_does(jobs, action, start, tmp_path):
    """Ctrl-C ends with status 130; the next run takes the finished claim and does the other."""
    (tmp_path / "wait").touch()
    done = start(action, "--jobs", jobs)
    assert done.returncode == 130, done.stderr
    assert "interrupted: 1 of 2 claims are finished" in done.stderr
    assert "the same command goes on from there" in done.stderr
    assert "Traceback" not in done.stderr
    (tmp_path / "wait").unlink()
    done = start(action, "--jobs", jobs)
    assert done.returncode == 1, "the second claim is inconclusive"
    assert "first PROVED (finished before)" in done.stderr
    assert "second INCONCLUSIVE\n" in done.stderr
    ledger = json.loads((tmp_path / "verify-report" / "ledger.json").read_text())
    assert [claim["id"] for claim in ledger["claims"]] == ["first", "second"]


def test_a_lost_process_is_reported_and_its_finished_claims_stay(start, tmp_path):
    """A worker that is killed, as for want of memory, ends the run in words, with status 1."""
    (tmp_path / "wait").touch()
    done = start("os.kill(os.getpid(), signal.SIGKILL)", "--jobs", "2")
    assert done.returncode == 1
    assert "ended unexpectedly" in done.stderr
    assert "fewer --jobs" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "verify-report" / "evidence" / "first.json").is_file()
