"""Modular addition: encodings with a mean, levels, conserved quantities, bounds on jump times."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.claims.alternating_flows.common import Topic
from verify.claims.alternating_flows.modular_groups import neuron_modes
from verify.claims.alternating_flows.modular_proofs import WRONG, largest_utility, thirds
from verify.claims.alternating_flows.modular_terms import (
    ENCODING,
    MODULI,
    fourier_formula,
    utility,
    value,
)
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, even
from verify.formula import Formula, Term, cos, equal, implies, rational, sqrt, total, var
from verify.methods.convolutions import Sum, at, convolution_identity

_READING = "p ≥ 2, x real with x̂[0] = 0, L = ½E‖y − f‖² over all p² pairs. "
_AT_2: dict[str, Any] = {"p": 2, "x": "(1, −1)"}
_MAX = largest_utility()
_N = var("n")


_claim = Topic(
    family="Modular: flow and cost",
    falsified_by="a modulus, an encoding and neurons that violate it",
    domain=MODULI,
    reading=_READING,
).claim


# -- encodings with a mean ---------------------------------------------------------------------

_SIXTH = [sqrt(rational(1, 6))] * 2  # u = v = w = (1, 1)/√6 at p = 2
_S, _T = symbols("s t")
_DC = proof(
    "best neuron without frequencies",
    formal("square of a sum", equal(2 * (_S**2 + _T**2) - (_S + _T) ** 2, (_S - _T) ** 2), "s t",
           scope=MODULI),
    thirds(),
    exact("equal norms", equal(utility((1, 1), _SIXTH, _SIXTH, _SIXTH) * sqrt(216), 4 * 8)),
    scope=Domain.of(p=at_least(2), x=Whole("encodings")), lemmas=("constant neurons",),
)
_ENCODINGS = Domain.of(p=at_least(2), x=Whole("encodings"))
_DC_MUTANT = Mutant.of(_DC, "twice as much", parts=(
    thirds(), exact("equal", equal(utility((1, 1), _SIXTH, _SIXTH, _SIXTH) * sqrt(216), 64))))
_DC_TWO = breaks(
    "p = 2, x = (1, 1)",
    utility((1, 1), _SIXTH, _SIXTH, _SIXTH) * sqrt(216) <= 2 * 8,
    "p = 2, x = (1, 1), u = v = w = (1, 1)/√6: U = 4(3p)^{−3/2}|x̂[0]|³",
    point={"p": 2, "x": "(1, 1)"},
)
_SHIFTED = (3, 1)  # (1, −1) + 2
_SHIFT = refutation(
    "the mean wins at p = 2", _MAX,
    exact("a better neuron", utility(_SHIFTED, _SIXTH, _SIXTH, _SIXTH) > sqrt(2) * value(2, 4)),
    point={"p": 2, "x": "(1, −1), DC 2 added"}, lemmas=("utility maximum",),
    description="p = 2, x = (1, −1): U* = √2·√(2/(27p³))|x̂|³ is less than what adding 2 to "
    "every entry gives (1, 1)/√6",
)
_SHIFT_MUTANT = Mutant.of(_SHIFT, "no mean added", parts=(_MAX, exact(
    "a better neuron", utility((1, -1), _SIXTH, _SIXTH, _SIXTH) > sqrt(2) * value(2, 4))))
_X0, _X1 = symbols("x0 x1")
_WINS = breaks(
    "values at p = 2",
    implies(4 * _X0**3 > 2 * _X1**3, _X0 > _X1),  # in units of (3p)^{−3/2}; N at p/2 has 2
    "p = 2, x = (9, −1): x̂[0] = 8, x̂[1] = 10; the best constant neuron has 4·512, the best "
    "alternating one 2·1000, in units of (3p)^{−3/2}",
    point={"p": 2, "x": "(9, −1)"}, values={"x0": 8, "x1": 10},
)

_CENTRING = [
    _claim("mod-centring.unchanged", "A mean changes nothing",
           "Adding DC to x leaves $U^*$, $\\xi$ unchanged.", "Any mean. ", (_SHIFT,),
           (_SHIFT_MUTANT,), domain=_ENCODINGS),
    _claim("mod-centring.wins", "When the mean wins",
           "DC wins iff $|\\hat x[0]|>|\\hat x[\\xi]|$.",
           "Wins: the best utility of constant u, v, w exceeds the best one inside every "
           "frequency. x̂[0] arbitrary.", (_WINS,),
           mutants(_WINS, cubes=implies(4 * _X0**3 > 2 * _X1**3, 2 * _X0**3 > _X1**3)),
           domain=_ENCODINGS),
    _claim("mod-centring.two", "Best value of constant neurons with C = 2",
           "The best pure-DC value is $C(3p)^{-3/2}|\\hat x[0]|^3$, $C=2$.", "x̂[0] arbitrary. ",
           (_DC_TWO,), mutants(_DC_TWO, C_4=utility((1, 1), _SIXTH, _SIXTH, _SIXTH) * sqrt(216)
                               <= 4 * 8), domain=_ENCODINGS,
           corrected_by="agf.cand.mod-centring.four"),
    _claim("mod-centring.four", "Best value of constant neurons",
           "The best pure-DC value is $C(3p)^{-3/2}|\\hat x[0]|^3$, $C=4$.",
           "x̂[0] arbitrary; u, v, w constant vectors.", (_DC,), (_DC_MUTANT,), domain=_ENCODINGS,
           corrects="agf.cand.mod-centring.two"),
]

# -- levels ------------------------------------------------------------------------------------


def _parseval(name: str, left: Sum, right: Sum) -> Check:
    return Check(name=name, procedure=convolution_identity, arguments={
        "functions": ("h",), "left": (left,), "right": (right,), "scope": MODULI})


def _initial(power: int = 2) -> Check:
    label = at("h", c=1, a=-1, b=-1)
    return _parseval(
        "mean square of the labels",
        Sum(coefficient=1, over=("a", "b", "c"), body=label * label),
        Sum(coefficient=_N**power, over=("m",), body=at("h", m=1) * at("h", m=1)),
    )


def _plancherel(power: int = 1) -> Check:
    return _parseval(
        "Parseval",
        Sum(coefficient=_N**power, over=("a",), body=at("h", a=1) * at("h", a=1)),
        Sum(coefficient=1, over=("a", "b"), body=at("h", a=1) * at("h", b=1),
            frequencies=({"a": -1, "b": 1},)),
    )


def _levels(factor: Fraction = Fraction(1)) -> Check:
    """The drops 2|x̂|²/p² of the MSE against power/p, below p/2 and at p/2."""
    x, p = symbols("x p")
    below = equal(2 * (x**2 / p) / p, rational(factor) * (2 * x**2 / p) / p)
    at_half = equal(2 * (x**2 / (2 * p)) / p, rational(factor) * (x**2 / p) / p)
    return formal("drops and powers", below & at_half, "x", points=[{"p": q} for q in range(2, 9)],
                  scope=MODULI)


_INITIAL = proof("initial loss", _initial(), scope=MODULI, lemmas=("loss by frequency",))
_DROP = proof(
    "loss by frequency", _initial(), _plancherel(), scope=MODULI,
    lemmas=("loss by frequency", "reduced cost", "five neurons", "alternating frequency"),
)
_DROP_MUTANT = Mutant.of(_DROP, "Parseval without the factor n", parts=(_initial(), _plancherel(0)))
_LEVEL = proof("levels", _initial(), _plancherel(), _levels(), scope=MODULI,
               lemmas=("loss by frequency",))
_EVEN = Domain.of(p=even(2), x=ENCODING)


def _too_large(name: str, title: str, statement: str, point: dict[str, Any], true: str) -> Claim:
    check = refutation(
        "the loss at the frequency", _DROP, exact("no larger drop", rational(1) < 2),
        point=point, lemmas=("loss by frequency",),
        description=f"p = {point['p']}: the loss at the frequency is {true} in all",
    )
    return _claim(
        name, title, statement, "The largest drop over all outputs at ξ.", (check,),
        (Mutant.of(check, "Parseval without the factor n", parts=(_initial(), _plancherel(0))),),
        domain=_EVEN if "nyquist" in name else Domain.of(p=at_least(3), x=ENCODING),
        corrected_by=name_of_true(name),
    )


def name_of_true(name: str) -> str:
    """The claim that has the right drop."""
    return "agf.cand.mod-drop.nyquist-half" if "nyquist" in name else "agf.cand.mod-drop.once"


_LEVELS = [
    _claim("mod-initial", "The initial loss", "$L(0)=\\frac12\\|x\\|^2$.", "f = 0.", (_INITIAL,),
           (Mutant.of(_INITIAL, "n instead of n²", parts=(_initial(1),)),)),
    _claim("mod-parseval", "Loss with one frequency learned",
           "Outputs at $\\xi$ only: $L\\ge\\frac12\\|x\\|^2-|\\hat x[\\xi]|^2/p$.",
           "0 < ξ < p/2; f has the frequencies ±ξ in c, and depends on (a, b) in any way.",
           (_DROP,), (_DROP_MUTANT,), domain=Domain.of(p=at_least(3), x=ENCODING)),
    _claim("mod-drop.once", "The largest drop at a frequency",
           "The largest possible drop at $\\xi$ is $|\\hat x[\\xi]|^2/p$.",
           "0 < ξ < p/2; over all outputs at ξ. Six neurons attain it when 4ξ ≢ 0, four at p/4.",
           (_DROP,), (_DROP_MUTANT,), domain=Domain.of(p=at_least(3), x=ENCODING),
           corrects="agf.cand.mod-drop.twice"),
    _too_large("mod-drop.twice", "Twice the drop",
               "The largest possible drop at $\\xi$ is $2|\\hat x[\\xi]|^2/p$.",
               {"p": 3, "x": "(2, −1, −1), ξ = 1"}, "|x̂|²/p"),
    _claim("mod-drop.nyquist-half", "The largest drop at p/2",
           "At p/2 the largest possible drop is $|\\hat x|^2/(2p)$.", "Over all outputs at p/2.",
           (_DROP,), (_DROP_MUTANT,), domain=_EVEN, corrects="agf.cand.mod-drop.nyquist-once"),
    _too_large("mod-drop.nyquist-once", "Twice the drop at p/2",
               "At p/2 the largest possible drop is $|\\hat x|^2/p$.", _AT_2, "|x̂|²/(2p)"),
    _claim("mod-levels.value", "Levels of the mean squared error",
           "MSE levels $(1/p)\\sum_{j\\ge k}\\mathrm{power}_{(j)}$, sorted.",
           "MSELoss = 2L/p; power = 2|x̂|²/p, |x̂|²/p at p/2. The value when the outputs at the "
           "first k − 1 frequencies are the targets and the others 0. Whether the flow passes "
           "these states is agf.mod-levels.limit.",
           (_LEVEL,), (Mutant.of(_LEVEL, "powers twice as large", parts=(
               _initial(), _plancherel(), _levels(Fraction(2)))),),
           printed="notebook on modular addition", kind="as",
           corrects="agf.mod-levels.limit"),
]

# -- conserved quantities and the frequencies of the cost flow ---------------------------------

_PU, _PV, _W = symbols("pu pv W")


def _balance(weight: int) -> Formula:
    """Rates of ‖w‖², ‖u‖², ‖v‖²; pu = ⟨u, x_a⟩, pv = ⟨v, x_b⟩, W = ⟨w, r⟩ at one sample."""
    pre = _PU + _PV
    return equal(weight * (2 * pre**2 * _W) - 4 * pre * _PU * _W - 4 * pre * _PV * _W, 0)


_BALANCE = formal("rates at one sample", _balance(2), "pu pv W", scope=MODULI,
                  lemmas=("conserved norms",))
_DORMANT = proof("trilinear utility", fourier_formula(), scope=MODULI,
                 lemmas=("modular utility", "conserved norms"))


def _difference(x: Sequence[int], u: Sequence[int], v: Sequence[int], w: Sequence[int]) -> Term:
    """(‖u‖² − ‖v‖²)' on the exact flow of one neuron, times p²."""
    p, terms = len(x), []
    size = sum(c * c for c in w)
    for a in range(p):
        for b in range(p):
            pu = sum(u[c] * x[(c - a) % p] for c in range(p))
            pv = sum(v[c] * x[(c - b) % p] for c in range(p))
            label = sum(w[c] * x[(c - a - b) % p] for c in range(p))
            pre = rational(pu) + pv
            terms.append(4 * pre * (rational(pu) - pv) * (label - pre**2 * size))
    return total(terms)


