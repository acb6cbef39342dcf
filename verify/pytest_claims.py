"""Claims as pytest items, and their report; see `verify.pytest_plugin`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from verify.core.claim import Claim
from verify.core.engine import run_claim
from verify.core.registry import ClaimFileError, claims_of, load_module
from verify.core.settings import Settings
from verify.explain import explain
from verify.publish import Published, publish
from verify.release import ReleaseError, Standing, released

_SUITE = Path(__file__).parent


class Lost(Exception):
    """A claim did not get the verdict that was expected, or a mutant survived."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        super().__init__("; ".join(standing.complaints))


class ClaimFile(pytest.Module):
    """A file that defines claims; tests that it also defines are collected as usual."""

    @property
    def home(self) -> Path | None:
        """The user's file; None for a module of the suite."""
        return None if self.path.is_relative_to(_SUITE) else self.path.resolve()

    def _getobj(self) -> ModuleType:
        # The engine loads a user's file in its own way; doing the same here runs it only once.
        if self.home is None:
            name = self.path.relative_to(_SUITE).with_suffix("").parts
            return import_module(".".join(("verify", *name)))
        try:
            return load_module(self.home)
        except ClaimFileError as error:
            raise self.CollectError(f"the file could not be run\n{error}") from error

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The claims in order of definition, then the tests."""
        for place, claim in enumerate(self._claims()):
            yield ClaimItem.from_parent(self, name=claim.id, claim=claim, place=place)
        yield from super().collect()

    def _claims(self) -> Iterable[Claim]:
        if self.home is None:
            return getattr(self.obj, "CLAIMS", ())
        try:
            return claims_of(self.obj)
        except ValueError as error:
            raise self.CollectError(str(error)) from None


class ClaimItem(pytest.Item):
    """One claim.

    claim_made: set when it has run, and sent along with the test report: the ledger entry, and
    the file and position that order the ledger.
    """

    def __init__(self, *, claim: Claim, place: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.claim = claim
        self.place = place
        self.claim_made: dict[str, Any] | None = None

    @property
    def home(self) -> Path | None:
        """The user's file that defines the claim; None for a claim of the suite."""
        return self.getparent(ClaimFile).home

    def runtest(self) -> None:
        """Runs the claim; see `Standing` for what is expected of it."""
        option = self.config.option
        with _folder(option.verify_report) as out:
            settings = Settings(
                out=out,
                profile=option.verify_profile,
                seed=option.verify_seed,
                files=(self.home,) if self.home else (),
            )
            entry = run_claim(self.claim, settings)
        if option.verify_report is not None:
            self.claim_made = {"entry": entry, "order": [str(self.path), self.place]}
        killed = sum(mutant["killed"] for mutant in entry["mutants"])
        self.user_properties += [
            ("verdict", entry["verdict"]),
            ("mutants", f"{killed}/{len(entry['mutants'])}"),
        ]
        recorded = released(self.home).get(self.claim.id)
        standing = Standing(entry=entry, home=self.home, released=recorded)
        if not standing.ok:
            raise Lost(standing)
        if standing.open:
            pytest.skip(f"{entry['verdict']}: {entry['verdict_reason']}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], **rest: Any) -> Any:
        """What was claimed, what was found, and how to see it again."""
        if isinstance(excinfo.value, Lost):
            return explain(excinfo.value.standing)
        if isinstance(excinfo.value, ReleaseError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, **rest)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The headline of a failure."""
        return self.path, None, f"claim {self.name}"


class Reporter:
    """Gathers the entries of every process and writes the ledger at the end of the session."""

    def __init__(self, config: pytest.Config) -> None:
        self._option = config.option
        self._started = datetime.now(UTC)
        self._made: dict[str, Mapping[str, Any]] = {}
        self._published: Published | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes the entry that came along with a report."""
        made = getattr(report, "claim_made", None)
        if made is not None:
            self._made[made["entry"]["id"]] = made

    def pytest_sessionfinish(self) -> None:
        """Writes ledger and report, also after -x or Ctrl-C: of the claims that ran."""
        if not self._made:
            return
        made = sorted(self._made.values(), key=lambda m: m["order"])
        settings = Settings(
            out=Path(self._option.verify_report),
            profile=self._option.verify_profile,
            seed=self._option.verify_seed,
        )
        self._published = publish(
            [m["entry"] for m in made], settings, started=self._started
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says where the report is."""
        terminalreporter.section("claims")
        if self._published is None:
            terminalreporter.line("no claim was run, so no report was written")
            return
        for note in self._published.notes:
            terminalreporter.line(note)
        terminalreporter.line(f"report: {self._published.page}")


def require_different_ids(items: Iterable[pytest.Item]) -> None:
    """One report cannot hold two claims of one id.

    Raises:
        pytest.UsageError: naming the id and the files.
    """
    homes: dict[str, pytest.Item] = {}
    for item in items:
        if isinstance(item, ClaimItem):
            known = homes.setdefault(item.claim.id, item)
            if known.path != item.path:
                raise pytest.UsageError(
                    f"--verify-report cannot hold two claims with the id {item.claim.id!r}: one of "
                    f"{known.path}, one of {item.path}; rename one, or run the files separately"
                )


@contextmanager
def _folder(report: str | None) -> Iterator[Path]:
    if report is not None:
        yield Path(report)
        return
    with tempfile.TemporaryDirectory(prefix="verify-") as made:
        yield Path(made)
