"""Column generation, and what of it becomes a certificate."""

import json
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest

from constructions.groups import AbelianGroup
from constructions.max_margin import maximum_margin
from constructions.numbers import EXACT, FLOAT, Truth
from constructions.tasks import SumTask
from verify.checker import check_document
from verify.formula import evaluate, rational
from verify.methods.convex import (
    AbelianSumProblem,
    Column,
    DenseSumProblem,
    InaccurateSolution,
    MarginProblem,
    Proposal,
    Search,
    State,
    Status,
    certify,
    generate_columns,
    solve_dictionary,
)

TOLERANCE = Fraction(1, 10**6)
TARGETS = [
    *(((p,), 2) for p in range(2, 17)),
    *(((p,), 3) for p in range(2, 10)),
    *(((p,), 1) for p in (2, 5, 6)),
    *((orders, k) for orders in ((2, 2), (2, 4), (3, 3)) for k in (2, 3)),
]


@dataclass(frozen=True)
class FiniteGame(MarginProblem):
    """A problem with listed neurons (i,): what a third implementation looks like."""

    table: tuple[tuple[int, ...], ...]
    excess: float = 0.0  # how much the oracle overstates what it proposes

    rows = property(lambda self: tuple(range(len(self.table))))
    unit = property(lambda self: rational(1))

    def column(self, neuron):
        return Column(payoffs=np.array([row[neuron[0]] for row in self.table], float), cost=1.0)

    def exact_column(self, neuron):
        return Column(payoffs=tuple(Fraction(row[neuron[0]]) for row in self.table), cost=1)

    def start(self, generator):
        return ((0,),)

    def oracle(self, weights, generator, hints=()):
        values = weights @ np.array(self.table, dtype=float)
        best = int(np.argmax(values))
        return (Proposal(neuron=(best,), value=float(values[best]) + self.excess),)

    def network(self, pool, heights):
        raise NotImplementedError

    lower_certificate = upper_certificate = network


GAME = FiniteGame(((4, 0, 1, 2), (0, 4, 1, 2), (1, 1, 3, 2)))


def _problem(orders, k, **options):
    return AbelianSumProblem(group=AbelianGroup(orders), inputs=k, **options)


def test_generation_reaches_the_value_of_the_game():
    """Growing the pool from one neuron ends at the value of the whole game."""
    found = generate_columns(GAME)
    whole = solve_dictionary(np.array(GAME.table, dtype=float))
    assert found.status is Status.CLOSED
    assert found.value == pytest.approx(whole.value, abs=1e-9)
    assert found.gap <= 1e-9
    assert [s.size for s in found.history] == sorted(s.size for s in found.history)


def test_negative_values_close_too():
    """A game that is lost closes at its negative value; its relative gap is infinite."""
    found = generate_columns(FiniteGame(((-3, -1), (-1, -3))))
    assert found.status is Status.CLOSED
    assert found.value == pytest.approx(-2)
    assert found.gap == float("inf")


def test_every_bound_is_above_every_value():
    """With an exact oracle no V(Q) of the history falls below any t of the history."""
    found = generate_columns(_problem((16,), 2))
    assert min(s.bound for s in found.history) >= max(s.value for s in found.history) - 1e-9
    assert [s.value for s in found.history] == sorted(s.value for s in found.history)


def test_progress_sees_resumable_states():
    """The callback gets one state per iteration, and each continues to the same end."""
    states = []
    whole = generate_columns(_problem((12,), 2), progress=states.append)
    assert [s.history[-1].iteration for s in states] == list(range(len(whole.history)))
    middle = State.parse(json.loads(json.dumps(states[2].json())))
    resumed = generate_columns(_problem((12,), 2), state=middle)
    assert resumed.state == whole.state
    assert np.array_equal(resumed.masses, whole.masses)


def test_capped_runs_say_so_and_resume():
    """The iteration cap stops a run with a gap; resuming it with a larger cap closes it."""
    capped = generate_columns(_problem((11,), 2), iterations=2)
    assert capped.status is Status.CAPPED
    assert capped.gap > 0.01
    resumed = generate_columns(_problem((11,), 2), state=capped.state)
    assert resumed.status is Status.CLOSED


def test_stored_neurons_must_be_integers():
    """A state whose neurons are floats is refused: neurons are exact."""
    node = {"pool": [[0.5]], "history": [], "weights": []}
    with pytest.raises(TypeError, match="nested lists of integers"):
        State.parse(node)


def test_stalled_and_target_and_empty():
    """An overstating oracle stalls, a target stops early, an empty pool is refused."""
    # At the end the oracle praises a neuron that is in the pool already.
    assert generate_columns(replace(GAME, excess=1.0)).status is Status.STALLED
    assert generate_columns(GAME, target=0.5).status is Status.REACHED
    with pytest.raises(ValueError, match="at least one neuron"):
        generate_columns(GAME, pool=())


def test_inaccurate_solver_output_certifies_nothing():
    """When the solver fails its checks the run says so and no certificate is made."""

    def broken(payoffs):
        raise InaccurateSolution("the solver's answer is not optimal")

    problem = _problem((5,), 2)
    found = generate_columns(problem, solve=broken)
    assert found.status is Status.INACCURATE
    bracket = certify(problem, found)
    assert not bracket.closed
    assert bracket.certificates == {}
    assert "not optimal" in bracket.reason


