"""What networks of aligned neurons say on a finite group, and what the exact loss does to them."""

from __future__ import annotations

from itertools import product

from verify.claims.modular_addition.common import candidate, hwz
from verify.claims.modular_addition.group_energy import GROUPS, STAGE_ONE, energy_parts
from verify.claims.writing import entry, exact, formal, proof, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, Term, equal, rational, total, var

# -- votes ---------------------------------------------------------------------------------------

# The non-trivial characters of S3 on its elements, rotations first.
_SIGN = (1, 1, 1, -1, -1, -1)
_PLANE = (2, -1, -1, 0, 0, 0)


def _largest_at_one_only(characters: tuple[tuple[int, ...], ...], *, unique: bool) -> Formula:
    """Whether F = Σχ of a set of characters of S3 is largest at the identity alone."""
    values = [sum(c[g] for c in characters) for g in range(6)]
    formula: Formula = equal(0, 0)
    for value in values[1:]:
        above = rational(values[0]) > value
        formula = formula & above if unique else formula
    return formula if unique else ~_largest_at_one_only(characters, unique=True)


def _basis_votes(size: int, height: int) -> Check:
    """Σ of (⟨b,Ac⟩ + ⟨c,Ba⟩)²⟨b,Ca⟩ over signed basis vectors a, b, c is 8·height·tr(ABCᵀ).

    A, B, C any real matrices, as ρ(g), ρ(h), ρ(j).  Signed basis vectors have the mean aaᵀ of a
    uniform direction; of (2D)³ triples the mean is height·D^{−3} tr, with height 2.
    """
    def entry_of(name: str, row: int, column: int) -> Term:
        return var(f"{name}{row}{column}")

    places = range(size)
    terms = [
        (t * u * entry_of("g", b, c) + u * s * entry_of("h", c, a)) ** 2
        * (t * s * entry_of("j", b, a))
        for (a, s), (b, t), (c, u) in product(product(places, (1, -1)), repeat=3)
    ]
    trace = total([
        entry_of("g", b, c) * entry_of("h", c, a) * entry_of("j", b, a)
        for a, b, c in product(places, repeat=3)
    ])
    names = " ".join(f"{n}{i}{k}" for n in "ghj" for i in places for k in places)
    return formal(
        f"votes in dimension {size}", equal(total(terms), 8 * height * trace), names, scope=GROUPS
    )


def _vote_parts(height: int = 2, sign_alone: bool = False) -> tuple[Check, ...]:  # noqa: FBT001, FBT002 - a switch of a mutant
    return (
        _basis_votes(1, height),
        _basis_votes(2, height),
        exact(
            "faithful and unfaithful sets on S3",
            _largest_at_one_only((_PLANE,), unique=True)
            & _largest_at_one_only((_SIGN,), unique=sign_alone)
            & _largest_at_one_only((_SIGN, _PLANE), unique=True),
            scope=Domain.at({"group": "S3"}),
        ),
    )


_VOTES = proof("votes of irreps", *_vote_parts(), scope=GROUPS, lemmas=("votes of irreps",))

# -- the exact loss ------------------------------------------------------------------------------

_LEAVE_POINT = {"group": "Z3"}
_ODDS = var("F")
_WAVE = (rational(1), rational(-1, 2), rational(-1, 2))


def _constant_velocity() -> Term:
    """Sum of the entries of −∂L/∂θ¹ on Z3 at θ¹ = θ² = ξ = (1, −1/2, −1/2), up to a positive
    factor.

    The softmax has the odds F^{4u²} : 1 : 1 at a pre-activation u; the hidden neuron's slope is
    2u, and the error times ξ is ξ[label] less its mean under the softmax.
    """
    terms = []
    for g, h in product(range(3), repeat=2):
        u = _WAVE[g] + _WAVE[h]
        power = {(0, 0): 16}.get((g, h), 1 if 0 in (g, h) else 4)  # 4u²
        odds = _ODDS**power
        mean = (odds * _WAVE[0] + _WAVE[1] + _WAVE[2]) / (odds + 2)
        terms.append(u * (_WAVE[(g + h) % 3] - mean))
    return total(terms)


