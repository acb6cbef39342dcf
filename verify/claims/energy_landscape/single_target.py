"""Memorisation of one target, and its maximisers for monotone σ'(x)/x."""

from __future__ import annotations

from typing import Any

from verify.claims.energy_landscape.common import lemma, source_of
from verify.claims.energy_landscape.ridge import identity
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, all_of, equal, rational, var
from verify.methods.combine import counterexample
from verify.methods.identities import exact_statement, formal_identity
from verify.methods.refutations import refuted_by

TARGETS = Domain.of(target=Whole("one target h of a finite group, probabilities p, σ with σ' > 0"))
_READING = (
    "Samples (g, g⁻¹h), g ∈ H, of one target h, with probabilities p_g; σ' > 0 on x > 0; φ = "
    "σ'(x)/x; |w| = 1. With one label in the data, centring makes Yc = 0; unless said otherwise E "
    "has Y for Yc. "
)

# Y = o·cᵀ with ones o and a one-hot row; P1 = I − κooᵀ with κ·oᵀo = 1
_ONE_CLASS = identity(
    "P1·Y = 0", [(1, "o ct"), (-var("k"), "o ot o ct")], [([(-1, "o")], 0, [(1, "ct")])],
    relations=[[(var("k"), "ot o"), (-1, "I one")]],
    matrices={"o": "n one", "ot": "one n", "ct": "one M"}, scalars=("k",), lemma="one target",
    scope=TARGETS,
)
_ONE_CLASS_MUTANT = Mutant.of(_ONE_CLASS, "κ twice", goal=[
    (1, "o ct"), (-2 * var("k"), "o ot o ct")])
_UNCENTRED = identity(
    "|Yᵀs|² = (oᵀs)²", [(1, "st o ct c ot s"), (-1, "st o ot s")],
    [([(1, "st o")], 0, [(1, "ot s")])], relations=[[(1, "ct c"), (-1, "I one")]],
    matrices={"o": "n one", "ot": "one n", "ct": "one M", "c": "M one", "s": "n one",
              "st": "one n"},
    scalars=(), lemma="one target", scope=TARGETS,
)
_UNCENTRED_MUTANT = Mutant.of(_UNCENTRED, "twice", goal=[
    (2, "st o ct c ot s"), (-1, "st o ot s")])
_EVERYTHING = Check(
    name="P1·Y = 0", procedure=refuted_by,
    arguments={
        "parts": (_ONE_CLASS,), "point": {"target": "h = 0 on Z2", "group": "Z2"},
        "description": "one label in the data: Yc = 0 and E ≡ 0, so every w maximises E, for "
        "every group",
    },
)
_EVERYTHING_MUTANT = Mutant.of(
    _EVERYTHING, "another centring", parts=(_ONE_CLASS_MUTANT.check,))


def _rule(name: str, phi: str, maximiser: str, *activations: str) -> Check:
    chosen: dict[str, Any] = {"activations": list(activations)} if activations else {}
    return lemma(name, "single-target", TARGETS, phi=phi, squares=2, multiplier=2,
                 maximiser=maximiser, **chosen)


_PEAKED = _rule("φ nondecreasing", "nondecreasing", "largest")
_SPREAD = _rule("φ strictly decreasing", "decreasing", "spread")
_POWER = _rule("powers", "nondecreasing", "largest", "power")
_RATIOS = _rule("ReLU, SiLU, tanh, sigmoid", "decreasing", "spread",
                "relu", "silu", "tanh", "sigmoid")
_HALF, _SMALL = var("s"), var("t")


def _parallelogram(factor: int) -> Formula:
    """u = (s + t)/2, v = (s − t)/2: u² + v² = (s² + t²)/2."""
    left = ((_HALF + _SMALL) / 2) ** 2 + ((_HALF - _SMALL) / 2) ** 2
    return equal(factor * left, _HALF**2 + _SMALL**2)


_SPLIT = Check(
    name="halves of a sample", procedure=formal_identity,
    arguments={"formula": _parallelogram(2), "scope": TARGETS, "rests_on": ("one target",),
               "formal": {"s": "indeterminate", "t": "indeterminate"}},
)


def _strict(power: int) -> Formula:
    """At √2e_2, p = (2/3, 1/3), σ = x^q: p_1σ''(0) − p_2σ'(√2)/√2 < 0, p_2 not the largest."""
    second = rational(0) if power > 2 else rational(2)
    slope = power * rational(2) ** rational(power - 2, 2)  # σ'(√2)/√2 = q·2^{(q−2)/2}
    return rational(2, 3) * second - rational(1, 3) * slope < 0


def _bends(powers: tuple[int, ...]) -> Formula:
    return all_of(_strict(q) for q in powers)


def _below(sign: int) -> Formula:
    """With (2 − r)^{q/2} ≤ c(2 − r), c = 2^{q/2−1}, and y ≥ Σ_{j≠g}p_js_j^q: Ψ − Ψ(√2e_g) is at
    most p_gc(2 − r) + y − 2p_gc = y − p_gcr.
    """
    p, c, r, y = (var(n) for n in "pcry")
    return equal(p * c * (2 - r) + y - 2 * p * c, y + sign * p * c * r)


