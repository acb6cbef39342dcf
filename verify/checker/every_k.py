"""`every-k`: what named lemmas say for every number k of inputs, k ≥ `from`.

A rule is a lemma of docs/lemmas.  The document gives its constants as formulas in k and n;
the checker derives them (and the side conditions) from the lemma and compares normal forms, the
positive monomials of `family`.
"""

from collections import Counter
from fractions import Fraction

from .document import fields
from .exact import Number
from .formula import check_term, rational
from .group import inputs, natural
from .limits import require
from .monomials import Family, Monomial

K, N = {"var": "k"}, {"var": "n"}
HALF_DEGREE = {"/": [{"+": [K, 1]}, 2]}


def _family(document: dict) -> Family:
    groups = document.get("groups", "abelian")
    require(groups in ("odd-cyclic", "even-cyclic", "abelian"), "unknown groups {}", groups)
    return Family(groups, None if document["inputs"] == "all" else inputs(document["inputs"]))


def _monomial(node: object, family: Family) -> Monomial:
    check_term(node, frozenset({"k", "n", "p"}))
    result = family.monomial(node)
    require(all(map(family.positive, result)), "{} may vanish", node)
    return result


def _same(claimed: object, derived: object, family: Family, what: str) -> None:
    require(_monomial(claimed, family) == _monomial(derived, family),
            f"{what} is another one: {{}}", claimed)


def _linear(node: object, least: int, start: int, what: str) -> dict[str, Fraction]:
    """A linear form in k that is ≥ least for every k ≥ start."""
    check_term(node, frozenset({"k"}))
    form = Family("abelian", None).linear(node)
    require(set(form) <= {"", "k"} and form.get("k", 0) >= 0, f"{what} may decrease: {{}}", node)
    value = form.get("", 0) + form.get("k", 0) * start
    require(value >= least, f"{what} is below {least} at k = {start}: {{}}", node)
    return form


def _count(node: object, start: int, what: str) -> dict[str, Fraction]:
    """A linear form in k that is a whole number ≥ 1 for every k ≥ start."""
    form = _linear(node, 1, start, what)
    require(all(c.denominator == 1 for c in form.values()), f"{what} is not whole: {{}}", node)
    return form


def polarisation(document: dict) -> str:
    """Σ_{c ∈ F^k} Πα(c_j) (Σ_j β(c_j) x_j)^k = value · Πx_j, F = [[α, β], ...].

    A word in (Σ β x)^k that misses x_j contributes the factor Σα = 0; k! words miss none and
    contribute (Σαβ)^k each.  If F = −F without fixed points, c and −c give equal summands
    ((−1)^k twice), and `folded` keeps one of each pair.
    """
    family, pairs = _family(document), document["factor"]
    require(isinstance(pairs, list) and pairs and all(
        isinstance(pair, list) and len(pair) == 2 for pair in pairs), "factor lists pairs")
    factor = [(rational(a), rational(b)) for a, b in pairs]
    require(sum(a for a, _ in factor) == 0, "the coefficients of the factor do not sum to 0")
    slope, folds = sum(a * b for a, b in factor), document["folded"]
    require(slope > 0, "the factor has no positive first moment")
    require(isinstance(folds, bool), "folded must be true or false")
    if folds:
        require(Counter(factor) == Counter((-a, -b) for a, b in factor) and (0, 0) not in factor,
                "a factor that is not its own negative cannot be folded")
    half = 2 if folds else 1
    _same(document["terms"], {"/": [{"^": [len(factor), K]}, half]}, family, "the number of terms")
    _same(document["value"], {"/": [{"*": [{"fact": K}, {"^": [str(slope), K]}]}, half]}, family,
          "the value")
    return "polarisation"


def angle_sum(document: dict) -> str:
    """cos(x_1 + … + x_N) = Σ_{b ∈ {0,1}^N} signs[Σb mod 4] Π cos^{1−b_i} sin^{b_i}: the real part
    of Π(cos x_i + i sin x_i).  The nonzero signs belong to half of the b when N ≥ 1.
    """
    start, signs = natural(document["from"], 1, "from"), document["signs"]
    _count(document["angles"], start, "the number of angles")
    require(isinstance(signs, list) and len(signs) == 4, "four signs")
    for m, sign in enumerate(signs):
        real = (Number.root(Fraction(m, 4)) + Number.root(Fraction(-m, 4))).scaled(Fraction(1, 2))
        require((real - Number.of(rational(sign))).is_zero(), f"wrong sign at {m} mod 4")
    _same(document["terms"], {"^": [2, {"-": [document["angles"], 1]}]}, _family(document),
          "the number of terms")
    return "angle sum"


