"""`group-margin`: the character table of a finite group, and the margin game played on it.

Table.  A row χ with χ(1) > 0, |χ|² = 1 and (|C|χ(C)/χ(1))_C multiplying with the class constants
is an irreducible character: the algebra homomorphisms from the centre of C[G] to C are the
central characters of the irreducible characters, and the norm then fixes the degree (lemma
*irreducible rows*).  As many different rows as there are classes are all of them.

Game.  Task (a, b) -> ab, neurons (u(a) + v(b))² w, norm L_{2,3}.  Let t_R = 1 when R is real and
2 otherwise, κ_R = 2/(3√3 |G|^{3/2} √(t_R d_R)).  Lower bound: mass y_R on neurons of R gives
Σ y_R κ_R (1 − Re χ_R(g)/d_R) over every wrong label abg (lemma *trace networks*).  Upper bound:
a class weighting τ of g gives max_R κ_R (1 − Σ_C |C| τ_C χ_R(C)/d_R) (lemma *group single-neuron
bound*).  Masses and weights need not be normalised.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from .document import fields
from .exact import Number, least, total
from .formula import Scope, check_term, evaluate
from .group import check_relations, natural
from .limits import TooLarge, require, spend

Permutation = tuple[int, ...]
_LARGEST = 1_500
CONCLUSIONS = {"value", "single-irrep", "every-irrep"}


def compose(g: Permutation, h: Permutation) -> Permutation:
    """gh: h first."""
    spend()
    return tuple(g[i] for i in h)


def inverse(g: Permutation) -> Permutation:
    """g^{-1}."""
    return tuple(sorted(range(len(g)), key=g.__getitem__))


def _permutations(node: object) -> list[Permutation]:
    require(isinstance(node, list) and node, "expected a non-empty list of permutations")
    for g in node:
        require(isinstance(g, list) and 0 < len(g) <= 200 and len(g) == len(node[0])
                and sorted(natural(x, 0, "an image") for x in g) == list(range(len(g))),
                "not a permutation: {}", g)
    return [tuple(g) for g in node]


def _closure(start: Permutation, step: Callable) -> list[Permutation]:
    known, queue = {start: None}, [start]
    for g in queue:
        for h in step(g):
            if h not in known:
                known[h] = None
                queue.append(h)
        if len(queue) > _LARGEST:
            raise TooLarge(f"too large: a group of more than {_LARGEST} elements")
    return queue


class Table:
    """A group with its classes and its verified irreducible characters (the trivial one first)."""

    def __init__(self, generators: object, representatives: object, characters: object) -> None:
        listed = _permutations(generators)
        identity = tuple(range(len(listed[0])))
        elements = _closure(identity, lambda g: [compose(s, g) for s in listed])
        self.order = len(elements)
        self.points = _permutations(representatives)
        require(self.points[0] == identity, "the first representative is the identity")
        self.class_of: dict[Permutation, int] = {}
        self.sizes: list[int] = []
        for index, g in enumerate(self.points):
            require(len(g) == len(identity) and g not in self.class_of,
                    "not a representative of a new class: {}", list(g))
            members = _closure(g, lambda x: [compose(compose(s, x), inverse(s)) for s in listed])
            self.class_of |= dict.fromkeys(members, index)
            self.sizes.append(len(members))
        require(set(elements) == set(self.class_of), "the classes are not those of the group")
        self._check(characters)

    def _check(self, characters: object) -> None:
        count = len(self.points)
        require(isinstance(characters, list) and len(characters) == count
                and all(isinstance(row, list) and len(row) == count for row in characters),
                "there are as many characters as classes, with one value for each class")
        self.rows: list[list[Number]] = []
        for row in characters:
            for node in row:
                check_term(node, frozenset())
            self.rows.append([evaluate(node, Scope({})) for node in row])
        one = Number.of(1)
        require(all((x - one).is_zero() for x in self.rows[0]), "the first character is trivial")
        constants = self._constants()
        self.degrees = [row[0].as_fraction() for row in self.rows]
        for n, (row, d) in enumerate(zip(self.rows, self.degrees, strict=True)):
            require(d is not None and d > 0, f"character {n} has no positive rational degree")
            pairs = list(zip(row, self.sizes, strict=True))
            norm = total((x * x.conjugate()).scaled(s) for x, s in pairs)
            require((norm - Number.of(self.order)).is_zero(), f"character {n} has not norm 1")
            omega = [x.scaled(Fraction(s) / d) for x, s in pairs]
            for (i, j), counts in constants.items():
                right = total(omega[k].scaled(a) for k, a in counts.items())
                require((omega[i] * omega[j] - right).is_zero(),
                        f"character {n} is not irreducible: classes {i} and {j}")
            require(all(not all((x - y).is_zero() for x, y in zip(row, other, strict=True))
                        for other in self.rows[:n]), f"character {n} is listed twice")
        self.types = [1 if self._indicator(row) == 1 else 2 for row in self.rows]

    def _constants(self) -> dict[tuple[int, int], Counter]:
        """(i, j), i ≤ j -> {k: number of (x, y) in C_i × C_j with xy = the representative of k}."""
        result: dict[tuple[int, int], Counter] = {}
        for x, i in self.class_of.items():
            for k, z in enumerate(self.points):
                j = self.class_of[compose(inverse(x), z)]
                if i <= j:
                    result.setdefault((i, j), Counter())[k] += 1
        return result

    def _indicator(self, row: list[Number]) -> Fraction:
        """Frobenius–Schur: Σ χ(g²)/|G| is 1, 0, −1 for real, complex, quaternionic characters."""
        squares = (row[self.class_of[compose(g, g)]].scaled(s)
                   for g, s in zip(self.points, self.sizes, strict=True))
        return total(squares).as_fraction() / self.order

    def scale(self, n: int) -> Number:
        """κ_R = 2/(3√3 |G|^{3/2} √(t d))."""
        root = Number.sqrt(3 * self.order * self.types[n] * self.degrees[n])
        return root.inverse().scaled(Fraction(2, 3 * self.order))

    def names(self) -> dict[str, Number]:
        """order, classes, and for the n-th character (from 1) its degree d_n and t_n."""
        names = {"order": Number.of(self.order), "classes": Number.of(len(self.points))}
        for n, (d, t) in enumerate(zip(self.degrees, self.types, strict=True), 1):
            names |= {f"d_{n}": Number.of(d), f"t_{n}": Number.of(t)}
        return names

    def class_names(self, index: int) -> dict[str, Number]:
        """The names above, `size`, and the value x_n of the n-th character on the class."""
        values = {f"x_{n}": row[index] for n, row in enumerate(self.rows, 1)}
        return self.names() | values | {"size": Number.of(self.sizes[index])}


def _amounts(nodes: object, scopes: list[dict[str, Number]], what: str) -> list[Number]:
    require(isinstance(nodes, list) and len(nodes) == len(scopes),
            f"{what} must list {len(scopes)} terms")
    values = []
    for node, names in zip(nodes, scopes, strict=True):
        check_term(node, frozenset(names))
        values.append(evaluate(node, Scope(names)))
        require(values[-1].sign() >= 0, f"{what}: {{}} is negative", node)
    return values


def _lower(table: Table, nodes: object) -> dict[str, Number]:
    masses = _amounts(nodes, [table.names()] * len(table.rows), "masses")
    margins = []
    for c in range(1, len(table.points)):
        terms = []
        for n, y in enumerate(masses):
            value = table.rows[n][c]
            real = (value + value.conjugate()).scaled(Fraction(1, 2))
            gap = Number.of(1) - real.scaled(1 / table.degrees[n])
            terms.append(y * table.scale(n) * gap)
        margins.append(total(terms))
    norm = total(masses)
    require(norm.sign() > 0, "the masses vanish")
    used = [n for n, y in enumerate(masses) if n and not y.is_zero()]
    names = {"margin": least(margins), "norm": norm}
    if all(table.types[n] == 1 for n in used):
        names["width"] = Number.of(sum(2 * table.degrees[n] ** 3 for n in used))
    return names


def _upper(table: Table, nodes: object) -> tuple[dict[str, Number], bool]:
    """`bound`, `total`, and whether every weight is positive."""
    rest = range(1, len(table.points))
    weights = _amounts(nodes, [table.class_names(c) for c in rest], "weights")
    for c, t in zip(rest, weights, strict=True):
        mirror = weights[table.class_of[inverse(table.points[c])] - 1]
        require((t - mirror).is_zero(), f"the weights of class {c} and its inverse differ")
    weighted = [t.scaled(table.sizes[c]) for c, t in zip(rest, weights, strict=True)]
    whole = total(weighted)
    require(whole.sign() > 0, "the weights vanish")
    values = []
    for n in range(1, len(table.rows)):
        mean = total(t * table.rows[n][c] for c, t in zip(rest, weighted, strict=True))
        values.append(((mean.scaled(1 / table.degrees[n])) - whole) * table.scale(n))
    bound = least(values).scaled(-1)
    return {"bound": bound, "total": whole}, all(not t.is_zero() for t in weights)


def _check_classes(table: Table, node: object) -> None:
    require(isinstance(node, dict) and set(node) == {"at", "formulas"},
            "class_relations has exactly at and formulas")
    chosen, count = node["at"], len(table.points)
    if chosen == "all":
        chosen = list(range(1, count))
    require(isinstance(chosen, list) and chosen, 'at: "all" or a list, of at least one class')
    for c in chosen:
        require(1 <= natural(c, 1, "a class") < count, f"there is no class {c}")
        check_relations(node["formulas"], table.class_names(c))


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the table is right and every relation and conclusion holds."""
    fields(document, {"generators", "representatives", "characters"},
           frozenset({"masses", "weights", "relations", "class_relations", "conclusions"}))
    require({"relations", "class_relations", "conclusions"} & set(document), "nothing is asserted")
    table = Table(*(document[key] for key in ("generators", "representatives", "characters")))
    names, positive = table.names(), False
    if "masses" in document:
        names |= _lower(table, document["masses"])
    if "weights" in document:
        found, positive = _upper(table, document["weights"])
        names |= found
    if "class_relations" in document:
        _check_classes(table, document["class_relations"])
    if "relations" in document:
        check_relations(document["relations"], names)
    if "conclusions" in document:
        conclusions = document["conclusions"]
        require(isinstance(conclusions, list) and conclusions
            and all(isinstance(c, str) and c in CONCLUSIONS for c in conclusions),
            "unknown conclusion")
        require({"margin", "bound"} <= set(names), "a conclusion needs masses and weights")
        gap = names["margin"] * names["total"] - names["bound"] * names["norm"]
        require(gap.is_zero(), "the bounds do not meet")
        require(names["margin"].sign() > 0, "the largest margin is not positive")
        require(positive or "every-irrep" not in conclusions, "a class has weight 0")
    facts = {"order": table.order, "degrees": [int(d) for d in table.degrees]}
    return f"a group of order {table.order} with {len(table.points)} classes", facts
