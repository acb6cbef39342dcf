"""How few neurons vote right, and that the symmetry of the phases is not needed for it."""

from __future__ import annotations

from collections.abc import Sequence

from constructions.numbers import Turn
from constructions.voting import VotingNetwork, VotingNeuron, equal_phases, voting_network
from verify.claims.modular_addition.common import he
from verify.claims.modular_addition.indicator import CONVERSE, WEIGHTED, converse
from verify.claims.modular_addition.one_frequency_votes import (
    MODULI,
    SQUARE,
    one_frequency,
    voting_steps,
)
from verify.claims.modular_addition.phases import least_step
from verify.claims.modular_addition.terms import (
    phase_sums_vanish,
    proved,
    votes_right,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole, odd
from verify.formula import (
    Formula,
    implies,
    rational,
)
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

# -- is the symmetry necessary? ------------------------------------------------------------------

_ACCURATE = Domain.of(p=odd(3), network=Whole("aligned single-frequency networks of accuracy 1"))
_TWO = voting_network(3, [Turn.of(2, 5), Turn.of(3, 5)])
_SYMMETRIC = voting_network(3, equal_phases(3))


def _needs_symmetry(network: VotingNetwork) -> Formula:
    """Accuracy 1 implies (iii)."""
    return implies(votes_right(network), phase_sums_vanish(network))


_TWO_NEURONS = Check(
    name="two neurons at p = 3",
    procedure=counterexample,
    arguments={
        "formula": _needs_symmetry(_TWO),
        "point": {"p": 3, "network": "two neurons, k=1, φ = 2/5 and 3/5 turns, α = β = 1"},
        "values": {},
        "description": (
            "p=3, two neurons of frequency 1, φ = 2/5 and 3/5 turns, α = β = 1: all nine pairs are "
            "right, and Σ e^{2iφ} ≠ 0 (two phases never satisfy (iii), one neuron is never right)"
        ),
    },
)

# k and seven times φ of nine neurons without the symmetry, neighbours on the circle.
_NEIGHBOURS = (
    (1, 4), (1, 3), (1, 5), (2, 5), (2, 3), (2, 4), (3, 5), (3, 4), (3, 3),
)


def _nine(listed: Sequence[tuple[int, int]]) -> VotingNetwork:
    neurons = (VotingNeuron(frequency=k, phase=Turn.of(a, 7)) for k, a in listed)
    return VotingNetwork(modulus=7, neurons=tuple(neurons))


_NINE = Check(
    name="nine neurons at p = 7",
    procedure=counterexample,
    arguments={
        "formula": _needs_symmetry(_nine(_NEIGHBOURS)),
        "point": {"p": 7, "network": "three neurons at k=1, 2, 3, φ ∈ {3/7, 4/7, 5/7} turns"},
        "values": {},
        "description": (
            "p=7, nine neurons, three at each frequency, φ = 3/7, 4/7, 5/7 turns, α = β = 1: all "
            "49 pairs are right, and |Σe^{2iφ}| = 0.55, |Σe^{4iφ}| = 0.80 at every frequency"
        ),
    },
)

# -- surplus neurons -----------------------------------------------------------------------------

_FEW = Domain.of(p=Primes(3), network=Whole("aligned single-frequency networks of accuracy 1"))


def _needs_many(p: int) -> Formula:
    """Accuracy 1 of three neurons of frequency 1 implies M > K."""
    network = one_frequency(1, p)
    width, frequencies = len(network.neurons), (p - 1) // 2
    return implies(votes_right(network), rational(width) > frequencies)


_SEVEN = Check(
    name="three neurons at p = 7",
    procedure=counterexample,
    arguments={
        "formula": _needs_many(7),
        "point": {"p": 7, "network": "three neurons, k=1, φ = 0, 1/3, 2/3 turns, α = β = 1"},
        "values": {},
        "description": (
            "p=7, three neurons of frequency 1, φ = 0, 1/3, 2/3 turns, α = β = 1: all 49 pairs are "
            "right, with M = 3 = K"
        ),
    },
)


def _three_steps(p: int, *moduli: int) -> tuple[Check, ...]:
    """Three equally spaced phases of frequency 1 are right at every odd p; and 3 ≤ K at p."""
    few = Check(
        name="fewer neurons than frequencies",
        procedure=exact_statement,
        arguments={"formula": rational(3) < rational((p - 1) // 2), "points": ({},)},
    )
    return (*voting_steps(_FEW, SQUARE, *moduli), few)


_TWENTY_THREE = Check(
    name="three neurons at p = 23",
    procedure=refuted_by,
    arguments={
        "parts": _three_steps(23, *MODULI),
        "point": {"p": 23, "network": "three neurons, k=1, φ = 0, 1/3, 2/3 turns, α = β = 1"},
        "description": (
            "p=23, three neurons of frequency 1, φ = 0, 1/3, 2/3 turns, α = β = 1: all 529 pairs "
            "are right, with M = 3 and K = 11"
        ),
        "rests_on": ("voting neurons", "votes of some frequencies"),
    },
)
_MINIMAL = Domain.of(p=odd(3), network=Whole("diversified networks, and networks of one group"))


def _minimal_steps(factor: int) -> tuple[Check, ...]:
    return (*voting_steps(_MINIMAL, SQUARE, *MODULI), least_step(rational(factor)))


_MINIMUM = proved(
    "every odd modulus",
    _minimal_steps(1),
    _MINIMAL,
    "voting neurons",
    "votes of some frequencies",
    "least number of phases",
    "equally spaced phases",
)

CLAIMS = [
    Claim(
        id="he.symmetry-necessary",
        title="Perfect accuracy requires symmetric phases",
        source=he("blog Figure 6"),
        printed_kind="in",
        statement="Perfect accuracy requires the $\\iota=2,4$ symmetry.",
        domain=_ACCURATE,
        reading=(
            "An aligned network with σ(u) = u² whose label logit is strictly the largest at every "
            "(x, y) satisfies (iii) exactly. Weighted phase sums do not vanish for the witness "
            "either."
        ),
        falsified_by="an accurate network that violates (iii)",
        corrected_by="he.symmetry-necessary.corrected",
        checks=(_TWO_NEURONS, _NINE),
        mutants=(
            Mutant.of(_TWO_NEURONS, "symmetric phases obey", formula=_needs_symmetry(_SYMMETRIC)),
            Mutant.of(_NINE, "phases 0, 0, 0 err", formula=_needs_symmetry(
                _nine([(k, 0) for k, _ in _NEIGHBOURS]))),
        ),
    ),
    Claim(
        id="he.symmetry-necessary.corrected",
        title="The indicator requires symmetric phases, accuracy does not",
        source=he("blog Figure 6, corrected"),
        printed_kind="in",
        statement=(
            "The logits are those of the flawed indicator with $aN=A$ if and only if $A_k=A$ and "
            "$S_2^k=S_4^k=0$ for all $k$; this suffices for accuracy 1."
        ),
        domain=WEIGHTED,
        reading="Odd p, aligned, σ(u) = u², weights c_m = α_m²β_m; A > 0 for the accuracy.",
        falsified_by="a network that meets one side and not the other",
        corrects="he.symmetry-necessary",
        checks=(CONVERSE,),
        mutants=(Mutant.of(CONVERSE, "even moduli", parts=converse(3, 4)),),
    ),
    Claim(
        id="he.overparam-essential",
        title="Surplus neurons are essential",
        source=he("blog §6"),
        printed_kind="em",
        statement=(
            "Diversification needs $M\\gg K$; surplus neurons are essential for noise cancellation."
        ),
        domain=_FEW,
        reading=(
            "Essential: a network of accuracy 1 has more neurons than frequencies, M > K = "
            "(p−1)/2. (That diversification itself needs many neurons is true: M ≥ 3K.)"
        ),
        falsified_by="an accurate network with few neurons",
        corrected_by="he.overparam-essential.corrected",
        checks=(_SEVEN, _TWENTY_THREE),
        mutants=(
            Mutant.of(_SEVEN, "p = 5, where 3 > K", formula=_needs_many(5)),
            Mutant.of(_TWENTY_THREE, "p = 5, where 3 > K", parts=_three_steps(5, *MODULI)),
            Mutant.of(_TWENTY_THREE, "even moduli", parts=_three_steps(23, 3, 4)),
        ),
    ),
    Claim(
        id="he.overparam-essential.corrected",
        title="Diversification needs 3K neurons, accuracy needs three",
        source=he("blog §6, corrected"),
        printed_kind="in",
        statement=(
            "Full diversification with common $\\alpha^2\\beta$ needs $M\\ge3K$, and $M=3K$ "
            "suffices; three neurons of one frequency prime to $p$ cancel all noise and have "
            "accuracy 1."
        ),
        domain=_MINIMAL,
        reading="Odd p, aligned, σ(u) = u².",
        falsified_by="a diversified network with fewer neurons, or three such neurons that err",
        corrects="he.overparam-essential",
        checks=(_MINIMUM,),
        mutants=(Mutant.of(_MINIMUM, "a wrong identity for two phases", parts=_minimal_steps(2)),),
    ),
]
