"""`matrix-identity`: an equation between matrices of all sizes, from equations that define them.

A polynomial is a list of [coefficient, word]: the word lists matrix names from left to right, the
coefficient is a term in the scalars.  Names have shapes, pairs of dimension names, so a word is a
chain of composable matrices and the empty word an identity matrix of a stated dimension.  The
certificate writes

    goal = Σ left · relation · right

with polynomials left, right.  When the two sides agree word for word, the goal vanishes for all
matrices, of all sizes, for which every relation vanishes.
"""

from itertools import pairwise

from .document import fields
from .exact import Number
from .formula import Scope, check_term, evaluate, valid_name
from .limits import require, spend

# (row dimension, column dimension, word) -> coefficient
Polynomial = dict[tuple[str, str, tuple[str, ...]], Number]


class Algebra:
    """Names of scalars, and matrices with their shapes."""

    def __init__(self, scalars: object, matrices: object) -> None:
        require(isinstance(scalars, list), "scalars must be a list of names")
        require(isinstance(matrices, dict) and matrices, "matrices must map names to shapes")
        self.formal = {valid_name(name): "indeterminate" for name in scalars}
        self.shapes = {}
        for name, shape in matrices.items():
            require(valid_name(name) not in self.formal, "{} is a scalar and a matrix", name)
            require(isinstance(shape, list) and len(shape) == 2, "a shape is a pair: {}", shape)
            self.shapes[name] = tuple(map(valid_name, shape))

    def polynomial(self, node: object) -> Polynomial:
        """A parsed polynomial; all its words must have one shape.

        An identity matrix is written ["I", dimension].
        """
        require(isinstance(node, list), "a polynomial is a list of [coefficient, word]: {}", node)
        result: Polynomial = {}
        for term in node:
            require(isinstance(term, list) and len(term) == 2 and isinstance(term[1], list),
                    "not [coefficient, word]: {}", term)
            check_term(term[0], frozenset(self.formal))
            key = self._word(term[1])
            value = evaluate(term[0], Scope({}, self.formal))
            result[key] = result[key] + value if key in result else value
        require(len({key[:2] for key in result}) <= 1, "words of different shapes: {}", node)
        return result

    def _word(self, word: list) -> tuple[str, str, tuple[str, ...]]:
        if len(word) == 2 and word[0] == "I" and "I" not in self.shapes:
            dimension = valid_name(word[1])
            return dimension, dimension, ()
        require(word, "write an identity matrix as [\"I\", dimension]")
        for name in word:
            require(isinstance(name, str) and name in self.shapes, "unknown matrix {}", name)
        for a, b in pairwise(word):
            require(self.shapes[a][1] == self.shapes[b][0], "{} does not compose", word)
        return self.shapes[word[0]][0], self.shapes[word[-1]][1], tuple(word)


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for (r, s, word), x in a.items():
        for (t, c, other), y in b.items():
            spend()
            require(s == t, "a product of matrices that do not compose")
            key = (r, c, word + other)
            result[key] = result[key] + x * y if key in result else x * y
    return result


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the combination of the relations is the goal, word for word."""
    fields(document, {"scalars", "matrices", "relations", "goal", "combination"})
    algebra = Algebra(document["scalars"], document["matrices"])
    for name in ("relations", "goal", "combination"):
        require(isinstance(document[name], list) and document[name], f"{name} is a non-empty list")
    relations = list(map(algebra.polynomial, document["relations"]))
    rest = algebra.polynomial(document["goal"])
    require(any(not x.is_zero() for x in rest.values()), "the goal is 0 = 0")
    for step in document["combination"]:
        require(isinstance(step, list) and len(step) == 3, "not [left, relation, right]: {}", step)
        left, index, right = step
        require(isinstance(index, int) and not isinstance(index, bool)
                and 0 <= index < len(relations), "there is no relation {}", index)
        part = _times(_times(algebra.polynomial(left), relations[index]),
                      algebra.polynomial(right))
        for key, x in part.items():
            rest[key] = rest[key] - x if key in rest else x.scaled(-1)
    left_over = [key for key, x in rest.items() if not x.is_zero()]
    require(not left_over, "the combination is not the goal: {} is left",
            left_over[0] if left_over else None)
    return f"follows from {len(relations)} equations, for all sizes", {
        "matrices": sorted(algebra.shapes), "relations": len(relations)}
