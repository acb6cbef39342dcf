"""Diagonal linear networks: exact flow in the variables ξ, jumps, the algorithm PF and its end."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from constructions.dynamics.jump_process import (
    Jump,
    coded_alternation,
    least_squares,
    pesme_flammarion,
)
from verify.claims.alternating_flows.diagonal_terms import (
    FLOWS,
    as_terms,
    diagonal_claim,
    gram_and_moment,
    hyperbolic,
    is_least,
    is_path,
    no_tie,
    partial_loss,
    waiting,
)
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Formula, Term, all_of, equal, rational, sqrt, total

_U, _V, _G = symbols("u v g")

# -- the flow in ξ -----------------------------------------------------------------------------


def _conserved(sign: int = -1) -> Check:
    """(u² ± v²)' with u' = g·v, v' = g·u, g = −∂_iL."""
    return formal("rate of u² − v²", equal(2 * _U * (_G * _V) + sign * 2 * _V * (_G * _U), 0),
                  "u v g", scope=FLOWS, lemmas=("diagonal flow",))


def _circle(halves: int = 1) -> Check:
    """½(u² + v²) ∓ uv = ½(u ∓ v)²."""
    half = rational(1, 2)
    factor = halves * half
    return formal(
        "product on the circle",
        equal(factor * (_U**2 + _V**2) - _U * _V, half * (_U - _V) ** 2)
        & equal(factor * (_U**2 + _V**2) + _U * _V, half * (_U + _V) ** 2),
        "u v", scope=FLOWS, lemmas=("diagonal flow",),
    )


_JUMP = proof("jump formula", hyperbolic(), waiting(), scope=FLOWS,
              lemmas=("diagonal flow", "diagonal jump"))

# (1 + w)/2 − (1 − 2x) = w(1 − w)/2 for x = α⁴ = (1 − w²)/4.
_ROOT = symbols("w")[0]


def _remainder(factor: int = 2) -> Check:
    x = (1 - _ROOT**2) / 4
    return formal("remainder of arccosh", equal((1 + _ROOT) / 2 - (1 - factor * x),
                                                _ROOT * (1 - _ROOT) / 2), "w", scope=FLOWS,
                  lemmas=("diagonal jump",))


_LIMIT = proof("waiting time", waiting(), _remainder(), scope=FLOWS, lemmas=("diagonal jump",))
_LIMIT_MUTANTS = (
    Mutant.of(_LIMIT, "another remainder", parts=(waiting(), _remainder(1))),
    Mutant.of(_LIMIT, "rate 2U*", parts=(waiting(2), _remainder())),
)

# -- least squares with one repair -------------------------------------------------------------

_ROWS = [[1, -3, 4], [-2, 6, -5], [-2, 3, -5]]
_TARGET = [-1, 22, 21]
_GRAM, _MOMENT = gram_and_moment(_ROWS, _TARGET)


def repaired(gram: list[list[Any]], moment: list[Any], path: list[Jump]) -> Formula:
    """The loop's minima: least squares on the active coordinates, dropped iff the sign flips.

    Signs are compared strictly, so that no coefficient that decides a repair is 0.
    """
    active: list[int] = []
    previous: tuple[Any, ...] = (Fraction(0),) * len(moment)
    parts: list[Formula] = []
    for jump in path:
        active.append(jump.index)
        free = tuple(least_squares(gram, moment, active))
        parts.append(is_least(gram, moment, free, active))
        kept = [i for i in active if jump.coefficients[i]]
        for i in active:
            if previous[i]:
                product = rational(free[i]) * rational(previous[i])
                parts.append(product > 0 if i in kept else product < 0)
        parts.append(is_least(gram, moment, jump.coefficients, kept))
        active, previous = kept, jump.coefficients
    return all_of(parts)


def _moves_inwards(gram: list[list[Any]], moment: list[Any], jump: Jump) -> Formula:
    """Dormant coordinates leave ±1 inwards: the plateau after this jump lasts."""
    parts = []
    for i, level in enumerate(jump.levels):
        if abs(level) == 1 and not jump.coefficients[i]:
            slope = partial_loss(gram, moment, as_terms(jump.coefficients), i)
            parts.append(slope * rational(level) > 0)
    return all_of(parts)


