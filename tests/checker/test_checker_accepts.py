"""Certificates that must be accepted, in process and by the bare interpreter."""

import json
from fractions import Fraction

import pytest

from tests.checker.examples import (
    EXAMPLES,
    MARGIN,
    NORM,
    K,
    P,
    attains_gamma,
    design_network,
    document,
    example,
    quarter,
    statement,
    uniform_bound,
    var,
)
from tests.checker.running import run_checker, write
from verify.checker import KINDS, check_document, check_file


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_accepted(name):
    """A correct certificate is accepted, with its kind, its claim and quantities it computed."""
    certificate = json.loads(json.dumps(EXAMPLES[name]))
    result = check_document(certificate)
    assert result.accepted, result.reason
    assert result.kind == certificate["kind"]
    assert result.claim == "test.example"
    assert result.facts


def test_examples_cover_every_kind():
    """No kind of certificate goes untested."""
    assert {certificate["kind"] for certificate in EXAMPLES.values()} == set(KINDS)


def test_bare_interpreter_accepts_every_example(tmp_path):
    """With -I -S, from another folder, all examples are accepted: one line each, status 0."""
    files = [write(tmp_path / f"{name}.json", c) for name, c in EXAMPLES.items()]
    done = run_checker(*files, cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines) == len(files)
    assert all(line.startswith(f"accept {file}: ") for line, file in zip(lines, files, strict=True))


def test_file_and_document_agree(tmp_path):
    """Reading a certificate from a file gives the same result as its parsed document."""
    path = write(tmp_path / "c.json", example("hexagon"))
    assert check_file(path) == check_file(str(path)) == check_document(example("hexagon"))


def test_note_is_never_interpreted():
    """A note of any sort neither helps nor hurts."""
    for note in ("anything", 1.5, {"kind": "statement"}):
        assert check_document(example("clique") | {"note": note}).accepted


@pytest.mark.parametrize(("p", "k"), [(5, 1), (3, 2), (7, 4), (9, 3), (15, 2), (3, 4), (5, 5)])
def test_quarter_design_attains_gamma(p, k):
    """{0, 1/4, 1/2, 3/4}^k modulo a half turn attains Γ for odd p, composite and ≤ k included."""
    result = check_document(attains_gamma(p, k, quarter(k)))
    assert result.accepted, result.reason


def test_wide_design_and_large_modulus():
    """512 phase vectors for five inputs, and 48 frequencies, are within reach."""
    assert check_document(attains_gamma(7, 5, quarter(5))).accepted
    assert check_document(attains_gamma(97, 2, quarter(2))).accepted
    assert check_document(uniform_bound(97, 4)).accepted


def test_product_group_and_counts():
    """On Z_3 × Z_5 counts are per pair of conjugate characters, however they are listed."""
    blocks = [([[0, 1], [0, 4], [1, 0]], quarter(1), 1), ([[2, 0]], quarter(1), "1/2")]
    relations = [
        {"=": [var("frequencies"), 2]},
        {"=": [var("count_min"), 4]},
        {"=": [var("count_max"), 4]},
        {"=": [var("width"), 8]},
        {"=": [var("size_max"), {"*": [2, var("size_min")]}]},
        {"=": [P, 15]},
        {"=": [NORM, 105]},
    ]
    result = check_document(design_network([3, 5], 1, blocks, relations))
    assert result.accepted, result.reason


def test_real_characters_have_their_own_norm():
    """cos(φ + χ) has squared norm n·cos²φ for a real character, n/2 otherwise."""
    blocks = [([[1]], [["0"]], 1), ([[1]], [["1/6"]], 1)]
    relations = [{"=": [NORM, {"+": [4, {"*": [2, {"^": [{"cos": "1/6"}, 2]}, 2]}]}]}]
    result = check_document(design_network([2], 1, blocks, relations))
    assert result.accepted, result.reason


