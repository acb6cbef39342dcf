"""`margin-family`: the largest margin for infinitely many groups at once.

Upper bound: the weights τ(δ) = (ρ + (ρ−1)R(δ))/Z of lemma *abelian optimum*, for every finite
Abelian group.  Lower bound: a design whose modes vanish (lemma *moment condition*), which the
checker verifies here, together with {0, 1/2}^k on real characters (polarisation, every k).
The value is compared in a normal form of positive monomials: a base (a prime, k!, or a
primitive linear form in n, r, k) has an exponent a + b·k.
"""

from collections import Counter
from fractions import Fraction
from math import gcd, lcm

from .document import fields
from .exact import Number, factor, total
from .formula import Scope, check_term, evaluate, fraction, shorten
from .group import natural
from .limits import TooLarge, require, spend
from .network import integer_phases, parse_phases, phase_sum, word_counts

Linear = dict[str, Fraction]  # symbol (or "" for 1) -> coefficient
Exponent = tuple[Fraction, Fraction]  # (a, b) for a + b·k
Monomial = dict[object, Exponent]
STRUCTURE = {"all-points-tight", "unique-function", "single-frequency", "form", "equal-shares",
             "no-frequency-spared", "dual-unique"}
_LEAST_ORDER = {"odd-cyclic": 3, "even-cyclic": 2, "abelian": 2}
_REAL_CHARACTERS = {"odd-cyclic": 0, "even-cyclic": 1}  # the non-trivial ones; free for "abelian"


class Family:
    """Normal forms for one sort of group and one k (or every k, when k is None)."""

    def __init__(self, groups: str, k: int | None) -> None:
        self.k, real = k, _REAL_CHARACTERS.get(groups)
        self.least = {"n": _LEAST_ORDER[groups], "k": 1, "r": 0, "": 1}
        n = Number.symbol("n")
        self.scope = Scope({
            "n": n, "p": n, "k": Number.symbol("k") if k is None else Number.of(k),
            "r": Number.symbol("r") if real is None else Number.of(real)})

    def linear(self, node: object) -> Linear:
        """A linear form with rational coefficients; Rejected for anything else."""
        form = {}
        for (r, t, m), c in evaluate(node, self.scope).normal().items():
            require(r == 1 and t == 0 and (not m or len(m) == 1 and m[0][1] == 1),
                    f"not a linear form: {shorten(node)}")
            form[m[0][0] if m else ""] = c
        return form

    def monomial(self, node: object) -> Monomial:
        """A product of powers of positive bases."""
        spend()
        if isinstance(node, dict):
            ((key, body),) = node.items()
            if key in ("*", "/"):
                parts = [self.monomial(child) for child in body]
                signs = [1] * len(parts) if key == "*" else [1, -1]
                return join(*(scaled(part, (Fraction(s), Fraction(0)))
                              for part, s in zip(parts, signs)))
            if key == "sqrt":
                return scaled(self.monomial(body), (Fraction(1, 2), Fraction(0)))
            if key == "^":
                form = self.linear(body[1])
                require(set(form) <= {"", "k"}, f"an exponent is linear in k: {shorten(node)}")
                zero = Fraction(0)
                return scaled(self.monomial(body[0]), (form.get("", zero), form.get("k", zero)))
            if key == "fact":
                form = self.linear(body)
                if set(form) <= {""}:
                    return constant(fraction(node, self.scope))
                require(form == {"k": 1}, f"only k! is understood, not {shorten(node)}")
                return {"k!": (Fraction(1), Fraction(0))}
        form = self.linear(node)
        require(form, f"a factor is zero: {shorten(node)}")
        denominator = lcm(*(c.denominator for c in form.values()))
        content = Fraction(gcd(*(int(c * denominator) for c in form.values())), denominator)
        lead = next(name for name in ("n", "r", "k", "") if name in form)
        require(form[lead] > 0, f"a factor is not positive: {shorten(node)}")
        if lead == "":
            return constant(form[""])
        base = tuple(sorted((name, c / content) for name, c in form.items()))
        return join(constant(content), {base: (Fraction(1), Fraction(0))})

    def positive(self, base: object) -> bool:
        """Whether a base is positive throughout the family, not merely non-negative."""
        if not isinstance(base, tuple):
            return True
        value = sum(c * self.least[name] for name, c in base)
        return value > 0 and all(c > 0 for name, c in base if name)

    def quotients(self, numerator: object, denominators: list) -> Counter:
        """The monomials denominator/numerator.  A base that may vanish (n−1−r, r) is allowed
        only in a denominator and to a whole power ≥ 0, so equality means equality everywhere.
        """
        top, result = self.monomial(numerator), Counter()
        require(all(map(self.positive, top)), "the numerator may vanish")
        for node in denominators:
            term = self.monomial(node)
            for base, (a, b) in term.items():
                require(self.positive(base) or (b == 0 and a >= 0 and a.denominator == 1),
                        f"a base that may vanish has exponent {a} + {b}k in {shorten(node)}")
            quotient = join(term, scaled(top, (Fraction(-1), Fraction(0))))
            result[frozenset(quotient.items())] += 1
        return result


