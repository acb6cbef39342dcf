"""Nodes until every maximum is found: collecting coupons, with and without damping."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from verify.claims.energy_landscape.common import stated
from verify.claims.writing import exact, formal, mutants, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.formula import Formula, Term, all_of, equal, rational, total, var

_DRAWS = ((1, 1), (2, 1), (5, 1), (1, 1, 1), (3, 2, 1), (4, 1, 1), (1, 1, 1, 1), (4, 3, 2, 1))
_PROBABILITIES = Domain.of(p=Whole("probability vectors without zeros"))
_LISTED = Domain.at(*({"p": weights} for weights in _DRAWS))
_DRAWN = (
    "p has no zeros; draws are independent; T0 is the expected number of draws until each of the L "
    "kinds was drawn. "
)


def _collection(weights: Sequence[int]) -> Term:
    """T0 by inclusion and exclusion: Σ_S (−1)^{|S|+1}/p(S)."""
    whole = sum(weights)
    return total([
        (-1) ** (size + 1) * rational(whole, sum(chosen))
        for size in range(1, len(weights) + 1) for chosen in combinations(weights, size)])


def _chain(weights: Sequence[int], damping: Term | int) -> Term:
    """The expected number of draws, stage by stage.

    weights: p in proportion.  A draw among the missing ones is as likely as among them alone when
    those seen have `damping` times their probability: 1/p_new = damping·p(S)/(1 − p(S)) + 1.
    """
    known: dict[frozenset[int], Term] = {frozenset(range(len(weights))): rational(0)}
    for size in range(len(weights) - 1, -1, -1):
        for chosen in combinations(range(len(weights)), size):
            seen = frozenset(chosen)
            missing = [l for l in range(len(weights)) if l not in seen]
            rest = sum(weights[l] for l in missing)
            wait = damping * rational(sum(weights[l] for l in seen), rest) + 1
            known[seen] = total([wait, *(
                rational(weights[l], rest) * known[seen | {l}] for l in missing)])
    return known[frozenset()]


# -- the integral and the bounds -------------------------------------------------------------------

_X, _P, _E = var("x"), var("P"), var("e")


def _step(sign: int) -> Formula:
    """1 − P(1 − x) = (1 − P) + x − x(1 − P)."""
    return equal(1 - _P * (1 - _X), (1 - _P) + _X + sign * _X * (1 - _P))


_STEP = formal("one factor more", _step(-1), "P x", scope=_PROBABILITIES,
               lemmas=("coupon collection",))


def _agree(factor: int) -> Formula:
    return all_of([equal(_chain(w, 1), factor * _collection(w)) for w in _DRAWS])


_AGREE = exact("stage by stage at eight vectors", _agree(1), scope=_LISTED)


def _concave(sign: int) -> Formula:
    """With e' = −e: (e/(1 − e))'·(1 − e)² = −e(1 − e) − e·e = −e, for e = exp(−x)."""
    return equal(-_E * (1 - _E) - _E * _E, sign * _E)


def _concavity() -> Check:
    return formal("ln(1 − e^{−x}) is concave", _concave(-1), "e", scope=_PROBABILITIES,
                  lemmas=("coupon collection",))


def _bounds(kinds: str, *, factor: int = 1) -> Formula:
    formulas = []
    for weights in _DRAWS:
        length, whole = len(weights), sum(weights)
        t0, harmonic = _collection(weights), total([rational(1, j) for j in range(1, length + 1)])
        equal_weights = len(set(weights)) == 1
        if "rare" in kinds:
            formulas.append(factor * rational(whole, min(weights)) <= t0)
        if "common" in kinds:
            formulas.append(factor * rational(whole, max(weights)) <= t0)
        if "harmonic" in kinds:
            formulas.append(factor * harmonic <= t0)
        if "uniform" in kinds:
            bound = factor * length * harmonic
            formulas.append(equal(t0, bound) if equal_weights else bound < t0)
    return all_of(formulas)


def _bounded(kinds: str) -> tuple[tuple[Check, ...], tuple[Mutant, ...]]:
    """The lemma with the integral and the concavity, and the bounds written out."""
    check = exact("eight vectors", _bounds(kinds), scope=_LISTED)
    concavity = _concavity()
    whole = proof("integral and concavity", _STEP, concavity, scope=_PROBABILITIES,
                  lemmas=("coupon collection",))
    convex = Mutant.of(concavity, "convex", formula=_concave(1)).check
    return (whole, check), (
        Mutant.of(whole, "convex", parts=(_STEP, convex)),
        Mutant.of(check, "three times the bound", formula=_bounds(kinds, factor=3)),
    )


# -- sequential Muon -------------------------------------------------------------------------------

_Y, _SEEN = var("y"), var("s")
_STRENGTHS = Domain.of(mu=Whole("strengths μ > 0 and exponents a > 0"))
_SEQUENTIAL = (
    "T_a: nodes are trained one after the other, each finds one direction, with probabilities "
    "∝ μ_l^a (`li2.muon-selection`); a direction once found has its μ damped, once, by a factor "
    "for all later nodes. "
)


def _stage(sign: int) -> Formula:
    """y·s + (1 − s) = y + sign·(1 − y)(1 − s): 1/p_new = y/(1 − s) + 1 − y, times 1 − s."""
    return equal(_Y * _SEEN + (1 - _SEEN), _Y + sign * (1 - _Y) * (1 - _SEEN))


_STAGE = formal("one stage", _stage(1), "y s", scope=_STRENGTHS,
                lemmas=("sequential collection",))


def _damped(constant: int) -> Formula:
    """T_a = yT0 + (1 − y)L + constant, formally in y = 2^{−a}, at eight vectors."""
    return all_of([
        equal(_chain(w, _Y), _Y * _collection(w) + (1 - _Y) * len(w) + constant) for w in _DRAWS])


_DAMPED = formal("all stages at eight vectors", _damped(0), "y", scope=_LISTED)


def _equality(damping: int) -> Formula:
    """L = 2, μ = (1, 1), a = 2, 1/p_new = damping/4 + 1: T_a = T0/4 + (3/4)L."""
    return equal(_chain((1, 1), rational(damping, 4)),
                 rational(1, 4) * _collection((1, 1)) + rational(3, 4) * 2)


_X_S = var("x")


def _overtaken(factor: int) -> Formula:
    """(α_s√(1 − α_s²))² ≤ 1/4: 1 − factor·x²(1 − x²) = (1 − 2x²)² for factor 4."""
    return equal(1 - factor * _X_S**2 * (1 - _X_S**2), (1 - 2 * _X_S**2) ** 2)


_OVERTAKEN = formal("a new direction wins", _overtaken(4), "x", scope=_STRENGTHS,
                    lemmas=("damping of learned directions",))
_SMALLER = refutation(
    "L = 2", _OVERTAKEN, exact("T_a", ~_equality(0)), point={"mu": (1, 1), "a": 2},
    lemmas=("sequential collection", "damping of learned directions"),
    description="L = 2, μ = (1, 1), a = 2: the second node always finds the other direction, so "
    "T_a = 2, and T0/4 + 3L/4 = 9/4",
)
_SMALLER_MUTANTS = (
    Mutant.of(_SMALLER, "damping exactly 1/2", parts=(
        _OVERTAKEN, exact("T_a", ~_equality(1)))),
    Mutant.of(_SMALLER, "another square", parts=(
        *(m.check for m in mutants(_OVERTAKEN, three=_overtaken(3))),
        exact("T_a", ~_equality(0)))),
)

# y = 2^{−a}; L = 2, μ = (2, 1): p = (1, y)/(1 + y), T0 = (1 + y) + (1 + 1/y) − 1


def _double(constant: int) -> Formula:
    """T_a = yT0 + 2(1 − y) = constant − y + y²; yT0 = y(1 + y) + (y + 1) − y."""
    return equal(_Y * (1 + _Y) + (_Y + 1) - _Y + 2 * (1 - _Y), constant - _Y + _Y**2)


_RATIO_TWO = Domain.of(mu=Finite(((2, 1),)))
_MU = Domain.of(mu=Whole("strengths μ"))
_THREE = formal("L = 2, μ = (2, 1)", _double(3), "y", scope=_RATIO_TWO)
(_THREE_MUTANT,) = mutants(_THREE, the_limit_2=_double(2))


def _not_limit(text: str) -> tuple[Check, Mutant]:
    check = refutation(
        "L = 2, μ = (2, 1)", _THREE, point={"mu": (2, 1)}, lemmas=(),
        description=f"L = 2, μ = (2, 1): T_a = 3 − 2^{{−a}} + 4^{{−a}} → 3{text}")
    return check, Mutant.of(check, "the limit 2", parts=(_THREE_MUTANT.check,))


_Q, _S = var("q"), var("s")


def _ratio(shift: int) -> Formula:
    """L = 2, ratio r: q = 2^{−a}, y = r^{−a}, s = q/y = (r/2)^a: T_a = 2 + s − q + qy."""
    return equal(_Q * (1 + _Y) + _S + 2 * (1 - _Q), 2 + _S - _Q + _Q * _Y + shift)


_RATIO = formal("L = 2, any ratio", _ratio(0), "q y s",
                scope=Domain.of(mu=Finite(((3, 2), (2, 1), (3, 1)))))
_EQUAL_ONLY = refutation(
    "L = 2, μ = (3, 2)", _RATIO, point={"mu": (3, 2)}, lemmas=(),
    description="L = 2, μ = (3, 2): T_a = 2 + (3/4)^a − 2^{−a} + 3^{−a} → 2 = L")
_EQUAL_MUTANT = Mutant.of(_EQUAL_ONLY, "one more", parts=(
    Mutant.of(_RATIO, "", formula=_ratio(1)).check,))


def _excess(sign: int) -> Formula:
    """q·T0 + (1 − q)L − L = q(T0 − L), T0 and L formal."""
    t0, length = var("T0"), var("L")
    return equal(_Q * t0 + (1 - _Q) * length - length, _Q * (t0 + sign * length))


_EXCESS = formal("T_a − L", _excess(-1), "q T0 L", scope=_MU,
                 lemmas=("sequential collection", "coupon collection"))
(_RARE, _RARE_MUTANTS), (_COMMON, _COMMON_MUTANTS), (_NODES, _NODES_MUTANTS) = (
    _bounded("rare uniform"), _bounded("common uniform"), _bounded("rare harmonic"))
_LARGE, _LARGE_MUTANT = _not_limit(", not L = 2")
_BELOW = (_EXCESS, _RATIO)
_BELOW_MUTANTS = (*mutants(_EXCESS, plus_L=_excess(1)), *mutants(_RATIO, one_more=_ratio(1)))
_FORMULA_READ = (
    "T_a = 2^{−a}T0 + (1 − 2^{−a})L, damping exactly 1/2, p_l ∝ μ_l^a, all μ > 0. For every L; the "
    "limit is written out for L = 2. "
)
_HALVED = (_STAGE, _DAMPED)
_HALVED_MUTANTS = (
    *mutants(_STAGE, the_other_sign=_stage(-1)), *mutants(_DAMPED, one_more=_damped(1)))


CLAIMS: list[Claim] = [
    stated(
        "li2.coupon-integral", "Coupon collection as an integral", "(41)",
        "$T_0=\\int_0^\\infty(1-\\prod(1-e^{-p_lt}))\\,dt$.", "p with another integral",
        (_STEP, _AGREE), *mutants(_STEP, the_other_sign=_step(1)),
        *mutants(_AGREE, twice=_agree(2)), domain=_PROBABILITIES,
        reading=_DRAWN + "With a zero both sides are infinite. ",
    ),
    stated(
        "li2.coupon-bound", "Bounds on collecting coupons", "Lemma 10",
        "$T_0\\ge\\max(\\min_l1/p_l,L\\sum1/l)$, equality in the second iff $p$ uniform.",
        "p with a smaller T0", _COMMON, *_COMMON_MUTANTS, domain=_PROBABILITIES, kind="in",
        reading=_DRAWN,
    ),
    stated(
        "li2.cand.coupon-min", "Bounds on collecting coupons, the rarest", "Stage III",
        "$T_0\\ge\\max(1/\\min p_l,L\\sum1/l)$.", "p with a smaller T0", _RARE, *_RARE_MUTANTS,
        domain=_PROBABILITIES, reading=_DRAWN,
    ),
    stated(
        "li2.muon-nodes", "Nodes for all maxima", "Theorem 8",
        "Expected nodes for all $L$ maxima: $T_0\\ge\\max(1/\\min p_l,\\sum_{l\\le L}1/l)$.",
        "p with a smaller T0", _NODES, *_NODES_MUTANTS, domain=_PROBABILITIES, kind="in",
        reading=_DRAWN,
    ),
    stated(
        "li2.muon-time", "The time of sequential Muon", "Theorem 8",
        "With Muon, sequentially, $T_a=2^{-a}T_0+(1-2^{-a})L$.",
        "μ and a with another T_a", _SMALLER, *_SMALLER_MUTANTS,
        domain=_STRENGTHS, corrected_by="li2.muon-time.corrected",
        reading=_SEQUENTIAL + "The theorem prints =, its proof (46) ≤. The factor is b/(1 + b), "
        "b = |g_⊥| ≤ 1 along the flow, of (42)–(44). Then every node finds a new direction "
        "(lemma): T_a = L for all μ and a, less than the printed value for every L ≥ 2. ",
    ),
    stated(
        "li2.muon-time.corrected", "A bound on the time of sequential Muon", "(46)",
        "With Muon, sequentially, $T_a\\le2^{-a}T_0+(1-2^{-a})L$, with equality if the damping is "
        "exactly 1/2.",
        "μ, a and dampings up to 1/2 with a larger T_a", _HALVED, *_HALVED_MUTANTS,
        domain=_STRENGTHS, kind="in", corrects="li2.muon-time",
        reading=_SEQUENTIAL + "Factors up to 1/2, constant in each stage. With the factor "
        "b/(1 + b), which varies along the flow, T_a = L (lemma). ",
    ),
    stated(
        "li2.cand.sequential", "Sequential Muon with damping one half", "Stage III",
        "Damping exactly ½: $T_a=2^{-a}T_0+(1-2^{-a})L$, for all $\\mu$ and $a>0$.",
        "μ, a with another T_a", _HALVED, *_HALVED_MUTANTS, domain=_STRENGTHS,
        reading=_SEQUENTIAL + "The factor is 1/2. ",
    ),
    stated(
        "li2.muon-large-a", "Sequential Muon for large a", "Theorem 8",
        "$T_a\\sim L$ for large $a$.", "μ with another limit", _LARGE, _LARGE_MUTANT,
        domain=_MU, kind="as", corrected_by="li2.muon-large-a.corrected",
        reading="T_a is the expression that the theorem prints, 2^{−a}T0 + (1 − 2^{−a})L, p_l ∝ "
        "μ_l^a, all μ > 0: its other factor T0 grows with a. For the number of nodes itself, with "
        "the damping b/(1 + b) along the flow, T_a = L holds for every a: see `li2.muon-time`. ",
    ),
    stated(
        "li2.muon-large-a.corrected", "Sequential Muon for large a, ratio below 2", "Theorem 8",
        "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<2$.", "μ otherwise", _BELOW, *_BELOW_MUTANTS,
        domain=_MU, kind="as", corrects="li2.muon-large-a", reading=_FORMULA_READ,
    ),
    stated(
        "li2.cand.large-a.below", "T_a → L iff the ratio is below 2", "Stage III",
        "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<2$.", "μ otherwise", _BELOW, *_BELOW_MUTANTS,
        domain=_MU, reading=_FORMULA_READ,
    ),
    stated(
        "li2.cand.large-a.at-most", "T_a → L iff the ratio is at most 2", "Stage III",
        "$T_a\\to L$ iff $\\max\\mu/\\min\\mu\\le2$.", "μ otherwise", *_not_limit(" ≠ L"),
        domain=_MU,
    ),
    stated(
        "li2.cand.large-a.equal", "T_a → L iff all μ are equal", "Stage III",
        "$T_a\\to L$ iff $\\max\\mu/\\min\\mu=1$.", "μ otherwise", _EQUAL_ONLY, _EQUAL_MUTANT,
        domain=_MU,
    ),
    stated(
        "li2.cand.large-a.always", "T_a → L always", "Stage III",
        "$T_a\\to L$ iff $\\max\\mu/\\min\\mu<\\infty$.", "μ otherwise", *_not_limit(" ≠ L"),
        domain=_MU,
    ),
    stated(
        "li2.cand.large-a.two-2", "Ratio 2: T_a → 2", "Stage III",
        "$L=2$, ratio 2: $T_a\\to2$.", "another limit", *_not_limit(""), domain=_RATIO_TWO,
    ),
    stated(
        "li2.cand.large-a.two-3", "Ratio 2: T_a → 3", "Stage III",
        "$L=2$, ratio 2: $T_a\\to3$.", "another limit", _THREE, _THREE_MUTANT, domain=_RATIO_TWO,
    ),
    stated(
        "li2.cand.large-a.two-infinite", "Ratio 2: T_a → ∞", "Stage III",
        "$L=2$, ratio 2: $T_a\\to\\infty$.", "another limit", *_not_limit(""), domain=_RATIO_TWO,
    ),
]
