"""The top layer at its ridge solution: the backpropagated gradient, its scaling, its signal."""

from __future__ import annotations

from typing import Any

from verify.claims.energy_landscape.common import source_of
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, rational, total, var
from verify.methods.combine import counterexample
from verify.methods.matrices import matrix_identity
from verify.methods.refutations import refuted_by

FEATURES = Domain.of(features=Whole("centred features, centred one-hot labels and η > 0"))
READING = (
    "Fc (n, K) any matrix with centred columns, of any rank; Yc centred one-hot labels; η > 0; "
    "G_F = (Yc − FcV)Vᵀ at V_ridge unless a time is named. "
)
# The least example: two samples, two classes, Fc = (1, −1), η = 2, so Θ and Λ are 2 there.
POINT = {"features": "(1, −1)", "samples": 2, "columns": 1}
ETA = var("eta")

# F: Fc; Y: Yc; t marks a transpose; A = (FFᵀ + η)⁻¹, B = (FᵀF + η)⁻¹
SHAPES = {"F": "n K", "Ft": "K n", "A": "n n", "B": "K K", "Y": "n M", "Yt": "M n"}
LEFT = [(1, "F Ft A"), (ETA, "A"), (-1, "I n")]  # (Θ + η)A = I
RIGHT = [(1, "A F Ft"), (ETA, "A"), (-1, "I n")]  # A(Θ + η) = I
SMALL_LEFT = [(1, "B Ft F"), (ETA, "B"), (-1, "I K")]  # B(Λ + η) = I
SMALL_RIGHT = [(1, "Ft F B"), (ETA, "B"), (-1, "I K")]  # (Λ + η)B = I
INVERSES = [LEFT, RIGHT, SMALL_LEFT, SMALL_RIGHT]
ONE_N, ONE_K = [(1, "I n")], [(1, "I K")]


def identity(name: str, goal: list, combination: list, *, lemma: str = "ridge gradient",
             relations: list | None = None, matrices: dict | None = None,
             scope: Domain = FEATURES, scalars: tuple[str, ...] = ("eta",)) -> Check:
    """A matrix identity for all sizes."""
    return Check(
        name=name,
        procedure=matrix_identity,
        arguments={
            "matrices": matrices or SHAPES, "relations": relations or INVERSES, "goal": goal,
            "combination": combination, "scope": scope, "scalars": scalars, "rests_on": (lemma,),
        },
    )


def push(right: str) -> list:
    """(I − FBFᵀ)·right = ηA·right."""
    return [([(-1, "I n"), (1, "F B Ft")], 0, [(1, right)]), ([(-1, "F")], 2, [(1, f"Ft A "
    f"{right}")])]


# (Y − FBFᵀY)YᵀFB = ηA·Sig·B, and = ηAΓAF by FB = AF
GRADIENT = [(1, "Y Yt F B"), (-1, "F B Ft Y Yt F B")]
RIDGE_LIMIT = identity("ηA·Sig·B", [*GRADIENT, (-ETA, "A Y Yt F B")], push("Y Yt F B"))
SYMMETRIC_STEPS = [*push("Y Yt F B"), ([(ETA, "A Y Yt A F")], 3, ONE_K),
                   ([(-ETA, "A Y Yt")], 1, [(1, "F B")])]
SYMMETRIC = identity("ηAΓAF", [*GRADIENT, (-ETA, "A Y Yt A F")], SYMMETRIC_STEPS)


def claim(claim_id: str, title: str, locator: str, statement: str, falsified_by: str, check: Any,
           *mutants: Mutant, kind: str = "id", reading: str = "", domain: Domain = FEATURES,
           **links: Any) -> Claim:
    checks = check if isinstance(check, tuple) else (check,)
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), statement=statement,
        printed_kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=READING + reading, falsified_by=falsified_by, checks=checks, mutants=mutants,
        **links,
    )


def example_gradient(right: Term, *, eta: int = 2, beta: int = 1) -> Formula:
    """First entry of (Yc − βFcV)Vᵀ at the ridge solution of two samples, Fc = (1, −1).

    Yc = ½[[1, −1], [−1, 1]], V = βB(1, −1) with B = 1/(2β² + η).
    """
    half, b = rational(1, 2), 1 / (rational(2) * beta * beta + eta)
    v = [beta * b, -beta * b]
    first = [half - beta * v[0], -half - beta * v[1]]
    return equal(total([x * y for x, y in zip(first, v, strict=True)]), right)


