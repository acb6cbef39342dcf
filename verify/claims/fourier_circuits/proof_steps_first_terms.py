"""Proof steps: the printed neurons of the first two terms for k = 3.

The second term's neurons are printed with phases whose cubes have other signs; their sum is
right.  With ±π/2 exchanged each neuron is right as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.claims.fourier_circuits.common import candidate, paper
from verify.claims.fourier_circuits.formal_neurons import (
    FIRST_POINTS,
    INPUTS,
    READING,
    X,
    Y,
    angles,
    identity,
    neuron,
)
from verify.core.claim import Check, Claim, Mutant, Source
from verify.formula import Formula, Term, cos, equal, sin, total, var
from verify.methods.refutations import first_failure

# The phases of (u_1, u_2, u_3, w), in turns.
_FIRST = ((0, 0, 0, 0), (0, 0, 1, 1), (0, 1, 0, 1), (1, 0, 0, 1))
_SECOND = ((1, 1, 0, 2), (1, 1, -2, 0), (1, -1, 0, 0), (-1, 1, 0, 0))
_EXCHANGED = ((-1, -1, 0, 2), (-1, -1, -2, 0), (-1, 1, 0, 0), (1, -1, 0, 0))


def _turns(vector: Sequence[int], unit: int) -> list[Fraction]:
    return [Fraction(t, unit) for t in vector]


def _sum_is(vectors: Sequence[Sequence[int]], unit: int, value: Term) -> Formula:
    neurons = [(_turns(v, unit)) for v in vectors]
    return equal(total([neuron(v[:3], last=v[3]) for v in neurons]), value)


_C1, _C2, _C3 = (cos(x) for x in X[:3])
_FIRST_VALUE = 24 * _C1 * _C2 * _C3 * cos(Y)


def _cubes(s1: Term, s2: Term, e: Term) -> list[Term]:
    """The four cubes of the second group, as printed, in its order."""
    return [-((s1 + s2 + e) ** 3), (s1 + s2 - e) ** 3, (s1 - s2 + e) ** 3, (-s1 + s2 + e) ** 3]


_SECOND_CUBES = _cubes(sin(X[0]), sin(X[1]), _C3)
_SECOND_VALUE = -24 * sin(X[0]) * sin(X[1]) * _C3 * cos(Y)


def _one_neuron(vector: Sequence[int], cube: Term) -> Formula:
    turns = _turns(vector, 4)
    return equal(neuron(turns[:3], last=turns[3]), cube * cos(Y))


def _at_point(vector: Sequence[int], number: int) -> Formula:
    """The printed value of one neuron at p, ζ, a_1, a_2, a_3, c."""
    turns = _turns(vector, 4)
    *inputs, label = angles(var("zeta"))
    value = neuron(turns[:3], last=turns[3], inputs=inputs, label=label)
    cube = _cubes(sin(inputs[0]), sin(inputs[1]), cos(inputs[2]))[number]
    return equal(value, cube * cos(label))


_CUBE_NAMES = ("-(s_1+s_2+e)^3", "(s_1+s_2-e)^3", "(s_1-s_2+e)^3", "(-s_1+s_2+e)^3")
_PRINTED_PHASES = (
    "(\\pi/2,\\pi/2,0,\\pi)",
    "(\\pi/2,\\pi/2,-\\pi,0)",
    "(\\pi/2,-\\pi/2,0,0)",
    "(-\\pi/2,\\pi/2,0,0)",
)
_EXCHANGED_PHASES = (
    "(-\\pi/2,-\\pi/2,0,\\pi)",
    "(-\\pi/2,-\\pi/2,-\\pi,0)",
    "(-\\pi/2,\\pi/2,0,0)",
    "(\\pi/2,-\\pi/2,0,0)",
)
_WITH = "with $s_i=\\sin_\\zeta(a_i)$, $e=\\cos_\\zeta(a_3)$"


def _printed_neuron(number: int) -> Claim:
    """One of the four neurons with the printed phases."""
    check = Check(
        name="smallest input",
        procedure=first_failure,
        arguments={
            "formula": _at_point(_SECOND[number], number),
            "points": FIRST_POINTS,
            "description": "p=3, ζ=1, a=(0, 1, 0), c=0: cos(x+π/2) is −sin x, so s_1 and s_2 have "
            "the other sign",
        },
    )
    return Claim(
        id=f"fc.second-term.neuron-{number + 1}",
        title=f"Neuron {number + 1} of the second group",
        source=paper("(27)"),
        printed_kind="id",
        statement=(
            f"Phases ${_PRINTED_PHASES[number]}$ give $\\cos_\\zeta(c)$ times "
            f"${_CUBE_NAMES[number]}$, {_WITH}."
        ),
        domain=INPUTS,
        reading=READING,
        falsified_by="an input and a label where the neuron has another value",
        corrected_by=f"fc.cand.second-term-signs.neuron-{number + 1}",
        checks=(check,),
        mutants=(
            Mutant.of(
                check, "the exchanged phases obey", formula=_at_point(_EXCHANGED[number], number)
            ),
            Mutant.of(check, "inputs that are all equal", points=FIRST_POINTS[:3]),
        ),
    )


def _exchanged_neuron(number: int) -> Claim:
    check = identity(_one_neuron(_EXCHANGED[number], _SECOND_CUBES[number]))
    return Claim(
        id=f"fc.cand.second-term-signs.neuron-{number + 1}",
        title=f"Neuron {number + 1} of the second group, ±π/2 exchanged",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement=(
            f"Phases ${_EXCHANGED_PHASES[number]}$ give $\\cos_\\zeta(c)$ times "
            f"${_CUBE_NAMES[number]}$, {_WITH}."
        ),
        domain=INPUTS,
        reading=READING + " Only ±π/2 are exchanged; −π and π are one phase.",
        falsified_by="an input and a label where the neuron has another value",
        corrects=f"fc.second-term.neuron-{number + 1}",
        checks=(check,),
        mutants=(
            Mutant.of(
                check,
                "the printed phases",
                formula=_one_neuron(_SECOND[number], _SECOND_CUBES[number]),
            ),
        ),
    )


def _second_sum(
    claim_id: str,
    source: Source,
    kind: str,
    vectors: Sequence[Sequence[int]],
    phases: Sequence[str],
) -> Claim:
    check = identity(_sum_is(vectors, 4, _SECOND_VALUE))
    return Claim(
        id=claim_id,
        title="The four neurons of the second group add up to its term",
        source=source,
        printed_kind=kind,
        statement=(
            f"The neurons with phases ${', '.join(phases)}$ have the sum "
            f"$-24\\,s_1s_2e\\cos_\\zeta(c)$, {_WITH}."
        ),
        domain=INPUTS,
        reading=(
            READING + " Exchanging ±π/2 permutes the four neurons modulo 2π, so the sum is the "
            "same for both."
        ),
        falsified_by="an input and a label where the sum has another value",
        checks=(check,),
        mutants=(
            Mutant.of(check, "the sum +24", formula=_sum_is(vectors, 4, -_SECOND_VALUE)),
            Mutant.of(
                check, "three of the neurons", formula=_sum_is(vectors[:3], 4, _SECOND_VALUE)
            ),
        ),
    )


_FIRST_SUM = identity(_sum_is(_FIRST, 2, _FIRST_VALUE))

CLAIMS = [
    Claim(
        id="fc.first-term",
        title="Four neurons build the product of the cosines",
        source=paper("(26)"),
        printed_kind="id",
        statement=(
            "$k=3$: the neurons with phases $(0,0,0,0),(0,0,\\pi,\\pi),(0,\\pi,0,\\pi),"
            "(\\pi,0,0,\\pi)$ have the sum "
            "$24\\cos_\\zeta(a_1)\\cos_\\zeta(a_2)\\cos_\\zeta(a_3)\\cos_\\zeta(c)$."
        ),
        domain=INPUTS,
        reading=READING,
        falsified_by="an input and a label where the sum has another value",
        checks=(_FIRST_SUM,),
        mutants=(
            Mutant.of(_FIRST_SUM, "12 instead of 24", formula=_sum_is(_FIRST, 2, _FIRST_VALUE / 2)),
            Mutant.of(
                _FIRST_SUM, "three of the neurons", formula=_sum_is(_FIRST[:3], 2, _FIRST_VALUE)
            ),
        ),
    ),
    *map(_printed_neuron, range(4)),
    _second_sum("fc.second-term.sum", paper("(27)"), "id", _SECOND, _PRINTED_PHASES),
    *map(_exchanged_neuron, range(4)),
    _second_sum(
        "fc.cand.second-term-signs.sum",
        candidate("single neuron"),
        "candidate",
        _EXCHANGED,
        _EXCHANGED_PHASES,
    ),
]
