"""`trained-network`: what a network with stored float weights does on every input.

f(a) = V·σ(Σ_j U_j[a_j]); a layer is a product of tensors given by their IEEE bytes in hexadecimal
beside their sha256, the digest that anybody can take of the checkpoint's tensor.  A finite float
is an integer times a power of two, so for a polynomial or a two-slope σ every logit is an integer
over one common denominator.  Labels are Σa in a finite Abelian group.  With one layer for all
inputs f is symmetric: an unordered input stands for its different orders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import combinations_with_replacement, product
from math import factorial, lcm, prod

from .document import fields
from .exact import Number
from .formula import rational, valid_name
from .group import Group, check_relations, inputs, natural
from .limits import Rejected, TooLarge, require, spend

_FORMATS = {"float16": (5, 10), "float32": (8, 23), "float64": (11, 52)}  # exponent, fraction bits
_MAX_NUMBERS = 1_000_000


@dataclass(frozen=True)
class Matrix:
    """Integers times 2^exponent."""

    rows: list[list[int]]
    exponent: int

    @staticmethod
    def of(entries: list[list[tuple[int, int]]]) -> "Matrix":
        """Entries (m, e) = m·2^e over the smallest exponent, which is at most 0."""
        least = min((e for row in entries for m, e in row if m), default=0)
        least = min(least, 0)
        return Matrix([[m << (e - least) if m else 0 for m, e in row] for row in entries], least)

    def times(self, other: "Matrix") -> "Matrix":
        """The matrix product."""
        require(len(self.rows[0]) == len(other.rows), "factors of a layer do not fit together")
        spend(len(self.rows) * len(other.rows) * len(other.rows[0]))
        columns = list(zip(*other.rows, strict=True))
        return Matrix([[sum(map(int.__mul__, row, column)) for column in columns]
                       for row in self.rows], self.exponent + other.exponent)


def decode(data: bytes, dtype: str) -> list[tuple[int, int]]:
    """IEEE numbers, little-endian, as (m, e) with value m·2^e; infinities and NaN are rejected."""
    width, fraction = _FORMATS[dtype]
    size, bias = (1 + width + fraction) // 8, (1 << (width - 1)) - 1
    result = []
    for start in range(0, len(data), size):
        bits = int.from_bytes(data[start : start + size], "little")
        biased, mantissa = bits >> fraction & (1 << width) - 1, bits & (1 << fraction) - 1
        require(biased != (1 << width) - 1, f"weight {start // size} is not finite")
        if biased:
            mantissa |= 1 << fraction
        sign = -1 if bits >> (width + fraction) else 1
        result.append((sign * mantissa, max(biased, 1) - bias - fraction))
    return result


def _tensor(node: object) -> list[list[tuple[int, int]]]:
    require(isinstance(node, dict) and set(node) == {"dtype", "shape", "sha256", "hex"},
            "a tensor has exactly dtype, shape, sha256 and hex")
    require(isinstance(node["dtype"], str) and node["dtype"] in _FORMATS, "unknown dtype {}",
            node["dtype"])
    require(isinstance(node["shape"], list) and len(node["shape"]) == 2, "shape: two numbers")
    height, width = (natural(x, 1, "a size") for x in node["shape"])
    if height * width > _MAX_NUMBERS:
        raise TooLarge(f"too large: a tensor of {height}·{width} numbers")
    spend(height * width)
    require(isinstance(node["hex"], str), "hex must be a string")
    try:
        data = bytes.fromhex(node["hex"])
    except ValueError:
        raise Rejected("hex is not hexadecimal") from None
    require(8 * len(data) == height * width * (1 + sum(_FORMATS[node["dtype"]])),
            "the bytes do not fill the shape {}", node["shape"])
    require(sha256(data).hexdigest() == node["sha256"], "the sha256 is that of another tensor")
    numbers = decode(data, node["dtype"])
    return [numbers[i : i + width] for i in range(0, len(numbers), width)]


def _layer(node: object, tensors: dict[str, list[list[tuple[int, int]]]]) -> Matrix:
    """A product of tensors, each possibly transposed or cut to columns [from, to)."""
    require(isinstance(node, list) and node, "a layer is a non-empty list of factors")
    result = None
    for factor in node:
        require(isinstance(factor, dict) and {"tensor"} <= set(factor)
                <= {"tensor", "transposed", "columns"}, "not a factor of a layer: {}", factor)
        require(isinstance(factor["tensor"], str) and factor["tensor"] in tensors,
                "unknown tensor {}", factor["tensor"])
        rows = tensors[factor["tensor"]]
        require(isinstance(factor.get("transposed", False), bool), "transposed: true or false")
        if factor.get("transposed"):
            rows = [list(column) for column in zip(*rows, strict=True)]
        if "columns" in factor:
            cut = factor["columns"]
            require(isinstance(cut, list) and len(cut) == 2, "columns: [from, to]")
            start, stop = natural(cut[0], 0, "from"), natural(cut[1], 1, "to")
            require(start < stop <= len(rows[0]), "there are no columns {}", cut)
            rows = [row[start:stop] for row in rows]
        matrix = Matrix.of(rows)
        result = matrix if result is None else result.times(matrix)
    return result


class Activation:
    """σ(u) = Σ c_d u^d, or slopes (l, r): l·u for u < 0 and r·u for u ≥ 0."""

    def __init__(self, node: object) -> None:
        require(isinstance(node, dict) and len(node) == 1, "an activation has exactly one key")
        ((self.kind, values),) = node.items()
        require(self.kind in ("polynomial", "slopes"), "unknown activation {}", node)
        require(isinstance(values, list) and 0 < len(values) < 40, "not an activation: {}", node)
        require(self.kind == "polynomial" or len(values) == 2, "two slopes: below and above 0")
        coefficients = list(map(rational, values))
        self.denominator = lcm(*(c.denominator for c in coefficients))
        self.numbers = [int(c * self.denominator) for c in coefficients]
        self.degree = len(values) - 1 if self.kind == "polynomial" else 1

    def __call__(self, n: int, exponent: int) -> int:
        """The integer with σ(n·2^exponent) = it · 2^{exponent·degree} / denominator."""
        if self.kind == "slopes":
            return n * self.numbers[n >= 0]
        value = 0
        for d, c in enumerate(self.numbers):
            value += c * n**d << (-exponent * (self.degree - d))
        return value

    def bound(self, largest: int, exponent: int) -> int:
        """At least |σ's integer| for every |n| ≤ largest."""
        if self.kind == "slopes":
            return max(abs(self(sign * largest, exponent)) for sign in (1, -1))
        return sum(abs(c) * largest**d << (-exponent * (self.degree - d))
                   for d, c in enumerate(self.numbers))


