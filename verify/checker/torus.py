"""`torus-bound`: a lower bound for a sum of squared moduli of exponential sums, at all angles.

The statement is Σ weight·|Σ_j e^{i n_j·x}|² > bound for every x in R^n.  The certificate writes the
difference as Σ G_ab e^{i(n_a − n_b)·x} with symmetric positive definite matrices G over blocks of
exponent vectors, averaged, if a mirror is given, with its image under that substitution.  The two
sides are compared coefficient by coefficient, and G is eliminated in integers.
"""

from fractions import Fraction
from math import lcm

from .document import fields
from .formula import rational
from .limits import require, spend

Exponents = tuple[int, ...]
Series = dict[Exponents, Fraction]  # coefficients of e^{i n·x}

_MOST_ANGLES, _LARGEST = 64, 400


def _exponents(node: object, angles: int) -> Exponents:
    require(isinstance(node, list) and len(node) == angles, "expected {} exponents", angles)
    require(all(type(n) is int and abs(n) < 1000 for n in node), "not small integers: {}", node)
    return tuple(node)


def _basis(node: object, angles: int) -> list[Exponents]:
    require(isinstance(node, list) and 0 < len(node) <= _LARGEST, "an empty or too long basis")
    found = [_exponents(n, angles) for n in node]
    require(len(set(found)) == len(found), "a basis lists an exponent vector twice")
    return found


def _add(series: Series, a: Exponents, b: Exponents, value: Fraction) -> None:
    spend(len(a))
    key = tuple(x - y for x, y in zip(a, b, strict=True))
    series[key] = series.get(key, Fraction(0)) + value


def _squares(node: object, angles: int) -> Series:
    require(isinstance(node, list) and node, "squares must be a list of [weight, exponents]")
    series: Series = {}
    for square in node:
        require(isinstance(square, list) and len(square) == 2, "not [weight, exponents]")
        weight = rational(square[0])
        require(isinstance(square[1], list) and square[1], "a sum without terms")
        terms = [_exponents(n, angles) for n in square[1]]
        for a in terms:
            for b in terms:
                _add(series, a, b, weight)
    return series


def _gram(node: object, size: int, values: list[Fraction]) -> list[list[Fraction]]:
    """The symmetric matrix of lower rows that list positions in `values`."""
    require(isinstance(node, list) and len(node) == size, "a Gram matrix needs {} rows", size)
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for i, row in enumerate(node):
        require(isinstance(row, list) and len(row) == i + 1, "row {} needs {} entries", i, i + 1)
        for j, position in enumerate(row):
            require(type(position) is int and 0 <= position < len(values),
                    "no value at position {}", position)
            matrix[i][j] = matrix[j][i] = values[position]
    return matrix


def positive_definite(matrix: list[list[Fraction]]) -> bool:
    """Whether all leading minors are positive, by elimination without fractions (Bareiss)."""
    scale = lcm(*(x.denominator for row in matrix for x in row))
    rows = [[int(x * scale) for x in row] for row in matrix]
    last = 1
    for k, pivot_row in enumerate(rows):
        pivot = pivot_row[k]  # the (k + 1)-st leading minor
        if pivot <= 0:
            return False
        spend((len(rows) - k) ** 2 * (1 + pivot.bit_length() // 256))
        for i in range(k + 1, len(rows)):
            factor = rows[k][i]  # = rows[i][k]
            row = rows[i]
            for j in range(i, len(rows)):
                row[j] = (row[j] * pivot - factor * pivot_row[j]) // last
        last = pivot
    return True


def _mirrored(exponents: Exponents, mirror: list[tuple[int, int]]) -> Exponents:
    """Exponents after every x_j is replaced by sign·x_i, (i, sign) = mirror[j]."""
    found = [0] * len(exponents)
    for n, (i, sign) in zip(exponents, mirror, strict=True):
        found[i] += sign * n
    return tuple(found)


def _mirror(node: object, angles: int) -> list[tuple[int, int]]:
    require(isinstance(node, list) and len(node) == angles, "a mirror has one pair for each angle")
    for pair in node:
        require(isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int
                and 0 <= pair[0] < angles and type(pair[1]) is int and pair[1] in (1, -1),
                "not [angle, sign]: {}", pair)
    return [(i, sign) for i, sign in node]


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the sum minus the bound is such an average of positive definite forms."""
    fields(document, {"angles", "squares", "bound", "values", "blocks"}, frozenset({"mirror"}))
    angles = document["angles"]
    require(type(angles) is int and 0 < angles <= _MOST_ANGLES, "angles must be their number")
    bound = rational(document["bound"])
    difference = _squares(document["squares"], angles)
    zero = (0,) * angles
    difference[zero] = difference.get(zero, Fraction(0)) - bound
    require(isinstance(document["values"], list), "values must be a list of rationals")
    values = [rational(x) for x in document["values"]]
    require(isinstance(document["blocks"], list) and document["blocks"], "there are no blocks")
    form: Series = {}
    for number, block in enumerate(document["blocks"]):
        require(isinstance(block, dict) and set(block) == {"basis", "gram"},
                "block {} needs basis and gram", number)
        basis = _basis(block["basis"], angles)
        gram = _gram(block["gram"], len(basis), values)
        for a, row in zip(basis, gram, strict=True):
            for b, x in zip(basis, row, strict=True):
                if x:
                    _add(form, a, b, x)
        require(positive_definite(gram), "the matrix of block {} is not positive definite", number)
    if "mirror" in document:
        mirror = _mirror(document["mirror"], angles)
        average: Series = {}
        for key, x in form.items():
            for image in (key, _mirrored(key, mirror)):
                _add(average, image, zero, x / 2)
        form = average
    for key in difference.keys() | form.keys():
        require(difference.get(key, 0) == form.get(key, 0),
                "the coefficients of e^(i n·x) differ at n = {}", list(key))
    return f"the sum exceeds {bound} at all angles", {"blocks": len(document["blocks"])}
