"""Proof steps: a max-margin network as a shift and a multiple of the label's indicator."""

from __future__ import annotations

from constructions.designs import hexagon
from verify.claims.fourier_circuits.common import (
    GAMMA,
    GAMMA_VALUE,
    K,
    N,
    P,
    mixed_network,
    paper,
    uniform_weights,
)
from verify.claims.fourier_circuits.formal_neurons import orthogonality
from verify.claims.fourier_circuits.optimal import HALVES, odd_family
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cis,
    equal,
    forall_range,
    half,
    iverson,
    mod,
    rational,
    total,
    var,
)
from verify.methods.combine import conjunction
from verify.methods.every_k import every_k
from verify.methods.identities import exact_statement
from verify.methods.margins import NORM
from verify.methods.optima import optimum_counterexample

_DOMAIN = Domain.of(k=at_least(2), p=Primes(3))
_READING = (
    "k ≥ 2, p an odd prime, uniform class weighting; f is the function of any network of norm 1 "
    "that attains γ*. "
)

_SPLIT = odd_family(
    "equality analysis", conclusions=("value", "all-points-tight", "unique-function")
)

# -- the transform of the label ----------------------------------------------------------------

_ANY = Domain.of(k=at_least(1), p=at_least(2))
_LABEL = Check(
    name="every k and modulus",
    procedure=conjunction,
    arguments={
        "parts": (orthogonality(_ANY),),
        "scope": _ANY,
        "rests_on": ("transform of the label",),
    },
)


def _label_transform(inputs: int, value: Term, sign: int = -1) -> Formula:
    """Σ 1[c = Σa] e(−(jΣa + sign·jc)/p) = value for every j."""
    names = [f"a{i}" for i in range(1, inputs + 1)]
    label, c, j = total([var(name) for name in names]), var("c"), var("j")
    term = iverson(equal(c, mod(label, P))) * cis(-(j * label + sign * j * c) / P)
    for name in ("c", *names):
        term = total(name, 0, P - 1, lambda _, inner=term: inner)
    return forall_range("j", 0, P - 1, lambda _: equal(term, value))


def _labels(exponent: int = 0, sign: int = -1) -> Formula:
    parts = [_label_transform(k, P ** (k + exponent), sign) for k in (1, 2, 3)]
    return parts[0] & parts[1] & parts[2]


_LABEL_SMALL = Check(
    name="every j at k = 1..3, p = 3",
    procedure=exact_statement,
    arguments={
        "formula": _labels(),
        "points": ({"p": 3},),
        "scope": Domain.at(*({"k": k, "p": 3} for k in (1, 2, 3))),
    },
)

# -- amplitudes --------------------------------------------------------------------------------

_AMPLITUDE = Check(
    name="six neurons",
    procedure=optimum_counterexample,
    arguments={
        "network": lambda: mixed_network(3, 2, {1: hexagon()}),
        "violation": var("size_max") < NORM,
        "value": GAMMA,
        "weights": uniform_weights,
        "point": {"k": 2, "p": 3},
        "description": (
            "k=2, p=3: a max-margin network of norm 1 has six neurons of norm 6^{−1/3}, so each "
            "amplitude is 6^{−1/3}·√(2/9)"
        ),
    },
)
_SQUARE = 2 / ((K + 1) * P)


def _maximisers(square: Term = _SQUARE) -> Check:
    """|û_i(±ζ)|² = |ŵ(±ζ)|² = (p/2)²·square for the single neurons of norm 1 that maximise J."""
    return Check(
        name="neurons of norm 1",
        procedure=every_k,
        arguments={
            "rule": "neuron-maximum",
            "constants": {
                "groups": "odd-cyclic",
                "value": GAMMA,
                "maximisers": {
                    "amplitude_squared": square,
                    "transform_squared": P / (2 * (K + 1)),
                    "signs": "+",
                },
            },
            "scope": Domain.of(k=at_least(2), p=odd(3)),
            "start": 2,
        },
    )


_FORM = odd_family("equality analysis", conclusions=("value", "form", "single-frequency"))
_DIRECTIONS = Check(
    name="every k and odd modulus",
    procedure=conjunction,
    arguments={
        "parts": (_FORM, _maximisers()),
        "scope": Domain.of(k=at_least(2), p=odd(3)),
        "rests_on": ("single-neuron bound", "abelian optimum"),
    },
)
_HALF_TURNS = odd_family(
    "equality analysis", conclusions=("value", "form", "single-frequency"), factor=HALVES
)

