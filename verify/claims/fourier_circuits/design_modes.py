"""Candidates on all phase designs: the mode test, random phases, cyclic designs of 16 vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from constructions.designs import Design, Mode, modes, nine, thirds
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    candidate,
    cyclic_network,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cis,
    equal,
    fact,
    forall_range,
    mod,
    rational,
    total,
    var,
)
from verify.methods.every_k import LARGE_MODULI, every_k
from verify.methods.identities import exact_statement
from verify.methods.margins import MARGIN, NORM, network_relation
from verify.methods.random_designs import random_margins
from verify.methods.refutations import refuted_by

_SOURCE = candidate("designs")
_DESIGNS = Whole("finite lists of real phase vectors")
_EVERY = Domain.of(k=at_least(2), p=odd(3), design=_DESIGNS)
_LARGE = Domain.of(k=at_least(2), p=LARGE_MODULI, design=_DESIGNS)
_SMALL = Domain.of(k=at_least(2), p=Whole("odd moduli p ≤ k"), design=_DESIGNS)
_GAMMA = GAMMA_VALUE["numerator"] / GAMMA_VALUE["denominator"][0]
_CONDITION = (
    "$\\sum_\\phi e^{i\\langle n-1,\\phi\\rangle}=0$ for all $n\\in\\mathbb{Z}^k$, "
    "$n\\ne(1,\\dots,1)$, $|n|_1\\le k$, $|n|_1\\equiv k \\bmod 2$"
)
_READING = (
    "k ≥ 2; p odd, composite ones included. A design is a finite list of real phase vectors, "
    "counted with multiplicity and used at each ζ = 1..(p−1)/2 with one amplitude; it attains Γ at "
    "p when this network's normalised margin is Γ(k, p). "
)

# -- the mode test --------------------------------------------------------------------------------


def _mode_test(
    *directions: str, modulus: Term, scope: Domain, inputs: int | str = "all"
) -> Check:
    """The criterion for every odd modulus from a least one on."""
    return Check(
        name="mode test",
        procedure=every_k,
        arguments={
            "rule": "mode-test",
            "inputs": inputs,
            "start": 2,
            "constants": {
                "groups": "odd-cyclic",
                "directions": list(directions),
                "modulus": modulus,
                "reach": K,
                "value": _GAMMA,
            },
            "scope": scope,
        },
    )


def _mutants(check: Check, **changes: dict[str, Any]) -> tuple[Mutant, ...]:
    constants = check.arguments["constants"]
    return tuple(
        Mutant.of(check, name.replace("_", " "), constants={**constants, **change})
        for name, change in changes.items()
    )


_BOTH = _mode_test("if", "only-if", modulus=K + 1, scope=_LARGE)
_IF = _mode_test("if", modulus=rational(3), scope=_EVERY)
_REACH = {
    "modes_up_to_k_minus_1_only": {"reach": K - 1},
    "modes_up_to_k_plus_2": {"reach": K + 2},
    "twice_the_value": {"value": 2 * _GAMMA},
}


def _moment(design: Design, mode: Mode) -> Term:
    """Σ_φ e^{i⟨n−1, φ⟩} of listed phase vectors."""
    return total(
        [
            cis(sum((n - 1) * t.fraction for n, t in zip(mode, vector, strict=True)) % 1)
            for vector in design.phases
        ]
    )


_MODE = (2, 1, 0)


def _without_the_condition(build: Callable[[], Design]) -> Check:
    """At k = p = 3 the design attains Γ, and its moment of the mode (2, 1, 0) is not 0."""
    design, point = build(), {"k": 3, "p": 3}
    return Check(
        name="nine phase vectors",
        procedure=refuted_by,
        arguments={
            "parts": (
                Check(
                    name="attains",
                    procedure=network_relation,
                    arguments={
                        "build": cyclic_network(lambda _: design),
                        "points": (point,),
                        "relation": equal(MARGIN, GAMMA * NORM),
                    },
                ),
                Check(
                    name="moment",
                    procedure=exact_statement,
                    arguments={"formula": ~equal(_moment(design, _MODE), 0), "points": ({},)},
                ),
            ),
            "point": {**point, "design": design.name},
            "description": (
                "k=3, p=3: the nine phase vectors of fc.cand.nine attain Γ, while their moment of "
                "n = (2, 1, 0) is not 0"
            ),
        },
    )


_NINE = _without_the_condition(nine)

# -- random phases --------------------------------------------------------------------------------

_WORDS = (2 * K) ** K
_RANDOM = Check(
    name="deviation from Γ",
    procedure=every_k,
    arguments={
        "rule": "random-phases",
        "inputs": "all",
        "start": 1,
        "constants": {
            "groups": "odd-cyclic",
            "loss": 2 * _WORDS / fact(K),
            "failure": 2 * _WORDS,
        },
        "scope": Domain.of(k=at_least(2), p=odd(3)),
    },
)


def _sampled(k: int, p: int) -> Check:
    """Growing random designs; their deviation from Γ stays below L/√N."""
    return Check(
        name=f"random designs at k = {k}, p = {p}",
        procedure=random_margins,
        arguments={
            "point": {"k": k, "p": p},
            "sizes": (100, 400, 1600, 6400),
            "loss": {2: 16.0, 3: 72.0}[k],
            "range_of_phases": 1.0,
        },
    )


_SAMPLED = (_sampled(2, 5), _sampled(3, 3))

# -- cyclic designs of 16 vectors -----------------------------------------------------------------


def _some_mode_survives(order: int, differences: tuple[Mode, ...]) -> Formula:
    """Every v = (2a+s, 2b+s, 2c+s)/(2·order), a ≤ b ≤ c, s ∈ {0, 1}, has some ⟨d, v⟩ ∈ Z."""
    s, *abc = (var(n) for n in ("s", "a", "b", "c"))
    steps = [2 * x + s for x in abc]
    body: Formula | None = None
    for difference in differences:
        parts = [d * x for d, x in zip(difference, steps, strict=True) if d]
        survives = equal(mod(total(parts), 2 * order), 0)
        body = survives if body is None else body | survives
    lowest = {"a": rational(0), "b": abc[0], "c": abc[1]}
    for name in ("c", "b", "a"):
        body = forall_range(name, lowest[name], order - 1, lambda _, inner=body: inner)
    return forall_range("s", 0, 1, lambda _: body)


def _differences(inputs: int) -> tuple[Mode, ...]:
    """n − 1 for the modes n ≠ (1, .., 1)."""
    found = (tuple(n - 1 for n in mode) for mode in modes(inputs))
    return tuple(sorted((d for d in found if any(d)), key=lambda d: (sum(map(abs, d)), d)))


def _no_cyclic_design(order: int) -> Check:
    return Check(
        name="every cyclic design",
        procedure=refuted_by,
        arguments={
            "parts": (
                Check(
                    name="modes",
                    procedure=exact_statement,
                    arguments={
                        "formula": _some_mode_survives(order, _differences(3)),
                        "points": ({},),
                        "rests_on": ("cyclic designs",),
                    },
                ),
                _mode_test(
                    "only-if",
                    modulus=K + 1,
                    scope=Domain.of(k=Finite([3]), p=LARGE_MODULI),
                    inputs=3,
                ),
            ),
            "point": {"k": 3},
            "shown": {"p": 5},
            "description": (
                f"k=3: for every (a, b, c) some mode survives in 2πr(a, b, c)/{order}, and in the "
                f"half steps 2πr(2a+1, 2b+1, 2c+1)/{2 * order}; none attains Γ at p = 5"
            ),
        },
    )


_SIXTEEN = _no_cyclic_design(16)

CLAIMS = [
    Claim(
        id="fc.cand.mode-test.large-modulus",
        title="A design attains Γ iff its modes vanish, for p > k",
        source=_SOURCE,
        printed_kind="candidate",
        statement=f"A design attains $\\Gamma$ for all odd $p>k$ iff {_CONDITION}.",
        reading=_READING
        + "Shown for each odd p > k by itself: a design attains Γ at this p iff the sums vanish. "
        "For p ≤ k nothing is said here.",
        domain=_LARGE,
        falsified_by="a design and an odd p > k with one of the two properties only",
        corrects="fc.cand.mode-test.small-modulus-only-if",
        checks=(_BOTH,),
        mutants=_mutants(
            _BOTH, every_modulus_from_k={"modulus": K}, every_odd_modulus={"modulus": 3}, **_REACH
        ),
    ),
    Claim(
        id="fc.cand.mode-test.small-modulus-if",
        title="Vanishing modes suffice for p ≤ k",
        source=_SOURCE,
        printed_kind="candidate",
        statement=f"For odd $p\\le k$ a design attains $\\Gamma$ at $p$ if {_CONDITION}.",
        reading=_READING + "Shown for every odd p ≥ 3, without the hypothesis.",
        hypotheses=("p ≤ k",),
        domain=_EVERY,
        falsified_by="a design whose sums vanish with a margin below Γ",
        checks=(_IF,),
        mutants=_mutants(_IF, moduli_from_1={"modulus": 1}, **_REACH),
    ),
    Claim(
        id="fc.cand.mode-test.small-modulus-only-if",
        title="Vanishing modes are necessary for p ≤ k",
        source=_SOURCE,
        printed_kind="candidate",
        statement=f"For odd $p\\le k$ a design attains $\\Gamma$ at $p$ only if {_CONDITION}.",
        reading=_READING
        + "The smallest case is k = p = 3, where p = 3 is also the only odd p ≤ k, so that “for "
        "all odd p ≤ k” reads the same.",
        domain=_SMALL,
        falsified_by="a design that attains Γ at some p ≤ k while one of its sums does not vanish",
        corrected_by="fc.cand.mode-test.large-modulus",
        checks=(_NINE,),
        mutants=(
            Mutant.of(
                _NINE,
                "a design whose modes vanish",
                parts=_without_the_condition(lambda: thirds(3)).arguments["parts"],
            ),
            Mutant.of(
                _NINE,
                "a design that misses Γ",
                parts=_without_the_condition(
                    lambda: Design("eight", nine().phases[:-1])
                ).arguments["parts"],
            ),
        ),
    ),
    Claim(
        id="fc.cand.random-phases",
        title="Random phases attain Γ in the limit",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For $N$ independent phase vectors, uniform on $[0,2\\pi)^k$ and used at each "
            "$\\zeta$, $\\text{margin}/\\Gamma\\to 1$ as $N\\to\\infty$."
        ),
        reading=(
            "k ≥ 2, odd p ≥ 3, fixed as N grows; the normalised margin h_N of one infinite "
            "sequence of phase vectors, convergence almost surely (hence in probability). Made "
            "quantitative: with L = 2(2k)^k/k!, P(h_N < (1 − Lt)Γ) ≤ 2(2k)^k/(t⁴N²) for every "
            "t > 0, and h_N ≤ Γ. "
            "The samples are an illustration in floats, with L/√N as their tolerance."
        ),
        domain=Domain.of(k=at_least(2), p=odd(3)),
        falsified_by="k and p for which h_N/Γ stays below 1 with positive probability",
        checks=(_RANDOM, *_SAMPLED),
        mutants=(
            *_mutants(
                _RANDOM,
                a_loss_without_the_factor_2={"loss": _WORDS / fact(K)},
                fewer_words={"failure": 2 * K**K},
            ),
            *(Mutant.of(c, "phases on half of the circle", range_of_phases=0.5) for c in _SAMPLED),
        ),
    ),
    Claim(
        id="fc.cand.cyclic-16",
        title="Some cyclic design of 16 phase vectors attains Γ",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "For $k=3$ some design $2\\pi r(a,b,c)/16$, $r=0..15$, $N=16$, attains $\\Gamma$ for "
            "all odd $p$."
        ),
        reading=(
            "“Some N = 16” beside cyclic-18 is a cyclic design: multiples r = 0..15 of one step, "
            "which may start anywhere. By the lemma on cyclic designs the step is (a, b, c)/16 "
            "with integers or, up to neurons that agree in function, integers plus one half each; "
            "all are tried, up to the order of the inputs. Designs that are not cyclic are not "
            "meant: the ladder of k = 3 has N = 16 and attains Γ."
        ),
        domain=Domain.of(k=Finite([3])),
        falsified_by="for every (a, b, c) an odd p and a margin below Γ there",
        corrected_by="fc.cand.cyclic-18",
        checks=(_SIXTEEN,),
        mutants=(
            Mutant.of(
                _SIXTEEN,
                "18 vectors, where (3, 1, 12) attains Γ",
                parts=_no_cyclic_design(18).arguments["parts"],
            ),
        ),
    ),
]
