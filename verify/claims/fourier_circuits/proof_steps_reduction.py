"""Proof steps: from one neuron's weighted margin to a sum over frequencies.

Appendix F of arXiv:2402.09469 treats k = 3 (F.1–F.4) and “general k ≥ 3” (F.5–F.8); a proof
step is read on that range, with p an odd prime.  J = η(0) − E_{δ≠0} η(δ) is hypothesis U for
one neuron.  The parent's steps (k = 2) are here too.
"""

from __future__ import annotations

from math import factorial

from verify.claims.fourier_circuits.common import K, P, paper, parent
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least
from verify.formula import equal, fact, rational, total, var
from verify.methods.combine import counterexample
from verify.methods.every_k import every_k
from verify.methods.identities import formal_identity
from verify.methods.neuron_convolutions import monomial_mean, objective
from verify.methods.neurons import (
    for_all_functions,
    frequency_sum,
    shifted_mean,
    weighted_margin,
)

NEURON = Whole("real functions u_1, …, u_k, w on Z_p")
PROOFS = Domain.of(k=at_least(3), p=Primes(3), neuron=NEURON)
THREE = Domain.of(k=Finite([3]), p=Primes(3), neuron=NEURON)
ANY = Domain.of(k=at_least(1), p=at_least(2), neuron=NEURON)
_SMALL = ({"k": 1, "p": 2}, {"k": 1, "p": 3}, {"k": 2, "p": 2}, {"k": 2, "p": 3}, {"k": 3, "p": 3})


def inputs_domain(*inputs: int) -> Domain:
    """Every modulus and every neuron, for the listed numbers of inputs."""
    return Domain.of(k=Finite(inputs), p=at_least(2), neuron=NEURON)


# k!/((p−1) p^k)
COEFFICIENT = fact(K) / ((P - 1) * P**K)

OBJECTIVE = Check(
    name="every k and modulus",
    procedure=every_k,
    arguments={
        "rule": "neuron-objective",
        "constants": {"coefficient": COEFFICIENT},
        "scope": ANY,
    },
)
OBJECTIVE_MUTANT = Mutant.of(
    OBJECTIVE, "p instead of p−1", constants={"coefficient": fact(K) / (P * P**K)}
)
_UP_TO_SIX = range(1, 7)
EVERY_GROUP = Check(
    name="every group, k ≤ 6",
    procedure=objective,
    arguments={
        "inputs": _UP_TO_SIX,
        "words": factorial,
        "scope": inputs_domain(*_UP_TO_SIX),
    },
)
EVERY_GROUP_MUTANT = Mutant.of(
    EVERY_GROUP, "2^k instead of k!", words=lambda k: 2**k if k > 2 else factorial(k)
)


def _printed(u, w, denominator=lambda k, p: (p - 1) * p**k):
    k, p = len(u), len(w)
    coefficient = rational(factorial(k), denominator(k, p))
    return equal(weighted_margin(u, w), coefficient * frequency_sum(u, w))


INSTANCES = Check(
    name="the printed formula, all real values",
    procedure=for_all_functions,
    arguments={"identity": _printed, "points": _SMALL, "arguments": {}},
)
INSTANCES_MUTANT = Mutant.of(
    INSTANCES,
    "p^{k+1} in place of p^k",
    arguments={"denominator": lambda k, p: (p - 1) * p ** (k + 1)},
)

_REDUCED = "\\frac{k!}{(p-1)p^k}\\sum_{j\\ne0}\\hat w(-j)\\prod_{i=1}^k\\hat u_i(j)"


def _three(words: int) -> Check:
    return Check(
        name="every group, k = 3",
        procedure=objective,
        arguments={"inputs": (3,), "words": lambda k: words, "scope": inputs_domain(3)},
    )


