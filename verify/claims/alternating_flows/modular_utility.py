"""Utility of a quadratic neuron on modular addition: values, maximisers, other maxima."""

from __future__ import annotations

from typing import Any

from verify.claims.alternating_flows.common import Topic, candidate
from verify.claims.alternating_flows.modular_proofs import WRONG, attained, hessian, largest_utility
from verify.claims.alternating_flows.modular_terms import (
    ENCODING,
    MODULI,
    fourier_formula,
    fourier_utility,
    utility,
    value,
    wave,
)
from verify.claims.writing import breaks, exact, mutants, proof, refutation
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, even, odd
from verify.formula import Formula, equal, rational, sqrt, var

_SOURCE = candidate("Modular: utility")
_ONE_HALF, _TURN = (1, -1), rational(1, 12)
_WAVY = (1, -1, 0)  # p = 3: |x̂[1]|² = 3, s_x = 1/12 of a turn
_PLAIN = [wave(3, 1)] * 3
_TRUE = [wave(3, 1, _TURN), wave(3, 1), wave(3, 1)]
_AT_3: dict[str, Any] = {"p": 3, "x": "(1, −1, 0), |x̂[1]|² = 3, s_x(1) = π/6"}
_AT_2: dict[str, Any] = {"p": 2, "x": "(1, −1), x̂[1] = 2"}
_READING = (
    "p ≥ 2; x real with x̂[0] = 0; nothing learned (r = x_{a+b}); U* is the maximum over real u, v, "
    "w with ‖u‖² + ‖v‖² + ‖w‖² = 1. "
)

_MAX = largest_utility()
_MAX_MUTANTS = tuple(
    Mutant.of(_MAX, name, parts=largest_utility(**part).arguments["parts"])
    for name, part in WRONG.items()
)
_HESSIAN = proof(
    "Hessian of an aligned neuron", fourier_formula(), hessian(),
    scope=MODULI, lemmas=("modular utility", "utility Hessian"),
)
_HESSIAN_MUTANTS = (
    Mutant.of(_HESSIAN, "radial eigenvalue 3", parts=(fourier_formula(), hessian(3))),
    Mutant.of(_HESSIAN, "half the Fourier factor", parts=(fourier_formula(1), hessian())),
)


_claim = Topic(
    family="Modular: utility",
    falsified_by="a modulus, an encoding and a neuron that violate it",
    domain=MODULI,
    reading=_READING,
).claim


def _better(name: str, formula: Formula, description: str, true: Formula,
            point: dict[str, Any] = _AT_2) -> tuple[tuple[Check, ...], tuple[Mutant, ...]]:
    check = breaks(name, formula, description, point=point)
    return (check,), mutants(check, a_weaker_statement=true)


# -- the Fourier form --------------------------------------------------------------------------

_FLAT = [rational(1), rational(-1)]


def _factor(wrong: int) -> tuple[tuple[Check, ...], tuple[Mutant, ...]]:
    u = utility(_ONE_HALF, _FLAT, _FLAT, _FLAT)
    return _better(
        "both sides at p = 2",
        equal(u, fourier_utility(wrong, _ONE_HALF, _FLAT, _FLAT, _FLAT)),
        f"p = 2, x = u = v = w = (1, −1): U = 16, the right side with C = {wrong} is {8 * wrong}",
        equal(u, fourier_utility(2, _ONE_HALF, _FLAT, _FLAT, _FLAT)),
    )


_FOURIER = fourier_formula()
_ZERO_V = ([1, 0], [0, 0], [1, 0])
_UNCENTRED = _better(
    "p = 2, x = (1, 0)",
    equal(utility((1, 0), *[[rational(c) for c in z] for z in _ZERO_V]),
          fourier_utility(2, (1, 0), *[[rational(c) for c in z] for z in _ZERO_V])),
    "p = 2, x = u = w = (1, 0), v = 0: U = 1/4, while every term of the sum contains v̂ = 0",
    equal(utility((1, -1), *[[rational(c) for c in z] for z in _ZERO_V]),
          fourier_utility(2, (1, -1), *[[rational(c) for c in z] for z in _ZERO_V])),
    {"p": 2, "x": "(1, 0)"},
)
_SUM = "$U=\\frac{C}{p^3}\\sum_{k\\ne0}|\\hat x[k]|^2\\overline{\\hat x[k]}\\hat u[k]\\hat v[k]" \
       "\\overline{\\hat w[k]}$"

