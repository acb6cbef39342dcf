"""Corrupted certificates: each differs from an accepted one in a single respect."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.checker.examples import (
    BOUND,
    EXAMPLES,
    GAMMA,
    GAMMA_BASE,
    HEXAGON,
    MARGIN,
    NORM,
    STRUCTURE,
    Document,
    document,
    example,
    over,
    statement,
    var,
)
from tests.checker.running import run_checker, write
from verify.checker import check_document

Path = tuple[Any, ...]


def put(*path: Any) -> Callable[[Document], None]:
    """Writes path[-1] at the position path[:-1]."""
    *way, last, value = path

    def change(certificate: Document) -> None:
        for step in way:
            certificate = certificate[step]
        certificate[last] = value
    return change


def drop(*path: Any) -> Callable[[Document], None]:
    """Deletes what is at a position."""
    *way, last = path

    def change(certificate: Document) -> None:
        for step in way:
            certificate = certificate[step]
        del certificate[last]
    return change


DESIGN = ("network", "designs", 0)
SHOULD_BE_NEAR = {"=": [MARGIN, {"*": [GAMMA, NORM, "1000000001/1000000000"]}]}

CORRUPTIONS: list[tuple[str, Callable[[Document], None], str]] = [
    # common fields
    ("clique", put("format", "verify-certificate/2"), "format"),
    ("clique", put("kind", "clique"), "unknown kind"),
    ("clique", put("kind", ["width-bound"]), "unknown kind"),
    ("clique", put("kind", "margin-bound"), "field"),
    ("clique", put("claim", ""), "claim"),
    ("clique", put("accepted", True), "unknown field"),
    # statement
    ("cosine-sum", put("points", []), "points"),
    ("cosine-sum", put("points", 0, "p", 4), "expected an integer"),
    ("cosine-sum", put("points", 1, {}), "unbound"),
    ("cosine-sum", put("points", 1, {"p": "7/0"}), "zero denominator"),
    ("cosine-sum", put("points", 1, {"p": "seven"}), "not an exact number"),
    ("cosine-sum", put("points", 1, {"p": True}), "not an exact number"),
    ("cosine-sum", put("points", 1, {"p": 7.0}), "not an exact number"),
    ("cosine-sum", put("points", 1, {"p": "7.0"}), "not an exact number"),
    ("cosine-sum", put("points", 1, {"p": None}), "not an exact number"),
    ("cosine-sum", put("holds", False), "the formula is true"),
    ("cosine-sum", put("holds", 1), "holds must be"),
    ("cosine-sum", put("formula", "forall", "of", "=", 1, "-", 1, "1/3"), "false"),
    ("cosine-sum", put("formula", "forall", "var", "p"), "already bound"),
    ("cosine-sum", put("formula", "forall", "step", 2), "exactly var"),
    ("counterexample", put("points", 0, {"p": 3}), "the formula is true"),
    ("counterexample", put("holds", True), "the formula is false"),
    ("counterexample", put("formal", {"q": "angle"}), "says nothing"),
    ("angle-sum", put("formula", "=", 1, {"cos": var("x")}), "false"),
    ("angle-sum", drop("formal", "y"), "unbound"),
    ("angle-sum", put("formal", "x", "indeterminate"), "angles"),
    ("angle-sum", put("formal", "x", "real"), "unknown sort"),
    ("angle-sum", put("points", [{"x": 0}]), "formal symbol has no value"),
    ("angle-sum", put("formula", {"not": {"=": [var("x"), var("y")]}}), "formal statement"),
    ("angle-sum", put("formula", {"<=": [{"cos": var("x")}, 1]}), "formal statement"),
    ("polarisation", put("formula", "=", 0, "*", 0, 4), "false"),
    # network-margin
    ("quarter", put("relations", []), "non-empty"),
    ("quarter", put("relations", 0, SHOULD_BE_NEAR), "does not hold"),
    ("quarter", put("relations", [{">": [MARGIN, {"*": [GAMMA, NORM]}]}]), "does not hold"),
    ("quarter", put("relations", [{"=": [BOUND, 1]}]), "unbound"),
    ("quarter", put(*DESIGN, "phases", 3, 0, "1/8"), "does not hold"),
    ("quarter", drop(*DESIGN, "phases", 0), "does not hold"),
    ("quarter", drop(*DESIGN, "frequencies", 0), "does not hold"),
    ("quarter", put(*DESIGN, "frequencies", 0, [0]), "trivial"),
    ("quarter", put(*DESIGN, "frequencies", 0, [1, 2]), "frequency"),
    ("quarter", put(*DESIGN, "frequencies", 0, ["1"]), "integer"),
    ("quarter", put(*DESIGN, "phases", 0, ["0", "0"]), "phase vector"),
    ("quarter", put(*DESIGN, "phases", 0, 0, 0.25), "not an exact number"),
    ("quarter", put(*DESIGN, "weight", "-1"), "not positive"),
    ("quarter", put(*DESIGN, "weight", 0), "not positive"),
    ("quarter", put(*DESIGN, "weight", var("p")), "unbound"),
    ("quarter", put(*DESIGN, "weight", {"cis": "1/4"}), "not real"),
    ("quarter", put(*DESIGN, "amplitude", 1), "exactly"),
    ("quarter", put("network", {}), "network"),
    ("quarter", put("network", "designs", []), "no neuron"),
    ("quarter", put("network", "bias", []), "network"),
    ("quarter", put("group", [7]), "does not hold"),
    ("quarter", put("group", [1]), "cyclic order"),
    ("quarter", put("group", []), "group"),
    ("quarter", put("inputs", 2), "phase vector"),
    ("quarter", put("inputs", 0), "inputs"),
    ("quarter", put("data", "most"), "data"),
    ("quarter", put("data", []), "data"),
    ("quarter", put("data", [[0, 0]]), "entries"),
    ("quarter", put("data", [[0, 0, 5]]), "out of range"),
    ("even-network", put(*DESIGN, "weight", "33/9"), "does not hold"),
    ("even-network", put("network", "designs", 1, "phases", [["1/4", "0"]]), "does not hold"),
    ("even-network", put("network", "designs", 1, "phases", [["1/4", "1/4"]]), "does not hold"),
    ("memorise", put("network", "neurons", 0, "w", 0, "1/5"), "does not hold"),
    ("memorise", put("network", "neurons", 0, "w", ["1/4", 0]), "list 3 values"),
    ("memorise", put("network", "neurons", 0, "u", [[1, 0, 0]]), "rows"),
    ("memorise", put("relations", 0, {"=": [var("count_min"), 1]}), "unbound"),
    ("memorise", drop("network", "neurons", 5), "does not hold"),
    ("mixed", put("relations", 0, {"=": [MARGIN, 2]}), "does not hold"),
    # margin-bound
    ("uniform-bound", put("weights", "1", "1/5"), "sum to 1"),
    ("uniform-bound", drop("weights", "6"), "sum to 1"),
    ("uniform-bound", put("weights", {"1": "2/3", "6": "1/3"}), "not symmetric"),
    ("uniform-bound", put("weights", {"1": "1/2", "2": "1/2"}), "not symmetric"),
    ("uniform-bound",
     put("weights", {"1": "3/4", "6": "3/4", "2": "-1/4", "5": "-1/4"}), "negative"),
    ("uniform-bound", put("weights", {"0": "1"}), "identity"),
    ("uniform-bound", put("weights", "8", "0"), "not reduced"),
    ("uniform-bound", put("weights", "01", "0"), "not a shift"),
    ("uniform-bound", put("weights", "1,0", "0"), "not a shift"),
    ("uniform-bound", put("weights", "1", {"cis": "1/4"}), "not real"),
    ("uniform-bound", put("weights", {"1": "1/2", "6": "1/2"}), "does not hold"),
    ("uniform-bound", put("frequencies", []), "frequencies"),
    ("uniform-bound", put("frequencies", [[0]]), "trivial"),
    ("uniform-bound", put("inputs", 2), None),
    ("uniform-bound", put("relations", 0, {"<": [BOUND, GAMMA]}), "does not hold"),
    ("uniform-bound", put("relations", 1, {"=": [var("support"), 5]}), "does not hold"),
    ("uniform-bound", put("relations", 1, {"=": [MARGIN, 5]}), "unbound"),
    ("even-bound", put("relations", 0, {"=": [BOUND, GAMMA]}), "does not hold"),
    ("restricted-bound", put("frequencies", "all"), "does not hold"),
    ("restricted-bound", put("frequencies", [[2]]), "does not hold"),
    # margin-family
    ("odd-family", put("groups", "even-cyclic"), None),
    ("odd-family", put("groups", "all"), "unknown groups"),
    ("odd-family", put("factor", ["0", "1/2"]), "moment 2"),
    ("odd-family", put("factor", ["0"]), "moment 1"),
    ("odd-family", put("factor", ["0", "1/3"]), "moment 1"),
    ("odd-family", drop("factor"), "design and factor"),
    ("odd-family", put("design", HEXAGON), "design and factor"),
    ("odd-family", put("value", "denominator", [GAMMA_BASE]), "not the optimum"),
    ("odd-family", put("value", "numerator", {"fact": var("k")}), "not the optimum"),
    ("odd-family", put("value", "numerator", {"fact": {"+": [var("k"), 1]}}), "only k!"),
    ("odd-family", put("value", "denominator", []), "not the optimum"),
    ("odd-family", put("width", over({"-": [var("p"), 1]}, 2)), "not the width"),
    ("odd-family", drop("width"), "width"),
    ("odd-family", put("conclusions", ["value", "width", "monotone"]), "unknown conclusion"),
    ("odd-family", put("conclusions", []), "conclusions"),
    ("odd-family", put("conclusions", [["value"]]), "unknown conclusion"),
    ("hexagon-family", put("design", 2, 1, "1/2"), "does not vanish"),
    ("hexagon-family", put("inputs", 3), "phase vector"),
    ("hexagon-family", put("inputs", "all"), "one number of inputs"),
    ("even-family", drop("value", "denominator", 1), "not the optimum"),
    ("even-family", put("value", "denominator", 1, GAMMA_BASE), "not the optimum"),
    ("even-family", put("conclusions", ["equal-shares"]), "shares"),
    ("abelian-family", drop("value", "denominator", 0), "not the optimum"),
    ("abelian-family", put("value", "denominator", 1, GAMMA_BASE), "not the optimum"),
    ("one-input-family", put("conclusions", [STRUCTURE[0]]), "at least two inputs"),
    # width-bound
    ("clique", put("clique", 1, [1, 2]), "do not differ"),
    ("clique", put("clique", 1, [0, 0]), "do not differ"),
    ("clique", put("clique", 1, [1, 1, 1]), "integers"),
    ("clique", put("clique", 1, ["1", 1]), "coordinate"),
    ("clique", put("clique", []), "clique"),
    ("clique", put("inputs", 3), "integers"),
    ("clique", put("relations", 0, {"=": [var("size"), 7]}), "does not hold"),
    ("clique", put("relations", 0, {"=": [var("p"), 7]}), "unbound"),
    # order-chain
    ("stationary", put("facts", 1, "rule", "argmin-network"), "does not follow"),
    ("stationary", drop("facts", 0), "no fact mentions"),
    ("stationary", drop("facts", 1), "does not follow"),
    ("stationary", put("facts", 1, "rule", "max-is-min"), "unknown rule"),
    ("stationary", put("facts", 1, "optimum", "theta'"), "not a name"),
    ("stationary", drop("facts", 1, "optimum"), "takes"),
    ("stationary", put("facts", 0, "optimum", "theta*"), "takes"),
    ("stationary", put("facts", []), "facts"),
    ("stationary", put("goal", {"<=": ["min_D g(theta*)", "min_D g(theta)"]}), "does not follow"),
    ("stationary", put("goal", {"=": ["min_D g(theta)", "min_D g(theta*)"]}), "does not follow"),
    ("stationary", put("goal", {"<=": ["x", "x"]}), "no fact mentions"),
    ("stationary", put("goal", {"<": ["min_D g(theta)", "min_D g(theta*)"]}), "goal is"),
    ("multiclass", drop("facts", 3), "does not follow"),
    ("multiclass", put("facts", 3, "distribution", "q"), "does not follow"),
    ("multiclass", put("facts", 2, "rule", "argmin-weighted"), "does not follow"),
    ("least-mean", drop("facts", 1), "does not follow"),
]


@pytest.mark.parametrize("case", range(len(CORRUPTIONS)))
def test_corrupted_certificate_is_rejected(case):
    """One wrong number, field, sign, premise or conclusion is enough for a rejection."""
    name, change, reason = CORRUPTIONS[case]
    certificate = example(name)
    change(certificate)
    result = check_document(certificate)
    if reason is None:  # a change that leaves the certificate true shows that the list is honest
        assert name in ("uniform-bound", "odd-family")
        return
    assert not result.accepted, f"accepted: {result.reason}"
    assert reason in result.reason
    assert not result.reason.startswith("malformed")


def test_bare_interpreter_rejects_every_corruption(tmp_path):
    """With -I -S, all corrupted files are rejected, one line each, status 1."""
    files = []
    for case, (name, change, reason) in enumerate(CORRUPTIONS):
        certificate = example(name)
        change(certificate)
        if reason is not None:
            files.append(write(tmp_path / f"{case}.json", certificate))
    done = run_checker(*files)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == len(files) >= 40
    assert all(line.startswith("reject ") for line in done.stdout.splitlines())


def positions(node: Any, path: Path = ()) -> Iterator[Path]:
    """Paths of all values inside a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from positions(value, (*path, key))


