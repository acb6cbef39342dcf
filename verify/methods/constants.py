"""Identities with an unknown constant, solved for it.

“left is proportional to shape” is settled by finding the constant: in the ring of Laurent
polynomials, which has no zero divisors, left = c·shape has at most one solution c, and the leading
terms (in any order of the exponent vectors) determine it when c is one monomial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from constructions.numbers import FORMAL, Cyclotomic, LaurentPolynomial
from verify.core.claim import Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, inconclusive
from verify.formula import Formula, Term, equal, evaluate, rational, var
from verify.methods.identities import formal_identity

_Exponents = dict[str, int]


def proportional(
    context: Context,
    *,
    left: Term,
    shape: Term,
    formal: Mapping[str, str],
    constant_in: Sequence[str],
    scope: Domain,
    expected: Mapping[str, int] | None = None,
    rests_on: tuple[str, ...] = (),
) -> Finding:
    """Established when left = c·shape formally with a monomial c; the finding reports c.

    constant_in: the indeterminates that c may contain; a factor that depends on any other symbol is
    no constant.  expected: the exponents that a claim asserts, with coefficient 1.
    """
    numbers = [evaluate(term, FORMAL, {}, formal) for term in (left, shape)]
    found = _solve(*numbers)
    if found is None:
        return _none(scope, "no constant makes the two sides equal")
    coefficient, exponents = found
    foreign = sorted(set(exponents) - set(constant_in))
    if foreign:
        return _none(scope, f"the factor depends on {', '.join(foreign)}")
    if not coefficient.is_rational():
        return _none(scope, "the factor is irrational")
    if expected is not None and (coefficient != 1 or exponents != dict(expected)):
        return _none(scope, f"the constant is {_show(coefficient, exponents)}")
    constant = rational(coefficient.as_fraction())
    for name, exponent in exponents.items():
        constant = constant * var(name) ** exponent
    formula: Formula = equal(left, constant * shape)
    finding = formal_identity(
        context, formula=formula, formal=formal, scope=scope, rests_on=rests_on
    )
    solved = {"constant": _show(coefficient, exponents)}
    return replace(finding, quantities={**finding.quantities, **solved})


def _solve(
    left: LaurentPolynomial, shape: LaurentPolynomial
) -> tuple[Cyclotomic, _Exponents] | None:
    if left.is_zero() or shape.is_zero():
        return None
    names = sorted(left.symbols | shape.symbols)

    def lead(polynomial: LaurentPolynomial) -> tuple[tuple[int, ...], Cyclotomic]:
        vectors = {
            tuple(dict(monomial).get(name, 0) for name in names): c
            for monomial, c in polynomial.terms.items()
        }
        top = max(vectors)
        return top, vectors[top]

    (top, a), (bottom, b) = lead(left), lead(shape)
    exponents = {name: x - y for name, x, y in zip(names, top, bottom, strict=True) if x != y}
    coefficient = a / b
    factor = LaurentPolynomial({tuple(exponents.items()): coefficient})
    return (coefficient, exponents) if left == factor * shape else None


def _show(coefficient: Cyclotomic, exponents: _Exponents) -> str:
    factors = [n if e == 1 else f"{n}^{e}" for n, e in exponents.items()]
    if coefficient != 1 or not factors:
        factors.insert(0, str(coefficient.as_fraction()))
    return "·".join(factors)


def _none(scope: Domain, reason: str) -> Finding:
    return inconclusive(scope=scope, method="symbolic", reason=reason)
