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
    GAMMA_TOP,
    HEXAGON,
    MARGIN,
    NORM,
    STRUCTURE,
    Document,
    K,
    N,
    P,
    R,
    applied,
    document,
    example,
    minus,
    over,
    statement,
    var,
)
from tests.checker.running import run_checker, write
from verify.checker import check_document

Path = tuple[Any, ...]
K5, N5 = minus(K, 5), minus(N, 5)
SEPARATE = {"critical", "spectrum", "relations", "contain", "contained_in", "components",
            "manifold", "share", "global", "conclusions", "norm", "pairs", "transform",
            "activations"}
WIDTH = {"*": [{"^": [3, K]}, over(minus(P, 1), 2)]}


def root_of_square(node: Any) -> Document:
    """√(x²), which is |x| and not x."""
    return {"sqrt": {"^": [node, 2]}}


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

CORRUPTIONS: list[tuple[str, Callable[[Document], None], str | None]] = [
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
    # a dense neuron may live on any frequency, so frequencies are not counted beside one
    ("mixed", put("relations", 0, {"=": [var("frequencies"), 1]}), "unbound"),
    # a network of zeros would "attain" every value: 0 = value · 0
    ("memorise", put("network", "neurons", [
        {"u": [[0, 0, 0]] * 2, "w": [0, 0, 0], "weight": 1}]), "no normalised margin"),
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
    ("odd-family", put("groups", "even-cyclic"), "shares"),
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
    # |n − 5| / (n − 5) is −1 at n = 3, and 0/0 at n = 5
    ("odd-family", put("value", "numerator", {"*": [GAMMA_TOP, over(root_of_square(N5), N5)]}),
     "may be negative"),
    ("odd-family", put("value", "numerator", {"*": [GAMMA_TOP, over(N5, N5)]}), "may be negative"),
    ("odd-family", put("width", {"*": [WIDTH, over(root_of_square(K5), K5)]}), "may be negative"),
    ("odd-family", put("rate", {"^": [3, K]}), "does not fall below"),
    ("odd-family", put("rate", {"fact": K}), "no rate of growth"),
    ("odd-family", put("rate", {"^": [K, K]}), "not exponential"),
    ("odd-family", put("value", "numerator", {"*": [GAMMA_TOP, {"^": [2, {"*": [K, K]}]}]}),
     "linear"),
    ("odd-family", put("value", "numerator", {"^": [{"^": [2, K]}, K]}), "quadratic"),
    ("odd-family", put("value", "numerator", {"*": [-1, GAMMA_TOP]}), "not positive"),
    ("abelian-family", put("value", "numerator", {"*": [GAMMA_TOP, over(R, R)]}), "may vanish"),
    ("abelian-family", put("value", "denominator", 1, {"sqrt": {"*": [R, R]}}), "may vanish"),
    ("abelian-family", put("value", "denominator", 1, {"*": [{"sqrt": R}, {"sqrt": R}]}),
     "may vanish"),
    ("even-family", put("value", "denominator", 0, {"^": [minus(N, 2), K]}), "may vanish"),
    ("even-family", put("value", "denominator", 0, minus(N, 3)), "may be negative"),
    ("order-two-family", put("width", {"^": [2, K]}), "not the width"),
    ("order-two-family", put("groups", "even-cyclic"), "not the optimum"),
    ("derived-family", put("derived", "real-share", "numerator", 2), "another one"),
    ("derived-family", put("derived", "weight-even", "minus", 2), "another one"),
    ("derived-family", drop("derived", "weight-even", "minus"), "wrong shape"),
    ("derived-family", put("derived", "weight", {"numerator": 1, "denominator": [1]}),
     "nothing is derived"),
    ("derived-family", put("inputs", 1), "at least two inputs"),
    ("derived-family", put("design", "stairs"), "one number of inputs"),
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
    ("every-width", put("size", {"^": [2, K]}), "even-words has"),
    ("every-width", put("clique", "odd-words"), "even-words"),
    ("every-width", put("relations", [{"=": [1, 1]}]), "unknown field"),
    ("polynomial", put("polynomial", "terms", 0, 1, 2000), "sum to a positive number"),
    ("polynomial", put("polynomial", "terms", 0, 1, "107"), "a value"),
    ("polynomial", put("polynomial", "terms", 0, 1, 107.0), "a value"),
    ("polynomial", put("polynomial", "terms", 0, 0, [-2, -1, -1]), "occurs twice"),
    ("polynomial", put("polynomial", "terms", 0, 0, [-2, -2]), "3 integers"),
    ("polynomial", put("polynomial", "terms", 0, [[-2, -2, 0]]), "a point and a value"),
    ("polynomial", put("polynomial", "terms", [[[0, 0, 0], 0]]), "vanishes"),
    ("polynomial", put("polynomial", "terms", []), "vanishes"),
    ("polynomial", put("polynomial", "symmetric", 1), "sum to a positive number"),
    ("polynomial", put("polynomial", "symmetric", 4), "exceeds the number"),
    ("polynomial", put("polynomial", "symmetric", 0), "symmetric"),
    ("polynomial", put("polynomial", "bound", 16), "exactly"),
    ("polynomial", put("clique", [[0, 0, 0]]), "unknown field"),
    ("polynomial", put("modulus", 9), "does not hold"),
    ("polynomial", put("modulus", 1), "modulus"),
    ("polynomial", put("relations", 0, {"=": [var("size"), 17]}), "does not hold"),
    ("small-orders", put("inputs", 1), "integers"),
    ("small-orders", put("modulus", 6), "does not hold"),
    ("small-orders", put("relations", 1, {"=": [var("width"), 7]}), "does not hold"),
    ("small-orders", drop("modulus"), "unbound"),
    ("modulo-two", put("modulus", 4), "modulus of small order"),
    ("modulo-two", put("size", {"^": [2, K]}), "even-words has"),
    # frequency-family
    ("frequency-family", put("relations", 0, {"=": [var("attained"), 1]}), "does not hold"),
    ("frequency-family", put("relations", 0, {"=": [K, 2]}), "unbound"),
    ("frequency-family", put("shares", "1", "1/2"), "shares sum to 1"),
    ("frequency-family", put("shares", {"1": 2, "4": -1}), "not positive"),
    ("frequency-family", put("shares", {"2": 1}), "a share elsewhere"),
    ("frequency-family", put("shares", {"1": 1.0}), "not an exact number"),
    ("frequency-family", put("weights", {"1": "1"}), "not symmetric"),
    ("frequency-family", put("weights", "1", "1/3"), "sum to 1"),
    ("frequency-family", put("frequencies", []), "frequencies"),
    ("frequency-family", put("frequencies", [[0]]), "trivial"),
    ("frequency-family", put("frequencies", [[1], [2]]), "does not hold"),
    ("frequency-family", put("group", [4]), "not reduced"),
    ("frequency-family", put("group", [2]), "real character"),
    ("frequency-family", put("inputs", 2), "unknown field"),
    ("two-frequencies", put("relations", 0, {">=": [var("attained"), var("bound")]}),
     "does not hold"),
    ("two-frequencies", put("shares", {"1": 1}), "relation 1"),
    # parity-family
    ("parity-family", put("factor", [1, 1]), "do not cancel"),
    ("parity-family", put("factor", [2, -2]), "other than 1 and -1"),
    ("parity-family", put("factor", [1.0, -1.0]), "not an exact number"),
    ("parity-family", put("factor", [1, 1, -1, -1]), "sign patterns"),
    ("parity-family", put("value", {"fact": K}), "not the optimum"),
    ("parity-family", put("value", "*", 1, {"sqrt": over(1, {"^": [K, K]})}), "not the optimum"),
    ("parity-family", put("width", {"^": [2, K]}), "number of sign patterns"),
    ("parity-family", put("conclusions", ["value", "width", "unique"]), "unknown conclusion"),
    ("parity-family", put("inputs", 3), "unknown field"),
    # convolution
    ("cross-term", put("left", 0, "coefficient", 1), "different kernels"),
    ("cross-term", put("right", 0, "coefficient", "2/1"), None),
    ("cross-term", put("right", 0, "coefficient", 3), "different kernels"),
    ("cross-term", put("right", 0, "coefficient", 2.0), "not an exact number"),
    ("cross-term", put("right", 0, "coefficient", K), "unbound"),
    ("cross-term", put("right", 0, "dual", 0, "d", 1), "different kernels"),
    ("cross-term", put("right", 0, "dual", 0, "d", 0), "different kernels"),
    ("cross-term", put("right", 0, "dual", []), "different kernels"),
    ("cross-term", put("right", 0, "dual", 0, "e", 0), "unknown variable"),
    # what is not an integer is no zero
    ("cross-term", put("right", 0, "dual", 0, "d", None), "coefficient"),
    ("cross-term", put("right", 0, "dual", 0, "d", 0.0), "coefficient"),
    ("cross-term", put("right", 0, "dual", 0, "d", False), "coefficient"),
    ("cross-term", put("right", 0, "of", "*", 2, "at", 0, "x"), "unknown function"),
    ("cross-term", put("right", 0, "of", "*", 2, "at", 0, "v"), "different kernels"),
    ("cross-term", drop("right", 1), "different kernels"),
    ("cross-term", put("right", []), "empty"),
    ("cross-term", put("right", 0, "sum", ["a", "b", "c", "c"]), "bound twice"),
    ("cross-term", put("right", 0, "sum", ["a", "b", "c", "d"]), "bound twice"),
    ("cross-term", put("right", 0, "sum", ["a", "b"]), "unknown variable"),
    ("cross-term", put("right", 0, "sum", ["a", "b", "c", "e"]), "different kernels"),
    ("cross-term", put("free", []), "unknown variable"),
    ("cross-term", put("left", 0, "of", "*", 0, "^", 1, 3), "different kernels"),
    ("cross-term", put("left", 0, "of", "*", 0, "^", 1, 41), "too large"),
    ("plancherel", put("left", 0, "dual", 0, "b", -1), "different kernels"),
    ("plancherel", put("left", 0, "dual", 0, {"a": 2, "b": 2}), "different kernels"),
    ("plancherel", put("left", 0, "of", "*", 0, applied("u", a=-1)), "different kernels"),
    ("plancherel", put("left", 0, "of", {"^": [applied("u", a=2), 2]}), "cannot be solved for"),
    # every-k: see test_checker_every_k.py
    ("neuron-maximum", put("value", {"*": [GAMMA, 2]}), "another one"),
    ("neuron-maximum", put("from", 1), "one input"),
    ("neuron-maximum", put("rule", "neuron-minimum"), "unknown rule"),
    ("neuron-maximum", drop("groups"), "missing field"),
    ("neuron-maximum", put("terms", 1), "unknown field"),
    ("neuron-maximum", put("maximisers", "amplitude_squared", 2.0), "not an exact number"),
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
    ("stationary", put("hypotheses", ["theta* is good"]), "needs a hypothesis"),
    ("stationary", put("facts", 0, "network", "theta) <= 0"), "not a name"),
    ("stationary", put("facts", 0, "network", "{Q}"), "not a name"),
    # ode-enclosure
    ("rotation", put("field", 1, var("x")), "inclusion test"),
    ("rotation", put("field", 0, {"*": ["1001/1000", var("y")]}), "does not contain"),
    ("rotation", put("field", [var("y")]), "one term per variable"),
    ("rotation", put("field", 0, {"cos": var("y")}), "unknown term"),
    ("rotation", put("field", 0, {"^": [var("y"), 65]}), "exponent"),
    ("rotation", put("field", 0, {"^": [var("y"), "1/2"]}), "exponent"),
    ("rotation", put("field", 0, over(var("y"), 0)), "division by zero"),
    ("rotation", put("field", 0, over(var("x"), var("y"))), "divisor may be zero"),
    ("rotation", put("field", 0, {"sqrt": var("y")}), "radicand"),
    ("rotation", put("variables", ["x", "x"]), "listed twice"),
    ("rotation", put("initial", 0, 1, "103/100"), "inclusion test"),
    ("rotation", put("initial", 0, ["2", "1"]), "empty"),
    ("rotation", put("initial", 1, ["0"]), "pair"),
    ("rotation", put("steps", 0, "length", "1/3"), "inclusion test"),
    ("rotation", put("steps", 0, "length", "0"), "not positive"),
    ("rotation", put("steps", 0, "length", "-1/4"), "not positive"),
    ("rotation", put("steps", 0, "length", "63/256"), "does not contain"),
    ("rotation", put("steps", 0, "order", 1), "inclusion test"),
    ("rotation", put("steps", 0, "order", 0), "orders"),
    ("rotation", put("steps", 0, "order", 4), "does not contain"),
    ("rotation", put("steps", 0, "box", 0, 0, 4200000000), "inclusion test"),
    ("rotation", put("steps", 0, "box", 1, 1, 0), "inclusion test"),
    ("rotation", put("steps", 0, "box", 0, [4410345249, 4155182303]), "empty"),
    ("rotation", put("steps", 0, "centre", 0, 4182254400), "does not contain"),
    ("rotation", put("steps", 0, "spread", 0, 0, 4161400000), "does not contain"),
    ("rotation", put("steps", 0, "radii", 0, 60), "does not contain"),
    ("rotation", put("steps", 0, "radii", 0, -79), "does not contain"),
    ("rotation", put("steps", 0, "radii", 0, 1000), "does not contain"),  # the next step notices
    ("rotation", put("steps", 0, "frame", 0, [1062591936, 4161447158]), "not invertible"),
    ("rotation", put("steps", 0, "frame", [[1, 2]]), "rows"),
    ("rotation", put("steps", 0, "note", 1), "exactly"),
    ("rotation", drop("steps", 1), "inclusion test"),
    ("rotation", put("bits", 33), "inclusion test"),
    ("rotation", put("bits", 5000), "bits"),
    ("rotation", put("assertions", 0, "direction", "up"), "not crossed"),
    ("rotation", put("assertions", 0, "direction", "both"), "up or down"),
    ("rotation", put("assertions", 0, "step", 1), "not crossed"),
    ("rotation", put("assertions", 0, "step", 3), "index"),
    ("rotation", put("assertions", 0, "crossing", minus(var("x"), "6/7")), "not crossed"),
    ("rotation", put("assertions", 0, "crossing", var("z")), "unbound"),
    ("rotation", put("assertions", 1, "at", 0), "not certain at time 0"),
    ("rotation", put("assertions", 1, "at", -1), "index"),
    ("rotation", put("assertions", 1, "holds", "and", 1, "<", 1, "51/50"), "not certain"),
    ("rotation", put("assertions", 1, "holds", {"=": [var("y"), 0]}), "unknown relation"),
    ("rotation", put("assertions", 2, "during", [0, 3]), None),
    ("rotation", put("assertions", 2, "during", [2, 2]), "in order"),
    ("rotation", put("assertions", 2, "holds", ">", 1, "99/100"), "not certain in step 0"),
    ("rotation", put("assertions", []), "assertions"),
    ("rotation", put("assertions", 0, {"forall": 1}), "unknown assertion"),
    ("tangent", put("assertions", 0, "between", 1, "12868/16384"), "only known"),
    ("tangent", put("assertions", 0, "between", ["1", "2"]), "only known"),
    ("tangent", put("assertions", 0, "blow-up", "degree", 2), "may not grow"),
    ("tangent", put("assertions", 0, "blow-up", "weights", [2]), "weight 4 > 3"),
    ("tangent", put("assertions", 0, "blow-up", "weights", [3]), "1 or 2"),
    ("tangent", put("assertions", 0, "blow-up", "leader", "y"), "no variable"),
    ("tangent", put("assertions", 0, "blow-up", "box", [["2", "3"]]), "start in the trapping"),
    ("tangent", put("field", 0, over(1, var("x"))), "does not contain"),
    ("tangent", drop("steps", 4), "only known"),
    # ode-comparison
    ("competition", put("upper", 0, 1), "may start beyond"),
    ("competition", put("upper", 1, 2), "upper barrier's inequality for variable 1"),
    ("competition", put("lower", 0, "19/10"), "may start beyond"),
    ("competition", put("upper", 0, {"+": [3, var("t")]}), "only constant"),
    ("competition", put("upper", 0, {"+": [3, var("x")]}), "unbound"),
    ("competition", put("upper", [3]), "for each variable"),
    ("competition", put("lower", None), "both barriers"),
    ("competition", put("parameters", "b", ["1/8", "2"]), "lower barrier's inequality"),
    ("competition", put("parameters", "b", ["1/4", "1/8"]), "empty"),
    ("competition", put("parameters", {}), "unbound"),
    ("competition", put("initial", 0, ["1/4", "2"]), "may start beyond"),
    ("competition", put("field", 0, {"*": [var("x"), 2]}), "upper barrier's inequality"),
    ("competition", put("order", 0), "order"),
    ("decay", put("upper", 0, "*", 1, "exp", "/", 1, "9/10"), "upper barrier's inequality"),
    ("decay", put("upper", 0, "*", 0, "99/100"), "may start beyond"),
    ("decay", put("times", ["0", "2", "1"]), "increase"),
    ("decay", put("times", ["0"]), "at least two"),
    ("decay", put("times", "always"), "only constant"),
    ("decay", put("field", 0, var("x")), "upper barrier's inequality"),
    ("decay", put("upper", None), "at least one"),
]


