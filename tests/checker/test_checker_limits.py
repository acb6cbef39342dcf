"""Hostile certificates end in a clear rejection."""

import json
import sys

import pytest

from tests.checker.examples import (
    MARGIN,
    design_network,
    document,
    example,
    family,
    statement,
    var,
)
from verify.checker import check_document, limits


def nested(node, depth):
    """A term wrapped many times."""
    for _ in range(depth):
        node = {"neg": node}
    return node


def tower(base, *exponents):
    """((base^a)^b)^…"""
    for exponent in exponents:
        base = {"^": [base, exponent]}
    return base


def long_sum(body, stop):
    """Σ body over z = 1..stop."""
    return {"sum": {"var": "z", "from": 1, "to": stop, "of": body}}


HOSTILE = {
    "range": {"=": [long_sum(1, 10**7), 0]},
    "power tower": {"=": [tower(10, 1000, 1000), 0]},
    "power": {"=": [tower(2, 10**9), 0]},
    "factorial": {"=": [{"fact": 10**6}, 0]},
    "binomial": {"=": [{"binom": [10**9, 10**6]}, 0]},
    "conductor": {"=": [{"cos": "1/1000003"}, 1]},
    "many conductors": {"=": [long_sum({"cos": {"/": [1, var("z")]}}, 200), 1]},
    "depth": {"=": [nested(1, 5000), 1]},
    "digits": {"=": ["9" * 5000, 1]},
    "squares": {"=": [tower({"+": [{"sqrt": q} for q in (2, 3, 5, 7, 11, 13, 17)]}, 80_000), 1]},
}


@pytest.fixture
def small_budget(monkeypatch):
    """The same account with a hundredth of the steps, so that the test is short."""
    monkeypatch.setattr(limits, "MAX_STEPS", 200_000)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formula_is_rejected(name, small_budget):
    """Huge ranges, powers, orders and depths are refused before they cost much."""
    result = check_document(statement(HOSTILE[name]))
    assert not result.accepted
    assert "too large" in result.reason or "not an exact number" in result.reason


@pytest.mark.parametrize("certificate", [
    design_network([10_007], 1, [([[1]], [["0"]], 1)], [{">": [MARGIN, 0]}]),
    design_network([2] * 20, 1, [([[1] * 20], [["0"]], 1)], [{">": [MARGIN, 0]}]),
    design_network([5], 150, [([[1]], [["0"] * 150], 1)], [{">": [MARGIN, 0]}]),
    design_network([5], 10**6, [([[1]], [["0"]], 1)], [{">": [MARGIN, 0]}]),
    design_network([3], 1, [([[1]], [["1/1000003"]], 1)], [{">": [MARGIN, 0]}]),
    design_network([29], 3, [([[1]], [["1/7"] * 3], 1)], [{">": [MARGIN, 0]}]),
    document("margin-bound", group=[5], inputs=10**9, weights={"1": "1/2", "4": "1/2"},
             frequencies="all", relations=[{">": [var("bound"), 0]}]),
    document("width-bound", inputs=10**9, clique=[[0]], relations=[{"=": [1, 1]}]),
    family("odd-cyclic", 60, [1], ["value"], design=[["0"] * 60]),
])
def test_hostile_certificate_is_rejected(certificate, small_budget):
    """Groups, inputs and phases beyond the limits are refused."""
    result = check_document(certificate)
    assert not result.accepted
    assert "too large" in result.reason


def test_account_is_per_document():
    """A rejected document leaves no debt to the next one."""
    for _ in range(3):
        assert not check_document(statement(HOSTILE["power tower"])).accepted
        assert check_document(example("clique")).accepted


def test_large_file_is_rejected(tmp_path, monkeypatch):
    """A file beyond the size limit is not even read."""
    from verify.checker import check_file
    from verify.checker import document as reading

    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 100)
    path = tmp_path / "c.json"
    path.write_text(" " * 200, encoding="utf-8")
    assert "too large" in check_file(path).reason


HEAVY = {
    "sum": statement({"=": [long_sum({"/": [1, var("z")]}, 10_000), 0]}),
    "cosines": statement({"<": [long_sum({"cos": {"/": [var("z"), 19_997]}}, 10_000), 0]}),
    "broken design": design_network(
        [5], 3, [([[1]], [["0", "0", "0"], ["1/7", "0", "1/3"]], 1)], [{">": [MARGIN, 0]}]),
    "conjunction": statement({"and": [{"=": [1, 1]}] * 50_000}),
    "wide clique": document("width-bound", inputs=2, relations=[{"=": [1, 1]}],
                            clique=[[x, y] for x in range(60) for y in range(60)]),
    "long chain": document("order-chain", goal={"<=": ["E_q0 g(n0)", "E_q0 g(n1)"]}, facts=[
        {"rule": "weighted-le", "network": f"n{i}", "distribution": "q0"} for i in range(20_000)]),
    "powers": document(
        "convolution", functions=["f"], free=[], left=[{"coefficient": 1, "sum": ["a"], "dual": [],
        "of": {"^": [{"+": [{"at": ["f", {"a": i}]} for i in range(1, 9)]}, 12]}}],
        right=[{"coefficient": 1, "sum": [], "dual": [], "of": 1}]),
    "permutations": document("group-margin", generators=[[*range(1, 150), 0]],
                             representatives=[[*range(150)]], characters=[[1]],
                             relations=[{"=": [var("order"), 150]}]),
}


@pytest.mark.parametrize("name", HEAVY)
def test_work_is_charged(name, small_budget):
    """Calls are at most proportional to charged steps and the document's size: none is free."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    text = json.dumps(HEAVY[name])
    sys.setprofile(count)
    try:
        check_document(HEAVY[name])
    finally:
        sys.setprofile(None)
    assert calls < 100 * (min(limits._spent, 200_000) + len(text))
