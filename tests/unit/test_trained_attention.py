"""Numbers of attention layers and gaps of runs, where they are known."""

from math import inf, isnan
from types import SimpleNamespace

import numpy as np
import pytest

from verify.claims.fourier_circuits.grokking import beyond_twice, gap, reached
from verify.claims.fourier_circuits.trained_attention import (
    frequency_pairs,
    pair_shares,
    score_tables,
)


def _wave(p, i, j, phases=(0.3, 1.1)):
    """(p, p) cos(ω_i a + φ) cos(ω_j b + ψ)."""
    a = np.arange(p)
    return np.outer(
        np.cos(2 * np.pi * i * a / p + phases[0]), np.cos(2 * np.pi * j * a / p + phases[1])
    )


@pytest.mark.parametrize("p", [7, 8])
def test_a_product_of_cosines_has_one_pair_of_frequencies(p):
    """All power is at (±i, ±j), keys first; a constant has no part, and half as much elsewhere
    leaves two thirds."""
    tables = np.stack([_wave(p, 2, 3) + 5, _wave(p, 1, 0), _wave(p, 3, 3)])
    assert pair_shares(tables).max(axis=(1, 2)) == pytest.approx(np.ones(3))
    assert frequency_pairs(tables).tolist() == [[2, 3], [1, 0], [3, 3]]
    mixed = pair_shares((_wave(p, 2, 3) + np.sqrt(1 / 2) * _wave(p, 2, 1))[None])
    assert mixed[0, 2, 3] == pytest.approx(2 / 3)
    assert mixed.sum() == pytest.approx(1)


def test_score_tables_are_those_of_the_definition():
    """E^⊤W^KW^{Q⊤}E of each head without its mean, and heads of small norm are left out."""
    rng = np.random.default_rng(0)
    weights = {
        "W_E": rng.standard_normal((4, 5)),
        "W_K": rng.standard_normal((3, 4, 2)),
        "W_Q": rng.standard_normal((3, 4, 2)),
    }
    weights["W_K"][1] *= 1e-3
    tables = score_tables(SimpleNamespace(weights=weights))
    assert tables.shape == (2, 5, 5)
    for table, head in zip(tables, (0, 2), strict=True):
        whole = weights["W_E"].T @ weights["W_K"][head] @ weights["W_Q"][head].T @ weights["W_E"]
        assert table == pytest.approx(whole - whole.mean())


def _run(train, test, steps=(0, 10, 20, 30)):
    rows = [
        {"step": s, "train_accuracy": a, "test_accuracy": b}
        for s, a, b in zip(steps, train, test, strict=True)
    ]
    first = lambda condition: next((r["step"] for r in rows if condition(r)), None)  # noqa: E731
    return SimpleNamespace(first=first, step=steps[-1])


def test_gaps_are_known_from_below_where_they_are_open():
    """The gap is the difference of the two steps, at least what is left of the run, or unknown."""
    closed = _run([0, 1, 1, 1], [0, 0.5, 0.9, 0.99])
    assert reached(closed, "train") == 10
    assert gap(closed) == (20.0, 20.0)
    assert beyond_twice(closed) == 10.0
    open_ = _run([0, 1, 1, 1], [0, 0, 0, 0.98])
    assert gap(open_) == (20.0, inf)
    assert isnan(beyond_twice(open_))
    assert gap(_run([0, 0, 0, 0.9], [0, 0, 0, 0])) == (0.0, inf)
