"""The waveform of ReLU neurons: the third harmonic of the largest margin, and trained networks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.observations import RELU, trained_relu
from verify.claims.modular_addition.trained_features import STANDARD
from verify.claims.writing import entry
from verify.core.claim import Check, Context, Mutant
from verify.core.domain import Domain, Finite, Whole
from verify.core.evidence import Finding, Witness, established, refuted
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, every_run_check, with_demand
from verify.methods.observations import networks, observe

if TYPE_CHECKING:
    from verify.auditing import Audit
    from verify.methods.training import Run

_P = 23
# ε is scanned in [−2, 2]; farther out cos 3X dominates, whose ReLU has no part at the phase 2φ.
_REACH, _SCAN, _POINTS = 2.0, 401, 1024


def margins(third: float, *, modulus: int = _P, points: int = _POINTS) -> tuple[float, float]:
    """The smallest margins at x = y and at x ≠ y, in floats.

    Every frequency with uniform phases φ (`points` of them), θ ∝ cos X + third·cos 3X of norm 1,
    ξ ∝ cos(ω_k j + 2φ) of norm 1.  A vote depends on k(x − y) and on j − x − y only.
    """
    p = modulus
    phase = 2 * np.pi * (np.arange(points) + 0.5) / points
    gap = np.pi * np.arange(p)[:, None] / p  # half of ω(x − y); gap + π is the phase φ + π

    def wave(angle: np.ndarray) -> np.ndarray:
        return (np.cos(angle) + third * np.cos(3 * angle)) / np.sqrt((1 + third**2) * p / 2)

    hidden = np.maximum(wave(phase + gap) + wave(phase - gap), 0)
    vote = (hidden * np.cos(2 * phase)).mean(axis=1) / np.sqrt(p / 2)
    k, d, s = np.arange(1, (p + 1) // 2), np.arange(p)[:, None, None], np.arange(p)[:, None]
    logits = (vote[k * d % p] * np.cos(2 * np.pi * k * s / p)).sum(axis=-1)  # (x − y, j − x − y)
    leads = logits[:, 0] - logits[:, 1:].max(axis=1)
    return float(leads[0]), float(leads[1:].min())


@cache
def best_third() -> float:
    """The ε in [−2, 2] with the largest smallest margin, to three digits."""
    def worst(third: float) -> float:
        return min(margins(float(third)))

    coarse = max(np.linspace(-_REACH, _REACH, _SCAN), key=worst)
    return float(max(np.linspace(coarse - 0.01, coarse + 0.01, 41), key=worst))


def waveform_optimum(
    context: Context, *, lowest: float, highest: float, imbalance: float
) -> Finding:
    """Whether the best ε lies in (lowest, highest) and both margins agree there, relatively."""
    best = best_third()
    diagonal, other = margins(best)
    gap = abs(diagonal - other) / min(diagonal, other)
    evidence = {
        "scope": Domain.at({"p": _P}),
        "method": "search",
        "values": (best, diagonal, other),
        "quantities": {
            "best ε": f"{best:.4f}",
            "margin at x = y": f"{diagonal:.6f}",
            "smallest margin at x ≠ y": f"{other:.6f}",
        },
    }
    if lowest < best < highest and gap <= imbalance:
        return established(**evidence)
    return refuted(
        witness=Witness(description=f"the best ε is {best:.4f}, the margins differ by {gap:.2%}"),
        **evidence,
    )


def thirds(rows: np.ndarray) -> np.ndarray:
    """(m,) ε of rows (m, p): the part of cos 3X in units of that of cos X, X of the dominant k."""
    p = rows.shape[1]
    hat = np.fft.fft(rows, axis=1)
    k = np.abs(hat[:, 1 : (p + 1) // 2]).argmax(axis=1) + 1
    neurons = np.arange(len(rows))
    first, third = hat[neurons, k], hat[neurons, 3 * k % p]
    return (third * first.conj() ** 3).real / np.abs(first) ** 4


def _median(rows: np.ndarray) -> float:
    return abs(float(np.median(thirds(rows))) - best_third())


def _near(rows: np.ndarray) -> float:
    return float((np.abs(thirds(rows) - best_third()) <= _WITHIN).mean())


def _rows(run: Run) -> np.ndarray:
    return run.weights["W_in"]


def _audited(found: Audit) -> np.ndarray:
    return found.network.first[0].floats


def _at_23(found: Audit) -> bool:
    return trained_relu(found) and found.network.task.group.order == _P


_WITHIN = 0.05
_SEEDS = Seeds(quick=0, full=5, minutes=1)
_MEDIAN = Demand(
    name="distance of the median ε from the best", of=lambda run: _median(_rows(run)),
    at_most=_WITHIN,
)
_SHARE = Demand(
    name="share of neurons within .05 of the best ε", of=lambda run: _near(_rows(run)),
    at_least=0.95,
)
_TRAINED = every_run_check("standard, p = 23", STANDARD[_P], _SEEDS, _MEDIAN)
_EACH = every_run_check("standard, p = 23", STANDARD[_P], _SEEDS, _SHARE)


def _named(demand: Demand) -> Check:
    return Check(
        name="named networks",
        procedure=observe,
        arguments={
            "subjects": networks, "applies": _at_23, "demands": (demand,), "needs": RELU,
        },
    )


_NAMED = _named(replace(_MEDIAN, of=lambda found: _median(_audited(found))))
_NAMED_EACH = _named(replace(_SHARE, of=lambda found: _near(_audited(found))))
_OPTIMUM = Check(
    name="scan of ε",
    procedure=waveform_optimum,
    arguments={"lowest": -_REACH, "highest": 0.0, "imbalance": 0.02},
)
_READ = (
    "p = 23, infinitely many neurons at each k = 1..11, phases uniform, no bias, θ and ξ of norm 1 "
    "in R^p. In floats: ε in steps of .01 on [−2, 2] and of .0005 around the best. "
)
_NETWORKS = (
    "ε of a neuron: the amplitude at 3k⋆ with the phase 3φ, over that at k⋆. Official standard at "
    "p = 23, seeds 0 to 4 of the full profile, and named ReLU networks at p = 23 that classify "
    "every input correctly. "
)
_TRAINED_DOMAIN = Domain.of(network=Whole("trained ReLU networks at p = 23"))
_STATEMENT = (
    "Haar phases, $\\theta\\propto\\cos X+\\varepsilon\\cos3X$, "
    "$\\xi\\propto\\cos(\\omega_kj+2\\varphi)$, unit norms, $p=23$: "
)

CLAIMS = [
    entry(
        "he.cand.relu-waveform",
        "The best third harmonic of ReLU neurons is negative",
        _STATEMENT + "the $\\varepsilon$ maximising the smallest margin is negative, and diagonal "
        "and off-diagonal margins balance there.",
        source=candidate("ReLU"),
        kind="candidate",
        domain=Domain.of(p=Finite([_P])),
        reading=_READ + "Balance: within 2 %. Trained networks: he.cand.relu-waveform.trained and "
        ".every-neuron.",
        falsified_by="an ε ≥ 0 with a larger smallest margin, or a gap at the best ε",
        checks=(_OPTIMUM,),
        mutants=(Mutant.of(_OPTIMUM, "below −1/2", highest=-0.5),),
    ),
    entry(
        "he.cand.relu-waveform.trained",
        "Trained ReLU networks have the best third harmonic, in the median",
        _STATEMENT + "trained ReLU nets lie within .05 of the best $\\varepsilon$.",
        source=candidate("ReLU"),
        kind="candidate",
        empirical=True,
        domain=_TRAINED_DOMAIN,
        reading=_NETWORKS + "The ε of a network: the median over its neurons.",
        falsified_by="a network whose median is farther away",
        checks=(_TRAINED, _NAMED),
        mutants=(
            with_demand(_TRAINED, replace(_MEDIAN, at_most=1e-6)),
            Mutant.of(_NAMED, "within 10⁻⁶", demands=(
                replace(_NAMED.arguments["demands"][0], at_most=1e-6),)),
        ),
    ),
    entry(
        "he.cand.relu-waveform.every-neuron",
        "Nearly every neuron of trained ReLU networks has the best third harmonic",
        _STATEMENT + "trained ReLU nets lie within .05 of the best $\\varepsilon$.",
        source=candidate("ReLU"),
        kind="candidate",
        empirical=True,
        domain=_TRAINED_DOMAIN,
        reading=_NETWORKS + "At least 95 % of its neurons lie within .05.",
        falsified_by="a network with more neurons farther away",
        checks=(_EACH, _NAMED_EACH),
        mutants=(
            with_demand(_EACH, replace(_SHARE, of=lambda run: float("nan"))),
            Mutant.of(_NAMED_EACH, "no number", demands=(
                replace(_SHARE, of=lambda found: float("nan")),)),
        ),
    ),
]
