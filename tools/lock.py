"""Resolve the project's dependencies and write requirements.lock.

The lock holds the whole closure (run time, tests, build back end) as ``name==version`` lines.
It is resolved with the oldest supported Python, whose closure contains the backports that newer
versions do without; then every pin is looked up as a wheel for each supported version.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEADER = "# Written by `make lock`. Pins of the whole dependency closure; do not edit.\n"


def supported_versions(*, project: dict) -> list[str]:
    """Return the minor versions named in the classifiers, oldest first: ``["3.11", ...]``."""
    pattern = re.compile(r"Programming Language :: Python :: (3\.\d+)")
    matches = (pattern.fullmatch(text) for text in project["classifiers"])
    return sorted((m[1] for m in matches if m), key=lambda v: int(v.split(".")[1]))


def dry_run(*arguments: str) -> dict:
    """Return pip's installation report for ``arguments``, wheels only; exit if pip fails."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    fixed = ["--dry-run", "--ignore-installed", "--quiet", "--only-binary", ":all:"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        where = ["--report", str(report), "--target", str(Path(folder) / "unused")]
        done = subprocess.run([*pip, *fixed, *where, *arguments], check=False)
        if done.returncode:
            sys.exit(f"pip could not resolve: {' '.join(arguments)}")
        return json.loads(report.read_text())


def pins(*, report: dict) -> list[str]:
    """Return sorted ``name==version`` lines with normalised names."""
    found = (item["metadata"] for item in report["install"])
    return sorted(f"{re.sub('[-_.]+', '-', m['name']).lower()}=={m['version']}" for m in found)


def main() -> None:
    """Write the lock file, then check that it can be installed on every supported version."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = config["project"]
    versions = supported_versions(project=project)
    running = "{}.{}".format(*sys.version_info)
    if running != versions[0]:
        sys.exit(
            f"expected Python {versions[0]}, the oldest supported version, got {running}: "
            f"run `make lock PYTHON=python{versions[0]}`"
        )
    extras = (line for extra in project["optional-dependencies"].values() for line in extra)
    wanted = [*project["dependencies"], *extras, *config["build-system"]["requires"]]
    lines = pins(report=dry_run(*wanted))
    LOCK.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    for version in versions:
        dry_run("--no-deps", "--python-version", version, "-r", str(LOCK))
        print(f"Python {version}: all {len(lines)} pins have a wheel")


if __name__ == "__main__":
    main()