_EXACT_FLOW = breaks(
    "one neuron at p = 2", equal(_difference((1, -1), (1, -1), (0, 0), (1, -1)), 0),
    "p = 2, x = u = w = (1, −1), v = 0: (‖u‖² − ‖v‖²)' = −128", point=_AT_2,
)

_HARMONIC = proof(
    "modes of the output and their products", neuron_modes(),
    formal("cube of a cosine", equal(4 * cos(_S) ** 3, 3 * cos(_S) + cos(3 * _S)), "", angles="s",
           scope=MODULI),
    scope=MODULI, lemmas=("reduced cost", "harmonics"),
)
_FIVE = (4, -1, -1, -1, -1)  # p = 5: x̂[k] = 5 for all k ≠ 0


def _leak(scale: int) -> Term:
    """⟨−∇_uL, cos(4πc/5)⟩ for one neuron u = v = scale·w = cos(2πc/5)."""
    wave = [cos(rational(c, 5)) for c in range(5)]
    dots = [total([wave[c] * rational(_FIVE[(c - a) % 5]) for c in range(5)]) for a in range(5)]
    other = [
        total([cos(rational(2 * c, 5)) * rational(_FIVE[(c - a) % 5]) for c in range(5)])
        for a in range(5)
    ]
    terms = []
    for a in range(5):
        for b in range(5):
            pre = dots[a] + dots[b]
            label = dots[(a + b) % 5]  # ⟨w, x_{a+b}⟩ with w = cos(2πc/5), ‖w‖² = 5/2
            terms.append(pre * (label - scale * rational(5, 2) * pre**2) * other[a])
    return total(terms)


