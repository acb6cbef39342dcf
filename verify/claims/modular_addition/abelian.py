"""The flawed indicator on finite Abelian groups (arXiv:2606.02993, population limit)."""

from __future__ import annotations

from verify.claims.modular_addition.common import candidate, hwz
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    HALF,
    PHI,
    J,
    Q,
    S,
    X,
    Y,
    characters_step,
    conjugates_step,
    formally,
    indeterminates,
    neuron,
    proved,
    split_step,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import (
    Formula,
    Term,
    all_of,
    cos,
    equal,
    forall_range,
    iverson,
    mod,
    rational,
    sqrt,
    total,
    var,
)
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

_EVERY = Domain.of(group=Whole("finite Abelian groups with g1, g2, j"))
_ODD = Domain.of(group=Whole("finite Abelian groups of odd order with g1, g2, j"))
_LIKE = Domain.of(
    group=Whole("finite Abelian groups of odd order or of exponent 2, with g1, g2, j")
)
_LEMMA = "flawed indicator on Abelian groups"
_G1, _G2, _J = var("g1"), var("g2"), var("j")

_SHARED = (
    "Shared embedding θ¹ = θ². Population limit: the mean over neurons whose character is uniform "
    "over the non-trivial ones, with uniform phases (a uniform sign for a real character), "
    "aligned, θ and ξ of norm 1, σ(u) = u². "
)

# -- steps ---------------------------------------------------------------------------------------


def _mean_step(phases: int, strength: Term) -> Check:
    """The mean over `phases` equally spaced phases is strength·Q·cos(x+y−j): true for 3 and α²β.

    Only e^{±2iφ} and e^{±4iφ} occur, so three phases give the mean over the circle.
    """
    left = total([neuron(PHI + rational(m, phases)) for m in range(phases)])
    return formally(
        "mean over the phases",
        equal(left, phases * strength * Q * cos(2 * S - J)),
        _EVERY,
    )


def _real_step(height: int) -> Check:
    """A real character has values ε: (a+b)²c = height·(½abc + ½c) for a² = b² = 1; true for 4.

    With χ(g²) = 1 the terms are ½χ(g1g2j⁻¹) + ¼χ(g1²j⁻¹) + ¼χ(g2²j⁻¹).  a² + b² − 2 is left over.
    """
    a, b, c = var("a"), var("b"), var("c")
    rest = (a**2 + b**2 - 2) * c
    right = height * HALF * (a * b * c + c)
    return formally(
        "real characters",
        equal((a + b) ** 2 * c - rest, right),
        _EVERY,
        symbols=indeterminates("a", "b", "c"),
    )


def _heights_step(label: Term) -> Check:
    """½u + ¼(v + w) = ¼·(label·u + v + w): true for 2."""
    u, v, w = var("u"), var("v"), var("w")
    left = HALF * u + rational(1, 4) * (v + w)
    return formally(
        "heights of the peaks",
        equal(left, rational(1, 4) * (label * u + v + w)),
        _EVERY,
        symbols=indeterminates("u", "v", "w"),
    )


def _shared_steps(
    *, strength: Term = ALPHA**2 * BETA, label: Term | None = None, real: int = 4
) -> tuple[Check, ...]:
    return (
        _mean_step(3, strength),
        _real_step(real),
        split_step(_EVERY),
        conjugates_step(_EVERY),
        characters_step(_EVERY),
        _heights_step(rational(2) if label is None else label),
    )


def _shared(name: str, scope: Domain) -> tuple[Check, tuple[Mutant, ...]]:
    check = proved(name, _shared_steps(), scope, "voting neurons", _LEMMA)
    return check, (
        Mutant.of(check, "label as high as a ghost", parts=_shared_steps(label=rational(1))),
        Mutant.of(check, "strength α β²", parts=_shared_steps(strength=ALPHA * BETA**2)),
        Mutant.of(check, "real characters count twice", parts=_shared_steps(real=2)),
    )


# -- Z2: a tie -----------------------------------------------------------------------------------