_REDUCTION = [
    Claim(
        id="fc.dft-reduction.objectives",
        title="One neuron's class-weighted margin as a sum over frequencies",
        source=paper("(16), F.7"),
        printed_kind="id",
        statement=f"Under U, $\\eta(0)-E_{{\\delta\\ne0}}\\eta(\\delta)={_REDUCED}$.",
        reading="An identity in all real u_1..u_k, w on Z_p, without any normalisation.",
        hypotheses=("uniform inputs", "uniform class weighting"),
        domain=PROOFS,
        falsified_by="functions for which the two sides differ",
        checks=(OBJECTIVE, EVERY_GROUP, INSTANCES),
        mutants=(OBJECTIVE_MUTANT, EVERY_GROUP_MUTANT, INSTANCES_MUTANT),
    ),
    Claim(
        id="fc.dft-reduction.argmax",
        title="The optimal neurons maximise the sum over frequencies",
        source=paper("(16), F.7"),
        printed_kind="op",
        statement=f"Under U, $\\Omega'^*=\\arg\\max_B {_REDUCED}$.",
        reading=(
            "Both sides are the maximisers over the unit ball B; as the two objectives are one "
            "function (fc.dft-reduction.objectives), the sets are equal."
        ),
        hypotheses=("uniform inputs", "uniform class weighting"),
        domain=PROOFS,
        falsified_by="a neuron that maximises one objective over B and not the other",
        checks=(OBJECTIVE, EVERY_GROUP),
        mutants=(OBJECTIVE_MUTANT, EVERY_GROUP_MUTANT),
    ),
    Claim(
        id="fc.dft-reduction.k3",
        title="The reduction for three inputs",
        source=paper("(7), F.3"),
        printed_kind="id",
        statement=(
            "For $k=3$: $\\eta(0)-E_{\\delta\\ne0}\\eta(\\delta)=\\frac{6}{(p-1)p^3}"
            "\\sum_{j\\ne0}\\hat u_1(j)\\hat u_2(j)\\hat u_3(j)\\hat w(-j)$."
        ),
        hypotheses=("uniform inputs", "uniform class weighting"),
        domain=THREE,
        reading="An identity in all real u_1, u_2, u_3, w on Z_p; 6 = 3!.",
        falsified_by="functions for which the two sides differ",
        checks=(_K3 := _three(6),),
        mutants=(Mutant.of(_K3, "3 instead of 6", words=lambda k: 3),),
    ),
    Claim(
        id="mor.addition-dft",
        title="The parent's reduction for two inputs",
        source=parent("proof of Theorem 7"),
        printed_kind="id",
        statement=(
            "$E\\psi'=\\frac{2}{(p-1)p^2}\\sum_{j\\ne0}\\hat u(j)\\hat v(j)\\hat w(-j)$."
        ),
        hypotheses=("uniform inputs", "uniform class weighting"),
        domain=Domain.of(k=Finite([2]), p=Primes(3), neuron=NEURON),
        reading="E ψ' is J for neurons (u(a)+v(b))²w; an identity in all real u, v, w.",
        falsified_by="functions for which the two sides differ",
        checks=(
            _K2 := Check(
                name="every group, k = 2",
                procedure=objective,
                arguments={"inputs": (2,), "words": factorial, "scope": inputs_domain(2)},
            ),
        ),
        mutants=(Mutant.of(_K2, "1 instead of 2", words=lambda k: 1),),
    ),
]

# -- the average over δ ------------------------------------------------------------------------

_P, _E, _S = var("modulus"), var("eta_0"), var("eta_rest")
_FORMAL = dict.fromkeys(("modulus", "eta_0", "eta_rest"), "indeterminate")


def _average(numerator, denominator) -> Check:
    # Multiplied by p(p−1)·denominator: J = η(0) − S/(p−1), E_δη = (η(0)+S)/p, S = Σ_{δ≠0} η(δ).
    return Check(
        name="every modulus",
        procedure=formal_identity,
        arguments={
            "formula": equal(
                denominator * _P * ((_P - 1) * _E - _S),
                numerator * (_P - 1) * (_P * _E - (_E + _S)),
            ),
            "formal": _FORMAL,
            "scope": Domain.of(p=at_least(2), eta=Whole("functions η on Z_p")),
        },
    )


_PRINTED_DISPLAY = equal(1 - 1 / (P - 1), P / (P - 1))


def _display(formula, p) -> Check:
    return Check(
        name="smallest modulus",
        procedure=counterexample,
        arguments={
            "formula": formula,
            "point": {"p": p},
            "description": f"p={p}: 1−1/(p−1) = {1 - 1 / (p - 1):g}, p/(p−1) = {p / (p - 1):g}",
        },
    )


_AVERAGE = _average(_P, _P - 1)
_PLUS = Check(
    name="every modulus",
    procedure=formal_identity,
    arguments={
        "formula": equal((_P - 1) + 1, _P),
        "formal": {"modulus": "indeterminate"},
        "scope": Domain.of(p=at_least(2)),
    },
)

_DELTA = [
    Claim(
        id="fc.delta-average.identity",
        title="Subtracting the mean over wrong shifts",
        source=paper("(6), (15)"),
        printed_kind="id",
        statement=(
            "$\\eta(0)-E_{\\delta\\ne0}\\eta(\\delta)=\\frac{p}{p-1}(\\eta(0)-E_\\delta\\eta(\\delta))$."
        ),
        domain=Domain.of(p=Primes(3), eta=Whole("functions η on Z_p")),
        reading="Holds for any η; checked with p, η(0) and Σ_{δ≠0}η(δ) formal.",
        falsified_by="a function η for which the two sides differ",
        checks=(_AVERAGE,),
        mutants=(
            Mutant.of(
                _AVERAGE,
                "factor (p+1)/(p−1)",
                formula=_average(_P + 1, _P - 1).arguments["formula"],
            ),
        ),
    ),
    Claim(
        id="fc.delta-average.display",
        title="The displayed intermediate constant",
        source=paper("(6), (15)"),
        printed_kind="id",
        statement="$1-\\frac{1}{p-1}=\\frac{p}{p-1}$.",
        domain=Domain.of(p=Primes(3)),
        reading="Read literally, for every odd prime.",
        falsified_by="a prime for which it fails",
        corrected_by="fc.delta-average.display.corrected",
        checks=(_DISPLAY := _display(_PRINTED_DISPLAY, 3),),
        mutants=(
            Mutant.of(
                _DISPLAY,
                "the right sign obeys",
                formula=equal(1 + 1 / (P - 1), P / (P - 1)),
            ),
        ),
    ),
    Claim(
        id="fc.delta-average.display.corrected",
        title="The intermediate constant with the right sign",
        source=paper("(6), (15), corrected"),
        printed_kind="id",
        statement="$1+\\frac{1}{p-1}=\\frac{p}{p-1}$.",
        domain=Domain.of(p=Primes(3)),
        reading="Multiplied by p−1, a formal identity in p.",
        falsified_by="a prime for which it fails",
        corrects="fc.delta-average.display",
        checks=(_PLUS,),
        mutants=(Mutant.of(_PLUS, "the printed sign", formula=equal((_P - 1) - 1, _P)),),
    ),
]