_LEAVES = breaks(
    "one neuron at p = 5", equal(_leak(1), 0),
    "p = 5, x = (4, −1, −1, −1, −1), u = v = w = cos(2πc/5), N = 1: the gradient of u has a part "
    "at frequency 2 = −3ξ; at p = 3 and 4 the frequency 3ξ is 0 or −ξ",
    point={"p": 5, "x": "(4, −1, −1, −1, −1)"},
)
_LEAVES_MUTANT = mutants(_LEAVES, nothing_learned_yet=equal(_leak(0), 0))

_FLOW = [
    _claim("mod-conserved.weighted", "A conserved combination of norms",
           "Exact flow: $2\\|w_i\\|^2-\\|u_i\\|^2-\\|v_i\\|^2$ constant.", "Any width.",
           (_BALANCE,), mutants(_BALANCE, weight_1=_balance(1))),
    _claim("mod-conserved.dormant", "u and v keep their balance while dormant",
           "$\\|u_i\\|^2-\\|v_i\\|^2$ constant on the dormant flow.", "Residual r = x_{a+b}.",
           (_DORMANT,), (Mutant.of(_DORMANT, "C = 1", parts=(fourier_formula(1),)),),
           corrects="agf.cand.mod-conserved.exact"),
    _claim("mod-conserved.exact", "u and v keep their balance",
           "$\\|u_i\\|^2-\\|v_i\\|^2$ constant on the exact flow.", "", (_EXACT_FLOW,),
           mutants(_EXACT_FLOW, equal_u_and_v=equal(
               _difference((1, -1), (1, -1), (1, -1), (1, -1)), 0)),
           corrected_by="agf.cand.mod-conserved.dormant"),
    _claim("mod-invariant", "The cost flow keeps the frequency",
           "The exact cost flow from neurons aligned at $\\xi$ stays at frequency $\\xi$.",
           "4ξ ≢ 0 mod p.", (_LEAVES,), _LEAVES_MUTANT, corrected_by="agf.cand.mod-harmonic"),
    _claim("mod-invariant-first", "The cost flow of one neuron keeps the frequency",
           "The exact cost flow of N=1 neuron aligned at $\\xi$ stays at frequency $\\xi$.",
           "4ξ ≢ 0 mod p.", (_LEAVES,), _LEAVES_MUTANT, corrected_by="agf.cand.mod-harmonic"),
    _claim("mod-harmonic", "The gradient leaves the frequency at 3ξ only",
           "The off-frequency gradient of the cost flow lies at $3\\xi$ mod p only.",
           "At neurons of frequency ξ, 4ξ ≢ 0 mod p, of any amplitudes and phases: the gradient "
           "of u and v lies at ±ξ and ±3ξ, that of w at ±ξ. If x̂[3ξ] = 0, the flow stays at ξ.",
           (_HARMONIC,), (Mutant.of(_HARMONIC, "half the constant mode", parts=(
               neuron_modes(rational(1, 2)),)),), corrects="agf.cand.mod-invariant"),
]

