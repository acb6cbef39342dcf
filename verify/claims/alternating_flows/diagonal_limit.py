"""Diagonal linear networks as α → 0: the gradient flow follows PF, and how fast.

The limit is a lemma of its own (*limit of diagonal flows*): the levels s^α follow a gradient flow
of a convex function that tends to the indicator of the cube, and PF is the flow of that limit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.dynamics.jump_process import pesme_flammarion
from verify.claims.alternating_flows.common import paper
from verify.claims.alternating_flows.diagonal_terms import (
    FLOWS,
    as_terms,
    diagonal_claim,
    gram_and_moment,
    hyperbolic,
    is_path,
    no_tie,
    partial_loss,
    waiting,
)
from verify.claims.writing import entry, exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, all_of, equal, rational, sqrt

_GENERAL = "Data such that the signed least squares problems of PF have unique minimisers. "
_STARTS = Domain.of(d=at_least(1), data=Whole("designs X and targets y"),
                    start=Whole("directions with |u_i| ≠ |v_i|"))
_B, _C, _G = symbols("B b g")
# Five jumps, with a collapse, a return, and no tie (checked beside the path).
_EXAMPLE = gram_and_moment([[1, -3, 4], [-2, 6, -5], [-2, 3, -5]], [-1, 22, 21])


def _energy(sign: int = 1) -> Check:
    """One term of ⟨β*, G(β* − β)⟩ = ⟨β* − β, G(β* − β)⟩ + ⟨β, G(β* − β)⟩; B = β*, b = β."""
    gap = _G * (_B - _C)
    return formal("energy on a plateau", equal(_B * gap, (_B - _C) * gap + sign * _C * gap),
                  "B b g", scope=FLOWS, lemmas=("limit of diagonal flows",))


def _five(number: int = 5) -> Check:
    path = pesme_flammarion(*_EXAMPLE)
    return exact("an example of five jumps", is_path(*_EXAMPLE, path[:number])
                 & no_tie(*_EXAMPLE, path))


def _limit(scope: Domain, *lemmas: str) -> tuple[Check, tuple[Mutant, ...]]:
    """The flow in ξ, the energy identity and a path; `lemmas` say what they give on the scope."""
    check = proof("limit of the flow", hyperbolic(), _energy(), waiting(), _five(), scope=scope,
                  lemmas=("diagonal flow", "jump process", "limit of diagonal flows", *lemmas))
    return check, (
        Mutant.of(check, "another energy", parts=(hyperbolic(), _energy(-1), waiting(), _five())),
        Mutant.of(check, "a path that ends too early",
                  parts=(hyperbolic(), _energy(), waiting(), _five(4))),
    )


LIMIT, LIMIT_MUTANTS = _limit(FLOWS)
_SETTINGS = Finite(["diagonal", "fully connected", "linear attention", "modular addition"])
_NETWORKS = Whole("data and almost every start")
_STEPS, _STEPS_MUTANTS = _limit(Domain.of(setting=Finite(["diagonal"]), network=_NETWORKS))
_ON_STARTS, _ON_STARTS_MUTANTS = _limit(_STARTS)
_RATE, _RATE_MUTANTS = _limit(FLOWS, "rate of diagonal flows")

# -- a collapsed neuron ------------------------------------------------------------------------

_RETURN = gram_and_moment([[3, 1], [1, 0]], [1, -1])


def _returns(factor: int = 1) -> Check:
    """PF takes factor + 1 level units for the way back of coordinate 0; `reset` takes one."""
    path = pesme_flammarion(*_RETURN)
    collapse, back = path[1], path[2]
    slope = partial_loss(*_RETURN, as_terms(collapse.coefficients), 0)
    parts = [
        equal(rational(path[0].index), 0), equal(rational(back.index), 0),
        rational(path[0].coefficients[0]) * rational(path[0].levels[0]) > 0,
        equal(rational(collapse.coefficients[0]), 0), equal(rational(collapse.levels[0]), 1),
        equal(rational(back.levels[0]), -1),
        equal(rational(back.time - collapse.time) * slope, 2 * factor),
        ~equal(rational(back.coefficients[0]), 0),
    ]
    return exact("a collapse and the way back", is_path(*_RETURN, path)
                 & no_tie(*_RETURN, path) & all_of(parts))


_RESET = refutation(
    "another waiting time", _energy(), _returns(), exact("1 < 2", rational(1) < 2),
    point={"d": 2, "data": "X = ((3, 1), (1, 0)), y = (1, −1)"},
    lemmas=("jump process", "limit of diagonal flows"),
    description="X = ((3, 1), (1, 0)), y = (1, −1): coordinate 0 activates at rescaled time 1, "
    "collapses at 7/2 and returns with the other sign at 15/2, 2/|∂_0L| later; from norm α and "
    "S = 0 it would return after 1/|∂_0L|, at 11/2",
)

# -- rates -------------------------------------------------------------------------------------

_Z, _W, _A4 = symbols("z w a4")


def _closed(quarter: int = 4) -> Check:
    """z(1 − β) = z − z² + zw·α⁴/4 for β = z − wα⁴/4, where w stands for 1/z."""
    return formal("velocity in z", equal(_Z * (1 - (_Z - _A4 * _W / 4)),
                                         _Z - _Z**2 + _Z * _W * _A4 / quarter), "z w a4",
                  scope=FLOWS, lemmas=("one coordinate",))


def _constant(factor: int = 2) -> Check:
    """h/(1 − h) = √2 − 1 at (1 − h)² = ½, and 2(√2 − 1) < 1."""
    h = 1 - sqrt(rational(1, 2))
    return exact("the constant", equal((1 - h) ** 2, rational(1, 2))
                 & equal(h, (sqrt(2) - 1) * (1 - h)) & (factor * (sqrt(2) - 1) < 1))


def _unit_jump(target: int = 1) -> Check:
    data = gram_and_moment([[1]], [target])
    path = pesme_flammarion(*data)
    return exact("one jump", is_path(*data, path) & equal(rational(path[0].time), 1))


_POWER = refutation(
    "the exact half-drop time", _closed(), _constant(), _unit_jump(),
    point={"d": 1, "data": "X = 1, y = 1"}, lemmas=("one coordinate",),
    description="d = 1, X = y = 1: the half-drop time T has T/ln(1/α) − 1 = "
    "(½ ln(2(√2 − 1)) + o(1))/ln(1/α), a multiple of 1/ln(1/α) that is not 0",
)

_STOP = gram_and_moment([[2, 1], [1, 0]], [1, 0])
_STOP_ROWS, _STOP_TARGET = [[2, 1, 0], [1, 0, 1], [0, 0, 1]], [4, 0, 1]
_DELAY = gram_and_moment(_STOP_ROWS, _STOP_TARGET)


def _rests(plateau: int, data: tuple[list[list[Any]], list[Any]]) -> Check:
    """On the plateau coordinate 0 has level 1, coefficient 0 and slope 0."""
    path = pesme_flammarion(*data)
    jump = path[plateau]
    parts = [equal(rational(jump.levels[0]), 1), equal(rational(jump.coefficients[0]), 0),
             equal(partial_loss(*data, as_terms(jump.coefficients), 0), 0)]
    return exact("a coordinate that stops", is_path(*data, path) & all_of(parts))


_B1, _B2, _B3 = symbols("b1 b2 b3")


def _combined(sign: int = 1) -> Check:
    """The levels of the second example: ξ' = Xᵀr in units of n, r = y − Xβ."""
    r = [4 - 2 * _B1 - _B2, -_B1 - _B3, 1 - _B3]
    rates = [2 * r[0] + r[1], r[0], r[1] + r[2]]
    first = rates[0] - 2 * rates[1]
    return formal("combinations of levels", equal(first, -_B1 - sign * _B3)
                  & equal(rates[2], first + 1 - _B3), "b1 b2 b3", scope=FLOWS,
                  lemmas=("coordinates that stop",))