def am_gm(document: dict) -> str:
    """Π_{i ≤ N} x_i ≤ (Σ x_i² / N)^{N/2} for x ≥ 0, with equality iff all x_i are equal."""
    start = natural(document["from"], 1, "from")
    count = _count(document["factors"], start, "the number of factors")
    mean, power = (_linear(document[name], 0, start, name) for name in ("divisor", "exponent"))
    require(mean == count, "the divisor is not the number of factors")
    require({name: 2 * c for name, c in power.items()} == count, "the exponent is not half of it")
    return "am-gm"


def power_sum(document: dict) -> str:
    """Σ z_i^s ≤ (Σ z_i)^s for z ≥ 0 and s ≥ 1; if s > 1, equality iff at most one z_i ≠ 0."""
    start, strict = natural(document["from"], 1, "from"), document["equality"]
    require(isinstance(strict, bool), "equality must be true or false")
    form = _linear(document["exponent"], 1, start, "the exponent")
    require(not strict or form.get("", 0) + form.get("k", 0) * start > 1,
            "the exponent 1 has equality everywhere")
    return "power sums"


def neuron_words(document: dict) -> str:
    """(Σ u_j(a_j))^k = coefficient · Πu_j(a_j) + words that miss an input.

    Averaged against w(Σa − δ), a word that misses input j is its mean times the mean of w, for
    every δ: the sum over a_j meets every value of w once.  Its Fourier coefficients vanish
    unless the j-th character is trivial.
    """
    _same(document["coefficient"], {"fact": K}, _family(document), "the number of full words")
    return "words and permutations"


def neuron_objective(document: dict) -> str:
    """η(0) − E_{δ≠0} η(δ) = coefficient · Σ_{χ≠1} ŵ(χ̄) Π û_j(χ), η(δ) = E (Σu_j)^k w(Σa − δ).

    Only the k! full words depend on δ; E Πu_j(a_j) w(Σa − δ) = n^{−k−1} Σ_χ ŵ(χ̄)Πû_j(χ)·χ(δ)
    up to the naming of χ, and the weight of χ ≠ 1 is 1 + 1/(n−1) = n/(n−1).
    """
    _same(document["coefficient"],
          {"/": [{"fact": K}, {"*": [{"-": [N, 1]}, {"^": [N, K]}]}]}, _family(document),
          "the coefficient")
    return "single-neuron objective"


def neuron_polar(document: dict) -> str:
    """η(0) − E_{δ≠0} η(δ) = coefficient · Σ_C |ŵ| Π|û_j| cos(Σ arg û_j − arg ŵ), n odd, one
    character of each pair C = {χ, χ̄}: two conjugate summands of `neuron-objective`.
    """
    require(document["groups"] == "odd-cyclic", "real characters have no partner: odd groups only")
    _same(document["coefficient"],
          {"/": [{"*": [2, {"fact": K}]}, {"*": [{"-": [N, 1]}, {"^": [N, K]}]}]},
          _family(document), "the coefficient")
    return "polar form"


def _upper(pair: int) -> dict:
    """(k!/n^{k+1}) (n/(k+1))^{(k+1)/2} · n/(n−1) · pair^{−(k−1)/2}."""
    size = {"^": [{"/": [N, {"+": [K, 1]}]}, HALF_DEGREE]}
    return {"/": [{"*": [{"fact": K}, size]}, {"*": [
        {"-": [N, 1]}, {"^": [N, K]}, {"^": [pair, {"/": [{"-": [K, 1]}, 2]}]}]}]}


def neuron_maximum(document: dict) -> str:
    """The largest η(0) − E_{δ≠0} η(δ) over Σ‖u_j‖² + ‖w‖² ≤ 1, n odd or even.

    Upper bound: lemma *single-neuron bound* with uniform weights, 1 − τ̂ = n/(n−1).  Attained by
    β cos(2πζa/n): for n odd Σcos² = n/2, k+1 of them have norm 1 iff β² = 2/((k+1)n), and the
    objective is k! 2^{−k} β^{k+1} n/(n−1); at ζ = n/2 the same without the factors 2.  Equality
    in the chain for k ≥ 2: one frequency (any for n odd, n/2 for n even), equal amplitudes and
    phases that add up, β > 0.  A negative β multiplies the objective by (−1)^{k+1}, and for odd
    k it is a half turn in every phase.
    """
    family, start = _family(document), natural(document["from"], 1, "from")
    require(document["groups"] != "abelian", "groups are odd-cyclic or even-cyclic")
    pair = 2 if document["groups"] == "odd-cyclic" else 1  # characters of one frequency
    square, upper = {"/": [pair, {"*": [{"+": [K, 1]}, N]}]}, _upper(pair)
    attained = {"/": [{"*": [{"fact": K}, N, {"^": [square, HALF_DEGREE]}]},
                      {"*": [{"^": [pair, K]}, {"-": [N, 1]}]}]}
    _same(document["value"], upper, family, "the value")
    _same(document["value"], attained, family, "the value of the attaining neuron")
    shape = document["maximisers"]
    if shape is not None:
        require(isinstance(shape, dict)
                and set(shape) == {"amplitude_squared", "transform_squared", "signs"},
                "maximisers has exactly amplitude_squared, transform_squared and signs")
        require((family.k or start) >= 2, "one input: neurons may mix frequencies")
        _same(shape["amplitude_squared"], square, family, "the squared amplitude")
        _same(shape["transform_squared"],
              {"*": [{"^": [{"/": [N, pair]}, 2]}, square]}, family, "|û(ζ)|²")
        require(shape["signs"] in ("+", "both"), "signs are \"+\" or \"both\"")
        require(shape["signs"] == "+" or (family.k or 0) % 2 == 1,
                "a negative amplitude is optimal for odd k only")
    return "single-neuron maximum"


