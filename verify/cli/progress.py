"""What a run shows while it works: a bar on a terminal, a line for each claim elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from verify.cli.terminal import console
from verify.core.resume import Entry


class Display:
    """Shows the finished share, and the claims that are running, on standard error."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._running: dict[str, None] = {}
        self._screen = console(stderr=True)
        self._bar = Progress(
            TextColumn("verifying"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[running]}", style="dim"),
            console=self._screen,
            disable=not self._screen.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=total, running="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def started(self, claim_id: str) -> None:
        """A claim has begun."""
        self._running[claim_id] = None
        self._show()

    def finished(self, entry: Entry, resumed: bool) -> None:  # noqa: FBT001 - the engine's callback
        """A claim has its verdict, now or in an earlier run."""
        self._done += 1
        self._running.pop(entry["id"], None)
        if not self._screen.is_terminal:
            again = " (finished before)" * resumed
            place = f"[{self._done:>{len(str(self._total))}}/{self._total}]"
            self._screen.print(f"{place} {entry['id']} {entry['verdict']}{again}")
        self._show()

    def _show(self) -> None:
        self._bar.update(self._task, completed=self._done, running=", ".join(self._running))
