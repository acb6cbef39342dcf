"""The blow-up of a polynomial system, from a trapping box in weighted coordinates.

Weights a_i ≥ 0, a leader j (a_j = 1 or 2, x_j > 0), a degree m ≥ 1: with v = x_j^{1/a_j}, s = 1/v
and y_i = x_i/v^{a_i} the system reads, in the time τ with dτ = v^m dt,

    y_i' = F_i − (a_i/a_j) y_i F_j,   s' = −s F_j/a_j,   F_i(y, s) = s^{a_i+m} f_i(y_1/s^{a_1}, …),

with polynomials F_i when f_i has no monomial of weight above a_i + m.  If (y, s) starts in a box
Y × [0, s0] on whose faces y_i' points inwards and where F_j > 0, it stays there, and
dv/dt = v^{1+m} F_j/a_j bounds the time to v = ∞.  Lemma *tail* in `docs/lemmas`.
"""

from collections.abc import Callable
from fractions import Fraction

from .formula import rational
from .interval import Interval, duals
from .jets import Program
from .limits import require

_KEYS = {"leader", "weights", "degree", "box"}
_MAX_WEIGHT = 16


def remaining_time(
    field: Program, names: list[str], here: list[Interval], tail: object
) -> tuple[Fraction, Fraction]:
    """Bounds of the time from any point of the box `here` to the blow-up."""
    require(isinstance(tail, dict) and set(tail) == _KEYS, f"a tail has exactly {sorted(_KEYS)}")
    weights, degree, n = tail["weights"], tail["degree"], len(names)
    require(tail["leader"] in names, "the leader is no variable: {}", tail["leader"])
    require(isinstance(weights, list) and len(weights) == n
            and all(type(a) is int and 0 <= a <= _MAX_WEIGHT for a in weights),
            f"weights: {n} integers in 0..{_MAX_WEIGHT}")
    require(type(degree) is int and 1 <= degree <= _MAX_WEIGHT, "the degree is a positive integer")
    j = names.index(tail["leader"])
    require(weights[j] in (1, 2), "the leader's weight is 1 or 2")
    require(isinstance(tail["box"], list) and len(tail["box"]) == n
            and all(isinstance(pair, list) and len(pair) == 2 for pair in tail["box"]),
            f"the box has {n} pairs [low, high]")
    bits = here[0].bits
    require(here[j].lo > 0, "the leader may not be positive")
    speed = here[j] if weights[j] == 1 else here[j].sqrt()
    one = speed.constant(Fraction(1))
    s = one / speed
    box = []
    for i, pair in enumerate(tail["box"]):
        y = Interval.of(rational(pair[0]), rational(pair[1]), bits)
        start = one if i == j else here[i] * _power(s, weights[i])
        require(y.lo <= start.lo and start.hi <= y.hi,
                f"variable {i} does not start in the trapping box")
        box.append(one if i == j else y)  # the leader is 1 in its own units
    box.append(Interval(0, s.hi, bits))
    still = [weights[i] == 0 and field.outputs[i] == Fraction(0)
             and isinstance(field.outputs[i], Fraction) for i in range(n)]  # then y_i = x_i

    def drifts(point: list) -> list:
        """dy_i/dτ, and F_j in the leader's place."""
        rates = graded_rates(field, weights, degree, point[:n], point[n])
        return [rates[j] if i == j else
                rates[i] - point[i] * rates[j].times(Fraction(weights[i], weights[j]))
                for i in range(n)]

    pull = _ranges(drifts, box)[j]
    require(pull.lo > 0, "the leader may not grow")
    for i in range(n):
        for end, sign in ((box[i].lo, 1), (box[i].hi, -1)) if i != j and not still[i] else ():
            face = [*box[:i], Interval(end, end, bits), *box[i + 1 :]]
            inwards = _ranges(drifts, face)[i].times(Fraction(sign))
            require(inwards.lo > 0, f"variable {i} may leave the trapping box")
    longest = (_power(s, degree) / pull).times(Fraction(weights[j], degree))
    return longest.ends()


def _ranges(function: Callable[[list], list], box: list[Interval]) -> list[Interval]:
    """Ranges on a box: natural and mean value form, intersected."""
    natural = function(duals(box))
    middles = [Interval(c, c, x.bits) for x in box for c in [(x.lo + x.hi) // 2]]
    result = []
    for value, at in zip(natural, function(middles), strict=True):
        for k, slope in value.slopes.items():
            at = at + slope * (box[k] - middles[k])
        x = value.value
        result.append(Interval(max(x.lo, at.lo), min(x.hi, at.hi), x.bits))
    return result


def _power(x: Interval, exponent: int) -> Interval:
    result = x.constant(Fraction(1))
    for _ in range(exponent):
        result = result * x
    return result


def graded_rates(field: Program, weights: list[int], degree: int, box: list, near) -> list:
    """F_i at y in the box and s in `near`, intervals with or without slopes: the field evaluated
    with x_i = y_i v^{a_i}, sorted by powers of v.
    """
    values: list[dict] = []
    for kind, *args in field.ops:
        if kind == "var":
            values.append({weights[args[0]]: box[args[0]]})
            continue
        a, b = (values[i] if isinstance(i, int) else i for i in (args[0], args[-1]))
        if kind == "const":
            values.append({0: near.constant(a)})
        elif kind == "times":
            values.append({d: x.times(a) for d, x in b.items()})
        elif kind == "add":
            values.append({d: a[d] + b[d] if d in a and d in b else a.get(d) or b[d]
                           for d in a.keys() | b.keys()})
        else:
            require(kind == "mul", "a tail needs a polynomial field, this one uses {}", kind)
            result: dict = {}
            for d, x in a.items():
                for e, y in b.items():
                    term = x * y if args[0] != args[1] or d != e else x.square()
                    result[d + e] = result[d + e] + term if d + e in result else term
            values.append(result)
    rates = []
    for i, out in enumerate(field.outputs):
        graded = {0: near.constant(out)} if isinstance(out, Fraction) else values[out]
        top = weights[i] + degree
        rate = near.constant(Fraction(0))
        for d, x in graded.items():
            require(d <= top, f"the derivative of variable {i} has weight {d} > {top}")
            rate = rate + x * _power(near, top - d)
        rates.append(rate)
    return rates
