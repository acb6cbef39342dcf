"""Margins and softmax probabilities under the flawed indicator, for every odd p."""

from __future__ import annotations

from fractions import Fraction

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
    all_of,
    equal_phase_network,
    formally,
    half_of,
    indeterminates,
    indicator,
    logit,
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
from verify.methods.refutations import first_failure, refuted_by

_LEMMAS = ("voting neurons", "flawed indicator", "cosine sums", "margins of the flawed indicator")
_X, _Y = var("x"), var("y")

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


def _margins(*more: Check, **wrong: Term) -> tuple[Check, ...]:
    return (*steps(), leads_step(**wrong), *more)


_MARGINS = proved("every odd modulus", _margins(), DIVERSIFIED, *_LEMMAS)
_MARGIN_MUTANTS = (
    Mutant.of(_MARGINS, "lead Ap/4 over the ghosts", parts=_margins(ghost=TOTAL * P / 4)),
    Mutant.of(_MARGINS, "lead Ap/4 at x = y", parts=_margins(diagonal=TOTAL * P / 4)),
    Mutant.of(_MARGINS, "a = α β²", parts=(*steps(strength=ALPHA * BETA**2), leads_step())),
)


def _lead(label: Term, other: Term) -> Term:
    return equal_phase_network(mod(label, P)) - equal_phase_network(mod(other, P))


def _printed_lead(power: tuple[int, int]) -> Formula:
    """(iii) implies a lead over both ghosts of aNp/8 at x ≠ y, a = α^r β^s."""
    stated = ALPHA ** power[0] * BETA ** power[1] * N * P / 8
    leads = [equal(_lead(_X + _Y, 2 * ghost), stated) for ghost in (_X, _Y)]
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
_EQUAL = voting_network(3, equal_phases(3))

# -- where the smallest margin is ----------------------------------------------------------------


def _smallest_on_diagonal(diagonal: tuple[int, int]) -> Formula:
    """The margin at a pair x = y is at most the lead over the ghosts at (0, 1), for N phases."""
    x, y = diagonal
    here = [_at(_lead(_X + _Y, _X + _Y + shift), x, y) for shift in (1, 2)]
    there = _at(_lead(_X + _Y, 2 * _X), 0, 1)
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

# -- softmax -------------------------------------------------------------------------------------

_T, _E = var("t"), var("E")  # t = e^{−Ap/8} in (0, 1]


def _closed_step(ghosts: int = 2) -> Check:
    """1 + 2t + (p−3)t² and 1 + (p−1)t⁴: how many labels lag by Ap/8, Ap/4 and Ap/2."""
    others = P - 1
    apart = ghosts + (others - 2)
    return formally(
        "numbers of labels", equal(apart, others), DIVERSIFIED, symbols=indeterminates("p")
    )


def _bound_step(count: Term) -> Check:
    """1 − (1−B)(1+u) = (p−3)t(1−t) + Bu for u = 2t + (p−3)t², B = count·t: true for p − 1.

    All terms on the right are ≥ 0 for 0 < t ≤ 1 and p ≥ 3, so 1/(1+u) ≥ 1 − B; at x = y
    u = (p−1)t⁴ ≤ B.
    """
    bound, u = count * _T, 2 * _T + (P - 3) * _T**2
    right = (P - 3) * _T * (1 - _T) + bound * u
    return formally(
        "softmax bound",
        equal(1 - (1 - bound) * (1 + u), right),
        DIVERSIFIED,
        symbols=indeterminates("p", "t"),
    )


_CLOSED = proved("every odd modulus", _margins(_closed_step()), DIVERSIFIED, *_LEMMAS)
_BOUND = proved(
    "every odd modulus",
    _margins(_closed_step(), _bound_step(P - 1)),
    DIVERSIFIED,
    *_LEMMAS,
    "softmax bound",
)

# p = 3, N = 3, α = 1, β = 2: P = E/(E+2) with E = e^{9/4}, and the stated bound is 1 − 2/E².
_LEADS_AT_THREE = Check(
    name="both leads at (0, 1) are 9/4",
    procedure=exact_statement,
    arguments={
        "formula": symmetric()
        & all_of(equal(_lead(_X + _Y, 2 * ghost), rational(9, 4)) for ghost in (_X, _Y)),
        "points": ({"p": 3, "alpha": 1, "beta": 2, "N": 3, "x": 0, "y": 1},),
    },
)


