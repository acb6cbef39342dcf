"""Leads of the label under the flawed indicator, the smallest margin, and small phase sums."""

from __future__ import annotations

from constructions.voting import VotingNetwork, equal_phases, voting_network
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.indicator import READING, steps
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    DIVERSIFIED,
    SHOUTED,
    SHOUTED_NAME,
    TOTAL,
    N,
    P,
    equal_phase_network,
    formally,
    half_of,
    indeterminates,
    indicator,
    printed_diversification,
    proved,
    symmetric,
    votes_right,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import (
    Formula,
    Term,
    all_of,
    cos,
    equal,
    forall_range,
    implies,
    iverson,
    mod,
    rational,
    total,
    var,
)
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

LEMMAS = ("voting neurons", "flawed indicator", "cosine sums", "margins of the flawed indicator")
X_INPUT, Y_INPUT = var("x"), var("y")

# -- leads over ghosts and background ------------------------------------------------------------


def leads_step(*, ghost: Term | None = None, diagonal: Term | None = None) -> Check:
    """(A/2)·bracket at the label, at a ghost and elsewhere: leads Ap/8, Ap/4, and Ap/2 at x = y."""
    one, none = rational(1), rational(0)
    at_label = half_of(TOTAL) * indicator(one, none, none)
    at_ghost = half_of(TOTAL) * indicator(none, one, none)
    elsewhere = half_of(TOTAL) * indicator(none, none, none)
    together = half_of(TOTAL) * indicator(one, one, one)
    unit = TOTAL * P
    formula = all_of(
        (
            equal(at_label - at_ghost, rational(1, 8) * unit if ghost is None else ghost),
            equal(at_label - elsewhere, rational(1, 4) * unit),
            equal(together - elsewhere, half_of(unit) if diagonal is None else diagonal),
        )
    )
    return formally("leads of the bracket", formula, DIVERSIFIED, symbols=indeterminates("A", "p"))


def margin_steps(*more: Check, **wrong: Term) -> tuple[Check, ...]:
    """The flawed indicator, its leads, and further steps; wrong: leads that a mutant states."""
    return (*steps(), leads_step(**wrong), *more)


_MARGINS = proved("every odd modulus", margin_steps(), DIVERSIFIED, *LEMMAS)
_MARGIN_MUTANTS = (
    Mutant.of(_MARGINS, "lead Ap/4 over the ghosts", parts=margin_steps(ghost=TOTAL * P / 4)),
    Mutant.of(_MARGINS, "lead Ap/4 at x = y", parts=margin_steps(diagonal=TOTAL * P / 4)),
    Mutant.of(_MARGINS, "a = α β²", parts=(*steps(strength=ALPHA * BETA**2), leads_step())),
)


def lead(label: Term, other: Term) -> Term:
    """How far the logit of one label is above another's, by the flawed indicator."""
    return equal_phase_network(mod(label, P)) - equal_phase_network(mod(other, P))


def _printed_lead(power: tuple[int, int]) -> Formula:
    """(iii) implies a lead over both ghosts of aNp/8 at x ≠ y, a = α^r β^s."""
    stated = ALPHA ** power[0] * BETA ** power[1] * N * P / 8
    leads = [equal(lead(X_INPUT + Y_INPUT, 2 * ghost), stated) for ghost in (X_INPUT, Y_INPUT)]
    return implies(symmetric(), all_of(leads))


_SMALLEST = Check(
    name="smallest magnitudes and phases",
    procedure=first_failure,
    arguments={
        "formula": _printed_lead((1, 2)),
        "points": tuple(
            {"p": 3, "alpha": alpha, "beta": beta, "N": count, "x": 0, "y": 1}
            for alpha, beta in ((1, 1), (1, 2))
            for count in (1, 2, 3)
        ),
        "fixed": {"network": "k=1, φ = 0, 1/3, 2/3 turns, α = 1, β = 2"},
        "description": (
            "p=3, phases 0, 1/3, 2/3 turns at k=1, α = 1, β = 2: at (0, 1) the label leads both "
            "ghosts by α²βNp/8 = 9/4, and αβ²Np/8 = 9/2"
        ),
    },
)

