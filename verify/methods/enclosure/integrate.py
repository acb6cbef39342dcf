"""Enclosing a trajectory step by step, and saying why when that is no longer possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil
from numbers import Rational
from typing import Any

from flint import arb, ctx

from constructions.numbers import Ball
from verify.formula import Term
from verify.methods.enclosure.program import Singular, compile_terms
from verify.methods.enclosure.sets import FlowSet, column
from verify.methods.enclosure.step import NoStep, Step, Stepper, magnitude
from verify.methods.enclosure.system import System, enclosing


class Outcome(Enum):
    """How an enclosure ended; the values are the messages."""

    REACHED = "every solution from the box exists up to the end and is enclosed there"
    CROSSED = "every solution from the box first crosses the level at a time enclosed here"
    BLEW_UP = "every solution from the box blows up at a time enclosed here"
    STOPPED = "the caller's condition holds on the whole enclosure"
    SINGULAR_START = "the field is not analytic on the initial box"
    NO_STEP = "no further step could be proved"
    TOO_WIDE = "the enclosure became wider than allowed: start from smaller boxes"
    TOO_MANY_STEPS = "the end was not reached within the allowed number of steps"
    NO_CROSSING = "no solution reaches the level by the end"
    CROSSING_UNDECIDED = "the level was met, but neither crossed for certain nor avoided"
    NO_TAIL = "no trapping box for the tail was found"
    OUTSIDE_CLASS = "the equation is outside the class that this method treats"

    @property
    def success(self) -> bool:
        """Whether the enclosure is what was asked for."""
        return self in (Outcome.REACHED, Outcome.CROSSED, Outcome.BLEW_UP, Outcome.STOPPED)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """bits: working precision.  tolerance: the truncation error allowed in a step, relative to
    the size of the state; by default 2^(−3·bits/4).  max_width (≤ 1): the enclosure is given up
    when it is wider than this, relative to the size of the state.  max_step: an upper limit on step
    lengths; shorter steps have tighter a-priori boxes, for assertions on all times.
    """

    bits: int = 128
    tolerance: Fraction | None = None
    max_steps: int = 5000
    max_width: Fraction = Fraction(1)
    max_step: Fraction | None = None

    @property
    def target(self) -> float:
        """log2 of the tolerance."""
        if self.tolerance is None:
            return -0.75 * self.bits
        tolerance = Fraction(self.tolerance)
        return tolerance.numerator.bit_length() - tolerance.denominator.bit_length()

    @property
    def largest_order(self) -> int:
        """Orders beyond this do not pay: the best order grows with the digits asked for."""
        return max(10, ceil(-self.target * 0.6) + 2)


DEFAULT = Settings()


@dataclass(frozen=True)
class Run:
    """An enclosure of all solutions from an initial box, as far as it was proved.

    initial: the ends of the initial box, exact.  steps: proved steps in order; they are valid
    whatever the outcome.  reason: the outcome's
    message with what happened here.
    """

    system: System
    settings: Settings
    initial: tuple[tuple[Fraction, Fraction], ...]
    start: FlowSet
    steps: tuple[Step, ...]
    outcome: Outcome
    detail: str = ""

    @property
    def reason(self) -> str:
        """Why it ended."""
        return self.outcome.value + (f" ({self.detail})" if self.detail else "")

    @property
    def end_set(self) -> FlowSet:
        """The last set that was reached."""
        return self.steps[-1].after if self.steps else self.start

    @property
    def time(self) -> Fraction:
        """Its time."""
        return self.end_set.time

    @property
    def end(self) -> dict[str, Ball]:
        """The state there, by name."""
        return self.state(self.end_set)

    def state(self, at: FlowSet) -> dict[str, Ball]:
        """Balls that contain every variable on a set."""
        bits = self.settings.bits
        with ctx.workprec(bits):
            hull = at.hull()
        pairs = zip(self.system.variables, hull, strict=True)
        return {name: Ball.from_arb(value, bits=bits) for name, value in pairs}

    def value(self, term: Term, at: FlowSet | None = None) -> Ball:
        """A ball that contains the term's value on a set (the last one by default)."""
        bits = self.settings.bits
        with ctx.workprec(bits):
            return Ball.from_arb(Observable(self.system, term).value(at or self.end_set), bits=bits)


