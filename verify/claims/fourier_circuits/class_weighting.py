"""The class-weighted margin, and whether the objective depends on the class weighting."""

from __future__ import annotations

from collections.abc import Callable

from verify.claims.fourier_circuits.common import paper
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK, TASK_READING, chain
from verify.claims.fourier_circuits.small_networks import (
    POINT,
    ZERO,
    closed,
    lead,
    one_hot,
    uniform_gap,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, equal, forall_range, maximum, rational, var
from verify.methods.chains import at_most, fact, same
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

# -- two wrong labels with logits f1, f2 in −2..2 and weights t/4, 1 − t/4 ----------------------

F1, F2, T1 = var("f1"), var("f2"), var("t") / 4
T2 = 1 - T1
TOP, MEAN = maximum(F1, F2), T1 * F1 + T2 * F2


def grid(relation: Formula) -> Formula:
    """The relation at all of these logits and weights."""
    for name, low, high in (("f2", -2, 2), ("f1", -2, 2), ("t", 0, 4)):
        relation = forall_range(name, low, high, lambda _, body=relation: body)
    return relation


def on_grid(name: str, relation: Formula) -> Check:
    """A check of the relation at all of these logits and weights."""
    return Check(
        name=name,
        procedure=exact_statement,
        arguments={
            "formula": grid(relation),
            "points": ({},),
            "scope": Domain.at({"p": 3, "logits": "-2..2", "weights": "quarters"}),
        },
    )


_WEIGHTED_FACTS = (
    fact("weighted-le", network="theta", distribution="q"),
    fact("neuron-sum", network="theta", distribution="q"),
)
_WEIGHTED_GOALS = (
    at_most("E_q g(theta)", "E_q g'(theta)"),
    same("E_q g'(theta)", "sum E_q psi'(theta_i)"),
)
_WEIGHTED = chain("for every distribution", _WEIGHTED_FACTS, _WEIGHTED_GOALS, ())
_WEIGHTED_GRID = on_grid("two wrong labels", TOP >= MEAN)

# -- the objective -----------------------------------------------------------------------------

_E1, _E2 = var("E1"), var("E2")
_UNIFORM, _ONE_SIDE = (rational(1, 2), rational(1, 2)), (rational(0), rational(1))
Objective = Callable[[Term, Term], Term]


def cross_entropy(_first: Term, _second: Term) -> Term:
    """exp of the cross-entropy at one point; E_c = e^{f[c] − f[y]}.  The weights do not occur."""
    return 1 + _E1 + _E2


def weighted_cross_entropy(first: Term, second: Term) -> Term:
    """The same with the wrong labels weighted: what an objective based on τ could be."""
    return 1 + 2 * (first * _E1 + second * _E2)


def _two_weightings(objective: Objective) -> tuple[Check, ...]:
    unchanged = Check(
        name="one objective",
        procedure=formal_identity,
        arguments={
            "formula": equal(objective(*_UNIFORM), objective(*_ONE_SIDE)),
            "formal": {"E1": "indeterminate", "E2": "indeterminate"},
            "scope": Domain.at(POINT),
        },
    )
    one = rational(1)
    changed = closed(
        "two weighted margins", ~equal(uniform_gap(one_hot, ZERO, one), lead(one_hot, ZERO, one, 2))
    )
    return unchanged, changed


_OBJECTIVE = Check(
    name="two weightings, one objective",
    procedure=refuted_by,
    arguments={
        "parts": _two_weightings(cross_entropy),
        "point": POINT,
        "description": (
            "k=2, p=3: with τ uniform, or all on label 2 at the input (0, 1), L_λ is the same "
            "function of the logits, while g' of the neuron u_1 = u_2 = w = e_0 is −1/2 or 0 there"
        ),
    },
)
_JENSEN = chain(
    "chain",
    (fact("loss-jensen", network="theta", distribution="u"),),
    (at_most("loss(E_u g'(theta))", "CE(theta)"),),
    ("u and tau are uniform",),
)

CLAIMS = [
    Claim(
        id="fc.weighted-margin",
        title="The class-weighted margin",
        source=paper("Definition 3.6"),
        printed_kind="in",
        statement="$g \\le g'$, and $E\\, g'$ is a sum over neurons.",
        domain=NETWORKS,
        reading=TASK_READING
        + "Any class weighting; the inequality under every distribution, so also at every point.",
        falsified_by="a network, a weighting and a point with g > g'",
        checks=(_WEIGHTED, _WEIGHTED_GRID),
        mutants=(
            Mutant.of(
                _WEIGHTED, "reversed", goals=(at_most("E_q g'(theta)", "E_q g(theta)"),)
            ),
            Mutant.of(
                _WEIGHTED,
                "E g is a sum over neurons",
                goals=(same("E_q g(theta)", "sum E_q psi'(theta_i)"),),
            ),
            Mutant.of(_WEIGHTED_GRID, "reversed", formula=grid(TOP <= MEAN)),
        ),
    ),
    Claim(
        id="fc.tau-objective",
        title="The objective is based on the class weighting",
        source=paper("§4"),
        printed_kind="id",
        statement="Under uniform class weighting $L_\\lambda$ “is based on $\\tau$”.",
        domain=Domain.of(**TASK),
        reading=TASK_READING
        + "Read as: another τ gives another L_λ. L_λ is the objective (3.1): the mean "
        "cross-entropy "
        "of f(θ, x) at y, and a penalty on θ.",
        falsified_by="two weightings τ with one L_λ",
        corrected_by="fc.tau-objective.corrected",
        checks=(_OBJECTIVE,),
        mutants=(
            Mutant.of(
                _OBJECTIVE,
                "a weighted cross-entropy in its place",
                parts=_two_weightings(weighted_cross_entropy),
            ),
        ),
    ),
    Claim(
        id="fc.tau-objective.corrected",
        title="The uniform class-weighted margin bounds the objective",
        source=paper("§4, corrected"),
        printed_kind="in",
        statement=(
            "With uniform $\\tau$ and uniform $q$ on $D_p$: "
            "$\\mathrm{CE}(\\theta) \\ge \\ln(1+(p-1)e^{-E_q g'(\\theta)})$, although $L_\\lambda$ "
            "does not contain $\\tau$."
        ),
        domain=NETWORKS,
        reading=TASK_READING + "CE is the mean cross-entropy over D_p.",
        falsified_by="a network with a smaller cross-entropy",
        corrects="fc.tau-objective",
        checks=(_JENSEN,),
        mutants=(
            Mutant.of(_JENSEN, "any weighting", hypotheses=()),
            Mutant.of(
                _JENSEN, "reversed", goals=(at_most("CE(theta)", "loss(E_u g'(theta))"),)
            ),
        ),
    ),
]
