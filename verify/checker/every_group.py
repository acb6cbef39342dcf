"""`every-group`: what the lemmas on group composition say for every finite group at once.

Constants are monomials c·d^x·t^y·|G|^z in the degree d of an irreducible character, its type t
(1 when it is real, 2 when complex or quaternionic) and the order: {"coefficient": c, "degree": x,
"type": y, "order": z}, a missing exponent being 0.  Each rule derives the constants of its lemma
(docs/lemmas, *Group composition*) and compares.
"""

from fractions import Fraction

from . import energy_rules
from .document import fields
from .exact import Number
from .formula import Scope, check_term, evaluate, rational
from .limits import require

_EXPONENTS = ("degree", "type", "order")
Monomial = tuple[Number, tuple[Fraction, ...]]


def monomial(node: object, *, real: bool) -> Monomial:
    """A positive coefficient and the exponents; for real characters t = 1 has none."""
    require(isinstance(node, dict) and "coefficient" in node
            and set(node) <= {"coefficient", *_EXPONENTS}, "not a monomial: {}", node)
    check_term(node["coefficient"], frozenset())
    coefficient = evaluate(node["coefficient"], Scope({}))
    require(coefficient.sign() > 0, "a coefficient is not positive: {}", node)
    exponents = [rational(node.get(name, 0)) for name in _EXPONENTS]
    return coefficient, (exponents[0], Fraction(0) if real else exponents[1], exponents[2])


def of(c: Number, degree: str, type_: str = "0", order: str = "0", *, real: bool) -> Monomial:
    """The monomial with these exponents."""
    return c, (Fraction(degree), Fraction(0) if real else Fraction(type_), Fraction(order))


def times(a: Monomial, b: Monomial) -> Monomial:
    """Product of two monomials."""
    return a[0] * b[0], tuple(x + y for x, y in zip(a[1], b[1], strict=True))


def same(a: Monomial, b: Monomial, what: str) -> None:
    """Rejects unless the two are equal, hence equal at every d, t and order."""
    require(a[1] == b[1] and (a[0] - b[0]).is_zero(), f"{what} is another one")


ONE = Number.of(1)
THIRD = Number.sqrt(Fraction(1, 3)).scaled(Fraction(1, 3))  # (1/3)^{3/2}


def kappa(*, real: bool) -> Monomial:
    """κ = 2/(3√3 |G|^{3/2} √(td)), what one unit neuron of an irrep gains per unit of b_R."""
    return of(THIRD.scaled(2), "-1/2", "-1/2", "-3/2", real=real)


def neuron_identity(document: dict) -> str:
    """E ψ' = value · Σ_{R≠1} b_R tr(αβγᵀ) (real irreps): two of the three words of (u + v)² w do
    not see the wrong label, and E R_ij(a)R_kl(b)R_pq(ab) = [i=p][j=k][l=q]/d².
    """
    same(monomial(document["value"], real=True), of(Number.of(2), "-2", real=True), "the value")
    return "group neuron identity"


def neuron_maximum(document: dict) -> str:
    """max E ψ' at energies ε_R is value · Σ ε_R^{3/2} b_R: tr(αβγᵀ) ≤ ‖α‖‖β‖‖γ‖, and a third of
    the energy in each of u, v, w gives ‖α‖² = εd/(3|G|).  `words` is the factor of the identity.
    """
    words = monomial(document["words"], real=True)
    strength = of(THIRD, "3/2", order="-3/2", real=True)
    derived = times(times(words, of(ONE, "-2", real=True)), strength)
    same(monomial(document["value"], real=True), derived, "the value")
    return "group single-neuron bound"


def trace_neurons(document: dict) -> str:
    """`count` unit neurons, each with tr(αβγᵀ) = strength, sum to scale · tr(R(a)R(b)R(c)⁻¹):
    (u + v)²w − (u − v)²w = 4uvw for each of the d³ triples (i, j, k) of matrix elements.
    """
    strength = of(THIRD, "3/2", order="-3/2", real=True)
    same(monomial(document["count"], real=True), of(Number.of(2), "3", real=True), "the count")
    same(monomial(document["strength"], real=True), strength, "the strength")
    same(monomial(document["scale"], real=True), times(strength, of(Number.of(4), "0", real=True)),
         "the scale")
    return "trace networks"


