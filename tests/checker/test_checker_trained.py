"""`trained-network` certificates: weights by their bytes, counts and margins computed again."""

import hashlib
import struct
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checker.examples import MARGIN, Document, document, example, tensor, var
from tests.checker.running import run_checker, write
from tests.checker.test_checker_rejects import drop, put
from verify.checker import check_document
from verify.checker.limits import Rejected
from verify.checker.trained import decode

NAN = tensor([[1.0, nan, -0.5]])
INFINITE = tensor([[1.0, inf, -0.5]])
HUGE = {**tensor([[1.0]]), "shape": [10**6, 10**6]}


def placed(name: str) -> Document:
    """An example that also says where its smallest margin is attained."""
    return {**example(name), "least_at": [[0, 1]]}


def swapped(certificate: Document) -> None:
    """Two weights change places; the sha256 is not touched."""
    node = certificate["tensors"]["U"]
    node["hex"] = node["hex"][8:16] + node["hex"][:8] + node["hex"][16:]


def rehashed(certificate: Document) -> None:
    """Two weights change places, and the sha256 is that of the changed bytes."""
    swapped(certificate)
    node = certificate["tensors"]["U"]
    node["sha256"] = hashlib.sha256(bytes.fromhex(node["hex"])).hexdigest()


CORRUPTIONS: list[tuple[str, Callable[[Document], None], str]] = [
    ("square-neuron", swapped, "sha256 is that of another tensor"),
    ("square-neuron", rehashed, "relation 0 does not hold"),
    ("square-neuron", put("tensors", "U", "sha256", "0" * 64), "sha256 is that of another tensor"),
    ("square-neuron", put("tensors", "U", "sha256", None), "sha256 is that of another tensor"),
    ("square-neuron", put("tensors", "U", "hex", "zz"), "not hexadecimal"),
    ("square-neuron", put("tensors", "U", "hex", 5), "hex must be a string"),
    ("square-neuron", put("tensors", "U", "hex", "00"), "do not fill the shape"),
    ("square-neuron", put("tensors", "U", "dtype", "float64"), "do not fill the shape"),
    ("square-neuron", put("tensors", "U", "dtype", "bfloat16"), "unknown dtype"),
    ("square-neuron", put("tensors", "U", "dtype", ["float32"]), "unknown dtype"),
    ("square-neuron", put("tensors", "U", "shape", [3, 1]), "a first layer is 1 by 3"),
    ("square-neuron", put("tensors", "U", "shape", [3]), "shape: two numbers"),
    ("square-neuron", put("tensors", "U", "shape", [1.0, 3]), "a size must be an integer"),
    ("square-neuron", put("tensors", "U", "shape", [0, 3]), "a size must be an integer"),
    ("square-neuron", put("tensors", "U", HUGE), "too large: a tensor"),
    ("square-neuron", put("tensors", "U", NAN), "weight 1 is not finite"),
    ("square-neuron", put("tensors", "U", INFINITE), "weight 1 is not finite"),
    ("square-neuron", put("tensors", "U", {"hex": ""}), "exactly dtype, shape, sha256 and hex"),
    ("square-neuron", put("tensors", ["U"]), "tensors must map names"),
    ("square-neuron", put("tensors", "a b", tensor([[1.0]])), "not a variable name"),
    ("square-neuron", put("first", [[{"tensor": "Z"}]]), "unknown tensor"),
    ("square-neuron", put("first", []), "first: one layer"),
    ("square-neuron", put("first", [[]]), "non-empty list of factors"),
    ("square-neuron", put("first", 0, 0, "scale", 2), "not a factor"),
    ("square-neuron", put("first", 0, 0, "transposed", 1), "transposed: true or false"),
    ("square-neuron", put("first", 0, 0, "transposed", True), "a first layer is 1 by 3"),
    ("square-neuron", put("first", 0, 0, "columns", [0, 4]), "there are no columns"),
    ("square-neuron", put("first", 0, 0, "columns", [2, 2]), "there are no columns"),
    ("square-neuron", put("first", 0, 0, "columns", [0.0, 3]), "from must be an integer"),
    ("square-neuron", put("output", [{"tensor": "U"}]), "the output layer has 3 rows"),
    ("square-neuron", put("output", [{"tensor": "V"}] * 2), "do not fit together"),
    ("square-neuron", put("inputs", 1), "attained elsewhere"),
    ("square-neuron", put("inputs", 3), "attained elsewhere"),
    ("square-neuron", put("inputs", 14), "too large: 3^14 inputs"),
    ("square-neuron", put("inputs", True), "inputs must be an integer"),
    ("square-neuron", put("group", [5]), "the output layer has 5 rows"),
    ("square-neuron", put("group", [10**5]), "too large: a group"),
    ("square-neuron", put("activation", {"polynomial": [0, 1]}), "relation 0"),
    ("square-neuron", put("activation", {"polynomial": [0, 0, 1.0]}), "not an exact number"),
    ("square-neuron", put("activation", {"polynomial": []}), "not an activation"),
    ("square-neuron", put("activation", {"polynomial": [0] * 40 + [1]}), "not an activation"),
    ("square-neuron", put("activation", {"exp": []}), "unknown activation"),
    ("square-neuron", put("activation", {"slopes": [1]}), "two slopes"),
    ("square-neuron", put("activation", "relu"), "exactly one key"),
    ("square-neuron", put("least_at", []), "attained elsewhere"),
    ("square-neuron", put("least_at", [[1, 0]]), "attained elsewhere"),
    ("square-neuron", put("least_at", [[0, 1], [2, 2]]), "attained elsewhere"),
    ("square-neuron", put("least_at", [5]), "attained elsewhere"),
    ("square-neuron", put("least_at", {}), "least_at lists inputs"),
    ("square-neuron", put("relations", 0, {"=": [var("correct"), 2]}), "does not hold"),
    ("square-neuron", put("relations", 2, {"=": [var("ties"), 1]}), "does not hold"),
    ("square-neuron", put("relations", 3, {"=": [MARGIN, "-9/4"]}), "does not hold"),
    ("square-neuron", put("relations", 3, {"=": [MARGIN, -4.5]}), "not an exact number"),
    ("square-neuron", put("relations", []), "non-empty"),
    ("square-neuron", put("relations", 0, {"=": [var("accuracy"), 1]}), "unbound"),
    ("square-neuron", drop("activation"), "missing field"),
    ("square-neuron", put("accuracy", 1), "unknown field"),
    ("slopes-neuron", put("activation", "slopes", 0, "1/2"), "relation 0 does not hold"),
    ("slopes-neuron", put("activation", "slopes", 0, 0), "attained elsewhere"),
    ("slopes-neuron", put("first", 1, 0, "columns", [0, 1]), "attained elsewhere"),
    ("slopes-neuron", drop("first", 1), "relation 0"),
    ("slopes-neuron", drop("first", 0, 1), "a first layer is 1 by 2"),
]


