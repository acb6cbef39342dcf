"""`torus-bound`: what one wrong entry does, and the elimination without fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checker.examples import example
from tests.checker.test_checker_energy import put
from verify.checker import check_document
from verify.checker.torus import positive_definite


@pytest.mark.parametrize("name", ["torus-sum", "torus-mirror"])
def test_an_example_is_accepted(name):
    """The sum of squares is above the bound at all angles."""
    result = check_document(example(name))
    assert result.accepted
    assert "exceeds" in result.reason


@pytest.mark.parametrize(("name", "change", "reason"), [
    ("torus-sum", put("bound", 0), "differ"),
    ("torus-sum", put("bound", 0.5), "not an exact number"),
    ("torus-sum", put("squares", 0, 0, 2), "differ"),
    ("torus-sum", put("squares", 0, 1, 0, [1, 1]), "differ"),
    ("torus-sum", put("squares", []), "squares"),
    ("torus-sum", put("values", 0, 1), "not positive definite"),
    ("torus-sum", put("values", 1, "1/2"), "differ"),
    ("torus-sum", put("blocks", 0, "gram", 1, 0, 7), "no value"),
    ("torus-sum", put("blocks", 0, "gram", 1, 0, -1), "no value"),
    ("torus-sum", put("blocks", 0, "gram", 1, [1]), "needs 2 entries"),
    ("torus-sum", put("blocks", 0, "basis", 2, [0, 1]), "twice"),
    ("torus-sum", put("blocks", 0, "basis", 2, [0]), "2 exponents"),
    ("torus-sum", put("blocks", []), "no blocks"),
    ("torus-sum", put("angles", 0), "angles"),
    ("torus-sum", put("angles", True), "angles"),
    ("torus-sum", put("mirror", [[1, 1], [0, 1]]), "differ"),
    ("torus-mirror", put("mirror", 0, [1, 2]), "angle, sign"),
    ("torus-mirror", put("mirror", 0, [2, 1]), "angle, sign"),
    ("torus-mirror", put("mirror", [[1, 1]]), "one pair"),
])
def test_a_wrong_entry_is_rejected(name, change, reason):
    """The message names what is wrong."""
    certificate = example(name)
    change(certificate)
    result = check_document(certificate)
    assert not result.accepted
    assert reason in result.reason


@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=3, max_size=5))
def test_a_gram_matrix_is_positive_definite_iff_its_vectors_are_independent(vectors):
    """VVᵀ of three vectors is definite iff its determinant is positive; more are dependent."""
    gram = [[Fraction(sum(a * b for a, b in zip(v, w, strict=True)), 4) for w in vectors]
            for v in vectors]
    (a, b, c), (d, e, f), (g, h, i), *more = vectors
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    assert positive_definite(gram) == (determinant != 0 and not more)