def regular_character(document: dict) -> str:
    """Σ_{n≥2} d_n χ_n(g) = sum for g ≠ 1: the regular character vanishes there, d_1 χ_1(g) = 1."""
    require(rational(document["sum"]) == -1, "the sum is −1")
    return "regular character"


def dihedral(document: dict) -> str:
    """Σ_{n≥2} d_n^x χ_n(C) < 0 on every non-trivial class of every dihedral group.

    With q = 2^x the sum is, n odd: 1 − q on rotations, −1 on reflections; n even: 3 − 2q on
    rotations by an even multiple, −1 on those by an odd one and on reflections.
    """
    x = rational(document["exponent"])
    require(x >= 0 and x.denominator <= 2, "the exponent is a half-integer of at least 0")
    power = Number.of(2).power(x.numerator) if x.denominator == 1 else (
        Number.of(2).power(x.numerator // 2) * Number.sqrt(Fraction(2)))
    for constant, slope in ((1, 1), (3, 2), (-1, 0)):
        require((Number.of(constant) - power.scaled(slope)).sign() < 0,
                f"{constant} − {slope}·2^x is not negative")
    return "dihedral regularity"


CONCLUSIONS = {"value", "weighting", "single-irrep", "every-irrep", "width"}


def optimum(document: dict) -> str:
    """γ* = value/Σ_{n≥2} mass_n, provided that Σ_{n≥2} weight_n χ_n(C) ≤ 0 on every class C ≠ 1.

    Lower bound: mass·κ/d ∝ d, so every wrong label lags by the regular character.  Upper bound:
    τ(g) = −Σ weight χ(g)/Σ weight·d is a class weighting, with κ b ∝ κ·weight/d the same for all.
    """
    require(document["types"] in ("real", "all"), "types must be real or all")
    real = document["types"] == "real"
    mass, weight, value = (monomial(document[name], real=real)
                           for name in ("mass", "weight", "value"))
    require(document["sign"] == -1, "with another sign than −1 the weighting is negative")
    lower = times(times(mass, kappa(real=real)), of(ONE, "-2", real=real))
    upper = times(times(weight, kappa(real=real)), of(ONE, "-1", real=real))
    require(lower[1][:2] == (0, 0), "the masses do not make all wrong labels lag equally")
    require(upper[1][:2] == (0, 0), "the weights do not make all irreps equal")
    same(times(weight, of(ONE, "1", real=real)), mass, "weight·d, the mass of the dual,")
    same(value, times(lower, of(ONE, "0", order="1", real=real)), "the value")
    conclusions = document["conclusions"]
    require(isinstance(conclusions, list) and conclusions
            and all(isinstance(c, str) and c in CONCLUSIONS for c in conclusions),
            "unknown conclusion")
    require(real or "width" not in conclusions, "the width is known for real irreps only")
    require(("width" in conclusions) == ("width" in document), "width needs field and conclusion")
    if "width" in document:
        same(monomial(document["width"], real=True), of(Number.of(2), "3", real=True), "the width")
    return "group optimum"


RULES = {
    "neuron-identity": (neuron_identity, {"value"}, frozenset()),
    "neuron-maximum": (neuron_maximum, {"words", "value"}, frozenset()),
    "trace-neurons": (trace_neurons, {"count", "strength", "scale"}, frozenset()),
    "regular-character": (regular_character, {"sum"}, frozenset()),
    "dihedral": (dihedral, {"exponent"}, frozenset()),
    "optimum": (optimum, {"types", "mass", "weight", "sign", "value", "conclusions"},
                frozenset({"width"})),
    **energy_rules.RULES,
}


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the constants are those of the named lemma."""
    rule = document.get("rule")
    require(isinstance(rule, str) and rule in RULES, "unknown rule {}", rule)
    verify, needed, optional = RULES[rule]
    fields(document, {"rule"} | needed, optional)
    lemma = verify(document)
    facts = {"rule": rule, "lemma": lemma}
    if rule == "optimum":
        strict = "every-irrep" in document["conclusions"]
        facts["hypothesis"] = f"sum weight chi(C) {'<' if strict else '<='} 0 for every C != 1"
    return f"{rule} for every finite group", facts
