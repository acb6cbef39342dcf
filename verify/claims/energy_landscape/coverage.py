"""What a sample must contain: elements in both slots, and neurons that memorise one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.claims.energy_landscape.samples import sample_claim, wrong_part
from verify.claims.writing import exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, binom, equal, fact, rational, total

# -- both slots --------------------------------------------------------------------------------

_SIZES = Domain.of(n=Whole("n = M(ln M + c), c fixed, M → ∞"))
_COVER = ("coverage of slots",)
_M, _N = symbols("M n")
_POINTS = ({"M": 2, "n": 2}, {"M": 2, "n": 5}, {"M": 3, "n": 3}, {"M": 3, "n": 5}, {"M": 4, "n": 6})


def _onto(order: Term | int, length: Term | int, index: str = "i") -> Term:
    """Sequences of `length` elements in which each of `order` occurs: Σ(−1)^i C(M, i)(M − i)^n."""
    return total(index, 0, order, lambda i: (-1) ** i * binom(order, i) * (order - i) ** length)


def _slots(power: int) -> Formula:
    """Sequences of n rows with both slots full, by inclusion and exclusion over both slots."""
    both = total("i", 0, _M, lambda i: total("j", 0, _M, lambda j: (
        (-1) ** (i + j) * binom(_M, i) * binom(_M, j) * ((_M - i) * (_M - j)) ** _N)))
    return equal(both, _onto(_M, _N, "k") ** power)


def _partial(rate: int, last: int) -> Term:
    """Σ_{r ≤ last} (−rate)^r/r!: above e^{−rate} for even `last`, below for odd."""
    return total("r", 0, last, lambda r: (-rate) ** r / fact(r))


def _apart(rate: int) -> Formula:
    """c = 0: the even stop of the limits lies below e^{−1}; so does the share at M = 20, n = 60."""
    found = _onto(20, 60) ** rate
    return (_partial(rate, 6) < _partial(1, 5)) & (
        found < _partial(1, 5) * rational(20) ** (60 * rate))


_SLOTS = exact("sequences of rows, M ≤ 4", _slots(2), points=_POINTS,
               scope=Domain.at(*_POINTS), lemmas=_COVER)
_APART = exact("c = 0", _apart(2), scope=Domain.at({"n": "M ln M"}), lemmas=_COVER)
_ONE = refutation(
    "c = 0", _SLOTS, _APART, point={"n": "M ln M", "c": 0},
    description="c = 0: the probability tends to e^{−2} = 0.135, the square of that for one slot, "
    "not to e^{−1} = 0.368; it is below 0.367 at M = 20, n = 60",
    lemmas=_COVER,
)
_TWO = proof("both slots", _SLOTS, scope=_SIZES, lemmas=_COVER)


def _pairs(gap: int) -> Formula:
    """(1 − 1/M)² − (1 − 2/M) = 1/M², times M²."""
    return equal((_M - 1) ** 2 - _M * (_M - 2), gap)


_UNSEEN = Domain.of(n=Whole("n ≤ (1 − α)M ln M, 0 < α < 1, M → ∞"))
_PAIRS = formal("two missed elements", _pairs(1), "M", scope=_UNSEEN, lemmas=_COVER)

# -- a memorising neuron -----------------------------------------------------------------------

_RATES = Domain.of(p=Whole("0 < p < 1, fixed while M → ∞"))
_NEURON = ("a memorising neuron",)
_P = symbols("p")[0]


def _spread(factor: int) -> Formula:
    """M·𝔼(T − T²/M) = factor·M(M−1)p(1−p), T the number of M rows that are kept."""
    square = _M * _P + _M * (_M - 1) * _P**2
    return equal(_M * (_M * _P) - square, factor * _M * (_M - 1) * _P * (1 - _P))


def _ends(t: int, p: Term) -> tuple[Term, Term]:
    """Bounds of 2𝔼Ê at M = 3t² + 1, where √(12(M − 1)) = 6t: the lemma's (i)."""
    centre = 3 * t**2 * p * (1 - p)
    slack = 2 * (1 - p) * (6 * t) + 12 * (1 - p) / p
    return centre - slack, centre + slack


