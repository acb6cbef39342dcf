"""When the first frequency is learned, and how long it stays half learned, as α → 0.

With the uniform rate and a small start one neuron becomes active long before the next one does.  It
computes one direction in the plane of a frequency, so half of the frequency stays unlearned for a
positive share of the time (lemma *one active neuron*).
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import candidate, paper
from verify.claims.alternating_flows.modular_proofs import WRONG, hessian, largest_utility, thirds
from verify.claims.alternating_flows.modular_terms import MODULI, wave
from verify.claims.writing import entry, exact, formal, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, odd
from verify.formula import cos, equal, rational, sqrt, total, var

_MAX = largest_utility()
_ENCODING = Whole("encodings with x̂[0] = 0, x̂[k] ≠ 0 else, |x̂[k]| distinct for 0 < k ≤ p/2")
_ODD = Domain.of(p=odd(3), x=_ENCODING, H=at_least(1))
_ANY = Domain.of(p=at_least(3), x=_ENCODING, H=at_least(1))
_AT_3 = {"p": 3, "x": "(2, −1, −1)", "H": 1}
_AT_18 = {**_AT_3, "H": 18}
_FLOW = (
    "x as in hypothesis G. The gradient flow of the whole network, uniform rate, from the sheet's "
    "Gaussian start αφ, α → 0 at a fixed H. "
)
_RACE = ("utility maximum", "utility Hessian", "growth of a frequency", "blow-up of a frequency",
         "first frequency", "race of frequencies")

# -- half of a frequency -----------------------------------------------------------------------

_A, _B, _C = var("A"), var("B"), var("C")
_QUARTER = rational(1, 4)


def _plane(factor: int = 1) -> Check:
    """The target as a function in the plane of a frequency."""
    right = cos(_C) * cos(_A + _B) + factor * (cos(_C - _QUARTER) * cos(_A + _B - _QUARTER))
    return formal("target in the plane of a frequency", equal(cos(_C - _A - _B), right), "",
                  angles="A B C", scope=MODULI)


def _half(share: Fraction = Fraction(1, 2)) -> Check:
    """Each direction of the plane has half of the mean square: p = 3 and 5, three directions."""
    parts = None
    for p in (3, 5):
        for turn in (Fraction(0), Fraction(1, 8), Fraction(1, 4)):
            mean = total([
                cos(rational(a + b, p) + rational(turn)) ** 2 for a in range(p) for b in range(p)
            ]) / p**2
            parts = equal(mean, share) if parts is None else parts & equal(mean, share)
    return exact("half of the mean square", parts)


_ONE_PARTS = (_MAX, hessian(), _plane(), _half())
_ONE = (*_RACE, "loss by frequency", "one active neuron")
_WRONG_PARTS = {
    "a third of the mean square": (_MAX, hessian(), _plane(), _half(Fraction(1, 3))),
    "another plane": (_MAX, hessian(), _plane(-1), _half()),
    "another radial eigenvalue": (_MAX, hessian(3), _plane(), _half()),
}


def _mutants(check: Check) -> tuple[Mutant, ...]:
    return tuple(Mutant.of(check, name, parts=parts) for name, parts in _WRONG_PARTS.items())


_LASTING = proof("one active neuron", _MAX, proof("Hessian", hessian(), scope=_ODD),
                 proof("plane", _plane(), scope=_ODD), _half(), scope=_ODD, lemmas=_ONE)
_SINGLE = refutation(
    "one active neuron", *_ONE_PARTS, point=_AT_3, lemmas=_ONE,
    description="every p, first p = 3, every H and almost every start: more than 40 % of the first "
    "frequency is still there after a share of the time that does not vanish as α → 0",
)
_BETWEEN = refutation(
    "between the levels", *_ONE_PARTS, point=_AT_18, lemmas=_ONE,
    description="p = 3, x = (2, −1, −1), H = 18, one frequency: almost surely the loss is between "
    "L(0)/2 − ε and (1 − δ/2)L(0) for a share of the time that does not vanish; the levels are "
    "L(0) and 0",
)
_RESIDUAL = refutation(
    "residual between two plateaus", *_ONE_PARTS, point=_AT_3, lemmas=_ONE,
    description="p = 3, x = (2, −1, −1), every H and almost every start: for a share of the time "
    "that does not vanish E‖r‖² is between (1/2 − ε)‖x‖² and (1 − δ/2)‖x‖², so r is neither "
    "x_{a+b} nor 0",
)
_SHARE = (
    "δ is any small share (below a bound that depends on x). t_δ and t_60 are the times at which "
    "the frequency that is first to lose the share δ of its loss has lost δ and 60 % of it "
    "(t_60 = ∞ if never). "
)

# -- the bound on the first jump ---------------------------------------------------------------

_TIGHT = (
    "t_1 is the first time at which a neuron of the alternation has norm 1, or at which the flow "
    "has learned a small share of a frequency: both have the same limit. "
)
_BOUND_LEMMAS = (*_RACE, "late first jump")


def _far(mean: Fraction) -> Check:
    """u = v = w = wave of norm 1 at frequency 1, plus a mean: n_1 = 1 ≤ m/2."""
    vector = [c + rational(mean) / sqrt(3) for c in wave(3, 1)]
    size = 3 * total([c * c for c in vector])
    return exact("the part at frequency 1 is at most half", size >= 4)


def _late(mean: Fraction = Fraction(1)) -> Check:
    return refutation(
        "a start with a large mean", _MAX, _far(mean), point=_AT_3, lemmas=_BOUND_LEMMAS,
        description="p = 3, H = 1: u, v, w have at most half of the norm at frequency 1, so the "
        "quotient tends to at least 2; so it does for all starts nearby, which have a positive "
        "probability that does not depend on α",
    )


_ALPHA = _late()
_P = var("p")


def _rate(weight: int = 2) -> Check:
    """(w·2p + p)·2U against 10pU, and (10p)²/(2²·27·2²·p³) = (5/6)²/(3p): the constant 6/5."""
    rate = 2 * (weight * (2 * _P) + _P)
    points = [{"p": p} for p in (2, 3, 5, 7)]
    bound = rate**2 / (4 * 27 * 4 * _P**3)
    return exact("growth of the weighted norm",
                 equal(bound, rational(25, 36) / (3 * _P)) & (rational(6, 5) > 1), points=points)


def _wide(weight: int = 2) -> Check:
    return refutation(
        "weighted norm", thirds(), _rate(weight),
        point={"p": 3, "x": "(2, −1, −1)"},
        lemmas=(*_RACE, "am-gm", "first jump of a wide network"),
        description="every p, first p = 3: the quotient is at least 6/5 − ε with a probability "
        "that tends to 1 as H → ∞, because u and v start with half the variance of w",
    )


_WIDTH = _wide()


def _candidate(
    name: str, title: str, statement: str, reading: str, check: Check,
    mutated: tuple[Mutant, ...], *, domain: Domain = _ODD, **rest: str,
) -> Claim:
    return entry(
        f"agf.cand.{name}", title, statement, source=candidate("Modular: order and time"),
        kind="candidate", domain=domain, reading=_FLOW + reading,
        falsified_by="an encoding, a width and a set of starts of positive probability",
        checks=(check,), mutants=mutated, **rest,
    )


CLAIMS: list[Claim] = [
    _candidate("mod-bound-tight.alpha", "The first bound is tight as α → 0",
               "$t_1$/bound→1 as α→0.",
               _TIGHT + "Almost surely; the bound is (1/max‖θ_i(0)‖ − 1)/(3U*) or "
               "(1/(√2α) − 1)/(3U*), and either fails.", _ALPHA,
               (Mutant.of(_ALPHA, "a mean of norm 1", parts=(_MAX, _far(Fraction(1, 3)))),
                Mutant.of(_ALPHA, "half the Fourier factor", parts=(
                    largest_utility(**WRONG["half the Fourier factor"]), _far(Fraction(1))))),
               domain=_ANY),
    _candidate("mod-bound-tight.width", "The first bound is tight as H → ∞",
               "$t_1$/bound→1 as H→∞.",
               _TIGHT + "α → 0 for each H, then H → ∞, in probability; the bound is "
               "(1/max‖θ_i(0)‖ − 1)/(3U*), with u, v ~ N(0, α²/2p) and w ~ N(0, α²/p) per entry. "
               "With √2α for the largest norm the quotient tends to 0 instead.", _WIDTH,
               (Mutant.of(_WIDTH, "half the weight on u and v", parts=(thirds(), _rate(1))),
                Mutant.of(_WIDTH, "norms of one half", parts=(thirds(0), _rate()))),
               domain=Domain.of(p=at_least(3), x=_ENCODING)),
    _candidate("mod-single-drop", "One drop per frequency",
               "α→0, fixed H, uniform rate: one drop per frequency, intermediate plateaus take a "
               "vanishing share of the run.",
               _SHARE + "One drop: (t_60 − t_δ)/t_60 → 0, almost surely. Said of the first "
               "frequency, a statement on all of them is false as well.", _SINGLE,
               _mutants(_SINGLE), corrected_by="agf.cand.mod-sub-drops"),
    _candidate("mod-sub-drops", "Intermediate plateaus last",
               "α→0, fixed H, uniform rate: intermediate plateaus keep a positive share of the "
               "run.",
               _SHARE + "Almost surely (t_60 − t_δ)/t_60 stays above a positive number that "
               "depends on the start. Within that time there is, for every ε, a stretch of a "
               "positive share in which the loss changes by less than εL(0). Said of the first "
               "frequency; the run is counted up to t_60.", _LASTING,
               tuple(Mutant.of(_LASTING, name, parts=parts)
                     for name, parts in _WRONG_PARTS.items()),
               corrects="agf.cand.mod-single-drop"),
    entry("agf.mod-levels.limit", "The flow passes the levels",
          "The gradient flow has plateaus of the MSE at "
          "$(1/p)\\sum_{j\\ge k}\\mathrm{power}_{(j)}$.",
          source=paper("notebook"), kind="as",
          domain=Domain.of(p=at_least(3), x=_ENCODING, H=Finite([18])),
          reading=_FLOW + _SHARE + "H = 18 as in the notebook. The plateaus are at these levels: "
          "for every ε > 0 the share of the time up to t_60 in which the MSE differs from each of "
          "them by more than ε tends to 0, almost surely.",
          falsified_by="an encoding at which the flow stays elsewhere", checks=(_BETWEEN,),
          mutants=_mutants(_BETWEEN), corrected_by="agf.mod-levels.value"),
    entry("agf.mod-induction", "The iteration repeats",
          "After a frequency is learned the residual is $x_{a+b}$ without it, and the iteration "
          "repeats.", source=paper("as reconstructed"), kind="as", domain=_ODD,
          reading=_FLOW + _SHARE + "Up to a vanishing share of the time up to t_60 the residual is "
          "close, in mean square, to x_{a+b} without some frequencies. That it is exactly that "
          "once a frequency is learned in full is agf.mod-cost.value.",
          falsified_by="an encoding at which the residual is another one for a share of the time",
          checks=(_RESIDUAL,), mutants=_mutants(_RESIDUAL),
          corrected_by="agf.cand.mod-sub-drops"),
]
