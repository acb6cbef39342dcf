"""The formula language: a statement written once, evaluated in any arithmetic.

A formula is built with ordinary Python operators, evaluates in float, exact, ball or
formal arithmetic (`evaluate`), and serialises to the JSON that certificates carry, so the
checker rebuilds and re-evaluates the very same statement.  The grammar is documented in
``docs/certificates.md``.
"""

from verify.formula.build import (
    Formula,
    Term,
    absolute,
    all_of,
    binom,
    cis,
    cos,
    equal,
    exists,
    fact,
    forall_range,
    half,
    implies,
    iverson,
    maximum,
    minimum,
    mod,
    product,
    rational,
    sin,
    sqrt,
    total,
    var,
)
from verify.formula.evaluate import FormulaError, evaluate, holds

__all__ = [
    "Formula",
    "FormulaError",
    "Term",
    "absolute",
    "all_of",
    "binom",
    "cis",
    "cos",
    "equal",
    "evaluate",
    "exists",
    "fact",
    "forall_range",
    "half",
    "holds",
    "implies",
    "iverson",
    "maximum",
    "minimum",
    "mod",
    "product",
    "rational",
    "sin",
    "sqrt",
    "total",
    "var",
]
