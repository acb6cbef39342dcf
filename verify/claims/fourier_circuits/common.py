"""What the modules of this package share: sources, the printed value, usual builders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from constructions.designs import Design
from constructions.groups import AbelianGroup
from constructions.max_margin import fourier_network
from constructions.networks import Block, CosineNetwork
from constructions.tasks import SumTask
from verify.core.claim import Source
from verify.formula import Term, fact, half, rational, var

K, P, N = var("k"), var("p"), var("n")

TITLE = "Fourier Circuits in Neural Networks and Transformers"
PARENT_TITLE = "Feature emergence via margin maximization: case studies in algebraic tasks"

# For a refuted statement of the parent whose factor or sign decides.
QUOTED = (
    "The parent's statement is known from quotations only, so this judges the wording quoted here. "
)


def paper(locator: str) -> Source:
    """A place in arXiv:2402.09469v3."""
    return Source(title=TITLE, arxiv="2402.09469", version="v3", locator=locator)


def parent(locator: str) -> Source:
    """A place in arXiv:2311.07568v2."""
    return Source(title=PARENT_TITLE, arxiv="2311.07568", version="v2", locator=locator)


def candidate(family: str) -> Source:
    """A statement that nobody printed: derived, sharpened or merely natural."""
    return Source(title="candidate statements on the maximum margin", locator=family)



def gamma(k: Term, p: Term) -> Term:
    """Γ(k, p) = 2·k!/((2k+2)^{(k+1)/2} (p−1) p^{(k−1)/2})."""
    return 2 * fact(k) / ((2 * k + 2) ** half(k + 1) * ((p - 1) * p ** half(k - 1)))


GAMMA: Term = gamma(K, P)

# The same value as the `family` method wants it: numerator / Σ denominator.
GAMMA_VALUE: Mapping[str, Any] = {
    "numerator": 2 * fact(K),
    "denominator": [(2 * K + 2) ** half(K + 1) * ((P - 1) * P ** half(K - 1))],
}

# ρ_k = 2^{(k−1)/2}: what a complex pair of characters loses against a real one.
RHO: Term = rational(2) ** half(K - 1)


def cyclic_network(design: Callable[[int], Design]) -> Callable[..., CosineNetwork]:
    """A builder k, p → the Fourier network with this design at every frequency of Z_p."""

    def build(*, k: int, p: int) -> CosineNetwork:
        return fourier_network(SumTask.modular(p, k), design)

    return build


def uniform_weights(*, k: int, p: int) -> dict[str, str]:
    """The uniform distribution on the p−1 wrong labels (hypothesis U)."""
    return {str(d): str(Fraction(1, p - 1)) for d in range(1, p)}


def mixed_network(p: int, k: int, designs: Mapping[int, Design]) -> CosineNetwork:
    """A network that uses its own design at each frequency ζ, every frequency equally strong.

    Gains are 1/N, so that each frequency contributes the same k!/2^k·cos.
    """
    task = SumTask(AbelianGroup.cyclic(p), k)
    blocks = [Block(((zeta,),), d, Fraction(1, d.size)) for zeta, d in designs.items()]
    return CosineNetwork(task, tuple(blocks))
