"""On which irrep neurons with two embeddings land: laws that compete on the same ensembles."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
from scipy.special import chdtrc  # scipy.stats is slow to load

from constructions.dynamics.group_ascent import ascend, landings, shares
from constructions.groups.characters import character_table
from constructions.groups.families import abelian, affine
from constructions.groups.irreps import Block, real_blocks
from constructions.groups.permutation import (
    PermutationGroup,
    alternating,
    cyclic,
    dihedral,
    symmetric,
)
from verify.claims.modular_addition.common import candidate, hwz
from verify.claims.modular_addition.group_energy import STAGE_ONE
from verify.claims.modular_addition.group_phases import ALIGNED, phase_parts
from verify.claims.writing import entry, proof
from verify.core.claim import Check, Context, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
from verify.core.evidence import Finding, Witness, established, refuted
from verify.core.statistic import observed
from verify.methods.monte_carlo import probability_rejected

# By order, which names them: S3, D5, A4, C7⋊C3 of the statements, and Z4.
_GROUPS: dict[int, Callable[[], PermutationGroup]] = {
    4: partial(cyclic, 4),
    6: partial(symmetric, 3),
    10: partial(dihedral, 5),
    12: partial(alternating, 4),
    21: partial(affine, 7, 2, "C7⋊C3"),
}
_NON_ABELIAN = (6, 10, 12, 21)
_SAMPLES, _LEVEL = 4000, 0.9975  # four points at 0.99 together


@cache
def _blocks(order: int) -> tuple[Block, ...]:
    return real_blocks(character_table(_GROUPS[order]()))


def lands(
    generator: np.random.Generator, count: int, *, order: int, degrees: tuple[int, ...]
) -> int:
    """How many of `count` uniform starts land on an irrep with a degree of the list."""
    blocks = _blocks(order)
    where = landings(generator, count, order=order, blocks=blocks)
    wanted = [i for i, block in enumerate(blocks) if block.degree in degrees]
    return int(np.isin(where, wanted).sum())


def lands_on_complex(generator: np.random.Generator, count: int, *, order: int) -> int:
    """How many of `count` uniform starts land on a complex irrep and its conjugate."""
    blocks = _blocks(order)
    where = landings(generator, count, order=order, blocks=blocks)
    return int(np.isin(where, [i for i, b in enumerate(blocks) if b.f == 2]).sum())


def law_share(order: int, degrees: tuple[int, ...], power: int, *, weighted: bool = True) -> float:
    """What a law ∝ |orb|·d^power (∝ d^power if not weighted) gives these degrees."""
    weights = [
        ((b.f if weighted else 1) * b.degree**power, b.degree in degrees) for b in _blocks(order)
    ]
    return sum(w for w, wanted in weights if wanted) / sum(w for w, _ in weights)


def _law(power: int, *, degrees: tuple[int, ...], weighted: bool = True) -> Check:
    """Rejected where the landings on irreps with these degrees are rarer than the law has it."""
    return Check(
        name="uniform starts on S3",
        procedure=probability_rejected,
        arguments={
            "trials": partial(lands, degrees=degrees),
            "points": ({"order": 6},),
            "threshold": law_share(6, degrees, power, weighted=weighted),
            "samples": _SAMPLES,
            "level": _LEVEL,
            "event": f"landing on an irrep of degree {degrees[0]} of S3",
        },
    )


_ENSEMBLE = (
    STAGE_ONE + "Starts uniform on the three spheres, 4000 for the group of each order, with a "
    "recorded seed; the ascent by Heun's method in double precision until one orbit has 90 % of "
    "the norm. Against an exact binomial interval at level .9975. S3, D5, A4 and C7⋊C3 have the "
    "orders 6, 10, 12, 21; |orb| is 2 for a complex irrep, else 1. Measured for S3: about .25 on "
    "the sign, .75 on the irrep of degree 2. "
)
_ORDERS = Domain.of(order=Finite(_NON_ABELIAN))
_RARE = "a group and an orbit whose interval does not contain the stated probability"
_SQUARE = _law(2, degrees=(2,))
_CUBE = _law(3, degrees=(2,))
_EQUAL = _law(0, degrees=(1,), weighted=False)

# -- Abelian groups ------------------------------------------------------------------------------

_ABELIAN = Domain.of(order=at_least(2), group=Whole("Abelian groups of that order"))
_ODD = Domain.of(group=Whole("Abelian groups of odd order at least 3"))
_REAL = Check(
    name="uniform starts on Z4",
    procedure=probability_rejected,
    arguments={
        "trials": lands_on_complex,
        "points": ({"order": 4},),
        "threshold": 2 / 3,
        "samples": _SAMPLES,
        "level": 0.99,
        "event": "landing on χ_1 or χ_3 of Z4",
    },
)
_SYMMETRIC = proof(
    "symmetry of the characters", *phase_parts(), scope=_ODD,
    lemmas=(*ALIGNED.arguments["rests_on"], "landing by symmetry"),
)

# -- the run on Z3 ⊕ Z5 --------------------------------------------------------------------------

_DEGREE = 2 * np.pi / 360


def stage_one_run(
    context: Context, *, width: int, share: float, degrees: float, level: float
) -> Finding:
    """`width` neurons on Z3 ⊕ Z5 from uniform starts, until one pair of characters has `share`.

    Supported when every phase arg θ̂¹ + arg θ̂² − arg ξ̂ is within `degrees` of 0, and Pearson's χ² of
    the counts of the seven pairs is not rejected at `level`.
    """
    blocks = real_blocks(character_table(abelian(3, 5)))
    generator = np.random.default_rng([context.seed, 15, width])
    state = ascend(generator, width, order=15, blocks=blocks, share=share)
    at = shares(state).argmax(axis=0)
    x, y, z = np.array([part[:, :, 0, 0] for part in state])[at, :, np.arange(width)].T
    gap = float(np.abs(np.angle(x * y * z.conj())).max() / _DEGREE)
    counts = np.bincount(at, minlength=len(blocks))
    excess = float(((counts - counts.mean()) ** 2).sum() / counts.mean())
    chance = float(chdtrc(len(blocks) - 1, excess))
    least = float(shares(state).max(axis=0).min())
    evidence = {
        "scope": Domain.at({"run": f"Z3⊕Z5, {width} neurons, seed {context.seed}"}),
        "method": "search",
        "values": (observed(least), observed(gap), observed(chance)),
        "quantities": {
            "least share of a pair of characters": f"{least:.6f}",
            "largest misalignment in degrees": f"{gap:.4f}",
            "neurons of each pair": ", ".join(map(str, counts)),
            "p-value of equal probabilities": f"{chance:.4f}",
        },
    }
    if gap <= degrees and chance >= level:
        return established(**evidence)
    return refuted(
        witness=Witness(description=f"misalignment {gap:.3g} degrees, p-value {chance:.3g}"),
        **evidence,
    )


_RUN = Check(
    name="512 neurons on Z3⊕Z5",
    procedure=stage_one_run,
    arguments={"width": 512, "share": 0.999, "degrees": 1.0, "level": 0.01},
)

CLAIMS = [
    entry(
        "hwz.landing-law",
        "Which character a neuron lands on",
        "Abelian $G$ ((summary) without self-conjugate non-trivial character): uniform over the "
        "non-trivial characters, Haar phases.",
        source=hwz("blog §1.1, and a summary"),
        kind="as",
        domain=_ODD,
        reading=STAGE_ONE + "With the summary's condition, which holds iff |G| is odd; without it: "
        "hwz.landing-law.every-abelian. Starts uniform on the spheres. Each of the (n − 1)/2 pairs "
        "{χ, χ̄} has the same probability; given the pair arg θ̂¹ and arg θ̂² are independent and "
        "uniform, and arg ξ̂ is their sum.",
        falsified_by="counts that differ",
        checks=(_SYMMETRIC,),
        mutants=(
            Mutant.of(_SYMMETRIC, "ξ turns three times as fast", parts=phase_parts(weight=3)),
            Mutant.of(_SYMMETRIC, "twice the energy", parts=phase_parts(factor=4)),
        ),
        corrects="hwz.landing-law.every-abelian",
    ),
    entry(
        "hwz.landing-law.every-abelian",
        "Which character a neuron lands on, on every Abelian group",
        "Abelian $G$: uniform over the non-trivial characters.",
        source=hwz("blog §1.1"),
        kind="em",
        domain=_ABELIAN,
        reading="As the blog has it, without a condition, for counts of landings: a pair {χ, χ̄} "
        "has the probability 2/(n − 1), a real character 1/(n − 1). " + STAGE_ONE + "Starts "
        "uniform on the spheres, 4000 on Z4, the smallest group with characters of both kinds, "
        "against an exact binomial interval at level .99.",
        falsified_by="counts that differ",
        checks=(_REAL,),
        mutants=(Mutant.of(_REAL, "one half on the pair", threshold=0.5),),
        corrected_by="hwz.landing-law",
    ),
    entry(
        "hwz.z3z5-run",
        "The run on Z3⊕Z5",
        "$Z_3\\oplus Z_5$, $M=512$: single characters, phases on the diagonal, near-uniform "
        "histogram over 7 conjugate pairs.",
        source=hwz("blog §2.3"),
        kind="em",
        domain=Domain.of(run=Whole("runs of Stage I on Z3⊕Z5")),
        reading=STAGE_ONE + "A fresh run of 512 neurons with uniform starts: Stage I is the ascent "
        "of each by itself, here until 99.9 % of the norm of every neuron is at one pair {χ, χ̄}. "
        "On the diagonal: |arg θ̂¹ + arg θ̂² − arg ξ̂| ≤ 1 degree for all; near-uniform: Pearson's "
        "χ² of the seven counts has a p-value ≥ .01. The blog's own run is not at hand.",
        falsified_by="a run outside",
        checks=(_RUN,),
        mutants=(
            Mutant.of(_RUN, "stopped at a fifth of the norm", share=0.2),
            Mutant.of(_RUN, "more even than chance", level=0.999),
        ),
    ),
    *(
        entry(
            f"hwz.cand.{name}",
            title,
            f"The non-Abelian landing probability of an orbit is {law} (S3, D5, A4, C7⋊C3).",
            source=candidate("groups"),
            kind="candidate",
            empirical=True,
            domain=_ORDERS,
            reading=_ENSEMBLE,
            falsified_by=_RARE,
            checks=(check,),
            mutants=(Mutant.of(check, "a fifth of that", threshold=0.2 * share),),
        )
        for name, title, law, check, share in (
            ("d2-law", "Landing probability ∝ |orb| d²", "$\\propto|\\mathrm{orb}|d^2$",
             _SQUARE, law_share(6, (2,), 2)),
            ("d3-law", "Landing probability ∝ |orb| d³", "$\\propto|\\mathrm{orb}|d^3$",
             _CUBE, law_share(6, (2,), 3)),
            ("orbit-uniform", "Landing probability the same for every orbit",
             "the same for every orbit", _EQUAL, 0.5),
        )
    ),
]
