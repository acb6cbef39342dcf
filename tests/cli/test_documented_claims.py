"""The claims in the documentation run as files of their own, and get the verdicts it states."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def readme_file(folder):
    """The README's example, written to the file that the README names."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    mark = "<!-- your-own-claim: {} -->"
    section = text.partition(mark.format("begin"))[2].partition(mark.format("end"))[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert "`claims_mine.py`" in section
    path = folder / "claims_mine.py"
    path.write_text(code, encoding="utf-8")
    return path


def run_pytest(path, folder):
    """The output of pytest on a file, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", str(path)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


def test_the_readme_example_on_the_command_line(readme_file, verify, verdicts):
    """The first claim is proved, the second refuted with p = 3, a = 1, as the README says."""
    result = verify("run", readme_file.name)
    assert result.exit_code == 1
    assert verdicts() == {"cosine-sum": "PROVED", "vanishes": "REFUTED"}
    assert "fails at (p=3, a=1)" in result.output
    assert verify("recheck", "verify-report").exit_code == 0


def test_the_readme_example_under_pytest(readme_file):
    """The same verdicts as test results."""
    done = run_pytest(readme_file.name, readme_file.parent)
    assert done.returncode == 1, done.stdout
    assert "claims_mine.py::cosine-sum PASSED" in done.stdout
    assert "claims_mine.py::vanishes FAILED" in done.stdout
    assert "fails at (p=3, a=1)" in done.stdout


def test_the_readme_example_can_be_recorded(readme_file, verify):
    """With its verdicts recorded, both doors succeed."""
    assert verify("run", readme_file.name, "--record").exit_code == 0
    assert verify("run", readme_file.name).exit_code == 0
    assert run_pytest(readme_file.name, readme_file.parent).returncode == 0


def test_three_phases_suffice(folder, verify, verdicts):
    """The identity of three and more phases is proved for all angles, by both doors."""
    path = ROOT / "examples" / "three_phases.py"
    result = verify("run", path)
    assert result.exit_code == 0, result.output
    assert verdicts() == {"vote": "PROVED"}
    assert run_pytest(path, folder).returncode == 0


def test_two_phases_do_not_suffice(folder, verify):
    """The same file with N from 2 on is refuted, and N = 2 is the witness."""
    text = (ROOT / "examples" / "three_phases.py").read_text(encoding="utf-8")
    (folder / "claims_two.py").write_text(text.replace("ints(3, 12)", "ints(2, 12)"))
    result = verify("run", "claims_two.py")
    assert result.exit_code == 1
    assert "N=2" in result.output
