"""Pickle streams as data: a small interpreter that can build nothing but plain values.

The opcodes come from the standard library's disassembler, which executes nothing.  Tensors are
the only objects: a call is accepted when it is spelled like one of torch's tensor builders or
like an empty ordered mapping, and is carried out here, not by the named function.
"""

from __future__ import annotations

import io
import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.auditing.checkpoints.document import MAX_AXES, MAX_BYTES, MAX_VALUES, CheckpointError

# Storage classes and the little-endian types of their elements; bfloat16 is widened to float32.
STORAGES = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "BFloat16Storage": "bfloat16",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ShortStorage": "<i2",
    "CharStorage": "<i1",
    "ByteStorage": "<u1",
    "BoolStorage": "|b1",
}
MAX_BITS = 4096
_BUILDERS = ("torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter")
_MAPPING = "collections.OrderedDict"


@dataclass(frozen=True)
class _Name:
    """A global that was only named."""

    text: str

    def __str__(self) -> str:
        return self.text


_MARK = _Name("a mark")


@dataclass(frozen=True)
class Storage:
    """A tensor's memory: element type, key in the archive, number of elements."""

    dtype: str
    key: str
    count: int


Fetch = Callable[[Storage], np.ndarray]


def load(stream: bytes, fetch: Fetch) -> Any:
    """The value of a pickle stream; tensors are read through `fetch`.

    Raises:
        CheckpointError: for anything but tensors, numbers, strings, lists, tuples and mappings,
            naming what was found.
    """
    return _Machine(fetch).run(stream)


