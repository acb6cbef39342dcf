"""Upper bounds for groups of four and five equal neurons: N²F as a sum of squares.

With z_i = e^{i(a_i + b_i)} and y_i = e^{i(a_i − b_i)}, N²F − bound is a positive definite form in
products y_i z_j z_k (and y_i z_j conj z_k, for the sharpest bound), averaged with its image under
the exchange of a and −b, which turns z into its conjugate.  The numbers below are rounded solutions
of semidefinite programs (`verify.methods.torus.propose`), one for each orbit of pairs of products
under S_N.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, permutations

from verify.claims.alternating_flows.modular_groups import (
    AT_3,
    KERNEL_PARTS,
    MODULI,
    WEIGHTS,
    claim,
)
from verify.claims.writing import exact, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.formula import rational
from verify.methods.torus import Exponents, TorusProblem, bounded_below

_FOUR = (256, (
    466, 245, 236, 147, 96, 82, 47, 66, -74, 3, 0, -10, 83, 50, 32, -19, 52, 38, 19, 16, -18, -5,
    6, 145, 126, 41, -37, 0, 0, -63, -29, -16, 37, 26, -20, 29, -3, 112, 18, 5, -6, 36, -26, 11,
    20, 3, -11, 16, 0, 35, 5,
))
_FIVE = (1024, (
    1966, 705, 669, 196, 442, 395, 91, 397, -37, 95, 2, 53, 190, 71, 47, -72, -9, 250, 368, 33,
    355, 63, -5, -33, 483, 608, 96, 89, 0, 0, -100, -105, 3, 69, 82, -97, -1, -13, -18, 157, -63,
    5, 33, 47, -82, -32, 6, 13, 18, -26, 16, 0, 0, 37, -38, 12,
))

_FIVE_SHARP = (4096, (
    2868, 683, 808, 419, 845, 305, 265, 459, -778, 337, 36, -73, 1124, 767, 378, -50, 418, 401,
    -60, 118, 203, -177, 120, 85, 149, 176, 117, 76, -98, 68, -594, 29, -232, 683, 375, -138, 251,
    -74, -58, 1172, 391, 175, -16, 414, 73, 97, 37, 96, -224, 87, 141, 54, 205, 143, -166, 2418,
    536, 739, 250, 536, 191, 124, 739, 19, -240, -81, -93, -81, 472, 349, 250, -240, -93, 297, 265,
    349, 233, -123, 253, -192, 253, 22, -192, 22, 217, 332, 120, 336, -259, 152, -269, -174, -269,
    -17, 21, 194, 129, -147, 130, 25, -17, 81, 41, -24, 336, 152, 120, -259, -174, 424, -6, -31,
    -147, -36, -115, -17, 55, 94, -17, 194, 41, 21, 129, 25, -24, 424, 55, -6, -36, 94, -21, -86,
    -54, -102, -86, 8,
))


@lru_cache(maxsize=4)
def _problem(number: int, *, conjugates: bool) -> TorusProblem:
    """N²F in the angles a_1, .., a_N, b_1, .., b_N, and products for a form that bounds it."""
    neurons = range(number)

    def character(m: int, n: int, i: int) -> Exponents:
        return tuple(m * (j == i) for j in neurons) + tuple(n * (j == i) for j in neurons)

    def product(i: int, *factors: tuple[int, int]) -> Exponents:
        """y_i times z_j^e for the pairs (j, e)."""
        powers = [sum(e for j, e in factors if j == place) for place in neurons]
        first = [p + (j == i) for j, p in enumerate(powers)]
        return (*first, *(p - (j == i) for j, p in enumerate(powers)))

    pairs = list(combinations_with_replacement(neurons, 2))
    blocks = [tuple(product(i, (j, 1), (k, 1)) for i in neurons for j, k in pairs)]
    if conjugates:
        mixed = [((j, 1), (k, -1)) for j, k in permutations(neurons, 2)]
        blocks.append(tuple(product(i, *factors) for i in neurons for factors in [(), *mixed]))
    blocks.append(((0,) * (2 * number),))
    turns = ((1, 0, *range(2, number)), (*range(1, number), 0))
    return TorusProblem(
        squares=tuple((w, tuple(character(m, n, i) for i in neurons))
                      for (m, n), w in WEIGHTS.items()),
        blocks=tuple(blocks),
        generators=tuple((*turn, *(number + i for i in turn)) for turn in turns),
        mirror=(*((number + i, -1) for i in neurons), *((i, -1) for i in neurons)),
    )


def _form(
    number: int, solution: tuple[int, Sequence[int]], bound: Fraction, *, conjugates: bool
) -> Check:
    denominator, values = solution
    return Check(
        name=f"{number} neurons: N²F above {bound}",
        procedure=bounded_below,
        arguments={
            "problem": _problem(number, conjugates=conjugates),
            "values": tuple(Fraction(v, denominator) for v in values),
            "bound": bound,
            "scope": MODULI,
        },
    )


def _compare(number: int, bound: Fraction, fraction: Fraction) -> Check:
    """1/(1 + bound/N²) is at most the fraction; the form exceeds the bound strictly."""
    return exact("a larger fraction", rational(fraction) * (1 + rational(bound) / number**2) >= 1)


_SOLVED = {4: (_FOUR, Fraction(20, 3)), 5: (_FIVE, Fraction(4))}


def _too_large(number: int, name: str, fraction: Fraction, *, sharp: bool = False) -> Claim:
    solution, bound = (_FIVE_SHARP, Fraction(5)) if sharp else _SOLVED[number]
    form = _form(number, solution, bound, conjugates=sharp)
    compare = _compare(number, bound, fraction)
    best = 1 / (1 + bound / number**2)
    check = refutation(
        f"{number} equal neurons", *KERNEL_PARTS, form, compare, point=AT_3,
        lemmas=("reduced cost",),
        description=f"every p, first p = 3: {number} equal neurons stay below {best}, at all "
        "phases",
    )
    return claim(
        f"mod-group-{number}.{name}", f"Largest fraction of {number} equal neurons: {fraction}",
        f"The largest fraction for N={number} is {fraction}.", "", (check,),
        (Mutant.of(check, "twice the bound", parts=(
            *KERNEL_PARTS, _form(number, solution, 2 * bound, conjugates=sharp), compare)),
         Mutant.of(check, "a smaller fraction", parts=(
            *KERNEL_PARTS, form, _compare(number, bound, Fraction(1, 2))))),
    )


CLAIMS: list[Claim] = [
    _too_large(4, "thirteen", Fraction(13, 18)),
    _too_large(4, "three-quarters", Fraction(3, 4)),
    _too_large(5, "five-sixths", Fraction(5, 6), sharp=True),
    _too_large(5, "seven-eighths", Fraction(7, 8)),
    _too_large(5, "nine-tenths", Fraction(9, 10)),
]
