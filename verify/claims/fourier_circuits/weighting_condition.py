"""Condition 3.8: what it means for the logits, and what it says of the two sets of solutions."""

from __future__ import annotations

from constructions.designs import quarter
from verify.claims.fourier_circuits.class_weighting import F1, F2, MEAN, T1, T2, TOP, grid, on_grid
from verify.claims.fourier_circuits.common import GAMMA, cyclic_network, paper, uniform_weights
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK, TASK_READING, chain
from verify.claims.fourier_circuits.small_networks import (
    POINT,
    Logit,
    balanced,
    class_weighted_optimum,
    lopsided,
)
from verify.claims.fourier_circuits.stationary_pairs import HIGHEST_WEIGHTED, LOWEST_MEAN, TIGHT
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole
from verify.formula import Formula, Term, equal, implies, var
from verify.methods.chains import at_most, fact
from verify.methods.identities import formal_identity
from verify.methods.margins import BOUND, MARGIN, NORM, bound_relation, network_relation
from verify.methods.refutations import refuted_by


def _iff(left: Formula, right: Formula) -> Formula:
    return implies(left, right) & implies(right, left)


_SUPPORT_IN_ARGMAX = (equal(T1, 0) | equal(F1, TOP)) & (equal(T2, 0) | equal(F2, TOP))
_ARGMAX_IN_SUPPORT = (~equal(F1, TOP) | (T1 > 0)) & (~equal(F2, TOP) | (T2 > 0))


def _one_label_more(top: Term | None = None) -> Formula:
    """M·Στ − Στf = Στ(M − f), from a set of labels to one label more.

    T = Στ and S = Στf so far; t and f belong to the new label.
    """
    m, big, s, t, f = (var(n) for n in ("M", "T", "S", "t", "f"))
    whole = (big + t) * m if top is None else top
    return equal(whole - (s + t * f), (big * m - s) + t * (m - f))


_MEANING = Check(
    name="one label at a time",
    procedure=formal_identity,
    arguments={
        "formula": _one_label_more(),
        "formal": dict.fromkeys(("M", "T", "S", "t", "f"), "indeterminate"),
        "scope": Domain.of(p=Primes(3), logits=Whole("logits and class weightings")),
        "rests_on": ("weighted maximum",),
    },
)
_MEANING_GRID = on_grid("two wrong labels", _iff(equal(TOP, MEAN), _SUPPORT_IN_ARGMAX))

_BOUND = Check(
    name="no network has a larger mean of g'",
    procedure=bound_relation,
    arguments={"weights": uniform_weights, "points": (POINT,), "relation": BOUND <= GAMMA},
)
_ATTAINED = Check(
    name="a pair with Condition 3.8",
    procedure=network_relation,
    arguments={
        "build": cyclic_network(quarter),
        "points": (POINT,),
        "relation": equal(MARGIN, GAMMA * NORM),
    },
)


def _inequivalent(logit: Logit) -> tuple[Check, ...]:
    return _BOUND, _ATTAINED, class_weighted_optimum(logit)


_EQUIVALENCE = Check(
    name="a weighted optimum that is no optimum",
    procedure=refuted_by,
    arguments={
        "parts": _inequivalent(lopsided),
        "point": POINT,
        "description": (
            "k=2, p=3, τ uniform: six cosine neurons of frequency 1, phases (0,1), (0,3), (1,0), "
            "(1,4), (2,2), (2,5) in sixths of a turn with weights 6, 4, 6, 4, 3, 1, have "
            "g' = γ* at "
            "every point at norm 1, and g < γ* at some"
        ),
        "rests_on": ("single-neuron bound",),
    },
)
_BEST = "thetahat maximises min_D g over Theta, and theta* lies in Theta"
_ONE_SIDED = chain(
    "chain of values",
    (
        fact("weighted-min-le-mean", network="theta", distribution="q*"),
        fact("argmax-weighted", network="theta", optimum="theta*", distribution="q*"),
        fact("weighted-tight", network="theta*", distribution="q*"),
        fact("argmin-distribution", network="theta*", distribution="q*"),
        fact("max-margin", network="theta*", optimum="thetahat"),
        fact("weighted-min", network="thetahat"),
    ),
    (
        at_most("min_D g'(theta)", "min_D g(thetahat)"),
        at_most("min_D g'(theta)", "min_D g'(thetahat)"),
    ),
    (LOWEST_MEAN, HIGHEST_WEIGHTED, TIGHT, _BEST),
)