# -- bounds on jump times ----------------------------------------------------------------------

_ALPHA, _N0 = symbols("alpha n0")
_AGF = (
    "Jumps of the alternating algorithm, uniform rate η = 1, every initialisation with norms < 1. "
)
_BOUND = proof("bound on the jump time", _MAX, scope=MODULI,
               lemmas=("utility maximum", "norm law", "jump time bound"))
_BOUND_MUTANTS = tuple(
    Mutant.of(_BOUND, name, parts=(largest_utility(**part),)) for name, part in WRONG.items()
)
# An aligned neuron of norm n₀ jumps exactly at (1/n₀ − 1)/(3U*).
_EARLY = (1 / (sqrt(2) * _ALPHA) - 1 > 1 / _N0 - 1)


def _mean(n0: Fraction) -> tuple[Check, ...]:
    points = ({"alpha": Fraction(1, 10), "n0": n0},)
    return (_MAX, exact("an aligned neuron is earlier", _EARLY, points=points))


_MEAN = refutation(
    "an aligned neuron above the mean norm", *_mean(Fraction(1, 5)),
    point={"p": 3, "x": "any, with a neuron aligned at the largest utility"},
    lemmas=("utility maximum", "norm law", "jump time bound"),
    description="p = 3, α = 1/10: a neuron of norm 1/5 > √2α that starts aligned jumps at 4/(3U*), "
    "before (10/√2 − 1)/(3U*)",
)
_MEAN_MUTANT = Mutant.of(_MEAN, "norm below the mean", parts=_mean(Fraction(1, 8)))

