"""Certificate files as a report shows them: resolved, compared with the ledger, embedded if small.

The checker's decision is recorded in the ledger; the report adds one fact of its own, whether
the file beside it still is the one that was checked (equal SHA-256).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

EMBED_LIMIT = 32_000
"""Files above this many bytes are linked instead of embedded in the page."""


@dataclass(frozen=True)
class CertificateFile:
    """One certificate as shown.

    Attributes:
        name: the file's name, used for the download.
        href: relative link from the report to the file, with / as separator.
        sha256: the digest in the ledger, or '' where only the path is known (a witness).
        accepted: the checker's decision; None where the ledger records none.
        reason: why it was rejected, or ''.
        state: "embedded", "linked", "missing", "altered" (the digest differs) or "unseen" (the
            report was rendered without access to the files).
        size: bytes, 0 if unseen or missing.
    """

    name: str
    href: str
    sha256: str
    accepted: bool | None
    reason: str
    state: str
    size: int


class CertificateStore:
    """Resolves certificate paths and collects the texts that the page embeds.

    Args:
        root: the folder that ledger paths are relative to, or None.
        out: the folder that links are relative to.
    """

    def __init__(self, *, root: Path | None, out: Path) -> None:
        self._root = root.resolve() if root is not None else None
        self._out = out.resolve()
        self._texts: dict[str, str] = {}

    @property
    def texts(self) -> dict[str, str]:
        """Digest to text of the embedded certificates, each once, in order of first use."""
        return dict(self._texts)

    def look_up(self, certificate: Mapping[str, Any]) -> CertificateFile:
        """Resolve one entry of an evidence's `certificates`."""
        return self._resolve(
            file=certificate["file"],
            sha256=certificate["sha256"],
            accepted=certificate["accepted"],
            reason=certificate["reason"] or "",
        )

    def look_up_path(self, file: str, *, listed: Mapping[str, CertificateFile]) -> CertificateFile:
        """Resolve a bare path (a witness); `listed` holds the claim's certificates by path."""
        if file in listed:
            return listed[file]
        return self._resolve(file=file, sha256="", accepted=None, reason="")

    def _resolve(
        self, *, file: str, sha256: str, accepted: bool | None, reason: str
    ) -> CertificateFile:
        content, state = self._read(file, sha256)
        digest = sha256
        if state == "embedded" and content is not None:
            digest = hashlib.sha256(content).hexdigest()
            self._texts[digest] = content.decode("utf-8")
        return CertificateFile(
            name=PurePosixPath(file).name,
            href=self._href(file),
            sha256=digest,
            accepted=accepted,
            reason=reason,
            state=state,
            size=len(content) if content is not None else 0,
        )

    def _read(self, file: str, sha256: str) -> tuple[bytes | None, str]:
        if self._root is None:
            return None, "unseen"
        path = (self._root / file).resolve()
        # A symbolic link could lead out of the folder; nothing outside it is ever embedded.
        if not path.is_relative_to(self._root) or not path.is_file():
            return None, "missing"
        content = path.read_bytes()
        if sha256 and hashlib.sha256(content).hexdigest() != sha256:
            return content, "altered"
        if len(content) > EMBED_LIMIT:
            return content, "linked"
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return content, "linked"
        return content, "embedded"

    def _href(self, file: str) -> str:
        if self._root is None:
            return quote(file)
        return quote(Path(os.path.relpath(self._root / file, self._out)).as_posix())
