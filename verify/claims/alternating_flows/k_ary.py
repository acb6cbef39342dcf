"""The follow-up: k inputs, composition in a group, criterion for the next feature, its rates."""

from __future__ import annotations

from fractions import Fraction

from verify.claims.alternating_flows.common import Topic, candidate, follow_up
from verify.claims.alternating_flows.modular_terms import fourier_formula
from verify.claims.writing import breaks, entry, exact, formal, proof, refutation, symbols
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least, even
from verify.formula import Term, cos, equal, fact, half, rational, sqrt, total
from verify.methods.convolutions import Sum, at, convolution_identity
from verify.methods.every_k import every_k

_K, _P = symbols("k p")
_X = Whole("mean-centred encodings")
_ALL = Domain.of(k=at_least(1), p=at_least(2), x=_X)
_LEMMAS = ("words and permutations", "am-gm", "k-ary utility")
_READING = (
    "Z_p, x real with x̂[0] = 0, k ≥ 1 inputs, f = Σ(Σ_j⟨u_j, x_{a_j}⟩)^k w, r = x_{Σa}; the "
    "largest utility over Σ‖u_j‖² + ‖w‖² = 1. "
)


def _means(divisor: Term) -> Check:
    return Check(name="am-gm", procedure=every_k, arguments={
        "rule": "am-gm",
        "constants": {"factors": _K + 1, "divisor": divisor, "exponent": half(_K + 1)},
        "inputs": "all", "start": 1, "scope": Domain.of(k=at_least(1)),
    })


def _value(base: int = 2) -> Check:
    """k!·2p^{−(k+1)}(p/(2(k+1)))^{(k+1)/2} in the printed form."""
    printed = fact(_K) / rational(2) ** _K * (base / (_P * (_K + 1))) ** half(_K + 1)
    derived = 2 * fact(_K) / _P ** (_K + 1) * (_P / (2 * (_K + 1))) ** half(_K + 1)
    points = [{"k": k, "p": p} for k in range(1, 7) for p in (3, 4, 5, 7)]
    return exact("two forms of the value", equal(printed, derived), points=points)


def _three_inputs(scale: int = 1) -> Check:
    """k = p = 3, x = (2, −1, −1), x̂ = 3: aligned waves of squared norm 1/4."""
    x, wave = (2, -1, -1), [sqrt(rational(1, 6)) * cos(rational(c, 3)) for c in range(3)]
    dots = [total([wave[c] * rational(x[(c - a) % 3]) for c in range(3)]) for a in range(3)]
    terms = [
        (dots[a] + dots[b] + dots[c]) ** 3 * dots[(a + b + c) % 3]
        for a in range(3) for b in range(3) for c in range(3)
    ]
    value = rational(6 * 81 * scale, 8) * rational(2, 3 * 4) ** 2
    return exact("three inputs, p = 3", equal(total(terms) / 27, value))


def _largest(divisor: Term = _K + 1, base: int = 2, scale: int = 1) -> Check:
    return proof(
        "largest utility of k inputs", fourier_formula(), _means(divisor), _value(base),
        _three_inputs(scale), scope=_ALL, lemmas=_LEMMAS,
    )


_MAX = _largest()
_MUTANTS = (
    Mutant.of(_MAX, "k instead of k + 1 factors", parts=(_means(_K),)),
    Mutant.of(_MAX, "value with base 4", parts=(_value(4),)),
    Mutant.of(_MAX, "twice the value at three inputs", parts=(_three_inputs(2),)),
)


def _ratio(name: str, shown: str, squared: int) -> Claim:
    check = refutation(
        "ratio at k = 2", _MAX, exact("another ratio", ~equal(rational(squared), 2)),
        point={"k": 2, "p": 4, "x": "|x̂[1]| = |x̂[2]|"}, lemmas=_LEMMAS,
        description=f"k = 2, p = 4, |x̂[1]| = |x̂[2]|: the ratio is √2, not {shown}",
    )
    same = (_MAX, exact("another ratio", ~equal(rational(2), 2)))
    return _claim(
        f"seq-nyquist.{name}", f"Ratio {shown} at p/2", f"The ratio at p/2 is ${shown}$.",
        "The largest utility at p/2 over that at k < p/2 of equal |x̂|.", (check,),
        (Mutant.of(check, "the true ratio", parts=same),),
        domain=Domain.of(k=at_least(1), p=even(4), x=_X),
        corrected_by="agf.cand.seq-nyquist.power",
    )


_claim = Topic(
    family="k-ary",
    falsified_by="a group, an encoding and neurons that violate it",
    domain=_ALL,
    reading=_READING,
    source=follow_up,
).claim


# -- only the product counts, and no linear map ------------------------------------------------


