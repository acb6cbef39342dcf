"""Boxes of starts and parameters, cut until a method succeeds on every piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

Box = dict[str, tuple[Fraction, Fraction]]


class _HasOutcome(Protocol):
    @property
    def outcome(self) -> Any: ...


@dataclass(frozen=True)
class Cover:
    """A box cut into pieces.  solved: pieces with their results; left: pieces without success,
    with the last result.  The pieces of both lists together are the box.
    """

    solved: tuple[tuple[Box, Any], ...]
    left: tuple[tuple[Box, Any], ...]

    @property
    def complete(self) -> bool:
        """Whether the method succeeded everywhere."""
        return not self.left


def subdivide(
    solve: Callable[[Box], _HasOutcome],
    box: Mapping[str, tuple[Any, Any]],
    *,
    pieces: int = 256,
) -> Cover:
    """Runs `solve` on a box; where its outcome is no success, cuts the box in two and goes on.

    solve: takes a box of pairs (low, high) of Fractions by name, for instance
    ``lambda box: integrate(system, {**box, "y": 0}, until=1)``, and returns a result whose outcome
    has a property `success`.  box: exact ends.  pieces: stops with pieces left beyond this many.
    The side that is widest, relative to the whole box, is cut.
    """
    whole = {name: (Fraction(low), Fraction(high)) for name, (low, high) in box.items()}
    for name, (low, high) in whole.items():
        if low > high:
            raise ValueError(f"{name}: expected low ≤ high, got ({low}, {high})")
    solved, left, waiting = [], [], [whole]
    while waiting:
        piece = waiting.pop()
        result = solve(piece)
        if result.outcome.success:
            solved.append((piece, result))
            continue
        widths = {
            name: (high - low) / (whole[name][1] - whole[name][0])
            for name, (low, high) in piece.items()
            if high > low
        }
        if not widths or len(solved) + len(left) + len(waiting) + 2 > pieces:
            left.append((piece, result))
            continue
        name = max(widths, key=lambda n: widths[n])
        low, high = piece[name]
        middle = (low + high) / 2
        waiting += [{**piece, name: (middle, high)}, {**piece, name: (low, middle)}]
    return Cover(tuple(solved), tuple(left))
