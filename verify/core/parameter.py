"""Integers that remember which parameters they were computed from.

A conjecture's function gets its parameters as these: ordinary ints for ``range``, ``if`` and
indexing, and terms of the formula language wherever they enter a relation.  A relation built
at (p=3, w=1) then reads ``cos(w·x/p)`` and not ``cos(1·x/3)``, so that one certificate serves
every assignment whose relation reads the same.

What is recorded is only asserted at the assignment it was built at, and there every recorded
term has the value of the int.  A branch, or an operation that is not recorded, therefore
cannot make a wrong relation: it makes one that reads differently at another assignment.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, final

from verify.formula import Term


@final
class Parameter(int, Term):
    """An int with the term that it was computed by."""

    def __new__(cls, value: int, node: Any) -> Parameter:
        self = int.__new__(cls, value)
        object.__setattr__(self, "node", node)  # Term is frozen
        return self

    def __init__(self, value: int, node: Any) -> None:
        """All is set in __new__, because ints are immutable."""

    def __neg__(self) -> Parameter:
        return Parameter(-int(self), {"neg": self.node})

    def __truediv__(self, other: Any) -> Term:
        """The exact quotient, as a term: never a float."""
        return Term(self.node) / other

    def __rtruediv__(self, other: Any) -> Term:
        return other / Term(self.node)

    def __pow__(self, other: Any, modulus: int | None = None) -> Any:
        if modulus is not None:
            return pow(int(self), int(other), modulus)
        return _power(self, other)


def _recorder(key: str, compute: Callable[[int, int], int]) -> Callable[[Any, Any], Any]:
    def record(left: Any, right: Any) -> Any:
        if isinstance(left, int) and isinstance(right, int):
            return Parameter(compute(int(left), int(right)), {key: [_of(left), _of(right)]})
        if isinstance(left, Term) and isinstance(right, Term):
            return Term({key: [left.node, right.node]})
        return NotImplemented

    return record


def _of(value: int) -> Any:
    return value.node if isinstance(value, Parameter) else int(value)


_residue = _recorder("mod", operator.mod)
_nonnegative_power = _recorder("^", operator.pow)


def _modulo(left: Any, right: Any) -> Any:
    # The language knows residues of a positive modulus only; there they are Python's.
    if isinstance(right, int) and right <= 0:
        return int(left) % int(right)
    return _residue(left, right)


def _floor(left: Any, right: Any) -> Any:
    """⌊left / right⌋ = (left − left mod right)/right for right > 0."""
    if not (isinstance(left, int) and isinstance(right, int)):
        return NotImplemented
    value = int(left) // int(right)
    if right < 0:
        return value
    a, b = _of(left), _of(right)
    return Parameter(value, {"/": [{"-": [a, {"mod": [a, b]}]}, b]})


def _power(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int) and right < 0:
        return Term({"^": [_of(left), _of(right)]})  # a fraction, exact
    return _nonnegative_power(left, right)


def _swapped(record: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda right, left: record(left, right)


for _name, _record in (
    ("add", _recorder("+", operator.add)),
    ("sub", _recorder("-", operator.sub)),
    ("mul", _recorder("*", operator.mul)),
    ("mod", _modulo),
    ("floordiv", _floor),
):
    setattr(Parameter, f"__{_name}__", _record)
    setattr(Parameter, f"__r{_name}__", _swapped(_record))
Parameter.__rpow__ = _swapped(_power)
