"""`parity-family`: the maximum margin of k-parity on n bits, for all n ≥ k ≥ 1 at once.

Network f(x) = Σ_i (u_i·x)^k w_i, u_i ∈ R^n, w_i ∈ R², label Π_{j∈S} x_j, |S| = k, b = (1, −1).
Upper bound: with uniform x, one neuron contributes E[Π_S x_j (u·x)^k] (w·b) = k! Π_S u_j (w·b),
as Π_S x_j is the only monomial of degree k with odd exponents exactly on S; and
|w·b| ≤ √2‖w‖, Π_S|u_j|·‖w‖ ≤ ((‖u‖² + ‖w‖²)/(k+1))^{(k+1)/2} (AM-GM).  Lower bound: the sign
patterns factor^k with output sign Πσ_j; a monomial of (σ·x)^k with an even exponent is averaged
away when the factor's values are ±1 with sum 0, which is checked here.  Equality analysis and
the convolution argument for the sign patterns: lemma *parity optimum* in `docs/lemmas`.
"""

from .document import fields
from .formula import check_term, rational
from .limits import require
from .monomials import Family

STRUCTURE = {"support", "output-span", "balance", "sign", "uniform-patterns"}
K = {"var": "k"}
_OPTIMUM = {"*": [{"fact": K}, {"sqrt": 2},
                  {"^": [{"+": [K, 1]}, {"/": [{"-": [-1, K]}, 2]}]}]}


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the factor averages even exponents away and the value is the optimum."""
    fields(document, {"factor", "value", "conclusions"}, frozenset({"width"}))
    factor, conclusions = document["factor"], document["conclusions"]
    require(isinstance(factor, list) and factor, "factor must be a non-empty list of signs")
    signs = list(map(rational, factor))
    require(all(s * s == 1 for s in signs), "the factor has values other than 1 and -1")
    require(sum(signs) == 0, "the signs of the factor do not cancel")
    require(isinstance(conclusions, list) and conclusions
            and all(name in [*STRUCTURE, "value", "width"] for name in conclusions),
            "unknown conclusion")
    family = Family("odd-cyclic", None)  # only its symbol k is used
    check_term(document["value"], frozenset({"k"}))
    require(family.monomial(document["value"]) == family.monomial(_OPTIMUM),
            "the value is not the optimum")
    require(("width" in conclusions) == ("width" in document), "width needs field and conclusion")
    if "width" in document:
        check_term(document["width"], frozenset({"k"}))
        patterns = {"/": [{"^": [2, K]}, 2]}  # σ and −σ are one neuron
        require(len(signs) == 2
                and family.monomial(document["width"]) == family.monomial(patterns),
                "not the number of sign patterns modulo a common sign")
    return f"{', '.join(sorted(conclusions))} of k-parity for all k", {"factor": len(signs)}