_FORM = [
    _claim(
        "mod-fourier.two", "Fourier form of the utility with C = 2", f"{_SUM}, $C=2$.", "",
        (_FOURIER,), (Mutant.of(_FOURIER, "C = 1", **fourier_formula(1).arguments),
                      Mutant.of(_FOURIER, "C = 4", **fourier_formula(4).arguments)),
        corrects="agf.cand.mod-fourier.one",
    ),
    _claim("mod-fourier.one", "Fourier form of the utility with C = 1", f"{_SUM}, $C=1$.", "",
           *_factor(1), corrected_by="agf.cand.mod-fourier.two"),
    _claim("mod-fourier.four", "Fourier form of the utility with C = 4", f"{_SUM}, $C=4$.", "",
           *_factor(4), corrected_by="agf.cand.mod-fourier.two"),
    _claim("mod-fourier.uncentred", "The same with a mean", f"{_SUM}, also when $\\hat x[0]\\ne0$.",
           "Here x̂[0] may be anything; C = 2 (no C helps: the witness has an empty right side).",
           *_UNCENTRED, domain=Domain.of(p=at_least(2), x=Whole("encodings")),
           corrected_by="agf.cand.mod-fourier.two"),
    _claim("mod-block", "Frequencies of a dormant neuron do not interact",
           "In the dormant flow the frequency-k parts of (u, v, w) evolve independently of the "
           "other frequencies' parts up to the common clock.",
           "Any rate η(‖θ‖) > 0: the clock is ∫η.",
           (proof("Fourier form", _FOURIER, scope=MODULI, lemmas=("modular utility",)),),
           (Mutant.of(proof("Fourier form", _FOURIER, scope=MODULI), "C = 1",
                      parts=(fourier_formula(1),)),)),
]

# -- maximum and maximisers --------------------------------------------------------------------

_PRINTED = (
    "Unit-norm maximisers are $u,v,w[c]=\\sqrt{2/3p}\\cos(2\\pi\\xi c/p+s_\\bullet)$, "
    "$\\xi=\\arg\\max|\\hat x|$, $s_u+s_v\\equiv s_w$; value $\\sqrt{2/(27p^3)}|\\hat x[\\xi]|^3$."
)
_PHASES = _better(
    "printed phases at p = 3",
    equal(utility(_WAVY, *_PLAIN), value(3, 3)),
    "p = 3, x = (1, −1, 0): u = v = w = √(2/9)cos(2πc/3) has U = cos(π/6)·√6/9; the "
    "maximum is √6/9, which s_u = π/6 attains",
    equal(utility(_WAVY, *_TRUE), value(3, 3)),
    _AT_3,
)
# p = 4, x̂[1] = 10, x̂[2] = 9: argmax|x̂| = 1, but N_2/N_1 = √2·(9/10)³ > 1.
_NYQUIST = refutation(
    "the alternating wave at p = 4", _MAX,
    exact("N_2 > N_1", sqrt(2) * rational(9**3) > rational(10**3)),
    point={"p": 4, "x": "x̂[0] = 0, x̂[1] = x̂[3] = 10, x̂[2] = 9"},
    description="p = 4, x̂[1] = 10, x̂[2] = 9: argmax|x̂| = 1, but neurons at p/2 = 2 have the larger "
    "utility, √2·9³ > 10³",
    lemmas=("utility maximum",),
)
_NYQUIST_MUTANT = Mutant.of(
    _NYQUIST, "x̂[2] = 8",
    parts=(_MAX, exact("N_2 > N_1", sqrt(2) * rational(8**3) > rational(10**3))),
)
_POSITIVE = Domain.of(p=odd(3), x=Whole("mean-centred encodings with x̂[k] > 0 for every k ≠ 0"))
_REAL = proof("maximum at phase 0", _MAX, scope=_POSITIVE,
              lemmas=("modular utility", "utility maximum"))
_PHASE_STATEMENT = "Maximisers satisfy $s_u+s_v\\equiv s_w{}$."
_AT_MAXIMUM = exact("a maximiser with s_u = π/6", equal(utility(_WAVY, *_TRUE), value(3, 3)))