def _shouted_right(network: VotingNetwork) -> Formula:
    """(ii) and (iii) as printed imply that the label is right at (0, 1)."""
    return implies(printed_diversification(network), votes_right(network, pairs=[(0, 1)]))


_SHOUTED = Check(
    name="unequal magnitudes at p = 3",
    procedure=counterexample,
    arguments={
        "formula": _shouted_right(SHOUTED),
        "point": {"p": 3, "network": SHOUTED_NAME},
        "values": {},
        "shown": {"x": 0, "y": 1},
        "description": (
            f"p=3, {SHOUTED_NAME}, so αβ² = 1 for all: at (0, 1) the logits are 15.375, −7.125, "
            "−8.25; the label is largest at three of the nine pairs, as by chance"
        ),
    },
)
EQUAL_MAGNITUDES = voting_network(3, equal_phases(3))

# -- where the smallest margin is ----------------------------------------------------------------


def _smallest_on_diagonal(diagonal: tuple[int, int]) -> Formula:
    """The margin at a pair x = y is at most the lead over the ghosts at (0, 1), for N phases."""
    x, y = diagonal
    here = [_at(lead(X_INPUT + Y_INPUT, X_INPUT + Y_INPUT + shift), x, y) for shift in (1, 2)]
    there = _at(lead(X_INPUT + Y_INPUT, 2 * X_INPUT), 0, 1)
    return implies(symmetric(), (here[0] <= there) | (here[1] <= there))


def _at(term: Term, x: int, y: int) -> Term:
    """The term at an input: sums over one value bind x and y."""
    inner = {"sum": {"var": "y", "from": y, "to": y, "of": term.node}}
    return Term({"sum": {"var": "x", "from": x, "to": x, "of": inner}})


_DIAGONAL = Check(
    name="p = 3",
    procedure=first_failure,
    arguments={
        "formula": _smallest_on_diagonal((0, 0)),
        "points": tuple({"p": 3, "alpha": 1, "beta": 1, "N": count} for count in (1, 2, 3)),
        "fixed": {"network": "k=1, φ = 0, 1/3, 2/3 turns, α = β = 1"},
        "description": (
            "p=3, phases 0, 1/3, 2/3 turns at k=1, α = β = 1: the margin is 9/2 at x = y and 9/8 "
            "at x ≠ y"
        ),
    },
)

# -- perturbed phases ----------------------------------------------------------------------------

_NEARLY = Domain.of(
    p=odd(3), network=Whole("aligned networks with A_k = A > 0 and small phase sums")
)


def _robust_steps(twice: int = 2) -> tuple[Check, ...]:
    """Σ_k Q_k and what (p/(twice·(p−2)))·A ΣQ_k is, against the leads Ap/8 and Ap/2: true for 2."""
    k_sum = Check(
        name="sum of the prefactors at small p",
        procedure=exact_statement,
        arguments={
            "formula": _prefactors(),
            "points": tuple({"p": p} for p in (3, 5, 7, 9, 11)),
        },
    )
    # twice(p−2) · Ap/8 = p · A(p−2)/4 off the diagonal; on it the difference is Ap(p−3)/2 ≥ 0
    off = equal(twice * (P - 2) * TOTAL * P * rational(1, 8), P * TOTAL * (P - 2) * rational(1, 4))
    on = equal(
        twice * (P - 2) * half_of(TOTAL * P) - P * half_of(TOTAL * (P - 1)),
        half_of(TOTAL * P * (P - 3)),
    )
    compared = formally(
        "noise against the leads", off & on, _NEARLY, symbols=indeterminates("A", "p")
    )
    return (*steps(), leads_step(), k_sum, compared)


