"""Parity networks: the maximum margin for every number of bits, and its finite instances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import (
    Formula,
    Term,
    binom,
    equal,
    forall_range,
    product,
    rational,
    total,
    var,
)


def parity_family(
    context: Context,
    *,
    value: Term,
    scope: Domain,
    conclusions: Sequence[str] = ("value",),
    factor: Sequence[int] = (1, -1),
    width: Term | None = None,
) -> Finding:
    """Value and structure of all max-margin parity networks, for all n ≥ k ≥ 1 at once."""
    document: dict[str, Any] = {
        "kind": "parity-family",
        "factor": list(factor),
        "value": value.node,
        "conclusions": list(conclusions),
    }
    if width is not None:
        document["width"] = width.node
    result = check_document({"format": "verify-certificate/1", "claim": "-", **document})
    if not result.accepted:
        return inconclusive(scope=scope, method="symbolic", reason=result.reason)
    return established(
        scope=scope,
        method="symbolic",
        certificates={"parity": document},
        rests_on=("parity optimum",),
    )


def _over_signs(names: Sequence[str], body: Any) -> Term:
    """Σ over all signs: body receives one term ±1 per name."""

    def nest(left: Sequence[str], chosen: list[Term]) -> Term:
        if not left:
            return body(chosen)
        return total(left[0], 0, 1, lambda bit: nest(left[1:], [*chosen, 1 - 2 * bit]))

    return nest(list(names), [])


def correlation_identity(k: int, bits: int) -> tuple[Formula, dict[str, str]]:
    """Σ_x Π_{j≤k} x_j (Σ_{j≤bits} u_j x_j)^k = 2^bits k! Π_{j≤k} u_j for formal u; x over signs."""
    u = [var(f"u{j}") for j in range(bits)]
    left = _over_signs(
        [f"x{j}" for j in range(bits)],
        lambda x: product(x[:k]) * total([a * b for a, b in zip(u, x, strict=True)]) ** k,
    )
    right = 2**bits * _factorial(k) * product(u[:k])
    return equal(left, right), {f"u{j}": "indeterminate" for j in range(bits)}


def polarisation_identity(k: int) -> tuple[Formula, dict[str, str]]:
    """Σ_σ Πσ_j (Σ σ_j x_j)^k over σ ∈ {±1}^k with σ_1 = 1 is 2^{k−1} k! Π x_j for formal x."""
    x = [var(f"x{j}") for j in range(k)]
    left = _over_signs(
        [f"s{j}" for j in range(1, k)],
        lambda s: product(s) * total([x[0], *(a * b for a, b in zip(s, x[1:], strict=True))]) ** k,
    )
    right = 2 ** (k - 1) * _factorial(k) * product(x)
    return equal(left, right), {f"x{j}": "indeterminate" for j in range(k)}


def pattern_spectrum_positive(k: int, *, first: int = 0) -> Formula:
    """The Fourier coefficients of z ↦ Πz_j (Σz_j)^k on sets of size t = first, first+2, … are > 0.

    Of the signs z, i are negative inside the set and j outside it:
    2^k · coefficient = Σ_{i,j} C(t,i) C(k−t,j) (−1)^j (k − 2i − 2j)^k.
    """

    def coefficient(t: Term) -> Term:
        return total(
            "i",
            0,
            t,
            lambda i: total(
                "j",
                0,
                k - t,
                lambda j: binom(t, i)
                * binom(k - t, j)
                * rational(-1) ** j
                * (k - 2 * i - 2 * j) ** k,
            ),
        )

    return forall_range("h", 0, (k - first) // 2, lambda h: coefficient(2 * h + first) > 0)


def _factorial(k: int) -> Term:
    return product([rational(j) for j in range(1, k + 1)])
