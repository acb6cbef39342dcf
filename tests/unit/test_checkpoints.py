"""Checkpoints of other people: what is read, exactly as it was written, and what is refused."""

import json
import os
import random
import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.checkpoint_files import (
    ORDERED,
    Pickle,
    Raw,
    Tensor,
    archive,
    name,
    npz_file,
    safetensors_bytes,
    safetensors_file,
    torch_file,
    torch_parts,
    torch_stream,
)
from tests.hostile import SEED, base_files
from tests.hostile.damaged import flip
from verify.auditing.checkpoints import CheckpointError, read, read_pairs, sequence

ROOT = Path(__file__).resolve().parents[2]
RNG = np.random.default_rng(0)


def stored(folder: Path, suffix: str, content: bytes) -> Path:
    """A file in a folder."""
    path = folder / f"model{suffix}"
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(CheckpointError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool"]
)
def test_torch_storages_are_read_exactly(tmp_path, dtype):
    """Every element type of torch's storages comes back with its type and its values."""
    array = (100 * RNG.random((3, 4))).astype(dtype)
    found = read(stored(tmp_path, ".pt", torch_file({"W": array})))
    assert found.format == "torch"
    assert found.tensors["W"].dtype == array.dtype
    assert np.array_equal(found.tensors["W"], array)


def test_bfloat16_is_widened_without_rounding(tmp_path):
    """A bfloat16 is the upper half of a float32, in torch's files and in .safetensors."""
    floats = np.array([1.0, -2.5, 0.0078125, 3.0e38], np.float32)
    upper = (floats.view(np.uint32) >> 16).astype(np.uint16)
    exact = (upper.astype(np.uint32) << 16).view(np.float32)
    tensor = Tensor(upper.tobytes(), "BFloat16Storage", 4, (2, 2), (2, 1))
    found = read(stored(tmp_path, ".pt", torch_file({"W": tensor}))).tensors["W"]
    assert np.array_equal(found, exact.reshape(2, 2))
    header = b'{"W":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]}}'
    found = read(stored(tmp_path, ".safetensors", safetensors_bytes(header, upper.tobytes())))
    assert np.array_equal(found.tensors["W"], exact.reshape(2, 2))


@pytest.mark.parametrize(
    ("shape", "strides", "offset"),
    [
        ((3, 4), (1, 3), 0),
        ((2, 3), (6, 2), 1),
        ((4, 3), (0, 1), 2),
        ((), (), 5),
        ((0, 3), (3, 1), 0),
    ],
)
def test_views_of_a_storage_are_read(tmp_path, shape, strides, offset):
    """Transposed, strided, expanded, scalar and empty views have the elements of torch's rule."""
    memory = np.arange(12, dtype=np.float32)
    tensor = Tensor.of(memory, shape=shape, strides=strides, offset=offset)
    found = read(stored(tmp_path, ".pt", torch_file({"W": tensor}))).tensors["W"]
    places = [
        offset + sum(i * s for i, s in zip(at, strides, strict=True)) for at in np.ndindex(shape)
    ]
    assert found.shape == shape
    assert found.ravel().tolist() == memory[places].tolist()


def test_tensors_that_share_a_storage(tmp_path):
    """Two views of one storage, one of them a parameter, are both read."""
    memory = np.arange(6, dtype=np.float64)
    first = Tensor.of(memory, shape=(3,), strides=(2,))
    second = Tensor.of(memory, shape=(3,), strides=(2,), offset=1, parameter=True)
    found = read(stored(tmp_path, ".pt", torch_file({"a": first, "b": second}))).tensors
    assert found["a"].tolist() == [0, 2, 4]
    assert found["b"].tolist() == [1, 3, 5]


def test_nested_documents_are_flattened(tmp_path):
    """Mappings and lists become dotted keys; numbers, strings and lists of numbers are values."""
    array = RNG.normal(size=(2, 3)).astype(np.float32)
    document = {
        "model": {"mlp": {"W_in": array}}, "train_losses": [3.5, 1.25], "epoch": 7, "note": "ReLU",
        "best": None, "done": True, "pair": (1, 2), "groups": [{"lr": 0.5, "params": [0, 1]}],
        "seed": 2**100, "state": [array, {"step": 3}], 5: "five",
    }  # fmt: skip
    found = read(stored(tmp_path, ".pth", torch_file(document)))
    assert set(found.tensors) == {"model.mlp.W_in", "state.0"}
    assert found.values == {
        "train_losses": [3.5, 1.25], "epoch": 7, "note": "ReLU", "best": None, "done": True,
        "pair": [1, 2], "groups.0.lr": 0.5, "groups.0.params": [0, 1], "seed": 2**100,
        "state.1.step": 3, "5": "five",
    }  # fmt: skip


