"""Even moduli: the indicator has a parity term, and pairs at distance p/2 tie."""

from __future__ import annotations

from fractions import Fraction

from constructions.voting import VotingNetwork, VotingNeuron
from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.terms import (
    HALF,
    INPUTS,
    QUARTER,
    TOTAL,
    N,
    P,
    S,
    U,
    V,
    W,
    characters_step,
    conjugates_step,
    equal_phase_network,
    formally,
    half_of,
    hits,
    indeterminates,
    indicator,
    logit,
    neuron_step,
    proved,
    split_step,
    symmetric,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Progression, Whole, at_least, even
from verify.formula import Formula, Term, cos, equal, forall_range, implies, mod, rational, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

# -- the formula ---------------------------------------------------------------------------------

_NETWORKS = Whole("diversified networks with all frequencies 1..⌊p/2⌋, common α²β")
_EVERY = Domain.of(p=at_least(3), network=_NETWORKS)
_EVEN = Domain.of(p=even(4), network=_NETWORKS)


def _printed(parity: Term | int = 0) -> Formula:
    """The formula and a parity term, for N equal phases at k = 1..⌊p/2⌋ with α = β = 1."""
    network = equal_phase_network(last=(P - mod(P, 2)) / 2, alpha=1, beta=1)
    body = implies(symmetric(), equal(network, N / 2 * (indicator(*hits()) + parity)))
    for name in reversed(INPUTS):
        body = forall_range(name, 0, P - 1, lambda _, inner=body: inner)
    return body


def _sign(exponent: Term) -> Term:
    """(−1)^exponent."""
    return cos(exponent / 2)


_PARITY = HALF * (_sign(var("x") + var("y") - var("j")) + _sign(var("j")))
_FIRST = Check(
    name="smallest modulus",
    procedure=first_failure,
    arguments={
        "formula": _printed(),
        "points": ({"p": 3, "N": 3}, {"p": 4, "N": 3}),
        "fixed": {"network": "φ = 0, 1/3, 2/3 turns at k = 1 and 2, α = β = 1"},
        "description": (
            "p=4, phases 0, 1/3, 2/3 turns at k=1, 2 with α = β = 1: f(0,0)[0] is 4 in units of "
            "aN/2, the formula gives 3"
        ),
    },
)


def _even_assembly(sign: Term) -> Check:
    """The sum over k = 1..p/2 with Σ_k cos(kz/p) = ½(p·1[z=0] − 1 + (−1)^z)."""
    odd_label, label = var("e"), var("o")  # (−1)^{x+y−j} and (−1)^j

    def waves(hit: Term, parity: Term) -> Term:
        return half_of(P * hit - 1 + sign * parity)

    sums = HALF * waves(U, odd_label) + QUARTER * (waves(V, label) + waves(W, label))
    right = half_of(TOTAL) * (indicator(U, V, W) + HALF * (odd_label + label))
    return formally(
        "sum over the frequencies",
        equal(TOTAL * sums, right),
        _EVEN,
        symbols=indeterminates("p", "u", "v", "w", "A", "e", "o"),
    )


def _even_steps(sign: int = 1) -> tuple[Check, ...]:
    return (
        neuron_step(_EVEN),
        split_step(_EVEN),
        conjugates_step(_EVEN),
        characters_step(_EVEN),
        _even_assembly(rational(sign)),
    )


_EVEN_PROVED = proved(
    "every even modulus", _even_steps(), _EVEN, "voting neurons", "flawed indicator, even moduli"
)
_EVEN_SMALL = Check(
    name="p = 4 and 6",
    procedure=exact_statement,
    arguments={"formula": _printed(_PARITY), "points": ({"p": 4, "N": 3}, {"p": 6, "N": 3})},
)

# -- ties ----------------------------------------------------------------------------------------

_TIES = Domain.of(p=even(2), network=Whole("single-frequency neurons without DC, σ(0) = 0, and x"))
_FOURS = Domain.of(p=Progression(4, 4), network=Whole("single-frequency neurons, any DC, any σ"))
_TWOS = Domain.of(p=Progression(2, 4), network=Whole("pairs (x, x + p/2)"))


def _shift_step(scope: Domain, *, odd: Fraction = Fraction(1, 2)) -> Check:
    """x → x + p/2 shifts an odd frequency by half a turn, an even one by none."""
    opposite = equal(cos(S) + cos(S + rational(odd)), 0)
    return formally(
        "shift by p/2", opposite & equal(cos(S + 1), cos(S)), scope, symbols={"s": "angle"}
    )


def _tied(name: str, scope: Domain) -> Check:
    return proved(name, (_shift_step(scope),), scope, "ties at even moduli")


def _wrong_shift(check: Check) -> Mutant:
    wrong = (_shift_step(_TIES, odd=Fraction(1, 4)),)
    return Mutant.of(check, "odd frequencies shift by a quarter turn", parts=wrong)


_TIE = _tied("every even modulus", _TIES)
_FOUR = _tied("every multiple of 4", _FOURS)


def _tie_of(constant: int) -> Formula:
    """σ(u) = u² + constant, one neuron of frequency 1 at p = 4: labels 0 and 2 tie at (0, 2)."""
    network = VotingNetwork(modulus=4, neurons=(VotingNeuron(frequency=1),))
    low, high = (logit(network, 0, 2, label, lambda u: u**2 + constant) for label in (0, 2))
    return equal(low, high)


_UNTIED = Check(
    name="one neuron at p = 4",
    procedure=counterexample,
    arguments={
        "formula": _tie_of(1),
        "point": {"p": 4, "network": "one neuron k=1, φ=0, α=β=1, σ(u) = u² + 1"},
        "values": {},
        "description": (
            "p=4, one neuron k=1, φ=0, σ(u) = u² + 1: f(0,2) is 1 at j=0 and −1 at the label 2, so "
            "there is no tie (and the wrong label wins)"
        ),
    },
)


def _bias_wins(bias: int) -> Formula:
    """The neuron θ = bias + (−1)^x, ξ = −(−1)^j prefers 2x + p/2 to 2x at every (x, x + p/2)."""
    x = var("x")

    def inner(other: Term) -> Term:
        return (2 * bias + _sign(x) + _sign(other)) ** 2

    def value(label: Term) -> Term:
        return -inner(x + P / 2) * _sign(label)

    return forall_range("x", 0, P - 1, lambda _: value(2 * x + P / 2) > value(2 * x))


def _with_bias(bias: int) -> tuple[Check, ...]:
    small = Check(
        name="p = 2, 6, 10",
        procedure=exact_statement,
        arguments={"formula": _bias_wins(bias), "points": tuple({"p": p} for p in (2, 6, 10))},
    )
    return _shift_step(_TWOS), small


_BIAS = proved("a biased neuron of frequency p/2", _with_bias(1), _TWOS, "ties at even moduli")

CLAIMS = [
    Claim(
        id="he.cand.every-modulus",
        title="The indicator formula for every modulus",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "The indicator formula with $aN:=A$ holds for every $p\\ge3$, even $p$ included "
            "($k=1,\\dots,\\lfloor p/2\\rfloor$)."
        ),
        domain=_EVERY,
        reading="N neurons at each frequency that meet (iii), with common α²β; odd p hold.",
        falsified_by="p, a network and an (x, y, j) with another logit",
        corrected_by="he.cand.every-modulus.corrected",
        checks=(_FIRST,),
        mutants=(
            Mutant.of(_FIRST, "odd moduli obey", points=({"p": 3, "N": 3}, {"p": 5, "N": 3})),
        ),
    ),
    Claim(
        id="he.cand.every-modulus.corrected",
        title="The indicator formula for even moduli",
        source=candidate("mechanism, corrected"),
        printed_kind="candidate",
        statement=(
            "Even $p$, $k=1,\\dots,p/2$: $f(x,y)[j]=\\frac{aN}2[-1+\\frac p2 1(x+y\\equiv "
            "j)+\\frac p4(1(2x\\equiv j)+1(2y\\equiv j))+\\frac12(-1)^{x+y-j}+\\frac12(-1)^j]$."
        ),
        domain=_EVEN,
        reading="N neurons at each frequency that meet (iii), common a = α²β; every even p ≥ 4.",
        falsified_by="p, a network and an (x, y, j) with another logit",
        corrects="he.cand.every-modulus",
        checks=(_EVEN_PROVED, _EVEN_SMALL),
        mutants=(
            Mutant.of(_EVEN_PROVED, "the other sign of the parity", parts=_even_steps(-1)),
            Mutant.of(_EVEN_SMALL, "without parity", formula=_printed()),
        ),
    ),
    Claim(
        id="he.cand.even-tie.tie",
        title="Pairs at distance p/2 tie",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Even $p$, single-frequency neurons, no DC, $\\sigma(0)=0$: $f(x,x+p/2)$ ties at $2x$ "
            "and $2x+p/2$."
        ),
        domain=_TIES,
        reading=(
            "θ_m and ξ_m of one frequency k_m in 1..p−1 each, any phases (ψ need not be 2φ), any "
            "magnitudes; the logits at 2x and at the label 2x + p/2 are equal."
        ),
        falsified_by="a network and x with different logits there",
        checks=(_TIE,),
        mutants=(_wrong_shift(_TIE),),
    ),
    Claim(
        id="he.cand.even-tie.four",
        title="If 4 divides p, nothing removes the ties",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="If $4\\mid p$, no $\\sigma$ and no DC removes the ties.",
        domain=_FOURS,
        reading=(
            "Literally: f(x, x+p/2) has equal logits at 2x and 2x + p/2 for any σ and any constant "
            "parts. A σ with σ(0) ≠ 0 makes them differ, though for some x in favour of 2x."
        ),
        falsified_by="p, a network and x with different logits there",
        corrected_by="he.cand.even-tie.four.corrected",
        checks=(_UNTIED,),
        mutants=(Mutant.of(_UNTIED, "σ(u) = u² ties", formula=_tie_of(0)),),
    ),
    Claim(
        id="he.cand.even-tie.four.corrected",
        title="If 4 divides p, some pair at distance p/2 is never right",
        source=candidate("mechanism, corrected"),
        printed_kind="candidate",
        statement=(
            "If $4\\mid p$, then for every $\\sigma$ and any constant parts there is an $x$ with "
            "$f(x,x+p/2)[2x+p/2]\\le f(x,x+p/2)[2x]$: accuracy 1 is impossible."
        ),
        domain=_FOURS,
        reading=(
            "θ_m and ξ_m of one frequency k_m each plus constants of their own; one σ for all "
            "neurons (or one each). The leads at x and at x + p/4 are opposite numbers."
        ),
        falsified_by="p and a network that leads at every x",
        corrects="he.cand.even-tie.four",
        checks=(_FOUR,),
        mutants=(_wrong_shift(_FOUR),),
    ),
    Claim(
        id="he.cand.even-tie.two",
        title="If p ≡ 2 mod 4, a bias removes the ties",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="If $p\\equiv2$ mod 4, a bias removes the ties.",
        domain=_TWOS,
        reading=(
            "There is a neuron of frequency p/2, θ[x] = α⁰ + α(−1)^x with α⁰ ≠ 0 and ξ[j] = "
            "−β(−1)^j, whose logits at every (x, x + p/2) are larger at the label 2x + p/2 than "
            "at 2x, for σ(u) = u²; added to neurons that tie, it removes all ties. Nothing is "
            "said of other pairs."
        ),
        falsified_by="p ≡ 2 mod 4 without such a neuron",
        checks=(_BIAS,),
        mutants=(Mutant.of(_BIAS, "without the bias", parts=_with_bias(0)),),
    ),
]
