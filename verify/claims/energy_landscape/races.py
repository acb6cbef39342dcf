"""Which maximum a node finds: races of squares from random starts, and damped directions."""

from __future__ import annotations

from verify.claims.energy_landscape.common import stated
from verify.claims.writing import exact, formal, mutants, proof, refutation
from verify.core.claim import Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, equal, rational, total, var

_STARTS = Domain.of(start=Whole("strengths 0 < μ ≤ 1 and starts α(0), not all of them 0"))
_POSITIVE = Domain.of(start=Whole("strengths 0 < μ ≤ 1 and starts with a positive leader"))
_LAWS = Domain.of(law=Whole("strengths 0 < μ ≤ 1 and exponents a > 0"))
_WEIGHTS = Domain.of(weights=Whole("positive weights and exponents α > 0"))
_FLOW = (
    "dα_l/dt = μ_lα_l² in the ball |w| ≤ 1: free below |w| = 1, and there projected on the tangent "
    "space while it points outwards; or always on |w| = 1. Neither changes the path of w/|w|. "
    "0 < μ_l ≤ 1. The leader, l with the largest μ_lα_l(0), is assumed unique: two equal leaders "
    "keep their ratio. "
)
_LAW = (
    "Starts: α_l(0) independent with distribution function exp(−x^{−a}), so positive, and then "
    "scaled by a common factor into the ball; the flow: see `li2.leader-wins.corrected`. a > 1 is "
    "printed, a > 0 suffices. Starts conditioned on |w| ≤ 1, or cut off one by one, have other "
    "laws. "
)

# -- the leader ------------------------------------------------------------------------------------

_AJ, _AL, _MJ, _ML, _K = (var(n) for n in ("aj", "al", "mj", "ml", "k"))


def _ratio(sign: int) -> Formula:
    """α_l²·(α_j/α_l)' = α_jα_l(m_jα_j − m_lα_l): the radial rate κ cancels."""
    left = _AL * (_MJ * _AJ**2 - _K * _AJ) + sign * _AJ * (_ML * _AL**2 - _K * _AL)
    return equal(left, _AJ * _AL * (_MJ * _AJ - _ML * _AL))


_RATIO = formal("ratios", _ratio(-1), "aj al mj ml k", scope=_POSITIVE, lemmas=("race of squares",))


def _radial(length: int, power: int) -> Formula:
    """m_1α_1Σα_j² − Σm_jα_j^power·… = Σα_j²(m_1α_1 − m_jα_j): κ is at most m_1α_1."""
    a, m = ([var(f"{x}{j}") for j in range(1, length + 1)] for x in "am")
    squares = total([x**2 for x in a])
    outward = total([y * x**power for x, y in zip(a, m, strict=True)])
    gaps = total([x**2 * (m[0] * a[0] - y * x) for x, y in zip(a, m, strict=True)])
    return equal(m[0] * a[0] * squares - outward, gaps)


def _radials(power: int) -> Formula:
    return all_of(_radial(length, power) for length in range(1, 5))


_NAMES = " ".join(f"{x}{j}" for x in "am" for j in range(1, 5))
_RADIAL = formal("the radial rate", _radials(3), _NAMES, scope=_POSITIVE,
                 lemmas=("race of squares",))
_LEADER = proof("ratios and the radial rate", _RATIO, _RADIAL, scope=_POSITIVE,
                lemmas=("race of squares",))
_LEADER_MUTANTS = (
    Mutant.of(_LEADER, "sum of the rates", parts=(*(m.check for m in mutants(
        _RATIO, sum=_ratio(1))), _RADIAL)),
    Mutant.of(_LEADER, "radial rate Σμα²", parts=(_RATIO, *(m.check for m in mutants(
        _RADIAL, squares=_radials(2))))),
)


def _stuck(start: int) -> Formula:
    """L = 1, μ = 1: start < 0; α = 0 is at rest; and so is the start on the sphere, κ = α³."""
    alpha = rational(start)
    sphere = alpha**2 - alpha**3 * alpha
    return (alpha < 0) & equal(rational(0) ** 2, 0) & equal(sphere, 0)


_NEGATIVE = refutation(
    "L = 1, α(0) = −1", exact("at rest", _stuck(-1)), point={"start": "L = 1, μ = 1, α(0) = −1"},
    lemmas=("race of squares",),
    description="L = 1, μ = 1, w(0) = −ζ: α stays ≤ 0 (on the sphere it stays −1), and ζ has α = 1",
)
_NEGATIVE_MUTANT = Mutant.of(_NEGATIVE, "α(0) = 1", parts=(exact("at rest", _stuck(1)),))

