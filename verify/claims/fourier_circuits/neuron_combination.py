"""Combining neurons into a network, and the exponent b of the norm ‖θ‖_{a,b} that this needs.

(Σ_i α_i^b)^{1/b} ≤ 1 asks for b ≥ ν when Σα_i^ν = 1, and Σ‖θ_i‖^ν ≤ 1 on the whole of Θ asks for
b ≤ ν, ν = k + 1 being the degree of a neuron.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import candidate, paper
from verify.claims.fourier_circuits.order_facts import TASK, TASK_READING, chain
from verify.claims.fourier_circuits.small_networks import (
    FURTHEST_WRONG_NORM,
    LARGEST_LEAD,
    ZERO,
    closed,
    furthest_right,
    lead,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, ParameterSet, Whole, at_least
from verify.formula import equal, rational
from verify.methods.chains import Fact, at_most, fact, same
from verify.methods.combine import conjunction
from verify.methods.refutations import refuted_by

_EXPONENTS = Whole("exponents b > 0")
_READING = (
    TASK_READING + "Any width m, any norm ‖·‖_a of a neuron, any distribution q and class "
    "weighting τ; a neuron has degree ν = k+1. "
)


def _domain(exponents: ParameterSet) -> Domain:
    return Domain.of(**TASK, m=at_least(1), b=exponents)


# -- part (i): directional support, for every b --------------------------------------------------

_MAXIMISER = "theta maximises E_q g' over Theta, and resized lies in Theta"
_RESIZED = "resized has neurons |theta_i| w with w in Omega'_q"
_SUPPORT_FACTS: tuple[Fact, ...] = (
    fact("neuron-sum", network="theta", distribution="q"),
    fact("neuron-value", network="theta", distribution="q"),
    fact("resized", network="theta", optimum="resized", distribution="q"),
    fact("argmax-weighted", network="resized", optimum="theta", distribution="q"),
)
_SUPPORT_GOAL = same("sum E_q psi'(theta_i)", "V_q sum |theta_i|^nu")


def support(name: str, exponents: ParameterSet) -> Check:
    """Every neuron of a maximiser of E_q g' is 0 or a multiple of a single-neuron maximiser."""
    return chain(
        name,
        _SUPPORT_FACTS,
        (_SUPPORT_GOAL,),
        (_MAXIMISER, _RESIZED),
        _domain(exponents),
        ("order chains", "neurons in chains"),
    )


_SUPPORT = support("chain of values", _EXPONENTS)

# -- part (ii): combinations ---------------------------------------------------------------------

_COMBINED = "combined has neurons alpha_i w_i, w_i in Omega'_q, alpha_i >= 0, sum alpha_i^nu = 1"
_IN_THETA = _COMBINED + ", and b >= nu"
_MOST = "theta lies in Theta, and b <= nu"
_SCALING_FACTS: tuple[Fact, ...] = (
    fact("neuron-sum", network="theta", distribution="q"),
    fact("neuron-value", network="theta", distribution="q"),
    fact("unit-mass", network="theta", distribution="q"),
    fact("combination", optimum="combined", distribution="q"),
    fact("combination-mass", optimum="combined", distribution="q"),
)
_SCALING_GOALS = (
    at_most("|combined|", "1"),
    at_most("E_q g'(theta)", "E_q g'(combined)"),
)
_DEGREE = Finite(("k+1",))


def _scaling(hypotheses: tuple[str, ...] = (_COMBINED, _IN_THETA, _MOST)) -> Check:
    return chain(
        "chain of a combination",
        _SCALING_FACTS,
        _SCALING_GOALS,
        hypotheses,
        _domain(_DEGREE),
        ("order chains", "neurons in chains"),
    )


_SCALING = _scaling()
_SCALING_MUTANTS = (
    Mutant.of(_SCALING, "b > ν", hypotheses=(_COMBINED, _IN_THETA)),
    Mutant.of(_SCALING, "b < ν", hypotheses=(_COMBINED, _MOST)),
)

