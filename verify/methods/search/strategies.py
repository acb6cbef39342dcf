"""Hypothesis strategies for moduli, groups, phases and networks.

They shrink towards what a reader wants to see: small modulus, few inputs, one neuron at
frequency 1, phase 0, unit gain.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from constructions.designs import Design
from constructions.groups import AbelianGroup
from constructions.networks import Block, CosineNetwork, DenseNetwork
from constructions.numbers import Turn
from constructions.tasks import SumTask
from verify.core.domain import is_prime


def moduli(
    minimum: int = 2, maximum: int = 13, *, parity: str = "any", prime: bool = False
) -> st.SearchStrategy[int]:
    """Moduli in [minimum, maximum]; parity "any", "odd" or "even"; prime ones only on request."""
    if parity not in ("any", "odd", "even"):
        raise ValueError(f"expected parity 'any', 'odd' or 'even', got {parity!r}")
    allowed = [
        n
        for n in range(minimum, maximum + 1)
        if (parity == "any" or n % 2 == (parity == "odd")) and (not prime or is_prime(n))
    ]
    if not allowed:
        raise ValueError(f"no modulus in [{minimum}, {maximum}] has parity {parity!r}")
    return st.sampled_from(allowed)


def abelian_groups(maximum_order: int = 12) -> st.SearchStrategy[AbelianGroup]:
    """Products of at most three cyclic groups up to an order, cyclic ones first."""
    found = [AbelianGroup((n,)) for n in range(2, maximum_order + 1)]
    for a in range(2, maximum_order + 1):
        for b in range(a, maximum_order // a + 1):
            found.append(AbelianGroup((a, b)))
            for c in range(b, maximum_order // (a * b) + 1):
                found.append(AbelianGroup((a, b, c)))
    return st.sampled_from(found)


def tasks(
    groups: st.SearchStrategy[AbelianGroup] | None = None, *, max_inputs: int = 3
) -> st.SearchStrategy[SumTask]:
    """Addition tasks with 1 to max_inputs inputs."""
    return st.builds(SumTask, groups or abelian_groups(), st.integers(1, max_inputs))


def turns(denominator: int = 12) -> st.SearchStrategy[Turn]:
    """Multiples of 1/denominator of a full turn."""
    return st.integers(0, denominator - 1).map(lambda t: Turn.of(t, denominator))


def phase_designs(
    inputs: int, *, denominator: int = 12, max_size: int = 6
) -> st.SearchStrategy[Design]:
    """Arbitrary phase designs for k inputs; most of them violate some moment."""
    vectors = st.lists(st.tuples(*[turns(denominator)] * inputs), min_size=1, max_size=max_size)
    return vectors.map(lambda v: Design("random", tuple(v)))


def _gains() -> st.SearchStrategy[Fraction]:
    return st.one_of(st.just(Fraction(1)), st.fractions(Fraction(1, 8), 8, max_denominator=8))


def cosine_networks(task: SumTask, *, max_blocks: int = 3) -> st.SearchStrategy[CosineNetwork]:
    """Single-frequency networks for a task with random designs and gains."""
    block = st.builds(
        Block,
        st.sampled_from(task.group.frequencies).map(lambda zeta: (zeta,)),
        phase_designs(task.inputs),
        _gains(),
    )
    blocks = st.lists(block, min_size=1, max_size=max_blocks)
    return blocks.map(lambda b: CosineNetwork(task, tuple(b)))


def dense_networks(task: SumTask, *, max_width: int = 4) -> st.SearchStrategy[DenseNetwork]:
    """Networks with arbitrary small rational weights."""
    k, n = task.inputs, task.group.order
    entry = st.fractions(-2, 2, max_denominator=4)
    row = st.lists(entry, min_size=n, max_size=n)
    neuron = st.tuples(st.lists(row, min_size=k, max_size=k), row)
    return st.lists(neuron, min_size=1, max_size=max_width).map(
        lambda neurons: DenseNetwork.exact(task, [u for u, _ in neurons], [w for _, w in neurons])
    )