def _orders(k: int, n: int, *, shared: bool) -> Iterator[tuple[tuple[int, ...], int]]:
    """(input, how many inputs it stands for): the multinomial coefficient of its orders."""
    if not shared:
        yield from ((a, 1) for a in product(range(n), repeat=k))
        return
    for a in combinations_with_replacement(range(n), k):
        yield a, factorial(k) // prod(factorial(a.count(x)) for x in set(a))


class _Columns:
    """V·h for one h after another: a column of V is one integer with a slot for each label."""

    def __init__(self, output: Matrix, largest: int) -> None:
        rows = output.rows
        top = max(abs(v) for row in rows for v in row)
        self.slot = (largest * top * len(rows[0])).bit_length() // 8 + 1  # bytes, a sign bit spared
        self.labels = len(rows)
        self.packed = [sum(v << (8 * self.slot * i) for i, v in enumerate(column))
                       for column in zip(*rows, strict=True)]
        self.half = 1 << (8 * self.slot - 1)
        self.shift = sum(self.half << (8 * self.slot * i) for i in range(self.labels))

    def logits(self, hidden: list[int]) -> list[int]:
        """Each slot holds Σ_m V[i, m]·h_m, of absolute value below half, plus half."""
        spend(len(hidden) * (1 + self.slot * self.labels // 2048))
        whole = sum(map(int.__mul__, hidden, self.packed)) + self.shift
        data = whole.to_bytes(self.slot * self.labels, "little")
        return [int.from_bytes(data[i : i + self.slot], "little") - self.half
                for i in range(0, len(data), self.slot)]


def check(document: dict) -> tuple[str, dict]:
    """Accepts when all relations hold for the counts and the margin of the stored weights."""
    fields(document, {"group", "inputs", "activation", "tensors", "first", "output", "relations"},
           frozenset({"least_at"}))
    group, k = Group.parse(document["group"]), inputs(document["inputs"])
    require(isinstance(document["tensors"], dict), "tensors must map names to tensors")
    tensors = {valid_name(name): _tensor(node) for name, node in document["tensors"].items()}
    require(isinstance(document["first"], list) and len(document["first"]) in (1, k),
            "first: one layer for all inputs, or one for each")
    layers = [_layer(node, tensors) for node in document["first"]]
    output, sigma = _layer(document["output"], tensors), Activation(document["activation"])
    n = group.size
    width = len(output.rows[0])
    require(len(output.rows) == n, f"the output layer has {n} rows")
    for layer in layers:
        require(len(layer.rows) == width and len(layer.rows[0]) == n,
                f"a first layer is {width} by {n}")
    shared, exponent = len(layers) == 1, min(layer.exponent for layer in layers)
    if n**k > 2_000_000:
        raise TooLarge(f"too large: {n}^{k} inputs")
    # first[j][a]: the width integers that input j adds for element a
    first = [[[v << (layer.exponent - exponent) for v in column]
              for column in zip(*layer.rows, strict=True)]
             for layer in layers] * (k if shared else 1)
    largest = sum(max(abs(v) for column in part for v in column) for part in first)
    bound = sigma.bound(largest, exponent)
    columns, elements = _Columns(output, bound), group.elements()
    index = {element: i for i, element in enumerate(elements)}
    found, least, at = {"correct": 0, "wrong": 0, "ties": 0}, None, []
    for a, count in _orders(k, n, shared=shared):
        spend(k * width + width * sigma.degree * (bound.bit_length() // 1024))
        summed = first[0][a[0]]
        for part, i in zip(first[1:], a[1:], strict=True):
            summed = list(map(int.__add__, summed, part[i]))
        logits = columns.logits([sigma(u, exponent) for u in summed])
        right = index[group.add(*(elements[i] for i in a))]
        gap = logits.pop(right)
        gap -= max(logits)
        found["correct" if gap > 0 else "ties" if gap == 0 else "wrong"] += count
        if least is None or gap < least:
            least, at = gap, []
        if gap == least:
            at.append(a)
    scale = Fraction(2) ** (exponent * sigma.degree + output.exponent) / sigma.denominator
    if "least_at" in document:
        require(isinstance(document["least_at"], list), "least_at lists inputs")
        claimed = [tuple(a) if isinstance(a, list) else a for a in document["least_at"]]
        require(claimed == at, "the smallest margin is attained elsewhere: {}", at)
    names = group.names(k) | {name: Number.of(value) for name, value in found.items()}
    names |= {"total": Number.of(n**k), "width": Number.of(width),
              "margin": Number.of(least * scale)}
    check_relations(document["relations"], names)
    return (f"{found['correct']} of {n**k} inputs correct, {found['ties']} ties",
            {**found, "total": n**k, "width": width, "margin": str(least * scale)})
