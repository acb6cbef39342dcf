"""Proof steps: the objective in magnitudes and phases, and the norm constraint.

Appendix F of arXiv:2402.09469 treats k = 3 and “general k ≥ 3”; its steps are read on k ≥ 3 and
odd primes p, as in `proof_steps_reduction`.  The parent's steps (k = 2) are here too.
"""

from __future__ import annotations

from math import factorial, prod

from verify.claims.fourier_circuits.common import QUOTED, K, P, paper, parent
from verify.claims.fourier_circuits.proof_steps_reduction import NEURON, PROOFS
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cos,
    equal,
    fact,
    implies,
    rational,
    total,
    var,
)
from verify.methods.combine import conjunction, counterexample
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity
from verify.methods.neuron_convolutions import plancherel
from verify.methods.neurons import (
    for_all_functions,
    fourier_neuron,
    squared_norm,
    transform,
    weighted_margin,
)

_OBJECTIVE_HYPOTHESES = ("uniform inputs", "uniform class weighting")

# -- polar form --------------------------------------------------------------------------------

_POLAR_COEFFICIENT = 2 * fact(K) / ((P - 1) * P**K)
_POLAR = Check(
    name="every k and odd modulus",
    procedure=every_k,
    arguments={
        "rule": "neuron-polar",
        "constants": {"groups": "odd-cyclic", "coefficient": _POLAR_COEFFICIENT},
        "scope": Domain.of(k=at_least(1), p=odd(3), neuron=NEURON),
    },
)


