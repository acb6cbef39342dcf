"""Groups from tables and families, exact irreducible representations, and blocks."""

import random

import pytest

from constructions.groups.cayley import (
    NotAGroupError,
    group_from_table,
    inverses,
    multiplication_table,
)
from constructions.groups.characters import character_table
from constructions.groups.families import (
    abelian,
    affine,
    dicyclic,
    direct_product,
    q8_d4,
    sheet_groups,
    special_linear,
)
from constructions.groups.irreps import coefficient, irrep, real_blocks, self_test
from constructions.groups.permutation import alternating, cyclic, dihedral, symmetric

ALL = [*sheet_groups(), q8_d4(), dihedral(12), dicyclic(5), direct_product(symmetric(3), cyclic(3))]
SMALL = [g for g in ALL if g.order <= 24]


@pytest.mark.parametrize(("group", "order", "classes"), [
    (dicyclic(2), 8, 5), (dicyclic(3), 12, 6), (dicyclic(4), 16, 7), (special_linear(3), 24, 7),
    (special_linear(5), 120, 9),
    (affine(5, 2, "F20"), 20, 5), (affine(7, 2, "F21"), 21, 5), (q8_d4(), 32, 17),
    (abelian(2, 2, 9), 36, 36), (direct_product(symmetric(3), symmetric(3)), 36, 9),
])
def test_families_have_their_orders_and_class_numbers(group, order, classes):
    """The named families are the groups they are called."""
    assert (group.order, len(group.classes)) == (order, classes)


@pytest.mark.parametrize("group", SMALL, ids=lambda g: g.name)
def test_a_table_gives_back_its_group(group):
    """A group that is rebuilt from its own table, in another order, has the same characters."""
    table = multiplication_table(group)
    order = list(range(group.order))
    random.Random(1).shuffle(order)
    place = {x: i for i, x in enumerate(order)}
    shuffled = [[place[table[x][y]] for y in order] for x in order]
    rebuilt = group_from_table("copy", shuffled)
    assert rebuilt.order == group.order
    assert sorted(rebuilt.sizes) == sorted(group.sizes)
    assert character_table(rebuilt).degrees == character_table(group).degrees


@pytest.mark.parametrize(("table", "axiom", "witness"), [
    ([], "shape", ()),
    ([[0, 1], [1]], "shape", (1,)),
    ([[0, 1], [1, 2]], "closure", (1, 1)),
    ([[0, 1], [1, "0"]], "closure", (1, 1)),
    ([[0, True], [1, 0]], "closure", (0, 1)),
    ([[1, 1], [0, 0]], "identity", ()),
    ([[0, 1], [1, 1]], "inverses", (1,)),
])
def test_a_table_that_is_no_group_names_the_first_axiom(table, axiom, witness):
    """The error carries the axiom and the elements that violate it."""
    with pytest.raises(NotAGroupError) as caught:
        group_from_table("bad", table)
    assert (caught.value.axiom, caught.value.witness) == (axiom, witness)
    assert axiom in str(caught.value)


def test_a_loop_is_not_associative():
    """A Latin square with identity and inverses fails at associativity only."""
    loop = [
        [0, 1, 2, 3, 4], [1, 0, 3, 4, 2], [2, 4, 0, 1, 3], [3, 2, 4, 0, 1], [4, 3, 1, 2, 0],
    ]
    with pytest.raises(NotAGroupError) as caught:
        group_from_table("loop", loop)
    x, s, y = caught.value.witness
    assert caught.value.axiom == "associativity"
    assert loop[loop[x][s]][y] != loop[x][loop[s][y]]


def test_the_associativity_test_agrees_with_brute_force():
    """Light's test rejects exactly the non-associative ones among random changes of tables."""
    source = random.Random(3)
    for _ in range(60):
        table = [list(row) for row in multiplication_table(source.choice(SMALL[:12]))]
        n = len(table)
        i, j = source.randrange(1, n), source.randrange(1, n)
        table[i][j] = source.randrange(n)
        whole = all(
            table[table[x][y]][z] == table[x][table[y][z]]
            for x in range(n) for y in range(n) for z in range(n)
        )
        try:
            group_from_table("changed", table)
            accepted = True
        except NotAGroupError:
            accepted = False
        assert accepted == whole


@pytest.mark.parametrize("group", ALL, ids=lambda g: g.name)
def test_the_classical_identities_hold(group):
    """Σd² = M = ΣD²/f, Σνd = #{h² = e} and ΣΠ_k = I."""
    table = character_table(group)
    self_test(table)
    assert 1 + sum(b.size for b in real_blocks(table)) == group.order
    assert all(b.dimension == b.f * b.m for b in real_blocks(table))


@pytest.mark.parametrize("group", ALL, ids=lambda g: g.name)
def test_every_irrep_is_a_homomorphism_with_its_character(group):
    """`irrep` verifies exactly; the unitary floating-point copy is a homomorphism too."""
    table = multiplication_table(group)
    for index, degree in enumerate(character_table(group).degrees):
        found = irrep(group, index)
        assert found.degree == degree
        unitary = found.unitary
        x, y = group.order - 1, group.order // 2
        assert abs(unitary[x] @ unitary[y] - unitary[table[x][y]]).max() < 1e-9
        assert abs(unitary[x] @ unitary[x].conj().T - abs(unitary[0])).max() < 1e-9


def test_a_wrong_matrix_is_noticed():
    """`verify` rejects a representation in which two matrices are exchanged."""
    found = irrep(symmetric(3), 2)
    swapped = list(found.matrices)
    swapped[1], swapped[2] = swapped[2], swapped[1]
    with pytest.raises(ArithmeticError):
        type(found)(found.group, found.index, found.form, tuple(swapped)).verify()


@pytest.mark.parametrize("group", [alternating(5), symmetric(4), q8_d4()], ids=lambda g: g.name)
def test_coefficients_are_positive_definite_functions(group):
    """φ(1) = 1 and φ(x⁻¹) is the conjugate of φ(x)."""
    inverse = inverses(group)
    for index in range(len(character_table(group).values)):
        phi = coefficient(group, index)
        assert phi[0] == 1
        assert all(phi[inverse[x]] == phi[x].conjugate() for x in range(group.order))
