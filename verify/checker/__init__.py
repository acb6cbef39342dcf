"""The independent checker: exact arithmetic, the standard library, and nothing else.

`check_file` and `check_document` return a Result; `python -I -S verify/checker FILE...` prints
one line per file.  The formats are described in docs/certificates.md.
"""

from dataclasses import dataclass, field
from pathlib import Path

from . import (
    barrier,
    bound,
    chain,
    characters,
    convolution,
    document,
    energy,
    every_group,
    every_k,
    exact,
    family,
    flow,
    limits,
    matrix,
    network,
    parity,
    spectrum,
    statement,
    torus,
    trained,
    width,
)

KINDS = {
    "statement": statement.check,
    "network-margin": network.check,
    "margin-bound": bound.check,
    "margin-family": family.check,
    "width-bound": width.check,
    "frequency-family": spectrum.check,
    "order-chain": chain.check,
    "parity-family": parity.check,
    "group-margin": characters.check,
    "convolution": convolution.check,
    "every-k": every_k.check,
    "every-group": every_group.check,
    "group-energy": energy.check,
    "matrix-identity": matrix.check,
    "ode-enclosure": flow.check,
    "ode-comparison": barrier.check,
    "trained-network": trained.check,
    "torus-bound": torus.check,
}

__all__ = ["KINDS", "Result", "check_document", "check_file"]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the checker found: accepted or not, why, and quantities it computed itself."""

    accepted: bool
    reason: str
    claim: str | None = None
    kind: str | None = None
    facts: dict = field(default_factory=dict)


def check_document(certificate: dict) -> Result:
    """Checks a parsed certificate.  Never raises for a bad one: it is rejected with a reason."""
    limits.reset()
    exact.forget()
    claim = kind = None
    try:
        limits.require(isinstance(certificate, dict), "a certificate is a JSON object")
        claim, kind = certificate.get("claim"), certificate.get("kind")
        found = certificate.get("format")
        limits.require(found == document.FORMAT, f"format must be {document.FORMAT}")
        limits.require(isinstance(claim, str) and claim, "claim must be a registry id")
        limits.require(isinstance(kind, str) and kind in KINDS, "unknown kind {}", kind)
        reason, facts = KINDS[kind](certificate)
    except limits.Rejected as error:
        return Result(accepted=False, reason=str(error), claim=claim, kind=kind)
    except RecursionError:
        return Result(accepted=False, reason="too large: nested too deeply", claim=claim, kind=kind)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        reason = f"malformed: {type(error).__name__}: {error}"  # what no check foresaw is refused
        return Result(accepted=False, reason=reason, claim=claim, kind=kind)
    return Result(accepted=True, reason=reason, claim=claim, kind=kind, facts=facts)


def check_file(path: str | Path) -> Result:
    """Checks the certificate in a file; an unreadable file is rejected."""
    try:
        certificate = document.load(Path(path))
    except limits.Rejected as error:
        return Result(accepted=False, reason=str(error))
    return check_document(certificate)