# p = 5, N_1 = 1, N_2 = 1/2.  Six neurons x_1 = 1/100 in the phases of the hexagon, and one neuron
# with x_1 = 1/(100 + ε), x_2 = 1/100.  x_k' = N_k x_k² while k is unlearned.
_EPS, _TIME = symbols("eps t0")
_ROOT3 = sqrt(3)
_AT_FIRST = 1 / (100 - (100 - _ROOT3) / 2)  # x_2 when the six reach norm 1, t = 100 − √3
_LATER = (
    # not yet above 1 at the first jump, above 1 at t0, and t0 before the bound
    (3 / (_ROOT3 + _EPS) ** 2 + 3 * _AT_FIRST**2 < 1)
    & (3 / (_ROOT3 + _EPS) ** 2 + 3 / (100 - _TIME / 2) ** 2 > 1)
    & ((_TIME / 2 + _ROOT3) ** 2 * (1 / (100 + _EPS) ** 2 + rational(1, 10_000)) < 1)
    & (_TIME > 100 - _ROOT3)
)


def _later(time: int) -> tuple[Check, ...]:
    points = ({"eps": Fraction(1, 500), "t0": time},)
    return (_MAX, exact("norm 1 before the bound", _LATER, points=points))


_LATER_CHECK = refutation(
    "a neuron of two frequencies", *_later(128),
    point={"p": 5, "x": "|x̂[1]|³ = 2|x̂[2]|³, phases 0"},
    lemmas=("utility maximum", "modular utility", "five neurons"),
    description="p = 5, N_1 = 1, N_2 = 1/2: six neurons of frequency 1 with coordinates 1/100 in "
    "the phases that learn it, and one neuron with 1/(100 + 1/500) at frequency 1 and 1/100 at "
    "frequency 2; it reaches norm 1 before t = 128, the bound is 137.9…",
)
_LATER_MUTANT = Mutant.of(_LATER_CHECK, "after the bound", parts=_later(140))

# p = 5: a neuron with 1/100 at both frequencies, in the phases of the maximum, is the first to
# jump: x_1 = 1/(100 − t) reaches 1/√3 at t = 100 − √3.

def _first(slope: Fraction) -> tuple[Check, ...]:
    """Norm 1 before the bound (1/n₀ − 1)·√3/slope for n₀² = 6/100² and N_2 = slope."""
    time = 100 - _ROOT3
    early = (slope * time + _ROOT3) ** 2 * rational(2, 10_000) < 1
    reached = equal(3 * (1 / (100 - time)) ** 2, 1)
    return (_MAX, exact("norm 1 before the bound", early & reached))


_DORMANT_LATER = refutation(
    "a neuron of two frequencies jumps first", *_first(Fraction(1, 2)),
    point={"p": 5, "x": "|x̂[1]|³ = 2|x̂[2]|³, phases 0"},
    lemmas=("utility maximum", "modular utility", "growth of a frequency"),
    description="p = 5, N_1 = 1, N_2 = 1/2: the first neuron to jump has coordinates 1/100 at both "
    "frequencies and norm 1 before t = 100 − √3 = 98.3; the bound for frequency 2 is 137.9…",
)
_DORMANT_LATER_MUTANT = Mutant.of(_DORMANT_LATER, "frequency 1", parts=_first(Fraction(1)))
_PART = proof("growth of the part at a frequency", _MAX, scope=MODULI,
              lemmas=("modular utility", "utility maximum", "growth of a frequency"))