# The best neuron for q the mass at x° and τ the mass at label 1: norm 1, value 4√6/9 > 0.
_BEST_NEURON = closed(
    "the best neuron",
    equal(FURTHEST_WRONG_NORM, 1),
    equal(lead(furthest_right, ZERO, ZERO, 1), LARGEST_LEAD),
    LARGEST_LEAD > 0,
)


def _outside(b: int, nu: int = 3) -> Check:
    """α_1 = 1/2 and α_2 > 0 with α_1^ν + α_2^ν = 1 have α_1^b + α_2^b > 1.

    Decided on ν-th powers: α_2^b > 1 − α_1^b iff (α_2^ν)^b > (1 − α_1^b)^ν.
    """
    first = rational(1, 2)
    return closed("outside Θ", (1 - first**nu) ** b > (1 - first**b) ** nu)


def _two_copies(b: int, nu: int = 3) -> Check:
    """Two copies of a neuron of norm 1, scaled by s = 4/5: in Θ, with 2s^ν > 1 times its value."""
    scale = rational(4, 5)
    return closed("two copies", 2 * scale**b <= 1, 2 * scale**nu > 1)


_Q = (
    "k=2, p=3, m=2; q the mass at the input (0, 0), τ all on label 1; θ* the neuron "
    "u_1 = u_2 = √(1/3)·e_0, w = √(1/6)·(e_0 − e_1) of Ω'*_q: "
)


def _refuted(name: str, b: int, part: Check, why: str) -> Check:
    return Check(
        name=name,
        procedure=refuted_by,
        arguments={
            "parts": (_BEST_NEURON, part),
            "point": {"k": 2, "p": 3, "m": 2, "b": b},
            "description": f"{_Q}b={b}: {why}",
            "rests_on": ("one point", "neurons in chains"),
        },
    )


def _small(name: str, b: int) -> Check:
    return _refuted(
        name,
        b,
        _outside(b),
        f"(θ*/2, (7/8)^(1/3)·θ*) has Σα_i³ = 1 and Σα_i^{b} > 1, so it does not lie in Θ",
    )


def _large(name: str, b: int) -> Check:
    return _refuted(
        name,
        b,
        _two_copies(b),
        "(θ*, 0) has Σα_i³ = 1, but (4/5·θ*, 4/5·θ*) lies in Θ and has 128/125 times its value",
    )


_SMALL_B = _small("a combination outside Θ", 1)
_AT_TWO = _small("a combination outside Θ", 2)
_ABOVE = _large("two copies are better", 4)
_AT_DEGREE = Check(
    name="both parts",
    procedure=conjunction,
    arguments={"parts": (support("support", _DEGREE), _SCALING), "scope": _domain(_DEGREE)},
)


def _with_parts(check: Check, description: str, part: Check) -> Mutant:
    return Mutant.of(check, description, parts=(_BEST_NEURON, part))


def _combine_b(
    variant: str, b: str, exponents: ParameterSet, check: Check, mutants: tuple[Mutant, ...]
) -> Claim:
    return Claim(
        id=f"fc.cand.combine-b.{variant}",
        title=f"Neurons combine as stated for {b}",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement=(
            "With $\\Theta=\\{\\|\\theta\\|_{a,b}\\le1\\}$, $"
            + b.replace("ν", "\\nu")
            + "$: (i) a maximiser of $E_q g'$ has directional support on $\\Omega'^*_q$; (ii) "
            "$\\theta_i^*\\in\\Omega'^*_q$, $\\alpha_i\\ge0$, $\\sum\\alpha_i^\\nu=1$ give a "
            "maximiser $\\{\\alpha_i\\theta_i^*\\}$."
        ),
        domain=_domain(exponents),
        reading=_READING + "Both parts together.",
        falsified_by="a maximiser without such support, or a combination that is no maximiser",
        checks=(check,),
        mutants=mutants,
    )