# -- the law of the winner -------------------------------------------------------------------------

_W, _S, _X = var("w"), var("s"), var("x")


def _integrand(factor: int) -> Formula:
    return equal(factor * _W * (_S * _X), _S * (_W * _X))


_RACE = formal("the integrand", _integrand(1), "w s x", scope=_WEIGHTS, lemmas=("Fréchet race",))
(_RACE_MUTANT,) = mutants(_RACE, twice=_integrand(2))
_SELECTION = proof("leader and law", _RATIO, _RADIAL, _RACE, scope=_LAWS,
                   lemmas=("who wins a race",))
_SELECTION_MUTANTS = (
    Mutant.of(_SELECTION, "sum of the rates", parts=(*(m.check for m in mutants(
        _RATIO, sum=_ratio(1))), _RADIAL, _RACE)),
    Mutant.of(_SELECTION, "twice the law", parts=(_RATIO, _RADIAL, _RACE_MUTANT.check)),
)

# -- damped directions -----------------------------------------------------------------------------


def _norm(power: int) -> Formula:
    """L = 1, μ = 1, α = 1/2: g = μα²ζ, so |g| = 1/4, against (Σ(μα²)²)^{power/2}."""
    g = rational(1, 4)
    return equal(g, g**2 if power == 2 else g)


_SQUARE = refutation(
    "L = 1, α = 1/2", exact("|g|", ~_norm(2)), point={"start": "L = 1, μ = 1, α = 1/2"},
    lemmas=(), description="L = 1, μ = 1, w = ζ/2: |g| = 1/4 and Σ(λα)² = 1/16",
)
_SQUARE_MUTANT = Mutant.of(_SQUARE, "the root", parts=(exact("|g|", ~_norm(1)),))


def _contraction(length: int, sign: int) -> Formula:
    """(Σα²)² − Σμ²α⁴ = Σ(1 − μ²)α⁴ + 2Σ_{i<j}α_i²α_j², which is ≥ 0."""
    a, m = ([var(f"{x}{j}") for j in range(1, length + 1)] for x in "am")
    left = total([x**2 for x in a]) ** 2 - total(
        [y**2 * x**4 for x, y in zip(a, m, strict=True)])
    own = [(1 - y**2) * x**4 for x, y in zip(a, m, strict=True)]
    cross = [2 * sign * a[i] ** 2 * a[j] ** 2 for j in range(length) for i in range(j)]
    return equal(left, total([*own, *cross]))


def _contractions(sign: int) -> Formula:
    return all_of(_contraction(length, sign) for length in range(1, 5))


_CONTRACTION = formal("|g|² ≤ (Σα²)²", _contractions(1), _NAMES, scope=_STARTS,
                      lemmas=("damping of learned directions",))
(_CONTRACTION_MUTANT,) = mutants(_CONTRACTION, crossed_sign=_contractions(-1))


def _shares(mu: tuple[int, ...], learned: int, a: int, factor: int) -> Formula:
    """With the first μs halved: p_new against the printed bound in p, the latter times factor."""
    new = rational(sum(m**a for m in mu[learned:]))
    old = rational(sum(m**a for m in mu[:learned]))
    whole = old + new
    halved: Term = total([rational(m, 2) ** a for m in mu[:learned]])
    y = rational(1, 2**a)
    bound = (new / whole) / (y * (old / whole) + new / whole)
    return equal(new / (halved + new), factor * bound)


def _all_shares(factor: int) -> Formula:
    return all_of(_shares(mu, learned, a, factor) for a in (1, 2, 3) for mu, learned in (
            ((1, 1), 1), ((2, 1), 1), ((1, 2), 1), ((3, 2, 1), 1), ((3, 2, 1), 2)))


_SHARES = exact("exactly halved", _all_shares(1), scope=Domain.at({"law": "fifteen cases"}))
_NEW = proof("damped race", _RATIO, _RADIAL, _RACE, scope=_LAWS, lemmas=("who wins a race",))
_DAMPED = (
    "S: the directions learned by earlier nodes, of which the node that is trained sees the part "
    "g_⊥ of its gradient g = A(w)w, |w| ≤ 1, that is orthogonal to them, b = |g_⊥| > 0. "
)

