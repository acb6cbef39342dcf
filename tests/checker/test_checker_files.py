"""Files that are not strict JSON, wrong usage, and independence from everything else."""

import ast
import json
import sys

import pytest

from tests.checker.examples import example
from tests.checker.running import CHECKER, run_checker, write
from verify.checker import check_file

VALID = json.dumps(example("clique"))
TEXTS = {
    "empty": "",
    "truncated": VALID[:-1],
    "half": VALID[: len(VALID) // 2],
    "trailing": VALID + "]",
    "two documents": VALID + VALID,
    "duplicate key": VALID[:-1] + ', "kind": "width-bound"}',
    "inner duplicate": VALID.replace('{"var": "size"}', '{"var": "size", "var": "size"}'),
    "float": VALID.replace('"inputs": 2', '"inputs": 2.0'),
    "exponent": VALID.replace('"inputs": 2', '"inputs": 2e0'),
    "NaN": VALID.replace('"inputs": 2', '"inputs": NaN'),
    "Infinity": VALID.replace('"inputs": 2', '"inputs": Infinity'),
    "float in a note": VALID[:-1] + ', "note": 0.5}',
    "comment": "// certificate\n" + VALID,
    "single quotes": VALID.replace('"', "'"),
    "trailing comma": VALID[:-1] + ",}",
    "long integer": VALID.replace('"inputs": 2', '"inputs": ' + "2" * 10_000),
    "deep": "[" * 100_000,
    "list": "[" + VALID + "]",
    "byte order mark": "\ufeff" + VALID,
}


@pytest.mark.parametrize("name", TEXTS)
def test_file_that_is_not_strict_json_is_rejected(name, tmp_path):
    """Truncation, floats, NaN, duplicate keys and the like are rejected, not repaired."""
    path = tmp_path / "c.json"
    path.write_text(TEXTS[name], encoding="utf-8")
    result = check_file(path)
    assert not result.accepted
    assert result.reason


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b"\x00" * 10, '{"a": "é"}'.encode("latin-1")])
def test_bytes_that_are_not_utf8_are_rejected(data, tmp_path):
    """Only UTF-8 text is read."""
    path = tmp_path / "c.json"
    path.write_bytes(data)
    assert not check_file(path).accepted


def test_missing_file_and_folder_are_rejected(tmp_path):
    """What cannot be read is rejected, not an error."""
    assert not check_file(tmp_path / "absent.json").accepted
    assert not check_file(tmp_path).accepted


def test_one_rejection_decides_the_status(tmp_path):
    """A mixed run reports every file and exits with 1."""
    good = write(tmp_path / "good.json", example("clique"))
    bad = tmp_path / "bad.json"
    bad.write_text(TEXTS["NaN"], encoding="utf-8")
    done = run_checker(good, bad, good)
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["accept", "reject", "accept"]
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_wrong_usage(arguments):
    """Without files the checker shows its usage and exits with 2."""
    done = run_checker(*arguments)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_only_the_standard_library_is_imported():
    """Every import of the checker is relative or from a module without floats or packages."""
    allowed = {"collections", "dataclasses", "fractions", "functools", "hashlib", "importlib",
               "itertools", "json", "math", "pathlib", "re", "reprlib", "sys"}
    for path in CHECKER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                roots = {node.module.split(".")[0]}
            else:
                continue
            roots -= {"collections"} if roots == {"collections"} else set()
            assert roots <= allowed & set(sys.stdlib_module_names), path.name


def test_no_float_arithmetic_in_the_source():
    """The checker contains no float literal, no call of float, and no floating function of math."""
    exact = {"comb", "factorial", "gcd", "isqrt", "lcm", "prod"}
    for path in CHECKER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float | complex), path.name
            if isinstance(node, ast.Name):
                assert node.id not in ("float", "complex", "round", "eval", "exec"), path.name
            if isinstance(node, ast.ImportFrom) and node.module == "math":
                assert {alias.name for alias in node.names} <= exact, path.name


def test_names_do_not_shadow_the_standard_library():
    """A folder on the import path must not hide a standard module (`numbers`, `statistics`, …)."""
    names = {path.stem for path in CHECKER.glob("*.py")} - {"__init__", "__main__"}
    assert not names & set(sys.stdlib_module_names)
