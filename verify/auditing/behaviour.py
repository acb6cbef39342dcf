"""What a network does on every input: exact logits, margins, errors and ties.

A shared embedding makes f symmetric in its inputs, so only unordered inputs are evaluated and
each stands for its different orders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement, islice, product
from math import comb, factorial, prod
from typing import Any, final

import numpy as np
from flint import arb, arb_mat, ctx

from constructions.dyadic import integers
from constructions.numbers import Ball
from verify.auditing.activations import Enclosed, ExactActivation
from verify.auditing.network import TrainedNetwork

Input = tuple[int, ...]
# Bits of hidden values that are held at a time; inputs, as many as the checker evaluates, and
# multiplications that a network may cost.
_CHUNK = 2_000_000 * 128
_MOST_INPUTS = 2_000_000
_MOST_WORK = 20_000_000_000
_FIRST_BITS, _MOST_BITS = 128, 1024


@final
@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """A network on its whole input set; inputs are tuples of element positions.

    gaps: for every evaluated input, label logit minus the largest other one, exact or a ball.
    symmetric: whether an input stands for all its orders.
    A gap whose sign a ball leaves open makes its input undecided: it is neither right nor wrong.
    """

    gaps: dict[Input, Fraction | Ball]
    symmetric: bool
    inputs: int

    def orders(self, a: Input) -> int:
        """How many inputs an evaluated one stands for."""
        if not self.symmetric:
            return 1
        return factorial(len(a)) // prod(factorial(c) for c in Counter(a).values())

    @cached_property
    def _sorted(self) -> dict[str, list[Input]]:
        classes: dict[str, list[Input]] = {n: [] for n in ("correct", "wrong", "tied", "undecided")}
        for a, gap in self.gaps.items():
            classes[classify(gap)].append(a)
        return classes

    def where(self, kind: str) -> list[Input]:
        """All inputs that are ``correct``, ``wrong``, ``tied`` or ``undecided``."""
        found = self._sorted[kind]
        return sorted(b for a in found for b in arrangements(a)) if self.symmetric else found

    def count(self, kind: str) -> int:
        """The number of such inputs."""
        return sum(map(self.orders, self._sorted[kind]))

    @property
    def total(self) -> int:
        """The number of all inputs."""
        return sum(map(self.orders, self.gaps))

    @property
    def accuracy(self) -> Fraction:
        """Share of the inputs that are certainly correct."""
        return Fraction(self.count("correct"), self.total)

    @cached_property
    def margin(self) -> Fraction | Ball:
        """The smallest gap; a ball that contains it when gaps are balls."""
        values = list(self.gaps.values())
        if all(isinstance(g, Fraction) for g in values):
            return min(values)
        with ctx.workprec(_MOST_BITS):
            least = values[0].arb
            for gap in values[1:]:
                least = least.min(gap.arb)
        return Ball.from_arb(least, bits=_MOST_BITS)

    @cached_property
    def least_at(self) -> list[Input]:
        """The evaluated inputs whose gap is, or may be, the smallest, in order."""
        margin = self.margin
        if isinstance(margin, Fraction):
            return sorted(a for a, gap in self.gaps.items() if gap == margin)
        return sorted(a for a, gap in self.gaps.items() if gap.arb.overlaps(margin.arb))


def arrangements(a: Input) -> Iterator[Input]:
    """The different orders of an input, each once."""
    if not a:
        yield ()
    for first in sorted(set(a)):
        at = a.index(first)
        for rest in arrangements(a[:at] + a[at + 1 :]):
            yield (first, *rest)


def classify(gap: Fraction | Ball) -> str:
    """``correct``, ``wrong``, ``tied``, or ``undecided`` where a ball contains 0."""
    if isinstance(gap, Fraction):
        return "correct" if gap > 0 else "wrong" if gap < 0 else "tied"
    value = gap.arb
    return "correct" if value > 0 else "wrong" if value < 0 else "undecided"


def evaluate(network: TrainedNetwork) -> Behaviour:
    """The behaviour of a network: exact, or in balls, narrowed where they decide nothing.

    Raises:
        ValueError: for more work than an audit is for; the message gives the sizes.
    """
    n, k = network.task.group.order, network.task.inputs
    count = comb(n + k - 1, k) if network.shared else n**k
    if n**k > _MOST_INPUTS or count * network.width * n > _MOST_WORK:
        raise ValueError(
            f"{n}^{k} inputs, {network.width} neurons and {n} labels are more than an audit takes "
            f"on; expected at most {_MOST_INPUTS} inputs and {_MOST_WORK} multiplications"
        )
    gaps: dict[Input, Fraction | Ball] = {}
    for batch, logits, scale in exact_logits(network) if _exact(network) else ball_logits(network):
        for a, row in zip(batch, logits, strict=True):
            gaps[a] = _gap(network, a, row, scale)
    return Behaviour(gaps=gaps, symmetric=network.shared, inputs=network.task.inputs)


def _exact(network: TrainedNetwork) -> bool:
    return isinstance(network.activation, ExactActivation)


def _gap(
    network: TrainedNetwork, a: Input, row: list[Any], scale: Fraction | None
) -> Fraction | Ball:
    label = _label(network, a)
    others = [v for i, v in enumerate(row) if i != label]
    if scale is not None:
        return (int(row[label]) - max(map(int, others))) * scale
    top = others[0]
    for value in others[1:]:
        top = top.max(value)
    return Ball.from_arb(row[label] - top, bits=_MOST_BITS)


def _label(network: TrainedNetwork, a: Input) -> int:
    group = network.task.group
    elements = _elements(network)
    total = elements[a[0]]
    for i in a[1:]:
        total = group.add(total, elements[i])
    return group.index(total)


def _elements(network: TrainedNetwork) -> list[tuple[int, ...]]:
    return list(network.task.group.elements())


def batches(network: TrainedNetwork) -> Iterator[list[Input]]:
    """The inputs to evaluate, in chunks that keep memory small."""
    n, k = network.task.group.order, network.task.inputs
    choose = combinations_with_replacement if network.shared else lambda r, k: product(r, repeat=k)
    size = max(1, _CHUNK // (network.width * _hidden_bits(network)))
    inputs = choose(range(n), k)
    while batch := list(islice(inputs, size)):
        yield batch


def _hidden_bits(network: TrainedNetwork) -> int:
    """A bound on the bits of one hidden value."""
    sigma = network.activation
    if not isinstance(sigma, ExactActivation):
        return _FIRST_BITS
    exponent = min(layer.exact.exponent for layer in network.first)
    top = max(layer.exact.bits + layer.exact.exponent - exponent for layer in network.first)
    return 64 + sigma.degree * (top - min(exponent, 0))


def _summed(network: TrainedNetwork, batch: list[Input]) -> tuple[np.ndarray, int]:
    """Pre-activations Σ_j U_j[:, a_j]: (inputs, width) integers, and their exponent."""
    layers = [layer.exact for layer in network.first]
    exponent = min(layer.exponent for layer in layers)
    tables = [layer.over(exponent).T for layer in layers] * (
        network.task.inputs if network.shared else 1
    )
    if network.task.inputs > 2:  # two int64 of `Dyadic` may be added, more may not
        tables = [t.astype(object) for t in tables]
    total = tables[0][[a[0] for a in batch]]
    for j, table in enumerate(tables[1:], start=1):
        total = total + table[[a[j] for a in batch]]
    return total, exponent


def exact_logits(
    network: TrainedNetwork,
) -> Iterator[tuple[list[Input], list[list[int]], Fraction]]:
    """(inputs, integer logits, their common factor) of an exact activation."""
    sigma = network.activation
    if not isinstance(sigma, ExactActivation):
        raise TypeError(f"the activation {sigma.name} has no exact values")
    output = network.output.exact
    transposed = integers(output.numbers.T)
    for batch in batches(network):
        summed, exponent = _summed(network, batch)
        hidden = integers(sigma.integers(summed, exponent))
        # σ(u) = hidden · 2^{exponent·degree}/denominator, and V = integers · 2^{output.exponent}
        power = exponent * sigma.degree + output.exponent
        yield batch, (hidden * transposed).table(), Fraction(2) ** power / sigma.denominator


def ball_logits(network: TrainedNetwork) -> Iterator[tuple[list[Input], list[list[arb]], None]]:
    """(inputs, logits as balls, None); precision grows until neighbouring logits separate."""
    sigma = network.activation
    if not isinstance(sigma, Enclosed):
        raise TypeError(f"the activation {sigma.name} is exact")
    for batch in batches(network):
        rows, bits = _ball_rows(network, sigma, batch, _FIRST_BITS), _FIRST_BITS
        while bits < _MOST_BITS and (open_ := [i for i, r in enumerate(rows) if _tight(r)]):
            bits *= 2
            finer = _ball_rows(network, sigma, [batch[i] for i in open_], bits)
            for i, row in zip(open_, finer, strict=True):
                rows[i] = row
        yield batch, rows, None


def _ball_rows(
    network: TrainedNetwork, sigma: Enclosed, batch: list[Input], bits: int
) -> list[list[arb]]:
    summed, exponent = _summed(network, batch)
    output = network.output.exact
    with ctx.workprec(bits):
        scale = arb(2) ** exponent
        flat = [sigma.ball(arb(int(u)) * scale) for u in summed.ravel()]
        hidden = arb_mat(*summed.shape, flat)
        weights = arb_mat(*output.numbers.T.shape, [arb(int(v)) for v in output.numbers.T.ravel()])
        return [[v * arb(2) ** output.exponent for v in row] for row in (hidden * weights).table()]


def _tight(row: list[arb]) -> bool:
    """Whether the two largest logits overlap, so that more bits may separate them."""
    first, second = sorted(row, key=lambda v: float(v.mid()), reverse=True)[:2]
    return bool(first.overlaps(second))