def _between(low: Term, high: Term) -> Formula:
    """At M = 10801, p = 1/2: low·M < 2𝔼Ê < high·M."""
    least, most = _ends(60, rational(1, 2))
    return (low * 10801 < least) & (most < high * 10801)


def _above(t: int, p: Term) -> Formula:
    """At M = 3t² + 1 the mean of Ê exceeds p²E* = p²M/4."""
    return p**2 * (3 * t**2 + 1) / 2 < _ends(t, p)[0]


def _crossing(numerator: int) -> Formula:
    """Mp(1 − p)/2 − p²M/4 = (Mp/4)(numerator − 3p): the sign changes at numerator/3."""
    return equal(_M * _P * (1 - _P) / 2 - _P**2 * _M / 4, _M * _P / 4 * (numerator - 3 * _P))


_SPREAD = formal("the spread of M rows", _spread(1), "M p", scope=_RATES, lemmas=_NEURON)
_BETWEEN = exact("M = 10801, p = 1/2", _between(rational(1, 5), rational(3, 10)),
                 scope=Domain.at({"p": "1/2"}), lemmas=_NEURON)
_CROSSING = formal("the crossing", _crossing(2), "M p", scope=_RATES, lemmas=_NEURON)
_MEAN = proof("the mean", _SPREAD, scope=_RATES, lemmas=_NEURON)
_TWO_THIRDS = proof("the crossing at 2/3", _SPREAD, _CROSSING, scope=_RATES, lemmas=_NEURON)


def _not_mean(text: str) -> tuple[Check, Mutant]:
    check = refutation(
        "p = 1/2", _SPREAD, _BETWEEN, point={"p": "1/2"},
        description=f"p = 1/2: 2𝔼Ê/M → p(1 − p) = 1/4, {text} (between 1/5 and 3/10 at M = 10801)",
        lemmas=_NEURON)
    return check, wrong_part(check, _BETWEEN, "a narrower range",
                             _between(rational(1, 5), rational(1, 4)))


def _not_crossing(t: int, p: Term, name: str, value: str) -> tuple[Check, Mutant]:
    order = 3 * t**2 + 1
    above = exact(f"M = {order}, p = {name}", _above(t, p), scope=Domain.at({"p": name}),
                  lemmas=_NEURON)
    check = refutation(
        f"p = {name}", _SPREAD, _CROSSING, above, point={"p": name, "M": order},
        description=f"p = {name} ≥ {value}: the mean of Ê is above p²E* = p²M/4 for large M, on "
        f"Z_{order} for one; the crossing is at 2/3",
        lemmas=_NEURON)
    return check, wrong_part(check, above, "p = 2/3", _above(t, rational(2, 3)))


def _candidate(name: str, title: str, statement: str, falsified_by: str, check: Check,
               *mutants: Mutant, domain: Domain, reading: str) -> Claim:
    return sample_claim(
        f"li2.cand.{name}", title, "Samples, memorisation", statement, falsified_by, [check],
        mutants, domain=domain, reading=reading)


def _mean_claim(name: str, value: str, check: Check, *mutants: Mutant) -> Claim:
    return _candidate(
        f"competitor.{name}", f"The mean energy of a memorising neuron: {value}",
        f"$w=(e_a,0)$: mean $\\hat E\\approx {value}$.", "p with another limit", check, *mutants,
        domain=_RATES,
        reading="Bernoulli(p) rows of any group of order M, p fixed; ≈: after division by M the "
        "two sides have the same limit for M → ∞. ")


