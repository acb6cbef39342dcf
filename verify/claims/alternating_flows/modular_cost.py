"""Where the cost flow ends, and how large the neurons are that it leaves.

Two exact families of the flow on Z_p: copies of one neuron that is even in c, at p = 5, and six
neurons of one frequency in the phases that learn it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claims.alternating_flows.common import candidate, paper
from verify.claims.alternating_flows.modular_groups import MODULI, six_neurons
from verify.claims.writing import entry, exact, formal, refutation
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, at_least
from verify.formula import Term, cos, equal, rational, total, var
from verify.methods.enclosure import System
from verify.methods.trajectories import below_at_time

# -- six copies of one neuron at p = 5 ---------------------------------------------------------
#
# x̂[1] = X = 20, x̂[2] = 1, x even; u = v = Σ U_k cos(2πkc/5), w = Σ W_k cos(2πkc/5), G_k = U_kx̂[k],
# so that ⟨u, x_a⟩ = g(a) = Σ G_k cos(2πka/5).  Even neurons with u = v stay even with u = v.

_X = 20
_SIZES = {1: rational(_X), 2: rational(1)}
_COPIES = 6
_NAMES = "g1 g2 w1 w2"
_G1, _G2, _W1, _W2 = map(var, _NAMES.split())


def _fourth(g: Term, h: Term) -> Term:
    """E S⁴, S = g(a) + g(b)."""
    return (
        rational(3, 4) * (g**4 + h**4) + 3 * g**2 * h**2 + g**3 * h + g * h**3
        + rational(3, 2) * (g**2 + h**2) ** 2
    )


def _third(g: Term, h: Term) -> Term:
    """8 E S³ cos for the mode of g: the derivative of E S⁴."""
    return 3 * g**3 + 6 * g * h**2 + 3 * g**2 * h + h**3 + 6 * g * (g**2 + h**2)


def _field(g1: Term, g2: Term, w1: Term, w2: Term) -> tuple[Term, ...]:
    size, fourth = w1**2 + w2**2, _fourth(g1, g2)
    return (
        _X**2 * (rational(_X, 5) * w1 * g1 - rational(3, 2) * size * _third(g1, g2)),
        rational(1, 5) * w2 * g2 - rational(3, 2) * size * _third(g2, g1),
        rational(_X, 5) * g1**2 - 6 * w1 * fourth,
        rational(1, 5) * g2**2 - 6 * w2 * fourth,
    )


_LOSS = (
    rational(_X**2 + 1, 5) - 3 * (_X * _W1 * _G1**2 + _W2 * _G2**2)
    + 45 * _fourth(_G1, _G2) * (_W1**2 + _W2**2)
)
_SYSTEM = System.of(_field, _NAMES)


def _mean(values: list[Term]) -> Term:
    return total(values) / 25


def _definition(copies: int = _COPIES) -> Check:
    """Field and loss against E over all pairs (a, b) of Z_5², in indeterminates."""
    pairs = [(a, b) for a in range(5) for b in range(5)]

    def wave(k: int, n: int) -> Term:
        return cos(rational(k * n, 5))

    def pre(a: int, b: int) -> Term:
        return (
            _G1 * (wave(1, a) + wave(1, b)) + _G2 * (wave(2, a) + wave(2, b))
        )

    size = rational(5, 2) * (_W1**2 + _W2**2)  # ‖w‖²
    label = {
        (a, b): _W1 * _SIZES[1] * wave(1, a + b) + _W2 * _SIZES[2] * wave(2, a + b)
        for a, b in pairs
    }  # ⟨w, x_{a+b}⟩
    field = _field(_G1, _G2, _W1, _W2)
    parts = []
    for k, weight in ((1, _W1), (2, _W2)):
        # −∂L/∂(direction cos) over ‖cos‖² = 5/2; G_k = x̂[k]U_k brings another x̂[k].
        along_u = _mean([
            2 * pre(a, b) * _SIZES[k] * wave(k, a) * (label[a, b] - copies * pre(a, b)**2 * size)
            for a, b in pairs
        ])
        along_w = _mean([
            pre(a, b)**2 * (_SIZES[k] * wave(k, a + b)
                            - copies * pre(a, b)**2 * rational(5, 2) * weight)
            for a, b in pairs
        ])
        parts.append(equal(field[k - 1], _SIZES[k] * rational(2, 5) * along_u))
        parts.append(equal(field[k + 1], rational(2, 5) * along_w))
    loss = rational(_X**2 + 1, 5) - copies * _mean([
        pre(a, b)**2 * label[a, b] for a, b in pairs
    ]) + rational(copies**2, 2) * _mean([pre(a, b)**4 for a, b in pairs]) * size
    formula = parts[0] & parts[1] & parts[2] & parts[3] & equal(_LOSS, loss)
    return formal("field and loss of the copies", formula, _NAMES, scope=MODULI)


_START: Mapping[str, Any] = {
    "g1": 0, "g2": Fraction(7, 10), "w1": 0, "w2": Fraction(1, 20)
}
_LEFT = {"p": 5, "frequency": "ξ = 2", "N": 6}


def _below(bound: Fraction = Fraction(_X**2, 5)) -> Check:
    return Check(
        name="loss of the copies at time 5/8",
        procedure=below_at_time,
        arguments={
            "system": _SYSTEM, "start": _START, "until": Fraction(5, 8), "term": _LOSS,
            "bound": bound, "scope": Domain.at(_LEFT),
        },
    )


_ENDS_LOWER = refutation(
    "six copies that leave the frequency", _definition(), _below(), point=_LEFT,
    lemmas=("harmonics", "loss by frequency", "copies of a neuron"),
    description="p = 5, x̂[1] = 20, x̂[2] = 1, six copies of u = v = (7/10)cos(4πc/5), w = "
    "(1/20)cos(4πc/5), aligned at ξ = 2: the flow reaches frequency 1 through 3ξ, and at time 5/8 "
    "the loss is below x̂[1]²/5, its value when the outputs at ξ are the target's and no others; "
    "so it is for all norms and phases nearby (at p = 3 the harmonic 3ξ is 0, p = 4 is excluded)",
)

# -- six neurons together ----------------------------------------------------------------------

_P, _XHAT = var("p"), var("X")
# ‖θ‖⁶ = (3p/2)³(4/(6pX))²
_SMALL = (3 * _P / 2) ** 3 * 16 < (6 * _P * _XHAT) ** 2


def _sizes(size: int = 3) -> Check:
    return exact("norms below 1", _SMALL, points=({"p": 3, "X": size},))


_AT_3 = {"p": 3, "x": "(2, −1, −1)", "alpha": "any number below 2^{−1/6}"}
_COUNT = refutation(
    "six neurons of norm below 1", six_neurons(), _sizes(), point=_AT_3,
    lemmas=("reduced cost", "modular utility", "six neurons together"),
    description="p = 3, x = (2, −1, −1), H = 6, any α: an open set of starts, near six neurons "
    "with the phases m/6 and 4m/6 of a turn, ends with the loss 0 and all six norms near "
    "2^{−1/6} = 0.89: none is above 1",
)
_COUNT_MUTANTS = (
    Mutant.of(_COUNT, "b = 2a", parts=(six_neurons(2), _sizes())),
    Mutant.of(_COUNT, "|x̂| = 2, norms above 1", parts=(six_neurons(), _sizes(2))),
)
_COUNTED = Domain.of(
    p=at_least(3), x=Whole("encodings of hypothesis G"), alpha=Whole("scales of the start"))
_COUNT_READING = (
    "H = 6 neurons per frequency, Gaussian start of scale α, uniform rate, the limit of the "
    "gradient flow; for every x and every α small against the final norms, with probability 1. "
    "The witness has a positive probability at every α, which shrinks with α. The norms depend on "
    "the scale of x (‖θ‖³ scales like 1/|x|), so no count holds for all x. "
)


def _count(name: str, title: str, statement: str) -> Any:
    return entry(
        f"agf.cand.{name}", title, statement,
        source=candidate("Modular: cost minimisation"), kind="candidate", domain=_COUNTED,
        reading=_COUNT_READING,
        falsified_by="an encoding and an open set of starts with another count",
        checks=(_COUNT,), mutants=_COUNT_MUTANTS,
    )


CLAIMS = [
    entry("agf.mod-cost.limit", "The cost flow learns the frequency",
          "From $N\\ge6$ neurons aligned with $\\xi$ the cost flow ends at "
          "$f=(2|\\hat x[\\xi]|/p)\\cos(2\\pi\\xi(c-a-b)/p+s_x)$.",
          source=paper("as reconstructed"), kind="op",
          domain=Domain.of(
              p=at_least(3), frequency=Whole("frequencies ξ with 4ξ ≢ 0 mod p, x̂[ξ] ≠ 0"),
              N=at_least(6)),
          reading="x real, x̂[0] = 0; nothing else is learned: the residual in front of the flow is "
          "x_{a+b}. The flow of the whole loss, for almost every choice of norms and phases of N "
          "aligned neurons: an open set of choices with another end falsifies it. The least cost "
          "is agf.mod-cost.value.",
          falsified_by="an encoding and an open set of aligned neurons with another end",
          checks=(_ENDS_LOWER,),
          mutants=(
              Mutant.of(_ENDS_LOWER, "half the bound", parts=(
                  _definition(), _below(Fraction(_X**2, 10)))),
              Mutant.of(_ENDS_LOWER, "the field of five copies", parts=(
                  _definition(5), _below())),
          ),
          corrected_by="agf.mod-cost.value"),
    _count("mod-count.four-to-six", "4 to 6 neurons per frequency",
           "4–6 neurons of each frequency end above norm 1."),
    _count("mod-count.six", "Exactly 6 neurons per frequency",
           "Exactly 6 neurons of each frequency end above norm 1."),
]
