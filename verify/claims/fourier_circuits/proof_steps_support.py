"""Proof steps: where the Fourier transform of one neuron, and of its monomials, is non-zero.

φ(a, c) = (Σ_j u_j(a_j))^k w(c) on Z_p^{k+1}, f̂(j) = Σ f(a, c) e^{−2πi(j_1a_1 + … + j_{k+1}c)/p}.
Positions where a monomial does not depend on an input have j = 0, not the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import factorial, prod

from verify.claims.fourier_circuits.common import K, N, P, candidate, paper
from verify.claims.fourier_circuits.formal_neurons import conjugates, orthogonality
from verify.claims.fourier_circuits.proof_steps_reduction import ANY, NEURON, PROOFS, THREE
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least
from verify.formula import Formula, Term, all_of, cis, cos, equal, fact, implies, total, var
from verify.methods.combine import conjunction
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity
from verify.methods.neuron_convolutions import modes, monomial_support
from verify.methods.neurons import neuron_transform, wave
from verify.methods.refutations import first_failure

# -- one FORM neuron for k = 3 -----------------------------------------------------------------

_J = [var(f"j{i}") for i in range(1, 5)]
_COSINE = "u_1 = u_2 = u_3 = w = cos(2πa/p)"


def _wave(a: Term) -> Term:
    return cos(a / P)


def _transform(body: Callable[[Term, Term, Term], Term]) -> Term:
    """The DFT of body(u_1(a_1), u_2(a_2), u_3(a_3)) w(c) at j_1, .., j_4."""
    a = [var(name) for name in ("a1", "a2", "a3", "c")]
    value = body(*map(_wave, a[:3])) * _wave(a[3])
    term = value * cis(-total([j * x for j, x in zip(_J, a, strict=True)]) / P)
    for name in ("c", "a3", "a2", "a1"):
        term = total(name, 0, P - 1, lambda _, inner=term: inner)
    return term


def _single(j: Term) -> Term:
    return total("b", 0, P - 1, lambda b: _wave(b) * cis(-(j * b) / P))


def _zero(*places: int) -> Formula:
    """The listed j are 0."""
    first, *rest = (equal(_J[i - 1], 0) for i in places)
    for formula in rest:
        first = first & formula
    return first


def _supported(body: Callable[[Term, Term, Term], Term], *places: int) -> Formula:
    return implies(~equal(_transform(body), 0), _zero(*places))


def _at_three(formula: Formula, description: str) -> Check:
    return Check(
        name="cosines at p = 3",
        procedure=first_failure,
        arguments={
            "formula": formula,
            "points": tuple(
                {"p": 3, **{f"j{i + 1}": value for i, value in enumerate(j)}}
                for j in product(range(3), repeat=4)
            ),
            "fixed": {"k": 3, "neuron": _COSINE},
            "description": description,
        },
    )


def _cube(x: Term, y: Term, z: Term) -> Term:
    return x**3


def _square(x: Term, y: Term, z: Term) -> Term:
    return 3 * x**2 * y


_CUBE_SUPPORT = _at_three(
    _supported(_cube, 1),
    "k=3, p=3, u_1 = w = cos(2πa/3): the DFT of u_1³w at (1, 0, 0, 1) is 243/16",
)
_SQUARE_SUPPORT = _at_three(
    _supported(_square, 1, 2),
    "k=3, p=3, u_1 = u_2 = w = cos(2πa/3): the DFT of 3u_1²u_2w at (0, 1, 0, 1) is 243/8",
)
_PRODUCT = _at_three(
    equal(
        _transform(lambda x, y, z: (x + y + z) ** 3),
        6 * _single(_J[3]) * prod(_single(j) for j in _J[:3]),
    ),
    "k=3, p=3, u_1 = u_2 = u_3 = w = cos(2πa/3): φ̂(0, 0, 0, 1) = 243/8, but û_1(0) = 0",
)

# -- every neuron ------------------------------------------------------------------------------


def _only(exponents: Sequence[int], vanishing: int) -> Check:
    return Check(
        name=f"j_{vanishing} = 0, every group",
        procedure=monomial_support,
        arguments={"exponents": exponents, "vanishing": vanishing, "scope": _THREE_ANY},
    )


_THREE_ANY = Domain.of(k=Finite([3]), p=at_least(2), neuron=NEURON)
_UP_TO_FOUR = range(1, 5)
_CUBE_PARTS = (_only((3, 0, 0), 2), _only((3, 0, 0), 3))
_CUBE_ONLY = Check(
    name="every group",
    procedure=conjunction,
    arguments={"parts": _CUBE_PARTS, "scope": _THREE_ANY},
)
_SQUARE_ONLY = _only((2, 1, 0), 3)
_FULL_WORDS = Check(
    name="every k and modulus",
    procedure=every_k,
    arguments={"rule": "neuron-words", "constants": {"coefficient": fact(K)}, "scope": ANY},
)
_MODES = Check(
    name="every group, k ≤ 4",
    procedure=modes,
    arguments={
        "inputs": _UP_TO_FOUR,
        "words": factorial,
        "scope": Domain.of(k=Finite(_UP_TO_FOUR), p=at_least(2), neuron=NEURON),
    },
)

# -- neurons of FORM ---------------------------------------------------------------------------

_FORM = Whole("neurons of FORM")


_FORM_SUPPORT = Check(
    name="every k and modulus",
    procedure=conjunction,
    arguments={
        "parts": (_FULL_WORDS, conjugates(ANY), orthogonality(ANY)),
        "scope": Domain.of(k=at_least(1), p=at_least(2), neuron=_FORM),
        "rests_on": ("transform of a neuron",),
    },
)


def _vanishing(allowed: Callable[[Sequence[int]], bool]) -> Formula:
    """φ̂(j) = 0 for k = 2, p = 5, ζ = 1, all phases, j_1, j_2 ≠ 0 and j not allowed."""
    x, y = var("x"), var("y")
    u, w = [wave(1, x, 1, 5), wave(1, y, 1, 5)], wave(1, x + y, 1, 5)
    places = [j for j in product(range(1, 5), range(1, 5), range(5)) if not allowed(j)]
    return all_of(equal(neuron_transform(u, w, j), 0) for j in places)


_FORMAL_SUPPORT = Check(
    name="all phases, k = 2, p = 5",
    procedure=formal_identity,
    arguments={
        "formula": _vanishing(lambda j: set(j) <= {1, 4}),
        "formal": {"x": "angle", "y": "angle"},
        "scope": Domain.of(k=Finite([2]), p=Finite([5]), neuron=_FORM),
    },
)

_H1 = "Appendix H.1"
_ALL_NEURONS = "All real functions on Z_p are meant; the witness has FORM, as H.1 supposes. "


def _monomial_claim(claim_id: str, **parts: object) -> Claim:
    return Claim(
        id=claim_id,
        falsified_by="functions and a j elsewhere with a non-zero transform",
        **parts,
    )


CLAIMS = [
    _monomial_claim(
        "fc.support-k3.cubed",
        title="The spectrum of the cube of one input",
        source=paper(_H1),
        printed_kind="id",
        statement="The DFT of $u_1^3w$ is non-zero only for $j_1=0$.",
        domain=THREE,
        reading=_ALL_NEURONS + "j_1 belongs to the input of u_1.",
        corrected_by="fc.cand.support-k3.cubed",
        checks=(_CUBE_SUPPORT,),
        mutants=(Mutant.of(_CUBE_SUPPORT, "j_2 = j_3 = 0 obeys", formula=_supported(_cube, 2, 3)),),
    ),
    _monomial_claim(
        "fc.support-k3.squared",
        title="The spectrum of a product of two inputs",
        source=paper(_H1),
        printed_kind="id",
        statement="The DFT of $3u_1^2u_2w$ is non-zero only for $j_1=j_2=0$.",
        domain=THREE,
        reading=_ALL_NEURONS + "j_i belongs to the input of u_i.",
        corrected_by="fc.cand.support-k3.squared",
        checks=(_SQUARE_SUPPORT,),
        mutants=(Mutant.of(_SQUARE_SUPPORT, "j_3 = 0 obeys", formula=_supported(_square, 3)),),
    ),
    _monomial_claim(
        "fc.cand.support-k3.cubed",
        title="The spectrum of the cube of one input, by the inputs that it misses",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement="The DFT of $u_1^3w$ is non-zero only for $j_2=j_3=0$.",
        domain=THREE,
        reading="All real functions on Z_p, in fact on every finite Abelian group.",
        corrects="fc.support-k3.cubed",
        checks=(_CUBE_ONLY,),
        mutants=(Mutant.of(_CUBE_ONLY, "also j_1 = 0", parts=(*_CUBE_PARTS, _only((3, 0, 0), 1))),),
    ),
    _monomial_claim(
        "fc.cand.support-k3.squared",
        title="The spectrum of a product of two inputs, by the input that it misses",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement="The DFT of $3u_1^2u_2w$ is non-zero only for $j_3=0$.",
        domain=THREE,
        reading="All real functions on Z_p, in fact on every finite Abelian group.",
        corrects="fc.support-k3.squared",
        checks=(_SQUARE_ONLY,),
        mutants=(
            Mutant.of(_SQUARE_ONLY, "j_2 = 0", vanishing=2),
            Mutant.of(_SQUARE_ONLY, "the third input occurs", exponents=(1, 1, 1)),
        ),
    ),
    Claim(
        id="fc.neuron-dft",
        title="The transform of a neuron as a product",
        source=paper("Appendix H.2"),
        printed_kind="id",
        statement=(
            "$\\hat\\varphi(j_1,\\dots,j_{k+1})=k!\\,\\hat w(j_{k+1})\\prod_i\\hat u_i(j_i)$."
        ),
        domain=PROOFS,
        reading=(
            "For all j ∈ Z_p^{k+1}: no condition on j is printed. k ≥ 3 as in H.2; it holds for "
            "k = 1 and fails at k = 2, p = 3 too. The witness has FORM."
        ),
        falsified_by="a neuron and j for which the two sides differ",
        corrected_by="fc.neuron-dft.corrected",
        checks=(_PRODUCT,),
        mutants=(
            Mutant.of(
                _PRODUCT,
                "non-zero j_1, j_2, j_3 obey",
                formula=_zero(1) | _zero(2) | _zero(3) | _PRODUCT.arguments["formula"],
            ),
        ),
    ),
    Claim(
        id="fc.neuron-dft.corrected",
        title="The transform of a neuron at non-zero input frequencies",
        source=paper("Appendix H.2, corrected"),
        printed_kind="id",
        statement=(
            "If $j_1,\\dots,j_k\\ne0$, then "
            "$\\hat\\varphi(j_1,\\dots,j_{k+1})=k!\\,\\hat w(j_{k+1})\\prod_i\\hat u_i(j_i)$."
        ),
        domain=Domain.of(k=at_least(1), p=Primes(3), neuron=NEURON),
        reading="All k ≥ 1 and all real functions; j_{k+1} may be 0.",
        falsified_by="a neuron and such j for which the two sides differ",
        corrects="fc.neuron-dft",
        checks=(_FULL_WORDS, _MODES),
        mutants=(
            Mutant.of(_FULL_WORDS, "k^k full words", constants={"coefficient": K**K}),
            Mutant.of(_MODES, "k^k full words", words=lambda k: k**k),
        ),
    ),
    Claim(
        id="fc.neuron-support",
        title="Where the transform of a FORM neuron is non-zero",
        source=paper("Appendices H.1, H.2"),
        printed_kind="id",
        statement=(
            "A neuron of FORM at $\\zeta$ has $\\hat\\varphi(j_1,\\dots,j_{k+1})\\ne0$ only if "
            "$\\prod_{i\\le k}j_i=0$ or all $j_i=\\pm\\zeta$."
        ),
        domain=Domain.of(k=at_least(1), p=Primes(3), neuron=_FORM),
        reading=(
            "The signs of ±ζ are independent; the product is in Z_p, p prime, so it vanishes when "
            "some j_i is 0. All k ≥ 1, any amplitude and phases."
        ),
        falsified_by="a FORM neuron with a non-zero coefficient elsewhere",
        checks=(_FORM_SUPPORT, _FORMAL_SUPPORT),
        mutants=(
            Mutant.of(
                _FORM_SUPPORT,
                "characters that are not orthogonal",
                parts=(_FULL_WORDS, conjugates(ANY), orthogonality(ANY, N - 1)),
            ),
            Mutant.of(
                _FORM_SUPPORT,
                "a cosine with another character",
                parts=(_FULL_WORDS, conjugates(ANY, 1), orthogonality(ANY)),
            ),
            Mutant.of(
                _FORMAL_SUPPORT,
                "one sign for all j",
                formula=_vanishing(lambda j: set(j) in ({1}, {4})),
            ),
        ),
    ),
]
