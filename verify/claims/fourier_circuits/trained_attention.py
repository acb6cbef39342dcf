"""What is reported of one attention layer: the spectrum of W^{KQ}, and five inputs.

Readings were fixed before any run.  At the figures' sizes runs take from half an hour to hours, so
no check begins them: train them with ``verify train``, and the full profile takes them from the
cache.  The same statements are put to smaller layers, with the printed weight decay and with 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verify.claims.fourier_circuits import configurations as named
from verify.claims.fourier_circuits.common import candidate, paper
from verify.core.claim import Check, Claim, Source
from verify.core.domain import Domain, Finite
from verify.methods.demands import Demand
from verify.methods.ensembles import Seeds, every_run_check, without_runs
from verify.methods.training import Configuration, Run

# -- numbers of a run ----------------------------------------------------------------------------


def score_tables(run: Run) -> np.ndarray:
    """(heads, p, p) E^⊤ W_h^K W_h^{Q⊤} E, key by query, with mean 0.

    Heads whose Frobenius norm is below a tenth of the largest are left out.
    """
    weights = run.weights
    keys, queries = (
        np.einsum("hde,dp->hpe", weights[name], weights["W_E"]) for name in ("W_K", "W_Q")
    )
    tables = np.einsum("hae,hbe->hab", keys, queries)
    tables -= tables.mean(axis=(1, 2), keepdims=True)
    norms = np.sqrt((tables**2).sum(axis=(1, 2)))
    return tables[norms >= 0.1 * norms.max()]


def pair_shares(tables: np.ndarray) -> np.ndarray:
    """(heads, K + 1, K + 1) parts of the power at the entries (±i, ±j), i, j = 0, …, ⌊p/2⌋.

    tables: (heads, p, p); the mean has no part.
    """
    p = tables.shape[-1]
    power = abs(np.fft.fft2(tables)) ** 2
    power[:, 0, 0] = 0
    # ±i are one frequency: rows, then columns, are added up
    fold = np.eye(p // 2 + 1)[np.minimum(np.arange(p), p - np.arange(p))]
    pairs = np.einsum("ai,hab,bj->hij", fold, power, fold)
    return pairs / pairs.sum(axis=(1, 2), keepdims=True)


def frequency_pairs(tables: np.ndarray) -> np.ndarray:
    """(heads, 2) frequencies of the keys and of the queries with the largest part of the power."""
    shares = pair_shares(tables)
    flat = shares.reshape(len(shares), -1).argmax(axis=1)
    return np.stack(np.unravel_index(flat, shares.shape[1:]), axis=1)


def _coinciding(run: Run) -> float:
    first, second = frequency_pairs(score_tables(run)).T
    return float((first == second).sum())


def _learned(run: Run) -> bool:
    """Training accuracy 1 and validation accuracy 99 % at the end."""
    return run.final["train_accuracy"] == 1 and run.final["test_accuracy"] >= 0.99


_LEARNED = "training accuracy 1 and validation accuracy ≥ .99 at the end"
_SPARSE = Demand(
    name="least share of a head's power at one pair of frequencies",
    of=lambda run: float(pair_shares(score_tables(run)).max(axis=(1, 2)).min()),
    at_least=0.9,
)
_DISTINCT = Demand(
    name="heads whose two frequencies coincide", of=_coinciding, at_least=0.0, at_most=0.0
)
_VALIDATED = Demand(
    name="validation accuracy", of=lambda run: run.final["test_accuracy"], at_least=0.99
)

# -- claims --------------------------------------------------------------------------------------

_SPLIT = (
    "A random half of the p^k points is trained on; three seeds; the statistic must meet its "
    "threshold for every seed with training accuracy 1 and validation accuracy ≥ 99 %. "
)
_HEADS = "every head whose p×p matrix E^T W^{KQ} E has at least a tenth of the largest norm"
_SPECTRUM = (
    "After training $W^{KQ}$ has a two-dimensional cosine shape with a sparse two-dimensional "
    "spectrum.",
    f"Keys by queries, mean removed; “sparse” is at least 90 % of the power in the four entries "
    f"(±i, ±j) of one pair of frequencies, for {_HEADS}. Which axes were plotted is not printed.",
    "a run that learned with a head of such a norm below 90 %",
)
_TWO = (
    "The two dimensions of $W^{KQ}$ carry one frequency each, and the two are distinct.",
    f"The pair of frequencies of keys and queries with the most power, for {_HEADS}; 0 counts as "
    "a frequency.",
    "a head whose two frequencies coincide",
)
_FIVE = (
    "One layer of attention learns modular addition even with $k=5$ inputs.",
    "“Learns” is validation accuracy of at least 99 % at the end, for every one of three seeds.",
    "a seed that stays below 99 % validation accuracy",
)
_RECIPE = (
    " AdamW with rate 1e-3, weight decay .001, batches of 1024, 20,000 steps. Not printed: head "
    "size 32, and normal initial weights whose variance is 1 over the number of terms they sum."
)
_SMALLER = (
    " Not a figure: 16 heads, hidden size 64, head size 16, weight decay {}; AdamW with rate 1e-3, "
    "batches of at most 1024, 20,000 steps, initial weights as for the figures."
)
# (k, p), minutes for three seeds on two idle cores
_FIGURES = ((4, 31, 40), (3, 61, 90), (5, 17, 30))
_SMALL_SETTINGS = ((2, 31), (3, 11))


def _claim(
    claim_id: str,
    title: str,
    source: Source,
    words: tuple[str, str, str],
    note: str,
    settings: Sequence[tuple[int, int]],
    checks: tuple[Check, ...],
) -> Claim:
    statement, reading, falsified_by = words
    return Claim(
        id=claim_id,
        title=title,
        source=source,
        printed_kind="em" if source.arxiv else "candidate",
        empirical=True,
        statement=statement,
        reading=reading + note,
        falsified_by=falsified_by,
        domain=Domain.of(setting=Finite(tuple(settings))),
        checks=checks,
        mutants=tuple(without_runs(check) for check in checks),
    )


def _check(k: int, configuration: Configuration, seeds: Seeds, demand: Demand) -> Check:
    name = f"three seeds at ({k}, {configuration.network.modulus})"
    if demand is _VALIDATED:
        return every_run_check(name, configuration, seeds, demand)
    return every_run_check(
        name, configuration, seeds, demand, applies=_learned, hypothesis=_LEARNED
    )


def _printed(demand: Demand, *figures: tuple[int, int, int]) -> tuple[Check, ...]:
    return tuple(
        _check(
            k,
            named.attention(k)(p),
            Seeds(quick=0, full=3, minutes=minutes, stored=True),
            demand,
        )
        for k, p, minutes in figures
    )


def _small(demand: Demand, decay: str, *settings: tuple[int, int]) -> tuple[Check, ...]:
    family = {"0.001": "fc.attention-small", "1": "fc.attention-decay"}[decay]
    seeds = Seeds(quick=0, full=3, minutes=5)
    return tuple(
        _check(k, named.CONFIGURATIONS[f"{family}-k{k}"](p), seeds, demand) for k, p in settings
    )


def _small_claims(suffix: str, decay: str) -> list[Claim]:
    note = _SMALLER.format(decay)
    claims = [
        _claim(
            f"fc.cand.attention-cosine.{name}.{suffix}",
            f"{title} in a small layer, weight decay {decay}",
            candidate("Trained"),
            words,
            f" {_SPLIT}{note}",
            _SMALL_SETTINGS,
            _small(demand, decay, *_SMALL_SETTINGS),
        )
        for name, title, words, demand in (
            ("spectrum", "W^{KQ} is a two-dimensional cosine", _SPECTRUM, _SPARSE),
            ("distinct", "Different frequencies of keys and queries", _TWO, _DISTINCT),
        )
    ]
    five = _claim(
        f"fc.cand.k5-attention.{suffix}",
        f"A small attention layer learns five inputs, weight decay {decay}",
        candidate("Trained"),
        _FIVE,
        f" k = 5, p = 7, half of the data.{note}",
        ((5, 7),),
        _small(_VALIDATED, decay, (5, 7)),
    )
    return [*claims, five]


_SETTINGS = tuple((k, p) for k, p, _ in _FIGURES)

CLAIMS = [
    _claim(
        "fc.attention-cosine.spectrum",
        "W^{KQ} is a two-dimensional cosine",
        paper("Figures 3, 9, 10"),
        _SPECTRUM,
        f" {_SPLIT}{_RECIPE}",
        _SETTINGS,
        _printed(_SPARSE, *_FIGURES),
    ),
    _claim(
        "fc.attention-cosine.distinct",
        "One frequency per dimension, and different ones",
        paper("p. 5"),
        _TWO,
        f" {_SPLIT}{_RECIPE}",
        _SETTINGS,
        _printed(_DISTINCT, *_FIGURES),
    ),
    _claim(
        "fc.k5-attention",
        "One attention layer learns five inputs",
        paper("§6"),
        _FIVE,
        " k = 5, p = 17, the recipe of Figure 10, half of the data." + _RECIPE,
        ((5, 17),),
        _printed(_VALIDATED, (5, 17, 30)),
    ),
    *_small_claims("small", "0.001"),
    *_small_claims("decay", "1"),
]