def _crossing_claim(name: str, value: str, check: Check, *mutants: Mutant) -> Claim:
    return _candidate(
        f"competitor.{name}", f"Where a memorising neuron overtakes: {value}",
        f"$w=(e_a,0)$: mean $\\hat E$ is above $p^2E^*$ of $\\mathbb Z_M$ once $p<{value}$.",
        "p on one side, with the other order for large M", check, *mutants, domain=_RATES,
        reading="The value is the crossing: for M → ∞ the mean is above p²E* for every fixed p "
        "below it, and not above it for any fixed p beyond. E* = M/4, the value at a frequency "
        "of two dimensions, that of all maxima for odd M. (With M/2, the value at the sign for "
        "even M, the crossing would be 1/2.) ")


def _refuted_means(*rows: tuple[str, str, str]) -> Sequence[Claim]:
    return [_mean_claim(name, value, *_not_mean(text)) for name, value, text in rows]


_BELOW: Any = "n with a larger probability of exact generalisation"
CLAIMS = [
    _candidate(
        "coverage.one-exponential", "Coverage of both slots: exp(−e^{−c})",
        "$n=M(\\ln M+c)$: Pr[each element occurs in both slots] $\\to\\exp(-e^{-c})$.",
        "c with another limit", _ONE, wrong_part(_ONE, _APART, "one slot", _apart(1)),
        domain=_SIZES, reading="n uniform rows with repetition, or Bernoulli(n/M²); n rounded. ",
    ),
    _candidate(
        "coverage.two-exponentials", "Coverage of both slots: exp(−2e^{−c})",
        "$n=M(\\ln M+c)$: Pr[each element occurs in both slots] $\\to\\exp(-2e^{-c})$.",
        "c with another limit", _TWO, wrong_part(_TWO, _SLOTS, "one slot", _slots(1)),
        domain=_SIZES, reading="n uniform rows with repetition, or Bernoulli(n/M²); n rounded. ",
    ),
    _candidate(
        "coverage.needed", "Exact generalisation needs M ln M samples",
        "Exact generalisation needs $n\\ge(1+o(1))M\\ln M$.", _BELOW,
        _NEEDED := proof("elements that do not occur", _PAIRS, scope=_UNSEEN, lemmas=_COVER),
        wrong_part(_NEEDED, _PAIRS, "equality", _pairs(0)),
        domain=_UNSEEN,
        reading="For network (1) whose first-layer weights of elements that a slot never shows "
        "are equal, as after decay without a gradient or from a start at 0: for n ≤ (1 − "
        "α)M ln M uniform rows two elements are missed with probability → 1, and then the network "
        "is wrong on one of them for every partner. A rule outside this class could guess the "
        "group from fewer rows. ",
    ),
    *_refuted_means(("mean-zero", "0", "not 0"), ("mean-p", "Mp/2", "not p = 1/2")),
    _mean_claim("mean-variance", "Mp(1-p)/2", _MEAN,
                wrong_part(_MEAN, _SPREAD, "twice", _spread(2))),
    _crossing_claim("third", "1/3", *_not_crossing(18, rational(1, 2), "1/2", "1/3")),
    _crossing_claim("half", "1/2", *_not_crossing(30, rational(3, 5), "3/5", "1/2")),
    _crossing_claim("two-thirds", "2/3", _TWO_THIRDS,
                    wrong_part(_TWO_THIRDS, _CROSSING, "1/3", _crossing(1))),
    sample_claim(
        "li2.early-stopping.energy", "Generalising solutions have lower energy on scarce data",
        "§8", "Scarce data: generalising solutions have lower $E$.",
        "p < 2/3 and arbitrarily large M with the other order",
        [_TWO_THIRDS], [wrong_part(_TWO_THIRDS, _CROSSING, "1/3", _crossing(1))],
        kind="em", domain=_RATES,
        reading="Scarce: Bernoulli(p) rows of Z_M, M odd, with any fixed p < 2/3, M → ∞. E is Ê, "
        "in the mean over samples; generalising: the full-data maximisers, one frequency each, "
        "with mean p²M/4 + O(√M); compared with memorising neurons w = (e_a, 0), mean "
        "Mp(1 − p)/2 + O(√M). Nothing is said of what a training run finds. ",
    ),
]
