"""Phases of neurons on finite Abelian groups: they add up, and faster than one character wins."""

from __future__ import annotations

from verify.claims.modular_addition.common import hwz
from verify.claims.modular_addition.group_energy import STAGE_ONE
from verify.claims.modular_addition.group_limits import LIMIT_LEMMAS, limit_parts
from verify.claims.writing import entry, exact, formal, proof, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, cos, equal, rational, sin, total, var

ABELIAN = Domain.of(group=Whole("finite Abelian groups of order at least 2"))
_X, _Y, _Z = (var(n) for n in "xyz")
_A, _B, _C = (var(n) for n in ("alpha", "beta", "gamma"))
_DELTA = _A + _B - _C


# -- misalignment --------------------------------------------------------------------------------


def _wave_energy(n: int, factor: int) -> Check:
    """n³Ω = (n³/2)xyz cos δ for θ¹ = 2x cos(g/n + α) and so on, from the definition: one frequency.

    The transforms at the character are x e(α), y e(β), z e(γ), and Ω counts it and its conjugate.
    """
    def wave(amplitude: Term, phase: Term, g: int) -> Term:
        return 2 * amplitude * cos(rational(g, n) + phase)

    places = range(n)
    sum_of = total([
        wave(_X, _A, g) * wave(_Y, _B, h) * wave(_Z, _C, (g + h) % n)
        for g in places for h in places
    ])
    return formal(
        f"energy on Z{n}", equal(sum_of, factor * n**2 * _X * _Y * _Z * cos(_DELTA)), "x y z",
        angles="alpha beta gamma", scope=Domain.at({"group": f"Z{n}"}),
    )


def _turning(weight: int) -> Check:
    """x²y²z²·n·δ' = −xyz(y²z² + x²z² + weight·x²y²) sin δ, from n·z_x' = w z̄_y − nΩz_x and so on.

    With z_x = x e(α) the imaginary part of n·z_x'/z_x is n·α'; Ω is real and drops out.
    """
    def velocity(partner: Term, other: Term, phase: Term, own: Term, own_phase: Term) -> Term:
        """x²·n·α' of x e(α) when its velocity is partner·other·e(phase)."""
        return own * partner * other * sin(phase - own_phase)

    first = velocity(_Z, _Y, _C - _B, _X, _A)
    second = velocity(_Z, _X, _C - _A, _Y, _B)
    output = velocity(_X, _Y, _A + _B, _Z, _C)
    left = first * _Y**2 * _Z**2 + second * _X**2 * _Z**2 - output * _X**2 * _Y**2
    squares = _Y**2 * _Z**2 + _X**2 * _Z**2 + weight * _X**2 * _Y**2
    return formal(
        "velocity of the misalignment", equal(left, -(_X * _Y * _Z) * squares * sin(_DELTA)),
        "x y z", angles="alpha beta gamma", scope=ABELIAN,
    )


def phase_parts(weight: int = 1, factor: int = 2) -> tuple[Check, ...]:
    return *limit_parts(), _wave_energy(3, factor), _wave_energy(5, factor), _turning(weight)


_LEMMAS = (*LIMIT_LEMMAS, "phases on Abelian groups")
ALIGNED = proof("phases and energy", *phase_parts(), scope=ABELIAN, lemmas=_LEMMAS)
_ALIGNED_MUTANTS = (
    Mutant.of(ALIGNED, "ξ turns three times as fast", parts=phase_parts(weight=3)),
    Mutant.of(ALIGNED, "twice the energy", parts=phase_parts(factor=4)),
)

# -- one embedding on Z_2 ------------------------------------------------------------------------

_C0, _E0 = var("c"), var("e")


def _two_elements(factor: int) -> Check:
    """Σ_{g,h}(θ(g)+θ(h))²(ξ(g+h) − mean) = 8x²z for θ = (c+x, c−x), ξ = (e+z, e−z)."""
    theta, xi = [_C0 + _X, _C0 - _X], [_E0 + _Z, _E0 - _Z]
    found = total([
        (theta[g] + theta[h]) ** 2 * (xi[(g + h) % 2] - _E0) for g in (0, 1) for h in (0, 1)
    ])
    return formal("energy on Z2", equal(found, factor * _X**2 * _Z), "c e x z",
                  scope=Domain.at({"group": "Z2"}))


def _invariant(power: int) -> Check:
    """(r/q²)' = 0: r'q = 2q'r for r = 1 − x², q = 1 − z², x' = 2xz(1 − x²), z' = x²(1 − z²).

    The gradient of x²z is (2xz, x²); on the spheres it loses 2x²z·x and x²z·z.
    """
    r, q = 1 - _X**2, 1 - _Z**2
    x_rate = 2 * _X * _Z - 2 * _X**2 * _Z * _X
    z_rate = _X**2 - _X**2 * _Z * _Z
    formula = equal(-2 * _X * x_rate * q, power * (-2 * _Z * z_rate) * r)
    return formal("conserved ratio", formula, "x z", scope=Domain.at({"group": "Z2"}))