def _prefactors() -> Formula:
    """Σ_k cos²(kd/2p) is (p−2)/4 for d ≠ 0 and (p−1)/2 for d = 0."""
    d = var("d")
    left = total("k", 1, (P - 1) / 2, lambda k: cos(k * d / (2 * P)) ** 2)
    zero = iverson(equal(d, 0))
    right = zero * (P - 1) / 2 + (1 - zero) * (P - 2) / 4
    return forall_range("d", 0, P - 1, lambda _: equal(left, right))


_ROBUST = proved("every odd modulus", _robust_steps(), _NEARLY, *LEMMAS, "small phase sums")

CLAIMS = [
    Claim(
        id="he.label-margin",
        title="The label leads the ghosts by aNp/8",
        source=he("blog §2, §3.2"),
        printed_kind="in",
        statement=(
            "Full diversification implies that for every $(x,y)$ the label logit is largest and "
            "leads the peaks at $2x$, $2y$ by $aNp/8$."
        ),
        domain=DIVERSIFIED,
        reading=READING
        + "a is the printed α_mβ_m². At x = y the peaks at 2x, 2y are the label itself, so the "
        "lead is read for x ≠ y.",
        falsified_by="a diversified network and (x, y) with another lead",
        corrected_by="he.label-margin.corrected",
        checks=(_SMALLEST, _SHOUTED),
        mutants=(
            Mutant.of(_SMALLEST, "α²β obeys", formula=_printed_lead((2, 1))),
            Mutant.of(_SHOUTED, "equal magnitudes obey", formula=_shouted_right(EQUAL_MAGNITUDES)),
        ),
    ),
    Claim(
        id="he.label-margin.corrected",
        title="The label leads the ghosts by aNp/8, with a = α²β",
        source=he("blog §2, §3.2, corrected"),
        printed_kind="in",
        statement=(
            "(i), (iii) and a common $a=\\alpha_m^2\\beta_m$ imply that for every $(x,y)$ the "
            "label logit is strictly largest; at $x\\ne y$ it leads the peaks at $2x$, $2y$ by "
            "$aNp/8$."
        ),
        domain=DIVERSIFIED,
        reading=READING,
        falsified_by="such a network and (x, y) with another lead",
        corrects="he.label-margin",
        checks=(_MARGINS,),
        mutants=_MARGIN_MUTANTS,
    ),
    Claim(
        id="he.cand.margins",
        title="Margins off and on the diagonal",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Under the indicator formula the lead over all other labels is $aNp/8$ if $x\\ne y$ "
            "and $aNp/2$ if $x=y$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "aN := A = Σ α_m²β_m. The lead is the smallest over all wrong labels.",
        falsified_by="p and (x, y) with another margin",
        checks=(_MARGINS,),
        mutants=_MARGIN_MUTANTS,
    ),
    Claim(
        id="he.cand.diagonal-weakest",
        title="The smallest margin is on the diagonal",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="Under the indicator formula the smallest margin occurs at $x=y$.",
        domain=DIVERSIFIED,
        reading=READING + "Margins at x = y are four times those at x ≠ y, for every p.",
        falsified_by="p where a pair x ≠ y has a smaller margin than all x = y",
        checks=(_DIAGONAL,),
        mutants=(
            Mutant.of(_DIAGONAL, "a pair off the diagonal", formula=_smallest_on_diagonal((0, 1))),
        ),
    ),
    Claim(
        id="he.cand.robust",
        title="Small phase sums do no harm",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=("$A_k=A$ and $\\max_k(4|S_2^k|+2|S_4^k|)/A<\\frac p{2(p-2)}$ imply accuracy 1."),
        domain=_NEARLY,
        reading=(
            "Odd p, aligned, σ(u) = u², all k = 1..(p−1)/2 with the same A > 0; accuracy 1: the "
            "label's logit is strictly the largest at every (x, y)."
        ),
        falsified_by="p and a network under the bound that misses some (x, y)",
        checks=(_ROBUST,),
        mutants=(Mutant.of(_ROBUST, "the bound p/(p−2)", parts=_robust_steps(1)),),
    ),
]