@pytest.mark.parametrize("case", range(len(CORRUPTIONS)))
def test_corrupted_certificate_is_rejected(case):
    """One wrong number, field, sign, premise or conclusion is enough for a rejection."""
    name, change, reason = CORRUPTIONS[case]
    certificate = example(name)
    change(certificate)
    result = check_document(certificate)
    if reason is None:  # a change that leaves the certificate true, to show that the list is fair
        assert result.accepted, result.reason
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
    paths = [p for p in positions(EXAMPLES[name]) if isinstance(p[-1], str)
             # a family certificate stays true without what is derived
             and not (p[0] == "derived" and len(p) < 3)
             # the even words bound the width for odd moduli as well
             and not (name == "modulo-two" and p == ("modulus",))
             # and one that asserts several things stays true without one of them
             and not (name.startswith("energy-") and p[0] in SEPARATE and len(p) < 3)]
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
        harmless |= value is None and path == ("maximisers",)  # the value alone
        harmless |= value == "nan" and path[0] == "functions"  # a name like any other
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


@pytest.mark.parametrize(("term", "reason"), [
    ({"abs": var("a")}, "formal"),
    ({"max": [var("a"), 0]}, "formal"),
    ({"min": [var("a")]}, "formal"),
    ({"/": [1, var("a")]}, "divisor"),
    ({"^": [var("a"), -1]}, "divisor"),
    ({"^": [var("a"), "1/2"]}, "positive rational"),
    ({"^": [2, var("a")]}, "rational value"),
    ({"sqrt": var("a")}, "rational value"),
    ({"mod": [var("a"), 2]}, "rational value"),
    ({"fact": var("a")}, "rational value"),
    ({"iverson": {"<": [var("a"), 0]}}, "formal"),
    ({"iverson": {"=": [{"cos": var("x")}, 1]}}, "formal"),
    ({"sum": {"var": "i", "from": 1, "to": var("a"), "of": 1}}, "rational value"),
    ({"cos": var("a")}, "angles"),
    ({"cos": {"/": [var("x"), 2]}}, "angles"),
    ({"cos": {"*": [var("x"), var("x")]}}, "angles"),
    ({"cos": {"*": [var("x"), var("a")]}}, "angles"),
    ({"cos": {"*": [var("x"), {"sqrt": 2}]}}, "angles"),
    ({"cos": {"cos": var("x")}}, "angles"),
])
def test_formal_symbols_have_no_order_root_or_quotient(term, reason):
    """What depends on the value of a symbol is no formal expression, even against itself."""
    formal = {"a": "indeterminate", "x": "angle"}
    result = check_document(statement({"=": [term, term]}, formal=formal))
    assert not result.accepted
    assert reason in result.reason


def test_an_angle_is_no_number_of_its_wave():
    """x and e^{2πix} are independent: no identity mixes them."""
    formula = {"=": [{"cis": var("x")}, var("x")]}
    assert not check_document(statement(formula, formal={"x": "angle"})).accepted


def test_restriction_hides_no_frequency():
    """A bound for one frequency of Z_5 is no bound for all networks."""
    half = document("margin-bound", group=[5], inputs=2, weights={"1": "1/2", "4": "1/2"},
                    frequencies="all", relations=[{"<=": [BOUND, GAMMA]}])
    assert not check_document(half).accepted