def at(certificate: Document, path: Path) -> Any:
    """The value at a path."""
    for step in path:
        certificate = certificate[step]
    return certificate


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_key_can_be_dropped(name):
    """Every key of every object matters: without it the certificate is rejected."""
    paths = [p for p in positions(EXAMPLES[name]) if isinstance(p[-1], str)]
    assert len(paths) >= 5
    for path in paths[:60]:
        certificate = example(name)
        drop(*path)(certificate)
        assert not check_document(certificate).accepted, path


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("value", [0.5, None, "", [], {}, True, "nan", {"var": "zzz"}, [[[]]]])
def test_wrong_types_are_rejected_everywhere(name, value):
    """A float, null, empty or foreign value is rejected wherever it is put, without an error."""
    for path in [p for p in positions(EXAMPLES[name]) if p != ("claim",)][:80]:
        if at(EXAMPLES[name], path) == value or path == ("points", 0):
            continue
        certificate = example(name)
        put(*path, deepcopy(value))(certificate)
        result = check_document(certificate)
        harmless = value in ([], {}) and path[-1] in ("formal", "neurons", "designs", "+", "*")
        assert not result.accepted or harmless or path == ("holds",), (path, value)
        assert not result.reason.startswith("malformed"), (path, value, result.reason)


@pytest.mark.parametrize("certificate", [None, [], "statement", 3, {}, {"kind": "statement"}])
def test_not_a_certificate(certificate):
    """Documents without the common fields are rejected."""
    assert not check_document(certificate).accepted


