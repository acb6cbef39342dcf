"""The two inequalities of the proof: equal magnitudes, one frequency.

As proof steps they are read on k ≥ 3 (“general k ≥ 3”) and odd primes p.
"""

from __future__ import annotations

from verify.claims.fourier_circuits.common import K, paper
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least
from verify.formula import Formula, Term, half, rational, total, var
from verify.methods.combine import conjunction, counterexample
from verify.methods.every_k import every_k

# -- arithmetic and geometric mean -------------------------------------------------------------

_MAGNITUDES = Whole("magnitudes |û_1|, …, |û_k|, |ŵ| at a frequency")
_AM_GM = Check(
    name="every k",
    procedure=every_k,
    arguments={
        "rule": "am-gm",
        "constants": {"factors": K + 1, "divisor": K + 1, "exponent": half(K + 1)},
        "scope": Domain.of(k=at_least(1), magnitudes=_MAGNITUDES),
    },
)

# -- one frequency -----------------------------------------------------------------------------

_Z = Whole("vectors z ≥ 0 in R^{(p−1)/2} with ‖z‖_1 ≤ p/2")
_ONE_SPARSE = Domain.of(k=at_least(3), p=Primes(3), z=_Z)
_BOTH = {"k": at_least(1), "p": Primes(3), "z": _Z}


def powers(name: str, exponent: Term, *, start: int, scope: Domain, equality: bool) -> Check:
    """Σz^s ≤ (Σz)^s for every k ≥ start, with its equality clause if asked."""
    return Check(
        name=name,
        procedure=every_k,
        arguments={
            "rule": "power-sum",
            "constants": {"exponent": exponent, "equality": equality},
            "scope": scope,
            "start": start,
        },
    )


_INEQUALITY = powers(
    "every k ≥ 1", half(K + 1), start=1, scope=Domain.of(**_BOTH), equality=False
)
_EQUALITY = powers(
    "every k ≥ 2",
    half(K + 1),
    start=2,
    scope=Domain.of(**{**_BOTH, "k": at_least(2)}),
    equality=True,
)
_FIRST_NORMS = powers(
    "‖z‖_s ≤ ‖z‖_2", rational(1, 4) * (K + 1), start=3, scope=_ONE_SPARSE, equality=False
)
_SECOND_NORMS = powers(
    "‖z‖_2 ≤ ‖z‖_1", Term(2), start=3, scope=_ONE_SPARSE, equality=False
)
_REASON = Check(
    name="both links",
    procedure=conjunction,
    arguments={"parts": (_FIRST_NORMS, _SECOND_NORMS), "scope": _ONE_SPARSE},
)
_AT_TWO = Domain.of(k=Finite([2]), p=Primes(3), z=_Z)
_TWO_LINK = powers("‖z‖_{3/2} ≤ ‖z‖_1", half(K + 1), start=2, scope=_AT_TWO, equality=True)

_X, _Y = var("x"), var("y")


def _link(fourth: int, second: int) -> Formula:
    """(x^{3/2} + y^{3/2})^fourth ≤ (x² + y²)^second: ‖z‖_{3/2} ≤ ‖z‖_2 to the power 6 is (4, 3)."""
    root = rational(3, 2)
    return total([_X**root, _Y**root]) ** fourth <= (_X**2 + _Y**2) ** second


_LINK = Check(
    name="two equal entries",
    procedure=counterexample,
    arguments={
        "formula": _link(4, 3),
        "point": {"k": 2, "p": 5, "z": "(1, 1)"},
        "values": {"x": 1, "y": 1},
        "description": (
            "k=2, p=5, z=(1, 1): Σz^{3/2} = 2 exceeds ‖z‖_2^{3/2} = 2^{3/4}; at p = 3 z has one "
            "entry"
        ),
    },
)

