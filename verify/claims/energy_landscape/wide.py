"""Wide random layers: Gram matrices, and the backpropagated gradient as K → ∞.

Certificates are identities for the Gram matrix of the limit; the lemmas *gram matrices of wide
layers* and *ridge gradient of wide layers* bring K → ∞, *proportional widths* n → ∞ with K.
"""

from __future__ import annotations

from typing import Any

from verify.claims.energy_landscape.common import source_of
from verify.claims.energy_landscape.ridge import (
    ETA,
    INVERSES,
    SHAPES,
    SYMMETRIC,
    SYMMETRIC_STEPS,
    identity,
)
from verify.claims.writing import entry, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, equal, total, var

GRAM, WIDE = "gram matrices of wide layers", "ridge gradient of wide layers"
PROPORTIONAL, DEPENDENT = "proportional widths", "dependent centred columns"
LAYERS = Domain.of(layers=Whole("wide Gaussian layers on n inputs, n fixed"))
GROWING = Domain.of(layers=Whole("wide Gaussian layers on n inputs, n/K fixed"))
FORM = (
    "W has independent N(0, 1) entries, E σ(wᵀx_i)² < ∞, the labels (of two classes at least) and "
    "η > 0 are fixed, G_F(∞) = ηAΓAFc. "
)
EQUAL = FORM + (
    "Inputs of one norm with equal correlations (ε = 0), so that the kernel is (a − b)I + b11ᵀ, "
    "a > b. "
)
FIXED = "K → ∞ with n fixed, almost surely. "
RATIO = "K → ∞ with n/K → γ > 0; equality up to a relative error that tends to 0 in probability. "


def wide_claim(claim_id: str, title: str, locator: str, statement: str, falsified_by: str,
           check: Check, *wrong: Mutant, reading: str, domain: Domain = LAYERS, kind: str = "as",
           **rest: Any) -> Claim:
    return entry(
        claim_id, title, statement, source=source_of(claim_id, locator),
        kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=reading, falsified_by=falsified_by, checks=(check,), mutants=wrong, **rest,
    )


# -- the limit of the Gram matrix ------------------------------------------------------------------

_C, _B = var("c"), var("b")
# T: the Gram matrix of F; N: the column 1; P: P1
_CENTRED = {**SHAPES, "P": "n n", "T": "n n", "N": "n one", "Nt": "one n"}
_EQUAL_KERNEL = [
    [(1, "T"), (-_C, "I n"), (-_B, "N Nt")], [(1, "P N")], [(1, "P P"), (-1, "P")],
    [(1, "P Y"), (-1, "Y")],
]


def centred_kernel(scope: Domain, *, multiple: int = 1) -> Check:
    """P1(cI + b11ᵀ)P1 = cP1."""
    return identity(
        "centred kernel", [(1, "P T P"), (-multiple * _C, "P")],
        [([(1, "P")], 0, [(1, "P")]), ([(_C, "I n")], 2, [(1, "I n")]),
         ([(_B, "I n")], 1, [(1, "Nt P")])],
        relations=_EQUAL_KERNEL, matrices=_CENTRED, scalars=("b", "c"), lemma=GRAM, scope=scope,
    )


def wide_gradient(scope: Domain, *, power: int = 2) -> Check:
    """ΘYc = cYc gives (c + η)²G_F(∞) = η·Sig: c stands for Kc1."""
    s = _C + ETA
    scaled = [([(s * s * x, word) for x, word in left], i, right)
              for left, i, right in SYMMETRIC_STEPS]
    return identity(
        "the gradient", [(s * s, "Y Yt F B"), (-(s * s), "F B Ft Y Yt F B"),
                         (-(ETA ** (power - 1)), "Y Yt F")],
        # (c + η)AY = Y, then Yᵀ(c + η)A = Yᵀ
        [*scaled,
         ([(ETA * s, "I n")], 1, [(1, "Y Yt A F")]), ([(-ETA * s, "A")], 4, [(1, "Yt A F")]),
         ([(ETA, "Y Yt")], 0, [(1, "F")]), ([(-ETA, "Y")], 5, [(1, "A F")])],
        relations=[*INVERSES, [(1, "F Ft Y"), (-_C, "Y")], [(1, "Yt F Ft"), (-_C, "Yt")]],
        scalars=("eta", "c"), lemma=WIDE, scope=scope,
    )


WIDE_CHECK = proof("equal correlations", centred_kernel(LAYERS), wide_gradient(LAYERS),
                   scope=LAYERS, lemmas=(GRAM, WIDE))
