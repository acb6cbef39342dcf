"""What training gives: candidate statements, and the reported ones at a size that trains quickly.

Readings were fixed before any run.  What the papers do not print (initialisation, steps) is as in
`configurations`, and a verdict holds for that reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from constructions.numbers import Ball
from verify.claims.fourier_circuits import configurations as named
from verify.claims.fourier_circuits.common import candidate
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite
from verify.methods.demands import Demand
from verify.methods.ensembles import (
    Seeds,
    every_run_check,
    with_demand,
    without_runs,
)
from verify.methods.training import Configuration, Run

# -- numbers of a run ----------------------------------------------------------------------------


def margin_ratio(run: Run) -> Ball:
    """Normalised margin over all inputs, from the exact weights, over γ*."""
    found = run.audit().normalised_margin
    if found is None:
        raise ValueError("expected a network with u^k, k inputs and an odd modulus")
    return found.ratio


def margin_certificate(run: Run) -> dict[str, Any]:
    """The weights with their exact smallest margin, for the checker."""
    document = run.audit().certificate()
    return {name: document[name] for name in document if name not in ("format", "claim")}


def layers(run: Run) -> np.ndarray:
    """(m, k + 1, p) rows u_1, …, u_k, w of the neurons whose norm is ≥ 1 % of the largest."""
    weights = run.weights
    rows = np.concatenate([weights["U"], weights["W"][:, None]], axis=1)
    norms = np.sqrt((rows**2).sum(axis=(1, 2)))
    return rows[norms >= 0.01 * norms.max()]


def powers(rows: np.ndarray) -> np.ndarray:
    """(…, K) |û(j)|² for j = 1..⌊p/2⌋, ±j counted as one."""
    found = abs(np.fft.rfft(rows, axis=-1)[..., 1:]) ** 2
    found[..., : (rows.shape[-1] - 1) // 2] *= 2
    return found


def shares(run: Run) -> np.ndarray:
    """(m, k + 1) maximum normalised powers."""
    found = powers(layers(run))
    return found.max(axis=-1) / found.sum(axis=-1)


def frequency_counts(run: Run) -> np.ndarray:
    """(K,) neurons by the frequency of largest power, all rows added."""
    found = powers(layers(run)).sum(axis=1)
    return np.bincount(found.argmax(axis=-1), minlength=found.shape[-1])


def form_residuals(run: Run) -> np.ndarray:
    """(m,) ‖neuron − nearest of FORM‖/‖neuron‖.

    The nearest one: each row is the projection on one common frequency, all amplitudes are their
    mean, and the defect of Σθ_{u_j} = θ_w is divided equally among the phases.
    """
    rows = layers(run)
    p = rows.shape[-1]
    spectrum = np.fft.rfft(rows, axis=-1)
    at = powers(rows).sum(axis=1).argmax(axis=-1) + 1
    found = 2 / p * np.take_along_axis(spectrum, at[:, None, None], axis=-1)[..., 0]
    angles, amplitude = np.angle(found), abs(found).mean(axis=1)
    sign = np.array([1] * (rows.shape[1] - 1) + [-1])
    defect = np.angle(np.exp(1j * (angles * sign).sum(axis=1)))
    angles = angles - defect[:, None] * sign / len(sign)
    waves = 2 * np.pi / p * at[:, None, None] * np.arange(p)
    nearest = amplitude[:, None, None] * np.cos(waves + angles[..., None])
    return np.sqrt(((rows - nearest) ** 2).sum(axis=(1, 2)) / (rows**2).sum(axis=(1, 2)))


def memorised(run: Run) -> bool:
    """Training accuracy 1 at the end."""
    return run.final["train_accuracy"] == 1


def settled(run: Run) -> bool:
    """Training accuracy 1, and the gradient of what is minimised is at most 1e-6."""
    return memorised(run) and run.final["gradient_norm"] <= 1e-6


MEMORISED = "training accuracy 1 at the end"
SETTLED = "training accuracy 1 and gradient norm at most 1e-6 at the end"


def check(name: str, configuration: Configuration, seeds: Seeds, *demands: Demand) -> Check:
    """A check of demands on every run that has memorised its training inputs."""
    return every_run_check(
        name, configuration, seeds, *demands, applies=memorised, hypothesis=MEMORISED
    )


MARGIN = Demand(
    name="margin/γ*",
    of=margin_ratio,
    at_least=Fraction(999, 1000),
    certificate=margin_certificate,
)
POWER = Demand(
    name="mean maximum normalised power", of=lambda r: float(shares(r).mean()), at_least=0.95
)
VALIDATION = Demand(name="validation accuracy", of=lambda r: r.final["test_accuracy"], at_least=1.0)
LEAST_POWER = Demand(
    name="least maximum normalised power", of=lambda r: float(shares(r).min()), at_least=0.9
)
FORM = Demand(
    name="share of neurons within 5 % of FORM",
    of=lambda r: float((form_residuals(r) <= 0.05).mean()),
    at_least=0.95,
)
BALANCE = Demand(
    name="largest frequency count over the smallest",
    of=lambda r: float(frequency_counts(r).max() / max(frequency_counts(r).min(), 0.5)),
    at_most=2.0,
)
USED = Demand(
    name="fewest neurons of a frequency",
    of=lambda r: float(frequency_counts(r).min()),
    at_least=1.0,
)

# -- penalty -------------------------------------------------------------------------------------

PENALTY_2, PENALTY_3 = named.penalty_run(2, 24)(7), named.penalty_run(3, 64)(5)
_K2 = every_run_check(
    "three seeds at (2, 7, 24)",
    PENALTY_2,
    Seeds(quick=3, full=3, minutes=1),
    MARGIN,
    applies=settled,
    hypothesis=SETTLED,
)
_K3 = every_run_check(
    "three seeds at (3, 5, 64)",
    PENALTY_3,
    Seeds(quick=0, full=3, minutes=2),
    MARGIN,
    applies=settled,
    hypothesis=SETTLED,
)
_AT = {2: (2, 7, 24), 3: (3, 5, 64)}
_PENALTY = (
    "Full-batch Adam on cross-entropy with penalty $\\lambda\\|\\theta\\|_{2,k+1}^{k+1}$, "
    "$\\lambda=10^{-4}$, reaches margin $\\ge .999\\gamma^*$ for $(k,p,m)="
)
_PENALTY_READING = (
    "Normalised margin of the final network over all p^k points, evaluated exactly from its dyadic "
    "weights; at most 10^5 steps, learning rate decayed to 0; every one of three seeds. Rate 1e-2 "
    "with β = (.9, .98), initial scale 1/2; converged: training accuracy 1 and a gradient of the "
    "penalised loss of at most 1e-6."
)


def _penalty(suffix: str, title: str, where: str, points: Sequence[Any], *checks: Check) -> Claim:
    return Claim(
        id=f"fc.cand.penalty-run{suffix}",
        title=title,
        source=candidate("Trained"),
        printed_kind="candidate",
        empirical=True,
        statement=f"{_PENALTY}{where}$.",
        reading=_PENALTY_READING,
        falsified_by="a converged seed with a normalised margin below 0.999 γ*",
        domain=Domain.of(setting=Finite(points)),
        checks=checks,
        mutants=tuple(_penalty_mutant(c) for c in checks),
    )


def _penalty_mutant(of: Check) -> Mutant:
    if of is _K2:
        return without_runs(of)
    return with_demand(of, replace(MARGIN, at_least=Fraction(1001, 1000)))


# -- the AdamW recipe ----------------------------------------------------------------------------

ADAMW = named.adamw_run(11)
_RECIPE = Seeds(quick=3, full=3, minutes=2)
_STRONG = ADAMW.but(name="fc.adamw-k3-decay-1", optimiser=replace(ADAMW.optimiser, decay=1.0))
_NOT_PRINTED = " Initial scale 1/2 and 20,000 steps, which are not printed."
_RECIPE_READING = (
    "Half of the 1331 points is trained on; the margin is taken over all points; every one "
    "of three seeds; β = (.9, .98), rate 5e-3, weight decay .005, batch 1024 (more than the half: "
    "full batch)." + _NOT_PRINTED
)
_POINT = Finite(((3, 11, 160),))

_REACHES = check(
    "validation accuracy and margin",
    ADAMW,
    _RECIPE,
    VALIDATION,
    replace(MARGIN, at_least=Fraction(9, 10)),
)
_POWERS = {
    "d005": (".005", check("power at decay .005", ADAMW, _RECIPE, POWER)),
    "d1": ("1", check("power at decay 1", _STRONG, replace(_RECIPE, quick=1), POWER)),
}


def _power_mutant(of: Check) -> Mutant:
    if of is _POWERS["d1"][1]:
        return with_demand(of, replace(POWER, at_least=0.999))
    return without_runs(of)


# -- reported statements at a small size ---------------------------------------------------------

_SMALL = " Not printed: this is the statement at (k, p) = (3, 11), m = 160 = 2^{2k−2}(p−1)."


def small(
    claim_id: str,
    title: str,
    statement: str,
    reading: str,
    falsified_by: str,
    *demands: Demand,
    stricter: Demand | None = None,
) -> Claim:
    """A reported statement at a size that trains in minutes, as a candidate.

    stricter: a demand for a mutant that these runs do not meet; without it, no run is asked.
    """
    found = check("three seeds at (3, 11)", ADAMW, _RECIPE, *demands)
    return Claim(
        id=claim_id,
        title=title,
        source=candidate("Trained"),
        printed_kind="candidate",
        empirical=True,
        statement=statement,
        reading=reading + _NOT_PRINTED + _SMALL,
        falsified_by=falsified_by,
        domain=Domain.of(setting=_POINT),
        checks=(found,),
        mutants=(with_demand(found, stricter) if stricter else without_runs(found),),
    )


_HALF = (
    "A random half of the 1331 points is trained on; every one of three seeds that reach training "
    "accuracy 1. "
)
_ALIVE = "over the neurons whose norm is at least 1 % of the largest"

CLAIMS = [
    _penalty(
        "",
        "The penalised run reaches the maximum margin",
        "(2,7,24), (3,5,64)",
        tuple(_AT.values()),
        _K2,
        _K3,
    ),
    _penalty(
        ".k3",
        "The penalised run reaches the maximum margin for three inputs",
        "(3,5,64)",
        (_AT[3],),
        _K3,
    ),
    Claim(
        id="fc.cand.adamw-run",
        title="The AdamW recipe reaches nine tenths of the maximum margin",
        source=candidate("Trained"),
        printed_kind="candidate",
        empirical=True,
        statement="The AdamW recipe on $(k,p)=(3,11)$ with $m=160$ ends at margin "
        "$\\ge .9\\gamma^*$ with validation accuracy 1.",
        reading=_RECIPE_READING,
        falsified_by="a seed below 0.9 γ* or below validation accuracy 1",
        domain=Domain.of(setting=_POINT),
        checks=(_REACHES,),
        mutants=(without_runs(_REACHES),),
    ),
    *(
        Claim(
            id=f"fc.cand.power-decay.{name}",
            title=f"Final single-frequency power at weight decay {decay}",
            source=candidate("Trained"),
            printed_kind="candidate",
            empirical=True,
            statement=f"With weight decay {decay} the final maximum normalised power is at least "
            ".95.",
            reading=f"The AdamW recipe at (k, p) = (3, 11), m = 160; mean {_ALIVE}; every one of "
            "three seeds." + _NOT_PRINTED,
            falsified_by="a seed whose mean final power is below 0.95",
            domain=Domain.of(setting=Finite(((3, 11, 160, decay),))),
            checks=(found,),
            mutants=(_power_mutant(found),),
        )
        for name, (decay, found) in _POWERS.items()
    ),
    small(
        "fc.cand.single-frequency-run.small",
        "Every trained neuron ends with a single frequency, at a small size",
        "At the end of training the maximum normalised power of all neurons is almost 1.",
        _HALF + f"“Almost 1” is ≥ 0.9 for each u_j and w, {_ALIVE}.",
        "a converged run with a maximum normalised power below 0.9",
        LEAST_POWER,
    ),
    small(
        "fc.cand.uniform-run.small",
        "Frequencies are used almost uniformly, at a small size",
        "After training the neurons are distributed almost uniformly over the frequencies.",
        _HALF + "A largest count at most twice the smallest.",
        "a converged run whose largest frequency count exceeds twice the smallest",
        BALANCE,
        stricter=replace(BALANCE, at_most=1.0),
    ),
    small(
        "fc.cand.uniform-run.small-used",
        "All frequencies are used, at a small size",
        "After training every frequency $1,\\dots,(p-1)/2$ is used by some neuron.",
        _HALF + "A frequency is used when at least one neuron has its maximum power there.",
        "a converged run in which some frequency has no neuron",
        USED,
        stricter=replace(USED, at_least=32.0),
    ),
    small(
        "fc.cand.sgd-prefers.small",
        "AdamW learns exactly these circuits, at a small size",
        "Networks trained by the AdamW recipe learn exactly the Fourier circuits of the theory.",
        _HALF + "A normalised margin of at least 0.95 γ* and, for 95 % of the neurons, FORM with "
        "a relative residual of at most 5 %.",
        "a run at training accuracy 1 that misses the margin or the form",
        replace(MARGIN, at_least=Fraction(95, 100)),
        FORM,
    ),
]