@pytest.mark.parametrize(("formula", "reason"), [
    ({"==": [1, 1]}, "unknown formula"),
    ({"=": [1]}, "list of 2"),
    ({"=": [1, 1, 1]}, "list of 2"),
    ({"=": [1, 1], "<": [1, 1]}, "exactly one key"),
    ([{"=": [1, 1]}], "exactly one key"),
    ({"and": {"=": [1, 1]}}, "list"),
    ({"=": [{"log": 1}, 0]}, "unknown term"),
    ({"=": [{"=": [1, 1]}, 1]}, "unknown term"),
    ({"and": [{"+": [1, 1]}]}, "unknown formula"),
    ({"or": [{"=": [1, 1]}, {"=": [var("x"), 1]}]}, "unbound"),
    ({"=": [{"var": ["x"]}, 1]}, "not a variable name"),
    ({"=": [{"/": [1, {"-": [{"sqrt": 4}, 2]}]}, 1]}, "division by zero"),
    ({"=": [{"/": [1, {"+": [{"cos": "1/5"}, 1]}]}, 1]}, "divisor"),
    ({"=": [{"sqrt": -1}, 1]}, "square root"),
    ({"=": [{"sqrt": {"sqrt": 2}}, 1]}, "rational"),
    ({"=": [{"^": [-2, "1/2"]}, 1]}, "positive rational"),
    ({"=": [{"^": [2, "1/3"]}, 1]}, "positive rational"),
    ({"=": [{"fact": -1}, 1]}, "negative"),
    ({"=": [{"fact": "1/2"}, 1]}, "integer"),
    ({"=": [{"mod": [3, 0]}, 1]}, "modulus"),
    ({"<": [{"cis": "1/3"}, 1]}, "not real"),
    ({"=": [{"abs": {"cis": "1/3"}}, 1]}, "not real"),
    ({"=": [{"max": [{"cis": "1/3"}]}, {"cis": "1/3"}]}, "not real"),
    ({"=": [{"max": []}, 1]}, "nothing"),
    ({"=": [{"cos": {"sqrt": 2}}, 1]}, "angles"),
    ({"=": [{"sum": {"var": "i", "from": 1, "to": "1/2", "of": 1}}, 1]}, "integer"),
])
def test_meaningless_formula_is_rejected(formula, reason):
    """A formula outside the language is rejected with the node's fault named."""
    result = check_document(statement(formula))
    assert not result.accepted
    assert reason in result.reason


def test_formal_comparison_inside_a_term_is_rejected():
    """That two expressions differ formally does not mean that their values differ."""
    formula = {"=": [{"iverson": {"=": [var("a"), var("b")]}}, 0]}
    formal = {"a": "indeterminate", "b": "indeterminate"}
    result = check_document(statement(formula, formal=formal))
    assert not result.accepted
    assert "formal" in result.reason


def test_restriction_hides_no_frequency():
    """A bound for one frequency of Z_5 is no bound for all networks."""
    half = document("margin-bound", group=[5], inputs=2, weights={"1": "1/2", "4": "1/2"},
                    frequencies="all", relations=[{"<=": [BOUND, GAMMA]}])
    assert not check_document(half).accepted
