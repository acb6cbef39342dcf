"""How large the norm of a global minimiser of CE + λ‖θ‖^{k+1} is: thresholds and final losses.

With t = γ*‖θ‖^{k+1} and ℓ = λ/γ* the objective is at least F(t) = ln(1+(p−1)e^{−t}) + ℓt, and
max-margin networks attain this (lemma *minimisers of the regularised loss*).  F is least at 0 for
ℓ ≥ (p−1)/p, else where (p−1)e^{−t} = ℓ/(1−ℓ).
"""

from __future__ import annotations

from verify.claims.fourier_circuits.training_objective import (
    AT_MINIMISERS,
    LOWER_BOUND,
    READING,
    SOURCE,
    broken_premises,
    domain,
    objective_check,
    objective_refutation,
    with_part,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.formula import Formula, Term, equal, fact, rational, total, var
from verify.methods.identities import exact_statement, formal_identity

_READING = READING + "Penalty λ‖θ‖^{k+1}, λ > 0. "
_SHARES = domain(ratio=Whole("λ/γ* > 0"))
_BELOW_THRESHOLD = domain(ratio=Whole("0 < λ/γ* < (p−1)/p"))

# -- the function of one variable ----------------------------------------------------------------

_B, _L, _X, _Y = var("B"), var("L"), var("X"), var("Y")


def _identity(name: str, formula: Formula, *symbols: str) -> Check:
    return Check(
        name=name,
        procedure=formal_identity,
        arguments={
            "formula": formula,
            "formal": dict.fromkeys(symbols, "indeterminate"),
            "scope": domain(),
        },
    )


def _slope(threshold: Term) -> Check:
    """(B+1)·((X+B)·F') = (ℓ(B+1) − threshold)(X+B) + B(X−1), X = e^t ≥ 1, B = p−1."""
    left = (_B + 1) * (_L * (_X + _B) - _B)
    right = (_L * (_B + 1) - threshold) * (_X + _B) + _B * (_X - 1)
    return _identity("sign of the slope", equal(left, right), "B", "L", "X")


def _stationary(value: Term) -> Check:
    """(1+BY)·value − 1 = BY − ℓ(1+BY), Y = e^{−t}: at a zero of F', e^{CE} = 1/value."""
    inside = 1 + _B * _Y
    return _identity(
        "value at a zero of the slope",
        equal(inside * value - 1, _B * _Y - _L * inside),
        "B",
        "L",
        "Y",
    )


_SLOPE, _STATIONARY = _slope(_B), _stationary(1 - _L)

# -- at k = 2, p = 3 -----------------------------------------------------------------------------


def _at(name: str, formula: Formula) -> Check:
    point = {"k": 2, "p": 3}
    return Check(
        name=name,
        procedure=exact_statement,
        arguments={"formula": formula, "points": (point,), "scope": Domain.at(point)},
    )


def _below(ratio: Term) -> Check:
    """λ/γ* lies below the threshold, so the minimisers are not 0."""
    return _at("below the threshold", ratio * var("p") < var("p") - 1)


def _apart(terms: int) -> Check:
    """(p−1)e^{−2} < ℓ/(1−ℓ) = 1 at ℓ = 1/2: partial sums of the series of e² lie below e²."""
    series = total("j", 0, terms, lambda j: rational(2) ** j / fact(j))
    return _at("e² > p−1", series > var("p") - 1)


_HALF_BELOW, _APART = _below(rational(1, 2)), _apart(2)
_VALUE = objective_check(
    "minimum of one variable", _BELOW_THRESHOLD, AT_MINIMISERS, LOWER_BOUND, _SLOPE, _STATIONARY
)
_OTHER_VALUE = objective_refutation(
    "another value at λ = γ*/2",
    {"ratio": "1/2"},
    "k=2, p=3, λ = γ*/2: the final cross-entropy is −ln(1−λ/γ*) = ln 2 > ln(1+2e^{−2})",
    AT_MINIMISERS,
    LOWER_BOUND,
    _SLOPE,
    _STATIONARY,
    _HALF_BELOW,
    _APART,
)
_THRESHOLD = objective_check("sign of the slope at 0", _SHARES, LOWER_BOUND, _SLOPE)


def _between(ratio: Term) -> Check:
    """λ < γ*, and the threshold is not above λ."""
    return _at("between the thresholds", (ratio < 1) & (ratio * var("p") >= var("p") - 1))


_BETWEEN = _between(rational(2, 3))
_OTHER_THRESHOLD = objective_refutation(
    "the zero network at λ = 2γ*/3",
    {"ratio": "2/3"},
    "k=2, p=3, λ = 2γ*/3 < γ*: the zero network is the only global minimiser",
    LOWER_BOUND,
    _SLOPE,
    _BETWEEN,
)


def _value_claim(
    variant: str, value: str, check: Check, mutants: tuple[Mutant, ...], **links: str
) -> Claim:
    return Claim(
        id=f"fc.cand.ce-value-{variant}",
        title="The final cross-entropy",
        source=SOURCE,
        printed_kind="candidate",
        statement=(
            "With penalty $\\lambda\\|\\theta\\|^{k+1}$ the final cross-entropy is $" + value + "$."
        ),
        domain=_BELOW_THRESHOLD,
        reading=_READING
        + "Final: at a global minimiser, for the λ at which it is not the zero network, that is "
        "λ < γ*(p−1)/p (`fc.cand.ce-threshold.share`); for larger λ it is ln p.",
        falsified_by="a λ at which a global minimiser has another cross-entropy",
        checks=(check,),
        mutants=mutants,
        **links,
    )


def _threshold_claim(
    variant: str, threshold: str, check: Check, mutants: tuple[Mutant, ...], **links: str
) -> Claim:
    return Claim(
        id=f"fc.cand.ce-threshold.{variant}",
        title="When global minimisers are not zero",
        source=SOURCE,
        printed_kind="candidate",
        statement=(
            "The global minimiser of $\\mathrm{CE}+\\lambda\\|\\theta\\|^{k+1}$ is non-zero iff $"
            + threshold
            + "$."
        ),
        domain=_SHARES,
        reading=_READING + "Non-zero: no global minimiser is 0. Otherwise 0 is one.",
        falsified_by="a λ on one side of the threshold with a minimiser of the other kind",
        checks=(check,),
        mutants=mutants,
        **links,
    )


CLAIMS = [
    _value_claim(
        "1",
        "-\\ln(1-\\lambda/\\gamma^*)",
        _VALUE,
        (
            with_part(_VALUE, "−ln(1+λ/γ*)", _STATIONARY, _stationary(1 + _L)),
            with_part(_VALUE, "a threshold at λ = γ*", _SLOPE, _slope(_B + 1)),
            *broken_premises(_VALUE),
        ),
        corrects="fc.cand.ce-value-2",
    ),
    _value_claim(
        "2",
        "\\ln(1+(p-1)e^{-\\gamma^*/\\lambda})",
        _OTHER_VALUE,
        (
            with_part(_OTHER_VALUE, "too few terms of the series", _APART, _apart(0)),
            with_part(_OTHER_VALUE, "a λ above the threshold", _HALF_BELOW, _below(rational(3, 4))),
            with_part(_OTHER_VALUE, "another value", _STATIONARY, _stationary(1 + _L)),
        ),
        corrected_by="fc.cand.ce-value-1",
    ),
    _threshold_claim(
        "gamma",
        "\\lambda<\\gamma^*",
        _OTHER_THRESHOLD,
        (
            with_part(
                _OTHER_THRESHOLD, "a λ below both thresholds", _BETWEEN, _between(rational(1, 2))
            ),
            with_part(_OTHER_THRESHOLD, "λ = γ*", _BETWEEN, _between(rational(1))),
        ),
        corrected_by="fc.cand.ce-threshold.share",
    ),
    _threshold_claim(
        "share",
        "\\lambda<\\gamma^*(p-1)/p",
        _THRESHOLD,
        (
            with_part(_THRESHOLD, "λ < γ*", _SLOPE, _slope(_B + 1)),
            with_part(_THRESHOLD, "λ < γ*(p−2)/p", _SLOPE, _slope(_B - 1)),
            *broken_premises(_THRESHOLD),
        ),
        corrects="fc.cand.ce-threshold.gamma",
    ),
]
