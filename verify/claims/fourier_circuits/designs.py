"""Candidates on phase designs: which ones attain Γ, each by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from constructions import designs
from constructions.designs import (
    Design,
    cyclic_18,
    heptagon,
    hexagon,
    nine,
    pentagon,
    short_ladder,
    six,
    thirds_fixed,
)
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    P,
    candidate,
    cyclic_network,
)
from verify.claims.fourier_circuits.optimal import (
    HALVES,
    LADDER_WIDTH,
    ODD_MODULI,
    PRINTED_WIDTH,
    THIRDS,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, odd
from verify.formula import Formula, Term, equal, rational
from verify.methods.margins import (
    MARGIN,
    NORM,
    WIDTH,
    network_counterexample,
    network_relation,
)

_NETWORK = (
    "every odd p ≥ 3, composite ones included. The N phase vectors, counted with multiplicity, are "
    "used at each ζ = 1..(p−1)/2 with one amplitude, and “attains Γ” says that the normalised "
    "margin of this network of width N(p−1)/2 is exactly Γ(k, p). "
)
_READING = "Every k ≥ 2 and " + _NETWORK
_AT_K = "Only this k; " + _NETWORK
_AT_THREE = Domain.of(k=Finite([3]), p=Finite([3]))
_SOURCE = candidate("designs")
_ATTAINS = equal(MARGIN, GAMMA * NORM)
_FAILS = MARGIN < GAMMA * NORM


def _claim(name: str, phases: str, size: str, **parts: Any) -> Claim:
    return Claim(
        id=f"fc.cand.{name}",
        title=f"The design “{name}” attains Γ",
        source=_SOURCE,
        printed_kind="candidate",
        statement=f"The design {phases}, ${size}$, attains $\\Gamma$ for all odd $p$.",
        falsified_by="k, an odd p and the margin of this network there, below Γ",
        **parts,
    )


# -- designs that attain it ---------------------------------------------------------------------


def _width(size: Term | int) -> Term:
    """Neurons of a network with `size` phase vectors at each frequency."""
    return size * (P - 1) / 2


def _attains(width: Term, **arguments: Any) -> Check:
    """Value and width of a family's network, for every odd modulus."""
    return odd_family(
        "vanishing modes", conclusions=("value", "width"), width=width, **arguments
    )


def _attains_at(design: Design) -> Check:
    """The same for phase vectors of one k."""
    return _attains(
        _width(design.size),
        factor=None,
        design=design.json(),
        inputs=design.inputs,
        scope=Domain.of(k=Finite([design.inputs]), p=odd(3)),
    )


def _doubled(check: Check) -> Mutant:
    value = {**GAMMA_VALUE, "numerator": GAMMA_VALUE["numerator"] * rational(2)}
    return Mutant.of(check, "twice the value", value=value)


def _listed_mutants(check: Check, other: Design) -> tuple[Mutant, ...]:
    fewer = check.arguments["design"][:-1]
    return (
        Mutant.of(check, "without its last phase vector", design=fewer, width=_width(len(fewer))),
        Mutant.of(
            check, f"the phases of {other.name}", design=other.json(), width=_width(other.size)
        ),
        _doubled(check),
    )


_QUARTER = _attains(PRINTED_WIDTH)
_LADDER = _attains(LADDER_WIDTH, factor=None, design="ladder")
_THIRDS = _attains(_width(rational(3) ** K), factor=THIRDS)
_HEXAGON, _HEPTAGON = _attains_at(hexagon()), _attains_at(heptagon())
_EIGHTEEN = _attains_at(cyclic_18())

# -- designs that do not ------------------------------------------------------------------------


def _misses(
    design: Design, violation: Formula, description: str, p: int = 3
) -> Check:
    k = design.inputs
    return Check(
        name="its margin at a small modulus",
        procedure=network_counterexample,
        arguments={
            "network": lambda: cyclic_network(lambda _: design)(k=k, p=p),
            "violation": violation & _FAILS,
            "point": {"k": k, "p": p},
            "description": f"k={k}, p={p}: {description}",
        },
    )


