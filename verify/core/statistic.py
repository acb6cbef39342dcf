"""Numbers read off trained networks.

A `Statistic` in a finding makes its evidence of kind ``trained``: it can support or reject at the
level that it states, and never proves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, final

from constructions.numbers import Truth

LEVEL = 0.95
_RESAMPLES = 10_000
_FEWEST = 8


@final
@dataclass(frozen=True, kw_only=True)
class Statistic:
    """An estimate over trained networks with its confidence interval.

    lower, upper: the interval at `level`; both are the estimate itself for a number that was read
    off the named networks and says nothing about others (level 1).  networks: how many there were.
    """

    estimate: float
    lower: float
    upper: float
    level: float
    networks: int

    def __post_init__(self) -> None:
        if not self.lower <= self.estimate <= self.upper:
            raise ValueError(
                f"expected lower ≤ estimate ≤ upper, got {self.lower}, {self.estimate}, "
                f"{self.upper}"
            )
        if self.networks < 1 or not 0 < self.level <= 1:
            raise ValueError(
                f"expected at least one network and a level in (0, 1], got {self.networks} and "
                f"{self.level}"
            )

    def __str__(self) -> str:
        count = f"{self.networks} network{'s' * (self.networks != 1)}"
        if self.level == 1:
            return f"{self.estimate:.6g} ({count})"
        interval = f"[{self.lower:.6g}, {self.upper:.6g}]"
        return f"{self.estimate:.6g} in {interval} at {self.level:g} ({count})"

    def at_least(self, threshold: float) -> Truth:
        """Whether the whole interval is at or above the threshold, below it, or neither."""
        return _place(inside=self.lower >= threshold, outside=self.upper < threshold)

    def at_most(self, threshold: float) -> Truth:
        """Whether the whole interval is at or below the threshold, above it, or neither."""
        return _place(inside=self.upper <= threshold, outside=self.lower > threshold)

    def within(self, low: float, high: float) -> Truth:
        """Whether the whole interval lies in [low, high], outside it, or neither."""
        return self.at_least(low) & self.at_most(high)


def _place(*, inside: bool, outside: bool) -> Truth:
    if inside:
        return Truth.TRUE
    return Truth.FALSE if outside else Truth.UNDECIDED


def observed(value: float, *, networks: int = 1) -> Statistic:
    """A number of the named networks themselves, not an estimate for others."""
    return Statistic(estimate=value, lower=value, upper=value, level=1.0, networks=networks)


def proportion(successes: int, trials: int, *, level: float = LEVEL) -> Statistic:
    """A share of networks with its exact (Clopper–Pearson) interval.

    Raises:
        ValueError: unless 0 ≤ successes ≤ trials and trials ≥ 1.
    """
    from scipy.stats import binomtest

    interval = binomtest(successes, trials).proportion_ci(level, method="exact")
    return Statistic(
        estimate=successes / trials,
        lower=float(interval.low),
        upper=float(interval.high),
        level=level,
        networks=trials,
    )


def mean(values: Sequence[float], *, level: float = LEVEL) -> Statistic:
    """A mean over networks with Student's interval.

    Raises:
        ValueError: for fewer than two networks, which have no interval.
    """
    from scipy.stats import sem, t

    if len(values) < 2:
        raise ValueError(f"expected at least two networks for an interval, got {len(values)}")
    centre, error = fmean(values), float(sem(values))
    half = float(t.ppf((1 + level) / 2, len(values) - 1)) * error
    return Statistic(
        estimate=centre, lower=centre - half, upper=centre + half, level=level, networks=len(values)
    )


def prediction(
    values: Sequence[float], *, level: float = LEVEL, logarithmic: bool = False
) -> Statistic:
    """What one more network would give: the mean with Student's prediction interval.

    logarithmic: taken of the logarithms, so that estimate and ends are positive.

    Raises:
        ValueError: for fewer than two networks, and for logarithms of numbers that are not
            positive.
    """
    from math import exp, log, sqrt
    from statistics import stdev

    from scipy.stats import t

    if len(values) < 2:
        raise ValueError(f"expected at least two networks to predict from, got {len(values)}")
    if logarithmic and min(values) <= 0:
        raise ValueError(f"expected positive numbers for a logarithm, got {min(values)}")
    data = [log(v) for v in values] if logarithmic else list(map(float, values))
    centre, count = fmean(data), len(data)
    half = float(t.ppf((1 + level) / 2, count - 1)) * stdev(data) * sqrt(1 + 1 / count)
    ends = [centre - half, centre, centre + half]
    low, middle, high = map(exp, ends) if logarithmic else ends
    return Statistic(estimate=middle, lower=low, upper=high, level=level, networks=count)


def bootstrap(
    values: Sequence[float],
    summary: Callable[..., Any] | None = None,
    *,
    level: float = LEVEL,
    seed: int = 0,
) -> Statistic:
    """A summary over networks, the median if left out, with its percentile bootstrap interval.

    summary(array, axis=-1) reduces that axis, as `numpy.median` does.  The coverage is only
    approximately `level`, and poor for a handful of networks.

    Raises:
        ValueError: for fewer than eight networks.
    """
    import numpy as np

    if len(values) < _FEWEST:
        raise ValueError(f"expected at least {_FEWEST} networks to resample, got {len(values)}")
    reduce = summary or np.median
    data = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).integers(len(data), size=(_RESAMPLES, len(data)))
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(reduce(data[drawn], axis=-1), [tail, 100 - tail])
    estimate = float(reduce(data, axis=-1))
    return Statistic(
        estimate=estimate,
        lower=min(float(low), estimate),
        upper=max(float(high), estimate),
        level=level,
        networks=len(data),
    )
