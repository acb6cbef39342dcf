"""Groups of four and five neurons, with equal and with free norms."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.modular_groups import (
    ANGLES,
    AT_3,
    MODULI,
    claim,
    neuron_modes,
    pencil,
)
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Mutant
from verify.formula import Formula, Term, cis, cos, equal, rational, total

_A, _B, _C, _R, _MU = symbols("A B C r mu")
FREE = (
    "The amplitudes of u, v, w are free for each neuron, apart from each other; phases are "
    "aligned. The other reading, one free amplitude for each neuron, is not decided here: ascents "
    "find 13/18 for four neurons and 5/6 for five. "
)
_NONE_ATTAINS = pencil(_MU**2)

# Five neurons a_m = m/5, b_m = 2m/5 of a turn, |u| = r|v|: all modes cancel but one.


def _pentagon(steps: int = 2) -> Check:
    neurons = [
        (_R * cos(_A + rational(m, 5)) + cos(_B + rational(steps * m, 5))) ** 2
        * cos(_C + rational((1 + steps) * m, 5))
        for m in range(5)
    ]
    right = 5 * _R / 2 * cos(_C - _A - _B) + 5 * _R**2 / 4 * cos(_C + 2 * _A)
    return formal(
        "five neurons", equal(total(neurons), right), "r", angles=ANGLES, scope=MODULI
    )


def _fraction(r: Fraction) -> Term:
    """The fraction of that group: squares (5r/2)² of the target and (5r²/4)² of the rest."""
    target, rest = (5 * rational(r) / 2) ** 2, (5 * rational(r) ** 2 / 4) ** 2
    return target / (target + rest)


_SUP = proof(
    "five neurons with unequal norms", neuron_modes(), _pentagon(), _NONE_ATTAINS, scope=MODULI,
    lemmas=("reduced cost", "five neurons", "unequal amplitudes"),
)
_SUP_MUTANTS = (
    Mutant.of(_SUP, "another pentagon", parts=(neuron_modes(), _pentagon(3), _NONE_ATTAINS)),
    Mutant.of(_SUP, "pencil without μ²", parts=(neuron_modes(), _pentagon(), pencil(0))),
)
_ABOVE = refutation(
    "norms in the ratio 1/2", _pentagon(),
    exact("fraction 16/17", _fraction(Fraction(1, 2)) > rational(5, 6)),
    point=AT_3, lemmas=("unequal amplitudes",),
    description="p = 3: phases m/5 and 2m/5 of a turn with |u| = |v|/2 reach the fraction 16/17",
)
_ABOVE_MUTANT = Mutant.of(_ABOVE, "equal norms", parts=(
    _pentagon(), exact("fraction 4/5", _fraction(Fraction(1)) > rational(5, 6))))
_UNATTAINED = refutation(
    "rank of the pencil", _NONE_ATTAINS, point=AT_3, lemmas=("five neurons",),
    description="p = 3: no five neurons of one frequency compute the target",
)
_UNATTAINED_MUTANT = Mutant.of(_UNATTAINED, "pencil without μ²", parts=(pencil(0),))

# Four neurons, in rational numbers: tan of half the phases, and the three amplitudes.
_HALF_TANGENTS_A = ("-1/40", "-32/21", "3/5", "-23/38")
_HALF_TANGENTS_B = ("31/34", "291/40", "41/16", "2/11")
_AMPLITUDES = (
    ("111/83", "26/33", "73/62", "107/97"),
    ("35/26", "54/95", "83/78", "14/13"),
    ("53/84", "14/13", "93/91", "49/46"),
)


def _unit(half_tangent: str) -> Term:
    """e^{iφ} with tan φ/2 rational."""
    t = Fraction(half_tangent)
    real, imaginary = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    return rational(real) + rational(imaginary) * cis(rational(1, 4))


def _conjugate(half_tangent: str) -> Term:
    return _unit(str(-Fraction(half_tangent)))


def _square(m: int, n: int, weights: list[Fraction]) -> Term:
    """|Σ weight e^{i(mφ + nψ)}|²."""
    sums = []
    for units in ((_unit, _conjugate), (_conjugate, _unit)):
        terms = []
        for weight, a, b in zip(weights, _HALF_TANGENTS_A, _HALF_TANGENTS_B, strict=True):
             first, second = units[m < 0](a) ** abs(m), units[n < 0](b) ** abs(n)
             terms.append(rational(weight) * first * second)
        sums.append(total(terms))
    return sums[0] * sums[1]


def _four(bound: Fraction) -> Formula:
    """Total ≤ target/bound fails iff the fraction is at most the bound."""
    u, v, w = ([Fraction(x) for x in row] for row in _AMPLITUDES)
    uv = [a * b * c for a, b, c in zip(u, v, w, strict=True)]
    uu = [a * a * c for a, c in zip(u, w, strict=True)]
    vv = [b * b * c for b, c in zip(v, w, strict=True)]
    middle = [(a + b) / 2 for a, b in zip(uu, vv, strict=True)]
    rest = 4 * _square(1, 1, middle) + total([
        _square(3, 1, uu), _square(-1, 1, uu), _square(1, 3, vv), _square(1, -1, vv)
    ]) / 4 + total([_square(2, 0, uv), _square(0, 2, uv), _square(2, 2, uv)])
    target = rational(sum(uv)) ** 2
    return target <= rational(bound) * (target + rest)


_FOUR = breaks(
    "four rational neurons", _four(Fraction(13, 18)),
    "p = 3: four neurons with rational amplitudes and half-angle tangents reach more than 13/18",
    point=AT_3,
)


CLAIMS = [
    claim("mod-group-4.one", "Four equal neurons learn a frequency",
          "The largest fraction for N=4 is 1.", "", (_UNATTAINED,), (_UNATTAINED_MUTANT,)),
    claim("mod-group-5.one", "Five equal neurons learn a frequency",
          "The largest fraction for N=5 is 1.", "", (_UNATTAINED,), (_UNATTAINED_MUTANT,)),
    claim("mod-free-4.thirteen", "Four neurons of free norms: 13/18",
          "All norms free: sup 13/18 for N=4.", FREE, (_FOUR,),
          mutants(_FOUR, three_quarters=_four(Fraction(3, 4)))),
    claim("mod-free-5.five-sixths", "Five neurons of free norms: 5/6",
          "All norms free: sup 5/6 for N=5.", FREE, (_ABOVE,), (_ABOVE_MUTANT,),
          corrected_by="agf.cand.mod-free-5.one"),
    claim("mod-free-5.one", "Five neurons of free norms: 1, not attained",
          "All norms free: sup 1 for N=5, not attained.", FREE, (_SUP,), _SUP_MUTANTS,
          corrects="agf.cand.mod-free-5.five-sixths"),
    claim("mod-free-5.attained", "Five neurons of free norms: attained",
          "All norms free: the supremum for N=5 is attained.", FREE, (_UNATTAINED,),
          (_UNATTAINED_MUTANT,), corrected_by="agf.cand.mod-free-5.one"),
]
