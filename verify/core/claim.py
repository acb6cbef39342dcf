"""Claims, checks and mutants: data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from verify.core.domain import Domain
from verify.core.evidence import Finding


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a statement was printed.  A conjecture's source is a person: arxiv is empty."""

    title: str
    arxiv: str = ""
    version: str = ""
    locator: str = ""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check may use besides its own arguments.

    profile: ``"quick"`` or ``"full"``; seed: for every random choice.
    checkpoints: trained networks that the user named for the empirical claims; files, or folders
    of files over steps.
    """

    profile: str = "quick"
    seed: int = 0
    checkpoints: tuple[Path, ...] = ()

    def pick(self, *, quick: Any, full: Any) -> Any:
        """The value for the running profile."""
        return quick if self.profile == "quick" else full


@dataclass(frozen=True, kw_only=True)
class Check:
    """A procedure with its arguments: ``procedure(context, **arguments) -> Finding``."""

    name: str
    procedure: Callable[..., Finding]
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: Context) -> Finding:
        """Runs the procedure."""
        return self.procedure(context, **self.arguments)


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """The same check on a statement that is wrong on purpose; it must not be established."""

    name: str
    description: str
    check: Check

    @staticmethod
    def of(check: Check, description: str, **overrides: Any) -> Mutant:
        """A mutant that changes arguments of a check and nothing else."""
        unknown = set(overrides) - set(check.arguments)
        if unknown:
            raise ValueError(
                f"mutant of {check.name!r} overrides unknown arguments {sorted(unknown)}; "
                f"the check takes {sorted(check.arguments)}"
            )
        mutated = replace(check, arguments={**check.arguments, **overrides})
        return Mutant(name=f"{check.name}/{description}", description=description, check=mutated)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One statement, as printed, beside the checks that try to settle it.

    statement: text with $LaTeX$.
    domain: the quantified parameters, as the statement was read (`reading` says how).
    corrects / corrected_by: ids that tie a refuted statement to its correction.
    empirical: the statement is about trained networks, so statistics over them can reject it; true
    of every statement of printed kind ``em``.
    unchecked: why no check is written yet.  missing: what an uncheckable statement lacks.
    """

    id: str
    title: str
    source: Source
    statement: str
    domain: Domain
    falsified_by: str
    printed_kind: str
    reading: str = ""
    hypotheses: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    mutants: tuple[Mutant, ...] = ()
    corrects: str | None = None
    corrected_by: str | None = None
    empirical: bool = False
    unchecked: str | None = None
    missing: str | None = None

    def __post_init__(self) -> None:
        if self.printed_kind == "em":
            object.__setattr__(self, "empirical", True)
        if self.checks and not self.mutants:
            raise ValueError(
                f"claim {self.id!r} has checks but no mutant: add one wrong variant of the "
                "statement that the same check must not establish"
            )
        if not self.checks and not self.unchecked and not self.missing:
            raise ValueError(
                f"claim {self.id!r} has neither a check nor a reason: pass checks=..., or "
                "unchecked='why', or missing='what the statement lacks'"
            )
