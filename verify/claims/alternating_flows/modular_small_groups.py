"""Upper bounds for groups of four neurons, fewest neurons at p/4, and equal coefficients."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.modular_free_norms import FREE
from verify.claims.alternating_flows.modular_groups import (
    AT_3,
    KERNEL_PARTS,
    MODULI,
    claim,
    four_at_quarter,
    pencil,
)
from verify.claims.writing import exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Primes, Whole
from verify.formula import Formula, Term, all_of, cos, equal, rational, total, var

_MU = var("mu")
_C, _E = symbols("c e")

# -- four neurons ------------------------------------------------------------------------------


def _positive_part(weight: int = 2) -> Check:
    """K = h + ⅔(1 + e)(c + ½)² with a Fourier series h of positive coefficients."""
    double = 2 * _C**2 - 1
    series = (
        rational(1, 2) + rational(10, 3) * _C + rational(4, 3) * _C * _E
        + rational(2, 3) * double + rational(1, 6) * double * _E
    )
    rest = rational(weight, 3) * (1 + _E) * (_C + rational(1, 2)) ** 2
    return formal("kernel and its positive part",
                  equal((_C**2 + 2 * _C) * (2 + _E), series + rest), "c e", scope=MODULI)


# ½ + 3/N at N = 4
_BOUND = exact("bound", equal((rational(1, 2) + rational(3, 4)) * rational(4, 5), 1))
_FOUR = refutation(
    "four equal neurons", *KERNEL_PARTS, _positive_part(), _BOUND, point=AT_3,
    lemmas=("reduced cost", "groups of neurons", "groups of four"),
    description="every p, first p = 3: four equal neurons stay below the fraction 4/5",
)
_FOUR_MUTANT = Mutant.of(_FOUR, "another weight", parts=(
    *KERNEL_PARTS, _positive_part(1), _BOUND))
_CLOSURE = refutation(
    "four neurons of free norms", pencil(_MU**2), point=AT_3,
    lemmas=("five neurons", "four neurons"),
    description="every p and ξ with 4ξ ≢ 0, first p = 3: outputs of four neurons stay away from "
    "the target",
)
_CLOSURE_MUTANT = Mutant.of(_CLOSURE, "pencil without μ²", parts=(pencil(0),))

# -- the frequency p/4 -------------------------------------------------------------------------

_QUARTER_DOMAIN = Domain.of(frequency=Whole("moduli p ≡ 0 mod 4 and ξ = p/4, x̂[ξ] ≠ 0"))
_AT_4 = {"frequency": "p = 4, ξ = 1"}
_L, _K, _N, _Z1, _Z2, _Y1, _Y2 = symbols("L k n z1 z2 y1 y2")


def _kernel_rows(sign: int = 1) -> Check:
    """Combinations of the rows of Mv and M'v in which κ and ν cancel, and |z|²|y|² = s² + t²."""
    v = (_Z1, _Z2, _Y1, _Y2)
    first = ((_L, _K, 1, 0), (_K, _L, 0, -1), (1, 0, -_L, _N), (0, -1, _N, -_L))
    second = ((_L, _K, 0, 1), (_K, _L, 1, 0), (0, 1, -_L, _N), (1, 0, _N, -_L))
    a, b = _Z1**2 - _Z2**2, _Y1**2 - _Y2**2
    s, t = _Z1 * _Y1 + _Z2 * _Y2, _Z1 * _Y2 - _Z2 * _Y1
    one, two = (
        [total([x * y for x, y in zip(row, v, strict=True)]) for row in matrix]
        for matrix in (first, second)
    )
    formula = (
        equal(_Z1 * one[0] - _Z2 * one[1], _L * a + s)
        & equal(_Y1 * one[2] - _Y2 * one[3], s - sign * _L * b)
        & equal(_Z1 * two[0] - _Z2 * two[1], _L * a + t)
        & equal(_Y1 * two[2] - _Y2 * two[3], -(_L * b) - t)
        & equal((_Z1**2 + _Z2**2) * (_Y1**2 + _Y2**2), s**2 + t**2)
    )
    return formal("rows of the two forms", formula, "L k n z1 z2 y1 y2", scope=_QUARTER_DOMAIN)


_QUARTER = proof(
    "four neurons are needed and suffice", four_at_quarter(-1), _kernel_rows(),
    scope=_QUARTER_DOMAIN, lemmas=("quarter frequency",),
)
_QUARTER_MUTANTS = (
    Mutant.of(_QUARTER, "another row", parts=(four_at_quarter(-1), _kernel_rows(-1))),
    Mutant.of(_QUARTER, "another group", parts=(four_at_quarter(1), _kernel_rows())),
)
_THREE = refutation(
    "four neurons are needed", _kernel_rows(), point=_AT_4, lemmas=("quarter frequency",),
    description="p = 4, ξ = 1: the forms of three neurons have a common zero, the target's two "
    "forms never",
)

# -- equal coefficients ------------------------------------------------------------------------

_ONE_HOT = Domain.of(p=Primes(3))


def _coefficient(x: list[Fraction], k: int) -> Term:
    p = len(x)
    return total([rational(value) * cos(rational(k * c, p)) for c, value in enumerate(x)])


def _flat(first: int = 1) -> Check:
    """x̂[k] = 1 for every k ≠ 0 at p = 3, 5, 7 (x is even, so x̂ is a sum of cosines)."""
    parts: list[Formula] = []
    for p in (3, 5, 7):
        x = [Fraction(first), *[Fraction(0)] * (p - 1)]
        centred = [value - Fraction(1, p) for value in x]
        parts += [equal(_coefficient(centred, k), 1) for k in range(1, p)]
    return exact("equal coefficients", all_of(parts))


_UNIFORM = proof("symmetry of the units mod p", _flat(), scope=_ONE_HOT,
                 lemmas=("equal coefficients",))

CLAIMS: list[Claim] = [
    claim("mod-group-4.four-fifths", "Largest fraction of 4 equal neurons: 4/5",
          "The largest fraction for N=4 is 4/5.", "", (_FOUR,), (_FOUR_MUTANT,)),
    claim("mod-free-4.one", "Four neurons of free norms: 1",
          "All norms free: sup 1 for N=4.", FREE, (_CLOSURE,), (_CLOSURE_MUTANT,)),
    claim("mod-quarter-group.four", "Fewest neurons at p/4: 4", "$\\xi=p/4$: fewest N=4.",
          "Any amplitudes and phases of u, v, w at ξ; the whole target is the output at ξ.",
          (_QUARTER,), _QUARTER_MUTANTS, domain=_QUARTER_DOMAIN,
          corrects="agf.cand.mod-quarter-group.six"),
    claim("mod-quarter-group.three", "Fewest neurons at p/4: 3", "$\\xi=p/4$: fewest N=3.",
          "As in agf.cand.mod-quarter-group.four.", (_THREE,),
          (Mutant.of(_THREE, "another row", parts=(_kernel_rows(-1),)),),
          domain=_QUARTER_DOMAIN, corrected_by="agf.cand.mod-quarter-group.four"),
    claim("mod-onehot", "One-hot inputs have no preferred frequency",
          "x=e_0−1/p, p prime: the first frequency is uniform over 1..(p−1)/2.",
          "p odd. u, v, w Gaussian with independent entries, one rate; “first” by any rule that "
          "does not name frequencies and almost surely picks exactly one class {k, −k}. Here the "
          "fraction plays no part.", (_UNIFORM,),
          (Mutant.of(_UNIFORM, "2e_0 − 1/p", parts=(_flat(2),)),), domain=_ONE_HOT),
]