WIDE_WRONG = (
    Mutant.of(WIDE_CHECK, "η²Sig", parts=(centred_kernel(LAYERS), wide_gradient(LAYERS, power=3))),
    Mutant.of(WIDE_CHECK, "2cP1", parts=(
        centred_kernel(LAYERS, multiple=2), wide_gradient(LAYERS))),
)


def _against_mixed(name: str) -> tuple[Check, Mutant]:
    check = refutation(
        name, centred_kernel(LAYERS), wide_gradient(LAYERS),
        point={"layers": "inputs e_1, e_2, σ = t²", "samples": 2},
        description="two inputs e_1, e_2, σ = t², two classes: G_F(∞)(Kc1 + η)²/η − Sig = "
        "o(|Sig|), so the stated multiple is larger by (Kc1 + η)/(2c2 + η) → ∞, for every c2 > 0",
        lemmas=(GRAM, WIDE))
    return check, Mutant.of(check, "η²Sig", parts=(
        centred_kernel(LAYERS), wide_gradient(LAYERS, power=3)))


# -- ranks -----------------------------------------------------------------------------------------


def _determinant(rows: list[list[Term]]) -> Term:
    if len(rows) == 1:
        return rows[0][0]
    minors = [[row[:j] + row[j + 1:] for row in rows[1:]] for j in range(len(rows))]
    return total([(-1) ** j * rows[0][j] * _determinant(m) for j, m in enumerate(minors)])


def _singular(column_sum: int = 0) -> Formula:
    """det Fc = 0 for n = K = 2, 3, 4, all columns having this sum."""
    formulas = []
    for n in (2, 3, 4):
        free = [[var(f"x{i}{j}") for j in range(n)] for i in range(n - 1)]
        last = [column_sum - total([row[j] for row in free]) for j in range(n)]
        formulas.append(equal(_determinant([*free, last]), 0))
    return all_of(formulas)


_ENTRIES = " ".join(f"x{i}{j}" for i in range(3) for j in range(4))


def dependent(scope: Domain) -> Check:
    """Square matrices whose columns sum to 0 are singular."""
    return formal("n = K", _singular(), _ENTRIES, scope=scope, lemmas=(DEPENDENT,))


def independent(check: Check) -> Check:
    """The same of columns that do not sum to 0: false."""
    return mutants(check, not_centred=_singular(1))[0].check


def _minor(sign: int = -1) -> Formula:
    """Two samples: every 2 × 2 minor Λ_jjΛ_ll − Λ_jl² of Λ vanishes, Fc = (a, −a)."""
    a, b = symbols("a b")
    return equal((a * a + a * a) * (b * b + b * b) + sign * (a * b + a * b) ** 2, 0)


_MINOR = formal("minors of Λ", _minor(), "a b", scope=LAYERS)
_RANK_ONE = refutation(
    "two samples", _MINOR, point={"layers": "two inputs", "samples": 2},
    description="two samples: Λ has rank one, Λ_jjΛ_ll = Λ_jl² for all j, l, so Λ/κ → I for no κ; "
    "its n − 1 non-zero eigenvalues are those of Θ, the others 0",
    lemmas=(DEPENDENT,))
_SQUARE = refutation(
    "K = n", dependent(GROWING), point={"layers": "K = n", "ratio": "1"},
    description="n = K: the columns of Fc sum to 0, so Λ is singular, |Λ − κI| ≥ κ for all κ > 0",
    lemmas=(DEPENDENT,))

_MULTIPLES = proof("eigenvalues", centred_kernel(LAYERS), dependent(LAYERS), scope=LAYERS,
                   lemmas=(GRAM, DEPENDENT))

# -- n/K fixed -------------------------------------------------------------------------------------

# x, z: the blocks of Ay in the basis y, y^⊥; w, W the rows of Fc there; C = (WWᵀ + η)⁻¹
_ELIMINATION = identity(
    "Ay off y", [(1, "z"), (1, "C W wt x")],
    [([(1, "C")], 0, [(1, "I one")]), ([(-1, "I m")], 1, [(1, "z")])],
    relations=[[(1, "W wt x"), (1, "W Wt z"), (ETA, "z")],
               [(1, "C W Wt"), (ETA, "C"), (-1, "I m")]],
    matrices={"W": "m K", "Wt": "K m", "wt": "K one", "C": "m m", "x": "one one", "z": "m one"},
    lemma=PROPORTIONAL, scope=GROWING,
)
_TILTED = refutation(
    "σ(t) = t", SYMMETRIC, _ELIMINATION,
    point={"layers": "inputs e_1, .., e_n, σ(t) = t, two classes", "ratio": "every γ > 0"},
    description="inputs e_1, .., e_n (ρ = ε = 0), σ(t) = t, two classes, n/K → γ: with a "
    "probability of at least 1/25, cos(G_F(∞), Sig)² ≤ 1/(1 + γ/(65(1 + γ)²)) for all large K",
    lemmas=(PROPORTIONAL,))