def _other_phase(sign: int) -> tuple[tuple[Check, ...], tuple[Mutant, ...]]:
    """The maximiser s = (1/12, 0, 0) violates s_u + s_v = s_w + sign·s_x."""
    name, s_u, s_x = "the phase rule fails", rational(1, 12), rational(1, 12)
    check = refutation(
        "a maximiser at p = 3", _MAX, _AT_MAXIMUM, exact(name, ~equal(s_u, sign * s_x)),
        point=_AT_3,
        description="p = 3, x = (1, −1, 0): s_u = π/6, s_v = s_w = 0 attains the maximum",
        lemmas=("utility maximum",),
    )
    other = (_MAX, _AT_MAXIMUM, exact(name, ~equal(s_u, s_x)))
    return (check,), (Mutant.of(check, "plus s_x", parts=other),)


_MAXIMA = [
    _claim(
        "mod-utility-max", "Maximisers of the utility", _PRINTED,
        "The statement is a reconstruction (wording and phases as we reconstruct it, not as "
        "printed), and it is this that fails. Odd p, where the parity was not recovered; even p: "
        "agf.mod-utility-max.even. The maximisers are the whole stated set. With s_x(ξ) = 0 it "
        "holds: agf.mod-utility-max.real-positive. ",
        *_PHASES, printed="as reconstructed", kind="op",
        domain=Domain.of(p=odd(3), x=ENCODING), corrected_by="agf.mod-utility-max.corrected",
    ),
    _claim(
        "mod-utility-max.real-positive", "Maximisers of the utility, real positive coefficients",
        _PRINTED,
        "As we reconstruct it, for odd p and x̂[k] > 0 at every k ≠ 0, so s_x = 0 (x is even). "
        "Frequencies that tie are all maximisers. ",
        (_REAL,), tuple(Mutant.of(_REAL, name, parts=(largest_utility(**part),))
                        for name, part in WRONG.items()),
        printed="as reconstructed", kind="op", domain=_POSITIVE,
    ),
    _claim(
        "mod-utility-max.even", "Maximisers of the utility, even modulus", _PRINTED,
        "As we reconstruct it, for even p; |x̂| distinct and non-zero on 0 < k ≤ p/2. ",
        (_NYQUIST,), (_NYQUIST_MUTANT,), printed="as reconstructed", kind="op",
        domain=Domain.of(p=even(2), x=ENCODING), corrected_by="agf.mod-utility-max.corrected",
    ),
    _claim(
        "mod-utility-max.corrected", "Maximisers of the utility, every modulus",
        "With $N_k=2m_k^{-1/2}|\\hat x[k]|^3p^{-3/2}$, $m_k=1$ at $p/2$ and 2 elsewhere, the "
        "maximum is $\\max_kN_k/(3\\sqrt3)$; maximisers are $u,v,w[c]=\\sqrt{m_\\xi/3p}"
        "\\cos(2\\pi\\xi c/p+s_\\bullet)$ at a frequency $\\xi$ that maximises $N$, "
        "$s_u+s_v\\equiv s_w+s_x(\\xi)$.",
        "x ≠ 0; phases at p/2 are 0 or π. Frequencies that tie are all maximisers. ",
        (_MAX,), _MAX_MUTANTS, printed="corrected from the reconstruction", kind="op",
        corrects="agf.mod-utility-max",
    ),
    _claim(
        "mod-phases.plain", "Phase rule without the encoding's phase",
        _PHASE_STATEMENT.format(""), "",
        *_other_phase(0), corrected_by="agf.cand.mod-phases.plus",
    ),
    _claim("mod-phases.plus", "Phase rule", _PHASE_STATEMENT.format("+s_x(\\xi)"), "",
           (_MAX,), (Mutant.of(_MAX, "the other sign of s_x",
                               parts=(fourier_formula(), attained(sign=-1))),),
           corrects="agf.cand.mod-phases.plain"),
    _claim("mod-phases.minus", "Phase rule with the other sign",
           _PHASE_STATEMENT.format("-s_x(\\xi)"), "",
           *_other_phase(-1), corrected_by="agf.cand.mod-phases.plus"),
    _claim("mod-thirds", "Maximisers have equal norms",
           "Maximisers have $\\|u\\|^2=\\|v\\|^2=\\|w\\|^2=1/3$.", "x ≠ 0. ",
           (_MAX,), _MAX_MUTANTS),
    _claim("mod-umax", "Largest utility inside a frequency",
           "For $0<k<p/2$ the best value inside frequency k is $\\sqrt{2/(27p^3)}|\\hat x[k]|^3$.",
           "Over unit neurons whose u, v, w have the frequency k only. ", (_MAX,), _MAX_MUTANTS,
           domain=Domain.of(p=at_least(3), x=ENCODING)),
]

