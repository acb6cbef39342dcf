"""Pairs (q*, θ*) with class weighting as printed, θ* minimising: every part fails at k=2, p=3.

A network as bad as possible at one point minimises E_{q*} g and E_{q*} g' for the mass q* there,
and g' = g there if τ picks its leading wrong label.  It says nothing of max-margin networks.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    QUOTED,
    candidate,
    paper,
    parent,
    uniform_weights,
)
from verify.claims.fourier_circuits.optimal import HALVES, PRINTED_WIDTH, odd_family
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK, TASK_READING
from verify.claims.fourier_circuits.small_networks import (
    DESIGN_SIZE,
    FURTHEST_WRONG_NORM,
    LARGEST_LEAD,
    POINT,
    ZERO,
    Logit,
    balanced,
    closed,
    cosine_neuron,
    everywhere,
    furthest_right,
    furthest_wrong,
    gap,
    half_neuron,
    lead,
    lopsided,
    stationary_pair,
    uniform_gap,
)
from verify.claims.fourier_circuits.weighted_pairs import (
    ABSTRACT,
    ABSTRACT_READING,
    NUMBERS,
    PARTS,
    SUBSETS,
    SUBSETS_READING,
    weighted_pair_claim,
)
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain
from verify.formula import equal, rational
from verify.methods.margins import BOUND, bound_relation
from verify.methods.refutations import refuted_by

_MINIMISING = (
    "(4) $q^*\\in\\arg\\min_q E_q g(\\theta^*)$, $\\theta^*\\in\\arg\\min_\\Theta E_{q^*}g$, "
    "(5) $\\theta^*\\in\\arg\\min_\\Theta E_{q^*}g'$"
)
_ANY_POINT = "$\\theta^* \\in \\arg\\max_\\Theta g(\\theta,x,y)$"


def _refutation(
    name: str,
    parts: tuple[Check, ...],
    point: dict[str, object],
    description: str,
    *lemmas: str,
) -> Check:
    return Check(
        name=name,
        procedure=refuted_by,
        arguments={
            "parts": parts,
            "point": {**POINT, **point},
            "description": description,
            "rests_on": ("one point", "neurons in chains", *lemmas),
        },
    )


def _worst_pair(logit: Logit = furthest_wrong) -> tuple[Check, ...]:
    """q* the mass at x°, τ on label 1 there: both argmins hold, and g' = g at x°."""
    tight = closed("Condition 3.8", equal(lead(logit, ZERO, ZERO, 1), gap(logit, ZERO, ZERO)))
    return stationary_pair(logit), tight


_PAIR = (
    "k=2, p=3: q* the mass at the input (0, 0), τ on label 1 there, θ* the neuron u_1 = u_2 = "
    "√(1/3)·e_0, w = √(1/6)·(e_1 − e_0), which has the lowest g and g' there; "
)
_BELOW_ZERO = _refutation(
    "a pair of lowest margin",
    _worst_pair(),
    {"m": 1, "data": "D_p"},
    _PAIR + "g(θ*) = −4√6/9 there, so the zero network is better at this point and in min_D g",
)
_WORST_NETWORK = _refutation(
    "a pair of lowest margin",
    _worst_pair(),
    {"network": "one neuron"},
    _PAIR + "min_D g(θ*) = −4√6/9, so the zero network is better",
)
_BOUND = Check(
    name="no network has a larger margin",
    procedure=bound_relation,
    arguments={"weights": uniform_weights, "points": (POINT,), "relation": BOUND <= GAMMA},
)


def _optimum(logit: Logit = balanced) -> Check:
    """A network with g = g' = Γ at every point, at norm 1 (τ uniform)."""
    value = GAMMA * DESIGN_SIZE
    return closed(
        "an optimal network",
        everywhere(lambda a1, a2: equal(gap(logit, a1, a2), value)),
        everywhere(lambda a1, a2: equal(uniform_gap(logit, a1, a2), value)),
    )


# The ladder's neuron of phases 0 has g' = 6 at x° and squared norm 9/2.
_OTHER_DIRECTION = closed(
    "a neuron off Ω'*",
    lead(cosine_neuron, ZERO, ZERO, 1) < LARGEST_LEAD * rational(9, 2) ** rational(3, 2),
)
_OFF_SUPPORT = _refutation(
    "an optimal network of other neurons",
    (*_worst_pair(), _BOUND, _optimum(), _OTHER_DIRECTION),
    {"m": 6, "data": "D_p"},
    _PAIR + "the max-margin network of six cosine neurons has one whose direction does not "
    "maximise g' at this point",
    "single-neuron bound",
)


def _one_neuron(logit: Logit) -> Check:
    """g ≥ 0 at (0, 1), which needs label 1, and g > 0 at (0, 0): then γ* = 0 for one neuron."""
    return closed("one neuron", gap(logit, ZERO, rational(1)) >= 0, gap(logit, ZERO, ZERO) > 0)


_OFF_MARGIN = _refutation(
    "a point off the margin",
    (
        *_worst_pair(),
        _one_neuron(half_neuron),
    ),
    {"m": 1, "data": "(0, 0), (0, 1)"},
    _PAIR + "m=1, D = {(0, 0), (0, 1)}: γ* = 0, attained by u_2 = w = e_0/2, which has "
    "g = 1/8 at the point of q*",
    "one neuron, two labels",
)


def _with_other_pair(check: Check) -> Mutant:
    right = _worst_pair(furthest_right)
    return Mutant.of(
        check,
        "the network with the highest g at the point",
        parts=(*right, *check.arguments["parts"][len(right) :]),
    )