CLAIMS = [
    Claim(
        id="fc.am-gm",
        title="The product of the magnitudes is largest when they are equal",
        source=paper("(11), (21)"),
        printed_kind="in",
        statement=(
            "$|\\hat w|\\prod_i|\\hat u_i|\\le\\big(\\frac{\\sum_i|\\hat u_i|^2+|\\hat w|^2}{k+1}"
            "\\big)^{(k+1)/2}$."
        ),
        reading="For any k+1 non-negative numbers; shown for every k ≥ 1.",
        domain=Domain.of(k=at_least(1), magnitudes=_MAGNITUDES),
        falsified_by="k+1 non-negative numbers that violate it",
        checks=(_AM_GM,),
        mutants=(
            Mutant.of(
                _AM_GM,
                "divided by k",
                constants={"factors": K + 1, "divisor": K, "exponent": half(K + 1)},
            ),
            Mutant.of(
                _AM_GM,
                "exponent k/2",
                constants={"factors": K + 1, "divisor": K + 1, "exponent": half(K)},
            ),
        ),
    ),
    Claim(
        id="fc.one-sparse.inequality",
        title="Sums of powers are largest on one frequency",
        source=paper("F.4, F.8"),
        printed_kind="op",
        statement=(
            "$z\\ge0$, $\\|z\\|_1\\le p/2$: "
            "$\\sum_{j\\le K}z(j)^{(k+1)/2}\\le(p/2)^{(k+1)/2}$."
        ),
        reading="K = (p−1)/2 entries; k ≥ 3 as in the proof, shown for every k ≥ 1.",
        domain=_ONE_SPARSE,
        falsified_by="a vector that violates it",
        checks=(_INEQUALITY,),
        mutants=(
            Mutant.of(
                _INEQUALITY, "exponent k/2", constants={"exponent": half(K), "equality": False}
            ),
        ),
    ),
    Claim(
        id="fc.one-sparse.reason",
        title="The inequality follows from ‖z‖_2 ≤ ‖z‖_1",
        source=paper("F.4, F.8"),
        printed_kind="in",
        statement=(
            "$\\sum_{j\\le K}z(j)^{(k+1)/2}\\le(p/2)^{(k+1)/2}$ “from $\\|z\\|_2\\le\\|z\\|_1$”."
        ),
        reading=(
            "The inequality is the chain Σz^{(k+1)/2} ≤ ‖z‖_2^{(k+1)/2} ≤ ‖z‖_1^{(k+1)/2}; both "
            "links hold for k ≥ 3, where (k+1)/2 ≥ 2, and for k = 3 the first is an equality."
        ),
        domain=_ONE_SPARSE,
        falsified_by="a vector and a k ≥ 3 for which a link fails",
        checks=(_REASON,),
        mutants=(
            Mutant.of(
                _REASON,
                "from k = 2 on",
                parts=(
                    powers(
                        "‖z‖_s ≤ ‖z‖_2",
                        rational(1, 4) * (K + 1),
                        start=2,
                        scope=_ONE_SPARSE,
                        equality=False,
                    ),
                    _SECOND_NORMS,
                ),
            ),
        ),
    ),
    Claim(
        id="fc.one-sparse.reason-k2",
        title="The same reason for two inputs",
        source=paper("F.8, for the k = 2 of Theorem 4.1"),
        printed_kind="in",
        statement=(
            "For $k=2$: $\\sum_{j\\le K}z(j)^{3/2}\\le(p/2)^{3/2}$ "
            "“from $\\|z\\|_2\\le\\|z\\|_1$”."
        ),
        reading=(
            "Theorem 4.1 is also read at k = 2. The chain is Σz^{3/2} ≤ ‖z‖_2^{3/2} ≤ ‖z‖_1^{3/2}. "
            "Its end is right (fc.one-sparse.inequality), its first link is not."
        ),
        domain=_AT_TWO,
        falsified_by="a vector for which the first link fails",
        corrected_by="fc.one-sparse.reason-k2.corrected",
        checks=(_LINK,),
        mutants=(Mutant.of(_LINK, "‖z‖_{3/2} ≤ ‖z‖_1 squared", formula=_link(2, 3)),),
    ),
    Claim(
        id="fc.one-sparse.reason-k2.corrected",
        title="The reason for two inputs",
        source=paper("F.8, corrected"),
        printed_kind="in",
        statement=(
            "For $k=2$ it follows from $\\|z\\|_{3/2}\\le\\|z\\|_1$, with equality only on a "
            "single frequency."
        ),
        reading="‖z‖_{(k+1)/2} ≤ ‖z‖_1 serves for every k ≥ 1; here k = 2.",
        domain=_AT_TWO,
        falsified_by="a vector that violates it",
        corrects="fc.one-sparse.reason-k2",
        checks=(_TWO_LINK,),
        mutants=(
            Mutant.of(
                _TWO_LINK, "exponent k/2", constants={"exponent": half(K), "equality": True}
            ),
        ),
    ),
    Claim(
        id="fc.one-sparse.equality",
        title="Equality only on a single frequency",
        source=paper("F.4, F.8"),
        printed_kind="op",
        statement=(
            "$z\\ge0$, $\\|z\\|_1\\le p/2$: $\\sum_{j\\le K}z(j)^{(k+1)/2}=(p/2)^{(k+1)/2}$ "
            "only on a single frequency."
        ),
        reading=(
            "Equality holds iff one entry is p/2 and the others are 0; k ≥ 3 as in the proof, "
            "shown for every k ≥ 2. (At k = 1 every z with ‖z‖_1 = p/2 gives equality.)"
        ),
        domain=_ONE_SPARSE,
        falsified_by="a vector with two non-zero entries and equality",
        checks=(_EQUALITY,),
        mutants=(Mutant.of(_EQUALITY, "from k = 1 on", start=1),),
    ),
]
