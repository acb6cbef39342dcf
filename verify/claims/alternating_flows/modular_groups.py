"""How much of a frequency N neurons learn: loss drops, group fractions, exact groups.

A = 2πξa/p − s_x, B = 2πξb/p − s_x, C = 2πξc/p − s_x; an aligned neuron with phases a, b is
ρ_uρ_vρ_w|x̂|²(cos(A + a) + cos(B + b))² cos(C + a + b) when its three amplitudes are equal, and the
target at ξ is (2|x̂|/p) cos(C − A − B).  Formal angles A, B, C serve every p and ξ at once.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.claims.alternating_flows.common import Topic, candidate
from verify.claims.writing import breaks, exact, formal, mutants, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, even
from verify.formula import Formula, Term, cis, cos, equal, rational, total, var

_SOURCE = candidate("Modular: cost minimisation")
_FREQUENCY = Whole("frequencies ξ with 4ξ ≢ 0 mod p, x̂[ξ] ≠ 0")
MODULI = Domain.of(p=at_least(3), frequency=_FREQUENCY)
_READING = (
    "x real, x̂[0] = 0, ξ as in the domain. N neurons aligned at ξ, with one common amplitude "
    "unless another is named; the fraction is the loss drop over |x̂[ξ]|²/p, best over the "
    "amplitudes and phases. "
)
AT_3: dict[str, Any] = {"p": 3, "frequency": "ξ = 1"}
_A, _B, _C, _S, _T = symbols("A B C s t")
ANGLES = "A B C"

# Weights of |c_mn|² in F, printed as 4, ¼, ¼, ½, 1, 1, 1.
WEIGHTS = {
    (1, 1): Fraction(4), (3, 1): Fraction(1, 4), (1, 3): Fraction(1, 4), (1, -1): Fraction(1, 2),
    (2, 0): Fraction(1), (0, 2): Fraction(1), (2, 2): Fraction(1),
}


claim = Topic(
    family="Modular: cost minimisation",
    falsified_by="a modulus, a frequency and neurons that violate it",
    domain=MODULI,
    reading=_READING,
).claim


def _neuron(a: Any, b: Any, scale: Any = 1) -> Term:
    """(cos(A + a) + cos(B + b))² cos(C + a + b)."""
    return scale * ((cos(_A + a) + cos(_B + b)) ** 2 * cos(_C + a + b))


# -- the reduction -----------------------------------------------------------------------------


def _expansion(constant: Term | Fraction | int = 1) -> Formula:
    s, t, half, quarter = _S, _T, rational(1, 2), rational(1, 4)
    modes = (
        constant * cos(_C + s + t)
        + quarter * (cos(_C + 2 * _A + 3 * s + t) + cos(_C - 2 * _A - s + t))
        + quarter * (cos(_C + 2 * _B + s + 3 * t) + cos(_C - 2 * _B + s - t))
        + half * (cos(_C + _A + _B + 2 * s + 2 * t) + cos(_C - _A - _B))
        + half * (cos(_C + _A - _B + 2 * s) + cos(_C - _A + _B + 2 * t))
    )
    return equal(_neuron(s, t), modes)


def neuron_modes(constant: Term | Fraction | int = 1) -> Check:
    """The modes of one aligned neuron with equal amplitudes."""
    return formal(
        "modes of an aligned neuron", _expansion(constant), "", angles=f"{ANGLES} s t",
        scope=MODULI,
    )


_MODES = neuron_modes()
# squares of the coefficients over that of the target mode, ½: 4, ¼·(three + one of c_{1,−1}), …
_SQUARES = exact(
    "weights of the modes",
    equal(rational(1) / rational(1, 2) ** 2, 4)
    & equal(rational(1, 4) ** 2 / rational(1, 2) ** 2, rational(1, 4))
    & equal(2 * rational(1, 4) ** 2 / rational(1, 2) ** 2, rational(1, 2)),
)
_REDUCED = proof(
    "reduced cost", _MODES, _SQUARES, scope=MODULI, lemmas=("reduced cost",)
)
_REDUCED_MUTANT = Mutant.of(
    _REDUCED, "half the constant mode", parts=(neuron_modes(rational(1, 2)), _SQUARES)
)

# One neuron at p = 3, x = (2, −1, −1), s_x = 0: the fraction from the definition, as sums over
# the nine pairs and three outputs.
_X3 = (2, -1, -1)


def _fraction_of_one() -> Term:
    wave = [cos(rational(c, 3)) for c in range(3)]
    dots = [total([wave[c] * rational(_X3[(c - a) % 3]) for c in range(3)]) for a in range(3)]
    rows = [
        ((dots[a] + dots[b]) ** 2 * wave[c], rational(_X3[(c - a - b) % 3]))
        for a in range(3) for b in range(3) for c in range(3)
    ]
    inner = total([f * y for f, y in rows])
    size = total([f * f for f, _ in rows]) * total([y * y for _, y in rows])
    return inner * inner / size


def reduced(phases: list[tuple[Fraction, Fraction]], four: Any = 4) -> Term:
    """F of the phases (in turns), with `four` in place of the weight of |c_11|²."""
    terms = []
    for (m, n), weight in WEIGHTS.items():
        turns = [m * a + n * b for a, b in phases]
        plus, minus = (total([cis(rational(e * t)) for t in turns]) for e in (1, -1))
        terms.append((four if (m, n) == (1, 1) else rational(weight)) * (plus * minus))
    return total(terms) / len(phases) ** 2


_ONE = [(Fraction(0), Fraction(0))]
_REDUCED_B = breaks(
    "one neuron at p = 3",
    equal(_fraction_of_one() * (1 + reduced(_ONE, 2)), 1),
    "N = 1, p = 3, x = (2, −1, −1): the fraction is 1/9, while 2|c_11|² gives 1/7",
    point=AT_3,
)
_REDUCED_B_MUTANTS = mutants(
    _REDUCED_B, four_times=equal(_fraction_of_one() * (1 + reduced(_ONE)), 1)
)

# -- groups of one, two, three -----------------------------------------------------------------

# K(a, b) = 1 + Σ weight·cos(ma + nb) = (c² + 2c)(2 + e), c = cos(a + b), e = cos(a − b).
_KERNEL_SUM = total(
    [rational(1), *(rational(w) * cos(m * _S + n * _T) for (m, n), w in WEIGHTS.items())]
)
_CS, _CD = cos(_S + _T), cos(_S - _T)


def _kernel(base: Any = 2) -> Check:
    return formal(
        "kernel of two neurons", equal(_KERNEL_SUM, (_CS**2 + 2 * _CS) * (base + _CD)), "",
        angles="s t", scope=MODULI,
    )


_c, _e = symbols("c e")


KERNEL_PARTS = (_MODES, _SQUARES, _kernel())


def _pair(gap: int = 2) -> Check:
    """K + 3 ≥ 0 as a sum of squares weighted by (1 ± e)/2 ≥ 0."""
    left = 2 * ((_c**2 + 2 * _c) * (2 + _e) + 3)
    right = (1 + _e) * 3 * (1 + _c) ** 2 + (1 - _e) * ((1 + _c) ** 2 + gap)
    return formal("kernel above −3", equal(left, right), "c e", scope=MODULI)


def _triple(slope: int = 3) -> Check:
    """3(c² + 2c) and c² + 2c above the tangent −9/4 + 3(c + 1/2)."""
    tangent = slope * (_c + rational(1, 2)) - rational(9, 4)
    steep = equal(3 * (_c**2 + 2 * _c) - tangent, 3 * (_c + rational(1, 2)) ** 2)
    flat = equal(4 * (_c**2 + 2 * _c - tangent), (2 * _c - 1) ** 2 + 2)
    return formal("tangent at c = −1/2", steep & flat, "c", scope=MODULI)


_SIXTHS = [Fraction(m, 6) for m in range(6)]
_GROUPS = {
    1: _ONE,
    2: [(Fraction(0), Fraction(0)), (Fraction(1, 4), Fraction(1, 4))],
    3: [(Fraction(m, 6), Fraction(m, 6)) for m in range(3)],
    6: [(m, 4 * m) for m in _SIXTHS],
}


def _value(number: int, fraction: Fraction) -> Check:
    attained = equal((1 + reduced(_GROUPS[number])) * rational(fraction), 1)
    return exact(f"{number} neurons with fraction {fraction}", attained)


_BEST = {1: Fraction(1, 9), 2: Fraction(1, 3), 3: Fraction(2, 3), 6: Fraction(1)}
_BOUNDS = {1: (_kernel(),), 2: (_kernel(), _pair()), 3: (_kernel(), _triple()), 6: ()}
_GROUP_LEMMAS = ("reduced cost", "groups of neurons")


def _group(number: int, fraction: Fraction | None = None) -> Check:
    value = _value(number, fraction or _BEST[number])
    return proof(
        f"best group of {number}", _MODES, _SQUARES, *_BOUNDS[number], value,
        scope=MODULI, lemmas=_GROUP_LEMMAS,
    )


def _best(number: int) -> Claim:
    check, fraction = _group(number), _BEST[number]
    parts = {
        "a larger value": _group(number, fraction * Fraction(10, 9)).arguments["parts"],
        "another kernel": (*_BOUNDS[number], _kernel(3)),
    }
    return claim(
        f"mod-group-{number}.best", f"Largest fraction of {number} equal neurons",
        f"The largest fraction for N={number} is {fraction}.", "", (check,),
        tuple(Mutant.of(check, name, parts=p) for name, p in parts.items()),
        **({"corrects": f"agf.cand.mod-group-{number}.{_FALSE[number][0][0]}"}),
    )


_FALSE = {
    1: (("sixth", Fraction(1, 6)), ("third", Fraction(1, 3))),
    2: (("quarter", Fraction(1, 4)), ("half", Fraction(1, 2))),
    3: (("half", Fraction(1, 2)), ("three-quarters", Fraction(3, 4))),
    6: (("seventeen", Fraction(17, 18)),),
}


def _wrong(number: int, name: str, fraction: Fraction) -> Claim:
    compare = f"{fraction} is not the largest fraction"
    best = rational(_BEST[number])
    check = refutation(
        f"best group of {number}", _group(number), exact(compare, ~equal(best, rational(fraction))),
        point=AT_3, lemmas=_GROUP_LEMMAS,
        description=f"N = {number}, p = 3: the largest fraction is {_BEST[number]}",
    )
    same = (_group(number), exact(compare, ~equal(best, rational(_BEST[number]))))
    return claim(
        f"mod-group-{number}.{name}", f"Largest fraction of {number} equal neurons: {fraction}",
        f"The largest fraction for N={number} is {fraction}.", "", (check,),
        (Mutant.of(check, "the true value", parts=same),),
        corrected_by=f"agf.cand.mod-group-{number}.best",
    )


# -- six suffice, five do not ------------------------------------------------------------------


def _hexagon(multiple: int) -> Formula:
    neurons = [_neuron(rational(m), rational(multiple * m)) for m in _SIXTHS]
    return equal(total(neurons), 3 * cos(_C - _A - _B))


def six_neurons(multiple: int = 4) -> Check:
    """Six neurons with phases m/6 and multiple·m/6 of a turn sum to 3 cos(C − A − B)."""
    return formal("six neurons", _hexagon(multiple), "", angles=ANGLES, scope=MODULI)


_SIX = six_neurons()
_SIX_MUTANTS = mutants(_SIX, b_twice_a=_hexagon(2), b_thrice_a=_hexagon(3))

_XX, _YY, _MU = symbols("x y mu")


def pencil(mu_squared: Term | int) -> Check:
    """M = x·S₁ + y·S₂ + μJ has M² = ((x² + y²)/4 + μ²)I, row by row."""
    h = rational(1, 2)
    rows = [
        [_MU, 0 * _MU, h * _XX, h * _YY], [0 * _MU, _MU, h * _YY, -(h * _XX)],
        [h * _XX, h * _YY, -_MU, 0 * _MU], [h * _YY, -(h * _XX), 0 * _MU, -_MU],
    ]
    scalar = rational(1, 4) * (_XX**2 + _YY**2) + mu_squared
    entries = [
        equal(total([rows[i][k] * rows[k][j] for k in range(4)]), scalar * (1 if i == j else 0))
        for i in range(4) for j in range(4)
    ]
    formula = entries[0]
    for other in entries[1:]:
        formula = formula & other
    return formal("square of the pencil", formula, "x y mu", scope=MODULI)


_FIVE = refutation(
    "rank of the pencil", pencil(_MU**2),
    point=AT_3, lemmas=("five neurons",),
    description="for every p and ξ with 4ξ ≢ 0 mod p, first at p = 3: five neurons of one "
    "frequency never compute the target",
)
_FIVE_MUTANT = Mutant.of(_FIVE, "pencil without μ²", parts=(pencil(0),))
_FEWEST = proof(
    "six are needed and suffice", _MODES, _SIX, pencil(_MU**2),
    scope=MODULI, lemmas=("reduced cost", "five neurons"),
)
_FEWEST_MUTANTS = (
    Mutant.of(_FEWEST, "another hexagon", parts=(
        six_neurons(2),)),
    Mutant.of(_FEWEST, "pencil without μ²", parts=(_SIX, pencil(0))),
)


def _no_hexagon(multiple: int) -> tuple[tuple[Check, ...], tuple[Mutant, ...]]:
    def phases(k: int) -> list[tuple[Fraction, Fraction]]:
        return [(m, k * m) for m in _SIXTHS]

    check = breaks(
        "reduced cost of the group", equal(reduced(phases(multiple)), 0),
        f"b_m = {multiple}a_m, p = 3: F > 0, so the fraction is below 1", point=AT_3,
    )
    return (check,), mutants(check, b_four_a=equal(reduced(phases(4)), 0))


# Norms of the six: ρ³ = 4/(6p|x̂|), ‖θ‖² = 3ρ²p/2, so ‖θ‖⁶ = (3p/2)³(4/(6p|x̂|))².
_P, _X = var("p"), var("X")
_NORM = (3 * _P / 2) ** 3 * 16 >= (6 * _P * _X) ** 2
_ABOVE = breaks(
    "norms at p = 3", _NORM,
    "p = 3, x = (2, −1, −1), |x̂[1]| = 3: each of the six neurons has norm 2^{−1/6} < 1; in general "
    "norm ≥ 1 iff |x̂|² ≤ 3p/2", point=AT_3, values={"p": 3, "X": 3},
)

# -- the Nyquist frequency and p/4 -------------------------------------------------------------

_EVEN = Domain.of(p=even(2))
_SIGNS = [{"j": j, "l": l, "m": m} for j in (0, 1) for l in (0, 1) for m in (0, 1)]
_J, _L, _M = symbols("j l m")


def _alternating(name: str, sign: int) -> Check:
    """(s z + s y)² s t + (s z − s y)²(∓s) t at z, y, t = ±1, against 4s³ z y t."""
    z, y, t = (cos(i / 2) for i in (_J, _L, _M))
    pair = (_S * z + _S * y) ** 2 * _S * t + (_S * z - _S * y) ** 2 * (sign * _S) * t
    return formal(name, equal(pair, 4 * _S**3 * (z * y * t)), "s", points=_SIGNS, scope=_EVEN)


_U, _V, _W = symbols("u v w")


def _single(power: int = 2) -> Check:
    product = ((_U + _V) ** 2 * _W) * ((_U - _V) ** 2 * _W)
    return formal(
        "one neuron has one sign", equal(product, ((_U**2 - _V**2) * _W) ** power), "u v w",
        scope=_EVEN,
    )


_TWO = proof(
    "two neurons at p/2", _alternating("two neurons", -1), _single(), scope=_EVEN,
    lemmas=("alternating frequency",),
)
_TWO_MUTANTS = (Mutant.of(_TWO, "the same sign twice", parts=(
    _alternating("two neurons", 1), _single())),)


def _nyquist(name: str, number: int) -> Claim:
    check = refutation(
        "two neurons are needed and suffice", _TWO, exact("not two", ~equal(number, 2)),
        point={"p": 2}, lemmas=("alternating frequency",),
        description=f"p = 2: two neurons reach the full drop and one does not, so not {number}",
    )
    wrong = (_TWO, exact("not two", ~equal(2, 2)))
    return claim(
        f"mod-nyquist-group.{name}", f"Fewest neurons at p/2: {number}",
        f"N={number} neurons are the fewest reaching the full Nyquist drop.", "", (check,),
        (Mutant.of(check, "two", parts=wrong),), domain=_EVEN,
        corrected_by="agf.cand.mod-nyquist-group.two",
    )


# z, y ∈ {±1, ±i}: α = Re z + Im z, α' = Re z − Im z, β, β' of y are all ±1, and αβ = ½(α+β)² − 1.
def four_at_quarter(sign: int) -> Check:
    """Four neurons compute cos and sin of A + B on Z_4²."""
    parts = []
    for turn in (_J, _L):
        re, im = cos(turn / 4), cos((turn - 1) / 4)
        parts.append((re + im, re - im))
    (a, a2), (b, b2) = parts
    real = ((a + b2) ** 2 - (a2 - b) ** 2) / 4
    imaginary = ((a + b) ** 2 + sign * (a2 + b2) ** 2) / 4
    formula = equal(real, cos((_J + _L) / 4)) & equal(imaginary, cos((_J + _L - 1) / 4))
    points = [{"j": j, "l": l} for j in range(4) for l in range(4)]
    return exact("four neurons at p/4", formula, points=points)


_QUARTER_DOMAIN = Domain.of(p=Finite([4]))
_QUARTER = refutation(
    "four neurons at ξ = p/4", four_at_quarter(-1), point={"p": 4}, lemmas=(),
    description="p = 4, ξ = 1: four neurons compute cos and sin of A + B on Z_4²",
)

CLAIMS: list[Claim] = []


CLAIMS = [
    claim("mod-reduced", "The best fraction at fixed phases",
           "The best fraction at fixed phases is $1/(1+F)$, $F=[4|c_{11}|^2+\\frac14(|c_{31}|^2+"
           "|c_{13}|^2)+\\frac12|c_{1,-1}|^2+|c_{20}|^2+|c_{02}|^2+|c_{22}|^2]/|c_{00}|^2$.",
           "", (_REDUCED,), (_REDUCED_MUTANT,), corrects="agf.cand.mod-reduced-b"),
    claim("mod-reduced-b", "The same with 2|c_11|²",
           "The best fraction at fixed phases is $1/(1+F)$ with $2|c_{11}|^2$ in $F$.", "",
           (_REDUCED_B,), _REDUCED_B_MUTANTS, corrected_by="agf.cand.mod-reduced"),
    *map(_best, _BEST),
    *(_wrong(n, name, f) for n, rows in _FALSE.items() for name, f in rows),
    claim("mod-five-suffice", "Five neurons learn a frequency",
           "Some 5 neurons of $\\xi$ attain fraction 1.",
           "Any five neurons whose u, v, w have frequency ξ only, with any amplitudes and phases.",
           (_FIVE,), (_FIVE_MUTANT,), corrected_by="agf.mod-width"),
    claim("mod-width", "Six neurons per frequency", "6 neurons per frequency.",
           "6 is the least number of neurons of frequency ξ, with any amplitudes and phases, whose "
           "output at ξ is the whole target; 4ξ ≢ 0. At p/2 two suffice: agf.mod-width.nyquist.",
           (_FEWEST,), _FEWEST_MUTANTS, printed="notebook on modular addition", kind="op",
           corrects="agf.cand.mod-five-suffice"),
    claim("mod-width.nyquist", "Six neurons at p/2", "6 neurons per frequency.",
           "The same number at ξ = p/2.",
           (refutation("two neurons suffice", _TWO, point={"p": 2},
                       lemmas=("alternating frequency",),
                       description="p = 2: two neurons reach the full drop at p/2"),),
           (Mutant.of(refutation("two neurons suffice", _TWO, point={"p": 2}, lemmas=(),
                                 description="-"), "the same sign twice",
                      parts=(_alternating("two neurons", 1),)),),
           domain=_EVEN, printed="notebook on modular addition", kind="op",
           corrected_by="agf.cand.mod-nyquist-group.two"),
    claim("mod-cost.value", "Six aligned neurons learn a frequency",
           "N≥6 neurons aligned with $\\xi$: cost minimisation attains $f=(2|\\hat x[\\xi]|/p)"
           "\\cos(2\\pi\\xi(c-a-b)/p+s_x)$, i.e. loss drop $|\\hat x[\\xi]|^2/p$.",
           "The least cost over N ≥ 6 neurons aligned at ξ (zero neurons allowed), not the limit "
           "of the cost flow: agf.mod-cost.limit.",
           (_FEWEST,), _FEWEST_MUTANTS, printed="as reconstructed", kind="op",
           corrects="agf.mod-cost.limit"),
    claim("mod-six", "Six phases that learn a frequency",
           "$a_m=2\\pi m/6$, $b_m=4a_m$ attains fraction 1 at cosine amplitude ρ (all three), "
           "$\\rho^3=4/(Np|\\hat x|)$.",
           "The sum of the six is 3ρ³|x̂|²cos(C − A − B), which is (2|x̂|/p)cos(C − A − B) for this "
           "ρ; as an identity it holds for every ξ.", (_SIX,), _SIX_MUTANTS,
           corrects="agf.cand.mod-six-b"),
    claim("mod-six-b", "Six phases with b = 2a", "$b_m=2a_m$ attains fraction 1.", "",
           *_no_hexagon(2), corrected_by="agf.cand.mod-six"),
    claim("mod-six-c", "Six phases with b = 3a", "$b_m=3a_m$ attains fraction 1.", "",
           *_no_hexagon(3), corrected_by="agf.cand.mod-six"),
    claim("mod-above-one", "The six neurons have norm at least 1",
           "At $b_m=4a_m$ each neuron has norm ≥1.", "", (_ABOVE,),
           (Mutant.of(_ABOVE, "|x̂| = 2", values={"p": 3, "X": 2}),)),
    claim("mod-nyquist-group.two", "Two neurons at p/2",
           "N=2 neurons are the fewest reaching the full Nyquist drop; per-coordinate size "
           "$s^3=1/(4p|\\hat x|)$.",
           "ξ = p/2: u, v, w are multiples of (−1)^c; the pair is (s, s, s), (s, −s, −s) up to the "
           "sign of x̂, and 4s³x̂² = |x̂|/p.", (_TWO,), _TWO_MUTANTS, domain=_EVEN,
           corrects="agf.cand.mod-nyquist-group.one"),
    _nyquist("one", 1),
    _nyquist("three", 3),
    claim("mod-quarter-group.six", "Fewest neurons at p/4: 6", "$\\xi=p/4$: fewest N=6.",
           "p = 4, ξ = 1, any amplitudes and phases.",
           (_QUARTER,), (Mutant.of(_QUARTER, "another sign", parts=(four_at_quarter(1),)),),
           domain=_QUARTER_DOMAIN, corrected_by="agf.cand.mod-quarter-group.four"),
]
