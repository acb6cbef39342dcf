"""The command line: ``verify list | show | run | report | recheck | audit | train``.

Exit status: 0 when nothing was lost, 1 when a verdict was lost or changed, a mutant survived or
a certificate was rejected, 2 for wrong usage, 130 after Ctrl-C.
"""

from __future__ import annotations

import click

from verify.cli.audit import audit_checkpoint
from verify.cli.inspect import list_claims, show_claim
from verify.cli.reports import recheck_certificates, render_report
from verify.cli.run import run_claims
from verify.cli.train import train_networks


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="flverify")
def main() -> None:
    """Try to prove, certify or break mathematical claims, and leave evidence."""


for _command in (
    list_claims,
    show_claim,
    run_claims,
    render_report,
    recheck_certificates,
    audit_checkpoint,
    train_networks,
):
    main.add_command(_command)
