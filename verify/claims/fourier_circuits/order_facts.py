"""What the claims proved by order chains share: their domain and the check itself."""

from __future__ import annotations

from verify.core.claim import Check
from verify.core.domain import Domain, Primes, Whole, at_least
from verify.methods.chains import Fact, Goal, order_chain

TASK = {"k": at_least(2), "p": Primes(3)}
NETWORKS = Domain.of(**TASK, network=Whole("networks and distributions"))
TASK_READING = (
    "p is an odd prime (“p>2 a given prime”), k ≥ 2; networks (2) of any width, D = D_p with "
    "one-hot inputs. "
)


def chain(
    name: str,
    facts: tuple[Fact, ...],
    goals: tuple[Goal, ...],
    hypotheses: tuple[str, ...],
    scope: Domain = NETWORKS,
    rests_on: tuple[str, ...] = ("order chains",),
) -> Check:
    """A check by an order chain."""
    return Check(
        name=name,
        procedure=order_chain,
        arguments={
            "facts": facts,
            "goals": goals,
            "hypotheses": hypotheses,
            "scope": scope,
            "rests_on": rests_on,
        },
    )