def _beyond(exponent: Fraction) -> tuple[Check, ...]:
    """(E² − 2)(E + 2) − E³ = 2(E − 2)(E + 1) and E = e^exponent ≥ 1 + exponent > 2."""
    left = (_E**2 - 2) * (_E + 2) - _E**3
    identity = formally(
        "difference of the two sides",
        equal(left, 2 * (_E - 2) * (_E + 1)),
        DIVERSIFIED,
        symbols=indeterminates("E"),
    )
    series = Check(
        name="first terms of the exponential",
        procedure=exact_statement,
        arguments={"formula": 1 + rational(exponent) > 2, "points": ({},)},
    )
    return _LEADS_AT_THREE, identity, series


_SOFTMAX = Check(
    name="p = 3",
    procedure=refuted_by,
    arguments={
        "parts": _beyond(Fraction(9, 4)),
        "point": {
            "p": 3,
            "network": "k=1, φ = 0, 1/3, 2/3 turns, α = 1, β = 2",
        },
        "shown": {"x": 0, "y": 1},
        "description": (
            "p=3, phases 0, 1/3, 2/3 turns at k=1, α = 1, β = 2: at (0, 1) the label leads both "
            "other labels by 9/4, so its probability is 1/(1 + 2e^{−9/4}) = 0.826, below 1 − "
            "2e^{−9/2} = 0.978"
        ),
        "rests_on": ("exponential series",),
    },
)

def _drowned(network: VotingNetwork, lag: Fraction | int) -> tuple[Check, ...]:
    """(ii), (iii) as printed, and the label 1 lags behind 0 by `lag` at (0, 1), so its probability
    is below 1/(1 + e^lag) < 1/(1 + q(lag)); the stated bound 1 − 2e^{−9/8} is above 1 − 2/q(9/8).
    q(t) = 1 + t + t²/2 < e^t.
    """

    def partial(t: Term) -> Term:
        return 1 + t + t**2 / 2

    behind = logit(network, 0, 1, 0) >= logit(network, 0, 1, 1) + rational(lag)
    below = 1 / (1 + partial(rational(lag))) < 1 - 2 / partial(rational(9, 8))
    return tuple(
        Check(
            name=name,
            procedure=exact_statement,
            arguments={"formula": formula, "points": ({"p": 3},)},
        )
        for name, formula in (
            ("lag of the label", printed_diversification(network) & behind),
            ("the stated bound is above", below),
        )
    )


_DROWNED = Check(
    name="unequal magnitudes at p = 3",
    procedure=refuted_by,
    arguments={
        "parts": _drowned(SHOUTED, 2),
        "point": {"p": 3, "network": SHOUTED_NAME},
        "shown": {"x": 0, "y": 1},
        "description": (
            f"p=3, {SHOUTED_NAME}, so a = αβ² = 1 for all: at (0, 1) the label lags by 22.5, its "
            "probability is below 10^{−9}, and the stated bound is 1 − 2e^{−9/8} = 0.35"
        ),
        "rests_on": ("exponential series",),
    },
)

# -- the limit -----------------------------------------------------------------------------------

_GROWING = Domain.of(
    p=odd(3), network=Whole("sequences of diversified networks with a → ∞ and constant α² − 2β²")
)



def _limit_steps(weight: int = 2) -> tuple[Check, ...]:
    """θ·∂f/∂θ = weight·ξ·∂f/∂ξ for a neuron: d/dε of θ → (1+ε)θ and of ξ → (1+ε)ξ; true for 2.

    With e = 1 + ε: f(eθ, ξ) = e²f and f(θ, eξ) = e·f.
    """
    e, inner, outer = var("e"), var("inner"), var("outer")
    value = inner**2 * outer
    formula = equal((e * inner) ** 2 * outer, e**weight * value) & equal(
        inner**2 * (e * outer), e * value
    )
    degrees = formally(
        "degrees of a neuron", formula, _GROWING, symbols=indeterminates("e", "inner", "outer")
    )
    return (*steps(), leads_step(), _closed_step(), _bound_step(P - 1), degrees)