def _mixed(centred: int = 1) -> Check:
    """Σ_{a,b} (m(a) + n(b))·x(c − a − b) = 0 for x of mean 0: a linear map has no correlation."""
    x = at("h", c=1, a=-1, b=-1) - centred * at("h", s=1)
    return Check(name="linear maps and labels", procedure=convolution_identity, arguments={
        "functions": ("m", "q", "h"), "free": ("c",),
        "left": (Sum(coefficient=1, over=("a", "b", "s"), body=(at("m", a=1) + at("q", b=1)) * x),),
        "right": (Sum(coefficient=0, over=("a",), body=at("m", a=1)),),
        "scope": Domain.of(p=at_least(2)),
    })


_GROUPS = Domain.of(k=at_least(2), group=Whole("finite groups"), x=_X)
_LINEAR = proof("linear maps", _mixed(), scope=_GROUPS, lemmas=("linear maps",))
_LINEAR_MUTANT = Mutant.of(_LINEAR, "an encoding with a mean", parts=(_mixed(0),))
_INTERACTION = proof(
    "words that miss an input", fourier_formula(), _mixed(), scope=_GROUPS,
    lemmas=("words and permutations", "linear maps"),
)

# -- rates -------------------------------------------------------------------------------------

_RATES = Domain.of(k=Finite([2]))
_DEGREE = symbols("degree")[0]
_BRANCH = breaks(
    "exponents", equal(1 - _DEGREE, 1 - _K),
    "k = 2, degree = 3: the branch scales by ‖θ‖^{−2}, the stated rates are ‖θ‖^{−1}",
    point={"k": 2}, values={"degree": 3, "k": 2},
)
_SCALED = breaks(
    "exponent of the branch", equal(1 - _DEGREE, 2 - _DEGREE),
    "the branch of two-layer networks scales by ‖θ‖^{1−degree}: at degree 3 by ‖θ‖^{−2}, not "
    "‖θ‖^{−1}",
    point={"model": "two-layer networks, degree 3"}, values={"degree": 3},
)
_EVERY_K = Domain.of(k=at_least(1))


def _exponent(base: int = 2) -> Check:
    """2 − degree against 1 − k for the homogeneity k + 1 of a two-layer network."""
    return formal("exponent of the rate", equal(base - (_K + 1), 1 - _K), "k", scope=_EVERY_K)


_EXPONENT_DOMAIN = Domain.of(neuron=Whole("dormant neurons with κ = 3"))
_R, _U = symbols("r U")


def _growth(name: str, exponent: int, *, exponential: bool) -> Check:
    """r' = r^e·3r²U at r = 2: proportional to r with a constant factor at every norm?"""
    rate = 3 * _U * _R ** (2 + exponent)
    return exact(name, equal(rate, 3 * _U * _R) if exponential else equal(rate, 3 * _U),
                 points=[{"r": Fraction(1, q), "U": 1} for q in (1, 2, 10)])


_EXPONENTIAL = proof("rate proportional to the norm", _growth("rate", -1, exponential=True),
                     scope=_EXPONENT_DOMAIN, lemmas=("polar flow", "neuron-wise rates"))
_LINEAR_GROWTH = refutation(
    "constant rate", _growth("rate", -2, exponential=False), point={"neuron": "U = 1, aligned"},
    lemmas=("polar flow", "neuron-wise rates"),
    description="κ = 3, η = ‖θ‖^{−2}: an aligned neuron has ‖θ‖' = 3U*: linear growth",
)

