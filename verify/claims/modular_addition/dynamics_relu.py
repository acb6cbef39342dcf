"""Leading-order gradients of a single-frequency ReLU neuron: leaks, and its mode."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claims.modular_addition.dynamics_common import entry
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import (
    Formula,
    Term,
    absolute,
    cos,
    equal,
    iverson,
    maximum,
    rational,
    sin,
    total,
    var,
)
from verify.methods.combine import conjunction, counterexample
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

_LEMMA = ("ReLU gradient of a mode",)
_F = Fraction
_READ = (
    "σ = max(u, 0), one neuron with one frequency in both layers, uniform softmax, full table, the "
    "loss summed over the data. "
)
_LIMIT = _READ + "p → ∞ with k prime to p; amplitudes relative to the first harmonic. "
_COPRIME = Domain.of(p=odd(3), neuron=Whole("frequencies prime to p, and phases"))
_ANY = Domain.of(p=odd(3), neuron=Whole("frequencies and phases"))
_LIMITS = Domain.of(neuron=Whole("single-frequency ReLU neurons for p → ∞"))

# -- the output ----------------------------------------------------------------------------------


def output_rate(p: int, k: int, phase: Term, scale: int = 1, divisor: int = 1) -> Formula:
    """sin(πg/2p)·ξ'[j] against gα(|cos(πkj/p + φ)| − mean) for α = 1, j ≤ 2 and g = divisor."""

    def active(x: Term, y: Term) -> Term:
        return maximum(cos(rational(k * x, p) + phase) + cos(rational(k * y, p) + phase), 0)

    def size(j: Term) -> Term:
        return absolute(cos(rational(k * j, 2 * p) + phase))

    mean = total("x", 0, p - 1, lambda x: total("y", 0, p - 1, lambda y: active(x, y)))
    size_mean = total("i", 0, p - 1, size) * rational(1, p)

    def at(j: int) -> Formula:
        sums = total("x", 0, p - 1, lambda x: active(x, j - x)) - mean * rational(1, p)
        gap = size(rational(j)) - size_mean
        return equal(scale * sin(rational(divisor, 4 * p)) * sums, divisor * gap)

    formula = at(0)
    for j in range(1, min(p, 3)):
        formula = formula & at(j)
    return formula


_PHASE = var("phase")
_TURN_POINTS = ({"phase": 0}, {"phase": _F(1, 12)})


def _exact(name: str, formula: Formula, points: Any, scope: Domain) -> Check:
    return Check(name=name, procedure=exact_statement, arguments={
        "formula": formula, "points": points, "scope": scope})


def _formal(name: str, formula: Formula, angles: str, letters: str = "", points: Any = ({},),
            scope: Domain = _COPRIME) -> Check:
    sorts = dict.fromkeys(angles.split(), "angle") | dict.fromkeys(letters.split(), "indeterminate")
    return Check(name=name, procedure=formal_identity, arguments={
        "formula": formula, "formal": sorts, "points": points, "scope": scope})


_H, _T = var("h"), var("t")
# θ[x] + θ[y] as a product, and the sum of |cos| by telescoping
_PRODUCT = _formal(
    "products and telescoping",
    equal(cos(_H + _T) + cos(_H - _T), 2 * cos(_H) * cos(_T))
    & equal(2 * sin(_H) * cos(_T), sin(_T + _H) - sin(_T - _H)),
    "h t",
)


def _all(name: str, parts: tuple[Check, ...], scope: Domain) -> Check:
    return Check(name=name, procedure=conjunction, arguments={
        "parts": parts, "scope": scope, "rests_on": _LEMMA})


def _network(p: int, k: int, scale: int = 1) -> Check:
    return _exact(f"p = {p}, k = {k}", output_rate(p, k, _PHASE, scale), _TURN_POINTS,
                  Domain.at({"p": p, "neuron": f"k = {k}, φ = 0 and 1/12 turn"}))


_XI = _all("output", (_PRODUCT, _network(3, 1), _network(5, 2)), _COPRIME)
_DIVISOR = Check(
    name="a common divisor",
    procedure=counterexample,
    arguments={
        "formula": output_rate(9, 3, _PHASE),
        "point": {"p": 9, "neuron": "k = 3, φ = 0"},
        "values": {"phase": 0},
        "description": "p = 9, k = 3: Σ_d |cos(πkd/p)| is 6, not 1/sin(π/18) = 5.76…",
    },
)

# -- harmonics -----------------------------------------------------------------------------------

_R, _X = var("r"), var("x")


