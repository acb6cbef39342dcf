"""Rules of `every-group` on the energy E(w) = ½|Ycᵀσ(Xw)|² of one neuron, for every finite group.

M is the order; a block of type 𝔽 (f = dim 𝔽 = 1, 2, 4) is 𝔽^{m×m}, its irrep has D = fm
dimensions over the reals; U, V are the components of the halves u, v there.  Each rule derives
the constants of its lemma (docs/lemmas, *Energy on groups*) and compares.
"""

from fractions import Fraction

from .exact import Number, total
from .formula import Scope, check_term, evaluate, rational
from .limits import require


def polynomial(node: object, *names: str) -> Number:
    """A polynomial in the named symbols."""
    check_term(node, frozenset(names))
    return evaluate(node, Scope({}, dict.fromkeys(names, "indeterminate")))


def _symbol(name: str) -> Number:
    return Number.symbol(name)


def _same(a: Number, b: Number, what: str) -> None:
    require((a - b).is_zero(), f"{what} is {b}, not {a}")


def labels(document: dict) -> str:
    """Rows of label h: X_h = [R_hᵀ, P]; z_h = ⟨R_h, S⟩; E = ½Σ⟨R̃_h, S⟩²; Ŝ = Q*SQ; any σ."""
    require(document["rows"] == ["R_h^T", "P"], "the rows of label h are [R_h^T, P]")
    require(document["sum"] == "<R_h, S>", "the sum over label h is <R_h, S>")
    require(rational(document["factor"]) == Fraction(1, 2), "the factor is 1/2")
    require(document.get("transform", "Q* S Q") == "Q* S Q", "the transform is Q* S Q")
    return "energy of a neuron"


def schur(document: dict) -> str:
    """Σ_h vec C_k vec C_k* = (M/d)·I, hence E = (M/2)Σ|Σ_r Ŝ_{k,r}|²/d_k in the Frobenius norm;
    for real weights with factor M/2 for a self-conjugate k, M for one of a conjugate pair.
    """
    require(document["matrix"] == "I", "the sum is a multiple of the identity matrix")
    require(document.get("norm", "frobenius") == "frobenius", "the norm is the Frobenius norm")
    require(rational(document["factor"]) == 1, "the multiple is M/d")
    pairs = document.get("pairs", ["1/2", 1])
    require(isinstance(pairs, list) and list(map(rational, pairs)) == [Fraction(1, 2), 1],
            "M/2 for a self-conjugate k, M for a pair")
    return "Schur sums"


def sides(document: dict) -> str:
    """σ(t) = c0 + c1·t + c2·t², coefficients in a and b: E = value · Σ_h (uᵀR̃_h v)².

    Σ_x of c0, c1(u_{hx} + v_x), c2(u_{hx}² + v_x²) does not depend on h; 2c2 Σ_x u_{hx}v_x =
    2c2·uᵀR_hv is left, and E = ½Σ(z − z̄)².
    """
    node = document["activation"]
    require(isinstance(node, list) and len(node) == 3, "activation lists three coefficients")
    _, _, c2 = (polynomial(x, "a", "b") for x in node)
    _same(polynomial(document["value"], "a", "b"), (c2 * c2).scaled(2), "the factor")
    return "energy of a quadratic activation"


def blocks(document: dict) -> str:
    """E = factor·M·Σ N/δ over the non-trivial blocks, δ = D over the reals or d over the complex
    numbers, and N = |V U*|²; for complex weights over the complex numbers, with ū for u.
    """
    irreps, weights = document["irreps"], document["weights"]
    require(irreps in ("real", "complex") and weights in ("real", "complex"),
            "irreps and weights are real or complex")
    require(irreps == "complex" or weights == "real", "complex weights have complex components")
    form = "V U*" if weights == "real" else "V conj(u)*"
    require(document["form"] == form, "N is |{}|², not |{}|²", form, document["form"])
    require(rational(document["factor"]) == 2, "the factor is 2")
    return "energy in blocks"


