"""On which irrep neurons with two embeddings land: laws that compete on the same ensembles."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np

from constructions.dynamics.group_ascent import landings
from constructions.groups.characters import character_table
from constructions.groups.families import affine
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
from verify.core.claim import Check, Mutant
from verify.core.domain import Domain, Finite, Whole, at_least
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
    "orders 6, 10, 12, 21; |orb| is 2 for a complex irrep, else 1. Measured for S3: about .24 on "
    "the sign, .76 on the irrep of degree 2. "
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
