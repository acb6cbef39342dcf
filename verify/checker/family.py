"""`margin-family`: the largest margin for infinitely many groups at once.

Upper bound: the weights τ(δ) = (ρ + (ρ−1)R(δ))/Z of lemma *abelian optimum*, for every finite
Abelian group.  Lower bound: a design whose modes vanish (lemma *moment condition*), which the
checker verifies here, together with {0, 1/2}^k on real characters (polarisation, every k).
The value is compared in the normal form of `monomials`.

The design "ladder" (phases r/(2(k+1)) + b_j/2, r = 0..k, b_j ∈ {0, 1}, b_k = 0) meets the
condition for every k.  Summing b_j ∈ {0, 1} leaves n_j odd for j < k; as |n|_1 ≤ k and
|n|_1 ≡ k mod 2, all |n_j| = 1.  If t of them are −1, 1 ≤ t ≤ k, then Σ_r e^{−2πi·rt/(k+1)} = 0.
"""

from collections import Counter
from fractions import Fraction

from .design import integer_phases, parse_phases, phase_sum, word_counts
from .document import fields
from .exact import Number, total
from .formula import check_term
from .group import inputs
from .limits import require
from .monomials import LEAST_ORDER, Family, join

STRUCTURE = {"all-points-tight", "unique-function", "single-frequency", "form", "equal-shares",
             "no-frequency-spared", "dual-unique"}
N, K = {"var": "n"}, {"var": "k"}
RHO = {"^": [2, {"/": [{"-": [K, 1]}, 2]}]}


def _optimum(groups: str) -> tuple[dict, list]:
    """The value is top / Σ below: (k!/n^{k+1}) (n/(k+1))^{(k+1)/2} n / ((n−1−r)ρ + r)."""
    half = {"/": [{"+": [K, 1]}, 2]}
    top = {"/": [{"*": [{"fact": K}, N, {"^": [{"/": [N, {"+": [K, 1]}]}, half]}]},
                 {"^": [N, {"+": [K, 1]}]}]}
    below = [] if groups == "order-two" else [{"*": [{"-": [{"-": [N, 1]}, {"var": "r"}]}, RHO]}]
    return top, below + ([] if groups == "odd-cyclic" else [{"var": "r"}])


def _expected(family: Family, groups: str) -> list[Counter]:
    """The normal form of the value, and the one with n−1 for the sum when k = 1."""
    top, below = _optimum(groups)
    result = [family.quotients(top, below)]
    return result + ([family.quotients(top, [{"-": [N, 1]}])] if family.k == 1 else [])


def _check_derived(node: object, family: Family, groups: str, names: frozenset[str]) -> None:
    """Formulas that follow from the value and from uniqueness, k ≥ 2: Fourier coefficient,
    norm share of a frequency, and the optimal weight of a wrong label δ.
    """
    top, below = _optimum(groups)
    real, cyclic = groups != "odd-cyclic", groups in ("even-cyclic", "order-two")
    known = {"transform": ({"*": [top, {"^": [N, K]}]}, None, True),
             "complex-share": ({"*": [2, RHO]}, None, groups != "order-two"),
             "real-share": (1, None, real), "weight": (RHO, None, not real),
             "weight-odd": (1, None, cyclic), "weight-even": ({"*": [2, RHO]}, 1, cyclic)}
    require(isinstance(node, dict) and node, "derived maps names to fractions")
    for name, claimed in node.items():
        require(name in known and known[name][2], "nothing is derived as {}", name)
        require(isinstance(claimed, dict) and {"numerator", "denominator"} <= set(claimed)
                <= {"numerator", "minus", "denominator"}
                and isinstance(claimed["denominator"], list), "malformed fraction for {}", name)
        for part in [*claimed["denominator"], *(claimed[x] for x in claimed if x != "denominator")]:
            check_term(part, names)
        plus, minus, _ = known[name]
        require(("minus" in claimed) == (minus is not None), "wrong shape of {}", name)
        pairs = [(plus, below, claimed["numerator"], claimed["denominator"])]
        if minus is not None:
            pairs.append((plus, [minus], claimed["numerator"], [claimed["minus"]]))
        for over, under, claimed_over, claimed_under in pairs:
            require(family.quotients(over, under) == family.quotients(claimed_over, claimed_under),
                    "{} is another one", name)