# A form of (U, V) within one block, both of norm 1/√2, and how it stands to the set of maxima
# {U = b c*, V = a c*} for every 𝔽 and m.
_CONTAIN = {"right", "rank", "free"}
_CONTAINED = {"right", "signed-rank"}
_FORMS = {"right", "rank", "free", "signed-rank", "signed", "left"}
CONCLUSIONS = {"one-block", "each-block", "halves", "saddles", "least-dimension", "disjoint"}


def maxima(document: dict) -> str:
    """The local maxima of E on the unit sphere: U = bc*, V = ac* in one non-trivial real block,
    |U| = |V|; there E = (1/2)·M/D.  The least D has the global maximum.

    `contained_in`, `contain`: forms that contain, are contained in, the set of maxima of a block.
    """
    value = document["value"]
    require(isinstance(value, dict) and set(value) == {"coefficient", "order", "dimension"},
            "value has coefficient, order and dimension")
    parts = [rational(value[k]) for k in ("coefficient", "order", "dimension")]
    require(parts == [Fraction(1, 2), 1, -1], "the maxima of a block have E = M/(2D)")
    for key, allowed in (("contained_in", _CONTAIN), ("contain", _CONTAINED)):
        forms = document.get(key, ["right"])
        require(isinstance(forms, list) and forms
                and all(isinstance(x, str) and x in _FORMS for x in forms),
                "unknown form in {}", forms)
        require(set(forms) <= allowed, f"{key} is wrong for {{}}", sorted(set(forms) - allowed))
    conclusions = document.get("conclusions", ["halves"])
    require(isinstance(conclusions, list) and conclusions
            and all(isinstance(x, str) and x in CONCLUSIONS for x in conclusions),
            "unknown conclusion in {}", conclusions)
    if "share" in document:
        require(rational(document["share"]) == Fraction(1, 2), "each half has squared norm 1/2")
    if "components" in document:
        found = document["components"]
        require(isinstance(found, dict) and set(found) <= {"1", "more"} and found,
                "components maps 1 and more (dimensions) to numbers")
        # U = bc, V = ac with signs for D = 1: four points; spheres are connected for D ≥ 2
        require(all(found[k] == n for k, n in (("1", 4), ("more", 1)) if k in found),
                "four points for D = 1, one connected set for D ≥ 2")
    if "manifold" in document:
        # unit a, b, c in 𝔽^m: 3(fm − 1), less the common factor of modulus 1, f − 1
        f, m = _symbol("f"), _symbol("m")
        _same(polynomial(document["manifold"], "f", "m"),
              (f * m).scaled(3) - f - Number.of(2), "the dimension")
    require(any(k in document for k in ("conclusions", "contained_in", "contain", "components",
                                        "share", "manifold", "global")), "nothing is concluded")
    if "global" in document:
        at = document["global"]
        require(isinstance(at, dict) and set(at) == {"dimension", "divisor"},
                "global has dimension and divisor")
        d = rational(at["dimension"])
        require(d > 0 and rational(at["divisor"]) == 2 * d, "the value at dimension D is M/(2D)")
    return "energy maxima"


def hessian(document: dict) -> str:
    """The Riemannian Hessian at a maximum, in units of E*: [[x, multiplicity in f, m, M], …].

    In units of 4E*, at U = bc*/√2, V = ac*/√2 (lemma *energy Hessian*) the quadratic form is
    the sum of: 0 on 2f(m−1) directions (b, a orthogonal) and 2(f−1) (phases); 2st on (s, t),
    s = t being radial, so −2 once; (p, q): −|p|² − |q|² + 2Re q*p, on f(m−1) pairs, so 0 and −2;
    −1 on the other 2f(m−1)² directions of the block and on 2(M − fm²) outside it.
    """
    f, m, order = _symbol("f"), _symbol("m"), _symbol("M")
    free = f * m - f  # f(m − 1)
    inner = f * m * m - (f * m).scaled(2) + f  # f(m − 1)²
    derived = {
        0: free.scaled(2) + (f - Number.of(1)).scaled(2) + free,
        -8: Number.of(1) + free,
        -4: inner.scaled(2) + (order - f * m * m).scaled(2),
    }
    whole = total(derived.values())
    _same(whole, order.scaled(2) - Number.of(1), "the number of directions")
    spectrum = document["spectrum"]
    require(isinstance(spectrum, list) and spectrum
            and all(isinstance(p, list) and len(p) == 2 for p in spectrum),
            "spectrum lists pairs [multiple of E*, multiplicity]")
    seen = set()
    for x, times in spectrum:
        x = rational(x)
        require(x in derived and x not in seen, f"{x}·E* is no eigenvalue, or is listed twice")
        seen.add(x)
        _same(polynomial(times, "M", "f", "m"), derived[int(x)], f"the multiplicity of {x}·E*")
    return "energy Hessian"


