"""Ascent of the energy on the sphere: what small components do, and which block wins."""

from __future__ import annotations

from functools import cache

import numpy as np

from constructions.groups.characters import character_table
from constructions.groups.irreps import Block, real_blocks
from constructions.groups.permutation import PermutationGroup, cyclic
from verify.claims.energy_landscape.common import GROUPS, ON_SPHERE, candidate, of_type, on_sphere
from verify.claims.writing import formal
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain
from verify.formula import Formula, equal, rational, total, var
from verify.methods.combine import conjunction
from verify.methods.monte_carlo import parameter_rejected
from verify.methods.refutations import refuted_by

_PLACE = "Maximisers"

# -- small components ------------------------------------------------------------------------------

_TWO = of_type("with at least two non-trivial real blocks")
_Z4 = Domain.at({"group": "Z4"})
_ALPHA, _PEAK, _KAPPA, _EPS, _P, _Q = map(var, ("alpha", "peak", "kappa", "eps", "p", "q"))


def _formal(name: str, formula: Formula, scope: Domain, *names: str) -> Check:
    return formal(name, formula, " ".join(names), scope=scope, lemmas=("leaking components",))


def _rate(linear: int) -> Formula:
    """αα' = 4E_out − 4Eα² = −linear·E*α² + O(α⁴); true for 4."""
    outside = _KAPPA * _ALPHA**4
    whole = (1 - _ALPHA**2) ** 2 * _PEAK + outside
    return equal(
        4 * outside - 4 * whole * _ALPHA**2,
        -linear * _PEAK * _ALPHA**2 + (8 * _PEAK + 4 * _KAPPA) * _ALPHA**4
        - 4 * (_PEAK + _KAPPA) * _ALPHA**6)


def _free(linear: int) -> Formula:
    """E_out of (1 + ε)w_out: its derivative at ε = 0 is linear·κα⁴, true for 4."""
    outside = _KAPPA * _ALPHA**4
    return equal((1 + _EPS) ** 4 * outside - outside,
                 linear * outside * _EPS + outside * _EPS**2 * (6 + 4 * _EPS + _EPS**2))


def _on_z4(wave: int) -> Formula:
    """E = 128p⁴ + wave·q⁴ from its definition for u = v = p(1, −1, 1, −1) + q(1, 0, −1, 0).

    True for 16.  With |w|² = 8p² + 4q² this is (1 − α²)²E* + κα⁴, α² = 4q², E* = 2, κ = 1.
    """
    u = [_P + _Q, -_P, _P - _Q, -_P]
    z = [total([(u[(h + x) % 4] + u[x]) ** 2 for x in range(4)]) for h in range(4)]
    mean = rational(1, 4) * total(z)
    energy = rational(1, 2) * total([(value - mean) ** 2 for value in z])
    return equal(energy, 128 * _P**4 + wave * _Q**4)


_LEAK = _formal("rate of a component", _rate(4), _TWO, "alpha", "peak", "kappa")
_FREE = _formal("rate without the constraint", _free(4), _TWO, "alpha", "kappa", "eps")
_SPLIT = _formal("sign and wave on Z4", _on_z4(16), _Z4, "p", "q")
_LEAK_WRONG = Mutant.of(_LEAK, "−8E*", formula=_rate(8)).check
_SPLIT_WRONG = Mutant.of(_SPLIT, "8q⁴", formula=_on_z4(8)).check


def _with_split(name: str, law: Check, wrong: Check, slip: str) -> tuple[Check, Mutant, Mutant]:
    check = Check(name=name, procedure=conjunction, arguments={
        "parts": (law, _SPLIT), "scope": _TWO})
    return (check, Mutant.of(check, slip, parts=(wrong, _SPLIT)),
            Mutant.of(check, "another energy on Z4", parts=(law, _SPLIT_WRONG)))


def _not_power(exponent: int) -> tuple[Check, Mutant]:
    check = Check(name="sign and wave on Z4", procedure=refuted_by, arguments={
        "parts": (_LEAK, _SPLIT), "point": {"group": "Z4"}, "rests_on": ("leaking components",),
        "description": "Z4, the sign with a wave of length α: α' = −8α + 20α³ − 12α⁵, so "
        f"α'/α^{exponent} → −∞"})
    return check, Mutant.of(check, "−8E*", parts=(_LEAK_WRONG, _SPLIT))


_SPHERE = (
    "w' = ∇E − 4E(w)w, the ascent on |w| = 1, from a maximum of one block with a component of "
    "length α in others; ∝ αⁿ: α'/αⁿ tends to a number other than 0 as α → 0. Without the "
    "constraint the order is another, see li2.cand.growth.cube.free-norm. ")
