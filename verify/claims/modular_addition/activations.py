"""Networks with other activations than u²: uniform phases, accuracy, ghosts."""

from __future__ import annotations

from collections.abc import Callable

from constructions.voting import VotingNetwork, equal_phases, voting_network
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.indicator import steps
from verify.claims.modular_addition.margins import leads_step
from verify.claims.modular_addition.terms import (
    DIVERSIFIED,
    HALF,
    PHI,
    D,
    J,
    S,
    X,
    Y,
    formally,
    indeterminates,
    logit,
    phase_sums_vanish,
    proved,
    votes_right,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import (
    Formula,
    Term,
    absolute,
    all_of,
    cos,
    equal,
    implies,
    rational,
    sin,
    total,
    var,
)
from verify.methods.combine import counterexample
from verify.methods.refutations import refuted_by

_HAAR = Domain.of(
    p=at_least(2), network=Whole("aligned networks with uniform phases, and activations σ")
)
_VOTING = Domain.of(
    p=odd(3), network=Whole("aligned networks with uniform phases, and σ with votes ≥ 0 as read")
)
_LEMMAS = ("uniform phases",)

# -- steps ---------------------------------------------------------------------------------------


def _factor_step(multiple: int = 2) -> Check:
    """cos(x+φ) + cos(y+φ) = multiple·cos d·cos(s+φ): true for 2."""
    left = cos(X + PHI) + cos(Y + PHI)
    return formally(
        "sum of the embeddings",
        equal(left, multiple * cos(D) * cos(S + PHI)),
        _HAAR,
        symbols=dict.fromkeys(("s", "d", "phi"), "angle"),
    )


def _reflection_step(multiple: int = 2) -> Check:
    """cos(2t+j) + cos(−2t+j) = multiple·cos 2t·cos j: t and −t have one σ(A cos t); true for 2.

    With it t + ½ turn: σ's odd part changes sign, cos 2t does not.
    """
    t = var("t")
    pair = equal(cos(2 * t + J) + cos(J - 2 * t), multiple * cos(2 * t) * cos(J))
    half = rational(1, 2)
    turned = equal(cos(t + half), -cos(t)) & equal(cos(2 * (t + half)), cos(2 * t))
    return formally("reflections", pair & turned, _HAAR, symbols=dict.fromkeys(("t", "j"), "angle"))


def _half_angle_step(square: Term) -> Check:
    """1 − cos 2t = square: true for 2 sin² t."""
    return formally("half angle", equal(1 - cos(2 * D), square), _HAAR, symbols={"d": "angle"})


_STEPS = (_factor_step(), _reflection_step())
_FORMULA = proved("every activation", _STEPS, _HAAR, *_LEMMAS)
_FORMULA_MUTANTS = (
    Mutant.of(_FORMULA, "amplitude α cos d", parts=(_factor_step(1), _reflection_step())),
    Mutant.of(_FORMULA, "half the vote", parts=(_factor_step(), _reflection_step(1))),
)
_SQUARE = 2 * sin(D) ** 2
_ACCURATE = proved(
    "every such activation",
    (*_STEPS, _half_angle_step(_SQUARE)),
    _VOTING,
    *_LEMMAS,
    "votes of some frequencies",
)


def _accuracy_mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(
            check,
            "a wave that is largest elsewhere",
            parts=(*_STEPS, _half_angle_step(2 * cos(D) ** 2)),
        ),
        Mutant.of(
            check,
            "half the vote",
            parts=(_factor_step(), _reflection_step(1), _half_angle_step(_SQUARE)),
        ),
    )


# -- every activation with an even part? ---------------------------------------------------------

_THREE = voting_network(3, equal_phases(3))
_FIVE: VotingNetwork = voting_network(5, equal_phases(3))
_DIVERSIFIED_WITH_SIGMA = Domain.of(
    p=odd(3), network=Whole("fully diversified networks, and activations")
)
_HAAR_WITH_SIGMA = Domain.of(
    p=odd(3), network=Whole("networks with uniform phases, and activations")
)


def _relu(u: Term) -> Term:
    return HALF * (u + absolute(u))


def _square(u: Term) -> Term:
    return u**2


def _accurate_with(
    network: VotingNetwork, pair: tuple[int, int], activation: Callable[[Term], Term]
) -> Formula:
    """(iii) implies that the network is right at the pair."""
    right = votes_right(network, pairs=[pair], activation=activation)
    return implies(phase_sums_vanish(network), right)


def _relu_errs(network: VotingNetwork, right: str) -> Check:
    p = network.modulus
    frequencies = "k=1" if p == 3 else "k=1, 2"
    where = f"phases 0, 1/3, 2/3 turns at {frequencies}, α = β = 1"
    return Check(
        name=f"ReLU at p = {p}",
        procedure=counterexample,
        arguments={
            "formula": _accurate_with(network, (0, 1), _relu),
            "point": {"p": p, "network": where},
            "values": {},
            "shown": {"activation": "ReLU", "x": 0, "y": 1},
            "description": (
                f"p={p}, ReLU, {where}: at (0, 1) the largest logit is not that of 1; {right} "
                "pairs are right"
            ),
        },
    )


