"""What neurons of the official runs look like at the end: candidate statements, put to new runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from verify.claims.modular_addition import configurations as official
from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.trained_reported import RUNS
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Whole
from verify.core.statistic import Statistic, observed
from verify.methods.demands import Demand
from verify.methods.ensembles import (
    Seeds,
    ensemble_statistic,
    every_run_check,
    with_demand,
    without_runs,
)
from verify.methods.training import Ensemble, Optimiser, Run

LEVEL = 0.01
_QUICK, _FULL = Seeds(quick=RUNS, full=RUNS, minutes=1), Seeds(quick=0, full=RUNS, minutes=1)
STANDARD = {p: official.standard(p) for p in (15, 23)}
QUADRATIC = {p: official.quad_random(p) for p in (15, 23)}
# The same start and network with plain gradient descent, the rate of `quad_single_freq`.
DESCENT = {
    p: QUADRATIC[p].but(
        name="he.quad_random-sgd",
        optimiser=Optimiser(kind="sgd", rate=0.1, warm_up=10),
        steps=10_000,
    )
    for p in (15, 23)
}
_READ = "Official configurations with random starts, seeds 0 to 4. "


def _seeds(p: int) -> Seeds:
    return _QUICK if p == 15 else _FULL


# -- magnitudes ----------------------------------------------------------------------------------


def _variation(run: Run) -> float:
    """Coefficient of variation of c_m = α_m²β_m at the dominant frequencies."""
    strengths = run.audit().spectrum.strengths
    return float(strengths.std() / strengths.mean())


_EVEN = Demand(name="CV of α²β", of=_variation, at_most=0.5)


_ADAMW_15 = every_run_check("AdamW, p = 15", QUADRATIC[15], _QUICK, _EVEN)
_ADAMW_23 = every_run_check("AdamW, p = 23", QUADRATIC[23], _FULL, _EVEN)
_SGD_15 = every_run_check("SGD, p = 15", DESCENT[15], replace(_FULL, quick=1), _EVEN)
_SGD_23 = every_run_check("SGD, p = 23", DESCENT[23], _FULL, _EVEN)

# -- frequencies and phases ----------------------------------------------------------------------


def frequency_test(ensemble: Ensemble) -> Statistic:
    """Two-sided p-value of Pearson's χ² of all runs' counts against i.i.d. uniform frequencies."""
    from scipy.stats import chi2

    statistic, degrees = 0.0, 0
    for run in ensemble.runs:
        counts = run.audit().spectrum.counts
        statistic += ((counts - counts.mean()) ** 2).sum() / counts.mean()
        degrees += len(counts) - 1
    below = float(chi2.cdf(statistic, degrees))
    return observed(2 * min(below, 1 - below), networks=len(ensemble.runs))


def phase_test(ensemble: Ensemble) -> Statistic:
    """Least of four Kolmogorov–Smirnov p-values, times four.

    For independent uniform phases |Σe^{iιφ}|²/N is nearly exponential with mean 1; one number for
    each run and frequency, ι = 1..4.
    """
    from scipy.stats import kstest

    found = []
    for order in (1, 2, 3, 4):
        values: list[float] = []
        for run in ensemble.runs:
            spectrum = run.audit().spectrum
            values += [*(spectrum.counts * spectrum.resultants(order) ** 2)[spectrum.counts > 0]]
        found.append(float(kstest(values, "expon").pvalue))
    return observed(min(1.0, 4 * min(found)), networks=len(ensemble.runs))


def _test(name: str, p: int, of: Callable[[Ensemble], Statistic]) -> Check:
    return Check(
        name=name,
        procedure=ensemble_statistic,
        arguments={
            "configuration": STANDARD[p],
            "seeds": _seeds(p),
            "name": "p-value",
            "of": of,
            "at_least": LEVEL,
            "at_most": None,
        },
    )


# -- pruning -------------------------------------------------------------------------------------


def predicted(embedding: np.ndarray, output: np.ndarray, activation: str) -> np.ndarray:
    """(p²,) whether the label of the pair px + y has the strictly largest logit, in floats.

    embedding: (m, p); output: (p, m).
    """
    p = len(output)
    pairs = np.arange(p * p)
    x, y = np.divmod(pairs, p)
    sums = embedding[:, x] + embedding[:, y]
    logits = output @ (np.maximum(sums, 0) if activation == "relu" else sums**2)
    label = (x + y) % p
    right = logits[label, pairs].copy()
    logits[label, pairs] = -np.inf
    return right > logits.max(axis=0)


def pruned(rows: np.ndarray, at: np.ndarray) -> np.ndarray:
    """(m, p) rows with nothing left but their frequencies `at`, (m,) from 1 on."""
    spectrum = np.fft.rfft(rows, axis=1)
    kept = np.arange(spectrum.shape[1]) == at[:, None]
    return np.fft.irfft(np.where(kept, spectrum, 0), rows.shape[1], axis=1)


def pruning_gain(run: Run, step: int) -> float:
    """Accuracy with each neuron's dominant frequency alone, less the accuracy as it is."""
    tensors = run.tensors(step)
    embedding, output = tensors["W_in"], tensors["W_out"]
    spectrum = np.fft.rfft(embedding, axis=1)
    # ⋆ of the source: the largest absolute coefficient of W_in
    at = np.maximum(abs(spectrum.real), abs(spectrum.imag))[:, 1:].argmax(axis=1) + 1
    sigma = run.configuration.network.activation
    after = predicted(pruned(embedding, at), pruned(output.T, at).T, sigma)
    return float(after.mean() - predicted(embedding, output, sigma).mean())