def _example(name: str, right: Term, text: str, **fields: int) -> Check:
    return Check(
        name=name, procedure=counterexample,
        arguments={"formula": example_gradient(right, **fields), "point": POINT, "values": {},
                   "description": text},
    )


def _true(check: Check, right: Term, **fields: int) -> Mutant:
    return Mutant.of(check, "the true value", formula=example_gradient(right, **fields))


# A = B = 1/4 on the direction of Fc, Γ = 1: the gradient is η/16 = 1/8 there
_EIGHTH = rational(1, 8)
CLAIMS: list[Claim] = [
    claim(
        "li2.lazy-limit", "The backpropagated gradient at the ridge solution", "(4) = (60)",
        "$G_F$ tends exponentially to $\\eta A\\cdot\\mathrm{Sig}\\cdot B$, at $V_{ridge}$.",
        "features, labels, η > 0 and V(0) with another limit", RIDGE_LIMIT,
        Mutant.of(RIDGE_LIMIT, "without η", goal=[*GRADIENT, (-1, "A Y Yt F B")]),
        Mutant.of(RIDGE_LIMIT, "B dropped", goal=[*GRADIENT, (-ETA, "A Y Yt F")]),
        kind="as", reading="Fc fixed, every V(0); the rate is at least η. Full column rank is "
        "not used. ",
    ),
    claim(
        "li2.cand.push-through.a-sig-b", "The ridge gradient as A Sig B", "Stage I",
        "$G_F(\\infty)=A\\cdot\\mathrm{Sig}\\cdot B$ for all $n,K,\\eta>0$.",
        "features and η with another gradient",
        _ASB := _example("η = 2", rational(1, 16), "Fc = (1, −1), η = 2: G_F = Fc/8, A·Sig·B = "
        "Fc/16"),
        _true(_ASB, _EIGHTH),
    ),
    claim(
        "li2.cand.push-through.eta-agaf", "The ridge gradient as ηAΓAFc", "Stage I",
        "$G_F(\\infty)=\\eta A\\Gamma AF_c$ for all $n,K,\\eta>0$.",
        "features and η with another gradient", SYMMETRIC,
        Mutant.of(SYMMETRIC, "η²", goal=[*GRADIENT, (-(ETA * ETA), "A Y Yt A F")]),
    ),
    claim(
        "li2.cand.push-through.agaf", "The ridge gradient as AΓAFc", "Stage I",
        "$G_F(\\infty)=A\\Gamma AF_c$ for all $n,K,\\eta>0$.",
        "features and η with another gradient",
        _AGAF := _example("η = 2", rational(1, 16), "Fc = (1, −1), η = 2: G_F = Fc/8, AΓAFc = "
        "Fc/16"),
        _true(_AGAF, _EIGHTH),
    ),
    claim(
        "li2.cand.push-through.eta2-agaf", "The ridge gradient as η²AΓAFc", "Stage I",
        "$G_F(\\infty)=\\eta^2A\\Gamma AF_c$ for all $n,K,\\eta>0$.",
        "features and η with another gradient",
        _E2 := _example("η = 2", rational(1, 4), "Fc = (1, −1), η = 2: G_F = Fc/8, η²AΓAFc = Fc/4"),
        _true(_E2, _EIGHTH),
    ),
]

# Two equal columns: Fc = [f, f] has rank 1 and the identity holds all the same.
_RANK = Check(
    name="two equal columns",
    procedure=refuted_by,
    arguments={
        "parts": (SYMMETRIC,), "point": {"features": "[f, f], f = (1, −1)", "columns": 2},
        "description": "Fc = [f, f], f = (1, −1), has rank 1, and G_F(∞) = ηAΓAFc",
    },
)
CLAIMS.append(claim(
    "li2.cand.push-through.full-rank-only", "The ridge gradient needs full column rank", "Stage I",
    "$G_F(\\infty)=\\eta A\\Gamma AF_c$ only with full column rank.",
    "features of lower rank with this gradient", _RANK,
    Mutant.of(_RANK, "another identity", parts=(Mutant.of(
        SYMMETRIC, "η²", goal=[*GRADIENT, (-(ETA * ETA), "A Y Yt A F")]).check,)),
))

# -- frozen A, inverses ----------------------------------------------------------------------------

_SCALE = identity(
    "B by P", [(ETA * ETA, "B"), (-ETA, "I K"), (1, "Ft F"), (-1, "Ft F B Ft F")],
    [([(-1, "I K")], 3, [(1, "Ft F")]), ([(ETA, "I K")], 2, ONE_K)],
)
INVERSE = _SCALE