CLAIMS = [
    _claim("seq-max", "Largest utility of k inputs",
           "Cyclic group: $U^*=k!2^{-k}(2/(p(k+1)))^{(k+1)/2}|\\hat x|^{k+1}$, $0<\\xi<p/2$.",
           "Inside the frequency ξ.", (_MAX,), _MUTANTS,
           domain=Domain.of(k=at_least(1), p=at_least(3), x=_X)),
    _claim("seq-nyquist.power", "Ratio 2^{(k−1)/2} at p/2", "The ratio at p/2 is $2^{(k-1)/2}$.",
           "The largest utility at p/2 over that at k < p/2 of equal |x̂|.", (_MAX,), _MUTANTS,
           domain=Domain.of(k=at_least(1), p=even(4), x=_X),
           corrects="agf.cand.seq-nyquist.one"),
    _ratio("one", "1", 1),
    _ratio("half-power", "2^{k/2}", 4),
    _claim("seq-order-match", "The criterion orders frequencies as the utility does",
           "The criterion orders frequencies as $U^*_k$, every p, k.",
           "Cyclic groups: n_ρ = 1, ‖x̂[ρ]‖_op = |x̂|, C = 2 below p/2 and 1 at p/2. Both are "
           "|x̂|^{k+1}C^{−(k−1)/2} up to a common factor.", (_MAX,), _MUTANTS),
    _claim("seq-criterion.cyclic", "The next feature on cyclic groups",
           "The next irrep is the argmax over unlearned ρ of "
           "$\\|\\hat x[\\rho]\\|_{op}^{k+1}/(C_\\rho n_\\rho)^{(k-1)/2}$; C=2 for complex pairs, "
           "1 for real characters.",
           "Cyclic groups; the next irrep is the one of largest utility for the residual without "
           "the learned ones.", (_MAX,), _MUTANTS, printed="Theorem 4.1", kind="op",
           corrects="agf.seq-criterion"),
    _claim("seq-interaction", "Only the product of all inputs has utility",
           "Utility comes only from $f^{(\\times)}=k!\\prod_j\\langle u_j,x_{g_j}\\rangle w$.",
           "Every finite group, k ≥ 2; the residual is x'_{g_1⋯g_k} for any x' with Σ_h x'[h] = 0 "
           "(nothing learned, or x without learned irreps), or any other function whose mean over "
           "each single g_i vanishes: the other terms of the k-th power have utility 0.",
           (_INTERACTION,),
           (Mutant.of(_INTERACTION, "an encoding with a mean", parts=(_mixed(0),)),),
           domain=_GROUPS, printed="summary", kind="id"),
    _claim("seq-nonlinear", "No linear map solves the task",
           "x non-trivial, zero-mean: no linear map solves the task.",
           "Every finite group, k ≥ 2 (for one input the identity solves it), Σ_h x[h] = 0, x ≠ 0; "
           "affine maps included.", (_LINEAR,), (_LINEAR_MUTANT,), domain=_GROUPS,
           printed="Lemma 3.5", kind="op"),
    entry("agf.cand.seq-exponent.one", "Exponential growth under ‖θ‖^{−1}",
          "Dormant norms grow exponentially (κ=3) under $\\|\\theta\\|^{-1}$.",
          source=candidate("k-ary"), kind="candidate", domain=_EXPONENT_DOMAIN,
          reading="‖θ‖' = κU(θ̄)‖θ‖: at constant positive utility of the direction.",
          falsified_by="an aligned neuron whose norm does not grow exponentially",
          checks=(_EXPONENTIAL,), mutants=(Mutant.of(
              _EXPONENTIAL, "rate ‖θ‖^{−2}", parts=(_growth("rate", -2, exponential=True),)),),
          corrects="agf.cand.seq-exponent.two"),
    entry("agf.cand.seq-exponent.two", "Exponential growth under ‖θ‖^{−2}",
          "Dormant norms grow exponentially (κ=3) under $\\|\\theta\\|^{-2}$.",
          source=candidate("k-ary"), kind="candidate", domain=_EXPONENT_DOMAIN,
          reading="At constant positive utility of the direction.",
          falsified_by="an aligned neuron whose norm does not grow exponentially",
          checks=(_LINEAR_GROWTH,), mutants=(Mutant.of(
              _LINEAR_GROWTH, "rate ‖θ‖^{−1}", parts=(_growth("rate", -1, exponential=False),)),),
          corrected_by="agf.cand.seq-exponent.one"),
    entry("agf.seq-optimizer", "Rates of the scaled optimiser",
          "The scaled optimiser has $\\eta_i=lr\\|\\theta_i\\|^{2-degree}$, degree the model's "
          "homogeneity.", source=follow_up("code"), kind="id",
          domain=Domain.of(model=Whole("models of the code")),
          reading="Every branch of the optimiser, at the degree that its model has. The code is "
          "not executed: its branches are taken as described, one of them with ‖θ‖^{1−degree} for "
          "two-layer networks.",
          falsified_by="a branch with another exponent", checks=(_SCALED,),
          mutants=(Mutant.of(_SCALED, "a branch with 2 − degree", formula=equal(
              2 - _DEGREE, 2 - _DEGREE)),),
          corrected_by="agf.seq-optimizer-cn.corrected"),
    entry("agf.seq-optimizer-cn", "The branch of two-layer networks",
          "With degree=3 (TwoLayerNet branch: $\\|\\theta_i\\|^{1-degree}$) it realises the rates "
          "for k=2.", source=follow_up("code"), kind="id", domain=_RATES,
          reading="The rates are ‖θ‖^{1−k} times a constant; the branch is taken as described.",
          falsified_by="different exponents", checks=(_BRANCH,),
          mutants=(Mutant.of(_BRANCH, "degree 2", values={"degree": 2, "k": 2}),),
          corrected_by="agf.seq-optimizer-cn.corrected"),
    entry("agf.seq-optimizer-cn.corrected", "The exponent that realises the rates",
          "With degree $k+1$ the factor $\\|\\theta_i\\|^{2-degree}$ realises the rates "
          "$\\|\\theta_i\\|^{1-k}$; for $k=2$ this is degree=3.",
          source=follow_up("corrected from the code"), kind="id", domain=_EVERY_K,
          reading="The rates are ‖θ‖^{1−k} times a constant; degree is the homogeneity k + 1 of a "
          "neuron with activation z^k.",
          falsified_by="different exponents", checks=(_exponent(),),
          mutants=(Mutant.of(_exponent(), "1 − degree", **_exponent(1).arguments),),
          corrects="agf.seq-optimizer-cn"),
]
