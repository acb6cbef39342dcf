"""What trained neurons look like: one frequency, relative phase, balance of the halves.

A small copy of Figure 3: Z23, σ = x², width 256, 40 % of the pairs (`configurations`).  Weight
decay empties most neurons: their squared norms fall below 1 % of the largest, most of them below
1e-6, and what is left of them is no feature.  The others are called live.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from verify.claims.energy_landscape.common import candidate
from verify.claims.energy_landscape.configurations import square
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
from verify.methods.training import Ensemble, Run

_CONFIGURATION = square(23)
_SEEDS = Seeds(quick=4, full=16, minutes=1)
_LIVE = 0.01  # of the largest |w|²
_CLOSE = 0.1  # radians
_LEVEL = 0.01


def _halves(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """u and Pv of all neurons, (width, M) each: the rows of the two inputs."""
    first = np.asarray(run.weights["U"], dtype=float)
    return first[:, 0], first[:, 1]


def live(run: Run) -> np.ndarray:
    """(width,) whether |w|² is at least 1 % of the largest."""
    u, v = _halves(run)
    squares = (u**2).sum(1) + (v**2).sum(1)
    return squares >= _LIVE * squares.max()


def purity(rows: np.ndarray) -> np.ndarray:
    """(m,) largest share of a frequency in |row|², the constant part counted in |row|²; M odd."""
    energies = np.abs(np.fft.rfft(rows, axis=1)) ** 2
    energies[:, 1:] *= 2
    return energies[:, 1:].max(1) / energies.sum(1)


def relative_phases(run: Run) -> np.ndarray:
    """(live,) φ − ψ in (−π, π] at the frequency of the neuron, u ~ cos(kωx+φ), v ~ cos(kωx+ψ).

    The weights of the second input are Pv ~ cos(kωx − ψ), so the arguments add.
    """
    u, v = (np.fft.rfft(half[live(run)], axis=1)[:, 1:] for half in _halves(run))
    at = (np.abs(u) ** 2 + np.abs(v) ** 2).argmax(1)[:, None]
    return np.angle(np.take_along_axis(u, at, 1) * np.take_along_axis(v, at, 1))[:, 0]


def _median_purity(run: Run) -> float:
    kept = live(run)
    return float(np.median(np.concatenate([purity(half[kept]) for half in _halves(run)])))


def _median_purity_of_all(run: Run) -> float:
    return float(np.median(np.concatenate([purity(half) for half in _halves(run)])))


def _shares(run: Run) -> np.ndarray:
    u, v = ((half[live(run)] ** 2).sum(1) for half in _halves(run))
    return u / (u + v)


def _aligned(run: Run) -> float:
    """Share of the live neurons with a relative phase within .1 of 0 or π."""
    away = np.abs(relative_phases(run))
    return float((np.minimum(away, np.pi - away) <= _CLOSE).mean())


def uniformity(ensemble: Ensemble, fold: Callable[[np.ndarray], np.ndarray] | None = None
               ) -> Statistic:
    """Least Kolmogorov–Smirnov p-value of the runs' relative phases, times their number."""
    from scipy.stats import kstest

    found = []
    for run in ensemble.runs:
        phases = relative_phases(run)
        turns = (fold(phases) if fold else phases) / (2 * np.pi) + 0.5
        found.append(float(kstest(turns, "uniform").pvalue))
    return observed(min(1.0, len(found) * min(found)), networks=len(found))


def _folded(ensemble: Ensemble) -> Statistic:
    return uniformity(ensemble, np.abs)


def _demand(name: str, of: Callable[[Run], float], **ends: float) -> Demand:
    return Demand(name=name, of=of, **ends)


def _runs(demand: Demand, wrong: Demand | None = None) -> tuple[Check, Mutant]:
    """With a demand that the networks do not meet as the mutant; else, no network is asked."""
    check = every_run_check("networks on Z23", _CONFIGURATION, _SEEDS, demand)
    return check, with_demand(check, wrong) if wrong else without_runs(check)


_PURE = _demand("median share of one frequency", _median_purity, at_least=0.99)
_PURE_ALL = replace(_PURE, of=_median_purity_of_all)
_ALIGNED = _demand("share within .1 of 0 or π", _aligned, at_least=0.9)
_BALANCED = _demand("median share of |u|²", lambda run: float(np.median(_shares(run))),
                    at_least=0.45, at_most=0.55)
_EVERY = _demand("largest distance of a share of |u|² from 1/2",
                 lambda run: float(np.abs(_shares(run) - 0.5).max()), at_most=0.05)
_UNIFORM = Check(name="networks on Z23", procedure=ensemble_statistic, arguments={
    "configuration": _CONFIGURATION, "seeds": _SEEDS, "name": "p-value", "of": uniformity,
    "at_least": _LEVEL, "at_most": None})

_TRAINED = (
    "Z23, σ = x², width 256, 40 % of the pairs, squares, Adam at rate .005 with L2 decay 2e-4 in "
    "the gradient, 3,000 epochs, float32. Live neurons: |w|² at least 1 % of the largest. ")
_SETTING = Domain.of(setting=Whole("trainings as in Figure 3"))


def _trained(key: str, title: str, statement: str, false: str, reading: str, check: Check,
             mutant: Mutant) -> Claim:
    return Claim(
        id=f"li2.cand.{key}", title=title, source=candidate("Depth, trained"),
        printed_kind="candidate", statement=statement, domain=_SETTING, falsified_by=false,
        reading=_TRAINED + reading, checks=(check,), mutants=(mutant,), empirical=True)


_RUN = "a network outside the range"
CLAIMS = [
    _trained(
        "purity", "Purity of trained neurons",
        "The median one-frequency share of $u$, $v$ is at least .99.", _RUN,
        "Median over both halves of the live neurons, in every run. ",
        *_runs(_PURE, replace(_PURE, at_least=None, at_most=0.5))),
    _trained(
        "purity.all-neurons", "Purity of trained neurons, empty ones included",
        "The median one-frequency share of $u$, $v$ is at least .99.", _RUN,
        "Median over both halves of all 256 neurons, in every run. ",
        *_runs(_PURE_ALL)),
    _trained(
        "phases.uniform", "Relative phases are uniform",
        "The relative phase of $u$, $v$ is uniform on the circle.",
        "networks whose phases a test against the uniform law rejects",
        "The law of one neuron: Kolmogorov–Smirnov test of the live neurons of each run, least "
        "p-value times the number of runs at least .01. Neurons of one frequency are not "
        "independent: there the phases spread more evenly than independent ones. ",
        _UNIFORM, Mutant.of(_UNIFORM, "up to sign", of=_folded)),
    _trained(
        "phases.aligned", "Relative phases are 0 or π",
        "The relative phase of $u$, $v$ is within .1 of $\\{0,\\pi\\}$.", _RUN,
        "For at least 90 % of the live neurons of every run; uniform phases give 6 %. ",
        *_runs(_ALIGNED)),
    _trained(
        "shares", "Shares of trained neurons",
        "The share of $|u|^2$ lies in $[.45,.55]$.", _RUN,
        "Share in |u|² + |v|², median over the live neurons of every run. ",
        *_runs(_BALANCED, replace(_BALANCED, at_least=0.55, at_most=None))),
    _trained(
        "shares.every", "Shares of every trained neuron",
        "The share of $|u|^2$ lies in $[.45,.55]$.", _RUN,
        "Share in |u|² + |v|², of every live neuron of every run. ",
        *_runs(_EVERY)),
]
