"""`group-margin` and `every-group`: what is accepted, and what one wrong entry does."""

from copy import deepcopy
from typing import Any

import pytest

from tests.checker.examples import EXAMPLES, Document, document, example
from verify.checker import check_document


def change(name: str, *path: Any) -> Document:
    """An example with path[-1] written at the position path[:-1]."""
    certificate = example(name)
    *way, last, value = path
    place = certificate
    for step in way:
        place = place[step]
    place[last] = deepcopy(value)
    return certificate


REJECTED = [
    # the group and its classes
    (("symmetric-group", "generators", 0, [1, 1, 2]), "not a permutation"),
    (("symmetric-group", "generators", 0, [1, 0]), "not a permutation"),
    (("symmetric-group", "generators", []), "non-empty list"),
    (("symmetric-group", "representatives", 0, [1, 0, 2]), "identity"),
    (("symmetric-group", "representatives", 2, [2, 1, 0]), "new class"),
    (("symmetric-group", "representatives", [[0, 1, 2], [1, 0, 2]]), "classes are not those"),
    # the characters: wrong, reducible, repeated, of another group
    (("symmetric-group", "characters", 0, 1, -1), "first character is trivial"),
    (("symmetric-group", "characters", 1, [1, 1, 1]), "listed twice"),
    (("symmetric-group", "characters", 2, [2, 1, 0]), "norm 1"),
    (("symmetric-group", "characters", 2, [2, 0, 1]), "not irreducible"),
    (("symmetric-group", "characters", 2, [-2, 0, 1]), "degree"),
    (("symmetric-group", "characters", 2, [2, 0]), "as many characters as classes"),
    (("symmetric-group", "characters", 2, [2, {"sqrt": "2/3"}, 0]), "not irreducible"),
    (("symmetric-group", "characters", [[1, 1, 1], [1, -1, 1]]), "as many characters as classes"),
    (("cyclic-group", "characters", 1, 1, {"cis": "1/4"}), "not irreducible"),
    (("cyclic-group", "characters", 2, [1, {"cis": "1/3"}, {"cis": "2/3"}]), "listed twice"),
    # masses and weights
    (("symmetric-group", "masses", 1, -1), "negative"),
    (("symmetric-group", "masses", [0, 0, 0]), "vanish"),
    (("symmetric-group", "masses", [0, 1]), "must list 3 terms"),
    (("symmetric-group", "masses", 2, {"^": [{"var": "d_3"}, 2]}), "relation 0"),
    (("symmetric-group", "masses", 2, {"var": "x_3"}), "unbound"),
    (("symmetric-group", "weights", [1, -1]), "negative"),
    (("symmetric-group", "weights", [0, 0]), "vanish"),
    (("symmetric-group", "weights", 0, 2), "relation 1"),
    (("cyclic-group", "weights", [1, 2]), "inverse differ"),
    # what is asserted
    (("symmetric-group", "relations", 2, {"=": [{"var": "width"}, 9]}), "relation 2"),
    (("symmetric-classes", "class_relations", "at", [3]), "no class 3"),
    (("symmetric-classes", "class_relations", "at", []), "at least one class"),
    (("symmetric-classes", "class_relations", "formulas", 0, {">": [{"var": "x_2"}, 0]}),
     "does not hold"),
    (("symmetric-optima", "conclusions", ["unique"]), "unknown conclusion"),
    (("cyclic-group", "relations", 0, {"=": [{"var": "width"}, 2]}), "unbound"),
    # constants of the lemmas for every group
    (("group-optimum", "mass", "degree", 2), "lag equally"),
    (("group-optimum", "weight", "degree", "5/2"), "irreps equal"),
    (("group-optimum", "weight", "coefficient", 2), "weight·d"),
    (("group-optimum", "sign", 1), "negative"),
    (("group-optimum", "value", "coefficient", "2/9"), "the value"),
    (("group-optimum", "value", "coefficient", -1), "not positive"),
    (("group-optimum", "value", "order", 0), "the value"),
    (("group-optimum", "types", "complex"), "types"),
    (("group-optimum", "width", "degree", 2), "the width"),
    (("group-optimum", "conclusions", ["value"]), "width needs"),
    (("group-optimum", "conclusions", ["unique"]), "unknown conclusion"),
    (("group-types", "conclusions", ["value", "width"]), "irreps only"),
    (("group-optimum", "mass", {"degree": "5/2"}), "not a monomial"),
    (("group-optimum", "mass", "dimension", 1), "not a monomial"),
    (("group-optimum", "rule", "optima"), "unknown rule"),
    (("group-types", "mass", "type", 0), "lag equally"),
    (("group-types", "weight", "type", 0), "irreps equal"),
    (("group-neuron", "value", "coefficient", 1), "the value"),
    (("group-neuron-maximum", "words", "coefficient", 1), "the value"),
    (("group-trace", "count", "degree", 2), "the count"),
    (("group-trace", "scale", "coefficient", 4), "the scale"),
    (("group-trace", "strength", "order", "-1/2"), "the strength"),
    (("regular-character", "sum", 0), "the sum"),
    (("dihedral-groups", "exponent", "1/2"), "not negative"),
    (("dihedral-groups", "exponent", "1/3"), "half-integer"),
    (("dihedral-groups", "exponent", -1), "half-integer"),
]


