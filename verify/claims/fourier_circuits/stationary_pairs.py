"""Stationary pairs (q*, θ*): as displayed, as described, and with class weighting."""

from __future__ import annotations

from dataclasses import replace

from verify.claims.fourier_circuits.common import candidate, paper, parent
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK, TASK_READING, chain
from verify.claims.fourier_circuits.small_networks import POINT, furthest_right, stationary_pair
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Whole
from verify.methods.chains import Fact, Goal, at_most, fact
from verify.methods.combine import conjunction
from verify.methods.refutations import refuted_by

# The hypotheses on a pair (q*, θ*) in the checker's words.
LOWEST_MEAN = "q* minimises E_q g(theta*) over q"
HIGHEST_NETWORK = "theta* maximises E_q* g over Theta, and theta lies in Theta"
HIGHEST_WEIGHTED = "theta* maximises E_q* g' over Theta, and theta lies in Theta"
TIGHT = "g'(theta*) = g(theta*) on the support of q*"

PAIR_FACTS: tuple[Fact, ...] = (
    fact("min-le-mean", network="theta", distribution="q*"),
    fact("argmax-network", network="theta", optimum="theta*", distribution="q*"),
    fact("argmin-distribution", network="theta*", distribution="q*"),
)
WEIGHTED_FACTS: tuple[Fact, ...] = (
    fact("min-le-mean", network="theta", distribution="q*"),
    fact("weighted-le", network="theta", distribution="q*"),
    fact("argmax-weighted", network="theta", optimum="theta*", distribution="q*"),
    fact("weighted-tight", network="theta*", distribution="q*"),
    fact("argmin-distribution", network="theta*", distribution="q*"),
)
OPTIMAL: Goal = at_most("min_D g(theta)", "min_D g(theta*)")
# argmin where the pair needs argmax, as the display prints it
_LOWEST_NETWORK = fact("argmin-network", network="theta", optimum="theta*", distribution="q*")
_LOWEST_NETWORK_HYPOTHESIS = "theta* minimises E_q* g over Theta, and theta lies in Theta"


PAIR_CHAIN = chain("chain", PAIR_FACTS, (OPTIMAL,), (LOWEST_MEAN, HIGHEST_NETWORK))
WEIGHTED_CHAIN = chain(
    "chain of the weighted pair", WEIGHTED_FACTS, (OPTIMAL,), (LOWEST_MEAN, HIGHEST_WEIGHTED, TIGHT)
)
PAIR_MUTANTS = (
    Mutant.of(
        PAIR_CHAIN,
        "argmin over networks",
        facts=(PAIR_FACTS[0], _LOWEST_NETWORK, PAIR_FACTS[2]),
        hypotheses=(LOWEST_MEAN, _LOWEST_NETWORK_HYPOTHESIS),
    ),
    Mutant.of(PAIR_CHAIN, "q* any distribution", hypotheses=(HIGHEST_NETWORK,)),
    Mutant.of(
        PAIR_CHAIN,
        "every network is optimal",
        goals=(at_most("min_D g(theta*)", "min_D g(theta)"),),
    ),
)


def _pair_claim(
    claim_id: str, title: str, source: Source, domain: Domain, reading: str, **more: str
) -> Claim:
    check = replace(PAIR_CHAIN, arguments={**PAIR_CHAIN.arguments, "scope": domain})
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind="op",
        statement=(
            "If $q^* \\in \\arg\\min_q E_q g(\\theta^*)$ and $\\theta^* \\in "
            "\\arg\\max_\\Theta E_{q^*} g$, then $\\theta^* \\in \\arg\\max_\\Theta \\min_D g$."
        ),
        domain=domain,
        reading=reading + "Nothing is used of Θ but that it is one set of networks.",
        falsified_by="such a pair whose θ* has not the largest margin",
        checks=(check,),
        mutants=PAIR_MUTANTS,
        **more,
    )


_DISPLAY = Check(
    name="a pair of lowest margin",
    procedure=refuted_by,
    arguments={
        "parts": (stationary_pair(),),
        "point": POINT,
        "description": (
            "k=2, p=3: q* the mass at the input (0, 0), θ* the single neuron "
            "u_1 = u_2 = √(1/3)·e_0, "
            "w = √(1/6)·(e_1 − e_0): both argmins hold and the margin is −4√6/9"
        ),
        "rests_on": ("one point",),
    },
)

CLAIMS = [
    Claim(
        id="fc.stationary-display",
        title="The stationary pair as displayed, with argmin over networks",
        source=paper("Definition 3.5, (4)"),
        printed_kind="op",
        statement=(
            "A pair with $q^* \\in \\arg\\min_q E_q g(\\theta^*)$ and $\\theta^* \\in "
            "\\arg\\min_\\Theta E_{q^*} g$ proves $\\theta^* \\in \\Theta^*$."
        ),
        domain=Domain.of(**TASK),
        reading=TASK_READING + "‖θ‖_{2,k+1} ≤ 1, and both argmins are taken literally.",
        falsified_by="such a pair whose θ* has not the largest margin",
        corrected_by="fc.stationary-text",
        checks=(_DISPLAY,),
        mutants=(
            Mutant.of(
                _DISPLAY,
                "the network with the highest g at the point",
                parts=(stationary_pair(furthest_right),),
            ),
        ),
    ),
    _pair_claim(
        "fc.stationary-text",
        "A stationary pair as described, with a maximising network",
        paper("text after (4)"),
        NETWORKS,
        TASK_READING,
        corrects="fc.stationary-display",
    ),
    _pair_claim(
        "mor.pair",
        "A stationary pair proves optimality",
        parent("(1), (2), Lemma 2"),
        Domain.of(network=Whole("networks, finite data sets and distributions")),
        "Any finite data set and any network. ",
    ),
    Claim(
        id="fc.cand.pair-max",
        title="Both stationary pairs with argmax over networks",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement=(
            "A pair with $q^* \\in \\arg\\min_q E_q g(\\theta^*)$ and either (4) $\\theta^* \\in "
            "\\arg\\max_\\Theta E_{q^*} g$ or (5) $\\theta^* \\in \\arg\\max_\\Theta E_{q^*} g'$ "
            "with $g'(\\theta^*)=g(\\theta^*)$ on the support of $q^*$ proves $\\theta^* \\in "
            "\\Theta^*$."
        ),
        domain=NETWORKS,
        reading=TASK_READING + "“(4), (5) with argmax” is read as either of the two: a pair with "
        "(4), or a pair with (5), which comes with Condition 3.8; each proves θ* ∈ Θ*, so the two "
        "together do. Any class weighting τ.",
        falsified_by="such a pair whose θ* has not the largest margin",
        checks=(
            _BOTH := Check(
                name="chains of (4) and (5)",
                procedure=conjunction,
                arguments={"parts": (PAIR_CHAIN, WEIGHTED_CHAIN), "scope": NETWORKS},
            ),
        ),
        mutants=(
            Mutant.of(
                _BOTH,
                "(5) without Condition 3.8",
                parts=(
                    PAIR_CHAIN,
                    chain("", WEIGHTED_FACTS, (OPTIMAL,), (LOWEST_MEAN, HIGHEST_WEIGHTED)),
                ),
            ),
            Mutant.of(_BOTH, "(4) with argmin", parts=(PAIR_MUTANTS[0].check, WEIGHTED_CHAIN)),
        ),
    ),
]