def _polar_parts(k: int, p: int, factor: int = 2) -> Check:
    """J against factor·k!/((p−1)p^k) Σ_j Π|f̂(j)| cos(..), for all real functions on Z_p."""
    u, w, formal = fourier_neuron(k=k, p=p)

    def term(j: int) -> Term:
        sizes = prod(var(f"r_{i}_{j}") * rational(p, 2) for i in range(1, k + 2))
        angles = total([var(f"t_{i}_{j}") for i in range(1, k + 1)])
        return sizes * cos(angles - var(f"t_{k + 1}_{j}"))

    right = total([term(j) for j in range(1, (p + 1) // 2)])
    coefficient = rational(factor * factorial(k), (p - 1) * p**k)
    return Check(
        name=f"k={k}, p={p}",
        procedure=formal_identity,
        arguments={
            "formula": equal(weighted_margin(u, w), coefficient * right),
            "formal": formal,
            "scope": Domain.at({"k": k, "p": p}),
        },
    )


_POLAR_POINTS = ((1, 3), (2, 3), (1, 5))
_POLAR_INSTANCES = Check(
    name="the printed formula, all real functions",
    procedure=conjunction,
    arguments={
        "parts": [_polar_parts(k, p) for k, p in _POLAR_POINTS],
        "scope": Domain.at(*({"k": k, "p": p} for k, p in _POLAR_POINTS)),
    },
)


def _ball(u, w, power: int = 1) -> Formula:
    """Σ_j over all functions of |f̂(j)|², j = 0..p−1, against p^power times the squared norm."""
    p = len(w)
    squares = [transform(f, j) * transform(f, -j) for f in (*u, w) for j in range(p)]
    return equal(total(squares), p**power * squared_norm(*u, w))


def _plancherel(scope: Domain) -> Check:
    return Check(
        name="Plancherel on every group",
        procedure=plancherel,
        arguments={"power": 1, "scope": scope},
    )


_BALL = _plancherel(Domain.of(k=at_least(1), p=at_least(2), neuron=NEURON))
_BALL_INSTANCES = Check(
    name="the printed formula, all real values",
    procedure=for_all_functions,
    arguments={
        "identity": _ball,
        "points": ({"k": 1, "p": 2}, {"k": 2, "p": 3}, {"k": 3, "p": 3}, {"k": 2, "p": 5}),
        "arguments": {},
    },
)
_BALL_MUTANTS = (
    Mutant.of(_BALL, "without the factor p", power=0),
    Mutant.of(_BALL_INSTANCES, "p² for p", arguments={"power": 2}),
)

_POLAR_CLAIMS = [
    Claim(
        id="fc.polar-form.objective",
        title="One neuron's weighted margin in magnitudes and phases",
        source=paper("(9), (19)"),
        printed_kind="id",
        statement=(
            "For odd $p$ the objective equals $\\frac{2k!}{(p-1)p^k}\\sum_{j=1}^K|\\hat w(j)|"
            "\\prod_i|\\hat u_i(j)|\\cos(\\sum_i\\theta_{u_i}(j)-\\theta_w(j))$."
        ),
        reading=(
            "An identity in all real u_i, w on Z_p, K = (p−1)/2, f̂(j) = |f̂(j)|e^{iθ_f(j)}; where "
            "a magnitude is 0 its angle is arbitrary."
        ),
        hypotheses=_OBJECTIVE_HYPOTHESES,
        domain=PROOFS,
        falsified_by="functions for which the two sides differ",
        checks=(_POLAR, _POLAR_INSTANCES),
        mutants=(
            Mutant.of(
                _POLAR,
                "without the 2",
                constants={"groups": "odd-cyclic", "coefficient": _POLAR_COEFFICIENT / 2},
            ),
            Mutant.of(
                _POLAR,
                "even moduli, where ζ = p/2 has no partner",
                constants={"groups": "abelian", "coefficient": _POLAR_COEFFICIENT},
            ),
            Mutant.of(
                _POLAR_INSTANCES, "without the 2", parts=[_polar_parts(1, 3, factor=1)]
            ),
        ),
    ),
    Claim(
        id="fc.polar-form.ball",
        title="The norm constraint on the transforms",
        source=paper("(9), (19)"),
        printed_kind="id",
        statement="$B$: $\\sum_i\\|\\hat u_i\\|^2+\\|\\hat w\\|^2\\le p$.",
        reading=(
            "Equivalent to Σ‖u_i‖² + ‖w‖² ≤ 1, with ‖f̂‖² = Σ|f̂(j)|² over all p frequencies "
            "j = 0..p−1 of the transform without a factor."
        ),
        domain=PROOFS,
        falsified_by="a neuron that meets one of the two constraints and not the other",
        checks=(_BALL, _BALL_INSTANCES),
        mutants=_BALL_MUTANTS,
    ),
]

# -- the parent's constraints ------------------------------------------------------------------

_TWO = Domain.of(k=Finite([2]), p=Primes(3), neuron=NEURON)


def _sketch(level: int, p: int) -> Formula:
    """u = e_0, v = w = 0: if the norm is at most 1, then Σ_{j≠0} of all |f̂(j)|² is ≤ level."""
    unit = [rational(int(a == 0)) for a in range(p)]
    zero = [rational(0)] * p
    squares = [
        transform(f, j) * transform(f, -j) for f in (unit, zero, zero) for j in range(1, p)
    ]
    return implies(squared_norm(unit, zero, zero) <= 1, total(squares) <= level)


_SKETCH = Check(
    name="a neuron in B",
    procedure=counterexample,
    arguments={
        "formula": _sketch(1, 3),
        "point": {"k": 2, "p": 3, "neuron": "u = e_0, v = w = 0"},
        "values": {},
        "description": "p=3: u = e_0, v = w = 0 has norm 1, and Σ_{j≠0}|û(j)|² = 2 > 1",
    },
)

_PARENT = [
    Claim(
        id="mor.sketch-constraint",
        title="The constraint on the transforms in the parent's sketch",
        source=parent("§4"),
        printed_kind="id",
        statement="The constraint is $\\sum_{j\\ne0}(|\\hat u|^2+|\\hat v|^2+|\\hat w|^2)\\le1$.",
        reading=(
            QUOTED + "With f̂(j) = Σ_a f(a)e^{−2πija/p}, the transform for which the sketch's "
            "objective has the factor 2/((p−1)p²), every neuron with ‖u‖² + ‖v‖² + ‖w‖² ≤ 1 meets "
            "it. (With the unitary transform it would.)"
        ),
        domain=_TWO,
        falsified_by="a neuron of norm at most 1 with a larger sum",
        corrected_by="mor.sketch-constraint.corrected",
        checks=(_SKETCH,),
        mutants=(
            Mutant.of(_SKETCH, "p instead of 1", formula=_sketch(3, 3)),
            Mutant.of(_SKETCH, "two points", formula=_sketch(1, 2)),
        ),
    ),
    Claim(
        id="mor.sketch-constraint.corrected",
        title="The constraint on the transforms with its factor",
        source=parent("§4, corrected"),
        printed_kind="id",
        statement=(
            "The constraint is $\\sum_{j\\ne0}(|\\hat u|^2+|\\hat v|^2+|\\hat w|^2)\\le p$."
        ),
        reading=(
            "Every neuron with ‖u‖² + ‖v‖² + ‖w‖² ≤ 1 meets it: by Plancherel the sum over all j "
            "is p times the squared norm, and the terms j = 0 are ≥ 0. For neurons whose functions "
            "have mean 0 it is equivalent to the norm constraint."
        ),
        domain=_TWO,
        falsified_by="a neuron of norm at most 1 with a larger sum",
        corrects="mor.sketch-constraint",
        checks=(_BALL, _BALL_INSTANCES),
        mutants=_BALL_MUTANTS,
    ),
    Claim(
        id="mor.plancherel",
        title="The norm constraint on the transforms for two inputs",
        source=parent("p. 26"),
        printed_kind="id",
        statement="$\\|\\hat u\\|^2+\\|\\hat v\\|^2+\\|\\hat w\\|^2\\le p$.",
        reading="Equivalent to ‖u‖² + ‖v‖² + ‖w‖² ≤ 1; sums over all j = 0..p−1.",
        domain=_TWO,
        falsified_by="a neuron that meets one of the two constraints and not the other",
        checks=(_BALL, _BALL_INSTANCES),
        mutants=_BALL_MUTANTS,
    ),
]

CLAIMS = [*_POLAR_CLAIMS, *_PARENT]