# (i) with argmax but without min_D: q*, τ uniform, θ* optimal; another network is better at x°.
def _better_there(logit: Logit) -> Check:
    return closed(
        "a better network at one point",
        equal(FURTHEST_WRONG_NORM, 1),
        gap(logit, ZERO, ZERO) > GAMMA * (DESIGN_SIZE if logit is balanced else rational(1)),
    )


_BETTER_THERE = _better_there(furthest_right)
_POINTWISE = _refutation(
    "better at one point",
    (_BOUND, _optimum(), _BETTER_THERE),
    {"network": "ladder"},
    "k=2, p=3: q* and τ uniform, θ* the max-margin network of six cosine neurons; at the input "
    "(0, 0) the neuron u_1 = u_2 = √(1/3)·e_0, w = √(1/6)·(e_0 − e_1) has a larger g",
    "single-neuron bound",
)
_CHECKS: dict[str, tuple[Check, tuple[Mutant, ...]]] = {
    "optimal": (_BELOW_ZERO, (_with_other_pair(_BELOW_ZERO),)),
    "support": (
        _OFF_SUPPORT,
        (
            _with_other_pair(_OFF_SUPPORT),
            Mutant.of(
                _OFF_SUPPORT,
                "a neuron of Ω'*",
                parts=(
                    *_OFF_SUPPORT.arguments["parts"][:-1],
                    closed("its direction", lead(furthest_right, ZERO, ZERO, 1) < LARGEST_LEAD),
                ),
            ),
        ),
    ),
    "margin": (
        _OFF_MARGIN,
        (
            _with_other_pair(_OFF_MARGIN),
            Mutant.of(
                _OFF_MARGIN,
                "a neuron that is wrong at the other point",
                parts=(*_worst_pair(), _one_neuron(furthest_right)),
            ),
        ),
    ),
}
_READINGS = {
    "optimal": "(x, y), free in the printed part, is read as any point of spt(q*); at the witness "
    "θ* does not maximise min_D g either.",
    "support": "",
    "margin": "D_p itself is no witness: for D = D_p, ‖·‖_{2,k+1} and m as in `fc.main` this part "
    "holds whatever the pair, which is fc.multiclass.margin.full-data.",
}
_ALL_TIGHT = odd_family(
    "equality analysis",
    conclusions=("value", "width", "all-points-tight"),
    width=PRINTED_WIDTH,
)
_LITERAL = "Both argmins over networks are taken literally. "

CLAIMS = [
    *(
        weighted_pair_claim(
            f"fc.multiclass.{part}",
            part,
            source=paper(f"Lemma E.2 {NUMBERS[part]}"),
            domain=SUBSETS,
            reading=SUBSETS_READING + _LITERAL + _READINGS[part],
            check=check,
            mutants=mutants,
            pair=_MINIMISING,
            gives=_ANY_POINT if part == "optimal" else None,
            corrected_by=f"fc.multiclass.{part}.corrected",
        )
        for part, (check, mutants) in _CHECKS.items()
    ),
    weighted_pair_claim(
        "fc.multiclass.margin.full-data",
        "margin",
        source=paper("Lemma E.2 (iii)"),
        domain=Domain.of(**TASK),
        reading=TASK_READING + "‖·‖_{2,k+1} and every width m ≥ 2^{2k−1}(p−1)/2, so that γ* is the "
        "supremum over all widths. Shown for every q* and τ: all points of every max-margin "
        "network are on the margin, and nothing of the pair is used.",
        check=_ALL_TIGHT,
        mutants=(
            Mutant.of(_ALL_TIGHT, "half turns in place of quarters", factor=HALVES),
            Mutant.of(_ALL_TIGHT, "half the printed width", width=PRINTED_WIDTH / 2),
            Mutant.of(
                _ALL_TIGHT,
                "twice the value",
                value={**GAMMA_VALUE, "numerator": 2 * GAMMA_VALUE["numerator"]},
            ),
        ),
        pair=_MINIMISING,
        gives=f"on the full data $D=D_p$ {PARTS['margin']}",
    ),
    weighted_pair_claim(
        "mor.multiclass.optimal",
        "optimal",
        source=parent("Lemma 6 (i)"),
        domain=ABSTRACT,
        reading=ABSTRACT_READING + QUOTED + "(x, y), free in this part, is read as any point of "
        "spt(q*).",
        check=_POINTWISE,
        mutants=(
            Mutant.of(
                _POINTWISE,
                "a pair without Condition 3.8",
                parts=(_BOUND, _optimum(lopsided), _BETTER_THERE),
            ),
            Mutant.of(
                _POINTWISE,
                "the optimal network itself",
                parts=(_BOUND, _optimum(), _better_there(balanced)),
            ),
        ),
        gives=_ANY_POINT,
        corrected_by="mor.multiclass.optimal.corrected",
    ),
    weighted_pair_claim(
        "fc.cand.multiclass-min.argmin",
        "optimal",
        source=candidate("single neuron"),
        domain=NETWORKS,
        reading=TASK_READING
        + "`fc.multiclass`(i) with min_D g in place of g at one point, (4) and (5) with argmin "
        "over networks as printed. fc.cand.multiclass-min.argmax reads them with argmax.",
        check=_WORST_NETWORK,
        mutants=(_with_other_pair(_WORST_NETWORK),),
        pair=_MINIMISING,
        corrected_by="fc.cand.multiclass-min.argmax",
    ),
]