def test_ordered_mapping_with_versions(tmp_path):
    """A state dictionary, an ordered mapping with attributes, is read without its attributes."""
    state = ORDERED + b"(" + Pickle().push("epoch") + Pickle().push(3) + b"u"
    stream = b"\x80\x02" + state + Pickle().push({"_metadata": {"version": 1}}) + b"b."
    assert read(stored(tmp_path, ".pt", torch_stream(stream))).values == {"epoch": 3}


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_newer_pickle_protocols(tmp_path, protocol):
    """Memos, frames and short strings of later protocols are understood."""
    import pickle

    document = {
        "losses": [1.0, 2.0],
        "note": "again",
        "twice": "again",
        "n": [-1, 300, 70000, 2**40],
    }
    found = read(stored(tmp_path, ".pt", torch_stream(pickle.dumps(document, protocol))))
    assert found.values == document


@pytest.mark.parametrize("compressed", [False, True])
def test_npz_is_read(tmp_path, compressed):
    """Arrays of every numeric type, in both orders and both byte orders, come back unchanged."""
    arrays = {
        "a": RNG.normal(size=(3, 4)), "b": np.asfortranarray(RNG.normal(size=(2, 5))),
        "c": np.arange(4, dtype=">i4"), "d": np.array(2.5), "layer/e": np.zeros((0, 3), np.float16),
        "f": np.array([True, False]),
    }  # fmt: skip
    found = read(stored(tmp_path, ".npz", npz_file(arrays, compressed=compressed)))
    assert found.format == "npz"
    assert set(found.tensors) == set(arrays)
    for key, array in arrays.items():
        assert found.tensors[key].shape == array.shape
        assert np.array_equal(found.tensors[key], array)


def test_safetensors_is_read(tmp_path):
    """Tensors of several types come back unchanged, under their keys; metadata is ignored."""
    arrays = {
        "mlp.W_in": RNG.normal(size=(3, 4)).astype(np.float32), "half": np.ones(3, np.float16),
        "steps": np.arange(5), "mask": np.array([True, False]), "none": np.zeros((0, 2)),
    }  # fmt: skip
    found = read(stored(tmp_path, ".safetensors", safetensors_file(arrays)))
    assert found.format == "safetensors"
    for key, array in arrays.items():
        assert np.array_equal(found.tensors[key], array)
        assert found.tensors[key].dtype == array.dtype
    header = b'{"__metadata__":{"a":"b"},"W":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}'
    found = read(
        stored(tmp_path, ".safetensors", safetensors_bytes(header, struct.pack("<d", 1.5)))
    )
    assert found.tensors["W"].tolist() == [1.5]


def test_digest_is_that_of_the_file(tmp_path):
    """The digest that an audit reports is the one that anybody can take of the file."""
    import hashlib

    content = torch_file({"epoch": 1})
    assert read(stored(tmp_path, ".pt", content)).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("suffix", "content", "words"),
    [
        (".bin", b"", r"expected a file called \*\.npz, \*\.safetensors, \*\.pt, \*\.pth"),
        (".pt", b"\x80\x02}.", "not in torch's zip format"),
        (".pt", torch_stream(b"\x80\x02" + name("os", "system") + b"."), "refers to os.system"),
        (".pt", torch_stream(b"\x80\x02" + name("torch", "IntStorage") + b"."), "torch.IntStorage"),
        (".pt", torch_stream(b"\x80\x02(."), "a mark"),
        (".npz", npz_file({"W": np.array([None])}), "expected real numbers .* got object"),
        (".safetensors", safetensors_file({"a" * 4: np.zeros(2)})[:-1], "not a .safetensors file"),
        (".pt", torch_file({"a.b": 1, "a": {"b": 2}}), "two entries of the file are called 'a.b'"),
        (".pt", torch_file({"a\x1b]0;b": 1}), "printable characters"),
        (".pt", archive({"a/data.pkl": b"\x80\x02}.", "a/byteorder": b"big"}), "byte order"),
        (".pt", torch_file({"W": Tensor.of(np.ones(2), shape=(3,))}), "reaches beyond its storage"),
    ],
)  # fmt: skip
def test_refusals_name_what_was_found(tmp_path, suffix, content, words):
    """A refusal says in one line what was expected or what was found."""
    assert re.search(words, refusal(stored(tmp_path, suffix, content)))


def test_missing_files_and_folders_are_refused(tmp_path):
    """What is no regular file is refused before anything is read from it."""
    assert "cannot be read" in refusal(tmp_path / "none.pt")
    (tmp_path / "folder.pt").mkdir()
    assert "expected a regular file" in refusal(tmp_path / "folder.pt")
    endless = tmp_path / "endless.pt"
    endless.symlink_to("/dev/zero")
    assert "expected a regular file" in refusal(endless)