@pytest.mark.parametrize(("orders", "k"), TARGETS)
def test_gap_is_certified(orders, k):
    """A network and a distribution meet within 10^-6, decided by the checker in exact numbers."""
    problem = _problem(orders, k)
    bracket = certify(problem, generate_columns(problem), tolerance=TOLERANCE)
    assert bracket.closed, bracket.reason
    assert 0 <= bracket.gap <= TOLERANCE
    for document in bracket.certificates.values():
        whole = {"format": "verify-certificate/1", "claim": "t", **document}
        assert check_document(json.loads(json.dumps(whole))).accepted


@pytest.mark.parametrize(("orders", "k"), TARGETS)
def test_bracket_contains_the_analytic_value(orders, k):
    """The closed form of the maximum margin, derived elsewhere, lies in the bracket."""
    problem = _problem(orders, k)
    bracket = certify(problem, generate_columns(problem), tolerance=TOLERANCE)
    names = {"k": k, "n": problem.group.order}
    unit = evaluate(problem.unit, EXACT, names)
    value = maximum_margin(problem.group, k, EXACT)
    assert EXACT.compare(unit * bracket.lower, "<=", value) is Truth.TRUE
    assert EXACT.compare(value, "<=", unit * bracket.upper) is Truth.TRUE


@pytest.mark.parametrize(("orders", "k"), [((3,), 2), ((6,), 3), ((2, 4), 3), ((2, 2), 2)])
def test_rational_data_close_without_a_gap(orders, k):
    """Where payoffs are rational the basis is solved over Q and the certified gap is zero."""
    problem = _problem(orders, k)
    bracket = certify(problem, generate_columns(problem))
    assert bracket.exact
    assert bracket.gap == 0


@pytest.mark.parametrize(("orders", "k"), [((5,), 2), ((8,), 2), ((4,), 3)])
def test_searched_columns_close_as_well(orders, k):
    """With the search instead of the closed form the same certificates come out."""
    problem = _problem(orders, k, search=Search())
    bracket = certify(problem, generate_columns(problem))
    assert bracket.closed, bracket.reason


@pytest.mark.parametrize("orders", [(5,), (7,), (8,), (2, 4)])
def test_a_missing_frequency_leaves_a_gap(orders):
    """Without one frequency and without the oracle, a certified gap of over 1 % remains."""
    problem = _problem(orders, 2)
    found = generate_columns(problem, pool=problem.group.frequencies[:-1], iterations=0)
    bracket = certify(problem, found)
    assert not bracket.closed
    assert bracket.verdicts["network"].accepted
    assert bracket.verdicts["bound"].accepted
    assert not bracket.verdicts["gap"].accepted
    assert bracket.gap > Fraction(1, 100)
    assert "gap" in bracket.reason


@pytest.mark.parametrize("field", ["masses", "weights"])
def test_perturbed_solutions_are_rejected(field):
    """Masses or a distribution off by 1 % never pass as a closed gap."""
    problem = _problem((7,), 2)
    found = generate_columns(problem)
    values = getattr(found, field).copy()
    values[0] *= 1.01
    bracket = certify(problem, replace(found, **{field: values}))
    assert not bracket.closed
    assert not bracket.verdicts["gap"].accepted


@pytest.mark.parametrize("field", ["masses", "weights"])
def test_nan_never_becomes_a_certificate(field):
    """A NaN in the proposal yields no certificate, only a reason."""
    problem = _problem((5,), 2)
    found = generate_columns(problem)
    bracket = certify(problem, replace(found, **{field: np.full(2, np.nan)}))
    assert bracket.certificates == {}
    assert bracket.reason


@pytest.mark.parametrize(("shift", "mass"), [("1", "1/3"), ("1", "-1/4"), ("0", "1/4")])
def test_tampered_distributions_are_rejected(shift, mass):
    """The checker turns down weights that do not sum to 1, are negative, or hit the true label."""
    problem = _problem((5,), 2)
    document = certify(problem, generate_columns(problem)).certificates["bound"]
    tampered = {**document, "weights": {**document["weights"], shift: mass}}
    whole = {"format": "verify-certificate/1", "claim": "t", **tampered}
    assert not check_document(whole).accepted


def test_lower_side_alone_is_no_bracket():
    """A problem without an upper certificate certifies its network and stays open."""
    problem = DenseSumProblem(task=SumTask.modular(2, 2))
    bracket = certify(problem, generate_columns(problem, tolerance=1e-4))
    assert bracket.verdicts["network"].accepted
    assert bracket.upper is None
    assert bracket.gap is None
    assert not bracket.closed
    value = maximum_margin(AbelianGroup((2,)), 2, FLOAT)
    assert float(bracket.lower) == pytest.approx(value, rel=1e-6)


def test_tolerance_must_be_exact():
    """A float tolerance is refused: the gap is compared with exact numbers."""
    problem = _problem((3,), 2)
    with pytest.raises(TypeError, match="tolerance"):
        certify(problem, generate_columns(problem), tolerance=1e-6)