def _ols_parts(
    number: int, target: list[int] = _TARGET, rows: list[list[int]] = _ROWS
) -> tuple[Check, ...]:
    """PF is a valid path without ties; at the jump `number` the loop's repair differs."""
    gram, moment = gram_and_moment(rows, target)
    truth, coded = pesme_flammarion(gram, moment), coded_alternation(gram, moment)
    mine, theirs = truth[number], coded[number]
    different = ~all_of([equal(rational(a), rational(b)) for a, b in
                       zip(mine.coefficients, theirs.coefficients, strict=True)])
    same = all_of([equal(rational(a.time), rational(b.time)) & equal(a.index, b.index)
                 for a, b in zip(truth[: number + 1], coded[: number + 1], strict=True)])
    return (
        exact("path of PF", is_path(gram, moment, truth)),
        exact("no tie on the path", no_tie(gram, moment, truth)),
        exact("least squares of the loop", repaired(gram, moment, coded[: number + 1]) & same),
        exact("the plateaus last", _moves_inwards(gram, moment, mine)
              & _moves_inwards(gram, moment, theirs)),
        exact("other coefficients", different),
    )


_DATA_POINT = {"d": 3, "data": f"X = {_ROWS}, y = {_TARGET}"}
_OLS = refutation(
    "a repair that flips another sign", *_ols_parts(2), point=_DATA_POINT,
    lemmas=("jump process",),
    description="d = n = 3, β* = (−80/3, 1/3, 20/3): at the third jump, at rescaled time 11/40, "
    "the loop drops index 2 and solves once more, which gives β = (−12, −1, 0) until 31/40; the "
    "gradient flow goes to (−29/3, 0, 0) until 383/520. No comparison on the way is a tie",
)
_OLS_MUTANTS = (
    Mutant.of(_OLS, "the second jump", parts=_ols_parts(1)),
    # y = X(−4, 0, 1): the least squares that decide the repair are 0 at index 1
    Mutant.of(_OLS, "a target with a tie", parts=_ols_parts(2, [0, 3, 3])),
)
_NNLS = proof(
    "signed least squares", hyperbolic(), waiting(),
    exact("an example of five jumps", is_path(_GRAM, _MOMENT, pesme_flammarion(_GRAM, _MOMENT))),
    scope=Domain.of(d=at_least(1), data=Whole("designs X and targets y")),
    lemmas=("diagonal flow", "diagonal jump", "jump process"),
)
_NNLS_MUTANT = Mutant.of(_NNLS, "the loop's path", parts=(exact(
    "path", is_path(_GRAM, _MOMENT, coded_alternation(_GRAM, _MOMENT))),))

# -- the two-dimensional example ---------------------------------------------------------------

_S3 = sqrt(3)
_LOWER = [[157, 30 * _S3], [30 * _S3, 25]]  # 7·LᵀL
_TURNED = [[7, 6 * _S3], [6 * _S3, 19]]  # G
_BETA = (rational(-1, 5), rational(2))


def _moments(gram: list[list[Any]]) -> list[Term]:
    return [total([rational(0) + a * b for a, b in zip(row, _BETA, strict=True)]) for row in gram]


def _zero_one_zero(gram: list[list[Any]]) -> Formula:
    """0 first with +; then 1 with +, which takes 0 to 0; then 0 again with the sign −."""
    b, a = _moments(gram), gram
    return all_of([
        b[1] > 0, b[1] < b[0],  # index 0 first, both levels upwards
        a[1][0] * b[0] < rational(0) + a[0][0] * b[1],  # at (b_0/a_00, 0) index 1 goes on upwards
        _BETA[0] < 0, a[0][1] * b[1] > rational(0) + a[1][1] * b[0],  # (0, b_1/a_11) is optimal
    ])


def _one_zero(gram: list[list[Any]]) -> Formula:
    """1 first with +; then 0 with −, and the minimum is reached."""
    b, a = _moments(gram), gram
    return all_of([b[0] > 0, b[0] < b[1], a[0][1] * b[1] > rational(0) + a[1][1] * b[0],
                 _BETA[0] < 0, _BETA[1] > 0])


_EXAMPLE = Domain.at({"d": 2})
_CHOLESKY = proof("order 0, 1, 0", exact("inequalities", _zero_one_zero(_LOWER)), scope=_EXAMPLE,
                  lemmas=("jump process",))
