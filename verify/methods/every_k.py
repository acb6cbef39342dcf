"""Statements for every number of inputs at once, through the named lemmas of ``every-k``."""

from __future__ import annotations

from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain, Finite, Whole, at_least, even, odd
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import Term

# Rule → the lemmas of docs/lemmas that it applies.
LEMMAS = {
    "polarisation": ("words and permutations",),
    "angle-sum": ("angle sum",),
    "am-gm": ("am-gm",),
    "power-sum": ("power sums",),
    "neuron-words": ("words and permutations",),
    "neuron-objective": ("words and permutations", "single-neuron objective"),
    "neuron-polar": ("words and permutations", "single-neuron objective", "polar form"),
    "neuron-maximum": ("single-neuron bound", "single-neuron maximum"),
    "mode-test": ("abelian optimum", "moment condition"),
    "random-phases": ("abelian optimum", "random phases"),
}
# The converse of the mode test needs modes that stay different modulo p.
LARGE_MODULI = Whole("odd moduli p > k")
_MODULI = {"odd-cyclic": odd(3), "even-cyclic": even(2)}


def every_k(
    context: Context,
    *,
    rule: str,
    constants: dict[str, Any],
    scope: Domain,
    inputs: int | str = "all",
    start: int = 1,
) -> Finding:
    """What a lemma says for every k ≥ start (or for one k), with the stated constants.

    constants: the rule's fields; Terms stand for formulas in k and n.  The checker derives the
    constants again; when they differ the finding is inconclusive and its reason is the checker's.
    scope: must lie in what the rule reaches; ValueError otherwise.
    """
    reach = {"k": at_least(start) if inputs == "all" else Finite([inputs])}
    if rule.startswith("neuron") or "groups" in constants:
        reach["p"] = _MODULI.get(constants.get("groups", ""), at_least(2))
    if "only-if" in constants.get("directions", ()):
        reach["p"] = LARGE_MODULI
    if not all(n in scope.sets and limit.covers(scope.sets[n]) for n, limit in reach.items()):
        raise ValueError(f"the rule {rule!r} reaches {Domain(reach)}, not the scope {scope}")
    document = {
        "kind": "every-k",
        "rule": rule,
        "inputs": inputs,
        "from": start,
        **{name: _plain(value) for name, value in constants.items()},
    }
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={rule: document},
        rests_on=LEMMAS[rule],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.node
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value
