"""Global minimisers of the training objective on the full data set, for every λ > 0.

Uniform data and uniform wrong labels are an optimal dual for odd p.  So Jensen's inequality,
ln(1+(p−1)e^{−E g'}) ≤ CE, bounds the cross-entropy by the norm alone, and max-margin networks
attain the bound: how large the norm becomes is a question about one variable.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import GAMMA, candidate
from verify.claims.fourier_circuits.neuron_optimum import changed, maximum
from verify.claims.fourier_circuits.optimal import HALVES, PRINTED_WIDTH, odd_family
from verify.claims.fourier_circuits.order_facts import chain
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, ParameterSet, Whole, at_least, odd
from verify.methods.chains import Goal, at_most, fact, same
from verify.methods.combine import conjunction
from verify.methods.refutations import refuted_by

SOURCE = candidate("training objective")
READING = (
    "k ≥ 2, odd p ≥ 3; CE is the mean cross-entropy of network (2) over D_p, width m ≥ "
    "2^{2k−2}(p−1), norm ‖θ‖_{2,k+1}, γ* > 0 the maximum margin. "
)


def domain(**more: ParameterSet) -> Domain:
    """k ≥ 2, odd p, and what else a claim quantifies."""
    return Domain.of(k=at_least(2), p=odd(3), **more)


# -- CE is at least a function of the norm, and minimisers attain it -----------------------------

UNIFORM = "u and tau are uniform"
DUAL = "V_u = gamma*, and b <= nu"
MINIMISER = "theta minimises CE + a function of the norm, and scaled has its norm"
RESCALED = "scaled is a max-margin network scaled to the norm of theta"
_FACTS = (
    fact("loss-jensen", network="theta", distribution="u"),
    fact("loss-dual", network="theta", distribution="u"),
    fact("loss-minimiser", optimum="theta", network="scaled"),
    fact("loss-ceiling", network="scaled"),
    fact("loss-rescaled", optimum="theta", network="scaled"),
)
_BELOW = at_most("loss(gamma* |theta|^nu)", "CE(theta)")
# loss is injective and strictly convex: these equalities put every wrong label on the margin.
_ATTAINED = (
    same("loss(gamma* |theta|^nu)", "CE(theta)"),
    same("loss(E_u g'(theta))", "CE(theta)"),
)

# γ* = Γ is attained at this width, and V_u = Γ for u and τ uniform: the hypotheses of the lemma.
MARGIN = odd_family("maximum margin", conclusions=("value", "width"), width=PRINTED_WIDTH)
BEST_NEURON = maximum("best neuron under uniform weights")


def _chain(goals: tuple[Goal, ...], hypotheses: tuple[str, ...]) -> Check:
    return chain("chain", _FACTS, goals, hypotheses, domain(), ("order chains", "losses in chains"))


LOWER_BOUND = _chain((_BELOW,), (UNIFORM, DUAL))
AT_MINIMISERS = _chain(_ATTAINED, (UNIFORM, DUAL, MINIMISER, RESCALED))


def objective_check(name: str, scope: Domain, *parts: Check) -> Check:
    """Established when γ*, the best neuron and the parts are; the lemma puts them together."""
    return Check(
        name=name,
        procedure=conjunction,
        arguments={
            "parts": (MARGIN, BEST_NEURON, *parts),
            "scope": scope,
            "rests_on": ("minimisers of the regularised loss",),
        },
    )


def objective_refutation(
    name: str, point: dict[str, object], description: str, *parts: Check
) -> Check:
    """A refutation at one point by the same lemma."""
    return Check(
        name=name,
        procedure=refuted_by,
        arguments={
            "parts": (MARGIN, BEST_NEURON, *parts),
            "point": {"k": 2, "p": 3, **point},
            "description": description,
            "rests_on": ("minimisers of the regularised loss", "exponential series"),
        },
    )


def with_part(check: Check, description: str, old: Check, new: Check) -> Mutant:
    """A mutant in which one part is another one."""
    parts = tuple(new if part is old else part for part in check.arguments["parts"])
    if old not in check.arguments["parts"]:
        raise ValueError(f"{check.name!r} has no part {old.name!r}")
    return Mutant.of(check, description, parts=parts)


def broken_premises(check: Check) -> tuple[Mutant, ...]:
    """The maximum margin is not attained, or uniform weights are no optimal dual."""
    halves = odd_family("maximum margin", conclusions=("value",), factor=HALVES)
    heavier = Check(
        name=BEST_NEURON.name,
        procedure=BEST_NEURON.procedure,
        arguments={**BEST_NEURON.arguments, **changed(BEST_NEURON, value=2 * GAMMA)},
    )
    return (
        with_part(check, "phases that cancel nothing", MARGIN, halves),
        with_part(check, "a best neuron of another value", BEST_NEURON, heavier),
    )


_BOUND = objective_check("Jensen and the dual", domain(network=Whole("networks")), LOWER_BOUND)


def _every_lambda(variant: str, penalty: str) -> Claim:
    scope = domain(minimiser=Whole("λ > 0 and non-zero global minimisers"))
    check = objective_check("equality in the bound", scope, AT_MINIMISERS)
    return Claim(
        id=f"fc.cand.ce-every-lambda.{variant}",
        title="Global minimisers have the maximum margin for every λ",
        source=SOURCE,
        printed_kind="candidate",
        statement=(
            "For every $\\lambda>0$ each non-zero global minimiser of $\\mathrm{CE}+"
            f"{penalty}$ is a scaled max-margin network."
        ),
        domain=scope,
        reading=READING + "The same holds for any penalty that is a function of the norm.",
        falsified_by="a non-zero global minimiser with a smaller normalised margin",
        corrects="fc.cand.ce-small-lambda" if variant == "power" else None,
        checks=(check,),
        mutants=(
            with_part(
                check,
                "θ minimises nothing",
                AT_MINIMISERS,
                _chain(_ATTAINED, (UNIFORM, DUAL, RESCALED)),
            ),
            with_part(
                check,
                "the network compared with has any margin",
                AT_MINIMISERS,
                _chain(_ATTAINED, (UNIFORM, DUAL, MINIMISER)),
            ),
            with_part(
                check,
                "weights that are not uniform",
                AT_MINIMISERS,
                _chain(_ATTAINED, (DUAL, MINIMISER, RESCALED)),
            ),
            *broken_premises(check),
        ),
    )


_SMALL = objective_refutation(
    "every non-zero minimiser has the maximum margin",
    {},
    "k=2, p=3: for every λ > 0 each non-zero global minimiser has the maximum margin",
    AT_MINIMISERS,
)

CLAIMS = [
    Claim(
        id="fc.cand.ce-bound",
        title="The cross-entropy is bounded below by the norm",
        source=SOURCE,
        printed_kind="candidate",
        statement="$\\mathrm{CE}\\ge\\ln(1+(p-1)e^{-\\gamma^*\\|\\theta\\|^{k+1}})$.",
        domain=_BOUND.arguments["scope"],
        reading=READING + "Every network, of any width.",
        falsified_by="a network with a smaller cross-entropy",
        checks=(_BOUND,),
        mutants=(
            with_part(
                _BOUND,
                "reversed",
                LOWER_BOUND,
                _chain((at_most("CE(theta)", "loss(gamma* |theta|^nu)"),), (UNIFORM, DUAL)),
            ),
            with_part(
                _BOUND, "weights that are not uniform", LOWER_BOUND, _chain((_BELOW,), (DUAL,))
            ),
            *broken_premises(_BOUND),
        ),
    ),
    _every_lambda("power", "\\lambda\\|\\theta\\|^{k+1}"),
    _every_lambda("norm", "\\lambda\\|\\theta\\|"),
    Claim(
        id="fc.cand.ce-small-lambda",
        title="Global minimisers have the maximum margin only in the limit λ → 0",
        source=SOURCE,
        printed_kind="candidate",
        statement=(
            "Non-zero global minimisers of $\\mathrm{CE}+\\lambda\\|\\theta\\|^{k+1}$ are scaled "
            "max-margin networks only as $\\lambda\\to0$."
        ),
        domain=domain(),
        reading=READING
        + "For some λ > 0 a non-zero global minimiser is no scaled max-margin network.",
        falsified_by="a proof that every λ > 0 gives scaled max-margin networks only",
        corrected_by="fc.cand.ce-every-lambda.power",
        checks=(_SMALL,),
        mutants=(
            with_part(
                _SMALL,
                "θ minimises nothing",
                AT_MINIMISERS,
                _chain(_ATTAINED, (UNIFORM, DUAL, RESCALED)),
            ),
        ),
    ),
]
