"""Which frequencies are enough for right votes, and the smallest margin of one."""

from __future__ import annotations

from math import gcd

from constructions.voting import VotingNetwork, equal_phases, voting_network
from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.terms import (
    D,
    P,
    formally,
    neuron_step,
    proved,
    votes_right,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole, odd
from verify.formula import (
    Formula,
    Term,
    all_of,
    cos,
    equal,
    exists,
    forall_range,
    sin,
    var,
)
from verify.methods.identities import exact_statement

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


def voting_steps(scope: Domain, square: Term, *moduli: int) -> tuple[Check, ...]:
    """A neuron's logits, and that cos 2t = 1 and a zero prefactor do not occur at odd p."""
    return neuron_step(scope), _half_angle_step(scope, square), _never_zero(*moduli)


# What 1 − cos 2t equals, and moduli at which the prefactors are looked at one by one.
SQUARE = 2 * sin(D) ** 2
MODULI = (3, 5, 7, 9)


def _votes(name: str, scope: Domain) -> Check:
    return proved(
        name,
        voting_steps(scope, SQUARE, *MODULI),
        scope,
        "voting neurons",
        "votes of some frequencies",
    )


def _vote_mutants(check: Check, scope: Domain) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "even moduli", parts=voting_steps(scope, SQUARE, 3, 4)),
        Mutant.of(
            check, "half angle with a cosine", parts=voting_steps(scope, 2 * cos(D) ** 2, *MODULI)
        ),
    )


def one_frequency(k: int, p: int) -> VotingNetwork:
    """Three equally spaced phases at the frequency k."""
    return voting_network(p, equal_phases(3), frequencies=[k])


def _iff(moduli: tuple[int, ...], *, flipped: bool = False) -> Formula:
    """Three neurons at k vote right iff gcd(k, p) = 1, for every k ≤ (p−1)/2."""
    formulas = []
    for p in moduli:
        for k in range(1, (p - 1) // 2 + 1):
            right = votes_right(one_frequency(k, p))
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
            "points": tuple({"p": p} for p in MODULI),
        },
    )
    return (*voting_steps(_COPRIME, SQUARE, *MODULI), small)


_VALUE = sin(1 / (4 * P)) ** 2 * (1 - cos(1 / P))
_MARGIN = proved(
    "every odd modulus",
    _margin_steps(_VALUE),
    _COPRIME,
    "voting neurons",
    "votes of some frequencies",
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
]
