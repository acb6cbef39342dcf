"""How a run is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verify.core.registry import load_file


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a run is done.

    out: folder that receives evidence and certificates; files: users' claim files.
    checkpoints: trained networks for the empirical claims, files or folders.
    resume: take finished evidence of the same code, profile, seed and checkpoints from `out`.
    """

    out: Path
    profile: str = "quick"
    seed: int = 0
    jobs: int = 1
    files: tuple[Path, ...] = ()
    checkpoints: tuple[Path, ...] = ()
    resume: bool = True

    def __post_init__(self) -> None:
        if self.profile not in ("quick", "full"):
            raise ValueError(f"expected profile 'quick' or 'full', got {self.profile!r}")
        if self.jobs < 1:
            raise ValueError(f"expected at least one job, got jobs={self.jobs}")

    def home(self, claim_id: str) -> Path | None:
        """The user's file that defines the claim; None for a registered claim."""
        return next((f for f in self.files if any(c.id == claim_id for c in load_file(f))), None)
