"""Where neurons with two embeddings end on a finite group: one irrep, and the ranks there."""

from __future__ import annotations

from itertools import product

from constructions.energy import maximiser
from constructions.groups.characters import character_table
from constructions.groups.families import dicyclic
from constructions.groups.irreps import real_blocks
from verify.claims.modular_addition.common import candidate, hwz
from verify.claims.modular_addition.group_energy import GROUPS, STAGE_ONE, energy_parts
from verify.claims.writing import entry, formal, lemma, proof, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, cis, equal, rational, total, var
from verify.methods.energy import ENERGY, NORM, ORDER, Neuron, neuron_statement

_PEAK = {"coefficient": "1/2", "order": 1, "dimension": -1}
_NO_ENERGY = {"coefficient": 0, "order": 1, "dimension": -1}


def limit_parts(
    value: dict[str, object] = _PEAK, factor: int = 2, order: str = "ξ* 2 1", form: str = "right"
) -> tuple[Check, ...]:
    """Ω, its square over ξ as the energy of *energy maxima*, and the maxima of that."""
    return (
        *energy_parts(order),
        lemma("sides", "energy-sides", GROUPS, activation=[0, 0, 1], value=factor),
        lemma(
            "maxima", "energy-maxima", GROUPS, value=value, contained_in=[form], contain=["right"],
            conclusions=["one-block", "each-block", "saddles"],
        ),
    )


LIMIT_LEMMAS = ("group ascent", "energy maxima", "group limits", "group spectrum")
LIMITS = proof("limits of the ascent", *limit_parts(), scope=GROUPS, lemmas=LIMIT_LEMMAS)
LIMIT_MUTANTS = (
    Mutant.of(LIMITS, "no block has energy", parts=limit_parts(_NO_ENERGY)),
    Mutant.of(LIMITS, "V = ±U", parts=limit_parts(form="signed")),
    Mutant.of(LIMITS, "another energy of the halves", parts=limit_parts(factor=1)),
    Mutant.of(LIMITS, "θ̂¹θ̂² instead of θ̂²θ̂¹", parts=limit_parts(order="ξ* 1 2")),
)

# -- the quaternion group ------------------------------------------------------------------------

_Q8 = dicyclic(2)
_QUATERNIONS = next(b for b in real_blocks(character_table(_Q8)) if b.indicator == -1)
_I = cis(rational(1, 4))


def _times(a: list[list[Term]], b: list[list[Term]]) -> list[list[Term]]:
    return [[total([a[i][k] * b[k][j] for k in (0, 1)]) for j in (0, 1)] for i in (0, 1)]


def _transform(values: tuple[Term, ...], *, adjoint: bool) -> list[list[Term]]:
    """u0 + u1·i + u2·j + u3·k in 2 × 2 matrices, or its adjoint: 8ν̂, up to the factor 2, of a
    function ν with ν(−g) = −ν(g); u0, u1, u2, u3 are its values at 1 and at the inverses of
    i, j, k.
    """
    sign = -1 if adjoint else 1
    w, x, y, z = values[0], sign * values[1], sign * values[2], sign * values[3]
    return [[w + x * _I, y + z * _I], [-y + z * _I, w - x * _I]]


def _equal_singular_values(scale: int) -> Formula:
    """ν̂ν̂* is scale·Σu² times the identity: two equal singular values."""
    values = tuple(var(f"u{i}") for i in range(4))
    found = _times(_transform(values, adjoint=False), _transform(values, adjoint=True))
    square = scale * total([u * u for u in values])
    formula = equal(found[0][0], square)
    for i, j in ((0, 1), (1, 0), (1, 1)):
        formula = formula & equal(found[i][j], square if i == j else 0)
    return formula


def _quaternion_rank(scale: int = 1) -> Check:
    return formal(
        "transforms of odd functions", _equal_singular_values(scale), "u0 u1 u2 u3",
        scope=Domain.at({"group": "Q8"}),
    )


def _quaternion_maximum(steep: int = 1) -> Check:
    """A maximum of the quaternionic block: E = M/8 and no positive eigenvalue of the Hessian."""
    u, v = maximiser(_Q8, _QUATERNIONS, shift=_Q8.order - 1)
    return Check(
        name="a maximum on Q8",
        procedure=neuron_statement,
        arguments={
            "neurons": (Neuron(
                group=_Q8, u=u, v=v, relations=(equal(8 * ENERGY, ORDER * NORM**2),),
                critical=True, spectrum=[(0, 7 - steep), (-8, steep), (-4, 8)],
            ),),
        },
    )


