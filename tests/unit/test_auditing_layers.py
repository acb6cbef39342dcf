"""Which tensors are the layers: every layout that is known, and errors that say what to pass."""

import numpy as np
import pytest

from tests.checkpoint_files import npz_file, torch_file
from tests.trained import checkpoint
from verify.auditing import CheckpointError, audit
from verify.auditing.behaviour import evaluate
from verify.auditing.layers import identify
from verify.auditing.names import Wanted

RNG = np.random.default_rng(1)
P, M, D = 5, 8, 6
U, V, E = RNG.normal(size=(M, P)), RNG.normal(size=(P, M)), RNG.normal(size=(D, P))
W = RNG.normal(size=(M, D))
REFERENCE = identify(checkpoint({"W_in": U, "W_out": V})).network


def gaps(tensors, **wanted):
    """Exact gaps of the network that is found in the tensors."""
    return evaluate(identify(checkpoint(tensors), Wanted(**wanted)).network).gaps


@pytest.mark.parametrize(
    "names",
    [
        ("W_in", "W_out"), ("model.mlp.W_in", "model.mlp.W_out"), ("fc1.weight", "fc2.weight"),
        ("net.linear1.weight", "net.linear2.weight"), ("U", "V"),
        ("hidden.weight", "output.weight"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("transposed", [False, True])
def test_known_names_in_both_orientations(names, transposed):
    """Layers under any known name, as (out, in) or (in, out), are the same network."""
    tensors = {names[0]: U.T if transposed else U, names[1]: V.T if transposed else V}
    told = {"modulus": P} if transposed else {}
    assert gaps(tensors, **told) == evaluate(REFERENCE).gaps


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("name", ["embed.W_E", "embedding.weight"])
def test_learned_embedding_is_multiplied_out(name, transposed):
    """The input layer times the embedding is exact, whichever way the embedding lies."""
    found = identify(checkpoint({name: E.T if transposed else E, "mlp.W_in": W, "mlp.W_out": V}))
    assert found.network.first[0].exact.shape == (M, P)
    assert np.allclose(found.network.first[0].floats, W @ E)
    assert any("embeds 5 elements in 6 dimensions" in sentence for sentence in found.taken)


def test_square_embeddings_go_by_torchs_convention():
    """A square table called `weight` has a row for each element; a square W_E a column."""
    square = RNG.normal(size=(P, P))
    inner = RNG.normal(size=(M, P))
    by_rows = identify(checkpoint({"embedding.weight": square, "W_in": inner, "W_out": V}))
    by_columns = identify(checkpoint({"W_E": square, "W_in": inner, "W_out": V}))
    assert np.allclose(by_rows.network.first[0].floats, inner @ square.T)
    assert np.allclose(by_columns.network.first[0].floats, inner @ square)
    assert any("W_E is square" in sentence for sentence in by_columns.taken)


def test_one_layer_for_each_input():
    """Numbered layers, a cube in either order and columns side by side are the same network."""
    layers = [RNG.normal(size=(M, P)) for _ in range(3)]
    numbered = gaps({**{f"U{j + 1}": u for j, u in enumerate(layers)}, "V": V})
    assert set(map(len, numbered)) == {3}
    assert gaps({"U": np.stack(layers, axis=1), "V": V}) == numbered
    assert gaps({"U": np.stack(layers), "V": V}) == numbered
    assert gaps({"W_in": np.concatenate(layers, axis=1), "W_out": V}) == numbered
    named = {f"in_{c}": u for c, u in zip("abc", layers, strict=True)}
    assert gaps({**named, "V": V}, input_weights=("in_a", "in_b", "in_c")) == numbered


def test_numbered_layers_come_in_numerical_order():
    """U2 comes before U10."""
    layers = {f"U{j}": RNG.normal(size=(2, 2)) for j in (10, 2, 1)}
    found = identify(checkpoint({**layers, "V": np.ones((2, 2))})).network
    assert [layer.factors[0].name for layer in found.first] == ["U1", "U2", "U10"]


def test_embedding_for_concatenated_inputs():
    """Several inputs side by side after one embedding: each part meets the embedding."""
    parts = [RNG.normal(size=(M, D)) for _ in range(2)]
    tensors = {"W_E": E, "W_in": np.concatenate(parts, axis=1), "W_out": V}
    found = identify(checkpoint(tensors)).network
    assert not found.shared
    for layer, part in zip(found.first, parts, strict=True):
        assert np.allclose(layer.floats, part @ E)


def test_number_of_inputs_of_a_shared_layer():
    """Two unless the user says otherwise, and the sentence says that it was not stored."""
    found = identify(checkpoint({"W_in": U, "W_out": V}))
    assert found.network.task.inputs == 2
    assert "2 inputs share it (not stored; --inputs K says otherwise)" in found.taken
    assert identify(checkpoint({"W_in": U, "W_out": V}), Wanted(inputs=4)).network.task.inputs == 4


def test_two_readings_of_the_shapes_are_not_guessed():
    """(3, 5) and (5, 3) are 3 neurons modulo 5, or, turned, 5 modulo 3: the user has to say."""
    tensors = {"W_in": RNG.normal(size=(3, 5)), "W_out": RNG.normal(size=(5, 3))}
    with pytest.raises(
        CheckpointError, match="may be the output of 3 neurons modulo 5, or, transp"
    ):
        identify(checkpoint(tensors))
    for modulus, width in ((5, 3), (3, 5)):
        found = identify(checkpoint(tensors), Wanted(modulus=modulus)).network
        assert (found.task.group.order, found.width) == (modulus, width)


def test_output_called_w_has_a_row_for_each_neuron():
    """U and W of arXiv:2402.09469 are (neurons, elements), square or not."""
    for p in (P, M):
        u, w = RNG.normal(size=(M, p)), RNG.normal(size=(M, p))
        found = identify(checkpoint({"U": u, "W": w})).network
        assert np.array_equal(found.output.floats, w.T)
        assert np.array_equal(found.first[0].floats, u)
        cube = identify(checkpoint({"U": np.stack([u, u], axis=1), "W": w})).network
        assert np.array_equal(cube.output.floats, w.T)


def test_sizes_that_the_file_states():
    """A stored modulus and number of inputs are taken and said to be stored; users may object."""
    tensors = {"metadata.a.W_in": RNG.normal(size=(3, 5)), "W_out": RNG.normal(size=(5, 3))}
    stored = {"metadata.modulus": "5", "metadata.inputs": "3"}
    found = identify(checkpoint(tensors, **stored))
    assert (found.network.task.group.order, found.network.task.inputs) == (5, 3)
    assert "3 inputs share it (stored in the file)" in found.taken
    assert "addition modulo 5 (stored in the file)" in found.taken
    told = identify(checkpoint(tensors, **stored), Wanted(modulus=3, inputs=2))
    assert "addition modulo 3 (as told)" in told.taken


@pytest.mark.parametrize(
    ("path", "values", "told", "expected"),
    [
        ("relu/1.npz", {}, None, "relu"), ("p_23_Quad_random/1.npz", {}, None, "u^2"),
        ("x/1.npz", {"config.act_type": "Quad"}, None, "u^2"),
        ("relu/1.npz", {"activation": "gelu"}, None, "gelu"), ("relu/1.npz", {}, "abs", "abs"),
    ],
)  # fmt: skip
def test_where_the_activation_comes_from(path, values, told, expected):
    """The user, then the file, then the names of the file and its folder."""
    found = identify(
        checkpoint({"W_in": U, "W_out": V}, path=path, **values), Wanted(activation=told)
    )
    assert found.network.activation.name == expected


def test_unused_tensors_are_named_and_optimisers_are_left_aside():
    """What was not used is said; the state of an optimiser is no network."""
    tensors = {
        "W_in": U,
        "W_out": V,
        "basis": np.eye(P),
        "optimizer.state.0.exp_avg": U,
        "fc1.bias": np.zeros(M),
    }
    taken = identify(checkpoint(tensors)).taken
    assert taken[-1] == "not used: basis, fc1.bias"


def test_names_in_certificates_are_of_one_tensor_each():
    """Names that differ only in what certificates do not allow stay apart."""
    tensors = {"a.b": U, "a_b": U + 1, "V": V}
    found = identify(checkpoint(tensors), Wanted(input_weights=("a.b", "a_b"))).network
    document = found.certificate([])
    assert len(document["tensors"]) == 3
    assert document["first"][0] != document["first"][1]


@pytest.mark.parametrize(
    ("tensors", "wanted", "words"),
    [
        ({"x": U, "y": V}, {}, "known to be the output weight; pass --output-weight NAME"),
        ({"W_in": U}, {}, "known to be the output weight"),
        ({"W_out": V}, {}, "known to be the input weight; pass --input-weight NAME"),
        ({"W_in": U, "a.W_out": V, "b.W_out": V}, {}, "a.W_out, b.W_out may all be the output"),
        ({"W_in": U, "W_out": V}, {"output_weight": "Z"}, "one matrix called 'Z'; found no matrix"),
        ({"W_in": U, "W_out": V}, {"modulus": 7}, "expected one side to be 7"),
        ({"W_in": U[:, :3], "W_out": V}, {"modulus": 5}, "3 columns for 8 neurons; expected 5"),
        ({"W_in": np.ones((3, 4)), "W_out": V}, {}, "the modulus does not follow from the shapes"),
        ({"W_in": U, "W_out": V, "fc.bias": np.ones(M)}, {}, "the network has a bias, fc.bias"),
        ({"W_in": U, "W_out": V, "b_in": np.ones(M)}, {}, "the network has a bias, b_in"),
        ({"W_in": U, "W_out": np.where(V > 1, np.nan, V)}, {}, r"W_out\[\d, \d\] is nan"),
        ({"W_in": 1e20 * U, "W_out": V}, {}, "W_in has a weight of .*; expected at most 2\\^50"),
        ({"W_in": np.full((M, P), 2**60), "W_out": V}, {}, "integers beyond 2\\^53"),
        ({"U": np.ones((4, 2, 3)), "V": np.ones((3, 8))}, {}, "expected inputs × 8 × 3"),
        ({"U": np.ones((8, 2, 3)), "V": np.ones((3, 8))}, {"inputs": 3}, "expected 3 inputs"),
        ({"W_in": np.ones((2, 8, 5)), "W_out": np.ones((5, 8, 1))}, {}, "expected a matrix"),
        ({"W_in": np.zeros((0, 5)), "W_out": np.zeros((5, 0))}, {"modulus": 5}, "is empty"),
    ],
)  # fmt: skip
def test_errors_say_what_to_pass(tensors, wanted, words):
    """What cannot be settled is refused in one line with the tensors and the option to use."""
    with pytest.raises(CheckpointError, match=words) as caught:
        identify(checkpoint(tensors), Wanted(**wanted))
    assert "\n" not in str(caught.value)


def test_activation_that_is_not_stored_is_asked_for():
    """Without a hint the user is asked, and a wrong name lists the known ones."""
    with pytest.raises(CheckpointError, match="pass --activation NAME, such as relu"):
        identify(checkpoint({"W_in": U, "W_out": V}, path="runs/1.npz"))
    with pytest.raises(CheckpointError, match="unknown activation 'swish'"):
        identify(checkpoint({"W_in": U, "W_out": V}), Wanted(activation="swish"))


def test_integer_weights_are_read_as_the_same_numbers(tmp_path):
    """Integer tensors are weights too, as floats of the same value."""
    path = tmp_path / "relu.npz"
    whole = {"W_in": np.arange(40).reshape(8, 5), "W_out": np.ones((5, 8), np.int8)}
    path.write_bytes(npz_file(whole))
    as_floats = gaps({n: t.astype(np.float64) for n, t in whole.items()})
    assert audit(path).behaviour.gaps == as_floats


def test_the_same_network_in_every_format(tmp_path):
    """A network stored by torch and by numpy has the same behaviour."""
    weights = {"W_in": U.astype(np.float32), "W_out": V.astype(np.float32)}
    found = []
    for suffix, content in ((".npz", npz_file(weights)), (".pth", torch_file({"model": weights}))):
        path = tmp_path / f"relu{suffix}"
        path.write_bytes(content)
        found.append(audit(path).behaviour.gaps)
    assert found[0] == found[1]
    with pytest.raises(ValueError, match="unknown task 'sorting'"):
        audit(path, task="sorting")
