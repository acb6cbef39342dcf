"""The set-up: labels as an argmax, margins as expectations, stationary pairs, homogeneity."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import candidate, paper, parent
from verify.claims.fourier_circuits.small_networks import (
    POINT,
    furthest_right,
    stationary_pair,
)
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite, Primes, Whole, at_least
from verify.formula import (
    Formula,
    Term,
    cos,
    equal,
    forall_range,
    mod,
    sin,
    total,
    var,
)
from verify.methods.chains import Fact, Goal, at_most, fact, order_chain, same
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

TASK = {"k": at_least(2), "p": Primes(3)}
NETWORKS = Domain.of(**TASK, network=Whole("networks and distributions"))
TASK_READING = (
    "p is an odd prime (“p>2 a given prime”), k ≥ 2; networks (2) of any width, D = D_p with "
    "one-hot inputs. "
)

# -- the label as an argmax --------------------------------------------------------------------

_ANGLE = var("x")


def _half_angle(square: Term = 2 * sin(_ANGLE) ** 2) -> Formula:
    return equal(1 - cos(_ANGLE + _ANGLE), square)


def _only_maximum() -> Formula:
    """cos_ζ(a1+a2−c) = 1 at the sum only; 1 is its value there."""
    z, a1, a2, c, p = (var(n) for n in ("z", "a1", "a2", "c", "p"))
    here = equal(c, mod(a1 + a2, p)) | (cos(z * (a1 + a2 - c) / p) < 1)
    for name in ("c", "a2", "a1"):
        here = forall_range(name, 0, p - 1, lambda _, body=here: body)
    return forall_range("z", 1, p - 1, lambda _: here)


_MAXIMUM = Check(
    name="half-angle identity",
    procedure=formal_identity,
    arguments={
        "formula": _half_angle(),
        "formal": {"x": "angle"},
        "scope": Domain.of(p=Primes(3), zeta=Whole("ζ in Z_p∖{0}")),
        "rests_on": ("only maximum of a cosine",),
    },
)
_MAXIMUM_POINTS = Check(
    name="every ζ, a1, a2, c at small p",
    procedure=exact_statement,
    arguments={"formula": _only_maximum(), "points": ({"p": 3}, {"p": 5}, {"p": 7})},
)

# -- pairs -------------------------------------------------------------------------------------

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


def chain(
    name: str,
    facts: tuple[Fact, ...],
    goals: tuple[Goal, ...],
    hypotheses: tuple[str, ...],
    scope: Domain = NETWORKS,
) -> Check:
    """A check by an order chain."""
    return Check(
        name=name,
        procedure=order_chain,
        arguments={"facts": facts, "goals": goals, "hypotheses": hypotheses, "scope": scope},
    )


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
        PAIR_CHAIN, "every network is optimal", goals=(at_most("min_D g(theta*)", "min_D g(theta)"),)
    ),
)


def _pair_claim(claim_id: str, title: str, source: Source, **more: str) -> Claim:
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind="op",
        statement=(
            "If $q^* \\in \\arg\\min_q E_q g(\\theta^*)$ and $\\theta^* \\in "
            "\\arg\\max_\\Theta E_{q^*} g$, then $\\theta^* \\in \\arg\\max_\\Theta \\min_D g$."
        ),
        domain=NETWORKS,
        reading=TASK_READING + "Nothing is used of Θ but that it is one set of networks.",
        falsified_by="such a pair whose θ* has not the largest margin",
        checks=(PAIR_CHAIN,),
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
            "k=2, p=3: q* the mass at the input (0, 0), θ* the single neuron u_1 = u_2 = √(1/3)·e_0, "
            "w = √(1/6)·(e_1 − e_0): both argmins hold and the margin is −4√6/9"
        ),
        "rests_on": ("one point",),
    },
)

# -- homogeneity -------------------------------------------------------------------------------

_INPUTS = 5


def _scaled_neuron(slope: int, intercept: int) -> Formula:
    """(Σ αu_j)^k αw = α^{slope·k+intercept} (Σ u_j)^k w for k = 1.._INPUTS."""
    alpha, w = var("alpha"), var("w")
    formula: Formula | None = None
    for k in range(1, _INPUTS + 1):
        inputs = [var(f"u{j}") for j in range(1, k + 1)]
        left = total([alpha * u for u in inputs]) ** k * (alpha * w)
        right = alpha ** (slope * k + intercept) * total(inputs) ** k * w
        formula = equal(left, right) if formula is None else formula & equal(left, right)
    return formula


def _scaled_by_induction(slope: int, intercept: int) -> Formula:
    """One input more, one neuron more, and the power from k to k + 1, starting at k = 1.

    s is Σu_j, and r stands for (Σu_j)^k w.
    """
    alpha, s, u, w, r = (var(n) for n in ("alpha", "s", "u", "w", "r"))
    return (
        equal(alpha * s + alpha * u, alpha * (s + u))
        & equal((alpha * s) * (alpha * w), alpha ** (slope + intercept) * s * w)
        & equal((alpha * s) * r, alpha**slope * s * r)
    )


_SYMBOLS = {n: "indeterminate" for n in ("alpha", "s", "u", "w", "r")}
_POWER = Whole("networks (2), inputs and α > 0")
_INDUCTION = Check(
    name="induction on k",
    procedure=formal_identity,
    arguments={
        "formula": _scaled_by_induction(1, 1),
        "formal": _SYMBOLS,
        "scope": Domain.of(k=at_least(1), p=Primes(3), network=_POWER),
        "rests_on": ("homogeneity by induction",),
    },
)
_INSTANCES = Check(
    name="k = 1..5",
    procedure=formal_identity,
    arguments={
        "formula": _scaled_neuron(1, 1),
        "formal": {n: "indeterminate" for n in ("alpha", "w", "u1", "u2", "u3", "u4", "u5")},
        "scope": Domain.of(k=Finite(range(1, _INPUTS + 1)), p=Primes(3), network=_POWER),
    },
)

# -- vanishing regularisation ------------------------------------------------------------------

_MINIMISER = "theta minimises CE + penalty, and scaled has its norm"
_RESCALED = "scaled is a max-margin network scaled to the norm of theta"


def _power_step(product: Term | None = None) -> Formula:
    """(1+(A−1)X)(1+qX) = 1+(A(q+1)−1)X − (A−1)qX(1−X)."""
    a, q, x = var("A"), var("q"), var("X")
    grown = a * (q + 1) if product is None else product
    return equal(
        (1 + (a - 1) * x) * (1 + q * x), 1 + (grown - 1) * x - (a - 1) * q * x * (1 - x)
    )


def _vanishing(
    scope: Domain,
    hypotheses: tuple[str, ...] = (_MINIMISER, _RESCALED),
    step: Formula | None = None,
) -> tuple[Check, ...]:
    facts = (
        fact("loss-floor", network="theta"),
        fact("loss-minimiser", optimum="theta", network="scaled"),
        fact("loss-ceiling", network="scaled"),
        fact("loss-rescaled", optimum="theta", network="scaled"),
    )
    goal = at_most("floor(min_D g(theta))", "loss(gamma* |theta|^nu)")
    power = Check(
        name="power step",
        procedure=formal_identity,
        arguments={
            "formula": step or _power_step(),
            "formal": {"A": "indeterminate", "q": "indeterminate", "X": "indeterminate"},
            "scope": scope,
        },
    )
    return chain("comparison", facts, (goal,), hypotheses, scope), power


def _vanishing_claim(claim_id: str, source: Source, penalty: str, scope: Domain, reading: str) -> Claim:
    check = Check(
        name="γ* − γ_λ ≤ |D| ln p / ‖θ_λ‖^ν",
        procedure=conjunction,
        arguments={
            "parts": _vanishing(scope),
            "scope": scope,
            "rests_on": ("vanishing regularisation",),
        },
    )
    return Claim(
        id=claim_id,
        title="The margin of a minimiser as the regularisation vanishes",
        source=source,
        printed_kind="as",
        statement=(
            "If $f$ is homogeneous and $\\gamma^*>0$, then for every norm and "
            f"$\\theta_\\lambda \\in \\arg\\min L_\\lambda$ with penalty ${penalty}$, "
            "$\\lim_{\\lambda\\to 0}\\gamma_\\lambda = \\gamma^*$."
        ),
        domain=scope,
        hypotheses=("γ* is attained and positive", "L_λ has a minimiser θ_λ"),
        reading=reading
        + " Cross-entropy is averaged over a finite data set with p ≥ 2 labels; degree ν > 0.",
        falsified_by="a homogeneous network, a norm and λ → 0 with another limit",
        checks=(check,),
        mutants=(
            Mutant.of(check, "θ_λ minimises nothing", parts=_vanishing(scope, (_RESCALED,))),
            Mutant.of(
                check,
                "the comparison network has any margin",
                parts=_vanishing(scope, (_MINIMISER,)),
            ),
            Mutant.of(
                check,
                "the power step without its factor p",
                parts=_vanishing(scope, step=_power_step(var("A") * var("q"))),
            ),
        ),
    )


CLAIMS = [
    Claim(
        id="fc.cos-argmax",
        title="The label is the argmax of a cosine",
        source=paper("p. 4"),
        printed_kind="id",
        statement=(
            "For $\\zeta \\in \\mathbb{Z}_p\\setminus\\{0\\}$: $(a_1+a_2) \\bmod p = "
            "\\arg\\max_c \\cos(2\\pi\\zeta(a_1+a_2-c)/p)$."
        ),
        domain=Domain.of(p=Primes(3), zeta=Whole("ζ in Z_p∖{0}")),
        reading="p is an odd prime; the argmax is the set of all maximisers c ∈ Z_p.",
        falsified_by="p, ζ, a1, a2 and another maximiser c",
        checks=(_MAXIMUM, _MAXIMUM_POINTS),
        mutants=(
            Mutant.of(_MAXIMUM, "argmin", formula=_half_angle(2 * cos(_ANGLE) ** 2)),
            Mutant.of(_MAXIMUM_POINTS, "p composite", points=({"p": 3}, {"p": 9})),
        ),
    ),
    Claim(
        id="fc.min-as-expectation",
        title="The maximum margin as a max-min of expectations",
        source=paper("(3)"),
        printed_kind="id",
        statement="$\\gamma^* = \\max_\\Theta \\min_{q \\in \\mathcal{P}(D_p)} E_q\\, g$.",
        domain=NETWORKS,
        reading=TASK_READING
        + "γ* = max_Θ min_{D_p} g; shown network by network, so the maxima over Θ agree.",
        falsified_by="a network whose least mean differs from its least value",
        checks=(
            _LEAST := chain(
                "network by network",
                (
                    fact("min-le-least-mean", network="theta"),
                    fact("point-mass", network="theta"),
                    fact("min-le-mean", network="theta", distribution="q"),
                ),
                (same("min_q E_q g(theta)", "min_D g(theta)"),),
                (),
            ),
        ),
        mutants=(
            Mutant.of(
                _LEAST,
                "every mean, not the least",
                goals=(same("E_q g(theta)", "min_D g(theta)"),),
            ),
            Mutant.of(
                _LEAST, "without point masses", facts=(fact("min-le-least-mean", network="theta"),)
            ),
        ),
    ),
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
        corrects="fc.stationary-display",
    ),
    _pair_claim("mor.pair", "A stationary pair proves optimality", parent("(1), (2), Lemma 2")),
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
        reading=TASK_READING + "Any class weighting τ; (5) comes with Condition 3.8.",
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
    Claim(
        id="fc.homogeneity",
        title="The network is homogeneous of degree k + 1",
        source=paper("§3.3"),
        printed_kind="id",
        statement="Network (2) has $\\nu = k+1$: $f(\\alpha\\theta) = \\alpha^{k+1} f(\\theta)$.",
        domain=Domain.of(k=at_least(1), p=Primes(3), network=_POWER),
        reading="All k ≥ 1, any width; the identity is formal in the weights and in α.",
        falsified_by="k, a network, an input and α > 0 with another power",
        checks=(_INDUCTION, _INSTANCES),
        mutants=(
            Mutant.of(_INDUCTION, "degree k", formula=_scaled_by_induction(1, 0)),
            Mutant.of(_INDUCTION, "degree 2k", formula=_scaled_by_induction(2, 0)),
            Mutant.of(_INSTANCES, "degree k", formula=_scaled_neuron(1, 0)),
        ),
    ),
    _vanishing_claim(
        "fc.vanishing-lambda",
        paper("Theorem 3.7"),
        "\\lambda\\|\\theta\\|",
        Domain.of(network=Whole("homogeneous networks"), norm=Whole("norms of the parameters")),
        "The penalty is λ‖θ‖ to the first power, as printed.",
    ),
    _vanishing_claim(
        "mor.vanishing-lambda",
        parent("Theorem 1"),
        "\\lambda\\|\\theta\\|^r",
        Domain.of(
            network=Whole("homogeneous networks"),
            norm=Whole("norms of the parameters"),
            r=Whole("real exponents r > 0"),
        ),
        "The penalty is λ‖θ‖^r with fixed r > 0.",
    ),
]