def _real_logit(label: Term) -> Term:
    """(χ(g1) + χ(g2))² χ(label) for the non-trivial character of Z2."""
    return (cos(_G1 / 2) + cos(_G2 / 2)) ** 2 * cos(label / 2)


_LARGEST = _real_logit(_G1 + _G2) > _real_logit(_G1 + _G2 + 1)
_AT_LEAST = _real_logit(_G1 + _G2) >= _real_logit(_G1 + _G2 + 1)
_TIE = Check(
    name="the group Z2",
    procedure=first_failure,
    arguments={
        "formula": _LARGEST,
        "points": ({"g1": 0, "g2": 0}, {"g1": 0, "g2": 1}),
        "fixed": {"group": "Z2"},
        "description": (
            "Z2, g1=0, g2=1: g1² = g2² = 0, so the ghosts add up to the height 2 of the label 1, "
            "and both logits are equal"
        ),
    },
)
_TIE_MUTANT = Mutant.of(_TIE, "the label is at least as high", formula=_AT_LEAST)

# -- Z4: real and complex characters -------------------------------------------------------------


def _cyclic_four(real: Term) -> Formula:
    """f(0,0)[1] = f(0,0)[2], as the formula has it: 2/3 of the neurons at χ_1 and χ_3, 1/3 at χ_2.

    A unit neuron at a complex character gives (2/n)^{3/2}·Q·cos, at a real one real·n^{−3/2}·(…);
    at g1 = g2 = 0 both brackets are the wave itself, and the factor n^{−3/2} is dropped.
    """

    def value(label: int) -> Term:
        complex_pair = rational(2, 3) * 2 * sqrt(rational(2)) * cos(rational(label, 4))
        return complex_pair + rational(1, 3) * real * cos(rational(2 * label, 4))

    return equal(value(1), value(2))


_MIXED = Check(
    name="the group Z4",
    procedure=counterexample,
    arguments={
        "formula": _cyclic_four(rational(4)),
        "point": {"group": "Z4"},
        "values": {},
        "shown": {"g1": 0, "g2": 0},
        "description": (
            "Z4, g1=g2=0: a unit neuron at the real character is √2 times as strong as one at a "
            "complex one, and f(0,0) is −4/3 at j=1 and 4/3 − 4√2/3 at j=2 (in units of "
            "n^{−3/2}), where the formula has one background; Z2, Z3 and Z2² obey"
        ),
    },
)

def _four_ties(at: tuple[int, int]) -> Formula:
    """On Z4 the label's logit is strictly the largest at a pair; weights as in `_cyclic_four`."""
    g, h = at

    def value(label: int) -> Term:
        prefactor = cos(rational(g - h, 8)) ** 2
        complex_pair = rational(2, 3) * 2 * sqrt(rational(2)) * prefactor
        real = (cos(rational(g, 2)) + cos(rational(h, 2))) ** 2 * cos(rational(label, 2))
        return complex_pair * cos(rational(g + h - label, 4)) + rational(1, 3) * real

    right = (g + h) % 4
    return all_of(value(right) > value(label) for label in range(4) if label != right)


_TIE_FOUR = Check(
    name="a pair of Z4",
    procedure=counterexample,
    arguments={
        "formula": _four_ties((0, 2)),
        "point": {"group": "Z4"},
        "values": {},
        "shown": {"g1": 0, "g2": 2},
        "description": "Z4, g1=0, g2=2: the prefactor of the complex characters is 0, and the real "
        "one votes alike for the label 2 and for the double ghost 0",
    },
)
_TIE_FOUR_MUTANT = Mutant.of(_TIE_FOUR, "g2 = 1 obeys", formula=_four_ties((0, 1)))

# -- two embeddings ------------------------------------------------------------------------------


