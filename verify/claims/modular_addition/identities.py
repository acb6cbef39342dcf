"""Sums of cosines over frequencies and inputs, the real Fourier series, and the ghost split."""

from __future__ import annotations

from verify.claims.modular_addition.common import he
from verify.claims.modular_addition.terms import (
    HALF,
    ORDER,
    D,
    J,
    P,
    Q,
    S,
    X,
    Y,
    characters_step,
    conjugates_step,
    formally,
    half_of,
    proved,
    split_step,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cis,
    cos,
    equal,
    forall_range,
    iverson,
    mod,
    rational,
    total,
    var,
)
from verify.methods.convolutions import Sum, at, convolution_identity
from verify.methods.identities import exact_statement
from verify.methods.refutations import refuted_by

_K = (P - 1) / 2
_SMALL = tuple({"p": p} for p in (3, 5, 7, 9))

# -- Σ_k cos(kz/p) -------------------------------------------------------------------------------

_WAVES = Domain.of(p=odd(3), z=at_least(0))


def _frequency_sum(background: Term) -> Formula:
    z = var("z")
    left = total("k", 1, _K, lambda k: cos(k * z / P))
    hit = iverson(equal(mod(z, P), 0))
    return forall_range("z", 0, P - 1, lambda _: equal(left, P * hit / 2 - background))


def _small(name: str, formula: Formula) -> Check:
    return Check(
        name=name, procedure=exact_statement, arguments={"formula": formula, "points": _SMALL}
    )


_SUMMED = proved(
    "every odd modulus",
    (conjugates_step(_WAVES), characters_step(_WAVES)),
    _WAVES,
    "cosine sums",
)
_SUMMED_SMALL = _small("every z at small p", _frequency_sum(HALF))

# -- Σ_x cos(kx/p) cos(τx/p) ---------------------------------------------------------------------

_PAIRS = Domain.of(p=odd(3), pair=Whole("frequencies k, τ in 1..(p−1)/2"))


def _product_step(factor: Term) -> Check:
    waves = cos(S + D) + cos(S - D)
    return formally(
        "product of two cosines",
        equal(cos(S) * cos(D), factor * waves),
        _PAIRS,
        symbols={"s": "angle", "d": "angle"},
    )


def _orthogonal(height: Term) -> Formula:
    k, tau = var("k"), var("tau")
    left = total("x", 0, P - 1, lambda x: cos(k * x / P) * cos(tau * x / P))
    here = equal(left, height * iverson(equal(k, tau)))
    inner = forall_range("tau", 1, _K, lambda _: here)
    return forall_range("k", 1, _K, lambda _: inner)


_PRODUCTS = proved(
    "every odd modulus",
    (_product_step(HALF), conjugates_step(_PAIRS), characters_step(_PAIRS)),
    _PAIRS,
    "orthogonality of cosines",
)
_PRODUCTS_SMALL = _small("every k, τ at small p", _orthogonal(P / 2))

# -- the real Fourier series ---------------------------------------------------------------------

_VECTORS = Domain.of(p=odd(3), vector=Whole("real vectors of length p"))


def _inversion_step(height: Term) -> Check:
    """height·f(t) = Σ_a Σ_χ f(a) χ(t − a): true for the order n."""
    left = Sum(coefficient=height, over=(), body=at("f", t=1))
    right = Sum(coefficient=1, over=("a",), frequencies=({"t": 1, "a": -1},), body=at("f", a=1))
    return Check(
        name="Fourier inversion",
        procedure=convolution_identity,
        arguments={
            "functions": ["f"],
            "left": [left],
            "right": [right],
            "free": ["t"],
            "scope": _VECTORS,
        },
    )


_INVERTED = proved(
    "every odd modulus",
    (_inversion_step(ORDER), conjugates_step(_VECTORS)),
    _VECTORS,
    "real Fourier series",
)


def _transform_step(factor: Term) -> Check:
    """p = 3: Σ_j e(−j/3)(α⁰ + α cos(j/3 + φ)) = factor·α·e(φ): true for 3/2."""
    phi, mean, alpha = var("phi"), var("mean"), var("alpha")
    left = total(
        [cis(rational(-i, 3)) * (mean + alpha * cos(phi + rational(i, 3))) for i in range(3)]
    )
    return formally(
        "transform of one wave at p = 3",
        equal(left, factor * alpha * cis(phi)),
        _VECTORS,
        symbols={"phi": "angle", "mean": "indeterminate", "alpha": "indeterminate"},
    )


_NO_WAVE = Check(
    name="the zero vector",
    procedure=refuted_by,
    arguments={
        "parts": (_transform_step(rational(3, 2)),),
        "point": {"p": 3, "vector": "0"},
        "description": (
            "p=3, the zero vector: the transform of α⁰ + α cos(j/3 + φ) at frequency 1 is "
            "(3/2)α e^{iφ}, so α = 0, and no magnitude α > 0 serves"
        ),
        "rests_on": ("real Fourier series",),
    },
)

_SPLIT_SCOPE = Domain.of(p=at_least(1), inputs=Whole("frequencies, inputs and labels"))
_SPLIT = split_step(_SPLIT_SCOPE)