def _leaves(power: int) -> Check:
    """The sum is not 0 at F = 2 (F = 1 is the limit a → 0, where it is)."""
    return exact("constant part", ~equal(_constant_velocity(), 0), points=({"F": power},))


def _small_scales(power: int) -> Check:
    """The sum, cleared of its denominators, is 4F(F³ − 1)·(cofactor), for power 16.

    On 1 < F ≤ 4/3, which are small scales, the cofactor is negative by its signs.
    """
    cofactor = (
        _ODDS**power - _ODDS**13 - 2 * _ODDS**12 - _ODDS**10 - 2 * _ODDS**9 - _ODDS**7
        - 2 * _ODDS**6 - _ODDS**4 - 2 * _ODDS**3 + 2
    )
    high, low, one = _ODDS**16 + 2, _ODDS**4 + 2, _ODDS + 2
    cleared = 4 * low * one - 4 * high * one + 2 * high * (_ODDS**4 * one - _ODDS * low)
    return formal(
        "constant part at small scales", equal(cleared, 4 * _ODDS * (_ODDS**3 - 1) * cofactor),
        "F", scope=Domain.at(_LEAVE_POINT),
    )


def _aligned_waves(weight: int) -> Check:
    """ξ is a multiple of Σθ¹(g)θ²(j−g), weight 3/2, and its entries add up to 0."""
    formula: Formula = equal(total(_WAVE), 0)
    for j in range(3):
        folded = total([_WAVE[g] * _WAVE[(j - g) % 3] for g in range(3)])
        formula = formula & equal(2 * folded, weight * _WAVE[j])
    return exact("aligned at one irrep", formula)


def _leave_parts(power: int = 2, weight: int = 3, degree: int = 16) -> tuple[Check, ...]:
    return _aligned_waves(weight), _leaves(power), _small_scales(degree)


_LEAVES = refutation(
    "one neuron on Z3", *_leave_parts(), point=_LEAVE_POINT,
    description="Z3, M = 1, θ¹ = θ² = ξ ∝ (1, −1/2, −1/2): at every scale a with a = "
    "(8/3)(3/2)^{3/2} ln F, 1 < F ≤ 4/3, all small ones, and at F = 2 the exact gradient gives θ¹ "
    "a constant part, so this limit of the surrogate flow is no equilibrium",
    lemmas=("group ascent", "exact loss on groups"),
)


def _same_direction(labels: int) -> Check:
    """The error of f = A·1[j = gh] + const, r the softmax of a wrong label: 1 − q = (n − 1)r at the
    label and −r elsewhere is nr·(1 − 1/n, −1/n), `labels` being 1 there.
    """
    n, r = var("n"), var("r")
    right = 1 - (n - 1) * r
    at_label = equal(n * (1 - right), n * r * (n - labels))
    elsewhere = equal(n * (0 - r), n * r * rational(-1))
    return formal("error of an indicator", at_label & elsewhere, "n r", scope=GROUPS)


def _population_parts(labels: int = 1, regular: int = -1) -> tuple[Check, ...]:
    return (
        *energy_parts(regular=regular),
        _same_direction(labels),
        _basis_votes(1, 2),
        _basis_votes(2, 2),
    )


_STAYS = proof(
    "population of all irreps", *_population_parts(), scope=GROUPS,
    lemmas=("group ascent", "group limits", "votes of irreps", "exact loss on groups"),
)

# -- finite times --------------------------------------------------------------------------------


def _finite_parts(slope: int = 4) -> tuple[Check, ...]:
    """(M/2a)·(1/n²)·n·slope·(a/M) = 2/n for slope 4: both kinds of entries, cleared."""
    n, m, a = var("n"), var("M"), var("a")
    entries = equal(m * n * slope * a * n, 2 * 2 * a * n**2 * m)
    outputs = equal(m * n**2 * slope * a, 2 * 2 * a * n**2 * m)
    return (
        *energy_parts(),
        formal("errors of the entries", entries & outputs, "n M a", scope=GROUPS),
    )


_FINITE = proof(
    "finite times", *_finite_parts(), scope=GROUPS,
    lemmas=("group ascent", "small scales in time"),
)

