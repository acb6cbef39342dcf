"""What a check returns, and the three axes that are kept apart: kind, scope, outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from constructions.numbers import kind_of
from verify.core.domain import Domain
from verify.core.statistic import Statistic


class Outcome(Enum):
    """What a check found on its scope; the value is the word used in reports."""

    ESTABLISHED = "established"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    VACUOUS = "vacuous"
    NOT_RUN = "not run"


class Kind(Enum):
    """Kinds of evidence, strongest first."""

    SYMBOLIC = "symbolic"
    EXACT = "exact"
    ENCLOSURE = "enclosure"
    SAMPLED = "sampled"
    TRAINED = "trained"

    @property
    def rigorous(self) -> bool:
        """Whether this kind can prove, verify or refute."""
        return self in (Kind.SYMBOLIC, Kind.EXACT, Kind.ENCLOSURE)

    @staticmethod
    def weakest(kinds: list[Kind]) -> Kind:
        """The kind of a conclusion that needs all of these."""
        order = list(Kind)
        return max(kinds, key=order.index)


@dataclass(frozen=True, kw_only=True)
class Witness:
    """Concrete parameters: a counterexample, or the point that meets an existence claim."""

    description: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one check.

    outcome: what was found on `scope`.
    scope: the parameters it was found for; a refutation's scope is its witness point.
    values: the typed values the outcome rests on; their types decide the kind.
    certificates: documents (name → certificate) for the independent checker.
    rests_on: names of the lemmas in ``docs/lemmas`` that the certificates rely on.
    """

    outcome: Outcome
    scope: Domain
    method: str
    values: tuple[Any, ...] = ()
    quantities: Mapping[str, Any] = field(default_factory=dict)
    certificates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    witness: Witness | None = None
    rests_on: tuple[str, ...] = ()
    reason: str = ""

    @property
    def kind(self) -> Kind:
        """The kind of evidence, computed from the types that were used."""
        kinds = [_CERTIFICATE_KINDS[_shape(c)] for c in self.certificates.values()]
        kinds += [
            Kind.TRAINED if isinstance(value, Statistic) else Kind(kind_of(value))
            for value in self.values
        ]
        return Kind.weakest(kinds) if kinds else Kind.SAMPLED


def _shape(certificate: Mapping[str, Any]) -> str:
    if certificate["kind"] == "statement" and certificate.get("formal"):
        return "formal"
    return certificate["kind"]


# The arithmetic that a certificate of each kind is decided in.
_CERTIFICATE_KINDS = {
    "formal": Kind.SYMBOLIC,
    "statement": Kind.EXACT,
    "network-margin": Kind.EXACT,
    "margin-bound": Kind.EXACT,
    "margin-family": Kind.SYMBOLIC,
    "width-bound": Kind.SYMBOLIC,
    "frequency-family": Kind.SYMBOLIC,
    "order-chain": Kind.SYMBOLIC,
    "parity-family": Kind.SYMBOLIC,
    "group-margin": Kind.EXACT,
    "convolution": Kind.SYMBOLIC,
    "every-k": Kind.SYMBOLIC,
    "every-group": Kind.SYMBOLIC,
    "group-energy": Kind.EXACT,
    "trained-network": Kind.EXACT,
    "matrix-identity": Kind.SYMBOLIC,
    "torus-bound": Kind.SYMBOLIC,
    "ode-enclosure": Kind.ENCLOSURE,
    "ode-comparison": Kind.ENCLOSURE,
}


def established(**fields: Any) -> Finding:
    """A finding with outcome ESTABLISHED."""
    return Finding(outcome=Outcome.ESTABLISHED, **fields)


def refuted(**fields: Any) -> Finding:
    """A finding with outcome REFUTED; it needs a witness."""
    if fields.get("witness") is None:
        raise ValueError("a refutation needs a witness: pass witness=Witness(...)")
    return Finding(outcome=Outcome.REFUTED, **fields)


def not_run(reason: str, *, method: str = "training") -> Finding:
    """A check that could not begin, because nobody supplied what it needs; the reason says what."""
    return Finding(outcome=Outcome.NOT_RUN, scope=Domain.at(), method=method, reason=reason)


def inconclusive(**fields: Any) -> Finding:
    """A finding with outcome INCONCLUSIVE; it needs a reason."""
    if not fields.get("reason"):
        raise ValueError("an inconclusive finding needs a reason")
    return Finding(outcome=Outcome.INCONCLUSIVE, **fields)
