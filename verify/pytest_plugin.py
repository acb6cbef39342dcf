"""The pytest plugin: claims are test items, named by their ids.

    pytest claims_mine.py                      a file of claims
    pytest                                     with the files claims_*.py that it comes across
    pytest --pyargs verify.claims -k fc.main   the claims of the suite
    pytest ... -n 4 --verify-report DIR        ledger, certificates and report in DIR

A claim passes when it has the verdict recorded at release (without a record: when it holds) and
no mutant survives; it is skipped, with the reason, when nothing was checked and nothing was to be
expected.  ``-k``, ``-x``, ``-n``, ``--lf`` and ``--junitxml`` work as for any test.

A file is taken for a file of claims only if it imports ``verify`` and is either named on the
command line or called ``claims_*.py`` (setting ``verify_files``).  What matches ``python_files``
stays an ordinary test file.  This module is loaded into every test run of its environment, so it
imports pytest and the standard library alone; the rest comes with the first file of claims.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Generator
from pathlib import Path

import pytest

_SUITE = Path(__file__).parent / "claims"
_IMPORTS_VERIFY = re.compile(r"^[ \t]*(?:from|import)[ \t]+verify\b", re.MULTILINE)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"expected an integer from 0 on, got {text!r}")
    return int(text)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options and the setting of this plugin."""
    group = parser.getgroup("verify", "claims of feature learning")
    group.addoption(
        "--verify-report",
        metavar="DIR",
        help="write the ledger of the claims that ran, their certificates and the report to DIR",
    )
    group.addoption(
        "--verify-profile",
        choices=("quick", "full"),
        default="quick",
        help="how much a check may search (default: quick)",
    )
    group.addoption(
        "--verify-seed", metavar="N", type=_seed, default=0, help="for random choices (default: 0)"
    )
    parser.addini(
        "verify_files",
        type="args",
        default=["claims_*.py"],
        help="names of files that may define claims, where they import verify",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Prepares the report; a folder that cannot be written to is noticed before anything runs."""
    if config.option.verify_report is None or hasattr(config, "workerinput"):
        return  # workers of pytest-xdist send what they find to the process that started them
    folder = config.invocation_params.dir / config.option.verify_report
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise pytest.UsageError(
            "expected a folder that can be written to, got --verify-report "
            f"{config.option.verify_report} ({error.strerror})"
        ) from None
    config.option.verify_report = str(folder)  # workers may run in another folder
    from verify.pytest_claims import Reporter

    config.pluginmanager.register(Reporter(config), "verify-reporter")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Files of claims that pytest comes across in folders."""
    # For those named on the command line pytest asks for a module, see below.
    if parent.session.isinitpath(file_path) or not _may_define_claims(file_path, parent.session):
        return None
    return _claim_file(file_path, parent)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Files of claims that the command line names."""
    if not _may_define_claims(module_path, parent.session):
        return None
    return _claim_file(module_path, parent)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One report cannot hold two claims of one id."""
    if config.option.verify_report is not None:
        from verify.pytest_claims import require_different_ids

        require_different_ids(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Sends the ledger entry along with the report, from a worker process too."""
    report = yield
    if report.when == "call" and (made := getattr(item, "claim_made", None)):
        report.claim_made = made
    return report


def _may_define_claims(path: Path, session: pytest.Session) -> bool:
    config = session.config
    if path.suffix != ".py" or any(path.match(p) for p in config.getini("python_files")):
        return False
    if path.is_relative_to(_SUITE):
        # Whoever collects the whole project has not asked for the claims of the suite.
        inside = (p for p in (path, *path.parents) if p.is_relative_to(_SUITE))
        return any(session.isinitpath(p) for p in inside)
    named = any(path.match(p) for p in config.getini("verify_files"))
    return (named or session.isinitpath(path)) and _imports_verify(path)


def _imports_verify(path: Path) -> bool:
    try:
        return bool(_IMPORTS_VERIFY.search(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False


def _claim_file(path: Path, parent: pytest.Collector) -> pytest.Module:
    from verify.pytest_claims import ClaimFile

    return ClaimFile.from_parent(parent, path=path)
