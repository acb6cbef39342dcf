"""One validated step: order, length, a-priori box, and the set after the step.

The a-priori box B comes from an inclusion test of order K.  If every point of

    [x] + [0,h] f^[1]([x]) + … + [0,h]^{K−1} f^[K−1]([x]) + [0,h]^K f^[K](B)

lies in the interior of B, then every solution that starts in [x] exists on [0, h] and stays in B
(lemma *enclosure step*; K = 1 is Picard's test).  f^[k](x) is the k-th Taylor coefficient of the
solution through x.  After the step,

    x(h) ∈ T(x̂) + DT([x])·(x − x̂) + h^K f^[K](B),    T(x) = Σ_{k<K} h^k f^[k](x).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf, log2

from flint import arb, arb_mat, fmpq

from verify.methods.enclosure.program import Singular
from verify.methods.enclosure.sets import HALF, FlowSet, identity
from verify.methods.enclosure.system import System

_LEAST_ORDER = 4
_SLACK = 6  # binary orders by which a remainder may exceed its target before a step is shortened
_ATTEMPTS = 40
_ROOM = arb(2) ** -16


@dataclass(frozen=True)
class Step:
    """A step that has been proved: every solution from `before` stays in `box` and ends in
    `after`.  length: exact; order: that of the inclusion test.
    """

    before: FlowSet
    length: Fraction
    order: int
    box: tuple[arb, ...]
    after: FlowSet


class NoStep(ArithmeticError):
    """No step of a sensible length could be proved; the message says what stood in the way."""


class Stepper:
    """Proposes and proves steps for one system.

    target: binary logarithm of the remainder allowed in a step, relative to the size of the
    state.  largest_order: the orders tried lie between 4 and this.
    """

    def __init__(self, system: System, *, bits: int, target: float, largest_order: int) -> None:
        self.system, self.bits, self.target = system, bits, target
        self.largest_order = largest_order
        self._caution = -1.0  # learnt: log2 of the step that succeeds over the one predicted

    def step(self, before: FlowSet, limit: Fraction) -> Step:
        """A proved step of length ≤ limit.  Raises NoStep."""
        program, n = self.system.program, self.system.program.inputs
        try:
            hull = before.hull()
            size, order, predicted = self._predict(program.taylor(hull, self.largest_order)[:n])
            around = self.system.variational.taylor(hull, order)
            centre = program.taylor(before.centre, order)
        except Singular as error:
            raise NoStep(str(error)) from None
        exponent = predicted + self._caution
        why = "the inclusion test failed"
        for _ in range(_ATTEMPTS):
            length = limit if exponent >= _log2(limit) else _dyadic(exponent)
            try:
                box, remainder = self._enclose(around, length, order)
            except Singular as error:
                why, exponent = str(error), exponent - 1
                continue
            if box is None:
                exponent = min(exponent, _log2(length)) - 0.5
                continue
            excess = max(map(magnitude, remainder)) - (self.target + size)
            if excess > _SLACK:
                why = f"the remainder is 2^{excess:.0f} times what is allowed"
                exponent = min(exponent, _log2(length)) - max(excess / order, 0.1)
                continue
            jacobian, blurred = self._transport(around, exact(length), order)
            if not blurred:
                break
            why, exponent = "the linear part is known too roughly", _log2(length) - 1
        else:
            raise NoStep(f"no step could be proved: {why} down to length 2^{exponent:.0f}")
        if length < limit and predicted < inf:
            slack = min(-excess / order, 0.25)
            self._caution = min(exponent - predicted + slack, 0.5)
        values = [horner(jet[:order], exact(length)) + error
                  for jet, error in zip(centre, remainder, strict=False)]
        after = before.image(before.time + length, jacobian, values)
        return Step(before, length, order, tuple(box), after)

    def _predict(self, jets: list[list[arb]]) -> tuple[float, int, float]:
        """(log2 of the state's size, order, log2 of the step), from the jets on the hull.

        The size is the state's, or its change over one radius of convergence if that is more.
        The order minimises an estimate of the work per unit of time, which grows like its square.
        """
        sizes = [max(magnitude(jet[k]) for jet in jets) for k in range(len(jets[0]))]
        if sizes[1] == -inf:
            return max(sizes[0], -self.bits), _LEAST_ORDER, inf  # it stands still: any step will do
        best = (-inf, sizes[0], _LEAST_ORDER, 0.0)
        for k in range(_LEAST_ORDER, len(sizes)):
            inverse_radius = max((sizes[j] - sizes[1]) / (j - 1) for j in (k - 1, k))
            size = max(sizes[0], sizes[1] - inverse_radius, -self.bits)
            step = min((self.target + size - sizes[j]) / j for j in (k - 1, k))
            if step == inf:
                return size, k, inf  # the solution is a polynomial
            best = max(best, (step - 2 * log2(k + 4), size, k, step))
        return best[1:]

    def _enclose(self, around: list[list[arb]], length: Fraction, order: int):
        """(B, h^K f^[K](B)) when the inclusion test holds, else (None, None)."""
        n = self.system.program.inputs
        h = exact(length)
        span, power = h * HALF, h**order
        ranges, guesses = [], []
        for jet in around[:n]:
            ranges.append(horner(jet[:order], span))
            guesses.append(abs(jet[order] * power).upper() * 4)
        tiny = arb(2) ** (-self.bits)
        # a radius has 30 bits, so a box that is to contain another needs room beyond its rounding
        room = [r.rad() * _ROOM + tiny * (r.abs_upper() + tiny) for r in ranges]
        for _ in range(3):
            box = [r + arb(0, g + s) for r, g, s in zip(ranges, guesses, room, strict=True)]
            top = self.system.program.taylor(box, order)
            remainder = [power * jet[order] for jet in top[:n]]
            if not all(r.is_finite() for r in remainder):
                return None, None
            inside = (
                b.contains_interior(r + HALF * e)
                for b, r, e in zip(box, ranges, remainder, strict=True)
            )
            if all(inside):
                return box, remainder
            guesses = [2 * e.abs_upper() + g for e, g in zip(remainder, guesses, strict=True)]
        return None, None

    def _transport(self, around: list[list[arb]], h: arb, order: int) -> tuple[arb_mat, bool]:
        """DT([x]) = Σ h^k V_k, where V_{k+1} = (1/(k+1)) Σ_j A_j V_{k−j} and A is the Jacobian of
        f; and whether a wide set together with a long step made it far wider than A is.
        """
        program = self.system.variational
        n = program.inputs
        zero = arb(0)
        entries = [None if out is None else around[out] for out in program.outputs[n:]]
        rows = [arb_mat(n, n, [e[k] if e else zero for e in entries]) for k in range(order - 1)]
        total, factor = identity(n), arb(1)
        terms = [total]
        for k in range(order - 1):
            moved = rows[0] * terms[k]
            for j in range(1, k + 1):
                moved += rows[j] * terms[k - j]
            terms.append(moved / arb(k + 1))
            factor *= h
            total = total + terms[-1] * factor
        allowed = max(_ROOM, 2 * h * _roughness(rows[0]), key=float)
        return total, not _roughness(total) <= allowed


def _roughness(matrix: arb_mat) -> arb:
    """The largest row sum of the radii."""
    return max((sum(x.rad() for x in row) for row in matrix.tolist()), key=float).mid()


def horner(coefficients: list[arb], h: arb) -> arb:
    """Σ coefficients_k h^k."""
    value = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        value = coefficient + h * value
    return value


def exact(value: Fraction) -> arb:
    """The ball of a rational at the working precision."""
    return arb(fmpq(value.numerator, value.denominator))


def magnitude(value: arb) -> float:
    """The binary exponent of the largest absolute value in a ball; −∞ for the ball 0."""
    top = value.abs_upper()
    if not top.is_finite():
        return inf
    mantissa, exponent = top.man_exp()
    return int(exponent) + mantissa.bit_length() if mantissa else -inf


def _log2(value: Fraction) -> float:
    return _log2_int(value.numerator) - _log2_int(value.denominator)


def _log2_int(value: int) -> float:
    """log2 of a positive integer of any length, to a few digits: it only guides the search."""
    shift = max(value.bit_length() - 53, 0)
    return shift + log2(value >> shift)


def _dyadic(exponent: float) -> Fraction:
    """2^exponent rounded down to 10 significant bits: short step lengths keep times short."""
    whole = floor(exponent)
    mantissa = int(2.0 ** (exponent - whole + 9))
    return Fraction(mantissa) * Fraction(2) ** (whole - 9)
