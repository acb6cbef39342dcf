"""The time at which all solutions from a box cross a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from constructions.numbers import Ball
from verify.formula import Term
from verify.methods.enclosure.integrate import (
    DEFAULT,
    Observable,
    Outcome,
    Run,
    Settings,
    Walk,
    positive_time,
)
from verify.methods.enclosure.program import Singular
from verify.methods.enclosure.step import NoStep, Step, exact, horner
from verify.methods.enclosure.system import System

_SHORTEST = Fraction(1, 2**40)  # of a step near the level, relative to the end of the interval


@dataclass(frozen=True)
class Event:
    """A run up to an event.  time: encloses the event for every solution, None without success;
    assertion: what a certificate of the run may assert about it.
    """

    run: Run
    time: Ball | None = None
    assertion: Mapping[str, Any] | None = None

    @property
    def outcome(self) -> Outcome:
        """How the run ended."""
        return self.run.outcome

    @property
    def reason(self) -> str:
        """Why it ended."""
        return self.run.reason


def crossing(
    system: System,
    start: Mapping[str, Any],
    level: Term,
    *,
    until: int | Fraction | str,
    settings: Settings = DEFAULT,
) -> Event:
    """The first time at which level(x) = 0, enclosed for all solutions from the box.

    level: a term in the variables, of one sign on the initial box.  The crossing is proved to be
    the first one, and transversal: level's derivative along solutions has one sign around it.
    Otherwise the outcome is NO_CROSSING (none by the end: proved), CROSSING_UNDECIDED, or the
    reason why the enclosure itself ended.
    """
    end = positive_time(until)
    with ctx.workprec(settings.bits):
        return _Search(system, start, level, end, settings).result()


class _Search:
    def __init__(
        self,
        system: System,
        start: Mapping[str, Any],
        level: Term,
        end: Fraction,
        settings: Settings,
    ) -> None:
        self.walk = Walk(system, start, settings)
        self.level, self.end = level, end
        self.observable = Observable(system, level)
        self.sign = 0

    def result(self) -> Event:
        walk = self.walk
        try:
            first = self.observable.value(walk.here)
        except Singular as error:
            return Event(walk.run(Outcome.SINGULAR_START, f"the level: {error}"))
        if first.contains(0):
            why = f"at the start it lies in {first.str(5)}"
            return Event(walk.run(Outcome.CROSSING_UNDECIDED, why))
        self.sign = 1 if first < 0 else -1
        for step in walk.steps(self.end):
            below, rising = self._sees(step)
            if below:
                walk.longest = walk.settings.max_step
            elif rising and self._at(step.after) > 0:
                walk.undo()
                return self._refine(step)
            else:
                walk.undo()
                walk.longest = step.length / 2
                if walk.longest < _SHORTEST * self.end:
                    why = f"near time {float(walk.here.time):.6g}"
                    return Event(walk.run(Outcome.CROSSING_UNDECIDED, why))
        outcome = Outcome.NO_CROSSING if walk.outcome is Outcome.REACHED else walk.outcome
        return Event(walk.run(outcome, walk.detail))

    def _at(self, place: Any) -> arb:
        return self.sign * self.observable.value(place)

    def _sees(self, step: Step) -> tuple[bool, bool]:
        """Whether the level stays unmet during a step, and whether its approach is monotone."""
        try:
            below = self.sign * self.observable.on_box(step.box) < 0
            rising = self.sign * self.observable.rate(step.box) > 0
            return below or (rising and bool(self._at(step.after) < 0)), rising
        except Singular:
            return False, False

    def _refine(self, found: Step) -> Event:
        """Replaces a step with a crossing by one that ends before it and a short one across it."""
        walk, begin = self.walk, found.before.time
        middle = self._estimate(found)
        rate = self.sign * self.observable.rate(found.box)
        blur = self._at(found.after).rad() / rate.lower()
        half = 2 * _fraction(blur) + found.length / 2 ** (3 * self.walk.settings.bits // 4)
        count = len(walk.proved)
        while half < found.length:
            while len(walk.proved) > count:
                walk.undo()
            grain = Fraction(2) ** (half.numerator.bit_length() - half.denominator.bit_length() - 4)
            low = max((middle - half) // grain * grain, begin)  # short numbers, short certificates
            high = min((middle + half) // grain * grain + grain, begin + found.length)
            if self._advance(low) and self._advance(high, crossing=True):
                bits = walk.settings.bits
                within = walk.proved[-1]
                time = exact(within.before.time).union(exact(within.after.time))
                assertion = {
                    "crossing": self.level.node,
                    "step": len(walk.proved) - 1,
                    "direction": "up" if self.sign > 0 else "down",
                    "first": True,
                }
                run = walk.run(Outcome.CROSSED)
                return Event(run, Ball.from_arb(time, bits=bits), assertion)
            half *= 4
        why = f"near time {float(middle):.6g}"
        return Event(walk.run(Outcome.CROSSING_UNDECIDED, why))

    def _advance(self, to: Fraction, *, crossing: bool = False) -> bool:
        """Steps up to a time, staying below the level, or crossing it in one step."""
        while self.walk.here.time < to:
            try:
                step = self.walk.stepper.step(self.walk.here, to - self.walk.here.time)
            except NoStep:
                return False
            below, rising = self._sees(step)
            self.walk.take(step)
            if crossing:
                return rising and step.after.time == to and bool(self._at(step.after) > 0)
            if not below:
                return False
        return not crossing

    def _estimate(self, step: Step) -> Fraction:
        """The crossing time of the central solution, by bisection; a guess, to be proved."""
        jets = self.walk.system.program.taylor(step.before.centre, step.order)
        low, high = Fraction(0), step.length
        for _ in range(self.walk.settings.bits):
            middle = (low + high) / 2
            point = [horner(jet, exact(middle)).mid() for jet in jets[: len(step.box)]]
            if self.sign * self.observable.on_box(point) < 0:
                low = middle
            else:
                high = middle
        return step.before.time + low


def _fraction(value: arb) -> Fraction:
    mantissa, exponent = value.abs_upper().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