_POWERS = Domain.of(power=Whole("real q > 2"))
_ALL_POWERS = Check(
    name="all q", procedure=formal_identity,
    arguments={"formula": _below(-1), "scope": _POWERS, "rests_on": ("one target",),
               "formal": dict.fromkeys("pcry", "indeterminate")},
)
_CUBE = Check(
    name="σ = x³ on Z2", procedure=counterexample,
    arguments={
        "formula": ~_strict(3), "values": {},
        "point": {"target": "h = 0, p = (2/3, 1/3), σ = x³", "group": "Z2"},
        "description": "Z2, p = (2/3, 1/3), σ = x³ (φ = 3x increases): √2e_2 is a strict local "
        "maximum of Ψ",
    },
)
_CUBE_MUTANT = Mutant.of(_CUBE, "σ = x²", formula=~_strict(2))


def _claim(claim_id: str, title: str, locator: str, statement: str, falsified_by: str, check: Any,
           *mutants: Mutant, reading: str = "", kind: str = "op", domain: Domain = TARGETS,
           **links: Any) -> Claim:
    return Claim(
        id=claim_id, title=title, source=source_of(claim_id, locator), statement=statement,
        printed_kind="candidate" if claim_id.startswith("li2.cand.") else kind, domain=domain,
        reading=_READING + reading, falsified_by=falsified_by,
        checks=check if isinstance(check, tuple) else (check,), mutants=mutants, **links,
    )