def _times(plateau: int = 1) -> Check:
    """The jumps at n·(1/8, 3/4, 2, 6), and the loss before and after the third."""
    path = pesme_flammarion(*_DELAY)
    parts: list[Formula] = [equal(rational(jump.time), 3 * rational(t)) for jump, t in zip(
        path, (Fraction(1, 8), Fraction(3, 4), Fraction(2), Fraction(6)), strict=True)]
    parts += [equal(_loss(path[plateau].coefficients), rational(1, 2)),
              equal(_loss(path[2].coefficients), rational(1, 4))]
    return exact("times and losses", all_of(parts))


def _loss(beta: tuple[Fraction, ...]) -> Any:
    rows = zip(_STOP_ROWS, _STOP_TARGET, strict=True)
    squares = [(rational(t - sum(a * b for a, b in zip(row, beta, strict=True)))) ** 2
               for row, t in rows]
    return rational(1, 2) * (squares[0] + squares[1] + squares[2])


_AWAY = refutation(
    "an end where a slope vanishes", _rests(1, _STOP), _energy(),
    point={"d": 2, "data": "X = ((2, 1), (1, 0)), y = (1, 0)"},
    lemmas=("limit of diagonal flows", "coordinates that stop"),
    description="X = ((2, 1), (1, 0)), y = (1, 0): after the last jump β_0 = 0 with ∂_0L = 0 and "
    "s_0 = 1, so β_0^α → 0 slower than every power of α",
)
_DELAYED = refutation(
    "a delay that grows", _rests(1, _DELAY), _combined(), _times(), _energy(),
    point={"d": 3, "data": f"X = {_STOP_ROWS}, y = {_STOP_TARGET}"},
    lemmas=("limit of diagonal flows", "coordinates that stop"),
    description="d = n = 3: from rescaled time 9/4 to 6 coordinate 0 has β_0 = 0, ∂_0L = 0 and "
    "s_0 = 1; β_0^α decays like 1/t, its integral delays the third jump by more than any multiple "
    "of 1/ln(1/α)",
)
_AWAY_MUTANT = Mutant.of(_AWAY, "the first plateau", parts=(_rests(0, _STOP), _energy()))
_DELAYED_MUTANTS = (
    Mutant.of(_DELAYED, "the last plateau", parts=(_rests(3, _DELAY), _combined(), _times(),
                                                   _energy())),
    Mutant.of(_DELAYED, "another combination", parts=(_rests(1, _DELAY), _combined(-1), _times(),
                                                      _energy())),
)