# -- p/2 ---------------------------------------------------------------------------------------

_SIXTH = [sqrt(rational(1, 6)) * c for c in (1, -1)]
_PRINTED_VALUE = value(2, 4)  # √(2/(27p³))|x̂|³ at p = 2, |x̂| = 2
_EVEN = Domain.of(p=even(2), x=ENCODING)
_FACTORS = {
    "quarter-root": (sqrt(rational(1, 8)), "1/(2\\sqrt2)"),
    "root-half": (sqrt(rational(1, 2)), "1/\\sqrt2"),
    "one": (rational(1), "1"),
    "two": (rational(2), "2"),
}


def _nyquist(name: str) -> Claim:
    factor, shown = _FACTORS[name]
    best = utility(_ONE_HALF, _SIXTH, _SIXTH, _SIXTH)
    if name == "two":
        compare = exact("√2 is smaller", sqrt(2) * _PRINTED_VALUE < factor * _PRINTED_VALUE)
        check = refutation(
            "bound at p = 2", _MAX, compare, point=_AT_2, lemmas=("utility maximum",),
            description="p = 2, x = (1, −1): no neuron exceeds √2·√(2/(27p³))|x̂|³",
        )
        wrong = (_MAX, exact(compare.name, sqrt(2) * _PRINTED_VALUE < _PRINTED_VALUE))
        mutated: tuple[Mutant, ...] = (Mutant.of(check, "c = 1", parts=wrong),)
    else:
        check = breaks(
            "a better neuron at p = 2", best <= factor * _PRINTED_VALUE,
            "p = 2, x = (1, −1): u = v = w = (1, −1)/√6 has U = √2·√(2/(27p³))|x̂|³", point=_AT_2,
        )
        mutated = mutants(check, c_root_2=best <= sqrt(2) * _PRINTED_VALUE)
    return _claim(
        f"mod-umax-nyquist.{name}", f"Largest utility at p/2 with c = {shown}",
        f"At $k=p/2$ the best value is $c\\sqrt{{2/(27p^3)}}|\\hat x|^3$, $c={shown}$.", "",
        (check,), mutated, domain=_EVEN, corrected_by="agf.cand.mod-umax-nyquist.root-two",
    )


_CODE = breaks(
    "the code's value at p = 2",
    # power = |x̂|²/p = 2: √(2p/27)(p·power/2)^{3/2}/p²
    utility(_ONE_HALF, _SIXTH, _SIXTH, _SIXTH)
    <= sqrt(rational(4, 27)) * rational(2) ** rational(3, 2) / 4,
    "p = 2, x = (1, −1), k = 1 = p/2: the code gives a quarter of the utility of (1, −1)/√6",
    point=_AT_2,
)
_RHO = var("rho6")  # (|x̂[k]|/|x̂[p/2]|)^6
_FLIP = equal(2 * _RHO, 4)  # N_k² : N_{p/2}² = 2ρ⁶ : 4
_RATIOS = {"one": (1, "1"), "third": (4, "2^{1/3}"), "half": (8, "\\sqrt2")}


def _flip(name: str) -> Claim:
    sixth, shown = _RATIOS[name]
    check = breaks(
        "utilities at the ratio", _FLIP,
        f"p = 4 at the ratio ${shown}$: $U^*_k/U^*_{{p/2}}=\\sqrt{{{sixth}/2}}$, not 1",
        point={"p": 4, "x": f"|x̂[1]|/|x̂[2]| = {shown}"}, values={"rho6": sixth},
    )
    return _claim(
        f"mod-nyquist-flip.{name}", f"k and p/2 swap at the ratio {shown}",
        f"k and p/2 swap where $|\\hat x[k]|/|\\hat x[p/2]|={shown}$.",
        "“Swap” is equality of U*_k and U*_{p/2}.", (check,),
        mutants(check, ratio_of_squares=equal(_RHO, sixth)),
        domain=Domain.of(p=even(4), x=ENCODING),
        corrected_by="agf.cand.mod-nyquist-flip.sixth",
    )