_PEAKED_MUTANT = altered(_PEAKED, "spread", maximiser="spread")
_SPREAD_MUTANT = altered(_SPREAD, "the largest p only", maximiser="largest")
CLAIMS: list[Claim] = [
    _claim(
        "li2.memorisation.nondecreasing", "Memorisation for nondecreasing φ", "Theorem 5",
        "The global optimum of $E$ is $w=(e_{g^*},e_{g^{*-1}h})/\\sqrt2$, $g^*=\\arg\\max p_g$, "
        "if $\\varphi$ is nondecreasing.",
        "p, σ with another global optimum", (_PEAKED, _SPLIT), _PEAKED_MUTANT,
        Mutant.of(_SPLIT, "without the half", formula=_parallelogram(1)),
        reading="One largest p_g; global optima with s ≥ 0. ",
    ),
    _claim(
        "li2.memorisation.decreasing", "Memorisation for decreasing φ", "Theorem 5",
        "The global optimum is $\\frac12\\sum s_g[e_g,e_{g^{-1}h}]$, "
        "$s_g=\\varphi^{-1}(2\\lambda/p_g)$, $\\sum s_g^2=2$, if $\\varphi$ is strictly "
        "decreasing.",
        "p, σ with another global optimum", (_SPREAD, _SPLIT), _SPREAD_MUTANT,
        Mutant.of(_SPLIT, "without the half", formula=_parallelogram(1)),
        reading="All p_g > 0, s ≥ 0, s_g = 0 where 2λ/p_g ≥ φ(0⁺). ",
    ),
    _claim(
        "li2.memorisation.no-others", "Memorisation has no other local optima", "Theorem 5",
        "There are no other local optima.", "p, σ with a second local optimum", _CUBE, _CUBE_MUTANT,
        corrected_by="li2.memorisation.no-others.corrected",
        reading="Second-order test on |s|² + |t|² = 2, where ½(s, t) are the half sums and "
        "differences. ",
    ),
    _claim(
        "li2.memorisation.no-others.corrected", "No other optima for decreasing φ", "Theorem 5",
        "There are no other local optima with $s\\ge0$ if $\\varphi$ is strictly decreasing.",
        "p, σ with φ decreasing and a second local optimum", _SPREAD, _SPREAD_MUTANT,
        corrects="li2.memorisation.no-others", reading="Ψ is strictly concave in s², all p_g > 0. ",
    ),
    _claim(
        "li2.single-target", "Maximising the energy of one target", "A.4",
        "$w=[u;v]$, unique $g^*$, $s_g=u_g+v_{g^{-1}h}\\ge0$: $\\sum s^2\\le2$; maximising $E$ "
        "is, up to a fixed factor, maximising $\\Psi(s)=\\sum p_g\\sigma(s_g)$.",
        "p, σ and a maximiser of E that does not maximise Ψ", _EVERYTHING, _EVERYTHING_MUTANT,
        corrected_by="li2.single-target.corrected",
        reading="E as in (7), with Yc. What fails is the centring alone: with one label Yc = 0, "
        "and E vanishes. The meaning of the statement, without centring, is in "
        "li2.single-target.corrected, and true. ",
    ),
    _claim(
        "li2.single-target.corrected", "Maximising the uncentred energy of one target", "A.4",
        "$\\sum s^2\\le2$, and with $Y$ for $Y_c$ $E=\\frac12\\Psi(s)^2$.",
        "p, σ, w with another energy", (_UNCENTRED, _SPLIT), _UNCENTRED_MUTANT,
        Mutant.of(_SPLIT, "without the half", formula=_parallelogram(1)),
        corrects="li2.single-target",
        reading="Samples weighted by p; maximising E is maximising Ψ where Ψ ≥ 0. ",
    ),
    _claim(
        "li2.kkt", "Stationarity of the shares", "Lemma 5",
        "Optimal $s$: $p_g\\varphi(s_g)=2\\lambda$ where $s_g>0$, $\\sum s^2=2$.",
        "p, σ and an optimal s otherwise", _SPREAD,
        altered(_SPREAD, "λ for 2λ", multiplier=1), altered(_SPREAD, "Σs² = 1", squares=1),
        reading="λ is the multiplier of Σs² ≤ 2; any differentiable σ with σ' > 0. ",
    ),
    _claim(
        "li2.peaked", "Nondecreasing φ: one sample", "Lemma 6",
        "$\\varphi$ nondecreasing on $(0,\\sqrt2]$: $\\sqrt2e_{g^*}$ is the unique maximiser.",
        "p, σ with another maximiser", _PEAKED, _PEAKED_MUTANT, reading="One largest p_g. ",
    ),
    _claim(
        "li2.spread", "Decreasing φ: all samples", "Lemma 6",
        "$\\varphi$ strictly decreasing: the unique maximiser is $\\varphi^{-1}(2\\lambda/p_g)$, "
        "0 where $2\\lambda/p_g\\ge\\varphi(0^+)$; $\\varphi(0^+)=\\infty$: $p_i>p_j\\Rightarrow "
        "s_i>s_j>0$.",
        "p, σ with another maximiser", _SPREAD, _SPREAD_MUTANT, reading="All p_g > 0. ",
    ),
    _claim(
        "li2.phi-classes", "Activations by φ", "A.4",
        "$x^q$, $q\\ge2$: nondecreasing; ReLU ($s\\propto p$), SiLU, tanh, sigmoid: decreasing, "
        "$\\varphi(0^+)=\\infty$.",
        "an activation with another φ", (_POWER, _RATIOS),
        altered(_POWER, "tanh among them", activations=["power", "tanh"]),
        altered(_RATIOS, "powers among them", activations=["relu", "power"]),
    ),
    _claim(
        "li2.cand.one-class.zero", "One target: the energy vanishes", "Samples, memorisation",
        "One target only: $E\\equiv0$.", "p, σ, w with E > 0", _ONE_CLASS, _ONE_CLASS_MUTANT,
        reading="E as in (7), with Yc. ",
    ),
    _claim(
        "li2.cand.one-class.uncentred", "One target: the energy without centring",
        "Samples, memorisation", "$E=\\frac12\\Psi^2$ with $Y$ for $Y_c$.",
        "p, σ, w with another energy", _UNCENTRED, _UNCENTRED_MUTANT,
        reading="Samples weighted by p. ",
    ),
    _claim(
        "li2.cand.peaked-others.square", "Every sample is a local maximum, q = 2",
        "Samples, memorisation",
        "$\\sigma=x^2$, distinct $p_g$: each $\\sqrt2e_g$ is a local maximum of $\\Psi$.",
        "p and g for which it is none",
        _LINEAR := Check(
            name="p = (2/3, 1/3)", procedure=counterexample,
            arguments={
                "formula": _strict(2), "values": {},
                "point": {"target": "h = 0, p = (2/3, 1/3), σ = x²", "group": "Z2"},
                "description": "p = (2/3, 1/3): at √2e_2 the second derivative towards e_1 is "
                "4/3 − 2/3 > 0",
            }),
        Mutant.of(_LINEAR, "σ = x³", formula=_strict(3)),
    ),
    _claim(
        "li2.cand.peaked-others.larger", "Every sample is a local maximum, q > 2",
        "Samples, memorisation",
        "$\\sigma=x^q$, $q>2$, distinct $p_g$: each $\\sqrt2e_g$ is a local maximum of $\\Psi$.",
        "p, q > 2 and g for which it is none",
        (_ALL_POWERS, _LARGER := Check(
            name="q = 3..6, p = (2/3, 1/3)", procedure=exact_statement,
            arguments={"formula": _bends((3, 4, 5, 6)), "points": ({"M": 2},),
                       "scope": Domain.at(*({"power": q} for q in (3, 4, 5, 6))),
                       "rests_on": ("one target",)})),
        Mutant.of(_ALL_POWERS, "the other sign", formula=_below(1)),
        Mutant.of(_LARGER, "q = 2 among them", formula=_bends((2, 3))),
        domain=_POWERS,
        reading="Real q, all p_g > 0, on s ≥ 0, Σs² ≤ 2; p_g may be the smallest. Written out: "
        "the second derivative at the smaller p_g towards the larger. ",
    ),
    _claim(
        "li2.cand.spread-concave", "Decreasing φ: Ψ is concave in s²", "Samples, memorisation",
        "$\\varphi$ strictly decreasing: $\\Psi$ is concave in $s^2$.",
        "p, σ with a chord above Ψ", _SPREAD, _SPREAD_MUTANT,
        reading="dσ(√q)/dq = φ(√q)/2 decreases. ",
    ),
]
