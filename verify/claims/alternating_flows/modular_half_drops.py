"""Half-drop times of two frequencies at p = 5, measured: how often the weaker one is first.

A statistic at one scale of the start, beside the proofs about the limit in `modular_order`.
"""

from __future__ import annotations

from functools import lru_cache

from constructions.numbers import Truth
from verify.core.claim import Check, Context
from verify.core.domain import Domain
from verify.core.evidence import Finding, Witness, inconclusive, refuted
from verify.core.statistic import proportion

_WIDTH, _ALPHA, _SIZE = 12, 0.01, 5.0
_LONGEST, _TIMES = 8.0, 400  # of the run, in units of 1/α, and of recorded states


@lru_cache(maxsize=4)
def _first(ratio: float, seeds: int) -> tuple[int, int]:
    """In how many runs frequency 2 is half learned first, of those in which one is half learned."""
    import numpy as np

    from constructions.dynamics.modular_fourier import FourierNetwork

    spectrum = np.array([0, 1, ratio, ratio, 1]) * _SIZE
    network = FourierNetwork(np.fft.ifft(spectrum).real)
    half = {k: spectrum[k] ** 2 / 10 for k in (1, 2)}
    times = np.linspace(0, _LONGEST / _ALPHA, _TIMES + 1)[1:]
    second, done = 0, 0
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        scales = [(10, np.sqrt(1 / 10)), (5, np.sqrt(1 / 5))]
        theta = np.hstack([random.normal(0, _ALPHA * s, (_WIDTH, n)) for n, s in scales])
        for state in network.flow(network.coordinates(theta), times, rtol=1e-4):
            left = network.remaining(state)
            learned = [k for k in (1, 2) if left[k] <= half[k]]
            if learned:
                done += 1
                second += learned == [2]
                break
    return second, done


def _inversions(context: Context, *, ratio: float, level: float) -> Finding:
    """Rejects the order when the share of inversions is certainly above the level."""
    seeds = context.pick(quick=12, full=60)
    scope = Domain.at(
        {"p": 5, "x": f"|x̂[2]|/|x̂[1]| = {ratio}", "H": _WIDTH}
    )
    second, done = _first(ratio, seeds)
    if not done:
        return inconclusive(scope=scope, method="training", reason="no run learns a half")
    share = proportion(second, done)
    shown = {
        "seeds": f"0 to {seeds - 1}", "α": _ALPHA,
        "frequency 2 is half learned first": str(share),
    }
    text = f"p = 5, |x̂[2]|/|x̂[1]| = {ratio}, H = {_WIDTH}, α = {_ALPHA}: inversions {share}"
    if share.at_most(level) is Truth.FALSE:
        return refuted(scope=scope, method="training", values=(share,), quantities=shown,
                       witness=Witness(description=text, values={}))
    return inconclusive(scope=scope, method="training", values=(share,), quantities=shown,
                        reason=f"not certainly above {level}: {text}")


def half_drops(ratio: float = 0.98, level: float = 0.05) -> Check:
    """Inversions of half-drop times at p = 5 and this ratio of the coefficients."""
    return Check(name="half-drop times", procedure=_inversions,
                 arguments={"ratio": ratio, "level": level})
