"""The two problems and the oracle against their definitions and against each other."""

from fractions import Fraction

import numpy as np
import pytest

from constructions.groups import AbelianGroup
from constructions.margins import shift_profile
from constructions.numbers import EXACT, FLOAT
from constructions.tasks import SumTask
from verify.formula import evaluate
from verify.methods.convex import (
    AbelianSumProblem,
    DenseSumProblem,
    PayoffPolynomial,
    Search,
    generate_columns,
)

CASES = [
    ((3,), 2),
    ((4,), 2),
    ((5,), 2),
    ((8,), 2),
    ((4,), 3),
    ((5,), 3),
    ((6,), 3),
    ((5,), 1),
    ((2, 2), 2),
    ((2, 4), 3),
    ((3, 3), 2),
]


def _problem(orders, k, **options):
    return AbelianSumProblem(group=AbelianGroup(orders), inputs=k, **options)


def _unit(problem):
    names = {"k": problem.inputs, "n": problem.group.order}
    return float(evaluate(problem.unit, FLOAT, names))


@pytest.mark.parametrize("group", ["Z5", 5, (2, 4), None])
def test_only_groups_are_accepted(group):
    """Anything that is not a finite Abelian group is refused by name and type."""
    with pytest.raises(TypeError, match="expected a finite Abelian group, got"):
        AbelianSumProblem(group=group, inputs=2)


@pytest.mark.parametrize("inputs", [0, -1, 2.0, True])
def test_number_of_inputs_is_checked(inputs):
    """k must be an integer of at least 1."""
    with pytest.raises(ValueError, match="number of inputs"):
        AbelianSumProblem(group=AbelianGroup((3,)), inputs=inputs)


@pytest.mark.parametrize(("orders", "k"), CASES)
def test_column_is_the_payoff_of_the_network(orders, k):
    """A frequency's column, per unit of norm, is what its network's exact logits give."""
    problem = _problem(orders, k)
    for zeta in problem.group.frequencies:
        network = problem.network([zeta], [Fraction(1)])
        profile = shift_profile(network)
        norm = float(network.norm(EXACT))
        lead = float(profile[problem.group.scale(0, zeta)])
        gaps = [lead - float(profile[delta]) for delta in problem.rows]
        expected = problem.payoffs(zeta) * _unit(problem)
        assert np.allclose(np.array(gaps) / norm, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("orders", "k"), CASES)
def test_exact_columns_equal_float_columns(orders, k):
    """Where a column is rational, its Fractions are the floats; elsewhere it is None."""
    problem = _problem(orders, k)
    rational = {(3,), (2, 2), (3, 3)} | ({(4,), (6,), (2, 4)} if k % 2 else set())
    for zeta in problem.group.frequencies:
        exact, column = problem.exact_column(zeta), problem.column(zeta)
        if exact is not None:
            assert [float(x) for x in exact.payoffs] == pytest.approx(list(column.payoffs))
            assert float(exact.cost) == pytest.approx(column.cost)
        if orders in rational:
            assert exact is not None


@pytest.mark.parametrize(("orders", "k"), CASES)
def test_search_reaches_the_closed_form(orders, k):
    """On random symmetric Q the search finds V(Q) of the closed form and never more."""
    closed, searched = _problem(orders, k), _problem(orders, k, search=Search())
    generator = np.random.default_rng(7)
    for _ in range(3):
        weights = generator.dirichlet(np.ones(len(closed.rows)))
        expected = closed.oracle(weights, generator)[0]
        found = searched.oracle(weights, generator)[0]
        assert found.value == pytest.approx(expected.value, rel=1e-9)
        worth = weights @ closed.payoffs(found.neuron)
        assert worth == pytest.approx(expected.value, rel=1e-9)


