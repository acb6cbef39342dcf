"""`margin-family`: the largest margin for infinitely many groups at once.

Upper bound: the weights τ(δ) = (ρ + (ρ−1)R(δ))/Z of lemma *abelian optimum*, for every finite
Abelian group.  Lower bound: a design whose modes vanish (lemma *moment condition*), which the
checker verifies here, together with {0, 1/2}^k on real characters (polarisation, every k).
The value is compared in a normal form of monomials: a base (a prime, k!, or a primitive linear
form in n, r, k that is never negative in the family) has an exponent a + b·k.  A base that may
vanish (n−1−r, r) only has powers 1, 2, ..: nothing is ever divided by it.  So equal normal forms
mean equal values throughout the family.

The design "ladder" (phases r/(2(k+1)) + b_j/2, r = 0..k, b_j ∈ {0, 1}, b_k = 0) meets the
condition for every k.  Summing b_j ∈ {0, 1} leaves n_j odd for j < k; as |n|_1 ≤ k and
|n|_1 ≡ k mod 2, all |n_j| = 1.  If t of them are −1, 1 ≤ t ≤ k, then Σ_r e^{−2πi·rt/(k+1)} = 0.
"""

from collections import Counter
from fractions import Fraction
from math import gcd, lcm

from .document import fields
from .exact import Number, factor, total
from .formula import Scope, check_term, evaluate, fraction
from .group import inputs
from .limits import require, spend
from .network import integer_phases, parse_phases, phase_sum, word_counts

Linear = dict[str, Fraction]  # symbol (or "" for 1) -> coefficient
Exponent = tuple[Fraction, Fraction]  # (a, b) for a + b·k
Monomial = dict[object, Exponent]
STRUCTURE = {"all-points-tight", "unique-function", "single-frequency", "form", "equal-shares",
             "no-frequency-spared", "dual-unique"}
_LEAST_ORDER = {"odd-cyclic": 3, "even-cyclic": 2, "abelian": 2, "order-two": 2}  # the last: Z_2
_REAL_CHARACTERS = {"odd-cyclic": 0, "even-cyclic": 1, "order-two": 1}  # free for "abelian"
N, K = {"var": "n"}, {"var": "k"}
RHO = {"^": [2, {"/": [{"-": [K, 1]}, 2]}]}


class Family:
    """Normal forms for one sort of group and one k (or every k, when k is None)."""

    def __init__(self, groups: str, k: int | None) -> None:
        self.k, real = k, _REAL_CHARACTERS.get(groups)
        self.least_order = _LEAST_ORDER[groups]
        n = Number.of(2) if groups == "order-two" else Number.symbol("n")
        self.scope = Scope({
            "n": n, "p": n, "k": Number.symbol("k") if k is None else Number.of(k),
            "r": Number.symbol("r") if real is None else Number.of(real)})

    def linear(self, node: object) -> Linear:
        """A linear form with rational coefficients; Rejected for anything else."""
        form = {}
        for (r, t, m), c in evaluate(node, self.scope).normal().items():
            require(r == 1 and t == 0 and (not m or (len(m) == 1 and m[0][1] == 1)),
                    "not a linear form: {}", node)
            form[m[0][0] if m else ""] = c
        return form

    def monomial(self, node: object) -> Monomial:
        """A product of powers of positive bases."""
        spend()
        if isinstance(node, dict):
            ((key, body),) = node.items()
            if key == "*":
                return join(*map(self.monomial, body))
            if key == "/":
                top, below = map(self.monomial, body)
                return join(top, self.power(below, Fraction(-1)))
            if key == "sqrt":
                return self.power(self.monomial(body), Fraction(1, 2))
            if key == "^":
                form = self.linear(body[1])
                require(set(form) <= {"", "k"}, "an exponent is linear in k: {}", node)
                zero = Fraction(0)
                return self.power(self.monomial(body[0]), form.get("", zero), form.get("k", zero))
            if key == "fact":
                form = self.linear(body)
                if set(form) <= {""}:
                    return constant(fraction(node, self.scope))
                require(form == {"k": 1}, "only k! is understood, not {}", node)
                return {"k!": (Fraction(1), Fraction(0))}
        form = self.linear(node)
        require(form, "a factor is zero: {}", node)
        denominator = lcm(*(c.denominator for c in form.values()))
        content = Fraction(gcd(*(int(c * denominator) for c in form.values())), denominator)
        lead = next(name for name in ("n", "r", "k", "") if name in form)
        require(form[lead] > 0, "a factor is not positive: {}", node)
        if lead == "":
            return constant(form[""])
        base = tuple(sorted((name, c / content) for name, c in form.items()))
        least = self.least_value(base)
        require(least is not None and least >= 0, "a factor may be negative: {}", node)
        return join(constant(content), {base: (Fraction(1), Fraction(0))})

    def least_value(self, base: tuple) -> Fraction | None:
        """The least value of a linear form in the family; None when it decreases with n or k."""
        c = dict.fromkeys(("n", "r", "k", ""), Fraction(0)) | dict(base)
        ends = ((c["n"], c[""]), (c["n"] + c["r"], c[""] - c["r"]))  # r = 0 and r = n − 1
        if c["k"] < 0 or any(slope < 0 for slope, _ in ends):
            return None
        return min(slope * self.least_order + rest for slope, rest in ends) + c["k"]

    def positive(self, base: object) -> bool:
        """Whether a base is positive throughout the family, not merely non-negative."""
        return not isinstance(base, tuple) or self.least_value(base) > 0

    def power(self, monomial: Monomial, c: Fraction, d: Fraction = Fraction(0)) -> Monomial:
        """monomial^(c + d·k); the exponents must stay linear in k."""
        whole, result = d == 0 and c >= 0 and c.denominator == 1, {}
        for base, (a, b) in monomial.items():
            require(whole or self.positive(base),
                    "a base that may vanish has a negative or fractional power")
            require(b * d == 0, "an exponent is quadratic in k")
            result[base] = (a * c, a * d + b * c)
        return {base: e for base, e in result.items() if any(e)}

    def quotients(self, numerator: object, denominators: list) -> Counter:
        """The monomials denominator/numerator, as a multiset."""
        inverse = self.power(self.monomial(numerator), Fraction(-1))
        return Counter(frozenset(join(self.monomial(node), inverse).items())
                       for node in denominators)


def constant(value: Fraction) -> Monomial:
    """A positive rational as powers of primes."""
    result: Monomial = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        primes, rest = factor(part)
        for q, e in (primes | ({rest: 1} if rest > 1 else {})).items():
            result[q] = (Fraction(sign * e), Fraction(0))
    return result


def join(*monomials: Monomial) -> Monomial:
    """Product of monomials."""
    result: Monomial = {}
    for base, (a, b) in (item for monomial in monomials for item in monomial.items()):
        c, d = result.get(base, (0, 0))
        result[base] = (a + c, b + d)
    return {base: e for base, e in result.items() if any(e)}


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
    require(isinstance(groups, str) and groups in _LEAST_ORDER, "unknown groups {}", groups)
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