_LIMIT = proved("along every such sequence", _limit_steps(), _GROWING, *_LEMMAS, "one-hot limit")

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


_ROBUST = proved("every odd modulus", _robust_steps(), _NEARLY, *_LEMMAS, "small phase sums")

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
            Mutant.of(_SHOUTED, "equal magnitudes obey", formula=_shouted_right(_EQUAL)),
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
        id="he.softmax-bound",
        title="A lower bound of the label's probability",
        source=he("blog §3.2, app tab 4"),
        printed_kind="in",
        statement=(
            "Full diversification implies $\\mathrm{softmax}(f)[\\mathrm{label}]\\ge "
            "1-(p-1)e^{-aNp/8}$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "a is the printed α_mβ_m².",
        falsified_by="a diversified network and (x, y) with a smaller probability",
        corrected_by="he.softmax-bound.corrected",
        checks=(_SOFTMAX, _DROWNED),
        mutants=(
            Mutant.of(_SOFTMAX, "an exponent too small", parts=_beyond(Fraction(1, 2))),
            Mutant.of(_DROWNED, "equal magnitudes", parts=_drowned(_EQUAL, 2)),
            Mutant.of(_DROWNED, "a lag of 1/4", parts=_drowned(SHOUTED, Fraction(1, 4))),
        ),
    ),
    Claim(
        id="he.softmax-bound.corrected",
        title="A lower bound of the label's probability, with a = α²β",
        source=he("blog §3.2, app tab 4, corrected"),
        printed_kind="in",
        statement=(
            "(i), (iii) and a common $a=\\alpha_m^2\\beta_m$ imply $\\mathrm{softmax}(f)"
            "[\\mathrm{label}]\\ge 1-(p-1)e^{-aNp/8}$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "Equality never occurs.",
        falsified_by="such a network and (x, y) with a smaller probability",
        corrects="he.softmax-bound",
        checks=(_BOUND,),
        mutants=(
            Mutant.of(
                _BOUND,
                "one label fewer",
                parts=_margins(_closed_step(), _bound_step(P - 2)),
            ),
            Mutant.of(_BOUND, "three ghosts", parts=_margins(_closed_step(3), _bound_step(P - 1))),
        ),
    ),
    Claim(
        id="he.cand.softmax-closed",
        title="The label's probability in closed form",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Under the indicator formula $P(\\mathrm{label})=1/(1+2e^{-aNp/8}+(p-3)e^{-aNp/4})$ "
            "for $x\\ne y$ and $1/(1+(p-1)e^{-aNp/2})$ for $x=y$."
        ),
        domain=DIVERSIFIED,
        reading=READING + "aN := A = Σ α_m²β_m.",
        falsified_by="p and (x, y) with another probability",
        checks=(_CLOSED,),
        mutants=(
            Mutant.of(_CLOSED, "three ghosts", parts=_margins(_closed_step(3))),
            Mutant.of(
                _CLOSED,
                "ghosts lag by Ap/4",
                parts=_margins(_closed_step(), ghost=TOTAL * P / 4),
            ),
        ),
    ),
    Claim(
        id="he.one-hot-limit.sequence",
        title="The softmax tends to a one-hot vector as the scale grows",
        source=he("blog §3.2"),
        printed_kind="as",
        statement="As $a$ grows, the softmax tends to a one-hot vector.",
        domain=_GROWING,
        reading=(
            "That a grows in training is he.one-hot-limit.growth, here a hypothesis. Fixed p, "
            "N and phases; fully diversified networks with "
            "a = α_mβ_m² → ∞ along which each α_m² − 2β_m² stays constant, as it does under "
            "gradient flow on any loss (a neuron has degree 2 in θ and 1 in ξ). Then "
            "softmax(f)[label] → 1 at every (x, y). Without the constancy it fails: α = 1/n, β = "
            "n has α²β → 0."
        ),
        falsified_by="such a sequence with another limit at some (x, y)",
        checks=(_LIMIT,),
        mutants=(Mutant.of(_LIMIT, "degree 3 in θ", parts=_limit_steps(3)),),
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