@pytest.mark.parametrize(("orders", "k"), [((5,), 2), ((4,), 3), ((2, 4), 2)])
def test_polynomial_is_the_mean_payoff(orders, k):
    """J(u, w) equals E[φ(a)[Σa] − φ(a)[Σa + δ]] summed by hand, for any neuron."""
    problem = _problem(orders, k)
    group, task, generator = problem.group, problem.task, np.random.default_rng(0)
    weights = generator.dirichlet(np.ones(len(problem.rows)))
    neuron = generator.standard_normal((k + 1, group.order))
    total = 0.0
    for a in task.data():
        height = sum(neuron[j][group.index(x)] for j, x in enumerate(a)) ** k
        label = task.label(a)
        for delta, weight in zip(problem.rows, weights, strict=True):
            for shift in (delta, group.negate(delta)):
                right, wrong = group.index(label), group.index(group.add(label, shift))
                total += weight / 2 * height * (neuron[k][right] - neuron[k][wrong])
    assert problem.polynomial(weights).value(neuron) == pytest.approx(total / task.size)


@pytest.mark.parametrize("data", [None, ((0, 1), (2, 2), (1, 0))])
def test_dense_polynomial_is_the_weighted_payoff(data):
    """Without symmetry, J of a pool neuron equals Q applied to its column."""
    problem = DenseSumProblem(task=SumTask.modular(3, 2), data=data)
    generator = np.random.default_rng(1)
    weights = generator.dirichlet(np.ones(len(problem.rows)))
    neuron = tuple(tuple(map(int, row)) for row in generator.integers(-9, 9, (3, 3)))
    value = problem.polynomial(weights).value(np.array(neuron) / problem.grid)
    assert value == pytest.approx(float(weights @ problem.column(neuron).payoffs))


def test_search_ascends_from_hints():
    """The best value is never below that of a hint."""
    problem = _problem((7,), 2)
    generator = np.random.default_rng(3)
    polynomial = problem.polynomial(np.full(3, 1 / 3))
    hints = generator.standard_normal((5, 3, 7))
    scaled = hints / np.linalg.norm(hints, axis=(1, 2), keepdims=True)
    values, neurons = Search(starts=1, steps=50).maximise(polynomial, generator, scaled)
    assert values[0] >= max(polynomial.value(h) for h in scaled)
    assert np.allclose(np.linalg.norm(neurons, axis=(1, 2)), 1)
    assert values[0] == pytest.approx(polynomial.value(neurons[0]))


def test_polynomial_shapes_are_checked():
    """Positions and coefficients must describe the same inputs."""
    with pytest.raises(ValueError, match="shape"):
        PayoffPolynomial(np.zeros((3, 2), dtype=int), np.zeros((4, 5)))


@pytest.mark.parametrize(("p", "k"), [(2, 2), (3, 2), (3, 1), (2, 3)])
def test_dense_and_reduced_problems_agree(p, k):
    """Dividing the translations out does not change the value of the program."""
    reduced = _problem((p,), k)
    dense = DenseSumProblem(task=SumTask.modular(p, k))
    left = generate_columns(reduced).value * _unit(reduced)
    right = generate_columns(dense, tolerance=1e-4)
    assert right.value == pytest.approx(left, rel=2e-4)
    assert right.bound == pytest.approx(left, rel=2e-3)


def test_dense_exact_columns_exist_for_odd_k_only():
    """‖ω‖^{k+1} is rational for odd k; the exact payoffs are the float ones."""
    neuron = ((1, 2, 3), (0, -1, 1), (2, 2, -5), (4, 0, 1))
    problem = DenseSumProblem(task=SumTask.modular(3, 3), grid=4)
    exact, column = problem.exact_column(neuron), problem.column(neuron)
    assert [float(x) for x in exact.payoffs] == pytest.approx(list(column.payoffs))
    assert float(exact.cost) == pytest.approx(column.cost)
    assert DenseSumProblem(task=SumTask.modular(3, 2)).exact_column(neuron[:3]) is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((), "non-empty"),
        (((0, 1), (0, 1)), "different"),
        (((0, 3),), "below 3"),
        (((0,),), "2 positions"),
        (((0, 0.5),), "positions"),
    ],
)
def test_dense_data_are_checked(data, message):
    """Empty, repeated, out-of-range or malformed inputs are refused."""
    with pytest.raises(ValueError, match=message):
        DenseSumProblem(task=SumTask.modular(3, 2), data=data)


def test_dense_problem_refuses_large_tables():
    """Too many rows are refused with a pointer to the reduced problem."""
    with pytest.raises(ValueError, match="AbelianSumProblem"):
        DenseSumProblem(task=SumTask.modular(31, 2))
