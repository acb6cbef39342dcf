"""`ode-enclosure`: all solutions of x' = f(x) from a box, enclosed step by step.

A set is {c + C·r0 + Q·r}: an exact centre c, exact matrices C and Q, |r0_i| ≤ initial radii,
|r_i| ≤ radii.  A step of length h and order K with the box B is accepted when

    f^[0]([x]) + [0,h](f^[1]([x]) + … + [0,h](f^[K−1]([x]) + [0,h] f^[K](B)))  ⊂  interior of B,

[x] being the hull of the set; then every solution stays in B and ends in
Σ_{k<K} h^k f^[k](c) + J·(x − c) + h^K f^[K](B), J the slopes of Σ_{k<K} h^k f^[k] on [x].  That
must lie in the next set.  Soundness: lemmas *enclosure step*, *level crossing* and *tail* in
`docs/lemmas`.
"""

from dataclasses import dataclass
from fractions import Fraction

from .assertions import History
from .document import fields
from .formula import rational
from .interval import Interval, duals, pair_of
from .jets import Program
from .limits import require, spend

_MAX_BITS, _MAX_ORDER, _MAX_VARIABLES = 4096, 200, 16
_STEP = {"length", "order", "box", "centre", "spread", "frame", "radii"}


@dataclass(frozen=True)
class FlowSet:
    """c + C·r0 + Q·r; all entries are integers scaled by 2^bits."""

    bits: int
    centre: list[int]
    spread: list[list[int]]
    initial: list[int]
    frame: list[list[int]]
    radii: list[int]

    def hull(self) -> list[Interval]:
        """The smallest box of intervals around the set."""
        result = []
        for c, row, turned in zip(self.centre, self.spread, self.frame, strict=True):
            pairs = [*zip(row, self.initial, strict=True), *zip(turned, self.radii, strict=True)]
            width = -(-sum(abs(x) * r for x, r in pairs) >> self.bits)
            result.append(Interval(c - width, c + width, self.bits))
        return result

    def range_of(self, program: Program) -> Interval:
        """The first output on the set: natural and mean value form, intersected."""
        natural = program.values(duals(self.hull()))[0]
        middle = program.values([Interval(c, c, self.bits) for c in self.centre])[0]
        zero = middle.constant(Fraction(0))
        row = [[natural.slopes.get(j, zero) for j in range(len(self.centre))]]
        for matrix, radii in ((self.spread, self.initial), (self.frame, self.radii)):
            for slope, r in zip(product(row, _exact(matrix, self.bits))[0], radii, strict=True):
                middle = middle + slope * Interval(-r, r, self.bits)
        natural = natural.value
        return Interval(max(natural.lo, middle.lo), min(natural.hi, middle.hi), self.bits)


def product(left: list[list[Interval]], right: list[list[Interval]]) -> list[list[Interval]]:
    """Matrix product."""
    columns = [list(column) for column in zip(*right, strict=True)]
    return [[row[0].dot(row, column) for column in columns] for row in left]


def _exact(matrix: list[list[int]], bits: int) -> list[list[Interval]]:
    return [[Interval(x, x, bits) for x in row] for row in matrix]