_CHOLESKY_MUTANT = Mutant.of(_CHOLESKY, "XᵀX = G", parts=(
    exact("inequalities", _zero_one_zero(_TURNED)),))
_WITH_G = refutation(
    "order 1, 0", exact("inequalities", _one_zero(_TURNED)), point={"d": 2},
    lemmas=("jump process",),
    description="XᵀX = G: coordinate 1 activates first, then coordinate 0 with its final sign; "
    "nothing is deactivated",
)
_L = [[sqrt(7), rational(0)], [6 * _S3 / sqrt(7), 5 / sqrt(7)]]
# G_00 of R(150°)diag(1, 25)Rᵀ with cos = −√3/2, sin = 1/2
_CORNER = (-_S3 / 2) ** 2 + 25 * rational(1, 2) ** 2


def _factor(*, transposed: bool) -> Term:
    """The corner of LLᵀ or of LᵀL."""
    return total([row[0] ** 2 for row in _L]) if transposed else _L[0][0] ** 2 + _L[0][1] ** 2


_GRAM_2D = breaks(
    "corner of LᵀL", equal(_factor(transposed=True), _CORNER),
    "L = [[√7, 0], [6√(3/7), 5/√7]] has LLᵀ = G, and (LᵀL)_00 = 157/7, not 7", point={"d": 2},
)
# X = Lᵀ: XᵀX = LLᵀ, entry by entry R(150°)diag(1, 25)Rᵀ
_TURN = [[-_S3 / 2, rational(-1, 2)], [rational(1, 2), -_S3 / 2]]


def _is_design(*, transposed: bool) -> Check:
    """LLᵀ (for the transposed factor) or LᵀL against G."""
    parts = []
    for i in range(2):
        for j in range(2):
            turned = _TURN[i][0] * _TURN[j][0] + 25 * (_TURN[i][1] * _TURN[j][1])
            rows = [_L[i][k] * _L[j][k] if transposed else _L[k][i] * _L[k][j] for k in range(2)]
            parts.append(equal(total(rows), turned))
    positive = (_L[0][0] > 0) & (_L[1][1] > 0)  # so L is the Cholesky factor of LLᵀ
    return exact("factor times its transpose", all_of(parts) & positive)


_DESIGN = proof("XᵀX for X = Lᵀ", _is_design(transposed=True), scope=_EXAMPLE)
_COMMENT = exact("determinant", rational(1) * rational(-1, 5) - rational(1, 5) ** 2 < 0)

# -- the end of the path, initialisations, vanishing gradients ---------------------------------

_ONE_ROW = gram_and_moment([[1, 2]], [2])
_END = proof(
    "dual certificate of the end point",
    exact("one row", is_path(*_ONE_ROW, pesme_flammarion(*_ONE_ROW))),
    scope=FLOWS, lemmas=("jump process", "end of the path"),
)
_L2 = refutation(
    "one row", exact("path", is_path(*_ONE_ROW, pesme_flammarion(*_ONE_ROW))),
    exact("a shorter interpolator", rational(2, 5) ** 2 + rational(4, 5) ** 2 < 1),
    point={"d": 2, "data": "X = (1, 2), y = 2"}, lemmas=("jump process",),
    description="X = (1, 2), y = 2: the path ends at (0, 1), the ℓ2-minimal interpolator is "
    "(2/5, 4/5)",
)
def _balanced(sign: int = -1) -> Check:
    """(u − v)' = −g(u − v) with u' = gv, v' = gu: u = v stays."""
    return formal("u = v stays", equal(_G * _V - _G * _U, sign * _G * (_U - _V)), "u v g",
                  scope=FLOWS, lemmas=("diagonal flow",))


def _negative_end(target: int) -> Check:
    data = gram_and_moment([[1]], [target])
    path = pesme_flammarion(*data)
    below = rational(path[-1].coefficients[0]) < 0
    return exact("PF ends below 0", is_path(*data, path) & below)


_STUCK = refutation(
    "equal halves", _balanced(), _negative_end(-1), point={"d": 1, "data": "X = 1, y = −1"},
    lemmas=("diagonal flow", "jump process"),
    description="d = 1, X = 1, y = −1, u(0) = v(0) = α: u = v for ever, so β = u² ≥ 0, while PF "
    "jumps to −1 at rescaled time 1",
)