CLAIMS = [
    Claim(
        id="he.fourier-identity",
        title="The cosines of all frequencies add up to an indicator",
        source=he("blog §3.2"),
        printed_kind="id",
        statement="$\\sum_{k=1}^K C_k(z)=\\frac p2 1(z\\equiv0)-\\frac12$, $K=\\frac{p-1}2$.",
        domain=_WAVES,
        reading="Every odd p ≥ 3, prime or not; z is any representative of a class modulo p.",
        falsified_by="p and z with another value",
        checks=(_SUMMED, _SUMMED_SMALL),
        mutants=(
            Mutant.of(
                _SUMMED,
                "height p − 1",
                parts=(
                    conjugates_step(_WAVES),
                    characters_step(_WAVES, height=ORDER - 1),
                ),
            ),
            Mutant.of(
                _SUMMED,
                "a cosine is the sum of its characters",
                parts=(conjugates_step(_WAVES, multiple=1), characters_step(_WAVES)),
            ),
            Mutant.of(_SUMMED_SMALL, "background 0", formula=_frequency_sum(rational(0))),
        ),
    ),
    Claim(
        id="he.orthogonality",
        title="Cosines of different frequencies are orthogonal",
        source=he("blog §4.2, app tab 7"),
        printed_kind="id",
        statement=(
            "$\\sum_{x\\in Z_p}C_k(x)C_\\tau(x)=\\frac p2\\delta_{k\\tau}$ for $k,\\tau\\le K$."
        ),
        domain=_PAIRS,
        reading="Every odd p ≥ 3, prime or not; 1 ≤ k, τ ≤ K = (p−1)/2.",
        falsified_by="p, k, τ with another sum",
        checks=(_PRODUCTS, _PRODUCTS_SMALL),
        mutants=(
            Mutant.of(
                _PRODUCTS,
                "without the factor ½",
                parts=(
                    _product_step(rational(1)),
                    conjugates_step(_PAIRS),
                    characters_step(_PAIRS),
                ),
            ),
            Mutant.of(_PRODUCTS_SMALL, "height p", formula=_orthogonal(P)),
        ),
    ),
    Claim(
        id="he.dft-exact",
        title="Every parameter vector is a sum of waves of positive magnitude",
        source=he("blog §4.1"),
        printed_kind="id",
        statement=(
            "Any parameter vector is $\\theta[j]=\\alpha^0+\\sum_{k\\le K}\\alpha^k"
            "\\cos(\\omega_k j+\\varphi^k)$ with magnitudes $>0$ and phases in $[-\\pi,\\pi)$."
        ),
        domain=_VECTORS,
        reading=(
            "Every odd p; the sign of α⁰ is free, the magnitudes α^k, k ≥ 1, are positive as in "
            "the conventions print; “≥ 0” is the obvious meaning, and true: "
            "he.dft-exact.corrected. A vector without some frequency has none with "
            "positive ones."
        ),
        falsified_by="p and a vector without such a decomposition",
        corrected_by="he.dft-exact.corrected",
        checks=(_NO_WAVE,),
        mutants=(
            Mutant.of(_NO_WAVE, "a wave without transform", parts=(_transform_step(rational(0)),)),
        ),
    ),
    Claim(
        id="he.dft-exact.corrected",
        title="Every parameter vector is a sum of waves of non-negative magnitude",
        source=he("blog §4.1, corrected"),
        printed_kind="id",
        statement=(
            "Any parameter vector is $\\theta[j]=\\alpha^0+\\sum_{k\\le "
            "K}\\alpha^k\\cos(\\omega_k j+\\varphi^k)$ with magnitudes $\\alpha^k\\ge0$ and "
            "phases in $[-\\pi,\\pi)$; $\\alpha^0$, the $\\alpha^k$ and the phases of positive "
            "magnitudes are unique."
        ),
        domain=_VECTORS,
        reading="Every odd p ≥ 3. (Even p also need the frequency p/2.)",
        falsified_by="p and a vector without such a decomposition, or with two",
        corrects="he.dft-exact",
        checks=(_INVERTED,),
        mutants=(
            Mutant.of(
                _INVERTED,
                "without the constant",
                parts=(_inversion_step(ORDER - 1), conjugates_step(_VECTORS)),
            ),
            Mutant.of(
                _INVERTED,
                "a cosine is the sum of its characters",
                parts=(_inversion_step(ORDER), conjugates_step(_VECTORS, multiple=1)),
            ),
        ),
    ),
    Claim(
        id="he.ghost-split",
        title="The prefactor splits the vote into a label and two ghosts",
        source=he("blog §3.2"),
        printed_kind="id",
        statement=("$Q_kC_k(x+y-j)=\\frac12C_k(x+y-j)+\\frac14C_k(2x-j)+\\frac14C_k(2y-j)$."),
        domain=_SPLIT_SCOPE,
        reading="All angles, hence every p, even or odd, every k and all x, y, j.",
        falsified_by="angles at which the sides differ",
        checks=(_SPLIT,),
        mutants=(
            Mutant.of(
                _SPLIT,
                "ghosts of ½",
                formula=split_step(_SPLIT_SCOPE, ghost=HALF).arguments["formula"],
            ),
            Mutant.of(
                _SPLIT,
                "ghosts at x and y",
                formula=equal(
                    Q * cos(2 * S - J),
                    HALF * cos(2 * S - J) + half_of(HALF) * (cos(X - J) + cos(Y - J)),
                ),
            ),
        ),
    ),
]
