"""What an `ode-enclosure` may assert about its sets and boxes; see docs/certificates.md."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from .interval import Interval, pair_of
from .jets import Program
from .limits import require
from .tail import remaining_time

_ORDER = {"<": lambda d: d.hi < 0, "<=": lambda d: d.hi <= 0,
          ">": lambda d: d.lo > 0, ">=": lambda d: d.lo >= 0}


@dataclass(frozen=True)
class History:
    """Verified steps.  nodes: the field's terms; sets[i] at times[i], boxes[i] from there to
    times[i + 1]; a set has `hull()` and `range_of(program)`.
    """

    names: list[str]
    nodes: list
    field: Program
    sets: list
    boxes: list[list[Interval]]
    times: list[Fraction]

    def confirm(self, assertion: object) -> str:
        """Says what was confirmed, with its time; rejects what is not certain."""
        require(isinstance(assertion, dict), "an assertion is an object")
        keys = set(assertion)
        if keys == {"at", "holds"}:
            i = self._index(assertion["at"], len(self.boxes))
            require(relation(assertion["holds"], self.names, self.sets[i].range_of),
                    f"not certain at time {self.times[i]}: {{}}", assertion["holds"])
            return f"at {self.times[i]}"
        if keys == {"during", "holds"}:
            return self._during(assertion["during"], assertion["holds"])
        if keys == {"crossing", "step", "direction", "first"}:
            return self._crossing(**assertion)
        require(keys == {"blow-up", "between"}, "unknown assertion with keys {}", sorted(keys))
        first, last = pair_of(assertion["between"])
        low, high = remaining_time(self.field, self.names, self.sets[-1].hull(),
                                   assertion["blow-up"])
        low, high = self.times[-1] + low, self.times[-1] + high
        require(first <= low and high <= last,
                f"the blow-up time is only known to lie in [{low}, {high}]")
        return f"blows up between {first} and {last}"

    def _index(self, i: object, top: int) -> int:
        require(type(i) is int and 0 <= i <= top, f"an index lies in 0..{top}, got {{}}", i)
        return i

    def _during(self, span: object, node: object) -> str:
        require(isinstance(span, list) and len(span) == 2, "during lists two indices")
        first, last = (self._index(i, len(self.boxes)) for i in span)
        require(first < last, "during needs two indices in order")
        for i in range(first, last):
            require(relation(node, self.names, lambda p, i=i: p.values(self.boxes[i])[0]),
                    f"not certain in step {i}: {{}}", node)
        return f"from {self.times[first]} to {self.times[last]}"

    def _crossing(self, crossing: object, step: object, direction: object, first: object) -> str:
        i = self._index(step, len(self.boxes) - 1)
        require(direction in ("up", "down") and type(first) is bool,
                "direction is up or down, first is true or false")
        level = _Level(self.names, self.nodes, crossing, 1 if direction == "up" else -1)
        before, after = (s.range_of(level.term) for s in self.sets[i : i + 2])
        span = f"between times {self.times[i]} and {self.times[i + 1]}"
        require(before.hi < 0 < after.lo, f"the level is not crossed {span}")
        require(level.rises(self.boxes[i]), "the crossing may be tangential")
        for s in range(i if first else 0):
            # below the level all along, or rising to an end that is below it
            box, end = self.boxes[s], self.sets[s + 1]
            require(level.term.values(box)[0].hi < 0
                    or (level.rises(box) and end.range_of(level.term).hi < 0),
                    f"an earlier crossing is not excluded in step {s}")
        return f"crosses {span}"


class _Level:
    """A term (times a sign) that is followed through 0, with its derivative along solutions."""

    def __init__(self, names: list[str], field: list, node: object, sign: int) -> None:
        signed = {"*": [sign, node]}
        self.term, self._n = Program(names, [signed]), len(names)
        self._with_field = Program(names, [*field, signed])

    def rises(self, box: list[Interval]) -> bool:
        """Whether the term increases along every solution in the box."""
        program, n = self._with_field, self._n
        rates = program.values(box)[:n]
        jets = [[x, rate] for x, rate in zip(box, rates, strict=True)]
        jets += [[] for _ in program.ops[n:]]
        program.extend(jets, 0)
        program.extend(jets, 1)
        return program.output(n, jets, 1).lo > 0


def relation(node: object, names: list[str], value: Callable[[Program], Interval]) -> bool:
    """Whether comparisons, joined by and/or, hold for every value in the intervals."""
    require(isinstance(node, dict) and len(node) == 1, "not a relation: {}", node)
    ((key, body),) = node.items()
    require(isinstance(body, list) and body, "{} needs a list", key)
    if key in ("and", "or"):
        parts = [relation(child, names, value) for child in body]
        return all(parts) if key == "and" else any(parts)
    require(key in _ORDER and len(body) == 2, "unknown relation {}", key)
    return _ORDER[key](value(Program(names, [{"-": body}])))
