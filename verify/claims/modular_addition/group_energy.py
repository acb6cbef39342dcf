"""The energy Ω that a neuron with two embeddings ascends on a finite group, exactly.

Groups here are Z_p ⋊ Z_q with (x, i)(y, j) = (x + m^i y, i + j): Z_3, S_3, C_7 ⋊ C_3.  Their
irreps are written out in unitary matrices, so that the printed formula is evaluated as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from verify.claims.modular_addition.common import hwz
from verify.claims.writing import entry, exact, formal, lemma, proof
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, cis, equal, rational, total, var

GROUPS = Domain.of(group=Whole("finite groups of order at least 2"))
STAGE_ONE = (
    "G a finite group of order ≥ 2, σ = u², the full table, mean cross-entropy; Stage I with two "
    "embeddings: θ¹, θ², ξ each on the unit sphere, a_m = a fixed, projected gradient flow on the "
    "leading order of the risk for small logits. "
)
Matrix = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Semidirect:
    """Z_p ⋊ Z_q, multiplier m of order q modulo the prime p (m = 1 for q = 1)."""

    name: str
    p: int
    q: int
    m: int

    @property
    def elements(self) -> list[tuple[int, int]]:
        """(x, i), the identity first."""
        return list(product(range(self.p), range(self.q)))

    def times(self, g: tuple[int, int], h: tuple[int, int]) -> tuple[int, int]:
        """The product."""
        (x, i), (y, j) = g, h
        return (x + self.m**i * y) % self.p, (i + j) % self.q

    def inverse(self, g: tuple[int, int]) -> tuple[int, int]:
        """The inverse."""
        return next(h for h in self.elements if self.times(g, h) == (0, 0))

    @property
    def irreps(self) -> list[tuple[int, int]]:
        """All non-trivial ones: (k, q) of degree q, a k of each orbit, and (l, 1) of degree 1."""
        seen: set[int] = set()
        large = []
        for k in range(1, self.p):
            if k not in seen:
                seen |= {k * self.m**t % self.p for t in range(self.q)}
                large.append((k, self.q))
        small = [(k, 1) for k in range(1, self.q)]
        return large + (small if self.q > 1 else [])

    def matrix(self, irrep: tuple[int, int], g: tuple[int, int]) -> list[list[Fraction | None]]:
        """The unitary matrix at g: entries e(turns), None for 0."""
        (k, degree), (x, i) = irrep, g
        if degree < self.q or self.q == 1:
            return [[Fraction(k * x if self.q == 1 else k * i, self.p if self.q == 1 else self.q)]]
        return [
            [Fraction(k * self.m**t * x, self.p) if s == (t + i) % self.q else None
             for s in range(self.q)]
            for t in range(self.q)
        ]


Z3 = Semidirect(name="Z3", p=3, q=1, m=1)
S3 = Semidirect(name="S3", p=3, q=2, m=2)
F21 = Semidirect(name="C7⋊C3", p=7, q=3, m=2)


def _weighted(group: Semidirect, values: Sequence[Term | int], irrep: tuple[int, int],
              *, inverted: bool) -> Matrix:
    """Σ_g ν(g)ρ(g⁻¹), or Σ_g ν(g)ρ(g), its adjoint for real ν."""
    degree = irrep[1]
    entries: list[list[list[Term]]] = [[[] for _ in range(degree)] for _ in range(degree)]
    for g, value in zip(group.elements, values, strict=True):
        if isinstance(value, int) and value == 0:
            continue
        rho = group.matrix(irrep, group.inverse(g) if inverted else g)
        for s, row in enumerate(rho):
            for t, turns in enumerate(row):
                if turns is not None:
                    entries[s][t].append(value * cis(turns % 1))
    return tuple(tuple(total(e) if e else rational(0) for e in row) for row in entries)


def _trace(*factors: Matrix) -> Term:
    size = range(len(factors[0]))
    a, b, c = factors
    return total([a[i][j] * b[j][k] * c[k][i] for i in size for j in size for k in size])


def scaled_energy(
    group: Semidirect, first: Sequence[Term | int], second: Sequence[Term | int],
    output: Sequence[Term | int], *, order: str = "ξ* 2 1",
) -> Term:
    """n³Ω = n³Σ_{ρ≠1} d_ρ tr(ξ̂*θ̂²θ̂¹); order: of the factors, "ξ" without the adjoint."""
    def transform(name: str, irrep: tuple[int, int]) -> Matrix:
        values = {"1": first, "2": second}.get(name, output)
        return _weighted(group, values, irrep, inverted=name != "ξ*")

    return total([
        r[1] * _trace(*(transform(name, r) for name in order.split())) for r in group.irreps
    ])


def objective(
    group: Semidirect, first: Sequence[Term | int], second: Sequence[Term | int],
    output: Sequence[Term | int],
) -> Term:
    """n·Σ_{g,h}(f[gh] − mean_j f[j]), f = ξ(θ¹(g) + θ²(h))², by its definition."""
    elements, n = group.elements, len(group.elements)
    place = {g: i for i, g in enumerate(elements)}
    mean = total(list(output))
    return total([
        (a + b) ** 2 * (n * output[place[group.times(g, h)]] - mean)
        for g, a in zip(elements, first, strict=True)
        for h, b in zip(elements, second, strict=True)
        if not (isinstance(a, int) and isinstance(b, int) and a == b == 0)
    ])


def _identity(group: Semidirect, order: str, factor: int) -> Check:
    n = len(group.elements)
    names = [[f"{row}{i}" for i in range(n)] for row in "abc"]
    rows = [[var(name) for name in row] for row in names]
    formula = equal(objective(group, *rows), factor * scaled_energy(group, *rows, order=order))
    return formal(
        f"all weights on {group.name}", formula, " ".join(name for row in names for name in row),
        scope=Domain.at({"group": group.name}),
    )


def _unit(group: Semidirect, *places: tuple[int, int]) -> list[int]:
    return [int(g in places) for g in group.elements]


def _units(group: Semidirect, order: str, factor: int) -> Check:
    """Units at g, h, and at gh, hg and elsewhere, for two elements that do not commute."""
    g, h = (1, 0), (group.m, 1)
    formula: Formula | None = None
    for k in (group.times(g, h), group.times(h, g), (0, 0)):
        rows = _unit(group, g), _unit(group, h), _unit(group, k)
        one = equal(objective(group, *rows), factor * scaled_energy(group, *rows, order=order))
        formula = one if formula is None else formula & one
    return exact(f"units on {group.name}", formula, scope=Domain.at({"group": group.name}))


def energy_parts(order: str = "ξ* 2 1", factor: int = 2, regular: int = -1) -> tuple[Check, ...]:
    """The certificates of lemma *group ascent*."""
    return (
        lemma("regular character", "regular-character", GROUPS, sum=regular),
        _identity(Z3, order, factor),
        _units(S3, order, factor),
        _units(F21, order, factor),
    )


ASCENT = proof("energy of a neuron", *energy_parts(), scope=GROUPS, lemmas=("group ascent",))

CLAIMS = [
    entry(
        "hwz.energy",
        "Each neuron ascends an energy",
        "Per neuron the flow is Riemannian ascent on $\\Omega=\\sum_{\\rho\\ne1}d_\\rho\\,"
        "\\mathrm{tr}(\\hat\\xi[\\rho]^*\\hat\\theta^2[\\rho]\\hat\\theta^1[\\rho])$.",
        source=hwz("blog §3.4"),
        kind="ode",
        domain=GROUPS,
        reading=STAGE_ONE + "ν̂[ρ] = (1/|G|)Σν(g)ρ(g⁻¹) with unitary ρ, one of each class, a "
        "representation and its dual both counted; the leading order is the first one in the "
        "logits. Up to the unit of time, 2a/M, common to the three spheres.",
        falsified_by="a group and weights at which the field is not the gradient of Ω",
        checks=(ASCENT,),
        mutants=(
            Mutant.of(ASCENT, "θ̂¹θ̂² instead of θ̂²θ̂¹", parts=energy_parts("ξ* 1 2")),
            Mutant.of(ASCENT, "ξ̂ without the adjoint", parts=energy_parts("ξ 2 1")),
            Mutant.of(ASCENT, "half the factor", parts=energy_parts(factor=1)),
        ),
    ),
]