# -- equality at a finite α --------------------------------------------------------------------

_U, _E = symbols("u e")


def _descends(sign: int = 1) -> Check:
    """½(1 − u·e)² − ½ = −ue + ½u²e²: at v = 0 the slope in v is −u."""
    return formal("loss beside the start",
                  equal(rational(1, 2) * (1 - _U * _E) ** 2 - rational(1, 2),
                        -sign * _U * _E + rational(1, 2) * _U**2 * _E**2), "u e", scope=FLOWS,
                  lemmas=("split of the loss",))


_EXACTLY = refutation(
    "the first plateau", _descends(), _unit_jump(), point={"d": 1, "data": "X = 1, y = 1"},
    lemmas=("split of the loss", "diagonal jump"),
    description="d = 1, X = y = 1, any α < 1/√2: before its jump the alternation has the loss "
    "½, the gradient flow less than ½ at every t > 0",
)

_STRICT = ("One coordinate arrives at ±1 per jump, minimisers are unique, and on each plateau "
           "every i with |s_i| = 1 has β_i ≠ 0 or ∂_iL ≠ 0. ")
_POSITION = ("General position as in the setting: unique minimisers, no two coordinates reach ±1 "
             "together; a vanishing ∂_iL at a dormant coordinate with |s_i| = 1 is not excluded. ")
_HALF = ("Jump-time error: half-drop time of the flow over ln(1/α), minus the jump time of PF. ")
_RATES = {
    "logarithm": (
        "Jump times to order 1/ln(1/α)", "$\\ln(1/\\alpha)$·(jump-time error) is bounded.",
        _HALF, _DELAYED, _DELAYED_MUTANTS),
    "away": (
        "Plateaus to a power of α",
        "$\\sup|\\beta-\\beta_{PF}|$ off neighbourhoods of the jumps is $O(\\alpha^q)$.",
        "Some q > 0; neighbourhoods fixed in rescaled time, up to a fixed rescaled time.", _AWAY,
        (_AWAY_MUTANT,)),
    "loss": (
        "Time-averaged loss", "The time-averaged loss error is $O(1/\\ln(1/\\alpha))$.",
        "The mean of |L(β) − L(β_PF)| up to a fixed rescaled time.", _DELAYED, _DELAYED_MUTANTS),
}

