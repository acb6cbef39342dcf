"""Certificates of every kind that the checker must accept, built from plain JSON values."""

import hashlib
import struct
from copy import deepcopy
from itertools import product
from typing import Any

Document = dict[str, Any]


def var(name: str) -> Document:
    """A variable node."""
    return {"var": name}


K, N, P, R = var("k"), var("n"), var("p"), var("r")
MARGIN, NORM, BOUND = var("margin"), var("norm"), var("bound")


def over(a: Any, b: Any) -> Document:
    """The node a/b."""
    return {"/": [a, b]}


def minus(a: Any, b: Any) -> Document:
    """The node a − b."""
    return {"-": [a, b]}


K_HALF = over(minus(K, 1), 2)
# (2k+2)^{(k+1)/2} n^{(k-1)/2}: the denominator of Γ without its factor n − 1
GAMMA_BASE = {
    "*": [{"^": [{"+": [{"*": [2, K]}, 2]}, over({"+": [K, 1]}, 2)]}, {"^": [N, K_HALF]}]
}
GAMMA_TOP = {"*": [2, {"fact": K}]}
GAMMA = over(GAMMA_TOP, {"*": [GAMMA_BASE, minus(N, 1)]})
RHO = {"^": [2, K_HALF]}
STRUCTURE = [
    "all-points-tight",
    "unique-function",
    "single-frequency",
    "form",
    "no-frequency-spared",
    "dual-unique",
    "equal-shares",  # without real characters only
]


def document(kind: str, **fields: Any) -> Document:
    """A certificate of a kind."""
    return {"format": "verify-certificate/1", "kind": kind, "claim": "test.example", **fields}


def statement(formula: Document, points: list | None = None, **fields: Any) -> Document:
    """A `statement` certificate, asserted to hold unless `holds` says otherwise."""
    points = [{}] if points is None else points
    return document("statement", **{"points": points, "formula": formula, "holds": True, **fields})


def factor_design(factor: list[str], k: int) -> list[list[str]]:
    """All phase vectors with entries in a factor."""
    return [list(phases) for phases in product(factor, repeat=k)]


def quarter(k: int) -> list[list[str]]:
    """{0, 1/4, 1/2, 3/4}^k modulo the common half turn: 2^{2k−1} phase vectors."""
    return [[*most, last] for most in factor_design(["0", "1/4", "1/2", "3/4"], k - 1)
            for last in ("0", "1/4")]


THIRDS = ["0", "1/3", "2/3"]
HEXAGON = [[f"{r}/6", f"{4 * r}/6"] for r in range(6)]


def design_network(
    group: list[int], k: int, blocks: list[tuple[list, list, Any]], relations: list,
    data: Any = "all",
) -> Document:
    """A `network-margin` certificate; blocks: (frequencies, phase vectors, weight)."""
    designs = [{"frequencies": f, "phases": phases, "weight": g} for f, phases, g in blocks]
    return document("network-margin", group=group, inputs=k, network={"designs": designs},
                    data=data, relations=relations)