@pytest.mark.parametrize("name", ["square-neuron", "slopes-neuron"])
def test_place_of_the_smallest_margin_is_accepted(name):
    """`least_at` may be given, and is right in the corrupted certificates below."""
    result = check_document(placed(name))
    assert result.accepted, result.reason


@pytest.mark.parametrize("case", range(len(CORRUPTIONS)))
def test_corrupted_certificate_is_rejected(case):
    """One wrong byte, count, place, shape or activation is enough for a rejection."""
    name, change, reason = CORRUPTIONS[case]
    certificate = placed(name)
    change(certificate)
    result = check_document(certificate)
    assert not result.accepted
    assert reason in result.reason


def test_bare_interpreter_rejects_changed_weights(tmp_path):
    """With -I -S the changed weights are seen as well."""
    certificate = example("square-neuron")
    rehashed(certificate)
    done = run_checker(write(tmp_path / "changed.json", certificate))
    assert done.returncode == 1
    assert "relation 0 does not hold" in done.stdout


def test_many_inputs_of_few_elements_are_counted():
    """Orders of an unordered input are counted by a multinomial, not listed: 2^16 inputs."""
    certificate = document(
        "trained-network", group=[2], inputs=16, activation={"polynomial": [0, 1]},
        tensors={"U": tensor([[0.0, 1.0]]), "V": tensor([[0.0], [0.0]])},
        first=[[{"tensor": "U"}]], output=[{"tensor": "V"}],
        relations=[{"=": [var("ties"), 2**16]}, {"=": [var("total"), 2**16]}],
    )  # fmt: skip
    result = check_document(certificate)
    assert result.accepted, result.reason


