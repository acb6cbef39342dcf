"""Which ensembles vote without noise from their phases."""

from __future__ import annotations

from verify.claims.modular_addition.common import he
from verify.claims.modular_addition.indicator import converse
from verify.claims.modular_addition.neurons import (
    EQUAL_GROUP,
    UNEQUAL_GROUP,
    UNEQUAL_MAGNITUDES,
    proportional,
)
from verify.claims.modular_addition.terms import (
    ALPHA,
    BETA,
    neuron_step,
    proved,
)
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole, odd
from verify.formula import (
    Term,
)
from verify.methods.combine import counterexample

# -- noise ---------------------------------------------------------------------------------------

_NOISE = Domain.of(
    p=odd(3), network=Whole("balanced networks against aligned ones of the same strengths A_k")
)


def _noise_steps(strength: Term) -> tuple[Check, ...]:
    return (neuron_step(_NOISE, strength=strength), *converse(3, 5)[1:])


_QUIET = proved(
    "every odd modulus",
    _noise_steps(ALPHA**2 * BETA),
    _NOISE,
    "voting neurons",
    "converse of the flawed indicator",
)

_QUIET_MUTANTS = (
    Mutant.of(_QUIET, "strength α β²", parts=_noise_steps(ALPHA * BETA**2)),
    Mutant.of(_QUIET, "even moduli", parts=(neuron_step(_NOISE), *converse(3, 4)[1:])),
)
# A vote without noise at k = 1 is proportional to Q_1 C_1(x+y−j), so this shows noise.
_NOISY = Check(
    name="three neurons at p = 3",
    procedure=counterexample,
    arguments={
        "formula": proportional(UNEQUAL_GROUP),
        "point": {"p": 3, "network": f"k=1, φ = 0, 1/3, 2/3 turns, (α, β) = {UNEQUAL_MAGNITUDES}"},
        "values": {},
        "description": (
            f"p=3, k=1, phases 0, 1/3, 2/3 turns, (α, β) = {UNEQUAL_MAGNITUDES}, so αβ² = 1 for "
            "all, but Σα²βe^{2iφ} ≠ 0: the vote is no multiple of Q_1C_1(x+y−j), while three "
            "equal neurons have no noise"
        ),
    },
)
_NOISE_READ = (
    "Noise: the part of the logits that depends on the phases, f − Σ_k A_k Q_k C_k(x+y−j), in any "
    "norm; A_k = Σα_m²β_m. The ghosts at 2x, 2y are not noise in this sense: no phases remove "
    "them."
)

CLAIMS = [
    Claim(
        id="he.noise-minimiser",
        title="The balanced ensemble minimises the vote's noise",
        source=he("blog Observation 3"),
        printed_kind="in",
        statement="The balanced ensemble minimises the vote's noise.",
        domain=_NOISE,
        reading=(
            "Balanced: full diversification with (ii) as printed, a common α_mβ_m². " + _NOISE_READ
        ),
        falsified_by="a configuration with less noise",
        corrected_by="he.noise-minimiser.corrected",
        checks=(_NOISY,),
        mutants=(Mutant.of(_NOISY, "equal magnitudes obey", formula=proportional(EQUAL_GROUP)),),
    ),
    Claim(
        id="he.noise-minimiser.corrected",
        title="The ensemble of equal strengths minimises the vote's noise",
        source=he("blog Observation 3, corrected"),
        printed_kind="in",
        statement=(
            "Under (i), (iii) and a common $\\alpha_m^2\\beta_m$ the vote has no noise; any "
            "network with some $S_2^k$ or $S_4^k\\ne0$ has some."
        ),
        domain=_NOISE,
        reading=_NOISE_READ,
        falsified_by="a configuration with less noise",
        corrects="he.noise-minimiser",
        checks=(_QUIET,),
        mutants=_QUIET_MUTANTS,
    ),
    Claim(
        id="he.noise-minimiser.equal-magnitudes",
        title="The ensemble of equal magnitudes minimises the vote's noise",
        source=he("blog Observation 3"),
        printed_kind="in",
        statement="The balanced ensemble minimises the vote's noise.",
        domain=_NOISE,
        reading="Balanced: equal magnitudes α, β and (iii) at every frequency. " + _NOISE_READ,
        falsified_by="a configuration with less noise",
        checks=(_QUIET,),
        mutants=_QUIET_MUTANTS,
    ),
]
