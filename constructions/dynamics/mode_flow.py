"""The decoupled flow of one frequency, derived from the loss by exact differentiation.

A neuron's rows carry θ[j] = Re(z ω^j) and ξ[j] = Re(w ω^j) at one frequency, ω a root of unity of
odd order ≥ 3, z = a + ib = α e^{iφ} and w = c + id = β e^{iψ}.  For small weights the softmax is
uniform, and the descent direction of the cross-entropy is the gradient of the *leading objective*

    J = Σ_{x,y} (f(x, y)[x + y] − mean_j f(x, y)[j]),   f(x, y)[j] = ξ[j] (θ[x] + θ[y])²

(arXiv:2602.16849, with the loss summed over the data).  In u = ω^x and v = ω^y the summand is a
Laurent polynomial, and the sum is p² times its constant term.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from constructions.numbers import Cyclotomic, LaurentPolynomial, Turn

_UNITS = ("u", "v")
_THETA, _XI = ("a", "b"), ("c", "d")


@dataclass(frozen=True)
class ModeFlow:
    """Polynomials in the modulus p and the coordinates a, b, c, d.

    objective: J of one mode; rates: the time derivative of each coordinate under gradient ascent
    of J in the entries of θ and ξ.
    """

    objective: LaurentPolynomial
    rates: Mapping[str, LaurentPolynomial]


@cache
def mode_flow() -> ModeFlow:
    """The objective and the flow of one mode, for every odd p and every frequency."""
    p = LaurentPolynomial.symbol("p")
    objective = p**2 * _constant_term(_summand())
    # Σ_j θ[j]² = (p/2)(a² + b²): the entries' inner product in these coordinates, so the
    # gradient in the entries has the coordinates (2/p)·∂J.
    rates = {name: derivative(objective, name) * (2 / p) for name in _THETA + _XI}
    return ModeFlow(objective, rates)


def derivative(polynomial: LaurentPolynomial, name: str) -> LaurentPolynomial:
    """The partial derivative with respect to an indeterminate."""
    found: dict = {}
    for monomial, coefficient in polynomial.terms.items():
        exponents = dict(monomial)
        exponent = exponents.get(name, 0)
        if exponent:
            exponents[name] = exponent - 1
            found[tuple(exponents.items())] = coefficient * Cyclotomic(exponent)
    return LaurentPolynomial(found)


def wave(real: str, imaginary: str, unit: LaurentPolynomial) -> LaurentPolynomial:
    """Re((real + i·imaginary)·unit) for a formal number of modulus 1."""
    i = LaurentPolynomial.constant(Cyclotomic.root(Turn.of(1, 4)))
    z = LaurentPolynomial.symbol(real) + i * LaurentPolynomial.symbol(imaginary)
    conjugate = LaurentPolynomial.symbol(real) - i * LaurentPolynomial.symbol(imaginary)
    return Fraction(1, 2) * (z * unit + conjugate / unit)


def _summand() -> LaurentPolynomial:
    """f(x, y)[x + y] − mean_j f(x, y)[j]; the mean of ξ over all labels is zero."""
    u, v = (LaurentPolynomial.unit(name) for name in _UNITS)
    return wave(*_XI, u * v) * (wave(*_THETA, u) + wave(*_THETA, v)) ** 2


def _constant_term(polynomial: LaurentPolynomial) -> LaurentPolynomial:
    """What survives the sum over x and y: ω has an odd order ≥ 3, so ω, ω² ≠ 1, and a term whose
    exponent of u or of v is ±1 or ±2 sums to zero.
    """
    kept = {}
    for monomial, coefficient in polynomial.terms.items():
        exponents = dict(monomial)
        sizes = [abs(exponents.get(name, 0)) for name in _UNITS]
        if not any(sizes):
            kept[monomial] = coefficient
        elif not {1, 2} & set(sizes):
            raise ValueError(f"the sum of a term with exponents {exponents} depends on p")
    return LaurentPolynomial(kept)
