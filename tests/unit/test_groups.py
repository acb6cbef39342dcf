"""Permutation groups, their exact character tables, and the margin game on them."""

from fractions import Fraction
from math import factorial

import pytest

from constructions.groups.characters import CharacterTable, character_table, verify_table
from constructions.groups.game import payoffs, solve
from constructions.groups.permutation import (
    PermutationGroup,
    alternating,
    compose,
    cyclic,
    dihedral,
    element_order,
    frobenius_21,
    invert,
    quaternion,
    symmetric,
)
from constructions.numbers import Cyclotomic

GROUPS = [
    cyclic(1), cyclic(5), symmetric(4), alternating(5), dihedral(1), dihedral(2), dihedral(7),
    quaternion(), frobenius_21(),
]


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_classes_partition_the_group_and_are_closed_under_conjugation(group):
    """Every element lies in one class, with its conjugates; the identity is the first class."""
    members = [g for c in group.classes for g in c]
    assert sorted(members) == sorted(group.elements)
    assert group.classes[0] == (group.identity,)
    for g in group.elements[:20]:
        for h in group.elements[:20]:
            conjugate = compose(compose(h, g), invert(h))
            assert group.class_of[conjugate] == group.class_of[g]


@pytest.mark.parametrize(("group", "order", "classes"), [
    (symmetric(5), 120, 7), (alternating(4), 12, 4), (dihedral(6), 12, 6), (dihedral(9), 18, 6),
    (quaternion(), 8, 5), (frobenius_21(), 21, 5), (cyclic(12), 12, 12), (symmetric(1), 1, 1),
])
def test_orders_and_class_numbers(group, order, classes):
    """The named groups are the groups they are called."""
    assert (group.order, len(group.classes)) == (order, classes)


def test_class_constants_count_products():
    """Σ_k a_ijk |C_k| is the number of pairs in C_i × C_j."""
    group = symmetric(4)
    for i, row in enumerate(group.class_constants):
        for j, column in enumerate(row):
            pairs = sum(a * size for a, size in zip(column, group.sizes, strict=True))
            assert pairs == group.sizes[i] * group.sizes[j]


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_degrees_square_to_the_order_and_divide_it(group):
    """Σd² = |G|, d divides |G|, and there are as many characters as classes."""
    table = character_table(group)
    assert sum(d * d for d in table.degrees) == group.order
    assert all(group.order % d == 0 for d in table.degrees)
    assert len(table.degrees) == len(group.classes)


@pytest.mark.parametrize("group", [*GROUPS[:4], quaternion()], ids=lambda g: g.name)
def test_indicators_count_involutions(group):
    """Σ indicator·d is the number of g with g² = 1."""
    table = character_table(group)
    count = sum(i * d for i, d in zip(table.indicators, table.degrees, strict=True))
    assert count == sum(element_order(g) <= 2 for g in group.elements)


def test_quaternion_group_has_one_quaternionic_character():
    """Q8 and D4 have one table; their indicators differ in the character of degree 2."""
    assert character_table(quaternion()).indicators == (1, 1, 1, 1, -1)
    assert character_table(dihedral(4)).indicators == (1, 1, 1, 1, 1)


def test_a_wrong_table_is_refused():
    """Rows that are orthonormal but not characters of the group raise."""
    table = character_table(cyclic(4))
    klein = character_table(dihedral(2))
    with pytest.raises(ArithmeticError, match="not irreducible"):
        verify_table(CharacterTable(cyclic(4), klein.values))
    with pytest.raises(ArithmeticError, match="not orthonormal"):
        verify_table(CharacterTable(cyclic(4), (*table.values[:3], table.values[0])))


@pytest.mark.parametrize("group", [symmetric(3), symmetric(4), alternating(5), quaternion()],
                         ids=lambda g: g.name)
def test_solution_of_the_game_is_a_saddle_point(group):
    """Masses guarantee the value against every class; weights hold every irrep down to it."""
    table = character_table(group)
    found, matrix = solve(table), payoffs(table)
    gains = [
        sum((y * row[c] for y, row in zip(found.masses[1:], matrix, strict=True)),
            Cyclotomic.rational(0))
        for c in range(len(matrix[0]))
    ]
    sizes = group.sizes[1:]
    losses = [
        sum((w * size * x for w, size, x in zip(found.weights, sizes, row, strict=True)),
            Cyclotomic.rational(0))
        for row in matrix
    ]
    # a float decides which gain is least; that it is the value is decided exactly
    assert min(gains, key=float) == found.value == max(losses, key=float)


@pytest.mark.parametrize("n", [3, 4, 5])
def test_value_of_the_game_under_regularity(n):
    """For S3, S4, S5 the game's value is |G|/Σd^{5/2}."""
    table = character_table(symmetric(n))
    total = sum(
        (Cyclotomic.sqrt(d) * d * d for d in table.degrees[1:]), Cyclotomic.rational(0)
    )
    assert solve(table).value * total == factorial(n)


@pytest.mark.parametrize(("generators", "reason"), [
    ((), "at least one generator"),
    (((0, 0),), "permutations"),
    (((1, 0), (0, 1, 2)), "permutations"),
])
def test_bad_generators_are_refused(generators, reason):
    """Lists that are no permutations of one degree raise with what was expected."""
    with pytest.raises(ValueError, match=reason):
        PermutationGroup("bad", generators)


def test_inverse_and_order():
    """g g^{-1} = 1 and the order is the least common multiple of the cycle lengths."""
    g = (1, 2, 0, 4, 3)
    assert compose(g, invert(g)) == (0, 1, 2, 3, 4)
    assert element_order(g) == 6
    assert Fraction(symmetric(5).exponent) == 60
