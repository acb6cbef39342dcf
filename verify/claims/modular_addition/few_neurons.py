"""How few neurons vote right, and what the symmetry of the phases is needed for."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from constructions.numbers import Turn
from constructions.voting import VotingNetwork, VotingNeuron, equal_phases, voting_network
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.indicator import CONVERSE, WEIGHTED, converse
from verify.claims.modular_addition.neurons import (
    EQUAL_GROUP,
    UNEQUAL_GROUP,
    UNEQUAL_MAGNITUDES,
    proportional,
)
from verify.claims.modular_addition.phases import least_step
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    D,
    P,
    all_of,
    formally,
    neuron_step,
    phase_sums_vanish,
    proved,
    votes_right,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole, odd
from verify.formula import (
    Formula,
    Term,
    cos,
    equal,
    exists,
    forall_range,
    implies,
    rational,
    sin,
    var,
)
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

# -- one frequency, a set of frequencies ---------------------------------------------------------

_ONE = Domain.of(p=odd(3), group=Whole("one group with S_2 = S_4 = 0 at a frequency k"))
_SET = Domain.of(p=odd(3), group=Whole("groups with S_2 = S_4 = 0 at a set L of frequencies"))


def _half_angle_step(scope: Domain, square: Term) -> Check:
    """1 − cos 2t = square: true for 2 sin² t.  So cos 2t = 1 iff sin t = 0."""
    return formally("half angle", equal(1 - cos(2 * D), square), scope, symbols={"d": "angle"})


def _never_zero(*moduli: int) -> Check:
    """cos²(kd/2p) ≠ 0 for all d: 2kd = p·(odd number) has no solution for odd p."""
    d, k = var("d"), var("k")
    body = forall_range("k", 1, P - 1, lambda _: cos(k * d / (2 * P)) ** 2 > 0)
    return Check(
        name="positive prefactors at small p",
        procedure=exact_statement,
        arguments={
            "formula": forall_range("d", 0, P - 1, lambda _: body),
            "points": tuple({"p": p} for p in moduli),
        },
    )


def _voting_steps(scope: Domain, square: Term, *moduli: int) -> tuple[Check, ...]:
    return neuron_step(scope), _half_angle_step(scope, square), _never_zero(*moduli)


_SQUARE = 2 * sin(D) ** 2
_MODULI = (3, 5, 7, 9)


def _votes(name: str, scope: Domain) -> Check:
    return proved(
        name,
        _voting_steps(scope, _SQUARE, *_MODULI),
        scope,
        "voting neurons",
        "votes of some frequencies",
    )


def _vote_mutants(check: Check, scope: Domain) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "even moduli", parts=_voting_steps(scope, _SQUARE, 3, 4)),
        Mutant.of(
            check, "half angle with a cosine", parts=_voting_steps(scope, 2 * cos(D) ** 2, *_MODULI)
        ),
    )


def _one_frequency(k: int, p: int) -> VotingNetwork:
    return voting_network(p, equal_phases(3), frequencies=[k])


def _iff(moduli: tuple[int, ...], *, flipped: bool = False) -> Formula:
    """Three neurons at k vote right iff gcd(k, p) = 1, for every k ≤ (p−1)/2."""
    formulas = []
    for p in moduli:
        for k in range(1, (p - 1) // 2 + 1):
            right = votes_right(_one_frequency(k, p))
            formulas.append(right if (gcd(k, p) == 1) != flipped else ~right)
    return all_of(formulas)


_ONE_PROVED = _votes("every odd modulus", _ONE)
_ONE_SMALL = Check(
    name="every frequency at p = 3, 5, 9",
    procedure=exact_statement,
    arguments={"formula": _iff((3, 5, 9)), "points": ({},), "scope": Domain.at()},
)
_SET_PROVED = _votes("every odd modulus", _SET)

_THREE = Domain.of(p=Primes(3))
_THREE_PROVED = _votes("three neurons", _THREE)

# -- the smallest margin of one frequency --------------------------------------------------------

_COPRIME = Domain.of(
    p=odd(3), group=Whole("one group with S_2 = S_4 = 0 at a frequency k with gcd(k, p) = 1")
)


def _margin_formula(value: Term) -> Formula:
    """The least cos²(d/2p)(1 − cos(δ/p)), δ ≠ 0, is the value: attained, and nothing is less."""
    d, delta = var("d"), var("delta")

    def here(_: Term) -> Term:
        return cos(d / (2 * P)) ** 2 * (1 - cos(delta / P))

    least = forall_range(
        "d", 0, P - 1, lambda _: forall_range("delta", 1, P - 1, lambda _: here(d) >= value)
    )
    attained = exists(
        "d", 0, P - 1, lambda _: exists("delta", 1, P - 1, lambda _: equal(here(d), value))
    )
    return least & attained


def _margin_steps(value: Term) -> tuple[Check, ...]:
    small = Check(
        name="smallest product at small p",
        procedure=exact_statement,
        arguments={
            "formula": _margin_formula(value),
            "points": tuple({"p": p} for p in _MODULI),
        },
    )
    return (*_voting_steps(_COPRIME, _SQUARE, *_MODULI), small)


_VALUE = sin(1 / (4 * P)) ** 2 * (1 - cos(1 / P))
_MARGIN = proved(
    "every odd modulus",
    _margin_steps(_VALUE),
    _COPRIME,
    "voting neurons",
    "votes of some frequencies",
)

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
    network = _one_frequency(1, p)
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
    return (*_voting_steps(_FEW, _SQUARE, *moduli), few)


_TWENTY_THREE = Check(
    name="three neurons at p = 23",
    procedure=refuted_by,
    arguments={
        "parts": _three_steps(23, *_MODULI),
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
    return (*_voting_steps(_MINIMAL, _SQUARE, *_MODULI), least_step(rational(factor)))


_MINIMUM = proved(
    "every odd modulus",
    _minimal_steps(1),
    _MINIMAL,
    "voting neurons",
    "votes of some frequencies",
    "least number of phases",
    "equally spaced phases",
)

# -- noise ---------------------------------------------------------------------------------------

_NOISE = Domain.of(
    p=odd(3), network=Whole("balanced networks against aligned ones of the same strengths A_k")
)


def _noise_steps(strength: Term) -> tuple[Check, ...]:
    return (neuron_step(_NOISE, strength=strength), *converse(3, 5)[1:])


_QUIET = proved(
    "every odd modulus",
    _noise_steps(ALPHA**2 * BETA),
    _NOISE,
    "voting neurons",
    "converse of the flawed indicator",
)

_QUIET_MUTANTS = (
    Mutant.of(_QUIET, "strength α β²", parts=_noise_steps(ALPHA * BETA**2)),
    Mutant.of(_QUIET, "even moduli", parts=(neuron_step(_NOISE), *converse(3, 4)[1:])),
)
# A vote without noise at k = 1 is proportional to Q_1 C_1(x+y−j), so this shows noise.
_NOISY = Check(
    name="three neurons at p = 3",
    procedure=counterexample,
    arguments={
        "formula": proportional(UNEQUAL_GROUP),
        "point": {"p": 3, "network": f"k=1, φ = 0, 1/3, 2/3 turns, (α, β) = {UNEQUAL_MAGNITUDES}"},
        "values": {},
        "description": (
            f"p=3, k=1, phases 0, 1/3, 2/3 turns, (α, β) = {UNEQUAL_MAGNITUDES}, so αβ² = 1 for "
            "all, but Σα²βe^{2iφ} ≠ 0: the vote is no multiple of Q_1C_1(x+y−j), while three "
            "equal neurons have no noise"
        ),
    },
)
_NOISE_READ = (
    "Noise: the part of the logits that depends on the phases, f − Σ_k A_k Q_k C_k(x+y−j), in any "
    "norm; A_k = Σα_m²β_m. The ghosts at 2x, 2y are not noise in this sense: no phases remove "
    "them."
)

_ONE_READING = (
    "Odd p, aligned, σ(u) = u², c_m > 0; accuracy 1: the label's logit is strictly the largest at "
    "every (x, y). "
)

CLAIMS = [
    Claim(
        id="he.cand.one-frequency.single",
        title="When one frequency is enough",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Odd $p$, one group at $k$ with $S_2=S_4=0$: accuracy 1 $\\iff$ $\\gcd(k,p)=1$."
        ),
        domain=_ONE,
        reading=_ONE_READING + "k is any frequency in 1..p−1.",
        falsified_by="p and k where one side holds and not the other",
        checks=(_ONE_PROVED, _ONE_SMALL),
        mutants=(
            *_vote_mutants(_ONE_PROVED, _ONE),
            Mutant.of(_ONE_SMALL, "gcd(k, p) ≠ 1", formula=_iff((3, 5, 9), flipped=True)),
        ),
    ),
    Claim(
        id="he.cand.one-frequency.set",
        title="When a set of frequencies is enough",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Odd $p$, groups with $S_2=S_4=0$ at a set $L$ of frequencies: accuracy 1 $\\iff$ "
            "$\\gcd(L\\cup\\{p\\})=1$."
        ),
        domain=_SET,
        reading=_ONE_READING + "The strengths A_k > 0 may differ.",
        falsified_by="p and L where one side holds and not the other",
        checks=(_SET_PROVED,),
        mutants=_vote_mutants(_SET_PROVED, _SET),
    ),
    Claim(
        id="he.cand.one-frequency.three",
        title="Three neurons suffice for a prime modulus",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="3 neurons suffice for prime $p$.",
        domain=_THREE,
        reading=_ONE_READING
        + "p is an odd prime: three equally spaced phases at k = 1, which suffice for every odd p. "
        "For p = 2 there is no frequency in 1..(p−1)/2.",
        falsified_by="a prime at which no three neurons have accuracy 1",
        checks=(_THREE_PROVED,),
        mutants=_vote_mutants(_THREE_PROVED, _THREE),
    ),
    Claim(
        id="he.cand.one-frequency.margin",
        title="The smallest margin of one frequency",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=("The smallest margin for one $k$ is $aN\\sin^2(\\pi/2p)(1-\\cos(2\\pi/p))$."),
        domain=_COPRIME,
        reading=_ONE_READING
        + "aN := A = Σ c_m, gcd(k, p) = 1 (otherwise the smallest margin is 0).",
        falsified_by="p and k with another margin",
        checks=(_MARGIN,),
        mutants=(
            Mutant.of(
                _MARGIN,
                "sin²(π/p)",
                parts=_margin_steps(sin(1 / (2 * P)) ** 2 * (1 - cos(1 / P))),
            ),
            Mutant.of(
                _MARGIN,
                "1 − cos(π/p)",
                parts=_margin_steps(sin(1 / (4 * P)) ** 2 * (1 - cos(1 / (2 * P)))),
            ),
        ),
    ),
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
            Mutant.of(_TWENTY_THREE, "p = 5, where 3 > K", parts=_three_steps(5, *_MODULI)),
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
    Claim(
        id="he.noise-minimiser",
        title="The balanced ensemble minimises the vote's noise",
        source=he("blog Observation 3"),
        printed_kind="in",
        statement="The balanced ensemble minimises the vote's noise.",
        domain=_NOISE,
        reading=(
            "Balanced: full diversification with (ii) as printed, a common α_mβ_m². " + _NOISE_READ
        ),
        falsified_by="a configuration with less noise",
        corrected_by="he.noise-minimiser.corrected",
        checks=(_NOISY,),
        mutants=(Mutant.of(_NOISY, "equal magnitudes obey", formula=proportional(EQUAL_GROUP)),),
    ),
    Claim(
        id="he.noise-minimiser.corrected",
        title="The ensemble of equal strengths minimises the vote's noise",
        source=he("blog Observation 3, corrected"),
        printed_kind="in",
        statement=(
            "Under (i), (iii) and a common $\\alpha_m^2\\beta_m$ the vote has no noise; any "
            "network with some $S_2^k$ or $S_4^k\\ne0$ has some."
        ),
        domain=_NOISE,
        reading=_NOISE_READ,
        falsified_by="a configuration with less noise",
        corrects="he.noise-minimiser",
        checks=(_QUIET,),
        mutants=_QUIET_MUTANTS,
    ),
    Claim(
        id="he.noise-minimiser.equal-magnitudes",
        title="The ensemble of equal magnitudes minimises the vote's noise",
        source=he("blog Observation 3"),
        printed_kind="in",
        statement="The balanced ensemble minimises the vote's noise.",
        domain=_NOISE,
        reading="Balanced: equal magnitudes α, β and (iii) at every frequency. " + _NOISE_READ,
        falsified_by="a configuration with less noise",
        checks=(_QUIET,),
        mutants=_QUIET_MUTANTS,
    ),
]