_RELU_THREE = _relu_errs(_THREE, "3 of 9")
_RELU_FIVE = _relu_errs(_FIVE, "9 of 25")


def _square_obeys(check: Check, network: VotingNetwork) -> Mutant:
    formula = _accurate_with(network, (0, 1), _square)
    return Mutant.of(check, "σ(u) = u² obeys", formula=formula)


def _six_phases(reflected: Callable[[Term], Term]) -> tuple[Check, ...]:
    """Σ s·ξ + reflected(s)·ξ' over three pairs of phases φ, φ + ½ turn is 0: true for 1 − s.

    θ changes its sign with φ → φ + ½ turn and ξ does not; the logistic σ has σ(−u) = 1 − σ(u).
    With j for j + 2φ_0 it holds from every offset φ_0, hence for the mean over uniform phases.
    """
    t, half = var("t"), rational(1, 2)
    pairs = []
    for m in range(3):
        s, phase = var(f"s{m}"), rational(m, 3)
        pairs.append(s * cos(J + 2 * phase) + reflected(s) * cos(J + 2 * (phase + half)))
    formula = equal(cos(t + half), -cos(t)) & equal(total(pairs), 0)
    symbols = {"j": "angle", "t": "angle"} | indeterminates("s0", "s1", "s2")
    return (formally("six phases", formula, _HAAR, symbols=symbols),)


def _sigmoid(network: str, *rests_on: str) -> Check:
    return Check(
        name="the logistic sigmoid",
        procedure=refuted_by,
        arguments={
            "parts": _six_phases(lambda s: 1 - s),
            "point": {"p": 3, "network": network},
            "shown": {"activation": "1/(1 + e^{−u})"},
            "description": (
                f"{network}: the logistic sigmoid has the even part 1/2, and all logits are 0, as "
                "σ(u) + σ(−u) = 1 for phases half a turn apart"
            ),
            "rests_on": rests_on,
        },
    )


_SIX_SIGMOID = _sigmoid("phases 0, 1/6, …, 5/6 turns at k=1, α = β = 1")
_HAAR_SIGMOID = _sigmoid("uniform phases at k=1, α = β = 1")


def _even_errs_not(check: Check) -> Mutant:
    return Mutant.of(check, "σ(−u) = σ(u)", parts=_six_phases(lambda s: s))


# -- ghosts --------------------------------------------------------------------------------------

_SIGMAS = Domain.of(p=odd(3), network=Whole("diversified networks with σ other than ReLU"))


def _no_peaks(ghosts: tuple[int, ...], background: tuple[int, ...]) -> Formula:
    """σ(u) = u² at (0, 1): it is not so that the ghosts stand out of the background."""
    peaks = [
        logit(_FIVE, 0, 1, ghost) > logit(_FIVE, 0, 1, other)
        for ghost in ghosts
        for other in background
    ]
    return ~all_of(peaks)


_GHOSTS = Check(
    name="σ(u) = u² at p = 5",
    procedure=counterexample,
    arguments={
        "formula": _no_peaks((0, 2), (3, 4)),
        "point": {"p": 5, "network": "σ(u) = u², φ = 0, 1/3, 2/3 turns at k=1, 2, α = β = 1"},
        "values": {},
        "shown": {"x": 0, "y": 1},
        "description": (
            "p=5, σ(u) = u², phases 0, 1/3, 2/3 turns at k=1, 2, α = β = 1: at (0, 1) the logits "
            "at 0 and 2 are 3/8 and at 3 and 4 they are −3/2 (at p = 3 there is no background)"
        ),
    },
)
_ORIGIN = Domain.of(p=odd(3), network=DIVERSIFIED.sets["network"])


def _origin_steps(multiple: int = 2) -> tuple[Check, ...]:
    return (*steps(), leads_step(), _factor_step(multiple))


_PREFACTORS = proved(
    "every odd modulus",
    _origin_steps(),
    _ORIGIN,
    "voting neurons",
    "flawed indicator",
    "cosine sums",
    "margins of the flawed indicator",
    "prefactor of ReLU",
)

_HAAR_READING = (
    "Uniform phases: the mean over φ uniform on the circle, N times at each listed frequency; "
    "aligned, common α and β; σ continuous. "
)

