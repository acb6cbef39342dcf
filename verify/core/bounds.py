"""Bounds that depend on earlier parameters: calling them, and showing them as text."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn

Bound = int | Callable[..., int]


def call(function: Callable[..., Any], assignment: Mapping[str, int]) -> Any:
    """The function at the parameters that it names."""
    return function(*(assignment[n] for n in parameters(function)))


@cache
def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's parameters, in order."""
    return tuple(inspect.signature(function).parameters)


def as_text(bound: Bound) -> str:
    """A bound as text: ``lambda p: (p-1)//2`` is shown as ``(p - 1) // 2``.

    The function is called with parameters that remember what is computed from them.  One that
    branches or calls other functions is only described by what it depends on.
    """
    if not callable(bound):
        return str(bound)
    names = parameters(bound)
    try:
        traced = bound(*map(_Traced, names))
    except Exception:  # a bound may do anything with its parameters
        traced = None
    if isinstance(traced, _Traced):
        return traced.text.removeprefix("(").removesuffix(")")
    return f"a function of {', '.join(names)}"


class _Traced:
    """A parameter that remembers what is computed from it, and refuses to be branched on."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def _refuse(self, *_: Any) -> NoReturn:
        raise TypeError("a traced parameter has no value")

    __bool__ = __eq__ = __ne__ = _refuse
    __hash__ = None


def _operators(symbol: str) -> tuple[Callable[..., _Traced], Callable[..., _Traced]]:
    def forwards(a: _Traced, b: Any) -> _Traced:
        return _Traced(f"({a} {symbol} {b})")

    def backwards(a: _Traced, b: Any) -> _Traced:
        return _Traced(f"({b} {symbol} {a})")

    return forwards, backwards


for _function, _symbol in (
    (operator.add, "+"),
    (operator.sub, "-"),
    (operator.mul, "*"),
    (operator.floordiv, "//"),
    (operator.mod, "%"),
    (operator.pow, "**"),
):
    _name = _function.__name__
    _forwards, _backwards = _operators(_symbol)
    setattr(_Traced, f"__{_name}__", _forwards)
    setattr(_Traced, f"__r{_name}__", _backwards)