CLAIMS = [
    Claim(
        id="fc.condition-meaning",
        title="What Condition 3.8 means",
        source=paper("Condition 3.8"),
        printed_kind="id",
        statement=(
            "$g'(\\theta^*,x,y)=g(\\theta^*,x,y)$ on $\\mathrm{spt}(q^*)$ means "
            "$\\{y'\\ne y: \\tau(x,y)[y']>0\\} \\subseteq "
            "\\arg\\max_{y'\\ne y} f(\\theta^*,x)[y']$."
        ),
        domain=Domain.of(p=Primes(3), logits=Whole("logits and class weightings")),
        reading=(
            "“Means” is read as: equivalent at each point, for both sides at the same points "
            "(x,y) ∈ spt(q*). At points outside spt(q*) the inclusion is not implied."
        ),
        falsified_by="logits and weights at one point that satisfy one side only",
        checks=(_MEANING, _MEANING_GRID),
        mutants=(
            Mutant.of(_MEANING, "weights of any sum", formula=_one_label_more(var("M"))),
            Mutant.of(
                _MEANING_GRID,
                "the other inclusion",
                formula=grid(_iff(equal(TOP, MEAN), _ARGMAX_IN_SUPPORT)),
            ),
        ),
    ),
    Claim(
        id="fc.condition-equivalence",
        title="Max-margin and class-weighted solutions are equivalent",
        source=paper("§3.3"),
        printed_kind="op",
        statement=(
            "Under Condition 3.8 the maximum-margin and the class-weighted maximum-margin "
            "solutions are equivalent."
        ),
        domain=Domain.of(**TASK),
        hypotheses=(
            "a pair: q* ∈ argmin_q E_q g(θ*), θ* ∈ argmax_Θ E_{q*} g', g' = g on spt(q*)",
        ),
        reading=TASK_READING
        + "The two solution sets argmax_Θ min_D g and argmax_Θ min_D g' are equal whenever such a "
        "pair exists; at the witness τ and q* are uniform and θ* is the paper's own network.",
        falsified_by="a network in one of the sets and not in the other, and such a pair",
        corrected_by="fc.condition-equivalence.corrected",
        checks=(_EQUIVALENCE,),
        mutants=(
            Mutant.of(
                _EQUIVALENCE, "an optimal network as witness", parts=_inequivalent(balanced)
            ),
        ),
    ),
    Claim(
        id="fc.condition-equivalence.corrected",
        title="Max-margin solutions are class-weighted solutions of the same value",
        source=paper("§3.3, corrected"),
        printed_kind="op",
        statement=(
            "If a pair satisfies Condition 3.8, then "
            "$\\max_\\Theta \\min_D g = \\max_\\Theta \\min_D "
            "g'$, and every maximum-margin network is a class-weighted solution."
        ),
        domain=NETWORKS,
        hypotheses=(
            "a pair: q* ∈ argmin_q E_q g(θ*), θ* ∈ argmax_Θ E_{q*} g', g' = g on spt(q*)",
        ),
        reading=TASK_READING + "Any class weighting.",
        falsified_by="a maximum-margin network that does not maximise min_D g'",
        corrects="fc.condition-equivalence",
        checks=(_ONE_SIDED,),
        mutants=(
            Mutant.of(
                _ONE_SIDED,
                "without Condition 3.8",
                hypotheses=(LOWEST_MEAN, HIGHEST_WEIGHTED, _BEST),
            ),
            Mutant.of(
                _ONE_SIDED,
                "every network is a class-weighted solution",
                goals=(at_most("min_D g'(thetahat)", "min_D g'(theta)"),),
            ),
        ),
    ),
]
