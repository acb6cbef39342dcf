"""Which phase sums an activation needs, so that no logit depends on the phases."""

from __future__ import annotations

from math import comb

from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    HALF,
    PHI,
    D,
    J,
    N,
    S,
    formally,
    neuron,
    proved,
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
    implies,
    mod,
    rational,
    total,
    var,
)
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

_GROUPS = Domain.of(
    p=at_least(2), network=Whole("aligned groups of common α, β, with inputs and labels")
)
_DISTRIBUTIONS = Domain.of(
    p=at_least(2), network=Whole("phase distributions at common α, β, with inputs and labels")
)
_LEMMA = "phase sums of an activation"
_READING = (
    "Aligned neurons of common α and β at each frequency (or sums weighted with α^dβ for degree "
    "d). All phase dependence is lost: every logit is that of the phase-free terms alone. "
    "Sufficiency is claimed. "
)

# -- powers --------------------------------------------------------------------------------------


def _power_step(degree: int, orders: tuple[int, ...], scope: Domain) -> Check:
    """A neuron of σ(u) = u^degree is (2α cos d)^degree β Σ_n b_n cos(ns + j + (n+2)φ), b_n the
    coefficient of e(nt) in cos^degree t; only the n with |n+2| in `orders` or 0 are written.
    """
    waves = [
        rational(comb(degree, (degree - n) // 2), 2**degree) * cos(n * S + J + (n + 2) * PHI)
        for n in range(-degree, degree + 1, 2)
        if abs(n + 2) in (0, *orders)
    ]
    right = (2 * ALPHA * cos(D)) ** degree * BETA * total(waves)
    return formally(f"waves of u^{degree}", equal(neuron(degree=degree), right), scope)


def _power_check(
    degree: int, orders: tuple[int, ...], scope: Domain
) -> tuple[Check, tuple[Mutant, ...]]:
    check = proved("every group", (_power_step(degree, orders, scope),), scope, _LEMMA)
    mutants = tuple(
        Mutant.of(
            check,
            f"without ι = {left_out}",
            parts=(_power_step(degree, tuple(i for i in orders if i != left_out), scope),),
        )
        for left_out in orders
    )
    return check, mutants


def _power_claim(degree: int, orders: tuple[int, ...]) -> Claim:
    check, mutants = _power_check(degree, orders, _GROUPS)
    listed = ", ".join(map(str, orders))
    return Claim(
        id=f"he.cand.harmonics.u{degree}",
        title=f"Phase sums that u^{degree} needs",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            f"$\\sigma=u^{degree}$: logits lose all phase dependence when "
            f"$\\sum e^{{i\\iota\\varphi}}=0$ for $\\iota\\in\\{{{listed}\\}}$."
        ),
        domain=_GROUPS,
        reading=_READING,
        falsified_by="a group that meets the conditions and whose logits depend on its phases",
        checks=(check,),
        mutants=mutants,
    )


# -- |u| and ReLU --------------------------------------------------------------------------------


def _wave_step(factor: Term) -> Check:
    """cos(a+nφ) cos(b+2φ) = factor·(cos(a+b+(n+2)φ) + cos(a−b+(n−2)φ)), nφ formal: ½."""
    a, b, turned = (var(name) for name in ("a", "b", "turned"))
    left = cos(a + turned) * cos(b + 2 * PHI)
    right = factor * (cos(a + b + turned + 2 * PHI) + cos(a - b + turned - 2 * PHI))
    return formally(
        "one Fourier term",
        equal(left, right),
        _DISTRIBUTIONS,
        symbols=dict.fromkeys(("a", "b", "turned", "phi"), "angle"),
    )


def _even_step(shift: int = 2) -> Check:
    """n + shift is even for even n: true for ±2."""
    n = var("n")
    return Check(
        name="orders of even terms",
        procedure=exact_statement,
        arguments={
            "formula": forall_range("n", 0, 40, lambda _: equal(mod(2 * n + shift, 2), 0)),
            "points": ({},),
        },
    )


def _series_claim(name: str, sigma: str, orders: str, *more: Check) -> Claim:
    parts = (_wave_step(HALF), _even_step(), *more)
    check = proved("every phase distribution", parts, _DISTRIBUTIONS, _LEMMA)
    return Claim(
        id=f"he.cand.harmonics.{name}",
        title=f"Phase sums that {sigma} needs",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            f"$\\sigma$ = {sigma}: logits lose all phase dependence when $\\sum "
            f"e^{{i\\iota\\varphi}}=0$ for {orders}."
        ),
        domain=_DISTRIBUTIONS,
        reading=_READING
        + "Infinitely many ι occur, and no finite group meets them all; Σ is read as the mean over "
        "a phase distribution, such as the uniform one.",
        falsified_by="phases that meet the conditions and whose logits depend on them",
        checks=(check,),
        mutants=(
            Mutant.of(check, "odd ι only", parts=(_wave_step(HALF), _even_step(1), *more)),
            Mutant.of(
                check,
                "a product of cosines without ½",
                parts=(_wave_step(rational(1)), _even_step(), *more),
            ),
        ),
    )