def _unshared_step(height: Term) -> Check:
    """Mean over 4 × 4 phases of (cos(x+φ) + cos(y+χ))² cos(j+φ+χ) is height·cos(x+y−j): true for ½.

    Exponents of either phase are at most 3, so four phases give the mean over the circle.
    """
    other = var("chi")
    terms = [
        (cos(X + PHI + rational(m, 4)) + cos(Y + other + rational(i, 4))) ** 2
        * cos(J + PHI + other + rational(m + i, 4))
        for m in range(4)
        for i in range(4)
    ]
    return formally(
        "mean over both phases",
        equal(total(terms), 16 * height * cos(2 * S - J)),
        _ODD,
        symbols=dict.fromkeys(("s", "d", "j", "phi", "chi"), "angle"),
    )


def _unshared_steps(height: Term) -> tuple[Check, ...]:
    return _unshared_step(height), conjugates_step(_ODD), characters_step(_ODD)


_UNSHARED = proved("every odd Abelian group", _unshared_steps(HALF), _ODD, _LEMMA)

# -- small groups, exactly -----------------------------------------------------------------------


def _cyclic(height: int) -> Formula:
    """Z_n, n odd: all k ≠ 0 and three phases add up to (3n/4)·(height·1 + 1 + 1) − 3."""
    n = var("n")

    def one(k: Term) -> Term:
        return total(
            "m",
            0,
            2,
            lambda m: (
                (cos(k * _G1 / n + m / 3) + cos(k * _G2 / n + m / 3)) ** 2
                * cos(k * _J / n + 2 * m / 3)
            ),
        )

    u, v, w = (iverson(equal(mod(form - _J, n), 0)) for form in (_G1 + _G2, 2 * _G1, 2 * _G2))
    left = total("k", 1, n - 1, one)
    body = equal(left, 3 * n * (height * u + v + w) / 4 - 3)
    for name in ("j", "g2", "g1"):
        body = forall_range(name, 0, n - 1, lambda _, inner=body: inner)
    return body


_SMALL = Check(
    name="Z3 and Z5",
    procedure=exact_statement,
    arguments={"formula": _cyclic(2), "points": ({"n": 3}, {"n": 5})},
)
_ODD_PROVED, _ODD_MUTANTS = _shared("every odd Abelian group", _ODD)
_LIKE_PROVED, _LIKE_MUTANTS = _shared("characters of one type", _LIKE)