def test_irrational_weights():
    """A weight may be any positive real that a formula in k and n defines."""
    weight = {"-": [{"sqrt": var("n")}, {"/": [K, 2]}]}
    certificate = design_network([5], 1, [([[1], [2]], quarter(1), weight)], [
        {"=": [NORM, {"*": [20, {"-": [{"sqrt": 5}, "1/2"]}]}]},
        {"=": [MARGIN, {"*": [5, {"-": [{"sqrt": 5}, "1/2"]}, "1/2"]}]},
    ])
    result = check_document(certificate)
    assert result.accepted, result.reason


@pytest.mark.parametrize(("node", "value"), [
    ({"+": []}, 0),
    ({"*": []}, 1),
    ({"^": ["4/9", "-3/2"]}, Fraction(27, 8)),
    ({"^": [-2, 3]}, -8),
    ({"^": [{"sqrt": 2}, -2]}, Fraction(1, 2)),
    ({"^": [0, 0]}, 1),
    ({"/": [1, {"+": [1, {"sqrt": 2}]}]}, None),
    ({"fact": 5}, 120),
    ({"binom": [5, 2]}, 10),
    ({"binom": [5, 7]}, 0),
    ({"mod": [-1, 5]}, 4),
    ({"abs": {"-": [1, {"sqrt": 2}]}}, None),
    ({"max": [{"sqrt": 2}, "7/5", 1]}, None),
    ({"min": [{"sqrt": 2}, "7/5", {"cos": "1/3"}]}, Fraction(-1, 2)),
    ({"iverson": {"<": [{"sqrt": 2}, "3/2"]}}, 1),
    ({"sum": {"var": "i", "from": 3, "to": 1, "of": var("i")}}, 0),
    ({"prod": {"var": "i", "from": 1, "to": 4, "of": var("i")}}, 24),
    ({"neg": {"sin": "1/4"}}, -1),
    ({"*": [{"cis": "1/3"}, {"cis": "2/3"}]}, 1),
])
def test_value_of_a_node(node, value):
    """Every node of the formula language means what its documentation says."""
    irrational = {0: {"-": [{"sqrt": 2}, 1]}, 1: {"-": [{"sqrt": 2}, 1]}, 2: {"sqrt": 2}}
    if value is None:
        expected = irrational[["/", "abs", "max"].index(next(iter(node)))]
    else:
        expected = str(value)
    result = check_document(statement({"=": [node, expected]}))
    assert result.accepted, result.reason


@pytest.mark.parametrize("formula", [
    {"or": [{"=": [1, 2]}, {"not": {"=": [1, 2]}}]},
    {"implies": [{"=": [1, 2]}, {"=": [{"/": [1, 0]}, 1]}]},
    {"exists": {"var": "x", "from": 1, "to": 9, "of": {"=": [{"^": [var("x"), 2]}, 49]}}},
    {"!=": [{"sqrt": 2}, {"+": ["1/2", {"cos": "1/7"}]}]},
    {">": [{"sqrt": 2}, "141421356/100000000"]},
    {">=": [{"sin": "1/12"}, "1/2"]},
    {"<=": [{"sin": "1/12"}, "1/2"]},
    {"<": [{"+": [{"sqrt": 10}, {"sqrt": 17}]}, {"+": [{"sqrt": 5}, {"sqrt": 26}]}]},
    {"forall": {"var": "x", "from": 1, "to": 0, "of": {"=": [1, 2]}}},
])
def test_formula_holds(formula):
    """Connectives, quantifiers and comparisons of real algebraic numbers."""
    result = check_document(statement(formula))
    assert result.accepted, result.reason


def test_goal_of_a_chain_reports_only_used_hypotheses():
    """A hypothesis that the chain does not need is not reported."""
    facts = [{"rule": "weighted-le", "network": "theta", "distribution": "q"},
             {"rule": "argmin-distribution", "network": "theta", "distribution": "q"}]
    goal = {"<=": ["E_q g(theta)", "E_q g'(theta)"]}
    result = check_document(document("order-chain", facts=facts, goal=goal))
    assert result.accepted
    assert result.facts == {"hypotheses": []}
