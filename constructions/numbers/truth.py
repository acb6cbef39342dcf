"""Three-valued truth: what an enclosure can say about a comparison."""

from __future__ import annotations

from enum import Enum


class UndecidedComparison(ArithmeticError):
    """A comparison that the enclosures at hand cannot decide was used as a yes or a no."""


class Truth(Enum):
    """TRUE, FALSE or UNDECIDED, with Kleene's strong logic under ``&``, ``|`` and ``~``.

    `bool` of UNDECIDED raises `UndecidedComparison`: neither branch would be justified.
    """

    TRUE = "true"
    FALSE = "false"
    UNDECIDED = "undecided"

    @staticmethod
    def of(value: bool | Truth) -> Truth:  # noqa: FBT001 - the value is the point
        """The truth value of a decided condition; a `Truth` stays as it is."""
        if isinstance(value, Truth):
            return value
        if isinstance(value, bool):
            return Truth.TRUE if value else Truth.FALSE
        raise TypeError(f"expected a bool or a Truth, got {value!r} (type={type(value).__name__})")

    def __bool__(self) -> bool:
        if self is Truth.UNDECIDED:
            raise UndecidedComparison(
                "the comparison is undecided: the enclosures overlap, or a formal identity "
                "failed. Raise the precision, use exact arithmetic, or handle Truth.UNDECIDED"
            )
        return self is Truth.TRUE

    def __and__(self, other: bool | Truth) -> Truth:
        pair = (self, Truth.of(other))
        if Truth.FALSE in pair:
            return Truth.FALSE
        return Truth.UNDECIDED if Truth.UNDECIDED in pair else Truth.TRUE

    def __or__(self, other: bool | Truth) -> Truth:
        return ~(~self & ~Truth.of(other))

    def __invert__(self) -> Truth:
        return _NEGATION[self]

    __rand__ = __and__
    __ror__ = __or__


_NEGATION = {
    Truth.TRUE: Truth.FALSE,
    Truth.FALSE: Truth.TRUE,
    Truth.UNDECIDED: Truth.UNDECIDED,
}
