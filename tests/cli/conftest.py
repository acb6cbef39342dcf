"""Users' files of claims, and the command line in this process."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from verify.cli import main

HEAD = """
from verify import conjecture, forall, ints
from verify.formula import equal
"""

FILES = {
    "claims_true.py": HEAD
    + """
@conjecture("the square of a sum", source="A. Person")
@forall(n=ints(0, 5))
def squares(n):
    return equal((n + 1) ** 2, n**2 + 2 * n + 1)

@conjecture("the cube of a sum", source="A. Person")
@forall(n=ints(0, 5))
def cubes(n):
    return equal((n + 1) ** 3, n**3 + 3 * n**2 + 3 * n + 1)
""",
    "claims_false.py": HEAD
    + """
@conjecture("the square of a sum, forgetful", source="A. Person")
@forall(n=ints(0, 5))
def forgetful(n):
    return equal((n + 1) ** 2, n**2 + 1)
""",
    "claims_open.py": """
from verify import Claim, Domain, Source

open_question = Claim(
    id="open-question", title="an open question", source=Source(title="A. Person"),
    statement="Nobody knows.", domain=Domain(), falsified_by="an answer", printed_kind="candidate",
    unchecked="needs an idea",
)
""",
    "claims_blunt.py": HEAD
    + """
def the_same(n):
    "the very same statement"
    return equal(n + n, 2 * n)

@conjecture("twice", source="A. Person", mutants=[the_same])
@forall(n=ints(0, 5))
def twice(n):
    return equal(n + n, 2 * n)
""",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def files(folder):
    """Writes users' files of claims by name into the current folder."""

    def write(*names, **texts):
        for name in names:
            (folder / name).write_text(FILES[name])
        for name, text in texts.items():
            (folder / f"{name}.py").write_text(dedent(text))

    return write


@pytest.fixture
def verify():
    """Runs a command and returns click's result."""

    def run(*arguments):
        return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="verify")

    return run


@pytest.fixture
def verdicts():
    """The verdicts by id in the ledger of a folder."""

    def read(out="verify-report"):
        ledger = json.loads((Path(out) / "ledger.json").read_text(encoding="utf-8"))
        return {claim["id"]: claim["verdict"] for claim in ledger["claims"]}

    return read
