"""The analytic max-margin networks and the closed-form maximum margin.

For a finite Abelian group G of order n with r non-trivial real characters and k inputs,

    γ* = (k!/n^{k+1}) (n/(k+1))^{(k+1)/2} · n / ((n−1−r) ρ + r),   ρ = 2^{(k−1)/2}

(lemma *abelian optimum* in ``docs/lemmas``).  For Z_p, p odd, this is
Γ(k, p) = 2·k!/((2k+2)^{(k+1)/2} (p−1) p^{(k−1)/2}), Theorem 4.1 of arXiv:2402.09469v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

from constructions.designs import Design, quarter, signs
from constructions.groups import AbelianGroup
from constructions.networks import Block, CosineNetwork
from constructions.tasks import SumTask


def fourier_network(
    task: SumTask, design: Callable[[int], Design] | Design = quarter
) -> CosineNetwork:
    """The network that uses `design` at every complex and `signs` at every real character.

    With an exact design its function is A·(n·1[c = Σa] − 1) with A > 0 rational, so every
    wrong label lags by the same amount on every input.  With the default `quarter` design
    and Z_p, p odd, it has m = 2^{2k−2}(p−1) neurons.
    """
    k, group = task.inputs, task.group
    chosen = design if isinstance(design, Design) else design(k)
    blocks = []
    if group.complex_frequencies:
        blocks.append(Block(group.complex_frequencies, chosen))
    if group.real_frequencies:
        # A design neuron sum is N·k!/2^k·cos(χ(c) − Σχ(a)), i.e. N·k!/2^{k+1} per character;
        # a sign block is 2^{k−1}·k! per (real) character.  Equal heights per character:
        gain = Fraction(chosen.size, 2 ** (2 * k)) if group.complex_frequencies else Fraction(1)
        blocks.append(Block(group.real_frequencies, signs(k), gain))
    return CosineNetwork(task, tuple(blocks))


def printed_gamma(k: int, p: int, arithmetic: Any) -> Any:
    """Γ(k, p) = 2·k!/((2k+2)^{(k+1)/2} (p−1) p^{(k−1)/2}) in the arithmetic."""
    whole = Fraction(2 * factorial(k), p - 1)
    half_power = Fraction(2 * k + 2) ** (k + 1) * Fraction(p) ** (k - 1)
    return arithmetic.rational(whole) * _inverse_root(half_power, arithmetic)


def maximum_margin(group: AbelianGroup, k: int, arithmetic: Any) -> Any:
    """γ* of k-input addition in a finite Abelian group, in the arithmetic."""
    n, r = group.order, len(group.real_frequencies)
    # Z = (n−1−r)ρ + r with ρ² = 2^{k−1}; scale = k!/n^k · (n/(k+1))^{(k+1)/2}.
    scale = arithmetic.rational(Fraction(factorial(k), n**k))
    scale = scale * _inverse_root(Fraction(k + 1, n) ** (k + 1), arithmetic)
    rho = arithmetic.sqrt(Fraction(2) ** (k - 1))
    return scale / (arithmetic.rational(n - 1 - r) * rho + arithmetic.rational(r))


def _inverse_root(square: Fraction, arithmetic: Any) -> Any:
    return arithmetic.sqrt(1 / square)
