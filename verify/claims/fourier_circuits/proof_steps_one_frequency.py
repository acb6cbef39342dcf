"""Proof steps: all terms of one frequency for k = 3, and the network of all frequencies.

Eight terms of four neurons make 32 neurons per frequency.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from verify.claims.fourier_circuits.common import K, paper
from verify.claims.fourier_circuits.formal_neurons import (
    INPUTS,
    POINT_NAMES,
    Phases,
    X,
    Y,
    angles,
    identity,
    neuron,
    term_neurons,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, binom, cos, equal, iverson, rational, total, var
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure, refuted_by

# Four neurons for each of the eight terms.
_EIGHT_GROUPS = [v for b in product((0, 1), repeat=3) for v in term_neurons(b)]
_HEIGHT = 24
_WITHOUT_FREQUENCY = ("p", *POINT_NAMES)
_NETWORKS = Domain({name: INPUTS.sets[name] for name in _WITHOUT_FREQUENCY})


def _frequency(height: Term, neurons: Sequence[Phases] = tuple(_EIGHT_GROUPS)) -> Check:
    """Σ of the neurons of one frequency = height · cos(x_1 + x_2 + x_3 − y)."""
    wave = cos(X[0] + X[1] + X[2] - Y)
    formula = equal(total([neuron(v) for v in neurons]), height * wave)
    return identity(formula, name="32 neurons, formal angles")


def _number_of_neurons() -> Term:
    """The terms with s sines among k + 1 angles and Re i^s ≠ 0, times 2^{k−1}."""
    terms = total("s", 0, K + 1, lambda s: binom(K + 1, s) * iverson(~equal(cos(s / 4), 0)))
    return terms * rational(2) ** (K - 1)


def _counted(formula: Formula) -> Check:
    return Check(
        name="terms times neurons",
        procedure=exact_statement,
        arguments={
            "formula": formula,
            "points": ({"k": 3},),
            "scope": INPUTS,
            "rests_on": ("angle sum", "neurons of one term"),
        },
    )


def _whole_network(height: int) -> Formula:
    """Unit neurons for ζ = 1..(p−1)/2 at p, a_1, a_2, a_3, c are height · Σ_ζ cos_ζ(Σa − c)."""

    def neurons(zeta: Term) -> Term:
        *inputs, label = angles(zeta)
        return total([neuron(v, inputs=inputs, label=label) for v in _EIGHT_GROUPS])

    def wave(zeta: Term) -> Term:
        *inputs, label = angles(zeta)
        return cos(total(inputs) - label)

    half = (var("p") - 1) / 2
    return equal(total("zeta", 1, half, neurons), height * total("zeta", 1, half, wave))


_NO_COUNT = {
    "point": {"p": 3, "zeta": 1, **dict.fromkeys(POINT_NAMES, 0)},
    "description": "p=3: the only frequency has 8 terms of 4 neurons, 32 in all and not 56",
}


def _not_so_many(number: int) -> tuple[Check, ...]:
    return (_frequency(rational(_HEIGHT)), _counted(~equal(_number_of_neurons(), number)))


_FIFTY_SIX = Check(
    name="the neurons of the eight terms",
    procedure=refuted_by,
    arguments={"parts": _not_so_many(56), **_NO_COUNT, "rests_on": ("neurons of one term",)},
)
_UNIT = Check(
    name="smallest input",
    procedure=first_failure,
    arguments={
        "formula": _whole_network(1),
        "points": tuple(
            {"p": 3, **dict(zip(POINT_NAMES, values, strict=True))}
            for values in product(range(3), repeat=4)
        ),
        "description": "p=3, a=(0, 0, 0), c=0: the 32 neurons add up to 24, the cosine is 1",
    },
)
_SCALED = _frequency(rational(_HEIGHT))


def _per_frequency(height: int, number: int, neurons: Sequence[Phases]) -> dict[str, tuple]:
    counted = _counted(equal(_number_of_neurons(), number))
    return {"parts": (_frequency(rational(height), neurons), counted)}


_THIRTY_TWO = Check(
    name="the neurons of the eight terms",
    procedure=conjunction,
    arguments={**_per_frequency(_HEIGHT, 32, _EIGHT_GROUPS), "scope": INPUTS},
)
_SUCH = (
    "“Such” neurons are those of the proof: four for each of the eight terms of (25), with phases "
    "in multiples of π/2 and Σθ_{u_j} = θ_w. "
)

CLAIMS = [
    Claim(
        id="fc.neurons-32",
        title="32 neurons for each frequency",
        source=paper("Lemma G.2"),
        printed_kind="id",
        statement="$k=3$: 32 neurons per frequency build $\\cos_\\zeta(a_1+a_2+a_3-c)$.",
        domain=INPUTS,
        reading=(
            _SUCH + "Build: with unit amplitude they add up to 24 cos_ζ(a_1+a_2+a_3−c). A "
            "sufficient number; nothing is said about fewer."
        ),
        falsified_by="an input and a label where the sum has another value, or another number",
        corrects="fc.neurons-56.count",
        checks=(_THIRTY_TWO,),
        mutants=(
            Mutant.of(_THIRTY_TWO, "12 instead of 24", **_per_frequency(12, 32, _EIGHT_GROUPS)),
            Mutant.of(
                _THIRTY_TWO,
                "28 neurons: one term left out",
                **_per_frequency(_HEIGHT, 32, _EIGHT_GROUPS[4:]),
            ),
            Mutant.of(_THIRTY_TWO, "56 neurons", **_per_frequency(_HEIGHT, 56, _EIGHT_GROUPS)),
        ),
    ),
    Claim(
        id="fc.neurons-56.count",
        title="56 such neurons",
        source=paper("Lemma G.2"),
        printed_kind="id",
        statement="$k=3$: the construction has “such 56 neurons”.",
        domain=INPUTS,
        reading=(
            _SUCH + "56 is their number for each frequency, or for all (p−1)/2 frequencies "
            "together; there are 32 and 16(p−1), so neither reading holds for any p. (56 neurons "
            "that do it exist: split some of the 32.)"
        ),
        falsified_by="a modulus for which the construction has another number of neurons",
        corrected_by="fc.neurons-32",
        checks=(_FIFTY_SIX,),
        mutants=(
            Mutant.of(_FIFTY_SIX, "32", parts=_not_so_many(32)),
            Mutant.of(
                _FIFTY_SIX,
                "neurons that add up to something else",
                parts=(_frequency(rational(12)), *_not_so_many(56)[1:]),
            ),
        ),
    ),
    Claim(
        id="fc.neurons-56.unit",
        title="The network of unit neurons is a sum of cosines",
        source=paper("Lemma G.2"),
        printed_kind="id",
        statement=(
            "$k=3$: with such neurons for all $\\zeta$ the network is "
            "$\\sum_\\zeta\\cos_\\zeta(a_1+a_2+a_3-c)$."
        ),
        domain=_NETWORKS,
        reading=(
            _SUCH + "Read literally: equality of functions, with the unit amplitude of (26) and "
            "(27). ζ runs over 1..(p−1)/2. With another amplitude see fc.neurons-56.scaled."
        ),
        falsified_by="an input and a label where the network has another value",
        corrected_by="fc.neurons-56.scaled",
        checks=(_UNIT,),
        mutants=(Mutant.of(_UNIT, "24 times the sum obeys", formula=_whole_network(_HEIGHT)),),
    ),
    Claim(
        id="fc.neurons-56.scaled",
        title="The network of scaled neurons is a sum of cosines",
        source=paper("Lemma G.2"),
        printed_kind="id",
        statement=(
            "$k=3$: with such neurons of amplitude $24^{-1/4}$ for all $\\zeta$ the network is "
            "$\\sum_\\zeta\\cos_\\zeta(a_1+a_2+a_3-c)$."
        ),
        domain=_NETWORKS,
        reading=(
            _SUCH + "A neuron of amplitude s is s⁴ times that of unit amplitude, so the amplitude "
            "24^{−1/4} turns the 24 cosines of a frequency into one. The identity holds at each ζ."
        ),
        falsified_by="an input and a label where the network has another value",
        corrects="fc.neurons-56.unit",
        checks=(_SCALED,),
        mutants=(
            Mutant.of(
                _SCALED,
                "amplitude 12^{−1/4}",
                formula=_frequency(rational(12)).arguments["formula"],
            ),
            Mutant.of(
                _SCALED,
                "one term left out",
                formula=_frequency(rational(24), _EIGHT_GROUPS[4:]).arguments["formula"],
            ),
        ),
    ),
]