_GAIN = Demand(
    name="accuracy gained by pruning at the end",
    of=lambda run: pruning_gain(run, run.steps[-1]),
    at_least=0.0,
)
_LEAST_GAIN = Demand(
    name="least accuracy gained by pruning at a stored step",
    of=lambda run: min(pruning_gain(run, step) for step in run.steps[1:]),
    at_least=0.0,
)


_PRUNE_15 = every_run_check("standard, p = 15", STANDARD[15], _QUICK, _GAIN)
_PRUNE_23 = every_run_check("standard, p = 23", STANDARD[23], _FULL, _GAIN)
_PRUNE_QUADRATIC = every_run_check("quad_random, p = 23", QUADRATIC[23], _FULL, _GAIN)
_GROKKING = official.grokking(23)
_PRUNE_ALWAYS = (
    every_run_check(
        "standard, p = 15, over steps", STANDARD[15], replace(_QUICK, quick=1), _LEAST_GAIN
    ),
    every_run_check("standard, p = 23, over steps", STANDARD[23], _FULL, _LEAST_GAIN),
    every_run_check(
        "grokking, p = 23, over steps", _GROKKING, Seeds(quick=0, full=3, minutes=3), _LEAST_GAIN
    ),
)
_MORE = replace(_GAIN, at_least=0.001)

# -- claims --------------------------------------------------------------------------------------


def _claim(
    claim_id: str,
    title: str,
    statement: str,
    reading: str,
    falsified_by: str,
    checks: tuple[Check, ...],
    mutants: tuple[Mutant, ...],
) -> Claim:
    return Claim(
        id=f"he.cand.{claim_id}",
        title=title,
        source=candidate("trained networks"),
        printed_kind="candidate",
        empirical=True,
        statement=statement,
        domain=Domain.of(run=Whole("runs of the official configurations with random starts")),
        reading=_READ + reading,
        falsified_by=falsified_by,
        checks=checks,
        mutants=mutants,
    )


_FREQUENCY_READING = (
    "The numbers of neurons by dominant frequency of `standard`, all runs together: Pearson's χ² "
    "against uniform choice, which a smaller scatter rejects as well as a larger one; two-sided "
    "p-value at least .01."
)
_PHASE_READING = (
    "|Σe^{iιφ}|²/N for each run, frequency and ι = 1..4, at the dominant frequencies of "
    "`standard`; it is compared with the exponential distribution by Kolmogorov and Smirnov; the "
    "least of the four p-values times four is at least .01."
)


def _agreement(kind: str, p: int) -> Claim:
    frequencies = kind == "frequencies"
    found = _test(f"p = {p}", p, frequency_test if frequencies else phase_test)
    mutant = (
        Mutant.of(found, "the test of phases", of=phase_test)
        if frequencies
        else Mutant.of(found, "an interval of all p-values", of=_any_value)
    )
    return _claim(
        f"iid-{kind}.p{p}",
        f"Trained {kind} agree with independent uniform draws, p = {p}",
        "Trained counts agree with i.i.d. uniform draws."
        if frequencies
        else "$|\\sum e^{i\\iota\\varphi}|$ for $\\iota=1..4$ agrees with i.i.d. uniform draws.",
        (_FREQUENCY_READING if frequencies else _PHASE_READING) + f" p = {p}.",
        "a p-value below .01",
        (found,),
        (mutant,),
    )


def _any_value(ensemble: Ensemble) -> Statistic:
    """An interval that contains the threshold: it decides nothing."""
    count = len(ensemble.runs)
    return Statistic(estimate=LEVEL, lower=0.0, upper=1.0, level=0.5, networks=count)


CLAIMS = [
    _claim(
        "homogeneous-end",
        "Equal strengths at the end under both optimisers",
        "End CV of $c_m$ $<.5$ under AdamW and SGD alike.",
        "c_m = α_m²β_m at the dominant frequency of W_in, all neurons; `quad_random` at p = 15 and "
        "23, and the same with gradient descent of rate .1 for 10,000 steps; every seed.",
        "a run whose strengths vary by more",
        (_ADAMW_15, _ADAMW_23, _SGD_15, _SGD_23),
        (
            with_demand(_ADAMW_15, replace(_EVEN, at_most=0.01)),
            with_demand(_ADAMW_23, replace(_EVEN, at_most=0.01)),
            without_runs(_SGD_15),
            without_runs(_SGD_23),
        ),
    ),
    *(_agreement(kind, p) for kind in ("frequencies", "phases") for p in (15, 23)),
    _claim(
        "prune.end",
        "Pruning to the dominant frequency costs nothing in the end",
        "Keeping only $\\star$ in both layers never lowers accuracy.",
        "Accuracy over all pairs of the final networks of `standard` (p = 15, 23) and "
        "`quad_random` (p = 23), in floats; ⋆ is the frequency of W_in with the largest absolute "
        "coefficient, cosines and sines apart.",
        "a final network with a lower accuracy when pruned",
        (_PRUNE_15, _PRUNE_23, _PRUNE_QUADRATIC),
        tuple(with_demand(c, _MORE) for c in (_PRUNE_15, _PRUNE_23, _PRUNE_QUADRATIC)),
    ),
    _claim(
        "prune.always",
        "Pruning to the dominant frequency costs nothing at any step",
        "Keeping only $\\star$ in both layers never lowers accuracy.",
        "As he.cand.prune.end, every 200 steps of `standard` at p = 15 and 23 and of `grokking` at "
        "p = 23 (seeds 0 to 2), the start left out.",
        "a stored step at which pruning lowers the accuracy",
        _PRUNE_ALWAYS,
        tuple(with_demand(c, replace(_LEAST_GAIN, at_least=0.5)) for c in _PRUNE_ALWAYS),
    ),
]