CLAIMS = [
    Claim(
        id="fc.margin-split.function",
        title="A max-margin network is a shift plus a multiple of the label's indicator",
        source=paper("Appendices H.1, H.2"),
        printed_kind="id",
        statement=(
            "A max-margin solution has $f(a)[c]=F(a)+\\lambda1[\\sum a=c]$ with $\\lambda>0$ the "
            "margin."
        ),
        hypotheses=("uniform class weighting",),
        domain=_DOMAIN,
        reading=_READING + "λ = γ*. (F is even constant: −γ*/p.)",
        falsified_by="a max-margin network with two different gaps f(a)[Σa] − f(a)[c]",
        checks=(_SPLIT,),
        mutants=(
            Mutant.of(_SPLIT, "half turns alone", factor=HALVES),
            Mutant.of(
                _SPLIT,
                "another margin",
                value={**GAMMA_VALUE, "numerator": GAMMA_VALUE["numerator"] * rational(2)},
            ),
        ),
    ),
    Claim(
        id="fc.margin-split.transform",
        title="The transform of the label's indicator",
        source=paper("Appendices H.1, H.2"),
        printed_kind="id",
        statement="The DFT of $\\lambda1[\\sum a=c]$ is $\\lambda p^k$ at $(j,\\dots,j,-j)$.",
        domain=_DOMAIN,
        reading="For every j ∈ Z_p and every real λ; the DFT on Z_p^{k+1} is not normalised.",
        falsified_by="k, p and j with another coefficient",
        checks=(_LABEL, _LABEL_SMALL),
        mutants=(
            Mutant.of(_LABEL, "(p − 1)·1[c = s]", parts=(orthogonality(_ANY, N - 1),)),
            Mutant.of(_LABEL_SMALL, "λp^{k+1}", formula=_labels(exponent=1)),
            Mutant.of(_LABEL_SMALL, "at (j, …, j, +j)", formula=_labels(sign=1)),
        ),
    ),
    Claim(
        id="fc.margin-split.amplitude",
        title="Every neuron of a max-margin network has the amplitude of an optimal single neuron",
        source=paper("Appendices H.1, H.2"),
        printed_kind="op",
        statement=(
            "In a max-margin solution each neuron has "
            "$|\\hat u_i(\\pm\\zeta)|=|\\hat w(\\pm\\zeta)|=\\sqrt{p/(2(k+1))}$, "
            "amplitude $\\sqrt{2/((k+1)p)}$."
        ),
        hypotheses=("uniform class weighting", "‖θ‖_{2,k+1} ≤ 1"),
        domain=_DOMAIN,
        reading=(
            _READING + "Read literally, without rescaling the neuron. That amplitude belongs to a "
            "neuron of norm 1, and a network of norm 1 has at most one such."
        ),
        falsified_by="a max-margin network with a neuron of another amplitude",
        corrected_by="fc.margin-split.amplitude.corrected",
        checks=(_AMPLITUDE,),
        mutants=(
            Mutant.of(_AMPLITUDE, "a neuron above norm 1", violation=var("size_max") > NORM),
            Mutant.of(_AMPLITUDE, "a value that it misses", value=GAMMA * rational(101, 100)),
        ),
    ),
    Claim(
        id="fc.margin-split.amplitude.corrected",
        title="Scaled to norm 1, every neuron has the amplitude of an optimal single neuron",
        source=paper("Appendices H.1, H.2, corrected"),
        printed_kind="op",
        statement=(
            "In a max-margin solution each non-zero neuron, scaled to norm 1, has "
            "$|\\hat u_i(\\pm\\zeta)|=|\\hat w(\\pm\\zeta)|=\\sqrt{p/(2(k+1))}$, amplitude "
            "$\\sqrt{2/((k+1)p)}$."
        ),
        hypotheses=("uniform class weighting",),
        domain=_DOMAIN,
        reading=_READING + "ζ is the neuron's frequency; û_i and ŵ vanish elsewhere.",
        falsified_by="a max-margin network with a neuron of another shape",
        corrects="fc.margin-split.amplitude",
        checks=(_DIRECTIONS,),
        mutants=(
            Mutant.of(
                _DIRECTIONS,
                "amplitude √(1/((k+1)p))",
                parts=(_FORM, _maximisers(half(_SQUARE))),
            ),
            Mutant.of(_DIRECTIONS, "half turns alone", parts=(_HALF_TURNS, _maximisers())),
        ),
    ),
]