def _output_harmonics(numerator: int = 3) -> Formula:
    """cos h cos 2rh as a sum (t = 2h), its integral over |h| ≤ π/2, and the ratio to r = 1."""
    product = equal(2 * cos(_H) * cos(2 * _R * _H), cos((2 * _R + 1) * _H) + cos((2 * _R - 1) * _H))
    sign = (-1) ** _R
    integral = rational(sign, 2 * _R + 1) - rational(sign, 2 * _R - 1)
    ratio = rational(-numerator * sign, 4 * _R**2 - 1)
    return product & equal(integral, ratio * rational(2, 3))


def _input_harmonics(numerator: int = 3) -> Formula:
    """The products of the lemma, their integrals over [0, π] for odd r, the ratio at D = 0."""
    even = equal(4 * cos(_X) * sin(_X) * cos(_R * _X), sin((_R + 2) * _X) - sin((_R - 2) * _X))
    odd_part = equal(
        4 * sin(_X) ** 2 * sin(_R * _X),
        2 * sin(_R * _X) - sin((_R + 2) * _X) - sin((_R - 2) * _X),
    )
    integral = rational(2, _R + 2) - rational(2, _R - 2)
    ratio = rational(-numerator, _R**2 - 4)
    other = rational(4, _R) - rational(2, _R + 2) - rational(2, _R - 2)
    return (
        even
        & odd_part
        & equal(integral, ratio * rational(8, 3))
        & equal(other, rational(-16, _R * (_R**2 - 4)))
    )


def _harmonics(output: Formula, theta: Formula) -> tuple[Check, ...]:
    return (
        _formal("output harmonics", output, "h",
                points=tuple({"r": r} for r in range(1, 9)), scope=_LIMITS),
        _formal("input harmonics", theta, "x",
                points=tuple({"r": r} for r in range(1, 17, 2)), scope=_LIMITS),
    )


_HARMONICS = _all(
    "Fourier series", (_PRODUCT, *_harmonics(_output_harmonics(), _input_harmonics())), _LIMITS
)
_HARMONIC_MUTANTS = (
    Mutant.of(_HARMONICS, "other output harmonics", parts=_harmonics(
        _output_harmonics(4), _input_harmonics())),
    Mutant.of(_HARMONICS, "other input harmonics", parts=_harmonics(
        _output_harmonics(), _input_harmonics(2))),
)

_NEAR = _F(1, 5)


def _leak(p: int, r: int, target: Fraction, *, theta: bool) -> Formula:
    """The r-th harmonic of the gradient at α = β = 1, k = 1, φ = D = 0 lies within 1/5 of
    target·(the first), in size.
    """

    def weight(n: int, x: Term) -> Term:
        return cos(rational(n * x, p))

    def size(n: int) -> Term:
        if not theta:
            return total("x", 0, p - 1, lambda x: absolute(cos(rational(x, 2 * p))) * weight(n, x))
        return total("x", 0, p - 1, lambda x: weight(n, x) * total("y", 0, p - 1, lambda y:
            iverson(weight(1, x) + weight(1, y) > 0) * weight(1, x + y)))

    first, other = absolute(size(1)), absolute(size(r))
    low, high = rational(target * (1 - _NEAR)), rational(target * (1 + _NEAR))
    return (other >= low * first) & (other <= high * first)


_LEAK_AT = {"p": 11, "neuron": "k = 1, α = β = 1, φ = ψ = 0"}


def _either(p: int, theta: Fraction, xi: Fraction) -> Formula:
    return _leak(p, 3, theta, theta=True) | _leak(p, 3, xi, theta=False)


_LEAKS = Check(
    name="third harmonics",
    procedure=counterexample,
    arguments={
        "formula": _either(11, _F(1, 9), _F(1, 9)),
        "point": _LEAK_AT,
        "values": {},
        "description": "p = 11, k = 1, D = 0: the third harmonic is 0.634… of the first in θ' and "
        "0.073… in ξ'; for p → ∞ they are 3/5 and 3/35",
    },
)

# -- the flow of the mode --------------------------------------------------------------------------

_C, _A, _B = var("c"), var("alpha"), var("beta")
_D = 2 * var("phi") - var("psi")


def _rates(turn: int = 2) -> Mapping[str, Term]:
    """αα', ββ', α²φ'/.. as α·α', β·β', αφ', βψ' of (iv)."""
    return {"alpha": _C * _B * cos(_D), "beta": _C * _A * cos(_D),
            "phi": -turn * _C * _B * sin(_D), "psi": _C * _A * sin(_D)}


