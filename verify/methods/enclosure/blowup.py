"""The blow-up time of all solutions from a box, by a trapping box for the tail.

In weighted coordinates y_i = x_i/v^{a_i}, where v is a power of a leading variable, a polynomial
field becomes y' = F(y, 1/v), and v' = v^{1+m}·G(y, 1/v).  When the state has entered a box that y
cannot leave, G is enclosed for all later times, and so is the time that is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, ctx

from constructions.numbers import Ball
from verify.checker.interval import Interval
from verify.checker.jets import Program as CheckerProgram
from verify.checker.limits import Rejected
from verify.checker.tail import graded_rates, remaining_time
from verify.methods.enclosure.events import Event
from verify.methods.enclosure.integrate import DEFAULT, Outcome, Settings, Walk, positive_time
from verify.methods.enclosure.system import System, enclosing

_SCALES = (1.05, 1.5, 3.0, 10.0, 50.0)


def blow_up(
    system: System,
    start: Mapping[str, Any],
    *,
    leader: str,
    weights: Mapping[str, int],
    degree: int,
    until: int | Fraction | str,
    width: Fraction = Fraction(1, 10**9),
    settings: Settings = DEFAULT,
) -> Event:
    """The time at which all solutions from a box leave every bounded set, enclosed.

    leader: a variable that tends to +∞; weights: a_i ≥ 0 with x_i ~ v^{a_i}, where v is the leader
    to the power 1/a_leader, a_leader being 1 or 2; degree m ≥ 1: v' ~ v^{1+m}.  The directions
    x_i/v^{a_i} must tend to limits that attract in these coordinates: choose variables without
    neutral directions.  width: the run goes on until the time is known this well, relatively, or as
    long as it can: the narrowest enclosure is returned, so look at it after a wide start.

    Without success the outcome is NO_TAIL, OUTSIDE_CLASS (the field is not polynomial, or has a
    monomial of too much weight), or the reason why the enclosure itself ended.
    """
    end = positive_time(until)
    with ctx.workprec(settings.bits):
        walk = Walk(system, start, settings)
        try:
            tail = Tail(system, leader, weights, degree, settings.bits)
        except Rejected as error:
            return Event(walk.run(Outcome.OUTSIDE_CLASS, str(error)))
        best: Event | None = None
        reached = 0.0
        for _ in walk.steps(end):
            size = float(walk.here.centre[tail.leader])
            if size < 1.5 * reached or size <= 0:
                continue
            reached = size
            found = tail.time_left([_interval(x, settings.bits) for x in walk.here.hull()])
            if found is None:
                continue
            spec, low, high = found
            low, high = low + walk.here.time, high + walk.here.time
            if best is None or high - low < _width(best.time):
                time = Ball.from_arb(enclosing(low, high), bits=settings.bits)
                best = Event(walk.run(Outcome.BLEW_UP), time, {"blow-up": spec})
            if high - low <= width * low:
                break
        if best is not None:
            return best
        reached_end = walk.outcome is Outcome.REACHED
        return Event(walk.run(Outcome.NO_TAIL if reached_end else walk.outcome,
                              f"{tail.why}; {walk.detail}" if walk.detail else tail.why))


class Tail:
    """Proposes trapping boxes for one system; `verify.checker.tail` decides."""

    def __init__(
        self, system: System, leader: str, weights: Mapping[str, int], degree: int, bits: int
    ) -> None:
        names = list(system.variables)
        if leader not in names or set(weights) != set(names) - set(system.constants):
            raise ValueError(
                f"expected a leader and weights among the variables {', '.join(names)}; got leader "
                f"{leader!r} and weights of {', '.join(sorted(weights)) or 'none'}"
            )
        self.names, self.bits, self.leader = names, bits, names.index(leader)
        self.weights = [weights.get(name, 0) for name in names]
        self.degree = degree
        self.field = CheckerProgram(names, [term.node for term in system.field])
        self.moving = [
            i for i, still in enumerate(system.program.still) if not still and i != self.leader
        ]
        self.why = "the leader never grew"
        self._rates([Fraction(1)] * len(names))  # refuses a field outside the class

    def time_left(
        self, here: Sequence[Interval]
    ) -> tuple[dict[str, Any], Fraction, Fraction] | None:
        """A tail for a box, with bounds of the time that is left; None (see `why`) without one."""
        try:
            limit, shape, start = self._shape(here)
        except (ArithmeticError, np.linalg.LinAlgError, ValueError) as error:
            self.why = f"no attracting direction: {error}"
            return None
        for scale in _SCALES:
            box = []
            for i, x in enumerate(here):
                if i == self.leader:
                    box.append(["1", "1"])
                elif i not in self.moving:
                    box.append([str(end) for end in x.ends()])
                else:
                    radius = Fraction(scale * shape[i])
                    ends = Fraction(limit[i]) - radius, Fraction(limit[i]) + radius
                    box.append([str(min(ends[0], start[i][0])), str(max(ends[1], start[i][1]))])
            spec = {
                "leader": self.names[self.leader],
                "weights": self.weights,
                "degree": self.degree,
                "box": box,
            }
            try:
                return spec, *remaining_time(self.field, self.names, list(here), spec)
            except Rejected as error:
                self.why = str(error)
        return None

    def _rates(self, y: Sequence[Fraction]) -> list[float]:
        """F at a point y and 1/v = 0."""
        point = [Interval.of(x, x, self.bits) for x in y]
        zero = Interval(0, 0, self.bits)
        rates = graded_rates(self.field, self.weights, self.degree, point, zero)
        return [float(sum(r.ends()) / 2) for r in rates]

    def _drift(self, y: np.ndarray) -> np.ndarray:
        """dy/dτ at 1/v = 0, for the moving variables."""
        rates = self._rates([Fraction(float(x)) for x in y])
        j, a = self.leader, self.weights
        return np.array([rates[i] - a[i] / a[j] * y[i] * rates[j] for i in self.moving])

    def _shape(self, here: Sequence[Interval]):
        """The limit direction, the shape of a trapping box, and the range of the start.

        With D the Jacobian's diagonal and |N| the absolute values of the rest, a box with radii r
        is trapping to first order when (D + |N|) r < 0.
        """
        j, moving = self.leader, self.moving
        if here[j].lo <= 0:
            raise ValueError("the leader is not positive")
        speed = here[j] if self.weights[j] == 1 else here[j].sqrt()
        inverse = speed.constant(Fraction(1)) / speed
        start: dict[int, tuple[Fraction, Fraction]] = {}
        y = np.ones(len(here))
        for i, x in enumerate(here):
            for _ in range(self.weights[i] if i != j else 0):
                x = x * inverse
            if i != j:
                low, high = x.ends()
                room = Fraction(1, 2 ** (self.bits // 2))  # another order of rounding must fit in
                start[i] = low - room, high + room
                y[i] = float(sum(x.ends()) / 2)
        at_start = y.copy()
        for _ in range(20 if moving else 0):
            jacobian = self._jacobian(y)
            change = np.linalg.solve(jacobian, -self._drift(y))
            y[moving] += change
            if np.max(np.abs(change)) < 1e-14 * np.max(np.abs(y)):
                break
        shape = np.zeros(len(here))
        if moving:
            jacobian = self._jacobian(y)
            comparison = np.abs(jacobian)
            np.fill_diagonal(comparison, np.diagonal(jacobian))
            direction = np.linalg.solve(comparison, -np.ones(len(moving)))
            if not np.all(direction > 0):
                raise ValueError("the directions do not attract in these coordinates")
            distance = np.abs(at_start - y)[moving] + 2.0**-50
            shape[moving] = direction * np.max(distance / direction)
        return y, shape, start

    def _jacobian(self, y: np.ndarray) -> np.ndarray:
        step, columns = 2.0**-20, []
        for i in self.moving:
            forward, backward = y.copy(), y.copy()
            forward[i], backward[i] = y[i] + step, y[i] - step
            columns.append((self._drift(forward) - self._drift(backward)) / (2 * step))
        return np.array(columns).T


def _interval(x: arb, bits: int) -> Interval:
    ball = Ball.from_arb(x, bits=bits)
    return Interval.of(ball.lower(), ball.upper(), bits)


def _width(ball: Ball) -> Fraction:
    return ball.upper() - ball.lower()
