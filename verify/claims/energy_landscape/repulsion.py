"""Interaction of learned features: mixing of columns, signs of B, repulsion."""

from __future__ import annotations

from verify.claims.energy_landscape.ridge import (
    ETA,
    INVERSE,
    POINT,
    claim,
    identity,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.formula import Formula, Term, all_of, equal, rational, total, var
from verify.methods.combine import conjunction, counterexample
from verify.methods.identities import formal_identity

_PAIRS = Domain.of(features=Whole("centred features with at least two columns and η > 0"))

# -- the entry b_jl --------------------------------------------------------------------------------

# F2 = [f_j, f_l], Fr the other columns, C = (FrᵀFr + η)⁻¹; columns j, l of B are B2 and Br
_ELIMINATION = identity(
    "elimination",
    [(ETA, "B2"), (1, "F2t F2 B2"), (-1, "F2t Fr C Frt F2 B2"), (-1, "I two")],
    [([(1, "I two")], 0, [(1, "I two")]), ([(-1, "F2t Fr C")], 1, [(1, "I two")]),
     ([(1, "F2t Fr")], 2, [(1, "Br")])],
    relations=[
        [(1, "F2t F2 B2"), (ETA, "B2"), (1, "F2t Fr Br"), (-1, "I two")],
        [(1, "Frt F2 B2"), (1, "Frt Fr Br"), (ETA, "Br")],
        [(1, "C Frt Fr"), (ETA, "C"), (-1, "I r")],
    ],
    matrices={"F2": "n two", "F2t": "two n", "Fr": "n r", "Frt": "r n", "C": "r r",
              "B2": "two two", "Br": "r two"},
    lemma="repulsion of columns", scope=_PAIRS,
)
_E, _A, _B, _G, _Z, _Y = (var(n) for n in ("eta", "a", "b", "g", "z", "y"))


def _entry(sign: int) -> Formula:
    """zΔ + sign·β is a combination of the two equations for column l of the 2 × 2 block."""
    delta = (_E + _A) * (_E + _G) - _B * _B
    first, second = (_E + _A) * _Z + _B * _Y, _B * _Z + (_E + _G) * _Y - 1
    return equal(_Z * delta + sign * _B, (_E + _G) * first - _B * second)


_CRAMER = Check(
    name="Cramer's rule", procedure=formal_identity,
    arguments={"formula": _entry(1), "scope": _PAIRS, "rests_on": ("repulsion of columns",),
               "formal": dict.fromkeys(("eta", "a", "b", "g", "z", "y"), "indeterminate")},
)
_ENTRY = Check(
    name="b_jl", procedure=conjunction,
    arguments={"parts": (_ELIMINATION, _CRAMER), "scope": _PAIRS,
               "rests_on": ("repulsion of columns",)},
)
_PLUS = Mutant.of(_ENTRY, "the other sign", parts=(
    _ELIMINATION, Mutant.of(_CRAMER, "", formula=_entry(-1)).check))
_NO_PROJECTION = Mutant.of(_ENTRY, "P = I", parts=(Mutant.of(
    _ELIMINATION, "", goal=[(ETA, "B2"), (1, "F2t F2 B2"), (-1, "I two")]).check, _CRAMER))

# -- P is no projection ----------------------------------------------------------------------------


def _idempotent(eta: int) -> Formula:
    """(P²)_11 = P_11 for P = I − f(fᵀf + η)⁻¹fᵀ, f = (1, −1)."""
    b = 1 / (rational(2) + eta)
    p11, p12 = 1 - b, b
    return equal(p11 * p11 + p12 * p12, p11)


_NOT_PROJECTION = Check(
    name="one other column", procedure=counterexample,
    arguments={"formula": _idempotent(1), "values": {},
               "point": {"features": "columns f_1, f_2, (1, −1)", "samples": 2, "columns": 3},
               "description": "n = 2, K = 3, the other column (1, −1), η = 1: P has the "
               "eigenvalue 1/3"},
)
_SQUARE = identity(
    "P − P²", [(1, "F C Ft"), (-1, "F C Ft F C Ft"), (-ETA, "F C C Ft")],
    [([(-1, "F C")], 0, [(1, "Ft")])],
    relations=[[(1, "Ft F C"), (ETA, "C"), (-1, "I K")]],
    matrices={"F": "n K", "Ft": "K n", "C": "K K"}, lemma="repulsion of columns", scope=_PAIRS,
)

# -- plain inner products --------------------------------------------------------------------------

# f_1 = 9e + d, f_2 = 9e − d, f_3 = 4e, e = (1, −1, 0), d = (1, 1, −2), η = 1: Gram matrix
_L12, _L11, _L13, _L33 = 9 * 9 * 2 - 6, 9 * 9 * 2 + 6, 9 * 4 * 2, 4 * 4 * 2


def _repelled(cosine: Term) -> Formula:
    """cos(f_1, f_2) > cosine, and b_12 > 0: −(Λ_12(Λ_33 + 1) − Λ_13Λ_23) > 0 with det > 0."""
    l11, l12, l13, l33 = (rational(x) for x in (_L11, _L12, _L13, _L33))
    cofactor = l12 * (l33 + 1) - l13 * l13
    det = ((l11 + 1) * ((l11 + 1) * (l33 + 1) - l13 * l13) - l12 * cofactor
           + l13 * (l12 * l13 - (l11 + 1) * l13))
    return (l12 > cosine * l11) & (det > 0) & (-cofactor > 0)


def _attracted(cosine: Term) -> Check:
    return Check(
        name="three columns", procedure=counterexample,
        arguments={
            "formula": ~_repelled(cosine), "values": {},
            "point": {"features": "9e + d, 9e − d, 4e", "samples": 3, "columns": 3},
            "description": "n = K = 3, η = 1, columns 9e + d, 9e − d, 4e with e = (1, −1, 0), "
            "d = (1, 1, −2): cos(f_1, f_2) = 13/14 and b_12 > 0",
        },
    )


def _over(cosine: Term) -> Mutant:
    return Mutant.of(_attracted(cosine), "cosine above 19/20", formula=~_repelled(rational(19, 20)))


_TWO = Domain.of(features=Whole("two centred features and η > 0"))
_SIGN_TWO = Check(
    name="Cramer's rule", procedure=formal_identity,
    arguments={**_CRAMER.arguments, "scope": _TWO},
)

# -- mixing ----------------------------------------------------------------------------------------


def _mixture(k: int, *, own: int = 1) -> Formula:
    """Σ_l f_l b_l1 = own·b_1 f_1 + Σ_{l≠1} b_l f_l, formally in the entries."""
    f, b = ([var(f"{x}{i}") for i in range(1, 7)] for x in "fb")
    left = total([x * y for x, y in zip(f[:k], b[:k], strict=True)])
    others = [y * x for x, y in zip(f[1:k], b[1:k], strict=True)]
    return equal(left, total([own * b[0] * f[0], *others]))


def _mixtures(own: int) -> Formula:
    return all_of(_mixture(k, own=own) for k in range(1, 7))


_WIDTHS = Domain.of(columns=Finite(range(1, 7)))
_MIX = Check(
    name="K = 1..6", procedure=formal_identity,
    arguments={"formula": _mixtures(1), "scope": _WIDTHS,
               "formal": {f"{x}{i}": "indeterminate" for x in "fb" for i in range(1, 7)}},
)
# F = f_j e_jᵀ + F_rP for the column f_j and the others, FB_j for the column b of B
_COLUMN = identity(
    "any number of columns", [(1, "F b"), (-1, "f et b"), (-1, "Fr P b")],
    [([(1, "I n")], 0, [(1, "b")])],
    relations=[[(1, "F"), (-1, "f et"), (-1, "Fr P")]],
    matrices={"F": "n K", "f": "n one", "et": "one K", "Fr": "n r", "P": "r K", "b": "K one"},
    scalars=(), lemma="repulsion of columns", scope=Domain.of(
        columns=Whole("numbers of columns")),
)
_COLUMN_TWICE = Mutant.of(_COLUMN, "2b_jj", goal=[(1, "F b"), (-2, "f et b"), (-1, "Fr P b")])


def _one_column(times: int) -> Formula:
    """The first entry of FcB against `times` that of b_11f_1: f_1 = (1, −1), η = 2."""
    f = (rational(1), rational(-1))
    b = 1 / (total([x * x for x in f]) + 2)
    return equal(f[0] * b, times * b * f[0])


_TWICE = Check(
    name="one column", procedure=counterexample,
    arguments={"formula": _one_column(2), "values": {},
               "point": {**POINT, "columns": 1},
               "description": "K = 1, Fc = (1, −1), η = 2: FcB = Fc/4, and the sum has it twice"},
)
_MIX_DOMAIN = Domain.of(columns=Whole("numbers of columns"))

_STAGE = "Theorem 6"
CLAIMS: list[Claim] = [
    claim(
        "li2.column-mixing", "Columns of FcB", "Theorem 6, (9)",
        "$[F_cB]_j=b_{jj}f_j+\\sum_{l=1}^Kb_{jl}f_l$.", "features, η and j with another column",
        _TWICE,
        Mutant.of(_TWICE, "l ≠ j", formula=_one_column(1)),
        domain=_MIX_DOMAIN, corrected_by="li2.column-mixing.corrected",
        reading="The sum includes l = j, as printed. ",
    ),
    claim(
        "li2.column-mixing.corrected", "Columns of FcB, each once", "Theorem 6, (9)",
        "$[F_cB]_j=b_{jj}f_j+\\sum_{l\\ne j}b_{jl}f_l$.", "features, η and j with another "
        "column", (_COLUMN, _MIX), _COLUMN_TWICE,
        Mutant.of(_MIX, "2b_jj", formula=_mixtures(2)),
        domain=_MIX_DOMAIN, corrects="li2.column-mixing",
        reading="The definition of a product, B symmetric; written out for K ≤ 6. ",
    ),
    claim(
        "li2.cand.mixing.distinct", "Columns of FcB with l ≠ j", "Stage III",
        "(9) holds with $l\\ne j$.", "features, η and j with another column", (_COLUMN, _MIX),
        _COLUMN_TWICE, Mutant.of(_MIX, "2b_jj", formula=_mixtures(2)), domain=_MIX_DOMAIN,
        reading="The definition of a product, B symmetric; written out for K ≤ 6. ",
    ),
    claim(
        "li2.cand.mixing.double", "Columns of FcB with 2b_jj", "Stage III",
        "(9) holds with $l\\ne j$ and $2b_{jj}$.", "features, η and j with another column", _TWICE,
        Mutant.of(_TWICE, "b_jj", formula=_one_column(1)),
        domain=_MIX_DOMAIN,
    ),
    claim(
        "li2.repulsion-sign.sign", "The sign of b_jl", _STAGE,
        "$\\mathrm{sign}\\,b_{jl}=-\\mathrm{sign}(f_j^\\top P_{-jl}f_l)$.",
        "features, η and j ≠ l with another sign", _ENTRY, _PLUS, _NO_PROJECTION,
        domain=_PAIRS, kind="id",
    ),
    claim(
        "li2.cand.sign-rate", "The sign of b_jl in trained networks", "Depth, trained",
        "`li2.repulsion-sign` holds on all pairs.", "features, η and j ≠ l with another sign",
        _ENTRY, _PLUS, _NO_PROJECTION, domain=_PAIRS,
        reading="sign b_jl = −sign(f_jᵀP_{−jl}f_l) for the features of any network, trained or "
        "not, η > 0: an identity, to which training adds nothing. ",
    ),
    claim(
        "li2.repulsion-sign.projection", "P_{-jl} is a projection", _STAGE,
        "$P_{-jl}$ is a projection matrix.", "features and η with P² ≠ P", _NOT_PROJECTION,
        Mutant.of(_NOT_PROJECTION, "η = 0", formula=_idempotent(0)),
        domain=_PAIRS, corrected_by="li2.repulsion-sign.projection.corrected",
        reading="P_{-jl} is P_η = I − F(FᵀF + ηI)⁻¹Fᵀ of the other columns, η > 0; for K = 2 it "
        "is I. ",
    ),
    claim(
        "li2.repulsion-sign.projection.corrected", "P_{-jl} is a contraction", _STAGE,
        "$P_{-jl}-P_{-jl}^2=\\eta FC^2F^\\top\\succeq0$, $C=(F^\\top F+\\eta I)^{-1}$ of the "
        "other columns: $0\\preceq P_{-jl}\\preceq I$, a projection only if these columns vanish.",
        "features and η with another difference", _SQUARE,
        Mutant.of(_SQUARE, "without η", goal=[
            (1, "F C Ft"), (-1, "F C Ft F C Ft"), (-1, "F C C Ft")]),
        domain=_PAIRS, corrects="li2.repulsion-sign.projection",
    ),
    claim(
        "li2.repulsion-entry", "The entry b_jl", "B.1",
        "$b_{jl}=-\\beta/((\\eta+\\alpha)(\\eta+\\gamma)-\\beta^2)$, $\\alpha=f_j^\\top Pf_j$, "
        "$\\gamma=f_l^\\top Pf_l$, $\\beta=f_j^\\top Pf_l$, $P=P_{-jl}$.",
        "features, η and j ≠ l with another entry", _ENTRY, _PLUS, _NO_PROJECTION, domain=_PAIRS,
    ),
    claim(
        "li2.repulsion", "Similar features repel", "remark on Theorem 6",
        "$f_j$, $f_l$ similar $\\Rightarrow b_{jl}<0$, and vice versa.",
        "features with f_jᵀf_l and b_jl of one sign", _attracted(rational(0)), _over(rational(0)),
        kind="in", domain=_PAIRS, corrected_by="li2.repulsion.corrected",
        reading="Similar: f_jᵀf_l > 0. It holds for two columns, and for two samples. ",
    ),
    claim(
        "li2.repulsion.corrected", "Features that are similar beyond the others repel",
        "remark on Theorem 6",
        "$b_{jl}<0$ iff $f_j^\\top P_{-jl}f_l>0$, and $b_{jl}>0$ iff $f_j^\\top P_{-jl}f_l<0$.",
        "features with b_jl and f_jᵀP_{-jl}f_l of one sign", _ENTRY, _PLUS, _NO_PROJECTION,
        kind="in", domain=_PAIRS, corrects="li2.repulsion",
    ),
    claim(
        "li2.cand.sign-full", "The sign of b_jl by the whole P_η", "Stage III",
        "$\\mathrm{sign}\\,b_{jl}=-\\mathrm{sign}(f_j^\\top P_\\eta f_l)$, $j\\ne l$.",
        "features, η and j ≠ l with another sign", INVERSE,
        Mutant.of(INVERSE, "B without η²", goal=[(1, "B"), (-ETA, "I K"), (1, "Ft F"),
                                                 (-1, "Ft F B Ft F")]),
        reading="η²B = ηI − FcᵀP_ηFc, off the diagonal. ",
    ),
    claim(
        "li2.cand.sign-plain.two", "The sign of b_jl by inner products, two columns", "Stage III",
        "$K=2$: $\\mathrm{sign}\\,b_{jl}=-\\mathrm{sign}(f_j^\\top f_l)$.",
        "two features and η with another sign", _SIGN_TWO,
        Mutant.of(_SIGN_TWO, "the other sign", formula=_entry(-1)), domain=_TWO,
        reading="P = I: α = |f_j|², γ = |f_l|², β = f_jᵀf_l. ",
    ),
    claim(
        "li2.cand.sign-plain.all", "The sign of b_jl by inner products", "Stage III",
        "All $K$: $\\mathrm{sign}\\,b_{jl}=-\\mathrm{sign}(f_j^\\top f_l)$.",
        "features and η with another sign", _attracted(rational(0)), _over(rational(0)),
        domain=_PAIRS,
    ),
]
for _name, _value in (("half", "1/2"), ("three-quarters", "3/4"), ("nine-tenths", "9/10")):
    _cosine = rational(*map(int, _value.split("/")))
    CLAIMS.append(claim(
        f"li2.cand.cosine.{_name}", f"Features of cosine above {_value} repel", "Stage III",
        f"$\\cos(f_j,f_l)>{_value}\\Rightarrow b_{{jl}}<0$.",
        "features and η with such a cosine and b_jl ≥ 0", _attracted(_cosine), _over(_cosine),
        domain=_PAIRS,
    ))
