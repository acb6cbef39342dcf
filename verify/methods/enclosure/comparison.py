"""Sub- and super-solutions: differential inequalities that bound every solution.

`compare` cuts the time interval until the checker's `ode-comparison` accepts every piece, or
until an inequality certainly fails, or the pieces have become too short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from verify.checker.barrier import Comparison
from verify.checker.limits import Rejected
from verify.checker.limits import reset as reset_account
from verify.formula import Term, rational
from verify.methods.enclosure.system import System


class Compared(Enum):
    """What became of the barriers; the values are the messages."""

    HOLDS = "every solution that starts between the barriers stays between them"
    VIOLATED = "an inequality fails"
    UNDECIDED = "an inequality is not decided: give it slack, or raise the order or the precision"
    BAD_START = "the initial box does not lie between the barriers"
    NOT_SMOOTH = "a barrier or the field is not smooth on the way"


@dataclass(frozen=True)
class ComparisonResult:
    """outcome, the place where it was decided, and the certificate when the barriers hold."""

    outcome: Compared
    detail: str = ""
    certificate: Mapping[str, Any] | None = None

    @property
    def reason(self) -> str:
        """Why."""
        return self.outcome.value + (f" ({self.detail})" if self.detail else "")


def compare(
    system: System,
    start: Mapping[str, Any],
    *,
    lower: Mapping[str, Term | int | Fraction] | None = None,
    upper: Mapping[str, Term | int | Fraction] | None = None,
    until: int | Fraction | str | None,
    bits: int = 96,
    order: int = 6,
    pieces: int = 4096,
) -> ComparisonResult:
    """Whether barriers L(t) ≤ x(t) ≤ W(t) are certified for all solutions from a box.

    lower, upper: terms in t (`verify.formula.var("t")`) by variable.  A single equation needs one
    of them, and its solution is then bounded as long as it exists; a system needs both, and its
    solutions exist on the whole interval.  until: the end of the time interval, or None with
    constant barriers for all later times.  pieces: the most pieces the interval is cut into.
    """
    names = [name for name in system.variables if name not in system.constants]
    ends = dict(zip(system.variables, system.ends(start, bits=bits), strict=True))
    count = len(names)
    document: dict[str, Any] = {
        "kind": "ode-comparison",
        "variables": names,
        "field": [term.node for term in system.field[:count]],
        "parameters": {name: list(map(str, ends[name])) for name in system.constants},
        "bits": bits,
        "initial": [list(map(str, ends[name])) for name in names],
        "order": order,
        "lower": _terms(lower, names),
        "upper": _terms(upper, names),
    }
    end = Fraction(1) if until is None else Fraction(until)
    try:
        reset_account()
        comparison = Comparison(document)
    except Rejected as error:
        return ComparisonResult(Compared.NOT_SMOOTH, str(error))
    try:
        comparison.starts(Fraction(0), document["initial"])
    except Rejected as error:
        return ComparisonResult(Compared.BAD_START, str(error))
    stack, points = [(Fraction(0), end)], [Fraction(0)]
    while stack:
        low, high = stack.pop()
        reset_account()
        try:
            gaps = comparison.gaps(low, high, order)
        except Rejected as error:
            gaps, what = None, str(error)
        if gaps is not None:
            failed = next((name for name, gap in gaps.items() if gap.hi < 0), None)
            if failed:
                return ComparisonResult(Compared.VIOLATED, f"{failed}, t in [{low}, {high}]")
            what = next((name for name, gap in gaps.items() if gap.lo < 0), None)
            if what is None:
                points.append(high)
                continue
        if len(points) + len(stack) >= pieces or high - low < end / 2**40:
            outcome = Compared.NOT_SMOOTH if gaps is None else Compared.UNDECIDED
            return ComparisonResult(outcome, f"{what}, t in [{float(low):.6g}, {float(high):.6g}]")
        middle = (low + high) / 2
        stack += [(middle, high), (low, middle)]
    document["times"] = "always" if until is None else list(map(str, points))
    return ComparisonResult(Compared.HOLDS, certificate=document)


def _terms(
    barriers: Mapping[str, Term | int | Fraction] | None, names: Sequence[str]
) -> list[Any] | None:
    if barriers is None:
        return None
    if set(barriers) != set(names):
        raise ValueError(
            f"expected barriers of {', '.join(names)}; got {', '.join(sorted(barriers)) or 'none'}"
        )
    terms = (barriers[name] for name in names)
    return [term.node if isinstance(term, Term) else rational(term).node for term in terms]
