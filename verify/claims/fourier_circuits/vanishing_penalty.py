"""Minimisers of the regularised loss as the regularisation vanishes, for homogeneous networks."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import paper, parent
from verify.claims.fourier_circuits.order_facts import chain
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, var
from verify.methods.chains import at_most, fact
from verify.methods.combine import conjunction
from verify.methods.identities import formal_identity

_MINIMISER = "theta minimises CE + a function of the norm, and scaled has its norm"
_RESCALED = "scaled is a max-margin network scaled to the norm of theta"


def _power_step(product: Term | None = None) -> Formula:
    """(1+(A−1)X)(1+qX) = 1+(A(q+1)−1)X − (A−1)qX(1−X)."""
    a, q, x = var("A"), var("q"), var("X")
    grown = a * (q + 1) if product is None else product
    return equal(
        (1 + (a - 1) * x) * (1 + q * x), 1 + (grown - 1) * x - (a - 1) * q * x * (1 - x)
    )


_STEP = _power_step()


def _vanishing(
    scope: Domain,
    hypotheses: tuple[str, ...] = (_MINIMISER, _RESCALED),
    step: Formula = _STEP,
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
            "formula": step,
            "formal": {"A": "indeterminate", "q": "indeterminate", "X": "indeterminate"},
            "scope": scope,
        },
    )
    return chain("comparison", facts, (goal,), hypotheses, scope), power


def _vanishing_claim(
    claim_id: str, source: Source, penalty: str, scope: Domain, reading: str
) -> Claim:
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
        + " Cross-entropy is averaged over a finite data set with p ≥ 2 labels; degree ν > 0 in "
        "all parameters. γ_λ is defined for the small λ at which θ_λ ≠ 0. If f is continuous, γ* "
        "is attained and θ_λ exists for every λ > 0; otherwise both are hypotheses.",
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
