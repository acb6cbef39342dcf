"""Files that carry code: every way in which a pickle can name or call a function."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator

from tests.checkpoint_files import ORDERED, Pickle, Raw, archive, name, npy_file, torch_stream

Hostile = tuple[str, str, bytes]  # what it is, suffix, content

FUNCTIONS = (
    ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"),
    ("subprocess", "check_output"), ("builtins", "eval"), ("builtins", "exec"),
    ("builtins", "__import__"), ("builtins", "getattr"), ("builtins", "open"),
    ("__builtin__", "eval"), ("torch", "load"), ("torch.jit", "load"),
    ("torch.serialization", "load"),
    ("torch.storage", "_load_from_bytes"), ("torch", "FloatTensor"), ("torch", "Size"),
    ("torch._utils", "_rebuild_tensor_v2.__globals__"), ("torch._utils", "_rebuild_sparse_tensor"),
    ("torch", "FloatStorage.__init__"), ("collections", "OrderedDict.__reduce__"),
    ("collections", "defaultdict"), ("runpy", "run_path"), ("importlib", "import_module"),
    ("pickle", "loads"), ("_pickle", "loads"), ("shutil", "rmtree"), ("ctypes", "CDLL"),
    ("pty", "spawn"), ("functools", "partial"), ("operator", "attrgetter"), ("numpy", "load"),
    ("numpy.core.multiarray", "scalar"), ("numpy.core.multiarray", "_reconstruct"),
    ("codecs", "encode"), ("webbrowser", "open"), ("socket", "create_connection"),
    ("code", "interact"), ("timeit", "timeit"), ("bdb", "Bdb.run"), ("copyreg", "_reconstructor"),
    ("__main__", "Model"), ("argparse", "Namespace"), ("pathlib", "PosixPath"),
)  # fmt: skip


def code(marker: str) -> Iterator[Hostile]:
    """Files that would run ``touch MARKER`` if anything in them were called."""
    command = f"touch {marker}"
    text = b"X" + struct.pack("<I", len(command)) + command.encode()
    for module, function in FUNCTIONS:
        called = name(module, function)
        stacked = b"".join(
            b"\x8c" + bytes([len(w)]) + w.encode() for w in (module, function)
        ) + b"\x93"  # fmt: skip
        for how, opcodes in (
            ("REDUCE", called + text + b"\x85R"),
            ("STACK_GLOBAL", stacked + text + b"\x85R"),
            ("INST", b"(" + text + f"i{module}\n{function}\n".encode()),
            ("OBJ", b"(" + called + text + b"o"),
            ("NEWOBJ", called + text + b"\x85\x81"),
            ("NEWOBJ_EX", called + text + b"\x85}\x92"),
            ("BUILD", ORDERED + called + text + b"\x85Rb"),
            ("BUILD state", called + b")R" + text + b"b"),
            ("persistent", called + text + b"\x85RQ"),
            ("storage class", b"(" + Pickle().push("storage") + called + text * 2 + b"K\x01tQ"),
            ("tensor argument", name("torch._utils", "_rebuild_tensor_v2") + b"(" + called + text
             + b"\x85RK\x00))\x89" + ORDERED + b"tR"),
            ("stored", called),
        ):  # fmt: skip
            value = Raw(opcodes)
            stream = Pickle().dump({"W": 1.0, "model": {"x": [value]}})
            yield f"{module}.{function} by {how}", ".pt", torch_stream(stream)
    for number in (1, 255):
        for kind, opcode, size in (("EXT1", 0x82, 1), ("EXT2", 0x83, 2), ("EXT4", 0x84, 4)):
            stream = b"\x80\x02" + bytes([opcode]) + number.to_bytes(size, "little")
            yield f"{kind} {number}", ".pt", torch_stream(stream + text + b"\x85R.")
    yield "PERSID", ".pt", torch_stream(b"\x80\x02Pos.system\n.")
    evil = pickle.dumps(_Evil(command))
    for suffix in (".pt", ".pth"):
        yield f"a bare pickle as {suffix}", suffix, evil
    yield "a pickle in an archive", ".pt", torch_stream(evil)
    yield "a pickle as a part", ".npz", archive({"W.npy": evil})
    for descr in ("|O", "O", "|O8"):
        fields = f"'descr': {descr!r}, 'fortran_order': False, 'shape': (1,)"
        yield f"a pickle in an array of {descr}", ".npz", npy_file(fields, evil)
    scripted = {"m/code/__torch__.py": b"x", "m/data.pkl": evil, "m/constants.pkl": evil}
    yield "scripted", ".pt", archive(scripted)


class _Evil:
    """Pickled, it calls os.system with a command."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> object:
        import os

        return os.system, (self.command,)