def _check_design(document: dict, k: int | None) -> tuple[dict | int, list[int], str]:
    """(phase vectors per frequency, divisors for equal neurons, a word) of a verified design."""
    require(("design" in document) != ("factor" in document), "exactly one of design and factor")
    if "factor" in document:
        require(isinstance(document["factor"], list), "factor must be a list of turns")
        turns = [vector[0] % 1 for vector in parse_phases([[t] for t in document["factor"]], 1)]
        for moment in (1, 2):
            require(total(Number.root(-moment * t) for t in turns).is_zero(),
                    f"moment {moment} of the factor does not vanish")
        # a half turn in every phase changes (Σu)^k and w by (−1)^k each: such pairs are one neuron
        paired = Counter(turns) == Counter((t + Fraction(1, 2)) % 1 for t in turns)
        return {"^": [len(turns), K]}, [1, 2] if paired else [1], f"{len(turns)}^k"
    if document["design"] == "ladder":
        return {"*": [{"+": [K, 1]}, {"^": [2, {"-": [K, 1]}]}]}, [1], "(k+1)·2^(k-1)"
    require(k is not None, "a listed design belongs to one number of inputs")
    phases, whole = integer_phases(parse_phases(document["design"], k))
    for n in word_counts(k):
        require(n == (1,) * k or phase_sum(n, phases, whole).is_zero(),
                f"mode {n} of the design does not vanish")
    return len(phases), [1], str(len(phases))


def _check_width(document: dict, family: Family, count: object, divisors: list[int]) -> None:
    """The number of neurons: a design per pair of characters, or {0, 1/2}^k modulo ± on Z_2."""
    groups = document["groups"]
    require(groups in ("odd-cyclic", "order-two"), "width is for odd cyclic groups and Z_2")
    check_term(document["width"], frozenset({"k", "n", "p"}))
    if groups == "order-two":
        possible = [{"^": [2, {"-": [K, 1]}]}]
    else:
        possible = [{"/": [{"*": [count, {"-": [N, 1]}]}, 2 * d]} for d in divisors]
    width = family.monomial(document["width"])
    require(width in map(family.monomial, possible), "not the width of the design")
    if "rate" in document:  # width/rate = constant · decay^k · powers of linear forms → 0
        check_term(document["rate"], frozenset({"k"}))
        rate, decay = family.monomial(document["rate"]), Fraction(1)
        ratio = join(width, family.power(rate, Fraction(-1)))
        require(family.k is None and "k!" not in ratio, "no rate of growth in k")
        for base, (_, b) in ratio.items():
            require(b == 0 or (isinstance(base, int) and b.denominator == 1),
                    "not exponential in k")
            decay *= Fraction(base) ** int(b) if b else 1
        require(decay < 1, "the width does not fall below every multiple of the rate")


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the design meets the moment condition and the value is the optimum."""
    fields(document, {"groups", "inputs", "value", "conclusions"},
           frozenset({"design", "factor", "width", "rate", "derived"}))
    groups, value = document["groups"], document["value"]
    require(isinstance(groups, str) and groups in LEAST_ORDER, "unknown groups {}", groups)
    k = None if document["inputs"] == "all" else inputs(document["inputs"])
    conclusions = document["conclusions"]
    require(isinstance(conclusions, list) and conclusions, "conclusions must be a non-empty list")
    for name in conclusions:
        require(name in [*STRUCTURE, "value", "width"], "unknown conclusion {}", name)
    require(k != 1 or not STRUCTURE & set(conclusions), "structure needs at least two inputs")
    require("equal-shares" not in conclusions or groups == "odd-cyclic",
            "shares are equal without real characters only; see derived")
    require(isinstance(value, dict) and set(value) == {"numerator", "denominator"},
            "value has exactly numerator and denominator")
    require(isinstance(value["denominator"], list), "denominator must be a list")
    names = frozenset({"k", "n", "p"} | ({"r"} if groups == "abelian" else set()))
    for node in [value["numerator"], *value["denominator"]]:
        check_term(node, names)
    count, divisors, shown = _check_design(document, k)
    family = Family(groups, k)
    claimed = family.quotients(value["numerator"], value["denominator"])
    require(claimed in _expected(family, groups), "the value is not the optimum")
    require(("width" in conclusions) == ("width" in document), "width needs field and conclusion")
    require("rate" not in document or "width" in document, "a rate is one of a width")
    if "width" in document:
        _check_width(document, family, count, divisors)
    if "derived" in document:
        require(k != 1, "structure needs at least two inputs")
        _check_derived(document["derived"], family, groups, names)
    facts = {"groups": groups, "inputs": document["inputs"], "conclusions": sorted(conclusions),
             "phase_vectors": shown}
    scope = "k ≥ 2 for the structure, k ≥ 1 for the value" if k is None else f"k = {k}"
    return f"{', '.join(sorted(conclusions))} for {groups} groups, {scope}", facts
