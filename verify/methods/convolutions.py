"""Identities between sums over functions on a finite Abelian group, for every group at once.

Both sides are sums of terms c(n)·Σ_{variables ∈ G} Π(Σ_χ χ(form))·polynomial in the values f(form).
``Σ_χ χ(x)`` is how a sum over frequencies enters: Σ_j ŵ(−j)û(j) has one frequency, and the
form b − a when ŵ sums over b and û over a.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import Term

Form = Mapping[str, int]


def at(function: str, **argument: int) -> Term:
    """The value of a function at an integer combination of variables: at("w", a=1, d=-1)."""
    return Term({"at": [function, argument]})


@dataclass(frozen=True, kw_only=True)
class Sum:
    """One term: coefficient · Σ over the variables · Π over frequencies · body.

    coefficient: a Term in n, or a number.  over: summed variables.  frequencies: one form per
    sum over all characters χ of χ(form).  body: a polynomial in `at` values.
    """

    coefficient: Any
    over: tuple[str, ...]
    body: Term
    frequencies: tuple[Form, ...] = ()

    def json(self) -> dict[str, Any]:
        """The term as a certificate carries it."""
        scale = self.coefficient
        return {
            "coefficient": scale.node if isinstance(scale, Term) else scale,
            "sum": list(self.over),
            "dual": [dict(form) for form in self.frequencies],
            "of": self.body.node,
        }


def convolution_identity(
    context: Context,
    *,
    functions: Sequence[str],
    left: Sequence[Sum],
    right: Sequence[Sum],
    scope: Domain,
    free: Sequence[str] = (),
) -> Finding:
    """Established when both sides agree on every finite Abelian group, for all functions.

    free: variables that are not summed; the identity then holds for each of their values.
    """
    document = {
        "kind": "convolution",
        "functions": list(functions),
        "free": list(free),
        "left": [term.json() for term in left],
        "right": [term.json() for term in right],
    }
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={"convolution": document},
        rests_on=("character kernels",),
    )