@pytest.mark.parametrize(("dtype", "code"), [("float16", "e"), ("float32", "f"), ("float64", "d")])
@given(data=st.data())
def test_decoding_is_that_of_ieee(dtype, code, data):
    """m·2^e is the number that the bytes stand for, subnormal numbers and zeros included."""
    width = {"e": 16, "f": 32, "d": 64}[code]
    value = data.draw(st.floats(width=width, allow_nan=False, allow_infinity=False))
    ((mantissa, exponent),) = decode(struct.pack("<" + code, value), dtype)
    assert mantissa * Fraction(2) ** exponent == Fraction(value)


@pytest.mark.parametrize("value", [nan, inf, -inf])
@pytest.mark.parametrize(("dtype", "code"), [("float16", "e"), ("float32", "f"), ("float64", "d")])
def test_what_is_not_finite_is_rejected(value, dtype, code):
    """NaN and infinities of every width."""
    with pytest.raises(Rejected, match="weight 0 is not finite"):
        decode(struct.pack("<" + code, value), dtype)


SMALL = st.sampled_from([0.0, 1.0, -1.0, 0.5, -0.25, 3.0, 2.0**-130, -(2.0**-20)])


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(2, 3), k=st.integers(1, 3), shared=st.booleans(), data=st.data(),
    sigma=st.sampled_from([
        ({"polynomial": [0, 0, 1]}, lambda u: u * u),
        ({"polynomial": ["1/2", -1, 0, "2/3"]}, lambda u: Fraction(1, 2) - u + 2 * u**3 / 3),
        ({"slopes": [0, 1]}, lambda u: max(u, 0)),
        ({"slopes": ["-1/3", "5/2"]}, lambda u: -u / 3 if u < 0 else 5 * u / 2),
    ]),
)  # fmt: skip
def test_counts_and_margins_are_those_of_fractions(n, k, shared, data, sigma):
    """The checker finds what a direct evaluation in fractions finds."""
    node, function = sigma
    rows = lambda a, b: data.draw(  # noqa: E731
        st.lists(st.lists(SMALL, min_size=b, max_size=b), min_size=a, max_size=a)
    )
    width = data.draw(st.integers(1, 2))
    layers, output = [rows(width, n) for _ in range(1 if shared else k)], rows(n, width)
    tensors = {f"U{j}": tensor(u, "float64") for j, u in enumerate(layers)}
    certificate = document(
        "trained-network", group=[n], inputs=k, activation=node,
        tensors={**tensors, "V": tensor(output)}, output=[{"tensor": "V"}],
        first=[[{"tensor": f"U{j}"}] for j in range(len(layers))],
        relations=[{"=": [var("n"), n]}],
    )  # fmt: skip
    gaps = []
    for a in product(range(n), repeat=k):
        sums = [
            sum(Fraction((layers * k)[j][m][a[j]]) for j in range(k)) for m in range(width)
        ]
        logits = [
            sum(Fraction(w) * function(u) for w, u in zip(row, sums, strict=True)) for row in output
        ]
        label = logits.pop(sum(a) % n)
        gaps.append(label - max(logits))
    result = check_document(certificate)
    assert result.accepted, result.reason
    assert result.facts["correct"] == sum(g > 0 for g in gaps)
    assert result.facts["wrong"] == sum(g < 0 for g in gaps)
    assert result.facts["ties"] == sum(g == 0 for g in gaps)
    assert Fraction(result.facts["margin"]) == min(gaps)
