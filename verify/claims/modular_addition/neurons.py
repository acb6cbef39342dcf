"""What one aligned neuron computes, and a group of neurons of one frequency."""

from __future__ import annotations

from fractions import Fraction

from constructions.voting import VotingNetwork, VotingNeuron, equal_phases
from verify.claims.modular_addition.common import candidate, he
from verify.claims.modular_addition.terms import (
    ALPHA,
    ANGLES,
    BETA,
    BRACKET,
    HALF,
    MAGNITUDES,
    PHI,
    J,
    Q,
    S,
    formally,
    logit,
    neuron,
    neuron_step,
    phase_sums_vanish,
    proved,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, at_least, odd
from verify.formula import Formula, Term, all_of, cis, cos, equal, implies, rational, total
from verify.methods.combine import counterexample
from verify.methods.constants import proportional

_NEURONS = Domain.of(
    p=at_least(1), neuron=Whole("aligned neurons, their frequency, inputs and labels")
)
_SOLVED = Check(
    name="solved for the constant",
    procedure=proportional,
    arguments={
        "left": neuron(),
        "shape": Q * BRACKET,
        "formal": ANGLES | MAGNITUDES,
        "constant_in": ("alpha", "beta"),
        "scope": _NEURONS,
        "expected": None,
    },
)
_CONSTANT = Check(
    name="solved for the exponents",
    procedure=proportional,
    arguments={**_SOLVED.arguments, "expected": {"alpha": 2, "beta": 1}},
)

# -- the phase-dependent part of a group ---------------------------------------------------------

_GROUPS = Domain.of(
    p=at_least(2), network=Whole("aligned single-frequency networks with inputs and labels")
)


def _phase_step(fourth: int = 4) -> Check:
    """The bracket as cos(x+y−j) + 2Re(e(2φ)e(j)) + Re(e(fourth·φ)e(x+y+j)): true for 4."""

    def real(number: Term, conjugate: Term) -> Term:
        return HALF * (number + conjugate)

    second = real(cis(2 * PHI) * cis(J), cis(-2 * PHI) * cis(-J))
    last = real(cis(fourth * PHI) * cis(2 * S + J), cis(-fourth * PHI) * cis(-2 * S - J))
    right = cos(2 * S - J) + 2 * second + last
    return formally("phases of the bracket", equal(BRACKET, right), _GROUPS, symbols=ANGLES)


_PHASES = proved("every group", (neuron_step(_GROUPS), _phase_step()), _GROUPS, "voting neurons")

# -- groups under condition (iii) ----------------------------------------------------------------

_BALANCED = Domain.of(
    p=odd(3), group=Whole("groups of one frequency under (iii), with inputs and labels")
)


def _group(*magnitudes: tuple[Fraction, Fraction]) -> VotingNetwork:
    """Three neurons of frequency 1 at p = 3, phases 0, 1/3, 2/3."""
    neurons = (
        VotingNeuron(frequency=1, phase=phase, alpha=alpha, beta=beta)
        for phase, (alpha, beta) in zip(equal_phases(3), magnitudes, strict=True)
    )
    return VotingNetwork(modulus=3, neurons=tuple(neurons))


def proportional(group: VotingNetwork) -> Formula:
    """(iii) and a common αβ² imply that the sums at x = y = 0 and two labels have the quotient of
    Q C, cross-multiplied.
    """
    magnitudes = [rational(n.alpha * n.beta**2) for n in group.neurons]
    common = all_of(equal(value, magnitudes[0]) for value in magnitudes)
    waves = [cos(rational(label, 3)) for label in (0, 1)]
    sums = [logit(group, 0, 0, label) for label in (0, 1)]
    quotient = equal(sums[0] * waves[1], sums[1] * waves[0])
    return implies(phase_sums_vanish(group) & common, quotient)


_ONE = (Fraction(1), Fraction(1))
# α β² = 1 for all three; α²β = 1, 1, 1/8.
UNEQUAL_MAGNITUDES = "(1, 1), (1, 1), (1/4, 2)"
UNEQUAL_GROUP = _group(_ONE, _ONE, (Fraction(1, 4), Fraction(2)))
EQUAL_GROUP = _group(_ONE, _ONE, _ONE)
_NOT_PROPORTIONAL = Check(
    name="three neurons at p = 3",
    procedure=counterexample,
    arguments={
        "formula": proportional(UNEQUAL_GROUP),
        "point": {
            "p": 3,
            "group": "k=1, φ = 0, 1/3, 2/3 turns, (α, β) = (1, 1), (1, 1), (1/4, 2)",
        },
        "values": {},
        "description": (
            "p=3, k=1, phases 0, 1/3, 2/3 turns, (α, β) = (1, 1), (1, 1), (1/4, 2), so α β² = 1 "
            "for all: at x=y=0 the sums at j=0 and j=1 are not in the ratio of C_1(0) to C_1(−1)"
        ),
    },
)


def _cancelled(count: int, strength: Term) -> Check:
    """Σ over `count` equally spaced phases = count·strength·Q·cos(x+y−j)."""
    left = total([neuron(PHI + rational(m, count)) for m in range(count)])
    return formally(
        f"{count} equally spaced phases",
        equal(left, count * strength * Q * cos(2 * S - J)),
        _BALANCED,
    )


def _cancelling(strength: Term) -> tuple[Check, ...]:
    return neuron_step(_BALANCED, strength=strength), _phase_step(), _cancelled(3, strength)


_CANCELLED = proved(
    "every group of common strength",
    _cancelling(ALPHA**2 * BETA),
    _BALANCED,
    "voting neurons",
)

CLAIMS = [
    Claim(
        id="he.single-neuron",
        title="What one aligned neuron votes for",
        source=he("blog §3.2"),
        printed_kind="id",
        statement=(
            "$\\sigma=u^2$, $\\psi=2\\varphi$: $f^{[m]}(x,y)[j]\\propto Q_k[C_k(x+y-j)"
            "+2\\cos(\\omega_kj+2\\varphi)+\\cos(\\omega_k(x+y+j)+4\\varphi)]$."
        ),
        domain=_NEURONS,
        reading=(
            "∝: with a factor that may depend on the neuron's magnitudes and on nothing else. It "
            "is not printed; solving for it gives α²β. All angles, hence every p, k, φ."
        ),
        falsified_by="two (x, y, j) with unequal quotients",
        checks=(_SOLVED,),
        mutants=(
            Mutant.of(
                _SOLVED,
                "1 instead of 2 before the second term",
                shape=Q * (BRACKET - cos(J + 2 * PHI)),
            ),
            Mutant.of(_SOLVED, "a neuron with ψ = φ", left=neuron(output=PHI)),
            Mutant.of(_SOLVED, "a factor that depends on j", shape=cis(J) * Q * BRACKET),
        ),
    ),
    Claim(
        id="he.cand.neuron-constant",
        title="The constant of a single neuron",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "The constant $c_m$ that makes the single-neuron formula an equality is "
            "$\\alpha^r\\beta^s$ for exactly one $(r,s)$, for all $p$, $k$, $\\varphi$."
        ),
        domain=_NEURONS,
        reading=(
            "Solved: (r, s) = (2, 1). It is the only pair, real exponents included: α^r β^s = α²β "
            "at (α, β) = (2, 1) gives r = 2, at (1, 2) it gives s = 1, and the bracket is not "
            "zero."
        ),
        falsified_by="another constant, or none",
        checks=(_CONSTANT,),
        mutants=(
            Mutant.of(_CONSTANT, "(r, s) = (1, 2)", expected={"alpha": 1, "beta": 2}),
            Mutant.of(_CONSTANT, "shape without the factor 2", shape=2 * Q * BRACKET),
        ),
    ),
    Claim(
        id="he.cand.phase-logits",
        title="Logits of an aligned network through its phase sums",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=(
            "Aligned, $\\sigma=u^2$: "
            "$f=\\sum_kQ_k[A_kC_k(x+y-j)+2\\mathrm{Re}(S_2^ke^{i\\omega_kj})+\\mathrm{Re}(S_4^ke^{i\\omega_k(x+y+j)})]$."
        ),
        domain=_GROUPS,
        reading=(
            "Every p ≥ 2, any set of frequencies and any number of neurons at each; A_k = Σ c_m, "
            "S_ι^k = Σ c_m e^{iιφ_m} with c_m = α_m²β_m."
        ),
        falsified_by="a network and an input where the sides differ",
        checks=(_PHASES,),
        mutants=(
            Mutant.of(
                _PHASES,
                "c_m = α β²",
                parts=(neuron_step(_GROUPS, strength=ALPHA * BETA**2), _phase_step()),
            ),
            Mutant.of(_PHASES, "S_3 instead of S_4", parts=(neuron_step(_GROUPS), _phase_step(3))),
        ),
    ),
    Claim(
        id="he.group-cancellation",
        title="Symmetric phases cancel in a group",
        source=he("blog §3.2"),
        printed_kind="id",
        statement="Under (iii) the sum over $N_k$ is $\\propto NQ_kC_k(x+y-j)$.",
        domain=_BALANCED,
        reading=(
            "Read with full diversification as defined: the neurons of N_k have a common α_m β_m² "
            "and meet Σ e^{iιφ_m} = 0 for ι = 2, 4. What must be common for the phases to cancel "
            "is α_m²β_m."
        ),
        falsified_by="such a group and two labels whose sums are not in the stated ratio",
        corrected_by="he.group-cancellation.corrected",
        checks=(_NOT_PROPORTIONAL,),
        mutants=(
            Mutant.of(
                _NOT_PROPORTIONAL,
                "equal magnitudes obey",
                formula=proportional(EQUAL_GROUP),
            ),
        ),
    ),
    Claim(
        id="he.group-cancellation.corrected",
        title="Symmetric phases cancel in a group of common strength",
        source=he("blog §3.2, corrected"),
        printed_kind="id",
        statement=(
            "Under (iii), and with $\\alpha_m^2\\beta_m=c$ for all $m\\in N_k$, the sum over "
            "$N_k$ is $cNQ_kC_k(x+y-j)$."
        ),
        domain=_BALANCED,
        reading="Every odd p (and every even one); any number N of neurons that meets (iii).",
        falsified_by="such a group and an input where the sides differ",
        corrects="he.group-cancellation",
        checks=(_CANCELLED,),
        mutants=(
            Mutant.of(_CANCELLED, "c = α β²", parts=_cancelling(ALPHA * BETA**2)),
            Mutant.of(
                _CANCELLED,
                "four equally spaced phases",
                parts=(neuron_step(_BALANCED), _phase_step(), _cancelled(4, ALPHA**2 * BETA)),
            ),
        ),
    ),
]
