"""For b > k + 1 the norm ‖θ‖_{2,b} of many small neurons is small: splitting neurons pays."""

from __future__ import annotations

from fractions import Fraction

from constructions.designs import ladder
from constructions.networks import Block, CosineNetwork
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA, candidate
from verify.claims.fourier_circuits.optimal import HALVES, QUARTERS, odd_family
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import equal, sqrt, var
from verify.methods.combine import conjunction
from verify.methods.margins import MARGIN, WIDTH, network_relation


def _copies(*, k: int, p: int, copies: int) -> CosineNetwork:
    """The ladder network of Z_p with every neuron split into equal copies."""
    frequencies = tuple((z,) for z in range(1, (p - 1) // 2 + 1))
    block = Block(frequencies, ladder(k), Fraction(1, copies))
    return CosineNetwork(SumTask.modular(p, k), (block,) * copies)


_SIZE = var("size_max")
_LARGE_B = Domain.of(k=at_least(2), p=odd(3), b=Whole("exponents b > k+1"))


def _positive(factor: tuple[str, ...]) -> Check:
    return odd_family("positive margin", conclusions=("value",), factor=factor)


_UNBOUNDED = Check(
    name="splitting an optimal network",
    procedure=conjunction,
    arguments={
        "parts": (_positive(QUARTERS),),
        "scope": _LARGE_B,
        "rests_on": ("splitting neurons",),
    },
)
# m neurons of one size have ‖θ‖_{2,b}^{k+1} = m^{(k+1)/b}·size: √m·size for b = 2(k+1).
_GROWTH = Check(
    name="growth with the width at b = 2(k+1)",
    procedure=network_relation,
    arguments={
        "build": _copies,
        "points": tuple(
            {"k": k, "p": p, "copies": n} for k, p in ((2, 3), (2, 5), (3, 3)) for n in (1, 2, 4)
        ),
        "relation": equal(var("size_min"), _SIZE)
        & (GAMMA * sqrt(WIDTH) * (sqrt(WIDTH) * _SIZE) <= MARGIN),
        "rests_on": ("splitting neurons",),
    },
)

CLAIMS = [
    Claim(
        id="fc.cand.b-large",
        title="For b > k+1 wide networks have any margin",
        source=candidate("single neuron"),
        printed_kind="candidate",
        statement="For $b>k+1$ the $L_{2,b}$-normalised margin is unbounded in $m$.",
        domain=_LARGE_B,
        reading="k ≥ 2, odd p ≥ 3, real b > k+1; margin of D_p over ‖θ‖_{2,b}^{k+1}.",
        falsified_by="a bound on the normalised margins of all widths",
        checks=(_UNBOUNDED, _GROWTH),
        mutants=(
            Mutant.of(_UNBOUNDED, "no network of positive margin", parts=(_positive(HALVES),)),
            Mutant.of(
                _GROWTH,
                "the same growth at b = k+1",
                relation=GAMMA * sqrt(WIDTH) * (WIDTH * _SIZE) <= MARGIN,
            ),
        ),
    ),
]
