"""The flawed indicator: which logits a fully diversified network has, and with which constant."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from constructions.voting import VotingNetwork, equal_phases, voting_network
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    DIVERSIFIED,
    HALF,
    QUARTER,
    SHOUTED,
    SHOUTED_NAME,
    N,
    U,
    V,
    W,
    assembly_step,
    characters_step,
    conjugates_step,
    equal_phase_network,
    hits,
    indicator,
    indicator_steps,
    logit,
    neuron_step,
    phase_sums_vanish,
    printed_diversification,
    proved,
    split_step,
    symmetric,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, odd
from verify.formula import Formula, Term, all_of, equal, implies, mod, rational, total, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

READING = (
    "Every odd p ≥ 3; σ(u) = u², ψ = 2φ; (i) N ≥ 1 neurons at each k = 1..(p−1)/2; (iii) for ι = "
    "2 and 4 at every k. Labels are compared modulo p; at x = y the label and both ghosts "
    "coincide and add up. "
)

# -- proofs for every odd p ----------------------------------------------------------------------


def steps(
    *, strength: Term = ALPHA**2 * BETA, bracket: Term | None = None, ghost: Term = QUARTER
) -> tuple[Check, ...]:
    """The steps of the lemma *flawed indicator*, with constants that can be got wrong."""
    return (
        neuron_step(DIVERSIFIED, strength=strength),
        split_step(DIVERSIFIED, ghost=ghost),
        conjugates_step(DIVERSIFIED),
        characters_step(DIVERSIFIED),
        assembly_step(DIVERSIFIED, bracket=bracket),
    )


_PROVED = proved(
    "every odd modulus", steps(), DIVERSIFIED, "voting neurons", "flawed indicator", "cosine sums"
)
PROVED_MUTANTS = (
    Mutant.of(_PROVED, "a = α β²", parts=steps(strength=ALPHA * BETA**2)),
    Mutant.of(_PROVED, "ghosts of ½", parts=steps(ghost=HALF)),
    Mutant.of(_PROVED, "background 0", parts=steps(bracket=indicator(U, V, W) + 1)),
)


def _formula_at(power: tuple[int, int]) -> Formula:
    """(iii) implies that f(x, y)[j] is the printed formula with a = α^r β^s, N equal phases."""
    a = ALPHA ** power[0] * BETA ** power[1]
    return implies(symmetric(), equal(equal_phase_network(), a * N / 2 * indicator(*hits())))


# Common magnitudes in the order of their sum, then N; at x = y = j = 0 a wrong constant shows.
_POINTS = tuple(
    {"p": 3, "alpha": alpha, "beta": beta, "N": count, "x": 0, "y": 0, "j": 0}
    for alpha, beta in ((1, 1), (1, 2), (2, 1))
    for count in (1, 2, 3)
)


def _wrong_constant(power: tuple[int, int]) -> Check:
    r, s = power
    alpha, beta = (1, 2) if s != 1 else (2, 1)
    right, wrong = 3 * alpha**2 * beta, 3 * alpha**r * beta**s
    return Check(
        name="smallest magnitudes and phases",
        procedure=first_failure,
        arguments={
            "formula": _formula_at(power),
            "points": _POINTS,
            "fixed": {"network": f"k=1, φ = 0, 1/3, 2/3 turns, α = {alpha}, β = {beta}"},
            "description": (
                f"p=3, phases 0, 1/3, 2/3 turns at k=1, α = {alpha}, β = {beta} for all: f(0,0)[0] "
                f"is 3·α²β = {right}, the formula with a = α^{r} β^{s} gives {wrong}"
            ),
        },
    )


def _obeyed(check: Check) -> Mutant:
    return Mutant.of(check, "α²β obeys", formula=_formula_at((2, 1)))


def _exponent_claim(power: tuple[int, int]) -> Claim:
    r, s = power
    right = power == (2, 1)
    check = _PROVED if right else _wrong_constant(power)
    return Claim(
        id=f"he.cand.homogeneity-exponents.r{r}s{s}",
        title=f"The indicator's constant is α^{r} β^{s}",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            f"With (ii) replaced by $\\alpha_m^{r}\\beta_m^{s}=a$ for all $m$, the formula of "
            "he.flawed-indicator holds with this $a$."
        ),
        domain=DIVERSIFIED,
        reading=READING,
        falsified_by="p, N, magnitudes and phases that meet the conditions, and an (x, y, j)",
        checks=(check,),
        mutants=PROVED_MUTANTS if right else (_obeyed(check),),
    )


_PRINTED = _wrong_constant((1, 2))


def _some_constant(network: VotingNetwork) -> Formula:
    """(ii) and (iii) as printed imply that at (0, 1) both ghosts are as high: p = 3, labels 0, 2.

    They are, in the formula, whatever its constant.
    """
    ghosts = equal(logit(network, 0, 1, 0), logit(network, 0, 1, 2))
    return implies(printed_diversification(network), ghosts)


_ANY_CONSTANT = Check(
    name="unequal magnitudes at p = 3",
    procedure=counterexample,
    arguments={
        "formula": _some_constant(SHOUTED),
        "point": {"p": 3, "network": SHOUTED_NAME},
        "values": {},
        "shown": {"x": 0, "y": 1},
        "description": (
            f"p=3, {SHOUTED_NAME}, so αβ² = 1 for all: f(0,1) = (15.375, −7.125, −8.25), where the "
            "formula has equal ghosts at 0 and 2 for every constant"
        ),
    },
)

# -- the worked example --------------------------------------------------------------------------

_EXAMPLE = {"p": 23, "x": 3, "y": 7}
_NETWORK = voting_network(23, equal_phases(3))


def _heights(top: Fraction) -> list[Term]:
    listed = {10: top, 6: Fraction(19, 4), 14: Fraction(19, 4)}
    return [rational(listed.get(label, Fraction(-1))) for label in range(23)]


def _bracket_values(top: Fraction) -> Formula:
    bracket = indicator(*hits())
    return all_of(
        equal(total("j", label, label, lambda _: bracket), height)  # binds j to one label
        for label, height in enumerate(_heights(top))
    )


def _network_values(top: Fraction) -> Formula:
    """Three phases at each frequency with α = β = 1, so aN/2 = 3/2, and (iii)."""
    values = (
        equal(logit(_NETWORK, 3, 7, label), rational(3, 2) * height)
        for label, height in enumerate(_heights(top))
    )
    return phase_sums_vanish(_NETWORK) & all_of(values)


def _example(name: str, formula: Formula) -> Check:
    return Check(
        name=name,
        procedure=exact_statement,
        arguments={"formula": formula, "points": (_EXAMPLE,)},
    )


_TOP = Fraction(21, 2)
_BRACKET = _example("the bracket of the formula", _bracket_values(_TOP))
_EXACT = _example("an exact network of 33 neurons", _network_values(_TOP))

# -- the converse --------------------------------------------------------------------------------

WEIGHTED = Domain.of(p=odd(3), network=Whole("aligned networks with frequencies 1..(p−1)/2"))
# First two frequencies of the modes whose last one is 1: label and ghosts; S_2; S_4.
_MODES = ((-1, -1), (-2, 0), (0, -2), (0, 0), (1, -1), (-1, 1), (1, 1), (2, 0), (0, 2))


def _apart(*moduli: int) -> Check:
    """No two of the nine modes agree modulo any of the moduli."""

    def differ(a: tuple[int, int], b: tuple[int, int]) -> Formula:
        first, second = (
            equal(mod(rational(s - t), var("n")), 0) for s, t in zip(a, b, strict=True)
        )
        return ~(first & second)

    return Check(
        name="nine different modes",
        procedure=exact_statement,
        arguments={
            "formula": all_of(differ(a, b) for a, b in combinations(_MODES, 2)),
            "points": tuple({"n": n} for n in moduli),
        },
    )


def converse(*moduli: int) -> tuple[Check, ...]:
    """The steps of both directions; the modes differ modulo every odd n ≥ 3."""
    return (*indicator_steps(WEIGHTED), _apart(*moduli))


CONVERSE = proved(
    "every odd modulus",
    converse(3, 5),
    WEIGHTED,
    "voting neurons",
    "flawed indicator",
    "converse of the flawed indicator",
    "cosine sums",
)

CLAIMS = [
    Claim(
        id="he.flawed-indicator",
        title="A fully diversified network computes a flawed indicator",
        source=he("Proposition 4.2, blog Proposition 1"),
        printed_kind="id",
        statement=(
            "Full diversification implies $f(x,y)[j]=\\frac{aN}2[-1+\\frac p2 1(x+y\\equiv "
            "j)+\\frac p4(1(2x\\equiv j)+1(2y\\equiv j))]$ with $a=\\alpha_m\\beta_m^2$."
        ),
        domain=DIVERSIFIED,
        hypotheses=("full diversification: (i), (ii) with a = α_m β_m², (iii)",),
        reading=READING
        + "The constant is as printed, α_m β_m²; a neuron is of degree 2 in α and 1 in β, so the "
        "logits scale with α_m²β_m, and where α ≠ β the two differ.",
        falsified_by="p, N, (α, β, φ)_m meeting (i)–(iii), and an (x, y, j)",
        corrected_by="he.flawed-indicator.corrected",
        checks=(_PRINTED, _ANY_CONSTANT),
        mutants=(
            _obeyed(_PRINTED),
            Mutant.of(
                _ANY_CONSTANT,
                "equal magnitudes obey",
                formula=_some_constant(voting_network(3, equal_phases(3))),
            ),
        ),
    ),
    Claim(
        id="he.flawed-indicator.corrected",
        title="A fully diversified network computes a flawed indicator, with a = α²β",
        source=he("Proposition 4.2, blog Proposition 1, corrected"),
        printed_kind="id",
        statement=(
            "(i), (iii) and a common value $a=\\alpha_m^2\\beta_m$ imply $f(x,y)[j]=\\frac{aN}2[-1+"
            "\\frac p2 1(x+y\\equiv j)+\\frac p4(1(2x\\equiv j)+1(2y\\equiv j))]$."
        ),
        domain=DIVERSIFIED,
        hypotheses=("full diversification with (ii) a = α_m²β_m",),
        reading=READING,
        falsified_by="p, N, (α, β, φ)_m meeting the conditions, and an (x, y, j)",
        corrects="he.flawed-indicator",
        checks=(_PROVED,),
        mutants=PROVED_MUTANTS,
    ),
    *(_exponent_claim((r, s)) for r in range(4) for s in range(4)),
    Claim(
        id="he.worked-example",
        title="The logits at p = 23 and (3, 7)",
        source=he("blog §3.2"),
        printed_kind="id",
        statement=(
            "$p=23$, $(3,7)$, in units of $aN/2$: 10.5 at $j=10$, 4.75 at 6 and 14, else $-1$."
        ),
        domain=Domain.of(p=Finite([23]), x=Finite([3]), y=Finite([7])),
        reading=(
            "The values of the bracket in he.flawed-indicator, which are the logits of diversified "
            "networks in units of α²βN/2 (he.flawed-indicator.corrected); in the exact network "
            "α = β = 1, where both constants agree."
        ),
        falsified_by="a label with another value",
        checks=(_BRACKET, _EXACT),
        mutants=(
            Mutant.of(_BRACKET, "11.5 at the label", formula=_bracket_values(Fraction(23, 2))),
            Mutant.of(_EXACT, "11.5 at the label", formula=_network_values(Fraction(23, 2))),
        ),
    ),
    Claim(
        id="he.cand.weighted-diversification",
        title="Exactly the balanced phase sums give the indicator",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Odd $p$: the indicator formula with $aN:=A$ $\\iff$ $A_k=A$, $S_2^k=S_4^k=0$ for all "
            "$k$."
        ),
        domain=WEIGHTED,
        reading=(
            "Aligned networks, σ(u) = u², every frequency in 1..(p−1)/2 (perhaps without neurons), "
            "weights c_m = α_m²β_m; the formula at all (x, y, j)."
        ),
        falsified_by="a network that meets one side and not the other",
        checks=(CONVERSE,),
        mutants=(
            Mutant.of(CONVERSE, "even moduli", parts=converse(3, 4)),
            Mutant.of(
                CONVERSE,
                "c = α β²",
                parts=(neuron_step(WEIGHTED, strength=ALPHA * BETA**2), *converse(3, 5)[1:]),
            ),
        ),
    ),
]
