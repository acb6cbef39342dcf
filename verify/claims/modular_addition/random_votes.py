"""Neurons with random phases and frequencies."""

from __future__ import annotations

from typing import Any

import numpy as np

from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.indicator import steps
from verify.claims.modular_addition.margins import leads_step
from verify.claims.modular_addition.terms import proved
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Progression, Whole, odd
from verify.formula import equal, rational
from verify.methods.identities import exact_statement
from verify.methods.monte_carlo import probability_rejected

# -- n independent phases at each frequency ------------------------------------------------------

_BATCH = 250


def accurate_networks(generator: np.random.Generator, count: int, *, p: int, n: int) -> int:
    """How many of `count` networks are right at every pair: n uniform phases at each k, equal c_m.

    Float logits; a lead below 1e-9 counts as a miss.
    """
    return sum(
        _accurate(generator, min(_BATCH, count - start), p, n) for start in range(0, count, _BATCH)
    )


def _accurate(generator: np.random.Generator, count: int, p: int, n: int) -> int:
    frequencies = np.arange(1, (p - 1) // 2 + 1)
    phases = generator.uniform(0, 2 * np.pi, (count, len(frequencies), n))
    second, fourth = (np.exp(1j * i * phases).sum(axis=2) for i in (2, 4))
    x, y = np.triu_indices(p)
    waves = np.exp(2j * np.pi * np.outer(frequencies, np.arange(p)) / p)
    prefactor = np.cos(np.pi * np.outer(frequencies, x - y) / p) ** 2
    label = (x + y) % p
    vote = (prefactor * n * waves[:, label]).T @ waves.conj()
    noise = prefactor * (2 * second[..., None] + fourth[..., None] * waves[:, label])
    logits = (vote + np.swapaxes(noise, 1, 2) @ waves).real
    pairs = np.arange(len(label))
    right = logits[:, pairs, label].copy()
    logits[:, pairs, label] = -np.inf
    return int((right - logits.max(axis=2) > 1e-9).all(axis=1).sum())


_MODULI = Progression(11, 2, 59)


def _random_phases(n: int, **other: Any) -> Check:
    return Check(
        name=f"independent networks, n = {n}",
        procedure=probability_rejected,
        arguments={
            "trials": accurate_networks,
            "points": tuple({"p": p, "n": n} for p in (11, 13)),
            "threshold": 0.95,
            "samples": 2000,
            "level": 0.999,
            "event": "accuracy 1",
            **other,
        },
    )


def _claim(n: int, mutant: Mutant, check: Check) -> Claim:
    return Claim(
        id=f"he.cand.random-phases.n{n}",
        title=f"Random phases, {n} neurons for each frequency",
        source=candidate("mechanism"),
        printed_kind="candidate",
        empirical=True,
        statement=(
            "Equal $c_m$, i.i.d. uniform phases, $n$ per frequency: "
            f"$P(\\mathrm{{accuracy}}\\ 1)\\ge.95$ for odd $p$ in 11..59 at $n={n}$."
        ),
        domain=Domain.of(p=_MODULI, n=Progression(n, 1, n)),
        reading=(
            "Aligned neurons with σ(u) = u² at every k = 1..(p−1)/2. The bound is claimed at "
            "every one of these moduli; it is rejected when the exact 99.9 % interval of 2000 "
            "networks lies below .95 at one of them. Float logits."
        ),
        falsified_by="a modulus at which the interval of the accurate share lies below .95",
        checks=(check,),
        mutants=(mutant,),
    )


_SIXTEEN, _FOUR = _random_phases(16), _random_phases(4)

# -- independent frequencies and phases ----------------------------------------------------------

_WIDE = Domain.of(
    p=odd(3), network=Whole("networks of M ≥ C ln p independent uniform (k, φ), equal magnitudes")
)


def _constants_step(width: int, bound: int) -> Check:
    """Lead ≥ μ = 1/4 on average, range 2·bound of one neuron's lead, M ≥ width·ln p:
    exponent 2μ²/(2·bound)² · width leaves p^{3 − exponent} ≤ 3^{−3} < 1/20.
    """
    exponent = rational(width) * 2 * rational(1, 4) ** 2 / rational(2 * bound) ** 2
    formula = equal(exponent, 6) & (rational(1, 3) ** 3 < rational(1, 20))
    return Check(
        name="constants of the union bound",
        procedure=exact_statement,
        arguments={"formula": formula, "points": ({},)},
    )


def _wide_steps(width: int = 12_288, bound: int = 8) -> tuple[Check, ...]:
    return (*steps(), leads_step(), _constants_step(width, bound))


_LOG_WIDTH = proved(
    "union bound",
    _wide_steps(),
    _WIDE,
    "voting neurons",
    "flawed indicator",
    "cosine sums",
    "margins of the flawed indicator",
    "random votes",
)

CLAIMS = [
    _claim(16, Mutant.of(_SIXTEEN, "the bound .5", threshold=0.5), _SIXTEEN),
    _claim(
        4,
        Mutant.of(
            _FOUR,
            "sixteen neurons and the bound .5",
            threshold=0.5,
            points=({"p": 11, "n": 16},),
        ),
        _FOUR,
    ),
    Claim(
        id="he.cand.log-width",
        title="Logarithmic width suffices",
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement="I.i.d. uniform $(k,\\varphi)$: $M=O(\\log p)$ suffices.",
        domain=_WIDE,
        reading=(
            "There is a constant C such that for every odd p ≥ 3 a network of M ≥ C ln p aligned "
            "neurons, σ(u) = u², α = β = 1, with independent uniform k in 1..(p−1)/2 and φ, has "
            "accuracy 1 with probability at least 19/20. C = 12288 serves, with probability above "
            "1 − p^{−3}; it is not claimed to be small."
        ),
        falsified_by="for every C a modulus at which such networks fail more often",
        checks=(_LOG_WIDTH,),
        mutants=(
            Mutant.of(_LOG_WIDTH, "half the width", parts=_wide_steps(width=6_144)),
            Mutant.of(_LOG_WIDTH, "leads of at most 4", parts=_wide_steps(bound=4)),
        ),
    ),
]