CLAIMS = [
    entry(
        "agf.staircase", "Plateaus and sharp drops",
        "With small initialisation the loss has plateaus where neurons slowly align and sharp "
        "drops where they grow.",
        source=paper("abstract"), kind="em",
        domain=Domain.of(setting=_SETTINGS, network=_NETWORKS),
        reading="As α → 0 the loss in rescaled time converges, at all but finitely many times, to "
        "a function that is constant between jumps; in each of the four settings of section 1.",
        falsified_by="a setting and data with another limit", checks=(_STEPS,),
        mutants=_STEPS_MUTANTS,
    ),
    entry(
        "agf.width-smooths", "Wide networks have no steps",
        "On natural images the discrete steps smooth out as width grows.",
        source=paper("summary; notebook on ReLU networks"), kind="em",
        domain=Domain.of(width=at_least(1)),
        reading="A measure of steps in the loss of ReLU networks that decreases with the width.",
        falsified_by="a measure that does not decrease",
        missing="the images and labels, the widths and scale of the initialisation, and the "
        "measure of smoothness",
    ),
    diagonal_claim(
        "pf-algorithm", "The jump process of diagonal networks",
        "From (t,β,s)=0: while ∇L≠0: Δ=inf{δ>0: s_i−δ∂_iL=±1, ∂_iL≠0}; t+=Δ; s−=Δ∇L; β=argmin L "
        "with β_i≥0 if s_i=1, ≤0 if s_i=−1, =0 else. The gradient flow in time $t/\\ln(1/\\alpha)$ "
        "converges to this jump process.",
        _GENERAL + "β at every rescaled time that is no jump time, and the levels s uniformly up "
        "to every horizon, as α → 0. Ties and slopes that vanish are included.",
        (LIMIT,), LIMIT_MUTANTS, printed="notebook; Pesme & Flammarion, Algorithm 1",
        kind="as"),
    diagonal_claim(
        "diag-converges", "AGF converges to gradient flow",
        "For diagonal networks AGF converges to gradient flow as $\\alpha\\to0$.",
        "(β, t/ln(1/α)) pointwise off the jump times; AGF with `nnls` and `keep`; general position "
        "as in agf.cand.diag-nnls (the hypotheses on data were not recovered).",
        (LIMIT,), LIMIT_MUTANTS, printed="Theorem 3.1", kind="as"),
    diagonal_claim(
        "diag-exact", "AGF and gradient flow agree exactly",
        "AGF and gradient flow agree exactly.",
        "The losses are equal at all times but the jump times, at a given α > 0.", (_EXACTLY,),
        (Mutant.of(_EXACTLY, "another slope", parts=(_descends(-1), _unit_jump())),),
        printed="summary of Figure 3", kind="em", corrected_by="agf.diag-exact.corrected"),
    diagonal_claim(
        "diag-exact.corrected", "AGF and gradient flow agree in the limit",
        "The losses of AGF and gradient flow, in time $t/\\ln(1/\\alpha)$, have the same limit.",
        "α → 0, at every rescaled time that is no jump time; as agf.diag-converges.", (LIMIT,),
        LIMIT_MUTANTS, printed="corrected from the summary of Figure 3", kind="as",
        corrects="agf.diag-exact"),
    diagonal_claim(
        "memory-keep", "A collapsed neuron keeps its level",
        "The α→0 gradient flow corresponds to the rule `keep` at collapse.",
        "Diagonal networks, cost rule `nnls`, general position as in agf.cand.diag-nnls.",
        (LIMIT,), LIMIT_MUTANTS, corrects="agf.cand.memory-reset"),
    diagonal_claim(
        "memory-reset", "A collapsed neuron starts again",
        "The α→0 gradient flow corresponds to the rule `reset` at collapse.",
        "Diagonal networks, cost rule `nnls`, general position; reset: norm α, S = 0.", (_RESET,),
        (Mutant.of(_RESET, "twice the wait", parts=(_energy(), _returns(2), exact(
            "1 < 2", rational(1) < 2))),), corrected_by="agf.cand.memory-keep"),
    diagonal_claim(
        "diag-unbalanced-init", "Initial directions with |u| ≠ |v|",
        "For all α-scaled initial directions with $|u_i|\\ne|v_i|$ GF→PF.",
        _GENERAL + "u(0) = αp, v(0) = αq with fixed p, q, in place of u(0) = √2α, v(0) = 0; "
        "convergence as in agf.pf-algorithm.", (_ON_STARTS,), _ON_STARTS_MUTANTS, domain=_STARTS),
    diagonal_claim(
        "diag-gaussian-init", "Gaussian initial directions",
        "For α-scaled Gaussian initial directions GF→PF.",
        _GENERAL + "u(0) = αp, v(0) = αq with Gaussian p, q; almost surely |p_i| ≠ |q_i|.",
        (_ON_STARTS,), _ON_STARTS_MUTANTS, domain=_STARTS),
    diagonal_claim(
        "diag-rate.power", "Jump times to a power of α",
        "Jump-time error $O(\\alpha^q)$, some q>0.", _HALF, (_POWER,),
        (Mutant.of(_POWER, "a constant of 1", parts=(_closed(), _constant(3), _unit_jump())),
         Mutant.of(_POWER, "another velocity", parts=(_closed(2), _constant(), _unit_jump())))),
    *(
        diagonal_claim(f"diag-rate.{name}", title, statement, _POSITION + reading, (check,),
                       mutated, corrected_by=f"agf.cand.diag-rate.{name}.corrected")
        for name, (title, statement, reading, check, mutated) in _RATES.items()
    ),
    *(
        diagonal_claim(f"diag-rate.{name}.corrected", f"{title}, strict complementarity",
                       statement, _STRICT + reading, (_RATE,), _RATE_MUTANTS,
                       corrects=f"agf.cand.diag-rate.{name}")
        for name, (title, statement, reading, _, _) in _RATES.items()
    ),
]