CLAIMS: list[Claim] = [
    stated(
        "li2.frechet", "The winner of a Fréchet race", "Lemma 7",
        "$\\arg\\max w_jx_j$, $x_j$ iid Fréchet(α), $\\alpha>0$: $\\Pr[i]=w_i^\\alpha/\\sum "
        "w_j^\\alpha$.",
        "weights with another probability", _RACE, _RACE_MUTANT, domain=_WEIGHTS, kind="pr",
    ),
    stated(
        "li2.leader-wins", "The leader wins", "Lemma 8",
        "$w$ always tends to $\\zeta_l$, $l=\\arg\\max\\mu_l\\alpha_l(0)$.",
        "a start with another limit", _NEGATIVE, _NEGATIVE_MUTANT, domain=_STARTS, kind="ode",
        corrected_by="li2.leader-wins.corrected",
        reading=_FLOW + "Always: from every w(0) ≠ 0 of the ball, since the lemma does not "
        "restrict its start. The positive starts of the theorem satisfy the corrected claim. ",
    ),
    stated(
        "li2.leader-wins.corrected", "The leader wins, if it is positive", "Lemma 8",
        "If $\\mu_l\\alpha_l(0)>0$ exceeds all other $\\mu_j\\alpha_j(0)$, then $w\\to\\zeta_l$; "
        "the others may have any sign.",
        "such a start with another limit", _LEADER, *_LEADER_MUTANTS, domain=_POSITIVE,
        kind="ode", corrects="li2.leader-wins", reading=_FLOW,
    ),
    stated(
        "li2.cand.leader-signs.any", "The leader wins, for any signs", "Stage III",
        "`li2.leader-wins` for $\\alpha(0)$ of any sign.", "a start with another limit",
        _NEGATIVE, _NEGATIVE_MUTANT, domain=_STARTS, reading=_FLOW,
    ),
    stated(
        "li2.cand.leader-signs.positive", "The leader wins, for positive starts", "Stage III",
        "`li2.leader-wins` for $\\alpha(0)>0$.", "a start with another limit", _LEADER,
        *_LEADER_MUTANTS, domain=_POSITIVE, reading=_FLOW + "All α_l(0) > 0. ",
    ),
    stated(
        "li2.muon-selection", "Which maximum a node finds", "Theorem 8",
        "$dw/dt=A(w)w$, $|w|\\le1$, $A=\\sum\\lambda_l\\zeta_l\\zeta_l^\\top$, "
        "$\\lambda_l=\\mu_l\\alpha_l$: $\\Pr[w\\to\\zeta_l]=p_l=\\mu_l^a/\\sum\\mu^a$.",
        "μ, a with another probability", _SELECTION, *_SELECTION_MUTANTS, domain=_LAWS, kind="pr",
        reading=_LAW,
    ),
    stated(
        "li2.suppression.norm", "The norm of the gradient", "(42)",
        "$|g|=|\\sum(\\lambda_l\\alpha_l)^2|\\le1$.", "μ and w with another norm", _SQUARE,
        _SQUARE_MUTANT, domain=_STARTS, kind="in", corrected_by="li2.suppression.norm.corrected",
        reading="g = A(w)w = Σλ_lα_lζ_l, λ_l = μ_lα_l, |w| ≤ 1; the sum as printed, without a "
        "root. The bound by 1 is not affected. ",
    ),
    stated(
        "li2.suppression.norm.corrected", "The squared norm of the gradient", "(42)",
        "$|g|^2=\\sum(\\lambda_l\\alpha_l)^2\\le1$.", "μ and w with another norm", _CONTRACTION,
        _CONTRACTION_MUTANT, domain=_STARTS, kind="in", corrects="li2.suppression.norm",
        reading="g = A(w)w = Σλ_lα_lζ_l, λ_l = μ_lα_l, |w| ≤ 1, ζ orthonormal. ",
    ),
    stated(
        "li2.suppression.new", "A new direction is more probable", "(44)",
        "$p_{new}\\ge\\sum_{l\\notin S}p_l/(2^{-a}\\sum_{l\\in S}p_l+\\sum_{l\\notin S}p_l)$.",
        "μ, a, S and damping of at least one half with a smaller probability", (_NEW, _SHARES),
        Mutant.of(_NEW, "sum of the rates", parts=(*(m.check for m in mutants(
            _RATIO, sum=_ratio(1))), _RADIAL, _RACE)),
        *mutants(_SHARES, twice=_all_shares(2)), domain=_LAWS, kind="in",
        reading=_LAW + _DAMPED + "The μ_l of S are damped by factors of at most 1/2, which may "
        "change with time; equality at 1/2. With the factor b/(1 + b) along the flow it is 1 "
        "(lemma *damping of learned directions*). ",
    ),
]
