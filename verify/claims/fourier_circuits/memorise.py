"""The memorising network of the parent paper: its function, its spectrum, its margin.

A pair of neurons per cell (a, b) of the table of r, with the entries of r in the output; the
lemma *memorising network* reduces its margin under any scaling to one cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from constructions.networks import DenseNetwork
from constructions.tasks import SumTask
from verify.claims.fourier_circuits.common import GAMMA, GAMMA_VALUE, P, candidate, parent
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least, odd
from verify.formula import (
    Formula,
    Term,
    cis,
    equal,
    forall_range,
    iverson,
    mod,
    rational,
    sqrt,
    total,
    var,
)
from verify.methods.combine import conjunction
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.margins import MARGIN, NORM, family, network_relation

_X, _Y, _Z = var("x"), var("y"), var("z")
_S, _T, _Q = var("s"), var("t"), var("q")
N = var("n")


def _cell(weight: Term, second: int = -1) -> Formula:
    """((x+y)² − (x−y)²)·weight·z = xyz: one cell's pair of neurons on indicators x, y, z."""
    pair = (_X + _Y) ** 2 + second * (_X - _Y) ** 2
    return equal(pair * weight * _Z, _X * _Y * _Z)


def _table(weight: Term) -> Formula:
    """f(a', b')[c] = 1[c = r(a', b')], r given by its code: the base-n digits of the number r."""

    def entry(a: Term, b: Term) -> Term:
        place = N ** (N * a + b)
        return mod((var("r") - mod(var("r"), place)) / place, N)

    def logit(a1: Term, b1: Term, c: Term) -> Term:
        def pair(a: Term, b: Term) -> Term:
            x, y = iverson(equal(a, a1)), iverson(equal(b, b1))
            return ((x + y) ** 2 - (x - y) ** 2) * weight * iverson(equal(c, entry(a, b)))

        return total("a", 0, N - 1, lambda a: total("b", 0, N - 1, lambda b: pair(a, b)))

    def over(name: str, body):
        return forall_range(name, 0, N - 1, body)

    return over(
        "a'",
        lambda a: over(
            "b'",
            lambda b: over("c", lambda c: equal(logit(a, b, c), iverson(equal(c, entry(a, b))))),
        ),
    )


_QUARTER = rational(1, 4)
_FUNCTION = Check(
    name="one cell",
    procedure=formal_identity,
    arguments={
        "formula": _cell(_QUARTER),
        "formal": dict.fromkeys("xyz", "indeterminate"),
        "scope": Domain.of(n=at_least(1), r=Whole("functions [n]² → [n]")),
        "rests_on": ("memorising network",),
    },
)
_TABLES = Check(
    name="every table with n = 2, some with n = 3",
    procedure=exact_statement,
    arguments={
        "formula": _table(_QUARTER),
        "points": tuple({"n": 2, "r": r} for r in range(16))
        + tuple({"n": 3, "r": r} for r in (0, 8229, 19682)),
    },
)


def _flat(value: Term) -> Formula:
    """|Σ_b value(b) e^{−2πijb/p}|² = 1 for all a and j, value a function of a and b."""

    def coefficient(sign: int) -> Term:
        return total("b", 0, P - 1, lambda b: value * cis(sign * var("j") * b / P))

    power = coefficient(1) * coefficient(-1)
    return forall_range(
        "a", 0, P - 1, lambda _: forall_range("j", 0, P - 1, lambda _: equal(power, 1))
    )


_INDICATOR = iverson(equal(var("a"), var("b")))
_SPECTRUM = Check(
    name="a single point has unit power",
    procedure=formal_identity,
    arguments={
        "formula": equal(cis(_X) * cis(-_X), 1),
        "formal": {"x": "angle"},
        "scope": Domain.of(n=at_least(1), r=Whole("functions [n]² → [n]")),
        "rests_on": ("memorising network",),
    },
)
_SPECTRA = Check(
    name="spectra at small n",
    procedure=exact_statement,
    arguments={"formula": _flat(_INDICATOR), "points": tuple({"p": p} for p in range(1, 7))},
)

