"""Steps of the parent's proof for groups: the weighted margin of one neuron and its maximum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verify.claims.fourier_circuits.common import QUOTED, parent
from verify.claims.fourier_circuits.group_terms import (
    GROUPS,
    HALF,
    ORDER_TWO,
    REAL_READING,
    THREE_HALVES,
)
from verify.claims.writing import altered, lemma
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Term, cos, equal, half, sqrt, total
from verify.methods.combine import counterexample
from verify.methods.dihedral import weighted_margin_identity
from verify.methods.every_group import monomial
from verify.methods.refutations import certified

_CUBE = 1 / (3 * sqrt(3))  # (1/3)^{3/2}
_NEURON_READING = REAL_READING + (
    "τ is a probability on the wrong labels that depends on the class only. Weighted margin of a "
    "neuron: its summand ψ' of E[f[ab] − Σ_c τ f[c]], with (u(a)+v(b))²w(c) as printed. "
)


def _order_two(u: Callable[[Term], Term]) -> Term:
    """E ψ' on Z_2 for the neuron u = v = w."""
    return total("a", 0, 1, lambda a: total("b", 0, 1, lambda b: (u(a) + u(b)) ** 2
                                            * (u(a + b) - u(a + b + 1)))) / 4


def _sign(a: Term) -> Term:
    return cos(half(a))


def _refutes(formula: Any, description: str, **shown: Any) -> Check:
    return Check(
        name="the group of two elements",
        procedure=counterexample,
        arguments={
            "formula": formula, "point": ORDER_TWO, "values": {}, "description": description,
            "shown": shown,
        },
    )


# On Z_2, α = β = γ = 1 and b = 1 − χ(1) = 2.
_IDENTITY_FAILS = _refutes(
    equal(_order_two(_sign), 2), "G = Z_2, u = v = w = sign: E ψ' = 4, the formula gives 2",
    neuron="u = v = w = (1, −1)",
)
_IDENTITY = lemma("every group", "neuron-identity", GROUPS, value=monomial(2, degree=-2))


def _formal_identity(factor: int) -> dict[str, Any]:
    formula, formal = weighted_margin_identity(factor=factor)
    statement = {
        "kind": "statement", "points": [{}], "formula": formula.node, "formal": formal,
        "holds": True,
    }
    return {"identity": statement}


_FORMAL = Check(
    name="all neurons and weights on S3",
    procedure=certified,
    arguments={
        "documents": _formal_identity(2),
        "scope": Domain.at({"group": "S3"}),
        "method": "symbolic",
    },
)
_UNIT = 1 / sqrt(6)
_MAXIMUM_FAILS = _refutes(
    _order_two(lambda a: _UNIT * _sign(a)) <= _CUBE * 2 / (2 * sqrt(2)),
    "G = Z_2, u = v = w = sign/√6 of norm 1: E ψ' is twice the stated maximum",
    neuron="u = v = w = (1, −1)/√6",
)
_MAXIMUM = lemma(
    "every group", "neuron-maximum", GROUPS,
    words=monomial(2), value=monomial(2 * _CUBE, degree=-HALF, order=-THREE_HALVES),
)
_EXPRESSION = lemma(
    "every group", "neuron-maximum", GROUPS,
    words=monomial(1), value=monomial(_CUBE, degree=-HALF, order=-THREE_HALVES),
)
_EXPRESSION_TEXT = "$\\sum_{m\\ge2} b_m\\,\\mathrm{tr}(\\alpha_m\\beta_m\\gamma_m^\\top)/d_m^2$"
_MAXIMUM_TEXT = "$\\sum_m\\varepsilon_m^{3/2}d_m^{-1/2}b_m/(3\\sqrt3|G|^{3/2})$"
_ENERGIES = (
    "ε_m = ‖u_m‖² + ‖v_m‖² + ‖w_m‖² for the components at the irrep m. Over all energies with sum "
    "at most 1 the maximum is attained with a single ε_m = 1, as t^{3/2} is convex and b_m ≥ 0."
)


def _one_neuron(claim_id: str, locator: str, **fields: Any) -> Claim:
    return Claim(
        id=claim_id, source=parent(locator), domain=GROUPS,
        **{"reading": _NEURON_READING, **fields},
    )


