"""Why a certificate is turned down, and how much work a hostile one may cause."""

import reprlib
from fractions import Fraction

MAX_STEPS = 20_000_000  # elementary steps (number terms, formula nodes) for one document
MAX_BITS = 100_000  # of a numerator or denominator
MAX_CONDUCTOR = 20_000  # denominator of an angle in turns
MAX_PRECISION = 1 << 15  # bits of an enclosure before a comparison is given up
MAX_FILE_BYTES = 32_000_000
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxlong = _SHORT.maxother = 60


class Rejected(ValueError):
    """The certificate does not establish what it asserts; the message says why."""


class TooLarge(Rejected):
    """The certificate asks for more work than the checker is willing to do."""


_spent = 0


def reset() -> None:
    """Starts the account of a new document."""
    global _spent
    _spent = 0


def spend(steps: int = 1) -> None:
    """Charges work to the document; raises TooLarge beyond MAX_STEPS."""
    global _spent
    _spent += steps
    if _spent > MAX_STEPS:
        raise TooLarge(f"too large: more than {MAX_STEPS} steps of exact arithmetic")


def bounded(value: Fraction) -> Fraction:
    """The value itself, charged for its digits and refused when they exceed MAX_BITS."""
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    if bits > 2000:
        spend((bits // 2000) ** 2)  # what adding such a fraction costs
        if bits > MAX_BITS:
            raise TooLarge(f"too large: a number of more than {MAX_BITS} bits")
    return value


def require(condition: object, message: str, *nodes: object) -> None:
    """Raises Rejected unless the condition holds; {} in the message is a node, cut short."""
    if not condition:
        raise Rejected(message.format(*map(_SHORT.repr, nodes)) if nodes else message)