def _example_inverse(power: int) -> Formula:
    """B = η⁻¹ − η^{−power}·FᵀPF for Fc = (1, −1), η = 2: Λ = 2, B = 1/4, P_ηFc = Fc/2."""
    return equal(rational(1, 4), rational(1, 2) - rational(1, 2**power) * 1)


_WRONG_INVERSE = Check(
    name="η = 2", procedure=counterexample,
    arguments={"formula": _example_inverse(1), "point": POINT, "values": {},
               "description": "Fc = (1, −1), η = 2: B = 1/4, η⁻¹ − η⁻¹FcᵀP_ηFc = 0"},
)
DERIVATIVE = identity(
    "the derivative along e",
    [("1/2", "et A G A s"), ("1/2", "st A G A e"), (-1, "et A G A s")],
    [([("1/2", "I one")], 0, [(1, "I one")])],
    relations=[[(1, "st A G A e"), (-1, "et A G A s")]],
    matrices={"s": "n one", "st": "one n", "e": "n one", "et": "one n", "G": "n n", "A": "n n"},
    lemma="energy of a neuron",
)
CLAIMS += [
    claim(
        "li2.cand.inverse.eta2", "B by the residual projection, η⁻²", "Stage III",
        "$B=\\eta^{-1}I-\\eta^{-2}F_c^\\top P_\\eta F_c$.", "features and η with another B", _SCALE,
        Mutant.of(_SCALE, "η⁻¹", goal=[(ETA * ETA, "B"), (-ETA, "I K"), (ETA, "Ft F"),
                                       (-ETA, "Ft F B Ft F")]),
    ),
    claim(
        "li2.cand.inverse.eta1", "B by the residual projection, η⁻¹", "Stage III",
        "$B=\\eta^{-1}I-\\eta^{-1}F_c^\\top P_\\eta F_c$.", "features and η with another B",
        _WRONG_INVERSE, Mutant.of(_WRONG_INVERSE, "η⁻²", formula=_example_inverse(2)),
        reading="For η = 1 the two agree. ",
    ),
    claim(
        "li2.cand.frozen-energy.a", "With A frozen the columns ascend ½|YcᵀAσ|²", "Stage I",
        "$A$ frozen: column $j$ ascends $\\frac12|Y_c^\\top A\\sigma(Xw)|^2$.",
        "features with another gradient", (DERIVATIVE, SYMMETRIC),
        Mutant.of(DERIVATIVE, "twice", goal=[("1/2", "et A G A s"), ("1/2", "st A G A e"),
                                              (-2, "et A G A s")]),
        Mutant.of(SYMMETRIC, "η²", goal=[*GRADIENT, (-(ETA * ETA), "A Y Yt A F")]),
        reading="Column j of G_F is η times AΓAf_j, the gradient of that energy in f_j; P1 "
        "commutes with A, so f_j may be replaced by σ(Xw_j). ",
    ),
]

# -- β and the signal ------------------------------------------------------------------------------

# h = η/β², B' = (Λ + h)⁻¹ and B_β = (β²Λ + β²h)⁻¹: β²B_β = B'
_BETA, _H = var("beta"), var("h")
SCALED = identity(
    "β²B_β = B'", [(_BETA * _BETA, "Bb"), (-1, "Bh")],
    [([(-(_BETA * _BETA), "Bb")], 1, ONE_K), (ONE_K, 0, [(1, "Bh")])],
    relations=[
        [(_BETA * _BETA, "Bb Ft F"), (_BETA * _BETA * _H, "Bb"), (-1, "I K")],
        [(1, "Ft F Bh"), (_H, "Bh"), (-1, "I K")],
    ],
    matrices={"F": "n K", "Ft": "K n", "Bb": "K K", "Bh": "K K"}, scalars=("beta", "h"),
)
_SCALED_MUTANT = Mutant.of(SCALED, "βB_β", goal=[(_BETA, "Bb"), (-1, "Bh")])
_A1_A2 = Domain.of(features=Whole("features of full column rank whose span contains the labels"))


def _residual(power: int) -> list:
    """Yc − βFc·V for V = β⁻¹BFᵀYc, power 0; or β(Yc − βFc·V) for V = β⁻²BFᵀYc, power 1."""
    return [(_BETA if power else 1, "Y"), (-1, "F B Ft Y")]