def all_frequencies(p: int) -> list[list[int]]:
    """1 .. (p−1)/2."""
    return [[zeta] for zeta in range(1, (p - 1) // 2 + 1)]


def attains_gamma(p: int, k: int, phases: list) -> Document:
    """One design at every frequency of Z_p attains Γ(k, p)."""
    relations = [{"=": [MARGIN, {"*": [GAMMA, NORM]}]}]
    return design_network([p], k, [(all_frequencies(p), phases, "1")], relations)


def memorising_network(p: int) -> Document:
    """Two neurons per input pair spell out a + b: margin 1."""
    def unit(a: int, value: Any = 1) -> list:
        return [value if i == a else 0 for i in range(p)]
    neurons = [
        {"u": [unit(a), unit(b, sign)], "w": unit((a + b) % p, f"{sign}/4"), "weight": 1}
        for a in range(p) for b in range(p) for sign in (1, -1)
    ]
    relations = [{"=": [MARGIN, 1]}, {"<": [MARGIN, {"*": [GAMMA, NORM]}]},
                 {"=": [var("width"), {"*": [2, P, P]}]}]
    return document("network-margin", group=[p], inputs=2, network={"neurons": neurons},
                    data="all", relations=relations)


def even_cyclic_network() -> Document:
    """Z_4, k = 2: the Nyquist frequency gets its smaller share of the norm."""
    blocks = [([[1]], factor_design(THIRDS, 2), "32/9"), ([[2]], factor_design(["0", "1/2"], 2), 1)]
    optimum = over(GAMMA_TOP, {"*": [GAMMA_BASE, {"+": [minus(N, 2), over(1, RHO)]}]})
    return design_network([4], 2, blocks, [{"=": [MARGIN, {"*": [optimum, NORM]}]}])


def uniform_bound(p: int, k: int) -> Document:
    """Uniform wrong labels bound every margin on Z_p by Γ."""
    weights = {str(d): f"1/{p - 1}" for d in range(1, p)}
    return document("margin-bound", group=[p], inputs=k, weights=weights, frequencies="all",
                    relations=[{"=": [BOUND, GAMMA]}, {"=": [var("support"), minus(P, 1)]}])


def even_bound() -> Document:
    """Z_6, k = 2: the optimal weights are irrational; odd shifts get κ/ρ, even κ(2 − 1/ρ)."""
    # κ = 1/(n − 2 + 1/ρ) with n = 6, ρ = √2: κ = (4 − 1/√2)/(16 − 1/2)
    inverse = over(minus(4, over(1, RHO)), "31/2")
    odd = {"*": [inverse, over(1, RHO)]}
    even = {"*": [inverse, minus(2, over(1, RHO))]}
    weights = {str(d): (odd if d % 2 else even) for d in range(1, 6)}
    value = {"*": [GAMMA, minus(N, 1), inverse]}
    return document("margin-bound", group=[6], inputs=2, weights=weights, frequencies="all",
                    relations=[{"=": [BOUND, value]}])


def family(
    groups: str, inputs: Any, denominators: list, conclusions: list, **fields: Any
) -> Document:
    """A `margin-family` certificate with the numerator of Γ."""
    value = {"numerator": GAMMA_TOP, "denominator": denominators}
    return document("margin-family", groups=groups, inputs=inputs, value=value,
                    conclusions=conclusions, **fields)


ODD_DENOMINATOR = [{"*": [GAMMA_BASE, minus(N, 1)]}]
EVEN_DENOMINATOR = [{"*": [GAMMA_BASE, minus(N, 2)]}, over(GAMMA_BASE, RHO)]
ABELIAN_DENOMINATOR = [
    {"*": [GAMMA_BASE, minus(minus(N, 1), R)]},
    over({"*": [GAMMA_BASE, R]}, RHO),
]

STATIONARY = document(
    "order-chain",
    facts=[
        {"rule": "min-le-mean", "network": "theta", "distribution": "q*"},
        {"rule": "argmax-network", "network": "theta", "optimum": "theta*", "distribution": "q*"},
        {"rule": "argmin-distribution", "network": "theta*", "distribution": "q*"},
    ],
    goal={"<=": ["min_D g(theta)", "min_D g(theta*)"]},
)
MULTICLASS = document(
    "order-chain",
    facts=[
        {"rule": "min-le-mean", "network": "theta", "distribution": "q*"},
        {"rule": "weighted-le", "network": "theta", "distribution": "q*"},
        {"rule": "argmax-weighted", "network": "theta", "optimum": "theta*", "distribution": "q*"},
        {"rule": "weighted-tight", "network": "theta*", "distribution": "q*"},
        {"rule": "argmin-distribution", "network": "theta*", "distribution": "q*"},
    ],
    goal={"<=": ["min_D g(theta)", "min_D g(theta*)"]},
)
LEAST_MEAN = document(
    "order-chain",
    facts=[{"rule": "min-le-least-mean", "network": "theta"},
           {"rule": "point-mass", "network": "theta"}],
    goal={"=": ["min_D g(theta)", "min_q E_q g(theta)"]},
)

COSINE_SUM = statement(
    {"forall": {"var": "d", "from": 0, "to": minus(P, 1), "of": {"=": [
        {"sum": {"var": "z", "from": 1, "to": over(minus(P, 1), 2),
                 "of": {"cos": over({"*": [var("z"), var("d")]}, P)}}},
        minus({"*": [over(P, 2), {"iverson": {"=": [var("d"), 0]}}]}, "1/2"),
    ]}}},
    [{"p": 3}, {"p": 7}, {"p": 13}],
)
ANGLE_SUM = statement(
    {"=": [{"cos": {"+": [var("x"), var("y")]}},
           minus({"*": [{"cos": var("x")}, {"cos": var("y")}]},
                 {"*": [{"sin": var("x")}, {"sin": var("y")}]})]},
    formal={"x": "angle", "y": "angle"},
)
POLARISATION = statement(
    {"=": [{"*": [8, var("a"), var("b")]},
           {"+": [{"^": [{"+": [var("a"), var("b")]}, 2]},
                  {"^": [{"neg": {"+": [var("a"), var("b")]}}, 2]},
                  {"neg": {"^": [minus(var("a"), var("b")), 2]}},
                  {"neg": {"^": [minus(var("b"), var("a")), 2]}}]}]},
    formal={"a": "indeterminate", "b": "indeterminate"},
)

ORDER = var("order")
# 2/(3√(3|G|)) over Σ d^{5/2} + …: the value of group composition on S3, with degrees 1, 1, 2
S3_MASSES = [0, {"^": [var("d_2"), "5/2"]}, {"^": [var("d_3"), "5/2"]}]
S3_WEIGHT = {"neg": {"+": [var("x_2"), {"*": [{"^": [var("d_3"), "3/2"]}, var("x_3")]}]}}
S3_VALUE = over(2, {"*": [3, {"sqrt": {"*": [3, ORDER]}}, {"+": [1, {"^": [2, "5/2"]}]}]})
S3_TABLE = {
    "generators": [[1, 0, 2], [1, 2, 0]],
    "representatives": [[0, 1, 2], [1, 0, 2], [1, 2, 0]],
    "characters": [[1, 1, 1], [1, -1, 1], [2, 0, -1]],
}
SYMMETRIC_GROUP = document(
    "group-margin", **S3_TABLE, masses=S3_MASSES, weights=[S3_WEIGHT, S3_WEIGHT],
    relations=[{"=": [MARGIN, {"*": [S3_VALUE, NORM]}]},
               {"=": [BOUND, {"*": [S3_VALUE, var("total")]}]},
               {"=": [var("width"), 18]}],
)
SYMMETRIC_CLASSES = document(
    "group-margin", **S3_TABLE,
    class_relations={"at": "all", "formulas": [{">": [S3_WEIGHT, 0]}]},
)
SYMMETRIC_OPTIMA = document(
    "group-margin", **S3_TABLE, masses=S3_MASSES, weights=[S3_WEIGHT, S3_WEIGHT],
    conclusions=["value", "single-irrep", "every-irrep"],
)
ENERGY, WEIGHT_NORM = var("energy"), var("norm")
# a wave and a shifted one on Z3: E = M|w|⁴/(2D) with D = 2, and the Riemannian Hessian there
ENERGY_WAVE = document(
    "group-energy", generators=[[1, 2, 0]], u=[2, -1, -1], v=[-1, 2, -1],
    critical=True, spectrum=[[0, 2], [-8, 1], [-4, 2]],
    relations=[{"=": [{"*": [4, ENERGY]}, {"*": [3, WEIGHT_NORM, WEIGHT_NORM]}]}],
)
# S3, a saddle: both halves are the character of degree 2
ENERGY_SADDLE = document(
    "group-energy", **S3_TABLE, u=[2, 0, -1, 0, 0, -1], v=[2, 0, -1, 0, 0, -1], critical=True,
    direction={"u": [0, 2, 0, -1, -1, 0], "v": [0, 2, 0, -1, -1, 0]},
    relations=[{">": [var("curvature"), 0]}, {"=": [var("slope"), 0]},
               {"=": [var("share_3"), WEIGHT_NORM]},
               {"=": [ENERGY, {"*": [6, var("left_3")]}]}],
)
ENERGY_TERMS = {
    "0": {"-": [{"-": [{"*": [3, var("f"), var("m")]}, 2]}, var("f")]},
    "-8": {"+": [{"-": [{"*": [var("f"), var("m")]}, var("f")]}, 1]},
    "-4": {"+": [{"-": [{"*": [2, var("M")]}, {"*": [4, var("f"), var("m")]}]},
                 {"*": [2, var("f")]}]},
}
ENERGY_VALUE = {"coefficient": "1/2", "order": 1, "dimension": -1}
ENERGY_MAXIMA = document(
    "every-group", rule="energy-maxima", value=ENERGY_VALUE, share="1/2",
    contained_in=["right", "rank", "free"], contain=["right", "signed-rank"],
    components={"1": 4, "more": 1}, manifold=ENERGY_TERMS["0"],
    **{"global": {"dimension": 3, "divisor": 6}},
    conclusions=["one-block", "each-block", "halves", "saddles", "least-dimension", "disjoint"],
)
# B = (FᵀF + η)⁻¹ and A = (FFᵀ + η)⁻¹: I − FBFᵀ = ηA
PUSH_THROUGH = document(
    "matrix-identity", scalars=["eta"],
    matrices={"F": ["n", "K"], "Ft": ["K", "n"], "A": ["n", "n"], "B": ["K", "K"]},
    relations=[
        [[1, ["F", "Ft", "A"]], [var("eta"), ["A"]], [-1, ["I", "n"]]],
        [[1, ["B", "Ft", "F"]], [var("eta"), ["B"]], [-1, ["I", "K"]]],
    ],
    goal=[[1, ["I", "n"]], [-1, ["F", "B", "Ft"]], [{"neg": var("eta")}, ["A"]]],
    combination=[
        [[[-1, ["I", "n"]], [1, ["F", "B", "Ft"]]], 0, [[1, ["I", "n"]]]],
        [[[-1, ["F"]]], 1, [[1, ["Ft", "A"]]]],
    ],
)
# |e^{ix} + e^{iy}|² + |e^{2ix} + e^{iy}|² = 4 + 2cos(x − y) + 2cos(2x − y) > −1, and
# 4 + 2cos 2x + 2cos 2y > −1/2, the average of 9/2 + 4cos 2x and its image under x ↔ −y, less 1/2
TORUS_SUM = document(
    "torus-bound", angles=2, bound=-1,
    squares=[[1, [[1, 0], [0, 1]]], [1, [[2, 0], [0, 1]]]],
    values=["5/3", 1, 0],
    blocks=[{"basis": [[1, 0], [0, 1], [2, 0]], "gram": [[0], [1, 0], [2, 1, 0]]}],
)
TORUS_MIRROR = document(
    "torus-bound", angles=2, bound="-1/2",
    squares=[[1, [[1, 0], [-1, 0]]], [1, [[0, 1], [0, -1]]]],
    values=["9/4", 2],
    blocks=[{"basis": [[1, 0], [-1, 0]], "gram": [[0], [1, 0]]}],
    mirror=[[1, -1], [0, -1]],
)
THIRD, TWO_THIRDS = {"cis": "1/3"}, {"cis": "2/3"}
CYCLIC_GROUP = document(
    "group-margin",
    generators=[[1, 2, 0]],
    representatives=[[0, 1, 2], [1, 2, 0], [2, 0, 1]],
    characters=[[1, 1, 1], [1, THIRD, TWO_THIRDS], [1, TWO_THIRDS, THIRD]],
    masses=[0, 1, 1],
    relations=[{"=": [MARGIN, over(NORM, {"*": [9, {"sqrt": 2}]})]}],
)
UNIT_NEURON = {"coefficient": over(2, {"*": [3, {"sqrt": 3}]}), "order": "-1/2"}
GROUP_OPTIMUM = document(
    "every-group", rule="optimum", types="real",
    mass={"coefficient": 1, "degree": "5/2"}, weight={"coefficient": 1, "degree": "3/2"}, sign=-1,
    value=UNIT_NEURON, width={"coefficient": 2, "degree": 3},
    conclusions=["value", "weighting", "single-irrep", "every-irrep", "width"],
)
GROUP_TYPES = document(
    "every-group", rule="optimum", types="all",
    mass={"coefficient": 1, "degree": "5/2", "type": "1/2"},
    weight={"coefficient": 1, "degree": "3/2", "type": "1/2"}, sign=-1,
    value=UNIT_NEURON, conclusions=["value", "single-irrep"],
)
CUBE = over(1, {"*": [3, {"sqrt": 3}]})  # (1/3)^{3/2}
GROUP_TRACE = document(
    "every-group", rule="trace-neurons", count={"coefficient": 2, "degree": 3},
    strength={"coefficient": CUBE, "degree": "3/2", "order": "-3/2"},
    scale={"coefficient": {"*": [4, CUBE]}, "degree": "3/2", "order": "-3/2"},
)
GROUP_NEURON_MAXIMUM = document(
    "every-group", rule="neuron-maximum", words={"coefficient": 2},
    value={"coefficient": {"*": [2, CUBE]}, "degree": "-1/2", "order": "-3/2"},
)


def convolution(left: list, right: list, free: list | None = None) -> Document:
    """A `convolution` certificate; sides are lists of (coefficient, summed, dual forms, body)."""
    names = ["u", "v", "w"]
    sides = {
        side: [dict(zip(("coefficient", "sum", "dual", "of"), term, strict=True)) for term in terms]
        for side, terms in (("left", left), ("right", right))
    }
    return document("convolution", functions=names, free=free or [], **sides)


def applied(function: str, **form: int) -> Document:
    """The value of a function at an integer combination of variables."""
    return {"at": [function, form]}


# n Σ_{a,b} (u(a) + v(b))² w(a + b − d): only the cross term 2uv depends on d
CROSS_TERM = convolution(
    left=[(N, ["a", "b"], [], {"*": [{"^": [{"+": [applied("u", a=1), applied("v", b=1)]}, 2]},
                                     applied("w", a=1, b=1, d=-1)]})],
    right=[(2, ["a", "b", "c"], [{"a": 1, "b": 1, "c": -1, "d": -1}],
            {"*": [applied("u", a=1), applied("v", b=1), applied("w", c=1)]}),
           (N, ["a", "c"], [], {"*": [{"^": [applied("u", a=1), 2]}, applied("w", c=1)]}),
           (N, ["b", "c"], [], {"*": [{"^": [applied("v", b=1), 2]}, applied("w", c=1)]})],
    free=["d"],
)
# Plancherel: Σ_χ û(χ) conj v̂(χ) = n Σ_a u(a) v(a)
PLANCHEREL = convolution(
    left=[(1, ["a", "b"], [{"a": -1, "b": 1}], {"*": [applied("u", a=1), applied("v", b=1)]})],
    right=[(N, ["a"], [], {"*": [applied("u", a=1), applied("v", a=1)]})],
)

DEGREE = {"+": [K, 1]}
NEURON_MAXIMUM = document(
    "every-k", rule="neuron-maximum", inputs="all", groups="odd-cyclic", value=GAMMA,
    maximisers={"amplitude_squared": over(2, {"*": [DEGREE, P]}),
                "transform_squared": over(P, {"*": [2, DEGREE]}), "signs": "+"},
    **{"from": 2})
PARITY_VALUE = {"*": [{"fact": K}, {"sqrt": over(2, {"^": [DEGREE, DEGREE]})}]}

# Values on the even points of the box |x_j| ≤ 2 in the ball |x|_1 ≤ 4, x_2 ≤ x_3; values of
# (x_1, x_3, x_2) are the same.
_VALUES = [
    107, 201, -50, 99, -28, -74, 288, -50, 300, -62, 163, -81, 12, 96, 14, 294, 122,
    279, 79, 298, 4, 88, -18, 159, 12, 284, -25, 13, 37, -19, 60, -10, 58,
]
_BOX = [[x, y, z] for x in range(-2, 3) for y in range(-2, 3) for z in range(y, 3)
        if (x + y + z) % 2 == 0 and abs(x) + abs(y) + abs(z) <= 4]
THREE_INPUTS = [list(term) for term in zip(_BOX, _VALUES, strict=True)]
# x' = y, y' = −x: all solutions from [1, 1.01] × {0} fall through x = 7/8 near t = 0.52
X, Y = var("x"), var("y")
ROTATION = document(
    "ode-enclosure", variables=["x", "y"], field=[Y, {"neg": X}], bits=32,
    initial=[["1", "101/100"], ["0", "0"]],
    steps=[
        {"length": "1/4", "order": 12, "box": [[4155182303, 4410345249], [-1107437594, 31135130]],
         "centre": [4182254336, -1067904832],
         "spread": [[4161446656, 1062591808], [-1062591808, 4161446656]],
         "frame": [[-4161447158, 1062591936], [1062591936, 4161447158]], "radii": [79, 31]},
        {"length": "117/512", "order": 13,
         "box": [[3799106529, 4267360287], [-2053710418, -1021805230]],
         "centre": [3831616256, -1987557632],
         "spread": [[3812552704, 1977668864], [-1977668864, 3812552960]],
         "frame": [[-3812553929, 1977669490], [1977669490, 3812553929]], "radii": [510, 218]},
        {"length": "9/128", "order": 13,
         "box": [[3659557493, 3859218315], [-2272942337, -1969071615]],
         "centre": [3682513408, -2251835136],
         "spread": [[3664191232, 2240631040], [-2240631040, 3664191744]],
         "frame": [[-3664193149, 2240632197], [2240632197, 3664193149]], "radii": [756, 358]}],
    assertions=[
        {"crossing": minus(X, "7/8"), "step": 2, "direction": "down", "first": True},
        {"at": 3, "holds": {"and": [{"<": [Y, 0]},
                                    {"<": [{"+": [{"^": [X, 2]}, {"^": [Y, 2]}]}, "11/10"]}]}},
        {"during": [0, 2], "holds": {">": [X, "1/2"]}}])
# x' = 1 + x², x(0) = 1 blows up at π/4
TANGENT = document(
    "ode-enclosure", variables=["x"], field=[{"+": [1, {"*": [X, X]}]}], bits=32,
    initial=[["1", "1"]],
    steps=[{"length": length, "order": order, "box": [box], "centre": [centre], "spread": [[0]],
            "frame": [[4294967296]], "radii": [radius]} for length, order, box, centre, radius in [
        ("501/4096", 11, [4191502906, 5519034822], 5498909696, 392),
        ("857/8192", 10, [5372972138, 6897039254], 6873932800, 1325),
        ("197/2048", 10, [6694224289, 8649065055], 8619424768, 3615),
        ("461/4096", 11, [8149843340, 11831941748], 11776016384, 47895),
        ("181/2048", 11, [11099083270, 16134538746], 16057897984, 178853)]],
    assertions=[{"blow-up": {"leader": "x", "weights": [1], "degree": 1, "box": [["1", "1"]]},
                 "between": ["12675/16384", "12969/16384"]}])
# two species that compete weakly stay in a box; e^{−t} is a barrier of x' = −x(1 + ε)
COMPETITION = document(
    "ode-comparison", variables=["x", "y"], bits=48, parameters={"b": ["1/8", "1/4"]},
    field=[{"*": [X, {"-": [2, {"+": [X, {"*": [var("b"), Y]}]}]}]},
           {"*": [Y, {"-": [3, {"+": [Y, {"*": [var("b"), X]}]}]}]}],
    initial=[["1", "2"], ["1", "2"]], times="always", order=2, lower=["1/2", 1], upper=[3, 4])
DECAY = document(
    "ode-comparison", variables=["x"], bits=48, parameters={}, field=[{"neg": X}],
    initial=[["9/10", "1"]], times=["0", "1/2", "1", "3/2", "2"], order=6, lower=None,
    upper=[{"*": ["101/100", {"exp": {"/": [{"neg": var("t")}, "11/10"]}}]}])


def tensor(rows: list[list[float]], dtype: str = "float32") -> Document:
    """A tensor of a `trained-network` certificate, from its IEEE bytes."""
    code = {"float16": "e", "float32": "f", "float64": "d"}[dtype]
    data = b"".join(struct.pack("<" + code, x) for row in rows for x in row)
    return {"dtype": dtype, "shape": [len(rows), len(rows[0])], "hex": data.hex(),
            "sha256": hashlib.sha256(data).hexdigest()}


# f(a, b) = (u_a + u_b)²·v with u = (1, 1/2, −1/2), v = (1, −1, 0): 1 neuron, addition modulo 3
SQUARE_NEURON = document(
    "trained-network", group=[3], inputs=2, activation={"polynomial": [0, 0, 1]},
    tensors={"U": tensor([[1.0, 0.5, -0.5]]), "V": tensor([[1.0], [-1.0], [0.0]], "float64")},
    first=[[{"tensor": "U"}]], output=[{"tensor": "V"}],
    relations=[{"=": [var("correct"), 1]}, {"=": [var("wrong"), 6]}, {"=": [var("ties"), 2]},
               {"=": [MARGIN, "-9/2"]}, {"=": [var("total"), 9]}, {"=": [var("width"), 1]}],
)
# σ(−a − 2b)·(0, 1) with σ = u/3 below 0; layers cut from one stored (in, out), embedding (0, −1)
SLOPES = document(
    "trained-network", group=[2], inputs=2, activation={"slopes": ["1/3", 1]},
    tensors={"E": tensor([[0.0, -1.0]], "float16"), "W": tensor([[1.0], [2.0]]),
             "V": tensor([[0.0, 1.0]])},
    first=[[{"tensor": "W", "transposed": True, "columns": [0, 1]}, {"tensor": "E"}],
           [{"tensor": "W", "transposed": True, "columns": [1, 2]}, {"tensor": "E"}]],
    output=[{"tensor": "V", "transposed": True}],
    relations=[{"=": [MARGIN, "-2/3"]}, {"=": [var("ties"), 1]}, {"=": [var("correct"), 1]}],
)

EXAMPLES: dict[str, Document] = {
    "rotation": ROTATION,
    "tangent": TANGENT,
    "competition": COMPETITION,
    "decay": DECAY,
    "square-neuron": SQUARE_NEURON,
    "slopes-neuron": SLOPES,
    "cosine-sum": COSINE_SUM,
    "angle-sum": ANGLE_SUM,
    "polarisation": POLARISATION,
    "counterexample": statement({"=": [{"mod": [{"^": [2, P]}, P]}, 2]}, [{"p": 4}, {"p": 6}],
                                holds=False),
    "quarter": attains_gamma(5, 3, quarter(3)),
    "thirds": attains_gamma(7, 2, factor_design(THIRDS, 2)),
    "hexagon": attains_gamma(5, 2, HEXAGON),
    "aliased": attains_gamma(3, 3, factor_design(THIRDS, 3)),
    "one-frequency": design_network(
        [5], 2, [([[1]], HEXAGON, "1")],
        [{"=": [MARGIN, {"*": [GAMMA, NORM, minus(1, over(1, {"sqrt": 5}))]}]},
         {"=": [var("frequencies"), 1]}]),
    "even-network": even_cyclic_network(),
    "memorise": memorising_network(3),
    "partial-data": design_network(
        [5], 2, [([[1], [2]], HEXAGON[:5], "1")], [{">": [MARGIN, 0]}, {"=": [var("width"), 10]}],
        data=[[0, 0], [1, 3], [4, 4]]),
    "mixed": document(
        "network-margin", group=[3], inputs=1, data="all",
        network={"designs": [{"frequencies": [[1]], "phases": [["0"], ["1/4"]], "weight": "1"}],
                 "neurons": [{"u": [[1, 0, 0]], "w": [1, 0, 0], "weight": "1/2"}]},
        relations=[{"=": [MARGIN, "3/2"]}, {"=": [NORM, 7]}, {"=": [var("size_min"), 1]},
                   {"=": [var("size_max"), 3]}, {"=": [var("width"), 3]}]),
    "uniform-bound": uniform_bound(7, 3),
    "even-bound": even_bound(),
    "klein-bound": document(
        "margin-bound", group=[2, 2], inputs=2, frequencies="all",
        weights={"0,1": "1/3", "1,0": "1/3", "1,1": "1/3"},
        relations=[{"=": [BOUND, {"*": [GAMMA, {"sqrt": 2}]}]}]),
    "restricted-bound": document(
        "margin-bound", group=[5], inputs=2, frequencies=[[1]], weights={"1": "1/2", "4": "1/2"},
        relations=[{"=": [BOUND, {"*": [GAMMA, minus(1, over(1, {"sqrt": 5}))]}]}]),
    "odd-family": family(
        "odd-cyclic", "all", ODD_DENOMINATOR, ["value", "width", *STRUCTURE], factor=THIRDS,
        width={"*": [{"^": [3, K]}, over(minus(P, 1), 2)]}),
    "hexagon-family": family(
        "odd-cyclic", 2, ODD_DENOMINATOR, ["value", "width", "form"], design=HEXAGON,
        width=over({"*": [6, minus(P, 1)]}, 2)),
    "even-family": family("even-cyclic", "all", EVEN_DENOMINATOR, ["value", *STRUCTURE[:-1]],
                          factor=THIRDS),
    "abelian-family": family("abelian", "all", ABELIAN_DENOMINATOR, ["value", *STRUCTURE[:-1]],
                             factor=THIRDS),
    "one-input-family": family("abelian", 1, [{"*": [GAMMA_BASE, minus(N, 1)]}], ["value"],
                               factor=THIRDS),
    "clique": document("width-bound", inputs=2,
                       clique=[[0, 0], [1, 1], [2, 2], [2, 0], [3, 1], [1, -1]],
                       relations=[{"=": [var("size"), 6]}, {"=": [K, 2]}]),
    "polynomial": document(
        "width-bound", inputs=3, modulus=15, polynomial={"symmetric": 2, "terms": THREE_INPUTS},
        relations=[{"=": [var("size"), 16]}, {"=": [var("width"), 100]}]),
    "small-orders": document(
        "width-bound", inputs=2, modulus=4, clique=[[0, 0]],
        relations=[{"=": [var("size"), 1]}, {"=": [var("width"), 6]}, {"=": [P, 4]}]),
    "stationary": STATIONARY,
    "multiclass": MULTICLASS,
    "least-mean": LEAST_MEAN,
    "cross-term": CROSS_TERM,
    "plancherel": PLANCHEREL,
    "every-width": document("width-bound", inputs="all", clique="even-words",
                            size=over({"^": [2, K]}, 2)),
    "modulo-two": document("width-bound", inputs="all", clique="even-words", modulus=2,
                           size=over({"^": [2, K]}, 2)),
    "frequency-family": document(
        "frequency-family", group=[5], frequencies=[[1]], shares={"1": 1},
        weights={"1": "1/2", "4": "1/2"},
        relations=[{"=": [var("attained"), minus(1, {"cos": "1/5"})]},
                   {"=": [var("bound"), minus(1, {"cos": "1/5"})]}]),
    "two-frequencies": document(
        "frequency-family", group=[7], frequencies=[[1], [2]], shares={"1": "1/2", "2": "1/2"},
        weights={"1": "1/2", "6": "1/2"},
        relations=[{"<": [var("attained"), var("bound")]}, {">": [var("attained"), "3/4"]}]),
    "parity-family": document(
        "parity-family", factor=[1, -1], value=PARITY_VALUE, width=over({"^": [2, K]}, 2),
        conclusions=["value", "width", "support", "output-span", "balance", "sign",
                     "uniform-patterns"]),
    "order-two-family": family(
        "order-two", "all", [over(GAMMA_BASE, RHO)], ["value", "width"],
        factor=["0", "1/3", "2/3"], width={"^": [2, minus(K, 1)]}),
    "derived-family": family(
        "even-cyclic", "all", EVEN_DENOMINATOR, ["value"], design="ladder", derived={
            "real-share": {"numerator": 1, "denominator": [{"*": [minus(N, 2), RHO]}, 1]},
            "weight-even": {"numerator": {"*": [2, RHO]}, "minus": 1,
                            "denominator": [{"*": [minus(N, 2), RHO]}, 1]}}),
    "neuron-maximum": NEURON_MAXIMUM,
    "symmetric-group": SYMMETRIC_GROUP,
    "symmetric-classes": SYMMETRIC_CLASSES,
    "symmetric-optima": SYMMETRIC_OPTIMA,
    "cyclic-group": CYCLIC_GROUP,
    "group-optimum": GROUP_OPTIMUM,
    "group-types": GROUP_TYPES,
    "group-trace": GROUP_TRACE,
    "group-neuron": document("every-group", rule="neuron-identity",
                             value={"coefficient": 2, "degree": -2}),
    "group-neuron-maximum": GROUP_NEURON_MAXIMUM,
    "regular-character": document("every-group", rule="regular-character", sum=-1),
    "dihedral-groups": document("every-group", rule="dihedral", exponent="3/2"),
    "energy-wave": ENERGY_WAVE,
    "energy-saddle": ENERGY_SADDLE,
    "energy-maxima": ENERGY_MAXIMA,
    "energy-hessian": document("every-group", rule="energy-hessian",
                               spectrum=[[int(x), t] for x, t in ENERGY_TERMS.items()]),
    "energy-sides": document("every-group", rule="energy-sides",
                             activation=[1, var("a"), var("b")],
                             value={"*": [2, var("b"), var("b")]}),
    "energy-blocks": document("every-group", rule="energy-blocks", irreps="real", weights="real",
                              form="V U*", factor=2),
    "energy-schur": document("every-group", rule="energy-schur", matrix="I", factor=1,
                             norm="frobenius", pairs=["1/2", 1]),
    "energy-labels": document("every-group", rule="energy-labels", rows=["R_h^T", "P"],
                              sum="<R_h, S>", factor="1/2", transform="Q* S Q"),
    "energy-mixture": document("every-group", rule="energy-mixture", exponent=1,
                               kind_of_point="saddle"),
    "energy-nodes": document(
        "every-group", rule="energy-nodes", factor=2, abelian={"*": [2, minus(var("M"), 1)]},
        bound={"*": [2, {"-": [{"+": [{"^": [minus(var("M"), var("a")), 2]}, var("a")]}, 1]}]}),
    "push-through": PUSH_THROUGH,
    "torus-sum": TORUS_SUM,
    "torus-mirror": TORUS_MIRROR,
    "energy-target": document("every-group", rule="single-target", phi="decreasing", squares=2,
                              multiplier=2, maximiser="spread", activations=["relu", "silu"]),
}


def example(name: str) -> Document:
    """A fresh copy of an accepted certificate."""
    return deepcopy(EXAMPLES[name])