CLAIMS = [
    entry(
        "hwz.finite-horizon",
        "Exact and surrogate flows stay close on finite intervals",
        "Exact and surrogate trajectories stay close on fixed finite time intervals, with an error "
        "bound growing in time.",
        source=hwz("summary"),
        kind="as",
        domain=GROUPS,
        reading=STAGE_ONE + "Exact: the same flow on the cross-entropy itself. Time τ = 2at/M, so "
        "that the surrogate does not depend on a. For each neuron and every T the distance up to T "
        "is at most (2√(3n)/n)(e^{8a} − 1)(e^{ℓT} − 1)/ℓ, ℓ a Lipschitz constant of the surrogate "
        "on the spheres: it tends to 0 with a for fixed T, uniformly in M. Nothing is said of "
        "T → ∞: hwz.cand.exact-loss.",
        falsified_by="a fixed T and starts whose distance does not tend to 0",
        checks=(_FINITE,),
        mutants=(Mutant.of(_FINITE, "half the slope", parts=_finite_parts(2)),),
    ),
    entry(
        "hwz.cand.faithful",
        "Accuracy and faithfulness",
        "Haar-random aligned rank-one unshared neurons: accuracy 1 $\\iff$ the chosen irreps are "
        "jointly faithful.",
        source=candidate("groups"),
        kind="candidate",
        domain=GROUPS,
        reading="Population limit: the mean over neurons θ¹ = ⟨b, ρ(g)c⟩, θ² = ⟨c, ρ(g)a⟩, "
        "ξ = ⟨b, ρ(g)a⟩ with independent uniform unit vectors a, b, c of R^D, for every chosen ρ, "
        "irreducible over the reals and ≠ 1, with any positive weight. That is rank one for real "
        "and complex irreps, and rank one over the quaternions for the others. Accuracy 1: the "
        "label has the only largest logit at every pair; jointly faithful: only the identity is in "
        "all kernels. Finitely many random neurons are not this statement.",
        falsified_by="a group, a faithful set and a pair that is wrong, or an unfaithful set that "
        "is right everywhere",
        checks=(_VOTES,),
        mutants=(
            Mutant.of(_VOTES, "votes of the squares as well", parts=_vote_parts(height=3)),
            Mutant.of(_VOTES, "the sign of S3 suffices", parts=_vote_parts(sign_alone=True)),
        ),
    ),
    entry(
        "hwz.cand.exact-loss",
        "Single irreps under the exact loss",
        "Single-irrep limits persist under exact cross-entropy.",
        source=candidate("groups"),
        kind="candidate",
        domain=GROUPS,
        reading=STAGE_ONE + "Persist: every limit of the surrogate flow, one aligned irrep in each "
        "neuron, is an equilibrium of the projected flow on the exact cross-entropy too, for every "
        "M ≥ 1 and a > 0; refuted for all small a too, so not for want of a smaller scale.",
        falsified_by="a group, M, a and a limit of the surrogate that moves",
        checks=(_LEAVES,),
        mutants=(
            Mutant.of(_LEAVES, "the limit a → 0", parts=_leave_parts(power=1)),
            Mutant.of(_LEAVES, "not aligned", parts=_leave_parts(weight=2)),
            Mutant.of(_LEAVES, "another degree", parts=_leave_parts(degree=15)),
        ),
        corrected_by="hwz.cand.exact-loss.population",
    ),
    entry(
        "hwz.cand.exact-loss.population",
        "Single irreps under the exact loss, in the population limit",
        "In a population of aligned Haar-random neurons at all irreps whose predictor is "
        "$A\\cdot1\\{j=g_1g_2\\}+\\mathrm{const}$, single-irrep limits are equilibria of exact "
        "cross-entropy.",
        source=candidate("groups"),
        kind="candidate",
        domain=GROUPS,
        reading=STAGE_ONE + "The weights of the irreps are those with F ∝ Σ d_ρχ_ρ over ρ ≠ 1; the "
        "exact gradient of each neuron is then a positive multiple of ∇Ω.",
        falsified_by="a group and a neuron of such a population that moves",
        checks=(_STAYS,),
        mutants=(
            Mutant.of(_STAYS, "another error", parts=_population_parts(labels=2)),
            Mutant.of(_STAYS, "another regular character", parts=_population_parts(regular=1)),
        ),
        corrects="hwz.cand.exact-loss",
    ),
]
