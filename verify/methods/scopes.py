"""How far a family certificate reaches: the scopes that a finding may claim for it."""

from __future__ import annotations

from collections.abc import Sequence

from verify.core.domain import Domain, Finite, ParameterSet, at_least, even, odd

# Conclusions that also hold for one input.
_PLAIN = {"value", "width"}
_MODULI: dict[str, ParameterSet] = {
    "odd-cyclic": odd(3),
    "even-cyclic": even(2),
    "order-two": Finite([2]),
}


def is_structural(conclusions: Sequence[str]) -> bool:
    """Whether any conclusion is about all optimal networks, which needs two inputs or more."""
    return bool({*conclusions} - _PLAIN)


def require_scope(
    scope: Domain, groups: str, inputs: int | str, *, structural: bool
) -> None:
    """Raises ValueError when the scope is wider than the certificate of such a family."""
    limits: dict[str, ParameterSet] = {
        "k": at_least(2 if structural else 1) if inputs == "all" else Finite([inputs])
    }
    if groups in _MODULI:
        limits["p"] = _MODULI[groups]
    if scope.points is not None:
        inside = all(Domain(limits).admits(dict(point)) for point in scope.points)
    else:
        inside = all(n in scope.sets and s.covers(scope.sets[n]) for n, s in limits.items())
    if not inside:
        raise ValueError(
            f"a certificate for {groups} groups and inputs={inputs!r} says nothing on the scope "
            f"{scope}; it reaches {Domain(limits)}"
        )