# -- cross terms -------------------------------------------------------------------------------


def _mean_is_zero(k: int, exponents: tuple[int, ...], weight: tuple[int, ...]) -> Check:
    """E Πu_j^{e_j} w(Σa) with u = 1 and the given w, claimed to vanish."""
    one = [1, 1, 1]

    def body(*a):
        powers = [one[x] ** e for x, e in zip(a, exponents, strict=True)]
        return total([rational(1)]) * total(powers)

    return Check(
        name="constant functions",
        procedure=counterexample,
        arguments={
            "formula": equal(shifted_mean(body, weight, k, 0) * rational(1, k), 0),
            "point": {"k": k, "p": 3, "neuron": "u = 1, w = 1"},
            "values": {},
            "description": f"k={k}, p=3, all functions 1, δ=0: the mean is 1, not 0",
        },
    )


def _mean_splits(*exponents: int) -> Check:
    return Check(
        name=f"exponents {exponents}, every group",
        procedure=monomial_mean,
        arguments={"exponents": exponents, "scope": inputs_domain(len(exponents)), "labels": None},
    )


_CONSTANT = Check(
    name="every k and modulus",
    procedure=every_k,
    arguments={"rule": "neuron-words", "constants": {"coefficient": fact(K)}, "scope": ANY},
)
_MEAN_ZERO = (1, -1, 0)


def _cross(variant: str, statement: str, k: int, exponents, domain: Domain, locator: str) -> Claim:
    check = _mean_is_zero(k, exponents, (1, 1, 1))
    return Claim(
        id=f"fc.cross-terms.{variant}",
        title=f"Cross terms vanish: {statement}",
        source=paper(locator),
        printed_kind="id",
        statement=f"${statement}$ “from the definition of w”.",
        domain=domain,
        reading=(
            "For all real functions on Z_p and every δ: the statement names no further hypothesis "
            "on w. (With Σw = 0 it would hold.)"
        ),
        falsified_by="functions and a shift with a non-zero mean",
        corrected_by="fc.cross-terms.corrected",
        checks=(check,),
        mutants=(
            Mutant.of(
                check,
                "a w of mean zero obeys",
                formula=_mean_is_zero(k, exponents, _MEAN_ZERO).arguments["formula"],
            ),
        ),
    )


_CROSS = [
    _cross("cubed", "E[u_1(a_1)^3w(\\Sigma a-\\delta)]=0", 3, (3, 0, 0), THREE, "F.3"),
    _cross("squared", "E[u_1(a_1)^2u_2(a_2)w(\\Sigma a-\\delta)]=0", 3, (2, 1, 0), THREE, "F.3"),
    _cross(
        "general", "E[\\prod_ju_j^{m_j}w]=0\\ (m\\ne(1,\\dots,1))", 3, (3, 0, 0), PROOFS, "F.7"
    ),
    Claim(
        id="fc.cross-terms.corrected",
        title="Cross terms do not depend on the shift",
        source=paper("F.3, F.7, corrected"),
        printed_kind="id",
        statement=(
            "If some input is missing, $E[\\prod_ju_j(a_j)^{m_j}w(\\Sigma a-\\delta)]="
            "E[\\prod_ju_j^{m_j}]\\,E[w]$ for every $\\delta$; so the term cancels in "
            "$\\eta(0)-E_{\\delta\\ne0}\\eta(\\delta)$, and only $k!\\,w\\prod_ju_j$ is left."
        ),
        domain=PROOFS,
        reading="For all real functions; k! words of length k use every input.",
        falsified_by="functions for which such a term depends on δ",
        corrects="fc.cross-terms.general",
        checks=(
            _CONSTANT,
            _mean_splits(3, 0, 0),
            _mean_splits(2, 1, 0),
        ),
        mutants=(
            Mutant.of(_CONSTANT, "k^k full words", constants={"coefficient": K**K}),
            Mutant.of(_mean_splits(3, 0, 0), "no input is missing", exponents=(1, 1, 1)),
            Mutant.of(_mean_splits(2, 1, 0), "no input is missing", exponents=(1, 1, 1)),
        ),
    ),
]

CLAIMS = [*_REDUCTION, *_DELTA, *_CROSS]