def mode_test(document: dict) -> str:
    """A design at every frequency of Z_n, n odd, with one amplitude, has the largest margin iff
    its moments Σ_φ e^{2πi<n−1,φ>} vanish for n ≠ 1, |n|_1 ≤ reach, |n|_1 ≡ k mod 2.

    (Σ_j cos)^k has words of k letters, so reach = k.  If: N phase vectors have the margin
    k! 2^{−k} N n/2 and (n−1)/2 · N neurons of size ((k+1)n/2)^{(k+1)/2}; the quotient must be
    `value` and the optimum.  Only if: at frequency 1 different modes are different characters
    once n > k, and an optimal f is a function of c − Σa.
    """
    family, start = _family(document), natural(document["from"], 1, "from")
    require(document["groups"] == "odd-cyclic", "groups are odd-cyclic")
    directions = document["directions"]
    require(directions in (["if"], ["only-if"], ["if", "only-if"]), "directions: if, only-if")
    require(_linear(document["reach"], Fraction(1), start, "reach") == {"k": 1}, "reach is k")
    if "only-if" in directions:
        _linear({"-": [document["modulus"], K]}, Fraction(1), start, "the least modulus less k")
    _linear(document["modulus"], Fraction(3), start, "the least modulus")
    size = {"^": [{"/": [{"*": [{"+": [K, 1]}, N]}, 2]}, HALF_DEGREE]}
    attained = {"/": [{"*": [{"fact": K}, N]}, {"*": [{"^": [2, K]}, {"-": [N, 1]}, size]}]}
    _same(document["value"], _upper(2), family, "the value")
    _same(document["value"], attained, family, "the value of the design")
    return "moment condition"


def random_phases(document: dict) -> str:
    """Margin ≥ (1 − loss · max_{n≠1} |S(n)|/N) · optimum for a design of N phase vectors, n odd;
    max |S(n)| ≥ tN has probability ≤ failure/(t⁴N²) for independent uniform phases.

    The (2k)^k words of k letters ±1..±k are the A(n) together, so Σ A(n) ≤ (2k)^k and there are
    at most that many modes; A(1) = k!.  A gap is k! 2^{−k} N n/2 from the mode 1, and at most
    2 · 2^{−k} Σ A(n)|S(n)| per frequency from the others.  E|S(n)|⁴ = 2N² − N.
    """
    family, words = _family(document), {"^": [{"*": [2, K]}, K]}
    require(document["groups"] == "odd-cyclic", "groups are odd-cyclic")
    _same(document["loss"], {"/": [{"*": [2, words]}, {"fact": K}]}, family, "the loss")
    _same(document["failure"], {"*": [2, words]}, family, "the failure")
    return "random phases"


RULES = {
    "polarisation": (polarisation, {"factor", "folded", "terms", "value"}),
    "angle-sum": (angle_sum, {"angles", "signs", "terms"}),
    "am-gm": (am_gm, {"factors", "divisor", "exponent"}),
    "power-sum": (power_sum, {"exponent", "equality"}),
    "neuron-words": (neuron_words, {"coefficient"}),
    "neuron-objective": (neuron_objective, {"coefficient"}),
    "neuron-polar": (neuron_polar, {"groups", "coefficient"}),
    "neuron-maximum": (neuron_maximum, {"groups", "value", "maximisers"}),
    "mode-test": (mode_test, {"groups", "directions", "modulus", "reach", "value"}),
    "random-phases": (random_phases, {"groups", "loss", "failure"}),
}


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the constants and side conditions are those of the named lemma."""
    rule = document.get("rule")
    require(isinstance(rule, str) and rule in RULES, "unknown rule {}", rule)
    verify, needed = RULES[rule]
    fields(document, {"rule", "inputs", "from"} | needed)
    k, start = document["inputs"], natural(document["from"], 1, "from")
    require(k == "all" or inputs(k) >= start, "inputs below from")
    lemma = verify(document)
    reach = f"every k ≥ {start}" if k == "all" else f"k = {k}"
    return f"{rule} for {reach}", {"rule": rule, "inputs": k, "from": start, "lemma": lemma}