def _misses_mutants(check: Check, *designs: Callable[[], Any]) -> tuple[Mutant, ...]:
    point = check.arguments["point"]
    return (
        *(
            Mutant.of(
                check,
                f"the phases of {build(point['k']).name}",
                network=lambda build=build: cyclic_network(build)(**point),
            )
            for build in designs
        ),
        Mutant.of(check, "a margin above Γ", violation=MARGIN > GAMMA * NORM),
    )


_SHORT = _misses(
    short_ladder(2),
    equal(MARGIN, 0),
    "the margin is 0, because the mode (−1, −1) survives: f grows with cos(c + Σa) as with "
    "cos(c − Σa)",
)
_FIXED = _misses(
    thirds_fixed(2), equal(MARGIN, 0), "the margin is 0; the modes (−2, 0) and (1, −1) survive"
)
_PENTAGON = _misses(
    pentagon(), equal(2 * MARGIN, GAMMA * NORM), "the margin is Γ/2; the mode (−2, 0) survives"
)
_SIX = _misses(six(), equal(2 * MARGIN, GAMMA * NORM), "the margin is Γ/2")

_NINE = Check(
    name="its margin",
    procedure=network_relation,
    arguments={
        "build": cyclic_network(lambda _: nine()),
        "points": ({"k": 3, "p": 3},),
        "relation": _ATTAINS & equal(WIDTH, 9),
    },
)
_THREE_READING = (
    "k = p = 3 only: one frequency, and modes that coincide modulo 3 may cancel each other. "
    "t = 0, 1, 2 for each (d, e), so N = {}."
)
_NINE_PHASES = (
    "$\\frac{2\\pi}{12}(2t+1,\\, 2(t+4+d)+1,\\, 2(t+4+e)+1)$, $t<3$, $(d,e) \\in "
)