@pytest.mark.slow
def test_hostile_corpus_is_refused(tmp_path):
    """At least 2,000 damaged and hostile files: each refused in one line, nothing executed, < 1 GB.

    The process that reads them has one gigabyte of address space; an audit hook watches it for
    commands, code, connections and look-ups of names, and the code would leave a file behind.
    """
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.hostile", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert sum(found["counts"].values()) >= 2000
    assert min(found["counts"].values()) >= 400
    assert found["faults"] == []
    assert found["events"] == []
    assert not found["executed"]
    assert found["peak"] < 2**30


@pytest.mark.parametrize("kind", ["torch", "npz", "npz-deflated"])
def test_any_bit_of_an_archive(tmp_path, kind):
    """A bit flip anywhere in a zip archive is refused, or touches nothing that is read."""
    suffix, data = base_files(SEED)[kind]
    honest = read(stored(tmp_path, suffix, data))
    refused = 0
    for bit in random.Random(SEED).sample(range(8 * len(data)), 400):
        try:
            found = read(stored(tmp_path, suffix, flip(data, bit)))
        except CheckpointError:
            refused += 1
            continue
        assert found.values == honest.values
        assert set(found.tensors) == set(honest.tensors)
        for key, tensor in honest.tensors.items():
            assert np.array_equal(found.tensors[key], tensor)
    assert refused > 200


def test_weight_bits_of_safetensors_cannot_be_seen(tmp_path):
    """The format has no checksum: a flipped weight reads as another weight, as documented."""
    suffix, data = base_files(SEED)["safetensors"]
    honest = read(stored(tmp_path, suffix, data))
    changed = read(stored(tmp_path, suffix, flip(data, 8 * (len(data) - 1))))
    assert changed.sha256 != honest.sha256
    assert not np.array_equal(changed.tensors["W_out"], honest.tensors["W_out"])


def test_mutated_pickles_give_plain_values_or_a_refusal(tmp_path):
    """Pickles with random bytes changed, in archives whose checksums are right, stay data."""
    rng = random.Random(SEED)
    pickle = Pickle()
    state = {"W": Tensor.of(np.ones((2, 3), np.float32)), "losses": [1.0, 2.0], "n": {"m": 3}}
    stream = pickle.dump(state)
    for _ in range(600):
        changed = bytearray(stream)
        for _ in range(rng.choice((1, 1, 2, 5))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        content = archive(torch_parts(bytes(changed), pickle.storages))
        try:
            found = read(stored(tmp_path, ".pt", content))
        except CheckpointError:
            continue
        assert all(isinstance(t, np.ndarray) for t in found.tensors.values())
        assert all(_plain(v) for v in found.values.values())


def _plain(value: object) -> bool:
    if isinstance(value, list):
        return all(map(_plain, value))
    return value is None or type(value) in (bool, int, float, str)


def test_data_splits_are_read(tmp_path):
    """Lists of pairs, a tensor of them, and a tensor beside its labels give the same array."""
    pairs = [(0, 1), (2, 3), (4, 0)]
    array = np.array(pairs)
    for document in (pairs, array, {"pairs": array}, [array, array.sum(axis=1)]):
        content = torch_stream(Pickle().dump(pairs)) if document is pairs else torch_file(document)
        assert read_pairs(stored(tmp_path, ".pth", content)).tolist() == array.tolist()
    for document in ([1, 2], [(1, 2), (3,)], [(1.5, 2)], {"a": 1}, [], 2.5 * array, [("a", "b")]):
        with pytest.raises(CheckpointError, match="input tuples of integers"):
            read_pairs(stored(tmp_path, ".pth", torch_file(document)))


def test_sequence_orders_by_step(tmp_path):
    """A folder's steps come in numerical order; other files are left aside."""
    for label in ("10.pth", "2.pth", "step_300.pth", "final.pth", "train_data.pth", "7.txt"):
        (tmp_path / label).write_bytes(b"")
    assert [step for step, _ in sequence(tmp_path)] == [2, 10, 300]
    (tmp_path / "model-10.pt").write_bytes(b"")
    with pytest.raises(CheckpointError, match="are of one step"):
        sequence(tmp_path)
    with pytest.raises(CheckpointError, match="expected a folder"):
        sequence(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CheckpointError, match="no checkpoint named after its step"):
        sequence(tmp_path / "empty")


def test_raw_values_cannot_hide_in_attributes(tmp_path):
    """Attributes of a mapping are not part of the document, and those of others are refused."""
    assert "sets attributes" in refusal(stored(tmp_path, ".pt", torch_stream(b"\x80\x02]K\x01b.")))
    value = Raw(ORDERED + Pickle().push({"x": 1}) + b"b")
    assert read(stored(tmp_path, ".pt", torch_file({"a": value, "b": 2}))).values == {"b": 2}
