"""Parameter domains and the question that decides PROVED: does the scope cover the domain?

A domain maps parameter names to sets.  The sets are few and their inclusions are decided
exactly, so that nobody has to type whether a check covered everything.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, final


class ParameterSet(ABC):
    """A set of admissible values of one parameter."""

    @abstractmethod
    def contains(self, value: Any) -> bool:
        """Whether the value is in the set."""

    @abstractmethod
    def covers(self, other: ParameterSet) -> bool:
        """Whether every element of `other` is in this set (False when that is not decidable)."""

    @abstractmethod
    def __str__(self) -> str: ...


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_prime(n: int) -> bool:
    """Trial division: moduli here are small."""
    return n >= 2 and all(n % d for d in range(2, int(n**0.5) + 1))


@final
@dataclass(frozen=True)
class Finite(ParameterSet):
    """A listed set of values (integers, tuples, names)."""

    values: tuple[Any, ...]

    def __init__(self, values: Iterable[Any]) -> None:
        unique = list(dict.fromkeys(values))
        object.__setattr__(self, "values", tuple(unique))

    def contains(self, value: Any) -> bool:
        return value in self.values

    def covers(self, other: ParameterSet) -> bool:
        if isinstance(other, Finite):
            return all(self.contains(v) for v in other.values)
        if isinstance(other, Progression) and other.stop is not None:
            return all(self.contains(v) for v in other.elements())
        return False

    def __str__(self) -> str:
        if len(self.values) > 12:
            return f"{len(self.values)} values {self.values[0]}…{self.values[-1]}"
        return "{" + ", ".join(map(str, self.values)) + "}"


@final
@dataclass(frozen=True)
class Progression(ParameterSet):
    """start, start + step, …, up to stop (inclusive), or for ever when stop is None."""

    start: int
    step: int = 1
    stop: int | None = None

    def contains(self, value: Any) -> bool:
        return (
            _is_int(value)
            and value >= self.start
            and (value - self.start) % self.step == 0
            and (self.stop is None or value <= self.stop)
        )

    def elements(self) -> Iterable[int]:
        """The elements of a bounded progression."""
        if self.stop is None:
            raise ValueError(f"{self} is infinite; give it a stop")
        return range(self.start, self.stop + 1, self.step)

    def covers(self, other: ParameterSet) -> bool:
        if isinstance(other, Finite):
            return all(self.contains(v) for v in other.values)
        if isinstance(other, Progression):
            if other.stop is not None:
                return all(self.contains(v) for v in other.elements())
            return self.stop is None and other.step % self.step == 0 and self.contains(other.start)
        if isinstance(other, Primes):
            # Primes from `minimum` on are all integers ≥ minimum of either parity class.
            if self.stop is not None:
                return other.maximum is not None and all(map(self.contains, other.elements()))
            odd = self.step == 2 and self.start % 2 == 1 and other.minimum >= 3
            return (self.step == 1 or odd) and self.start <= other.minimum
        return False

    def __str__(self) -> str:
        if self.stop is not None:
            inner = f"{self.start}…{self.stop}"
            return inner if self.step == 1 else f"{inner} step {self.step}"
        if self.step == 1:
            return f"≥ {self.start}"
        if self.step == 2:
            return f"{'odd' if self.start % 2 else 'even'} ≥ {self.start}"
        return f"{self.start}, {self.start + self.step}, …"


@final
@dataclass(frozen=True)
class Primes(ParameterSet):
    """The primes in [minimum, maximum]; all from minimum on when maximum is None."""

    minimum: int = 2
    maximum: int | None = None

    def contains(self, value: Any) -> bool:
        return (
            _is_int(value)
            and is_prime(value)
            and value >= self.minimum
            and (self.maximum is None or value <= self.maximum)
        )

    def elements(self) -> Iterable[int]:
        """The elements of a bounded set of primes."""
        if self.maximum is None:
            raise ValueError(f"{self} is infinite; give it a maximum")
        return [n for n in range(self.minimum, self.maximum + 1) if is_prime(n)]

    def covers(self, other: ParameterSet) -> bool:
        if isinstance(other, Finite):
            return all(self.contains(v) for v in other.values)
        if isinstance(other, Primes):
            if other.maximum is not None:
                return all(self.contains(v) for v in other.elements())
            return self.maximum is None and self.minimum <= other.minimum
        return False

    def __str__(self) -> str:
        top = "" if self.maximum is None else f" ≤ {self.maximum}"
        return f"primes ≥ {self.minimum}{top}"


@final
@dataclass(frozen=True)
class Whole(ParameterSet):
    """Everything that a name denotes: "all networks", "all real phases"."""

    name: str

    def contains(self, value: Any) -> bool:
        return True

    def covers(self, other: ParameterSet) -> bool:
        return isinstance(other, Whole | Sample) and other.name == self.name

    def __str__(self) -> str:
        return f"all {self.name}"


@final
@dataclass(frozen=True)
class Sample(ParameterSet):
    """`count` sampled elements of what a name denotes; covers nothing."""

    name: str
    count: int

    def contains(self, value: Any) -> bool:
        return False

    def covers(self, other: ParameterSet) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.count} sampled {self.name}"


def odd(minimum: int = 3) -> Progression:
    """Odd integers from an odd minimum on."""
    if minimum % 2 == 0:
        raise ValueError(f"expected an odd minimum, got {minimum}")
    return Progression(minimum, 2)


def even(minimum: int = 2) -> Progression:
    """Even integers from an even minimum on."""
    if minimum % 2:
        raise ValueError(f"expected an even minimum, got {minimum}")
    return Progression(minimum, 2)


def at_least(minimum: int) -> Progression:
    """All integers from minimum on."""
    return Progression(minimum)


@dataclass(frozen=True)
class Domain:
    """A product of parameter sets, or a finite list of points in one.

    points: when given, the scope is exactly these parameter assignments.
    """

    sets: Mapping[str, ParameterSet] = field(default_factory=dict)
    points: tuple[tuple[tuple[str, Any], ...], ...] | None = None

    @staticmethod
    def of(**sets: ParameterSet) -> Domain:
        """A product domain."""
        return Domain(dict(sets))

    @staticmethod
    def at(*points: Mapping[str, Any]) -> Domain:
        """A finite list of parameter assignments."""
        return Domain({}, tuple(tuple(sorted(p.items())) for p in points))

    def covers(self, other: Domain) -> bool:
        """Whether every assignment that `other` admits is admitted here.

        A parameter that `other` restricts and this domain does not mention is *not*
        covered: a check that forgets a quantifier must not count as covering it.
        """
        if other.points is not None:
            return all(self.admits(dict(point)) for point in other.points)
        if self.points is not None:
            grid = other._grid()
            return grid is not None and all(
                tuple(sorted(point.items())) in self.points for point in grid
            )
        return all(n in self.sets and self.sets[n].covers(s) for n, s in other.sets.items())

    def admits(self, point: Mapping[str, Any]) -> bool:
        """Whether an assignment of (at least) this domain's parameters lies in it."""
        if self.points is not None:
            return tuple(sorted(point.items())) in self.points
        return all(n in point and s.contains(point[n]) for n, s in self.sets.items())

    def _grid(self) -> list[dict[str, Any]] | None:
        grid: list[dict[str, Any]] = [{}]
        for name, values in self.sets.items():
            if isinstance(values, Finite):
                elements = values.values
            elif isinstance(values, Progression) and values.stop is not None:
                elements = tuple(values.elements())
            else:
                return None
            grid = [{**point, name: value} for point in grid for value in elements]
        return grid

    def __str__(self) -> str:
        if self.points is not None:
            shown = ["(" + ", ".join(f"{n}={v}" for n, v in p) + ")" for p in self.points]
            if len(shown) > 8:
                return f"{len(shown)} points: {shown[0]} … {shown[-1]}"
            return ", ".join(shown) or "no parameters"
        return "; ".join(f"{n} {s}" for n, s in self.sets.items()) or "no parameters"