CLAIMS = [
    _one_neuron(
        "mor.group-weighted",
        "Lemma 16",
        reading=_NEURON_READING + QUOTED,
        title="The weighted margin of one neuron in matrix elements",
        printed_kind="id",
        statement=f"The weighted margin is {_EXPRESSION_TEXT}, "
        "$b_m=1-\\sum_{n\\ge2}\\tau_{C_n}|C_n|\\chi_m(C_n)/d_m$.",
        falsified_by="a group, a neuron and class weights for which the two differ",
        corrected_by="mor.group-weighted.corrected",
        checks=(_IDENTITY_FAILS,),
        mutants=(
            Mutant.of(_IDENTITY_FAILS, "twice the formula", formula=equal(_order_two(_sign), 4)),
        ),
    ),
    _one_neuron(
        "mor.group-weighted.corrected",
        "Lemma 16",
        title="The weighted margin of one neuron in matrix elements, with its factor 2",
        printed_kind="id",
        statement=f"The weighted margin is twice {_EXPRESSION_TEXT}.",
        falsified_by="a group, a neuron and class weights for which the two differ",
        corrects="mor.group-weighted",
        checks=(_IDENTITY, _FORMAL),
        mutants=(
            altered(_IDENTITY, "factor 1", value=monomial(1, degree=-2)),
            altered(_IDENTITY, "d for d²", value=monomial(2, degree=-1)),
            Mutant.of(_FORMAL, "factor 1", documents=_formal_identity(1)),
        ),
    ),
    _one_neuron(
        "mor.group-neuron.expression",
        "Lemma 18",
        title="The largest value of Lemma 16's expression at given energies",
        printed_kind="op",
        statement=f"At energies $\\varepsilon_m$ the maximum of {_EXPRESSION_TEXT} is "
        f"{_MAXIMUM_TEXT}, attained by one $\\varepsilon=1$.",
        reading=_NEURON_READING + _ENERGIES + " Read of the expression that Lemma 16 prints.",
        falsified_by="coefficients of these energies with a larger value, or a smaller maximum",
        checks=(_EXPRESSION,),
        mutants=(
            altered(_EXPRESSION, "energies not shared by three",
                     value=monomial(1, degree=-HALF, order=-THREE_HALVES)),
            altered(_EXPRESSION, "d^{1/2}", value=monomial(_CUBE, degree=HALF,
                                                            order=-THREE_HALVES)),
        ),
    ),
    _one_neuron(
        "mor.group-neuron.margin",
        "Lemma 18",
        title="The largest weighted margin of one neuron at given energies",
        printed_kind="op",
        statement=f"At energies $\\varepsilon_m$ the maximum weighted margin is {_MAXIMUM_TEXT}, "
        "attained by one $\\varepsilon=1$.",
        reading=_NEURON_READING + QUOTED + _ENERGIES + " Read of the weighted margin itself.",
        falsified_by="a neuron of these energies with a larger weighted margin",
        corrected_by="mor.group-neuron.margin.corrected",
        checks=(_MAXIMUM_FAILS,),
        mutants=(
            Mutant.of(
                _MAXIMUM_FAILS, "twice the value",
                formula=_order_two(lambda a: _UNIT * _sign(a)) <= _CUBE * 4 / (2 * sqrt(2)),
            ),
        ),
    ),
    _one_neuron(
        "mor.group-neuron.margin.corrected",
        "Lemma 18",
        title="The largest weighted margin of one neuron at given energies, with its factor 2",
        printed_kind="op",
        statement=f"At energies $\\varepsilon_m$ the maximum weighted margin is twice "
        f"{_MAXIMUM_TEXT}, attained by one $\\varepsilon=1$.",
        reading=_NEURON_READING + _ENERGIES,
        falsified_by="a neuron of these energies with a larger weighted margin",
        corrects="mor.group-neuron.margin",
        checks=(_MAXIMUM,),
        mutants=(
            altered(_MAXIMUM, "the printed factor",
                     value=monomial(_CUBE, degree=-HALF, order=-THREE_HALVES)),
        ),
    ),
]
