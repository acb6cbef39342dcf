"""One neuron's Fourier identities on every finite Abelian group, at listed numbers of inputs.

φ(a, c) = (u_1(a_1) + … + u_k(a_k))^k w(c), with the DFT f̂(χ) = Σ f(a) χ̄(a).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial, prod

from verify.core.claim import Check, Context
from verify.core.domain import Domain, Finite
from verify.core.evidence import Finding
from verify.formula import Term, total, var
from verify.methods.combine import conjunction
from verify.methods.convolutions import Sum, at, convolution_identity

N = var("n")
Words = Callable[[int], int]


def _inputs(k: int) -> list[str]:
    return [f"a{i + 1}" for i in range(k)]


def _functions(k: int) -> list[str]:
    return [*(f"u{i + 1}" for i in range(k)), "w"]


def _sum_power(k: int) -> Term:
    return total([at(f"u{i + 1}", **{a: 1}) for i, a in enumerate(_inputs(k))]) ** k


def _product(k: int) -> Term:
    return prod(at(f"u{i + 1}", **{a: 1}) for i, a in enumerate(_inputs(k)))


def _each(
    build: Callable[..., Check], inputs: Sequence[int], scope: Domain, words: Words
) -> Finding:
    if "k" not in scope.sets or not Finite(inputs).covers(scope.sets["k"]):
        raise ValueError(f"identities at k = {list(inputs)} do not reach the scope {scope}")
    return conjunction(
        Context(), parts=[build(k, words(k), scope) for k in inputs], scope=scope
    )


def objective(
    context: Context, *, inputs: Sequence[int], scope: Domain, words: Words = factorial
) -> Finding:
    """(n−1) n^k (η(0) − E_{δ≠0} η(δ)) = words(k) · Σ_{χ≠1} ŵ(χ̄) Π û_j(χ)."""
    return _each(_objective, inputs, scope, words)


def _objective(k: int, words: int, scope: Domain) -> Check:
    inputs = tuple(_inputs(k))
    label = dict.fromkeys(inputs, 1)
    body, full = _sum_power(k), _product(k) * at("w", b=1)
    # n η(0) − Σ_δ η(δ) = (n−1)(η(0) − mean of the others), all multiplied by n^k
    left = [
        Sum(coefficient=N, over=inputs, body=body * at("w", **label)),
        Sum(coefficient=-1, over=(*inputs, "d"), body=body * at("w", **label, d=-1)),
    ]
    # ŵ(χ̄)Πû_j(χ) = Σ_{a,b} w(b)Πu_j(a_j) χ(b − Σa); the trivial character is taken off
    frequency = {"b": 1, **dict.fromkeys(inputs, -1)}
    right = [
        Sum(coefficient=words, over=(*inputs, "b"), frequencies=(frequency,), body=full),
        Sum(coefficient=-words, over=(*inputs, "b"), body=full),
    ]
    return _check(f"k={k}", _functions(k), left, right, scope)


def modes(
    context: Context, *, inputs: Sequence[int], scope: Domain, words: Words = factorial
) -> Finding:
    """φ̂(χ_1, …, χ_{k+1}) = words(k) · ŵ(χ_{k+1}) Π û_j(χ_j) for non-trivial χ_1, …, χ_k.

    Tested against functions h_1 … h_k of mean zero (written h(a) − h(s), summed over s) and an
    arbitrary h: the conjugate characters are such functions.
    """
    return _each(_modes, inputs, scope, words)


def _modes(k: int, words: int, scope: Domain) -> Check:
    inputs = _inputs(k)
    tests = at("w", c=1) * at("h", c=1)
    for i, a in enumerate(inputs):
        tests = tests * (at(f"h{i + 1}", **{a: 1}) - at(f"h{i + 1}", **{f"s{i + 1}": 1}))
    over = (*inputs, *(f"s{i + 1}" for i in range(k)), "c")
    left = [Sum(coefficient=1, over=over, body=_sum_power(k) * tests)]
    right = [Sum(coefficient=words, over=over, body=_product(k) * tests)]
    functions = [*_functions(k), "h", *(f"h{i + 1}" for i in range(k))]
    return _check(f"k={k}", functions, left, right, scope)


def monomial_mean(
    context: Context,
    *,
    exponents: Sequence[int],
    scope: Domain,
    labels: Sequence[int] | None = None,
) -> Finding:
    """E Πu_j(a_j)^{e_j} w(Σa − δ) = E[Πu_j^{e_j}] · E[w] for every δ, when an exponent is 0.

    labels: the coefficients with which the a_j enter w's argument, all 1 unless given.
    """
    inputs = _inputs(len(exponents))
    label = dict(zip(inputs, labels or [1] * len(inputs), strict=True))
    powers = enumerate(zip(inputs, exponents, strict=True))
    body = prod(
        (at(f"u{i + 1}", **{a: 1}) ** e for i, (a, e) in powers if e),
        start=Term(1),
    )
    # multiplied by n^{k+1}: n · Σ_a Πu^e w(Σa − d) = Σ_{a,b} Πu^e w(b)
    left = [Sum(coefficient=N, over=tuple(inputs), body=body * at("w", **label, d=-1))]
    right = [Sum(coefficient=1, over=(*inputs, "b"), body=body * at("w", b=1))]
    check = _check("mean", _functions(len(inputs)), left, right, scope, free=("d",))
    return check.run(context)


def monomial_support(
    context: Context, *, exponents: Sequence[int], vanishing: int, scope: Domain
) -> Finding:
    """The DFT of Πu_j(a_j)^{e_j} w(c) vanishes unless character number `vanishing` is trivial.

    Tested against h_1 … h_k, h of which that one has mean zero.
    """
    inputs = _inputs(len(exponents))
    body = at("w", c=1) * at("h", c=1)
    for i, (a, e) in enumerate(zip(inputs, exponents, strict=True)):
        test = at(f"h{i + 1}", **{a: 1})
        if i + 1 == vanishing:
            test = test - at(f"h{i + 1}", s=1)
        body = body * at(f"u{i + 1}", **{a: 1}) ** e * test
    left = [Sum(coefficient=1, over=(*inputs, "s", "c"), body=body)]
    right = [Sum(coefficient=0, over=(*inputs, "s", "c"), body=body)]
    functions = [*_functions(len(inputs)), "h", *(f"h{i + 1}" for i in range(len(inputs)))]
    return _check("support", functions, left, right, scope).run(context)


def plancherel(context: Context, *, power: int = 1, scope: Domain) -> Finding:
    """Σ_χ û(χ) û(χ̄) = n^power · Σ_a u(a)²: û(χ̄) is the conjugate of û(χ) for real u."""
    left = [
        Sum(
            coefficient=1,
            over=("a", "b"),
            frequencies=({"b": 1, "a": -1},),
            body=at("u", a=1) * at("u", b=1),
        )
    ]
    right = [Sum(coefficient=N**power, over=("a",), body=at("u", a=1) ** 2)]
    return _check("plancherel", ["u"], left, right, scope).run(context)


def indicator(context: Context, *, coefficient: Term, scope: Domain) -> Finding:
    """coefficient · 1[c = s] = Σ_χ χ(c − s) for all c, s: true exactly for coefficient n."""
    left = [Sum(coefficient=coefficient, over=(), body=at("g", s=1))]
    right = [Sum(coefficient=1, over=("c",), frequencies=({"c": 1, "s": -1},), body=at("g", c=1))]
    return _check("indicator", ["g"], left, right, scope, free=("s",)).run(context)


def _check(
    name: str,
    functions: Sequence[str],
    left: Sequence[Sum],
    right: Sequence[Sum],
    scope: Domain,
    free: Sequence[str] = (),
) -> Check:
    arguments = {
        "functions": functions,
        "left": left,
        "right": right,
        "scope": scope,
        "free": free,
    }
    return Check(name=name, procedure=convolution_identity, arguments=arguments)
