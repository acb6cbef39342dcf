"""The dictionary LP: every part of an answer is checked, and bases are solved over Q."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.methods.convex import (
    Basis,
    Column,
    DictionarySolution,
    InaccurateSolution,
    NotOptimal,
    residuals,
    solve_basis,
    solve_dictionary,
    solve_with_basis,
)
from verify.methods.convex.dictionary_lp import _accepted
from verify.methods.convex.rationalise import (
    above,
    below,
    denominators,
    round_distribution,
    round_heights,
)

PENNIES = np.array([[3.0, -1.0], [-1.0, 1.0]])  # value 1/3 at masses (1/3, 2/3)
OPTIMUM = DictionarySolution(
    value=1 / 3, masses=np.array([1 / 3, 2 / 3]), weights=np.array([1 / 3, 2 / 3])
)


def _games():
    sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))
    entries = st.integers(-9, 9)
    return sizes.flatmap(
        lambda s: st.lists(
            st.lists(entries, min_size=s[1], max_size=s[1]), min_size=s[0], max_size=s[0]
        )
    )


def _columns(table, costs=None):
    costs = costs or [1] * len(table[0])
    return [
        Column(payoffs=tuple(Fraction(row[i]) for row in table), cost=Fraction(c))
        for i, c in enumerate(costs)
    ]


def test_residuals_of_an_optimum_vanish():
    """At a known optimum every residual is zero to rounding."""
    assert residuals(PENNIES, OPTIMUM).worst < 1e-15


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("primal", {"masses": np.array([1.0, 0.0])}),
        ("primal", {"masses": np.array([1 / 3, 1.0])}),
        ("primal", {"masses": np.array([-1 / 3, 4 / 3])}),
        ("dual", {"weights": np.array([1.0, 0.0])}),
        ("dual", {"weights": np.array([2 / 3, 4 / 3])}),
        ("dual", {"weights": np.array([-1 / 3, 4 / 3])}),
        ("complementarity", {"value": 0.0}),
        ("gap", {"weights": np.array([0.0, 1.0])}),
    ],
)
def test_each_residual_sees_its_own_violation(part, change):
    """A violation of feasibility, complementarity or the gap shows in the residual of its name."""
    assert getattr(residuals(PENNIES, replace(OPTIMUM, **change)), part) > 0.05


@pytest.mark.parametrize(
    "change",
    [
        {"value": float("nan")},
        {"masses": np.array([float("nan"), 1.0])},
        {"weights": np.array([1.0, float("nan")])},
        {"value": 1 / 3 + 1e-6},
        {"masses": np.array([0.34, 0.66])},
    ],
)
def test_inaccurate_answers_are_refused(change):
    """An answer with a NaN or a visible residual never leaves the solver's wrapper."""
    with pytest.raises(InaccurateSolution, match="not optimal") as caught:
        _accepted(PENNIES, replace(OPTIMUM, **change), 1e-8)
    assert not caught.value.residuals.worst <= 1e-8


@pytest.mark.parametrize("table", [np.zeros((0, 2)), np.array([[np.inf]]), np.zeros(3)])
def test_payoffs_must_be_a_finite_matrix(table):
    """Empty, infinite or one-dimensional payoffs are refused with the shape in the message."""
    with pytest.raises(ValueError, match="shape"):
        solve_dictionary(table)


@settings(max_examples=25, deadline=None)
@given(_games())
def test_both_routes_satisfy_duality(game):
    """cvxpy and HiGHS give the same value, each with primal, dual and complementarity in order."""
    table = np.array(game, dtype=float)
    through_cvxpy, (direct, _) = solve_dictionary(table), solve_with_basis(table)
    assert residuals(table, through_cvxpy).worst <= 1e-8
    assert residuals(table, direct).worst <= 1e-8
    assert through_cvxpy.value == pytest.approx(direct.value, abs=1e-7)


@settings(max_examples=25, deadline=None)
@given(_games(), st.lists(st.sampled_from([1, Fraction(1, 2), 3]), min_size=5, max_size=5))
def test_exact_basis_is_an_optimal_pair(game, costs):
    """The basis over Q attains its value on every row and no column beats it."""
    columns = _columns(game, costs[: len(game[0])])
    table = np.array([[float(c.payoffs[r] / c.cost) for c in columns] for r in range(len(game))])
    found, basis = solve_with_basis(table)
    exact = solve_basis(columns, basis)
    assert float(exact.value) == pytest.approx(found.value, abs=1e-7)
    used = list(zip(columns, exact.heights, strict=True))
    attained = [sum(c.payoffs[r] * h for c, h in used) for r in range(len(game))]
    worth = [
        sum(a * q for a, q in zip(c.payoffs, exact.weights, strict=True)) / c.cost for c in columns
    ]
    assert min(attained) == exact.value == max(worth)
    assert sum(exact.weights) == sum(c.cost * h for c, h in used) == 1


@pytest.mark.parametrize(
    ("game", "basis", "reason"),
    [
        ([[1, 1], [1, 1]], Basis(columns=(0, 1), rows=(0, 1)), "singular"),
        ([[0, 1], [0, 1]], Basis(columns=(0,), rows=(0,)), "beats"),
        ([[1, 0], [0, 1]], Basis(columns=(0,), rows=(0,)), "falls below"),
        ([[2, 1], [3, 4]], Basis(columns=(0, 1), rows=(0, 1)), "negative"),
    ],
)
def test_wrong_bases_are_not_optimal(game, basis, reason):
    """A singular, infeasible or improvable basis is refused, and the message says which."""
    with pytest.raises(NotOptimal, match=reason):
        solve_basis(_columns(game), basis)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda x: sum(x) > 1e-3))
def test_rounded_distributions_are_distributions(weights):
    """Rounding keeps a distribution non-negative with total exactly 1."""
    rounded = round_distribution(np.array(weights), 10**9)
    assert min(rounded) >= 0
    assert sum(rounded) == 1


@pytest.mark.parametrize("bad", [[float("nan"), 1.0], [0.0, 0.0], [float("inf"), 1.0]])
def test_rounding_refuses_what_is_no_distribution(bad):
    """NaN, infinite and vanishing vectors are refused instead of being repaired."""
    with pytest.raises(NotOptimal):
        round_distribution(np.array(bad), 100)
    with pytest.raises(NotOptimal):
        round_heights(np.array(bad), np.ones(2), 100)


@given(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6))
def test_outward_rounding_brackets_the_float(value):
    """The last resort of `below` and `above` brackets the float within 2·10^-10, strictly."""
    low, high = below(value)[-1], above(value)[-1]
    assert low < Fraction(value) < high
    assert high - low <= Fraction(abs(value)) * 4 / 10**10


def test_simple_fractions_are_tried_first():
    """A float that looks like 13/12 is offered as 13/12, and 1/12 gets the denominator 12."""
    assert below(13 / 12)[0] == above(13 / 12)[0] == Fraction(13, 12)
    assert denominators(np.full(12, 1 / 12))[0] == 12
    assert denominators(np.array([np.sqrt(0.5)]))[-1] == 10**9


def test_solvers_leave_standard_output_alone():
    """The first HiGHS object of a process prints no banner to standard output."""
    code = (
        "import numpy as np\n"
        "from verify.methods.convex import solve_dictionary, solve_with_basis\n"
        "solve_with_basis(np.eye(2)); solve_dictionary(np.eye(2)); print('only this')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "only this\n"