_FLIP_PROOF = proof(
    "equal utilities", _MAX, exact("2ρ⁶ = 4 at ρ⁶ = 2", _FLIP, points=({"rho6": 2},)),
    scope=MODULI, lemmas=("utility maximum",),
)

_HALF = [
    *map(_nyquist, ("quarter-root", "root-half", "one", "two")),
    _claim("mod-umax-nyquist.root-two", "Largest utility at p/2",
           "At $k=p/2$ the best value is $c\\sqrt{2/(27p^3)}|\\hat x|^3$, $c=\\sqrt2$.", "",
           (_MAX,), _MAX_MUTANTS, domain=_EVEN, corrects="agf.cand.mod-umax-nyquist.one"),
    _claim("mod-umax-code", "Utility as the notebook computes it",
           "For every k, $\\mathrm{power}_k=2|\\hat x[k]|^2/p$ (Nyquist $|\\hat x|^2/p$): "
           "$U^*_k=\\sqrt{2p/27}(p\\,\\mathrm{power}_k/2)^{3/2}/p^2$.",
           "U*_k is the largest utility inside frequency k, 0 < k ≤ p/2.",
           (_CODE,), mutants(_CODE, four_times_the_code=
                             utility(_ONE_HALF, _SIXTH, _SIXTH, _SIXTH)
                             <= sqrt(rational(4, 27)) * rational(2) ** rational(3, 2)),
           printed="notebook on modular addition", kind="id",
           corrected_by="agf.mod-umax-code.corrected"),
    _claim("mod-umax-code.corrected", "Utility as the notebook computes it, below p/2",
           "The same for $0<k<p/2$; at $p/2$ the value is four times the coded one.",
           "", (_MAX,), _MAX_MUTANTS, printed="corrected from the notebook", kind="id",
           corrects="agf.mod-umax-code"),
    *map(_flip, ("one", "third", "half")),
    _claim("mod-nyquist-flip.sixth", "k and p/2 swap at the ratio 2^{1/6}",
           "k and p/2 swap where $|\\hat x[k]|/|\\hat x[p/2]|=2^{1/6}$.",
           "“Swap” is equality of U*_k and U*_{p/2}.", (_FLIP_PROOF,),
           (Mutant.of(_FLIP_PROOF, "ratio 2^{1/3}",
                      parts=(_MAX, exact("2ρ⁶ = 4", _FLIP, points=({"rho6": 4},)))),),
           domain=Domain.of(p=even(4), x=ENCODING), corrects="agf.cand.mod-nyquist-flip.one"),
]

# -- certificate and other maxima --------------------------------------------------------------

_CERTIFICATE = (
    "$N_k=\\sqrt2|\\hat x_k|^3/p^{3/2}$ (Nyquist: %s), $\\sigma=\\max N_k$: "
    "$\\sigma^2|u|^2|v|^2-\\|U(u,v,\\cdot)\\|^2=\\sum_k(\\sigma^2-N_k^2)|u_k|^2|v_k|^2+"
    "\\sigma^2\\sum_{k\\ne k'}|u_k|^2|v_{k'}|^2$; hence $|U|\\le\\sigma/(3\\sqrt3)$."
)
_UNITARY = (
    "k runs over the frequencies 0 ≤ k ≤ p/2 and u_k = √(m_k/p)û[k], m_k = 2 (1 at 0 and p/2), so "
    "that |u|² = Σ|u_k|²."
)
# x = u = v = w = (1, −1): U² = 256 = ‖U(u,v,·)‖²·‖w‖², |u_1|² = 2, N² = 2·64/8.
_SAME = breaks(
    "functional at p = 2",
    equal(utility(_ONE_HALF, _FLAT, _FLAT, _FLAT) ** 2, rational(2 * 64, 8) * 2 * 2 * 2),
    "p = 2, x = u = v = (1, −1): ‖U(u,v,·)‖² = 128, but ΣN_k²|u_k|²|v_k|² = 64",
    point=_AT_2,
)
_FOUR = (5, -1, -3, -1)  # p = 4: x̂[1] = 8, x̂[2] = 4
_EIGHTH = [sqrt(rational(1, 12)) * c for c in (1, -1, 1, -1)]
_OTHER = refutation(
    "a strict local maximum at p = 4", _HESSIAN, exact(
        "value at p/2 is below the maximum",
        (utility(_FOUR, _EIGHTH, _EIGHTH, _EIGHTH) > 0)
        & (utility(_FOUR, _EIGHTH, _EIGHTH, _EIGHTH) < value(4, 64)),
    ),
    point={"p": 4, "x": "(5, −1, −3, −1), x̂[1] = 8, x̂[2] = 4"},
    description="p = 4, x = (5, −1, −3, −1): u = v = w ∝ (1, −1, 1, −1) is a strict local maximum "
    "below the maximum at frequency 1; p = 2 and 3 have one frequency only",
    lemmas=("utility Hessian",),
)
_OTHER_MUTANT = Mutant.of(_OTHER, "expansion with another radial eigenvalue", parts=(
    proof("Hessian", hessian(3), scope=MODULI),))