_PART_MUTANTS = tuple(
    Mutant.of(_PART, name, parts=(largest_utility(**part),)) for name, part in WRONG.items()
)
_OWN = (
    "Uniform rate η = 1, every initialisation with norms < 1; U*_k is the largest utility inside "
    "the frequency k. t_k is the first time at which the "
    "norm n_k of the frequency-k parts of a neuron's u, v, w reaches 1 under the dormant flow, "
    "which moves these parts on their own (agf.cand.mod-block), so that n_k is defined after the "
    "neuron's norm has passed 1 as well. "
)
_FROM_START = "Frequency k: $t_k\\ge(1/\\max_i\\|\\theta_i(0)\\|-1)/(3U^*_k\\eta)$ from t=0"

_BOUNDS = [
    _claim("mod-first-bound", "No neuron jumps before the bound",
           "$\\tau_1\\ge(1/\\max_i\\|\\theta_i(0)\\|-1)/(3U^*\\eta)$.", _AGF, (_BOUND,),
           _BOUND_MUTANTS, corrects="agf.cand.mod-first-bound-mean"),
    _claim("mod-first-bound-mean", "The bound with the mean norm",
           "$\\tau_1\\ge(1/(\\sqrt2\\alpha)-1)/(3U^*\\eta)$.", _AGF, (_MEAN,), (_MEAN_MUTANT,),
           corrected_by="agf.cand.mod-first-bound"),
    _claim("mod-bound", "The notebook's bound on the jump times",
           "The k-th frequency jumps no earlier than $(1/(\\sqrt2\\alpha)-1)/(3U^*_k)$, counted "
           "from t=0, in units of steps·(2/p)lr/(1−momentum).", _AGF + "√2α is the norm of an "
           "average neuron, and the bound is read for every start: k = 1 already fails at one "
           "start, a neuron above the average that happens to be aligned. Nothing is said of how "
           "likely such a start is.",
           (_MEAN,), (_MEAN_MUTANT,), printed="notebook on modular addition", kind="in",
           corrected_by="agf.cand.mod-first-bound"),
    _claim("mod-later-bound-mean", "The same for every frequency",
           "Frequency k: $t_k\\ge(1/(\\sqrt2\\alpha)-1)/(3U^*_k\\eta)$ from t=0.", _AGF, (_MEAN,),
           (_MEAN_MUTANT,), corrected_by="agf.cand.mod-first-bound"),
    _claim("mod-later-bound.any-part", "Later frequencies, any neuron, bound from the start",
           _FROM_START + ".",
           _AGF + "t_k is the first time at which a neuron with a part at k reaches norm 1 while "
           "k is the largest unlearned frequency. (The part at 1 of the witness is what brings it "
           "to 1 at that time; with the part at k alone: agf.cand.mod-later-bound.own-part.)",
           (_LATER_CHECK,), (_LATER_MUTANT,), corrected_by="agf.cand.mod-later-restart"),
    _claim("mod-later-bound.own-part", "Later frequencies, the part at k, bound from the start",
           _FROM_START + ".", _OWN + "Frequencies other than k may be learned meanwhile; a part at "
           "a learned frequency stands still. Active neurons are not meant.",
           (_PART,), _PART_MUTANTS, corrects="agf.cand.mod-later-dormant.any-part"),
    _claim("mod-later-dormant.any-part", "The same while no neuron is active, any neuron",
           _FROM_START + " while no neuron is active.",
           _AGF + "t_k is the first time at which a neuron with a part at k reaches norm 1.",
           (_DORMANT_LATER,), (_DORMANT_LATER_MUTANT,),
           corrected_by="agf.cand.mod-later-bound.own-part"),
    _claim("mod-later-dormant.own-part", "The same while no neuron is active, the part at k",
           _FROM_START + " while no neuron is active.", _OWN, (_PART,), _PART_MUTANTS),
    _claim("mod-later-restart", "Later frequencies, bound from the previous jump",
           "Frequency k: $t_k\\ge t_{k-1}+(1/\\max\\|\\theta_i(t_{k-1})\\|-1)/(3U^*_k\\eta)$ over "
           "dormant neurons.", _AGF + "The residual is x_{a+b} without the learned frequencies; "
           "U*_k is the largest utility of the others.", (_BOUND,), _BOUND_MUTANTS,
           corrects="agf.cand.mod-later-bound.any-part"),
]

CLAIMS = [*_CENTRING, *_LEVELS, *_FLOW, *_BOUNDS]
