"""Pairs (q*, θ*) with class weighting, θ* maximising: what they say of every max-margin network.

The paper prints θ* ∈ argmin_Θ E_{q*} g'; `weighted_pairs_printed` refutes that.  With argmax all
three parts hold, the first one for min_D g, for every data set and every exponent b of the norm.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import candidate, paper, parent
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK, TASK_READING, chain
from verify.claims.fourier_circuits.stationary_pairs import (
    HIGHEST_WEIGHTED,
    LOWEST_MEAN,
    OPTIMAL,
    TIGHT,
    WEIGHTED_FACTS,
)
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Whole, at_least
from verify.methods.chains import Fact, Goal, at_most, fact, same

# Lemma E.2 speaks of a data set D; any set of points of D_p is one.
SUBSETS = Domain.of(**TASK, m=at_least(1), data=Whole("sets of points of D_p"))
ABSTRACT = Domain.of(network=Whole("networks, finite data sets and distributions"))
SUBSETS_READING = (
    TASK_READING + "D is any non-empty set of points of D_p, τ any class weighting, m any width, "
    "‖·‖_{a,b} with any b > 0 (at a witness ‖·‖_{2,3}). "
)
ABSTRACT_READING = (
    "Sums of m homogeneous neurons of any degree ν > 0, any finite data set, any class weighting, "
    "‖·‖_{a,b} with any b > 0. The parent's pair is read with argmax over networks, as in its (1), "
    "(2). That is a choice: the lemma's wording is known from quotations only, and with argmin, as "
    "`fc.multiclass` prints it, every part fails. "
)
MAXIMISING = "$q^*\\in\\arg\\min_q E_q g(\\theta^*)$, $\\theta^*\\in\\arg\\max_\\Theta E_{q^*}g'$"

_BEST = "thetahat maximises min_D g over Theta, and theta* lies in Theta"
_HIGHEST_HAT = "theta* maximises E_q* g' over Theta, and thetahat lies in Theta"
_UP_TO_HAT: tuple[Fact, ...] = (
    fact("argmax-weighted", network="theta", optimum="theta*", distribution="q*"),
    fact("argmax-weighted", network="thetahat", optimum="theta*", distribution="q*"),
    fact("weighted-tight", network="theta*", distribution="q*"),
    fact("argmin-distribution", network="theta*", distribution="q*"),
    fact("max-margin", network="theta*", optimum="thetahat"),
    fact("min-le-mean", network="thetahat", distribution="q*"),
    fact("weighted-le", network="thetahat", distribution="q*"),
)
_CHAINS: dict[str, tuple[tuple[Fact, ...], Goal, tuple[str, ...]]] = {
    "optimal": (WEIGHTED_FACTS, OPTIMAL, (LOWEST_MEAN, HIGHEST_WEIGHTED, TIGHT)),
    "support": (
        _UP_TO_HAT,
        at_most("E_q* g'(theta)", "E_q* g'(thetahat)"),
        (LOWEST_MEAN, HIGHEST_WEIGHTED, TIGHT, _BEST),
    ),
    "margin": (
        _UP_TO_HAT,
        same("E_q* g(thetahat)", "min_D g(thetahat)"),
        (LOWEST_MEAN, _HIGHEST_HAT, TIGHT, _BEST),
    ),
}
PARTS = {
    "optimal": "$\\theta^* \\in \\arg\\max_\\Theta \\min_D g$",
    "support": (
        "every $\\hat\\theta \\in \\arg\\max_\\Theta \\min_D g$ has directional support on "
        "$\\Omega'^*_{q^*}$"
    ),
    "margin": (
        "every $\\hat\\theta \\in \\arg\\max_\\Theta \\min_D g$ has $g = \\gamma^*$ on "
        "$\\mathrm{spt}(q^*)$"
    ),
}
NUMBERS = {"optimal": "(i)", "support": "(ii)", "margin": "(iii)"}
TITLES = {
    "optimal": "A class-weighted pair proves optimality",
    "support": "Max-margin networks are made of single-neuron solutions",
    "margin": "Max-margin networks have the points of the pair on the margin",
}


def weighted_pair_claim(
    claim_id: str,
    part: str,
    *,
    source: Source,
    domain: Domain,
    reading: str,
    check: Check,
    mutants: tuple[Mutant, ...],
    pair: str = MAXIMISING,
    gives: str | None = None,
    **links: str,
) -> Claim:
    """One part of the lemma.  pair: the hypotheses on (q*, θ*); gives: `PARTS[part]` otherwise."""
    return Claim(
        id=claim_id,
        title=TITLES[part],
        source=source,
        printed_kind="op" if source.arxiv else "candidate",
        statement=f"A pair with {pair}, and Condition 3.8, give: {gives or PARTS[part]}.",
        domain=domain,
        reading=reading,
        falsified_by="such a pair for which this part fails",
        checks=(check,),
        mutants=mutants,
        **links,
    )


def _established(
    claim_id: str, part: str, *, source: Source, domain: Domain, reading: str, **links: str
) -> Claim:
    facts, goal, hypotheses = _CHAINS[part]
    lemmas = ("order chains", "neurons in chains", "pairs with class weighting")
    check = chain("chain", facts, (goal,), hypotheses, domain, lemmas)
    downwards = tuple(
        {**f, "rule": "argmin-weighted"} if f["rule"] == "argmax-weighted" else f for f in facts
    )
    minimising = tuple(h.replace("theta* maximises E_", "theta* minimises E_") for h in hypotheses)
    return weighted_pair_claim(
        claim_id,
        part,
        source=source,
        domain=domain,
        reading=reading,
        check=check,
        mutants=(
            Mutant.of(
                check,
                "without Condition 3.8",
                hypotheses=tuple(h for h in hypotheses if h != TIGHT),
            ),
            Mutant.of(
                check,
                "q* any distribution",
                hypotheses=tuple(h for h in hypotheses if h != LOWEST_MEAN),
            ),
            Mutant.of(check, "argmin over networks", facts=downwards, hypotheses=minimising),
        ),
        **links,
    )


CLAIMS = [
    *(
        _established(
            f"fc.multiclass.{part}.corrected",
            part,
            source=paper(f"Lemma E.2 {NUMBERS[part]}, corrected"),
            domain=SUBSETS,
            reading=SUBSETS_READING + "argmax over networks where the paper prints argmin.",
            corrects=f"fc.multiclass.{part}",
        )
        for part in PARTS
    ),
    _established(
        "mor.multiclass.optimal.corrected",
        "optimal",
        source=parent("Lemma 6 (i), corrected"),
        domain=ABSTRACT,
        reading=ABSTRACT_READING,
        corrects="mor.multiclass.optimal",
    ),
    *(
        _established(
            f"mor.multiclass.{part}",
            part,
            source=parent(f"Lemma 6 {NUMBERS[part]}"),
            domain=ABSTRACT,
            reading=ABSTRACT_READING,
        )
        for part in ("support", "margin")
    ),
    _established(
        "fc.cand.multiclass-min.argmax",
        "optimal",
        source=candidate("single neuron"),
        domain=NETWORKS,
        reading=TASK_READING + "`fc.multiclass`(i) with min_D g in place of g at one point, (4) "
        "and (5) with argmax over networks as in fc.cand.pair-max. Whether the candidate keeps the "
        "printed argmin is not said; fc.cand.multiclass-min.argmin reads it so.",
        corrects="fc.cand.multiclass-min.argmin",
    ),
]