_GROWTH = "A small component $\\alpha$ on a maximiser obeys $d\\alpha/dt\\propto\\alpha{}$."
_FALSE = "a group, a maximum and components with another order"
CLAIMS: list[Claim] = [
    on_sphere(
        "li2.cand.growth.linear", "A small component changes in proportion to itself", _PLACE,
        _GROWTH.format(""), _FALSE, *_with_split("linear rate", _LEAK, _LEAK_WRONG, "−8E*"),
        domain=_TWO, reading=_SPHERE + "The factor is −4E*: it decays. "),
    *(on_sphere(
        f"li2.cand.growth.{word}", f"A small component obeys dα/dt ∝ α^{n}", _PLACE,
        _GROWTH.format(f"^{n}"), _FALSE, *_not_power(n), domain=_TWO, reading=_SPHERE)
      for n, word in ((2, "square"), (3, "cube"))),
    on_sphere(
        "li2.cand.growth.cube.free-norm", "Without the constraint a small component grows as α³",
        _PLACE, _GROWTH.format("^3"), _FALSE, *_with_split(
            "cubic rate", _FREE, Mutant.of(_FREE, "3", formula=_free(3)).check, "factor 3"),
        domain=_TWO, reading="w' = ∇E without the constraint |w| = 1, components with E > 0: α' = "
        "4E(y)α³, y the unit vector along the component. "),
]

# -- which block wins ------------------------------------------------------------------------------

_RACED = {group.name: group for group in (cyclic(4), cyclic(6))}


@cache
def _blocks(group: PermutationGroup) -> list[Block]:
    return real_blocks(character_table(group))


def sign_wins(generator: np.random.Generator, count: int, *, group: str) -> int:
    """In how many uniform starts on an Abelian group ascent ends in a block with D = 1.

    The largest L(x, y)/D wins, x and y χ² variables with D degrees of freedom (race of blocks).
    """
    best, signs = np.zeros(count), np.zeros(count, dtype=bool)
    for block in _blocks(_RACED[group]):
        x, y = generator.chisquare(block.dimension, size=(2, count))
        score = (x - y) / (np.log(x) - np.log(y)) / block.dimension
        signs = np.where(score > best, block.dimension == 1, signs)
        best = np.maximum(best, score)
    return int(signs.sum())


def exponent(probability: float, *, group: str) -> float:
    """a with P[D = 1 wins] = n·2^a/(n·2^a + k), n blocks with D = 1 and k with D = 2."""
    dimensions = [block.dimension for block in _blocks(_RACED[group])]
    signs, pairs = dimensions.count(1), dimensions.count(2)
    return float(np.log2(probability * pairs / ((1 - probability) * signs)))


def _race(value: float | None, *groups: str) -> Check:
    return Check(name="uniform starts", procedure=parameter_rejected, arguments={
        "trials": sign_wins, "points": tuple({"group": g} for g in groups),
        "parameter": exponent, "value": value, "samples": 40_000, "level": 0.9999,
        "event": "a block with D = 1 wins", "rests_on": ("race of blocks",)})


_RULE = (
    "Uniform starts on |w| = 1, gradient ascent of E; on Abelian groups the winner is computed "
    "from the start by the lemma *race of blocks*. The law ∝ (E*)^a gives each block with D = 1 "
    "2^a times the probability of one with D = 2: a = 0, 1, −1 for 1, E*, D²/f. Exact binomial "
    "intervals at level .9999 for 40,000 starts on each group. ")
_LAWS = {
    "equal": ("1", 0.0, ("Z4",), "1"),
    "energy": ("E^*", 1.0, ("Z4",), "E*"),
    "dimension": ("D^2/f", -1.0, ("Z4",), "D²/f"),
    "power": ("(E^*)^a", None, ("Z4", "Z6"), "a power of E*"),
}
for _key, (_tex, _value, _groups, _word) in _LAWS.items():
    _check = _race(_value, *_groups)
    _mutant = (Mutant.of(_check, "Z4 alone", points=({"group": "Z4"},)) if _value is None
               else Mutant.of(_check, "a = −0.609", value=-0.609))
    CLAIMS.append(Claim(
        id=f"li2.cand.basins.{_key}", title=f"Basins in proportion to {_word}",
        source=candidate(_PLACE), printed_kind="candidate",
        statement=f"Uniform starts end in block $k$ with probability $\\propto {_tex}$"
        + (", one $a$ for all groups." if _value is None else "."),
        domain=GROUPS, reading=ON_SPHERE + _RULE, empirical=True,
        falsified_by="a group whose interval excludes it" if _value is not None
        else "two groups whose intervals exclude a common a",
        checks=(_check,), mutants=(_mutant,)))
