"""Neurons of one frequency with formal angles, and the terms of cos_ζ(a_1 + … + a_k − c).

x_j stands for 2πζa_j/p and y for 2πζc/p, so an identity holds for every p and ζ.  A neuron of
unit amplitude is (Σ_j cos(φ_j + x_j))^k cos(φ_w + y); phases are in turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

from verify.claims.fourier_circuits.common import N
from verify.core.claim import Check
from verify.core.domain import Domain, Primes, at_least
from verify.formula import Formula, Term, cis, cos, equal, rational, sin, total, var
from verify.methods.identities import formal_identity
from verify.methods.neuron_convolutions import indicator

X, Y = [var(f"x{j}") for j in range(1, 4)], var("y")
Phases = Sequence[Fraction]


def neuron(
    phases: Phases,
    last: Fraction | None = None,
    inputs: Sequence[Term] = tuple(X),
    label: Term = Y,
) -> Term:
    """Unit amplitude; θ_w is `last`, or the sum of the others as in FORM."""
    inner = total([cos(x + rational(t)) for x, t in zip(inputs, phases, strict=False)])
    outer = cos(label + rational(sum(phases) if last is None else last))
    return inner ** len(phases) * outer


def formal_angles(inputs: int) -> dict[str, str]:
    """The sorts of x_1, …, x_inputs and y."""
    return dict.fromkeys([f"x{j}" for j in range(1, inputs + 1)] + ["y"], "angle")


def signed_term(b: Sequence[int]) -> Term:
    """The term of cos(Σx_j − y) with sin x_j where b_j = 1; y has sin when Σb is odd."""
    m = sum(b)
    waves = prod(sin(x) if bit else cos(x) for x, bit in zip(X, b, strict=False))
    return waves * (1 if m % 4 in (0, 1) else -1) * (sin(Y) if m % 2 else cos(Y))


def term_neurons(b: Sequence[int]) -> list[list[Fraction]]:
    """Phase vectors of a term: −1/4 for a sine, half turns for signs modulo a common sign."""
    signs = product((0, 1), repeat=len(b) - 1)
    return [
        [(Fraction(-bit, 4) + Fraction(s, 2)) % 1 for bit, s in zip(b, (*bits, 0), strict=True)]
        for bits in signs
    ]


def identity(formula: Formula, name: str = "formal angles") -> Check:
    """A check for k = 3 and all p, ζ, inputs and labels."""
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={"formula": formula, "formal": formal_angles(3), "scope": _FORMAL_INPUTS},
    )


POINT_NAMES = ("a1", "a2", "a3", "c")
_FORMAL_INPUTS = Domain.of(
    p=at_least(1), zeta=at_least(1), **dict.fromkeys(POINT_NAMES, at_least(0))
)
INPUTS = Domain.of(p=Primes(3), zeta=at_least(1), **dict.fromkeys(POINT_NAMES, at_least(0)))
READING = (
    "p is an odd prime; ζ, the inputs and the label are any representatives. Phases in the order "
    "(u_1, u_2, u_3, w), unit amplitude."
)

# The inputs and labels of Z_3, smallest first.
FIRST_POINTS = tuple(
    {"p": 3, "zeta": 1, **dict(zip(POINT_NAMES, values, strict=True))}
    for values in product(range(3), repeat=4)
)


def angles(zeta: Term) -> list[Term]:
    """The angles of a_1, a_2, a_3 and c."""
    return [zeta * var(name) / var("p") for name in POINT_NAMES]


def conjugates(scope: Domain, multiple: int = 2) -> Check:
    """e(x) + e(−x) = multiple · cos x: a cosine has two characters; true for 2."""
    return Check(
        name="conjugate characters",
        procedure=formal_identity,
        arguments={
            "formula": equal(cis(X[0]) + cis(-X[0]), multiple * cos(X[0])),
            "formal": {"x1": "angle"},
            "scope": scope,
        },
    )


def orthogonality(scope: Domain, coefficient: Term = N) -> Check:
    """coefficient · 1[c = s] = Σ_χ χ(c − s) on every finite Abelian group: true for n."""
    return Check(
        name="sum of all characters",
        procedure=indicator,
        arguments={"coefficient": coefficient, "scope": scope},
    )
