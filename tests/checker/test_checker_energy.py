"""`group-energy`, `matrix-identity` and the energy rules: what one wrong entry does."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from re import search

import pytest

from tests.checker.examples import EXAMPLES, Document, document, example, over, var
from verify.checker import check_document


def put(*path) -> Callable[[Document], None]:
    """Writes path[-1] at the position path[:-1]."""
    *way, last, value = path

    def change(certificate: Document) -> None:
        for step in way:
            certificate = certificate[step]
        certificate[last] = value
    return change


@pytest.mark.parametrize(("name", "change", "reason"), [
    ("energy-wave", put("spectrum", 0, 1, 1), "multiplicities"),
    ("energy-wave", put("spectrum", [[0, 1], [-8, 2], [-4, 2]]), "trace"),
    ("energy-wave", put("spectrum", [[0, 2], [-8, 1], [-2, 2]]), "trace"),
    ("energy-wave", put("spectrum", [[-8, 3], [-4, 2]]), "trace"),
    ("energy-wave", put("critical", False), "critical"),
    ("energy-wave", put("u", 0, 3), "critical"),
    ("energy-wave", put("u", 0, {"cis": "1/3"}), "not real"),
    ("energy-wave", put("u", [1, 2]), "list of 3"),
    ("energy-wave", put("relations", 0, "=", 0, ENERGY := var("energy")), "relation 0"),
    ("energy-saddle", put("direction", "u", 0, 1), "not tangent"),
    ("energy-saddle", put("direction", "u", 0, "1/2"), "integers"),
    ("energy-saddle", put("direction", {"u": [0] * 6, "v": [0] * 6}), "direction is 0"),
    ("energy-saddle", put("relations", 0, {"<": [var("curvature"), 0]}), "relation 0"),
    ("energy-saddle", put("relations", 3, {"=": [ENERGY, var("left_3")]}), "relation 3"),
    ("energy-saddle", put("characters", 2, 2, 1), "character 2"),
    ("energy-maxima", put("value", "coefficient", "1/8"), "M/\\(2D\\)"),
    ("energy-maxima", put("share", "1/3"), "1/2"),
    ("energy-maxima", put("contained_in", ["signed"]), "contained_in"),
    ("energy-maxima", put("contain", ["rank"]), "contain"),
    ("energy-maxima", put("components", {"more": 2}), "connected"),
    ("energy-maxima", put("components", {"1": 2}), "four"),
    ("energy-maxima", put("manifold", 2), "dimension"),
    ("energy-maxima", put("global", {"dimension": 3, "divisor": 3}), "M/\\(2D\\)"),
    ("energy-maxima", put("conclusions", ["many-blocks"]), "conclusion"),
    ("energy-hessian", put("spectrum", 0, 1, 0), "multiplicity"),
    ("energy-hessian", put("spectrum", 0, 0, -2), "no eigenvalue"),
    ("energy-sides", put("value", 2), "factor"),
    ("energy-blocks", put("form", "U* V"), "not"),
    ("energy-blocks", put("weights", "complex"), "components"),
    ("energy-blocks", put("factor", 1), "factor"),
    ("energy-schur", put("matrix", "vec(I) vec*(I)"), "identity"),
    ("energy-schur", put("norm", "trace"), "Frobenius"),
    ("energy-labels", put("rows", ["R_h", "P"]), "rows"),
    ("energy-labels", put("transform", "Q^T S Q"), "transform"),
    ("energy-mixture", put("exponent", 0), "masses"),
    ("energy-nodes", put("factor", 1), "bound"),
    ("energy-target", put("phi", "nondecreasing"), "maximiser"),
    ("energy-target", put("squares", 1), "squares"),
    ("energy-target", put("multiplier", 1), "multiplier"),
    ("energy-target", put("activations", ["power"]), "activation"),
    ("push-through", put("goal", 2, 0, -1), "is left"),
    ("push-through", put("combination", 0, 1, 1), "compose"),
    ("push-through", put("combination", 0, 1, 2), "no relation"),
    ("push-through", put("goal", 0, 1, ["I", "K"]), "shapes"),
    ("push-through", put("goal", 1, 1, ["F", "F"]), "compose"),
    ("push-through", put("goal", 1, 1, ["F", "C", "Ft"]), "unknown matrix"),
    ("push-through", put("goal", []), "non-empty"),
    ("push-through", put("goal", 0, 0, 0.5), "number"),
])
def test_one_wrong_entry_is_rejected(name, change, reason):
    """Each change of an accepted certificate is rejected for its own reason."""
    certificate = example(name)
    change(certificate)
    result = check_document(certificate)
    assert not result.accepted
    assert search(reason, result.reason), result.reason


def test_goal_that_vanishes_identically_says_nothing():
    """0 = 0 is refused, whatever the combination."""
    certificate = example("push-through")
    certificate["goal"] = [[1, ["A"]], [-1, ["A"]]]
    certificate["combination"] = [[[[0, ["A"]]], 0, [[1, ["A"]]]]]
    assert not check_document(certificate).accepted


def _energy(group_size: int, u: list[Fraction], v: list[Fraction]) -> Fraction:
    """½Σ(z − z̄)² on Z_n, by enumerating all n² pairs."""
    z = [Fraction(0)] * group_size
    inverse = [-x % group_size for x in range(group_size)]
    for a in range(group_size):
        for b in range(group_size):
            z[(a + b) % group_size] += (u[a] + v[inverse[b]]) ** 2
    mean = sum(z) / group_size
    return sum((x - mean) ** 2 for x in z) / 2


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_the_energy_is_that_of_all_pairs(n):
    """Rational weights: the checker's energy, slope and curvature match finite differences."""
    source = Random(n)
    turn = [[*range(1, n), 0]]
    u, v, p, q = ([Fraction(source.randint(-4, 4)) for _ in range(n)] for _ in range(4))
    # make (p, q) tangent: scale by |w|² and take off the radial part
    norm, radial = sum(x * x for x in u + v), sum(
        x * y for x, y in zip(u + v, p + q, strict=True))
    p = [norm * y - radial * x for x, y in zip(u, p, strict=True)]
    q = [norm * y - radial * x for x, y in zip(v, q, strict=True)]

    def along(t: int) -> Fraction:
        return _energy(n, [x + t * y for x, y in zip(u, p, strict=True)],
                       [x + t * y for x, y in zip(v, q, strict=True)])

    # E(w + ty) is a quartic in t: five values give its derivatives exactly
    e = {t: along(t) for t in (-2, -1, 0, 1, 2)}
    slope = (e[-2] - 8 * e[-1] + 8 * e[1] - e[2]) / 12
    second = (-e[-2] + 16 * e[-1] - 30 * e[0] + 16 * e[1] - e[2]) / 12
    size = sum(y * y for y in p + q)
    certificate = document(
        "group-energy", generators=turn, u=list(map(str, u)), v=list(map(str, v)),
        direction={"u": list(map(int, p)), "v": list(map(int, q))},
        relations=[{"=": [var("energy"), str(e[0])]}, {"=": [var("slope"), str(slope)]},
                   {"=": [var("curvature"), str(norm * second - 4 * e[0] * size)]}],
    )
    result = check_document(certificate)
    assert result.accepted, result.reason


def test_complex_weights_have_an_energy_but_no_landscape():
    """E = ½Σ|z − z̄|² for u = v = (1, ω, ω²) on Z3 is 0."""
    chi = [1, {"cis": "1/3"}, {"cis": "2/3"}]
    certificate = document("group-energy", generators=[[1, 2, 0]], u=chi, v=chi,
                           relations=[{"=": [var("energy"), 0]}, {"=": [var("norm"), 6]}])
    assert check_document(certificate).accepted
    certificate["critical"] = True
    assert "not real" in check_document(certificate).reason


def test_scaling_rational_weights_scales_the_names():
    """Common denominators are put back: E has degree 4 and the norm degree 2."""
    certificate = document(
        "group-energy", generators=[[1, 0]], u=["1/2", "-1/2"], v=["1/2", "-1/2"],
        relations=[{"=": [var("energy"), 1]}, {"=": [var("norm"), 1]},
                   {"=": [over(var("energy"), 2), "1/2"]}])
    assert check_document(certificate).accepted
    assert "energy-wave" in EXAMPLES
