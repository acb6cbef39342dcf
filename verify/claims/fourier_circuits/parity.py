"""Sparse parity: the parent's Theorem 8, part by part, and candidates on its width."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import K, candidate, parent
from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.formula import Formula, Term, fact, half, rational, sqrt
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.parity import (
    correlation_identity,
    parity_family,
    pattern_spectrum_positive,
    polarisation_identity,
)

_DOMAIN = Domain.of(k=at_least(1), n=Whole("numbers of bits n ≥ k"))
_READING = (
    "Inputs x ∈ {±1}^n, all 2^n of them, S a k-subset of the bits, two labels, "
    "f(x) = Σ_i (u_i·x)^k w_i with u_i ∈ R^n and w_i ∈ R², f[±1] the logit of the label ±1 and "
    "b = (1, −1); ‖θ‖_{2,k+1} ≤ 1. Every k ≥ 1, n ≥ k and width m ≥ 2^{k−1}. "
)
_VALUE: Term = fact(K) * sqrt(2 * (K + 1) ** -(K + 1))
_BITS = range(1, 5)


def _family(name: str, *conclusions: str, width: Term | None = None) -> Check:
    return Check(
        name=name,
        procedure=parity_family,
        arguments={
            "value": _VALUE,
            "conclusions": conclusions,
            "scope": _DOMAIN,
            "factor": (1, -1),
            "width": width,
        },
    )


def _identity(name: str, identity: tuple[Formula, dict[str, str]], **point: int) -> Check:
    formula, formal = identity
    scope = Domain.of(**{key: Finite((value,)) for key, value in point.items()})
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={"formula": formula, "formal": formal, "scope": scope},
    )


def _instances(*, spoiled: bool = False) -> tuple[Check, ...]:
    """The correlation of one neuron with the parity, and polarisation, for small k."""
    checks = []
    for k in _BITS:
        checks.append(_identity(f"correlation {k}", correlation_identity(k, k + 1), k=k))
        checks.append(_identity(f"polarisation {k}", polarisation_identity(k), k=k))
    if spoiled:
        formula, formal = polarisation_identity(3)
        right = 2 * Term(formula.node["="][1])
        spoil = Formula({"=": [formula.node["="][0], right.node]})
        checks.append(_identity("polarisation spoiled", (spoil, formal), k=3))
    return tuple(checks)


_ALL = _family("every k", "value")
_SMALL = Check(
    name="both sides for small k",
    procedure=conjunction,
    arguments={
        "parts": _instances(),
        "scope": Domain.of(k=Finite(_BITS), n=Finite([k + 1 for k in _BITS])),
        "rests_on": ("parity optimum",),
    },
)


def _part(
    variant: str, conclusion: str, title: str, statement: str, falsified_by: str, reading: str = ""
) -> Claim:
    check = _family("equality analysis", "value", conclusion)
    return Claim(
        id=f"mor.parity.{variant}",
        title=title,
        source=parent("Theorem 8"),
        printed_kind="op",
        statement=statement,
        domain=_DOMAIN,
        reading=_READING + reading,
        falsified_by=falsified_by,
        checks=(check,),
        mutants=(
            Mutant.of(check, "signs that do not cancel", factor=(1, 1)),
            Mutant.of(check, "√2 left out of the value", value=_VALUE / sqrt(2)),
        ),
    )


_CANDIDATE = candidate("Groups, parity")


def _candidate(
    claim_id: str,
    title: str,
    statement: str,
    falsified_by: str,
    check: Check,
    mutant: Mutant,
    source: Source = _CANDIDATE,
) -> Claim:
    spectrum = Check(
        name="pattern spectrum for small k",
        procedure=conjunction,
        arguments={"parts": _spectra(0), "scope": Domain.of(k=Finite(range(1, 9)))},
    )
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind="candidate",
        statement=statement,
        domain=_DOMAIN,
        reading=_READING + "Zero neurons do not count; neurons that are positive multiples of "
        "each other, or of each other's negatives (u, w) → (−u, (−1)^k w), are one split neuron.",
        falsified_by=falsified_by,
        checks=(check, spectrum),
        mutants=(
            mutant,
            Mutant.of(spectrum, "sets of odd size as well", parts=_spectra(1)),
        ),
    )


def _spectra(first: int) -> tuple[Check, ...]:
    return tuple(
        Check(
            name=f"spectrum {k}",
            procedure=exact_statement,
            arguments={
                "formula": pattern_spectrum_positive(k, first=first),
                "points": ({"k": k},),
            },
        )
        for k in range(1, 9)
    )


_WIDTH = _family("every k", "value", "uniform-patterns", "width", width=2 ** (K - 1))
_UNIQUE = _family("every k", "value", "uniform-patterns")

CLAIMS = [
    Claim(
        id="mor.parity.value",
        title="The maximum margin of k-parity",
        source=parent("Theorem 8"),
        printed_kind="op",
        statement=(
            "For $m\\ge 2^{k-1}$ the maximum $L_{2,k+1}$ margin of $k$-parity is "
            "$\\gamma^*=k!\\sqrt{2(k+1)^{-(k+1)}}$."
        ),
        domain=_DOMAIN,
        reading=_READING,
        falsified_by="a network with a larger normalised margin, or a certified smaller bound",
        checks=(_ALL, _SMALL),
        mutants=(
            Mutant.of(_ALL, "√2 left out", value=_VALUE / sqrt(2)),
            Mutant.of(_ALL, "k+2 for k+1", value=fact(K) * sqrt(2) * (K + 2) ** -half(K + 1)),
            Mutant.of(_ALL, "one sign only", factor=(1,)),
            Mutant.of(_SMALL, "a height twice too large", parts=_instances(spoiled=True)),
        ),
    ),
    _part(
        "support",
        "support",
        "Neurons of a max-margin parity network live on the parity's bits",
        "In a max-margin network $u_i\\ne0$ implies $\\mathrm{spt}(u_i)=S$.",
        "a max-margin network with a neuron that uses another set of bits",
    ),
    _part(
        "output-span",
        "output-span",
        "Output weights of a max-margin parity network are multiples of (1, −1)",
        "In a max-margin network $u_i\\ne0$ implies $w_i\\in\\mathrm{span}(b)$, $b=[1,-1]$.",
        "a max-margin network with an output weight outside span(b)",
    ),
    _part(
        "balance",
        "balance",
        "All weights of a max-margin parity neuron have one size",
        "In a max-margin network $u_i\\ne0$ implies $|u_i[j]|=\\|w_i\\|$ for $j\\in S$.",
        "a max-margin network with a neuron of unequal weights",
        "‖w_i‖ is the Euclidean norm in R².",
    ),
    _part(
        "sign",
        "sign",
        "The signs of a max-margin parity neuron agree with its output",
        "In a max-margin network $(\\prod_{j\\in S}u_i[j])(w_i^\\top b)\\ge0$.",
        "a max-margin network with a neuron of negative correlation",
    ),
    _candidate(
        "fc.cand.parity-width",
        "2^{k−1} neurons are necessary and enough for parity",
        "The least width of a max-margin $k$-parity network is $2^{k-1}$.",
        "a narrower max-margin network, or a proof that 2^{k−1} neurons do not attain γ*",
        _WIDTH,
        Mutant.of(_WIDTH, "all sign patterns counted", width=rational(2) ** K),
    ),
    _candidate(
        "fc.cand.parity-unique",
        "The max-margin parity network is unique up to splitting",
        "The optimum uses all sign patterns modulo $\\pm$ with equal weight, up to splitting "
        "neurons.",
        "a max-margin network with another distribution of sign patterns",
        _UNIQUE,
        Mutant.of(_UNIQUE, "signs that do not cancel", factor=(1, 1)),
    ),
]