# (s x + t y)² q on one cell: right label (s+t)² q, wrong labels s² q and t² q.
_ONE_CELL = equal((_S + _T) ** 2 * _Q - _S**2 * _Q - _T**2 * _Q, 2 * _S * _T * _Q)
_A, _B, _C = var("A"), var("B"), var("C")
# AM-GM for three non-negative numbers: every term on the right is non-negative.
_AM_GM = equal(
    (_A + _B + _C) ** 3 - 27 * _A * _B * _C,
    (_A + _B + _C) * ((_A - _B) ** 2 + (_B - _C) ** 2 + (_C - _A) ** 2) * rational(1, 2)
    + 3 * (_A * (_B - _C) ** 2 + _B * (_C - _A) ** 2 + _C * (_A - _B) ** 2),
)


def _network(p: int, output: Fraction) -> DenseNetwork:
    """The memorising network of addition mod p with output weights ±output."""
    u, w = [], []
    for a in range(p):
        for b in range(p):
            for sign in (1, -1):
                u.append([[int(x == a) for x in range(p)], [sign * int(x == b) for x in range(p)]])
                w.append([sign * output * int(x == (a + b) % p) for x in range(p)])
    return DenseNetwork.exact(SumTask.modular(p, 2), u, w)


def _everywhere(scope: Domain) -> dict:
    return {"scope": scope, "rests_on": ("memorising network",)}


def _identity(name: str, formula: Formula, formal: Mapping[str, str]) -> Check:
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={"formula": formula, "formal": formal, "scope": Domain.of()},
    )


def _scaling_parts(cell: Formula = _ONE_CELL, equality: int = 3) -> tuple:
    """Upper bound of any scaling by one cell's mean and AM-GM; equality at s = t = q."""
    tight = equal(equality**3 * (_S * _S * _S) ** 2, (_S**2 + _S**2 + _S**2) ** 3)
    formal = {
        "cell": (cell, dict.fromkeys("stq", "indeterminate")),
        "am-gm": (_AM_GM, dict.fromkeys("ABC", "indeterminate")),
        "equality": (tight, {"s": "indeterminate"}),
    }
    return tuple(_identity(name, f, symbols) for name, (f, symbols) in formal.items())


_SCALING = Check(
    name="any scaling, every p",
    procedure=conjunction,
    arguments={"parts": _scaling_parts(), **_everywhere(Domain.of(p=at_least(2)))},
)
_EQUAL = Check(
    name="equal scaling at small p",
    procedure=network_relation,
    arguments={
        "build": lambda p: _network(p, Fraction(1)),
        "points": tuple({"p": p} for p in (2, 3, 5)),
        "relation": equal(MARGIN * 3 * sqrt(3) * P**2, 2 * NORM),
    },
)

# γ*² > (2/(3√3 p²))² is p³ > 2(p−1)², and with p = q + 1 the difference has positive terms.
_GAP = equal((_Q + 1) ** 3 - 2 * _Q**2, _Q**3 + _Q**2 + 3 * _Q + 1)


def _lower_parts(gap: Formula = _GAP) -> tuple:
    value = {
        "groups": "odd-cyclic",
        "inputs": 2,
        "design": [[f"{r}/6", f"{4 * r % 6}/6"] for r in range(6)],
        "value": GAMMA_VALUE,
        "scope": Domain.of(k=Finite((2,)), p=odd(3)),
    }
    return (
        *_scaling_parts(),
        _identity("gap", gap, {"q": "indeterminate"}),
        Check(name="maximum", procedure=family, arguments=value),
    )


_LOWER = Check(
    name="below the maximum for every p",
    procedure=conjunction,
    arguments={"parts": _lower_parts(), **_everywhere(Domain.of(p=odd(3)))},
)
_AS_PRINTED = Check(
    name="the printed weights at small p",
    procedure=network_relation,
    arguments={
        "build": lambda p: _network(p, Fraction(1, 4)),
        "points": tuple({"p": p} for p in (3, 5)),
        "relation": MARGIN < GAMMA * NORM,
    },
)