def _conserved(turn: int = 2) -> Formula:
    r = _rates(turn)
    squares = equal(2 * _A * r["alpha"] - 2 * _B * r["beta"], 0)
    # (α⁴β sin D)', with αφ' and βψ': D' = 2φ' − ψ'
    slope = 2 * _A**3 * _B * r["phi"] - _A**4 * r["psi"]
    moment = sin(_D) * (4 * _A**3 * _B * r["alpha"] + _A**4 * r["beta"]) + cos(_D) * slope
    return squares & equal(moment, 0)


def _first_harmonics(speed: int = 8) -> Formula:
    """The integrals 4/3, 8/3 and 4/3 by sums of sines, and c = speed/3 in units of p/π²."""
    c = rational(speed, 3)
    return (
        equal(4 * cos(_X) ** 2 * sin(_X), sin(_X) + sin(3 * _X))
        & equal(4 * sin(_X) ** 3, 3 * sin(_X) - sin(3 * _X))
        & equal(2 * cos(_X) * cos(2 * _X), cos(3 * _X) + cos(_X))
        & equal(2 * 2 * rational(1, 4) * (2 + rational(2, 3)), c)
        & equal(2 * 2 * rational(1, 4) * (6 - rational(2, 3)), 2 * c)
        & equal(2 * rational(4, 3), c)
    )


_LETTERS = "c alpha beta"


def _mode(speed: int = 8, turn: int = 2) -> tuple[Check, ...]:
    return (
        _formal("first harmonics", _first_harmonics(speed), "x", scope=_LIMITS),
        _formal("conserved quantities", _conserved(turn), "phi psi", _LETTERS, scope=_LIMITS),
    )


_MODE = _all("flow of the mode", (_PRODUCT, *_mode()), _LIMITS)


def _squares(factor: int) -> Check:
    """factor·c(α² + β²) − 4cαβ = 2c(α − β)²: α² + β² grows at most exponentially."""
    return _formal(
        "growth",
        equal(factor * _C * (_A**2 + _B**2) - 4 * _C * _A * _B, 2 * _C * (_A - _B) ** 2),
        "", _LETTERS, scope=_LIMITS,
    )


_NO_BLOW_UP = Check(
    name="exponential bound",
    procedure=refuted_by,
    arguments={
        "parts": (*_mode(), _squares(2)),
        "point": {"neuron": "α = β = 1, D = 0"},
        "description": "α = β = e^{ct} from α = β = 1, D = 0; α² + β² ≤ (α_0² + β_0²)e^{2ct} from "
        "every start",
        "rests_on": _LEMMA,
    },
)

