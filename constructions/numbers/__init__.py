"""Numbers that carry their own rigour: exact, enclosing, formal, and plain floats.

Exact: `Turn` (rational angles) and `Cyclotomic` (one field for roots of unity, cosines, sines
and square roots).  Enclosing: `Ball`, whose comparisons are three-valued (`Truth`).  Formal:
`LaurentPolynomial`.  The same mathematics runs in each through an `Arithmetic`: `FLOAT`,
`EXACT`, `FORMAL` or `ball(bits)`.
"""

from constructions.numbers.arithmetic import (
    EXACT,
    FLOAT,
    FORMAL,
    Arithmetic,
    ball,
    kind_of,
)
from constructions.numbers.ball import Ball
from constructions.numbers.carlson import RationalCubic, carlson_rf
from constructions.numbers.complex_ball import ComplexBall
from constructions.numbers.cyclotomic import Cyclotomic
from constructions.numbers.laurent import LaurentPolynomial
from constructions.numbers.truth import Truth, UndecidedComparison
from constructions.numbers.turn import Turn

__all__ = [
    "EXACT",
    "FLOAT",
    "FORMAL",
    "Arithmetic",
    "Ball",
    "ComplexBall",
    "Cyclotomic",
    "LaurentPolynomial",
    "RationalCubic",
    "Truth",
    "Turn",
    "UndecidedComparison",
    "ball",
    "carlson_rf",
    "kind_of",
]
