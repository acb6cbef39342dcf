"""The gradient of a layer below: gates of single nodes, and one gate for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.claims.energy_landscape.common import stated
from verify.claims.energy_landscape.ridge import identity
from verify.claims.writing import exact, formal, mutants, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, equal, maximum, rational, total, var

_LAYERS = Domain.of(layer=Whole("layers F_L = σ(F_{L−1}W), σ(x) = Cσ'(x)x, and labels"))
_TIGHT = Domain.of(layer=Whole("layers with W_mW_mᵀ = I, σ(x) = Cσ'(x)x, and labels"))
_READ = (
    "G_L = ΓF_L, the gradient of ½|YcᵀF_L|² as in Stage II, and G_{L−1} the gradient of the same "
    "in F_{L−1}, where σ is differentiable; D_j = diag σ'(F_{L−1}w_j) of node j; C = 1 for "
    "ReLU, ½ for x². "
)

# -- gates of single nodes -------------------------------------------------------------------------

# f = σ(F w) of one node; the node's share of the gradient is D·Γf·wᵀ
_C = var("C")
_GATED = identity(
    "one node", [(1, "D G f wt"), (-_C, "D G D F w wt")], [([(1, "D G")], 0, [(1, "wt")])],
    relations=[[(1, "f"), (-_C, "D F w")]],
    matrices={"D": "n n", "G": "n n", "F": "n K", "f": "n one", "w": "K one", "wt": "one K"},
    scalars=("C",), lemma="gates of nodes", scope=_LAYERS,
)
_UNGATED = Mutant.of(_GATED, "without C", goal=[(1, "D G f wt"), (-1, "D G D F w wt")])

# n = 2, F = (1, 0), w = 1, σ = x², two labels: Γ = ½[[1, −1], [−1, 1]], E = ¼(f_1 − f_2)²
_T = var("t")


def _quartic(slope: int) -> Formula:
    """E at F = (1 + t, 0) is ¼ + slope·t + (3/2)t² + t³ + ¼t⁴."""
    energy = rational(1, 4) * (1 + _T) ** 4
    return equal(energy, rational(1, 4) + slope * _T + rational(3, 2) * _T**2 + _T**3
                 + rational(1, 4) * _T**4)


def _quadratic_node(numerator: int) -> Formula:
    """(numerator/2)·(DΓDF)_1 with D = diag(2, 0) against the slope 1."""
    return equal(rational(numerator, 2) * 2 * rational(1, 2) * 2, 1)


_NODE = {"layer": "n = 2, F = (1, 0), W = 1, σ = x², two labels"}
_SLOPE = formal("derivative", _quartic(1), "t", scope=Domain.at(_NODE))
_NO_FACTOR = refutation(
    "one quadratic node", _SLOPE, exact("the stated gradient", ~_quadratic_node(2)), point=_NODE,
    lemmas=(), description="σ = x², one node, F = (1, 0), w = 1, two samples of two labels: the "
    "gradient is (1, 0), and DΓDFwwᵀ = (2, 0)",
)
_FACTOR = Mutant.of(_NO_FACTOR, "with C = 1/2", parts=(
    _SLOPE, exact("the stated gradient", ~_quadratic_node(1))))

# -- one gate for all ------------------------------------------------------------------------------

_STEP = rational(1, 4)
Matrix = Sequence[Sequence[Term]]
Columns = Sequence[Sequence[Fraction | int]]


def _energy(f: Matrix, w: Matrix) -> Term:
    """¼Σ_j(σ(Fw_j)_1 − σ(Fw_j)_2)² for ReLU; w: columns w_j."""
    gaps = []
    for column in w:
        first, second = (maximum(0, total([x * y for x, y in zip(row, column, strict=True)]))
                         for row in f)
        gaps.append((first - second) ** 2)
    return rational(1, 4) * total(gaps)


def _differences(columns: Columns, gradient: Columns) -> Formula:
    """F = I, nodes w_j (the columns): the gradient of the energy has these rows.

    No pre-activation may change its sign within the step; then the energy is quadratic there, and
    central differences are exact.
    """
    w = tuple(tuple(map(rational, column)) for column in columns)
    formulas = []
    for i in range(2):
        for j in range(2):
            def shifted(sign: int, i: int = i, j: int = j) -> Term:
                f = tuple(tuple(rational(int(a == b)) + (sign * _STEP if (a, b) == (i, j) else 0)
                                for b in range(2)) for a in range(2))
                return _energy(f, w)
            entry = rational(gradient[i][j])
            formulas.append(equal(shifted(1) - shifted(-1), 2 * _STEP * entry).node)
    return Formula({"and": formulas})


def _opposed(q: int) -> Columns:
    return ((q, -1), (-1, q))


def _opposed_gradient(q: int) -> Columns:
    """(q/2)[[q, −1], [−1, q]] for the nodes (q, −1), (−1, q)."""
    half = Fraction(q, 2)
    return ((half * q, -half), (-half, half * q))


_D = (var("d"), var("e"))


def _singular(columns: Columns, corner: int) -> Formula:
    """det(DΓD·WWᵀ) = 0 for D = diag(d, e), 2Γ = [[1, −1], [−1, corner]], formally in d, e."""
    gates = ((_D[0] * _D[0], -_D[0] * _D[1]), (-_D[0] * _D[1], corner * _D[1] * _D[1]))
    weights = tuple(tuple(sum(w[i] * w[j] for w in columns) for j in range(2)) for i in range(2))
    product = [[total([gates[i][k] * rational(weights[k][j]) for k in range(2)])
                for j in range(2)] for i in range(2)]
    return equal(product[0][0] * product[1][1] - product[0][1] * product[1][0], 0)


def _regular(gradient: Columns) -> Formula:
    """The determinant of the gradient is not 0."""
    (a, b), (c, d) = (tuple(map(rational, row)) for row in gradient)
    return ~equal(a * d - b * c, 0)


def _layer(q: int) -> dict[str, str]:
    return {"layer": f"n = 2, F = I, w = ({q}, −1), (−1, {q}), ReLU, two labels"}


def _gradient(q: int) -> Check:
    return exact("the gradient", _differences(_opposed(q), _opposed_gradient(q)),
                 scope=Domain.at(_layer(q)))


def _one_gate(q: int) -> Check:
    return formal("one gate", _singular(_opposed(q), 1), "d e", scope=Domain.at(_layer(q)))


def _rank_two(gradient: Columns) -> Check:
    return exact("its rank", _regular(gradient))


_TWO = _rank_two(_opposed_gradient(2))
_SHARED = refutation(
    "two ReLU nodes", _gradient(2), _one_gate(2), _TWO, point=_layer(2),
    lemmas=("gates of nodes",),
    description="ReLU, two samples of two labels, F = I, w_1 = (2, −1), w_2 = (−1, 2): the "
    "gradient [[2, −1], [−1, 2]] has rank 2, and DΓDFWWᵀ rank at most 1 for every diagonal D",
)
_SHARED_MUTANTS = (
    Mutant.of(_SHARED, "rank 2 with one gate", parts=(
        _gradient(2), *(m.check for m in mutants(_one_gate(2), corner=_singular(_opposed(2), 2))),
        _TWO)),
    Mutant.of(_SHARED, "parallel weights", parts=(
        _gradient(1), _one_gate(1), _rank_two(_opposed_gradient(1)))),
)


def _squares(cross: int) -> Formula:
    """With x = (s + t, t − s), y = (u + v, v − u), G = (3/2)[[3, −1], [−1, 3]]: xᵀGy = 12su + 6tv.

    144(s² + t²)(u² + v²) − (xᵀGy)² = 72(sv − tu)² + 72(s²v² + t²u²) + 108t²v²; the first term is
    (4/5)|G|²|x|²|y|², as |G|² = 45.
    """
    s, t, u, v = (var(n) for n in "stuv")
    x, y = (s + t, t - s), (u + v, v - u)
    g = ((rational(9, 2), rational(-3, 2)), (rational(-3, 2), rational(9, 2)))
    inner = total([x[i] * g[i][j] * y[j] for i in range(2) for j in range(2)])
    norm = total([entry**2 for row in g for entry in row])
    bound = rational(4, 5) * norm * (x[0] ** 2 + x[1] ** 2) * (y[0] ** 2 + y[1] ** 2)
    rest = cross * (s * v - t * u) ** 2 + 72 * (s**2 * v**2 + t**2 * u**2) + 108 * t**2 * v**2
    return equal(bound - inner**2, rest)


# W orthogonal: one gate for all nodes gives rank 1 with every D̃
_ROTATION: Columns = ((Fraction(4, 5), Fraction(-3, 5)), (Fraction(3, 5), Fraction(4, 5)))
_ROTATED: Columns = ((Fraction(13, 50), Fraction(-16, 50)), (Fraction(3, 50), Fraction(4, 50)))
_ORTHOGONAL = {"layer": "n = 2, F = I, w = (4, −3)/5, (3, 4)/5, ReLU, two labels"}
_ROTATION_PARTS: tuple[Check, ...] = (
    exact("the gradient", _differences(_ROTATION, _ROTATED), scope=Domain.at(_ORTHOGONAL)),
    exact("WWᵀ = I", all_of(equal(rational(sum(w[i] * w[j] for w in _ROTATION)), int(i == j))
        for i in range(2) for j in range(2)), scope=Domain.at(_ORTHOGONAL)),
    formal("one gate", _singular(_ROTATION, 1), "d e", scope=Domain.at(_ORTHOGONAL)),
)
_ITERATED = refutation(
    "two ReLU nodes", *_ROTATION_PARTS, _rank_two(_ROTATED), point=_ORTHOGONAL,
    lemmas=("gates of nodes",),
    description="ReLU, two samples of two labels, F = I, w_1 = (4, −3)/5, w_2 = (3, 4)/5, so WWᵀ = "
    "I: the gradient [[13, −16], [3, 4]]/50 has rank 2, and D̃ΓD̃F rank 1 for every diagonal D̃",
)
# G_m = ΛF_m and F_m = C·DF_{m−1}W, with one gate D: the gradient below is C·DΛD·F_{m−1}
_BELOW = identity(
    "one layer", [(1, "D S Fm Wt"), (-_C, "D S D F")],
    [([(1, "D S")], 0, [(1, "Wt")]), ([(_C, "D S D F")], 1, [(1, "I k")])],
    relations=[[(1, "Fm"), (-_C, "D F W")], [(1, "W Wt"), (-1, "I k")]],
    matrices={"D": "n n", "S": "n n", "Fm": "n K", "F": "n k", "W": "k K", "Wt": "K k"},
    scalars=("C",), lemma="gates of nodes",
    scope=(_ONE_GATE := Domain.of(layers=Whole("layers with one gate each and W_mW_mᵀ = I"))),
)

_COSINE_PARTS: tuple[Check, ...] = (
    _gradient(3),
    _one_gate(3),
    formal("cosine with rank one", _squares(72), "s t u v", scope=Domain.at(_layer(3))),
)


def _below(numerator: int) -> Check:
    """4/5 < (numerator/10)²."""
    return exact("4/5 < .9²", rational(4, 5) < rational(numerator, 10) ** 2)


_COSINE = refutation(
    "two ReLU nodes", *_COSINE_PARTS, _below(9), point=_layer(3), lemmas=("gates of nodes",),
    description="ReLU, two samples of two labels, F = I, w_1 = (3, −1), w_2 = (−1, 3): the cosine "
    "of the gradient to (11) is at most √(4/5) < .9 for every diagonal D",
)

CLAIMS: list[Claim] = [
    stated(
        "li2.deep-gradient", "The gradient of the layer below", "(11)",
        "$\\sigma=C\\sigma'(x)x$: $G_{L-1}=(D_L\\Gamma D_L)F_{L-1}(W_LW_L^\\top)$.",
        "a layer whose gradient no diagonal D_L gives", _SHARED, *_SHARED_MUTANTS,
        domain=_LAYERS, corrected_by="li2.deep-gradient.corrected",
        reading=_READ + "D_L is any one diagonal matrix; the witness also refutes the equation up "
        "to a factor. With one node, or equal gates, it holds up to C. ",
    ),
    stated(
        "li2.deep-gradient.corrected", "The gradient of the layer below, by nodes", "(11)",
        "$\\sigma=C\\sigma'(x)x$: $G_{L-1}=C\\sum_jD_j\\Gamma D_jF_{L-1}w_jw_j^\\top$; with one "
        "gate $D$ for all nodes, $C\\,D\\Gamma D\\,F_{L-1}W_LW_L^\\top$.",
        "a layer with another gradient", _GATED, _UNGATED, domain=_LAYERS,
        corrects="li2.deep-gradient", reading=_READ,
    ),
    stated(
        "li2.deep-iterated", "The gradient of lower layers", "§6",
        "$W_LW_L^\\top\\approx I$, so $G_l\\propto\\tilde D\\Gamma\\tilde DF_l$, $\\tilde "
        "D=\\prod_{m>l}D_m$.",
        "layers with W_mW_mᵀ = I and a gradient that no diagonal D̃ gives", _ITERATED,
        Mutant.of(_ITERATED, "a gradient of rank 1", parts=(
            *_ROTATION_PARTS, _rank_two(((1, -1), (-1, 1))))),
        Mutant.of(_ITERATED, "W as in (11)", parts=(
            exact("the gradient", _differences(_opposed(2), _ROTATED)), *_ROTATION_PARTS[1:],
            _rank_two(_ROTATED))),
        domain=_TIGHT, kind="as", corrected_by="li2.deep-iterated.corrected",
        reading=_READ + "W_mW_mᵀ = I exactly, which is the best that ≈ can mean, and the witness "
        "refutes it for l = L − 1 with every diagonal D̃ and every factor. ",
    ),
    stated(
        "li2.deep-iterated.corrected", "The gradient of lower layers, one gate in each", "§6",
        "If the nodes of layer $m$ share one gate $D_m$ and $W_mW_m^\\top=I$ for all $m>l$, then "
        "$G_l=C^{L-l}\\tilde D\\Gamma\\tilde DF_l$.",
        "such layers with another gradient", _BELOW,
        Mutant.of(_BELOW, "without C", goal=[(1, "D S Fm Wt"), (-1, "D S D F")]),
        Mutant.of(_BELOW, "any W", relations=[
            [(1, "Fm"), (-_C, "D F W")], [(1, "W Wt"), (-2, "I k")]]),
        domain=_ONE_GATE, kind="as", corrects="li2.deep-iterated", reading=_READ,
    ),
    stated(
        "li2.cand.deep-gates.one", "Gates of deep layers, factor 1", "Depth, trained",
        "$\\sigma=C\\sigma'(x)x$: $G_{L-1}=\\sum_jD_j\\Gamma D_jF_{L-1}w_jw_j^\\top$.",
        "a layer with another gradient", _NO_FACTOR, _FACTOR, domain=_LAYERS,
        reading=_READ + "Equality, not proportion; for C = 1 it holds. ",
    ),
    stated(
        "li2.cand.deep-gates.c", "Gates of deep layers, factor C", "Depth, trained",
        "$\\sigma=C\\sigma'(x)x$: $G_{L-1}=C\\sum_jD_j\\Gamma D_jF_{L-1}w_jw_j^\\top$.",
        "a layer with another gradient", _GATED, _UNGATED, domain=_LAYERS, reading=_READ,
    ),
    stated(
        "li2.cand.deep-gates.cosine", "The cosine to one common gate", "Depth, trained",
        "The cosine of $G_{L-1}$ to (11) with one common gate is $\\ge.9$.",
        "a layer with a smaller cosine for every common gate", _COSINE,
        Mutant.of(_COSINE, "at least .8", parts=(*_COSINE_PARTS, _below(8))),
        Mutant.of(_COSINE, "another sum of squares", parts=(
            *_COSINE_PARTS[:2], *(m.check for m in mutants(_COSINE_PARTS[2], other=_squares(71))),
            _below(9))),
        domain=_LAYERS,
        reading=_READ + "For every layer, at random or trained weights alike, with some diagonal D "
        "that may depend on it. What trained networks show is another question. ",
    ),
]