_NO_RESIDUAL = identity(
    "the residual without penalty", _residual(0),
    [([(1, "I n"), (-1, "F B Ft")], 1, [(1, "I M")]), ([(-1, "F")], 0, [(1, "C")])],
    relations=[[(1, "B Ft F"), (-1, "I K")], [(1, "Y"), (-1, "F C")]],
    matrices={**SHAPES, "C": "K M"}, scope=_A1_A2, scalars=("beta",),
)
# Fc = (1, −1), η = β = 2: h = 1/2, G*_β = β⁻¹h/(h + 2)² = 1/25, G*(2) = 1/8
_TRUE_BETA = rational(1, 25)
_BETA_TEXT = "Fc = (1, −1), η = β = 2: G*_β = Fc/25, and the stated value is Fc/{}"


def _beta(name: str, value: int) -> Check:
    return _example(name, rational(1, value), _BETA_TEXT.format(value), beta=2)


_PRINTED_BETA = _beta("β = 2", 32)
CLAIMS += [
    claim(
        "li2.beta-limit", "The limit of the gradient and the scale β", "(69)",
        "$G^*_\\beta=\\beta^{-2}G^*$.", "features, η, β with another limit", _PRINTED_BETA,
        _true(_PRINTED_BETA, _TRUE_BETA, beta=2), corrected_by="li2.beta-limit.corrected",
        reading="J = ½|Yc − βFcV|² + ½η|V|², G = (Yc − βFcV)Vᵀ at its minimum. Without the "
        "penalty and with col Yc ⊆ col Fc both sides are 0. ",
    ),
    claim(
        "li2.beta-limit.no-penalty", "The limit of the gradient and the scale β, without penalty",
        "(66), (69)", "$G^*_\\beta=\\beta^{-2}G^*$.", "features, β with another limit",
        _NO_RESIDUAL, Mutant.of(_NO_RESIDUAL, "V = β⁻²BFᵀYc", goal=_residual(1)),
        Mutant.of(_NO_RESIDUAL, "labels outside the span",
                  matrices={**SHAPES, "C": "K M", "N": "n M"}, relations=[
                      [(1, "B Ft F"), (-1, "I K")], [(1, "Y"), (-1, "F C"), (-1, "N")]]),
        domain=_A1_A2,
        reading="Here η = 0: J = ½|Yc − βFcV|² as in (66), no penalty, with (A1) and (A2) of the "
        "appendix: the limit of V is "
        "β⁻¹(FcᵀFc)⁻¹FcᵀYc, the residual vanishes, and both sides are 0. Without "
        "(A2) the law is β⁻¹: the residual is the same for all β, and V ∝ β⁻¹. ",
    ),
    claim(
        "li2.beta-limit.corrected", "The limit of the gradient at scale β", "(69)",
        "$G^*_\\beta(\\eta)=\\beta^{-1}G^*(\\eta/\\beta^2)$.", "features, η, β with another limit",
        SCALED, _SCALED_MUTANT, corrects="li2.beta-limit",
        reading="β > 0; by β²B_β = B', V = β⁻¹B'FcᵀYc. ",
    ),
]
for _key, _tex, _value in (
    ("b2", "\\beta^{-2}G^*(\\eta)", 32), ("b1", "\\beta^{-1}G^*(\\eta)", 16),
    ("b1-scaled", "\\beta^{-1}G^*(\\eta/\\beta^2)", None),
    ("b2-scaled", "\\beta^{-2}G^*(\\eta/\\beta^2)", 50),
):
    _check = SCALED if _value is None else _beta("β = 2", _value)
    CLAIMS.append(claim(
        f"li2.cand.beta-law.{_key}", f"The scale β in the limit: ${_tex}$", "Stage I",
        f"With $J+\\frac12\\eta|V|^2$: $G^*_\\beta(\\eta)={_tex}$.", "features, η, β with "
        "another limit",
        _check, _SCALED_MUTANT if _value is None else _true(_check, _TRUE_BETA, beta=2),
        reading="β > 0. ",
    ))


def orthogonal(labels: tuple[int, int, int]) -> Formula:
    """The entries of Ycᵀf, f = (1, −1, 0), for three samples with these labels, vanish."""
    f = (1, -1, 0)
    sums = [sum(x for x, y in zip(f, labels, strict=True) if y == c) for c in (0, 1)]
    return equal(rational(sums[0]) ** 2 + rational(sums[1]) ** 2, 0)