_SPECTRUM = "Its Riemannian Hessian is %s."
_FIVE = Domain.of(p=at_least(3), x=ENCODING)
_WRONG_SPECTRUM = refutation(
    "a radial pair at p = 3", _HESSIAN, exact("−6U differs from −3U", ~equal(6, 3)),
    point=_AT_3, lemmas=("utility Hessian",),
    description="p = 3: inside the frequency the norms of u, v, w give −6U twice, not −3U",
)

_STRUCTURE = [
    _claim("mod-certificate.nyquist-same", "Sum of squares, one constant for all frequencies",
           _CERTIFICATE % "the same", _UNITARY, (_SAME,), mutants(_SAME, twice_N_squared=equal(
               utility(_ONE_HALF, _FLAT, _FLAT, _FLAT) ** 2, rational(4 * 64, 8) * 2 * 2 * 2)),
           corrected_by="agf.cand.mod-certificate.nyquist-double"),
    _claim("mod-certificate.nyquist-double", "Sum of squares for every modulus",
           _CERTIFICATE % "$2|\\hat x|^3/p^{3/2}$", _UNITARY, (_MAX,), _MAX_MUTANTS,
           corrects="agf.cand.mod-certificate.nyquist-same"),
    _claim("mod-no-other-maxima", "No other local maxima", "U has no other local maxima.",
           "Local maxima on the unit sphere with positive value that are no global maxima.",
           (_OTHER,), (_OTHER_MUTANT,), printed="as reconstructed", kind="op",
           corrected_by="agf.cand.mod-each-frequency"),
    _claim("mod-unique-frequency", "Every local maximum is at the largest coefficient",
           "Every local maximum on the sphere is aligned at $\\arg\\max|\\hat x|$.", "",
           (_OTHER,), (_OTHER_MUTANT,), corrected_by="agf.cand.mod-each-frequency"),
    _claim("mod-each-frequency", "Every frequency is a local maximum",
           "Every non-zero frequency's aligned family is a strict local maximum modulo phases.",
           "Frequencies with x̂[k] ≠ 0, amplitudes that maximise U inside the frequency; strict "
           "on the complement of the tangent space of the phase orbit.",
           (_HESSIAN,), _HESSIAN_MUTANTS, corrects="agf.mod-no-other-maxima"),
    _claim("mod-hessian.six", "Hessian of the aligned family",
           _SPECTRUM % "$\\{0,0,-6U,-6U,-9U\\}$ inside frequency k, $-3U$ elsewhere",
           "0 < k < p/2, x̂[k] ≠ 0; “elsewhere” includes DC.", (_HESSIAN,), _HESSIAN_MUTANTS,
           domain=_FIVE, corrects="agf.cand.mod-hessian.three"),
    _claim("mod-hessian.three", "Hessian of the aligned family, other values",
           _SPECTRUM % "$\\{0,0,-3U,-3U,-9U\\}$ inside frequency k, $-3U$ elsewhere",
           "0 < k < p/2, x̂[k] ≠ 0.", (_WRONG_SPECTRUM,),
           (Mutant.of(_WRONG_SPECTRUM, "another radial eigenvalue",
                      parts=(proof("Hessian", hessian(3), scope=MODULI),)),),
           domain=_FIVE, corrected_by="agf.cand.mod-hessian.six"),
]

CLAIMS = [*_FORM, *_MAXIMA, *_HALF, *_STRUCTURE]
