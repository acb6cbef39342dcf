"""How narrow a max-margin network can be: what suffices, and what every network needs.

Enough is shown by a network that attains γ* (a family of them, or one).  Needed is shown for
every network at once by its modes (certificates of the kind ``width-bound``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from constructions.margins import margin
from constructions.mode_polynomials import CLIQUES, mode_polynomial
from constructions.networks import Network
from constructions.numbers import EXACT, FLOAT, Truth
from verify.checker import check_document
from verify.core.claim import Context
from verify.core.domain import Domain, Finite, Primes
from verify.core.evidence import Finding, Outcome, Witness, established, inconclusive, refuted
from verify.formula import Formula, Term, equal, evaluate, holds, rational, var
from verify.methods.margins import (
    BOUND,
    MARGIN,
    NORM,
    WIDTH,
    bound_certificate,
    derived,
    family,
    network_certificate,
)
from verify.methods.refutations import certified

SIZE = var("size")
_P = var("p")
_LEMMAS = ("clique bound", "polynomial bound")


def width_certificate(
    k: int, relations: Sequence[Formula], *, modulus: int | None = None
) -> dict[str, Any]:
    """The best known lower bound on the width for k ≤ 5 inputs, with relations on it.

    Relations may use `size` (neurons per frequency) and `k`; with a modulus also `width`, the
    bound for all of its frequencies together, and `n`, `p`.
    """
    document: dict[str, Any] = {"kind": "width-bound", "inputs": k}
    if k in CLIQUES:
        document["clique"] = [list(x) for x in CLIQUES[k]]
    else:
        symmetric, terms = mode_polynomial(k)
        document["polynomial"] = {
            "symmetric": symmetric,
            "terms": [[list(x), v] for x, v in terms],
        }
    if modulus is not None:
        document["modulus"] = modulus
    return document | {"relations": [r.node for r in relations]}


@cache
def proven_size(k: int) -> int:
    """What the checker makes of this certificate: neurons per frequency that are needed."""
    return _facts(width_certificate(k, [equal(var("k"), k)]))["size"]


def width_suffices(
    context: Context,
    *,
    inputs: int,
    size: Term,
    known: Mapping[str, Any],
    known_size: Term,
    point: Mapping[str, int],
    scope: Domain,
) -> Finding:
    """Decides “`size` neurons per frequency suffice for γ*”, a term in k.

    known, known_size: a family of max-margin networks (arguments of `family`) and its number of
    neurons per frequency.  It establishes the statement if it is narrow enough; otherwise the
    lower bound for every network may refute it, at `point`.
    """
    _require_large_moduli(scope, inputs)
    fits = known_size <= size
    if holds(fits, EXACT, {"k": inputs}) is Truth.TRUE:
        width = known_size * (_P - 1) / 2
        return _with_statement(family(context, width=width, scope=scope, **known), fits, inputs)
    bound = proven_size(inputs)
    if holds(size < bound, EXACT, {"k": inputs}) is not Truth.TRUE:
        return inconclusive(scope=scope, method="exact", reason=_gap(known_size, bound, inputs))
    return refuted(
        scope=Domain.at(dict(point)),
        method="exact",
        certificates={"modes": width_certificate(inputs, [size < SIZE])},
        witness=Witness(
            description=f"{_show(point)}: every max-margin network has at least {bound} neurons "
            "per frequency",
            values=dict(point),
        ),
        rests_on=_LEMMAS,
    )


def width_needed(
    context: Context,
    *,
    inputs: int,
    size: Term,
    known: Mapping[str, Any],
    known_size: Term,
    point: Mapping[str, int],
    scope: Domain,
) -> Finding:
    """Decides “no network with fewer than `size` neurons per frequency attains γ*”.

    The other arguments are those of `width_suffices`, with the parts exchanged: the lower
    bound establishes the statement, and the known networks may refute it.
    """
    _require_large_moduli(scope, inputs)
    bound = proven_size(inputs)
    if holds(size <= bound, EXACT, {"k": inputs}) is Truth.TRUE:
        document = width_certificate(inputs, [size <= SIZE])
        return established(
            scope=scope, method="exact", certificates={"modes": document}, rests_on=_LEMMAS
        )
    narrower = known_size < size
    if holds(narrower, EXACT, {"k": inputs}) is not Truth.TRUE:
        return inconclusive(scope=scope, method="exact", reason=_gap(known_size, bound, inputs))
    width = known_size * (_P - 1) / 2
    proof = family(context, width=width, scope=Domain.at(dict(point)), **known)
    proof = _with_statement(proof, narrower, inputs)
    if proof.outcome is not Outcome.ESTABLISHED:
        return proof
    number = int(evaluate(known_size, FLOAT, {"k": inputs}))
    return refuted(
        scope=proof.scope,
        method=proof.method,
        certificates=proof.certificates,
        rests_on=proof.rests_on,
        witness=Witness(
            description=f"{_show(point)}: a network with {number} neurons per frequency attains γ*",
            values={**point, "neurons per frequency": number},
        ),
    )


def least_size_is(
    context: Context,
    *,
    cases: Sequence[tuple[int, Mapping[str, int], Domain]],
    size: Term,
    known: Mapping[str, Any],
    known_size: Term,
    scope: Domain,
) -> Finding:
    """Decides “the least width is `size` per frequency” for several numbers of inputs.

    cases: (inputs, a point for counterexamples, the moduli), smallest first; the first case in
    which the statement fails or is undecided is the finding.  scope: all cases together.
    """
    certificates: dict[str, Mapping[str, Any]] = {}
    lemmas: dict[str, None] = {}
    for inputs, point, moduli in cases:
        for name, decide in (("enough", width_suffices), ("needed", width_needed)):
            part = decide(
                context,
                inputs=inputs,
                size=size,
                known=known,
                known_size=known_size,
                point=point,
                scope=moduli,
            )
            if part.outcome is not Outcome.ESTABLISHED:
                return part
            certificates |= {f"k{inputs}-{name}-{n}": c for n, c in part.certificates.items()}
            lemmas |= dict.fromkeys(part.rests_on)
    return established(
        scope=scope, method="exact", certificates=certificates, rests_on=tuple(lemmas)
    )


def least_width_is(
    context: Context,
    *,
    inputs: int,
    modulus: int,
    least: int,
    most: int,
    network: Callable[[], Network],
    value: Term,
    weights: Callable[..., Mapping[str, Any]],
) -> Finding:
    """Decides “least ≤ m* ≤ most” for one modulus, m* the least width that attains γ*.

    network: one that attains γ* = value, as `weights` certify.  m* lies between the lower bound
    and its width; an interval that neither contains these two nor misses them stays open.
    """
    point = {"k": inputs, "p": modulus}
    scope = Domain.at(point)
    lower = width_certificate(inputs, [equal(var("k"), inputs)], modulus=modulus)
    candidate = network()
    found, width = float(margin(candidate)), candidate.width
    relations = [value * NORM <= MARGIN, equal(WIDTH, width)]
    documents = {
        "network": network_certificate(candidate, relations),
        "optimal": bound_certificate(
            candidate.task.group, inputs, weights(**point), [value >= BOUND]
        ),
    }
    upper = certified(context, documents=documents, scope=scope)
    if upper.outcome is not Outcome.ESTABLISHED:
        return inconclusive(scope=scope, method="exact", reason=f"no bracket: {upper.reason}")
    low = _facts(lower)["width"]
    quantities = {"bracket": f"{low} ≤ m* ≤ {width}", "normalised margin": f"{found:.12g}"}
    needs = width_certificate(inputs, [rational(low) <= var("width")], modulus=modulus)
    lemmas = (*_LEMMAS, "frequencies of small order", "single-neuron bound")
    shown = _show(point)
    if least <= low and width <= most:
        return established(
            scope=scope,
            method="exact",
            certificates={**documents, "modes": needs},
            quantities=quantities,
            rests_on=lemmas,
        )
    if most < low or width < least:
        text = f"every max-margin network has at least {low} neurons"
        if width < least:
            text = f"a network of {width} neurons attains γ*"
        return refuted(
            scope=scope,
            method="exact",
            certificates={"modes": needs} if most < low else documents,
            quantities=quantities,
            rests_on=lemmas,
            witness=Witness(description=f"{shown}: {text}", values={**point, "width": width}),
        )
    return inconclusive(
        scope=scope,
        method="exact",
        quantities=quantities,
        reason=f"{shown}: m* is known to lie between {low} and {width} only",
    )


def network_reaches(
    context: Context, *, network: Callable[[], Network], level: Term, scope: Domain
) -> Finding:
    """Established when the network's normalised margin is at least the level.

    A network that stays below refutes nothing: another one might reach it.
    """
    candidate = network()
    found = margin(candidate)
    relation = level * NORM <= MARGIN
    quantities = {"normalised margin": f"{float(found):.12g}", "width": candidate.width}
    known = derived(candidate, found)
    if holds(relation, found.arithmetic, known) is not Truth.TRUE:
        reason = (
            f"the best network of width {candidate.width} that was found has normalised margin "
            f"{float(found):.6g} only"
        )
        return inconclusive(scope=scope, method="search", reason=reason, quantities=quantities)
    return established(
        scope=scope,
        method="exact",
        certificates={"network": network_certificate(candidate, [relation])},
        quantities=quantities,
    )


def width_needed_at(
    context: Context, *, size: Term, points: Sequence[Mapping[str, int]]
) -> Finding:
    """Max-margin networks need `size` neurons per frequency, at listed k ≤ 5 and odd p.

    size: a term in k.  The first point at which the known lower bound is smaller leaves the
    statement open: a narrower network might exist or not.
    """
    documents = {}
    for point in points:
        k, p = point["k"], point["p"]
        low = _facts(width_certificate(k, [equal(var("k"), k)], modulus=p))["width"]
        stated = size * rational(p - 1, 2)
        if holds(stated <= low, EXACT, {"k": k}) is not Truth.TRUE:
            proved = 2 * low // (p - 1)  # p is prime: all frequencies have one order
            return inconclusive(
                scope=Domain.at(*map(dict, points)),
                method="exact",
                reason=f"{_show(point)}: {proved} neurons per frequency are proved to be needed, "
                f"not {int(evaluate(size, FLOAT, {'k': k}))}; where p ≤ k only k + 1 are",
            )
        documents[f"k{k}-p{p}"] = width_certificate(k, [stated <= var("width")], modulus=p)
    return established(
        scope=Domain.at(*map(dict, points)),
        method="exact",
        certificates=documents,
        rests_on=(*_LEMMAS, "frequencies of small order"),
    )


def even_words_modulo_two(context: Context, *, size: Term, scope: Domain) -> Finding:
    """No max-margin network modulo 2 has fewer than `size` neurons, for every k.

    size: a monomial in k.
    """
    document = {
        "kind": "width-bound",
        "inputs": "all",
        "clique": "even-words",
        "modulus": 2,
        "size": size.node,
    }
    return certified(
        context,
        documents={"words": document},
        scope=scope,
        method="symbolic",
        rests_on=("frequencies of small order",),
    )


def _with_statement(proof: Finding, formula: Formula, inputs: int) -> Finding:
    """The finding with the certified comparison of two terms at one k."""
    if proof.outcome is not Outcome.ESTABLISHED:
        return proof
    statement = {
        "kind": "statement",
        "points": [{"k": inputs}],
        "formula": formula.node,
        "holds": True,
    }
    return established(
        scope=proof.scope,
        method=proof.method,
        certificates={**proof.certificates, "comparison": statement},
        rests_on=proof.rests_on,
    )


def _facts(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the checker computed from a certificate (nothing if it is rejected)."""
    return check_document({"format": "verify-certificate/1", "claim": "-", **document}).facts


def _gap(known_size: Term, bound: int, inputs: int) -> str:
    known = int(evaluate(known_size, FLOAT, {"k": inputs}))
    return f"the least width for k={inputs} is between {bound} and {known} per frequency"


def _require_large_moduli(scope: Domain, inputs: int) -> None:
    """The bounds per frequency are for moduli whose prime factors all exceed k."""
    reach = Domain.of(k=Finite([inputs]), p=Primes(inputs + 1))
    if not reach.covers(scope) or "p" not in scope.sets:
        raise ValueError(f"expected a scope of primes p > k = {inputs}, got {scope}")


def _show(point: Mapping[str, int]) -> str:
    return ", ".join(f"{n}={v}" for n, v in point.items())