# Correlated columns: ∂_1L = 0 at β = 0, and on the first plateau it is positive.
_LATE = ([[1, 1], [1, 0], [0, 1]], [0, 2, 0])


def _still(target: list[int]) -> Check:
    """The path, and coordinate 1 that does not move at first and is active in the end."""
    gram, moment = gram_and_moment(_LATE[0], target)
    path = pesme_flammarion(gram, moment)
    slope = partial_loss(gram, moment, as_terms((0, 0)), 1)
    rests = equal(rational(path[0].levels[1]), 0) & equal(slope, 0)
    return exact("a coordinate at rest", is_path(gram, moment, path) & rests
                 & ~equal(rational(path[-1].coefficients[1]), 0))


_REST = proof(
    "signed least squares, also at rest", hyperbolic(), waiting(), _still(_LATE[1]), scope=FLOWS,
    lemmas=("diagonal flow", "diagonal jump", "jump process", "coordinates at rest"),
)
# The witness above with a fourth coordinate that nothing moves.
_ROWS_REST = [*([*row, 0] for row in _ROWS), [0, 0, 0, 1]]
_OLS_REST = refutation(
    "the same repair beside a coordinate at rest", *_ols_parts(2, [*_TARGET, 0], _ROWS_REST),
    point={"d": 4, "data": f"X = {_ROWS_REST}, y = {[*_TARGET, 0]}"}, lemmas=("jump process",),
    description="d = n = 4: the witness of agf.cand.diag-ols1 with a fourth coordinate whose "
    "∂_iL is 0 throughout",
)

def _leap(size: int = 1) -> Check:
    """X = 1, y = 1: the only jump is from 0 to 1."""
    data = gram_and_moment([[1]], [1])
    path = pesme_flammarion(*data)
    leaps = equal(rational(path[0].coefficients[0]), size)
    return exact("a path that jumps", is_path(*data, path) & leaps)


_UNIFORM = refutation(
    "a jump of the limit", _leap(), point={"d": 1, "data": "X = 1, y = 1"},
    lemmas=("jump process", "continuous paths"),
    description="d = 1, X = 1, y = 1: β_PF jumps from 0 to 1 and β is continuous, so sup|β − β_PF| "
    "≥ 1/2 for every α",
)

