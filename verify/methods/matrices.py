"""Matrix identities for all sizes: the goal as a combination of the equations that define it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import Term

# A polynomial: pairs (coefficient, word); a word is a string of names, or "I n".
Polynomial = Sequence[tuple[Any, str]]


def _polynomial(terms: Polynomial) -> list[Any]:
    return [[_node(c), word.split()] for c, word in terms]


def _node(value: Any) -> Any:
    if isinstance(value, Term):
        return value.node
    return value if isinstance(value, int) else str(Fraction(value))


def matrix_identity(
    context: Context,
    *,
    matrices: Mapping[str, str],
    relations: Sequence[Polynomial],
    goal: Polynomial,
    combination: Sequence[tuple[Polynomial, int, Polynomial]],
    scope: Domain,
    scalars: Sequence[str] = (),
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when Σ left·relation·right is the goal, word for word.

    matrices: names to shapes, "n K"; relations and goal: polynomials that are zero; scope: what
    the matrices range over, stated by the caller.
    """
    document = {
        "kind": "matrix-identity",
        "scalars": list(scalars),
        "matrices": {name: shape.split() for name, shape in matrices.items()},
        "relations": [_polynomial(r) for r in relations],
        "goal": _polynomial(goal),
        "combination": [[_polynomial(a), i, _polynomial(b)] for a, i, b in combination],
    }
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    return established(
        scope=scope, method="symbolic", certificates={"identity": document}, rests_on=rests_on
    )