class Observable:
    """A function of the state, compiled: enclosed on sets with the help of its gradient."""

    def __init__(self, system: System, term: Term) -> None:
        self.program = compile_terms([term], system.variables)
        self.gradient = self.program.with_jacobian()
        field = system.program
        self._rate = compile_terms([*system.field, term], system.variables).with_jacobian()
        self._n = field.inputs

    def on_box(self, box: list[arb] | tuple[arb, ...]) -> arb:
        """Its range on a box.  Raises Singular."""
        return self.program.values(box)[0]

    def value(self, at: FlowSet) -> arb:
        """Its range on a set: the natural and the mean value form, intersected."""
        hull = at.hull()
        natural, *slopes = self.gradient.values(hull)
        middle = self.program.values(at.centre)[0]
        row = column(slopes).transpose()
        change = row * at.spread * column(at.initial) + row * at.frame * column(at.radii)
        tight = middle + change.entries()[0]
        return natural.intersection(tight)

    def rate(self, box: list[arb] | tuple[arb, ...]) -> arb:
        """The range of its derivative along solutions, on a box."""
        values = self._rate.values(box)
        n = self._n
        slopes = values[n + 1 + n * n :]
        return sum((s * f for s, f in zip(slopes, values[:n], strict=True)), arb(0))


def integrate(
    system: System,
    start: Mapping[str, Any],
    *,
    until: int | Fraction | str,
    stop: Callable[[list[arb]], bool] | None = None,
    settings: Settings = DEFAULT,
) -> Run:
    """Encloses all solutions from an initial box on [0, until].

    start: exact numbers, balls or pairs (low, high), by variable.  until: exact.  stop: looked at
    after each step with the hull of the set; True ends the run with STOPPED.

    A failure is a `Run` whose outcome says so, with the steps that were proved before it.
    Raises ValueError and TypeError for a malformed start or end only.
    """
    end = positive_time(until)
    with ctx.workprec(settings.bits):
        walk = Walk(system, start, settings)
        for _ in walk.steps(end):
            if stop is not None and stop(walk.here.hull()):
                return walk.run(Outcome.STOPPED)
        return walk.run(walk.outcome, walk.detail)


class Walk:
    """The steps of a run as they are proved; methods that need more than the end drive it."""

    def __init__(self, system: System, start: Mapping[str, Any], settings: Settings) -> None:
        self.system, self.settings = system, settings
        self.initial = system.ends(start, bits=settings.bits)
        box = [enclosing(*pair) for pair in self.initial]
        self.start = self.here = FlowSet.box(Fraction(0), box)
        self.proved: list[Step] = []
        self.outcome, self.detail = Outcome.REACHED, ""
        self.longest = settings.max_step  # events shorten the steps near a level
        self.stepper = Stepper(
            system,
            bits=settings.bits,
            target=settings.target,
            largest_order=settings.largest_order,
        )

    def steps(self, end: Fraction) -> Iterator[Step]:
        """Proves steps up to a time; afterwards `outcome` says how it ended."""
        try:
            self.system.variational.values(self.here.hull())
        except Singular as error:
            self._fail(Outcome.SINGULAR_START, str(error))
            return
        while self.here.time < end:
            if len(self.proved) >= self.settings.max_steps:
                self._fail(Outcome.TOO_MANY_STEPS, f"{self.settings.max_steps} steps")
                return
            if self._too_wide():
                return
            try:
                limit = end - self.here.time
                limit = min(limit, self.longest) if self.longest else limit
                step = self.stepper.step(self.here, limit)
            except NoStep as error:
                self._fail(Outcome.NO_STEP, str(error))
                return
            self.take(step)
            yield step
        self.outcome = Outcome.REACHED

    def take(self, step: Step) -> None:
        """Appends a proved step."""
        self.proved.append(step)
        self.here = step.after

    def undo(self) -> None:
        """Takes the last step back."""
        self.here = self.proved.pop().before

    def run(self, outcome: Outcome, detail: str = "") -> Run:
        """What has been proved, with an outcome."""
        steps = tuple(self.proved)
        return Run(self.system, self.settings, self.initial, self.start, steps, outcome, detail)

    def _fail(self, outcome: Outcome, why: str) -> None:
        self.outcome = outcome
        self.detail = f"{why}, at time {float(self.here.time):.6g}"

    def _too_wide(self) -> bool:
        hull = self.here.hull()
        # Relative to the largest variable; near 0, where nothing is relative, to 2^(−bits/2).
        size = max(max(magnitude(x) for x in hull), -self.settings.bits / 2)
        limit = arb(2) ** int(size) * arb(
            self.settings.max_width.numerator
        ) / self.settings.max_width.denominator
        wide = [
            (name, x)
            for name, x, still in zip(
                self.system.variables, hull, self.system.program.still, strict=True
            )
            if not still and not 2 * x.rad() <= limit
        ]
        if wide and self.proved:
            name, x = wide[0]
            self._fail(Outcome.TOO_WIDE, f"{name} lies in {x.str(4)}")
        return bool(wide and self.proved)


def positive_time(until: Any) -> Fraction:
    """An exact positive time."""
    if isinstance(until, str):
        until = Fraction(until)
    if isinstance(until, bool) or not isinstance(until, Rational) or until <= 0:
        raise TypeError(
            f"expected a positive int, Fraction or string such as '1/3' for the end of the time "
            f"interval, got {until!r} (type={type(until).__name__})"
        )
    return Fraction(until)