_NO_SIGNAL = Check(
    name="three samples", procedure=counterexample,
    arguments={
        "formula": ~orthogonal((0, 0, 1)), "values": {},
        "point": {"features": "(1, −1, 0)", "samples": 3},
        "description": "labels 0, 0, 1 and Fc = (1, −1, 0): YcᵀFc = 0, so Sig = 0, and Γ ≠ 0",
    },
)
SIGNAL = identity(
    "ΓFFᵀΓ − s²Γ²",
    [(1, "Y Yt F Ft Y Yt"), (-var("s2"), "Y Yt Y Yt"), (-1, "Y Ct Ft F Ft F C Yt"),
     (var("s2"), "Y Ct Ft F C Yt")],
    [([(1, "Y")], 1, [(1, "F Ft Y Yt")]), ([(1, "Y Ct Ft F Ft")], 0, [(1, "Yt")]),
     ([(-var("s2"), "Y")], 1, [(1, "Y Yt")]), ([(-var("s2"), "Y Ct Ft")], 0, [(1, "Yt")])],
    relations=[[(1, "Y"), (-1, "F C")], [(1, "Yt"), (-1, "Ct Ft")]],
    matrices={**SHAPES, "C": "K M", "Ct": "M K"}, scalars=("s2",), lemma="signal in the span",
)
_SIGNAL_MUTANT = Mutant.of(SIGNAL, "without s²", scalars=("s2",), goal=[
    (1, "Y Yt F Ft Y Yt"), (-1, "Y Yt Y Yt"), (-1, "Y Ct Ft F Ft F C Yt"),
    (var("s2"), "Y Ct Ft F C Yt")])
CLAIMS += [
    claim(
        "li2.signal-bound", "The signal is bounded below", "Lemma 11",
        "$F_c$ full column rank, $Y_c\\ne0$: $|\\mathrm{Sig}|\\ge s|\\Gamma|>0$.",
        "features of full column rank and labels with a smaller signal", _NO_SIGNAL,
        Mutant.of(_NO_SIGNAL, "labels 0, 1, 1", formula=~orthogonal((0, 1, 1))),
        kind="in", corrected_by="li2.signal-bound.corrected",
        reading="With two samples and centred columns it holds. A2, labels in the span of the "
        "features, is assumed elsewhere in the appendix and not among the lemma's hypotheses; it "
        "excludes the witness, and with it the bound holds (li2.signal-bound.corrected). ",
    ),
    claim(
        "li2.signal-bound.corrected", "The signal is bounded below when the labels are in the span",
        "Lemma 11",
        "$F_c$ full column rank, $\\mathrm{col}\\,Y_c\\subseteq\\mathrm{col}\\,F_c$, $Y_c\\ne0$: "
        "$|\\mathrm{Sig}|\\ge s|\\Gamma|>0$.",
        "such features and labels with a smaller signal", SIGNAL, _SIGNAL_MUTANT,
        kind="in", corrects="li2.signal-bound",
    ),
    claim(
        "li2.cand.signal-span.span", "The signal bound with labels in the span", "Stage I",
        "`li2.signal-bound` holds with A2.", "such features and labels with a smaller signal",
        SIGNAL, _SIGNAL_MUTANT,
    ),
]
_MUON = identity(
    "the trace", [(1, "Vt V Ut U D Vt V"), (-1, "D")],
    [(ONE_K, 1, [(1, "Ut U D Vt V")]), (ONE_K, 0, [(1, "D Vt V")]), ([(1, "D")], 1, ONE_K)],
    relations=[[(1, "Ut U"), (-1, "I K")], [(1, "Vt V"), (-1, "I K")]],
    matrices={"U": "d K", "Ut": "K d", "V": "w K", "Vt": "K w", "D": "K K"}, scalars=(),
    scope=(_GRADIENTS := Domain.of(gradient=Whole("gradient matrices"))), lemma="polar direction",
)
CLAIMS.append(claim(
    "li2.muon-ascent", "Muon ascends the sum of energies", "Lemma 2, (36)",
    "With $G=UDV^\\top$ the gradient of $\\sum_jE(w_j)$ and the Muon direction $UV^\\top$: "
    "$\\langle UV^\\top,G\\rangle=\\mathrm{tr}\\,D\\ge0$, 0 iff $G=0$; same stationary points.",
    "a gradient at which it is another number, or a stationary point of one only", _MUON,
    Mutant.of(_MUON, "twice D", goal=[(1, "Vt V Ut U D Vt V"), (-2, "D")]),
    kind="op", domain=_GRADIENTS,
    reading="UDVᵀ is the compact singular value decomposition, D > 0 of the size of the rank; "
    "stationary: the direction is 0; no sphere constraint. tr V(UᵀUDVᵀ) = tr VᵀV UᵀU D. ",
))
