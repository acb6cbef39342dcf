"""Where the backpropagated gradient points along the signal: limits in η and in K, group data.

On the full table of a group, with rows x = (e_g, e_h), the kernel takes three values k(1), k(1/2),
k(0), and the centred labels are an eigenspace of it (lemma *label kernel of a group*).
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.claims.energy_landscape.ridge import (
    ETA,
    FEATURES,
    READING,
    SHAPES,
    SYMMETRIC,
    SYMMETRIC_STEPS,
    identity,
)
from verify.claims.energy_landscape.wide import (
    FIXED,
    FORM,
    WIDE,
    wide_claim,
    wide_gradient,
)
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, all_of, equal, iverson, rational, total, var

LABELS, ALIGNED = "label kernel of a group", "alignment with the signal"
TABLES = Domain.of(group=Whole("finite groups of order at least 2, activations not affine"))
PARTS = Domain.of(sample=Whole("samples of 40 % of the table of a group"))

# -- the table of a group --------------------------------------------------------------------------

_C, _K0, _P = var("c"), var("k0"), var("p")
# T: the kernel; G1, G2: which element stands in either slot; N: the column 1; P: P1
_TABLE = {**SHAPES, "P": "n n", "T": "n n", "N": "n one", "Nt": "one n",
          "G": "n M", "Gt": "M n", "H": "n M", "Ht": "M n"}


def _label_kernel(multiple: int = 1) -> Check:
    """P1κP1Yc = cYc for κ = k(0)11ᵀ + p(GGᵀ + HHᵀ) + cI, p = k(1/2) − k(0)."""
    return identity(
        "labels in the kernel", [(1, "P T P Y"), (-multiple * _C, "Y")],
        [([(1, "P T"), (_C, "I n")], 4, [(1, "I M")]), ([(1, "P")], 0, [(1, "Y")]),
         ([(_K0, "P N")], 1, [(1, "I M")]), ([(_P, "P G")], 2, [(1, "I M")]),
         ([(_P, "P H")], 3, [(1, "I M")])],
        relations=[
            [(1, "T"), (-_K0, "N Nt"), (-_P, "G Gt"), (-_P, "H Ht"), (-_C, "I n")],
            [(1, "Nt Y")], [(1, "Gt Y")], [(1, "Ht Y")], [(1, "P Y"), (-1, "Y")],
        ],
        matrices=_TABLE, scalars=("k0", "p", "c"), lemma=LABELS, scope=TABLES,
    )


_TABLE_CHECK = proof("the whole table", _label_kernel(), wide_gradient(TABLES), scope=TABLES,
                     lemmas=(LABELS, WIDE))
_TABLE_WRONG = (
    Mutant.of(_TABLE_CHECK, "2c", parts=(_label_kernel(2), wide_gradient(TABLES))),
    Mutant.of(_TABLE_CHECK, "η²Sig", parts=(_label_kernel(), wide_gradient(TABLES, power=3))),
)


def _square_kernel(shared: int) -> Term:
    """E (w·x)²(w·x')² = |x|²|x'|² + 2(x·x')² for rows that share so many of two elements."""
    return rational(4) + 2 * rational(shared) ** 2


def _constants(weights: tuple[int, int, int]) -> Formula:
    """For σ = t² this combination of k(1), k(1/2), k(0) is k(1) − 2k(1/2) + k(0)."""
    values = [_square_kernel(2), _square_kernel(1), _square_kernel(0)]
    right = values[0] - 2 * values[1] + values[2]
    return equal(total([w * v for w, v in zip(weights, values, strict=True)]), right)


def _other_constant(weights: tuple[int, int, int], value: int) -> tuple[Check, Mutant]:
    def parts(formula: Formula) -> tuple[Check, ...]:
        return _label_kernel(), wide_gradient(TABLES), exact("σ = t²", ~formula)

    check = refutation(
        "σ = t²", *parts(_constants(weights)), point={"group": "Z2", "activation": "t²"},
        description="Z2 (as every group), σ = t²: k(1), k(1/2), k(0) = 12, 6, 4, so "
        f"G_F(∞) ~ η/(4K + η)²·Sig, and the stated constant is {value}: the stated multiple "
        f"is 16/{value**2} of it in the limit",
        lemmas=(LABELS, WIDE))
    return check, Mutant.of(check, "the right constant", parts=parts(_constants((1, -2, 1))))


# -- limits in η -----------------------------------------------------------------------------------


def _large_decay(factor: int = 1) -> Check:
    """ηG − Sig = −AΘ·Γ·ηAFc − Γ·AΘFc."""
    return identity(
        "η times the gradient",
        [(ETA, "Y Yt F B"), (-ETA, "F B Ft Y Yt F B"), (-1, "Y Yt F"),
         (factor * ETA, "A F Ft Y Yt A F"), (1, "Y Yt A F Ft F")],
        [*(([(ETA * x, word) for x, word in left], i, right) for left, i, right in SYMMETRIC_STEPS),
         ([(ETA, "I n")], 1, [(1, "Y Yt A F")]), ([(1, "Y Yt")], 1, [(1, "F")])],
        lemma=ALIGNED,
    )


_LARGE = _large_decay()
Vectors = tuple[tuple[int, ...], tuple[int, ...]]
# Labels 0, 0, 1: Fc = f and Γ = (2/9)qqᵀ
THREE: Vectors = (1, 0, -1), (1, 1, -2)
# Z3, rows sorted by their first element, σ = t², u = v ∝ e_0: f ∝ Fc (S_ij = 4, 1 or 0 less the
# mean 8/9), and q ∝ Γf, the sums of f over the label of each row
_CELLS = [(g, h) for g in range(3) for h in range(3)]
_NEURON = tuple(9 * ((g == 0) + (h == 0)) ** 2 - 8 for g, h in _CELLS)
TABLE_OF_Z3: Vectors = _NEURON, tuple(
    sum(_NEURON[3 * g + (a + b - g) % 3] for g in range(3)) for a, b in _CELLS)


def _inner(a: Sequence[int], b: Sequence[int]) -> int:
    return sum(x * y for x, y in zip(a, b, strict=True))


def small_decay(shift: int | None = None, vectors: Vectors = THREE) -> Formula:
    """(Θ + η)x = η(η + s)q for x = (η + s)q − ⟨f, q⟩f, and (Θ + η)f = (η + s)f.

    s = |f|², Θ = ffᵀ.
    """
    f, q = vectors
    s, c = _inner(f, f), _inner(f, q) if shift is None else shift
    x = [(ETA + s) * b - c * a for a, b in zip(f, q, strict=True)]
    formulas = []
    for i, a in enumerate(f):
        along = total([a * b * y for b, y in zip(f, x, strict=True)])
        formulas.append(equal(along + ETA * x[i], ETA * (ETA + s) * q[i]))
        formulas.append(equal(sum(a * b * b for b in f) + ETA * a, (ETA + s) * a))
    return all_of(formulas)


def _cosine(share: Term, vectors: Vectors) -> Formula:
    """At η = 0: cos(x, q)² = share, x = |f|²q − ⟨f, q⟩f."""
    f, q = vectors
    x = [rational(_inner(f, f) * b - _inner(f, q) * a) for a, b in zip(f, q, strict=True)]
    inner = total([a * b for a, b in zip(x, q, strict=True)])
    return equal(inner * inner, share * total([a * a for a in x]) * _inner(q, q))


def _vanishing(shift: int | None = None) -> tuple[Check, ...]:
    return (SYMMETRIC, formal("Aq and Af", small_decay(shift), "eta", scope=FEATURES),
            exact("the limit", _cosine(rational(1, 4), THREE)),
            formal("the table of Z3", small_decay(vectors=TABLE_OF_Z3), "eta", scope=FEATURES),
            exact("the limit on the table", _cosine(rational(27, 29), TABLE_OF_Z3)))


_SMALL = refutation(
    "three samples", *_vanishing(),
    point={"features": "(1, 0, −1)", "samples": 3, "columns": 1},
    description="labels 0, 0, 1, Fc = f = (1, 0, −1): G_F(∞) is a positive multiple of "
    "(η + 2)q − 3f, Sig one of q = (1, 1, −2), and the cosine tends to 1/2. On the whole table of "
    "Z3, σ = t², one neuron with u = v ∝ e_0, cos² tends to 27/29",
    lemmas=(ALIGNED,))

# -- 40 % of a table -------------------------------------------------------------------------------

_ROWS = [(g, h) for g in (0, 1) for h in range(5)]  # the first ten rows of Z5


def _preserved(rows: Sequence[tuple[int, int]], pair: tuple[int, int], order: int) -> Formula:
    """Ycᵀκp = 0 for p = e_i − e_j, two rows of one label, σ = t²."""
    def kernel(a: tuple[int, int], b: tuple[int, int]) -> Term:
        same = [iverson(equal(rational(x), y)) for x, y in zip(a, b, strict=True)]
        return 4 + 2 * (same[0] + same[1]) ** 2

    first, second = (rows[i] for i in pair)
    differences = [kernel(z, first) - kernel(z, second) for z in rows]
    formulas = []
    for label in range(order):
        members = [i for i, (g, h) in enumerate(rows) if (g + h) % order == label]
        formulas.append(equal(len(rows) * total([differences[i] for i in members]),
                              len(members) * total(differences)))
    return all_of(formulas)


# rows 0 and 9 are (0, 0) and (1, 4), both of label 0; Z2 has the label 0 at (0, 0) and (1, 1)
_PART = breaks(
    "ten rows of Z5", _preserved(_ROWS, (0, 9), 5),
    "Z5, the ten rows (0, h), (1, h), σ = t²: p = e_(0,0) − e_(1,4) is orthogonal to the labels, "
    "and κp is not (the labels 1 and 4 get ±2), so the cosine tends to a number below 1",
    point={"sample": "the rows (0, h), (1, h) of Z5", "group": "Z5"})
_WHOLE_TABLE = _preserved([(0, 0), (0, 1), (1, 0), (1, 1)], (0, 3), 2)

_ON_TABLE = FORM + FIXED + (
    "All n = M² rows (e_g, e_h); σ is not affine (an affine σ has Sig = G_F = 0); k(r) = "
    "Eσ(wᵀx)σ(wᵀx') at correlation r. "
)
_COS = "$\\cos(G_F(\\infty),\\mathrm{Sig})\\to1$ as "
_HALF, _HALF_WRONG = _other_constant((1, -1, 0), 6)
_ZERO, _ZERO_WRONG = _other_constant((1, 0, -1), 8)


def _group_value(key: str, tex: str, check: Check, *wrong: Mutant) -> Claim:
    return wide_claim(
        f"li2.cand.wide-groups.{key}", f"The wide limit on groups, c1 = {tex}", "Stage I",
        f"Full group data: $G_F(\\infty)\\sim\\eta/(Kc_1+\\eta)^2\\cdot\\mathrm{{Sig}}$, "
        f"$c_1={tex}$.", "a group and an activation with another limit", check, *wrong,
        domain=TABLES, reading=_ON_TABLE + "~: up to a relative error that tends to 0. ",
    )


CLAIMS: list[Claim] = [
    _group_value("zero", "k(1)-k(0)", _ZERO, _ZERO_WRONG),
    _group_value("half", "k(1)-k(1/2)", _HALF, _HALF_WRONG),
    _group_value("second-difference", "k(1)-2k(1/2)+k(0)", _TABLE_CHECK, *_TABLE_WRONG),
    wide_claim(
        "li2.cand.alignment.small-decay", "Alignment as η → 0", "Stage I", _COS + "$\\eta\\to0$.",
        "features with Sig ≠ 0 and another limit", _SMALL,
        Mutant.of(_SMALL, "x = (η + 2)q − 2f", parts=_vanishing(2)), domain=FEATURES,
        reading=READING + "Fc and Yc are fixed, Sig ≠ 0. With two samples the cosine is 1. ",
    ),
    wide_claim(
        "li2.cand.alignment.large-decay", "Alignment as η → ∞", "Stage I",
        _COS + "$\\eta\\to\\infty$.", "features with Sig ≠ 0 and another limit", _LARGE,
        Mutant.of(_LARGE, "2AΘ", goal=_large_decay(2).arguments["goal"]), domain=FEATURES,
        reading=READING + "Fc and Yc are fixed, Sig ≠ 0. ",
    ),
    wide_claim(
        "li2.cand.alignment.wide-full", "Alignment of wide layers on full data", "Stage I",
        _COS + "$K\\to\\infty$ on full data.", "a group and an activation with another limit",
        _TABLE_CHECK, *_TABLE_WRONG, domain=TABLES, reading=_ON_TABLE,
    ),
    wide_claim(
        "li2.cand.alignment.wide-part", "Alignment of wide layers on 40 % of the data", "Stage I",
        _COS + "$K\\to\\infty$ on 40 %.", "a group, a sample and an activation with another limit",
        _PART, *mutants(_PART, the_whole_table=_WHOLE_TABLE), domain=PARTS,
        reading=FORM + FIXED + "Every sample of .4M² rows; the least M for which this is an "
        "integer is 5. The limit is 1 only if the centred kernel maps the span of the labels into "
        "itself. ",
    ),
]