CLAIMS = [
    diagonal_claim("diag-utility", "Largest utility of a coordinate",
           "The max of $U_i$ over the unit circle is $|\\partial_{\\beta_i}L|/2$.",
           "U_i = −u v ∂_iL.", (_circle(),), (Mutant.of(_circle(), "factor 1",
                                                         **_circle(2).arguments),),
           printed="notebook on diagonal networks", kind="op"),
    diagonal_claim("diag-jump", "The jump formula of the notebook",
           "$U^*=|\\partial_iL|/2$, $c=\\sigma\\,\\mathrm{arccosh}(n_i^2/2\\alpha^2)$, "
           "$\\tau=(\\mathrm{arccosh}(1/2\\alpha^2)-c)/(4U^*)$; after waiting τ: "
           "$n_i=\\sqrt2\\alpha\\sqrt{\\cosh(4U^*\\tau+c)}$, "
           "$\\mathrm{sgn}_i=\\mathrm{sign}(4U^*\\tau+c)\\,\\mathrm{sign}(\\partial_iL)$.",
           "∂_iL ≠ 0 and frozen, 2α² < 1. The stored sign is minus the sign of ξ_i (0 at the "
           "start), so that σ arccosh(n²/2α²) = −2ξ_i sign ∂_iL; the norm is 1 after τ.",
           (_JUMP,), (Mutant.of(_JUMP, "rate 2U*", parts=(hyperbolic(), waiting(2))),
                      Mutant.of(_JUMP, "norm α² cosh 2ξ", parts=(hyperbolic(1), waiting()))),
           printed="notebook on diagonal networks", kind="id"),
    diagonal_claim("diag-conserved", "u² − v² is conserved",
           "$u_i^2-v_i^2$ is constant along the exact flow.", "", (_conserved(),),
           (Mutant.of(_conserved(), "u² + v²", **_conserved(1).arguments),)),
    diagonal_claim("diag-xi", "The flow in the variables ξ",
           "$\\xi_i'=-\\partial_iL(\\beta)$, $\\beta_i=\\alpha^2\\sinh2\\xi_i$, "
           "$\\|\\theta_i\\|^2=2\\alpha^2\\cosh2\\xi_i$.", "", (hyperbolic(),),
           (Mutant.of(hyperbolic(), "α² cosh 2ξ", **hyperbolic(1).arguments),)),
    *(
        diagonal_claim(f"diag-jump-limit.{name}", f"Rescaled waiting time, {text}",
               "The waiting time of the jump formula over $\\ln(1/\\alpha)$ is "
               f"$(1+s_i\\,\\mathrm{{sign}}\\,\\partial_iL)/|\\partial_iL|+R$, {text}.",
               "s_i fixed in (−1, 1), ∂_iL ≠ 0 fixed; |R| ≤ 2α⁴/(|∂_iL| ln(1/α)) for α⁴ ≤ 1/8.",
               (_LIMIT,), _LIMIT_MUTANTS)
        for name, text in (("zero", "$R\\to0$"), ("two", "$R=O(\\alpha^2)$"),
                           ("four", "$R=O(\\alpha^4)$"))
    ),
    diagonal_claim("diag-nnls", "AGF with signed least squares is PF",
           "AGF with `nnls`, `keep` equals PF for every (X,y) in general position, d≤8.",
           "Every d. Order, coefficients, and times over ln(1/α) as α → 0. General position: "
           "unique constrained minimisers, no two coordinates reach ±1 together, and no ∂_iL "
           "vanishes at a dormant coordinate with level ±1.", (_NNLS,), (_NNLS_MUTANT,),
           corrects="agf.cand.diag-ols1"),
    diagonal_claim("diag-ols1", "AGF with one repair is PF",
           "AGF with `ols1`, `keep` equals PF for every (X,y) in general position, d≤8.",
           "As in agf.cand.diag-nnls.",
           (_OLS,), _OLS_MUTANTS, corrected_by="agf.cand.diag-nnls"),
    diagonal_claim("diag-rate.uniform", "Uniform convergence including the jumps",
           "$\\sup|\\beta-\\beta_{PF}|\\to0$ uniformly in t including the jumps.",
           "The supremum over all rescaled times; β_PF is the jump process.", (_UNIFORM,),
           (Mutant.of(_UNIFORM, "no jump", parts=(_leap(0),)),)),
    diagonal_claim("diag-zero-gradient.nnls", "Signed least squares beside coordinates at rest",
           "AGF with `nnls`, `keep` equals PF also when a dormant $\\partial_iL$ vanishes on a "
           "plateau.",
           "As in agf.cand.diag-nnls; the coordinate has a level in (−1, 1). At a level ±1 the "
           "rule `keep` does not say whether it is active at the next activation: excluded.",
           (_REST,), (Mutant.of(_REST, "a coordinate that moves", parts=(
               hyperbolic(), waiting(), _still([1, 2, 0]))),),
           corrects="agf.cand.diag-zero-gradient.ols1"),
    diagonal_claim("diag-zero-gradient.ols1", "One repair beside coordinates at rest",
           "AGF with `ols1`, `keep` equals PF also when a dormant $\\partial_iL$ vanishes on a "
           "plateau.", "As in agf.cand.diag-zero-gradient.nnls.", (_OLS_REST,),
           (Mutant.of(_OLS_REST, "the second jump",
                      parts=_ols_parts(1, [*_TARGET, 0], _ROWS_REST)),),
           corrected_by="agf.cand.diag-zero-gradient.nnls"),
    diagonal_claim("diag-code-path", "The notebook's loop follows gradient flow",
           "The loop with `ols1`, that jump formula and the smallest τ as next index reproduces "
           "the α→0 path of gradient flow.",
           "The α → 0 path is that of PF (agf.pf-algorithm), data in general position.", (_OLS,),
           _OLS_MUTANTS, printed="notebook on diagonal networks", kind="as",
           corrected_by="agf.cand.diag-nnls"),
    diagonal_claim("diag-agf-is-pf", "The notebook's two algorithms agree",
           "The AGF loop and PF return the same index order, coefficients, losses and rescaled "
           "times.", "The loop with `ols1`, α → 0, every data set in general position.", (_OLS,),
           _OLS_MUTANTS, printed="notebook on diagonal networks", kind="as",
           corrected_by="agf.cand.diag-nnls"),
    diagonal_claim("diag-2d-gram", "The design of the two-dimensional example",
           "`X=cholesky(G)`, $G=R(150°)\\mathrm{diag}(1,25)R^T$, is a design with $X^TX=G$.",
           "`cholesky` returns the lower factor, LLᵀ = G.", (_GRAM_2D,),
           mutants(_GRAM_2D, XXt=equal(_factor(transposed=False), _CORNER)), domain=_EXAMPLE,
           printed="notebook on diagonal networks", kind="id",
           corrected_by="agf.diag-2d-gram.corrected"),
    diagonal_claim("diag-2d-gram.corrected",
           "The design of the two-dimensional example, transposed",
           "`X=cholesky(G).T`, $G=R(150°)\\mathrm{diag}(1,25)R^T$, is a design with $X^TX=G$.",
           "`cholesky` returns the lower factor L, LLᵀ = G; X = Lᵀ.", (_DESIGN,),
           (Mutant.of(_DESIGN, "X = L", parts=(_is_design(transposed=False),)),),
           domain=_EXAMPLE, printed="corrected from the notebook on diagonal networks", kind="id",
           corrects="agf.diag-2d-gram"),
    diagonal_claim("diag-2d-comment", "A matrix that is no Gram matrix",
           "[[1,.2],[.2,−.2]] is not PSD, so no design has it as $X^TX$.", "", (_COMMENT,),
           (Mutant.of(_COMMENT, "positive corner", formula=rational(1) * rational(1, 5)
                      - rational(1, 5) ** 2 < 0),), domain=Domain.at({}),
           printed="notebook on diagonal networks", kind="id"),
    diagonal_claim("diag-2d-path", "Order of the two-dimensional example",
           "This example: order [0,1,0]; coordinate 0 becomes dormant at step 2 and returns with "
           "the opposite sign.", "X = L as coded, y = Xβ*, β* = (−.2, 2); the path of PF.",
           (_CHOLESKY,), (_CHOLESKY_MUTANT,), domain=_EXAMPLE,
           printed="notebook on diagonal networks", kind="em"),
    diagonal_claim("diag-2d.lower", "Deactivation with XᵀX = LᵀL",
           "Coordinate 0 deactivates once in the 2-D example with $X^TX=L^TL$.", "PF.",
           (_CHOLESKY,), (_CHOLESKY_MUTANT,), domain=_EXAMPLE, corrects="agf.cand.diag-2d.gram"),
    diagonal_claim("diag-2d.gram", "Deactivation with XᵀX = G",
           "Coordinate 0 deactivates once in the 2-D example with $X^TX=G$.", "PF.", (_WITH_G,),
           (Mutant.of(_WITH_G, "XᵀX = LᵀL", parts=(exact("i", _one_zero(_LOWER)),)),),
           domain=_EXAMPLE, corrected_by="agf.cand.diag-2d.lower"),
    diagonal_claim("diag-any-init", "Every initial direction follows PF",
           "For all α-scaled initial directions GF→PF.",
           "θ_i(0) = α·(fixed direction), |θ_i(0)| > 0; here u(0) and v(0) are arbitrary.",
           (_STUCK,), (Mutant.of(_STUCK, "a positive target",
                                 parts=(_balanced(), _negative_end(1))),)),
    diagonal_claim("diag-end.l1", "The end is ℓ1-minimal", "n<d: the end point is the minimal-ℓ1 "
           "interpolator.", "The end point of PF, rank X = n, general position.", (_END,),
           (Mutant.of(_END, "another target", parts=(exact("one row", is_path(
               *gram_and_moment([[1, 2]], [4]), pesme_flammarion(*_ONE_ROW))),)),),
           corrects="agf.cand.diag-end.l2"),
    diagonal_claim("diag-end.l2", "The end is ℓ2-minimal", "n<d: the end point is the minimal-ℓ2 "
           "interpolator.", "The end point of PF, rank X = n, general position.", (_L2,),
           (Mutant.of(_L2, "a longer one", parts=(exact("no", rational(1) < 1),)),),
           corrected_by="agf.cand.diag-end.l1"),
]
