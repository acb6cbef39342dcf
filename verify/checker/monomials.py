"""Normal forms of terms in k, n and r, so that two terms can be compared at all of them at once.

A term is a product of powers of bases: a prime, k!, or a primitive linear form in n, r, k that is
never negative in the family; an exponent is a + b·k.  A base that may vanish (n−1−r, r) only has
powers 1, 2, ..: nothing is ever divided by it.  So equal normal forms mean equal values
throughout the family: n from its least order on, 0 ≤ r ≤ n − 1, k ≥ 1.
"""

from collections import Counter
from fractions import Fraction
from math import gcd, lcm

from .exact import Number, factor
from .formula import Scope, evaluate, fraction
from .limits import require, spend

Linear = dict[str, Fraction]  # symbol (or "" for 1) -> coefficient
Exponent = tuple[Fraction, Fraction]  # (a, b) for a + b·k
Monomial = dict[object, Exponent]
LEAST_ORDER = {"odd-cyclic": 3, "even-cyclic": 2, "abelian": 2, "order-two": 2}  # the last: Z_2
_REAL_CHARACTERS = {"odd-cyclic": 0, "even-cyclic": 1, "order-two": 1}  # free for "abelian"


class Family:
    """Normal forms for one sort of group and one k (or every k, when k is None)."""

    def __init__(self, groups: str, k: int | None) -> None:
        self.k, real = k, _REAL_CHARACTERS.get(groups)
        self.least_order = LEAST_ORDER[groups]
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
