"""A relation quantified over ranges: ``@forall(p=primes(3, 61), ...)`` over a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.core.bounds import parameters
from verify.core.parameter import Parameter
from verify.core.ranges import Assignment, Range, Ranges, show
from verify.formula import Formula, var


class ConjectureError(TypeError):
    """A conjecture's function did not give a relation; the message says what to write."""


@dataclass(frozen=True, kw_only=True)
class Universal:
    """A function from parameters to a formula, claimed to hold for all of the domain."""

    function: Callable[..., Formula]
    domain: Ranges

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    @property
    def place(self) -> str:
        """File and line of the function."""
        code = self.function.__code__
        return f"{Path(code.co_filename).name}:{code.co_firstlineno}"

    def relation(self, assignment: Assignment) -> Formula:
        """The relation at an assignment of the integer parameters.

        The function gets ints for them, and formal terms for angles.  The relation names the
        parameters as far as the ints remember where they came from (see `Parameter`), and has
        its meaning at this assignment only.

        Raises:
            ConjectureError: when the function raises, returns no formula, or binds the name of
                a parameter in a sum or a quantifier.
        """
        symbols = {name: var(name) for name in self.domain.formal}
        numbers = {name: Parameter(v, {"var": name}) for name, v in assignment.items()}
        here = f"{self.name}{show(assignment)}"
        try:
            result = self.function(**numbers, **symbols)
        except Exception as error:
            raise ConjectureError(f"{here} raised {type(error).__name__}: {error}") from error
        if isinstance(result, Formula):
            twice = sorted(_bound_in(result.node) & set(self.domain.ranges))
            if twice:
                raise ConjectureError(
                    f"{here} uses {twice[0]!r} both as a parameter and in a sum, product or "
                    f"quantifier ({self.place}); rename one of them"
                )
            return result
        if result is None:
            came, advice = "nothing", "end the function with: return equal(a, b)"
        else:
            came = f"{result!r} (type={type(result).__name__})"
            advice = (
                "a conjecture returns a relation that is then decided in exact arithmetic: write "
                "equal(a, b) for a = b, and a <= b with a term of verify.formula on one side, "
                "such as rational(a) <= b"
            )
        raise ConjectureError(f"{here} returned {came} ({self.place}); {advice}")

    def with_function(self, function: Callable[..., Formula]) -> Universal:
        """The same quantifiers over another function of the same parameters."""
        _require_same_parameters(function, self.domain.ranges)
        return Universal(function=function, domain=self.domain)


def forall(
    *, where: Mapping[str, Callable[..., bool]] | None = None, **ranges: Range
) -> Callable[[Callable[..., Formula]], Universal]:
    """Quantifies a function over ranges, smallest values first, in the order written.

    where: hypotheses, as text with a predicate: ``{"gcd(w, p) = 1": lambda p, w: ...}``.
    ranges: one of `ints`, `primes`, `angles` for every parameter of the function.
    """
    for name, values in ranges.items():
        if not isinstance(values, Range):
            raise TypeError(
                f"expected a range for {name!r}, got {values!r} (type={type(values).__name__}); "
                "write ints(1, 10), primes(3, 61) or angles()"
            )
    if not ranges:
        raise TypeError("forall needs at least one parameter: @forall(p=primes(3, 61))")
    hypotheses = dict(where or {})
    numeric = [n for n, r in ranges.items() if not r.formal]
    for text, predicate in hypotheses.items():
        if not callable(predicate):
            raise TypeError(
                f"expected a predicate for the hypothesis {text!r}, got {predicate!r} "
                f"(type={type(predicate).__name__})"
            )
        unknown = [n for n in parameters(predicate) if n not in numeric]
        if unknown:
            raise TypeError(
                f"the hypothesis {text!r} is about {', '.join(unknown)}; it may only depend on "
                f"the integer parameters {', '.join(numeric) or '(there are none)'}"
            )
    domain = Ranges(ranges=ranges, where=hypotheses)

    def quantify(function: Callable[..., Formula]) -> Universal:
        if not hasattr(function, "__code__"):
            raise TypeError(
                f"expected a function below @forall, got {function!r} "
                f"(type={type(function).__name__}); @conjecture(...) goes above @forall(...)"
            )
        _require_same_parameters(function, ranges)
        return Universal(function=function, domain=domain)

    return quantify


def _require_same_parameters(
    function: Callable[..., Formula], ranges: Mapping[str, Range]
) -> None:
    takes = parameters(function)
    if set(takes) != set(ranges):
        raise TypeError(
            f"{function.__name__} takes ({', '.join(takes)}), but forall quantifies "
            f"({', '.join(ranges)}); every parameter needs one range"
        )


def _bound_in(node: Any) -> set[str]:
    """The names that sums, products and quantifiers bind."""
    if isinstance(node, list):
        return set().union(*map(_bound_in, node))
    if not isinstance(node, dict):
        return set()
    bound = {node["var"]} if "of" in node else set()
    return bound.union(*map(_bound_in, node.values()))