class _Machine:
    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._bytes = 0

    def run(self, stream: bytes) -> Any:
        steps = 0
        try:
            for opcode, argument, _ in pickletools.genops(io.BytesIO(stream)):
                steps += 1
                if steps > MAX_VALUES:
                    raise CheckpointError(f"the pickle has more than {MAX_VALUES} instructions")
                if opcode.name == "STOP":
                    return self._finish()
                self._step(opcode.name, argument)
        except CheckpointError:
            raise
        except (IndexError, KeyError) as error:
            raise CheckpointError(f"the pickle is damaged: {type(error).__name__}") from None
        except (AttributeError, OverflowError, TypeError, UnicodeError, ValueError) as error:
            raise CheckpointError(f"the pickle is damaged: {error}") from None
        raise CheckpointError("the pickle ends before its end mark")

    def _finish(self) -> Any:
        if len(self._stack) != 1:
            raise CheckpointError("the pickle is damaged: it leaves more than one value")
        return self._plain(self._stack.pop())

    def _step(self, name: str, argument: Any) -> None:
        stack = self._stack
        if name in ("PROTO", "FRAME"):
            return
        if name in _LITERALS:
            stack.append(_literal(argument))
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name]())
        elif name == "MARK":
            stack.append(_MARK)
        elif name in ("BINPUT", "LONG_BINPUT", "PUT"):
            self._memo[int(argument)] = stack[-1]
        elif name == "MEMOIZE":
            self._memo[len(self._memo)] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET", "GET"):
            stack.append(self._memo[int(argument)])
        elif name in _TUPLES:
            size = _TUPLES[name]
            items = stack[len(stack) - size :]
            if len(items) != size:
                raise IndexError
            stack[len(stack) - size :] = [tuple(map(self._plain, items))]
        elif name == "TUPLE":
            stack.append(tuple(map(self._plain, self._popped())))
        elif name in ("APPEND", "APPENDS", "SETITEM", "SETITEMS"):
            self._fill(name)
        elif name == "GLOBAL":
            stack.append(_known(argument.replace(" ", ".")))
        elif name == "STACK_GLOBAL":
            function, module = stack.pop(), stack.pop()
            stack.append(_known(f"{module}.{function}"))
        elif name == "BINPERSID":
            stack.append(_storage(stack.pop()))
        elif name == "REDUCE":
            arguments, function = stack.pop(), stack.pop()
            stack.append(self._call(function, arguments))
        elif name == "BUILD":
            stack.pop()  # torch keeps version numbers on its ordered mapping; they are not needed
            if not isinstance(stack[-1], dict):
                raise CheckpointError("the pickle sets attributes of something that is no mapping")
        else:
            raise CheckpointError(f"the pickle uses {name}, which no plain tensors or numbers need")

    def _popped(self) -> list[Any]:
        stack = self._stack
        at = len(stack) - 1
        while stack[at] is not _MARK:
            at -= 1
            if at < 0:
                raise IndexError
        items = stack[at + 1 :]
        del stack[at:]
        return items

    def _fill(self, name: str) -> None:
        single = {"APPEND": 1, "SETITEM": 2}.get(name)
        if single:
            items = self._stack[-single:]
            del self._stack[-single:]
        else:
            items = self._popped()
        items = [self._plain(item) for item in items]
        target = self._stack[-1]
        if name.startswith("APPEND"):
            if not isinstance(target, list):
                raise TypeError("appending to something that is no list")
            target.extend(items)
            return
        if not isinstance(target, dict) or len(items) % 2:
            raise TypeError("entries for something that is no mapping")
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, str | int):
                raise TypeError(f"a key of type {type(key).__name__}")
            target[key] = value

    def _call(self, function: Any, arguments: Any) -> Any:
        text = function.text if isinstance(function, _Name) else type(function).__name__
        if text == _MAPPING and arguments == ():
            return {}
        if text == _BUILDERS[0] and isinstance(arguments, tuple) and len(arguments) >= 4:
            return self._tensor(*arguments[:4])
        if text == _BUILDERS[1] and isinstance(arguments, tuple) and arguments:
            return arguments[0]
        raise CheckpointError(f"the pickle calls {text} in a way that makes no plain tensor")

    def _tensor(self, storage: Any, offset: Any, shape: Any, strides: Any) -> np.ndarray:
        sizes = isinstance(shape, tuple) and isinstance(strides, tuple)
        numbers = (offset, *shape, *strides) if sizes else ()
        if (
            not isinstance(storage, Storage)
            or not sizes
            or not all(type(n) is int for n in numbers)
        ):
            raise CheckpointError("the pickle describes a tensor without storage, shape or strides")
        if len(shape) != len(strides) or len(shape) > MAX_AXES or min(numbers) < 0:
            raise CheckpointError(f"a tensor has shape {shape} and strides {strides}")
        memory = self._fetch(storage)
        count = 1
        for size in shape:
            count *= size
        last = offset + sum((n - 1) * s for n, s in zip(shape, strides, strict=True))
        if count and last >= memory.size:
            raise CheckpointError(f"a tensor of shape {shape} reaches beyond its storage")
        self._bytes += count * memory.itemsize
        if self._bytes > MAX_BYTES:
            raise CheckpointError(f"the tensors take more than {MAX_BYTES} bytes")
        if not count:
            return np.zeros(shape, memory.dtype)
        steps = tuple(s * memory.itemsize for s in strides)
        view = np.lib.stride_tricks.as_strided(memory[offset:], shape, steps, writeable=False)
        return np.asarray(view, order="C")  # copied only where it is not contiguous

    @staticmethod
    def _plain(value: Any) -> Any:
        # A storage class is named inside of what refers to a storage, and nowhere else; `flatten`
        # refuses it among the values of the document.
        if value is _MARK or (isinstance(value, _Name) and value.text in (*_BUILDERS, _MAPPING)):
            raise CheckpointError(f"the pickle stores {value} as a value")
        return value


_LITERALS = {
    "BININT", "BININT1", "BININT2", "LONG1", "LONG4", "INT", "LONG", "BINFLOAT", "FLOAT",
    "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "UNICODE",
}  # fmt: skip
_CONSTANTS: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
}
_TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


def _literal(value: Any) -> Any:
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise CheckpointError(f"the pickle has an integer of more than {MAX_BITS} bits")
    if isinstance(value, str):
        value.encode()  # a lone surrogate could not be written down anywhere
    return value


def _known(text: str) -> _Name:
    module, _, name = text.rpartition(".")
    if text in (*_BUILDERS, _MAPPING) or (module == "torch" and name in STORAGES):
        return _Name(text)
    raise CheckpointError(
        f"the pickle refers to {text}; only plain tensors, numbers, strings, lists and mappings "
        "are read"
    )


def _storage(identity: Any) -> Storage:
    """torch's ("storage", class, key, device, count)."""
    fits = isinstance(identity, tuple) and len(identity) == 5 and identity[0] == "storage"
    if not fits or not isinstance(identity[1], _Name) or not isinstance(identity[2], str):
        raise CheckpointError("the pickle refers to memory in a way that torch does not")
    name, count = identity[1].text.removeprefix("torch."), identity[4]
    if name not in STORAGES or type(count) is not int or count < 0:
        raise CheckpointError(f"the pickle refers to a storage {name} of {count!r} elements")
    return Storage(STORAGES[name], identity[2], count)
