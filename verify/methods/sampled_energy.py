"""The energy of one neuron on some of the rows of a group's task, written as formulas.

On kept rows Ê(w) = ½Σ_h(ẑ_h − (m_h/n)Ẑ)², ẑ_h summing (u_{hx} + v_x)² over the kept rows (h, x) of
label h, m_h of n rows, and Ẑ all of them: ½|Ycᵀσ(Xw)|² with Yc centred over the kept rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import Any

from constructions.groups.cayley import multiplication_table
from constructions.groups.permutation import PermutationGroup
from verify.formula import Term, rational, total

Row = tuple[int, int]
Weights = Sequence[Any]  # integers, fractions or terms


def kept(group: PermutationGroup, *missing: Row) -> tuple[Row, ...]:
    """All rows (h, x) but the missing ones; label h, pre-activation u_{hx} + v_x."""
    absent = set(missing)
    return tuple(row for row in product(range(group.order), repeat=2) if row not in absent)


def _centred(rows: Collection[Row], values: Sequence[Term | int], order: int) -> list[Term]:
    """Sums over the labels, less the share of each label in the sum over all rows."""
    whole = total(list(values))
    sums = []
    for label in range(order):
        mine = [x for (h, _), x in zip(rows, values, strict=True) if h == label]
        sums.append(total(mine) - rational(len(mine), len(rows)) * whole)
    return sums


def slope(
    group: PermutationGroup,
    rows: Sequence[Row],
    weights: tuple[Weights, Weights],
    direction: tuple[Weights, Weights],
) -> Term:
    """The derivative of Ê at (u, v) along (du, dv), exactly: Σ_h ŷ_h dŷ_h.

    rows: the kept ones, with repetition if they were drawn so.
    """
    table = multiplication_table(group)
    u, v = weights
    du, dv = direction
    before = [u[table[h][x]] + v[x] for h, x in rows]
    change = [du[table[h][x]] + dv[x] for h, x in rows]
    squares = _centred(rows, [t * t for t in before], group.order)
    changes = _centred(
        rows, [2 * t * d for t, d in zip(before, change, strict=True)], group.order
    )
    return total([a * b for a, b in zip(squares, changes, strict=True)])