@pytest.mark.parametrize(("corruption", "reason"), REJECTED)
def test_one_wrong_entry_is_rejected(corruption, reason):
    """A wrong permutation, character, mass, weight or constant is named in the rejection."""
    result = check_document(change(*corruption))
    assert not result.accepted, result.reason
    assert reason in result.reason
    assert not result.reason.startswith("malformed")


def test_orthonormal_rows_of_another_group_are_rejected():
    """Q8 and the dihedral group of order 8 have one table and class sizes, Z_4 and Z_2² do not:
    the characters of Z_2² on Z_4 are orthonormal, yet not its irreducible characters."""
    klein = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
    turn = [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]
    relation = [{"=": [{"var": "order"}, 4]}]
    result = check_document(document(
        "group-margin", generators=[turn[1]], representatives=turn, characters=klein,
        relations=relation))
    assert not result.accepted
    assert "not irreducible" in result.reason


def quaternion(types: int) -> Document:
    """Q8 with its table; the fifth character is quaternionic."""
    i, j = [1, 2, 3, 0, 5, 6, 7, 4], [4, 7, 6, 5, 2, 1, 0, 3]
    minus = [2, 3, 0, 1, 6, 7, 4, 5]
    both = [j[x] for x in i]
    return document(
        "group-margin", generators=[i, j], representatives=[list(range(8)), minus, i, j, both],
        characters=[[1, 1, 1, 1, 1], [1, 1, 1, -1, -1], [1, 1, -1, 1, -1], [1, 1, -1, -1, 1],
                    [2, -2, 0, 0, 0]],
        relations=[{"=": [{"var": "t_5"}, types]}, {"=": [{"var": "t_4"}, 1]}])


def test_quaternionic_character_is_told_from_a_real_one():
    """Q8 has the table of the dihedral group of order 8; squares in the group tell them apart."""
    assert check_document(quaternion(2)).accepted
    assert not check_document(quaternion(1)).accepted


def test_positive_weights_are_needed_for_every_irrep():
    """Where an optimal weighting leaves a class out, nothing is said about the use of irreps."""
    group = [[1, 0, 2, 3], [0, 1, 3, 2]]
    product = [1, 0, 3, 2]
    # Z_2²: masses and weights that do not meet say nothing at all
    certificate = document(
        "group-margin", generators=group,
        representatives=[[0, 1, 2, 3], *group, product],
        characters=[[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]],
        masses=[0, 1, 1, 1], weights=[1, 1, 0], conclusions=["value"])
    assert "do not meet" in check_document(certificate).reason
    certificate["weights"] = [1, 1, 1]
    certificate["conclusions"] = ["value", "every-irrep"]
    assert check_document(certificate).accepted


def test_mass_on_the_trivial_character_is_wasted():
    """It adds to the norm and not to the margin."""
    certificate = change("symmetric-group", "masses", 0, 1)
    result = check_document(certificate)
    assert not result.accepted
    assert "relation 0" in result.reason


def test_conclusions_need_both_sides():
    """A network alone, or a weighting alone, decides no optimum."""
    for key in ("masses", "weights"):
        certificate = example("symmetric-optima")
        del certificate[key]
        assert "masses and weights" in check_document(certificate).reason


def test_examples_of_both_kinds_are_listed():
    """The examples that these tests corrupt are among those that must be accepted."""
    names = {corruption[0] for corruption, _ in REJECTED}
    assert names <= set(EXAMPLES)
    assert all(check_document(EXAMPLES[name]).accepted for name in names)
