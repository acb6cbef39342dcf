"""How many neurons: the construction, what is called necessary, and growth in k."""

from __future__ import annotations

from typing import Any

from constructions.designs import Design, ladder, nine, quarter, short_ladder
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    P,
    cyclic_network,
    paper,
    uniform_weights,
)
from verify.claims.fourier_circuits.optimal import (
    HALVES,
    LADDER_WIDTH,
    ODD_MODULI,
    PRINTED_WIDTH,
    QUARTERS,
    THIRDS,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least, odd
from verify.formula import rational
from verify.methods.families import family_excludes, width_family
from verify.methods.margins import WIDTH, family
from verify.methods.optima import optimum_counterexample
from verify.methods.widths import width_needed_at

_DOMAIN = Domain.of(k=at_least(2), p=Primes(3))
_LARGE = Domain.of(k=at_least(2), p=Whole("moduli, odd and with all prime factors above k"))
_NARROW = "a narrower network that attains γ*"


def _quarter(*, k: int, p: int) -> Any:
    return cyclic_network(quarter)(k=k, p=p)


def _narrower(design: Design, *, p: int) -> Check:
    """A max-margin network with fewer neurons than printed, optimal by a certified bound."""
    k = design.inputs
    printed, found = 2 ** (2 * k - 2) * (p - 1), design.size * (p - 1) // 2
    return Check(
        name="a narrower network",
        procedure=optimum_counterexample,
        arguments={
            "network": lambda: cyclic_network(lambda _: design)(k=k, p=p),
            "violation": WIDTH < PRINTED_WIDTH,
            "value": GAMMA,
            "weights": uniform_weights,
            "point": {"k": k, "p": p},
            "description": (
                f"k={k}, p={p}: the design “{design.name}” attains γ* with {found} neurons, the "
                f"statement needs {printed}"
            ),
        },
    )


def _narrower_mutants(check: Check) -> tuple[Mutant, ...]:
    point = check.arguments["point"]
    return (
        Mutant.of(check, "the paper's own network", network=lambda: _quarter(**point)),
        Mutant.of(check, "a value that it misses", value=GAMMA * rational(101, 100)),
        Mutant.of(check, "fewer than a quarter of it", violation=4 * WIDTH < PRINTED_WIDTH),
    )


_EXISTENCE = odd_family(
    "the printed network", conclusions=("value", "width", "form"), width=PRINTED_WIDTH
)
_EXISTENCE_K3 = odd_family(
    "the printed network",
    conclusions=("value", "width", "form"),
    width=16 * (P - 1),
    inputs=3,
    scope=Domain.of(k=Finite([3]), p=odd(3)),
)
_SLACK = Check(
    name="the ladder for every k",
    procedure=family,
    arguments={
        "groups": "odd-cyclic",
        "inputs": "all",
        "design": "ladder",
        "factor": None,
        "value": GAMMA_VALUE,
        "conclusions": ("value", "width"),
        "width": LADDER_WIDTH,
        "scope": ODD_MODULI,
    },
)
_GROWTH = Check(
    name="the ladder for every k",
    procedure=family_excludes,
    arguments={
        "groups": "odd-cyclic",
        "inputs": "all",
        "design": "ladder",
        "factor": None,
        "value": GAMMA_VALUE,
        "conclusions": ("value", "width"),
        "width": LADDER_WIDTH,
        "rate": rational(2) ** (2 * K),
        "scope": _DOMAIN,
        "values": {"width": "(k+1)·2^(k−2)·(p−1)"},
        "description": (
            "for every k and odd p the ladder design attains γ* with (k+1)·2^(k−2)·(p−1) neurons, "
            "fewer than any fixed multiple of 2^(2k) once k is large"
        ),
    },
)
_CLIQUE = Check(
    name="pairwise orthogonal modes",
    procedure=width_family,
    arguments={"size": rational(2) ** (K - 1), "scope": _LARGE},
)
_CLIQUE_MUTANTS = (
    Mutant.of(_CLIQUE, "2^k neurons per frequency", size=rational(2) ** K),
    Mutant.of(_CLIQUE, "4^(k−1) neurons per frequency", size=rational(4) ** (K - 1)),
)
_FOUR_TO_K = rational(4) ** K
_BEYOND = Check(
    name="beyond k = p",
    procedure=width_needed_at,
    arguments={
        "size": rational(2) ** (K - 1),
        "points": ({"k": 4, "p": 3}, {"k": 5, "p": 3}, {"k": 5, "p": 5}),
    },
)
_EXPONENTIAL = (
    "By Theorem 4.1 the max-margin solution of k-input modular addition needs "
    "$\\Omega(\\exp(k))$ neurons."
)
_NEED = (
    "Theorem 4.1 says how many neurons suffice, so nothing about need follows from it; the claim "
    "is the need itself, non-zero neurons being counted. "
)

# k rungs in place of k + 1: the mode (−1, −1) does not vanish.
_SHORT_LADDER: dict[str, Any] = {
    "design": short_ladder(2).json(),
    "inputs": 2,
    "width": short_ladder(2).size * (P - 1) / 2,
    "scope": Domain.of(k=Finite([2]), p=odd(3)),
}

_CONSIST = (
    "The max-margin solution “will consist of” $2^{2k-1}\\cdot\\frac{p-1}{2}$ neurons of "
    "$\\Omega'^*$ that simulate the $\\frac{p-1}{2}$ computations "
    "$\\cos_\\zeta(a_1+\\dots+a_k-c)$, one per frequency."
)
_CONSIST_K3 = (
    "For $k = 3$ the max-margin solution “will consist of” $16(p-1)$ neurons of $\\Omega'^*$ that "
    "simulate the $\\frac{p-1}{2}$ computations $\\cos_\\zeta(a_1+a_2+a_3-c)$."
)
_EXISTS = (
    "Read as existence: some max-margin network has exactly this many neurons, each of FORM and "
    "of the optimal amplitude up to a common factor, and those of frequency ζ sum to a positive "
    "multiple of cos_ζ(a_1+…+a_k−c). The network has quarter-turn phases modulo the common half "
    "turn."
)
_NECESSARY = "Read as necessity: every max-margin network has at least this many non-zero neurons."


def _construction(
    prefix: str, source: str, statement: str, domain: Domain, existence: Check, necessity: Check
) -> list[Claim]:
    """The construction read as existence and as necessity."""
    return [
        Claim(
            id=f"{prefix}.existence",
            title="The printed network exists",
            source=paper(source),
            printed_kind="op",
            statement=statement,
            reading=_EXISTS,
            hypotheses=("uniform class weighting",),
            domain=domain,
            falsified_by="no network of this width and shape attains γ*",
            checks=(existence,),
            mutants=(
                Mutant.of(existence, "half as many neurons", width=PRINTED_WIDTH / 2),
                Mutant.of(existence, "thirds in place of quarters", factor=THIRDS),
                Mutant.of(existence, "half turns in place of quarters", factor=HALVES),
            ),
        ),
        Claim(
            id=f"{prefix}.necessity",
            title="Every max-margin network is as wide as the printed one",
            source=paper(source),
            printed_kind="op",
            statement=statement,
            reading=_NECESSARY,
            hypotheses=("uniform class weighting",),
            domain=domain,
            falsified_by=_NARROW,
            corrected_by="fc.bound-slack",
            checks=(necessity,),
            mutants=_narrower_mutants(necessity),
        ),
    ]


_AT_TWO, _AT_THREE = _narrower(ladder(2), p=3), _narrower(nine(), p=3)

CLAIMS = [
    *_construction(
        "fc.construction", "Lemma 4.3, Appendix G.3", _CONSIST, _DOMAIN, _EXISTENCE, _AT_TWO
    ),
    *_construction(
        "fc.construction-k3",
        "Appendix G.2",
        _CONSIST_K3,
        Domain.of(k=Finite([3]), p=Primes(3)),
        _EXISTENCE_K3,
        _AT_THREE,
    ),
    Claim(
        id="fc.necessary-count",
        title="The number of neurons is necessary",
        source=paper("p. 4"),
        printed_kind="op",
        statement=(
            "$m = 2^{2k-1}\\frac{p-1}{2}$ is “the necessary number of neurons” for the maximum "
            "margin."
        ),
        domain=_DOMAIN,
        reading=(
            "No network with fewer neurons attains γ*, for any prime p > 2 and k ≥ 2. Refuted by "
            "one narrower network that attains γ* exactly."
        ),
        falsified_by=_NARROW,
        corrected_by="fc.bound-slack",
        checks=(_AT_TWO,),
        mutants=_narrower_mutants(_AT_TWO),
    ),
    Claim(
        id="fc.need-exponential.fixed-modulus",
        title="The max-margin solution needs exponentially many neurons, p fixed",
        source=paper("§6"),
        printed_kind="in",
        statement=_EXPONENTIAL,
        domain=_DOMAIN,
        reading=_NEED + "Read with p fixed and k → ∞, as fc.omega-4k is: for every odd prime p "
        "there are b > 1 and c > 0 such that every max-margin network has at least c·b^k neurons. "
        "The bound 2^{k−1} per frequency of the other reading is tried beyond k = p, where modes "
        "coincide modulo p and its proof ends; it reaches finitely many k for each p, so it says "
        "nothing of this growth.",
        falsified_by="an odd prime p whose max-margin networks can grow more slowly",
        checks=(_BEYOND,),
        mutants=(
            Mutant.of(_BEYOND, "4^k neurons per frequency, more than are enough", size=_FOUR_TO_K),
        ),
    ),
    Claim(
        id="fc.need-exponential.large-modulus",
        title="The max-margin solution needs exponentially many neurons, p > k",
        source=paper("§6"),
        printed_kind="in",
        statement=_EXPONENTIAL,
        domain=_LARGE,
        reading=_NEED + "Read with a modulus that grows with k: p odd, all its prime factors above "
        "k (a prime p > k). Ω is made explicit: every max-margin network has at least 2^{k−1} "
        "neurons at each of its (p−1)/2 frequencies. For a fixed p these are finitely many k, so "
        "fc.need-exponential.fixed-modulus does not follow.",
        falsified_by="a narrower max-margin network with p > k",
        checks=(_CLIQUE,),
        mutants=_CLIQUE_MUTANTS,
    ),
    Claim(
        id="fc.omega-4k",
        title="The max-margin solution needs of the order of 2^{2k} neurons",
        source=paper("§5"),
        printed_kind="in",
        statement="Theorem 4.1 asks for $\\Omega(2^{2k})$ neurons.",
        domain=_DOMAIN,
        reading=(
            "For p fixed and k → ∞ there is c > 0 such that for all large k every max-margin "
            "network has at least c·2^{2k} neurons: fc.need-exponential.fixed-modulus with the "
            "base b = 4. The ladder refutes it for every odd p; as its width is a function of k "
            "times p−1, also per frequency with p > k growing, as in "
            "fc.need-exponential.large-modulus. Growth with a smaller base is not touched: "
            "(k+1)·2^{k−1} per frequency are enough for every odd p, and 2^{k−1} are needed where "
            "p > k. As a remark on the hypothesis m ≥ 2^{2k−1}(p−1)/2 of the "
            "theorem it would hold by inspection."
        ),
        falsified_by="max-margin networks of width o(2^{2k})",
        corrected_by="fc.bound-slack",
        checks=(_GROWTH,),
        mutants=(
            Mutant.of(
                _GROWTH,
                "the paper's own network",
                design=None,
                factor=QUARTERS,
                width=PRINTED_WIDTH,
            ),
            Mutant.of(_GROWTH, "growth like 2^k", rate=rational(2) ** K),
            Mutant.of(_GROWTH, "a ladder with two rungs at k = 2", **_SHORT_LADDER, rate=None),
        ),
    ),
    Claim(
        id="fc.bound-slack",
        title="The bound on the width is not tight",
        source=paper("p. 10"),
        printed_kind="op",
        statement="The bound $m \\ge 2^{2k-1}\\frac{p-1}{2}$ “may not be the tightest”.",
        domain=_DOMAIN,
        reading=(
            "Read in the strong sense: for every k ≥ 2 and odd prime p a narrower network attains "
            "γ*. The ladder has (k+1)·2^{k−2}(p−1) neurons, fewer than 2^{2k−2}(p−1) because "
            "k+1 < 2^k for k ≥ 2."
        ),
        falsified_by="a proof that no narrower network attains γ*",
        corrects="fc.necessary-count",
        checks=(_SLACK,),
        mutants=(
            Mutant.of(_SLACK, "a ladder with two rungs at k = 2", **_SHORT_LADDER),
            Mutant.of(_SLACK, "half turns alone", design=None, factor=HALVES),
        ),
    ),
]
