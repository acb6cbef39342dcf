"""Finite Abelian groups Z_{n_1} × … × Z_{n_r}: elements and characters are integer tuples."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm, prod

from .exact import Number
from .formula import Scope, check_formula, check_term, evaluate, truth
from .limits import TooLarge, require, spend

Element = tuple[int, ...]


def natural(value: object, least: int, what: str) -> int:
    """A JSON integer ≥ least."""
    require(isinstance(value, int) and not isinstance(value, bool) and value >= least,
            f"{what} must be an integer of at least {least}, got {{}}", value)
    return value


def inputs(value: object) -> int:
    """The number k of inputs."""
    if natural(value, 1, "inputs") > 200:
        raise TooLarge(f"too large: {value} inputs")
    return value


@dataclass(frozen=True)
class Group:
    """The group with the given cyclic orders."""

    orders: tuple[int, ...]

    @staticmethod
    def parse(node: object) -> "Group":
        """A non-empty list of cyclic orders ≥ 2, at most 10,000 elements in all."""
        require(isinstance(node, list) and node, "group must be a non-empty list of cyclic orders")
        group = Group(tuple(natural(order, 2, "a cyclic order") for order in node))
        if len(node) > 14 or group.size > 10_000:
            raise TooLarge(f"too large: a group of order {group.size}")
        return group

    @property
    def size(self) -> int:
        """n, the number of elements."""
        return prod(self.orders)

    def elements(self) -> list[Element]:
        """All elements (or characters) in lexicographic order; the identity comes first."""
        return list(product(*map(range, self.orders)))

    def reduce(self, values: list[int] | Element) -> Element:
        """Coordinates modulo the cyclic orders."""
        return tuple(v % order for v, order in zip(values, self.orders, strict=True))

    def multiple(self, factor: int, element: Element) -> Element:
        """factor · element."""
        return self.reduce([factor * v for v in element])

    def add(self, *elements: Element) -> Element:
        """Sum of elements."""
        return self.reduce([sum(column) for column in zip(*elements, strict=True)])

    @cached_property
    def exponent(self) -> int:
        """The least common multiple of the orders: every χ(a) is a multiple of 1/exponent turn."""
        return lcm(*self.orders)

    def units(self, character: Element, element: Element) -> int:
        """χ(a) in units of 1/exponent turn."""
        spend()
        parts = (x * a * (self.exponent // n)
                 for x, a, n in zip(character, element, self.orders, strict=True))
        return sum(parts) % self.exponent

    def turn(self, character: Element, element: Element) -> Fraction:
        """χ(a) in turns."""
        return Fraction(self.units(character, element), self.exponent)

    def is_real(self, character: Element) -> bool:
        """Whether χ takes the values ±1 only."""
        return self.multiple(2, character) == self.multiple(0, character)

    def frequency(self, character: Element) -> Element:
        """The representative of {χ, conjugate of χ}."""
        return min(character, self.multiple(-1, character))

    def parse_frequency(self, node: object) -> Element:
        """A non-trivial character, as a list of integers."""
        require(isinstance(node, list) and len(node) == len(self.orders),
                f"a frequency is a list of {len(self.orders)} integers, got {{}}", node)
        character = self.reduce([natural(v, -(10**9), "a coordinate") for v in node])
        require(any(character), "the frequency {} is the trivial character", node)
        return character

    def names(self, k: int) -> dict[str, Number]:
        """k, n, and p when the group is cyclic."""
        values = {"k": Number.of(k), "n": Number.of(self.size)}
        return values | ({"p": values["n"]} if self.exponent == self.size else {})


def mass(node: object, names: dict[str, Number], what: str, least: int) -> Number:
    """A weight written with k and n: a real number, positive (least = 1) or ≥ 0 (least = 0)."""
    check_term(node, frozenset(names))
    value = evaluate(node, Scope(names))
    fault = "negative" if least == 0 else "not positive"
    require(value.sign() >= least, f"{what} is {fault}: {{}}", node)
    return value


def check_relations(node: object, names: dict[str, Number]) -> None:
    """Every formula of a non-empty list must hold for the derived quantities."""
    require(isinstance(node, list) and node, "relations must be a non-empty list of formulas")
    for index, formula in enumerate(node):
        check_formula(formula, frozenset(names))
        require(truth(formula, Scope(names)), f"relation {index} does not hold: {{}}", formula)