_RANK_TWO = "Q8: every maximum in the block of its quaternionic irrep is stable and has rank 2"


def _rank_parts(steep: int = 1, scale: int = 1) -> tuple[Check, ...]:
    return *limit_parts(), _quaternion_maximum(steep), _quaternion_rank(scale)


_QUATERNIONIC = refutation(
    "the quaternion group", *_rank_parts(), point={"group": "Q8"},
    description=f"{_RANK_TWO}, σ2/σ1 = 1; groups of smaller order have no quaternionic irrep",
    lemmas=LIMIT_LEMMAS,
)
_QUATERNION_MUTANTS = (
    Mutant.of(_QUATERNIONIC, "another spectrum", parts=_rank_parts(steep=2)),
    Mutant.of(_QUATERNIONIC, "other singular values", parts=_rank_parts(scale=2)),
)

# -- the Hessian ---------------------------------------------------------------------------------


def _cubic(x: list[list[Term]], y: list[list[Term]], z: list[list[Term]]) -> Term:
    """tr(ZᵀXY) of real 2 × 2 matrices."""
    pairs = product((0, 1), repeat=3)
    return total([z[i][j] * x[i][k] * y[k][j] for i, j, k in pairs])


def _real_block(steep: int) -> Check:
    """The Hessian at X = Y = Z = e_11, m = 2, f = 1: squares of −2, −1 and none of 0.

    T(e + v) + T(e − v) − 2T(e) is the Hessian of the cubic form, and |X|² + |Y|² + |Z|² leaves the
    sphere.
    """
    def shifted(name: str, sign: int) -> list[list[Term]]:
        return [
            [rational(1) if (i, j) == (0, 0) else sign * var(f"{name}{i}{j}") for j in (0, 1)]
            for i in (0, 1)
        ]

    cells = [(i, j) for i, j in product((0, 1), repeat=2) if (i, j) != (0, 0)]
    up, down = (_cubic(*(shifted(n, s) for n in "xyz")) for s in (1, -1))
    norms = total([var(f"{n}{i}{j}") ** 2 for n in "xyz" for i, j in cells])
    gaps = [(var("z01"), var("y01")), (var("z10"), var("x10")), (var("x01"), var("y10"))]
    rest = total([var(f"{n}11") ** 2 for n in "xyz"])
    squares = total([(p - q) ** 2 for p, q in gaps])
    names = " ".join(f"{n}{i}{j}" for n in "xyz" for i, j in cells)
    return formal(
        "a real block", equal(up + down - 2 - norms, -squares - steep * rest), names, scope=GROUPS,
    )


def _imaginary(sign: int) -> Check:
    """The Hessian at 1 ∈ C along imaginary x, y, z: −(x + y − z)², the eigenvalues 0, 0, −3."""
    x, y, z = var("x"), var("y"), var("z")

    def cubic(s: int) -> Term:
        value = (1 - s * z * _I) * (1 + s * x * _I) * (1 + s * y * _I)
        mirror = (1 + s * z * _I) * (1 - s * x * _I) * (1 - s * y * _I)
        return (value + mirror) / 2

    hessian = cubic(1) + cubic(-1) - 2 - (x**2 + y**2 + z**2)
    return formal(
        "a complex block", equal(hessian, -((x + y + sign * z) ** 2)), "x y z", scope=GROUPS
    )


def _spectrum_parts(steep: int = 1, sign: int = -1) -> tuple[Check, ...]:
    return *limit_parts(), _real_block(steep), _imaginary(sign)


_SPECTRUM = proof("spectrum", *_spectrum_parts(), scope=GROUPS, lemmas=LIMIT_LEMMAS)
_RATES = "The eigenvalues are 0, −λ, −2λ and −3λ with λ = Ω; "
_REAL = "𝔽 = R, C or H, the commutant of a representation that is irreducible over the reals. "
_RANKS = (
    "“Rank 1” is the rank of the complex matrix ν̂[ρ], ρ unitary of degree d, as σ2/σ1 → 0 in "
    "hwz.f21-run has it. "
)
_SURE = "“Almost surely”: from almost every start on the three spheres. "