CLAIMS = [
    Claim(
        id="mor.memorise.function",
        title="A network of 2n² neurons memorises any table",
        source=parent("Appendix D"),
        printed_kind="id",
        statement=(
            "For any $r:[n]^2\\to[n]$ the $2n^2$ neurons with $u=u'=e_a$, $v=e_b=-v'$, "
            "$w=e_{r(a,b)}/4=-w'$, one pair per $(a,b)$, give $f[c]=1[c=r(a,b)]$."
        ),
        domain=Domain.of(n=at_least(1), r=Whole("functions [n]² → [n]")),
        reading="f(a, b) = Σ (u(a) + v(b))² w; the printed count 2p² is 2n² with p = n labels.",
        falsified_by="a function r and an entry of f that is not the indicator",
        checks=(_FUNCTION, _TABLES),
        mutants=(
            Mutant.of(_FUNCTION, "output weight 1/2", formula=_cell(rational(1, 2))),
            Mutant.of(_FUNCTION, "second neuron added", formula=_cell(_QUARTER, 1)),
            Mutant.of(_TABLES, "output weight 1/2", formula=_table(rational(1, 2))),
        ),
    ),
    Claim(
        id="mor.memorise.spectrum",
        title="The memorising neurons have a flat spectrum",
        source=parent("Appendix D"),
        printed_kind="id",
        statement="Every embedding of the memorising network has a flat Fourier spectrum.",
        domain=Domain.of(n=at_least(1), r=Whole("functions [n]² → [n]")),
        reading=(
            "|û(j)| is the same for every frequency j (including 0), for each of u, v, w: each is "
            "a multiple of one unit vector e_a, whose transform is e^{−2πija/n}."
        ),
        falsified_by="a neuron and two frequencies of different power",
        checks=(_SPECTRUM, _SPECTRA),
        mutants=(
            Mutant.of(
                _SPECTRUM,
                "two neighbouring points instead of one",
                formula=equal((1 + cis(_X)) * (1 + cis(-_X)), 1),
            ),
            Mutant.of(_SPECTRA, "the mean removed", formula=_flat(_INDICATOR - 1 / P)),
        ),
    ),
    Claim(
        id="mor.memorise.margin",
        title="The memorising network has a lower margin than the maximum",
        source=parent("p. 3"),
        printed_kind="in",
        statement="The memorising solution of modular addition has a lower margin.",
        domain=Domain.of(p=Primes(3)),
        reading=(
            "r(a, b) = a + b mod p, p an odd prime: the normalised L_{2,3} margin of the "
            "memorising network, with the printed weights and with any scaling of its neurons' "
            "u, v and w, is below γ* = √(2/27)/(p^{1/2}(p−1))."
        ),
        falsified_by="a prime p for which some scaling reaches γ*",
        checks=(_LOWER, _AS_PRINTED),
        mutants=(
            Mutant.of(
                _LOWER,
                "constant term dropped from the gap",
                parts=_lower_parts(
                    equal((_Q + 1) ** 3 - 2 * _Q**2, _Q**3 + _Q**2 + 3 * _Q)
                ),
            ),
            Mutant.of(
                _AS_PRINTED, "below an eighth of the maximum", relation=MARGIN < GAMMA * NORM / 8
            ),
        ),
    ),
    Claim(
        id="fc.cand.memorise-margin",
        title="The memorising network's best margin is 2/(3√3 p²)",
        source=candidate("Groups, parity"),
        printed_kind="candidate",
        statement=(
            "The best scaling of the memorising network of $r(a,b)=a+b$ has normalised margin "
            "$2/(3\\sqrt3\\,p^2)$."
        ),
        domain=Domain.of(p=at_least(2)),
        reading=(
            "Every neuron's u, v and w may be multiplied by its own real factor; the maximum of "
            "the L_{2,3}-normalised margin over these factors, for every modulus p ≥ 2."
        ),
        falsified_by="a scaling with a larger margin, or a modulus where the value is not reached",
        checks=(_SCALING, _EQUAL),
        mutants=(
            Mutant.of(
                _SCALING,
                "the right label alone",
                parts=_scaling_parts(equal((_S + _T) ** 2 * _Q - _S**2 * _Q, 2 * _S * _T * _Q)),
            ),
            Mutant.of(_SCALING, "equality at 2 instead of 3", parts=_scaling_parts(equality=2)),
            Mutant.of(_EQUAL, "the printed weights", build=lambda p: _network(p, Fraction(1, 4))),
        ),
    ),
]