def _never_turns(z: Term) -> Formula:
    """x = 3/5 and z < 0 with r > q²."""
    x = rational(3, 5)
    return (z < 0) & (1 - x**2 > (1 - z**2) ** 2)


def _stuck_parts(power: int = 2, z: Term | None = None) -> tuple[Check, ...]:
    start = rational(-4, 5) if z is None else z
    return _two_elements(8), _invariant(power), exact("start", _never_turns(start))


_STUCK = refutation(
    "the group of two elements", *_stuck_parts(), point={"group": "Z2"},
    description="Z2, one embedding, from x = 3/5, z = −4/5 (θ = (4/5 + x, 4/5 − x), "
    "ξ = (3/5 + z, 3/5 − z)) and all starts near it: z stays < 0, so 2 arg θ̂ = 0 and arg ξ̂ = π for "
    "ever, and θ becomes constant",
    lemmas=("group ascent", "phases on Abelian groups"),
)

_READ = "Abelian G, characters χ ≠ 1; " + STAGE_ONE

CLAIMS = [
    entry(
        "hwz.abelian-phase",
        "Phases add up on Abelian groups",
        "$\\arg\\hat\\xi=\\arg\\hat\\theta^1+\\arg\\hat\\theta^2$ (shared embedding: "
        "$\\psi=2\\varphi$).",
        source=hwz("blog §2"),
        kind="as",
        domain=ABELIAN,
        reading=_READ + "As t → ∞, from almost every start: arg θ̂¹ + arg θ̂² − arg ξ̂ tends to 0 mod "
        "2π at every character where ξ̂ does not tend to 0; both parts (shared: θ¹ = θ² = θ, two "
        "spheres), for every finite Abelian group.",
        falsified_by="a limit",
        checks=(_STUCK,),
        mutants=(
            Mutant.of(_STUCK, "another invariant", parts=_stuck_parts(power=1)),
            Mutant.of(_STUCK, "a start with z > 0", parts=_stuck_parts(z=rational(4, 5))),
        ),
        corrected_by="hwz.abelian-phase.corrected",
    ),
    entry(
        "hwz.abelian-phase.corrected",
        "Phases add up on Abelian groups with two embeddings, or of odd order",
        "$\\arg\\hat\\xi=\\arg\\hat\\theta^1+\\arg\\hat\\theta^2$ with two embeddings; with one, "
        "$\\psi=2\\varphi$ if $|G|$ is odd.",
        source=hwz("blog §2, corrected"),
        kind="as",
        domain=ABELIAN,
        reading=_READ + "As t → ∞, from almost every start: the difference tends to 0 mod 2π at "
        "every character where ξ̂ does not tend to 0. Shared: θ¹ = θ² = θ, two spheres.",
        falsified_by="a limit",
        checks=(ALIGNED,),
        mutants=_ALIGNED_MUTANTS,
        corrects="hwz.abelian-phase",
    ),
    entry(
        "hwz.rates",
        "Rates of alignment and of the lottery",
        "Phases align exponentially fast, and then one character wins exponentially fast.",
        source=hwz("blog §2.4"),
        kind="as",
        domain=ABELIAN,
        reading=_READ + "From almost every start, as t → ∞; no constants are printed, so any "
        "positive rate will do: 3λ for the winner's misalignment, if its character is not real, "
        "and λ for the transforms at the other characters, λ > 0 the limit of Ω. Not uniform over "
        "starts.",
        falsified_by="a set of starts of positive measure with a slower approach",
        checks=(ALIGNED,),
        mutants=_ALIGNED_MUTANTS,
    ),
    entry(
        "hwz.lottery",
        "First alignment, then the lottery",
        "Phases align, then one character wins, both exponentially fast; constants are not "
        "printed.",
        source=hwz("blog §2.4"),
        kind="as",
        domain=ABELIAN,
        reading=_READ + "From almost every start: the misalignment δ of the winning character, if "
        "it is not real, decays like e^{−(3λ + o(1))t}, the transforms at all other characters at "
        "least like e^{−(λ + o(1))t}, λ the limit of Ω, t the time of the ascent. “Then”: δ is of "
        "smaller order, by these rates; before that no order is claimed. |δ| never increases.",
        falsified_by="a start of a set of positive measure with other rates",
        checks=(ALIGNED,),
        mutants=_ALIGNED_MUTANTS,
    ),
]
