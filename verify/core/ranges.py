"""Ranges that a conjecture quantifies over, and the domain they span.

The parameters are assigned in the order in which they are written, each ascending, so the
first assignment at which a relation fails is the smallest one: smallest first parameter,
then smallest second one, and so on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, islice
from random import Random
from typing import Any, final

from verify.core.bounds import Bound, as_text, call, parameters
from verify.core.domain import Domain, ParameterSet, is_prime

Assignment = Mapping[str, int]

# A first parameter without an upper bound is sampled among this many of its smallest values.
_SAMPLED_PREFIX = 1000
# The search for the next assignment that meets the hypotheses is given up after this many.
_MOST_CANDIDATES = 100_000


class Sparse(LookupError):
    """The hypotheses exclude so much that the search for assignments was given up."""


class Range(ABC):
    """The values of one parameter, which may depend on the parameters written before it."""

    @abstractmethod
    def values(self, before: Assignment) -> Iterator[int]:
        """The values, ascending."""

    @abstractmethod
    def contains(self, value: Any, before: Assignment) -> bool:
        """Whether a value is in the range."""

    @abstractmethod
    def describe(self, names: tuple[str, ...]) -> str:
        """The range as text; names are the parameters written before."""

    @property
    @abstractmethod
    def bounded(self) -> bool:
        """Whether the range has an upper end."""

    @property
    def formal(self) -> bool:
        """Whether the parameter enters a relation as a formal symbol instead of a number."""
        return False

    def depends_on(self) -> tuple[str, ...]:
        """The parameters that the bounds name."""
        return ()

    def pick(self, random: Random, before: Assignment) -> int | None:
        """A value at random; None when the range is empty."""
        values = list(islice(self.values(before), None if self.bounded else _SAMPLED_PREFIX))
        return random.choice(values) if values else None


@final
@dataclass(frozen=True, kw_only=True)
class Ints(Range):
    """Integers or primes from start to stop, both included; stop None means without end."""

    start: Bound
    stop: Bound | None
    step: int
    prime: bool

    def values(self, before: Assignment) -> Iterator[int]:
        start = _at(self.start, before)
        stop = None if self.stop is None else _at(self.stop, before)
        numbers = count(start, self.step) if stop is None else range(start, stop + 1, self.step)
        return filter(is_prime, numbers) if self.prime else iter(numbers)

    def contains(self, value: Any, before: Assignment) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        start = _at(self.start, before)
        return (
            value >= start
            and (value - start) % self.step == 0
            and (self.stop is None or value <= _at(self.stop, before))
            and (not self.prime or is_prime(value))
        )

    def describe(self, names: tuple[str, ...]) -> str:
        start, stop = (None if b is None else as_text(b) for b in (self.start, self.stop))
        span = f"≥ {start}" if stop is None else f"{start}…{stop}"
        span = f"primes {span}" if self.prime else span
        return span if self.step == 1 else f"{span} step {self.step}"

    @property
    def bounded(self) -> bool:
        return self.stop is not None

    def depends_on(self) -> tuple[str, ...]:
        bounds = (b for b in (self.start, self.stop) if callable(b))
        return tuple(n for b in bounds for n in parameters(b))


@final
@dataclass(frozen=True)
class Angles(Range):
    """Every angle: the parameter enters the relation as a formal variable, in full turns."""

    def values(self, before: Assignment) -> Iterator[int]:
        raise TypeError("angles are not enumerated: they enter a relation formally")

    def contains(self, value: Any, before: Assignment) -> bool:
        return isinstance(value, int | Fraction) and not isinstance(value, bool)

    def describe(self, names: tuple[str, ...]) -> str:
        return "all angles"

    @property
    def bounded(self) -> bool:
        return True

    @property
    def formal(self) -> bool:
        return True


def ints(start: Bound, stop: Bound | None = None, *, step: int = 1) -> Ints:
    """The integers start, start + step, …, up to stop (included); without end if stop is None.

    A bound may be a function of parameters written before: ``ints(1, lambda p: (p-1)//2)``.
    """
    _require_bound("ints", "start", start)
    _require_bound("ints", "stop", stop)
    if isinstance(step, bool) or not isinstance(step, int) or step < 1:
        raise TypeError(f"expected a positive int as step of ints, got {_came(step)}")
    return Ints(start=start, stop=stop, step=step, prime=False)


def primes(start: Bound = 2, stop: Bound | None = None) -> Ints:
    """The primes from start to stop, both included; without end if stop is None."""
    _require_bound("primes", "start", start)
    _require_bound("primes", "stop", stop)
    return Ints(start=start, stop=stop, step=1, prime=True)


def angles() -> Angles:
    """All angles, counted in full turns; the relation is then settled as a formal identity."""
    return Angles()


@final
@dataclass(frozen=True)
class _Joint(ParameterSet):
    """Stands for a parameter in `Domain.sets`: its values depend on the others, so that no set
    of the one parameter alone covers it."""

    def contains(self, value: Any) -> bool:
        return False

    def covers(self, other: ParameterSet) -> bool:
        return False

    def __str__(self) -> str:
        return "depends on the other parameters"


@dataclass(frozen=True)
class Ranges(Domain):
    """The domain spanned by ranges, less what the hypotheses exclude.

    where: hypotheses as text, with the predicate on the parameters it names.
    """

    ranges: Mapping[str, Range] = field(default_factory=dict)
    where: Mapping[str, Callable[..., bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sets", dict.fromkeys(self.ranges, _Joint()))
        written: list[str] = []
        for name, values in self.ranges.items():
            for other in values.depends_on():
                if other not in written:
                    raise TypeError(
                        f"the range of {name!r} depends on {other!r}, which is not an earlier "
                        f"integer parameter; written before it: {', '.join(written) or 'none'}"
                    )
            if not values.bounded and written:
                raise TypeError(
                    f"the range of {name!r} has no upper end: only the first parameter may be "
                    "unbounded, otherwise no other value of the first is ever reached; give it a "
                    "stop"
                )
            if not values.formal:
                written.append(name)

    @property
    def formal(self) -> dict[str, str]:
        """The formal symbols among the parameters, with their sort."""
        return {n: "angle" for n, r in self.ranges.items() if r.formal}

    @property
    def numeric(self) -> dict[str, Range]:
        """The parameters that take integer values."""
        return {n: r for n, r in self.ranges.items() if not r.formal}

    def assignments(self) -> Iterator[dict[str, int]]:
        """The assignments of the integer parameters that meet the hypotheses, smallest first.

        Raises:
            Sparse: after many candidates in a row that meet no hypothesis, so that hypotheses
                which nothing satisfies do not search for ever.
        """
        idle = 0
        for assignment in self._grid_from({}, tuple(self.numeric.items())):
            idle += 1
            if assignment is not None and self._meets(assignment):
                idle = 0
                yield assignment
            if idle >= _MOST_CANDIDATES:
                raise Sparse(f"{idle} assignments in a row meet no hypothesis")

    def sample(self, seed: int, size: int) -> list[dict[str, int]]:
        """At most `size` different assignments, drawn with the seed, in ascending order."""
        random = Random(seed)
        found: dict[tuple[int, ...], dict[str, int]] = {}
        for _ in range(20 * size):  # dependent ranges may be empty, hypotheses may exclude
            assignment: dict[str, int] = {}
            for name, values in self.numeric.items():
                value = values.pick(random, assignment)
                if value is None:
                    break
                assignment[name] = value
            if len(assignment) == len(self.numeric) and self._meets(assignment):
                found[tuple(assignment.values())] = assignment
            if len(found) == size:
                break
        return [found[key] for key in sorted(found)]

    def covers(self, other: Domain) -> bool:
        if other.points is not None:
            return all(self.admits(dict(point)) for point in other.points)
        return self == other

    def admits(self, point: Mapping[str, Any]) -> bool:
        before: dict[str, int] = {}
        for name, values in self.ranges.items():
            if name not in point or not values.contains(point[name], before):
                return False
            before[name] = point[name]
        return self._meets(before)

    def _meets(self, assignment: Assignment) -> bool:
        return all(call(predicate, assignment) for predicate in self.where.values())

    def _grid_from(
        self, before: dict[str, int], rest: tuple[tuple[str, Range], ...]
    ) -> Iterator[dict[str, int] | None]:
        """All assignments, and a None for every empty range met on the way."""
        if not rest:
            yield before
            return
        (name, values), *others = rest
        empty = True
        for value in values.values(before):
            empty = False
            yield from self._grid_from({**before, name: value}, tuple(others))
        if empty:
            yield None

    def __str__(self) -> str:
        names = tuple(self.ranges)
        shown = [f"{n}: {r.describe(names[:i])}" for i, (n, r) in enumerate(self.ranges.items())]
        return "; ".join([*shown, *self.where])


@dataclass(frozen=True)
class Listed(Domain):
    """The smallest assignments of some ranges, each with every value of the formal symbols."""

    assignments: tuple[Assignment, ...] = ()
    formal: tuple[str, ...] = ()

    def covers(self, other: Domain) -> bool:
        """Whether these are all the assignments of the other domain, which must be `Ranges`."""
        if not isinstance(other, Ranges) or not set(other.formal) <= set(self.formal):
            return False
        listed = {tuple(a.items()) for a in self.assignments}
        try:
            return all(tuple(a.items()) in listed for a in other.assignments())
        except Sparse:
            return False

    def __str__(self) -> str:
        shown = [show(a) for a in self.assignments if a]
        if len(shown) > 4:
            shown = [f"the {len(shown)} smallest: {shown[0]}", "…", shown[-1]]
        else:
            shown = ["; ".join(shown)] if shown else []
        if self.formal:
            shown.append(f"all angles {', '.join(self.formal)}")
        return " ".join(shown) or "no parameters"


def show(assignment: Mapping[str, Any]) -> str:
    """An assignment as text: ``(p=3, w=1)``."""
    return "(" + ", ".join(f"{n}={v}" for n, v in assignment.items()) + ")"


def _at(bound: Bound, before: Assignment) -> int:
    if not callable(bound):
        return bound
    value = call(bound, before)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(
            f"expected an int as bound at {show(before)}, got {_came(value)}; "
            "divide with // instead of /"
        )
    return value


def _require_bound(maker: str, name: str, bound: Any) -> None:
    if bound is None and name == "stop":
        return
    if isinstance(bound, bool) or not (isinstance(bound, int) or callable(bound)):
        raise TypeError(
            f"expected an int or a function of earlier parameters as {name} of {maker}, "
            f"got {_came(bound)}"
        )


def _came(value: Any) -> str:
    return f"{value!r} (type={type(value).__name__})"
