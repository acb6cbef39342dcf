"""`convolution`: an identity between sums over functions on every finite Abelian group G.

A term is c(n) · Σ_{v ∈ G^s} Π_x (Σ_χ χ(x(v))) · polynomial in values f(y(v)), with integer forms
x, y in the summed and the free variables; n = |G|.  By orthogonality Σ_χ χ(x) = n·1[x = 0].  A
monomial Π f_i(y_i) pairs f_1 ⊗ f_2 ⊗ … with the kernel that counts the v with y_i(v) given and
x(v) = 0.  A variable with coefficient ±1 in some equation is solved for (one solution in every
group) until only relations between the given values remain; a variable that occurs nowhere
counts n times.  So a kernel is a power of n times the indicator of a relation lattice, which
its Hermite form names.  If all coefficients cancel, the identity holds for every G and all f.
"""

from fractions import Fraction
from itertools import product

from .document import fields
from .exact import Number
from .formula import Scope, check_term, evaluate, rational, valid_name
from .group import natural
from .limits import TooLarge, require, spend

Form = tuple[tuple[str, int], ...]  # variable -> coefficient, sorted, without zeros
Monomial = tuple[tuple[str, Form], ...]  # (function, argument), sorted
Polynomial = dict[Monomial, Fraction]


def _form(node: object, variables: set[str]) -> Form:
    require(isinstance(node, dict) and set(node) <= variables, "unknown variable in {}", node)
    form = {name: natural(c, -1000, "a coefficient") for name, c in node.items()}
    return tuple(sorted((name, c) for name, c in form.items() if c))


def _sum(parts: list[tuple[int, Polynomial]]) -> Polynomial:
    result: Polynomial = {}
    for scale, part in parts:
        for monomial, c in part.items():
            result[monomial] = result.get(monomial, 0) + scale * c
    return {monomial: c for monomial, c in result.items() if c}


def _product(a: Polynomial, b: Polynomial) -> Polynomial:
    spend(len(a) * len(b) + 1)
    return _sum([(1, {tuple(sorted(x + y)): c * d}) for (x, c), (y, d) in
                 product(a.items(), b.items())])


def _polynomial(node: object, functions: set[str], variables: set[str]) -> Polynomial:
    spend()
    if not isinstance(node, dict):
        return _sum([(1, {(): rational(node)})])
    require(len(node) == 1, "a polynomial node has exactly one key: {}", node)
    ((key, body),) = node.items()
    require(key in ("at", "+", "*", "-", "neg", "^"), "unknown polynomial node {}", node)
    if key == "neg":
        return _sum([(-1, _polynomial(body, functions, variables))])
    require(isinstance(body, list) and (key in "+*" or len(body) == 2),
            f"{key!r} needs a list{'' if key in '+*' else ' of 2'}: {{}}", node)
    if key == "at":
        require(isinstance(body[0], str) and body[0] in functions, "unknown function in {}", node)
        return {((body[0], _form(body[1], variables)),): Fraction(1)}
    result = {(): Fraction(1)}
    if key == "^":
        if natural(body[1], 0, "an exponent") > 40:
            raise TooLarge(f"too large: exponent {body[1]}")
        base = _polynomial(body[0], functions, variables)
        for _ in range(body[1]):
            result = _product(result, base)
        return result
    parts = [_polynomial(child, functions, variables) for child in body]
    if key == "*":
        for part in parts:
            result = _product(result, part)
        return result
    return _sum([(-1 if key == "-" and i else 1, part) for i, part in enumerate(parts)])


def hermite(rows: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Row Hermite normal form: two matrices have the same iff their rows span one lattice."""
    rows, done = [list(row) for row in rows], []
    for column in range(len(rows[0]) if rows else 0):
        while len(active := [row for row in rows if row[column]]) > 1:
            pivot = min(active, key=lambda row: abs(row[column]))
            for row in active:
                if row is not pivot:
                    _subtract(row, row[column] // pivot[column], pivot)
        for pivot in active:
            rows = [row for row in rows if row is not pivot]
            if pivot[column] < 0:
                pivot[:] = [-x for x in pivot]
            for row in done:
                _subtract(row, row[column] // pivot[column], pivot)
            done.append(pivot)
    return tuple(map(tuple, done))


def _subtract(row: list[int], factor: int, other: list[int]) -> None:
    spend(len(row))
    row[:] = [x - factor * y for x, y in zip(row, other, strict=True)]


def _kernel(monomial: Monomial, dual: list[Form], summed: list[str], free: list[str]
            ) -> tuple[tuple, int]:
    """(name of the indicator, power of n) of a monomial's kernel."""
    columns = len(summed) + len(monomial) + len(free)  # variables, values y_i, free variables
    position = {name: i for i, name in enumerate(summed)}
    position |= {name: len(summed) + len(monomial) + i for i, name in enumerate(free)}
    rows = []
    for i, form in enumerate([form for _, form in monomial] + dual):
        row = [0] * columns
        for name, c in form:
            row[position[name]] = c
        if i < len(monomial):
            row[len(summed) + i] = -1
        rows.append(row)
    unsolved = set(range(len(summed)))
    while pair := next(((row, v) for row in rows for v in unsolved if abs(row[v]) == 1), None):
        pivot, v = pair
        rows = [row for row in rows if row is not pivot]
        for row in rows:
            _subtract(row, row[v] * pivot[v], pivot)
        unsolved.remove(v)
    require(not any(row[v] for row in rows for v in unsolved),
            "a variable that cannot be solved for with coefficient 1 or -1")
    relations = hermite([row[len(summed):] for row in rows])
    return (tuple(name for name, _ in monomial), relations), len(unsolved) + len(dual)


def _term(node: object, functions: set[str], free: list[str]) -> list[tuple[tuple, Number]]:
    require(isinstance(node, dict) and set(node) == {"coefficient", "sum", "dual", "of"},
            "a term has exactly coefficient, sum, dual and of")
    check_term(node["coefficient"], frozenset({"n"}))
    scale = evaluate(node["coefficient"], Scope({"n": Number.symbol("n")}))
    summed, dual = node["sum"], node["dual"]
    require(isinstance(summed, list) and isinstance(dual, list), "sum and dual are lists")
    names = [*map(valid_name, summed), *free]
    require(len(set(names)) == len(names), "a variable is bound twice")
    forms = [_form(form, set(names)) for form in dual]
    polynomial = _polynomial(node["of"], functions, set(names))
    result = []
    for monomial, c in polynomial.items():
        key, power = _kernel(monomial, forms, summed, free)
        result.append((key, scale.scaled(c) * Number.symbol("n").power(power)))
    return result


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the two sides have the same kernel in every finite Abelian group."""
    fields(document, {"functions", "free", "left", "right"})
    for name in ("functions", "free", "left", "right"):
        require(isinstance(document[name], list), f"{name} must be a list")
    functions, free = set(map(valid_name, document["functions"])), document["free"]
    require(len(set(map(valid_name, free))) == len(free), "a free variable is listed twice")
    balance: dict[tuple, Number] = {}
    for side, sign in (("left", 1), ("right", -1)):
        require(document[side], f"{side} is empty")
        for node in document[side]:
            for key, c in _term(node, functions, free):
                balance[key] = balance.get(key, Number({})) + c.scaled(sign)
    require(all(c.is_zero() for c in balance.values()), "the two sides have different kernels")
    facts = {"functions": sorted(functions), "kernels": len(balance)}
    return "the identity holds on every finite Abelian group, for all functions", facts