CLAIMS = [
    entry(
        "hwz.single-irrep",
        "A neuron ends at a single irrep",
        "Almost surely there is $\\check\\rho\\ne1$ such that all blocks outside "
        "$\\mathrm{orb}(\\check\\rho)$ tend to 0; $\\nu(g)=d|\\mathrm{orb}|\\,\\mathrm{Re\\,tr}"
        "(\\hat\\nu[\\check\\rho]\\check\\rho(g))$.",
        source=hwz("theorem on Stage I"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + _SURE + "orb(ρ) = {ρ, ρ^∨} up to equivalence; the formula is that of "
        "the limit.",
        falsified_by="another stable limit",
        checks=(LIMITS,),
        mutants=LIMIT_MUTANTS,
    ),
    entry(
        "hwz.rank-one",
        "Active blocks have rank one and are aligned",
        "Active blocks have rank 1; $\\hat\\xi\\propto_+\\hat\\theta^2\\hat\\theta^1$, "
        "$\\hat\\theta^1\\propto_+(\\hat\\theta^2)^*\\hat\\xi$, "
        "$\\hat\\theta^2\\propto_+\\hat\\xi(\\hat\\theta^1)^*$.",
        source=hwz("theorem on Stage I"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + _SURE + _RANKS,
        falsified_by="another stable limit",
        checks=(_QUATERNIONIC,),
        mutants=_QUATERNION_MUTANTS,
        corrected_by="hwz.rank-one.corrected",
    ),
    entry(
        "hwz.rank-one.corrected",
        "Active blocks have rank one unless they are quaternionic, and are aligned",
        "Active blocks have rank 1, or rank 2 with two equal singular values if $\\check\\rho$ is "
        "quaternionic; $\\hat\\xi\\propto_+\\hat\\theta^2\\hat\\theta^1$, "
        "$\\hat\\theta^1\\propto_+(\\hat\\theta^2)^*\\hat\\xi$, "
        "$\\hat\\theta^2\\propto_+\\hat\\xi(\\hat\\theta^1)^*$.",
        source=hwz("theorem on Stage I, corrected"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + _SURE + _RANKS + "Quaternionic: Σχ(g²) = −|G|.",
        falsified_by="another stable limit",
        checks=(LIMITS,),
        mutants=LIMIT_MUTANTS,
        corrects="hwz.rank-one",
    ),
    entry(
        "hwz.critical-points",
        "The stable equilibria of positive energy",
        "The stable positive-energy equilibria are exactly these; higher-rank positive and "
        "non-degenerate zero-energy ones are strict saddles; the rest attract exceptional sets "
        "only.",
        source=hwz("blog §3.4"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + _RANKS + "“These”: one orbit, rank 1, aligned.",
        falsified_by="a critical point with its Hessian",
        checks=(_QUATERNIONIC,),
        mutants=_QUATERNION_MUTANTS,
        corrected_by="hwz.critical-points.corrected",
    ),
    entry(
        "hwz.critical-points.corrected",
        "The stable equilibria of positive energy, with the rank over the division algebra",
        "The stable equilibria are exactly the aligned ones of one irrep over the reals with rank "
        "1 over its division algebra; every other one is a strict saddle but the eight with "
        "constant $\\theta^1$, $\\theta^2$, $\\xi$, and those attract a set of measure 0.",
        source=hwz("blog §3.4, corrected"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + _REAL + "Strict saddle: a direction in which the Riemannian Hessian of "
        "Ω is positive.",
        falsified_by="a critical point with its Hessian",
        checks=(LIMITS,),
        mutants=LIMIT_MUTANTS,
        corrects="hwz.critical-points",
    ),
    entry(
        "hwz.cand.sphere-rate",
        "Linearisation at rank-one equilibria",
        "The linearised spectrum at rank-one equilibria is negative off the symmetry orbit.",
        source=candidate("groups"),
        kind="candidate",
        domain=GROUPS,
        reading=STAGE_ONE + _REAL + "All of the neuron at one irrep over the reals, rank one over "
        "𝔽 there, aligned, Ω > 0; mixtures of irreps are saddles. Symmetries: the unitary "
        "transformations X → BXC*, Y → CYA*, Z → BZA* of the blocks of θ¹, θ², ξ over 𝔽, which "
        "leave Ω as it is; group translations alone are fewer, and leave zero eigenvalues. "
        + _RATES + "0 exactly along the orbit.",
        falsified_by="an eigenvalue ≥ 0 off the orbit",
        checks=(_SPECTRUM,),
        mutants=(
            Mutant.of(_SPECTRUM, "steeper by a factor 2", parts=_spectrum_parts(steep=2)),
            Mutant.of(_SPECTRUM, "another direction", parts=_spectrum_parts(sign=1)),
        ),
    ),
]