CLAIMS = [
    Claim(
        id="he.cand.second-coefficient.formula",
        title="What an activation votes for when phases are uniform",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Haar phases, $\\psi=2\\varphi$: "
            "$f=\\sum_kN\\beta\\,c_2(2\\alpha|\\cos(\\omega_k(x-y)/2)|)C_k(x+y-j)$, "
            "$c_2(A)=E_\\varphi[\\sigma(A\\cos\\varphi)\\cos2\\varphi]$."
        ),
        domain=_HAAR,
        reading=_HAAR_READING + "Every p ≥ 2 and any set of frequencies.",
        falsified_by="σ, a network and an input where the sides differ",
        checks=(_FORMULA,),
        mutants=_FORMULA_MUTANTS,
    ),
    Claim(
        id="he.cand.second-coefficient.accuracy",
        title="When uniform phases vote right",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Odd $p$, $c_2\\ge0$ on $[0,2\\alpha]$, non-zero at some attained value for $k$ with "
            "$\\gcd$ as above $\\Rightarrow$ accuracy 1."
        ),
        domain=_VOTING,
        reading=_HAAR_READING + "“Non-zero … as above”: for every (x, y) the frequencies k with "
        "c_2(2α|cos(ω_k(x−y)/2)|) > 0 and p have greatest common divisor 1. (One such pair is not "
        "enough: c_2 may vanish at what other pairs attain.)",
        falsified_by="such σ and a pair whose label is not strictly the largest",
        checks=(_ACCURATE,),
        mutants=_accuracy_mutants(_ACCURATE),
    ),
    Claim(
        id="he.cand.even-part",
        title="Any even part is enough when phases are uniform",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Same network: accuracy 1 for every $\\sigma$ with even part $\\not\\equiv0$ on "
            "$[-2\\alpha,2\\alpha]$."
        ),
        domain=_HAAR_WITH_SIGMA,
        reading=_HAAR_READING + "ReLU, e^u and every σ whose even part increases with |u| obey.",
        falsified_by="σ with a non-zero even part and a pair that is not right",
        checks=(_HAAR_SIGMOID,),
        mutants=(_even_errs_not(_HAAR_SIGMOID),),
    ),
    Claim(
        id="he.activation-robustness",
        title="Any activation with an even part is accurate, odd ones are at chance",
        source=he("Observation 4"),
        printed_kind="em",
        statement=("Any activation with non-zero even part gives 100 %, odd ones chance."),
        domain=_DIVERSIFIED_WITH_SIGMA,
        reading="On fully diversified networks (α = β, where both readings of (ii) agree); any σ, "
        "ReLU included: (iii) asks for ι = 2, 4 only, and three phases are enough.",
        falsified_by="σ with a non-zero even part and a diversified network that errs",
        corrected_by="he.activation-robustness.corrected",
        checks=(_RELU_THREE, _RELU_FIVE, _SIX_SIGMOID),
        mutants=(
            _square_obeys(_RELU_THREE, _THREE),
            _square_obeys(_RELU_FIVE, _FIVE),
            _even_errs_not(_SIX_SIGMOID),
        ),
    ),
    Claim(
        id="he.activation-robustness.corrected",
        title="The second coefficient of an activation decides",
        source=he("Observation 4, corrected"),
        printed_kind="in",
        statement=(
            "Uniform phases: an odd $\\sigma$ makes all logits equal, and $\\sigma$ gives "
            "accuracy 1 if $c_2\\ge0$ on $[0,2\\alpha]$ and for every $(x,y)$ the $k$ with "
            "$c_2(2\\alpha|\\cos(\\omega_k(x-y)/2)|)>0$ and $p$ have gcd 1."
        ),
        domain=_VOTING,
        reading=_HAAR_READING + "Odd p. c_2 sees the even part of σ only.",
        falsified_by="an odd σ with unequal logits, or such σ and a pair that is not right",
        corrects="he.activation-robustness",
        checks=(_ACCURATE,),
        mutants=_accuracy_mutants(_ACCURATE),
    ),
    Claim(
        id="he.ghost-origin",
        title="Ghost peaks are an artifact of ReLU",
        source=he("app tab 4"),
        printed_kind="id",
        statement=(
            "The peaks at $2x$, $2y$ are an artifact of ReLU; each neuron carries the phase-free "
            "prefactor $Q_k$."
        ),
        domain=_SIGMAS,
        reading=(
            "With another σ there are no peaks: the logits at 2x and 2y do not both exceed all "
            "labels other than x + y, 2x, 2y. (The second part is about ReLU neurons and false as "
            "well: their prefactor is |cos(ω_k(x−y)/2)|, and Q_k is that of u².)"
        ),
        falsified_by="the peaks under another σ, or another prefactor of ReLU",
        corrected_by="he.ghost-origin.corrected",
        checks=(_GHOSTS,),
        mutants=(Mutant.of(_GHOSTS, "no peaks at 3 and 4", formula=_no_peaks((3, 4), (0, 2))),),
    ),
    Claim(
        id="he.ghost-origin.corrected",
        title="Ghost peaks come from the prefactor, with u² too",
        source=he("app tab 4, corrected"),
        printed_kind="id",
        statement=(
            "With $\\sigma=u^2$ each neuron carries the phase-free prefactor $Q_k$, and "
            "diversified networks have peaks at $2x$, $2y$, higher by $aNp/8$ than the "
            "background; a ReLU neuron carries $|\\cos(\\omega_k(x-y)/2)|$."
        ),
        domain=_ORIGIN,
        reading="Odd p; a = α²β; x ≠ y.",
        falsified_by="a diversified network without these peaks, or another prefactor",
        corrects="he.ghost-origin",
        checks=(_PREFACTORS,),
        mutants=(
            Mutant.of(_PREFACTORS, "half the prefactor", parts=_origin_steps(1)),
            Mutant.of(
                _PREFACTORS,
                "ghosts as high as the background",
                parts=(*steps(), leads_step(ghost=rational(0)), _factor_step()),
            ),
        ),
    ),
]
