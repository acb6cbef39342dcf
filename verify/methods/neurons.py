"""One neuron with k inputs on Z_p, written out as terms of the formula language.

A function on Z_p is a list of p terms.  With symbols for the values, an identity between such
terms holds for all real functions at that (k, p).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from constructions.numbers import FORMAL, Truth
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, established, inconclusive
from verify.formula import Formula, Term, cis, cos, holds, rational, total, var

Function = Sequence[Any]  # p terms or numbers: the values at 0, …, p−1


def symbols(name: str, p: int) -> list[Term]:
    """A function with one indeterminate for each value."""
    return [var(f"{name}_{a}") for a in range(p)]


def wave(amplitude: Any, phase: Any, zeta: int, p: int) -> list[Term]:
    """amplitude · cos(phase + ζa/p) with the phase in turns."""
    return [amplitude * cos(phase + rational(zeta * a, p)) for a in range(p)]


def form_neuron(
    *, k: int, p: int, zeta: int, amplitude: Any = 1, phases: Sequence[Any] | None = None
) -> tuple[list[list[Term]], list[Term]]:
    """u_j(a) = amplitude·cos(φ_j + ζa/p), w(c) = amplitude·cos(Σφ_j + ζc/p), φ in turns.

    phases: φ_1, …, φ_k; formal angles phi1, …, phik when left out.
    """
    phi = [var(f"phi{i + 1}") for i in range(k)] if phases is None else list(phases)
    u = [wave(amplitude, x, zeta, p) for x in phi]
    return u, wave(amplitude, total(phi), zeta, p)


def fourier_neuron(*, k: int, p: int) -> tuple[list[list[Term]], list[Term], dict[str, str]]:
    """Every real neuron on Z_p, p odd: f(a) = m + Σ_{j ≤ (p−1)/2} r_j cos(t_j + ja/p).

    Returns u_1..u_k, w and the sorts of the symbols.  The i-th function, w being the last, has
    the symbols m_i, r_i_j (indeterminates) and t_i_j (angles); f̂(j) = (p/2) r_j e^{2πi t_j}.
    """
    formal: dict[str, str] = {}

    def function(i: int) -> list[Term]:
        names = [(f"r_{i}_{j}", f"t_{i}_{j}") for j in range(1, (p + 1) // 2)]
        formal.update({f"m_{i}": "indeterminate"})
        formal.update({r: "indeterminate" for r, _ in names} | {t: "angle" for _, t in names})
        waves = [wave(var(r), var(t), j, p) for j, (r, t) in enumerate(names, start=1)]
        return [total([var(f"m_{i}"), *(x[a] for x in waves)]) for a in range(p)]

    *u, w = [function(i) for i in range(1, k + 2)]
    return u, w, formal


def shifted_mean(body: Callable[..., Any], w: Function, k: int, shift: int) -> Term:
    """E over a ∈ Z_p^k of body(a_1, …, a_k) · w(Σa − shift)."""
    p = len(w)
    terms = [body(*a) * w[(sum(a) - shift) % p] for a in product(range(p), repeat=k)]
    return total(terms) * rational(1, p**k)


def logit_mean(u: Sequence[Function], w: Function, shift: int) -> Term:
    """η(shift) = E (Σ_j u_j(a_j))^k w(Σa − shift)."""
    k = len(u)
    def power(*a: int) -> Term:
        return total([f[x] for f, x in zip(u, a, strict=True)]) ** k

    return shifted_mean(power, w, k, shift)


def weighted_margin(u: Sequence[Function], w: Function) -> Term:
    """J = η(0) − E_{δ≠0} η(δ)."""
    p = len(w)
    wrong = total([logit_mean(u, w, d) for d in range(1, p)])
    return logit_mean(u, w, 0) - wrong * rational(1, p - 1)


def transform(f: Function, j: int) -> Term:
    """f̂(j) = Σ_a f(a) e^{−2πija/p}."""
    p = len(f)
    return total([f[a] * cis(rational(-j * a % p, p)) for a in range(p)])


def frequency_sum(u: Sequence[Function], w: Function) -> Term:
    """Σ_{j≠0} ŵ(−j) Π_i û_i(j)."""
    p = len(w)
    waves = [
        prod((transform(f, j) for f in u), start=transform(w, -j)) for j in range(1, p)
    ]
    return total(waves)


def squared_norm(*functions: Function) -> Term:
    """Σ of the squares of all values."""
    values = [x for f in functions for x in f]
    return total([x**2 if isinstance(x, Term) else rational(1) * x * x for x in values])


def neuron_transform(u: Sequence[Function], w: Function, j: Sequence[int]) -> Term:
    """φ̂(j_1, …, j_{k+1}) of φ(a, c) = (Σu_j(a_j))^k w(c)."""
    p, k = len(w), len(u)
    terms = [
        total([f[x] for f, x in zip(u, a, strict=True)]) ** k
        * cis(rational(-sum(map(int.__mul__, j, a)) % p, p))
        for a in product(range(p), repeat=k)
    ]
    return total(terms) * transform(w, j[-1])


def all_functions(k: int, p: int) -> tuple[list[list[Term]], list[Term], dict[str, str]]:
    """u_1..u_k, w with a symbol for each value, and the sorts of these symbols."""
    u, w = [symbols(f"u{i + 1}", p) for i in range(k)], symbols("w", p)
    return u, w, {x.node["var"]: "indeterminate" for f in (*u, w) for x in f}


def for_all_functions(
    context: Context,
    *,
    identity: Callable[..., Formula],
    points: Sequence[Mapping[str, int]],
    arguments: Mapping[str, Any] | None = None,
) -> Finding:
    """An identity in all real u_1..u_k, w at each listed (k, p).

    identity(u, w, **arguments) builds it from the functions' values.
    """
    certificates = {}
    for point in points:
        u, w, formal = all_functions(point["k"], point["p"])
        formula = identity(u, w, **(arguments or {}))
        if holds(formula, FORMAL, {}, formal) is not Truth.TRUE:
            return inconclusive(
                scope=Domain.at(dict(point)),
                method="symbolic",
                reason=f"not an identity at k={point['k']}, p={point['p']}",
            )
        certificates[f"k{point['k']}-p{point['p']}"] = {
            "kind": "statement",
            "formal": formal,
            "points": [{}],
            "formula": formula.node,
            "holds": True,
        }
    return established(
        scope=Domain.at(*(dict(p) for p in points)),
        method="symbolic",
        certificates=certificates,
        quantities={"pairs (k, p)": len(points)},
    )
