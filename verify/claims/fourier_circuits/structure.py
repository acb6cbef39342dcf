"""Candidates on the structure of every max-margin network."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from constructions.designs import Design, heptagon, hexagon
from constructions.networks import Block, CosineNetwork, DenseNetwork
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    P,
    candidate,
    cyclic_network,
    mixed_network,
    uniform_weights,
)
from verify.claims.fourier_circuits.optimal import (
    EVEN_MODULI,
    HALVES,
    ODD_MODULI,
    even_family,
    odd_family,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, odd
from verify.formula import cis, equal, iverson, rational, total, var
from verify.methods.families import family_excludes
from verify.methods.margins import MARGIN
from verify.methods.optima import optimum_counterexample

_SOURCE = candidate("structure")
_READING = "k ≥ 2, odd p ≥ 3; every network of norm 1 and margin γ*, of any width. "

# -- the function -------------------------------------------------------------------------------

_FUNCTION = odd_family(
    "equality analysis", conclusions=("value", "all-points-tight", "unique-function")
)
_SHIFT = Check(
    name="the shift is forced",
    procedure=family_excludes,
    arguments={
        **_FUNCTION.arguments,
        "description": "for every k ≥ 2 and odd p every max-margin network has F(a) = −γ*/p",
        "values": {"F(a)": "−γ*/p for every a"},
    },
)
_TRANSFORM = {
    "transform": {
        "numerator": GAMMA_VALUE["numerator"] * P**K,
        "denominator": GAMMA_VALUE["denominator"],
    }
}
_DFT = odd_family(
    "Fourier coefficients", conclusions=("value", "unique-function"), derived=_TRANSFORM
)


def _family_mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(check, "half turns alone", factor=HALVES),
        Mutant.of(
            check,
            "another value",
            value={**GAMMA_VALUE, "numerator": GAMMA_VALUE["numerator"] * rational(2)},
        ),
    )


# -- shares, counts, norms ----------------------------------------------------------------------

_SHARE = odd_family(
    "share of a frequency",
    derived={"complex-share": {"numerator": rational(2), "denominator": [P - 1]}},
)


def _two_designs() -> CosineNetwork:
    """Six neurons at ζ = 1, seven at ζ = 2, each frequency equally strong."""
    return mixed_network(5, 2, {1: hexagon(), 2: heptagon()})


def _one_split(strength: Fraction = Fraction(1, 2)) -> CosineNetwork:
    """The hexagon network of Z_3 with one neuron split into two of the given strength.

    Six neurons of an optimal network have one norm: six orthogonal vectors (*clique bound*) in
    as many dimensions are a unitary matrix up to a factor.  So seven is the least width.
    """
    *kept, last = hexagon().phases
    blocks = (
        Block(((1,),), Design("five", tuple(kept))),
        Block(((1,),), Design("twice", (last, last)), strength),
    )
    return CosineNetwork(SumTask.modular(3, 2), blocks)


_COUNTS = Check(
    name="two designs in one network",
    procedure=optimum_counterexample,
    arguments={
        "network": _two_designs,
        "violation": var("count_min") < var("count_max"),
        "value": GAMMA,
        "weights": uniform_weights,
        "point": {"k": 2, "p": 5},
        "description": "k=2, p=5: a max-margin network has 6 neurons at ζ = 1 and 7 at ζ = 2",
    },
)
_NORMS = Check(
    name="one neuron split into two",
    procedure=optimum_counterexample,
    arguments={
        "network": _one_split,
        "violation": var("size_min") < var("size_max"),
        "value": GAMMA,
        "weights": uniform_weights,
        "point": {"k": 2, "p": 3},
        "description": (
            "k=2, p=3: a max-margin network has five neurons of one norm and two of a smaller one"
        ),
    },
)

# -- frequencies --------------------------------------------------------------------------------


def _differences(p: int) -> DenseNetwork:
    """k = 1: the neurons u = w = e_a − e_b for a < b.  Their sum is p·1[c = a] − 1."""
    rows = [[(x == a) - (x == b) for x in range(p)] for a, b in combinations(range(p), 2)]
    return DenseNetwork.exact(SumTask.modular(p, 1), [[r] for r in rows], rows)


def _coefficient(frequency: int):
    """Fourier coefficient of e_0 − e_1 in Z_p, the first neuron."""
    return total(
        "a",
        0,
        P - 1,
        lambda a: (iverson(equal(a, 0)) - iverson(equal(a, 1))) * cis(-(frequency * a) / P),
    )


_MIXED = {
    "kind": "statement",
    "points": [{"p": 5}],
    "formula": (~equal(_coefficient(1), 0) & ~equal(_coefficient(2), 0)).node,
    "holds": True,
}
_ONE_INPUT = Check(
    name="neurons that mix frequencies",
    procedure=optimum_counterexample,
    arguments={
        "network": lambda: _differences(5),
        "violation": MARGIN > 0,
        "value": GAMMA,
        "weights": uniform_weights,
        "point": {"k": 1, "p": 5},
        "extra": {"both-frequencies": _MIXED},
        "description": (
            "k=1, p=5: the neurons u = w = e_a − e_b, a < b, attain γ* = 1/8 and each contains "
            "both frequencies"
        ),
    },
)
_SINGLE_ODD = odd_family("equality analysis", conclusions=("value", "single-frequency"))
_SINGLE_EVEN = even_family("equality analysis", conclusions=("value", "single-frequency"))
_ONE_INPUT_MUTANT = {"inputs": 1, "scope": Domain.of(k=Finite([1]), p=odd(3))}
_SPARED = odd_family("equality analysis", conclusions=("value", "no-frequency-spared"))


def _single(variant: str, **parts: object) -> Claim:
    return Claim(
        id=f"fc.cand.single-frequency.{variant}",
        source=_SOURCE,
        printed_kind="candidate",
        falsified_by="a max-margin network with a neuron of two frequencies",
        **parts,
    )


CLAIMS = [
    Claim(
        id="fc.cand.unique-function",
        title="All max-margin networks compute one function",
        source=_SOURCE,
        printed_kind="candidate",
        statement="Every max-margin network has $f[c] = \\gamma^*(1[c=\\sum a]-1/p)$.",
        reading=_READING,
        domain=ODD_MODULI,
        corrects="fc.cand.unique-shift",
        falsified_by="a max-margin network with another function",
        checks=(_FUNCTION,),
        mutants=_family_mutants(_FUNCTION),
    ),
    Claim(
        id="fc.cand.unique-shift",
        title="The function is unique up to a shift F(a)",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "Every max-margin network has $f = \\gamma^* 1[c=\\sum a] + F(a)$, and a non-constant "
            "$F$ is possible."
        ),
        reading=_READING + "Possible: for some k, p a max-margin network has a non-constant F.",
        domain=ODD_MODULI,
        falsified_by="a proof that F is constant in every max-margin network",
        corrected_by="fc.cand.unique-function",
        checks=(_SHIFT,),
        mutants=_family_mutants(_SHIFT),
    ),
    Claim(
        id="fc.cand.share",
        title="Every frequency has the same share of the norm",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "In every max-margin network $\\sum\\|\\theta_i\\|^{k+1} = 2/(p-1)$ over the neurons "
            "of each frequency."
        ),
        reading=_READING,
        domain=ODD_MODULI,
        corrects="fc.cand.share-count",
        falsified_by="a max-margin network with another share",
        checks=(_SHARE,),
        mutants=(
            Mutant.of(
                _SHARE,
                "1/(p−1)",
                derived={"complex-share": {"numerator": rational(1), "denominator": [P - 1]}},
            ),
            *_family_mutants(_SHARE),
        ),
    ),
    Claim(
        id="fc.cand.share-count",
        title="Every frequency has the same number of neurons",
        source=_SOURCE,
        printed_kind="candidate",
        statement="In every max-margin network all frequencies have equally many neurons.",
        reading=_READING + "Non-zero neurons are counted. At p = 3 there is one frequency.",
        domain=ODD_MODULI,
        falsified_by="a max-margin network with different counts",
        corrected_by="fc.cand.share",
        checks=(_COUNTS,),
        mutants=(
            Mutant.of(
                _COUNTS,
                "one design at both frequencies",
                network=lambda: mixed_network(5, 2, {1: hexagon(), 2: hexagon()}),
            ),
            Mutant.of(
                _COUNTS,
                "equal gains instead of equal shares",
                network=lambda: CosineNetwork(
                    SumTask.modular(5, 2), (Block(((1,),), hexagon()), Block(((2,),), heptagon()))
                ),
            ),
        ),
    ),
    Claim(
        id="fc.cand.equal-norms",
        title="All non-zero neurons have one norm",
        source=_SOURCE,
        printed_kind="candidate",
        statement="In every max-margin network all non-zero neurons have the same norm.",
        reading=_READING,
        domain=ODD_MODULI,
        falsified_by="a max-margin network with two different norms",
        corrected_by="fc.cand.share",
        checks=(_NORMS,),
        mutants=(
            Mutant.of(
                _NORMS,
                "no neuron split",
                network=lambda: cyclic_network(lambda _: hexagon())(k=2, p=3),
            ),
            Mutant.of(
                _NORMS, "a neuron doubled, not split", network=lambda: _one_split(Fraction(1))
            ),
            Mutant.of(_NORMS, "a value that it misses", value=GAMMA * rational(101, 100)),
        ),
    ),
    Claim(
        id="fc.cand.dft-value",
        title="The spectrum of a max-margin network",
        source=_SOURCE,
        printed_kind="candidate",
        statement=(
            "Every max-margin network has $\\hat f(j,\\dots,j,-j) = \\gamma^* p^k$, and every "
            "other $\\hat f$ with $j_{k+1} \\ne 0$ vanishes."
        ),
        reading=_READING + "j ≠ 0. DFT of f on Z_p^{k+1}, not normalised.",
        domain=ODD_MODULI,
        falsified_by="a max-margin network with another coefficient",
        checks=(_DFT,),
        mutants=(
            Mutant.of(
                _DFT,
                "γ*·p^{k+1}",
                derived={
                    "transform": {
                        "numerator": GAMMA_VALUE["numerator"] * P ** (K + 1),
                        "denominator": GAMMA_VALUE["denominator"],
                    }
                },
            ),
            *_family_mutants(_DFT),
        ),
    ),
    _single(
        "k1",
        title="Single frequencies at k = 1",
        statement="For $k = 1$ each non-zero neuron of a max-margin network has one frequency.",
        reading="Odd p ≥ 3. At p = 3 there is one frequency and the statement is true.",
        domain=Domain.of(k=Finite([1]), p=odd(3)),
        corrected_by="fc.cand.single-frequency.odd",
        checks=(_ONE_INPUT,),
        mutants=(
            Mutant.of(
                _ONE_INPUT,
                "a neuron of one frequency",
                extra={"both-frequencies": {**_MIXED, "points": [{"p": 2}]}},
            ),
            Mutant.of(_ONE_INPUT, "a value that it misses", value=GAMMA * rational(101, 100)),
        ),
    ),
    _single(
        "odd",
        title="Single frequencies for odd p",
        statement=(
            "For odd $p$ and $k \\ge 2$ each non-zero neuron of a max-margin network has one "
            "frequency."
        ),
        reading=_READING,
        domain=ODD_MODULI,
        corrects="fc.cand.single-frequency.k1",
        checks=(_SINGLE_ODD,),
        mutants=(
            Mutant.of(_SINGLE_ODD, "one input", **_ONE_INPUT_MUTANT),
            *_family_mutants(_SINGLE_ODD),
        ),
    ),
    _single(
        "even",
        title="Single frequencies for even p",
        statement=(
            "For even $p$ and $k \\ge 2$ each non-zero neuron of a max-margin network has one "
            "frequency."
        ),
        reading="k ≥ 2, even p ≥ 2; frequencies are 1..p/2.",
        domain=EVEN_MODULI,
        checks=(_SINGLE_EVEN,),
        mutants=(
            Mutant.of(_SINGLE_EVEN, "half turns alone", factor=HALVES),
            Mutant.of(_SINGLE_EVEN, "the value of odd moduli", value=GAMMA_VALUE),
        ),
    ),
    Claim(
        id="fc.cand.no-frequency-spared",
        title="No frequency can be spared",
        source=_SOURCE,
        printed_kind="candidate",
        statement="A network that avoids one $\\zeta \\in \\{1..K\\}$ stays below $\\gamma^*$.",
        reading=(
            "k ≥ 2, odd p ≥ 3. A network avoids ζ if no neuron of it has ζ in its spectrum; the "
            "supremum of the margins of such networks of norm 1 is below γ*."
        ),
        domain=ODD_MODULI,
        falsified_by="networks that avoid a frequency with margins up to γ*",
        checks=(_SPARED,),
        mutants=(
            Mutant.of(_SPARED, "one input", **_ONE_INPUT_MUTANT),
            *_family_mutants(_SPARED),
        ),
    ),
]