_TILTED_WRONG = Mutant.of(_TILTED, "without C", parts=(SYMMETRIC, Mutant.of(
    _ELIMINATION, "", goal=[(1, "z"), (1, "W wt x")]).check))

# -- infinite width --------------------------------------------------------------------------------


def _shrinks(slope: int = 2) -> Formula:
    """(x + η)² − x² = η(2x + η), x = s²: s/(s² + η) ≤ 1/s."""
    x, eta = symbols("x eta")
    return equal((x + eta) * (x + eta) - x * x, eta * (slope * x + eta))


def singular_values(scope: Domain, *, slope: int = 2) -> Check:
    """What bounds AFc by 1/s, s the least singular value of Fc that is not 0."""
    return formal("singular values", _shrinks(slope), "x eta", scope=scope)


def _vanishing(slope: int = 2) -> tuple[Check, Check]:
    return SYMMETRIC, singular_values(LAYERS, slope=slope)


_VANISHES = proof("|G| ≤ |Γ|/s", *_vanishing(), scope=LAYERS, lemmas=(GRAM, WIDE))

_FIRST, _FIRST_WRONG = _against_mixed("two inputs")
_SECOND, _SECOND_WRONG = _against_mixed("two inputs")
_LEMMA = "Lemma 1, (5)"
_MIXED = "\\eta/((Kc_1+\\eta)(nc_2+\\eta))"
_ANOTHER = "inputs, labels, σ, η with another limit"
_CORRECT = "li2.random-limit.fixed.value.corrected"
CLAIMS: list[Claim] = [
    wide_claim(
        "li2.random-limit.fixed.multiples", "Gram matrices of random wide layers, n fixed", _LEMMA,
        "Large $K$: $\\Lambda$, $\\Theta$ become multiples of the identity.",
        "inputs for which one of them does not", _RANK_ONE,
        Mutant.of(_RANK_ONE, "with a plus sign", parts=(
            mutants(_MINOR, plus=_minor(1))[0].check,)),
        reading=EQUAL + FIXED + "Λ/κ → I and Θ/κ' → P1 (the identity on centred vectors) for some "
        "κ, κ' > 0. ", corrected_by="li2.random-limit.fixed.multiples.corrected",
    ),
    wide_claim(
        "li2.random-limit.fixed.multiples.corrected", "Gram matrices of random wide layers", _LEMMA,
        "$\\Theta/K\\to c_1P_1$, $c_1=a-b$; $n-1$ eigenvalues of $\\Lambda/K$ tend to $c_1$, the "
        "other $K-n+1$ are 0.", _ANOTHER, _MULTIPLES,
        Mutant.of(_MULTIPLES, "2cP1", parts=(
            centred_kernel(LAYERS, multiple=2), dependent(LAYERS))),
        Mutant.of(_MULTIPLES, "columns not centred", parts=(
            centred_kernel(LAYERS), independent(dependent(LAYERS)))),
        reading=EQUAL + FIXED,
        corrects="li2.random-limit.fixed.multiples",
    ),
    wide_claim(
        "li2.random-limit.fixed.value", "The gradient of random wide layers, n fixed", _LEMMA,
        f"$G_F(\\infty)={_MIXED}\\mathrm{{Sig}}+O(\\epsilon/K)$, $c_1,c_2>0$.", _ANOTHER, _FIRST,
        _FIRST_WRONG,
        reading=EQUAL + FIXED + "Up to a relative error that tends to 0, for some c1, c2 > 0 that "
        "do not depend on K; with ε = 0 the stated error vanishes. ", corrected_by=_CORRECT,
    ),
    wide_claim(
        _CORRECT, "The gradient of random wide layers", _LEMMA,
        "$G_F(\\infty)=\\eta/(Kc_1+\\eta)^2(\\mathrm{Sig}+R)$, $c_1=a-b$, $|R|\\le(C\\epsilon+o(1))"
        "|\\mathrm{Sig}|$.", _ANOTHER, WIDE_CHECK, *WIDE_WRONG,
        reading=FORM + FIXED + "|ρ_ij − ρ| ≤ ε for i ≠ j, |ρ| < 1, ε small; C depends on n, σ, ρ, "
        "the labels. As |Sig| is of order √K, R adds O(ε/K) and less. ",
        corrects="li2.random-limit.fixed.value",
    ),
    wide_claim(
        "li2.random-limit.fixed.small-eta", "Small decay in random wide layers, n fixed", _LEMMA,
        "Small $\\eta$: $G_F\\propto\\eta\\,\\mathrm{Sig}$.", _ANOTHER, WIDE_CHECK, *WIDE_WRONG,
        reading=EQUAL + FIXED + "Up to a relative error that tends to 0 uniformly in 0 < η ≤ 1; "
        "the factor is η/(Kc1)². For ε > 0 a relative error O(ε) is added "
        "(`li2.random-limit.fixed.value.corrected`). ",
    ),
    wide_claim(
        "li2.random-limit.ratio.multiples", "Gram matrices of random wide layers, n/K fixed",
        _LEMMA, "Large $K$: $\\Lambda$, $\\Theta$ become multiples of the identity.",
        "a ratio for which one of them does not", _SQUARE,
        Mutant.of(_SQUARE, "columns not centred", parts=(independent(dependent(GROWING)),)),
        domain=GROWING, reading=EQUAL + RATIO + "|Λ/κ − I| → 0 for some κ = κ_K > 0. ",
        corrected_by="li2.random-limit.fixed.multiples.corrected",
    ),
    wide_claim(
        "li2.random-limit.ratio.value", "The gradient of random wide layers, n/K fixed", _LEMMA,
        f"$G_F(\\infty)={_MIXED}\\mathrm{{Sig}}+O(\\epsilon/K)$, $c_1,c_2>0$.", _ANOTHER, _TILTED,
        _TILTED_WRONG, domain=GROWING,
        reading=EQUAL + RATIO + "With ε = 0 the stated error vanishes. ", corrected_by=_CORRECT,
    ),
    wide_claim(
        "li2.random-limit.ratio.small-eta", "Small decay in random wide layers, n/K fixed", _LEMMA,
        "Small $\\eta$: $G_F\\propto\\eta\\,\\mathrm{Sig}$.", _ANOTHER, _TILTED, _TILTED_WRONG,
        domain=GROWING, reading=EQUAL + RATIO + "For every fixed η > 0, however small. ",
        corrected_by=_CORRECT,
    ),
    wide_claim(
        "li2.infinite-width", "The gradient at infinite width", "§3.1",
        "$K\\to\\infty$: $G_F(\\infty)\\to0$.", "inputs, labels, σ, η with another limit",
        _VANISHES, Mutant.of(_VANISHES, "4x", parts=_vanishing(4)),
        reading=FORM + FIXED + "Any inputs and any such σ: |G_F(∞)| ≤ |Γ|/s, s the least non-zero "
        "singular value of Fc, and s²/K has a positive limit (or Fc = 0). ",
    ),
    wide_claim(
        "li2.cand.wide-limit.squared", "The wide limit: η/(Kc1 + η)²", "Stage I",
        "Kernel $(a-b)I+b11^\\top$, $K\\to\\infty$: $G_F(\\infty)\\sim\\eta/(Kc_1+\\eta)^2\\cdot"
        "\\mathrm{Sig}$, $c_1=a-b$.", _ANOTHER, WIDE_CHECK, *WIDE_WRONG,
        reading=EQUAL + FIXED + "~: up to a relative error that tends to 0. ",
    ),
    wide_claim(
        "li2.cand.wide-limit.mixed", "The wide limit: η/((Kc1 + η)(nc2 + η))", "Stage I",
        f"Kernel $(a-b)I+b11^\\top$, $K\\to\\infty$: $G_F(\\infty)\\sim{_MIXED}\\cdot"
        "\\mathrm{Sig}$, $c_1=a-b$.", _ANOTHER, _SECOND, _SECOND_WRONG,
        reading=EQUAL + FIXED + "~: up to a relative error that tends to 0, for some c2 > 0. "
        "Centring removes the direction 1, the only one with an eigenvalue of order Kn. ",
    ),
    wide_claim(
        "li2.cand.wide-limit.unpenalised", "The wide limit: η/(Kc1)²", "Stage I",
        "Kernel $(a-b)I+b11^\\top$, $K\\to\\infty$: $G_F(\\infty)\\sim\\eta/(Kc_1)^2\\cdot"
        "\\mathrm{Sig}$, $c_1=a-b$.", _ANOTHER, WIDE_CHECK, *WIDE_WRONG,
        reading=EQUAL + FIXED + "~: up to a relative error that tends to 0; (1 + η/(Kc1))² → 1. ",
    ),
]
