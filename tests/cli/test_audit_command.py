"""``verify audit``: files, folders, what is written, what the user may override, and errors."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

import verify
from tests.checkpoint_files import npz_file, safetensors_file, torch_file
from tests.trained import cosine_weights
from verify.cli import main

P = 5
K, PHI = np.repeat([1, 2], 5), np.tile(np.arange(5) / 5, 2)
U, V = cosine_weights(P, K, PHI, 2 * PHI)


def run(*arguments):
    """The command in this process."""
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


@pytest.fixture
def quad(tmp_path):
    """A quadratic network whose activation is in the name of its folder."""
    path = tmp_path / "run_Quad" / "10.pth"
    path.parent.mkdir()
    path.write_bytes(torch_file({"model": {"W_in": U, "W_out": V}, "train_loss": 0.5}))
    return path


def test_facts_of_a_file(quad):
    """What was taken for what, exact accuracy, margin, maximum and certificate are printed."""
    result = run(quad)
    assert result.exit_code == 0, result.output
    for words in (
        "model.W_in is the input layer", "addition modulo 5", "activation u^2 (guessed from",
        "25 of 25 correct", "smallest margin", "of the maximum", "one frequency",
        "misalignment    median 0.000°", "accepted by the checker: 25 of 25 inputs correct",
    ):  # fmt: skip
        assert words in result.output


def test_out_writes_page_summary_and_certificate(quad, tmp_path):
    """The three files are named on the terminal and lie in the folder."""
    out = tmp_path / "a" / "b"
    result = run(quad, "--out", out)
    assert result.exit_code == 0, result.output
    names = ["audit.html", "audit.json", "certificates/audit.json"]
    assert [line.rpartition("a/b/")[2] for line in result.output.splitlines()[-3:]] == names
    summary = json.loads((out / "audit.json").read_text())
    assert (summary["correct"], summary["inputs"], summary["wrong"]) == (25, 25, 0)
    assert summary["certificate"]["accepted"]
    rechecked = CliRunner().invoke(main, ["recheck", str(out)])
    assert rechecked.exit_code == 0, rechecked.output


def test_nothing_is_written_without_out(quad, tmp_path, monkeypatch):
    """Without --out the command reads only."""
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert run(quad).exit_code == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_folder_over_steps(quad, tmp_path):
    """A folder gives a row for each step, and with --out the run's page and every step's audit."""
    (quad.parent / "0.safetensors").write_bytes(safetensors_file({"W_in": 0.1 * U, "W_out": V}))
    result = run(quad.parent, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line.split()[:2] for line in lines[1:3]] == [["0", "25/25"], ["10", "25/25"]]
    for name in ("run.html", "run.json", "step-0/audit.html", "step-10/certificates/audit.json"):
        assert (tmp_path / "out" / name).is_file()


def test_user_may_override_names_and_sizes(tmp_path):
    """Every option reaches the network: names, embedding, activation, modulus, inputs."""
    path = tmp_path / "odd.npz"
    tensors = {"alpha": U.T, "omega": V.T, "table": np.eye(P)}
    path.write_bytes(npz_file(tensors))
    assert run(path).exit_code == 2
    named = ["--input-weight", "alpha", "--output-weight", "omega", "--modulus", P]
    result = run(path, *named, "--activation", "u^2", "--embedding", "table")
    assert result.exit_code == 0, result.output
    assert "25 of 25 correct" in result.output
    assert "table embeds 5 elements in 5 dimensions" in result.output
    assert "activation u^2 (as told)" in result.output
    three = run(path, *named, "--activation", "abs", "--inputs", 3)
    assert "of 125 correct" in three.output
    separate = run(path, *named, "--input-weight", "alpha", "--activation", "u^2")
    assert "25 of 25 correct" in separate.output


NET = npz_file({"W_in": U, "W_out": V})


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("relu.npz", b"", [], "the archive is damaged"),
        ("relu.txt", b"", [], "expected a file called"),
        ("net.npz", NET, [], "pass --activation NAME"),
        ("relu.npz", NET, ["--activation", "swish"], "unknown activation"),
        ("relu.npz", NET, ["--task", "sorting"], "unknown task 'sorting'"),
        ("relu.npz", NET, ["--modulus", "1"], "1 is not in the range"),
        ("relu.npz", NET, ["--inputs", "30"], "more than an audit takes on"),
    ],
)
def test_errors_are_one_line(tmp_path, name, content, options, words):
    """Wrong usage and refused files end with status 2 and one line that says what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    result = run(path, *options)
    assert result.exit_code == 2
    assert words in result.output
    assert len([line for line in result.output.splitlines() if line.startswith("Error")]) == 1
    assert "Traceback" not in result.output


def test_missing_and_empty_folders(tmp_path):
    """A path that is not there, and a folder without steps."""
    assert "cannot be read" in run(tmp_path / "none.pt").output
    assert "no checkpoint named after its step" in run(tmp_path).output


def test_out_that_cannot_be_written(quad, tmp_path):
    """A file in the way is an error of usage."""
    (tmp_path / "file").write_text("")
    result = run(quad, "--out", tmp_path / "file" / "below")
    assert result.exit_code == 2
    assert "cannot write to" in result.output


def test_public_function(quad, tmp_path):
    """`verify.audit` is the same audit, and writes with `out`."""
    found = verify.audit(quad, out=tmp_path / "out")
    assert isinstance(found, verify.Audit)
    assert found.behaviour.accuracy == 1
    assert (tmp_path / "out" / "audit.html").is_file()
    with pytest.raises(verify.CheckpointError):
        verify.audit(tmp_path / "none.pt")