CLAIMS = [
    entry(
        "he.relu-leakage-support",
        "Harmonics that a single-frequency ReLU neuron leaks to",
        "From a single-frequency state $\\theta$ leaks to the odd harmonics $3k^\\star, 5k^\\star, "
        "\\dots$, $\\xi$ to $2k^\\star, 3k^\\star, \\dots$ (mod $p$), of order $r^{-2}$.",
        source="Proposition 6.3, blog §4.6, app tab 7",
        kind="as",
        domain=_LIMITS,
        reading=_LIMIT + "“Leaks” is the leading-order gradient; “of order r^{−2}” is O(r^{−2}) as "
        "r → ∞. It is exact in ξ, and in θ unless cos D = 0: then θ has r^{−3}. At finite p the "
        "harmonics r and r ± p are the same, so every frequency and the constant appear in θ with "
        "a share of order p^{−2}.",
        falsified_by="another harmonic or another exponent in the limit",
        checks=(_HARMONICS,),
        mutants=_HARMONIC_MUTANTS,
    ),
    entry(
        "he.relu-leakage-constants",
        "Strength of the third and the fifth harmonic",
        "The third harmonic has 1/9 of the dominant strength, the fifth 1/25.",
        source="blog §4.6, app tab 7",
        kind="as",
        domain=Domain.of(p=odd(11), neuron=Whole("aligned single-frequency neurons")),
        reading=_READ + "p ≥ 11, so that 1, 3 and 5 are at most (p − 1)/2; D = 0. "
        "“Strength”: amplitude in the leading-order gradient over that of the first harmonic, "
        "within a fifth of 1/9 in at least one of the layers. Trained weights are not read here.",
        falsified_by="a neuron whose third harmonics are elsewhere in both layers",
        checks=(_LEAKS,),
        mutants=(Mutant.of(_LEAKS, "the limits", formula=_either(11, _F(3, 5), _F(3, 35))),),
        corrected_by="he.relu-leakage-constants.corrected",
    ),
    entry(
        "he.relu-leakage-constants.corrected",
        "Strength of the harmonics for large moduli",
        "At $D=0$, $p\\to\\infty$: the $r$-th harmonic of $\\theta'$ has $3/(r^2-4)$ of the first "
        "for odd $r\\ge3$ (3/5, 1/7, …), that of $\\xi'$ $3/(4r^2-1)$ for $r\\ge2$ (1/5, 3/35, …).",
        source="blog §4.6, app tab 7",
        kind="as",
        domain=_LIMITS,
        reading=_LIMIT,
        falsified_by="another limit",
        checks=(_HARMONICS,),
        mutants=_HARMONIC_MUTANTS,
        corrects="he.relu-leakage-constants",
    ),
    entry(
        "he.cand.relu-xi",
        "Gradient of the output of a ReLU neuron",
        "Uniform softmax, single-frequency state, odd $p$, sum loss: "
        "$\\xi'[j]=\\alpha(|\\cos(\\pi kj/p+\\varphi)|-\\mathrm{mean})/\\sin(\\pi/2p)$.",
        domain=_ANY,
        reading=_READ + "Every odd p ≥ 3 and every k = 1, …, (p−1)/2, as printed.",
        falsified_by="p, k, φ and a label with another velocity",
        checks=(_DIVISOR,),
        mutants=(Mutant.of(_DIVISOR, "with the common divisor",
                           formula=output_rate(9, 3, _PHASE, divisor=3)),),
        corrected_by="he.cand.relu-xi.coprime",
    ),
    entry(
        "he.cand.relu-xi.coprime",
        "Gradient of the output of a ReLU neuron, k prime to p",
        "Uniform softmax, single-frequency state, odd $p$, $\\gcd(k,p)=1$, sum loss: "
        "$\\xi'[j]=\\alpha(|\\cos(\\pi kj/p+\\varphi)|-\\mathrm{mean})/\\sin(\\pi/2p)$.",
        domain=_COPRIME,
        reading=_READ,
        falsified_by="p, k, φ and a label with another velocity",
        checks=(_XI,),
        mutants=(Mutant.of(_XI, "twice the speed", parts=(_PRODUCT, _network(5, 2, 2))),),
        corrects="he.cand.relu-xi",
    ),
    entry(
        "he.cand.relu-xi.ratios",
        "Harmonics of the gradient of the output",
        "Harmonic ratios of $\\xi'$ as $p\\to\\infty$: $3(-1)^{r+1}/(4r^2-1)$.",
        domain=_LIMITS,
        reading=_LIMIT,
        falsified_by="another limit",
        checks=(_HARMONICS,),
        mutants=_HARMONIC_MUTANTS,
    ),
    entry(
        "he.cand.relu-theta",
        "Gradient of the input of a ReLU neuron",
        "$p\\to\\infty$: $\\theta'\\propto\\cos(X-D)|\\sin X|$, $X=\\omega_kx+\\varphi$; odd $r$ "
        "only; at $D=0$ ratio $-3/(r^2-4)$.",
        domain=_LIMITS,
        reading=_LIMIT,
        falsified_by="another limit",
        checks=(_HARMONICS,),
        mutants=_HARMONIC_MUTANTS,
    ),
    entry(
        "he.cand.relu-mode",
        "Flow of the first harmonic of a ReLU neuron",
        "$p\\to\\infty$, $c=8p/(3\\pi^2)$: $\\alpha'=c\\beta\\cos D$, $\\beta'=c\\alpha\\cos D$, "
        "$\\varphi'=-2c(\\beta/\\alpha)\\sin D$, $\\psi'=c(\\alpha/\\beta)\\sin D$; "
        "$\\alpha^2-\\beta^2$, $\\alpha^4\\beta\\sin D$ invariant; $\\alpha=\\beta$ ⇒ "
        "$\\tan(D/2)=\\tan(D_0/2)e^{-5ct}$.",
        domain=_LIMITS,
        reading=_LIMIT + "The rates at a fixed state, divided by p, tend to these; the invariants "
        "and the last formula are about the limiting flow, which leaves the other harmonics out.",
        falsified_by="another limit, or a state at which an invariant moves",
        checks=(_MODE,),
        mutants=(Mutant.of(_MODE, "half the speed", parts=_mode(4)),
                 Mutant.of(_MODE, "equal turns", parts=_mode(8, 1))),
    ),
    entry(
        "he.cand.relu-blow-up",
        "Blow-up of ReLU neurons",
        "Finite-time blow-up as for $u^2$.",
        domain=_LIMITS,
        reading="The flow of he.cand.relu-mode.",
        falsified_by="a start from which the magnitudes stay finite at all times",
        checks=(_NO_BLOW_UP,),
        mutants=(Mutant.of(_NO_BLOW_UP, "a smaller rate", parts=(*_mode(), _squares(1))),),
    ),
]
