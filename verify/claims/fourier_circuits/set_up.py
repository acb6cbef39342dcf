"""The set-up: labels as an argmax, margins as least expectations, homogeneity."""

from __future__ import annotations

from verify.claims.fourier_circuits.common import paper
from verify.claims.fourier_circuits.order_facts import NETWORKS, TASK_READING, chain
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Primes, Whole, at_least
from verify.formula import Formula, Term, cos, equal, forall_range, mod, sin, total, var
from verify.methods.chains import fact, same
from verify.methods.identities import exact_statement, formal_identity

# -- the label as an argmax --------------------------------------------------------------------

_ANGLE = var("x")


_HALF_ANGLE = 2 * sin(_ANGLE) ** 2


def _half_angle(square: Term = _HALF_ANGLE) -> Formula:
    return equal(1 - cos(_ANGLE + _ANGLE), square)


def _only_maximum() -> Formula:
    """cos_ζ(a1+a2−c) = 1 at the sum only; 1 is its value there."""
    z, a1, a2, c, p = (var(n) for n in ("z", "a1", "a2", "c", "p"))
    here = equal(c, mod(a1 + a2, p)) | (cos(z * (a1 + a2 - c) / p) < 1)
    for name in ("c", "a2", "a1"):
        here = forall_range(name, 0, p - 1, lambda _, body=here: body)
    return forall_range("z", 1, p - 1, lambda _: here)


_MAXIMUM = Check(
    name="half-angle identity",
    procedure=formal_identity,
    arguments={
        "formula": _half_angle(),
        "formal": {"x": "angle"},
        "scope": Domain.of(p=Primes(3), zeta=Whole("ζ in Z_p∖{0}")),
        "rests_on": ("only maximum of a cosine",),
    },
)
_MAXIMUM_POINTS = Check(
    name="every ζ, a1, a2, c at small p",
    procedure=exact_statement,
    arguments={"formula": _only_maximum(), "points": ({"p": 3}, {"p": 5}, {"p": 7})},
)

# -- homogeneity -------------------------------------------------------------------------------

_INPUTS = 5


def _scaled_neuron(slope: int, intercept: int) -> Formula:
    """(Σ αu_j)^k αw = α^{slope·k+intercept} (Σ u_j)^k w for k = 1.._INPUTS."""
    alpha, w = var("alpha"), var("w")
    formula: Formula | None = None
    for k in range(1, _INPUTS + 1):
        inputs = [var(f"u{j}") for j in range(1, k + 1)]
        left = total([alpha * u for u in inputs]) ** k * (alpha * w)
        right = alpha ** (slope * k + intercept) * total(inputs) ** k * w
        formula = equal(left, right) if formula is None else formula & equal(left, right)
    return formula


def _scaled_by_induction(slope: int, intercept: int) -> Formula:
    """One input more, one neuron more, and the power from k to k + 1, starting at k = 1.

    s is Σu_j, and r stands for (Σu_j)^k w.
    """
    alpha, s, u, w, r = (var(n) for n in ("alpha", "s", "u", "w", "r"))
    return (
        equal(alpha * s + alpha * u, alpha * (s + u))
        & equal((alpha * s) * (alpha * w), alpha ** (slope + intercept) * s * w)
        & equal((alpha * s) * r, alpha**slope * s * r)
    )


_SYMBOLS = dict.fromkeys(("alpha", "s", "u", "w", "r"), "indeterminate")
_POWER = Whole("networks (2), inputs and α > 0")
_INDUCTION = Check(
    name="induction on k",
    procedure=formal_identity,
    arguments={
        "formula": _scaled_by_induction(1, 1),
        "formal": _SYMBOLS,
        "scope": Domain.of(k=at_least(1), p=Primes(3), network=_POWER),
        "rests_on": ("homogeneity by induction",),
    },
)
_INSTANCES = Check(
    name="k = 1..5",
    procedure=formal_identity,
    arguments={
        "formula": _scaled_neuron(1, 1),
        "formal": dict.fromkeys(("alpha", "w", "u1", "u2", "u3", "u4", "u5"), "indeterminate"),
        "scope": Domain.of(k=Finite(range(1, _INPUTS + 1)), p=Primes(3), network=_POWER),
    },
)

CLAIMS = [
    Claim(
        id="fc.cos-argmax",
        title="The label is the argmax of a cosine",
        source=paper("p. 4"),
        printed_kind="id",
        statement=(
            "For $\\zeta \\in \\mathbb{Z}_p\\setminus\\{0\\}$: $(a_1+a_2) \\bmod p = "
            "\\arg\\max_c \\cos(2\\pi\\zeta(a_1+a_2-c)/p)$."
        ),
        domain=Domain.of(p=Primes(3), zeta=Whole("ζ in Z_p∖{0}")),
        reading="p is an odd prime; the argmax is the set of all maximisers c ∈ Z_p.",
        falsified_by="p, ζ, a1, a2 and another maximiser c",
        checks=(_MAXIMUM, _MAXIMUM_POINTS),
        mutants=(
            Mutant.of(_MAXIMUM, "argmin", formula=_half_angle(2 * cos(_ANGLE) ** 2)),
            Mutant.of(_MAXIMUM_POINTS, "p composite", points=({"p": 3}, {"p": 9})),
        ),
    ),
    Claim(
        id="fc.min-as-expectation",
        title="The maximum margin as a max-min of expectations",
        source=paper("(3)"),
        printed_kind="id",
        statement="$\\gamma^* = \\max_\\Theta \\min_{q \\in \\mathcal{P}(D_p)} E_q\\, g$.",
        domain=NETWORKS,
        reading=TASK_READING
        + "γ* = max_Θ min_{D_p} g; shown network by network, so the maxima over Θ agree.",
        falsified_by="a network whose least mean differs from its least value",
        checks=(
            _LEAST := chain(
                "network by network",
                (
                    fact("min-le-least-mean", network="theta"),
                    fact("point-mass", network="theta"),
                    fact("min-le-mean", network="theta", distribution="q"),
                ),
                (same("min_q E_q g(theta)", "min_D g(theta)"),),
                (),
            ),
        ),
        mutants=(
            Mutant.of(
                _LEAST,
                "every mean, not the least",
                goals=(same("E_q g(theta)", "min_D g(theta)"),),
            ),
            Mutant.of(
                _LEAST, "without point masses", facts=(fact("min-le-least-mean", network="theta"),)
            ),
        ),
    ),
    Claim(
        id="fc.homogeneity",
        title="The network is homogeneous of degree k + 1",
        source=paper("§3.3"),
        printed_kind="id",
        statement="Network (2) has $\\nu = k+1$: $f(\\alpha\\theta) = \\alpha^{k+1} f(\\theta)$.",
        domain=Domain.of(k=at_least(1), p=Primes(3), network=_POWER),
        reading="All k ≥ 1, any width; the identity is formal in the weights and in α.",
        falsified_by="k, a network, an input and α > 0 with another power",
        checks=(_INDUCTION, _INSTANCES),
        mutants=(
            Mutant.of(_INDUCTION, "degree k", formula=_scaled_by_induction(1, 0)),
            Mutant.of(_INDUCTION, "degree 2k", formula=_scaled_by_induction(2, 0)),
            Mutant.of(_INSTANCES, "degree k", formula=_scaled_neuron(1, 0)),
        ),
    ),
]
