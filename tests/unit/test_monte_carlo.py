"""Lower bounds of probabilities put to independent trials."""

from verify.claims.modular_addition.random_votes import accurate_networks
from verify.core.claim import Context
from verify.core.evidence import Kind, Outcome
from verify.methods.monte_carlo import (
    parameter_rejected,
    probability_measured,
    probability_rejected,
)


def coin(generator, count, *, percent):
    """Successes of a coin that shows heads in `percent` of the throws."""
    return int((generator.uniform(size=count) < percent / 100).sum())


def reject(*percents, threshold=0.5, seed=0):
    """The finding for coins one after another."""
    return probability_rejected(
        Context(seed=seed),
        trials=coin,
        points=[{"percent": p} for p in percents],
        threshold=threshold,
        samples=1000,
        level=0.999,
        event="heads",
    )


def test_the_first_point_below_the_bound_rejects_it():
    """The witness is the point, the evidence statistical; the same seed gives the same numbers."""
    found = reject(70, 30, 20)
    assert found.outcome is Outcome.REFUTED
    assert found.kind is Kind.TRAINED
    assert found.witness.values == {"percent": 30}
    assert found.quantities == reject(70, 30, 20).quantities
    assert found.quantities != reject(70, 30, 20, seed=1).quantities


def test_a_bound_that_the_trials_allow_stays_open():
    """Nothing is established, and a share inside the interval rejects nothing."""
    assert reject(70, 50).outcome is Outcome.INCONCLUSIVE


def test_random_votes_match_the_direct_evaluation():
    """The vectorised trial counts as accurate what the network's own logits make accurate."""
    import numpy as np

    def direct(generator, p, n):
        frequencies = np.arange(1, (p - 1) // 2 + 1)
        phases = generator.uniform(0, 2 * np.pi, (1, len(frequencies), n))[0]
        j = np.arange(p)
        logits = np.zeros((p, p, p))
        for k, group in zip(frequencies, phases, strict=True):
            for phase in group:
                wave = np.cos(2 * np.pi * k * j / p + phase)
                vote = np.cos(2 * np.pi * k * j / p + 2 * phase)
                logits += (wave[:, None, None] + wave[None, :, None]) ** 2 * vote
        label = (j[:, None] + j) % p
        right = np.take_along_axis(logits, label[..., None], 2)[..., 0]
        np.put_along_axis(logits, label[..., None], -np.inf, 2)
        return bool((right > logits.max(axis=2) + 1e-9).all())

    seeds = range(12)
    found = [accurate_networks(np.random.default_rng(s), 1, p=7, n=8) for s in seeds]
    assert found == [int(direct(np.random.default_rng(s), 7, 8)) for s in seeds]
    assert set(found) == {0, 1}


def odds(probability, *, percent, shift=0.0):
    """The parameter of a coin: how far its probability lies above `percent`."""
    return probability - percent / 100 + shift


def reject_parameter(*percents, value=0.0, parameter=odds):
    """The finding about one parameter for several coins."""
    return parameter_rejected(
        Context(seed=0), trials=coin, points=[{"percent": p} for p in percents],
        parameter=parameter, value=value, samples=1000, level=0.999, event="heads")


def test_a_parameter_outside_an_interval_is_rejected():
    """The right value stays open at every point; a wrong one is rejected at the first."""
    assert reject_parameter(30, 70).outcome is Outcome.INCONCLUSIVE
    found = reject_parameter(30, 70, value=0.2)
    assert found.outcome is Outcome.REFUTED
    assert found.kind is Kind.TRAINED
    assert found.witness.values == {"percent": "30"}


def test_disjoint_intervals_reject_a_common_parameter():
    """Without a value two points decide, and the witness names both."""
    assert reject_parameter(30, 70, value=None).outcome is Outcome.INCONCLUSIVE
    found = reject_parameter(30, 50, 70, value=None, parameter=lambda p, *, percent: p)
    assert found.outcome is Outcome.REFUTED
    assert found.witness.values == {"percent": "30, 50"}


def test_the_race_of_blocks_is_won_where_ascent_ends():
    """On Z4 gradient ascent from Gaussian starts ends in the block that the lemma names."""
    import numpy as np

    table = (np.arange(4)[:, None] + np.arange(4)) % 4
    rng = np.random.default_rng(3)
    waves = np.array([[1, 0, -1, 0], [0, 1, 0, -1]]) / np.sqrt(2)
    sign = np.array([1, -1, 1, -1]) / 2
    agreed = 0
    for _ in range(20):
        u, v = rng.normal(size=(2, 4)) / 3
        scores = []
        for basis, dimension in ((sign[None], 1), (waves, 2)):
            x, y = (np.sum((basis @ half) ** 2) for half in (u, v))
            scores.append((x - y) / np.log(x / y) / dimension)
        w = np.concatenate([u, v])
        for _ in range(6000):
            u, v = w[:4], w[4:]
            g = u[table] @ v
            g = g - g.mean()
            step_u, step_v = np.zeros(4), g @ u[table]
            np.add.at(step_u, table, g[:, None] * v[None, :])
            w = w + 0.01 * np.concatenate([step_u, step_v])
            w /= np.linalg.norm(w)
        share = (sign @ w[:4]) ** 2 + (sign @ w[4:]) ** 2
        assert min(share, 1 - share) < 0.05
        agreed += (share > 0.5) == (scores[0] > scores[1])
    assert agreed == 20


def measure(percent, *, threshold=0.5):
    """The finding of an experiment with a coin."""
    return probability_measured(
        Context(), trials=coin, point={"percent": percent}, threshold=threshold,
        samples={"quick": 500, "full": 1000}, level=0.99, event="heads",
    )


def test_an_experiment_supports_a_bound_below_its_interval_and_rejects_one_above():
    """Supported and rejected by statistics only; an interval around the bound leaves it open."""
    assert measure(70).outcome is Outcome.ESTABLISHED
    assert measure(70).kind is Kind.TRAINED
    assert measure(30).outcome is Outcome.REFUTED
    assert measure(50).outcome is Outcome.INCONCLUSIVE