CLAIMS = [
    Claim(
        id="hwz.flawed-indicator",
        title="Abelian population limit: a flawed indicator whose label is largest",
        source=hwz("blog §2.4, proposition"),
        printed_kind="id",
        statement=(
            "Abelian population limit: the predictor is "
            "$\\propto2\\cdot1\\{j=g_1g_2\\}+1\\{j=g_1^2\\}+1\\{j=g_2^2\\}+\\mathrm{const}$; "
            "since $2>1$ the label always has the largest logit."
        ),
        domain=_EVERY,
        reading=_SHARED
        + "The largest logit: larger than every other one (“since 2 > 1”). With ties allowed the "
        "first part still fails, at Z4: hwz.cand.every-abelian.",
        falsified_by="G and (g1, g2, j)",
        corrected_by="hwz.flawed-indicator.corrected",
        checks=(_TIE, _TIE_FOUR),
        mutants=(_TIE_MUTANT, _TIE_FOUR_MUTANT),
    ),
    Claim(
        id="hwz.flawed-indicator.corrected",
        title="Odd Abelian population limit: a flawed indicator whose label is largest",
        source=hwz("blog §2.4, proposition, corrected"),
        printed_kind="id",
        statement=(
            "For Abelian $G$ of odd order the population limit is "
            "$\\propto2\\cdot1\\{j=g_1g_2\\}+1\\{j=g_1^2\\}+1\\{j=g_2^2\\}+\\mathrm{const}$, and "
            "the label has strictly the largest logit."
        ),
        domain=_ODD,
        reading=_SHARED + "For odd order g1² = g2² only if g1 = g2, and then both are the label.",
        falsified_by="G of odd order and (g1, g2, j)",
        corrects="hwz.flawed-indicator",
        checks=(_ODD_PROVED, _SMALL),
        mutants=(
            *_ODD_MUTANTS,
            Mutant.of(_SMALL, "label as high as a ghost", formula=_cyclic(1)),
        ),
    ),
    Claim(
        id="hwz.abelian-accuracy",
        title="A strict margin for every pair on Abelian groups",
        source=hwz("blog §3.6"),
        printed_kind="in",
        statement="Hence a strict margin for every pair.",
        domain=_EVERY,
        reading=_SHARED + "Every finite Abelian group.",
        falsified_by="G and (g1, g2)",
        corrected_by="hwz.abelian-accuracy.corrected",
        checks=(_TIE, _TIE_FOUR),
        mutants=(_TIE_MUTANT, _TIE_FOUR_MUTANT),
    ),
    Claim(
        id="hwz.abelian-accuracy.corrected",
        title="A strict margin for every pair on Abelian groups of odd order",
        source=hwz("blog §3.6, corrected"),
        printed_kind="in",
        statement=(
            "For Abelian $G$ of odd order every pair has a strict margin. For even order the pairs "
            "$g$, $gt$ with $t^2=1\\ne t$ tie."
        ),
        domain=_EVERY,
        reading=_SHARED
        + "Even order: g1² = g2² ≠ g1g2 for such a pair, and the logits at g1² and at the label "
        "agree, with whatever weights the characters have.",
        falsified_by="G of odd order and a pair without margin, or such a pair with one",
        corrects="hwz.abelian-accuracy",
        checks=(_EVERY_PROVED := _shared("every Abelian group", _EVERY)[0],),
        mutants=(
            Mutant.of(
                _EVERY_PROVED, "label as high as a ghost", parts=_shared_steps(label=rational(1))
            ),
        ),
    ),
    Claim(
        id="hwz.cand.every-abelian",
        title="The indicator formula for every finite Abelian group",
        source=candidate("groups"),
        printed_kind="candidate",
        statement=(
            "The formula of hwz.flawed-indicator holds for every finite Abelian group, shared "
            "embedding."
        ),
        domain=_EVERY,
        reading=_SHARED,
        falsified_by="G and g1, g2, j, j' whose logits differ otherwise",
        corrected_by="hwz.cand.every-abelian.corrected",
        checks=(_MIXED,),
        mutants=(
            Mutant.of(
                _MIXED, "equally strong characters", formula=_cyclic_four(2 * sqrt(rational(2)))
            ),
        ),
    ),
    Claim(
        id="hwz.cand.every-abelian.corrected",
        title="The indicator formula when all characters are of one type",
        source=candidate("groups, corrected"),
        printed_kind="candidate",
        statement=(
            "The formula of hwz.flawed-indicator holds, shared embedding, for Abelian groups of "
            "odd order and of exponent 2."
        ),
        domain=_LIKE,
        reading=_SHARED
        + "On all other Abelian groups real and complex characters occur, with strengths in the "
        "ratio √2, and the formula fails. With exponent 2 all g² are 1, and the ghosts add up.",
        falsified_by="such G and g1, g2, j, j' whose logits differ otherwise",
        corrects="hwz.cand.every-abelian",
        checks=(_LIKE_PROVED,),
        mutants=_LIKE_MUTANTS,
    ),
    Claim(
        id="hwz.cand.unshared",
        title="Two embeddings compute the indicator without ghosts",
        source=candidate("groups"),
        printed_kind="candidate",
        statement=(
            "Independent $\\theta^1$, $\\theta^2$: predictor "
            "$\\propto1\\{j=g_1g_2\\}+\\mathrm{const}$ (odd Abelian $G$)."
        ),
        domain=_ODD,
        reading=(
            "Population limit: character uniform over the non-trivial ones, phases of θ¹ and θ² "
            "independent and uniform, arg ξ̂ = arg θ̂¹ + arg θ̂², norms 1, σ(u) = u²."
        ),
        falsified_by="G of odd order and g1, g2, j with another logit",
        checks=(_UNSHARED,),
        mutants=(Mutant.of(_UNSHARED, "height 1", parts=_unshared_steps(rational(1))),),
    ),
]