def constant(value: Fraction) -> Monomial:
    """A positive rational as powers of primes."""
    result: Monomial = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        primes, rest = factor(part)
        for q, e in (primes | ({rest: 1} if rest > 1 else {})).items():
            result[q] = (Fraction(sign * e), Fraction(0))
    return result


def scaled(monomial: Monomial, exponent: Exponent) -> Monomial:
    """monomial^(c + d·k); the exponents must stay linear in k."""
    (c, d), result = exponent, {}
    for base, (a, b) in monomial.items():
        require(b * d == 0, "an exponent is quadratic in k")
        result[base] = (a * c, a * d + b * c)
    return {base: e for base, e in result.items() if any(e)}


def join(*monomials: Monomial) -> Monomial:
    """Product of monomials."""
    result: Monomial = {}
    for base, (a, b) in (item for monomial in monomials for item in monomial.items()):
        c, d = result.get(base, (0, 0))
        result[base] = (a + c, b + d)
    return {base: e for base, e in result.items() if any(e)}


def _expected(family: Family, groups: str) -> list[Counter]:
    """(k!/n^{k+1}) (n/(k+1))^{(k+1)/2} n / ((n−1−r)ρ + r), and n−1 for the sum when k = 1."""
    def var(name: str) -> dict:
        return {"var": name}
    half = {"/": [{"+": [var("k"), 1]}, 2]}
    top = {"/": [{"*": [{"fact": var("k")}, var("n"),
                        {"^": [{"/": [var("n"), {"+": [var("k"), 1]}]}, half]}]},
                 {"^": [var("n"), {"+": [var("k"), 1]}]}]}
    rho = {"^": [2, {"/": [{"-": [var("k"), 1]}, 2]}]}
    complex_part = {"*": [{"-": [{"-": [var("n"), 1]}, var("r")]}, rho]}
    below = [complex_part] + ([var("r")] if groups != "odd-cyclic" else [])
    result = [family.quotients(top, below)]
    return result + ([family.quotients(top, [{"-": [var("n"), 1]}])] if family.k == 1 else [])


def _check_design(document: dict, k: int | None) -> tuple[int, bool]:
    """(phase vectors, False) of a verified design, or (size of the factor, True)."""
    require(("design" in document) != ("factor" in document), "exactly one of design and factor")
    if "factor" in document:
        turns = [vector[0] for vector in parse_phases([[t] for t in document["factor"]], 1)]
        for moment in (1, 2):
            require(total(Number.root(-moment * t) for t in turns).is_zero(),
                    f"moment {moment} of the factor does not vanish")
        return len(turns), True
    require(k is not None, "a design belongs to one number of inputs; give a factor for all")
    phases, whole = integer_phases(parse_phases(document["design"], k))
    for n in word_counts(k):
        require(n == (1,) * k or phase_sum(n, phases, whole).is_zero(),
                f"mode {n} of the design does not vanish")
    return len(phases), False


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the design meets the moment condition and the value is the optimum."""
    fields(document, {"groups", "inputs", "value", "conclusions"},
           frozenset({"design", "factor", "width"}))
    groups, inputs, value = document["groups"], document["inputs"], document["value"]
    require(groups in ("odd-cyclic", "even-cyclic", "abelian"), f"unknown groups {groups!r}")
    k = None if inputs == "all" else natural(inputs, 1, "inputs")
    if k is not None and k > 200:
        raise TooLarge(f"too large: {k} inputs")
    conclusions = document["conclusions"]
    require(isinstance(conclusions, list) and conclusions, "conclusions must be a non-empty list")
    unknown = [c for c in conclusions if c not in STRUCTURE | {"value", "width"}]
    require(not unknown, f"unknown conclusion {unknown}")
    require(k != 1 or not STRUCTURE & set(conclusions), "structure needs at least two inputs")
    require(isinstance(value, dict) and set(value) == {"numerator", "denominator"},
            "value has exactly numerator and denominator")
    require(isinstance(value["denominator"], list), "denominator must be a list")
    names = frozenset({"k", "n", "p"} | ({"r"} if groups == "abelian" else set()))
    for node in [value["numerator"], *value["denominator"]]:
        check_term(node, names)
    size, is_factor = _check_design(document, k)
    family = Family(groups, k)
    claimed = family.quotients(value["numerator"], value["denominator"])
    require(claimed in _expected(family, groups), "the value is not the optimum")
    require(("width" in conclusions) == ("width" in document), "width needs field and conclusion")
    if "width" in document:
        require(groups == "odd-cyclic", "width is for odd cyclic groups")
        check_term(document["width"], names)
        exponent = ((Fraction(k or 0), Fraction(k is None)) if is_factor else
                    (Fraction(1), Fraction(0)))
        count = join(scaled(constant(Fraction(size)), exponent),
                     family.monomial({"/": [{"-": [{"var": "n"}, 1]}, 2]}))
        require(family.monomial(document["width"]) == count, "not the width of the design")
    facts = {"groups": groups, "inputs": inputs, "conclusions": sorted(conclusions),
             "phase_vectors": f"{size}^k" if is_factor else size}
    scope = "k ≥ 2 for the structure, k ≥ 1 for the value" if k is None else f"k = {k}"
    return f"{', '.join(sorted(conclusions))} for {groups} groups, {scope}", facts