def mixture(document: dict) -> str:
    """Rank-one maximisers of several blocks, squared masses ∝ D^x: critical iff x = 1 (for blocks
    of different D), and then saddles with a direction of positive curvature.
    """
    require(rational(document["exponent"]) == 1, "critical at squared masses ∝ D only")
    require(document["kind_of_point"] == "saddle", "E is convex in the squared masses: a saddle")
    return "energy mixtures"


def nodes(document: dict) -> str:
    """Σ_{k≠0} d⁴ ≤ (M − κ)² + κ − 1 for κ non-trivial irreps: with y_k = d_k² − 1 ≥ 0,
    Σy = M − 1 − κ and Σ(y + 1)² ≤ (Σy)² + 2Σy + κ.
    """
    order, count = _symbol("M"), _symbol("a")  # a is κ
    whole = order - Number.of(1) - count
    bound = whole * whole + whole.scaled(2) + count
    factor = rational(document["factor"])
    _same(polynomial(document["bound"], "M", "a"), bound.scaled(factor), "the bound")
    abelian = polynomial(document["abelian"], "M")
    _same(abelian, (order - Number.of(1)).scaled(factor), "the number for Abelian groups")
    return "node count"


# σ on x > 0, and how φ = σ'(x)/x behaves there (lemma *one target*).
_RATIOS = {"power": "nondecreasing", "relu": "decreasing", "silu": "decreasing",
           "tanh": "decreasing", "sigmoid": "decreasing"}
_MAXIMISERS = {"nondecreasing": "largest", "decreasing": "spread"}


def single_target(document: dict) -> str:
    """Maximisers of Ψ = Σp_gσ(s_g), s ≥ 0, for monotone φ = σ'(x)/x: Σs² = `squares` = 2 and
    p_gφ(s_g) = `multiplier`·λ with 2 for the multiplier λ of Σs²; nondecreasing φ: s = √2e_g at
    the largest p_g; strictly decreasing φ: s spread over all g with p_gφ(0⁺) > 2λ.
    """
    phi = document["phi"]
    require(isinstance(phi, str) and phi in _MAXIMISERS, "φ is nondecreasing or decreasing")
    require(rational(document["squares"]) == 2, "the squares sum to 2")
    require(rational(document["multiplier"]) == 2, "the multiplier is 2λ")
    require(document["maximiser"] == _MAXIMISERS[phi], "another maximiser for this φ")
    classes = document.get("activations", ["power"] if phi == "nondecreasing" else ["relu"])
    require(isinstance(classes, list) and classes
            and all(isinstance(x, str) and _RATIOS.get(x) == phi for x in classes),
            "an activation whose φ behaves otherwise, or is unknown: {}", classes)
    return "one target"


RULES = {
    "single-target": (single_target, {"phi", "squares", "multiplier", "maximiser"},
                      frozenset({"activations"})),
    "energy-labels": (labels, {"rows", "sum", "factor"}, frozenset({"transform"})),
    "energy-schur": (schur, {"matrix", "factor"}, frozenset({"norm", "pairs"})),
    "energy-sides": (sides, {"activation", "value"}, frozenset()),
    "energy-blocks": (blocks, {"irreps", "weights", "form", "factor"}, frozenset()),
    "energy-maxima": (maxima, {"value"}, frozenset({
        "conclusions", "contained_in", "contain", "components", "share", "manifold", "global"})),
    "energy-hessian": (hessian, {"spectrum"}, frozenset()),
    "energy-mixture": (mixture, {"exponent", "kind_of_point"}, frozenset()),
    "energy-nodes": (nodes, {"factor", "bound", "abelian"}, frozenset()),
}
