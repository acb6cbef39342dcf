"""Lemmas for every number of inputs: what each rule accepts and where it stops."""

from copy import deepcopy

import pytest

from tests.checker.examples import GAMMA, RHO, Document, K, N, document, minus, over
from verify.checker import check_document


def rule(name: str, start: int = 1, inputs: object = "all", **fields: object) -> Document:
    """An `every-k` certificate."""
    return document("every-k", **{"rule": name, "inputs": inputs, "from": start, **fields})


PLUS_ONE = {"+": [K, 1]}
SHAPE = {
    "amplitude_squared": over(2, {"*": [PLUS_ONE, N]}),
    "transform_squared": over(N, {"*": [2, PLUS_ONE]}),
    "signs": "+",
}
REAL_SHAPE = {
    "amplitude_squared": over(1, {"*": [PLUS_ONE, N]}),
    "transform_squared": over(N, PLUS_ONE),
    "signs": "+",
}
WORDS = {"^": [{"*": [2, K]}, K]}
OBJECTIVE = over({"fact": K}, {"*": [minus(N, 1), {"^": [N, K]}]})

ACCEPTED: dict[str, Document] = {
    "polarisation": rule("polarisation", factor=[[1, 1], [-1, -1]], folded=False,
                         terms={"^": [2, K]}, value={"*": [{"^": [2, K]}, {"fact": K}]}),
    "folded": rule("polarisation", factor=[[1, 1], [-1, -1]], folded=True,
                   terms={"^": [2, minus(K, 1)]},
                   value={"*": [{"^": [2, minus(K, 1)]}, {"fact": K}]}),
    "angles": rule("angle-sum", angles=PLUS_ONE, signs=[1, 0, -1, 0], terms={"^": [2, K]}),
    "am-gm": rule("am-gm", factors=PLUS_ONE, divisor=PLUS_ONE, exponent=over(PLUS_ONE, 2)),
    "powers": rule("power-sum", 2, exponent=over(PLUS_ONE, 2), equality=True),
    "powers-k1": rule("power-sum", exponent=over(PLUS_ONE, 2), equality=False),
    "words": rule("neuron-words", coefficient={"fact": K}),
    "objective": rule("neuron-objective", coefficient=OBJECTIVE),
    "polar": rule("neuron-polar", groups="odd-cyclic", coefficient={"*": [2, OBJECTIVE]}),
    "maximum": rule("neuron-maximum", 2, groups="odd-cyclic", value=GAMMA, maximisers=SHAPE),
    "maximum-k1": rule("neuron-maximum", groups="odd-cyclic", value=GAMMA, maximisers=None),
    "maximum-k3": rule("neuron-maximum", 1, 3, groups="odd-cyclic", maximisers=SHAPE,
                       value=over("3/16", {"*": [N, minus(N, 1)]})),
    "both-signs": rule("neuron-maximum", 1, 3, groups="odd-cyclic", value=GAMMA,
                       maximisers={**SHAPE, "signs": "both"}),
    "even": rule("neuron-maximum", 2, groups="even-cyclic", value={"*": [GAMMA, RHO]},
                 maximisers=REAL_SHAPE),
    "modes": rule("mode-test", 2, groups="odd-cyclic", directions=["if", "only-if"], reach=K,
                  modulus=PLUS_ONE, value=GAMMA),
    "modes-suffice": rule("mode-test", groups="odd-cyclic", directions=["if"], reach=K, modulus=3,
                          value=GAMMA),
    "modes-k3": rule("mode-test", 2, 3, groups="odd-cyclic", directions=["only-if"], reach=K,
                     modulus=PLUS_ONE, value=over("3/16", {"*": [N, minus(N, 1)]})),
    "random": rule("random-phases", groups="odd-cyclic", failure={"*": [2, WORDS]},
                   loss=over({"*": [2, WORDS]}, {"fact": K})),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_lemma_is_accepted(name):
    """The lemma with its own constants is accepted, and its name is among the facts."""
    result = check_document(deepcopy(ACCEPTED[name]))
    assert result.accepted, result.reason
    assert result.facts["lemma"]


CORRUPTED = [
    ("polarisation", {"value": {"fact": K}}, "the value is another one"),
    ("polarisation", {"factor": [[1, 1], [1, -1]]}, "do not sum to 0"),
    ("polarisation", {"factor": [[1, 1], [-1, 1]]}, "no positive first moment"),
    ("folded", {"factor": [[1, 2], [1, 0], [-2, -1]]}, "not its own negative"),
    ("folded", {"terms": {"^": [2, K]}}, "number of terms"),
    ("angles", {"signs": [1, 0, 1, 0]}, "wrong sign at 2"),
    ("angles", {"angles": over(PLUS_ONE, 2)}, "not whole"),
    ("angles", {"angles": minus(K, 1)}, "below 1"),
    ("am-gm", {"divisor": K}, "divisor"),
    ("am-gm", {"exponent": over(K, 2)}, "exponent"),
    ("am-gm", {"factors": over(K, 2), "divisor": over(K, 2), "exponent": over(K, 4)}, "below 1"),
    ("am-gm", {"from": 3, "factors": over(K, 2), "divisor": over(K, 2), "exponent": over(K, 4)},
     "not whole"),
    ("am-gm", {"factors": 0, "divisor": 0, "exponent": 0}, "below 1"),
    ("powers", {"from": 1}, "equality everywhere"),
    ("powers-k1", {"exponent": over(K, 2)}, "below 1"),
    ("powers-k1", {"exponent": minus(5, K)}, "may decrease"),
    ("powers-k1", {"exponent": over(PLUS_ONE, 4)}, "below 1"),
    ("words", {"coefficient": {"^": [K, K]}}, "number of full words"),
    ("objective", {"coefficient": over({"fact": K}, {"^": [N, PLUS_ONE]})}, "coefficient"),
    ("objective", {"coefficient": {"*": [2, OBJECTIVE]}}, "coefficient"),
    ("polar", {"coefficient": OBJECTIVE}, "coefficient"),
    ("polar", {"groups": "even-cyclic"}, "odd groups only"),
    ("polar", {"groups": "abelian"}, "odd groups only"),
    ("maximum", {"value": {"*": [GAMMA, RHO]}}, "the value"),
    ("maximum", {"groups": "even-cyclic"}, "the value"),
    ("maximum", {"groups": "abelian"}, "odd-cyclic or even-cyclic"),
    ("maximum", {"from": 1}, "one input"),
    ("maximum", {"inputs": 1, "from": 1}, "one input"),
    ("maximum", {"maximisers": {**SHAPE, "signs": "both"}}, "odd k only"),
    ("maximum", {"inputs": 4, "maximisers": {**SHAPE, "signs": "both"}}, "odd k only"),
    ("maximum", {"maximisers": {**SHAPE, "signs": "-"}}, "signs are"),
    ("maximum", {"maximisers": REAL_SHAPE}, "squared amplitude"),
    ("maximum", {"maximisers": {**SHAPE, "transform_squared": over(N, PLUS_ONE)}}, "û"),
    ("maximum", {"maximisers": {k: v for k, v in SHAPE.items() if k != "signs"}}, "exactly"),
    ("maximum-k1", {"value": 0.5}, "not an exact number"),
    ("maximum-k3", {"inputs": 2}, "the value"),
    ("maximum-k3", {"from": 4}, "inputs below from"),
    ("even", {"groups": "odd-cyclic"}, "the value"),
    ("even", {"value": GAMMA}, "the value"),
    ("even", {"maximisers": SHAPE}, "squared amplitude"),
    ("modes", {"modulus": K}, "less k is below 1"),
    ("modes", {"modulus": 3}, "may decrease"),
    ("modes", {"from": 1}, "least modulus is below 3"),
    ("modes", {"directions": []}, "directions"),
    ("modes", {"directions": ["only-if", "if"]}, "directions"),
    ("modes", {"groups": "even-cyclic"}, "odd-cyclic"),
    ("modes", {"reach": minus(K, 1)}, "reach is k"),
    ("modes", {"reach": {"+": [K, 2]}}, "reach is k"),
    ("modes", {"value": {"*": [2, GAMMA]}}, "the value"),
    ("modes-suffice", {"modulus": 2}, "below 3"),
    ("modes-suffice", {"directions": ["only-if"]}, "may decrease"),
    ("modes-k3", {"inputs": 4}, "the value"),
    ("random", {"loss": {"*": [2, WORDS]}}, "the loss"),
    ("random", {"loss": over(WORDS, {"fact": K})}, "the loss"),
    ("random", {"failure": WORDS}, "the failure"),
    ("random", {"failure": {"*": [2, {"^": [K, K]}]}}, "the failure"),
    ("random", {"groups": "even-cyclic"}, "odd-cyclic"),
]


@pytest.mark.parametrize(("name", "change", "reason"), CORRUPTED)
def test_another_constant_or_reach_is_rejected(name, change, reason):
    """A constant, side condition or range that the lemma does not give is turned down."""
    result = check_document({**deepcopy(ACCEPTED[name]), **change})
    assert not result.accepted, result.reason
    assert reason in result.reason
    assert not result.reason.startswith("malformed")


@pytest.mark.parametrize("name", ACCEPTED)
@pytest.mark.parametrize("value", [0.5, None, [], {}, True, "nan", {"var": "zzz"}])
def test_foreign_values_are_rejected(name, value):
    """A float, null, empty or foreign value in any field is rejected without an error."""
    for field in set(ACCEPTED[name]) - {"claim"}:
        if ACCEPTED[name][field] == value or (field == "maximisers" and value is None):
            continue
        if field in ("folded", "equality") and isinstance(value, bool):
            continue
        result = check_document({**deepcopy(ACCEPTED[name]), field: value})
        assert not result.accepted, (field, value)
        assert not result.reason.startswith("malformed"), (field, value, result.reason)
