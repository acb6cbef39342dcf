"""Muon on spheres: critical points at which its direction still moves the nodes."""

from __future__ import annotations

from verify.claims.energy_landscape.common import SHIFTED, WAVE, Z3, at, pair, stated
from verify.claims.writing import exact, mutants, refutation
from verify.core.claim import Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, equal, rational, sqrt
from verify.methods.energy import ENERGY, NORM, Neuron

_NODES = Domain.of(nodes=Whole("finite groups and nodes on unit spheres"))


def _peak(u: tuple[int, ...], *, critical: bool = True) -> Neuron:
    """[u; Pu] is critical with E = (3/4)|w|⁴."""
    return pair(Z3, u, critical=critical, relations=(equal(4 * ENERGY, 3 * NORM**2),))


_CRITICAL = at("both critical", _peak(WAVE), _peak(SHIFTED))
# The inner product of the two waves, of squared norm 6, is −3: ϱ = −1/2 for the pairs as well.
_INNER = rational(sum(x * y for x, y in zip(WAVE, SHIFTED, strict=True)),
                  sum(x * x for x in WAVE))


def _moves(rho: object) -> Formula:
    """x, y = ½((1 + ϱ)^{−1/2} ± (1 − ϱ)^{−1/2}) for ϱ = −1/2: orthonormal columns and y ≠ 0."""
    x, y = ((sqrt(2) + sign * sqrt(rational(2, 3))) / 2 for sign in (1, -1))
    return (equal(x**2 + y**2 + 2 * rho * x * y, 1) & equal(2 * x * y + rho * (x**2 + y**2), 0)
            & (x > y) & (y > 0))


_FACTOR = exact("the polar factor", equal(_INNER, rational(-1, 2)) & _moves(_INNER))
_MOVES = refutation(
    "two waves on Z3", _CRITICAL, _FACTOR, point={"nodes": "Z3, K = 2", "group": "Z3"},
    lemmas=("polar factors of unit columns",),
    description="Z3, K = 2, w_1, w_2 ∝ [u; Pu] for u = (2, −1, −1), (−1, 2, −1), maximisers of "
    "inner product −1/2: the polar factor of the gradient has the columns xw_1 + yw_2, yw_1 + xw_2 "
    "with y = (√2 − √(2/3))/2 > 0, so both nodes move on their spheres",
)

CLAIMS: list[Claim] = [
    stated(
        "li2.cand.muon-sphere", "Stationary points of Muon on spheres", "Stage III",
        "`li2.muon-ascent`'s stationary points persist on products of unit spheres.",
        "nodes that are stationary for the gradient or for Muon only", _MOVES,
        Mutant.of(_MOVES, "orthogonal nodes", parts=(_CRITICAL, *(m.check for m in mutants(
            _FACTOR, orthogonal=_moves(rational(0)))))),
        Mutant.of(_MOVES, "no critical points", parts=(
            at("both critical", _peak(WAVE, critical=False), _peak(SHIFTED)), _FACTOR)),
        domain=_NODES,
        reading="Stationary on the product of unit spheres: the projection of the direction on the "
        "tangent space of each sphere vanishes, for the gradient of ΣE(w_j) and for its polar "
        "factor UVᵀ; the two sets of points should be the same. Points with gradient 0 are "
        "stationary for both. If the polar factor is taken of the projected gradient R instead, "
        "they persist: its inner product with R is tr D > 0 unless R = 0. On Z2 critical nodes "
        "with E > 0 are ± one another or orthogonal, and stationary for Muon. ",
    ),
]