# -- the odd half of ReLU ------------------------------------------------------------------------

_ODD_HALF = Domain.of(
    p=odd(3), group=Whole("aligned groups of common α, β with Σ cos(ω_k j + φ_m) = 0 for all j")
)
_FIRST_AND_THIRD = Domain.of(
    p=at_least(2), group=Whole("aligned groups of common α, β with Σ e^{iφ} = Σ e^{3iφ} = 0")
)


def _odd_half_vanishes(*orders: int) -> Formula:
    """Σ e^{iιφ} = 0 for the orders implies Σ ξ[0](θ[0] + θ[0])/2 = 0: N equally spaced phases."""
    sums = [equal(total("m", 0, N - 1, lambda m, i=i: cis(i * m / N)), 0) for i in orders]
    # at x = y = j = 0 a neuron's odd half is cos(2φ)·(cos φ + cos φ)/2
    odd = total("m", 0, N - 1, lambda m: cos(2 * m / N) * cos(m / N))
    conclusion = equal(odd, 0)
    for premise in sums:
        conclusion = implies(premise, conclusion)
    return conclusion


_THREE_PHASES = Check(
    name="smallest group",
    procedure=first_failure,
    arguments={
        "formula": _odd_half_vanishes(1),
        "points": tuple({"N": count} for count in (1, 2, 3)),
        "fixed": {"p": 3, "group": "k=1, φ = 0, 1/3, 2/3 turns, α = β = 1", "x": 0, "y": 0, "j": 0},
        "description": (
            "φ = 0, 1/3, 2/3 turns, α = β = 1: Σ cos(ω_k j + φ) = 0 for all j, and the odd half "
            "contributes Σ cos(2φ) cos φ = 3/2 at x=y=j=0 (p = 3, k = 1)"
        ),
    },
)
_CANCELS, _CANCELS_MUTANTS = _power_check(1, (1, 3), _FIRST_AND_THIRD)

CLAIMS = [
    _power_claim(1, (1, 3)),
    _power_claim(2, (2, 4)),
    _power_claim(3, (1, 3, 5)),
    _power_claim(4, (2, 4, 6)),
    _series_claim("abs", "|u|", "even $\\iota\\ge2$"),
    _series_claim(
        "relu",
        "ReLU",
        "$\\iota\\in\\{1,3\\}$ and even $\\iota\\ge2$",
        _power_step(1, (1, 3), _DISTRIBUTIONS),
    ),
    Claim(
        id="he.relu-odd-cancels",
        title="The odd half of ReLU cancels in a group",
        source=he("Observation 4"),
        printed_kind="em",
        statement=(
            "$\\mathrm{ReLU}=(u+|u|)/2$; the odd half cancels in the group because "
            "$\\sum_m\\cos(\\omega_kj+\\varphi_m)\\approx0$."
        ),
        domain=_ODD_HALF,
        reading=(
            "≈ read as =, for all j; common α and β. The odd half is Σ_m ξ_m[j](θ_m[x]+θ_m[y])/2. "
            "It contains e^{3iφ_m} as well."
        ),
        falsified_by="phases with this sum 0 and a non-zero odd contribution",
        corrected_by="he.relu-odd-cancels.corrected",
        checks=(_THREE_PHASES,),
        mutants=(
            Mutant.of(_THREE_PHASES, "with ι = 3 they obey", formula=_odd_half_vanishes(1, 3)),
        ),
    ),
    Claim(
        id="he.relu-odd-cancels.corrected",
        title="The odd half of ReLU cancels when ι = 1 and ι = 3 do",
        source=he("Observation 4, corrected"),
        printed_kind="id",
        statement=(
            "$\\mathrm{ReLU}=(u+|u|)/2$; the odd half cancels in a group with "
            "$\\sum_me^{i\\varphi_m}=\\sum_me^{3i\\varphi_m}=0$."
        ),
        domain=_FIRST_AND_THIRD,
        reading="Aligned, common α and β (or sums weighted with αβ); every p and k.",
        falsified_by="such phases and a non-zero odd contribution",
        corrects="he.relu-odd-cancels",
        checks=(_CANCELS,),
        mutants=_CANCELS_MUTANTS,
    ),
]