CLAIMS = [
    _claim(
        "quarter",
        "$\\{0,\\frac{\\pi}{2},\\pi,\\frac{3\\pi}{2}\\}^k$ modulo the common shift $\\pi$",
        "N=2^{2k-1}",
        reading=_READING
        + "One vector of each pair φ, φ + (π, .., π): both are one neuron function.",
        domain=ODD_MODULI,
        checks=(_QUARTER,),
        mutants=(
            Mutant.of(_QUARTER, "half turns in place of quarters", factor=HALVES),
            Mutant.of(_QUARTER, "half as many neurons", width=PRINTED_WIDTH / 2),
            _doubled(_QUARTER),
        ),
    ),
    _claim(
        "ladder",
        "$\\phi_j=\\frac{\\pi r}{k+1}+\\pi b_j$, $r=0..k$, $b\\in\\{0,1\\}^k$, $b_k=0$",
        "N=(k+1)2^{k-1}",
        reading=_READING,
        domain=ODD_MODULI,
        corrects="fc.cand.short-ladder",
        checks=(_LADDER,),
        mutants=(
            Mutant.of(_LADDER, "the width of k rungs", width=K * rational(2) ** (K - 2) * (P - 1)),
            Mutant.of(
                _LADDER,
                "k rungs at k = 2",
                design=short_ladder(2).json(),
                inputs=2,
                scope=Domain.of(k=Finite([2]), p=odd(3)),
                width=_width(4),
            ),
            _doubled(_LADDER),
        ),
    ),
    _claim(
        "short-ladder",
        "$\\phi_j=\\frac{\\pi r}{k}+\\pi b_j$, $r<k$, $b\\in\\{0,1\\}^k$, $b_k=0$",
        "N=k2^{k-1}",
        reading=_READING + "The smallest pair is (k, p) = (2, 3).",
        domain=ODD_MODULI,
        corrected_by="fc.cand.ladder",
        checks=(_SHORT,),
        mutants=_misses_mutants(_SHORT, designs.ladder, designs.quarter),
    ),
    _claim(
        "thirds",
        "$\\{0,\\frac{2\\pi}{3},\\frac{4\\pi}{3}\\}^k$",
        "N=3^k",
        reading=_READING,
        domain=ODD_MODULI,
        corrects="fc.cand.thirds-fixed",
        checks=(_THIRDS,),
        mutants=(
            Mutant.of(_THIRDS, "two of the three thirds", factor=THIRDS[:2]),
            Mutant.of(
                _THIRDS, "the width with one phase fixed", width=_width(rational(3) ** (K - 1))
            ),
            _doubled(_THIRDS),
        ),
    ),
    _claim(
        "thirds-fixed",
        "$\\{0,\\frac{2\\pi}{3},\\frac{4\\pi}{3}\\}^k$ with $\\phi_k=0$",
        "N=3^{k-1}",
        reading=_READING + "The smallest pair is (k, p) = (2, 3).",
        domain=ODD_MODULI,
        corrected_by="fc.cand.thirds",
        checks=(_FIXED,),
        mutants=_misses_mutants(_FIXED, designs.thirds),
    ),
    _claim(
        "pentagon",
        "$2\\pi r(1,2)/5$ for $k=2$",
        "N=5",
        reading=_AT_K,
        domain=Domain.of(k=Finite([2]), p=odd(3)),
        corrected_by="fc.cand.hexagon",
        checks=(_PENTAGON,),
        mutants=_misses_mutants(_PENTAGON, lambda _: hexagon(), lambda _: heptagon()),
    ),
    _claim(
        "hexagon",
        "$2\\pi r(1,4)/6$ for $k=2$",
        "N=6",
        reading=_AT_K,
        domain=Domain.of(k=Finite([2]), p=odd(3)),
        corrects="fc.cand.pentagon",
        checks=(_HEXAGON,),
        mutants=_listed_mutants(_HEXAGON, pentagon()),
    ),
    _claim(
        "heptagon",
        "$2\\pi r(1,3)/7$ for $k=2$",
        "N=7",
        reading=_AT_K,
        domain=Domain.of(k=Finite([2]), p=odd(3)),
        checks=(_HEPTAGON,),
        mutants=_listed_mutants(_HEPTAGON, pentagon()),
    ),
    _claim(
        "cyclic-18",
        "$2\\pi r(3,1,12)/18$ for $k=3$",
        "N=18",
        reading=_AT_K,
        domain=Domain.of(k=Finite([3]), p=odd(3)),
        corrects="fc.cand.cyclic-16",
        checks=(_EIGHTEEN,),
        mutants=_listed_mutants(_EIGHTEEN, designs.cyclic("cyclic-16", 16, (3, 1, 12))),
    ),
    _claim(
        "nine",
        _NINE_PHASES + "\\{(0,0),(0,4),(4,4)\\}$, for $k=p=3$",
        "N=9",
        reading=_THREE_READING.format(9),
        domain=_AT_THREE,
        corrects="fc.cand.six",
        checks=(_NINE,),
        mutants=(
            Mutant.of(_NINE, "without (4, 4)", build=cyclic_network(lambda _: six())),
            Mutant.of(_NINE, "at p = 5", points=({"k": 3, "p": 5},)),
            Mutant.of(
                _NINE,
                "1 % more than Γ",
                relation=equal(MARGIN, GAMMA * rational(101, 100) * NORM),
            ),
        ),
    ),
    _claim(
        "six",
        _NINE_PHASES + "\\{(0,0),(0,4)\\}$, for $k=p=3$",
        "N=6",
        reading=_THREE_READING.format(6),
        domain=_AT_THREE,
        corrected_by="fc.cand.nine",
        checks=(_SIX,),
        mutants=_misses_mutants(_SIX, lambda _: nine()),
    ),
]