CLAIMS = [
    Claim(
        id="fc.combine.support",
        title="A class-weighted solution is made of single-neuron solutions",
        source=paper("Lemma E.1 (i)"),
        printed_kind="op",
        statement=(
            "With $\\Theta=\\{\\|\\theta\\|_{a,b}\\le1\\}$: $\\theta\\in\\arg\\max_\\Theta "
            "E_q g'$ has directional support on "
            "$\\Omega'^*_q=\\arg\\max_{\\|\\theta_i\\|_a\\le1}E_q\\psi'$."
        ),
        domain=_domain(_EXPONENTS),
        reading=_READING + "Every b > 0; α_i = 1/‖θ_i‖_a for a neuron that is not 0.",
        falsified_by="a maximiser with a neuron of another direction",
        checks=(_SUPPORT,),
        mutants=(
            Mutant.of(_SUPPORT, "any network of Θ", hypotheses=(_RESIZED,)),
            Mutant.of(_SUPPORT, "replaced by any neurons", hypotheses=(_MAXIMISER,)),
        ),
    ),
    Claim(
        id="fc.combine.scaling",
        title="Single-neuron solutions combine to a class-weighted solution",
        source=paper("Lemma E.1 (ii)"),
        printed_kind="op",
        statement=(
            "With $\\Theta=\\{\\|\\theta\\|_{a,b}\\le1\\}$: $\\theta_i^*\\in\\Omega'^*_q$, "
            "$\\alpha_i\\ge0$, $\\sum\\alpha_i^\\nu=1$ give $\\{\\alpha_i\\theta_i^*\\}\\in"
            "\\arg\\max_\\Theta E_q g'$."
        ),
        domain=_domain(_EXPONENTS),
        reading=_READING + "Every b > 0, as printed, b = ν not being assumed.",
        falsified_by="such a combination that lies outside Θ or is no maximiser",
        corrected_by="fc.combine.scaling.corrected",
        checks=(_SMALL_B,),
        mutants=(
            _with_parts(_SMALL_B, "b = ν, where it holds", _outside(3)),
            _with_parts(_SMALL_B, "b = 2ν, inside Θ", _outside(6)),
        ),
    ),
    Claim(
        id="fc.combine.scaling.corrected",
        title="Single-neuron solutions combine to a class-weighted solution when b = ν",
        source=paper("Lemma E.1 (ii), corrected"),
        printed_kind="op",
        statement=(
            "With $\\Theta=\\{\\|\\theta\\|_{a,\\nu}\\le1\\}$: $\\theta_i^*\\in\\Omega'^*_q$, "
            "$\\alpha_i\\ge0$, $\\sum\\alpha_i^\\nu=1$ give $\\{\\alpha_i\\theta_i^*\\}\\in"
            "\\arg\\max_\\Theta E_q g'$."
        ),
        domain=_domain(_DEGREE),
        reading=_READING + "b = ν = k+1. A maximum of 0 is included: Ω'*_q may contain 0.",
        falsified_by="such a combination that lies outside Θ or is no maximiser",
        corrects="fc.combine.scaling",
        checks=(_SCALING,),
        mutants=_SCALING_MUTANTS,
    ),
    _combine_b(
        "two",
        "b=2",
        Finite((2,)),
        _AT_TWO,
        (_with_parts(_AT_TWO, "b = ν, where it holds", _outside(3)),),
    ),
    _combine_b(
        "degree",
        "b=ν",
        _DEGREE,
        _AT_DEGREE,
        (
            Mutant.of(
                _AT_DEGREE,
                "b > ν",
                parts=(support("support", _DEGREE), _scaling((_COMBINED, _IN_THETA))),
            ),
            Mutant.of(
                _AT_DEGREE,
                "b < ν",
                parts=(support("support", _DEGREE), _scaling((_COMBINED, _MOST))),
            ),
        ),
    ),
    _combine_b(
        "larger",
        "b>ν",
        Whole("exponents b > k+1"),
        _ABOVE,
        (
            _with_parts(_ABOVE, "b = ν, where it holds", _two_copies(3)),
            _with_parts(_ABOVE, "b = 2, outside Θ", _two_copies(2)),
        ),
    ),
]
