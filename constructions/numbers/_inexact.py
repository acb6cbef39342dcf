"""The one place where inexact numbers are turned away from exact and enclosing types."""

from __future__ import annotations

from numbers import Rational
from typing import Any


def refuse_inexact(value: Any) -> None:
    """Raise TypeError for a float, a complex or an inexact numpy scalar; pass anything else.

    numpy's narrow floats are no `float`, so a scalar with a dtype must be a `Rational`.
    """
    scalar = hasattr(value, "dtype") and getattr(value, "ndim", 1) == 0
    if isinstance(value, (float, complex)) or (scalar and not isinstance(value, Rational)):
        raise TypeError(
            f"exact and enclosing arithmetic refuse the inexact number {value!r} "
            f"(type={type(value).__name__}); pass an int, a Fraction or a string such as '1/10'"
        )
