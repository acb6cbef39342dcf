"""`ode-comparison`: sub- and super-solutions of x' = f(x), verified as differential inequalities.

Barriers L_i(t) ≤ W_i(t) are terms in t.  On every piece of the time interval the checker encloses

    W_i' − f_i(x),   x_i = W_i, x_j ∈ [L_j, W_j],      f_i(x) − L_i',   x_i = L_i, x_j ∈ [L_j, W_j],

and asks that both are ≥ 0.  Where ∂f_i/∂x_j has one sign between the barriers, x_j is put on the
barrier that makes the expression smallest: for a quasi-monotone field that is Kamke's condition.
In one dimension one barrier is enough.  Soundness: lemma *comparison* in `docs/lemmas`.
"""

from fractions import Fraction
from itertools import pairwise

from .document import fields
from .flow import system
from .formula import rational
from .interval import Interval, duals, pair_of
from .jets import Program
from .limits import require, spend

_MAX_ORDER = 40


class Comparison:
    """What is compared: a field, its parameters, and barriers as programs in t."""

    def __init__(self, document: dict) -> None:
        names, nodes, parameters = (document[k] for k in ("variables", "field", "parameters"))
        require(isinstance(parameters, dict), "parameters map names to pairs [low, high]")
        require(isinstance(names, list) and isinstance(nodes, list) and len(nodes) == len(names),
                "variables and field: lists, one term per variable")
        self.n = len(names)
        together = {"variables": [*names, *parameters], "bits": document["bits"],
                    "field": [*nodes, *([0] * len(parameters))]}
        _, self.field, self.bits = system(together)
        self.parameters = [Interval.of(*pair_of(p), self.bits) for p in parameters.values()]
        self.sides = {}
        for side in ("lower", "upper"):
            terms = document[side]
            require(terms is None or (isinstance(terms, list) and len(terms) == self.n),
                    f"{side}: null or one term in t for each variable")
            if terms is not None:
                self.sides[side] = Program(["t"], terms)
        require(len(self.sides) == 2 or (self.sides and self.n == 1),
                "systems need both barriers, one equation at least one")

    def jets(
        self, side: str, start: Interval, length: Fraction, order: int
    ) -> list[list[Interval]]:
        """Coefficients 0..order of the barriers of a side, in the time (t − start)/length."""
        program = self.sides[side]
        zero = start.constant(Fraction(0))
        time = [start, start.constant(length), *[zero] * order]
        jets = [time] + [[] for _ in program.ops[1:]]
        for k in range(order + 1):
            program.extend(jets, k)
        return [[program.output(i, jets, k) for k in range(order + 1)] for i in range(self.n)]

    def starts(self, time: Fraction, initial: list) -> None:
        """Rejects an initial box that does not lie between the barriers."""
        at = Interval.of(time, time, self.bits)
        for side in self.sides:
            for i, ((barrier,), pair) in enumerate(zip(self.jets(side, at, Fraction(1), 0), initial,
                                                       strict=True)):
                x = Interval.of(*pair_of(pair), self.bits)
                require(barrier.hi <= x.lo if side == "lower" else x.hi <= barrier.lo,
                        f"variable {i} may start beyond its {side} barrier")

    def gaps(self, start: Fraction, end: Fraction, order: int) -> dict[str, Interval]:
        """Enclosures of what must be ≥ 0 on a piece of time, by a description."""
        spend(order * order * len(self.field.ops) * (2 * self.n + 3))
        length = end - start
        points = Interval.of(start, start, self.bits), Interval.of(start, end, self.bits)
        sides = {side: [self.jets(side, x, length, order + 1) for x in points]
                 for side in self.sides}
        ranges = {side: [_range(*pair, order) for pair in zip(*jets, strict=True)]
                  for side, jets in sides.items()}
        found, two = {}, len(sides) == 2
        for i in range(self.n if two else 0):
            pairs = [[w - x for w, x in zip(a[i], b[i], strict=True)] for a, b in
                     zip(sides["upper"], sides["lower"], strict=True)]
            found[f"upper − lower barrier of variable {i}"] = _range(*pairs, order)
        box = [x.hull(y) for x, y in zip(*(list(ranges.values()) * 2)[:2], strict=True)]
        box += self.parameters
        slopes = self.field.values(duals(box)) if two else None
        for side, jets in sides.items():
            for i in range(self.n):
                signed = []
                for at in (0, 1):
                    chosen = self._choose(side, i, box, slopes, sides, at, order)
                    program = [*chosen, *[[] for _ in self.field.ops[len(chosen):]]]
                    for k in range(order + 1):
                        self.field.extend(program, k)
                    rate = [jets[at][i][k + 1].times((k + 1) / length)
                            - self.field.output(i, program, k) for k in range(order + 1)]
                    sign = Fraction(1 if side == "upper" else -1)
                    signed.append([x.times(sign) for x in rate])
                found[f"the {side} barrier's inequality for variable {i}"] = _range(*signed, order)
        return found

    def _choose(self, side, i, box, slopes, sides, at, order) -> list[list[Interval]]:
        """Jets of x that make the inequality of variable i hardest on this side."""
        zero = box[0].constant(Fraction(0))
        other = {"upper": "lower", "lower": "upper"}[side]
        chosen = []
        for j, free in enumerate(box):
            slope = slopes[i].slopes.get(j, zero) if slopes else zero
            if j == i or (j < self.n and slope.lo >= 0):
                chosen.append(sides[side][at][j][: order + 1])
            elif j < self.n and slope.hi <= 0:
                chosen.append(sides[other][at][j][: order + 1])
            else:  # a parameter, or a variable on which f_i depends in no certain direction
                chosen.append([free, *[zero] * order])
        return chosen


def _range(at_start: list[Interval], around: list[Interval], order: int) -> Interval:
    """A function's range on a piece: its Taylor polynomial at the start, and the remainder."""
    unit = Interval(0, 1 << at_start[0].bits, at_start[0].bits)
    value = around[order]
    for x in at_start[:order][::-1]:
        value = x + unit * value
    return value


def check(document: dict) -> tuple[str, dict]:
    """Accepts when all inequalities hold on every piece and the start is between the barriers."""
    fields(document, {"variables", "field", "parameters", "bits", "initial", "times", "order",
                      "lower", "upper"})
    comparison = Comparison(document)
    times, order, initial = document["times"], document["order"], document["initial"]
    require(type(order) is int and 1 <= order <= _MAX_ORDER, f"the order lies in 1..{_MAX_ORDER}")
    always = times == "always"
    if always:
        require(all(isinstance(out, Fraction) for program in comparison.sides.values()
                    for out in program.outputs), "only constant barriers hold always")
    require(always or (isinstance(times, list) and len(times) >= 2),
            'times: "always", or at least two rationals')
    points = [Fraction(0), Fraction(1)] if always else [rational(t) for t in times]
    require(all(a < b for a, b in pairwise(points)), "times must increase")
    require(isinstance(initial, list) and len(initial) == comparison.n,
            "initial: one pair per variable")
    comparison.starts(points[0], initial)
    for start, end in pairwise(points):
        for what, gap in comparison.gaps(start, end, order).items():
            require(gap.lo >= 0, f"{what} is not certainly ≥ 0 for t in [{start}, {end}]")
    span = "all t ≥ 0" if always else f"t in [{points[0]}, {points[-1]}]"
    limits = " and ".join(comparison.sides)
    return f"{limits} barriers hold for {span}", {"pieces": len(points) - 1, "always": always}