def _inverse(matrix: list[list[int]], bits: int) -> list[list[Interval]]:
    """The inverse by exact elimination, enclosed."""
    n, scale = len(matrix), 1 << bits
    spend(n**3 * (1 + n * bits // 64))
    rows = [[*(Fraction(x, scale) for x in row), *(Fraction(i == j) for j in range(n))]
            for i, row in enumerate(matrix)]
    for j in range(n):
        pivot = next((i for i in range(j, n) if rows[i][j]), None)
        require(pivot is not None, "a frame is not invertible")
        rows[j], rows[pivot] = rows[pivot], rows[j]
        rows[j] = [x / rows[j][j] for x in rows[j]]
        for i in range(n):
            if i != j and rows[i][j]:
                rows[i] = [x - rows[i][j] * y for x, y in zip(rows[i], rows[j], strict=True)]
    return [[Interval.of(x, x, bits) for x in row[n:]] for row in rows]


def move(field: Program, before: FlowSet, length: Fraction, order: int, box: list[Interval]):
    """(J, y): the solutions stay in the box, and x(h) ∈ y + J·(x − c).  Rejects a box that fails
    the inclusion test.
    """
    n, bits = len(box), before.bits
    spend(order * (order + 1) // 2 * len(field.ops) * (n + 2) * (1 + bits // 512))
    unit = Interval(0, 1 << bits, bits)
    around = field.solve(duals(before.hull()), length, order - 1)
    remainder = [jet[order] for jet in field.solve(box, length, order)]
    for i in range(n):
        reached = remainder[i]
        for x in around[i][::-1]:
            reached = x.value + unit * reached
        require(reached.inside(box[i]), f"the inclusion test fails for variable {i}")
    middle = field.solve([Interval(c, c, bits) for c in before.centre], length, order - 1)
    values, jacobian = remainder, []
    zero = unit.constant(Fraction(0))
    for i in range(n):
        slopes = [zero] * n
        for k in range(order):
            values[i] = values[i] + middle[i][k]
            for j, slope in around[i][k].slopes.items():
                slopes[j] = slopes[j] + slope
        jacobian.append(slopes)
    return jacobian, values


def radii_needed(before: FlowSet, jacobian, values, after: FlowSet) -> list[int]:
    """The least radii with which the set `after` (its own are ignored) contains the image."""
    bits = before.bits
    spread = product(jacobian, _exact(before.spread, bits))
    error = []
    for i, row in enumerate(spread):
        c = after.centre[i]
        value = values[i] - Interval(c, c, bits)
        for x, y, r in zip(row, after.spread[i], before.initial, strict=True):
            value = value + (x - Interval(y, y, bits)) * Interval(-r, r, bits)
        error.append([value])
    inverse = _inverse(after.frame, bits)
    turned = product(inverse, product(jacobian, _exact(before.frame, bits)))
    shifted = product(inverse, error)
    kept = [-(-sum(x.magnitude() * r for x, r in zip(row, before.radii, strict=True)) >> bits)
            for row in turned]
    return [x[0].magnitude() + k for x, k in zip(shifted, kept, strict=True)]


def initial_set(ends: list, bits: int) -> FlowSet:
    """The smallest set around the box of pairs [low, high] of rationals."""
    n = len(ends)
    box = [Interval.of(*pair_of(pair), bits) for pair in ends]
    centre = [(x.lo + x.hi) // 2 for x in box]
    unit = [[(i == j) << bits for j in range(n)] for i in range(n)]
    radii = [max(x.hi - c, c - x.lo) for x, c in zip(box, centre, strict=True)]
    return FlowSet(bits, centre, unit, radii, unit, [0] * n)


def _integers(values: object, n: int) -> list[int]:
    require(isinstance(values, list) and len(values) == n and all(type(x) is int for x in values),
            f"expected a list of {n} integers (scaled by 2^bits), got {{}}", values)
    return values


def _matrix(rows: object, n: int) -> list[list[int]]:
    require(isinstance(rows, list) and len(rows) == n, f"expected {n} rows")
    return [_integers(row, n) for row in rows]


def read_box(pairs: object, n: int, bits: int) -> list[Interval]:
    """A box of pairs of scaled integers."""
    require(isinstance(pairs, list) and len(pairs) == n, f"a box has {n} pairs")
    box = [Interval(*_integers(pair, 2), bits) for pair in pairs]
    require(all(x.lo <= x.hi for x in box), "a box is empty")
    return box


def system(document: dict) -> tuple[list[str], Program, int]:
    """The variables, the compiled field and the precision of a certificate."""
    names, field, bits = document["variables"], document["field"], document["bits"]
    require(isinstance(names, list) and 1 <= len(names) <= _MAX_VARIABLES,
            f"variables must list 1 to {_MAX_VARIABLES} names")
    require(isinstance(field, list) and len(field) == len(names), "field: one term per variable")
    require(type(bits) is int and 8 <= bits <= _MAX_BITS, f"bits must lie in 8..{_MAX_BITS}")
    return names, Program(names, field), bits


def check(document: dict) -> tuple[str, dict]:
    """Accepts when every step passes and every assertion holds."""
    fields(document, {"variables", "field", "bits", "initial", "steps", "assertions"})
    names, field, bits = system(document)
    n = len(names)
    ends, steps, assertions = (document[key] for key in ("initial", "steps", "assertions"))
    require(isinstance(ends, list) and len(ends) == n, "initial: one pair per variable")
    require(isinstance(steps, list), "steps must be a list")
    require(isinstance(assertions, list) and assertions, "assertions must be a non-empty list")
    sets, boxes, times = [initial_set(ends, bits)], [], [Fraction(0)]
    for step in steps:
        require(isinstance(step, dict) and set(step) == _STEP,
                f"a step has exactly {sorted(_STEP)}")
        length, order, before = rational(step["length"]), step["order"], sets[-1]
        require(length > 0, "a step's length is not positive")
        require(type(order) is int and 1 <= order <= _MAX_ORDER, f"orders are 1..{_MAX_ORDER}")
        box = read_box(step["box"], n, bits)
        radii = _integers(step["radii"], n)
        after = FlowSet(bits, _integers(step["centre"], n), _matrix(step["spread"], n),
                        before.initial, _matrix(step["frame"], n), radii)
        needed = radii_needed(before, *move(field, before, length, order, box), after)
        require(all(x <= r for x, r in zip(needed, radii, strict=True)),
                f"step {len(boxes)}: the set after it does not contain the solutions")
        sets.append(after)
        boxes.append(box)
        times.append(times[-1] + length)
    facts = {"steps": len(steps), "time": str(times[-1])}
    history = History(names, document["field"], field, sets, boxes, times)
    for number, assertion in enumerate(assertions):
        facts[f"assertion {number}"] = history.confirm(assertion)
    return f"{len(assertions)} assertion(s) on {n} variable(s) up to time {times[-1]}", facts
