"""Which frequency comes first: the race of the frequency parts, under two kinds of rates.

While nothing is learned, the parts (u_k, v_k, w_k) of every neuron move on their own and blow up at
a time that depends on the start's direction only.  The part that blows up first is learned first as
α → 0 (lemma *first frequency*), and it can be any: no order of coefficients is certain.
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import candidate, follow_up, paper
from verify.claims.alternating_flows.modular_half_drops import half_drops
from verify.claims.alternating_flows.modular_proofs import WRONG, hessian, largest_utility
from verify.claims.alternating_flows.modular_terms import utility, wave
from verify.claims.writing import entry, exact, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, odd
from verify.formula import Term, cos, rational, total

_MAX = largest_utility()
_ENCODING = Whole("encodings with x̂[0] = 0, x̂[k] ≠ 0 else, |x̂[k]| distinct for 0 < k ≤ p/2")
_LEARNED = (
    "x as in hypothesis G. The gradient flow of the whole network from the sheet's Gaussian start "
    "of scale α. A frequency counts as learned first when it is the first to lose a share δ of its "
    "loss, for every small δ (below a bound that depends on x alone), in the limit α → 0 for fixed "
    "H and δ. A single neuron cannot learn half of a frequency (agf.cand.mod-group-1.best), so "
    "half-drop times depend on what later neurons do and are not meant. "
)
_RACE = ("utility maximum", "utility Hessian", "growth of a frequency", "blow-up of a frequency",
         "first frequency", "race of frequencies")

# -- a start whose weaker frequency comes first ------------------------------------------------


def _five(first: int, second: int) -> list[Term]:
    """x on Z_5 with x̂[1] = first, x̂[2] = second."""
    return [
        total([rational(2 * size, 5) * cos(rational(k * c, 5))
               for k, size in ((1, first), (2, second))])
        for c in range(5)
    ]


_X5 = _five(2, 1)
_X4 = (5, -1, -3, -1)  # x̂[1] = 8, x̂[2] = 4


def _alternating(scale: Term) -> list[Term]:
    return [scale * sign for sign in (1, -1, 1, -1)]


def _unit(p: int, k: int) -> list[Term]:
    """One of the three equal vectors of a maximiser of norm 1 at the frequency k."""
    return _alternating(rational(1, 12) ** rational(1, 2)) if 2 * k == p else wave(p, k)


def _ahead(p: int, size: Fraction) -> Check:
    """U_2(φ̄_2)n_2 > U*_1n_1 for a neuron aligned at 2 with n_2 = 1 and n_1 = size.

    Both utilities are computed from their definition, as means over all pairs.
    """
    x = _X5 if p == 5 else _X4
    one, two = _unit(p, 1), _unit(p, 2)
    return exact("the part at frequency 2 is ahead",
                 utility(x, two, two, two) > rational(size) * utility(x, one, one, one))


_SIZES = {5: Fraction(1, 10), 4: Fraction(1, 6)}
_START = {
    5: {"p": 5, "x": "x̂[1] = 2, x̂[2] = 1", "H": 1},
    4: {"p": 4, "x": "(5, −1, −3, −1): x̂[1] = 8, x̂[2] = 4", "H": 1},
}


def _inversion(p: int, *lemmas: str, size: Fraction | None = None) -> Check:
    start = _START[p]
    share = size or _SIZES[p]
    return refutation(
        "a neuron that is ahead at frequency 2",
        _MAX, hessian(), _ahead(p, share), point=start, lemmas=(*_RACE, *lemmas),
        description=f"p = {p}, {start['x']}, H = 1: u = v = w of frequency 2 and norm 1, with a "
        f"part of norm {share} at frequency 1. The part at 2 blows up before the part at 1, and "
        "for all starts nearby as well: with a positive probability that does not depend on α "
        "frequency 2 is learned first. For H > 1 give the other neurons smaller parts",
    )


def _inversion_mutants(check: Check, p: int) -> tuple[Mutant, ...]:
    """A part at frequency 1 that is too large, and a wrong maximum."""
    return (
        Mutant.of(check, "a part at 1 of norm 1/2", parts=(
            _MAX, hessian(), _ahead(p, Fraction(1, 2)))),
        Mutant.of(check, "half the Fourier factor", parts=(
            largest_utility(**WRONG["half the Fourier factor"]), hessian(),
            _ahead(p, _SIZES[p]))),
    )


# -- how often, when the coefficients are close ------------------------------------------------


def _often(neurons: int, ratio: Fraction, level: Fraction) -> Check:
    """KL/2 < (½ − level)² for KL = 3H(q² − 1 + 6(1/r − 1)), q = r³."""
    r = rational(ratio)
    half_kl = rational(3 * neurons, 2) * (r**6 - 1 + 6 * (1 / r - 1))
    return exact("probability above the level", half_kl < rational(Fraction(1, 2) - level) ** 2)


_LEVEL = Fraction(1, 20)


def _frequent(neurons: int, shown: str = "above 5 %") -> Check:
    ratio = Fraction(99, 100)
    return refutation(
        "close coefficients", _MAX, hessian(), _often(neurons, ratio, _LEVEL),
        point={"p": 5, "x": f"|x̂[2]|/|x̂[1]| = {ratio}", "H": neurons}, lemmas=_RACE,
        description=f"p = 5, |x̂[2]|/|x̂[1]| = {ratio}, H = {neurons}: as α → 0 frequency 2 is "
        f"first with a probability {shown}",
    )


def _frequent_mutant(check: Check, neurons: int) -> tuple[Mutant, ...]:
    return (Mutant.of(check, "|x̂[2]|/|x̂[1]| = 1/2", parts=(
        _MAX, hessian(), _often(neurons, Fraction(1, 2), _LEVEL))),)


_MANY, _NOTEBOOK = _frequent(48), _frequent(18)
_EITHER = _frequent(48, "above 5 % and at most 1/2, frequency 1 otherwise")
_P_ODD = Domain.of(p=odd(5), x=_ENCODING, H=at_least(1))
_P_ANY = Domain.of(p=at_least(4), x=_ENCODING, H=at_least(1))


def _printed(neurons: int) -> Domain:
    return Domain.of(p=at_least(4), x=_ENCODING, H=Finite([neurons]))


# -- what holds --------------------------------------------------------------------------------


def _holds(name: str, *lemmas: str, scope: Domain) -> tuple[Check, tuple[Mutant, ...]]:
    """The maximum and the Hessian of the utility; the lemmas do the rest."""
    check = proof(name, _MAX, proof("Hessian", hessian(), scope=scope), scope=scope,
                  lemmas=(*_RACE, *lemmas))
    wrong = {name_: (largest_utility(**part), hessian()) for name_, part in WRONG.items()}
    wrong["another radial eigenvalue"] = (_MAX, hessian(3))
    return check, tuple(Mutant.of(check, n, parts=parts) for n, parts in wrong.items())


_LAW, _LAW_MUTANTS = _holds("scale invariance of the race", scope=_P_ANY)
_WIDE_DOMAIN = Domain.of(p=odd(5), x=_ENCODING)
_WIDE, _WIDE_MUTANTS = _holds("extremes of the race", "wide race", scope=_WIDE_DOMAIN)
_FIVE_DOMAIN = Domain.of(p=Finite([5]), x=_ENCODING)
_WIDE_5, _WIDE_5_MUTANTS = _holds("extremes of the race", "wide race", scope=_FIVE_DOMAIN)
_ORDER, _ORDER_MUTANTS = _holds("race", scope=_P_ANY)
_DISTINCT = Domain.of(
    p=at_least(4), x=Whole("encodings of hypothesis G with distinct utilities"), H=at_least(1))
_RATES, _RATES_MUTANTS = _holds("race of the slopes", "race under neuron-wise rates",
                                scope=_DISTINCT)
_UNIFORM = _inversion(5)
_HALF_DROPS = half_drops()
_ANY = _inversion(4)
_SLOPES = _inversion(5, "race under neuron-wise rates")
_SLOPES_4 = _inversion(4, "race under neuron-wise rates")
_FALSIFIED = "an encoding, a width and an open set of starts with another order"


def _candidate(
    name: str, title: str, statement: str, reading: str, check: Check,
    mutated: tuple[Mutant, ...], *, measured: tuple[Check, ...] = (), domain: Domain = _P_ODD,
    family: str = "order and time", **rest: str,
) -> Claim:
    return entry(
        f"agf.cand.{name}", title, statement, source=candidate(f"Modular: {family}"),
        kind="candidate", domain=domain, reading=reading, falsified_by=_FALSIFIED,
        checks=(check, *measured), mutants=mutated, **rest,
    )


_ASCENT = (
    "Projected ascent: the gradient flow of U on the unit sphere of one neuron. Hypothesis G. It "
    "follows the direction of a dormant neuron, which ends at the frequency whose part blows up "
    "first; parts of frequency 0 are irrelevant. "
)

CLAIMS: list[Claim] = [
    _candidate("mod-ascent.odd", "Ascent ends at the largest coefficient, p odd",
               "Projected ascent from a uniform start ends at $\\arg\\max|\\hat x|$ with "
               "probability 1.", _ASCENT + "p odd; p = 3 has one frequency only.",
               _UNIFORM, _inversion_mutants(_UNIFORM, 5), family="utility"),
    _candidate("mod-ascent.any", "Ascent ends at the largest coefficient, any p",
               "Projected ascent from a uniform start ends at $\\arg\\max|\\hat x|$ with "
               "probability 1.", _ASCENT + "p even too.", _ANY, _inversion_mutants(_ANY, 4),
               domain=_P_ANY, family="utility"),
    _candidate("mod-order-uniform", "Decreasing magnitude, p odd",
               "α→0, fixed H, uniform rate, p odd: decreasing $|\\hat x|$ almost surely.",
               _LEARNED + "Measured beside it: half-drop times at α = 1e-2.", _UNIFORM,
               (*_inversion_mutants(_UNIFORM, 5),
                Mutant.of(_HALF_DROPS, "|x̂[2]|/|x̂[1]| = 1/2", ratio=0.5)),
               measured=(_HALF_DROPS,), corrected_by="agf.cand.mod-order-wide"),
    _candidate("mod-order-any-p", "Decreasing magnitude, any p",
               "α→0, fixed H, uniform rate: decreasing $|\\hat x|$ almost surely, p even too.",
               _LEARNED, _ANY, _inversion_mutants(_ANY, 4), domain=_P_ANY),
    _candidate("mod-order-utility", "Decreasing utility",
               "α→0, fixed H, uniform rate: decreasing $U^*_k$.", _LEARNED + "Almost surely.",
               _ANY, _inversion_mutants(_ANY, 4), domain=_P_ANY),
    _candidate("mod-order-rates", "The order under neuron-wise rates",
               "Decreasing $|\\hat x|$ with $\\eta_i\\propto\\|\\theta_i\\|^{-1}$.",
               _LEARNED + "Almost surely, p odd, fixed H. With probability tending to 1 as H → ∞: "
               "agf.seq-order.corrected.", _SLOPES, _inversion_mutants(_SLOPES, 5)),
    _candidate("mod-order-wide", "The order in wide networks",
               "P(inversion)→0 as H→∞, uniform rate.",
               _LEARNED + "p = 5, where the frequency that is first settles the order of both; "
               "α → 0 for each H, then H → ∞. For p ≥ 7 small shares do not order the later "
               "frequencies: an active neuron of frequency ξ learns some of 3ξ at once "
               "(agf.cand.mod-harmonic). Of the first alone: agf.cand.mod-order-wide.first.",
               _WIDE_5, _WIDE_5_MUTANTS, domain=_FIVE_DOMAIN,
               corrects="agf.cand.mod-order-uniform"),
    _candidate("mod-order-wide.first", "The first frequency in wide networks",
               "P(the first frequency is not the one of the largest $|\\hat x|$)→0 as H→∞, uniform "
               "rate.",
               _LEARNED + "p odd; α → 0 for each H, then H → ∞. Nothing is said of the later "
               "frequencies.", _WIDE, _WIDE_MUTANTS, domain=_WIDE_DOMAIN),
    _candidate("mod-order-law", "The law of the first winner does not depend on α",
               "The first winner's distribution is independent of α.",
               "Fixed H, uniform rate, Gaussian start αφ. The winner is the frequency whose part "
               "blows up first under the dormant flow. Its law is the same for every α > 0; the "
               "law of the frequency that the gradient flow of the network learns first (as in "
               "agf.cand.mod-order-uniform) tends to it as α → 0 and is not claimed to be equal "
               "to it at a positive α.", _LAW, _LAW_MUTANTS, domain=_P_ANY),
    entry("agf.mod-order", "Frequencies in decreasing magnitude",
          "Fourier features are learned in decreasing order of coefficient magnitude.",
          source=paper("abstract, summary"), kind="as", domain=_printed(48),
          reading=_LEARNED + "H = 48, uniform rate, every x of hypothesis G; an inversion with a "
          "probability above 5 % as α → 0 falsifies it. Inversions of half-drop times are measured "
          "in agf.cand.mod-order-uniform.", falsified_by=_FALSIFIED,
          checks=(_MANY,), mutants=_frequent_mutant(_MANY, 48),
          corrected_by="agf.mod-order.corrected"),
    entry("agf.mod-order.corrected", "Any frequency may come first",
          "At a fixed width, as $\\alpha\\to0$, each frequency is learned first with a positive "
          "probability, that of winning the race of the dormant parts; for odd p the largest "
          "$|\\hat x|$ is first with a probability that tends to 1 as $H\\to\\infty$.",
          source=paper("corrected from the abstract"), kind="as", domain=_P_ANY,
          reading=_LEARNED + "Uniform rate. The second part is agf.cand.mod-order-wide.first.",
          falsified_by="an encoding and a width with a certain order",
          checks=(_ORDER,), mutants=_ORDER_MUTANTS, corrects="agf.mod-order"),
    entry("agf.mod-complete", "The dynamics are characterised",
          "The training dynamics of quadratic networks on modular addition are completely "
          "characterised.", source=paper("abstract"), kind="as", domain=_printed(48),
          reading=_LEARNED + "Order, times, plateaus and end point are each given by a formula "
          "in p, x and H that holds with probability above 95 % as α → 0; H = 48, uniform rate. No "
          "formula gives the first frequency of the witness: either answer is wrong in more than "
          "5 % of the starts. Descriptions that take the start as well are not excluded.",
          falsified_by="an encoding at which no order has a probability above 95 %",
          checks=(_EITHER,), mutants=_frequent_mutant(_EITHER, 48),
          corrected_by="agf.mod-order.corrected"),
    entry("agf.mod-power-order", "Order by power",
          "Frequencies are acquired by decreasing $\\mathrm{power}_k$.",
          source=paper("notebook"), kind="as", domain=_printed(18),
          reading=_LEARNED + "power_k = 2|x̂[k]|²/p, |x̂|²/p at p/2; H = 18 as in the notebook, "
          "uniform rate, every x of hypothesis G; an inversion with a probability above 5 % as "
          "α → 0 falsifies it.", falsified_by=_FALSIFIED, checks=(_NOTEBOOK,),
          mutants=_frequent_mutant(_NOTEBOOK, 18), corrected_by="agf.mod-order.corrected"),
    entry("agf.seq-order", "The Fourier statistics determine the order",
          "The Fourier statistics of $x$ fully determine the order of learning.",
          source=follow_up("summary"), kind="as", domain=_P_ANY,
          reading=_LEARNED + "Cyclic groups, k = 2 inputs, rates ‖θ‖^{1−k}·ln(1/α), fixed H. "
          "Fully: for almost every start.", falsified_by=_FALSIFIED, checks=(_SLOPES_4,),
          mutants=_inversion_mutants(_SLOPES_4, 4), corrected_by="agf.seq-order.corrected"),
    entry("agf.seq-order.corrected", "Encoding and basins determine the first feature",
          "As $\\alpha\\to0$ the first frequency is the one of the largest utility among those at "
          "which the directions of the neurons align: the one of the largest utility of all with "
          "probability $1-(1-b)^H$, $b>0$ the probability of its basin.",
          source=follow_up("corrected from the summary"), kind="as", domain=_DISTINCT,
          reading=_LEARNED + "Cyclic groups, k = 2 inputs, rates ‖θ‖^{1−k}·ln(1/α), fixed H.",
          falsified_by="an encoding, a width and starts with another first frequency",
          checks=(_RATES,), mutants=_RATES_MUTANTS, corrects="agf.seq-order"),
]
